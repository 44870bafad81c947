//! The cascade of `@page` (CSS Paged Media 3, section 4.3).

use std::sync::Arc;

use super::build::Builder;
use super::cascade::{Cascade, Given, Origin, Rule, Styled};
use super::computed::{ContentItem, LengthOrAuto, MarginBox, PageSelector, PageSide};
use super::properties::{ContentValue, Part};
use super::sheet::{Block, NOWHERE, PageSource, SheetText, Stylesheet, parse_attribute};
use super::tree::{Content, PageStyle, PageStyles};
use crate::geom::{Edges, Size};
use crate::units::{Mm, Px};

/// A4 (ISO 216).
const SHEET: (Mm, Mm) = (Mm(210.0), Mm(297.0));
/// The margin of a page that no rule gives one.
const MARGIN: Mm = Mm(20.0);

/// How the footnote area stands off from the text where no rule says so.
const NOTES: &str = "margin-top: 1em";

/// One `@page` rule with one of its selectors.
struct Candidate<'a> {
    selector: &'a PageSelector,
    source: &'a PageSource,
    order: usize,
}

/// The styles of every kind of page that the rules tell apart. They inherit from the root element.
pub(crate) fn styles(
    sheets: &[Arc<Stylesheet>],
    builder: &mut Builder<'_>,
    root: &Arc<Styled>,
) -> PageStyles {
    let mut candidates: Vec<Candidate<'_>> = Vec::new();
    for source in sheets.iter().flat_map(|sheet| &sheet.pages) {
        for selector in &source.selectors {
            let order = candidates.len();
            candidates.push(Candidate { selector, source, order });
        }
    }
    candidates.sort_by_key(|candidate| (candidate.selector.specificity(), candidate.order));
    let selectors: Vec<PageSelector> =
        candidates.iter().map(|candidate| candidate.selector.clone()).collect();
    let mut styles: Vec<(Vec<usize>, Arc<PageStyle>)> = Vec::new();
    for kind in kinds(&selectors) {
        let matching = kind.matching(&selectors);
        if styles.iter().all(|(known, _)| *known != matching) {
            let sources: Vec<&PageSource> = matching.iter().map(|index| candidates[*index].source).collect();
            styles.push((matching, Arc::new(style(&sources, builder, root))));
        }
    }
    PageStyles { selectors, styles }
}

/// A kind of page.
struct Kind<'a> {
    name: Option<&'a str>,
    first: bool,
    blank: bool,
    side: PageSide,
}

impl Kind<'_> {
    /// The selectors that match it, weakest first.
    fn matching(&self, selectors: &[PageSelector]) -> Vec<usize> {
        let matches = |selector: &PageSelector| {
            selector.name.as_deref().is_none_or(|name| self.name == Some(name))
                && (!selector.first || self.first)
                && (!selector.blank || self.blank)
                && selector.side.is_none_or(|side| side == self.side)
        };
        (0..selectors.len()).filter(|index| matches(&selectors[*index])).collect()
    }
}

/// Every kind of page that selectors can tell apart.
fn kinds(selectors: &[PageSelector]) -> Vec<Kind<'_>> {
    let mut names: Vec<Option<&str>> = selectors.iter().map(|selector| selector.name.as_deref()).collect();
    names.push(None);
    names.sort_unstable();
    names.dedup();
    let mut kinds = Vec::new();
    for name in names {
        for (first, blank) in [(false, false), (true, false), (false, true), (true, true)] {
            kinds.extend([PageSide::Left, PageSide::Right].map(|side| Kind { name, first, blank, side }));
        }
    }
    kinds
}

impl PageSelector {
    /// Name, then `:first` and `:blank`, then `:left` and `:right`.
    fn specificity(&self) -> (usize, usize, usize) {
        (
            usize::from(self.name.is_some()),
            usize::from(self.first) + usize::from(self.blank),
            usize::from(self.side.is_some()),
        )
    }
}

impl PageStyles {
    /// The style of a page: of this name, the first of the document or not, blank or not, on this side.
    pub fn cascade(&self, name: Option<&str>, first: bool, blank: bool, side: PageSide) -> Arc<PageStyle> {
        let matching = Kind { name, first, blank, side }.matching(&self.selectors);
        let found = self.styles.iter().find(|(known, _)| *known == matching);
        found.map_or_else(|| Arc::new(PageStyle::default()), |(_, style)| style.clone())
    }
}

impl Default for PageStyle {
    fn default() -> Self {
        Self {
            size: Size::new(Px::from(SHEET.0), Px::from(SHEET.1)),
            bleed: None,
            marks: None,
            margin: Edges::all(Px::from(MARGIN)),
            style: Arc::default(),
            boxes: Vec::new(),
            notes: Arc::default(),
        }
    }
}

