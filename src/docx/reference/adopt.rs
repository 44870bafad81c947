//! A document of ours in the looks of the reference.

use std::collections::BTreeMap;

use super::numbering::{Definitions, Numbers};
use super::restyle::{Fonts, Restyle};
use super::styles::Sheet;
use super::take::{PREFIX, relationships};
use super::{FONTS, NUMBERING, Reference, xml};
use crate::read::Metadata;

/// What is known of a document beside its parts.
pub(crate) struct Document<'a> {
    pub meta: &'a Metadata,
    /// Its language (BCP 47), with a region.
    pub lang: &'a str,
    /// The family of its headings.
    pub headings: &'a str,
    /// The family of its text.
    pub text: &'a str,
}

/// A part's name and its bytes.
type Part = (String, Vec<u8>);

const STYLES: &str = "word/styles.xml";
const SETTINGS: &str = "word/settings.xml";
const DOCUMENT_RELATIONS: &str = "word/_rels/document.xml.rels";

/// Parts in which paragraphs stand.
const TEXTS: [&str; 3] = ["word/document.xml", "word/footnotes.xml", "word/endnotes.xml"];

/// What comes before `w:mirrorMargins` among the settings (ISO/IEC 29500-1, 17.15.1.78).
const EARLY: [&str; 14] = [
    "w:writeProtection",
    "w:view",
    "w:zoom",
    "w:removePersonalInformation",
    "w:removeDateAndTime",
    "w:doNotDisplayPageBoundaries",
    "w:displayBackgroundShape",
    "w:printPostScriptOverText",
    "w:printFractionalCharacterWidth",
    "w:printFormsData",
    "w:embedTrueTypeFonts",
    "w:embedSystemFonts",
    "w:saveSubsetFonts",
    "w:saveFormsData",
];

impl Reference {
    /// Puts the reference under the parts of a document; gives the content types of the parts that were added.
    pub(crate) fn adopt(&self, parts: &mut Vec<Part>, document: &Document) -> Vec<(String, String)> {
        let mut parts_by_name: BTreeMap<String, Vec<u8>> = std::mem::take(parts).into_iter().collect();
        let mut package = Package { parts: &mut parts_by_name, reference: self };
        package.styles_and_text(document);
        package.margins(document.meta);
        package.fonts();
        package.settings();
        package.relations();
        let mut types = Vec::new();
        for part in &self.parts {
            parts_by_name.insert(part.name.clone(), part.content.clone());
            if !part.content_type.is_empty() {
                types.push((part.name.clone(), part.content_type.clone()));
            }
        }
        parts.extend(parts_by_name);
        types
    }
}

/// The parts of a document that is being put together.
struct Package<'a, 'r> {
    parts: &'a mut BTreeMap<String, Vec<u8>>,
    reference: &'r Reference,
}

impl Package<'_, '_> {
    fn text(&self, name: &str) -> Option<String> {
        Some(String::from_utf8_lossy(self.parts.get(name)?).into_owned())
    }

    fn put(&mut self, name: &str, text: String) {
        self.parts.insert(name.to_owned(), text.into_bytes());
    }

