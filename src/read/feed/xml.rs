//! The XML of feeds, as far as feeds need it: the channel's fields, and its items with theirs. Read in one pass; no
//! entity is ever expanded, so nothing grows.

use std::ops::Range;
use std::sync::Arc;

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};

use crate::diag::{Diagnostic, Place};
use crate::read::clean::DEEPEST;

/// A feed: what it says of itself, and what is in it.
#[derive(Debug, Default)]
pub(super) struct Feed {
    /// The name of its root element with the prefix: `rss`, `feed`, `rdf:RDF`.
    pub(super) root: String,
    /// The language that its root element gives.
    pub(super) lang: Option<String>,
    /// The fields of the feed itself.
    pub(super) channel: Vec<Field>,
    pub(super) items: Vec<Item>,
}

/// An item or entry.
#[derive(Debug, Default)]
pub(super) struct Item {
    /// The line of its start tag, from 1.
    pub(super) line: u32,
    pub(super) fields: Vec<Field>,
}

/// An element directly in a feed or an item.
#[derive(Debug, Default)]
pub(super) struct Field {
    /// With its prefix, as feeds are written: `dc:creator`.
    pub(super) name: String,
    pub(super) attributes: Vec<(String, String)>,
    /// Its own text, without that of elements in it.
    pub(super) text: String,
    /// The line that the text begins on.
    pub(super) line: u32,
    /// The bytes between its tags.
    pub(super) inner: Range<usize>,
    /// The elements directly in it, with their text.
    pub(super) parts: Vec<(String, String)>,
}

impl Field {
    /// The value of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The text of an element in it.
    pub(super) fn part(&self, name: &str) -> Option<&str> {
        self.parts.iter().find(|(known, _)| known == name).map(|(_, text)| text.trim())
    }
}

/// Where the reader is in the tree.
enum At {
    Channel,
    Item,
}

/// Reads a feed.
///
/// # Errors
/// `broken-xml` for what is not well formed, `xml-entities` for a document that declares entities, `too-deep`.
pub(super) fn read(text: &str, file: &Arc<str>) -> Result<Feed, Diagnostic> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().allow_dangling_amp = true;
    let mut build = Build::new(text);
    loop {
        let start = reader.buffer_position() as usize;
        let event = reader.read_event().map_err(|error| {
            let offset = (reader.error_position() as usize).min(text.len());
            Diagnostic::error("broken-xml", format!("the XML is broken: {error}"))
                .at(Place { text: None, ..Place::offset(file.clone(), text, offset) })
                .hint("export the file again")
        })?;
        let end = reader.buffer_position() as usize;
        let failed = |code, message: String, hint: &str| {
            let place = Place { text: None, ..Place::offset(file.clone(), text, start) };
            Err(Diagnostic::error(code, message).at(place).hint(hint))
        };
        match event {
            Event::Start(tag) => {
                build.open(&tag, end);
                if build.names.len() > DEEPEST {
                    let message = format!("more than {DEEPEST} elements are nested in each other here");
                    return failed("too-deep", message, "no feed is nested so deep");
                }
            }
            Event::Empty(tag) => {
                build.open(&tag, end);
                build.close(end);
            }
            Event::End(_) => build.close(start),
            Event::Text(text) => build.add(&String::from_utf8_lossy(&text), start),
            Event::CData(text) => build.add(&String::from_utf8_lossy(&text), start + "<![CDATA[".len()),
            Event::GeneralRef(entity) => build.add(&resolved(&String::from_utf8_lossy(&entity)), start),
            Event::DocType(doctype) if doctype.windows(8).any(|it| it == b"<!ENTITY") => {
                return failed(
                    "xml-entities",
                    "the file declares entities of its own".into(),
                    "no feed needs them",
                );
            }
            Event::Eof if build.names.is_empty() => return Ok(build.feed),
            Event::Eof => {
                let message = format!("the file ends inside `{}`", build.names.join(" › "));
                return failed("broken-xml", message, "it was cut off: export or download it again");
            }
            _ => {}
        }
    }
}

