//! Layout as a whole: trees of boxes on pages.

mod css_rows;
mod fixtures;
mod geometry;
mod properties;
mod structure;
mod tree;
pub(super) mod work;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{Item, Pages, Setting, layout};
use crate::diag::Diagnostic;
use crate::fonts::FontBook;
use crate::geom::{Point, Transform};
use crate::media::{Picture, Pictures};
use crate::read::{Article, Metadata};
use crate::style::computed::{Break, Display, Float, LengthPercentage, Position, Sizing};
use crate::style::{StyledTree, Stylesheet, style};
use crate::units::Px;
pub(super) use tree::Builder;

/// The test font: every letter is as wide as it is high.
pub(crate) fn fonts() -> FontBook {
    let mut fonts = FontBook::default();
    for file in ["HandoutTest-Regular.ttf", "HandoutTest-Bold.ttf", "HandoutTest-Italic.ttf"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fonts").join(file);
        let data = std::fs::read(path).expect("the test font is there");
        fonts.add(file, fontique::Blob::from(data)).expect("the test font is a font");
    }
    fonts
}

/// Compares what `show` makes of every document in a folder of the project with the text beside it. With
/// `HANDOUT_ACCEPT=1` that text is what comes now.
pub(crate) fn as_accepted(folder: &str, show: impl Fn(&str) -> String) {
    let accept = std::env::var_os("HANDOUT_ACCEPT").is_some();
    let documents = documents(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder));
    assert!(!documents.is_empty());
    let mut wrong = Vec::new();
    for path in documents {
        let found = show(&std::fs::read_to_string(&path).expect("the document can be read"));
        let beside = path.with_extension("txt");
        if accept {
            std::fs::write(&beside, &found).expect("the text can be written");
        } else if std::fs::read_to_string(&beside).unwrap_or_default() != found {
            wrong.push(format!("{}:\n{found}", path.file_name().unwrap_or_default().display()));
        }
    }
    assert!(wrong.is_empty(), "not as accepted (HANDOUT_ACCEPT=1 accepts):\n{}", wrong.join("\n"));
}

/// The HTML files in a folder, sorted.
fn documents(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("the folder of documents is there");
    let mut documents: Vec<PathBuf> = entries
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "html"))
        .collect();
    documents.sort();
    documents
}

/// A folder without pictures: inline SVG is all that there is.
struct NoPictures;

impl Pictures for NoPictures {
    fn picture(&self, src: &str) -> Result<Arc<Picture>, Diagnostic> {
        Err(Diagnostic::error("missing-picture", format!("there is no `{src}`")))
    }
}

/// A document with the stylesheet `slim` and that of its own `style` element.
fn styled(html: &str, slim: &str) -> (StyledTree, Vec<Diagnostic>) {
    styled_with(html, slim, &NoPictures)
}

/// The same with pictures.
pub(crate) fn styled_with(html: &str, slim: &str, pictures: &dyn Pictures) -> (StyledTree, Vec<Diagnostic>) {
    let css = html
        .split_once("<style>")
        .and_then(|(_, rest)| rest.split_once("</style>"))
        .map_or("", |(css, _)| css);
    let mut problems = Vec::new();
    let sheets = [("slim.css", slim), ("test.css", css)].map(|(file, css)| {
        let (sheet, found) = Stylesheet::parse(css, file);
        problems.extend(found);
        Arc::new(sheet)
    });
    let meta = Metadata { title: "Test".to_owned(), lang: "nl".to_owned(), ..Metadata::default() };
    let article = Article {
        slug: "test".to_owned(),
        meta,
        body: String::new(),
        file: Arc::from("test.html"),
        source: Arc::from(html),
        folder: PathBuf::new(),
    };
    let (tree, found) = style(html, &sheets, pictures, &article).expect("HTML always has a tree");
    problems.extend(found);
    (tree, problems)
}

fn pages(builder: Builder) -> Pages {
    let tree = builder.finish();
    let (pages, _) = layout(&tree, &fonts(), &Setting::default()).expect("no page limit");
    pages
}

/// The text on each page, in paint order, with the place of each run.
pub(super) fn texts(pages: &Pages) -> Vec<Vec<(String, Point)>> {
    let of_page = |page: &super::Page| {
        let mut found = Vec::new();
        collect(&page.items, &Transform::IDENTITY, &mut found);
        found
    };
    pages.pages.iter().map(of_page).collect()
}

fn collect(items: &[Item], map: &Transform, found: &mut Vec<(String, Point)>) {
    for item in items {
        match item {
            Item::Text(text) => found.push((text.text.to_string(), map.apply(text.origin))),
            Item::Group(group) => collect(&group.items, &group.transform.then(map), found),
            _ => {}
        }
    }
}

fn words(pages: &Pages) -> Vec<String> {
    texts(pages).iter().map(|page| page.iter().map(|(text, _)| text.as_str()).collect()).collect()
}

