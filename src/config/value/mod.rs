//! Values that know where they were written: one loader for YAML, TOML and JSON.
//!
//! Every node of a [`Spanned`] value carries its file, line and column, so that whatever the program finds out
//! about it later (a wrong type, a section that does not exist) is told at its place.

mod json;
mod lines;
mod toml;
mod yaml;

use std::path::Path;
use std::sync::Arc;

use serde_json::{Map, Number, Value};

use crate::diag::{Diagnostic, Outcome, Place};
use lines::Lines;

/// How deep lists and maps may be nested: more is a mistake or an attack, and would exhaust the stack.
const DEPTH_LIMIT: usize = 64;

/// How many nodes a file may grow to through YAML aliases.
const NODE_LIMIT: usize = 200_000;

/// A text file as messages show it.
#[derive(Debug, PartialEq, Eq)]
pub struct Source {
    /// The file as a person would name it.
    pub file: Arc<str>,
    /// The whole text of it.
    pub text: Arc<str>,
}

/// A line and a column, both from 1; columns count characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// From 1.
    pub line: u32,
    /// From 1, in characters.
    pub column: u32,
}

/// A value with its place.
#[derive(Clone, Debug)]
pub struct Spanned {
    /// What it is.
    pub kind: Kind,
    /// Where it begins.
    pub spot: Spot,
    /// The file that it was read from.
    pub source: Arc<Source>,
}

/// What a value is.
#[derive(Clone, Debug)]
pub enum Kind {
    /// Nothing: in a later layer, `null` takes away what an earlier one said.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number that prints as it was written.
    Number(Number),
    /// A string; dates are strings too.
    String(String),
    /// A list.
    List(Vec<Spanned>),
    /// A map in the order of writing, every key once.
    Map(Vec<Entry>),
}

/// One key of a map with its value.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// Where the key begins.
    pub spot: Spot,
    /// Its value.
    pub value: Spanned,
}

/// A notation for metadata.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// YAML 1.2.
    Yaml,
    /// TOML 1.
    Toml,
    /// JSON (RFC 8259).
    Json,
}

impl Format {
    /// The file name extensions of metadata, in the order in which they are looked for.
    pub const EXTENSIONS: [&'static str; 4] = ["yaml", "yml", "toml", "json"];

    /// The notation of a file with this name, if it is one of the three.
    pub fn of(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()? {
            "yaml" | "yml" => Some(Self::Yaml),
            "toml" => Some(Self::Toml),
            "json" => Some(Self::Json),
            _ => None,
        }
    }
}

/// Reads `text`, which begins at line `first_line` of `source`: a whole file from line 1, or its front matter.
/// An empty text is an empty map.
///
/// # Errors
/// A syntax error or a key that is given twice, each at its place.
pub fn parse(format: Format, text: &str, first_line: u32, source: &Arc<Source>) -> Outcome<Spanned> {
    match format {
        Format::Yaml => yaml::parse(text, first_line, source),
        Format::Toml => toml::parse(text, first_line, source),
        Format::Json => json::parse(text, first_line, source),
    }
    .map_err(|error| vec![error])
}

impl Source {
    /// A text file.
    pub fn new(file: impl Into<Arc<str>>, text: impl Into<Arc<str>>) -> Arc<Self> {
        Arc::new(Self { file: file.into(), text: text.into() })
    }

    /// The place of a spot in it.
    pub fn place(&self, spot: Spot) -> Place {
        Place::at(self.file.clone(), &self.text, spot.line, spot.column)
    }
}

impl Spanned {
    /// A map without keys, at the beginning of `source`.
    pub fn empty(source: &Arc<Source>) -> Self {
        Self { kind: Kind::Map(Vec::new()), spot: Spot { line: 1, column: 1 }, source: source.clone() }
    }

    /// Where it begins.
    pub fn place(&self) -> Place {
        self.source.place(self.spot)
    }

    /// Its keys, if it is a map.
    pub fn entries(&self) -> &[Entry] {
        if let Kind::Map(entries) = &self.kind { entries } else { &[] }
    }

    /// Its items, if it is a list.
    pub fn items(&self) -> &[Spanned] {
        if let Kind::List(items) = &self.kind { items } else { &[] }
    }

    /// The string, if it is one.
    pub fn as_str(&self) -> Option<&str> {
        if let Kind::String(text) = &self.kind { Some(text) } else { None }
    }

