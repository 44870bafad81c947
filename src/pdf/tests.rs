use std::collections::BTreeSet;
use std::sync::Arc;

use lopdf::{Dictionary, Document, Object};

use super::Tagging;
use crate::fonts::{FontBook, FontId};
use crate::geom::{Point, Rect, Size, Transform};
use crate::layout::*;
use crate::media::svg;
use crate::read::Metadata;
use crate::style::computed::Color;
use crate::units::Px;

const RED: Color = Color { red: 0.8, green: 0.1, blue: 0.1, alpha: 1.0 };
pub(super) const BACKGROUND: Tag = Tag::Artifact(Artifact::Background);

/// The test fonts, in which every glyph is as wide as the size but for a few that are half of it.
pub(super) fn fonts() -> FontBook {
    let mut book = FontBook::default();
    let data = include_bytes!("../../tests/fonts/HandoutTest-Regular.ttf");
    book.add("HandoutTest-Regular.ttf", data.to_vec().into()).unwrap();
    book
}

pub(super) fn element(id: u32) -> Tag {
    Tag::Element(TagId(id))
}

/// A run at (10 px, `y`): a glyph a character, `~` a hyphen that a line break made, `ﬁ` a ligature of two.
pub(super) fn run(fonts: &FontBook, y: f32, written: &str, tag: Tag) -> Text {
    let face = fonts.face(FontId(0));
    let (mut text, mut glyphs) = (String::new(), Vec::new());
    for character in written.chars() {
        let start = text.len() as u32;
        match character {
            '~' => {}
            'ﬁ' => text.push_str("fi"),
            other => text.push(other),
        }
        let shown = match character {
            '~' => '-',
            'ﬁ' => 'W',
            other => other,
        };
        let advance = Px(if " ijlt".contains(character) { 5.0 } else { 10.0 });
        let range = (start, text.len() as u32);
        glyphs.push(Glyph { id: face.glyph(shown), advance, offset: Point::default(), range });
    }
    Text {
        origin: Point::new(Px(10.0), Px(y)),
        font: FontId(0),
        size: Px(10.0),
        stretch: 1.0,
        color: Color::BLACK,
        glyphs,
        text: text.into(),
        tag,
    }
}

fn square(left: f32, top: f32, side: f32) -> Path {
    let at = |x: f32, y: f32| Point::new(Px(x), Px(y));
    Path(vec![
        PathStep::Move(at(left, top)),
        PathStep::Line(at(left + side, top)),
        PathStep::Line(at(left + side, top + side)),
        PathStep::Line(at(left, top + side)),
        PathStep::Close,
    ])
}

fn filled(path: Path, fill: Fill, tag: Tag) -> Item {
    Item::Shape(Shape { path, fill: Some(fill), stroke: None, even_odd: false, tag })
}

pub(super) fn node(role: &'static str, children: &[u32]) -> StructureNode {
    StructureNode { role, children: children.iter().copied().map(TagId).collect(), ..Default::default() }
}

fn structure() -> Structure {
    let figure = StructureNode {
        alt: Some("Een rode kring".into()),
        bounds: Some((0, Rect::new(Px(10.0), Px(100.0), Px(40.0), Px(40.0)))),
        ..node("Figure", &[])
    };
    let header = StructureNode { scope: Some("Column"), span: (1, 2), ..node("TH", &[]) };
    let list = StructureNode { numbering: Some("Disc"), ..node("L", &[11]) };
    Structure {
        nodes: vec![
            node("Document", &[1, 2, 4, 5, 10, 14]),
            node("H1", &[]),
            node("P", &[3]),
            node("Link", &[]),
            figure,
            node("Table", &[6, 8]),
            node("TR", &[7]),
            header,
            node("TR", &[9, 15]),
            node("TD", &[]),
            list,
            node("LI", &[12, 13]),
            node("Lbl", &[]),
            node("LBody", &[]),
            node("FENote", &[]),
            node("TD", &[]),
        ],
    }
}

