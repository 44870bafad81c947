//! Questions about headings, order, elements, tables and links.

use std::collections::{BTreeMap, BTreeSet};

use super::{Asked, Asking, Item, Question, beginning, elements};
use crate::audit::Standard;
use crate::style::computed::{FlexDirection, Float, Position};
use crate::style::{ComputedStyle, Element, NodeId, StyledTree};

pub(super) const HEADINGS: Asking = (&HEADINGS_QUESTION, Asked::OfItems, headings);
pub(super) const ORDER: Asking = (&ORDER_QUESTION, Asked::Always, order);
pub(super) const MEANING: Asking = (&MEANING_QUESTION, Asked::Always, meaning);
pub(super) const TABLES: Asking = (&TABLES_QUESTION, Asked::OfItems, tables);
pub(super) const LINKS: Asking = (&LINKS_QUESTION, Asked::OfItems, links);

static HEADINGS_QUESTION: Question = Question {
    code: "review-headings",
    asks: "Does each heading say what follows, and does each level belong to the one above it?",
    clauses: &[
        Standard::PdfUa1.clause("7.4"),
        Standard::Matterhorn.clause("14-001"),
        Standard::Wcag21.clause("1.3.1"),
        Standard::Wcag21.clause("2.4.6"),
    ],
};

static ORDER_QUESTION: Question = Question {
    code: "review-order",
    asks: "Does the text make sense in the order in which it is read out?",
    clauses: &[
        Standard::PdfUa1.clause("7.2"),
        Standard::Matterhorn.clause("09-001"),
        Standard::Wcag21.clause("1.3.2"),
    ],
};

static MEANING_QUESTION: Question = Question {
    code: "review-meaning",
    asks: "Is everything that looks like a heading, list, quotation or caption one, and nothing else?",
    clauses: &[
        Standard::PdfUa1.clause("7.1"),
        Standard::Matterhorn.clause("01-001"),
        Standard::Matterhorn.clause("01-006"),
        Standard::Matterhorn.clause("09-002"),
        Standard::Matterhorn.clause("09-003"),
        Standard::Matterhorn.clause("13-001"),
        Standard::Matterhorn.clause("13-003"),
        Standard::Matterhorn.clause("16-003"),
        Standard::Wcag21.clause("1.3.1"),
    ],
};

static TABLES_QUESTION: Question = Question {
    code: "review-tables",
    asks: "Is each of these a table, and do its header cells say what their rows and columns hold?",
    clauses: &[
        Standard::PdfUa1.clause("7.5"),
        Standard::Matterhorn.clause("15-001"),
        Standard::Matterhorn.clause("15-002"),
        Standard::Matterhorn.clause("15-004"),
        Standard::Matterhorn.clause("15-005"),
        Standard::Wcag21.clause("1.3.1"),
    ],
};

static LINKS_QUESTION: Question = Question {
    code: "review-links",
    asks: "Do the words of each link say where it leads?",
    clauses: &[Standard::PdfUa1.clause("7.18.5"), Standard::Wcag21.clause("2.4.4")],
};

fn headings(tree: &StyledTree) -> Vec<Item> {
    let found = elements(tree).filter_map(|(node, element)| {
        Some(Item::new(tree, node, tree.words(node), format!("H{}", level(element)?)))
    });
    found.collect()
}

fn level(element: &Element) -> Option<&str> {
    if element.attribute("role") == Some("heading") {
        return element.attribute("aria-level");
    }
    element.tag.strip_prefix('h').filter(|level| matches!(*level, "1" | "2" | "3" | "4" | "5" | "6"))
}

/// What stands on the page elsewhere than in the order of reading. Notes do by their nature.
fn order(tree: &StyledTree) -> Vec<Item> {
    let moved = elements(tree).filter_map(|(node, _)| {
        let parent = tree.node(node).parent;
        let is_reversed = || parent.is_some_and(|parent| is_reversed(&tree.node(parent).style));
        let how = moved(&tree.node(node).style).or_else(|| is_reversed().then_some("reverse"))?;
        let words = first_words(tree, node);
        (!words.is_empty()).then(|| Item::new(tree, node, beginning(&words), how))
    });
    moved.collect()
}

