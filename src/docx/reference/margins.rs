//! A header or footer of the reference (ISO/IEC 29500-1, 17.10). Its fields go on working: those that show a property
//! of the document show ours at once, and those that look for something that stayed behind become plain text.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::xml;
use crate::docx::package::escape;
use crate::read::Metadata;

/// A part with places for what each document says of itself.
#[derive(Debug, Default)]
pub(super) struct Margin(Vec<Piece>);

#[derive(Debug, PartialEq)]
enum Piece {
    Text(String),
    Value(Property),
}

/// A property of a document (ISO/IEC 29500-2, 11).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Property {
    Title,
    Subject,
    Author,
    Keywords,
    Description,
}

/// What becomes of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Stays,
    /// Its result is this property.
    Shows(Property),
    /// Its result stays as text: what it refers to is not in the document.
    Unlinked,
}

/// Elements that show something.
const SHOWN: [&str; 8] =
    ["w:drawing", "w:pict", "w:object", "w:fldSimple", "w:instrText", "w:sym", "w:pgNum", "w:ptab"];

impl Margin {
    /// Reads a header or footer part.
    pub fn read(part: &str) -> Self {
        let fates = fates(part);
        let mut filler =
            Filler { pieces: Self::default(), fates, begun: 0, open: Vec::new(), simple: Vec::new() };
        filler.go_through(part);
        filler.pieces
    }

    /// Whether anything can be seen of it.
    pub fn shows_something(part: &str) -> bool {
        let mut reader = Reader::from_str(part);
        let mut is_text = false;
        loop {
            match reader.read_event() {
                Ok(Event::Start(tag) | Event::Empty(tag)) => {
                    let name = tag.name();
                    if SHOWN.iter().any(|shown| shown.as_bytes() == name.as_ref()) {
                        return true;
                    }
                    is_text = name.as_ref() == b"w:t";
                }
                Ok(Event::Text(text)) if is_text && !text.trim_ascii().is_empty() => return true,
                Ok(Event::End(_)) => is_text = false,
                Ok(Event::Eof) | Err(_) => return false,
                Ok(_) => {}
            }
        }
    }

    /// The part for a document with these properties.
    pub fn part(&self, meta: &Metadata) -> Vec<u8> {
        let text = |piece: &Piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Value(property) => escape(&property.of(meta)),
        };
        self.0.iter().map(text).collect::<String>().into_bytes()
    }

    fn push(&mut self, text: &str) {
        match self.0.last_mut() {
            Some(Piece::Text(last)) => last.push_str(text),
            _ => self.0.push(Piece::Text(text.to_owned())),
        }
    }
}

impl Property {
    fn of(self, meta: &Metadata) -> String {
        match self {
            Self::Title => meta.title.clone(),
            Self::Subject => meta.subtitle.clone().unwrap_or_default(),
            Self::Author => meta.authors.join("; "),
            Self::Keywords => meta.tags.join(", "),
            Self::Description => meta.description.clone().unwrap_or_default(),
        }
    }

    /// The property that a field or a content control calls so.
    fn named(name: &str) -> Option<Self> {
        Some(match name.trim_matches('"').to_ascii_lowercase().as_str() {
            "title" => Self::Title,
            "subject" => Self::Subject,
            "author" | "creator" => Self::Author,
            "keywords" => Self::Keywords,
            "comments" | "description" => Self::Description,
            _ => return None,
        })
    }
}

impl Fate {
    /// The fate of a field with these instructions (ISO/IEC 29500-1, 17.16.5).
    fn of(instructions: &str) -> Self {
        let mut words = instructions.split_whitespace();
        let name = words.next().unwrap_or_default().to_ascii_uppercase();
        let property = |name: &str| Property::named(name).map_or(Self::Unlinked, Self::Shows);
        match name.as_str() {
            "TITLE" | "SUBJECT" | "AUTHOR" | "KEYWORDS" | "COMMENTS" => property(&name),
            "DOCPROPERTY" | "INFO" => property(words.next().unwrap_or_default()),
            "DOCVARIABLE" | "REF" | "PAGEREF" | "NOTEREF" | "GLOSSARY" | "AUTOTEXT" | "AUTOTEXTLIST"
            | "LINK" | "INCLUDETEXT" | "INCLUDEPICTURE" | "MERGEFIELD" | "DATABASE" | "DDE" | "DDEAUTO" => {
                Self::Unlinked
            }
            _ => Self::Stays,
        }
    }

    /// The fate of what a content control is bound to: the property of the document that its path ends at.
    fn of_binding(path: &str) -> Self {
        let last = path.rsplit('/').next().unwrap_or_default();
        let name = last.rsplit(':').next().unwrap_or_default().split('[').next().unwrap_or_default();
        let core = path.contains("coreProperties");
        Property::named(name).filter(|_| core).map_or(Self::Stays, Self::Shows)
    }
}

