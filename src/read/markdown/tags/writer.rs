//! Writes text anew with something else in the place of its tags, as blocks of their own where they are blocks.

use std::ops::Range;

use super::meaning::{Around, Verbatim};
use crate::read::markdown::numbered::{Numbered, marker};

/// What is told of the line before a tag is told by so many bytes of it.
const REACH: usize = 1024;

/// Copies a text, and leaves out what is skipped.
pub(super) struct Writer<'t> {
    text: &'t Numbered,
    out: Numbered,
    /// The byte up to which the text was copied or skipped, and the line that it is in, from 1.
    done: usize,
    line: usize,
}

impl<'t> Writer<'t> {
    pub fn new(text: &'t Numbered) -> Self {
        let out = Numbered::with_capacity(text.text().len() + 256);
        Self { text, out, done: 0, line: 1 }
    }

    pub fn done(&self) -> usize {
        self.done
    }

    /// The line of the file that the text is at.
    pub fn number(&self) -> u32 {
        self.text.line(self.line)
    }

    pub fn copy_to(&mut self, end: usize) {
        let (text, end) = (self.text.text(), end.max(self.done));
        for line in text[self.done..end].split_inclusive('\n') {
            self.out.push(line, self.text.line(self.line));
            self.line += usize::from(line.ends_with('\n'));
        }
        self.done = end;
    }

    pub fn skip_to(&mut self, end: usize) {
        let end = end.max(self.done);
        self.line += self.text.text()[self.done..end].matches('\n').count();
        self.done = end;
    }

    pub fn finish(mut self) -> Numbered {
        self.copy_to(self.text.text().len());
        self.out
    }

    fn push(&mut self, text: &str) {
        self.out.push(text, self.number());
    }

    /// Writes words in the line. An address in a link has no blanks.
    pub fn inline(&mut self, words: &str) {
        let is_address = self.out.text().ends_with("](");
        self.push(&if is_address { words.replace(' ', "%20") } else { words.to_owned() });
    }

    /// What is written of the line that is at work; of a long one, the end.
    fn begun(&self) -> &str {
        let out = self.out.text();
        let near = &out[out.ceil_char_boundary(out.len().saturating_sub(REACH))..];
        &near[near.rfind('\n').map_or(0, |at| at + 1)..]
    }

    /// Whether there is nothing on the line behind the tag.
    fn is_last(&self) -> bool {
        let rest = self.text.text()[self.done..].trim_start_matches([' ', '\t', '\r']);
        rest.is_empty() || rest.starts_with('\n')
    }

    /// Whether the line is a row of a table, which has room for no block.
    fn is_in_row(&self) -> bool {
        self.begun().trim_start_matches([' ', '\t', '>']).starts_with('|')
    }

    /// Writes lines as a block: with a blank line before it and one behind it, in the quotation or item that the tag is in.
    pub fn block(&mut self, lines: &str) {
        if self.is_in_row() {
            return;
        }
        let prefix = self.begin_block();
        for (index, line) in lines.lines().enumerate() {
            if index > 0 {
                self.push(&format!("\n{prefix}"));
            }
            self.push(line);
        }
        self.end_block(&prefix);
    }

    /// Goes to where a block may begin, and says what its further lines begin with.
    fn begin_block(&mut self) -> String {
        let begun = self.begun();
        let lead_length = begun.len() - begun.trim_start_matches([' ', '\t', '>']).len();
        let before = &begun[lead_length..];
        let prefix = begun[..lead_length].to_owned() + &" ".repeat(marker(before));
        if before.len() > marker(before) {
            self.push(&format!("\n{}\n{prefix}", prefix.trim_end()));
        } else if before.is_empty() && self.follows_text() {
            self.push(&format!("\n{prefix}"));
        }
        prefix
    }

    fn end_block(&mut self, prefix: &str) {
        self.push(&format!("\n{}", prefix.trim_end()));
        if !self.is_last() {
            self.push(&format!("\n{prefix}"));
        }
        let blanks = self.text.text()[self.done..].len()
            - self.text.text()[self.done..].trim_start_matches([' ', '\t']).len();
        self.done += blanks;
    }

    /// Whether the line above the one at work is not blank.
    fn follows_text(&self) -> bool {
        let out = self.out.text();
        let above = out[..out.len() - self.begun().len()].lines().next_back().unwrap_or_default();
        !above.trim_matches([' ', '\t', '>']).is_empty()
    }

    /// Writes what is a block where it stands alone, and else goes with the text.
    pub fn alone_or_inline(&mut self, block: &str, inline: &str) {
        let begun = self.begun().trim_start_matches([' ', '\t', '>']);
        let is_alone = marker(begun) == begun.len() && self.is_last();
        if is_alone { self.block(block) } else { self.inline(inline) }
    }

    pub fn opening(&mut self, around: &Around) {
        match around {
            Around::Block { open, .. } => self.block(open),
            Around::Inline { open, .. } => self.inline(open),
        }
    }

    /// Writes a part of the text as it is, or as code or a formula, and goes on at `end`.
    pub fn verbatim(&mut self, verbatim: &Verbatim, part: Range<usize>, end: usize) {
        let inner = &self.text.text()[part.clone()];
        match verbatim {
            Verbatim::Kept => self.copy_to(part.end),
            Verbatim::Dropped => {}
            Verbatim::Formula => {
                let is_block = inner.trim().contains('\n') || inner.contains("\\\\");
                let dollars = if is_block { "$$" } else { "$" };
                let formula = inner.split_whitespace().collect::<Vec<_>>().join(" ");
                self.inline(&format!("{dollars}{formula}{dollars}"));
            }
            Verbatim::Code(_) if self.is_in_row() => {
                let code = inner.split_whitespace().collect::<Vec<_>>().join(" ");
                self.inline(&format!("<code>{}</code>", handlebars::html_escape(&code)));
            }
            Verbatim::Code(language) => {
                let prefix = self.begin_block();
                self.code(language, &prefix, part);
                self.skip_to(end);
                self.end_block(&prefix);
            }
        }
        self.skip_to(end);
    }

    /// Writes a part of the text as fenced code, line by line, so that each keeps its number.
    fn code(&mut self, language: &str, prefix: &str, part: Range<usize>) {
        let inner = &self.text.text()[part.clone()];
        let longest = inner.split(|c| c != '`').map(str::len).max().unwrap_or(0);
        let fence = "`".repeat(3.max(longest + 1));
        self.push(&format!("{fence}{language}"));
        // The lines have what they begin with; code behind the tag needs it.
        match inner.find('\n').filter(|&at| inner[..at].trim().is_empty()) {
            Some(at) => self.skip_to(part.start + at),
            None => {
                self.push(&format!("\n{prefix}"));
                self.skip_to(part.end - inner.trim_start().len());
            }
        }
        self.copy_to(part.start + inner.trim_end().len());
        self.push(&format!("\n{prefix}{fence}"));
    }
}
