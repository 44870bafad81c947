//! Margin collapsing (CSS 2, 8.3.1), found from the box tree before anything is placed.

use crate::layout::boxes::{BoxId, Kind, LayoutBox, Origin};
use crate::layout::context::Context;
use crate::layout::sizing::Frame;
use crate::style::computed::{LengthPercentage, Sizing};
use crate::units::Px;

/// Adjoining margins: the largest positive and the most negative one.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(in crate::layout) struct Margin {
    positive: Px,
    negative: Px,
}

/// The margins of a box, collapsed with those of its children.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(in crate::layout) struct Collapsed {
    /// Above its border box.
    pub top: Margin,
    /// Below its border box.
    pub bottom: Margin,
    /// Whether the two adjoin, because the box has no height.
    pub through: bool,
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
    Open {
        top: none(boxes.padding.top, borders.top),
        bottom: none(boxes.padding.bottom, borders.bottom)
            && boxes.height == Sizing::Auto
            && !has_min_height(layout_box),
    }
}

fn has_min_height(layout_box: &LayoutBox) -> bool {
    match layout_box.style.boxes.min_height {
        Sizing::Length(length) => length.px > Px::ZERO || length.percent > 0.0,
        _ => layout_box.style.boxes.aspect_ratio.is_some(),
    }
}

/// The collapsed margins of an in-flow box in a containing block of this width.
pub(in crate::layout) fn collapsed(cx: &mut Context, id: BoxId, width: Px) -> Collapsed {
    if let Some((_, known)) = cx.memo.margins[id.0 as usize].filter(|(known_for, _)| *known_for == width) {
        return known;
    }
    let found = compute(cx, id, width);
    cx.memo.margins[id.0 as usize] = Some((width, found));
    found
}

fn compute(cx: &mut Context, id: BoxId, width: Px) -> Collapsed {
    let layout_box = cx.layout_box(id);
    if matches!(layout_box.kind, Kind::Lines(_)) {
        return Collapsed { through: cx.prepared(id).is_empty(), ..Collapsed::default() };
    }
    let frame = Frame::of_box(cx, id, width);
    let own = match layout_box.origin {
        Origin::Element => (Margin::of(frame.margin.top), Margin::of(frame.margin.bottom)),
        Origin::Anonymous => Default::default(),
    };
    let open = open_sides(layout_box);
    let inner = width - frame.margin.horizontal() - frame.inner().horizontal();
    let mut found = Collapsed { top: own.0, bottom: own.1, through: false };
    let in_flow = |id: &BoxId| cx.boxes.get(*id).is_in_flow();
    let children: Vec<BoxId> = layout_box.children.iter().copied().filter(in_flow).collect();
    let mut all_through = open.top && open.bottom && layout_box.marker.is_none();
    if open.top {
        for &child in &children {
            let child = collapsed(cx, child, inner);
            found.top = found.top.join(child.top);
            if !child.through {
                all_through = false;
                break;
            }
            found.top = found.top.join(child.bottom);
        }
    }
    if all_through {
        found.top = found.top.join(own.1);
        return Collapsed { bottom: found.top, through: true, ..found };
    }
    if open.bottom {
        for &child in children.iter().rev() {
            let child = collapsed(cx, child, inner);
            found.bottom = found.bottom.join(child.bottom);
            if !child.through {
                break;
            }
            found.bottom = found.bottom.join(child.top);
        }
    }
    found
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