/// Two pages with something of everything.
pub(super) fn pages(fonts: &FontBook) -> Pages {
    let text = |y, written, id| Item::Text(run(fonts, y, written, element(id)));
    let stops: Arc<[(f32, Color)]> = [(0.0, RED), (1.0, Color { alpha: 0.2, ..RED })].into();
    let linear = GradientKind::Linear(Point::default(), Point::new(Px(300.0), Px::ZERO));
    let svg = "<svg xmlns='http://www.w3.org/2000/svg' width='40' height='40'><g opacity='.5'><circle cx='20' cy='20' \
               r='15' fill='red' stroke='blue'/></g></svg>";
    let first = vec![
        filled(square(0.0, 0.0, 300.0), Fill::Gradient(linear, stops), BACKGROUND),
        text(30.0, "Titel", 1),
        text(50.0, "Een koﬁe en ", 2),
        text(60.0, "een link", 3),
        text(70.0, "met een woord(je) af~", 2),
        Item::Group(Group {
            transform: Transform::shift(Point::new(Px(5.0), Px(0.0))),
            clip: Some(square(0.0, 0.0, 200.0)),
            opacity: 0.5,
            items: vec![text(80.0, "gebroken\\", 2)],
        }),
        svg::paint(&svg::parse(svg).unwrap(), Rect::new(Px(10.0), Px(100.0), Px(40.0), Px(40.0)), element(4)),
    ];
    let second = vec![
        text(20.0, "en verder-op.", 2),
        text(40.0, "Kop", 7),
        text(50.0, "cel", 9),
        text(60.0, "•", 12),
        Item::Group(Group {
            transform: Transform::IDENTITY,
            clip: None,
            opacity: 0.25,
            items: vec![text(60.0, "punt", 13), text(70.0, "terzijde", 14)],
        }),
        Item::Text(run(fonts, 290.0, "2", Tag::Artifact(Artifact::Pagination))),
    ];
    let link = |y: f32, target, tag| Link {
        areas: [y, y + 12.0].map(|y| Rect::new(Px(10.0), Px(y), Px(80.0), Px(12.0))).to_vec(),
        target,
        tag,
        text: "een link".into(),
    };
    let size = Size::new(Px(400.0), Px(300.0));
    let links = vec![link(50.0, LinkTarget::Url("https://example.org/é".into()), element(3))];
    let footer = vec![
        link(280.0, LinkTarget::Anchor("titel".into()), Tag::Artifact(Artifact::Pagination)),
        link(280.0, LinkTarget::Anchor("nergens".into()), Tag::Artifact(Artifact::Pagination)),
    ];
    let bookmark = |level, title: &str, page| Outline {
        level,
        title: title.into(),
        page,
        at: Point::new(Px(10.0), Px(20.0)),
    };
    Pages {
        pages: vec![
            Page { number: 1, size, items: first, links, ..Page::default() },
            Page { number: 2, size, items: second, links: footer, ..Page::default() },
        ],
        outline: vec![
            bookmark(1, "Titel", 0),
            bookmark(2, "Eén", 0),
            bookmark(2, "Twee", 1),
            bookmark(1, "Slot", 1),
        ],
        anchors: vec![Anchor { name: "titel".into(), page: 0, at: Point::new(Px(10.0), Px(20.0)) }],
        structure: structure(),
        scale: crate::layout::Scale::default(),
        meta: Arc::new(Metadata {
            title: "Een proef — op de som".into(),
            authors: vec!["J. de Vries".into()],
            date: Some("2026-11-21".into()),
            lang: "nl".into(),
            tags: vec!["proef".into()],
            description: Some("Alles op twee bladzijden.".into()),
            ..Metadata::default()
        }),
    }
}

fn written() -> Vec<u8> {
    let fonts = fonts();
    super::write(&pages(&fonts), &fonts, Tagging::Tagged, &|_| None).unwrap().bytes
}

fn follow<'d>(document: &'d Document, object: &'d Object) -> &'d Object {
    document.dereference(object).unwrap().1
}

fn entry<'d>(document: &'d Document, dictionary: &'d Dictionary, key: &[u8]) -> &'d Object {
    follow(document, dictionary.get(key).unwrap())
}

fn contents(document: &Document) -> Vec<String> {
    let pages = document.get_pages();
    pages.values().map(|id| String::from_utf8_lossy(&document.get_page_content(*id)).into_owned()).collect()
}

#[test]
fn the_same_pages_give_the_same_bytes() {
    assert_eq!(written(), written());
}

