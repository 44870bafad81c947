//! The walk along a line, from left to right: where each segment and each edge of an inline box stands.

use std::collections::BTreeMap;

use super::Ending;
use super::collect::{BREAK, SpanKind};
use super::line::{LineRange, Segment, visual_order};
use super::place::{Placer, Share};
use super::prepared::{End, edge};
use super::shape::ClusterKind;
use super::vertical::Heights;
use crate::geom::Point;
use crate::style::NodeId;
use crate::style::computed::WhiteSpace;
use crate::units::Px;

/// What is on a line, as far as its boxes are concerned: from where to where each reaches.
#[derive(Debug, Default)]
pub(super) struct Extents {
    /// By box: its border box.
    pub boxes: BTreeMap<usize, BoxExtent>,
    /// By box: its text.
    pub text: BTreeMap<usize, (Px, Px)>,
    /// By box: the top and bottom of the atoms in it.
    pub atoms: BTreeMap<usize, (Px, Px)>,
}

/// From where to where a border box reaches, and which of its edges are on the line.
#[derive(Clone, Copy, Debug)]
pub(super) struct BoxExtent {
    pub left: Px,
    pub right: Px,
    pub left_edge: bool,
    pub right_edge: bool,
}

fn widen(extents: &mut BTreeMap<usize, (Px, Px)>, index: usize, from: Px, to: Px) {
    let extent = extents.entry(index).or_insert((from, to));
    *extent = (extent.0.min(from), extent.1.max(to));
}

/// How many times as wide as their own the letters and the spaces of a segment are.
#[derive(Clone, Copy, Debug)]
pub(super) struct Give {
    pub letters: f32,
    pub spaces: f32,
}

/// The walk along one line, from left to right.
pub(super) struct Walk<'w, 'p, 'a> {
    pub placer: &'w Placer<'p, 'a>,
    pub heights: &'w Heights,
    pub range: &'w LineRange,
    /// In logical order.
    pub segments: &'w [Segment<'p>],
    share: Share,
    x: Px,
    pub extents: Extents,
    /// By segment: its left end.
    pub places: Vec<Px>,
    pub marks: Vec<(NodeId, Point)>,
}

