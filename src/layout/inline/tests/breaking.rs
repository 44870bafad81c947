//! Where lines end.

use super::*;
use crate::style::computed::{
    Clear, Hyphens, LengthPercentage, OverflowWrap, TextAlign, TextWrap, WhiteSpace,
};

fn justified() -> ComputedStyle {
    style(|_, text| text.align = TextAlign::Justify)
}

#[test]
fn words_fill_lines_and_the_last_space_hangs() {
    let paragraph = set(plain(), "aaa bbb ccc", 65.0);
    assert_eq!(lines(&paragraph), ["aaa bbb", "ccc"]);
    assert_eq!(paragraph.lines[0].width, Px(65.0));
    assert_eq!(paragraph.width, Px(65.0));
    let narrower = set(plain(), "aaa bbb ccc", 64.0);
    assert_eq!(lines(&narrower), ["aaa", "bbb", "ccc"]);
}

#[test]
fn all_lines_are_chosen_together() {
    // As far as each line goes: `a b c d`, `eeeeee`, `f g`. Together: no line much shorter than the others.
    let paragraph = set(justified(), "aa bb ccc dd eeeeee ff ggg hh", 70.0);
    let greedy = set(
        style(|_, text| (text.align, text.wrap) = (TextAlign::Justify, TextWrap::Stable)),
        "aa bb ccc dd eeeeee ff ggg hh",
        70.0,
    );
    assert_eq!(lines(&greedy)[0], "aa bb");
    assert_eq!(lines(&paragraph).join(" "), lines(&greedy).join(" "));
}

#[test]
fn a_justified_line_is_as_wide_as_its_room() {
    let paragraph = set(justified(), "aaa bb cc ddd eee", 100.0);
    assert_eq!(lines(&paragraph), ["aaa bb cc", "ddd eee"]);
    let glyphs = &items(&paragraph.lines[0])[0].glyphs;
    // 80 px of words and spaces, 20 to share: letters grow by a fiftieth, and the rest goes to the spaces.
    assert!((glyphs[0].advance.0 - 10.2).abs() < 1e-3);
    assert!((glyphs[3].advance.0 - 14.3).abs() < 1e-3, "{:?}", glyphs[3].advance);
    assert!((glyphs[6].advance.0 - 14.3).abs() < 1e-3);
    assert_eq!(items(&paragraph.lines[0])[0].stretch, 1.02);
    assert!((paragraph.lines[0].width.0 - 100.0).abs() < 1e-3);
    assert_eq!(paragraph.lines[1].width, Px(65.0));
}

#[test]
fn spaces_shrink_by_a_quarter_and_letters_by_a_fiftieth_at_most() {
    // Natural width 110; two spaces of 5 shrink to 3.75, then ten letters of 10 to 9.8, and no further.
    for (width, space, letter) in [(107.5, 3.75, 10.0), (106.5, 3.75, 9.9), (105.5, 3.75, 9.8)] {
        let paragraph = set(justified(), "aaaa bbbb cc dddd", width);
        assert_eq!(lines(&paragraph), ["aaaa bbbb cc", "dddd"]);
        let item = items(&paragraph.lines[0])[0];
        assert!((item.glyphs[4].advance.0 - space).abs() < 1e-3, "{:?}", item.glyphs[4].advance);
        assert!((item.glyphs[0].advance.0 - letter).abs() < 1e-3, "{:?}", item.glyphs[0].advance);
        assert!((item.stretch - letter / 10.0).abs() < 1e-4);
        assert!((paragraph.lines[0].width.0 - width).abs() < 1e-3);
    }
    assert_eq!(lines(&set(justified(), "aaaa bbbb cc dddd", 105.4))[0], "aaaa bbbb");
}

#[test]
fn alignment_moves_lines() {
    let cases = [
        (TextAlign::Start, 0.0),
        (TextAlign::End, 70.0),
        (TextAlign::Center, 35.0),
        (TextAlign::Right, 70.0),
    ];
    for (align, left) in cases {
        let paragraph = set(style(|_, text| text.align = align), "abc", 100.0);
        assert_eq!(items(&paragraph.lines[0])[0].origin.x, Px(left), "{align:?}");
    }
    let last = style(|_, text| (text.align, text.align_last) = (TextAlign::Justify, Some(TextAlign::Right)));
    assert_eq!(items(&set(last, "abc", 100.0).lines[0])[0].origin.x, Px(70.0));
}

