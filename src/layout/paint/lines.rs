//! Lines of text, and margin boxes.

use std::collections::BTreeMap;

use super::outline::{Edges, radii};
use super::{Layers, Painter, background, border};
use crate::geom::{Edges as Sides, Point, Rect, Size, Transform};
use crate::layout::boxes::LayoutBox;
use crate::layout::fragment::{Fragment as Block, PlacedLine};
use crate::layout::inline::{Ending, Fragment, FragmentContent, Line};
use crate::layout::page::{MarginContent, MarginInside};
use crate::layout::{Artifact, Glyph, Group, Item, Shape, Tag, Text};
use crate::media::{Picture, svg};
use crate::style::computed::{Display, Position, Visibility};
use crate::style::{NodeId, Pseudo};
use crate::units::Px;

impl Painter<'_, '_> {
    /// A line of a fragment at `at`. The boxes in it are painted at their place among its words (CSS 2, appendix E), and
    /// so are read there too.
    pub(super) fn placed_line<'f>(
        &mut self,
        of: &Block,
        line: Option<&Line>,
        placed: &'f PlacedLine,
        (at, layers): (Point, &mut Layers<'f>),
    ) {
        let node = |index: usize| self.cx.layout_box(placed.boxes[index].of).node;
        let mut waiting: BTreeMap<NodeId, usize> =
            (0..placed.boxes.len()).map(|index| (node(index), index)).collect();
        let first = layers.inlines.len();
        for fragment in line.iter().flat_map(|line| &line.fragments) {
            let is_atom = matches!(fragment.content, FragmentContent::Atom(_));
            match fragment.node.filter(|_| is_atom).and_then(|node| waiting.remove(&node)) {
                Some(index) => self.in_line(&placed.boxes[index], at, layers),
                None => self.line_fragment(fragment, at + placed.at, &mut layers.inlines),
            }
        }
        if line.is_some_and(|line| self.ends_word(self.cx.layout_box(of.of), line)) {
            self.end_word(&mut layers.inlines[first..]);
        }
        let mut rest: Vec<usize> = waiting.into_values().collect();
        rest.sort_unstable();
        for index in rest {
            self.in_line(&placed.boxes[index], at, layers);
        }
    }

