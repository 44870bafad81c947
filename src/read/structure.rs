//! What readers of markup do alike: the title, the levels below it, figures, and what links point at.

use std::collections::BTreeSet;

use comrak::Anchorizer;

use crate::diag::Diagnostic;
use crate::dom::{Document, NodeData, NodeId};

use super::plain::marks;

/// Takes the `h1` that a body begins with off it and gives its text.
pub(super) fn take_title(document: &mut Document, root: NodeId) -> Option<String> {
    let mut at = first_content(document, root)?;
    while matches!(document.tag(at), "header" | "hgroup" | "div" | "section" | "article") {
        at = first_content(document, at)?;
    }
    if !document.is(at, "h1") {
        return None;
    }
    let text = document.text(at).split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() {
        return None;
    }
    let mut emptied = at;
    while let Some(parent) = document.parent(emptied).filter(|&parent| parent != root) {
        document.detach(emptied);
        if !document.is_blank(parent) {
            return Some(text);
        }
        emptied = parent;
    }
    document.detach(emptied);
    Some(text)
}

fn first_content(document: &Document, id: NodeId) -> Option<NodeId> {
    document.children(id).find(|&child| document.element(child).is_some() || !document.is_blank(child))
}

/// Sets every heading one level down where an `h1` is left: the title of the handout is its only `h1`.
pub(super) fn lower_headings(document: &mut Document, root: NodeId) {
    let headings: Vec<(NodeId, u8)> =
        document.elements(root).filter_map(|id| Some((id, document.heading(id)?))).collect();
    if headings.iter().all(|&(_, level)| level > 1) {
        return;
    }
    for (id, level) in headings {
        rename(document, id, &format!("h{}", (level + 1).min(6)));
    }
}

/// Headings that skipped a level, and are closer to the one above them now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Raised {
    /// The words of the first.
    words: String,
    /// The line that it came from, from 1.
    pub line: Option<u32>,
    /// How many there are.
    count: usize,
}

impl Raised {
    /// The note on them.
    pub fn note(&self) -> Diagnostic {
        let others = match self.count {
            1 => String::new(),
            2 => ", and another one likewise".to_owned(),
            count => format!(", and {} others likewise", count - 1),
        };
        let message =
            format!("the heading `{}` skipped a level and is set without the gap{others}", self.words);
        Diagnostic::note("heading-raised", message)
            .hint("a heading is one level below the one that it belongs to")
    }
}

/// Sets headings that skip a level right below the one that they belong to: the program that wrote them chose levels by
/// their looks, and whoever brings the article cannot always change it there. What was deeper than another stays
/// deeper where both have the same heading above them.
pub(super) fn close_gaps(document: &mut Document, root: NodeId) -> Option<Raised> {
    let headings: Vec<(NodeId, u8)> =
        document.elements(root).filter_map(|id| Some((id, document.heading(id)?))).collect();
    let mut above: Vec<u8> = Vec::new();
    let mut raised: Option<Raised> = None;
    for (id, level) in headings {
        above.retain(|&other| other < level);
        // The title is of the first level, and not in the body.
        let wanted = above.len() as u8 + 2;
        above.push(level);
        if level <= wanted {
            continue;
        }
        let first = || {
            let line = document.attribute(id, "data-line").and_then(|line| line.parse().ok());
            let words = document.text(id).split_whitespace().collect::<Vec<_>>().join(" ");
            Raised { words, line, count: 0 }
        };
        raised.get_or_insert_with(first).count += 1;
        rename(document, id, &format!("h{wanted}"));
    }
    raised
}

/// Marks items that begin with a box to tick as what is to be done or is done, as Markdown has them.
pub(super) fn mark_tasks(document: &mut Document, root: NodeId) {
    let items: Vec<NodeId> = document.elements(root).filter(|&id| document.is(id, "li")).collect();
    for item in items {
        let text = |id: NodeId| document.descendants(id).find(|&id| document.text_of(id).is_some());
        let Some(first) = text(item) else { continue };
        let said = document.text_of(first).unwrap_or_default().trim_start();
        let Some((sign, rest)) = said.split_at_checked('☐'.len_utf8()) else { continue };
        let (class, sign) = match sign {
            "☐" => ("task", "☐"),
            "☑" | "☒" => ("task done", "☑"),
            _ => continue,
        };
        if !rest.starts_with(char::is_whitespace) {
            continue;
        }
        let rest = rest.to_owned();
        let shown = document.new_element("span", &[("class", "checkbox")]);
        let sign = document.new_text(sign);
        document.append(shown, sign);
        document.insert_before(shown, first);
        if let NodeData::Text(text) = document.data_mut(first) {
            *text = rest;
        }
        document.set_attribute(item, "class", class);
    }
}

