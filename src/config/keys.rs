//! Which keys a file may have and what stands in them, as data: what readers check files with, and what
//! `handout schema` prints.

use serde_json::Value;

use super::fields::{as_text, did_you_mean, wrong_type};
use super::settings::is_language_tag;
use super::value::{Kind, Spanned};
use crate::diag::Diagnostic;
use crate::read::{Date, is_slug, slug_of};
use crate::schema::Scope;

/// The keys of a map.
#[derive(Debug)]
pub struct Table {
    /// What messages call the map.
    pub name: &'static str,
    /// The keys that are known.
    pub keys: &'static [Key],
    /// What is done with others.
    pub others: Others,
}

/// What is done with keys that a table does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Others {
    /// They are errors.
    Refused,
    /// They are warned of, as a newer program or another tool may know them.
    Warned,
    /// They are free.
    Free,
}

/// A key.
#[derive(Debug)]
pub struct Key {
    /// How it is written.
    pub name: &'static str,
    /// What stands in it.
    pub shape: Shape,
}

/// What stands in a key. `null` always may: it counts as absent.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// A text. A number is taken as it was written: `title: 1984`.
    Text,
    /// `true` or `false`.
    Truth,
    /// A whole number from 1.
    Count,
    /// A whole number from 0 up to this.
    UpTo(u32),
    /// How many levels of something there are: `true`, `false`, or a number up to this.
    Levels(u8),
    /// One of a few words.
    OneOf(&'static [&'static str]),
    /// A text or a list of texts.
    Texts,
    /// A format that can be written, or a list of them.
    Formats(&'static [&'static str]),
    /// A name, a list of names, or maps with a `name`.
    Names,
    /// A language tag (BCP 47).
    Language,
    /// The name of a layout.
    Layout,
    /// A date, of which the day or the month may not be known.
    Date,
    /// The stem of a file.
    Slug,
    /// Nothing: layouts have something else under this name.
    Reserved,
    /// A map with keys of its own.
    Map(&'static Table),
    /// What a reader of its own takes apart and checks, with its JSON Schema.
    Own(fn(&Scope<'_>) -> Value),
}

impl Key {
    /// A key with what stands in it.
    pub const fn new(name: &'static str, shape: Shape) -> Self {
        Self { name, shape }
    }
}

impl Table {
    /// The names of its keys.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.keys.iter().map(|key| key.name)
    }

    /// Whether it has a key of this name.
    pub fn has(&self, name: &str) -> bool {
        self.names().any(|known| known == name)
    }

    /// What is wrong with the keys and values of `map`.
    pub fn check(&self, map: &Spanned) -> Vec<Diagnostic> {
        let mut problems = Vec::new();
        for entry in map.entries() {
            match self.keys.iter().find(|key| key.name == entry.key) {
                Some(_) if matches!(entry.value.kind, Kind::Null) => {}
                Some(Key { shape: Shape::Reserved, name }) => {
                    let place = entry.value.source.place(entry.spot);
                    let message = format!(
                        "`{name}` cannot be a key of metadata, as layouts have it for something else"
                    );
                    let found = Diagnostic::error("reserved-key", message).at(place);
                    problems.push(found.hint("give it another name"));
                }
                Some(key) => problems.extend(key.shape.check(&entry.value, key.name)),
                None => problems.extend(self.unknown(&entry.key).map(|found| {
                    let place = map.source.place(entry.spot);
                    found.at(place)
                })),
            }
        }
        problems
    }

    fn unknown(&self, name: &str) -> Option<Diagnostic> {
        let message = format!("`{name}` is not a key that is known here");
        let found = match self.others {
            Others::Free => return None,
            Others::Refused => Diagnostic::error("unknown-key", message),
            Others::Warned => Diagnostic::warning("unknown-key", message),
        };
        let all = || format!("known keys: {}", self.names().collect::<Vec<_>>().join(", "));
        Some(found.hint(did_you_mean(name, self.names()).unwrap_or_else(all)))
    }
}

impl Shape {
    /// What is wrong with a value that stands in the key `name`.
    fn check(self, value: &Spanned, name: &str) -> Vec<Diagnostic> {
        let text = as_text(value);
        let wrong = |is_right: bool, wanted: &str| {
            if is_right { Vec::new() } else { vec![wrong_type(value, name, wanted)] }
        };
        match self {
            Self::Text | Self::Layout => wrong(text.is_some(), "a text"),
            Self::Truth => wrong(matches!(value.kind, Kind::Bool(_)), "`true` or `false`"),
            Self::Count => wrong(count(value).is_some_and(|count| count > 0), "a whole number from 1"),
            Self::UpTo(most) => {
                let is_right = count(value).is_some_and(|count| count <= most);
                wrong(is_right, &format!("a whole number up to {most}"))
            }
            Self::Levels(most) => {
                let is_right = matches!(value.kind, Kind::Bool(_))
                    || count(value).is_some_and(|levels| levels <= u32::from(most));
                wrong(is_right, &format!("`true`, `false` or a number of levels up to {most}"))
            }
            Self::OneOf(words) => one_of(value, name, words),
            Self::Texts => texts(value, name),
            Self::Formats(known) => formats(value, name, known),
            Self::Names => names(value, name),
            Self::Language => match text {
                Some(tag) if is_language_tag(&tag) => Vec::new(),
                Some(_) => vec![
                    wrong_type(value, name, "a language tag")
                        .hint("a language tag is `nl`, `en-GB`, `de`: BCP 47 has them"),
                ],
                None => wrong(false, "a text"),
            },
            Self::Date => text.map_or_else(|| wrong(false, "a text"), |text| date(value, &text)),
            Self::Slug => text.map_or_else(|| wrong(false, "a text"), |text| slug(value, &text)),
            Self::Map(table) => match value.kind {
                Kind::Map(_) => table.check(value),
                _ => wrong(false, "a map of keys and values"),
            },
            Self::Reserved | Self::Own(_) => Vec::new(),
        }
    }
}

/// A whole number.
pub(super) fn count(value: &Spanned) -> Option<u32> {
    match &value.kind {
        Kind::Number(number) => number.as_u64().and_then(|number| u32::try_from(number).ok()),
        _ => None,
    }
}

/// The items of a list; anything else is a list of one.
pub fn each(value: &Spanned) -> &[Spanned] {
    if let Kind::List(items) = &value.kind { items } else { std::slice::from_ref(value) }
}

/// The words of a table of words and what they mean.
pub const fn words<T, const N: usize>(choices: &[(&'static str, T); N]) -> [&'static str; N] {
    let mut words = [""; N];
    let mut at = 0;
    while at < N {
        words[at] = choices[at].0;
        at += 1;
    }
    words
}

fn one_of(value: &Spanned, name: &str, words: &'static [&'static str]) -> Vec<Diagnostic> {
    let text = as_text(value).unwrap_or_default();
    if words.contains(&text.as_str()) {
        return Vec::new();
    }
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    let (last, others) = quoted.split_last().map_or(("", &[][..]), |(last, others)| (last, others));
    let mut problem = wrong_type(value, name, &format!("{} or {last}", others.join(", ")));
    problem.hint = did_you_mean(&text, words.iter().copied());
    vec![problem]
}

fn texts(value: &Spanned, name: &str) -> Vec<Diagnostic> {
    let Kind::List(items) = &value.kind else {
        let problem = || wrong_type(value, name, "a text or a list of texts");
        return as_text(value).map_or_else(|| vec![problem()], |_| Vec::new());
    };
    let wrong = items.iter().filter(|item| as_text(item).is_none());
    wrong.map(|item| wrong_type(item, &format!("an item of {name}"), "a text")).collect()
}

fn formats(value: &Spanned, name: &str, known: &'static [&'static str]) -> Vec<Diagnostic> {
    let mut problems = texts(value, name);
    for item in each(value) {
        let Some(format) = as_text(item).filter(|format| !known.contains(&format.as_str())) else { continue };
        let hint = did_you_mean(&format, known.iter().copied()).unwrap_or_else(|| known.join(", "));
        let message = format!("`{format}` is not a format that can be written");
        problems.push(Diagnostic::error("unknown-format", message).at(item.place()).hint(hint));
    }
    problems
}

fn names(value: &Spanned, name: &str) -> Vec<Diagnostic> {
    let wrong = each(value).iter().filter(|author| person(author).is_none());
    wrong.map(|author| wrong_type(author, name, "a name or a list of names")).collect()
}

/// The name of a person: a text, or a map that has it under `name`, also in its parts: `{literal: …}` or
/// `{given: …, family: …}`, as Quarto and CSL have them.
pub fn person(value: &Spanned) -> Option<String> {
    as_text(value).or_else(|| {
        let name = value.get("name")?;
        let part = |key| name.get(key).and_then(as_text);
        let given = [part("given"), part("family")].into_iter().flatten().collect::<Vec<_>>().join(" ");
        as_text(name).or_else(|| part("literal")).or_else(|| Some(given).filter(|name| !name.is_empty()))
    })
}

fn date(value: &Spanned, text: &str) -> Vec<Diagnostic> {
    if Date::parse(text).is_some() {
        return Vec::new();
    }
    let found = Diagnostic::error("invalid-date", format!("`{text}` is not a date"));
    vec![found.at(value.place()).hint("write it as `2026-11-21`")]
}

fn slug(value: &Spanned, text: &str) -> Vec<Diagnostic> {
    if is_slug(text) {
        return Vec::new();
    }
    let message = format!("`{text}` cannot be the name of a file everywhere");
    let hint = match slug_of(text) {
        better if better.is_empty() => "use lower case letters, digits, `-`, `_` and `.`".to_owned(),
        better => format!("write `{better}`"),
    };
    vec![Diagnostic::error("invalid-slug", message).at(value.place()).hint(hint)]
}
