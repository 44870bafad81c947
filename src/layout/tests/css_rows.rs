//! Every row of docs/css.md does something: its example, put into a document of `tests/css/rows.html`, changes what
//! is on the pages.

use std::path::Path;

use super::super::{Pages, Setting, layout};
use super::{fonts, styled_with};
use crate::files::Memory;
use crate::fonts::FontBook;
use crate::media::Library;
use crate::style::tests::docs::rows;

/// Where an example goes.
const HERE: &str = "/* here */";
/// Ten px of type on lines of ten px, without margins.
const SLIM: &str =
    "@page { margin: 0 } html { font: 10px/1 'Handout Test' } p, ul, ol, h1, h2, figure { margin: 0 }";

/// A document, and the rows that it is for.
struct Document<'d> {
    rows: Vec<&'d str>,
    html: &'d str,
}

fn documents(file: &str) -> Vec<Document<'_>> {
    let parts = file.split("<!-- for: ").skip(1);
    parts
        .filter_map(|part| part.split_once("-->"))
        .map(|(rows, html)| Document { rows: rows.split_whitespace().collect(), html })
        .collect()
}

fn read(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    std::fs::read_to_string(path).expect("the file is there")
}

/// The test fonts and the bundled ones.
fn all_fonts() -> FontBook {
    let mut all = FontBook::bundled();
    for face in fonts().faces() {
        all.add(&face.file, face.data.clone()).expect("the test font is a font");
    }
    all
}

/// What is on the pages of a document, bookmarks too.
fn shown(html: &str, fonts: &FontBook) -> String {
    let files = Memory::default();
    let library = Library::new(&files, Path::new("/")).with_fonts(fonts);
    let (tree, _) = styled_with(html, SLIM, &library);
    let (pages, _) = layout(&tree, fonts, &Setting::default()).expect("no page limit");
    let Pages { pages, outline, anchors, .. } = pages;
    format!("{pages:?} {outline:?} {anchors:?}")
}

#[test]
fn every_property_of_the_documentation_changes_a_page() {
    let (docs, file, fonts) = (read("docs/css.md"), read("tests/css/rows.html"), all_fonts());
    let documents = documents(&file);
    let bare: Vec<String> = documents.iter().map(|document| shown(document.html, &fonts)).collect();
    let properties = rows(&docs, |heading| heading.starts_with("Properties"));
    assert!(properties.len() > 200, "the tables are read");
    let mut idle = Vec::new();
    for (name, example) in &properties {
        let is_own = |at: &usize| documents[*at].rows.contains(&name.as_str());
        let own: Vec<usize> = (0..documents.len()).filter(is_own).collect();
        let tried = if own.is_empty() { vec![0] } else { own };
        let changes = |at: usize| {
            let html = documents[at].html;
            assert!(html.contains(HERE), "a document without a place for {name}");
            shown(&html.replace(HERE, &format!("{example};")), &fonts) != bare[at]
        };
        if !tried.into_iter().any(changes) {
            idle.push(example);
        }
    }
    assert!(idle.is_empty(), "these change nothing: {idle:#?}");
    for row in documents.iter().flat_map(|document| &document.rows).filter(|row| **row != "*") {
        assert!(properties.iter().any(|(name, _)| name == row), "docs/css.md has no row for {row}");
    }
}

/// A document in which each selector of the documentation finds something.
const SELECTED: &str = "<main><h2 class=a id=b lang=nl-BE href=https://a.nl><i>i</i></h2><p>p</p><p class=a>q</p>\
    <p><em>e</em></p><p></p><ul><li>l</li></ul><h1 class=a>h<em>e</em></h1>\
    <div lang=nl><a href=x>a</a></div><div><p class=a></p></div><p>f<i>n</i></p></main>";

#[test]
fn every_rule_of_the_documentation_changes_a_page() {
    let (docs, fonts) = (read("docs/css.md"), all_fonts());
    let document = |css: &str| {
        format!(
            "<style>i {{ float: footnote }} li::marker {{ content: '-' }} p::before, p::after {{ content: '*' }} \
             @page {{ size: 300px }} {css}</style>{SELECTED}"
        )
    };
    let bare = shown(&document(""), &fonts);
    let rules = rows(&docs, |heading| heading.starts_with("At-rules") || heading.starts_with("Selectors"));
    assert!(rules.len() > 8, "the tables are read");
    let idle: Vec<&String> = rules
        .iter()
        .filter(|(name, _)| name != "@charset")
        .map(|(_, example)| example)
        .filter(|example| shown(&document(&example.replace("wide:first", ":first")), &fonts) == bare)
        .collect();
    assert!(idle.is_empty(), "these change nothing: {idle:#?}");
}
