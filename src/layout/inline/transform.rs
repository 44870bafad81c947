//! `text-transform` (CSS Text 3, section 2.1).

use crate::style::computed::TextTransform;

/// Changes the case of characters, one after the other.
#[derive(Debug, Default)]
pub(super) struct Transformer {
    /// Whether the last character belongs to a word.
    in_word: bool,
    /// Whether a Dutch word began with an I that was made a capital: a j behind it becomes one too.
    after_capital_i: bool,
}

impl Transformer {
    /// The next character begins a word.
    pub(super) fn break_word(&mut self) {
        *self = Self::default();
    }

    /// The next characters stay as they are.
    pub(super) fn pass(&mut self, text: &str) {
        self.after_capital_i = false;
        let last = text.trim_end_matches(joins).chars().next_back();
        self.in_word = last.map_or(self.in_word, char::is_alphanumeric);
    }

    /// Gives what becomes of a character to `push`.
    pub(super) fn apply(
        &mut self,
        character: char,
        transform: TextTransform,
        lang: &str,
        mut push: impl FnMut(char),
    ) {
        let is_lang = |code: &str| lang.split('-').next().is_some_and(|lang| lang.eq_ignore_ascii_case(code));
        let letter = character.is_alphanumeric();
        let dotted = || is_lang("tr") || is_lang("az");
        match transform {
            TextTransform::Uppercase if character == 'i' && dotted() => push('İ'),
            TextTransform::Uppercase => character.to_uppercase().for_each(push),
            TextTransform::Lowercase if character == 'I' && dotted() => push('ı'),
            TextTransform::Lowercase => character.to_lowercase().for_each(push),
            TextTransform::Capitalize if letter && !self.in_word => {
                self.after_capital_i = matches!(character, 'i' | 'I') && is_lang("nl");
                match character {
                    'i' if dotted() => push('İ'),
                    'ß' => "Ss".chars().for_each(push),
                    character => character.to_uppercase().for_each(push),
                }
                self.in_word = true;
                return;
            }
            TextTransform::Capitalize if character == 'j' && self.after_capital_i => push('J'),
            TextTransform::Capitalize | TextTransform::None => push(character),
        }
        self.after_capital_i = false;
        self.in_word = letter || (self.in_word && joins(character));
    }
}

/// Whether a character goes on with the word that it stands behind.
fn joins(character: char) -> bool {
    matches!(character, '\'' | '’' | '\u{AD}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn transformed(text: &str, transform: TextTransform, lang: &str) -> String {
        let mut transformer = Transformer::default();
        let mut out = String::new();
        for character in text.chars() {
            transformer.apply(character, transform, lang, |character| out.push(character));
        }
        out
    }

    #[test]
    fn case_follows_the_language() {
        use TextTransform::{Capitalize, Lowercase, None, Uppercase};
        let cases = [
            ("het ijs van 't meer", Capitalize, "nl", "Het IJs Van 'T Meer"),
            ("ijs", Capitalize, "en", "Ijs"),
            ("it’s a-b", Capitalize, "en", "It’s A-B"),
            ("straße", Uppercase, "de", "STRASSE"),
            ("ilk", Uppercase, "tr", "İLK"),
            ("ÉÉN", Lowercase, "nl", "één"),
            ("As Is", None, "en", "As Is"),
        ];
        for (text, transform, lang, expected) in cases {
            assert_eq!(transformed(text, transform, lang), expected);
        }
    }
}
