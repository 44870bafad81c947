//! Points, sizes, rectangles and edges in CSS px. The origin is at the top left; y grows downwards.

use crate::units::Px;

/// A place on a page or in a box.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    /// Rightwards.
    pub x: Px,
    /// Downwards.
    pub y: Px,
}

/// Width and height.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Size {
    /// Horizontal extent.
    pub width: Px,
    /// Vertical extent.
    pub height: Px,
}

/// A rectangle by its top left corner and its size.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// The top left corner.
    pub origin: Point,
    /// Its size.
    pub size: Size,
}

/// One value for each side of a box.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Edges<T> {
    /// The top side.
    pub top: T,
    /// The right side.
    pub right: T,
    /// The bottom side.
    pub bottom: T,
    /// The left side.
    pub left: T,
}

/// One value for each corner of a box.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Corners<T> {
    /// The top left corner.
    pub top_left: T,
    /// The top right corner.
    pub top_right: T,
    /// The bottom right corner.
    pub bottom_right: T,
    /// The bottom left corner.
    pub bottom_left: T,
}

/// An affine map, `x' = a·x + c·y + e`, `y' = b·x + d·y + f`, as CSS `matrix()` has it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Transform {
    /// Horizontal scale.
    pub a: f32,
    /// Vertical shear.
    pub b: f32,
    /// Horizontal shear.
    pub c: f32,
    /// Vertical scale.
    pub d: f32,
    /// Horizontal shift, CSS px.
    pub e: f32,
    /// Vertical shift, CSS px.
    pub f: f32,
}

impl Point {
    /// The point at (`x`, `y`).
    pub const fn new(x: Px, y: Px) -> Self {
        Self { x, y }
    }
}

impl Size {
    /// The size of `width` by `height`.
    pub const fn new(width: Px, height: Px) -> Self {
        Self { width, height }
    }
}

impl Rect {
    /// The rectangle with its top left corner at (`x`, `y`).
    pub const fn new(x: Px, y: Px, width: Px, height: Px) -> Self {
        Self { origin: Point { x, y }, size: Size { width, height } }
    }

    /// The x of the left side.
    pub fn left(&self) -> Px {
        self.origin.x
    }

    /// The y of the top side.
    pub fn top(&self) -> Px {
        self.origin.y
    }

    /// The x of the right side.
    pub fn right(&self) -> Px {
        self.origin.x + self.size.width
    }

    /// The y of the bottom side.
    pub fn bottom(&self) -> Px {
        self.origin.y + self.size.height
    }

    /// The rectangle moved by `by`.
    #[must_use]
    pub fn shifted(&self, by: Point) -> Self {
        Self { origin: self.origin + by, size: self.size }
    }

    /// The smallest rectangle around `points`; nothing at the origin where there are none.
    pub fn around(points: impl IntoIterator<Item = Point>) -> Self {
        let grown = points.into_iter().fold(None, |bounds: Option<(Point, Point)>, point| {
            let (low, high) = bounds.unwrap_or((point, point));
            let low = Point::new(low.x.min(point.x), low.y.min(point.y));
            Some((low, Point::new(high.x.max(point.x), high.y.max(point.y))))
        });
        grown
            .map_or_else(Self::default, |(low, high)| Self::new(low.x, low.y, high.x - low.x, high.y - low.y))
    }

    /// The four corners, clockwise from the top left.
    pub fn corners(&self) -> [Point; 4] {
        let (left, top, right, bottom) = (self.left(), self.top(), self.right(), self.bottom());
        [(left, top), (right, top), (right, bottom), (left, bottom)].map(|(x, y)| Point::new(x, y))
    }

    /// The rectangle inside `edges`; no side grows below nothing.
    #[must_use]
    pub fn inset(&self, edges: Edges<Px>) -> Self {
        Self::new(
            self.origin.x + edges.left,
            self.origin.y + edges.top,
            (self.size.width - edges.horizontal()).max(Px::ZERO),
            (self.size.height - edges.vertical()).max(Px::ZERO),
        )
    }
}

impl<T: Copy> Edges<T> {
    /// The same value on every side.
    pub const fn all(value: T) -> Self {
        Self { top: value, right: value, bottom: value, left: value }
    }

    /// Each side's value, put through `map`.
    pub fn map<U>(self, map: impl Fn(T) -> U) -> Edges<U> {
        Edges { top: map(self.top), right: map(self.right), bottom: map(self.bottom), left: map(self.left) }
    }
}

impl Edges<Px> {
    /// Left and right together.
    pub fn horizontal(&self) -> Px {
        self.left + self.right
    }

    /// Top and bottom together.
    pub fn vertical(&self) -> Px {
        self.top + self.bottom
    }
}

impl Transform {
    /// The map that changes nothing.
    pub const IDENTITY: Self = Self { a: 1.0, b: 0.0, c: 0.0, d: 1.0, e: 0.0, f: 0.0 };

    /// The map that shifts by `by`.
    pub fn shift(by: Point) -> Self {
        Self { e: by.x.0, f: by.y.0, ..Self::IDENTITY }
    }

    /// First `self`, then `next`.
    #[must_use]
    pub fn then(&self, next: &Self) -> Self {
        Self {
            a: next.a * self.a + next.c * self.b,
            b: next.b * self.a + next.d * self.b,
            c: next.a * self.c + next.c * self.d,
            d: next.b * self.c + next.d * self.d,
            e: next.a * self.e + next.c * self.f + next.e,
            f: next.b * self.e + next.d * self.f + next.f,
        }
    }

    /// The map back; `None` where this one makes everything flat.
    pub fn inverse(&self) -> Option<Self> {
        let Self { a, b, c, d, e, f } = *self;
        let area = a * d - b * c;
        (area != 0.0).then(|| Self {
            a: d / area,
            b: -b / area,
            c: -c / area,
            d: a / area,
            e: (c * f - d * e) / area,
            f: (b * e - a * f) / area,
        })
    }

    /// How many times as long lines become, in the mean of all directions.
    pub fn scale(&self) -> f32 {
        (self.a * self.d - self.b * self.c).abs().sqrt()
    }

    /// Where the map takes `point`.
    pub fn apply(&self, point: Point) -> Point {
        Point::new(
            Px(self.a * point.x.0 + self.c * point.y.0 + self.e),
            Px(self.b * point.x.0 + self.d * point.y.0 + self.f),
        )
    }
}

impl Default for Transform {
    fn default() -> Self {
        Self::IDENTITY
    }
}

impl std::ops::Add for Point {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self { x: self.x + other.x, y: self.y + other.y }
    }
}

impl std::ops::Sub for Point {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self { x: self.x - other.x, y: self.y - other.y }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        let map = Transform { a: 2.0, b: 0.5, c: -0.25, d: 1.5, e: 40.0, f: -8.0 };
        let at = Point::new(Px(12.0), Px(100.0));
        let back = map.inverse().unwrap().apply(map.apply(at));
        assert!((back.x - at.x).abs() < Px(0.01) && (back.y - at.y).abs() < Px(0.01));
        assert_eq!(Transform { a: 0.0, ..Transform::IDENTITY }.inverse(), None);
    }

    #[test]
    fn a_rectangle_lies_around_its_corners() {
        let rect = Rect::new(Px(-3.0), Px(4.0), Px(10.0), Px(20.0));
        assert_eq!(Rect::around(rect.corners()), rect);
    }
}
