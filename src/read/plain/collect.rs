//! Lines to blocks, by what each line is in itself. Lines that were broken to fit a width become one again.

use std::collections::BTreeMap;

use super::block::{Block, Heading, HeadingRole, Kind, Text};
use super::marks;
use super::select::{Line, words};

/// Hard-wrapped text is between so many characters wide.
const WIDTHS: std::ops::RangeInclusive<usize> = 45..=100;

/// The blocks of an article, in order. `headings` are the lines that the catalog calls headings.
pub(super) fn collect(lines: &[Line], headings: &BTreeMap<u8, Vec<String>>) -> Vec<Block> {
    let known: BTreeMap<String, u8> = headings
        .iter()
        .flat_map(|(&level, lines)| lines.iter().map(move |line| (words(line), level.clamp(1, 6))))
        .collect();
    let width = wrap_width(lines);
    let underlined_twice = lines.iter().any(|line| rule(&line.text) == Some('='));
    let mut blocks: Vec<Block> = Vec::new();
    let mut above: Option<&Line> = None;
    for line in lines {
        if line.text.is_empty() {
            above = None;
            continue;
        }
        let gap = above.is_none();
        if let (Some(above), Some(block)) = (above, blocks.last_mut())
            && !known.contains_key(&line.text)
            && joins(above, block, line, width)
        {
            append(block, &line.text);
        } else if let Some(sign) = rule(&line.text) {
            let level = if sign == '-' && underlined_twice { 3 } else { 2 };
            let underlines = !gap && matches!(sign, '=' | '-');
            if !(underlines && blocks.last_mut().is_some_and(|block| underline(block, level))) {
                blocks.push(Block { line: line.number, gap, kind: Kind::Rule(sign) });
            }
        } else {
            let kind = known.get(&line.text).map_or_else(|| kind(line), |&level| heading(line, level));
            blocks.push(Block { line: line.number, gap, kind });
        }
        above = Some(line);
    }
    lone_rows_are_text(&mut blocks);
    blocks
}

/// What a line is in itself.
fn kind(line: &Line) -> Kind {
    let cells: Vec<String> = line.raw.trim().split('\t').map(words).collect();
    if let Some((mark, text)) = marks::mark(&line.text) {
        Kind::Item { mark, indent: indent(line.raw), text: text.to_owned() }
    } else if marks::is_caption(&line.text) {
        Kind::Caption(line.text.clone())
    } else if cells.len() > 1 {
        Kind::Row(cells)
    } else {
        Kind::Text(Text::new(&line.text))
    }
}

fn heading(line: &Line, level: u8) -> Kind {
    let (number, text) = match marks::mark(&line.text) {
        Some((marks::Mark::Number(number), text)) => (Some(number), text),
        _ => (None, &*line.text),
    };
    Kind::Heading(Heading { level, number, text: text.to_owned(), role: HeadingRole::Section })
}

/// The sign that a line of nothing but signs is made of.
pub(super) fn rule(text: &str) -> Option<char> {
    const SIGNS: &str = "=-_*~#–—•·.+";
    let mut signs = text.chars().filter(|c| *c != ' ');
    let first = signs.next().filter(|&c| SIGNS.contains(c))?;
    let (mut count, mut same) = (1, true);
    for sign in signs {
        count += 1;
        same &= sign == first;
    }
    (same && count >= 3).then_some(first)
}

/// Makes the line above a row of signs a heading.
fn underline(block: &mut Block, level: u8) -> bool {
    let (number, text) = match &block.kind {
        Kind::Text(text) if !text.is_paragraph() => (None, text.text.clone()),
        Kind::Item { mark: marks::Mark::Number(number), text, .. } => (Some(number.clone()), text.clone()),
        _ => return false,
    };
    block.kind = Kind::Heading(Heading { level, number, text, role: HeadingRole::Section });
    true
}

/// The column of a line's first sign; a tab is four blanks wide.
fn indent(raw: &str) -> usize {
    raw.chars().take_while(|c| c.is_whitespace()).map(|c| if c == '\t' { 4 } else { 1 }).sum()
}

/// The width that the lines were broken to fit, if they were: nearly every line that another follows is so long
/// that the first word of the next would not have fitted.
fn wrap_width(lines: &[Line]) -> Option<usize> {
    let followed: Vec<(&Line, &Line)> = lines
        .windows(2)
        .map(|pair| (&pair[0], &pair[1]))
        .filter(|(line, next)| !line.text.is_empty() && !next.text.is_empty())
        .filter(|(_, next)| marks::mark(&next.text).is_none())
        .collect();
    let width = followed.iter().map(|(line, _)| length(&line.text)).max()?;
    let full = followed.iter().filter(|(line, next)| fills(line, next, width)).count();
    (followed.len() >= 3 && WIDTHS.contains(&width) && full * 10 >= followed.len() * 7).then_some(width)
}

/// Whether the first word of the next line would not have fitted on this one.
fn fills(line: &Line, next: &Line, width: usize) -> bool {
    let first = next.text.split(' ').next().unwrap_or_default();
    let own = length(&line.text);
    own * 10 >= width * 6 && own + 1 + length(first) > width
}

fn length(text: &str) -> usize {
    text.chars().count()
}

/// Whether a line goes on with the block that the line above it belongs to: it hangs below an item, it was broken
/// to fit the width, or it begins small where the line above ends within a sentence.
fn joins(above: &Line, block: &Block, line: &Line, width: Option<usize>) -> bool {
    if marks::mark(&line.text).is_some() || marks::is_caption(&line.text) || rule(&line.text).is_some() {
        return false;
    }
    match &block.kind {
        Kind::Item { indent: hanging, .. } if indent(line.raw) > *hanging => return true,
        Kind::Item { .. } | Kind::Text(_) | Kind::Caption(_) => {}
        _ => return false,
    }
    if width.is_some_and(|width| fills(above, line, width)) {
        return true;
    }
    let small = line.text.starts_with(|c: char| c.is_lowercase());
    let is_contact = super::inline::is_contact;
    small && !marks::ends_sentence(&above.text) && !is_contact(&above.text) && !is_contact(&line.text)
}

fn append(block: &mut Block, more: &str) {
    let text = match &mut block.kind {
        Kind::Text(text) => {
            text.folded = true;
            &mut text.text
        }
        Kind::Item { text, .. } | Kind::Caption(text) => text,
        _ => return,
    };
    // A soft hyphen at the end of a line was put there to break a word.
    if text.ends_with('\u{AD}') {
        text.pop();
    } else {
        text.push(' ');
    }
    text.push_str(more);
}

/// Rows are a table where at least two with the same number of cells follow each other.
fn lone_rows_are_text(blocks: &mut [Block]) {
    let cells = |block: Option<&Block>| match block.map(|block| &block.kind) {
        Some(Kind::Row(cells)) => cells.len(),
        _ => 0,
    };
    let counts: Vec<usize> = blocks.iter().map(|block| cells(Some(block))).collect();
    for at in 0..blocks.len() {
        let above = at > 0 && !blocks[at].gap && counts[at - 1] == counts[at];
        let below = blocks.get(at + 1).is_some_and(|next| !next.gap && counts[at + 1] == counts[at]);
        if let Kind::Row(cells) = &blocks[at].kind
            && !above
            && !below
        {
            blocks[at].kind = Kind::Text(Text::new(words(&cells.join(" "))));
        }
    }
}
