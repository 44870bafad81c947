//! Any text at any width: it ends, keeps every character, and stays in its room where it can.

use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use super::*;
use crate::style::computed::{Hyphens, OverflowWrap, TextAlign, TextWrap};

/// Words, spaces, hyphens, ligatures, Hebrew, controls, what no font has.
const ALPHABET: &str = "[a-e fi\u{AD}\u{A0}\u{200B}éßAVאבג().,\u{2060}\u{301}🙂\u{202E}\u{2028}中-]{0,80}";

fn any_style() -> impl Strategy<Value = ComputedStyle> {
    let align = prop_oneof![Just(TextAlign::Start), Just(TextAlign::Justify), Just(TextAlign::Center)];
    let wrap = prop_oneof![Just(TextWrap::Pretty), Just(TextWrap::Balance), Just(TextWrap::Stable)];
    (align, wrap, any::<bool>()).prop_map(|(align, wrap, hyphens)| {
        style(|_, text| {
            text.align = align;
            text.wrap = wrap;
            text.overflow_wrap = OverflowWrap::Anywhere;
            text.hyphens = if hyphens { Hyphens::Auto } else { Hyphens::Manual };
        })
    })
}

/// The characters that are seen, without those that only steer.
fn seen(text: &str) -> String {
    let steers = |character: &char| {
        character.is_whitespace()
            || matches!(character, '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{202E}' | '\u{2066}'..='\u{2069}')
    };
    text.chars().filter(|character| !steers(character)).collect()
}

proptest! {
    // The same cases on every run.
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(7),
        ..ProptestConfig::default()
    })]

    #[test]
    fn no_character_is_lost(style in any_style(), text in ALPHABET, more in ALPHABET, width in 1.0_f32..400.0) {
        let document = Document::new(style.clone(), "nl").text(&text).open("em", style).text(&more).close();
        let paragraph = document.set(width);
        prop_assert_eq!(seen(&lines(&paragraph).concat()), seen(&format!("{text}{more}")));
        for line in &paragraph.lines {
            let characters: usize = items(line).iter().map(|item| seen(&item.text).replace('\u{301}', "").chars().count()).sum();
            prop_assert!(
                line.width.0 <= width + 0.05 || characters <= 2,
                "{:?} is {:?} wide in {width}",
                lines(&paragraph),
                line.width
            );
            for item in items(line) {
                for glyph in &item.glyphs {
                    prop_assert!(item.text.get(glyph.range.0 as usize..glyph.range.1 as usize).is_some());
                }
            }
        }
    }

    #[test]
    fn a_justified_line_fills_its_room(words in "[a-e]{1,6}( [a-e]{1,6}){10,40}", width in 120.0_f32..400.0) {
        let justified = style(|_, text| text.align = TextAlign::Justify);
        let paragraph = set(justified, &words, width);
        for line in &paragraph.lines {
            let glyphs = items(line).into_iter().flat_map(|item| &item.glyphs);
            let sum: f32 = glyphs.map(|glyph| glyph.advance.0).sum();
            let words = items(line).iter().map(|item| item.text.split_whitespace().count()).sum::<usize>();
            let is_torn = items(line).iter().all(|item| item.stretch == 1.0) && sum - 5.0 < width * 0.8;
            if line.ending == Ending::Soft && words > 1 && !is_torn {
                // The space at its end hangs.
                prop_assert!((sum - 5.0 - width).abs() < 0.05, "{sum} in {width}");
            } else {
                prop_assert!(sum <= width + 0.05);
            }
        }
    }
}
