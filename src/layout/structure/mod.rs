//! The logical structure: what assistive technology reads, from the elements, in document order (ISO 32000-1, 14.8.4;
//! ISO 14289-1).
//!
//! `roles` tells what an element is (HTML-AAM, WAI-ARIA and DPUB-ARIA), `content` what is in it, and `builder` makes
//! one element of the structure after the other. The tree is as flat as its meaning: a `div` that only holds blocks
//! is not in it, one that holds text is a paragraph. Text stands only in elements that may hold text; where a block
//! or a list has some of its own, it gets what is missing around it. `lists`, `figures` and `tables` bring their
//! parts in order, and `trim` takes out what came to nothing.

mod bounds;
mod builder;
mod content;
mod describe;
mod figures;
mod lists;
mod names;
mod roles;
mod tables;
mod trim;

pub(crate) use names::Names;

use super::{Artifact, Structure, StructureNode, Tag, TagId};
use crate::style::{NodeId, StyledTree};

/// The structure of a document, and what each node's content belongs to.
#[derive(Debug, Default)]
pub(super) struct Tags {
    /// The elements.
    pub structure: Structure,
    of: Vec<Option<Tag>>,
}

impl Tags {
    /// What the content of a node belongs to.
    pub fn of(&self, node: NodeId) -> Tag {
        self.of.get(node.0 as usize).copied().flatten().unwrap_or(Tag::Artifact(Artifact::Layout))
    }

    /// Whether a node is an element that words end with, and not one of a line (ISO 32000-1, 14.8.4).
    pub fn is_block(&self, node: NodeId) -> bool {
        self.is_in_block(node) && self.element(node).is_some_and(|element| element.node == Some(node))
    }

    /// Whether the content of a node stands straight in such an element.
    pub fn is_in_block(&self, node: NodeId) -> bool {
        self.element(node).is_some_and(|element| element.role != "Note" && !roles::is_inline(element.role))
    }

    fn element(&self, node: NodeId) -> Option<&StructureNode> {
        let Tag::Element(id) = self.of(node) else { return None };
        self.structure.nodes.get(id.0 as usize)
    }

    /// The first node in the document's order whose content belongs to an element.
    pub fn first_node(&self, tag: TagId) -> Option<NodeId> {
        let belongs = |of: &Option<Tag>| *of == Some(Tag::Element(tag));
        self.of.iter().position(belongs).map(|index| NodeId(index as u32))
    }

    /// The words of a link, for those who do not see it: what its author calls it, else what is in it, else what its
    /// pictures are called.
    pub fn link_words(&self, tree: &StyledTree, link: NodeId) -> String {
        let Tag::Element(id) = self.of(link) else { return tree.words(link) };
        let nodes = &self.structure.nodes;
        if let Some(name) = &nodes[id.0 as usize].alt {
            return name.to_string();
        }
        let words = tree.words(link);
        if !words.is_empty() {
            return words;
        }
        let mut names = Vec::new();
        let mut stack = vec![id];
        while let Some(id) = stack.pop() {
            let node = &nodes[id.0 as usize];
            names.extend(node.alt.as_deref());
            stack.extend(node.children.iter().rev());
        }
        names.join(" ")
    }
}

/// Builds the structure.
pub(super) fn build(tree: &StyledTree) -> Tags {
    let mut builder = builder::Builder::new(tree);
    builder.walk();
    figures::settle(&mut builder.tags.structure);
    tables::settle(&mut builder);
    trim::trim(builder)
}
