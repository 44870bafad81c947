//! Links say where they lead, also to who hears nothing but the list of links.

use std::collections::BTreeMap;

use super::Audit;
use super::reading::{Reading, excerpt, sentence};
use super::speech::{Name, name, said};
use super::wordlists::{Lists, folded, primary};
use crate::audit::{Check, Rule, Standard};
use crate::diag::Place;
use crate::style::{Element, NodeId};

pub(super) const AUDITS: &[Audit] =
    &[(&SILENT, silent), (&VAGUE, vague), (&ADDRESS, address), (&ALIKE, alike)];

static SILENT: Rule = Rule {
    code: "link-without-words",
    asks: "Every link has words, or a picture with alternative text.",
    clauses: &[
        Standard::PdfUa1.clause("7.18.5"),
        Standard::Matterhorn.clause("28-012"),
        Standard::Wcag21.clause("2.4.4"),
        Standard::Wcag21.clause("4.1.2"),
    ],
};

static VAGUE: Rule = Rule {
    code: "link-vague",
    asks: "The words of a link say where it leads, without the sentence around them.",
    clauses: &[Standard::Wcag21.clause("2.4.4")],
};

static ADDRESS: Rule = Rule {
    code: "link-long-address",
    asks: "The words of a link are no long address, which is read out sign by sign.",
    clauses: &[Standard::Wcag21.clause("2.4.4")],
};

static ALIKE: Rule = Rule {
    code: "links-alike",
    asks: "Links with the same words lead to the same place.",
    clauses: &[Standard::Wcag21.clause("2.4.4")],
};

/// Words that say nothing out of their sentence.
static VAGUE_WORDS: Lists = Lists::new(include_str!("data/link-vague.txt"));

/// Characters of an address that is printed to be typed over; nobody types more.
const LONGEST_ADDRESS: usize = 80;

fn silent(reading: &Reading<'_>, check: &mut Check) {
    for (node, element) in links(reading) {
        let href = element.attribute("href").unwrap_or_default();
        let finding = name(reading, node).is_empty().then(|| {
            let hint = match reading.holds_picture(node) {
                true => "say in the picture's alternative text where the link leads",
                false => "write words that say where it leads",
            };
            let error = check.error(format!("the link to `{href}` has no words"));
            error.at(reading.place_of(node, &[href])).hint(hint)
        });
        check.examine(finding);
    }
}

fn vague(reading: &Reading<'_>, check: &mut Check) {
    for (node, element, name) in named(reading) {
        let words = folded(&name.words);
        let is_vague = |words: &str| {
            ["en", primary(element)]
                .into_iter()
                .any(|lang| VAGUE_WORDS.of(lang).binary_search(&words).is_ok())
        };
        let is_wrong =
            is_vague(&words) && said(element, "title").is_none_or(|title| is_vague(&folded(title)));
        let finding = is_wrong.then(|| {
            let text = reading.tree.words(reading.block_around(node));
            let around = excerpt(sentence(&text, &name.words));
            let message = match around == name.words {
                true => format!("the link `{}` does not say where it leads", name.words),
                false => format!("the link `{}` does not say where it leads: “{around}”", name.words),
            };
            let hint =
                "make the words that name it the link, as in `read [the plan for the square](plan.pdf)`";
            check.warning(message).at(place(reading, node, element, &name.words)).hint(hint)
        });
        check.examine(finding);
    }
}

fn address(reading: &Reading<'_>, check: &mut Check) {
    for (node, element, name) in named(reading) {
        let length = name.words.chars().count();
        let is_address = name.words.contains("://") && !name.words.contains(' ');
        let finding = (is_address && length > LONGEST_ADDRESS).then(|| {
            let message = format!("the words of a link are an address of {length} characters");
            let hint = "give it words; `links: footnote` or `links: qr` in the metadata prints the address for paper";
            check.warning(message).at(place(reading, node, element, &name.words)).hint(hint)
        });
        check.examine(finding);
    }
}

fn alike(reading: &Reading<'_>, check: &mut Check) {
    let mut known: BTreeMap<String, (&str, bool)> = BTreeMap::new();
    for (node, element, name) in named(reading) {
        let href = element.attribute("href").unwrap_or_default();
        let target = href.trim_end_matches('/');
        let words = folded(&name.words);
        if words.is_empty() || href.starts_with('#') || VAGUE_WORDS.any(&words) {
            continue;
        }
        let (first, told) = known.entry(words).or_insert((target, false));
        let differs = *first != target && !*told;
        *told |= differs;
        let finding = differs.then(|| {
            let message = format!("the words `{}` are a link to `{first}` and to `{target}`", name.words);
            let warning = check.warning(message).at(place(reading, node, element, &name.words));
            warning.hint("say in the words of each what is to be found there")
        });
        check.examine(finding);
    }
}

fn links<'a>(reading: &Reading<'a>) -> impl Iterator<Item = (NodeId, &'a Element)> {
    reading.elements.iter().copied().filter(|(_, element)| element.is_link())
}

/// The links that have words of the author's own.
fn named<'a>(reading: &Reading<'a>) -> impl Iterator<Item = (NodeId, &'a Element, Name)> {
    let all = links(reading).map(|(node, element)| (node, element, name(reading, node)));
    all.filter(|(_, _, name)| !name.is_empty() && !name.is_generated)
}

/// Where the words of a link stand, in Markdown or HTML; of links with the same words, where the address does.
fn place(reading: &Reading<'_>, node: NodeId, element: &Element, words: &str) -> Place {
    let href = element.attribute("href").unwrap_or_default();
    let whole = format!("[{words}]({href}");
    let html = format!("{href}\">{words}</a>");
    reading.place_of(node, &[&whole, &html, href, words])
}
