//! The namespaces that a part declares: docx-rs declares all that it knows in every part, most of them for nothing.

/// The part without the declarations of prefixes that nothing in it has, and without `mc:Ignorable` where nothing is
/// left to be ignored (ISO/IEC 29500-3, 9.2). A fragment without a root that declares any is given back as it came.
pub(super) fn used(part: Vec<u8>) -> Vec<u8> {
    let Ok(text) = std::str::from_utf8(&part) else { return part };
    let Some((start, end)) = root(text) else { return part };
    let (opening, content) = (&text[start..end], &text[end..]);
    let prefixes = prefixes(content, opening.split(' ').filter_map(declared).collect());
    let own = opening.trim_start_matches('<').split(':').next();
    let is_used = |prefix: &str| Some(prefix) == own || prefixes.contains(&prefix);
    let (mut tag, mut ignorable) = (String::new(), Vec::new());
    for (index, attribute) in opening.split(' ').enumerate() {
        if declared(attribute).is_some_and(|prefix| !is_used(prefix)) {
            continue;
        }
        if let Some(prefixes) = attribute.strip_prefix("mc:Ignorable=") {
            ignorable.push(prefixes.trim_matches('"'));
            continue;
        }
        // The list of prefixes goes on behind a blank.
        if index > 0 && !attribute.contains('=') {
            ignorable.push(attribute.trim_matches('"'));
            continue;
        }
        tag.push_str(if index > 0 { " " } else { "" });
        tag.push_str(attribute);
    }
    ignorable.retain(|prefix| is_used(prefix));
    if !ignorable.is_empty() {
        let declared = if is_used("mc") { String::new() } else { format!(r#" xmlns:mc="{COMPATIBILITY}""#) };
        tag += &format!(r#"{declared} mc:Ignorable="{}""#, ignorable.join(" "));
    }
    [&text[..start], &tag, content].concat().into_bytes()
}

const COMPATIBILITY: &str = "http://schemas.openxmlformats.org/markup-compatibility/2006";

/// Where the opening tag of the root element begins and where its `>` is, if it declares a namespace.
fn root(text: &str) -> Option<(usize, usize)> {
    let mut from = 0;
    loop {
        let start = from + text[from..].find('<')?;
        let end = start + text[start..].find('>')?;
        if !text[start..].starts_with("<?") {
            let tag = &text[start..end];
            return (tag.contains(" xmlns:") && !tag.ends_with('/')).then_some((start, end));
        }
        from = end;
    }
}

/// The prefix that an attribute declares.
fn declared(attribute: &str) -> Option<&str> {
    attribute.strip_prefix("xmlns:")?.split('=').next()
}

/// Those of the declared prefixes that stand before colons, in names or, which does no harm, in text.
fn prefixes<'d>(content: &str, mut unseen: Vec<&'d str>) -> Vec<&'d str> {
    let mut seen = Vec::new();
    let colons = content.bytes().enumerate().filter(|(_, byte)| *byte == b':');
    for (colon, _) in colons {
        let before = &content[..colon];
        let length = before.bytes().rev().take_while(u8::is_ascii_alphanumeric).count();
        let prefix = &before[colon - length..];
        // Nearly all are the first one.
        if !seen.contains(&prefix) {
            seen.extend(unseen.extract_if(.., |declared| *declared == prefix));
        }
    }
    seen
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stripped(part: &str) -> String {
        String::from_utf8(used(part.as_bytes().to_vec())).unwrap()
    }

    #[test]
    fn only_what_is_used_is_declared() {
        let part = r#"<?xml version="1.0"?><w:hdr xmlns:r="R" xmlns:w="W" xmlns:v="V" xmlns:mc="M" xmlns:w14="X" mc:Ignorable="w14 wp14"><w:p r:id="1"/></w:hdr>"#;
        let want = r#"<?xml version="1.0"?><w:hdr xmlns:r="R" xmlns:w="W"><w:p r:id="1"/></w:hdr>"#;
        assert_eq!(stripped(part), want);
    }

    #[test]
    fn what_may_be_ignored_stays_so() {
        let part =
            r#"<w:d xmlns:w="W" xmlns:w14="X" xmlns:wp14="Y" mc:Ignorable="w14 wp14"><w:p w14:a="1"/></w:d>"#;
        let want = format!(
            r#"<w:d xmlns:w="W" xmlns:w14="X" xmlns:mc="{COMPATIBILITY}" mc:Ignorable="w14"><w:p w14:a="1"/></w:d>"#
        );
        assert_eq!(stripped(part), want);
    }

    #[test]
    fn a_fragment_stays_as_it_is() {
        for part in ["<w:p><w:r/></w:p>", "", "een", r#"<w:p xmlns:w="W"/>"#, "<"] {
            assert_eq!(stripped(part), part);
        }
    }
}
