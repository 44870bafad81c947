//! Lists: items with their labels and bodies (ISO 32000-1, 14.8.4.3.3), those of terms and their descriptions too.

use super::builder::Builder;
use crate::layout::TagId;
use crate::style::computed::ListStyle;
use crate::style::{Element, NodeId, Pseudo};

impl Builder<'_> {
    /// The label of a list item, which its marker is, or the box of a task.
    pub(super) fn label(&mut self, item: TagId, node: NodeId) {
        let Some(marker) = self.marker(node).or_else(|| self.box_of_task(node)) else { return };
        let label = self.add(Some(item), "Lbl", marker);
        self.fill(marker, label);
        let tree = self.tree;
        for &child in &tree.node(marker).children {
            self.fill(child, label);
        }
    }

    fn marker(&self, item: NodeId) -> Option<NodeId> {
        let first = self.tree.node(item).children.first().copied()?;
        (self.tree.element(first)?.pseudo == Some(Pseudo::Marker)).then_some(first)
    }

    /// The box that an item begins with, in itself or in its first paragraph.
    fn box_of_task(&self, item: NodeId) -> Option<NodeId> {
        let first = |of: NodeId| {
            let children = self.tree.node(of).children.iter().copied();
            let first = children.into_iter().find(|&child| self.inside(child).speaks)?;
            Some((first, &*self.tree.element(first)?.tag))
        };
        match first(item)? {
            (input, "input") => Some(input),
            (paragraph, "p") => first(paragraph).filter(|(_, tag)| *tag == "input").map(|(input, _)| input),
            _ => None,
        }
    }

    /// The label that a term is, in the item of the terms right before it or in a new one.
    pub(super) fn term(&mut self, list: TagId, node: NodeId) -> TagId {
        let item = self.last(list).filter(|&item| self.last_role(item) == Some("Lbl"));
        let item = item.unwrap_or_else(|| self.add(Some(list), "LI", node));
        self.add(Some(item), "Lbl", node)
    }

    /// The body that a description is, in the item of its term.
    pub(super) fn details(&mut self, list: TagId, node: NodeId) -> TagId {
        let item = self.last(list).unwrap_or_else(|| self.add(Some(list), "LI", node));
        self.add(Some(item), "LBody", node)
    }

    fn last(&self, of: TagId) -> Option<TagId> {
        self.node(of).children.last().copied()
    }

    fn last_role(&self, of: TagId) -> Option<&'static str> {
        self.last(of).map(|last| self.node(last).role)
    }

    /// How the labels of a list count (14.8.5.5), by its first item; `None` where it has no labels or they do not
    /// count, as that is what a list without this attribute says.
    pub(super) fn numbering(&self, element: &Element, node: NodeId) -> Option<&'static str> {
        let first = self.tree.node(node).children.iter().copied().find(|&child| {
            self.tree.element(child).is_some_and(|child| child.pseudo.is_none() && &*child.tag == "li")
        });
        let first = first.filter(|&first| self.marker(first).is_some())?;
        let counted = match &self.tree.node(first).style.list.style {
            ListStyle::Disc => "Disc",
            ListStyle::Circle => "Circle",
            ListStyle::Square => "Square",
            ListStyle::Decimal | ListStyle::DecimalLeadingZero => "Decimal",
            ListStyle::LowerAlpha => "LowerAlpha",
            ListStyle::UpperAlpha => "UpperAlpha",
            ListStyle::LowerRoman => "LowerRoman",
            ListStyle::UpperRoman => "UpperRoman",
            ListStyle::Text(_) if &*element.tag == "ol" => "Decimal",
            _ => return None,
        };
        Some(counted)
    }
}
