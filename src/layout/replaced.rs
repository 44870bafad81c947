//! Pictures: their size (CSS 2, 10.4 and 10.6.2) and where they stand in their box (CSS Images 3, 5.5).

use super::boxes::{BoxId, Kind};
use super::context::Context;
use super::sizing::{Frame, definite};
use crate::geom::{Rect, Size};
use crate::style::computed::{BoxSizing, ComputedStyle, LengthPercentage, ObjectFit, Sizing};
use crate::units::Px;

/// The size of a picture's content box in a containing block of this content size.
pub(super) fn content_size(cx: &Context, id: BoxId, width: Px, height: Option<Px>) -> Size {
    let layout_box = cx.layout_box(id);
    let Kind::Picture(picture) = &layout_box.kind else { return Size::default() };
    let style = &layout_box.style;
    let extra = Frame::of_box(cx, id, width).inner();
    let across = |sizing| inner(definite(sizing, Some(width)), style, extra.horizontal());
    let down = |sizing| inner(definite(sizing, height), style, extra.vertical());
    let natural = picture.size();
    let ratio = style.boxes.aspect_ratio.unwrap_or_else(|| ratio_of(natural));
    let bounds = Bounds {
        min: Size::new(
            across(style.boxes.min_width).unwrap_or(Px::ZERO),
            down(style.boxes.min_height).unwrap_or(Px::ZERO),
        ),
        max: Size::new(
            across(style.boxes.max_width).unwrap_or(Px(f32::INFINITY)),
            down(style.boxes.max_height).unwrap_or(Px(f32::INFINITY)),
        ),
    };
    let fits = |sizing| matches!(sizing, Sizing::Auto);
    match (across(style.boxes.width), down(style.boxes.height)) {
        (Some(width), Some(height)) => Size::new(bounds.width(width), bounds.height(height)),
        (Some(width), None) => {
            let width = bounds.width(width);
            Size::new(width, bounds.height(width / ratio))
        }
        (None, Some(height)) if fits(style.boxes.width) => {
            let height = bounds.height(height);
            Size::new(bounds.width(height * ratio), height)
        }
        _ => bounds.keeping(Size::new(natural.width, natural.width / ratio), ratio),
    }
}

struct Bounds {
    min: Size,
    max: Size,
}

impl Bounds {
    fn width(&self, width: Px) -> Px {
        width.clamp(self.min.width, self.max.width)
    }

    fn height(&self, height: Px) -> Px {
        height.clamp(self.min.height, self.max.height)
    }

    /// A size within the bounds, its ratio kept where they allow it (CSS 2, 10.4, the table).
    fn keeping(&self, size: Size, ratio: f32) -> Size {
        let mut width = self.width(size.width);
        if width / ratio > self.max.height {
            width = (self.max.height * ratio).max(self.min.width);
        }
        if width / ratio < self.min.height {
            width = (self.min.height * ratio).min(self.max.width);
        }
        Size::new(width, self.height(width / ratio))
    }
}

fn ratio_of(size: Size) -> f32 {
    if size.width > Px::ZERO && size.height > Px::ZERO { size.width / size.height } else { 1.0 }
}

fn inner(size: Option<Px>, style: &ComputedStyle, extra: Px) -> Option<Px> {
    size.map(|size| match style.boxes.sizing {
        BoxSizing::ContentBox => size.max(Px::ZERO),
        BoxSizing::BorderBox => (size - extra).max(Px::ZERO),
    })
}

/// Where a picture of a `natural` size is painted in a content box.
pub(super) fn fitted(natural: Size, content: Rect, style: &ComputedStyle) -> Rect {
    let box_size = content.size;
    let ratio = ratio_of(natural);
    let contain = if box_size.width / ratio <= box_size.height {
        Size::new(box_size.width, box_size.width / ratio)
    } else {
        Size::new(box_size.height * ratio, box_size.height)
    };
    let size = match style.boxes.object_fit {
        ObjectFit::Fill => return content,
        ObjectFit::Contain => contain,
        ObjectFit::Cover if box_size.width / ratio >= box_size.height => {
            Size::new(box_size.width, box_size.width / ratio)
        }
        ObjectFit::Cover => Size::new(box_size.height * ratio, box_size.height),
        ObjectFit::None => natural,
        ObjectFit::ScaleDown if natural.width <= contain.width => natural,
        ObjectFit::ScaleDown => contain,
    };
    let at = |position: LengthPercentage, free: Px| position.resolve(free);
    let (x, y) = style.boxes.object_position;
    Rect::new(
        content.left() + at(x, box_size.width - size.width),
        content.top() + at(y, box_size.height - size.height),
        size.width,
        size.height,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn size(width: f32, height: f32) -> Size {
        Size::new(Px(width), Px(height))
    }

    #[test]
    fn a_picture_keeps_its_ratio_within_bounds() {
        let bounds = Bounds { min: Size::default(), max: size(100.0, 40.0) };
        assert_eq!(bounds.keeping(size(200.0, 100.0), 2.0), size(80.0, 40.0));
    }

    #[test]
    fn cover_is_cut_on_the_longer_side() {
        let mut style = ComputedStyle::default();
        style.boxes.object_fit = ObjectFit::Cover;
        let content = Rect::new(Px(10.0), Px(10.0), Px(100.0), Px(100.0));
        let rect = fitted(size(200.0, 100.0), content, &style);
        assert_eq!(rect, Rect::new(Px(-40.0), Px(10.0), Px(200.0), Px(100.0)));
    }
}
