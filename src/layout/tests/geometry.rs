//! Where boxes and lines stand, compared with a browser: documents in `tests/geometry/*/*.html` with what Chromium
//! says of them beside them. `cargo xtask geometry` asks it again; `GEOMETRY=float/` in the environment compares only
//! what has that in its path.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::super::boxes::{self, Kind};
use super::super::context::Context;
use super::super::fragment::{Fragment, FragmentContent, PlacedLine};
use super::super::inline::{FragmentContent as OnLine, Paragraph, Typesetter};
use super::super::{Text, page};
use super::{documents, fonts, styled};
use crate::diag::Diagnostic;
use crate::geom::{Point, Rect};
use crate::style::computed::Display;
use crate::style::{Content, NodeId, StyledTree};
use crate::units::Px;

/// How far a rectangle may be from the browser's.
const CLOSE: f32 = 0.5;

#[test]
fn boxes_stand_where_a_browser_puts_them() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/geometry");
    let slim = std::fs::read_to_string(folder.join("slim.css")).expect("slim.css is there");
    let only = std::env::var("GEOMETRY").unwrap_or_default();
    let mut wrong = Vec::new();
    let mut count = 0;
    for path in fixtures(&folder) {
        let name = path.strip_prefix(&folder).unwrap_or(&path).display().to_string();
        if !name.contains(&only) {
            continue;
        }
        count += 1;
        let html = std::fs::read_to_string(&path).expect("the fixture can be read");
        let expected = std::fs::read_to_string(path.with_extension("txt")).unwrap_or_default();
        let differences = match ours(&html, &slim) {
            Ok(ours) => compare(&expected, &ours),
            Err(problems) => format!("it has what we do not support: {problems:?}\n"),
        };
        if !differences.is_empty() {
            wrong.push(format!("{name}:\n{differences}"));
        }
    }
    assert!(count > 0);
    let failed = wrong.len();
    assert!(wrong.is_empty(), "{failed} of {count} fixtures differ (theirs → ours):\n{}", wrong.concat());
}

/// The fixtures of all areas, sorted.
fn fixtures(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("the folder of fixtures is there");
    let areas = entries.filter_map(|entry| entry.ok().map(|entry| entry.path()));
    let mut found: Vec<PathBuf> =
        areas.filter(|area| area.is_dir()).flat_map(|area| documents(&area)).collect();
    found.sort();
    found
}

/// Lays out a fixture and describes it as `xtask/src/geometry/measure.js` does.
fn ours(html: &str, slim: &str) -> Result<String, Vec<Diagnostic>> {
    let (tree, problems) = styled(html, slim);
    if !problems.is_empty() {
        return Err(problems);
    }
    let fonts = fonts();
    let boxes = boxes::build(&tree);
    let typesetter = Typesetter::new(&tree, &fonts);
    let mut cx = Context::new(&tree, &boxes, &typesetter);
    let pages = page::paginate(&mut cx);
    let mut places = Places { cx: &cx, found: BTreeMap::new() };
    let mut sheet = Point::default();
    for page in &pages {
        for fragment in page.root.iter().chain(&page.positioned) {
            places.fragment(fragment, sheet);
        }
        sheet.y += page.style.size.height;
    }
    let found = places.found;
    let body = tree.nodes.iter().position(|node| tag(&node.content) == Some("body"));
    let mut out = String::new();
    write(&tree, &found, NodeId(body.expect("there is a body") as u32), 0, &mut out);
    Ok(out)
}

fn tag(content: &Content) -> Option<&str> {
    match content {
        Content::Element(element) if element.pseudo.is_none() => Some(&element.tag),
        _ => None,
    }
}

/// Where nodes are: an element's border boxes, a text node's lines with their text.
struct Places<'p, 'a> {
    cx: &'p Context<'a>,
    found: BTreeMap<NodeId, Vec<(Rect, String)>>,
}

impl Places<'_, '_> {
    fn fragment(&mut self, fragment: &Fragment, origin: Point) {
        let at = origin + fragment.rect.origin;
        let layout_box = self.cx.layout_box(fragment.of);
        let is_box = self.cx.boxes.of_node(layout_box.node) == Some(fragment.of)
            && !matches!(layout_box.kind, Kind::Lines(_))
            && !matches!(fragment.content, FragmentContent::Rule(_));
        if is_box && !is_row_or_column(layout_box.style.display) {
            self.put(layout_box.node, fragment.rect.shifted(origin), String::new());
        }
        match &fragment.content {
            FragmentContent::Boxes(children) => {
                children.iter().for_each(|child| self.fragment(child, at));
            }
            FragmentContent::Lines(paragraph, lines) => {
                lines.iter().for_each(|line| self.line(paragraph, line, at));
            }
            FragmentContent::Picture(_) | FragmentContent::Rule(_) => {}
        }
        fragment.overlay.iter().for_each(|child| self.fragment(child, at));
    }