/// Puts a new element with another name in the place of one, with its attributes and all that is in it.
pub(super) fn rename(document: &mut Document, id: NodeId, tag: &str) {
    let renamed = document.new_element(tag, &[]);
    let attributes = document.element(id).map(|element| element.attributes.clone()).unwrap_or_default();
    for attribute in attributes {
        document.set_attribute(renamed, &attribute.name.local, &attribute.value);
    }
    document.insert_before(renamed, id);
    adopt(document, renamed, id);
    document.detach(id);
}

/// Moves all that is in `from` to the end of `to`.
pub(super) fn adopt(document: &mut Document, to: NodeId, from: NodeId) {
    while let Some(child) = document.first_child(from) {
        document.append(to, child);
    }
}

/// Marks what Markdown has no signs for, but tells by its words: captions, speakers and the like.
pub(crate) fn prepare_for_markdown(document: &mut Document, root: NodeId) {
    head_rows(document, root);
    make_figures(document, root);
    make_captions(document, root);
    mark_speakers(document, root);
}

/// Makes a paragraph that holds nothing but a picture with a title a figure with the title as its caption. The
/// picture's own classes and id go to the figure.
pub(super) fn make_figures(document: &mut Document, root: NodeId) {
    let paragraphs: Vec<NodeId> = document.elements(root).filter(|&id| document.is(id, "p")).collect();
    for paragraph in paragraphs {
        let Some(picture) = only_child(document, paragraph).filter(|&id| document.is(id, "img")) else {
            continue;
        };
        let Some(title) = document.attribute(picture, "title").filter(|title| !title.trim().is_empty())
        else {
            continue;
        };
        let title = title.to_owned();
        let caption = document.new_text(title);
        let figure = document.new_element("figure", &[]);
        for name in ["data-line", "class", "id"] {
            let value = [picture, paragraph].iter().find_map(|&id| document.attribute(id, name));
            if let Some(value) = value.map(str::to_owned) {
                document.set_attribute(figure, name, &value);
            }
        }
        for name in ["title", "class", "id"] {
            document.remove_attribute(picture, name);
        }
        let below = document.new_element("figcaption", &[]);
        document.append(below, caption);
        document.insert_before(figure, paragraph);
        document.append(figure, picture);
        document.append(figure, below);
        document.detach(paragraph);
    }
}

/// Makes the first cell of each row a header where the corner above them is empty, as a table with headers above and
/// beside has it: Markdown has no other way to say so.
pub(super) fn head_rows(document: &mut Document, root: NodeId) {
    let tables: Vec<NodeId> = document.elements(root).filter(|&id| document.is(id, "table")).collect();
    for table in tables {
        let rows: Vec<NodeId> = document.elements(table).filter(|&id| document.is(id, "tr")).collect();
        let Some((&head, body)) = rows.split_first() else { continue };
        let headers: Vec<NodeId> = document.elements(head).filter(|&id| document.is(id, "th")).collect();
        let is_empty = |&id: &NodeId| document.is_blank(id);
        if headers.len() < 2 || !is_empty(&headers[0]) || headers[1..].iter().any(is_empty) {
            continue;
        }
        let first_cell = |&row: &NodeId| document.children(row).find(|&id| document.is(id, "td"));
        let cells: Vec<NodeId> = body.iter().filter_map(first_cell).collect();
        for cell in cells {
            document.set_attribute(cell, "scope", "row");
            rename(document, cell, "th");
        }
    }
}

