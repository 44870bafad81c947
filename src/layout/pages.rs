//! The small type between layout and painting: pages of text, shapes, pictures and groups.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::fonts::FontId;
use crate::geom::{Point, Rect, Size, Transform};
use crate::media::Picture;
use crate::read::Metadata;
use crate::style::NodeId;
use crate::style::computed::Color;
use crate::units::Px;

/// A document, laid out. Nothing in it needs a font's or a stylesheet's opinion any more.
#[derive(Clone, Debug, Default)]
pub struct Pages {
    /// The sheets in order.
    pub pages: Vec<Page>,
    /// The bookmarks in order, each with its level, from 1.
    pub outline: Vec<Outline>,
    /// What links inside the document can point at.
    pub anchors: Vec<Anchor>,
    /// The logical structure that [`Tag`]s point into.
    pub structure: Structure,
    /// Title, authors, language and the like.
    pub meta: Arc<Metadata>,
    /// How large type and space are set.
    pub scale: Scale,
}

/// How large type and space are set: 1 is as the stylesheets ask for.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Scale(pub f32);

impl Default for Scale {
    fn default() -> Self {
        Self(1.0)
    }
}

/// One sheet.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// Its number, as `counter(page)` tells it.
    pub number: i32,
    /// Its size.
    pub size: Size,
    /// What is around it until it is cut.
    pub outside: Outside,
    /// What is on it, in paint order, bottommost first.
    pub items: Vec<Item>,
    /// The places that can be clicked.
    pub links: Vec<Link>,
}

/// How far paint and paper reach beyond a sheet, on each side, until it is cut.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Outside {
    /// The paint.
    pub bleed: Px,
    /// The paper, with the printer's marks on it; as far as the paint at least.
    pub paper: Px,
}

/// One thing on a page. Coordinates are the page's, or the enclosing group's.
#[derive(Clone, Debug)]
pub enum Item {
    /// Things that share a transform, a clip or an opacity.
    Group(Group),
    /// A run of glyphs on one baseline.
    Text(Text),
    /// A path, filled or stroked.
    Shape(Shape),
    /// A raster picture, stretched over a rectangle.
    Picture(Rect, Arc<Picture>, Tag),
}

/// Things that share a transform, a clip or an opacity.
#[derive(Clone, Debug)]
pub struct Group {
    /// From the group's coordinates to its parent's.
    pub transform: Transform,
    /// What is cut off, in the group's coordinates.
    pub clip: Option<Path>,
    /// 0 to 1, of the group as a whole.
    pub opacity: f32,
    /// What it holds, bottommost first.
    pub items: Vec<Item>,
}

/// A run of glyphs of one font, size and colour on one baseline.
#[derive(Clone, Debug)]
pub struct Text {
    /// The start of the baseline.
    pub origin: Point,
    /// The font.
    pub font: FontId,
    /// Its size.
    pub size: Px,
    /// How much wider its glyphs are drawn than the font has them; 1 as it has them. The advances have it in them.
    pub stretch: f32,
    /// Its colour.
    pub color: Color,
    /// The glyphs from left to right.
    pub glyphs: Vec<Glyph>,
    /// The characters that the glyphs stand for, in logical order. Where a glyph stands for none (a hyphen
    /// that a line break made) its range is empty.
    pub text: Arc<str>,
    /// What it belongs to.
    pub tag: Tag,
}

/// One glyph.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Glyph {
    /// Its index in the font.
    pub id: u16,
    /// How far the pen moves, spacing and justification included.
    pub advance: Px,
    /// Shift from the pen, x rightwards, y downwards.
    pub offset: Point,
    /// The bytes of [`Text::text`] that it stands for; the glyphs of one cluster share them.
    pub range: (u32, u32),
}

/// A path with its paint.
#[derive(Clone, Debug)]
pub struct Shape {
    /// The outline.
    pub path: Path,
    /// The inside.
    pub fill: Option<Fill>,
    /// The line.
    pub stroke: Option<Stroke>,
    /// Whether the inside is by the even-odd rule, not the non-zero one.
    pub even_odd: bool,
    /// What it belongs to.
    pub tag: Tag,
}

/// A path.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Path(pub Vec<PathStep>);

/// One step of a path.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PathStep {
    /// Start a subpath.
    Move(Point),
    /// A straight line.
    Line(Point),
    /// A cubic Bézier curve: two control points and the end.
    Curve(Point, Point, Point),
    /// Back to the subpath's start.
    Close,
}

/// How the inside of a path is painted.
#[derive(Clone, Debug, PartialEq)]
pub enum Fill {
    /// One colour.
    Color(Color),
    /// Colours along a line or around a centre, at offsets from 0 to 1.
    Gradient(GradientKind, Arc<[(f32, Color)]>),
}

/// The geometry of a gradient.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum GradientKind {
    /// From one point to another.
    Linear(Point, Point),
    /// Around a centre, to a radius.
    Radial(Point, Px),
}

/// How the line of a path is painted.
#[derive(Clone, Debug, PartialEq)]
pub struct Stroke {
    /// Its colour.
    pub color: Color,
    /// Its width.
    pub width: Px,
    /// Dashes and gaps in turn; empty is solid.
    pub dashes: Vec<Px>,
    /// Whether ends and joins are round.
    pub round: bool,
}

