//! Elements as they stand in a part, for taking over what need not be understood.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// Elements nested more deeply than this are no document that a person made.
const DEEPEST: usize = 256;

/// As many attributes as an element may have, and as a part may have: who looks for one looks at all of an element.
const MOST_ATTRIBUTES: (usize, usize) = (200, 3_000_000);

/// Why a part cannot be taken over; `None` for one that can: well-formed, in the prefix that Word uses, and of the
/// transitional kind (ISO/IEC 29500-4), as is what we write.
pub(crate) fn fault(xml: &str) -> Option<String> {
    let mut reader = Reader::from_str(xml);
    let mut depth = 0_usize;
    let mut attributes = 0;
    loop {
        let event = reader.read_event();
        if let Ok(Event::Start(tag) | Event::Empty(tag)) = &event {
            let count = tag.attributes().with_checks(false).count();
            attributes += count;
            if count > MOST_ATTRIBUTES.0 || attributes > MOST_ATTRIBUTES.1 {
                return Some("it has too many attributes".to_owned());
            }
        }
        match event {
            Ok(Event::Start(_)) if depth == DEEPEST => return Some("it is nested too deeply".to_owned()),
            Ok(Event::Start(_)) => depth += 1,
            Ok(Event::End(_)) => depth = depth.saturating_sub(1),
            Ok(Event::DocType(_)) => return Some("it has a document type".to_owned()),
            Ok(Event::Eof) if depth > 0 => return Some("it breaks off".to_owned()),
            Ok(Event::Eof) => return None,
            Ok(_) => {}
            Err(error) => return Some(error.to_string()),
        }
    }
}

/// The start tag of the first element, as it stands there.
pub(crate) fn root(xml: &str) -> &str {
    let mut reader = Reader::from_str(xml);
    loop {
        let from = reader.buffer_position();
        match reader.read_event() {
            Ok(Event::Start(_) | Event::Empty(_)) => return slice(xml, from, reader.buffer_position()),
            Ok(Event::Eof) | Err(_) => return "",
            Ok(_) => {}
        }
    }
}

/// The elements directly in the first element, each as it stands there.
pub(crate) fn children(xml: &str) -> Vec<&str> {
    let mut reader = Reader::from_str(xml);
    let (mut depth, mut from, mut found) = (0_usize, 0, Vec::new());
    loop {
        let at = reader.buffer_position();
        match reader.read_event() {
            Ok(Event::Start(_)) => {
                if depth == 1 {
                    from = at;
                }
                depth += 1;
            }
            Ok(Event::Empty(_)) if depth == 1 => found.push(slice(xml, at, reader.buffer_position())),
            Ok(Event::End(_)) => {
                depth = depth.saturating_sub(1);
                match depth {
                    0 => return found,
                    1 => found.push(slice(xml, from, reader.buffer_position())),
                    _ => {}
                }
            }
            Ok(Event::Eof) | Err(_) => return found,
            Ok(_) => {}
        }
    }
}

/// The child of this name of the first element.
pub(crate) fn child<'x>(xml: &'x str, wanted: &str) -> Option<&'x str> {
    children(xml).into_iter().find(|child| name(child) == wanted)
}

/// The `w:val` of a child.
pub(crate) fn value(xml: &str, wanted: &str) -> Option<String> {
    attribute(child(xml, wanted)?, "w:val")
}

/// The name of the element that `element` begins with.
pub(crate) fn name(element: &str) -> &str {
    let rest = element.strip_prefix('<').unwrap_or(element);
    rest.split([' ', '\t', '\r', '\n', '/', '>']).next().unwrap_or_default()
}

/// An attribute of the element that `element` begins with.
pub(crate) fn attribute(element: &str, wanted: &str) -> Option<String> {
    match Reader::from_str(element).read_event().ok()? {
        Event::Start(tag) | Event::Empty(tag) => attribute_of(&tag, wanted),
        _ => None,
    }
}

/// An attribute of a tag.
pub(crate) fn attribute_of(tag: &BytesStart, wanted: &str) -> Option<String> {
    let found = tag.try_get_attribute(wanted).ok()??;
    let text = std::str::from_utf8(&found.value).ok()?;
    Some(quick_xml::escape::unescape(text).ok()?.into_owned())
}

/// The tag `raw` with another value of an attribute, which it gets where it has none.
pub(crate) fn with_attribute(raw: &str, wanted: &str, value: &str) -> String {
    let value = escape(value);
    let span = [(format!(" {wanted}=\""), '"'), (format!(" {wanted}='"), '\'')].into_iter().find_map(
        |(start, quote)| {
            let from = raw.find(&start)? + start.len();
            Some((from, from + raw.get(from..)?.find(quote)?))
        },
    );
    match span {
        Some((from, to)) => format!("{}{value}{}", &raw[..from], &raw[to..]),
        None => {
            let end = if raw.ends_with("/>") { "/>" } else { ">" };
            let start = raw.strip_suffix(end).unwrap_or(raw).trim_end();
            format!("{start} {wanted}=\"{value}\"{end}")
        }
    }
}

/// Text as XML wants it, in content and in attributes; characters that XML 1.0 knows none of are left out.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\t' | '\n' | '\r' => escaped.push(' '),
            '\u{fffe}' | '\u{ffff}' => {}
            char if char < ' ' => {}
            char => escaped.push(char),
        }
    }
    escaped
}

/// The start tag `root` with the namespaces that another one declares and it does not.
pub(crate) fn with_namespaces(root: &str, other: &str) -> String {
    let mut merged = root.to_owned();
    if let Ok(Event::Start(tag) | Event::Empty(tag)) = Reader::from_str(other).read_event() {
        for found in tag.attributes().flatten() {
            let Ok(key) = std::str::from_utf8(found.key.as_ref()) else { continue };
            if key.starts_with("xmlns:") && !root.contains(&format!(" {key}=")) {
                merged = with_attribute(&merged, key, &String::from_utf8_lossy(&found.value));
            }
        }
    }
    merged
}

/// A stretch of `xml`, whose ends are those of its markup.
pub(crate) fn slice(xml: &str, from: u64, to: u64) -> &str {
    xml.get(from as usize..to as usize).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_come_as_they_stand() {
        let xml = "<?xml version='1.0'?><a x='1'><b> <c/></b><d y=\"&amp;\"/></a>";
        assert_eq!(root(xml), "<a x='1'>");
        assert_eq!(children(xml), ["<b> <c/></b>", "<d y=\"&amp;\"/>"]);
        assert_eq!(attribute(children(xml)[1], "y").as_deref(), Some("&"));
        assert_eq!(name("<w:p>"), "w:p");
    }

    #[test]
    fn attributes_are_replaced_or_added() {
        assert_eq!(with_attribute("<a b='1' c=\"2\"/>", "b", "3"), "<a b='3' c=\"2\"/>");
        assert_eq!(with_attribute("<a />", "b", "<"), "<a b=\"&lt;\"/>");
        assert_eq!(
            with_namespaces("<a xmlns:w=\"1\">", "<a xmlns:w=\"1\" xmlns:r=\"2\" z=\"\">"),
            "<a xmlns:w=\"1\" xmlns:r=\"2\">"
        );
    }

    #[test]
    fn what_is_deep_broken_or_typed_is_refused() {
        assert_eq!(fault("<a><b/></a>"), None);
        assert!(fault("<a>").is_some() && fault("<a></b>").is_some());
        assert!(fault("<!DOCTYPE a><a/>").is_some());
        assert!(fault(&"<a>".repeat(100_000)).is_some());
    }
}
