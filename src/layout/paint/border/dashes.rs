//! Dashed and dotted lines, their gaps made so that they end as they start.

use super::{BorderSide, BorderStyle, Item, Path, PathStep, Point, Px, Shape, Stroke, TAG};

/// A line between two corners, each the middle of where two sides cross.
pub(super) fn line(side: BorderSide, from: Point, to: Point) -> Item {
    let half = side.width / 2.0;
    match side.style {
        BorderStyle::Dotted => stroked(side, straight(from, to), Ends::OnDots),
        _ => {
            let (from, to) = (shifted(from, to, -half), shifted(to, from, -half));
            stroked(side, straight(from, to), Ends::OnDashes)
        }
    }
}

/// A line along a whole side.
pub(super) fn side(side: BorderSide, from: Point, to: Point) -> Item {
    let half = side.width / 2.0;
    match side.style {
        BorderStyle::Dotted => {
            let (from, to) = (shifted(from, to, half), shifted(to, from, half));
            stroked(side, straight(from, to), Ends::OnDots)
        }
        _ => stroked(side, straight(from, to), Ends::OnDashes),
    }
}

/// A closed line.
pub(super) fn around(side: BorderSide, path: Path) -> Item {
    stroked(side, path, Ends::Joined)
}

/// How a line of dashes ends.
#[derive(Clone, Copy, PartialEq)]
enum Ends {
    /// In the middle of a dot.
    OnDots,
    /// With a whole dash.
    OnDashes,
    /// In its start.
    Joined,
}

fn straight(from: Point, to: Point) -> Path {
    Path(vec![PathStep::Move(from), PathStep::Line(to)])
}

/// `from`, moved by `by` towards `to`.
fn shifted(from: Point, to: Point, by: Px) -> Point {
    let along = to - from;
    let length = along.x.0.hypot(along.y.0);
    if length <= 0.0 {
        return from;
    }
    from + Point::new(along.x * (by.0 / length), along.y * (by.0 / length))
}

fn stroked(side: BorderSide, path: Path, ends: Ends) -> Item {
    let is_dotted = side.style == BorderStyle::Dotted;
    // Thin dashes are longer for their width, so that they are seen as such.
    let (dash, gap) = match (is_dotted, side.width >= Px(3.0)) {
        (true, _) => (Px::ZERO, side.width * 2.0),
        (false, true) => (side.width * 2.0, side.width),
        (false, false) => (side.width * 3.0, side.width * 2.0),
    };
    let length = length(&path);
    let gaps = match ends {
        Ends::Joined => (length / (dash + gap)).round(),
        _ => ((length - dash) / (dash + gap)).round(),
    };
    let dashes = if ends == Ends::Joined { gaps } else { gaps + 1.0 };
    let gap = if gaps >= 1.0 { ((length - dash * dashes) / gaps).max(Px(0.1)) } else { length + gap };
    let stroke =
        Some(Stroke { color: side.color, width: side.width, dashes: vec![dash, gap], round: is_dotted });
    Item::Shape(Shape { path, fill: None, stroke, even_odd: false, tag: TAG })
}

/// The length of a path, its curves taken for halfway between their chords and their control lines.
fn length(path: &Path) -> Px {
    let far = |from: Point, to: Point| (to.x - from.x).0.hypot((to.y - from.y).0);
    let (mut at, mut start, mut sum) = (Point::default(), Point::default(), 0.0);
    for step in &path.0 {
        match *step {
            PathStep::Move(to) => (at, start) = (to, to),
            PathStep::Line(to) => {
                sum += far(at, to);
                at = to;
            }
            PathStep::Curve(one, two, to) => {
                sum += (far(at, to) + far(at, one) + far(one, two) + far(two, to)) / 2.0;
                at = to;
            }
            PathStep::Close => {
                sum += far(at, start);
                at = start;
            }
        }
    }
    Px(sum)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::style::computed::Color;

    #[test]
    fn a_line_ends_with_a_whole_dash() {
        let line = BorderSide { width: Px(10.0), style: BorderStyle::Dashed, color: Color::BLACK };
        let item = side(line, Point::default(), Point::new(Px(105.0), Px::ZERO));
        let Item::Shape(Shape { stroke: Some(Stroke { dashes, .. }), .. }) = item else {
            panic!("a dashed side is a line")
        };
        let (dash, gap) = (dashes[0], dashes[1]);
        let rest = (Px(105.0) - dash) / (dash + gap);
        assert!((rest - rest.round()).abs() < 0.001, "{dash:?} {gap:?}");
    }
}
