//! What layout has to tell about a document.

use super::boxes::BoxId;
use super::context::Context;
use super::scale::Overflow;
use crate::diag::{Diagnostic, Place};
use crate::style::StyledTree;
use crate::units::{Mm, Pt, Px};

/// A box that cannot be divided is taller than the page.
pub(super) fn too_tall(cx: &Context, id: BoxId, over: Px) -> Diagnostic {
    let what = name(cx, id);
    let over = Mm::from(over).0;
    Diagnostic::warning("overflow", format!("{what} is {over:.1} mm taller than the page has room for"))
        .at(cx.tree.place(cx.layout_box(id).node))
        .hint("give it a `max-height`, or let it break")
}

/// A box sticks out of the sheet at its side.
pub(super) fn too_wide(cx: &Context, id: BoxId, over: Px) -> Diagnostic {
    let what = name(cx, id);
    let over = Mm::from(over).0;
    Diagnostic::warning("overflow", format!("{what} sticks out of the page by {over:.1} mm"))
        .at(cx.tree.place(cx.layout_box(id).node))
        .hint("give it a `max-width`, or make what is in it narrower")
}

/// Text goes on below the end of the sheet: it stands in a positioned box, which does not break.
pub(super) fn below_page(cx: &Context, id: BoxId, over: Px) -> Diagnostic {
    let what = name(cx, id);
    let over = Mm::from(over).0;
    Diagnostic::warning("overflow", format!("text of {what} goes {over:.1} mm below the page and is lost"))
        .at(cx.tree.place(cx.layout_box(id).node))
        .hint("absolute boxes do not break between pages: let it float, or make it shorter")
}

/// Boxes are nested so deeply that the innermost were made one paragraph.
pub(super) fn too_deep(cx: &Context, node: crate::style::NodeId) -> Diagnostic {
    Diagnostic::warning("too-deep", "elements are nested too deeply; the innermost are set as plain text")
        .at(cx.tree.place(node))
}

/// The page numbers that the text quotes move what they are the numbers of.
pub(super) fn unsettled(cx: &Context) -> Diagnostic {
    Diagnostic::warning(
        "page-numbers",
        "the page numbers that the text quotes change what is on the pages, and some of them may be wrong",
    )
    .at(crate::diag::Place::file(cx.tree.file.clone()))
    .hint("put what quotes them, such as a table of contents, on pages of its own, or change the text around it")
}

/// The document has more pages than it may, though it is set as small as it may be.
pub(super) fn too_many_pages(
    tree: &StyledTree,
    body: Pt,
    pages: usize,
    limit: usize,
    over: &Overflow,
) -> Diagnostic {
    let height = Mm::from(over.height).0.max(1.0);
    let noun = if limit == 1 { "one page".to_owned() } else { format!("{limit} pages") };
    let section = over.heading.map(|heading| format!(", from the section `{}` on", tree.words(heading)));
    let message = format!(
        "set in {} pt, the smallest size, this takes {pages} pages where `pages` asks for at most {noun}: {height:.0} mm too much{}",
        (body.0 * 10.0).round() / 10.0,
        section.unwrap_or_default()
    );
    let places = over.heading.into_iter().chain(over.first).map(|node| tree.place(node));
    let place = places.into_iter().find(|place| place.line.is_some());
    let place = place.unwrap_or_else(|| Place::file(tree.file.clone()));
    Diagnostic::error("too-many-pages", message)
        .at(place)
        .hint(format!("cut about {}, or raise `pages`", roughly(over.words)))
}

/// A number of words as people say it.
fn roughly(words: usize) -> String {
    match words {
        0 => "a picture".to_owned(),
        1..=10 => "10 words".to_owned(),
        11..=99 => format!("{} words", words.div_ceil(5) * 5),
        _ => format!("{} words", words.div_ceil(10) * 10),
    }
}

fn name(cx: &Context, id: BoxId) -> String {
    match cx.tree.element(cx.layout_box(id).node) {
        Some(element) => match element.classes.first() {
            Some(class) => format!("`{}.{class}`", element.tag),
            None => format!("`{}`", element.tag),
        },
        None => "a box".to_owned(),
    }
}

/// The document is set smaller to keep to its number of pages.
pub(super) fn scaled(file: &str, scale: f32, limit: usize) -> Diagnostic {
    let percent = scale * 100.0;
    let noun = if limit == 1 { "one page".to_owned() } else { format!("{limit} pages") };
    Diagnostic::note("scaled", format!("type and space are set at {percent:.1} % to keep to {noun}"))
        .at(Place::file(file))
}
