//! `_brand.yml`, the one file that says how a house looks, as <https://posit-dev.github.io/brand-yml/> defines
//! it: its name and links, logo, colours and typography.
//!
//! It reaches the stylesheets as custom properties ([`Brand::css`]) and the layouts as data ([`Brand::data`]).

mod color;
mod contrast;
mod defaults;
mod logo;
mod typography;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::fields::{Fields, as_text, did_you_mean, sort, wrong_type};
use super::keys::{Key, Others, Shape, Table};
use super::value::{Format, Kind, Source, Spanned, parse};
use crate::diag::{Diagnostic, Outcome, Place};
use crate::files::Files;
use crate::schema::Scope;
use crate::units::Pt;

pub use logo::Logo;

/// The name of the file of the brand that applies where no other is found.
const BUILT_IN: &str = "built-in _brand.yml";

/// The keys of a brand file.
pub const BRAND: Table = Table {
    name: "the brand file",
    keys: &[
        Key::new("meta", Shape::Map(&META)),
        Key::new("logo", Shape::Own(logo::schema)),
        Key::new("color", Shape::Map(&color::COLOR)),
        Key::new("typography", Shape::Map(&typography::TYPOGRAPHY)),
        Key::new("defaults", Shape::Map(&defaults::DEFAULTS)),
    ],
    others: Others::Refused,
};

const META: Table = Table {
    name: "meta",
    keys: &[
        Key::new("name", Shape::Own(|scope| text_or(scope, scope.map(&NAME)))),
        Key::new("link", Shape::Own(|scope| text_or(scope, json!({ "type": "object" })))),
    ],
    others: Others::Free,
};

const NAME: Table = Table {
    name: "name",
    keys: &[Key::new("full", Shape::Text), Key::new("short", Shape::Text)],
    others: Others::Free,
};

/// How a house looks.
#[derive(Clone, Debug)]
pub struct Brand {
    /// The file that it was read from, as messages name it.
    pub file: Arc<str>,
    /// The name of the house, in full; empty where none is given.
    pub name: String,
    /// The logos, the preferred one (medium, else large, else small) first.
    pub logos: Vec<Logo>,
    /// Font files that the brand brings along.
    pub font_files: Vec<PathBuf>,
    /// Body text is not set smaller than this to keep to a number of pages.
    pub smallest_size: Pt,
    properties: Vec<(String, String)>,
    families: Vec<(String, Place)>,
    data: Value,
}

/// Where a brand's paths start from, and which of them are inside the project.
struct Home<'a> {
    files: &'a dyn Files,
    /// The folder of the brand file.
    folder: &'a Path,
    /// The project's folder.
    root: &'a Path,
}

impl Brand {
    /// The brand that applies where no other is found.
    pub fn built_in() -> Self {
        let source = Source::new(BUILT_IN, include_str!("default.yml"));
        let nowhere = crate::files::Memory::default();
        let home = Home { files: &nowhere, folder: Path::new(""), root: Path::new("") };
        let brand = parse(Format::Yaml, &source.text, 1, &source).and_then(|file| Self::read(&file, &home));
        // A test reads the file; a plain brand stands in, should it ever be broken.
        brand.map_or_else(|_| Self::plain(), |(brand, _)| brand)
    }

    /// Reads the brand file at `path`, called `name` in messages; with warnings.
    ///
    /// # Errors
    /// Syntax errors, unknown keys at the top, wrong types, colours and sizes that are none, references to
    /// colours and pictures that are not there; each at its place.
    pub fn load(files: &dyn Files, root: &Path, path: &Path, name: &str) -> Outcome<(Self, Vec<Diagnostic>)> {
        let source = super::read_text(files, path, name).map_err(|error| vec![error])?;
        let file = parse(Format::of(path).unwrap_or(Format::Yaml), &source.text, 1, &source)?;
        Self::read(&file, &Home { files, folder: path.parent().unwrap_or(root), root })
    }

    fn read(file: &Spanned, home: &Home<'_>) -> Outcome<(Self, Vec<Diagnostic>)> {
        let mut fields = Fields::of(file, &BRAND);
        let mut found = Found::default();
        let mut brand = Self { file: file.source.file.clone(), ..Self::plain() };
        let mut data = Map::new();
        if let Some(meta) = fields.map("meta") {
            brand.read_meta(meta, &mut data, &mut found);
        }
        data.insert("name".to_owned(), json!(brand.name));
        let colors = color::Colors::read(fields.map("color"), &mut found);
        data.insert("color".to_owned(), colors.data());
        brand.properties = colors.properties();
        let type_ = typography::read(fields.map("typography"), &colors, home, &mut found);
        brand.properties.extend(type_.properties);
        brand.families = type_.families;
        brand.font_files = type_.files;
        data.insert("typography".to_owned(), type_.data);
        if let Some(value) = fields.get("logo") {
            brand.logos = logo::read(value, home, &brand.name, &mut found);
            data.insert("logo".to_owned(), logo::data(&brand.logos));
        }
        if let Some(defaults) = fields.map("defaults") {
            data.insert("defaults".to_owned(), defaults.to_json());
            brand.smallest_size = defaults::smallest_size(defaults, &mut found);
        }
        brand.data = Value::Object(data);
        found.problems.append(&mut fields.problems);
        sort(&mut found.problems);
        found.outcome(brand)
    }

