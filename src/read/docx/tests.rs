//! Files in `tests/read/docx` that other programs wrote, with what comes of them beside them (`HANDOUT_ACCEPT=1` accepts
//! what comes now); small documents made here, for what those programs do not write; the sample, written and read again;
//! and files that are broken.

use std::fmt::Write as _;
use std::io::{Cursor, Read as _, Write as _};
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use zip::write::SimpleFileOptions;

use super::*;
use crate::config::Overrides;
use crate::files::Disk;
use crate::run::Press;

const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
    xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" xmlns:m=\"urn:m\" xmlns:v=\"urn:v\" xmlns:wp=\"urn:wp\" \
    xmlns:a=\"urn:a\" xmlns:wps=\"urn:wps\" xmlns:adec=\"urn:adec\"";

const STYLES: &str = r#"<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="nl-NL"/></w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Standaard"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Kop1"><w:name w:val="heading 1"/><w:basedOn w:val="Standaard"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="Eigen"><w:name w:val="Hoofdstuk"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="Pull"><w:name w:val="Pull Quote"/></w:style>
<w:style w:type="paragraph" w:styleId="Bijschrift"><w:name w:val="caption"/></w:style>
<w:style w:type="paragraph" w:styleId="Inh1"><w:name w:val="toc 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Lijstvoortz"><w:name w:val="List Continue"/></w:style>
<w:style w:type="character" w:styleId="Zwaar"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="table" w:styleId="Lijst"><w:name w:val="Grid Table 4"/><w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr></w:tblStylePr><w:tblStylePr w:type="firstCol"><w:rPr><w:b/></w:rPr></w:tblStylePr></w:style>
<w:style w:type="paragraph" w:styleId="Kring"><w:name w:val="Kring"/><w:basedOn w:val="Kring"/></w:style>"#;

const NUMBERING: &str = r#"<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/><w:pPr><w:ind w:left="720"/></w:pPr></w:lvl>
<w:lvl w:ilvl="1"><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%2)"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/><w:pPr><w:ind w:left="720"/></w:pPr></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="3"><w:abstractNumId w:val="0"/></w:num>"#;

const FOOTNOTES: &str = r#"<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>
<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:tab/><w:t>Noot.</w:t></w:r></w:p></w:footnote>"#;

const RELATIONS: [(&str, &str, &str); 6] = [
    ("rId1", "styles", "styles.xml"),
    ("rId2", "numbering", "numbering.xml"),
    ("rId3", "footnotes", "footnotes.xml"),
    ("rId4", "image", "media/a b.png"),
    ("rId5", "image", "media/a.emf"),
    ("rId6", "hyperlink", "https://a.nl/?a&b"),
];

/// A package of parts.
fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn relations(all: &[(&str, &str, &str)]) -> String {
    let mut xml = String::from("<Relationships>");
    for (id, kind, target) in all {
        let mode = if *kind == "hyperlink" { " TargetMode=\"External\"" } else { "" };
        let target = target.replace('&', "&amp;");
        let kind = format!("http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}");
        write!(xml, "<Relationship Id=\"{id}\" Type=\"{kind}\" Target=\"{target}\"{mode}/>").unwrap();
    }
    xml + "</Relationships>"
}

/// A document with this body, and whatever else the tests need.
fn document(body: &str) -> Vec<u8> {
    whole(&format!("<w:document {W}><w:body>{body}</w:body></w:document>"))
}

fn whole(document: &str) -> Vec<u8> {
    let types = "<Types><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";
    package(&[
        ("[Content_Types].xml", types),
        ("_rels/.rels", &relations(&[("a", "officeDocument", "word/document.xml")])),
        ("word/document.xml", document),
        ("word/_rels/document.xml.rels", &relations(&RELATIONS)),
        ("word/styles.xml", &format!("<w:styles {W}>{STYLES}</w:styles>")),
        ("word/numbering.xml", &format!("<w:numbering {W}>{NUMBERING}</w:numbering>")),
        ("word/footnotes.xml", &format!("<w:footnotes {W}>{FOOTNOTES}</w:footnotes>")),
    ])
}

