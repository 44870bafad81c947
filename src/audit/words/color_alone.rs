//! Colour is not all that tells something from what is around it.
//!
//! Words may have another colour where something else is different too: a line, a weight, a slant, a size, a ground.
//! A link may have a colour alone where that stands out by 3:1 (WCAG technique G183), as links do that everybody
//! knows to be links. A colour that an author gave words has a meaning that nobody knows who does not see it.

use super::{Audit, Reading};
use crate::audit::{Check, Rule, Standard};
use crate::contrast::{luminance, ratio};
use crate::diag::Diagnostic;
use crate::style::computed::{Color, Decoration, Display};
use crate::style::{ComputedStyle, Content, NodeId, StyledTree};
use crate::units::Px;

pub(super) const AUDITS: &[Audit] = &[(&RULE, audit)];

static RULE: Rule = Rule {
    code: "color-alone",
    asks: "Nothing is told apart by its colour alone: not links, not words, not cells or marks without words.",
    clauses: &[Standard::Wcag21.clause("1.4.1"), Standard::Matterhorn.clause("04-001")],
};

/// The contrast by which a link stands out from the words around it.
const STANDS_OUT: f32 = 3.0;
/// How many nodes of a phrase are looked at for another difference than colour.
const MOST: usize = 64;

fn audit(reading: &Reading<'_>, check: &mut Check) {
    let tree = reading.tree;
    let speaks = speaking(tree);
    for &(node, element) in &reading.elements {
        phrases(tree, node, check);
        match &*element.tag {
            "tbody" | "table" => cells(tree, &speaks, node, check),
            "tr" | "colgroup" => {}
            _ => marks(tree, &speaks, node, check),
        }
    }
}

/// The phrases in a line of words.
fn phrases(tree: &StyledTree, line: NodeId, check: &mut Check) {
    let around = tree.node(line);
    if !around.children.iter().any(|child| is_word(&tree.node(*child).content)) {
        return;
    }
    for &child in &around.children {
        let phrase = tree.node(child);
        let Content::Element(element) = &phrase.content else { continue };
        let is_phrase = phrase.style.display == Display::Inline && element.pseudo.is_none();
        let color = phrase.style.text.color;
        if !is_phrase || color == around.style.text.color || tree.words(child).is_empty() {
            continue;
        }
        let is_link = element.is_link();
        let stands_out = is_link && contrast(color, around.style.text.color) >= STANDS_OUT;
        let wrong = !stands_out && !differs(tree, child, &around.style);
        check.examine(wrong.then(|| told_by_color(tree, child, is_link)));
    }
}

fn told_by_color(tree: &StyledTree, phrase: NodeId, is_link: bool) -> Diagnostic {
    let words = tree.words(phrase);
    let (message, hint) = if is_link {
        let message = format!("the link `{words}` is told from the words around it by its colour alone");
        (message, "underline it, or give it a colour of 3:1 with theirs")
    } else {
        let message = format!("`{words}` is told from the words around it by its colour alone");
        (message, "say in words what the colour says, or use `strong` or `em`")
    };
    Diagnostic::warning(RULE.code, message).at(tree.place(phrase)).hint(hint)
}

fn contrast(one: Color, other: Color) -> f32 {
    let [one, other] = [one, other].map(|color| luminance([color.red, color.green, color.blue]));
    ratio(one, other)
}

/// Whether all words of a phrase differ from those around it by more than their colour.
fn differs(tree: &StyledTree, phrase: NodeId, around: &ComputedStyle) -> bool {
    let mut stack = vec![phrase];
    let mut seen = 0;
    while let Some(at) = stack.pop() {
        seen += 1;
        if seen > MOST {
            return true;
        }
        let node = tree.node(at);
        let style = &node.style;
        match &node.content {
            Content::Text(_) if !is_word(&node.content) => {}
            Content::Element(_) if node.children.iter().any(|child| is_sign(tree, *child)) => return true,
            Content::Element(_) if !is_box_of_its_own(style) => stack.extend(&node.children),
            Content::Text(_) if !is_type_of_its_own(style, around) => return false,
            _ => {}
        }
    }
    true
}

/// Whether a node is generated beside words, as a sign before them.
fn is_sign(tree: &StyledTree, node: NodeId) -> bool {
    let is_generated = tree.element(node).is_some_and(|element| element.pseudo.is_some());
    is_generated && !tree.node(node).children.is_empty()
}

