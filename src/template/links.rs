//! Links on paper: with a footnote that tells their address, or with a number that leads to a QR code in a list at
//! the article's end. Only links of the article's body are told; those of a layout's own words it tells as it likes.
//!
//! Links are marked in the body before a layout places it, and told in the finished HTML, so that no layout sees
//! words that are not the article's.

use std::collections::BTreeMap;

use super::helpers::qr;
use super::outline::Outline;
use crate::config::Links;
use crate::dom::{self, Document, NodeId};

/// The attribute of a link that is to be told: its number.
const MARK: &str = "data-link";
/// The attribute of what is for paper and not for a web page.
pub(super) const PAPER: &str = "data-print";
/// The attribute of the element of a layout that the list of links goes into.
const PLACE: &str = "data-links";

/// The addresses that an article leads to, in the order of their first links.
pub(super) struct Told {
    way: Links,
    addresses: Vec<String>,
}

/// Marks the links of a body that are to be told; nothing where there are none.
pub(super) fn mark(outline: &mut Outline, way: Option<Links>) -> Option<Told> {
    let way = way.filter(|way| *way != Links::Underline)?;
    let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
    let mut addresses = Vec::new();
    let document = &outline.document;
    let inside = |&block: &NodeId| std::iter::once(block).chain(document.elements(block));
    let links = outline.blocks.iter().flat_map(inside);
    let links: Vec<(NodeId, String)> = links
        .filter(|&id| document.is(id, "a"))
        .filter_map(|id| Some((id, document.attribute(id, "href")?.trim().to_owned())))
        .filter(|(id, address)| is_told(way, address, &document.text(*id)))
        .collect();
    for (id, address) in links {
        let number = *numbers.entry(address.clone()).or_insert_with(|| {
            addresses.push(address);
            addresses.len()
        });
        outline.document.set_attribute(id, MARK, &number.to_string());
    }
    (!addresses.is_empty()).then_some(Told { way, addresses })
}

/// Whether a link has something to tell that its own words do not.
fn is_told(way: Links, address: &str, words: &str) -> bool {
    let lower = address.to_ascii_lowercase();
    let is_page = lower.starts_with("http://") || lower.starts_with("https://");
    let is_mail = lower.starts_with("mailto:");
    match way {
        Links::Qr => is_page,
        _ => (is_page || is_mail) && !is_same(address, words),
    }
}

/// Whether the words of a link are its address.
fn is_same(address: &str, words: &str) -> bool {
    let bare = |text: &str| {
        let text = shown(text.trim()).to_lowercase();
        text.strip_prefix("http://").unwrap_or(&text).trim_start_matches("www.").to_owned()
    };
    bare(address) == bare(words)
}

/// An address as people write it: without `https://` or `mailto:`, and without a slash at the end of a path.
fn shown(address: &str) -> &str {
    let lower = address.to_ascii_lowercase();
    let start = ["https://", "mailto:"].iter().find(|scheme| lower.starts_with(**scheme));
    let text = start.map_or(address, |scheme| &address[scheme.len()..]);
    match text.strip_suffix('/') {
        Some(path) if !path.is_empty() && !path.ends_with('/') && !text.contains(['?', '#']) => path,
        _ => text,
    }
}

impl Told {
    /// Tells the links that are marked in a finished page. `heading` stands above the list of codes.
    pub(super) fn tell(&self, html: &str, heading: &str) -> String {
        let mut page = Page { document: dom::parse(html), told: self, seen: BTreeMap::new() };
        let links: Vec<NodeId> = page.document.elements(page.document.root()).collect();
        for id in links {
            let number = page.document.attribute(id, MARK).and_then(|number| number.parse::<usize>().ok());
            let Some(number) = number.filter(|number| (1..=self.addresses.len()).contains(number)) else {
                continue;
            };
            page.document.remove_attribute(id, MARK);
            match self.way {
                Links::Qr => page.refer(id, number),
                _ if page.is_in_note(id) => page.parenthesis(id, number),
                _ => page.footnote(id, number),
            }
        }
        if self.way == Links::Qr {
            page.list(heading);
        }
        page.document.outer_html(page.document.root())
    }
}

/// A page whose links are being told.
struct Page<'t> {
    document: Document,
    told: &'t Told,
    /// The words of the first link to each address.
    seen: BTreeMap<usize, String>,
}

