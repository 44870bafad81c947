//! The `booklets` of handout.toml: which handouts are bound together, under which title.

use super::fields::{Fields, as_text, sort, wrong_type};
use super::value::{Entry, Kind, Spanned};
use crate::booklet::Start;
use crate::diag::{Diagnostic, Outcome, Place};
use crate::read::is_slug;

/// Handouts that are bound together.
#[derive(Clone, Debug)]
pub struct Booklet {
    /// The stem of its file.
    pub name: String,
    /// Which handouts, by patterns of their slugs or sources, in order.
    pub handouts: Vec<Pattern>,
    /// Which handouts beside these: those that have one of these tags.
    pub tagged: Vec<Pattern>,
    /// On which page a handout may begin.
    pub start: Start,
    /// The metadata: all other keys.
    pub values: Spanned,
    /// Where it is written.
    pub place: Place,
}

/// A text that picks handouts.
#[derive(Clone, Debug)]
pub struct Pattern {
    /// As written.
    pub text: String,
    /// Where.
    pub place: Place,
}

/// Keys that are the booklet's, and no metadata.
const KEYS: [&str; 3] = ["handouts", "tagged", "start"];

/// Reads the booklets of handout.toml.
///
/// # Errors
/// Names that cannot be a file's, wrong types, a booklet that picks nothing; each at its place.
pub(super) fn read(file: &Spanned) -> Outcome<Vec<Booklet>> {
    let mut fields = Fields::of(file, "handout.toml");
    let booklets = fields.map("booklets").map(Spanned::entries).unwrap_or_default();
    let mut problems = std::mem::take(&mut fields.problems);
    let found = booklets.iter().map(|entry| booklet(entry, &mut problems)).collect();
    sort(&mut problems);
    if problems.is_empty() { Ok(found) } else { Err(problems) }
}

fn booklet(entry: &Entry, problems: &mut Vec<Diagnostic>) -> Booklet {
    let place = entry.value.source.place(entry.spot);
    if !is_slug(&entry.key) {
        let message = format!("`{}` cannot be the name of a file everywhere", entry.key);
        let hint = "use lower case letters, digits, `-`, `_` and `.`";
        problems.push(Diagnostic::error("invalid-slug", message).at(place.clone()).hint(hint));
    }
    let mut fields = Fields::of(&entry.value, &entry.key);
    problems.append(&mut fields.problems);
    let value = &entry.value;
    let (handouts, tagged) = (patterns(value, "handouts", problems), patterns(value, "tagged", problems));
    if handouts.is_empty() && tagged.is_empty() && matches!(value.kind, Kind::Map(_)) {
        let message = format!("the booklet `{}` has no handouts", entry.key);
        let hint =
            "name them in order: `handouts = [\"a-slug\", \"folder/*\"]`, or by tag: `tagged = [\"a tag\"]`";
        problems.push(Diagnostic::error("empty-booklet", message).at(place.clone()).hint(hint));
    }
    Booklet {
        name: entry.key.clone(),
        handouts,
        tagged,
        start: start(value, problems),
        values: metadata(value),
        place,
    }
}

fn patterns(booklet: &Spanned, key: &str, problems: &mut Vec<Diagnostic>) -> Vec<Pattern> {
    let Some(value) = booklet.get(key) else { return Vec::new() };
    let items =
        if let Kind::List(items) = &value.kind { items.as_slice() } else { std::slice::from_ref(value) };
    let mut patterns = Vec::with_capacity(items.len());
    for item in items {
        match as_text(item) {
            Some(text) => patterns.push(Pattern { text, place: item.place() }),
            None => problems.push(wrong_type(item, key, "a text or a list of texts")),
        }
    }
    patterns
}

fn start(booklet: &Spanned, problems: &mut Vec<Diagnostic>) -> Start {
    let Some(value) = booklet.get("start") else { return Start::default() };
    match value.as_str() {
        Some("page") => Start::Page,
        Some("right") => Start::Right,
        _ => {
            problems.push(wrong_type(value, "start", "`page` or `right`"));
            Start::default()
        }
    }
}

fn metadata(booklet: &Spanned) -> Spanned {
    let entries = booklet.entries().iter().filter(|entry| !KEYS.contains(&entry.key.as_str()));
    Spanned { kind: Kind::Map(entries.cloned().collect()), ..booklet.clone() }
}
