//! A styled tree as a Word document (ISO/IEC 29500, Office Open XML, transitional).
//!
//! [`write`] goes through the tree once and makes paragraphs and tables with their looks ([`flow`], [`inline`],
//! [`table`], [`arrange`]); then the looks get names, Word's own where there is one ([`styles`]); then docx-rs
//! writes the parts ([`emit`]), and [`package`] mends them and packs the file. Pages are Word's affair: nothing
//! here knows of them but the sheet, its margins and what stands in these ([`section`]).

mod access;
mod arrange;
mod article;
mod attribute;
mod beside;
mod boxes;
mod caption;
mod columns;
mod contents;
mod control;
mod cross_reference;
mod distance;
mod emit;
mod flow;
mod frame;
mod initial;
mod inline;
mod joined;
mod label;
mod links;
mod look;
mod measure;
mod model;
mod notes;
mod numbering;
mod package;
mod palette;
mod paragraph;
mod picture;
mod rail;
mod read;
mod reference;
mod running;
mod section;
mod sheet;
mod specimen;
mod styles;
mod substitution;
mod table;
mod table_look;
mod text;
mod tracks;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use docx_rs::Docx;

use crate::config::Brand;
use crate::diag::{Diagnostic, Outcome};
use crate::fonts::FontBook;
use crate::style::computed::{Hyphens, LineHeight};
use crate::style::{NodeId, StyledTree};
use crate::units::{Px, Twips};

use cross_reference::CrossReferences;
use flow::Column;
use links::{Anchors, Links};
use look::{LineRule, Rgb, RunLook};
use numbering::{ListPlace, Numbering};
pub use package::SharedParts;
use package::{Riders, Sheet};
pub use read::paragraphs;
pub use reference::Reference;
pub use specimen::{BODY as SPECIMEN, Specimen};
use styles::Styles;
use substitution::Substitutes;
pub use substitution::Substitution;
use table_look::TableLook;

/// What grows while a document is written.
struct Writer<'a> {
    tree: &'a StyledTree,
    fonts: &'a FontBook,
    styles: Styles,
    numbering: Numbering,
    riders: Riders,
    links: Links,
    anchors: Anchors,
    /// What refers to words of other elements.
    references: CrossReferences,
    /// Inline elements without a `style` attribute, once one with it is met.
    plain: Option<attribute::Plain>,
    /// Boxes that only a table can be.
    tables: BTreeSet<NodeId>,
    /// The number of the page that each element with an id is on, as far as that is known.
    pages: &'a PageNumbers,
    /// Family and natural line height (for a size of 1) of each font style, by its address in the tree.
    families: BTreeMap<usize, (Arc<str>, f32)>,
    /// The fonts that text is set in.
    used: package::Used,
    /// The numbers of captions so far.
    sequences: caption::Sequences,
    /// How many headings there are of each level of which all are in one style.
    headings: BTreeMap<u8, usize>,
    /// How many headings of the first level there are.
    titles: usize,
    /// Identifiers of elements that began before the next paragraph.
    waiting: Vec<Arc<str>>,
    /// Boxes that stand in a cell of their own, away from what is around them.
    lifted: BTreeSet<NodeId>,
    /// The list marker that the next paragraph carries.
    pending: Option<ListPlace>,
    /// Paragraphs written so far: they are numbered.
    paragraphs: usize,
    /// Drawings so far: they are numbered.
    drawings: usize,
    /// Content controls so far: they are numbered.
    controls: usize,
    /// How many of them are not filled in.
    placeholders: usize,
    /// What tables of data look like.
    table_look: Option<TableLook>,
    /// The footnotes so far, in the order of their references.
    notes: Vec<(NodeId, Vec<model::Block>)>,
    /// The pictures in footnotes: relationship and file.
    note_pictures: Vec<(String, Vec<u8>)>,
    /// How wide the page's column is.
    text_width: Px,
    /// From the left side of the page's column to the footnotes.
    notes_left: Px,
    /// SVG files: relationship and text.
    vectors: Vec<(String, Arc<str>)>,
    /// Whether SVG files and links can be related to here: not in headers and footers.
    relations: Relations,
    /// Whose looks it has.
    looks: Looks,
    /// The document's language.
    lang: Arc<str>,
    access: access::Access,
    /// What Word has a substitute for.
    lost: Substitutes,
    warnings: Vec<Diagnostic>,
}

