//! A styled tree in, [`Pages`] out: our own paged layout.
//!
//! `boxes` makes the box tree. Every formatting context (`block`, `bands` for flex and grid, `table`, `columns`) is a
//! function of a box, the space that is left on the page and a token to go on from; it gives a fragment, and a
//! break token where not all of the box fits. `page` fills page after page; `paint` turns fragments into items in
//! CSS paint order; `structure` builds what assistive technology reads.

mod absolute;
mod bands;
mod block;
mod boxes;
mod columns;
mod context;
mod density;
mod destination;
mod fragment;
mod initial_letter;
pub mod inline;
mod intrinsic;
mod numbers;
mod page;
mod pages;
mod paint;
mod replaced;
mod report;
mod scale;
mod sizing;
mod space;
mod structure;
mod table;
#[cfg(test)]
pub(crate) mod tests;

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use crate::diag::{Diagnostic, Outcome};
use crate::fonts::FontBook;
use crate::style::StyledTree;
use crate::units::{Pt, Px};
use context::Context;
use inline::{Shapes, Typesetter};
pub use numbers::Numbering;
use numbers::PageNumbers;
use page::{LaidPage, Survey};
use paint::Painter;
pub(crate) use structure::Names;
use structure::Tags;

pub use density::{LEAST_DENSITY, few_pixels};
pub use destination::Destination;
pub use pages::{
    Anchor, Artifact, Fill, Glyph, GradientKind, Group, Item, Link, LinkTarget, Outline, Outside, Page,
    Pages, Path, PathStep, Scale, Shape, Stroke, Structure, StructureNode, Tag, TagId, Text,
};

/// Lays a document out on pages.
///
/// # Errors
/// `too-many-pages` where the document's metadata allows fewer pages than it takes at the smallest legible size.
pub fn layout(tree: &StyledTree, fonts: &FontBook, setting: &Setting) -> Outcome<(Pages, Vec<Diagnostic>)> {
    scale::fit(tree, fonts, setting)
}

/// A document as it is set on pages of this scale: with its type and its space that much smaller, but no type below
/// `least` that was larger.
pub fn at_scale(tree: &StyledTree, Scale(scale): Scale, least: Pt) -> StyledTree {
    scale::scaled(tree, scale, least.into())
}

/// How a document is to be set, beside what it says itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Setting {
    /// To keep to a number of pages, body text is not made smaller than this.
    pub smallest: Pt,
    /// How its pages are counted.
    pub numbering: Numbering,
    /// Who gets the pages.
    pub destination: Destination,
}

impl Default for Setting {
    fn default() -> Self {
        Self { smallest: Pt(8.0), numbering: Numbering::default(), destination: Destination::Reader }
    }
}

/// A document laid out at one scale.
struct Attempt {
    pages: Pages,
    diagnostics: Vec<Diagnostic>,
    /// How many pages are full, the last one as far as it is filled.
    used: f32,
    /// What is on pages that the document may not have.
    overflow: Option<scale::Overflow>,
}

/// A document at a scale at which it takes more pages than it may have. It is not painted.
#[derive(Clone, Copy, Debug)]
struct TooMany {
    pages: usize,
    /// How many pages are full, the last one as far as it is filled.
    used: f32,
}

/// How often a document that quotes its own page numbers is laid out.
const PASSES: usize = 3;

/// What is known of a document from its layouts at other scales.
#[derive(Default)]
struct Known {
    shapes: Rc<Shapes>,
    /// The page numbers that the last one gave.
    numbers: Option<PageNumbers>,
}

