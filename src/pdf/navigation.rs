//! Ways through the document: bookmarks, named destinations, page labels (ISO 32000-1, 12.3 and 12.4.2).

use std::collections::BTreeMap;

use lopdf::{Dictionary, Object, ObjectId};

use super::document::Document;
use super::object::{dictionary, name, text};
use super::space::round;
use crate::geom::Point;
use crate::layout::{Anchor, Outline, Pages};

/// Writes all of them.
pub(super) fn write(document: &mut Document, pages: &Pages) {
    write_outline(document, &pages.outline);
    write_destinations(document, &pages.anchors);
    document.catalog.set("PageLabels", page_labels(pages));
    document.catalog.set("ViewerPreferences", dictionary([("DisplayDocTitle", true.into())]));
}

/// The numbers that readers show for pages: those that are printed (12.4.2). A new range begins where a page does not
/// have the number after the one before it.
fn page_labels(pages: &Pages) -> Dictionary {
    let mut ranges: Vec<Object> = Vec::new();
    let mut next = None;
    for (at, page) in pages.pages.iter().enumerate() {
        if next != Some(page.number) {
            let label = match page.number {
                1 => dictionary([("S", name("D"))]),
                2.. => dictionary([("S", name("D")), ("St", i64::from(page.number).into())]),
                // A range counts from 1 at least.
                ..=0 => dictionary([("P", text(&page.number.to_string()))]),
            };
            ranges.extend([(at as i64).into(), label.into()]);
        }
        next = (page.number > 0).then(|| page.number.saturating_add(1));
    }
    dictionary([("Nums", ranges.into())])
}

/// A bookmark on its way into the file.
struct Entry {
    id: ObjectId,
    /// Its place among all; the root's is none.
    parent: Option<usize>,
    /// Its place among the children of its parent.
    place: usize,
    children: Vec<usize>,
}

fn write_outline(document: &mut Document, outline: &[Outline]) {
    if outline.is_empty() {
        return;
    }
    let root = document.objects.new_object_id();
    let (entries, top) = nest(document, outline);
    for (entry, bookmark) in entries.iter().zip(outline) {
        let siblings = entry.parent.map_or(&top, |parent| &entries[parent].children);
        let sibling = |at: Option<usize>| {
            at.and_then(|at| siblings.get(at)).map_or(Object::Null, |at| reference(&entries, *at))
        };
        let dictionary = dictionary([
            ("Title", text(&bookmark.title)),
            ("Parent", Object::Reference(entry.parent.map_or(root, |parent| entries[parent].id))),
            ("Prev", sibling(entry.place.checked_sub(1))),
            ("Next", sibling(Some(entry.place + 1))),
            ("First", entry.children.first().map_or(Object::Null, |at| reference(&entries, *at))),
            ("Last", entry.children.last().map_or(Object::Null, |at| reference(&entries, *at))),
            // Negative: folded when the document opens.
            (
                "Count",
                if entry.children.is_empty() {
                    Object::Null
                } else {
                    (-(entry.children.len() as i64)).into()
                },
            ),
            ("Dest", destination(document, bookmark.page, bookmark.at)),
        ]);
        document.objects.set_object(entry.id, dictionary);
    }
    let dictionary = dictionary([
        ("Type", name("Outlines")),
        ("First", top.first().map_or(Object::Null, |at| reference(&entries, *at))),
        ("Last", top.last().map_or(Object::Null, |at| reference(&entries, *at))),
        ("Count", (top.len() as i64).into()),
    ]);
    document.objects.set_object(root, dictionary);
    document.catalog.set("Outlines", Object::Reference(root));
}

/// The bookmarks with their children by level, and those at the top.
fn nest(document: &mut Document, outline: &[Outline]) -> (Vec<Entry>, Vec<usize>) {
    let mut entries: Vec<Entry> = Vec::with_capacity(outline.len());
    let mut top = Vec::new();
    let mut open: Vec<(u8, usize)> = Vec::new();
    for (at, bookmark) in outline.iter().enumerate() {
        open.retain(|(level, _)| *level < bookmark.level);
        let parent = open.last().map(|(_, parent)| *parent);
        let siblings = parent.map_or(&mut top, |parent| &mut entries[parent].children);
        let place = siblings.len();
        siblings.push(at);
        entries.push(Entry { id: document.objects.new_object_id(), parent, place, children: Vec::new() });
        open.push((bookmark.level, at));
    }
    (entries, top)
}

fn reference(entries: &[Entry], at: usize) -> Object {
    Object::Reference(entries[at].id)
}

/// The anchors by name, as links and URLs with a fragment find them. Of two with one name the first counts.
fn write_destinations(document: &mut Document, anchors: &[Anchor]) {
    let mut named: BTreeMap<&str, &Anchor> = BTreeMap::new();
    for anchor in anchors {
        named.entry(&anchor.name).or_insert(anchor);
    }
    if named.is_empty() {
        return;
    }
    // A name tree is sorted by the bytes of its keys (7.9.6).
    let mut names: Vec<(Vec<u8>, Object, Object)> = named
        .into_values()
        .map(|anchor| {
            let key = text(&anchor.name);
            let bytes = key.as_str().map(<[u8]>::to_vec).unwrap_or_default();
            (bytes, key, destination(document, anchor.page, anchor.at))
        })
        .collect();
    names.sort_by(|one, other| one.0.cmp(&other.0));
    let names: Vec<Object> = names.into_iter().flat_map(|(_, key, value)| [key, value]).collect();
    let tree = document.add(dictionary([("Names", names.into())]));
    document.catalog.set("Names", dictionary([("Dests", Object::Reference(tree))]));
}

/// A place on a page, at the zoom that the reader has.
fn destination(document: &Document, page: usize, at: Point) -> Object {
    let Some(page) = document.pages.get(page) else { return Object::Null };
    let top = round(page.space.y(at.y).0, 1);
    let place = [Object::Reference(page.id), name("XYZ"), Object::Null, top.into(), Object::Null];
    Object::Array(place.to_vec())
}
