//! A page of a site, made what layouts know: no classes of the site, no boxes for its columns, no attributes for its
//! scripts.

use std::collections::BTreeSet;

use crate::dom::{Document, NodeData, NodeId};
use crate::read::clean::unwrap;
use crate::read::structure::rename;

use super::measure::is_block;

/// Attributes that mean something on paper.
const KEPT: [&str; 20] = [
    "href", "src", "alt", "title", "id", "lang", "dir", "colspan", "rowspan", "scope", "headers", "start",
    "value", "reversed", "type", "cite", "datetime", "width", "height", "align",
];

/// Classes that layouts know.
const CLASSES: [&str; 5] = ["footnotes", "footnote-ref", "footnote-back", "math", "speaker"];

/// Tidies everything below `root`.
pub(in crate::read) fn tidy(document: &mut Document, root: NodeId) {
    let all: Vec<NodeId> = document.elements(root).collect();
    let address = |&id: &NodeId| Some(document.attribute(id, "href")?.strip_prefix('#')?.to_owned());
    let targets: BTreeSet<String> = all.iter().filter_map(address).collect();
    for &id in &all {
        strip(document, id, &targets);
    }
    for &id in all.iter().rev() {
        match document.tag(id) {
            "span" | "picture" | "label" | "center" | "font" if is_bare(document, id) => unwrap(document, id),
            // Whom a quotation is of.
            "footer" if document.parent(id).is_some_and(|up| document.is(up, "blockquote")) => {
                rename(document, id, "cite");
            }
            "div" | "section" | "article" | "main" | "header" | "footer" | "form" | "fieldset" | "hgroup"
            | "aside"
                if document.attribute(id, "id").is_none()
                    && document.attribute(id, "align").is_none()
                    && !is_notes(document, id) =>
            {
                flatten(document, id);
            }
            // What is left of a box whose content went elsewhere.
            "p" if says_nothing(document, id) => document.detach(id),
            "p" | "ul" | "ol" | "li" | "a" | "figure" | "figcaption"
                if document.is_blank(id) && !is_target(document, id) =>
            {
                document.detach(id);
            }
            // The line above notes is the layout's.
            "hr" if document.parent(id).is_some_and(|up| is_notes(document, up)) => document.detach(id),
            "a" if document.attribute(id, "role") == Some("doc-backlink") => part_from_note(document, id),
            "button" => make_label(document, id),
            "input" => document.detach(id),
            _ => {}
        }
    }
    flatten_inlines(document, root);
}

fn strip(document: &mut Document, id: NodeId, targets: &BTreeSet<String>) {
    let is_picture = document.is(id, "img");
    let NodeData::Element(element) = document.data_mut(id) else { return };
    if !element.is_html() {
        return;
    }
    element.attributes.retain_mut(|attribute| match &*attribute.name.local {
        "class" => {
            let known = |name: &&str| CLASSES.contains(name) || name.starts_with("language-");
            let names: Vec<&str> = attribute.value.split_ascii_whitespace().filter(known).collect();
            attribute.value = names.join(" ");
            !attribute.value.is_empty()
        }
        "role" => attribute.value.starts_with("doc-"),
        "width" | "height" => is_picture,
        "align" => !is_picture,
        "id" => targets.contains(&attribute.value),
        name => KEPT.contains(&name),
    });
}

/// Whether a paragraph is there for its space alone: it holds nothing but no-break ones.
fn says_nothing(document: &Document, id: NodeId) -> bool {
    let is_bare = document.elements(id).all(|at| document.is(at, "br"));
    is_bare && document.text(id).trim().is_empty() && !is_target(document, id)
}

/// The link back from a note stands behind a blank, which nobody needs where there is no link.
fn part_from_note(document: &mut Document, link: NodeId) {
    let before = document.parent(link).and_then(|up| {
        document
            .children(up)
            .take_while(|&child| child != link)
            .last()
            .filter(|&it| document.text_of(it).is_some())
    });
    if let Some(NodeData::Text(text)) = before.map(|before| document.data_mut(before)) {
        text.truncate(text.trim_end().len());
        text.push(' ');
    }
}

/// A button that was kept is what the text below it is called.
fn make_label(document: &mut Document, id: NodeId) {
    let label = document.new_element("strong", &[]);
    document.set_line(label, document.node(id).line);
    while let Some(child) = document.first_child(id) {
        document.append(label, child);
    }
    document.insert_before(label, id);
    document.detach(id);
}

