//! What is wrong, as data: severity, place, message, hint. A run gathers all of them, in the input's order.

mod lines;
mod render;

use std::sync::Arc;

use serde::Serialize;

pub use lines::Lines;
pub use render::Styling;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The handout was written as it should be; somebody may want to know.
    Note,
    /// The handout was written; somebody should look.
    Warning,
    /// The handout could not be written.
    Error,
}

/// Where it is: a file, and where known the line and column in it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Place {
    /// The file as a person would name it: relative to the project, with forward slashes.
    pub file: Arc<str>,
    /// From 1.
    pub line: Option<u32>,
    /// From 1, in characters.
    pub column: Option<u32>,
    /// The line itself, without its end.
    pub text: Option<String>,
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// A name for the kind of it that never changes: `missing-image`, `unknown-property`.
    pub code: &'static str,
    /// What is wrong, in one sentence.
    pub message: String,
    /// Where.
    pub place: Option<Place>,
    /// What to do about it.
    pub hint: Option<String>,
}

/// The result of a stage whose failure is one or more errors.
pub type Outcome<T> = Result<T, Vec<Diagnostic>>;

impl Place {
    /// A whole file.
    pub fn file(file: impl Into<Arc<str>>) -> Self {
        Self { file: file.into(), line: None, column: None, text: None }
    }

    /// A line and column in a file, both from 1, with the line itself taken from `source`, the file's text.
    pub fn at(file: impl Into<Arc<str>>, source: &str, line: u32, column: u32) -> Self {
        let text = source.lines().nth(line.saturating_sub(1) as usize).and_then(|text| kept(text, column));
        Self { file: file.into(), line: Some(line), column: Some(column), text }
    }

    /// The place of a byte offset in `source`, the file's text.
    pub fn offset(file: impl Into<Arc<str>>, source: &str, offset: usize) -> Self {
        let before = &source[..source.floor_char_boundary(offset)];
        let line = before.matches('\n').count() as u32 + 1;
        let column = before.rsplit('\n').next().unwrap_or("").chars().count() as u32 + 1;
        Self::at(file, source, line, column)
    }
}

/// Characters of a line that a message keeps, and those of them that its place may be behind.
const KEPT: (usize, u32) = (4000, 3900);

/// A line as a message keeps it: of a very long one its beginning, if the place is in that.
fn kept(line: &str, column: u32) -> Option<String> {
    let (most, reach) = KEPT;
    match line.char_indices().nth(most) {
        None => Some(line.to_owned()),
        Some((end, _)) => (column <= reach).then(|| format!("{}…", &line[..end])),
    }
}

impl Diagnostic {
    /// An error: the handout cannot be written.
    pub fn error(code: &'static str, message: impl Into<String>) -> Self {
        Self { severity: Severity::Error, code, message: message.into(), place: None, hint: None }
    }

    /// A warning: the handout is written all the same.
    pub fn warning(code: &'static str, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, message) }
    }

    /// A note: nothing is wrong.
    pub fn note(code: &'static str, message: impl Into<String>) -> Self {
        Self { severity: Severity::Note, ..Self::error(code, message) }
    }

    /// The same, at `place`.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// The same, with what to do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Whether the handout cannot be written.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}