#[test]
fn the_first_line_is_indented() {
    let indented = style(|_, text| text.indent = LengthPercentage::px(Px(15.0)));
    let paragraph = set(indented, "aaa bbb ccc", 79.0);
    assert_eq!(lines(&paragraph), ["aaa", "bbb ccc"]);
    assert_eq!((paragraph.lines[0].left, paragraph.lines[1].left), (Px(15.0), Px(0.0)));
}

#[test]
fn dutch_words_are_hyphenated() {
    let hyphens = || style(|_, text| text.hyphens = Hyphens::Auto);
    let paragraph = set(hyphens(), "samenwerking", 70.0);
    assert_eq!(lines(&paragraph), ["samen", "werking"]);
    assert_eq!(paragraph.lines[0].ending, Ending::Hyphen);
    let item = items(&paragraph.lines[0])[0];
    let hyphen = item.glyphs.last().unwrap();
    assert_eq!(hyphen.range, (5, 5), "the hyphen stands for no character");
    assert_eq!(paragraph.lines[0].width, Px(60.0));
    // No break before a trema, in addresses, in abbreviations.
    for whole in ["reëel", "info@samenwerking", "voorbeeld.samenwerking.nl", "SaMenWerking"] {
        assert_eq!(lines(&set(hyphens(), whole, 20.0)).len(), 1, "{whole}");
    }
    assert_eq!(lines(&Document::new(hyphens(), "").text("samenwerking").set(70.0)).len(), 1);
}

#[test]
fn a_hyphenation_point_in_a_ligature_divides_it() {
    // `fi` is a ligature of 10 px; apart, f is 10 and i 5.
    let hyphens = style(|_, text| text.hyphens = Hyphens::Auto);
    let document = Document::new(hyphens, "nl").text("zelfinzicht");
    let whole = document.set(200.0);
    assert_eq!(items(&whole.lines[0])[0].glyphs.len(), 10);
    assert_eq!(whole.width, Px(85.0));
    let divided = document.set(50.0);
    assert_eq!(lines(&divided), ["zelf", "in", "zicht"]);
    assert_eq!((divided.lines[0].width, divided.lines[1].width), (Px(45.0), Px(25.0)));
}

#[test]
fn soft_hyphens_show_only_where_they_break() {
    let paragraph = set(plain(), "aaa\u{AD}bbb\u{AD}ccc", 70.0);
    assert_eq!(lines(&paragraph), ["aaabbb\u{AD}", "ccc"]);
    assert_eq!(paragraph.lines[0].width, Px(70.0));
    let item = items(&paragraph.lines[0])[0];
    assert_eq!(item.glyphs.last().unwrap().range, (6, 8), "the hyphen stands for the soft hyphen");
    assert_eq!(lines(&set(plain(), "aaa\u{AD}bbb", 70.0)), ["aaabbb"]);
    let none = style(|_, text| text.hyphens = Hyphens::None);
    assert_eq!(lines(&set(none, "aaa\u{AD}bbb", 40.0)), ["aaabbb"]);
}

#[test]
fn no_break_spaces_hold_and_stretch() {
    let paragraph = set(justified(), "aa\u{A0}bb ccc ddd", 100.0);
    assert_eq!(lines(&paragraph), ["aa\u{A0}bb ccc", "ddd"]);
    assert_eq!(paragraph.lines[0].width, Px(100.0));
    let advances: Vec<f32> =
        items(&paragraph.lines[0])[0].glyphs.iter().map(|glyph| glyph.advance.0).collect();
    assert_eq!(advances[2], advances[5]);
    assert!((advances[2] - 14.3).abs() < 1e-3, "{}", advances[2]);
    assert_eq!(lines(&set(plain(), "aa\u{A0}bb", 20.0)), ["aa\u{A0}bb"]);
}

#[test]
fn what_fits_nowhere_breaks_anywhere_or_is_told() {
    let stays = set(plain(), "aaaaaa b", 35.0);
    assert_eq!(lines(&stays), ["aaaaaa", "b"]);
    assert_eq!(stays.warnings.len(), 1);
    assert!(stays.warnings[0].message.contains("aaaaaa"), "{:?}", stays.warnings);
    for wrap in [OverflowWrap::Anywhere, OverflowWrap::BreakWord] {
        let breaks = set(style(|_, text| text.overflow_wrap = wrap), "aaaaaa b", 35.0);
        assert_eq!(breaks.lines.len(), 3, "{:?}", lines(&breaks));
        assert!(breaks.warnings.is_empty() && breaks.width <= Px(35.0));
        assert_eq!(lines(&breaks).concat().replace(' ', ""), "aaaaaab");
    }
}

