//! HTML tables as Word tables (ISO/IEC 29500-1, 17.4).

use super::Writer;
use super::access::{is_presentational, said};
use super::flow::{Column, spread};
use super::frame::{Decoration, Frame};
use super::measure::Extent;
use super::model::{Block, Cell, Merge, Purpose, Role, Row, RowHeadings, Table, VerticalPlace};
use crate::geom::Edges;
use crate::style::NodeId;
use crate::style::computed::{BorderCollapse, CaptionSide, Display, Sizing, VerticalAlign};
use crate::units::{Px, Twips};

/// A cell's place in the grid of its table.
struct Placed {
    node: NodeId,
    row_node: NodeId,
    column: usize,
    span: usize,
    rows: usize,
}

/// The rows of a table: their cells' places, and how many of them head it.
#[derive(Default)]
struct Grid {
    rows: Vec<Vec<Placed>>,
    heading: usize,
    columns: usize,
}

/// How wide a column would be: with its longest word, and with all of its text in one line.
#[derive(Clone, Copy, Default)]
struct Demand {
    least: Px,
    most: Px,
    asked: Option<Px>,
}

impl Writer<'_> {
    /// A table with its caption.
    pub(super) fn table(&mut self, node: NodeId, column: &Column) -> Vec<Block> {
        let tree = self.tree;
        let style = tree.node(node).style.clone();
        let Some(element) = tree.element(node) else { return Vec::new() };
        let frame = Frame::of(&style, column.width);
        let column = &self.within(node, element, column);
        let grid = self.grid(node);
        let caption = self
            .children(node)
            .into_iter()
            .find(|child| tree.node(*child).style.display == Display::TableCaption);
        let mut blocks = Vec::new();
        let mut table = Table {
            indent: Twips::from(column.left + frame.margin.left),
            before: Twips::from(frame.margin.top),
            after: Twips::from(frame.margin.bottom),
            purpose: if is_presentational(element) { Purpose::Arrangement } else { Purpose::Data },
            caption: caption.and_then(|caption| said(&self.text_of(caption))).or_else(|| self.label(element)),
            summary: self.description(element),
            row_headings: self.row_headings(&grid),
            direction: style.text.direction,
            ..Table::default()
        };
        let widths = self.widths(&grid, frame.width);
        table.columns = widths.iter().map(|width| Twips::from(*width)).collect();
        table.rows = self.rows(&grid, &widths, (node, column));
        if let Some(caption) = caption {
            let around =
                Column { left: column.left + frame.margin.left, width: frame.width, ..column.clone() };
            let mut captions = self.leaf(caption, &self.children(caption), &around);
            let below = tree.node(caption).style.table.caption == CaptionSide::Bottom;
            for paragraph in captions.iter_mut().filter_map(Block::paragraph) {
                paragraph.look.keep_next = !below;
            }
            if below {
                std::mem::swap(&mut blocks, &mut captions);
            }
            let after = std::mem::take(&mut blocks);
            blocks.extend(captions);
            table.before = if blocks.is_empty() { table.before } else { Twips(0) };
            blocks.push(Block::Table(Box::new(table)));
            blocks.extend(after);
            spread(&Frame { padding: Edges::default(), border: Edges::default(), ..frame }, &mut blocks);
        } else {
            blocks.push(Block::Table(Box::new(table)));
        }
        blocks
    }

    /// Where the cells of a table are (CSS 2, section 17.2; HTML, section 4.9.12).
    fn grid(&self, table: NodeId) -> Grid {
        let mut grid = Grid::default();
        let mut busy: Vec<usize> = Vec::new();
        for (row, heading) in self.table_rows(table) {
            let mut cells = Vec::new();
            let mut at = 0;
            for cell in self.children(row) {
                let Some(element) = self.tree.element(cell).filter(|element| element.pseudo.is_none()) else {
                    continue;
                };
                let count = |name: &str| {
                    element.attribute(name).and_then(|count| count.parse().ok()).unwrap_or(1).clamp(1, 63)
                };
                while busy.get(at).is_some_and(|rows| *rows > 0) {
                    at += 1;
                }
                let (span, rows) = (count("colspan"), count("rowspan"));
                busy.resize(busy.len().max(at + span), 0);
                busy[at..at + span].fill(rows);
                cells.push(Placed { node: cell, row_node: row, column: at, span, rows });
                at += span;
            }
            grid.columns = grid.columns.max(busy.len());
            grid.heading += usize::from(heading && grid.heading == grid.rows.len());
            busy.iter_mut().for_each(|rows| *rows = rows.saturating_sub(1));
            grid.rows.push(cells);
        }
        let all_headings = |cells: &Vec<Placed>| {
            cells.iter().all(|cell| self.tree.element(cell.node).is_some_and(|element| &*element.tag == "th"))
        };
        if grid.heading == 0 && grid.rows.len() > 1 && grid.rows.first().is_some_and(all_headings) {
            grid.heading = 1;
        }
        grid
    }

    /// Whether every row below the heads begins with a heading.
    fn row_headings(&self, grid: &Grid) -> RowHeadings {
        let body = grid.rows.get(grid.heading..).unwrap_or_default();
        let begins = |row: &Vec<Placed>| {
            let first = row.iter().find(|cell| cell.column == 0);
            // Of a heading that goes over several rows only the first begins with it.
            first.is_none_or(|cell| self.tree.element(cell.node).is_some_and(|cell| &*cell.tag == "th"))
        };
        let headed = body.iter().flatten().any(|cell| cell.column == 0) && body.iter().all(begins);
        if headed { RowHeadings::First } else { RowHeadings::None }
    }

    /// The rows of a table, heads first and feet last, and whether each is in a head.
    fn table_rows(&self, table: NodeId) -> Vec<(NodeId, bool)> {
        let mut parts = [Vec::new(), Vec::new(), Vec::new()];
        for child in self.children(table) {
            let display = self.tree.node(child).style.display;
            let (part, heading) = match display {
                Display::TableHeaderGroup => (0, true),
                Display::TableFooterGroup => (2, false),
                _ => (1, false),
            };
            match display {
                Display::TableRow => parts[1].push((child, false)),
                Display::TableHeaderGroup | Display::TableRowGroup | Display::TableFooterGroup => {
                    let rows =
                        self.children(child).into_iter().filter(|row| self.tree.element(*row).is_some());
                    parts[part].extend(rows.map(|row| (row, heading)));
                }
                _ => {}
            }
        }
        parts.concat()
    }

    /// The widths of a table's columns: what cells ask for, else shared out by how much text there is in them
    /// (CSS 2, section 17.5.2.2).
    fn widths(&self, grid: &Grid, width: Px) -> Vec<Px> {
        let mut demands = vec![Demand::default(); grid.columns.max(1)];
        for cell in grid.rows.iter().flatten().filter(|cell| cell.span == 1) {
            let style = &self.tree.node(cell.node).style;
            let around = Frame::of(style, width);
            let around = around.padding.horizontal() + around.border.horizontal();
            let Extent { word, line } = self.extent(cell.node);
            let demand = &mut demands[cell.column];
            demand.least = demand.least.max(word + around);
            demand.most = demand.most.max(line + around);
            if let Sizing::Length(length) = style.boxes.width {
                demand.asked = Some(length.resolve(width));
            }
        }
        shared(&demands, width)
    }

    fn rows(&mut self, grid: &Grid, widths: &[Px], (table, column): (NodeId, &Column)) -> Vec<Row> {
        let mut rows: Vec<Row> = Vec::new();
        let heads = !self.tree.element(table).is_some_and(is_presentational);
        let mut below: Vec<(usize, usize, usize)> = Vec::new();
        for (index, placed) in grid.rows.iter().enumerate() {
            let mut cells: Vec<(usize, Cell)> = Vec::new();
            for cell in placed {
                let built = self.cell(cell, widths, (table, column, index == 0));
                if cell.rows > 1 {
                    below.extend((1..cell.rows).map(|down| (index + down, cell.column, cell.span)));
                }
                cells.push((cell.column, built));
            }
            for (_, at, span) in below.iter().filter(|(row, ..)| *row == index) {
                cells.push((*at, Cell { span: *span, merge: Merge::Continue, ..Cell::default() }));
            }
            cells.sort_by_key(|(at, _)| *at);
            let taken: usize = cells.iter().map(|(_, cell)| cell.span).sum();
            if taken < grid.columns {
                cells.push((taken, Cell { span: grid.columns - taken, ..Cell::default() }));
            }
            let cells = cells.into_iter().map(|(_, cell)| cell).collect();
            rows.push(Row { cells, header: heads && index < grid.heading, unbroken: true, height: None });
        }
        rows
    }

    fn cell(
        &mut self,
        placed: &Placed,
        widths: &[Px],
        (table, column, first): (NodeId, &Column, bool),
    ) -> Cell {
        let tree = self.tree;
        let style = tree.node(placed.node).style.clone();
        let row = &tree.node(placed.row_node).style;
        let group = tree.node(placed.row_node).parent.map(|group| &tree.node(group).style);
        let width: Px =
            widths[placed.column..(placed.column + placed.span).min(widths.len())].iter().copied().sum();
        let behind = [Some(&tree.node(table).style), group, Some(row), Some(&style)];
        let shading = behind
            .into_iter()
            .flatten()
            .fold(column.under, |under, style| super::look::Rgb::over(style.paint.background, under));
        let padding = style.boxes.padding.map(|side| side.resolve(width));
        let frame = Frame { margin: Edges::default(), padding, border: style.border.widths(), width };
        let heading = tree.element(placed.node).is_some_and(|element| &*element.tag == "th");
        let inner = (width - padding.horizontal()).max(Px(1.0));
        let inside = Column {
            role: if heading { Role::TableHeading } else { Role::TableText },
            context: column.context.clone(),
            css: column.css,
            ..Column::cell(inner, shading)
        };
        let mut borders = Decoration::of(&style, shading).borders;
        if style.table.collapse == BorderCollapse::Collapse {
            let row = Decoration::of(row, shading).borders;
            let outer = Decoration::of(&tree.node(table).style, shading).borders;
            borders.bottom = borders.bottom.or(row.bottom);
            borders.top = borders.top.or(row.top).or(outer.top.filter(|_| first));
        }
        Cell {
            blocks: self.contents(placed.node, &inside),
            span: placed.span,
            merge: if placed.rows > 1 { Merge::Start } else { Merge::None },
            shading: (shading != column.under).then_some(shading),
            borders,
            padding: frame.padding.map(Twips::from),
            align: match style.inline.vertical_align {
                VerticalAlign::Middle => VerticalPlace::Middle,
                VerticalAlign::Bottom => VerticalPlace::Bottom,
                _ => VerticalPlace::Top,
            },
        }
    }
}

