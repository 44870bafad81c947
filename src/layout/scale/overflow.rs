//! What stands on the pages that are too many: how much, and where it begins.

use super::super::context::Context;
use super::super::fragment::{Fragment, FragmentContent};
use super::super::page::LaidPage;
use super::super::structure::Tags;
use super::super::{Item, Page, Tag, TagId};
use crate::style::{Content, NodeId, StyledTree};
use crate::units::Px;

/// What stands on the pages that are too many.
#[derive(Clone, Debug, Default)]
pub(in crate::layout) struct Overflow {
    /// How high it is, all such pages together.
    pub height: Px,
    /// As many words as take so much room in this document.
    pub words: usize,
    /// The first element of it.
    pub first: Option<NodeId>,
    /// The heading of the section that it begins in.
    pub heading: Option<NodeId>,
}

/// What stands on the pages from `limit` on, counted from 0; nothing where there are none.
pub(in crate::layout) fn overflow(
    cx: &Context,
    laid: &[LaidPage],
    pages: &[Page],
    tags: &Tags,
    limit: usize,
) -> Option<Overflow> {
    let extra = pages.get(limit..).filter(|extra| !extra.is_empty())?;
    let height: Px = laid.iter().skip(limit).map(filled).sum();
    let all: Px = laid.iter().map(filled).sum();
    let mut words = 0;
    pages.iter().for_each(|page| count(&page.items, &mut words));
    let words = (words as f32 * (height / all.max(Px(1.0)))).round() as usize;
    let first = extra.iter().find_map(|page| earliest(&page.items));
    let first = first.and_then(|tag| tags.first_node(tag));
    let heading = first.and_then(|first| heading_before(cx.tree, first));
    Some(Overflow { height, words, first, heading })
}

/// How much of its pages a document takes, in pages: the last one as far as it is filled.
pub(in crate::layout) fn fill(laid: &[LaidPage]) -> f32 {
    let Some((last, before)) = laid.split_last() else { return 0.0 };
    before.len() as f32 + (filled(last) / last.area().size.height.max(Px(1.0))).min(1.0)
}

/// How much of its content area a page fills, text and footnotes. What holds content reaches to the page's end where a break is
/// in it, so it is the content that tells.
fn filled(page: &LaidPage) -> Px {
    let bottom = page.root.as_ref().map_or(Px::ZERO, |root| bottom(root, Px::ZERO));
    let notes = page.notes.as_ref().map_or(Px::ZERO, |notes| notes.rect.size.height);
    (bottom - page.area().top()).max(Px::ZERO) + notes
}

fn bottom(fragment: &Fragment, above: Px) -> Px {
    let top = above + fragment.rect.top();
    match &fragment.content {
        FragmentContent::Boxes(children) if !children.is_empty() => {
            children.iter().map(|child| bottom(child, top)).fold(top, Px::max)
        }
        _ => above + fragment.rect.bottom(),
    }
}

/// Adds the words of text that is read out.
fn count(items: &[Item], words: &mut usize) {
    for item in items {
        match item {
            Item::Text(text) if matches!(text.tag, Tag::Element(_)) => {
                *words += text.text.split_whitespace().count();
            }
            Item::Group(group) => count(&group.items, words),
            _ => {}
        }
    }
}

/// The first element, in the order of reading, that something is painted of.
fn earliest(items: &[Item]) -> Option<TagId> {
    let of_item = |item: &Item| match item {
        Item::Text(text) => element(text.tag),
        Item::Shape(shape) => element(shape.tag),
        Item::Picture(_, _, tag) => element(*tag),
        Item::Group(group) => earliest(&group.items),
    };
    items.iter().filter_map(of_item).min()
}

fn element(tag: Tag) -> Option<TagId> {
    match tag {
        Tag::Element(id) => Some(id),
        Tag::Artifact(_) => None,
    }
}

/// The last heading of the document that begins at or before a node.
fn heading_before(tree: &StyledTree, node: NodeId) -> Option<NodeId> {
    let is_heading = |id: &NodeId| match &tree.node(*id).content {
        Content::Element(element) => {
            element.pseudo.is_none() && matches!(&*element.tag, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
        }
        _ => false,
    };
    (0..=node.0).rev().map(NodeId).find(is_heading)
}
