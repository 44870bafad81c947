//! Paragraphs on pages: as many lines as fit, with widows and orphans (CSS Fragmentation 3, 3.3).

use std::rc::Rc;

use super::float::{Berth, Ready};
use super::floats::{Floats, Mark};
use super::margins::Margin;
use super::positioned;
use crate::geom::{Point, Rect};
use crate::layout::absolute;
use crate::layout::boxes::BoxId;
use crate::layout::context::Context;
use crate::layout::fragment::{
    Appeal, Broken, DeferredFloat, Fragment, FragmentContent, Laid, Part, Pending, PlacedLine, State, Stop,
    Token,
};
use crate::layout::inline::{
    Beside, Ending, FragmentContent as OnLine, Intrusion, Line, Paragraph, Spot, Start, Surroundings,
};
use crate::layout::space::{Room, Space};
use crate::style::NodeId;
use crate::style::computed::{Clear, Direction, Level};
use crate::units::Px;

/// Lays out a box of lines, or goes on with it.
pub(super) fn layout(
    cx: &mut Context,
    id: BoxId,
    space: &Space,
    floats: &mut Floats,
    resume: Option<&Token>,
) -> Option<Laid> {
    let Set { paragraph, start, beside } = set(cx, id, space, floats, resume);
    let count = paragraph.lines.len();
    let limits = Limits::of(cx, id, count, resume.is_none());
    let choice = match space.stop.as_deref() {
        Some(Stop::Line(lines)) => Choice { end: start + lines, appeal: limits.appeal(start, start + lines) },
        _ => choose(&paragraph, start, space.room, &limits)?,
    };
    let choice = Choice { end: choice.end.clamp(start, count), ..choice };
    let beside = if choice.end < count { before_line(floats, beside, choice.end) } else { beside };
    let fragment = fragment(cx, id, space.width, &paragraph, (start, choice.end));
    let consumed = resume.map_or(Px::ZERO, |token| token.consumed) + fragment.height();
    let mut fragment =
        Fragment { part: Part { first: resume.is_none(), last: choice.end == count }, ..fragment };
    for mut float in beside.into_iter().filter_map(|placed| placed.fragment) {
        let origin = float.rect.origin;
        let waiting = float.pending.drain(..);
        fragment.pending.extend(waiting.map(|waiting| Pending { at: waiting.at + origin, ..waiting }));
        fragment.overlay.push(float);
    }
    let broken = (choice.end < count).then(|| Broken {
        token: Token { consumed, state: State::Lines(paragraph.clone(), choice.end) },
        appeal: choice.appeal,
        forced: None,
    });
    let early = limits.early(&paragraph, start, choice.end);
    Some(Laid { fragment, broken, early, below: Margin::default() })
}

/// A paragraph with its first line that is not on an earlier page, and the floats in its text.
struct Set {
    paragraph: Rc<Paragraph>,
    start: usize,
    beside: Vec<Placed>,
}

/// A float of the text, relative to the paragraph.
struct Placed {
    /// None of it, where it waits for the next page.
    fragment: Option<Fragment>,
    /// The line that it stands on.
    line: usize,
    /// The floats before it.
    before: Mark,
}

/// The lines of a paragraph in the room that the floats leave. On a later page they are set anew where floats are
/// in their way.
fn set(cx: &mut Context, id: BoxId, space: &Space, floats: &mut Floats, resume: Option<&Token>) -> Set {
    let prepared = cx.prepared(id);
    let set = match resume.map(|token| &token.state) {
        Some(State::Lines(paragraph, line)) => (paragraph.clone(), *line),
        _ => (cx.paragraph(id, space.width), 0),
    };
    let is_same = set.0.room == Some(space.width) || set.0.lines.is_empty();
    let mut around = Around { cx, space, floats, placed: Vec::new() };
    around.place_waiting(resume.is_some());
    let is_free = around.intrusion(Px::ZERO, set.0.height) == (Px::ZERO, Px::ZERO);
    if is_free && is_same && !prepared.has_floats() {
        return Set { paragraph: set.0, start: set.1, beside: around.placed };
    }
    let from = set.0.lines.get(set.1).map_or(Start::default(), |line| line.start);
    let paragraph = prepared.layout_beside(around.cx.typesetter, space.width, from, &mut around);
    Set { paragraph, start: 0, beside: around.placed }
}

/// The floats that stand on lines before this one. The others go to the next page with their lines.
fn before_line(floats: &mut Floats, mut beside: Vec<Placed>, line: usize) -> Vec<Placed> {
    if let Some(at) = beside.iter().position(|placed| placed.line >= line) {
        floats.reset(beside.swap_remove(at).before);
        beside.truncate(at);
    }
    beside
}

/// The floats around a paragraph that is being set.
struct Around<'s, 'c, 'a> {
    cx: &'c mut Context<'a>,
    space: &'s Space,
    floats: &'s mut Floats,
    placed: Vec<Placed>,
}

