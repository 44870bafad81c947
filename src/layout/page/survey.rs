//! What stands where on the finished pages: anchors, bookmarks, links, named strings, running elements, and
//! what sticks out.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use super::LaidPage;
use crate::geom::{Point, Rect};
use crate::layout::boxes::{BoxId, Kind, Origin};
use crate::layout::context::Context;
use crate::layout::fragment::{Fragment, FragmentContent, PlacedLine, Repetition};
use crate::layout::inline::Paragraph;
use crate::layout::report;
use crate::layout::{Anchor, Outline};
use crate::style::{Content, NodeId, StyledTree};
use crate::units::Px;

/// What stands where in a document.
#[derive(Debug, Default)]
pub(in crate::layout) struct Survey {
    /// The elements with an `id`.
    pub anchors: Vec<Anchor>,
    /// The headings.
    pub outline: Vec<Outline>,
    /// For each page the links with their areas, in order.
    pub links: Vec<Vec<(NodeId, Vec<Rect>)>>,
    /// For each page the named strings.
    pub strings: Vec<PageStrings>,
    /// For each page the running elements in force.
    pub running: Vec<BTreeMap<Arc<str>, BoxId>>,
    /// Where figures, tables and their like are: the page and the rectangle of their first fragment.
    pub bounds: BTreeMap<NodeId, (usize, Rect)>,
}

/// The named strings of one page.
#[derive(Clone, Debug, Default)]
pub(in crate::layout) struct PageStrings {
    /// Their values where the page begins.
    pub before: BTreeMap<Arc<str>, Arc<str>>,
    /// The values that elements on the page set, in order.
    pub set: BTreeMap<Arc<str>, Vec<Arc<str>>>,
}

/// Walks over all pages.
pub(in crate::layout) fn survey(cx: &mut Context, pages: &[LaidPage]) -> Survey {
    let mut walker = Walker { cx, found: Survey::default(), page: 0, sheet: Px::ZERO };
    let mut strings = BTreeMap::new();
    let mut running = BTreeMap::new();
    for (index, page) in pages.iter().enumerate() {
        walker.page = index;
        walker.sheet = page.style.size.width;
        walker.found.links.push(Vec::new());
        walker.found.strings.push(PageStrings { before: strings.clone(), ..PageStrings::default() });
        walker.found.running.push(running.clone());
        for fragment in page.root.iter().chain(&page.positioned) {
            walker.fragment(fragment, Point::default());
        }
        for (name, values) in &walker.found.strings[index].set {
            strings.extend(values.last().map(|value| (name.clone(), value.clone())));
        }
        running.clone_from(&walker.found.running[index]);
    }
    let found = walker.found;
    Survey { anchors: deduplicated(found.anchors), ..found }
}

/// Of anchors with one name, the first.
fn deduplicated(anchors: Vec<Anchor>) -> Vec<Anchor> {
    let mut seen = std::collections::BTreeSet::new();
    anchors.into_iter().filter(|anchor| seen.insert(anchor.name.clone())).collect()
}

struct Walker<'w, 'a> {
    cx: &'w mut Context<'a>,
    found: Survey,
    page: usize,
    sheet: Px,
}

impl Walker<'_, '_> {
    fn fragment(&mut self, fragment: &Fragment, origin: Point) {
        let at = origin + fragment.rect.origin;
        let rect = Rect { origin: at, size: fragment.rect.size };
        if fragment.repetition == Repetition::Repeated {
            return;
        }
        let layout_box = self.cx.layout_box(fragment.of);
        if layout_box.is_running() {
            if let Some(name) = &layout_box.style.position.running {
                self.found.running[self.page].insert(name.clone(), fragment.of);
            }
            return;
        }
        if layout_box.origin == Origin::Element && !matches!(fragment.content, FragmentContent::Rule(_)) {
            if fragment.part.first {
                self.element(layout_box.node, at);
                self.found.bounds.entry(layout_box.node).or_insert((self.page, rect));
            }
            self.link(layout_box.node, rect);
            self.sticks_out(fragment, rect);
        }
        match &fragment.content {
            FragmentContent::Boxes(children) => {
                for child in children {
                    self.fragment(child, at);
                }
            }
            FragmentContent::Lines(paragraph, lines) => {
                if fragment.part.first {
                    self.tell(layout_box.node, paragraph);
                }
                self.lines(paragraph, lines, at);
            }
            FragmentContent::Picture(_) | FragmentContent::Rule(_) => {}
        }
        for child in &fragment.overlay {
            self.fragment(child, at);
        }
    }

