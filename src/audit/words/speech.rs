//! What a screen reader says for an element (W3C Accessible Name and Description Computation 1.2, as far as paper
//! has it).

use super::reading::Reading;
use crate::style::{Content, Element, NodeId, Pseudo};

/// What an element is called when it is read out.
#[derive(Debug, Default)]
pub(super) struct Name {
    /// The words, one blank between them.
    pub words: String,
    /// Whether some of them are told by the document: the number of a page, the words of a heading.
    pub is_generated: bool,
}

impl Name {
    /// Whether there is nothing to say.
    pub fn is_empty(&self) -> bool {
        !self.is_generated && !self.words.chars().any(char::is_alphanumeric)
    }
}

/// The value of an attribute, if it has words.
pub(super) fn said<'a>(element: &'a Element, name: &str) -> Option<&'a str> {
    element.attribute(name).map(str::trim).filter(|value| !value.is_empty())
}

/// Whether a picture is decoration on purpose.
pub(in crate::audit) fn is_decoration(element: &Element) -> bool {
    element.attribute("alt") == Some("") || matches!(element.attribute("role"), Some("presentation" | "none"))
}

/// What an element is called: its `aria-label`, else what is in it, else its `title`.
pub(super) fn name(reading: &Reading<'_>, of: NodeId) -> Name {
    let label = |attribute| {
        let words = said(reading.tree.element(of)?, attribute)?;
        Some(Name { words: words.to_owned(), is_generated: false })
    };
    if let Some(name) = label("aria-label") {
        return name;
    }
    let name = contents(reading, of);
    if name.is_empty() { label("title").unwrap_or(name) } else { name }
}

fn contents(reading: &Reading<'_>, of: NodeId) -> Name {
    let mut text = String::new();
    let mut is_generated = false;
    let mut stack = vec![of];
    while let Some(at) = stack.pop() {
        let node = reading.tree.node(at);
        match &node.content {
            Content::Text(part) => text.push_str(part),
            Content::Generated(_) => is_generated = true,
            Content::Element(element) if at != of && element.attribute("aria-hidden") == Some("true") => {}
            Content::Element(element)
                if matches!(element.pseudo, Some(Pseudo::Marker | Pseudo::FootnoteCall)) => {}
            Content::Element(element) if element.picture.is_some() => {
                let words = if is_decoration(element) { None } else { reading.names.alternative(element) };
                text.push_str(words.as_deref().unwrap_or(" "));
            }
            Content::Element(element) => {
                if &*element.tag == "br" {
                    text.push(' ');
                }
                stack.extend(node.children.iter().rev());
            }
        }
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    Name { words: words.join(" ").replace('\u{AD}', ""), is_generated }
}
