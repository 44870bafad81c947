//! The `booklets` of handout.toml: which handouts are bound together, under which title.

use serde_json::{Value, json};

use super::fields::{Fields, as_text, sort, wrong_type};
use super::keys::{Key, Others, Shape, Table, each, words};
use super::value::{Entry, Kind, Spanned};
use crate::booklet::Start;
use crate::diag::{Diagnostic, Outcome, Place};
use crate::read::is_slug;
use crate::schema::{self, Scope};

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

/// The keys that are the booklet's, and no metadata.
pub const BOOKLET: Table = Table {
    name: "a booklet",
    keys: &[
        Key::new("handouts", Shape::Texts),
        Key::new("tagged", Shape::Texts),
        Key::new("start", Shape::OneOf(&words(&Start::WORDS))),
    ],
    others: Others::Free,
};

/// The JSON Schema of `booklets`: by name, the keys of a booklet and its metadata.
pub(super) fn schema(scope: &Scope<'_>) -> Value {
    let own = scope.booklet().map(&BOOKLET);
    json!({
        "type": "object",
        "propertyNames": schema::slug(),
        "additionalProperties": schema::merged(own, scope.booklet().metadata()),
    })
}

/// Reads the booklets of handout.toml.
///
/// # Errors
/// Names that cannot be a file's, wrong types, a booklet that picks nothing; each at its place.
pub fn read(file: &Spanned) -> Outcome<Vec<Booklet>> {
    let mut problems = Vec::new();
    let booklets = file.given("booklets");
    if let Some(value) = booklets.filter(|value| !matches!(value.kind, Kind::Map(_))) {
        problems.push(wrong_type(value, "booklets", "a map of keys and values"));
    }
    let booklets = booklets.map(Spanned::entries).unwrap_or_default();
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
    let value = &entry.value;
    let mut fields = Fields::of(value, &BOOKLET);
    problems.append(&mut fields.problems);
    let (handouts, tagged) = (patterns(&fields, "handouts"), patterns(&fields, "tagged"));
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
        start: fields.choice("start", &Start::WORDS).unwrap_or_default(),
        values: metadata(value),
        place,
    }
}

fn patterns(booklet: &Fields<'_>, key: &str) -> Vec<Pattern> {
    let items = booklet.get(key).map(each).unwrap_or_default();
    let pattern = |item| Some(Pattern { text: as_text(item)?, place: item.place() });
    items.iter().filter_map(pattern).collect()
}

fn metadata(booklet: &Spanned) -> Spanned {
    let entries = booklet.entries().iter().filter(|entry| !BOOKLET.has(&entry.key));
    Spanned { kind: Kind::Map(entries.cloned().collect()), ..booklet.clone() }
}
