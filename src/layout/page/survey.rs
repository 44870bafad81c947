//! What stands where on the finished pages: anchors, bookmarks, links, named strings, running elements, and
//! what sticks out.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::Arc;

use super::LaidPage;
use crate::geom::{Point, Rect, Size};
use crate::layout::boxes::{BoxId, Kind};
use crate::layout::context::Context;
use crate::layout::fragment::{Fragment, FragmentContent, PlacedLine, Repetition};
use crate::layout::inline::{Line, Paragraph};
use crate::layout::report;
use crate::layout::{Anchor, Outline};
use crate::style::computed::StringPosition;
use crate::style::{Element, NodeId};
use crate::units::Px;

/// The attribute of a footnote that tells the name of its call.
const CALL: &str = "data-call";

/// What stands where in a document.
#[derive(Debug, Default)]
pub(in crate::layout) struct Survey {
    /// The elements with an `id`.
    pub anchors: Vec<Anchor>,
    /// The headings.
    pub outline: Vec<Outline>,
    /// For each page the links with their areas, in order.
    pub links: Vec<Vec<(NodeId, Vec<Rect>)>>,
    /// For each page its number.
    pub numbers: Vec<i32>,
    /// The pages, from 0, of the nodes that quote the number of one.
    pub quoting: Vec<(NodeId, usize)>,
    /// For each page the named strings.
    pub strings: Vec<PageValues<Arc<str>>>,
    /// For each page the running elements.
    pub running: Vec<PageValues<BoxId>>,
    /// Where figures, tables and their like are: the page and the rectangle of their first fragment.
    pub bounds: BTreeMap<NodeId, (usize, Rect)>,
}

/// What one page has under names: named strings, or running elements.
#[derive(Clone, Debug)]
pub(in crate::layout) struct PageValues<T> {
    /// What is in force where the page begins.
    before: BTreeMap<Arc<str>, T>,
    /// What elements on the page set, in order.
    set: BTreeMap<Arc<str>, Vec<T>>,
    /// The names that an element sets with which the page begins.
    at_start: BTreeSet<Arc<str>>,
}

impl<T> Default for PageValues<T> {
    fn default() -> Self {
        Self { before: BTreeMap::new(), set: BTreeMap::new(), at_start: BTreeSet::new() }
    }
}

impl<T: Clone> PageValues<T> {
    /// Of the page after this one, as it begins.
    fn next(&self) -> Self {
        let mut before = self.before.clone();
        for (name, values) in &self.set {
            before.extend(values.last().map(|value| (name.clone(), value.clone())));
        }
        Self { before, ..Self::default() }
    }

    fn add(&mut self, name: &Arc<str>, value: T, at_start: bool) {
        if at_start {
            self.at_start.insert(name.clone());
        }
        self.set.entry(name.clone()).or_default().push(value);
    }

    /// What `string(NAME, POSITION)` or `element(NAME, POSITION)` takes on the page (CSS Generated Content for
    /// Paged Media, sections 1.1.2 and 1.2.2).
    pub fn get(&self, name: &str, position: StringPosition) -> Option<&T> {
        let before = self.before.get(name);
        let Some(values) = self.set.get(name) else { return before };
        match position {
            StringPosition::FirstExcept => None,
            StringPosition::Start if !self.at_start.contains(name) => before,
            StringPosition::Start | StringPosition::First => values.first(),
            StringPosition::Last => values.last(),
        }
    }
}

/// Walks over all pages.
pub(in crate::layout) fn survey(cx: &mut Context, pages: &[LaidPage]) -> Survey {
    let before = cx.numbering.first.saturating_sub(1);
    let mut walker = Walker { cx, found: Survey::default(), page: 0, sheet: Size::default(), at_start: true };
    for (index, page) in pages.iter().enumerate() {
        walker.page = index;
        walker.sheet = page.style.size;
        walker.at_start = true;
        let found = &mut walker.found;
        found.links.push(Vec::new());
        found.strings.push(found.strings.last().map(PageValues::next).unwrap_or_default());
        found.running.push(found.running.last().map(PageValues::next).unwrap_or_default());
        found.numbers.push(next_number(found.numbers.last().copied().unwrap_or(before), page));
        let notes = page.notes.iter().flat_map(|notes| &notes.fragments);
        for fragment in page.root.iter().chain(&page.positioned).chain(notes) {
            walker.fragment(fragment, Point::default());
        }
    }
    let found = walker.found;
    Survey { anchors: deduplicated(found.anchors), ..found }
}

