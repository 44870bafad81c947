//! The document and its parts say which language they are in.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::Audit;
use super::reading::{Block, Reading, excerpt};
use super::scripts::foreign_script;
use super::wordlists::{Lists, primary};
use crate::audit::{Check, Rule, Standard};
use crate::config::is_language_tag;
use crate::diag::Diagnostic;

pub(super) const AUDITS: &[Audit] = &[(&TAG, tag), (&SWITCH, switch)];

static TAG: Rule = Rule {
    code: "language-tag",
    asks: "The document has a language, and every language is told by its tag (BCP 47).",
    clauses: &[
        Standard::PdfUa1.clause("7.2"),
        Standard::Matterhorn.clause("11-001"),
        Standard::Wcag21.clause("3.1.1"),
        Standard::Wcag21.clause("3.1.2"),
    ],
};

static SWITCH: Rule = Rule {
    code: "language-switch",
    asks: "A paragraph in another language than the document says so.",
    clauses: &[
        Standard::PdfUa1.clause("7.2"),
        Standard::Matterhorn.clause("11-007"),
        Standard::Wcag21.clause("3.1.2"),
    ],
};

/// The words that hold sentences together, which are about half of any text and are no names.
static FUNCTION_WORDS: Lists = Lists::new(include_str!("data/function-words.txt"));

/// Which languages have a word among those, as a bit each.
static LANGUAGES_OF: LazyLock<HashMap<&str, u32>> = LazyLock::new(|| {
    let mut languages = HashMap::new();
    for (index, (_, words)) in FUNCTION_WORDS.all().iter().enumerate() {
        for word in words {
            *languages.entry(*word).or_default() |= 1 << index;
        }
    }
    languages
});

/// A text with fewer words may be a name, a title or an address.
const FEWEST_WORDS: usize = 15;

fn tag(reading: &Reading<'_>, check: &mut Check) {
    let root = reading.tree.root;
    let own = reading.tree.meta.lang.as_str();
    let hint = "a language tag is `nl`, `en-GB`, `de`: BCP 47 has them";
    for &(node, element) in &reading.elements {
        let parent = reading.tree.node(node).parent.and_then(|parent| reading.tree.element(parent));
        let around = parent.map_or("", |parent| &*parent.lang);
        if node != root && *around == *element.lang {
            continue;
        }
        let message = match &*element.lang {
            "" if own.is_empty() || node == root => Some("the document does not say its language".to_owned()),
            lang if !is_language_tag(lang) => Some(format!("`{lang}` is no language tag")),
            _ => None,
        };
        let finding = message.map(|message| {
            let place = reading
                .place_of(node, &[&format!("lang={}", element.lang), &format!("lang=\"{}", element.lang)]);
            check.error(message).at(place).hint(hint)
        });
        check.examine(finding);
    }
}

fn switch(reading: &Reading<'_>, check: &mut Check) {
    let mut examined = 0;
    let mut found: Vec<(&Block<'_>, &'static str)> = Vec::new();
    let is_prose = |block: &&Block<'_>| reading.is_articles(block.node) && &*block.element.tag != "pre";
    for block in reading.blocks.iter().filter(is_prose) {
        match other_language(&block.text, primary(block.element)) {
            Verdict::TooShort => {}
            Verdict::Own => examined += 1,
            Verdict::Other(language) => {
                examined += 1;
                found.push((block, language));
            }
        }
    }
    let Some(&(first, language)) = found.first() else {
        check.examined += examined;
        return;
    };
    check.examined += examined - found.len();
    let is_whole =
        found.len() > 1 && 2 * found.len() > examined && found.iter().all(|(_, other)| *other == language);
    if is_whole {
        let reads = named(first, language);
        let message = format!("the article is marked as `{}`, and reads as {reads}", first.element.lang);
        let warning = check.warning(message).at(reading.place(first.node));
        check.examine(Some(warning.hint(format!("write `lang: {language}` in its metadata"))));
        check.examined += found.len() - 1;
        return;
    }
    for (block, language) in found {
        check.examine(Some(finding(reading, check, block, language)));
    }
}

fn finding(reading: &Reading<'_>, check: &Check, block: &Block<'_>, language: &'static str) -> Diagnostic {
    let words = excerpt(&block.words());
    let message = format!(
        "this reads as {}, and is marked as `{}`: “{words}”",
        named(block, language),
        block.element.lang
    );
    let file = reading.tree.file.to_ascii_lowercase();
    let hint = match file.rsplit('.').next() {
        Some("md" | "markdown") => format!("write `{{lang={language}}}` at the end of the paragraph"),
        Some("htm" | "html" | "xhtml") => format!("write `<{} lang=\"{language}\">`", block.element.tag),
        _ => format!(
            "plain text cannot say so: in Markdown, `{{lang={language}}}` at the end of the paragraph does"
        ),
    };
    check.warning(message).at(reading.place(block.node)).hint(hint)
}

