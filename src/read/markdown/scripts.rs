//! `H~2~O` and `10^6^` are set low and high, as in pandoc, as long as there is no blank between the marks. With one, `~…~` is
//! struck out, as on GitHub, and `^…^` is text.

use comrak::Arena;
use comrak::nodes::{Node, NodeValue};

/// Takes back what comrak took for subscript or superscript and holds a blank.
pub(super) fn settle<'a>(arena: &'a Arena<'a>, root: Node<'a>) {
    let scripts: Vec<Node<'a>> = root
        .descendants()
        .filter(|node| matches!(node.data().value, NodeValue::Superscript | NodeValue::Subscript))
        .filter(|node| node.descendants().any(|inner| holds_blank(&inner.data().value)))
        .collect();
    for node in scripts {
        if matches!(node.data().value, NodeValue::Subscript) {
            node.data_mut().value = NodeValue::Strikethrough;
            continue;
        }
        let mark = || arena.alloc(NodeValue::Text("^".into()).into());
        node.insert_before(mark());
        node.children().collect::<Vec<_>>().into_iter().for_each(|child| node.insert_before(child));
        node.insert_before(mark());
        node.detach();
    }
}

fn holds_blank(value: &NodeValue) -> bool {
    match value {
        NodeValue::Text(text) => text.contains(char::is_whitespace),
        NodeValue::SoftBreak | NodeValue::LineBreak => true,
        _ => false,
    }
}
