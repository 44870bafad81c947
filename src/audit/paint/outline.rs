//! The outline of something painted, on the page, and what it covers.

use std::borrow::Cow;
use std::cell::OnceCell;

use crate::geom::{Point, Rect, Transform};
use crate::layout::{Path, PathStep};
use crate::units::Px;

/// How many straight lines stand in for a curve: a corner of 10 px is then a tenth of a px off at most.
const LINES_A_CURVE: u8 = 8;

/// Which part of a rectangle an outline covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cover {
    /// All of it.
    Whole,
    /// Its edge is in it.
    Part,
    /// Nothing of it.
    Nothing,
}

/// A path on a page.
#[derive(Debug)]
pub(super) struct Outline<'p> {
    path: Cow<'p, Path>,
    map: Transform,
    even_odd: bool,
    /// A rectangle around all of it; its own, where it is one.
    pub bounds: Rect,
    is_rectangle: bool,
    lines: OnceCell<Vec<(Point, Point)>>,
}

impl<'p> Outline<'p> {
    /// The outline of a path that `map` takes to the page.
    pub fn new(path: Cow<'p, Path>, map: Transform, even_odd: bool) -> Self {
        let points = path.0.iter().flat_map(|step| match *step {
            PathStep::Move(to) | PathStep::Line(to) => [Some(to), None, None],
            PathStep::Curve(one, two, to) => [Some(one), Some(two), Some(to)],
            PathStep::Close => [None; 3],
        });
        let bounds = Rect::around(points.flatten().map(|point| map.apply(point)));
        let upright = (map.b == 0.0 && map.c == 0.0) || (map.a == 0.0 && map.d == 0.0);
        let is_rectangle = upright && is_rectangle(&path);
        Self { path, map, even_odd, bounds, is_rectangle, lines: OnceCell::new() }
    }

    /// Which part of `rect` it covers.
    pub fn cover(&self, rect: &Rect) -> Cover {
        if !meet(&self.bounds, rect) {
            return Cover::Nothing;
        }
        if self.is_rectangle {
            return if holds(&self.bounds, rect) { Cover::Whole } else { Cover::Part };
        }
        if self.lines().iter().any(|line| crosses(*line, rect)) {
            return Cover::Part;
        }
        if self.contains(rect.origin) { Cover::Whole } else { Cover::Nothing }
    }

    /// Whether a point is inside it.
    pub fn contains(&self, at: Point) -> bool {
        if !holds(&self.bounds, &Rect::new(at.x, at.y, Px::ZERO, Px::ZERO)) {
            return false;
        }
        if self.is_rectangle {
            return true;
        }
        let turns = self.lines().iter().map(|line| turn(*line, at));
        if self.even_odd { turns.map(i32::abs).sum::<i32>() % 2 == 1 } else { turns.sum::<i32>() != 0 }
    }

    /// Its edges; curves as lines, subpaths closed.
    fn lines(&self) -> &[(Point, Point)] {
        self.lines.get_or_init(|| {
            let mut lines = Vec::with_capacity(self.path.0.len());
            let (mut start, mut from) = (Point::default(), Point::default());
            for step in &self.path.mapped(&self.map).0 {
                match *step {
                    PathStep::Move(to) => {
                        lines.push((from, start));
                        (start, from) = (to, to);
                    }
                    PathStep::Line(to) => {
                        lines.push((from, to));
                        from = to;
                    }
                    PathStep::Curve(one, two, to) => {
                        let curve = [from, one, two, to];
                        for part in 1..=LINES_A_CURVE {
                            let next = on_curve(curve, f32::from(part) / f32::from(LINES_A_CURVE));
                            lines.push((from, next));
                            from = next;
                        }
                    }
                    PathStep::Close => {
                        lines.push((from, start));
                        from = start;
                    }
                }
            }
            lines.push((from, start));
            lines
        })
    }
}

/// Whether a path is one rectangle with upright sides.
fn is_rectangle(path: &Path) -> bool {
    let (corners, rest) = path.0.split_at(path.0.len().min(4));
    let closed = match rest {
        [] | [PathStep::Close] => true,
        [PathStep::Line(to)] | [PathStep::Line(to), PathStep::Close] => {
            matches!(corners.first(), Some(PathStep::Move(start)) if start == to)
        }
        _ => false,
    };
    let [PathStep::Move(a), PathStep::Line(b), PathStep::Line(c), PathStep::Line(d)] = corners else {
        return false;
    };
    let across_first = a.y == b.y && b.x == c.x && c.y == d.y && d.x == a.x;
    let down_first = a.x == b.x && b.y == c.y && c.x == d.x && d.y == a.y;
    closed && (across_first || down_first)
}

/// Whether two rectangles have more than an edge in common.
pub(super) fn meet(one: &Rect, other: &Rect) -> bool {
    one.left() < other.right()
        && other.left() < one.right()
        && one.top() < other.bottom()
        && other.top() < one.bottom()
}

/// Whether `outer` holds all of `inner`.
pub(super) fn holds(outer: &Rect, inner: &Rect) -> bool {
    outer.left() <= inner.left()
        && outer.top() <= inner.top()
        && outer.right() >= inner.right()
        && outer.bottom() >= inner.bottom()
}

