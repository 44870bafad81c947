//! The last phase: glyphs, boxes and decorations get their places on a line.

use super::collect::SpanKind;
use super::decorate;
use super::line::{LineRange, Segment, segments, visual_order};
use super::opportunities::{Material, SHRINK, STRETCH};
use super::prepared::{End, Prepared, edge};
use super::shape::{Cluster, ClusterKind};
use super::vertical::{Heights, Part, heights, metrics};
use super::{AtomBox, BoxPart, Ending, Fragment, FragmentContent, Line, Paragraph, Typesetter};
use crate::diag::Diagnostic;
use crate::geom::{Point, Rect};
use crate::layout::{Artifact, Glyph, Tag, Text};
use crate::style::ComputedStyle;
use crate::style::computed::{Direction, TextAlign, Visibility, WhiteSpace};
use crate::units::{Mm, Px};

/// What a line may be too long by calculation.
const ROUNDING: f32 = 0.02;
/// What a line sticks out at least for a warning to be worth it.
const NOTICED: Px = Px(0.5);

/// Whether something is no wider than its room.
pub(super) fn fits(width: f32, room: f32) -> bool {
    width <= room + ROUNDING
}

/// Sets the lines of a paragraph, from top to bottom.
pub(super) struct Placer<'p, 'a> {
    pub typesetter: &'p Typesetter<'a>,
    pub prepared: &'p Prepared,
    pub material: &'p Material,
    /// The atoms' margin boxes, in order.
    atoms: &'p [AtomBox],
    /// What percentages are of.
    width: Px,
    top: Px,
    paragraph: Paragraph,
}

/// How the free room of a line is shared out.
#[derive(Clone, Copy, Debug)]
struct Share {
    /// Where its content begins.
    left: Px,
    /// What a space gets more, of its width; less than nothing where it shrinks.
    spaces: f32,
    /// How wide the content is, indent left out.
    width: Px,
}

/// What is on a line, as far as its boxes are concerned: from where to where each reaches.
#[derive(Debug)]
pub(super) struct Extents {
    /// By box: its border box, and whether its left and right edges are on the line.
    boxes: Vec<Option<BoxExtent>>,
    /// By box: its text.
    pub text: Vec<Option<(Px, Px)>>,
    /// By box, the last one on the line: the top and bottom of the atoms in it.
    atoms: Vec<Option<(Px, Px)>>,
}

#[derive(Clone, Copy, Debug)]
struct BoxExtent {
    left: Px,
    right: Px,
    left_edge: bool,
    right_edge: bool,
}

fn widen(extent: &mut Option<(Px, Px)>, from: Px, to: Px) {
    *extent = Some(extent.map_or((from, to), |(left, right)| (left.min(from), right.max(to))));
}

impl<'p, 'a> Placer<'p, 'a> {
    pub(super) fn new(
        typesetter: &'p Typesetter<'a>,
        prepared: &'p Prepared,
        material: &'p Material,
        atoms: &'p [AtomBox],
        width: Px,
    ) -> Self {
        Self { typesetter, prepared, material, atoms, width, top: Px::ZERO, paragraph: Paragraph::default() }
    }

    /// The top of the next line, from the paragraph's.
    pub(super) fn top(&self) -> Px {
        self.top
    }

    /// Leaves room above the next line.
    pub(super) fn skip(&mut self, height: Px) {
        self.top += height;
    }

    /// The height of a line with nothing but the block's own text.
    pub(super) fn strut_height(&self) -> Px {
        heights(self.typesetter, &self.prepared.collected, &[]).height
    }

    pub(super) fn finish(mut self) -> Paragraph {
        self.paragraph.height = self.top;
        self.paragraph
    }

    /// Sets one line below the others.
    pub(super) fn line(&mut self, range: LineRange) {
        let segments = segments(self.prepared, &range);
        let heights = self.heights(&segments);
        let share = self.share(&range);
        let mut walk = Walk::new(self, &range, &segments, &heights, share);
        walk.walk();
        let mut line = Line {
            top: self.top,
            height: heights.height,
            baseline: heights.baseline,
            left: share.left,
            width: share.width,
            fragments: Vec::new(),
            links: Vec::new(),
            marks: std::mem::take(&mut walk.marks),
            ending: range.ending,
        };
        walk.boxes(&mut line);
        decorate::lines(self, &walk.extents, &heights, &mut line, decorate::Layer::Under);
        line.fragments.extend((0..segments.len()).filter_map(|place| walk.fragment(place)));
        decorate::lines(self, &walk.extents, &heights, &mut line, decorate::Layer::Over);
        self.warn(&range, &segments, share);
        self.top += heights.height;
        self.paragraph.width = self.paragraph.width.max(share.width + range.indent);
        self.paragraph.lines.push(line);
    }

