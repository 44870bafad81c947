//! The box tree (CSS Display 3, section 2): what the elements of the styled tree are laid out as, with the
//! anonymous boxes that the standards ask for.

mod breaks;
mod build;
mod collapse;
mod table;

use std::sync::Arc;

pub(super) use breaks::{Breaks, combined, is_avoided, is_forced};
pub(super) use build::build;
pub(super) use collapse::CollapsedBorders;
pub(super) use table::{Cell, Row, Section, TableGrid};

use crate::media::Picture;
use crate::style::NodeId;
use crate::style::computed::{ComputedStyle, Display, Float, Overflow, Position};

/// A box of a [`BoxTree`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct BoxId(pub u32);

/// The boxes of a document.
#[derive(Debug)]
pub(super) struct BoxTree {
    boxes: Vec<LayoutBox>,
    /// The root element's.
    pub root: BoxId,
    /// The boxes of `position: fixed`, which every page repeats.
    pub fixed: Vec<BoxId>,
    /// The footnotes, in the order of the document. They are no box's children.
    pub notes: Vec<BoxId>,
    /// The box of lines that footnotes stand in which share a paragraph.
    pub note_lines: BoxId,
    /// The boxes across all columns of the multi-column box around them, in order.
    spanners: Vec<BoxId>,
    /// The box of each node, if it has one of its own.
    by_node: Vec<Option<BoxId>>,
    /// An element below which the boxes are nested too deeply to be kept apart, if there is one.
    pub too_deep: Option<NodeId>,
}

/// A box.
#[derive(Debug)]
pub(super) struct LayoutBox {
    /// Its element; of an anonymous box, its parent's.
    pub node: NodeId,
    /// Its style; an anonymous box has inherited values only.
    pub style: Arc<ComputedStyle>,
    /// Whether an element made it.
    pub origin: Origin,
    /// How it is laid out.
    pub kind: Kind,
    /// The boxes in it, in order, those out of flow too.
    pub children: Vec<BoxId>,
    /// The marker that stands outside a list item.
    pub marker: Option<BoxId>,
    /// Where breaks may or must be, and which page it wants to be on.
    pub breaks: Breaks,
}

/// Where a box comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// An element or a pseudo-element.
    Element,
    /// The rules of anonymous boxes.
    Anonymous,
}

/// How a box is laid out.
#[derive(Debug)]
pub(super) enum Kind {
    /// A block container with blocks, floats and paragraphs in it.
    Flow,
    /// Inline content: a run of siblings in the element of this box.
    Lines(Vec<NodeId>),
    /// A flex container.
    Flex,
    /// A grid container.
    Grid,
    /// A multi-column container; its one child is the flow.
    Columns,
    /// A table without its captions.
    Table(Box<TableGrid>),
    /// A table and its captions, below each other: CSS's table wrapper box.
    Captioned,
    /// A picture.
    Picture(Arc<Picture>),
}

impl BoxTree {
    /// The box with this id.
    pub fn get(&self, id: BoxId) -> &LayoutBox {
        &self.boxes[id.0 as usize]
    }

    /// The box that a node makes, if it makes one of its own.
    pub fn of_node(&self, node: NodeId) -> Option<BoxId> {
        self.by_node[node.0 as usize]
    }

    /// The footnote that a node is.
    pub fn note_of(&self, node: NodeId) -> Option<BoxId> {
        let of = |note: &BoxId| self.get(*note).node;
        self.notes.binary_search_by_key(&node, of).ok().map(|at| self.notes[at])
    }

    /// Whether a box stands across all columns.
    pub fn spans(&self, id: BoxId) -> bool {
        self.spanners.binary_search(&id).is_ok()
    }

    /// How many boxes there are.
    pub fn len(&self) -> usize {
        self.boxes.len()
    }
}

impl LayoutBox {
    /// Whether it is taken out of the flow by `position`.
    pub fn is_absolute(&self) -> bool {
        self.origin == Origin::Element && is_absolute(&self.style)
    }

    /// Whether it floats.
    pub fn is_float(&self) -> bool {
        self.origin == Origin::Element && !self.is_absolute() && is_float(&self.style)
    }

    /// Whether it is moved to a margin box of its page.
    pub fn is_running(&self) -> bool {
        self.origin == Origin::Element && self.style.position.running.is_some()
    }

    /// Whether it takes part in the flow of its siblings.
    pub fn is_in_flow(&self) -> bool {
        !self.is_absolute() && !self.is_float() && !self.is_running()
    }

    /// Whether boxes out of flow below it are placed against it (CSS Positioned Layout 3, 2.1).
    pub fn is_containing_block(&self) -> bool {
        self.origin == Origin::Element
            && (self.style.position.scheme != Position::Static || !self.style.paint.transform.is_empty())
    }

    /// Whether floats and margins inside stay inside (CSS 2, 9.4.1).
    pub fn is_formatting_context(&self) -> bool {
        match self.kind {
            Kind::Lines(_) => false,
            Kind::Flow => {
                self.origin == Origin::Element
                    && (self.is_absolute()
                        || self.is_float()
                        || self.style.boxes.overflow != Overflow::Visible
                        || matches!(
                            self.style.display,
                            Display::FlowRoot
                                | Display::InlineBlock
                                | Display::TableCell
                                | Display::TableCaption
                        ))
            }
            _ => true,
        }
    }

    /// Whether it is a part of a page that cannot be divided.
    pub fn is_monolithic(&self) -> bool {
        matches!(self.kind, Kind::Picture(_))
    }
}

/// Whether a style takes its box out of the flow by `position`.
pub(super) fn is_absolute(style: &ComputedStyle) -> bool {
    matches!(style.position.scheme, Position::Absolute | Position::Fixed)
}

/// Whether a style makes its box float to a side.
pub(super) fn is_float(style: &ComputedStyle) -> bool {
    matches!(style.position.float, Float::Left | Float::Right)
}

/// Whether a style takes its box to the foot of the page.
pub(super) fn is_footnote(style: &ComputedStyle) -> bool {
    style.position.float == Float::Footnote
}
