//! The Word documents of the sample, as somebody who edits them finds them: every look is a style.

#[allow(dead_code, reason = "each test file uses its part")]
mod common;

use std::io::Read;
use std::path::Path;

use common::{Project, contents};

/// What a paragraph says of itself that is no look: its style, its place in a list, in a frame, at the end of a section.
const PLACES: [&str; 4] = ["pStyle", "numPr", "framePr", "sectPr"];
/// And a run: its style, its language and the direction in which it is read.
const KINDS: [&str; 3] = ["rStyle", "lang", "rtl"];

/// The direct formatting in these Word documents: properties of paragraphs and runs that no style says. Word's own
/// lines above footnotes have some, as Word writes them.
fn direct(files: &std::collections::BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let mut found = Vec::new();
    for (name, file) in files.iter().filter(|(name, _)| name.ends_with(".docx")) {
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(file)).unwrap();
        for at in 0..archive.len() {
            let mut part = archive.by_index(at).unwrap();
            let is_text = ["word/document", "word/header", "word/footer", "word/footnotes"]
                .iter()
                .any(|text| part.name().starts_with(text));
            if !is_text || !part.name().ends_with(".xml") {
                continue;
            }
            let mut xml = String::new();
            part.read_to_string(&mut xml).unwrap();
            let document = roxmltree::Document::parse(&xml).unwrap();
            for properties in document.descendants() {
                let known: &[&str] = match properties.tag_name().name() {
                    "pPr" => &PLACES,
                    "rPr" => &KINDS,
                    _ => continue,
                };
                let is_separator = |node: roxmltree::Node| {
                    let marked = node.attributes().any(|attribute| attribute.name() == "type");
                    marked && node.tag_name().name() == "footnote"
                };
                // Word says how far it lowers a drop cap beside its style, too.
                let is_initial = properties.ancestors().any(|node| {
                    let frames = node.descendants().filter(|node| node.tag_name().name() == "framePr");
                    node.tag_name().name() == "p"
                        && frames.flat_map(|frame| frame.attributes()).any(|it| it.name() == "dropCap")
                });
                let separates = properties.ancestors().any(is_separator);
                let said = properties.children().map(|child| child.tag_name().name());
                let said: Vec<&str> = said
                    .filter(|name| !(separates || known.contains(name) || is_initial && *name == "position"))
                    .collect();
                if !said.is_empty() {
                    let around = properties.parent().unwrap();
                    let text: String = around.descendants().filter_map(|node| node.text()).take(3).collect();
                    found.push(format!("{name}: {said:?} {text}"));
                }
            }
        }
    }
    found
}

#[test]
fn the_sample_has_no_direct_formatting() {
    let project = Project::new(&[]);
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let input = root.join("input");
    project.handout(&["build", "--format", "docx", "-o", "out", input.to_str().unwrap()]).expect(0);
    let files = contents(&project.path().join("out"));
    assert!(files.keys().filter(|name| name.ends_with(".docx")).count() > 8, "{:?}", files.keys());
    assert_eq!(direct(&files), Vec::<String>::new());
}

#[test]
fn every_layout_says_in_styles_how_everything_looks() {
    let rich = include_str!("layouts/rich.md");
    for layout in ["article", "interview", "services", "steps", "thermometer"] {
        let article = format!("---\nlayout: {layout}\ntitle: Alles\n---\n\n{rich}");
        let project = Project::new(&[("input/alles.md", &article)]);
        project.handout(&["build", "--format", "docx"]).expect(0);
        assert_eq!(direct(&contents(&project.path().join("output"))), Vec::<String>::new(), "{layout}");
    }
}
