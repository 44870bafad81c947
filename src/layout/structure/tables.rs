//! The grid of a table: spans that stay in it, rows of one length, and which cells are headers of which (ISO 32000-1,
//! 14.8.5.7; HTML, 4.9.12).
//!
//! `Scope` tells of a header whether it is its column's or its row's. Where cells name their headers, where a header
//! spans or a second one comes further down, each cell names those that the algorithm of HTML gives it.

use super::builder::Builder;
use super::roles::said;
use crate::layout::TagId;

/// More columns than any table on paper has; one that claims more is left as it is written.
const MOST_COLUMNS: usize = 2000;
/// As many headers as a cell is given from above, or from before it.
const MOST_HEADERS: usize = 16;

/// Puts every table in order.
pub(super) fn settle(builder: &mut Builder) {
    for table in (0..builder.tags.structure.nodes.len() as u32).map(TagId) {
        if builder.node(table).role != "Table" {
            continue;
        }
        if let Some(mut grid) = Grid::of(builder, table) {
            grid.classify(builder);
            grid.settle_cells(builder);
            grid.fill_up(builder);
            if grid.is_intricate(builder) {
                grid.assign();
                grid.name_headers(builder);
            }
        }
    }
}

/// What a header cell is a header of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scope {
    Column,
    Row,
    /// The rest of its group of rows.
    RowGroup,
    Both,
}

impl Scope {
    fn is_of_column(self) -> bool {
        matches!(self, Self::Column | Self::Both)
    }

    fn is_of_row(self) -> bool {
        matches!(self, Self::Row | Self::Both)
    }

    /// Its value in the file.
    fn name(self) -> &'static str {
        match self {
            Self::Column => "Column",
            Self::Row | Self::RowGroup => "Row",
            Self::Both => "Both",
        }
    }
}

#[derive(Debug)]
struct Cell {
    tag: TagId,
    /// The first column and row, and how many of them.
    x: usize,
    y: usize,
    width: usize,
    height: usize,
    is_header: bool,
    scope: Option<Scope>,
    speaks: bool,
    /// Its headers, by their places among the cells.
    headers: Vec<usize>,
}

#[derive(Debug)]
struct Row {
    tag: TagId,
    /// Which group of rows it is in.
    group: usize,
    in_head: bool,
    /// The cells that begin in it.
    cells: std::ops::Range<usize>,
    /// How many of its columns, from the first, cells stand in.
    width: usize,
}

#[derive(Debug, Default)]
struct Grid {
    cells: Vec<Cell>,
    rows: Vec<Row>,
    width: usize,
}

impl Grid {
    /// The grid of a table; `None` where it is too wide to be one.
    fn of(builder: &Builder, table: TagId) -> Option<Self> {
        let mut grid = Self::default();
        let mut group = Vec::new();
        let mut number = 0;
        for &child in &builder.node(table).children {
            let node = builder.node(child);
            match node.role {
                "TR" => group.push(child),
                role @ ("THead" | "TBody" | "TFoot") => {
                    grid.group(builder, &std::mem::take(&mut group), (number, false))?;
                    grid.group(builder, &node.children, (number + 1, role == "THead"))?;
                    number += 2;
                }
                _ => {}
            }
        }
        grid.group(builder, &group, (number, false))?;
        Some(grid)
    }

    /// Places the cells of a group of rows.
    fn group(&mut self, builder: &Builder, rows: &[TagId], (group, in_head): (usize, bool)) -> Option<()> {
        let has_cells = |row: &&TagId| !builder.node(**row).children.is_empty();
        let rows: Vec<TagId> = rows.iter().filter(has_cells).copied().collect();
        let end = self.rows.len() + rows.len();
        // Of each column the row that it is free from.
        let mut free: Vec<usize> = Vec::new();
        for row in rows {
            let (y, first) = (self.rows.len(), self.cells.len());
            let mut x = 0;
            for &tag in &builder.node(row).children {
                while free.get(x).is_some_and(|&from| from > y) {
                    x += 1;
                }
                let cell = cell(builder, tag, (x, y), end);
                x += cell.width;
                if x > MOST_COLUMNS {
                    return None;
                }
                free.resize(free.len().max(x), 0);
                free[cell.x..x].iter_mut().for_each(|from| *from = (*from).max(y + cell.height));
                self.cells.push(cell);
            }
            let width = free.iter().rposition(|&from| from > y).map_or(0, |last| last + 1);
            self.width = self.width.max(width);
            self.rows.push(Row { tag: row, group, in_head, cells: first..self.cells.len(), width });
        }
        Some(())
    }

