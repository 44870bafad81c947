//! Running titles: what `string()` puts into a page's margin is a field that finds the heading by itself, where it is
//! headings that set the string (STYLEREF, ISO/IEC 29500-1, 17.16.5.59).

use std::collections::BTreeMap;

use docx_rs::InstrText;

use super::access::heading_level;
use super::contents::is_contents;
use super::model::{Block, Paragraph, Role, paragraphs};
use super::substitution::Lost;
use super::{Relations, Writer};
use crate::style::NodeId;
use crate::style::computed::StringPosition;

/// How many headings there are of each level of which all are in one style.
pub(super) fn headings(blocks: &[Block]) -> BTreeMap<u8, usize> {
    let mut levels: BTreeMap<u8, Vec<&Paragraph>> = BTreeMap::new();
    paragraphs(blocks, &mut |paragraph| {
        if let Role::Heading(level) = paragraph.kind.role {
            levels.entry(level).or_default().push(paragraph);
        }
    });
    let alike = |pair: &[&Paragraph]| pair[0].run == pair[1].run && pair[0].look == pair[1].look;
    let uniform = levels.into_iter().filter(|(_, found)| found.windows(2).all(alike));
    uniform.map(|(level, found)| (level, found.len())).collect()
}

impl Writer<'_> {
    /// The field for a named string: the headings of one level are all that set it, each with its own words.
    /// With it comes what it shows first: a title in a table of contents is in no heading's style, and not found.
    /// A level's number stands for its style, whose name is another in each language of Word.
    pub(super) fn title_field(
        &mut self,
        name: &str,
        position: StringPosition,
    ) -> Option<(InstrText, String)> {
        let switch = match position {
            StringPosition::First => "",
            StringPosition::Last => "\\l ",
            StringPosition::Start | StringPosition::FirstExcept => return None,
        };
        if self.relations != Relations::Margin {
            return None;
        }
        let setters = self.setters(name);
        let level = setters.first().and_then(|(node, _)| heading_level(self.tree.element(*node)?))?;
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let own_words = |(node, value): &(NodeId, &str)| {
            let heading = self.tree.element(*node).and_then(heading_level);
            heading == Some(level) && words(&self.text_of(*node)) == words(value)
        };
        let in_text: Vec<_> = setters.iter().filter(|(node, _)| !self.is_in_contents(*node)).collect();
        if !setters.iter().all(own_words) || self.headings.get(&level) != Some(&in_text.len()) {
            return None;
        }
        let first = in_text.first().map(|(_, value)| (*value).to_owned())?;
        let nodes: Vec<NodeId> = setters.into_iter().map(|(node, _)| node).collect();
        nodes.into_iter().for_each(|node| self.lost.carried(Lost::StringSet, node));
        Some((InstrText::Unsupported(format!(" STYLEREF {level} {switch}")), first))
    }

    /// The elements that set a named string, and the value that each gives it.
    fn setters(&self, name: &str) -> Vec<(NodeId, &str)> {
        let nodes = self.tree.nodes.iter().enumerate();
        let set = nodes.filter_map(|(index, node)| {
            let value = node.style.generated.string_set.iter().find(|(known, _)| &**known == name);
            value.map(|(_, value)| (NodeId(index as u32), &**value))
        });
        set.collect()
    }

    /// Whether a heading is that of a table of contents, which has a style of its own.
    fn is_in_contents(&self, node: NodeId) -> bool {
        let mut around = Some(node);
        while let Some(node) = around {
            if self.tree.element(node).is_some_and(is_contents) {
                return true;
            }
            around = self.tree.node(node).parent;
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use crate::docx::tests::{Builder, tree_of};

    fn header(html: &str, css: &str) -> String {
        Builder(tree_of(html, css)).part("word/header1.xml")
    }

    #[test]
    fn a_running_title_of_headings_is_a_field() {
        let css = |position: &str| {
            format!(
                "h2 {{ string-set: kop content() }} @page {{ @top-left {{ content: string(kop{position}) }} }}"
            )
        };
        let html = "<h1>Titel</h1><h2>Een</h2><p>a</p><h2>Twee</h2>";
        let xml = header(html, &css(""));
        assert!(xml.contains("> STYLEREF 2 </w:instrText>") && xml.contains(">Een</w:t>"), "{xml}");
        let xml = header(html, &css(", last"));
        assert!(xml.contains("> STYLEREF 2 \\l </w:instrText>"), "{xml}");
        let contents =
            "<nav role=doc-toc><h2>Inhoud</h2><ol><li><a href='#a'>Een</a></ol></nav><h2 id=a>Een</h2>";
        let xml = header(contents, &css(""));
        assert!(xml.contains("STYLEREF") && xml.contains(">Een</w:t>") && !xml.contains("Inhoud"), "{xml}");
        for (html, css) in [
            (html, css(", start")),
            ("<h2>Een</h2><div style='color:red'><h2>Twee</h2></div>", css("")),
            ("<h2>Een</h2><h2 style='string-set: none'>Twee</h2>", css("")),
            ("<h2>Een</h2>", css("") + "h2 { string-set: kop 'vast' }"),
            ("<h2>Een</h2><h3>Twee</h3>", css("") + "h3 { string-set: kop content() }"),
            ("<h2>Een</h2>", css("") + "h2::before { content: '1 ' }"),
        ] {
            let xml = header(html, &css);
            assert!(!xml.contains("STYLEREF") && xml.contains("<w:t"), "{html} {css}: {xml}");
        }
    }
}
