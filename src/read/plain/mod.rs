//! Plain text, read as the person who wrote it meant it. docs/plain-text.md tells writers the rules.
//!
//! The phases: `select` takes the article's lines from the file, `collect` makes blocks of them by what each line
//! is in itself, `interview` and `headings` decide by what stands around a block, `write` gives HTML.

mod block;
mod collect;
mod furniture;
mod headings;
mod inline;
mod interview;
pub(super) mod marks;
mod options;
mod select;
mod write;

pub use options::Options;

use crate::diag::Outcome;

use self::block::{Block, Kind, Role, Text};
use self::select::Line;
use super::{Body, Source};

/// The longest first line that is a title, in characters; a longer one is a paragraph.
const LONGEST_TITLE: usize = 200;

/// Reads plain text. Every word of the selected lines comes out, those of the title as [`Body::title`]; only the
/// signs that items of lists begin with and rows of signs become markup.
///
/// # Errors
/// A `from` or `to` that occurs nowhere (`unknown-line`).
pub fn body(source: &Source, options: &Options) -> Outcome<Body> {
    let (mut lines, mut warnings) = select::select(source, options)?;
    warnings.extend(furniture::suspect(&lines, source));
    let (title, standfirst) = take_title(&mut lines, options);
    let mut blocks = collect::collect(&lines, &options.headings);
    for block in &mut blocks {
        if block.plain().is_some_and(|text| inline::is_contact(&text.text)) {
            block.set_role(Role::Contact);
        }
    }
    interview::find(&mut blocks);
    headings::find_standfirst(&mut blocks);
    headings::find_quotations(&mut blocks);
    headings::find(&mut blocks);
    headings::lower(&mut blocks);
    interview::find_unquoted(&mut blocks);
    if let Some((line, text)) = standfirst {
        let text = Text { role: Role::Standfirst, ..Text::new(text) };
        blocks.insert(0, Block { line, gap: true, kind: Kind::Text(text) });
    }
    Ok(Body { html: write::write(&blocks), title, warnings, ..Body::default() })
}

/// Takes the title off the first line that says something, and gives what more that line says with its number: the
/// whole line is the title, or it begins with the title that the catalog gives.
fn take_title(lines: &mut Vec<Line>, options: &Options) -> (Option<String>, Option<(u32, String)>) {
    let Some(at) = lines.iter().position(|line| !line.text.is_empty()) else { return (None, None) };
    let first = lines[at].text.clone();
    let rest = match &options.title {
        Some(title) => after_title(&first, &select::words(title)),
        None => (first.chars().count() <= LONGEST_TITLE).then_some(""),
    };
    let Some(rest) = rest else { return (None, None) };
    let standfirst = (!rest.is_empty()).then(|| (lines[at].number, rest.to_owned()));
    let title = first[..first.len() - rest.len()].trim_end().to_owned();
    let underlined = lines.get(at + 1).is_some_and(|line| collect::rule(&line.text).is_some());
    lines.drain(..=at + usize::from(underlined));
    (Some(title), standfirst)
}

/// What a line says behind the title that it begins with; the title must end where a sentence does.
fn after_title<'a>(line: &'a str, title: &str) -> Option<&'a str> {
    let rest = line.strip_prefix(title)?;
    let parted = rest.starts_with(' ') && title.ends_with(['.', '!', '?', '…']);
    (rest.is_empty() || parted).then(|| rest.trim_start())
}

#[cfg(test)]
mod tests;
