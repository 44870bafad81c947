//! Block formatting (CSS 2, 9.4.1): children one below the other, floats beside them, and the choice of the
//! break point when they do not all fit (CSS Fragmentation 3, 4.4).

mod float;

use std::rc::Rc;

use super::floats::Floats;
use super::margins::{self, Around, Margin};
use super::{Inner, Inside, avoids_break};
use crate::geom::{Point, Rect, Size};
use crate::layout::boxes::{BoxId, LayoutBox, combined, is_avoided, is_forced};
use crate::layout::context::Context;
use crate::layout::fragment::{Appeal, Fragment, FragmentContent, Pending, State, Stop, Token};
use crate::layout::sizing;
use crate::layout::space::{BlockSize, Formatting, Fragmentainer, InlineSize, Room, Space, TopMargin};
use crate::style::computed::{Break, Direction};
use crate::units::Px;

/// Lays out the children of a block container, from the start or from where `resume` says.
pub(super) fn layout(
    cx: &mut Context,
    id: BoxId,
    inner: &Inner,
    floats: &mut Floats,
    resume: Option<&Token>,
) -> Option<Inside> {
    let mark = floats.mark();
    let first = Flow::new(cx, id, inner, floats, resume).run(resume)?;
    let (stop, outcome) = match first {
        Outcome::Done(inside) => return Some(inside),
        Outcome::Better(stop, inside) => (stop, inside),
    };
    floats.reset(mark);
    let again = Inner { stop: Some(stop), ..inner.clone() };
    match Flow::new(cx, id, &again, floats, resume).run(resume) {
        Some(Outcome::Done(inside) | Outcome::Better(_, inside)) => Some(inside),
        None => Some(outcome),
    }
}

/// What one attempt gave.
enum Outcome {
    /// This.
    Done(Inside),
    /// This, but a break at the stop would be better.
    Better(Rc<Stop>, Inside),
}

/// A block container while it is laid out.
struct Flow<'f, 'c, 'a> {
    cx: &'c mut Context<'a>,
    layout_box: &'a LayoutBox,
    inner: &'f Inner,
    floats: &'f mut Floats,
    fragments: Vec<Fragment>,
    pending: Vec<Pending>,
    /// From the top of the content box down to the end of the last child's border box.
    y: Px,
    /// The margins that wait below it.
    strut: Margin,
    /// Whether the next child's top margin is already the container's, or cut off by a break.
    absorbing: bool,
    /// Whether the margins that wait are those of a box without height that went below floats.
    cleared: bool,
    /// Whether something stands in this fragment: then what does not fit may wait for the next one.
    placed: bool,
    /// The last child in flow that stands in this fragment.
    previous: Option<BoxId>,
    best: Option<(Appeal, Rc<Stop>)>,
    baselines: (Option<Px>, Option<Px>),
}

/// What became of a child.
enum Step {
    /// It is placed; on to the next.
    Next,
    /// The fragment ends in or before the child.
    Break(State, Appeal, Option<Break>),
    /// Nothing of it fits and nothing stands before it.
    Nothing,
}

impl<'f, 'c, 'a> Flow<'f, 'c, 'a> {
    fn new(
        cx: &'c mut Context<'a>,
        id: BoxId,
        inner: &'f Inner,
        floats: &'f mut Floats,
        resume: Option<&Token>,
    ) -> Self {
        let layout_box = cx.layout_box(id);
        let absorbing = match resume {
            None => inner.context == Formatting::Inherited && margins::open_sides(layout_box).top,
            Some(_) => inner.room.is_some_and(|room| room.margin == TopMargin::Truncated),
        };
        Self {
            cx,
            layout_box,
            inner,
            floats,
            fragments: Vec::new(),
            pending: Vec::new(),
            y: Px::ZERO,
            strut: Margin::default(),
            absorbing,
            cleared: false,
            placed: false,
            previous: None,
            best: None,
            baselines: (None, None),
        }
    }

    /// Places child after child until the fragment is full.
    fn run(mut self, resume: Option<&Token>) -> Option<Outcome> {
        let (start, mut inner_token) = self.resumed(resume);
        let children = &self.layout_box.children;
        for (index, &child) in children.iter().enumerate().skip(start) {
            let token = inner_token.take();
            if token.is_none() {
                self.place_waiting();
            }
            let of = self.cx.layout_box(child);
            let step = if of.is_absolute() {
                let at = self.inner.offset + Point::new(self.line_start(), self.cursor());
                self.pending.push(Pending::new(child, at));
                Step::Next
            } else if of.is_running() {
                let at = self.inner.offset + Point::new(Px::ZERO, self.cursor());
                let rect = Rect { origin: at, size: Size::default() };
                self.fragments.push(Fragment::new(child, rect, FragmentContent::Boxes(Vec::new())));
                Step::Next
            } else if of.is_float() {
                self.float(child, None, (self.inner.at.x, self.inner.width));
                Step::Next
            } else {
                self.child(index, child, token.as_deref())
            };
            match step {
                Step::Next => {}
                Step::Nothing => return None,
                Step::Break(state, appeal, forced) => {
                    return Some(self.broken(state, appeal, forced));
                }
            }
        }
        self.place_waiting();
        Some(Outcome::Done(self.finished()))
    }

