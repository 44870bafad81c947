//! Typed values out of a map, with a message at the place of each that is wrong.

use super::keys::{self, Table};
use super::value::{Kind, Spanned};
use crate::diag::Diagnostic;

/// Takes typed values out of a map. All that is wrong with it is told when it is opened; a value that is wrong
/// counts as absent.
pub struct Fields<'a> {
    map: &'a Spanned,
    table: &'static Table,
    /// What was wrong so far.
    pub problems: Vec<Diagnostic>,
}

impl<'a> Fields<'a> {
    /// The keys of `map`, checked with `table`.
    pub fn of(map: &'a Spanned, table: &'static Table) -> Self {
        let problems = match map.kind {
            Kind::Map(_) | Kind::Null => table.check(map),
            _ => vec![wrong_type(map, table.name, "a map of keys and values")],
        };
        Self { map, table, problems }
    }

    /// The keys of a map that was checked with the map that it stands in.
    pub fn within(map: &'a Spanned, table: &'static Table) -> Self {
        Self { map, table, problems: Vec::new() }
    }

    /// The value of a key; `null` counts as absent.
    pub fn get(&self, key: &str) -> Option<&'a Spanned> {
        debug_assert!(self.table.has(key), "{} has no key `{key}`", self.table.name);
        self.map.given(key)
    }

    /// A text. A number is taken as it was written: `title: 1984`.
    pub fn text(&self, key: &str) -> Option<String> {
        as_text(self.get(key)?)
    }

    /// `true` or `false`.
    pub fn truth(&self, key: &str) -> Option<bool> {
        if let Kind::Bool(truth) = self.get(key)?.kind { Some(truth) } else { None }
    }

    /// A whole number from 0.
    pub fn number(&self, key: &str) -> Option<u32> {
        keys::count(self.get(key)?)
    }

    /// A whole number from 1.
    pub fn count(&self, key: &str) -> Option<u32> {
        keys::count(self.get(key)?).filter(|count| *count > 0)
    }

    /// How many levels of something there are: `true` for `all`, `false` for none, or a number.
    pub fn levels(&self, key: &str, all: u8) -> Option<u8> {
        let value = self.get(key)?;
        match value.kind {
            Kind::Bool(truth) => Some(if truth { all } else { 0 }),
            _ => keys::count(value).and_then(|levels| u8::try_from(levels).ok()),
        }
    }

    /// One of a few words.
    pub fn choice<T: Copy>(&self, key: &str, choices: &[(&str, T)]) -> Option<T> {
        let text = self.text(key)?;
        choices.iter().find(|(word, _)| text == *word).map(|(_, choice)| *choice)
    }

    /// A list of texts; one text is a list of one.
    pub fn texts(&self, key: &str) -> Option<Vec<String>> {
        let texts: Vec<String> = keys::each(self.get(key)?).iter().filter_map(as_text).collect();
        Some(texts)
    }

    /// Names of people: a name, a list of names, or maps with a `name`.
    pub fn people(&self, key: &str) -> Option<Vec<String>> {
        Some(keys::each(self.get(key)?).iter().filter_map(keys::person).collect())
    }

    /// A map.
    pub fn map(&self, key: &str) -> Option<&'a Spanned> {
        self.get(key).filter(|value| matches!(value.kind, Kind::Map(_)))
    }
}

/// The text of a value, where it is a text or a number.
pub fn as_text(value: &Spanned) -> Option<String> {
    match &value.kind {
        Kind::String(text) => Some(text.clone()),
        Kind::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// The message for a value that is of another kind than `wanted`.
pub fn wrong_type(value: &Spanned, name: &str, wanted: &str) -> Diagnostic {
    let found = match &value.kind {
        Kind::String(text) => format!("the text `{text}`"),
        Kind::Number(number) => format!("the number {number}"),
        Kind::Bool(truth) => format!("`{truth}`"),
        _ => value.noun().to_owned(),
    };
    Diagnostic::error("wrong-type", format!("`{name}` must be {wanted}, and is {found}")).at(value.place())
}

/// Puts what is wrong in one file into the order of its lines.
pub fn sort(problems: &mut [Diagnostic]) {
    problems.sort_by_key(|found| found.place.as_ref().map(|place| (place.line, place.column)));
}

/// The nearest of `known` to `word`, if one is near enough to be what was meant.
pub fn nearest<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let lower = word.to_lowercase();
    known
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(&lower, &candidate.to_lowercase()), candidate))
        .filter(|(distance, candidate)| {
            let longest = word.chars().count().max(candidate.chars().count());
            *distance < longest && *distance <= 1 + longest / 4
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// "did you mean", with the nearest of `known`.
pub fn did_you_mean<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<String> {
    nearest(word, known).map(|candidate| format!("did you mean `{candidate}`?"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::keys::{Key, Others, Shape};
    use crate::config::value::{Format, Source, parse};

    const FILE: Table = Table {
        name: "the file",
        keys: &[
            Key::new("title", Shape::Text),
            Key::new("draft", Shape::Truth),
            Key::new("pages", Shape::Count),
            Key::new("tags", Shape::Texts),
            Key::new("meta", Shape::Map(&META)),
            Key::new("toc", Shape::Levels(5)),
            Key::new("fre", Shape::Text),
            Key::new("lang", Shape::Language),
            Key::new("kind", Shape::OneOf(&["one", "other"])),
        ],
        others: Others::Refused,
    };
    const META: Table = Table { name: "meta", keys: &[], others: Others::Warned };

    #[test]
    fn each_wrong_value_is_told_at_its_place() {
        let text = "title: [a]\ndraft: yes\npages: 0\ntags: {a: 1}\nmeta: {x: 1}\ntoc: 9\nfree: x\nlang: Dutch language\nkind: on";
        let value = parse(Format::Yaml, text, 1, &Source::new("f", text)).unwrap();
        let fields = Fields::of(&value, &FILE);
        assert_eq!((fields.text("title"), fields.truth("draft"), fields.count("pages")), (None, None, None));
        let lines: Vec<_> = fields.problems.iter().map(|found| found.place.as_ref().unwrap().line).collect();
        assert_eq!(lines, [1, 2, 3, 4, 5, 6, 7, 8, 9].map(Some));
        let severe: Vec<_> = fields.problems.iter().map(Diagnostic::is_error).collect();
        assert_eq!(severe.iter().position(|is_error| !is_error), Some(4));
        assert_eq!(fields.problems[1].message, "`draft` must be `true` or `false`, and is the text `yes`");
        assert_eq!(fields.problems[6].hint.as_deref(), Some("did you mean `fre`?"));
        assert_eq!(fields.problems[8].hint.as_deref(), Some("did you mean `one`?"));
    }

    #[test]
    fn null_is_absent() {
        let text = "title: ~\nmeta: ~\nlang: ~";
        let value = parse(Format::Yaml, text, 1, &Source::new("f", text)).unwrap();
        let fields = Fields::of(&value, &FILE);
        assert_eq!((fields.problems.len(), fields.text("title")), (0, None));
    }

    #[test]
    fn the_nearest_key_is_found_only_when_it_is_near() {
        assert_eq!(nearest("autors", ["authors", "tags"]), Some("authors"));
        assert_eq!(nearest("Titel", ["title", "tags"]), Some("title"));
        assert_eq!(nearest("colour", ["meta", "logo"]), None);
        assert_eq!(nearest("7", ["1", "2"]), None);
    }
}
