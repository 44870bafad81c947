//! Boxes side by side: flex and grid become tables that set blocks beside one another, or one line
//! with tab stops where each item is a few words.

use super::Writer;
use super::boxes::asked_height;
use super::flow::{Column, spread};
use super::frame::{Decoration, Frame};
use super::inline::Line;
use super::look::{Align, LineRule, TabStop};
use super::model::{Block, Cell, Css, Kind, Paragraph, Purpose, Role, Row, Table, VerticalPlace, Whose};
use super::substitution::Lost;
use super::tracks::{Placement, Tracks};
use crate::geom::Edges;
use crate::style::computed::{
    Align as BoxAlign, ComputedStyle, Display, FlexDirection, FlexWrap, LengthOrAuto, LineHeight, Sizing,
};
use crate::style::{Element, NodeId};
use crate::units::{Px, Twips};

/// An item with more text than this may break across pages; shorter ones stay whole.
pub(super) const LONG_ITEM: usize = 900;

impl Writer<'_> {
    /// A flex or grid container.
    pub(super) fn arrangement(&mut self, node: NodeId, column: &Column) -> Vec<Block> {
        let tree = self.tree;
        let style = tree.node(node).style.clone();
        let Some(element) = tree.element(node) else { return Vec::new() };
        let frame = Frame::of(&style, column.width);
        let decoration = Decoration::of(&style, column.under);
        let [top, right, bottom, left] = decoration.sides();
        if decoration.background.is_some() || right || left || bottom {
            return self.boxed(node, column).into_iter().collect();
        }
        let inside = self.within(node, element, &column.inside(&frame));
        let mut blocks = self.arranged(node, element, &inside);
        if !top {
            spread(&frame, &mut blocks);
            return blocks;
        }
        let space = (frame.padding.top.0 * 0.75).round() as usize;
        let rule = decoration.borders.top.map(|rule| super::look::Rule { space: space.min(31), ..rule });
        if !self.edge(&mut blocks, (rule, None), &inside, &style) {
            return self.boxed(node, column).into_iter().collect();
        }
        let padding = Edges { top: Px::ZERO, ..frame.padding };
        spread(&Frame { padding, border: Edges::default(), ..frame }, &mut blocks);
        blocks
    }

    /// What is in a flex or grid container, without the container's own box.
    pub(super) fn arranged(&mut self, node: NodeId, element: &Element, column: &Column) -> Vec<Block> {
        let style = self.tree.node(node).style.clone();
        let items = self.seen_items(node, &style);
        let stacked = matches!(style.display, Display::Flex | Display::InlineFlex)
            && matches!(style.flex.direction, FlexDirection::Column | FlexDirection::ColumnReverse);
        if items.len() < 2 || stacked {
            let mut blocks = self.stacked(&items, &style, column);
            if let ([item], false) = (&items[..], stacked) {
                let align = pushed(&style, &self.tree.node(*item).style);
                let paragraphs = blocks.iter_mut().filter_map(Block::paragraph);
                align.into_iter().zip(paragraphs).for_each(|(align, paragraph)| paragraph.look.align = align);
            }
            return blocks;
        }
        if let Some(line) = self.one_line(element, &items, (&style, column)) {
            return vec![line];
        }
        let tracks = Tracks::of(self, &items, &style, column.width);
        match tracks.filter(|tracks| tracks.columns.len() > 1) {
            Some(tracks) => self.side_by_side(&items, &tracks, (&style, column)),
            None => self.stacked(&items, &style, column),
        }
    }

    /// The items in the order in which they are seen: by `order`, and from the end where the direction says so. Word
    /// has but one order (CSS Flexible Box Layout 1, sections 5.1 and 5.4). Each line of a row that wraps has an
    /// end of its own, so such a row stays as it is.
    pub(super) fn seen_items(&mut self, node: NodeId, style: &ComputedStyle) -> Vec<NodeId> {
        let mut items: Vec<NodeId> =
            self.children(node).into_iter().filter(|item| !self.is_blank(*item)).collect();
        items.sort_by_key(|item| self.tree.node(*item).style.flex.order);
        let is_flex = matches!(style.display, Display::Flex | Display::InlineFlex);
        match style.flex.direction {
            FlexDirection::ColumnReverse if is_flex => items.reverse(),
            FlexDirection::RowReverse if is_flex && style.flex.wrap == FlexWrap::Nowrap => items.reverse(),
            FlexDirection::RowReverse if is_flex => self.lost.note(Lost::Order, node),
            _ => {}
        }
        items
    }

    /// Items below one another, with the container's gap between them.
    fn stacked(&mut self, items: &[NodeId], style: &ComputedStyle, column: &Column) -> Vec<Block> {
        let gap = style.flex.row_gap.resolve(column.width);
        let mut blocks: Vec<Block> = Vec::new();
        for item in items {
            let mut next = self.item(*item, column);
            if let Some(first) = next.first_mut().filter(|_| !blocks.is_empty()) {
                *first.before() = *first.before() + gap;
            }
            blocks.extend(next);
        }
        blocks
    }

    /// An item with its own box.
    fn item(&mut self, item: NodeId, column: &Column) -> Vec<Block> {
        if self.tree.element(item).is_none() || self.is_inline(item) && !self.is_picture(item) {
            return self.leaf_or_text(item, column);
        }
        self.block(item, column)
    }

    /// An item that is a line: text, or an inline element which the container made a block.
    fn leaf_or_text(&mut self, item: NodeId, column: &Column) -> Vec<Block> {
        if self.tree.element(item).is_some() {
            return self.leaf(item, &self.children(item), column);
        }
        let Some(parent) = self.tree.node(item).parent else { return Vec::new() };
        let style = self.tree.node(parent).style.clone();
        let Some(element) = self.tree.element(parent) else { return Vec::new() };
        let look = self.paragraph_look(&style, column);
        let kind = Kind { context: column.context.clone(), role: column.role, ..Kind::default() };
        self.paragraph(element, &[item], (kind, look), column).into_iter().collect()
    }

    /// Items of a few words each, on one line with tab stops.
    fn one_line(
        &mut self,
        element: &Element,
        items: &[NodeId],
        (style, column): (&ComputedStyle, &Column),
    ) -> Option<Block> {
        if !matches!(style.display, Display::Flex | Display::InlineFlex) {
            return None;
        }
        let stops = self.tab_stops(items, style, column)?;
        let middle = matches!(style.flex.align_items, BoxAlign::Center);
        let mut look =
            super::look::ParagraphLook { tabs: stops, middle, ..self.paragraph_look(style, column) };
        let run = self.run_look(style, &element.lang, column.under);
        let mut line = Line::new(run.clone(), column.width);
        let waiting = std::mem::take(&mut self.waiting);
        let whose = items.first().map_or_else(Whose::default, |item| self.whose(*item));
        let owner = items.first().and_then(|item| self.tree.node(*item).parent);
        owner.into_iter().for_each(|owner| self.link_around(owner, &mut line));
        for (index, item) in items.iter().enumerate() {
            if index > 0 {
                self.plain_tab(&mut line);
            }
            self.inlines(&[*item], &mut line, column.under);
        }
        let mut inlines = self.finish(line);
        for id in &waiting {
            self.mark(id, &mut inlines.children);
        }
        if inlines.pictures > 0 {
            // A line lower than the picture would cut it off.
            look.line = LineRule::Multiple(240);
        }
        let kind =
            Kind { role: Role::Text, classes: element.classes.clone(), context: column.context.clone() };
        let css = element.attribute("style").map_or(column.css, |_| Css::Inline);
        let paragraph = Paragraph::new(kind, look, run, inlines.children);
        Some(Block::Paragraph(Box::new(Paragraph { css, length: inlines.length, whose, ..paragraph })))
    }

    /// Where the items of a line begin; `None` where they do not fit on one.
    fn tab_stops(&self, items: &[NodeId], style: &ComputedStyle, column: &Column) -> Option<Vec<TabStop>> {
        let mut stops = Vec::new();
        let mut at = Px::ZERO;
        let gap = style.flex.column_gap.map_or(Px::ZERO, |gap| gap.resolve(column.width));
        let mut pushed = false;
        let last = items.len() - 1;
        for (index, item) in items.iter().enumerate() {
            let own = &self.tree.node(*item).style;
            let picture = self.is_picture(*item);
            let plain = self.has_only_inlines(*item) || picture || self.tree.element(*item).is_none();
            if !plain || self.has_break(*item) || !Decoration::of(own, column.under).is_none() {
                return None;
            }
            let frame = Frame::of(
                &ComputedStyle {
                    boxes: crate::style::computed::Boxes { width: Sizing::Auto, ..own.boxes.clone() },
                    ..(**own).clone()
                },
                column.width,
            );
            let text = self.extent(*item).line + frame.padding.horizontal();
            let width = asked(own, column.width).unwrap_or(text).max(text).max(least(own, column.width));
            if picture && width.0 > 64.0 {
                return None;
            }
            let auto = own.boxes.margin.left == LengthOrAuto::Auto;
            let between = style.flex.justify_content == BoxAlign::SpaceBetween;
            pushed |= auto || between;
            at += frame.margin.left.max(Px::ZERO);
            if index > 0 {
                let align = if pushed && index == last { Align::Right } else { Align::Left };
                let at = if align == Align::Right { column.width } else { at };
                stops.push(TabStop { at: Twips::from(column.left + at), align, leader: false });
            }
            at += width + gap + frame.margin.right.max(Px::ZERO);
            pushed |= own.flex.grow > 0.0;
        }
        (at - gap <= column.width && items.len() <= 4).then_some(stops)
    }

    /// Whether there is a line break in a node.
    fn has_break(&self, node: NodeId) -> bool {
        let is_break =
            |child: &NodeId| self.tree.element(*child).is_some_and(|element| &*element.tag == "br");
        self.tree.node(node).children.iter().any(|child| is_break(child) || self.has_break(*child))
    }

    /// Items in the cells of a table without lines; rows of cards with a distance between them are a table each.
    fn side_by_side(
        &mut self,
        items: &[NodeId],
        tracks: &Tracks,
        (style, column): (&ComputedStyle, &Column),
    ) -> Vec<Block> {
        let cards =
            items.iter().any(|item| !Decoration::of(&self.tree.node(*item).style, column.under).is_none());
        let gutter = if cards { tracks.gap } else { Px::ZERO };
        let mut columns = Vec::new();
        for (index, width) in tracks.columns.iter().enumerate() {
            let last = index + 1 == tracks.columns.len();
            if gutter.0 > 0.5 {
                columns.push(Twips::from(*width));
                columns.extend((!last).then(|| Twips::from(gutter)));
            } else {
                columns.push(Twips::from(*width + if last { Px::ZERO } else { tracks.gap }));
            }
        }
        let rows: Vec<Row> = (0..tracks.rows())
            .map(|row| self.row(items, tracks, (row, gutter, cards), (style, column)))
            .collect();
        let table = |rows: Vec<Row>, before: Twips| {
            Block::Table(Box::new(Table {
                before,
                indent: Twips::from(column.left),
                columns: columns.clone(),
                rows,
                purpose: Purpose::Arrangement,
                direction: style.text.direction,
                ..Table::default()
            }))
        };
        if gutter.0 <= 0.5 || tracks.row_gap.0 <= 0.5 {
            return vec![table(rows, Twips(0))];
        }
        let gap = Twips::from(tracks.row_gap);
        let before = |row: usize| if row > 0 { gap } else { Twips(0) };
        rows.into_iter().enumerate().map(|(index, row)| table(vec![row], before(index))).collect()
    }

    fn row(
        &mut self,
        items: &[NodeId],
        tracks: &Tracks,
        (row, gutter, cards): (usize, Px, bool),
        (style, column): (&ComputedStyle, &Column),
    ) -> Row {
        let mut cells = Vec::new();
        let mut at = 0;
        let gap = gutter.0 > 0.5;
        let empty = |span: usize| Cell { span, ..Cell::default() };
        let grid = |columns: usize| if gap { columns * 2 - 1 } else { columns };
        let below = row + 1 < tracks.rows();
        for Placement { item, column: from, span, .. } in tracks.in_row(row) {
            if from > at {
                cells.push(empty(grid(from - at)));
                cells.extend((gap && from > 0).then(|| empty(1)));
            } else if gap && from > 0 {
                cells.push(empty(1));
            }
            let width: Px = tracks.columns[from..from + span].iter().copied().sum();
            let width = width + tracks.gap * (span - 1) as f32;
            let last = from + span == tracks.columns.len();
            let mut cell = self.item_cell(items[item], width, (style, column));
            if !gap && !last {
                cell.padding.right = cell.padding.right + tracks.gap;
            }
            if !cards && below {
                cell.padding.bottom = cell.padding.bottom + tracks.row_gap;
            }
            cell.span = grid(span);
            cells.push(cell);
            at = from + span;
        }
        if at < tracks.columns.len() {
            cells.extend((gap && at > 0).then(|| empty(1)));
            cells.push(empty(grid(tracks.columns.len() - at)));
        }
        for cell in cells.iter_mut().filter(|cell| cell.blocks.is_empty()) {
            cell.blocks.extend(
                self.spacer(&Column::new(Px(1.0), column.under), style, Twips(20))
                    .map(|line| Block::Paragraph(Box::new(line))),
            );
        }
        let texts = tracks.in_row(row).map(|place| self.text_of(items[place.item]).len());
        let unbroken = texts.max().unwrap_or(0) < LONG_ITEM;
        let asked = tracks.in_row(row).filter_map(|place| {
            let style = &self.tree.node(items[place.item]).style;
            asked_height(style).filter(|_| self.tree.element(items[place.item]).is_some())
        });
        Row { cells, header: false, unbroken, height: asked.map(Twips::from).max() }
    }

    /// An item as a cell: the cell takes the item's background, borders and padding.
    fn item_cell(&mut self, item: NodeId, width: Px, (container, column): (&ComputedStyle, &Column)) -> Cell {
        let own = self.tree.node(item).style.clone();
        let mut cell = match self.tree.element(item) {
            Some(_) => self.box_cell(item, width, column),
            None => Cell {
                blocks: self
                    .leaf_or_text(item, &Column { left: Px::ZERO, right: Px::ZERO, width, ..column.clone() }),
                ..Cell::default()
            },
        };
        let align = if own.flex.align_self == BoxAlign::Auto {
            container.flex.align_items
        } else {
            own.flex.align_self
        };
        cell.align = match align {
            BoxAlign::Center => VerticalPlace::Middle,
            BoxAlign::End | BoxAlign::FlexEnd => VerticalPlace::Bottom,
            _ => VerticalPlace::Top,
        };
        if self.fills_its_line(item, &own) {
            cell.align = VerticalPlace::Middle;
            let paragraphs = cell.blocks.iter_mut().filter_map(Block::paragraph);
            paragraphs.for_each(|paragraph| paragraph.look.line = LineRule::Multiple(240));
        }
        cell
    }

    /// Whether an item is a line as high as itself, which is how its words come to stand in its middle.
    fn fills_its_line(&self, item: NodeId, style: &ComputedStyle) -> bool {
        let LineHeight::Length(line) = style.text.line_height else { return false };
        let Sizing::Length(height) = style.boxes.height else { return false };
        let same = (line.px - height.px).0.abs() < 0.5 && height.percent == 0.0;
        same && !self.is_picture(item) && self.has_only_inlines(item)
    }

    fn is_picture(&self, node: NodeId) -> bool {
        self.tree.element(node).is_some_and(|element| element.picture.is_some())
    }
}