    /// A box in a line, or one that floats from it.
    fn in_line<'f>(&mut self, child: &'f Block, at: Point, layers: &mut Layers<'f>) {
        if self.cx.layout_box(child.of).style.position.scheme != Position::Static {
            self.child(child, at, layers);
        } else {
            let items = self.piece(child, at);
            layers.inlines.extend(items);
        }
    }

    /// A line of a margin box, whose top left corner is at `at`.
    fn line(&mut self, line: &Line, at: Point, items: &mut Vec<Item>) {
        for fragment in &line.fragments {
            self.line_fragment(fragment, at, items);
        }
    }

    fn line_fragment(&mut self, fragment: &Fragment, at: Point, items: &mut Vec<Item>) {
        let is_seen = |node| self.cx.tree.node(node).style.text.visibility == Visibility::Visible;
        if !fragment.node.is_none_or(is_seen) {
            return;
        }
        match &fragment.content {
            FragmentContent::Text(text) => items.push(Item::Text(Text {
                origin: text.origin + at,
                tag: self.text_tag(fragment.node),
                ..text.clone()
            })),
            FragmentContent::Decoration(item) => items.push(shifted(item, at)),
            FragmentContent::Box(part) => {
                let Some(node) = fragment.node else { return };
                self.inline_box(node, part.rect.shifted(at), (part.left_edge, part.right_edge), items);
            }
            FragmentContent::Atom(_) => {}
        }
    }

    /// Whether a line of the box `of` ends a word that neither a character nor an element ends. A soft break has kept the
    /// glyph of its space; an initial letter and a box in a line go on in the same word.
    pub(super) fn ends_word(&self, of: &LayoutBox, line: &Line) -> bool {
        let is_content = |fragment: &&Fragment| {
            matches!(fragment.content, FragmentContent::Text(_) | FragmentContent::Atom(_))
        };
        let last = line.fragments.iter().rfind(is_content);
        let ends_in_text = last.is_some_and(|last| matches!(last.content, FragmentContent::Text(_)));
        let in_block = || last.and_then(|last| last.node).is_some_and(|node| self.tags.is_in_block(node));
        let ends_here = match line.ending {
            Ending::Soft | Ending::Hyphen => false,
            Ending::Forced => true,
            Ending::Last => !self.tags.is_block(of.node) && !in_block() && !self.goes_on(of.node),
        };
        self.artifact.is_none() && ends_in_text && ends_here
    }

    /// Whether what stands around a node may go on in the word that it ends with.
    fn goes_on(&self, node: NodeId) -> bool {
        let tree = self.cx.tree;
        let display = |node: NodeId| tree.node(node).style.display;
        let is_initial =
            tree.element(node).is_some_and(|element| element.pseudo == Some(Pseudo::FirstLetter));
        let in_line = display(node).is_atomic_inline();
        let is_item = tree.node(node).parent.is_some_and(|parent| {
            matches!(
                display(parent),
                Display::Flex | Display::Grid | Display::InlineFlex | Display::InlineGrid
            )
        });
        is_initial || (in_line && !is_item)
    }

    /// Puts a space behind the last word of a line. What a line break or the end of a box tells those who see, readers
    /// of the content are told by a character (ISO 32000-1, 14.8.2.5).
    pub(super) fn end_word(&self, line: &mut [Item]) {
        let last = line.iter_mut().rev().find_map(|item| match item {
            Item::Text(text) if matches!(text.tag, Tag::Element(_)) => Some(text),
            _ => None,
        });
        let Some(text) = last else { return };
        let id = self.cx.typesetter.fonts.face(text.font).glyph(' ');
        if id == 0 || text.text.ends_with(char::is_whitespace) {
            return;
        }
        let range = (text.text.len() as u32, text.text.len() as u32 + 1);
        let space = Glyph { id, advance: Px::ZERO, offset: Point::default(), range };
        let leftwards = text.glyphs.windows(2).any(|pair| pair[1].range.0 < pair[0].range.0);
        let at = if leftwards { 0 } else { text.glyphs.len() };
        text.glyphs.insert(at, space);
        text.text = format!("{} ", text.text).into();
    }

    fn text_tag(&self, node: Option<NodeId>) -> Tag {
        match node {
            Some(node) => self.tag(node),
            None => Tag::Artifact(self.artifact.unwrap_or(Artifact::Pagination)),
        }
    }

    /// The background and border of the part of an inline box that is on one line.
    fn inline_box(&mut self, node: NodeId, rect: Rect, (left, right): (bool, bool), items: &mut Vec<Item>) {
        let style = &self.cx.tree.node(node).style;
        let mut border = style.border.widths();
        let mut radius = radii(style, rect.size);
        if !left {
            border.left = Px::ZERO;
            (radius.top_left, radius.bottom_left) = (Size::default(), Size::default());
        }
        if !right {
            border.right = Px::ZERO;
            (radius.top_right, radius.bottom_right) = (Size::default(), Size::default());
        }
        let edges = Edges { rect, border, padding: Sides::default(), radius };
        background::paint(style, &edges, items);
        border::paint(style, &edges, items);
    }

    /// A margin box with what is in it.
    pub(super) fn margin_box(&mut self, margin_box: &MarginContent, items: &mut Vec<Item>) {
        let style = &margin_box.style;
        let radius = radii(style, margin_box.rect.size);
        let edges = Edges { border: style.border.widths(), radius, ..Edges::plain(margin_box.rect) };
        let edges = self.bleed.reach(edges);
        background::paint(style, &edges, items);
        border::paint(style, &edges, items);
        match &margin_box.inside {
            MarginInside::Text(paragraph) => {
                for line in &paragraph.lines {
                    self.line(line, margin_box.at + Point::new(Px::ZERO, line.top), items);
                }
            }
            MarginInside::Box(fragment) => {
                let inside = self.piece(fragment, margin_box.at);
                items.extend(inside);
            }
            MarginInside::Picture(picture, rect) => {
                let tag = Tag::Artifact(margin_box.artifact);
                items.push(match &**picture {
                    Picture::Raster(_) => Item::Picture(*rect, picture.clone(), tag),
                    Picture::Vector(vector) => svg::paint(vector, *rect, tag),
                });
            }
        }
    }
}

/// An item moved by `by`.
fn shifted(item: &Item, by: Point) -> Item {
    match item {
        Item::Shape(shape) => Item::Shape(Shape { path: shape.path.shifted(by), ..shape.clone() }),
        Item::Text(text) => Item::Text(Text { origin: text.origin + by, ..text.clone() }),
        Item::Picture(rect, picture, tag) => Item::Picture(rect.shifted(by), picture.clone(), *tag),
        Item::Group(group) => {
            let transform = group.transform.then(&Transform::shift(by));
            Item::Group(Group { transform, ..group.clone() })
        }
    }
}
