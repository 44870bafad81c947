//! Footnotes: their calls and markers, which lead to each other and quote one number (CSS Generated Content for
//! Paged Media, sections 2.2 and 2.6).

use std::collections::BTreeMap;
use std::sync::Arc;

use smallvec::SmallVec;

use super::{Builder, Parent};
use crate::dom;
use crate::style::cascade::{Given, Matches, Rule};
use crate::style::computed::Float;
use crate::style::tree::{Content, Node, NodeId, Pseudo};

/// The attribute of a footnote that names its call.
const CALL: &str = "data-call";
/// The attribute of an element that calls a footnote once more, by the footnote's `id`.
const AGAIN: &str = "data-footnote";

/// What parts two calls in a row.
const COMMA: &str = ",";

/// The footnotes of a document so far.
#[derive(Default)]
pub(super) struct Notes<'a> {
    of: BTreeMap<dom::NodeId, Note>,
    /// The nodes of the calls, and the rules for them, by the footnote's `id`.
    calls: BTreeMap<Arc<str>, (NodeId, SmallVec<[Rule<'a>; 4]>)>,
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
    /// The call of a footnote, in the place that the footnote leaves. It inherits from what is around it there, as
    /// it is a part of that text and not of the footnote's.
    pub(super) fn footnote_call(&mut self, id: dom::NodeId, matches: &Matches<'a>, parent: &Parent) {
        let ordinal = self.notes.of.len() as u32;
        let attribute = |name| self.document.attribute(id, name).filter(|value| !value.is_empty());
        let name = attribute("id").map_or_else(|| format!("footnote-{}", ordinal + 1), str::to_owned);
        let call = attribute(CALL).map_or_else(|| format!("footnote-call-{}", ordinal + 1), str::to_owned);
        let note = Note { ordinal, name: name.into(), call: call.into() };
        self.notes.of.insert(id, note.clone());
        let follows = parent.node.and_then(|node| self.nodes[node.0 as usize].children.last().copied());
        let at = self.footnote_part(id, Pseudo::FootnoteCall, matches, (parent, &note));
        if follows.is_some_and(|before| self.is_footnote(before)) {
            self.part_calls(at);
        }
        self.notes.calls.entry(note.name).or_insert_with(|| (at, matches.of(Pseudo::FootnoteCall)));
    }

    fn is_footnote(&self, node: NodeId) -> bool {
        let node = &self.nodes[node.0 as usize];
        matches!(node.content, Content::Element(_)) && node.style.position.float == Float::Footnote
    }

    /// Sets a call off from the one right before it: 1 and 2 are not to be read as 12.
    fn part_calls(&mut self, call: NodeId) {
        let Some(first) = self.nodes.get(call.0 as usize).and_then(|call| call.children.first().copied())
        else {
            return;
        };
        let style = self.nodes[first.0 as usize].style.clone();
        let comma = NodeId(self.nodes.len() as u32);
        let content = Content::Text(Arc::from(COMMA));
        self.nodes.push(Node { parent: Some(call), children: Vec::new(), style, content, line: None });
        self.nodes[call.0 as usize].children.insert(0, comma);
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

    /// Calls a footnote once more, where an element does that: a copy of its call. Says whether it did.
    pub(super) fn footnote_again(&mut self, element: &dom::Element, parent: &Parent) -> bool {
        let found = element.attribute(AGAIN).and_then(|name| self.notes.calls.get(name)).cloned();
        let Some((at, rules)) = found else { return false };
        let Some(call) = self.nodes.get(at.0 as usize) else { return false };
        if !matches!(&call.content, Content::Element(call) if call.pseudo == Some(Pseudo::FootnoteCall)) {
            return false;
        }
        let (call, children) = (call.clone(), call.children.clone());
        let given = Given { rules: &rules, hints: None, inline: None, is_root: false };
        let style = self.cascade.style(parent.styled.as_ref(), &given).style.clone();
        let copy = |of: Node, parent| Node { parent, children: Vec::new(), style: style.clone(), ..of };
        let at = self.push(parent.node, copy(call, parent.node));
        for child in children {
            let child = self.nodes[child.0 as usize].clone();
            if !matches!(&child.content, Content::Text(text) if &**text == COMMA) {
                self.push(Some(at), copy(child, Some(at)));
            }
        }
        true
    }
}
