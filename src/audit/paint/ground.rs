//! What is really seen of a letter: its colour, and the colour around it, with all that shows through.

use super::outline::Cover;
use super::scene::{Paint, Run, Scene, Stack, What};
use crate::geom::{Point, Rect};
use crate::layout::GradientKind;
use crate::media::Picture;
use crate::style::computed::Color;
use crate::units::Px;

/// A colour of light, multiplied with its alpha (Porter and Duff 1984).
#[derive(Clone, Copy, Debug, Default)]
struct Light {
    rgb: [f32; 3],
    alpha: f32,
}

/// What is seen at one place of a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Seen {
    /// The text.
    pub ink: [f32; 3],
    /// What is around it.
    pub ground: [f32; 3],
    /// What that is.
    pub kind: Kind,
}

/// What a ground is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// One colour, or several with edges.
    Plain,
    /// One colour that goes over into another.
    Gradient,
    /// A picture made of pixels.
    Picture,
}

/// A group that is being painted, without the text and with it.
struct Layer {
    fade: Option<usize>,
    without: Light,
    with: Light,
}

/// Where between the baseline (0) and the height of an x (1) a letter is looked at.
const ROWS: [f32; 3] = [0.1, 0.5, 0.9];
/// Where between the pen and the next letter it is looked at.
const COLUMNS: [f32; 2] = [0.25, 0.75];

impl Run<'_> {
    /// Around what all letters fill: from the baseline up to the height of an x. In the coordinates of the page.
    pub fn band(&self, x_height: Px) -> Rect {
        let text = self.text;
        let width: Px = text.glyphs.iter().map(|glyph| glyph.advance).sum();
        let (top, bottom) = (-x_height * ROWS[2], -x_height * ROWS[0]);
        let rect = Rect::new(text.origin.x, text.origin.y + top, width, bottom - top);
        if self.map.b == 0.0 && self.map.c == 0.0 && self.map.a == 1.0 && self.map.d == 1.0 {
            return rect.shifted(Point::new(Px(self.map.e), Px(self.map.f)));
        }
        Rect::around(rect.corners().map(|corner| self.map.apply(corner)))
    }

    /// The places where its letters are looked at, on the page.
    fn places(&self, x_height: Px) -> impl Iterator<Item = Point> {
        let mut pen = self.text.origin.x;
        self.text.glyphs.iter().flat_map(move |glyph| {
            let start = pen + glyph.offset.x;
            pen += glyph.advance;
            let is_seen = !self.is_blank(glyph.range);
            let base = self.text.origin.y + glyph.offset.y;
            let place = move |column: f32, row: f32| {
                self.map.apply(Point::new(start + glyph.advance * column, base - x_height * row))
            };
            let places = COLUMNS.into_iter().flat_map(move |column| ROWS.map(|row| place(column, row)));
            is_seen.then_some(places).into_iter().flatten()
        })
    }

    /// Whether the characters of a glyph are spaces. A glyph of none is a hyphen.
    fn is_blank(&self, (from, to): (u32, u32)) -> bool {
        let text = self.text.text.get(from as usize..to as usize).unwrap_or_default();
        from < to && text.chars().all(char::is_whitespace)
    }
}

