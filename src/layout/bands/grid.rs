//! `grid-*` as taffy's.

use std::sync::Arc;

use taffy::style_helpers::{line, span};
use taffy::{
    GridAutoFlow, GridPlacement, GridTemplateArea, GridTemplateAreas, GridTemplateComponent,
    GridTemplateRepetition, Line, MaxTrackSizingFunction, MinTrackSizingFunction, RepetitionCount, Style,
    TrackSizingFunction,
};

use super::style::{Basis, length};
use crate::style::computed::{
    Grid, GridFlow, GridLine, LengthPercentage, Repeat, Track, TrackEntry, TrackSize,
};
use crate::units::Px;

/// The tracks and areas of a grid container.
pub(super) fn container(style: &mut Style, grid: &Grid, basis: Basis) {
    (style.grid_template_columns, style.grid_template_column_names) = template(&grid.columns, basis.width);
    (style.grid_template_rows, style.grid_template_row_names) = template(&grid.rows, basis.height);
    style.grid_auto_columns = grid.auto_columns.iter().map(|entry| track(entry, basis.width)).collect();
    style.grid_auto_rows = grid.auto_rows.iter().map(|entry| track(entry, basis.height)).collect();
    style.grid_auto_flow = match grid.flow {
        GridFlow::Row => GridAutoFlow::Row,
        GridFlow::Column => GridAutoFlow::Column,
        GridFlow::RowDense => GridAutoFlow::RowDense,
        GridFlow::ColumnDense => GridAutoFlow::ColumnDense,
    };
    style.grid_template_areas = areas(&grid.areas);
}

/// The place of an item in its grid.
pub(super) fn item(style: &mut Style, grid: &Grid) {
    style.grid_row = Line { start: placement(&grid.row_start), end: placement(&grid.row_end) };
    style.grid_column = Line { start: placement(&grid.column_start), end: placement(&grid.column_end) };
}

fn placement(at: &GridLine) -> GridPlacement {
    match at {
        GridLine::Auto => GridPlacement::Auto,
        GridLine::Line(0) => GridPlacement::Auto,
        GridLine::Line(number) => line(*number),
        // For taffy 0 is a name without a number: the edge of an area first, else the first line of the name.
        GridLine::Named(name, 1) => GridPlacement::NamedLine(name.to_string(), 0),
        GridLine::Named(name, number) => GridPlacement::NamedLine(name.to_string(), *number),
        GridLine::Span(count) => span((*count).max(1)),
    }
}

type Names = Vec<Vec<String>>;

/// The tracks of a list, and the names of the lines before, between and after them.
fn template(entries: &[TrackEntry], basis: Option<Px>) -> (Vec<GridTemplateComponent<String>>, Names) {
    named(entries, |entry| match entry {
        TrackEntry::Names(_) => None,
        TrackEntry::Track(own) => Some(GridTemplateComponent::Single(track(own, basis))),
        TrackEntry::Repeat(count, inner) => {
            // No repetition is in a repetition (CSS Grid 2, 7.2.3.1).
            let (tracks, line_names) = named(inner, |entry| match entry {
                TrackEntry::Track(own) => Some(track(own, basis)),
                TrackEntry::Names(_) | TrackEntry::Repeat(..) => None,
            });
            let count = match count {
                Repeat::Times(times) => RepetitionCount::Count((*times).max(1)),
                Repeat::AutoFill => RepetitionCount::AutoFill,
                Repeat::AutoFit => RepetitionCount::AutoFit,
            };
            let repetition = GridTemplateRepetition { count, tracks, line_names };
            (!repetition.tracks.is_empty()).then_some(GridTemplateComponent::Repeat(repetition))
        }
    })
}

/// What `map` makes of the tracks of a list, and the names of the lines before, between and after them.
fn named<T>(entries: &[TrackEntry], map: impl Fn(&TrackEntry) -> Option<T>) -> (Vec<T>, Names) {
    let (mut tracks, mut names) = (Vec::new(), vec![Vec::new()]);
    for entry in entries {
        if let (TrackEntry::Names(own), Some(last)) = (entry, names.last_mut()) {
            last.extend(own.iter().map(|name| name.to_string()));
        }
        if let Some(track) = map(entry) {
            tracks.push(track);
            names.push(Vec::new());
        }
    }
    (tracks, names)
}

fn track(track: &Track, basis: Option<Px>) -> TrackSizingFunction {
    taffy::MinMax { min: least(track.min, basis), max: most(track.max, basis) }
}

fn least(size: TrackSize, basis: Option<Px>) -> MinTrackSizingFunction {
    match size {
        TrackSize::MinContent => MinTrackSizingFunction::min_content(),
        TrackSize::MaxContent => MinTrackSizingFunction::max_content(),
        TrackSize::Length(own) if is_definite(own, basis) => length(own, basis).into(),
        TrackSize::Length(_) => MinTrackSizingFunction::auto(),
        TrackSize::Auto | TrackSize::FitContent(_) | TrackSize::Fraction(_) => MinTrackSizingFunction::auto(),
    }
}

fn most(size: TrackSize, basis: Option<Px>) -> MaxTrackSizingFunction {
    match size {
        TrackSize::Auto => MaxTrackSizingFunction::auto(),
        TrackSize::MinContent => MaxTrackSizingFunction::min_content(),
        TrackSize::MaxContent => MaxTrackSizingFunction::max_content(),
        TrackSize::Length(own) if is_definite(own, basis) => length(own, basis).into(),
        TrackSize::Length(_) => MaxTrackSizingFunction::auto(),
        TrackSize::FitContent(own) => most_content(own, basis),
        TrackSize::Fraction(fraction) => MaxTrackSizingFunction::fr(fraction),
    }
}

fn most_content(own: LengthPercentage, basis: Option<Px>) -> MaxTrackSizingFunction {
    if own.px == Px::ZERO && own.percent != 0.0 {
        return MaxTrackSizingFunction::fit_content_percent(own.percent);
    }
    MaxTrackSizingFunction::fit_content_px(own.resolve(basis.unwrap_or(Px::ZERO)).0)
}

/// Whether a length is plain, a plain percentage or of a known basis.
fn is_definite(length: LengthPercentage, basis: Option<Px>) -> bool {
    length.percent == 0.0 || length.px == Px::ZERO || basis.is_some()
}

/// The rectangles of `grid-template-areas`.
fn areas(rows: &[Vec<Option<Arc<str>>>]) -> Option<GridTemplateAreas<String>> {
    let columns = rows.iter().map(Vec::len).max().filter(|columns| *columns > 0)?;
    let mut found: Vec<GridTemplateArea<String>> = Vec::new();
    for (row, names) in rows.iter().enumerate() {
        for (column, name) in names.iter().enumerate() {
            let Some(name) = name else { continue };
            let (row, column) = (row as u16 + 1, column as u16 + 1);
            match found.iter_mut().find(|area| *area.name == **name) {
                Some(area) => {
                    area.row_end = area.row_end.max(row + 1);
                    area.column_end = area.column_end.max(column + 1);
                }
                None => found.push(GridTemplateArea {
                    name: name.to_string(),
                    row_start: row,
                    row_end: row + 1,
                    column_start: column,
                    column_end: column + 1,
                }),
            }
        }
    }
    Some(GridTemplateAreas { areas: found, row_count: rows.len() as u16, column_count: columns as u16 })
}
