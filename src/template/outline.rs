//! The body of an article as layouts see it: a row of blocks, and sections that are runs of them.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::dom::{Document, NodeId, parse_fragment};

/// A body, parsed once for each article.
pub(super) struct Outline {
    /// The parsed body.
    pub(super) document: Document,
    /// The nodes at its top in order, without white space and comments.
    pub(super) blocks: Vec<NodeId>,
    /// The sections in order of their headings, nested ones after the one that holds them.
    pub(super) sections: Vec<Section>,
}

/// A heading at the top of the body with all that follows, up to the next heading of its level or a higher one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Section {
    /// The heading's words, white space collapsed.
    pub(super) title: String,
    /// The heading's level, 1 to 6.
    pub(super) level: u8,
    /// The heading's id, if it has one.
    pub(super) id: Option<String>,
    /// Its blocks, the heading first.
    pub(super) blocks: Range<usize>,
}

impl Outline {
    /// Parses a body.
    pub(super) fn new(body: &str) -> Self {
        let document = parse_fragment(body, 1);
        let top = document.fragment();
        let blocks = document.children(top).filter(|&id| has_content(&document, id)).collect();
        let mut outline = Self { document, blocks, sections: Vec::new() };
        outline.find_sections();
        outline
    }

    /// Takes the sections whose title is `title` off the body, with the notes that nothing else calls. Returns whether
    /// there was one.
    pub(super) fn remove(&mut self, title: &str) -> bool {
        let mut removed = false;
        while let Some(section) = self.section(title) {
            let blocks = section.blocks.clone();
            let gone: Vec<NodeId> = self.blocks.drain(blocks).collect();
            // The list of notes stands below the last heading, and belongs to all of the body.
            let (notes, gone): (Vec<NodeId>, Vec<NodeId>) =
                gone.into_iter().partition(|&block| is_notes(&self.document, block));
            self.blocks.extend(notes);
            self.forget_notes(&gone);
            self.find_sections();
            removed = true;
        }
        removed
    }

    /// Takes away the notes that blocks which are gone called, and that no other block calls.
    fn forget_notes(&mut self, gone: &[NodeId]) {
        let (notes, others): (Vec<NodeId>, Vec<NodeId>) =
            self.blocks.iter().partition(|&&block| is_notes(&self.document, block));
        let forgotten = targets(&self.document, gone);
        let called = targets(&self.document, &others);
        for list in notes {
            let items: Vec<NodeId> = self.document.elements(list).collect();
            for item in items.into_iter().filter(|&id| self.document.is(id, "li")).collect::<Vec<_>>() {
                let name = self.document.attribute(item, "id").unwrap_or_default();
                if forgotten.contains(name) && !called.contains(name) {
                    self.document.detach(item);
                }
            }
            if !self.document.elements(list).any(|id| self.document.is(id, "li")) {
                self.blocks.retain(|&block| block != list);
            }
        }
    }

    /// The first section with this title; where none has it to the letter, one that differs in case or in the
    /// form of its quotation marks.
    pub(super) fn section(&self, title: &str) -> Option<&Section> {
        let exact = collapse(title);
        let folded = fold(title);
        let all = || self.sections.iter();
        all()
            .find(|section| section.title == exact)
            .or_else(|| all().find(|section| fold(&section.title) == folded))
    }

    /// The sections that stand directly in `blocks`, not in another section of them.
    pub(super) fn top_sections(&self, blocks: Range<usize>) -> impl Iterator<Item = &Section> {
        let mut end = blocks.start;
        self.sections.iter().filter(move |section| {
            let is_top = section.blocks.start >= end && section.blocks.end <= blocks.end;
            if is_top {
                end = section.blocks.end;
            }
            is_top
        })
    }

    /// The blocks of `blocks` before their first heading.
    pub(super) fn lead(&self, blocks: Range<usize>) -> Range<usize> {
        let first = self.top_sections(blocks.clone()).map(|section| section.blocks.start).next();
        blocks.start..first.unwrap_or(blocks.end)
    }

    /// The first block that begins with `words`, and is no heading and no list.
    pub(super) fn block(&self, words: &str) -> Option<usize> {
        let words = fold(words);
        let is_text = |id| self.document.heading(id).is_none() && !is_list(&self.document, id);
        let begins = |&&id: &&NodeId| is_text(id) && self.begins(id, &words);
        let id = self.blocks.iter().find(begins)?;
        self.blocks.iter().position(|block| block == id)
    }

    /// The first item of a list at the top that begins with `words`, with the list's block.
    pub(super) fn item(&self, words: &str) -> Option<(usize, NodeId)> {
        let words = fold(words);
        self.blocks.iter().enumerate().filter(|(_, id)| is_list(&self.document, **id)).find_map(
            |(index, &id)| {
                let mut items = self.document.child_elements(id);
                items.find(|&item| self.begins(item, &words)).map(|item| (index, item))
            },
        )
    }

    fn begins(&self, id: NodeId, words: &str) -> bool {
        fold(&self.document.text(id)).starts_with(words)
    }

    /// The words of a block, white space collapsed.
    pub(super) fn words(&self, block: usize) -> String {
        collapse(&self.document.text(self.blocks[block]))
    }

    /// The first words of a block, for messages.
    pub(super) fn first_words(&self, block: usize) -> String {
        let text = self.words(block);
        let words: Vec<&str> = text.split(' ').take(8).collect();
        let short = words.join(" ");
        match (short.is_empty(), short.len() < text.len()) {
            (true, _) => format!("<{}>", self.document.tag(self.blocks[block])),
            (false, true) => format!("{short} …"),
            (false, false) => short,
        }
    }

