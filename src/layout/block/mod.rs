//! Boxes and their formatting contexts: one entry, [`layout`], which gives a fragment, and a break token where
//! not all of the box fits.

mod float;
pub(super) mod floats;
mod flow;
mod lines;
mod list;
pub(super) mod margins;
mod positioned;

use std::rc::Rc;

use super::absolute;
use super::bands;
use super::boxes::{BoxId, Kind, LayoutBox};
use super::columns;
use super::context::Context;
use super::fragment::{Appeal, Broken, Fragment, FragmentContent, Laid, Part, Pending, State, Stop, Token};
use super::replaced;
use super::sizing::{self, Frame, Heights};
use super::space::{Formatting, Fragmentainer, Room, Space};
use super::table;
use crate::geom::{Point, Rect};
use crate::style::computed::{Break, BreakInside, DecorationBreak, Position};
use crate::units::Px;
pub(super) use floats::Floats;
pub(super) use margins::Margin;

/// The content box that a formatting context fills, and what is left of the page for it.
#[derive(Clone, Debug)]
pub(super) struct Inner {
    /// Its width.
    pub width: Px,
    /// Its height where that is definite.
    pub height: Option<Px>,
    /// The least and the most that its height can be.
    pub limits: (Px, Px),
    /// The room from its top; the bottom edge of the box is already taken off.
    pub room: Option<Room>,
    /// Its origin in the coordinates of the block formatting context.
    pub at: Point,
    /// Its origin in the border box.
    pub offset: Point,
    /// Where to break.
    pub stop: Option<Rc<Stop>>,
    /// Whose floats and margins the content takes part in.
    pub context: Formatting,
}

/// What a formatting context made of its content. Places are relative to the border box.
#[derive(Debug)]
pub(super) struct Inside {
    /// The content.
    pub content: FragmentContent,
    /// The height that it takes of the content box.
    pub height: Px,
    /// The first and last baselines.
    pub baselines: (Option<Px>, Option<Px>),
    /// Boxes out of flow.
    pub pending: Vec<Pending>,
    /// The break: how far it is, how good the break is, and what forced it.
    pub broken: Option<(State, Appeal, Option<Break>)>,
    /// The best break point inside.
    pub early: Option<(Appeal, Rc<Stop>)>,
    /// The margins at its end that adjoin that of the box.
    pub below: Margin,
}

impl Inside {
    /// Content that does not break.
    pub fn whole(content: FragmentContent, height: Px) -> Self {
        Self {
            content,
            height,
            baselines: (None, None),
            pending: Vec::new(),
            broken: None,
            early: None,
            below: Margin::default(),
        }
    }
}

/// Lays out a box. `None`: nothing of it fits, and it does not have to (the room is not fresh).
pub(super) fn layout(
    cx: &mut Context,
    id: BoxId,
    space: &Space,
    floats: &mut Floats,
    resume: Option<&Token>,
) -> Option<Laid> {
    #[cfg(test)]
    crate::layout::tests::work::count(1);
    let layout_box = cx.layout_box(id);
    if let Kind::Lines(_) = layout_box.kind {
        return lines::layout(cx, id, space, floats, resume);
    }
    let width = sizing::border_width(cx, id, space);
    let frame = sliced(layout_box, Frame::of_box(cx, id, space.width), resume.is_none());
    let heights = Heights::of(cx, id, space, width);
    let inner = inner_space(layout_box, space, &frame, width, &heights);
    if inner.room.is_some_and(|room| room.left < Px::ZERO && !room.fresh) {
        return None;
    }
    let mut inside = content(cx, id, &inner, floats, resume)?;
    if resume.is_none() {
        list::place_marker(cx, id, &inner, &mut inside);
    }
    let consumed = resume.map_or(Px::ZERO, |token| token.consumed);
    let finish =
        Finish { layout_box, frame, width, inner: &inner, consumed, heights, first: resume.is_none() };
    let mut laid = finish.close(id, inside)?;
    if layout_box.style.position.scheme == Position::Relative && layout_box.is_containing_block() {
        laid.fragment.rect.origin = absolute::relative_shift(&layout_box.style, space.width, space.height);
    }
    if layout_box.is_containing_block() {
        absolute::place_pending(cx, &mut laid.fragment);
    }
    report_overflow(cx, id, &laid, space);
    Some(laid)
}

