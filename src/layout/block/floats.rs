//! Floats (CSS 2, 9.5): where they stand and what they leave of a line.

use crate::geom::{Point, Rect, Size};
use crate::layout::fragment::DeferredFloat;
use crate::style::computed::{Clear, Float};
use crate::units::Px;

/// The floats of a block formatting context in one fragmentainer, in its coordinates.
#[derive(Debug, Default)]
pub(in crate::layout) struct Floats {
    placed: Vec<(Rect, Side)>,
    /// The top of the last float: later ones stand no higher.
    ceiling: Px,
    /// Those that wait for the next fragmentainer.
    pub deferred: Vec<DeferredFloat>,
    /// Those that waited for this one and are not placed yet.
    pub waiting: Vec<DeferredFloat>,
}

/// The side that a float goes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::layout) enum Side {
    /// Left.
    Left,
    /// Right.
    Right,
}

/// A state of [`Floats`] to go back to.
#[derive(Clone, Debug)]
pub(in crate::layout) struct Mark {
    placed: usize,
    ceiling: Px,
    deferred: usize,
    waiting: Vec<DeferredFloat>,
}

impl Side {
    /// Of the property's value; anything but `left` and `right` is no float.
    pub fn of(float: Float) -> Self {
        match float {
            Float::Right => Self::Right,
            _ => Self::Left,
        }
    }
}

impl Floats {
    /// The present state.
    pub fn mark(&self) -> Mark {
        Mark {
            placed: self.placed.len(),
            ceiling: self.ceiling,
            deferred: self.deferred.len(),
            waiting: self.waiting.clone(),
        }
    }

    /// Forgets what came after `mark`.
    pub fn reset(&mut self, mark: Mark) {
        self.placed.truncate(mark.placed);
        self.ceiling = mark.ceiling;
        self.deferred.truncate(mark.deferred);
        self.waiting = mark.waiting;
    }

    /// Those that go to the next fragmentainer: the longest waiting first.
    pub fn take_rest(&mut self) -> Vec<DeferredFloat> {
        let mut rest = std::mem::take(&mut self.waiting);
        rest.append(&mut self.deferred);
        rest
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.placed.is_empty()
    }

    /// The nearest place below `top` where a float ends.
    pub fn next_end(&self, top: Px) -> Option<Px> {
        self.placed.iter().map(|(rect, _)| rect.bottom()).filter(|bottom| *bottom > top).reduce(Px::min)
    }

    /// What floats take from the stretch `left` to `right` between `top` and `top + height`: from its left
    /// and from its right end.
    pub fn intrusion(&self, (left, right): (Px, Px), top: Px, height: Px) -> (Px, Px) {
        let bottom = top + height.max(Px(0.01));
        let mut taken = (Px::ZERO, Px::ZERO);
        for (rect, side) in &self.placed {
            if rect.bottom() <= top || rect.top() >= bottom || rect.size.width <= Px::ZERO {
                continue;
            }
            match side {
                Side::Left => taken.0 = taken.0.max(rect.right() - left),
                Side::Right => taken.1 = taken.1.max(right - rect.left()),
            }
        }
        taken
    }

    /// The first place from `top` on where a box of `size` stands beside the floats, in the stretch `left` to
    /// `right`: its left and right limits, and its top. Below all floats it may be wider than the stretch.
    pub fn room(&self, stretch: (Px, Px), top: Px, size: Size) -> (Px, Px, Px) {
        let mut tops: Vec<Px> = self.placed.iter().map(|(rect, _)| rect.bottom()).collect();
        tops.retain(|bottom| *bottom > top);
        tops.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut found = (stretch.0, stretch.1, top);
        for top in std::iter::once(top).chain(tops) {
            let (left, right) = self.intrusion(stretch, top, size.height);
            found = (stretch.0 + left, stretch.1 - right, top);
            let is_clear = left == Px::ZERO && right == Px::ZERO;
            if is_clear || found.1 - found.0 + Px(0.01) >= size.width {
                break;
            }
        }
        found
    }

    /// Where the margin box of a float of `size` goes, no higher than `top`.
    pub fn position(&self, side: Side, stretch: (Px, Px), top: Px, size: Size) -> Point {
        let (left, right, top) = self.room(stretch, top.max(self.ceiling), size);
        match side {
            Side::Left => Point::new(left, top),
            Side::Right => Point::new(right - size.width, top),
        }
    }

    /// Puts a float's margin box.
    pub fn put(&mut self, side: Side, rect: Rect) {
        self.ceiling = self.ceiling.max(rect.top());
        self.placed.push((rect, side));
    }

    /// Forgets the last float.
    pub fn take_back(&mut self) {
        self.placed.pop();
        self.ceiling = self.placed.iter().map(|(rect, _)| rect.top()).fold(Px::ZERO, Px::max);
    }

    /// The bottom of the floats that `clear` names.
    pub fn clearance(&self, clear: Clear) -> Option<Px> {
        let named = |side: &Side| match clear {
            Clear::None => false,
            Clear::Left => *side == Side::Left,
            Clear::Right => *side == Side::Right,
            Clear::Both => true,
        };
        self.placed.iter().filter(|(_, side)| named(side)).map(|(rect, _)| rect.bottom()).reduce(Px::max)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_float_that_is_too_wide_goes_below() {
        let mut floats = Floats::default();
        let stretch = (Px(0.0), Px(100.0));
        floats.put(Side::Left, Rect::new(Px(0.0), Px(0.0), Px(60.0), Px(30.0)));
        let size = Size::new(Px(50.0), Px(10.0));
        assert_eq!(floats.position(Side::Right, stretch, Px(0.0), size), Point::new(Px(50.0), Px(30.0)));
        let size = Size::new(Px(40.0), Px(10.0));
        assert_eq!(floats.position(Side::Right, stretch, Px(0.0), size), Point::new(Px(60.0), Px(0.0)));
        assert_eq!(floats.intrusion(stretch, Px(10.0), Px(10.0)), (Px(60.0), Px(0.0)));
    }
}
