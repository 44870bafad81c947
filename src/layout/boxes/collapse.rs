//! Collapsed borders (CSS 2, 17.6.2): conflicts are resolved when the boxes are made. A border lies on the line
//! between two cells, half in each; the table paints it, and the cells keep room for it.

use std::sync::Arc;

use super::build::Builder;
use super::{BoxId, Cell, TableGrid};
use crate::geom::Edges;
use crate::style::ComputedStyle;
use crate::style::computed::{BorderCollapse, BorderSide, BorderStyle, Color, Direction, LengthPercentage};
use crate::units::Px;

/// The borders on the lines of a table's grid.
#[derive(Debug, Default)]
pub(in crate::layout) struct CollapsedBorders {
    /// Of each line between rows, the first above the first row, the borders below or above each column.
    pub across: Vec<Vec<BorderSide>>,
    /// Of each row, the borders on the lines between columns, the first before the first column.
    pub down: Vec<Vec<BorderSide>>,
}

const NO_BORDER: BorderSide = BorderSide { width: Px::ZERO, style: BorderStyle::None, color: Color::BLACK };

/// The grid while its borders are resolved.
struct Resolver<'r> {
    grid: &'r TableGrid,
    /// For each row and column the cell there.
    slots: Vec<Vec<Option<BoxId>>>,
    table: Edges<BorderSide>,
    direction: Direction,
}

impl Direction {
    /// The sides of a box where its line starts and ends.
    fn sides<T: Copy>(self, sides: Edges<T>) -> (T, T) {
        match self {
            Self::Ltr => (sides.left, sides.right),
            Self::Rtl => (sides.right, sides.left),
        }
    }
}

