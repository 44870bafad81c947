//! Any tree of boxes on any page ends, loses no text, puts nothing outside of its page unless it was told to, and
//! takes work in proportion to its size.

use std::sync::Arc;

use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use super::super::{Item, PathStep, Setting, layout};
use super::tree::Builder;
use super::{fonts, texts, work};
use crate::geom::{Point, Transform};
use crate::layout::Page;
use crate::style::computed::{
    Break, BreakInside, Color, ComputedStyle, Display, FlexDirection, FlexWrap, Float, LengthPercentage,
    Overflow, Position, Sizing, TextAlign,
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
    kind: Kind,
    margin: i8,
    padding: u8,
    width: Option<u8>,
    height: Option<u8>,
    limit: Limit,
    breaks: u8,
}

/// What a random box is.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Block,
    Flex,
    FlexColumn,
    FlexWrap,
    Grid,
    GridOfTwo,
    Left,
    Right,
    Columns,
    /// A table of one cell a row, of two, without rows of its own.
    Table(usize),
    Inline,
    ListItem,
    Relative,
    Justified,
    InlineBlock,
    Clipped,
    Absolute,
}

/// How large a box has to be, or may be.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Limit {
    None,
    MinWidth(u8),
    MinHeight(u8),
    MaxWidth(u8),
    MaxHeight(u8),
}

const TAME: [Kind; 15] = [
    Kind::Block,
    Kind::Flex,
    Kind::FlexColumn,
    Kind::FlexWrap,
    Kind::Grid,
    Kind::GridOfTwo,
    Kind::Left,
    Kind::Right,
    Kind::Columns,
    Kind::Table(1),
    Kind::Table(2),
    Kind::Inline,
    Kind::ListItem,
    Kind::Relative,
    Kind::Justified,
];
/// Boxes that do not break or stand where they are told to.
const WILD: [Kind; 3] = [Kind::InlineBlock, Kind::Clipped, Kind::Absolute];

impl Look {
    fn apply(&self, style: &mut ComputedStyle) {
        match self.kind {
            Kind::Flex => style.display = Display::Flex,
            Kind::FlexColumn => {
                style.display = Display::Flex;
                style.flex.direction = FlexDirection::Column;
            }
            Kind::FlexWrap => {
                style.display = Display::Flex;
                style.flex.wrap = FlexWrap::Wrap;
            }
            Kind::Grid | Kind::GridOfTwo => style.display = Display::Grid,
            Kind::Left => style.position.float = Float::Left,
            Kind::Right => style.position.float = Float::Right,
            Kind::Absolute => style.position.scheme = Position::Absolute,
            Kind::Relative => style.position.scheme = Position::Relative,
            Kind::Columns => style.fragmentation.column_count = Some(2),
            Kind::Table(_) => style.display = Display::Table,
            Kind::InlineBlock => style.display = Display::InlineBlock,
            Kind::Clipped => style.boxes.overflow = Overflow::Hidden,
            Kind::Inline => style.display = Display::Inline,
            Kind::ListItem => style.display = Display::ListItem,
            Kind::Justified => Arc::make_mut(&mut style.text).align = TextAlign::Justify,
            Kind::Block => {}
        }
        style.paint.background = Color::BLACK;
        style.boxes.margin.top = Builder::margin(f32::from(self.margin));
        style.boxes.margin.bottom = Builder::margin(f32::from(self.margin) / 2.0);
        if self.kind != Kind::Inline {
            // That of an inline box stands out of its line (CSS 2, 10.6.1).
            style.boxes.padding.top = LengthPercentage::px(Px(f32::from(self.padding)));
        }
        style.boxes.padding.left = LengthPercentage::px(Px(f32::from(self.padding)));
        let sizing = |size: u8| Sizing::Length(LengthPercentage::px(Px(f32::from(size))));
        style.boxes.width = self.width.map_or(Sizing::Auto, sizing);
        style.boxes.height = self.height.map_or(Sizing::Auto, sizing);
        match self.limit {
            Limit::None => {}
            Limit::MinWidth(size) => style.boxes.min_width = sizing(size),
            Limit::MinHeight(size) => style.boxes.min_height = sizing(size),
            Limit::MaxWidth(size) => style.boxes.max_width = sizing(size),
            Limit::MaxHeight(size) => style.boxes.max_height = sizing(size),
        }
        match self.breaks % 8 {
            0 => style.fragmentation.before = Break::Page,
            1 => style.fragmentation.after = Break::Avoid,
            2 => style.fragmentation.inside = BreakInside::Avoid,
            3 => style.fragmentation.before = Break::Left,
            4 => Arc::make_mut(&mut style.text).orphans = 4,
            _ => {}
        }
    }
}

