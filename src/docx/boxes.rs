//! Boxes whose lines and backgrounds no paragraph can carry: tables of one cell, and cells that boxes become.

use super::Writer;
use super::flow::Column;
use super::frame::{Decoration, Frame};
use super::model::{Block, Cell, Purpose, Row, Table};
use crate::geom::Edges;
use crate::style::NodeId;
use crate::style::computed::{ComputedStyle, Display, Sizing};
use crate::units::{Px, Twips};

impl Writer<'_> {
    /// A box as a cell of this width.
    pub(super) fn box_cell(&mut self, node: NodeId, width: Px, column: &Column) -> Cell {
        let style = self.tree.node(node).style.clone();
        let decoration = Decoration::of(&style, column.under);
        let frame = Frame::of(&style, width);
        let margin = if decoration.is_none() { frame.margin } else { Edges::default() };
        let rail = self.rail(node);
        let mut padding = frame.padding;
        if rail.is_some() {
            padding.left = Px::ZERO;
        }
        let inner = width - padding.horizontal() - frame.border.horizontal() - margin.left.max(Px::ZERO);
        let inside = Column {
            context: column.context.clone(),
            role: column.role,
            css: column.css,
            ..Column::cell(inner.max(Px(1.0)), decoration.background.unwrap_or(column.under))
        };
        if let Some(id) = self.tree.element(node).and_then(|element| element.id.as_ref()) {
            self.waiting.push(id.clone());
        }
        let mut blocks = match (rail, self.tree.element(node)) {
            (Some(rail), Some(element)) => {
                let inside = self.within(node, element, &inside);
                self.along(&rail, &inside)
            }
            _ => self.contents(node, &inside),
        };
        let edge = |px: Px| Twips::from(px.max(Px::ZERO));
        let mut padding = padding.map(edge);
        padding.left = padding.left + margin.left.max(Px::ZERO);
        // Word keeps the space above the first and below the last paragraph of a cell; so does CSS where there
        // is padding, and nothing collapses through it.
        if let Some(first) = blocks.first_mut() {
            *first.before() = *first.before() + margin.top.max(Px::ZERO);
        }
        Cell {
            blocks,
            span: 1,
            shading: decoration.background,
            borders: decoration.borders,
            padding,
            ..Cell::default()
        }
    }

    /// A box around blocks: a table of one cell.
    pub(super) fn boxed(&mut self, node: NodeId, column: &Column) -> Option<Block> {
        let style = self.tree.node(node).style.clone();
        let frame = Frame::of(&style, column.width);
        let width = frame.width + frame.padding.horizontal() + frame.border.horizontal();
        let cell = self.box_cell(node, width, column);
        if cell.blocks.is_empty() {
            return self.bar(&style, &frame, column);
        }
        let unbroken = style.fragmentation.inside != crate::style::computed::BreakInside::Auto;
        let height = asked_height(&style).map(Twips::from);
        Some(Block::Table(Box::new(Table {
            before: Twips::from(frame.margin.top),
            after: Twips::from(frame.margin.bottom),
            indent: Twips::from(column.left + frame.margin.left),
            columns: vec![Twips::from(width)],
            rows: vec![Row { cells: vec![cell], header: false, unbroken, height }],
            purpose: Purpose::Arrangement,
            ..Table::default()
        })))
    }

    /// What is in a box, without the box.
    pub(super) fn contents(&mut self, node: NodeId, column: &Column) -> Vec<Block> {
        let tree = self.tree;
        let Some(element) = tree.element(node) else { return Vec::new() };
        let style = tree.node(node).style.clone();
        if element.picture.is_some() {
            return self.leaf(node, &[node], column);
        }
        let inside = self.within(node, element, column);
        match style.display {
            Display::Table | Display::InlineTable => self.table(node, &inside),
            Display::Grid | Display::InlineGrid | Display::Flex | Display::InlineFlex => {
                self.arranged(node, element, &inside)
            }
            _ if self.has_only_inlines(node) => {
                let look = self.paragraph_look(&style, &inside);
                let kind = self.kind(element, &inside);
                let nodes = if self.is_filled_in(node) { vec![node] } else { self.children(node) };
                self.paragraph(element, &nodes, (kind, look), &inside).into_iter().collect()
            }
            _ => self.blocks(node, &inside),
        }
    }
}

/// How high a box asks to be at least.
pub(super) fn asked_height(style: &ComputedStyle) -> Option<Px> {
    match (style.boxes.min_height, style.boxes.height) {
        (Sizing::Length(length), _) | (_, Sizing::Length(length)) if length.percent == 0.0 => Some(length.px),
        _ => None,
    }
}
