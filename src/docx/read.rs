//! The text of a Word document that somebody has changed: paragraph by paragraph, for comparing.

use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

/// Of a part that unpacks to more than this, bytes, the rest is not read.
const LARGEST_PART: u64 = 64 << 20;

/// The paragraphs of a file that have text: those of the document in order, then those of notes, headers and
/// footers. Text that a tracked change took away is left out.
///
/// # Errors
/// What keeps the file from being read, in a few words.
pub fn paragraphs(file: &[u8]) -> Result<Vec<String>, String> {
    let mut archive =
        ZipArchive::new(Cursor::new(file)).map_err(|error| format!("it is no zip file: {error}"))?;
    let mut parts: Vec<String> =
        archive.file_names().filter(|name| holds_text(name)).map(str::to_owned).collect();
    parts.sort_by_key(|name| (name != "word/document.xml", name.clone()));
    if parts.first().is_none_or(|name| name != "word/document.xml") {
        return Err("it has no word/document.xml".to_owned());
    }
    let mut paragraphs = Vec::new();
    for name in parts {
        let mut xml = Vec::new();
        let part = archive.by_name(&name).map_err(|error| format!("{name}: {error}"))?;
        part.take(LARGEST_PART).read_to_end(&mut xml).map_err(|error| format!("{name}: {error}"))?;
        gather(&xml, &mut paragraphs).map_err(|error| format!("{name}: {error}"))?;
    }
    Ok(paragraphs)
}

fn holds_text(name: &str) -> bool {
    let Some(stem) = name.strip_prefix("word/").and_then(|name| name.strip_suffix(".xml")) else {
        return false;
    };
    let stem = stem.trim_end_matches(|digit: char| digit.is_ascii_digit());
    matches!(stem, "document" | "footnotes" | "endnotes" | "header" | "footer")
}

/// Paragraphs in document order; one in a text box comes before the one that the box is anchored in.
fn gather(xml: &[u8], paragraphs: &mut Vec<String>) -> Result<(), quick_xml::Error> {
    let mut reader = Reader::from_reader(xml);
    let mut open: Vec<String> = Vec::new();
    let mut is_text = false;
    let (mut is_initial, mut initial) = (false, String::new());
    loop {
        match reader.read_event()? {
            Event::Start(tag) => match tag.local_name().as_ref() {
                // A fallback says again what its alternative says; a tracked change took the others away.
                b"Fallback" | b"del" | b"moveFrom" => {
                    reader.read_to_end(tag.name())?;
                }
                // An initial letter is a paragraph of its own, before the rest of its word.
                b"p" => open.push(std::mem::take(&mut initial)),
                name => is_text = name == b"t",
            },
            Event::Empty(tag) => {
                is_initial |= tag.local_name().as_ref() == b"framePr" && is_drop_cap(&tag);
                let between = match tag.local_name().as_ref() {
                    b"tab" | b"br" | b"cr" => " ",
                    b"noBreakHyphen" => "-",
                    _ => "",
                };
                open.last_mut().into_iter().for_each(|text| text.push_str(between));
            }
            Event::Text(text) if is_text => add(&mut open, &text.decode()?),
            Event::GeneralRef(entity) if is_text => {
                let character = entity.resolve_char_ref()?.map(String::from);
                let named =
                    character.is_none().then(|| resolve_predefined_entity(&entity.decode().ok()?)).flatten();
                add(&mut open, character.as_deref().or(named).unwrap_or(""));
            }
            Event::End(tag) => {
                is_text = false;
                if tag.local_name().as_ref() == b"p" {
                    let text = open.pop().unwrap_or_default();
                    if std::mem::take(&mut is_initial) {
                        initial = text;
                        continue;
                    }
                    let words: Vec<&str> = text.split_whitespace().collect();
                    paragraphs.extend((!words.is_empty()).then(|| words.join(" ")));
                }
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// Whether a frame holds the first letter of the next paragraph (ISO/IEC 29500-1, 17.18.20).
fn is_drop_cap(frame: &BytesStart) -> bool {
    let kind =
        frame.attributes().flatten().find(|attribute| attribute.key.local_name().as_ref() == b"dropCap");
    kind.is_some_and(|kind| *kind.value != *b"none")
}

fn add(open: &mut [String], text: &str) {
    open.last_mut().into_iter().for_each(|paragraph| paragraph.push_str(text));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(xml: &str) -> Vec<String> {
        let mut paragraphs = Vec::new();
        gather(xml.as_bytes(), &mut paragraphs).expect("it is XML");
        paragraphs
    }

    #[test]
    fn a_paragraph_is_its_words() {
        let xml = "<w:body><w:p><w:r><w:t>a &amp; b</w:t><w:tab/><w:t xml:space=\"preserve\"> c&#233;</w:t></w:r></w:p><w:p/>\
                   <w:p><w:del><w:r><w:delText>x</w:delText></w:r></w:del><w:ins><w:r><w:t>y</w:t></w:r></w:ins></w:p></w:body>";
        assert_eq!(text(xml), ["a & b cé", "y"]);
    }

    #[test]
    fn an_initial_letter_is_read_with_its_word() {
        let letter = |kind: &str| {
            let frame = format!("<w:pPr><w:framePr w:dropCap=\"{kind}\" w:lines=\"3\"/></w:pPr>");
            text(&format!("<w:p>{frame}<w:t>E</w:t></w:p><w:p><w:t>en</w:t></w:p>"))
        };
        assert_eq!(letter("drop"), ["Een"]);
        assert_eq!(letter("none"), ["E", "en"]);
    }

    #[test]
    fn a_text_box_is_read_once() {
        let box_of =
            |name: &str| format!("<{name}><w:txbxContent><w:p><w:t>in</w:t></w:p></w:txbxContent></{name}>");
        let both = [box_of("mc:Choice"), box_of("mc:Fallback")].concat();
        assert_eq!(text(&format!("<w:p><w:t>on</w:t>{both}<w:t>e</w:t></w:p>")), ["in", "one"]);
    }

    #[test]
    fn what_is_no_document_is_said() {
        assert!(paragraphs(b"x").unwrap_err().contains("zip"));
    }
}
