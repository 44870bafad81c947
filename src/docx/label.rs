//! Labels that hang beside headings: a number that CSS lifts out of the line stands in Word in the heading's own
//! paragraph, before a tab, so that whoever hears the heading or sees it in the list of headings has its number.

use super::Writer;
use super::access::heading_level;
use super::frame::Frame;
use crate::style::NodeId;
use crate::style::computed::{Float, Position};
use crate::units::Px;

impl Writer<'_> {
    /// Whether an element is a heading of one line of text, of which the beginning is lifted out.
    pub(super) fn has_label(&self, node: NodeId) -> bool {
        let children = self.children(node);
        let mut shown = children.iter().filter(|child| !self.is_blank(**child));
        shown.next().is_some_and(|first| self.is_label(*first)) && shown.all(|child| self.is_inline(*child))
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
        let inset = tree.node(label).style.position.inset.left.resolve(Px::ZERO)?;
        let mut hang = Px::ZERO - inset;
        let mut around = tree.node(label).parent;
        while let Some(node) = around {
            let style = &tree.node(node).style;
            let frame = Frame::of(style, Px::ZERO);
            if style.position.scheme != Position::Static {
                hang += frame.padding.left;
                break;
            }
            hang += frame.margin.left + frame.border.left + frame.padding.left;
            around = tree.node(node).parent;
        }
        let (_, width) = self.text_width(label);
        (hang > width * 0.8).then_some(hang)
    }
}
