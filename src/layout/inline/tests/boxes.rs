//! Inline boxes, atoms, links, marks and decorations.

use super::*;
use crate::geom::Edges;
use crate::layout::{PathStep, Shape};
use crate::style::computed::Display;
use crate::style::computed::{
    BorderSide, BorderStyle, Color, Decoration, LengthOrAuto, LengthPercentage, TextAlign,
};

/// A box with a background, 3 px of padding, a border of 1 px and margins of 2 px at its sides.
fn tag() -> ComputedStyle {
    let mut style = plain();
    style.paint.background = Color::BLACK;
    let px = |length| LengthPercentage::px(Px(length));
    style.boxes.padding = Edges { left: px(3.0), right: px(3.0), ..Edges::all(px(1.0)) };
    style.boxes.margin.left = LengthOrAuto::Length(px(2.0));
    style.boxes.margin.right = LengthOrAuto::Length(px(2.0));
    let side = BorderSide { width: Px(1.0), style: BorderStyle::Solid, color: Color::BLACK };
    style.border.sides = Edges::all(side);
    style
}

fn parts(line: &Line) -> Vec<BoxPart> {
    let parts = line.fragments.iter().filter_map(|fragment| match &fragment.content {
        FragmentContent::Box(part) => Some(*part),
        _ => None,
    });
    parts.collect()
}

fn strokes(line: &Line) -> Vec<&Shape> {
    let shapes = line.fragments.iter().filter_map(|fragment| match &fragment.content {
        FragmentContent::Decoration(Item::Shape(shape)) => Some(shape),
        _ => None,
    });
    shapes.collect()
}

#[test]
fn edges_take_room_and_the_box_is_around_its_text() {
    let paragraph =
        Document::new(plain(), "nl").text("a ").open("mark", tag()).text("bb").close().text(" c").set(500.0);
    let line = &paragraph.lines[0];
    // a and space 15, margin 2, border and padding 4, bb 20, 4, 2, space and c 15.
    assert_eq!(line.width, Px(62.0));
    assert_eq!(spans(line), [(0.0, 15.0), (21.0, 20.0), (47.0, 15.0)]);
    // The baseline is at 9: half-leading 1 and ascent 8. Content from 1 to 11, then padding and border of 2.
    let rect = Rect::new(Px(17.0), Px(-1.0), Px(28.0), Px(14.0));
    assert_eq!(parts(line), [BoxPart { rect, left_edge: true, right_edge: true }]);
}

#[test]
fn a_broken_box_is_sliced() {
    let paragraph = Document::new(plain(), "nl").open("mark", tag()).text("aaa bbb").close().set(40.0);
    assert_eq!(lines(&paragraph), ["aaa", "bbb"]);
    let edges = paragraph.lines.iter().flat_map(parts);
    let edges: Vec<_> = edges.map(|part| (part.left_edge, part.right_edge, part.rect.size.width.0)).collect();
    assert_eq!(edges, [(true, false, 34.0), (false, true, 34.0)]);
}

#[test]
fn an_empty_box_with_edges_takes_room() {
    let paragraph = Document::new(plain(), "nl").text("a").empty("span", tag()).text("b").set(500.0);
    assert_eq!(paragraph.lines[0].width, Px(32.0));
    assert_eq!(parts(&paragraph.lines[0])[0].rect.size.width, Px(8.0));
    assert_eq!(lines(&paragraph), ["ab"]);
}

#[test]
fn atoms_stand_on_the_baseline_and_break_from_words() {
    let mut image = plain();
    image.display = Display::InlineBlock;
    let document = Document::new(plain(), "nl").text("aa").empty("span", image).text("bb");
    let line = &document.set(500.0).lines[0];
    let rect = line.fragments.iter().find_map(|fragment| match fragment.content {
        FragmentContent::Atom(rect) => Some(rect),
        _ => None,
    });
    // 20 above the baseline, 3 below it: descent 2 and half-leading 1.
    assert_eq!((line.height, line.baseline), (Px(23.0), Px(20.0)));
    assert_eq!(rect, Some(Rect::new(Px(20.0), Px(0.0), Px(20.0), Px(20.0))));
    assert_eq!(document.set(45.0).lines.len(), 2);
    assert_eq!(document.sizes(), (20.0, 60.0));
}