#[test]
fn text_can_forbid_wrapping() {
    let nowrap = style(|_, text| text.white_space = WhiteSpace::Nowrap);
    assert_eq!(lines(&set(nowrap.clone(), "aaa bbb", 35.0)), ["aaa bbb"]);
    let part =
        Document::new(plain(), "nl").text("aaa ").open("span", nowrap).text("bbb ccc").close().text(" ddd");
    assert_eq!(lines(&part.set(70.0)), ["aaa", "bbb ccc", "ddd"]);
}

#[test]
fn a_balanced_heading_has_lines_of_one_length() {
    let balance = style(|_, text| text.wrap = TextWrap::Balance);
    let pretty = set(plain(), "aaa bbb ccc ddd eeeee", 140.0);
    assert_eq!(lines(&pretty), ["aaa bbb ccc ddd", "eeeee"]);
    let balanced = set(balance, "aaa bbb ccc ddd eee", 140.0);
    assert_eq!(lines(&balanced), ["aaa bbb ccc", "ddd eee"]);
}

#[test]
fn a_paragraph_does_not_end_in_one_short_word() {
    let text = "aaa bbb ccc ddd ee";
    assert_eq!(lines(&set(plain(), text, 140.0)), ["aaa bbb ccc", "ddd ee"]);
    let filled = style(|_, text| text.wrap = TextWrap::Stable);
    assert_eq!(lines(&set(filled, text, 140.0)), ["aaa bbb ccc ddd", "ee"]);
}

#[test]
fn a_balanced_heading_is_not_hyphenated_unless_a_word_is_too_long() {
    let balance = || style(|_, text| (text.wrap, text.hyphens) = (TextWrap::Balance, Hyphens::Auto));
    assert_eq!(lines(&set(balance(), "samenwerking in beweging", 160.0)), ["samenwerking", "in beweging"]);
    assert_eq!(lines(&set(balance(), "samenwerking", 70.0)), ["samen", "werking"]);
}

#[test]
fn words_have_hyphenation_points_where_their_language_has_them() {
    let samples = [
        ("nl", "onderhandeling", "on-der-han-de-ling"),
        ("nl", "verantwoordelijkheid", "ver-ant-woor-de-lijk-heid"),
        ("nl", "gemeenteraad", "ge-meen-te-raad"),
        ("nl", "coördinatie", "coör-di-na-tie"),
        ("nl-BE", "bemiddeling", "be-mid-de-ling"),
        ("de", "Verantwortung", "Ver-ant-wor-tung"),
        ("fr", "négociation", "né-go-cia-tion"),
        ("en", "negotiation", "ne-go-ti-a-tion"),
    ];
    for (lang, word, expected) in samples {
        let hyphens = style(|_, text| text.hyphens = Hyphens::Auto);
        let document = Document::new(hyphens, lang).text(&format!("“{word}”"));
        let fonts = test_fonts();
        let prepared = document.prepare(&Typesetter::new(&document.tree, &fonts));
        let mut found = prepared.collected.text.clone();
        for point in
            super::super::hyphenate::hyphenation_points(&prepared.collected, &Default::default()).iter().rev()
        {
            found.insert(point.byte as usize, '-');
        }
        assert_eq!(found, format!("“{expected}”"));
    }
}

#[test]
fn words_of_the_project_have_the_breaks_that_it_lists() {
    use crate::config::{Settings, value};
    let toml = "[hyphenation]\nnl = ['same-nwerking', 'beleid']";
    let file = value::Source::new("handout.toml", toml);
    let settings = Settings::read(&value::parse(value::Format::Toml, toml, 1, &file).unwrap()).unwrap();
    let hyphens = || style(|_, text| text.hyphens = Hyphens::Auto);
    let set = |text: &str, width| {
        let mut document = Document::new(hyphens(), "nl-NL").text(text);
        document.tree.hyphenation = settings.hyphenation.clone();
        lines(&document.set(width))
    };
    assert_eq!(set("Samenwerking", 80.0), ["Same", "nwerking"]);
    assert_eq!(set("beleid", 40.0), ["beleid"]);
    assert_eq!(set("sa\u{AD}menwerking", 100.0), ["sa\u{AD}", "menwerking"], "the text's own hyphens win");
}

