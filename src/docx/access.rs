//! What an element says to who cannot see it: names, and what is only decoration (WAI-ARIA 1.2).

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Writer;
use crate::style::{Content, Element, NodeId, StyledTree};

/// Whether an element is of no meaning itself: a table that only arranges, a picture that only decorates.
pub(super) fn is_presentational(element: &Element) -> bool {
    matches!(element.attribute("role"), Some("presentation" | "none"))
}

/// The level of a heading, from 1: by its tag, or by `role="heading"` with `aria-level`.
pub(super) fn heading_level(element: &Element) -> Option<u8> {
    if element.attribute("role") == Some("heading") {
        let level = element.attribute("aria-level").and_then(|level| level.trim().parse().ok());
        return Some(level.unwrap_or(2).clamp(1, 6));
    }
    match &*element.tag {
        "h1" => Some(1),
        "h2" => Some(2),
        "h3" => Some(3),
        "h4" => Some(4),
        "h5" => Some(5),
        "h6" => Some(6),
        _ => None,
    }
}

/// What a document's elements say of one another.
pub(super) struct Access {
    /// For each node whether it is in an element with `aria-hidden`.
    hidden: Vec<bool>,
    ids: BTreeMap<Arc<str>, NodeId>,
}

impl Access {
    /// Of the elements of a tree, in which parents come before their children.
    pub fn of(tree: &StyledTree) -> Self {
        let mut access = Self { hidden: vec![false; tree.nodes.len()], ids: BTreeMap::new() };
        for (index, node) in tree.nodes.iter().enumerate() {
            let around = node.parent.and_then(|parent| access.hidden.get(parent.0 as usize));
            let around = around.copied().unwrap_or(false);
            let Content::Element(element) = &node.content else {
                access.hidden[index] = around;
                continue;
            };
            access.hidden[index] = around || element.attribute("aria-hidden") == Some("true");
            if let Some(id) = &element.id {
                access.ids.entry(id.clone()).or_insert(NodeId(index as u32));
            }
        }
        access
    }
}

/// How many headings of the first level there are.
pub(super) fn titles(tree: &StyledTree) -> usize {
    let elements = (0..tree.nodes.len() as u32).filter_map(|node| tree.element(NodeId(node)));
    elements.filter(|element| heading_level(element) == Some(1)).count()
}

impl Writer<'_> {
    /// Whether a node is kept from who listens. Pictures are decoration then; Word has no mark for such words.
    pub(super) fn is_hidden(&self, node: NodeId) -> bool {
        self.access.hidden.get(node.0 as usize).copied().unwrap_or(false)
    }

    /// The name that `aria-labelledby` or `aria-label` gives to an element.
    pub(super) fn label(&self, element: &Element) -> Option<String> {
        let named = element.attribute("aria-labelledby").and_then(|ids| self.words_of_all(ids));
        named.or_else(|| element.attribute("aria-label").and_then(said))
    }

    /// What `aria-describedby`, or a table's `summary`, says of an element.
    pub(super) fn description(&self, element: &Element) -> Option<String> {
        let described = element.attribute("aria-describedby").and_then(|ids| self.words_of_all(ids));
        described.or_else(|| element.attribute("summary").and_then(said))
    }

    /// The words of the elements with these ids, one after the other.
    fn words_of_all(&self, ids: &str) -> Option<String> {
        let nodes = ids.split_whitespace().filter_map(|id| self.access.ids.get(id));
        let words = nodes.map(|node| self.tree.words(*node));
        said(&words.collect::<Vec<_>>().join(" "))
    }
}

/// The words, if there are any.
pub(super) fn said(words: &str) -> Option<String> {
    let words = words.trim();
    (!words.is_empty()).then(|| words.to_owned())
}
