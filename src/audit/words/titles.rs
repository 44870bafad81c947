//! A document has a title that says what it is.

use super::Audit;
use super::reading::Reading;
use crate::audit::{Check, Rule, Standard};
use crate::diag::Place;

pub(super) const AUDITS: &[Audit] = &[(&MISSING, missing), (&FILE_NAME, file_name)];

static MISSING: Rule = Rule {
    code: "missing-title",
    asks: "The document has a title.",
    clauses: &[
        Standard::PdfUa1.clause("7.1"),
        Standard::Matterhorn.clause("06-003"),
        Standard::Wcag21.clause("2.4.2"),
    ],
};

static FILE_NAME: Rule = Rule {
    code: "title-file-name",
    asks: "The title says what the document is, and is not the name of a file.",
    clauses: &[Standard::Matterhorn.clause("06-004"), Standard::Wcag21.clause("2.4.2")],
};

fn missing(reading: &Reading<'_>, check: &mut Check) {
    let is_missing = !reading.tree.meta.title.chars().any(char::is_alphanumeric);
    let finding = is_missing.then(|| {
        let error = check.error("the document has no title").at(place(reading));
        error.hint("add `title: …` to its metadata, or begin it with a heading")
    });
    check.examine(finding);
}

fn file_name(reading: &Reading<'_>, check: &mut Check) {
    let title = reading.tree.meta.title.trim();
    let finding = is_file_name(title).then(|| {
        let warning = check.warning(format!("the title, `{title}`, looks like the name of a file"));
        warning.at(place(reading)).hint("say what the handout is about: `title: …` in its metadata")
    });
    check.examine(finding);
}

fn place(reading: &Reading<'_>) -> Place {
    let places = reading.tree.meta.places.as_ref();
    match places.and_then(|values| values.get("title")) {
        Some(title) => title.place(),
        None => reading.place_of(reading.tree.root, &[]),
    }
}

/// Whether a text is one word that ends as files do, or has signs between its words that only names of files have.
pub(super) fn is_file_name(text: &str) -> bool {
    const ENDINGS: [&str; 17] = [
        "doc", "docx", "gif", "htm", "html", "jpeg", "jpg", "md", "odt", "pdf", "png", "pptx", "svg", "tif",
        "txt", "webp", "xlsx",
    ];
    let ends_so = text
        .rsplit_once('.')
        .is_some_and(|(name, ending)| !name.is_empty() && ENDINGS.contains(&&*ending.to_ascii_lowercase()));
    let is_one_word = !text.contains(char::is_whitespace);
    let is_made = text.contains('_') && text.chars().any(|char| char.is_ascii_digit());
    let is_address = text.contains("://");
    !is_address && (ends_so || (is_one_word && is_made))
}
