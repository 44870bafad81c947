//! Articles of other people's programs and dialects, each with what comes of it in a file beside it that ends in
//! `.expected`: its metadata, its HTML with the lines that its blocks came from, and what is told. A folder is a whole
//! project. `HANDOUT_ACCEPT=1` writes what there is now as what is expected.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use super::{plan, read};
use crate::config::{Overrides, Project};
use crate::diag::Styling;
use crate::files::Memory;

/// The folder of cases that are whole projects.
const PROJECTS: &str = "projects";

/// The articles of a folder of `tests/read`, in order.
fn articles(kind: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/read").join(kind);
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let is_article = |path: &PathBuf| {
        let is_beside =
            || ["expected", "words"].iter().any(|ending| path.extension() == Some(ending.as_ref()));
        let is_file = || path.is_file() && !is_beside();
        (is_file() || kind == PROJECTS && path.is_dir()) && !path.ends_with("README.md")
    };
    let mut articles: Vec<PathBuf> = entries.filter(is_article).collect();
    articles.sort();
    articles
}

fn add_files(files: &mut Memory, folder: &Path, to: &Path) {
    let files_of = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    for file in files_of.filter(|path| path.is_file()) {
        files.0.insert(to.join(file.file_name().unwrap()), std::fs::read(&file).unwrap());
    }
}

/// Puts the folders in `folder`, with what is in them, into the files at `to`.
fn add_folders(files: &mut Memory, folder: &Path, to: &Path) {
    let paths = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    for path in paths.filter(|path| path.is_dir()) {
        let to = to.join(path.file_name().unwrap());
        add_files(files, &path, &to);
        add_folders(files, &path, &to);
    }
}

/// The project of a case: a folder of articles with its handout.toml, or one article with what lies beside it.
fn files(path: &Path) -> Memory {
    let mut files = Memory::default().with("/p/handout.toml", "");
    let input = Path::new("/p/input");
    if path.is_dir() {
        add_files(&mut files, path, input);
        add_folders(&mut files, path, input);
        if let Some(settings) = files.0.remove(&input.join("handout.toml")) {
            files = files.with("/p/handout.toml", settings);
        }
    } else {
        files.0.insert(input.join(path.file_name().unwrap()), std::fs::read(path).unwrap());
        add_folders(&mut files, path.parent().unwrap(), input);
    }
    files
}

fn outcome(path: &Path) -> String {
    let files = files(path);
    let project = Project::open(&files, Path::new("/p/input"), &Overrides::default()).unwrap();
    let (jobs, mut told) = plan(&files, &project);
    let mut out = String::new();
    for job in jobs {
        match read(&files, &project, &job) {
            Ok((article, found)) => {
                let meta = serde_json::to_string_pretty(&article.meta.all).unwrap();
                writeln!(out, "{}\n{meta}\n\n{}\n", article.slug, article.body).unwrap();
                told.extend(found);
            }
            Err(errors) => told.extend(errors),
        }
    }
    for found in &told {
        writeln!(out, "{}", found.render(Styling::Plain)).unwrap();
    }
    out
}

fn compare(kind: &str) {
    let accept = std::env::var_os("HANDOUT_ACCEPT").is_some();
    let mut wrong = Vec::new();
    for path in articles(kind) {
        let accepted = PathBuf::from(format!("{}.expected", path.display()));
        let actual = outcome(&path);
        if accept {
            std::fs::write(&accepted, actual).unwrap();
        } else if std::fs::read_to_string(&accepted).unwrap_or_default() != actual {
            wrong.push(format!("{} (HANDOUT_ACCEPT=1 accepts):\n{actual}", accepted.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn exports_of_wordpress_come_out_as_accepted() {
    compare("wordpress");
}

#[test]
fn pages_of_other_programs_come_out_as_accepted() {
    compare("html");
}

#[test]
fn feeds_come_out_as_accepted() {
    compare("feeds");
}

#[test]
fn dialects_of_markdown_come_out_as_accepted() {
    compare("markdown");
}

#[test]
fn notations_for_programs_come_out_as_accepted() {
    compare("notations");
}

#[test]
fn articles_that_link_to_each_other_come_out_as_accepted() {
    compare(PROJECTS);
}
