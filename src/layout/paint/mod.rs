//! Fragments become items, in the paint order of CSS (CSS 2, appendix E; CSS Positioned Layout 3, section 6).

mod background;
mod bleed;
mod border;
mod gradient;
mod lines;
mod marks;
mod outline;
mod picture;
mod shadow;
mod transform;

use super::boxes::{BoxId, Kind, LayoutBox, Origin};
use super::context::Context;
use super::fragment::{Fragment, FragmentContent, Repetition};
use super::page::{LaidPage, MarginContent, NoteArea};
use super::structure::Tags;
use super::{Artifact, Group, Item, Outside, Path, PathStep, Tag};
use crate::geom::{Point, Rect, Size, Transform};
use crate::style::NodeId;
use crate::style::computed::{
    Border, BorderCollapse, ComputedStyle, Display, EmptyCells, Marks, Overflow, Position, Visibility,
};
use crate::units::Px;
pub(super) use bleed::Bleed;

/// What backgrounds and shadows belong to.
const TAG: Tag = Tag::Artifact(Artifact::Background);

/// Paints the fragments of pages.
pub(super) struct Painter<'p, 'a> {
    /// The document.
    pub cx: &'p Context<'a>,
    /// What content belongs to.
    pub tags: &'p Tags,
    /// What all content belongs to instead, in margin boxes.
    pub artifact: Option<Artifact>,
    /// How far paint goes on beyond the sheet.
    pub bleed: Bleed,
}

/// How far the paper reaches beyond a sheet with this bleed and these marks.
pub(super) fn outside(bleed: Px, marks: Marks) -> Outside {
    marks::outside(bleed, marks)
}

/// Paints the marks of a sheet.
pub(super) fn marks(sheet: Size, outside: Outside, marks: Marks, items: &mut Vec<Item>) {
    marks::paint(Rect { origin: Point::default(), size: sheet }, outside.bleed, marks, items);
}

/// The layers of a stacking context, bottommost first.
#[derive(Default)]
struct Layers<'f> {
    negative: Vec<(i32, Positioned<'f>)>,
    blocks: Vec<Item>,
    floats: Vec<Item>,
    inlines: Vec<Item>,
    zero: Vec<Positioned<'f>>,
    positive: Vec<(i32, Positioned<'f>)>,
}

/// A fragment that is painted as a piece, later than its siblings.
struct Positioned<'f> {
    fragment: &'f Fragment,
    origin: Point,
}