    /// Where to start, and the floats that wait for this fragment.
    fn resumed(&mut self, resume: Option<&Token>) -> (usize, Option<Box<Token>>) {
        match resume.map(|token| &token.state) {
            Some(State::Flow(child, token, deferred)) => {
                if self.inner.context == Formatting::Independent {
                    self.floats.waiting.clone_from(deferred);
                }
                (*child, token.clone())
            }
            _ => (0, None),
        }
    }

    /// Where lines begin: at the left, or at the right where text runs leftwards.
    fn line_start(&self) -> Px {
        match self.layout_box.style.text.direction {
            Direction::Ltr => Px::ZERO,
            Direction::Rtl => self.inner.width,
        }
    }

    /// The next child's top, were it without margin.
    fn cursor(&self) -> Px {
        if self.absorbing { self.y } else { self.y + self.strut.value() }
    }

    /// Places a child in the flow.
    fn child(&mut self, index: usize, child: BoxId, token: Option<&Token>) -> Step {
        let appeal = match self.break_before(index, child) {
            Ok(appeal) => appeal,
            Err(step) => return step,
        };
        let above = if self.absorbing { Margin::default() } else { self.strut };
        let around = Around { floats: self.floats, y: self.inner.at.y + self.y, strut: above };
        let collapsed = margins::collapsed(self.cx, child, self.inner.width, around);
        let natural = match (token, self.absorbing) {
            (Some(_), _) | (_, true) => self.y,
            (None, false) => self.y + self.strut.join(collapsed.edge).value(),
        };
        let (top, space) = self.space_for(child, natural, token, index);
        let mark = self.floats.mark();
        let Some(laid) = super::layout(self.cx, child, &space, self.floats, token) else {
            self.floats.reset(mark);
            return if self.previous.is_some() || self.placed {
                let state = match token {
                    Some(token) => State::Flow(index, Some(Box::new(token.clone())), Vec::new()),
                    None => self.before(index),
                };
                Step::Break(state, appeal, None)
            } else {
                Step::Nothing
            };
        };
        if let Some((inside, stop)) = &laid.early {
            self.remember(*inside, Stop::Inside(index, stop.clone()));
        }
        let height = laid.fragment.height();
        self.put(child, laid.fragment, Point::new(space.at.x - self.inner.at.x, top));
        if let Some(broken) = laid.broken {
            self.y = self.y.max(top + height);
            let state = State::Flow(index, Some(Box::new(broken.token)), Vec::new());
            return Step::Break(state, broken.appeal, broken.forced);
        }
        if !(collapsed.through && height == Px::ZERO) {
            self.y = top + height;
            self.strut = laid.below;
            self.absorbing = false;
            self.cleared = false;
            self.placed = true;
        } else if top > natural {
            // Its margins collapse with those that follow, but not with the container's (CSS 2, 8.3.1).
            self.y = top - collapsed.edge.value();
            self.strut = collapsed.top;
            self.absorbing = false;
            self.cleared = true;
        } else if !self.absorbing {
            self.strut = self.strut.join(collapsed.top);
        }
        self.previous = Some(child);
        Step::Next
    }

    /// How good a break before a child is; `Err` where one must be there.
    fn break_before(&mut self, index: usize, child: BoxId) -> Result<Appeal, Step> {
        let in_columns = self.inner.room.is_some_and(|room| room.kind == Fragmentainer::Column);
        if in_columns && self.cx.boxes.spans(child) {
            return Err(Step::Break(self.before(index), Appeal::Perfect, Some(Break::Column)));
        }
        let Some(previous) = self.previous else { return Ok(Appeal::Perfect) };
        let before = &self.cx.layout_box(child).breaks;
        let after = &self.cx.layout_box(previous).breaks;
        let value = combined(after.after, before.before);
        if self.inner.room.is_some() {
            let is_other_page = after.end_page != before.start_page;
            if is_forced(value) || is_other_page {
                let value = if is_forced(value) { value } else { Break::Page };
                return Err(Step::Break(self.before(index), Appeal::Perfect, Some(value)));
            }
        }
        let avoided = is_avoided(value) || avoids_break(self.layout_box, self.inner.room);
        let appeal = if avoided { Appeal::Avoided } else { Appeal::Perfect };
        if self.inner.stop.as_deref() == Some(&Stop::Before(index)) {
            return Err(Step::Break(self.before(index), appeal, None));
        }
        self.remember(appeal, Stop::Before(index));
        Ok(appeal)
    }

    /// Keeps the best break point, of equals the last.
    fn remember(&mut self, appeal: Appeal, stop: Stop) {
        if self.best.as_ref().is_none_or(|(best, _)| appeal >= *best) {
            self.best = Some((appeal, Rc::new(stop)));
        }
    }

