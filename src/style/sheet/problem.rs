//! What is wrong in a stylesheet, with the line it is on.

use std::sync::Arc;

use cssparser::SourceLocation;

use crate::diag::{Diagnostic, Place};

/// The place of what is in no line that is known.
pub(crate) const NOWHERE: SourceLocation = SourceLocation { line: u32::MAX, column: 1 };

/// The text of a stylesheet, for messages.
#[derive(Debug)]
pub(crate) struct SheetText {
    /// The file as a person would name it.
    pub file: Arc<str>,
    /// What is in it.
    pub source: Arc<str>,
}

impl SheetText {
    /// A place in the stylesheet.
    pub fn place(&self, at: SourceLocation) -> Place {
        if at == NOWHERE {
            return Place::file(self.file.clone());
        }
        let line = self.source.lines().nth(at.line as usize).unwrap_or("");
        let before = line.floor_char_boundary((at.column as usize).saturating_sub(1));
        let column = line[..before].chars().count() as u32 + 1;
        Place::at(self.file.clone(), &self.source, at.line + 1, column)
    }

    /// A warning at a place of the stylesheet.
    pub fn warning(&self, at: SourceLocation, refusal: Refusal) -> Diagnostic {
        let warning = Diagnostic::warning(refusal.code, refusal.message).at(self.place(at));
        match refusal.hint {
            Some(hint) => warning.hint(hint),
            None => warning,
        }
    }
}

/// Why something in a stylesheet is left out.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Refusal {
    pub code: &'static str,
    pub message: String,
    pub hint: Option<String>,
}

impl Refusal {
    /// A refusal with a hint.
    pub fn new(code: &'static str, message: impl Into<String>, hint: Option<String>) -> Self {
        Self { code, message: message.into(), hint }
    }
}

/// A value as messages show it: on one line and not too long.
pub(super) fn shown(text: &str) -> String {
    let mut words = text.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
    if words.chars().count() > 60 {
        words = words.chars().take(59).chain(['…']).collect();
    }
    words
}
