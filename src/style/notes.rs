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

/// Signs that are all there is of a link back.
const ARROWS: [char; 7] = ['↩', '↑', '^', '⤴', '↵', '⏎', '⇑'];

/// Whether a link leads back from a note to its call.
fn is_back_link(document: &Document, id: NodeId) -> bool {
    const CLASSES: [&str; 4] =
        ["footnote-backref", "data-footnote-backref", "footnote-back", "reversefootnote"];
    let text = document.text(id);
    let is_arrow = text.trim_end_matches('\u{fe0e}').trim().chars().all(|sign| ARROWS.contains(&sign));
    let leads_inside = document.attribute(id, "href").is_some_and(|href| href.starts_with('#'));
    document.is(id, "a")
        && (document.attribute(id, "role") == Some("doc-backlink")
            || (leads_inside && is_arrow && !text.trim().is_empty())
            || document.attribute(id, "data-footnote-backref").is_some()
            || CLASSES.iter().any(|class| document.has_class(id, class)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dom;

    fn floated(html: &str, wanted: Option<Notes>) -> String {
        let mut document = dom::parse_fragment(html, 1);
        float(&mut document, wanted);
        document.inner_html(document.fragment())
    }

    /// A footnote as it comes out.
    fn note(id: &str, call: &str, text: &str) -> String {
        format!(r#"<span class="footnote" role="doc-footnote" id="{id}" data-call="{call}">{text}</span>"#)
    }

    #[test]
    fn notes_go_to_their_calls_however_they_are_written() {
        let comrak = r##"<p>a<sup class="footnote-ref"><a href="#fn-1" id="fnref-1" role="doc-noteref">1</a></sup></p><section class="footnotes" role="doc-endnotes"><ol><li id="fn-1"><p>n </p></li></ol></section>"##;
        let pandoc = r##"<p>a<a href="#fn-1" class="footnote-ref" id="fnref-1" role="doc-noteref"><sup>1</sup></a></p><section id="footnotes" class="footnotes footnotes-end-of-document" role="doc-endnotes"><hr><ol><li id="fn-1"><p>n<a href="#fnref-1" class="footnote-back" role="doc-backlink">↩︎</a></p></li></ol></section>"##;
        let github = r##"<p>a<sup><a href="#fn-1" id="fnref-1" data-footnote-ref="" aria-describedby="footnote-label">1</a></sup></p><section class="footnotes"><h2 class="sr-only" id="footnote-label">Footnotes</h2><ol><li id="fn-1"><p>n <a href="#fnref-1" data-footnote-backref="">↩</a></p></li></ol></section>"##;
        let kramdown = r##"<p>a<sup id="fnref-1"><a href="#fn-1" class="footnote" rel="footnote">1</a></sup></p><div class="footnotes" role="doc-endnotes"><ol><li id="fn-1"><p>n <a href="#fnref-1" class="reversefootnote">↩</a></p></li></ol></div>"##;
        for html in [comrak, pandoc, github, kramdown] {
            assert_eq!(floated(html, None), format!("<p>a{}</p>", note("fn-1", "fnref-1", "n")));
        }
    }

    #[test]
    fn what_is_called_twice_stands_once_and_what_nothing_calls_stays() {
        let html = r##"<p>a<a href="#x" id="c">1</a> b<a href="#x">1</a></p><section class="footnotes"><ol><li id="x">n</li><li id="y">z</li></ol></section>"##;
        let first = note("x", "c", "n");
        assert_eq!(
            floated(html, None),
            format!(
                r##"<p>a{first} b<span data-footnote="x"><a href="#x">1</a></span></p><section class="footnotes"><ol><li id="y">z</li></ol></section>"##
            )
        );
    }

    #[test]
    fn blocks_of_a_note_stay_blocks() {
        let html = r##"<p>a<a href="#x" id="c">1</a></p><ol class="footnotes"><li id="x">
<p>n <em>m</em></p>
<ul><li id="i">o</li></ul>
</li></ol>"##;
        assert!(floated(html, None).starts_with(&format!(
            "<p>a{}</p>",
            note("x", "c", "n <em>m</em>\n<ul><li id=\"i\">o</li></ul>")
        )));
    }

    #[test]
    fn notes_that_call_each_other_come_to_an_end() {
        let list = r##"<ol class="footnotes"><li id="x">n<a href="#y">2</a></li><li id="y">m<a href="#x">1</a></li></ol>"##;
        let called = floated(&format!(r##"<p>a<a href="#x" id="c">1</a></p>{list}"##), None);
        assert!(called.contains(
            "n<span class=\"footnote\" role=\"doc-footnote\" id=\"y\">m<span data-footnote=\"x\">"
        ));
        let apart = floated(list, None);
        assert!(apart.contains("n<") && apart.contains(">m<"), "{apart}");
    }

    #[test]
    fn notes_stay_at_the_end_where_somebody_wants_them_there() {
        let html = r##"<main data-notes="end"><p>a<a href="#x">1</a></p><ol class="footnotes"><li id="x">n</li></ol></main>"##;
        assert_eq!(floated(html, None), html);
        assert_eq!(floated(html, Some(Notes::End)), html);
        assert!(floated(html, Some(Notes::Foot)).contains("doc-footnote"));
    }
}
