//! Which rules match an element.

use std::sync::Arc;

use selectors::bloom::BloomFilter;
use selectors::context::{
    MatchingContext, MatchingForInvalidation, MatchingMode, NeedsSelectorFlags, QuirksMode, SelectorCaches,
};
use selectors::matching::matches_selector;
use smallvec::SmallVec;

use super::Origin;
use crate::dom::{Element, NodeId};
use crate::style::selector::Dom;
use crate::style::sheet::{Block, Stylesheet};
use crate::style::tree::Pseudo;

/// A rule that matches.
#[derive(Clone, Copy)]
pub(crate) struct Rule<'a> {
    /// What it declares.
    pub block: &'a Block,
    /// Whose it is.
    pub origin: Origin,
    order: (u32, u32, u32),
}

impl<'a> Rule<'a> {
    /// A rule of which it is known already that it applies.
    pub fn of(block: &'a Block, origin: Origin) -> Self {
        Self { block, origin, order: (0, 0, 0) }
    }
}

/// The rules of an element and of its pseudo-elements, weakest first.
#[derive(Default)]
pub(crate) struct Matches<'a> {
    /// Those of the element itself.
    pub own: SmallVec<[Rule<'a>; 16]>,
    pseudos: SmallVec<[(Pseudo, Rule<'a>); 4]>,
}

impl<'a> Matches<'a> {
    /// The rules of a pseudo-element; none where it has none.
    pub fn of(&self, pseudo: Pseudo) -> SmallVec<[Rule<'a>; 4]> {
        self.pseudos.iter().filter(|(of, _)| *of == pseudo).map(|(_, rule)| *rule).collect()
    }
}

/// Matches the elements of a document, told of each when it is entered and left.
pub(crate) struct Matcher<'a> {
    dom: &'a Dom<'a>,
    sheets: Vec<(Origin, &'a Stylesheet)>,
    ancestors: BloomFilter,
    own_caches: SelectorCaches,
    pseudo_caches: SelectorCaches,
}

impl<'a> Matcher<'a> {
    /// A matcher of the user agent's sheet and those of the author, in order.
    pub fn new(dom: &'a Dom<'a>, user_agent: &'a Stylesheet, sheets: &'a [Arc<Stylesheet>]) -> Self {
        let author = sheets.iter().map(|sheet| (Origin::Author, &**sheet));
        Self {
            dom,
            sheets: std::iter::once((Origin::UserAgent, user_agent)).chain(author).collect(),
            ancestors: BloomFilter::new(),
            own_caches: SelectorCaches::default(),
            pseudo_caches: SelectorCaches::default(),
        }
    }

    /// The rules that match an element whose ancestors have been entered.
    pub fn matches(&mut self, id: NodeId, element: &Element) -> Matches<'a> {
        let mut found = Matches::default();
        let target = self.dom.element(id);
        let context = |mode, caches| {
            MatchingContext::new(
                mode,
                Some(&self.ancestors),
                caches,
                QuirksMode::NoQuirks,
                NeedsSelectorFlags::No,
                MatchingForInvalidation::No,
            )
        };
        let mut own = context(MatchingMode::Normal, &mut self.own_caches);
        let mut of_pseudo = context(MatchingMode::ForStatelessPseudoElement, &mut self.pseudo_caches);
        for (index, (origin, sheet)) in self.sheets.iter().enumerate() {
            sheet.buckets.for_element(self.dom, id, element, |entry| {
                let context = if entry.pseudo.is_some() { &mut of_pseudo } else { &mut own };
                if !matches_selector(&entry.selector, 0, Some(&entry.hashes), target, context) {
                    return;
                }
                let rule = Rule {
                    block: &sheet.blocks[entry.rule as usize],
                    origin: *origin,
                    order: (entry.specificity, index as u32, entry.rule),
                };
                match entry.pseudo {
                    Some(pseudo) => found.pseudos.push((pseudo, rule)),
                    None => found.own.push(rule),
                }
            });
        }
        found.own.sort_unstable_by_key(|rule| (rule.origin, rule.order));
        found.pseudos.sort_unstable_by_key(|(_, rule)| (rule.origin, rule.order));
        found
    }

    /// Tells that the elements to come are inside this one.
    pub fn enter(&mut self, id: NodeId) {
        let ancestors = &mut self.ancestors;
        self.dom.element(id).for_each_hash(|hash| ancestors.insert_hash(hash));
    }

    /// Tells that the elements to come are no longer inside this one.
    pub fn leave(&mut self, id: NodeId) {
        let ancestors = &mut self.ancestors;
        self.dom.element(id).for_each_hash(|hash| ancestors.remove_hash(hash));
    }
}