    fn styles_and_text(&mut self, document: &Document) {
        let reference = self.reference;
        let styles = self.text(STYLES).unwrap_or_default();
        let Some(ours) = Sheet::read(&styles) else { return };
        let mut merged = reference.styles.merge(&ours);
        let own = self.text(NUMBERING).and_then(|part| Definitions::read(&part));
        let mut numbers = Numbers::new(reference.numbering.as_ref(), own);
        let references: String = reference
            .margins
            .iter()
            .enumerate()
            .map(|(index, margin)| {
                let (element, place) = (&margin.element, &margin.place);
                format!(r#"<{element} w:type="{place}" r:id="{PREFIX}margin{}"/>"#, index + 1)
            })
            .collect();
        let fonts = fonts(&reference.styles, document);
        let mut pass = Restyle {
            merged: &mut merged,
            numbers: &mut numbers,
            fonts: &fonts,
            section: &reference.section,
            margins: reference.has_margins().then_some(&references),
            sections: 0,
            variants: BTreeMap::new(),
            added: String::new(),
        };
        let is_text = |name: &String| {
            let own_margin = name.starts_with("word/header") || name.starts_with("word/footer");
            TEXTS.contains(&name.as_str()) || own_margin
        };
        let names: Vec<String> = self.parts.keys().filter(|name| is_text(name)).cloned().collect();
        for name in names {
            let text = pass.document(&self.text(&name).unwrap_or_default());
            self.put(&name, text);
        }
        let added = pass.merged.added.concat();
        let added = pass.plain(&added) + &pass.added;
        let (definitions, instances) = pass.numbers.own();
        let (definitions, instances) = (pass.plain(&definitions.concat()), pass.plain(&instances.concat()));
        if let Some(part) = numbers.part(&definitions, &instances) {
            self.put(NUMBERING, part);
        }
        self.put(STYLES, reference.styles.part((&document.meta.lang, document.lang), &added, &ours.root));
    }

    /// The reference's headers and footers in the place of ours.
    fn margins(&mut self, meta: &Metadata) {
        if !self.reference.has_margins() {
            return;
        }
        let is_margin = |name: &str| {
            let stem = name.strip_prefix("word/_rels/").or_else(|| name.strip_prefix("word/")).unwrap_or("");
            stem.starts_with("header") || stem.starts_with("footer")
        };
        self.parts.retain(|name, _| !is_margin(name));
        for margin in &self.reference.margins {
            self.parts.insert(margin.name.clone(), margin.content.part(meta));
        }
    }

    /// The reference's fonts beside ours, with what is embedded of them.
    fn fonts(&mut self) {
        let (Some(theirs), Some(ours)) = (&self.reference.fonts, self.text(FONTS)) else { return };
        let known: Vec<Option<String>> =
            xml::children(&theirs.clone()).into_iter().map(|font| xml::attribute(font, "w:name")).collect();
        let is_other = |font: &&str| !known.contains(&xml::attribute(font, "w:name"));
        let own: String = xml::children(&ours).into_iter().filter(is_other).collect();
        let theirs_renamed: String = xml::children(theirs)
            .into_iter()
            .map(|font| font.replace(" r:id=\"", &format!(" r:id=\"{PREFIX}")))
            .collect();
        let root = super::styles::open(&xml::with_namespaces(xml::root(theirs), xml::root(&ours)));
        let declaration = super::DECLARATION;
        self.put(FONTS, format!("{declaration}{root}{theirs_renamed}{own}</w:fonts>"));
    }

    fn settings(&mut self) {
        let Some(ours) = self.text(SETTINGS) else { return };
        let reference = self.reference;
        let theirs = |wanted: &str| {
            let found = reference.settings.iter().find(|setting| xml::name(setting) == wanted);
            found.map(String::as_str)
        };
        let mut children: Vec<&str> = Vec::new();
        for child in xml::children(&ours) {
            match xml::name(child) {
                "w:evenAndOddHeaders" if reference.has_margins() => {}
                "w:characterSpacingControl" if reference.has_margins() => {
                    children.extend(theirs("w:evenAndOddHeaders"));
                    children.push(child);
                }
                name => children.push(theirs(name).unwrap_or(child)),
            }
        }
        let early = children.iter().take_while(|child| EARLY.contains(&xml::name(child))).count();
        let sheet = ["w:mirrorMargins", "w:gutterAtTop"].into_iter().filter_map(theirs);
        children.splice(early..early, sheet.filter(|_| reference.paper().is_some()));
        let (declaration, root) = (super::DECLARATION, xml::root(&ours));
        self.put(SETTINGS, format!("{declaration}{root}{}</w:settings>", children.concat()));
    }

    /// Relationships of the document to the parts that are there now, and of the parts that were merged.
    fn relations(&mut self) {
        let own = self.text(DOCUMENT_RELATIONS).unwrap_or_default();
        let is_margin = |relation: &str| {
            let kind = xml::attribute(relation, "Type").unwrap_or_default();
            kind.ends_with("/header") || kind.ends_with("/footer")
        };
        let replaced = self.reference.has_margins();
        let mut each: String =
            xml::children(&own).into_iter().filter(|relation| !(replaced && is_margin(relation))).collect();
        let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        for (index, margin) in self.reference.margins.iter().enumerate() {
            let kind = if margin.element == "w:headerReference" { "header" } else { "footer" };
            let file = margin.name.trim_start_matches("word/");
            each += &format!(
                r#"<Relationship Id="{PREFIX}margin{}" Type="{office}/{kind}" Target="{file}"/>"#,
                index + 1
            );
        }
        if self.parts.contains_key(NUMBERING) && !each.contains("numbering.xml\"") {
            each += &format!(
                r#"<Relationship Id="{PREFIX}numbering" Type="{office}/numbering" Target="numbering.xml"/>"#
            );
        }
        self.put(DOCUMENT_RELATIONS, relationships(&each));
        for part in [NUMBERING, FONTS] {
            let file = part.trim_start_matches("word/");
            let name = format!("word/_rels/{file}.rels");
            let own = self.text(&name).unwrap_or_default();
            let mut each = xml::children(&own).concat();
            let theirs = self.reference.relations.iter().filter(|(of, _)| *of == part);
            each.extend(theirs.map(|(_, relation)| relation.as_str()));
            if !each.is_empty() {
                self.put(&name, relationships(&each));
            }
        }
    }
}

/// What takes the place of the families of our layout: text and headings in the organisation's own.
fn fonts(theirs: &Sheet, document: &Document) -> Fonts {
    let text = theirs.default_paragraph().and_then(|style| theirs.fonts(style));
    let heading = theirs.find("paragraph", "heading 1").and_then(|style| theirs.fonts(style)).or(text);
    let replaced =
        |family: &str, fonts: Option<&str>| (family.to_owned(), fonts.unwrap_or_default().to_owned());
    vec![replaced(document.text, text), replaced(document.headings, heading)]
}
