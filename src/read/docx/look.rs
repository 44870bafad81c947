//! How a run looks, as far as that means something (ISO/IEC 29500-1, 17.3.2).

use std::rc::Rc;

use roxmltree::Node;

use super::element::{attribute, child, switch, value};

/// Properties of a run as one place gives them: the run itself, a style, the defaults.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Look {
    pub bold: Option<bool>,
    pub italic: Option<bool>,
    pub small_caps: Option<bool>,
    pub strike: Option<bool>,
    pub underline: Option<bool>,
    pub hidden: Option<bool>,
    pub highlight: Option<bool>,
    pub raise: Option<Raise>,
    pub lang: Option<Rc<str>>,
    pub font: Option<Rc<str>>,
}

/// Where a run stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Raise {
    Baseline,
    Above,
    Below,
}

impl Look {
    /// Reads `w:rPr`.
    pub fn read(properties: Node) -> Self {
        let any =
            |names: [&str; 2]| names.iter().filter_map(|name| switch(properties, name)).reduce(|a, b| a || b);
        let fonts = child(properties, "rFonts");
        let font = fonts.and_then(|fonts| attribute(fonts, "ascii").or_else(|| attribute(fonts, "hAnsi")));
        let shown = |kind: &str| !matches!(kind, "none" | "nil");
        Self {
            bold: switch(properties, "b"),
            italic: switch(properties, "i"),
            small_caps: switch(properties, "smallCaps"),
            strike: any(["strike", "dstrike"]),
            underline: value(properties, "u").map(shown),
            hidden: switch(properties, "vanish"),
            highlight: value(properties, "highlight").map(shown),
            raise: value(properties, "vertAlign").map(|place| match place {
                "superscript" => Raise::Above,
                "subscript" => Raise::Below,
                _ => Raise::Baseline,
            }),
            lang: child(properties, "lang").and_then(|lang| attribute(lang, "val")).and_then(language),
            font: font.map(Rc::from),
        }
    }

    /// The same, and what `base` says where it says nothing.
    #[must_use]
    pub fn over(&self, base: &Self) -> Self {
        Self {
            bold: self.bold.or(base.bold),
            italic: self.italic.or(base.italic),
            small_caps: self.small_caps.or(base.small_caps),
            strike: self.strike.or(base.strike),
            underline: self.underline.or(base.underline),
            hidden: self.hidden.or(base.hidden),
            highlight: self.highlight.or(base.highlight),
            raise: self.raise.or(base.raise),
            lang: self.lang.clone().or_else(|| base.lang.clone()),
            font: self.font.clone().or_else(|| base.font.clone()),
        }
    }
}

/// A language tag (BCP 47), where it is one of a language.
pub(super) fn language(tag: &str) -> Option<Rc<str>> {
    let is_subtag =
        |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric());
    let primary = primary(tag);
    let is_language = (2..=3).contains(&primary.len()) && primary.bytes().all(|b| b.is_ascii_alphabetic());
    (is_language && tag.split('-').all(is_subtag) && primary != "zxx").then(|| Rc::from(tag))
}

/// The language of a tag without its country.
pub(super) fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}
