//! Gradients (CSS Images 3, section 3).

use std::sync::Arc;

use super::TAG;
use crate::geom::{Point, Rect, Size, Transform};
use crate::layout::{Fill, GradientKind, Group, Item, Path, Shape};
use crate::style::computed::{
    Color, ColorStop, Ending, Gradient, GradientExtent, GradientLine, GradientShape, RadialSize, Reach,
};
use crate::units::Px;

/// The most copies of a repeating gradient.
const MOST_COPIES: f32 = 2_000.0;

/// Colours at offsets in order; 0 and 1 are the ends of the gradient line.
type Stops = Vec<(f32, Color)>;

/// `path`, filled with a gradient that is laid over `rect`.
pub(super) fn painted(gradient: &Gradient, rect: Rect, path: Path) -> Item {
    match gradient.shape {
        GradientShape::Linear(line) => linear(gradient, line, rect, path),
        GradientShape::Radial(size, (x, y)) => {
            let (width, height) = (rect.size.width, rect.size.height);
            let centre = rect.origin + Point::new(x.resolve(width), y.resolve(height));
            radial(gradient, (centre, radii(size, centre, rect)), rect, path)
        }
    }
}

fn filled(path: Path, fill: Fill) -> Item {
    Item::Shape(Shape { path, fill: Some(fill), stroke: None, even_odd: false, tag: TAG })
}