impl Scene<'_> {
    /// What is seen of a run: once, where all of it stands on the same, else at every letter. Nothing where clips
    /// leave nothing of it.
    pub fn seen(&self, run: &Run, x_height: Px, stack: &mut Stack, seen: &mut Vec<Seen>) {
        seen.clear();
        let band = run.band(x_height);
        let least = Px(run.text.size.0 * run.map.scale() * LEAST);
        self.stack(&band, run.order, least, stack);
        let clipped = self.clipped(run.around, &band);
        if clipped == Cover::Nothing {
            return;
        }
        let is_even = stack.paints.iter().all(|(index, cover)| {
            *cover == Cover::Whole && matches!(self.paints[*index].what, What::Plain(_))
        });
        if is_even {
            seen.push(self.look(run, stack, None));
        } else {
            let places =
                run.places(x_height).filter(|at| clipped == Cover::Whole || self.shows(run.around, *at));
            seen.extend(places.map(|at| self.look(run, stack, Some(at))));
        }
    }

    /// What is seen at a place, or at any where all paints of the stack are everywhere.
    fn look(&self, run: &Run, stack: &Stack, at: Option<Point>) -> Seen {
        let paper = Light { rgb: [1.0; 3], alpha: 1.0 };
        let mut layers = vec![Layer { fade: None, without: paper, with: paper }];
        let mut kind = Kind::Plain;
        for (place, (index, _)) in stack.paints.iter().enumerate() {
            if place == stack.below {
                self.ink(run, &mut layers);
            }
            let paint = &self.paints[*index];
            if at.is_some_and(|at| !self.reaches(paint, at)) {
                continue;
            }
            self.enter(paint.around.fade, &mut layers);
            let (light, of) = paint.light(at.unwrap_or_default());
            kind = if light.alpha >= 1.0 { of } else { kind.max(of) };
            if let Some(layer) = layers.last_mut() {
                layer.without = light.over(layer.without);
                layer.with = light.over(layer.with);
            }
        }
        if stack.below == stack.paints.len() {
            self.ink(run, &mut layers);
        }
        self.enter(None, &mut layers);
        let (ink, ground) =
            layers.last().map_or_else(Default::default, |layer| (layer.with.rgb, layer.without.rgb));
        Seen { ink, ground, kind }
    }

    fn ink(&self, run: &Run, layers: &mut Vec<Layer>) {
        self.enter(run.around.fade, layers);
        if let Some(layer) = layers.last_mut() {
            layer.with = Light::of(run.text.color).over(layer.with);
        }
    }

    /// Finishes the groups that something is not in, and begins those that it is in.
    fn enter(&self, fade: Option<usize>, layers: &mut Vec<Layer>) {
        let outer = |fade: &usize| self.fades[*fade].outer;
        let chain: Vec<usize> = std::iter::successors(fade, outer).collect();
        while let Some(of) = layers.last().and_then(|layer| layer.fade) {
            if chain.contains(&of) {
                break;
            }
            let (Some(done), Some(below)) = (layers.pop(), layers.last_mut()) else { return };
            let opacity = self.fades[of].opacity;
            below.without = done.without.faded(opacity).over(below.without);
            below.with = done.with.faded(opacity).over(below.with);
        }
        let current = layers.last().and_then(|layer| layer.fade);
        let inner = chain.iter().take_while(|of| Some(**of) != current);
        let begun: Vec<usize> = inner.copied().collect();
        layers.extend(begun.into_iter().rev().map(|of| Layer {
            fade: Some(of),
            without: Light::default(),
            with: Light::default(),
        }));
    }
}

/// What is thinner than this part of the type's size is no ground, but a line: under the text, or through it.
const LEAST: f32 = 0.35;

impl Paint<'_> {
    /// What it has at a place of the page, and of which kind it is.
    fn light(&self, at: Point) -> (Light, Kind) {
        match &self.what {
            What::Plain(color) => (Light::of(*color), Kind::Plain),
            What::Gradient(kind, stops, inverse) => {
                (Light::of(color_at(stops, offset(*kind, inverse.apply(at)))), Kind::Gradient)
            }
            What::Picture(picture, inverse) => {
                let Point { x, y } = inverse.apply(at);
                let Picture::Raster(raster) = &***picture else { return (Light::default(), Kind::Plain) };
                let [red, green, blue, alpha] = raster.color_at(x.0, y.0).map(|byte| f32::from(byte) / 255.0);
                (Light::of(Color { red, green, blue, alpha }), Kind::Picture)
            }
        }
    }
}

