//! Documents from trees built by hand, read back from their XML.

use std::io::Read;
use std::sync::{Arc, LazyLock};

use super::{House, PageNumbers, write};
use crate::config::Brand;
use crate::fonts::FontBook;
use crate::read::Metadata;
use crate::style::computed::{
    BorderSide, BorderStyle, Color, Display, Flex, LengthOrAuto, LengthPercentage, ListStyle, TextAlign,
};
use crate::style::{ComputedStyle, Content, Element, Node, NodeId, PageStyles, Pseudo, StyledTree};
use crate::units::Px;

impl House<'_> {
    /// A house without a Word file of its own.
    pub(super) fn plain() -> Self {
        static BRAND: LazyLock<Brand> = LazyLock::new(Brand::built_in);
        Self { brand: &BRAND, reference: None }
    }
}

/// A tree that grows from its root.
pub(super) struct Builder(pub(super) StyledTree);

impl Builder {
    fn new() -> Self {
        let tree = StyledTree {
            hyphenation: std::sync::Arc::default(),
            nodes: Vec::new(),
            root: NodeId(0),
            pages: PageStyles::default(),
            meta: Arc::new(Metadata {
                title: "Titel".to_owned(),
                lang: "nl".to_owned(),
                ..Metadata::default()
            }),
            file: Arc::from("a.md"),
            source: Arc::from(""),
        };
        let mut builder = Self(tree);
        builder.node(None, "html", |style| style.display = Display::Block);
        builder
    }

    fn push(&mut self, parent: Option<NodeId>, style: ComputedStyle, content: Content) -> NodeId {
        let id = NodeId(self.0.nodes.len() as u32);
        self.0.nodes.push(Node { parent, children: Vec::new(), style: Arc::new(style), content, line: None });
        if let Some(parent) = parent {
            self.0.nodes[parent.0 as usize].children.push(id);
        }
        id
    }

    /// An element `tag.class#id` whose style is its parent's inherited part, changed by `change`.
    fn node(
        &mut self,
        parent: Option<NodeId>,
        name: &str,
        change: impl FnOnce(&mut ComputedStyle),
    ) -> NodeId {
        let (name, id) = name.split_once('#').map_or((name, None), |(name, id)| (name, Some(Arc::from(id))));
        let mut parts = name.split('.');
        let tag = Arc::from(parts.next().unwrap());
        let classes = parts.map(Arc::from).collect();
        let mut style = ComputedStyle::default();
        if let Some(parent) = parent {
            let parent = &self.0.node(parent).style;
            style.font = parent.font.clone();
            style.text = parent.text.clone();
            style.list = parent.list.clone();
            style.table = parent.table.clone();
        }
        change(&mut style);
        let element = Element { tag, id, classes, lang: Arc::from("nl"), ..Element::default() };
        self.push(parent, style, Content::Element(element))
    }

    fn block(&mut self, parent: NodeId, name: &str) -> NodeId {
        self.node(Some(parent), name, |style| style.display = Display::Block)
    }

    fn text(&mut self, parent: NodeId, text: &str) {
        let style = ComputedStyle {
            font: self.0.node(parent).style.font.clone(),
            text: self.0.node(parent).style.text.clone(),
            ..ComputedStyle::default()
        };
        self.push(Some(parent), style, Content::Text(Arc::from(text)));
    }

    fn paragraph(&mut self, parent: NodeId, name: &str, text: &str) -> NodeId {
        let node = self.block(parent, name);
        self.text(node, text);
        node
    }

    fn attribute(&mut self, node: NodeId, name: &str, value: &str) {
        if let Content::Element(element) = &mut self.0.nodes[node.0 as usize].content {
            element.attributes.push((Arc::from(name), Arc::from(value)));
        }
    }

    fn file(&self) -> Vec<u8> {
        let written = write(
            &self.0,
            &FontBook::bundled(),
            &PageNumbers::from([(Arc::from("two"), 4)]),
            &House::plain(),
        )
        .unwrap();
        assert_eq!(written.warnings, []);
        written.file
    }

    /// A part of the document as text.
    pub(super) fn part(&self, name: &str) -> String {
        let mut zip = zip::ZipArchive::new(std::io::Cursor::new(self.file())).unwrap();
        let mut text = String::new();
        zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    }
}

