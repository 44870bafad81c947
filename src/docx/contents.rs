//! The table of contents as Word's own: a TOC field (ISO/IEC 29500-1, 17.16.5.68) that holds its entries already, with
//! the numbers of pages as the PDF has them until Word counts anew.

use docx_rs::{FieldCharType, InstrText, InstrToC, ParagraphChild, Run};

use super::Writer;
use super::model::{Block, Paragraph, Role};
use crate::style::computed::ContentItem;
use crate::style::{Content, Element, NodeId};

/// Whether an element is a table of contents (DPUB-ARIA 1.1).
pub(super) fn is_contents(element: &Element) -> bool {
    element.attribute("role") == Some("doc-toc")
}

/// The role of what is in an element, given that of what is around it.
pub(super) fn role_in(element: &Element, around: Role) -> Role {
    match (&*element.tag, around) {
        _ if is_contents(element) => Role::Contents(1),
        ("ol" | "ul", Role::Contents(level)) => Role::Contents(level + 1),
        (_, around) => around,
    }
}

/// Makes the entries among these blocks the result of a field.
pub(super) fn make_field(blocks: &mut [Block]) {
    let mut entries = Vec::new();
    gather(blocks, &mut entries);
    let level = |entry: &&mut Paragraph| match entry.kind.role {
        Role::Contents(level) => usize::from(level),
        _ => 0,
    };
    let Some(deepest) = entries.iter().map(level).max() else { return };
    let instruction = InstrToC::new()
        .heading_styles_range(2, deepest.max(2))
        .hyperlink()
        .hide_tab_and_page_numbers_in_webview()
        .use_applied_paragraph_line_level();
    if let Some(first) = entries.first_mut() {
        let begin = Run::new()
            .add_field_char(FieldCharType::Begin, false)
            .add_instr_text(InstrText::TOC(instruction))
            .add_field_char(FieldCharType::Separate, false);
        first.children.insert(0, ParagraphChild::Run(Box::new(begin)));
    }
    if let Some(last) = entries.last_mut() {
        let end = Run::new().add_field_char(FieldCharType::End, false);
        last.children.push(ParagraphChild::Run(Box::new(end)));
    }
}

fn gather<'b>(blocks: &'b mut [Block], entries: &mut Vec<&'b mut Paragraph>) {
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) if matches!(paragraph.kind.role, Role::Contents(_)) => {
                entries.push(paragraph);
            }
            Block::Paragraph(_) => {}
            Block::Table(table) => {
                for cell in table.rows.iter_mut().flat_map(|row| &mut row.cells) {
                    gather(&mut cell.blocks, entries);
                }
            }
        }
    }
}

impl Writer<'_> {
    /// Whether a leader is among these nodes.
    pub(super) fn has_leader(&self, nodes: &[NodeId]) -> bool {
        nodes.iter().any(|&node| match &self.tree.node(node).content {
            Content::Generated(ContentItem::Leader(_)) => true,
            Content::Element(_) => self.has_leader(&self.tree.node(node).children),
            _ => false,
        })
    }
}
