//! Items as the content of pages, each piece marked with what it belongs to (ISO 32000-1, 14.6 and 14.7.4).

use printpdf::{CurTransMat, DictItem, Op, Pt};

use super::Tagging;
use super::font::Fonts;
use super::resources::Resources;
use super::space::{Space, round};
use crate::geom::{Point, Rect, Size, Transform};
use crate::layout::{Artifact, Group, Item, Page, Pages, Structure, Tag, TagId};
use crate::media::{Picture, svg};
use crate::style::computed::Color;

/// The content of a document.
#[derive(Default)]
pub(super) struct Content {
    pub pages: Vec<Painted>,
    /// Groups that are painted as a whole.
    pub forms: Vec<Form>,
    pub resources: Resources,
    /// Every marked piece of content, in paint order.
    pub marks: Vec<Mark>,
}

/// The content of one page.
pub(super) struct Painted {
    pub operators: Vec<Op>,
    /// Whether something on it shows through.
    pub transparent: bool,
}

/// A group whose things are painted over each other before the whole lets show through what is behind it: a
/// transparency group (11.6.6).
pub(super) struct Form {
    pub operators: Vec<Op>,
    /// What of it can be on the page: left, bottom, right and top.
    pub bounds: [f32; 4],
}

/// A piece of content that belongs to an element.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    pub element: TagId,
    /// The page, from 0.
    pub page: usize,
    /// The group on it that it is in, where that is a stream of its own.
    pub form: Option<usize>,
    /// Its number on the page or in the group (14.7.4.2).
    pub id: i64,
}

/// Paints all pages.
pub(super) fn paint(pages: &Pages, fonts: &Fonts, tagging: Tagging) -> Content {
    let mut content = Content::default();
    for page in pages.pages.iter().enumerate() {
        let mut painter = Painter::new(page, fonts, &pages.structure, &mut content, tagging);
        painter.items(&page.1.items);
        painter.close();
        let painted = Painted { operators: painter.operators, transparent: painter.transparent };
        content.pages.push(painted);
    }
    content
}

/// Paints one page.
pub(super) struct Painter<'a> {
    pub space: Space,
    pub fonts: &'a Fonts,
    pub content: &'a mut Content,
    pub operators: Vec<Op>,
    pub state: State,
    pub transparent: bool,
    /// How opaque the groups are that are open.
    pub opacity: f32,
    /// How many decimals a coordinate needs to be exact to a hundredth of a point on paper.
    pub decimals: u8,
    /// From the coordinates of the innermost open group to the page's.
    pub transform: Transform,
    /// In a text object, the start of the line (9.4.2) in units of the last decimal.
    pub line: Option<(i64, i64)>,
    /// What the content that is painted now belongs to.
    pub marked: Option<Tag>,
    /// Of the background that is painted now, the operator that begins it, and how far it reaches on the page so far.
    background: Option<(usize, Option<Rect>)>,
    pub tagging: Tagging,
    structure: &'a Structure,
    size: Size,
    page: usize,
    form: Option<usize>,
    next_mark: i64,
}

/// The graphics state as the operators so far have left it (8.4).
#[derive(Clone, Debug, PartialEq)]
pub(super) struct State {
    pub fill: Color,
    pub stroke: Color,
    /// Of fills and strokes alike, in thousandths.
    pub alpha: u16,
    pub line_width: f32,
    pub dashes: Vec<f32>,
    pub round: bool,
    pub miter_set: bool,
    /// The name and size of the font.
    pub font: Option<(String, f32)>,
    /// The horizontal scaling of text, percent.
    pub stretch: f32,
}

impl Default for State {
    fn default() -> Self {
        Self {
            fill: Color::BLACK,
            stroke: Color::BLACK,
            alpha: 1000,
            line_width: 1.0,
            dashes: Vec::new(),
            round: false,
            miter_set: false,
            font: None,
            stretch: 100.0,
        }
    }
}

impl<'a> Painter<'a> {
    fn new(
        (number, page): (usize, &Page),
        fonts: &'a Fonts,
        structure: &'a Structure,
        content: &'a mut Content,
        tagging: Tagging,
    ) -> Self {
        Self {
            space: Space { height: page.size.height.into() },
            fonts,
            content,
            operators: Vec::new(),
            state: State::default(),
            transparent: false,
            opacity: 1.0,
            decimals: 2,
            transform: Transform::IDENTITY,
            line: None,
            marked: None,
            background: None,
            tagging,
            structure,
            size: page.size,
            page: number,
            form: None,
            next_mark: 0,
        }
    }

