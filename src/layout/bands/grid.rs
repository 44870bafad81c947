//! `grid-*` as taffy's.

use std::sync::Arc;

use taffy::style_helpers::{line, span};
use taffy::{
    GridAutoFlow, GridPlacement, GridTemplateArea, GridTemplateAreas, GridTemplateComponent,
    GridTemplateRepetition, Line, MaxTrackSizingFunction, MinTrackSizingFunction, RepetitionCount, Style,
    TrackSizingFunction,
};

use super::style::Basis;
use crate::style::computed::{Grid, GridFlow, GridLine, Repeat, Track, TrackEntry, TrackSize};
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
    let mut tracks = Vec::new();
    let mut names: Names = vec![Vec::new()];
    for entry in entries {
        match entry {
            TrackEntry::Names(own) => add_names(&mut names, own),
            TrackEntry::Track(own) => {
                tracks.push(GridTemplateComponent::Single(track(own, basis)));
                names.push(Vec::new());
            }
            TrackEntry::Repeat(count, inner) => {
                let (inner_tracks, inner_names) = flat(inner, basis);
                if inner_tracks.is_empty() {
                    continue;
                }
                let count = match count {
                    Repeat::Times(times) => RepetitionCount::Count((*times).max(1)),
                    Repeat::AutoFill => RepetitionCount::AutoFill,
                    Repeat::AutoFit => RepetitionCount::AutoFit,
                };
                let repetition =
                    GridTemplateRepetition { count, tracks: inner_tracks, line_names: inner_names };
                tracks.push(GridTemplateComponent::Repeat(repetition));
                names.push(Vec::new());
            }
        }
    }
    (tracks, names)
}

fn add_names(names: &mut Names, own: &[Arc<str>]) {
    if let Some(last) = names.last_mut() {
        last.extend(own.iter().map(|name| name.to_string()));
    }
}

/// The tracks of a repetition: no repetition is in it (CSS Grid 2, 7.2.3.1).
fn flat(entries: &[TrackEntry], basis: Option<Px>) -> (Vec<TrackSizingFunction>, Names) {
    let mut tracks = Vec::new();
    let mut names: Names = vec![Vec::new()];
    for entry in entries {
        match entry {
            TrackEntry::Names(own) => add_names(&mut names, own),
            TrackEntry::Track(own) => {
                tracks.push(track(own, basis));
                names.push(Vec::new());
            }
            TrackEntry::Repeat(..) => {}
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
        TrackSize::Length(length) if length.percent == 0.0 => MinTrackSizingFunction::length(length.px.0),
        TrackSize::Length(length) => match basis {
            Some(basis) => MinTrackSizingFunction::length(length.resolve(basis).0),
            None => MinTrackSizingFunction::auto(),
        },
        TrackSize::Auto | TrackSize::FitContent(_) | TrackSize::Fraction(_) => MinTrackSizingFunction::auto(),
    }
}

fn most(size: TrackSize, basis: Option<Px>) -> MaxTrackSizingFunction {
    match size {
        TrackSize::Auto => MaxTrackSizingFunction::auto(),
        TrackSize::MinContent => MaxTrackSizingFunction::min_content(),
        TrackSize::MaxContent => MaxTrackSizingFunction::max_content(),
        TrackSize::Length(length) if length.percent == 0.0 => MaxTrackSizingFunction::length(length.px.0),
        TrackSize::Length(length) => match basis {
            Some(basis) => MaxTrackSizingFunction::length(length.resolve(basis).0),
            None => MaxTrackSizingFunction::auto(),
        },
        TrackSize::FitContent(length) => {
            MaxTrackSizingFunction::fit_content_px(length.resolve(basis.unwrap_or(Px::ZERO)).0)
        }
        TrackSize::Fraction(fraction) => MaxTrackSizingFunction::fr(fraction),
    }
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
