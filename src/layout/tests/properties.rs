//! Any tree of boxes on any page ends, loses no text and leaves no page unused.

use proptest::prelude::*;

use super::super::{Setting, layout};
use super::tree::Builder;
use super::{fonts, texts};
use crate::style::computed::{
    Break, BreakInside, ComputedStyle, Display, Float, LengthPercentage, Overflow, Position, Sizing,
};
use crate::units::Px;

/// A box of a random tree.
#[derive(Clone, Debug)]
enum Tree {
    Text(usize),
    Box(Look, Vec<Tree>),
}

/// The look of a random box.
#[derive(Clone, Debug)]
struct Look {
    kind: u8,
    margin: i8,
    padding: u8,
    width: Option<u8>,
    height: Option<u8>,
    breaks: u8,
}

impl Look {
    fn apply(&self, style: &mut ComputedStyle) {
        match self.kind % 14 {
            0 => style.display = Display::Flex,
            1 => style.display = Display::Grid,
            2 => style.position.float = Float::Left,
            3 => style.position.float = Float::Right,
            4 => style.position.scheme = Position::Absolute,
            5 => style.position.scheme = Position::Relative,
            6 => style.fragmentation.column_count = Some(2),
            7 => style.display = Display::Table,
            8 => style.display = Display::InlineBlock,
            9 => style.boxes.overflow = Overflow::Hidden,
            10 => style.display = Display::Inline,
            11 => style.position.float = Float::Footnote,
            _ => {}
        }
        style.boxes.margin.top = Builder::margin(f32::from(self.margin));
        style.boxes.margin.bottom = Builder::margin(f32::from(self.margin) / 2.0);
        style.boxes.padding.top = LengthPercentage::px(Px(f32::from(self.padding)));
        style.boxes.padding.left = LengthPercentage::px(Px(f32::from(self.padding)));
        let sizing = |size: u8| Sizing::Length(LengthPercentage::px(Px(f32::from(size))));
        style.boxes.width = self.width.map_or(Sizing::Auto, sizing);
        style.boxes.height = self.height.map_or(Sizing::Auto, sizing);
        match self.breaks % 7 {
            0 => style.fragmentation.before = Break::Page,
            1 => style.fragmentation.after = Break::Avoid,
            2 => style.fragmentation.inside = BreakInside::Avoid,
            3 => style.fragmentation.before = Break::Left,
            _ => {}
        }
    }
}

fn look() -> impl Strategy<Value = Look> {
    let size = || prop::option::weighted(0.2, 0..200_u8);
    (any::<u8>(), -20..20_i8, 0..12_u8, size(), size(), any::<u8>()).prop_map(
        |(kind, margin, padding, width, height, breaks)| Look {
            kind,
            margin,
            padding,
            width,
            height,
            breaks,
        },
    )
}

fn tree() -> impl Strategy<Value = Tree> {
    let leaf = (1..12_usize).prop_map(Tree::Text);
    leaf.prop_recursive(5, 40, 5, |inner| {
        (look(), prop::collection::vec(inner, 0..5)).prop_map(|(look, children)| Tree::Box(look, children))
    })
}

/// Adds a tree; returns how many words it has.
fn add(builder: &mut Builder, tree: &Tree) -> usize {
    match tree {
        Tree::Text(words) => {
            builder.text(&vec!["word"; *words].join(" "));
            builder.text(" ");
            *words
        }
        Tree::Box(look, children) => {
            builder.open("div", |style| look.apply(style));
            let words = children.iter().map(|child| add(builder, child)).sum();
            builder.close();
            words
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn no_word_is_lost(trees in prop::collection::vec(tree(), 1..4), width in 0..300_u16, height in 0..300_u16) {
        let mut builder = Builder::new(f32::from(width), f32::from(height));
        let words: usize = trees.iter().map(|tree| add(&mut builder, tree)).sum();
        let (pages, _) = layout(&builder.finish(), &fonts(), &Setting::default()).expect("no page limit");
        let found = texts(&pages).iter().flatten().map(|(text, _)| text.matches("word").count()).sum::<usize>();
        prop_assert_eq!(words, found);
    }
}

#[test]
fn thousands_of_levels_are_no_danger() {
    let mut builder = Builder::new(200.0, 200.0);
    for _ in 0..5000 {
        builder.open("div", |_| {});
    }
    builder.text("deep");
    let (pages, warnings) = layout(&builder.finish(), &fonts(), &Setting::default()).expect("no page limit");
    assert!(texts(&pages)[0].iter().any(|(text, _)| text == "deep"));
    assert!(warnings.iter().any(|warning| warning.code == "too-deep"));
}

#[test]
fn what_nests_does_not_take_time_without_end() {
    let looks: [fn(&mut ComputedStyle); 4] = [
        |style| style.display = Display::Flex,
        |style| style.display = Display::Grid,
        |style| style.display = Display::Table,
        |style| style.fragmentation.column_count = Some(2),
    ];
    for look in looks {
        let mut builder = Builder::new(200.0, 100.0);
        for _ in 0..24 {
            builder.open("div", look);
        }
        builder.text("deep");
        let (pages, _) = layout(&builder.finish(), &fonts(), &Setting::default()).expect("no page limit");
        assert!(texts(&pages)[0].iter().any(|(text, _)| text == "deep"));
    }
}
