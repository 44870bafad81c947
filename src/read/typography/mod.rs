//! Typography on request: typewriter signs become those of print, by the rules of the language that they stand in.
//!
//! It works on the article's HTML, before any layout sees it, so that both formats get the same words. A paragraph
//! is one run of [`Sign`](flow::Sign)s, whatever elements they stand in; each phase looks at the signs around it and
//! gives edits: [`exempt`] finds what stays as it is, then come [`dashes`], [`quotes`], [`numbers`] and [`spaces`].
//! What is print already is never changed back, so a second pass finds nothing to do.

mod dashes;
mod exempt;
mod flow;
mod language;
mod numbers;
mod quotes;
mod spaces;

#[cfg(test)]
mod tests;

use crate::config::Typography;
use crate::dom;

use flow::{Edit, Sign, Walk};

/// Sets a body, an HTML fragment in the language `lang`, by the rules of `typography`. Elements in another language
/// follow that language's rules, and keep their signs where there are none for it. Code, addresses, formulae and
/// attributes are left alone.
pub fn html(html: &str, lang: &str, typography: Typography) -> String {
    let Some(rules) = language::rules(typography) else { return html.to_owned() };
    let mut document = dom::parse_fragment(html, 1);
    let root = document.fragment();
    let mut walk = Walk::new(lang, rules);
    walk.descend(&document, root, Some(rules));
    walk.write(&mut document);
    document.inner_html(root)
}

/// Sets a text that stands by itself, such as a title.
pub fn text(text: &str, typography: Typography) -> String {
    match language::rules(typography) {
        Some(rules) => set(text.chars().map(|c| Sign { c, node: 0, rules: Some(rules) }).collect())
            .iter()
            .map(|sign| sign.c)
            .collect(),
        None => text.to_owned(),
    }
}

/// Looks at a paragraph, and tells what changes in it.
type Phase = fn(&[Sign]) -> Vec<Edit>;

/// Puts a paragraph through the phases.
fn set(mut signs: Vec<Sign>) -> Vec<Sign> {
    exempt::mark(&mut signs);
    let phases: [Phase; 4] = [dashes::find, quotes::find, numbers::find, spaces::find];
    for phase in phases {
        let edits = phase(&signs);
        if !edits.is_empty() {
            signs = flow::apply(&signs, &edits);
        }
    }
    signs
}
