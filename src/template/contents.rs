//! The table of contents: the helper `toc` writes an empty element, and when the layout is rendered it gets a link
//! to each heading that follows or precedes it in the document.

use std::collections::BTreeSet;

use comrak::Anchorizer;

use super::references::words;
use crate::dom::{self, Document, NodeId};

/// A table with fewer entries tells nobody anything.
const FEWEST: usize = 2;
/// The attribute that says how many levels are wanted, until the table is filled.
const WANTED: &str = "data-levels";

/// The element that is filled later.
pub(super) fn placeholder(title: &str, levels: u8) -> String {
    let title = handlebars::html_escape(title);
    format!(
        "<nav class=\"toc\" role=\"doc-toc\" aria-label=\"{title}\" {WANTED}=\"{levels}\">\
         <h2 class=\"toc-title\">{title}</h2></nav>"
    )
}

/// A heading that the table has.
struct Entry {
    level: u8,
    id: String,
    words: String,
}

/// Fills the tables of contents of a document. The second value is whether there were headings enough: without, it
/// has none.
pub(super) fn fill(html: String) -> (String, bool) {
    if !html.contains(WANTED) {
        return (html, true);
    }
    let mut document = dom::parse(&html);
    let root = document.root();
    let tables: Vec<(NodeId, u8)> = document
        .elements(root)
        .filter_map(|id| Some((id, document.attribute(id, WANTED)?.parse().ok()?)))
        .collect();
    let mut is_filled = true;
    for (table, levels) in tables {
        document.remove_attribute(table, WANTED);
        let entries = entries(&mut document, levels);
        if entries.len() < FEWEST {
            document.detach(table);
            is_filled = false;
            continue;
        }
        let list = list(&mut document, &entries);
        document.append(table, list);
    }
    (document.outer_html(root), is_filled)
}

/// The headings below the title, `levels` of them, each with an id.
fn entries(document: &mut Document, levels: u8) -> Vec<Entry> {
    let root = document.root();
    let mut used: BTreeSet<String> =
        document.elements(root).filter_map(|id| document.attribute(id, "id")).map(str::to_owned).collect();
    let headings: Vec<(NodeId, u8)> = document
        .elements(root)
        .filter_map(|id| Some((id, document.heading(id)?)))
        .filter(|&(id, level)| (2..=levels.saturating_add(1)).contains(&level) && belongs(document, id))
        .collect();
    let mut entries = Vec::with_capacity(headings.len());
    if headings.len() < FEWEST {
        return entries;
    }
    for (heading, level) in headings {
        let words = words(document, heading);
        if words.is_empty() {
            continue;
        }
        let id = match document.attribute(heading, "id") {
            Some(id) => id.to_owned(),
            None => {
                let id = free(&words, &used);
                document.set_attribute(heading, "id", &id);
                id
            }
        };
        used.insert(id.clone());
        entries.push(Entry { level, id, words });
    }
    entries
}

/// Whether a heading is one of the article's own, and not of what stands beside it.
fn belongs(document: &Document, heading: NodeId) -> bool {
    let is_aside = |id: NodeId| {
        matches!(document.tag(id), "aside" | "nav" | "footer" | "figure" | "blockquote")
            || document.has_class(id, "no-toc")
            || document.attribute(id, "hidden").is_some()
            || document.attribute(id, "aria-hidden") == Some("true")
    };
    !is_aside(heading) && !document.ancestors(heading).any(is_aside)
}

/// An id for a heading, made of its words, that nothing has.
fn free(words: &str, used: &BTreeSet<String>) -> String {
    let stem = Anchorizer::new().anchorize(words);
    let stem = if stem.is_empty() { "section".to_owned() } else { stem };
    let mut id = stem.clone();
    let mut number = 1;
    while used.contains(&id) {
        id = format!("{stem}-{number}");
        number += 1;
    }
    id
}

/// The entries as lists in lists. A level that is left out is not made up.
fn list(document: &mut Document, entries: &[Entry]) -> NodeId {
    let top = document.new_element("ol", &[("class", "toc-list")]);
    let mut open: Vec<(u8, NodeId, Option<NodeId>)> = vec![(0, top, None)];
    for entry in entries {
        while open.len() > 1 && open.last().is_some_and(|(level, ..)| *level > entry.level) {
            open.pop();
        }
        if let Some(&(level, _, Some(item))) = open.last()
            && level > 0
            && level < entry.level
        {
            let inner = document.new_element("ol", &[]);
            document.append(item, inner);
            open.push((entry.level, inner, None));
        }
        let Some((level, list, last)) = open.last_mut() else { continue };
        *level = entry.level;
        let item = document.new_element("li", &[]);
        let link = document.new_element("a", &[("href", &format!("#{}", entry.id))]);
        let text = document.new_text(entry.words.clone());
        document.append(link, text);
        document.append(item, link);
        document.append(*list, item);
        *last = Some(item);
    }
    top
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(body: &str, levels: u8) -> String {
        let html = format!("<body>{}{body}", placeholder("In & uit", levels));
        let (html, _) = fill(html);
        html.split_once("<body>").unwrap().1.split_once("</body>").unwrap().0.to_owned()
    }

    #[test]
    fn headings_become_entries_in_their_levels() {
        let body = "<h1>T</h1><h3>Early</h3><h2>A <i>b</i><sup>1</sup></h2><h3>C</h3><h4>deep</h4>\
                    <h3 id=\"own\">C</h3><h2>A b</h2><aside><h2>Beside</h2></aside><h2 class=\"no-toc\">No</h2>";
        let html = filled(body, 2);
        let nav = html.split_once("</nav>").unwrap().0;
        assert_eq!(
            nav,
            "<nav class=\"toc\" role=\"doc-toc\" aria-label=\"In &amp; uit\"><h2 class=\"toc-title\">In &amp; uit</h2>\
             <ol class=\"toc-list\"><li><a href=\"#early\">Early</a></li><li><a href=\"#a-b\">A b</a>\
             <ol><li><a href=\"#c\">C</a></li><li><a href=\"#own\">C</a></li></ol></li>\
             <li><a href=\"#a-b-1\">A b</a></li></ol>"
        );
        assert!(html.contains("<h2 id=\"a-b\">A <i>b</i>"), "{html}");
        assert!(html.contains("<h4>deep</h4>"), "{html}");
    }

    #[test]
    fn one_heading_makes_no_table() {
        assert_eq!(filled("<h2>A</h2><h3>b</h3>", 1), "<h2>A</h2><h3>b</h3>");
    }
}
