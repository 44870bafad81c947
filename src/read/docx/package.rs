//! The parts of a Word document that are read, and what files are that only look like one.

use std::collections::BTreeMap;

use crate::opc::{Archive, Fault, Relation};

/// The parts of a document, as text.
pub(super) struct Package {
    pub document: Part,
    pub footnotes: Option<Part>,
    pub endnotes: Option<Part>,
    pub styles: Option<String>,
    pub numbering: Option<String>,
    pub comments: Option<String>,
    pub core: Option<String>,
    pub custom: Option<String>,
}

/// A part that relates to others.
pub(super) struct Part {
    pub text: String,
    pub relations: BTreeMap<String, Relation>,
}

impl Part {
    fn read(archive: &mut Archive, name: &str) -> Result<Option<Self>, Fault> {
        let Some(text) = archive.text(name)? else { return Ok(None) };
        let relations = archive.relations(name)?.into_iter().map(|found| (found.id.clone(), found)).collect();
        Ok(Some(Self { text, relations }))
    }
}

impl Package {
    /// Opens a file.
    pub fn open(bytes: &[u8]) -> Result<Self, Fault> {
        if let Some(kind) = foreign(bytes) {
            return Err(Fault { message: format!("it is {kind}"), hint: SAVE_AS });
        }
        let mut archive = Archive::open(bytes)?;
        let name = archive.document()?.target;
        let document =
            Part::read(&mut archive, &name)?.ok_or_else(|| Fault::new(format!("{name} is not there")))?;
        let whole = archive.relations("")?;
        let beside = |kind: &str| target(&[kind], document.relations.values());
        let (footnotes, endnotes) = (beside("footnotes"), beside("endnotes"));
        let (styles, numbering, comments) = (beside("styles"), beside("numbering"), beside("comments"));
        let core = target(&["core-properties", "coreProperties"], whole.iter());
        let custom = target(&["custom-properties", "customProperties"], whole.iter());
        let mut text = |name: Option<String>| name.map_or(Ok(None), |name| archive.text(&name));
        let (styles, numbering, comments) = (text(styles)?, text(numbering)?, text(comments)?);
        let (core, custom) = (text(core)?, text(custom)?);
        let mut part = |name: Option<String>| name.map_or(Ok(None), |name| Part::read(&mut archive, &name));
        let (footnotes, endnotes) = (part(footnotes)?, part(endnotes)?);
        Ok(Self { document, footnotes, endnotes, styles, numbering, comments, core, custom })
    }
}

/// The part that is related to in one of these ways.
fn target<'r>(kinds: &[&str], mut relations: impl Iterator<Item = &'r Relation>) -> Option<String> {
    let found = relations.find(|found| !found.external && kinds.contains(&found.kind.as_str()));
    found.map(|found| found.target.clone())
}

/// What to do with a file that is not one.
const SAVE_AS: &str = "open it in the program that it is from, and save it as a Word document (.docx)";

/// What a file is, by its first bytes, that some program could save as a Word document.
pub fn foreign(bytes: &[u8]) -> Option<&'static str> {
    let start = bytes.get(..256.min(bytes.len())).unwrap_or_default();
    let holds = |words: &[u8]| start.windows(words.len()).any(|window| window == words);
    match start {
        _ if start.starts_with(b"{\\rtf") => Some("an RTF document"),
        _ if start.starts_with(b"%PDF-") => Some("a PDF file"),
        _ if start.starts_with(b"PK") && holds(b"application/vnd.oasis.opendocument.text") => {
            Some("an OpenDocument text (.odt)")
        }
        _ if start.starts_with(b"PK") && holds(b"application/epub+zip") => Some("an e-book (.epub)"),
        _ => None,
    }
}

/// Whether a file is a Word document, whatever its name: a zip file with the parts of one.
pub fn is_word(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
        && foreign(bytes).is_none()
        && Archive::open(bytes).is_ok_and(|mut it| it.document().is_ok())
}
