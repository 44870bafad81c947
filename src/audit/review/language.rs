//! Questions about languages, abbreviations and plain language.

use std::collections::BTreeSet;

use super::{Asked, Asking, Item, Question, beginning, elements};
use crate::audit::Standard;
use crate::diag::Place;
use crate::style::StyledTree;

pub(super) const LANGUAGES: Asking = (&LANGUAGES_QUESTION, Asked::Always, languages);
pub(super) const ABBREVIATIONS: Asking = (&ABBREVIATIONS_QUESTION, Asked::OfItems, abbreviations);
pub(super) const PLAIN: Asking = (&PLAIN_QUESTION, Asked::Always, longest_sentences);

static LANGUAGES_QUESTION: Question = Question {
    code: "review-languages",
    asks: "Is the language right, and is every passage in another language marked with its own?",
    clauses: &[
        Standard::PdfUa1.clause("7.2"),
        Standard::Matterhorn.clause("11-007"),
        Standard::Wcag21.clause("3.1.1"),
        Standard::Wcag21.clause("3.1.2"),
    ],
};

static ABBREVIATIONS_QUESTION: Question = Question {
    code: "review-abbreviations",
    asks: "Is what each abbreviation stands for right?",
    clauses: &[Standard::PdfUa1.clause("7.2"), Standard::Wcag21.clause("3.1.4")],
};

static PLAIN_QUESTION: Question = Question {
    code: "review-plain-language",
    asks: "Do the readers it is for understand the text, at language level B1 where that is the house's rule?",
    clauses: &[Standard::Wcag21.clause("3.1.5")],
};

/// A sentence with more words than this is shown, and at most so many of them.
const LONG_SENTENCE: usize = 20;
const SENTENCES: usize = 5;

/// The document's language, then every change of it.
fn languages(tree: &StyledTree) -> Vec<Item> {
    let whole = Item {
        words: tree.meta.title.clone(),
        about: tree.meta.lang.clone(),
        place: Some(Place::file(tree.file.clone())),
    };
    let mut found = vec![whole];
    for (node, element) in elements(tree) {
        let around = tree.node(node).parent.and_then(|parent| tree.element(parent));
        if around.is_some_and(|around| !around.lang.eq_ignore_ascii_case(&element.lang)) {
            found.push(Item::new(tree, node, beginning(&tree.words(node)), &*element.lang));
        }
    }
    found
}

fn abbreviations(tree: &StyledTree) -> Vec<Item> {
    let mut found: Vec<Item> = Vec::new();
    let mut told = BTreeSet::new();
    for (node, element) in elements(tree).filter(|(_, element)| &*element.tag == "abbr") {
        let Some(title) = element.attribute("title") else { continue };
        let words = tree.words(node);
        if told.insert((words.clone(), title.to_owned())) {
            found.push(Item::new(tree, node, words, title));
        }
    }
    found
}

/// The sentences with the most words, the longest first.
fn longest_sentences(tree: &StyledTree) -> Vec<Item> {
    let mut found = Vec::new();
    for (node, _) in elements(tree).filter(|(_, element)| matches!(&*element.tag, "p" | "dd" | "li" | "td")) {
        let holds_block = tree.node(node).children.iter().any(|child| {
            tree.element(*child)
                .is_some_and(|element| matches!(&*element.tag, "p" | "ul" | "ol" | "dl" | "div"))
        });
        if holds_block {
            continue;
        }
        let text = tree.words(node);
        for sentence in sentences(&text) {
            let count = sentence.split(' ').filter(|word| word.contains(char::is_alphanumeric)).count();
            if count > LONG_SENTENCE {
                found.push((count, node, sentence.to_owned()));
            }
        }
    }
    found.sort_by_key(|(count, node, _)| (std::cmp::Reverse(*count), *node));
    found.truncate(SENTENCES);
    found
        .into_iter()
        .map(|(count, node, sentence)| Item::new(tree, node, sentence, count.to_string()))
        .collect()
}

/// The sentences of a text: each ends with a full stop, question or exclamation mark, and what closes a quotation,
/// before a blank and a capital. An abbreviation before a name ends one too early, which only makes it shorter.
fn sentences(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = 0;
    for (blank, _) in text.match_indices(' ') {
        let before = text[..blank].trim_end_matches(['”', '’', '"', '\'', ')', '»']);
        let next = text[blank + 1..].trim_start_matches(['“', '‘', '"', '\'', '(', '«']).chars().next();
        if before.ends_with(['.', '?', '!', '…'])
            && next.is_some_and(|next| next.is_uppercase() || next.is_numeric())
        {
            found.push(&text[start..blank]);
            start = blank + 1;
        }
    }
    found.push(&text[start..]);
    found
}

#[cfg(test)]
mod tests {
    use super::sentences;

    #[test]
    fn sentences_end_before_a_capital() {
        let text = "Een brug, zegt zij. “Of twee?” Dat kost 2.5 miljoen, d.w.z. veel. 3 jaar later (…) niet.";
        assert_eq!(
            sentences(text),
            [
                "Een brug, zegt zij.",
                "“Of twee?”",
                "Dat kost 2.5 miljoen, d.w.z. veel.",
                "3 jaar later (…) niet."
            ]
        );
        assert_eq!(sentences(""), [""]);
    }
}
