//! Boxes: what is beside, around and above one another.

use super::*;

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

#[test]
fn items_stand_in_the_order_in_which_they_are_seen() {
    let seen = |css: &str| {
        let tree = tree_of("<div class=g><p>een</p><p class=b>twee</p><p>drie</p></div>", css);
        let written = write(&tree, &FontBook::bundled(), &PageNumbers::new(), &House::plain()).unwrap();
        crate::docx::paragraphs(&written.file).unwrap().join(" ")
    };
    assert_eq!(seen(".g { display: flex; flex-direction: column-reverse }"), "drie twee een");
    assert_eq!(seen(".g { display: flex; flex-direction: row-reverse }").replace('\t', " "), "drie twee een");
    assert_eq!(seen(".g { display: grid } .b { order: -1 }"), "twee een drie");
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
fn words_in_the_middle_of_a_box_stay_there() {
    let css = "div { display: flex } p { margin: 0 } .face { width: 40px; height: 40px; line-height: 40px }";
    let face = "<div><p class=face>AB</p><p>Anna<br>Bram</p></div>";
    let tree = Builder(tree_of(face, css));
    let document = tree.part("word/document.xml");
    assert!(document.contains(r#"<w:trHeight w:val="600" w:hRule="atLeast"/>"#), "{document}");
    assert_eq!(document.matches(r#"<w:vAlign w:val="center""#).count(), 1, "{document}");
    let styles = tree.part("word/styles.xml");
    let face = styles.split("<w:style ").find(|style| style.contains(r#""Face""#)).unwrap();
    assert!(!face.contains("w:line="), "{face}");
}

#[test]
fn the_title_of_contents_stands_beside_them() {
    let css = "h2 { float: left; margin: 0 } ol { margin-left: 160px }";
    let html =
        "<nav role=doc-toc><h2>Inhoud</h2><ol><li><a href='#a'>Een</a></li></ol></nav><h2 id=a>Een</h2>";
    let xml = Builder(tree_of(html, css)).part("word/document.xml");
    let title = xml.split("<w:p>").find(|paragraph| paragraph.contains(">Inhoud<")).unwrap();
    assert!(title.contains("<w:framePr "), "{title}");
}

#[test]
fn a_balanced_title_has_an_indent() {
    let css = "body { width: 420px; margin: 0 } h1 { font-size: 30px; text-wrap: balance }";
    let indent = |html: &str, css: &str| {
        let styles = Builder(tree_of(html, css)).part("word/styles.xml");
        let title = styles.split("<w:style ").find(|style| style.contains(r#""Heading1""#)).unwrap();
        let right = title.split(r#"w:right=""#).nth(1).and_then(|rest| rest.split('"').next());
        right.map_or(0, |right| right.parse::<i32>().unwrap())
    };
    let title = "<h1>Een titel van negen woorden die niet lang zijn</h1>";
    let page = indent(title, "body { width: 420px; margin: 0 } h1 { font-size: 30px; text-wrap: pretty }");
    assert!(indent(title, css) > page + 200, "{} and {page}", indent(title, css));
    assert_eq!(indent("<h1>Een titel</h1>", css), page, "of one line");
    assert_eq!(indent(&format!("{title}<h1>Nog een</h1>"), css), page, "two would be in two styles");
}

#[test]
fn boxes_that_are_alike_stay_apart() {
    let css = "pre { background: #eeeeee; padding: 8px } blockquote { border-left: 2px solid black } ul { padding: 0 }
        li { border-top: 1px solid black; list-style: none }";
    let boxes = "<pre>a</pre><pre>b</pre><pre>c</pre><blockquote><p>d</p><p>e</p></blockquote>
        <blockquote><p>f</p><p>g</p></blockquote><ul><li>h</li><li>i</li></ul>";
    let tree = Builder(tree_of(&("<p>Een gewone alinea</p>".to_owned() + boxes), css));
    let names: Vec<String> = paragraphs(&tree.part("word/document.xml"))
        .into_iter()
        .map(|text| text.split(':').next().unwrap().to_owned())
        .collect();
    let is_space = |name: &String| name.starts_with("Space");
    assert_eq!(names[1..6].iter().map(is_space).collect::<Vec<_>>(), [false, true, false, true, false]);
    let [a, b, c, d, e, f] = &names[6..12] else { panic!("{names:?}") };
    assert_eq!((a, c), (b, d), "paragraphs of a box share it");
    assert_ne!(b, c, "and those of two do not");
    assert_ne!(e, f, "each has its line");
    let styles = tree.part("word/styles.xml");
    let apart = styles.split(&format!(r#"w:styleId="{c}""#)).nth(1).unwrap();
    let apart = apart.split("</w:style>").next().unwrap();
    assert!(apart.contains(r#"w:right="601" "#) && !apart.contains("pBdr"), "{apart}");
}

#[test]
fn what_may_not_begin_a_page_keeps_the_paragraph_before_it() {
    let css = "p + ul { break-before: avoid } li { margin: 0 }";
    let part = |html: &str| Builder(tree_of(html, css)).part("word/styles.xml");
    let text = "<p>Een gewone alinea van enige lengte</p>";
    let kept = part(&format!("{text}{text}<p>Dit gaat mee:</p><ul><li>punt</li></ul>"));
    let style = kept.split(r#" With Next" />"#).nth(1);
    assert!(
        style.is_some_and(|style| style.split("</w:style>").next().unwrap().contains("<w:keepNext")),
        "{kept}"
    );
    assert!(!part(&format!("{text}{text}<div></div><ul><li>punt</li></ul>")).contains("With Next"));
}
