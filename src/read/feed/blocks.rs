//! What WordPress' block editor writes, as elements that layouts know. Most blocks are HTML already, in boxes that go
//! when the page is tidied.

use crate::dom::{Document, NodeId};
use crate::read::clean::unwrap;

use super::media::Media;

/// Patterns in patterns are followed so deep: one may contain itself.
const DEEPEST: u32 = 5;

/// The patterns that are put into a text are together not longer than that, in bytes.
const LONGEST: usize = 2 << 20;

/// Puts the patterns that a text refers to in their places, each on one line, and gives the names of the blocks that
/// only the site can make, with their lines.
pub(super) fn expand(html: &str, first_line: u32, media: &Media) -> (String, Vec<(String, u32)>) {
    let mut made = Vec::new();
    let mut room = LONGEST;
    let mut out = String::with_capacity(html.len());
    let mut line = first_line;
    let mut rest = html;
    while let Some(start) = rest.find("<!-- wp:") {
        let Some(length) = rest[start..].find("-->").map(|end| end + 3) else { break };
        let (before, comment) = (&rest[..start], &rest[start..start + length]);
        out.push_str(before);
        line += before.matches('\n').count() as u32;
        let inner = &comment["<!-- wp:".len()..comment.len() - 3];
        let name = inner.split(char::is_whitespace).next().unwrap_or_default();
        if inner.trim_end().ends_with('/') {
            match (name, reference(inner)) {
                ("block", Some(id)) => write_pattern(id, media, DEEPEST, &mut room, &mut out),
                // Notes come from the post itself.
                ("footnotes", _) => {}
                _ => made.push((name.to_owned(), line)),
            }
        }
        let lines = comment.matches('\n').count();
        out.push_str(&"\n".repeat(lines));
        line += lines as u32;
        rest = &rest[start + length..];
    }
    out.push_str(rest);
    (out, made)
}

/// The number in `{"ref":12}`.
fn reference(inner: &str) -> Option<u64> {
    let json = inner.get(inner.find('{')?..=inner.rfind('}')?)?;
    serde_json::from_str::<serde_json::Value>(json).ok()?.get("ref")?.as_u64()
}

/// Writes a pattern, and those in it, as far as there is room for them.
fn write_pattern(id: u64, media: &Media, deepest: u32, room: &mut usize, out: &mut String) {
    let Some(html) = media.patterns.get(&id).filter(|html| deepest > 0 && html.len() < *room) else { return };
    *room -= html.len() + 1;
    let html = html.replace('\n', " ");
    let mut rest = html.as_str();
    while let Some(start) = rest.find("<!-- wp:block ") {
        let Some(end) = rest[start..].find("-->") else { break };
        out.push_str(&rest[..start]);
        if let Some(inner) = reference(&rest[start..start + end]) {
            write_pattern(inner, media, deepest - 1, room, out);
        }
        rest = &rest[start + end + 3..];
    }
    out.push_str(rest);
}

/// Makes elements of blocks that are more than boxes.
pub(super) fn settle(document: &mut Document, root: NodeId) {
    let all: Vec<NodeId> = document.elements(root).collect();
    for &id in all.iter().rev() {
        let classes = document.attribute(id, "class").unwrap_or_default().to_owned();
        let has = |name: &str| classes.split_ascii_whitespace().any(|it| it == name);
        let aligned = ["center", "right"].into_iter().find(|side| has(&format!("has-text-align-{side}")));
        if let Some(side) = aligned.filter(|_| matches!(document.tag(id), "p" | "td" | "th")) {
            document.set_attribute(id, "align", side);
        }
        match document.tag(id) {
            "figure" if has("wp-block-table") => caption_table(document, id),
            "figure" if has("wp-block-gallery") || has("wp-block-pullquote") => open_figure(document, id),
            "figure" if has("wp-block-embed") => link_embed(document, id),
            "ul" | "li" if has("blocks-gallery-grid") || has("blocks-gallery-item") => unwrap(document, id),
            "a" if has("wp-block-file__button") => document.detach(id),
            "pre" if has("wp-block-verse") => break_verse(document, id),
            // The number that calls a note.
            "sup" if has("fn") => document.set_attribute(id, "class", "footnote-ref"),
            _ => {}
        }
    }
}

/// A verse is a paragraph that keeps its lines, and how far they stand from the edge.
fn break_verse(document: &mut Document, verse: NodeId) {
    let texts: Vec<NodeId> =
        document.descendants(verse).filter(|&id| document.text_of(id).is_some()).collect();
    for id in texts {
        let text = document.text_of(id).unwrap_or_default().to_owned();
        for (index, line) in text.split('\n').enumerate() {
            if index > 0 {
                let end = document.new_element("br", &[]);
                document.insert_before(end, id);
            }
            let words = line.trim_start_matches(' ');
            let edge = if index > 0 { "\u{a0}".repeat(line.len() - words.len()) } else { String::new() };
            let line = document.new_text(edge + if index > 0 { words } else { line });
            document.insert_before(line, id);
        }
        document.detach(id);
    }
    let paragraph = document.new_element("p", &[]);
    document.set_line(paragraph, document.node(verse).line);
    document.insert_before(paragraph, verse);
    while let Some(child) = document.first_child(verse) {
        document.append(paragraph, child);
    }
    document.detach(verse);
}

/// The caption of a table's figure is the table's own.
fn caption_table(document: &mut Document, figure: NodeId) {
    let table = document.child_elements(figure).find(|&id| document.is(id, "table"));
    let words = document.child_elements(figure).find(|&id| document.is(id, "figcaption"));
    if let (Some(table), Some(words)) = (table, words) {
        let caption = document.new_element("caption", &[]);
        while let Some(child) = document.first_child(words) {
            document.append(caption, child);
        }
        match document.first_child(table) {
            Some(first) => document.insert_before(caption, first),
            None => document.append(table, caption),
        }
        document.detach(words);
    }
    unwrap(document, figure);
}

/// A figure around figures or a quotation is a box; what it says below them is a paragraph.
fn open_figure(document: &mut Document, figure: NodeId) {
    let words = document.child_elements(figure).find(|&id| document.is(id, "figcaption"));
    if let Some(words) = words {
        let paragraph = document.new_element("p", &[]);
        document.set_line(paragraph, document.node(words).line);
        while let Some(child) = document.first_child(words) {
            document.append(paragraph, child);
        }
        document.insert_before(paragraph, words);
        document.detach(words);
    }
    unwrap(document, figure);
}

/// What a site would have shown from another one is a link to it.
fn link_embed(document: &mut Document, figure: NodeId) {
    let text = document.children(figure).find(|&id| !document.is_blank(id) && !document.is(id, "figcaption"));
    let address = text.map(|id| document.text(id).trim().to_owned());
    if let (Some(wrapper), Some(address)) = (text, address.filter(|it| it.starts_with("http"))) {
        let link = document.new_element("a", &[("href", &address)]);
        let words = document.new_text(address.as_str());
        document.append(link, words);
        let paragraph = document.new_element("p", &[]);
        document.set_line(paragraph, document.node(wrapper).line);
        document.append(paragraph, link);
        document.insert_before(paragraph, wrapper);
        document.detach(wrapper);
    }
    open_figure(document, figure);
}
