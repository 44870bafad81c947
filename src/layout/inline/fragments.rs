//! What a line is made of in the end: parts of boxes, areas of links, and text with the characters it stands for.

use std::sync::Arc;

use super::collect::{Collected, SpanKind};
use super::line::Segment;
use super::relative::is_relative;
use super::shape::{Cluster, ClusterKind};
use super::vertical::metrics;
use super::walk::{BoxExtent, Give, Walk};
use super::{BoxPart, Fragment, FragmentContent, Line};
use crate::geom::{Point, Rect};
use crate::layout::{Artifact, Glyph, Tag, Text};
use crate::style::ComputedStyle;
use crate::style::computed::Visibility;
use crate::units::Px;

impl<'p> Walk<'_, 'p, '_> {
    /// The parts of boxes and links on the line.
    pub(super) fn boxes(&self, line: &mut Line) {
        for (index, extent) in self.extents.boxes.range(1..) {
            let inline = &self.placer.prepared.collected.boxes[*index];
            let Some(shift) = self.heights.shifts.get(index) else { continue };
            let style = &inline.style;
            let metrics = metrics(self.placer.typesetter, style);
            let baseline = line.baseline + *shift;
            let (top, bottom) = (baseline - metrics.ascent, baseline + metrics.descent);
            let width = extent.right - extent.left;
            if style.text.visibility == Visibility::Visible && is_painted(style) {
                let widths = style.border.widths();
                let above = widths.top + style.boxes.padding.top.resolve(self.placer.width);
                let below = widths.bottom + style.boxes.padding.bottom.resolve(self.placer.width);
                let rect = Rect::new(extent.left, top - above, width, bottom - top + above + below);
                let BoxExtent { left_edge, right_edge, .. } = *extent;
                let content = FragmentContent::Box(BoxPart { rect, left_edge, right_edge });
                line.fragments.push(Fragment { node: inline.node, content });
            }
            if let (true, Some(node)) = (inline.link, inline.node) {
                let (above, below) = self.extents.atoms.get(index).copied().unwrap_or((top, bottom));
                let (top, bottom) = (top.min(above), bottom.max(below));
                line.links.push((node, Rect::new(extent.left, top, width, bottom - top)));
            }
        }
    }

    /// What a segment becomes.
    pub(super) fn fragment(&self, place: usize) -> Option<Fragment> {
        let (segment, x) = (&self.segments[place], self.places[place]);
        let span = &self.placer.prepared.collected.spans[segment.run.span];
        let content = match span.kind {
            SpanKind::Control => return None,
            SpanKind::Atom => {
                let size = self.placer.atom(segment);
                FragmentContent::Atom(Rect::new(x, self.heights.atoms[place], size.width, size.height))
            }
            SpanKind::Leader => self.leader(place)?,
            SpanKind::Text if span.style.text.visibility != Visibility::Visible => return None,
            SpanKind::Text => {
                let shift = self.heights.shift(span.parent);
                let baseline = self.heights.baseline + shift;
                FragmentContent::Text(self.text(segment, Point::new(x, baseline))?)
            }
        };
        Some(Fragment { node: span.node, content })
    }

    fn text(&self, segment: &Segment<'p>, origin: Point) -> Option<Text> {
        let collected = &self.placer.prepared.collected;
        let mut text = Reading::of(collected);
        let mut glyphs: Vec<Glyph> = Vec::with_capacity(segment.clusters.len() + 1);
        let rightwards = segment.rightwards();
        let mut bounds = Vec::with_capacity(if rightwards { 0 } else { segment.clusters.len() });
        let give = self.give(segment);
        for (index, cluster) in segment.clusters.iter().enumerate() {
            let start = text.len();
            if cluster.kind == ClusterKind::Tab {
                text.push(' ');
            } else if cluster.last_glyph > cluster.first_glyph || cluster.kind == ClusterKind::Other {
                text.take((cluster.start + segment.base, cluster.end + segment.base));
            }
            // A character that shaping gave no glyph is read with the one before it.
            if let (true, Some(last)) = (cluster.last_glyph == cluster.first_glyph, glyphs.last_mut()) {
                last.range.1 = text.len();
            }
            // The second glyph of a character that became several, as a sharp s its second capital, is read with the first.
            let range = match glyphs.last() {
                Some(last) if start == text.len() => last.range,
                _ => (start, text.len()),
            };
            if !rightwards {
                bounds.push(glyphs.len());
            }
            self.glyphs(segment, (index, cluster, give), range, &mut glyphs);
        }
        if segment.hyphen {
            let start = text.len();
            if self.range.soft_hyphen {
                text.push('\u{AD}');
            }
            let (id, advance) = self.hyphen(segment);
            bounds.push(glyphs.len());
            glyphs.push(Glyph { id, advance, offset: Point::default(), range: (start, text.len()) });
        }
        if glyphs.is_empty() {
            return None;
        }
        if !rightwards {
            glyphs = leftwards(&glyphs, &bounds);
        }
        Some(Text {
            origin,
            font: segment.run.font,
            size: segment.run.size,
            stretch: give.letters,
            color: collected.spans[segment.run.span].style.text.color,
            glyphs,
            text: text.finish(),
            tag: Tag::Artifact(Artifact::Layout),
        })
    }

