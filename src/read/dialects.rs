//! Front matter as other programs know it, under the names that this one knows. What somebody wrote under our name goes
//! before; what is renamed stays under its own name, too, for layouts of one's own.
//!
//! | ours | written as | by |
//! |---|---|---|
//! | any key | a key of `extra`, `params`, `taxonomies` | Zola, Hugo |
//! | `tags` | `tag`, `categories`, `category`, `keywords`; with commas; with `#` | Hugo, Jekyll, Obsidian |
//! | `description` | `summary`, `excerpt`, `abstract` | Hugo, Jekyll, Quarto |
//! | `author` | `by`, `byline` | |
//! | `date` | `publishDate`, `pubDate`, `published`, `created` | Hugo, Astro, Obsidian |
//! | `lang` | `language`, `locale`, with `_` | |
//! | `image` | `cover`, `featured_image`, `banner`, `thumbnail`, `images`, `header.image` | Hugo, Jekyll |
//! | `draft: true` | `published: false`, `publish: false`, `status: draft` | Jekyll, Obsidian |

use crate::config::fields::as_text;
use crate::config::value::{Entry, Kind, Spanned};
use crate::diag::Diagnostic;

use super::Date;

/// Maps whose keys are metadata of the article as well.
const LIFTED: [&str; 3] = ["extra", "params", "taxonomies"];
const TAGS: [&str; 5] = ["tags", "tag", "categories", "category", "keywords"];
const DESCRIPTIONS: [&str; 3] = ["summary", "excerpt", "abstract"];
const AUTHORS: [&str; 2] = ["by", "byline"];
const DATES: [&str; 6] = ["publishDate", "publishdate", "pubDate", "published", "date_published", "created"];
const LANGUAGES: [&str; 2] = ["language", "locale"];
const IMAGES: [&str; 10] = [
    "cover",
    "featured_image",
    "featuredImage",
    "feature_image",
    "featured",
    "banner",
    "thumbnail",
    "hero",
    "images",
    "header",
];
/// Where the address of a picture is in a map that says more of it.
const ADDRESSES: [&str; 6] = ["image", "src", "path", "url", "filename", "overlay_image"];
/// Dates that are those of the day on which somebody looks.
const MOVING_DATES: [&str; 4] = ["today", "now", "last-modified", "Git Last Modified"];
/// Layouts that site generators have by custom.
const LAYOUTS_OF_SITES: [&str; 7] = ["post", "posts", "page", "single", "default", "home", "base"];

/// Metadata under our names, and what somebody should know of it. `has_layout` tells which layouts the project has.
pub(super) fn settle(mut values: Spanned, has_layout: &dyn Fn(&str) -> bool) -> (Spanned, Vec<Diagnostic>) {
    let mut notes = Vec::new();
    lift(&mut values);
    notes.extend(drop_layout(&mut values, has_layout));
    notes.extend(drop_moving_date(&mut values));
    rename(&mut values, "description", &DESCRIPTIONS, text);
    rename(&mut values, "author", &AUTHORS, text);
    rename(&mut values, "date", &DATES, date);
    rename(&mut values, "lang", &LANGUAGES, text);
    rename(&mut values, "image", &IMAGES, picture);
    hyphenate_language(&mut values);
    gather_tags(&mut values);
    find_draft(&mut values);
    (values, notes)
}

fn entries(values: &mut Spanned) -> Option<&mut Vec<Entry>> {
    if let Kind::Map(entries) = &mut values.kind { Some(entries) } else { None }
}

fn lift(values: &mut Spanned) {
    let inner = LIFTED.iter().filter_map(|key| values.get(key)).flat_map(|map| map.entries().to_vec());
    let inner: Vec<Entry> = inner.collect();
    let Some(outer) = entries(values) else { return };
    for entry in inner {
        if outer.iter().all(|known| known.key != entry.key) {
            outer.push(entry);
        }
    }
}

/// Gives the first of `others` that `take` finds something in the name `ours`, where nothing has it.
fn rename(values: &mut Spanned, ours: &str, others: &[&str], take: fn(&Spanned) -> Option<Spanned>) {
    let is_there = values.get(ours).is_some() || (ours == "author" && values.get("authors").is_some());
    let found = || {
        others.iter().find_map(|key| {
            values.entries().iter().find(|entry| entry.key == *key && take(&entry.value).is_some())
        })
    };
    let Some(entry) = (!is_there).then(found).flatten().cloned() else { return };
    let Some(value) = take(&entry.value) else { return };
    if let Some(all) = entries(values) {
        all.push(Entry { key: ours.to_owned(), value, ..entry });
    }
}

