//! What a person must still judge: a question, and what of the handout it is about, so that nobody has to look
//! for it. Only those questions are asked that the handout gives reason for.

mod language;
mod pictures;
mod structure;
mod whole;

use super::words::read_out;
use super::{Clause, Report};
use crate::diag::Place;
use crate::style::{Element, NodeId, StyledTree};

/// Something that no machine can tell.
#[derive(Debug, PartialEq, Eq)]
pub struct Question {
    /// A name that never changes: `review-alternatives`.
    pub code: &'static str,
    /// What is asked, in one sentence.
    pub asks: &'static str,
    /// Where standards ask it; of the Matterhorn Protocol the conditions that only a person can tell.
    pub clauses: &'static [Clause],
}

/// A question about one handout.
#[derive(Clone, Debug)]
pub struct Review {
    /// The question.
    pub question: &'static Question,
    /// What it is about; empty where it is about the whole.
    pub items: Vec<Item>,
}

/// One thing that a person looks at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What is read: an alternative text, the words of a link, a heading.
    pub words: String,
    /// What goes with it: the picture, the address, the level.
    pub about: String,
    /// Where it stands in the source.
    pub place: Option<Place>,
}

/// When a question is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asked {
    /// Of every handout.
    Always,
    /// Where there is something that it is about.
    OfItems,
}

/// A question, when it is asked, and what collects that which it is about.
type Asking = (&'static Question, Asked, fn(&StyledTree) -> Vec<Item>);

/// Every question, in the order in which a person goes about it.
const ASKINGS: &[Asking] = &[
    whole::TITLE,
    structure::HEADINGS,
    structure::ORDER,
    structure::MEANING,
    pictures::ALTERNATIVES,
    pictures::DECORATION,
    pictures::CONTRAST,
    pictures::FORMULAS,
    structure::TABLES,
    structure::LINKS,
    language::LANGUAGES,
    language::ABBREVIATIONS,
    language::PLAIN,
    whole::COLOUR,
    whole::FONTS,
];

/// Every question that may be asked, in order.
pub fn questions() -> impl Iterator<Item = &'static Question> {
    ASKINGS.iter().map(|(question, ..)| *question)
}

/// What a person must still judge of a document.
pub fn reviews(tree: &StyledTree) -> Vec<Review> {
    let asked = ASKINGS.iter().filter_map(|(question, asked, collect)| {
        let items = collect(tree);
        (*asked == Asked::Always || !items.is_empty()).then_some(Review { question, items })
    });
    asked.collect()
}

impl Report {
    /// The same, with what a person must still judge.
    #[must_use]
    pub fn with_reviews(self, reviews: Vec<Review>) -> Self {
        Self { reviews, ..self }
    }
}

impl Item {
    fn new(tree: &StyledTree, node: NodeId, words: impl Into<String>, about: impl Into<String>) -> Self {
        Self { words: words.into(), about: about.into(), place: Some(tree.place(node)) }
    }
}

/// The elements that the HTML has and that are read out, in document order.
fn elements(tree: &StyledTree) -> impl Iterator<Item = (NodeId, &Element)> {
    read_out(tree).filter(|(_, element)| element.pseudo.is_none())
}

/// The first words of a text, enough to find it by.
fn beginning(text: &str) -> String {
    const LONGEST: usize = 80;
    let Some((end, _)) = text.char_indices().nth(LONGEST) else { return text.to_owned() };
    let end = text[..end].rfind(' ').unwrap_or(end);
    format!("{} …", &text[..end])
}

#[cfg(test)]
mod tests;