#[test]
fn paragraphs_stand_below_each_other() {
    let mut builder = Builder::new(200.0, 200.0);
    for text in ["aa", "bb"] {
        builder.open("p", |style| {
            style.boxes.margin.top = Builder::margin(10.0);
            style.boxes.margin.bottom = Builder::margin(15.0);
        });
        builder.text(text);
        builder.close();
    }
    let found = texts(&pages(builder));
    let tops: Vec<f32> = found[0].iter().map(|(_, at)| at.y.0).collect();
    assert_eq!(tops, [18.0, 43.0]);
}

#[test]
fn what_does_not_fit_goes_to_the_next_page() {
    let mut builder = Builder::new(100.0, 45.0);
    for text in ["aa", "bb", "cc", "dd", "ee"] {
        builder.open("p", |_| {});
        builder.text(text);
        builder.close();
    }
    assert_eq!(words(&pages(builder)), ["aabbccdd", "ee"]);
}

#[test]
fn a_heading_goes_with_what_follows() {
    let mut builder = Builder::new(100.0, 45.0);
    for (text, after) in [("aa", Break::Auto), ("bb", Break::Auto), ("cc", Break::Auto), ("dd", Break::Avoid)]
    {
        builder.open("p", |style| style.fragmentation.after = after);
        builder.text(text);
        builder.close();
    }
    builder.open("p", |_| {});
    builder.text("ee");
    builder.close();
    assert_eq!(words(&pages(builder)), ["aabbcc", "ddee"]);
}

#[test]
fn text_flows_beside_a_float() {
    let mut builder = Builder::new(100.0, 100.0);
    builder.open("div", |style| {
        style.display = Display::Block;
        style.position.float = Float::Right;
        style.boxes.width = Sizing::Length(LengthPercentage::px(Px(60.0)));
        style.boxes.height = Sizing::Length(LengthPercentage::px(Px(15.0)));
    });
    builder.close();
    builder.open("p", |_| {});
    builder.text("aaa bbb ccc ddd");
    builder.close();
    let found = texts(&pages(builder));
    let lines: Vec<&str> = found[0].iter().map(|(text, _)| text.trim_end()).collect();
    assert_eq!(lines, ["aaa", "bbb", "ccc ddd"]);
}

#[test]
fn flex_items_share_a_row() {
    let mut builder = Builder::new(100.0, 100.0);
    builder.open("div", |style| style.display = Display::Flex);
    for text in ["aa", "bb"] {
        builder.open("p", |style| {
            style.flex.grow = 1.0;
            style.flex.basis = Sizing::Length(LengthPercentage::ZERO);
        });
        builder.text(text);
        builder.close();
    }
    builder.close();
    let found = texts(&pages(builder));
    let places: Vec<(f32, f32)> = found[0].iter().map(|(_, at)| (at.x.0, at.y.0)).collect();
    assert_eq!(places, [(0.0, 8.0), (50.0, 8.0)]);
}

#[test]
fn table_rows_break_between_pages_and_repeat_their_head() {
    let mut builder = Builder::new(100.0, 60.0);
    builder.open("table", |style| style.display = Display::Table);
    for (group, display, rows) in [
        ("thead", Display::TableHeaderGroup, &["hh"][..]),
        ("tbody", Display::TableRowGroup, &["aa", "bb", "cc", "dd", "ee", "ff", "gg"][..]),
    ] {
        builder.open(group, |style| style.display = display);
        for row in rows {
            builder.open("tr", |style| style.display = Display::TableRow);
            builder.open("td", |style| style.display = Display::TableCell);
            builder.text(row);
            builder.close();
            builder.close();
        }
        builder.close();
    }
    builder.close();
    assert_eq!(words(&pages(builder)), ["hhaabbccddee", "hhffgg"]);
}

#[test]
fn positioned_boxes_are_painted_in_the_order_of_the_document() {
    let mut builder = Builder::new(200.0, 200.0);
    builder.open("div", |style| style.position.scheme = Position::Relative);
    for (text, scheme) in [("a", Position::Absolute), ("b", Position::Relative), ("c", Position::Absolute)] {
        builder.open("p", |style| style.position.scheme = scheme);
        builder.text(text);
        builder.close();
    }
    builder.close();
    assert_eq!(words(&pages(builder)), ["abc"]);
}

#[test]
fn columns_are_balanced() {
    let mut builder = Builder::new(100.0, 200.0);
    builder.open("div", |style| {
        style.fragmentation.column_count = Some(2);
        style.flex.column_gap = Some(LengthPercentage::ZERO);
    });
    for text in ["aa", "bb", "cc", "dd"] {
        builder.open("p", |_| {});
        builder.text(text);
        builder.close();
    }
    builder.close();
    let found = texts(&pages(builder));
    let places: Vec<(f32, f32)> = found[0].iter().map(|(_, at)| (at.x.0, at.y.0)).collect();
    assert_eq!(places, [(0.0, 8.0), (0.0, 18.0), (50.0, 8.0), (50.0, 18.0)]);
}
