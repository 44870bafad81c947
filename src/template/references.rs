//! Cross-references in an article: links to its own headings, figures and tables that say what they lead to, or on
//! which page it is.
//!
//! | the article has | and shows |
//! |---|---|
//! | `[](#id)` | the words of the heading, or the label of the figure or table |
//! | `[zie {name}](#id)` | the same, among words of its own |
//! | `[zie bladzijde {page}](#id)` | the number of the page |
//! | `<a class="page-ref" href="#id">zie bladzijde</a>` | the words, and the number; without words “bladzijde 3” |
//! | `@fig-id`, `@tbl-id`, `@sec-id` | as `[](#fig-id)` |
//!
//! A page's number is an empty element that the stylesheet fills when pages are known.

use std::collections::BTreeMap;

use super::outline::collapse;
use crate::dom::{Document, NodeId};

/// The attribute that names what a page's number is of.
pub(super) const PAGE_OF: &str = "data-page-of";
/// The class of a link that is nothing but words of what it leads to.
const TEXT: &str = "text-ref";
/// The class of a link that tells a page.
const PAGE: &str = "page-ref";
/// A target without a heading's or a label's words is quoted by so many.
const WORDS: usize = 8;

/// Fills the cross-references of a body; `page_word` is the word before the number of a page.
pub(super) fn fill(document: &mut Document, page_word: &str) {
    let targets = targets(document);
    link_citations(document, &targets);
    let root = document.fragment();
    let links: Vec<(NodeId, String)> = document
        .elements(root)
        .filter(|&id| document.is(id, "a"))
        .filter_map(|id| Some((id, document.attribute(id, "href")?.strip_prefix('#')?.to_owned())))
        .filter(|(_, target)| !target.is_empty())
        .collect();
    for (link, target) in links {
        let name = || match targets.get(&target) {
            Some(&at) => name(document, at),
            None => target.clone(),
        };
        let is_empty = document.is_blank(link) && document.child_elements(link).next().is_none();
        let is_page = document.has_class(link, PAGE);
        match (is_empty, is_page) {
            (true, false) => {
                let text = document.new_text(name());
                document.append(link, text);
                add_class(document, link, TEXT);
            }
            (_, true) if !document.text(link).contains("{page}") => {
                let before = if is_empty { page_word } else { "" };
                let text = document.new_text(format!("{before}\u{a0}"));
                document.append(link, text);
                let number = number(document, &target);
                document.append(link, number);
            }
            _ => {
                let name = if document.text(link).contains("{name}") { name() } else { String::new() };
                fill_words(document, link, (&target, &name));
            }
        }
    }
}

/// The elements with an id; of two with one id the first.
fn targets(document: &Document) -> BTreeMap<String, NodeId> {
    let mut targets = BTreeMap::new();
    for id in document.elements(document.fragment()) {
        if let Some(name) = document.attribute(id, "id") {
            targets.entry(name.to_owned()).or_insert(id);
        }
    }
    targets
}

/// Puts a name and a page's number into the words of a link that ask for them.
fn fill_words(document: &mut Document, link: NodeId, (target, name): (&str, &str)) {
    let texts: Vec<NodeId> =
        document.descendants(link).filter(|&id| document.text_of(id).is_some()).collect();
    for text in texts {
        let words = document.text_of(text).unwrap_or_default();
        if !words.contains("{name}") && !words.contains("{page}") {
            continue;
        }
        // The number stays on the line of the word before it.
        let words = words.replace("{name}", name).replace(" {page}", "\u{a0}{page}");
        let mut parts = words.split("{page}");
        let first = document.new_text(parts.next().unwrap_or_default().to_owned());
        document.insert_before(first, text);
        for part in parts {
            let number = number(document, target);
            document.insert_before(number, text);
            let part = document.new_text(part.to_owned());
            document.insert_before(part, text);
        }
        document.detach(text);
    }
}

/// The place of the number of the page that something is on.
fn number(document: &mut Document, target: &str) -> NodeId {
    document.new_element("span", &[("class", "page-number"), (PAGE_OF, &format!("#{target}"))])
}

