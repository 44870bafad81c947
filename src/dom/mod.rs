//! HTML as a tree: an arena of nodes that html5ever fills (WHATWG HTML, section 13.2), with the few helpers
//! that readers, layouts and the cascade need.
//!
//! ```
//! let mut document = handout::dom::parse_fragment("<h2>One</h2><p>Two <em>three</em></p>", 1);
//! let body = document.fragment();
//! let heading = document.children(body).next().unwrap();
//! assert_eq!(document.text(heading), "One");
//! document.detach(heading);
//! assert_eq!(document.inner_html(body), "<p>Two <em>three</em></p>");
//! ```

mod edit;
mod serialize;
mod sink;

pub use html5ever::{LocalName, Namespace, QualName};
pub use sink::{parse, parse_fragment};

/// A node of a [`Document`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(u32);

/// An HTML document or fragment. Nodes are never freed while it lives; detached ones are only unreachable.
#[derive(Clone, Debug)]
pub struct Document {
    nodes: Vec<Node>,
}

/// One node, linked with its relatives.
#[derive(Clone, Debug)]
pub struct Node {
    parent: Option<NodeId>,
    previous: Option<NodeId>,
    next: Option<NodeId>,
    first_child: Option<NodeId>,
    last_child: Option<NodeId>,
    /// What it is.
    pub data: NodeData,
    /// The line of the HTML that its start tag ends on, from 1; 0 where it came from no HTML.
    pub line: u32,
}

/// What a node is.
#[derive(Clone, Debug)]
pub enum NodeData {
    /// The root of everything.
    Document,
    /// A doctype.
    Doctype,
    /// An element.
    Element(Element),
    /// Text, entities resolved.
    Text(String),
    /// A comment.
    Comment(String),
}

/// An element with its attributes. The contents of `template` are its children.
#[derive(Clone, Debug)]
pub struct Element {
    /// Its name and namespace.
    pub name: QualName,
    /// Its attributes in order of writing.
    pub attributes: Vec<Attribute>,
}

/// An attribute of an element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute {
    /// Its name; HTML's own are in no namespace.
    pub name: QualName,
    /// Its value, entities resolved.
    pub value: String,
}

impl NodeId {
    /// Its place in the arena.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl Document {
    /// The node with this id.
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.index()]
    }

    /// How many nodes it has, detached ones included: a bound of [`NodeId::index`].
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether it has nothing but its root.
    pub fn is_empty(&self) -> bool {
        self.nodes.len() <= 1
    }

    /// The document node, the parent of `html`.
    pub fn root(&self) -> NodeId {
        NodeId(0)
    }

    /// The `html` element, or of a fragment the `html` element that stands in for it.
    pub fn html(&self) -> Option<NodeId> {
        self.children(self.root()).find(|&id| self.element(id).is_some())
    }

    /// The `body` element.
    pub fn body(&self) -> Option<NodeId> {
        self.children(self.html()?).find(|&id| self.is(id, "body"))
    }

    /// The parent of a fragment's top nodes: the `html` element that stands in for it, or else the root.
    pub fn fragment(&self) -> NodeId {
        self.html().unwrap_or_else(|| self.root())
    }

    /// The parent.
    pub fn parent(&self, id: NodeId) -> Option<NodeId> {
        self.node(id).parent
    }

    /// The next sibling of any kind.
    pub fn next(&self, id: NodeId) -> Option<NodeId> {
        self.node(id).next
    }

    /// The previous sibling of any kind.
    pub fn previous(&self, id: NodeId) -> Option<NodeId> {
        self.node(id).previous
    }

    /// The first child of any kind.
    pub fn first_child(&self, id: NodeId) -> Option<NodeId> {
        self.node(id).first_child
    }

    /// The children of any kind, in order.
    pub fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        std::iter::successors(self.node(id).first_child, |&child| self.node(child).next)
    }

    /// The children that are elements, in order.
    pub fn child_elements(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        self.children(id).filter(|&child| self.element(child).is_some())
    }

    /// The parent, its parent and so on.
    pub fn ancestors(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        std::iter::successors(self.parent(id), |&up| self.parent(up))
    }

    /// Everything below `id` in document order, without `id` itself.
    pub fn descendants(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        std::iter::successors(self.node(id).first_child, move |&at| self.after(at, id))
    }

    /// The elements below `id` in document order.
    pub fn elements(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        self.descendants(id).filter(|&at| self.element(at).is_some())
    }

    fn after(&self, at: NodeId, within: NodeId) -> Option<NodeId> {
        if let Some(child) = self.node(at).first_child {
            return Some(child);
        }
        let mut at = at;
        while at != within {
            if let Some(next) = self.node(at).next {
                return Some(next);
            }
            at = self.parent(at)?;
        }
        None
    }

    /// The element with this id, `None` for other nodes.
    pub fn element(&self, id: NodeId) -> Option<&Element> {
        match &self.node(id).data {
            NodeData::Element(element) => Some(element),
            _ => None,
        }
    }

    /// The local name of an element, lower case for HTML; nothing for other nodes.
    pub fn tag(&self, id: NodeId) -> &str {
        self.element(id).map_or("", |element| &element.name.local)
    }

    /// Whether it is an element with this local name.
    pub fn is(&self, id: NodeId, tag: &str) -> bool {
        self.tag(id) == tag
    }

    /// The level of a heading, 1 to 6.
    pub fn heading(&self, id: NodeId) -> Option<u8> {
        match self.tag(id).as_bytes() {
            [b'h', level @ b'1'..=b'6'] => Some(level - b'0'),
            _ => None,
        }
    }

    /// The value of an attribute of an element.
    pub fn attribute(&self, id: NodeId, name: &str) -> Option<&str> {
        self.element(id)?.attribute(name)
    }

    /// Whether an element has a class.
    pub fn has_class(&self, id: NodeId, class: &str) -> bool {
        self.attribute(id, "class")
            .is_some_and(|names| names.split_ascii_whitespace().any(|name| name == class))
    }

    /// The text of a text node.
    pub fn text_of(&self, id: NodeId) -> Option<&str> {
        match &self.node(id).data {
            NodeData::Text(text) => Some(text),
            _ => None,
        }
    }

    /// All text in and below `id`, as written.
    pub fn text(&self, id: NodeId) -> String {
        if let Some(text) = self.text_of(id) {
            return text.to_owned();
        }
        self.descendants(id).filter_map(|at| self.text_of(at)).collect()
    }

    /// Whether there is nothing in it but white space and comments.
    pub fn is_blank(&self, id: NodeId) -> bool {
        match &self.node(id).data {
            NodeData::Text(text) => text.trim_ascii().is_empty(),
            NodeData::Comment(_) | NodeData::Doctype => true,
            NodeData::Document | NodeData::Element(_) => {
                self.children(id).all(|child| self.element(child).is_none() && self.is_blank(child))
            }
        }
    }

    /// The line of the article's source that a node came from: its own `data-line` or that of the nearest
    /// ancestor that has one.
    pub fn source_line(&self, id: NodeId) -> Option<u32> {
        let own = |at| self.attribute(at, "data-line").and_then(|line| line.parse().ok());
        own(id).or_else(|| self.ancestors(id).find_map(own))
    }
}