/// The fates of the fields of a part that are made of marks, in the order in which they begin.
fn fates(part: &str) -> Vec<Fate> {
    let mut reader = Reader::from_str(part);
    let (mut instructions, mut open): (Vec<String>, Vec<usize>) = (Vec::new(), Vec::new());
    let mut told = false;
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag)) => {
                told = tag.name().as_ref() == b"w:instrText";
                match mark(&tag).as_deref() {
                    Some("begin") => {
                        open.push(instructions.len());
                        instructions.push(String::new());
                    }
                    Some("end") => drop(open.pop()),
                    _ => {}
                }
            }
            Ok(Event::Text(text)) if told => {
                let field = open.last().and_then(|field| instructions.get_mut(*field));
                field.into_iter().for_each(|field| field.push_str(&String::from_utf8_lossy(&text)));
            }
            Ok(Event::End(_)) => told = false,
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
    instructions.iter().map(|instructions| Fate::of(instructions)).collect()
}

/// What a mark of a field is: `begin`, `separate` or `end`.
fn mark(tag: &BytesStart) -> Option<String> {
    (tag.name().as_ref() == b"w:fldChar").then(|| xml::attribute_of(tag, "w:fldCharType"))?
}

/// A place whose text is being replaced.
struct Fill {
    fate: Fate,
    phase: Phase,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// Before the result.
    Told,
    /// In the result, of which nothing is shown yet.
    Result,
    /// In the result, which is shown.
    Shown,
}

struct Filler {
    pieces: Margin,
    fates: Vec<Fate>,
    /// How many fields have begun.
    begun: usize,
    /// Fields made of marks.
    open: Vec<Fill>,
    /// Fields and content controls that are elements.
    simple: Vec<Fill>,
}

impl Filler {
    fn go_through(&mut self, part: &str) {
        let mut reader = Reader::from_str(part);
        let mut is_text = false;
        loop {
            let from = reader.buffer_position();
            let event = reader.read_event();
            let raw = xml::slice(part, from, reader.buffer_position());
            match event {
                Ok(Event::Eof) | Err(_) => return,
                Ok(Event::Start(tag)) => {
                    is_text = matches!(tag.name().as_ref(), b"w:t" | b"w:instrText");
                    self.tag(&tag, raw);
                }
                Ok(Event::Empty(tag)) => {
                    is_text = false;
                    self.tag(&tag, raw);
                }
                Ok(Event::End(tag)) => {
                    is_text = false;
                    self.end(tag.name().as_ref(), raw);
                }
                Ok(Event::Text(_) | Event::GeneralRef(_) | Event::CData(_)) if is_text => self.text(raw),
                Ok(_) => self.pieces.push(raw),
            }
        }
    }

    fn tag(&mut self, tag: &BytesStart, raw: &str) {
        let empty = raw.ends_with("/>");
        match tag.name().as_ref() {
            b"w:fldChar" => self.mark(tag, raw),
            b"w:instrText" if self.open.last().is_some_and(|field| field.fate == Fate::Unlinked) => {
                // The instructions go with the marks; an empty text takes the element's place.
                self.pieces.push(if empty { "" } else { "<w:t>" });
            }
            b"w:fldSimple" => {
                let fate = Fate::of(&xml::attribute_of(tag, "w:instr").unwrap_or_default());
                if fate != Fate::Unlinked {
                    self.pieces.push(raw);
                }
                if !empty {
                    self.simple.push(Fill { fate, phase: Phase::Result });
                }
            }
            b"w:sdt" => {
                self.simple.push(Fill { fate: Fate::Stays, phase: Phase::Told });
                self.pieces.push(raw);
            }
            b"w:dataBinding" => {
                let fate = Fate::of_binding(&xml::attribute_of(tag, "w:xpath").unwrap_or_default());
                self.simple.last_mut().into_iter().for_each(|control| control.fate = fate);
                self.pieces.push(raw);
            }
            b"w:sdtContent" => {
                self.simple.last_mut().into_iter().for_each(|control| control.phase = Phase::Result);
                self.pieces.push(raw);
            }
            _ => self.pieces.push(raw),
        }
    }

    fn mark(&mut self, tag: &BytesStart, raw: &str) {
        let kind = xml::attribute_of(tag, "w:fldCharType").unwrap_or_default();
        if kind == "begin" {
            let fate = self.fates.get(self.begun).copied().unwrap_or(Fate::Stays);
            self.begun += 1;
            self.open.push(Fill { fate, phase: Phase::Told });
        }
        // A mark with content of its own is left as it is, and so is its field.
        let unlinked = self.open.last().is_some_and(|field| field.fate == Fate::Unlinked);
        if !raw.ends_with("/>") {
            self.open.last_mut().into_iter().for_each(|field| field.fate = Fate::Stays);
            self.pieces.push(raw);
        } else if !unlinked {
            self.pieces.push(raw);
        }
        match kind.as_str() {
            "separate" => self.open.last_mut().into_iter().for_each(|field| field.phase = Phase::Result),
            "end" => drop(self.open.pop()),
            _ => {}
        }
    }

