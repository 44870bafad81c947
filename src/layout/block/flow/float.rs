//! Floats in a block container, and the boxes that stand beside them (CSS 2, 9.5).

use super::super::float::{Berth, Ready};
use super::Flow;
use crate::geom::{Point, Size};
use crate::layout::boxes::BoxId;
use crate::layout::fragment::{Part, Token};
use crate::layout::intrinsic;
use crate::layout::sizing::Frame;
use crate::layout::space::{InlineSize, Space};
use crate::style::computed::{Clear, LengthOrAuto, Sizing};
use crate::units::Px;

impl Flow<'_, '_, '_> {
    /// Places a float, or the rest of one, or makes it wait for the next fragment.
    pub(super) fn float(&mut self, child: BoxId, token: Option<Token>, (left, width): (Px, Px)) {
        let top = self.inner.at.y + self.cursor();
        let room = self.inner.room.map(|room| (self.inner.at.y, room.after(Px::ZERO, self.placed)));
        let berth = Berth { left, width, height: self.inner.height, top, room };
        let Some(ready) = Ready::new(self.cx, self.floats, child, token, berth) else { return };
        let Some(fragment) = ready.put(self.cx, self.floats) else { return };
        self.put(child, fragment, Point::default() - self.inner.at);
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

    /// Puts a box with a formatting context of its own beside the floats (CSS 2, 9.5): its border box does not
    /// overlap them, its margins may.
    pub(super) fn beside_floats(&mut self, child: BoxId, top: Px, width: Px, space: &mut Space) -> Px {
        let of = self.cx.layout_box(child);
        let margin = Frame::of_box(self.cx, child, self.inner.width).margin;
        let is_auto = of.style.boxes.width == Sizing::Auto;
        let needed = if is_auto {
            (intrinsic::contribution(self.cx, child).min - margin.horizontal()).min(width)
        } else {
            width
        };
        let edge = self.inner.at.x;
        let stretch = (edge + margin.left, edge + self.inner.width - margin.right);
        let from = self.inner.at.y + top;
        let (left, right, found) = self.floats.room(stretch, from, Size::new(needed, Px(1.0)));
        if left > stretch.0 || right < stretch.1 {
            let own = if is_auto { (right - left).min(width) } else { width };
            if is_auto {
                space.inline = InlineSize::Exact(own);
            }
            let free = (right - left - own).max(Px::ZERO);
            let sides = &of.style.boxes.margin;
            space.at.x = left
                + match (sides.left, sides.right) {
                    (LengthOrAuto::Auto, LengthOrAuto::Auto) => free / 2.0,
                    (LengthOrAuto::Auto, _) => free,
                    _ => Px::ZERO,
                };
        }
        found - self.inner.at.y
    }
}
