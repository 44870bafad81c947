//! Items side by side, row after row: flex lines, grid rows, rows of table cells. A row is a band; breaks fall
//! between bands, and inside a band by breaking all of its items in parallel (CSS Flexbox 1, section 10;
//! CSS Grid 2, section 12).

mod grid;
mod plan;
mod style;

use std::rc::Rc;

use super::block::{self, Inner, Inside, Margin, avoids_break};
use super::boxes::{BoxId, combined, is_avoided, is_forced};
use super::context::Context;
use super::fragment::{Appeal, Fragment, FragmentContent, Pending, Progress, State, Stop, Token};
use super::space::{BlockSize, InlineSize, Room, Space};
use crate::geom::{Point, Rect};
use crate::style::computed::{Align, Break};
use crate::units::Px;
pub(super) use plan::content_sizes;

/// Where items go when nothing breaks, relative to the content box.
#[derive(Clone, Debug, Default)]
pub(super) struct Plan {
    /// The items in order.
    pub items: Vec<Item>,
    /// The bands from top to bottom.
    pub bands: Vec<Band>,
    /// The height of all.
    pub height: Px,
    /// The boxes out of flow, relative to the content box.
    pub absolute: Vec<Pending>,
}

/// An item's border box.
#[derive(Clone, Copy, Debug)]
pub(super) struct Item {
    /// Whose.
    pub of: BoxId,
    /// Where.
    pub rect: Rect,
    /// Its height as its content sees it.
    pub block: BlockSize,
    /// The width that percentages refer to.
    pub basis: Px,
    /// How far its content is moved down in it: `vertical-align` of a cell.
    pub shift: Px,
}

/// Items that cannot be parted by a straight cut.
#[derive(Clone, Debug)]
pub(super) struct Band {
    /// The top of the highest.
    pub top: Px,
    /// The bottom of the lowest.
    pub bottom: Px,
    /// Which.
    pub items: Vec<usize>,
}

/// The bands that a fragment holds.
#[derive(Debug)]
pub(super) struct Placed {
    /// One for each band, or part of one.
    pub bands: Vec<PlacedBand>,
    /// From the content box's top to the end of the last band.
    pub height: Px,
    /// The break, with the band to go on with and the items of it.
    pub broken: Option<(usize, Vec<Progress>, Appeal, Option<Break>)>,
    /// The best break point.
    pub early: Option<(Appeal, Rc<Stop>)>,
}

/// A band, or a part of one, on a page.
#[derive(Debug)]
pub(super) struct PlacedBand {
    /// Which.
    pub index: usize,
    /// From the content box's top.
    pub top: Px,
    /// Its height here.
    pub height: Px,
    /// How much of it, as planned, is on earlier pages.
    pub before: Px,
    /// Whether it began on an earlier page.
    pub resumed: bool,
    /// Its items, relative to the border box of the container.
    pub fragments: Vec<Fragment>,
}

/// Lays out a flex or grid container.
pub(super) fn layout(cx: &mut Context, id: BoxId, inner: &Inner, resume: Option<&Token>) -> Option<Inside> {
    let (plan, next, progress) = match resume.map(|token| &token.state) {
        Some(State::Bands(plan, next, progress)) => (plan.clone(), *next, progress.clone()),
        _ => (Rc::new(plan::plan(cx, id, inner)), 0, Vec::new()),
    };
    let run = Run { id, plan: &plan, inner, resumed: resume.is_some(), small: 0.5 };
    let placed = run.place(cx, next, progress)?;
    let baseline = placed.bands.first().and_then(|band| baseline(cx, id, &band.fragments));
    let last_page = placed.broken.is_none();
    let height = match (last_page, placed.bands.last()) {
        (true, None) => plan.height,
        (true, Some(last)) => {
            let end = last.top + last.height;
            let height = end + plan.height - plan.bands[last.index].bottom;
            // What is left below the items is cut off at the end of the page, as margins are.
            height.min(inner.room.map_or(height, |room| room.left.max(end)))
        }
        (false, _) => placed.height,
    };
    let mut pending = Vec::new();
    if resume.is_none() {
        pending.extend(plan.absolute.iter().map(|waiting| Pending {
            of: waiting.of,
            at: waiting.at + inner.offset,
            area: waiting.area.map(|area| area.shifted(inner.offset)),
        }));
    }
    let mut fragments = Vec::new();
    for mut fragment in placed.bands.into_iter().flat_map(|band| band.fragments) {
        let origin = fragment.rect.origin;
        pending
            .extend(fragment.pending.drain(..).map(|waiting| Pending { at: waiting.at + origin, ..waiting }));
        fragments.push(fragment);
    }
    let broken = placed
        .broken
        .map(|(next, progress, appeal, forced)| (State::Bands(plan, next, progress), appeal, forced));
    Some(Inside {
        content: FragmentContent::Boxes(fragments),
        height,
        baselines: (baseline, baseline),
        pending,
        broken,
        early: placed.early,
        below: Margin::default(),
    })
}