/// Whether an inline box shows, beside the words in it.
fn is_box_of_its_own(style: &ComputedStyle) -> bool {
    let sides = style.border.sides;
    let has_border =
        [sides.top, sides.right, sides.bottom, sides.left].iter().any(|side| side.width > Px::ZERO);
    style.inline.decoration != Decoration::default()
        || has_border
        || !style.paint.background.is_transparent()
        || !style.paint.layers.is_empty()
        || style.inline.vertical_align != Default::default()
        || style.display != Display::Inline
}

/// Whether words are set in other type than those around them.
fn is_type_of_its_own(style: &ComputedStyle, around: &ComputedStyle) -> bool {
    style.font != around.font || style.text.transform != around.text.transform
}

/// Cells without words that stand out by their ground from those beside them, and from those above and below: a
/// stripe does not, nor does a column on a ground of its own.
fn cells(tree: &StyledTree, speaks: &[bool], body: NodeId, check: &mut Check) {
    let grounds = |row: &NodeId| -> Vec<(NodeId, Color)> {
        let cells = tree.node(*row).children.iter().copied().filter(|cell| is_tag(tree, *cell, "td"));
        cells.map(|cell| (cell, tree.node(cell).style.paint.background)).collect()
    };
    let rows = tree.node(body).children.iter().filter(|row| is_tag(tree, **row, "tr"));
    let rows: Vec<Vec<(NodeId, Color)>> = rows.map(grounds).collect();
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);

    let mixed: Vec<bool> =
        (0..columns).map(|column| is_mixed(rows.iter().filter_map(|row| row.get(column)))).collect();
    for row in &rows {
        let row_is_mixed = is_mixed(row.iter());
        for (&(cell, ground), column_is_mixed) in row.iter().zip(&mixed) {
            if ground.is_transparent() || !row_is_mixed || !(*column_is_mixed || rows.len() == 1) {
                continue;
            }
            let finding = (!speaks[cell.0 as usize]).then(|| {
                check
                    .warning("a cell says something by its colour alone: it has no words")
                    .at(tree.place(cell))
                    .hint("write into the cell what its colour says")
            });
            check.examine(finding);
        }
    }
}

/// Whether cells stand on several grounds.
fn is_mixed<'c>(mut cells: impl Iterator<Item = &'c (NodeId, Color)>) -> bool {
    let first = cells.next().map(|(_, ground)| ground);
    cells.any(|(_, ground)| Some(ground) != first)
}

/// Marks without words that differ by their grounds: dots of a score, the keys of a chart, bars. One finding for
/// all that stand beside each other.
fn marks(tree: &StyledTree, speaks: &[bool], group: NodeId, check: &mut Check) {
    if speaks[group.0 as usize] {
        return;
    }
    let children = tree.node(group).children.iter();
    let elements = children.filter_map(|child| Some((tree.element(*child)?, &tree.node(*child).style)));
    let mut shown = elements
        .filter(|(element, _)| element.pseudo.is_none() && element.attribute("aria-hidden") != Some("true"));
    let Some((first, look)) = shown.next() else { return };
    let mut differs = false;
    for (element, style) in shown {
        if element.tag != first.tag || element.classes.first() != first.classes.first() {
            return;
        }
        differs |= style.paint.background != look.paint.background;
    }
    if differs {
        let finding = check
            .warning("marks without words differ by their colour alone")
            .at(tree.place(group))
            .hint("write beside them what they say");
        check.examine(Some(finding));
    }
}

fn is_tag(tree: &StyledTree, node: NodeId, tag: &str) -> bool {
    tree.element(node).is_some_and(|element| element.pseudo.is_none() && &*element.tag == tag)
}

fn is_word(content: &Content) -> bool {
    matches!(content, Content::Text(text) if text.chars().any(char::is_alphanumeric))
}

/// Which nodes have words or signs in them, generated ones too, or a picture.
fn speaking(tree: &StyledTree) -> Vec<bool> {
    let mut speaks = vec![false; tree.nodes.len()];
    for (index, node) in tree.nodes.iter().enumerate().rev() {
        let own = match &node.content {
            Content::Text(text) => !text.trim().is_empty(),
            Content::Generated(_) => true,
            Content::Element(element) => element.picture.is_some(),
        };
        speaks[index] |= own;
        if let Some(parent) = node.parent.filter(|_| speaks[index]) {
            speaks[parent.0 as usize] = true;
        }
    }
    speaks
}