    /// The value of a key, if it is a map that has it.
    pub fn get(&self, key: &str) -> Option<&Spanned> {
        self.entries().iter().find(|entry| entry.key == key).map(|entry| &entry.value)
    }

    /// The same, where `null` counts as absent.
    pub fn given(&self, key: &str) -> Option<&Spanned> {
        self.get(key).filter(|value| !matches!(value.kind, Kind::Null))
    }

    /// Gives all that is of one source another one, in which it has the same places.
    pub(crate) fn move_to(&mut self, from: &Arc<Source>, to: &Arc<Source>) {
        if Arc::ptr_eq(&self.source, from) {
            self.source = to.clone();
        }
        match &mut self.kind {
            Kind::List(items) => items.iter_mut().for_each(|item| item.move_to(from, to)),
            Kind::Map(entries) => entries.iter_mut().for_each(|entry| entry.value.move_to(from, to)),
            Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) => {}
        }
    }

    /// What it is, as a message names it.
    pub fn noun(&self) -> &'static str {
        match self.kind {
            Kind::Null => "nothing",
            Kind::Bool(_) => "a truth value",
            Kind::Number(_) => "a number",
            Kind::String(_) => "a text",
            Kind::List(_) => "a list",
            Kind::Map(_) => "a map",
        }
    }

    /// The same without places, as layouts see it.
    pub fn to_json(&self) -> Value {
        match &self.kind {
            Kind::Null => Value::Null,
            Kind::Bool(truth) => Value::Bool(*truth),
            Kind::Number(number) => Value::Number(number.clone()),
            Kind::String(text) => Value::String(text.clone()),
            Kind::List(items) => Value::Array(items.iter().map(Self::to_json).collect()),
            Kind::Map(_) => Value::Object(self.to_json_map()),
        }
    }

    /// Its keys without places; empty if it is not a map.
    pub fn to_json_map(&self) -> Map<String, Value> {
        self.entries().iter().map(|entry| (entry.key.clone(), entry.value.to_json())).collect()
    }

    /// The first string anywhere in it that `matches`.
    pub fn find_string(&self, matches: &dyn Fn(&str) -> bool) -> Option<&Spanned> {
        match &self.kind {
            Kind::String(text) => matches(text).then_some(self),
            Kind::List(items) => items.iter().find_map(|item| item.find_string(matches)),
            Kind::Map(entries) => entries.iter().find_map(|entry| entry.value.find_string(matches)),
            _ => None,
        }
    }
}

/// Builds nodes of one source, and watches that there are not too many of them, nor too deep.
struct Builder<'a> {
    source: &'a Arc<Source>,
    nodes: usize,
}

impl<'a> Builder<'a> {
    fn new(source: &'a Arc<Source>) -> Self {
        Self { source, nodes: 0 }
    }

    fn node(&self, kind: Kind, spot: Spot) -> Spanned {
        Spanned { kind, spot, source: self.source.clone() }
    }

    fn error(&self, code: &'static str, message: String, spot: Spot) -> Diagnostic {
        Diagnostic::error(code, message).at(self.source.place(spot))
    }

    /// Adds a key to a map; a key that is there already is an error.
    fn insert(&self, entries: &mut Vec<Entry>, entry: Entry) -> Result<(), Diagnostic> {
        if let Some(first) = entries.iter().find(|other| other.key == entry.key) {
            let message = format!("`{}` is given twice", entry.key);
            let hint = format!("it is given in line {} too: keep one of them", first.spot.line);
            return Err(self.error("duplicate-key", message, entry.spot).hint(hint));
        }
        entries.push(entry);
        Ok(())
    }

    fn check_depth(&self, depth: usize, spot: Spot) -> Result<(), Diagnostic> {
        if depth <= DEPTH_LIMIT {
            return Ok(());
        }
        let message = format!("lists and maps are nested deeper than {DEPTH_LIMIT} levels here");
        Err(self.error("nested-too-deep", message, spot))
    }

    fn count(&mut self, nodes: usize, spot: Spot) -> Result<(), Diagnostic> {
        self.nodes += nodes;
        if self.nodes <= NODE_LIMIT {
            return Ok(());
        }
        let message =
            format!("this file has grown to more than {NODE_LIMIT} values, through aliases or otherwise");
        Err(self.error("too-many-values", message, spot))
    }
}

#[cfg(test)]
mod tests;
