//! Paragraphs as runs of signs, across the elements that they stand in.

use std::mem::take;

use super::language::{self, Rules};
use crate::config::{Typography, primary_language};
use crate::dom::{Document, NodeData, NodeId};

/// What stands for something among words that is none: a picture, code, a formula.
pub(super) const OBJECT: char = '\u{FFFC}';
/// What stands for a line that the author broke.
pub(super) const BREAK: char = '\u{2028}';

/// Elements among the words of a paragraph (WHATWG HTML, section 4.5), and old ones that are still met.
const INLINE: [&str; 27] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "data", "del", "dfn", "em", "font", "i", "ins",
    "label", "mark", "q", "s", "small", "span", "strike", "strong", "time", "u", "wbr", "nobr",
];

/// Elements that are as they are, whatever stands in them.
const KEPT: [&str; 20] = [
    "audio", "canvas", "code", "img", "input", "kbd", "math", "meter", "object", "progress", "rt", "ruby",
    "samp", "sub", "sup", "svg", "tt", "var", "video", "button",
];

/// A character of a paragraph.
#[derive(Clone, Copy)]
pub(super) struct Sign {
    /// What it is.
    pub(super) c: char,
    /// The text that it stands in, by its number in the paragraph.
    pub(super) node: u32,
    /// The rules that it follows; none where it stays as it is.
    pub(super) rules: Option<&'static Rules>,
}

/// Signs that others take the place of.
pub(super) struct Edit {
    pub(super) from: usize,
    /// Behind the last; as `from` where nothing is taken away.
    pub(super) to: usize,
    pub(super) with: &'static str,
}

/// Makes edits, which stand in order, unless they touch a sign that stays as it is.
pub(super) fn apply(signs: &[Sign], edits: &[Edit]) -> Vec<Sign> {
    let mut done = Vec::with_capacity(signs.len() + edits.len());
    let mut at = 0;
    for edit in edits {
        let Some(first) = signs.get(edit.from).filter(|_| edit.from >= at) else { continue };
        let touched = &signs[edit.from..edit.to.max(edit.from + 1).min(signs.len())];
        if touched.iter().any(|sign| sign.rules.is_none()) {
            continue;
        }
        done.extend_from_slice(&signs[at..edit.from]);
        done.extend(edit.with.chars().map(|c| Sign { c, ..*first }));
        at = edit.to;
    }
    done.extend_from_slice(&signs[at..]);
    done
}

/// The walk through a body.
pub(super) struct Walk {
    /// The language of the body, and its rules.
    language: String,
    rules: &'static Rules,
    /// The texts of the paragraph that is open.
    nodes: Vec<NodeId>,
    signs: Vec<Sign>,
    done: Vec<(NodeId, String)>,
}

impl Walk {
    pub(super) fn new(lang: &str, rules: &'static Rules) -> Self {
        let language = primary_language(lang);
        Self { language, rules, nodes: Vec::new(), signs: Vec::new(), done: Vec::new() }
    }

    /// Takes up what is in an element. Bodies are not nested deeper than a stack holds.
    pub(super) fn descend(&mut self, document: &Document, id: NodeId, rules: Option<&'static Rules>) {
        for child in document.children(id) {
            if let Some(text) = document.text_of(child) {
                let node = self.nodes.len() as u32;
                self.nodes.push(child);
                self.signs.extend(text.chars().map(|c| Sign { c, node, rules }));
            } else if document.is(child, "br") {
                self.put(BREAK);
            } else if is_kept(document, child) {
                self.put(OBJECT);
            } else if INLINE.contains(&document.tag(child)) {
                self.descend(document, child, self.rules_of(document, child, rules));
            } else if document.element(child).is_some() {
                self.close();
                if !document.is(child, "pre") {
                    self.descend(document, child, self.rules_of(document, child, rules));
                    self.close();
                }
            }
        }
    }

    /// Puts what was set in its place.
    pub(super) fn write(mut self, document: &mut Document) {
        self.close();
        for (id, text) in self.done {
            *document.data_mut(id) = NodeData::Text(text);
        }
    }

    /// A sign that stands for what is no text.
    fn put(&mut self, c: char) {
        self.signs.push(Sign { c, node: u32::MAX, rules: None });
    }

    /// The rules of an element: those of its language, where it names one.
    fn rules_of(
        &self,
        document: &Document,
        id: NodeId,
        around: Option<&'static Rules>,
    ) -> Option<&'static Rules> {
        let Some(lang) = document.attribute(id, "lang") else { return around };
        if primary_language(lang) == self.language {
            return Some(self.rules);
        }
        language::rules(Typography::of(lang))
    }

    /// Ends a paragraph.
    fn close(&mut self) {
        let nodes = take(&mut self.nodes);
        let mut texts = vec![String::new(); nodes.len()];
        for sign in super::set(take(&mut self.signs)) {
            if let Some(text) = texts.get_mut(sign.node as usize) {
                text.push(sign.c);
            }
        }
        self.done.extend(nodes.into_iter().zip(texts));
    }
}

/// Whether an element is as it is: by its name, as mathematics, or as HTML tells what is not to be translated.
fn is_kept(document: &Document, id: NodeId) -> bool {
    KEPT.contains(&document.tag(id))
        || document.has_class(id, "math")
        || document.attribute(id, "role") == Some("math")
        || document.attribute(id, "translate") == Some("no")
}
