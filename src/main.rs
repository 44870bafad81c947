//! The `handout` command: reads its arguments, does the run, and says by its exit code how it went: 0 all is
//! written, 1 some handout failed, 2 the call or the configuration is wrong.

use std::process::ExitCode;

use clap::Parser;
use handout::run::{self, Cli};

/// A run makes and drops millions of small things on many threads, which this allocator is good at.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    run::run(Cli::parse())
}
