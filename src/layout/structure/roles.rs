//! What an element is: the structure types of ISO 32000-1, 14.8.4, for the elements of HTML (HTML-AAM 1.0) and the
//! roles of WAI-ARIA 1.2 and DPUB-ARIA 1.1.

use crate::layout::Artifact;
use crate::style::computed::Position;
use crate::style::{ComputedStyle, Element, Pseudo};

/// What an element is by itself, wherever it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// Nothing: what is in it counts.
    Generic,
    /// A picture or a group of pictures, which may have a caption.
    FigureGroup,
    /// An element of the structure.
    Is(&'static str),
}

/// What an element of the structure holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    /// Blocks.
    Blocks,
    /// Words, or blocks.
    Flow,
    /// Words.
    Words,
    /// Elements of certain types and nothing else.
    Parts,
    /// Content that is taken as one thing.
    Whole,
}

/// What an element of this type holds (14.8.4.2 to 14.8.4.5).
pub(super) fn holds(role: &str) -> Holds {
    match role {
        "Document" | "Part" | "Art" | "Sect" | "Div" | "BlockQuote" | "TOCI" => Holds::Blocks,
        "LBody" | "TD" | "TH" | "Caption" | "Note" | "Link" => Holds::Flow,
        "L" | "LI" | "TOC" | "Table" | "THead" | "TBody" | "TFoot" | "TR" => Holds::Parts,
        "Figure" | "Formula" => Holds::Whole,
        _ => Holds::Words,
    }
}

/// Whether an element of this type may stand between blocks, where a footnote is read.
pub(super) fn is_group(role: &str) -> bool {
    matches!(
        role,
        "Document"
            | "Part"
            | "Art"
            | "Sect"
            | "Div"
            | "BlockQuote"
            | "LBody"
            | "TD"
            | "TH"
            | "Caption"
            | "Note"
    )
}

/// Whether an element of this type is a part of a line.
pub(super) fn is_inline(role: &str) -> bool {
    matches!(role, "Span" | "Link" | "Quote" | "Code" | "Reference" | "Formula" | "Figure")
}

/// Whether an element of this type is a part of certain others and nothing by itself.
pub(super) fn is_part(role: &str) -> bool {
    matches!(
        role,
        "LI" | "Lbl" | "LBody" | "TOCI" | "THead" | "TBody" | "TFoot" | "TR" | "TH" | "TD" | "Caption"
    )
}

/// Whether a part may stand in an element of this type.
pub(super) fn fits(part: &str, inside: &str) -> bool {
    match part {
        "LI" | "Lbl" | "LBody" => inside == "L",
        "TOCI" => inside == "TOC",
        "THead" | "TBody" | "TFoot" | "Caption" => inside == "Table",
        "TR" => matches!(inside, "Table" | "THead" | "TBody" | "TFoot"),
        "TH" | "TD" => inside == "TR",
        _ => true,
    }
}

/// What text, or anything else that is no part, needs around it in an element that holds parts.
pub(super) fn missing(inside: &str) -> &'static [&'static str] {
    match inside {
        "L" => &["LI", "LBody"],
        "TOC" => &["TOCI"],
        "Table" | "THead" | "TBody" | "TFoot" => &["TR", "TD"],
        "TR" => &["TD"],
        _ => &["P"],
    }
}

/// Why an element, with all that is in it, is not read; `None` where it is.
pub(super) fn artifact(element: &Element, style: &ComputedStyle) -> Option<Artifact> {
    if style.position.running.is_some() || style.position.scheme == Position::Fixed {
        return Some(Artifact::Pagination);
    }
    let is_named = || ["aria-label", "aria-labelledby"].iter().any(|name| said(element, name).is_some());
    // A picture that the stylesheet puts before or after something is decoration until it has words.
    let decorates = |alt: Option<&str>| match element.pseudo {
        Some(_) => alt.is_none_or(str::is_empty),
        None => alt == Some(""),
    };
    let is_decoration = element.picture.is_some()
        && (decorates(element.attribute("alt")) || is_presentational(element))
        && !is_named();
    let hides = element.attribute("aria-hidden") == Some("true");
    (hides || is_decoration).then_some(Artifact::Layout)
}