/// The baseline of a row of items: of one that stands on it, else of the first (CSS Flexbox 1, 8.5).
fn baseline(cx: &Context, id: BoxId, items: &[Fragment]) -> Option<Px> {
    let align = cx.layout_box(id).style.flex.align_items;
    let is_on_it = |item: &&Fragment| match cx.layout_box(item.of).style.flex.align_self {
        Align::Auto => align == Align::Baseline,
        own => own == Align::Baseline,
    };
    let item = items.iter().find(is_on_it).or_else(|| items.first())?;
    Some(item.rect.top() + item.baseline.unwrap_or_else(|| item.height()))
}

/// One fragment's run over the bands.
pub(super) struct Run<'r> {
    /// The container.
    pub id: BoxId,
    /// Its plan.
    pub plan: &'r Plan,
    /// Its content box.
    pub inner: &'r Inner,
    /// Whether earlier fragments hold a part of it.
    pub resumed: bool,
    /// Up to which part of a page a band is kept whole if it can be.
    pub small: f32,
}

/// What became of a band.
struct BandResult {
    before: Px,
    fragments: Vec<Fragment>,
    height: Px,
    progress: Vec<Progress>,
    appeal: Appeal,
    forced: Option<Break>,
}

impl BandResult {
    fn is_done(&self) -> bool {
        self.progress.iter().all(|progress| matches!(progress, Progress::Done))
    }

    fn has_moved(&self) -> bool {
        !self.fragments.is_empty()
    }
}

