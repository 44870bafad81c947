//! The placing of one float (CSS 2, 9.5.1), in a block container or in a line of text.

use super::floats::{Floats, Side};
use super::root;
use crate::geom::{Point, Rect, Size};
use crate::layout::boxes::BoxId;
use crate::layout::context::Context;
use crate::layout::fragment::{DeferredFloat, Fragment, Token};
use crate::layout::sizing::Frame;
use crate::layout::space::{InlineSize, Room, Space};
use crate::units::Px;

/// Where a float may go, in the coordinates of its block formatting context.
#[derive(Clone, Copy, Debug)]
pub(super) struct Berth {
    /// The left edge of its containing block.
    pub left: Px,
    /// The width of its containing block.
    pub width: Px,
    /// The height of its containing block where that is definite.
    pub height: Option<Px>,
    /// It stands no higher.
    pub top: Px,
    /// What is left of the page, from this place down.
    pub room: Option<(Px, Room)>,
}

/// A float as it would stand, were there no page to end.
pub(super) struct Ready {
    of: BoxId,
    side: Side,
    token: Option<Token>,
    berth: Berth,
    frame: Frame,
    fragment: Fragment,
    /// Of its margin box.
    size: Size,
    at: Point,
}

impl Ready {
    /// Lays out a float, or the rest of one, and finds its place.
    pub fn new(
        cx: &mut Context,
        floats: &Floats,
        of: BoxId,
        token: Option<Token>,
        berth: Berth,
    ) -> Option<Self> {
        let space = Space { height: berth.height, ..Space::endless(berth.width, InlineSize::Fit) };
        let fragment = root(cx, of, &space, token.as_ref())?.fragment;
        let frame = Frame::of_box(cx, of, berth.width);
        let size = Size::new(
            fragment.rect.size.width + frame.margin.horizontal(),
            fragment.height() + frame.margin.vertical(),
        );
        let style = &cx.layout_box(of).style.position;
        let top = berth.top.max(floats.clearance(style.clear).unwrap_or(berth.top));
        let side = Side::of(style.float);
        let at = floats.position(side, (berth.left, berth.left + berth.width), top, size);
        Some(Self { of, side, token, berth, frame, fragment, size, at })
    }

    /// Whether it stands beside a line at its berth of which `free` is left.
    pub fn fits(&self, free: Px) -> bool {
        self.at.y <= self.berth.top + Px(0.01) && self.size.width <= free + Px(0.01)
    }

    /// Puts it there, its border box in the coordinates of the context; or makes it, or the rest of it, wait for the
    /// next fragmentainer.
    pub fn put(self, cx: &mut Context, floats: &mut Floats) -> Option<Fragment> {
        let Self { of, side, token, berth, frame, at, .. } = self;
        let deferred = |token| DeferredFloat { of, left: berth.left, width: berth.width, token };
        let room = berth.room.map(|(top, room)| room.after(at.y - top, false));
        let room = room.filter(|room| !room.fits(self.size.height - frame.margin.bottom));
        let fragment = match room {
            None => self.fragment,
            Some(room) if room.fresh && floats.is_empty() => {
                let room = Room { left: room.left - frame.margin.top, ..room };
                let space = Space { height: berth.height, ..Space::endless(berth.width, InlineSize::Fit) };
                let laid = root(cx, of, &Space { room: Some(room), ..space }, token.as_ref())?;
                floats.deferred.extend(laid.broken.map(|broken| deferred(Some(broken.token))));
                laid.fragment
            }
            Some(_) => {
                floats.deferred.push(deferred(token));
                return None;
            }
        };
        let height = fragment.height() + frame.margin.vertical();
        floats.put(side, Rect { origin: at, size: Size::new(self.size.width, height) });
        Some(fragment.placed(at + Point::new(frame.margin.left, frame.margin.top)))
    }
}
