//! Lists and tables.

use super::*;

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
fn tables_of_data_look_as_their_style_says() {
    let css = "table { border-collapse: collapse } td, th { padding: 4px; border-bottom: 1px solid #cccccc }
        th { border-bottom: 2px solid #112233; background: #eeeeff } tbody tr:last-child td { border-bottom: 0 }
        .odd td:first-child { background: #ffeeee }";
    let table = |class: &str| {
        let rows = "<tr><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr>";
        format!(
            "<table{class}><thead><tr><th>a</th><th>b</th></tr></thead><tbody>{rows}{rows}</tbody></table><p>x</p>"
        )
    };
    let tree = Builder(tree_of(&(table("") + &table("") + &table(" class=odd")), css));
    let styles = tree.part("word/styles.xml");
    let style = styles.split(r#"w:styleId="DataTable""#).nth(1).unwrap().split("</w:style>").next().unwrap();
    assert!(style.contains(r#"<w:insideH w:val="single" w:sz="6" w:space="0" w:color="CCCCCC""#), "{style}");
    let head = style.split(r#"<w:tblStylePr w:type="firstRow">"#).nth(1).unwrap();
    assert!(head.contains(r#"w:fill="EEEEFF""#) && head.contains(r#"w:sz="12""#), "{style}");
    let document = tree.part("word/document.xml");
    let tables: Vec<&str> =
        document.split("<w:tbl>").skip(1).map(|rest| rest.split("</w:tbl>").next().unwrap()).collect();
    for plain in &tables[..2] {
        // Only the last row, which has no line below.
        assert_eq!(
            (plain.matches("<w:tcBorders>").count(), plain.matches("<w:shd ").count()),
            (2, 0),
            "{plain}"
        );
        assert_eq!(plain.matches(r#"w:val="nil""#).count(), 2, "{plain}");
    }
    assert_eq!(tables[2].matches("<w:tcBorders>").count(), 10, "cells that differ say all: {}", tables[2]);
    assert_eq!(tables[2].matches("<w:shd ").count(), 10, "{}", tables[2]);
}

#[test]
fn a_table_that_no_page_has_room_for_begins_where_it_stands() {
    let css = "table { break-inside: avoid } td, th { hyphens: manual }";
    let of = |rows: usize| {
        let rows = "<tr><td>a</td></tr>".repeat(rows);
        let html =
            format!("<p>x</p><table><thead><tr><th>kop</th></tr></thead><tbody>{rows}</tbody></table>");
        let tree = Builder(tree_of(&html, css));
        let styles = tree.part("word/styles.xml");
        let document = tree.part("word/document.xml");
        let kept = |name: &str| {
            let style = styles.split(&format!(r#"w:styleId="{name}""#)).nth(1).unwrap_or_default();
            style.split("</w:style>").next().unwrap().contains("<w:keepNext/>")
        };
        let texts = paragraphs(&document);
        let rows = texts.iter().filter(|text| text.ends_with(": a") && kept(text.split(':').next().unwrap()));
        (
            texts.iter().any(|text| text.ends_with(": kop") && kept(text.split(':').next().unwrap())),
            rows.count(),
        )
    };
    assert_eq!(of(5), (true, 4));
    assert_eq!(of(60), (true, 0), "the row of heads stays with the next");
}
