//! What all rules look at: the elements that are read out, their words, and where those come from.

use std::cell::OnceCell;

use crate::diag::{Lines, Place};
use crate::layout::Names;
use crate::style::computed::{Float, Position};
use crate::style::{Content, Element, NodeId, Pseudo, StyledTree};

/// A document as it is read out.
pub(super) struct Reading<'a> {
    /// The document.
    pub tree: &'a StyledTree,
    /// The elements that are read out, in document order: not those that are hidden or repeated on every page,
    /// nor what is in them, and no pseudo-elements.
    pub elements: Vec<(NodeId, &'a Element)>,
    /// The texts.
    pub blocks: Vec<Block<'a>>,
    /// By node the element that follows it in the same parent.
    next: Vec<Option<NodeId>>,
    /// What elements are called.
    pub names: Names<'a>,
    lines: OnceCell<Lines<'a>>,
}

/// An element with words of its own, not only in blocks within it.
pub(super) struct Block<'a> {
    /// Where it is.
    pub node: NodeId,
    /// The element.
    pub element: &'a Element,
    /// Its words in its language, white space as written; a `br` is a line feed.
    pub text: String,
}

impl<'a> Reading<'a> {
    /// Reads a document.
    pub fn of(tree: &'a StyledTree) -> Self {
        let mut elements = Vec::new();
        let mut next = vec![None; tree.nodes.len()];
        for (node, element) in read_out(tree) {
            if element.pseudo.is_none() {
                elements.push((node, element));
            }
            let mut before: Option<NodeId> = None;
            for (child, _) in spoken_children(tree, node) {
                if let Some(before) = before.replace(child) {
                    next[before.0 as usize] = Some(child);
                }
            }
        }
        let is_block = |(_, element): &&(NodeId, &Element)| !is_inline(&element.tag);
        let blocks = elements.iter().filter(is_block);
        let blocks = blocks.filter_map(|&(node, element)| Block::of(tree, node, element)).collect();
        Self { tree, elements, blocks, next, names: Names::new(tree), lines: OnceCell::new() }
    }

    /// The elements with this name.
    pub fn named(&self, tag: &'static str) -> impl Iterator<Item = (NodeId, &'a Element)> {
        self.elements.iter().copied().filter(move |(_, element)| &*element.tag == tag)
    }

    /// Where a node begins in the article's source.
    pub fn place(&self, node: NodeId) -> Place {
        match self.line(node) {
            Some(line) => self.lines().place(line),
            None => Place::file(self.tree.file.clone()),
        }
    }

    /// The place of the first of `wanted` that stands in the source of a node's block, else of the node.
    pub fn place_of(&self, node: NodeId, wanted: &[&str]) -> Place {
        let Some(line) = self.line(node) else { return self.place(node) };
        let found = wanted
            .iter()
            .filter(|words| !words.is_empty())
            .find_map(|words| self.lines().find(line, words, |_| true));
        found.unwrap_or_else(|| self.lines().place(line))
    }

    /// Whether a node comes from the article, and not from its layout.
    pub fn is_articles(&self, node: NodeId) -> bool {
        self.line(node).is_some()
    }

    fn line(&self, node: NodeId) -> Option<u32> {
        self.around(node).find_map(|node| self.tree.node(node).line)
    }

    /// A node and all that it is in, inside out.
    pub fn around(&self, node: NodeId) -> impl Iterator<Item = NodeId> {
        std::iter::successors(Some(node), |&node| self.tree.node(node).parent)
    }

    /// The block that holds a node.
    pub fn block_around(&self, node: NodeId) -> NodeId {
        let is_block =
            |&node: &NodeId| self.tree.element(node).is_some_and(|element| !is_inline(&element.tag));
        self.around(node).find(is_block).unwrap_or(node)
    }

    /// The children of a node that are elements which are read out.
    pub fn children(&self, node: NodeId) -> impl Iterator<Item = (NodeId, &'a Element)> {
        spoken_children(self.tree, node)
    }

    /// The element that is read out next in the same parent.
    pub fn next(&self, node: NodeId) -> Option<NodeId> {
        self.next.get(node.0 as usize).copied().flatten()
    }

    /// Whether there is a picture in a node.
    pub fn holds_picture(&self, node: NodeId) -> bool {
        let mut stack = vec![node];
        while let Some(at) = stack.pop() {
            if self.tree.element(at).is_some_and(|element| element.picture.is_some()) {
                return true;
            }
            stack.extend(&self.tree.node(at).children);
        }
        false
    }

    fn lines(&self) -> &Lines<'a> {
        self.lines.get_or_init(|| Lines::of(&self.tree.file, &self.tree.source))
    }
}

