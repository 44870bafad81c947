//! The widths of columns (CSS 2, 17.5.2; CSS Tables 3, section 4).

use super::spacing;
use crate::layout::boxes::{Cell, TableGrid};
use crate::layout::context::Context;
use crate::layout::inline::ContentSizes;
use crate::layout::intrinsic;
use crate::layout::sizing::{Frame, outer};
use crate::style::computed::{ComputedStyle, Sizing, TableLayout};
use crate::units::Px;

/// What a column needs and what it is told.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Track {
    min: Px,
    max: Px,
    fixed: Option<Px>,
    percent: Option<f32>,
}

/// The content sizes of a table: its columns and the gaps.
pub(super) fn content_sizes(cx: &mut Context, grid: &TableGrid, style: &ComputedStyle) -> ContentSizes {
    let tracks = tracks(cx, grid, style);
    let gaps = gaps(grid, style);
    let captions = grid.captions.iter().map(|&caption| intrinsic::contribution(cx, caption).min);
    let caption = captions.reduce(Px::max).unwrap_or(Px::ZERO);
    let min = tracks.iter().map(|track| track.min).sum::<Px>() + gaps;
    let max = tracks.iter().map(|track| track.max).sum::<Px>() + gaps;
    ContentSizes { min: min.max(caption), max: max.max(min).max(caption) }
}

fn gaps(grid: &TableGrid, style: &ComputedStyle) -> Px {
    if grid.width == 0 { Px::ZERO } else { spacing(style).0 * (grid.width + 1) as f32 }
}

/// The widths of the columns of a table whose content box is `width` wide.
pub(super) fn widths(cx: &mut Context, grid: &TableGrid, style: &ComputedStyle, width: Px) -> Vec<Px> {
    let available = (width - gaps(grid, style)).max(Px::ZERO);
    let is_fixed = style.generated.table_layout == TableLayout::Fixed && style.boxes.width != Sizing::Auto;
    if is_fixed { fixed(cx, grid, available) } else { distribute(&tracks(cx, grid, style), available) }
}

/// Fixed layout: by the columns and the first row alone (CSS 2, 17.5.2.1).
fn fixed(cx: &Context, grid: &TableGrid, available: Px) -> Vec<Px> {
    let mut widths: Vec<Option<Px>> = vec![None; grid.width];
    for (index, column) in grid.columns.iter().enumerate() {
        widths[index] = told(column.width, available);
    }
    for cell in grid.rows.first().map_or(&[][..], |row| &row.cells) {
        let style = &cx.layout_box(cell.of).style;
        let extra = Frame::of_box(cx, cell.of, available).inner().horizontal();
        let Some(width) = told(style.boxes.width, available) else { continue };
        let share = outer(width, style, extra) / cell.columns as f32;
        for slot in &mut widths[cell.column..cell.column + cell.columns] {
            slot.get_or_insert(share);
        }
    }
    let taken: Px = widths.iter().flatten().copied().sum();
    let free = widths.iter().filter(|width| width.is_none()).count();
    let share = if free > 0 { ((available - taken) / free as f32).max(Px::ZERO) } else { Px::ZERO };
    let scale = if free == 0 && taken > Px::ZERO { available / taken } else { 1.0 };
    widths.into_iter().map(|width| width.map_or(share, |width| width * scale.max(1.0))).collect()
}

fn told(sizing: Sizing, basis: Px) -> Option<Px> {
    match sizing {
        Sizing::Length(length) => Some(length.resolve(basis)),
        _ => None,
    }
}

/// What the cells of each column need.
fn tracks(cx: &mut Context, grid: &TableGrid, style: &ComputedStyle) -> Vec<Track> {
    let mut tracks = vec![Track::default(); grid.width];
    for (track, column) in tracks.iter_mut().zip(&grid.columns) {
        tell(track, column.width, Px::ZERO);
    }
    let mut cells: Vec<Cell> = grid.rows.iter().flat_map(|row| row.cells.iter().copied()).collect();
    cells.sort_by_key(|cell| cell.columns);
    let gap = spacing(style).0;
    for cell in cells {
        let sizes = intrinsic::contribution(cx, cell.of);
        let cell_style = &cx.layout_box(cell.of).style;
        let spanned = &mut tracks[cell.column..cell.column + cell.columns];
        if let [track] = spanned {
            track.min = track.min.max(sizes.min);
            track.max = track.max.max(sizes.max);
            let extra = Frame::of_box(cx, cell.of, Px::ZERO).inner().horizontal();
            if cx.layout_box(cell.of).origin == crate::layout::boxes::Origin::Element {
                let is_border = cell_style.boxes.sizing == crate::style::computed::BoxSizing::BorderBox;
                tell(track, cell_style.boxes.width, if is_border { Px::ZERO } else { extra });
            }
        } else {
            spread(spanned, sizes, gap);
        }
    }
    for track in &mut tracks {
        track.max = track.fixed.map_or(track.max, |fixed| fixed).max(track.min);
    }
    tracks
}

