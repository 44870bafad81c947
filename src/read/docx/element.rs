//! Elements of a part, found by their local names: prefixes are the writer's choice, and namespaces differ between the
//! strict and the transitional kind (ISO/IEC 29500-1 and -4).

use roxmltree::{Document, Node, ParsingOptions};

/// So many elements and texts a part may have.
const MOST_NODES: u32 = 2_000_000;

/// A part as a tree; the words of what is wrong with it.
pub(super) fn parse(text: &str) -> Result<Document<'_>, String> {
    let options = ParsingOptions { allow_dtd: false, nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    Document::parse_with_options(text, options).map_err(|error| error.to_string())
}

/// The local name of an element.
pub(super) fn name<'d>(node: Node<'d, '_>) -> &'d str {
    node.tag_name().name()
}

/// The first child of this name.
pub(super) fn child<'a, 'i>(node: Node<'a, 'i>, wanted: &str) -> Option<Node<'a, 'i>> {
    node.children().find(|child| child.is_element() && child.tag_name().name() == wanted)
}

/// The first element below of this name.
pub(super) fn below<'a, 'i>(node: Node<'a, 'i>, wanted: &str) -> Option<Node<'a, 'i>> {
    node.descendants().find(|found| found.is_element() && found.tag_name().name() == wanted)
}

/// An attribute, whatever its namespace.
pub(super) fn attribute<'a>(node: Node<'a, '_>, wanted: &str) -> Option<&'a str> {
    node.attributes().find(|found| found.name() == wanted).map(|found| found.value())
}

/// A relationship that an element names, such as `r:id`.
pub(super) fn relation<'a>(node: Node<'a, '_>, wanted: &str) -> Option<&'a str> {
    let is_one = |uri: &str| uri.ends_with("/relationships");
    let mut all = node.attributes();
    all.find(|found| found.name() == wanted && found.namespace().is_some_and(is_one))
        .map(|found| found.value())
}

/// `w:val` of a child.
pub(super) fn value<'a>(node: Node<'a, '_>, wanted: &str) -> Option<&'a str> {
    attribute(child(node, wanted)?, "val")
}

/// A number in `w:val` of a child.
pub(super) fn number<N: std::str::FromStr>(node: Node<'_, '_>, wanted: &str) -> Option<N> {
    value(node, wanted)?.parse().ok()
}

/// What a child that is a switch says (`ST_OnOff`): there without a value, it is on.
pub(super) fn switch(node: Node<'_, '_>, wanted: &str) -> Option<bool> {
    child(node, wanted).map(|found| attribute(found, "val").is_none_or(is_on))
}

/// Whether a value of `ST_OnOff` is on.
pub(super) fn is_on(value: &str) -> bool {
    !matches!(value, "0" | "false" | "off")
}
