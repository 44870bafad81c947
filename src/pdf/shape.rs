//! Paths, their paint, and pictures (ISO 32000-1, 8.5 to 8.9).

use std::sync::Arc;

use printpdf::{
    CurTransMat, Greyscale, Line, LineCapStyle, LineDashPattern, LineJoinStyle, LinePoint, Op, PaintMode,
    Point, Polygon, PolygonRing, Pt, Rgb, WindingOrder,
};

use super::content::Painter;
use super::resources::Gradient;
use super::space::round;
use crate::geom::{self, Rect, Size};
use crate::layout::{Fill, Path, PathStep, Shape, Stroke};
use crate::media::{Orientation, Picture, Raster};
use crate::style::computed::Color;

impl Painter<'_> {
    pub fn shape(&mut self, shape: &Shape) {
        let order = if shape.even_odd { WindingOrder::EvenOdd } else { WindingOrder::NonZero };
        match &shape.fill {
            Some(Fill::Color(color)) if color.alpha > 0.0 => {
                self.fill_color(*color);
                self.polygon(&shape.path, PaintMode::Fill, order);
            }
            Some(Fill::Gradient(kind, stops)) => {
                let gradient = Gradient { kind: *kind, stops, opacity: self.opacity };
                self.gradient(&shape.path, order, &gradient);
            }
            _ => {}
        }
        if let Some(stroke) = &shape.stroke
            && stroke.color.alpha > 0.0
            && stroke.width.0 > 0.0
        {
            self.stroke(&shape.path, stroke);
        }
    }

    /// Cuts what follows off outside `path`.
    pub fn clip(&mut self, path: &Path) {
        self.polygon(path, PaintMode::Clip, WindingOrder::NonZero);
    }

    /// Sets the colour of fills and of text.
    pub fn fill_color(&mut self, color: Color) {
        self.alpha(color.alpha);
        if !same_paint(self.state.fill, color) {
            self.state.fill = color;
            self.operators.push(Op::SetFillColor { col: device_color(color) });
        }
    }

    /// Sets how opaque what follows is, in the groups that are open.
    pub fn alpha(&mut self, alpha: f32) {
        self.set_alpha(((alpha * self.opacity).clamp(0.0, 1.0) * 1000.0).round() as u16);
    }

    fn set_alpha(&mut self, alpha: u16) {
        if self.state.alpha != alpha {
            self.state.alpha = alpha;
            self.transparent = true;
            let gs = self.content.resources.alpha(alpha);
            self.operators.push(Op::LoadGraphicsState { gs });
        }
    }

    fn stroke(&mut self, path: &Path, stroke: &Stroke) {
        self.alpha(stroke.color.alpha);
        if !same_paint(self.state.stroke, stroke.color) {
            self.state.stroke = stroke.color;
            self.operators.push(Op::SetOutlineColor { col: device_color(stroke.color) });
        }
        let length = |length| round(crate::units::Pt::from(length).0, 3);
        let width = length(stroke.width);
        if self.state.line_width != width {
            self.state.line_width = width;
            self.operators.push(Op::SetOutlineThickness { pt: Pt(width) });
        }
        let dashes: Vec<f32> = stroke.dashes.iter().map(|dash| length(*dash)).collect();
        if self.state.dashes != dashes {
            self.operators.push(Op::SetLineDashPattern { dash: LineDashPattern::new(0.0, &dashes) });
            self.state.dashes = dashes;
        }
        if self.state.round != stroke.round {
            self.state.round = stroke.round;
            let (cap, join) = if stroke.round {
                (LineCapStyle::Round, LineJoinStyle::Round)
            } else {
                (LineCapStyle::Butt, LineJoinStyle::Miter)
            };
            self.operators.push(Op::SetLineCapStyle { cap });
            self.operators.push(Op::SetLineJoinStyle { join });
        }
        if !self.state.miter_set {
            // As CSS and SVG have it; PDF's own limit is 10.
            self.state.miter_set = true;
            self.operators.push(Op::SetMiterLimit { limit: Pt(4.0) });
        }
        for (points, is_closed) in self.rings(path) {
            self.operators.push(Op::DrawLine { line: Line { points, is_closed } });
        }
    }

    fn gradient(&mut self, path: &Path, order: WindingOrder, gradient: &Gradient) {
        let alpha = gradient.constant_alpha();
        if alpha == Some(0.0) {
            return;
        }
        let state = self.state.clone();
        self.operators.push(Op::SaveGraphicsState);
        self.polygon(path, PaintMode::Clip, order);
        match alpha {
            Some(alpha) => self.alpha(alpha),
            None => {
                self.transparent = true;
                self.set_alpha(1000);
                let gs = self.content.resources.mask(gradient, self.space, path);
                self.operators.push(Op::LoadGraphicsState { gs });
            }
        }
        let id = self.content.resources.shading(gradient.shading(self.space));
        self.operators.push(Op::PaintShading { id });
        self.operators.push(Op::RestoreGraphicsState);
        self.state = state;
    }

    pub fn raster(&mut self, rect: Rect, picture: &Arc<Picture>, raster: &Raster) {
        let scale = self.transform.scale();
        let Size { width, height } = rect.size;
        let needed = raster.needed(Size::new(width * scale, height * scale));
        self.transparent |= raster.has_alpha || self.opacity < 1.0;
        let name = self.content.resources.picture(picture, needed);
        self.alpha(1.0);
        let [left, bottom, width, height] = self.corner_and_size(&rect);
        let matrix = [width, 0.0, 0.0, height, left, bottom];
        self.operators.push(Op::SaveGraphicsState);
        self.operators.push(Op::SetTransformationMatrix { matrix: CurTransMat::Raw(matrix) });
        if let Some(matrix) = turn(raster.orientation) {
            self.operators.push(Op::SetTransformationMatrix { matrix: CurTransMat::Raw(matrix) });
        }
        self.show_object(&name);
        self.operators.push(Op::RestoreGraphicsState);
    }

    fn polygon(&mut self, path: &Path, mode: PaintMode, winding_order: WindingOrder) {
        if let Some(rect) = rectangle(path) {
            let [x, y, width, height] = self.corner_and_size(&rect).map(Pt);
            let rectangle =
                printpdf::Rect { x, y, width, height, mode: Some(mode), winding_order: Some(winding_order) };
            self.operators.push(Op::DrawRectangle { rectangle });
            return;
        }
        let mut rings: Vec<_> = self.rings(path).map(|(points, _)| PolygonRing { points }).collect();
        if rings.is_empty() {
            if mode != PaintMode::Clip {
                return;
            }
            // An empty clip path leaves nothing (8.5.4).
            rings.push(PolygonRing { points: vec![self.point(geom::Point::default(), false)] });
        }
        self.operators.push(Op::DrawPolygon { polygon: Polygon { rings, mode, winding_order } });
    }

    /// Left, bottom, width and height, its sides rounded and not its size, so that neighbours meet.
    fn corner_and_size(&self, rect: &Rect) -> [f32; 4] {
        let space = self.space;
        let [left, right] = [space.x(rect.left()), space.x(rect.right())].map(|side| self.rounded(side).0);
        let [bottom, top] = [space.y(rect.bottom()), space.y(rect.top())].map(|side| self.rounded(side).0);
        [left, bottom, round(right - left, self.decimals), round(top - bottom, self.decimals)]
    }

    /// The subpaths, and whether each is closed.
    fn rings(&self, path: &Path) -> impl Iterator<Item = (Vec<LinePoint>, bool)> + use<> {
        let mut rings: Vec<(Vec<LinePoint>, bool)> = Vec::new();
        for step in &path.0 {
            match (*step, rings.last_mut()) {
                (PathStep::Move(to), _) => rings.push((vec![self.point(to, false)], false)),
                (PathStep::Close, Some((_, closed))) => *closed = true,
                (PathStep::Line(to), Some((points, _))) => points.push(self.point(to, false)),
                (PathStep::Curve(one, two, to), Some((points, _))) => {
                    points.extend([self.point(one, true), self.point(two, true), self.point(to, false)]);
                }
                (_, None) => {}
            }
        }
        rings.into_iter().filter(|(points, closed)| points.len() > 1 || *closed)
    }

    fn point(&self, point: geom::Point, bezier: bool) -> LinePoint {
        let p = Point { x: self.rounded(self.space.x(point.x)), y: self.rounded(self.space.y(point.y)) };
        LinePoint { p, bezier }
    }
}

