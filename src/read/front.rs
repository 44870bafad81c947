//! Front matter: the metadata block at the start of any text file, between two lines of `---` (YAML) or `+++`
//! (TOML), or between a line of `{` and one of `}` (JSON, as Hugo has it). `---toml` and `---json` say what stands
//! below them (Eleventy).

use std::sync::Arc;

use crate::diag::{Diagnostic, Place};

/// The language that a metadata block is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Between lines of `---`.
    Yaml,
    /// Between lines of `+++`.
    Toml,
    /// Between lines of `{` and `}`, which belong to it.
    Json,
}

/// A metadata block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FrontMatter<'a> {
    /// Its language.
    pub format: Format,
    /// Its text, without the fences.
    pub text: &'a str,
    /// The byte of the file at which [`text`](Self::text) begins.
    pub start: usize,
    /// The line of the file on which [`text`](Self::text) begins, from 1.
    pub first_line: u32,
}

/// Parts a file's text into its front matter, if it has some, and the byte at which its body begins.
/// YAML may also be closed by `...`, as the YAML standard ends a document.
///
/// # Errors
/// Front matter that is never closed (`front-matter`). A fence above a blank line is a rule, and a fence that is
/// never closed and has no key below it is text: neither begins front matter.
pub fn split<'a>(text: &'a str, file: &Arc<str>) -> Result<(Option<FrontMatter<'a>>, usize), Diagnostic> {
    let mut lines = text.split_inclusive('\n');
    let opening = lines.next().unwrap_or_default();
    let (format, fence) = match opening.trim_end() {
        "---" | "---yaml" => (Format::Yaml, "---"),
        "+++" => (Format::Toml, "+++"),
        "---toml" => (Format::Toml, "---"),
        "---json" => (Format::Json, "---"),
        "{" => return Ok(json(text).map_or((None, 0), |(front, end)| (Some(front), end))),
        _ => return Ok((None, 0)),
    };
    let start = opening.len();
    if lines.clone().next().is_some_and(|line| line.trim().is_empty()) {
        return Ok((None, 0));
    }
    let mut end = start;
    for line in lines {
        if line.trim_end() == fence || (format == Format::Yaml && line.trim_end() == "...") {
            let front = FrontMatter { format, text: &text[start..end], start, first_line: 2 };
            return Ok((Some(front), end + line.len()));
        }
        end += line.len();
    }
    if !begins_with_key(&text[start..], format) {
        return Ok((None, 0));
    }
    Err(Diagnostic::error("front-matter", format!("the front matter is never closed by a line of `{fence}`"))
        .at(Place::at(file.clone(), text, 1, 1))
        .hint(format!("write `{fence}` on a line of its own below the last key")))
}

/// JSON from a first line of `{` to the next one of `}`, if a key stands between them.
fn json(text: &str) -> Option<(FrontMatter<'_>, usize)> {
    let mut end = 0;
    for line in text.split_inclusive('\n') {
        end += line.len();
        if line.trim_end() == "}" {
            let matter = &text[..end];
            let is_json = begins_with_key(matter[1..].trim_start(), Format::Json);
            return is_json.then_some((
                FrontMatter { format: Format::Json, text: matter, start: 0, first_line: 1 },
                end,
            ));
        }
    }
    None
}

/// Whether the first line that says something is `key: value` or `key = value`.
fn begins_with_key(text: &str, format: Format) -> bool {
    let mark = match format {
        Format::Yaml | Format::Json => ':',
        Format::Toml => '=',
    };
    let line = text.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('#'));
    line.and_then(|line| line.split_once(mark)).is_some_and(|(key, _)| {
        let key = key.trim();
        !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '"'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> (Option<(Format, &str)>, &str) {
        let (front, start) = split(text, &Arc::from("a.md")).unwrap();
        (front.map(|front| (front.format, front.text)), &text[start..])
    }

    #[test]
    fn yaml_and_toml_between_their_fences() {
        assert_eq!(parts("---\ntitle: A\n---\nBody\n"), (Some((Format::Yaml, "title: A\n")), "Body\n"));
        assert_eq!(parts("---\r\na: 1\r\n...\r\nB"), (Some((Format::Yaml, "a: 1\r\n")), "B"));
        assert_eq!(parts("+++\na = 1\n+++"), (Some((Format::Toml, "a = 1\n")), ""));
        assert_eq!(parts("---\n---\nB"), (Some((Format::Yaml, "")), "B"));
        assert_eq!(parts("---toml\na = 1\n---\nB"), (Some((Format::Toml, "a = 1\n")), "B"));
    }

    #[test]
    fn json_in_its_own_braces_or_between_fences() {
        let json = "{\n  \"a\": {\n    \"b\": 1\n  }\n}\n";
        assert_eq!(parts(&format!("{json}B")), (Some((Format::Json, json)), "B"));
        assert_eq!(parts("---json\n{\"a\": 1}\n---\nB"), (Some((Format::Json, "{\"a\": 1}\n")), "B"));
        for text in ["{\nB\n}\n", "{\n\"a\": 1\n", "{}\n"] {
            assert_eq!(parts(text), (None, text));
        }
    }

    #[test]
    fn a_rule_is_no_front_matter() {
        assert_eq!(
            parts("---\n\nA text that begins with a rule.\n"),
            (None, "---\n\nA text that begins with a rule.\n")
        );
        assert_eq!(parts("---\n\nA text between rules.\n\n---\n").0, None);
        assert_eq!(parts("A text\n---\na: 1\n---\n").0, None);
    }

    #[test]
    fn unclosed_front_matter_is_an_error() {
        let error = split("---\ntitle: A\n\nBody\n", &Arc::from("a.md")).unwrap_err();
        assert_eq!((error.code, error.place.and_then(|place| place.line)), ("front-matter", Some(1)));
    }
}
