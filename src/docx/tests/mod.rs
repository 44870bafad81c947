//! Documents from trees built by hand, read back from their XML.

mod boxes;
mod styles;
mod tables;
mod text;

use std::io::Read;
use std::sync::{Arc, LazyLock};

use super::{House, PageNumbers, SharedParts, write};
use crate::config::Brand;
use crate::fonts::FontBook;
use crate::read::Metadata;
use crate::style::computed::{
    BorderSide, BorderStyle, Color, Display, Flex, LengthOrAuto, LengthPercentage, ListStyle, TextAlign,
};
use crate::style::{ComputedStyle, Content, Element, Node, NodeId, PageStyles, Pseudo, StyledTree};
use crate::units::Px;

impl House<'_> {
    /// A house without a Word file of its own.
    pub(super) fn plain() -> Self {
        static BRAND: LazyLock<Brand> = LazyLock::new(Brand::built_in);
        static SHARED: LazyLock<SharedParts> = LazyLock::new(SharedParts::default);
        Self { brand: &BRAND, reference: None, specimen: None, shared: &SHARED }
    }
}

/// A tree that grows from its root.
pub(super) struct Builder(pub(super) StyledTree);

impl Builder {
    fn new() -> Self {
        let tree = StyledTree {
            hyphenation: std::sync::Arc::default(),
            nodes: Vec::new(),
            root: NodeId(0),
            pages: PageStyles::default(),
            meta: Arc::new(Metadata {
                title: "Titel".to_owned(),
                lang: "nl".to_owned(),
                ..Metadata::default()
            }),
            file: Arc::from("a.md"),
            source: Arc::from(""),
        };
        let mut builder = Self(tree);
        builder.node(None, "html", |style| style.display = Display::Block);
        builder
    }

    fn push(&mut self, parent: Option<NodeId>, style: ComputedStyle, content: Content) -> NodeId {
        let id = NodeId(self.0.nodes.len() as u32);
        self.0.nodes.push(Node { parent, children: Vec::new(), style: Arc::new(style), content, line: None });
        if let Some(parent) = parent {
            self.0.nodes[parent.0 as usize].children.push(id);
        }
        id
    }

    /// An element `tag.class#id` whose style is its parent's inherited part, changed by `change`.
    fn node(
        &mut self,
        parent: Option<NodeId>,
        name: &str,
        change: impl FnOnce(&mut ComputedStyle),
    ) -> NodeId {
        let (name, id) = name.split_once('#').map_or((name, None), |(name, id)| (name, Some(Arc::from(id))));
        let mut parts = name.split('.');
        let tag = Arc::from(parts.next().unwrap());
        let classes = parts.map(Arc::from).collect();
        let mut style = ComputedStyle::default();
        if let Some(parent) = parent {
            let parent = &self.0.node(parent).style;
            style.font = parent.font.clone();
            style.text = parent.text.clone();
            style.list = parent.list.clone();
            style.table = parent.table.clone();
        }
        change(&mut style);
        let element = Element { tag, id, classes, lang: Arc::from("nl"), ..Element::default() };
        self.push(parent, style, Content::Element(element))
    }

    fn block(&mut self, parent: NodeId, name: &str) -> NodeId {
        self.node(Some(parent), name, |style| style.display = Display::Block)
    }

    fn text(&mut self, parent: NodeId, text: &str) {
        let style = ComputedStyle {
            font: self.0.node(parent).style.font.clone(),
            text: self.0.node(parent).style.text.clone(),
            ..ComputedStyle::default()
        };
        self.push(Some(parent), style, Content::Text(Arc::from(text)));
    }

    fn paragraph(&mut self, parent: NodeId, name: &str, text: &str) -> NodeId {
        let node = self.block(parent, name);
        self.text(node, text);
        node
    }

    fn attribute(&mut self, node: NodeId, name: &str, value: &str) {
        if let Content::Element(element) = &mut self.0.nodes[node.0 as usize].content {
            element.attributes.push((Arc::from(name), Arc::from(value)));
        }
    }

    fn file(&self) -> Vec<u8> {
        let written = write(
            &self.0,
            &FontBook::bundled(),
            &PageNumbers::from([(Arc::from("two"), 4)]),
            &House::plain(),
        )
        .unwrap();
        assert_eq!(written.warnings, []);
        written.file
    }