fn style(sources: &[&PageSource], builder: &mut Builder<'_>, root: &Arc<Styled>) -> PageStyle {
    let plain = PageStyle::default();
    let size = sources.iter().rev().find_map(|source| source.sheet.size).unwrap_or(plain.size);
    let text = Arc::new(SheetText { file: Arc::from("@page"), source: Arc::from("") });
    let defaults = parse_attribute(&format!("margin: {}mm", MARGIN.0), &text, NOWHERE, &mut Vec::new());
    let blocks: Vec<&Block> = sources.iter().map(|source| &source.block).collect();
    let page = compute(&blocks, &defaults, &mut builder.cascade, root);
    let margin = page.style.boxes.margin;
    let resolve = |length: LengthOrAuto, basis: Px| length.resolve(basis).unwrap_or(Px::ZERO);
    let mut boxes = Vec::new();
    for name in MarginBox::KEYWORDS {
        let Some(margin_box) = MarginBox::from_keyword(name) else { continue };
        let blocks: Vec<&Block> = sources
            .iter()
            .flat_map(|source| &source.boxes)
            .filter_map(|(of, block)| (*of == margin_box).then_some(block))
            .collect();
        if blocks.is_empty() {
            continue;
        }
        let defaults = parse_attribute(alignment(margin_box), &text, NOWHERE, &mut Vec::new());
        let styled = compute(&blocks, &defaults, &mut builder.cascade, &page);
        if let ContentValue::Parts(parts) = &styled.style.generated.value {
            let file = blocks.last().map_or(&text.file, |block| &block.text.file);
            let items = parts.iter().filter_map(|part| item(part, builder, file)).collect();
            boxes.push((margin_box, styled.style.clone(), items));
        }
    }
    let blocks: Vec<&Block> = sources.iter().flat_map(|source| &source.notes).collect();
    let defaults = parse_attribute(NOTES, &text, NOWHERE, &mut Vec::new());
    let notes = compute(&blocks, &defaults, &mut builder.cascade, &page);
    PageStyle {
        size,
        bleed: sources.iter().rev().find_map(|source| source.sheet.bleed),
        marks: sources.iter().rev().find_map(|source| source.sheet.marks),
        margin: Edges {
            top: resolve(margin.top, size.height),
            right: resolve(margin.right, size.width),
            bottom: resolve(margin.bottom, size.height),
            left: resolve(margin.left, size.width),
        },
        style: page.style.clone(),
        boxes,
        notes: notes.style.clone(),
    }
}

fn compute(
    blocks: &[&Block],
    defaults: &Block,
    cascade: &mut Cascade<'_>,
    parent: &Arc<Styled>,
) -> Arc<Styled> {
    let rules: Vec<Rule<'_>> = blocks.iter().map(|block| Rule::of(block, Origin::Author)).collect();
    let given = Given { rules: &rules, hints: Some(defaults), inline: None, is_root: false };
    cascade.style(Some(parent), &given)
}

/// How content stands in each margin box (CSS Paged Media 3, section 5.3).
fn alignment(margin_box: MarginBox) -> &'static str {
    use MarginBox as Box;
    match margin_box {
        Box::TopLeft | Box::BottomLeft => "text-align: left; vertical-align: middle",
        Box::TopRight | Box::BottomRight => "text-align: right; vertical-align: middle",
        Box::TopLeftCorner | Box::BottomLeftCorner => "text-align: right; vertical-align: middle",
        Box::TopRightCorner | Box::BottomRightCorner => "text-align: left; vertical-align: middle",
        Box::LeftTop | Box::RightTop => "text-align: center; vertical-align: top",
        Box::LeftBottom | Box::RightBottom => "text-align: center; vertical-align: bottom",
        Box::TopCenter | Box::BottomCenter | Box::LeftMiddle | Box::RightMiddle => {
            "text-align: center; vertical-align: middle"
        }
    }
}

/// An item of a margin box. There is no element here for `attr()` and quotation marks.
fn item(part: &Part, builder: &Builder<'_>, file: &Arc<str>) -> Option<ContentItem> {
    Some(match part {
        Part::Text(text) | Part::Attribute(_, Some(text)) => ContentItem::Text(text.clone()),
        Part::Counter(name, style) | Part::Counters(name, _, style) => match &**name {
            "page" => ContentItem::Page(style.clone()),
            "pages" => ContentItem::Pages(style.clone()),
            _ => return None,
        },
        Part::String(name, position) => ContentItem::String(name.clone(), *position),
        Part::Running(name, position) => ContentItem::Running(name.clone(), *position),
        Part::Leader(text) => ContentItem::Leader(text.clone()),
        Part::Picture(src) => ContentItem::Picture(builder.cascade.picture(src, file)?),
        Part::TargetCounter(target, ..) | Part::TargetCounters(target, ..) | Part::TargetText(target, _) => {
            return of_target(part, &target.id(|_| None)?, builder);
        }
        _ => return None,
    })
}

/// What a margin box quotes of the element with an id.
fn of_target(part: &Part, id: &Arc<str>, builder: &Builder<'_>) -> Option<ContentItem> {
    match part {
        Part::TargetCounter(_, counter, style) if &**counter == "page" => {
            Some(ContentItem::TargetPage(id.clone(), style.clone()))
        }
        part => match builder.target_content(id, part)? {
            Content::Text(text) => Some(ContentItem::Text(text)),
            Content::Generated(item) => Some(item),
            Content::Element(_) => None,
        },
    }
}
