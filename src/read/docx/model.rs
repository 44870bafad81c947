//! What a Word document holds, before it is HTML: blocks of spans.

use std::rc::Rc;

use super::numbering;
use super::role::Role;

/// A block.
#[derive(Debug)]
pub(super) enum Block {
    Paragraph(Paragraph),
    Table(Table),
    /// A picture, or more, with the caption that belongs to it.
    Figure(Paragraph, Paragraph),
    /// A text box, or what stands in a table that only arranges.
    Group(Group, Vec<Block>),
    Rule,
}

/// Why blocks stand together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Group {
    /// A text box.
    TextBox,
    /// A table of one cell: a box around text.
    Callout,
    /// A cell of a table that only arranges.
    Arranged,
}

/// A paragraph.
#[derive(Debug, Default)]
pub(super) struct Paragraph {
    /// Its number among the paragraphs that say something, from 1.
    pub line: u32,
    pub role: Role,
    pub class: Option<String>,
    pub item: Option<Item>,
    /// From the left side, twips, where the paragraph itself says so.
    pub indent: Option<i32>,
    /// Names by which links find it.
    pub anchors: Vec<String>,
    pub spans: Vec<Span>,
}

/// The place of a paragraph in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Item {
    /// Lists with the same number are the same list.
    pub list: u32,
    pub level: u8,
    pub mark: numbering::Mark,
    pub number: u32,
    /// From the left side to its text, twips.
    pub indent: i32,
}

/// A stretch of a line.
#[derive(Clone, Debug)]
pub(super) struct Span {
    /// What it is, in the order of [`Mark`].
    pub marks: Vec<Mark>,
    pub content: Content,
}

/// What a span holds.
#[derive(Clone, Debug)]
pub(super) enum Content {
    Text(String),
    Break,
    Picture(Picture),
    /// The call of a note, by its number from 1.
    Note(usize),
    Anchor(String),
    /// Nothing yet: a field to be filled in.
    Blank,
}

/// A picture.
#[derive(Clone, Debug)]
pub(super) struct Picture {
    pub src: String,
    /// Empty for decoration; `None` where nobody has told.
    pub alt: Option<String>,
    /// CSS px.
    pub width: Option<u32>,
}

/// What a span is. Whatever comes first goes around the others.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Mark {
    /// Address and title.
    Link(Rc<str>, Option<Rc<str>>),
    /// A content control: its tag, and what is to be filled in.
    Field(Rc<str>, Option<Rc<str>>),
    Lang(Rc<str>),
    Class(Rc<str>),
    Strong,
    Emphasis,
    Underline,
    Strike,
    Highlight,
    SmallCaps,
    Keyboard,
    Code,
    Above,
    Below,
}

/// A table.
#[derive(Debug, Default)]
pub(super) struct Table {
    pub caption: Option<Paragraph>,
    /// What it is said to be to those who do not see it.
    pub label: Option<String>,
    pub rows: Vec<Row>,
    /// Whether the first cell of each row heads it.
    pub row_headers: bool,
}

/// A row of a table.
#[derive(Debug, Default)]
pub(super) struct Row {
    pub is_head: bool,
    pub cells: Vec<Cell>,
}

/// A cell of a table.
#[derive(Debug)]
pub(super) struct Cell {
    /// The column that it begins in, from 0.
    pub column: usize,
    pub columns: usize,
    pub rows: usize,
    pub content: Vec<Block>,
}

impl Paragraph {
    /// Its words.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for span in &self.spans {
            match &span.content {
                Content::Text(words) => text += words,
                Content::Break => text.push(' '),
                _ => {}
            }
        }
        text
    }

    /// Whether there is nothing to see in it.
    pub fn is_empty(&self) -> bool {
        self.spans.iter().all(|span| match &span.content {
            Content::Text(words) => words.trim_matches(is_blank).is_empty(),
            Content::Break | Content::Anchor(_) => true,
            Content::Picture(_) | Content::Note(_) | Content::Blank => false,
        })
    }

    /// Whether it holds pictures and nothing else.
    pub fn is_picture(&self) -> bool {
        let is_picture = |span: &Span| matches!(span.content, Content::Picture(_));
        let says_nothing = self.text().trim_matches(is_blank).is_empty();
        let calls = |span: &Span| matches!(span.content, Content::Note(_) | Content::Blank);
        self.spans.iter().any(is_picture) && says_nothing && !self.spans.iter().any(calls)
    }
}

/// White space that HTML collapses; a no-break space is a sign that somebody set.
pub(super) fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r')
}