impl Around<'_, '_, '_> {
    fn stretch(&self) -> (Px, Px) {
        (self.space.at.x, self.space.at.x + self.space.width)
    }

    /// Places what waited for this page, above the rest of a paragraph.
    fn place_waiting(&mut self, is_rest: bool) {
        if !is_rest {
            return;
        }
        for DeferredFloat { of, left, width, token } in std::mem::take(&mut self.floats.waiting) {
            let room = self.space.room.map(|room| (self.space.at.y, room));
            let berth = Berth { left, width, height: None, top: self.space.at.y, room };
            if let Some(ready) = Ready::new(self.cx, self.floats, of, token, berth) {
                self.put(ready, 0);
            }
        }
    }

    fn put(&mut self, ready: Ready, line: usize) {
        let before = self.floats.mark();
        let fragment = ready.put(self.cx, self.floats);
        let fragment = fragment.map(|fragment| fragment.placed(Point::default() - self.space.at));
        self.placed.push(Placed { fragment, line, before });
    }
}

impl Beside for Around<'_, '_, '_> {
    fn surroundings(&mut self) -> &mut dyn Surroundings {
        self.cx
    }

    fn intrusion(&self, top: Px, height: Px) -> Intrusion {
        self.floats.intrusion(self.stretch(), self.space.at.y + top, height)
    }

    fn next_end(&self, top: Px) -> Option<Px> {
        self.floats.next_end(self.space.at.y + top).map(|end| end - self.space.at.y)
    }

    fn clearance(&self, clear: Clear) -> Option<Px> {
        self.floats.clearance(clear).map(|bottom| bottom - self.space.at.y)
    }

    fn float(&mut self, node: NodeId, spot: Spot) -> bool {
        let Some(of) = self.cx.boxes.of_node(node) else { return true };
        let berth = Berth {
            left: self.space.at.x,
            width: self.space.width,
            height: self.space.height,
            top: self.space.at.y + spot.top,
            room: self.space.room.map(|room| (self.space.at.y, room)),
        };
        let Some(ready) = Ready::new(self.cx, self.floats, of, None, berth) else { return true };
        if spot.free.is_some_and(|free| !ready.fits(free)) {
            return false;
        }
        self.put(ready, spot.line);
        true
    }
}

/// How few lines may stand alone.
struct Limits {
    orphans: usize,
    widows: usize,
    count: usize,
    /// Whether the first line is the paragraph's first.
    begins: bool,
}

/// Where to break, and how good that is.
struct Choice {
    end: usize,
    appeal: Appeal,
}

impl Limits {
    fn of(cx: &Context, id: BoxId, count: usize, begins: bool) -> Self {
        let text = &cx.layout_box(id).style.text;
        let (orphans, widows) = (usize::from(text.orphans.max(1)), usize::from(text.widows.max(1)));
        Self { orphans, widows, count, begins }
    }

    fn appeal(&self, start: usize, end: usize) -> Appeal {
        let before = if start == 0 && self.begins { end >= self.orphans } else { end > start };
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
        let least = if start == 0 && self.begins { self.orphans } else { start + 1 };
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
    let (mut pending, mut overlay) = (Vec::new(), Vec::new());
    let over = &cx.layout_box(id).children;
    let begins = paragraph.lines.first().is_none_or(|line| line.start == Start::default());
    if end == paragraph.lines.len() && begins {
        let is_marked = |of: &BoxId| {
            paragraph
                .lines
                .iter()
                .flat_map(|line| &line.marks)
                .any(|(node, _)| cx.boxes.of_node(*node) == Some(*of))
        };
        let is_over = |of: &BoxId| cx.layout_box(*of).is_absolute();
        let unmarked = over.iter().copied().filter(|of| is_over(of) && !is_marked(of));
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
            let waiting =
                cx.boxes.of_node(*node).filter(|of| over.contains(of) && cx.layout_box(*of).is_absolute());
            let Some(of) = waiting else { continue };
            let mark = if cx.layout_box(of).style.position.level == Level::Block {
                block_mark(line, *mark, width, cx.layout_box(id).style.text.direction)
            } else {
                *mark
            };
            let waiting = Pending::new(of, at + mark);
            match positioned::containing_block(cx, *node, paragraph, (start, end)) {
                Some(around) => overlay.push(absolute::place(cx, &waiting, around)),
                None => pending.push(waiting),
            }
        }
        placed.push(PlacedLine { at, index, boxes });
    }
    let lines = &paragraph.lines[start..end];
    let height = lines.last().map_or(Px::ZERO, |line| line.top + line.height - top);
    let baseline = |line: Option<&Line>| line.map(|line| line.top - top + line.baseline);
    Fragment {
        baseline: baseline(lines.first()),
        last_baseline: baseline(lines.last()),
        pending,
        overlay,
        ..Fragment::new(
            id,
            Rect::new(Px::ZERO, Px::ZERO, width, height),
            FragmentContent::Lines(paragraph.clone(), placed),
        )
    }
}

/// Where a block would have been that stands at a mark of a line: below what is before it.
fn block_mark(line: &Line, mark: Point, width: Px, direction: Direction) -> Point {
    let is_first = mark.x <= line.left;
    Point::new(
        if direction == Direction::Rtl { width } else { Px::ZERO },
        if is_first { mark.y } else { mark.y.max(line.height) },
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::space::{Fragmentainer, TopMargin};

    fn paragraph(count: usize) -> Paragraph {
        let line = |index: usize| Line {
            start: Start::default(),
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
        let limits = Limits { orphans: 2, widows: 2, count, begins: true };
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
