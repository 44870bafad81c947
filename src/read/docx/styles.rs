//! Styles (ISO/IEC 29500-1, 17.7): what a paragraph or a run is, told by the style that it has.

use std::collections::{BTreeMap, BTreeSet};

use roxmltree::Node;

use super::element::{attribute, below, child, is_on, name, number, value};
use super::look::Look;
use super::role::Role;

/// A chain of styles that are based on each other is no longer than this.
const LONGEST: usize = 32;

/// The styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: BTreeMap<String, Style>,
    /// What all text has where nothing else is said.
    pub defaults: Look,
    /// The style of paragraphs that name none.
    normal: String,
}

/// A style.
#[derive(Debug)]
struct Style {
    /// Its name, in lower case and without spaces around it.
    name: String,
    based_on: Option<String>,
    /// Whether it is one of the writer's own.
    custom: bool,
    outline: Option<u8>,
    numbering: Place,
    indent: Option<i32>,
    look: Look,
    /// The parts of a table that it gives a look of their own.
    conditions: BTreeSet<String>,
}

/// The place in a list that a paragraph or style names, each part for itself (17.3.1.19).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Place {
    /// `w:numId`; 0 is none.
    pub list: Option<u32>,
    /// `w:ilvl`.
    pub level: Option<u8>,
}

impl Place {
    /// Of `w:pPr`.
    pub fn read(properties: Node) -> Self {
        let found = child(properties, "numPr");
        Self {
            list: found.and_then(|found| number(found, "numId")),
            level: found.and_then(|found| number(found, "ilvl")).filter(|level| *level <= 8),
        }
    }
}

/// From the left side, twips, of `w:pPr`.
pub(super) fn indent(properties: Node) -> Option<i32> {
    let found = child(properties, "ind")?;
    attribute(found, "left").or_else(|| attribute(found, "start"))?.parse().ok()
}

impl Styles {
    /// Reads the styles part.
    pub fn read(root: Node) -> Self {
        let mut all = Self::default();
        for node in root.children().filter(|node| name(*node) == "style") {
            let Some(id) = attribute(node, "styleId") else { continue };
            let is_default = attribute(node, "default").is_some_and(is_on);
            if is_default && attribute(node, "type") == Some("paragraph") {
                all.normal = id.to_owned();
            }
            all.styles.insert(id.to_owned(), Style::read(node));
        }
        if let Some(properties) = below(root, "rPrDefault").and_then(|found| child(found, "rPr")) {
            all.defaults = Look::read(properties);
        }
        all
    }

    /// The style that paragraphs without one have.
    pub fn normal(&self) -> &str {
        &self.normal
    }

    /// A style, and those that it is based on.
    fn chain(&self, id: &str) -> impl Iterator<Item = &Style> {
        let next = |style: &&Style| self.styles.get(style.based_on.as_ref()?);
        std::iter::successors(self.styles.get(id), next).take(LONGEST)
    }

    /// How text of this style looks, without the defaults.
    pub fn look(&self, id: &str) -> Look {
        self.chain(id).fold(Look::default(), |look, style| look.over(&style.look))
    }

    /// What a paragraph of this style is: as the nearest name in its chain that says so, or by its outline level.
    pub fn role(&self, id: &str) -> Role {
        let named = self
            .chain(id)
            .find_map(|style| Role::named(&style.name).or_else(|| Role::outline(style.outline?)));
        named.unwrap_or(Role::Text)
    }

    /// The place in a list that a style gives. A style that is tied to a list at a level says so by the list's levels.
    pub fn numbering(&self, id: &str) -> Place {
        self.chain(id).fold(Place::default(), |place, style| Place {
            list: place.list.or(style.numbering.list),
            level: place.level.or(style.numbering.level),
        })
    }

    /// From the left side, twips.
    pub fn indent(&self, id: &str) -> Option<i32> {
        self.chain(id).find_map(|style| style.indent)
    }

    /// The name of a style of a run, in lower case.
    pub fn name(&self, id: &str) -> &str {
        self.styles.get(id).map_or("", |style| &style.name)
    }

    /// The name of a style that is one of the writer's own, in lower case.
    pub fn own_name(&self, id: &str) -> Option<&str> {
        self.styles.get(id).filter(|style| style.custom).map(|style| style.name.as_str())
    }

    /// Whether a table style gives a part of the table, such as `firstRow`, a look of its own.
    pub fn has_condition(&self, id: &str, part: &str) -> bool {
        self.chain(id).any(|style| style.conditions.contains(part))
    }
}

impl Style {
    fn read(node: Node) -> Self {
        let paragraph = child(node, "pPr");
        let conditions = node.children().filter(|node| name(*node) == "tblStylePr");
        Self {
            name: value(node, "name").unwrap_or_default().trim().to_lowercase(),
            based_on: value(node, "basedOn").map(str::to_owned),
            custom: attribute(node, "customStyle").is_some_and(is_on),
            outline: paragraph.and_then(|properties| number(properties, "outlineLvl")),
            numbering: paragraph.map(Place::read).unwrap_or_default(),
            indent: paragraph.and_then(indent),
            look: child(node, "rPr").map(Look::read).unwrap_or_default(),
            conditions: conditions.filter_map(|node| attribute(node, "type")).map(str::to_owned).collect(),
        }
    }
}
