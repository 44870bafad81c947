//! What a body reader takes and gives.

use std::sync::Arc;

use serde_json::{Map, Value};

use crate::diag::{Diagnostic, Place};

/// The body of an article as it stands in its file, below the front matter.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// The file, as messages name it.
    pub file: &'a Arc<str>,
    /// The whole text of the file.
    pub text: &'a str,
    /// The byte at which the body begins.
    pub start: usize,
}

/// A body as HTML, whatever it was written in.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Body {
    /// An HTML fragment, without scripts, styles and event handlers. Every block that came from a line of the
    /// source carries that line, from 1, as `data-line`.
    pub html: String,
    /// The title that the body itself gives, taken off it, as plain text.
    pub title: Option<String>,
    /// What the body says about itself, under the names that front matter uses: `title`, `authors`,
    /// `description`, `date`, `lang`. Anything that a person wrote elsewhere goes before it.
    pub meta: Map<String, Value>,
    /// What somebody should look at.
    pub warnings: Vec<Diagnostic>,
}

impl<'a> Source<'a> {
    /// A file that is all body.
    pub fn new(file: &'a Arc<str>, text: &'a str) -> Self {
        Self { file, text, start: 0 }
    }

    /// The body's text.
    pub fn body(&self) -> &'a str {
        self.text.get(self.start..).unwrap_or_default()
    }

    /// The line of the file on which the body begins, from 1.
    pub fn first_line(&self) -> u32 {
        let before = self.text.get(..self.start).unwrap_or_default();
        before.matches('\n').count() as u32 + 1
    }

    /// The place of a line of the file, from 1.
    pub fn place(&self, line: u32) -> Place {
        Place::at(self.file.clone(), self.text, line, 1)
    }
}
