//! Footnotes: their calls and markers, which lead to each other and quote one number (CSS Generated Content for
//! Paged Media, sections 2.2 and 2.6).

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Builder, Parent};
use crate::dom;
use crate::style::cascade::Matches;
use crate::style::tree::{Content, Node, NodeId, Pseudo};

/// The attribute of a footnote that names its call.
const CALL: &str = "data-call";
/// The attribute of an element that calls a footnote once more, by the footnote's `id`.
pub(super) const AGAIN: &str = "data-footnote";

/// The footnotes of a document so far.
#[derive(Debug, Default)]
pub(super) struct Notes {
    of: BTreeMap<dom::NodeId, Note>,
    /// The nodes of the calls, by the footnote's `id`.
    calls: BTreeMap<Arc<str>, NodeId>,
    /// The footnote whose call or marker is being made.
    pub current: Option<u32>,
}

/// One footnote.
#[derive(Clone, Debug)]
struct Note {
    /// Which one it is, from 0, in the order of the document.
    ordinal: u32,
    name: Arc<str>,
    call: Arc<str>,
}

impl<'a> Builder<'a> {
    /// The call of a footnote, in the place that the footnote leaves.
    pub(super) fn footnote_call(&mut self, id: dom::NodeId, matches: &Matches<'a>, parent: &Parent) {
        let ordinal = self.notes.of.len() as u32;
        let attribute = |name| self.document.attribute(id, name).filter(|value| !value.is_empty());
        let name = attribute("id").map_or_else(|| format!("footnote-{}", ordinal + 1), str::to_owned);
        let call = attribute(CALL).map_or_else(|| format!("footnote-call-{}", ordinal + 1), str::to_owned);
        let note = Note { ordinal, name: name.into(), call: call.into() };
        self.notes.of.insert(id, note.clone());
        let at = self.footnote_part(id, Pseudo::FootnoteCall, matches, (parent, &note));
        self.notes.calls.entry(note.name).or_insert(at);
    }

    /// The marker of a footnote, before what is in it.
    pub(super) fn footnote_marker(&mut self, id: dom::NodeId, matches: &Matches<'a>, parent: &Parent) {
        let Some(note) = self.notes.of.get(&id).cloned() else { return };
        self.footnote_part(id, Pseudo::FootnoteMarker, matches, (parent, &note));
    }

    /// Makes the call or the marker, a link to the other. Gives its node, or where it would be.
    fn footnote_part(
        &mut self,
        id: dom::NodeId,
        pseudo: Pseudo,
        matches: &Matches<'a>,
        (parent, note): (&Parent, &Note),
    ) -> NodeId {
        let at = NodeId(self.nodes.len() as u32);
        self.notes.current = Some(note.ordinal);
        self.pseudo(id, pseudo, matches, parent);
        self.notes.current = None;
        let target = if pseudo == Pseudo::FootnoteCall { &note.name } else { &note.call };
        if let Some(Node { content: Content::Element(element), .. }) = self.nodes.get_mut(at.0 as usize) {
            element.attributes.push((Arc::from("href"), Arc::from(format!("#{target}"))));
        }
        at
    }

    /// Gives the node of a footnote the names that its call and marker lead to.
    pub(super) fn name_footnote(&mut self, id: dom::NodeId, node: NodeId) {
        let Some(note) = self.notes.of.get(&id) else { return };
        if let Content::Element(element) = &mut self.nodes[node.0 as usize].content {
            element.id = Some(note.name.clone());
            element.attributes.retain(|(name, _)| &**name != CALL);
            element.attributes.push((Arc::from(CALL), note.call.clone()));
        }
    }

    /// Calls a footnote once more: a copy of its call.
    pub(super) fn footnote_again(&mut self, name: &str, parent: &Parent) {
        let Some(call) = self.notes.calls.get(name).and_then(|call| self.nodes.get(call.0 as usize)) else {
            return;
        };
        if !matches!(&call.content, Content::Element(call) if call.pseudo == Some(Pseudo::FootnoteCall)) {
            return;
        }
        let (call, children) = (call.clone(), call.children.clone());
        let at = self.push(parent.node, Node { parent: parent.node, children: Vec::new(), ..call });
        for child in children {
            let child = self.nodes[child.0 as usize].clone();
            self.push(Some(at), Node { parent: Some(at), children: Vec::new(), ..child });
        }
    }
}
