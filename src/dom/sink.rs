//! Where html5ever puts what it parses.

use std::borrow::Cow;
use std::cell::{Cell, Ref, RefCell};

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{ParseOpts, QualName, local_name, ns};

use super::{Attribute, Document, Element, NodeData, NodeId};

/// Parses a whole HTML document. Every text is HTML to the standard: nothing fails, errors are mended.
pub fn parse(html: &str) -> Document {
    html5ever::parse_document(Sink::new(1), options()).one(html)
}

/// Parses a piece of HTML as the content of a `body`; its top nodes are the children of
/// [`Document::fragment`]. `first_line` is the line of its file that it starts on, from 1.
pub fn parse_fragment(html: &str, first_line: u32) -> Document {
    let context = QualName::new(None, ns!(html), local_name!("body"));
    html5ever::parse_fragment(Sink::new(first_line), options(), context, Vec::new(), false).one(html)
}

fn options() -> ParseOpts {
    let tree_builder = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
    ParseOpts { tree_builder, ..ParseOpts::default() }
}

/// Elements nested deeper than this become siblings, as browsers do it, so that no document is too deep for the
/// stages that walk it.
const DEPTH: usize = 128;

/// Takes out the links that the tree builder leaves empty where it goes on with their copy: `<p><a><h2>` ends the
/// paragraph and the link in it, and begins the link anew (WHATWG HTML, section 13.2.4.3).
fn drop_torn_links(document: &mut Document) {
    let links = || (0..document.nodes.len() as u32).map(NodeId).filter(|&id| document.is(id, "a"));
    let torn: Vec<NodeId> = links()
        .zip(links().skip(1))
        .filter(|&(one, next)| {
            let (Some(one_is), Some(next_is)) = (document.element(one), document.element(next)) else {
                return false;
            };
            let has_address = one_is.attribute("href").is_some();
            has_address && document.is_blank(one) && one_is.attributes == next_is.attributes
        })
        .map(|(one, _)| one)
        .collect();
    for link in torn {
        document.detach(link);
    }
}

/// The tree builder takes its sink shared, so the document is behind a cell while parsing lasts.
struct Sink {
    document: RefCell<Document>,
    first_line: u32,
    line: Cell<u32>,
}

impl Sink {
    fn new(first_line: u32) -> Self {
        Self { document: RefCell::new(Document::new()), first_line, line: Cell::new(first_line) }
    }

    fn add(&self, data: NodeData) -> NodeId {
        self.document.borrow_mut().add(data, self.line.get())
    }

    /// The node itself, or its ancestor that is at the greatest depth allowed.
    fn shallow(&self, id: NodeId) -> NodeId {
        let document = self.document.borrow();
        let depth = document.ancestors(id).count();
        if depth <= DEPTH { id } else { document.ancestors(id).nth(depth - DEPTH - 1).unwrap_or(id) }
    }

    /// Adds text to the text node before the place, if there is one; else gives a new node to put there.
    fn merge(&self, before: Option<NodeId>, text: &StrTendril) -> Option<NodeId> {
        if let Some(before) = before
            && let NodeData::Text(existing) = self.document.borrow_mut().data_mut(before)
        {
            existing.push_str(text);
            return None;
        }
        Some(self.add(NodeData::Text(text.to_string())))
    }
}

impl TreeSink for Sink {
    type Handle = NodeId;
    type Output = Document;
    type ElemName<'a> = Ref<'a, QualName>;

    fn finish(self) -> Document {
        let mut document = self.document.into_inner();
        drop_torn_links(&mut document);
        document
    }

    fn parse_error(&self, _message: Cow<'static, str>) {}

    fn get_document(&self) -> NodeId {
        NodeId(0)
    }

    fn elem_name<'a>(&'a self, target: &'a NodeId) -> Ref<'a, QualName> {
        Ref::map(self.document.borrow(), |document| match &document.node(*target).data {
            NodeData::Element(element) => &element.name,
            _ => unreachable!("the tree builder asks for the names of elements only"),
        })
    }

    fn create_element(
        &self,
        name: QualName,
        attributes: Vec<html5ever::Attribute>,
        _flags: ElementFlags,
    ) -> NodeId {
        let attributes = attributes.into_iter().map(Attribute::from).collect();
        self.add(NodeData::Element(Element { name, attributes }))
    }

    fn create_comment(&self, text: StrTendril) -> NodeId {
        self.add(NodeData::Comment(text.to_string()))
    }

    fn create_pi(&self, _target: StrTendril, data: StrTendril) -> NodeId {
        self.add(NodeData::Comment(data.to_string()))
    }

    fn append(&self, parent: &NodeId, child: NodeOrText<NodeId>) {
        let parent = self.shallow(*parent);
        let child = match child {
            NodeOrText::AppendNode(node) => Some(node),
            NodeOrText::AppendText(text) => {
                let last = self.document.borrow().node(parent).last_child;
                self.merge(last, &text)
            }
        };
        if let Some(child) = child {
            self.document.borrow_mut().append(parent, child);
        }
    }

    fn append_based_on_parent_node(&self, element: &NodeId, previous: &NodeId, child: NodeOrText<NodeId>) {
        if self.document.borrow().parent(*element).is_some() {
            self.append_before_sibling(element, child);
        } else {
            self.append(previous, child);
        }
    }

    fn append_doctype_to_document(&self, _name: StrTendril, _public: StrTendril, _system: StrTendril) {
        let doctype = self.add(NodeData::Doctype);
        self.document.borrow_mut().append(NodeId(0), doctype);
    }

    fn get_template_contents(&self, target: &NodeId) -> NodeId {
        *target
    }

    fn same_node(&self, one: &NodeId, other: &NodeId) -> bool {
        one == other
    }

    fn set_quirks_mode(&self, _mode: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &NodeId, node: NodeOrText<NodeId>) {
        let node = match node {
            NodeOrText::AppendNode(node) => Some(node),
            NodeOrText::AppendText(text) => {
                let previous = self.document.borrow().previous(*sibling);
                self.merge(previous, &text)
            }
        };
        if let Some(node) = node {
            self.document.borrow_mut().insert_before(node, *sibling);
        }
    }

    fn add_attrs_if_missing(&self, target: &NodeId, attributes: Vec<html5ever::Attribute>) {
        if let NodeData::Element(element) = self.document.borrow_mut().data_mut(*target) {
            for attribute in attributes {
                if !element.attributes.iter().any(|known| known.name == attribute.name) {
                    element.attributes.push(attribute.into());
                }
            }
        }
    }

    fn remove_from_parent(&self, target: &NodeId) {
        self.document.borrow_mut().detach(*target);
    }

    fn reparent_children(&self, node: &NodeId, new_parent: &NodeId) {
        let mut document = self.document.borrow_mut();
        while let Some(child) = document.first_child(*node) {
            document.append(*new_parent, child);
        }
    }

    fn set_current_line(&self, line: u64) {
        self.line.set(self.first_line + (line as u32).saturating_sub(1));
    }
}

impl From<html5ever::Attribute> for Attribute {
    fn from(attribute: html5ever::Attribute) -> Self {
        Self { name: attribute.name, value: attribute.value.to_string() }
    }
}
