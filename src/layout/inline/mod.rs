//! Paragraphs: the inline children of a block become lines.
//!
//! The phases are files. `collect` makes one text of the inline boxes, with spans, atoms and edges; `shape` gives
//! it glyphs, once, and `shapes` keeps them for other sizes; `opportunities` finds where lines may end, `hyphenate` where in words, `hanging` what stands
//! out at the edges; `fit` chooses the ends of all lines together by what they `cost`, `simple` one after the
//! other, `beside` those next to floats; `place` sets each line, whose height `vertical` finds, `walk`s along it,
//! and makes its `fragments`, with what `decorate` draws and the `leader`s that fill it.
//! [`Typesetter::prepare`] runs the first two, [`Prepared::layout`] the rest, for any width, as often as grid and
//! flex ask; [`Prepared::layout_beside`] does so `beside` floats.

mod beside;
mod collect;
mod cost;
mod decorate;
mod fit;
mod fragments;
mod hanging;
mod hyphenate;
mod leader;
mod line;
mod opportunities;
mod place;
mod prepared;
mod relative;
mod select;
mod shape;
mod shapes;
mod simple;
mod stand_in;
#[cfg(test)]
mod tests;
mod transform;
mod vertical;
mod walk;

use std::rc::Rc;
use std::sync::Arc;

pub use beside::{Beside, Spot};
use collect::{Collector, InlineBox};
pub use prepared::Prepared;
use select::Lookups;
pub(super) use shapes::Shapes;

use super::Item;
use crate::diag::Diagnostic;
use crate::fonts::FontBook;
use crate::geom::{Point, Rect};
use crate::style::computed::{ComputedStyle, ContentItem, Decoration, Float, Position};
use crate::style::{NodeId, StyledTree};
use crate::units::Px;

/// What paragraphs of one document share: the tree, the fonts, and which characters no font has.
pub struct Typesetter<'a> {
    /// The document.
    pub tree: &'a StyledTree,
    /// The fonts of the run.
    pub fonts: &'a FontBook,
    shapes: Rc<Shapes>,
    lookups: Lookups,
}

/// What a paragraph asks the layout around it.
pub trait Surroundings {
    /// The margin box of an inline-level box that is no text: an `inline-block`, an image, an inline `svg`.
    fn atom(&mut self, node: NodeId, room: Room) -> AtomBox;

    /// The text of generated content that only the layout of pages can tell.
    fn generated(&mut self, node: NodeId, item: &ContentItem) -> Arc<str>;
}

/// How much room an atom has (CSS Sizing 3, section 4).
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Room {
    /// As little as it can do with.
    MinContent,
    /// As much as it likes.
    MaxContent,
    /// The width of the containing block.
    Width(Px),
}

/// The margin box of an atom.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct AtomBox {
    /// Across.
    pub width: Px,
    /// Down.
    pub height: Px,
    /// From its top down to its baseline; the height where it has none.
    pub baseline: Px,
}

/// The narrowest and the widest that a paragraph can be (CSS Sizing 3, section 4.1).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ContentSizes {
    /// With every soft wrap opportunity taken.
    pub min: Px,
    /// With none taken.
    pub max: Px,
}

/// What floats take from a line: from its left and from its right end.
pub type Intrusion = (Px, Px);

/// A paragraph, set.
#[derive(Clone, Debug, Default)]
pub struct Paragraph {
    /// The lines from top to bottom.
    pub lines: Vec<Line>,
    /// The room that each of its lines was set for; `None` where floats gave them rooms of their own.
    pub room: Option<Px>,
    /// The width of the widest line, hanging spaces left out.
    pub width: Px,
    /// The height of all lines.
    pub height: Px,
    /// Lines that are wider than their room. They are the caller's to report, once the setting is final.
    pub warnings: Vec<Diagnostic>,
}

/// One line box. What is in it is relative to its top left corner: the left edge of the block's content box.
#[derive(Clone, Debug)]
pub struct Line {
    /// Where in the paragraph it begins.
    pub start: Start,
    /// From the paragraph's top.
    pub top: Px,
    /// Of the line box.
    pub height: Px,
    /// From the line's top down to its baseline.
    pub baseline: Px,
    /// Where its content begins, at the left.
    pub left: Px,
    /// How wide its content is, hanging spaces left out.
    pub width: Px,
    /// What is on it, in paint order.
    pub fragments: Vec<Fragment>,
    /// The parts of links on it: the `a` element and its rectangle.
    pub links: Vec<(NodeId, Rect)>,
    /// The elements that begin on it and make no box of their own here: inline elements (for anchors, running
    /// strings), floats, positioned boxes. Where they would be.
    pub marks: Vec<(NodeId, Point)>,
    /// Why it ends.
    pub ending: Ending,
}

/// Where in a paragraph a line begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Start {
    /// The byte of its text.
    pub byte: u32,
    /// How many floats of its text are placed before.
    pub floats: usize,
}

