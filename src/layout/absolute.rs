//! Positioned boxes (CSS Positioned Layout 3): relative shifts, and absolute boxes placed against the padding
//! box of the fragment of their containing block that they are in.

use super::block;
use super::boxes::{BoxId, Kind, LayoutBox};
use super::context::Context;
use super::fragment::{Fragment, FragmentContent, Pending};
use super::intrinsic;
use super::sizing::{self, Frame, Heights};
use super::space::{BlockSize, InlineSize, Space};
use crate::geom::{Point, Rect};
use crate::style::computed::{ComputedStyle, Direction, LengthOrAuto, Sizing};
use crate::units::Px;

/// How far `position: relative` moves a box in a containing block of this size (section 3.3).
pub(super) fn relative_shift(style: &ComputedStyle, width: Px, height: Option<Px>) -> Point {
    let inset = style.position.inset;
    let side = |start: LengthOrAuto, end: LengthOrAuto, whole: Px| {
        let end = end.resolve(whole).map(|end| -end);
        start.resolve(whole).or(end).unwrap_or(Px::ZERO)
    };
    Point::new(
        side(inset.left, inset.right, width),
        side(inset.top, inset.bottom, height.unwrap_or(Px::ZERO)),
    )
}

/// Places the boxes that wait in a fragment whose box is their containing block.
pub(super) fn place_pending(cx: &mut Context, fragment: &mut Fragment) {
    if fragment.pending.is_empty() {
        return;
    }
    let size = fragment.rect.size;
    let padding_box = Rect { origin: Point::default(), size }.inset(fragment.border);
    let placed: Vec<Fragment> = std::mem::take(&mut fragment.pending)
        .iter()
        .map(|waiting| place(cx, waiting, waiting.area.unwrap_or(padding_box)))
        .collect();
    append(fragment, placed);
}

/// Adds fragments on top of what is in a fragment.
pub(super) fn append(fragment: &mut Fragment, placed: Vec<Fragment>) {
    match &mut fragment.content {
        FragmentContent::Boxes(children) => children.extend(placed),
        _ => fragment.overlay.extend(placed),
    }
}

/// One axis of an absolute box and of its containing block.
#[derive(Clone, Copy)]
struct Axis {
    /// The insets.
    start: Option<Px>,
    end: Option<Px>,
    /// The margins; none where they are `auto`.
    margins: (Option<Px>, Option<Px>),
    /// Where the box would have been.
    fixed: Px,
    /// The size of the containing block.
    whole: Px,
}

impl Axis {
    fn new(
        insets: (LengthOrAuto, LengthOrAuto),
        margins: (Option<Px>, Option<Px>),
        fixed: Px,
        whole: Px,
    ) -> Self {
        Self { start: insets.0.resolve(whole), end: insets.1.resolve(whole), margins, fixed, whole }
    }

    /// The same axis, seen from its other end.
    fn mirrored(&self) -> Self {
        Self {
            start: self.end,
            end: self.start,
            margins: (self.margins.1, self.margins.0),
            fixed: self.whole - self.fixed,
            whole: self.whole,
        }
    }

    /// What the insets leave of the containing block; where only the static position is known, all behind it.
    fn room(&self) -> Px {
        match (self.start, self.end) {
            (None, None) => self.whole - self.fixed,
            (start, end) => self.whole - start.unwrap_or(Px::ZERO) - end.unwrap_or(Px::ZERO),
        }
    }

    fn margin(&self) -> Px {
        self.margins.0.unwrap_or(Px::ZERO) + self.margins.1.unwrap_or(Px::ZERO)
    }

    /// Where the border box of a size starts, from the start of the containing block (section 4.1).
    fn position(&self, size: Px) -> Px {
        let (before, after) = (self.margins.0.unwrap_or(Px::ZERO), self.margins.1.unwrap_or(Px::ZERO));
        match (self.start, self.end) {
            (Some(start), Some(_)) => {
                let free = self.room().max(Px::ZERO) - size;
                match self.margins {
                    (None, None) => start + (free / 2.0).max(Px::ZERO),
                    (None, Some(after)) => start + free - after,
                    _ => start + before,
                }
            }
            (Some(start), None) => start + before,
            (None, Some(end)) => self.whole - end - after - size,
            (None, None) => self.fixed + before,
        }
    }

    /// The size that fills the space between two given insets.
    fn filled(&self) -> Option<Px> {
        (self.start.is_some() && self.end.is_some()).then(|| (self.room() - self.margin()).max(Px::ZERO))
    }
}

