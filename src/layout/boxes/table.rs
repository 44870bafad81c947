//! The boxes of a table, its missing ones made up (CSS Tables 3, section 2.1), and its grid of cells
//! (HTML, 4.9.12).

use std::collections::BTreeSet;

use super::build::{Builder, anonymous_style};
use super::{BoxId, Kind, Origin};
use crate::style::NodeId;
use crate::style::computed::{Display, Sizing};

/// The rows and cells of a table.
#[derive(Debug, Default)]
pub(in crate::layout) struct TableGrid {
    /// The captions in order.
    pub captions: Vec<BoxId>,
    /// What `col` elements say, from the first column.
    pub columns: Vec<Column>,
    /// The rows: those of the head first, then the body's, then the foot's.
    pub rows: Vec<Row>,
    /// How many columns there are.
    pub width: usize,
}

/// What a `col` element says.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::layout) struct Column {
    /// Its `width`.
    pub width: Sizing,
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

impl Builder<'_> {
    /// The box of a table.
    pub(super) fn table(&mut self, node: NodeId, depth: usize) -> BoxId {
        let style = self.tree.node(node).style.clone();
        let id = self.push(node, style, Origin::Element, Kind::Table(Box::default()));
        self.remember(node, id);
        let mut grid = TableGrid::default();
        self.table_children(id, node, depth, &mut grid);
        grid.rows.sort_by_key(|row| row.section);
        place_cells(&mut grid);
        self.collapse_borders(id, &grid);
        self.boxes[id.0 as usize].kind = Kind::Table(Box::new(grid));
        id
    }

    fn table_children(&mut self, id: BoxId, node: NodeId, depth: usize, grid: &mut TableGrid) {
        let mut strays = Vec::new();
        for child in self.children(node) {
            let display = self.display(child);
            let Some(display) = display.filter(|display| is_table_part(*display)) else {
                strays.push(child);
                continue;
            };
            self.stray_rows(id, node, depth, &mut strays, grid);
            match display {
                Display::TableCaption => {
                    let caption = self.element(child, depth + 1);
                    self.adopt(id, caption);
                    grid.captions.push(caption);
                }
                Display::TableColumn | Display::TableColumnGroup => self.columns(child, grid),
                Display::TableHeaderGroup => self.group(id, child, depth, Section::Head, grid),
                Display::TableFooterGroup => self.group(id, child, depth, Section::Foot, grid),
                _ => self.group(id, child, depth, Section::Body, grid),
            }
        }
        self.stray_rows(id, node, depth, &mut strays, grid);
    }

    fn display(&self, node: NodeId) -> Option<Display> {
        self.tree.element(node).map(|_| self.tree.node(node).style.display)
    }

    /// Rows, cells and anything else that stands in no row group get an anonymous one.
    fn stray_rows(
        &mut self,
        id: BoxId,
        node: NodeId,
        depth: usize,
        strays: &mut Vec<NodeId>,
        grid: &mut TableGrid,
    ) {
        if !self.is_blank(strays) {
            let style = anonymous_style(&self.tree.node(node).style);
            let group = self.push(node, style, Origin::Anonymous, Kind::Flow);
            self.adopt(id, group);
            self.rows(group, node, depth, strays, Section::Body, grid);
        }
        strays.clear();
    }

    fn group(&mut self, id: BoxId, node: NodeId, depth: usize, section: Section, grid: &mut TableGrid) {
        let style = self.tree.node(node).style.clone();
        let group = self.push(node, style, Origin::Element, Kind::Flow);
        self.remember(node, group);
        self.adopt(id, group);
        let children = self.children(node);
        self.rows(group, node, depth, &children, section, grid);
    }

    /// The rows among `children`; runs of other things get an anonymous row.
    #[allow(clippy::too_many_arguments, reason = "the place of a row in its table")]
    fn rows(
        &mut self,
        group: BoxId,
        node: NodeId,
        depth: usize,
        children: &[NodeId],
        section: Section,
        grid: &mut TableGrid,
    ) {
        let mut strays = Vec::new();
        for child in children.iter().copied().map(Some).chain([None]) {
            if let Some(child) = child.filter(|&child| self.display(child) != Some(Display::TableRow)) {
                strays.push(child);
                continue;
            }
            if !self.is_blank(&strays) {
                let style = anonymous_style(&self.tree.node(node).style);
                let row = self.push(node, style, Origin::Anonymous, Kind::Flow);
                let cells = self.cells(row, node, depth, &strays);
                self.adopt(group, row);
                grid.rows.push(Row { of: row, group, section, cells });
            }
            strays.clear();
            if let Some(child) = child {
                let style = self.tree.node(child).style.clone();
                let row = self.push(child, style, Origin::Element, Kind::Flow);
                self.remember(child, row);
                let children = self.children(child);
                let cells = self.cells(row, child, depth, &children);
                self.adopt(group, row);
                grid.rows.push(Row { of: row, group, section, cells });
            }
        }
    }

    /// The cells of a row; what is not a cell gets an anonymous one.
    fn cells(&mut self, row: BoxId, node: NodeId, depth: usize, children: &[NodeId]) -> Vec<Cell> {
        let mut cells = Vec::new();
        let mut strays = Vec::new();
        for child in children.iter().copied().map(Some).chain([None]) {
            if let Some(child) = child.filter(|&child| self.display(child) != Some(Display::TableCell)) {
                strays.push(child);
                continue;
            }
            if !self.is_blank(&strays) {
                let style = anonymous_style(&self.tree.node(node).style);
                let cell = self.push(node, style, Origin::Anonymous, Kind::Flow);
                self.fill(cell, node, &strays, depth + 3);
                self.adopt(row, cell);
                cells.push(Cell { of: cell, column: 0, columns: 1, rows: 1 });
            }
            strays.clear();
            if let Some(child) = child {
                let cell = self.element(child, depth + 3);
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
        let inner = self.children(node);
        let cols: Vec<NodeId> =
            inner.into_iter().filter(|&child| self.display(child) == Some(Display::TableColumn)).collect();
        let cols = if cols.is_empty() { vec![node] } else { cols };
        for col in cols {
            let width = self.tree.node(col).style.boxes.width;
            for _ in 0..self.span(col, "span").max(1) {
                grid.columns.push(Column { width });
            }
        }
    }
}

fn is_table_part(display: Display) -> bool {
    matches!(
        display,
        Display::TableCaption
            | Display::TableColumn
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
