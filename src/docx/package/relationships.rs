//! Relationships, content types (ISO/IEC 29500-2, 9 and 10) and the names of media.

use super::{DECLARATION, Extras, escape};

/// The pictures whose files are not the PNG that docx-rs takes all pictures for.
pub(super) struct Media(Vec<(String, String)>);

impl Media {
    pub fn new(media: &[(String, Vec<u8>)]) -> Self {
        let renamed = media.iter().filter(|(_, bytes)| extension(bytes) != "png");
        Self(
            renamed
                .map(|(id, bytes)| (format!("media/{id}.png"), format!("media/{id}.{}", extension(bytes))))
                .collect(),
        )
    }

    /// A relationships part with the files' real names.
    pub fn rename(&self, part: &[u8]) -> Vec<u8> {
        let part = String::from_utf8_lossy(part).into_owned();
        let renamed = self
            .0
            .iter()
            .fold(part, |part, (from, to)| part.replace(&format!("\"{from}\""), &format!("\"{to}\"")));
        renamed.into_bytes()
    }
}

/// The extension of a picture's file, from its first bytes.
pub(super) fn extension(bytes: &[u8]) -> &'static str {
    if bytes.starts_with(&[0xff, 0xd8]) { "jpeg" } else { "png" }
}

/// The document's relationships: without the comments that there are none of, with theme and vector pictures.
pub(super) fn document(part: &[u8], extras: &Extras) -> Vec<u8> {
    let part = String::from_utf8_lossy(part);
    let mut own = format!(r#"<Relationship Id="rIdTheme" Type="{OFFICE}/theme" Target="theme/theme1.xml"/>"#);
    for (id, _) in &extras.vectors {
        own += &format!(r#"<Relationship Id="{id}" Type="{OFFICE}/image" Target="media/{id}.svg"/>"#);
    }
    // docx-rs takes the links from a hash map: their order would be another one each time.
    let (mut kept, others): (Vec<&str>, Vec<&str>) = part
        .split_inclusive('>')
        .filter(|tag| !tag.contains("commentsExtended"))
        .partition(|tag| tag.starts_with("<Relationship "));
    kept.sort_unstable();
    let start = others.iter().filter(|tag| !tag.starts_with("</")).copied().collect::<String>();
    format!("{start}{}{own}</Relationships>", kept.concat()).into_bytes()
}

/// The package's relationships.
pub(super) fn package() -> Vec<u8> {
    format!(
        r#"{DECLARATION}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>"#
    )
    .into_bytes()
}

/// `[Content_Types].xml` of a package with these parts; of those that are `taken` from another the type is known.
pub(super) fn content_types<'a>(names: impl Iterator<Item = &'a str>, taken: &[(String, String)]) -> Vec<u8> {
    let mut part = format!(
        r#"{DECLARATION}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>"#
    );
    let mut overrides = String::new();
    let mut extensions = std::collections::BTreeSet::new();
    for name in names {
        if let Some((_, kind)) = taken.iter().find(|(known, _)| known == name) {
            let kind = escape(kind);
            overrides += &format!(r#"<Override PartName="/{name}" ContentType="{kind}"/>"#);
            continue;
        }
        if let Some(kind) = content_type(name) {
            overrides += &format!(r#"<Override PartName="/{name}" ContentType="{kind}"/>"#);
        }
        extensions.extend(name.rsplit_once('.').map(|(_, extension)| extension));
    }
    for (extension, kind) in [
        ("jpeg", "image/jpeg"),
        ("odttf", "application/vnd.openxmlformats-officedocument.obfuscatedFont"),
        ("png", "image/png"),
        ("svg", "image/svg+xml"),
    ] {
        if extensions.contains(extension) {
            part += &format!(r#"<Default Extension="{extension}" ContentType="{kind}"/>"#);
        }
    }
    format!("{part}{overrides}</Types>").into_bytes()
}

fn content_type(name: &str) -> Option<String> {
    let word = |kind: &str| {
        Some(format!("application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"))
    };
    let stem = name.strip_prefix("word/").and_then(|name| name.strip_suffix(".xml"));
    match (name, stem) {
        ("docProps/core.xml", _) => {
            Some("application/vnd.openxmlformats-package.core-properties+xml".to_owned())
        }
        (_, Some("theme/theme1")) => {
            Some("application/vnd.openxmlformats-officedocument.theme+xml".to_owned())
        }
        (_, Some("document")) => word("document.main"),
        (_, Some(stem)) if stem.starts_with("header") => word("header"),
        (_, Some(stem)) if stem.starts_with("footer") => word("footer"),
        (_, Some(stem @ ("styles" | "settings" | "fontTable" | "numbering" | "footnotes"))) => word(stem),
        _ => None,
    }
}

pub(super) const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
