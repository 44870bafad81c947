//! The files of all layouts: the shipped ones, replaced file by file by the project's.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use include_dir::{Dir, include_dir};

use crate::config::value::Source;
use crate::config::{Project, read_text};
use crate::diag::{Diagnostic, Outcome};
use crate::files::Files;

static SHIPPED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates");

/// How deep a project's templates folder is searched: `templates/NAME/FILE`.
const DEPTH: usize = 2;

/// Text files by their path below `templates/`, with forward slashes: the shipped one, then the project's that
/// replaces it.
#[derive(Debug, Default)]
pub(super) struct Store {
    files: BTreeMap<String, Vec<Arc<Source>>>,
}

impl Store {
    pub(super) fn load(files: &dyn Files, project: &Project) -> Outcome<Self> {
        let mut store = Self::default();
        store.add_shipped(&SHIPPED);
        if let Some(folder) = &project.templates {
            let mut problems = Vec::new();
            for (path, key) in text_files(files, folder, "", DEPTH) {
                let name = match path.strip_prefix(&project.root) {
                    Ok(_) => project.name_of(&path),
                    Err(_) => format!("templates/{key}").into(),
                };
                match read_text(files, &path, &name) {
                    Ok(source) => store.files.entry(key).or_default().push(source),
                    Err(error) => problems.push(error),
                }
            }
            if !problems.is_empty() {
                return Err(problems);
            }
        }
        Ok(store)
    }

    fn add_shipped(&mut self, folder: &Dir<'_>) {
        for file in folder.files() {
            let (Some(path), Some(text)) = (file.path().to_str(), file.contents_utf8()) else { continue };
            if is_text(file.path()) {
                let path = path.replace('\\', "/");
                let name = format!("built-in templates/{path}");
                self.files.insert(path, vec![Source::new(name, text)]);
            }
        }
        folder.dirs().for_each(|folder| self.add_shipped(folder));
    }

    /// The file at a path below `templates/`.
    pub(super) fn get(&self, path: &str) -> Option<&Arc<Source>> {
        self.files.get(path)?.last()
    }

    /// The files directly in a folder with this ending, by their name without it.
    pub(super) fn folder<'s>(
        &'s self,
        folder: &str,
        ending: &'s str,
    ) -> impl Iterator<Item = (&'s str, &'s Arc<Source>)> {
        let prefix = format!("{folder}/");
        self.files.iter().filter_map(move |(path, sources)| {
            let stem = path.strip_prefix(&prefix)?.strip_suffix(ending)?;
            Some((stem, sources.last().filter(|_| !stem.contains('/'))?))
        })
    }

    /// The fixed words of each language: the shipped file, then the project's that adds to it.
    pub(super) fn words(&self) -> impl Iterator<Item = (&str, &Arc<Source>)> {
        self.files.iter().flat_map(|(path, sources)| {
            let tag = path.strip_prefix("i18n/").and_then(|name| name.strip_suffix(".yaml"));
            tag.into_iter().flat_map(move |tag| sources.iter().map(move |source| (tag, source)))
        })
    }

    /// The names of the layouts: folders that have a `layout.hbs`.
    pub(super) fn layouts(&self) -> impl Iterator<Item = &str> {
        self.files.keys().filter_map(|path| path.strip_suffix("/layout.hbs"))
    }
}

fn is_text(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str());
    ending.is_some_and(|ending| matches!(ending, "hbs" | "css" | "svg" | "yaml"))
}

fn text_files(files: &dyn Files, folder: &Path, prefix: &str, depth: usize) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for path in files.list(folder).unwrap_or_default() {
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
        let key = format!("{prefix}{name}");
        if files.is_file(&path) {
            if is_text(&path) {
                found.push((path, key));
            }
        } else if depth > 1 && !name.starts_with('.') {
            found.extend(text_files(files, &path, &format!("{key}/"), depth - 1));
        }
    }
    found
}

/// The diagnostic for a file that the shipped templates should have.
pub(super) fn missing(path: &str) -> Diagnostic {
    Diagnostic::error("missing-template", format!("there is no template `templates/{path}`"))
}
