//! The reference's last section (ISO/IEC 29500-1, 17.6): its sheet, and what stands in its margins.

use super::xml;
use crate::docx::package::schema_order;
use crate::geom::{Edges, Size};
use crate::units::Px;

/// A section.
#[derive(Default)]
pub(super) struct Section {
    /// Headers and footers: element, place (`default`, `first`, `even`) and relationship.
    pub margins: Vec<(String, String, String)>,
    /// The properties that are taken over, as they stand there.
    properties: Vec<String>,
}

/// The size and margins of a sheet.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Paper {
    pub size: Size,
    pub margin: Edges<Px>,
}

/// What of the section's properties is the reference's.
const TAKEN: [&str; 7] =
    ["w:pgSz", "w:pgMar", "w:paperSrc", "w:pgBorders", "w:pgNumType", "w:titlePg", "w:docGrid"];

/// What only the first of our sections has: numbers that begin anew, and a first page.
const ONCE: [&str; 2] = ["w:pgNumType", "w:titlePg"];

impl Section {
    /// The last section of a document part. A section without a header has that of the one before it.
    pub fn last(document: &str) -> Self {
        let mut section = Self::default();
        let body = xml::child(document, "w:body").unwrap_or_default();
        for block in xml::children(body) {
            let found = match xml::name(block) {
                "w:sectPr" => Some(block),
                "w:p" => xml::child(block, "w:pPr").and_then(|found| xml::child(found, "w:sectPr")),
                _ => None,
            };
            found.into_iter().for_each(|found| section.go_on(found));
        }
        section
    }

    fn go_on(&mut self, next: &str) {
        self.properties.clear();
        for child in xml::children(next) {
            match xml::name(child) {
                element @ ("w:headerReference" | "w:footerReference") => {
                    let place = xml::attribute(child, "w:type").unwrap_or_else(|| "default".to_owned());
                    self.margins.retain(|(known, at, _)| known != element || *at != place);
                    let relation = xml::attribute(child, "r:id").unwrap_or_default();
                    self.margins.push((element.to_owned(), place, relation));
                }
                name if TAKEN.contains(&name) => self.properties.push(child.to_owned()),
                _ => {}
            }
        }
    }

    /// The sheet, where the section says both its size and its margins.
    pub fn paper(&self) -> Option<Paper> {
        let px = |element: &str, name: &str| {
            let twips = xml::attribute(element, name)?.parse::<f32>().ok()?;
            (twips.abs() < 40_000.0).then_some(Px(twips / 15.0))
        };
        let (size, margin) = (self.property("w:pgSz")?, self.property("w:pgMar")?);
        let side = |name: &str| px(margin, name).map(|side| side.abs());
        let (width, height) = (px(size, "w:w")?, px(size, "w:h")?);
        let margin = Edges {
            top: side("w:top")?,
            right: side("w:right")?,
            bottom: side("w:bottom")?,
            left: side("w:left")? + side("w:gutter").unwrap_or(Px(0.0)),
        };
        let fits = margin.horizontal() + Px(48.0) < width && margin.vertical() + Px(48.0) < height;
        fits.then_some(Paper { size: Size::new(width, height), margin })
    }

    fn property(&self, name: &str) -> Option<&str> {
        self.properties.iter().map(String::as_str).find(|found| xml::name(found) == name)
    }

    /// One of our sections on the reference's sheet; `margins` are the references to headers and footers that it
    /// gets in the place of its own, `None` where those stay.
    pub fn put_on(&self, own: &str, margins: Option<&str>, first: bool) -> String {
        let sheet = self.paper().is_some();
        let theirs = self.properties.iter().map(String::as_str).filter(|found| match xml::name(found) {
            "w:pgSz" | "w:pgMar" => sheet,
            "w:titlePg" | "w:pgNumType" => margins.is_some() && first,
            _ => true,
        });
        let theirs: Vec<&str> = theirs.collect();
        let is_ours = |child: &&str| match xml::name(child) {
            "w:headerReference" | "w:footerReference" => false,
            "w:pgSz" | "w:pgMar" => !sheet,
            name if ONCE.contains(&name) => margins.is_none(),
            name => theirs.iter().all(|found| xml::name(found) != name),
        };
        let references: String = match margins {
            Some(margins) => margins.to_owned(),
            None => {
                let ours = xml::children(own).into_iter();
                ours.filter(|child| xml::name(child).ends_with("Reference")).collect()
            }
        };
        let mut children: Vec<&str> = xml::children(own).into_iter().filter(is_ours).collect();
        children.extend(&theirs);
        let order = schema_order(b"w:sectPr").unwrap_or_default();
        children.sort_by_key(|child| order.iter().position(|known| *known == xml::name(child)));
        let root = super::styles::open(xml::root(own));
        format!("{root}{references}{}</w:sectPr>", children.concat())
    }
}