/// Lays a document out as it is, on so many pages at most.
fn lay_out(
    tree: &StyledTree,
    fonts: &FontBook,
    setting: &Setting,
    known: &mut Known,
    most: usize,
) -> Result<Attempt, TooMany> {
    let tree = &*initial_letter::sized(tree, fonts);
    let boxes = boxes::build(tree);
    let typesetter = Typesetter::new(tree, fonts).with_shapes(&known.shapes);
    let mut cx = Context::new(tree, &boxes, &typesetter).counted(setting.numbering);
    if let Some(numbers) = known.numbers.take() {
        cx.numbers = numbers;
    }
    let mut pass = 1;
    loop {
        if let Some(node) = boxes.too_deep {
            let warning = report::too_deep(&cx, node);
            cx.warn(warning);
        }
        let laid = page::paginate(&mut cx);
        let survey = page::survey(&mut cx, &laid);
        let notes = page::note_numbers(&cx, &laid);
        let numbers = PageNumbers::of(&survey, cx.numbering, notes);
        let agrees = cx.quoted.agrees(&numbers);
        if agrees || pass == PASSES {
            if !agrees {
                let warning = report::unsettled(&cx);
                cx.warn(warning);
            }
            known.numbers = Some(numbers.clone());
            cx.numbers = numbers;
            return match laid.len() {
                pages if pages > most => Err(TooMany { pages, used: scale::fill(&laid) }),
                _ => Ok(finish(cx, &laid, survey, setting)),
            };
        }
        cx = cx.again(numbers);
        pass += 1;
    }
}

/// Paints the pages and gathers what the writers need beside them.
fn finish(mut cx: Context, laid: &[LaidPage], survey: Survey, setting: &Setting) -> Attempt {
    let mut tags = structure::build(cx.tree);
    let mut pages = Vec::with_capacity(laid.len());
    for (index, page) in laid.iter().enumerate() {
        let quotes = page::Quotes {
            page: survey.numbers[index],
            strings: &survey.strings[index],
            running: &survey.running[index],
        };
        let margin_boxes = page::margin_boxes(&mut cx, page, &quotes);
        let (outside, marks) = setting.destination.around(&page.style);
        let bleed = paint::Bleed { sheet: page.style.size, by: outside.bleed };
        let mut painter = Painter { cx: &cx, tags: &tags, artifact: None, bleed };
        let mut items = painter.page(page, &margin_boxes);
        paint::marks(page.style.size, outside, marks, &mut items);
        let links = links(&cx, &tags, &survey.links[index]);
        pages.push(Page { number: quotes.page, size: page.style.size, outside, items, links });
    }
    tags.place(&survey, &pages);
    let mut diagnostics = cx.typesetter.diagnostics();
    diagnostics.append(&mut cx.warnings);
    let limit = cx.tree.meta.pages.map(|limit| limit as usize);
    Attempt {
        used: scale::fill(laid),
        overflow: limit.and_then(|limit| scale::overflow(&cx, laid, &pages, &tags, limit)),
        pages: Pages {
            pages,
            outline: survey.outline,
            anchors: survey.anchors,
            structure: tags.structure,
            meta: cx.tree.meta.clone(),
            scale: Scale::default(),
        },
        diagnostics,
    }
}

/// The links of a page with their targets.
fn links(cx: &Context, tags: &Tags, found: &[(crate::style::NodeId, Vec<crate::geom::Rect>)]) -> Vec<Link> {
    let tree = cx.tree;
    let mut links = Vec::new();
    let mut seen: BTreeMap<crate::style::NodeId, ()> = BTreeMap::new();
    for (node, areas) in found {
        // What has no area cannot be followed.
        let has_area = |area: &&crate::geom::Rect| area.size.width > Px::ZERO && area.size.height > Px::ZERO;
        let areas: Vec<crate::geom::Rect> = areas.iter().filter(has_area).copied().collect();
        if areas.is_empty() {
            continue;
        }
        let Some(element) = tree.element(*node) else { continue };
        let Some(href) = element.attribute("href") else { continue };
        if href.is_empty() || seen.insert(*node, ()).is_some() {
            continue;
        }
        let target = match (element.attribute(crate::read::HANDOUT), href.strip_prefix('#')) {
            (Some(slug), _) => {
                let anchor = href.split_once('#').map(|(_, anchor)| Arc::from(anchor));
                LinkTarget::Handout(Arc::from(slug), anchor)
            }
            (None, Some(name)) => LinkTarget::Anchor(Arc::from(name)),
            (None, None) => LinkTarget::Url(Arc::from(href)),
        };
        let text = match element.pseudo.map(|_| &element.lang) {
            Some(lang) => page::note_name(cx, *node, lang),
            None => tags.link_words(tree, *node),
        };
        links.push(Link { areas, target, tag: tags.of(*node), text });
    }
    links
}