impl<'a> Block<'a> {
    fn of(tree: &'a StyledTree, node: NodeId, element: &'a Element) -> Option<Self> {
        let mut text = String::new();
        let mut stack: Vec<NodeId> = tree.node(node).children.iter().rev().copied().collect();
        while let Some(at) = stack.pop() {
            match &tree.node(at).content {
                Content::Text(part) => text.push_str(part),
                Content::Element(inner) if &*inner.tag == "br" => text.push('\n'),
                Content::Element(inner) => {
                    let is_in_line = match inner.pseudo {
                        Some(pseudo) => pseudo == Pseudo::FirstLetter,
                        None => is_inline(&inner.tag),
                    };
                    let is_own = is_in_line
                        && inner.lang == element.lang
                        && !is_silent(tree, at, inner)
                        && tree.node(at).style.position.float != Float::Footnote;
                    match is_own {
                        true => stack.extend(tree.node(at).children.iter().rev()),
                        false => text.push(' '),
                    }
                }
                Content::Generated(_) => {}
            }
        }
        let has_words = text.chars().any(char::is_alphanumeric);
        has_words.then_some(Self { node, element, text })
    }

    /// Its words with one blank between them.
    pub fn words(&self) -> String {
        self.text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Its lines as far as its source has them, blank ones left out.
    pub fn lines(&self) -> impl Iterator<Item = &str> {
        self.text.lines().map(str::trim).filter(|line| !line.is_empty())
    }
}

/// The elements that are read out, pseudo-elements too, in document order: not those that are hidden or repeated on
/// every page, nor what is in them.
pub(in crate::audit) fn read_out(tree: &StyledTree) -> impl Iterator<Item = (NodeId, &Element)> {
    let mut stack = vec![tree.root];
    std::iter::from_fn(move || {
        while let Some(node) = stack.pop() {
            let Some(element) = tree.element(node).filter(|element| !is_silent(tree, node, element)) else {
                continue;
            };
            stack.extend(tree.node(node).children.iter().rev());
            return Some((node, element));
        }
        None
    })
}

fn spoken_children(tree: &StyledTree, node: NodeId) -> impl Iterator<Item = (NodeId, &Element)> {
    tree.node(node).children.iter().filter_map(move |&child| {
        let element = tree.element(child)?;
        (element.pseudo.is_none() && !is_silent(tree, child, element)).then_some((child, element))
    })
}

/// Whether nothing of an element is read out: it is hidden, or an artifact of pages.
fn is_silent(tree: &StyledTree, node: NodeId, element: &Element) -> bool {
    let position = &tree.node(node).style.position;
    element.attribute("aria-hidden") == Some("true")
        || position.running.is_some()
        || position.scheme == Position::Fixed
}

/// Whether an element is part of a line of text (WHATWG HTML, section 3.2.5.2.5: phrasing content).
fn is_inline(tag: &str) -> bool {
    const INLINE: [&str; 34] = [
        "a", "abbr", "b", "bdi", "bdo", "big", "br", "cite", "code", "data", "del", "dfn", "em", "font", "i",
        "img", "input", "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strong", "sub",
        "sup", "svg", "time", "u", "var", "wbr",
    ];
    INLINE.contains(&tag)
}

/// The sentence of `text` that `words` stand in, one blank between words.
pub(super) fn sentence<'t>(text: &'t str, words: &str) -> &'t str {
    const ENDS: [&str; 3] = [". ", "! ", "? "];
    let Some(at) = text.find(words) else { return text };
    let last = text.floor_char_boundary((at + words.len()).saturating_sub(1)).max(at);
    let start = ENDS.iter().filter_map(|end| text[..at].rfind(end)).max().map_or(0, |found| found + 2);
    let end = ENDS.iter().filter_map(|end| text[last..].find(end)).min();
    &text[start..end.map_or(text.len(), |found| last + found + 1)]
}

/// The beginning of a text, for a message.
pub(super) fn excerpt(text: &str) -> String {
    const LONGEST: usize = 80;
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    let cut: String = text.chars().take(LONGEST).collect();
    let whole = cut.rfind(' ').map_or(&*cut, |at| &cut[..at]);
    format!("{whole}…")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_shown_in_their_sentence() {
        let text = "Eerst dit. Lees hier over zorg! En dan nog: klaar.";
        assert_eq!(sentence(text, "hier"), "Lees hier over zorg!");
        assert_eq!(sentence(text, "Eerst dit."), "Eerst dit.");
        assert_eq!(sentence(text, "klaar."), "En dan nog: klaar.");
        assert_eq!(sentence(text, "é"), text);
        assert_eq!(sentence("é", "é"), "é");
    }

    #[test]
    fn an_excerpt_ends_with_a_word() {
        assert_eq!(excerpt("kort"), "kort");
        assert_eq!(excerpt(&"woord ".repeat(20)), format!("{}woord…", "woord ".repeat(12)));
        assert!(excerpt(&"é".repeat(200)).ends_with("é…"));
    }
}
