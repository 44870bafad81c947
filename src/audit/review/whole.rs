//! Questions about the document as a whole.

use super::{Asked, Asking, Item, Question};
use crate::audit::Standard;
use crate::diag::Place;
use crate::style::StyledTree;

pub(super) const TITLE: Asking = (&TITLE_QUESTION, Asked::Always, title);
pub(super) const COLOUR: Asking = (&COLOUR_QUESTION, Asked::Always, nothing);
pub(super) const FONTS: Asking = (&FONTS_QUESTION, Asked::Always, nothing);

static TITLE_QUESTION: Question = Question {
    code: "review-title",
    asks: "Does the title say which document this is?",
    clauses: &[
        Standard::PdfUa1.clause("7.1"),
        Standard::Matterhorn.clause("06-004"),
        Standard::Wcag21.clause("2.4.2"),
    ],
};

static COLOUR_QUESTION: Question = Question {
    code: "review-colour",
    asks: "Does the text also say what colour, shape or place on the page says?",
    clauses: &[
        Standard::PdfUa1.clause("7.1"),
        Standard::Matterhorn.clause("04-001"),
        Standard::Wcag21.clause("1.3.3"),
        Standard::Wcag21.clause("1.4.1"),
    ],
};

static FONTS_QUESTION: Question = Question {
    code: "review-fonts",
    asks: "May the fonts of the house be embedded in files that anyone can download?",
    clauses: &[Standard::PdfUa1.clause("7.21.4.1"), Standard::Matterhorn.clause("31-010")],
};

fn title(tree: &StyledTree) -> Vec<Item> {
    let place = Some(Place::file(tree.file.clone()));
    vec![Item {
        words: tree.meta.title.clone(),
        about: tree.meta.subtitle.clone().unwrap_or_default(),
        place,
    }]
}

const fn nothing(_: &StyledTree) -> Vec<Item> {
    Vec::new()
}