#[test]
fn text_reads_back_in_order() {
    let document = Document::load_mem(&written()).unwrap();
    assert_eq!(document.get_pages().len(), 2);
    let text = document.extract_text(&[1]).unwrap();
    let words: Vec<&str> = text.split_whitespace().collect();
    assert_eq!(
        words[..5],
        ["Titel", "Een", "koﬁe", "en", "een"].map(|word| if word == "koﬁe" { "kofie" } else { word })
    );
}

#[test]
fn runs_are_one_string_where_nothing_is_moved() {
    let document = Document::load_mem(&written()).unwrap();
    let first = &contents(&document)[0];
    assert_eq!(first.matches("Tj").count() + first.matches("TJ").count(), 6, "{first}");
    // The hyphen that a line break made is read as a soft one; that in a word as itself.
    assert_eq!(first.matches("ActualText").count(), 1);
    assert_eq!(contents(&document)[1].matches("ActualText").count(), 0);
}

#[test]
fn every_mark_is_in_the_parent_tree_and_in_its_element() {
    let document = Document::load_mem(&written()).unwrap();
    let root = entry(&document, document.catalog().unwrap(), b"StructTreeRoot").as_dict().unwrap();
    let tree = entry(&document, root, b"ParentTree").as_dict().unwrap();
    let numbers = entry(&document, tree, b"Nums").as_array().unwrap();
    let keys: BTreeSet<i64> = numbers.iter().step_by(2).map(|key| key.as_i64().unwrap()).collect();
    // Two pages, the group of two elements, two links; the group of one element is marked as a whole.
    assert_eq!(keys, BTreeSet::from([0, 1, 3, 4, 5]));
    for (page, content) in contents(&document).iter().enumerate() {
        let elements = numbers[2 * page + 1].as_array().unwrap();
        assert_eq!(elements.len(), content.matches("MCID").count());
        for (mark, element) in elements.iter().enumerate() {
            let element = follow(&document, element).as_dict().unwrap();
            let children = match element.get(b"K").unwrap() {
                Object::Array(children) => children.clone(),
                one => vec![one.clone()],
            };
            let has = |child: &Object| match child {
                Object::Integer(id) => *id == mark as i64,
                Object::Dictionary(reference) => {
                    reference.get(b"MCID").and_then(Object::as_i64).is_ok_and(|id| id == mark as i64)
                }
                _ => false,
            };
            assert!(children.iter().any(has), "page {page}, mark {mark}: {children:?}");
        }
        assert_eq!(content.matches("BDC").count(), content.matches("EMC").count());
    }
}

#[test]
fn content_and_elements_are_in_reading_order() {
    let document = Document::load_mem(&written()).unwrap();
    let root = entry(&document, document.catalog().unwrap(), b"StructTreeRoot").as_dict().unwrap();
    let whole = entry(&document, root, b"K").as_dict().unwrap();
    let children = whole.get(b"K").unwrap().as_array().unwrap();
    let roles: Vec<&[u8]> = children
        .iter()
        .map(|child| follow(&document, child).as_dict().unwrap().get(b"S").unwrap().as_name().unwrap())
        .collect();
    let expected: [&[u8]; 7] = [b"H1", b"P", b"Figure", b"Table", b"L", b"FENote", b"Link"];
    assert_eq!(roles, expected);
    let paragraph = follow(&document, &children[1]).as_dict().unwrap().get(b"K").unwrap().as_array().unwrap();
    let kinds: Vec<&str> = paragraph
        .iter()
        .map(|child| match child {
            Object::Integer(_) => "content",
            Object::Reference(_) => "element",
            _ => "content elsewhere",
        })
        .collect();
    assert_eq!(kinds, ["content", "element", "content", "content elsewhere"]);
    assert!(root.has(b"RoleMap"));
}

#[test]
fn links_lead_where_they_should() {
    let document = Document::load_mem(&written()).unwrap();
    let annotations: Vec<Vec<&Dictionary>> = document
        .get_pages()
        .values()
        .map(|id| document.get_page_annotations(*id).unwrap_or_default())
        .collect();
    assert_eq!(annotations.iter().map(Vec::len).collect::<Vec<_>>(), [1, 1]);
    let action = annotations[0][0].get(b"A").unwrap().as_dict().unwrap();
    assert_eq!(action.get(b"URI").unwrap().as_str().unwrap(), b"https://example.org/%C3%A9");
    assert_eq!(annotations[0][0].get(b"QuadPoints").unwrap().as_array().unwrap().len(), 16);
    let action = annotations[1][0].get(b"A").unwrap().as_dict().unwrap();
    assert_eq!(action.get(b"D").unwrap().as_str().unwrap(), b"titel");
}

