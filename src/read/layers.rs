//! The layers of an article's metadata. Later ones win, key by key: `_defaults.yaml` of the project's folder and
//! of each folder down to the article's, what the body says of itself, front matter, the sidecar, the catalog. A
//! key that a later layer gives as `null` is gone.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::{Map, Value};

use super::{dialects, front, text};
use crate::config::value::{Entry, Format, Kind, Source, Spanned, Spot, parse};
use crate::config::{Project, read_bytes};
use crate::diag::{Diagnostic, Outcome, Place};
use crate::files::Files;

/// A file of text with the metadata around it.
#[derive(Clone, Debug)]
pub(super) struct Origin {
    /// Its text.
    pub(super) source: Arc<Source>,
    /// The byte at which its body begins.
    pub(super) start: usize,
    /// The defaults of its folders, the outermost first.
    pub(super) defaults: Vec<Spanned>,
    /// Front matter, then the sidecar, as far as there are any.
    pub(super) own: Vec<Spanned>,
    /// What somebody should know of its encoding and of its metadata.
    pub(super) notes: Vec<Diagnostic>,
}

impl Origin {
    /// Reads a file of text and the metadata around it.
    ///
    /// # Errors
    /// What cannot be read, of all of these.
    pub(super) fn load(files: &dyn Files, project: &Project, path: &Path) -> Outcome<Self> {
        let (source, note) = read_text(files, path, project.name_of(path)).map_err(|error| vec![error])?;
        let (matter, start) = front::split(&source.text, &source.file).map_err(|error| vec![error])?;
        let mut problems = Vec::new();
        let mut own = Vec::new();
        if let Some(matter) = matter {
            let format = match matter.format {
                front::Format::Yaml => Format::Yaml,
                front::Format::Toml => Format::Toml,
                front::Format::Json => Format::Json,
            };
            keep(
                parse(format, matter.text, matter.first_line, &source).and_then(a_map),
                &mut own,
                &mut problems,
            );
        }
        if let Some(sidecar) = sidecar(files, project, path) {
            keep(sidecar, &mut own, &mut problems);
        }
        let mut defaults = Vec::new();
        for folder in folders(project, path) {
            if let Some(layer) = beside(files, project, folder, "_defaults") {
                keep(layer, &mut defaults, &mut problems);
            }
        }
        let mut notes: Vec<Diagnostic> = note.into_iter().collect();
        let has_layout =
            |name: &str| project.templates.as_ref().is_some_and(|folder| files.is_folder(&folder.join(name)));
        let own = own.into_iter().map(|layer| {
            let (layer, told) = dialects::settle(layer, &has_layout);
            notes.extend(told);
            layer
        });
        let own = own.collect();
        if problems.is_empty() { Ok(Self { source, start, defaults, own, notes }) } else { Err(problems) }
    }
}

/// Reads the text of an article, in whatever encoding it is.
fn read_text(
    files: &dyn Files,
    path: &Path,
    name: Arc<str>,
) -> Result<(Arc<Source>, Option<Diagnostic>), Diagnostic> {
    let (text, note) = text::recognise(&read_bytes(files, path, &name)?, &name)?;
    Ok((Source::new(name, text), note))
}

fn keep(layer: Outcome<Spanned>, layers: &mut Vec<Spanned>, problems: &mut Vec<Diagnostic>) {
    match layer {
        Ok(values) => layers.push(values),
        Err(errors) => problems.extend(errors),
    }
}

/// The folders whose defaults apply, from the project's down to the file's.
fn folders<'p>(project: &Project, path: &'p Path) -> Vec<&'p Path> {
    let mut folders: Vec<&Path> =
        path.ancestors().skip(1).take_while(|folder| folder.starts_with(&project.root)).collect();
    if folders.is_empty() {
        folders.extend(path.parent());
    }
    folders.reverse();
    folders
}

/// The metadata that stands beside an article under its name.
fn sidecar(files: &dyn Files, project: &Project, path: &Path) -> Option<Outcome<Spanned>> {
    beside(files, project, path.parent()?, path.file_stem()?.to_str()?)
}

/// The metadata file with this stem in a folder; two of them are an error.
fn beside(files: &dyn Files, project: &Project, folder: &Path, stem: &str) -> Option<Outcome<Spanned>> {
    let candidates = Format::EXTENSIONS.map(|extension| folder.join(format!("{stem}.{extension}")));
    let mut present = candidates.into_iter().filter(|path| files.is_file(path));
    let path: PathBuf = present.next()?;
    if let Some(second) = present.next() {
        let message =
            format!("`{}` says the same things as `{}`", project.name_of(&second), project.name_of(&path));
        let found = Diagnostic::error("two-sidecars", message).at(Place::file(project.name_of(&second)));
        return Some(Err(vec![found.hint("keep one of the two")]));
    }
    let format = Format::of(&path)?;
    Some(project.read_values(files, &path, format).and_then(a_map))
}

fn a_map(values: Spanned) -> Outcome<Spanned> {
    if matches!(values.kind, Kind::Map(_)) {
        return Ok(values);
    }
    Err(vec![crate::config::fields::wrong_type(&values, "metadata", "a map of keys and values")])
}

/// Layers of metadata put together.
pub(super) fn merge<'l>(source: &Arc<Source>, layers: impl IntoIterator<Item = &'l Spanned>) -> Spanned {
    let mut merged: Vec<Entry> = Vec::new();
    for entry in layers.into_iter().flat_map(Spanned::entries) {
        let known = merged.iter().position(|other| other.key == entry.key);
        match (known, &entry.value.kind) {
            (Some(index), Kind::Null) => drop(merged.remove(index)),
            (Some(index), _) => merged[index] = entry.clone(),
            (None, Kind::Null) => {}
            (None, _) => merged.push(entry.clone()),
        }
    }
    Spanned { kind: Kind::Map(merged), ..Spanned::empty(source) }
}

/// What a body says of itself as a layer; its place is the beginning of the file.
pub(super) fn from_body(meta: &Map<String, Value>, source: &Arc<Source>) -> Spanned {
    let spot = Spot { line: 1, column: 1 };
    let node = |kind| Spanned { kind, spot, source: source.clone() };
    let value = |value: &Value| match value {
        Value::Array(items) => {
            let texts = items.iter().filter_map(Value::as_str);
            node(Kind::List(texts.map(|text| node(Kind::String(text.to_owned()))).collect()))
        }
        Value::String(text) => node(Kind::String(text.clone())),
        _ => node(Kind::Null),
    };
    let entries = meta.iter().map(|(key, it)| Entry { key: key.clone(), spot, value: value(it) });
    node(Kind::Map(entries.collect()))
}
