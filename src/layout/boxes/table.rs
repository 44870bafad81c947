//! The boxes of a table, its missing ones made up (CSS Tables 3, section 2.1), and its grid of cells
//! (HTML, 4.9.12).

use std::collections::BTreeSet;
use std::sync::Arc;

use super::build::{Builder, anonymous_style};
use super::collapse::CollapsedBorders;
use super::{BoxId, Kind, Origin};
use crate::style::NodeId;
use crate::style::computed::{
    Border, BoxSizing, Boxes, Break, CaptionSide, ComputedStyle, Display, Fragmentation, LengthPercentage,
    Paint, Positioning, Sizing, TableLayout,
};

/// The rows and cells of a table.
#[derive(Debug, Default)]
pub(in crate::layout) struct TableGrid {
    /// What `col` elements say, from the first column.
    pub columns: Vec<Column>,
    /// The rows: those of the head first, then the body's, then the foot's.
    pub rows: Vec<Row>,
    /// How many columns there are.
    pub width: usize,
    /// The borders between the cells, where they collapse.
    pub borders: Option<CollapsedBorders>,
}

/// A column that a `col` or `colgroup` element tells of.
#[derive(Clone, Debug)]
pub(in crate::layout) struct Column {
    /// The style of its element.
    pub style: Arc<ComputedStyle>,
    /// The group that it is in.
    pub group: Option<ColumnGroup>,
}

/// A `colgroup` as one of its columns sees it.
#[derive(Clone, Debug)]
pub(in crate::layout) struct ColumnGroup {
    /// Its style.
    pub style: Arc<ComputedStyle>,
    /// Whether the column is its first.
    pub starts: bool,
    /// Whether the column is its last.
    pub ends: bool,
}

/// A row of a table.
#[derive(Debug)]
pub(in crate::layout) struct Row {
    /// Its box.
    pub of: BoxId,
    /// The box of its row group.
    pub group: BoxId,
    /// Which part of the table it is in.
    pub section: Section,
    /// The cells that start in it.
    pub cells: Vec<Cell>,
}

/// A part of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::layout) enum Section {
    /// `table-header-group`: repeated on every page.
    Head,
    /// `table-row-group`.
    Body,
    /// `table-footer-group`: repeated on every page.
    Foot,
}

/// A cell of a table.
#[derive(Clone, Copy, Debug)]
pub(in crate::layout) struct Cell {
    /// Its box.
    pub of: BoxId,
    /// The first column.
    pub column: usize,
    /// How many columns it spans.
    pub columns: usize,
    /// How many rows it spans, within its section.
    pub rows: usize,
}

/// A row group, or the anonymous one that takes its place.
#[derive(Clone, Copy)]
struct Group {
    /// Its box.
    of: BoxId,
    /// Its element, or the table's.
    node: NodeId,
    section: Section,
    depth: usize,
}

impl TableGrid {
    /// Makes bodies of all heads but the first and all feet but the first (CSS 2, 17.2).
    fn only_first_is_repeated(&mut self) {
        for section in [Section::Head, Section::Foot] {
            let first = self.rows.iter().find(|row| row.section == section).map(|row| row.group);
            for row in self.rows.iter_mut().filter(|row| row.section == section && Some(row.group) != first) {
                row.section = Section::Body;
            }
        }
    }
}

