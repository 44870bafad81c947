//! Lists of words by language, as data: a line is `nl: one; another`, and a line that begins with `#` is a remark.

use std::sync::OnceLock;

use crate::style::Element;

/// A list of words or phrases for each of some languages.
pub(super) struct Lists {
    text: &'static str,
    read: OnceLock<Vec<(&'static str, Vec<&'static str>)>>,
}

impl Lists {
    /// The lists of a file.
    pub const fn new(text: &'static str) -> Self {
        Self { text, read: OnceLock::new() }
    }

    /// The lists with the languages that they are of, their entries sorted.
    pub fn all(&self) -> &[(&'static str, Vec<&'static str>)] {
        self.read.get_or_init(|| {
            let lines = self.text.lines().filter(|line| !line.starts_with('#'));
            let lists = lines.filter_map(|line| line.split_once(':')).map(|(language, entries)| {
                let mut entries: Vec<&str> =
                    entries.split(';').map(str::trim).filter(|entry| !entry.is_empty()).collect();
                entries.sort_unstable();
                (language.trim(), entries)
            });
            lists.collect()
        })
    }

    /// The list of a language.
    pub fn of(&self, language: &str) -> &[&'static str] {
        self.all().iter().find(|(known, _)| *known == language).map_or(&[], |(_, entries)| entries)
    }

    /// Whether a text is an entry of any language.
    pub fn any(&self, text: &str) -> bool {
        self.all().iter().any(|(_, entries)| entries.binary_search(&text).is_ok())
    }

    /// The entry of any language that a text begins with.
    pub fn start_of(&self, text: &str) -> Option<&'static str> {
        let entries = self.all().iter().flat_map(|(_, entries)| entries);
        entries.copied().find(|entry| text.strip_prefix(entry).is_some_and(|rest| rest.starts_with(' ')))
    }
}

/// A text as the lists have it: lower case, one blank between words, no signs around them.
pub(super) fn folded(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let joined = words.join(" ").to_lowercase().replace('’', "'");
    joined.trim_matches(|char: char| !char.is_alphanumeric()).to_owned()
}

/// The language of an element without its script and region: `nl` of `nl-BE`.
pub(super) fn primary(element: &Element) -> &str {
    element.lang.split('-').next().unwrap_or_default()
}
