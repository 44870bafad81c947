//! Pictures have alternative text, or are decoration on purpose.

use super::{Audit, read_out};
use crate::audit::{Check, Rule, Standard};
use crate::style::StyledTree;

pub(super) const AUDIT: Audit = (&RULE, audit);

static RULE: Rule = Rule {
    code: "picture-without-alt",
    asks: "Every picture has alternative text, or is marked as decoration.",
    clauses: &[
        Standard::PdfUa1.clause("7.3"),
        Standard::Matterhorn.clause("13-004"),
        Standard::Wcag21.clause("1.1.1"),
    ],
};

fn audit(tree: &StyledTree, check: &mut Check) {
    for (node, element) in read_out(tree).filter(|(_, element)| element.picture.is_some()) {
        let says = |name: &str| element.attribute(name).is_some_and(|value| !value.trim().is_empty());
        let is_decoration = element.attribute("alt") == Some("")
            || matches!(element.attribute("role"), Some("presentation" | "none"));
        let wrong = !is_decoration && !["alt", "aria-label", "title"].into_iter().any(says);
        let finding = wrong.then(|| {
            let name =
                element.attribute("src").map_or_else(|| "this drawing".to_owned(), |src| format!("`{src}`"));
            check
                .error(format!("{name} has no alternative text"))
                .at(tree.place(node))
                .hint("say what it shows, for those who do not see it; `alt=\"\"` where it is decoration")
        });
        check.examine(finding);
    }
}
