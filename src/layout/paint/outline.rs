//! The outlines of a box: border, padding and content edges with their rounded corners
//! (CSS Backgrounds and Borders 3, section 4).

use crate::geom::{Corners, Edges as Sides, Point, Rect, Size};
use crate::layout::fragment::Fragment;
use crate::layout::{Path, PathStep};
use crate::style::computed::{BoxArea, ComputedStyle, DecorationBreak, LengthPercentage};
use crate::units::Px;

/// How far the control points of a quarter of a circle are, as a part of its radius.
const ARC: f32 = 0.552_284_8;

/// The edges of one fragment on a page.
#[derive(Clone, Copy, Debug)]
pub(super) struct Edges {
    /// The border box.
    pub rect: Rect,
    /// Widths of the borders.
    pub border: Sides<Px>,
    /// Paddings.
    pub padding: Sides<Px>,
    /// Radii of the corners of the border box.
    pub radius: Corners<Size>,
}

impl Edges {
    /// A rectangle without border, padding and round corners.
    pub fn plain(rect: Rect) -> Self {
        Self { rect, border: Sides::default(), padding: Sides::default(), radius: Corners::default() }
    }

    /// Of a fragment whose border box starts at `at`. Corners at a break are not round.
    pub fn of(style: &ComputedStyle, fragment: &Fragment, at: Point) -> Self {
        let rect = Rect { origin: at, size: fragment.rect.size };
        let cloned = style.fragmentation.decoration == DecorationBreak::Clone;
        let mut radius = radii(style, rect.size);
        if !fragment.part.first && !cloned {
            (radius.top_left, radius.top_right) = (Size::default(), Size::default());
        }
        if !fragment.part.last && !cloned {
            (radius.bottom_left, radius.bottom_right) = (Size::default(), Size::default());
        }
        Self { rect, border: fragment.border, padding: fragment.padding, radius }
    }

    /// The rectangle of one of the box's areas.
    pub fn area(&self, area: BoxArea) -> Rect {
        self.rect.inset(self.insets(area))
    }

    /// The outline of one of the box's areas.
    pub fn area_path(&self, area: BoxArea) -> Path {
        self.inset_path(self.insets(area))
    }

    /// The outline of the padding box: what `overflow` clips to.
    pub fn padding_path(&self) -> Path {
        self.area_path(BoxArea::PaddingBox)
    }

    fn insets(&self, area: BoxArea) -> Sides<Px> {
        let (border, padding) = (self.border, self.padding);
        match area {
            BoxArea::BorderBox => Sides::default(),
            BoxArea::PaddingBox => border,
            BoxArea::ContentBox => Sides {
                top: border.top + padding.top,
                right: border.right + padding.right,
                bottom: border.bottom + padding.bottom,
                left: border.left + padding.left,
            },
        }
    }

    /// The outline this far inside the border edge, its corners as much less round (section 4.2).
    pub fn inset_path(&self, by: Sides<Px>) -> Path {
        rounded(self.rect.inset(by), self.inset_radii(by))
    }

    fn inset_radii(&self, by: Sides<Px>) -> Corners<Size> {
        let less = |radius: Size, across: Px, down: Px| {
            Size::new((radius.width - across).max(Px::ZERO), (radius.height - down).max(Px::ZERO))
        };
        Corners {
            top_left: less(self.radius.top_left, by.left, by.top),
            top_right: less(self.radius.top_right, by.right, by.top),
            bottom_right: less(self.radius.bottom_right, by.right, by.bottom),
            bottom_left: less(self.radius.bottom_left, by.left, by.bottom),
        }
    }

    /// The padding box as a box of its own, without border.
    pub fn padding_edges(&self) -> Self {
        let rect = self.area(BoxArea::PaddingBox);
        Self {
            rect,
            border: Sides::default(),
            padding: Sides::default(),
            radius: self.inset_radii(self.border),
        }
    }

    /// Whether all corners are square.
    pub fn is_square(&self) -> bool {
        let Corners { top_left, top_right, bottom_right, bottom_left } = self.radius;
        let is_square = |corner: &Size| corner.width <= Px::ZERO || corner.height <= Px::ZERO;
        [top_left, top_right, bottom_right, bottom_left].iter().all(is_square)
    }

