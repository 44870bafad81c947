//! The blocks of a plain text, first as its lines tell them, then as their neighbours do.

use super::marks::{Mark, Number};

/// A block: what the author wrote as one line, or as lines that were broken to fit a width.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Block {
    /// The line of the file that it begins on, from 1.
    pub line: u32,
    /// Whether it is the first, or a blank line stands above it.
    pub gap: bool,
    /// What it is.
    pub kind: Kind,
}

/// What a block is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kind {
    /// A heading.
    Heading(Heading),
    /// Text.
    Text(Text),
    /// An item of a list.
    Item { mark: Mark, indent: usize, text: String },
    /// A quotation that stands alone, with its source.
    Quotation { text: String, source: Option<String> },
    /// The caption of a figure.
    Caption(String),
    /// A row of cells between tabs.
    Row(Vec<String>),
    /// A line of signs.
    Rule(char),
}

/// A heading.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Heading {
    /// From 1 to 6.
    pub level: u8,
    /// Its number, where the author gave it one.
    pub number: Option<Number>,
    /// Its words, without the number.
    pub text: String,
    /// Whether it is the question of an interview.
    pub role: HeadingRole,
}

/// What a heading heads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum HeadingRole {
    /// A section.
    Section,
    /// An answer.
    Question,
    /// An answer, and the name of who asks stands before it.
    SpokenQuestion,
}

/// Text that is no heading, item or quotation.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Text {
    /// Its words.
    pub text: String,
    /// Whether it came from more than one line.
    pub folded: bool,
    /// What it is for.
    pub role: Role,
}

/// What a text is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A paragraph.
    Plain,
    /// The sentence below the title.
    Standfirst,
    /// Who wrote it, below the title.
    Byline,
    /// What somebody answers.
    Answer,
    /// How to reach somebody.
    Contact,
}

impl Block {
    /// Its text, if it is text without a purpose of its own yet.
    pub fn plain(&self) -> Option<&Text> {
        match &self.kind {
            Kind::Text(text) if text.role == Role::Plain => Some(text),
            _ => None,
        }
    }

    /// Makes it a heading, at the level that the parts of its number tell, 2 without one.
    pub fn make_heading(&mut self, text: String, number: Option<Number>, role: HeadingRole) {
        let level = number.as_ref().map_or(2, |number| (number.parts + 1).min(6));
        self.kind = Kind::Heading(Heading { level, number, text, role });
    }

    /// Gives its text a purpose.
    pub fn set_role(&mut self, purpose: Role) {
        if let Kind::Text(text) = &mut self.kind {
            text.role = purpose;
        }
    }
}

impl Text {
    /// Text from one line, for nothing special.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), folded: false, role: Role::Plain }
    }

    /// Whether it is too long for anything but a paragraph.
    pub fn is_paragraph(&self) -> bool {
        self.folded || self.length() > super::marks::LONGEST_HEADING
    }

    /// In characters.
    pub fn length(&self) -> usize {
        self.text.chars().count()
    }
}
