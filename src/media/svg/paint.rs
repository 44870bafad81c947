//! An SVG as items of a page.

use std::sync::Arc;

use usvg::tiny_skia_path::{self, PathSegment};
use usvg::{LineCap, LineJoin, Node, Paint, PaintOrder};

use crate::geom::{Point, Rect, Transform};
use crate::layout::{Fill, GradientKind, Group, Item, Path, PathStep, Shape, Stroke, Tag};
use crate::media::{Picture, Vector};
use crate::style::computed::Color;
use crate::units::Px;

/// The SVG as large as fits in `rect` and in its middle (`preserveAspectRatio: xMidYMid meet`, SVG 2, 8.6), cut
/// at the edge of its own viewport. Everything in it is tagged with `tag`.
pub fn paint(vector: &Vector, rect: Rect, tag: Tag) -> Item {
    let size = vector.tree.size();
    let scale = (rect.size.width.0 / size.width()).min(rect.size.height.0 / size.height());
    let transform = Transform {
        a: scale,
        d: scale,
        e: rect.left().0 + (rect.size.width.0 - size.width() * scale) / 2.0,
        f: rect.top().0 + (rect.size.height.0 - size.height() * scale) / 2.0,
        ..Transform::IDENTITY
    };
    let mut painter = Painter { rasters: vector.rasters.iter(), tag };
    let items = painter.children(vector.tree.root());
    let drawn = vector.tree.root().abs_stroke_bounding_box();
    let edge = 0.01;
    let inside = drawn.left() >= -edge
        && drawn.top() >= -edge
        && drawn.right() <= size.width() + edge
        && drawn.bottom() <= size.height() + edge;
    let clip =
        (!inside).then(|| rectangle(Rect::new(Px::ZERO, Px::ZERO, Px(size.width()), Px(size.height()))));
    Item::Group(Group { transform, clip, opacity: 1.0, items })
}

struct Painter<'v> {
    /// In document order, as [`super::Survey`] met them.
    rasters: std::slice::Iter<'v, Option<Arc<Picture>>>,
    tag: Tag,
}

