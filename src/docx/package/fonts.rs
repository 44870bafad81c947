//! The font table and the fonts in the file, obfuscated as ISO/IEC 29500-1, 17.8.1 has it, so that who edits the
//! document sees the house's letters without having them.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::sync::Arc;

use sha2::{Digest, Sha256};
use zip::write::ZipWriter;

use super::relationships::OFFICE;
use super::{DECLARATION, escape, shared};
use crate::fonts::{Embedding, Face, FontBook, Slant};

/// A family and which of its four fonts: Word knows regular and bold, upright and italic.
pub(crate) type Used = BTreeSet<(Arc<str>, Shape)>;

/// One of the four fonts that Word knows of a family, in the order in which they are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Shape {
    /// Italic.
    pub italic: bool,
    /// Bold.
    pub bold: bool,
}

/// A font in the file.
struct Embedded<'a> {
    shape: Shape,
    /// The GUID that its first bytes are mixed with, and that its part is named after.
    key: String,
    /// A zip file with that part.
    archive: &'a shared::Archive,
}

/// The fonts of a document: those in the file, by family.
pub(crate) struct Fonts<'a>(BTreeMap<Arc<str>, Vec<Embedded<'a>>>);

impl<'a> Fonts<'a> {
    /// The fonts that a document uses, and the regular one of each family; in the file are those whose licence lets a
    /// document that can be edited have them.
    pub fn of(used: &Used, book: &'a FontBook) -> Self {
        let mut fonts = BTreeMap::new();
        for (family, shape) in used {
            let embedded: &mut Vec<Embedded> = fonts.entry(family.clone()).or_default();
            let regular = Shape { bold: false, italic: false };
            for shape in [regular, *shape] {
                if embedded.iter().any(|known| known.shape == shape) {
                    continue;
                }
                let own = |face: &&Face| is_between(face) && *self::family(face) == **family;
                let between =
                    || book.faces().iter().filter(own).find(|face| slanted(face, shape) && !shape.bold);
                let face = book.faces().iter().find(|face| face.family == *family && has(face, shape));
                let face = face.or_else(between);
                embedded
                    .extend(face.filter(|face| may_be_embedded(face)).and_then(|face| embed(face, shape)));
            }
            embedded.sort_by_key(|font| font.shape);
        }
        Self(fonts)
    }

    fn embedded(&self) -> impl Iterator<Item = &Embedded<'a>> {
        self.0.values().flatten()
    }

    /// Whether no font is in the file.
    pub fn is_empty(&self) -> bool {
        self.embedded().next().is_none()
    }

    /// The names of their parts.
    pub fn names(&self) -> impl Iterator<Item = String> {
        self.embedded().map(|font| part_name(&font.key))
    }

    /// `word/fontTable.xml` (17.8.3).
    pub fn table(&self) -> Vec<u8> {
        let mut part = format!(
            r#"{DECLARATION}<w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="{OFFICE}">"#
        );
        let mut number = 0;
        for (family, embedded) in &self.0 {
            part += &format!(r#"<w:font w:name="{}"><w:charset w:val="00"/>"#, escape(family));
            for font in embedded {
                number += 1;
                let (name, key) = (font.shape.element(), &font.key);
                part += &format!(r#"<{name} r:id="rIdFont{number}" w:fontKey="{{{key}}}"/>"#);
            }
            part += "</w:font>";
        }
        part += "</w:fonts>";
        part.into_bytes()
    }

    /// `word/_rels/fontTable.xml.rels`.
    pub fn relationships(&self) -> Vec<u8> {
        let mut part = format!(
            r#"{DECLARATION}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">"#
        );
        for (index, font) in self.embedded().enumerate() {
            let (number, key) = (index + 1, &font.key);
            part += &format!(
                r#"<Relationship Id="rIdFont{number}" Type="{OFFICE}/font" Target="fonts/{key}.odttf"/>"#
            );
        }
        part += "</Relationships>";
        part.into_bytes()
    }

    /// Puts their parts into a file, deflated once for all documents of the run.
    pub fn copy_into<W: Write + std::io::Seek>(&self, zip: &mut ZipWriter<W>) -> zip::result::ZipResult<()> {
        self.embedded().try_for_each(|font| shared::copy(font.archive.clone(), zip))
    }

    /// About how many bytes they take in a file.
    pub fn size(&self) -> usize {
        self.embedded().filter_map(|font| font.archive.decompressed_size()).sum::<u128>() as usize / 2
    }
}

impl Shape {
    fn element(self) -> &'static str {
        match (self.bold, self.italic) {
            (false, false) => "w:embedRegular",
            (true, false) => "w:embedBold",
            (false, true) => "w:embedItalic",
            (true, true) => "w:embedBoldItalic",
        }
    }
}

