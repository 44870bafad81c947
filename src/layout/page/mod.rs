//! Pages: the root box is laid out into the content area of page after page, each with the style that its name
//! and place give it (CSS Paged Media 3).

mod footnotes;
mod margin_boxes;
mod survey;

use std::sync::Arc;

use super::absolute;
use super::block;
use super::boxes::BoxId;
use super::context::Context;
use super::fragment::{Fragment, Pending, Progress, State, Token};
use super::space::{Fragmentainer, InlineSize, Room, Space, TopMargin};
use crate::geom::{Point, Rect};
use crate::style::PageStyle;
use crate::style::computed::{Break, PageSide};
use crate::units::Px;
use footnotes::Footnotes;
pub(super) use footnotes::{NoteArea, note_name, note_numbers};
pub(super) use margin_boxes::{MarginContent, MarginInside, Quotes, margin_boxes};
pub(super) use survey::{Survey, survey};

/// The most pages of one document. What is beyond is an endless loop of somebody's making.
const MOST_PAGES: usize = 20_000;

/// A page with the fragments on it.
#[derive(Debug)]
pub(super) struct LaidPage {
    /// Its style.
    pub style: Arc<PageStyle>,
    /// The root's fragment, placed on the sheet; none on a blank page.
    pub root: Option<Fragment>,
    /// Boxes that the page itself contains: absolute ones, and the fixed ones that every page repeats.
    pub positioned: Vec<Fragment>,
    /// The footnotes at its foot.
    pub notes: Option<NoteArea>,
    /// The footnotes that its text calls first, in order.
    pub calls: Vec<BoxId>,
}

/// Where the text of a page starts.
struct Start<'t> {
    /// What becomes of a margin at the top.
    margin: TopMargin,
    /// How far the document is.
    token: Option<&'t Token>,
}

impl LaidPage {
    /// A page with nothing on it.
    fn empty(style: Arc<PageStyle>) -> Self {
        Self { style, root: None, positioned: Vec::new(), notes: None, calls: Vec::new() }
    }

    /// The page's content area on the sheet.
    pub fn area(&self) -> Rect {
        area(&self.style)
    }
}

fn area(style: &PageStyle) -> Rect {
    let edges = super::sizing::Frame::of(&style.style, style.size.width).inner();
    let sheet = Rect { origin: Point::default(), size: style.size };
    sheet.inset(style.margin).inset(edges)
}

/// Lays out the document page after page.
pub(super) fn paginate(cx: &mut Context) -> Vec<LaidPage> {
    let root = cx.boxes.root;
    let mut pages: Vec<LaidPage> = Vec::new();
    let mut notes = Footnotes::default();
    let mut token: Option<Token> = None;
    let mut forced = Some(cx.layout_box(root).breaks.before);
    while pages.len() < MOST_PAGES {
        let name = next_name(cx, root, token.as_ref());
        let style_of =
            |blank| cx.tree.pages.cascade(name.as_deref(), pages.is_empty(), blank, side(cx, pages.len()));
        if forced.and_then(side_of).is_some_and(|wanted| wanted != side(cx, pages.len())) {
            let style = style_of(true);
            pages.push(LaidPage::empty(style));
            forced = None;
            continue;
        }
        let margin = match (&forced, pages.is_empty()) {
            (None, false) => TopMargin::Truncated,
            _ => TopMargin::Kept,
        };
        let style = style_of(false);
        let (page, rest) = notes.fill(cx, &style, &Start { margin, token: token.as_ref() });
        pages.push(page);
        let Some(rest) = rest else { break };
        token = Some(rest.token);
        forced = rest.forced;
    }
    while !notes.waiting.is_empty() && pages.len() < MOST_PAGES {
        let name = cx.layout_box(root).breaks.end_page.clone();
        let style = cx.tree.pages.cascade(name.as_deref(), false, false, side(cx, pages.len()));
        pages.push(notes.rest(cx, &style));
    }
    for page in &mut pages {
        repeat_fixed(cx, page);
    }
    pages
}

/// Fills one page with text, of this height.
fn lay(
    cx: &mut Context,
    style: Arc<PageStyle>,
    start: &Start,
    height: Px,
) -> (LaidPage, Option<super::fragment::Broken>) {
    let area = area(&style);
    let full = area.size.height;
    let token = start.token;
    let room = Room { left: height, full, fresh: true, margin: start.margin, kind: Fragmentainer::Page };
    let space =
        Space { height: Some(height), room: Some(room), ..Space::endless(area.size.width, InlineSize::Fill) };
    let mut page = LaidPage::empty(style);
    let root = cx.boxes.root;
    let Some(laid) = block::root(cx, root, &space, token) else { return (page, None) };
    let frame = super::sizing::Frame::of_box(cx, root, area.size.width);
    let top = if token.is_none() { frame.margin.top } else { Px::ZERO };
    let (left, _) = super::sizing::horizontal_margins(
        &cx.layout_box(root).style,
        laid.fragment.rect.size.width,
        (area.size.width, cx.layout_box(root).style.text.direction),
    );
    let mut fragment = laid.fragment.placed(area.origin + Point::new(left, top));
    let origin = fragment.rect.origin;
    for waiting in std::mem::take(&mut fragment.pending) {
        let waiting = Pending { at: waiting.at + origin, ..waiting };
        page.positioned.push(absolute::place(cx, &waiting, area));
    }
    page.root = Some(fragment);
    (page, laid.broken)
}

/// Places the fixed boxes, against the content area (CSS Positioned Layout 3, section 2.1).
fn repeat_fixed(cx: &mut Context, page: &mut LaidPage) {
    let area = page.area();
    for &of in &cx.boxes.fixed {
        let waiting = Pending::new(of, area.origin);
        page.positioned.push(absolute::place(cx, &waiting, area));
    }
}

/// Whether a page is a left or a right one, by its place from 0 and the number that the first one has: odd numbers
/// are right.
fn side(cx: &Context, index: usize) -> PageSide {
    let is_first_right = cx.numbering.first.rem_euclid(2) == 1;
    if index.is_multiple_of(2) == is_first_right { PageSide::Right } else { PageSide::Left }
}

fn side_of(value: Break) -> Option<PageSide> {
    match value {
        Break::Left | Break::Verso => Some(PageSide::Left),
        Break::Right | Break::Recto => Some(PageSide::Right),
        _ => None,
    }
}

/// The name of the page that layout goes on with: that of the box that the token leads to.
fn next_name(cx: &Context, root: BoxId, token: Option<&Token>) -> Option<Arc<str>> {
    let mut at = root;
    let mut token = token;
    loop {
        let layout_box = cx.layout_box(at);
        match token.map(|token| &token.state) {
            None => return layout_box.breaks.start_page.clone(),
            Some(State::Flow(child, inner, _)) => {
                let Some(&child) = layout_box.children.get(*child) else {
                    return layout_box.breaks.end_page.clone();
                };
                at = child;
                token = inner.as_deref();
            }
            Some(State::Columns(inner)) => {
                at = *layout_box.children.first()?;
                token = Some(inner);
            }
            Some(State::Bands(plan, band, progress)) => {
                let first = *plan.bands.get(*band)?.items.first()?;
                at = plan.items[first].of;
                token = match progress.first() {
                    Some(Progress::Partly(token)) => Some(token),
                    _ => None,
                };
            }
            Some(State::Lines(..) | State::Finished | State::Table(_)) => {
                return layout_box.breaks.end_page.clone();
            }
        }
    }
}
