//! Puts captions to the pictures and tables that they belong to: Word only sets them beside each other.

use super::model::{Block, Group, Paragraph};
use super::role::Role;
use crate::read::plain::marks::is_caption;

/// Words that a caption of a table begins with.
const TABLES: [&str; 6] = ["tabel", "table", "tabelle", "tabella", "tabela", "tableau"];

/// What a caption stands beside.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Above,
    Below,
}

/// Blocks with captions at their places, in groups and cells too.
pub(super) fn arrange(blocks: Vec<Block>) -> Vec<Block> {
    let mut arranged: Vec<Block> = Vec::with_capacity(blocks.len());
    let mut rest = blocks.into_iter().map(inside).peekable();
    while let Some(block) = rest.next() {
        let Block::Paragraph(paragraph) = block else {
            arranged.push(block);
            continue;
        };
        match side(&paragraph, arranged.last(), rest.peek()) {
            Some(Side::Above) => match arranged.pop() {
                Some(above) => arranged.push(captioned(above, paragraph)),
                None => arranged.push(Block::Paragraph(paragraph)),
            },
            Some(Side::Below) => match rest.next() {
                Some(below) => arranged.push(captioned(below, paragraph)),
                None => arranged.push(Block::Paragraph(paragraph)),
            },
            None => arranged.push(Block::Paragraph(paragraph)),
        }
    }
    arranged
}

/// A block with what is in it arranged. A text box that holds nothing but a figure is the figure.
fn inside(block: Block) -> Block {
    match block {
        Block::Group(kind, blocks) => {
            let mut blocks = arrange(blocks);
            match blocks.pop() {
                Some(figure @ Block::Figure(..)) if blocks.is_empty() && kind == Group::TextBox => figure,
                last => Block::Group(kind, blocks.into_iter().chain(last).collect()),
            }
        }
        Block::Table(mut table) => {
            for cell in table.rows.iter_mut().flat_map(|row| &mut row.cells) {
                cell.content = arrange(std::mem::take(&mut cell.content));
            }
            Block::Table(table)
        }
        other => other,
    }
}

/// Where the picture or table is that a paragraph is the caption of.
fn side(paragraph: &Paragraph, above: Option<&Block>, below: Option<&Block>) -> Option<Side> {
    let text = paragraph.text();
    let named = paragraph.role == Role::Caption;
    let told = paragraph.role == Role::Text && paragraph.item.is_none() && is_caption(text.trim());
    if !(named || told) || paragraph.is_picture() {
        return None;
    }
    let first = text.split_whitespace().next().unwrap_or_default().to_lowercase();
    let of_table = TABLES.contains(&first.as_str());
    let (above, below) = (above.and_then(kind), below.and_then(kind));
    match (above, below) {
        (_, Some(Kind::Table)) if of_table || above != Some(Kind::Picture) => Some(Side::Below),
        (Some(Kind::Picture), _) if !of_table => Some(Side::Above),
        (Some(Kind::Table), _) if of_table || named && below.is_none() => Some(Side::Above),
        (_, Some(Kind::Picture)) if !of_table => Some(Side::Below),
        _ => None,
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Picture,
    Table,
}

/// What a block without caption is that may have one.
fn kind(block: &Block) -> Option<Kind> {
    match block {
        Block::Paragraph(paragraph) if paragraph.is_picture() && paragraph.role != Role::Caption => {
            Some(Kind::Picture)
        }
        Block::Table(table) if table.caption.is_none() => Some(Kind::Table),
        _ => None,
    }
}

fn captioned(block: Block, caption: Paragraph) -> Block {
    match block {
        Block::Paragraph(picture) => Block::Figure(picture, caption),
        Block::Table(mut table) => {
            table.caption = Some(caption);
            Block::Table(table)
        }
        other => other,
    }
}
