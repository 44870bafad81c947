//! Formulas in TeX, set as text and called by their source: `<span class="math" role="math" aria-label="x^2">`.
//!
//! | written | by |
//! |---|---|
//! | `$x$`, `$$x$$` | pandoc, Quarto, GitHub, Obsidian |
//! | `\(x\)`, `\[x\]` | LaTeX, MathJax |
//! | ``$`x`$``, a block of code in the language `math` | GitHub, GitLab |
//!
//! A sum of money is no formula. A formula that is more than a line of signs is shown as its source, and told.

mod delimiters;
mod line;
mod signs;

use comrak::Arena;
use comrak::nodes::{Node, NodeMath, NodeValue};
use handlebars::html_escape;

use crate::diag::Diagnostic;
use crate::dom::{Document, NodeId};
use crate::read::Source;

pub(super) use delimiters::unify;
use line::Rows;

/// Messages name a formula by so many of its first characters.
const NAMED: usize = 40;

/// Makes an element of each formula; `line` says where a line of the parsed text is in the file.
pub(super) fn set<'a>(
    arena: &'a Arena<'a>,
    root: Node<'a>,
    source: &Source,
    line: impl Fn(usize) -> u32,
    told: &mut Vec<Diagnostic>,
) {
    for node in root.descendants().collect::<Vec<_>>() {
        let value = match &node.data().value {
            NodeValue::Math(math) => math.clone(),
            NodeValue::CodeBlock(block) if block.info.split_whitespace().next() == Some("math") => {
                NodeMath { dollar_math: true, display_math: true, literal: block.literal.clone() }
            }
            _ => continue,
        };
        let rows = if value.display_math { Rows::Many } else { Rows::One };
        let shown = line::set(&value.literal, rows);
        if shown.is_none() {
            let begun = value.literal.split_whitespace().collect::<Vec<_>>().join(" ");
            let begun: String = begun.chars().take(NAMED).collect();
            let message =
                format!("the formula `{begun}` is more than a line of signs; its source is printed");
            let place = source.place(line(node.data().sourcepos.start.line));
            told.push(
                Diagnostic::warning("formula-as-source", message)
                    .at(place)
                    .hint("put a picture of it here, with words that say it as its alternative text"),
            );
        }
        let html = element(&value, shown);
        let is_block = matches!(node.data().value, NodeValue::CodeBlock(_));
        if is_block {
            node.data_mut().value = NodeValue::Paragraph;
            node.append(arena.alloc(NodeValue::HtmlInline(html).into()));
        } else {
            node.data_mut().value = NodeValue::HtmlInline(html);
        }
    }
}

fn element(math: &NodeMath, shown: Option<String>) -> String {
    let class = if math.display_math { "math display" } else { "math" };
    let tex = html_escape(&math.literal.split_whitespace().collect::<Vec<_>>().join(" "));
    let shown = shown.unwrap_or_else(|| format!("<code>{tex}</code>"));
    format!("<span class=\"{class}\" role=\"math\" aria-label=\"{tex}\">{shown}</span>")
}

/// Gives each formula that stands on lines of its own a paragraph of its own, `<p class="math">`.
pub(super) fn part(document: &mut Document, root: NodeId) {
    let displayed: Vec<NodeId> = document
        .elements(root)
        .filter(|&id| document.has_class(id, "math") && document.has_class(id, "display"))
        .collect();
    for formula in displayed {
        let Some(parent) = document.parent(formula) else { continue };
        if document.is(parent, "p") {
            part_paragraph(document, parent, formula);
        } else if matches!(document.tag(parent), "li" | "dd" | "td" | "th" | "div" | "blockquote") {
            let own = document.new_element("p", &[("class", "math")]);
            document.insert_before(own, formula);
            document.append(own, formula);
        }
    }
}

/// Parts a paragraph into what is before a formula in it, the formula with the point or comma behind it, and the rest.
fn part_paragraph(document: &mut Document, paragraph: NodeId, formula: NodeId) {
    let Some(above) = document.parent(paragraph) else { return };
    let line = document.attribute(paragraph, "data-line").map(str::to_owned);
    let new = |document: &mut Document| {
        let new = document.new_element("p", &[]);
        line.iter().for_each(|line| document.set_attribute(new, "data-line", line));
        new
    };
    let (before, after) = (new(document), new(document));
    while let Some(first) = document.first_child(paragraph).filter(|&first| first != formula) {
        document.append(before, first);
    }
    while let Some(next) = document.next(formula) {
        document.append(after, next);
    }
    if !document.is_blank(before) {
        document.insert_before(before, paragraph);
    }
    take_point(document, paragraph, after);
    if !document.is_blank(after) {
        match document.next(paragraph) {
            Some(next) => document.insert_before(after, next),
            None => document.append(above, after),
        }
    }
    let class = document.attribute(paragraph, "class").map(|class| format!("{class} math"));
    document.set_attribute(paragraph, "class", class.as_deref().unwrap_or("math"));
}

/// Moves the point or comma that `after` begins with to the end of `paragraph`.
fn take_point(document: &mut Document, paragraph: NodeId, after: NodeId) {
    let Some(first) = document.first_child(after) else { return };
    let text = document.text_of(first).unwrap_or_default().to_owned();
    if let Some(rest) = text.strip_prefix(['.', ',', ';', ':']) {
        let (point, rest) = (document.new_text(&text[..1]), document.new_text(rest));
        document.append(paragraph, point);
        document.insert_before(rest, first);
        document.detach(first);
    }
}
