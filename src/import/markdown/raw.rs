//! A block as HTML that stands in Markdown: no line of it is blank, as that would end it.

use super::{attributes, is_block};
use crate::dom::{Document, NodeId};

/// Elements without an end tag (WHATWG HTML, section 13.1.2).
const VOID: [&str; 13] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

/// The HTML of a block.
pub(super) fn block(document: &Document, id: NodeId) -> String {
    let mut out = String::new();
    write(document, id, &mut out, false);
    out
}

fn write(document: &Document, id: NodeId, out: &mut String, verbatim: bool) {
    if let Some(text) = document.text_of(id) {
        write_text(text, out, verbatim);
        return;
    }
    let Some(element) = document.element(id) else { return };
    if !element.is_html() {
        let html = document.outer_html(id);
        out.push_str(&html.split_whitespace().collect::<Vec<_>>().join(" "));
        return;
    }
    let tag = document.tag(id);
    out.push_str(&attributes::start_tag(document, id));
    if VOID.contains(&tag) {
        return;
    }
    let verbatim = verbatim || tag == "pre";
    let by_line = !verbatim && document.child_elements(id).any(|child| is_block(document.tag(child)));
    for child in document.children(id) {
        if by_line && document.text_of(child).is_some() && document.is_blank(child) {
            continue;
        }
        if by_line && is_block(document.tag(child)) && !out.ends_with('\n') {
            out.push('\n');
        }
        write(document, child, out, verbatim);
    }
    if by_line && !out.ends_with('\n') {
        out.push('\n');
    }
    out.push_str(&format!("</{tag}>"));
}

fn write_text(text: &str, out: &mut String, verbatim: bool) {
    let mut before = if out.ends_with('\n') { ' ' } else { 'x' };
    for c in text.chars() {
        let blank = matches!(c, ' ' | '\n' | '\t' | '\r');
        match c {
            '\n' if verbatim => out.push_str("&#10;"),
            _ if blank && !verbatim => {
                if before != ' ' {
                    out.push(' ');
                }
            }
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            c => out.push(c),
        }
        before = if blank { ' ' } else { c };
    }
}
