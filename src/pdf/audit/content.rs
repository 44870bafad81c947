//! Every piece of content is marked, and no mark is inside another's (ISO 32000-1, 14.8.2.2).

use printpdf::{Op, PaintMode};

use super::super::content::Content;
use crate::audit::{Check, Rule, Standard};

pub(super) static MARKED: Rule = Rule {
    code: "content-unmarked",
    asks: "Every piece of content belongs to one element, or is an artifact of a kind.",
    clauses: &[
        Standard::PdfUa1.clause("7.1"),
        Standard::PdfA2a.clause("6.7.3.2"),
        Standard::Matterhorn.clause("01-003"),
        Standard::Matterhorn.clause("01-004"),
        Standard::Matterhorn.clause("01-005"),
    ],
};

/// Looks at each operator that paints.
pub(super) fn marked(content: &Content) -> Check {
    let mut check = Check::new(&MARKED);
    for (number, page) in content.pages.iter().enumerate() {
        operators(&page.operators, content, number, &mut check);
    }
    check
}

/// The operators of a page. A group that is painted inside a mark is the mark's; one outside is marked itself.
fn operators(operators: &[Op], content: &Content, page: usize, check: &mut Check) {
    let mut forms = vec![operators];
    while let Some(operators) = forms.pop() {
        // Of each marked content that is open, whether it says whose content it is.
        let mut open: Vec<bool> = Vec::new();
        for operator in operators {
            match operator {
                Op::BeginMarkedContentWithProperties { tag, properties } => {
                    let says = tag == "Artifact" || has(properties, "MCID");
                    if says && open.contains(&true) {
                        check.examine(Some(wrong(check, page, "is in the marked content of another")));
                    }
                    open.push(says);
                }
                Op::EndMarkedContent if open.pop().is_none() => {
                    check.examine(Some(wrong(check, page, "ends before it begins")));
                }
                _ => {
                    let inside = open.contains(&true);
                    match painted_form(operator, content) {
                        Some(form) if !inside => forms.push(form),
                        _ if paints(operator) => {
                            let finding = (!inside)
                                .then(|| wrong(check, page, "is neither of an element nor an artifact"));
                            check.examine(finding);
                        }
                        _ => {}
                    }
                }
            }
        }
    }
}

fn wrong(check: &Check, page: usize, what: &str) -> crate::diag::Diagnostic {
    check.error(format!("something that is painted on page {} {what}", page + 1))
}

fn has(properties: &printpdf::DictItem, key: &str) -> bool {
    matches!(properties, printpdf::DictItem::Dict { map } if map.contains_key(key))
}

/// The operators of the group that an operator paints.
fn painted_form<'c>(operator: &Op, content: &'c Content) -> Option<&'c [Op]> {
    let Op::Unknown { key, value } = operator else { return None };
    let [printpdf::DictItem::Name(name)] = &value[..] else { return None };
    let number = name.strip_prefix(b"x").filter(|_| key == "Do")?;
    let number: usize = std::str::from_utf8(number).ok()?.parse().ok()?;
    content.forms.get(number).map(|form| &form.operators[..])
}

fn paints(operator: &Op) -> bool {
    match operator {
        Op::Unknown { key, .. } => matches!(key.as_str(), "Tj" | "TJ" | "Do"),
        Op::DrawRectangle { rectangle } => rectangle.mode != Some(PaintMode::Clip),
        Op::DrawPolygon { polygon } => polygon.mode != PaintMode::Clip,
        Op::DrawLine { .. } | Op::PaintShading { .. } => true,
        _ => false,
    }
}
