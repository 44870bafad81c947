//! Markdown articles: CommonMark 0.31 and GitHub's extensions through comrak, with what other dialects write:
//! description lists, fenced divs, attributes and spans of pandoc, formulas in TeX, callouts and wiki links of Obsidian,
//! admonitions of MkDocs, tags of the programs that make sites.
//!
//! What comrak does not know is written anew before it reads (in lines that keep their numbers), or made of the tree
//! that it gives. Nothing of this is done in code.

mod abbreviations;
mod admonitions;
mod attributes;
mod callouts;
mod code;
mod contents;
mod fences;
mod math;
mod numbered;
mod scripts;
mod spans;
mod tags;
mod wiki;

use comrak::nodes::{Node, NodeValue};
use comrak::{Arena, Options, format_html, parse_document};

use crate::config::value::Spanned;
use crate::diag::{Diagnostic, Outcome};
use crate::dom::{self, Document, NodeData, NodeId};

use super::includes::Included;
use super::{Body, Source, clean, structure};
use numbered::Numbered;

pub(super) use numbered::FencedCode;

/// Reads Markdown. Raw HTML stays, without what runs or styles; a first `h1` is the title.
///
/// # Errors
/// `too-deep`. A fenced div that is never closed, or closed without having been opened, is a warning.
pub fn body(source: &Source) -> Outcome<Body> {
    body_with(source, None, &Included::new())
}

/// The same, where tags of a site may ask for the metadata of the article, with the parts that it takes in from other files.
///
/// # Errors
/// As [`body`].
pub(super) fn body_with(source: &Source, values: Option<&Spanned>, included: &Included) -> Outcome<Body> {
    let mut warnings = Vec::new();
    let text = admonitions::fence(Numbered::of(source).with_parts(included));
    let text = tags::settle(source, text, values, &mut warnings);
    let (text, contents) = contents::take(text);
    let (text, abbreviations) = abbreviations::take(text);
    let text = math::unify(text);
    let text = fences::nest(source, &text, &mut warnings).map_err(|error| vec![error])?;
    let html = html(source, &text, &mut warnings).map_err(|error| vec![error])?;
    let mut document = dom::parse_fragment(&html, 1);
    let root = document.fragment();
    clean::check_depth(&document, root, source, |_| source.first_line()).map_err(|error| vec![error])?;
    number(&mut document, root, &text);
    attributes::apply(&mut document, root);
    spans::make(&mut document, root);
    math::part(&mut document, root);
    wiki::name_blocks(&mut document, root);
    tidy(&mut document, root);
    clean::clean(&mut document, root);
    abbreviations.mark(&mut document, root);
    structure::head_rows(&mut document, root);
    structure::make_figures(&mut document, root);
    structure::make_captions(&mut document, root);
    structure::mark_speakers(&mut document, root);
    contents::mark_left_out(&mut document, root);
    let title = structure::take_title(&mut document, root);
    structure::lower_headings(&mut document, root);
    structure::name_targets(&mut document, root, structure::Named::All);
    let html = document.inner_html(root).trim().to_owned();
    let meta = contents.into_iter().collect();
    Ok(Body { html, title, meta, warnings })
}

fn html(source: &Source, text: &Numbered, told: &mut Vec<Diagnostic>) -> Result<String, Diagnostic> {
    let options = options();
    let arena = Arena::new();
    let root = parse_document(&arena, text.text(), &options);
    if let Some(line) = too_deep_at(root) {
        return Err(clean::too_deep(source, text.line(line)));
    }
    for node in root.descendants() {
        let mut ast = node.data_mut();
        let line = ast.sourcepos.start.line;
        match &mut ast.value {
            NodeValue::HtmlBlock(block) => block.literal.insert_str(0, &format!("<!--@{line}-->")),
            NodeValue::CommentInline(_) | NodeValue::MultilineComment(_) => {
                let note = Diagnostic::note("comment", "a comment between `%%` is left out");
                told.push(note.at(source.place(text.line(line))));
            }
            _ => {}
        }
    }
    math::set(&arena, root, source, |line| text.line(line), told);
    scripts::settle(&arena, root);
    wiki::resolve(&arena, root, source, |line| text.line(line), told);
    let mut html = String::with_capacity(2 * text.text().len());
    // Writing to a string does not fail.
    let written = format_html(root, &options, &mut html);
    debug_assert!(written.is_ok());
    if clean::is_absurd(&html) { Err(clean::too_deep(source, source.first_line())) } else { Ok(html) }
}