impl Page<'_> {
    fn new_element(&mut self, tag: &str, attributes: &[(&str, &str)], text: &str) -> NodeId {
        let element = self.document.new_element(tag, attributes);
        let text = self.document.new_text(text);
        self.document.append(element, text);
        element
    }

    /// The address of a link, which may end a line after each slash.
    fn address(&mut self, number: usize) -> NodeId {
        let address = &self.told.addresses[number - 1];
        let link = self.document.new_element("a", &[("class", "address"), ("href", address)]);
        let text = shown(address);
        for piece in text.split_inclusive(['/', '?', '&', '=']) {
            let piece = self.document.new_text(piece);
            self.document.append(link, piece);
            let pause = self.document.new_element("wbr", &[]);
            self.document.append(link, pause);
        }
        link
    }

    fn insert_after(&mut self, node: NodeId, before: NodeId) {
        match (self.document.next(before), self.document.parent(before)) {
            (Some(next), _) => self.document.insert_before(node, next),
            (None, Some(parent)) => self.document.append(parent, node),
            (None, None) => {}
        }
    }

    /// Whether a link stands in a note, which cannot have notes of its own.
    fn is_in_note(&self, link: NodeId) -> bool {
        self.document.ancestors(link).any(|up| {
            self.document.has_class(up, "footnotes")
                || matches!(
                    self.document.attribute(up, "role"),
                    Some("doc-footnote" | "doc-endnote" | "doc-endnotes")
                )
        })
    }

    /// A footnote with the address, or a second call of it.
    fn footnote(&mut self, link: NodeId, number: usize) {
        let name = format!("link-{number}");
        let note = if self.seen.contains_key(&number) {
            self.document.new_element("span", &[("data-footnote", &name), (PAPER, "")])
        } else {
            let class = ("class", "footnote link-note");
            let role = ("role", "doc-footnote");
            let note = self.document.new_element("span", &[class, role, ("id", &name), (PAPER, "")]);
            let address = self.address(number);
            self.document.append(note, address);
            note
        };
        self.seen.entry(number).or_default();
        self.insert_after(note, link);
    }

    /// The address in parentheses.
    fn parenthesis(&mut self, link: NodeId, number: usize) {
        let around = self.new_element("span", &[("class", "link-note"), (PAPER, "")], " (");
        let address = self.address(number);
        self.document.append(around, address);
        let end = self.document.new_text(")");
        self.document.append(around, end);
        self.insert_after(around, link);
    }

    /// A small number that leads to the list.
    fn refer(&mut self, link: NodeId, number: usize) {
        let words = self.document.text(link);
        self.seen.entry(number).or_insert(words);
        // The word joiner keeps it on the line of the link.
        let reference = self.new_element("sup", &[("class", "link-ref"), (PAPER, "")], "\u{2060}");
        let target = format!("#link-{number}");
        let inner = self.new_element("a", &[("href", &target)], &number.to_string());
        self.document.append(reference, inner);
        self.insert_after(reference, link);
    }

    /// The list of addresses with their codes: where the layout wants it, else after the article's last words.
    fn list(&mut self, heading: &str) {
        if self.seen.is_empty() {
            return;
        }
        let section = self.document.new_element("section", &[("class", "links"), (PAPER, "")]);
        let title = self.new_element("h2", &[], heading);
        self.document.append(section, title);
        let list = self.document.new_element("ol", &[]);
        self.document.append(section, list);
        for (number, words) in std::mem::take(&mut self.seen) {
            let item = self.item(number, &words);
            self.document.append(list, item);
        }
        let all: Vec<NodeId> = self.document.elements(self.document.root()).collect();
        if let Some(&place) = all.iter().find(|&&id| self.document.attribute(id, PLACE).is_some()) {
            self.document.append(place, section);
            return;
        }
        let last = all.iter().rev().find(|&&id| self.document.attribute(id, "data-line").is_some());
        let Some(mut last) = last.copied() else {
            let around = all.iter().find(|&&id| self.document.is(id, "article")).copied();
            if let Some(around) = around.or_else(|| self.document.body()) {
                self.document.append(around, section);
            }
            return;
        };
        while let Some(up) = self.document.parent(last).filter(|&up| !self.is_whole(up)) {
            last = up;
        }
        self.insert_after(section, last);
    }

    /// Whether an element holds the whole article.
    fn is_whole(&self, id: NodeId) -> bool {
        matches!(self.document.tag(id), "article" | "main" | "body" | "html" | "")
    }

    fn item(&mut self, number: usize, words: &str) -> NodeId {
        let item = self.document.new_element("li", &[("id", &format!("link-{number}"))]);
        let address = self.told.addresses[number - 1].clone();
        if let Some(code) = qr::svg(&address, &address) {
            let code = dom::parse_fragment(&code, 1);
            let svg = code.first_child(code.fragment());
            if let Some(svg) = svg {
                let svg = self.document.import(&code, svg);
                self.document.append(item, svg);
            }
        }
        let text = self.document.new_element("div", &[("class", "link-text")]);
        let name = self.document.new_element("p", &[("class", "link-name")]);
        let label = self.new_element("span", &[("class", "link-number")], &number.to_string());
        self.document.append(name, label);
        let space = self.document.new_text(" ");
        self.document.append(name, space);
        self.document.append(text, name);
        let link = self.address(number);
        let words: Vec<&str> = words.split_whitespace().collect();
        if words.is_empty() || is_same(&address, &words.join(" ")) {
            self.document.append(name, link);
        } else {
            let words = self.document.new_text(words.join(" "));
            self.document.append(name, words);
            let line = self.document.new_element("p", &[("class", "link-address")]);
            self.document.append(line, link);
            self.document.append(text, line);
        }
        self.document.append(item, text);
        item
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(way: Links, body: &str) -> String {
        let mut outline = Outline::new(body);
        let told = mark(&mut outline, Some(way));
        let html: String = outline.blocks.iter().map(|&block| outline.document.outer_html(block)).collect();
        let page = format!("<html><body><article>{html}</article></body></html>");
        told.map_or(page.clone(), |told| told.tell(&page, "Links"))
    }

    #[test]
    fn addresses_are_written_as_people_write_them() {
        for (address, text) in [
            ("https://a.nl/", "a.nl"),
            ("https://a.nl/b/", "a.nl/b"),
            ("https://a.nl/?q=/", "a.nl/?q=/"),
            ("http://a.nl", "http://a.nl"),
            ("mailto:a@b.nl", "a@b.nl"),
            ("https:///", "/"),
        ] {
            assert_eq!(shown(address), text);
        }
    }

    #[test]
    fn links_that_tell_their_address_themselves_have_no_footnote() {
        for (address, words, wanted) in [
            ("https://a.nl/b", "here", true),
            ("https://www.a.nl/", "A.nl", false),
            ("http://a.nl", "https://a.nl/", false),
            ("mailto:a@b.nl", "a@b.nl", false),
            ("mailto:a@b.nl", "mail us", true),
            ("#there", "there", false),
            ("tel:1", "call", false),
        ] {
            assert_eq!(is_told(Links::Footnote, address, words), wanted, "{address} {words}");
        }
        assert!(is_told(Links::Qr, "https://a.nl", "a.nl"));
        assert!(!is_told(Links::Qr, "mailto:a@b.nl", "mail"));
    }

    #[test]
    fn an_address_has_one_footnote() {
        let html = told(
            Links::Footnote,
            "<p data-line=\"1\"><a href=\"https://a.nl/b/c\">x</a> <a href=\"https://a.nl/b/c\">y</a></p>",
        );
        let note = "<a href=\"https://a.nl/b/c\">x</a><span class=\"footnote link-note\" role=\"doc-footnote\" \
                    id=\"link-1\" data-print=\"\"><a class=\"address\" href=\"https://a.nl/b/c\">a.nl/<wbr>b/<wbr>c<wbr></a></span>";
        assert!(html.contains(note), "{html}");
        let again =
            "<a href=\"https://a.nl/b/c\">y</a><span data-footnote=\"link-1\" data-print=\"\"></span>";
        assert!(html.contains(again), "{html}");
    }

    #[test]
    fn links_in_notes_have_their_address_beside_them() {
        let html = told(
            Links::Footnote,
            "<section class=\"footnotes\"><ol><li id=\"fn-1\"><a href=\"https://a.nl\">x</a></li></ol></section>",
        );
        assert!(
            html.contains("x</a><span class=\"link-note\" data-print=\"\"> (<a class=\"address\""),
            "{html}"
        );
    }

    #[test]
    fn codes_stand_in_a_list_behind_the_article() {
        let html = told(
            Links::Qr,
            "<div data-line=\"1\"><p data-line=\"1\"><a href=\"https://a.nl\">x <b>y</b></a></p></div>",
        );
        assert!(html.contains("</a><sup class=\"link-ref\" data-print=\"\">\u{2060}<a href=\"#link-1\">1</a></sup></p></div><section"));
        assert!(html.contains("<h2>Links</h2><ol><li id=\"link-1\"><svg class=\"qr\""), "{html}");
        assert!(html.contains("<span class=\"link-number\">1</span> x y</p>"), "{html}");
    }

    #[test]
    fn a_link_in_bare_text_is_told_too() {
        let html = told(Links::Footnote, "a <a href=\"https://a.nl\">b</a> c");
        assert!(html.contains("b</a><span class=\"footnote link-note\""), "{html}");
    }

    #[test]
    fn nothing_is_told_where_nobody_asks() {
        let body = "<p><a href=\"https://a.nl\">x</a></p>";
        assert!(mark(&mut Outline::new(body), None).is_none());
        assert!(mark(&mut Outline::new(body), Some(Links::Underline)).is_none());
        assert!(mark(&mut Outline::new("<p><a href=\"#x\">x</a></p>"), Some(Links::Footnote)).is_none());
    }
}