fn text(value: &Spanned) -> Option<Spanned> {
    as_text(value).filter(|text| !text.trim().is_empty()).map(|_| value.clone())
}

fn date(value: &Spanned) -> Option<Spanned> {
    Date::parse(&as_text(value)?).map(|_| value.clone())
}

/// A picture's address: a text, the first of a list, or what a map says.
fn picture(value: &Spanned) -> Option<Spanned> {
    match &value.kind {
        Kind::String(_) => text(value),
        Kind::List(items) => items.first().and_then(picture),
        Kind::Map(_) => ADDRESSES.iter().find_map(|key| text(value.get(key)?)),
        _ => None,
    }
}

fn hyphenate_language(values: &mut Spanned) {
    let Some(all) = entries(values) else { return };
    for entry in all.iter_mut().filter(|entry| entry.key == "lang") {
        if let Kind::String(lang) = &mut entry.value.kind {
            *lang = lang.replace('_', "-");
        }
    }
}

/// One list of tags; a value that is no text stays where it is, to be told.
fn gather_tags(values: &mut Spanned) {
    let sources: Vec<Entry> =
        values.entries().iter().filter(|entry| TAGS.contains(&entry.key.as_str())).cloned().collect();
    let Some(first) = sources.first() else { return };
    let mut tags: Vec<Spanned> = Vec::new();
    for source in &sources {
        let items = match &source.value.kind {
            Kind::List(items) => items.clone(),
            _ => vec![source.value.clone()],
        };
        for item in items {
            let Some(text) = as_text(&item) else {
                if source.key == "tags" && !matches!(item.kind, Kind::Null) {
                    return;
                }
                continue;
            };
            for tag in text.split(',').map(|tag| tag.trim().trim_start_matches('#')) {
                if !tag.is_empty() && tags.iter().all(|known| known.as_str() != Some(tag)) {
                    tags.push(Spanned { kind: Kind::String(tag.to_owned()), ..item.clone() });
                }
            }
        }
    }
    let value = Spanned { kind: Kind::List(tags), ..first.value.clone() };
    let gathered = Entry { key: "tags".to_owned(), spot: first.spot, value };
    let Some(all) = entries(values) else { return };
    match all.iter_mut().find(|entry| entry.key == "tags") {
        Some(entry) => *entry = gathered,
        None => all.push(gathered),
    }
}

fn find_draft(values: &mut Spanned) {
    if values.get("draft").is_some() {
        return;
    }
    let is_draft = |entry: &&Entry| match (entry.key.as_str(), &entry.value.kind) {
        ("published" | "publish", Kind::Bool(published)) => !published,
        ("status", Kind::String(status)) => status.eq_ignore_ascii_case("draft"),
        _ => false,
    };
    let Some(found) = values.entries().iter().find(is_draft).cloned() else { return };
    let value = Spanned { kind: Kind::Bool(true), ..found.value };
    if let Some(all) = entries(values) {
        all.push(Entry { key: "draft".to_owned(), spot: found.spot, value });
    }
}

/// Takes away a layout that is one of a site generator's own.
fn drop_layout(values: &mut Spanned, has_layout: &dyn Fn(&str) -> bool) -> Option<Diagnostic> {
    let layout = values.get("layout")?;
    let name = layout.as_str()?.to_owned();
    let is_file = [".njk", ".html", ".liquid", ".hbs", ".webc"].iter().any(|ending| name.ends_with(ending));
    if has_layout(&name) || !(is_file || LAYOUTS_OF_SITES.contains(&name.as_str())) {
        return None;
    }
    let message = format!("`{name}` is a layout of the site that this article comes from, and is not used");
    let note = Diagnostic::note("foreign-layout", message).at(layout.place());
    entries(values)?.retain(|entry| entry.key != "layout");
    Some(note)
}

/// Takes away a date that is another one each day.
fn drop_moving_date(values: &mut Spanned) -> Option<Diagnostic> {
    let date = values.get("date")?;
    let text = date.as_str().filter(|text| MOVING_DATES.contains(text))?;
    let message = format!("`{text}` is another date each day, and is left out");
    let note = Diagnostic::warning("moving-date", message).at(date.place()).hint("write it as `2026-11-21`");
    entries(values)?.retain(|entry| entry.key != "date");
    Some(note)
}