impl Builder<'_> {
    /// The box of a table; with captions, the box around both (CSS 2, 17.4).
    pub(super) fn table(&mut self, node: NodeId, depth: usize) -> BoxId {
        let style = self.tree.node(node).style.clone();
        let children = self.children(node);
        let is_caption = |child: &NodeId| self.display(*child) == Some(Display::TableCaption);
        let (captions, parts): (Vec<NodeId>, Vec<NodeId>) = children.into_iter().partition(is_caption);
        if captions.is_empty() {
            let id = self.push(node, style, Origin::Element, Kind::Table(Box::default()));
            self.remember(node, id);
            self.table_parts(id, &parts, depth);
            return id;
        }
        let outer = self.push(node, wrapper_style(&style), Origin::Element, Kind::Captioned);
        self.remember(node, outer);
        let at_bottom =
            |caption: &NodeId| self.tree.node(*caption).style.table.caption == CaptionSide::Bottom;
        let (below, above): (Vec<NodeId>, Vec<NodeId>) = captions.into_iter().partition(at_bottom);
        for caption in above {
            let caption = self.caption(outer, caption, depth);
            self.boxes[caption.0 as usize].breaks.after = Break::Avoid;
        }
        let id = self.push(node, grid_style(&style), Origin::Element, Kind::Table(Box::default()));
        self.adopt(outer, id);
        self.table_parts(id, &parts, depth);
        for caption in below {
            let caption = self.caption(outer, caption, depth);
            self.boxes[caption.0 as usize].breaks.before = Break::Avoid;
        }
        outer
    }

    /// An anonymous table around parts of a table that stand in none.
    pub(super) fn stray_table(&mut self, node: NodeId, parts: &[NodeId], depth: usize) -> BoxId {
        let style = ComputedStyle {
            display: Display::Table,
            ..(*anonymous_style(&self.tree.node(node).style)).clone()
        };
        let id = self.push(node, Arc::new(style), Origin::Anonymous, Kind::Table(Box::default()));
        self.table_parts(id, parts, depth);
        id
    }

    fn caption(&mut self, outer: BoxId, caption: NodeId, depth: usize) -> BoxId {
        let caption = self.element(caption, depth + 1);
        self.adopt(outer, caption);
        caption
    }

    /// Fills the box of a table with its row groups, and finds the places of the cells.
    fn table_parts(&mut self, id: BoxId, parts: &[NodeId], depth: usize) {
        let node = self.boxes[id.0 as usize].node;
        let mut grid = TableGrid::default();
        let mut strays = Vec::new();
        for part in parts.iter().copied().map(Some).chain([None]) {
            let display = part.and_then(|part| self.display(part)).filter(|display| is_table_part(*display));
            if let (Some(part), None) = (part, display) {
                strays.push(part);
                continue;
            }
            if !self.is_blank(&strays) {
                let of = self.anonymous(id, node);
                let group = Group { of, node, section: Section::Body, depth };
                self.rows(group, &strays, &mut grid);
            }
            strays.clear();
            let (Some(part), Some(display)) = (part, display) else { continue };
            let section = match display {
                Display::TableColumn | Display::TableColumnGroup => {
                    self.columns(part, &mut grid);
                    continue;
                }
                Display::TableHeaderGroup => Section::Head,
                Display::TableFooterGroup => Section::Foot,
                _ => Section::Body,
            };
            let of = self.part(id, part);
            let children = self.children(part);
            self.rows(Group { of, node: part, section, depth }, &children, &mut grid);
        }
        grid.only_first_is_repeated();
        grid.rows.sort_by_key(|row| row.section);
        place_cells(&mut grid);
        grid.borders = self.collapse_borders(id, &grid);
        self.boxes[id.0 as usize].kind = Kind::Table(Box::new(grid));
    }

    fn display(&self, node: NodeId) -> Option<Display> {
        self.tree.element(node).map(|_| self.tree.node(node).style.display)
    }

    /// The box of a row group or a row.
    fn part(&mut self, parent: BoxId, node: NodeId) -> BoxId {
        let style = self.tree.node(node).style.clone();
        let part = self.push(node, style, Origin::Element, Kind::Flow);
        self.remember(node, part);
        self.adopt(parent, part);
        part
    }

    /// An anonymous row group, row or cell.
    fn anonymous(&mut self, parent: BoxId, node: NodeId) -> BoxId {
        let style = anonymous_style(&self.tree.node(node).style);
        let part = self.push(node, style, Origin::Anonymous, Kind::Flow);
        self.adopt(parent, part);
        part
    }

    /// The rows among `children`; runs of other things get an anonymous row.
    fn rows(&mut self, group: Group, children: &[NodeId], grid: &mut TableGrid) {
        let mut strays = Vec::new();
        for child in children.iter().copied().map(Some).chain([None]) {
            if let Some(child) = child.filter(|&child| self.display(child) != Some(Display::TableRow)) {
                strays.push(child);
                continue;
            }
            if !self.is_blank(&strays) {
                let row = self.anonymous(group.of, group.node);
                let cells = self.cells(row, group, &strays);
                grid.rows.push(Row { of: row, group: group.of, section: group.section, cells });
            }
            strays.clear();
            if let Some(child) = child {
                let row = self.part(group.of, child);
                let children = self.children(child);
                let cells = self.cells(row, Group { node: child, ..group }, &children);
                grid.rows.push(Row { of: row, group: group.of, section: group.section, cells });
            }
        }
    }

    /// The cells of a row; what is not a cell gets an anonymous one.
    fn cells(&mut self, row: BoxId, within: Group, children: &[NodeId]) -> Vec<Cell> {
        let depth = within.depth + 3;
        let mut cells = Vec::new();
        let mut strays = Vec::new();
        for child in children.iter().copied().map(Some).chain([None]) {
            if let Some(child) = child.filter(|&child| self.display(child) != Some(Display::TableCell)) {
                strays.push(child);
                continue;
            }
            if !self.is_blank(&strays) {
                let cell = self.anonymous(row, within.node);
                self.fill(cell, within.node, &strays, depth);
                cells.push(Cell { of: cell, column: 0, columns: 1, rows: 1 });
            }
            strays.clear();
            if let Some(child) = child {
                let cell = self.element(child, depth);
                self.adopt(row, cell);
                let columns = self.span(child, "colspan").max(1);
                cells.push(Cell { of: cell, column: 0, columns, rows: self.span(child, "rowspan") });
            }
        }
        cells
    }

    fn span(&self, node: NodeId, name: &str) -> usize {
        let value = self.tree.element(node).and_then(|element| element.attribute(name));
        value.and_then(|value| value.trim().parse().ok()).map_or(1, |span: usize| span.min(1000))
    }

    fn columns(&self, node: NodeId, grid: &mut TableGrid) {
        let cols: Vec<NodeId> = self
            .children(node)
            .into_iter()
            .filter(|&child| self.display(child) == Some(Display::TableColumn))
            .collect();
        let is_group = self.display(node) == Some(Display::TableColumnGroup);
        let group = is_group.then(|| self.tree.node(node).style.clone());
        let first = grid.columns.len();
        for col in if cols.is_empty() { vec![node] } else { cols } {
            let style = self.tree.node(col).style.clone();
            for _ in 0..self.span(col, "span").max(1) {
                let group = group.clone().map(|style| ColumnGroup { style, starts: false, ends: false });
                grid.columns.push(Column { style: style.clone(), group });
            }
        }
        if let [first, ..] = &mut grid.columns[first..] {
            first.group.iter_mut().for_each(|group| group.starts = true);
        }
        let last = grid.columns.last_mut().and_then(|last| last.group.as_mut());
        last.into_iter().for_each(|group| group.ends = true);
    }
}