/// Lays out a box that holds its own floats and does not break.
pub(super) fn independent(cx: &mut Context, id: BoxId, space: &Space) -> Fragment {
    let space = Space { room: None, ..space.clone() };
    match root(cx, id, &space, None) {
        Some(laid) => laid.fragment,
        None => Fragment::new(id, Rect::default(), FragmentContent::Boxes(Vec::new())),
    }
}

/// Lays out a box that holds its own floats.
pub(super) fn root(cx: &mut Context, id: BoxId, space: &Space, resume: Option<&Token>) -> Option<Laid> {
    let space = Space { context: Formatting::Independent, at: Point::default(), ..space.clone() };
    layout(cx, id, &space, &mut Floats::default(), resume)
}

/// Lays out the content of a box by its formatting context.
fn content(
    cx: &mut Context,
    id: BoxId,
    inner: &Inner,
    floats: &mut Floats,
    resume: Option<&Token>,
) -> Option<Inside> {
    if resume.is_some_and(|token| matches!(token.state, State::Finished)) {
        return Some(Inside::whole(FragmentContent::Boxes(Vec::new()), Px::ZERO));
    }
    match &cx.layout_box(id).kind {
        Kind::Picture(_) => picture(cx, id, inner),
        Kind::Flex | Kind::Grid => bands::layout(cx, id, inner, resume),
        Kind::Table(_) => table::layout(cx, id, inner, resume),
        Kind::Columns => columns::layout(cx, id, inner, resume),
        Kind::Flow | Kind::Captioned | Kind::Lines(_) => match inner.context {
            Formatting::Inherited => flow::layout(cx, id, inner, floats, resume),
            Formatting::Independent => flow::layout(cx, id, inner, &mut Floats::default(), resume),
        },
    }
}

/// The content box and its room.
fn inner_space(layout_box: &LayoutBox, space: &Space, frame: &Frame, width: Px, heights: &Heights) -> Inner {
    let edges = frame.inner();
    let offset = Point::new(edges.left, edges.top);
    let context = if layout_box.is_formatting_context() { Formatting::Independent } else { space.context };
    Inner {
        width: (width - edges.horizontal()).max(Px::ZERO),
        height: heights.definite,
        limits: (heights.min, heights.max),
        room: space.room.map(|room| Room { left: room.left - edges.vertical(), ..room }),
        at: if context == Formatting::Independent { Point::default() } else { space.at + offset },
        offset,
        stop: space.stop.clone(),
        context,
    }
}

/// Whether every fragment has all its edges: where a table's borders collapse, each has lines around its rows.
fn is_cloned(layout_box: &LayoutBox) -> bool {
    let collapses = matches!(&layout_box.kind, Kind::Table(grid) if grid.borders.is_some());
    collapses || layout_box.style.fragmentation.decoration == DecorationBreak::Clone
}

/// The edges of a fragment: a later one starts without its upper edge (CSS Fragmentation 3, 5.4.1).
fn sliced(layout_box: &LayoutBox, mut frame: Frame, first: bool) -> Frame {
    if !first && !is_cloned(layout_box) {
        frame.border.top = Px::ZERO;
        frame.padding.top = Px::ZERO;
    }
    frame
}

/// A picture: one piece.
fn picture(cx: &mut Context, id: BoxId, inner: &Inner) -> Option<Inside> {
    let height = inner.height.unwrap_or_else(|| {
        let size = replaced::content_size(cx, id, inner.width, None);
        let is_stretched = (size.width - inner.width).abs() > Px(0.01) && size.width > Px::ZERO;
        if is_stretched { size.height * (inner.width / size.width) } else { size.height }
    });
    if inner.room.is_some_and(|room| !room.fits(height) && !room.fresh) {
        return None;
    }
    let rect = Rect::new(inner.offset.x, inner.offset.y, inner.width, height);
    Some(Inside::whole(FragmentContent::Picture(rect), height))
}

