//! The collapsed borders of the rows that one page holds, as rules on the lines of the grid (CSS 2, 17.6.2).

use crate::geom::{Point, Rect};
use crate::layout::boxes::{BoxId, CollapsedBorders};
use crate::layout::fragment::{Fragment, FragmentContent};
use crate::style::computed::BorderSide;
use crate::units::Px;

/// A row, or a part of one, on a page.
#[derive(Clone, Copy, Debug)]
pub(super) struct RowPart {
    /// Which, of all rows of the table.
    pub index: usize,
    /// Its top, relative to the table's content box.
    pub top: Px,
    /// Its bottom.
    pub bottom: Px,
    /// Whether it starts here.
    pub starts: bool,
    /// Whether it ends here.
    pub ends: bool,
}

/// Rows on a page, with the grid's lines.
pub(super) struct Lines<'l> {
    /// The table.
    pub of: BoxId,
    /// What lies on the lines.
    pub borders: &'l CollapsedBorders,
    /// Where the lines between columns are, relative to the table's content box.
    pub columns: &'l [Px],
    /// The rows from top to bottom.
    pub rows: &'l [RowPart],
}

impl Lines<'_> {
    /// The rules, the thinnest first, so that the widest are on top where lines cross.
    pub fn rules(&self, origin: Point) -> Vec<Fragment> {
        let mut found: Vec<(BorderSide, Rect)> = Vec::new();
        for row in self.rows {
            if row.starts && self.rows.first().is_some_and(|first| first.index == row.index) {
                self.across(row.index, row.top, &mut found);
            }
            if row.ends {
                self.across(row.index + 1, row.bottom, &mut found);
            }
        }
        for line in 0..self.columns.len() {
            self.down(line, &mut found);
        }
        found.sort_by(|(one, _), (other, _)| one.width.0.total_cmp(&other.width.0));
        let rule = |(side, rect): (BorderSide, Rect)| {
            Fragment::new(self.of, rect.shifted(origin), FragmentContent::Rule(side))
        };
        found.into_iter().map(rule).collect()
    }

    /// The rules on a line between rows.
    fn across(&self, line: usize, y: Px, found: &mut Vec<(BorderSide, Rect)>) {
        let Some(sides) = self.borders.across.get(line) else { return };
        for (start, end, side) in runs(sides.iter().copied()) {
            let (Some(from), Some(to)) = (self.columns.get(start), self.columns.get(end)) else { continue };
            // Columns may be counted from the right.
            let ends =
                [(*from, start), (*to, end)].map(|(x, column)| (x, self.widest_down(line, column) / 2.0));
            let left = ends.iter().map(|(x, half)| *x - *half).fold(Px(f32::INFINITY), Px::min);
            let right = ends.iter().map(|(x, half)| *x + *half).fold(Px(f32::NEG_INFINITY), Px::max);
            found.push((side, Rect::new(left, y - side.width / 2.0, right - left, side.width)));
        }
    }

    /// The rules on a line between columns.
    fn down(&self, line: usize, found: &mut Vec<(BorderSide, Rect)>) {
        let side = |row: &RowPart| self.borders.down.get(row.index).and_then(|row| row.get(line)).copied();
        for (start, end, side) in runs(self.rows.iter().map(|row| side(row).unwrap_or_default())) {
            let (first, last) = (self.rows[start], self.rows[end - 1]);
            let above = if first.starts { self.widest_across(first.index, line) } else { Px::ZERO };
            let below = if last.ends { self.widest_across(last.index + 1, line) } else { Px::ZERO };
            let (top, bottom) = (first.top - above / 2.0, last.bottom + below / 2.0);
            found.push((
                side,
                Rect::new(self.columns[line] - side.width / 2.0, top, side.width, bottom - top),
            ));
        }
    }

    /// The width of the widest border between columns that meets a corner of the grid.
    fn widest_down(&self, line: usize, column: usize) -> Px {
        let rows = [line.checked_sub(1), Some(line)].into_iter().flatten();
        let sides = rows.filter_map(|row| self.borders.down.get(row)?.get(column));
        sides.map(|side| side.width).fold(Px::ZERO, Px::max)
    }

    /// The width of the widest border between rows that meets a corner of the grid.
    fn widest_across(&self, line: usize, column: usize) -> Px {
        let row = self.borders.across.get(line);
        let columns = [column.checked_sub(1), Some(column)].into_iter().flatten();
        let sides = columns.filter_map(|column| row?.get(column));
        sides.map(|side| side.width).fold(Px::ZERO, Px::max)
    }
}

/// Runs of borders that are alike and can be seen: where each starts and ends.
fn runs(sides: impl Iterator<Item = BorderSide>) -> Vec<(usize, usize, BorderSide)> {
    let mut runs: Vec<(usize, usize, BorderSide)> = Vec::new();
    for (index, side) in sides.enumerate().filter(|(_, side)| side.width > Px::ZERO) {
        match runs.last_mut() {
            Some((_, end, last)) if *end == index && *last == side => *end += 1,
            _ => runs.push((index, index + 1, side)),
        }
    }
    runs
}
