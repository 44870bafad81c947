//! JSON (RFC 8259) through `jsonc-parser`, which keeps the range of every key and value; its extensions
//! beyond the RFC are off.

use std::sync::Arc;

use jsonc_parser::ast::Value;
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};
use serde_json::Number;

use super::{Builder, Entry, Kind, Lines, Source, Spanned, Spot};
use crate::diag::Diagnostic;

const RFC_8259: ParseOptions = ParseOptions {
    allow_comments: false,
    allow_loose_object_property_names: false,
    allow_trailing_commas: false,
    allow_missing_commas: false,
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: false,
    allow_extended_string_escapes: false,
};

/// Reads `text`.
pub(super) fn parse(text: &str, first_line: u32, source: &Arc<Source>) -> Result<Spanned, Diagnostic> {
    let lines = Lines::new(text, first_line);
    let builder = Builder::new(source);
    let parsed = parse_to_ast(text, &CollectOptions::default(), &RFC_8259).map_err(|error| {
        let message = format!("this is not JSON: {}", error.kind());
        builder.error("json-syntax", message, lines.spot(error.range().start))
    })?;
    let mut reader = Reader { builder, lines };
    match parsed.value {
        Some(value) => reader.value(value, 0),
        None => Ok(Spanned { spot: Spot { line: first_line, column: 1 }, ..Spanned::empty(source) }),
    }
}

struct Reader<'a> {
    builder: Builder<'a>,
    lines: Lines<'a>,
}

impl Reader<'_> {
    fn value(&mut self, value: Value<'_>, depth: usize) -> Result<Spanned, Diagnostic> {
        let spot = self.lines.spot(value.range().start);
        self.builder.check_depth(depth, spot)?;
        self.builder.count(1, spot)?;
        let kind = match value {
            Value::NullKeyword(_) => Kind::Null,
            Value::BooleanLit(truth) => Kind::Bool(truth.value),
            Value::StringLit(text) => Kind::String(text.value.into_owned()),
            Value::NumberLit(number) => number
                .value
                .parse::<Number>()
                .map_or_else(|_| Kind::String(number.value.to_owned()), Kind::Number),
            Value::Array(array) => {
                let items = array.elements.into_iter().map(|item| self.value(item, depth + 1));
                Kind::List(items.collect::<Result<_, _>>()?)
            }
            Value::Object(object) => {
                let mut entries = Vec::new();
                for property in object.properties {
                    let spot = self.lines.spot(property.name.range().start);
                    let value = self.value(property.value, depth + 1)?;
                    let key = property.name.into_string();
                    self.builder.insert(&mut entries, Entry { key, spot, value })?;
                }
                Kind::Map(entries)
            }
        };
        Ok(self.builder.node(kind, spot))
    }
}
