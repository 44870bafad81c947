//! Where the items of a flex or grid container go: columns with their widths, rows, and each item's place.

use super::Writer;
use super::arrange::{asked, least};
use super::frame::{Decoration, Frame};
use super::look::Rgb;
use super::measure::SLACK;
use crate::style::NodeId;
use crate::style::computed::{
    Align, ComputedStyle, Display, Grid, GridLine, LengthOrAuto, Repeat, Track, TrackEntry, TrackSize,
};
use crate::units::Px;

/// A grid of items.
#[derive(Debug, Default)]
pub(super) struct Tracks {
    /// Widths of the columns, without the gaps.
    pub columns: Vec<Px>,
    /// Between columns.
    pub gap: Px,
    /// Between rows.
    pub row_gap: Px,
    places: Vec<Placement>,
}

/// An item's place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Placement {
    /// Which item.
    pub item: usize,
    /// From 0.
    pub row: usize,
    /// From 0.
    pub column: usize,
    /// How many columns it takes.
    pub span: usize,
}

impl Tracks {
    /// The grid of a container's items in a column of this width; `None` where reading the cells row by row would
    /// not give the items in their order.
    pub fn of(writer: &Writer, items: &[NodeId], style: &ComputedStyle, width: Px) -> Option<Self> {
        let gap = style.flex.column_gap.map_or(Px::ZERO, |gap| gap.resolve(width));
        // Margins between the items are a gap too: the widest of them stands for all. What stands to the left of an
        // item that is not painted is padding of its cell.
        let margins = |item: &NodeId| {
            writer.tree.node(*item).style.boxes.margin.map(|side| side.resolve(width).unwrap_or(Px::ZERO))
        };
        let painted = |item: &NodeId| !Decoration::of(&writer.tree.node(*item).style, Rgb::WHITE).is_none();
        let left = |item: &NodeId| if painted(item) { margins(item).left } else { Px::ZERO };
        let between = |pair: &[NodeId]| margins(&pair[0]).right + left(&pair[1]);
        let margin = items.windows(2).map(between).fold(Px::ZERO, Px::max);
        let gap = gap + margin;
        let row_gap = style.flex.row_gap.resolve(width);
        let tracks = match style.display {
            Display::Grid | Display::InlineGrid => Self::grid(writer, items, style, (width, gap)),
            _ => Self::flex(writer, items, style, (width, gap)),
        };
        let ordered = tracks.places.windows(2).all(|pair| {
            pair[0].item < pair[1].item && (pair[0].row, pair[0].column) < (pair[1].row, pair[1].column)
        });
        (ordered && !tracks.columns.is_empty()).then_some(Self { gap, row_gap, ..tracks })
    }

    /// How many rows there are.
    pub fn rows(&self) -> usize {
        self.places.iter().map(|place| place.row + 1).max().unwrap_or(0)
    }

