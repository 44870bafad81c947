//! Lists hold items, and items are in lists.

use super::Audit;
use super::reading::{Reading, excerpt};
use crate::audit::{Check, Rule, Standard};
use crate::style::{Content, NodeId};

pub(super) const AUDITS: &[Audit] = &[(&RULE, audit)];

static RULE: Rule = Rule {
    code: "list-broken",
    asks: "A list holds nothing but items, and every item is in a list.",
    clauses: &[
        Standard::PdfUa1.clause("7.6"),
        Standard::Matterhorn.clause("09-005"),
        Standard::Wcag21.clause("1.3.1"),
    ],
};

fn audit(reading: &Reading<'_>, check: &mut Check) {
    for &(node, element) in &reading.elements {
        match &*element.tag {
            "ul" | "ol" | "menu" => {
                let stray = stray(reading, node);
                let finding = stray.map(|words| {
                    let message = format!("`{}` stands in a list and is no item of it", excerpt(&words));
                    let error = check.error(message).at(reading.place(node));
                    error.hint("put it into an `li`, or in front of the list")
                });
                check.examine(finding);
            }
            "li" => {
                let parent = reading.tree.node(node).parent.and_then(|parent| reading.tree.element(parent));
                let is_in = parent.is_some_and(|parent| matches!(&*parent.tag, "ul" | "ol" | "menu"));
                let finding = (!is_in).then(|| {
                    let words = excerpt(&reading.tree.words(node));
                    let error = check.error(format!("the item `{words}` is in no list"));
                    error.at(reading.place(node)).hint("put a `ul` or an `ol` around it and its neighbours")
                });
                check.examine(finding);
            }
            _ => {}
        }
    }
}

/// The words of the first thing in a list that is no item.
fn stray(reading: &Reading<'_>, list: NodeId) -> Option<String> {
    let in_elements = reading.children(list).find(|(_, child)| &*child.tag != "li");
    let children = reading.tree.node(list).children.iter();
    let texts = children.filter_map(|&child| match &reading.tree.node(child).content {
        Content::Text(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
        _ => None,
    });
    in_elements.map(|(node, _)| reading.tree.words(node)).or_else(|| texts.into_iter().next())
}
