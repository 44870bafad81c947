//! Text whose lines know which line of the file they came from, so that what is written anew keeps its places.

use std::collections::BTreeMap;

use crate::read::Source;

/// Lines, and for each the line of the file that it came from, from 1.
#[derive(Debug, Default)]
pub(super) struct Numbered {
    text: String,
    lines: Vec<u32>,
}

impl Numbered {
    /// The body of a source as it stands.
    pub fn of(source: &Source) -> Self {
        let text = source.body().to_owned();
        let lines = (source.first_line()..).take(text.split_inclusive('\n').count()).collect();
        Self { text, lines }
    }

    /// Nothing yet, with room for `bytes`.
    pub fn with_capacity(bytes: usize) -> Self {
        Self { text: String::with_capacity(bytes), lines: Vec::new() }
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The lines with their ends, each with its number in the file.
    pub fn lines(&self) -> impl Iterator<Item = (&str, u32)> {
        self.text.split_inclusive('\n').zip(self.lines.iter().copied())
    }

    /// The line of the file that line `line` of this text came from, both from 1.
    pub fn line(&self, line: usize) -> u32 {
        let last = self.lines.last().copied().unwrap_or(1);
        self.lines.get(line.saturating_sub(1)).copied().unwrap_or(last)
    }

    /// The same lines with other text, that has as many of them.
    pub fn written_anew(self, text: String) -> Self {
        debug_assert_eq!(text.matches('\n').count(), self.text.matches('\n').count());
        Self { text, lines: self.lines }
    }

    /// The lines with other text in the place of some: what `parts` has by the line of the file.
    pub fn with_parts(self, parts: &BTreeMap<u32, String>) -> Self {
        if parts.is_empty() {
            return self;
        }
        let mut whole = Self::with_capacity(self.text.len() + parts.values().map(String::len).sum::<usize>());
        for (line, number) in self.lines() {
            whole.push(parts.get(&number).map_or(line, String::as_str), number);
            whole.end_line();
        }
        whole
    }

    /// Adds text that came from one line of the file.
    pub fn push(&mut self, text: &str, line: u32) {
        let goes_on = !self.text.is_empty() && !self.text.ends_with('\n');
        let begun = text.split_inclusive('\n').count();
        self.lines.extend(std::iter::repeat_n(line, begun.saturating_sub(usize::from(goes_on))));
        self.text.push_str(text);
    }

    /// Begins a new line, if there is text on this one.
    pub fn end_line(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }
}

/// What a line in a list or quotation begins with.
const LEAD: [char; 3] = [' ', '>', '\t'];

/// The length of what stands before the text of a line: indents, marks of quotations, items and descriptions.
pub(super) fn lead(line: &str) -> usize {
    let mut rest = line;
    loop {
        rest = rest.trim_start_matches(LEAD);
        match marker(rest) {
            0 => return line.len() - rest.len(),
            length => rest = &rest[length..],
        }
    }
}

/// The length of the mark of an item or description that a text begins with, and the blanks behind it.
pub(super) fn marker(text: &str) -> usize {
    let digits = text.bytes().take(10).take_while(u8::is_ascii_digit).count();
    let sign = text[digits..].chars().next();
    let is_mark = match digits {
        0 => sign.is_some_and(|sign| matches!(sign, '-' | '*' | '+' | ':')),
        1..=9 => sign.is_some_and(|sign| matches!(sign, '.' | ')')),
        _ => false,
    };
    let behind = text.get(digits + 1..).unwrap_or_default();
    let blanks = behind.bytes().take_while(|&byte| byte == b' ').count();
    if is_mark && blanks > 0 { digits + 1 + blanks } else { 0 }
}

/// Fenced code, told line by line.
#[derive(Debug, Default)]
pub(in crate::read) struct FencedCode(Option<(char, usize)>);

impl FencedCode {
    /// Whether a line stands in fenced code, or is one of its fences. Code may begin behind the mark of an item.
    pub fn holds(&mut self, line: &str) -> bool {
        let line = if self.0.is_some() { line.trim_start_matches(LEAD) } else { &line[lead(line)..] };
        let line = line.trim_end();
        let mark = line.chars().next().filter(|mark| matches!(mark, '`' | '~'));
        let length = mark.map_or(0, |mark| line.chars().take_while(|&c| c == mark).count());
        match self.0 {
            Some((open, least)) => {
                if mark == Some(open) && length >= least && line.len() == length {
                    self.0 = None;
                }
                true
            }
            None if length >= 3 && !(mark == Some('`') && line[length..].contains('`')) => {
                self.0 = mark.map(|mark| (mark, length));
                true
            }
            None => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_their_numbers() {
        let mut text = Numbered::default();
        text.push("a\n", 4);
        text.push("b", 5);
        text.push("c\nd\n", 7);
        text.push("e", 9);
        assert_eq!(text.lines().collect::<Vec<_>>(), [("a\n", 4), ("bc\n", 5), ("d\n", 7), ("e", 9)]);
        assert_eq!([1, 2, 3, 4, 5].map(|line| text.line(line)), [4, 5, 7, 9, 9]);
    }

    #[test]
    fn a_code_span_of_three_marks_opens_no_fence() {
        let mut code = FencedCode::default();
        assert!(!code.holds("```x``` is code"));
        assert!(code.holds("~~~ x") && code.holds("``` y") && code.holds("~~~") && !code.holds("z"));
        assert!(
            code.holds("> 1. ``` x") && code.holds("- ```") && code.holds(">    ```") && !code.holds("z")
        );
    }
}
