//! Borders (CSS Backgrounds and Borders 3, section 3): one ring where the four sides are alike, else each side
//! with mitred ends.

use super::clipped;
use super::outline::{Edges, rectangle};
use crate::geom::{Edges as Sides, Point, Rect};
use crate::layout::{Artifact, Fill, Item, Path, PathStep, Shape, Stroke, Tag};
use crate::style::computed::{BorderSide, BorderStyle, BoxArea, Color, ComputedStyle};
use crate::units::Px;

const TAG: Tag = Tag::Artifact(Artifact::Layout);

/// Paints the borders of a box.
pub(super) fn paint(style: &ComputedStyle, edges: &Edges, items: &mut Vec<Item>) {
    let sides = style.border.sides;
    let seen = [
        seen(sides.top, edges.border.top),
        seen(sides.right, edges.border.right),
        seen(sides.bottom, edges.border.bottom),
        seen(sides.left, edges.border.left),
    ];
    if seen.iter().all(Option::is_none) {
        return;
    }
    match seen[0].filter(|_| seen.iter().all(|side| same(*side, seen[0]))) {
        Some(side) => ring(side, edges, items),
        None => each(seen, edges, items),
    }
}

fn seen(side: BorderSide, width: Px) -> Option<BorderSide> {
    let hidden = matches!(side.style, BorderStyle::None | BorderStyle::Hidden) || side.color.is_transparent();
    (width > Px::ZERO && !hidden).then_some(BorderSide { width, ..side })
}

fn same(a: Option<BorderSide>, b: Option<BorderSide>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => {
            a.style == b.style && a.color == b.color && (a.width - b.width).abs() < Px(0.01)
        }
        _ => false,
    }
}

/// Four sides alike.
fn ring(side: BorderSide, edges: &Edges, items: &mut Vec<Item>) {
    let at = |part: f32| edges.inset_path(edges.border.map(|width| width * part));
    match side.style {
        BorderStyle::Dashed | BorderStyle::Dotted => items.push(stroked(at(0.5), side)),
        BorderStyle::Double if side.width >= Px(3.0) => {
            items.push(between(at(0.0), at(1.0 / 3.0), side.color));
            items.push(between(at(2.0 / 3.0), at(1.0), side.color));
        }
        _ => items.push(between(at(0.0), at(1.0), side.color)),
    }
}

/// The ring between two outlines.
fn between(mut outer: Path, inner: Path, color: Color) -> Item {
    outer.0.extend(inner.0);
    Item::Shape(Shape { path: outer, fill: Some(Fill::Color(color)), stroke: None, even_odd: true, tag: TAG })
}

fn stroked(path: Path, side: BorderSide) -> Item {
    let (dashes, round) = match side.style {
        BorderStyle::Dashed => (vec![side.width * 3.0, side.width * 2.0], false),
        BorderStyle::Dotted => (vec![Px::ZERO, side.width * 2.0], true),
        _ => (Vec::new(), false),
    };
    let stroke = Some(Stroke { color: side.color, width: side.width, dashes, round });
    Item::Shape(Shape { path, fill: None, stroke, even_odd: false, tag: TAG })
}

/// Sides that differ, from the top clockwise, each within its mitre and, where corners are round, within the
/// ring.
fn each(sides: [Option<BorderSide>; 4], edges: &Edges, items: &mut Vec<Item>) {
    let corners = |rect: Rect| {
        [
            Point::new(rect.left(), rect.top()),
            Point::new(rect.right(), rect.top()),
            Point::new(rect.right(), rect.bottom()),
            Point::new(rect.left(), rect.bottom()),
        ]
    };
    let (outer, inner) = (corners(edges.rect), corners(edges.area(BoxArea::PaddingBox)));
    let mut found = Vec::new();
    for (index, side) in sides.into_iter().enumerate() {
        let Some(side) = side else { continue };
        let next = (index + 1) % 4;
        paint_side(side, [outer[index], outer[next], inner[next], inner[index]], &mut found);
    }
    if edges.is_square() {
        items.append(&mut found);
    } else {
        let mut clip = edges.inset_path(Sides::default());
        clip.0.extend(reversed(&edges.padding_path()).0);
        items.extend(clipped(clip, found));
    }
}

/// One side between its outer ends `a`, `b` and its inner ends `c`, `d`.
fn paint_side(side: BorderSide, [a, b, c, d]: [Point; 4], items: &mut Vec<Item>) {
    let between = |p: Point, q: Point, part: f32| p + Point::new((q.x - p.x) * part, (q.y - p.y) * part);
    let quad = |points: [Point; 4]| {
        let lines = points[1..].iter().map(|point| PathStep::Line(*point));
        let steps = std::iter::once(PathStep::Move(points[0])).chain(lines).chain([PathStep::Close]);
        let fill = Some(Fill::Color(side.color));
        Item::Shape(Shape { path: Path(steps.collect()), fill, stroke: None, even_odd: false, tag: TAG })
    };
    match side.style {
        BorderStyle::Dashed | BorderStyle::Dotted => {
            let line = vec![PathStep::Move(between(a, d, 0.5)), PathStep::Line(between(b, c, 0.5))];
            items.push(stroked(Path(line), side));
        }
        BorderStyle::Double if side.width >= Px(3.0) => {
            items.push(quad([a, b, between(b, c, 1.0 / 3.0), between(a, d, 1.0 / 3.0)]));
            items.push(quad([between(a, d, 2.0 / 3.0), between(b, c, 2.0 / 3.0), c, d]));
        }
        _ => items.push(quad([a, b, c, d])),
    }
}

/// The same closed path, the other way round.
fn reversed(path: &Path) -> Path {
    let segments: Vec<PathStep> =
        path.0.iter().copied().filter(|step| !matches!(step, PathStep::Close)).collect();
    let end = |step: &PathStep| match *step {
        PathStep::Move(to) | PathStep::Line(to) | PathStep::Curve(.., to) => to,
        PathStep::Close => Point::default(),
    };
    let Some(last) = segments.last() else { return Path::default() };
    let mut steps = vec![PathStep::Move(end(last))];
    for pair in segments.windows(2).rev() {
        let to = end(&pair[0]);
        steps.push(match pair[1] {
            PathStep::Curve(first, second, _) => PathStep::Curve(second, first, to),
            _ => PathStep::Line(to),
        });
    }
    steps.push(PathStep::Close);
    Path(steps)
}

/// A rule along the longer side of a rectangle.
pub(super) fn rule(side: BorderSide, rect: Rect, items: &mut Vec<Item>) {
    let Some(side) = seen(side, side.width) else { return };
    let upright = rect.size.height > rect.size.width;
    match side.style {
        BorderStyle::Dashed | BorderStyle::Dotted => {
            let (x, y) = (rect.left() + rect.size.width / 2.0, rect.top() + rect.size.height / 2.0);
            let (from, to) = if upright {
                (Point::new(x, rect.top()), Point::new(x, rect.bottom()))
            } else {
                (Point::new(rect.left(), y), Point::new(rect.right(), y))
            };
            items.push(stroked(Path(vec![PathStep::Move(from), PathStep::Line(to)]), side));
        }
        _ => {
            let fill = Some(Fill::Color(side.color));
            let path = rectangle(rect);
            items.push(Item::Shape(Shape { path, fill, stroke: None, even_odd: false, tag: TAG }));
        }
    }
}
