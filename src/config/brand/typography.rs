//! The `typography` part of a brand: the families, and how text, headings, code and links look.

use std::path::PathBuf;

use cssparser::{Parser, Token, serialize_string};
use serde_json::{Map, Value, json};

use super::color::Colors;
use super::{Found, Home};
use crate::config::fields::{Fields, as_text, did_you_mean, wrong_type};
use crate::config::value::{Kind, Spanned};
use crate::diag::{Diagnostic, Place};

/// What the typography comes to.
#[derive(Default)]
pub(super) struct Typography {
    pub(super) properties: Vec<(String, String)>,
    pub(super) families: Vec<(String, Place)>,
    pub(super) files: Vec<PathBuf>,
    pub(super) data: Value,
}

const PARTS: [&str; 7] =
    ["fonts", "base", "headings", "monospace", "monospace-inline", "monospace-block", "link"];

/// The names that brand.yml gives to weights, with their numbers (OpenType `usWeightClass`).
const WEIGHTS: [(&str, u16); 13] = [
    ("thin", 100),
    ("extra-light", 200),
    ("ultra-light", 200),
    ("light", 300),
    ("normal", 400),
    ("regular", 400),
    ("medium", 500),
    ("semi-bold", 600),
    ("demi-bold", 600),
    ("bold", 700),
    ("extra-bold", 800),
    ("ultra-bold", 800),
    ("black", 900),
];

pub(super) fn read(
    typography: Option<&Spanned>,
    colors: &Colors,
    home: &Home<'_>,
    found: &mut Found,
) -> Typography {
    let mut result = Typography { data: Value::Object(Map::new()), ..Typography::default() };
    let Some(typography) = typography else { return result };
    found.warn_beyond(typography, &PARTS);
    result.files = typography.get("fonts").map(|fonts| font_files(fonts, home, found)).unwrap_or_default();
    let mut data = Map::new();
    for part in PARTS.into_iter().skip(1) {
        let Some(value) = typography.get(part) else { continue };
        let mut reader = Part { part, colors, found, properties: Vec::new() };
        reader.read(value);
        let properties = reader.properties;
        let object = properties.iter().map(|(key, css)| ((*key).to_owned(), json!(css.trim_matches('"'))));
        data.insert(part.to_owned(), Value::Object(object.collect()));
        if let Some(family) = family_of(value) {
            result.families.extend(as_text(family).map(|name| (name, family.place())));
        }
        result.properties.extend(properties.into_iter().map(|(key, css)| {
            (if key == "family" { format!("font-{part}") } else { format!("{part}-{key}") }, css)
        }));
    }
    result.data = Value::Object(data);
    result
}

fn family_of(part: &Spanned) -> Option<&Spanned> {
    if matches!(part.kind, Kind::String(_)) { Some(part) } else { part.get("family") }
}

/// Reads one part: `base`, `headings` and so on.
struct Part<'a> {
    part: &'static str,
    colors: &'a Colors,
    found: &'a mut Found,
    properties: Vec<(&'static str, String)>,
}

impl Part<'_> {
    fn read(&mut self, value: &Spanned) {
        if let Some(family) = family_of(value).filter(|_| self.part != "link") {
            match as_text(family) {
                Some(name) => self.properties.push(("family", quoted(&name))),
                None => self.found.problems.push(wrong_type(family, "family", "the name of a font")),
            }
        }
        if matches!(value.kind, Kind::String(_)) {
            return;
        }
        if !matches!(value.kind, Kind::Map(_)) {
            self.found.problems.push(wrong_type(
                value,
                self.part,
                "a font's name or a map of keys and values",
            ));
            return;
        }
        let known =
            ["family", "size", "weight", "style", "line-height", "color", "background-color", "decoration"];
        self.found.warn_beyond(value, &known);
        for key in ["color", "background-color"] {
            let css = value.get(key).and_then(|color| self.colors.value(color, key, self.found));
            self.properties.extend(css.map(|css| (key, css)));
        }
        self.take(value, "size", is_size, "a size such as `11pt` or `1.1rem`");
        self.take(value, "line-height", |text| is_size(text) || is_number(text), "a number such as `1.4`");
        self.take(value, "style", |text| matches!(text, "normal" | "italic"), "`normal` or `italic`");
        self.take(value, "decoration", is_decoration, "a CSS text-decoration such as `underline`");
        self.take_weight(value);
    }

    fn take(&mut self, map: &Spanned, key: &'static str, is_right: fn(&str) -> bool, wanted: &str) {
        let Some(value) = map.get(key) else { return };
        match as_text(value).filter(|text| is_right(text)) {
            Some(text) => self.properties.push((key, text)),
            None => self.found.problems.push(wrong_type(value, key, wanted)),
        }
    }

    fn take_weight(&mut self, map: &Spanned) {
        let Some(value) = map.get("weight") else { return };
        // For a family that is loaded from the web brand.yml takes a list of weights: the first is the text's.
        let first = value.items().first().unwrap_or(value);
        let text = as_text(first).unwrap_or_default();
        let named = WEIGHTS.iter().find(|(name, _)| *name == text).map(|(_, number)| *number);
        let number = named.or_else(|| text.parse().ok()).filter(|number| (1..=1000).contains(number));
        match number {
            Some(number) => self.properties.push(("weight", number.to_string())),
            None => {
                let error = wrong_type(first, "weight", "a weight from 1 to 1000");
                let hint = did_you_mean(&text, WEIGHTS.map(|(name, _)| name));
                let hint = hint.unwrap_or_else(|| "`400` is regular and `700` is bold".to_owned());
                self.found.problems.push(error.hint(hint));
            }
        }
    }
}

/// The files of `typography.fonts` whose source is `file`.
fn font_files(fonts: &Spanned, home: &Home<'_>, found: &mut Found) -> Vec<PathBuf> {
    let mut paths = Vec::new();
    for font in fonts.items() {
        let mut fields = Fields::of(font, "a font");
        fields.text("family");
        found.problems.append(&mut fields.problems);
        for file in font.get("files").map(Spanned::items).unwrap_or_default() {
            let named = file.get("path").unwrap_or(file);
            let Some(name) = named.as_str() else {
                found.problems.push(wrong_type(named, "path", "the path of a font file"));
                continue;
            };
            let path = home.folder.join(name);
            if home.files.is_file(&path) {
                paths.push(path);
            } else {
                let message = format!("there is no font file `{name}`");
                let hint = "a path in the brand file starts from the folder of the brand file";
                found.problems.push(Diagnostic::error("missing-font", message).at(named.place()).hint(hint));
            }
        }
    }
    paths
}

fn quoted(name: &str) -> String {
    let mut css = String::new();
    // Writing to a string cannot fail.
    let _ = serialize_string(name, &mut css);
    css
}

fn one_token(text: &str, is_right: fn(&Token<'_>) -> bool) -> bool {
    let mut parser = Parser::new(text);
    parser.next().is_ok_and(is_right) && parser.is_exhausted()
}

fn is_size(text: &str) -> bool {
    one_token(text, |token| matches!(token, Token::Dimension { .. } | Token::Percentage { .. }))
}

fn is_number(text: &str) -> bool {
    one_token(text, |token| matches!(token, Token::Number { .. }))
}

fn is_decoration(text: &str) -> bool {
    !text.is_empty() && text.split(' ').all(|word| one_token(word, |token| matches!(token, Token::Ident(_))))
}