/// Looks of any kind, with any size.
fn any_look() -> impl Strategy<Value = Look> {
    let size = || prop::option::weighted(0.2, 0..200_u8);
    let kind = (0..TAME.len() + WILD.len()).prop_map(|at| *TAME.iter().chain(&WILD).nth(at).unwrap());
    let limit = prop_oneof![
        4 => Just(Limit::None),
        1 => (0..200_u8).prop_map(Limit::MinWidth),
        1 => (0..200_u8).prop_map(Limit::MinHeight),
        1 => (0..200_u8).prop_map(Limit::MaxWidth),
        1 => (0..200_u8).prop_map(Limit::MaxHeight),
    ];
    (kind, -20..20_i8, 0..12_u8, size(), size(), limit, any::<u8>()).prop_map(
        |(kind, margin, padding, width, height, limit, breaks)| Look {
            kind,
            margin,
            padding,
            width,
            height,
            limit,
            breaks,
        },
    )
}

/// Looks that say nothing that could put a box out of its page: nothing negative, no size, no place of its own, no
/// box that cannot be broken.
fn tame_look() -> impl Strategy<Value = Look> {
    let kind = (0..TAME.len()).prop_map(|at| TAME[at]);
    let limit = prop_oneof![3 => Just(Limit::None), 1 => (10..40_u8).prop_map(Limit::MinWidth)];
    (kind, 0..20_i8, 0..12_u8, limit, 4..8_u8).prop_map(|(kind, margin, padding, limit, breaks)| Look {
        kind,
        margin,
        // An empty inline box stands behind what hangs at the end of its line.
        padding: if kind == Kind::Inline { 0 } else { padding },
        width: None,
        height: None,
        limit,
        breaks: if breaks == 4 { 0 } else { breaks },
    })
}

fn tree<L: Strategy<Value = Look> + 'static>(look: impl Fn() -> L) -> impl Strategy<Value = Tree> {
    let leaf = (1..12_usize).prop_map(Tree::Text);
    leaf.prop_recursive(5, 40, 5, move |inner| {
        (look(), prop::collection::vec(inner, 0..5)).prop_map(|(look, children)| Tree::Box(look, children))
    })
}

/// Adds a tree whose words are all `word`; returns how many it has.
fn add(builder: &mut Builder, tree: &Tree, word: &str) -> usize {
    match tree {
        Tree::Text(words) => {
            builder.text(&vec![word; *words].join(" "));
            builder.text(" ");
            *words
        }
        Tree::Box(look, children) => {
            builder.open("div", |style| look.apply(style));
            let words = match look.kind {
                Kind::Table(columns) => children.chunks(columns).map(|row| add_row(builder, row, word)).sum(),
                _ => children.iter().map(|child| add(builder, child, word)).sum(),
            };
            builder.close();
            words
        }
    }
}

fn add_row(builder: &mut Builder, cells: &[Tree], word: &str) -> usize {
    builder.open("tr", |style| style.display = Display::TableRow);
    let mut words = 0;
    for cell in cells {
        builder.open("td", |style| style.display = Display::TableCell);
        words += add(builder, cell, word);
        builder.close();
    }
    builder.close();
    words
}

