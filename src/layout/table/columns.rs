//! The widths of columns (CSS 2, 17.5.2; CSS Tables 3, section 4).

use super::distribute::{Track, distribute};
use super::spacing;
use crate::layout::boxes::{BoxId, Cell, Origin, TableGrid};
use crate::layout::context::Context;
use crate::layout::inline::ContentSizes;
use crate::layout::intrinsic;
use crate::layout::sizing::{Frame, definite, outer};
use crate::style::computed::{BoxSizing, ComputedStyle, LengthPercentage, Sizing, TableLayout};
use crate::units::Px;

/// The content sizes of a table: its columns and the gaps.
pub(super) fn content_sizes(cx: &mut Context, grid: &TableGrid, style: &ComputedStyle) -> ContentSizes {
    let gaps = gaps(grid, style);
    let tracks = if is_fixed(style) { told_tracks(cx, grid) } else { tracks(cx, grid, style) };
    let min = tracks.iter().map(|track| track.min).sum::<Px>();
    let max = tracks.iter().map(|track| track.max).sum::<Px>().max(by_percentages(&tracks));
    ContentSizes { min: min + gaps, max: max.max(min) + gaps }
}

fn gaps(grid: &TableGrid, style: &ComputedStyle) -> Px {
    if grid.width == 0 { Px::ZERO } else { spacing(style).0 * (grid.width + 1) as f32 }
}

fn is_fixed(style: &ComputedStyle) -> bool {
    style.generated.table_layout == TableLayout::Fixed && style.boxes.width != Sizing::Auto
}

/// How wide the columns must be for those with a percentage to get it and all others what they would like.
fn by_percentages(tracks: &[Track]) -> Px {
    let mut percent = 0.0;
    let (mut widest, mut others) = (Px::ZERO, Px::ZERO);
    for track in tracks {
        match track.percent {
            Some(own) => {
                percent += own;
                if own > 0.0 {
                    widest = widest.max(track.max / own);
                }
            }
            None => others += track.max,
        }
    }
    if percent == 0.0 || others <= Px::ZERO {
        return widest;
    }
    // Where nothing is left for the others no width is enough; a page is never so wide.
    widest.max(if percent < 1.0 { others / (1.0 - percent) } else { Px(1.0e6) })
}

/// The widths of the columns of a table whose content box is `width` wide.
pub(super) fn widths(cx: &mut Context, grid: &TableGrid, style: &ComputedStyle, width: Px) -> Vec<Px> {
    let target = (width - gaps(grid, style)).max(Px::ZERO);
    if is_fixed(style) {
        share(&told_tracks(cx, grid), target)
    } else {
        distribute(&tracks(cx, grid, style), target)
    }
}

/// Fixed layout: what is not told takes equal parts of what is left (CSS 2, 17.5.2.1).
fn share(tracks: &[Track], target: Px) -> Vec<Px> {
    let is_free = |track: &Track| !track.is_told && track.percent.is_none();
    let free = tracks.iter().filter(|track| is_free(track)).count();
    if free == 0 {
        return distribute(tracks, target);
    }
    let own = |track: &Track| track.percent.map_or(track.max, |percent| target * percent);
    let taken: Px = tracks.iter().map(own).sum();
    let each = ((target - taken) / free as f32).max(Px::ZERO);
    tracks.iter().map(|track| if is_free(track) { each } else { own(track) }).collect()
}

/// What the columns and the cells of the first row are told: all that fixed layout looks at.
fn told_tracks(cx: &Context, grid: &TableGrid) -> Vec<Track> {
    let mut tracks = vec![Track::default(); grid.width];
    for (track, column) in tracks.iter_mut().zip(&grid.columns) {
        tell(track, column.style.boxes.width, Px::ZERO);
    }
    for cell in grid.rows.first().map_or(&[][..], |row| &row.cells) {
        let parts = cell.columns as f32;
        let width = match told_width(cx, cell.of) {
            Sizing::Length(length) if length.percent > 0.0 => {
                Sizing::Length(LengthPercentage { percent: length.percent / parts, ..length })
            }
            Sizing::Length(length) => Sizing::Length(LengthPercentage::px(length.px / parts)),
            other => other,
        };
        for track in &mut tracks[cell.column..cell.column + cell.columns] {
            if !track.is_told && track.percent.is_none() {
                tell(track, width, Px::ZERO);
            }
        }
    }
    for track in &mut tracks {
        track.min = if track.is_told { track.max } else { Px::ZERO };
    }
    tracks
}

/// The `width` of a cell's border box.
fn told_width(cx: &Context, cell: BoxId) -> Sizing {
    let layout_box = cx.layout_box(cell);
    match layout_box.style.boxes.width {
        Sizing::Length(length) if layout_box.origin == Origin::Element => {
            let extra = Frame::of_box(cx, cell, Px::ZERO).inner().horizontal();
            let px = match (length.percent > 0.0, layout_box.style.boxes.sizing) {
                (false, BoxSizing::ContentBox) => length.px + extra,
                (false, BoxSizing::BorderBox) => length.px.max(extra),
                (true, _) => length.px,
            };
            Sizing::Length(LengthPercentage { px, ..length })
        }
        _ => Sizing::Auto,
    }
}