/// Why a line ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// At a space or another soft wrap opportunity.
    Soft,
    /// In a word, with a hyphen.
    Hyphen,
    /// At a forced break.
    Forced,
    /// At the end of the paragraph.
    Last,
}

/// Something on a line, and the node that it is of: a text node, a node of generated content, or an element.
/// `None` for text that stands in no tree (a page's margin box).
#[derive(Clone, Debug)]
pub struct Fragment {
    /// Whose it is.
    pub node: Option<NodeId>,
    /// What it is.
    pub content: FragmentContent,
}

/// What a fragment is.
#[derive(Clone, Debug)]
pub enum FragmentContent {
    /// Glyphs. The item's tag is for the caller to set, from the fragment's node.
    Text(super::Text),
    /// A line under, over or through the text, or a leader: an artifact.
    Decoration(Item),
    /// The part of an inline box that is on this line, to be painted with its background and border.
    Box(BoxPart),
    /// The margin box of an atom.
    Atom(Rect),
}

/// The part of an inline box that is on one line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BoxPart {
    /// Its border box.
    pub rect: Rect,
    /// Whether its left edge is here, and not sliced off at a line break.
    pub left_edge: bool,
    /// Whether its right edge is here.
    pub right_edge: bool,
}

impl<'a> Typesetter<'a> {
    /// For one document.
    pub fn new(tree: &'a StyledTree, fonts: &'a FontBook) -> Self {
        Self { tree, fonts, shapes: Rc::default(), lookups: Lookups::default() }
    }

    /// With the texts of the document that were shaped before, whatever their size.
    pub(super) fn with_shapes(self, shapes: &Rc<Shapes>) -> Self {
        Self { shapes: shapes.clone(), ..self }
    }

    /// Collects and shapes the inline-level nodes `children`, a run of siblings in `block` or all its children.
    pub fn prepare(&self, block: NodeId, children: &[NodeId], around: &mut dyn Surroundings) -> Prepared {
        self.prepare_run(block, &self.tree.node(block).style, children, around)
    }

    /// The same in a style that need not be all that of `block`.
    pub(super) fn prepare_run(
        &self,
        block: NodeId,
        style: &Arc<ComputedStyle>,
        children: &[NodeId],
        around: &mut dyn Surroundings,
    ) -> Prepared {
        let lang = self.tree.element(block).map_or_else(|| Arc::from(""), |element| element.lang.clone());
        let root = InlineBox { node: Some(block), style: style.clone(), parent: None, link: false };
        let mut collector = Collector::new(self, around, root, lang);
        children.iter().for_each(|&child| collector.node(child));
        let mut prepared = Prepared::new(self, collector.finish());
        prepared.decorations = self.decorations(block);
        prepared
    }

    /// The same for footnotes that share a paragraph, in the style of the footnote area.
    pub(super) fn prepare_footnotes(
        &self,
        style: &Arc<ComputedStyle>,
        notes: &[NodeId],
        around: &mut dyn Surroundings,
    ) -> Prepared {
        let lang = self.tree.element(self.tree.root).map_or_else(|| Arc::from(""), |root| root.lang.clone());
        let root = InlineBox { node: None, style: style.clone(), parent: None, link: false };
        let mut collector = Collector::new(self, around, root, lang);
        notes.iter().for_each(|&note| collector.footnote(note));
        Prepared::new(self, collector.finish())
    }

    /// The same for text that stands in no tree: the content of a page's margin box.
    pub fn prepare_text(&self, style: &Arc<ComputedStyle>, lang: &str, text: &str) -> Prepared {
        let root = InlineBox { node: None, style: style.clone(), parent: None, link: false };
        let mut nowhere = Nowhere;
        let mut collector = Collector::new(self, &mut nowhere, root, Arc::from(lang));
        collector.text(text, style, None);
        Prepared::new(self, collector.finish())
    }

    /// The block and those of its ancestors whose `text-decoration` runs through its text (CSS Text Decoration
    /// 3, section 2): up to the nearest that starts a context of its own.
    fn decorations(&self, block: NodeId) -> Vec<Arc<ComputedStyle>> {
        let mut found = Vec::new();
        let mut next = Some(block);
        while let Some(id) = next {
            let node = self.tree.node(id);
            let style = &node.style;
            if style.inline.decoration != Decoration::default() {
                found.push(style.clone());
            }
            let own = style.position.float != Float::None
                || matches!(style.position.scheme, Position::Absolute | Position::Fixed)
                || style.display.is_atomic_inline();
            next = node.parent.filter(|_| !own);
        }
        found
    }
}

/// The surroundings of text that stands alone.
struct Nowhere;

impl Surroundings for Nowhere {
    fn atom(&mut self, _node: NodeId, _room: Room) -> AtomBox {
        AtomBox::default()
    }

    fn generated(&mut self, _node: NodeId, _item: &ContentItem) -> Arc<str> {
        Arc::from("")
    }
}