fn is_bare(document: &Document, id: NodeId) -> bool {
    document.element(id).is_some_and(|element| element.attributes.is_empty())
}

/// Whether it holds the notes of the article.
fn is_notes(document: &Document, id: NodeId) -> bool {
    document.has_class(id, "footnotes") || document.attribute(id, "role") == Some("doc-endnotes")
}

fn is_target(document: &Document, id: NodeId) -> bool {
    document.attribute(id, "id").is_some()
}

/// Takes a box away: around blocks it is nothing, around text a paragraph.
fn flatten(document: &mut Document, id: NodeId) {
    let in_block_of_text = document.parent(id).is_some_and(|up| {
        matches!(
            document.tag(up),
            "li" | "td" | "th" | "dd" | "dt" | "figcaption" | "caption" | "summary" | "p" | "figure"
        )
    });
    if in_block_of_text && only_inline(document, id) {
        let is_alone = document
            .parent(id)
            .is_some_and(|up| document.children(up).all(|it| it == id || document.is_blank(it)));
        if is_alone {
            return unwrap(document, id);
        }
    }
    flatten_inlines(document, id);
    unwrap(document, id);
}

fn only_inline(document: &Document, id: NodeId) -> bool {
    !document.elements(id).any(|at| is_block(document.tag(at)))
}

/// Puts runs of text and inline elements directly in a box into paragraphs.
fn flatten_inlines(document: &mut Document, id: NodeId) {
    let children: Vec<NodeId> = document.children(id).collect();
    let mut run: Vec<NodeId> = Vec::new();
    for child in children {
        let holds_block =
            is_block(document.tag(child)) || document.elements(child).any(|at| is_block(document.tag(at)));
        let is_alone = matches!(document.tag(child), "svg" | "math");
        if holds_block || is_alone {
            wrap(document, &mut run);
        } else {
            run.push(child);
        }
    }
    wrap(document, &mut run);
}

fn wrap(document: &mut Document, run: &mut Vec<NodeId>) {
    let run = std::mem::take(run);
    let is_break = |document: &Document, id: NodeId| {
        document.is(id, "br") || (document.element(id).is_none() && document.is_blank(id))
    };
    let Some(first) = run.iter().position(|&id| !is_break(document, id)) else {
        drop_breaks(document, &run);
        return;
    };
    let last = run.iter().rposition(|&id| !is_break(document, id)).unwrap_or(first);
    let paragraph = paragraph_before(document, run[first]);
    let mut breaks = 0;
    let mut current = paragraph;
    for &id in &run[first..=last] {
        if document.is(id, "br") {
            breaks += 1;
            document.detach(id);
            continue;
        }
        if breaks > 0 && document.element(id).is_none() && document.is_blank(id) {
            continue;
        }
        // Two breaks in a row are how a paragraph ends where there are none.
        if breaks > 1 {
            current = paragraph_before(document, id);
        } else if breaks == 1 {
            let one = document.new_element("br", &[]);
            document.append(current, one);
        }
        breaks = 0;
        document.append(current, id);
    }
    drop_breaks(document, &run[..first]);
    drop_breaks(document, &run[last + 1..]);
}

fn drop_breaks(document: &mut Document, run: &[NodeId]) {
    for &id in run {
        if document.is(id, "br") {
            document.detach(id);
        }
    }
}

fn paragraph_before(document: &mut Document, id: NodeId) -> NodeId {
    let paragraph = document.new_element("p", &[]);
    document.set_line(paragraph, document.node(id).line);
    document.insert_before(paragraph, id);
    paragraph
}

/// Takes out links without words that lead to a place in the page: programs put them beside lines of code and headings.
pub(super) fn drop_empty_links(document: &mut Document, root: NodeId) {
    let is_empty = |&id: &NodeId| {
        document.is(id, "a")
            && document.is_blank(id)
            && document.attribute(id, "aria-hidden") == Some("true")
            && document.attribute(id, "href").is_some_and(|href| href.starts_with('#'))
            && document.attribute(id, "id").is_none()
    };
    let links: Vec<NodeId> = document.elements(root).filter(is_empty).collect();
    for id in links {
        document.detach(id);
    }
}