    fn heights(&self, segments: &[Segment]) -> Heights {
        let spans = &self.prepared.collected.spans;
        let parts: Vec<Part> = segments
            .iter()
            .map(|segment| {
                let span = segment.run.span;
                let parent = spans[span].parent;
                match spans[span].kind {
                    SpanKind::Atom => Part::Atom { parent, span, size: self.atom(segment) },
                    _ => Part::Text { parent, font: segment.run.font, size: segment.run.size },
                }
            })
            .collect();
        heights(self.typesetter, &self.prepared.collected, &parts)
    }

    fn atom(&self, segment: &Segment) -> AtomBox {
        self.prepared.atom_index(segment.run.span).map_or(AtomBox::default(), |index| self.atoms[index])
    }

    /// Shares out the free room of a line (CSS Text 3, section 6).
    fn share(&self, range: &LineRange) -> Share {
        let style = &self.prepared.collected.boxes[0].style.text;
        let last = matches!(range.ending, Ending::Last | Ending::Forced);
        let align = match (style.align, style.align_last) {
            (_, Some(align)) if last => align,
            (TextAlign::Justify, None) if last => TextAlign::Start,
            (align, _) => align,
        };
        let free = range.room - Px(range.sum.width);
        let spaces = match align {
            TextAlign::Justify if free.0 > 0.0 && range.sum.stretch > 0.0 => {
                STRETCH * free.0 / range.sum.stretch
            }
            _ if style.align == TextAlign::Justify && free.0 < 0.0 && range.sum.shrink > 0.0 => {
                SHRINK * (free.0 / range.sum.shrink).max(-1.0)
            }
            _ => 0.0,
        };
        let taken =
            if spaces > 0.0 { range.sum.stretch / STRETCH } else { range.sum.shrink / SHRINK } * spaces;
        let free = free - Px(taken);
        let leftwards = style.direction == Direction::Ltr;
        let offset = match align {
            _ if free.0 < 0.0 => {
                if leftwards {
                    Px::ZERO
                } else {
                    free
                }
            }
            TextAlign::Left => Px::ZERO,
            TextAlign::Right => free,
            TextAlign::Center => free / 2.0,
            TextAlign::Start | TextAlign::Justify => {
                if leftwards {
                    Px::ZERO
                } else {
                    free
                }
            }
            TextAlign::End => {
                if leftwards {
                    free
                } else {
                    Px::ZERO
                }
            }
        };
        let indent = if leftwards { range.indent } else { Px::ZERO };
        Share {
            left: range.left + indent + offset,
            spaces,
            width: Px(range.sum.width + taken) - range.indent,
        }
    }

    fn warn(&mut self, range: &LineRange, segments: &[Segment], share: Share) {
        let over = share.width + range.indent - range.room;
        if over < NOTICED {
            return;
        }
        let collected = &self.prepared.collected;
        let words = collected.text[range.start as usize..range.end as usize].trim();
        let over = Mm::from(over).0;
        let message = format!("a line is {over:.1} mm wider than its room: “{words}”");
        let warning = Diagnostic::warning("overfull-line", message).hint(
            "make the room wider or the text smaller, or set `overflow-wrap: anywhere` or `hyphens: auto`",
        );
        let node = segments.iter().find_map(|segment| collected.spans[segment.run.span].node);
        self.paragraph.warnings.push(match node {
            Some(node) => warning.at(self.typesetter.tree.place(node)),
            None => warning,
        });
    }
}

/// The walk along one line, from left to right.
struct Walk<'w, 'p, 'a> {
    placer: &'w Placer<'p, 'a>,
    heights: &'w Heights,
    range: &'w LineRange,
    segments: &'w [Segment<'p>],
    share: Share,
    x: Px,
    extents: Extents,
    /// By segment, in logical order: its left end.
    places: Vec<Px>,
    marks: Vec<(crate::style::NodeId, Point)>,
}