    /// Tells of lines that are wider than their room.
    fn tell(&mut self, node: NodeId, paragraph: &Paragraph) {
        for warning in &paragraph.warnings {
            let mut warning = warning.clone();
            warning.place.get_or_insert_with(|| self.cx.tree.place(node));
            self.cx.warn(warning);
        }
    }

    fn lines(&mut self, paragraph: &Rc<Paragraph>, lines: &[PlacedLine], origin: Point) {
        for placed in lines {
            let Some(line) = paragraph.lines.get(placed.index) else { continue };
            let at = origin + placed.at;
            for (node, mark) in &line.marks {
                self.element(*node, at + *mark);
            }
            for (node, area) in &line.links {
                self.add_link(*node, area.shifted(at));
            }
            for child in &placed.boxes {
                self.fragment(child, origin);
            }
        }
    }

    /// An element begins here.
    fn element(&mut self, node: NodeId, at: Point) {
        let tree = self.cx.tree;
        let Some(element) = tree.element(node) else { return };
        if element.pseudo.is_some() {
            return;
        }
        if let Some(id) = &element.id {
            self.found.anchors.push(Anchor { name: id.clone(), page: self.page, at });
        }
        let generated = &tree.node(node).style.generated;
        for (name, value) in &generated.string_set {
            self.found.strings[self.page].set.entry(name.clone()).or_default().push(value.clone());
        }
        let level = generated.bookmark_level.unwrap_or_else(|| heading_level(&element.tag));
        if level > 0 {
            let title = words(tree, node);
            if !title.is_empty() {
                self.found.outline.push(Outline { level, title, page: self.page, at });
            }
        }
    }

    /// A box that is a link itself, not text of one.
    fn link(&mut self, node: NodeId, area: Rect) {
        let is_link = self.cx.tree.element(node).is_some_and(|element| {
            element.pseudo.is_none() && &*element.tag == "a" && element.attribute("href").is_some()
        });
        if is_link {
            self.add_link(node, area);
        }
    }

    fn add_link(&mut self, node: NodeId, area: Rect) {
        let links = &mut self.found.links[self.page];
        match links.iter_mut().find(|(of, _)| *of == node) {
            Some((_, areas)) => areas.push(area),
            None => links.push((node, vec![area])),
        }
    }

    /// Tells of a box in flow that leaves the sheet at its side.
    fn sticks_out(&mut self, fragment: &Fragment, rect: Rect) {
        let layout_box = self.cx.layout_box(fragment.of);
        let is_piece = matches!(layout_box.kind, Kind::Picture(_) | Kind::Table(_));
        let over = rect.right() - self.sheet;
        if is_piece
            && over > Px(1.0)
            && layout_box.is_in_flow()
            && layout_box.style.paint.transform.is_empty()
        {
            let warning = report::too_wide(self.cx, fragment.of, over);
            self.cx.warn(warning);
        }
    }
}

/// The level of a heading element; 0 of any other.
fn heading_level(tag: &str) -> u8 {
    match tag.as_bytes() {
        [b'h', digit @ b'1'..=b'6'] => digit - b'0',
        _ => 0,
    }
}

/// The words of an element, white space collapsed; generated content left out.
pub(in crate::layout) fn words(tree: &StyledTree, node: NodeId) -> String {
    let mut text = String::new();
    let mut stack = vec![node];
    while let Some(at) = stack.pop() {
        match &tree.node(at).content {
            Content::Text(part) => text.push_str(part),
            Content::Element(element) if element.pseudo.is_none() => {
                if &*element.tag == "br" {
                    text.push(' ');
                }
                stack.extend(tree.node(at).children.iter().rev());
            }
            _ => {}
        }
    }
    let words: Vec<&str> = text.split_ascii_whitespace().collect();
    words.join(" ").replace('\u{AD}', "")
}
