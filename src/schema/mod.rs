//! The JSON Schema (draft 2020-12) of the files that people write, for editors that complete and check.
//!
//! It is made of the tables that the readers check with ([`Table`]), and of what the guides in `docs/` tell about
//! each key.

mod docs;

#[cfg(test)]
mod tests;

use serde_json::{Map, Value, json};

use crate::config::keys::{Key, Others, Shape, Table};
use crate::config::{BRAND, SETTINGS};
use crate::read::{CATALOG, METADATA};
use docs::Section;

/// A file that has a schema.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum File {
    /// Front matter, sidecars and `_defaults.yaml`.
    #[default]
    Metadata,
    /// `catalog.yaml`.
    Catalog,
    /// `handout.toml`.
    Settings,
    /// `_brand.yml`.
    Brand,
}

/// A language tag (BCP 47), as a regular expression.
pub(crate) const LANGUAGE_TAG: &str = "^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$";
const DATE: &str = "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?([Tt ].*)?$";
const SLUG: &str = "^[a-z0-9_]([a-z0-9_.-]*[a-z0-9_-])?$";
const DEVICE: &str = r"^(con|prn|aux|nul)(\.|$)";

impl File {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Metadata, Self::Catalog, Self::Settings, Self::Brand];

    /// Its keys.
    pub const fn table(self) -> &'static Table {
        match self {
            Self::Metadata => &METADATA,
            Self::Catalog => &CATALOG,
            Self::Settings => &SETTINGS,
            Self::Brand => &BRAND,
        }
    }

    const fn section(self) -> Section {
        match self {
            Self::Metadata => Section::Metadata,
            Self::Catalog => Section::Catalog,
            Self::Settings => Section::Settings,
            Self::Brand => Section::Brand,
        }
    }

    const fn title(self) -> &'static str {
        match self {
            Self::Metadata => "Metadata of an article",
            Self::Catalog => "catalog.yaml",
            Self::Settings => "handout.toml",
            Self::Brand => "_brand.yml",
        }
    }
}

/// The schema of a file, where an article may ask for one of `layouts`; for any, where there are none.
pub fn schema(file: File, layouts: &[String]) -> Value {
    let scope = Scope { section: file.section(), path: String::new(), layouts };
    let keys = if file == File::Metadata { scope.metadata() } else { scope.map(file.table()) };
    let mut schema = Map::new();
    schema.insert("$schema".to_owned(), "https://json-schema.org/draft/2020-12/schema".into());
    schema.insert("title".to_owned(), file.title().into());
    if let Value::Object(keys) = keys {
        schema.extend(keys);
    }
    Value::Object(schema)
}

/// Where in a file a schema is made for.
#[derive(Clone, Debug)]
pub struct Scope<'a> {
    section: Section,
    /// The keys down to here, with dots between them.
    path: String,
    layouts: &'a [String],
}

impl<'a> Scope<'a> {
    /// The schema of a map.
    pub fn map(&self, table: &Table) -> Value {
        let properties = table.keys.iter().map(|key| (key.name.to_owned(), self.property(key)));
        let mut map = json!({ "type": "object", "properties": properties.collect::<Map<_, _>>() });
        if table.others == Others::Refused {
            map["additionalProperties"] = false.into();
        }
        map
    }

    /// The schema of metadata: what the program knows, and what the layouts that ship use.
    pub fn metadata(&self) -> Value {
        let mut metadata = Scope { section: Section::Metadata, path: String::new(), ..*self }.map(&METADATA);
        for (key, about) in docs::rows(Section::Layouts) {
            metadata["properties"][key] = json!({ "description": about });
        }
        metadata
    }

