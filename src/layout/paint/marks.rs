//! What a printer needs beside the sheet: marks where to cut, and crosses to lay colours on each other by
//! (CSS Paged Media 3, section 7.2). They are black: the file has the colours of screens, which have no separations.

use crate::geom::{Point, Rect};
use crate::layout::{Artifact, Item, Outside, Path, PathStep, Shape, Stroke, Tag};
use crate::style::computed::{Color, Marks};
use crate::units::{Mm, Pt, Px};

/// How long a crop mark is, and how wide a cross.
const LENGTH: Mm = Mm(5.0);
/// The least distance from the sheet, so that a cut a little off shows no mark.
const DISTANCE: Mm = Mm(3.0);
const WIDTH: Pt = Pt(0.25);
/// How far the control points of a quarter of a circle are, as a part of its radius.
const ARC: f32 = 0.552_284_8;

/// How far the paper reaches beyond a sheet with these marks.
pub(super) fn outside(bleed: Px, marks: Marks) -> Outside {
    let paper = if marks.is_none() { bleed } else { distance(bleed) + Px::from(LENGTH) };
    Outside { bleed, paper }
}

fn distance(bleed: Px) -> Px {
    bleed.max(DISTANCE.into())
}

/// The marks of a sheet.
pub(super) fn paint(sheet: Rect, bleed: Px, marks: Marks, items: &mut Vec<Item>) {
    let mut path = Path::default();
    if marks.crop {
        crop(sheet, distance(bleed), &mut path);
    }
    if marks.cross {
        crosses(sheet, distance(bleed), &mut path);
    }
    if path.0.is_empty() {
        return;
    }
    let stroke = Stroke { color: Color::BLACK, width: WIDTH.into(), dashes: Vec::new(), round: false };
    let tag = Tag::Artifact(Artifact::Page);
    items.push(Item::Shape(Shape { path, fill: None, stroke: Some(stroke), even_odd: false, tag }));
}

fn line(path: &mut Path, from: Point, to: Point) {
    path.0.extend([PathStep::Move(from), PathStep::Line(to)]);
}

/// Two lines at each corner, in line with the edges.
fn crop(sheet: Rect, distance: Px, path: &mut Path) {
    let end = distance + Px::from(LENGTH);
    for (x, left) in [(sheet.left(), -1.0), (sheet.right(), 1.0)] {
        for (y, up) in [(sheet.top(), -1.0), (sheet.bottom(), 1.0)] {
            line(path, Point::new(x + distance * left, y), Point::new(x + end * left, y));
            line(path, Point::new(x, y + distance * up), Point::new(x, y + end * up));
        }
    }
}

/// A cross in a circle at the middle of each side.
fn crosses(sheet: Rect, distance: Px, path: &mut Path) {
    let half = Px::from(LENGTH) / 2.0;
    let out = distance + half;
    let (x, y) = ((sheet.left() + sheet.right()) / 2.0, (sheet.top() + sheet.bottom()) / 2.0);
    let centers = [
        Point::new(x, sheet.top() - out),
        Point::new(x, sheet.bottom() + out),
        Point::new(sheet.left() - out, y),
        Point::new(sheet.right() + out, y),
    ];
    for at in centers {
        line(path, Point::new(at.x - half, at.y), Point::new(at.x + half, at.y));
        line(path, Point::new(at.x, at.y - half), Point::new(at.x, at.y + half));
        circle(path, at, half * 0.6);
    }
}

fn circle(path: &mut Path, at: Point, radius: Px) {
    let point = |x: f32, y: f32| Point::new(at.x + radius * x, at.y + radius * y);
    path.0.push(PathStep::Move(point(1.0, 0.0)));
    for (x, y) in [(1.0_f32, 0.0_f32), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0)] {
        // A quarter on, clockwise: (x, y) becomes (-y, x).
        let (to_x, to_y) = (-y, x);
        path.0.push(PathStep::Curve(
            point(x + to_x * ARC, y + to_y * ARC),
            point(to_x + x * ARC, to_y + y * ARC),
            point(to_x, to_y),
        ));
    }
    path.0.push(PathStep::Close);
}
