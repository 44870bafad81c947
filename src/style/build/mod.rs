//! From elements to the styled tree, in document order: styles, counters, generated content and pictures.

mod content;
mod counters;
mod first_letter;
mod lists;
mod markers;
mod notes;
mod pictures;
mod quotes;
mod svg;
mod targets;

use std::collections::BTreeMap;
use std::sync::Arc;

use smallvec::SmallVec;

use super::cascade::{Cascade, Given, Matcher, Matches, Rule, Styled, attribute_blocks};
use super::computed::{Display, Float};
use super::properties::ContentValue;
use super::selector::Dom;
use super::sheet::{SheetText, Stylesheet};
use super::tree::{Content, Element, Node, NodeId, Pseudo};
use super::values::PictureBook;
use crate::diag::{Diagnostic, Place};
use crate::dom::{self, Document, NodeData};
use crate::read::Article;
use counters::Counters;
use targets::Targets;

pub(crate) use markers::counter_text;

/// Builds the nodes of a styled tree.
pub(crate) struct Builder<'a> {
    document: &'a Document,
    matcher: Matcher<'a>,
    /// The styles of the document.
    pub cascade: Cascade<'a>,
    pictures: &'a PictureBook<'a>,
    counters: Counters,
    quote_depth: usize,
    targets: Targets,
    notes: notes::Notes<'a>,
    first_letter: Option<SmallVec<[Rule<'a>; 4]>>,
    /// The nodes so far.
    pub nodes: Vec<Node>,
    /// What is wrong with the document.
    pub problems: Vec<Diagnostic>,
    article: &'a Article,
    /// The article's source, for the place of `style` attributes.
    text: Arc<SheetText>,
    words: BTreeMap<&'a str, Arc<str>>,
}

/// Where a node goes, and what it takes from there.
#[derive(Clone)]
struct Parent {
    node: Option<NodeId>,
    styled: Option<Arc<Styled>>,
    lang: Arc<str>,
}

impl<'a> Builder<'a> {
    /// A builder for one document.
    pub fn new(
        dom: &'a Dom<'a>,
        user_agent: &'a Stylesheet,
        sheets: &'a [Arc<Stylesheet>],
        pictures: &'a PictureBook<'a>,
        article: &'a Article,
    ) -> Self {
        Self {
            document: dom.document,
            matcher: Matcher::new(dom, user_agent, sheets),
            cascade: Cascade::new(pictures),
            pictures,
            counters: Counters::default(),
            quote_depth: 0,
            targets: Targets::default(),
            notes: notes::Notes::default(),
            first_letter: None,
            nodes: Vec::with_capacity(dom.document.len() * 5 / 4),
            problems: Vec::new(),
            article,
            text: Arc::new(SheetText { file: article.file.clone(), source: article.source.clone() }),
            words: BTreeMap::new(),
        }
    }

    /// Builds the tree below the root element and gives the root's style.
    pub fn build(&mut self, root: dom::NodeId) -> Arc<Styled> {
        let parent = Parent { node: None, styled: None, lang: Arc::from(&*self.article.meta.lang) };
        let styled = self.element(root, &parent).unwrap_or_else(|| {
            let given = Given { rules: &[], hints: None, inline: None, is_root: true };
            self.cascade.style(None, &given)
        });
        self.settle_targets();
        styled
    }

    fn place(&self, id: dom::NodeId) -> Place {
        match self.document.source_line(id) {
            Some(line) => self.article.place(line),
            None => Place::file(self.article.file.clone()),
        }
    }

    /// One element with all below it. `None` where nothing of it is displayed; the root is always there.
    fn element(&mut self, id: dom::NodeId, parent: &Parent) -> Option<Arc<Styled>> {
        let element = self.document.element(id)?;
        let matches = self.matcher.matches(id, element);
        let styled = self.styled(id, element, &matches, parent.styled.as_ref());
        if styled.style.display == Display::None && parent.node.is_some() {
            return None;
        }
        let lang = element.attribute("lang").map_or_else(|| parent.lang.clone(), |lang| self.word(lang));
        let style = &styled.style;
        let counting = lists::Counting::of(self.document, id, style);
        self.counters.enter(&style.generated, &counting);
        if let Some(name) = element.attribute("id") {
            self.targets.remember(name, &self.counters);
        }
        let place = Parent { node: parent.node, styled: Some(styled.clone()), lang };
        if style.position.float == Float::Footnote {
            self.footnote_call(id, &matches, parent);
        }
        let node = self.start(id, element, &place);
        if let Some(node) = node.filter(|_| style.position.float == Float::Footnote) {
            self.name_footnote(id, node);
        }
        let inside = Parent { node: Some(node.unwrap_or(parent.node.unwrap_or(NodeId(0)))), ..place };
        let letter = matches.of(Pseudo::FirstLetter);
        let outer_letter = if letter.is_empty() { None } else { self.first_letter.replace(letter) };
        self.matcher.enter(id);
        self.counters.open();
        if styled.style.display != Display::None {
            self.inside(id, element, &matches, &inside);
        }
        self.counters.close();
        self.matcher.leave(id);
        if !matches.of(Pseudo::FirstLetter).is_empty() {
            self.first_letter = outer_letter;
        }
        Some(styled)
    }

