//! What the tree says in words: the text of a node, of a string or of a target, and languages.

use std::sync::Arc;

use super::Writer;
use super::look::Script;
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
    let tag: String = lang.chars().filter(|char| char.is_ascii_alphanumeric() || *char == '-').collect();
    Arc::from(match tag.to_ascii_lowercase().as_str() {
        "ar" => "ar-SA",
        "da" => "da-DK",
        "de" => "de-DE",
        "en" => "en-GB",
        "es" => "es-ES",
        "fa" => "fa-IR",
        "fr" => "fr-FR",
        "fy" => "fy-NL",
        "he" => "he-IL",
        "it" => "it-IT",
        "ja" => "ja-JP",
        "ko" => "ko-KR",
        "nl" => "nl-NL",
        "pl" => "pl-PL",
        "pt" => "pt-PT",
        "ru" => "ru-RU",
        "sv" => "sv-SE",
        "tr" => "tr-TR",
        "uk" => "uk-UA",
        "zh" => "zh-CN",
        _ => &tag,
    })
}

/// Text in stretches that are read one way: letters decide, and what is between two letters of one kind goes with them
/// (Unicode Standard Annex 9 does the rest in Word).
pub(super) fn stretches(text: &str) -> Vec<(Script, &str)> {
    let mut stretches = Vec::new();
    let (mut from, mut last, mut script) = (0, 0, None);
    for (at, char) in text.char_indices() {
        let Some(own) = script_of(char) else { continue };
        if script.is_some_and(|script| script != own) {
            stretches.push((script.unwrap_or_default(), &text[from..last]));
            from = last;
        }
        (script, last) = (Some(own), at + char.len_utf8());
    }
    stretches.push((script.unwrap_or_default(), &text[from..]));
    stretches
}

/// Which way a letter is read; nothing of digits and signs.
fn script_of(char: char) -> Option<Script> {
    let right_to_left = matches!(char,
        '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}');
    match char {
        _ if right_to_left => Some(Script::RightToLeft),
        _ if char.is_alphabetic() => Some(Script::LeftToRight),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_parted_where_the_way_of_reading_turns() {
        use Script::{LeftToRight as L, RightToLeft as R};
        assert_eq!(stretches("één, 2!"), [(L, "één, 2!")]);
        assert_eq!(stretches("(שלום עולם)"), [(R, "(שלום עולם)")]);
        assert_eq!(stretches("zeg שלום 3 keer"), [(L, "zeg"), (R, " שלום"), (L, " 3 keer")]);
        assert_eq!(stretches(""), [(L, "")]);
    }

    #[test]
    fn a_language_is_a_tag_and_nothing_else() {
        assert_eq!(&*region("NL"), "nl-NL");
        assert_eq!(&*region("sr-Latn"), "sr-Latn");
        assert_eq!(&*region("x\"/>"), "x");
    }
}
