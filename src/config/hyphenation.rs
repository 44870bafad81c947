//! `[hyphenation]` of handout.toml: words whose breaks the patterns of their language do not know.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Value, json};

use super::fields::wrong_type;
use super::settings::is_language_tag;
use super::value::{Kind, Spanned};
use crate::diag::{Diagnostic, Outcome};
use crate::schema::{self, Scope};

/// Words with the places where they may be broken, by language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exceptions(BTreeMap<String, Words>);

/// By word in small letters: the letters before each break.
type Words = BTreeMap<String, Arc<[usize]>>;

impl Exceptions {
    /// Reads a table of lists of words: `nl = ["bestuurs-kracht", "Amersfoort"]`. A word without a hyphen is
    /// never broken.
    ///
    /// # Errors
    /// Keys that are no language tag, and items that are no word, each at its place.
    pub fn read(table: &Spanned) -> Outcome<Self> {
        let mut found = Self::default();
        let mut problems = Vec::new();
        if !matches!(table.kind, Kind::Map(_)) {
            problems.push(wrong_type(table, "hyphenation", "a map of keys and values"));
        }
        for entry in table.entries() {
            if !is_language_tag(&entry.key) {
                let message = format!("`{}` is not a language tag", entry.key);
                let place = table.source.place(entry.spot);
                let hint = "words are listed by language: `nl = [\"bestuurs-kracht\"]`";
                problems.push(Diagnostic::error("unknown-key", message).at(place).hint(hint));
                continue;
            }
            let words = found.0.entry(entry.key.to_ascii_lowercase()).or_default();
            if !matches!(entry.value.kind, Kind::List(_)) {
                problems.push(wrong_type(&entry.value, &entry.key, "a list of words"));
            }
            for item in entry.value.items() {
                match item.as_str().and_then(word) {
                    Some((word, breaks)) => drop(words.insert(word, breaks)),
                    None => problems.push(
                        wrong_type(item, &format!("an item of {}", entry.key), "a word with its breaks")
                            .hint(
                                "letters, with a hyphen wherever the word may be broken: `bestuurs-kracht`",
                            ),
                    ),
                }
            }
        }
        if problems.is_empty() { Ok(found) } else { Err(problems) }
    }

    /// The letters before each break of `word`, if it is listed for `lang` or for the language without its
    /// subtags.
    pub fn breaks(&self, lang: &str, word: &str) -> Option<&[usize]> {
        if self.0.is_empty() {
            return None;
        }
        let lang = lang.to_ascii_lowercase();
        let word = word.to_lowercase();
        let primary = lang.split('-').next().unwrap_or_default();
        let listed = |lang: &str| self.0.get(lang)?.get(&word);
        listed(&lang).or_else(|| listed(primary)).map(|breaks| &**breaks)
    }
}

/// The JSON Schema of what [`Exceptions::read`] takes.
pub(super) fn schema(_: &Scope<'_>) -> Value {
    let words = json!({ "type": "array", "items": { "type": "string", "pattern": r"^\p{L}+(-\p{L}+)*$" } });
    json!({
        "type": "object",
        "propertyNames": { "pattern": schema::LANGUAGE_TAG },
        "additionalProperties": words,
    })
}

/// A word in small letters and the letters before each of its breaks.
fn word(item: &str) -> Option<(String, Arc<[usize]>)> {
    let parts: Vec<&str> = item.split('-').collect();
    if parts.iter().any(|part| part.is_empty() || !part.chars().all(char::is_alphabetic)) {
        return None;
    }
    let mut letters = 0;
    let breaks = parts[..parts.len() - 1].iter().map(|part| {
        letters += part.chars().count();
        letters
    });
    let breaks = breaks.collect();
    Some((parts.concat().to_lowercase(), breaks))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::value::{Format, Source, parse};

    fn read(text: &str) -> Outcome<Exceptions> {
        Exceptions::read(&parse(Format::Toml, text, 1, &Source::new("handout.toml", text)).unwrap())
    }

    #[test]
    fn words_are_found_by_language_and_in_any_case() {
        let found = read("nl = ['bestuurs-kracht-meting', 'Amersfoort']\nnl-BE = ['wet-houder']").unwrap();
        assert_eq!(found.breaks("nl-NL", "Bestuurskrachtmeting"), Some(&[8, 14][..]));
        assert_eq!(found.breaks("nl", "AMERSFOORT"), Some(&[][..]));
        assert_eq!(found.breaks("nl-be", "wethouder"), Some(&[3][..]));
        assert_eq!((found.breaks("nl", "wethouder"), found.breaks("de", "amersfoort")), (None, None));
    }

    #[test]
    fn what_is_no_word_is_told_at_its_place() {
        let found =
            read("nl = ['goed-zo', 'twee woorden', '-kracht', 7]\n'dutch language' = ['a']\nde = 'Wort'");
        let codes: Vec<_> =
            found.unwrap_err().iter().map(|found| (found.code, found.place.as_ref().unwrap().line)).collect();
        let wrong = ("wrong-type", Some(1));
        assert_eq!(codes, [wrong, wrong, wrong, ("unknown-key", Some(2)), ("wrong-type", Some(3))]);
    }
}