fn read_one(bytes: &[u8]) -> Outcome<Word> {
    read(bytes, &Arc::from("input/een brief.docx"))
}

/// The body of a document without the numbers of its lines.
fn html(body: &str) -> String {
    let html = read_one(&document(body)).unwrap().body.html;
    let mut parts = html.split(" data-line=\"");
    let first = parts.next().unwrap_or_default().to_owned();
    let rest = parts.map(|part| part.split_once('"').map_or("", |(_, rest)| rest));
    (first + &rest.collect::<String>()).replace('\n', "")
}

fn p(style: &str, text: &str) -> String {
    format!(
        "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>"
    )
}

fn item(list: u32, level: u32, text: &str) -> String {
    format!(
        "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
    )
}

fn r(text: &str) -> String {
    format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
}

fn field(code: &str, result: &str) -> String {
    let char = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    let code = format!("<w:r><w:instrText>{code}</w:instrText></w:r>");
    [char("begin"), code, char("separate"), r(result), char("end")].concat()
}

#[test]
fn paragraphs_are_what_their_styles_say() {
    let cases = [
        (p("Eigen", "Kop"), "<h2 class=\"hoofdstuk\">Kop</h2>"),
        (
            "<w:p><w:pPr><w:outlineLvl w:val=\"1\"/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>Kop</w:t></w:r></w:p>".to_owned(),
            "<h2>Kop</h2>",
        ),
        (p("Pull", "Een &amp; twee"), "<blockquote class=\"pull\"><p>Een &amp; twee</p></blockquote>"),
        (p("Inh1", "Inhoud 3") + &p("Standaard", " Tekst "), "<p>Tekst</p>"),
        (p("Kring", "x"), "<p>x</p>"),
        (p("Onbekend", "x") + "<w:p/><w:onzin><w:p/></w:onzin>", "<p>x</p>"),
        ("<w:p><w:pPr><w:pBdr><w:bottom w:val=\"single\"/></w:pBdr></w:pPr></w:p>".to_owned(), "<hr>"),
    ];
    for (body, expected) in cases {
        assert_eq!(html(&body), expected, "{body}");
    }
}