/// A Word document.
pub struct Written {
    /// The file.
    pub file: Vec<u8>,
    /// What Word cannot carry, and what is there instead.
    pub substitutions: Vec<Substitution>,
    /// What somebody should look at.
    pub warnings: Vec<Diagnostic>,
}

/// Whose looks a document has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Looks {
    /// The layout's.
    Layout,
    /// A reference's, with the layout's where it has none: how large its text is nobody knows here.
    Reference,
}

/// Which part is being written: each has relationships of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Relations {
    /// The document.
    Document,
    /// A header or footer.
    Margin,
    /// A footnote.
    Note,
}

/// The numbers of the pages that elements are on, by their ids: what fields show until Word counts pages itself.
pub type PageNumbers = BTreeMap<Arc<str>, i32>;

/// What all documents of a house share.
#[derive(Clone, Copy)]
pub struct House<'a> {
    /// Its colours.
    pub brand: &'a Brand,
    /// The Word file whose looks they have.
    pub reference: Option<&'a Reference>,
    /// What the layout makes of what a document does not have.
    pub specimen: Option<&'a Specimen>,
    /// What their packages have alike.
    pub shared: &'a SharedParts,
}

/// The tree as a DOCX file, in the looks of a reference where there is one. The same tree gives the same bytes.
///
/// # Errors
/// `docx-package` where the file cannot be packed.
pub fn write(
    tree: &StyledTree,
    fonts: &FontBook,
    pages: &PageNumbers,
    house: &House<'_>,
) -> Outcome<Written> {
    let House { brand, reference, specimen, shared } = *house;
    let mut writer = Writer::new(tree, fonts, pages);
    writer.looks = if reference.is_some() { Looks::Reference } else { Looks::Layout };
    let asked = sheet::Sheet::of(tree);
    let sheet = reference.map_or_else(|| asked.clone(), |reference| asked.clone().like(reference));
    writer.note_losses(&asked, &sheet);
    writer.text_width = sheet.text_width();
    writer.notes_left = sheet.notes_left();
    let column = Column::new(sheet.text_width(), writer.background());
    let mut blocks = writer.block(tree.root, &column);
    writer.keep_tables_apart(&mut blocks);
    writer.begin_with_paragraph(&mut blocks);
    distance::ease(&mut blocks);
    writer.headings = running::headings(&blocks);
    let mut margins = writer.margins(&sheet);
    writer.end_sections(&mut blocks, &sheet, &margins);
    let mut notes = std::mem::take(&mut writer.notes);
    let others = margins.blocks_mut().chain(notes.iter_mut().map(|(_, blocks)| blocks));
    let mut all: Vec<&mut Vec<model::Block>> = others.collect();
    all.iter_mut().for_each(|blocks| writer.keep_tables_apart(blocks));
    all.insert(0, &mut blocks);
    all.iter_mut().for_each(|blocks| writer.keep_boxes_apart(blocks));
    writer.styles.collect(&mut all);
    if reference.is_none() {
        writer.styles.number(&all, &mut writer.numbering);
        specimen.iter().for_each(|specimen| writer.styles.complete(specimen, &mut writer.numbering));
    }
    let all: Vec<&[model::Block]> = all.iter().map(|blocks| &blocks[..]).collect();
    let theme = palette::theme(&writer.styles, &all, brand);
    let table_look = TableLook::of(&all);
    // A reference may have a style of that name: its cells say what the layout's look like.
    writer.table_look = table_look.map(|look| if reference.is_some() { TableLook::default() } else { look });
    drop(all);
    writer.notes = notes;
    let footnotes = writer.emit_footnotes();
    article::mark(&mut blocks);
    let mut docx = Docx::new();
    docx = writer.emit_body(docx, blocks);
    let even_headers = margins.has_even();
    docx = writer.emit_section(docx, &sheet, margins);
    let lists = std::mem::take(&mut writer.numbering).into_lists();
    docx.document_rels.has_numberings = !lists.is_empty();
    if reference.is_some() {
        // The reference's own fonts take the place of these.
        writer.used.retain(|(family, _)| ![&theme.body, &theme.headings].contains(&family));
    }
    let extras = package::Extras {
        riders: &writer.riders,
        meta: &tree.meta,
        lang: &writer.lang,
        sheet: Sheet {
            styles: std::mem::take(&mut writer.styles),
            theme: reference.is_none().then(|| theme.clone()),
            placeholders: writer.placeholders > 0,
            tables: writer.table_look.as_ref().map(TableLook::style),
        },
        lists,
        theme,
        fonts: package::Fonts::of(&writer.used, fonts),
        hyphenate: tree.nodes.iter().any(|node| node.style.text.hyphens == Hyphens::Auto),
        facing: sheet.facing(),
        even_headers,
        vectors: std::mem::take(&mut writer.vectors),
        footnotes,
        reference,
        shared,
    };
    match package::pack(docx.build(), extras) {
        Ok(file) => Ok(Written { file, substitutions: writer.lost.told(tree), warnings: writer.warnings }),
        Err(error) => Err(vec![error]),
    }
}