#[test]
fn hyphens_keep_to_the_limits_of_the_style() {
    let hyphens = |change: &dyn Fn(&mut Text)| {
        style(|_, text| {
            text.hyphens = Hyphens::Auto;
            change(text);
        })
    };
    let set = |change: &dyn Fn(&mut Text), text: &str, width| lines(&set(hyphens(change), text, width));
    assert_eq!(set(&|text| text.hyphenate_limits = (12, 2, 2), "samenwerking", 70.0).len(), 2);
    assert_eq!(set(&|text| text.hyphenate_limits = (13, 2, 2), "samenwerking", 70.0).len(), 1);
    assert_eq!(set(&|text| text.hyphenate_limits = (5, 6, 2), "samenwerking", 100.0), ["samenwer", "king"]);
    assert_eq!(set(&|text| text.hyphenate_limits = (5, 2, 7), "samenwerking", 100.0), ["samen", "werking"]);
    let three = "onderhandelingstafels";
    let at = |change: &dyn Fn(&mut Text), width| set(change, &format!("{three} {three}"), width).join("|");
    assert!(at(&|_| {}, 90.0).matches('|').count() >= 4, "{}", at(&|_| {}, 90.0));
    // Where a word is broken at all, a line is left short of more than the zone.
    let zone = |px: f32| move |text: &mut Text| text.hyphenate_zone = LengthPercentage::px(Px(px));
    assert_eq!(set(&zone(20.0), "aaaaaa samenwerking bb", 130.0), ["aaaaaa samen", "werking bb"]);
    assert_eq!(set(&zone(70.0), "aaaaaa samenwerking bb", 130.0)[0], "aaaaaa");
    let equals = hyphens(&|text| text.hyphenate_character = Some('='));
    let paragraph = super::set(equals, "samenwerking", 70.0);
    let face = test_fonts();
    assert_eq!(items(&paragraph.lines[0])[0].glyphs.last().unwrap().id, face.faces()[0].glyph('='));
}

#[test]
fn punctuation_hangs_where_the_style_says() {
    use crate::style::computed::{HangingEnd, HangingPunctuation};
    let hang = |end| HangingPunctuation { first: true, last: true, end };
    let style_of = |end| style(|_, text| (text.align, text.hanging) = (TextAlign::Justify, hang(end)));
    let paragraph = set(style_of(HangingEnd::Force), "“aaa bbb, ccc”", 70.0);
    assert_eq!(lines(&paragraph), ["“aaa bbb,", "ccc”"]);
    let line = &paragraph.lines[0];
    assert_eq!(items(line)[0].origin.x, Px(-10.0));
    // The quote, aaa and bbb take 70 px, which a fiftieth widens; the space takes the rest. The quote and the
    // comma stand outside.
    assert!((items(line)[0].glyphs[4].advance.0 - (80.0 - 71.4)).abs() < 1e-3);
    assert_eq!(paragraph.lines[1].width, Px(30.0));
    assert_eq!(lines(&set(justified(), "“aaa bbb, ccc”", 70.0))[0], "“aaa");
    // A comma that may hang does so where there is no room for it: 65 px of words, 10 of comma.
    for (width, comma) in [(75.0, 65.0), (66.0, 65.0)] {
        let paragraph = set(style_of(HangingEnd::Allow), "aaa bbb, cc", width);
        let glyphs = &items(&paragraph.lines[0])[0].glyphs;
        let left: f32 = glyphs[..7].iter().map(|glyph| glyph.advance.0).sum();
        assert_eq!((lines(&paragraph)[0].as_str(), left), ("aaa bbb,", comma), "{width}");
        assert!(paragraph.warnings.is_empty());
    }
    // A hyphen hangs by seven tenths.
    let hyphens = ComputedStyle {
        text: Arc::new(Text { hyphens: Hyphens::Auto, ..(*style_of(HangingEnd::Force).text).clone() }),
        ..style_of(HangingEnd::Force)
    };
    let paragraph = set(hyphens, "samenwerking", 53.0);
    assert_eq!((lines(&paragraph)[0].as_str(), paragraph.lines[0].width), ("samen", Px(53.0)));
}

