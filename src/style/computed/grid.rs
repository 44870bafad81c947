//! CSS Grid Layout 2.

use std::sync::Arc;

use super::values::{LengthPercentage, keywords};

/// A box as grid container and as grid item.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Grid {
    /// `grid-template-columns`.
    pub columns: Vec<TrackEntry>,
    /// `grid-template-rows`.
    pub rows: Vec<TrackEntry>,
    /// `grid-auto-columns`.
    pub auto_columns: Vec<Track>,
    /// `grid-auto-rows`.
    pub auto_rows: Vec<Track>,
    /// `grid-auto-flow`.
    pub flow: GridFlow,
    /// `grid-template-areas`: rows of names, `None` for a dot.
    pub areas: Vec<Vec<Option<Arc<str>>>>,
    /// `grid-column-start`.
    pub column_start: GridLine,
    /// `grid-column-end`.
    pub column_end: GridLine,
    /// `grid-row-start`.
    pub row_start: GridLine,
    /// `grid-row-end`.
    pub row_end: GridLine,
}

/// An entry of a track list.
#[derive(Clone, Debug, PartialEq)]
pub enum TrackEntry {
    /// `[name …]` before the next track.
    Names(Vec<Arc<str>>),
    /// One track.
    Track(Track),
    /// `repeat()`.
    Repeat(Repeat, Vec<TrackEntry>),
}

/// How often `repeat()` repeats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeat {
    /// A number of times.
    Times(u16),
    /// `auto-fill`.
    AutoFill,
    /// `auto-fit`.
    AutoFit,
}

/// The size of a track: `minmax(min, max)`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Track {
    /// The least.
    pub min: TrackSize,
    /// The most.
    pub max: TrackSize,
}

/// One side of `minmax()`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum TrackSize {
    /// `auto`.
    Auto,
    /// `min-content`.
    MinContent,
    /// `max-content`.
    MaxContent,
    /// A length or percentage.
    Length(LengthPercentage),
    /// `fit-content()`; only as a maximum.
    FitContent(LengthPercentage),
    /// `fr`; only as a maximum.
    Fraction(f32),
}

/// A line of a grid.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum GridLine {
    /// `auto`.
    #[default]
    Auto,
    /// The n-th line, from the end where negative.
    Line(i16),
    /// The n-th line with a name, or the edge of an area.
    Named(Arc<str>, i16),
    /// `span n`.
    Span(u16),
}

keywords! {
    /// `grid-auto-flow`.
    GridFlow { Row = "row", Column = "column", RowDense = "row dense", ColumnDense = "column dense" }
}
