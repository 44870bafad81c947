//! Which lines are headings, by what stands around them.

use std::collections::BTreeSet;

use super::block::{Block, Heading, HeadingRole, Kind, Role, Text};
use super::marks::{self, Mark};

/// So many short lines in a row, each alone, are a list that lost its bullets.
const LONGEST_RUN: usize = 4;

/// Makes headings of the lines that are.
pub(super) fn find(blocks: &mut [Block]) {
    let alone: Vec<bool> = (0..blocks.len()).map(|at| stands_alone(blocks, at)).collect();
    let found: Vec<usize> = (0..blocks.len())
        .filter(|&at| {
            is_numbered(blocks, at) || heads_next(blocks, at) || (alone[at] && !in_long_run(&alone, at))
        })
        .collect();
    for at in found {
        let (number, text) = match &blocks[at].kind {
            Kind::Text(text) => (None, text.text.clone()),
            Kind::Item { mark: Mark::Number(number), text, .. } => (Some(number.clone()), text.clone()),
            _ => continue,
        };
        blocks[at].make_heading(text, number, HeadingRole::Section);
    }
    for block in blocks.iter_mut() {
        if let Kind::Item { mark: Mark::Number(number), text, .. } = &block.kind
            && number.parts > 1
        {
            // No list of HTML counts in parts: the number stays in the text.
            block.kind = Kind::Text(Text::new(format!("{} {text}", number.written)));
        }
    }
}

/// Sets every heading one level down where the catalog calls one a heading of level 1: that is the title's.
pub(super) fn lower(blocks: &mut [Block]) {
    let mut headings: Vec<&mut Heading> = blocks
        .iter_mut()
        .filter_map(|block| match &mut block.kind {
            Kind::Heading(heading) => Some(heading),
            _ => None,
        })
        .collect();
    if headings.iter().any(|heading| heading.level == 1) {
        headings.iter_mut().for_each(|heading| heading.level = (heading.level + 1).min(6));
    }
}

/// Makes quotations of the texts that stand alone between quotation marks, with the source on the line below.
pub(super) fn find_quotations(blocks: &mut Vec<Block>) {
    let mut sources = BTreeSet::new();
    for at in 0..blocks.len() {
        let last = blocks.get(at + 1).is_none_or(|next| next.gap);
        let Some(text) = blocks[at].plain().filter(|_| blocks[at].gap) else { continue };
        let Some((quoted, source)) = marks::quotation(&text.text) else { continue };
        if text.length() > 400 {
            continue;
        }
        let (quoted, source) = (quoted.to_owned(), source.map(str::to_owned));
        let below = source_below(blocks, at + 1).filter(|_| source.is_none());
        if !last && below.is_none() {
            continue;
        }
        if below.is_some() {
            sources.insert(blocks[at + 1].line);
        }
        blocks[at].kind = Kind::Quotation { text: quoted, source: source.or(below) };
    }
    blocks.retain(|block| !sources.contains(&block.line));
}

/// A short line behind a dash that nothing follows: who said the line above.
fn source_below(blocks: &[Block], at: usize) -> Option<String> {
    let block = blocks.get(at).filter(|block| !block.gap)?;
    let closed = blocks.get(at + 1).is_none_or(|next| next.gap);
    match &block.kind {
        Kind::Item { mark: Mark::Bullet(sign @ ('-' | '–' | '—')), text, .. } if closed => {
            Some(format!("{sign} {text}")).filter(|source| source.chars().count() <= 80)
        }
        _ => None,
    }
}

/// Finds the sentence and the writer's name that may stand below the title.
pub(super) fn find_standfirst(blocks: &mut [Block]) {
    for at in 0..blocks.len().min(3) {
        let Some(text) = blocks[at].plain() else { return };
        let first = text.text.split([' ', ':']).next().unwrap_or_default();
        let names =
            matches!(first, "Door" | "By" | "Tekst" | "Text" | "Auteur" | "Author" | "Auteurs" | "Authors");
        if names && text.length() <= 80 && !marks::ends_sentence(&text.text) {
            blocks[at].set_role(Role::Byline);
        } else if at == 0
            && !text.is_paragraph()
            && marks::ends_sentence(&text.text)
            && !marks::is_question(&text.text)
            && blocks.get(1).and_then(Block::plain).is_some_and(|next| next.is_paragraph())
        {
            blocks[at].set_role(Role::Standfirst);
        } else {
            return;
        }
    }
}

/// Whether a line that could be a heading stands between blank lines and something follows it.
fn stands_alone(blocks: &[Block], at: usize) -> bool {
    let next = blocks.get(at + 1);
    next.is_some_and(|next| next.gap && !matches!(next.kind, Kind::Rule(_)))
        && blocks[at].gap
        && could_head(&blocks[at])
}

/// Whether a line that could be a heading stands right above a paragraph or a list.
fn heads_next(blocks: &[Block], at: usize) -> bool {
    let Some(next) = blocks.get(at + 1).filter(|next| !next.gap) else { return false };
    let Some(own) = blocks[at].plain().filter(|_| could_head(&blocks[at])) else { return false };
    match &next.kind {
        Kind::Item { .. } => true,
        Kind::Text(text) if text.role == Role::Answer => true,
        Kind::Text(text) => {
            let sentence = text.text.ends_with('.') && text.length() >= 60;
            let much_longer = text.length() * 2 >= own.length() * 3;
            text.is_paragraph() || (blocks[at].gap && sentence && much_longer)
        }
        _ => false,
    }
}

fn could_head(block: &Block) -> bool {
    block.plain().is_some_and(|text| !text.folded && marks::is_heading_like(&text.text))
}

fn in_long_run(alone: &[bool], at: usize) -> bool {
    let before = alone[..at].iter().rev().take(LONGEST_RUN).take_while(|&&alone| alone).count();
    let after = alone[at..].iter().take(LONGEST_RUN).take_while(|&&alone| alone).count();
    before + after >= LONGEST_RUN
}

/// Whether a numbered line is a heading, not an item: it is short, it stands next to no other item of its list, and
/// text follows it.
fn is_numbered(blocks: &[Block], at: usize) -> bool {
    let Kind::Item { mark: Mark::Number(number), indent, text } = &blocks[at].kind else { return false };
    let Some(next) = blocks.get(at + 1) else { return false };
    if number.letters || !marks::is_heading_like(text) {
        return false;
    }
    let number_of = |block: &Block| match &block.kind {
        Kind::Item { mark: Mark::Number(number), .. } => Some(number.parts),
        _ => None,
    };
    let in_list = at > 0 && number_of(&blocks[at - 1]) == Some(1) && number.parts == 1;
    if in_list {
        return false;
    }
    match &next.kind {
        Kind::Text(text) => text.is_paragraph() || marks::ends_sentence(&text.text),
        Kind::Item { mark: Mark::Number(below), .. } => below.parts > number.parts || number.parts > 1,
        Kind::Item { indent: below, .. } => next.gap && below <= indent,
        Kind::Heading(_) | Kind::Quotation { .. } | Kind::Caption(_) => true,
        Kind::Row(_) | Kind::Rule(_) => false,
    }
}
