//! Metadata: what the program uses is typed, the rest is free.

use serde_json::{Map, Value, json};

use super::Metadata;
use crate::config::fields::Fields;
use crate::config::keys::{Key, Others, Shape, Table, words};
use crate::config::value::Spanned;
use crate::config::{Links, Notes, Settings, TOC_LEVELS, Typography};
use crate::diag::Outcome;

/// The language and the layout where nothing says otherwise.
const LANG: &str = "nl";
const LAYOUT: &str = "article";

/// The keys that the program knows. All others are free, for layouts.
pub const METADATA: Table = Table {
    name: "the metadata",
    keys: &[
        Key::new("title", Shape::Text),
        Key::new("subtitle", Shape::Text),
        Key::new("authors", Shape::Names),
        Key::new("author", Shape::Names),
        Key::new("date", Shape::Date),
        Key::new("lang", Shape::Language),
        Key::new("layout", Shape::Layout),
        Key::new("slug", Shape::Slug),
        Key::new("tags", Shape::Texts),
        Key::new("description", Shape::Text),
        Key::new("draft", Shape::Truth),
        Key::new("pages", Shape::Count),
        Key::new("toc", Shape::Levels(TOC_LEVELS.1)),
        Key::new("links", Shape::OneOf(&words(&Links::WORDS))),
        Key::new("notes", Shape::OneOf(&words(&Notes::WORDS))),
        Key::new("typography", Shape::OneOf(&words(&Typography::WORDS))),
        Key::new("omit", Shape::Texts),
        Key::new("brand", Shape::Reserved),
        Key::new("data", Shape::Reserved),
    ],
    others: Others::Free,
};

/// Makes metadata of the merged layers.
///
/// # Errors
/// Every value of the wrong type, at its place.
pub fn read(values: &Spanned, settings: &Settings) -> Outcome<Metadata> {
    let fields = Fields::of(values, &METADATA);
    // Blocks of YAML end in a line break, and may have some in them.
    let line = |key| Some(fields.text(key)?.split_whitespace().collect::<Vec<_>>().join(" "));
    let mut meta = Metadata {
        title: line("title").unwrap_or_default(),
        subtitle: line("subtitle"),
        date: fields.text("date"),
        lang: fields.text("lang").or_else(|| settings.lang.clone()).unwrap_or_else(|| LANG.to_owned()),
        layout: fields
            .text("layout")
            .or_else(|| settings.layout.clone())
            .unwrap_or_else(|| LAYOUT.to_owned()),
        tags: fields.texts("tags").unwrap_or_default(),
        description: line("description"),
        draft: fields.truth("draft").unwrap_or_default(),
        pages: fields.count("pages"),
        toc: fields.levels("toc", TOC_LEVELS.0).or(settings.toc),
        links: fields.choice("links", &Links::WORDS).or(settings.links),
        notes: fields.choice("notes", &Notes::WORDS).or(settings.notes),
        omit: fields.texts("omit").unwrap_or_default(),
        all: values.to_json_map(),
        places: Some(values.clone()),
        ..Metadata::default()
    };
    let of_all = || Some(settings.typography?.in_language(&meta.lang));
    meta.typography = fields.choice("typography", &Typography::WORDS).or_else(of_all);
    let authors = ["authors", "author"].into_iter().find_map(|key| fields.people(key));
    meta.authors = authors.unwrap_or_default();
    normalise(&mut meta);
    if fields.problems.is_empty() { Ok(meta) } else { Err(fields.problems) }
}

/// Lists are lists for layouts too, and lines are lines, whichever way they were written.
fn normalise(meta: &mut Metadata) {
    meta.all.shift_remove("author");
    for (key, line) in [("subtitle", &meta.subtitle), ("description", &meta.description)] {
        if let Some(line) = line {
            meta.all.insert(key.to_owned(), line.clone().into());
        }
    }
    for (key, list) in [("authors", &meta.authors), ("tags", &meta.tags)] {
        set_list(&mut meta.all, key, list);
    }
}

fn set_list(all: &mut Map<String, Value>, key: &str, list: &[String]) {
    if list.is_empty() {
        all.shift_remove(key);
    } else {
        all.insert(key.to_owned(), json!(list));
    }
}
