//! The `color` part of a brand: a palette, and semantic colours that may name colours of it.

use cssparser::color::{parse_hash_color, parse_named_color};
use cssparser::{Parser, Token};
use serde_json::{Map, Value, json};

use super::Found;
use super::contrast::best;
use crate::config::fields::{did_you_mean, wrong_type};
use crate::config::keys::{Key, Others, Shape, Table};
use crate::config::value::{Kind, Spanned};
use crate::diag::Diagnostic;
use crate::schema::Scope;

/// The keys of `color`: the palette, and the semantic colours of brand.yml.
pub(super) const COLOR: Table = Table {
    name: "color",
    keys: &[
        Key::new("palette", Shape::Own(palette)),
        Key::new("foreground", Shape::Own(schema)),
        Key::new("background", Shape::Own(schema)),
        Key::new("primary", Shape::Own(schema)),
        Key::new("secondary", Shape::Own(schema)),
        Key::new("tertiary", Shape::Own(schema)),
        Key::new("success", Shape::Own(schema)),
        Key::new("info", Shape::Own(schema)),
        Key::new("warning", Shape::Own(schema)),
        Key::new("danger", Shape::Own(schema)),
        Key::new("light", Shape::Own(schema)),
        Key::new("dark", Shape::Own(schema)),
        Key::new("link", Shape::Own(schema)),
    ],
    others: Others::Warned,
};

