//! What readers of the page hear: documents in `tests/access/tree/*.html` with the accepted structure beside them, the
//! elements with what they tell and the text that is theirs. With `HANDOUT_ACCEPT=1` the test accepts what comes now.

use std::fmt::Write as _;

use super::{as_accepted, fonts, styled};
use crate::layout::{Group, Item, Pages, Setting, StructureNode, Tag, TagId, layout};

#[test]
fn documents_are_read_as_accepted() {
    as_accepted("tests/access/tree", dump);
}

/// What is painted, piece by piece: the element that it belongs to, and its text.
type Marks = Vec<(Tag, String)>;

/// The structure of a document with its own `style` element as text.
fn dump(html: &str) -> String {
    let (tree, _) = styled(html, "@page { margin: 0 } html { font: 10px/1 'Handout Test' }");
    let (pages, _) = layout(&tree, &fonts(), &Setting::default()).expect("no page limit");
    let mut marks = Marks::new();
    for page in &pages.pages {
        collect(&page.items, &mut marks);
        marks.push((Tag::Artifact(crate::layout::Artifact::Page), String::new()));
    }
    let first = first_marks(&pages, &marks);
    let mut text = String::new();
    write(&pages, (&marks, &first), (TagId(0), 0), &mut text);
    for (tag, mark) in &marks {
        if let (Tag::Artifact(artifact), false) = (tag, mark.is_empty()) {
            let _ = writeln!(text, "{artifact:?} {mark:?}");
        }
    }
    text
}

fn collect(items: &[Item], marks: &mut Marks) {
    for item in items {
        let (tag, text) = match item {
            Item::Text(text) => (text.tag, &*text.text),
            Item::Picture(_, _, tag) => (*tag, "picture"),
            Item::Shape(shape) => (shape.tag, ""),
            Item::Group(Group { items, .. }) => {
                collect(items, marks);
                continue;
            }
        };
        match marks.last_mut() {
            Some((last, words)) if *last == tag => words.push_str(text),
            _ => marks.push((tag, text.to_owned())),
        }
    }
}

/// Of each element the first mark in it.
fn first_marks(pages: &Pages, marks: &Marks) -> Vec<Option<usize>> {
    let nodes = &pages.structure.nodes;
    let own = |at: usize| marks.iter().position(|(tag, _)| *tag == Tag::Element(TagId(at as u32)));
    let mut first: Vec<Option<usize>> = (0..nodes.len()).map(own).collect();
    for (at, node) in nodes.iter().enumerate().rev() {
        assert!(node.children.iter().all(|child| child.0 as usize > at), "a parent before its children");
        let below = node.children.iter().filter_map(|child| first[child.0 as usize]);
        first[at] = below.chain(first[at]).min();
    }
    first
}

/// Writes an element, and below it its text and its elements in the order that they are read in.
fn write(pages: &Pages, marks: (&Marks, &[Option<usize>]), (id, depth): (TagId, usize), text: &mut String) {
    let node = &pages.structure.nodes[id.0 as usize];
    let _ = writeln!(text, "{}{}{}", "  ".repeat(depth), node.role, attributes(node));
    let own = marks.0.iter().enumerate().filter(|(_, (tag, _))| *tag == Tag::Element(id));
    let mut own = own.map(|(place, (_, words))| (place, words)).peekable();
    let indent = "  ".repeat(depth + 1);
    for child in &node.children {
        let first = marks.1[child.0 as usize];
        while let Some((_, words)) = own.next_if(|(place, _)| first.is_some_and(|first| *place < first)) {
            let _ = writeln!(text, "{indent}{words:?}");
        }
        write(pages, marks, (*child, depth + 1), text);
    }
    for (_, words) in own {
        let _ = writeln!(text, "{indent}{words:?}");
    }
}

fn attributes(node: &StructureNode) -> String {
    let mut text = String::new();
    let words = [
        ("title", &node.title),
        ("summary", &node.summary),
        ("alt", &node.alt),
        ("lang", &node.lang),
        ("actual", &node.actual_text),
        ("expansion", &node.expansion),
    ];
    for (name, value) in words {
        if let Some(value) = value {
            let _ = write!(text, " {name}={value:?}");
        }
    }
    for (name, value) in [("scope", node.scope), ("numbering", node.numbering)] {
        if let Some(value) = value {
            let _ = write!(text, " {name}={value}");
        }
    }
    let (rows, columns) = node.span;
    if rows > 1 || columns > 1 {
        let _ = write!(text, " span={rows}x{columns}");
    }
    if !node.headers.is_empty() {
        let headers: Vec<String> = node.headers.iter().map(|header| header.0.to_string()).collect();
        let _ = write!(text, " headers={}", headers.join(","));
    }
    text + if node.bounds.is_some() { " placed" } else { "" }
}