/// The width that a tree of words of one letter, 10 px wide, cannot do without: an upper bound.
fn need(tree: &Tree) -> f32 {
    let Tree::Box(look, children) = tree else { return 10.0 };
    let widest = children.iter().map(need).fold(0.0, f32::max);
    let content = match look.kind {
        // Items stand beside each other; text between boxes is one item or several.
        Kind::Flex => children.iter().map(need).sum(),
        // Columns are as wide as the widest, with a gap of 1em.
        Kind::Columns => 2.0 * widest + 10.0,
        Kind::Table(columns) => widest * columns as f32 + 2.0 * (columns as f32 + 1.0),
        _ => widest,
    };
    let least = if let Limit::MinWidth(width) = look.limit { f32::from(width) } else { 0.0 };
    content.max(least) + f32::from(look.padding)
}

/// How far what is on a page reaches: left, top, right, bottom. White space that hangs at the end of a line does
/// not count (CSS Text 3, section 4.1.3).
fn reach(items: &[Item], map: &Transform, found: &mut [f32; 4]) {
    let add = |found: &mut [f32; 4], at: Point| {
        let at = map.apply(at);
        *found = [found[0].min(at.x.0), found[1].min(at.y.0), found[2].max(at.x.0), found[3].max(at.y.0)];
    };
    for item in items {
        match item {
            Item::Text(text) => {
                let mut glyphs = &text.glyphs[..];
                while let [rest @ .., last] = glyphs
                    && text.text[last.range.0 as usize..last.range.1 as usize].trim().is_empty()
                {
                    glyphs = rest;
                }
                let width: Px = glyphs.iter().map(|glyph| glyph.advance).sum();
                add(found, text.origin + Point::new(Px::ZERO, Px(-8.0)));
                add(found, text.origin + Point::new(width, Px(2.0)));
            }
            Item::Shape(shape) => shape.path.0.iter().for_each(|step| match *step {
                PathStep::Move(to) | PathStep::Line(to) | PathStep::Curve(.., to) => add(found, to),
                PathStep::Close => {}
            }),
            Item::Group(group) => reach(&group.items, &group.transform.then(map), found),
            Item::Picture(..) => {}
        }
    }
}

fn sticks_out(page: &Page) -> Option<[f32; 4]> {
    let mut found = [0.0, 0.0, 0.0, 0.0];
    reach(&page.items, &Transform::IDENTITY, &mut found);
    let (width, height) = (page.size.width.0 + 0.1, page.size.height.0 + 0.1);
    (found[0] < -0.1 || found[1] < -0.1 || found[2] > width || found[3] > height).then_some(found)
}

proptest! {
    // The same cases on every run.
    #![proptest_config(ProptestConfig {
        cases: 1000,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(11),
        ..ProptestConfig::default()
    })]

    #[test]
    fn no_word_is_lost(
        trees in prop::collection::vec(tree(any_look), 1..4),
        width in 0..300_u16,
        height in 0..300_u16,
    ) {
        let mut builder = Builder::new(f32::from(width), f32::from(height));
        let words: usize = trees.iter().map(|tree| add(&mut builder, tree, "word")).sum();
        let (pages, _) = layout(&builder.finish(), &fonts(), &Setting::default()).expect("no page limit");
        let found = texts(&pages).iter().flatten().map(|(text, _)| text.matches("word").count()).sum::<usize>();
        prop_assert_eq!(words, found);
    }

    #[test]
    fn nothing_stands_outside_of_its_page(
        trees in prop::collection::vec(tree(tame_look), 1..4),
        width in 100..400_u16,
        height in 150..400_u16,
    ) {
        let width = f32::from(width);
        prop_assume!(trees.iter().all(|tree| need(tree) <= width));
        let mut builder = Builder::new(width, f32::from(height));
        trees.iter().for_each(|tree| {
            add(&mut builder, tree, "w");
        });
        let (pages, _) = layout(&builder.finish(), &fonts(), &Setting::default()).expect("no page limit");
        for page in &pages.pages {
            prop_assert_eq!(sticks_out(page), None);
        }
    }
}

