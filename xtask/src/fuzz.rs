//! `cargo xtask fuzz`: files that nobody would write, for every reader, as long as one likes.

use std::path::PathBuf;

use crate::shell::{Call, call, root};

/// Each target, the folders whose files it begins with, and how long a file may become, in bytes.
const TARGETS: &[(&str, &[&str], u32)] = &[
    ("markdown", &["tests/read/markdown", "tests/layouts"], 16_384),
    ("html", &["tests/read/html", "tests/layout"], 32_768),
    ("plain", &["fuzz/seeds/plain"], 16_384),
    ("docx", &["tests/read/docx"], 131_072),
    ("document", &["fuzz/seeds/document"], 65_536),
    ("feed", &["tests/read/feeds", "tests/read/wordpress"], 65_536),
    ("metadata", &["fuzz/seeds/metadata"], 16_384),
    ("settings", &["fuzz/seeds/settings"], 16_384),
    ("picture", &["tests/pictures/good", "tests/pictures/bad"], 32_768),
    ("css", &["templates"], 32_768),
    ("press", &["tests/layout", "tests/style"], 16_384),
];

/// How long each target runs where nobody says it, in seconds.
const SECONDS: &str = "600";
/// The most memory that a reader may take, in MiB.
const MEMORY: u32 = 500;
/// The most time that a file may take, in seconds.
const PATIENCE: u32 = 10;

/// Runs every target, or the one that is named, for so many seconds. What is found is in `fuzz/artifacts`.
pub fn fuzz(mut arguments: impl Iterator<Item = String>) -> Result<(), String> {
    let seconds = arguments.next().unwrap_or_else(|| SECONDS.to_owned());
    let named: Vec<String> = arguments.collect();
    let is_wanted = |target: &str| named.is_empty() || named.iter().any(|name| name == target);
    let mut found = Vec::new();
    for (target, seeds, longest) in TARGETS.iter().filter(|(target, ..)| is_wanted(target)) {
        let limits = [
            format!("-max_total_time={seconds}"),
            format!("-max_len={longest}"),
            format!("-rss_limit_mb={MEMORY}"),
            format!("-timeout={PATIENCE}"),
        ];
        let corpus = root().join("fuzz/corpus").join(target);
        std::fs::create_dir_all(&corpus).map_err(|error| error.to_string())?;
        let seeds = seeds.iter().map(|folder| root().join(folder)).filter(|folder| folder.is_dir());
        let folders: Vec<PathBuf> = std::iter::once(corpus).chain(seeds).collect();
        if run(target).args(folders).args(["--"]).args(limits).run().is_err() {
            found.push(*target);
        }
    }
    if found.is_empty() { Ok(()) } else { Err(format!("something was found: {}", found.join(", "))) }
}

/// No sanitizer: what is looked for is panics, time and memory, and the code has no `unsafe`.
fn run(target: &str) -> Call {
    call("cargo", ["+nightly", "fuzz", "run", "--sanitizer", "none", target])
}
