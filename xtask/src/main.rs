//! What developers run: `cargo xtask test`, `accept`, `geometry`, `compare`, `fuzz`, `bench`.

mod bench;
mod foreign;
mod fuzz;
mod geometry;
mod judges;
mod shell;

use std::process::ExitCode;

const HELP: &str = "\
cargo xtask test     every test: the Rust ones, then tools that are not ours over every file that we write
cargo xtask accept   take what the layout and style tests give now as what they expect; look at the diff
cargo xtask geometry [PART]
                     ask Chromium where it puts the fixtures in tests/geometry (those with PART in their path)
cargo xtask compare [PART]
                     draw the pages of each handout's PDF above those of its Word document in LibreOffice (those with
                     PART in their slug), as pictures in target/compare
cargo xtask fuzz [SECONDS [TARGET...]]
                     feed every reader files that nobody would write, ten minutes each where nothing is said; needs a
                     nightly toolchain and cargo-fuzz
cargo xtask bench    time each stage and a whole run, and print the table";

fn main() -> ExitCode {
    let outcome = match std::env::args().nth(1).as_deref() {
        Some("test") => test(),
        Some("accept") => shell::cargo(["test", "--workspace", "--quiet"]).env("HANDOUT_ACCEPT", "1").run(),
        Some("geometry") => geometry::geometry(&std::env::args().nth(2).unwrap_or_default()),
        Some("compare") => judges::compare(&std::env::args().nth(2).unwrap_or_default()),
        Some("fuzz") => fuzz::fuzz(std::env::args().skip(2)),
        Some("bench") => bench::bench(),
        _ => {
            println!("{HELP}");
            Ok(())
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("xtask: {why}");
            ExitCode::FAILURE
        }
    }
}

fn test() -> Result<(), String> {
    shell::cargo(["test", "--workspace"]).run()?;
    judges::judge()
}
