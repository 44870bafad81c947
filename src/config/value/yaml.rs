//! YAML 1.2 through the events of `saphyr-parser`.
//!
//! Built from events and not with a loader: a loader drops the places of keys, takes the last of two equal
//! keys in silence, and expands aliases without a limit.

use std::collections::BTreeMap;
use std::sync::Arc;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, ScanError, Span, StrInput};
use serde_json::Number;

use super::{Builder, Entry, Kind, Source, Spanned, Spot};
use crate::diag::Diagnostic;

/// Reads the one document of `text`.
pub(super) fn parse(text: &str, first_line: u32, source: &Arc<Source>) -> Result<Spanned, Diagnostic> {
    let mut reader = Reader {
        events: Parser::new_from_str(text),
        builder: Builder::new(source),
        anchors: BTreeMap::new(),
        first_line,
    };
    let mut document = None;
    while let Some((event, spot)) = reader.next()? {
        match event {
            Event::DocumentStart(_) if document.is_some() => {
                let message = "a second YAML document begins here".to_owned();
                return Err(reader
                    .builder
                    .error("yaml-syntax", message, spot)
                    .hint("one file is one document"));
            }
            Event::StreamStart
            | Event::StreamEnd
            | Event::DocumentStart(_)
            | Event::DocumentEnd
            | Event::Nothing => {}
            event => document = Some(reader.node(event, spot, 0)?),
        }
    }
    let empty = Spanned { spot: Spot { line: first_line, column: 1 }, ..Spanned::empty(source) };
    Ok(document.filter(|node| !matches!(node.kind, Kind::Null)).unwrap_or(empty))
}

struct Reader<'a> {
    events: Parser<'a, StrInput<'a>>,
    builder: Builder<'a>,
    anchors: BTreeMap<usize, (Spanned, usize)>,
    first_line: u32,
}

impl<'a> Reader<'a> {
    fn spot(&self, marker: &Marker) -> Spot {
        let line = (marker.line().max(1) as u32 - 1).saturating_add(self.first_line);
        Spot { line, column: marker.col() as u32 + 1 }
    }

    fn next(&mut self) -> Result<Option<(Event<'a>, Spot)>, Diagnostic> {
        match self.events.next() {
            None => Ok(None),
            Some(Ok((event, Span { start, .. }))) => Ok(Some((event, self.spot(&start)))),
            Some(Err(error)) => Err(self.syntax(&error)),
        }
    }

    fn syntax(&self, error: &ScanError) -> Diagnostic {
        let message = format!("this is not YAML: {}", error.info());
        let found = self.builder.error("yaml-syntax", message, self.spot(error.marker()));
        found.hint("a text with a colon, or one that begins with a sign such as @, #, & or *, goes in quotes")
    }

    /// The event that must follow, as the parser ends no list or map without its end.
    fn expect(&mut self) -> Result<(Event<'a>, Spot), Diagnostic> {
        let end = Spot { line: self.first_line, column: 1 };
        self.next()?
            .ok_or_else(|| self.builder.error("yaml-syntax", "the YAML ends too early".to_owned(), end))
    }

    fn node(&mut self, event: Event<'a>, spot: Spot, depth: usize) -> Result<Spanned, Diagnostic> {
        self.builder.check_depth(depth, spot)?;
        self.builder.count(1, spot)?;
        let before = self.builder.nodes - 1;
        let (kind, anchor) = match event {
            Event::Scalar(text, style, anchor, tag) => {
                let is_string = tag.is_some_and(|tag| tag.is_yaml_core_schema() && tag.suffix == "str");
                let kind = if style == ScalarStyle::Plain && !is_string {
                    plain(&text)
                } else {
                    Kind::String(text.into_owned())
                };
                (kind, anchor)
            }
            Event::SequenceStart(anchor, _) => (self.list(depth)?, anchor),
            Event::MappingStart(anchor, _) => (self.map(depth)?, anchor),
            Event::Alias(anchor) => return self.alias(anchor, spot),
            _ => (Kind::Null, 0),
        };
        let node = self.builder.node(kind, spot);
        if anchor > 0 {
            self.anchors.insert(anchor, (node.clone(), self.builder.nodes - before));
        }
        Ok(node)
    }

    fn alias(&mut self, anchor: usize, spot: Spot) -> Result<Spanned, Diagnostic> {
        let Some((node, size)) = self.anchors.get(&anchor) else {
            let message = "this alias stands inside the value that it repeats".to_owned();
            return Err(self.builder.error("circular-alias", message, spot));
        };
        let (node, size) = (node.clone(), *size);
        self.builder.count(size, spot)?;
        Ok(node)
    }

    fn list(&mut self, depth: usize) -> Result<Kind, Diagnostic> {
        let mut items = Vec::new();
        loop {
            match self.expect()? {
                (Event::SequenceEnd, _) => return Ok(Kind::List(items)),
                (event, spot) => items.push(self.node(event, spot, depth + 1)?),
            }
        }
    }

    fn map(&mut self, depth: usize) -> Result<Kind, Diagnostic> {
        let mut entries = Vec::new();
        loop {
            let (event, spot) = self.expect()?;
            let key = match event {
                Event::MappingEnd => return Ok(Kind::Map(entries)),
                Event::Scalar(text, ..) => text.into_owned(),
                _ => {
                    let message = "a key must be a text".to_owned();
                    return Err(self.builder.error("yaml-syntax", message, spot));
                }
            };
            let (event, value_spot) = self.expect()?;
            let value = self.node(event, value_spot, depth + 1)?;
            self.builder.insert(&mut entries, Entry { key, spot, value })?;
        }
    }
}

/// A plain scalar by the core schema of YAML 1.2, with one exception: a number that would not print as it was
/// written (`0612345678`, `1.10`, `+31`, `1e3`) stays a text, so that no telephone number loses its zero.
fn plain(text: &str) -> Kind {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Kind::Null,
        "true" | "True" | "TRUE" => return Kind::Bool(true),
        "false" | "False" | "FALSE" => return Kind::Bool(false),
        _ => {}
    }
    match text.parse::<Number>() {
        Ok(number) if number.to_string() == text => Kind::Number(number),
        _ => Kind::String(text.to_owned()),
    }
}