/// What is needed to close a fragment around its content.
struct Finish<'a> {
    layout_box: &'a LayoutBox,
    frame: Frame,
    width: Px,
    inner: &'a Inner,
    consumed: Px,
    heights: Heights,
    first: bool,
}

impl Finish<'_> {
    /// The fragment, as tall as the content and the box's height ask, and broken where that does not fit.
    fn close(mut self, id: BoxId, inside: Inside) -> Option<Laid> {
        let mut early = inside.early;
        let content = inside.height;
        let rest = (self.heights.used(self.consumed + inside.height) - self.consumed).max(Px::ZERO);
        let (height, broken) = match (inside.broken, self.inner.room) {
            (Some((state, appeal, forced)), Some(room)) => {
                let height = room.left.max(inside.height);
                (height, Some((state, appeal, forced)))
            }
            (None, Some(room)) if !room.fits(rest) && !room.fresh && rest <= room.full => return None,
            (None, Some(room))
                if !room.fits(rest) && inside.height < rest && !self.layout_box.is_monolithic() =>
            {
                let height = room.left.max(inside.height).max(Px(1.0));
                (height, Some((State::Finished, Appeal::Avoided, None)))
            }
            _ => (rest, None),
        };
        if avoids_break(self.layout_box, self.inner.room) {
            early = early.map(|(appeal, stop)| (appeal.min(Appeal::Avoided), stop));
        }
        let broken = broken.map(|(state, appeal, forced)| Broken {
            token: Token { consumed: self.consumed + height, state },
            appeal: if avoids_break(self.layout_box, self.inner.room) && forced.is_none() {
                appeal.min(Appeal::Avoided)
            } else {
                appeal
            },
            forced,
        });
        let cloned = is_cloned(self.layout_box);
        let top = self.frame.inner().top;
        let mut total = top + height + self.frame.inner().bottom;
        if broken.is_some() && !cloned {
            self.frame.border.bottom = Px::ZERO;
            self.frame.padding.bottom = Px::ZERO;
        }
        total = total.max(Px::ZERO);
        let rect = Rect::new(Px::ZERO, Px::ZERO, self.width, total);
        let fragment = Fragment {
            border: self.frame.border,
            padding: self.frame.padding,
            part: Part { first: self.first, last: broken.is_none() },
            baseline: inside.baselines.0,
            last_baseline: inside.baselines.1,
            pending: inside.pending,
            ..Fragment::new(id, rect, inside.content)
        };
        // Where the box is not as tall as its content, its last child's margin is lost (CSS 2, 8.3.1).
        let below = if broken.is_none() && rest == content { inside.below } else { Margin::default() };
        let below = below.join(Margin::of(self.frame.margin.bottom));
        Some(Laid { fragment, broken, early, below })
    }
}

/// Whether a box asks not to be broken by this kind of fragmentainer.
pub(super) fn avoids_break(layout_box: &LayoutBox, room: Option<Room>) -> bool {
    let Some(room) = room else { return false };
    layout_box.origin == super::boxes::Origin::Element
        && match layout_box.style.fragmentation.inside {
            BreakInside::Auto => false,
            BreakInside::Avoid => true,
            BreakInside::AvoidPage => room.kind == Fragmentainer::Page,
            BreakInside::AvoidColumn => room.kind == Fragmentainer::Column,
        }
}

/// Tells of a part that is taller than the whole page.
fn report_overflow(cx: &mut Context, id: BoxId, laid: &Laid, space: &Space) {
    let Some(room) = space.room.filter(|room| room.fresh && laid.broken.is_none()) else { return };
    let over = laid.fragment.height() - room.left;
    if over > Px(0.5) && matches!(laid.fragment.content, FragmentContent::Picture(_)) {
        cx.warn(super::report::too_tall(cx, id, over));
    }
}
