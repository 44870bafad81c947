//! One pass over a part of ours: names of styles become those of the reference, numbers of lists those that are free
//! there, and where the reference's style speaks we say less.

use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::numbering::{Become, Numbers};
use super::section::Section;
use super::styles::{Merged, Taken, hex, in_color};
use super::xml;
use crate::docx::look::Rgb;

/// Elements whose `w:val` names a style.
const NAMES: [&[u8]; 8] = [
    b"w:pStyle",
    b"w:rStyle",
    b"w:tblStyle",
    b"w:basedOn",
    b"w:next",
    b"w:link",
    b"w:numStyleLink",
    b"w:styleLink",
];

/// A family of ours, and what takes its place: the reference's `w:rFonts`, or nothing, so that the style's own shows.
pub(super) type Fonts = Vec<(String, String)>;

/// What a pass needs and gathers.
pub(super) struct Restyle<'a, 'r> {
    pub merged: &'a mut Merged<'r>,
    pub numbers: &'a mut Numbers<'r>,
    pub fonts: &'a Fonts,
    pub section: &'r Section,
    /// References to the headers and footers, for the first section.
    pub margins: Option<&'a str>,
    /// Whether a section has been met.
    pub sections: usize,
    /// The reference's styles in the colour that ours have on dark ground: style and colour, and what it is called.
    pub variants: BTreeMap<(String, Rgb), String>,
    /// Their XML.
    pub added: String,
}

/// Where the pass is in the document.
#[derive(Default)]
struct Place {
    /// The colour behind each cell that is open.
    cells: Vec<Option<Rgb>>,
    /// Whether the properties of a cell are open.
    cell_properties: bool,
    /// Whether a table ended right before.
    after_table: bool,
}

impl Place {
    fn ground(&self) -> Option<Rgb> {
        self.cells.iter().rev().find_map(|ground| *ground)
    }
}

/// What surrounds a paragraph.
struct Around {
    ground: Option<Rgb>,
    /// Whether it is in a cell, or beside a table, for which it keeps the distance.
    table: bool,
}

impl Restyle<'_, '_> {
    /// A document, or notes, a header or a footer.
    pub fn document(&mut self, part: &str) -> String {
        let mut out = String::with_capacity(part.len());
        let mut reader = Reader::from_str(part);
        let mut place = Place::default();
        loop {
            let from = reader.buffer_position();
            let event = reader.read_event();
            let raw = xml::slice(part, from, reader.buffer_position());
            match event {
                Ok(Event::Eof) | Err(_) => return out,
                Ok(Event::Start(tag)) => match tag.name().as_ref() {
                    b"w:pPr" | b"w:sectPr" => {
                        let section = tag.name().as_ref() == b"w:sectPr";
                        let _ = reader.read_to_end(tag.name());
                        let end = reader.buffer_position();
                        let whole = xml::slice(part, from, end);
                        let around = Around {
                            ground: place.ground(),
                            table: place.after_table || !place.cells.is_empty() || is_before_table(part, end),
                        };
                        out += &if section { self.section(whole) } else { self.paragraph(whole, &around) };
                    }
                    name => {
                        match name {
                            b"w:tc" => place.cells.push(None),
                            b"w:tcPr" => place.cell_properties = true,
                            _ => {}
                        }
                        out += &self.tag(&tag, raw);
                    }
                },
                Ok(Event::Empty(tag)) => {
                    if tag.name().as_ref() == b"w:shd" && place.cell_properties {
                        let fill = xml::attribute_of(&tag, "w:fill").and_then(|fill| hex(&fill));
                        place.cells.last_mut().into_iter().for_each(|ground| *ground = fill);
                    }
                    out += &self.tag(&tag, raw);
                }
                Ok(Event::End(tag)) => {
                    match tag.name().as_ref() {
                        b"w:tc" => drop(place.cells.pop()),
                        b"w:tcPr" => place.cell_properties = false,
                        b"w:tbl" => place.after_table = true,
                        b"w:p" => place.after_table = false,
                        _ => {}
                    }
                    out += raw;
                }
                Ok(_) => out += raw,
            }
        }
    }

    /// Anything else: styles, definitions of lists, a part of a paragraph's properties.
    pub fn plain(&mut self, part: &str) -> String {
        let mut out = String::with_capacity(part.len());
        let mut reader = Reader::from_str(part);
        loop {
            let from = reader.buffer_position();
            let event = reader.read_event();
            let raw = xml::slice(part, from, reader.buffer_position());
            match event {
                Ok(Event::Eof) | Err(_) => return out,
                Ok(Event::Start(tag) | Event::Empty(tag)) => out += &self.tag(&tag, raw),
                Ok(_) => out += raw,
            }
        }
    }