fn options() -> Options<'static> {
    let mut options = Options::default();
    let extension = &mut options.extension;
    extension.table = true;
    extension.strikethrough = true;
    extension.tasklist = true;
    extension.autolink = true;
    extension.footnotes = true;
    extension.description_lists = true;
    extension.inline_footnotes = true;
    extension.ofm_callouts = true;
    extension.ofm_comments = true;
    extension.block_directive = true;
    extension.highlight = true;
    extension.math_dollars = true;
    extension.superscript = true;
    extension.subscript = true;
    extension.wikilinks_title_after_pipe = true;
    options.render.r#unsafe = true;
    options.render.sourcepos = true;
    options.render.escaped_char_spans = true;
    options
}

/// The line of the first node that is nested too deep.
fn too_deep_at(root: Node<'_>) -> Option<usize> {
    let mut depth = 0;
    for edge in root.traverse() {
        match edge {
            comrak::arena_tree::NodeEdge::Start(node) => {
                depth += 1;
                if depth > clean::DEEPEST {
                    return Some(node.data().sourcepos.start.line);
                }
            }
            comrak::arena_tree::NodeEdge::End(_) => depth -= 1,
        }
    }
    None
}

/// Turns comrak's positions into `data-line`; elements of raw HTML count on from the mark before their block.
fn number(document: &mut Document, root: NodeId, text: &Numbered) {
    let mut mark = None;
    let mut lines = vec![None; document.len()];
    for id in document.descendants(root) {
        let node = document.node(id);
        if let NodeData::Comment(text) = &node.data {
            let line = text.strip_prefix('@').and_then(|line| line.parse::<u32>().ok());
            mark = line.map(|line| (node.line, line)).or(mark);
            continue;
        }
        let position = document.attribute(id, "data-sourcepos").and_then(|at| at.split(':').next());
        if position.is_some() {
            mark = None;
        }
        let raw = || mark.map(|(written, line)| line + node.line.saturating_sub(written));
        let line = position.and_then(|line| line.parse().ok()).or_else(raw);
        lines[id.index()] = line.map(|line| text.line(line as usize));
    }
    clean::number(document, root, |_, id| lines[id.index()]);
}

/// Turns what comrak writes for a web page into what a handout needs.
fn tidy(document: &mut Document, root: NodeId) {
    let elements: Vec<NodeId> = document.elements(root).collect();
    for id in elements {
        document.remove_attribute(id, "data-sourcepos");
        match document.tag(id) {
            "span" if document.attribute(id, "data-escaped-char").is_some() => clean::unwrap(document, id),
            "input" => mark_task(document, id),
            "a" if document.attribute(id, "data-footnote-backref").is_some() => document.detach(id),
            "a" if document.attribute(id, "data-footnote-ref").is_some() => {
                document.remove_attribute(id, "data-footnote-ref");
                document.set_attribute(id, "role", "doc-noteref");
            }
            "section" if document.attribute(id, "data-footnotes").is_some() => {
                document.remove_attribute(id, "data-footnotes");
                document.set_attribute(id, "role", "doc-endnotes");
            }
            "li" if document.attribute(id, "id").is_some_and(|id| id.starts_with("fn-__inline_")) => {
                number_alike(document, id);
            }
            "div" if document.attribute(id, "data-callout").is_some() => callouts::tidy(document, id),
            _ => {}
        }
    }
}

/// Gives all blocks of a note that stands in a line the line of that: comrak counts them from the note's own first.
fn number_alike(document: &mut Document, note: NodeId) {
    let Some(line) = document.attribute(note, "data-line").map(str::to_owned) else { return };
    let blocks: Vec<NodeId> =
        document.elements(note).filter(|&id| document.attribute(id, "data-line").is_some()).collect();
    blocks.into_iter().for_each(|id| document.set_attribute(id, "data-line", &line));
}

/// Makes the checkbox of a task a sign in the text: paper has nothing to tick.
fn mark_task(document: &mut Document, id: NodeId) {
    let done = document.attribute(id, "checked").is_some();
    let item = document.ancestors(id).find(|&up| document.is(up, "li"));
    if let Some(item) = item {
        document.set_attribute(item, "class", if done { "task done" } else { "task" });
    }
    let sign = document.new_text(if done { "☑" } else { "☐" });
    let shown = document.new_element("span", &[("class", "checkbox")]);
    document.append(shown, sign);
    // In a list of paragraphs the sign stands before the one that follows it: it is set in its first line.
    let mut behind = std::iter::successors(document.next(id), |&next| document.next(next));
    let next = behind.find(|&next| !document.is_blank(next)).filter(|&next| document.is(next, "p"));
    match next.and_then(|paragraph| document.first_child(paragraph)) {
        Some(first) => {
            let space = document.new_text(" ");
            document.insert_before(shown, first);
            document.insert_before(space, first);
        }
        None => document.insert_before(shown, id),
    }
    document.detach(id);
}

#[cfg(test)]
mod tests;
