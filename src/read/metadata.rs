//! Metadata: what the program uses is typed, the rest is free.

use serde_json::{Map, Value, json};

use super::slug::{is_slug, slug_of};
use super::{Date, Metadata};
use crate::config::fields::{Fields, as_text, sort, wrong_type};
use crate::config::value::{Kind, Spanned};
use crate::config::{Links, Notes, Settings, TOC_LEVELS, check_lang};
use crate::diag::{Diagnostic, Outcome};

/// The language and the layout where nothing says otherwise.
const LANG: &str = "nl";
const LAYOUT: &str = "article";

/// Names that layouts have for other things.
const RESERVED: [&str; 2] = ["brand", "data"];

/// Makes metadata of the merged layers.
///
/// # Errors
/// Every value of the wrong type, at its place.
pub fn read(values: &Spanned, settings: &Settings) -> Outcome<Metadata> {
    let mut fields = Fields::of(values, "the metadata");
    let mut meta = Metadata {
        title: fields.text("title").unwrap_or_default(),
        subtitle: fields.text("subtitle"),
        date: fields.text("date"),
        lang: fields.text("lang").or_else(|| settings.lang.clone()).unwrap_or_else(|| LANG.to_owned()),
        layout: fields
            .text("layout")
            .or_else(|| settings.layout.clone())
            .unwrap_or_else(|| LAYOUT.to_owned()),
        tags: fields.texts("tags").unwrap_or_default(),
        description: fields.text("description"),
        draft: fields.truth("draft").unwrap_or_default(),
        pages: fields.count("pages"),
        toc: fields.levels("toc", TOC_LEVELS.0, TOC_LEVELS.1).or(settings.toc),
        links: fields.choice("links", &Links::WORDS).or(settings.links),
        notes: fields.choice("notes", &Notes::WORDS).or(settings.notes),
        omit: fields.texts("omit").unwrap_or_default(),
        all: values.to_json_map(),
        places: Some(values.clone()),
        ..Metadata::default()
    };
    meta.authors = authors(&mut fields);
    let mut problems = std::mem::take(&mut fields.problems);
    problems.extend(check_lang(values));
    problems.extend(check_date(values));
    problems.extend(check_slug(values));
    for entry in values.entries().iter().filter(|entry| RESERVED.contains(&entry.key.as_str())) {
        let message =
            format!("`{}` cannot be a key of metadata, as layouts have it for something else", entry.key);
        let place = entry.value.source.place(entry.spot);
        problems.push(Diagnostic::error("reserved-key", message).at(place).hint("give it another name"));
    }
    normalise(&mut meta);
    sort(&mut problems);
    if problems.is_empty() { Ok(meta) } else { Err(problems) }
}

/// Lists are lists for layouts too, whichever way they were written.
fn normalise(meta: &mut Metadata) {
    meta.all.shift_remove("author");
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

/// `authors` or `author`: a name, a list of names, or maps with a `name`.
fn authors(fields: &mut Fields<'_>) -> Vec<String> {
    let Some((key, value)) = ["authors", "author"].into_iter().find_map(|key| Some((key, fields.get(key)?)))
    else {
        return Vec::new();
    };
    let each =
        if let Kind::List(items) = &value.kind { items.as_slice() } else { std::slice::from_ref(value) };
    let mut names = Vec::with_capacity(each.len());
    for author in each {
        match as_text(author).or_else(|| name(author.get("name")?)) {
            Some(name) => names.push(name),
            None => fields.problems.push(wrong_type(author, key, "a name or a list of names")),
        }
    }
    names
}

/// A name, also in its parts: `{literal: …}` or `{given: …, family: …}`, as Quarto and CSL have them.
fn name(value: &Spanned) -> Option<String> {
    let part = |key| value.get(key).and_then(as_text);
    let given = [part("given"), part("family")].into_iter().flatten().collect::<Vec<_>>().join(" ");
    as_text(value).or_else(|| part("literal")).or_else(|| Some(given).filter(|name| !name.is_empty()))
}

fn check_date(values: &Spanned) -> Option<Diagnostic> {
    let date = values.get("date")?;
    let text = as_text(date)?;
    if Date::parse(&text).is_some() {
        return None;
    }
    let message = format!("`{text}` is not a date");
    Some(Diagnostic::error("invalid-date", message).at(date.place()).hint("write it as `2026-11-21`"))
}

fn check_slug(values: &Spanned) -> Option<Diagnostic> {
    let slug = values.get("slug")?;
    let Some(text) = as_text(slug) else { return Some(wrong_type(slug, "slug", "a text")) };
    if is_slug(&text) {
        return None;
    }
    let message = format!("`{text}` cannot be the name of a file everywhere");
    let hint = match slug_of(&text) {
        better if better.is_empty() => "use lower case letters, digits, `-`, `_` and `.`".to_owned(),
        better => format!("write `{better}`"),
    };
    Some(Diagnostic::error("invalid-slug", message).at(slug.place()).hint(hint))
}
