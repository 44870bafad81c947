//! Where the article of a page is, and what is left out of it.

use std::collections::BTreeSet;

use crate::diag::Diagnostic;
use crate::dom::{Document, NodeId};
use crate::read::Source;

use super::furniture::{self, Furniture};
use super::measure::{Measures, count};

/// So many parts that were left out are told one by one.
const TOLD: usize = 40;

/// A part of a page that is none of its article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct LeftOut {
    pub(super) what: Furniture,
    /// The line that it begins on.
    pub(super) line: u32,
    /// All its words.
    pub(super) text: String,
}

/// The element that holds the article of a document that somebody wrote as such: its `main`, else its only `article`,
/// else all of its body.
pub(super) fn written(document: &Document) -> Option<NodeId> {
    let body = document.body()?;
    only(document, body, "main").or_else(|| only(document, body, "article")).or(Some(body))
}

fn only(document: &Document, below: NodeId, tag: &str) -> Option<NodeId> {
    let mut found = document.elements(below).filter(|&id| document.is(id, tag));
    found.next().filter(|_| found.next().is_none())
}

/// Takes out of a document that somebody wrote what the layout makes again.
pub(super) fn take_contents(document: &mut Document, root: NodeId) -> Vec<LeftOut> {
    let all: Vec<NodeId> =
        document.elements(root).filter(|&id| furniture::is_contents(document, id)).collect();
    let part = |document: &mut Document, id| {
        document.detach(id);
        LeftOut { what: Furniture::Contents, line: document.node(id).line, text: words_of(document, id) }
    };
    all.into_iter().map(|id| part(document, id)).collect()
}

/// Finds the article of a page of a site: takes out what the page says is something else, then goes down to where the
/// prose is. What is beside the way down goes if it is mostly links; text that might belong to the article stays.
pub(super) fn found(document: &mut Document) -> Option<(NodeId, Vec<LeftOut>)> {
    let body = document.body()?;
    let measures = Measures::of(document, body);
    let mut finder = Finder { measures, notes: notes(document, body), document, left_out: Vec::new() };
    finder.take_furniture(body);
    finder.measures = Measures::of(finder.document, body);
    let root = finder.start(body);
    let content = finder.narrow(root);
    Some((content, finder.left_out))
}

struct Finder<'d> {
    document: &'d mut Document,
    /// The ids of notes that the text calls.
    notes: BTreeSet<String>,
    measures: Measures,
    left_out: Vec<LeftOut>,
}

impl Finder<'_> {
    /// Takes everything out that the page says is no article.
    fn take_furniture(&mut self, body: NodeId) {
        let whole = self.measures.at(body);
        let mut next = self.document.first_child(body);
        while let Some(id) = next {
            match furniture::what(self.document, id, &self.measures, whole) {
                Some(what) => {
                    next = after(self.document, id, body);
                    self.leave_out(id, what);
                }
                None => next = self.document.first_child(id).or_else(|| after(self.document, id, body)),
            }
        }
    }

    /// Where the way down begins: the `main` or the only `article` if the prose is there, else the body.
    fn start(&mut self, body: NodeId) -> NodeId {
        let whole = self.measures.at(body);
        let holds = |id: &NodeId| {
            let here = self.measures.at(*id);
            here.words > 0 && here.prose * 2 >= whole.prose
        };
        let main = only(self.document, body, "main").filter(holds);
        let Some(start) = main.or_else(|| only(self.document, body, "article").filter(holds)) else {
            return body;
        };
        let mut way: Vec<NodeId> = self.document.ancestors(start).take_while(|&up| up != body).collect();
        way.insert(0, start);
        for at in way {
            let Some(parent) = self.document.parent(at) else { continue };
            let beside: Vec<NodeId> = self.document.children(parent).filter(|&id| id != at).collect();
            for id in beside {
                self.leave_out(id, Furniture::Beside);
            }
        }
        start
    }

    /// Goes down while one container holds most of the prose. The element that holds all that is kept.
    fn narrow(&mut self, start: NodeId) -> NodeId {
        let (mut content, mut at) = (start, start);
        while let Some(inner) = self.inner(at) {
            let beside: Vec<NodeId> = self.document.children(at).filter(|&id| id != inner).collect();
            let mut is_alone = true;
            for id in beside {
                if self.is_beside(id) {
                    self.leave_out(id, Furniture::Beside);
                } else {
                    is_alone &= self.is_nothing(id);
                }
            }
            if is_alone && content == at {
                content = inner;
            }
            at = inner;
        }
        content
    }

    /// The container in `at` that holds most of its prose.
    fn inner(&self, at: NodeId) -> Option<NodeId> {
        let whole = self.measures.at(at).prose;
        let is_inner = |id: &NodeId| {
            !is_leaf(self.document.tag(*id))
                && !self.is_data(*id)
                && self.measures.at(*id).prose * 2 > whole
                && self.has_blocks(*id)
        };
        self.document.child_elements(at).find(is_inner)
    }

    fn has_blocks(&self, id: NodeId) -> bool {
        self.document.child_elements(id).any(|child| {
            super::measure::is_block(self.document.tag(child)) || self.measures.at(child).prose > 0
        })
    }

    fn is_nothing(&self, id: NodeId) -> bool {
        let here = self.measures.at(id);
        here.words == 0 && here.pictures == 0 && self.document.text_of(id).is_none_or(|text| count(text) == 0)
    }

    /// Whether what is beside the way down is no text of the article.
    fn is_beside(&self, id: NodeId) -> bool {
        let here = self.measures.at(id);
        let tag = self.document.tag(id);
        if self.document.text_of(id).is_some() || here.titles > 0 || self.document.heading(id).is_some() {
            return false;
        }
        if self.holds_notes(id) || self.holds_data(id) {
            return false;
        }
        let is_links = here.linked * 3 > here.words * 2;
        if is_leaf(tag) {
            return is_links && here.pictures == 0;
        }
        let has_heading = || self.document.elements(id).any(|at| self.document.heading(at).is_some());
        let is_shown = here.controls == 0 && (here.pictures > 0 || has_heading());
        let least = if tag == "aside" || tag == "footer" { 40 } else { 12 };
        let is_text = here.prose >= least && here.linked * 3 < here.words;
        here.words > 0 && !(is_text || is_shown) || (here.words == 0 && here.controls > 0)
    }

    /// Whether the text calls a note that is in this element.
    fn holds_notes(&self, id: NodeId) -> bool {
        let is_note = |at| self.document.attribute(at, "id").is_some_and(|name| self.notes.contains(name));
        !self.notes.is_empty() && self.document.elements(id).any(is_note)
    }

    /// Whether an element is a table with heads of its own, and not one that arranges a page.
    fn is_data(&self, id: NodeId) -> bool {
        let is_own =
            |at: &NodeId| self.document.ancestors(*at).find(|&up| self.document.is(up, "table")) == Some(id);
        let is_head = |at: NodeId| self.document.is(at, "th") || self.document.is(at, "caption");
        self.document.is(id, "table") && self.document.elements(id).filter(is_own).any(is_head)
    }

    /// Whether there is a table with heads in this element.
    fn holds_data(&self, id: NodeId) -> bool {
        let is_head = |at: NodeId| self.document.is(at, "th") || self.document.is(at, "caption");
        std::iter::once(id).chain(self.document.elements(id)).any(is_head)
    }

    fn leave_out(&mut self, id: NodeId, what: Furniture) {
        let text = words_of(self.document, id);
        if !text.is_empty() {
            self.left_out.push(LeftOut { what, line: self.document.node(id).line, text });
        }
        self.document.detach(id);
    }
}