    /// Tells what header cells are headers of: what they say, else by where data is (HTML, 4.9.12.2). A corner
    /// without words is no data.
    fn classify(&mut self, builder: &Builder) {
        let (mut rows, mut columns) = (vec![false; self.rows.len()], vec![false; self.width]);
        for cell in self.cells.iter().filter(|cell| !cell.is_header && cell.speaks) {
            rows[cell.y..cell.y + cell.height].fill(true);
            columns[cell.x..cell.x + cell.width].fill(true);
        }
        for at in 0..self.cells.len() {
            let cell = &self.cells[at];
            if !cell.is_header {
                continue;
            }
            let has_data = |of: &[bool], from: usize, count: usize| of[from..from + count].contains(&true);
            let by_place = if self.rows[cell.y].in_head || !has_data(&rows, cell.y, cell.height) {
                Scope::Column
            } else if !has_data(&columns, cell.x, cell.width) || cell.x == 0 {
                Scope::Row
            } else {
                Scope::Column
            };
            self.cells[at].scope = Some(said_scope(builder, cell.tag).unwrap_or(by_place));
        }
    }

    /// Writes down what the cells are.
    fn settle_cells(&self, builder: &mut Builder) {
        for cell in &self.cells {
            let node = builder.node_mut(cell.tag);
            node.span = (cell.height as u16, cell.width as u16);
            node.scope = cell.scope.map(Scope::name);
        }
    }

    /// Gives rows that end before the others the cells that they lack.
    fn fill_up(&self, builder: &mut Builder) {
        for row in self.rows.iter().filter(|row| row.width < self.width) {
            if let Some(node) = builder.node(row.tag).node {
                let cell = builder.add(Some(row.tag), "TD", node);
                builder.node_mut(cell).span = (1, (self.width - row.width) as u16);
            }
        }
    }

    /// Whether more than `Scope` is needed to find a cell's headers.
    fn is_intricate(&self, builder: &Builder) -> bool {
        let headers = || self.cells.iter().filter(|cell| cell.is_header);
        let is_late = |cell: &Cell| {
            let above = &self.cells[..self.rows[cell.y].cells.start];
            above.iter().any(|above| !above.is_header && above.speaks)
        };
        let last = headers().rfind(|cell| cell.scope.is_some_and(Scope::is_of_column));
        headers().any(|cell| cell.width > 1 || cell.height > 1)
            || headers().any(|cell| cell.x > 0 && cell.scope.is_some_and(Scope::is_of_row))
            || last.is_some_and(is_late)
            || self.cells.iter().any(|cell| attribute(builder, cell.tag, "headers").is_some())
    }

    /// Gives every cell its headers (HTML, 4.9.12.3), row after row: of each column and of the row the headers that
    /// are in force are kept.
    fn assign(&mut self) {
        let mut above: Vec<InForce> = vec![InForce::default(); self.width];
        let mut slots: Vec<Option<usize>> = vec![None; self.width];
        let mut of_group: Vec<usize> = Vec::new();
        for y in 0..self.rows.len() {
            if y > 0 && self.rows[y].group != self.rows[y - 1].group {
                of_group.clear();
            }
            for at in self.rows[y].cells.clone() {
                let cell = &self.cells[at];
                slots[cell.x..cell.x + cell.width].fill(Some(at));
            }
            let mut before = InForce::default();
            for x in 0..self.width {
                let Some(at) = slots[x].filter(|&at| self.cells[at].y + self.cells[at].height > y) else {
                    before.data();
                    continue;
                };
                if self.cells[at].x == x {
                    self.give(at, y, &before, &of_group);
                    self.step(at, Scope::is_of_row, &mut before);
                    if self.cells[at].scope == Some(Scope::RowGroup) && self.cells[at].y == y {
                        of_group.retain(|&other| self.cells[other].x != x);
                        of_group.push(at);
                    }
                }
                if self.cells[at].y == y {
                    let found = above[x].of(at, &self.cells);
                    self.cells[at].headers.extend(found);
                }
            }
            for (x, above) in above.iter_mut().enumerate() {
                match slots[x] {
                    Some(at) if self.cells[at].y + self.cells[at].height - 1 > y => {}
                    Some(at) => self.step(at, Scope::is_of_column, above),
                    None => above.data(),
                }
            }
        }
        for at in 0..self.cells.len() {
            let mut headers = std::mem::take(&mut self.cells[at].headers);
            headers.retain(|&header| header != at && self.cells[header].speaks);
            headers.sort_unstable();
            headers.dedup();
            self.cells[at].headers = headers;
        }
    }

