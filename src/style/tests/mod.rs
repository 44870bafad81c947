//! Cases in `tests/style`: a document with its stylesheet, and beside it what the styled tree has of it.
//!
//! A case is HTML. Its first comment names the properties to show; its first `style` element is the author's
//! sheet. `HANDOUT_ACCEPT=1` writes what there is now as what is expected.

mod declarations;
pub(crate) mod docs;

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::*;
use crate::files::Memory;
use crate::media::{Library, Picture};
use crate::read::Metadata;

fn article(html: &str, lang: &str) -> Article {
    Article {
        slug: "case".into(),
        meta: Metadata { lang: lang.into(), ..Metadata::default() },
        body: String::new(),
        file: "case.md".into(),
        source: html.into(),
        folder: PathBuf::new(),
    }
}

fn between<'a>(text: &'a str, open: &str, close: &str) -> &'a str {
    text.split_once(open).and_then(|(_, rest)| rest.split_once(close)).map_or("", |(inside, _)| inside)
}

/// The one picture that there is.
const SQUARE: &str = "<svg xmlns='http://www.w3.org/2000/svg' width='4' height='4'/>";

/// What a case comes to, as text.
fn outcome(case: &str) -> String {
    let css = between(case, "<style>", "</style>");
    let (sheet, mut problems) = Stylesheet::parse(css, "case.css");
    let files = Memory::default().with("/case/there.svg", SQUARE);
    let library = Library::new(&files, Path::new("/case"));
    let (tree, more) = style(case, &[Arc::new(sheet)], &library, &article(case, "nl")).unwrap();
    problems.extend(more);
    let shown: Vec<&str> = between(case, "<!-- show:", "-->").split_ascii_whitespace().collect();
    let mut out = String::new();
    node(&tree, tree.root, &shown, 0, &mut out);
    for (selectors, style) in &tree.pages.styles {
        let edges = style.margin.map(|length| length.0.round());
        let _ = writeln!(out, "page {selectors:?}: {:?} margin {edges:?}", style.size);
        for (margin_box, style, items) in &style.boxes {
            let _ = writeln!(out, "  @{} {items:?} {:?}", margin_box.keyword(), style.font.size);
        }
    }
    for problem in problems {
        let place = problem.place.clone().unwrap();
        let at = format!("{}:{}:{}", place.file, place.line.unwrap_or(0), place.column.unwrap_or(0));
        let _ = write!(out, "{at} {:?} {}: {}", problem.severity, problem.code, problem.message);
        let _ = writeln!(out, "{}", problem.hint.map(|hint| format!(" ({hint})")).unwrap_or_default());
    }
    out
}

fn node(tree: &StyledTree, id: NodeId, shown: &[&str], depth: usize, out: &mut String) {
    let node = tree.node(id);
    let indent = "  ".repeat(depth);
    match &node.content {
        Content::Text(text) if text.trim().is_empty() => return,
        Content::Text(text) => out.push_str(&format!("{indent}{:?}\n", text.trim())),
        Content::Generated(item) => out.push_str(&format!("{indent}{item:?}\n")),
        Content::Element(element) => {
            let pseudo = element.pseudo.map(|pseudo| format!("::{pseudo:?}")).unwrap_or_default();
            let _ = write!(out, "{indent}{}{pseudo}", element.tag);
            let id = element.id.iter().map(|id| format!("#{id}"));
            let classes = element.classes.iter().map(|class| format!(".{class}"));
            let line = node.line.iter().map(|line| format!(" line {line}"));
            out.extend(id.chain(classes).chain(line));
            for name in shown {
                let Some(properties::Property::Long(longhand)) = properties::property(name) else {
                    panic!("`{name}` is no longhand");
                };
                let value = (longhand.show)(&node.style);
                if value != (longhand.show)(&ComputedStyle::default()) {
                    let _ = write!(out, " {name}={}", short(&value));
                }
            }
            out.push('\n');
            if let Some(picture) = &element.picture
                && let Picture::Vector(vector) = &**picture
            {
                let _ = writeln!(out, "{indent}  {}", vector.source);
            }
        }
    }
    node.children.iter().for_each(|child| super::tests::node(tree, *child, shown, depth + 1, out));
}

/// The debugging text of a value in the words of CSS.
fn short(value: &str) -> String {
    let mut text = value.to_owned();
    while let Some(start) = text.find("LengthPercentage { px: Px(") {
        let end = start + text[start..].find('}').unwrap() + 1;
        let px: f32 = between(&text[start..end], "Px(", ")").parse().unwrap();
        let percent: f32 = between(&text[start..end], "percent: ", " }").parse().unwrap();
        let words = match (px, percent) {
            (px, 0.0) => format!("{}px", (px * 100.0).round() / 100.0),
            (0.0, percent) => format!("{}%", percent * 100.0),
            (px, percent) => format!("{px}px+{}%", percent * 100.0),
        };
        text.replace_range(start..end, &words);
    }
    while let Some(start) = text.find("Color { red") {
        let end = start + text[start..].find('}').unwrap() + 1;
        let part = |name: &str| {
            let value =
                between(&text[start..end], &format!("{name}: "), if name == "alpha" { " }" } else { "," });
            value.parse().unwrap()
        };
        let color = computed::Color {
            red: part("red"),
            green: part("green"),
            blue: part("blue"),
            alpha: part("alpha"),
        };
        text.replace_range(start..end, &properties::svg::css_color(color));
    }
    match text.split_once("Picture(Vector(") {
        Some((before, _)) => format!("{before}Picture(…)"),
        None => text,
    }
}

/// Compares with what was accepted, or accepts.
fn compare(actual: &str, accepted: &Path) -> Result<(), String> {
    if std::env::var_os("HANDOUT_ACCEPT").is_some() {
        std::fs::write(accepted, actual).unwrap();
    }
    if std::fs::read_to_string(accepted).ok().as_deref() == Some(actual) {
        return Ok(());
    }
    Err(format!("{} (HANDOUT_ACCEPT=1 accepts):\n{actual}", accepted.display()))
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/style")
}

#[test]
fn cases_come_out_as_accepted() {
    let mut cases: Vec<PathBuf> = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "html"))
        .collect();
    cases.sort();
    let check = |case: &PathBuf| {
        let actual = outcome(&std::fs::read_to_string(case).unwrap());
        compare(&actual, &case.with_extension("txt")).err()
    };
    let wrong: Vec<String> = cases.iter().filter_map(check).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_user_agents_sheet_has_nothing_wrong() {
    assert_eq!(Stylesheet::parse(include_str!("../ua.css"), "ua.css").1, []);
}

#[test]
fn the_same_document_has_the_same_tree() {
    let case = "<ul><li class=a>x<li>y</ul><p style='--x: 1px; margin: var(--x)'>z";
    assert_eq!(outcome(case), outcome(case));
}

#[test]
fn deep_and_broken_html_has_a_tree() {
    let deep = "<div>".repeat(2_000) + "x";
    assert!(outcome(&deep).contains("\"x\""));
    for html in ["", "text", "<", "<table><td><p></table>", "<svg><g></svg>", "<html hidden>x", "<!-- x"] {
        outcome(html);
    }
}
