//! `catalog.yaml`: which parts of which files are which handouts.
//!
//! An entry of its list `articles` has keys for reading: `source`, the file, relative to the catalog; `from`, the
//! article's first line (absent: the file's first), and `to`, the first line that no longer belongs to it (absent:
//! the `from` of the next entry with the same source, else the end of the file), both matched as whole lines;
//! `drop`, lines that are page furniture; `headings`, lines that are headings, by level. `title` is the title, in
//! place of the first line that is kept. Everything else is metadata.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::plain;
use crate::config::Project;
use crate::config::fields::{Fields, wrong_type};
use crate::config::value::{Kind, Spanned};
use crate::diag::{Diagnostic, Outcome};
use crate::files::Files;

/// The names of a catalog.
pub(super) const NAMES: [&str; 4] = ["catalog.yaml", "catalog.yml", "catalog.toml", "catalog.json"];

/// Keys of an entry that are about reading, and no metadata.
const READING: [&str; 5] = ["source", "from", "to", "drop", "headings"];

/// One entry: a handout.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    /// The file.
    pub(super) source: PathBuf,
    /// What is metadata of it.
    pub(super) values: Spanned,
    /// How a plain text is read.
    pub(super) options: plain::Options,
    /// The first key that only a plain text can have, with its value.
    pub(super) plain_only: Option<(&'static str, Spanned)>,
}

/// The entries of a catalog in their order, and what is wrong with the others.
pub(super) fn read(
    files: &dyn Files,
    project: &Project,
    folder: &Path,
    catalog: &Spanned,
) -> (Vec<Entry>, Vec<Diagnostic>) {
    let mut fields = Fields::of(catalog, "the catalog");
    fields.only(&["articles"]);
    let mut problems = std::mem::take(&mut fields.problems);
    let articles = catalog.get("articles");
    if let Some(articles) = articles.filter(|articles| !matches!(articles.kind, Kind::List(_) | Kind::Null)) {
        problems.push(wrong_type(articles, "articles", "a list"));
    }
    let mut entries = Vec::new();
    for article in articles.map(Spanned::items).unwrap_or_default() {
        if !matches!(article.kind, Kind::Map(_)) {
            problems.push(wrong_type(article, "an article of the catalog", "a map of keys and values"));
            continue;
        }
        match entry(files, project, folder, article) {
            Ok(entry) => entries.push(entry),
            Err(errors) => problems.extend(errors),
        }
    }
    end_at_the_next(&mut entries);
    (entries, problems)
}

fn entry(files: &dyn Files, project: &Project, folder: &Path, article: &Spanned) -> Outcome<Entry> {
    let mut fields = Fields::of(article, "an article of the catalog");
    let options = plain::Options {
        title: None,
        from: fields.text("from"),
        to: fields.text("to"),
        drop: fields.texts("drop").unwrap_or_default(),
        headings: headings(&mut fields),
        place: Some(fields.get("from").unwrap_or(article).place()),
    };
    let source = source(files, project, folder, article, &mut fields);
    let plain_only = READING[1..].iter().find_map(|key| Some((*key, fields.get(key)?.clone())));
    let metadata = article.entries().iter().filter(|entry| !READING.contains(&entry.key.as_str()));
    let values = Spanned { kind: Kind::Map(metadata.cloned().collect()), ..article.clone() };
    match source {
        Some(source) if fields.problems.is_empty() => Ok(Entry { source, values, options, plain_only }),
        _ => Err(fields.problems),
    }
}

fn source(
    files: &dyn Files,
    project: &Project,
    folder: &Path,
    article: &Spanned,
    fields: &mut Fields<'_>,
) -> Option<PathBuf> {
    let Some(value) = fields.get("source") else {
        let found = Diagnostic::error("missing-source", "this article of the catalog names no `source`");
        fields.problems.push(found.at(article.place()).hint("add `source: FILE`, relative to the catalog"));
        return None;
    };
    let name = fields.text("source")?;
    match project.resolve(files, folder, &name) {
        Ok(path) => Some(path),
        Err(error) => {
            fields.problems.push(error.at(value.place()));
            None
        }
    }
}

fn headings(fields: &mut Fields<'_>) -> BTreeMap<u8, Vec<String>> {
    let mut levels = BTreeMap::new();
    let Some(map) = fields.map("headings") else { return levels };
    let mut lines = Fields::of(map, "headings");
    for entry in map.entries() {
        match entry.key.parse::<u8>() {
            Ok(level @ 1..=6) => drop(levels.insert(level, lines.texts(&entry.key).unwrap_or_default())),
            _ => {
                let message = format!("`{}` is not the level of a heading", entry.key);
                let found = Diagnostic::error("heading-level", message).at(map.source.place(entry.spot));
                lines.problems.push(found.hint("levels run from 1 to 6"));
            }
        }
    }
    fields.problems.append(&mut lines.problems);
    levels
}

/// An article without `to` ends where the next one of the same file begins.
fn end_at_the_next(entries: &mut [Entry]) {
    for index in 0..entries.len() {
        if entries[index].options.to.is_none() {
            let next = entries[index + 1..].iter().find(|next| next.source == entries[index].source);
            entries[index].options.to = next.and_then(|next| next.options.from.clone());
        }
    }
}
