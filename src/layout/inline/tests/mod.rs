//! Paragraphs that can be computed by hand: set in the test font, whose letters are one em wide, and half an em
//! the space and i, j, l, t. At 10 px an em, `abc` is 30 px wide, and a space 5.

mod any_text;
mod boxes;
mod breaking;
mod glyphs;
mod heights;
mod spaces;

use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;

use super::*;
use crate::files::Memory;
use crate::layout::Text as TextItem;
use crate::style::computed::{Font, LengthPercentage, LineHeight, Text};
use crate::style::{Content, Element, Node, PageStyles};

/// A document of one paragraph, built by hand.
pub(super) struct Document {
    tree: StyledTree,
    open: Vec<NodeId>,
}

/// The test fonts alone.
pub(super) fn test_fonts() -> FontBook {
    static BOOK: std::sync::LazyLock<FontBook> = std::sync::LazyLock::new(load_test_fonts);
    BOOK.clone()
}

fn load_test_fonts() -> FontBook {
    let files = Memory::default()
        .with("f/1.ttf", include_bytes!("../../../../tests/fonts/HandoutTest-Regular.ttf"))
        .with("f/2.ttf", include_bytes!("../../../../tests/fonts/HandoutTest-Bold.ttf"))
        .with("f/3.ttf", include_bytes!("../../../../tests/fonts/HandoutTest-Italic.ttf"));
    let mut book = FontBook::default();
    assert!(book.add_folder(&files, Path::new("f")).is_empty());
    book
}

/// 10 px of the test font on lines of 12 px, with what `change` says.
pub(super) fn style(change: impl FnOnce(&mut Font, &mut Text)) -> ComputedStyle {
    let mut font =
        Font { families: Arc::from([Arc::from("Handout Test")]), size: Px(10.0), ..Font::default() };
    let mut text =
        Text { line_height: LineHeight::Length(LengthPercentage::px(Px(12.0))), ..Text::default() };
    change(&mut font, &mut text);
    ComputedStyle { font: Arc::new(font), text: Arc::new(text), ..ComputedStyle::default() }
}

pub(super) fn plain() -> ComputedStyle {
    style(|_, _| {})
}

impl Document {
    pub(super) fn new(style: ComputedStyle, lang: &str) -> Self {
        let mut document = Self {
            tree: StyledTree {
                hyphenation: std::sync::Arc::default(),
                nodes: Vec::new(),
                root: NodeId(0),
                pages: PageStyles::default(),
                meta: Arc::default(),
                file: Arc::from("article.md"),
                source: Arc::from(""),
            },
            open: Vec::new(),
        };
        let element = Element { tag: Arc::from("p"), lang: Arc::from(lang), ..Element::default() };
        document.push(Content::Element(element), style);
        document
    }

    fn push(&mut self, content: Content, style: ComputedStyle) -> NodeId {
        let id = NodeId(self.tree.nodes.len() as u32);
        let parent = self.open.last().copied();
        if let Some(parent) = parent {
            self.tree.nodes[parent.0 as usize].children.push(id);
        }
        let is_element = matches!(content, Content::Element(_));
        let node = Node { parent, children: Vec::new(), style: Arc::new(style), content, line: None };
        self.tree.nodes.push(node);
        if is_element {
            self.open.push(id);
        }
        id
    }

    /// Text with the inherited style of the innermost open element.
    pub(super) fn text(mut self, text: &str) -> Self {
        let around = &self.tree.nodes[self.open.last().unwrap().0 as usize].style;
        let style =
            ComputedStyle { font: around.font.clone(), text: around.text.clone(), ..Default::default() };
        self.push(Content::Text(Arc::from(text)), style);
        self
    }

    pub(super) fn open(mut self, tag: &str, style: ComputedStyle) -> Self {
        let lang = self.tree.element(NodeId(0)).unwrap().lang.clone();
        let mut element = Element { tag: Arc::from(tag), lang, ..Element::default() };
        if tag == "a" {
            element.attributes.push((Arc::from("href"), Arc::from("#there")));
        }
        self.push(Content::Element(element), style);
        self
    }

    pub(super) fn close(mut self) -> Self {
        self.open.pop();
        self
    }

    /// An element without content.
    pub(super) fn empty(self, tag: &str, style: ComputedStyle) -> Self {
        self.open(tag, style).close()
    }

    pub(super) fn set(&self, width: f32) -> Rc<Paragraph> {
        self.set_with(&test_fonts(), width)
    }

    pub(super) fn set_with(&self, fonts: &FontBook, width: f32) -> Rc<Paragraph> {
        let typesetter = Typesetter::new(&self.tree, fonts);
        let prepared = self.prepare(&typesetter);
        prepared.layout(&typesetter, Px(width), &mut Squares)
    }

    pub(super) fn prepare(&self, typesetter: &Typesetter) -> Prepared {
        typesetter.prepare(NodeId(0), &self.tree.nodes[0].children, &mut Squares)
    }

    pub(super) fn sizes(&self) -> (f32, f32) {
        let fonts = test_fonts();
        let typesetter = Typesetter::new(&self.tree, &fonts);
        let sizes = self.prepare(&typesetter).content_sizes(&mut Squares);
        (sizes.min.0, sizes.max.0)
    }
}

/// Atoms are squares of 20 px that stand on the baseline.
pub(super) struct Squares;

impl Surroundings for Squares {
    fn atom(&mut self, _node: NodeId, _room: Room) -> AtomBox {
        AtomBox { width: Px(20.0), height: Px(20.0), baseline: Px(20.0) }
    }

    fn generated(&mut self, _node: NodeId, _item: &ContentItem) -> Arc<str> {
        Arc::from("7")
    }
}

/// The text items of a line.
pub(super) fn items(line: &Line) -> Vec<&TextItem> {
    let texts = line.fragments.iter().filter_map(|fragment| match &fragment.content {
        FragmentContent::Text(text) => Some(text),
        _ => None,
    });
    texts.collect()
}

/// The words of each line, as their glyphs tell them.
pub(super) fn lines(paragraph: &Paragraph) -> Vec<String> {
    let line =
        |line: &Line| items(line).iter().map(|item| &*item.text).collect::<String>().trim_end().to_owned();
    paragraph.lines.iter().map(line).collect()
}

/// One paragraph of plain text in a style.
pub(super) fn set(style: ComputedStyle, text: &str, width: f32) -> Rc<Paragraph> {
    Document::new(style, "nl").text(text).set(width)
}

/// Where each text item begins, and how wide it is.
pub(super) fn spans(line: &Line) -> Vec<(f32, f32)> {
    let span = |item: &&TextItem| (item.origin.x.0, item.glyphs.iter().map(|glyph| glyph.advance.0).sum());
    items(line).iter().map(span).collect()
}
