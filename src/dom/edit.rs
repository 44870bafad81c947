//! Changing a document: making, moving and copying nodes.

use html5ever::{LocalName, QualName, ns};

use super::{Attribute, Document, Element, Node, NodeData, NodeId};

impl Document {
    /// A document with nothing in it.
    pub fn new() -> Self {
        let mut document = Self { nodes: Vec::with_capacity(256) };
        document.add(NodeData::Document, 0);
        document
    }

    pub(super) fn add(&mut self, data: NodeData, line: u32) -> NodeId {
        let id = NodeId(self.nodes.len() as u32);
        let node = Node {
            parent: None,
            previous: None,
            next: None,
            first_child: None,
            last_child: None,
            data,
            line,
        };
        self.nodes.push(node);
        id
    }

    /// A new HTML element, not yet in the tree.
    pub fn new_element(&mut self, tag: &str, attributes: &[(&str, &str)]) -> NodeId {
        let name = QualName::new(None, ns!(html), LocalName::from(tag));
        let id = self.add(NodeData::Element(Element { name, attributes: Vec::new() }), 0);
        for (name, value) in attributes {
            self.set_attribute(id, name, value);
        }
        id
    }

    /// A new text node, not yet in the tree.
    pub fn new_text(&mut self, text: impl Into<String>) -> NodeId {
        self.add(NodeData::Text(text.into()), 0)
    }

    /// Gives a node the line that it stands for, from 1; 0 is none.
    pub fn set_line(&mut self, id: NodeId, line: u32) {
        self.nodes[id.index()].line = line;
    }

    /// What the node is, to change it.
    pub fn data_mut(&mut self, id: NodeId) -> &mut NodeData {
        &mut self.nodes[id.index()].data
    }

    /// Gives an element an attribute, in place of one with the same name. Nothing happens to other nodes.
    pub fn set_attribute(&mut self, id: NodeId, name: &str, value: &str) {
        let NodeData::Element(element) = self.data_mut(id) else { return };
        match element.attributes.iter_mut().find(|attribute| &*attribute.name.local == name) {
            Some(found) => value.clone_into(&mut found.value),
            None => element.attributes.push(Attribute {
                name: QualName::new(None, ns!(), LocalName::from(name)),
                value: value.to_owned(),
            }),
        }
    }

    /// Takes an attribute from an element.
    pub fn remove_attribute(&mut self, id: NodeId, name: &str) {
        if let NodeData::Element(element) = self.data_mut(id) {
            element.attributes.retain(|attribute| &*attribute.name.local != name);
        }
    }

    /// Takes a node with all below it out of its place. It can be put elsewhere afterwards.
    pub fn detach(&mut self, id: NodeId) {
        let node = &mut self.nodes[id.index()];
        let (parent, previous, next) = (node.parent.take(), node.previous.take(), node.next.take());
        match (previous, parent) {
            (Some(previous), _) => self.nodes[previous.index()].next = next,
            (None, Some(parent)) => self.nodes[parent.index()].first_child = next,
            (None, None) => {}
        }
        match (next, parent) {
            (Some(next), _) => self.nodes[next.index()].previous = previous,
            (None, Some(parent)) => self.nodes[parent.index()].last_child = previous,
            (None, None) => {}
        }
    }

    /// Makes `child` the last child of `parent`, taking it out of its old place.
    pub fn append(&mut self, parent: NodeId, child: NodeId) {
        self.detach(child);
        let last = self.nodes[parent.index()].last_child.replace(child);
        match last {
            Some(last) => self.nodes[last.index()].next = Some(child),
            None => self.nodes[parent.index()].first_child = Some(child),
        }
        let node = &mut self.nodes[child.index()];
        (node.parent, node.previous) = (Some(parent), last);
    }

    /// Puts `node` right before `sibling`, taking it out of its old place. A sibling without a parent gets none.
    pub fn insert_before(&mut self, node: NodeId, sibling: NodeId) {
        self.detach(node);
        let place = &mut self.nodes[sibling.index()];
        let Some(parent) = place.parent else { return };
        let previous = place.previous.replace(node);
        match previous {
            Some(previous) => self.nodes[previous.index()].next = Some(node),
            None => self.nodes[parent.index()].first_child = Some(node),
        }
        let inserted = &mut self.nodes[node.index()];
        (inserted.parent, inserted.previous, inserted.next) = (Some(parent), previous, Some(sibling));
    }

    /// Copies a node of another document with all below it into this one, not yet in the tree.
    pub fn import(&mut self, from: &Self, id: NodeId) -> NodeId {
        let copy = self.add(from.node(id).data.clone(), from.node(id).line);
        for child in from.children(id) {
            let child = self.import(from, child);
            self.append(copy, child);
        }
        copy
    }
}

impl Default for Document {
    fn default() -> Self {
        Self::new()
    }
}
