//! Rails: a drawing that runs along all of a box in its left padding, with a bar, a picture at its foot and a mark
//! beside each item. In Word it is a column of a table that grows with the text beside it: each item is a row, the bar
//! the cell before it, in the colour of the mark's border or else the bar's, with the mark as text, and the picture is
//! the last.

use super::Writer;
use super::arrange::LONG_ITEM;
use super::flow::Column;
use super::frame::Decoration;
use super::look::{LineRule, Rgb};
use super::model::{Block, Cell, Merge, Purpose, Role, Row, Table};
use super::substitution::Lost;
use crate::contrast::{luminance, ratio};
use crate::geom::Edges;
use crate::style::computed::{
    Color, ComputedStyle, Display, FlexDirection, Gradient, GradientLine, GradientShape, LayerImage,
    LengthOrAuto, Position, Sizing,
};
use crate::style::{Element, NodeId};
use crate::units::{Px, Twips};

/// So deep in an item its mark may be.
const DEEPEST: usize = 8;
/// About how wide a letter and how high a line is, for a size of 1.
const LETTER: f32 = 0.48;
const LINE: f32 = 1.3;
/// How many characters with spaces there are for each without.
const WITH_SPACES: f32 = 1.18;
/// The contrast that text must have with what is behind it (WCAG 2.2, 1.4.3).
const LEAST_CONTRAST: f32 = 4.5;

/// How much of the height that a text is thought to have the bar and its foot take: Word gives the rest to the row of
/// the foot, below it, and more than there is would make the text's row higher.
const RESERVED: f32 = 0.94;

/// A rail and what is beside it.
pub(super) struct Rail {
    /// How wide the padding is that it stands in.
    lane: Px,
    bar: NodeId,
    /// Where the bar is in the padding.
    at: Span,
    foot: Option<Foot>,
    /// What holds the items.
    list: NodeId,
    /// The items as they are seen, from the top, each with its mark.
    items: Vec<(NodeId, Option<NodeId>)>,
}

/// A stretch from left to right.
#[derive(Clone, Copy)]
struct Span {
    left: Px,
    width: Px,
}

/// The picture at the lower end of a rail.
struct Foot {
    picture: NodeId,
    left: Px,
}

