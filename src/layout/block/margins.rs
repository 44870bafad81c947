//! Margin collapsing (CSS 2, 8.3.1), found from the box tree before anything is placed.

use super::Floats;
use crate::layout::boxes::{BoxId, Kind, LayoutBox, Origin};
use crate::layout::context::Context;
use crate::layout::sizing::Frame;
use crate::style::computed::{Clear, Float, LengthPercentage, Sizing};
use crate::units::Px;

/// Adjoining margins: the largest positive and the most negative one.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(in crate::layout) struct Margin {
    positive: Px,
    negative: Px,
}

/// The margin above a box, collapsed with those of its first children.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(in crate::layout) struct Collapsed {
    /// All that adjoins its upper margin; its lower margin too where it is `through`.
    pub top: Margin,
    /// The part of it that tells where its border box begins.
    pub edge: Margin,
    /// Whether its upper and its lower margin adjoin, because the box has no height.
    pub through: bool,
    /// Whether floats before the box may change this, because a box in it clears them.
    clears: bool,
}

/// The floats around a box whose margins collapse, and where it stands.
#[derive(Clone, Copy)]
pub(in crate::layout) struct Around<'f> {
    /// Those before it.
    pub floats: &'f Floats,
    /// Where its margin begins, in the coordinates of its block formatting context.
    pub y: Px,
    /// The margins that adjoin its own from above.
    pub strut: Margin,
}

/// Which margins of a box adjoin those of its first and last children.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::layout) struct Open {
    /// Those of the first.
    pub top: bool,
    /// Those of the last.
    pub bottom: bool,
}

impl Margin {
    /// One margin.
    pub fn of(margin: Px) -> Self {
        Self { positive: margin.max(Px::ZERO), negative: margin.min(Px::ZERO) }
    }

    /// This margin adjoining another.
    #[must_use]
    pub fn join(self, other: Self) -> Self {
        Self { positive: self.positive.max(other.positive), negative: self.negative.min(other.negative) }
    }

    /// The used margin.
    pub fn value(self) -> Px {
        self.positive + self.negative
    }
}

/// Which margins of a box adjoin those of its children.
pub(in crate::layout) fn open_sides(layout_box: &LayoutBox) -> Open {
    if !matches!(layout_box.kind, Kind::Flow) || layout_box.is_formatting_context() {
        return Open::default();
    }
    if layout_box.origin == Origin::Anonymous {
        return Open { top: true, bottom: true };
    }
    let style = &layout_box.style;
    let boxes = &style.boxes;
    let none =
        |padding: LengthPercentage, border: Px| padding == LengthPercentage::ZERO && border == Px::ZERO;
    let borders = style.border.widths();
    Open { top: none(boxes.padding.top, borders.top), bottom: none(boxes.padding.bottom, borders.bottom) }
}

/// Whether a box has no height of its own by its style.
fn is_flat(layout_box: &LayoutBox) -> bool {
    let boxes = &layout_box.style.boxes;
    let is_zero = |sizing: Sizing| sizing == Sizing::Length(LengthPercentage::ZERO);
    layout_box.origin == Origin::Anonymous
        || ((boxes.height == Sizing::Auto || is_zero(boxes.height))
            && (boxes.min_height == Sizing::Auto || is_zero(boxes.min_height))
            && boxes.aspect_ratio.is_none())
}

/// The collapsed margin of an in-flow box in a containing block of this width.
pub(in crate::layout) fn collapsed(cx: &mut Context, id: BoxId, width: Px, around: Around) -> Collapsed {
    let known = match cx.memo.margins[id.0 as usize].filter(|(known_for, _)| *known_for == width) {
        Some((_, known)) => known,
        None => {
            let found = Search { around: None, floats: [false; 2] }.find(cx, id, width, Margin::default());
            cx.memo.margins[id.0 as usize] = Some((width, found));
            found
        }
    };
    if !known.clears || around.floats.is_empty() {
        return known;
    }
    Search { around: Some(around), floats: [false; 2] }.find(cx, id, width, around.strut)
}

/// The search for the margins that adjoin the upper one of a box.
struct Search<'f> {
    around: Option<Around<'f>>,
    /// Whether floats to the left and to the right stand among them.
    floats: [bool; 2],
}

impl Search<'_> {
    /// `strut` is what adjoins the margin of the box from above.
    fn find(&mut self, cx: &mut Context, id: BoxId, width: Px, strut: Margin) -> Collapsed {
        let layout_box = cx.layout_box(id);
        if matches!(layout_box.kind, Kind::Lines(_)) {
            return Collapsed { through: cx.prepared(id).is_empty(), ..Collapsed::default() };
        }
        let frame = Frame::of_box(cx, id, width);
        let open = open_sides(layout_box);
        let inner = width - frame.margin.horizontal() - frame.inner().horizontal();
        let mut found = Collapsed { top: Margin::of(frame.margin.top), ..Collapsed::default() };
        found.through = open.top && open.bottom && is_flat(layout_box) && layout_box.marker.is_none();
        let children = if open.top { &layout_box.children[..] } else { &[] };
        for &child in children {
            let of = cx.layout_box(child);
            if of.is_float() {
                let is_right = of.style.position.float == Float::Right;
                self.floats[usize::from(is_right)] = true;
            }
            if !of.is_in_flow() {
                continue;
            }
            let margin = self.find(cx, child, inner, strut.join(found.top));
            found.clears |= margin.clears;
            if self.clears(of, strut.join(found.top).join(margin.edge), &mut found) {
                found.through = false;
                break;
            }
            found.top = found.top.join(margin.top);
            if !margin.through {
                found.through = false;
                break;
            }
        }
        found.edge = found.top;
        if found.through {
            found.top = found.top.join(Margin::of(frame.margin.bottom));
        }
        found
    }

    /// Whether a box goes below floats, so that its margin adjoins nothing above (CSS 2, 9.5.2). Floats that stand
    /// among the margins themselves always count: where they are is not known before the margins are.
    fn clears(&self, of: &LayoutBox, margin: Margin, found: &mut Collapsed) -> bool {
        let clear = of.style.position.clear;
        if of.origin == Origin::Anonymous || clear == Clear::None {
            return false;
        }
        found.clears = true;
        let [left, right] = self.floats;
        let is_among = match clear {
            Clear::Left => left,
            Clear::Right => right,
            _ => left || right,
        };
        let bottom = self.around.and_then(|around| Some((around.floats.clearance(clear)?, around.y)));
        is_among || bottom.is_some_and(|(bottom, y)| bottom > y + margin.value())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_and_the_most_negative_add_up() {
        let margin = Margin::of(Px(20.0)).join(Margin::of(Px(12.0))).join(Margin::of(Px(-5.0)));
        assert_eq!(margin.value(), Px(15.0));
    }
}
