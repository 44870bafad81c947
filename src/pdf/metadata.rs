//! Who wrote what: the information dictionary and the same in XMP (ISO 32000-1, 14.3; ISO 19005-2, 6.6).

use lopdf::{Object, Stream};

use super::document::Document;
use super::icc;
use super::object::{dictionary, name, optional_text, text};
use crate::read::Metadata;

const PROGRAM: &str = concat!("handout ", env!("CARGO_PKG_VERSION"));

/// Writes title, authors, language and the rest, and what colours mean.
pub(super) fn write(document: &mut Document, meta: &Metadata) {
    let keywords = (!meta.tags.is_empty()).then(|| meta.tags.join(", "));
    let date = meta.date.as_deref().and_then(plain_date);
    let created = date.map(|(year, month, day)| format!("D:{year}{month}{day}000000Z"));
    let authors = (!meta.authors.is_empty()).then(|| meta.authors.join(", "));
    document.info = dictionary([
        ("Title", text(&meta.title)),
        ("Author", optional_text(authors.as_deref())),
        ("Subject", optional_text(meta.description.as_deref())),
        ("Keywords", optional_text(keywords.as_deref())),
        ("Creator", text(PROGRAM)),
        ("Producer", text(PROGRAM)),
        ("CreationDate", optional_text(created.as_deref())),
    ]);
    let xmp = xmp(
        meta,
        keywords.as_deref(),
        date.map(|(year, month, day)| format!("{year}-{month}-{day}T00:00:00Z")),
    );
    let packet = dictionary([("Type", name("Metadata")), ("Subtype", name("XML"))]);
    let packet = document.add(Stream::new(packet, xmp.into_bytes()));
    document.catalog.set("Metadata", Object::Reference(packet));
    document.catalog.set("Lang", text(if meta.lang.is_empty() { "nl" } else { &meta.lang }));
    write_output_intent(document);
}

/// Says that red, green and blue are those of sRGB (ISO 19005-2, 6.2.3).
fn write_output_intent(document: &mut Document) {
    let profile = dictionary([("N", 3.into())]);
    let mut profile = Stream::new(profile, icc::SRGB.clone());
    profile.dict.set("Filter", name("FlateDecode"));
    let profile = document.add(profile);
    let intent = dictionary([
        ("Type", name("OutputIntent")),
        ("S", name("GTS_PDFA1")),
        ("OutputConditionIdentifier", text("sRGB")),
        ("Info", text("sRGB IEC61966-2.1")),
        ("DestOutputProfile", Object::Reference(profile)),
    ]);
    document.catalog.set("OutputIntents", Object::Array(vec![intent.into()]));
}

/// Year, month and day of a full-date (RFC 3339); `None` for anything else.
fn plain_date(date: &str) -> Option<(&str, &str, &str)> {
    let mut parts = date.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let digits =
        |part: &str, count: usize| part.len() == count && part.bytes().all(|byte| byte.is_ascii_digit());
    (parts.next().is_none() && digits(year, 4) && digits(month, 2) && digits(day, 2))
        .then_some((year, month, day))
}

/// The XMP packet (ISO 16684-1). The extension schema describes `pdfuaid:part` to PDF/A, which does not know
/// it (ISO 19005-2, 6.6.2.3).
fn xmp(meta: &Metadata, keywords: Option<&str>, created: Option<String>) -> String {
    let mut properties = String::new();
    let mut add = |element: &str, content: String| {
        properties.push_str(&format!("<{element}>{content}</{element}>\n"));
    };
    add("dc:format", "application/pdf".into());
    add("dc:title", language_alternative(&meta.title));
    if !meta.authors.is_empty() {
        add("dc:creator", list("Seq", &meta.authors));
    }
    if let Some(description) = &meta.description {
        add("dc:description", language_alternative(description));
    }
    if !meta.tags.is_empty() {
        add("dc:subject", list("Bag", &meta.tags));
    }
    if !meta.lang.is_empty() {
        add("dc:language", list("Bag", std::slice::from_ref(&meta.lang)));
    }
    if let Some(keywords) = keywords {
        add("pdf:Keywords", escaped(keywords));
    }
    add("pdf:Producer", PROGRAM.into());
    add("xmp:CreatorTool", PROGRAM.into());
    if let Some(created) = created {
        add("xmp:CreateDate", created);
    }
    format!(include_str!("packet.xml"), properties = properties.trim_end())
}

fn language_alternative(text: &str) -> String {
    format!("<rdf:Alt><rdf:li xml:lang=\"x-default\">{}</rdf:li></rdf:Alt>", escaped(text))
}

fn list(kind: &str, items: &[String]) -> String {
    let items: String = items.iter().map(|item| format!("<rdf:li>{}</rdf:li>", escaped(item))).collect();
    format!("<rdf:{kind}>{items}</rdf:{kind}>")
}

/// Text as XML takes it; control characters, which XML 1.0 does not have, are left out.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '\n' | '\t' => escaped.push(character),
            control if control.is_control() => {}
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_full_date_is_a_date() {
        assert_eq!(plain_date("2026-11-21"), Some(("2026", "11", "21")));
        for other in ["november 2026", "2026-11", "2026-1-2", "2026-11-21T10:00"] {
            assert_eq!(plain_date(other), None, "{other}");
        }
    }

    #[test]
    fn xmp_is_xml_whatever_the_title() {
        let meta =
            Metadata { title: "A < B & C\u{1}".into(), tags: vec!["<x>".into()], ..Metadata::default() };
        let packet = xmp(&meta, Some("<x>"), None);
        let xml = roxmltree::Document::parse(&packet).unwrap();
        assert!(xml.descendants().any(|node| node.text() == Some("A < B & C")));
    }
}
