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
use crate::dom::{Document, NodeData, NodeId};
use crate::read::Source;

pub(super) use delimiters::unify;
use line::Rows;

/// Messages name a formula by so many of its first characters.
const NAMED: usize = 40;

/// So many formulas that are no line are told; more of them tell nothing new.
const TOLD: usize = 50;

/// Makes an element of each formula; `line` says where a line of the parsed text is in the file.
pub(super) fn set<'a>(
    arena: &'a Arena<'a>,
    root: Node<'a>,
    source: &Source,
    line: impl Fn(usize) -> u32,
    told: &mut Vec<Diagnostic>,
) {
    let mut failed = 0_usize;
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
        failed += usize::from(shown.is_none());
        if shown.is_none() && failed <= TOLD {
            let place = source.place(line(node.data().sourcepos.start.line));
            told.push(as_source(&value.literal).at(place));
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

fn as_source(tex: &str) -> Diagnostic {
    let begun: String = tex.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(NAMED).collect();
    let message = format!("the formula `{begun}` is more than a line of signs; its source is printed");
    Diagnostic::warning("formula-as-source", message)
        .hint("put a picture of it here, with words that say it as its alternative text")
}

fn element(math: &NodeMath, shown: Option<String>) -> String {
    let class = if math.display_math { "math display" } else { "math" };
    let tex = html_escape(&math.literal.split_whitespace().collect::<Vec<_>>().join(" "));
    let shown = shown.unwrap_or_else(|| format!("<code>{tex}</code>"));
    format!("<span class=\"{class}\" role=\"math\" aria-label=\"{tex}\">{shown}</span>")
}

/// Gives each formula that stands on lines of its own a paragraph of its own, `<p class="math">`.
pub(super) fn part(document: &mut Document, root: NodeId) {
    let displayed: Vec<NodeId> = document.elements(root).filter(|&id| is_displayed(document, id)).collect();
    for formula in displayed {
        let Some(parent) = document.parent(formula) else { continue };
        // The paragraphs that one is parted into have the class.
        if document.is(parent, "p") && !document.has_class(parent, "math") {
            part_paragraph(document, parent);
        } else if matches!(document.tag(parent), "li" | "dd" | "td" | "th" | "div" | "blockquote") {
            let own = document.new_element("p", &[("class", "math")]);
            document.insert_before(own, formula);
            document.append(own, formula);
        }
    }
}

fn is_displayed(document: &Document, id: NodeId) -> bool {
    document.has_class(id, "math") && document.has_class(id, "display")
}

/// Parts a paragraph into its formulas, each with the point or comma behind it, and what is between them.
fn part_paragraph(document: &mut Document, paragraph: NodeId) {
    let children: Vec<NodeId> = document.children(paragraph).collect();
    let mut parts: Vec<NodeId> = Vec::new();
    let mut is_text = false;
    for child in children {
        let is_formula = is_displayed(document, child);
        if let Some(&formula) = parts.last().filter(|_| !is_text && !is_formula) {
            take_point(document, formula, child);
        }
        if is_formula || !is_text {
            let class = if is_formula { &[("class", "math")][..] } else { &[] };
            parts.push(document.new_element("p", class));
            is_text = !is_formula;
        }
        if let Some(&part) = parts.last() {
            document.append(part, child);
        }
    }
    parts.retain(|&part| !document.is_blank(part));
    let line = document.attribute(paragraph, "data-line").map(str::to_owned);
    for &part in &parts {
        line.iter().for_each(|line| document.set_attribute(part, "data-line", line));
        document.insert_before(part, paragraph);
    }
    let id = document.attribute(paragraph, "id").map(str::to_owned);
    let class = document.attribute(paragraph, "class").unwrap_or_default().to_owned();
    if let Some(&first) = parts.first() {
        id.iter().for_each(|id| document.set_attribute(first, "id", id));
        let own = document.attribute(first, "class").unwrap_or_default();
        let both = format!("{own} {class}");
        if !class.is_empty() {
            document.set_attribute(first, "class", both.trim());
        }
    }
    document.detach(paragraph);
}

/// Moves the point or comma that a text begins with to the end of a paragraph.
fn take_point(document: &mut Document, paragraph: NodeId, text: NodeId) {
    let words = document.text_of(text).unwrap_or_default().to_owned();
    if let Some(rest) = words.strip_prefix(['.', ',', ';', ':']) {
        let point = document.new_text(&words[..1]);
        document.append(paragraph, point);
        if let NodeData::Text(text) = document.data_mut(text) {
            *text = rest.to_owned();
        }
    }
}