    /// The items of a row, from left to right.
    pub fn in_row(&self, row: usize) -> impl Iterator<Item = Placement> + '_ {
        self.places.iter().copied().filter(move |place| place.row == row)
    }

    /// Columns from `grid-template-columns` or from the items' own lines, items in the order of the document
    /// (CSS Grid Layout 2, section 8.5, the sparse algorithm).
    fn grid(writer: &Writer, items: &[NodeId], style: &ComputedStyle, (width, gap): (Px, Px)) -> Self {
        let template = expanded(&style.grid.columns, (width, gap), items.len());
        let areas = style.grid.areas.first().map_or(0, Vec::len);
        let styles: Vec<&ComputedStyle> = items.iter().map(|item| &*writer.tree.node(*item).style).collect();
        let lines = styles.iter().map(|style| explicit(&style.grid)).max().unwrap_or(0);
        let count = template.len().max(areas).max(lines).max(1);
        let auto = Track { min: TrackSize::Auto, max: TrackSize::Auto };
        let mut places = Vec::new();
        let (mut row, mut column) = (0, 0);
        for (item, style) in styles.iter().enumerate() {
            let (start, span) = range(&style.grid, &writer_areas(writer, items, item), count);
            let span = span.clamp(1, count);
            match start.map(|start| start.min(count - span)) {
                Some(start) => {
                    row += usize::from(start < column);
                    column = start;
                }
                None if column + span > count => (row, column) = (row + 1, 0),
                None => {}
            }
            places.push(Placement { item, row, column, span });
            column += span;
        }
        let tracks: Vec<Track> =
            (0..count).map(|index| template.get(index).copied().unwrap_or(auto)).collect();
        let natural = |index: usize| {
            let within = places.iter().filter(|place| place.column == index && place.span == 1);
            within.map(|place| writer.natural_width(items[place.item], width)).fold(Px::ZERO, Px::max)
        };
        let columns = sized(&tracks, natural, width - gap * (count - 1) as f32);
        Self { columns, places, ..Self::default() }
    }

    /// One row, or where items wrap as many as they need, all on the columns of the first.
    fn flex(writer: &Writer, items: &[NodeId], style: &ComputedStyle, (width, gap): (Px, Px)) -> Self {
        use crate::style::computed::FlexWrap;
        let wants: Vec<Px> = items.iter().map(|item| writer.natural_width(*item, width)).collect();
        let mut count = items.len();
        if style.flex.wrap != FlexWrap::Nowrap {
            let mut used = Px::ZERO;
            let fits = wants.iter().take_while(|want| {
                used += **want + gap;
                used - gap <= width + Px(1.0)
            });
            count = fits.count().clamp(1, items.len());
        }
        let room = width - gap * (count - 1) as f32;
        let grows: Vec<f32> =
            items.iter().take(count).map(|item| writer.tree.node(*item).style.flex.grow).collect();
        let stiff = |item: &NodeId| writer.tree.node(*item).style.flex.shrink == 0.0;
        let shrinks: Vec<bool> = items.iter().take(count).map(|item| !stiff(item)).collect();
        let filler = writer.filler(&items[..count], style);
        let columns = flexed(&wants[..count], &grows, &shrinks, (room, filler));
        let places =
            (0..items.len()).map(|item| Placement { item, row: item / count, column: item % count, span: 1 });
        Self { places: places.collect(), columns, ..Self::default() }
    }
}

impl Writer<'_> {
    /// The item of a row behind which there is room if no item grows: that before an auto margin, or where the container
    /// spreads its items, else the last one, unless the room would be painted with it.
    fn filler(&self, items: &[NodeId], style: &ComputedStyle) -> Option<usize> {
        let last = items.len() - 1;
        let pushed = items
            .iter()
            .skip(1)
            .position(|item| self.tree.node(*item).style.boxes.margin.left == LengthOrAuto::Auto);
        let spread = style.flex.justify_content == Align::SpaceBetween;
        let painted = items
            .last()
            .is_some_and(|item| !Decoration::of(&self.tree.node(*item).style, Rgb::WHITE).is_none());
        pushed.or((spread && last > 0).then(|| last.saturating_sub(1))).or((!painted).then_some(last))
    }

    /// How wide a box is if nothing limits it.
    fn natural_width(&self, node: NodeId, column: Px) -> Px {
        let style = &self.tree.node(node).style;
        let frame = Frame::of(style, column);
        let around = frame.padding.horizontal() + frame.border.horizontal();
        let natural = || (self.extent(node).line * SLACK + around).min(column);
        asked(style, column).unwrap_or_else(natural).max(least(style, column))
    }
}

/// The grid areas of an item's container, with the item's own name looked up.
fn writer_areas(writer: &Writer, items: &[NodeId], item: usize) -> Vec<Vec<Option<std::sync::Arc<str>>>> {
    let parent = writer.tree.node(items[item]).parent;
    parent.map(|parent| writer.tree.node(parent).style.grid.areas.clone()).unwrap_or_default()
}

