//! Each rule fires on a file that breaks it, and on no other.

use lopdf::Object;

use super::super::content::{self, Content};
use super::super::document::Document;
use super::super::font::Fonts;
use super::super::tests::{BACKGROUND, element, fonts, pages, run};
use super::super::{Tagging, link, metadata, navigation, structure};
use super::*;
use crate::fonts::FontBook;
use crate::layout::{Item, TagId};

/// What is made of pages before it becomes bytes.
struct Made {
    pages: Pages,
    fonts: FontBook,
}

impl Made {
    fn new(breaks: impl FnOnce(&mut Pages, &FontBook)) -> Self {
        let fonts = fonts();
        let mut pages = pages(&fonts);
        pages.structure.nodes[14].role = "Note";
        breaks(&mut pages, &fonts);
        Self { pages, fonts }
    }

    fn painted(&self, breaks: impl FnOnce(&mut Content)) -> Vec<&'static str> {
        let fonts = Fonts::embed(&self.pages, &self.fonts).unwrap();
        let mut content = content::paint(&self.pages, &fonts, Tagging::Tagged);
        breaks(&mut content);
        broken(&painted(&content, &self.pages, &fonts))
    }

    fn written(&self, breaks: impl FnOnce(&mut Document)) -> Vec<&'static str> {
        let fonts = Fonts::embed(&self.pages, &self.fonts).unwrap();
        let content = content::paint(&self.pages, &fonts, Tagging::Tagged);
        let mut document = Document::assemble(&self.pages, &fonts, content);
        let links = link::annotate(&mut document, &self.pages);
        structure::write(&mut document, &self.pages.structure, links);
        navigation::write(&mut document, &self.pages);
        metadata::write(&mut document, &self.pages.meta);
        breaks(&mut document);
        broken(&written(&document, &self.pages, &|_| None))
    }
}

fn broken(report: &Report) -> Vec<&'static str> {
    let broken = report.checks.iter().filter(|check| !check.findings.is_empty());
    broken.map(|check| check.rule.code).collect()
}

fn whole() -> Made {
    Made::new(|_, _| {})
}

/// Removes an entry of every dictionary of the file that has it.
fn without(document: &mut Document, key: &[u8]) {
    for object in document.objects.objects.values_mut() {
        if let Ok(dictionary) = object.as_dict_mut() {
            dictionary.remove(key);
        }
    }
}

#[test]
fn a_good_file_breaks_no_rule_and_each_is_asked_of_something() {
    let made = whole();
    assert!(made.painted(|_| {}).is_empty());
    assert!(made.written(|_| {}).is_empty());
    let report = super::super::write(&made.pages, &made.fonts, Tagging::Tagged, &|_| None).unwrap().report;
    let asked: Vec<&str> =
        report.checks.iter().filter(|check| check.examined > 0).map(|check| check.rule.code).collect();
    assert_eq!(asked, rules().map(|rule| rule.code).collect::<Vec<_>>());
}

#[test]
fn content_must_be_marked_once() {
    let begin = |content: &Content| content.pages[0].operators[0].clone();
    let unmarked = whole().painted(|content| drop(content.pages[0].operators.remove(0)));
    let twice = whole().painted(|content| {
        let mark = begin(content);
        content.pages[0].operators.insert(0, mark);
    });
    for found in [unmarked, twice] {
        assert_eq!(found, ["content-unmarked"]);
    }
}

#[test]
fn glyphs_must_mean_something() {
    let shown = |written: &'static str, missing: bool| {
        Made::new(move |pages, fonts| {
            let mut text = run(fonts, 120.0, written, element(2));
            if missing {
                text.glyphs[0].id = 0;
            }
            pages.pages[0].items.push(Item::Text(text));
        })
    };
    assert!(shown("x", false).painted(|_| {}).is_empty());
    for made in [shown("x", true), shown("\u{E123}", false)] {
        assert_eq!(made.painted(|_| {}), ["glyph-without-meaning"]);
    }
}

#[test]
fn a_mark_must_have_one_owner() {
    let lost = whole().written(|document| without(document, b"K"));
    let none = whole().written(|document| without(document, b"Nums"));
    for found in [lost, none] {
        assert_eq!(found, ["mark-without-owner"]);
    }
}

#[test]
fn elements_must_nest_and_say_what_they_are() {
    type Break = fn(&mut Pages);
    let cases: [(Break, &str); 6] = [
        (|pages| pages.structure.nodes[11].role = "P", "elements-nest-wrongly"),
        (|pages| pages.structure.nodes[2].children.push(TagId(9)), "elements-nest-wrongly"),
        (|pages| pages.structure.nodes[2].role = "", "element-of-no-type"),
        (|pages| pages.structure.nodes[4].alt = Some(" ".into()), "figure-without-alt"),
        (|pages| pages.structure.nodes[2].lang = Some("nederlands taal".into()), "language-malformed"),
        (|pages| std::sync::Arc::make_mut(&mut pages.meta).lang = "n".into(), "language-malformed"),
    ];
    for (breaks, code) in cases {
        let found = Made::new(|pages, _| breaks(pages)).written(|_| {});
        assert!(found.contains(&code), "{code}: {found:?}");
    }
}

#[test]
fn fonts_links_and_pages_must_be_complete() {
    let cases: [(&[u8], &str); 5] = [
        (b"ToUnicode", "font-not-embedded"),
        (b"FontFile2", "font-not-embedded"),
        (b"Contents", "link-untagged"),
        (b"StructParent", "link-untagged"),
        (b"Tabs", "page-out-of-order"),
    ];
    for (key, code) in cases {
        let found = whole().written(|document| without(document, key));
        assert_eq!(found.first().copied().unwrap_or(""), code, "{found:?}");
    }
}

#[test]
fn the_catalog_must_say_what_the_file_is() {
    for key in [
        b"MarkInfo".as_slice(),
        b"StructTreeRoot",
        b"ViewerPreferences",
        b"Lang",
        b"OutputIntents",
        b"Metadata",
    ] {
        let found = whole().written(|document| drop(document.catalog.remove(key)));
        assert!(found.contains(&"file-says-too-little"), "{found:?}");
    }
    let untitled = whole().written(|document| document.info.set("Title", Object::string_literal("")));
    assert_eq!(untitled, ["file-says-too-little"]);
}

#[test]
fn a_background_says_what_it_covers() {
    let made = whole();
    let fonts = Fonts::embed(&made.pages, &made.fonts).unwrap();
    assert_eq!(made.pages.pages[0].items.first().and_then(tag_of), Some(BACKGROUND));
    let content = content::paint(&made.pages, &fonts, Tagging::Tagged);
    let printpdf::Op::BeginMarkedContentWithProperties { properties, .. } = &content.pages[0].operators[0]
    else {
        panic!("the background is marked");
    };
    let printpdf::DictItem::Dict { map } = properties else { panic!("its properties are there") };
    let sides = [0.0, 0.0, 225.0, 225.0].map(printpdf::DictItem::Real);
    assert_eq!(map.get("BBox"), Some(&printpdf::DictItem::Array(sides.into())));
}

fn tag_of(item: &Item) -> Option<crate::layout::Tag> {
    match item {
        Item::Shape(shape) => Some(shape.tag),
        _ => None,
    }
}