/// How far along a gradient a place is, from 0 to 1.
fn offset(kind: GradientKind, at: Point) -> f32 {
    let far = |from: Point, to: Point| (to.x - from.x, to.y - from.y);
    let along = match kind {
        GradientKind::Linear(from, to) => {
            let ((x, y), (step_x, step_y)) = (far(from, at), far(from, to));
            let length = step_x.0 * step_x.0 + step_y.0 * step_y.0;
            (x.0 * step_x.0 + y.0 * step_y.0) / length
        }
        GradientKind::Radial(centre, radius) => {
            let (x, y) = far(centre, at);
            x.0.hypot(y.0) / radius.0
        }
    };
    if along.is_nan() { 0.0 } else { along.clamp(0.0, 1.0) }
}

/// The colour of a gradient at an offset.
fn color_at(stops: &[(f32, Color)], offset: f32) -> Color {
    let after = stops.partition_point(|(at, _)| *at <= offset);
    let (before, after) = (after.checked_sub(1).and_then(|index| stops.get(index)), stops.get(after));
    match (before, after) {
        (Some((from, one)), Some((to, other))) => {
            let share = if to > from { (offset - from) / (to - from) } else { 0.0 };
            let mix = |one: f32, other: f32| one + (other - one) * share;
            Color {
                red: mix(one.red, other.red),
                green: mix(one.green, other.green),
                blue: mix(one.blue, other.blue),
                alpha: mix(one.alpha, other.alpha),
            }
        }
        (Some((_, color)), None) | (None, Some((_, color))) => *color,
        (None, None) => Color::TRANSPARENT,
    }
}

impl Light {
    fn of(color: Color) -> Self {
        let alpha = color.alpha.clamp(0.0, 1.0);
        Self { rgb: [color.red, color.green, color.blue].map(|part| part.clamp(0.0, 1.0) * alpha), alpha }
    }

    fn faded(self, opacity: f32) -> Self {
        Self { rgb: self.rgb.map(|part| part * opacity), alpha: self.alpha * opacity }
    }

    fn over(self, below: Self) -> Self {
        let rest = 1.0 - self.alpha;
        let [red, green, blue] = [0, 1, 2].map(|part| self.rgb[part] + below.rgb[part] * rest);
        Self { rgb: [red, green, blue], alpha: self.alpha + below.alpha * rest }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_half_there_lets_half_through() {
        let half = |part: f32| Light::of(Color { red: part, green: part, blue: part, alpha: 0.5 });
        let white = Light { rgb: [1.0; 3], alpha: 1.0 };
        assert_eq!(half(0.0).over(white).rgb, [0.5; 3]);
        assert_eq!(half(0.0).over(half(1.0)).alpha, 0.75);
        assert_eq!(half(0.0).over(half(1.0)).over(white).rgb, [0.5; 3]);
        assert_eq!(half(0.0).faded(0.5).over(white).rgb, [0.75; 3]);
    }

    #[test]
    fn gradients_go_on_at_their_ends() {
        let (black, white) = (Color::BLACK, Color::WHITE);
        let stops = [(0.25, black), (0.75, white)];
        let red = |offset| color_at(&stops, offset).red;
        assert_eq!([0.0, 0.25, 0.5, 0.75, 1.0].map(red), [0.0, 0.0, 0.5, 1.0, 1.0]);
        assert!(color_at(&[], 0.5).is_transparent());
        let at = |x: f32, y: f32| Point::new(Px(x), Px(y));
        assert_eq!(offset(GradientKind::Linear(at(0.0, 0.0), at(10.0, 0.0)), at(2.5, 9.0)), 0.25);
        assert_eq!(offset(GradientKind::Linear(at(1.0, 0.0), at(1.0, 0.0)), at(1.0, 0.0)), 0.0);
        assert_eq!(offset(GradientKind::Radial(at(0.0, 0.0), Px(10.0)), at(3.0, 4.0)), 0.5);
    }
}