fn linear(gradient: &Gradient, line: GradientLine, rect: Rect, path: Path) -> Item {
    let centre = rect.origin + Point::new(rect.size.width / 2.0, rect.size.height / 2.0);
    let (from, to) = ends(line, rect, centre);
    let across = to - from;
    let length = Px(across.x.0.hypot(across.y.0));
    let mut stops = covering(gradient, placed(&gradient.stops, length), 1.0);
    let (Some(start), Some(end)) = (stops.first().copied(), stops.last().copied()) else {
        return filled(path, Fill::Color(Color::TRANSPARENT));
    };
    // The line is as long as its stops need, and at least the gradient's own.
    let (first, last) = (start.0.min(0.0), end.0.max(1.0));
    if start.0 > first {
        stops.insert(0, (first, start.1));
    }
    if end.0 < last {
        stops.push((last, end.1));
    }
    let at = |offset: f32| from + Point::new(across.x * offset, across.y * offset);
    let kind = GradientKind::Linear(at(first), at(last));
    filled(path, Fill::Gradient(kind, within(&stops, first, last)))
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

/// The radii of the ellipse that a radial gradient ends at (3.2.1).
fn radii(size: RadialSize, centre: Point, rect: Rect) -> Size {
    let (ending, reach) = match size {
        RadialSize::Radii(across, down) => {
            return Size::new(across.resolve(rect.size.width), down.resolve(rect.size.height));
        }
        RadialSize::Reach(ending, reach) => (ending, reach),
    };
    let left_right = ((centre.x - rect.left()).abs(), (rect.right() - centre.x).abs());
    let top_bottom = ((centre.y - rect.top()).abs(), (rect.bottom() - centre.y).abs());
    let is_far = matches!(reach, Reach::FarthestCorner | Reach::FarthestSide);
    let choose = |(one, other): (Px, Px)| if is_far { one.max(other) } else { one.min(other) };
    let (across, down) = (choose(left_right), choose(top_bottom));
    let to_corner = matches!(reach, Reach::FarthestCorner | Reach::ClosestCorner);
    match (ending, to_corner) {
        (Ending::Circle, true) => {
            let radius = Px(across.0.hypot(down.0));
            Size::new(radius, radius)
        }
        (Ending::Circle, false) => {
            let radius = choose((across, down));
            Size::new(radius, radius)
        }
        (Ending::Ellipse, false) => Size::new(across, down),
        // As wide for its height as the one that meets the sides, and through the corner.
        (Ending::Ellipse, true) => {
            Size::new(across * std::f32::consts::SQRT_2, down * std::f32::consts::SQRT_2)
        }
    }
}

/// A circle is painted as it is; an ellipse as one, in coordinates that are as much flatter.
fn radial(gradient: &Gradient, (centre, radii): (Point, Size), rect: Rect, path: Path) -> Item {
    let least = Px(0.001);
    let (across, down) = (radii.width.max(least), radii.height.max(least));
    let flatness = down / across;
    let far = rect.corners().into_iter().map(|corner| {
        let from = corner - centre;
        (from.x / across).hypot(from.y / down)
    });
    let stops = covering(gradient, placed(&gradient.stops, across), far.fold(0.0, f32::max));
    let last = stops.last().map_or(1.0, |stop| stop.0).max(0.0001);
    let fill =
        |centre| Fill::Gradient(GradientKind::Radial(centre, across * last), within(&stops, 0.0, last));
    if (flatness - 1.0).abs() < 0.0001 {
        return filled(path, fill(centre));
    }
    let transform = Transform { d: flatness, ..Transform::IDENTITY }.then(&Transform::shift(centre));
    let Some(back) = transform.inverse() else { return filled(path, fill(centre)) };
    let items = vec![filled(path.mapped(&back), fill(Point::default()))];
    Item::Group(Group { transform, clip: None, opacity: 1.0, items })
}

/// The colour stops at their offsets; those without a place are spread evenly (3.4.3).
fn placed(stops: &[ColorStop], length: Px) -> Stops {
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
    found.into_iter().zip(stops).map(|(offset, stop)| (offset, stop.color)).collect()
}

/// The stops of a gradient, repeated as often as it takes from 0 to `end` if it repeats (3.6), their colours mixed
/// as CSS does.
fn covering(gradient: &Gradient, stops: Stops, end: f32) -> Stops {
    let (Some((first, _)), Some((last, _))) = (stops.first().copied(), stops.last().copied()) else {
        return stops;
    };
    let period = last - first;
    if gradient.extent == GradientExtent::Padded || period <= 0.0 {
        return premultiplied(&stops);
    }
    let (from, to) = ((-first / period).floor(), ((end - first) / period).ceil());
    let copies = (to - from).clamp(1.0, MOST_COPIES) as usize;
    let copy = |index: usize| {
        let shift = (from + index as f32) * period;
        stops.iter().map(move |(offset, color)| (offset + shift, *color))
    };
    premultiplied(&(0..copies).flat_map(copy).collect::<Stops>())
}

/// CSS mixes colours that are multiplied by their alpha (3.4.2), PDF colours and alphas apart: where alphas differ,
/// stops are added in between.
fn premultiplied(stops: &[(f32, Color)]) -> Stops {
    const STEPS: usize = 8;
    let mut found: Stops = Vec::with_capacity(stops.len());
    for (index, (offset, color)) in stops.iter().enumerate() {
        if let Some((before, from)) = index.checked_sub(1).map(|index| stops[index])
            && from.alpha != color.alpha
            && *offset > before
        {
            let nothing = from.alpha <= 0.0 || color.alpha <= 0.0;
            let steps = if nothing {
                vec![0.0, 1.0]
            } else {
                (1..STEPS).map(|at| at as f32 / STEPS as f32).collect()
            };
            let mixed = |part: f32| (before + (offset - before) * part, mix(from, *color, part));
            found.extend(steps.into_iter().map(mixed));
        }
        found.push((*offset, *color));
    }
    found
}

fn mix(from: Color, to: Color, part: f32) -> Color {
    let (own, other) = (from.alpha * (1.0 - part), to.alpha * part);
    let alpha = own + other;
    // Nothing has no colour; what it turns into has.
    let (own, other) = match alpha > 0.0 {
        true => (own / alpha, other / alpha),
        false if from.alpha > 0.0 => (1.0, 0.0),
        false => (0.0, 1.0),
    };
    let channel = |from: f32, to: f32| from * own + to * other;
    Color {
        red: channel(from.red, to.red),
        green: channel(from.green, to.green),
        blue: channel(from.blue, to.blue),
        alpha,
    }
}

/// The stops from `first` to `last`, as offsets from 0 to 1.
fn within(stops: &[(f32, Color)], first: f32, last: f32) -> Arc<[(f32, Color)]> {
    let mut found: Stops = Vec::with_capacity(stops.len() + 1);
    for (index, (offset, color)) in stops.iter().enumerate() {
        if *offset < first {
            let next = stops.get(index + 1).filter(|(next, _)| *next >= first);
            if let Some((next, to)) = next {
                found.push((0.0, mix(*color, *to, (first - offset) / (next - offset).max(0.0001))));
            } else if index + 1 == stops.len() {
                found.push((0.0, *color));
            }
            continue;
        }
        found.push((((offset - first) / (last - first)).min(1.0), *color));
    }
    found.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stops_without_a_place_are_spread_evenly() {
        let stop = ColorStop { color: Color::BLACK, at: None };
        let offsets: Vec<f32> = placed(&[stop; 5], Px(100.0)).iter().map(|(at, _)| *at).collect();
        assert_eq!(offsets, [0.0, 0.25, 0.5, 0.75, 1.0]);
    }

    #[test]
    fn a_gradient_to_the_right_runs_from_side_to_side() {
        let rect = Rect::new(Px(10.0), Px(0.0), Px(100.0), Px(50.0));
        let (from, to) = ends(GradientLine::Angle(90.0), rect, Point::new(Px(60.0), Px(25.0)));
        assert!((from.x - Px(10.0)).abs() < Px(0.01) && (to.x - Px(110.0)).abs() < Px(0.01));
    }

    #[test]
    fn what_fades_to_nothing_keeps_its_colour() {
        let red = Color { red: 1.0, green: 0.0, blue: 0.0, alpha: 1.0 };
        let stops = premultiplied(&[(0.0, red), (1.0, Color::TRANSPARENT)]);
        assert_eq!(stops[2], (1.0, Color { alpha: 0.0, ..red }));
    }

    #[test]
    fn a_radial_gradient_starts_at_its_centre() {
        let stops = [(-1.0, Color::BLACK), (1.0, Color::WHITE)];
        let found = within(&stops, 0.0, 1.0);
        assert_eq!((found[0].0, found[0].1.red), (0.0, 0.5));
    }
}
