//! HTML as the Markdown that gives it again.
//!
//! Each block is written as a person would write it, and read again at once. If something else comes back, it is
//! written with every sign escaped, and if that does not help either, as the HTML that it is: Markdown holds all of
//! it.

mod attributes;
mod blocks;
mod escape;
mod inline;
mod lists;
pub(super) mod notes;
mod raw;
mod tables;

use std::sync::Arc;

use super::compare::{self, Content};
use crate::dom::{self, Document, NodeId};
use crate::read::{Source, markdown, prepare_for_markdown};
use escape::Manner;
pub(super) use notes::Notes;

/// Elements that stand among blocks.
const BLOCKS: [&str; 40] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "colgroup",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tr",
    "ul",
    "video",
];

/// Whether an element stands among blocks.
pub(super) fn is_block(tag: &str) -> bool {
    BLOCKS.contains(&tag) || matches!(tag, "thead" | "tfoot" | "th")
}

/// Markdown, and what does not come back from it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// The Markdown.
    pub text: String,
    /// The line of the source of the first block that comes back otherwise, 0 where it has none.
    pub differs_at: Option<u32>,
}

/// Writes a body as Markdown.
pub fn write(html: &str) -> Written {
    let mut document = dom::parse_fragment(html, 1);
    let root = document.fragment();
    prepare_for_markdown(&mut document, root);
    compare::settle(&mut document, root);
    let notes = Notes::take(&document, root);
    let writer = Writer { document: &document, notes: &notes };
    let mut text = String::new();
    for id in document.children(root).filter(|&id| document.element(id).is_some()) {
        if notes.are_in(id) {
            continue;
        }
        text.push_str(&writer.block(id));
        text.push_str("\n\n");
    }
    for (number, item) in notes.all() {
        text.push_str(&writer.note(number, item));
    }
    let text = text.trim_end().to_owned() + "\n";
    let differs_at = writer.difference(root, &text);
    Written { text, differs_at }
}

/// Writes the blocks of a document.
struct Writer<'a> {
    document: &'a Document,
    notes: &'a Notes,
}

impl Writer<'_> {
    /// A block, in the first manner that comes back.
    fn block(&self, id: NodeId) -> String {
        let written = if blocks::is_container(self.document.tag(id)) {
            self.container(id, Inner::Checked).filter(|text| self.comes_back(id, text))
        } else {
            let ways = [Manner::Plain, Manner::Careful];
            let mut written = ways.into_iter().filter_map(|manner| self.leaf(id, manner));
            written.find(|text| self.comes_back(id, text))
        };
        written.unwrap_or_else(|| raw::block(self.document, id))
    }

    /// A block that stands in one that is checked as a whole.
    fn part(&self, id: NodeId, manner: Manner) -> Option<String> {
        if blocks::is_container(self.document.tag(id)) {
            self.container(id, Inner::Parts(manner))
        } else {
            self.leaf(id, manner)
        }
    }

    /// Whether reading `text` gives the block again.
    fn comes_back(&self, id: NodeId, text: &str) -> bool {
        let Some(read) = read(&self.notes.with_stubs(text)) else { return false };
        let root = read.fragment();
        let notes = Notes::take(&read, root);
        let blocks = read.children(root).filter(|&child| !notes.are_in(child));
        let again = Content::of_a_part(&read, &notes).of(blocks);
        again == Content::of_a_part(self.document, self.notes).of([id])
    }

    /// The line of the first block of the whole that reading `text` gives otherwise.
    fn difference(&self, root: NodeId, text: &str) -> Option<u32> {
        let Some(read) = read(text) else { return Some(0) };
        let notes = Notes::take(&read, read.fragment());
        let old = Content::of_the_whole(self.document, self.notes);
        let new = Content::of_the_whole(&read, &notes);
        let mut others = read.children(read.fragment()).filter(|&id| read.element(id).is_some());
        for id in self.document.children(root).filter(|&id| self.document.element(id).is_some()) {
            if others.next().is_none_or(|other| old.of([id]) != new.of([other])) {
                return Some(self.document.source_line(id).unwrap_or(0));
            }
        }
        others.next().map(|_| 0)
    }
}

/// How the blocks in a block are written.
#[derive(Clone, Copy, Debug)]
enum Inner {
    /// Each in the manner in which it comes back.
    Checked,
    /// All in this manner, as parts of what is checked as a whole. Blocks in lists in blocks are read twice then,
    /// and not twice for every list around them.
    Parts(Manner),
}

/// What Markdown gives.
fn read(text: &str) -> Option<Document> {
    let file: Arc<str> = "".into();
    let body = markdown::body(&Source::new(&file, text)).ok().filter(|body| body.title.is_none())?;
    let mut document = dom::parse_fragment(&body.html, 1);
    let root = document.fragment();
    compare::settle(&mut document, root);
    Some(document)
}

#[cfg(test)]
mod tests;
