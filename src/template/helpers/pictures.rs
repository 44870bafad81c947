//! The helper `svg`: a drawing put into the page, so that it takes the colours and fonts of its surroundings.

use std::path::Path;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use roxmltree::{Document, Node, ParsingOptions};
use serde_json::Value;

use super::Call;
use crate::config::value::Source;
use crate::diag::{Diagnostic, Place};
use crate::template::faults::Fault;
use crate::template::layout::BASE;

/// `{{{svg "file.svg" alt="…" class="…"}}}`. A file of the layout goes before one that all layouts share, and
/// that before one beside the article. Without `alt` the drawing is decoration.
pub(super) fn svg(call: &Call<'_, '_, '_>) -> Result<Value, Fault> {
    let name = call.text(0)?;
    let alt = call.option("alt")?.unwrap_or_default();
    let class = call.option("class")?;
    let source = match find(call, &name) {
        Ok(source) => source,
        Err(error) => return call.refuse(&name, error),
    };
    match inline(&source, &alt, class.as_deref()) {
        Ok(html) => Ok(html.into()),
        Err(error) => Err(Fault(error)),
    }
}

fn find(call: &Call<'_, '_, '_>, name: &str) -> Result<Arc<Source>, Diagnostic> {
    let around = call.page.around;
    if let Some(encoded) = name.strip_prefix("data:image/svg+xml;base64,") {
        let text = STANDARD.decode(encoded).ok().and_then(|bytes| String::from_utf8(bytes).ok());
        let text =
            text.ok_or_else(|| Diagnostic::error("svg", "the `data:` URL of the drawing is broken"))?;
        return Ok(Source::new("data:", text));
    }
    let shared = [around.layout.name.as_str(), BASE];
    let shipped = shared.iter().find_map(|folder| around.store.get(&format!("{folder}/{name}")));
    if let Some(source) = shipped {
        return Ok(source.clone());
    }
    let path = around.project.resolve(around.files, &call.page.article.folder, name).map_err(|error| {
        if error.hint.is_some() {
            return error;
        }
        error.hint(
            "a drawing is looked for in the layout's folder, in templates/_base/ and beside the article",
        )
    })?;
    if path.extension() != Some(Path::new("svg").as_os_str()) {
        return Err(Diagnostic::error("svg", format!("`{name}` is not an SVG file")));
    }
    around.project.read_text(around.files, &path)
}

/// The drawing without its prologue, its root told what it is for those who do not see it (WAI-ARIA 1.2, SVG-AAM).
fn inline(source: &Source, alt: &str, class: Option<&str>) -> Result<String, Diagnostic> {
    let text = &*source.text;
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text, options).map_err(|error| {
        let place = Place::at(source.file.clone(), text, error.pos().row, error.pos().col);
        Diagnostic::error("svg", format!("the drawing is not well-formed: {error}")).at(place)
    })?;
    let root = document.root_element();
    check(&document, source)?;
    let mut tag = "<svg".to_owned();
    for namespace in root.namespaces().filter(|namespace| namespace.name() != Some("xml")) {
        let prefix = namespace.name().map(|name| format!(":{name}")).unwrap_or_default();
        tag.push_str(&format!(" xmlns{prefix}=\"{}\"", handlebars::html_escape(namespace.uri())));
    }
    let is_replaced = |name: &str| {
        matches!(name, "role" | "aria-label" | "aria-hidden") || (name == "class" && class.is_some())
    };
    for attribute in root.attributes().filter(|attribute| !is_replaced(attribute.name())) {
        tag.push(' ');
        tag.push_str(&text[attribute.range()]);
    }
    if let Some(class) = class {
        tag.push_str(&format!(" class=\"{}\"", handlebars::html_escape(class)));
    }
    if alt.is_empty() {
        tag.push_str(" aria-hidden=\"true\"");
    } else {
        tag.push_str(&format!(" role=\"img\" aria-label=\"{}\"", handlebars::html_escape(alt)));
    }
    let content = match (root.first_child(), root.last_child()) {
        (Some(first), Some(last)) => &text[first.range().start..last.range().end],
        _ => "",
    };
    Ok(format!("{tag}>{content}</svg>"))
}

/// Refuses what a drawing in a page must not have: another root, entities of its own, scripts.
fn check(document: &Document<'_>, source: &Source) -> Result<(), Diagnostic> {
    let refuse = |node: Node<'_, '_>, what: &str| {
        let position = document.text_pos_at(node.range().start);
        let place = Place::at(source.file.clone(), &source.text, position.row, position.col);
        Err(Diagnostic::error("svg", format!("the drawing {what}")).at(place))
    };
    let root = document.root_element();
    if root.tag_name().name() != "svg" {
        return refuse(root, "is not an SVG");
    }
    if source.text.contains("<!ENTITY") {
        return refuse(root, "defines entities");
    }
    for node in document.descendants().filter(Node::is_element) {
        let handles = node.attributes().any(|attribute| attribute.name().starts_with("on"));
        if handles || node.tag_name().name() == "script" {
            return refuse(node, "has a script in it");
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draw(text: &str, alt: &str) -> Result<String, Diagnostic> {
        inline(&Source::new("a.svg", text), alt, Some("c"))
    }

    #[test]
    fn a_drawing_is_told_what_it_is() {
        let text = "<?xml version=\"1.0\"?>\n<!-- x --><svg xmlns=\"http://www.w3.org/2000/svg\" role='x' \
                    width='3'><g/></svg>";
        let start = "<svg xmlns=\"http://www.w3.org/2000/svg\" width='3' class=\"c\"";
        assert_eq!(
            draw(text, "\"A\"").unwrap(),
            format!("{start} role=\"img\" aria-label=\"&quot;A&quot;\"><g/></svg>")
        );
        assert_eq!(draw(text, "").unwrap(), format!("{start} aria-hidden=\"true\"><g/></svg>"));
    }

    #[test]
    fn drawings_that_would_do_harm_are_refused() {
        for text in [
            "<svg>",
            "<g/>",
            "<svg><script/></svg>",
            "<svg onload='a()'/>",
            "<!DOCTYPE svg [<!ENTITY a 'b'>]><svg/>",
        ] {
            assert_eq!(draw(text, "").unwrap_err().code, "svg", "{text}");
        }
    }
}