/// Whether a line has a part in a rectangle (Liang and Barsky 1984).
fn crosses((from, to): (Point, Point), rect: &Rect) -> bool {
    let step = to - from;
    let (mut first, mut last) = (0.0_f32, 1.0_f32);
    let sides = [
        (-step.x.0, from.x.0 - rect.left().0),
        (step.x.0, rect.right().0 - from.x.0),
        (-step.y.0, from.y.0 - rect.top().0),
        (step.y.0, rect.bottom().0 - from.y.0),
    ];
    for (toward, room) in sides {
        if toward == 0.0 {
            if room < 0.0 {
                return false;
            }
        } else if toward < 0.0 {
            first = first.max(room / toward);
        } else {
            last = last.min(room / toward);
        }
    }
    first <= last && step != Point::default()
}

/// How an edge adds to the winding number of a point: by its direction where a ray rightwards meets it.
fn turn((from, to): (Point, Point), at: Point) -> i32 {
    let is_left = ((to.x - from.x).0 * (at.y - from.y).0) - ((at.x - from.x).0 * (to.y - from.y).0);
    if from.y <= at.y && to.y > at.y && is_left > 0.0 {
        1
    } else if from.y > at.y && to.y <= at.y && is_left < 0.0 {
        -1
    } else {
        0
    }
}

/// The point of a cubic Bézier curve at `t`.
fn on_curve([from, one, two, to]: [Point; 4], t: f32) -> Point {
    let rest = 1.0 - t;
    let mix = |from: Px, one: Px, two: Px, to: Px| {
        from * (rest * rest * rest)
            + one * (3.0 * rest * rest * t)
            + two * (3.0 * rest * t * t)
            + to * (t * t * t)
    };
    Point::new(mix(from.x, one.x, two.x, to.x), mix(from.y, one.y, two.y, to.y))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(x: f32, y: f32) -> Point {
        Point::new(Px(x), Px(y))
    }

    fn polygon(points: &[(f32, f32)]) -> Vec<PathStep> {
        let steps = points.iter().enumerate().map(|(index, &(x, y))| match index {
            0 => PathStep::Move(at(x, y)),
            _ => PathStep::Line(at(x, y)),
        });
        steps.chain([PathStep::Close]).collect()
    }

    fn cover(outline: &Outline, x: f32, y: f32) -> Cover {
        outline.cover(&Rect::new(Px(x), Px(y), Px(2.0), Px(2.0)))
    }

    #[test]
    fn a_frame_covers_its_sides_and_not_what_is_in_it() {
        let square = |low: f32, high: f32| polygon(&[(low, low), (high, low), (high, high), (low, high)]);
        let mut steps = square(0.0, 20.0);
        steps.extend(square(4.0, 16.0));
        let path = Path(steps);
        let frame = Outline::new(Cow::Borrowed(&path), Transform::IDENTITY, true);
        assert_eq!(cover(&frame, 1.0, 9.0), Cover::Whole);
        assert_eq!(cover(&frame, 3.0, 9.0), Cover::Part);
        assert_eq!(cover(&frame, 9.0, 9.0), Cover::Nothing);
        assert_eq!(cover(&frame, 30.0, 9.0), Cover::Nothing);
        // Both squares run the same way round: by the non-zero rule there is no hole.
        assert_eq!(
            cover(&Outline::new(Cow::Borrowed(&path), Transform::IDENTITY, false), 9.0, 9.0),
            Cover::Whole
        );
    }

    #[test]
    fn a_turned_square_and_a_round_one_have_no_corners() {
        let diamond = Path(polygon(&[(10.0, 0.0), (20.0, 10.0), (10.0, 20.0), (0.0, 10.0)]));
        let diamond = Outline::new(Cow::Borrowed(&diamond), Transform::IDENTITY, false);
        assert_eq!(cover(&diamond, 0.5, 0.5), Cover::Nothing);
        assert_eq!(cover(&diamond, 9.0, 9.0), Cover::Whole);
        assert!(diamond.contains(at(10.0, 1.0)) && !diamond.contains(at(1.0, 1.0)));
        let quarter = Path(vec![
            PathStep::Move(at(0.0, 0.0)),
            PathStep::Line(at(10.0, 0.0)),
            PathStep::Curve(at(10.0, 5.52), at(5.52, 10.0), at(0.0, 10.0)),
            PathStep::Close,
        ]);
        let quarter =
            Outline::new(Cow::Borrowed(&quarter), Transform { a: 2.0, d: 2.0, ..Transform::IDENTITY }, false);
        assert!(quarter.contains(at(14.0, 14.0)) && !quarter.contains(at(15.0, 15.0)));
    }

    #[test]
    fn a_rectangle_is_known_however_it_is_drawn() {
        for points in [
            [(0.0, 0.0), (9.0, 0.0), (9.0, 5.0), (0.0, 5.0)],
            [(0.0, 5.0), (0.0, 0.0), (9.0, 0.0), (9.0, 5.0)],
        ] {
            assert!(is_rectangle(&Path(polygon(&points))));
        }
        assert!(!is_rectangle(&Path(polygon(&[(0.0, 0.0), (9.0, 1.0), (9.0, 5.0), (0.0, 5.0)]))));
        assert!(!is_rectangle(&Path::default()));
    }
}
