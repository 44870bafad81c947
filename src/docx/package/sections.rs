//! The sections of a document that has several (ISO/IEC 29500-1, 17.6). docx-rs knows of the last one, and writes
//! there what belongs to the first: a section without a header of its own has that of the one before it (17.10.1).

use super::order;

/// What a document says once, at its first section: `w:titlePg` of a later one would make the page that it begins on
/// a first page.
const FIRST: [&str; 3] = ["<w:headerReference", "<w:footerReference", "<w:titlePg"];
const OPEN: &str = "<w:sectPr>";
const CLOSE: &str = "</w:sectPr>";

/// The document part, with headers and footers at its first section and the last one going on where the others end.
pub(super) fn in_place(document: Vec<u8>) -> Vec<u8> {
    let whole = String::from_utf8_lossy(&document);
    let (Some(first), Some(last)) = (whole.find(OPEN), whole.rfind(OPEN)) else { return document };
    let Some(end) = whole[last..].find(CLOSE).map(|end| last + end) else { return document };
    if first == last {
        return document;
    }
    let (mut moved, mut stay) = (Vec::new(), Vec::new());
    for child in empty_elements(&whole[last + OPEN.len()..end]) {
        let is_moved = FIRST.iter().any(|name| child.starts_with(name));
        if is_moved { moved.push(child) } else { stay.push(child) }
    }
    stay.push(r#"<w:type w:val="continuous"/>"#);
    let first_end = whole[first..].find(CLOSE).map_or(first, |end| first + end);
    // The first section begins the document: how it goes on after another means nothing.
    let own = whole[first + OPEN.len()..first_end].to_owned();
    moved.extend(empty_elements(&own));
    let middle = &whole[first_end..last];
    let (opening, closing) = (&whole[..first], &whole[end..]);
    [opening, OPEN, &sorted(moved), middle, OPEN, &sorted(stay), closing].concat().into_bytes()
}

/// The elements of a section, none of which has content.
fn empty_elements(content: &str) -> Vec<&str> {
    content.split_inclusive("/>").map(str::trim).filter(|element| element.starts_with('<')).collect()
}

fn sorted(mut elements: Vec<&str>) -> String {
    let order = order::children(b"w:sectPr").unwrap_or_default();
    let name = |element: &str| {
        let end = element.find([' ', '/']).unwrap_or(element.len());
        order.iter().position(|known| Some(*known) == element.get(1..end))
    };
    elements.sort_by_key(|element| name(element));
    elements.concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_go_to_the_first_section_and_the_last_one_goes_on() {
        let last = r#"<w:sectPr><w:headerReference w:type="first" r:id="a"/><w:pgSz w:w="1"/><w:titlePg/></w:sectPr>"#;
        let first = r#"<w:sectPr><w:type w:val="continuous"/><w:cols w:num="2"/></w:sectPr>"#;
        let both = in_place(format!("<x>{first}<w:p/>{last}</x>").into_bytes());
        let want = concat!(
            r#"<x><w:sectPr><w:headerReference w:type="first" r:id="a"/><w:type w:val="continuous"/>"#,
            r#"<w:cols w:num="2"/><w:titlePg/></w:sectPr><w:p/>"#,
            r#"<w:sectPr><w:type w:val="continuous"/><w:pgSz w:w="1"/></w:sectPr></x>"#
        );
        assert_eq!(String::from_utf8(both).unwrap(), want);
        let alone = format!("<x>{last}</x>").into_bytes();
        assert_eq!(in_place(alone.clone()), alone);
    }
}
