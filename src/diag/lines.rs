//! Places in a file of which many are asked for.

use std::sync::Arc;

use super::Place;

/// Bytes that are searched for a word at most: the block that begins on a line, and no whole file for each.
const REACH: usize = 16 * 1024;

/// A file with the beginnings of its lines.
#[derive(Debug)]
pub struct Lines<'a> {
    file: &'a Arc<str>,
    source: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    /// The lines of `source`, the text of the file that messages call `file`.
    pub fn of(file: &'a Arc<str>, source: &'a str) -> Self {
        let starts = std::iter::once(0).chain(source.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { file, source, starts }
    }

    /// The beginning of a line, from 1.
    pub fn place(&self, line: u32) -> Place {
        self.at(line, 1)
    }

    /// Where `wanted` stands for the first time on a line, from 1, or not far below it; `is_it` is asked with the
    /// text behind it.
    pub fn find(&self, line: u32, wanted: &str, is_it: impl Fn(&str) -> bool) -> Option<Place> {
        let start = self.start(line)?;
        let end = self.source.floor_char_boundary(start.saturating_add(REACH));
        let text = self.source.get(start..end)?;
        let found =
            text.match_indices(wanted).map(|(at, _)| at).find(|at| is_it(&text[at + wanted.len()..]))?;
        let offset = start + found;
        let line = self.starts.partition_point(|&start| start <= offset);
        let start = *self.starts.get(line.checked_sub(1)?)?;
        let column = self.source.get(start..offset)?.chars().count() as u32 + 1;
        Some(self.at(line as u32, column))
    }

    fn at(&self, line: u32, column: u32) -> Place {
        let text = self.start(line).and_then(|start| self.source.get(start..)?.lines().next());
        let text = text.and_then(|text| super::kept(text, column));
        Place { file: self.file.clone(), line: Some(line), column: Some(column), text }
    }

    fn start(&self, line: u32) -> Option<usize> {
        self.starts.get(line.checked_sub(1)? as usize).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_from_their_line_on() {
        let file = Arc::from("a.md");
        let source = "een hier\ntwee\nmét hier en hierna\n";
        let lines = Lines::of(&file, source);
        let found = |line, wanted: &str, whole: bool| {
            let is_it = |rest: &str| !whole || rest.starts_with(char::is_whitespace);
            lines.find(line, wanted, is_it).map(|place| (place.line, place.column))
        };
        assert_eq!(found(1, "hier", false), Some((Some(1), Some(5))));
        assert_eq!(found(2, "hier", false), Some((Some(3), Some(5))));
        assert_eq!(found(3, "hierna", true), Some((Some(3), Some(13))));
        assert_eq!(found(3, "twee", false), None);
        assert_eq!(found(9, "hier", false), None);
        assert_eq!(lines.place(2), Place::at("a.md", source, 2, 1));
        assert_eq!(lines.place(9).text, None);
    }
}
