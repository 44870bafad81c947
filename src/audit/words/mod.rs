//! Rules on the styled tree: what is read out, and what must be there for it. A rule is a file.

mod headings;
mod pictures;

use super::{Check, Report, Rule};
use crate::style::{Element, NodeId, StyledTree};

/// A rule with the function that checks it.
type Audit = (&'static Rule, fn(&StyledTree, &mut Check));

/// Every rule, in the order of the report.
const AUDITS: &[Audit] = &[pictures::AUDIT, headings::AUDIT];

/// The rules.
pub(super) fn rules() -> impl Iterator<Item = &'static Rule> {
    AUDITS.iter().map(|(rule, _)| *rule)
}

/// Audits what is read out of a document.
pub fn words(tree: &StyledTree) -> Report {
    let audited = AUDITS.iter().map(|(rule, audit)| {
        let mut check = Check::new(rule);
        audit(tree, &mut check);
        check
    });
    audited.collect()
}

/// The elements that are read out, in document order: not those that are hidden, nor what is in them.
pub(super) fn read_out(tree: &StyledTree) -> impl Iterator<Item = (NodeId, &Element)> {
    let mut stack = vec![tree.root];
    std::iter::from_fn(move || {
        while let Some(node) = stack.pop() {
            let Some(element) = tree.element(node) else { continue };
            if element.attribute("aria-hidden") == Some("true") {
                continue;
            }
            stack.extend(tree.node(node).children.iter().rev());
            return Some((node, element));
        }
        None
    })
}