impl Element {
    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|attribute| &*attribute.name.local == name).map(|found| &*found.value)
    }

    /// Whether it is an HTML element, not one of SVG or MathML.
    pub fn is_html(&self) -> bool {
        self.name.ns == html5ever::ns!(html)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fragment_comes_back_as_it_was() {
        let html = "<p class=\"a\" data-line=\"3\">x &lt; y &amp; z<br>“q”</p><ul><li>1</li></ul><!--c-->";
        let document = parse_fragment(html, 1);
        assert_eq!(document.inner_html(document.fragment()), html);
    }

    #[test]
    fn a_document_has_its_parts() {
        let document =
            parse("<!doctype html>\n<html lang=nl>\n<head><title>T</title></head>\n<body><p>a\n<p>b");
        let html = document.html().unwrap();
        let body = document.body().unwrap();
        let paragraphs: Vec<_> = document.child_elements(body).collect();
        assert_eq!(document.attribute(html, "lang"), Some("nl"));
        assert_eq!(paragraphs.len(), 2);
        assert_eq!(document.node(paragraphs[1]).line, 5);
        assert_eq!(document.text(body), "a\nb");
    }

    #[test]
    fn lines_count_from_where_the_fragment_starts() {
        let document = parse_fragment("<p>a</p>\n<p>b</p>", 10);
        let lines: Vec<_> = document.elements(document.fragment()).map(|id| document.node(id).line).collect();
        assert_eq!(lines, [10, 11]);
    }

    #[test]
    fn misnested_tables_are_mended() {
        let document = parse_fragment("<table>stray<tr><td>cell</table>", 1);
        assert_eq!(
            document.inner_html(document.fragment()),
            "stray<table><tbody><tr><td>cell</td></tr></tbody></table>"
        );
    }

    #[test]
    fn a_link_that_holds_a_block_is_not_left_behind_empty() {
        let linked = |html: &str| {
            let document = parse_fragment(html, 1);
            document.inner_html(document.fragment())
        };
        assert_eq!(
            linked("<p><a href=x class=c><h2>a</h2></a></p>"),
            "<p></p><h2><a href=\"x\" class=\"c\">a</a></h2><p></p>"
        );
        let others = "<p><a href=\"x\"></a> <a href=\"y\">b</a></p>";
        assert_eq!(linked(others), others);
    }

    #[test]
    fn nodes_move_between_places_and_documents() {
        let mut document = parse_fragment("<p>a</p><p>b</p><p>c</p>", 1);
        let top = document.fragment();
        let blocks: Vec<_> = document.children(top).collect();
        document.insert_before(blocks[2], blocks[0]);
        document.detach(blocks[1]);
        let other = parse_fragment("<b>new</b>", 1);
        let copy = document.import(&other, other.first_child(other.fragment()).unwrap());
        document.append(blocks[0], copy);
        document.set_attribute(blocks[0], "id", "x");
        assert_eq!(document.inner_html(top), "<p>c</p><p id=\"x\">a<b>new</b></p>");
    }

    #[test]
    fn blank_is_told_from_empty_looking() {
        let document = parse_fragment("<p> \n</p><p><img></p>", 1);
        let blank: Vec<_> = document.children(document.fragment()).map(|id| document.is_blank(id)).collect();
        assert_eq!(blank, [true, false]);
    }
}
