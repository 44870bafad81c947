//! Speed, as a table: each stage on one core, then whole runs of many articles, and pandoc beside us where it is there.

use std::path::Path;

use crate::shell::{call, cargo, has, root};

/// Articles of the large run.
const MANY: usize = 1000;

/// Times a command three times; prints the fastest and the most memory that it used at once.
const TIMER: &str = "
import resource, subprocess, sys, time
best = min((lambda start: (subprocess.run(sys.argv[2:], check=True, capture_output=True), time.monotonic() - start)[1])(time.monotonic()) for _ in range(3))
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
count = int(sys.argv[1])
print(f'{1000 * best / count:8.2f} ms an article, {best:6.2f} s in all, {peak:5.0f} MiB at most: ' + ' '.join(a for a in sys.argv[3:] if not a.startswith('/')))
";

/// Prints the bytes of our Word document and of pandoc's, which has no fonts in it.
const WEIGHER: &str = "
import os, sys, zipfile
ours, theirs = sys.argv[1:]
fonts = sum(entry.compress_size for entry in zipfile.ZipFile(ours).infolist() if entry.filename.startswith('word/fonts/'))
print(f'{os.path.getsize(ours) - fonts} bytes, and {fonts} of fonts; pandoc: {os.path.getsize(theirs)} bytes')
";

/// Prints the tables.
pub fn bench() -> Result<(), String> {
    cargo(["bench", "--bench", "stages"]).run()?;
    cargo(["build", "--release", "--quiet"]).run()?;
    let folder = root().join("target/bench");
    let articles = many(&folder)?;
    let handout = root().join("target/release/handout");
    println!("\n{MANY} articles in one run, the fastest of three:");
    for (jobs, formats) in [("1", "pdf"), ("1", "docx"), ("1", "pdf,docx"), ("2", "pdf,docx")] {
        timed(MANY)
            .args([handout.as_os_str(), "build".as_ref(), "--jobs".as_ref(), jobs.as_ref()])
            .args(["--format", formats])
            .args(["--output".as_ref(), folder.join("output").as_os_str(), articles.as_os_str()])
            .run()?;
    }
    if has("pandoc") {
        println!("\none of these articles with pandoc, the fastest of three:");
        timed(1)
            .args(["pandoc"])
            .args([articles.join("artikel-0.txt")])
            .args(["-o"])
            .args([folder.join("pandoc.docx")])
            .run()?;
        println!("\nthat article as DOCX:");
        call("python3", ["-c", WEIGHER])
            .args([folder.join("output/artikel-0.docx"), folder.join("pandoc.docx")])
            .run()?;
    }
    Ok(())
}

fn timed(count: usize) -> crate::shell::Call {
    call("python3", ["-c", TIMER, &count.to_string()])
}

/// A folder of so many articles: the sample's text in steps, which has no picture, under as many names.
fn many(folder: &Path) -> Result<std::path::PathBuf, String> {
    let input = folder.join("input");
    let failed = |error: std::io::Error| format!("{}: {error}", input.display());
    std::fs::create_dir_all(&input).map_err(failed)?;
    // A project of its own: that of the sample binds booklets of handouts that are not here.
    std::fs::write(folder.join("handout.toml"), "").map_err(failed)?;
    let text = std::fs::read_to_string(root().join("input/eerste-honderd-dagen.txt")).map_err(failed)?;
    for number in 0..MANY {
        std::fs::write(input.join(format!("artikel-{number}.txt")), &text).map_err(failed)?;
    }
    Ok(input)
}
