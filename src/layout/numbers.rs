//! Page numbers that the text itself quotes: they are known only when all pages are, so such a document is laid out
//! again with the numbers that the layout before gave, until what it quotes is what comes of it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::boxes::BoxId;
use super::page::Survey;
use crate::style::computed::{ContentItem, ListStyle};
use crate::style::{NodeId, counter_text};

/// How the pages of a document are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Numbering {
    /// The number of the first page.
    pub first: i32,
    /// How many pages `counter(pages)` tells, where they are not only the document's own.
    pub total: Option<usize>,
}

impl Default for Numbering {
    fn default() -> Self {
        Self { first: 1, total: None }
    }
}

/// The numbers of pages as a layout gave them.
#[derive(Clone, Debug)]
pub(super) struct PageNumbers {
    /// Of the page that each anchor is on.
    anchors: BTreeMap<Arc<str>, i32>,
    /// Of the page that each node is on that quotes its own page's.
    nodes: BTreeMap<NodeId, i32>,
    /// How many pages there are.
    pages: i32,
    /// Of each footnote, where pages count their own.
    notes: Vec<i32>,
    /// What nothing is known of is taken to be on the first page.
    first: i32,
    /// Of the page whose margins are being set: what runs in them is on every page.
    pub margins_of: Option<i32>,
}

impl PageNumbers {
    /// Before there is a layout: all is on the first page.
    pub fn guessed(numbering: Numbering) -> Self {
        let pages = numbering.total.map_or(1, whole);
        Self {
            anchors: BTreeMap::new(),
            nodes: BTreeMap::new(),
            pages,
            notes: Vec::new(),
            first: numbering.first,
            margins_of: None,
        }
    }

    /// Of a finished layout.
    pub fn of(survey: &Survey, numbering: Numbering, notes: Vec<i32>) -> Self {
        let number = |page: usize| survey.numbers.get(page).copied().unwrap_or(numbering.first);
        Self {
            anchors: survey.anchors.iter().map(|anchor| (anchor.name.clone(), number(anchor.page))).collect(),
            nodes: survey.quoting.iter().map(|(node, page)| (*node, number(*page))).collect(),
            pages: whole(numbering.total.unwrap_or(survey.numbers.len())),
            notes,
            first: numbering.first,
            margins_of: None,
        }
    }

    /// The text of an item of content, in a node of the document or in a page's margin.
    pub fn text(&self, node: Option<NodeId>, item: &ContentItem) -> Arc<str> {
        let number = |value: i32, style: &ListStyle| Arc::from(counter_text(style, value));
        match item {
            ContentItem::Text(text) | ContentItem::TargetText(_, text) => text.clone(),
            ContentItem::Footnote(note, text, style) => {
                let own = self.notes.get(*note as usize);
                own.map_or_else(|| text.clone(), |own| number(*own, style))
            }
            ContentItem::Pages(style) => number(self.pages, style),
            ContentItem::Page(style) => {
                let page = || node.and_then(|node| self.nodes.get(&node)).copied();
                number(self.margins_of.or_else(page).unwrap_or(self.first), style)
            }
            ContentItem::TargetPage(id, style) => {
                number(self.anchors.get(id).copied().unwrap_or(self.first), style)
            }
            ContentItem::String(..)
            | ContentItem::Running(..)
            | ContentItem::Leader(_)
            | ContentItem::Picture(_) => Arc::from(""),
        }
    }
}

fn whole(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

/// What a layout quoted, and where.
#[derive(Debug, Default)]
pub(super) struct Quoted {
    texts: BTreeMap<NodeId, (ContentItem, Arc<str>)>,
    /// The boxes of lines that quote something.
    pub boxes: Vec<BoxId>,
}

impl Quoted {
    /// Keeps what a node was told, if it is a number that a layout gives.
    pub fn add(&mut self, node: NodeId, item: &ContentItem, text: &Arc<str>) {
        let counts = matches!(
            item,
            ContentItem::Page(_)
                | ContentItem::Pages(_)
                | ContentItem::TargetPage(..)
                | ContentItem::Footnote(..)
        );
        if counts {
            self.texts.insert(node, (item.clone(), text.clone()));
        }
    }

    /// How many nodes quote something.
    pub fn len(&self) -> usize {
        self.texts.len()
    }

    /// Whether a node quotes the number of a page.
    pub fn has(&self, node: NodeId) -> bool {
        self.texts.contains_key(&node)
    }

    /// Whether all that was quoted is so.
    pub fn agrees(&self, numbers: &PageNumbers) -> bool {
        self.texts.iter().all(|(node, (item, text))| numbers.text(Some(*node), item) == *text)
    }
}