    fn read_meta(&mut self, meta: &Spanned, data: &mut Map<String, Value>, found: &mut Found) {
        let fields = Fields::within(meta, &META);
        let full_and_short = match fields.get("name") {
            Some(name) if !name.entries().is_empty() => {
                let mut names = Fields::of(name, &NAME);
                let texts = (names.text("full"), names.text("short"));
                found.problems.append(&mut names.problems);
                texts
            }
            name => (name.and_then(|name| text(name, "name", found)), None),
        };
        let (full, short) = full_and_short;
        self.name = full.or_else(|| short.clone()).unwrap_or_default();
        data.insert("short_name".to_owned(), json!(short.unwrap_or_else(|| self.name.clone())));
        let links = match fields.get("link") {
            Some(link) if !link.entries().is_empty() => link.to_json_map(),
            link => {
                let home = link.and_then(|link| text(link, "link", found));
                home.map(|home| ("home".to_owned(), json!(home))).into_iter().collect()
            }
        };
        if let Some(home) = links.get("home") {
            data.insert("link".to_owned(), home.clone());
        }
        data.insert("links".to_owned(), Value::Object(links));
    }

    fn plain() -> Self {
        Self {
            file: BUILT_IN.into(),
            name: String::new(),
            logos: Vec::new(),
            font_files: Vec::new(),
            smallest_size: defaults::SMALLEST,
            properties: Vec::new(),
            families: Vec::new(),
            data: Value::Object(Map::new()),
        }
    }

    /// The brand as a stylesheet: custom properties on `:root`.
    pub fn css(&self) -> String {
        let mut css = ":root {\n".to_owned();
        for (name, value) in &self.properties {
            css.push_str(&format!("  --brand-{name}: {value};\n"));
        }
        css.push_str("}\n");
        css
    }

    /// The brand as layouts see it, under `brand`: `name`, `short_name`, `link`, `links`, `logo` (`src`, `alt`;
    /// `small`, `medium`, `large`), `color`, `typography`, `defaults`.
    pub fn data(&self) -> &Value {
        &self.data
    }

    /// The font families that the brand asks for, with the place where it does. Those that no font has are
    /// worth a warning.
    pub fn families(&self) -> &[(String, Place)] {
        &self.families
    }

    /// Warns of each family that the brand asks for and that is not among the `known` ones.
    pub fn missing_families<'f>(&self, known: impl Iterator<Item = &'f str> + Clone) -> Vec<Diagnostic> {
        let is_known = |name: &str| known.clone().any(|family| family.eq_ignore_ascii_case(name));
        let missing = self.families.iter().filter(|(name, _)| !is_known(name));
        let warning = |(name, place): &(String, Place)| {
            let hint = did_you_mean(name, known.clone()).unwrap_or_else(|| {
                "put its files into the folder `fonts`, or run with `--system-fonts`".to_owned()
            });
            let message = format!("no font of the family `{name}` is there");
            Diagnostic::warning("missing-family", message).at(place.clone()).hint(hint)
        };
        missing.map(warning).collect()
    }

    /// What the brand calls a colour, given as red, green and blue: its name in the palette, else the first
    /// semantic one.
    pub fn color_name(&self, rgb: [u8; 3]) -> Option<&str> {
        let colors = self.data.get("color")?;
        let palette = colors.get("palette").and_then(Value::as_object);
        let all = palette.into_iter().chain(colors.as_object()).flatten();
        let is_it = |css: &Value| css.as_str().and_then(contrast::rgb) == Some(rgb);
        all.into_iter().find(|(_, css)| is_it(css)).map(|(name, _)| name.as_str())
    }

    /// Red, green and blue of a semantic colour such as `primary`; nothing where the brand has none or says it with a
    /// function.
    pub fn color(&self, name: &str) -> Option<[u8; 3]> {
        self.data.get("color")?.get(name)?.as_str().and_then(contrast::rgb)
    }

    /// The colours of the palette, in the brand's order.
    pub fn palette(&self) -> impl Iterator<Item = [u8; 3]> {
        let palette = self.data.get("color").and_then(|colors| colors.get("palette")?.as_object());
        palette.into_iter().flatten().filter_map(|(_, css)| css.as_str().and_then(contrast::rgb))
    }

    /// The value of a custom property, by its name without `--brand-`.
    pub fn property(&self, name: &str) -> Option<&str> {
        self.properties.iter().rfind(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// The JSON Schema of what is a text, or something else.
fn text_or(scope: &Scope<'_>, other: Value) -> Value {
    json!({ "anyOf": [scope.shape(Shape::Text), other] })
}

/// The text of a value that may be a text or a map.
fn text(value: &Spanned, key: &str, found: &mut Found) -> Option<String> {
    let text = as_text(value);
    // An empty map says nothing.
    if text.is_none() && !matches!(value.kind, Kind::Map(_)) {
        found.problems.push(wrong_type(value, key, "a text"));
    }
    text
}

/// What was found wrong while the parts of a brand are read.
#[derive(Default)]
struct Found {
    problems: Vec<Diagnostic>,
}

impl Found {
    /// Checks the keys of a part that may also be a text.
    fn check(&mut self, map: &Spanned, table: &Table) {
        self.problems.extend(table.check(map));
    }

    fn outcome<T>(self, value: T) -> Outcome<(T, Vec<Diagnostic>)> {
        if self.problems.iter().any(Diagnostic::is_error) {
            Err(self.problems)
        } else {
            Ok((value, self.problems))
        }
    }
}

#[cfg(test)]
mod tests;
