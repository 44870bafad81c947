//! What the file has beside pages and elements: fonts, annotations, the catalog.

use lopdf::{Dictionary, Object, ObjectId};

use super::super::document::Document;
use crate::audit::{Check, Rule, Standard};
use crate::diag::Diagnostic;

pub(super) static FONTS: Rule = Rule {
    code: "font-not-embedded",
    asks: "Every font is in the file, and maps its glyphs to characters.",
    clauses: &[
        Standard::PdfUa1.clause("7.21.4.1"),
        Standard::PdfUa1.clause("7.21.7"),
        Standard::PdfA2a.clause("6.2.11.4.1"),
        Standard::Matterhorn.clause("31-009"),
        Standard::Matterhorn.clause("31-027"),
    ],
};
pub(super) static LINKS: Rule = Rule {
    code: "link-untagged",
    asks: "Every link says in words where it leads, and belongs to an element.",
    clauses: &[
        Standard::PdfUa1.clause("7.18.1"),
        Standard::PdfUa1.clause("7.18.5"),
        Standard::Matterhorn.clause("28-011"),
        Standard::Matterhorn.clause("28-012"),
    ],
};
pub(super) static PAGES: Rule = Rule {
    code: "page-out-of-order",
    asks: "The annotations of every page are gone through in the order of the structure.",
    clauses: &[
        Standard::PdfUa1.clause("7.18.3"),
        Standard::Matterhorn.clause("28-008"),
        Standard::Matterhorn.clause("28-009"),
    ],
};
pub(super) static CATALOG: Rule = Rule {
    code: "file-says-too-little",
    asks: "The file says that it is tagged and accessible, its title and language, and what its colours mean.",
    clauses: &[
        Standard::PdfUa1.clause("5"),
        Standard::PdfUa1.clause("6.2"),
        Standard::PdfUa1.clause("7.1"),
        Standard::PdfUa1.clause("7.2"),
        Standard::PdfA2a.clause("6.2.3"),
        Standard::PdfA2a.clause("6.6.2.1"),
        Standard::PdfA2a.clause("6.6.4"),
        Standard::PdfA2a.clause("6.7.2.2"),
        Standard::Matterhorn.clause("01-007"),
        Standard::Matterhorn.clause("06-001"),
        Standard::Matterhorn.clause("06-002"),
        Standard::Matterhorn.clause("06-003"),
        Standard::Matterhorn.clause("07-001"),
        Standard::Matterhorn.clause("07-002"),
    ],
};

/// The dictionaries of the file that have a type.
fn of_type<'d>(document: &'d Document, kind: &'d [u8]) -> impl Iterator<Item = &'d Dictionary> {
    let dictionaries = document.objects.objects.values().filter_map(|object| object.as_dict().ok());
    dictionaries.filter(move |dictionary| dictionary.has_type(kind))
}

/// Looks at each font.
pub(super) fn fonts(document: &Document) -> Check {
    let mut check = Check::new(&FONTS);
    for font in of_type(document, b"Font") {
        let is_composite = font.get(b"Subtype").and_then(Object::as_name).is_ok_and(|kind| kind == b"Type0");
        let finding = (is_composite && !font.has(b"ToUnicode"))
            .then(|| check.error("a font does not tell the characters of its glyphs"));
        check.examine(finding);
    }
    for descriptor in of_type(document, b"FontDescriptor") {
        let is_embedded =
            [&b"FontFile"[..], b"FontFile2", b"FontFile3"].iter().any(|key| descriptor.has(key));
        let finding = (!is_embedded).then(|| check.error("a font is not in the file"));
        check.examine(finding);
    }
    check
}

/// Looks at each annotation.
pub(super) fn links(document: &Document) -> Check {
    let mut check = Check::new(&LINKS);
    for (page, at) in document.pages.iter().enumerate() {
        for annotation in annotations(document, at.id) {
            let words = annotation.get(b"Contents").and_then(Object::as_str).unwrap_or_default();
            // The mark of UTF-16 is no word.
            let has_words = words.iter().any(|byte| !b"\xFE\xFF\0 ".contains(byte));
            let finding = match (has_words, annotation.has(b"StructParent")) {
                (true, true) => None,
                (false, _) => Some("has no words that say where it leads"),
                (true, false) => Some("belongs to no element"),
            };
            check.examine(finding.map(|what| check.error(format!("a link on page {} {what}", page + 1))));
        }
    }
    check
}

fn annotations(document: &Document, page: ObjectId) -> impl Iterator<Item = &Dictionary> {
    let page = document.objects.get_dictionary(page).ok();
    let annotations = page.and_then(|page| page.get(b"Annots").and_then(Object::as_array).ok());
    let ids = annotations.into_iter().flatten().filter_map(|annotation| annotation.as_reference().ok());
    ids.filter_map(|id| document.objects.get_dictionary(id).ok())
}

/// Looks at each page.
pub(super) fn pages(document: &Document) -> Check {
    let mut check = Check::new(&PAGES);
    for (number, page) in document.pages.iter().enumerate() {
        let page = document.objects.get_dictionary(page.id).ok();
        let order = page.and_then(|page| page.get(b"Tabs").and_then(Object::as_name).ok());
        let told =
            || check.error(format!("page {} does not say in which order it is gone through", number + 1));
        let finding = (order != Some(b"S")).then(told);
        check.examine(finding);
    }
    check
}

/// Looks at what the catalog and the metadata must say.
pub(super) fn catalog(document: &Document) -> Check {
    let mut check = Check::new(&CATALOG);
    let inside = |key: &[u8], entry: &[u8]| {
        document.catalog.get(key).and_then(Object::as_dict).and_then(|inside| inside.get(entry)).ok()
    };
    let is_true = |key: &[u8], entry: &[u8]| {
        inside(key, entry).is_some_and(|value| matches!(value, Object::Boolean(true)))
    };
    let xmp = metadata(document);
    let xmp_has = |words: &str| xmp.as_deref().is_some_and(|xmp| xmp.contains(words));
    let title = document.info.get(b"Title").and_then(Object::as_str).unwrap_or_default();
    let lang = document.catalog.get(b"Lang").and_then(Object::as_str).unwrap_or_default();
    let asked = [
        (is_true(b"MarkInfo", b"Marked"), "does not say that it is tagged"),
        (document.catalog.has(b"StructTreeRoot"), "has no structure"),
        (is_true(b"ViewerPreferences", b"DisplayDocTitle"), "does not have its title shown"),
        (!title.is_empty() && xmp_has("<dc:title>"), "has no title"),
        (!lang.is_empty(), "has no language"),
        (xmp_has("<pdfuaid:part>1<"), "does not say that it is PDF/UA-1"),
        (xmp_has("<pdfaid:part>2<") && xmp_has("<pdfaid:conformance>A<"), "does not say that it is PDF/A-2a"),
        (document.catalog.has(b"OutputIntents"), "does not say what its colours mean"),
    ];
    for (holds, what) in asked {
        let finding: Option<Diagnostic> = (!holds).then(|| check.error(format!("the file {what}")));
        check.examine(finding);
    }
    check
}

/// The XMP packet.
fn metadata(document: &Document) -> Option<std::borrow::Cow<'_, str>> {
    let id = document.catalog.get(b"Metadata").and_then(Object::as_reference).ok()?;
    let stream = document.objects.get_object(id).and_then(Object::as_stream).ok()?;
    Some(String::from_utf8_lossy(&stream.content))
}