/// The style of the box around a table and its captions: what says where it goes and how wide it is.
fn wrapper_style(table: &ComputedStyle) -> Arc<ComputedStyle> {
    let mut style = table.clone();
    let extra = |size: Sizing| match (size, table.boxes.sizing) {
        (Sizing::Length(length), BoxSizing::ContentBox) => {
            let (padding, border) = (table.boxes.padding, table.border.widths());
            Sizing::Length(LengthPercentage {
                px: length.px + padding.left.px + padding.right.px + border.horizontal(),
                percent: length.percent + padding.left.percent + padding.right.percent,
                ..LengthPercentage::ZERO
            })
        }
        (size, _) => size,
    };
    style.boxes = Boxes {
        width: extra(table.boxes.width),
        min_width: extra(table.boxes.min_width),
        max_width: extra(table.boxes.max_width),
        margin: table.boxes.margin,
        sizing: BoxSizing::BorderBox,
        ..Boxes::default()
    };
    style.border = Border::default();
    let paint = &table.paint;
    style.paint = Paint {
        opacity: paint.opacity,
        transform: paint.transform.clone(),
        transform_origin: paint.transform_origin,
        ..Paint::default()
    };
    Arc::new(style)
}

/// The style of a table within its wrapper: as wide as that, and where that is.
fn grid_style(table: &ComputedStyle) -> Arc<ComputedStyle> {
    let mut style = table.clone();
    if table.boxes.width == Sizing::Auto {
        Arc::make_mut(&mut style.generated).table_layout = TableLayout::Auto;
    }
    style.boxes = Boxes {
        width: Sizing::Length(LengthPercentage { percent: 1.0, ..LengthPercentage::ZERO }),
        min_width: Sizing::Auto,
        max_width: Sizing::Auto,
        margin: Boxes::default().margin,
        sizing: BoxSizing::BorderBox,
        ..style.boxes
    };
    style.position = Positioning::default();
    style.paint = Paint { opacity: 1.0, transform: Arc::from([]), ..style.paint };
    let Fragmentation { inside, decoration, .. } = table.fragmentation;
    style.fragmentation = Fragmentation { inside, decoration, ..Fragmentation::default() };
    Arc::new(style)
}

fn is_table_part(display: Display) -> bool {
    matches!(
        display,
        Display::TableColumn
            | Display::TableColumnGroup
            | Display::TableHeaderGroup
            | Display::TableFooterGroup
            | Display::TableRowGroup
    )
}

/// Gives every cell its column, around cells that span rows, and keeps spans inside their section.
fn place_cells(grid: &mut TableGrid) {
    let sections: Vec<Section> = grid.rows.iter().map(|row| row.section).collect();
    let mut taken: BTreeSet<(usize, usize)> = BTreeSet::new();
    for (index, row) in grid.rows.iter_mut().enumerate() {
        let rest = sections[index..].iter().take_while(|section| **section == row.section).count();
        let mut column = 0;
        for cell in &mut row.cells {
            while taken.contains(&(index, column)) {
                column += 1;
            }
            cell.column = column;
            cell.rows = if cell.rows == 0 { rest } else { cell.rows.min(rest) };
            for row in index..index + cell.rows {
                taken.extend((column..column + cell.columns).map(|column| (row, column)));
            }
            column += cell.columns;
            grid.width = grid.width.max(column);
        }
    }
    grid.width = grid.width.max(grid.columns.len());
}