/// A place that can be clicked.
#[derive(Clone, Debug)]
pub struct Link {
    /// One rectangle a line.
    pub areas: Vec<Rect>,
    /// Where it leads.
    pub target: LinkTarget,
    /// What it belongs to.
    pub tag: Tag,
    /// Its words, for readers that do not see them.
    pub text: String,
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkTarget {
    /// A URL.
    Url(Arc<str>),
    /// An anchor of this document by its name.
    Anchor(Arc<str>),
    /// Another handout by its slug, and an anchor of that.
    Handout(Arc<str>, Option<Arc<str>>),
}

/// A place that links can point at.
#[derive(Clone, Debug)]
pub struct Anchor {
    /// The element's `id`.
    pub name: Arc<str>,
    /// The page, from 0.
    pub page: usize,
    /// Where on it.
    pub at: Point,
}

/// A bookmark.
#[derive(Clone, Debug)]
pub struct Outline {
    /// From 1.
    pub level: u8,
    /// Its words.
    pub title: String,
    /// The page, from 0.
    pub page: usize,
    /// Where on it.
    pub at: Point,
}

/// An element of a [`Structure`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TagId(pub u32);

/// What painted content belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tag {
    /// An element of the structure.
    Element(TagId),
    /// Nothing that is read out (ISO 32000-1, 14.8.2.2).
    Artifact(Artifact),
}

/// Why something is not read out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Artifact {
    /// What stands in the margin at the top: running headers, page numbers.
    Header,
    /// What stands in the margin at the bottom.
    Footer,
    /// What else pages repeat: what stands in the margins beside the text, the head of a table that goes on.
    Pagination,
    /// Rules, borders, decoration.
    Layout,
    /// Backgrounds.
    Background,
    /// What a printer needs: crop marks.
    Page,
}

/// The logical structure, in reading order (ISO 32000-1, 14.7). The first node is the document.
#[derive(Clone, Debug, Default)]
pub struct Structure {
    /// A parent before its children.
    pub nodes: Vec<StructureNode>,
}

/// One element of the structure.
#[derive(Clone, Debug, Default)]
pub struct StructureNode {
    /// The standard structure type (ISO 32000-1, 14.8.4): `P`, `H1`, `LI`, `Figure`.
    pub role: &'static str,
    /// Its children in reading order.
    pub children: Vec<TagId>,
    /// Alternative text.
    pub alt: Option<Arc<str>>,
    /// What it is called, beside its content; of a table, `summary` tells.
    pub title: Option<Arc<str>>,
    /// What a table is about.
    pub summary: Option<Arc<str>>,
    /// Its language, where another than its parent's.
    pub lang: Option<Arc<str>>,
    /// Rows and columns that a cell spans.
    pub span: (u16, u16),
    /// Scope of a header cell: `Row`, `Column`, `Both`.
    pub scope: Option<&'static str>,
    /// The header cells of a cell, where spans and scopes do not tell.
    pub headers: Vec<TagId>,
    /// How the labels of a list count (ISO 32000-1, 14.8.5.5): `Decimal`, `Disc`, `LowerAlpha`.
    pub numbering: Option<&'static str>,
    /// The words that an abbreviation stands for.
    pub expansion: Option<Arc<str>>,
    /// The words that are read instead of what is painted.
    pub actual_text: Option<Arc<str>>,
    /// Where a figure, formula or table is: page, from 0, and rectangle.
    pub bounds: Option<(usize, Rect)>,
    /// The node of the styled tree that it was made from; none in a booklet, which is made from several trees.
    pub node: Option<NodeId>,
}

impl Pages {
    /// The number of the page that each anchor is on.
    pub fn numbers(&self) -> BTreeMap<Arc<str>, i32> {
        let number = |anchor: &Anchor| Some((anchor.name.clone(), self.pages.get(anchor.page)?.number));
        self.anchors.iter().filter_map(number).collect()
    }
}

impl Path {
    /// The smallest rectangle around all its points, those that steer its curves too.
    pub fn bounds(&self) -> Rect {
        Rect::around(self.0.iter().flat_map(|step| {
            let points = match *step {
                PathStep::Move(to) | PathStep::Line(to) => [Some(to), None, None],
                PathStep::Curve(one, two, to) => [Some(one), Some(two), Some(to)],
                PathStep::Close => [None; 3],
            };
            points.into_iter().flatten()
        }))
    }

    /// The path as `map` takes it.
    #[must_use]
    pub fn mapped(&self, map: &Transform) -> Self {
        let step = |step: &PathStep| match *step {
            PathStep::Move(to) => PathStep::Move(map.apply(to)),
            PathStep::Line(to) => PathStep::Line(map.apply(to)),
            PathStep::Curve(one, two, to) => PathStep::Curve(map.apply(one), map.apply(two), map.apply(to)),
            PathStep::Close => PathStep::Close,
        };
        Self(self.0.iter().map(step).collect())
    }

    /// A closed path, the other way round.
    #[must_use]
    pub fn reversed(&self) -> Self {
        let segments: Vec<PathStep> =
            self.0.iter().copied().filter(|step| !matches!(step, PathStep::Close)).collect();
        let end = |step: &PathStep| match *step {
            PathStep::Move(to) | PathStep::Line(to) | PathStep::Curve(.., to) => to,
            PathStep::Close => Point::default(),
        };
        let Some(last) = segments.last() else { return Self::default() };
        let mut steps = vec![PathStep::Move(end(last))];
        for pair in segments.windows(2).rev() {
            let to = end(&pair[0]);
            steps.push(match pair[1] {
                PathStep::Curve(first, second, _) => PathStep::Curve(second, first, to),
                _ => PathStep::Line(to),
            });
        }
        steps.push(PathStep::Close);
        Self(steps)
    }

    /// The path moved by `by`.
    #[must_use]
    pub fn shifted(&self, by: Point) -> Self {
        let step = |step: &PathStep| match *step {
            PathStep::Move(to) => PathStep::Move(to + by),
            PathStep::Line(to) => PathStep::Line(to + by),
            PathStep::Curve(first, second, to) => PathStep::Curve(first + by, second + by, to + by),
            PathStep::Close => PathStep::Close,
        };
        Self(self.0.iter().map(step).collect())
    }
}
