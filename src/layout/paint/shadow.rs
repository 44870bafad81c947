//! Shadows of boxes (CSS Backgrounds and Borders 3, section 6). PDF has no blur: a soft edge is a stack of outlines,
//! each a little more opaque than all below it, on the curves where a Gaussian blur is as dark.

use super::clipped;
use super::outline::{Edges, rectangle, rounded};
use super::{TAG, gap_between};
use crate::geom::{Corners, Edges as Sides, Point, Rect, Size};
use crate::layout::{Fill, Item, Path, Shape};
use crate::style::computed::{BoxArea, Color, ComputedStyle, Shadow};
use crate::units::Px;

/// The most outlines of a soft edge.
const MOST_STEPS: f32 = 32.0;

/// Paints the shadows that fall outside a box, the first on top.
pub(super) fn outer(style: &ComputedStyle, edges: &Edges, items: &mut Vec<Item>) {
    for shadow in style.paint.shadows.iter().rev().filter(|shadow| !shadow.inset) {
        let mut cast = edges.grown(shadow.spread);
        cast.rect = cast.rect.shifted(Point::new(shadow.x, shadow.y));
        if shadow.color.is_transparent() || cast.rect.size.width <= Px::ZERO {
            continue;
        }
        let painted = stack(shadow, &cast, |path| (path, false));
        if style.paint.background.alpha >= 1.0 {
            items.extend(painted);
        } else {
            // The box itself lets the page through, not its shadow (6.1.1).
            let around = cast.rect.inset(Sides::all(-(shadow.blur + Px(1.0))));
            items.extend(clipped(
                gap_between(rectangle(around), &edges.area_path(BoxArea::BorderBox)),
                painted,
            ));
        }
    }
}

/// Paints the shadows that fall inside: all of the padding box but a hole.
pub(super) fn inner(style: &ComputedStyle, edges: &Edges, items: &mut Vec<Item>) {
    for shadow in style.paint.shadows.iter().rev().filter(|shadow| shadow.inset) {
        if shadow.color.is_transparent() {
            continue;
        }
        let mut hole = edges.padding_edges().grown(-shadow.spread);
        hole.rect = hole.rect.shifted(Point::new(shadow.x, shadow.y));
        // Far outside, where the clip cuts it off cleanly.
        let far = shadow.blur * 2.0 + shadow.x.abs() + shadow.y.abs() + shadow.spread.abs() + Px(10.0);
        let around = rectangle(edges.rect.inset(Sides::all(-far)));
        let painted = stack(shadow, &hole, |path| {
            let mut ring = around.clone();
            ring.0.extend(path.0);
            (ring, true)
        });
        items.extend(clipped(edges.padding_path(), painted));
    }
}

/// The outlines of a shadow from the faintest to the darkest, each made a shape by `shape`: its path, and whether it
/// is what lies between outlines.
fn stack(shadow: &Shadow, cast: &Edges, shape: impl Fn(Path) -> (Path, bool)) -> Vec<Item> {
    let item = |path: Path, alpha: f32| {
        let (path, even_odd) = shape(path);
        let fill = Some(Fill::Color(Color { alpha, ..shadow.color }));
        Item::Shape(Shape { path, fill, stroke: None, even_odd, tag: TAG })
    };
    if shadow.blur < Px(0.5) {
        return vec![item(cast.area_path(BoxArea::BorderBox), shadow.color.alpha)];
    }
    let blur = Blur::of(shadow, cast);
    // Alphas are written in thousandths: finer steps could not be told from each other.
    let steps = blur.steps.min((shadow.color.alpha * 250.0).ceil()).max(1.0);
    let (mut items, mut reached) = (Vec::new(), 0.0_f32);
    for step in 0..steps as usize {
        // Small steps where it is faint and where it is full: there they would be seen first.
        let smooth = |part: f32| part * part * (3.0 - 2.0 * part);
        let level = smooth((step as f32 + 0.5) / steps);
        let wanted = shadow.color.alpha * smooth((step as f32 + 1.0) / steps);
        let path = match shadow.inset {
            false => blur.contour(level * blur.peak()),
            true => blur.contour(1.0 - level),
        };
        let wanted = if shadow.inset { wanted } else { wanted * blur.peak() };
        let own = 1.0 - (1.0 - wanted) / (1.0 - reached).max(0.001);
        let own = (own * 1000.0).round() / 1000.0;
        if own > 0.0 {
            items.push(item(path, own));
            reached = 1.0 - (1.0 - reached) * (1.0 - own);
        }
    }
    items
}

