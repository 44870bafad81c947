//! docs/css.md says what is supported; here it is held to that.

use super::*;
use crate::style::properties::Property;

/// The rows of the tables below a heading: the first two cells, without their code marks.
pub(crate) fn rows(docs: &str, of: impl Fn(&str) -> bool) -> Vec<(String, String)> {
    let mut heading = "";
    let mut rows = Vec::new();
    for line in docs.lines() {
        if let Some(title) = line.strip_prefix("## ") {
            heading = title;
        }
        let mut cells = line.split(" | ").map(|cell| cell.trim_matches(['|', ' ', '`']).replace("\\|", "|"));
        if line.starts_with("| `")
            && of(heading)
            && let (Some(name), Some(example)) = (cells.next(), cells.next())
        {
            rows.push((name, example));
        }
    }
    rows
}

#[test]
fn the_documentation_of_css_is_true() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/css.md");
    let docs = std::fs::read_to_string(path).unwrap();
    let problems = |css: &str| Stylesheet::parse(css, "docs.css").1;
    let supported = rows(&docs, |heading| heading.starts_with("Properties"));
    for (name, example) in &supported {
        let css = if ["size", "bleed", "marks"].contains(&&**name) {
            format!("@page {{ {example} }}")
        } else {
            format!("p {{ {example} }}")
        };
        assert_eq!(problems(&css), [], "{example}");
        assert!(example.starts_with(&**name), "`{example}` is no example of `{name}`");
    }
    let undocumented: Vec<&str> = properties::all()
        .map(Property::name)
        .filter(|name| !supported.iter().any(|(documented, _)| documented == name))
        .collect();
    assert!(undocumented.is_empty(), "docs/css.md does not list {undocumented:?}");
    for (_, example) in
        rows(&docs, |heading| heading.starts_with("At-rules") || heading.starts_with("Selectors"))
    {
        assert_eq!(problems(&example), [], "{example}");
    }
    for (name, example) in rows(&docs, |heading| heading.starts_with("Not supported")) {
        assert!(!problems(&example).is_empty(), "{name}: {example} is supported");
    }
}
