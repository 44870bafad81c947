//! The package (ISO/IEC 29500-2): the parts that docx-rs wrote, mended, with those that it does not write, in a
//! zip file that is the same for the same input.

mod fonts;
mod footnotes;
mod mend;
mod namespaces;
mod order;
mod properties;
mod relationships;
mod riders;
mod sections;
mod settings;
mod shared;
mod styles;
mod theme;

use std::io::{Cursor, Write};

use docx_rs::{BuildXML, XMLDocx};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

pub(crate) use fonts::{Fonts, Shape, Used, family};
pub(crate) use footnotes::{Footnotes, NoteNumbers};
pub(crate) use mend::in_order;
pub(crate) use order::children as schema_order;
pub(crate) use properties::is_full_date;
pub(crate) use riders::{FIRST_TIP, Rider, Riders};
pub use shared::SharedParts;
pub(crate) use styles::{PLACEHOLDER, RESERVED, Sheet, StyleNote, TABLE_STYLE};
pub(crate) use theme::Theme;

use super::numbering::Lists;
use super::reference::{Document, Reference};
use super::sheet::Facing;
use crate::diag::Diagnostic;
pub(crate) use crate::opc::xml::escape;
use crate::read::Metadata;

/// What the parts need beside what docx-rs wrote.
pub(crate) struct Extras<'a> {
    /// What travels in the parts as numbers.
    pub riders: &'a Riders,
    /// The document's metadata.
    pub meta: &'a Metadata,
    /// The language of the document (BCP 47).
    pub lang: &'a str,
    /// The named styles, and what goes with them.
    pub sheet: Sheet,
    /// The lists.
    pub lists: Lists,
    /// Colours and fonts of the house.
    pub theme: Theme,
    /// The fonts that it is set in.
    pub fonts: Fonts<'a>,
    /// Whether words are hyphenated.
    pub hyphenate: bool,
    /// Whether the margins of left pages are the other way round.
    pub facing: Facing,
    /// Whether left pages have a header and footer of their own.
    pub even_headers: bool,
    /// Vector pictures: relationship and text.
    pub vectors: Vectors,
    /// The footnotes, where there are any.
    pub footnotes: Option<Footnotes>,
    /// The Word file whose looks the document has.
    pub reference: Option<&'a Reference>,
    /// What other documents have alike.
    pub shared: &'a SharedParts,
}

impl Extras<'_> {
    fn document(&self) -> Document<'_> {
        let (headings, text) = (&self.theme.headings, &self.theme.body);
        Document { meta: self.meta, lang: self.lang, headings, text }
    }
}

/// Vector pictures: relationship and text.
pub(crate) type Vectors = Vec<(String, std::sync::Arc<str>)>;

/// A part's name without the leading slash, and its bytes.
type Part = (String, Vec<u8>);

/// The finished file.
///
/// # Errors
/// A file of more than 4 GiB.
pub(crate) fn pack(parts: XMLDocx, mut extras: Extras) -> Result<Vec<u8>, Diagnostic> {
    zip(&assemble(parts, &mut extras), &extras).map_err(|error| {
        Diagnostic::error("docx-package", format!("The DOCX file could not be packed: {error}."))
    })
}

