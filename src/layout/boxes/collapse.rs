//! Collapsed borders (CSS 2, 17.6.2): conflicts are resolved when the boxes are made. Each border between two
//! cells then belongs to the upper or the left one; those at the table's start to the first cells.

use std::sync::Arc;

use super::build::Builder;
use super::{BoxId, TableGrid};
use crate::geom::Edges;
use crate::style::ComputedStyle;
use crate::style::computed::{BorderCollapse, BorderSide, BorderStyle};
use crate::units::Px;

/// The grid of cells with their borders.
struct Borders {
    /// For each row and column the cell there.
    slots: Vec<Vec<Option<BoxId>>>,
}

impl Builder<'_> {
    /// Resolves the borders of a table whose borders collapse.
    pub(super) fn collapse_borders(&mut self, id: BoxId, grid: &TableGrid) {
        if self.style(id).table.collapse != BorderCollapse::Collapse {
            return;
        }
        let borders = Borders::of(grid);
        let table = self.style(id).border.sides;
        let mut resolved: Vec<(BoxId, Edges<BorderSide>)> = Vec::new();
        for (index, row) in grid.rows.iter().enumerate() {
            for cell in &row.cells {
                let own = self.style(cell.of).border.sides;
                let row_sides = self.style(row.of).border.sides;
                let last_row = index + cell.rows == grid.rows.len();
                let last_column = cell.column + cell.columns >= grid.width;
                let below = borders.at(index + cell.rows, cell.column);
                let beside = borders.at(index, cell.column + cell.columns);
                let lower_row =
                    grid.rows.get(index + cell.rows).map(|row| self.style(row.of).border.sides.top);
                let bottom = [
                    Some(own.bottom),
                    below.map(|below| self.style(below).border.sides.top),
                    Some(row_sides.bottom).filter(|_| cell.rows == 1),
                    lower_row,
                    Some(table.bottom).filter(|_| last_row),
                ];
                let right = [
                    Some(own.right),
                    beside.map(|beside| self.style(beside).border.sides.left),
                    Some(row_sides.right).filter(|_| last_column),
                    Some(table.right).filter(|_| last_column),
                ];
                let top = [Some(own.top), Some(row_sides.top), Some(table.top)];
                let left = [Some(own.left), Some(row_sides.left), Some(table.left)];
                let none = BorderSide { width: Px::ZERO, ..BorderSide::default() };
                resolved.push((
                    cell.of,
                    Edges {
                        top: if index == 0 { winner(&top) } else { none },
                        right: winner(&right),
                        bottom: winner(&bottom),
                        left: if cell.column == 0 { winner(&left) } else { none },
                    },
                ));
            }
        }
        for (cell, sides) in resolved {
            self.restyle(cell, |style| style.border.sides = sides);
        }
        self.restyle(id, |style| style.border.sides = Edges::default());
        for row in &grid.rows {
            self.restyle(row.of, |style| style.border.sides = Edges::default());
        }
    }

    fn style(&self, id: BoxId) -> &ComputedStyle {
        &self.boxes[id.0 as usize].style
    }

    fn restyle(&mut self, id: BoxId, change: impl FnOnce(&mut ComputedStyle)) {
        let style = &mut self.boxes[id.0 as usize].style;
        let mut changed = (**style).clone();
        change(&mut changed);
        *style = Arc::new(changed);
    }
}

impl Borders {
    fn of(grid: &TableGrid) -> Self {
        let mut slots = vec![vec![None; grid.width]; grid.rows.len()];
        for (index, row) in grid.rows.iter().enumerate() {
            for cell in &row.cells {
                for row in slots.iter_mut().skip(index).take(cell.rows) {
                    for slot in row.iter_mut().skip(cell.column).take(cell.columns) {
                        *slot = Some(cell.of);
                    }
                }
            }
        }
        Self { slots }
    }

    fn at(&self, row: usize, column: usize) -> Option<BoxId> {
        self.slots.get(row)?.get(column).copied().flatten()
    }
}

/// Which of the borders at one place is drawn (17.6.2.1): `hidden` wins, then the widest, then the style, then
/// the cell's own over the row's and the table's.
fn winner(sides: &[Option<BorderSide>]) -> BorderSide {
    let rank = |style: BorderStyle| match style {
        BorderStyle::Double => 8,
        BorderStyle::Solid => 7,
        BorderStyle::Dashed => 6,
        BorderStyle::Dotted => 5,
        BorderStyle::Ridge => 4,
        BorderStyle::Outset => 3,
        BorderStyle::Groove => 2,
        BorderStyle::Inset => 1,
        BorderStyle::None | BorderStyle::Hidden => 0,
    };
    let mut best = BorderSide { width: Px::ZERO, ..BorderSide::default() };
    for side in sides.iter().flatten() {
        if side.style == BorderStyle::Hidden {
            return BorderSide { width: Px::ZERO, ..*side };
        }
        if side.style != BorderStyle::None && (side.width, rank(side.style)) > (best.width, rank(best.style))
        {
            best = *side;
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    fn side(width: f32, style: BorderStyle) -> Option<BorderSide> {
        Some(BorderSide { width: Px(width), style, ..BorderSide::default() })
    }

    #[test]
    fn the_widest_wins_and_hidden_over_all() {
        let thin = side(1.0, BorderStyle::Double);
        let thick = side(2.0, BorderStyle::Dotted);
        assert_eq!(winner(&[thin, thick]).width, Px(2.0));
        assert_eq!(winner(&[thin, side(1.0, BorderStyle::Solid)]).style, BorderStyle::Double);
        assert_eq!(winner(&[thick, side(0.0, BorderStyle::Hidden)]).width, Px::ZERO);
    }
}