/// What a text is in.
#[derive(Debug, PartialEq)]
enum Verdict {
    /// It is too short to tell, or in a language that the lists do not have.
    TooShort,
    /// Nothing speaks against the language that it is marked with.
    Own,
    /// It is plainly in this one.
    Other(&'static str),
}

/// Weighs a text that is marked as `own`.
fn other_language(text: &str, own: &str) -> Verdict {
    let lists = FUNCTION_WORDS.all();
    let Some(own) = lists.iter().position(|(language, _)| *language == own) else { return Verdict::TooShort };
    if let Some((_, language)) = foreign_script(text) {
        return Verdict::Other(language);
    }
    let mut evidence = [Evidence::default(); 32];
    let mut total = 0;
    let mut word = String::new();
    for part in text.split(|char: char| !char.is_alphabetic() && !matches!(char, '\'' | '’' | '\u{AD}')) {
        if part.is_empty() {
            continue;
        }
        total += 1;
        word.clear();
        let letters = part.chars().filter(|char| *char != '\u{AD}').flat_map(char::to_lowercase);
        word.extend(letters.map(|char| if char == '’' { '\'' } else { char }));
        let Some(&languages) = LANGUAGES_OF.get(word.as_str()) else { continue };
        let is_own = languages >> own & 1 == 1;
        for (index, evidence) in evidence.iter_mut().enumerate().take(lists.len()) {
            let is_theirs = languages >> index & 1 == 1;
            evidence.pro += usize::from(is_theirs && !is_own);
            evidence.contra += usize::from(is_own && !is_theirs);
        }
    }
    if total < FEWEST_WORDS {
        return Verdict::TooShort;
    }
    let plain = (0..lists.len()).filter(|&index| evidence[index].is_plain(total));
    let best = plain.max_by_key(|&index| (evidence[index].pro, std::cmp::Reverse(index)));
    best.map_or(Verdict::Own, |best| Verdict::Other(lists[best].0))
}

/// What speaks for another language: words that only it has, and words that only the text's own has.
#[derive(Clone, Copy, Default)]
struct Evidence {
    pro: usize,
    contra: usize,
}

impl Evidence {
    /// Whether it is beyond doubt in a text of `total` words: an English title or a list of names in a Dutch sentence
    /// is not.
    const fn is_plain(self, total: usize) -> bool {
        let is_frequent = self.pro >= 4 && 5 * self.pro >= total && self.pro >= 3 * self.contra;
        is_frequent || (self.contra == 0 && self.pro >= 3 && 8 * self.pro >= total)
    }
}

/// What a text that was found to be in `language` reads as; by its letters alone only those can be told.
fn named(block: &Block<'_>, language: &'static str) -> String {
    match foreign_script(&block.text) {
        Some((script, example)) => format!("a language in {script} letters, such as `{example}`"),
        None => name(language).to_owned(),
    }
}

/// The name of a language of the lists.
fn name(language: &str) -> &str {
    match language {
        "af" => "Afrikaans",
        "de" => "German",
        "en" => "English",
        "es" => "Spanish",
        "fr" => "French",
        "fy" => "Frisian",
        "it" => "Italian",
        "nl" => "Dutch",
        "pl" => "Polish",
        "pt" => "Portuguese",
        "tr" => "Turkish",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_every_list_are_lower_case_and_in_one_piece() {
        assert!(FUNCTION_WORDS.all().len() <= 32);
        for (language, words) in FUNCTION_WORDS.all() {
            assert_ne!(name(language), *language);
            for word in words {
                assert_eq!(*word, word.to_lowercase(), "{language}");
                assert!(word.chars().all(|char| char.is_alphabetic() || char == '\''), "{language}: {word}");
            }
        }
    }

    #[test]
    fn another_language_is_told_when_it_is_plain() {
        let english =
            "Nobody in the team had been told that the bridge would be closed for most of the summer.";
        assert_eq!(other_language(english, "nl"), Verdict::Other("en"));
        assert_eq!(other_language(english, "en"), Verdict::Own);
        assert_eq!(other_language(english, "vi"), Verdict::TooShort);
        assert_eq!(other_language("Nobody in the team had been told that.", "nl"), Verdict::TooShort);
        let mixed =
            "In het boek Leading from the Middle staat dat wie leidt ook volgt, en dat is een open deur.";
        assert_eq!(other_language(mixed, "nl"), Verdict::Own);
        let names = "Jansen, De Vries, Bakker, Van der Meer, Hofstra, Benali, Smit, Mulder, De Boer, Visser, Dekker, Bos";
        assert_eq!(other_language(names, "nl"), Verdict::Own);
    }
}