impl Writer<'_> {
    /// The rail in a box, if it has one: one drawing without words, as high as the box, and items below one another.
    pub(super) fn rail(&mut self, node: NodeId) -> Option<Rail> {
        let tree = self.tree;
        let style = &tree.node(node).style;
        let lane = style.boxes.padding.left.resolve(Px::ZERO);
        if style.position.scheme == Position::Static || lane <= Px::ZERO {
            return None;
        }
        let is_lifted = |child: &NodeId| tree.node(*child).style.position.scheme == Position::Absolute;
        let (lifted, flow): (Vec<NodeId>, Vec<NodeId>) = self.children(node).into_iter().partition(is_lifted);
        let flow: Vec<NodeId> = flow.into_iter().filter(|child| !self.is_blank(*child)).collect();
        let ([drawing], [list]) = (&lifted[..], &flow[..]) else { return None };
        let within = span(&tree.node(*drawing).style)?;
        let fits = within.left + within.width <= lane + Px(1.0);
        if !fits || !stretches(&tree.node(*drawing).style) || !self.text_of(*drawing).trim().is_empty() {
            return None;
        }
        let bar = self.inner(*drawing, |style, _| stretches(style) && has_ground(style))?;
        let at = self.span_in(bar, *drawing)?;
        let foot = self.inner(*drawing, |_, element| element.picture.is_some());
        let foot = foot.map(|picture| Some(Foot { picture, left: self.span_in(picture, *drawing)?.left }));
        let items = self.rail_items(*list)?;
        for lost in [*drawing, bar].into_iter().chain(foot.iter().flatten().map(|foot| foot.picture)) {
            let around = std::iter::successors(Some(lost), |node| tree.node(*node).parent);
            for node in around.take_while(|around| *around != node) {
                self.lost.carried(Lost::Positioned, node);
            }
        }
        self.lost.carried(Lost::Gradient, bar);
        Some(Rail { lane, bar, at, foot: foot.flatten(), list: *list, items })
    }

    /// The first element in a drawing, itself included, of which this is true.
    fn inner(&self, drawing: NodeId, is: impl Fn(&ComputedStyle, &Element) -> bool) -> Option<NodeId> {
        let mut waiting = vec![drawing];
        while let Some(node) = waiting.pop() {
            let Some(element) = self.tree.element(node) else { continue };
            if is(&self.tree.node(node).style, element) {
                return Some(node);
            }
            waiting.extend(self.tree.node(node).children.iter().rev());
        }
        None
    }

    /// Where a part of a drawing stands in the padding.
    fn span_in(&self, part: NodeId, drawing: NodeId) -> Option<Span> {
        let lifted = |node: &NodeId| self.tree.node(*node).style.position.scheme == Position::Absolute;
        let around = std::iter::successors(Some(part), |node| self.tree.node(*node).parent);
        let mut found: Option<Span> = None;
        for node in around {
            if lifted(&node) {
                let outer = span(&self.tree.node(node).style)?;
                let inner = found.unwrap_or(Span { left: Px::ZERO, ..outer });
                found = Some(Span { left: outer.left + inner.left, ..inner });
            }
            if node == drawing {
                return found;
            }
        }
        None
    }

    /// The items of a list that runs downwards, with their marks; `None` where it is no such list.
    fn rail_items(&mut self, list: NodeId) -> Option<Vec<(NodeId, Option<NodeId>)>> {
        let style = self.tree.node(list).style.clone();
        let is_column = matches!(style.flex.direction, FlexDirection::Column | FlexDirection::ColumnReverse);
        let runs_down = match style.display {
            Display::Flex => is_column,
            display => display == Display::Block,
        };
        if !runs_down || !Decoration::of(&style, Rgb::WHITE).is_none() {
            return None;
        }
        let items = self.seen_items(list, &style);
        let is_item = |item: &NodeId| {
            let scheme = self.tree.node(*item).style.position.scheme;
            self.tree.element(*item).is_some() && !self.is_inline(*item) && scheme != Position::Absolute
        };
        if items.len() < 2 || !items.iter().all(is_item) {
            return None;
        }
        Some(items.into_iter().map(|item| (item, self.mark_of(item))).collect())
    }

    /// What is lifted out of the beginning of an item to its left: a number, a word.
    fn mark_of(&self, item: NodeId) -> Option<NodeId> {
        let first = |node: &NodeId| self.children(*node).into_iter().find(|child| !self.is_blank(*child));
        let mark = std::iter::successors(Some(item), first)
            .take(DEEPEST)
            .skip(1)
            .find(|node| self.tree.node(*node).style.position.scheme == Position::Absolute)?;
        let width = span(&self.tree.node(mark).style)?.width;
        let is_text = self.tree.element(mark)?.picture.is_none() && self.has_only_inlines(mark);
        (is_text && self.offset(mark)?.x + width <= Px(1.0)).then_some(mark)
    }

    /// A box with a rail, in a column that its left padding is part of.
    pub(super) fn along(&mut self, rail: &Rail, column: &Column) -> Vec<Block> {
        let tree = self.tree;
        if let Some(id) = tree.element(rail.list).and_then(|list| list.id.clone()) {
            self.waiting.push(id);
        }
        let column = match tree.element(rail.list) {
            Some(list) => self.within(rail.list, list, column),
            None => column.clone(),
        };
        let after = (rail.lane - rail.at.left - rail.at.width).max(Px(1.0));
        let text_width = (column.width - rail.lane).max(Px(1.0));
        let columns = [rail.at.left.max(Px(1.0)), rail.at.width, after, text_width].map(Twips::from);
        let last = rail.items.len().saturating_sub(1);
        let mut rows = Vec::new();
        for index in 0..rail.items.len() {
            rows.extend(self.rail_row(rail, (index, last), text_width, &column));
        }
        if let (Some(foot), Some(row)) = (&rail.foot, rows.last_mut())
            && let Some((below, height)) = self.foot_row(rail, foot, &column)
        {
            let beside = row.cells.last().map_or(Px::ZERO, |text| about(&text.blocks, text_width));
            row.height = Some(Twips::from((beside * RESERVED - height).max(height)));
            row.cells.iter_mut().skip(3).for_each(|cell| cell.merge = Merge::Start);
            rows.push(below);
        }
        let padding = tree.node(rail.list).style.boxes.padding;
        vec![Block::Table(Box::new(Table {
            after: Twips::from(padding.bottom.resolve(column.width)),
            indent: Twips::from(column.left),
            columns: columns.to_vec(),
            rows,
            purpose: Purpose::Arrangement,
            ..Table::default()
        }))]
    }

    /// An item: the bar with its mark, and what it says.
    fn rail_row(
        &mut self,
        rail: &Rail,
        (index, last): (usize, usize),
        width: Px,
        column: &Column,
    ) -> Option<Row> {
        let tree = self.tree;
        let (item, mark) = *rail.items.get(index)?;
        let share = index as f32 / last.max(1) as f32;
        let own = mark.and_then(|mark| ring(&tree.node(mark).style, column.under));
        let shade = own.unwrap_or_else(|| ground(&tree.node(rail.bar).style, share, column.under));
        let blocks = mark.map(|mark| self.rail_mark(mark, rail.at.width, shade)).unwrap_or_default();
        self.lifted.extend(mark);
        let mut text = self.box_cell(item, width, column);
        mark.iter().for_each(|mark| {
            self.lifted.remove(mark);
        });
        if index < last {
            let style = &tree.node(item).style;
            let below = style.boxes.margin.bottom.resolve(width).unwrap_or(Px::ZERO);
            let gap = tree.node(rail.list).style.flex.row_gap.resolve(width);
            text.padding.bottom = text.padding.bottom + (below + gap).max(Px::ZERO);
        }
        let padding = Edges { top: text.padding.top, ..Edges::default() };
        let bar = Cell { blocks, span: 1, shading: Some(shade), padding, ..Cell::default() };
        let unbroken = self.text_of(item).len() < LONG_ITEM;
        Some(Row { cells: vec![self.empty(), bar, self.empty(), text], unbroken, ..Row::default() })
    }

    /// A mark as text on the bar, in its own colour where that can be read there.
    fn rail_mark(&mut self, mark: NodeId, width: Px, shade: Rgb) -> Vec<Block> {
        let mut blocks = self.contents(mark, &Column::cell(width, shade));
        for paragraph in blocks.iter_mut().filter_map(Block::paragraph) {
            let seen = |color: Rgb| ratio(light(color), light(shade));
            let own = paragraph.run.color;
            if seen(own) < LEAST_CONTRAST && seen(Rgb::WHITE) > seen(own) {
                paragraph.run.color = Rgb::WHITE;
            }
            paragraph.look.line = LineRule::Multiple(240);
        }
        self.lost.carried(Lost::Positioned, mark);
        blocks
    }

    /// The row with the picture at the foot, as far as the bar does not cover it, and how high that is.
    fn foot_row(&mut self, rail: &Rail, foot: &Foot, column: &Column) -> Option<(Row, Px)> {
        let style = self.tree.node(self.tree.root).style.clone();
        let bar = (rail.at.left - foot.left, rail.at.left - foot.left + rail.at.width);
        let (run, size) = self.picture_below(foot.picture, bar, rail.lane)?;
        let mut line = self.spacer(&Column::new(size.width, column.under), &style, Twips(20))?;
        line.kind.role = Role::Figure;
        line.look.line = LineRule::Multiple(240);
        line.children.push(docx_rs::ParagraphChild::Run(Box::new(run)));
        let picture = Cell {
            blocks: vec![Block::Paragraph(Box::new(line))],
            span: 3,
            padding: Edges { left: Twips::from(foot.left), ..Edges::default() },
            ..Cell::default()
        };
        let text = Cell { merge: Merge::Continue, ..self.empty() };
        Some((Row { cells: vec![picture, text], unbroken: true, ..Row::default() }, size.height))
    }

    fn empty(&mut self) -> Cell {
        Cell { blocks: self.distance(Twips(20)).into_iter().collect(), span: 1, ..Cell::default() }
    }
}