/// Makes a paragraph that is the caption of a figure, such as `Figuur 1: …`, a figure with nothing but that.
pub(super) fn make_captions(document: &mut Document, root: NodeId) {
    let paragraphs: Vec<NodeId> = document.elements(root).filter(|&id| document.is(id, "p")).collect();
    for paragraph in paragraphs {
        if !marks::is_caption(document.text(paragraph).trim()) {
            continue;
        }
        let figure = document.new_element("figure", &[("class", "caption-only")]);
        if let Some(line) = document.attribute(paragraph, "data-line").map(str::to_owned) {
            document.set_attribute(figure, "data-line", &line);
        }
        let caption = document.new_element("figcaption", &[]);
        document.insert_before(figure, paragraph);
        document.append(figure, caption);
        adopt(document, caption, paragraph);
        document.detach(paragraph);
    }
}

/// Marks the name of who speaks at the start of a paragraph: `Name: “…”`.
pub(super) fn mark_speakers(document: &mut Document, root: NodeId) {
    let paragraphs: Vec<NodeId> = document.elements(root).filter(|&id| document.is(id, "p")).collect();
    for paragraph in paragraphs {
        let Some(first) = document.first_child(paragraph) else { continue };
        let Some((name, said)) = document.text_of(first).and_then(|text| marks::speaker(text.trim_start()))
        else {
            continue;
        };
        if !marks::begins_quotation(said) {
            continue;
        }
        let (name, said) = (name.to_owned(), format!(": {said}"));
        let (name, said) = (document.new_text(name), document.new_text(said));
        let speaker = document.new_element("span", &[("class", "speaker")]);
        document.append(speaker, name);
        document.insert_before(speaker, first);
        document.insert_before(said, first);
        document.detach(first);
    }
}

fn only_child(document: &Document, id: NodeId) -> Option<NodeId> {
    let mut said =
        document.children(id).filter(|&child| document.element(child).is_some() || !document.is_blank(child));
    let only = said.next()?;
    said.next().is_none().then_some(only)
}

/// Which headings get an id that is made of their words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Named {
    /// Those that a link of the same body points at.
    Wanted,
    /// All, so that other articles can point at them.
    All,
}

/// Gives headings an id made from their words as GitHub does.
/// Such links are then written as the ids are, without percent signs (WHATWG HTML, section 7.4.6.4).
pub(super) fn name_targets(document: &mut Document, root: NodeId, named: Named) {
    let local = |id| Some((id, document.attribute(id, "href")?.strip_prefix('#')?));
    let links: Vec<(NodeId, String)> =
        document.elements(root).filter_map(local).map(|(id, name)| (id, decoded(name))).collect();
    let wanted: BTreeSet<String> = links.iter().map(|(_, name)| name.clone()).collect();
    for (id, name) in links {
        document.set_attribute(id, "href", &format!("#{name}"));
    }
    let taken: BTreeSet<String> =
        document.elements(root).filter_map(|id| document.attribute(id, "id")).map(str::to_owned).collect();
    let mut names = Anchorizer::new();
    let headings: Vec<NodeId> =
        document.elements(root).filter(|&id| document.heading(id).is_some()).collect();
    for heading in headings {
        let name = names.anchorize(&document.text(heading));
        let is_due = named == Named::All || wanted.contains(&name);
        if is_due && !name.is_empty() && !taken.contains(&name) && document.attribute(heading, "id").is_none()
        {
            document.set_attribute(heading, "id", &name);
        }
    }
}

