//! The heights of rows (CSS 2, 17.5.3; CSS Tables 3, section 4.5).

use std::ops::Range;

use crate::layout::sizing::definite;
use crate::style::computed::Sizing;
use crate::units::Px;

/// The height of a row while it is found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct RowTrack {
    /// The height so far.
    pub height: Px,
    /// Whether the row, or a cell in it, says how high it is.
    pub is_told: bool,
}

/// What a cell asks of the rows that it is in.
#[derive(Clone, Debug)]
pub(super) struct Need {
    pub rows: Range<usize>,
    pub height: Px,
    pub is_told: bool,
}

impl RowTrack {
    /// A row with this `height`; percentages are of `basis`.
    pub fn told(height: Sizing, basis: Option<Px>) -> Self {
        let height = definite(height, basis);
        Self { height: height.unwrap_or(Px::ZERO), is_told: height.is_some() }
    }
}

/// Makes rows high enough for their cells: those of one row first, then those of few rows before those of many.
/// `gap` is between rows.
pub(super) fn heights(tracks: &mut [RowTrack], needs: &[Need], gap: Px) {
    let mut order: Vec<&Need> = needs.iter().collect();
    order.sort_by_key(|need| need.rows.len());
    for need in order {
        let Some(rows) = tracks.get_mut(need.rows.clone()) else { continue };
        match rows {
            [row] => {
                row.height = row.height.max(need.height);
                row.is_told |= need.is_told;
            }
            rows => {
                let gaps = gap * rows.len().saturating_sub(1) as f32;
                let have = rows.iter().map(|row| row.height).sum::<Px>() + gaps;
                grow(rows, need.height - have);
            }
        }
    }
}

/// Makes rows higher, together by `by`: those that are told nothing, else all, in proportion to their heights.
pub(super) fn grow(tracks: &mut [RowTrack], by: Px) {
    if by <= Px::ZERO || tracks.is_empty() {
        return;
    }
    let any_free = tracks.iter().any(|track| !track.is_told);
    let grows = |track: &RowTrack| !(any_free && track.is_told);
    let count = tracks.iter().filter(|track| grows(track)).count() as f32;
    let all: Px = tracks.iter().filter(|track| grows(track)).map(|track| track.height).sum();
    for track in tracks.iter_mut().filter(|track| grows(track)) {
        let part = if all > Px::ZERO { track.height / all } else { 1.0 / count };
        track.height += by * part;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(height: f32, is_told: bool) -> RowTrack {
        RowTrack { height: Px(height), is_told }
    }

    #[test]
    fn rows_that_are_told_nothing_grow_first() {
        let mut rows = [row(20.0, true), row(10.0, false), row(30.0, false)];
        grow(&mut rows, Px(80.0));
        assert_eq!(rows.map(|row| row.height), [Px(20.0), Px(30.0), Px(90.0)]);
    }

    #[test]
    fn a_cell_of_two_rows_makes_both_higher() {
        let mut rows = [row(0.0, false), row(0.0, false)];
        let one = Need { rows: 0..1, height: Px(10.0), is_told: false };
        let two = Need { rows: 0..2, height: Px(45.0), is_told: false };
        heights(&mut rows, &[two, one], Px(5.0));
        assert_eq!(rows.map(|row| row.height), [Px(40.0), Px(0.0)]);
    }
}
