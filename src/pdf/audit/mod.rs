//! What must hold in every file that is written, looked at before it becomes bytes (ISO 14289-1; ISO 19005-2).
//!
//! Most of it holds by construction, and is looked at all the same: what is filed as evidence was checked, and not
//! only meant. [`content`] looks at operators, [`glyphs`] at what they show, [`structure`] at elements, and [`objects`]
//! at the rest of the file. All of them go over each thing once.

mod content;
mod glyphs;
mod objects;
mod structure;
#[cfg(test)]
mod tests;

use super::content::Content;
use super::document::Document;
use super::font::Fonts;
use crate::audit::{Check, Report, Rule};
use crate::diag::{Diagnostic, Place};
use crate::layout::{Pages, StructureNode};
use crate::style::NodeId;

/// Every rule of these audits, in the order of the report.
const RULES: [&Rule; 11] = [
    &content::MARKED,
    &glyphs::UNICODE,
    &structure::OWNED,
    &structure::NESTED,
    &structure::STANDARD,
    &structure::FIGURES,
    &structure::LANGUAGES,
    &objects::FONTS,
    &objects::LINKS,
    &objects::PAGES,
    &objects::CATALOG,
];

/// Every rule that is checked on a finished PDF.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    RULES.into_iter()
}

/// Where a node of the styled tree is in its source.
pub type Places<'p> = &'p dyn Fn(NodeId) -> Option<Place>;

/// Audits what is painted, and with which glyphs.
pub(super) fn painted(content: &Content, pages: &Pages, fonts: &Fonts) -> Report {
    [content::marked(content), glyphs::unicode(pages, fonts)].into_iter().collect()
}

/// Audits the finished objects.
pub(super) fn written(document: &Document, pages: &Pages, places: Places) -> Report {
    let structure = [
        structure::owned(document),
        structure::nested(&pages.structure, places),
        structure::standard(&pages.structure, places),
        structure::figures(&pages.structure, places),
        structure::languages(pages, places),
    ];
    let objects = [
        objects::fonts(document),
        objects::links(document),
        objects::pages(document),
        objects::catalog(document),
    ];
    structure.into_iter().chain(objects).collect()
}

/// An error about an element, at its place where it has one.
fn about(check: &Check, node: &StructureNode, places: Places, message: String) -> Diagnostic {
    let error = check.error(message);
    match node.node.and_then(places) {
        Some(place) => error.at(place),
        None => error,
    }
}