#[test]
fn content_sizes_are_the_widest_word_and_the_widest_line() {
    assert_eq!(Document::new(plain(), "nl").text("aa bbbb c").sizes(), (40.0, 80.0));
    let broken = Document::new(plain(), "nl").text("aa bbbb").empty("br", plain()).text("c");
    assert_eq!(broken.sizes(), (40.0, 65.0));
    let anywhere = style(|_, text| text.overflow_wrap = OverflowWrap::Anywhere);
    assert_eq!(Document::new(anywhere, "nl").text("aa bbbb").sizes(), (10.0, 65.0));
    let hyphens = style(|_, text| text.hyphens = Hyphens::Auto);
    assert_eq!(Document::new(hyphens, "nl").text("samenwerking").sizes(), (40.0, 115.0));
}

#[test]
fn floats_narrow_lines_and_push_them_down() {
    let document = Document::new(plain(), "nl").text("aaa bbb ccc dddddd");
    let fonts = test_fonts();
    let typesetter = Typesetter::new(&document.tree, &fonts);
    let prepared = document.prepare(&typesetter);
    let paragraph =
        prepared.layout_beside(&typesetter, Px(100.0), Start::default(), &mut CornerFloat(Squares));
    assert_eq!(lines(&paragraph), ["aaa", "bbb", "ccc dddddd"]);
    let lefts: Vec<f32> = paragraph.lines.iter().map(|line| line.left.0).collect();
    assert_eq!(lefts, [60.0, 60.0, 0.0]);
    let below = Document::new(plain(), "nl").text("dddddd");
    let typesetter = Typesetter::new(&below.tree, &fonts);
    let prepared = below.prepare(&typesetter);
    let paragraph =
        prepared.layout_beside(&typesetter, Px(100.0), Start::default(), &mut CornerFloat(Squares));
    assert_eq!((paragraph.lines[0].top, paragraph.height), (Px(24.0), Px(36.0)));
}

/// A float of 60 by 24 at the left of a column.
struct CornerFloat(Squares);

impl Beside for CornerFloat {
    fn surroundings(&mut self) -> &mut dyn Surroundings {
        &mut self.0
    }

    fn intrusion(&self, top: Px, _height: Px) -> Intrusion {
        if top < Px(24.0) { (Px(60.0), Px(0.0)) } else { (Px(0.0), Px(0.0)) }
    }

    fn next_end(&self, top: Px) -> Option<Px> {
        (top < Px(24.0)).then_some(Px(24.0))
    }

    fn clearance(&self, _clear: Clear) -> Option<Px> {
        Some(Px(24.0))
    }

    fn float(&mut self, _node: NodeId, _spot: Spot) -> bool {
        true
    }
}

/// Floats somewhere else.
struct Elsewhere(Squares);

impl Beside for Elsewhere {
    fn surroundings(&mut self) -> &mut dyn Surroundings {
        &mut self.0
    }

    fn intrusion(&self, _top: Px, _height: Px) -> Intrusion {
        (Px::ZERO, Px::ZERO)
    }

    fn next_end(&self, _top: Px) -> Option<Px> {
        None
    }

    fn clearance(&self, _clear: Clear) -> Option<Px> {
        None
    }

    fn float(&mut self, _node: NodeId, _spot: Spot) -> bool {
        true
    }
}

#[test]
fn lines_beside_floats_are_chosen_as_others_are() {
    let justified = style(|_, text| {
        text.align = TextAlign::Justify;
        text.hyphens = Hyphens::Auto;
    });
    let words = "samen werken aan een verslag waarin niemand iets verantwoordelijk vindt of overslaat";
    let document = Document::new(justified, "nl").text(words);
    let fonts = test_fonts();
    let typesetter = Typesetter::new(&document.tree, &fonts);
    let prepared = document.prepare(&typesetter);
    for width in (100..400).step_by(7) {
        let width = Px(width as f32);
        let whole = prepared.layout(&typesetter, width, &mut Squares);
        let beside = prepared.layout_beside(&typesetter, width, Start::default(), &mut Elsewhere(Squares));
        assert_eq!(lines(&whole), lines(&beside), "{width:?}");
    }
}
