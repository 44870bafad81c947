//! Rules on the styled tree: what is read out, and what must be there for it. A rule, or a few of one kind, is a
//! file; the words that rules look for are in `data/`.
//!
//! [`reading`](Reading) is what all rules look at: the elements that are read out, and where they come from.

mod color_alone;
mod formulas;
mod headings;
mod language;
mod links;
mod lists;
mod lookalikes;
mod pictures;
mod reading;
mod scripts;
mod sensory;
mod speech;
mod tables;
mod titles;
mod wordlists;

use super::{Check, Report, Rule};
use crate::style::StyledTree;
use reading::Reading;
pub(super) use reading::read_out;
pub(super) use speech::is_decoration;

/// A rule with the function that checks it.
type Audit = (&'static Rule, fn(&Reading<'_>, &mut Check));

/// Every rule, in the order of the report.
const AUDITS: [&[Audit]; 11] = [
    titles::AUDITS,
    language::AUDITS,
    headings::AUDITS,
    pictures::AUDITS,
    formulas::AUDITS,
    links::AUDITS,
    lists::AUDITS,
    tables::AUDITS,
    lookalikes::AUDITS,
    sensory::AUDITS,
    color_alone::AUDITS,
];

/// Audits what is read out of a document.
pub fn words(tree: &StyledTree) -> Report {
    let reading = Reading::of(tree);
    let audited = AUDITS.into_iter().flatten().map(|(rule, audit)| {
        let mut check = Check::new(rule);
        audit(&reading, &mut check);
        check
    });
    audited.collect()
}

/// The rules that [`words`] checks, in its order.
pub(super) fn rules() -> impl Iterator<Item = &'static Rule> {
    AUDITS.into_iter().flatten().map(|(rule, _)| *rule)
}