#[test]
fn a_link_has_an_area_on_each_line() {
    let document =
        Document::new(plain(), "nl").text("a ").open("a", plain()).text("bb cc").close().text(" d");
    let paragraph = document.set(40.0);
    assert_eq!(lines(&paragraph), ["a bb", "cc d"]);
    let areas: Vec<_> = paragraph.lines.iter().map(|line| line.links.clone()).collect();
    assert_eq!(areas[0], [(NodeId(2), Rect::new(Px(15.0), Px(1.0), Px(20.0), Px(10.0)))]);
    assert_eq!(areas[1], [(NodeId(2), Rect::new(Px(0.0), Px(1.0), Px(20.0), Px(10.0)))]);
}

#[test]
fn elements_that_begin_on_a_line_are_marked() {
    let mut float = plain();
    float.position.float = Float::Left;
    let document = Document::new(plain(), "nl")
        .text("aa bb ")
        .empty("span", float)
        .open("b", plain())
        .text("cc")
        .close()
        .empty("i", plain());
    let paragraph = document.set(52.0);
    assert_eq!(lines(&paragraph), ["aa bb", "cc"]);
    assert!(paragraph.lines[0].marks.is_empty());
    let marks: Vec<_> = paragraph.lines[1].marks.iter().map(|(node, at)| (node.0, at.x.0)).collect();
    assert_eq!(marks, [(3, 0.0), (2, 0.0), (5, 20.0)]);
}

#[test]
fn decorations_run_under_the_text_of_their_element_alone() {
    let mut underlined = plain();
    underlined.inline.decoration =
        Decoration { underline: true, line_through: true, ..Decoration::default() };
    let document = Document::new(plain(), "nl").text("aa ").open("u", underlined).text("bb cc").close();
    let paragraph = document.set(50.0);
    assert_eq!(lines(&paragraph), ["aa bb", "cc"]);
    let shapes = strokes(&paragraph.lines[0]);
    assert_eq!(shapes.len(), 2);
    // Baseline 9, underline 1 below it, 0.5 thick; strike-out 2.5 above it. The space at the end has none.
    let ends = |shape: &Shape| match shape.path.0[..] {
        [PathStep::Move(from), PathStep::Line(to)] => (from.x.0, to.x.0, from.y.0),
        _ => panic!("{shape:?}"),
    };
    let (from, to, y) = ends(shapes[0]);
    assert!((from, to) == (25.0, 45.0) && (y - 10.0).abs() < 1e-3, "{from} {to} {y}");
    assert!((ends(shapes[1]).2 - 6.5).abs() < 1e-3);
    assert_eq!(shapes[0].stroke.as_ref().unwrap().width, Px(0.5));
    // Underlines lie under the text, strike-outs over it.
    let kinds = paragraph.lines[0].fragments.iter().map(|fragment| match fragment.content {
        FragmentContent::Text(_) => 't',
        _ => '-',
    });
    assert_eq!(kinds.collect::<String>(), "-tt-");
}

#[test]
fn a_box_in_a_justified_line_stretches_with_its_spaces() {
    let justified = style(|_, text| text.align = TextAlign::Justify);
    let mut marked = justified.clone();
    marked.paint.background = Color::BLACK;
    let document = Document::new(justified, "nl").open("mark", marked).text("aa bb").close().text(" cccccc");
    let line = &document.set(60.0).lines[0];
    assert_eq!(lines(&document.set(60.0))[0], "aa bb");
    assert_eq!(parts(line)[0].rect.size.width, Px(60.0));
}
