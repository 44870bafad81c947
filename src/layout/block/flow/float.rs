//! Floats in a block container, and the boxes that stand beside them (CSS 2, 9.5).

use super::super::floats::Side;
use super::super::root;
use super::Flow;
use crate::geom::{Point, Rect, Size};
use crate::layout::boxes::BoxId;
use crate::layout::fragment::{DeferredFloat, Part, Token};
use crate::layout::intrinsic;
use crate::layout::sizing::Frame;
use crate::layout::space::{InlineSize, Room, Space};
use crate::style::computed::{Clear, Sizing};
use crate::units::Px;

impl Flow<'_, '_, '_> {
    /// Places a float, or the rest of one, or makes it wait for the next fragment.
    pub(super) fn float(&mut self, child: BoxId, token: Option<Token>, (left, width): (Px, Px)) {
        let of = self.cx.layout_box(child);
        let space = Space { height: self.inner.height, ..Space::endless(width, InlineSize::Fit) };
        let Some(whole) = root(self.cx, child, &space, token.as_ref()) else { return };
        let frame = Frame::of_box(self.cx, child, width);
        let (across, down) = (frame.margin.horizontal(), frame.margin.vertical());
        let size = Size::new(whole.fragment.rect.size.width + across, whole.fragment.height() + down);
        let mut from = self.inner.at.y + self.cursor();
        from = from.max(self.floats.clearance(of.style.position.clear).unwrap_or(from));
        let side = Side::of(of.style.position.float);
        let at = self.floats.position(side, (left, left + width), from, size);
        let room = self.inner.room.map(|room| room.after(at.y - self.inner.at.y, self.placed));
        let room = room.filter(|room| !room.fits(size.height - frame.margin.bottom));
        let laid = match room {
            None => Some(whole),
            Some(room) if room.fresh && self.floats.is_empty() => {
                let room = Room { left: room.left - frame.margin.top, ..room };
                root(self.cx, child, &Space { room: Some(room), ..space }, token.as_ref())
            }
            Some(_) => None,
        };
        let Some(laid) = laid else {
            self.floats.deferred.push(DeferredFloat { of: child, left, width, token });
            return;
        };
        if let Some(broken) = laid.broken {
            let token = Some(broken.token);
            self.floats.deferred.push(DeferredFloat { of: child, left, width, token });
        }
        let height = laid.fragment.height() + down;
        self.floats.put(side, Rect { origin: at, size: Size::new(size.width, height) });
        let offset = at - self.inner.at + Point::new(frame.margin.left, frame.margin.top);
        self.put(child, laid.fragment, offset);
        self.placed = true;
    }

    /// Takes back the last float if it is `float` and stands here whole, with nothing in it that waits for a
    /// containing block.
    pub(super) fn take_back(&mut self, float: BoxId) -> bool {
        let is_last = self.pending.is_empty()
            && self.fragments.last().is_some_and(|last| last.of == float && last.part == Part::WHOLE);
        if is_last {
            self.fragments.pop();
            self.floats.take_back();
        }
        is_last
    }

    /// Places the floats that waited for this fragment.
    pub(super) fn place_waiting(&mut self) {
        for waiting in std::mem::take(&mut self.floats.waiting) {
            self.float(waiting.of, waiting.token, (waiting.left, waiting.width));
        }
    }

    /// How far down the floats reach, from the top of the content box.
    pub(super) fn float_bottom(&self) -> Px {
        self.floats.clearance(Clear::Both).map_or(Px::ZERO, |bottom| bottom - self.inner.at.y)
    }

    /// Puts a box with a formatting context of its own beside the floats (CSS 2, 9.5).
    pub(super) fn beside_floats(&mut self, child: BoxId, top: Px, width: Px, space: &mut Space) -> Px {
        let of = self.cx.layout_box(child);
        let frame = Frame::of_box(self.cx, child, self.inner.width);
        let least = intrinsic::contribution(self.cx, child).min;
        let is_auto = of.style.boxes.width == Sizing::Auto;
        let needed = if is_auto { least.min(width) } else { width + frame.margin.horizontal() };
        let stretch = (self.inner.at.x, self.inner.at.x + self.inner.width);
        let from = self.inner.at.y + top;
        let (left, right, found) = self.floats.room(stretch, from, Size::new(needed, Px(1.0)));
        if left > stretch.0 || right < stretch.1 {
            if is_auto {
                space.inline = InlineSize::Exact((right - left - frame.margin.horizontal()).min(width));
            }
            space.at.x = left + frame.margin.left;
        }
        found - self.inner.at.y
    }
}
