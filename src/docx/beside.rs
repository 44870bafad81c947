//! Floats, and boxes that are placed in the margin that their container leaves: paragraphs in a frame beside the text
//! (ISO/IEC 29500-1, 17.3.1.11).

use super::access::heading_level;
use super::flow::{Column, Within};
use super::frame::Frame;
use super::look::TextFrame;
use super::measure::SLACK;
use super::model::{Block, Role};
use super::{Looks, Writer};
use crate::geom::Point;
use crate::style::computed::{ComputedStyle, Float, Position, Sizing};
use crate::style::{Element, NodeId};
use crate::units::{Px, Twips};

/// How much of its column a float may take and still be one: what is wider has no text beside it.
const WIDEST: f32 = 0.75;

/// A float on its way into a frame.
pub(super) struct Beside {
    /// The column that its blocks are made in: it begins where the frame does.
    pub column: Column,
    frame: TextFrame,
    /// From the outer column's left side to the frame.
    left: Px,
    /// From the frame to the outer column's right side.
    right: Px,
}

impl Beside {
    /// The frame of a float of text, `content` wide where it has no width of its own; `None` of anything else.
    fn of(element: &Element, style: &ComputedStyle, column: &Column, content: Option<Px>) -> Option<Self> {
        let side = style.position.float;
        let is_float = matches!(side, Float::Left | Float::Right) && element.pseudo.is_none();
        if !is_float || element.picture.is_some() {
            return None;
        }
        let mut box_frame = Frame::of(style, column.width);
        if !matches!(style.boxes.width, Sizing::Length(_)) {
            box_frame.width = content?;
        }
        let outer = box_frame.width + box_frame.padding.horizontal() + box_frame.border.horizontal();
        if outer.0 > column.width.0 * WIDEST {
            return None;
        }
        let margin = style.boxes.margin.map(|side| side.resolve(column.width).unwrap_or(Px::ZERO));
        let left = match side {
            Float::Left => margin.left,
            _ => column.width - margin.right - outer,
        };
        // The distance that the text keeps is part of the frame.
        let (before, after) = match side {
            Float::Left => (Px::ZERO, margin.right.max(Px::ZERO)),
            _ => (margin.left.max(Px::ZERO), Px::ZERO),
        };
        let (left, width) = (left - before, before + outer + after);
        Some(Self {
            column: Column {
                left: before - box_frame.margin.left,
                right: after - box_frame.margin.right,
                within: Within::Cell,
                ..column.clone()
            },
            frame: TextFrame::Box {
                left: Twips::from(column.left + left),
                top: Twips(0),
                width: Twips::from(width),
            },
            left: column.left + left,
            right: column.right + column.width - left - width,
        })
    }

    /// The frame of a box that stands so far from where it would be in the flow; its column begins where it does.
    pub fn placed(by: Point, width: Px, column: &Column) -> Self {
        let left = column.left + by.x;
        let frame =
            TextFrame::Box { left: Twips::from(left), top: Twips::from(by.y), width: Twips::from(width) };
        let right = column.right + column.width - by.x - width;
        Self {
            column: Column { left: Px::ZERO, right: Px::ZERO, width, within: Within::Cell, ..column.clone() },
            frame,
            left,
            right,
        }
    }

    /// Puts the blocks into the frame; a frame cannot hold tables, so with one all stay in the flow, at their place.
    pub fn put(&self, blocks: &mut [Block]) {
        let only_text = blocks.iter_mut().all(|block| block.paragraph().is_some());
        for block in blocks {
            match block {
                Block::Paragraph(paragraph) if only_text => paragraph.place.frame = Some(self.frame),
                Block::Paragraph(paragraph) => {
                    paragraph.look.left = paragraph.look.left + self.left;
                    paragraph.look.right = paragraph.look.right + self.right;
                }
                Block::Table(table) => table.indent = table.indent + self.left,
            }
        }
    }
}

impl Writer<'_> {
    /// The frame of a box that floats; one without a width is as wide as its text, where that is the layout's. In a table of contents only its title has one: the entries are one field.
    pub(super) fn floated(&self, node: NodeId, column: &Column) -> Option<Beside> {
        let style = &self.tree.node(node).style;
        let element = self.tree.element(node)?;
        if matches!(column.role, Role::Contents(_)) && heading_level(element).is_none() {
            return None;
        }
        let is_known = self.looks == Looks::Layout && self.has_only_inlines(node);
        let content = is_known.then(|| self.extent(node).line * SLACK);
        Beside::of(element, style, column, content)
    }

    /// The frame of a box that `position: absolute` puts to the left of the text in its column; `None` where there is
    /// no room for it, and in cells, in which a frame would be placed on the page.
    pub(super) fn placed(&self, node: NodeId, column: &Column) -> Option<Beside> {
        let style = &self.tree.node(node).style;
        let element = self.tree.element(node)?;
        let is_text = element.picture.is_none() && element.pseudo.is_none();
        if !is_text || column.within == Within::Cell || style.position.scheme != Position::Absolute {
            return None;
        }
        let by = self.offset(node)?;
        let frame = Frame::of(style, column.width);
        let around = frame.padding.horizontal() + frame.border.horizontal();
        let width = match style.boxes.width {
            Sizing::Length(length) => length.resolve(column.width) + around,
            _ => self.extent(node).line * SLACK + around,
        };
        let fits = by.x.0 + width.0 <= 1.0 && column.left.0 + by.x.0 > -1.0;
        fits.then(|| Beside::placed(by, width, column))
    }

    /// How far `left` and `top` put a box from where it would be in the flow, were it the first in its container.
    pub(super) fn offset(&self, node: NodeId) -> Option<Point> {
        let tree = self.tree;
        let inset = &tree.node(node).style.position.inset;
        let mut by =
            Point { x: inset.left.resolve(Px::ZERO)?, y: inset.top.resolve(Px::ZERO).unwrap_or_default() };
        let mut around = tree.node(node).parent;
        // A margin above is part of the distance only where padding or a border keeps it in (CSS 2, section 8.3.1).
        let mut above = Px::ZERO;
        while let Some(node) = around {
            let style = &tree.node(node).style;
            let frame = Frame::of(style, Px::ZERO);
            by.x -= frame.padding.left;
            if frame.padding.top + frame.border.top > Px::ZERO {
                by.y -= frame.padding.top + std::mem::take(&mut above);
            }
            if style.position.scheme != Position::Static {
                break;
            }
            by.x -= frame.margin.left + frame.border.left;
            by.y -= frame.border.top;
            above = above.max(frame.margin.top);
            around = tree.node(node).parent;
        }
        Some(by)
    }
}
