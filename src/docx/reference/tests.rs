//! A small reference, made in memory, under a document of ours.

use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::Reference;
use crate::docx::tests::tree_of;
use crate::docx::{House, PageNumbers, write};
use crate::fonts::FontBook;

const W: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships""#;

/// The parts of a reference whose Word speaks Dutch: a header with a picture that has the name of one of ours, styles
/// with identifiers of its own, a list style with numbering.
fn parts() -> Vec<(&'static str, String)> {
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relations = |each: &str| {
        format!(
            r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{each}</Relationships>"#
        )
    };
    let relation = |id: &str, kind: &str, target: &str| {
        format!(r#"<Relationship Id="{id}" Type="{office}/{kind}" Target="{target}"/>"#)
    };
    let style = |id: &str, name: &str, rest: &str| {
        format!(
            r#"<w:style w:type="paragraph" w:styleId="{id}"><w:name w:val="{name}"/><w:basedOn w:val="Standaard"/>{rest}</w:style>"#
        )
    };
    let word = "application/vnd.openxmlformats-officedocument.wordprocessingml";
    let title = r#"<w:fldSimple w:instr="TITLE"><w:r><w:t>Oud</w:t></w:r></w:fldSimple>"#;
    vec![
        (
            "[Content_Types].xml",
            format!(
                r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="png" ContentType="image/png"/><Override PartName="/word/document2.xml" ContentType="{word}.template.main+xml"/></Types>"#
            ),
        ),
        ("_rels/.rels", relations(&relation("rId1", "officeDocument", "/word/document2.xml"))),
        (
            "word/document2.xml",
            format!(
                r#"<w:document {W}><w:body><w:p><w:r><w:t>Blijft achter</w:t></w:r></w:p><w:sectPr><w:headerReference w:type="default" r:id="rId9"/><w:pgSz w:w="10000" w:h="15000"/><w:pgMar w:top="1500" w:right="1000" w:bottom="1500" w:left="1200" w:header="500" w:footer="500" w:gutter="0"/></w:sectPr></w:body></w:document>"#
            ),
        ),
        (
            "word/_rels/document2.xml.rels",
            relations(
                &[
                    relation("rId1", "styles", "styles.xml"),
                    relation("rId2", "numbering", "numbering.xml"),
                    relation("rId9", "header", "header7.xml"),
                ]
                .concat(),
            ),
        ),
        (
            "word/styles.xml",
            format!(
                r#"<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Verdana"/><w:lang w:val="nl-BE"/></w:rPr></w:rPrDefault></w:docDefaults><w:latentStyles w:count="1"/><w:style w:type="paragraph" w:default="1" w:styleId="Standaard"><w:name w:val="Normal"/></w:style>{}{}{}</w:styles>"#,
                style("Kop1", "heading 1", r#"<w:rPr><w:color w:val="AA0000"/></w:rPr>"#),
                style("Lijst", "List Number", r#"<w:pPr><w:numPr><w:numId w:val="4"/></w:numPr></w:pPr>"#),
                style("Callout", "Kader", ""),
            ),
        ),
        (
            "word/numbering.xml",
            format!(
                r#"<w:numbering {W}><w:abstractNum w:abstractNumId="3"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1)"/></w:lvl></w:abstractNum><w:num w:numId="4"><w:abstractNumId w:val="3"/></w:num></w:numbering>"#
            ),
        ),
        (
            "word/header7.xml",
            format!(
                r#"<w:hdr {W}><w:p><w:pPr><w:pStyle w:val="Kop1"/></w:pPr>{title}<w:r><w:pict r:id="rId1"/></w:r></w:p></w:hdr>"#
            ),
        ),
        ("word/_rels/header7.xml.rels", relations(&relation("rId1", "image", "media/rIdPicture1.png"))),
        ("word/media/rIdPicture1.png", "picture of the header".to_owned()),
        ("word/vbaProject.bin", "macro".to_owned()),
    ]
}

fn zipped(parts: &[(&str, String)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// What of `parts` is a reference for is written for this HTML.
fn document(html: &str, css: &str, parts: &[(&str, String)]) -> ZipArchive<Cursor<Vec<u8>>> {
    let reference = Reference::read(&zipped(parts), "huis.dotx").unwrap_or_else(|error| panic!("{error:?}"));
    let tree = tree_of(html, css);
    let written = write(
        &tree,
        &FontBook::bundled(),
        &PageNumbers::new(),
        &House { reference: Some(&reference), ..House::plain() },
    )
    .unwrap();
    ZipArchive::new(Cursor::new(written.file)).unwrap()
}

fn part(file: &mut ZipArchive<Cursor<Vec<u8>>>, name: &str) -> String {
    let mut text = String::new();
    file.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    roxmltree::Document::parse(&text).unwrap();
    text
}

#[test]
fn styles_are_found_by_name_and_ours_are_added() {
    let html = "<h1>Kop</h1><p>Tekst</p><p class=callout>Let op</p>";
    let mut file = document(html, ".callout { font-weight: 700; font-style: italic }", &parts());
    let text = part(&mut file, "word/document.xml");
    assert!(text.contains(r#"<w:pStyle w:val="Kop1""#) && !text.contains("Blijft achter"), "{text}");
    assert!(text.contains(r#"<w:pStyle w:val="Callout2""#), "the identifier is taken: {text}");
    let styles = part(&mut file, "word/styles.xml");
    assert_eq!(styles.matches(r#"<w:name w:val="heading 1""#).count(), 1, "{styles}");
    assert!(
        styles.contains("AA0000") && styles.contains("latentStyles") && styles.contains("nl-BE"),
        "{styles}"
    );
    let ours = styles.split(r#"w:styleId="Callout2""#).nth(1).unwrap();
    assert!(ours.starts_with(r#"><w:name w:val="Callout""#), "the name is free: {ours}");
    assert!(ours.contains(r#"<w:basedOn w:val="Standaard""#) && !ours.contains("rFonts"), "{ours}");
}

#[test]
fn header_and_sheet_are_the_references_and_pictures_stay_apart() {
    let svg = "<svg width=9 height=9 role=img aria-label=x><rect width=9 height=9 /></svg>";
    let mut file = document(&format!("<p>{svg}</p>"), "@page { @top-left { content: 'weg' } }", &parts());
    let text = part(&mut file, "word/document.xml");
    assert!(text.contains(r#"<w:pgSz w:w="10000" w:h="15000"/>"#), "{text}");
    assert_eq!(text.matches("<w:headerReference ").count(), 1, "{text}");
    let header = part(&mut file, "word/header1.xml");
    assert!(
        header.contains("<w:t>Titel</w:t>") && header.contains("Kop1") && !header.contains("weg"),
        "{header}"
    );
    let relations = part(&mut file, "word/_rels/header1.xml.rels");
    let target = relations.split("Target=\"").nth(1).unwrap().split('"').next().unwrap();
    let mut picture = String::new();
    file.by_name(&format!("word/{target}")).unwrap().read_to_string(&mut picture).unwrap();
    assert_eq!(picture, "picture of the header");
    let types = part(&mut file, "[Content_Types].xml");
    assert!(types.contains(&format!("/word/{target}\" ContentType=\"image/png\"")), "{types}");
    assert!(file.file_names().all(|name| !name.contains("vba")), "macros stay behind");
}

#[test]
fn numbered_lists_take_the_styles_numbering_and_start_again() {
    let list = "<ol><li>een</li><li>twee</li></ol>";
    let mut file = document(&format!("{list}<p>en</p>{list}<ul><li>punt</li></ul>"), "", &parts());
    let text = part(&mut file, "word/document.xml");
    let numbers: Vec<&str> =
        text.split("<w:numId w:val=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(numbers.len(), 5, "{text}");
    assert!(numbers[0] == numbers[1] && numbers[1] != numbers[2] && numbers[2] == numbers[3], "{numbers:?}");
    let numbering = part(&mut file, "word/numbering.xml");
    for number in &numbers[..4] {
        let instance = format!(r#"<w:num w:numId="{number}"><w:abstractNumId w:val="3"/>"#);
        assert!(numbering.contains(&instance), "{numbering}");
    }
    let bullets = numbering.split(&format!(r#"<w:num w:numId="{}">"#, numbers[4])).nth(1).unwrap();
    assert!(!bullets.starts_with(r#"<w:abstractNumId w:val="3""#), "{numbering}");
}

#[test]
fn light_text_stays_light_on_dark_ground() {
    let html = "<div class=band><h1>Kop</h1><p>a</p></div>";
    let css = ".band { background: #112233; color: white; padding: 9px }";
    let mut file = document(html, css, &parts());
    let text = part(&mut file, "word/document.xml");
    assert!(text.contains(r#"<w:pStyle w:val="Kop1OnDark""#), "{text}");
    let styles = part(&mut file, "word/styles.xml");
    let style = styles.split(r#"w:styleId="Kop1OnDark""#).nth(1).unwrap();
    assert!(style.contains(r#"<w:basedOn w:val="Kop1"/>"#) && style.contains("FFFFFF"), "{style}");
}

#[test]
fn what_libreoffice_writes_of_strict_becomes_transitional() {
    let mut parts = parts();
    for (name, content) in &mut parts {
        if *name == "word/numbering.xml" {
            *content = content.replace(
                r#"<w:lvlText w:val="%1)"/>"#,
                r#"<w:lvlText w:val="%1)"/><w:lvlJc w:val="start"/>"#,
            );
        }
    }
    let mut file = document("<ol><li>Een</li></ol>", "", &parts);
    let numbering = part(&mut file, "word/numbering.xml");
    assert!(numbering.contains(r#"<w:lvlJc w:val="left""#) && !numbering.contains("start\""), "{numbering}");
    let fonts = r#"<w:charset w:val="01" w:characterSet="utf-8"/><w:x/>"#;
    assert_eq!(super::transitional(fonts), r#"<w:charset w:val="01"/><w:x/>"#);
}

#[test]
fn slips_in_styles_are_mended() {
    let mut parts = parts();
    let slips = concat!(
        r#"<w:style w:type="paragraph" w:styleId="kop1b"><w:name w:val="Heading 1"/><w:basedOn w:val="Weg"/></w:style>"#,
        r#"<w:style w:type="character" w:styleId="Teken"><w:name w:val="Teken"/><w:link w:val="Kop1"/></w:style></w:styles>"#,
    );
    for (_, content) in parts.iter_mut().filter(|(name, _)| *name == "word/styles.xml") {
        *content = content.replace("</w:styles>", slips);
    }
    let styles = part(&mut document("<h1>Kop</h1>", "", &parts), "word/styles.xml");
    let mended = r#"w:styleId="kop1b"><w:name w:val="Heading 1 2"/></w:style>"#;
    assert!(styles.contains(mended) && !styles.contains("w:link"), "{styles}");
}

#[test]
fn frames_beside_the_text_have_their_own_indents() {
    let css = "p { margin: 0 } .beside { float: left; width: 80px } h2 { float: left }";
    let html = "<p class=beside>Opzij</p><h2>Kop</h2><p>Tekst</p>";
    let document = part(&mut document(html, css, &parts()), "word/document.xml");
    let beside = document.split("<w:p>").find(|paragraph| paragraph.contains(">Opzij<")).unwrap();
    assert!(beside.contains("<w:framePr ") && beside.contains(r#"<w:ind w:left="0""#), "{beside}");
    assert_eq!(
        document.matches("<w:framePr ").count(),
        1,
        "how wide the heading is nobody knows: {document}"
    );
}

#[test]
fn what_is_no_reference_is_told() {
    let told = |file: &[u8]| match Reference::read(file, "a.docx") {
        Ok(_) => panic!("it is taken"),
        Err(error) => {
            assert!(error.code == "reference-doc" && error.hint.is_some());
            error.message
        }
    };
    assert!(told(b"x").ends_with("it is no Word file"));
    assert!(told(&[0xd0, 0xcf, 0x11, 0xe0, 0]).contains("password"));
    let without = |gone: &str| {
        let parts: Vec<_> = parts().into_iter().filter(|(name, _)| *name != gone).collect();
        told(&zipped(&parts))
    };
    assert!(without("word/document2.xml").contains("no Word document"));
    assert!(without("word/styles.xml").contains("no styles"));
    assert!(without("word/media/rIdPicture1.png").contains("is not there"));
    let with = |name: &str, content: &str| {
        let mut parts = parts();
        parts.iter_mut().filter(|(known, _)| *known == name).for_each(|part| part.1 = content.to_owned());
        told(&zipped(&parts))
    };
    assert!(with("word/styles.xml", &"<a>".repeat(1000)).contains("nested"));
    assert!(with("word/header7.xml", &" ".repeat(65 << 20)).contains("64 MiB"));
}