fn add_class(document: &mut Document, id: NodeId, class: &str) {
    let classes = match document.attribute(id, "class") {
        Some(classes) => format!("{classes} {class}"),
        None => class.to_owned(),
    };
    document.set_attribute(id, "class", &classes);
}

/// What a reference calls an element: the words of a heading, the label of a figure or table, the title of a box.
fn name(document: &Document, target: NodeId) -> String {
    if let Some(caption) = document
        .elements(target)
        .find(|&id| matches!(document.tag(id), "figcaption" | "caption"))
        .filter(|_| matches!(document.tag(target), "figure" | "table"))
    {
        let caption = words(document, caption);
        return label(&caption).map_or(caption.clone(), str::to_owned);
    }
    if let Some(alt) = document.attribute(target, "alt").filter(|alt| !alt.is_empty()) {
        return alt.to_owned();
    }
    if document.heading(target).is_some() {
        return words(document, target);
    }
    if document.is(target, "table") {
        return document.attribute(target, "id").unwrap_or_default().to_owned();
    }
    let is_title = |id: &NodeId| document.heading(*id).is_some() || document.has_class(*id, "callout-title");
    if let Some(title) = document.elements(target).find(is_title) {
        return words(document, title);
    }
    let all = words(document, target);
    let first: Vec<&str> = all.split(' ').take(WORDS).collect();
    let short = first.join(" ");
    if short.len() < all.len() { format!("{short} …") } else { short }
}

/// The label that a caption begins with: `Figuur 2` of `Figuur 2: Zo loopt het`.
fn label(caption: &str) -> Option<&str> {
    let end = caption.find([':', '.'])?;
    let (word, number) = caption[..end].rsplit_once(' ')?;
    let is_number = number.chars().all(|sign| sign.is_ascii_digit() || sign == '-');
    (is_number && !word.contains(' ') && !number.is_empty()).then_some(&caption[..end])
}

/// The words of an element, without references to footnotes.
pub(super) fn words(document: &Document, of: NodeId) -> String {
    let mut text = String::new();
    let mut stack = vec![of];
    while let Some(id) = stack.pop() {
        if let Some(part) = document.text_of(id) {
            text.push_str(part);
        } else if document.is(id, "br") {
            text.push(' ');
        } else if id == of || !is_note(document, id) {
            let children: Vec<NodeId> = document.children(id).collect();
            stack.extend(children.into_iter().rev());
        }
    }
    collapse(&text)
}

fn is_note(document: &Document, id: NodeId) -> bool {
    document.is(id, "sup") || document.has_class(id, "footnote")
}

/// Makes links of `@fig-id`, `@tbl-id` and `@sec-id`, in brackets or not, where the body has that id.
fn link_citations(document: &mut Document, targets: &BTreeMap<String, NodeId>) {
    let is_citable = |id: &&String| KINDS.iter().any(|kind| id.starts_with(kind));
    if !targets.keys().any(|id| is_citable(&id)) {
        return;
    }
    let is_closed = |id: NodeId| matches!(document.tag(id), "a" | "code" | "pre" | "kbd" | "samp");
    let texts: Vec<NodeId> = document
        .descendants(document.fragment())
        .filter(|&id| document.text_of(id).is_some_and(|text| text.contains('@')))
        .filter(|&id| !document.ancestors(id).any(is_closed))
        .collect();
    for node in texts {
        let text = document.text_of(node).unwrap_or_default().to_owned();
        let mut rest = text.as_str();
        let mut found = false;
        while let Some((before, target, after)) = citation(rest, targets) {
            let before = document.new_text(before.to_owned());
            document.insert_before(before, node);
            let link = document.new_element("a", &[("href", &format!("#{target}"))]);
            document.insert_before(link, node);
            rest = after;
            found = true;
        }
        if found {
            let rest = document.new_text(rest.to_owned());
            document.insert_before(rest, node);
            document.detach(node);
        }
    }
}

