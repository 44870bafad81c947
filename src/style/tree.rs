//! The styled tree: what layout and the Word writer both work from.

use std::sync::Arc;

use super::computed::{Bleed, ComputedStyle, ContentItem, Float, MarginBox, Marks, PageSelector};
use crate::config::Exceptions;
use crate::geom::Size;
use crate::media::Picture;
use crate::read::Metadata;

/// A node of a [`StyledTree`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub u32);

/// A document after the cascade. Nodes with `display: none` are not in it; `::before`, `::after` and
/// `::marker` are nodes like any other, first, last and before their siblings.
#[derive(Clone, Debug)]
pub struct StyledTree {
    /// The nodes in document order: a parent before its children.
    pub nodes: Vec<Node>,
    /// The `html` element.
    pub root: NodeId,
    /// What `@page` says.
    pub pages: PageStyles,
    /// The document's metadata, for the properties of both formats.
    pub meta: Arc<Metadata>,
    /// Where the project's own words may be broken.
    pub hyphenation: Arc<Exceptions>,
    /// Names of messages' files: the article's source.
    pub file: Arc<str>,
    /// The text of that file.
    pub source: Arc<str>,
}

/// One node.
#[derive(Clone, Debug)]
pub struct Node {
    /// Its parent; only the root has none.
    pub parent: Option<NodeId>,
    /// Its children in order.
    pub children: Vec<NodeId>,
    /// The computed style; of a text node its parent's inherited values.
    pub style: Arc<ComputedStyle>,
    /// What it is.
    pub content: Content,
    /// The line of the article's source that it came from, from 1.
    pub line: Option<u32>,
}

/// What a node is.
#[derive(Clone, Debug)]
pub enum Content {
    /// An element of the HTML, or a pseudo-element.
    Element(Element),
    /// Text as written: white space is still to be collapsed by layout.
    Text(Arc<str>),
    /// Generated content that only layout can tell: `counter(page)`, `counter(pages)`, `target-counter()`.
    Generated(ContentItem),
}

/// An element.
#[derive(Clone, Debug, Default)]
pub struct Element {
    /// The local name, lower case: `p`, `h2`, `table`. Of a pseudo-element, its originating element's.
    pub tag: Arc<str>,
    /// The `id`.
    pub id: Option<Arc<str>>,
    /// The classes in order.
    pub classes: Vec<Arc<str>>,
    /// The other attributes, in order: `href`, `alt`, `colspan`, `aria-label` …
    pub attributes: Vec<(Arc<str>, Arc<str>)>,
    /// The language (BCP 47) that `lang` gives it or an ancestor.
    pub lang: Arc<str>,
    /// Which pseudo-element it is, if one.
    pub pseudo: Option<Pseudo>,
    /// The picture of an `img` or an inline `svg`.
    pub picture: Option<Arc<Picture>>,
}

/// A pseudo-element (CSS Pseudo-Elements 4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Pseudo {
    /// `::before`.
    Before,
    /// `::after`.
    After,
    /// `::marker` of a list item; its content is already numbered.
    Marker,
    /// `::first-letter`.
    FirstLetter,
    /// `::footnote-call` (CSS Generated Content for Paged Media).
    FootnoteCall,
    /// `::footnote-marker`.
    FootnoteMarker,
}

/// What the `@page` rules of a document say: the style of every kind of page that they tell apart.
#[derive(Clone, Debug, Default)]
pub struct PageStyles {
    /// The rules' selectors, weakest first.
    pub(crate) selectors: Vec<PageSelector>,
    /// The style of a page by which selectors match it.
    pub(crate) styles: Vec<(Vec<usize>, Arc<PageStyle>)>,
}

/// A page's style after its cascade.
#[derive(Clone, Debug)]
pub struct PageStyle {
    /// The sheet.
    pub size: Size,
    /// How far paint goes on beyond the sheet; nothing where no rule says it.
    pub bleed: Option<Bleed>,
    /// The printer's marks; nothing where no rule says it.
    pub marks: Option<Marks>,
    /// The page's margins.
    pub margin: crate::geom::Edges<crate::units::Px>,
    /// Background, border and padding of the page box.
    pub style: Arc<ComputedStyle>,
    /// The margin boxes that have content.
    pub boxes: Vec<(MarginBox, Arc<ComputedStyle>, Vec<ContentItem>)>,
    /// The footnote area.
    pub notes: Arc<ComputedStyle>,
}

impl StyledTree {
    /// The node with this id.
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0 as usize]
    }

    /// The element with this id, `None` for text.
    pub fn element(&self, id: NodeId) -> Option<&Element> {
        match &self.node(id).content {
            Content::Element(element) => Some(element),
            _ => None,
        }
    }

    /// Whether its text quotes the number of a page that something is on.
    pub fn quotes_pages(&self) -> bool {
        let quotes = |node: &Node| matches!(node.content, Content::Generated(ContentItem::TargetPage(..)));
        self.nodes.iter().any(quotes)
    }

    /// The words of an element, white space collapsed; generated content left out.
    pub fn words(&self, id: NodeId) -> String {
        words(&self.nodes, id)
    }

    /// The place of a node in the article's source.
    pub fn place(&self, id: NodeId) -> crate::diag::Place {
        let mut at = Some(id);
        while let Some(id) = at {
            if let Some(line) = self.node(id).line {
                return crate::diag::Place::at(self.file.clone(), &self.source, line, 1);
            }
            at = self.node(id).parent;
        }
        crate::diag::Place::file(self.file.clone())
    }
}

impl Element {
    /// The value of an attribute other than `id` and `class`.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| &**key == name).map(|(_, value)| &**value)
    }

    /// Whether it leads somewhere: an `a` with an address, or the call or the marker of a footnote.
    pub fn is_link(&self) -> bool {
        let leads = match self.pseudo {
            None => &*self.tag == "a",
            Some(pseudo) => matches!(pseudo, Pseudo::FootnoteCall | Pseudo::FootnoteMarker),
        };
        leads && self.attribute("href").is_some()
    }

    /// Whether it has a class.
    pub fn has_class(&self, name: &str) -> bool {
        self.classes.iter().any(|class| &**class == name)
    }
}

/// The words of an element, white space collapsed; generated content and footnotes left out.
pub(crate) fn words(nodes: &[Node], of: NodeId) -> String {
    let mut text = String::new();
    let mut stack = vec![of];
    while let Some(at) = stack.pop() {
        let node = &nodes[at.0 as usize];
        match &node.content {
            Content::Text(part) => text.push_str(part),
            Content::Element(_) if at != of && node.style.position.float == Float::Footnote => {}
            Content::Element(element)
                if element.pseudo.is_none_or(|pseudo| pseudo == Pseudo::FirstLetter) =>
            {
                if &*element.tag == "br" {
                    text.push(' ');
                }
                stack.extend(node.children.iter().rev());
            }
            _ => {}
        }
    }
    let words: Vec<&str> = text.split_ascii_whitespace().collect();
    words.join(" ").replace('\u{AD}', "")
}
