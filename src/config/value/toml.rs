//! TOML 1 through `toml_edit`, which keeps the span of every key and value.

use std::ops::Range;
use std::sync::Arc;

use serde_json::Number;
use toml_edit::{Document, Item, Key, TableLike, Value};

use super::{Builder, Entry, Kind, Lines, Source, Spanned, Spot};
use crate::diag::Diagnostic;

/// Reads `text`.
pub(super) fn parse(text: &str, first_line: u32, source: &Arc<Source>) -> Result<Spanned, Diagnostic> {
    let lines = Lines::new(text, first_line);
    let builder = Builder::new(source);
    let document = Document::parse(text).map_err(|error| {
        let spot = lines.spot(error.span().map_or(0, |span| span.start));
        let message = format!("this is not TOML: {}", error.message().trim_end().replace('\n', ", "));
        builder.error("toml-syntax", message, spot)
    })?;
    let mut reader = Reader { builder, lines };
    let start = Spot { line: first_line, column: 1 };
    let kind = reader.table(document.as_table(), 0)?;
    Ok(reader.builder.node(kind, start))
}

struct Reader<'a> {
    builder: Builder<'a>,
    lines: Lines<'a>,
}

impl Reader<'_> {
    fn spot(&self, span: Option<Range<usize>>, otherwise: Spot) -> Spot {
        span.map_or(otherwise, |span| self.lines.spot(span.start))
    }

    fn table(&mut self, table: &dyn TableLike, depth: usize) -> Result<Kind, Diagnostic> {
        let mut entries = Vec::new();
        for (name, item) in table.iter() {
            let spot = self.spot(table.key(name).and_then(Key::span), Spot { line: 1, column: 1 });
            let value = self.item(item, spot, depth + 1)?;
            self.builder.insert(&mut entries, Entry { key: name.to_owned(), spot, value })?;
        }
        // A table may be written in parts; the order of writing is that of the keys' places.
        entries.sort_by_key(|entry| entry.spot);
        Ok(Kind::Map(entries))
    }

    fn item(&mut self, item: &Item, key: Spot, depth: usize) -> Result<Spanned, Diagnostic> {
        let spot = self.spot(item.span(), key);
        self.builder.check_depth(depth, spot)?;
        self.builder.count(1, spot)?;
        let kind = match item {
            Item::None => Kind::Null,
            Item::Value(value) => return self.value(value, spot, depth),
            Item::Table(table) => self.table(table, depth)?,
            Item::ArrayOfTables(tables) => {
                let mut items = Vec::new();
                for table in tables {
                    let spot = self.spot(table.span(), spot);
                    let kind = self.table(table, depth + 1)?;
                    items.push(self.builder.node(kind, spot));
                }
                Kind::List(items)
            }
        };
        Ok(self.builder.node(kind, spot))
    }

    fn value(&mut self, value: &Value, key: Spot, depth: usize) -> Result<Spanned, Diagnostic> {
        let spot = self.spot(value.span(), key);
        self.builder.check_depth(depth, spot)?;
        self.builder.count(1, spot)?;
        let kind = match value {
            Value::String(text) => Kind::String(text.value().clone()),
            Value::Integer(number) => Kind::Number(Number::from(*number.value())),
            Value::Float(number) => Number::from_f64(*number.value())
                .map_or_else(|| Kind::String(number.value().to_string()), Kind::Number),
            Value::Boolean(truth) => Kind::Bool(*truth.value()),
            Value::Datetime(date) => Kind::String(date.value().to_string()),
            Value::Array(items) => {
                let items = items.iter().map(|item| self.value(item, spot, depth + 1));
                Kind::List(items.collect::<Result<_, _>>()?)
            }
            Value::InlineTable(table) => self.table(table, depth)?,
        };
        Ok(self.builder.node(kind, spot))
    }
}