/// An attribute with something in it.
pub(super) fn said<'e>(element: &'e Element, name: &str) -> Option<&'e str> {
    element.attribute(name).map(str::trim).filter(|value| !value.is_empty())
}

fn is_presentational(element: &Element) -> bool {
    matches!(element.attribute("role"), Some("presentation" | "none"))
}

/// What an element is.
pub(super) fn meaning(element: &Element) -> Meaning {
    if element.picture.is_some() {
        return Meaning::Is("Figure");
    }
    if element.pseudo.is_some_and(|pseudo| pseudo != Pseudo::FirstLetter) {
        return Meaning::Generic;
    }
    let roles = element.attribute("role").unwrap_or_default().split_ascii_whitespace();
    roles.filter_map(|role| of_role(role, element)).next().unwrap_or_else(|| of_tag(element))
}

/// What a role makes of an element; `None` where it is not one that changes anything.
fn of_role(role: &str, element: &Element) -> Option<Meaning> {
    Some(Meaning::Is(match role {
        "presentation" | "none" | "generic" | "group" => return Some(Meaning::Generic),
        "figure" => return Some(Meaning::FigureGroup),
        "heading" => heading(said(element, "aria-level")),
        "article" => "Art",
        "region"
        | "complementary"
        | "navigation"
        | "doc-toc"
        | "doc-chapter"
        | "doc-abstract"
        | "doc-foreword"
        | "doc-introduction"
        | "doc-conclusion"
        | "doc-appendix"
        | "doc-afterword"
        | "doc-preface"
        | "doc-prologue"
        | "doc-epilogue"
        | "doc-acknowledgments"
        | "doc-bibliography"
        | "doc-glossary"
        | "doc-endnotes" => "Sect",
        "doc-part" => "Part",
        "list" => "L",
        "listitem" => "LI",
        "table" | "grid" => "Table",
        "rowgroup" if &*element.tag == "thead" => "THead",
        "rowgroup" if &*element.tag == "tfoot" => "TFoot",
        "rowgroup" => "TBody",
        "row" => "TR",
        "cell" | "gridcell" => "TD",
        "columnheader" | "rowheader" => "TH",
        "caption" => "Caption",
        "img" | "image" => "Figure",
        "math" => "Formula",
        "blockquote" => "BlockQuote",
        "paragraph" | "doc-subtitle" => "P",
        "code" => "Code",
        _ => return None,
    }))
}

fn heading(level: Option<&str>) -> &'static str {
    match level.and_then(|level| level.parse().ok()) {
        Some(1) => "H1",
        None | Some(2) => "H2",
        Some(3) => "H3",
        Some(4) => "H4",
        Some(5) => "H5",
        Some(6_u32..) => "H6",
        Some(0) => "H2",
    }
}

fn of_tag(element: &Element) -> Meaning {
    Meaning::Is(match &*element.tag {
        "figure" => return Meaning::FigureGroup,
        "article" => "Art",
        "section" | "aside" | "nav" => "Sect",
        "h1" => "H1",
        "h2" => "H2",
        "h3" => "H3",
        "h4" => "H4",
        "h5" => "H5",
        "h6" => "H6",
        "p" | "pre" => "P",
        "ul" | "ol" | "menu" | "dl" => "L",
        "li" => "LI",
        "dt" => "Lbl",
        "dd" => "LBody",
        "blockquote" => "BlockQuote",
        "q" => "Quote",
        "table" => "Table",
        "thead" => "THead",
        "tbody" => "TBody",
        "tfoot" => "TFoot",
        "tr" => "TR",
        "th" => "TH",
        "td" => "TD",
        "caption" | "figcaption" => "Caption",
        "a" if element.attribute("href").is_some() => "Link",
        "code" => "Code",
        "math" => "Formula",
        "abbr" if said(element, "title").is_some() => "Span",
        _ => return Meaning::Generic,
    })
}
