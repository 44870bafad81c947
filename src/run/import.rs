//! `handout import`: articles of any kind as Markdown that is one's own from then on.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Instant;

use super::cli::ImportArgs;
use super::console::{self, Console, Did, Summary};
use super::output;
use super::{DONE, FAILED};
use crate::config::{Overrides, Project};
use crate::diag::{Diagnostic, Outcome, Place};
use crate::files::Disk;
use crate::import::{Imported, Importer};
use crate::read::{self, Drafts, Job};

/// Imports all sources.
///
/// # Errors
/// Sources that are not there, and all that is wrong in their projects; nothing is written then.
pub(super) fn import(args: &ImportArgs, console: &Console) -> Outcome<u8> {
    let started = Instant::now();
    let projects = open(&args.sources)?;
    let folder = args.output.clone();
    let target = folder.clone();
    let mut importer = Importer::new(move |name, bytes| holds_another(&target.join(name), bytes));
    let mut summary =
        Summary { folder: Some(folder.display().to_string()), did: Did::Import, ..Summary::default() };
    let mut found = Vec::new();
    for project in &projects {
        let (jobs, problems) = read::plan_with(&Disk, project, Drafts::Kept);
        summary.failed += problems.iter().filter(|problem| problem.is_error()).count();
        found.extend(problems);
        for job in jobs.iter().filter(|job| is_wanted(job, args)) {
            match one(&mut importer, project, job, &folder) {
                Ok(warnings) => {
                    summary.printed += 1;
                    found.extend(warnings);
                }
                Err(errors) => {
                    summary.failed += 1;
                    found.extend(errors);
                }
            }
        }
    }
    if summary.printed + summary.failed == 0 {
        let hint = "name a file, or a folder that has articles";
        found.push(Diagnostic::error("no-articles", "there is no article to import").hint(hint));
    }
    console::tell_once(&mut found);
    summary.warnings = console::warnings(&found);
    summary.elapsed = started.elapsed();
    console.report(&found);
    console.close(&summary);
    Ok(if found.iter().any(Diagnostic::is_error) { FAILED } else { DONE })
}

/// The projects of the sources; each may be a folder or one file.
fn open(sources: &[PathBuf]) -> Outcome<Vec<Project>> {
    let mut problems = Vec::new();
    let mut projects = Vec::with_capacity(sources.len());
    for source in sources {
        match Project::open(&Disk, source, &Overrides::default()) {
            Ok(project) => projects.push(project),
            Err(errors) => problems.extend(errors),
        }
    }
    if problems.is_empty() { Ok(projects) } else { Err(problems) }
}

fn is_wanted(job: &Job, args: &ImportArgs) -> bool {
    args.only.is_empty()
        || args.only.iter().any(|pattern| pattern.matches(&job.slug) || pattern.matches(&job.file))
}

/// Imports one article; gives what somebody should look at.
fn one(importer: &mut Importer, project: &Project, job: &Job, folder: &Path) -> Outcome<Vec<Diagnostic>> {
    let (article, mut warnings) = read::read(&Disk, project, job)?;
    let mut imported = importer.import(&Disk, project, &article);
    warnings.append(&mut imported.warnings);
    write_all(&imported, folder).map_err(|error| vec![error])?;
    Ok(warnings)
}

/// Writes an article and its pictures. What is there already stays; the same again is no mistake.
fn write_all(imported: &Imported, folder: &Path) -> Result<(), Diagnostic> {
    let path = folder.join(&imported.name);
    if holds_another(&path, imported.text.as_bytes()) {
        let message = format!("{} is there already, and says something else", path.display());
        let found = Diagnostic::error("already-there", message).at(Place::file(path.display().to_string()));
        return Err(
            found.hint("nothing is overwritten: move it away, or import into another folder with `-o`")
        );
    }
    for (name, bytes) in &imported.pictures {
        write(&folder.join(name), bytes)?;
    }
    write(&path, imported.text.as_bytes())
}

/// Whether there is something else at this path.
fn holds_another(path: &Path, content: &[u8]) -> bool {
    match std::fs::metadata(path) {
        Err(_) => false,
        Ok(found) if !found.is_file() || found.len() != content.len() as u64 => true,
        Ok(_) => std::fs::read(path).ok().as_deref() != Some(content),
    }
}

/// Writes a file whole, unless there is one.
fn write(path: &Path, content: &[u8]) -> Result<(), Diagnostic> {
    if path.exists() {
        return Ok(());
    }
    let write = || {
        let folder = path.parent().unwrap_or(Path::new("."));
        std::fs::create_dir_all(folder)?;
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        file.write_all(content)?;
        output::readable_by_all(file.as_file())?;
        file.persist_noclobber(path).map_err(|error| error.error)?;
        Ok(())
    };
    write().map_err(|error: std::io::Error| output::unwritable(path, &error))
}
