//! The run: everything in, everything out, in parallel.

mod build;
mod cli;
mod console;
mod index;
mod manifest;
mod output;
mod press;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use clap::ValueEnum;

use build::{Fate, OnFailure};
pub use cli::{BuildArgs, Cli, Command, Format, MessageFormat};
use console::{Console, Summary};
use manifest::Manifest;
use output::Output;
pub use press::{Press, Print};

use crate::config::Overrides;
use crate::diag::Diagnostic;
use crate::files::Disk;

/// What a command does with what it made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Purpose {
    Write,
    Check,
}

/// All is written.
const DONE: u8 = 0;
/// Some handout failed; all others are written.
const FAILED: u8 = 1;
/// The call or the configuration is wrong.
const UNUSABLE: u8 = 2;

/// Does what the command line says.
pub fn run(cli: Cli) -> ExitCode {
    let (args, purpose) = match cli.command {
        None => (cli.build, Purpose::Write),
        Some(Command::Build(args)) => (args, Purpose::Write),
        Some(Command::Check(args)) => (args, Purpose::Check),
    };
    let console = Console::new(args.message_format);
    match build(&args, purpose, &console) {
        Ok(code) => ExitCode::from(code),
        Err(errors) => {
            console.report(&errors);
            ExitCode::from(UNUSABLE)
        }
    }
}

fn build(args: &BuildArgs, purpose: Purpose, console: &Console) -> Result<u8, Vec<Diagnostic>> {
    let started = Instant::now();
    let input = args.input.clone().unwrap_or_else(|| PathBuf::from("."));
    let overrides =
        Overrides { brand: args.brand.clone(), output: args.output.clone(), system_fonts: args.system_fonts };
    let (press, mut found) = Press::open(&Disk, &input, &overrides)?;
    let settings = &press.project.settings;
    let (mut jobs, planned) = press.plan();
    let mut failed_plans = planned.iter().filter(|diagnostic| diagnostic.is_error()).count();
    found.extend(planned);
    jobs.retain(|job| build::is_wanted(job, &args.only));
    if jobs.is_empty() && failed_plans == 0 {
        found.push(nothing_to_do(&input, args));
        failed_plans = 1;
    }
    let formats = formats(args, settings.formats.as_deref());
    let folder = press.project.output.clone();
    let output = match purpose {
        Purpose::Write => Output::folder(&folder).map_err(|error| vec![error])?,
        Purpose::Check => Output::Nowhere,
    };
    let on_failure = if args.fail_fast { OnFailure::Stop } else { OnFailure::GoOn };
    let fates =
        pool(args)?.install(|| build::print_all(&press, &jobs, &formats, &output, on_failure, console));

    let mut summary = Summary { failed: failed_plans, ..Summary::default() };
    let mut manifest = Manifest::default();
    for fate in fates {
        match fate {
            Fate::Printed(entry, warnings) => {
                summary.printed += 1;
                summary.pages += entry.pages.unwrap_or(0);
                manifest.handouts.push(*entry);
                found.extend(warnings);
            }
            Fate::Failed(errors) => {
                summary.failed += 1;
                found.extend(errors);
            }
            Fate::Skipped => summary.skipped += 1,
        }
    }
    if purpose == Purpose::Write {
        summary.folder = Some(folder.display().to_string());
        found.extend(list(&press, manifest, &folder, &output, args));
    }
    console::tell_once(&mut found);
    summary.warnings = console::warnings(&found);
    summary.elapsed = started.elapsed();
    console.report(&found);
    console.close(&summary);
    let failed =
        found.iter().any(Diagnostic::is_error) || ((args.strict || settings.strict) && summary.warnings > 0);
    Ok(if failed { FAILED } else { DONE })
}

/// Writes the manifest and the download page; gives what went wrong.
fn list(
    press: &Press<'_>,
    mut manifest: Manifest,
    folder: &Path,
    output: &Output,
    args: &BuildArgs,
) -> Vec<Diagnostic> {
    if !args.only.is_empty() || !args.format.is_empty() {
        let earlier = std::fs::read(folder.join(manifest::NAME)).ok();
        if let Some(earlier) = earlier.and_then(|bytes| serde_json::from_slice(&bytes).ok()) {
            manifest = manifest.kept_from(earlier, |name| folder.join(name).is_file());
        }
    }
    let mut json = serde_json::to_vec_pretty(&manifest).unwrap_or_default();
    json.push(b'\n');
    let mut wrong = Vec::new();
    wrong.extend(output.write(manifest::NAME.to_owned(), &json).err());
    match index::page(press, &manifest) {
        Ok(page) => wrong.extend(output.write(index::NAME.to_owned(), &page).err()),
        Err(errors) => wrong.extend(errors),
    }
    wrong
}

/// The formats that are asked for, each once: on the command line, else in handout.toml, else PDF and DOCX.
fn formats(args: &BuildArgs, configured: Option<&[String]>) -> Vec<Format> {
    let mut formats = match configured {
        _ if !args.format.is_empty() => args.format.clone(),
        Some(names) => names.iter().filter_map(|name| Format::from_str(name, true).ok()).collect(),
        None => vec![Format::Pdf, Format::Docx],
    };
    formats.sort();
    formats.dedup();
    formats
}

/// As many threads as were asked for, each with room for deeply nested documents.
fn pool(args: &BuildArgs) -> Result<rayon::ThreadPool, Vec<Diagnostic>> {
    rayon::ThreadPoolBuilder::new()
        .num_threads(args.jobs.map_or(0, std::num::NonZeroUsize::get))
        .stack_size(16 << 20)
        .build()
        .map_err(|error| vec![Diagnostic::error("threads", format!("cannot start the workers: {error}"))])
}

fn nothing_to_do(input: &Path, args: &BuildArgs) -> Diagnostic {
    if args.only.is_empty() {
        Diagnostic::error("no-articles", format!("there is no article in {}", input.display()))
            .hint("put a .md, .html or .txt file there, or name the folder that has them")
    } else {
        Diagnostic::error("no-match", "--only matches no handout of this run")
            .hint("the pattern is compared with the slug and with the source's path; `*` matches anything")
    }
}
