//! The run: everything in, everything out, in parallel.

mod booklet;
mod build;
mod cli;
mod console;
mod evidence;
mod import;
mod index;
mod keep;
mod manifest;
mod output;
mod press;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use clap::ValueEnum;

use build::{Fate, OnFailure};
pub use cli::{BuildArgs, Cli, Command, Format, MessageFormat};
use console::{Console, Summary};
use evidence::Evidence;
use keep::OnChange;
use manifest::Manifest;
use output::Output;
pub(crate) use output::sum;
pub use press::{Press, Print, Refusal};

use crate::config::{Booklet, Overrides, Project};
use crate::diag::{Diagnostic, Outcome, Severity};
use crate::files::Disk;
use crate::layout::Destination;
use crate::read::Job;
use crate::schema::{self, File};
use crate::template::Templates;

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
        Some(Command::Schema { file }) => return print_schema(file.into()),
        Some(Command::Import(args)) => {
            let console = Console::new(args.message_format);
            return finish(import::import(&args, &console), &console);
        }
    };
    let console = Console::new(args.message_format);
    finish(build(&args, purpose, &console), &console)
}

/// The exit code of a command that ended so.
fn finish(ended: Outcome<u8>, console: &Console) -> ExitCode {
    ExitCode::from(ended.unwrap_or_else(|errors| {
        console.report(&errors);
        UNUSABLE
    }))
}

/// Prints the schema of a file; its layouts are those of the project in the working folder.
fn print_schema(file: File) -> ExitCode {
    let overrides = Overrides::default();
    let project = Project::open(&Disk, Path::new("."), &overrides);
    let templates = project.and_then(|project| Templates::load(&Disk, &project));
    let layouts = templates.map(|templates| templates.layouts().map(str::to_owned).collect::<Vec<_>>());
    let console = Console::new(MessageFormat::Human);
    let schema = match layouts {
        Ok(layouts) => schema::schema(file, &layouts),
        Err(mut problems) => {
            // A schema is wanted most where something is wrong: it then takes any layout.
            problems.iter_mut().for_each(|found| found.severity = Severity::Warning);
            console.report(&problems);
            schema::schema(file, &[])
        }
    };
    let mut json = serde_json::to_vec_pretty(&schema).unwrap_or_default();
    json.push(b'\n');
    // Whoever closes the pipe has read enough.
    let _ = std::io::stdout().write_all(&json);
    ExitCode::from(DONE)
}

