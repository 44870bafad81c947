//! Word documents (.docx; ISO/IEC 29500): the words and what they are, by styles, lists and properties, whatever program
//! wrote them.
//!
//! [`read`] opens the package, `reader` walks its parts and gives blocks (`model`), `arrange` puts captions to what they
//! belong to, and `write` makes HTML of them. The source that messages show a line of is the document's own text, a line a
//! paragraph: that is the number that `data-line` has.

mod arrange;
mod carried;
mod drawing;
mod element;
mod fields;
mod inline;
mod look;
mod math;
mod model;
mod numbering;
mod package;
mod properties;
mod reader;
mod role;
mod styles;
mod symbols;
mod table;
mod write;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use serde_json::{Map, Value};

use super::{Body, Source, clean, structure};
use crate::diag::{Diagnostic, Outcome, Place};
use crate::dom::{self, Document, NodeId};
use crate::opc::{ARTICLE, Fault};
use element::{attribute, name, parse};
use model::Block;
use numbering::Numbering;
use package::{Package, Part};
use reader::{Marked, NoteId, Reader};
use styles::Styles;
use write::Writer;

pub use package::{foreign, is_word};

/// A Word document that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Word {
    /// Its words, a line a paragraph.
    pub text: String,
    /// Its body, and what its core properties say.
    pub body: Body,
    /// What its custom properties say: somebody wrote that on purpose, as front matter.
    pub meta: Map<String, Value>,
}

/// Reads a Word document. Pictures get an address in it: `name.docx/word/media/image1.png`.
///
/// # Errors
/// `not-word`: a file that is something else, or is broken, or has more in it than is reasonable; `too-deep`.
pub fn read(bytes: &[u8], file: &Arc<str>) -> Outcome<Word> {
    let package = Package::open(bytes).map_err(|fault| vec![refused(fault, file)])?;
    read_package(&package, file).map_err(|fault| vec![refused(fault, file)])?
}

fn refused(Fault { message, hint }: Fault, file: &Arc<str>) -> Diagnostic {
    let message = format!("the Word document cannot be read: {message}");
    Diagnostic::error("not-word", message).at(Place::file(file.clone())).hint(hint)
}

/// What the parts of a document gave.
struct Found<'p> {
    reader: Reader<'p>,
    blocks: Vec<Block>,
    /// The notes that are called, in that order.
    notes: Vec<Vec<Block>>,
}

fn read_package(package: &Package, file: &Arc<str>) -> Result<Outcome<Word>, Fault> {
    let styles = part_of(&package.styles, Styles::read)?;
    let numbering = part_of(&package.numbering, Numbering::read)?;
    let address = drawing::encoded(file.rsplit('/').next().unwrap_or(file));
    let reader = Reader::new(&styles, numbering, &package.document.relations, &address);
    let found = read_parts(package, reader)?;
    if found.reader.is_too_deep {
        let text = found.reader.text.as_str();
        return Ok(Err(vec![clean::too_deep(&Source::new(file, text), found.reader.lines + 1)]));
    }
    let core = part_of(&package.core, |root| Some(properties::core(root)))?.unwrap_or_default();
    let custom = part_of(&package.custom, |root| Some(properties::custom(root)))?.unwrap_or_default();
    let comments = count_comments(package)?;
    Ok(finish(found, core, comments, file).map(|(text, body)| Word { text, body, meta: custom }))
}

/// What a part that may not be there gives.
fn part_of<T: Default>(part: &Option<String>, read: impl Fn(roxmltree::Node) -> T) -> Result<T, Fault> {
    let Some(text) = part else { return Ok(T::default()) };
    let tree = parse(text).map_err(Fault::new)?;
    Ok(read(tree.root_element()))
}

fn read_parts<'p>(package: &'p Package, mut reader: Reader<'p>) -> Result<Found<'p>, Fault> {
    let tree = parse(&package.document.text).map_err(Fault::new)?;
    let body = element::child(tree.root_element(), "body");
    let body = body.ok_or_else(|| Fault::new("it has no body"))?;
    let is_mark = |name: &str| name.starts_with(ARTICLE);
    let mut bookmarks = body.descendants().filter(|node| name(*node) == "bookmarkStart");
    reader.marked.is_told = bookmarks.any(|node| attribute(node, "name").is_some_and(is_mark));
    let blocks = arrange::arrange(reader.blocks(body));
    reader.marked = Marked::default();
    if !reader.fields.is_empty() {
        let found = Diagnostic::warning(
            "broken-field",
            "a field that begins somewhere above never ends: what is in it may be missing",
        );
        reader.warn(found.hint("open the document in Word, press Alt+F9 and look for it"));
        reader.fields.clear();
    }
    let feet = notes_of(&package.footnotes)?;
    let ends = notes_of(&package.endnotes)?;
    let mut notes = Vec::new();
    let mut at = 0;
    while let Some(note) = reader.notes.get(at).cloned() {
        let (part, trees, id) = match &note {
            NoteId::Foot(id) => (&package.footnotes, &feet, id),
            NoteId::End(id) => (&package.endnotes, &ends, id),
        };
        let node = trees.as_ref().and_then(|tree| note_node(tree, id));
        let blocks = match (part, node) {
            (Some(part), Some(node)) => {
                reader.relations = &part.relations;
                reader.blocks(node)
            }
            _ => Vec::new(),
        };
        notes.push(blocks);
        at += 1;
    }
    Ok(Found { reader, blocks, notes })
}

