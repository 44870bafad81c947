//! What is in the nodes of the styled tree, as far as the structure depends on it.

use super::roles::{self, Meaning};
use crate::style::computed::{Float, Position, Visibility};
use crate::style::{ComputedStyle, Content, Element, Node, Pseudo, StyledTree};

/// What is in a node and below it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Inside {
    /// Whether something in it is read.
    pub speaks: bool,
    /// Whether that is pictures only.
    pub pictures: bool,
    /// Whether it is a part of a line, and no block is in it.
    pub inline: bool,
    /// Whether all its children are so.
    pub flat: bool,
    /// Whether it, or something in it, is painted at another time than the text around it.
    pub apart: bool,
    /// Whether it is a part of a list or a table, or a wrapper around some.
    pub parts: bool,
    /// Whether a link is in it.
    pub links: bool,
}

/// Of every node of a tree, what is in it.
pub(super) fn survey(tree: &StyledTree) -> Vec<Inside> {
    let mut all = vec![Inside { flat: true, pictures: true, ..Inside::default() }; tree.nodes.len()];
    // A parent stands before its children.
    for (index, node) in tree.nodes.iter().enumerate().rev() {
        let inside = of_node(node, all[index]);
        all[index] = inside;
        if let Some(parent) = node.parent {
            let parent = &mut all[parent.0 as usize];
            parent.speaks |= inside.speaks;
            parent.pictures &= inside.pictures || !inside.speaks;
            parent.flat &= inside.inline;
            parent.apart |= inside.apart;
            parent.parts |= inside.parts;
            parent.links |= inside.links;
        }
    }
    all
}

/// What is in a node, by what is in its children.
fn of_node(node: &Node, children: Inside) -> Inside {
    let Content::Element(element) = &node.content else {
        let speaks = match &node.content {
            Content::Text(text) => text.chars().any(|char| !char.is_whitespace()),
            _ => true,
        };
        let speaks = speaks && node.style.text.visibility == Visibility::Visible;
        return Inside { speaks, inline: true, flat: true, ..Inside::default() };
    };
    let style = &node.style;
    if roles::artifact(element, style).is_some() || style.position.float == Float::Footnote {
        return Inside { inline: true, flat: children.flat, ..Inside::default() };
    }
    let meaning = roles::meaning(element);
    let is_picture = meaning == Meaning::Is("Figure");
    let part = matches!(meaning, Meaning::Is(role) if roles::is_part(role));
    let speaks = children.speaks || is_picture && style.text.visibility == Visibility::Visible;
    Inside {
        speaks,
        pictures: speaks && (is_picture || children.pictures),
        inline: children.flat && in_line(element, style, meaning),
        flat: children.flat,
        apart: children.apart || is_apart(element, style),
        parts: part || meaning == Meaning::Generic && children.parts,
        links: children.links || element.is_link(),
    }
}

/// Whether an element is a part of a line: by its display, and where it is taken out of the flow, which makes a block
/// of anything, by its name.
fn in_line(element: &Element, style: &ComputedStyle, meaning: Meaning) -> bool {
    let may = match meaning {
        Meaning::Generic => true,
        Meaning::FigureGroup => false,
        Meaning::Is(role) => roles::is_inline(role),
    };
    may && (style.display.is_in_line()
        || is_taken_out(style) && (element.pseudo.is_some() || !is_block(&element.tag)))
}

/// Whether the tag is of an element that is a block in HTML.
fn is_block(tag: &str) -> bool {
    matches!(
        tag,
        "div"
            | "header"
            | "footer"
            | "main"
            | "address"
            | "form"
            | "fieldset"
            | "details"
            | "summary"
            | "hgroup"
    )
}

fn is_taken_out(style: &ComputedStyle) -> bool {
    matches!(style.position.scheme, Position::Absolute | Position::Fixed)
        || matches!(style.position.float, Float::Left | Float::Right)
}

/// Whether an element is painted before or after the text around it (CSS 2, appendix E). An initial letter is, but
/// it is the first of its block in both orders.
fn is_apart(element: &Element, style: &ComputedStyle) -> bool {
    let moved = style.position.scheme != Position::Static || is_taken_out(style);
    moved && element.pseudo != Some(Pseudo::FirstLetter)
}