    /// Where to go on after a break before a child. Floats right before it that are to stay with it go along.
    fn before(&mut self, index: usize) -> State {
        let mut index = index;
        while let Some(&float) = index.checked_sub(1).and_then(|before| self.layout_box.children.get(before))
        {
            let of = self.cx.layout_box(float);
            if !(of.is_float()
                && is_avoided(of.breaks.after)
                && self.previous.is_some()
                && self.take_back(float))
            {
                break;
            }
            index -= 1;
        }
        State::Flow(index, None, Vec::new())
    }

    /// The top of a child's border box, below and beside the floats that it has to avoid, and its space.
    fn space_for(&mut self, child: BoxId, top: Px, token: Option<&Token>, index: usize) -> (Px, Space) {
        let of = self.cx.layout_box(child);
        let mut space = Space {
            width: self.inner.width,
            height: self.inner.height,
            inline: InlineSize::Fill,
            block: BlockSize::Own,
            room: None,
            context: Formatting::Inherited,
            at: self.inner.at,
            stop: match self.inner.stop.as_deref() {
                Some(Stop::Inside(at, stop)) if *at == index => Some(stop.clone()),
                _ => None,
            },
        };
        let is_box = !matches!(of.kind, crate::layout::boxes::Kind::Lines(_));
        let mut top = top;
        if is_box && token.is_none() {
            let clear = self.floats.clearance(of.style.position.clear);
            top = top.max(clear.map_or(top, |bottom| bottom - self.inner.at.y));
        }
        if is_box {
            let width = sizing::border_width(self.cx, child, &space);
            let (left, _) = sizing::horizontal_margins(
                &of.style,
                width,
                (self.inner.width, self.layout_box.style.text.direction),
            );
            space.at.x += left;
            if of.is_formatting_context() && !self.floats.is_empty() {
                top = self.beside_floats(child, top, width, &mut space);
            }
        }
        space.at.y += top;
        space.room = self.inner.room.map(|room| self.room_at(room, top));
        (top, space)
    }

    fn room_at(&self, room: Room, top: Px) -> Room {
        room.after(top, self.placed)
    }

    /// Adds a child's fragment.
    fn put(&mut self, child: BoxId, fragment: Fragment, at: Point) {
        let mut fragment = fragment.placed(self.inner.offset + at);
        let origin = fragment.rect.origin;
        for waiting in fragment.pending.drain(..) {
            self.pending.push(Pending { at: waiting.at + origin, ..waiting });
        }
        let baseline = |baseline: Option<Px>| baseline.map(|baseline| baseline + origin.y);
        if self.cx.layout_box(child).is_in_flow() {
            self.baselines.0 = self.baselines.0.or(baseline(fragment.baseline));
            self.baselines.1 = baseline(fragment.last_baseline).or(self.baselines.1);
        }
        self.fragments.push(fragment);
    }

    /// The fragment of a container all of whose children are placed.
    fn finished(self) -> Inside {
        let collapses = self.inner.context == Formatting::Inherited
            && self.inner.height.is_none()
            && !self.cleared
            && margins::open_sides(self.layout_box).bottom;
        let mut height = if collapses || self.absorbing { self.y } else { self.y + self.strut.value() };
        let below = if collapses && !self.absorbing { self.strut } else { Margin::default() };
        if let Some(room) = self.inner.room {
            height = height.min(room.left.max(self.y));
        }
        let mut broken = None;
        if self.inner.context == Formatting::Independent {
            let bottom = self.float_bottom();
            height = height.max(self.inner.room.map_or(bottom, |room| bottom.min(room.left)));
            let deferred = self.floats.take_rest();
            if !deferred.is_empty() {
                let state = State::Flow(self.layout_box.children.len(), None, deferred);
                broken = Some((state, Appeal::Perfect, None));
            }
        }
        Inside {
            content: FragmentContent::Boxes(self.fragments),
            height,
            baselines: self.baselines,
            pending: self.pending,
            broken,
            early: self.best,
            below,
        }
    }

    /// The fragment of a container that breaks here, or a better place to break.
    fn broken(self, state: State, appeal: Appeal, forced: Option<Break>) -> Outcome {
        let state = match state {
            State::Flow(index, token, _) if self.inner.context == Formatting::Independent => {
                State::Flow(index, token, self.floats.take_rest())
            }
            state => state,
        };
        let better = match (&self.best, forced, &self.inner.stop) {
            (Some((best, stop)), None, None) if *best > appeal => Some(stop.clone()),
            _ => None,
        };
        let inside = Inside {
            content: FragmentContent::Boxes(self.fragments),
            height: self.y,
            baselines: self.baselines,
            pending: self.pending,
            broken: Some((state, appeal, forced)),
            early: None,
            below: Margin::default(),
        };
        match better {
            Some(stop) => Outcome::Better(stop, inside),
            None => Outcome::Done(inside),
        }
    }
}
