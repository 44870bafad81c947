//! White space.

use super::*;
use crate::style::computed::{TextTransform, WhiteSpace};

fn with(white_space: WhiteSpace) -> ComputedStyle {
    style(|_, text| text.white_space = white_space)
}

#[test]
fn white_space_collapses_as_the_style_says() {
    let text = "  a \n  b\tc\n";
    let cases: [(WhiteSpace, &[&str]); 5] = [
        (WhiteSpace::Normal, &["a b c"]),
        (WhiteSpace::Nowrap, &["a b c"]),
        (WhiteSpace::PreLine, &["a", "b c"]),
        (WhiteSpace::Pre, &["  a", "  b c"]),
        (WhiteSpace::PreWrap, &["  a", "  b c"]),
    ];
    for (white_space, expected) in cases {
        assert_eq!(lines(&set(with(white_space), text, 500.0)), expected, "{white_space:?}");
    }
}

#[test]
fn it_collapses_across_the_borders_of_elements() {
    let paragraph = Document::new(plain(), "nl")
        .text(" a ")
        .open("em", plain())
        .text(" b ")
        .close()
        .text(" c")
        .empty("br", plain())
        .text(" d ")
        .set(500.0);
    assert_eq!(lines(&paragraph), ["a b c", "d"]);
    assert_eq!(spans(&paragraph.lines[0]), [(0.0, 15.0), (15.0, 15.0), (30.0, 10.0)]);
}

#[test]
fn tabs_go_to_stops_of_eight_spaces() {
    let line = &set(with(WhiteSpace::Pre), "a\tb", 500.0).lines[0];
    assert_eq!(line.width, Px(50.0));
    assert_eq!(spans(line), [(0.0, 50.0)]);
}

#[test]
fn nothing_makes_no_line_and_a_break_makes_one() {
    assert_eq!(set(plain(), " \n ", 100.0).lines.len(), 0);
    assert_eq!(Document::new(plain(), "nl").empty("br", plain()).set(100.0).lines.len(), 1);
    let three = Document::new(plain(), "nl").text("a").empty("br", plain()).empty("br", plain()).text("b");
    assert_eq!(lines(&three.set(100.0)), ["a", "", "b"]);
    assert_eq!(three.set(100.0).height, Px(36.0));
}

#[test]
fn case_is_changed_before_shaping() {
    let upper = style(|_, text| text.transform = TextTransform::Uppercase);
    let paragraph = set(upper, "één maß", 500.0);
    let text = &items(&paragraph.lines[0])[0];
    let fonts = test_fonts();
    let shown: Vec<u16> = text.glyphs.iter().map(|glyph| glyph.id).collect();
    let capitals: Vec<u16> = "ÉÉN MASS".chars().map(|letter| fonts.face(text.font).glyph(letter)).collect();
    assert_eq!(shown, capitals);
    // What is painted is not what is copied and read out.
    assert_eq!(&*text.text, "één maß");
    assert_eq!(text.glyphs[6].range, text.glyphs[7].range);
}
