//! What a machine can tell of a handout's accessibility: rules with their clauses, and the evidence that each
//! was looked at.
//!
//! A [`Rule`] says what is asked and by which standard. A [`Check`] is one rule on one handout: how many things
//! were examined, and what is wrong with which of them. A [`Report`] is all checks of a handout; it is what
//! `accessibility.json` shows, and its findings go to the console with all other messages.
//!
//! [`words`] audits the styled tree, from which both formats are written; [`paint`] the pages, on which it shows what
//! can be seen. [`reviews`] gathers from the tree what a person must still judge.

mod paint;
mod report;
mod review;
mod rule;
#[cfg(test)]
mod tests;
mod words;

pub use paint::paint;
pub use report::{Check, Outcome, Report};
pub use review::{Item, Question, Review, questions, reviews};
pub use rule::{Clause, Rule, Standard};
pub use words::words;

/// Every rule that a machine checks, in the order of the report.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    words::rules().chain(paint::rules()).chain(crate::pdf::rules())
}
