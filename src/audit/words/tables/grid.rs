//! The cells of a table at their rows and columns (WHATWG HTML, section 4.9.12).

use std::collections::BTreeSet;
use std::ops::Range;

use super::super::reading::Reading;
use crate::style::{Element, NodeId};

/// The most columns that a cell may span (WHATWG HTML, section 4.9.11).
const MOST_COLUMNS: usize = 1000;
/// Columns that are told apart at most; no page has room for so many.
const WIDEST: usize = 4096;

/// A table.
pub(super) struct Grid<'a> {
    /// Its element.
    pub node: NodeId,
    /// Its cells, row by row.
    pub cells: Vec<Cell<'a>>,
    /// Its rows with their numbers of columns.
    pub widths: Vec<(NodeId, usize)>,
    /// The first cell that lies over another one.
    pub overlap: Option<NodeId>,
    /// The ids of its header cells.
    pub ids: BTreeSet<&'a str>,
}

/// A cell.
pub(super) struct Cell<'a> {
    /// Its element.
    pub node: NodeId,
    /// Its first row, from 0.
    pub row: usize,
    /// The columns that it is in, from 0.
    pub columns: Range<usize>,
    /// The rows that it is in, from 0.
    pub rows: Range<usize>,
    /// Its group of rows ends before this row.
    group_end: usize,
    /// Whether it is a `th`.
    pub is_header: bool,
    /// Its `scope`.
    pub scope: Option<&'a str>,
    /// Its `id`.
    pub id: Option<&'a str>,
    /// The ids in its `headers`.
    pub headers: Vec<&'a str>,
}

/// Which rows and columns have header cells, and which have others.
pub(super) struct Heads {
    /// By column the first row with a header for it.
    columns: Vec<Option<usize>>,
    /// By row whether it has a header for it.
    rows: Vec<bool>,
    /// By column the last row with a cell.
    last: Vec<usize>,
    /// By row whether there is a cell that is no header.
    data_rows: Vec<bool>,
}

impl<'a> Grid<'a> {
    /// Puts the cells of a table at their places.
    pub fn of(reading: &'a Reading<'_>, table: NodeId) -> Self {
        let mut grid =
            Self { node: table, cells: Vec::new(), widths: Vec::new(), overlap: None, ids: BTreeSet::new() };
        for rows in groups(reading, table) {
            grid.group(reading, &rows);
        }
        grid.ids = grid.cells.iter().filter(|cell| cell.is_header).filter_map(|cell| cell.id).collect();
        grid
    }

    /// Adds the rows of a group. No cell reaches out of its group.
    fn group(&mut self, reading: &'a Reading<'_>, rows: &[NodeId]) {
        let end = self.widths.len() + rows.len();
        // By column the row before which a cell from above ends.
        let mut busy: Vec<usize> = Vec::new();
        for &row in rows {
            let index = self.widths.len();
            let is_free =
                |busy: &[usize], column: usize| busy.get(column).is_none_or(|until| *until <= index);
            let mut column = 0;
            for (node, element) in
                reading.children(row).filter(|(_, child)| matches!(&*child.tag, "td" | "th"))
            {
                while !is_free(&busy, column) {
                    column += 1;
                }
                let (down, across) = spans(element);
                let until = if down == 0 { end } else { end.min(index + down) };
                let columns = column..(column + across).min(WIDEST.max(column + 1));
                if !columns.clone().all(|column| is_free(&busy, column)) {
                    self.overlap.get_or_insert(node);
                }
                busy.resize(busy.len().max(columns.end), 0);
                busy[columns.clone()].fill(until);
                column = columns.end;
                self.cells.push(Cell::of(node, element, columns, (index..until, end)));
            }
            let reached = busy.iter().rposition(|until| *until > index).map_or(0, |column| column + 1);
            self.widths.push((row, reached));
        }
    }

