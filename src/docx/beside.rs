//! Floats: paragraphs in a frame beside the text (ISO/IEC 29500-1, 17.3.1.11).

use super::flow::Column;
use super::frame::Frame;
use super::look::TextFrame;
use super::model::Block;
use crate::style::Element;
use crate::style::computed::{ComputedStyle, Float, Sizing};
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
    /// The frame of a float of text with a width of its own; `None` of anything else.
    pub fn of(element: &Element, style: &ComputedStyle, column: &Column) -> Option<Self> {
        let side = style.position.float;
        let is_float = matches!(side, Float::Left | Float::Right) && element.pseudo.is_none();
        if !is_float || element.picture.is_some() || !matches!(style.boxes.width, Sizing::Length(_)) {
            return None;
        }
        let box_frame = Frame::of(style, column.width);
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
                ..column.clone()
            },
            frame: TextFrame { left: Twips::from(column.left + left), width: Twips::from(width) },
            left: column.left + left,
            right: column.right + column.width - left - width,
        })
    }

    /// Puts the blocks into the frame; a frame cannot hold tables, so with one all stay in the flow, at their place.
    pub fn put(&self, blocks: &mut [Block]) {
        let only_text = blocks.iter_mut().all(|block| block.paragraph().is_some());
        for block in blocks {
            match block {
                Block::Paragraph(paragraph) if only_text => paragraph.look.frame = Some(self.frame),
                Block::Paragraph(paragraph) => {
                    paragraph.look.left = paragraph.look.left + self.left;
                    paragraph.look.right = paragraph.look.right + self.right;
                }
                Block::Table(table) => table.indent = table.indent + self.left,
            }
        }
    }
}
