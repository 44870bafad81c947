//! The `typography` part of a brand: the families, and how text, headings, code and links look.

use std::path::PathBuf;

use cssparser::{Parser, Token, serialize_string};
use serde_json::{Map, Value, json};

use super::color::{self, Colors};
use super::{Found, Home};
use crate::config::fields::{Fields, as_text, did_you_mean, wrong_type};
use crate::config::keys::{Key, Others, Shape, Table};
use crate::config::value::{Kind, Spanned};
use crate::diag::{Diagnostic, Place};
use crate::schema::Scope;

/// What the typography comes to.
#[derive(Default)]
pub(super) struct Typography {
    pub(super) properties: Vec<(String, String)>,
    pub(super) families: Vec<(String, Place)>,
    pub(super) files: Vec<PathBuf>,
    pub(super) data: Value,
}

/// The keys of `typography`: font files, then how each kind of text looks.
pub(super) const TYPOGRAPHY: Table = Table {
    name: "typography",
    keys: &[
        Key::new("fonts", Shape::Own(fonts)),
        Key::new("base", Shape::Own(part)),
        Key::new("headings", Shape::Own(part)),
        Key::new("monospace", Shape::Own(part)),
        Key::new("monospace-inline", Shape::Own(part)),
        Key::new("monospace-block", Shape::Own(part)),
        Key::new("link", Shape::Own(part)),
    ],
    others: Others::Warned,
};

/// The keys of a part.
const PART: Table = Table {
    name: "this part",
    keys: &[
        Key::new("family", Shape::Text),
        Key::new("size", Shape::Own(|_| json!({ "type": "string", "pattern": SIZE }))),
        Key::new("weight", Shape::Own(weight)),
        Key::new("style", Shape::Own(|_| json!({ "enum": ["normal", "italic"] }))),
        Key::new(
            "line-height",
            Shape::Own(|_| json!({ "type": ["string", "number"], "pattern": LINE_HEIGHT })),
        ),
        Key::new("color", Shape::Own(color::schema)),
        Key::new("background-color", Shape::Own(color::schema)),
        Key::new("decoration", Shape::Own(|_| json!({ "type": "string", "pattern": DECORATION }))),
    ],
    others: Others::Warned,
};

/// A CSS dimension or percentage, as a regular expression.
const SIZE: &str = r"^\s*[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)(%|[A-Za-z]+)\s*$";
/// The same, or a number.
const LINE_HEIGHT: &str = r"^\s*[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)(%|[A-Za-z]+)?\s*$";

/// CSS identifiers, as a regular expression.
const DECORATION: &str = "^-?[A-Za-z_][A-Za-z0-9_-]*( -?[A-Za-z_][A-Za-z0-9_-]*)*$";

/// The JSON Schema of a part: a family, or how it looks.
fn part(scope: &Scope<'_>) -> Value {
    json!({ "anyOf": [{ "type": "string" }, scope.map(&PART)] })
}

/// The JSON Schema of a weight: a number, a name, or a list of these.
fn weight(_: &Scope<'_>) -> Value {
    let number = json!({ "type": "integer", "minimum": 1, "maximum": 1000 });
    let written = json!({ "type": "string", "pattern": "^([1-9][0-9]{0,2}|1000)$" });
    let one = json!({ "anyOf": [number, { "enum": WEIGHTS.map(|(name, _)| name) }, written] });
    json!({ "anyOf": [one, { "type": "array", "minItems": 1, "items": one }] })
}

/// The JSON Schema of `fonts`.
fn fonts(scope: &Scope<'_>) -> Value {
    let file = json!({ "type": ["string", "object"] });
    let files = json!({ "type": "array", "items": file });
    let family = scope.shape(Shape::Text);
    json!({
        "type": "array",
        "items": { "type": "object", "properties": { "family": family, "files": files } },
    })
}

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
    result.files = typography.given("fonts").map(|fonts| font_files(fonts, home, found)).unwrap_or_default();
    let mut data = Map::new();
    for part in TYPOGRAPHY.names().skip(1) {
        let Some(value) = typography.given(part) else { continue };
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
    if matches!(part.kind, Kind::String(_)) { Some(part) } else { part.given("family") }
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
            self.properties.extend(as_text(family).map(|name| ("family", quoted(&name))));
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
        self.found.check(value, &PART);
        for key in ["color", "background-color"] {
            let css = value.given(key).and_then(|color| self.colors.value(color, key, self.found));
            self.properties.extend(css.map(|css| (key, css)));
        }
        self.take(value, "size", is_size, "a size such as `11pt` or `1.1rem`");
        self.take(value, "line-height", |text| is_size(text) || is_number(text), "a number such as `1.4`");
        self.take(value, "style", |text| matches!(text, "normal" | "italic"), "`normal` or `italic`");
        self.take(value, "decoration", is_decoration, "a CSS text-decoration such as `underline`");
        self.take_weight(value);
    }

    fn take(&mut self, map: &Spanned, key: &'static str, is_right: fn(&str) -> bool, wanted: &str) {
        let Some(value) = map.given(key) else { return };
        match as_text(value).filter(|text| is_right(text)) {
            Some(text) => self.properties.push((key, text)),
            None => self.found.problems.push(wrong_type(value, key, wanted)),
        }
    }

    fn take_weight(&mut self, map: &Spanned) {
        let Some(value) = map.given("weight") else { return };
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

/// The keys of a font that are used.
const FONT: Table = Table { name: "a font", keys: &[Key::new("family", Shape::Text)], others: Others::Free };

/// The files of `typography.fonts` whose source is `file`.
fn font_files(fonts: &Spanned, home: &Home<'_>, found: &mut Found) -> Vec<PathBuf> {
    let mut paths = Vec::new();
    if !matches!(fonts.kind, Kind::List(_)) {
        found.problems.push(wrong_type(fonts, "fonts", "a list of fonts"));
    }
    for font in fonts.items() {
        found.problems.extend(Fields::of(font, &FONT).problems);
        for file in font.given("files").map(Spanned::items).unwrap_or_default() {
            let named = file.given("path").unwrap_or(file);
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
