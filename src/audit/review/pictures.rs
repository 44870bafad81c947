//! Questions about pictures, drawings and formulas.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Asked, Asking, Item, Question, beginning, elements};
use crate::audit::Standard;
use crate::audit::words::is_decoration;
use crate::layout::Names;
use crate::style::{Element, NodeId, StyledTree};

pub(super) const ALTERNATIVES: Asking = (&ALTERNATIVES_QUESTION, Asked::OfItems, alternatives);
pub(super) const DECORATION: Asking = (&DECORATION_QUESTION, Asked::OfItems, decoration);
pub(super) const CONTRAST: Asking = (&CONTRAST_QUESTION, Asked::OfItems, contrast);
pub(super) const FORMULAS: Asking = (&FORMULAS_QUESTION, Asked::OfItems, formulas);

static ALTERNATIVES_QUESTION: Question = Question {
    code: "review-alternatives",
    asks: "Does each alternative text say what its picture tells at this place?",
    clauses: &[
        Standard::PdfUa1.clause("7.3"),
        Standard::Matterhorn.clause("13-002"),
        Standard::Matterhorn.clause("13-005"),
        Standard::Matterhorn.clause("13-006"),
        Standard::Matterhorn.clause("13-007"),
        Standard::Matterhorn.clause("13-008"),
        Standard::Wcag21.clause("1.1.1"),
    ],
};

static DECORATION_QUESTION: Question = Question {
    code: "review-decoration",
    asks: "Is each of these pictures nothing but decoration?",
    clauses: &[
        Standard::PdfUa1.clause("7.1"),
        Standard::Matterhorn.clause("01-002"),
        Standard::Wcag21.clause("1.1.1"),
    ],
};

static CONTRAST_QUESTION: Question = Question {
    code: "review-pictures",
    asks: "Is text in pictures needed there, and are it and the drawing's lines large enough and easy to see?",
    clauses: &[
        Standard::Matterhorn.clause("13-007"),
        Standard::Wcag21.clause("1.4.3"),
        Standard::Wcag21.clause("1.4.5"),
        Standard::Wcag21.clause("1.4.11"),
    ],
};

static FORMULAS_QUESTION: Question = Question {
    code: "review-formulas",
    asks: "Does the text of each formula read as somebody would say it?",
    clauses: &[
        Standard::PdfUa1.clause("7.7"),
        Standard::Matterhorn.clause("12-001"),
        Standard::Matterhorn.clause("17-001"),
        Standard::Wcag21.clause("1.1.1"),
    ],
};

fn alternatives(tree: &StyledTree) -> Vec<Item> {
    told(tree).map(|(node, element, words)| Item::new(tree, node, &*words, name(element))).collect()
}

/// Every `img` that is not read out: by its own mark, or by that of an element around it.
fn decoration(tree: &StyledTree) -> Vec<Item> {
    let told: BTreeSet<NodeId> = told(tree).map(|(node, ..)| node).collect();
    let all = (0..tree.nodes.len()).filter_map(|index| u32::try_from(index).ok()).map(NodeId);
    let silent = all.filter_map(|node| {
        let element = tree.element(node)?;
        let is_silent = &*element.tag == "img" && element.picture.is_some() && !told.contains(&node);
        is_silent.then(|| Item::new(tree, node, "", name(element)))
    });
    silent.collect()
}

/// The words of a drawing are paths on the page, which no machine reads there.
fn contrast(tree: &StyledTree) -> Vec<Item> {
    let drawn =
        |element: &Element| element.picture.as_ref().map_or(String::new(), |of| beginning(of.words()));
    told(tree).map(|(node, element, _)| Item::new(tree, node, drawn(element), name(element))).collect()
}

fn formulas(tree: &StyledTree) -> Vec<Item> {
    let formulas = elements(tree)
        .filter(|(_, element)| &*element.tag == "math" || element.attribute("role") == Some("math"));
    let text = |element: &Element| {
        let said =
            ["aria-label", "alttext", "alt", "title"].into_iter().find_map(|key| element.attribute(key));
        said.unwrap_or_default().to_owned()
    };
    formulas.map(|(node, element)| Item::new(tree, node, text(element), tree.words(node))).collect()
}

/// The pictures that are no decoration, with what is read for them.
fn told(tree: &StyledTree) -> impl Iterator<Item = (NodeId, &Element, Arc<str>)> {
    let names = Names::new(tree);
    let pictures = elements(tree).filter(|(_, element)| element.picture.is_some() && !is_decoration(element));
    pictures.filter_map(move |(node, element)| Some((node, element, names.alternative(element)?)))
}

/// What a person finds it by: the file, or the element.
fn name(element: &Element) -> String {
    element.attribute("src").map_or_else(|| element.tag.to_string(), beginning)
}
