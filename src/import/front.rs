//! Metadata as YAML.

use serde_json::{Map, Value};

/// Words that YAML takes for something else than text, in any case.
const WORDS: [&str; 9] = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];

/// The keys of a map, one a line.
pub(super) fn yaml(map: &Map<String, Value>) -> String {
    let mut out = String::new();
    entries(map, 0, &mut out);
    out
}

fn entries(map: &Map<String, Value>, indent: usize, out: &mut String) {
    for (key, value) in map {
        out.push_str(&" ".repeat(indent));
        out.push_str(&scalar(key, Style::Flow));
        out.push(':');
        below(value, indent, out);
    }
}

/// What stands behind a colon or a dash.
fn below(value: &Value, indent: usize, out: &mut String) {
    match value {
        Value::Object(map) if !map.is_empty() => {
            out.push('\n');
            entries(map, indent + 2, out);
        }
        Value::Array(items) if !items.is_empty() => {
            let is_short = items.iter().all(|item| !item.is_array() && !item.is_object());
            let line = format!(
                "[{}]",
                items.iter().map(|item| plain(item, Style::Flow)).collect::<Vec<_>>().join(", ")
            );
            if is_short && line.chars().count() <= 100 {
                out.push_str(&format!(" {line}\n"));
                return;
            }
            out.push('\n');
            for item in items {
                out.push_str(&" ".repeat(indent + 2));
                out.push('-');
                list_item(item, indent + 2, out);
            }
        }
        value => out.push_str(&format!(" {}\n", plain(value, Style::Block))),
    }
}

fn list_item(item: &Value, indent: usize, out: &mut String) {
    let Some(map) = item.as_object().filter(|map| !map.is_empty()) else { return below(item, indent, out) };
    let mut inner = String::new();
    entries(map, indent + 2, &mut inner);
    out.push(' ');
    out.push_str(inner.trim_start_matches(' '));
}

/// Where a text stands: on a line of its own, or in brackets, where a comma ends it (YAML 1.2, section 7.3.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    Block,
    Flow,
}

fn plain(value: &Value, style: Style) -> String {
    match value {
        Value::String(text) => scalar(text, style),
        other => other.to_string(),
    }
}

/// A text, in quotes where YAML would take it for something else.
fn scalar(text: &str, style: Style) -> String {
    let begins_well = text.starts_with(char::is_alphabetic);
    let inside = |c: char| {
        c.is_alphanumeric()
            || (c == ',' && style == Style::Block)
            || matches!(
                c,
                ' ' | '-' | '_' | '.' | '/' | '(' | ')' | '’' | '‘' | '“' | '”' | '–' | '?' | '!' | ';'
            )
    };
    let is_date = text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    let is_plain = (begins_well && text.chars().all(inside) && text.trim() == text) || is_date;
    if is_plain && !WORDS.contains(&text.to_lowercase().as_str()) {
        text.to_owned()
    } else {
        Value::from(text).to_string()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::config::value::{Format, Source, parse};

    #[test]
    fn what_is_written_is_read_again() {
        let value = json!({
            "title": "Een: vraag #1", "lead": "Eén, twee",  "date": "2026-03-12", "tags": ["a", "no", "1984", "x, y"], "pages": 2,
            "contact": { "name": "Ilse", "phone": "030 555", "more": { "empty": [], "none": {}, "deep": [[1, "a"]] } },
            "levels": [{ "heat": 1, "section": "Kop" }, { "heat": 2, "on": true }, "los"],
            "quote": "“Ja”, zei \"hij\"\\ \u{7f}\n\tregel", "version": 1.5, "": "  x ",
        });
        let text = yaml(value.as_object().unwrap());
        let read = parse(Format::Yaml, &text, 1, &Source::new("f", text.as_str())).unwrap();
        assert_eq!(read.to_json(), value, "{text}");
        assert!(text.contains("date: 2026-03-12\ntags: [a, \"no\", \"1984\", \"x, y\"]\n"), "{text}");
    }
}
