//! Whether two bodies say the same.

use crate::dom::{Document, NodeData, NodeId};

use super::markdown::is_block;
use super::markdown::notes::{self, Notes};

/// Brings a body into the form in which bodies are compared: nothing is lost by it, whatever it was read from.
///
/// Words beside blocks stand in paragraphs; blanks at the edges of emphasis stand outside of it; paragraphs without
/// anything in them are gone.
pub(super) fn settle(document: &mut Document, root: NodeId) {
    let elements: Vec<NodeId> = document.elements(root).collect();
    for &id in &elements {
        let is_empty = document.is(id, "p") && document.is_blank(id);
        if is_empty && document.attribute(id, "id").is_none() {
            document.detach(id);
        }
    }
    for &id in elements.iter().rev() {
        let marks = ["em", "strong", "b", "i", "u", "del", "s", "sub", "sup", "mark", "a", "span"];
        if marks.contains(&document.tag(id)) && document.parent(id).is_some() {
            move_blanks_out(document, id);
        }
    }
    let holds_blocks = |tag: &str| {
        let tags = ["div", "section", "article", "aside", "header", "footer", "main", "nav", "blockquote"];
        tags.contains(&tag)
    };
    settle_notes(document, root);
    let boxes: Vec<NodeId> = elements.into_iter().filter(|&id| holds_blocks(document.tag(id))).collect();
    for id in boxes.into_iter().chain([root]) {
        wrap_words(document, id);
    }
}

/// Takes the links back to the text out of notes, and puts their words into paragraphs: Markdown does the same.
fn settle_notes(document: &mut Document, root: NodeId) {
    let Some(section) = document.children(root).find(|&id| notes::is_list(document, id)) else { return };
    let elements: Vec<NodeId> = document.elements(section).collect();
    for id in elements {
        let leads_back = document.attribute(id, "role") == Some("doc-backlink")
            || document.attribute(id, "href").is_some_and(|href| href.starts_with("#fnref"));
        if leads_back {
            document.detach(id);
        } else if document.is(id, "li") {
            wrap_words(document, id);
        }
    }
}

/// Moves the blanks that an element begins or ends with out of it.
fn move_blanks_out(document: &mut Document, id: NodeId) {
    let is_text = |document: &Document, id| document.text_of(id).map(str::to_owned);
    let blank = |c: char| matches!(c, ' ' | '\n' | '\t' | '\r');
    if let Some((first, text)) = document.first_child(id).and_then(|it| Some((it, is_text(document, it)?)))
        && text.starts_with(blank)
        && !text.trim_matches(blank).is_empty()
    {
        let space = document.new_text(" ");
        document.insert_before(space, id);
        *document.data_mut(first) = NodeData::Text(text.trim_start_matches(blank).to_owned());
    }
    let last = document.children(id).last();
    if let Some((last, text)) = last.and_then(|it| Some((it, is_text(document, it)?)))
        && text.ends_with(blank)
        && !text.trim_matches(blank).is_empty()
    {
        *document.data_mut(last) = NodeData::Text(text.trim_end_matches(blank).to_owned());
        let space = document.new_text(" ");
        match document.next(id) {
            Some(next) => document.insert_before(space, next),
            None => document.parent(id).into_iter().for_each(|parent| document.append(parent, space)),
        }
    }
}

/// Puts words that stand beside blocks into paragraphs.
fn wrap_words(document: &mut Document, id: NodeId) {
    let mut words: Vec<NodeId> = Vec::new();
    let children: Vec<NodeId> = document.children(id).collect();
    for child in children {
        if is_block(document.tag(child)) {
            wrap(document, &mut words, Some(child));
        } else {
            words.push(child);
        }
    }
    wrap(document, &mut words, None);
}

fn wrap(document: &mut Document, words: &mut Vec<NodeId>, before: Option<NodeId>) {
    let words = std::mem::take(words);
    let says = |&id: &NodeId| document.element(id).is_some() || !document.is_blank(id);
    let Some(&first) = words.iter().find(|id| says(id)) else { return };
    let Some(parent) = document.parent(first) else { return };
    let paragraph = document.new_element("p", &[]);
    match before {
        Some(before) => document.insert_before(paragraph, before),
        None => document.append(parent, paragraph),
    }
    for word in words {
        document.append(paragraph, word);
    }
}

