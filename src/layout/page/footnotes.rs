//! Footnotes at the foot of the page that calls them (CSS Generated Content for Paged Media, section 2).
//!
//! How much of a page its text can have depends on the footnotes that this text calls. So a page that calls any is
//! laid out first as if it called none; where the calls then are tells how many footnotes fit with the text up to
//! them, and the page is laid out again with that much room. Where this does not come out, as in columns, in which
//! a shorter page moves every line, halving finds the most text whose footnotes fit. A footnote that is too tall
//! goes on on the next page, where that saves more than a few lines of room.

mod area;
mod calls;

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{LaidPage, Start, lay};
use crate::geom::Rect;
use crate::layout::boxes::BoxId;
use crate::layout::context::Context;
use crate::layout::fragment::Broken;
use crate::style::computed::{FootnotePolicy, LineHeight};
use crate::style::{Content, NodeId, PageStyle};
use crate::units::Px;
pub(in crate::layout) use area::NoteArea;
pub(super) use area::Waiting;
use area::{Fit, Set, Sheet};
use calls::Call;

/// How much of a page the footnotes of earlier pages may take while there is text to come.
const CARRIED: f32 = 0.8;
/// How many lines of room are lost before a footnote is divided.
const WORTH_DIVIDING: f32 = 2.5;
/// How often the room for the text is halved.
const HALVINGS: usize = 6;
/// What keeps a line from fitting.
const LESS: Px = Px(0.5);

/// The footnotes of a document while its pages are filled.
#[derive(Debug, Default)]
pub(super) struct Footnotes {
    /// What goes on on the next page.
    pub waiting: Vec<Waiting>,
    /// All that had a page so far.
    seen: BTreeSet<BoxId>,
}

/// A page laid out with a certain room for its text.
struct Attempt {
    page: LaidPage,
    broken: Option<Broken>,
    calls: Vec<Call>,
    set: Set,
    /// How many warnings there were before it.
    warnings: usize,
    told: Vec<crate::diag::Diagnostic>,
}

impl Footnotes {
    /// Fills a page with text and the footnotes that it calls.
    pub fn fill(
        &mut self,
        cx: &mut Context,
        style: &Arc<PageStyle>,
        start: &Start,
    ) -> (LaidPage, Option<Broken>) {
        let area = super::area(style);
        if cx.boxes.notes.is_empty() {
            return lay(cx, style.clone(), start, area.size.height);
        }
        let page = Page { style, start, sheet: Sheet::new(style, area), area, notes: self };
        let best = page.best(cx);
        cx.warnings.truncate(best.warnings);
        best.told.into_iter().for_each(|warning| cx.warn(warning));
        let Attempt { mut page, broken, calls, set, .. } = best;
        self.seen.extend(&set.known);
        self.waiting.clone_from(&set.rest);
        page.calls = calls.iter().map(|call| call.of).collect();
        page.notes = Sheet::new(style, area).place(cx, set);
        if broken.is_none() {
            let missed = cx.boxes.notes.iter().filter(|note| !self.seen.contains(note));
            let missed: Vec<BoxId> = missed.copied().collect();
            self.waiting.extend(missed.iter().copied().map(Waiting::new));
            self.seen.extend(missed);
        }
        (page, broken)
    }

    /// A page with nothing but the footnotes that are left.
    pub fn rest(&mut self, cx: &mut Context, style: &Arc<PageStyle>) -> LaidPage {
        let area = super::area(style);
        let sheet = Sheet::new(style, area);
        let set = sheet.set(cx, &self.waiting, area.size.height, true);
        self.waiting.clone_from(&set.rest);
        self.seen.extend(&set.known);
        LaidPage { notes: sheet.place(cx, set), ..LaidPage::empty(style.clone()) }
    }
}

/// The page that is being filled.
struct Page<'p> {
    style: &'p Arc<PageStyle>,
    start: &'p Start<'p>,
    sheet: Sheet,
    area: Rect,
    notes: &'p Footnotes,
}

