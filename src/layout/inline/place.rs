//! The last phase: each line gets its height, its share of the free room, and what stands on it.

use super::collect::SpanKind;
use super::decorate;
use super::line::{LineRange, Segment, segments};
use super::opportunities::{Material, SHRINK, STRETCH};
use super::prepared::Prepared;
use super::vertical::{Heights, Part, heights};
use super::walk::Walk;
use super::{AtomBox, Ending, Line, Paragraph, Typesetter};
use crate::diag::Diagnostic;
use crate::style::computed::{Direction, TextAlign};
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
    pub width: Px,
    top: Px,
    paragraph: Paragraph,
}

/// How the free room of a line is shared out.
#[derive(Clone, Copy, Debug)]
pub(super) struct Share {
    /// Where its content begins.
    pub left: Px,
    /// What a space gets more, of its width; less than nothing where it shrinks.
    pub spaces: f32,
    /// What a leader gets more.
    pub leader: Px,
    /// How wide the content is, indent left out.
    pub width: Px,
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

    /// The margin box of the atom that a segment is.
    pub(super) fn atom(&self, segment: &Segment) -> AtomBox {
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
        let leftwards = style.direction == Direction::Ltr;
        let indent = if leftwards { range.indent } else { Px::ZERO };
        if range.sum.leaders > 0.0 && free > Px::ZERO {
            return Share {
                left: range.left + indent,
                spaces: 0.0,
                leader: free / range.sum.leaders,
                width: range.room - range.indent,
            };
        }
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
        Share {
            left: range.left + indent + offset,
            spaces,
            leader: Px::ZERO,
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
