//! Notes that stand in a list at the end of an article, as Markdown readers and pandoc write them, become footnotes:
//! each goes to the place that calls it first, as a `span` with the role `doc-footnote` (DPUB-ARIA 1.0), which the
//! user agent's stylesheet floats to the foot of the page.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::Notes;
use crate::dom::{Document, NodeData, NodeId};

/// The attribute of an element of a layout that keeps the notes in it at the end: `data-notes="end"`.
const SWITCH: &str = "data-notes";

/// Moves every note that something calls, unless `wanted`, or else the layout, keeps them at the end.
pub(super) fn float(document: &mut Document, wanted: Option<Notes>) {
    if wanted == Some(Notes::End) {
        return;
    }
    let root = document.root();
    let is_list = |id: &NodeId| {
        document.has_class(*id, "footnotes") || document.attribute(*id, "role") == Some("doc-endnotes")
    };
    let stays = |id: NodeId| {
        wanted.is_none() && document.ancestors(id).any(|up| document.attribute(up, SWITCH) == Some("end"))
    };
    let lists: Vec<NodeId> = document.elements(root).filter(is_list).filter(|&id| !stays(id)).collect();
    let mut mover = Mover { items: items(document, &lists), document, placed: BTreeSet::new() };
    if mover.items.is_empty() {
        return;
    }
    for (call, name) in mover.calls() {
        mover.call(call, &name);
    }
    for list in lists {
        mover.clear(list);
    }
}

/// The notes of these lists by their `id`.
fn items(document: &Document, lists: &[NodeId]) -> BTreeMap<String, NodeId> {
    let mut items = BTreeMap::new();
    for &list in lists {
        for id in document.elements(list).filter(|&id| document.is(id, "li")) {
            let inner = document.ancestors(id).take_while(|&up| up != list).any(|up| document.is(up, "li"));
            let name = document.attribute(id, "id").filter(|name| !name.is_empty() && !inner);
            items.extend(name.map(|name| (name.to_owned(), id)));
        }
    }
    items
}

/// Moves notes to their calls.
struct Mover<'d> {
    document: &'d mut Document,
    items: BTreeMap<String, NodeId>,
    placed: BTreeSet<String>,
}

impl Mover<'_> {
    /// The links that lead to a note, in the order of the document.
    fn calls(&self) -> Vec<(NodeId, String)> {
        let links = self.document.elements(self.document.root()).filter(|&id| self.document.is(id, "a"));
        let target = |id| self.document.attribute(id, "href")?.strip_prefix('#').map(str::to_owned);
        links
            .filter_map(|id| Some((id, target(id)?)))
            .filter(|(_, name)| self.items.contains_key(name))
            .collect()
    }

    /// Puts the note where the call is, or, where it has a place already, a second call.
    fn call(&mut self, call: NodeId, name: &str) {
        let Some(&item) = self.items.get(name) else { return };
        if self.document.ancestors(call).any(|up| up == item) {
            return;
        }
        let whole = self.whole(call);
        if self.placed.insert(name.to_owned()) {
            let note = self.note(call, item, name);
            self.document.insert_before(note, whole);
            self.document.detach(whole);
        } else {
            // What stands in it is for the case that the note comes later, as of a call in another note.
            let again = self.document.new_element("span", &[("data-footnote", name)]);
            self.document.insert_before(again, whole);
            self.document.append(again, whole);
        }
    }

    /// The call with the `sup` that holds nothing else.
    fn whole(&self, call: NodeId) -> NodeId {
        let alone = |up: &NodeId| {
            self.document.is(*up, "sup")
                && self.document.children(*up).all(|child| child == call || self.is_white(child))
        };
        self.document.parent(call).filter(alone).unwrap_or(call)
    }

    fn is_white(&self, id: NodeId) -> bool {
        self.document.text_of(id).is_some_and(|text| text.trim().is_empty())
    }

    /// A footnote with what is in the item, without the links back.
    fn note(&mut self, call: NodeId, item: NodeId, name: &str) -> NodeId {
        let document = &mut *self.document;
        let backs: Vec<NodeId> = document.elements(item).filter(|&id| is_back_link(document, id)).collect();
        for back in backs {
            document.detach(back);
        }
        let note =
            document.new_element("span", &[("class", "footnote"), ("role", "doc-footnote"), ("id", name)]);
        let own = |id: &NodeId| document.attribute(*id, "id").filter(|id| !id.is_empty()).map(str::to_owned);
        let named = [call].into_iter().chain(document.parent(call).filter(|&up| document.is(up, "sup")));
        if let Some(id) = named.into_iter().find_map(|id| own(&id)) {
            document.set_attribute(note, "data-call", &id);
        }
        if let Some(line) = document.attribute(item, "data-line").map(str::to_owned) {
            document.set_attribute(note, "data-line", &line);
        }
        while let Some(child) = document.first_child(item) {
            document.append(note, child);
        }
        self.lead_in(note);
        note
    }

    /// Takes the first paragraph out of its element, so that the marker stands on its line, and the white space
    /// off the note's ends.
    fn lead_in(&mut self, note: NodeId) {
        let first = self.document.children(note).find(|&child| !self.is_white(child));
        if let Some(first) = first.filter(|&first| self.document.is(first, "p")) {
            while let Some(child) = self.document.first_child(first) {
                self.document.insert_before(child, first);
            }
            self.document.detach(first);
        }
        let children: Vec<NodeId> = self.document.children(note).collect();
        let said = |child: &&NodeId| !self.is_white(**child);
        let first = children.iter().find(said).copied();
        let last = children.iter().rev().find(said).copied();
        let inside = children.iter().skip_while(|child| Some(**child) != first);
        let inside: Vec<NodeId> = inside.take_while(|child| Some(**child) != last).copied().collect();
        for child in children.into_iter().filter(|child| !inside.contains(child) && Some(*child) != last) {
            self.document.detach(child);
        }
        if let Some(NodeData::Text(text)) = last.map(|last| self.document.data_mut(last)) {
            text.truncate(text.trim_end().len());
        }
    }

    /// Takes away the items that were moved, and a list with nothing left in it.
    fn clear(&mut self, list: NodeId) {
        for name in &self.placed {
            if let Some(&item) = self.items.get(name) {
                self.document.detach(item);
            }
        }
        let document = &*self.document;
        let lists: Vec<NodeId> = document.elements(list).filter(|&id| is_emptied(document, id)).collect();
        lists.into_iter().for_each(|id| self.document.detach(id));
        let document = &*self.document;
        let says = |child: NodeId| {
            let is_frame = document.is(child, "hr") || document.heading(child).is_some();
            !is_frame && !self.is_white(child)
        };
        if !document.children(list).any(says) {
            self.document.detach(list);
        }
    }
}

/// Whether it is a list without items.
fn is_emptied(document: &Document, id: NodeId) -> bool {
    (document.is(id, "ol") || document.is(id, "ul")) && document.child_elements(id).next().is_none()
}

/// Whether a link leads back from a note to its call.
fn is_back_link(document: &Document, id: NodeId) -> bool {
    const CLASSES: [&str; 4] =
        ["footnote-backref", "data-footnote-backref", "footnote-back", "reversefootnote"];
    document.is(id, "a")
        && (document.attribute(id, "role") == Some("doc-backlink")
            || document.attribute(id, "data-footnote-backref").is_some()
            || CLASSES.iter().any(|class| document.has_class(id, class)))
}
