//! Nobody is sent to something by its colour or by its place on the page.

use super::Audit;
use super::reading::{Reading, excerpt, sentence};
use super::wordlists::{Lists, primary};
use crate::audit::{Check, Rule, Standard};

pub(super) const AUDITS: &[Audit] = &[(&RULE, audit)];

static RULE: Rule = Rule {
    code: "sensory-words",
    asks: "Nobody is sent to something by its colour, form or place on the page alone.",
    clauses: &[Standard::Wcag21.clause("1.3.3"), Standard::Wcag21.clause("1.4.1")],
};

/// Words that send a reader somewhere, the looks that they are told of it, what such a thing is called, and the
/// places on a page.
static SEND: Lists = Lists::new(include_str!("data/sensory-send.txt"));
static LOOKS: Lists = Lists::new(include_str!("data/sensory-looks.txt"));
static THINGS: Lists = Lists::new(include_str!("data/sensory-things.txt"));
static PLACES: Lists = Lists::new(include_str!("data/sensory-places.txt"));

/// Words between what sends a reader and where to.
const REACH: usize = 5;

fn audit(reading: &Reading<'_>, check: &mut Check) {
    for block in reading.blocks.iter().filter(|block| reading.is_articles(block.node)) {
        let text = block.words();
        let finding = directions(&text, primary(block.element)).map(|words| {
            let around = excerpt(sentence(&text, &words));
            let message = format!("`{words}` sends readers to something by how it looks: “{around}”");
            let warning = check.warning(message).at(reading.place_of(block.node, &[&words]));
            warning.hint("name it as well: its heading, its label or its number, for those who hear it or see no colour")
        });
        check.examine(finding);
    }
}

/// The words that send a reader somewhere by looks or place alone.
fn directions(text: &str, language: &str) -> Option<String> {
    let words: Vec<&str> = text.split(' ').collect();
    let is_in = |list: &Lists, word: &str| {
        let word = word.trim_matches(|char: char| !char.is_alphanumeric()).to_lowercase();
        list.of(language).binary_search(&word.as_str()).is_ok()
    };
    let ends = |word: &str| word.ends_with(['.', '!', '?', ':', ';']);
    for (start, _) in words.iter().enumerate().filter(|(_, word)| is_in(&SEND, word)) {
        for at in start + 1..(start + 1 + REACH).min(words.len()) {
            if ends(words[at - 1]) {
                break;
            }
            let pair = |first: &Lists, second: &Lists| {
                is_in(first, words[at]) && words.get(at + 1).is_some_and(|word| is_in(second, word))
            };
            let by_look = pair(&LOOKS, &THINGS) || pair(&THINGS, &LOOKS);
            let by_place = is_in(&PLACES, words[at]);
            if by_look || by_place {
                let end = if by_look { at + 1 } else { at };
                let told = words[start..=end].join(" ");
                return Some(told.trim_matches(|char: char| !char.is_alphanumeric()).to_owned());
            }
        }
    }
    None
}
