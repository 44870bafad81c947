//! Borders (CSS Backgrounds and Borders 3, section 3): one ring where the four sides are alike, else each side
//! with mitred ends.

mod dashes;
mod shade;

use super::outline::{Edges, rectangle};
use super::{clipped, polygon};
use crate::geom::{Point, Rect};
use crate::layout::{Artifact, Fill, Item, Path, PathStep, Shape, Stroke, Tag};
use crate::style::computed::{BorderSide, BorderStyle, BoxArea, Color, ComputedStyle};
use crate::units::Px;
use shade::{Side, Strip};

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
    match seen[0].filter(|first| seen.iter().all(|side| is_one_ring(*first, *side))) {
        Some(side) => ring(side, edges, items),
        None => each(seen, edges, items),
    }
}

fn seen(side: BorderSide, width: Px) -> Option<BorderSide> {
    let hidden = matches!(side.style, BorderStyle::None | BorderStyle::Hidden) || side.color.is_transparent();
    (width > Px::ZERO && !hidden).then_some(BorderSide { width, ..side })
}

/// Whether two sides can be painted at once: a ring may be wider at one side, but its dashes may not.
fn is_one_ring(first: BorderSide, side: Option<BorderSide>) -> bool {
    let Some(side) = side else { return false };
    let is_even = (first.width - side.width).abs() < Px(0.01);
    let of_any_width = match first.style {
        BorderStyle::Solid => true,
        BorderStyle::Double => is_double(first) && is_double(side),
        _ => false,
    };
    let is_plain = matches!(
        first.style,
        BorderStyle::Solid | BorderStyle::Double | BorderStyle::Dashed | BorderStyle::Dotted
    );
    first.style == side.style && first.color == side.color && is_plain && (is_even || of_any_width)
}

/// Whether a double border is wide enough to be seen as two lines.
fn is_double(side: BorderSide) -> bool {
    side.style == BorderStyle::Double && side.width >= Px(3.0)
}

/// Four sides alike.
fn ring(side: BorderSide, edges: &Edges, items: &mut Vec<Item>) {
    let at = |part: f32| edges.inset_path(edges.border.map(|width| width * part));
    match side.style {
        BorderStyle::Dashed | BorderStyle::Dotted if edges.is_square() => {
            let corners = edges.rect.inset(edges.border.map(|width| width / 2.0)).corners();
            for (index, from) in corners.into_iter().enumerate() {
                items.push(dashes::line(side, from, corners[(index + 1) % 4]));
            }
        }
        BorderStyle::Dashed | BorderStyle::Dotted => items.push(dashes::around(side, at(0.5))),
        _ => {
            for strip in shade::strips(side, Side::Top) {
                items.push(between(at(strip.from), at(strip.to), strip.color));
            }
        }
    }
}

/// The ring between two outlines.
fn between(mut outer: Path, inner: Path, color: Color) -> Item {
    outer.0.extend(inner.0);
    Item::Shape(Shape { path: outer, fill: Some(Fill::Color(color)), stroke: None, even_odd: true, tag: TAG })
}

fn filled(path: Path, color: Color) -> Item {
    Item::Shape(Shape { path, fill: Some(Fill::Color(color)), stroke: None, even_odd: false, tag: TAG })
}

/// Sides that differ, from the top clockwise, each within its mitres.
fn each(sides: [Option<BorderSide>; 4], edges: &Edges, items: &mut Vec<Item>) {
    let (outer, inner) = (edges.rect.corners(), edges.area(BoxArea::PaddingBox).corners());
    for (index, which) in [Side::Top, Side::Right, Side::Bottom, Side::Left].into_iter().enumerate() {
        let Some(side) = sides[index] else { continue };
        let next = (index + 1) % 4;
        let corners = [outer[index], outer[next], inner[next], inner[index]];
        if edges.is_square() {
            square_side((side, which), corners, items);
        } else {
            let clip = polygon(&far_mitre(edges, corners));
            items.extend(clipped(clip, round_side((side, which), edges)));
        }
    }
}

/// One side of a box with square corners between its outer ends `a`, `b` and its inner ends `c`, `d`.
fn square_side((side, which): (BorderSide, Side), [a, b, c, d]: [Point; 4], items: &mut Vec<Item>) {
    let between = |p: Point, q: Point, part: f32| p + Point::new((q.x - p.x) * part, (q.y - p.y) * part);
    if matches!(side.style, BorderStyle::Dashed | BorderStyle::Dotted) {
        let half = Point::new((d.x - a.x + c.x - b.x) / 4.0, (d.y - a.y + c.y - b.y) / 4.0);
        let (from, to) = match which {
            Side::Top | Side::Bottom => (Point::new(a.x, a.y + half.y), Point::new(b.x, b.y + half.y)),
            Side::Right | Side::Left => (Point::new(a.x + half.x, a.y), Point::new(b.x + half.x, b.y)),
        };
        items.extend(clipped(polygon(&[a, b, c, d]), vec![dashes::side(side, from, to)]));
        return;
    }
    for Strip { from, to, color } in shade::strips(side, which) {
        let quad = [between(a, d, from), between(b, c, from), between(b, c, to), between(a, d, to)];
        items.push(filled(polygon(&quad), color));
    }
}

/// The ring of which a side of a box with round corners is a part.
fn round_side((side, which): (BorderSide, Side), edges: &Edges) -> Vec<Item> {
    let at = |part: f32| edges.inset_path(edges.border.map(|width| width * part));
    if matches!(side.style, BorderStyle::Dashed | BorderStyle::Dotted) {
        return vec![dashes::around(side, at(0.5))];
    }
    let strips = shade::strips(side, which).into_iter();
    strips.map(|strip| between(at(strip.from), at(strip.to), strip.color)).collect()
}

/// A side with its mitres drawn on to where they meet, as round corners reach into the padding box.
fn far_mitre(edges: &Edges, [a, b, c, d]: [Point; 4]) -> [Point; 4] {
    let border = edges.border;
    let times = |length: Px, widths: Px| if widths > Px::ZERO { length / widths } else { f32::INFINITY };
    let size = edges.rect.size;
    let far = times(size.width, border.horizontal()).min(times(size.height, border.vertical()));
    let far = if far.is_finite() { far.max(1.0) } else { 1.0 };
    let on = |from: Point, to: Point| from + Point::new((to.x - from.x) * far, (to.y - from.y) * far);
    [a, b, on(b, c), on(a, d)]
}

/// A rule along the longer side of a rectangle.
pub(super) fn rule(side: BorderSide, rect: Rect, items: &mut Vec<Item>) {
    let Some(side) = seen(side, side.width) else { return };
    let upright = rect.size.height > rect.size.width;
    let (x, y) = (rect.left() + rect.size.width / 2.0, rect.top() + rect.size.height / 2.0);
    if matches!(side.style, BorderStyle::Dashed | BorderStyle::Dotted) {
        let (from, to) = match upright {
            true => (Point::new(x, rect.top()), Point::new(x, rect.bottom())),
            false => (Point::new(rect.left(), y), Point::new(rect.right(), y)),
        };
        items.push(dashes::side(side, from, to));
        return;
    }
    let which = if upright { Side::Left } else { Side::Top };
    for Strip { from, to, color } in shade::strips(side, which) {
        let part = match upright {
            true => {
                let width = rect.size.width;
                Rect::new(rect.left() + width * from, rect.top(), width * (to - from), rect.size.height)
            }
            false => {
                let height = rect.size.height;
                Rect::new(rect.left(), rect.top() + height * from, rect.size.width, height * (to - from))
            }
        };
        items.push(filled(rectangle(part), color));
    }
}
