//! What layout has to tell about a document.

use super::boxes::BoxId;
use super::context::Context;
use crate::diag::Diagnostic;
use crate::units::{Mm, Px};

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

/// The document has more pages than it may.
pub(super) fn too_many_pages(file: &str, pages: usize, limit: u32, over: Px) -> Diagnostic {
    let over = Mm::from(over).0;
    let noun = if limit == 1 { "page" } else { "pages" };
    Diagnostic::error(
        "too-many-pages",
        format!("{pages} pages come of it where at most {limit} {noun} are asked for: {over:.0} mm too much"),
    )
    .at(crate::diag::Place::file(file))
    .hint("shorten the text, or raise `pages`")
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
pub(super) fn scaled(file: &str, scale: f32, limit: u32) -> Diagnostic {
    let percent = scale * 100.0;
    let noun = if limit == 1 { "one page".to_owned() } else { format!("{limit} pages") };
    Diagnostic::warning("scaled", format!("type and space are set at {percent:.1} % to keep to {noun}"))
        .at(crate::diag::Place::file(file))
}
