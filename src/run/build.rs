//! `build` and `check`: one job an article, in parallel; what fails, fails alone.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use super::booklet;
use super::cli::{BuildArgs, Format};
use super::console::Console;
use super::evidence;
use super::keep;
use super::manifest::{Entry, File, Warning};
use super::output::Output;
use super::press::{Press, Refusal};
use crate::config::Booklet;
use crate::diag::Diagnostic;
use crate::read::Job;

/// What became of one handout.
#[derive(Debug)]
pub enum Fate {
    /// Its files are there; warnings.
    Printed(Box<Entry>, Box<evidence::Entry>, Vec<Diagnostic>),
    /// It failed; errors and warnings.
    Failed(Box<evidence::Entry>, Vec<Diagnostic>),
    /// An earlier failure kept it from being tried.
    Skipped,
}

/// What to do when a handout fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnFailure {
    /// Print all others.
    GoOn,
    /// Begin no other.
    Stop,
}

/// Prints every job, in parallel, and gives each one's fate in the order of the jobs.
pub fn print_all(
    press: &Press<'_>,
    jobs: &[Job],
    formats: &[Format],
    output: &Output,
    on_failure: OnFailure,
    console: &Console,
) -> Vec<Fate> {
    let bar = console.bar(jobs.len());
    let stopped = AtomicBool::new(false);
    let fates = jobs
        .par_iter()
        .map(|job| {
            if stopped.load(Ordering::Relaxed) {
                return Fate::Skipped;
            }
            let fate = print(press, job, formats, output);
            if matches!(fate, Fate::Failed(..)) && on_failure == OnFailure::Stop {
                stopped.store(true, Ordering::Relaxed);
            }
            bar.set_message(job.slug.clone());
            bar.inc(1);
            fate
        })
        .collect();
    bar.finish_and_clear();
    fates
}

/// Binds booklets of all jobs of the project. Of handouts that were printed by themselves the pages are known.
pub fn bind_all(
    press: &Press<'_>,
    booklets: &[&Booklet],
    jobs: &[Job],
    printed: &[Fate],
    output: &Output,
) -> Vec<Fate> {
    let pages = printed.iter().filter_map(|fate| match fate {
        Fate::Printed(entry, ..) => Some((entry.slug.as_str(), entry.pages?)),
        _ => None,
    });
    let known = pages.collect();
    let bind = |booklet: &&Booklet| match booklet::print(press, booklet, jobs, &known, output) {
        Ok(bound) => Fate::Printed(Box::new(bound.entry), Box::new(bound.evidence), bound.warnings),
        Err(errors) => Fate::Failed(Box::new(evidence::Entry::unbound(booklet, &errors)), errors),
    };
    booklets.iter().map(bind).collect()
}

fn print(press: &Press<'_>, job: &Job, formats: &[Format], output: &Output) -> Fate {
    let print = match press.print(job, formats) {
        Ok(print) => print,
        Err(refusal) => return refuse(job, *refusal),
    };
    let mut files = Vec::with_capacity(print.files.len());
    let mut warnings = print.warnings;
    for (format, content) in print.files {
        let name = format!("{}.{}", print.article.slug, format.extension());
        let written = match format {
            Format::Docx => keep::write(output, name, &content),
            Format::Pdf | Format::Html => {
                output.write(name, &content).map(|written| (vec![File::from(written)], None))
            }
        };
        match written {
            Ok((there, warning)) => {
                files.extend(there);
                warnings.extend(warning);
            }
            Err(error) => {
                let refusal = Refusal { article: Some(print.article), audit: print.audit, told: vec![error] };
                return refuse(job, refusal);
            }
        }
    }
    let evidence = evidence::Entry::written(&print.article, files.clone(), &print.audit, &print.word);
    let meta = &print.article.meta;
    let entry = Entry {
        slug: print.article.slug.clone(),
        title: meta.title.clone(),
        description: meta.description.clone(),
        lang: meta.lang.clone(),
        layout: meta.layout.clone(),
        source: print.article.file.to_string(),
        pages: print.pdf.map(|pdf| pdf.pages),
        scale: print.pdf.and_then(|pdf| Entry::scale(pdf.scale)),
        files,
        word: print.word,
        warnings: Warning::all(&warnings),
        handouts: Vec::new(),
    };
    Fate::Printed(Box::new(entry), Box::new(evidence), warnings)
}

fn refuse(job: &Job, refusal: Refusal) -> Fate {
    Fate::Failed(Box::new(evidence::Entry::refused(job, &refusal)), refusal.told)
}

/// Whether a booklet is among those asked for, by its name.
pub fn is_booklet_wanted(booklet: &Booklet, args: &BuildArgs) -> bool {
    if !args.booklet.is_empty() {
        return args.booklet.contains(&booklet.name);
    }
    args.only.is_empty() || args.only.iter().any(|pattern| pattern.matches(&booklet.name))
}

/// Whether a job is among those asked for, by its slug or its source.
pub fn is_wanted(job: &Job, args: &BuildArgs) -> bool {
    let matches =
        |pattern: &glob::Pattern| pattern.matches(&job.slug) || pattern.matches_path(Path::new(&*job.file));
    args.booklet.is_empty() && (args.only.is_empty() || args.only.iter().any(matches))
}
