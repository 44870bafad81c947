//! `transform` (CSS Transforms 1).

use crate::geom::{Point, Rect, Transform};
use crate::style::computed::{Paint, TransformStep};

/// The map of a box with this border box, if it has one.
pub(super) fn of(paint: &Paint, rect: Rect) -> Option<Transform> {
    if paint.transform.is_empty() {
        return None;
    }
    let (x, y) = paint.transform_origin;
    let origin = rect.origin + Point::new(x.resolve(rect.size.width), y.resolve(rect.size.height));
    let back = Transform::shift(Point::new(-origin.x, -origin.y));
    let steps = paint.transform.iter().rev().fold(back, |map, step| map.then(&matrix(step, rect)));
    Some(steps.then(&Transform::shift(origin)))
}

fn matrix(step: &TransformStep, rect: Rect) -> Transform {
    match step {
        TransformStep::Translate(x, y) => {
            Transform::shift(Point::new(x.resolve(rect.size.width), y.resolve(rect.size.height)))
        }
        TransformStep::Rotate(degrees) => {
            let (sin, cos) = degrees.to_radians().sin_cos();
            Transform { a: cos, b: sin, c: -sin, d: cos, e: 0.0, f: 0.0 }
        }
        TransformStep::Scale(x, y) => Transform { a: *x, d: *y, ..Transform::IDENTITY },
        TransformStep::Skew(x, y) => {
            Transform { b: y.to_radians().tan(), c: x.to_radians().tan(), ..Transform::IDENTITY }
        }
        TransformStep::Matrix(matrix) => *matrix,
    }
}
