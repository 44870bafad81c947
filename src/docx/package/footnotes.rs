//! The footnotes part (ISO/IEC 29500-1, 17.11.15) with its relationships. docx-rs' own has neither separators nor
//! the marks of the notes.

use super::mend::mend;
use super::relationships::{OFFICE, extension};
use super::{DECLARATION, Riders, Vectors, escape};
use crate::units::Twips;

/// The footnotes of a document.
pub(crate) struct Footnotes {
    /// The paragraphs and tables of each, XML.
    pub notes: Vec<Vec<Vec<u8>>>,
    /// How they are counted.
    pub numbers: NoteNumbers,
    /// From the left side of the text to the line above them.
    pub left: Twips,
    /// The document's links to the outside: relationship and address.
    pub links: Vec<(String, String)>,
    /// The pictures in them: relationship and file.
    pub pictures: Vec<(String, Vec<u8>)>,
}

/// How footnotes are counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct NoteNumbers {
    /// `w:numFmt`; without one in decimals.
    pub format: Option<&'static str>,
    /// Whether they are counted from one on each page.
    pub each_page: bool,
}

/// The line above notes, of a page's own or of what goes on from the page before.
fn separator(kind: &str, id: i32, Twips(left): Twips) -> String {
    format!(
        r#"<w:footnote w:type="{kind}" w:id="{id}"><w:p><w:pPr><w:spacing w:before="0" w:after="60" w:line="240" w:lineRule="auto"/><w:ind w:left="{left}"/></w:pPr><w:r><w:{kind}/></w:r></w:p></w:footnote>"#
    )
}

/// The number of a note before its words (17.11.6).
const MARK: &str =
    r#"<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r><w:r><w:tab/></w:r>"#;

/// `word/footnotes.xml`.
pub(super) fn part(footnotes: &Footnotes, riders: &Riders) -> Vec<u8> {
    let mut part = format!(
        r#"{DECLARATION}<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="{OFFICE}" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">"#
    );
    part += &separator("separator", -1, footnotes.left);
    part += &separator("continuationSeparator", 0, footnotes.left);
    for (index, blocks) in footnotes.notes.iter().enumerate() {
        part += &format!(r#"<w:footnote w:id="{}">"#, index + 1);
        for (at, block) in blocks.iter().enumerate() {
            let block = String::from_utf8_lossy(block);
            match block.split_once("</w:pPr>").filter(|_| at == 0 && block.starts_with("<w:p ")) {
                Some((before, after)) => part += &format!("{before}</w:pPr>{MARK}{after}"),
                None if at == 0 => part += &format!("<w:p>{MARK}</w:p>{block}"),
                None => part += &block,
            }
        }
        part += "</w:footnote>";
    }
    part += "</w:footnotes>";
    mend(part.as_bytes(), riders)
}

/// `word/_rels/footnotes.xml.rels`: the links and pictures in notes; `None` where there are none.
pub(super) fn relationships(footnotes: &Footnotes, vectors: &Vectors, part: &[u8]) -> Option<Vec<u8>> {
    let part = String::from_utf8_lossy(part);
    let uses = |attribute: &str, id: &str| part.contains(&format!("{attribute}=\"{id}\""));
    let used = footnotes.links.iter().filter(|(id, _)| uses("r:id", id));
    let mut relations: String = used
        .map(|(id, address)| {
            let address = escape(address);
            format!(
                r#"<Relationship Id="{id}" Type="{OFFICE}/hyperlink" Target="{address}" TargetMode="External"/>"#
            )
        })
        .collect();
    let rasters = footnotes.pictures.iter().map(|(id, bytes)| (id, extension(bytes)));
    let pictures = rasters.chain(vectors.iter().map(|(id, _)| (id, "svg")));
    for (id, extension) in pictures.filter(|(id, _)| uses("r:embed", id)) {
        relations +=
            &format!(r#"<Relationship Id="{id}" Type="{OFFICE}/image" Target="media/{id}.{extension}"/>"#);
    }
    (!relations.is_empty()).then(|| {
        format!(
            r#"{DECLARATION}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relations}</Relationships>"#
        )
        .into_bytes()
    })
}

/// `w:footnotePr` of the settings (17.11.12).
pub(super) fn settings(footnotes: &Footnotes) -> String {
    let format = footnotes.numbers.format.map(|format| format!(r#"<w:numFmt w:val="{format}"/>"#));
    let restart = if footnotes.numbers.each_page { r#"<w:numRestart w:val="eachPage"/>"# } else { "" };
    format!(
        r#"<w:footnotePr>{}{restart}<w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>"#,
        format.unwrap_or_default()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_note_begins_with_its_number() {
        let footnotes = Footnotes {
            notes: vec![vec![
                br#"<w:p w14:paraId="1"><w:pPr><w:jc w:val="left"/></w:pPr><w:r><w:t>a</w:t></w:r></w:p>"#
                    .to_vec(),
            ]],
            numbers: NoteNumbers::default(),
            left: Twips(0),
            links: vec![("rIdLink1".to_owned(), "https://a.nl/?a&b".to_owned())],
            pictures: vec![("rIdPicture4".to_owned(), vec![0xff, 0xd8])],
        };
        let part = part(&footnotes, &Riders::default());
        let text = String::from_utf8(part.clone()).unwrap();
        let note = format!(
            r#"<w:footnote w:id="1"><w:p><w:pPr><w:jc w:val="left"/></w:pPr>{MARK}<w:r><w:t>a</w:t></w:r></w:p></w:footnote>"#
        );
        assert!(text.contains(&note), "{text}");
        assert_eq!(relationships(&footnotes, &Vec::new(), &part), None);
        let linked = br#"<w:hyperlink r:id="rIdLink1"/><a:blip r:embed="rIdPicture4"/>"#;
        let relations = String::from_utf8(relationships(&footnotes, &Vec::new(), linked).unwrap()).unwrap();
        assert!(relations.contains(r#"Target="media/rIdPicture4.jpeg""#), "{relations}");
        assert!(
            relations.contains(r#"Target="https://a.nl/?a&amp;b" TargetMode="External"/>"#),
            "{relations}"
        );
    }

    #[test]
    fn settings_name_the_separators() {
        let numbers = NoteNumbers { format: Some("lowerLetter"), each_page: true };
        let (links, pictures) = (Vec::new(), Vec::new());
        let text = settings(&Footnotes { notes: Vec::new(), numbers, left: Twips(0), links, pictures });
        assert_eq!(
            text,
            r#"<w:footnotePr><w:numFmt w:val="lowerLetter"/><w:numRestart w:val="eachPage"/><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>"#
        );
    }
}
