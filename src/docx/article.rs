//! Which words are the article's, and which the layout's: hidden bookmarks around the former, so that a document which
//! came back from Word is read as the article that it is (`read::docx`).

use docx_rs::{BookmarkEnd, BookmarkStart, ParagraphChild};

use super::Writer;
use super::look::TextFrame;
use super::model::{Block, Paragraph, Role, Whose};
use crate::opc::{ARTICLE, END};
use crate::style::NodeId;

/// The number of the first of these bookmarks: those of the document's own are counted from one.
const FIRST: usize = 1_000_000;

impl Writer<'_> {
    /// Whose words a node holds: the article's where it or what is around it came from a line of its source.
    pub(super) fn whose(&self, node: NodeId) -> Whose {
        let around = std::iter::successors(Some(node), |at| self.tree.node(*at).parent);
        if around.into_iter().any(|at| self.tree.node(at).line.is_some()) {
            Whose::Article
        } else {
            Whose::Layout
        }
    }
}

/// Puts bookmarks around what is the article's in a body, and around its last paragraph.
pub(super) fn mark(blocks: &mut [Block]) {
    let mut count = 0;
    mark_in(blocks, &mut count);
    if let Some(last) = last_paragraph(blocks).filter(|_| count > 0) {
        let id = FIRST + count;
        last.children.insert(0, ParagraphChild::BookmarkStart(BookmarkStart::new(id, END)));
        last.children.push(ParagraphChild::BookmarkEnd(BookmarkEnd::new(id)));
    }
}

fn last_paragraph(blocks: &mut [Block]) -> Option<&mut Paragraph> {
    match blocks.last_mut()? {
        Block::Paragraph(paragraph) => Some(paragraph),
        Block::Table(table) => last_paragraph(&mut table.rows.last_mut()?.cells.last_mut()?.blocks),
    }
}

/// Bookmarks begin and end among the same blocks: Word would widen one that ends in another cell.
fn mark_in(blocks: &mut [Block], count: &mut usize) {
    let mut at = 0;
    while at < blocks.len() {
        let end = run(&blocks[at..]) + at;
        if end > at {
            bookmark(&mut blocks[at..], end - at, *count);
            *count += 1;
            at = end;
            continue;
        }
        if let Block::Table(table) = &mut blocks[at] {
            for cell in table.rows.iter_mut().flat_map(|row| &mut row.cells) {
                mark_in(&mut cell.blocks, count);
            }
        }
        at += 1;
    }
}

/// How many blocks one bookmark goes around: from a paragraph of the article to the last that nothing of the layout is
/// before.
fn run(blocks: &[Block]) -> usize {
    let is_paragraph =
        |block: &Block| matches!(block, Block::Paragraph(_)) && whose(block) == Some(Whose::Article);
    if !blocks.first().is_some_and(is_paragraph) {
        return 0;
    }
    let held = blocks.iter().take_while(|block| whose(block) != Some(Whose::Layout)).count();
    blocks[..held].iter().rposition(is_paragraph).map_or(0, |last| last + 1)
}

/// Whose a block is; `None` for distance. A table is the article's where all of it is.
fn whose(block: &Block) -> Option<Whose> {
    match block {
        Block::Paragraph(paragraph) if paragraph.kind.role == Role::Spacer => None,
        Block::Paragraph(paragraph) => Some(paragraph.whose),
        Block::Table(table) => {
            let mut inside = table.rows.iter().flat_map(|row| &row.cells).flat_map(|cell| &cell.blocks);
            let is_layout = inside.any(|block| whose(block) == Some(Whose::Layout));
            Some(if is_layout { Whose::Layout } else { Whose::Article })
        }
    }
}

/// Whether a block is an initial letter. It is read with its paragraph, and a bookmark that began in it would be lost in
/// LibreOffice, which has no paragraph for it.
fn is_initial(block: &Block) -> bool {
    matches!(block, Block::Paragraph(letter) if matches!(letter.place.frame, Some(TextFrame::Initial { .. })))
}

/// Puts a bookmark around the first `length` blocks. It ends in the paragraph behind them, where there is one: what
/// somebody writes below the last paragraph then is in it.
fn bookmark(blocks: &mut [Block], length: usize, count: usize) {
    let (id, number) = (FIRST + count, count + 1);
    let name = if number == 1 { ARTICLE.to_owned() } else { format!("{ARTICLE}{number}") };
    let begins = |block: &Block| matches!(block, Block::Paragraph(_)) && !is_initial(block);
    let start = blocks[..length].iter().position(begins).unwrap_or(0);
    if let Some(Block::Paragraph(first)) = blocks.get_mut(start) {
        first.children.insert(0, ParagraphChild::BookmarkStart(BookmarkStart::new(id, name)));
    }
    let end = ParagraphChild::BookmarkEnd(BookmarkEnd::new(id));
    match blocks.get_mut(length) {
        Some(Block::Paragraph(next)) if next.kind.role != Role::Spacer => next.children.insert(0, end),
        _ => {
            if let Some(Block::Paragraph(last)) = blocks.get_mut(length - 1) {
                last.children.push(end);
            }
        }
    }
}