/// The first column and the number of columns that an item asks for.
fn range(grid: &Grid, areas: &[Vec<Option<std::sync::Arc<str>>>], count: usize) -> (Option<usize>, usize) {
    let line = |line: i16| {
        let from_end = count as i32 + 1 + i32::from(line);
        (if line > 0 { i32::from(line) - 1 } else { from_end }).clamp(0, count as i32) as usize
    };
    let area = |name: &str| {
        let row = areas.iter().find(|row| row.iter().flatten().any(|area| &**area == name))?;
        let start = row.iter().position(|area| area.as_deref() == Some(name))?;
        let end = row.iter().rposition(|area| area.as_deref() == Some(name))?;
        Some((start, end + 1))
    };
    match (&grid.column_start, &grid.column_end) {
        (GridLine::Line(from), GridLine::Line(to)) => {
            let (from, to) = (line(*from), line(*to));
            (Some(from.min(to)), from.abs_diff(to).max(1))
        }
        (GridLine::Line(from), GridLine::Span(span)) => (Some(line(*from)), usize::from(*span)),
        (GridLine::Line(from), _) => (Some(line(*from)), 1),
        (GridLine::Span(span), _) | (GridLine::Auto, GridLine::Span(span)) => (None, usize::from(*span)),
        (GridLine::Named(name, _), _) => {
            area(name).map_or((None, 1), |(start, end)| (Some(start), end - start))
        }
        _ => (None, 1),
    }
}

/// How many columns an item's own lines call for.
fn explicit(grid: &Grid) -> usize {
    let line = |line: &GridLine, end: usize| match line {
        GridLine::Line(line) if *line > 0 => *line as usize - end,
        GridLine::Span(span) => usize::from(*span),
        _ => 0,
    };
    line(&grid.column_start, 0).max(line(&grid.column_end, 1))
}

/// The tracks of a list, with `repeat()` written out.
fn expanded(entries: &[TrackEntry], (width, gap): (Px, Px), items: usize) -> Vec<Track> {
    let mut tracks = Vec::new();
    for entry in entries {
        match entry {
            TrackEntry::Names(_) => {}
            TrackEntry::Track(track) => tracks.push(*track),
            TrackEntry::Repeat(repeat, entries) => {
                let once = expanded(entries, (width, gap), items);
                let least = |track: &Track| match (track.min, track.max) {
                    (TrackSize::Length(length), _) | (_, TrackSize::Length(length)) => length.resolve(width),
                    _ => width,
                };
                let one: Px = once.iter().map(|track| least(track) + gap).sum();
                let fitting = (((width + gap) / one.max(Px(1.0))).floor() as usize).max(1);
                let times = match repeat {
                    Repeat::Times(times) => usize::from(*times),
                    Repeat::AutoFill => fitting,
                    Repeat::AutoFit => fitting.min(items.max(1)),
                };
                (0..times).for_each(|_| tracks.extend_from_slice(&once));
            }
        }
    }
    tracks
}

/// The widths of tracks: lengths first, then content, then fractions of what is left (CSS Grid Layout 2, section
/// 11.4 to 11.8, on estimates of the content).
fn sized(tracks: &[Track], natural: impl Fn(usize) -> Px, room: Px) -> Vec<Px> {
    let base = |(index, track): (usize, &Track)| match (track.max, track.min) {
        (TrackSize::Fraction(_), TrackSize::Length(length)) => length.resolve(room),
        (TrackSize::Fraction(_), _) => Px::ZERO,
        (TrackSize::Length(length), _) => length.resolve(room),
        (TrackSize::FitContent(length), _) => natural(index).min(length.resolve(room)),
        _ => natural(index),
    };
    let bases: Vec<Px> = tracks.iter().enumerate().map(base).collect();
    let share = |track: &Track| if let TrackSize::Fraction(share) = track.max { share } else { 0.0 };
    let shares: f32 = tracks.iter().map(share).sum();
    let fixed: Px =
        tracks.iter().zip(&bases).filter(|(track, _)| share(track) == 0.0).map(|(_, base)| *base).sum();
    if shares > 0.0 {
        let unit = (room - fixed).max(Px::ZERO) / shares;
        return tracks
            .iter()
            .zip(&bases)
            .map(|(track, base)| if share(track) > 0.0 { unit * share(track) } else { *base })
            .collect();
    }
    let auto =
        |track: &Track| matches!(track.max, TrackSize::Auto | TrackSize::MaxContent | TrackSize::MinContent);
    let growing = tracks.iter().filter(|track| auto(track)).count();
    let rest = room - fixed;
    if rest.0 < 0.0 {
        return bases.iter().map(|base| *base * (room / fixed)).collect();
    }
    tracks
        .iter()
        .zip(&bases)
        .map(|(track, base)| if auto(track) { *base + rest / growing.max(1) as f32 } else { *base })
        .collect()
}

