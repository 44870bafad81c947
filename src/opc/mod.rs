//! A Word file as a package (ISO/IEC 29500-2): parts, what they are, and what they relate to. Whoever reads one reads it
//! through [`Archive`], which holds the limits of what a file may make us unpack.

pub(crate) mod xml;

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;

/// The start of the names of bookmarks around what is the article's in a document that we wrote. Word does not list
/// bookmarks that begin with an underscore.
pub(crate) const ARTICLE: &str = "_article";

/// The name of the bookmark around the last paragraph of such a document: what is behind it somebody added.
pub(crate) const END: &str = "_handout_end";

/// All that is read of a file unpacks to no more than this, bytes.
const LARGEST: u64 = 64 << 20;

/// So many parts a file may have.
const MOST_PARTS: usize = 10_000;

/// The first bytes of an entry in the list of what is in a zip file (APPNOTE, 4.3.12).
const ENTRY: [u8; 4] = *b"PK\x01\x02";

/// The first bytes of an OLE compound file: a document with a password, or one from before Word 2007.
const COMPOUND: [u8; 4] = [0xd0, 0xcf, 0x11, 0xe0];

/// The start of the relationship types and namespaces of a document that is saved as strict (ISO/IEC 29500-1).
const STRICT: &str = "http://purl.oclc.org/ooxml/";

/// What is wrong with the file, in a few words, and what to do about it.
pub(crate) struct Fault {
    pub message: String,
    pub hint: &'static str,
}

const SAVE_AGAIN: &str = "open it in Word and save it as a Word document (.docx)";

impl Fault {
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), hint: SAVE_AGAIN }
    }
}

/// A Word file.
pub(crate) struct Archive<'f> {
    zip: ZipArchive<Cursor<&'f [u8]>>,
    /// Names by their lower case: names of parts know no case.
    names: BTreeMap<String, String>,
    /// Bytes that may still be unpacked.
    left: u64,
    /// Content types by extension and by part.
    types: BTreeMap<String, String>,
}

/// A relationship of a part.
pub(crate) struct Relation {
    pub id: String,
    /// The type, from its last slash.
    pub kind: String,
    /// The type as it stands there.
    pub uri: String,
    /// The name of a part, or the address of something outside of the file.
    pub target: String,
    pub external: bool,
}

impl Relation {
    /// Whether it is of a document that is saved as strict.
    pub fn is_strict(&self) -> bool {
        self.uri.starts_with(STRICT)
    }
}

impl<'f> Archive<'f> {
    /// Opens a file.
    ///
    /// # Errors
    /// What it is instead of a Word file.
    pub fn open(file: &'f [u8]) -> Result<Self, Fault> {
        if file.starts_with(&COMPOUND) {
            return Err(Fault {
                message: "it has a password, or is from before Word 2007".to_owned(),
                hint: "open it in Word, take the password away (File, Info), and save it as a Word document (.docx)",
            });
        }
        if file.windows(ENTRY.len()).filter(|bytes| *bytes == ENTRY).count() > MOST_PARTS {
            return Err(Fault::new(format!("it has more than {MOST_PARTS} parts")));
        }
        let zip = ZipArchive::new(Cursor::new(file)).map_err(|_| Fault::new("it is no Word file"))?;
        let names = zip.file_names().map(|name| (name.to_ascii_lowercase(), name.to_owned())).collect();
        let mut archive = Self { zip, names, left: LARGEST, types: BTreeMap::new() };
        let types = archive.text("[Content_Types].xml")?.ok_or_else(|| Fault::new("it is no Word file"))?;
        for entry in xml::children(&types) {
            let key = xml::attribute(entry, "PartName")
                .or_else(|| Some(format!(".{}", xml::attribute(entry, "Extension")?)));
            if let (Some(key), Some(kind)) = (key, xml::attribute(entry, "ContentType")) {
                archive.types.insert(key.to_ascii_lowercase(), kind);
            }
        }
        Ok(archive)
    }

    /// The bytes of a part, where there is one of this name.
    pub fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, Fault> {
        let Some(name) = self.names.get(&name.to_ascii_lowercase()) else { return Ok(None) };
        let broken = |_| Fault::new(format!("{name} cannot be unpacked"));
        let part = self.zip.by_name(name).map_err(|_| Fault::new(format!("{name} cannot be unpacked")))?;
        let mut bytes = Vec::new();
        part.take(self.left + 1).read_to_end(&mut bytes).map_err(broken)?;
        self.left = self.left.checked_sub(bytes.len() as u64).ok_or(Fault {
            message: "what is to be read of it is larger than 64 MiB".to_owned(),
            hint: "make its pictures smaller",
        })?;
        Ok(Some(bytes))
    }

    /// A part that is XML and can be taken over, where there is one of this name.
    pub fn text(&mut self, name: &str) -> Result<Option<String>, Fault> {
        let Some(bytes) = self.bytes(name)? else { return Ok(None) };
        let text = String::from_utf8(bytes).map_err(|_| Fault::new(format!("{name} is not in UTF-8")))?;
        let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
        match xml::fault(&text) {
            Some(fault) => Err(Fault::new(format!("{name}: {fault}"))),
            None => Ok(Some(text)),
        }
    }

    /// What a part relates to, in the order of the file; of the whole file for no name.
    pub fn relations(&mut self, part: &str) -> Result<Vec<Relation>, Fault> {
        let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
        let slash = if folder.is_empty() { "" } else { "/" };
        let Some(text) = self.text(&format!("{folder}{slash}_rels/{name}.rels"))? else {
            return Ok(Vec::new());
        };
        let relations = xml::children(&text).into_iter().filter_map(|entry| {
            let uri = xml::attribute(entry, "Type")?;
            let external = xml::attribute(entry, "TargetMode").as_deref() == Some("External");
            let target = xml::attribute(entry, "Target")?;
            Some(Relation {
                id: xml::attribute(entry, "Id")?,
                kind: uri.rsplit('/').next().unwrap_or_default().to_owned(),
                target: if external { target } else { resolved(folder, &target) },
                uri,
                external,
            })
        });
        Ok(relations.collect())
    }

    /// The document part, as the file relates to it.
    pub fn document(&mut self) -> Result<Relation, Fault> {
        let relations = self.relations("")?;
        let found = relations.into_iter().find(|relation| relation.kind == "officeDocument");
        let found = found.filter(|found| {
            self.content_type(&found.target).is_some_and(|kind| kind.contains("word"))
                && self.names.contains_key(&found.target.to_ascii_lowercase())
        });
        found.ok_or_else(|| Fault::new("it has no Word document in it"))
    }

    /// What a part is.
    pub fn content_type(&self, part: &str) -> Option<&str> {
        let part = format!("/{}", part.to_ascii_lowercase());
        let extension = part.rsplit_once('.').map(|(_, extension)| format!(".{extension}"));
        let found = self.types.get(&part).or_else(|| self.types.get(&extension?));
        found.map(String::as_str)
    }
}

/// The name of the part that `target` names from `folder`.
fn resolved(folder: &str, target: &str) -> String {
    let from_root = target.starts_with('/');
    let mut path: Vec<&str> = folder.split('/').filter(|step| !from_root && !step.is_empty()).collect();
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(path.pop()),
            step => path.push(step),
        }
    }
    path.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_named_from_the_folder_or_the_root() {
        assert_eq!(resolved("word", "media/a.png"), "word/media/a.png");
        assert_eq!(resolved("word", "/word/b.xml"), "word/b.xml");
        assert_eq!(resolved("word/theme", "../media/c"), "word/media/c");
        assert_eq!(resolved("", "../../d"), "d");
    }
}