impl Builder<'_> {
    /// Resolves the borders of a table whose borders collapse, and leaves room for them in the cells.
    pub(super) fn collapse_borders(&mut self, id: BoxId, grid: &TableGrid) -> Option<CollapsedBorders> {
        if self.style(id).table.collapse != BorderCollapse::Collapse {
            return None;
        }
        let table = self.style(id).border.sides;
        let direction = self.style(id).text.direction;
        let resolver = Resolver { grid, slots: slots(grid), table, direction };
        let rows = 0..grid.rows.len();
        let borders = CollapsedBorders {
            across: (0..=grid.rows.len())
                .map(|line| (0..grid.width).map(|column| self.across(&resolver, line, column)).collect())
                .collect(),
            down: rows
                .map(|row| (0..=grid.width).map(|line| self.down(&resolver, row, line)).collect())
                .collect(),
        };
        for (row, of) in grid.rows.iter().enumerate() {
            for cell in &of.cells {
                let room = borders.around(row, cell, direction);
                self.restyle(cell.of, |style| style.border.sides = room.map(unseen));
            }
            self.restyle(of.of, |style| style.border.sides = Edges::default());
            self.restyle(of.group, |style| style.border.sides = Edges::default());
        }
        let room = borders.outside(direction);
        self.restyle(id, |style| {
            style.border.sides = room.map(unseen);
            style.boxes.padding = Edges::all(LengthPercentage::ZERO);
        });
        Some(borders)
    }

    /// The border on a line between two rows.
    fn across(&self, of: &Resolver, line: usize, column: usize) -> BorderSide {
        let above = line.checked_sub(1).and_then(|row| of.slot(row, column));
        let below = of.slot(line, column);
        if above.is_some() && above == below {
            return NO_BORDER;
        }
        let rows = &of.grid.rows;
        let upper = line.checked_sub(1).and_then(|row| rows.get(row));
        let lower = rows.get(line);
        let ends_group = upper.filter(|upper| lower.is_none_or(|lower| lower.group != upper.group));
        let starts_group = lower.filter(|lower| upper.is_none_or(|upper| upper.group != lower.group));
        let side = |id: BoxId| &self.style(id).border.sides;
        let column = of.grid.columns.get(column);
        let is_outer = upper.is_none() || lower.is_none();
        let outer = |sides: Edges<BorderSide>| if upper.is_none() { sides.top } else { sides.bottom };
        let group = column.and_then(|column| column.group.as_ref());
        winner(&[
            above.map(|id| side(id).bottom),
            below.map(|id| side(id).top),
            upper.map(|row| side(row.of).bottom),
            lower.map(|row| side(row.of).top),
            ends_group.map(|row| side(row.group).bottom),
            starts_group.map(|row| side(row.group).top),
            column.filter(|_| is_outer).map(|column| outer(column.style.border.sides)),
            group.filter(|_| is_outer).map(|group| outer(group.style.border.sides)),
            is_outer.then(|| outer(of.table)),
        ])
    }

    /// The border on a line between two columns.
    fn down(&self, of: &Resolver, row: usize, line: usize) -> BorderSide {
        let before = line.checked_sub(1).and_then(|column| of.slot(row, column));
        let after = of.slot(row, line);
        if before.is_some() && before == after {
            return NO_BORDER;
        }
        let columns = &of.grid.columns;
        let (is_first, is_last) = (line == 0, line == of.grid.width);
        let start = |sides: Edges<BorderSide>| of.direction.sides(sides).0;
        let end = |sides: Edges<BorderSide>| of.direction.sides(sides).1;
        let outer = |sides: Edges<BorderSide>| if is_first { start(sides) } else { end(sides) };
        let of_row = |id: BoxId| outer(self.style(id).border.sides);
        let row = of.grid.rows.get(row).filter(|_| is_first || is_last);
        let left = line.checked_sub(1).and_then(|column| columns.get(column));
        let right = columns.get(line);
        let ends = left.and_then(|column| column.group.as_ref()).filter(|group| group.ends);
        let starts = right.and_then(|column| column.group.as_ref()).filter(|group| group.starts);
        winner(&[
            before.map(|id| end(self.style(id).border.sides)),
            after.map(|id| start(self.style(id).border.sides)),
            row.map(|row| of_row(row.of)),
            row.map(|row| of_row(row.group)),
            left.map(|column| end(column.style.border.sides)),
            right.map(|column| start(column.style.border.sides)),
            ends.map(|group| end(group.style.border.sides)),
            starts.map(|group| start(group.style.border.sides)),
            (is_first || is_last).then(|| outer(of.table)),
        ])
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

impl CollapsedBorders {
    /// The halves of the borders around a cell that lie in it.
    fn around(&self, row: usize, cell: &Cell, direction: Direction) -> Edges<Px> {
        let columns = cell.column..cell.column + cell.columns;
        let rows = &self.down[row..row + cell.rows];
        let across = |line: usize| widest(self.across[line][columns.clone()].iter()) / 2.0;
        let down = |line: usize| widest(rows.iter().map(|row| &row[line])) / 2.0;
        let sides = Edges { left: down(columns.start), right: down(columns.end), ..Edges::default() };
        let (left, right) = direction.sides(sides);
        Edges { top: across(row), right, bottom: across(row + cell.rows), left }
    }

    /// The halves of the outer borders that lie in the table's own border.
    fn outside(&self, direction: Direction) -> Edges<Px> {
        let across = |line: Option<&Vec<BorderSide>>| widest(line.into_iter().flatten()) / 2.0;
        let start = widest(self.down.iter().filter_map(|row| row.first())) / 2.0;
        let end = widest(self.down.iter().filter_map(|row| row.last())) / 2.0;
        let (left, right) = direction.sides(Edges { left: start, right: end, ..Edges::default() });
        Edges { top: across(self.across.first()), right, bottom: across(self.across.last()), left }
    }
}

impl Resolver<'_> {
    fn slot(&self, row: usize, column: usize) -> Option<BoxId> {
        self.slots.get(row)?.get(column).copied().flatten()
    }
}

/// For each row and column the cell there.
fn slots(grid: &TableGrid) -> Vec<Vec<Option<BoxId>>> {
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
    slots
}

fn widest<'b>(sides: impl Iterator<Item = &'b BorderSide>) -> Px {
    sides.map(|side| side.width).fold(Px::ZERO, Px::max)
}

/// Room for a border that something else paints.
fn unseen(width: Px) -> BorderSide {
    BorderSide { width, style: BorderStyle::Solid, color: Color::TRANSPARENT }
}

/// Which of the borders at one place is drawn (17.6.2.1): `hidden` wins, then the widest, then the style, then
/// the first: of the cell, the row, the group of rows, the column, the group of columns and the table.
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
    let mut best = NO_BORDER;
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