    fn tag(&self, tag: &BytesStart, raw: &str) -> String {
        let name = tag.name();
        let number = |attribute: &str| xml::attribute_of(tag, attribute)?.parse::<i64>().ok();
        match name.as_ref() {
            name if NAMES.contains(&name) => {
                let given = xml::attribute_of(tag, "w:val").and_then(|id| self.merged.given.get(&id));
                given.map_or_else(|| raw.to_owned(), |given| xml::with_attribute(raw, "w:val", &given.id))
            }
            b"w:rFonts" => {
                let family = xml::attribute_of(tag, "w:ascii").unwrap_or_default();
                let known = self.fonts.iter().find(|(ours, _)| *ours == family);
                known.map_or_else(|| raw.to_owned(), |(_, theirs)| theirs.clone())
            }
            b"w:numId" => renumbered(raw, "w:val", number("w:val").map(|own| self.numbers.instance(own))),
            b"w:num" => renumbered(raw, "w:numId", number("w:numId").map(|own| self.numbers.instance(own))),
            b"w:abstractNumId" => {
                renumbered(raw, "w:val", number("w:val").map(|own| self.numbers.definition(own)))
            }
            b"w:abstractNum" => {
                let own = number("w:abstractNumId").map(|own| self.numbers.definition(own));
                renumbered(raw, "w:abstractNumId", own)
            }
            _ => raw.to_owned(),
        }
    }

    fn section(&mut self, own: &str) -> String {
        self.sections += 1;
        let first = self.sections == 1;
        let margins = self.margins.map(|margins| if first { margins } else { "" });
        self.section.put_on(own, margins, first)
    }

    /// The properties of a paragraph.
    fn paragraph(&mut self, own: &str, around: &Around) -> String {
        let children = xml::children(own);
        let of = |name: &str| children.iter().copied().find(|child| xml::name(child) == name);
        let style = of("w:pStyle").and_then(|style| xml::attribute(style, "w:val"));
        let taken = self.merged.given.get(style.as_deref().unwrap_or("Normal")).and_then(|given| given.taken);
        let numbering = of("w:numPr").map(|own| self.numbering(own, taken));
        let in_frame = of("w:framePr").is_some();
        let mut out = String::from("<w:pPr>");
        if let Some(id) = taken.and_then(|taken| self.on_dark(taken, around.ground)) {
            out += &xml::with_attribute("<w:pStyle/>", "w:val", &id);
        } else if let Some(style) = of("w:pStyle") {
            out += &self.plain(style);
        }
        for child in children {
            match xml::name(child) {
                "w:pStyle" => {}
                "w:numPr" => out += &numbering.clone().flatten().unwrap_or_default(),
                // The reference's style has indents that go with its numbering.
                "w:ind" if taken.is_some_and(|taken| taken.numbering.is_some()) && numbering.is_some() => {}
                // Distances between paragraphs are the style's affair; those around tables and in cells are made for
                // the place.
                "w:spacing" if taken.is_some() && !around.table && !in_frame => {}
                "w:sectPr" => out += &self.section(child),
                _ => out += &self.plain(child),
            }
        }
        out + "</w:pPr>"
    }

    /// The numbering of a paragraph; `None` where its style has it.
    fn numbering(&mut self, own: &str, taken: Option<Taken>) -> Option<String> {
        let number = |name: &str| xml::value(own, name)?.parse::<i64>().ok();
        let place = (number("w:numId").unwrap_or(0), number("w:ilvl").unwrap_or(0));
        self.numbers.item(place);
        let Some(theirs) = taken.and_then(|taken| taken.numbering).filter(|_| place.0 > 0) else {
            return Some(self.plain(own));
        };
        match self.numbers.in_style(place, theirs) {
            Become::Style => None,
            Become::Instance(id) => {
                let level = theirs.1;
                Some(format!(r#"<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{id}"/></w:numPr>"#))
            }
        }
    }

    /// The style for text on dark ground: the reference's, in the light colour that ours has there.
    fn on_dark(&mut self, taken: Taken, ground: Option<Rgb>) -> Option<String> {
        let color = taken.color?;
        ground.filter(|ground| luminance(*ground) < 0.18 && luminance(color) > 0.4)?;
        let key = (taken.style.id.clone(), color);
        if let Some(known) = self.variants.get(&key) {
            return Some(known.clone());
        }
        let (id, name) =
            self.merged.free(&format!("{}OnDark", taken.style.id), &format!("{} on dark", taken.style.name));
        self.added += &in_color(&id, &name, &taken.style.id, color);
        self.variants.insert(key, id.clone());
        Some(id)
    }
}

fn renumbered(raw: &str, attribute: &str, number: Option<i64>) -> String {
    number.map_or_else(|| raw.to_owned(), |number| xml::with_attribute(raw, attribute, &number.to_string()))
}

/// Whether the paragraph that goes on at `from` is followed by a table.
fn is_before_table(part: &str, from: u64) -> bool {
    let rest = part.get(from as usize..).unwrap_or_default();
    let end = rest.find("</w:p>").and_then(|end| rest.get(end + "</w:p>".len()..));
    end.is_some_and(|next| next.starts_with("<w:tbl>"))
}

/// Relative luminance (WCAG 2.1).
fn luminance(Rgb(parts): Rgb) -> f32 {
    let [red, green, blue] = parts.map(|part| {
        let part = f32::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}