/// Shares a width out between columns.
fn shared(demands: &[Demand], width: Px) -> Vec<Px> {
    let asked: Px = demands.iter().filter_map(|demand| demand.asked).sum();
    let open: Vec<&Demand> = demands.iter().filter(|demand| demand.asked.is_none()).collect();
    let rest = (width - asked).max(Px::ZERO);
    if open.is_empty() {
        let scale = if asked.0 > 0.0 { width / asked } else { 1.0 };
        return demands.iter().map(|demand| demand.asked.unwrap_or_default() * scale).collect();
    }
    let least: Px = open.iter().map(|demand| demand.least).sum();
    let most: Px = open.iter().map(|demand| demand.most.max(demand.least)).sum();
    let even = rest / open.len() as f32;
    demands
        .iter()
        .map(|demand| match demand.asked {
            Some(asked) => asked,
            None if most.0 <= 0.0 => even,
            None if most <= rest => demand.most.max(demand.least) * (rest / most),
            None if least >= rest => demand.least * (rest / least),
            None => {
                let wish = (demand.most - demand.least).max(Px::ZERO);
                demand.least + (rest - least) * (wish / (most - least))
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_share_a_width_by_what_is_in_them() {
        let demand = |least: f32, most: f32| Demand { least: Px(least), most: Px(most), asked: None };
        assert_eq!(shared(&[demand(10.0, 20.0), demand(10.0, 60.0)], Px(160.0)), [Px(40.0), Px(120.0)]);
        assert_eq!(shared(&[demand(10.0, 100.0), demand(10.0, 190.0)], Px(110.0)), [Px(40.0), Px(70.0)]);
        let asked = Demand { asked: Some(Px(30.0)), ..Demand::default() };
        assert_eq!(shared(&[asked, demand(10.0, 20.0)], Px(100.0)), [Px(30.0), Px(70.0)]);
    }
}
