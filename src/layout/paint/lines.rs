//! Lines of text, and margin boxes.

use super::outline::{Edges, radii};
use super::{Painter, background, border};
use crate::geom::{Edges as Sides, Point, Rect, Size, Transform};
use crate::layout::inline::{FragmentContent, Line};
use crate::layout::page::{MarginContent, MarginInside};
use crate::layout::{Artifact, Group, Item, Shape, Tag, Text};
use crate::media::{Picture, svg};
use crate::style::NodeId;
use crate::style::computed::Visibility;
use crate::units::Px;

impl Painter<'_, '_> {
    /// A line whose top left corner is at `at`.
    pub(super) fn line(&mut self, line: &Line, at: Point, items: &mut Vec<Item>) {
        for fragment in &line.fragments {
            let is_seen = |node| self.cx.tree.node(node).style.text.visibility == Visibility::Visible;
            if !fragment.node.is_none_or(is_seen) {
                continue;
            }
            match &fragment.content {
                FragmentContent::Text(text) => items.push(Item::Text(Text {
                    origin: text.origin + at,
                    tag: self.text_tag(fragment.node),
                    ..text.clone()
                })),
                FragmentContent::Decoration(item) => items.push(shifted(item, at)),
                FragmentContent::Box(part) => {
                    let Some(node) = fragment.node else { continue };
                    self.inline_box(node, part.rect.shifted(at), (part.left_edge, part.right_edge), items);
                }
                FragmentContent::Atom(_) => {}
            }
        }
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
                let tag = Tag::Artifact(Artifact::Pagination);
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
