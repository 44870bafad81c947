//! The layers of an article's metadata. Later ones win, key by key: `_defaults.yaml` of the project's folder and
//! of each folder down to the article's, what the body says of itself, front matter, the sidecar, the catalog. A
//! key that a later layer gives as `null` is gone.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::{Map, Value};

use super::includes::{self, Included};
use super::{Body, dialects, docx, front, text, turns};
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
    /// Its body, where the file is no text and was read whole.
    pub(super) body: Option<Body>,
    /// The parts that it takes in from other files.
    pub(super) included: Included,
    /// Whether text and body were given back.
    pub(super) is_outline: bool,
}

impl Origin {
    /// Reads a file and the metadata around it.
    ///
    /// # Errors
    /// What cannot be read, of all of these.
    pub(super) fn load(files: &dyn Files, project: &Project, path: &Path) -> Outcome<Self> {
        let name = project.name_of(path);
        let bytes = read_bytes(files, path, &name).map_err(|error| vec![error])?;
        let is_word = super::Kind::of(path) == Some(super::Kind::Word) || docx::is_word(&bytes);
        let mut problems = Vec::new();
        let mut origin =
            if is_word { Self::of_word(&bytes, name)? } else { Self::of_text(&bytes, name, &mut problems)? };
        drop(bytes);
        if super::Kind::of(path) == Some(super::Kind::Markdown) {
            let text = (&origin.source.file, &*origin.source.text, origin.start);
            match includes::read(files, project, path, text) {
                Ok(included) => origin.included = included,
                Err(errors) => problems.extend(errors),
            }
        }
        if let Some(sidecar) = sidecar(files, project, path) {
            keep(sidecar, &mut origin.own, &mut problems);
        }
        for folder in folders(project, path) {
            if let Some(layer) = beside(files, project, folder, "_defaults") {
                keep(layer, &mut origin.defaults, &mut problems);
            }
        }
        let has_layout =
            |name: &str| project.templates.as_ref().is_some_and(|folder| files.is_folder(&folder.join(name)));
        let Self { own, notes, .. } = &mut origin;
        for layer in own {
            let (settled, told) = dialects::settle(layer.clone(), &has_layout);
            *layer = settled;
            notes.extend(told);
        }
        if problems.is_empty() { Ok(origin) } else { Err(problems) }
    }

    /// Whether it is too large to keep while others are read.
    pub(super) fn is_large(&self) -> bool {
        turns::is_large(self.source.text.len() + self.body.as_ref().map_or(0, |body| body.html.len()))
    }

    /// The same without its text, but for its front matter, and without its body.
    pub(super) fn outline(&self) -> Self {
        let matter = self.source.text.get(..self.start).unwrap_or_default();
        let source = Source::new(self.source.file.clone(), matter);
        let mut own = self.own.clone();
        own.iter_mut().for_each(|layer| layer.move_to(&self.source, &source));
        let (defaults, notes, included) = (self.defaults.clone(), self.notes.clone(), Included::new());
        Self { source, start: self.start, defaults, own, notes, body: None, included, is_outline: true }
    }

    /// A text, in whatever encoding it is, with its front matter.
    fn of_text(bytes: &[u8], name: Arc<str>, problems: &mut Vec<Diagnostic>) -> Outcome<Self> {
        let (text, note) = text::recognise(bytes, &name).map_err(|error| vec![error])?;
        let source = Source::new(name, text);
        let (matter, start) = front::split(&source.text, &source.file).map_err(|error| vec![error])?;
        let mut own = Vec::new();
        if let Some(matter) = matter {
            let format = match matter.format {
                front::Format::Yaml => Format::Yaml,
                front::Format::Toml => Format::Toml,
                front::Format::Json => Format::Json,
            };
            keep(parse(format, matter.text, matter.first_line, &source).and_then(a_map), &mut own, problems);
        }
        let notes = note.into_iter().collect();
        let (defaults, included) = (Vec::new(), Included::new());
        Ok(Self { source, start, defaults, own, notes, body: None, included, is_outline: false })
    }

    /// A Word document, with its custom properties.
    fn of_word(bytes: &[u8], name: Arc<str>) -> Outcome<Self> {
        let docx::Word { text, body, meta } = docx::read(bytes, &name)?;
        let source = Source::new(name, text);
        let own = vec![from_body(&meta, &source, 1)];
        Ok(Self {
            source,
            start: 0,
            defaults: Vec::new(),
            own,
            notes: Vec::new(),
            body: Some(body),
            is_outline: false,
            included: Included::new(),
        })
    }
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

/// What a body says of itself as a layer; its place is the line of its file that it begins on.
pub(super) fn from_body(meta: &Map<String, Value>, source: &Arc<Source>, line: u32) -> Spanned {
    let spot = Spot { line, column: 1 };
    let node = |kind| Spanned { kind, spot, source: source.clone() };
    let value = |value: &Value| match value {
        Value::Array(items) => {
            let texts = items.iter().filter_map(Value::as_str);
            node(Kind::List(texts.map(|text| node(Kind::String(text.to_owned()))).collect()))
        }
        Value::String(text) => node(Kind::String(text.clone())),
        Value::Bool(truth) => node(Kind::Bool(*truth)),
        Value::Number(number) => node(Kind::Number(number.clone())),
        Value::Null | Value::Object(_) => node(Kind::Null),
    };
    let entries = meta.iter().map(|(key, it)| Entry { key: key.clone(), spot, value: value(it) });
    node(Kind::Map(entries.collect()))
}