/// A rounded rectangle, blurred.
struct Blur {
    rect: Rect,
    radius: Corners<Size>,
    blur: f32,
    steps: f32,
}

impl Blur {
    fn of(shadow: &Shadow, cast: &Edges) -> Self {
        let steps = (shadow.blur.0 * 2.0).clamp(6.0, MOST_STEPS);
        Self { rect: cast.rect, radius: cast.radius, blur: shadow.blur.0, steps }
    }

    /// The standard deviation is half the blur radius (6.1.2).
    fn deviation(&self) -> f32 {
        self.blur / 2.0
    }

    /// How dark a strip of this width is, blurred, `at` from its middle.
    fn strip(&self, width: Px, at: f32) -> f32 {
        let half = width.0.max(0.0) / 2.0;
        normal((half - at) / self.deviation()) - normal((-half - at) / self.deviation())
    }

    /// How dark the middle is.
    fn peak(&self) -> f32 {
        self.strip(self.rect.size.width, 0.0) * self.strip(self.rect.size.height, 0.0)
    }

    /// How far from the middle a strip of this width is as dark as `level`.
    fn reach(&self, width: Px, level: f32) -> f32 {
        let (mut near, mut far) = (0.0, width.0.max(0.0) / 2.0 + 2.0 * self.blur);
        for _ in 0..24 {
            let middle = (near + far) / 2.0;
            if self.strip(width, middle) > level { near = middle } else { far = middle }
        }
        near
    }

    /// The outline on which the shadow is as dark as `level`; a point where it is nowhere so dark.
    fn contour(&self, level: f32) -> Path {
        let Size { width, height } = self.rect.size;
        let (tallest, widest) = (self.strip(height, 0.0).max(0.001), self.strip(width, 0.0).max(0.001));
        let across = self.reach(width, level / tallest);
        let down = self.reach(height, level / widest);
        let middle = self.rect.origin + Point::new(width / 2.0, height / 2.0);
        let rect = Rect::new(middle.x - Px(across), middle.y - Px(down), Px(2.0 * across), Px(2.0 * down));
        let offset = across - width.0 / 2.0;
        let corner = |own: Size| {
            let radius = |own: Px, most: f32| Px(self.corner(own.0, offset).clamp(0.0, most));
            Size::new(radius(own.width, across), radius(own.height, down))
        };
        let corners =
            [self.radius.top_left, self.radius.top_right, self.radius.bottom_right, self.radius.bottom_left]
                .map(corner);
        let [top_left, top_right, bottom_right, bottom_left] = corners;
        rounded(rect, Corners { top_left, top_right, bottom_right, bottom_left })
    }

    /// The radius of a corner that is `radius` sharp, `offset` outside the edge. A square corner that is blurred has
    /// contours whose arcs through the diagonal have these radii; a corner much rounder than the blur keeps its own.
    fn corner(&self, radius: f32, offset: f32) -> f32 {
        let own = radius / (radius + self.blur);
        (radius + offset) * own + (0.93 * self.blur + 0.59 * offset) * (1.0 - own)
    }
}

/// The normal distribution (Abramowitz and Stegun, 7.1.26).
fn normal(x: f32) -> f32 {
    let z = x.abs() / std::f32::consts::SQRT_2;
    let t = 1.0 / (1.0 + 0.327_591_1 * z);
    let series = [0.254_829_6, -0.284_496_74, 1.421_413_7, -1.453_152, 1.061_405_4];
    let sum = series.iter().rev().fold(0.0, |sum, factor| (sum + factor) * t);
    let tail = sum * (-z * z).exp() / 2.0;
    if x >= 0.0 { 1.0 - tail } else { tail }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_normal_distribution_is_even() {
        assert!((normal(0.0) - 0.5).abs() < 0.0001);
        assert!((normal(1.0) - 0.841_34).abs() < 0.0005);
        assert!((normal(-1.96) - 0.025).abs() < 0.0005);
    }

    #[test]
    fn a_soft_edge_is_half_as_dark_where_the_box_ends() {
        let rect = Rect::new(Px(0.0), Px(0.0), Px(200.0), Px(200.0));
        let blur = Blur { rect, radius: Corners::default(), blur: 20.0, steps: 8.0 };
        assert!((blur.reach(Px(200.0), 0.5) - 100.0).abs() < 0.1);
        assert!((blur.peak() - 1.0).abs() < 0.01);
    }
}
