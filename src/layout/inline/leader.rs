//! Leaders (CSS Generated Content 3, section 2.4): a pattern, repeated, that fills what is left of a line.

use std::sync::Arc;

use super::FragmentContent;
use super::Typesetter;
use super::collect::Collected;
use super::prepared::Prepared;
use super::shape::{Cluster, Run, Shaped, shape_alone};
use super::walk::Walk;
use crate::geom::Point;
use crate::layout::{Artifact, Glyph, Item, Tag, Text};
use crate::style::computed::Visibility;
use crate::units::Px;

/// The most copies of a pattern on one line.
const MOST_COPIES: f32 = 10_000.0;
/// What the last copy may stick out by calculation.
const ROUNDING: f32 = 0.01;

/// A leader: it is at least one copy of its pattern wide.
#[derive(Debug)]
pub(super) struct Leader {
    /// Its cluster in the paragraph.
    pub cluster: u32,
    /// The width of its pattern.
    pub width: f32,
    span: usize,
    text: Arc<str>,
    pattern: Shaped,
}

impl Leader {
    /// The leaders of a paragraph, their patterns shaped.
    pub(super) fn all(typesetter: &Typesetter, collected: &Collected, shaped: &Shaped) -> Vec<Self> {
        let of = |(index, text): &(usize, Arc<str>)| {
            let span = &collected.spans[*index];
            let cluster = shaped.clusters.partition_point(|cluster| cluster.start < span.start) as u32;
            let pattern = shape_alone(typesetter, text, span);
            let width = pattern.clusters.iter().map(|cluster| cluster.advance).sum();
            Self { cluster, width, span: *index, text: text.clone(), pattern }
        };
        collected.leaders.iter().map(of).collect()
    }

    /// Its first run with something to see: all of a leader is of one font.
    fn run(&self) -> Option<(usize, &Run)> {
        let is_seen = |cluster: &&Cluster| !self.is_blank(cluster);
        let run = self.pattern.clusters.iter().find(is_seen)?.run as usize;
        self.pattern.runs.get(run).map(|found| (run, found))
    }

    fn is_blank(&self, cluster: &Cluster) -> bool {
        self.text[cluster.start as usize..cluster.end as usize].trim().is_empty()
    }

    /// One copy of the pattern, its text from byte `base` on. What is blank, or of another font, is only room.
    fn copy(&self, run: usize, base: usize, glyphs: &mut Vec<Glyph>) {
        for cluster in &self.pattern.clusters {
            let range = (cluster.start + base as u32, cluster.end + base as u32);
            if let (true, Some(last)) =
                (self.is_blank(cluster) || cluster.run as usize != run, glyphs.last_mut())
            {
                last.advance += Px(cluster.advance);
                last.range.1 = range.1;
                continue;
            }
            let raw = &self.pattern.glyphs[cluster.first_glyph as usize..cluster.last_glyph as usize];
            let natural: f32 = raw.iter().map(|glyph| glyph.advance).sum();
            glyphs.extend(raw.iter().map(|glyph| Glyph {
                id: glyph.id,
                advance: Px(glyph.advance),
                offset: Point::new(Px(glyph.x), Px(glyph.y)),
                range,
            }));
            if let (Some(last), false) = (glyphs.last_mut(), raw.is_empty()) {
                last.advance += Px(cluster.advance - natural);
            }
        }
    }
}

impl Prepared {
    /// The leader that a span is.
    pub(super) fn leader(&self, span: usize) -> Option<&Leader> {
        self.leaders.binary_search_by_key(&span, |leader| leader.span).ok().map(|index| &self.leaders[index])
    }
}

impl Walk<'_, '_, '_> {
    /// The copies of a leader's pattern in its place. They stand in a grid from the right edge of the block, which
    /// lines below each other share however far they are indented.
    pub(super) fn leader(&self, place: usize) -> Option<FragmentContent> {
        let segment = &self.segments[place];
        let span = &self.placer.prepared.collected.spans[segment.run.span];
        let leader = self.placer.prepared.leader(segment.run.span)?;
        let (index, run) = leader.run()?;
        if span.style.text.visibility != Visibility::Visible || leader.width <= ROUNDING {
            return None;
        }
        let left = self.places[place];
        let right = left + self.advance(segment, 0, self.give(segment));
        let from_edge = |x: Px| (self.placer.width - x).0 / leader.width;
        let tolerance = ROUNDING / leader.width;
        let first = (from_edge(left) + tolerance).floor();
        let last = (from_edge(right) - tolerance).ceil();
        let copies = (first - last).clamp(0.0, MOST_COPIES) as usize;
        if copies == 0 {
            return None;
        }
        let mut glyphs = Vec::with_capacity(copies * leader.pattern.glyphs.len());
        (0..copies).for_each(|copy| leader.copy(index, copy * leader.text.len(), &mut glyphs));
        let shift = self.heights.shift(span.parent);
        let x = self.placer.width - Px(first * leader.width);
        Some(FragmentContent::Decoration(Item::Text(Text {
            origin: Point::new(x, self.heights.baseline + shift),
            font: run.font,
            size: run.size,
            stretch: 1.0,
            color: span.style.text.color,
            glyphs,
            text: leader.text.repeat(copies).into(),
            tag: Tag::Artifact(Artifact::Layout),
        })))
    }
}
