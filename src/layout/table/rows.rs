//! Rows below each other: their cells measured, their heights found, their cells aligned in them (CSS 2, 17.5.3).

use super::Part;
use super::heights::{Need, RowTrack, heights};
use crate::geom::Rect;
use crate::layout::bands::{Band, Item, Plan};
use crate::layout::boxes::{Cell, Origin, Row, Section, TableGrid};
use crate::layout::context::Context;
use crate::layout::intrinsic;
use crate::layout::sizing::{Frame, definite, outer};
use crate::layout::space::BlockSize;
use crate::style::computed::{Direction, Sizing, VerticalAlign};
use crate::units::Px;

/// The columns of a table, and the gaps between its cells.
#[derive(Debug)]
pub(super) struct Columns {
    /// Their widths in order.
    pub widths: Vec<Px>,
    /// The gap between columns.
    pub across: Px,
    /// The gap between rows.
    pub down: Px,
    /// From which side they are counted.
    pub direction: Direction,
}

/// A cell, measured.
#[derive(Debug)]
struct Measured {
    cell: Cell,
    row: usize,
    x: Px,
    width: Px,
    /// What its content takes, padding and border included.
    content: Px,
    /// What it is told to take.
    told: Option<Px>,
    baseline: Px,
    /// Below its content.
    edge: Px,
}

/// The rows of a section, measured.
#[derive(Debug)]
pub(super) struct Measure<'g> {
    rows: Vec<&'g Row>,
    first: usize,
    cells: Vec<Measured>,
    /// The baseline of each row, if a cell stands on it.
    lines: Vec<Option<Px>>,
    /// The heights so far.
    pub tracks: Vec<RowTrack>,
}

impl Columns {
    /// The left edge and the width of a cell.
    fn place(&self, cell: &Cell) -> (Px, Px) {
        let before: Px = self.widths[..cell.column].iter().copied().sum();
        let own: Px = self.widths[cell.column..cell.column + cell.columns].iter().copied().sum();
        let start = before + self.across * (cell.column + 1) as f32;
        let width = own + self.across * (cell.columns - 1) as f32;
        match self.direction {
            Direction::Ltr => (start, width),
            Direction::Rtl => (self.whole() - start - width, width),
        }
    }

    /// The width of all columns and gaps.
    fn whole(&self) -> Px {
        self.widths.iter().copied().sum::<Px>() + self.across * (self.widths.len() + 1) as f32
    }

    /// Where the lines between columns are, where nothing is between them.
    pub fn lines(&self) -> Vec<Px> {
        let whole = self.whole();
        let mut lines = vec![Px::ZERO];
        for width in &self.widths {
            lines.push(lines[lines.len() - 1] + *width);
        }
        match self.direction {
            Direction::Ltr => lines,
            Direction::Rtl => lines.into_iter().map(|line| whole - line).collect(),
        }
    }
}

/// Measures the rows of a section. `height` is what percentages of their heights refer to.
pub(super) fn measure<'g>(
    cx: &mut Context,
    grid: &'g TableGrid,
    section: Section,
    columns: &Columns,
    height: Option<Px>,
) -> Measure<'g> {
    let rows: Vec<&Row> = grid.rows.iter().filter(|row| row.section == section).collect();
    let mut cells = Vec::new();
    for (row, of) in rows.iter().enumerate() {
        for &cell in &of.cells {
            cells.push(measure_cell(cx, cell, row, columns));
        }
    }
    let mut lines: Vec<Option<Px>> = vec![None; rows.len()];
    for cell in cells.iter().filter(|cell| is_on_baseline(cx, &cell.cell)) {
        let line = lines[cell.row].unwrap_or(Px::ZERO);
        lines[cell.row] = Some(line.max(cell.baseline));
    }
    let told = |row: &&Row| RowTrack::told(cx.layout_box(row.of).style.boxes.height, height);
    let mut tracks: Vec<RowTrack> = rows.iter().map(told).collect();
    let needs: Vec<Need> = cells.iter().map(|cell| need(cx, cell, &lines)).collect();
    heights(&mut tracks, &needs, columns.down);
    let first = grid.rows.iter().take_while(|row| row.section < section).count();
    Measure { rows, first, cells, lines, tracks }
}

fn measure_cell(cx: &mut Context, cell: Cell, row: usize, columns: &Columns) -> Measured {
    let (x, width) = columns.place(&cell);
    let measured = intrinsic::measure(cx, cell.of, width, columns.whole());
    let layout_box = cx.layout_box(cell.of);
    let style = &layout_box.style;
    let inner = Frame::of_box(cx, cell.of, columns.whole()).inner();
    let is_element = layout_box.origin == Origin::Element;
    let of = |sizing: Sizing| {
        let height = definite(sizing, None).filter(|_| is_element);
        height.map(|height| outer(height, style, inner.vertical()))
    };
    let (height, least) = (of(style.boxes.height), of(style.boxes.min_height));
    let told = height.into_iter().chain(least).reduce(Px::max);
    let baseline = measured.baseline.unwrap_or(measured.height - inner.bottom);
    Measured { cell, row, x, width, content: measured.height, told, baseline, edge: inner.bottom }
}