/// The widths of items on a line: what is left goes to those that grow, what is missing comes from those that shrink,
/// or from all where that is not enough (CSS Flexible Box Layout 1, section 9.7). What none takes is behind `filler`.
fn flexed(wants: &[Px], grows: &[f32], shrinks: &[bool], (room, filler): (Px, Option<usize>)) -> Vec<Px> {
    let wanted: Px = wants.iter().copied().sum();
    let rest = room - wanted;
    let grow: f32 = grows.iter().sum();
    if rest.0 < 0.0 {
        let soft: Px = wants.iter().zip(shrinks).filter(|(_, soft)| **soft).map(|(want, _)| *want).sum();
        let left = soft + rest;
        if left.0 <= 0.0 {
            return wants.iter().map(|want| *want * (room / wanted)).collect();
        }
        let shrunk = |(want, soft_item): (&Px, &bool)| if *soft_item { *want * (left / soft) } else { *want };
        return wants.iter().zip(shrinks).map(shrunk).collect();
    }
    let extra = |index: usize| match grow {
        grow if grow > 0.0 => rest * (grows[index] / grow),
        _ if Some(index) == filler => rest,
        _ => Px::ZERO,
    };
    wants.iter().enumerate().map(|(index, want)| *want + extra(index)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::style::computed::LengthPercentage;

    #[test]
    fn fractions_share_what_lengths_leave() {
        let fraction = |share| Track { min: TrackSize::Auto, max: TrackSize::Fraction(share) };
        let length = TrackSize::Length(LengthPercentage::px(Px(40.0)));
        let fixed = Track { min: length, max: length };
        let widths = sized(&[fixed, fraction(1.0), fraction(2.0)], |_| Px::ZERO, Px(100.0));
        assert_eq!(widths, [Px(40.0), Px(20.0), Px(40.0)]);
    }

    #[test]
    fn a_repeat_that_fills_takes_as_many_as_fit() {
        let length = TrackSize::Length(LengthPercentage::px(Px(40.0)));
        let track = TrackEntry::Track(Track { min: length, max: TrackSize::Fraction(1.0) });
        let repeat = [TrackEntry::Repeat(Repeat::AutoFill, vec![track])];
        assert_eq!(expanded(&repeat, (Px(140.0), Px(10.0)), 9).len(), 3);
    }

    #[test]
    fn an_item_may_span_all_columns() {
        let grid =
            Grid { column_start: GridLine::Line(1), column_end: GridLine::Line(-1), ..Grid::default() };
        assert_eq!(range(&grid, &[], 3), (Some(0), 3));
    }

    #[test]
    fn the_growing_item_takes_the_rest() {
        assert_eq!(
            flexed(&[Px(10.0), Px(10.0)], &[0.0, 1.0], &[true; 2], (Px(50.0), None)),
            [Px(10.0), Px(40.0)]
        );
        let small = [Px(10.0), Px(10.0)];
        assert_eq!(flexed(&small, &[0.0; 2], &[true; 2], (Px(50.0), Some(0))), [Px(40.0), Px(10.0)]);
        assert_eq!(flexed(&small, &[0.0; 2], &[true; 2], (Px(50.0), None)), small);
        let wants = [Px(60.0), Px(40.0)];
        assert_eq!(flexed(&wants, &[0.0; 2], &[true; 2], (Px(50.0), None)), [Px(30.0), Px(20.0)]);
        assert_eq!(flexed(&wants, &[0.0; 2], &[true, false], (Px(50.0), None)), [Px(10.0), Px(40.0)]);
        assert_eq!(flexed(&wants, &[0.0; 2], &[false, false], (Px(50.0), None)), [Px(30.0), Px(20.0)]);
    }
}
