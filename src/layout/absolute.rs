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
use crate::style::computed::Sizing;
use crate::units::Px;

/// How far `position: relative` moves a box (section 3.3).
pub(super) fn relative_shift(layout_box: &LayoutBox, space: &Space) -> Point {
    let inset = layout_box.style.position.inset;
    let across = |side: crate::style::computed::LengthOrAuto| side.resolve(space.width);
    let down = |side: crate::style::computed::LengthOrAuto| side.resolve(space.height.unwrap_or(Px::ZERO));
    let x = across(inset.left).or(across(inset.right).map(|right| -right));
    let y = down(inset.top).or(down(inset.bottom).map(|bottom| -bottom));
    Point::new(x.unwrap_or(Px::ZERO), y.unwrap_or(Px::ZERO))
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

/// One side's inset, margin and where an `auto` margin is.
struct Axis {
    start: Option<Px>,
    end: Option<Px>,
    margins: (Option<Px>, Option<Px>),
    fixed: Px,
    whole: Px,
}

impl Axis {
    /// Where the border box of a size starts, from the start of the containing block (section 4.1).
    fn position(&self, size: Px) -> Px {
        let (before, after) = (self.margins.0.unwrap_or(Px::ZERO), self.margins.1.unwrap_or(Px::ZERO));
        match (self.start, self.end) {
            (Some(start), Some(end)) => {
                let free = self.whole - start - end - size;
                match self.margins {
                    (None, None) => start + (free / 2.0).max(Px::ZERO),
                    (None, Some(after)) => start + (free - after).max(Px::ZERO),
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
        let margins = self.margins.0.unwrap_or(Px::ZERO) + self.margins.1.unwrap_or(Px::ZERO);
        Some((self.whole - self.start? - self.end? - margins).max(Px::ZERO))
    }
}

/// Lays out an absolute box against `containing`, a rectangle in the coordinates of the static position.
pub(super) fn place(cx: &mut Context, waiting: &Pending, containing: Rect) -> Fragment {
    let id = waiting.of;
    let layout_box = cx.layout_box(id);
    let style = &layout_box.style;
    let (width, height) = (containing.size.width, containing.size.height);
    let inset = style.position.inset;
    let margin = style.boxes.margin.map(|margin| margin.resolve(width));
    let across = Axis {
        start: inset.left.resolve(width),
        end: inset.right.resolve(width),
        margins: (margin.left, margin.right),
        fixed: waiting.at.x - containing.left(),
        whole: width,
    };
    let down = Axis {
        start: inset.top.resolve(height),
        end: inset.bottom.resolve(height),
        margins: (margin.top, margin.bottom),
        fixed: waiting.at.y - containing.top(),
        whole: height,
    };
    let fits = Space { height: Some(height), ..Space::endless(width, InlineSize::Fit) };
    let inline = match (style.boxes.width, across.filled(), &layout_box.kind) {
        (Sizing::Auto, Some(filled), Kind::Flow | Kind::Flex | Kind::Grid | Kind::Columns)
            if style.boxes.aspect_ratio.is_none() || style.boxes.height == Sizing::Auto =>
        {
            InlineSize::Exact(bounded(cx, id, filled, width))
        }
        _ => InlineSize::Exact(shrunk(cx, id, &fits, &across)),
    };
    let block = match (style.boxes.height, down.filled(), &layout_box.kind) {
        (Sizing::Auto, Some(filled), Kind::Flow | Kind::Flex | Kind::Grid | Kind::Columns)
            if style.boxes.aspect_ratio.is_none() =>
        {
            let InlineSize::Exact(own) = inline else { unreachable!("both arms above are exact") };
            let heights = Heights::of(cx, id, &fits, own);
            let edges = Frame::of(style, width).inner().vertical();
            BlockSize::Exact((filled - edges).clamp(heights.min, heights.max) + edges)
        }
        _ => BlockSize::Own,
    };
    let fragment = block::independent(cx, id, &Space { inline, block, ..fits });
    let at = Point::new(across.position(fragment.rect.size.width), down.position(fragment.height()));
    fragment.placed(containing.origin + at)
}

/// The width of a box that shrinks to fit in what its insets leave.
fn shrunk(cx: &mut Context, id: BoxId, space: &Space, across: &Axis) -> Px {
    let layout_box = cx.layout_box(id);
    if layout_box.style.boxes.width != Sizing::Auto || matches!(layout_box.kind, Kind::Picture(_)) {
        return sizing::border_width(cx, id, space);
    }
    let taken = across.start.unwrap_or(Px::ZERO) + across.end.unwrap_or(Px::ZERO);
    let room = match (across.start, across.end) {
        (None, None) => space.width - across.fixed,
        _ => space.width - taken,
    };
    let sizes = intrinsic::contribution(cx, id);
    let margins = across.margins.0.unwrap_or(Px::ZERO) + across.margins.1.unwrap_or(Px::ZERO);
    let width = room.clamp(sizes.min, sizes.max) - margins;
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
    }
}