    fn inside(&mut self, id: dom::NodeId, element: &'a dom::Element, matches: &Matches<'a>, inside: &Parent) {
        let Some(styled) = inside.styled.clone() else { return };
        if styled.style.position.float == Float::Footnote {
            self.footnote_marker(id, matches, inside);
        }
        if styled.style.display == Display::ListItem {
            self.marker(id, matches, inside);
        }
        self.pseudo(id, Pseudo::Before, matches, inside);
        match &*element.name.local {
            "svg" => self.drawing(id, inside),
            "img" => self.image(id, element, inside),
            "input" => self.checkbox(element, inside),
            "span" if self.footnote_again(element, inside) => {}
            _ => self.children(id, inside),
        }
        self.pseudo(id, Pseudo::After, matches, inside);
    }

    fn children(&mut self, id: dom::NodeId, inside: &Parent) {
        for child in self.document.children(id) {
            match &self.document.node(child).data {
                NodeData::Element(_) => {
                    self.element(child, inside);
                }
                NodeData::Text(text) => self.text(text, inside),
                NodeData::Document | NodeData::Doctype | NodeData::Comment(_) => {}
            }
        }
    }

    fn styled(
        &mut self,
        id: dom::NodeId,
        element: &dom::Element,
        matches: &Matches<'a>,
        parent: Option<&Arc<Styled>>,
    ) -> Arc<Styled> {
        let line = element.attribute("style").and_then(|_| self.document.source_line(id));
        let (hints, inline) = attribute_blocks(element, &self.text, line, &mut self.problems);
        let given = Given {
            rules: &matches.own,
            hints: hints.as_ref(),
            inline: inline.as_ref(),
            is_root: parent.is_none(),
        };
        self.cascade.style(parent, &given)
    }

    /// Puts a node into the tree.
    fn push(&mut self, parent: Option<NodeId>, node: Node) -> NodeId {
        let id = NodeId(self.nodes.len() as u32);
        self.nodes.push(node);
        if let Some(parent) = parent {
            self.nodes[parent.0 as usize].children.push(id);
        }
        id
    }

    /// The node of an element, unless it is `display: contents`.
    fn start(&mut self, id: dom::NodeId, element: &'a dom::Element, place: &Parent) -> Option<NodeId> {
        let styled = place.styled.as_ref()?;
        if styled.style.display == Display::Contents && place.node.is_some() {
            return None;
        }
        let mut data =
            Element { tag: self.word(&element.name.local), lang: place.lang.clone(), ..Element::default() };
        for attribute in &element.attributes {
            let value = &*attribute.value;
            match &*attribute.name.local {
                "id" => data.id = Some(Arc::from(value)),
                "class" => {
                    data.classes = value.split_ascii_whitespace().map(|class| self.word(class)).collect()
                }
                "data-line" | "lang" => {}
                name => data.attributes.push((self.word(name), Arc::from(value))),
            }
        }
        let line = element.attribute("data-line").and_then(|line| line.parse().ok());
        let mut style = styled.style.clone();
        if !style.generated.strings.is_empty() {
            let strings = self.strings(id, &style);
            Arc::make_mut(&mut Arc::make_mut(&mut style).generated).string_set = strings;
        }
        let content = Content::Element(data);
        Some(self.push(place.node, Node { parent: place.node, children: Vec::new(), style, content, line }))
    }

    /// A pseudo-element, if it has content.
    fn pseudo(&mut self, id: dom::NodeId, pseudo: Pseudo, matches: &Matches<'a>, parent: &Parent) {
        let rules = matches.of(pseudo);
        if rules.is_empty() {
            return;
        }
        let given = Given { rules: &rules, hints: None, inline: None, is_root: false };
        let styled = self.cascade.style(parent.styled.as_ref(), &given);
        let ContentValue::Parts(parts) = &styled.style.generated.value else { return };
        if styled.style.display == Display::None {
            return;
        }
        self.counters.enter(&styled.style.generated, &lists::Counting::default());
        let items = self.evaluate(parts, id, &styled.style, &parent.lang);
        let node = self.pseudo_node(id, pseudo, &styled, parent);
        self.generated(items, node, &styled, parent);
    }

    fn pseudo_node(&mut self, id: dom::NodeId, pseudo: Pseudo, styled: &Styled, parent: &Parent) -> NodeId {
        let element = Element {
            tag: self.word(self.document.tag(id)),
            lang: parent.lang.clone(),
            pseudo: Some(pseudo),
            ..Element::default()
        };
        let node = Node {
            parent: parent.node,
            children: Vec::new(),
            style: styled.style.clone(),
            content: Content::Element(element),
            line: None,
        };
        self.push(parent.node, node)
    }

    /// A text node, the first letter of its block split off where a rule asks for it.
    fn text(&mut self, text: &'a str, parent: &Parent) {
        if text.is_empty() {
            return;
        }
        let rest = self.split_first_letter(text, parent);
        if !rest.is_empty() {
            self.push_text(Arc::from(rest), parent);
        }
    }

    fn push_text(&mut self, text: Arc<str>, parent: &Parent) {
        let (Some(styled), Some(_)) = (&parent.styled, parent.node) else { return };
        let node = Node {
            parent: parent.node,
            children: Vec::new(),
            style: styled.style.clone(),
            content: Content::Text(text),
            line: None,
        };
        self.push(parent.node, node);
    }

    /// A word that occurs often, kept once.
    fn word(&mut self, word: &'a str) -> Arc<str> {
        self.words.entry(word).or_insert_with(|| Arc::from(word)).clone()
    }
}