/// The semantic colours.
fn semantic<'n>() -> impl Iterator<Item = &'n str> {
    COLOR.names().skip(1).map(|name| -> &'n str { name })
}

/// The JSON Schema of a colour; whether the name of one is known takes the palette.
pub(super) fn schema(_: &Scope<'_>) -> Value {
    json!({ "type": "string" })
}

/// The JSON Schema of the palette.
fn palette(_: &Scope<'_>) -> Value {
    json!({
        "type": "object",
        "propertyNames": { "pattern": r"^[\p{L}\p{N}_-]+$" },
        "additionalProperties": { "type": "string" },
    })
}

const FUNCTIONS: [&str; 10] = ["rgb", "rgba", "hsl", "hsla", "hwb", "lab", "lch", "oklab", "oklch", "color"];

/// The colours of a brand, resolved to CSS values.
#[derive(Default)]
pub(super) struct Colors {
    palette: Vec<(String, String)>,
    semantic: Vec<(String, String)>,
}

impl Colors {
    pub(super) fn read(color: Option<&Spanned>, found: &mut Found) -> Self {
        let Some(color) = color else { return Self::default() };
        let mut colors = Self::default();
        if let Some(palette) = color.given("palette").filter(|it| !matches!(it.kind, Kind::Map(_))) {
            found.problems.push(wrong_type(palette, "palette", "a map of names and colours"));
        }
        for entry in color.given("palette").map(Spanned::entries).unwrap_or_default() {
            if !is_name(&entry.key) {
                let message = format!("`{}` cannot be the name of a colour", entry.key);
                let hint = "letters, digits, `-` and `_`, as it becomes the name of a CSS property";
                let place = color.source.place(entry.spot);
                found.problems.push(Diagnostic::error("color-name", message).at(place).hint(hint));
            } else if let Some(css) = resolve(&entry.value, color, &entry.key, found) {
                colors.palette.push((entry.key.clone(), css));
            }
        }
        for name in semantic() {
            let Some(value) = color.given(name) else { continue };
            if let Some(css) = resolve(value, color, name, found) {
                colors.semantic.push((name.to_owned(), css));
            }
        }
        colors
    }

    /// A colour as other parts of the brand write it: a name of this brand, or a CSS colour.
    pub(super) fn value(&self, value: &Spanned, key: &str, found: &mut Found) -> Option<String> {
        let Some(text) = value.as_str() else {
            found.problems.push(wrong_type(value, key, "a colour"));
            return None;
        };
        if let Some((_, css)) = self.all().find(|(name, _)| name == text) {
            return Some(css.clone());
        }
        if is_color(text) {
            return Some(text.to_owned());
        }
        found.problems.push(not_a_color(value, text, self.all().map(|(name, _)| name.as_str())));
        None
    }

    /// Custom properties, without the `--brand-` before their names: `on-NAME`, the text that reads best on each
    /// semantic colour; the palette, which may say so itself; the semantic colours, which win over those of the
    /// palette with their names.
    pub(super) fn properties(&self) -> Vec<(String, String)> {
        let is_semantic = |name: &str| self.semantic.iter().any(|(other, _)| other == name);
        let palette = self.palette.iter().filter(|(name, _)| !is_semantic(name));
        let mut properties = self.inks();
        properties.extend(palette.chain(&self.semantic).cloned());
        properties
    }

    /// For each semantic colour the foreground, the background or white: what can be read on it.
    fn inks(&self) -> Vec<(String, String)> {
        let named =
            |name: &str| self.semantic.iter().find(|(other, _)| other == name).map(|(_, css)| css.as_str());
        let inks =
            [named("foreground").unwrap_or("black"), named("background").unwrap_or("white"), "#ffffff"];
        let ink = |(name, css): &(String, String)| Some((format!("on-{name}"), best(css, &inks)?.to_owned()));
        self.semantic.iter().filter_map(ink).collect()
    }

    pub(super) fn data(&self) -> Value {
        let object = |list: &[(String, String)]| {
            list.iter().map(|(name, css)| (name.clone(), json!(css))).collect::<Map<_, _>>()
        };
        let mut data = object(&self.semantic);
        data.insert("palette".to_owned(), Value::Object(object(&self.palette)));
        Value::Object(data)
    }

    fn all(&self) -> impl Iterator<Item = &(String, String)> {
        self.semantic.iter().chain(&self.palette)
    }
}

/// Follows names through the palette and the semantic colours to a CSS colour. A name that only leads back to
/// itself is the CSS colour of that name (`black: black`), if there is one.
fn resolve(value: &Spanned, color: &Spanned, key: &str, found: &mut Found) -> Option<String> {
    let palette = color.given("palette");
    let mut seen = vec![value];
    loop {
        let current = *seen.last()?;
        let Some(text) = current.as_str() else {
            found
                .problems
                .push(wrong_type(current, key, "a colour").hint("write hexadecimal colours in quotes"));
            return None;
        };
        let own = semantic().any(|name| name == text).then(|| color.get(text)).flatten();
        let named: Vec<&Spanned> =
            [palette.and_then(|palette| palette.get(text)), own].into_iter().flatten().collect();
        if let Some(next) = named.iter().find(|next| !seen.iter().any(|old| std::ptr::eq(*old, **next))) {
            seen.push(next);
        } else if is_color(text) {
            return Some(text.to_owned());
        } else if !named.is_empty() {
            let message = format!("the colour `{key}` is defined by itself");
            found.problems.push(Diagnostic::error("circular-color", message).at(value.place()));
            return None;
        } else {
            let names =
                palette.map(Spanned::entries).unwrap_or_default().iter().map(|entry| entry.key.as_str());
            found.problems.push(not_a_color(current, text, names.chain(semantic())));
            return None;
        }
    }
}

fn not_a_color<'n>(value: &Spanned, text: &str, names: impl Iterator<Item = &'n str>) -> Diagnostic {
    let hint = did_you_mean(text, names)
        .unwrap_or_else(|| "a colour is `\"#1a2b3c\"`, a CSS colour, or a name of the palette".to_owned());
    let message = format!("`{text}` is not a colour");
    Diagnostic::error("invalid-color", message).at(value.place()).hint(hint)
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_')
}

/// Whether a text is one CSS colour (CSS Color 4) as far as its form goes.
fn is_color(text: &str) -> bool {
    let mut parser = Parser::new(text);
    let is_one = match parser.next().cloned() {
        Ok(Token::Hash(hex) | Token::IDHash(hex)) => parse_hash_color(hex.as_bytes()).is_ok(),
        Ok(Token::Ident(name)) => parse_named_color(&name).is_ok(),
        Ok(Token::Function(name)) => {
            let known = FUNCTIONS.iter().any(|function| name.eq_ignore_ascii_case(function));
            let inner: Result<(), cssparser::ParseError<()>> = parser.parse_nested_block(|inner| {
                while inner.next().is_ok() {}
                Ok(())
            });
            known && inner.is_ok() && text.trim_end().ends_with(')')
        }
        _ => false,
    };
    is_one && parser.is_exhausted()
}
