//! What the tree says in words: the text of a node, of a string or of a target, and languages.

use std::sync::Arc;

use super::Writer;
use crate::style::computed::{ContentItem, Sizing};
use crate::style::{Content, NodeId, Pseudo};
use crate::units::Px;

impl Writer<'_> {
    /// The text of a node, as written.
    pub(super) fn text_of(&self, node: NodeId) -> String {
        let mut text = String::new();
        self.gather(node, &mut text);
        text
    }

    fn gather(&self, node: NodeId, text: &mut String) {
        match &self.tree.node(node).content {
            Content::Text(part) | Content::Generated(ContentItem::Text(part)) => text.push_str(part),
            Content::Generated(_) => text.push('0'),
            Content::Element(_) => {
                for child in &self.tree.node(node).children {
                    let marker =
                        self.tree.element(*child).is_some_and(|child| child.pseudo == Some(Pseudo::Marker));
                    if !marker {
                        self.gather(*child, text);
                    }
                }
            }
        }
    }

    /// Whether nothing of a node is shown but white space.
    pub(super) fn is_blank(&self, node: NodeId) -> bool {
        match &self.tree.node(node).content {
            Content::Text(text) => text.chars().all(|char| char.is_ascii_whitespace()),
            Content::Generated(_) => false,
            Content::Element(element) => {
                let style = &self.tree.node(node).style;
                let painted = !super::frame::Decoration::of(style, super::look::Rgb::WHITE).is_none();
                element.pseudo == Some(Pseudo::Marker)
                    || style.position.running.is_some()
                    || element.picture.is_none()
                        && !painted
                        && self.tree.node(node).children.iter().all(|child| self.is_blank(*child))
            }
        }
    }

    /// The largest font size in a node.
    pub(super) fn widest_size(&self, node: NodeId) -> Px {
        let own = self.tree.node(node);
        match own.content {
            Content::Element(_) => {
                own.children.iter().map(|child| self.widest_size(*child)).fold(Px::ZERO, Px::max)
            }
            _ => own.style.font.size,
        }
    }

    /// The width of the widest picture in a node, as far as that is known.
    pub(super) fn picture_width(&self, node: NodeId) -> Px {
        let own = self.tree.node(node);
        let Some(element) = self.tree.element(node) else { return Px::ZERO };
        match &element.picture {
            Some(picture) => match (own.style.boxes.width, own.style.boxes.height) {
                (Sizing::Length(length), _) => length.px,
                (_, Sizing::Length(length)) => {
                    let size = picture.size();
                    size.width * (length.px.0 / size.height.0.max(1.0))
                }
                _ => picture.size().width,
            },
            None => own.children.iter().map(|child| self.picture_width(*child)).fold(Px::ZERO, Px::max),
        }
    }

    /// The first value that the document gives to a named string.
    pub(super) fn string(&self, name: &str) -> String {
        let mut strings = self.tree.nodes.iter().flat_map(|node| node.style.generated.string_set.iter());
        strings.find(|(known, _)| &**known == name).map(|(_, text)| text.to_string()).unwrap_or_default()
    }

    /// The elements that run in the page's margins under this name.
    pub(super) fn running(&self, name: &str) -> Vec<NodeId> {
        let nodes = (0..self.tree.nodes.len() as u32).map(NodeId);
        let named = |node: &NodeId| self.tree.node(*node).style.position.running.as_deref() == Some(name);
        nodes.filter(named).take(1).collect()
    }
}

/// The language as Word names it: with a region, since its proofing tools go by region.
pub(super) fn region(lang: &str) -> Arc<str> {
    Arc::from(match lang {
        "nl" => "nl-NL",
        "en" => "en-GB",
        "de" => "de-DE",
        "fr" => "fr-FR",
        "es" => "es-ES",
        "it" => "it-IT",
        "fy" => "fy-NL",
        other => other,
    })
}