/// Where `left` and `width` put a box.
fn span(style: &ComputedStyle) -> Option<Span> {
    let Sizing::Length(width) = style.boxes.width else { return None };
    Some(Span { left: style.position.inset.left.resolve(Px::ZERO)?, width: width.resolve(Px::ZERO) })
}

/// Whether a box reaches from above to below in the one around it.
fn stretches(style: &ComputedStyle) -> bool {
    let set = |side: LengthOrAuto| side != LengthOrAuto::Auto;
    let inset = &style.position.inset;
    style.position.scheme == Position::Absolute && set(inset.top) && set(inset.bottom)
}

fn gradient(style: &ComputedStyle) -> Option<&Gradient> {
    style.paint.layers.iter().find_map(|layer| match &layer.image {
        LayerImage::Gradient(gradient) => Some(&**gradient),
        LayerImage::Picture(_) => None,
    })
}

fn has_ground(style: &ComputedStyle) -> bool {
    !style.paint.background.is_transparent() || gradient(style).is_some()
}

/// The colour of the border around a mark, which says more of its item than the bar does.
fn ring(mark: &ComputedStyle, under: Rgb) -> Option<Rgb> {
    Decoration::of(mark, under).borders.top.map(|rule| rule.color)
}

/// About how high blocks in a cell of this width are.
fn about(blocks: &[Block], width: Px) -> Px {
    let height = |block: &Block| match block {
        Block::Paragraph(paragraph) => {
            let look = &paragraph.look;
            let size = Px(paragraph.run.size.0 as f32 / 1.5);
            let width = width.0 - (look.left.0 + look.right.0) as f32 / 15.0;
            let letters = (width / (size.0 * LETTER)).max(1.0);
            let lines = (paragraph.length as f32 * WITH_SPACES / letters).ceil();
            size * (lines * LINE) + Px((look.before.0 + look.after.0) as f32 / 15.0)
        }
        Block::Table(table) => {
            let cells = table.rows.iter().filter_map(|row| row.cells.last());
            cells.map(|cell| about(&cell.blocks, width)).sum()
        }
    };
    blocks.iter().map(height).sum()
}