#[test]
fn bookmarks_nest_by_level() {
    let document = Document::load_mem(&written()).unwrap();
    let toc = document.get_toc().unwrap().toc;
    let entries: Vec<(usize, &str, usize)> =
        toc.iter().map(|entry| (entry.level, entry.title.as_str(), entry.page)).collect();
    assert_eq!(entries, [(1, "Titel", 1), (2, "Eén", 1), (2, "Twee", 2), (1, "Slot", 2)]);
}

#[test]
fn pages_are_labelled_as_they_are_numbered() {
    let fonts = fonts();
    let mut pages = pages(&fonts);
    pages.pages = [0, 1, 2, 7, 8, 1]
        .map(|number| Page { number, size: Size::new(Px(400.0), Px(300.0)), ..Page::default() })
        .to_vec();
    let bytes = super::write(&pages, &fonts, Tagging::Tagged, &|_| None).unwrap().bytes;
    let document = Document::load_mem(&bytes).unwrap();
    let labels = entry(&document, document.catalog().unwrap(), b"PageLabels").as_dict().unwrap();
    let ranges = labels.get(b"Nums").unwrap().as_array().unwrap();
    let starts: Vec<(i64, Option<i64>)> = ranges
        .chunks(2)
        .map(|range| {
            let start = range[1].as_dict().unwrap().get(b"St").and_then(Object::as_i64).ok();
            (range[0].as_i64().unwrap(), start)
        })
        .collect();
    assert_eq!(starts, [(0, None), (1, None), (3, Some(7)), (5, None)]);
}

#[test]
fn only_what_pages_use_is_in_the_file() {
    let document = Document::load_mem(&written()).unwrap();
    let kinds = |kind: &[u8]| {
        document
            .objects
            .values()
            .filter(|object| object.as_dict().is_ok_and(|dict| dict.has_type(kind)))
            .count()
    };
    assert_eq!((kinds(b"Page"), kinds(b"Font"), kinds(b"Outlines"), kinds(b"Catalog")), (2, 1, 1, 1));
    let mut reachable = document.clone();
    let unused = reachable.prune_objects();
    assert!(unused.len() <= 2, "{unused:?}");
}

#[test]
fn a_group_of_one_element_is_painted_as_a_whole() {
    let document = Document::load_mem(&written()).unwrap();
    // The gradient's mask, the circle with its line, and the group of two elements.
    let forms = document.objects.values().filter_map(|object| object.as_stream().ok());
    let groups = forms.filter(|form| form.dict.has(b"Group")).count();
    assert_eq!(groups, 3);
    let first = &contents(&document)[0];
    assert_eq!((first.matches(" Do").count(), first.matches("/a500 gs").count()), (1, 2));
}

#[test]
fn what_is_marked_in_a_group_says_where() {
    let document = Document::load_mem(&written()).unwrap();
    let is_marked = |object: &&Object| {
        object
            .as_stream()
            .is_ok_and(|stream| stream.dict.has_type(b"XObject") && stream.dict.has(b"StructParents"))
    };
    let group = document.objects.iter().find(|(_, object)| is_marked(object));
    let (id, group) = group.map(|(id, group)| (*id, group.as_stream().unwrap())).unwrap();
    let content = String::from_utf8_lossy(&group.decompressed_content().unwrap()).into_owned();
    assert_eq!(content.matches("MCID").count(), 2);
    let inside = document.objects.values().filter(|object| {
        let reference = object.as_dict().and_then(|element| element.get(b"K")).and_then(Object::as_dict);
        reference
            .and_then(|reference| reference.get(b"Stm"))
            .and_then(Object::as_reference)
            .is_ok_and(|at| at == id)
    });
    assert_eq!(inside.count(), 2);
}

#[test]
fn no_pages_are_no_panic() {
    assert!(super::write(&Pages::default(), &fonts(), Tagging::Tagged, &|_| None).is_ok());
}
