//! What every reader gives and every layout takes.

use std::path::PathBuf;
use std::sync::Arc;

use serde_json::{Map, Value};

use crate::config::value::Spanned;
use crate::config::{Links, Notes, Typography};
use crate::diag::Place;

/// One article: who it is, and what it says.
#[derive(Clone, Debug)]
pub struct Article {
    /// The stem of its output files: lower case letters, digits, `-`, `_` and `.`.
    pub slug: String,
    /// What is known of it.
    pub meta: Metadata,
    /// Its body as an HTML fragment. Every block that came from a line of the source carries that line,
    /// from 1, as `data-line`; the style stage takes the attribute off and keeps the number.
    pub body: String,
    /// The file that it came from, as messages name it.
    pub file: Arc<str>,
    /// The text of that file, for messages that show a line of it.
    pub source: Arc<str>,
    /// The folder that relative paths in the body start from.
    pub folder: PathBuf,
}

/// Metadata: typed where the program uses it, free where only a layout does.
#[derive(Clone, Debug, Default)]
pub struct Metadata {
    /// The title; a document without one is an error.
    pub title: String,
    /// The line below the title.
    pub subtitle: Option<String>,
    /// Who wrote it, in order.
    pub authors: Vec<String>,
    /// The date, as written: `2026-11-21` (RFC 3339 full-date).
    pub date: Option<String>,
    /// The language (BCP 47), `nl` where nothing says otherwise.
    pub lang: String,
    /// The name of the layout, `article` where nothing says otherwise.
    pub layout: String,
    /// Subjects.
    pub tags: Vec<String>,
    /// One or two sentences for a download page.
    pub description: Option<String>,
    /// Whether the article is skipped.
    pub draft: bool,
    /// At most so many pages.
    pub pages: Option<u32>,
    /// How many levels of headings its table of contents has; 0 is none, and `None` leaves it to the layout.
    pub toc: Option<u8>,
    /// How links are told on paper, where something says it.
    pub links: Option<Links>,
    /// Where notes stand, where something says it.
    pub notes: Option<Notes>,
    /// By which rules its text is typeset, where something says it.
    pub typography: Option<Typography>,
    /// Headings of sections that this handout leaves out on purpose.
    pub omit: Vec<String>,
    /// Everything, under its own name and in the order of writing, the typed keys too, as layouts see it.
    pub all: Map<String, Value>,
    /// The same with the place of every value, where it was read from files.
    pub places: Option<Spanned>,
}

impl Article {
    /// The place of a line of the article's source, from 1.
    pub fn place(&self, line: u32) -> Place {
        Place::at(self.file.clone(), &self.source, line, 1)
    }
}