fn tell(track: &mut Track, width: Sizing, extra: Px) {
    let Sizing::Length(length) = width else { return };
    if length.percent > 0.0 {
        track.percent = Some(track.percent.unwrap_or(0.0).max(length.percent));
    } else {
        track.fixed = Some(track.fixed.unwrap_or(Px::ZERO).max(length.px + extra));
    }
}

/// Spreads what a cell over several columns needs beyond what they have, in proportion to what they have.
fn spread(tracks: &mut [Track], sizes: ContentSizes, gap: Px) {
    let gaps = gap * tracks.len().saturating_sub(1) as f32;
    let have: Px = tracks.iter().map(|track| track.max).sum();
    let share = |track: &Track| if have > Px::ZERO { track.max / have } else { 1.0 / tracks.len() as f32 };
    let shares: Vec<f32> = tracks.iter().map(share).collect();
    let min: Px = tracks.iter().map(|track| track.min).sum();
    let (more_min, more_max) = (sizes.min - gaps - min, sizes.max - gaps - have);
    for (track, share) in tracks.iter_mut().zip(shares) {
        track.min += more_min.max(Px::ZERO) * share;
        track.max = (track.max + more_max.max(Px::ZERO) * share).max(track.min);
    }
}

/// Automatic layout (CSS Tables 3, 4.4): every column at least its minimum, told widths next, what is left in
/// proportion to what columns would like.
fn distribute(tracks: &[Track], available: Px) -> Vec<Px> {
    let wanted: Vec<Px> = tracks
        .iter()
        .map(|track| match track.percent {
            Some(percent) => (available * percent).max(track.min),
            None => track.max,
        })
        .collect();
    let least: Px = tracks.iter().map(|track| track.min).sum();
    let most: Px = wanted.iter().copied().sum();
    if least >= available {
        return tracks.iter().map(|track| track.min).collect();
    }
    if most >= available {
        let told: Px = shrinkable(tracks, &wanted, true);
        let free = available - least;
        let auto = most - least - told;
        let told_part = if told > Px::ZERO { (free / told).min(1.0) } else { 0.0 };
        let rest = free - told * told_part;
        let auto_part = if auto > Px::ZERO { rest / auto } else { 0.0 };
        return tracks
            .iter()
            .zip(&wanted)
            .map(|(track, wanted)| {
                let part = if is_told(track) { told_part } else { auto_part };
                track.min + (*wanted - track.min) * part
            })
            .collect();
    }
    let is_auto = |track: &Track| !is_told(track);
    let any_auto = tracks.iter().any(is_auto);
    let weight =
        |track: &Track, wanted: Px| if any_auto && is_told(track) { Px::ZERO } else { wanted.max(Px(0.01)) };
    let total: Px = tracks.iter().zip(&wanted).map(|(track, wanted)| weight(track, *wanted)).sum();
    let free = available - most;
    let part = |track: &Track, wanted: Px| if total > Px::ZERO { weight(track, wanted) / total } else { 0.0 };
    tracks.iter().zip(&wanted).map(|(track, wanted)| *wanted + free * part(track, *wanted)).collect()
}

fn is_told(track: &Track) -> bool {
    track.fixed.is_some() || track.percent.is_some()
}

/// How much the told columns would like beyond their minimum.
fn shrinkable(tracks: &[Track], wanted: &[Px], told: bool) -> Px {
    let chosen = tracks.iter().zip(wanted).filter(|(track, _)| is_told(track) == told);
    chosen.map(|(track, wanted)| *wanted - track.min).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn track(min: f32, max: f32) -> Track {
        Track { min: Px(min), max: Px(max), ..Track::default() }
    }

    #[test]
    fn what_is_left_goes_to_those_that_would_like_more() {
        let widths = distribute(&[track(10.0, 20.0), track(10.0, 100.0)], Px(70.0));
        assert_eq!(widths, [Px(15.0), Px(55.0)]);
    }

    #[test]
    fn told_columns_keep_their_width_when_there_is_room() {
        let told = Track { fixed: Some(Px(40.0)), ..track(10.0, 40.0) };
        assert_eq!(distribute(&[told, track(10.0, 20.0)], Px(100.0)), [Px(40.0), Px(60.0)]);
    }

    #[test]
    fn percentages_are_of_the_table() {
        let half = Track { percent: Some(0.5), ..track(10.0, 20.0) };
        assert_eq!(distribute(&[half, track(10.0, 20.0)], Px(100.0)), [Px(50.0), Px(50.0)]);
    }
}
