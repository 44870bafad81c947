//! Typed values out of a map, with a message at the place of each that is wrong.

use super::value::{Kind, Spanned};
use crate::diag::Diagnostic;

/// Takes typed values out of a map and gathers what is wrong with them.
pub struct Fields<'a> {
    map: &'a Spanned,
    /// What was wrong so far.
    pub problems: Vec<Diagnostic>,
}

impl<'a> Fields<'a> {
    /// The keys of `map`; what is not a map is an error that calls it `name`.
    pub fn of(map: &'a Spanned, name: &str) -> Self {
        let mut problems = Vec::new();
        if !matches!(map.kind, Kind::Map(_) | Kind::Null) {
            problems.push(wrong_type(map, name, "a map of keys and values"));
        }
        Self { map, problems }
    }

    /// Refuses keys that are not in `known`, with the nearest known one as a hint.
    pub fn only(&mut self, known: &[&str]) {
        for entry in self.map.entries().iter().filter(|entry| !known.contains(&entry.key.as_str())) {
            let message = format!("`{}` is not a key that is known here", entry.key);
            let hint = did_you_mean(&entry.key, known.iter().copied())
                .unwrap_or_else(|| format!("known keys: {}", known.join(", ")));
            let place = self.map.source.place(entry.spot);
            self.problems.push(Diagnostic::error("unknown-key", message).at(place).hint(hint));
        }
    }

    /// The value of a key; `null` counts as absent.
    pub fn get(&self, key: &str) -> Option<&'a Spanned> {
        self.map.get(key).filter(|value| !matches!(value.kind, Kind::Null))
    }

    /// A text. A number is taken as it was written: `title: 1984`.
    pub fn text(&mut self, key: &str) -> Option<String> {
        let value = self.get(key)?;
        let text = as_text(value);
        if text.is_none() {
            self.problems.push(wrong_type(value, key, "a text"));
        }
        text
    }

    /// `true` or `false`.
    pub fn truth(&mut self, key: &str) -> Option<bool> {
        let value = self.get(key)?;
        if let Kind::Bool(truth) = value.kind {
            return Some(truth);
        }
        self.problems.push(wrong_type(value, key, "`true` or `false`"));
        None
    }

    /// A whole number from 1.
    pub fn count(&mut self, key: &str) -> Option<u32> {
        let value = self.get(key)?;
        let count = match &value.kind {
            Kind::Number(number) => number.as_u64().and_then(|number| u32::try_from(number).ok()),
            _ => None,
        };
        let count = count.filter(|count| *count > 0);
        if count.is_none() {
            self.problems.push(wrong_type(value, key, "a whole number from 1"));
        }
        count
    }

    /// How many levels of something there are: `true` for `all`, `false` for none, or a number up to `most`.
    pub fn levels(&mut self, key: &str, all: u8, most: u8) -> Option<u8> {
        let value = self.get(key)?;
        let levels = match &value.kind {
            Kind::Bool(truth) => Some(if *truth { all } else { 0 }),
            Kind::Number(number) => number.as_u64().and_then(|number| u8::try_from(number).ok()),
            _ => None,
        };
        let levels = levels.filter(|levels| *levels <= most);
        if levels.is_none() {
            let wanted = format!("`true`, `false` or a number of levels up to {most}");
            self.problems.push(wrong_type(value, key, &wanted));
        }
        levels
    }

    /// One of a few words.
    pub fn choice<T: Copy>(&mut self, key: &str, choices: &[(&str, T)]) -> Option<T> {
        let value = self.get(key)?;
        let text = as_text(value);
        let found = choices.iter().find(|(word, _)| text.as_deref() == Some(*word));
        if found.is_none() {
            let words: Vec<String> = choices.iter().map(|(word, _)| format!("`{word}`")).collect();
            let (last, others) = words.split_last().map_or(("", &[][..]), |(last, others)| (last, others));
            let mut problem = wrong_type(value, key, &format!("{} or {last}", others.join(", ")));
            problem.hint = did_you_mean(&text.unwrap_or_default(), choices.iter().map(|(word, _)| *word));
            self.problems.push(problem);
        }
        found.map(|(_, choice)| *choice)
    }

    /// A list of texts; one text is a list of one.
    pub fn texts(&mut self, key: &str) -> Option<Vec<String>> {
        let value = self.get(key)?;
        let Kind::List(items) = &value.kind else {
            return match as_text(value) {
                Some(text) => Some(vec![text]),
                None => {
                    self.problems.push(wrong_type(value, key, "a text or a list of texts"));
                    None
                }
            };
        };
        let mut texts = Vec::with_capacity(items.len());
        for item in items {
            match as_text(item) {
                Some(text) => texts.push(text),
                None => self.problems.push(wrong_type(item, &format!("an item of {key}"), "a text")),
            }
        }
        Some(texts)
    }

    /// A map.
    pub fn map(&mut self, key: &str) -> Option<&'a Spanned> {
        let value = self.get(key)?;
        if matches!(value.kind, Kind::Map(_)) {
            return Some(value);
        }
        self.problems.push(wrong_type(value, key, "a map of keys and values"));
        None
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
            *distance <= 1 + word.chars().count().max(candidate.chars().count()) / 4
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
    use crate::config::value::{Format, Source, parse};

    #[test]
    fn each_wrong_type_is_told_at_its_place() {
        let text = "title: [a]\ndraft: yes\npages: 0\ntags: {a: 1}\nmeta: 3\ntoc: 9\nfree: x\n";
        let value = parse(Format::Yaml, text, 1, &Source::new("f", text)).unwrap();
        let mut fields = Fields::of(&value, "the file");
        assert_eq!((fields.text("title"), fields.truth("draft"), fields.count("pages")), (None, None, None));
        assert!(fields.texts("tags").is_none() && fields.map("meta").is_none());
        assert!(fields.levels("toc", 2, 5).is_none());
        fields.only(&["title", "draft", "pages", "tags", "meta", "toc", "fre"]);
        let lines: Vec<_> = fields.problems.iter().map(|found| found.place.as_ref().unwrap().line).collect();
        assert_eq!(lines, [1, 2, 3, 4, 5, 6, 7].map(Some));
        assert_eq!(fields.problems[1].message, "`draft` must be `true` or `false`, and is the text `yes`");
        assert_eq!(fields.problems[6].hint.as_deref(), Some("did you mean `fre`?"));
    }

    #[test]
    fn the_nearest_key_is_found_only_when_it_is_near() {
        assert_eq!(nearest("autors", ["authors", "tags"]), Some("authors"));
        assert_eq!(nearest("Titel", ["title", "tags"]), Some("title"));
        assert_eq!(nearest("colour", ["meta", "logo"]), None);
    }
}