const ROOT: NodeId = NodeId(0);

/// The texts of a part's paragraphs, each with its style in front.
pub(super) fn paragraphs(part: &str) -> Vec<String> {
    let document = roxmltree::Document::parse(part).unwrap();
    let name = |node: &roxmltree::Node, name: &str| node.tag_name().name() == name;
    let paragraphs = document.descendants().filter(|node| name(node, "p"));
    paragraphs
        .map(|paragraph| {
            let style = paragraph.descendants().find(|node| name(node, "pStyle"));
            let style =
                style.and_then(|style| style.attributes().next()).map_or("Normal", |value| value.value());
            let text: String = paragraph
                .descendants()
                .filter(|node| name(node, "t"))
                .filter_map(|text| text.text())
                .collect();
            format!("{style}: {text}")
        })
        .collect()
}

#[test]
fn headings_text_and_emphasis_have_words_own_styles() {
    let mut tree = Builder::new();
    tree.paragraph(ROOT, "h1", "  Een \n kop ");
    let p = tree.paragraph(ROOT, "p", "Gewoon ");
    let strong = tree.node(Some(p), "strong", |style| Arc::make_mut(&mut style.font).weight = 700);
    tree.text(strong, "vet");
    tree.text(p, " en verder.");
    let lead = tree.node(Some(ROOT), "p.lead", |style| {
        style.display = Display::Block;
        Arc::make_mut(&mut style.font).size = Px(20.0);
    });
    tree.text(lead, "De inleiding.");
    let part = tree.part("word/document.xml");
    assert_eq!(
        paragraphs(&part),
        ["Heading1: Een kop", "Normal: Gewoon vet en verder.", "Lead: De inleiding."]
    );
    assert!(part.contains(r#"<w:rStyle w:val="Strong" />"#), "{part}");
    assert!(!part.contains("<w:b "), "{part}");
    let styles = tree.part("word/styles.xml");
    assert!(styles.contains(r#"<w:name w:val="heading 1" />"#), "{styles}");
    assert!(styles.contains(r#"w:default="1" w:styleId="Normal""#), "{styles}");
    assert!(styles.contains(r#"w:customStyle="1" w:styleId="Lead""#), "{styles}");
}

#[test]
fn a_list_is_a_word_list_and_numbers_start_again() {
    let mut tree = Builder::new();
    for start in ["3", "1"] {
        let list = tree.node(Some(ROOT), "ol", |style| {
            style.display = Display::Block;
            style.boxes.padding.left = LengthPercentage::px(Px(24.0));
            Arc::make_mut(&mut style.list).style = ListStyle::Decimal;
        });
        tree.attribute(list, "start", start);
        for text in ["een", "twee"] {
            let item = tree.node(Some(list), "li", |style| style.display = Display::ListItem);
            let marker = tree.node(Some(item), "li", |_| {});
            if let Content::Element(element) = &mut tree.0.nodes[marker.0 as usize].content {
                element.pseudo = Some(Pseudo::Marker);
            }
            tree.text(marker, "1. ");
            tree.text(item, text);
        }
    }
    let part = tree.part("word/document.xml");
    assert_eq!(
        paragraphs(&part),
        ["ListNumber: een", "ListNumber: twee", "ListNumber: een", "ListNumber: twee"]
    );
    assert_eq!(part.matches(r#"<w:numId w:val="2" />"#).count(), 2, "{part}");
    let numbering = tree.part("word/numbering.xml");
    assert!(numbering.contains(r#"<w:startOverride w:val="3" />"#), "{numbering}");
    assert_eq!(numbering.matches("<w:abstractNum ").count(), 1);
}

#[test]
fn one_paragraph_in_a_box_is_shaded_and_several_are_a_cell() {
    let mut tree = Builder::new();
    let tint = Color { red: 0.9, green: 0.9, blue: 1.0, alpha: 1.0 };
    for texts in [&["alleen"][..], &["een", "twee"]] {
        let callout = tree.node(Some(ROOT), "div.callout", |style| {
            style.display = Display::Block;
            style.paint.background = tint;
            style.boxes.padding.left = LengthPercentage::px(Px(10.0));
        });
        if let [text] = texts {
            tree.text(callout, text);
        } else {
            for text in texts {
                tree.paragraph(callout, "p", text);
            }
        }
    }
    let part = tree.part("word/document.xml");
    assert_eq!(part.matches("<w:tbl>").count(), 1, "{part}");
    assert!(part.contains(r#"w:fill="E6E6FF""#), "{part}");
    let styles = tree.part("word/styles.xml");
    assert!(styles.contains(r#"<w:name w:val="Callout" />"#), "{styles}");
    assert!(styles.contains(r#"w:fill="E6E6FF""#), "{styles}");
}

#[test]
fn a_table_has_a_heading_row_and_spans() {
    let mut tree = Builder::new();
    let table = tree.node(Some(ROOT), "table", |style| style.display = Display::Table);
    let head = tree.node(Some(table), "thead", |style| style.display = Display::TableHeaderGroup);
    let body = tree.node(Some(table), "tbody", |style| style.display = Display::TableRowGroup);
    for (group, cell, texts) in [(head, "th", ["a", "b"]), (body, "td", ["c", "d"])] {
        let row = tree.node(Some(group), "tr", |style| style.display = Display::TableRow);
        for text in texts {
            let cell = tree.node(Some(row), cell, |style| {
                style.display = Display::TableCell;
                style.border.sides.bottom =
                    BorderSide { width: Px(1.0), style: BorderStyle::Solid, color: Color::BLACK };
            });
            tree.text(cell, text);
        }
    }
    let row = tree.node(Some(body), "tr", |style| style.display = Display::TableRow);
    let wide = tree.node(Some(row), "td", |style| style.display = Display::TableCell);
    tree.attribute(wide, "colspan", "2");
    tree.text(wide, "e");
    let part = tree.part("word/document.xml");
    assert_eq!(part.matches("<w:tblHeader/>").count(), 1, "{part}");
    assert_eq!(part.matches(r#"<w:gridSpan w:val="2" />"#).count(), 1, "{part}");
    assert_eq!(part.matches("<w:cantSplit />").count(), 3, "{part}");
}

#[test]
fn items_of_a_row_stand_in_cells_in_reading_order() {
    let mut tree = Builder::new();
    let row = tree.node(Some(ROOT), "div.cards", |style| {
        style.display = Display::Flex;
        style.flex = Flex { column_gap: Some(LengthPercentage::px(Px(16.0))), ..Flex::default() };
    });
    for text in ["links", "rechts"] {
        let card = tree.node(Some(row), "div.card", |style| {
            style.display = Display::Block;
            style.flex.grow = 1.0;
            style.paint.background = Color { red: 0.5, ..Color::WHITE };
        });
        tree.paragraph(card, "h2", text);
        tree.paragraph(card, "p", "tekst");
    }
    let part = tree.part("word/document.xml");
    let texts: Vec<String> = paragraphs(&part).into_iter().filter(|text| !text.ends_with(": ")).collect();
    assert_eq!(texts, ["Heading2: links", "Normal: tekst", "Heading2: rechts", "Normal: tekst"]);
    assert_eq!(part.matches("<w:tc>").count(), 3, "a gap between two cards: {part}");
}

#[test]
fn links_are_relationships_and_anchors_are_bookmarks() {
    let mut tree = Builder::new();
    tree.paragraph(ROOT, "h2#kop", "Kop");
    let p = tree.block(ROOT, "p");
    for (href, text) in [("#kop", "naar boven"), ("https://a.example/?b&c", "naar buiten")] {
        let link = tree.node(Some(p), "a", |_| {});
        tree.attribute(link, "href", href);
        tree.text(link, text);
    }
    let part = tree.part("word/document.xml");
    assert!(part.contains(r#"<w:bookmarkStart w:id="1" w:name="a1_kop" />"#), "{part}");
    assert!(part.contains(r#"w:anchor="a1_kop""#), "{part}");
    let relationships = tree.part("word/_rels/document.xml.rels");
    assert!(relationships.contains("https://a.example/?b&amp;c"), "{relationships}");
}

#[test]
fn the_same_tree_gives_the_same_bytes() {
    let mut tree = Builder::new();
    let p = tree.node(Some(ROOT), "p", |style| {
        style.display = Display::Block;
        style.boxes.margin.top = LengthOrAuto::Length(LengthPercentage::px(Px(8.0)));
        Arc::make_mut(&mut style.text).align = TextAlign::Justify;
    });
    for number in 0..9 {
        let link = tree.node(Some(p), "a", |_| {});
        tree.attribute(link, "href", &format!("https://example.org/{number}"));
        tree.text(link, "koppeling");
    }
    let first = tree.file();
    assert!(first == std::thread::spawn(move || tree.file()).join().unwrap(), "the bytes differ");
}

/// A part of the document of this HTML, in the styles of a browser.
fn part_of(html: &str, name: &str) -> String {
    let css = "nav a::after { content: leader(dotted) target-counter(attr(href), page) } \
         nav ol { list-style: none } .note { float: footnote } .step { position: relative; padding-left: 96px } \
         .numeral { position: absolute; left: 0 }";
    Builder(tree_of(html, css)).part(name)
}

fn document_of(html: &str) -> String {
    part_of(html, "word/document.xml")
}

/// The styled tree of this HTML and CSS.
pub(super) fn tree_of(html: &str, css: &str) -> StyledTree {
    let files = crate::files::Memory::default();
    let pictures = crate::media::Library::new(&files, std::path::Path::new("/"));
    let article = crate::read::Article {
        slug: String::new(),
        meta: Metadata { title: "Titel".to_owned(), lang: "nl".to_owned(), ..Metadata::default() },
        body: String::new(),
        file: Arc::from("a.html"),
        source: Arc::from(html),
        folder: std::path::PathBuf::new(),
    };
    let (sheet, _) = crate::style::Stylesheet::parse(css, "a.css");
    crate::style::style(html, &[Arc::new(sheet)], &pictures, &article).unwrap().0
}

#[test]
fn a_table_of_contents_is_a_field_that_holds_its_entries() {
    let xml = document_of(
        "<nav role=doc-toc><h2>Inhoud</h2><ol><li><a href='#one'>Een</a>\
         <ol><li><a href='#two'>Twee</a></li></ol></li></ol></nav><h2 id=one>Een</h2><h3 id=two>Twee</h3>",
    );
    let entries: Vec<&str> = xml.split("<w:p>").filter(|part| part.contains("PAGEREF")).collect();
    assert_eq!(entries.len(), 2);
    let style = |level: u8| format!("<w:pStyle w:val=\"Toc{level}\"");
    assert!(xml.contains("<w:pStyle w:val=\"TOCHeading\"") && !xml.contains("Heading1"), "{xml}");
    assert!(entries[0].contains(&style(2)) && entries[1].contains(&style(3)), "{entries:?}");
    assert!(entries[0].contains("TOC \\o &quot;2-3&quot; \\h \\u \\z"), "{}", entries[0]);
    assert!(entries[0].contains("<w:tab />") && entries[0].contains("<w:hyperlink"), "{}", entries[0]);
    assert!(entries[1].contains("<w:t xml:space=\"preserve\">4</w:t>"), "{}", entries[1]);
    let marks = |kind: &str| xml.matches(&format!("w:fldCharType=\"{kind}\"")).count();
    assert_eq!((marks("begin"), marks("separate"), marks("end")), (3, 3, 3));
}

#[test]
fn a_table_of_data_is_told_from_one_that_arranges() {
    let rows = "<tr><th>a<th>b</tr><tr><th>c<td>d</tr>";
    let data = document_of(&format!("<table aria-label='Wie wat doet'>{rows}</table>"));
    assert!(data.contains(r#"<w:tblStyle w:val="DataTable"/>"#), "{data}");
    assert!(
        data.contains(r#"<w:tblLook w:val="06A0" w:firstRow="1" w:lastRow="0" w:firstColumn="1""#),
        "{data}"
    );
    assert!(data.contains(r#"<w:tblCaption w:val="Wie wat doet"/>"#), "{data}");
    let arranged = document_of(&format!("<table role=presentation>{rows}</table>"));
    assert!(!arranged.contains("w:tblStyle") && !arranged.contains("w:tblHeader"), "{arranged}");
    assert!(arranged.contains(r#"w:firstRow="0" w:lastRow="0" w:firstColumn="0""#), "{arranged}");
}

#[test]
fn a_picture_has_words_or_is_decoration_or_says_neither() {
    let svg = |attributes: &str| {
        document_of(&format!("<p>a <svg width=9 height=9 {attributes}><rect width=9 height=9 /></svg></p>"))
    };
    let named = svg("aria-label='Een \"brug\"'");
    assert!(named.contains(r#"descr="Een &quot;brug&quot;""#) && !named.contains("adec:"), "{named}");
    let hidden = svg("aria-hidden=true");
    assert!(hidden.contains(r#"<adec:decorative"#) && !hidden.contains("descr="), "{hidden}");
    let silent = svg("");
    assert!(!silent.contains("adec:") && !silent.contains("descr="), "{silent}");
}

#[test]
fn words_that_are_decoration_are_there_as_they_are_seen() {
    let xml =
        document_of("<p><span aria-hidden=true>→ <b>x</b> </span>Verder</p><div aria-hidden=true>VV</div>");
    assert_eq!(paragraphs(&xml), ["Normal: → x Verder", "NormalLast: VV"]);
}

#[test]
fn a_label_that_css_lifts_out_of_a_heading_stays_in_it() {
    let xml = document_of("<div class=step><h2><span class=numeral>1.</span> Begin</h2><p>Zo.</p></div>");
    assert_eq!(paragraphs(&xml), ["Heading2: 1.Begin", "BodyText: Zo."]);
    assert!(xml.contains("<w:tab />"), "{xml}");
    assert!(
        part_of("<div class=step><h2><span class=numeral>1.</span> Begin</h2></div>", "word/styles.xml")
            .contains(r#"w:hanging="1440""#)
    );
}

#[test]
fn a_label_larger_than_its_heading_stands_in_a_frame_beside_it() {
    let xml = document_of(
        "<div class=step><h2 id=a><span class=numeral style='font-size: 5em; width: 80px; top: 4px'>1.</span> Begin</h2>\
         <p><a href='#a'>Zo.</a></p></div>",
    );
    assert_eq!(paragraphs(&xml)[..2], ["Numeral: 1.", "Heading2: Begin"]);
    let frame = r#"<w:framePr w:wrap="around" w:vAnchor="text" w:hAnchor="text" w:w="1200" w:x="1" w:y="60""#;
    assert_eq!(attributes(&xml, "w:framePr"), attributes(frame, "w:framePr"));
    assert!(xml.find("<w:bookmarkStart") > xml.find("Heading2"), "{xml}");
}

#[test]
fn columns_are_sections_and_what_spans_them_stands_between() {
    let xml = document_of(
        "<p>Voor</p><div style='columns: 2; column-gap: 20px; column-rule: 1px solid'><p>Een</p><p>Twee</p>\
         <h2 style='column-span: all'>Over</h2><p>Drie</p></div><p>Na</p>",
    );
    let sections: Vec<&str> = xml.split("<w:sectPr>").skip(1).collect();
    let columns = |section: &str| section.split("<w:cols").nth(1).map(|cols| cols[..14].trim().to_owned());
    let found: Vec<_> = sections.iter().map(|section| columns(section).unwrap_or_default()).collect();
    assert_eq!(found.len(), 5);
    for (index, of_two) in [false, true, false, true, false].into_iter().enumerate() {
        assert_eq!(found[index].contains(r#"w:num="2""#), of_two, "{found:?}");
    }
    assert!(xml.contains(r#"<w:cols w:num="2" w:sep="1" w:space="300"/>"#), "{xml}");
    assert!(sections[1..].iter().all(|section| section.contains(r#"<w:type w:val="continuous"/>"#)));
    let texts = ["Voor", "Een", "Twee", "Over", "Drie", "Na"];
    assert!(texts.windows(2).all(|pair| xml.find(pair[0]) < xml.find(pair[1])));
}

/// The attributes of the first element of this name, in the order of their names.
fn attributes<'x>(xml: &'x str, name: &str) -> Vec<&'x str> {
    let rest = xml.split(&format!("<{name} ")).nth(1).unwrap_or_default();
    let mut found: Vec<&str> =
        rest.split('>').next().unwrap_or_default().trim_end_matches('/').split_whitespace().collect();
    found.sort_unstable();
    found
}

#[test]
fn what_is_read_from_right_to_left_says_so() {
    let xml = document_of("<p lang=he dir=rtl style='direction: rtl'>שלום Word</p>");
    let styles = part_of("<p lang=he style='direction: rtl'>שלום Word</p>", "word/styles.xml");
    assert!(xml.contains(r#"<w:bidi/>"#) || styles.contains("<w:bidi/>"), "{xml}{styles}");
    assert!(xml.contains(r#"<w:rtl/>"#), "{xml}");
    assert!(format!("{xml}{styles}").contains(r#"<w:lang w:val="he-IL" w:bidi="he-IL"/>"#), "{xml}{styles}");
}

#[test]
fn a_link_has_its_title_as_a_tip() {
    let xml =
        document_of("<p><a href='https://a.example/' title='Het &lt;rapport&gt;'>lees het rapport</a></p>");
    assert!(xml.contains(r#"w:history="1" w:tooltip="Het &lt;rapport&gt;">"#), "{xml}");
}

#[test]
fn a_picture_in_a_note_is_related_to_the_notes() {
    let html = "<p>Tekst<span class=note>Zie <svg width=9 height=9 aria-label=kaart><rect width=9 height=9 /></svg></span>.</p>";
    let notes = part_of(html, "word/footnotes.xml");
    assert!(notes.contains(r#"descr="kaart""#) && notes.contains(r#"r:embed="rIdPicture1""#), "{notes}");
    let relations = part_of(html, "word/_rels/footnotes.xml.rels");
    assert!(
        relations.contains("media/rIdPicture1.png") && relations.contains("media/rIdVector1.svg"),
        "{relations}"
    );
}

#[test]
fn what_is_to_be_filled_in_is_a_content_control() {
    let xml = document_of(
        "<p>Door <span data-field=first-trainer>Jan</span> op <time data-field=date datetime=2026-03-12>12 maart</time>, \
         zaal <span data-field=room></span>, <span data-field=b><a href='https://a.example/'>geen</a></span>.</p>",
    );
    assert_eq!(paragraphs(&xml), ["Normal: Door Jan op 12 maart, zaal room, geen."]);
    let controls: Vec<&str> = xml.split("<w:sdt>").skip(1).collect();
    assert_eq!(controls.len(), 3, "{xml}");
    assert!(controls[0].starts_with(
        r#"<w:sdtPr><w:alias w:val="first trainer"/><w:tag w:val="first-trainer"/><w:id w:val="1"/><w:text/></w:sdtPr>"#
    ), "{xml}");
    assert!(controls[1].contains(r#"<w:date w:fullDate="2026-03-12T00:00:00Z">"#), "{xml}");
    assert!(
        controls[2].contains("<w:showingPlcHdr/>") && controls[2].contains(r#"w:val="PlaceholderText""#),
        "{xml}"
    );
}

#[test]
fn items_stand_in_the_order_in_which_they_are_seen() {
    let seen = |css: &str| {
        let tree = tree_of("<div class=g><p>een</p><p class=b>twee</p><p>drie</p></div>", css);
        let written = write(&tree, &FontBook::bundled(), &PageNumbers::new(), &House::plain()).unwrap();
        super::paragraphs(&written.file).unwrap().join(" ")
    };
    assert_eq!(seen(".g { display: flex; flex-direction: column-reverse }"), "drie twee een");
    assert_eq!(seen(".g { display: flex; flex-direction: row-reverse }").replace('\t', " "), "drie twee een");
    assert_eq!(seen(".g { display: grid } .b { order: -1 }"), "twee een drie");
}

#[test]
fn a_link_around_blocks_is_a_link_in_each_paragraph() {
    let xml =
        document_of("<a href='https://a.nl/' style='display: block'><p>een</p><p>twee</p></a><p>drie</p>");
    assert_eq!(xml.matches("<w:hyperlink ").count(), 2, "{xml}");
    let (linked, free) = xml.split_at(xml.find("drie").unwrap());
    assert!(linked.contains("twee</w:t></w:r></w:hyperlink>") && !free.contains("hyperlink"), "{xml}");
}

#[test]
fn boxes_in_a_line_keep_their_distance() {
    let xml = document_of("<p>een<span style='margin-left: 20px'>twee</span></p>");
    let gap = r#"<w:rStyle w:val="Gap" /></w:rPr><w:t xml:space="preserve"> </w:t>"#;
    assert!(xml.contains(gap), "{xml}");
    let styles = part_of("<p>een<span style='margin-left: 20px'>twee</span></p>", "word/styles.xml");
    let gap = styles.split("<w:style ").find(|style| style.contains("w:styleId=\"Gap\"")).unwrap();
    assert!(gap.contains("<w:spacing w:val=\"240\""), "20 px less a space of 4 px are 240 twips: {gap}");
    let narrow = document_of("<p>een<span style='margin-left: 1px'>twee</span></p>");
    assert_eq!(paragraphs(&narrow), ["Normal: eentwee"]);
}

#[test]
fn the_only_item_of_a_row_stands_where_its_margins_push_it() {
    let row = |css: &str| {
        let xml = document_of(&format!("<p>a</p><div style='display: flex'><p style='{css}'>b</p></div>"));
        let styles =
            part_of(&format!("<div style='display: flex'><p style='{css}'>b</p></div>"), "word/styles.xml");
        format!("{xml}{styles}")
    };
    assert!(row("margin-left: auto").contains(r#"<w:jc w:val="right" />"#));
    assert!(!row("margin-left: 0").contains(r#"<w:jc w:val="right" />"#));
}

#[test]
fn notes_stand_where_the_footnote_area_does() {
    let css = "@page { @footnote { margin-left: 96px } } .n { float: footnote }";
    let notes = Builder(tree_of("<p>a<span class=n>noot</span></p>", css)).part("word/footnotes.xml");
    assert!(notes.contains(r#"<w:ind w:left="1440"/>"#), "{notes}");
}

#[test]
fn what_must_not_break_stays_together_in_tables_too() {
    let html = "<div class=a><div class=b><p>een</p><p>twee</p></div><p>drie</p></div>";
    let xml = Builder(tree_of(html, ".a { break-inside: avoid } .b { background: #eee }"))
        .part("word/document.xml");
    assert!(xml.contains("<w:cantSplit />"), "{xml}");
    let texts = ["NormalWithNext: een", "NormalWithNext: twee", "NormalWhole: drie"];
    assert_eq!(paragraphs(&xml), texts);
}

/// A bar with marks, as a thermometer has them.
const RAIL: &str = "<div class=r><div class=d><div class=b></div></div><div class=l>\
    <section class=i><p><b class=m>1</b> koud</p><p>Jas aan.</p></section>\
    <section class=i><p><b class=m>2</b> lauw</p><p>Trui aan.</p></section>\
    <section class='i top'><p><b class=m>3</b> heet</p><p>Raam open.</p></section></div></div>";
const RAIL_CSS: &str = ".r { position: relative; padding-left: 64px } .d { position: absolute; left: 0; top: 0; bottom: 0; \
    width: 50px } .b { position: absolute; left: 16px; width: 20px; top: 0; bottom: 40px; \
    background: linear-gradient(to top, #004080, #ffffff) } .l { display: flex; flex-direction: column-reverse } \
    .i { position: relative } .m { position: absolute; left: -50px; width: 30px; color: #000 } \
    .top .m { border: 2px solid #c00000 }";

#[test]
fn items_beside_a_bar_are_rows_with_their_marks_on_it() {
    let xml = Builder(tree_of(RAIL, RAIL_CSS)).part("word/document.xml");
    let rows: Vec<&str> = xml.split("<w:tr>").skip(1).collect();
    let words = |row: &&str| {
        let texts = row.split("<w:t xml:space=\"preserve\">").skip(1);
        texts.filter_map(|text| text.split('<').next().map(str::to_owned)).collect::<Vec<_>>()
    };
    let wanted = [["3", "heet", "Raam open."], ["2", "lauw", "Trui aan."], ["1", "koud", "Jas aan."]];
    assert_eq!(rows.iter().map(words).collect::<Vec<_>>(), wanted);
    let shades = ["C00000", "80A0C0", "004080"];
    for (row, shade) in rows.iter().zip(shades) {
        assert_eq!(row.matches("w:fill=").count(), 1);
        assert!(row.contains(&format!("w:fill=\"{shade}\"")), "{shade} is not in {row}");
    }
    assert!(xml.contains("<w:gridCol w:w=\"240\"/><w:gridCol w:w=\"300\"/><w:gridCol w:w=\"420\"/>"));
}

#[test]
fn a_mark_that_cannot_be_read_on_its_bar_is_white() {
    let is_white = |bar: &str| {
        let css = RAIL_CSS.replace("linear-gradient(to top, #004080, #ffffff)", bar);
        let styles = Builder(tree_of(RAIL, &css)).part("word/styles.xml");
        let mark = styles.split("<w:style ").find(|style| style.contains("w:styleId=\"M\""));
        mark.expect("marks have a style").contains("<w:color w:val=\"FFFFFF\"")
    };
    assert!(is_white("#004080") && !is_white("#c0e0c0"));
}

#[test]
fn a_bar_beside_words_in_its_drawing_is_left_alone() {
    let html = RAIL.replace("<div class=b></div>", "<div class=b>graden</div>");
    let xml = Builder(tree_of(&html, RAIL_CSS)).part("word/document.xml");
    assert!(xml.contains("graden") && xml.contains("Jas aan."));
    assert!(!xml.contains("80A0C0"), "its words would be lost in a shaded cell");
}

#[test]
fn what_a_style_attribute_says_is_said_directly() {
    let html = "<p>Gewoon.</p><p style='text-align: right; margin-left: 2em'>Rechts.</p><p class=a>Links.</p>\
        <p>En <span style='color: #c00'>rood</span> en <span class=b>groen</span>.</p>";
    let css = "p { text-align: justify } .a { text-align: left } .b { color: #080 }";
    let tree = Builder(tree_of(html, css));
    let xml = tree.part("word/document.xml");
    let said: Vec<&str> = xml.split("<w:p>").skip(1).collect();
    assert!(
        said[0].starts_with("<w:r>") && said[2].starts_with(r#"<w:pPr><w:pStyle w:val="A" /></w:pPr>"#),
        "{xml}"
    );
    assert!(said[1].contains("<w:ind ") && said[1].contains(r#"<w:jc w:val="right""#), "{xml}");
    assert!(!said[1].contains("w:pStyle"), "{xml}");
    assert!(
        said[3].contains(r#"<w:color w:val="CC0000""#) && said[3].contains(r#"<w:rStyle w:val="BText""#),
        "{xml}"
    );
    assert!(!said[3].contains("008800"), "{xml}");
}

#[test]
fn looks_of_one_kind_are_based_on_the_one_that_most_of_it_has() {
    let html = "<ul><li>een</li><li>twee</li></ul><div class=note><ul><li>drie</li></ul></div><p>Slot.</p>";
    let css = "ul { margin: 0 0 20px } li { margin: 0 0 2px } .note { color: #800 }";
    let tree = Builder(tree_of(html, css));
    let texts = ["ListBullet: een", "ListBulletLast: twee", "ListBulletNote: drie", "Normal: Slot."];
    assert_eq!(paragraphs(&tree.part("word/document.xml")), texts);
    let styles = tree.part("word/styles.xml");
    let last =
        styles.split("<w:style ").find(|style| style.contains(r#"w:styleId="ListBulletLast""#)).unwrap();
    assert!(last.contains(r#"<w:basedOn w:val="ListBullet" />"#), "{last}");
    let properties = last.split("<w:pPr>").nth(1).and_then(|rest| rest.split("</w:pPr>").next()).unwrap();
    assert_eq!(properties, r#"<w:spacing w:after="300" />"#, "only what is different");
}

#[test]
fn a_character_style_turns_off_what_the_paragraph_has_on() {
    let html = "<p class=name>Naam <span class=role>rol</span></p>";
    let tree = Builder(tree_of(html, ".name { font-weight: 700 } .role { font-weight: 400 }"));
    let xml = tree.part("word/document.xml");
    assert!(xml.contains(r#"<w:rPr><w:rStyle w:val="RoleText" /></w:rPr>"#), "{xml}");
    let styles = tree.part("word/styles.xml");
    let role = styles.split("<w:style ").find(|style| style.contains(r#"w:styleId="RoleText""#)).unwrap();
    assert!(role.contains("<w:b />"), "toggled twice is off (17.7.3): {role}");
}
