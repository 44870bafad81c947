//! What is painted on a page, one thing after the other, with the clips and the opacities around each.

use std::borrow::Cow;
use std::sync::Arc;

use usvg::tiny_skia_path::{self, PathBuilder};

use super::outline::{Cover, Outline};
use crate::geom::{Point, Rect, Transform};
use crate::layout::{Fill, GradientKind, Item, Page, Path, PathStep, Shape, Stroke, Text};
use crate::media::{Picture, svg};
use crate::style::computed::Color;
use crate::units::Px;

/// A page's paint, bottommost first, and its runs of text.
#[derive(Debug, Default)]
pub(super) struct Scene<'p> {
    pub paints: Vec<Paint<'p>>,
    pub runs: Vec<Run<'p>>,
    clips: Vec<Clip<'p>>,
    pub fades: Vec<Fade>,
    /// The paints of each band, in order.
    bands: Vec<Vec<usize>>,
}

/// A fill, a line or a picture.
#[derive(Debug)]
pub(super) struct Paint<'p> {
    pub what: What<'p>,
    pub outline: Outline<'p>,
    /// Its shorter side, of a line its width.
    thickness: Px,
    pub around: Around,
}

/// What something is painted with.
#[derive(Debug)]
pub(super) enum What<'p> {
    Plain(Color),
    /// A gradient, and the way from the page to its coordinates.
    Gradient(GradientKind, &'p [(f32, Color)], Transform),
    /// A picture, and the way from the page to a square with sides of 1 that is all of it.
    Picture(&'p Arc<Picture>, Transform),
}

/// A run of text, and the paint that was there before it.
#[derive(Debug)]
pub(super) struct Run<'p> {
    pub text: &'p Text,
    pub map: Transform,
    /// How many paints are below it.
    pub order: usize,
    pub around: Around,
}

/// The innermost clip and the innermost opacity around something.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Around {
    clip: Option<usize>,
    pub fade: Option<usize>,
}

#[derive(Debug)]
struct Clip<'p> {
    outline: Outline<'p>,
    outer: Option<usize>,
}

/// A group that is not opaque.
#[derive(Debug)]
pub(super) struct Fade {
    pub opacity: f32,
    pub outer: Option<usize>,
}

/// The paints that show where a run of text stands, bottommost first, and how many of them are below it.
#[derive(Debug, Default)]
pub(super) struct Stack {
    pub paints: Vec<(usize, Cover)>,
    pub below: usize,
}

/// How high the bands of a page are that its paints are looked up by.
const BAND: f32 = 48.0;
const MOST_BANDS: usize = 256;
/// Pages with no more paints have one band.
const FEW: usize = 24;
/// Lines that are thinner on the page are no ground that a word could stand on.
const THIN: Px = Px(2.0);
/// A stack is not looked through any deeper: a page of so many layers is no page to read.
const MOST: usize = 512;

impl<'p> Scene<'p> {
    /// The paint of a page.
    pub fn of(page: &'p Page) -> Self {
        let mut scene = Self::default();
        scene.add(&page.items, &Transform::IDENTITY, Around::default());
        let count = if scene.paints.len() > FEW { band(page.size.height, MOST_BANDS) + 1 } else { 1 };
        scene.bands = vec![Vec::new(); count];
        for (index, paint) in scene.paints.iter().enumerate() {
            let (first, last) = bands(&paint.outline.bounds, count);
            scene.bands[first..=last].iter_mut().for_each(|band| band.push(index));
        }
        scene
    }

    fn add(&mut self, items: &'p [Item], map: &Transform, around: Around) {
        for item in items {
            match item {
                Item::Text(text) => {
                    self.runs.push(Run { text, map: *map, order: self.paints.len(), around });
                }
                Item::Shape(shape) => self.shape(shape, map, around),
                Item::Picture(rect, picture, _) => self.picture(rect, picture, map, around),
                Item::Group(group) => {
                    let map = group.transform.then(map);
                    let mut around = around;
                    if let Some(path) = &group.clip {
                        let outline = Outline::new(Cow::Borrowed(path), map, false);
                        self.clips.push(Clip { outline, outer: around.clip });
                        around.clip = Some(self.clips.len() - 1);
                    }
                    if group.opacity < 1.0 {
                        self.fades.push(Fade { opacity: group.opacity.max(0.0), outer: around.fade });
                        around.fade = Some(self.fades.len() - 1);
                    }
                    self.add(&group.items, &map, around);
                }
            }
        }
    }

    fn shape(&mut self, shape: &'p Shape, map: &Transform, around: Around) {
        if let Some(fill) = &shape.fill {
            let what = match fill {
                Fill::Color(color) => Some(What::Plain(*color)),
                Fill::Gradient(kind, stops) => {
                    map.inverse().map(|inverse| What::Gradient(*kind, stops, inverse))
                }
            };
            let outline = Outline::new(Cow::Borrowed(&shape.path), *map, shape.even_odd);
            let thickness = outline.bounds.size.width.min(outline.bounds.size.height);
            self.paints.extend(what.map(|what| Paint { what, outline, thickness, around }));
        }
        if let Some(stroke) = &shape.stroke {
            let thickness = stroke.width * map.scale();
            if thickness < THIN {
                return;
            }
            let Some(path) = line(&shape.path, stroke) else { return };
            let outline = Outline::new(Cow::Owned(path), *map, false);
            self.paints.push(Paint { what: What::Plain(stroke.color), outline, thickness, around });
        }
    }

