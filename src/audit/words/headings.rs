//! The levels of headings go down one at a time.

use super::{Audit, read_out};
use crate::audit::{Check, Rule, Standard};
use crate::style::{Element, StyledTree};

pub(super) const AUDIT: Audit = (&RULE, audit);

static RULE: Rule = Rule {
    code: "heading-skipped",
    asks: "The first heading is of level 1, and no level is skipped on the way down.",
    clauses: &[
        Standard::PdfUa1.clause("7.4.2"),
        Standard::Matterhorn.clause("14-002"),
        Standard::Matterhorn.clause("14-003"),
        Standard::Wcag21.clause("1.3.1"),
    ],
};

fn audit(tree: &StyledTree, check: &mut Check) {
    let mut before = 0;
    for (node, element) in read_out(tree) {
        let Some(level) = level(element) else { continue };
        let finding = (level > before + 1).then(|| {
            let words = tree.words(node);
            let message = match before {
                0 => format!("the first heading, `{words}`, is of level {level}"),
                _ => format!("`{words}` is a heading of level {level} below one of level {before}"),
            };
            check
                .error(message)
                .at(tree.place(node))
                .hint(format!("make it a heading of level {}", before + 1))
        });
        check.examine(finding);
        before = level;
    }
}

/// The level of a heading.
fn level(element: &Element) -> Option<u8> {
    let digit = element.tag.strip_prefix('h').filter(|_| element.pseudo.is_none())?;
    digit.parse().ok().filter(|level| (1..=6).contains(level))
}
