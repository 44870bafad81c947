//! Core properties (ISO/IEC 29500-2, 11). No clock: the only date is the article's.

use super::{DECLARATION, Extras, escape};

/// `docProps/core.xml`.
pub(super) fn core(extras: &Extras) -> Vec<u8> {
    let meta = extras.meta;
    let element = |name: &str, value: &str| {
        if value.is_empty() { String::new() } else { format!("<{name}>{}</{name}>", escape(value)) }
    };
    let date = meta.date.as_deref().filter(|date| is_full_date(date)).unwrap_or_default();
    let stamp = |name: &str| {
        if date.is_empty() {
            String::new()
        } else {
            format!(r#"<dcterms:{name} xsi:type="dcterms:W3CDTF">{date}T00:00:00Z</dcterms:{name}>"#)
        }
    };
    let mut part = format!(
        r#"{DECLARATION}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">"#
    );
    part += &element("dc:title", &meta.title);
    part += &element("dc:subject", meta.subtitle.as_deref().unwrap_or_default());
    part += &element("dc:creator", &meta.authors.join("; "));
    part += &element("cp:keywords", &meta.tags.join(", "));
    part += &element("dc:description", meta.description.as_deref().unwrap_or_default());
    part += &stamp("created");
    part += &stamp("modified");
    part += &element("dc:language", extras.lang);
    part += "</cp:coreProperties>";
    part.into_bytes()
}

/// Whether `date` is an RFC 3339 full-date.
pub(crate) fn is_full_date(date: &str) -> bool {
    let shape = |(index, byte): (usize, u8)| match index {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    };
    let within = |range, low, high| {
        date.get(range).and_then(|part: &str| part.parse().ok()).is_some_and(|n: u8| n >= low && n <= high)
    };
    date.len() == 10 && date.bytes().enumerate().all(shape) && within(5..7, 1, 12) && within(8..10, 1, 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_full_date_is_a_date() {
        assert!(is_full_date("2026-11-21"));
        assert!(!is_full_date("2026-13-21"));
        assert!(!is_full_date("november"));
        assert!(!is_full_date("2026-11-2é"));
    }
}
