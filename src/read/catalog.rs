//! `catalog.yaml`: which parts of which files are which handouts.
//!
//! An entry of its list `articles` has keys for reading: `source`, the file, relative to the catalog; `from`, the
//! article's first line (absent: the file's first), and `to`, the first line that no longer belongs to it (absent:
//! the `from` of the next entry with the same source, else the end of the file), both matched as whole lines;
//! `post`, which posts of a feed or an export are meant; `drop`, lines that are page furniture; `headings`, lines that are headings, by level. `title` is the title, in
//! place of the first line that is kept. Everything else is metadata.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::plain;
use crate::config::Project;
use crate::config::fields::{Fields, wrong_type};
use crate::config::keys::{Key, Others, Shape, Table};
use crate::config::value::{Kind, Spanned};
use crate::diag::{Diagnostic, Outcome, Place};
use crate::files::Files;
use crate::schema::Scope;

/// The names of a catalog.
pub(super) const NAMES: [&str; 4] = ["catalog.yaml", "catalog.yml", "catalog.toml", "catalog.json"];

/// The keys of a catalog.
pub const CATALOG: Table =
    Table { name: "the catalog", keys: &[Key::new("articles", Shape::Own(schema))], others: Others::Refused };

/// The keys of an entry that are about reading, and no metadata.
pub const ENTRY: Table = Table {
    name: "an article of the catalog",
    keys: &[
        Key::new("source", Shape::Text),
        Key::new("post", Shape::Texts),
        Key::new("from", Shape::Text),
        Key::new("to", Shape::Text),
        Key::new("drop", Shape::Texts),
        Key::new("headings", Shape::Map(&HEADINGS)),
    ],
    others: Others::Free,
};

/// Lines that are headings, by level.
const HEADINGS: Table = Table {
    name: "headings",
    keys: &[
        Key::new("1", Shape::Texts),
        Key::new("2", Shape::Texts),
        Key::new("3", Shape::Texts),
        Key::new("4", Shape::Texts),
        Key::new("5", Shape::Texts),
        Key::new("6", Shape::Texts),
    ],
    others: Others::Refused,
};

/// The JSON Schema of `articles`: the keys of an entry and its metadata.
fn schema(scope: &Scope<'_>) -> Value {
    let mut entry = crate::schema::merged(scope.top().map(&ENTRY), scope.metadata());
    entry["required"] = json!(["source"]);
    entry["properties"]["source"]["type"] = json!(["string", "number"]);
    json!({ "type": ["array", "null"], "items": entry })
}

/// One entry: a handout.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    /// The file.
    pub(super) source: PathBuf,
    /// What is metadata of it.
    pub(super) values: Spanned,
    /// How a plain text is read.
    pub(super) options: plain::Options,
    /// The posts that are meant of a file that holds many, each with its place; all where none is named.
    pub(super) posts: Vec<(String, Place)>,
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
    let mut fields = Fields::of(catalog, &CATALOG);
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
    let mut fields = Fields::of(article, &ENTRY);
    let options = plain::Options {
        title: None,
        from: fields.text("from"),
        to: fields.text("to"),
        drop: fields.texts("drop").unwrap_or_default(),
        headings: headings(&fields),
        place: Some(fields.get("from").unwrap_or(article).place()),
    };
    let source = source(files, project, folder, article, &mut fields);
    let names = fields.texts("post").unwrap_or_default();
    let place = fields.get("post").map_or_else(|| article.place(), Spanned::place);
    let posts = names.into_iter().map(|name| (name, place.clone())).collect();
    let plain_only = ENTRY.names().skip(2).find_map(|key| Some((key, fields.get(key)?.clone())));
    let metadata = article.entries().iter().filter(|entry| !ENTRY.has(&entry.key));
    let values = Spanned { kind: Kind::Map(metadata.cloned().collect()), ..article.clone() };
    match source {
        Some(source) if fields.problems.is_empty() => {
            Ok(Entry { source, values, options, posts, plain_only })
        }
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

fn headings(fields: &Fields<'_>) -> BTreeMap<u8, Vec<String>> {
    let Some(map) = fields.map("headings") else { return BTreeMap::new() };
    let lines = Fields::within(map, &HEADINGS);
    let level = |name: &'static str| Some((name.parse().ok()?, lines.texts(name)?));
    HEADINGS.names().filter_map(level).collect()
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