impl<'p> Painter<'p, '_> {
    /// Paints a page: its own background, its content, its margin boxes.
    pub fn page(&mut self, page: &LaidPage, margin_boxes: &[MarginContent]) -> Vec<Item> {
        let mut items = Vec::new();
        self.page_box(page, &mut items);
        let mut layers = Layers::default();
        for fragment in page.root.iter().chain(&page.positioned) {
            self.child(fragment, Point::default(), &mut layers);
        }
        self.flatten(layers, &mut items);
        if let Some(notes) = &page.notes {
            self.notes(notes, &mut items);
        }
        for margin_box in margin_boxes {
            self.artifact = Some(margin_box.artifact);
            self.margin_box(margin_box, &mut items);
        }
        self.artifact = None;
        items
    }

    /// The footnote area: its background and border, and the footnotes.
    fn notes(&mut self, notes: &NoteArea, items: &mut Vec<Item>) {
        let edges =
            outline::Edges { border: notes.style.border.widths(), ..outline::Edges::plain(notes.rect) };
        let edges = self.bleed.reach(edges);
        background::paint(&notes.style, &edges, items);
        border::paint(&notes.style, &edges, items);
        let mut layers = Layers::default();
        for fragment in &notes.fragments {
            self.child(fragment, Point::default(), &mut layers);
        }
        self.flatten(layers, items);
    }

    /// The background and border of the page box, and the root element's background over all of the sheet
    /// (CSS Backgrounds 3, 2.11.1).
    fn page_box(&mut self, page: &LaidPage, items: &mut Vec<Item>) {
        let sheet = Rect { origin: Point::default(), size: page.style.size };
        let style = &page.style.style;
        let own = ComputedStyle { border: Border::default(), ..(**style).clone() };
        let edges = self.bleed.reach(outline::Edges::plain(sheet));
        background::paint(&own, &edges, items);
        if let Some(style) = self.canvas_style() {
            background::paint(style, &edges, items);
        }
        let plain = outline::Edges::plain(sheet.inset(page.style.margin));
        border::paint(style, &outline::Edges { border: style.border.widths(), ..plain }, items);
    }

    /// The style whose background is the canvas's: the root element's, else the body's.
    fn canvas_style(&self) -> Option<&'p ComputedStyle> {
        let cx: &'p Context = self.cx;
        canvas_box(cx).map(|id| &*cx.layout_box(id).style)
    }

    /// A child fragment: now, or in a later layer.
    fn child<'f>(&mut self, fragment: &'f Fragment, origin: Point, layers: &mut Layers<'f>) {
        let layout_box = self.cx.layout_box(fragment.of);
        if layout_box.is_running() && self.artifact.is_none() {
            return;
        }
        let is_rule = matches!(fragment.content, FragmentContent::Rule(_));
        let is_element = layout_box.origin == Origin::Element && !is_rule;
        let style = &layout_box.style;
        let positioned = is_element && style.position.scheme != Position::Static;
        let groups = is_element && (style.paint.opacity < 1.0 || !style.paint.transform.is_empty());
        let waiting = Positioned { fragment, origin };
        if positioned || groups {
            match style.position.z_index {
                Some(z) if z < 0 => layers.negative.push((z, waiting)),
                Some(z) if z > 0 => layers.positive.push((z, waiting)),
                _ => layers.zero.push(waiting),
            }
        } else if is_element && layout_box.is_float() {
            let items = self.piece(fragment, origin);
            layers.floats.extend(items);
        } else if is_element && style.boxes.overflow != Overflow::Visible {
            let items = self.piece(fragment, origin);
            layers.blocks.extend(items);
        } else {
            let at = origin + fragment.rect.origin;
            self.decorate(fragment, at, &mut layers.blocks);
            self.content(fragment, at, layers);
        }
    }

    fn content<'f>(&mut self, fragment: &'f Fragment, at: Point, layers: &mut Layers<'f>) {
        match &fragment.content {
            FragmentContent::Boxes(children) => {
                for child in children {
                    let outside = self.artifact;
                    if child.repetition == Repetition::Repeated {
                        self.artifact = Some(Artifact::Pagination);
                    }
                    self.child(child, at, layers);
                    self.artifact = outside;
                }
            }
            FragmentContent::Lines(paragraph, lines) => {
                for placed in lines {
                    self.placed_line(fragment, paragraph.lines.get(placed.index), placed, (at, layers));
                }
            }
            FragmentContent::Picture(rect) => {
                let items = self.picture(fragment, rect.shifted(at));
                layers.inlines.extend(items);
            }
            FragmentContent::Rule(side) => {
                let rect = Rect { origin: at, size: fragment.rect.size };
                border::rule(*side, rect, &mut layers.blocks);
            }
        }
        for child in &fragment.overlay {
            self.child(child, at, layers);
        }
    }

    /// A fragment as one piece: a stacking context, or something painted like one.
    fn piece(&mut self, fragment: &Fragment, origin: Point) -> Vec<Item> {
        let at = origin + fragment.rect.origin;
        let style = self.cx.layout_box(fragment.of).style.clone();
        let rect = Rect { origin: at, size: fragment.rect.size };
        let transform = transform::of(&style.paint, rect);
        // What is turned or shifted has its edges elsewhere.
        let bleed = self.bleed;
        if transform.is_some() {
            self.bleed.by = Px::ZERO;
        }
        let mut items = Vec::new();
        self.decorate(fragment, at, &mut items);
        let mut layers = Layers::default();
        self.content(fragment, at, &mut layers);
        let mut inside = Vec::new();
        self.flatten(layers, &mut inside);
        let clips = style.boxes.overflow != Overflow::Visible;
        if clips && !matches!(fragment.content, FragmentContent::Picture(_)) {
            let edges = self.bleed.reach(outline::Edges::of(&style, fragment, at));
            items.extend(clipped(edges.padding_path(), inside));
        } else {
            items.extend(inside);
        }
        self.bleed = bleed;
        if items.is_empty() || (style.paint.opacity >= 1.0 && transform.is_none()) {
            return items;
        }
        let opacity = style.paint.opacity.clamp(0.0, 1.0);
        vec![Item::Group(Group { transform: transform.unwrap_or_default(), clip: None, opacity, items })]
    }

    /// Puts layers on top of each other. Positioned boxes of one layer are painted in the order of the document,
    /// which their boxes are numbered in; absolute ones stand at the end of their containing block's fragment.
    fn flatten(&mut self, mut layers: Layers, items: &mut Vec<Item>) {
        let order = |waiting: &Positioned| waiting.fragment.of.0;
        layers.negative.sort_by_key(|(z, waiting)| (*z, order(waiting)));
        layers.zero.sort_by_key(order);
        layers.positive.sort_by_key(|(z, waiting)| (*z, order(waiting)));
        for (_, waiting) in layers.negative {
            items.extend(self.piece(waiting.fragment, waiting.origin));
        }
        items.append(&mut layers.blocks);
        items.append(&mut layers.floats);
        items.append(&mut layers.inlines);
        for waiting in layers.zero {
            items.extend(self.piece(waiting.fragment, waiting.origin));
        }
        for (_, waiting) in layers.positive {
            items.extend(self.piece(waiting.fragment, waiting.origin));
        }
    }

    /// Background, shadows and border of a fragment.
    fn decorate(&mut self, fragment: &Fragment, at: Point, items: &mut Vec<Item>) {
        let layout_box = self.cx.layout_box(fragment.of);
        if !has_decoration(layout_box, fragment) {
            return;
        }
        let style = &layout_box.style;
        let edges = self.bleed.reach(outline::Edges::of(style, fragment, at));
        if canvas_box(self.cx) != Some(fragment.of) {
            background::paint(style, &edges, items);
        }
        border::paint(style, &edges, items);
    }

    /// What the content of a node belongs to.
    fn tag(&self, node: NodeId) -> Tag {
        match self.artifact {
            Some(artifact) => Tag::Artifact(artifact),
            None => self.tags.of(node),
        }
    }
}

