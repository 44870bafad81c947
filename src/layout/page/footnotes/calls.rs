//! Which footnotes a page calls, and how far down it their calls are.

use crate::geom::Point;
use crate::layout::boxes::BoxId;
use crate::layout::context::Context;
use crate::layout::fragment::{Fragment, FragmentContent, PlacedLine, Repetition};
use crate::layout::inline::Paragraph;
use crate::units::Px;

/// The call of a footnote on a page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Call {
    /// The footnote.
    pub of: BoxId,
    /// The bottom of the line that calls it.
    pub bottom: Px,
    /// The top of the paragraph that calls it; of a paragraph that began on an earlier page, the top of the line.
    pub paragraph: Px,
}

/// The calls in these fragments, in the order of the document, each footnote once.
pub(super) fn gather<'f>(
    cx: &mut Context,
    fragments: impl Iterator<Item = &'f Fragment>,
    origin: Point,
) -> Vec<Call> {
    let mut walker = Walker { cx, found: Vec::new() };
    fragments.for_each(|fragment| walker.fragment(fragment, origin));
    let mut found = walker.found;
    found.sort_by_key(|call| call.of);
    found.dedup_by_key(|call| call.of);
    found
}

struct Walker<'w, 'a> {
    cx: &'w mut Context<'a>,
    found: Vec<Call>,
}

impl Walker<'_, '_> {
    fn fragment(&mut self, fragment: &Fragment, origin: Point) {
        if fragment.repetition == Repetition::Repeated {
            return;
        }
        let at = origin + fragment.rect.origin;
        match &fragment.content {
            FragmentContent::Boxes(children) => children.iter().for_each(|child| self.fragment(child, at)),
            FragmentContent::Lines(paragraph, lines) => self.lines(fragment, (paragraph, lines), at),
            FragmentContent::Picture(_) | FragmentContent::Rule(_) => {}
        }
        for child in &fragment.overlay {
            self.fragment(child, at);
        }
    }

    fn lines(&mut self, of: &Fragment, (paragraph, lines): (&Paragraph, &[PlacedLine]), at: Point) {
        for placed in lines {
            let Some(line) = paragraph.lines.get(placed.index) else { continue };
            let top = at.y + placed.at.y;
            for (node, _) in &line.marks {
                let paragraph = if of.part.first { at.y } else { top };
                let call = |of| Call { of, bottom: top + line.height, paragraph };
                self.found.extend(self.cx.boxes.note_of(*node).map(call));
            }
            placed.boxes.iter().for_each(|child| self.fragment(child, at));
        }
        if of.part.last && of.of != self.cx.boxes.note_lines {
            self.loose(of, paragraph, at);
        }
    }

    /// The footnotes of a paragraph that stand on none of its lines, as there is no text beside them.
    fn loose(&mut self, of: &Fragment, paragraph: &Paragraph, at: Point) {
        let prepared = self.cx.prepared(of.of);
        for node in prepared.out_of_flow() {
            let Some(note) = self.cx.boxes.note_of(node) else { continue };
            if !paragraph.lines.iter().any(|line| line.marks.iter().any(|(marked, _)| *marked == node)) {
                self.found.push(Call { of: note, bottom: at.y + of.height(), paragraph: at.y });
            }
        }
    }
}