impl Painter<'_> {
    fn children(&mut self, group: &usvg::Group) -> Vec<Item> {
        let mut items = Vec::new();
        for node in group.children() {
            match node {
                Node::Group(group) => items.extend(self.group(group)),
                Node::Text(text) => items.extend(self.group(text.flattened())),
                Node::Path(path) if path.is_visible() => self.path(path, &mut items),
                Node::Path(_) => {}
                Node::Image(image) => items.extend(self.image(image)),
            }
        }
        items
    }

    /// A group; one that changes nothing gives its children alone.
    fn group(&mut self, group: &usvg::Group) -> Vec<Item> {
        let items = self.children(group);
        let clips = clips(group.clip_path());
        let opacity = group.opacity().get();
        let transform = to_transform(group.transform());
        if items.is_empty() || (clips.is_empty() && opacity >= 1.0 && transform == Transform::IDENTITY) {
            return items;
        }
        let mut clips = clips.into_iter();
        let mut inner = Group { transform: Transform::IDENTITY, clip: clips.next(), opacity, items };
        for clip in clips {
            let items = vec![Item::Group(inner)];
            inner = Group { transform: Transform::IDENTITY, clip: Some(clip), opacity: 1.0, items };
        }
        inner.transform = transform;
        vec![Item::Group(inner)]
    }

    fn image(&mut self, image: &usvg::Image) -> Vec<Item> {
        let size = image.size();
        if let usvg::ImageKind::SVG(tree) = image.kind() {
            return self.group(tree.root());
        }
        let Some(Some(picture)) = self.rasters.next() else { return Vec::new() };
        if !image.is_visible() {
            return Vec::new();
        }
        let rect = Rect::new(Px::ZERO, Px::ZERO, Px(size.width()), Px(size.height()));
        vec![Item::Picture(rect, picture.clone(), self.tag)]
    }

    fn path(&self, path: &usvg::Path, items: &mut Vec<Item>) {
        let fill = path.fill().and_then(|fill| {
            let even_odd = fill.rule() == usvg::FillRule::EvenOdd;
            self.filled(path.data(), fill.paint(), fill.opacity().get(), even_odd)
        });
        let stroke = path.stroke().and_then(|stroke| self.stroked(path.data(), stroke));
        match path.paint_order() {
            PaintOrder::FillAndStroke => items.extend([fill, stroke].into_iter().flatten()),
            PaintOrder::StrokeAndFill => items.extend([stroke, fill].into_iter().flatten()),
        }
    }

    /// A filled path. A gradient with a transform of its own is painted in the gradient's coordinates, so that
    /// ellipses and slanted bands come out as they are.
    fn filled(
        &self,
        path: &tiny_skia_path::Path,
        paint: &Paint,
        opacity: f32,
        even_odd: bool,
    ) -> Option<Item> {
        let shape =
            |path, fill| Item::Shape(Shape { path, fill: Some(fill), stroke: None, even_odd, tag: self.tag });
        let (kind, gradient): (_, &usvg::BaseGradient) = match paint {
            Paint::Color(color) => {
                return Some(shape(to_path(path), Fill::Color(to_color(*color, opacity))));
            }
            Paint::LinearGradient(linear) => (
                GradientKind::Linear(point(linear.x1(), linear.y1()), point(linear.x2(), linear.y2())),
                linear,
            ),
            Paint::RadialGradient(radial) => {
                (GradientKind::Radial(point(radial.cx(), radial.cy()), Px(radial.r().get())), radial)
            }
            Paint::Pattern(_) => return None,
        };
        let stops = gradient.stops().iter();
        let stops = stops
            .map(|stop| (stop.offset().get(), to_color(stop.color(), stop.opacity().get() * opacity)))
            .collect();
        let path = path.clone().transform(gradient.transform().invert()?)?;
        let item = shape(to_path(&path), Fill::Gradient(kind, stops));
        if gradient.transform().is_identity() {
            return Some(item);
        }
        let transform = to_transform(gradient.transform());
        Some(Item::Group(Group { transform, clip: None, opacity: 1.0, items: vec![item] }))
    }

    /// A stroked path. What a [`Stroke`] cannot say, a gradient or unlike caps and joins, is filled as the
    /// outline of the line.
    fn stroked(&self, path: &tiny_skia_path::Path, stroke: &usvg::Stroke) -> Option<Item> {
        if let (Paint::Color(color), Some(round)) = (stroke.paint(), plain_line(path, stroke)) {
            let dashes = stroke.dasharray().unwrap_or_default().iter().map(|length| Px(*length)).collect();
            let color = to_color(*color, stroke.opacity().get());
            let stroke = Stroke { color, width: Px(stroke.width().get()), dashes, round };
            let shape = Shape {
                path: to_path(path),
                fill: None,
                stroke: Some(stroke),
                even_odd: false,
                tag: self.tag,
            };
            return Some(Item::Shape(shape));
        }
        let line = stroke.to_tiny_skia();
        let dashed = line.dash.as_ref().and_then(|dash| path.dash(dash, 1.0));
        let outline = dashed.as_ref().unwrap_or(path).stroke(&line, 4.0)?;
        self.filled(&outline, stroke.paint(), stroke.opacity().get(), false)
    }
}

/// Whether a [`Stroke`] can say it, and if so whether with round ends and joins.
fn plain_line(path: &tiny_skia_path::Path, stroke: &usvg::Stroke) -> Option<bool> {
    let segments = path.segments().filter(|segment| !matches!(segment, PathSegment::MoveTo(_))).count();
    let closed = path.segments().any(|segment| matches!(segment, PathSegment::Close));
    let (has_joins, has_ends) = (segments > 1, !closed || stroke.dasharray().is_some());
    let round_cap = stroke.linecap() == LineCap::Round;
    let round_join = stroke.linejoin() == LineJoin::Round;
    let plain_cap = stroke.linecap() == LineCap::Butt;
    let plain_join = matches!(stroke.linejoin(), LineJoin::Miter | LineJoin::MiterClip);
    if stroke.dashoffset() != 0.0 && stroke.dasharray().is_some() {
        None
    } else if (plain_cap || !has_ends) && (plain_join || !has_joins) {
        Some(false)
    } else if (round_cap || !has_ends) && (round_join || !has_joins) {
        Some(true)
    } else {
        None
    }
}