/// All parts, in the order of the file: content types and relationships first, as Word writes them.
fn assemble(parts: XMLDocx, extras: &mut Extras) -> Vec<Part> {
    let sheet = std::mem::take(&mut extras.sheet);
    let lists = std::mem::take(&mut extras.lists);
    let mut files: Vec<Part> = vec![
        ("word/document.xml".to_owned(), sections::in_place(mend::mend(&parts.document, extras.riders))),
        ("word/styles.xml".to_owned(), extras.shared.styles(sheet)),
        ("word/settings.xml".to_owned(), settings::part(extras)),
        ("word/fontTable.xml".to_owned(), extras.fonts.table()),
        ("word/theme/theme1.xml".to_owned(), extras.theme.part()),
        ("docProps/core.xml".to_owned(), properties::core(extras)),
    ];
    if !extras.fonts.is_empty() {
        files.push(("word/_rels/fontTable.xml.rels".to_owned(), extras.fonts.relationships()));
    }
    if !lists.is_empty() {
        files.push(("word/numbering.xml".to_owned(), extras.shared.numbering(lists)));
    }
    if let Some(footnotes) = &extras.footnotes {
        let part = footnotes::part(footnotes, extras.riders);
        let relations = footnotes::relationships(footnotes, &extras.vectors, &part);
        files.push(("word/footnotes.xml".to_owned(), part));
        for (id, bytes) in &footnotes.pictures {
            files.push((format!("word/media/{id}.{}", relationships::extension(bytes)), bytes.clone()));
        }
        files.extend(relations.map(|relations| ("word/_rels/footnotes.xml.rels".to_owned(), relations)));
    }
    let media = relationships::Media::new(&parts.media);
    for (name, part, relations) in margins("header", parts.headers, parts.header_rels).chain(margins(
        "footer",
        parts.footers,
        parts.footer_rels,
    )) {
        files.push((format!("word/{name}"), mend::mend(&part, extras.riders)));
        if relations.windows(14).any(|bytes| bytes == b"<Relationship ") {
            files.push((format!("word/_rels/{name}.rels"), media.rename(&relations)));
        }
    }
    files.push((
        "word/_rels/document.xml.rels".to_owned(),
        relationships::document(&media.rename(&parts.document_rels), extras),
    ));
    for (id, bytes) in parts.media {
        files.push((format!("word/media/{id}.{}", relationships::extension(&bytes)), bytes));
    }
    for (id, source) in &extras.vectors {
        files.push((format!("word/media/{id}.svg"), source.as_bytes().to_vec()));
    }
    let taken = extras.reference.map(|reference| reference.adopt(&mut files, &extras.document()));
    files.push(("_rels/.rels".to_owned(), relationships::package()));
    let fonts: Vec<String> = extras.fonts.names().collect();
    let names = files.iter().map(|(name, _)| name).chain(&fonts);
    let types = relationships::content_types(names.map(String::as_str), &taken.unwrap_or_default());
    files.push(("[Content_Types].xml".to_owned(), types));
    files.sort_by(|(a, _), (b, _)| rank(a).cmp(&rank(b)));
    files
}

/// The numbering part, without the definition and the instance that docx-rs puts before ours.
fn numbering(lists: &Lists) -> Vec<u8> {
    let mut riders = Riders::default();
    let part = lists.write(&mut riders).build();
    let mut part = String::from_utf8_lossy(&mend::mend(&part, &riders)).into_owned();
    replace_first(&mut part, "<w:abstractNum ", "</w:abstractNum>", "");
    replace_first(&mut part, "<w:num ", "</w:num>", "");
    part.into_bytes()
}

/// Headers or footers: file name, part, relationships.
fn margins(
    kind: &'static str,
    parts: Vec<Vec<u8>>,
    relations: Vec<Vec<u8>>,
) -> impl Iterator<Item = (String, Vec<u8>, Vec<u8>)> {
    let relations = relations.into_iter().chain(std::iter::repeat_with(Vec::new));
    parts
        .into_iter()
        .zip(relations)
        .enumerate()
        .map(move |(index, (part, relations))| (format!("{kind}{}.xml", index + 1), part, relations))
}

/// Readers look for the content types first.
fn rank(name: &str) -> (u8, &str) {
    let first = ["[Content_Types].xml", "_rels/.rels", "word/document.xml"];
    let place = first.iter().position(|known| *known == name).unwrap_or(first.len());
    (place as u8, name)
}

fn zip(parts: &[Part], extras: &Extras) -> zip::result::ZipResult<Vec<u8>> {
    let size = parts.iter().map(|(_, bytes)| bytes.len()).sum::<usize>() / 4 + extras.fonts.size();
    let mut zip = ZipWriter::new(Cursor::new(Vec::with_capacity(size)));
    let stored = deflated().compression_method(CompressionMethod::Stored);
    for part in parts {
        let (name, bytes) = part;
        let options = if name.ends_with(".png") || name.ends_with(".jpeg") {
            stored
        } else if let Some(archive) = extras.shared.archive(part)? {
            shared::copy(archive, &mut zip)?;
            continue;
        } else {
            deflated()
        };
        zip.start_file(name.as_str(), options)?;
        zip.write_all(bytes)?;
    }
    extras.fonts.copy_into(&mut zip)?;
    Ok(zip.finish()?.into_inner())
}

/// How parts are packed: the time is that of no clock.
fn deflated() -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(zip::DateTime::default())
}

/// The start of every part that is not docx-rs'.
const DECLARATION: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;

/// Replaces the first stretch from `start` to the `end` after it.
fn replace_first(part: &mut String, start: &str, end: &str, with: &str) {
    let Some(from) = part.find(start) else { return };
    let Some(length) = part[from..].find(end) else { return };
    part.replace_range(from..from + length + end.len(), with);
}
