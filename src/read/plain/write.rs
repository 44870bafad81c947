//! Blocks to HTML.

use std::fmt::Write as _;

use super::block::{Block, Heading, HeadingRole, Kind, Role, Text};
use super::inline;
use super::marks::{self, Mark};

/// The longest line that an author breaks on purpose, in characters.
const LONGEST_VERSE: usize = 100;

/// The HTML of an article's blocks.
pub(super) fn write(blocks: &[Block]) -> String {
    let mut html = String::new();
    let mut at = 0;
    while at < blocks.len() {
        let block = &blocks[at];
        let rest = &blocks[at..];
        at += match &block.kind {
            Kind::Item { .. } => list(&mut html, rest),
            Kind::Row(_) => table(&mut html, rest),
            Kind::Text(text) => paragraph(&mut html, text, rest),
            Kind::Heading(heading) => {
                write_heading(&mut html, heading, block.line);
                1
            }
            Kind::Quotation { text, source } => {
                quotation(&mut html, text, source.as_deref(), block.line);
                1
            }
            Kind::Caption(text) => {
                let line = block.line;
                element(&mut html, "<figure class=\"caption-only\"", line, "<figcaption>");
                inline::write(&mut html, text);
                html.push_str("</figcaption></figure>\n");
                1
            }
            Kind::Rule(_) => {
                element(&mut html, "<hr", block.line, "\n");
                1
            }
        };
    }
    html.truncate(html.trim_end().len());
    html
}

/// A start tag with its line, and what follows it.
fn element(html: &mut String, tag: &str, line: u32, then: &str) {
    // Writing to a string does not fail.
    let _ = write!(html, "{tag} data-line=\"{line}\">{then}");
}

fn write_heading(html: &mut String, heading: &Heading, line: u32) {
    let level = heading.level;
    let question = heading.role != HeadingRole::Section;
    let class = match (question, &heading.number) {
        (true, _) => " class=\"question\"",
        (false, Some(_)) => " class=\"numbered\"",
        (false, None) => "",
    };
    element(html, &format!("<h{level}{class}"), line, "");
    if let Some(number) = &heading.number {
        let _ = write!(html, "<span class=\"number\">{}</span> ", number.written);
    }
    if heading.role == HeadingRole::SpokenQuestion {
        inline::write_spoken(html, &heading.text);
    } else {
        inline::write(html, &heading.text);
    }
    let _ = writeln!(html, "</h{level}>");
}

fn quotation(html: &mut String, text: &str, source: Option<&str>, line: u32) {
    let class = if source.is_some() { "" } else { " class=\"pull\"" };
    element(html, &format!("<blockquote{class}"), line, "<p>");
    inline::write(html, text);
    html.push_str("</p>");
    if let Some(source) = source {
        html.push_str("<p class=\"source\">");
        inline::write(html, source);
        html.push_str("</p>");
    }
    html.push_str("</blockquote>\n");
}

/// Writes a paragraph: a text, with the short lines right below it that are for the same. Gives how many blocks it
/// took.
fn paragraph(html: &mut String, text: &Text, blocks: &[Block]) -> usize {
    let short = |text: &Text| !text.folded && text.length() <= LONGEST_VERSE;
    let breaks = short(text) && matches!(text.role, Role::Plain | Role::Contact);
    let goes_on = |block: &&Block| {
        !block.gap && matches!(&block.kind, Kind::Text(below) if below.role == text.role && short(below))
    };
    let count = if breaks { 1 + blocks.iter().skip(1).take_while(goes_on).count() } else { 1 };
    let class = match text.role {
        Role::Plain => "",
        Role::Standfirst => " class=\"standfirst\"",
        Role::Byline => " class=\"author-line\"",
        Role::Answer => " class=\"answer\"",
        Role::Contact => " class=\"contact-line\"",
    };
    element(html, &format!("<p{class}"), blocks[0].line, "");
    for (at, block) in blocks[..count].iter().enumerate() {
        let Kind::Text(text) = &block.kind else { continue };
        if at > 0 {
            html.push_str("<br>\n");
        }
        let quoted = || marks::speaker(&text.text).is_some_and(|(_, said)| marks::begins_quotation(said));
        match text.role {
            Role::Contact => inline::write_contact(html, &text.text),
            Role::Answer => inline::write_spoken(html, &text.text),
            _ if quoted() => inline::write_spoken(html, &text.text),
            _ => inline::write(html, &text.text),
        }
    }
    html.push_str("</p>\n");
    count
}