impl<'w, 'p, 'a> Walk<'w, 'p, 'a> {
    fn new(
        placer: &'w Placer<'p, 'a>,
        range: &'w LineRange,
        segments: &'w [Segment<'p>],
        heights: &'w Heights,
        share: Share,
    ) -> Self {
        let count = placer.prepared.collected.boxes.len();
        let extents = Extents { boxes: vec![None; count], text: vec![None; count], atoms: vec![None; count] };
        let places = vec![Px::ZERO; segments.len()];
        Self { placer, heights, range, segments, share, x: share.left, extents, places, marks: Vec::new() }
    }

    fn walk(&mut self) {
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
            let rightwards = segment.level % 2 == 0;
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
        self.out_of_flow();
    }

    /// The elements without a character that stand on this line.
    fn out_of_flow(&mut self) {
        let (range, segments) = (self.range, self.segments);
        for &(byte, node) in &self.placer.prepared.collected.marks {
            let inside = byte >= range.start && byte < range.end;
            if inside || (byte == range.end && range.ending == Ending::Last) {
                let at = segments.iter().position(|segment| byte < segment.end());
                let x = at.map_or(self.x, |at| {
                    let before = segments[at].clusters.iter().enumerate();
                    let before = before.filter(|(_, cluster)| cluster.start + segments[at].base < byte);
                    self.places[at] + before.map(|(index, _)| self.advance(&segments[at], index)).sum()
                });
                self.marks.push((node, Point::new(x, Px::ZERO)));
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
        if let Some(extent) = &mut self.extents.boxes[inline] {
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
            let extent = self.extents.boxes[index].get_or_insert(BoxExtent {
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
        let seen: Px = (0..visible).map(|index| self.advance(segment, index)).sum();
        let hanging: Px = (visible..segment.clusters.len()).map(|index| self.advance(segment, index)).sum();
        let seen = seen + self.hyphen(segment).1;
        let from = if rightwards { self.x } else { self.x + hanging };
        if visible > 0 {
            self.grow(span.parent, from, from + seen);
            let mut next = Some(span.parent);
            while let Some(index) = next {
                match span.kind {
                    SpanKind::Text => widen(&mut self.extents.text[index], from, from + seen),
                    SpanKind::Atom => {
                        let top = self.heights.atoms[place];
                        let height = self.placer.atom(segment).height;
                        widen(&mut self.extents.atoms[index], top, top + height);
                    }
                    SpanKind::Control => {}
                }
                next = collected.boxes[index].parent;
            }
        }
        self.x += seen + hanging;
    }

    /// How far a cluster of a segment moves the pen on this line.
    fn advance(&self, segment: &Segment, index: usize) -> Px {
        let cluster = &segment.clusters[index];
        match (cluster.kind, segment.first) {
            (ClusterKind::Space | ClusterKind::NoBreakSpace, _) => {
                let hangs = index >= segment.clusters.len() - segment.hanging;
                let span = &self.placer.prepared.collected.spans[segment.run.span];
                let gives = !hangs && span.style.text.white_space != WhiteSpace::Pre;
                Px(cluster.advance * if gives { 1.0 + self.share.spaces } else { 1.0 })
            }
            (ClusterKind::Atom, _) => self.placer.atom(segment).width,
            (ClusterKind::Tab, Some(first)) => {
                let sums = &self.placer.material.sums;
                Px(sums[first + index + 1].width - sums[first + index].width)
            }
            _ => Px(cluster.advance),
        }
    }

    /// The hyphen after a segment: its glyph and its width.
    fn hyphen(&self, segment: &Segment) -> (u16, Px) {
        if !segment.hyphen {
            return (0, Px::ZERO);
        }
        let (glyph, width) = self.placer.prepared.hyphens[segment.run_index];
        (glyph, Px(width))
    }

    /// The parts of boxes and links on the line.
    fn boxes(&self, line: &mut Line) {
        for (index, inline) in self.placer.prepared.collected.boxes.iter().enumerate().skip(1) {
            let (Some(extent), Some(shift)) = (self.extents.boxes[index], self.heights.shifts[index]) else {
                continue;
            };
            let style = &inline.style;
            let metrics = metrics(self.placer.typesetter, style);
            let baseline = line.baseline + shift;
            let (top, bottom) = (baseline - metrics.ascent, baseline + metrics.descent);
            let width = extent.right - extent.left;
            if style.text.visibility == Visibility::Visible && is_painted(style) {
                let widths = style.border.widths();
                let above = widths.top + style.boxes.padding.top.resolve(self.placer.width);
                let below = widths.bottom + style.boxes.padding.bottom.resolve(self.placer.width);
                let rect = Rect::new(extent.left, top - above, width, bottom - top + above + below);
                let BoxExtent { left_edge, right_edge, .. } = extent;
                let content = FragmentContent::Box(BoxPart { rect, left_edge, right_edge });
                line.fragments.push(Fragment { node: inline.node, content });
            }
            if let (true, Some(node)) = (inline.link, inline.node) {
                let (above, below) = self.extents.atoms[index].unwrap_or((top, bottom));
                let (top, bottom) = (top.min(above), bottom.max(below));
                line.links.push((node, Rect::new(extent.left, top, width, bottom - top)));
            }
        }
    }

    /// What a segment becomes.
    fn fragment(&self, place: usize) -> Option<Fragment> {
        let (segment, x) = (&self.segments[place], self.places[place]);
        let span = &self.placer.prepared.collected.spans[segment.run.span];
        let content = match span.kind {
            SpanKind::Control => return None,
            SpanKind::Atom => {
                let size = self.placer.atom(segment);
                FragmentContent::Atom(Rect::new(x, self.heights.atoms[place], size.width, size.height))
            }
            SpanKind::Text if span.style.text.visibility != Visibility::Visible => return None,
            SpanKind::Text => {
                let shift = self.heights.shifts[span.parent].unwrap_or_default();
                let baseline = self.heights.baseline + shift;
                FragmentContent::Text(self.text(segment, Point::new(x, baseline))?)
            }
        };
        Some(Fragment { node: span.node, content })
    }

    fn text(&self, segment: &Segment<'p>, origin: Point) -> Option<Text> {
        let collected = &self.placer.prepared.collected;
        let mut text = String::new();
        let mut glyphs: Vec<Glyph> = Vec::with_capacity(segment.clusters.len() + 1);
        let rightwards = segment.level % 2 == 0;
        let mut bounds = Vec::with_capacity(if rightwards { 0 } else { segment.clusters.len() });
        for (index, cluster) in segment.clusters.iter().enumerate() {
            let start = text.len() as u32;
            if cluster.kind == ClusterKind::Tab {
                text.push(' ');
            } else if cluster.last_glyph > cluster.first_glyph || cluster.kind == ClusterKind::Other {
                let bytes = (cluster.start + segment.base) as usize..(cluster.end + segment.base) as usize;
                text.push_str(&collected.text[bytes]);
            }
            // A character that shaping gave no glyph is read with the one before it.
            if let (true, Some(last)) = (cluster.last_glyph == cluster.first_glyph, glyphs.last_mut()) {
                last.range.1 = text.len() as u32;
            }
            bounds.push(glyphs.len());
            self.glyphs(segment, (index, cluster), (start, text.len() as u32), &mut glyphs);
        }
        if segment.hyphen {
            let start = text.len() as u32;
            if self.range.soft_hyphen {
                text.push('\u{AD}');
            }
            let (id, advance) = self.hyphen(segment);
            bounds.push(glyphs.len());
            glyphs.push(Glyph { id, advance, offset: Point::default(), range: (start, text.len() as u32) });
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
            color: collected.spans[segment.run.span].style.text.color,
            glyphs,
            text: text.into(),
            tag: Tag::Artifact(Artifact::Layout),
        })
    }

    /// The glyphs of a cluster; what justification and tabs add stands behind the last of them.
    fn glyphs(
        &self,
        segment: &Segment<'p>,
        (index, cluster): (usize, &Cluster),
        range: (u32, u32),
        glyphs: &mut Vec<Glyph>,
    ) {
        let raw = &segment.glyphs[cluster.first_glyph as usize..cluster.last_glyph as usize];
        let natural: f32 = raw.iter().map(|glyph| glyph.advance).sum();
        let advance = self.advance(segment, index);
        glyphs.extend(raw.iter().map(|glyph| Glyph {
            id: glyph.id,
            advance: Px(glyph.advance),
            offset: Point::new(Px(glyph.x), Px(glyph.y)),
            range,
        }));
        if cluster.kind == ClusterKind::Tab {
            let id = self.placer.typesetter.fonts.face(segment.run.font).glyph(' ');
            glyphs.push(Glyph { id, advance, offset: Point::default(), range });
        } else if let (Some(last), false) = (glyphs.last_mut(), raw.is_empty()) {
            last.advance += advance - Px(natural);
        }
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
}
