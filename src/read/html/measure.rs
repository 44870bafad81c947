//! How much there is in each element of a page: words, words in links, and words of prose.

use crate::dom::{Document, NodeId};

/// Words of a text block below which it is a label and no prose.
const PROSE: u32 = 8;

/// Elements with no text of the page in them, whatever they hold.
pub(super) const SILENT: [&str; 8] =
    ["script", "style", "noscript", "template", "title", "iframe", "object", "svg"];

/// What an element holds, all that is below it included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Measure {
    /// Words.
    pub(super) words: u32,
    /// Words in links and buttons.
    pub(super) linked: u32,
    /// Words outside links in blocks that hold enough of them to be sentences.
    pub(super) prose: u32,
    /// Pictures.
    pub(super) pictures: u32,
    /// Things to press or to fill in.
    pub(super) controls: u32,
    /// Headings of the first level.
    pub(super) titles: u32,
}

/// The measures of all elements of a page.
pub(super) struct Measures(Vec<Measure>);

impl Measures {
    /// Measures everything below `root`, in one pass.
    pub(super) fn of(document: &Document, root: NodeId) -> Self {
        let mut own = vec![Measure::default(); document.len()];
        let mut blocks = vec![Measure::default(); document.len()];
        let order = visible(document, root);
        for &(id, block, in_link) in &order {
            let measure = &mut own[id.index()];
            if let Some(text) = document.text_of(id) {
                measure.words = count(text);
                measure.linked = if in_link { measure.words } else { 0 };
                blocks[block.index()].words += measure.words;
                blocks[block.index()].linked += measure.linked;
            }
            match document.tag(id) {
                "img" | "picture" | "video" | "canvas" | "svg" => measure.pictures = 1,
                "h1" => measure.titles = 1,
                "a" | "button" | "input" | "select" | "textarea" | "form" => measure.controls = 1,
                _ => {}
            }
        }
        for (index, block) in blocks.iter().enumerate() {
            let plain = block.words.saturating_sub(block.linked);
            if plain >= PROSE && plain > block.linked {
                own[index].prose = plain;
            }
        }
        for &(id, ..) in order.iter().rev() {
            let Some(up) = document.parent(id).filter(|_| id != root) else { continue };
            let below = own[id.index()];
            own[up.index()].add(below);
        }
        Self(own)
    }

    /// What an element holds.
    pub(super) fn at(&self, id: NodeId) -> Measure {
        self.0.get(id.index()).copied().unwrap_or_default()
    }
}

impl Measure {
    fn add(&mut self, other: Self) {
        self.words += other.words;
        self.linked += other.linked;
        self.prose += other.prose;
        self.pictures += other.pictures;
        self.controls += other.controls;
        self.titles += other.titles;
    }
}

/// How many words a text has. Chinese and Japanese are written without spaces; two of their signs are about a word.
pub(super) fn count(text: &str) -> u32 {
    let words = text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count();
    let signs = text.chars().filter(|c| matches!(c, '\u{3040}'..='\u{9FFF}')).count();
    (words + signs / 2) as u32
}

/// The nodes below `root` and itself in document order, without what is in [`SILENT`] elements, each with the block
/// that holds it and whether it is in a link.
fn visible(document: &Document, root: NodeId) -> Vec<(NodeId, NodeId, bool)> {
    let mut order = Vec::new();
    let mut open = vec![(root, root, false)];
    while let Some((id, block, in_link)) = open.pop() {
        order.push((id, block, in_link));
        let tag = document.tag(id);
        if SILENT.contains(&tag) {
            continue;
        }
        let block = if is_block(tag) { id } else { block };
        let in_link = in_link || matches!(tag, "a" | "button" | "select" | "option");
        let from = open.len();
        open.extend(document.children(id).map(|child| (child, block, in_link)));
        open[from..].reverse();
    }
    order
}

/// Whether an element is a block of its own.
pub(super) fn is_block(tag: &str) -> bool {
    matches!(
        tag,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "html"
            | "legend"
            | "li"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "search"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
    )
}