/// A reference as text. One that XML does not know is left as it stands: in HTML it may mean something.
fn resolved(entity: &str) -> String {
    let number = entity.strip_prefix('#').and_then(|number| {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(digits) => u32::from_str_radix(digits, 16).ok()?,
            None => number.parse().ok()?,
        };
        char::from_u32(code).filter(|&c| c != '\0').map(String::from)
    });
    number
        .or_else(|| resolve_predefined_entity(entity).map(str::to_owned))
        .unwrap_or_else(|| format!("&{entity};"))
}

fn attributes(tag: &BytesStart<'_>) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for attribute in tag.attributes().with_checks(false).flatten() {
        let value = String::from_utf8_lossy(&attribute.value).into_owned();
        let plain =
            quick_xml::escape::unescape(&value).map(std::borrow::Cow::into_owned).unwrap_or(value.clone());
        found.push((String::from_utf8_lossy(attribute.key.as_ref()).into_owned(), plain));
    }
    found
}

struct Build<'t> {
    text: &'t str,
    feed: Feed,
    /// The names of the elements that are open.
    names: Vec<String>,
    /// Whose fields are read, and at which depth these are.
    at: At,
    depth: usize,
    line: u32,
    counted: usize,
}

impl<'t> Build<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            text,
            feed: Feed::default(),
            names: Vec::new(),
            at: At::Channel,
            depth: 2,
            line: 1,
            counted: 0,
        }
    }

    /// The line of a byte that lies behind all that were asked for.
    fn line(&mut self, offset: usize) -> u32 {
        let between = self.text.as_bytes().get(self.counted..offset).unwrap_or_default();
        self.line += between.iter().filter(|&&byte| byte == b'\n').count() as u32;
        self.counted = self.counted.max(offset);
        self.line
    }

    fn fields(&mut self) -> &mut Vec<Field> {
        match (&self.at, self.feed.items.last_mut()) {
            (At::Item, Some(item)) => &mut item.fields,
            _ => &mut self.feed.channel,
        }
    }

    fn open(&mut self, tag: &BytesStart<'_>, end: usize) {
        let name = String::from_utf8_lossy(tag.name().as_ref()).into_owned();
        let line = self.line(end);
        let depth = self.names.len() + 1;
        if depth == 1 {
            self.feed.root.clone_from(&name);
            let lang = attributes(tag).into_iter().find(|(name, _)| name == "xml:lang");
            self.feed.lang = lang.map(|(_, value)| value);
        } else if matches!(self.at, At::Channel) && depth <= 3 && matches!(&*name, "item" | "entry") {
            self.feed.items.push(Item { line, fields: Vec::new() });
            (self.at, self.depth) = (At::Item, depth + 1);
        } else if name == "channel" && depth == 2 && matches!(self.at, At::Channel) {
            self.depth = 3;
        } else if depth == self.depth {
            let attributes = attributes(tag);
            self.fields().push(Field {
                name: name.clone(),
                attributes,
                line: 0,
                inner: end..end,
                ..Field::default()
            });
        } else if depth == self.depth + 1
            && let Some(field) = self.fields().last_mut()
        {
            field.parts.push((name.clone(), String::new()));
        }
        self.names.push(name);
    }

    fn close(&mut self, start: usize) {
        let depth = self.names.len();
        self.names.pop();
        if depth == self.depth {
            if let Some(field) = self.fields().last_mut() {
                field.inner.end = start.max(field.inner.start);
            }
        } else if depth + 1 == self.depth && matches!(self.at, At::Item) {
            self.at = At::Channel;
            self.depth = if self.names.get(1).is_some_and(|name| name == "channel") { 3 } else { 2 };
        }
    }

    fn add(&mut self, text: &str, offset: usize) {
        let depth = self.names.len();
        if depth < self.depth {
            return;
        }
        let line = self.line(offset);
        let is_own = depth == self.depth;
        let is_part = depth == self.depth + 1;
        let Some(field) = self.fields().last_mut() else { return };
        if is_own {
            // What comes before the first word is not text to count lines from.
            if field.text.trim().is_empty() {
                field.text.clear();
                field.line = line;
            }
            field.text.push_str(text);
        } else if is_part && let Some((_, part)) = field.parts.last_mut() {
            part.push_str(text);
        }
    }
}