impl Run<'_> {
    /// Places bands from `next` on, whose items are as far as `progress` says, until the fragment is full.
    pub fn place(&self, cx: &mut Context, next: usize, progress: Vec<Progress>) -> Option<Placed> {
        let mut placed = Placed { bands: Vec::new(), height: Px::ZERO, broken: None, early: None };
        let mut progress = Some(progress).filter(|progress| !progress.is_empty());
        for index in next..self.plan.bands.len() {
            let band = &self.plan.bands[index];
            let before = match self.break_before(cx, index, &placed) {
                Ok(appeal) => appeal,
                Err((appeal, forced)) => {
                    placed.early = None;
                    placed.broken = Some((index, Vec::new(), appeal, forced));
                    return Some(placed);
                }
            };
            if !placed.bands.is_empty() && placed.early.as_ref().is_none_or(|(best, _)| before >= *best) {
                placed.early = Some((before, Rc::new(Stop::Before(index))));
            }
            let going_on = progress.take();
            let resumed = going_on.is_some();
            let top = self.top_of(index, &placed, resumed);
            let started = going_on.unwrap_or_else(|| vec![Progress::Todo; band.items.len()]);
            let fresh = placed.bands.is_empty();
            let result = self.band(cx, band, (top, fresh), &started);
            if !result.is_done() {
                let room_is_fresh = self.inner.room.is_none_or(|room| room.fresh) && fresh;
                if !result.has_moved()
                    || (result.appeal < before && !room_is_fresh && result.forced.is_none())
                {
                    if fresh {
                        return None;
                    }
                    placed.broken = Some((index, Vec::new(), before, None));
                    return Some(placed);
                }
                placed.height = top + result.height;
                let PlacedParts { band, rest } = split((index, top, resumed), result);
                placed.bands.push(band);
                placed.broken = Some(rest);
                return Some(placed);
            }
            placed.height = top + result.height;
            placed.bands.push(split((index, top, resumed), result).band);
        }
        Some(placed)
    }

    /// The top of a band: as planned after the band before it, at the top of a later fragment.
    fn top_of(&self, index: usize, placed: &Placed, going_on: bool) -> Px {
        let band = &self.plan.bands[index];
        match placed.bands.last() {
            Some(_) => placed.height + (band.top - self.plan.bands[index - 1].bottom),
            None if self.resumed || going_on => Px::ZERO,
            None => band.top,
        }
    }

    /// How good a break before a band is; `Err` where one must be there.
    fn break_before(
        &self,
        cx: &Context,
        index: usize,
        placed: &Placed,
    ) -> Result<Appeal, (Appeal, Option<Break>)> {
        if placed.bands.is_empty() || self.inner.room.is_none() {
            return Ok(Appeal::Perfect);
        }
        let breaks = |band: usize| {
            self.plan.bands[band].items.iter().map(|item| &cx.layout_box(self.plan.items[*item].of).breaks)
        };
        let before = breaks(index).fold(Break::Auto, |value, breaks| combined(value, breaks.before));
        let value = breaks(index - 1).fold(before, |value, breaks| combined(value, breaks.after));
        if is_forced(value) {
            return Err((Appeal::Perfect, Some(value)));
        }
        let avoided = is_avoided(value) || avoids_break(cx.layout_box(self.id), self.inner.room);
        let appeal = if avoided { Appeal::Avoided } else { Appeal::Perfect };
        if self.inner.stop.as_deref() == Some(&Stop::Before(index)) {
            return Err((appeal, None));
        }
        Ok(appeal)
    }

    /// Lays out the items of a band in parallel.
    fn band(
        &self,
        cx: &mut Context,
        band: &Band,
        (top, first): (Px, bool),
        started: &[Progress],
    ) -> BandResult {
        let going_on = started.iter().any(|progress| !matches!(progress, Progress::Todo));
        let room = self.inner.room.map(|room| room.after(top, !first));
        let start = self.start(band, started);
        let cut = room.map_or(Px(f32::INFINITY), |room| self.cut(band, started, (start, room)));
        let mut result = BandResult {
            before: start - band.top,
            fragments: Vec::new(),
            height: Px::ZERO,
            progress: Vec::with_capacity(band.items.len()),
            appeal: Appeal::Perfect,
            forced: None,
        };
        for (&index, progress) in band.items.iter().zip(started) {
            let is_later = matches!(progress, Progress::Todo) && self.plan.items[index].rect.top() >= cut;
            let next = match is_later {
                true => Progress::Todo,
                false => self.item(cx, (start, index, top), room, (progress, &mut result)),
            };
            result.progress.push(next);
        }
        if !result.is_done() {
            let room = room.unwrap_or_else(|| unreachable!("nothing breaks without a fragmentainer"));
            if (band.bottom - band.top).0 <= room.full.0 * self.small {
                result.appeal = result.appeal.min(Appeal::Avoided);
            }
            result.height = result.height.max(room.left);
        }
        if !going_on {
            result.height = result.height.max(band.bottom - band.top).min(match room {
                Some(room) => room.left.max(result.height),
                None => Px(f32::INFINITY),
            });
        }
        result
    }

    /// Where in the plan this part of a band starts: at the highest item that waits, else where the others are.
    fn start(&self, band: &Band, started: &[Progress]) -> Px {
        let items = || band.items.iter().map(|index| self.plan.items[*index].rect.top()).zip(started);
        let waiting = items().filter(|(_, progress)| matches!(progress, Progress::Todo));
        let reached = items().filter_map(|(top, progress)| match progress {
            Progress::Partly(token) => Some(top + token.consumed),
            _ => None,
        });
        let first = waiting.map(|(top, _)| top).reduce(Px::min);
        first.or_else(|| reached.reduce(Px::max)).unwrap_or(band.top).max(band.top)
    }

    /// From where items wait for the next page: from the first below others that does not fit and is no larger
    /// than what is kept whole.
    fn cut(&self, band: &Band, started: &[Progress], (start, room): (Px, Room)) -> Px {
        let items = band.items.iter().map(|index| self.plan.items[*index].rect).zip(started);
        let waits = |(rect, progress): (Rect, &Progress)| {
            let is_small = rect.size.height <= room.full * self.small;
            let is_below = matches!(progress, Progress::Todo) && rect.top() > start + Px(0.01);
            (is_below && is_small && !room.fits(rect.bottom() - start)).then_some(rect.top())
        };
        items.filter_map(waits).reduce(Px::min).unwrap_or(Px(f32::INFINITY))
    }

    /// Lays out one item, or goes on with it.
    fn item(
        &self,
        cx: &mut Context,
        (start, index, top): (Px, usize, Px),
        room: Option<Room>,
        (progress, result): (&Progress, &mut BandResult),
    ) -> Progress {
        let item = self.plan.items[index];
        let token = match progress {
            Progress::Done => return Progress::Done,
            Progress::Partly(token) => Some(token),
            Progress::Todo => None,
        };
        let offset = if token.is_some() { Px::ZERO } else { (item.rect.top() - start).max(Px::ZERO) };
        let space = Space {
            height: self.inner.height,
            block: if token.is_none() { item.block } else { BlockSize::Own },
            room: room.map(|room| room.after(offset, offset > Px::ZERO)),
            ..Space::endless(item.basis, InlineSize::Exact(item.rect.size.width))
        };
        let Some(laid) = block::root(cx, item.of, &space, token) else {
            result.appeal = result.appeal.min(Appeal::Avoided);
            return progress.clone();
        };
        let at = self.inner.offset + Point::new(item.rect.left(), top + offset);
        result.height = result.height.max(offset + laid.fragment.height());
        let mut fragment = laid.fragment.placed(at);
        if token.is_none() && laid.broken.is_none() {
            fragment.shift_content(item.shift);
        }
        result.fragments.push(fragment);
        match laid.broken {
            Some(broken) => {
                result.appeal = result.appeal.min(broken.appeal);
                result.forced = result.forced.or(broken.forced);
                Progress::Partly(broken.token)
            }
            None => Progress::Done,
        }
    }
}

struct PlacedParts {
    band: PlacedBand,
    rest: (usize, Vec<Progress>, Appeal, Option<Break>),
}

fn split((index, top, resumed): (usize, Px, bool), result: BandResult) -> PlacedParts {
    PlacedParts {
        band: PlacedBand {
            index,
            top,
            before: result.before,
            resumed,
            height: result.height,
            fragments: result.fragments,
        },
        rest: (index, result.progress, result.appeal, result.forced),
    }
}