    /// Which rows and columns have headers.
    pub fn heads(&self) -> Heads {
        let columns = self.cells.iter().map(|cell| cell.columns.end).max().unwrap_or(0);
        let mut heads = Heads {
            columns: vec![None; columns],
            rows: vec![false; self.widths.len()],
            last: vec![0; columns],
            data_rows: vec![false; self.widths.len()],
        };
        for cell in &self.cells {
            for last in &mut heads.last[cell.columns.clone()] {
                *last = (*last).max(cell.rows.end - 1);
            }
            if !cell.is_header {
                heads.data_rows[cell.rows.clone()].fill(true);
                continue;
            }
            if cell.may_head_columns() {
                for first in &mut heads.columns[cell.columns.clone()] {
                    first.get_or_insert(cell.row);
                }
            }
            if cell.may_head_rows() {
                heads.rows[cell.headed()].fill(true);
            }
        }
        heads
    }
}

impl<'a> Cell<'a> {
    fn of(
        node: NodeId,
        element: &'a Element,
        columns: Range<usize>,
        (rows, group_end): (Range<usize>, usize),
    ) -> Self {
        Self {
            node,
            row: rows.start,
            columns,
            rows,
            group_end,
            is_header: &*element.tag == "th",
            scope: element.attribute("scope"),
            id: element.id.as_deref(),
            headers: element.attribute("headers").unwrap_or_default().split_ascii_whitespace().collect(),
        }
    }

    fn may_head_columns(&self) -> bool {
        !matches!(self.scope, Some("row" | "rowgroup"))
    }

    /// The rows that it may head: its own, and those that follow in its group where it is the header of all of them.
    fn headed(&self) -> Range<usize> {
        let is_of_group = self.scope.is_some_and(|scope| scope.eq_ignore_ascii_case("rowgroup"));
        self.row..if is_of_group { self.group_end } else { self.rows.end }
    }

    fn may_head_rows(&self) -> bool {
        !matches!(self.scope, Some("col" | "colgroup"))
    }
}

impl Heads {
    /// Whether a header cell stands above a cell or beside it.
    pub fn reach(&self, cell: &Cell<'_>) -> bool {
        let mut above = self.columns.get(cell.columns.clone()).into_iter().flatten();
        above.any(|first| first.is_some_and(|first| first < cell.row))
            || self.rows.get(cell.rows.clone()).is_some_and(|rows| rows.contains(&true))
    }

    /// Whether a header cell has cells below it or beside it.
    pub fn serves(&self, cell: &Cell<'_>) -> bool {
        let mut below = self.last.get(cell.columns.clone()).into_iter().flatten();
        let heads_column = cell.may_head_columns() && below.any(|last| *last > cell.row);
        let heads_row = cell.may_head_rows()
            && self.data_rows.get(cell.headed()).is_some_and(|rows| rows.contains(&true));
        heads_column || heads_row
    }
}

/// The rows of a table, group by group: its head, bodies and foot, and rows that stand in none.
fn groups(reading: &Reading<'_>, table: NodeId) -> Vec<Vec<NodeId>> {
    let mut groups = Vec::new();
    let mut loose = Vec::new();
    for (node, element) in reading.children(table) {
        match &*element.tag {
            "tr" => loose.push(node),
            "thead" | "tbody" | "tfoot" => {
                groups.extend((!loose.is_empty()).then(|| std::mem::take(&mut loose)));
                let rows = reading.children(node).filter(|(_, child)| &*child.tag == "tr");
                groups.push(rows.map(|(row, _)| row).collect());
            }
            _ => {}
        }
    }
    groups.push(loose);
    groups
}

/// How many rows and columns a cell spans; 0 rows are all that follow in its group.
fn spans(element: &Element) -> (usize, usize) {
    let number = |name: &str| element.attribute(name).and_then(|value| value.trim().parse::<usize>().ok());
    let across = number("colspan").filter(|&across| across > 0 && across <= MOST_COLUMNS).unwrap_or(1);
    (number("rowspan").unwrap_or(1).min(65_534), across)
}
