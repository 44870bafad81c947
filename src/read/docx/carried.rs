//! Paragraphs whose words go on in the next one: those whose end somebody deleted (ISO/IEC 29500-1, 17.13.5.15), and
//! initial letters, which stand in frames of their own (17.3.1.11).

use roxmltree::Node;

use super::element::{attribute, child};
use super::model::{Block, Content, Mark, Paragraph, Span};
use super::reader::Reader;

/// Why the words of a paragraph go on in the next one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Why {
    /// A tracked change deleted or moved its end.
    #[default]
    EndDeleted,
    /// It is the letter, or the word, that the next one begins with.
    Initial,
}

/// What a paragraph held that goes on in the next one.
#[derive(Debug, Default)]
pub(super) struct Carried {
    pub spans: Vec<Span>,
    /// Whether any of it stands between the marks of an article.
    pub is_said: bool,
    pub why: Why,
}

impl Why {
    /// Of `w:pPr`; `None` where the paragraph ends as any other.
    pub fn of(properties: Node) -> Option<Self> {
        let end = child(properties, "rPr");
        if end.is_some_and(|end| child(end, "del").is_some() || child(end, "moveFrom").is_some()) {
            return Some(Self::EndDeleted);
        }
        let kind = child(properties, "framePr").and_then(|frame| attribute(frame, "dropCap"));
        kind.is_some_and(|kind| kind != "none").then_some(Self::Initial)
    }
}

impl Carried {
    /// The line that it goes on in. An initial letter looks as it does for its place alone: it is what the rest of its word
    /// is.
    pub fn before(mut self, rest: Vec<Span>) -> Vec<Span> {
        if self.why == Why::Initial {
            let next = rest.iter().find_map(|span| match &span.content {
                Content::Text(words) => Some((&span.marks, words)),
                _ => None,
            });
            let word =
                next.filter(|(_, words)| !words.starts_with(char::is_whitespace)).map(|(marks, _)| marks);
            for span in self.spans.iter_mut().filter(|span| matches!(span.content, Content::Text(_))) {
                match word {
                    Some(marks) => span.marks.clone_from(marks),
                    None => span.marks.retain(|mark| matches!(mark, Mark::Link(..) | Mark::Lang(_))),
                }
            }
        }
        self.spans.extend(rest);
        self.spans
    }
}

impl Reader<'_> {
    /// Makes a paragraph of what goes on in no other, because none follows.
    pub(super) fn end_carried(&mut self, blocks: &mut Vec<Block>) {
        let carried = std::mem::take(&mut self.carried);
        let is_said = carried.is_said;
        let mut paragraph = Paragraph { spans: carried.before(Vec::new()), ..Paragraph::default() };
        if paragraph.is_empty() {
            return;
        }
        paragraph.anchors = std::mem::take(&mut self.waiting);
        paragraph.take_anchors();
        self.add_paragraph(paragraph, is_said, blocks);
    }
}
