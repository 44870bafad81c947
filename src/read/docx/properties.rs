//! What a file says of itself: core and custom properties (ISO/IEC 29500-2, 11; -1, 22.3) as metadata.

use roxmltree::Node;
use serde_json::{Map, Value};

use super::element::{attribute, name};
use super::look::language;

/// Keys of metadata that are lists; a property holds them with commas or semicolons between.
const LISTS: [&str; 3] = ["tags", "authors", "omit"];

/// Keys that are known whichever way they are written.
const KNOWN: [&str; 17] = [
    "title",
    "subtitle",
    "authors",
    "author",
    "date",
    "lang",
    "layout",
    "slug",
    "tags",
    "description",
    "draft",
    "pages",
    "toc",
    "links",
    "notes",
    "omit",
    "url",
];

/// The core properties: what Word fills in by itself, so that anything that a person wrote elsewhere goes before it.
pub(super) fn core(root: Node) -> Map<String, Value> {
    let mut meta = Map::new();
    for node in root.children().filter(Node::is_element) {
        let text = node.text().unwrap_or_default().trim();
        if text.is_empty() {
            continue;
        }
        match name(node) {
            "title" => drop(meta.insert("title".to_owned(), text.into())),
            // What others say of it in a sentence, Word's dialogue calls its subject or its comments.
            "description" => drop(meta.insert("description".to_owned(), text.into())),
            "subject" => drop(meta.entry("description").or_insert(text.into())),
            "creator" => drop(meta.insert("authors".to_owned(), list(text, &[';']))),
            "keywords" => drop(meta.insert("tags".to_owned(), list(text, &[';', ',']))),
            "created" => {
                let date = text.split('T').next().unwrap_or(text);
                if crate::read::Date::parse(date).is_some() {
                    meta.insert("date".to_owned(), date.into());
                }
            }
            "language" => {
                if let Some(lang) = language(text) {
                    meta.insert("lang".to_owned(), (*lang).into());
                }
            }
            _ => {}
        }
    }
    meta
}

/// The custom properties that are keys of metadata: somebody gave each of them on purpose.
pub(super) fn custom(root: Node) -> Map<String, Value> {
    let mut meta = Map::new();
    for node in root.children().filter(|node| name(*node) == "property") {
        let Some(key) = attribute(node, "name").and_then(key) else { continue };
        let Some(value) = node.children().find(Node::is_element) else { continue };
        let text = value.text().unwrap_or_default().trim();
        let value = match (name(value), text) {
            (_, "") => continue,
            ("bool", text) => (text == "true" || text == "1").into(),
            (_, "true") => true.into(),
            (_, "false") => false.into(),
            ("filetime" | "date", text) => text.split('T').next().unwrap_or(text).into(),
            (_, text) if LISTS.contains(&key.as_str()) => list(text, &[';', ',']),
            (_, text) => number(text).unwrap_or_else(|| text.into()),
        };
        meta.insert(key, value);
    }
    meta
}

/// A property's name as a key: one that the program knows, or one that is written as keys are.
fn key(name: &str) -> Option<String> {
    let lower = name.trim().to_lowercase();
    let is_key = name == lower && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    let is_reserved = matches!(lower.as_str(), "brand" | "data");
    ((is_key && !name.is_empty() || KNOWN.contains(&lower.as_str())) && !is_reserved).then_some(lower)
}

fn number(text: &str) -> Option<Value> {
    let number: u32 = text.parse().ok()?;
    (number.to_string() == text).then(|| number.into())
}

fn list(text: &str, separators: &[char]) -> Value {
    let items = text.split(separators).map(str::trim).filter(|item| !item.is_empty());
    items.map(Value::from).collect::<Vec<_>>().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::docx::element::parse;

    #[test]
    fn properties_are_metadata() {
        let xml = "<p:core xmlns:p='p' xmlns:d='d'><d:title>T</d:title><d:subject>S</d:subject><d:creator>A;B</d:creator>\
                   <p:keywords>x, y</p:keywords><d:created>2026-03-12T00:00:00Z</d:created><d:language>nl-NL</d:language><d:publisher/></p:core>";
        let expected = serde_json::json!({
            "title": "T", "description": "S", "authors": ["A", "B"], "tags": ["x", "y"], "date": "2026-03-12", "lang": "nl-NL"
        });
        assert_eq!(Value::Object(core(parse(xml).unwrap().root_element())), expected);
    }

    #[test]
    fn custom_properties_are_keys_where_they_are_written_so() {
        let property = |name: &str, kind: &str, text: &str| {
            format!("<property name='{name}'><v:{kind} xmlns:v='v'>{text}</v:{kind}></property>")
        };
        let all = [
            property("Slug", "lpwstr", "een-brug"),
            property("draft", "bool", "true"),
            property("pages", "i4", "2"),
            property("Tags", "lpwstr", "a; b"),
            property("MSIP_Label_1", "lpwstr", "x"),
            property("data", "lpwstr", "x"),
            property("thema", "lpwstr", "zorg"),
        ];
        let xml = format!("<Properties>{}</Properties>", all.concat());
        let expected = serde_json::json!({
            "slug": "een-brug", "draft": true, "pages": 2, "tags": ["a", "b"], "thema": "zorg"
        });
        assert_eq!(Value::Object(custom(parse(&xml).unwrap().root_element())), expected);
    }
}