/// Writes the rows of a table, the first as its head. Gives how many blocks it took.
fn table(html: &mut String, blocks: &[Block]) -> usize {
    let cells = |block: &Block| match &block.kind {
        Kind::Row(cells) => cells.clone(),
        _ => Vec::new(),
    };
    let columns = cells(&blocks[0]).len();
    let below = blocks.iter().skip(1).take_while(|block| !block.gap && cells(block).len() == columns).count();
    element(html, "<table", blocks[0].line, "\n");
    for (at, block) in blocks[..=below].iter().enumerate() {
        let (open, close) = if at == 0 { ("<th scope=\"col\">", "</th>") } else { ("<td>", "</td>") };
        html.push_str(match at {
            0 => "<thead>",
            1 => "<tbody>\n",
            _ => "",
        });
        element(html, "<tr", block.line, "");
        for cell in cells(block) {
            html.push_str(open);
            inline::write(html, &cell);
            html.push_str(close);
        }
        html.push_str(if at == 0 { "</tr></thead>\n" } else { "</tr>\n" });
    }
    html.push_str("</tbody></table>\n");
    below + 1
}

/// A list that is open: how its items begin.
struct Open<'a> {
    indent: usize,
    mark: &'a Mark,
    last: u32,
}

impl Open<'_> {
    fn close(&self) -> &'static str {
        match self.mark {
            Mark::Bullet(_) => "</li>\n</ul>\n",
            Mark::Number(_) => "</li>\n</ol>\n",
        }
    }
}

/// Writes the items that follow each other as a list, those that stand deeper or begin with another sign as lists
/// in it. Gives how many blocks it took.
fn list(html: &mut String, blocks: &[Block]) -> usize {
    let mut open: Vec<Open> = Vec::new();
    let mut count = 0;
    for block in blocks {
        let Kind::Item { mark, indent, text } = &block.kind else { break };
        let place = place(&open, *indent, mark, block.gap);
        if count > 0 && place.is_none() {
            break;
        }
        let depth = place.unwrap_or(0);
        while open.len() > depth + 1 {
            html.push_str(open.pop().map_or("", |list| list.close()));
        }
        let line = block.line;
        if open.len() == depth + 1 {
            html.push_str("</li>\n");
            let list = &mut open[depth];
            list.last += 1;
            item(html, mark, line, &mut list.last);
        } else {
            let mut first = Open { indent: *indent, mark, last: 1 };
            start(html, mark, line, &mut first.last);
            open.push(first);
        }
        inline::write(html, text);
        count += 1;
    }
    while let Some(list) = open.pop() {
        html.push_str(list.close());
    }
    count
}

/// How deep an item goes among the open lists: into one that has its sign and its place, or into a new one below
/// the deepest. `None` where it begins a list of its own.
fn place(open: &[Open], indent: usize, mark: &Mark, gap: bool) -> Option<usize> {
    let same = |list: &Open| match (list.mark, mark) {
        (Mark::Bullet(a), Mark::Bullet(b)) => a == b,
        (Mark::Number(a), Mark::Number(b)) => a.letters == b.letters && a.parts == b.parts,
        _ => false,
    };
    let near = |list: &Open| list.indent.abs_diff(indent) <= 1;
    if let Some(found) = open.iter().rposition(|list| same(list) && near(list)) {
        return Some(found);
    }
    let deepest = open.last()?;
    let below = open.len() < 6 && (indent > deepest.indent + 1 || (!gap && near(deepest)));
    if below { Some(open.len()) } else { open.iter().rposition(|list| same(list) && list.indent <= indent) }
}

fn start(html: &mut String, mark: &Mark, line: u32, last: &mut u32) {
    match mark {
        Mark::Bullet(_) => element(html, "<ul", line, "\n"),
        Mark::Number(number) => {
            let letters = if number.letters { " type=\"a\"" } else { "" };
            let start =
                if number.value == 1 { String::new() } else { format!(" start=\"{}\"", number.value) };
            element(html, &format!("<ol{letters}{start}"), line, "\n");
            *last = number.value;
        }
    }
    element(html, "<li", line, "");
}

fn item(html: &mut String, mark: &Mark, line: u32, last: &mut u32) {
    match mark {
        Mark::Number(number) if number.value != *last => {
            element(html, &format!("<li value=\"{}\"", number.value), line, "");
            *last = number.value;
        }
        _ => element(html, "<li", line, ""),
    }
}