impl<'w, 'p, 'a> Walk<'w, 'p, 'a> {
    pub(super) fn new(
        placer: &'w Placer<'p, 'a>,
        range: &'w LineRange,
        segments: &'w [Segment<'p>],
        heights: &'w Heights,
        share: Share,
    ) -> Self {
        let extents = Extents::default();
        let places = vec![Px::ZERO; segments.len()];
        Self { placer, heights, range, segments, share, x: share.left, extents, places, marks: Vec::new() }
    }

    /// Walks, and finds all extents, places and marks. Boxes are moved by `shifts`.
    pub(super) fn walk(&mut self, shifts: &[Point]) {
        let prepared = self.placer.prepared;
        let segments = self.segments;
        if prepared.shaped.level % 2 == 1 {
            // What hangs at the end of a line that runs leftwards hangs out at the left.
            for segment in segments {
                let hanging = &segment.clusters[segment.clusters.len() - segment.hanging..];
                self.x -= hanging.iter().map(|cluster| Px(cluster.advance)).sum();
            }
        }
        for place in visual_order(segments) {
            let segment = &segments[place];
            let span = &prepared.collected.spans[segment.run.span];
            let rightwards = segment.rightwards();
            let opens = segment.start() == span.start;
            let closes = segment.end() == span.end;
            if rightwards && opens {
                span.opens.iter().for_each(|&inline| self.edge(inline, End::Start, true));
            } else if !rightwards && closes {
                span.closes.iter().rev().for_each(|&inline| self.edge(inline, End::End, true));
            }
            self.places[place] = self.x;
            self.content(place, rightwards);
            if rightwards && closes {
                span.closes.iter().for_each(|&inline| self.edge(inline, End::End, false));
            } else if !rightwards && opens {
                span.opens.iter().rev().for_each(|&inline| self.edge(inline, End::Start, false));
            }
        }
        self.move_across(shifts);
        self.out_of_flow();
    }

    /// The elements without a character that stand on this line.
    fn out_of_flow(&mut self) {
        let (range, segments) = (self.range, self.segments);
        let marks = &self.placer.prepared.collected.marks;
        let first = marks.partition_point(|mark| mark.0 < range.start);
        for &(byte, node) in marks[first..].iter().take_while(|mark| mark.0 <= range.end) {
            let inside = byte >= range.start && byte < range.end;
            if inside || (byte == range.end && range.ending == Ending::Last) {
                let at = segments.iter().position(|segment| byte < segment.end());
                let x = at.map_or(self.x, |at| {
                    let before = segments[at].clusters.iter().enumerate();
                    let before = before.filter(|(_, cluster)| cluster.start + segments[at].base < byte);
                    self.places[at]
                        + before
                            .map(|(index, _)| self.advance(&segments[at], index, self.give(&segments[at])))
                            .sum()
                });
                let text = &self.placer.prepared.collected.text;
                let is_below = text.get(..byte as usize).is_some_and(|text| text.ends_with(BREAK));
                let at = match is_below && byte == range.end {
                    true => Point::new(self.range.left, self.heights.height),
                    false => Point::new(x, Px::ZERO),
                };
                self.marks.push((node, at));
            }
        }
    }

    /// Steps over one edge of an inline box.
    fn edge(&mut self, inline: usize, end: End, left: bool) {
        let data = &self.placer.prepared.collected.boxes[inline];
        let edge = edge(data, end, self.placer.width);
        if end == End::Start
            && let Some(node) = data.node
        {
            self.marks.push((node, Point::new(self.x, Px::ZERO)));
        }
        let (before, inside) = if left { (edge.margin, edge.inner) } else { (Px::ZERO, edge.inner) };
        let from = self.x + before;
        self.grow(inline, from, from + inside);
        if let Some(extent) = self.extents.boxes.get_mut(&inline) {
            extent.left_edge |= left;
            extent.right_edge |= !left;
        }
        self.x += edge.margin + edge.inner;
        if let Some(parent) = data.parent {
            self.grow(parent, from - before, self.x);
        }
    }

    /// Makes a box, and those around it, reach from `from` to `to`.
    fn grow(&mut self, inline: usize, from: Px, to: Px) {
        let mut next = Some(inline);
        while let Some(index) = next {
            let extent = self.extents.boxes.entry(index).or_insert(BoxExtent {
                left: from,
                right: to,
                left_edge: false,
                right_edge: false,
            });
            extent.left = extent.left.min(from);
            extent.right = extent.right.max(to);
            next = self.placer.prepared.collected.boxes[index].parent;
        }
    }

    /// Steps over the content of a segment.
    fn content(&mut self, place: usize, rightwards: bool) {
        let segment = &self.segments[place];
        let collected = &self.placer.prepared.collected;
        let span = &collected.spans[segment.run.span];
        let visible = segment.clusters.len() - segment.hanging;
        let give = self.give(segment);
        let advance = |index| self.advance(segment, index, give);
        let seen: Px = (0..visible).map(advance).sum();
        let hanging: Px = (visible..segment.clusters.len()).map(advance).sum();
        let seen = seen + self.hyphen(segment).1;
        let from = if rightwards { self.x } else { self.x + hanging };
        if visible > 0 {
            self.grow(span.parent, from, from + seen);
            let mut next = Some(span.parent);
            while let Some(index) = next {
                match span.kind {
                    SpanKind::Text => widen(&mut self.extents.text, index, from, from + seen),
                    SpanKind::Atom => {
                        let top = self.heights.atoms[place];
                        let height = self.placer.atom(segment).height;
                        widen(&mut self.extents.atoms, index, top, top + height);
                    }
                    SpanKind::Leader | SpanKind::Control => {}
                }
                next = collected.boxes[index].parent;
            }
        }
        // White space that is taken away at the end of a line is past the ends of the boxes that close behind it.
        let stays = matches!(span.style.text.white_space, WhiteSpace::Pre | WhiteSpace::PreWrap);
        let hangs_out = !stays && rightwards && self.placer.prepared.shaped.level.is_multiple_of(2);
        self.x += if hangs_out { seen } else { seen + hanging };
    }

    /// How far a cluster of a segment that gives so much moves the pen on this line.
    pub(super) fn advance(&self, segment: &Segment, index: usize, give: Give) -> Px {
        let cluster = &segment.clusters[index];
        match (cluster.kind, segment.first) {
            (ClusterKind::Other, _) => Px(cluster.advance * give.letters),
            (ClusterKind::Space | ClusterKind::NoBreakSpace, _) => {
                let hangs = index >= segment.clusters.len() - segment.hanging;
                Px(cluster.advance * if hangs { 1.0 } else { give.spaces })
            }
            (ClusterKind::Atom, _) => self.placer.atom(segment).width,
            (ClusterKind::Leader, _) => {
                let least = self.placer.prepared.leader(segment.run.span).map_or(0.0, |leader| leader.width);
                Px(least) + self.share.leader
            }
            (ClusterKind::Tab, Some(first)) => {
                let sums = &self.placer.material.sums;
                Px(sums[first + index + 1].width - sums[first + index].width)
            }
            _ => Px(cluster.advance),
        }
    }

    /// How much wider the clusters of a segment are than their font has them.
    pub(super) fn give(&self, segment: &Segment) -> Give {
        let style = &self.placer.prepared.collected.spans[segment.run.span].style.text;
        let gives = style.white_space != WhiteSpace::Pre;
        Give {
            letters: 1.0 + if gives && segment.run.stretches { self.share.letters } else { 0.0 },
            spaces: if gives { 1.0 + self.share.spaces } else { 1.0 },
        }
    }

    /// The hyphen after a segment: its glyph and its width.
    pub(super) fn hyphen(&self, segment: &Segment) -> (u16, Px) {
        if !segment.hyphen {
            return (0, Px::ZERO);
        }
        let (glyph, width) = self.placer.prepared.hyphens[segment.run_index];
        (glyph, Px(width * self.give(segment).letters))
    }
}
