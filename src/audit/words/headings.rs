//! The levels of headings go down one at a time, and headings say something.

use super::Audit;
use super::reading::Reading;
use super::speech::name;
use crate::audit::{Check, Rule, Standard};
use crate::style::{Element, NodeId};

pub(super) const AUDITS: &[Audit] = &[(&SKIPPED, skipped), (&EMPTY, empty), (&TOP, top)];

static SKIPPED: Rule = Rule {
    code: "heading-skipped",
    asks: "The first heading is of level 1, and no level is skipped on the way down.",
    clauses: &[
        Standard::PdfUa1.clause("7.4.2"),
        Standard::Matterhorn.clause("14-002"),
        Standard::Matterhorn.clause("14-003"),
        Standard::Wcag21.clause("1.3.1"),
    ],
};

static EMPTY: Rule = Rule {
    code: "heading-empty",
    asks: "Every heading has words.",
    clauses: &[Standard::Wcag21.clause("1.3.1"), Standard::Wcag21.clause("2.4.6")],
};

static TOP: Rule = Rule {
    code: "heading-top",
    asks: "One heading is of level 1: the title.",
    clauses: &[Standard::Wcag21.clause("1.3.1")],
};

fn skipped(reading: &Reading<'_>, check: &mut Check) {
    let mut before = 0;
    for (node, level) in headings(reading) {
        let finding = (level > before + 1).then(|| {
            let words = reading.tree.words(node);
            let message = match before {
                0 => format!("the first heading, `{words}`, is of level {level}"),
                _ => format!("`{words}` is a heading of level {level} below one of level {before}"),
            };
            check
                .error(message)
                .at(reading.place(node))
                .hint(format!("make it a heading of level {}", before + 1))
        });
        check.examine(finding);
        before = level;
    }
}

fn empty(reading: &Reading<'_>, check: &mut Check) {
    for (node, level) in headings(reading) {
        let finding = name(reading, node).is_empty().then(|| {
            let error =
                check.error(format!("a heading of level {level} has no words")).at(reading.place(node));
            error.hint("give it words, or take it out; space above a paragraph is the layout's")
        });
        check.examine(finding);
    }
}

fn top(reading: &Reading<'_>, check: &mut Check) {
    for (index, (node, _)) in headings(reading).filter(|(_, level)| *level == 1).enumerate() {
        let finding = (index == 1).then(|| {
            let words = reading.tree.words(node);
            let warning = check.warning(format!("`{words}` is another heading of level 1 beside the title"));
            warning
                .at(reading.place(node))
                .hint("make it a heading of level 2, and those below it one level deeper")
        });
        check.examine(finding);
    }
}

fn headings(reading: &Reading<'_>) -> impl Iterator<Item = (NodeId, u8)> {
    reading.elements.iter().filter_map(|(node, element)| Some((*node, level(element)?)))
}

/// The level of a heading.
fn level(element: &Element) -> Option<u8> {
    let digit = element.tag.strip_prefix('h')?;
    digit.parse().ok().filter(|level| (1..=6).contains(level))
}