/// The colour of a bar so far from its top, from 0 to 1. The stops of a gradient are taken as even.
fn ground(style: &ComputedStyle, share: f32, under: Rgb) -> Rgb {
    let under = Rgb::over(style.paint.background, under);
    let Some(gradient) = gradient(style) else { return under };
    let upwards = match gradient.shape {
        GradientShape::Linear(GradientLine::Angle(angle)) => angle.to_radians().cos() > 0.0,
        GradientShape::Linear(GradientLine::Corner(_, down)) => !down,
        GradientShape::Radial(..) => false,
    };
    let along = if upwards { 1.0 - share } else { share };
    let at = along * gradient.stops.len().saturating_sub(1) as f32;
    let stop = |index: f32| gradient.stops.get(index as usize).map(|stop| stop.color);
    let (Some(one), Some(other)) = (stop(at.floor()), stop(at.ceil())) else { return under };
    let mix = |one: f32, other: f32| one + (other - one) * at.fract();
    let color = Color {
        red: mix(one.red, other.red),
        green: mix(one.green, other.green),
        blue: mix(one.blue, other.blue),
        alpha: mix(one.alpha, other.alpha),
    };
    Rgb::over(color, under)
}

fn light(Rgb(parts): Rgb) -> f32 {
    luminance(parts.map(|part| f32::from(part) / 255.0))
}