/// Of anchors with one name, the first.
fn deduplicated(anchors: Vec<Anchor>) -> Vec<Anchor> {
    let mut seen = std::collections::BTreeSet::new();
    anchors.into_iter().filter(|anchor| seen.insert(anchor.name.clone())).collect()
}

/// The number of a page after one with the number `before`: `page` counts by itself, unless `@page` says how (CSS
/// Paged Media 3, section 6.2).
fn next_number(before: i32, page: &LaidPage) -> i32 {
    let generated = &page.style.style.generated;
    let reset = of_page(&generated.counter_reset).unwrap_or(before);
    let number = reset.saturating_add(of_page(&generated.counter_increment).unwrap_or(1));
    of_page(&generated.counter_set).unwrap_or(number)
}

/// What a counter property says of the counter `page`.
fn of_page(counters: &[(Arc<str>, i32)]) -> Option<i32> {
    counters.iter().rev().find(|(name, _)| &**name == "page").map(|(_, value)| *value)
}

struct Walker<'w, 'a> {
    cx: &'w mut Context<'a>,
    found: Survey,
    page: usize,
    sheet: Size,
    /// Whether nothing stands before on the page.
    at_start: bool,
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
                self.found.running[self.page].add(name, fragment.of, self.at_start);
            }
            return;
        }
        let is_own = self.cx.boxes.of_node(layout_box.node) == Some(fragment.of);
        if is_own && !matches!(fragment.content, FragmentContent::Rule(_)) {
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
                self.lines(paragraph, lines, (at, fragment.of));
                let over = rect.bottom() - self.sheet.height;
                if over > Px(1.0) {
                    let warning = report::below_page(self.cx, fragment.of, over);
                    self.cx.warn(warning);
                }
            }
            FragmentContent::Picture(_) => self.at_start = false,
            FragmentContent::Rule(_) => {}
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

    fn lines(&mut self, paragraph: &Rc<Paragraph>, lines: &[PlacedLine], (origin, of): (Point, BoxId)) {
        for placed in lines {
            let Some(line) = paragraph.lines.get(placed.index) else { continue };
            let at = origin + placed.at;
            for (node, mark) in &line.marks {
                match self.cx.boxes.note_of(*node).filter(|_| of != self.cx.boxes.note_lines) {
                    Some(_) => self.call(*node, at + *mark),
                    None => self.element(*node, at + *mark),
                }
            }
            for (node, area) in &line.links {
                self.add_link(*node, area.shifted(at));
            }
            self.at_start = false;
            self.quoting(line);
            for child in &placed.boxes {
                self.fragment(child, origin);
            }
        }
    }

    /// The nodes on a line that quote the number of a page.
    fn quoting(&mut self, line: &Line) {
        if self.cx.quoted.len() > 0 {
            let nodes = line.fragments.iter().filter_map(|fragment| fragment.node);
            let quoting = nodes.filter(|node| self.cx.quoted.has(*node));
            self.found.quoting.extend(quoting.map(|node| (node, self.page)));
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
            self.found.strings[self.page].add(name, value.clone(), self.at_start);
        }
        let number = &mut self.found.numbers[self.page];
        *number = of_page(&generated.counter_reset).unwrap_or(*number);
        *number = number.saturating_add(of_page(&generated.counter_increment).unwrap_or(0));
        *number = of_page(&generated.counter_set).unwrap_or(*number);
        let level = generated.bookmark_level.unwrap_or_else(|| heading_level(&element.tag));
        if level > 0 {
            let title = tree.words(node);
            if !title.is_empty() {
                self.found.outline.push(Outline { level, title, page: self.page, at });
            }
        }
    }

    /// A footnote is called here.
    fn call(&mut self, note: NodeId, at: Point) {
        let name = self.cx.tree.element(note).and_then(|element| element.attribute(CALL));
        let anchor = name.map(|name| Anchor { name: Arc::from(name), page: self.page, at });
        self.found.anchors.extend(anchor);
    }

    /// A box that is a link itself, not text of one.
    fn link(&mut self, node: NodeId, area: Rect) {
        if self.cx.tree.element(node).is_some_and(Element::is_link) {
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
        let over = rect.right() - self.sheet.width;
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