    /// The HTML in a heading, in two parts: the number that it begins with (`1.`, `2)`), and the rest.
    pub(super) fn numbered(&self, heading: usize) -> (Option<String>, String) {
        let id = self.blocks[heading];
        let html = self.document.inner_html(id);
        let marked =
            self.document.children(id).next().filter(|&first| self.document.has_class(first, "number"));
        if let Some(first) = marked {
            let label =
                html.strip_prefix(&self.document.outer_html(first)).unwrap_or(&html).trim().to_owned();
            return (Some(collapse(&self.document.text(first))), label);
        }
        let digits = html.len() - html.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (number, rest) = html.split_at(digits);
        match rest.strip_prefix(['.', ')']).filter(|label| !number.is_empty() && label.starts_with(' ')) {
            Some(label) => (Some(format!("{number}{}", &rest[..1])), label.trim().to_owned()),
            None => (None, html),
        }
    }

    fn find_sections(&mut self) {
        let headings: Vec<(usize, u8)> = (0..self.blocks.len())
            .filter_map(|index| Some((index, self.document.heading(self.blocks[index])?)))
            .collect();
        let section = |(position, &(start, level)): (usize, &(usize, u8))| {
            let next = headings[position + 1..].iter().find(|(_, other)| *other <= level);
            let end = next.map_or(self.blocks.len(), |(index, _)| *index);
            let id = self.blocks[start];
            Section {
                title: collapse(&self.document.text(id)),
                level,
                id: self.document.attribute(id, "id").map(str::to_owned),
                blocks: start..end,
            }
        };
        self.sections = headings.iter().enumerate().map(section).collect();
    }
}

fn has_content(document: &Document, id: NodeId) -> bool {
    document.element(id).is_some() || document.text_of(id).is_some_and(|text| !text.trim().is_empty())
}

fn is_list(document: &Document, id: NodeId) -> bool {
    document.is(id, "ul") || document.is(id, "ol")
}

/// White space collapsed to single spaces.
pub(super) fn collapse(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text as it is compared: white space collapsed, lower case, with the signs of a typewriter.
pub(super) fn fold(text: &str) -> String {
    let text = collapse(text).replace("...", "…").replace("---", "-").replace("--", "-");
    text.replace(['‘', '’'], "'").replace(['“', '”', '„'], "\"").replace(['–', '—'], "-").to_lowercase()
}

/// Whether a block is the list of the body's notes.
fn is_notes(document: &Document, block: NodeId) -> bool {
    document.has_class(block, "footnotes") || document.attribute(block, "role") == Some("doc-endnotes")
}

/// The names that links in these blocks lead to.
fn targets(document: &Document, blocks: &[NodeId]) -> BTreeSet<String> {
    let links = blocks.iter().flat_map(|&block| std::iter::once(block).chain(document.elements(block)));
    let target = |id| document.attribute(id, "href").and_then(|href| href.strip_prefix('#'));
    links.filter_map(target).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &str = "<p>Lead</p><h2 id=\"a\">A  one</h2><p>a</p><h3>Sub</h3><p>s</p>\
                        <h2>It’s B</h2><ul><li>First item</li><li>Second</li></ul>";

    #[test]
    fn sections_end_where_one_of_their_level_begins() {
        let outline = Outline::new(BODY);
        let seen: Vec<_> =
            outline.sections.iter().map(|s| (s.title.as_str(), s.level, s.blocks.clone())).collect();
        assert_eq!(seen, [("A one", 2, 1..5), ("Sub", 3, 3..5), ("It’s B", 2, 5..7)]);
        assert_eq!(outline.lead(0..7), 0..1);
        assert_eq!(outline.lead(2..5), 2..3);
        assert_eq!(outline.top_sections(0..7).count(), 2);
    }

    #[test]
    fn a_section_goes_with_the_notes_that_only_it_calls() {
        let call = |id: &str| format!("<a href=\"#{id}\">{id}</a>");
        let body = format!(
            "<p>{}</p><h2>A</h2><p>{}{}</p><section class=\"footnotes\"><ol><li id=\"x\">x</li><li id=\"y\">y</li></ol></section>",
            call("x"),
            call("x"),
            call("y")
        );
        let mut outline = Outline::new(&body);
        assert!(outline.remove("A"));
        let html: String = outline.blocks.iter().map(|&block| outline.document.outer_html(block)).collect();
        let list = "<section class=\"footnotes\"><ol><li id=\"x\">x</li></ol></section>";
        assert_eq!(html, format!("<p>{}</p>{list}", call("x")));
    }

    #[test]
    fn parts_are_found_by_their_words() {
        let outline = Outline::new(BODY);
        assert_eq!(outline.section("it's  b").map(|section| section.blocks.clone()), Some(5..7));
        assert_eq!(outline.block("le"), Some(0));
        assert_eq!(outline.item("second").map(|(block, _)| block), Some(6));
        assert!(outline.block("first").is_none() && outline.item("first").is_some());
        assert!(outline.block("A one").is_none());
    }

    #[test]
    fn a_number_parts_from_its_heading() {
        let cases = [
            ("1. A <em>b</em>", Some("1."), "A <em>b</em>"),
            ("<span class=\"number\">2)</span> A", Some("2)"), "A"),
            ("1.5 meter", None, "1.5 meter"),
            ("2015", None, "2015"),
            ("A", None, "A"),
        ];
        for (heading, number, label) in cases {
            let outline = Outline::new(&format!("<h2>{heading}</h2>"));
            assert_eq!(outline.numbered(0), (number.map(str::to_owned), label.to_owned()), "{heading}");
        }
    }

    #[test]
    fn a_removed_section_takes_what_it_holds() {
        let mut outline = Outline::new(BODY);
        assert!(outline.remove("A one") && !outline.remove("Sub"));
        assert_eq!((outline.blocks.len(), outline.sections.len()), (3, 1));
    }
}
