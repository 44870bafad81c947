//! Labels that hang beside headings: a number that CSS lifts out of the line stands in Word in the heading's own
//! paragraph, before a tab, so that whoever hears the heading or sees it in the list of headings has its number. One
//! that is larger than the heading would make its line as high; it stands in a frame beside it.

use super::Writer;
use super::access::heading_level;
use super::flow::Column;
use super::frame::Frame;
use super::model::Block;
use super::substitution::Lost;
use crate::style::NodeId;
use crate::style::computed::{Float, Position};
use crate::units::Px;

/// How many times the size of its heading makes a label a large one.
const LARGE: f32 = 1.3;

impl Writer<'_> {
    /// Whether an element is a heading of one line of text, of which the beginning is lifted out.
    pub(super) fn has_label(&self, node: NodeId) -> bool {
        let children = self.children(node);
        let mut shown = children.iter().filter(|child| !self.is_blank(**child));
        shown.next().is_some_and(|first| self.is_label(*first)) && shown.all(|child| self.is_inline(*child))
    }

    /// The label of a heading that is so much larger than it that it cannot be in its line.
    pub(super) fn large_label(&self, node: NodeId) -> Option<NodeId> {
        let label = self.children(node).into_iter().find(|child| !self.is_blank(*child))?;
        let size = |node: NodeId| self.tree.node(node).style.font.size;
        (self.has_label(node) && size(label) > size(node) * LARGE).then_some(label)
    }

    /// A heading with its label in a frame beside it, where there is room for that.
    pub(super) fn labelled(&mut self, node: NodeId, label: NodeId, column: &Column) -> Vec<Block> {
        let mut rest = self.children(node);
        let inside = column.inside(&Frame::of(&self.tree.node(node).style, column.width));
        let Some(beside) = self.placed(label, &inside) else { return self.leaf(node, &rest, column) };
        rest.retain(|child| *child != label);
        self.lost.carried(Lost::Positioned, label);
        // What points to the heading points to its words.
        let waiting = std::mem::take(&mut self.waiting);
        let mut blocks = self.leaf(label, &self.children(label), &beside.column);
        self.waiting.splice(0..0, waiting);
        beside.put(&mut blocks);
        for paragraph in blocks.iter_mut().filter_map(Block::paragraph) {
            paragraph.look.keep_next = true;
        }
        blocks.extend(self.leaf(node, &rest, column));
        blocks
    }

    pub(super) fn is_label(&self, node: NodeId) -> bool {
        let tree = self.tree;
        let position = &tree.node(node).style.position;
        let lifted = position.scheme == Position::Absolute || position.float == Float::Left;
        let heading = tree.node(node).parent.and_then(|parent| tree.element(parent)).and_then(heading_level);
        let is_text =
            tree.element(node).is_some_and(|label| label.picture.is_none() && label.pseudo.is_none());
        lifted && heading.is_some() && is_text && self.has_only_inlines(node)
    }

    /// How far a label stands out to the left of its heading, if there is room for it.
    pub(super) fn label_hang(&self, label: NodeId) -> Option<Px> {
        let tree = self.tree;
        if !self.is_label(label) || tree.node(label).style.position.scheme != Position::Absolute {
            return None;
        }
        let hang = Px::ZERO - self.offset(label)?.x;
        (hang >= self.extent(label).line).then_some(hang)
    }
}