/// Whether a font is the one that Word means by a shape: other weights have families of their own there.
fn has(face: &Face, shape: Shape) -> bool {
    face.weight == if shape.bold { 700 } else { 400 } && slanted(face, shape)
}

fn slanted(face: &Face, shape: Shape) -> bool {
    face.slant == if shape.italic { Slant::Italic } else { Slant::Upright }
}

/// Whether a font is neither regular nor what text is bold with.
fn is_between(face: &Face) -> bool {
    face.weight < 600 && face.weight != 400
}

/// The family by which Word knows a font: that of a medium or light font is its own.
pub(crate) fn family(face: &Face) -> Arc<str> {
    let own = Some(face).filter(|face| is_between(face)).and_then(Face::family_of_four);
    own.map_or_else(|| face.family.clone(), Arc::from)
}

/// Word takes TrueType outlines in a file of their own, and opens a document for reading only that has a font to view
/// and print.
fn may_be_embedded(face: &Face) -> bool {
    let data = face.data.as_ref();
    let is_truetype = data.starts_with(&[0, 1, 0, 0]) || data.starts_with(b"true");
    is_truetype && matches!(face.embedding, Embedding::Installable | Embedding::Editable)
}

fn embed(face: &Face, shape: Shape) -> Option<Embedded<'_>> {
    let archive = face.kept(|font| archive(font).ok())?.as_ref()?;
    let name = archive.file_names().next()?;
    let key = name.strip_prefix(FOLDER)?.strip_suffix(EXTENSION)?.to_owned();
    Some(Embedded { shape, key, archive })
}

const FOLDER: &str = "word/fonts/";
const EXTENSION: &str = ".odttf";

fn part_name(key: &str) -> String {
    format!("{FOLDER}{key}{EXTENSION}")
}

/// A zip file with the obfuscated font.
fn archive(font: &[u8]) -> zip::result::ZipResult<shared::Archive> {
    let digest = Sha256::digest(font);
    let key: [u8; 16] = std::array::from_fn(|index| digest[index]);
    shared::archive(&part_name(&guid(key)), &obfuscated(font, key))
}

/// The bytes as a GUID is written.
fn guid(key: [u8; 16]) -> String {
    let hex: String = key.iter().map(|byte| format!("{byte:02X}")).collect();
    [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-")
}

/// The first 32 bytes mixed with the key, whose last byte comes first.
fn obfuscated(font: &[u8], key: [u8; 16]) -> Vec<u8> {
    let mut mixed = font.to_vec();
    for (byte, key) in mixed.iter_mut().take(32).zip(key.iter().rev().cycle()) {
        *byte ^= key;
    }
    mixed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_font_is_mixed_with_its_key_backwards() {
        let key: [u8; 16] = std::array::from_fn(|index| index as u8);
        assert_eq!(guid(key), "00010203-0405-0607-0809-0A0B0C0D0E0F");
        let mixed = obfuscated(&[0; 40], key);
        assert_eq!(mixed[..3], [15, 14, 13]);
        assert_eq!((mixed[15], mixed[16], mixed[31], mixed[32]), (0, 15, 0, 0));
    }

    #[test]
    fn a_family_brings_its_regular_font_and_what_is_used() {
        let book = FontBook::bundled();
        let used = Used::from([
            (Arc::from("Figtree"), Shape { bold: true, italic: false }),
            (Arc::from("Figtree"), Shape { bold: false, italic: true }),
            (Arc::from("Unheard of"), Shape { bold: false, italic: false }),
        ]);
        let fonts = Fonts::of(&used, &book);
        assert_eq!(fonts.names().count(), 3);
        let medium =
            Used::from([(Arc::from("Familjen Grotesk Medium"), Shape { bold: false, italic: false })]);
        assert_eq!(Fonts::of(&medium, &book).names().count(), 1);
        let table = String::from_utf8(fonts.table()).unwrap();
        for (name, number) in [("Regular", 1), ("Bold", 2), ("Italic", 3)] {
            assert!(table.contains(&format!("<w:embed{name} r:id=\"rIdFont{number}\"")), "{table}");
        }
        assert!(table.contains(r#"<w:font w:name="Unheard of"><w:charset w:val="00"/></w:font>"#), "{table}");
    }
}
