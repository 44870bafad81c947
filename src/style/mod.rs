//! HTML and CSS in, a [`StyledTree`] out: every element with the values that the cascade gave it.
//!
//! 1. [`sheet`](Stylesheet) parses stylesheets, once a run: rules, selectors and typed declarations, each
//!    property by its row in `properties`, with the kinds of `values`.
//! 2. `cascade` matches the rules of each element through `selector`, sorts them and computes its style.
//! 3. `notes` takes the notes at an article's end to their calls.
//! 4. `build` walks the document and makes the nodes: counters, markers, generated content, pictures.
//! 5. `pages` does the cascade of `@page`.

mod build;
mod cascade;
pub mod computed;
mod notes;
mod pages;
mod properties;
mod selector;
mod sheet;
#[cfg(test)]
pub(crate) mod tests;
mod tree;
mod values;

pub(crate) use build::counter_text;
pub use computed::ComputedStyle;
pub(crate) use properties::{ContentValue, Part, TargetWords};
pub use sheet::Stylesheet;
pub use tree::{Content, Element, Node, NodeId, PageStyle, PageStyles, Pseudo, StyledTree};

use std::sync::{Arc, LazyLock};

use crate::diag::{Diagnostic, Outcome};
use crate::dom;
use crate::media::Pictures;
use crate::read::Article;

/// What HTML elements look like before any layout speaks.
static USER_AGENT: LazyLock<Stylesheet> =
    LazyLock::new(|| Stylesheet::parse(include_str!("ua.css"), "ua.css").0);

/// Styles a document: `html` is what the layout gave, `sheets` are the author's in cascade order.
///
/// The diagnostics are of this document: images that are missing, `style` attributes that are wrong, values that
/// its custom properties make wrong. What is wrong in a stylesheet as such was said when it was parsed.
///
/// # Errors
/// None at present: HTML cannot be so wrong that it has no tree.
pub fn style(
    html: &str,
    sheets: &[Arc<Stylesheet>],
    pictures: &dyn Pictures,
    article: &Article,
) -> Outcome<(StyledTree, Vec<Diagnostic>)> {
    let mut document = dom::parse(html);
    notes::float(&mut document, article.meta.notes);
    let dom = selector::Dom::new(&document);
    let book = values::PictureBook::new(pictures);
    let mut builder = build::Builder::new(&dom, &USER_AGENT, sheets, &book, article);
    let root = builder.build(document.fragment());
    let pages = pages::styles(sheets, &mut builder, &root);
    let mut problems = builder.problems;
    problems.append(&mut builder.cascade.problems.take());
    problems.append(&mut book.problems.take());
    let problems = once_each(problems);
    let tree = StyledTree {
        hyphenation: std::sync::Arc::default(),
        nodes: builder.nodes,
        root: NodeId(0),
        pages,
        meta: Arc::new(article.meta.clone()),
        file: article.file.clone(),
        source: article.source.clone(),
    };
    Ok((tree, problems))
}

/// Each diagnostic once: one rule makes the same mistake for many elements.
fn once_each(problems: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut said: Vec<Diagnostic> = Vec::new();
    for problem in problems {
        if !said.contains(&problem) {
            said.push(problem);
        }
    }
    said
}