/// A text without percent-encoding (RFC 3986, section 2.1); as it is where that is none of UTF-8.
pub(crate) fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let digits = after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        let digits = digits.filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
        let code = digits.filter(|_| *first == b'%').and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(code.unwrap_or(*first));
        rest = if code.is_some() { &after[2..] } else { after };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dom;

    fn changed(html: &str, change: impl Fn(&mut Document, NodeId)) -> String {
        let mut document = dom::parse_fragment(html, 1);
        let root = document.fragment();
        change(&mut document, root);
        document.inner_html(root)
    }

    #[test]
    fn the_first_heading_is_the_title() {
        let mut document = dom::parse_fragment("\n<header><h1>A <em>b</em>\n c</h1></header><p>x</p>", 1);
        let root = document.fragment();
        assert_eq!(take_title(&mut document, root).as_deref(), Some("A b c"));
        assert_eq!(document.inner_html(root), "\n<p>x</p>");
        assert_eq!(take_title(&mut document, root), None);
    }

    #[test]
    fn a_second_title_makes_all_headings_sink() {
        let html = "<h1 class=\"a\">A</h1><h2>B</h2><h6>C</h6>";
        assert_eq!(changed(html, lower_headings), "<h2 class=\"a\">A</h2><h3>B</h3><h6>C</h6>");
        assert_eq!(changed("<h2>B</h2>", lower_headings), "<h2>B</h2>");
    }

    #[test]
    fn headings_that_skip_a_level_come_closer() {
        let cases = [
            ("<h2>A</h2><h3>B</h3><h2>C</h2>", None, "<h2>A</h2><h3>B</h3><h2>C</h2>"),
            (
                "<h3 data-line=\"7\">A\n b</h3><h2>C</h2>",
                Some(("A b", Some(7), 1)),
                "<h2 data-line=\"7\">A\n b</h2><h2>C</h2>",
            ),
            (
                "<h2>A</h2><h4>B</h4><h5>C</h5><h4>D</h4><h3>E</h3>",
                Some(("B", None, 3)),
                "<h2>A</h2><h3>B</h3><h4>C</h4><h3>D</h3><h3>E</h3>",
            ),
        ];
        for (html, told, expected) in cases {
            let mut document = dom::parse_fragment(html, 1);
            let root = document.fragment();
            let raised = close_gaps(&mut document, root);
            assert_eq!(document.inner_html(root), expected);
            let told = told.map(|(words, line, count)| Raised { words: words.to_owned(), line, count });
            assert_eq!(raised, told, "{html}");
        }
    }

    #[test]
    fn items_with_a_box_to_tick_are_tasks() {
        let html = "<ul><li>☐ a</li><li><p> ☒ <em>b</em></p></li><li>☑c</li><li></li></ul>";
        let tasks = "<ul><li class=\"task\"><span class=\"checkbox\">☐</span> a</li>\
            <li class=\"task done\"><p><span class=\"checkbox\">☑</span> <em>b</em></p></li><li>☑c</li><li></li></ul>";
        assert_eq!(changed(html, mark_tasks), tasks);
    }

    #[test]
    fn a_picture_alone_with_a_title_is_a_figure() {
        let html = "<p data-line=\"2\"><img src=\"a.png\" alt=\"x\" title=\"T\" class=\"wide\"></p>";
        let figure = "<figure data-line=\"2\" class=\"wide\"><img src=\"a.png\" alt=\"x\"><figcaption>T</figcaption></figure>";
        assert_eq!(changed(html, make_figures), figure);
        for kept in ["<p><img src=\"a.png\" alt=\"x\"></p>", "<p>See <img src=\"a.png\" title=\"T\"></p>"] {
            assert_eq!(changed(kept, make_figures), kept);
        }
    }

    #[test]
    fn captions_and_speakers_are_told_as_in_plain_text() {
        let caption = "<p data-line=\"2\">Figuur 1: <em>Zo</em></p>";
        let figure = "<figure class=\"caption-only\" data-line=\"2\"><figcaption>Figuur 1: <em>Zo</em></figcaption></figure>";
        assert_eq!(changed(caption, make_captions), figure);
        let spoken = "<p>Anna Bos: “Ja, <em>ja</em>.”</p><p>Let op: nee</p>";
        let marked = "<p><span class=\"speaker\">Anna Bos</span>: “Ja, <em>ja</em>.”</p><p>Let op: nee</p>";
        assert_eq!(changed(spoken, mark_speakers), marked);
    }

    #[test]
    fn headings_get_ids_that_links_may_name() {
        let html = "<h2>Één stap</h2><h2>Twee</h2><a href=\"#één-stap\">x</a>";
        let named = "<h2 id=\"één-stap\">Één stap</h2><h2 id=\"twee\">Twee</h2><a href=\"#één-stap\">x</a>";
        assert_eq!(changed(html, |document, root| name_targets(document, root, Named::All)), named);
        let wanted = |html: &str| changed(html, |document, root| name_targets(document, root, Named::Wanted));
        assert_eq!(wanted(&html.replace("#éé", "#%C3%A9%c3%a9")), named.replace(" id=\"twee\"", ""));
        assert_eq!(decoded("100%25%2G%FF%"), "100%25%2G%FF%");
        assert_eq!(decoded("100%25%2G"), "100%%2G");
    }
}
