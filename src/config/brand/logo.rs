//! The `logo` part of a brand: one picture, or named pictures for small, medium and large places.

use std::path::{Component, Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::{Found, Home};
use crate::config::fields::{did_you_mean, wrong_type};
use crate::config::keys::{Key, Others, Shape, Table};
use crate::config::value::{Kind, Spanned};
use crate::diag::Diagnostic;
use crate::schema::Scope;

/// A picture of the house.
#[derive(Clone, Debug)]
pub struct Logo {
    /// `small`, `medium` or `large`; a brand with one logo calls it `medium`.
    pub size: &'static str,
    /// The file.
    pub path: PathBuf,
    /// How a page names it: a path from the project's folder that begins with a slash, or a `data:` URL for a
    /// brand that lies outside the project.
    pub src: String,
    /// What it shows, for those who do not see it: as given, else the name of the house.
    pub alt: String,
}

/// The keys of a brand with several pictures.
const LOGOS: Table = Table {
    name: "logo",
    keys: &[
        Key::new("images", Shape::Map(&IMAGES)),
        Key::new("small", Shape::Own(sized)),
        Key::new("medium", Shape::Own(sized)),
        Key::new("large", Shape::Own(sized)),
    ],
    others: Others::Warned,
};

/// Pictures, under any names.
const IMAGES: Table = Table { name: "images", keys: &[], others: Others::Free };

/// The JSON Schema of `logo`: a picture, or several.
pub(super) fn schema(scope: &Scope<'_>) -> Value {
    json!({ "anyOf": [named(), scope.map(&LOGOS)] })
}

/// The JSON Schema of a picture: its path, also with the words that tell what it shows.
fn named() -> Value {
    let text = json!({ "type": "string" });
    let map = json!({
        "type": "object",
        "properties": { "path": text, "alt": text },
        "required": ["path"],
    });
    json!({ "anyOf": [text, map] })
}

/// The JSON Schema of a picture for one size, also one for light and one for dark pages.
fn sized(_: &Scope<'_>) -> Value {
    let light = json!({ "type": "object", "properties": { "light": named() }, "required": ["light"] });
    json!({ "anyOf": [named(), light] })
}

/// The sizes, the preferred one first.
const SIZES: [&str; 3] = ["medium", "large", "small"];

pub(super) fn read(logo: &Spanned, home: &Home<'_>, name: &str, found: &mut Found) -> Vec<Logo> {
    let reader = |value, size, found: &mut Found| {
        picture(value, logo, found).and_then(|p| p.load(size, home, name, found))
    };
    match &logo.kind {
        Kind::String(_) => reader(logo, "medium", found).into_iter().collect(),
        Kind::Map(_) if logo.given("path").is_some() => reader(logo, "medium", found).into_iter().collect(),
        Kind::Map(_) => {
            found.check(logo, &LOGOS);
            SIZES.into_iter().filter_map(|size| reader(logo.given(size)?, size, found)).collect()
        }
        _ => {
            found.problems.push(wrong_type(logo, "logo", "the path of a picture or a map of pictures"));
            Vec::new()
        }
    }
}

pub(super) fn data(logos: &[Logo]) -> Value {
    let one = |logo: &Logo| json!({ "src": logo.src, "alt": logo.alt });
    let Some(preferred) = logos.first() else { return Value::Null };
    let mut data = one(preferred);
    for logo in logos {
        data[logo.size] = one(logo);
    }
    data
}

/// A picture as the brand file names it.
struct Named<'a> {
    path: &'a Spanned,
    name: &'a str,
    alt: Option<String>,
}

/// Finds the picture that `value` means: a name of `logo.images`, a path, or either for light and dark pages,
/// of which paper takes the light one.
fn picture<'a>(value: &'a Spanned, logo: &'a Spanned, found: &mut Found) -> Option<Named<'a>> {
    let value = value.given("light").unwrap_or(value);
    let named = value.as_str().and_then(|name| logo.given("images")?.get(name)).unwrap_or(value);
    let path = named.given("path").unwrap_or(named);
    let Some(name) = path.as_str() else {
        found.problems.push(wrong_type(path, "logo", "the path of a picture"));
        return None;
    };
    let alt = named.given("alt").and_then(Spanned::as_str).map(str::to_owned);
    if Path::new(name).extension().is_none() {
        let images = logo.given("images").map(Spanned::entries).unwrap_or_default();
        let hint = did_you_mean(name, images.iter().map(|entry| entry.key.as_str()))
            .unwrap_or_else(|| "name a picture of `logo.images`, or a file".to_owned());
        let message = format!("there is no logo `{name}`");
        found.problems.push(Diagnostic::error("missing-logo", message).at(path.place()).hint(hint));
        return None;
    }
    Some(Named { path, name, alt })
}

impl Named<'_> {
    fn load(self, size: &'static str, home: &Home<'_>, house: &str, found: &mut Found) -> Option<Logo> {
        let path = home.folder.join(self.name);
        let Ok(real) = home.files.real(&path).and_then(|real| {
            if home.files.is_file(&real) { Ok(real) } else { Err(std::io::ErrorKind::NotFound.into()) }
        }) else {
            let message = format!("there is no picture `{}`", self.name);
            let hint = "a path in the brand file starts from the folder of the brand file";
            found.problems.push(Diagnostic::error("missing-logo", message).at(self.path.place()).hint(hint));
            return None;
        };
        let src = match real.strip_prefix(home.root) {
            Ok(inside) => Some(format!("/{}", slashed(inside))),
            Err(_) => data_url(home, &real),
        };
        let src = src.or_else(|| {
            let message = format!("the picture `{}` cannot be read", self.name);
            found.problems.push(Diagnostic::error("missing-logo", message).at(self.path.place()));
            None
        })?;
        Some(Logo { size, path: real, src, alt: self.alt.unwrap_or_else(|| house.to_owned()) })
    }
}

fn slashed(path: &Path) -> String {
    let parts = path.components().filter_map(|part| match part {
        Component::Normal(name) => name.to_str(),
        _ => None,
    });
    parts.collect::<Vec<_>>().join("/")
}

fn data_url(home: &Home<'_>, path: &Path) -> Option<String> {
    let kind = match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
        "svg" => "svg+xml",
        "png" => "png",
        "jpg" | "jpeg" => "jpeg",
        "webp" => "webp",
        _ => return None,
    };
    let bytes = home.files.read(path).ok()?;
    Some(format!("data:image/{kind};base64,{}", STANDARD.encode(bytes)))
}
