//! The last phase: each line gets its height, its share of the free room, and what stands on it.

use super::collect::SpanKind;
use super::decorate;
use super::fit::free;
use super::line::{LineRange, Segment, segments};
use super::opportunities::{LETTERS, Material, SHRINK, STRETCH};
use super::prepared::Prepared;
use super::relative;
use super::vertical::{Heights, Part, heights};
use super::walk::Walk;
use super::{AtomBox, Ending, Line, Paragraph, Start, Typesetter};
use crate::diag::Diagnostic;
use crate::geom::Point;
use crate::style::computed::{Direction, TextAlign};
use crate::units::{Mm, Px};

/// How much wider than it is a space may get, of its width, before a justified line is better left short.
const HOLE: f32 = 15.0;
/// What a line sticks out at least for a warning to be worth it.
const NOTICED: Px = Px(0.5);

/// Sets the lines of a paragraph, from top to bottom.
pub(super) struct Placer<'p, 'a> {
    pub typesetter: &'p Typesetter<'a>,
    pub prepared: &'p Prepared,
    pub material: &'p Material,
    /// The atoms' margin boxes, in order.
    atoms: &'p [AtomBox],
    /// What percentages are of.
    pub width: Px,
    /// By box, how far `position: relative` moves it.
    shifts: Vec<Point>,
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
    /// What a letter gets more, of its width, where it may.
    pub letters: f32,
    /// How wide the content is, indent left out.
    pub width: Px,
}

/// How much spaces and letters give in a justified line, of their widths.
#[derive(Clone, Copy, Debug, Default)]
struct Given {
    spaces: f32,
    letters: f32,
}

impl Given {
    /// Spaces give first, within what is good, then letters, then spaces again; where that would tear holes, the
    /// line stays short.
    fn of(range: &LineRange) -> Self {
        let free = free(range.sum, range.room.0, range.hang);
        if free <= 0.0 {
            return Self::shrunk(range);
        }
        let natural = range.sum.stretch / STRETCH;
        let (loose, wide) = (range.sum.stretch, range.sum.letters * LETTERS);
        let letters = (free - loose).clamp(0.0, wide);
        let spaces = if natural > 0.0 { (free - letters) / natural } else { 0.0 };
        match () {
            () if natural <= 0.0 && free > wide => Self::default(),
            () if spaces > HOLE => Self::default(),
            () => Self { spaces, letters: letters / range.sum.letters.max(f32::MIN_POSITIVE) },
        }
    }

    /// The same in a line that is too long; one that is not stays as it is.
    fn shrunk(range: &LineRange) -> Self {
        let over = -free(range.sum, range.room.0, range.hang).min(0.0);
        let (tight, narrow) = (range.sum.shrink, range.sum.letters * LETTERS);
        let spaces = if tight > 0.0 { SHRINK * (over / tight).min(1.0) } else { 0.0 };
        let letters = if narrow > 0.0 { LETTERS * ((over - tight) / narrow).clamp(0.0, 1.0) } else { 0.0 };
        Self { spaces: -spaces, letters: -letters }
    }

    /// How much wider that makes a line.
    fn width(self, range: &LineRange) -> f32 {
        self.spaces * range.sum.stretch / STRETCH + self.letters * range.sum.letters
    }
}

impl<'p, 'a> Placer<'p, 'a> {
    pub(super) fn new(
        typesetter: &'p Typesetter<'a>,
        prepared: &'p Prepared,
        material: &'p Material,
        atoms: &'p [AtomBox],
        width: Px,
    ) -> Self {
        Self {
            typesetter,
            prepared,
            material,
            atoms,
            width,
            shifts: relative::shifts(&prepared.collected, width),
            top: Px::ZERO,
            paragraph: Paragraph::default(),
        }
    }

    /// The top of the next line, from the paragraph's.
    pub(super) fn top(&self) -> Px {
        self.top
    }

    /// How many lines are set.
    pub(super) fn count(&self) -> usize {
        self.paragraph.lines.len()
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

    /// Sets one line below the others, before which so many floats of the text are placed.
    pub(super) fn line(&mut self, range: LineRange, floats: usize) {
        let segments = segments(self.prepared, &range);
        let mut heights = self.heights(&segments);
        let share = self.share(&range);
        relative::lower(&mut heights, &self.shifts, &self.prepared.collected, &segments);
        let mut walk = Walk::new(self, &range, &segments, &heights, share);
        walk.walk(&self.shifts);
        let mut line = Line {
            start: Start { byte: range.start, floats },
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
        let leftwards = style.direction == Direction::Ltr;
        let indent = if leftwards { range.indent } else { Px::ZERO };
        let slack = range.room - Px(range.sum.width);
        if range.sum.leaders > 0.0 && slack > Px::ZERO {
            return Share {
                left: range.left + indent,
                spaces: 0.0,
                letters: 0.0,
                leader: slack / range.sum.leaders,
                width: range.room - range.indent,
            };
        }
        let justified = match align {
            TextAlign::Justify => Given::of(range),
            _ if style.align == TextAlign::Justify => Given::shrunk(range),
            _ => Given::default(),
        };
        let taken = justified.width(range);
        let free = Px(free(range.sum, range.room.0, range.hang) - taken);
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
            spaces: justified.spaces,
            letters: justified.letters,
            leader: Px::ZERO,
            width: Px(range.sum.width + taken) - range.indent,
        }
    }

    fn warn(&mut self, range: &LineRange, segments: &[Segment], share: Share) {
        let over = share.width + range.indent - range.room - Px(range.hang);
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
