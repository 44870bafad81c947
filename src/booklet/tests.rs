use super::*;
use crate::fonts::FontId;
use crate::geom::{Rect, Size};
use crate::layout::{Link, LinkTarget, Numbering, Text};
use crate::style::computed::Color;
use crate::units::Px;

/// A document of pages with one paragraph each, a heading, an anchor and links.
fn document(title: &str, count: usize, links: &[LinkTarget]) -> Pages {
    let text = |tag| {
        Item::Text(Text {
            origin: Point::default(),
            font: FontId(0),
            size: Px(10.0),
            stretch: 1.0,
            color: Color::BLACK,
            glyphs: Vec::new(),
            text: title.into(),
            tag: Tag::Element(TagId(tag)),
        })
    };
    let link = |target: &LinkTarget| Link {
        areas: vec![Rect::default()],
        target: target.clone(),
        tag: Tag::Element(TagId(1)),
        text: String::new(),
    };
    let page = |_| Page {
        number: 1,
        size: Size::new(Px(100.0), Px(200.0)),
        items: vec![text(1)],
        links: links.iter().map(link).collect(),
        outside: crate::layout::Outside::default(),
    };
    let node = |role, children: &[u32]| StructureNode {
        role,
        children: children.iter().copied().map(TagId).collect(),
        ..StructureNode::default()
    };
    let bookmark = |level, title: &str| Outline { level, title: title.into(), page: 0, at: Point::default() };
    Pages {
        pages: (0..count).map(page).collect(),
        outline: vec![bookmark(1, title), bookmark(2, "Deel")],
        anchors: vec![Anchor { name: "deel".into(), page: count - 1, at: Point::default() }],
        structure: Structure {
            nodes: vec![node("Document", &[1]), StructureNode { headers: vec![TagId(0)], ..node("P", &[]) }],
        },
        meta: Arc::new(Metadata { title: title.into(), lang: "nl".into(), ..Metadata::default() }),
        ..Pages::default()
    }
}

fn url(url: &str) -> LinkTarget {
    LinkTarget::Url(url.into())
}

fn anchor(name: &str) -> LinkTarget {
    LinkTarget::Anchor(name.into())
}

fn bound(start: Start) -> (Pages, Plan) {
    let links = [
        anchor("deel"),
        url("b.pdf#deel"),
        url("../x/b-bron.md"),
        url("https://h.nl/b.pdf"),
        url("https://x.nl/b.pdf"),
        LinkTarget::Handout("b".into(), Some("deel".into())),
        LinkTarget::Handout("c".into(), None),
    ];
    let parts = [("a", 1, &links[..]), ("b", 2, &[])].map(|(slug, count, links)| Part {
        slug: slug.into(),
        stem: format!("{slug}-bron"),
        pages: document(slug, count, links),
    });
    let plan = Plan::new(3, [1, 2], start);
    let meta = Arc::new(Metadata { title: "Boek".into(), lang: "nl".into(), ..Metadata::default() });
    let front = document("Boek", 3, &[url("a.pdf"), anchor("deel")]);
    (bind(meta, front, parts.to_vec(), &plan, Some("https://h.nl")), plan)
}

#[test]
fn pages_run_on_and_right_hand_ones_take_blank_ones() {
    let (pages, plan) = bound(Start::Page);
    assert_eq!((pages.pages.len(), plan.index(0), plan.index(1)), (6, 3, 4));
    assert_eq!(plan.numbering(1), Numbering { first: 5, total: Some(6) });
    let (pages, plan) = bound(Start::Right);
    assert_eq!((pages.pages.len(), plan.index(0), plan.index(1)), (8, 4, 6));
    let blank: Vec<usize> = (0..8).filter(|&page| pages.pages[page].items.is_empty()).collect();
    assert_eq!(blank, [3, 5]);
}

#[test]
fn every_document_is_a_part_with_its_own_anchors() {
    let (pages, _) = bound(Start::Page);
    let roles: Vec<&str> = pages.structure.nodes.iter().map(|node| node.role).collect();
    assert_eq!(roles, ["Document", "Part", "P", "Part", "P", "Part", "P"]);
    assert_eq!(pages.structure.nodes[0].children, [TagId(1), TagId(3), TagId(5)]);
    assert_eq!(pages.structure.nodes[5].children, [TagId(6)]);
    assert_eq!(pages.structure.nodes[6].headers, [TagId(5)]);
    assert!(pages.structure.nodes[5].title.is_some());
    let Item::Text(text) = &pages.pages[5].items[0] else { panic!("text") };
    assert_eq!(text.tag, Tag::Element(TagId(6)));
    let anchors: Vec<(&str, usize)> =
        pages.anchors.iter().map(|anchor| (&*anchor.name, anchor.page)).collect();
    assert_eq!(anchors, [("deel", 2), ("/a", 3), ("a/deel", 3), ("/b", 4), ("b/deel", 5)]);
}

#[test]
fn links_to_bound_documents_stay_inside() {
    let (pages, _) = bound(Start::Page);
    let targets = |page: usize| -> Vec<LinkTarget> {
        pages.pages[page].links.iter().map(|link| link.target.clone()).collect()
    };
    assert_eq!(targets(0), [anchor("/a"), anchor("deel")]);
    assert_eq!(
        targets(3),
        [
            anchor("a/deel"),
            anchor("b/deel"),
            anchor("/b"),
            anchor("/b"),
            url("https://x.nl/b.pdf"),
            anchor("b/deel"),
            LinkTarget::Handout("c".into(), None),
        ]
    );
}

#[test]
fn bookmarks_hang_under_their_document() {
    let (pages, _) = bound(Start::Page);
    let found: Vec<(u8, &str, usize)> =
        pages.outline.iter().map(|bookmark| (bookmark.level, &*bookmark.title, bookmark.page)).collect();
    let expected = [(1, "Boek", 0), (1, "Deel", 0), (1, "a", 3), (2, "Deel", 3), (1, "b", 4), (2, "Deel", 4)];
    assert_eq!(found, expected);
}
