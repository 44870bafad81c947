//! From CSS px with y downwards to PDF user space: points with y upwards (ISO 32000-1, 8.3.2).

use crate::geom::{Point, Rect, Transform};
use crate::units::{Pt, Px};

/// The coordinates of one page.
#[derive(Clone, Copy, Debug)]
pub(super) struct Space {
    /// The height of the page.
    pub height: Pt,
}

impl Space {
    pub fn x(self, x: Px) -> Pt {
        Pt::from(x)
    }

    pub fn y(self, y: Px) -> Pt {
        self.height - Pt::from(y)
    }

    /// Left, bottom, right and top, rounded to a hundredth of a point.
    pub fn rect(self, rect: &Rect) -> [f32; 4] {
        [self.x(rect.left()), self.y(rect.bottom()), self.x(rect.right()), self.y(rect.top())]
            .map(|Pt(value)| round(value, 2))
    }

    /// The operand of `cm` for a transform in px: into px, through the transform, and back into points. So the
    /// points of a group are mapped as those of the page are.
    pub fn matrix(self, transform: &Transform) -> [f32; 6] {
        let Transform { a, b, c, d, .. } = *transform;
        let Pt(height) = self.height;
        // Where the page's lower left corner goes.
        let Point { x, y } = transform.apply(Point::new(Px::ZERO, Px::from(self.height)));
        [
            round(a, 6),
            round(-b, 6),
            round(-c, 6),
            round(d, 6),
            round(Pt::from(x).0, 3),
            round(height - Pt::from(y).0, 3),
        ]
    }
}

/// `value` with so many decimals: what is finer cannot be seen and makes the file larger.
pub(super) fn round(value: f32, decimals: u8) -> f32 {
    let scale = f64::from(10_u32.pow(u32::from(decimals.min(8))));
    let rounded = (f64::from(value) * scale).round() / scale;
    // Without the sign of a zero.
    rounded as f32 + 0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_matrix_moves_points_as_the_transform_does() {
        let space = Space { height: Pt(600.0) };
        let transform = Transform { a: 2.0, b: 0.5, c: -0.25, d: 1.5, e: 40.0, f: -8.0 };
        let at = Point::new(Px(12.0), Px(100.0));
        let [a, b, c, d, e, f] = space.matrix(&transform);
        let (x, y) = (space.x(at.x).0, space.y(at.y).0);
        let moved = transform.apply(at);
        assert!((a * x + c * y + e - space.x(moved.x).0).abs() < 0.01);
        assert!((b * x + d * y + f - space.y(moved.y).0).abs() < 0.01);
    }
}