/// The words of the first block in a box, or of the box.
fn first_words(tree: &StyledTree, of: NodeId) -> String {
    const BLOCKS: [&str; 13] =
        ["p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "dt", "th", "td", "caption", "figcaption"];
    let is_block = |node: &NodeId| tree.element(*node).is_some_and(|element| BLOCKS.contains(&&*element.tag));
    let mut blocks = descendants(tree, of).filter(is_block).map(|block| tree.words(block));
    blocks.find(|words| !words.is_empty()).unwrap_or_else(|| tree.words(of))
}

/// How a box leaves the order of the text, as CSS calls it.
fn moved(style: &ComputedStyle) -> Option<&'static str> {
    match style.position.scheme {
        Position::Absolute => return Some("absolute"),
        Position::Fixed => return Some("fixed"),
        _ => {}
    }
    match style.position.float {
        Float::Left | Float::Right => Some("float"),
        _ => (style.flex.order != 0).then_some("order"),
    }
}

fn is_reversed(style: &ComputedStyle) -> bool {
    matches!(style.flex.direction, FlexDirection::RowReverse | FlexDirection::ColumnReverse)
}

/// How often each element that says what something is stands in the document.
fn meaning(tree: &StyledTree) -> Vec<Item> {
    const TELLING: [&str; 15] = [
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "p",
        "ul",
        "ol",
        "dl",
        "blockquote",
        "figure",
        "figcaption",
        "table",
        "pre",
    ];
    let mut counts = BTreeMap::new();
    for (_, element) in elements(tree) {
        if let Some(at) = TELLING.iter().position(|tag| *tag == &*element.tag) {
            *counts.entry(at).or_insert(0_usize) += 1;
        }
    }
    let counted = counts.into_iter().map(|(at, count)| Item {
        words: TELLING[at].to_owned(),
        about: count.to_string(),
        place: None,
    });
    counted.collect()
}

fn tables(tree: &StyledTree) -> Vec<Item> {
    let tables = elements(tree).filter(|(_, element)| {
        &*element.tag == "table" && !matches!(element.attribute("role"), Some("presentation" | "none"))
    });
    let found = tables.map(|(node, element)| {
        let inside = |tag: &'static str| {
            descendants(tree, node).filter(move |node| {
                tree.element(*node).is_some_and(|element| &*element.tag == tag && element.pseudo.is_none())
            })
        };
        let caption = inside("caption").next().map(|caption| tree.words(caption));
        let label =
            caption.or_else(|| element.attribute("aria-label").map(str::to_owned)).unwrap_or_default();
        let heads: Vec<String> = inside("th").map(|head| beginning(&tree.words(head))).collect();
        Item::new(tree, node, label, heads.join(" | "))
    });
    found.collect()
}

/// What is in a node, in document order.
fn descendants(tree: &StyledTree, of: NodeId) -> impl Iterator<Item = NodeId> {
    let mut stack: Vec<NodeId> = tree.node(of).children.iter().rev().copied().collect();
    std::iter::from_fn(move || {
        let node = stack.pop()?;
        stack.extend(tree.node(node).children.iter().rev());
        Some(node)
    })
}

/// Every link with what is read for it; links of a table of contents have the words of its headings.
fn links(tree: &StyledTree) -> Vec<Item> {
    let mut found: Vec<Item> = Vec::new();
    let mut told = BTreeSet::new();
    for (node, element) in elements(tree).filter(|(_, element)| element.is_link()) {
        let href = element.attribute("href").unwrap_or_default();
        let words = element.attribute("aria-label").map_or_else(|| tree.words(node), str::to_owned);
        if !is_in_navigation(tree, node) && told.insert((words.clone(), href.to_owned())) {
            found.push(Item::new(tree, node, words, href));
        }
    }
    found
}

fn is_in_navigation(tree: &StyledTree, node: NodeId) -> bool {
    let mut at = tree.node(node).parent;
    while let Some(node) = at {
        if tree.element(node).is_some_and(|element| &*element.tag == "nav") {
            return true;
        }
        at = tree.node(node).parent;
    }
    false
}
