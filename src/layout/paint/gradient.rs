//! Gradients (CSS Images 3, section 3).

use std::sync::Arc;

use crate::geom::{Point, Rect};
use crate::layout::{Fill, GradientKind};
use crate::style::computed::{Color, ColorStop, GradientLine, LayerImage};
use crate::units::Px;

/// The gradient of a background layer over a rectangle; nothing for a picture.
pub(super) fn fill(image: &LayerImage, rect: Rect) -> Option<Fill> {
    let centre = Point::new(rect.left() + rect.size.width / 2.0, rect.top() + rect.size.height / 2.0);
    match image {
        LayerImage::Picture(_) => None,
        LayerImage::Linear(line, stops) => {
            let (from, to) = ends(*line, rect, centre);
            let length = Px((to.x - from.x).0.hypot((to.y - from.y).0));
            Some(Fill::Gradient(GradientKind::Linear(from, to), offsets(stops, length)))
        }
        LayerImage::Radial(stops) => {
            let radius = Px((rect.size.width / 2.0).0.hypot((rect.size.height / 2.0).0));
            Some(Fill::Gradient(GradientKind::Radial(centre, radius), offsets(stops, radius)))
        }
    }
}

/// The ends of a gradient line through the centre, so that the corners get the end colours (3.1.1).
fn ends(line: GradientLine, rect: Rect, centre: Point) -> (Point, Point) {
    let (width, height) = (rect.size.width.0, rect.size.height.0);
    let angle = match line {
        GradientLine::Angle(degrees) => degrees.to_radians(),
        GradientLine::Corner(right, down) => {
            let x = if right { height } else { -height };
            let y = if down { width } else { -width };
            x.atan2(-y)
        }
    };
    let (sin, cos) = angle.sin_cos();
    let half = (width * sin).abs() / 2.0 + (height * cos).abs() / 2.0;
    let reach = Point::new(Px(sin * half), Px(-cos * half));
    (centre - reach, centre + reach)
}

/// The colour stops at their offsets from 0 to 1; those without a place are spread evenly (3.4.3).
fn offsets(stops: &[ColorStop], length: Px) -> Arc<[(f32, Color)]> {
    let place = |at: &crate::style::computed::LengthPercentage| {
        if length > Px::ZERO { at.resolve(length) / length } else { 0.0 }
    };
    let mut at: Vec<Option<f32>> = stops.iter().map(|stop| stop.at.as_ref().map(place)).collect();
    if let Some(first) = at.first_mut() {
        first.get_or_insert(0.0);
    }
    if let Some(last) = at.last_mut() {
        last.get_or_insert(1.0);
    }
    let mut found: Vec<f32> = Vec::with_capacity(at.len());
    for index in 0..at.len() {
        let before = found.last().copied();
        let start = before.unwrap_or(0.0);
        found.push(match at[index] {
            Some(offset) => offset.max(before.unwrap_or(offset)),
            None => {
                let ahead = at[index..].iter().position(Option::is_some).unwrap_or(0);
                let end = at[index + ahead].unwrap_or(1.0).max(start);
                start + (end - start) / (ahead + 1) as f32
            }
        });
    }
    found.into_iter().zip(stops).map(|(offset, stop)| (offset.clamp(0.0, 1.0), stop.color)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stops_without_a_place_are_spread_evenly() {
        let stop = ColorStop { color: Color::BLACK, at: None };
        let offsets: Vec<f32> = offsets(&[stop; 5], Px(100.0)).iter().map(|(at, _)| *at).collect();
        assert_eq!(offsets, [0.0, 0.25, 0.5, 0.75, 1.0]);
    }

    #[test]
    fn a_gradient_to_the_right_runs_from_side_to_side() {
        let rect = Rect::new(Px(10.0), Px(0.0), Px(100.0), Px(50.0));
        let (from, to) = ends(GradientLine::Angle(90.0), rect, Point::new(Px(60.0), Px(25.0)));
        assert!((from.x - Px(10.0)).abs() < Px(0.01) && (to.x - Px(110.0)).abs() < Px(0.01));
    }
}