impl<'a> Writer<'a> {
    fn new(tree: &'a StyledTree, fonts: &'a FontBook, pages: &'a PageNumbers) -> Self {
        let root = tree.element(tree.root).map(|element| element.lang.clone());
        let references = CrossReferences::of(tree);
        let lang = root.filter(|lang| !lang.is_empty()).unwrap_or_else(|| Arc::from(&*tree.meta.lang));
        Self {
            tree,
            fonts,
            styles: Styles::default(),
            numbering: Numbering::default(),
            riders: Riders::default(),
            links: Links::default(),
            anchors: Anchors::of(tree, &references),
            references,
            plain: None,
            tables: BTreeSet::new(),
            pages,
            families: BTreeMap::new(),
            used: package::Used::new(),
            sequences: caption::Sequences::default(),
            headings: BTreeMap::new(),
            titles: access::titles(tree),
            waiting: Vec::new(),
            lifted: BTreeSet::new(),
            pending: None,
            paragraphs: 0,
            drawings: 0,
            controls: 0,
            placeholders: 0,
            table_look: None,
            notes: Vec::new(),
            note_pictures: Vec::new(),
            text_width: Px::ZERO,
            notes_left: Px::ZERO,
            vectors: Vec::new(),
            relations: Relations::Document,
            looks: Looks::Layout,
            lang: text::region(&lang),
            access: access::Access::of(tree),
            lost: Substitutes::default(),
            warnings: Vec::new(),
        }
    }

    /// The colour behind everything: the root's or the body's background, which CSS paints on the whole page.
    fn background(&self) -> Rgb {
        let root = self.tree.node(self.tree.root);
        let body = root
            .children
            .iter()
            .copied()
            .find(|child| self.tree.element(*child).is_some_and(|element| &*element.tag == "body"));
        let body = body
            .map_or(Rgb::WHITE, |body| Rgb::over(self.tree.node(body).style.paint.background, Rgb::WHITE));
        Rgb::over(root.style.paint.background, body)
    }

    /// The look of text of this style.
    fn run_look(&mut self, style: &crate::style::ComputedStyle, lang: &Arc<str>, under: Rgb) -> RunLook {
        let (family, _) = self.font(style);
        let lang = if lang.is_empty() { self.lang.clone() } else { text::region(lang) };
        let look = RunLook::of(style, family, lang, under);
        self.used.insert((look.family.clone(), package::Shape { bold: look.bold, italic: look.italic }));
        look
    }

    /// The family that a style's text is set in, and its natural line height for a size of 1.
    fn font(&mut self, style: &crate::style::ComputedStyle) -> (Arc<str>, f32) {
        let font = &style.font;
        let fonts = self.fonts;
        let found = self.families.entry(Arc::as_ptr(font) as usize).or_insert_with(|| {
            match fonts.select(&font.families, font.weight, font.slant).map(|id| fonts.face(id)) {
                Some(face) => {
                    let metrics = face.metrics;
                    (package::family(face), (metrics.ascent + metrics.descent + metrics.line_gap).0)
                }
                None => (font.families.first().cloned().unwrap_or_else(|| Arc::from("Times New Roman")), 1.2),
            }
        });
        found.clone()
    }

    /// `line-height` as multiples of the font's own line, so that it follows when somebody changes the size.
    fn line_rule(&mut self, style: &crate::style::ComputedStyle) -> LineRule {
        let (_, natural) = self.font(style);
        let size = style.font.size;
        let height = match style.text.line_height {
            LineHeight::Normal => return LineRule::Multiple(240),
            LineHeight::Number(number) => size * number,
            LineHeight::Length(length) => length.px,
        };
        let written = RunLook::size(style).0 as f32 / 1.5;
        let multiple = height.0 / (written * natural).max(0.01);
        if multiple < 0.5 {
            return LineRule::Exact(Twips::from(height.max(Px(1.0))));
        }
        LineRule::Multiple((multiple * 240.0).round() as i32)
    }
}