    /// The glyphs of a cluster that gives so much; what justification and tabs add stands behind the last of them.
    fn glyphs(
        &self,
        segment: &Segment<'p>,
        (index, cluster, give): (usize, &Cluster, Give),
        range: (u32, u32),
        glyphs: &mut Vec<Glyph>,
    ) {
        let raw = &segment.glyphs[cluster.first_glyph as usize..cluster.last_glyph as usize];
        let scale = if cluster.kind == ClusterKind::Other { give.letters } else { 1.0 };
        let advance = self.advance(segment, index, give);
        if cluster.kind == ClusterKind::Tab {
            let id = self.placer.typesetter.fonts.face(segment.run.font).glyph(' ');
            glyphs.push(Glyph { id, advance, offset: Point::default(), range });
            return;
        }
        let mut natural = Px::ZERO;
        for glyph in raw {
            let own = Px(glyph.advance * scale);
            natural += own;
            let offset = Point::new(Px(glyph.x * scale), Px(glyph.y));
            glyphs.push(Glyph { id: glyph.id, advance: own, offset, range });
        }
        if let (Some(last), false) = (glyphs.last_mut(), raw.is_empty()) {
            last.advance += advance - natural;
        }
    }
}

/// The text of a segment as it is read. What stands so in the paragraph is copied in one piece.
struct Reading<'c> {
    collected: &'c Collected,
    text: String,
    /// Bytes of the paragraph that are not copied yet.
    waiting: (u32, u32),
}

impl<'c> Reading<'c> {
    fn of(collected: &'c Collected) -> Self {
        Self { collected, text: String::new(), waiting: (0, 0) }
    }

    fn len(&self) -> u32 {
        self.text.len() as u32 + self.waiting.1 - self.waiting.0
    }

    /// Takes bytes of the paragraph as the document has them.
    fn take(&mut self, (start, end): (u32, u32)) {
        if !self.collected.written.is_empty() {
            self.collected.push_written((start, end), &mut self.text);
            return;
        }
        if start != self.waiting.1 {
            self.copy();
            self.waiting.0 = start;
        }
        self.waiting.1 = end;
    }

    fn push(&mut self, character: char) {
        self.copy();
        self.text.push(character);
    }

    fn copy(&mut self) {
        let (start, end) = std::mem::take(&mut self.waiting);
        self.text.push_str(self.collected.text.get(start as usize..end as usize).unwrap_or(""));
    }

    fn finish(mut self) -> Arc<str> {
        let (start, end) = self.waiting;
        if self.text.is_empty() {
            return self.collected.text.get(start as usize..end as usize).unwrap_or("").into();
        }
        self.copy();
        self.text.into()
    }
}

/// The glyphs of a run that is read leftwards, from left to right: its clusters in reverse.
fn leftwards(glyphs: &[Glyph], bounds: &[usize]) -> Vec<Glyph> {
    let mut ordered = Vec::with_capacity(glyphs.len());
    let mut end = glyphs.len();
    for &start in bounds.iter().rev() {
        ordered.extend_from_slice(&glyphs[start..end]);
        end = start;
    }
    ordered
}

/// Whether a box has a background, a border or a shadow.
fn is_painted(style: &ComputedStyle) -> bool {
    let widths = style.border.widths();
    !style.paint.background.is_transparent()
        || !style.paint.layers.is_empty()
        || !style.paint.shadows.is_empty()
        || widths.horizontal() + widths.vertical() > Px::ZERO
        // Absolute boxes in it are placed against it.
        || is_relative(style)
}