/// What the cells of each column need.
fn tracks(cx: &mut Context, grid: &TableGrid, style: &ComputedStyle) -> Vec<Track> {
    let mut tracks = vec![Track::default(); grid.width];
    for (track, column) in tracks.iter_mut().zip(&grid.columns) {
        tell(track, column.style.boxes.width, Px::ZERO);
        let least = definite(column.style.boxes.min_width, None).unwrap_or(Px::ZERO);
        track.min = track.min.max(least);
        track.max = track.max.max(least);
    }
    let mut cells: Vec<Cell> = grid.rows.iter().flat_map(|row| row.cells.iter().copied()).collect();
    cells.sort_by_key(|cell| cell.columns);
    let gap = spacing(style).0;
    for cell in cells {
        let needs = needs(cx, cell.of);
        match &mut tracks[cell.column..cell.column + cell.columns] {
            [track] => take(track, &needs),
            spanned => spread(spanned, &needs, gap),
        }
    }
    // Percentages add up to the table at most: the first columns have theirs.
    let mut left = 1.0_f32;
    for percent in tracks.iter_mut().filter_map(|track| track.percent.as_mut()) {
        *percent = percent.min(left);
        left -= *percent;
    }
    tracks
}

/// What a cell needs, and what it is told.
fn needs(cx: &mut Context, cell: BoxId) -> Track {
    let layout_box = cx.layout_box(cell);
    let style = &layout_box.style;
    let extra = Frame::of_box(cx, cell, Px::ZERO).inner().horizontal();
    let content = intrinsic::content_sizes(cx, cell);
    let mut track = Track { min: content.min + extra, max: content.max + extra, ..Track::default() };
    if layout_box.origin == Origin::Element {
        let limit = |sizing| definite(sizing, None).map(|limit| outer(limit, style, extra));
        track.min = track.min.max(limit(style.boxes.min_width).unwrap_or(Px::ZERO));
        match told_width(cx, cell) {
            Sizing::Length(length) if length.percent > 0.0 => track.percent = Some(length.percent),
            Sizing::Length(length) => (track.max, track.is_told) = (length.px, true),
            _ => {}
        }
        track.max = track.max.min(limit(style.boxes.max_width).unwrap_or(Px(f32::INFINITY)));
    }
    track.max = track.max.max(track.min);
    track
}

/// Lets a column have what one of its cells needs.
fn take(track: &mut Track, needs: &Track) {
    track.min = track.min.max(needs.min);
    track.max = match (track.is_told, needs.is_told) {
        (true, false) => track.max.max(needs.min),
        (false, true) => needs.max.max(track.min),
        _ => track.max.max(needs.max),
    };
    track.is_told |= needs.is_told;
    let percent = track.percent.into_iter().chain(needs.percent);
    track.percent = percent.reduce(f32::max);
}

fn tell(track: &mut Track, width: Sizing, extra: Px) {
    let Sizing::Length(length) = width else { return };
    if length.percent > 0.0 {
        track.percent = Some(track.percent.unwrap_or(0.0).max(length.percent));
    } else {
        track.is_told = true;
        track.max = track.max.max(length.px + extra);
    }
}

/// Spreads what a cell over several columns needs, as if they were to share that width.
fn spread(tracks: &mut [Track], needs: &Track, gap: Px) {
    let gaps = gap * tracks.len().saturating_sub(1) as f32;
    if let Some(percent) = needs.percent {
        spread_percentage(tracks, percent);
    }
    let mins = distribute(tracks, (needs.min - gaps).max(Px::ZERO));
    for (track, min) in tracks.iter_mut().zip(mins) {
        track.min = track.min.max(min);
        track.max = track.max.max(track.min);
    }
    let maxima = distribute(tracks, (needs.max - gaps).max(Px::ZERO));
    for (track, max) in tracks.iter_mut().zip(maxima) {
        track.max = track.max.max(max);
    }
}

/// Gives the columns without a percentage what theirs leave of that of a cell over all of them.
fn spread_percentage(tracks: &mut [Track], percent: f32) {
    let taken: f32 = tracks.iter().filter_map(|track| track.percent).sum();
    let free: Vec<&mut Track> = tracks.iter_mut().filter(|track| track.percent.is_none()).collect();
    let all: Px = free.iter().map(|track| track.max).sum();
    let count = free.len() as f32;
    let rest = (percent - taken).max(0.0);
    for track in free {
        let part = if all > Px::ZERO { track.max / all } else { 1.0 / count };
        track.percent = Some(rest * part);
    }
}
