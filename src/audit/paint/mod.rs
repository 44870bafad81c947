//! Rules on what is painted: whether words that are there can be seen. A rule is a file; [`scene`], [`outline`] and
//! [`ground`] tell it what is where on a page.

mod better;
mod contrast;
mod ground;
mod outline;
mod scene;
mod size;
#[cfg(test)]
mod tests;

use super::{Report, Rule};
use crate::config::Brand;
use crate::diag::Place;
use crate::fonts::FontBook;
use crate::layout::{Artifact, Pages, Tag};
use crate::style::{NodeId, Pseudo, StyledTree};
use contrast::Contrast;
use scene::{Run, Scene};
use size::Size;

/// Audits the pages that were made of a document.
pub fn paint(tree: &StyledTree, pages: &Pages, fonts: &FontBook, brand: &Brand) -> Report {
    let printed = Printed { tree, pages, fonts, brand };
    let (mut contrast, mut size) = (Contrast::default(), Size::default());
    for page in &pages.pages {
        let scene = Scene::of(page);
        for run in scene.runs.iter().filter(|run| is_read(run)) {
            contrast.look(&printed, &scene, run);
            size.look(&printed, run);
        }
    }
    [contrast.check(&printed), size.check(&printed)].into_iter().collect()
}

/// The rules, in the order of the report.
pub(super) fn rules() -> impl Iterator<Item = &'static Rule> {
    [&contrast::RULE, &size::RULE].into_iter()
}

/// Whether somebody reads a run: an artifact is decoration (WCAG 2.1, 1.4.3), but for what repeats on pages, such
/// as their numbers.
fn is_read(run: &Run) -> bool {
    let is_decoration =
        matches!(run.text.tag, Tag::Artifact(Artifact::Layout | Artifact::Background | Artifact::Page));
    !is_decoration && !run.text.text.chars().all(char::is_whitespace)
}

/// A document as it was printed, and what it was printed with.
struct Printed<'a> {
    tree: &'a StyledTree,
    pages: &'a Pages,
    fonts: &'a FontBook,
    brand: &'a Brand,
}

impl Printed<'_> {
    /// The node that something painted was made from; none of a running head, which is made from a style.
    fn node(&self, tag: Tag) -> Option<NodeId> {
        match tag {
            Tag::Element(id) => self.pages.structure.nodes.get(id.0 as usize)?.node,
            Tag::Artifact(_) => None,
        }
    }

    /// The place of something painted in the article's source.
    fn place(&self, tag: Tag) -> Place {
        self.node(tag).map_or_else(|| Place::file(self.tree.file.clone()), |node| self.tree.place(node))
    }

    /// What a stylesheet would call it: `p.lead`, `li::marker`.
    fn selector(&self, tag: Tag) -> String {
        let Some(element) = self.node(tag).and_then(|node| self.tree.element(self.element_of(node))) else {
            return "the margin of the page".to_owned();
        };
        let mut selector = element.tag.to_string();
        for class in &element.classes {
            selector.push('.');
            selector.push_str(class);
        }
        selector.push_str(match element.pseudo {
            None => "",
            Some(Pseudo::Before) => "::before",
            Some(Pseudo::After) => "::after",
            Some(Pseudo::Marker) => "::marker",
            Some(Pseudo::FirstLetter) => "::first-letter",
            Some(Pseudo::FootnoteCall) => "::footnote-call",
            Some(Pseudo::FootnoteMarker) => "::footnote-marker",
        });
        format!("`{selector}`")
    }

    /// The element that a node is, or is in.
    fn element_of(&self, node: NodeId) -> NodeId {
        match self.tree.element(node) {
            Some(_) => node,
            None => self.tree.node(node).parent.unwrap_or(node),
        }
    }
}

/// The first words of a text, for a message.
fn first_words(text: &str) -> String {
    const MOST: usize = 40;
    let text = text.trim();
    let mut end = text.len();
    if text.chars().count() > MOST {
        let cut = text.char_indices().nth(MOST).map_or(text.len(), |(at, _)| at);
        end = text[..cut].rfind(char::is_whitespace).unwrap_or(cut);
    }
    if end < text.len() { format!("{} …", &text[..end]) } else { text.to_owned() }
}
