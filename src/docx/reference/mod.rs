//! A Word file that the organisation already has, for its looks: styles, theme, fonts, the sheet, header and footer.
//! [`Reference::read`] takes from it what a document of ours can use, once a run; [`adopt`] puts that under each
//! document. Its text, comments, macros and custom XML stay behind.

mod adopt;
mod margins;
mod numbering;
mod restyle;
mod section;
mod styles;
mod take;

#[cfg(test)]
mod tests;

use super::package::in_order;
use crate::diag::{Diagnostic, Place};
use crate::opc::{Archive, Fault, xml};

use margins::Margin;
use numbering::Definitions;
use section::Section;
use styles::Sheet;
use take::Taker;

pub(crate) use adopt::Document;
pub(crate) use section::Paper;

/// The start of a part.
const DECLARATION: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;

/// What is taken from a Word file.
pub struct Reference {
    styles: Sheet,
    numbering: Option<Definitions>,
    section: Section,
    /// Headers and footers; none where there is nothing to see in them.
    margins: Vec<MarginPart>,
    /// `w:font` elements with the embedded fonts that go with them.
    fonts: Option<String>,
    /// Settings by name.
    settings: Vec<String>,
    /// Relationships of the parts that ours are merged with: the part, and the relationship.
    relations: Vec<(&'static str, String)>,
    /// Parts that are taken as they are: name, content type, content.
    parts: Vec<TakenPart>,
}

/// A header or footer.
struct MarginPart {
    /// `w:headerReference` or `w:footerReference`.
    element: String,
    /// `default`, `first` or `even`.
    place: String,
    /// Its part.
    name: String,
    content: Margin,
}

/// A part that is taken as it is.
struct TakenPart {
    name: String,
    content_type: String,
    content: Vec<u8>,
}

/// The settings that are the organisation's affair.
const SETTINGS: [&str; 7] = [
    "w:mirrorMargins",
    "w:gutterAtTop",
    "w:defaultTabStop",
    "w:evenAndOddHeaders",
    "w:clrSchemeMapping",
    "w:decimalSymbol",
    "w:listSeparator",
];

impl Reference {
    /// Takes from a Word file what documents can use; `name` is the file as a person calls it.
    ///
    /// # Errors
    /// `reference-doc`: a file that is no Word file, or has no styles, or more in it than is reasonable.
    pub fn read(file: &[u8], name: &str) -> Result<Self, Diagnostic> {
        Self::take(file).map_err(|Fault { message, hint }| {
            let message = format!("`{name}` cannot be the reference of Word documents: {message}");
            Diagnostic::error("reference-doc", message).at(Place::file(name)).hint(hint)
        })
    }

    fn take(file: &[u8]) -> Result<Self, Fault> {
        let mut archive = Archive::open(file)?;
        let relation = archive.document()?;
        if relation.is_strict() {
            return Err(Fault::new("it is saved as Strict Open XML"));
        }
        let name = relation.target;
        let document = archive.text(&name)?.unwrap_or_default();
        if xml::name(xml::root(&document)) != "w:document" {
            return Err(Fault::new(format!("{name} is not written as Word writes it")));
        }
        let relations = archive.relations(&name)?;
        let related = |kind: &str| {
            relations
                .iter()
                .find(|found| found.kind == kind && !found.external)
                .map(|found| found.target.clone())
        };
        let mut text = |kind: &str| match related(kind) {
            Some(name) => Ok(archive.text(&name)?.map(|part| transitional(&in_order(&part)))),
            None => Ok(None),
        };
        let styles = text("styles")?.ok_or_else(|| Fault::new("it has no styles"))?;
        let numbering = text("numbering")?;
        let fonts = text("fontTable")?.filter(|part| xml::name(xml::root(part)) == "w:fonts");
        let settings = text("settings")?.unwrap_or_default();
        let section = Section::last(&document);
        let wanted: Vec<(String, String, String)> = section
            .margins
            .iter()
            .filter_map(|(element, place, id)| {
                let found = relations.iter().find(|found| found.id == *id && !found.external)?;
                Some((element.clone(), place.clone(), found.target.clone()))
            })
            .collect();
        let mut reference = Self {
            styles: Sheet::read(&styles)
                .map(Sheet::mended)
                .ok_or_else(|| Fault::new("its styles are not written as Word writes them"))?,
            numbering: numbering.as_deref().and_then(Definitions::read),
            section,
            margins: Vec::new(),
            fonts: None,
            settings: chosen(&settings),
            relations: Vec::new(),
            parts: Vec::new(),
        };
        let mut taker = Taker::new(&mut archive);
        if let (Some(numbering), true) = (related("numbering"), reference.numbering.is_some()) {
            reference.relations.extend(taker.relations_of(&numbering, NUMBERING)?);
        }
        if let (Some(table), Some(fonts)) = (related("fontTable"), fonts) {
            reference.relations.extend(taker.relations_of(&table, FONTS)?);
            reference.fonts = Some(fonts);
        }
        if let Some(theme) = related("theme") {
            taker.take_as(&theme, THEME)?;
        }
        reference.take_margins(&wanted, &mut taker)?;
        reference.parts = taker.finish()?;
        Ok(reference)
    }

    fn take_margins(&mut self, wanted: &[(String, String, String)], taker: &mut Taker) -> Result<(), Fault> {
        let mut shows = false;
        let mut found = Vec::new();
        for (element, place, part) in wanted {
            let Some(text) = taker.text(part)?.map(|part| in_order(&part)) else { continue };
            let is_margin = ["w:hdr", "w:ftr"].contains(&xml::name(xml::root(&text)));
            if !is_margin {
                return Err(Fault::new(format!("{part} is not written as Word writes it")));
            }
            shows |= Margin::shows_something(&text);
            found.push((element, place, part, text));
        }
        for (element, place, part, text) in found.into_iter().filter(|_| shows) {
            let kind = if element == "w:headerReference" { "header" } else { "footer" };
            let name = format!("word/{kind}{}.xml", self.margins.len() + 1);
            taker.relations_as(part, &name)?;
            let (element, place) = (element.clone(), place.clone());
            self.margins.push(MarginPart { element, place, name, content: Margin::read(&text) });
        }
        Ok(())
    }

    /// The sheet, where the file has a section that says it.
    pub(crate) fn paper(&self) -> Option<Paper> {
        self.section.paper()
    }

    /// Whether there is a header or a footer to see.
    pub(crate) fn has_margins(&self) -> bool {
        !self.margins.is_empty()
    }
}

const NUMBERING: &str = "word/numbering.xml";
const FONTS: &str = "word/fontTable.xml";
const THEME: &str = "word/theme/theme1.xml";

/// The part without what LibreOffice writes of Strict Open XML into its transitional files.
fn transitional(part: &str) -> String {
    let mut rest = part;
    let mut written = String::with_capacity(part.len());
    while let Some((before, after)) = rest.split_once(" w:characterSet=\"") {
        written.push_str(before);
        rest = after.split_once('"').map_or("", |(_, rest)| rest);
    }
    written.push_str(rest);
    let sides = [("start", "left"), ("end", "right")];
    sides.into_iter().fold(written, |part, (strict, side)| {
        part.replace(&format!("<w:lvlJc w:val=\"{strict}\""), &format!("<w:lvlJc w:val=\"{side}\""))
    })
}

fn chosen(settings: &str) -> Vec<String> {
    let children = xml::children(settings).into_iter();
    children.filter(|child| SETTINGS.contains(&xml::name(child))).map(str::to_owned).collect()
}