/// Where the only item of a row stands that is as wide as its text: auto margins come before `justify-content`
/// (CSS Flexible Box Layout 1, section 8.1).
fn pushed(container: &ComputedStyle, item: &ComputedStyle) -> Option<Align> {
    let is_flex = matches!(container.display, Display::Flex | Display::InlineFlex);
    if !is_flex || item.flex.grow > 0.0 || item.boxes.width != Sizing::Auto {
        return None;
    }
    let auto = |side: LengthOrAuto| side == LengthOrAuto::Auto;
    let margin = item.boxes.margin;
    match (auto(margin.left), auto(margin.right), container.flex.justify_content) {
        (true, true, _)
        | (false, false, BoxAlign::Center | BoxAlign::SpaceAround | BoxAlign::SpaceEvenly) => {
            Some(Align::Center)
        }
        (true, false, _) | (false, false, BoxAlign::End | BoxAlign::FlexEnd) => Some(Align::Right),
        _ => None,
    }
}

/// The width that a box has at least.
pub(super) fn least(style: &ComputedStyle, column: Px) -> Px {
    match style.boxes.min_width {
        Sizing::Length(length) => length.resolve(column),
        _ => Px::ZERO,
    }
}

/// The width that a box asks for.
pub(super) fn asked(style: &ComputedStyle, column: Px) -> Option<Px> {
    let length = |sizing: Sizing| match sizing {
        Sizing::Length(length) => Some(length.resolve(column)),
        _ => None,
    };
    length(style.flex.basis).filter(|basis| basis.0 > 0.0).or_else(|| length(style.boxes.width))
}