/// Lays out an absolute box against `containing`, a rectangle in the coordinates of the static position.
pub(super) fn place(cx: &mut Context, waiting: &Pending, containing: Rect) -> Fragment {
    let id = waiting.of;
    let layout_box = cx.layout_box(id);
    let style = &layout_box.style;
    let (width, height) = (containing.size.width, containing.size.height);
    let (inset, at) = (style.position.inset, waiting.at - containing.origin);
    let margin = style.boxes.margin.map(|margin| margin.resolve(width));
    let across = Axis::new((inset.left, inset.right), (margin.left, margin.right), at.x, width);
    let down = Axis::new((inset.top, inset.bottom), (margin.top, margin.bottom), at.y, height);
    let is_leftwards = direction_around(cx, layout_box) == Direction::Rtl;
    let across = if is_leftwards { across.mirrored() } else { across };

    let fits = Space { height: Some(height), ..Space::endless(width, InlineSize::Fit) };
    let own = own_width(cx, id, &fits, (&across, &down));
    let stretches = matches!(layout_box.kind, Kind::Flow | Kind::Flex | Kind::Grid | Kind::Columns);
    let block = match down.filled() {
        Some(filled)
            if stretches && style.boxes.height == Sizing::Auto && style.boxes.aspect_ratio.is_none() =>
        {
            let heights = Heights::of(cx, id, &fits, own);
            let edges = Frame::of(style, width).inner().vertical();
            BlockSize::Exact((filled - edges).clamp(heights.min, heights.max) + edges)
        }
        _ => BlockSize::Own,
    };
    let fragment = block::independent(cx, id, &Space { inline: InlineSize::Exact(own), block, ..fits });
    let size = fragment.rect.size;
    let start = across.position(size.width);
    let x = if is_leftwards { width - start - size.width } else { start };
    fragment.placed(containing.origin + Point::new(x, down.position(size.height)))
}

/// The direction of what is around a box.
fn direction_around(cx: &Context, layout_box: &LayoutBox) -> Direction {
    let node = cx.tree.node(layout_box.node);
    node.parent.map_or(layout_box.style.text.direction, |parent| cx.tree.node(parent).style.text.direction)
}

/// The width of the border box: its own, by its ratio, by its insets, or shrunk to fit.
fn own_width(cx: &mut Context, id: BoxId, space: &Space, (across, down): (&Axis, &Axis)) -> Px {
    let layout_box = cx.layout_box(id);
    let boxes = &layout_box.style.boxes;
    if matches!(layout_box.kind, Kind::Picture(_)) {
        return sizing::border_width(cx, id, space);
    }
    let shrinks = match boxes.width {
        Sizing::Auto => false,
        Sizing::FitContent => true,
        _ => return sizing::border_width(cx, id, space),
    };
    let filled = if shrinks || intrinsic::is_table(layout_box) { None } else { across.filled() };
    let frame = Frame::of(&layout_box.style, space.width).inner();
    let height = sizing::definite(boxes.height, space.height)
        .map(|height| sizing::outer(height, &layout_box.style, frame.vertical()));
    // A ratio makes the width of a given height, or of the insets above and below where those at the sides leave it
    // free (CSS Sizing 4, section 5.1).
    let height = height.or(if filled.is_none() { down.filled() } else { None });
    let width = match (boxes.aspect_ratio, height) {
        (Some(ratio), Some(height)) if !shrinks => height * ratio,
        _ => filled.unwrap_or_else(|| {
            let sizes = intrinsic::contribution(cx, id);
            across.room().clamp(sizes.min, sizes.max) - across.margin()
        }),
    };
    bounded(cx, id, width, space.width)
}

/// A width within `min-width` and `max-width`.
fn bounded(cx: &Context, id: BoxId, width: Px, basis: Px) -> Px {
    let style = &cx.layout_box(id).style;
    let extra = Frame::of(style, basis).inner().horizontal();
    let limit =
        |sizing| sizing::definite(sizing, Some(basis)).map(|limit| sizing::outer(limit, style, extra));
    let (low, high) = (limit(style.boxes.min_width), limit(style.boxes.max_width));
    width.clamp(low.unwrap_or(Px::ZERO), high.unwrap_or(Px(f32::INFINITY))).max(extra)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn auto_margins_between_insets_centre() {
        let axis = Axis {
            start: Some(Px(0.0)),
            end: Some(Px(0.0)),
            margins: (None, None),
            fixed: Px(7.0),
            whole: Px(100.0),
        };
        assert_eq!(axis.position(Px(40.0)), Px(30.0));
        let fixed = Axis { start: None, end: None, ..axis };
        assert_eq!(fixed.position(Px(40.0)), Px(7.0));
        assert_eq!(fixed.mirrored().position(Px(40.0)), Px(93.0));
    }
}
