//! Footnotes as Word's own (ISO/IEC 29500-1, 17.11): a reference in the text, and the note's blocks in a part of
//! their own. Word has no notes in headers, footers and notes: there their words stand in parentheses.

use docx_rs::{BookmarkEnd, BookmarkStart, BuildXML, FootnoteReference, ParagraphChild, RunChild};

use super::emit::Piece;
use super::flow::Column;
use super::inline::{Face, Line};
use super::look::Rgb;
use super::model::{Block, Role};
use super::package::{Footnotes, NoteNumbers};
use super::substitution::Lost;
use super::{Relations, Writer};
use crate::style::computed::{ContentItem, Float, ListStyle, WhiteSpace};
use crate::style::{Content, Element, NodeId};
use crate::units::Twips;

impl Writer<'_> {
    /// Whether a node is a footnote.
    pub(super) fn is_footnote(&self, node: NodeId) -> bool {
        self.tree.element(node).is_some() && self.tree.node(node).style.position.float == Float::Footnote
    }

    /// The call of a footnote: the reference to what follows it, or to what an earlier call refers to.
    pub(super) fn footnote_call(&mut self, node: NodeId, element: &Element, face: &Face, line: &mut Line) {
        let look = self.face(node, element, face, (line, Rgb::WHITE));
        let parent = self.tree.node(node).parent.map(|parent| &self.tree.node(parent).children);
        let next = parent.and_then(|children| {
            let at = children.iter().position(|child| *child == node)?;
            children.get(at + 1).copied()
        });
        match next.filter(|&next| self.is_footnote(next)) {
            Some(note) if self.relations == Relations::Document => {
                let text = self.words_before_number(node);
                self.text(&text, WhiteSpace::PreWrap, &look, line);
                self.footnote_reference(note, &look, line);
            }
            // The words of the note follow.
            Some(_) => {}
            None => self.footnote_again(node, element, &look, line),
        }
    }

    /// A footnote: nothing where its call has taken care of it.
    pub(super) fn footnote(&mut self, node: NodeId, face: &Face, line: &mut Line) {
        if self.relations != Relations::Document {
            self.lost.note(Lost::NestedFootnote, node);
            self.text(" (", WhiteSpace::Normal, face, line);
            for child in self.tree.node(node).children.clone() {
                self.inline(child, face, line, Rgb::WHITE);
            }
            self.text(")", WhiteSpace::Normal, face, line);
        } else if !self.notes.iter().any(|(of, _)| *of == node) {
            self.footnote_reference(node, face, line);
        }
    }

    /// Puts a footnote's blocks aside, and the reference to them into the line.
    fn footnote_reference(&mut self, note: NodeId, face: &Face, line: &mut Line) {
        let id = self.tree.element(note).and_then(|element| element.id.clone());
        let mark = id.and_then(|id| self.anchors.place(&id));
        // Blocks that turn out to need a box around them are written twice.
        let known = self.notes.iter().position(|(of, _)| *of == note);
        let at = known.unwrap_or(self.notes.len());
        if known.is_none() {
            let blocks = self.footnote_blocks(note);
            self.notes.push((note, blocks));
        }
        let number = at + 1;
        self.flush(line);
        let mut run = self.run(face, line);
        // docx-rs writes a part of its own with the content, which ours takes the place of.
        let content = vec![docx_rs::Paragraph::new()];
        let style = "FootnoteReference".to_owned();
        run.children.push(RunChild::FootnoteReference(FootnoteReference { id: number, style, content }));
        if let Some((number, name)) = &mark {
            line.mark(ParagraphChild::BookmarkStart(BookmarkStart::new(*number, name)));
        }
        line.push(run);
        if let Some((number, _)) = mark {
            line.mark(ParagraphChild::BookmarkEnd(BookmarkEnd::new(number)));
        }
        line.collapsed = false;
        line.length += 1;
    }

    fn footnote_blocks(&mut self, note: NodeId) -> Vec<Block> {
        let waiting = std::mem::take(&mut self.waiting);
        let pending = self.pending.take();
        self.relations = Relations::Note;
        let (left, width) = (self.notes_left, self.text_width - self.notes_left);
        let column = Column { role: Role::Footnote, left, ..Column::new(width, Rgb::WHITE) };
        let mut blocks = self.block(note, &column);
        self.relations = Relations::Document;
        (self.waiting, self.pending) = (waiting, pending);
        if let Some(first) = blocks.first_mut().and_then(Block::paragraph)
            && first.place.numbering.is_none()
        {
            let hanging = first.look.left.0 - Twips::from(self.notes_left).0;
            first.look.first = Twips(-hanging.max(0));
        }
        blocks
    }

    /// A further call of a footnote: a field with the number of the reference that its bookmark holds.
    fn footnote_again(&mut self, node: NodeId, element: &Element, face: &Face, line: &mut Line) {
        let text: String =
            self.tree.node(node).children.iter().map(|&child| self.note_number(child)).collect();
        match element.attribute("href").and_then(|href| href.strip_prefix('#')) {
            Some(id) if self.relations == Relations::Document => {
                let field = format!(" NOTEREF {} \\f \\h ", self.anchors.name(id));
                self.field(docx_rs::InstrText::Unsupported(field), &text, face, line);
            }
            _ => self.text(&text, WhiteSpace::PreWrap, face, line),
        }
    }

    fn note_number(&self, node: NodeId) -> String {
        match &self.tree.node(node).content {
            Content::Text(text) | Content::Generated(ContentItem::Footnote(_, text, _)) => text.to_string(),
            _ => String::new(),
        }
    }

    /// What a call says before its number: Word writes that itself.
    fn words_before_number(&self, call: NodeId) -> String {
        let children = self.tree.node(call).children.iter();
        let texts = children.map_while(|&child| match &self.tree.node(child).content {
            Content::Text(text) => Some(&**text),
            _ => None,
        });
        texts.collect()
    }

    /// The part with the notes, where there are any.
    pub(super) fn emit_footnotes(&mut self) -> Option<Footnotes> {
        if self.notes.is_empty() {
            return None;
        }
        let notes = std::mem::take(&mut self.notes);
        let numbers = self.note_numbers();
        let notes = notes.into_iter().map(|(_, blocks)| {
            let pieces = self.pieces(blocks);
            pieces
                .into_iter()
                .map(|piece| match piece {
                    Piece::Paragraph(paragraph) => paragraph.build(),
                    Piece::Table(table) => table.build(),
                })
                .collect()
        });
        let notes = notes.collect();
        let links = self.links.all().map(|(id, address)| (id, address.to_owned())).collect();
        let pictures = std::mem::take(&mut self.note_pictures);
        Some(Footnotes { notes, numbers, left: self.notes_left.into(), links, pictures })
    }

    /// How the notes are counted: as the calls of the document are, and from one on each page where its pages do so.
    fn note_numbers(&self) -> NoteNumbers {
        let style = self.tree.nodes.iter().find_map(|node| match &node.content {
            Content::Generated(ContentItem::Footnote(_, _, style)) => Some(style),
            _ => None,
        });
        let resets = |page: &crate::style::PageStyle| {
            page.style.generated.counter_reset.iter().any(|(name, _)| &**name == "footnote")
        };
        NoteNumbers {
            format: match style {
                Some(ListStyle::LowerAlpha) => Some("lowerLetter"),
                Some(ListStyle::UpperAlpha) => Some("upperLetter"),
                Some(ListStyle::LowerRoman) => Some("lowerRoman"),
                Some(ListStyle::UpperRoman) => Some("upperRoman"),
                _ => None,
            },
            each_page: self.tree.pages.styles.iter().any(|(_, page)| resets(page)),
        }
    }
}