    pub fn items(&mut self, items: &[Item]) {
        for item in items {
            match item {
                Item::Group(group) => self.group(group),
                Item::Text(text) => {
                    self.mark(text.tag);
                    self.text(text);
                }
                Item::Shape(shape) => {
                    self.mark(shape.tag);
                    self.end_text();
                    self.reach(shape.path.bounds());
                    self.shape(shape);
                }
                Item::Picture(rect, picture, tag) => match &**picture {
                    Picture::Raster(raster) => {
                        self.mark(*tag);
                        self.end_text();
                        self.reach(*rect);
                        self.raster(*rect, picture, raster);
                    }
                    Picture::Vector(vector) => self.items(&[svg::paint(vector, *rect, *tag)]),
                },
            }
        }
    }

    /// A group whose things all belong to one element stays one piece of content. In one whose things belong to
    /// several, each is marked where it is.
    fn group(&mut self, group: &Group) {
        if group.items.is_empty() || group.opacity <= 0.0 {
            return;
        }
        match common_tag(&group.items) {
            Some(tag) => {
                self.mark(tag);
                self.end_text();
            }
            None => self.end_mark(),
        }
        if group.opacity < 1.0 && paints(&group.items) > 1 {
            self.form(group);
        } else {
            self.inside(group, group.opacity);
        }
    }

    /// The things of a group in its coordinates and inside its clip, each as opaque as `opacity` tells.
    fn inside(&mut self, group: &Group, opacity: f32) {
        let outer = (self.state.clone(), self.opacity, self.decimals, self.transform);
        let whole = self.marked.is_some();
        self.operators.push(Op::SaveGraphicsState);
        if group.transform != Transform::IDENTITY {
            let matrix = self.space.matrix(&group.transform);
            self.operators.push(Op::SetTransformationMatrix { matrix: CurTransMat::Raw(matrix) });
            self.transform = group.transform.then(&self.transform);
            self.decimals = decimals(self.transform.scale());
        }
        self.opacity *= opacity;
        if let Some(clip) = &group.clip {
            self.clip(clip);
        }
        self.items(&group.items);
        if !whole {
            self.end_mark();
        }
        self.end_text();
        self.operators.push(Op::RestoreGraphicsState);
        (self.state, self.opacity, self.decimals, self.transform) = outer;
    }

    /// A group that is painted as a whole, at its opacity. Inside, nothing shows through to begin with.
    fn form(&mut self, group: &Group) {
        let Some(back) = self.transform.inverse() else { return };
        let page = Rect { origin: Point::default(), size: self.size };
        let bounds = self.space.rect(&Rect::around(page.corners().map(|corner| back.apply(corner))));
        self.alpha(group.opacity);
        let (state, opacity) = (self.state.clone(), self.opacity);
        let around = std::mem::take(&mut self.operators);
        let at = self.content.forms.len();
        self.content.forms.push(Form { operators: Vec::new(), bounds });
        let outside = (self.form, self.next_mark);
        if self.marked.is_none() {
            (self.form, self.next_mark) = (Some(at), 0);
        }
        (self.state.alpha, self.opacity) = (1000, 1.0);
        self.inside(group, 1.0);
        (self.form, self.next_mark) = outside;
        self.content.forms[at].operators = std::mem::replace(&mut self.operators, around);
        (self.state, self.opacity) = (state, opacity);
        self.show_object(&format!("x{at}"));
    }

    /// Paints an XObject of the resources (8.8).
    pub fn show_object(&mut self, name: &str) {
        let value = vec![DictItem::Name(name.as_bytes().to_vec())];
        self.operators.push(Op::Unknown { key: "Do".into(), value });
    }

    /// What follows belongs to `tag`.
    fn mark(&mut self, tag: Tag) {
        if self.marked == Some(tag) || self.tagging == Tagging::None {
            return;
        }
        self.end_mark();
        let node = match tag {
            Tag::Element(id) => self.structure.nodes.get(id.0 as usize).map(|node| (id, node)),
            Tag::Artifact(_) => None,
        };
        match (node, tag) {
            (Some((element, node)), _) => {
                let id = self.next_mark;
                self.next_mark += 1;
                self.content.marks.push(Mark { element, page: self.page, form: self.form, id });
                self.begin(node.role, [("MCID", DictItem::Int(id))]);
            }
            (None, Tag::Artifact(artifact)) => self.begin_artifact(artifact),
            (None, Tag::Element(_)) => self.begin_artifact(Artifact::Layout),
        }
        self.marked = Some(tag);
    }