    /// Gives a cell the headers of a row that it is in.
    fn give(&mut self, at: usize, y: usize, before: &InForce, of_group: &[usize]) {
        let mut found = before.of(at, &self.cells);
        if self.cells[at].y == y {
            let end = self.cells[at].x + self.cells[at].width;
            found.extend(of_group.iter().copied().filter(|&group| self.cells[group].x < end));
        }
        self.cells[at].headers.extend(found);
    }

    /// Goes on past a cell.
    fn step(&self, at: usize, counts: fn(Scope) -> bool, force: &mut InForce) {
        match self.cells[at].scope {
            Some(scope) => force.header(at, counts(scope), &self.cells),
            None => force.data(),
        }
    }

    /// Writes down the headers: those that a cell names itself, else those that it was given.
    fn name_headers(&self, builder: &mut Builder) {
        for cell in &self.cells {
            let named = attribute(builder, cell.tag, "headers").map(|ids| {
                let nodes: Vec<_> =
                    ids.split_ascii_whitespace().filter_map(|id| builder.names.node(id)).collect();
                let is_named = |other: &&Cell| {
                    other.tag != cell.tag
                        && other.is_header
                        && builder.node(other.tag).node.is_some_and(|node| nodes.contains(&node))
                };
                self.cells.iter().filter(is_named).map(|other| other.tag).collect()
            });
            let given = || cell.headers.iter().map(|&header| self.cells[header].tag).collect();
            builder.node_mut(cell.tag).headers = named.unwrap_or_else(given);
        }
    }
}

/// The headers that are in force at a place of a column or a row. Headers that stand together are one block; a header
/// ends those of earlier blocks that span the same.
#[derive(Clone, Debug, Default)]
struct InForce {
    /// Each with the number of its block.
    headers: Vec<(usize, usize)>,
    block: usize,
    in_block: bool,
}

impl InForce {
    fn data(&mut self) {
        self.in_block = false;
    }

    fn header(&mut self, at: usize, counts: bool, cells: &[Cell]) {
        if !self.in_block {
            self.block += 1;
            self.in_block = true;
        }
        if counts {
            let block = self.block;
            self.headers.retain(|&(other, of)| of == block || !span_the_same(&cells[other], &cells[at]));
            self.headers.push((at, block));
            if self.headers.len() > MOST_HEADERS {
                self.headers.remove(0);
            }
        }
    }

    /// Those of a cell that comes next.
    fn of(&self, at: usize, cells: &[Cell]) -> Vec<usize> {
        let cell = &cells[at];
        let same_block = |of: usize| self.in_block && of == self.block;
        let holds = |&&(other, of): &&(usize, usize)| {
            !cell.is_header || same_block(of) || !span_the_same(&cells[other], cell)
        };
        self.headers.iter().filter(holds).map(|(other, _)| *other).collect()
    }
}

/// Whether two cells have the same columns, or the same rows.
fn span_the_same(one: &Cell, other: &Cell) -> bool {
    (one.x, one.width) == (other.x, other.width) || (one.y, one.height) == (other.y, other.height)
}

/// A cell at its place; it ends where its group of rows does.
fn cell(builder: &Builder, tag: TagId, (x, y): (usize, usize), end: usize) -> Cell {
    let node = builder.node(tag);
    let (rows, columns) = node.span;
    let room = end.saturating_sub(y).clamp(1, usize::from(u16::MAX));
    let height = if rows == 0 { room } else { usize::from(rows).min(room) };
    Cell {
        tag,
        x,
        y,
        width: usize::from(columns).max(1),
        height,
        is_header: node.role == "TH",
        scope: None,
        speaks: node.node.is_some_and(|node| builder.inside(node).speaks),
        headers: Vec::new(),
    }
}

fn attribute<'b>(builder: &'b Builder, tag: TagId, name: &str) -> Option<&'b str> {
    said(builder.tree.element(builder.node(tag).node?)?, name)
}

/// What a header cell says itself.
fn said_scope(builder: &Builder, tag: TagId) -> Option<Scope> {
    let of_role = match attribute(builder, tag, "role") {
        Some("columnheader") => Some(Scope::Column),
        Some("rowheader") => Some(Scope::Row),
        _ => None,
    };
    match attribute(builder, tag, "scope").map(str::to_ascii_lowercase).as_deref() {
        Some("col" | "colgroup") => Some(Scope::Column),
        Some("row") => Some(Scope::Row),
        Some("rowgroup") => Some(Scope::RowGroup),
        Some("both") => Some(Scope::Both),
        _ => of_role,
    }
}
