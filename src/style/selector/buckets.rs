//! Rules sorted by the rightmost part of their selectors, so that an element is asked only about those that
//! name its id, one of its classes or its tag.

use html5ever::LocalName;
use precomputed_hash::PrecomputedHash;
use selectors::FxHashMap;
use selectors::context::QuirksMode;
use selectors::parser::{AncestorHashes, Combinator, Component};

use super::{Name, Selector};
use crate::dom::{Element, NodeId};
use crate::style::tree::Pseudo;

use super::element::Dom;

/// A selector of a rule.
#[derive(Debug)]
pub(crate) struct Entry {
    /// The selector.
    pub selector: Selector,
    /// The hashes of what its ancestors must have.
    pub hashes: AncestorHashes,
    /// The pseudo-element that it is for.
    pub pseudo: Option<Pseudo>,
    /// Its specificity.
    pub specificity: u32,
    /// Which rule of the sheet it is of.
    pub rule: u32,
}

/// The selectors of a sheet by what they end in.
#[derive(Debug, Default)]
pub(crate) struct Buckets {
    ids: FxHashMap<Name, Vec<Entry>>,
    classes: FxHashMap<Name, Vec<Entry>>,
    /// By the hash of the tag: two tags of one hash share a bucket, and matching tells them apart.
    tags: FxHashMap<u32, Vec<Entry>>,
    others: Vec<Entry>,
}

enum Key<'a> {
    Id(&'a Name),
    Class(&'a Name),
    Tag(&'a LocalName),
    None,
}

impl Buckets {
    /// Adds a selector of the sheet's rule with this number.
    pub fn add(&mut self, selector: &Selector, rule: u32) {
        let entry = Entry {
            hashes: AncestorHashes::new(selector, QuirksMode::NoQuirks),
            pseudo: selector.pseudo_element().copied(),
            specificity: selector.specificity(),
            selector: selector.clone(),
            rule,
        };
        match key(selector) {
            Key::Id(id) => self.ids.entry(id.clone()).or_default().push(entry),
            Key::Class(class) => self.classes.entry(class.clone()).or_default().push(entry),
            Key::Tag(tag) => {
                self.tags.entry(tag.precomputed_hash()).or_default().push(entry);
            }
            Key::None => self.others.push(entry),
        }
    }

    /// Calls `each` with every selector that may match the element.
    pub fn for_element<'s>(
        &'s self,
        dom: &Dom<'_>,
        id: NodeId,
        element: &Element,
        mut each: impl FnMut(&'s Entry),
    ) {
        let names = dom.names(id);
        if let Some(id) = &names.id
            && let Some(bucket) = self.ids.get(id)
        {
            bucket.iter().for_each(&mut each);
        }
        for class in &names.classes {
            if let Some(bucket) = self.classes.get(class) {
                bucket.iter().for_each(&mut each);
            }
        }
        if let Some(bucket) = self.tags.get(&element.name.local.precomputed_hash()) {
            bucket.iter().for_each(&mut each);
        }
        self.others.iter().for_each(&mut each);
    }
}

/// What a selector's rightmost compound asks for first: id before class before tag.
fn key(selector: &Selector) -> Key<'_> {
    let mut best = Key::None;
    for component in selector.iter_raw_match_order() {
        match component {
            Component::Combinator(Combinator::PseudoElement) => {}
            Component::Combinator(_) => break,
            Component::ID(id) => return Key::Id(id),
            Component::Class(class) => best = Key::Class(class),
            Component::LocalName(name) if name.name == name.lower_name && matches!(best, Key::None) => {
                best = Key::Tag(&name.lower_name.0);
            }
            _ => {}
        }
    }
    best
}