/// The notes of a part, by their numbers in it.
struct Notes<'t> {
    tree: roxmltree::Document<'t>,
    ids: BTreeMap<String, roxmltree::NodeId>,
}

fn notes_of(part: &Option<Part>) -> Result<Option<Notes<'_>>, Fault> {
    let Some(part) = part else { return Ok(None) };
    let tree = parse(&part.text).map_err(Fault::new)?;
    let notes = tree.root_element().children().filter(|node| matches!(name(*node), "footnote" | "endnote"));
    let ids = notes.filter_map(|node| Some((attribute(node, "id")?.to_owned(), node.id()))).collect();
    Ok(Some(Notes { tree, ids }))
}

fn note_node<'a>(notes: &'a Notes, id: &str) -> Option<roxmltree::Node<'a, 'a>> {
    notes.tree.get_node(*notes.ids.get(id)?)
}

fn count_comments(package: &Package) -> Result<usize, Fault> {
    part_of(&package.comments, |root| root.children().filter(|node| name(*node) == "comment").count())
}

/// Makes a body of what was found, and tells what was left out.
fn finish(
    found: Found,
    core: Map<String, Value>,
    comments: usize,
    file: &Arc<str>,
) -> Outcome<(String, Body)> {
    let Found { reader, blocks, notes } = found;
    let lang = main_language(&reader.letters);
    let mut writer =
        Writer { html: String::new(), lang: lang.as_deref(), wanted: &reader.wanted, calls: BTreeMap::new() };
    writer.blocks(&blocks);
    writer.notes(&notes);
    let source = Source::new(file, &reader.text);
    let mut document = dom::parse_fragment(&writer.html, 1);
    let root = document.fragment();
    let line = |_: u32| 1;
    clean::check_depth(&document, root, &source, line).map_err(|error| vec![error])?;
    clean::clean(&mut document, root);
    structure::head_rows(&mut document, root);
    structure::mark_speakers(&mut document, root);
    structure::mark_tasks(&mut document, root);
    let has_title = reader.title.is_some() || core.contains_key("title");
    let own = if reader.title.is_some() || (has_title && !has_one_title(&document, root)) {
        None
    } else {
        structure::take_title(&mut document, root)
    };
    structure::lower_headings(&mut document, root);
    let raised = structure::close_gaps(&mut document, root);
    let mut meta = core;
    let mut say = |key: &str, value: Option<Value>| {
        value.into_iter().for_each(|value| drop(meta.insert(key.to_owned(), value)))
    };
    say("lang", lang.as_deref().map(Value::from));
    say("subtitle", reader.subtitle.clone().map(Value::from));
    say("date", reader.date.clone().map(Value::from));
    say("authors", (!reader.authors.is_empty()).then(|| reader.authors.clone().into()));
    let only_ends =
        !reader.notes.is_empty() && reader.notes.iter().all(|note| matches!(note, NoteId::End(_)));
    say("notes", only_ends.then(|| "end".into()));
    let title = reader.title.clone().or(own);
    let mut warnings = warnings(&reader, comments, &source);
    warnings.extend(raised.map(|raised| raised.note().at(source.place(raised.line.unwrap_or(1)))));
    let html = document.inner_html(root).trim().to_owned();
    Ok((reader.text, Body { html, title, meta, warnings }))
}

/// Whether a body begins with its only heading of the highest level.
fn has_one_title(document: &Document, root: NodeId) -> bool {
    document.elements(root).filter(|id| document.is(*id, "h1")).nth(1).is_none()
}

/// The language that most letters are in.
fn main_language(letters: &BTreeMap<Rc<str>, usize>) -> Option<Rc<str>> {
    let most = letters.iter().rev().max_by_key(|(_, count)| **count);
    most.map(|(lang, _)| lang.clone())
}

fn warnings(reader: &Reader, comments: usize, source: &Source) -> Vec<Diagnostic> {
    let mut warnings: Vec<Diagnostic> = Vec::new();
    let many = |count: usize, one: &str, more: &str| {
        if count == 1 { one.to_owned() } else { format!("{count} {more}") }
    };
    let mut note = |code: &'static str, message: String| {
        warnings.push(Diagnostic::note(code, message).at(Place::file(source.file.clone())));
    };
    if comments > 0 {
        note("comments-left-out", format!("{} left out", many(comments, "a comment was", "comments were")));
    }
    let layout = reader.tally.layout;
    if layout > 0 {
        let what = many(
            layout,
            "a paragraph that the layout had added was",
            "paragraphs that the layout had added were",
        );
        note("layout-left-out", format!("{what} left out"));
    }
    let changes = reader.tally.changes;
    if changes > 0 {
        let what = many(changes, "a tracked change was", "tracked changes were");
        note("changes-accepted", format!("{what} taken as accepted"));
    }
    let formulas = reader.tally.formulas;
    if formulas > 0 {
        note(
            "formula-as-text",
            format!("{} set as plain text", many(formulas, "a formula was", "formulas were")),
        );
    }
    warnings.extend(reader.warnings.iter().map(|(line, found)| {
        let line = (*line).min(reader.lines.max(1));
        found.clone().at(source.place(line))
    }));
    warnings
}
