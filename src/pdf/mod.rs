//! [`Pages`] in, a PDF file out: tagged, archival and small.
//!
//! The file conforms to PDF 1.7 (ISO 32000-1), PDF/UA-1 (ISO 14289-1) and PDF/A-2a (ISO 19005-2) as far as the
//! pages allow it. Nothing is laid out here. The phases, each a file:
//!
//! 1. `font` takes the glyphs that the pages use out of each font, and tells what text each stands for;
//! 2. `content` with `text`, `shape` and `resources` turns items into printpdf's operators, each piece of
//!    content marked with the element that it belongs to or as an artifact;
//! 3. `document` lets printpdf make a document of them, and hands it over to lopdf;
//! 4. `structure`, `link`, `navigation`, `metadata` and `icc` add what printpdf has no words for;
//! 5. `file` writes the bytes.

mod content;
mod document;
mod file;
mod font;
mod icc;
mod link;
mod metadata;
mod navigation;
mod object;
mod resources;
mod shape;
mod space;
mod structure;
#[cfg(test)]
mod tests;
mod text;

use crate::diag::Diagnostic;
use crate::fonts::FontBook;
use crate::layout::Pages;

/// Whether a file tells what its content means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tagging {
    /// It has marked content, and a structure that tells what each mark is.
    #[default]
    Tagged,
    /// It is paint alone. This is there to measure what tags cost; nobody can ask the program for it.
    None,
}

/// Writes a document. The same pages and fonts give the same bytes.
///
/// A group that lets show through what is behind it is painted as a whole where all of it belongs to one
/// element. In any other its opacity is multiplied into what it holds: a form cannot be marked piece by piece
/// as cheaply, and only where things overlap can the difference be seen.
///
/// # Errors
/// `bad-font` where a font cannot be taken apart.
pub fn write(pages: &Pages, fonts: &FontBook, tagging: Tagging) -> Result<Vec<u8>, Diagnostic> {
    let fonts = font::Fonts::embed(pages, fonts)?;
    let content = content::paint(pages, &fonts, tagging);
    let mut document = document::Document::assemble(pages, &fonts, content);
    let links = link::annotate(&mut document, pages);
    if tagging == Tagging::Tagged {
        structure::write(&mut document, &pages.structure, links);
    }
    navigation::write(&mut document, pages);
    metadata::write(&mut document, &pages.meta);
    Ok(file::write(document))
}
