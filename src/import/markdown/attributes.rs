//! Classes, ids and other attributes: in braces behind Markdown, and in the tags of HTML.

use super::escape;
use crate::dom::{Attribute, Document, NodeId};

/// Braces with the attributes of an element, but for `said`, which Markdown says otherwise; empty where there are none,
/// nothing where braces cannot hold them.
pub(super) fn braces(document: &Document, id: NodeId, said: &[&str]) -> Option<String> {
    let mut parts = Vec::new();
    for attribute in kept(document, id).filter(|attribute| !said.contains(&&*attribute.name.local)) {
        let (name, value) = (&*attribute.name.local, attribute.value.as_str());
        match name {
            "id" => parts.insert(0, format!("#{}", word(value)?)),
            "class" => {
                for class in value.split_whitespace() {
                    parts.push(format!(".{}", word(class)?));
                }
            }
            _ => {
                let name = word(name)?;
                let is_plain = !value.contains(['"', '\n', '\\', '}', '{', '<', '&', '*', '_', '`']);
                parts.push(format!("{name}=\"{}\"", is_plain.then_some(value)?));
            }
        }
    }
    Some(if parts.is_empty() { String::new() } else { format!("{{{}}}", parts.join(" ")) })
}

/// The start tag of an element.
pub(super) fn start_tag(document: &Document, id: NodeId) -> String {
    let attributes = kept(document, id).map(|it| format!(" {}={}", it.name.local, escape::quoted(&it.value)));
    format!("<{}{}>", document.tag(id), attributes.collect::<String>())
}

/// The attributes that the source of an article has; lines are the reader's.
pub(super) fn kept(document: &Document, id: NodeId) -> impl Iterator<Item = &Attribute> {
    let attributes = document.element(id).map(|element| element.attributes.as_slice()).unwrap_or_default();
    attributes.iter().filter(|attribute| &*attribute.name.local != "data-line")
}

/// A name that braces can hold.
fn word(name: &str) -> Option<&str> {
    let is_word =
        !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ':'));
    is_word.then_some(name)
}