fn build(args: &BuildArgs, purpose: Purpose, console: &Console) -> Result<u8, Vec<Diagnostic>> {
    let started = Instant::now();
    let input = args.input.clone().unwrap_or_else(|| PathBuf::from("."));
    let overrides = Overrides {
        brand: args.brand.clone(),
        output: args.output.clone(),
        reference: args.reference_doc.clone(),
        system_fonts: args.system_fonts,
    };
    let (press, mut found) = Press::open(&Disk, &input, &overrides)?;
    let mut press =
        press.with_destination(if args.print { Destination::Printer } else { Destination::Reader });
    let mut unwritten = None;
    let mut formats = formats(args, press.project.settings.formats.as_deref());
    if formats.contains(&Format::Docx)
        && let Err(error) = press.load_reference()
    {
        found.push(error);
        formats.retain(|format| *format != Format::Docx);
        unwritten = Some(Format::Docx);
    }
    let settings = &press.project.settings;
    let (all, planned) = press.plan();
    let mut failed_plans = planned.iter().filter(|diagnostic| diagnostic.is_error()).count();
    found.extend(planned);
    let booklets = booklets(&press.project, &all, &formats, args)?;
    let jobs: Vec<Job> = all.iter().filter(|job| build::is_wanted(job, args)).cloned().collect();
    if jobs.is_empty() && booklets.is_empty() && failed_plans == 0 {
        found.push(nothing_to_do(&input, args));
        failed_plans = 1;
    }
    let folder = press.project.output.clone();
    let earlier = Manifest::read(&folder);
    let on_change = if args.overwrite { OnChange::Overwrite } else { OnChange::Keep };
    let output = match purpose {
        Purpose::Write => Output::folder(&folder, &earlier, on_change).map_err(|error| vec![error])?,
        Purpose::Check => Output::Nowhere,
    };
    let on_failure = if args.fail_fast { OnFailure::Stop } else { OnFailure::GoOn };
    let fates = pool(args)?.install(|| {
        let mut fates = build::print_all(&press, &jobs, &formats, &output, on_failure, console);
        fates.extend(build::bind_all(&press, &booklets, &all, &fates, &output));
        fates
    });

    let mut summary = Summary { failed: failed_plans, ..Summary::default() };
    let mut manifest = Manifest::default();
    let mut audited = Vec::with_capacity(fates.len());
    for fate in fates {
        match fate {
            Fate::Printed(entry, evidence, warnings) => {
                summary.printed += 1;
                summary.pages += entry.pages.unwrap_or(0);
                manifest.handouts.push(*entry);
                audited.push(*evidence);
                found.extend(warnings);
            }
            Fate::Failed(evidence, errors) => {
                summary.failed += 1;
                audited.push(*evidence);
                found.extend(errors);
            }
            Fate::Skipped => summary.skipped += 1,
        }
    }
    found.extend(substitutes(&manifest).filter(|_| purpose == Purpose::Write));
    if unwritten.is_some() {
        manifest = manifest.kept_from(earlier.clone(), |name| folder.join(name).is_file());
    }
    if purpose == Purpose::Write {
        summary.folder = Some(folder.display().to_string());
        found.extend(list(&press, (manifest, earlier), Evidence::new(audited), &output, args));
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

/// One line for all that Word has a substitute for.
fn substitutes(manifest: &Manifest) -> Option<Diagnostic> {
    let handouts = manifest.handouts.iter().filter(|handout| !handout.word.is_empty()).count();
    let noun = if handouts == 1 { "handout has" } else { "handouts have" };
    let message = format!(
        "{handouts} {noun} looks that Word cannot carry; {} lists what stands there instead",
        manifest::NAME
    );
    (handouts > 0).then(|| Diagnostic::note("word-substitutes", message))
}

/// The booklets that are to be bound: where PDFs are written, those of the project.
fn booklets<'p>(
    project: &'p Project,
    jobs: &[Job],
    formats: &[Format],
    args: &BuildArgs,
) -> Outcome<Vec<&'p Booklet>> {
    let mut wrong = Vec::new();
    let names = || project.booklets.iter().map(|booklet| booklet.name.as_str());
    for name in args.booklet.iter().filter(|name| names().all(|known| known != name.as_str())) {
        let hint = match names().collect::<Vec<_>>() {
            none if none.is_empty() => "describe it in handout.toml, under `[booklets.NAME]`".to_owned(),
            known => format!("booklets: {}", known.join(", ")),
        };
        wrong.push(Diagnostic::error("unknown-booklet", format!("there is no booklet `{name}`")).hint(hint));
    }
    for booklet in project.booklets.iter().filter(|booklet| jobs.iter().any(|job| job.slug == booklet.name)) {
        let message = format!("a handout and a booklet have the same name, `{}`", booklet.name);
        wrong.push(Diagnostic::error("duplicate-slug", message).at(booklet.place.clone()));
    }
    let is_pdf_asked = formats.contains(&Format::Pdf);
    if !args.booklet.is_empty() && !is_pdf_asked {
        wrong.push(Diagnostic::error("booklet", "a booklet is a PDF, and no PDF is asked for"));
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    // Of a part of the project, one article or a folder of it, those are bound of which nothing is missing.
    let is_whole = [&project.root, &project.root.join("input")].contains(&&project.input);
    let is_due = |booklet: &&Booklet| {
        build::is_booklet_wanted(booklet, args)
            && (is_whole
                || args.booklet.contains(&booklet.name)
                || booklet::is_complete(project, booklet, jobs))
    };
    Ok(project.booklets.iter().filter(|_| is_pdf_asked).filter(is_due).collect())
}

/// Writes the manifest, the download page and the evidence; gives what went wrong.
fn list(
    press: &Press<'_>,
    (mut manifest, earlier): (Manifest, Manifest),
    mut evidence: Evidence,
    output: &Output,
    args: &BuildArgs,
) -> Vec<Diagnostic> {
    let folder = &press.project.output;
    if !args.only.is_empty() || !args.format.is_empty() || !args.booklet.is_empty() {
        let exists = |name: &str| folder.join(name).is_file();
        manifest = manifest.kept_from(earlier, exists);
        if let Ok(earlier) = std::fs::read(folder.join(evidence::NAME)) {
            evidence = evidence.kept_from(&earlier, exists);
        }
    }
    let mut json = serde_json::to_vec_pretty(&manifest).unwrap_or_default();
    json.push(b'\n');
    let mut wrong = Vec::new();
    wrong.extend(output.write(manifest::NAME.to_owned(), &json).err());
    wrong.extend(output.write(evidence::NAME.to_owned(), &evidence.json()).err());
    let pages =
        [(index::NAME, index::page(press, &manifest)), (evidence::PAGE, evidence::page(press, &evidence))];
    for (name, page) in pages {
        match page {
            Ok(page) => wrong.extend(output.write(name.to_owned(), page.as_bytes()).err()),
            Err(errors) => wrong.extend(errors),
        }
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
