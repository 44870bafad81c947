//! What stands for what: ranges of characters, directions, fonts.

use super::collect::Collected;
use super::*;
use crate::style::computed::{Caps, Direction, Kerning, Ligatures};

fn ranges(item: &TextItem) -> Vec<(u32, u32)> {
    item.glyphs.iter().map(|glyph| glyph.range).collect()
}

#[test]
fn a_ligature_stands_for_its_characters() {
    let paragraph = set(plain(), "afi", 500.0);
    let item = items(&paragraph.lines[0])[0];
    assert_eq!(ranges(item), [(0, 1), (1, 3)]);
    assert_eq!(paragraph.width, Px(20.0));
    let off = |change: fn(&mut Font, &mut Text)| set(style(change), "afi", 500.0).width;
    assert_eq!(off(|font, _| font.ligatures = Ligatures::None), Px(25.0));
    assert_eq!(off(|font, _| font.features = Arc::from([(*b"liga", 0)])), Px(25.0));
    // Letters that are spaced do not join; the space after the last letter is not part of the line.
    assert_eq!(off(|_, text| text.letter_spacing = Px(1.0)), Px(27.0));
}

#[test]
fn letters_are_kerned() {
    assert_eq!(set(plain(), "AV", 500.0).width, Px(18.0));
    assert_eq!(set(style(|font, _| font.kerning = Kerning::None), "AV", 500.0).width, Px(20.0));
}

#[test]
fn words_are_spaced() {
    let spaced = style(|_, text| text.word_spacing = Px(3.0));
    assert_eq!(set(spaced, "a b", 500.0).width, Px(28.0));
}

#[test]
fn hebrew_runs_leftwards_in_latin_text() {
    let paragraph = set(plain(), "ab אבג c", 500.0);
    let line = &paragraph.lines[0];
    // The space after the Hebrew is shaped with it, but runs with the Latin.
    assert_eq!(spans(line), [(0.0, 25.0), (25.0, 30.0), (55.0, 5.0), (60.0, 10.0)]);
    let hebrew = items(line)[1];
    assert_eq!(&*hebrew.text, "אבג");
    // From left to right: the last letter first.
    assert_eq!(ranges(hebrew), [(4, 6), (2, 4), (0, 2)]);
}

#[test]
fn a_paragraph_can_run_leftwards() {
    let rtl = style(|_, text| text.direction = Direction::Rtl);
    let paragraph = set(rtl.clone(), "אב גד", 100.0);
    assert_eq!(spans(&paragraph.lines[0]), [(55.0, 45.0)]);
    // The space between the lines hangs out at the left.
    let broken = set(rtl, "אבג דהו", 40.0);
    assert_eq!(lines(&broken), ["אבג", "דהו"]);
    assert_eq!(spans(&broken.lines[0]), [(5.0, 35.0)]);
    assert_eq!((broken.lines[0].left, broken.lines[0].width), (Px(10.0), Px(30.0)));
}

#[test]
fn an_element_of_the_other_direction_is_isolated() {
    let rtl = style(|_, text| text.direction = Direction::Rtl);
    let paragraph =
        Document::new(plain(), "nl").text("אב ").open("bdi", rtl).text("c").close().text(" גד").set(500.0);
    let line = &paragraph.lines[0];
    let left =
        |text: &str| items(line).iter().find(|item| item.text.contains(text)).map(|item| item.origin.x.0);
    assert!(left("ג") < left("c") && left("c") < left("ב"), "{:?}", spans(line));
    assert_eq!(line.width, Px(60.0));
}

#[test]
fn small_capitals_are_made_of_capitals_where_the_font_has_none() {
    let small = style(|font, _| font.caps = Caps::SmallCaps);
    let paragraph = set(small, "Ab", 500.0);
    let sizes: Vec<_> = items(&paragraph.lines[0]).iter().map(|item| (&*item.text, item.size.0)).collect();
    assert_eq!(sizes, [("A", 10.0), ("b", 8.0)]);
    assert_eq!(paragraph.lines[0].height, Px(12.0));
}

#[test]
fn another_font_serves_and_is_named_once() {
    let mut fonts = test_fonts();
    let bundled = FontBook::bundled();
    let greek = bundled.faces().iter().find(|face| face.has('Ω')).unwrap();
    fonts.add(&greek.file, greek.data.clone()).unwrap();
    let document = Document::new(plain(), "nl").text("a Ω b Ψ Ω \u{4E00}");
    let typesetter = Typesetter::new(&document.tree, &fonts);
    let prepared = document.prepare(&typesetter);
    let told: Vec<String> = typesetter.diagnostics().into_iter().map(|told| told.message).collect();
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].contains('Ω') && told[0].contains('Ψ') && told[0].contains(&*greek.family), "{told:?}");
    assert!(told[1].contains("U+4E00") && told[1].contains("no font"), "{told:?}");
    let paragraph = prepared.layout(&typesetter, Px(500.0), &mut Squares);
    let families: Vec<_> =
        items(&paragraph.lines[0]).iter().map(|item| fonts.face(item.font).family.clone()).collect();
    assert!(families.contains(&greek.family), "{families:?}");
    assert_eq!(lines(&paragraph), ["a Ω b Ψ Ω \u{4E00}"]);
    let missing = |item: &&TextItem| item.glyphs.iter().any(|glyph| glyph.id == 0);
    assert!(!items(&paragraph.lines[0]).iter().any(missing), "PDF/UA knows no missing glyph");
}

#[test]
fn a_family_that_is_not_there_is_told() {
    let elsewhere = style(|font, _| font.families = Arc::from([Arc::from("Elsewhere")]));
    let document = Document::new(elsewhere, "nl").text("a");
    let fonts = test_fonts();
    let typesetter = Typesetter::new(&document.tree, &fonts);
    document.prepare(&typesetter);
    let told = typesetter.diagnostics();
    assert!(told.len() == 1 && told[0].code == "missing-font" && told[0].message.contains("Elsewhere"));
}