/// The ids that calls of notes lead to: links in raised figures, or with the roles or classes that notes have.
fn notes(document: &Document, root: NodeId) -> BTreeSet<String> {
    let is_call = |&id: &NodeId| {
        document.is(id, "a")
            && (document.attribute(id, "role") == Some("doc-noteref")
                || document.has_class(id, "footnote-ref")
                || document.parent(id).is_some_and(|up| document.is(up, "sup"))
                || document.elements(id).any(|at| document.is(at, "sup")))
    };
    let calls = document.elements(root).filter(is_call);
    calls.filter_map(|id| Some(document.attribute(id, "href")?.strip_prefix('#')?.to_owned())).collect()
}

/// Whether an element is of the text itself and not around it.
fn is_leaf(tag: &str) -> bool {
    matches!(
        tag,
        "" | "p"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "figure"
            | "img"
            | "picture"
            | "blockquote"
            | "pre"
            | "ul"
            | "ol"
            | "dl"
            | "hr"
            | "li"
            | "details"
            | "address"
            | "time"
            | "a"
            | "b"
            | "strong"
            | "em"
            | "i"
    )
}

/// The words that a reader of the page sees in an element.
pub(super) fn words_of(document: &Document, id: NodeId) -> String {
    let mut text = String::new();
    let mut open = vec![id];
    while let Some(at) = open.pop() {
        if super::measure::SILENT.contains(&document.tag(at)) {
            continue;
        }
        if let Some(own) = document.text_of(at) {
            text.push_str(own);
        } else if super::measure::is_block(document.tag(at)) || document.is(at, "br") {
            text.push(' ');
        }
        let from = open.len();
        open.extend(document.children(at));
        open[from..].reverse();
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The node that follows `id` and all below it, within `root`.
fn after(document: &Document, id: NodeId, root: NodeId) -> Option<NodeId> {
    let up = std::iter::once(id).chain(document.ancestors(id)).take_while(|&at| at != root);
    up.into_iter().find_map(|at| document.next(at))
}

/// A line on each part that was left out.
pub(super) fn report(left_out: &[LeftOut], source: &Source) -> Vec<Diagnostic> {
    let told = left_out.iter().take(TOLD).map(|part| {
        let words = count(&part.text);
        let plural = if words == 1 { "word" } else { "words" };
        let message =
            format!("left out: {} (“{}”, {words} {plural})", part.what.name(), beginning(&part.text));
        Diagnostic::note("left-out", message).at(source.place(part.line))
    });
    let mut report: Vec<Diagnostic> = told.collect();
    if let Some(more) = left_out.get(TOLD..).filter(|more| !more.is_empty()) {
        let words: u32 = more.iter().map(|part| count(&part.text)).sum();
        let message = format!("left out: {} more parts with {words} words", more.len());
        report.push(Diagnostic::note("left-out", message).at(source.place(more[0].line)));
    }
    report
}

/// The first words of a text.
fn beginning(text: &str) -> String {
    const SHOWN: usize = 48;
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => {
            let cut = text[..end].rsplit_once(' ').map_or(&text[..end], |(before, _)| before);
            format!("{cut} …")
        }
        None => text.to_owned(),
    }
}