    fn line(&mut self, paragraph: &Paragraph, placed: &PlacedLine, origin: Point) {
        let at = origin + placed.at;
        let mut texts: Vec<(NodeId, Rect, String)> = Vec::new();
        for part in &paragraph.lines[placed.index].fragments {
            let Some(node) = part.node else { continue };
            match &part.content {
                OnLine::Box(part) => self.put(node, part.rect.shifted(at), String::new()),
                OnLine::Text(text) => {
                    let ink = ink(self.cx, text).map(|ink| ink.shifted(at));
                    match (texts.last_mut(), ink) {
                        (Some((last, rect, words)), ink) if *last == node => {
                            words.push_str(&text.text);
                            *rect = ink.map_or(*rect, |ink| union(*rect, ink));
                        }
                        (_, Some(ink)) => texts.push((node, ink, text.text.to_string())),
                        (_, None) => {}
                    }
                }
                OnLine::Atom(_) | OnLine::Decoration(_) => {}
            }
        }
        for (node, rect, words) in texts {
            let words: Vec<&str> = words.split_ascii_whitespace().collect();
            self.put(node, rect, words.join(" "));
        }
        placed.boxes.iter().for_each(|child| self.fragment(child, origin));
    }

    fn put(&mut self, node: NodeId, rect: Rect, text: String) {
        self.found.entry(node).or_default().push((rect, text));
    }
}

fn is_row_or_column(display: Display) -> bool {
    matches!(
        display,
        Display::TableRow
            | Display::TableRowGroup
            | Display::TableHeaderGroup
            | Display::TableFooterGroup
            | Display::TableColumn
            | Display::TableColumnGroup
    )
}

fn union(one: Rect, other: Rect) -> Rect {
    let (left, top) = (one.left().min(other.left()), one.top().min(other.top()));
    let (right, bottom) = (one.right().max(other.right()), one.bottom().max(other.bottom()));
    Rect::new(left, top, right - left, bottom - top)
}

/// From the first to the last glyph that is no white space, as high as the font.
fn ink(cx: &Context, text: &Text) -> Option<Rect> {
    let metrics = cx.typesetter.fonts.face(text.font).metrics.at(text.size);
    let mut x = text.origin.x;
    let mut found: Option<(Px, Px)> = None;
    for glyph in &text.glyphs {
        let words = &text.text[glyph.range.0 as usize..glyph.range.1 as usize];
        if !words.trim_ascii().is_empty() && glyph.advance > Px::ZERO {
            let (left, right) = found.unwrap_or((x, x));
            found = Some((left.min(x), right.max(x + glyph.advance)));
        }
        x += glyph.advance;
    }
    let (left, right) = found?;
    Some(Rect::new(left, text.origin.y - metrics.ascent, right - left, metrics.ascent + metrics.descent))
}

fn write(
    tree: &StyledTree,
    found: &BTreeMap<NodeId, Vec<(Rect, String)>>,
    id: NodeId,
    depth: usize,
    out: &mut String,
) {
    let node = tree.node(id);
    let indent = "  ".repeat(depth);
    let places = found.get(&id).map_or(&[][..], Vec::as_slice);
    let Some(tag) = tag(&node.content) else {
        if let Content::Text(_) = node.content {
            for (rect, text) in places {
                let _ = writeln!(out, "{indent}\"{text}\" {}", rectangle(*rect));
            }
        }
        return;
    };
    let is_inline = node.style.display == Display::Inline && tag != "svg" && tag != "img";
    let rects: Vec<String> = places
        .iter()
        .filter(|(rect, _)| !is_inline || rect.size.width > Px::ZERO)
        .map(|(rect, _)| rectangle(*rect))
        .collect();
    if !rects.is_empty() {
        let id = tree.element(id).and_then(|element| element.id.as_ref());
        let name = id.map_or(tag.to_owned(), |id| format!("{tag}#{id}"));
        let _ = writeln!(out, "{indent}{name} {}", rects.join(" | "));
    }
    if tag != "svg" {
        let depth = depth + usize::from(!rects.is_empty());
        node.children.iter().for_each(|child| write(tree, found, *child, depth, out));
    }
}

fn rectangle(rect: Rect) -> String {
    let number = |length: Px| {
        let hundredths = (length.0 * 100.0).round() / 100.0;
        format!("{}", if hundredths == 0.0 { 0.0 } else { hundredths })
    };
    let parts = [rect.left(), rect.top(), rect.size.width, rect.size.height].map(number);
    parts.join(" ")
}

/// The name at the start of a line and the numbers after it.
fn parts(line: &str) -> (&str, Vec<f32>) {
    let name = line.rfind('"').map_or(0, |quote| quote + 1);
    let name = name.max(line.len() - line.trim_start().len());
    let end = line[name..].find(' ').map_or(line.len(), |space| name + space);
    let numbers = line[end..].split([' ', '|']).filter_map(|number| number.parse().ok());
    (&line[..end], numbers.collect())
}

/// The lines that differ, each as the browser has it and as we have it.
fn compare(theirs: &str, ours: &str) -> String {
    let mut differences = String::new();
    let names = |text: &str| text.lines().map(|line| parts(line).0.to_owned()).collect::<Vec<_>>();
    if names(theirs) != names(ours) {
        let _ = writeln!(differences, "other boxes or lines; theirs:\n{theirs}ours:\n{ours}");
        return differences;
    }
    for (their, our) in theirs.lines().zip(ours.lines()) {
        let ((name, them), (_, us)) = (parts(their), parts(our));
        let is_close = them.len() == us.len() && them.iter().zip(&us).all(|(a, b)| (a - b).abs() <= CLOSE);
        if !is_close {
            let us = &our[name.len()..];
            let _ = writeln!(differences, "{their}   →{us}");
        }
    }
    differences
}