fn is_on_baseline(cx: &Context, cell: &Cell) -> bool {
    use VerticalAlign as V;
    let align = cx.layout_box(cell.of).style.inline.vertical_align;
    !matches!(align, V::Top | V::Middle | V::Bottom)
}

/// What a cell asks of its rows.
fn need(cx: &Context, cell: &Measured, lines: &[Option<Px>]) -> Need {
    let line = lines[cell.row].filter(|_| is_on_baseline(cx, &cell.cell));
    let drop = line.map_or(Px::ZERO, |line| line - cell.baseline);
    let height = (cell.content + drop).max(cell.told.unwrap_or(Px::ZERO));
    Need { rows: cell.row..cell.row + cell.cell.rows, height, is_told: cell.told.is_some() }
}

impl Measure<'_> {
    /// The height of all rows, with the gaps above and between them.
    pub fn height(&self, down: Px) -> Px {
        self.tracks.iter().map(|track| track.height + down).sum()
    }

    /// Puts the rows below each other; rows that a cell spans go together.
    pub fn arrange(self, cx: &Context, columns: &Columns) -> Part {
        let down = columns.down;
        let mut tops = Vec::with_capacity(self.rows.len());
        let mut y = down;
        for track in &self.tracks {
            tops.push(y);
            y += track.height + down;
        }
        let height = if self.rows.is_empty() { Px::ZERO } else { y - down };
        let bottom = |row: usize| tops[row] + self.tracks[row].height;
        let mut plan = Plan { height, ..Plan::default() };
        for cell in &self.cells {
            let tall = bottom(cell.row + cell.cell.rows - 1) - tops[cell.row];
            plan.items.push(Item {
                of: cell.cell.of,
                rect: Rect::new(cell.x, tops[cell.row], cell.width, tall),
                block: if cell.told.is_some() { BlockSize::Exact(tall) } else { BlockSize::AtLeast(tall) },
                basis: columns.whole(),
                shift: self.shift(cx, cell, tall),
            });
        }
        let groups = groups(self.rows.len(), &self.cells);
        for group in &groups {
            let items = self.cells.iter().enumerate().filter(|(_, cell)| group.contains(&cell.row));
            plan.bands.push(Band {
                top: tops[group.start],
                bottom: bottom(group.end - 1),
                items: items.map(|(index, _)| index).collect(),
            });
        }
        let placed = self.rows.iter().enumerate();
        let rows = placed.map(|(index, row)| (row.of, row.group, tops[index], bottom(index))).collect();
        let baseline = tops.first().map(|top| *top + self.baseline());
        Part { plan, first: self.first, rows, bands: groups, baseline }
    }

    /// How far the content of a cell is moved down (17.5.3).
    fn shift(&self, cx: &Context, cell: &Measured, tall: Px) -> Px {
        let free = (tall - cell.content).max(Px::ZERO);
        match cx.layout_box(cell.cell.of).style.inline.vertical_align {
            VerticalAlign::Top => Px::ZERO,
            VerticalAlign::Middle => free / 2.0,
            VerticalAlign::Bottom => free,
            _ => {
                let line = self.lines[cell.row].unwrap_or(cell.baseline);
                (line - cell.baseline).max(Px::ZERO).min(free)
            }
        }
    }

    /// The baseline of the first row: what its cells stand on, else the lowest end of their content.
    fn baseline(&self) -> Px {
        let height = self.tracks.first().map_or(Px::ZERO, |track| track.height);
        let ends = self.cells.iter().filter(|cell| cell.row == 0).map(|cell| height - cell.edge);
        let lowest = ends.reduce(Px::max).unwrap_or(height);
        self.lines.first().copied().flatten().unwrap_or(lowest)
    }
}

/// Runs of rows that no cell joins to the next.
fn groups(rows: usize, cells: &[Measured]) -> Vec<std::ops::Range<usize>> {
    let mut reach: Vec<usize> = (1..=rows).collect();
    for cell in cells {
        reach[cell.row] = reach[cell.row].max(cell.row + cell.cell.rows);
    }
    let mut groups = Vec::new();
    let mut start = 0;
    while start < rows {
        let mut end = reach[start];
        let mut row = start;
        while row < end {
            end = end.max(reach[row]);
            row += 1;
        }
        groups.push(start..end);
        start = end;
    }
    groups
}
