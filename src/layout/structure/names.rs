//! The names of elements: what they are called beside the words in them (Accessible Name and Description
//! Computation 1.2).

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::roles::said;
use crate::style::{Element, NodeId, StyledTree};

/// Finds names.
pub(crate) struct Names<'a> {
    tree: &'a StyledTree,
    ids: OnceCell<BTreeMap<&'a str, NodeId>>,
}

impl<'a> Names<'a> {
    /// Of the elements of a tree.
    pub fn new(tree: &'a StyledTree) -> Self {
        Self { tree, ids: OnceCell::new() }
    }

    /// The element with an `id`, the first of several.
    pub fn node(&self, id: &str) -> Option<NodeId> {
        let ids = self.ids.get_or_init(|| {
            let nodes = (0..self.tree.nodes.len() as u32).rev().map(NodeId);
            nodes.filter_map(|node| Some((self.tree.element(node)?.id.as_deref()?, node))).collect()
        });
        ids.get(id).copied()
    }

    /// What the author calls an element: the words of others, or a label.
    pub fn given(&self, element: &Element) -> Option<Arc<str>> {
        let others = said(element, "aria-labelledby").and_then(|ids| self.words(ids, |_| true));
        others.or_else(|| said(element, "aria-label").map(Arc::from))
    }

    /// The same of an element whose words are read as well: a heading in it does not name it twice.
    pub fn title(&self, element: &Element, node: NodeId) -> Option<Arc<str>> {
        let outside = |other: NodeId| {
            let mut up = std::iter::successors(Some(other), |&up| self.tree.node(up).parent);
            !up.any(|up| up == node)
        };
        let others = said(element, "aria-labelledby").map(|ids| self.words(ids, outside));
        others.unwrap_or_else(|| said(element, "aria-label").map(Arc::from))
    }

    /// What is said of an element beside its name.
    pub fn description(&self, element: &Element) -> Option<Arc<str>> {
        let others = said(element, "aria-describedby").and_then(|ids| self.words(ids, |_| true));
        others.or_else(|| said(element, "aria-description").map(Arc::from))
    }

    /// What stands for a picture.
    pub fn alternative(&self, element: &Element) -> Option<Arc<str>> {
        let own = || said(element, "alt").or_else(|| said(element, "alttext")).map(Arc::from);
        let drawn = || element.picture.as_ref()?.title().map(Arc::from);
        self.given(element).or_else(own).or_else(drawn).or_else(|| said(element, "title").map(Arc::from))
    }

    fn words(&self, ids: &str, wanted: impl Fn(NodeId) -> bool) -> Option<Arc<str>> {
        let nodes = ids.split_ascii_whitespace().filter_map(|id| self.node(id));
        let words: Vec<String> =
            nodes.filter(|&node| wanted(node)).map(|node| self.tree.words(node)).collect();
        let words = words.join(" ");
        (!words.is_empty()).then(|| Arc::from(words))
    }
}
