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
//! 5. `audit` looks at what was made: what is meant to hold by construction is checked in every file;
//! 6. `file` writes the bytes.

mod audit;
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

pub use audit::{Places, rules};

use crate::audit::{Report, Rule};
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

/// A file, and what was checked of it.
#[derive(Clone, Debug)]
pub struct Written {
    /// The PDF.
    pub bytes: Vec<u8>,
    /// The checks on what was made. A finding is an error: the file does not conform.
    pub report: Report,
}

impl Written {
    /// What is wrong with the file that is not known of its text: what a rule on the text that keeps the same clause
    /// has found on the same line is told once.
    pub fn findings_beside(&self, known: &Report) -> Vec<Diagnostic> {
        let line =
            |finding: &Diagnostic| finding.place.as_ref().map(|place| (place.file.clone(), place.line));
        let is_known = |rule: &Rule, finding: &Diagnostic| {
            let same = known.checks.iter().filter(|check| rule.shares_clause(check.rule));
            let mut found = same.flat_map(|check| &check.findings);
            finding.place.is_some() && found.any(|other| other.is_error() && line(other) == line(finding))
        };
        let checks = self.report.checks.iter();
        let findings = checks.flat_map(|check| check.findings.iter().map(|finding| (check.rule, finding)));
        findings
            .filter(|(rule, finding)| !is_known(rule, finding))
            .map(|(_, finding)| finding.clone())
            .collect()
    }
}

/// Writes a document; `places` tells where a node that an element was made from is in its source. The same pages
/// and fonts give the same bytes.
///
/// A group that lets show through what is behind it is painted as a whole where all of it belongs to one
/// element. In any other its opacity is multiplied into what it holds: a form cannot be marked piece by piece
/// as cheaply, and only where things overlap can the difference be seen.
///
/// # Errors
/// `bad-font` where a font cannot be taken apart.
pub fn write(
    pages: &Pages,
    fonts: &FontBook,
    tagging: Tagging,
    places: Places,
) -> Result<Written, Diagnostic> {
    let fonts = font::Fonts::embed(pages, fonts)?;
    let content = content::paint(pages, &fonts, tagging);
    let mut report = match tagging {
        Tagging::Tagged => audit::painted(&content, pages, &fonts),
        Tagging::None => Report::default(),
    };
    let mut document = document::Document::assemble(pages, &fonts, content);
    let links = link::annotate(&mut document, pages);
    if tagging == Tagging::Tagged {
        structure::write(&mut document, &pages.structure, links);
    }
    navigation::write(&mut document, pages);
    metadata::write(&mut document, &pages.meta);
    if tagging == Tagging::Tagged {
        report.extend(audit::written(&document, pages, places));
    }
    Ok(Written { bytes: file::write(document), report })
}