    fn picture(&mut self, rect: &Rect, picture: &'p Arc<Picture>, map: &Transform, around: Around) {
        let square =
            Transform { a: rect.size.width.0, d: rect.size.height.0, ..Transform::shift(rect.origin) };
        let Some(inverse) = square.then(map).inverse() else { return };
        let corners = rect.corners().map(PathStep::Line);
        let steps = [PathStep::Move(rect.origin)].into_iter().chain(corners.into_iter().skip(1));
        let outline = Outline::new(Cow::Owned(Path(steps.collect())), *map, false);
        let thickness = outline.bounds.size.width.min(outline.bounds.size.height);
        self.paints.push(Paint { what: What::Picture(picture, inverse), outline, thickness, around });
    }

    /// What shows within `rect`, where `order` paints are below the text there. What is thinner than `least` is a
    /// line beside or through the text, and no ground.
    pub fn stack(&self, rect: &Rect, order: usize, least: Px, stack: &mut Stack) {
        stack.paints.clear();
        let candidates = self.candidates(rect);
        let (below, above) = candidates.split_at(candidates.partition_point(|index| *index < order));
        for &index in below.iter().rev().take(MOST) {
            let cover = self.cover(index, rect, least);
            if cover != Cover::Nothing {
                stack.paints.push((index, cover));
            }
            if cover == Cover::Whole && self.paints[index].hides() {
                break;
            }
        }
        stack.paints.reverse();
        stack.below = stack.paints.len();
        for &index in above.iter().take(MOST) {
            let cover = self.cover(index, rect, least);
            if cover != Cover::Nothing {
                stack.paints.push((index, cover));
            }
        }
    }

    /// The paints of the bands that a rectangle is in, in order.
    fn candidates(&self, rect: &Rect) -> Cow<'_, [usize]> {
        let (first, last) = bands(rect, self.bands.len());
        if first == last {
            return Cow::Borrowed(&self.bands[first]);
        }
        let mut all = self.bands[first..=last].concat();
        all.sort_unstable();
        all.dedup();
        Cow::Owned(all)
    }

    /// Which part of `rect` shows a paint, were nothing on top of it.
    fn cover(&self, index: usize, rect: &Rect, least: Px) -> Cover {
        let paint = &self.paints[index];
        if paint.thickness < least {
            return Cover::Nothing;
        }
        match paint.outline.cover(rect) {
            Cover::Nothing => Cover::Nothing,
            cover => match (cover, self.clipped(paint.around, rect)) {
                (_, Cover::Nothing) => Cover::Nothing,
                (Cover::Whole, Cover::Whole) => Cover::Whole,
                _ => Cover::Part,
            },
        }
    }

    /// Which part of `rect` the clips around something leave.
    pub fn clipped(&self, around: Around, rect: &Rect) -> Cover {
        let mut left = Cover::Whole;
        for clip in self.clips(around) {
            match clip.outline.cover(rect) {
                Cover::Whole => {}
                Cover::Part => left = Cover::Part,
                Cover::Nothing => return Cover::Nothing,
            }
        }
        left
    }

    /// Whether the clips around something leave a point.
    pub fn shows(&self, around: Around, at: Point) -> bool {
        self.clips(around).all(|clip| clip.outline.contains(at))
    }

    /// Whether a paint is to be seen at a point, were nothing on top of it.
    pub fn reaches(&self, paint: &Paint, at: Point) -> bool {
        paint.outline.contains(at) && self.shows(paint.around, at)
    }

    fn clips(&self, around: Around) -> impl Iterator<Item = &Clip<'p>> {
        let next = |clip: &&Clip<'p>| clip.outer.map(|outer| &self.clips[outer]);
        std::iter::successors(around.clip.map(|clip| &self.clips[clip]), next)
    }
}

impl Paint<'_> {
    /// Whether nothing shows through it.
    fn hides(&self) -> bool {
        self.around.fade.is_none() && matches!(self.what, What::Plain(color) if color.alpha >= 1.0)
    }
}

/// The band that a height is in.
fn band(y: Px, count: usize) -> usize {
    ((y.0 / BAND).max(0.0) as usize).min(count.saturating_sub(1))
}

/// The first and the last band of a rectangle.
fn bands(rect: &Rect, count: usize) -> (usize, usize) {
    let first = band(rect.top(), count);
    (first, band(rect.bottom(), count).max(first))
}

/// The outline of a line. Its gaps, where it has some, count as painted.
fn line(path: &Path, stroke: &Stroke) -> Option<Path> {
    let mut builder = PathBuilder::new();
    for step in &path.0 {
        match *step {
            PathStep::Move(to) => builder.move_to(to.x.0, to.y.0),
            PathStep::Line(to) => builder.line_to(to.x.0, to.y.0),
            PathStep::Curve(one, two, to) => {
                builder.cubic_to(one.x.0, one.y.0, two.x.0, two.y.0, to.x.0, to.y.0);
            }
            PathStep::Close => builder.close(),
        }
    }
    let pen = tiny_skia_path::Stroke { width: stroke.width.0, ..tiny_skia_path::Stroke::default() };
    let outline = builder.finish()?.stroke(&pen, 1.0)?;
    Some(svg::to_path(&outline))
}
