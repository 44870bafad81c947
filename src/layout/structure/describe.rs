//! What an element of the structure tells beside its content.
//!
//! `aria-label` replaces the content of what has no words or is one thing: a figure, a formula, a link. There it is
//! the alternative text. Readers take an `Alt` on any other element to replace what is in it as well, so on groups it
//! becomes their title (ISO 32000-1, table 323), which is shown beside the content, and on a table its summary. On
//! paragraphs, headings and stretches of text, which ARIA does not let be named or which are named by what is in
//! them, it is not used.

use std::sync::Arc;

use super::builder::Builder;
use super::roles::said;
use crate::layout::TagId;
use crate::style::{Element, NodeId};

impl Builder<'_> {
    /// Describes an element.
    pub(super) fn describe(&mut self, id: TagId, element: &Element, node: NodeId) {
        let role = self.node(id).role;
        let names = &self.names;
        let (mut alt, mut title, mut summary) = (None, None, None);
        match role {
            "Figure" => alt = names.alternative(element),
            "Formula" => alt = names.alternative(element).or_else(|| words(&self.tree.words(node))),
            "Link" => alt = names.given(element),
            "Part" | "Art" | "Sect" | "Div" | "L" => title = names.title(element, node),
            "Table" => summary = names.title(element, node).or_else(|| names.description(element)),
            _ => {}
        }
        let expansion = said(element, "title").filter(|_| &*element.tag == "abbr").map(Arc::from);
        let numbering = if role == "L" { self.numbering(element, node) } else { None };
        let of = self.node_mut(id);
        (of.alt, of.title, of.summary, of.expansion) = (alt, title, summary, expansion);
        of.numbering = numbering;
        if matches!(role, "TD" | "TH") {
            of.span = span(element);
        }
    }
}

fn words(text: &str) -> Option<Arc<str>> {
    (!text.is_empty()).then(|| Arc::from(text))
}

/// How many rows and columns a cell spans, as written (HTML, 4.9.11).
fn span(element: &Element) -> (u16, u16) {
    let count = |names: [&str; 2], none: u16| {
        let value = names.iter().find_map(|name| said(element, name));
        value.and_then(|value| value.parse::<u16>().ok()).unwrap_or(none)
    };
    let rows = count(["rowspan", "aria-rowspan"], 1);
    (rows, count(["colspan", "aria-colspan"], 1).clamp(1, 1000))
}