    /// Begins what is not read out, with its kind (14.8.2.2.2).
    fn begin_artifact(&mut self, artifact: Artifact) {
        let name = |name: &str| DictItem::Name(name.into());
        let kind = |kind| ("Type", name(kind));
        let attached = |kind, edge| {
            [
                ("Type", name("Pagination")),
                ("Subtype", name(kind)),
                ("Attached", DictItem::Array(vec![name(edge)])),
            ]
        };
        self.background = (artifact == Artifact::Background).then_some((self.operators.len(), None));
        match artifact {
            Artifact::Header => self.begin("Artifact", attached("Header", "Top")),
            Artifact::Footer => self.begin("Artifact", attached("Footer", "Bottom")),
            Artifact::Pagination => self.begin("Artifact", [kind("Pagination")]),
            Artifact::Layout => self.begin("Artifact", [kind("Layout")]),
            Artifact::Background => self.begin("Artifact", [kind("Background")]),
            Artifact::Page => self.begin("Artifact", [kind("Page")]),
        }
    }

    /// The background that is painted now reaches over `rect`.
    fn reach(&mut self, rect: Rect) {
        if let Some((_, area)) = &mut self.background {
            let corners = rect.corners().map(|corner| self.transform.apply(corner));
            let before = area.iter().flat_map(Rect::corners);
            *area = Some(Rect::around(before.chain(corners)));
        }
    }

    /// Tells of the background that ends here what it covers (table 330).
    fn end_background(&mut self) {
        let Some((at, Some(area))) = self.background.take() else { return };
        let sides = self.space.rect(&area).map(DictItem::Real);
        if let Some(Op::BeginMarkedContentWithProperties { properties: DictItem::Dict { map }, .. }) =
            self.operators.get_mut(at)
        {
            map.insert("BBox".to_owned(), DictItem::Array(sides.into()));
        }
    }

    /// Begins a marked piece of content.
    pub fn begin<const N: usize>(&mut self, tag: &str, properties: [(&str, DictItem); N]) {
        let map = properties.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
        let properties = DictItem::Dict { map };
        self.operators.push(Op::BeginMarkedContentWithProperties { tag: tag.to_owned(), properties });
    }

    fn end_mark(&mut self) {
        self.end_text();
        if self.marked.take().is_some() {
            self.end_background();
            self.operators.push(Op::EndMarkedContent);
        }
    }

    pub fn end_text(&mut self) {
        if self.line.take().is_some() {
            self.operators.push(Op::EndTextSection);
        }
    }

    fn close(&mut self) {
        self.end_mark();
    }

    /// A coordinate, with the decimals that it needs here.
    pub fn rounded(&self, value: crate::units::Pt) -> Pt {
        Pt(round(value.0, self.decimals))
    }
}

/// Decimals for coordinates that are scaled by `scale`.
fn decimals(scale: f32) -> u8 {
    match scale {
        scale if scale < 1.5 => 2,
        scale if scale < 15.0 => 3,
        scale if scale < 150.0 => 4,
        _ => 6,
    }
}

/// How many times `items` lay paint on the page.
fn paints(items: &[Item]) -> usize {
    items
        .iter()
        .map(|item| match item {
            Item::Group(group) => paints(&group.items),
            Item::Shape(shape) => usize::from(shape.fill.is_some()) + usize::from(shape.stroke.is_some()),
            Item::Text(_) => 1,
            // A drawing may be anything.
            Item::Picture(_, picture, _) => {
                if matches!(**picture, Picture::Vector(_)) {
                    2
                } else {
                    1
                }
            }
        })
        .sum()
}

/// The tag that everything in `items` has.
fn common_tag(items: &[Item]) -> Option<Tag> {
    let mut tags = items.iter().map(|item| match item {
        Item::Group(group) => common_tag(&group.items),
        Item::Text(text) => Some(text.tag),
        Item::Shape(shape) => Some(shape.tag),
        Item::Picture(_, _, tag) => Some(*tag),
    });
    let first = tags.next()??;
    tags.all(|tag| tag == Some(first)).then_some(first)
}
