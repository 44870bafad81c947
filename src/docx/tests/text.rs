//! What stands in a line: words, links, fields, notes, pictures.

use super::*;

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
fn notes_stand_where_the_footnote_area_does() {
    let css = "@page { @footnote { margin-left: 96px } } .n { float: footnote }";
    let notes = Builder(tree_of("<p>a<span class=n>noot</span></p>", css)).part("word/footnotes.xml");
    assert!(notes.contains(r#"<w:ind w:left="1440"/>"#), "{notes}");
}

#[test]
fn the_last_break_of_a_box_ends_no_line() {
    let xml = document_of("<pre>een\ntwee\n</pre><p>drie<br></p>");
    assert_eq!(xml.matches("<w:br").count(), 1, "{xml}");
}

#[test]
fn a_running_title_is_bold_only_where_its_box_is() {
    let css = |right: &str| {
        format!(
            "@page {{ @top-left {{ content: 'huis'; font-weight: 700 }}
            @top-right {{ content: 'titel'; font-weight: {right} }} }}"
        )
    };
    let styles = |right: &str| {
        let styles = Builder(tree_of("<p>a</p>", &css(right))).part("word/styles.xml");
        let is_bold = move |id: &str| {
            let style = styles.split("<w:style ").find(|style| style.contains(&format!("\"{id}\"")));
            style.map(|style| style.contains("<w:b />"))
        };
        ["Header", "HeaderLeft", "HeaderRight"].map(is_bold)
    };
    assert_eq!(styles("400"), [Some(false), Some(true), None]);
    assert_eq!(styles("700"), [Some(true), None, None]);
}

#[test]
fn a_picture_is_cut_as_the_layout_cuts_it() {
    let picture = |css: &str| {
        let svg = "<svg viewBox='0 0 80 40' width=80 height=40><rect width=80 height=40 /></svg>";
        Builder(tree_of(svg, &format!("svg {{ {css} }}"))).part("word/document.xml")
    };
    let plain = picture("");
    assert!(plain.contains(r#"prst="rect""#) && plain.contains("<a:srcRect />"), "{plain}");
    let face = picture("width: 40px; height: 40px; object-fit: cover; border-radius: 50%");
    assert!(face.contains(r#"<a:srcRect l="25000" r="25000"/>"#), "{face}");
    assert!(face.contains(r#"cx="381000" cy="381000""#) && face.contains(r#"prst="ellipse""#), "{face}");
    let round = picture("border-radius: 10px");
    assert!(round.contains(r#"prst="roundRect"><a:avLst><a:gd name="adj" fmla="val 25000"/>"#), "{round}");
}

#[test]
fn a_block_may_be_filled_in_as_a_whole() {
    let html = "<h2 data-field=theme>Thema</h2><p data-field=room aria-label='Welke zaal?'></p>\
        <ul><li data-field=goal>Doel<br>en meer</li></ul><table><tr><td data-field=name></td><td>x</td></tr></table>\
        <div data-field=none><p>Alinea</p></div>";
    let xml = document_of(html);
    assert_eq!(xml.matches("<w:sdt>").count(), 4, "{xml}");
    let texts = paragraphs(&xml);
    assert_eq!(texts[..2], ["Heading2: Thema", "Normal: Welke zaal?"]);
    assert!(texts[2].starts_with("ListBullet: Doel"), "{texts:?}");
    assert!(texts.iter().any(|text| text.ends_with(": name")), "{texts:?}");
    let controls: Vec<&str> =
        xml.split("<w:sdtPr>").skip(1).map(|rest| rest.split("</w:sdtPr>").next().unwrap()).collect();
    assert!(
        controls[0].contains("<w:text/>") && !controls[2].contains("<w:text/>"),
        "a break is more than text: {xml}"
    );
    assert!(
        controls[1].contains("<w:showingPlcHdr/>") && controls[3].contains("<w:showingPlcHdr/>"),
        "{xml}"
    );
}
