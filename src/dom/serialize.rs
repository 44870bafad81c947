//! A document back to text (WHATWG HTML, section 13.3).

use std::io;

use html5ever::serialize::{Serialize, SerializeOpts, Serializer, TraversalScope, serialize};

use super::{Document, NodeData, NodeId};

impl Document {
    /// The HTML of a node and all below it.
    pub fn outer_html(&self, id: NodeId) -> String {
        self.html_of(id, TraversalScope::IncludeNode)
    }

    /// The HTML of what is in a node.
    pub fn inner_html(&self, id: NodeId) -> String {
        let name = self.element(id).map(|element| element.name.clone());
        self.html_of(id, TraversalScope::ChildrenOnly(name))
    }

    fn html_of(&self, id: NodeId, scope: TraversalScope) -> String {
        let mut bytes = Vec::new();
        let options =
            SerializeOpts { scripting_enabled: false, traversal_scope: scope, create_missing_parent: true };
        // Writing to memory does not fail, and the serialiser writes nothing but our own UTF-8.
        let written = serialize(&mut bytes, &Subtree(self, id), options);
        debug_assert!(written.is_ok());
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

struct Subtree<'a>(&'a Document, NodeId);

impl Serialize for Subtree<'_> {
    fn serialize<S: Serializer>(&self, serializer: &mut S, scope: TraversalScope) -> io::Result<()> {
        match scope {
            TraversalScope::IncludeNode => node(self.0, self.1, serializer),
            TraversalScope::ChildrenOnly(_) => children(self.0, self.1, serializer),
        }
    }
}

fn children<S: Serializer>(document: &Document, id: NodeId, serializer: &mut S) -> io::Result<()> {
    document.children(id).try_for_each(|child| node(document, child, serializer))
}

fn node<S: Serializer>(document: &Document, id: NodeId, serializer: &mut S) -> io::Result<()> {
    match &document.node(id).data {
        NodeData::Document => children(document, id, serializer),
        NodeData::Doctype => serializer.write_doctype("html"),
        NodeData::Text(text) => serializer.write_text(text),
        NodeData::Comment(text) => serializer.write_comment(text),
        NodeData::Element(element) => {
            let attributes = element.attributes.iter().map(|attribute| (&attribute.name, &*attribute.value));
            serializer.start_elem(element.name.clone(), attributes)?;
            children(document, id, serializer)?;
            serializer.end_elem(element.name.clone())
        }
    }
}
