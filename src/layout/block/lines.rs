//! Paragraphs on pages: as many lines as fit, with widows and orphans (CSS Fragmentation 3, 3.3).

use std::rc::Rc;

use super::Floats;
use crate::geom::{Point, Rect};
use crate::layout::boxes::BoxId;
use crate::layout::context::Context;
use crate::layout::fragment::{
    Appeal, Broken, Fragment, FragmentContent, Laid, Part, Pending, PlacedLine, State, Stop, Token,
};
use crate::layout::inline::{Ending, FragmentContent as OnLine, Measure, Paragraph};
use crate::layout::space::{Room, Space};
use crate::units::Px;

/// Lays out a box of lines, or goes on with it.
pub(super) fn layout(
    cx: &mut Context,
    id: BoxId,
    space: &Space,
    floats: &Floats,
    resume: Option<&Token>,
) -> Option<Laid> {
    let (paragraph, start) = match resume.map(|token| &token.state) {
        Some(State::Lines(paragraph, line)) => (paragraph.clone(), *line),
        _ => (set(cx, id, space, floats), 0),
    };
    let count = paragraph.lines.len();
    let limits = Limits::of(cx, id, count);
    let choice = match space.stop.as_deref() {
        Some(Stop::Line(lines)) => Choice { end: start + lines, appeal: limits.appeal(start, start + lines) },
        _ => choose(&paragraph, start, space.room, &limits)?,
    };
    let choice = Choice { end: choice.end.clamp(start, count), ..choice };
    let fragment = fragment(cx, id, space.width, &paragraph, (start, choice.end));
    let consumed = resume.map_or(Px::ZERO, |token| token.consumed) + fragment.height();
    let fragment = Fragment { part: Part { first: start == 0, last: choice.end == count }, ..fragment };
    let broken = (choice.end < count).then(|| Broken {
        token: Token { consumed, state: State::Lines(paragraph.clone(), choice.end) },
        appeal: choice.appeal,
        forced: None,
    });
    let early = limits.early(&paragraph, start, choice.end);
    Some(Laid { fragment, broken, early })
}

/// The lines of a paragraph in the room that the floats leave.
fn set(cx: &mut Context, id: BoxId, space: &Space, floats: &Floats) -> Rc<Paragraph> {
    if floats.is_empty() {
        return cx.paragraph(id, space.width);
    }
    let paragraph = cx.paragraph(id, space.width);
    let stretch = (space.at.x, space.at.x + space.width);
    if floats.intrusion(stretch, space.at.y, paragraph.height) == (Px::ZERO, Px::ZERO) {
        return paragraph;
    }
    let intrusion = |top: Px, height: Px| floats.intrusion(stretch, space.at.y + top, height);
    cx.paragraph_beside(id, Measure { width: space.width, intrusion: Some(&intrusion) })
}

/// How few lines may stand alone.
struct Limits {
    orphans: usize,
    widows: usize,
    count: usize,
}

/// Where to break, and how good that is.
struct Choice {
    end: usize,
    appeal: Appeal,
}

impl Limits {
    fn of(cx: &Context, id: BoxId, count: usize) -> Self {
        let text = &cx.layout_box(id).style.text;
        Self { orphans: usize::from(text.orphans.max(1)), widows: usize::from(text.widows.max(1)), count }
    }

    fn appeal(&self, start: usize, end: usize) -> Appeal {
        let before = if start == 0 { end >= self.orphans } else { end > start };
        let after = self.count - end.min(self.count) >= self.widows;
        if before && after { Appeal::Perfect } else { Appeal::Lines }
    }

    /// A break before `end` that does not part a word, if one line less gives that.
    fn whole_word(&self, paragraph: &Paragraph, start: usize, end: usize) -> usize {
        let parts = |end: usize| {
            let last = end.checked_sub(1).and_then(|last| paragraph.lines.get(last));
            last.is_some_and(|line| line.ending == Ending::Hyphen)
        };
        let less = end.saturating_sub(1);
        let better = less > start && self.appeal(start, less) == Appeal::Perfect && !parts(less);
        if parts(end) && better { less } else { end }
    }

    /// The last good break point before `end`.
    fn early(&self, paragraph: &Paragraph, start: usize, end: usize) -> Option<(Appeal, Rc<Stop>)> {
        let last = end.saturating_sub(1).min(self.count.saturating_sub(self.widows));
        let last = self.whole_word(paragraph, start, last);
        let least = if start == 0 { self.orphans } else { start + 1 };
        (last >= least).then(|| (Appeal::Perfect, Rc::new(Stop::Line(last - start))))
    }
}