#[test]
fn a_heading_that_skips_a_level_is_set_without_the_gap() {
    let level = |level: u32, text: &str| {
        format!("<w:p><w:pPr><w:outlineLvl w:val=\"{level}\"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
    };
    let body = read_one(&document(&(p("", "Vooraf") + &level(2, "A") + &level(3, "B") + &level(1, "C"))));
    let body = body.unwrap().body;
    assert!(
        body.html
            .ends_with("<h2 data-line=\"2\">A</h2>\n<h3 data-line=\"3\">B</h3>\n<h2 data-line=\"4\">C</h2>"),
        "{}",
        body.html
    );
    let told = body.warnings.iter().map(|told| (told.code, told.place.as_ref().and_then(|place| place.line)));
    assert_eq!(told.collect::<Vec<_>>(), [("heading-raised", Some(2))]);
}

#[test]
fn lists_are_nested_by_their_levels() {
    let cases = [
        (
            item(1, 0, "a") + &item(1, 1, "b") + &item(1, 1, "c") + &item(3, 0, "d"),
            "<ul><li>a<ol type=\"a\"><li>b</li><li>c</li></ol></li><li>d</li></ul>",
        ),
        (
            item(2, 0, "a") + &p("Standaard", "x") + &item(2, 0, "b"),
            "<ol><li>a</li></ol><p>x</p><ol start=\"2\"><li>b</li></ol>",
        ),
        (
            item(2, 0, "a") + &p("Lijstvoortz", "x") + &item(2, 0, "b"),
            "<ol><li><p>a</p><p>x</p></li><li>b</li></ol>",
        ),
        (item(1, 1, "a") + &item(1, 0, "b"), "<ol type=\"a\"><li>a</li></ol><ul><li>b</li></ul>"),
        (p("Lijstvoortz", "x"), "<p>x</p>"),
        (item(77, 0, "x"), "<p>x</p>"),
    ];
    for (body, expected) in cases {
        assert_eq!(html(&body), expected, "{body}");
    }
}

#[test]
fn runs_are_what_they_look_like() {
    let run = |properties: &str, text: &str| {
        format!("<w:r><w:rPr>{properties}</w:rPr><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
    };
    let cases = [
        (run("<w:b/>", "a ") + &run("<w:b/><w:i/>", "b") + &run("<w:b w:val=\"0\"/>", "c"), "<strong>a <em>b</em></strong>c"),
        (run("<w:rStyle w:val=\"Zwaar\"/>", "a"), "<strong>a</strong>"),
        (run("<w:vertAlign w:val=\"superscript\"/>", "2") + &run("<w:vanish/>", "weg"), "<sup>2</sup>"),
        (run("<w:lang w:val=\"en-GB\"/>", "well") + &r(" dat zijn de meeste letters"), "<span lang=\"en-GB\">well</span> dat zijn de meeste letters"),
        (run("<w:lang w:val=\"nl-BE\"/>", "wel"), "wel"),
        ("<w:r><w:t>a</w:t><w:softHyphen/><w:t>b</w:t><w:noBreakHyphen/><w:t>c</w:t><w:br/><w:t>d</w:t><w:br w:type=\"page\"/></w:r>".to_owned(), "a\u{ad}b\u{2011}c<br>d"),
        ("<w:r><w:sym w:font=\"Wingdings\" w:char=\"F0E0\"/></w:r>".to_owned(), "→"),
        ("<w:hyperlink r:id=\"rId6\" w:tooltip=\"T\">".to_owned() + &r("a") + "</w:hyperlink>", "<a href=\"https://a.nl/?a&amp;b\" title=\"T\">a</a>"),
        (field("HYPERLINK \"javascript:x\"", "a"), "<a>a</a>"),
        (field(" HYPERLINK \"https://a.nl\" ", "a") + &field("DATE", " nu"), "<a href=\"https://a.nl\">a</a> nu"),
        (field("REF _R1 \\h", "a") + &field("PAGEREF _R1", "9"), "<a href=\"#_R1\">a{page}</a>"),
        (field("TOC \\o", "weg") + &r("a"), "a"),
        ("<w:fldSimple w:instr=\"AUTHOR\">".to_owned() + &r("Ann") + "</w:fldSimple>", "Ann"),
        ("<w:ins>".to_owned() + &r("a") + "</w:ins><w:del><w:r><w:delText>b</w:delText></w:r></w:del><w:moveFrom>" + &r("c") + "</w:moveFrom>", "a"),
        ("<w:sdt><w:sdtPr><w:tag w:val=\"naam\"/><w:text/></w:sdtPr><w:sdtContent>".to_owned() + &r("Ann") + "</w:sdtContent></w:sdt>", "<span data-field=\"naam\">Ann</span>"),
        ("<w:sdt><w:sdtPr><w:tag w:val=\"naam\"/><w:showingPlcHdr/></w:sdtPr><w:sdtContent>".to_owned() + &r("uw naam") + "</w:sdtContent></w:sdt>", "<span data-field=\"naam\" title=\"uw naam\"></span>"),
        ("<mc:AlternateContent><mc:Choice Requires=\"x9\">".to_owned() + &r("a") + "</mc:Choice><mc:Fallback>" + &r("b") + "</mc:Fallback></mc:AlternateContent>", "b"),
        ("<w:hyperlink w:anchor=\"z\">".to_owned() + &r("a") + "</w:hyperlink><w:r><w:t>b</w:t></w:r><w:bookmarkStart w:id=\"1\" w:name=\"z\"/>" + &r("c"), "<a href=\"#z\">a</a>b<span id=\"z\"></span>c"),
    ];
    for (body, expected) in cases {
        assert_eq!(html(&format!("<w:p>{body}</w:p>")), format!("<p>{expected}</p>"), "{body}");
    }
}

#[test]
fn a_paragraph_whose_end_is_deleted_goes_on_in_the_next() {
    let deleted = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>".to_owned()
        + &r("een ")
        + "</w:p>"
        + &p("Eigen", "twee");
    assert_eq!(html(&deleted), "<h2 class=\"hoofdstuk\">een twee</h2>");
}

#[test]
fn an_initial_letter_is_of_the_word_that_it_begins() {
    let letter = |kind: &str, text: &str| {
        format!(
            "<w:p><w:pPr><w:pStyle w:val=\"Pull\"/><w:framePr w:dropCap=\"{kind}\" w:lines=\"3\"/></w:pPr>\
             <w:r><w:rPr><w:b/><w:position w:val=\"-9\"/></w:rPr><w:t>{text}</w:t></w:r></w:p>"
        )
    };
    let strong = "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>rug</w:t></w:r>".to_owned() + &r(" toe") + "</w:p>";
    let table = table("", &[&cell("", "x")]);
    let cases = [
        (letter("drop", "E") + &p("Eigen", "en brug"), "<h2 class=\"hoofdstuk\">Een brug</h2>"),
        (letter("margin", "B") + &strong, "<p><strong>Brug</strong> toe</p>"),
        (letter("drop", "Een") + &p("Standaard", " brug"), "<p>Een brug</p>"),
        (letter("drop", "") + &p("Standaard", "brug"), "<p>brug</p>"),
        (letter("drop", "E") + &table, "<p>E</p><div class=\"callout\"><p>x</p></div>"),
        (p("Standaard", "x") + &letter("drop", "E"), "<p>x</p><p>E</p>"),
        (
            letter("none", "E") + &p("Standaard", "x"),
            "<blockquote class=\"pull\"><p><strong>E</strong></p></blockquote><p>x</p>",
        ),
    ];
    for (body, expected) in cases {
        assert_eq!(html(&body), expected, "{body}");
    }
    let start = |id: u8, name: &str| format!("<w:bookmarkStart w:id=\"{id}\" w:name=\"{name}\"/>");
    let marked = letter("drop", "E").replace("<w:r>", &(start(1, "_article") + "<w:r>"))
        + "<w:bookmarkEnd w:id=\"1\"/>"
        + &p("Standaard", "en")
        + &p("Standaard", "weg");
    assert_eq!(html(&marked), "<p>Een</p>");
}

#[test]
fn notes_are_called_and_called_again() {
    let call = "<w:bookmarkStart w:id=\"1\" w:name=\"_N\"/><w:r><w:footnoteReference w:id=\"2\"/></w:r><w:bookmarkEnd w:id=\"1\"/>";
    let body = format!("<w:p>{}{call}{}</w:p>", r("a"), field("NOTEREF _N \\f", "1"));
    assert_eq!(
        html(&body),
        "<p>a<sup class=\"footnote-ref\"><a href=\"#fn-1\" id=\"fnref-1\" role=\"doc-noteref\">1</a></sup>\
         <sup class=\"footnote-ref\"><a href=\"#fn-1\" id=\"fnref-1-2\" role=\"doc-noteref\">1</a></sup></p>\
         <section class=\"footnotes\" role=\"doc-endnotes\"><ol><li id=\"fn-1\"><p>Noot.</p></li></ol></section>"
    );
}

fn drawing(properties: &str, id: &str) -> String {
    format!(
        "<w:p><w:r><w:drawing><wp:inline><wp:extent cx=\"952500\"/><wp:docPr {properties}</wp:docPr><a:graphic><a:blip r:embed=\"{id}\"/></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )
}

#[test]
fn pictures_keep_what_they_tell() {
    let src = "een%20brief.docx/word/media/a%20b.png";
    let cases = [
        (
            drawing("descr=\"Een brug\">", "rId4"),
            format!("<p><img src=\"{src}\" alt=\"Een brug\" width=\"100\"></p>"),
        ),
        (
            drawing("><adec:decorative val=\"1\"/>", "rId4"),
            format!("<p><img src=\"{src}\" alt=\"\" width=\"100\"></p>"),
        ),
        (drawing(">", "rId4"), format!("<p><img src=\"{src}\" width=\"100\"></p>")),
        (
            drawing("descr=\"B\">", "rId4") + &p("Bijschrift", "Figuur 1: zo"),
            format!(
                "<figure><img src=\"{src}\" alt=\"B\" width=\"100\"><figcaption>Figuur 1: zo</figcaption></figure>"
            ),
        ),
        (drawing(">", "rId5") + &drawing(">", "rId99"), String::new()),
    ];
    for (body, expected) in cases {
        assert_eq!(html(&body), expected, "{body}");
    }
    let told = read_one(&document(&drawing("descr=\"Een brug\">", "rId5"))).unwrap().body.warnings;
    assert_eq!(told[0].code, "picture-left-out");
    assert!(told[0].message.contains("“Een brug”"), "{}", told[0].message);
}

#[test]
fn a_text_box_follows_its_paragraph_once() {
    let inside = format!("<w:txbxContent>{}</w:txbxContent>", p("Standaard", "in"));
    let body = format!(
        "<w:p>{}<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><wps:txbx>{inside}</wps:txbx></w:drawing></mc:Choice>\
         <mc:Fallback><w:pict><v:textbox>{inside}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>",
        r("om")
    );
    assert_eq!(html(&body), "<p>om</p><aside class=\"text-box\"><p>in</p></aside>");
}

fn table(properties: &str, rows: &[&str]) -> String {
    let rows: String = rows.iter().map(|row| format!("<w:tr>{row}</w:tr>")).collect();
    format!("<w:tbl><w:tblPr>{properties}</w:tblPr>{rows}</w:tbl>")
}

fn cell(properties: &str, text: &str) -> String {
    format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", p("Standaard", text))
}

#[test]
fn tables_have_heads_and_cells_that_span() {
    let rows = [
        cell("", "a") + &cell("<w:gridSpan w:val=\"2\"/>", "b"),
        cell("<w:vMerge w:val=\"restart\"/>", "c") + &cell("", "d"),
        cell("<w:vMerge/>", "") + &cell("", "e"),
    ];
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let styled = "<w:tblStyle w:val=\"Lijst\"/><w:tblLook w:firstRow=\"1\" w:firstColumn=\"1\"/>";
    assert_eq!(
        html(&(p("Bijschrift", "Tabel 1: zo") + &table(styled, &rows))),
        "<table><caption>Tabel 1: zo</caption><thead><tr><th>a</th><th colspan=\"2\">b</th></tr></thead>\
         <tbody><tr><th scope=\"row\" rowspan=\"2\">c</th><td>d</td></tr><tr><td>e</td></tr></tbody></table>"
    );
    let header = format!("<w:trPr><w:tblHeader/></w:trPr>{}", cell("", "a"));
    let two = [header.as_str(), &cell("", "b"), &format!("<w:trPr><w:del/></w:trPr>{}", cell("", "weg"))];
    let wide: Vec<String> = two.iter().map(|row| format!("{row}{}", cell("", "x"))).collect();
    let wide: Vec<&str> = wide.iter().map(String::as_str).collect();
    assert_eq!(
        html(&table("", &wide)),
        "<table><thead><tr><th>a</th><th>x</th></tr></thead><tbody><tr><td>b</td><td>x</td></tr></tbody></table>"
    );
    let one = cell("", "a");
    assert_eq!(html(&table("", &[&one])), "<div class=\"callout\"><p>a</p></div>");
    let arranged = "<w:tblLook w:val=\"0600\"/>";
    let pair = cell("", "a") + &cell("", "b");
    assert_eq!(html(&table(arranged, &[&pair])), "<div><p>a</p></div><div><p>b</p></div>");
}

#[test]
fn a_strict_document_is_read_as_well() {
    let strict = "<x:document xmlns:x=\"http://purl.oclc.org/ooxml/wordprocessingml/main\"><x:body><x:p><x:r><x:t>a</x:t></x:r></x:p></x:body></x:document>";
    assert_eq!(read_one(&whole(strict)).unwrap().body.html, "<p data-line=\"1\">a</p>");
}

#[test]
fn lines_are_paragraphs_that_say_something() {
    let body = p("Standaard", "een")
        + "<w:p/>"
        + &table("", &[&(cell("", "twee") + &cell("", "drie"))])
        + &p("Standaard", "vier");
    let word = read_one(&document(&body)).unwrap();
    assert_eq!(word.text, "een\ntwee\ndrie\nvier\n");
    assert!(word.body.html.ends_with("<p data-line=\"4\">vier</p>"), "{}", word.body.html);
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/read/docx")
}

/// The documents of other programs.
fn foreign_documents() -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let mut found: Vec<PathBuf> =
        entries.filter(|path| path.extension().is_some_and(|it| it == "docx")).collect();
    found.sort();
    assert!(found.len() >= 2);
    found
}

#[test]
fn documents_of_other_programs_come_out_as_accepted() {
    let mut wrong = Vec::new();
    for path in foreign_documents() {
        let name: Arc<str> = path.file_name().unwrap().to_string_lossy().into();
        let Word { text, body, meta } = read(&std::fs::read(&path).unwrap(), &name).unwrap();
        let mut found = format!(
            "title: {:?}\nsays: {}\nproperties: {}\n",
            body.title,
            Value::Object(body.meta),
            Value::Object(meta)
        );
        for told in &body.warnings {
            let line = told.place.as_ref().and_then(|place| place.line);
            writeln!(found, "{:?} {} at {line:?}: {}", told.severity, told.code, told.message).unwrap();
        }
        write!(found, "\n{text}\n{}\n", body.html).unwrap();
        let beside = path.with_extension("docx.expected");
        if std::env::var_os("HANDOUT_ACCEPT").is_some() {
            std::fs::write(&beside, &found).unwrap();
        } else if std::fs::read_to_string(&beside).unwrap_or_default() != found {
            wrong.push(format!("{name}:\n{found}"));
        }
    }
    assert!(wrong.is_empty(), "not as accepted (HANDOUT_ACCEPT=1 accepts):\n{}", wrong.join("\n"));
}

/// What an article is made of, whatever holds it: each thing with its words.
fn things(html: &str) -> Vec<String> {
    let document = dom::parse_fragment(html, 1);
    let words = |id: NodeId| document.text(id).split_whitespace().collect::<Vec<_>>().join(" ");
    let mut things = Vec::new();
    for id in document.elements(document.fragment()) {
        let tag = document.tag(id);
        let is_in = |wanted: &[&str]| document.ancestors(id).any(|up| wanted.contains(&document.tag(up)));
        let attribute = |name: &str| document.attribute(id, name).unwrap_or_default();
        match tag {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => things.push(format!("{tag}: {}", words(id))),
            "th" | "td" | "figcaption" | "blockquote" => things.push(format!("{tag}: {}", words(id))),
            "li" => things.push(format!("{}: {}", if is_in(&["ol"]) { "ol" } else { "ul" }, words(id))),
            "img" => things.push(format!("img: {}", attribute("alt"))),
            "a" if !attribute("href").starts_with('#') => {
                things.push(format!("a: {} ({})", words(id), attribute("href")))
            }
            "strong" | "em" | "code" => things.push(format!("{tag}: {}", words(id))),
            _ => {}
        }
    }
    things
}

fn words(html: &str) -> Vec<String> {
    let document = dom::parse_fragment(&html.replace("</t", " </t"), 1);
    let spaced: Vec<String> = document
        .descendants(document.fragment())
        .filter_map(|id| document.text_of(id).map(str::to_owned))
        .collect();
    spaced.concat().split_whitespace().map(str::to_owned).collect()
}

fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::to_owned).collect()
}

