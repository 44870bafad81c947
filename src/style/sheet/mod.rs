//! Stylesheets, parsed once a run and shared by all articles.

mod conditions;
mod declaration;
mod page;
mod parser;
mod problem;

pub(crate) use declaration::{Block, Declaration, Kind, Wide, invalid, parse_attribute, parse_property};
pub(crate) use page::PageSource;
pub(crate) use problem::{NOWHERE, Refusal, SheetText};

use std::sync::Arc;

use super::selector::Buckets;
use crate::diag::Diagnostic;

/// A stylesheet: its rules, ready to be matched.
pub struct Stylesheet {
    /// What each rule declares, in order of writing.
    pub(crate) blocks: Vec<Block>,
    /// The rules' selectors.
    pub(crate) buckets: Buckets,
    /// The `@page` rules in order.
    pub(crate) pages: Vec<PageSource>,
    /// Its text, for messages.
    pub(crate) text: Arc<SheetText>,
}

impl Stylesheet {
    /// Parses a stylesheet (CSS Syntax 3). `file` is its name in messages.
    ///
    /// What is unknown or invalid is left out, as the standard has it, and said in a warning.
    pub fn parse(text: &str, file: &str) -> (Self, Vec<Diagnostic>) {
        parser::parse(text, file)
    }
}

impl std::fmt::Debug for Stylesheet {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Stylesheet({}, {} rules)", self.text.file, self.blocks.len())
    }
}
