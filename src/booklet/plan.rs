//! Which page each document of a booklet begins on.

use crate::layout::Numbering;

/// On which page a document of a booklet may begin.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Start {
    /// The next one.
    #[default]
    Page,
    /// A right-hand page; the page before is left blank where it takes one.
    Right,
}

impl Start {
    /// The words for it in handout.toml.
    pub const WORDS: [(&str, Self); 2] = [("page", Self::Page), ("right", Self::Right)];
}

/// Where the documents of a booklet are, as far as their numbers of pages are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    firsts: Vec<usize>,
    total: usize,
}

impl Plan {
    /// The plan for front matter of so many pages and parts of so many pages each.
    pub fn new(front: usize, parts: impl IntoIterator<Item = usize>, start: Start) -> Self {
        let mut total = front;
        let mut firsts = Vec::new();
        for pages in parts {
            // The first page of all, with index 0, is a right-hand one.
            if start == Start::Right && !total.is_multiple_of(2) {
                total += 1;
            }
            firsts.push(total);
            total += pages;
        }
        Self { firsts, total }
    }

    /// The page, from 0, that a part begins on.
    pub fn index(&self, part: usize) -> usize {
        self.firsts.get(part).copied().unwrap_or(self.total)
    }

    /// How the pages of a part are counted.
    pub fn numbering(&self, part: usize) -> Numbering {
        let first = i32::try_from(self.index(part) + 1).unwrap_or(i32::MAX);
        Numbering { first, total: Some(self.total) }
    }

    /// How the pages of the front matter are counted.
    pub fn front(&self) -> Numbering {
        Numbering { first: 1, total: Some(self.total) }
    }
}
