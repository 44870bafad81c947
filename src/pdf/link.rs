//! Links as annotations that belong to the structure (ISO 32000-1, 12.5.6.5; ISO 14289-1, 7.18.5).

use std::collections::BTreeSet;
use std::fmt::Write;

use lopdf::{Object, ObjectId, StringFormat};

use super::document::{Document, form_key};
use super::object::{dictionary, name, reals, text};
use super::space::Space;
use crate::geom::Rect;
use crate::layout::{Link, LinkTarget, Pages, Tag};

/// A link's annotation on one page.
pub(super) struct Annotation {
    pub id: ObjectId,
    /// The page, from 0.
    pub page: usize,
    /// The element that it belongs to; a link in a running header or footer belongs to none.
    pub tag: Tag,
    /// Its key in the parent tree (14.7.4.4).
    pub key: i64,
}

/// Adds the links to the pages. A link to an anchor that does not exist is left out: its words stay.
pub(super) fn annotate(document: &mut Document, pages: &Pages) -> Vec<Annotation> {
    let anchors: BTreeSet<&str> = pages.anchors.iter().map(|anchor| &*anchor.name).collect();
    let mut annotations = Vec::new();
    let first_key = form_key(pages.pages.len(), document.forms.len());
    for (number, page) in pages.pages.iter().enumerate() {
        let mut on_page = Vec::new();
        let Some(space) = document.pages.get(number).map(|page| page.space) else { continue };
        for link in &page.links {
            let known = match &link.target {
                LinkTarget::Url(_) | LinkTarget::Handout(..) => true,
                LinkTarget::Anchor(anchor) => anchors.contains(&**anchor),
            };
            if link.areas.is_empty() || !known {
                continue;
            }
            let key = first_key + annotations.len() as i64;
            let id = document.add(annotation(link, space, key));
            on_page.push(Object::Reference(id));
            annotations.push(Annotation { id, page: number, tag: link.tag, key });
        }
        if !on_page.is_empty()
            && let Some(page) = document.page(number)
        {
            page.set("Annots", on_page);
        }
    }
    annotations
}

fn annotation(link: &Link, space: Space, key: i64) -> Object {
    let areas: Vec<[f32; 4]> = link.areas.iter().map(|area| space.rect(area)).collect();
    let quads = (areas.len() > 1).then(|| {
        reals(areas.iter().flat_map(|[left, bottom, right, top]| {
            [*left, *top, *right, *top, *left, *bottom, *right, *bottom]
        }))
    });
    let words = match &link.target {
        _ if !link.text.trim().is_empty() => link.text.trim(),
        LinkTarget::Url(target) | LinkTarget::Anchor(target) | LinkTarget::Handout(target, _) => target,
    };
    let annotation = dictionary([
        ("Type", name("Annot")),
        ("Subtype", name("Link")),
        ("Rect", reals(space.rect(&Rect::around(link.areas.iter().flat_map(Rect::corners))))),
        ("QuadPoints", quads.unwrap_or(Object::Null)),
        ("Border", Object::Array(vec![0.into(), 0.into(), 0.into()])),
        // To be printed (12.5.3), as PDF/A-2, 6.3.2, asks.
        ("F", 4.into()),
        ("Contents", text(words)),
        ("StructParent", key.into()),
        ("A", action(&link.target)),
    ]);
    annotation.into()
}

fn action(target: &LinkTarget) -> Object {
    let action = match target {
        LinkTarget::Url(url) => uri(url),
        LinkTarget::Handout(slug, anchor) => uri(&file_of(slug, anchor.as_deref())),
        LinkTarget::Anchor(anchor) => dictionary([("S", name("GoTo")), ("D", text(anchor))]),
    };
    action.into()
}

fn uri(url: &str) -> lopdf::Dictionary {
    let url = Object::String(ascii_url(url).into_bytes(), StringFormat::Literal);
    dictionary([("S", name("URI")), ("URI", url)])
}

/// The file of another handout, which lies beside this one (RFC 8118, section 3, for the place in it). Browsers do not
/// follow the action that PDF has for other files (12.6.4.3), and take an address for one of a host unless it begins
/// with a dot.
fn file_of(slug: &str, anchor: Option<&str>) -> String {
    let inside = anchor.map(|anchor| format!("#nameddest={anchor}")).unwrap_or_default();
    format!("./{slug}.pdf{inside}")
}

/// A URL in ASCII (12.6.4.7): what is not is percent-encoded as UTF-8 (RFC 3987, 3.1).
fn ascii_url(url: &str) -> String {
    let mut ascii = String::with_capacity(url.len());
    for byte in url.bytes() {
        if byte.is_ascii_graphic() {
            ascii.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(ascii, "%{byte:02X}");
        }
    }
    ascii
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_handouts_lie_beside_this_one() {
        assert_eq!(file_of("ander", None), "./ander.pdf");
        assert_eq!(file_of("ander", Some("één-stap")), "./ander.pdf#nameddest=één-stap");
    }

    #[test]
    fn urls_are_ascii() {
        assert_eq!(
            ascii_url("https://example.org/a b/é?x=1&y=%20"),
            "https://example.org/a%20b/%C3%A9?x=1&y=%20"
        );
    }
}