    /// A part of the document as text.
    pub(super) fn part(&self, name: &str) -> String {
        let mut zip = zip::ZipArchive::new(std::io::Cursor::new(self.file())).unwrap();
        let mut text = String::new();
        zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    }
}

const ROOT: NodeId = NodeId(0);

/// The texts of a part's paragraphs, each with its style in front.
pub(super) fn paragraphs(part: &str) -> Vec<String> {
    let document = roxmltree::Document::parse(part).unwrap();
    let name = |node: &roxmltree::Node, name: &str| node.tag_name().name() == name;
    let paragraphs = document.descendants().filter(|node| name(node, "p"));
    paragraphs
        .map(|paragraph| {
            let style = paragraph.descendants().find(|node| name(node, "pStyle"));
            let style =
                style.and_then(|style| style.attributes().next()).map_or("Normal", |value| value.value());
            let text: String = paragraph
                .descendants()
                .filter(|node| name(node, "t"))
                .filter_map(|text| text.text())
                .collect();
            format!("{style}: {text}")
        })
        .collect()
}

#[test]
fn the_same_tree_gives_the_same_bytes() {
    let mut tree = Builder::new();
    let p = tree.node(Some(ROOT), "p", |style| {
        style.display = Display::Block;
        style.boxes.margin.top = LengthOrAuto::Length(LengthPercentage::px(Px(8.0)));
        Arc::make_mut(&mut style.text).align = TextAlign::Justify;
    });
    for number in 0..9 {
        let link = tree.node(Some(p), "a", |_| {});
        tree.attribute(link, "href", &format!("https://example.org/{number}"));
        tree.text(link, "koppeling");
    }
    let first = tree.file();
    assert!(first == std::thread::spawn(move || tree.file()).join().unwrap(), "the bytes differ");
}

/// A part of the document of this HTML, in the styles of a browser.
fn part_of(html: &str, name: &str) -> String {
    let css = "nav a::after { content: leader(dotted) target-counter(attr(href), page) } \
         nav ol { list-style: none } .note { float: footnote } .step { position: relative; padding-left: 96px } \
         .numeral { position: absolute; left: 0 }";
    Builder(tree_of(html, css)).part(name)
}

fn document_of(html: &str) -> String {
    part_of(html, "word/document.xml")
}

/// The styled tree of this HTML and CSS.
pub(super) fn tree_of(html: &str, css: &str) -> StyledTree {
    let files = crate::files::Memory::default();
    let pictures = crate::media::Library::new(&files, std::path::Path::new("/"));
    let article = crate::read::Article {
        slug: String::new(),
        meta: Metadata { title: "Titel".to_owned(), lang: "nl".to_owned(), ..Metadata::default() },
        body: String::new(),
        file: Arc::from("a.html"),
        source: Arc::from(html),
        folder: std::path::PathBuf::new(),
    };
    let (sheet, _) = crate::style::Stylesheet::parse(css, "a.css");
    crate::style::style(html, &[Arc::new(sheet)], &pictures, &article).unwrap().0
}

/// The attributes of the first element of this name, in the order of their names.
fn attributes<'x>(xml: &'x str, name: &str) -> Vec<&'x str> {
    let rest = xml.split(&format!("<{name} ")).nth(1).unwrap_or_default();
    let mut found: Vec<&str> =
        rest.split('>').next().unwrap_or_default().trim_end_matches('/').split_whitespace().collect();
    found.sort_unstable();
    found
}

#[test]
fn a_document_is_the_same_whatever_was_written_before_it() {
    let fonts = FontBook::bundled();
    let file = |html: &str, css: &str, shared: &SharedParts| {
        let house = House { shared, ..House::plain() };
        write(&tree_of(html, css), &fonts, &PageNumbers::default(), &house).unwrap().file
    };
    let common = SharedParts::default();
    // More looks and lists than are kept.
    for number in (0..200).chain(0..3) {
        let html = format!(
            r#"<p class="c{number}">{number}</p><ol start="{number}"><li>a</li></ol><a href="https://example.org/{number}">b</a>"#
        );
        let css = format!(".c{number} {{ font-size: {}px }}", 10 + number);
        assert!(file(&html, &css, &common) == file(&html, &css, &SharedParts::default()), "{number}");
    }
}