    /// The same box, larger by `by` on every side, its round corners too (section 6.1.1).
    pub fn grown(&self, by: Px) -> Self {
        let more = |radius: Size| {
            if radius.width <= Px::ZERO || radius.height <= Px::ZERO {
                return Size::default();
            }
            Size::new((radius.width + by).max(Px::ZERO), (radius.height + by).max(Px::ZERO))
        };
        let radius = Corners {
            top_left: more(self.radius.top_left),
            top_right: more(self.radius.top_right),
            bottom_right: more(self.radius.bottom_right),
            bottom_left: more(self.radius.bottom_left),
        };
        Self { rect: self.rect.inset(Sides::all(-by)), radius, ..*self }
    }
}

/// The radii of a box of this size, made smaller together where they overlap (section 4.5).
pub(super) fn radii(style: &ComputedStyle, size: Size) -> Corners<Size> {
    let of = |(across, down): (LengthPercentage, LengthPercentage)| {
        Size::new(across.resolve(size.width).max(Px::ZERO), down.resolve(size.height).max(Px::ZERO))
    };
    let radius = &style.border.radius;
    let corners = Corners {
        top_left: of(radius.top_left),
        top_right: of(radius.top_right),
        bottom_right: of(radius.bottom_right),
        bottom_left: of(radius.bottom_left),
    };
    let part = |length: Px, sum: Px| if sum > length && sum > Px::ZERO { length / sum } else { 1.0 };
    let scale = part(size.width, corners.top_left.width + corners.top_right.width)
        .min(part(size.width, corners.bottom_left.width + corners.bottom_right.width))
        .min(part(size.height, corners.top_left.height + corners.bottom_left.height))
        .min(part(size.height, corners.top_right.height + corners.bottom_right.height));
    let scaled = |corner: Size| Size::new(corner.width * scale, corner.height * scale);
    Corners {
        top_left: scaled(corners.top_left),
        top_right: scaled(corners.top_right),
        bottom_right: scaled(corners.bottom_right),
        bottom_left: scaled(corners.bottom_left),
    }
}

/// A rectangle as a path.
pub(super) fn rectangle(rect: Rect) -> Path {
    rounded(rect, Corners::default())
}

/// A rectangle with round corners as a path, clockwise.
pub(super) fn rounded(rect: Rect, radius: Corners<Size>) -> Path {
    let (left, top, right, bottom) = (rect.left(), rect.top(), rect.right(), rect.bottom());
    let point = Point::new;
    let corners = [
        (radius.top_right, point(right, top), (-1.0, 0.0), (0.0, 1.0)),
        (radius.bottom_right, point(right, bottom), (0.0, -1.0), (-1.0, 0.0)),
        (radius.bottom_left, point(left, bottom), (1.0, 0.0), (0.0, -1.0)),
        (radius.top_left, point(left, top), (0.0, 1.0), (1.0, 0.0)),
    ];
    let mut steps = vec![PathStep::Move(point(left + radius.top_left.width, top))];
    for (radius, corner, before, after) in corners {
        if radius.width <= Px::ZERO || radius.height <= Px::ZERO {
            steps.push(PathStep::Line(corner));
            continue;
        }
        let along = |(x, y): (f32, f32), part: f32| {
            corner + point(radius.width * (x * part), radius.height * (y * part))
        };
        steps.push(PathStep::Line(along(before, 1.0)));
        steps.push(PathStep::Curve(along(before, 1.0 - ARC), along(after, 1.0 - ARC), along(after, 1.0)));
    }
    steps.push(PathStep::Close);
    Path(steps)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn radii_that_overlap_shrink_together() {
        let mut style = ComputedStyle::default();
        let huge = LengthPercentage::px(Px(999.0));
        let corner = (huge, huge);
        style.border.radius =
            Corners { top_left: corner, top_right: corner, bottom_right: corner, bottom_left: corner };
        let corner = radii(&style, Size::new(Px(100.0), Px(20.0))).top_left;
        assert_eq!(corner, Size::new(Px(10.0), Px(10.0)));
    }
}
