//! Styled trees by hand.

use std::sync::Arc;

use crate::geom::{Edges, Size};
use crate::read::Metadata;
use crate::style::computed::{
    ComputedStyle, Display, Font, LengthOrAuto, LengthPercentage, LineHeight, Text,
};
use crate::style::{Content, Element, Node, NodeId, PageStyle, PageStyles, StyledTree};
use crate::units::Px;

/// Builds a styled tree: 10 px type on lines of 10 px, pages without margins.
pub(in crate::layout) struct Builder {
    nodes: Vec<Node>,
    open: Vec<NodeId>,
    size: Size,
    pub meta: Metadata,
}

impl Builder {
    /// A document on pages of this size.
    pub fn new(width: f32, height: f32) -> Self {
        let size = Size::new(Px(width), Px(height));
        let meta = Metadata { title: "Test".to_owned(), ..Metadata::default() };
        let mut builder = Self { nodes: Vec::new(), open: Vec::new(), size, meta };
        builder.open("html", |_| {});
        builder.open("body", |_| {});
        builder
    }

    /// A margin.
    pub fn margin(px: f32) -> LengthOrAuto {
        LengthOrAuto::Length(LengthPercentage::px(Px(px)))
    }

    fn push(&mut self, style: Arc<ComputedStyle>, content: Content) -> NodeId {
        let id = NodeId(self.nodes.len() as u32);
        let parent = self.open.last().copied();
        if let Some(parent) = parent {
            self.nodes[parent.0 as usize].children.push(id);
        }
        self.nodes.push(Node { parent, children: Vec::new(), style, content, line: None });
        id
    }

    /// Opens an element, a block where `change` says nothing else.
    pub fn open(&mut self, tag: &str, change: impl FnOnce(&mut ComputedStyle)) {
        let families: Arc<[Arc<str>]> = Arc::from([Arc::from("Handout Test")]);
        let font = Font { families, size: Px(10.0), ..Font::default() };
        let text = Text { line_height: LineHeight::Number(1.0), ..Text::default() };
        let mut style = ComputedStyle {
            font: Arc::new(font),
            text: Arc::new(text),
            display: Display::Block,
            ..ComputedStyle::default()
        };
        change(&mut style);
        let element = Element { tag: Arc::from(tag), ..Element::default() };
        let id = self.push(Arc::new(style), Content::Element(element));
        self.open.push(id);
    }

    /// Adds text to the open element.
    pub fn text(&mut self, text: &str) {
        let Some(parent) = self.open.last() else { return };
        let of = &self.nodes[parent.0 as usize].style;
        let style = ComputedStyle {
            font: of.font.clone(),
            text: of.text.clone(),
            list: of.list.clone(),
            table: of.table.clone(),
            ..ComputedStyle::default()
        };
        self.push(Arc::new(style), Content::Text(Arc::from(text)));
    }

    /// Closes the open element.
    pub fn close(&mut self) {
        self.open.pop();
    }

    /// The tree.
    pub fn finish(self) -> StyledTree {
        let page = PageStyle { size: self.size, margin: Edges::default(), ..PageStyle::default() };
        StyledTree {
            hyphenation: std::sync::Arc::default(),
            nodes: self.nodes,
            root: NodeId(0),
            pages: PageStyles { selectors: Vec::new(), styles: vec![(Vec::new(), Arc::new(page))] },
            meta: Arc::new(self.meta),
            file: Arc::from("test.md"),
            source: Arc::from(""),
        }
    }
}
