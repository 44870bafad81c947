//! Fixed words of layouts (`templates/i18n/LANG.yaml`), for the helper `t`.

use std::collections::BTreeMap;

use super::store::Store;
use crate::config::fields::{as_text, did_you_mean, wrong_type};
use crate::config::value::{Format, parse};
use crate::diag::{Diagnostic, Outcome};

/// The language that has every word.
const FALLBACK: &str = "en";

/// The words of every language, by language tag and key.
#[derive(Debug)]
pub(super) struct Words(BTreeMap<String, BTreeMap<String, String>>);

impl Words {
    pub(super) fn load(store: &Store) -> Outcome<Self> {
        let mut languages: BTreeMap<_, BTreeMap<_, _>> = BTreeMap::new();
        let mut problems = Vec::new();
        for (tag, source) in store.words() {
            let file = match parse(Format::Yaml, &source.text, 1, source) {
                Ok(file) => file,
                Err(errors) => {
                    problems.extend(errors);
                    continue;
                }
            };
            let words = languages.entry(tag.to_lowercase()).or_default();
            for entry in file.entries() {
                match as_text(&entry.value) {
                    Some(text) => drop(words.insert(entry.key.clone(), text)),
                    None => problems.push(wrong_type(&entry.value, &entry.key, "a text")),
                }
            }
        }
        if problems.is_empty() { Ok(Self(languages)) } else { Err(problems) }
    }

    /// The word for `key` in `lang`: of the whole tag (`nl-be`), else of its language (`nl`), else in English.
    ///
    /// # Errors
    /// A diagnostic without place, where no language has the key.
    pub(super) fn get(&self, lang: &str, key: &str) -> Result<&str, Diagnostic> {
        let lang = lang.to_lowercase();
        let language = lang.split('-').next().unwrap_or_default();
        let candidates = [lang.as_str(), language, FALLBACK];
        let found = candidates.into_iter().find_map(|tag| self.0.get(tag)?.get(key));
        found.map(String::as_str).ok_or_else(|| {
            let known = self.0.values().flat_map(BTreeMap::keys).map(String::as_str);
            let hint = did_you_mean(key, known)
                .unwrap_or_else(|| format!("add `{key}: …` to templates/i18n/{language}.yaml"));
            Diagnostic::error("missing-word", format!("there is no fixed word `{key}` for `{lang}`"))
                .hint(hint)
        })
    }
}
