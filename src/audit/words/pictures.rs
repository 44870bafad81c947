//! Pictures have alternative text that says what they show, or are decoration on purpose.

use std::sync::Arc;

use super::Audit;
use super::reading::{Reading, excerpt};
use super::speech::is_decoration;
use super::titles::is_file_name;
use super::wordlists::{Lists, folded};
use crate::audit::{Check, Rule, Standard};
use crate::diag::Place;
use crate::style::{Element, NodeId};

pub(super) const AUDITS: &[Audit] =
    &[(&MISSING, missing), (&HOLLOW, hollow), (&LONG, long), (&REPEATED, repeated)];

static MISSING: Rule = Rule {
    code: "picture-without-alt",
    asks: "Every picture has alternative text, or is marked as decoration.",
    clauses: &[
        Standard::PdfUa1.clause("7.3"),
        Standard::Matterhorn.clause("13-004"),
        Standard::Wcag21.clause("1.1.1"),
    ],
};

static HOLLOW: Rule = Rule {
    code: "alt-hollow",
    asks: "Alternative text says what is to be seen, and not only that it is a picture or what its file is called.",
    clauses: &[Standard::PdfUa1.clause("7.3"), Standard::Wcag21.clause("1.1.1")],
};

static LONG: Rule = Rule {
    code: "alt-long",
    asks: "Alternative text is no longer than is heard in one go: 250 characters.",
    clauses: &[Standard::Wcag21.clause("1.1.1")],
};

static REPEATED: Rule = Rule {
    code: "alt-repeated",
    asks: "Alternative text does not say again what the caption says.",
    clauses: &[Standard::Wcag21.clause("1.1.1")],
};

/// Words that say nothing as alternative text, and such as it does not begin with.
static HOLLOW_WORDS: Lists = Lists::new(include_str!("data/alt-hollow.txt"));
static HOLLOW_STARTS: Lists = Lists::new(include_str!("data/alt-starts.txt"));

/// Characters of alternative text at most: a screen reader stops at no sentence and goes back to none.
const LONGEST: usize = 250;

fn missing(reading: &Reading<'_>, check: &mut Check) {
    for (node, element) in pictures(reading) {
        let is_wrong = !is_decoration(element) && reading.names.alternative(element).is_none();
        let finding = is_wrong.then(|| {
            let name =
                element.attribute("src").map_or_else(|| "this drawing".to_owned(), |src| format!("`{src}`"));
            check
                .error(format!("{name} has no alternative text"))
                .at(place(reading, node, element))
                .hint("say what it shows, for those who do not see it; `alt=\"\"` where it is decoration")
        });
        check.examine(finding);
    }
}

fn hollow(reading: &Reading<'_>, check: &mut Check) {
    for (node, element, text) in described(reading) {
        let folded = folded(&text);
        let bare = folded.trim_end_matches(|char: char| char.is_ascii_digit() || char == ' ');
        let hint = "say what there is to see, and what of it matters here";
        let message = if is_file_name(&text) {
            Some(format!("the alternative text `{text}` is the name of a file"))
        } else if HOLLOW_WORDS.any(bare) {
            Some(format!("the alternative text `{text}` only says that there is a picture"))
        } else {
            let start = HOLLOW_STARTS.start_of(&folded);
            start.map(|start| format!("the alternative text begins with `{start}`, which is heard anyway"))
        };
        let finding =
            message.map(|message| check.warning(message).at(place(reading, node, element)).hint(hint));
        check.examine(finding);
    }
}

fn long(reading: &Reading<'_>, check: &mut Check) {
    for (node, element, text) in described(reading) {
        let length = text.chars().count();
        let finding = (length > LONGEST).then(|| {
            let message = format!("the alternative text `{}` has {length} characters", excerpt(&text));
            let warning = check.warning(message).at(place(reading, node, element));
            warning.hint(
                "say the main thing there, and the rest in the text beside the picture, for all to read",
            )
        });
        check.examine(finding);
    }
}

fn repeated(reading: &Reading<'_>, check: &mut Check) {
    for (node, element, text) in described(reading) {
        let text = folded(&text);
        let caption = reading.around(node).skip(1).find_map(|at| {
            reading
                .children(at)
                .find(|(_, child)| &*child.tag == "figcaption")
                .filter(|_| is_figure(reading, at))
        });
        let beside = caption.map(|(caption, _)| caption).or_else(|| {
            let link = reading.around(node).skip(1).take(2);
            link.into_iter().find(|&at| reading.tree.element(at).is_some_and(Element::is_link))
        });
        let finding = beside.filter(|&at| folded(&reading.tree.words(at)) == text).map(|_| {
            let warning = check
                .warning("the alternative text is what the words beside the picture say, and is heard twice");
            warning
                .at(place(reading, node, element))
                .hint("say what is to be seen; `alt=\"\"` where the picture adds nothing to the words")
        });
        check.examine(finding);
    }
}

fn is_figure(reading: &Reading<'_>, node: NodeId) -> bool {
    reading.tree.element(node).is_some_and(|element| &*element.tag == "figure")
}

fn pictures<'a>(reading: &Reading<'a>) -> impl Iterator<Item = (NodeId, &'a Element)> {
    reading.elements.iter().copied().filter(|(_, element)| element.picture.is_some())
}

/// The pictures with alternative text.
fn described<'a>(reading: &Reading<'a>) -> impl Iterator<Item = (NodeId, &'a Element, Arc<str>)> {
    let meant = pictures(reading).filter(|(_, element)| !is_decoration(element));
    meant.filter_map(|(node, element)| Some((node, element, reading.names.alternative(element)?)))
}

/// Where its alternative text stands, else its address.
fn place(reading: &Reading<'_>, node: NodeId, element: &Element) -> Place {
    let wanted = ["alt", "src"].map(|name| element.attribute(name).unwrap_or_default());
    reading.place_of(node, &wanted)
}