#[test]
fn a_box_outside_of_its_page_is_seen() {
    for (left, top) in [(-5.0, 0.0), (85.0, 0.0), (0.0, -5.0), (0.0, 95.0)] {
        let mut builder = Builder::new(100.0, 100.0);
        builder.open("div", |style| {
            style.position.scheme = Position::Absolute;
            let inset = |px| crate::style::computed::LengthOrAuto::Length(LengthPercentage::px(Px(px)));
            (style.position.inset.left, style.position.inset.top) = (inset(left), inset(top));
        });
        builder.text("ww");
        builder.close();
        let (pages, _) = layout(&builder.finish(), &fonts(), &Setting::default()).expect("no page limit");
        assert!(sticks_out(&pages.pages[0]).is_some(), "{left} {top}");
    }
}

/// Adds `count` of something to a document.
type Grow = fn(&mut Builder, usize);

#[test]
fn work_grows_with_the_document_and_no_faster() {
    let paragraphs = |builder: &mut Builder, count: usize| {
        for _ in 0..count {
            builder.open("p", |_| {});
            builder.text("one two three four five six seven");
            builder.close();
        }
    };
    let cases: [(&str, Grow); 9] = [
        ("paragraphs", paragraphs),
        ("one paragraph", |builder, count| {
            builder.open("p", |style| Arc::make_mut(&mut style.text).align = TextAlign::Justify);
            for _ in 0..count {
                builder.text("one two three four ");
                builder.open("em", |style| style.display = Display::Inline);
                builder.text("five six ");
                builder.close();
            }
            builder.close();
        }),
        ("nested blocks", |builder, count| {
            for _ in 0..count / 8 {
                (0..8).for_each(|_| builder.open("div", |_| {}));
                builder.text("one two three four five");
                (0..8).for_each(|_| builder.close());
            }
        }),
        ("table", |builder, count| {
            builder.open("table", |style| style.display = Display::Table);
            for _ in 0..count {
                add_row(builder, &[Tree::Text(3), Tree::Text(2)], "word");
            }
            builder.close();
        }),
        ("flex", |builder, count| within(builder, Kind::FlexWrap, count)),
        ("flex column", |builder, count| within(builder, Kind::FlexColumn, count)),
        ("grid", |builder, count| within(builder, Kind::Grid, count)),
        ("columns", |builder, count| within(builder, Kind::Columns, count)),
        ("floats", |builder, count| {
            for _ in 0..count {
                builder.open("div", |style| {
                    style.position.float = Float::Left;
                    style.boxes.width = Sizing::Length(LengthPercentage::px(Px(40.0)));
                    style.boxes.height = Sizing::Length(LengthPercentage::px(Px(15.0)));
                });
                builder.close();
                builder.open("p", |_| {});
                builder.text("one two three four five six seven");
                builder.close();
            }
        }),
    ];
    for (name, grow) in cases {
        let work = |count: usize| {
            let mut builder = Builder::new(200.0, 150.0);
            grow(&mut builder, count);
            let tree = builder.finish();
            work::of(|| drop(layout(&tree, &fonts(), &Setting::default()).expect("no page limit")))
        };
        let (once, twice) = (work(160), work(320));
        assert!(once > 160, "{name}: {once} steps are counted");
        assert!(twice as f64 <= once as f64 * 2.2, "{name}: {once} steps, and {twice} for twice as much");
    }
}

/// Adds a box of a kind with `count` paragraphs in it.
fn within(builder: &mut Builder, kind: Kind, count: usize) {
    let look = Look { kind, margin: 0, padding: 0, width: None, height: None, limit: Limit::None, breaks: 7 };
    builder.open("div", |style| look.apply(style));
    for _ in 0..count {
        builder.open("p", |_| {});
        builder.text("one two three");
        builder.close();
    }
    builder.close();
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
