//! Formulas have alternative text.

use super::Audit;
use super::reading::Reading;
use super::speech::said;
use crate::audit::{Check, Rule, Standard};

pub(super) const AUDITS: &[Audit] = &[(&RULE, audit)];

static RULE: Rule = Rule {
    code: "formula-without-alt",
    asks: "Every formula has alternative text.",
    clauses: &[
        Standard::PdfUa1.clause("7.7"),
        Standard::Matterhorn.clause("17-002"),
        Standard::Wcag21.clause("1.1.1"),
    ],
};

fn audit(reading: &Reading<'_>, check: &mut Check) {
    let formulas = reading.elements.iter().filter(|(_, element)| {
        &*element.tag == "math" || (element.attribute("role") == Some("math") && element.picture.is_none())
    });
    for &(node, element) in formulas {
        let is_wrong =
            !["aria-label", "alttext", "title"].into_iter().any(|name| said(element, name).is_some());
        let finding = is_wrong.then(|| {
            let words = reading.tree.words(node);
            let error = check.error(format!("the formula `{words}` has no alternative text"));
            error
                .at(reading.place(node))
                .hint("write it as one says it: `aria-label=\"a squared plus b squared\"`")
        });
        check.examine(finding);
    }
}