/// How many lines to place: all that fit, fewer for the sake of widows. `None`: none has to be placed.
fn choose(paragraph: &Paragraph, start: usize, room: Option<Room>, limits: &Limits) -> Option<Choice> {
    let count = paragraph.lines.len();
    let Some(room) = room else { return Some(Choice { end: count, appeal: Appeal::Perfect }) };
    let top = top(paragraph, start);
    let fits =
        paragraph.lines[start..].iter().take_while(|line| room.fits(line.top + line.height - top)).count();
    let fitting = start + fits;
    if fitting == count {
        return Some(Choice { end: count, appeal: Appeal::Perfect });
    }
    let kind = fitting.min(count.saturating_sub(limits.widows));
    if kind > start && limits.appeal(start, kind) == Appeal::Perfect {
        return Some(Choice { end: limits.whole_word(paragraph, start, kind), appeal: Appeal::Perfect });
    }
    if fitting > start {
        return Some(Choice { end: fitting, appeal: Appeal::Lines });
    }
    room.fresh.then_some(Choice { end: start + 1, appeal: Appeal::LastResort })
}

/// Where in the paragraph the fragment that begins with line `start` begins. The first line stands where it is,
/// below the floats that leave it no room; after a break the line stands at the top.
fn top(paragraph: &Paragraph, start: usize) -> Px {
    if start == 0 { Px::ZERO } else { paragraph.lines.get(start).map_or(Px::ZERO, |line| line.top) }
}

/// A fragment of the lines from `start` to `end`.
fn fragment(
    cx: &mut Context,
    id: BoxId,
    width: Px,
    paragraph: &Rc<Paragraph>,
    (start, end): (usize, usize),
) -> Fragment {
    let top = top(paragraph, start);
    let mut placed = Vec::with_capacity(end - start);
    let mut pending = Vec::new();
    let over = &cx.layout_box(id).children;
    if end == paragraph.lines.len() {
        let is_marked = |of: &BoxId| {
            paragraph
                .lines
                .iter()
                .flat_map(|line| &line.marks)
                .any(|(node, _)| cx.boxes.of_node(*node) == Some(*of))
        };
        let unmarked = over.iter().copied().filter(|of| !is_marked(of));
        pending.extend(unmarked.map(|of| Pending::new(of, Point::default())));
    }
    for (index, line) in paragraph.lines.iter().enumerate().take(end).skip(start) {
        let at = Point::new(Px::ZERO, line.top - top);
        let mut boxes = Vec::new();
        for part in &line.fragments {
            let (OnLine::Atom(rect), Some(node)) = (&part.content, part.node) else { continue };
            let Some(atom) = cx.boxes.of_node(node) else { continue };
            let (mut fragment, _) = cx.atom_fragment(atom, width);
            fragment = fragment.placed(at + rect.origin);
            let origin = fragment.rect.origin;
            pending.extend(
                fragment.pending.drain(..).map(|waiting| Pending { at: waiting.at + origin, ..waiting }),
            );
            boxes.push(fragment);
        }
        for (node, mark) in &line.marks {
            let waiting = cx.boxes.of_node(*node).filter(|of| over.contains(of));
            pending.extend(waiting.map(|of| Pending::new(of, at + *mark)));
        }
        placed.push(PlacedLine { at, index, boxes });
    }
    let lines = &paragraph.lines[start..end];
    let height = lines.last().map_or(Px::ZERO, |line| line.top + line.height - top);
    let baseline =
        |line: Option<&crate::layout::inline::Line>| line.map(|line| line.top - top + line.baseline);
    Fragment {
        baseline: baseline(lines.first()),
        last_baseline: baseline(lines.last()),
        pending,
        ..Fragment::new(
            id,
            Rect::new(Px::ZERO, Px::ZERO, width, height),
            FragmentContent::Lines(paragraph.clone(), placed),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::inline::{Ending, Line};
    use crate::layout::space::{Fragmentainer, TopMargin};

    fn paragraph(count: usize) -> Paragraph {
        let line = |index: usize| Line {
            top: Px(index as f32 * 10.0),
            height: Px(10.0),
            baseline: Px(8.0),
            left: Px::ZERO,
            width: Px(100.0),
            fragments: Vec::new(),
            links: Vec::new(),
            marks: Vec::new(),
            ending: Ending::Soft,
        };
        Paragraph { lines: (0..count).map(line).collect(), ..Paragraph::default() }
    }

    fn ends(count: usize, left: f32, fresh: bool) -> Option<(usize, Appeal)> {
        let room = Room {
            left: Px(left),
            full: Px(100.0),
            fresh,
            margin: TopMargin::Truncated,
            kind: Fragmentainer::Page,
        };
        let limits = Limits { orphans: 2, widows: 2, count };
        choose(&paragraph(count), 0, Some(room), &limits).map(|choice| (choice.end, choice.appeal))
    }

    #[test]
    fn widows_pull_lines_over() {
        assert_eq!(ends(6, 50.0, false), Some((4, Appeal::Perfect)));
        assert_eq!(ends(6, 30.0, false), Some((3, Appeal::Perfect)));
    }

    #[test]
    fn orphans_make_a_bad_break() {
        assert_eq!(ends(3, 20.0, false), Some((2, Appeal::Lines)));
        assert_eq!(ends(3, 5.0, false), None);
        assert_eq!(ends(3, 5.0, true), Some((1, Appeal::LastResort)));
    }
}