/// What ids of figures, tables and sections begin with where they are cited, as in Quarto.
const KINDS: [&str; 3] = ["fig-", "tbl-", "sec-"];

/// The first citation in a text: what stands before it, what it names, and what stands behind it.
fn citation<'t>(text: &'t str, targets: &BTreeMap<String, NodeId>) -> Option<(&'t str, &'t str, &'t str)> {
    text.match_indices('@').find_map(|(at, _)| {
        let (before, name) = (&text[..at], &text[at + 1..]);
        let is_name = |sign: char| sign.is_alphanumeric() || matches!(sign, '-' | '_');
        let name = &name[..name.find(|sign| !is_name(sign)).unwrap_or(name.len())];
        let stands_free = !before.ends_with(|sign: char| sign.is_alphanumeric() || sign == '.');
        let is_known = KINDS.iter().any(|kind| name.starts_with(kind)) && targets.contains_key(name);
        let after = &text[at + 1 + name.len()..];
        (stands_free && is_known).then(|| match (before.strip_suffix('['), after.strip_prefix(']')) {
            (Some(before), Some(after)) => (before, name, after),
            _ => (before, name, after),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dom;

    const BODY: &str = "<h2 id=\"brug\">De <em>brug</em><sup><a href=\"#fn\">1</a></sup></h2>\
        <figure id=\"fig-loop\"><figcaption>Figuur 2: Zo loopt het</figcaption></figure>\
        <table id=\"t\"><caption>Wie wat doet</caption></table><p id=\"p\">a b c d e f g h i j</p>";

    fn filled(html: &str) -> String {
        let mut document = dom::parse_fragment(&format!("{BODY}<p>{html}</p>"), 1);
        fill(&mut document, "bladzijde");
        let html = document.inner_html(document.fragment());
        html.rsplit_once("<p>").unwrap().1.trim_end_matches("</p>").to_owned()
    }

    #[test]
    fn empty_links_say_what_they_lead_to() {
        let cases = [
            ("brug", "De brug"),
            ("fig-loop", "Figuur 2"),
            ("t", "Wie wat doet"),
            ("p", "a b c d e f g h …"),
            ("niets", "niets"),
        ];
        for (id, words) in cases {
            let link = format!("<a href=\"#{id}\" class=\"text-ref\">{words}</a>");
            assert_eq!(filled(&format!("<a href=\"#{id}\"></a>")), link);
        }
        assert_eq!(filled("<a href=\"#brug\"><img alt=\"\"></a>"), "<a href=\"#brug\"><img alt=\"\"></a>");
    }

    #[test]
    fn links_tell_pages_and_names_among_words() {
        let number = "<span class=\"page-number\" data-page-of=\"#brug\"></span>";
        let cases = [
            (
                "<a href=\"#brug\">zie {name}, blz. {page}!</a>",
                format!("zie De brug, blz.&nbsp;{number}!</a>"),
            ),
            ("<a href=\"#brug\"><b>op {page}</b></a>", format!("<b>op&nbsp;{number}</b></a>")),
        ];
        for (given, wanted) in cases {
            assert_eq!(filled(given), format!("<a href=\"#brug\">{wanted}"));
        }
        let page = "<a class=\"page-ref\" href=\"#brug\">";
        assert_eq!(
            filled(&format!("{page}zie bladzijde</a>")),
            format!("{page}zie bladzijde&nbsp;{number}</a>")
        );
        assert_eq!(filled(&format!("{page}</a>")), format!("{page}bladzijde&nbsp;{number}</a>"));
        assert_eq!(filled(&format!("{page}blz. {{page}}</a>")), format!("{page}blz.&nbsp;{number}</a>"));
    }

    #[test]
    fn citations_become_links() {
        let link = "<a href=\"#fig-loop\" class=\"text-ref\">Figuur 2</a>";
        assert_eq!(filled("Zie [@fig-loop], @fig-loop."), format!("Zie {link}, {link}."));
        for kept in ["a@fig-loop", "<code>@fig-loop</code>", "@fig-los", "@brug"] {
            assert_eq!(filled(kept), kept);
        }
    }
}