/// Whether a fragment is painted itself, and not only what is in it.
fn has_decoration(layout_box: &LayoutBox, fragment: &Fragment) -> bool {
    layout_box.origin == Origin::Element
        && !matches!(layout_box.kind, Kind::Lines(_))
        && !matches!(fragment.content, FragmentContent::Rule(_))
        && layout_box.style.text.visibility == Visibility::Visible
        && !is_hidden_cell(layout_box, fragment)
}

/// Whether a fragment is a table cell with nothing in it that is not to be seen (CSS 2, 17.6.1.1).
fn is_hidden_cell(layout_box: &LayoutBox, fragment: &Fragment) -> bool {
    let (style, table) = (&layout_box.style, &layout_box.style.table);
    let hides = table.empty_cells == EmptyCells::Hide && table.collapse == BorderCollapse::Separate;
    let is_empty = matches!(&fragment.content, FragmentContent::Boxes(children) if children.is_empty());
    style.display == Display::TableCell && hides && is_empty && fragment.overlay.is_empty()
}

/// The box whose background is the canvas's.
fn canvas_box(cx: &Context) -> Option<BoxId> {
    let paints = |id: &BoxId| {
        let paint = &cx.layout_box(*id).style.paint;
        !paint.background.is_transparent() || !paint.layers.is_empty()
    };
    let is_body = |id: &BoxId| {
        let element = cx.tree.element(cx.layout_box(*id).node);
        cx.layout_box(*id).origin == Origin::Element && element.is_some_and(|element| &*element.tag == "body")
    };
    let root = cx.boxes.root;
    Some(root).filter(paints).or_else(|| {
        let body = cx.layout_box(root).children.iter().copied().find(is_body);
        body.filter(paints)
    })
}

/// A polygon as a path.
fn polygon(points: &[Point]) -> Path {
    let step = |(index, point): (usize, &Point)| match index {
        0 => PathStep::Move(*point),
        _ => PathStep::Line(*point),
    };
    Path(points.iter().enumerate().map(step).chain([PathStep::Close]).collect())
}

/// What lies between two outlines that both run clockwise, as a clip, which goes by winding numbers.
fn gap_between(mut outer: Path, inner: &Path) -> Path {
    outer.0.extend(inner.reversed().0);
    outer
}

/// Items within a clip; nothing where there are none.
fn clipped(clip: Path, items: Vec<Item>) -> Vec<Item> {
    if items.is_empty() {
        return items;
    }
    vec![Item::Group(Group { transform: Transform::IDENTITY, clip: Some(clip), opacity: 1.0, items })]
}
