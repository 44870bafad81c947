//! Tags of the programs that make sites: shortcodes of Hugo, Quarto and Zola, tags of Liquid and Nunjucks (Jekyll, Eleventy,
//! GitBook). What they mean on paper is written in their place, in Markdown and HTML that is read next. The others are left
//! out and told, and what they enclose is kept.
//!
//! | found by | |
//! |---|---|
//! | [`scan`] | tags outside of code, and which of them belong together |
//! | [`meaning`] | what a tag means |
//! | [`pieces`] | how that is written: pictures, boxes, quotations, links |

mod arguments;
mod meaning;
mod pieces;
mod scan;
mod writer;

use std::collections::BTreeMap;

use super::numbered::Numbered;
use crate::config::fields::as_text;
use crate::config::value::Spanned;
use crate::diag::Diagnostic;
use crate::read::Source;

use meaning::Meaning;
use scan::{Form, Tag};
use writer::Writer;

/// Messages name a tag by so many of its first characters.
const NAMED: usize = 60;
/// So many tags that are not understood are told each.
const TOLD: usize = 50;

/// The text with what its tags mean in their place; `values` is the metadata that they may ask for.
pub(super) fn settle(
    source: &Source,
    text: Numbered,
    values: Option<&Spanned>,
    told: &mut Vec<Diagnostic>,
) -> Numbered {
    if !["{{", "{%", "{# "].iter().any(|mark| text.text().contains(mark)) {
        return text;
    }
    let tags = scan::tags(text.text());
    let mut writer = Writer::new(&text);
    let mut closings: BTreeMap<usize, Meaning> = BTreeMap::new();
    let mut findings = Findings::default();
    for (index, tag) in tags.iter().enumerate() {
        if tag.at.start < writer.done() {
            continue;
        }
        writer.copy_to(tag.at.start);
        let line = writer.number();
        let written = &text.text()[tag.at.clone()];
        let meant = match closings.remove(&index) {
            Some(meant) => meant,
            None => meaning::of(tag, &|path| value(values?, path)),
        };
        findings.note(tag, written, &meant, line);
        writer.skip_to(tag.at.end);
        let partner = tag.partner.filter(|&partner| partner > index);
        match meant {
            Meaning::Nothing | Meaning::Unknown => {}
            Meaning::Inline(words) => writer.inline(&words),
            Meaning::Block(lines) => writer.block(&lines),
            Meaning::Player(link) => writer.alone_or_inline(&link, &link),
            Meaning::Picture(picture) => writer.alone_or_inline(&picture.block(), &picture.inline()),
            Meaning::AsItIs => writer.inline(written),
            Meaning::Around(around) => {
                closings.extend(partner.map(|partner| (partner, around.closing())));
                writer.opening(&around);
            }
            Meaning::Verbatim(verbatim) => {
                if let Some(close) = partner.and_then(|partner| tags.get(partner)) {
                    writer.verbatim(&verbatim, tag.at.end..close.at.start, close.at.end);
                }
            }
        }
    }
    let settled = writer.finish();
    told.extend(findings.told(source));
    settled
}

/// A value of the metadata by its path, as text.
fn value(values: &Spanned, path: &str) -> Option<String> {
    let found = path.split('.').try_fold(values, |at, key| at.get(key))?;
    as_text(found)
}

/// What somebody should know of the tags of an article.
#[derive(Default)]
struct Findings<'t> {
    /// Each tag that was not understood, by its name, with its first place and how often it is there.
    unknown: Vec<(Finding<'t>, u32)>,
    /// How many there are beyond those that are told.
    more: u32,
    names: BTreeMap<(bool, &'t str), usize>,
}

struct Finding<'t> {
    written: &'t str,
    line: u32,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    LeftOut,
    Enclosing,
    AsItIs,
    Player,
    Comment,
}

impl<'t> Findings<'t> {
    fn note(&mut self, tag: &Tag<'t>, written: &'t str, meant: &Meaning, line: u32) {
        let kind = match meant {
            Meaning::Unknown if tag.partner.is_some() => Kind::Enclosing,
            Meaning::Unknown => Kind::LeftOut,
            Meaning::AsItIs => Kind::AsItIs,
            Meaning::Player(_) => Kind::Player,
            Meaning::Nothing if tag.form == Form::Comment => Kind::Comment,
            Meaning::Verbatim(meaning::Verbatim::Dropped) => Kind::Comment,
            _ => return,
        };
        let name = if kind == Kind::Comment { "#" } else { tag.name };
        let key = (tag.form == Form::Output, name);
        match self.names.get(&key) {
            Some(&index) => self.unknown[index].1 += 1,
            None if self.unknown.len() == TOLD => self.more += 1,
            None => {
                self.names.insert(key, self.unknown.len());
                self.unknown.push((Finding { written, line, kind }, 1));
            }
        }
    }

    fn told(self, source: &Source) -> impl Iterator<Item = Diagnostic> {
        let more = (self.more > 0).then(|| {
            let message = format!("{} more tags are for the program of a site", self.more);
            Diagnostic::warning("site-tag", message).at(source.place(source.first_line()))
        });
        let each = self.unknown.into_iter().map(|(found, count)| {
            let times = if count > 1 { format!(" ({count} times)") } else { String::new() };
            let begun = found.written.split_whitespace().collect::<Vec<_>>().join(" ");
            let tag: String = begun.chars().take(NAMED).collect();
            let place = source.place(found.line);
            match found.kind {
                Kind::LeftOut => {
                    let message = format!("`{tag}` is for the program of a site, and is left out{times}");
                    Diagnostic::warning("site-tag", message)
                        .hint("write what it shows there into the article")
                }
                Kind::Enclosing => {
                    let message = format!("`{tag}` is for the program of a site, and is left out{times}");
                    Diagnostic::warning("site-tag", message)
                        .hint("what it encloses is kept: see whether it is right without it")
                }
                Kind::AsItIs => {
                    let message =
                        format!("`{tag}` is no value of the metadata, and is printed as it is{times}");
                    Diagnostic::warning("site-tag", message)
                        .hint("write what it stands for, or add it to the metadata")
                }
                Kind::Player => {
                    let message = format!("`{tag}` plays on a site; a link stands in its place{times}");
                    Diagnostic::note("player", message)
                }
                Kind::Comment => Diagnostic::note("comment", format!("a comment is left out{times}")),
            }
            .at(place)
        });
        each.chain(more)
    }
}
