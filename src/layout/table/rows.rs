//! The heights of rows (CSS 2, 17.5.3).

use super::Part;
use crate::geom::Rect;
use crate::layout::bands::{Band, Item, Plan};
use crate::layout::block;
use crate::layout::boxes::{BoxId, Cell, Row, Section, TableGrid};
use crate::layout::context::Context;
use crate::layout::fragment::Fragment;
use crate::layout::sizing::definite;
use crate::layout::space::{InlineSize, Space};
use crate::style::computed::VerticalAlign;
use crate::units::Px;

/// A cell, measured.
struct Measured {
    cell: Cell,
    row: usize,
    x: Px,
    width: Px,
    height: Px,
    baseline: Px,
}

/// The rows of a section: the widths of the columns, and the gaps across and down.
pub(super) fn part(
    cx: &mut Context,
    grid: &TableGrid,
    section: Section,
    (columns, across, down): (&[Px], Px, Px),
) -> Part {
    let rows: Vec<&Row> = grid.rows.iter().filter(|row| row.section == section).collect();
    let lefts: Vec<Px> = columns
        .iter()
        .scan(across, |x, width| {
            let left = *x;
            *x += *width + across;
            Some(left)
        })
        .collect();
    let mut cells = Vec::new();
    for (row, of) in rows.iter().enumerate() {
        for &cell in &of.cells {
            let spanned = &columns[cell.column..cell.column + cell.columns];
            let width = spanned.iter().copied().sum::<Px>() + across * (cell.columns - 1) as f32;
            let (height, baseline) = measure(cx, cell.of, width);
            cells.push(Measured { cell, row, x: lefts[cell.column], width, height, baseline });
        }
    }
    let lines = baselines(cx, rows.len(), &cells);
    let heights = heights(cx, &rows, &cells, (&lines, down));
    arrange(cx, &rows, &cells, (&heights, &lines, down))
}

/// The height and the baseline of a cell at a width, computed once for each width.
fn measure(cx: &mut Context, cell: BoxId, width: Px) -> (Px, Px) {
    let key = (cell, width.0.to_bits());
    if let Some(known) = cx.memo.cells.get(&key) {
        return *known;
    }
    let fragment = block::independent(cx, cell, &Space::endless(width, InlineSize::Exact(width)));
    let measured = (fragment.height(), baseline(&fragment));
    cx.memo.cells.insert(key, measured);
    measured
}

fn baseline(fragment: &Fragment) -> Px {
    fragment.baseline.unwrap_or(fragment.height() - fragment.border.bottom - fragment.padding.bottom)
}

fn is_on_baseline(cx: &Context, cell: &Cell) -> bool {
    use VerticalAlign as V;
    let align = cx.layout_box(cell.of).style.inline.vertical_align;
    !matches!(align, V::Top | V::Middle | V::Bottom)
}

/// The baseline of each row: the lowest of the cells that stand on it.
fn baselines(cx: &Context, rows: usize, cells: &[Measured]) -> Vec<Px> {
    let mut lines = vec![Px::ZERO; rows];
    for cell in cells.iter().filter(|cell| is_on_baseline(cx, &cell.cell)) {
        lines[cell.row] = lines[cell.row].max(cell.baseline);
    }
    lines
}

fn heights(cx: &Context, rows: &[&Row], cells: &[Measured], (lines, down): (&[Px], Px)) -> Vec<Px> {
    let told = |row: &&Row| definite(cx.layout_box(row.of).style.boxes.height, None).unwrap_or(Px::ZERO);
    let mut heights: Vec<Px> = rows.iter().map(told).collect();
    let need = |cell: &Measured| {
        let drop = if is_on_baseline(cx, &cell.cell) { lines[cell.row] - cell.baseline } else { Px::ZERO };
        cell.height + drop
    };
    for cell in cells.iter().filter(|cell| cell.cell.rows == 1) {
        heights[cell.row] = heights[cell.row].max(need(cell));
    }
    for cell in cells.iter().filter(|cell| cell.cell.rows > 1) {
        let spanned = cell.row..cell.row + cell.cell.rows;
        let have: Px =
            heights[spanned.clone()].iter().copied().sum::<Px>() + down * (cell.cell.rows - 1) as f32;
        let missing = (need(cell) - have).max(Px::ZERO);
        heights[spanned.end - 1] += missing;
    }
    heights
}

/// Puts rows below each other; rows that a cell spans go together.
fn arrange(
    cx: &Context,
    rows: &[&Row],
    cells: &[Measured],
    (heights, lines, down): (&[Px], &[Px], Px),
) -> Part {
    let mut tops = Vec::with_capacity(rows.len());
    let mut y = down;
    for height in heights {
        tops.push(y);
        y += *height + down;
    }
    let height = if rows.is_empty() { Px::ZERO } else { y - down };
    let mut plan = Plan { height, ..Plan::default() };
    for cell in cells {
        let last = cell.row + cell.cell.rows - 1;
        let tall = tops[last] + heights[last] - tops[cell.row];
        let rect = Rect::new(cell.x, tops[cell.row], cell.width, tall);
        let free = (tall - cell.height).max(Px::ZERO);
        let shift = match cx.layout_box(cell.cell.of).style.inline.vertical_align {
            VerticalAlign::Top => Px::ZERO,
            VerticalAlign::Middle => free / 2.0,
            VerticalAlign::Bottom => free,
            _ => (lines[cell.row] - cell.baseline).max(Px::ZERO).min(free),
        };
        plan.items.push(Item { of: cell.cell.of, rect, shift });
    }
    let groups = groups(rows.len(), cells);
    for group in &groups {
        let items = cells.iter().enumerate().filter(|(_, cell)| group.contains(&cell.row));
        plan.bands.push(Band {
            top: tops[group.start],
            bottom: tops[group.end - 1] + heights[group.end - 1],
            items: items.map(|(index, _)| index).collect(),
        });
    }
    let placed = rows.iter().enumerate();
    let rows = placed.map(|(index, row)| (row.of, row.group, tops[index], tops[index] + heights[index]));
    Part { plan, rows: rows.collect(), bands: groups }
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