/// The outlines of a clip path and of those that clip it in turn, each a path of its own to cut with.
fn clips(clip: Option<&usvg::ClipPath>) -> Vec<Path> {
    let mut clips = Vec::new();
    let mut next = clip;
    while let Some(clip) = next {
        let mut path = Path::default();
        outline(clip.root(), to_transform(clip.transform()), &mut path);
        clips.push(path);
        next = clip.clip_path();
    }
    clips
}

fn outline(group: &usvg::Group, transform: Transform, path: &mut Path) {
    let transform = to_transform(group.transform()).then(&transform);
    for node in group.children() {
        match node {
            Node::Group(group) => outline(group, transform, path),
            Node::Text(text) => outline(text.flattened(), transform, path),
            Node::Path(shape) => {
                path.0.extend(to_path(shape.data()).0.into_iter().map(|step| moved(step, &transform)));
            }
            Node::Image(_) => {}
        }
    }
}

fn moved(step: PathStep, transform: &Transform) -> PathStep {
    let at = |point| transform.apply(point);
    match step {
        PathStep::Move(to) => PathStep::Move(at(to)),
        PathStep::Line(to) => PathStep::Line(at(to)),
        PathStep::Curve(one, two, to) => PathStep::Curve(at(one), at(two), at(to)),
        PathStep::Close => PathStep::Close,
    }
}

/// A path as pages have it.
pub fn to_path(path: &tiny_skia_path::Path) -> Path {
    let mut steps = Vec::with_capacity(path.verbs().len());
    let mut from = Point::default();
    for segment in path.segments() {
        let step = match segment {
            PathSegment::MoveTo(to) => PathStep::Move(point(to.x, to.y)),
            PathSegment::LineTo(to) => PathStep::Line(point(to.x, to.y)),
            // A quadratic curve is the cubic whose control points lie two thirds of the way to its own.
            PathSegment::QuadTo(control, to) => {
                let (control, to) = (point(control.x, control.y), point(to.x, to.y));
                let toward = |end: Point| {
                    Point::new(
                        end.x + (control.x - end.x) * (2.0 / 3.0),
                        end.y + (control.y - end.y) * (2.0 / 3.0),
                    )
                };
                PathStep::Curve(toward(from), toward(to), to)
            }
            PathSegment::CubicTo(one, two, to) => {
                PathStep::Curve(point(one.x, one.y), point(two.x, two.y), point(to.x, to.y))
            }
            PathSegment::Close => PathStep::Close,
        };
        if let PathStep::Move(to) | PathStep::Line(to) | PathStep::Curve(_, _, to) = step {
            from = to;
        }
        steps.push(step);
    }
    Path(steps)
}

fn rectangle(rect: Rect) -> Path {
    Path(vec![
        PathStep::Move(rect.origin),
        PathStep::Line(Point::new(rect.right(), rect.top())),
        PathStep::Line(Point::new(rect.right(), rect.bottom())),
        PathStep::Line(Point::new(rect.left(), rect.bottom())),
        PathStep::Close,
    ])
}

fn to_transform(transform: usvg::Transform) -> Transform {
    Transform {
        a: transform.sx,
        b: transform.ky,
        c: transform.kx,
        d: transform.sy,
        e: transform.tx,
        f: transform.ty,
    }
}

fn to_color(color: usvg::Color, alpha: f32) -> Color {
    let part = |byte: u8| f32::from(byte) / 255.0;
    Color { red: part(color.red), green: part(color.green), blue: part(color.blue), alpha }
}

fn point(x: f32, y: f32) -> Point {
    Point::new(Px(x), Px(y))
}
