//! What stands on one line: the stretches of its runs, in logical and in visual order.

use super::Ending;
use super::fit::{self, Setting};
use super::opportunities::{BreakKind, Opportunity, Sum, hangs};
use super::prepared::Prepared;
use super::shape::{Cluster, RawGlyph, Run, Shaped};
use crate::units::Px;

/// A line that was chosen.
#[derive(Clone, Copy, Debug)]
pub(super) struct LineRange {
    /// Bytes of the text.
    pub start: u32,
    pub end: u32,
    pub indent: Px,
    /// Where its room begins.
    pub left: Px,
    /// How wide its room is.
    pub room: Px,
    /// What its content measures, indent and hyphen included.
    pub sum: Sum,
    /// How much of that may hang at its end.
    pub hang: f32,
    pub ending: Ending,
    /// Whether the hyphen at its end stands for a soft hyphen of the text.
    pub soft_hyphen: bool,
}

impl LineRange {
    /// The line from one opportunity to another, in a room that begins at the left and is the setting's first.
    pub(super) fn new(list: &[Opportunity], (from, to): (usize, usize), setting: &Setting) -> Self {
        let end = &list[to];
        Self {
            start: list[from].byte,
            end: end.byte,
            indent: Px(if from == 0 { setting.indent } else { 0.0 }),
            left: Px::ZERO,
            room: Px(setting.room(0)),
            sum: fit::line(list, from, to, setting),
            hang: end.hang,
            ending: match end.kind {
                BreakKind::Forced => Ending::Forced,
                BreakKind::End => Ending::Last,
                kind if kind.is_hyphen() => Ending::Hyphen,
                _ => Ending::Soft,
            },
            soft_hyphen: end.kind == BreakKind::SoftHyphen,
        }
    }
}

/// The part of a run that is on a line.
#[derive(Clone, Debug)]
pub(super) struct Segment<'p> {
    pub run: &'p Run,
    pub run_index: usize,
    pub level: u8,
    pub clusters: &'p [Cluster],
    /// What the clusters' glyph places are in.
    pub glyphs: &'p [RawGlyph],
    /// What has to be added to the clusters' bytes.
    pub base: u32,
    /// The index of the first cluster in the paragraph; `None` of a part of a divided cluster.
    pub first: Option<usize>,
    /// How many clusters, at its end, hang at the end of the line.
    pub hanging: usize,
    /// Whether a hyphen follows.
    pub hyphen: bool,
}

impl Segment<'_> {
    /// Whether it is read from left to right.
    pub(super) fn rightwards(&self) -> bool {
        self.level & 1 == 0
    }

    pub(super) fn start(&self) -> u32 {
        self.clusters.first().map_or(0, |cluster| cluster.start) + self.base
    }

    pub(super) fn end(&self) -> u32 {
        self.clusters.last().map_or(0, |cluster| cluster.end) + self.base
    }
}

/// The segments of a line in logical order.
pub(super) fn segments<'p>(prepared: &'p Prepared, line: &LineRange) -> Vec<Segment<'p>> {
    let shaped = &prepared.shaped;
    let mut segments = Vec::new();
    let from = shaped.clusters.partition_point(|cluster| cluster.start < line.start);
    let to = shaped.clusters.partition_point(|cluster| cluster.end <= line.end);
    let part = |byte: u32, second: bool| {
        let divided = prepared.divided.iter().find(|divided| divided.byte == byte)?;
        let index = shaped.clusters.partition_point(|cluster| cluster.start < divided.end).checked_sub(1)?;
        let run_index = shaped.clusters[index].run as usize;
        let (part, base) = if second { (&divided.second, byte) } else { (&divided.first, divided.start) };
        Some(partial(&shaped.runs[run_index], run_index, part, base))
    };
    if shaped.clusters.get(from).is_none_or(|cluster| cluster.start != line.start) && line.start > 0 {
        segments.extend(part(line.start, true));
    }
    let first_run = shaped.runs.partition_point(|run| run.end as usize <= from);
    for (run_index, run) in shaped.runs.iter().enumerate().skip(first_run) {
        let (start, end) = ((run.start as usize).max(from), (run.end as usize).min(to));
        if start >= end {
            break;
        }
        segments.push(Segment {
            run,
            run_index,
            level: run.level,
            clusters: &shaped.clusters[start..end],
            glyphs: &shaped.glyphs,
            base: 0,
            first: Some(start),
            hanging: 0,
            hyphen: false,
        });
    }
    if line.ending == Ending::Hyphen {
        segments.extend(part(line.end, false));
        if let Some(last) = segments.last_mut() {
            last.hyphen = true;
        }
    }
    hang(&mut segments, shaped.level);
    segments
}

fn partial<'p>(run: &'p Run, run_index: usize, part: &'p Shaped, base: u32) -> Segment<'p> {
    Segment {
        run,
        run_index,
        level: run.level,
        clusters: &part.clusters,
        glyphs: &part.glyphs,
        base,
        first: None,
        hanging: 0,
        hyphen: false,
    }
}

/// Marks the white space at the end of a line, which gets the paragraph's own level (UAX #9, L1).
fn hang(segments: &mut Vec<Segment>, level: u8) {
    let mut at = segments.len();
    while at > 0 {
        at -= 1;
        let segment = &mut segments[at];
        if segment.hyphen {
            return;
        }
        segment.hanging = segment.clusters.iter().rev().take_while(|cluster| hangs(cluster)).count();
        if segment.hanging == segment.clusters.len() {
            segment.level = level;
            continue;
        }
        if segment.hanging > 0 && segment.level != level {
            let visible = segment.clusters.len() - segment.hanging;
            let tail = Segment {
                level,
                clusters: &segment.clusters[visible..],
                first: segment.first.map(|first| first + visible),
                ..segment.clone()
            };
            segment.clusters = &segment.clusters[..visible];
            segment.hanging = 0;
            segments.insert(at + 1, tail);
        }
        return;
    }
}

/// The order of segments from left to right (UAX #9, L2).
pub(super) fn visual_order(segments: &[Segment]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..segments.len()).collect();
    let highest = segments.iter().map(|segment| segment.level).max().unwrap_or(0);
    let lowest_odd = segments.iter().map(|segment| segment.level | 1).min().unwrap_or(1);
    for level in (lowest_odd..=highest).rev() {
        let mut start = 0;
        while start < order.len() {
            let reversed = |place: &usize| segments[*place].level >= level;
            let length = order[start..].iter().take_while(|place| reversed(place)).count();
            order[start..start + length].reverse();
            start += length.max(1);
        }
    }
    order
}