impl Page<'_> {
    fn best(&self, cx: &mut Context) -> Attempt {
        let full = self.area.size.height;
        let carried = self.sheet.set(cx, &self.notes.waiting, full * CARRIED, false);
        let carried = self.sheet.outer(carried.ends.last().copied().unwrap_or_default());
        let first = self.attempt(cx, full - carried);
        if first.set.fit == Fit::Whole {
            return first;
        }
        let found = self.by_calls(cx, &first);
        match found.set.fit {
            Fit::Poor => self.by_halves(cx, full - carried, found),
            _ => found,
        }
    }

    /// Lays the page out with this much room for the text.
    fn attempt(&self, cx: &mut Context, height: Px) -> Attempt {
        let warnings = cx.warnings.len();
        let (page, broken) = lay(cx, self.style.clone(), self.start, height.max(Px(1.0)));
        let fragments = page.root.iter().chain(&page.positioned);
        let origin = crate::geom::Point::new(Px::ZERO, -self.area.top());
        let mut calls = calls::gather(cx, fragments, origin);
        calls.retain(|call| !self.notes.seen.contains(&call.of));
        let bottom = page.root.as_ref().map_or(Px::ZERO, |root| root.rect.bottom() - self.area.top());
        let used = if broken.is_some() { bottom.max(height) } else { bottom };
        let mut notes = self.notes.waiting.clone();
        notes.extend(calls.iter().map(|call| Waiting::new(call.of)));
        let set = self.sheet.set(cx, &notes, self.area.size.height - used, false);
        let told = cx.warnings.split_off(warnings.min(cx.warnings.len()));
        Attempt { page, broken, calls, set, warnings, told }
    }

    /// The room that the calls of a first attempt tell of: for the text up to the last call whose footnote fits
    /// with those before it.
    fn by_calls(&self, cx: &mut Context, first: &Attempt) -> Attempt {
        let full = self.area.size.height;
        let mut notes = self.notes.waiting.clone();
        let carried = notes.len();
        notes.extend(first.calls.iter().map(|call| Waiting::new(call.of)));
        let ends = self.sheet.set(cx, &notes, Px(f32::INFINITY), false).ends;
        let outer = |count: usize| {
            let last = (carried + count).checked_sub(1).and_then(|last| ends.get(last));
            self.sheet.outer(last.copied().unwrap_or_default())
        };
        let mut lowest = Px::ZERO;
        let mut count = 0;
        for call in &first.calls {
            lowest = lowest.max(call.bottom);
            if lowest + outer(count + 1) > full {
                break;
            }
            count += 1;
        }
        let room = full - outer(count);
        let Some(next) = first.calls.get(count) else { return self.attempt(cx, room) };
        let policy = cx.layout_box(next.of).style.position.note_policy;
        let end = match policy {
            FootnotePolicy::Block if next.paragraph > LESS => next.paragraph,
            _ => next.bottom,
        };
        let whole = self.attempt(cx, room.min(end - LESS));
        let lost = room - end;
        if policy != FootnotePolicy::Auto || lost < line_height(cx, next) * WORTH_DIVIDING {
            return whole;
        }
        let divided = self.attempt(cx, next.bottom);
        if divided.set.fit == Fit::Poor { whole } else { divided }
    }

    /// Halves the room until the footnotes of the text in it fit; of the attempts the one with the most text.
    fn by_halves(&self, cx: &mut Context, most: Px, poor: Attempt) -> Attempt {
        let (mut low, mut high) = (Px::ZERO, most);
        let (mut best, mut divided) = (None, None);
        for _ in 0..HALVINGS {
            let middle = (low + high) / 2.0;
            let tried = self.attempt(cx, middle);
            match tried.set.fit {
                Fit::Whole => {
                    low = middle;
                    best = Some(tried);
                }
                Fit::Divided => {
                    high = middle;
                    divided.get_or_insert(tried);
                }
                Fit::Poor => high = middle,
            }
        }
        best.or(divided).unwrap_or(poor)
    }
}

/// The height of a line of the text that a footnote stands in.
fn line_height(cx: &Context, call: &Call) -> Px {
    let node = cx.layout_box(call.of).node;
    let around = cx.tree.node(node).parent.unwrap_or(node);
    let style = &cx.tree.node(around).style;
    match style.text.line_height {
        LineHeight::Normal => style.font.size * 1.2,
        LineHeight::Number(number) => style.font.size * number,
        LineHeight::Length(length) => length.px,
    }
}

/// The number of each footnote of a document, where its pages count their own; else none.
pub(in crate::layout) fn note_numbers(cx: &Context, pages: &[LaidPage]) -> Vec<i32> {
    let reset = |page: &LaidPage| {
        let resets = &page.style.style.generated.counter_reset;
        resets.iter().rfind(|(name, _)| &**name == "footnote").map(|(_, value)| *value)
    };
    if !pages.iter().any(|page| reset(page).is_some()) {
        return Vec::new();
    }
    let mut numbers = vec![0; cx.boxes.notes.len()];
    let mut last = 0;
    for page in pages {
        last = reset(page).unwrap_or(last);
        for call in &page.calls {
            let node = |note: &BoxId| cx.layout_box(*note).node;
            if let Ok(at) = cx.boxes.notes.binary_search_by_key(&node(call), node) {
                last = last.saturating_add(1);
                numbers[at] = last;
            }
        }
    }
    numbers
}

/// What a footnote is called, for who cannot see that a number is its call or its marker.
pub(in crate::layout) fn note_name(cx: &Context, part: NodeId, lang: &str) -> String {
    let mut name = match lang.split('-').next().unwrap_or_default() {
        "nl" => "voetnoot ",
        "de" => "Fußnote ",
        "fr" => "note ",
        _ => "footnote ",
    }
    .to_owned();
    let tree = cx.tree;
    for &child in &tree.node(part).children {
        match &tree.node(child).content {
            Content::Text(text) => name.push_str(text.trim()),
            Content::Generated(item) => name.push_str(&cx.numbers.text(Some(child), item)),
            Content::Element(_) => {}
        }
    }
    name
}