/// What is in one list and not in the other, each thing as often as it is there more often.
fn without(one: &[String], other: &[String]) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for thing in other {
        *counts.entry(thing).or_default() += 1;
    }
    let mut found = Vec::new();
    for thing in one {
        match counts.get_mut(thing.as_str()).filter(|count| **count > 0) {
            Some(count) => *count -= 1,
            None => found.push(thing.clone()),
        }
    }
    found
}

/// A document with a paragraph behind all others.
fn with_a_paragraph_more(file: &[u8], text: &str) -> Vec<u8> {
    let mut from = zip::ZipArchive::new(Cursor::new(file)).unwrap();
    let mut parts = Vec::new();
    for at in 0..from.len() {
        let mut part = from.by_index(at).unwrap();
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap();
        if part.name() == "word/document.xml" {
            let xml = String::from_utf8(content).unwrap();
            let (body, section) = xml.split_at(xml.rfind("<w:sectPr").unwrap());
            content = [body, &p("Normal", text), section].concat().into_bytes();
        }
        parts.push((part.name().to_owned(), content));
    }
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(&content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn a_handout_that_is_read_again_is_the_same_article() {
    let input = Path::new(env!("CARGO_MANIFEST_DIR")).join("input");
    let (press, _) = Press::open(&Disk, &input, &Overrides::default()).unwrap();
    let (jobs, _) = press.plan();
    let mut wrong = String::new();
    for job in &jobs {
        let (mut article, _) = press.read(job).unwrap();
        // Otherwise the layout adds their addresses as notes.
        article.meta.links = Some(crate::config::Links::Underline);
        let rendered = press.render(&article).unwrap();
        let (tree, _) = press.style(&article, &rendered).unwrap();
        let made = press.docx(&tree, &Default::default()).unwrap();
        let word = read(&made.file, &Arc::from("again.docx")).unwrap();
        let more = read(&with_a_paragraph_more(&made.file, "Toegevoegd."), &Arc::from("again.docx")).unwrap();
        assert_eq!(without(&lines(&more.text), &lines(&word.text)), ["Toegevoegd."], "{}", job.slug);
        assert_eq!(without(&lines(&word.text), &lines(&more.text)), [""; 0], "{}", job.slug);
        assert_eq!(word.body.title.as_deref(), Some(article.meta.title.as_str()));
        // A layout may draw a figure that the metadata describes, and set its own headings above parts of the article.
        let may_have_more = article.meta.all.contains_key("figures");
        let may_lack = article.meta.layout == "services";
        for (one, other) in
            [(words(&article.body), words(&word.body.html)), (things(&article.body), things(&word.body.html))]
        {
            let (missing, more) = (without(&one, &other), without(&other, &one));
            if !(missing.is_empty() || may_lack) || !(more.is_empty() || may_have_more) {
                writeln!(wrong, "{}:\n- {missing:#?}\n+ {more:#?}", job.slug).unwrap();
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

fn told(bytes: &[u8]) -> (&'static str, String) {
    let mut errors = read_one(bytes).unwrap_err();
    assert_eq!(errors.len(), 1);
    let error = errors.remove(0);
    assert!(error.place.is_some() && error.hint.is_some());
    (error.code, error.message)
}

#[test]
fn what_is_no_word_document_is_called_what_it_is() {
    let good = document(&p("Standaard", "x"));
    let odt = [b"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x08\0\0\0mimetypeapplication/vnd.oasis.opendocument.text".as_slice(), b"PK"].concat();
    let bomb = format!("<w:document {W}><w:body>{}</w:body></w:document>", " ".repeat(65 << 20));
    let entities = "<!DOCTYPE d [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><d>&b;</d>";
    let many: String = (0..300).map(|number| format!(" a{number}=\"\"")).collect();
    let cases = [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(), "password"),
        (b"{\\rtf1 x}".to_vec(), "RTF"),
        (b"%PDF-1.7".to_vec(), "PDF"),
        (odt, "OpenDocument"),
        (b"<html>".to_vec(), "no Word file"),
        (Vec::new(), "no Word file"),
        (good[..good.len() / 2].to_vec(), "no Word file"),
        (package(&[("a.txt", "x")]), "no Word file"),
        (whole(entities), "document type"),
        (whole(&bomb), "larger than 64 MiB"),
        (whole(&"<a>".repeat(100_000)), "nested"),
        (whole(&format!("<a{many}/>")), "attributes"),
        (whole("<a><b></a>"), "word/document.xml"),
        (whole("<a/>"), "no body"),
    ];
    for (bytes, said) in cases {
        let (code, message) = told(&bytes);
        assert_eq!(code, "not-word", "{message}");
        assert!(message.contains(said), "{message}");
    }
    let deep = |count: usize| {
        document(
            &("<w:p>".to_owned() + &"<w:ins>".repeat(count) + &r("x") + &"</w:ins>".repeat(count) + "</w:p>"),
        )
    };
    assert_eq!(told(&deep(100)).0, "too-deep");
    assert!(read_one(&deep(20)).is_ok());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Bytes of a package that are changed, cut off or put twice: an article or one error.
    #[test]
    fn a_broken_package_is_an_article_or_an_error(
        which in 0..2_usize,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20),
        end in any::<prop::sample::Index>(),
    ) {
        let mut bytes = std::fs::read(&foreign_documents()[which]).unwrap();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let _ = read_one(&bytes);
        bytes.truncate(end.index(bytes.len()));
        prop_assert!(read_one(&bytes).is_err());
    }

    /// Elements of Word in any order and in each other.
    #[test]
    fn any_elements_are_an_article_or_an_error(
        pieces in prop::collection::vec(prop::sample::select(vec![
            "<w:p>", "</w:p>", "<w:r>", "</w:r>", "<w:t>x</w:t>", "<w:tbl>", "</w:tbl>", "<w:tr>", "</w:tr>", "<w:tc>", "</w:tc>",
            "<w:fldChar w:fldCharType=\"begin\"/>", "<w:fldChar w:fldCharType=\"separate\"/>", "<w:fldChar w:fldCharType=\"end\"/>",
            "<w:instrText>TOC</w:instrText>", "<w:instrText>HYPERLINK x</w:instrText>", "<w:vMerge/>", "<w:gridSpan w:val=\"99999999999\"/>",
            "<w:bookmarkStart w:id=\"1\" w:name=\"_article\"/>", "<w:bookmarkEnd w:id=\"1\"/>", "<w:footnoteReference w:id=\"2\"/>",
            "<w:pPr><w:numPr><w:ilvl w:val=\"1\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr>", "<w:pPr><w:pStyle w:val=\"Bijschrift\"/></w:pPr>",
            "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>", "<w:tcPr><w:vMerge/></w:tcPr>", "<w:txbxContent>", "</w:txbxContent>", "<w:drawing>",
            "</w:drawing>", "<w:ins>", "</w:ins>", "<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>", "<a:blip r:embed=\"rId4\"/>",
        ]), 0..60)
    ) {
        // Ends that fit no start are left out, and what is open is closed.
        let mut xml = String::new();
        let mut open: Vec<String> = Vec::new();
        for piece in pieces {
            if let Some(names) = piece.strip_prefix("</") {
                let end = format!("</{names}");
                if open.last() == Some(&end) {
                    xml += &end;
                    open.pop();
                }
                continue;
            }
            xml += piece;
            if !piece.contains("/>") && !piece.contains("</") {
                let names: Vec<&str> = piece.trim_matches(['<', '>']).split("><").collect();
                open.push(names.iter().rev().map(|name| format!("</{name}>")).collect());
            }
        }
        xml.extend(open.into_iter().rev());
        let _ = read_one(&document(&xml)).map(|word| assert!(clean::is_clean(&word.body.html)));
    }
}