/// What a body says, as text that is the same where two say the same.
pub(super) struct Content<'a> {
    document: &'a Document,
    notes: &'a Notes,
    numbers: Numbers,
}

/// Whether the numbers of notes count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Numbers {
    Count,
    OfAPart,
}

impl<'a> Content<'a> {
    /// Of all of a body.
    pub(super) fn of_the_whole(document: &'a Document, notes: &'a Notes) -> Self {
        Self { document, notes, numbers: Numbers::Count }
    }

    /// Of a part of it, in which notes have other numbers.
    pub(super) fn of_a_part(document: &'a Document, notes: &'a Notes) -> Self {
        Self { document, notes, numbers: Numbers::OfAPart }
    }

    /// What these nodes say.
    pub(super) fn of(&self, nodes: impl IntoIterator<Item = NodeId>) -> String {
        let mut out = String::new();
        for node in nodes {
            self.node(node, &mut out, false);
        }
        out.trim().to_owned()
    }

    fn node(&self, id: NodeId, out: &mut String, verbatim: bool) {
        if let Some(text) = self.document.text_of(id) {
            if verbatim {
                out.push_str(text)
            } else {
                collapse(text, out)
            }
            return;
        }
        let Some(element) = self.document.element(id) else { return };
        if let Some(number) = self.notes.called_by(self.document, id) {
            let number = if self.numbers == Numbers::Count { number } else { 0 };
            out.push_str(&format!("<note {number}>"));
            return;
        }
        if self.notes.are_in(id) {
            for (number, item) in self.notes.all() {
                out.push_str(&format!("\n<note text {number}>\n"));
                self.document.children(item).for_each(|child| self.node(child, out, false));
            }
            return;
        }
        let tag = &*element.name.local;
        let breaks = is_block(tag) || tag == "br";
        if breaks {
            out.truncate(out.trim_end_matches(' ').len());
        }
        out.push_str(&format!("<{tag}"));
        let mut attributes: Vec<String> = element
            .attributes
            .iter()
            .filter_map(|it| self.attribute(id, &it.name.local, &it.value))
            .collect();
        attributes.sort();
        out.push_str(&attributes.concat());
        out.push_str(if breaks { ">\n" } else { ">" });
        let verbatim = verbatim || tag == "pre";
        for child in self.document.children(id) {
            self.node(child, out, verbatim);
        }
        if breaks || verbatim {
            out.truncate(out.trim_end_matches([' ', '\n']).len());
        }
        out.push_str(&format!("</{tag}>"));
        if breaks {
            out.push('\n');
        }
    }

    /// The id that Markdown gives a heading.
    fn own_name(&self, heading: NodeId) -> String {
        comrak::Anchorizer::new().anchorize(&self.document.text(heading))
    }

    /// An attribute, unless it says nothing.
    fn attribute(&self, id: NodeId, name: &str, value: &str) -> Option<String> {
        let in_head = || self.document.ancestors(id).any(|up| self.document.is(up, "thead"));
        let value = match (name, value) {
            ("data-line", _) | ("start", "1") => return None,
            ("scope", "col") if in_head() => return None,
            // Markdown names headings by their words.
            ("id", _) if self.document.heading(id).is_some_and(|_| value == self.own_name(id)) => {
                return None;
            }
            ("class", _) => value.split_whitespace().collect::<Vec<_>>().join(" "),
            ("href" | "src", _) => crate::read::decoded(value),
            ("alt" | "title", _) => value.split_whitespace().collect::<Vec<_>>().join(" "),
            _ => value.to_owned(),
        };
        Some(format!(" {name}={value:?}"))
    }
}

/// Text with one blank for each run of white space, and none at the beginning of a block.
fn collapse(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            ' ' | '\n' | '\t' | '\r' | '\x0C' => {
                if !out.is_empty() && !out.ends_with([' ', '\n']) {
                    out.push(' ');
                }
            }
            '<' => out.push_str("&lt;"),
            c => out.push(c),
        }
    }
}
