use proptest::prelude::*;

use super::*;
use crate::layout::tests::{Builder, fonts, texts};
use crate::layout::{Destination, Numbering};
use crate::style::computed::{Display, LengthOrAuto, LengthPercentage, LineHeight, Sizing};
use crate::units::Pt;

/// Type of 10 px may become half as large.
const SETTING: Setting = Setting {
    smallest: Pt(3.75),
    numbering: Numbering { first: 1, total: None },
    destination: Destination::Reader,
};

/// Paragraphs of words on pages 200 px wide and high, at most so many.
fn document(paragraphs: &[usize], limit: u32) -> StyledTree {
    let mut builder = Builder::new(200.0, 200.0);
    builder.meta.pages = Some(limit);
    for words in paragraphs {
        builder.open("p", |style| style.boxes.margin.bottom = Builder::margin(6.0));
        builder.text(&vec!["word"; *words].join(" "));
        builder.close();
    }
    builder.finish()
}

/// The document on as many pages as it takes.
fn laid(tree: &StyledTree) -> Attempt {
    lay_out(tree, &fonts(), &SETTING, &mut Known::default(), usize::MAX).ok().unwrap()
}

fn pages_at(tree: &StyledTree, scale: f32) -> usize {
    let least = Px::from(SETTING.smallest);
    laid(&styles::scaled(tree, scale, least)).pages.pages.len()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn the_largest_scale_that_fits_is_found(paragraphs in prop::collection::vec(1..40_usize, 1..14), limit in 1..4_u32) {
        let tree = document(&paragraphs, limit);
        match fit(&tree, &fonts(), &SETTING) {
            Ok((pages, notes)) => {
                let scale = pages.scale.0;
                prop_assert!(pages.pages.len() <= limit as usize);
                prop_assert_eq!(notes.iter().any(|note| note.code == "scaled"), scale < 1.0);
                if scale < 1.0 {
                    prop_assert!(pages_at(&tree, scale) <= limit as usize);
                    prop_assert!(pages_at(&tree, scale + STEP) > limit as usize, "{scale} is not the largest");
                }
            }
            Err(errors) => {
                prop_assert_eq!(errors[0].code, "too-many-pages");
                prop_assert!(pages_at(&tree, 0.5) > limit as usize);
            }
        }
    }
}

#[test]
fn few_attempts_are_enough() {
    for words in [84, 90, 120, 160, 200] {
        let tree = document(&[words], 1);
        let fonts = fonts();
        let mut known = Known::default();
        let whole = lay_out(&tree, &fonts, &SETTING, &mut known, 1).err().unwrap();
        let mut search = Search {
            tree: &tree,
            fonts: &fonts,
            setting: &SETTING,
            known,
            limit: 1,
            floor: 0.5,
            failed: BTreeSet::new(),
        };
        let found = search.run(100, whole);
        let found = found.map(|(step, _)| step);
        assert!(found.is_some() && search.failed.len() <= 6, "{words} words: {found:?} {:?}", search.failed);
    }
}

/// The lines of text with their places.
fn lines(tree: &StyledTree, scale: f32, least: f32) -> Vec<(String, f32, f32)> {
    let scaled = styles::scaled(tree, scale, Px(least));
    let pages = laid(&scaled).pages;
    texts(&pages).remove(0).into_iter().map(|(text, at)| (text, at.x.0, at.y.0)).collect()
}

#[test]
fn space_above_shrinks_and_what_is_tied_to_the_page_stays() {
    let mut builder = Builder::new(200.0, 200.0);
    builder.open("div", |style| {
        style.boxes.margin.top = Builder::margin(20.0);
        style.boxes.margin.left = Builder::margin(30.0);
        style.boxes.padding.left =
            LengthPercentage { px: Px(20.0), of_type: Px(10.0), ..LengthPercentage::ZERO };
    });
    builder.text("a");
    builder.close();
    builder.open("div", |style| style.boxes.margin.top = Builder::margin(-4.0));
    builder.text("b");
    builder.close();
    let tree = builder.finish();
    // The baseline of the test font is four fifths of its size below the top of its line.
    assert_eq!(lines(&tree, 1.0, 0.0), [("a".into(), 50.0, 28.0), ("b".into(), 0.0, 34.0)]);
    assert_eq!(lines(&tree, 0.5, 0.0), [("a".into(), 45.0, 14.0), ("b".into(), 0.0, 15.0)]);
}

#[test]
fn sizes_in_units_of_the_type_follow_it() {
    let em = |px| LengthPercentage { px: Px(px), of_type: Px(px), ..LengthPercentage::ZERO };
    let mut builder = Builder::new(200.0, 200.0);
    for (text, width) in [("a", em(40.0)), ("b", LengthPercentage::px(Px(40.0)))] {
        builder.open("span", |style| {
            style.display = Display::InlineBlock;
            style.boxes.width = Sizing::Length(width);
        });
        builder.text(text);
        builder.close();
    }
    builder.text("c");
    let tree = builder.finish();
    let left = |scale| {
        let mut found = lines(&tree, scale, 0.0);
        found.sort_by(|one, other| one.0.cmp(&other.0));
        found.into_iter().map(|(_, left, _)| left).collect::<Vec<_>>()
    };
    assert_eq!(left(1.0), [0.0, 40.0, 80.0]);
    assert_eq!(left(0.5), [0.0, 20.0, 60.0]);
}

#[test]
fn small_print_stays_legible() {
    let mut builder = Builder::new(200.0, 200.0);
    for (size, height) in
        [(10.0, LineHeight::Number(1.0)), (6.0, LineHeight::Number(2.0)), (4.0, LineHeight::Number(1.0))]
    {
        builder.open("p", |style| {
            style.font =
                std::sync::Arc::new(crate::style::computed::Font { size: Px(size), ..(*style.font).clone() });
            style.text = std::sync::Arc::new(crate::style::computed::Text {
                line_height: height,
                ..(*style.text).clone()
            });
            style.boxes.margin.left = LengthOrAuto::Auto;
        });
        builder.text("a");
        builder.close();
    }
    let scaled = styles::scaled(&builder.finish(), 0.5, Px(5.0));
    let sizes: Vec<f32> = scaled
        .nodes
        .iter()
        .filter(|node| matches!(node.content, Content::Text(_)))
        .map(|node| node.style.font.size.0)
        .collect();
    assert_eq!(sizes, [5.0, 5.0, 4.0]);
}

#[test]
fn the_overflow_is_what_stands_on_the_pages_too_many() {
    let mut builder = Builder::new(200.0, 100.0);
    builder.meta.pages = Some(1);
    for (heading, lines) in [("One", 8), ("Two", 12), ("Three", 4)] {
        builder.open("h2", |_| {});
        builder.text(heading);
        builder.close();
        for _ in 0..lines {
            builder.open("p", |_| {});
            builder.text("word");
            builder.close();
        }
    }
    let tree = builder.finish();
    let over = laid(&tree).overflow.unwrap();
    // 27 lines of 10 px are set, ten of them on the first page: the last of these is the heading `Two`.
    assert_eq!((over.height, over.words), (Px(170.0), 17));
    let smallest = Setting { smallest: Pt(7.5), ..SETTING };
    let errors = fit(&tree, &fonts(), &smallest).unwrap_err();
    assert_eq!(
        errors[0].message,
        "set in 7.5 pt, the smallest size, this takes 3 pages where `pages` asks for at most one page: 45 mm too much, from the section `Two` on"
    );
    assert_eq!(errors[0].hint.as_deref(), Some("cut about 20 words, or raise `pages`"));
}