/// What turns the unit square of an image (8.9.5.1) upright.
fn turn(orientation: Orientation) -> Option<[f32; 6]> {
    Some(match orientation {
        Orientation::NoTransforms => return None,
        Orientation::Rotate90 => [0.0, -1.0, 1.0, 0.0, 0.0, 1.0],
        Orientation::Rotate180 => [-1.0, 0.0, 0.0, -1.0, 1.0, 1.0],
        Orientation::Rotate270 => [0.0, 1.0, -1.0, 0.0, 1.0, 0.0],
        Orientation::FlipHorizontal => [-1.0, 0.0, 0.0, 1.0, 1.0, 0.0],
        Orientation::FlipVertical => [1.0, 0.0, 0.0, -1.0, 0.0, 1.0],
        Orientation::Rotate90FlipH => [0.0, -1.0, -1.0, 0.0, 1.0, 1.0],
        Orientation::Rotate270FlipH => [0.0, 1.0, 1.0, 0.0, 0.0, 0.0],
    })
}

/// The rectangle that a path is, if it is one with upright sides.
fn rectangle(path: &Path) -> Option<Rect> {
    let [PathStep::Move(a), PathStep::Line(b), PathStep::Line(c), PathStep::Line(d), rest @ ..] = &path.0[..]
    else {
        return None;
    };
    let closed = match rest {
        [] | [PathStep::Close] => true,
        [PathStep::Line(end)] | [PathStep::Line(end), PathStep::Close] => end == a,
        _ => false,
    };
    let upright = (a.y == b.y && b.x == c.x && c.y == d.y && d.x == a.x)
        || (a.x == b.x && b.y == c.y && c.x == d.x && d.y == a.y);
    let (left, top) = (a.x.min(c.x), a.y.min(c.y));
    (closed && upright).then(|| Rect::new(left, top, (c.x - a.x).abs(), (c.y - a.y).abs()))
}

/// Grays are written as such: shorter, and black stays black ink alone.
fn device_color(color: Color) -> printpdf::Color {
    let [red, green, blue] = [color.red, color.green, color.blue].map(|part| round(part.clamp(0.0, 1.0), 3));
    if red == green && green == blue {
        printpdf::Color::Greyscale(Greyscale::new(red, None))
    } else {
        printpdf::Color::Rgb(Rgb::new(red, green, blue, None))
    }
}

fn same_paint(one: Color, other: Color) -> bool {
    (one.red, one.green, one.blue) == (other.red, other.green, other.blue)
}
