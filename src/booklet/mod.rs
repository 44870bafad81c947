//! Several documents as one: [`Pages`] of each in, [`Pages`] of the booklet out.
//!
//! The documents are laid out already, each with the number that its first page has in the booklet ([`Plan`] says
//! which). Binding puts their pages behind each other, hangs their structures and bookmarks under one, gives
//! anchors names of their own, and makes links from one document to another links inside the booklet (`links`).

mod links;
mod plan;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use crate::geom::Point;
use crate::layout::{Anchor, Item, Outline, Page, Pages, Structure, StructureNode, Tag, TagId};
use crate::read::Metadata;
use links::Names;

pub use plan::{Plan, Start};

/// A document of a booklet.
#[derive(Clone, Debug)]
pub struct Part {
    /// What its file would be called, without ending; no two parts have the same.
    pub slug: String,
    /// The name of its source, without folder and ending, which links may use too.
    pub stem: String,
    /// Its pages, laid out with the number that [`Plan`] gives its first one.
    pub pages: Pages,
}

/// Binds the front matter (a cover, contents) and the parts behind it.
///
/// `base_url` is where the documents are on the web: links to them there become links inside.
pub fn bind(
    meta: Arc<Metadata>,
    front: Pages,
    parts: Vec<Part>,
    plan: &Plan,
    base_url: Option<&str>,
) -> Pages {
    let names = Names::of(&parts, base_url);
    let document = StructureNode { role: "Document", lang: lang(&meta), ..StructureNode::default() };
    let mut binder = Binder {
        bound: Pages { structure: Structure { nodes: vec![document] }, meta, ..Pages::default() },
        names,
    };
    binder.add(front, None);
    for (index, part) in parts.into_iter().enumerate() {
        binder.blank_until(plan.index(index));
        binder.add(part.pages, Some(&part.slug));
    }
    binder.bound
}

fn lang(meta: &Metadata) -> Option<Arc<str>> {
    (!meta.lang.is_empty()).then(|| Arc::from(meta.lang.as_str()))
}

struct Binder {
    bound: Pages,
    names: Names,
}

impl Binder {
    /// Adds blank pages like the last one, so that the next page is the one with this index.
    fn blank_until(&mut self, index: usize) {
        while self.bound.pages.len() < index {
            let (number, size, outside) = self
                .bound
                .pages
                .last()
                .map(|page| (page.number.saturating_add(1), page.size, page.outside))
                .unwrap_or_default();
            self.bound.pages.push(Page { number, size, outside, ..Page::default() });
        }
    }

    /// Adds the pages of one document.
    fn add(&mut self, pages: Pages, slug: Option<&str>) {
        let page = self.bound.pages.len();
        let tag = self.bound.structure.nodes.len() as u32;
        let own: Vec<Arc<str>> = pages.anchors.iter().map(|anchor| anchor.name.clone()).collect();
        if let Some(slug) = slug {
            self.bound.anchors.push(Anchor { name: links::start(slug), page, at: Point::default() });
        }
        self.bound.anchors.extend(pages.anchors.into_iter().map(|anchor| Anchor {
            name: links::inside(slug, &anchor.name),
            page: anchor.page + page,
            ..anchor
        }));
        self.outline(pages.outline, slug.map(|_| pages.meta.title.as_str()), page);
        for mut sheet in pages.pages {
            retag(&mut sheet.items, tag);
            for link in &mut sheet.links {
                shift(&mut link.tag, tag);
                link.target = self.names.target(&link.target, slug, &own);
            }
            self.bound.pages.push(sheet);
        }
        self.structure(pages.structure, &pages.meta, page);
    }

    /// Hangs the structure of a document under the booklet's. What was the document is now a part of one.
    fn structure(&mut self, structure: Structure, meta: &Metadata, page: usize) {
        let nodes = &mut self.bound.structure.nodes;
        let first = nodes.len() as u32;
        if structure.nodes.is_empty() {
            return;
        }
        nodes[0].children.push(TagId(first));
        nodes.extend(structure.nodes.into_iter().map(|mut node| {
            node.children.iter_mut().chain(&mut node.headers).for_each(|other| other.0 += first);
            node.bounds = node.bounds.map(|(at, rect)| (at + page, rect));
            node.node = None;
            node
        }));
        let root = &mut nodes[first as usize];
        root.role = "Part";
        root.title = (!meta.title.is_empty()).then(|| Arc::from(meta.title.as_str()));
        root.lang = lang(meta);
    }

    /// The bookmarks of a document under one for the document, which its title's own becomes. Those of the front
    /// matter stand at the top.
    fn outline(&mut self, outline: Vec<Outline>, title: Option<&str>, page: usize) {
        let moved = |bookmark: Outline, level: u8| Outline { level, page: bookmark.page + page, ..bookmark };
        let Some(title) = title else {
            self.bound.outline.extend(outline.into_iter().map(|bookmark| moved(bookmark, 1)));
            return;
        };
        let mut rest = outline.into_iter().peekable();
        let is_title = |bookmark: &Outline| bookmark.level == 1 && is_same(&bookmark.title, title);
        let first = rest.next_if(is_title).map(|bookmark| moved(bookmark, 1));
        let first = first.unwrap_or_else(|| Outline {
            level: 1,
            title: title.to_owned(),
            page,
            at: Point::default(),
        });
        self.bound.outline.push(first);
        self.bound.outline.extend(rest.map(|bookmark| {
            let level = bookmark.level.max(2);
            moved(bookmark, level)
        }));
    }
}

fn is_same(one: &str, other: &str) -> bool {
    one.split_whitespace().eq(other.split_whitespace())
}

fn retag(items: &mut [Item], by: u32) {
    for item in items {
        match item {
            Item::Group(group) => retag(&mut group.items, by),
            Item::Text(text) => shift(&mut text.tag, by),
            Item::Shape(shape) => shift(&mut shape.tag, by),
            Item::Picture(_, _, tag) => shift(tag, by),
        }
    }
}

fn shift(tag: &mut Tag, by: u32) {
    if let Tag::Element(id) = tag {
        id.0 += by;
    }
}