    /// The schema of what stands in a key.
    pub fn shape(&self, shape: Shape) -> Value {
        let text = || json!({ "type": ["string", "number"] });
        match shape {
            Shape::Text => text(),
            Shape::Truth => json!({ "type": "boolean" }),
            Shape::Count => json!({ "type": "integer", "minimum": 1 }),
            Shape::UpTo(most) => json!({ "type": "integer", "minimum": 0, "maximum": most }),
            Shape::Levels(most) => json!({ "type": ["boolean", "integer"], "minimum": 0, "maximum": most }),
            Shape::OneOf(words) => json!({ "enum": words }),
            Shape::Texts => one_or_many(&text()),
            Shape::Formats(words) => one_or_many(&json!({ "enum": words })),
            Shape::Names => {
                let named_parts = ["literal", "given", "family"].map(|part| json!({ "required": [part] }));
                let parts = json!({
                    "type": "object",
                    "properties": { "literal": text(), "given": text(), "family": text() },
                    "anyOf": named_parts,
                });
                let name = json!({ "anyOf": [text(), parts] });
                let map = json!({ "type": "object", "properties": { "name": name }, "required": ["name"] });
                one_or_many(&json!({ "anyOf": [text(), map] }))
            }
            Shape::Language => json!({ "type": "string", "pattern": LANGUAGE_TAG }),
            Shape::Layout if self.layouts.is_empty() => text(),
            Shape::Layout => json!({ "enum": self.layouts }),
            Shape::Date => {
                let (first, last) = (1000, 9999);
                json!({ "type": ["string", "integer"], "pattern": DATE, "minimum": first, "maximum": last })
            }
            Shape::Slug => slug(),
            Shape::Reserved => json!({ "type": "null" }),
            Shape::Map(table) => self.map(table),
            Shape::Own(schema) => schema(self),
        }
    }

    /// The same, deeper in the file.
    #[must_use]
    pub fn within(&self, key: &str) -> Self {
        let path = if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) };
        Self { path, ..*self }
    }

    /// For keys that the guide lists by their own names.
    #[must_use]
    pub fn top(&self) -> Self {
        Self { path: String::new(), ..*self }
    }

    /// For a booklet, whose layouts are not those of articles.
    #[must_use]
    pub fn booklet(&self) -> Self {
        Self { section: Section::Booklets, path: String::new(), layouts: &[] }
    }

    fn property(&self, key: &Key) -> Value {
        let within = self.within(key.name);
        let mut property = or_null(within.shape(key.shape));
        if let Some(about) = docs::about(self.section, &within.path) {
            property["description"] = about.into();
        }
        property
    }
}

/// The schema of the stem of a file.
pub(crate) fn slug() -> Value {
    json!({
        "type": ["string", "number"],
        "minimum": 0,
        "pattern": SLUG,
        "maxLength": 120,
        "not": { "type": "string", "pattern": DEVICE },
    })
}

/// The schema of a map that has the keys of both; `first` wins.
pub(crate) fn merged(mut first: Value, second: Value) -> Value {
    if let (Some(keys), Value::Object(mut others)) = (first["properties"].as_object_mut(), second)
        && let Some(Value::Object(others)) = others.remove("properties")
    {
        for (key, schema) in others {
            keys.entry(key).or_insert(schema);
        }
    }
    first
}

fn one_or_many(one: &Value) -> Value {
    json!({ "anyOf": [one, { "type": "array", "items": one }] })
}

/// A schema that `null` fits as well: it counts as absent.
fn or_null(mut schema: Value) -> Value {
    let null = || Value::from("null");
    if let Some(words) = schema.get_mut("enum").and_then(Value::as_array_mut) {
        words.push(Value::Null);
    } else if let Some(any) = schema.get_mut("anyOf").and_then(Value::as_array_mut) {
        any.push(json!({ "type": "null" }));
    } else if let Some(types) = schema.get_mut("type") {
        match types {
            Value::Array(types) if !types.contains(&null()) => types.push(null()),
            Value::String(only) if only != "null" => *types = json!([only.clone(), "null"]),
            _ => {}
        }
    }
    schema
}
