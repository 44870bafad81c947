//! Paragraphs: 7,500 characters of Dutch, shaped, broken and placed on one core.

use std::sync::Arc;

use handout::fonts::FontBook;
use handout::layout::inline::{AtomBox, Room, Surroundings, Typesetter};
use handout::style::computed::{ComputedStyle, ContentItem, Font, Hyphens, Text, TextAlign};
use handout::style::{Content, Element, Node, NodeId, PageStyles, StyledTree};
use handout::units::Px;

const PARAGRAPH: &str = "Wie een gesprek wil voeren dat ergens toe leidt, begint met luisteren. Dat klinkt \
    eenvoudiger dan het is: onder tijdsdruk hoort een bestuurder vooral wat hij verwacht te horen. In de \
    werkplaats oefenen deelnemers daarom met het samenvatten van een standpunt waarmee zij het hartgrondig \
    oneens zijn. Pas wanneer de ander zich daarin herkent, mag de volgende vraag worden gesteld. Het effect is \
    verrassend: meningsverschillen worden niet kleiner, maar wel beter te verdragen.";

struct Nothing;

impl Surroundings for Nothing {
    fn atom(&mut self, _node: NodeId, _room: Room) -> AtomBox {
        AtomBox::default()
    }
    fn generated(&mut self, _node: handout::style::NodeId, _item: &ContentItem) -> Arc<str> {
        Arc::from("")
    }
}

/// A document of paragraphs that have 7,500 characters together.
fn document(align: TextAlign) -> StyledTree {
    let families = Arc::from([Arc::from("Source Serif 4")]);
    let style = Arc::new(ComputedStyle {
        font: Arc::new(Font { families, size: Px(13.0), ..Font::default() }),
        text: Arc::new(Text { align, hyphens: Hyphens::Auto, ..Text::default() }),
        ..ComputedStyle::default()
    });
    let node =
        |parent, children, content| Node { parent, children, style: style.clone(), content, line: None };
    let element = Element { lang: Arc::from("nl"), ..Element::default() };
    let count = (7_500 / PARAGRAPH.chars().count()) as u32;
    let children = (0..count).map(|index| NodeId(1 + 2 * index)).collect();
    let mut nodes = vec![node(None, children, Content::Element(element.clone()))];
    for index in 0..count {
        let block = NodeId(1 + 2 * index);
        nodes.push(node(Some(NodeId(0)), vec![NodeId(block.0 + 1)], Content::Element(element.clone())));
        nodes.push(node(Some(block), Vec::new(), Content::Text(Arc::from(PARAGRAPH))));
    }
    StyledTree {
        hyphenation: std::sync::Arc::default(),
        nodes,
        root: NodeId(0),
        pages: PageStyles::default(),
        meta: Arc::default(),
        file: Arc::from("article.md"),
        source: Arc::from(""),
    }
}

/// How many lines the document has.
fn set(tree: &StyledTree, fonts: &FontBook) -> usize {
    let typesetter = Typesetter::new(tree, fonts);
    let blocks = &tree.node(tree.root).children;
    let lines = blocks.iter().map(|&block| {
        let prepared = typesetter.prepare(block, &tree.node(block).children, &mut Nothing);
        prepared.layout(&typesetter, Px(420.0), &mut Nothing).lines.len()
    });
    lines.sum()
}

#[divan::bench]
fn prepare(bencher: divan::Bencher) {
    let (tree, fonts) = (document(TextAlign::Justify), FontBook::bundled());
    bencher.bench_local(|| {
        let typesetter = Typesetter::new(&tree, &fonts);
        for &block in &tree.node(tree.root).children {
            divan::black_box(typesetter.prepare(block, &tree.node(block).children, &mut Nothing));
        }
    });
}

#[divan::bench(args = ["justify", "start"])]
fn prepare_and_set(bencher: divan::Bencher, align: &str) {
    let align = TextAlign::from_keyword(align).unwrap_or_default();
    let (tree, fonts) = (document(align), FontBook::bundled());
    bencher.bench_local(|| set(&tree, &fonts));
}

#[divan::bench]
fn load_bundled_fonts() -> FontBook {
    FontBook::bundled()
}

fn main() {
    divan::main();
}