#[test]
fn a_line_keeps_the_spaces_between_its_words_and_at_its_end() {
    let paragraph = set(plain(), "aaa bbb ccc", 65.0);
    assert_eq!(&*items(&paragraph.lines[0])[0].text, "aaa bbb ");
    assert_eq!(items(&paragraph.lines[0])[0].glyphs.len(), 8);
}

#[test]
fn without_fonts_there_are_no_lines_and_no_panic() {
    let document = Document::new(plain(), "nl").text("abc");
    assert!(document.set_with(&FontBook::default(), 100.0).lines.len() <= 1);
}

#[test]
fn text_outside_the_tree_can_be_set() {
    let document = Document::new(plain(), "nl");
    let fonts = test_fonts();
    let typesetter = Typesetter::new(&document.tree, &fonts);
    let prepared = typesetter.prepare_text(&Arc::new(plain()), "nl", "bladzijde  3");
    let paragraph = prepared.layout(&typesetter, Px(500.0), &mut Squares);
    assert_eq!(lines(&paragraph), ["bladzijde 3"]);
    assert_eq!(paragraph.lines[0].fragments[0].node, None);
}

#[test]
fn a_sign_that_looks_like_it_stands_for_a_character_that_no_font_has() {
    let fonts = test_fonts();
    let document = Document::new(plain(), "nl").text("ab‣");
    let typesetter = Typesetter::new(&document.tree, &fonts);
    let prepared = document.prepare(&typesetter);
    let paragraph = prepared.layout(&typesetter, Px(200.0), &mut Squares);
    let item = items(&paragraph.lines[0])[0];
    assert_eq!(&*item.text, "ab‣", "what is read stays as it is");
    assert_eq!(item.glyphs[2].id, fonts.faces()[0].glyph('•'));
    let told: Vec<String> = typesetter.diagnostics().into_iter().map(|told| told.message).collect();
    assert_eq!(told, ["no font has U+2023 “‣”; “•” stands for it"]);
    // A hyphen that no line breaks after holds the letters together.
    assert_eq!(lines(&set(plain(), "aa\u{2011}bb", 30.0)).len(), 1);
}

#[test]
fn figures_above_and_below_the_line_are_made_where_the_font_has_none() {
    use crate::style::computed::FontPosition;
    for (position, y) in [(FontPosition::Super, -3.3), (FontPosition::Sub, 1.65)] {
        let raised = style(|font, _| font.position = position);
        let paragraph =
            Document::new(plain(), "nl").text("a").open("sup", raised).text("2").close().set(99.0);
        let made = items(&paragraph.lines[0])[1];
        assert!((made.size.0 - 6.6).abs() < 1e-3 && (made.glyphs[0].offset.y.0 - y).abs() < 1e-3, "{made:?}");
        assert_eq!(paragraph.lines[0].height, Px(12.0), "the line stays as high as it is");
    }
}

/// The test font with a table that tells that its letters do not only grow with their size, so that it is shaped in
/// each size by itself.
fn tracking() -> FontBook {
    let mut font = include_bytes!("../../../../tests/fonts/HandoutTest-Regular.ttf").to_vec();
    let entry = font.windows(4).position(|tag| tag == b"post").unwrap();
    font[entry..entry + 4].copy_from_slice(b"trak");
    let mut book = FontBook::default();
    book.add("tracking", font.into()).unwrap();
    assert!(book.tracks() && !test_fonts().tracks());
    book
}

#[test]
fn texts_that_are_kept_are_as_if_shaped_in_their_own_size() {
    let (own, fonts) = (tracking(), test_fonts());
    let shapes = Rc::default();
    for size in [10.0, 9.37, 7.777, 41.0] {
        for (text, spacing) in
            [("afi AV fi\u{AD}fi", 0.0), ("afi b", 0.3), ("ab אבג\u{5B0}", 0.0), ("a\t\u{4E00}", 0.0)]
        {
            let style = style(|font, text| {
                font.size = Px(size);
                text.letter_spacing = Px(spacing);
            });
            let document = Document::new(style, "nl").text(text);
            let shaped = |typesetter: Typesetter| {
                let shaped = format!("{:?}", document.prepare(&typesetter).shaped);
                (shaped, typesetter.diagnostics().len())
            };
            let kept = Typesetter::new(&document.tree, &fonts).with_shapes(&shapes);
            assert_eq!(shaped(kept), shaped(Typesetter::new(&document.tree, &own)), "{text} in {size} px");
        }
    }
}

#[test]
fn a_text_is_shaped_once_for_all_its_sizes() {
    let (fonts, shapes) = (test_fonts(), Rc::default());
    let kept = |size: f32, spacing: f32| {
        let style = style(|font, text| {
            font.size = Px(size);
            text.letter_spacing = Px(spacing);
        });
        let document = Document::new(style, "nl").text("afi");
        let typesetter = Typesetter::new(&document.tree, &fonts).with_shapes(&shapes);
        let Collected { text, spans, .. } = &document.prepare(&typesetter).collected;
        shape::unscaled(&typesetter, text, spans, Direction::Ltr)
    };
    assert!(Rc::ptr_eq(&kept(10.0, 0.0), &kept(7.5, 0.0)));
    // Letters that are spaced do not join, however far they are spaced.
    assert!(Rc::ptr_eq(&kept(10.0, 1.0), &kept(7.5, 0.75)));
    assert!(!Rc::ptr_eq(&kept(10.0, 0.0), &kept(10.0, 1.0)));
}