    fn end(&mut self, name: &[u8], raw: &str) {
        let unlinked = |fill: &Fill| fill.fate == Fate::Unlinked;
        match name {
            b"w:instrText" if self.open.last().is_some_and(unlinked) => self.pieces.push("</w:t>"),
            b"w:fldSimple" => {
                if !self.simple.pop().is_some_and(|fill| unlinked(&fill)) {
                    self.pieces.push(raw);
                }
            }
            b"w:sdt" => {
                self.simple.pop();
                self.pieces.push(raw);
            }
            _ => self.pieces.push(raw),
        }
    }

    /// Text that is shown, or the instructions of a field.
    fn text(&mut self, raw: &str) {
        if let Some(field) = self.open.last().filter(|field| field.phase == Phase::Told) {
            if field.fate != Fate::Unlinked {
                self.pieces.push(raw);
            }
            return;
        }
        let fills = self.open.iter_mut().chain(&mut self.simple);
        let filled = fills.filter(|fill| fill.phase != Phase::Told).find_map(|fill| match fill.fate {
            Fate::Shows(property) => Some((property, std::mem::replace(&mut fill.phase, Phase::Shown))),
            _ => None,
        });
        match filled {
            Some((property, Phase::Result)) => self.pieces.0.push(Piece::Value(property)),
            Some(_) => {}
            None => self.pieces.push(raw),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(inside: &str) -> String {
        let meta = Metadata { title: "Onze & titel".to_owned(), ..Metadata::default() };
        String::from_utf8(Margin::read(&format!("<w:hdr>{inside}</w:hdr>")).part(&meta)).unwrap()
    }

    fn field(instructions: &str, result: &str) -> String {
        let mark = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
        let (begin, separate, end) = (mark("begin"), mark("separate"), mark("end"));
        format!("{begin}<w:r><w:instrText>{instructions}</w:instrText></w:r>{separate}{result}{end}")
    }

    #[test]
    fn a_field_shows_our_title_and_stays_a_field() {
        let xml =
            filled(&field(" TITLE \\* MERGEFORMAT ", "<w:r><w:t>Oud</w:t></w:r><w:r><w:t>er</w:t></w:r>"));
        assert!(xml.contains("<w:r><w:t>Onze &amp; titel</w:t></w:r><w:r><w:t></w:t></w:r>"), "{xml}");
        assert_eq!(xml.matches("w:fldChar ").count(), 3);
        let simple = filled("<w:fldSimple w:instr=\"TITLE\"><w:r><w:t>Oud</w:t></w:r></w:fldSimple>");
        assert!(simple.contains("w:instr=\"TITLE\"><w:r><w:t>Onze &amp; titel"), "{simple}");
    }

    #[test]
    fn a_control_that_is_bound_to_the_title_shows_ours() {
        let path = "/ns1:coreProperties[1]/ns0:title[1]";
        let xml = filled(&format!(
            "<w:sdt><w:sdtPr><w:dataBinding w:xpath=\"{path}\"/></w:sdtPr><w:sdtContent><w:r><w:t>Oud</w:t></w:r></w:sdtContent></w:sdt><w:r><w:t>ook</w:t></w:r>"
        ));
        assert!(xml.contains("<w:t>Onze &amp; titel</w:t>") && xml.contains("<w:t>ook</w:t>"), "{xml}");
    }

    #[test]
    fn fields_that_look_for_what_stayed_behind_are_text() {
        let result = "<w:r><w:t>Afdeling</w:t></w:r>";
        let xml =
            filled(&(field(" DOCPROPERTY Afdeling ", result) + &field("PAGE", "<w:r><w:t>7</w:t></w:r>")));
        assert!(xml.contains(result) && !xml.contains("DOCPROPERTY"), "{xml}");
        assert_eq!(xml.matches("w:fldChar ").count(), 3, "the page's: {xml}");
        assert!(xml.contains("<w:t>7</w:t>"));
    }

    #[test]
    fn an_empty_paragraph_shows_nothing() {
        assert!(!Margin::shows_something("<w:hdr><w:p><w:r><w:t> </w:t></w:r></w:p></w:hdr>"));
        assert!(Margin::shows_something("<w:hdr><w:p><w:r><w:t>a</w:t></w:r></w:p></w:hdr>"));
        assert!(Margin::shows_something("<w:hdr><w:p><w:r><w:drawing/></w:r></w:p></w:hdr>"));
    }
}
