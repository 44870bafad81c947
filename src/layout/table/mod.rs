//! Tables (CSS Tables 3; CSS 2, 17.5): columns, rows, and rows on pages, with the head and the foot repeated.

mod columns;
mod rows;

use std::rc::Rc;

use super::bands::{Placed, PlacedBand, Plan, Run};
use super::block::{self, Inner, Inside};
use super::boxes::{BoxId, Kind, Section, TableGrid};
use super::context::Context;
use super::fragment::{Fragment, FragmentContent, Pending, Progress, Repetition, State, Token};
use super::inline::ContentSizes;
use super::space::{InlineSize, Room, Space};
use crate::geom::{Point, Rect};
use crate::style::computed::{BorderCollapse, CaptionSide, ComputedStyle};
use crate::units::Px;

/// Up to this part of a page, a head and a foot are repeated on every page.
const REPEATED_PART: f32 = 0.25;

/// A table's geometry when nothing breaks.
#[derive(Debug)]
pub(super) struct TablePlan {
    head: Part,
    body: Part,
    foot: Part,
    spacing: Px,
}

/// The rows of a section.
#[derive(Debug)]
struct Part {
    plan: Plan,
    /// Of each row its box, its group's box, and its top and bottom in the plan.
    rows: Vec<(BoxId, BoxId, Px, Px)>,
    /// For each band the rows in it.
    bands: Vec<std::ops::Range<usize>>,
}

/// How far a table is.
#[derive(Clone, Debug)]
pub(super) struct TableState {
    plan: Rc<TablePlan>,
    next: usize,
    progress: Vec<Progress>,
}

/// The grid of a table's box.
fn grid<'a>(cx: &Context<'a>, id: BoxId) -> Option<&'a TableGrid> {
    match &cx.layout_box(id).kind {
        Kind::Table(grid) => Some(grid),
        _ => None,
    }
}

/// The content sizes of a table.
pub(super) fn content_sizes(cx: &mut Context, id: BoxId) -> ContentSizes {
    let Some(grid) = grid(cx, id) else { return ContentSizes::default() };
    let style = cx.layout_box(id).style.clone();
    columns::content_sizes(cx, grid, &style)
}

/// The gaps between cells, across and down.
fn spacing(style: &ComputedStyle) -> (Px, Px) {
    match style.table.collapse {
        BorderCollapse::Collapse => (Px::ZERO, Px::ZERO),
        BorderCollapse::Separate => style.table.spacing,
    }
}

/// Lays out a table, or goes on with it.
pub(super) fn layout(cx: &mut Context, id: BoxId, inner: &Inner, resume: Option<&Token>) -> Option<Inside> {
    let grid = grid(cx, id)?;
    let style = cx.layout_box(id).style.clone();
    let state = match resume.map(|token| &token.state) {
        Some(State::Table(state)) => (**state).clone(),
        _ => {
            let plan = Rc::new(make_plan(cx, grid, &style, inner.width));
            TableState { plan, next: 0, progress: Vec::new() }
        }
    };
    let mut table = Table { inner, fragments: Vec::new(), y: Px::ZERO, reserved: Px::ZERO };
    let is_first = resume.is_none();
    if is_first {
        table.captions(cx, grid, CaptionSide::Top)?;
    }
    table.rows(cx, id, &state, is_first, grid)
}

/// Finds the columns, and then the rows of each section.
fn make_plan(cx: &mut Context, grid: &TableGrid, style: &ComputedStyle, width: Px) -> TablePlan {
    let (across, down) = spacing(style);
    let columns = columns::widths(cx, grid, style, width);
    let mut part = |section| rows::part(cx, grid, section, (&columns, across, down));
    TablePlan {
        head: part(Section::Head),
        body: part(Section::Body),
        foot: part(Section::Foot),
        spacing: down,
    }
}

/// A table's fragment while it is made.
struct Table<'t> {
    inner: &'t Inner,
    fragments: Vec<Fragment>,
    /// How far down the content box it is filled.
    y: Px,
    /// What the foot takes at the end.
    reserved: Px,
}

impl Table<'_> {
    /// Sets the captions of one side; those that do not fit send the whole table on.
    fn captions(&mut self, cx: &mut Context, grid: &TableGrid, side: CaptionSide) -> Option<()> {
        for &caption in &grid.captions {
            if cx.layout_box(caption).style.table.caption != side {
                continue;
            }
            let space = Space::endless(self.inner.width, InlineSize::Fill);
            let margin = super::sizing::Frame::of_box(cx, caption, self.inner.width).margin;
            let fragment = block::independent(cx, caption, &space);
            let height = fragment.height();
            let room = self.inner.room.map(|room| room.after(self.y, false));
            if room.is_some_and(|room| !room.fits(height) && !room.fresh) {
                return None;
            }
            let at = self.inner.offset + Point::new(margin.left, self.y + margin.top);
            self.fragments.push(fragment.placed(at));
            self.y += height + margin.vertical();
        }
        Some(())
    }

    /// Sets the head, as much of the body as fits, and the foot.
    fn rows(
        mut self,
        cx: &mut Context,
        id: BoxId,
        state: &TableState,
        is_first: bool,
        grid: &TableGrid,
    ) -> Option<Inside> {
        let plan = state.plan.clone();
        let repeats = self.repeats(&plan);
        if is_first || repeats {
            let repetition = if is_first { Repetition::Original } else { Repetition::Repeated };
            self.whole(cx, id, &plan.head, repetition)?;
        }
        if !is_first && repeats && !plan.head.rows.is_empty() {
            self.y += plan.spacing;
        }
        if repeats {
            self.reserved = plan.foot.plan.height;
        }
        let body = self.body(cx, id, state)?;
        let baseline = body.bands.first().and_then(first_baseline);
        let early = body.early.clone();
        self.place(&plan.body, &body, Repetition::Original);
        let is_last = body.broken.is_none();
        if is_last || repeats {
            let repetition = if is_last { Repetition::Original } else { Repetition::Repeated };
            self.reserved = Px::ZERO;
            self.whole(cx, id, &plan.foot, repetition);
        }
        if is_last {
            if !(plan.head.rows.is_empty() && plan.body.rows.is_empty() && plan.foot.rows.is_empty()) {
                self.y += plan.spacing;
            }
            self.captions(cx, grid, CaptionSide::Bottom);
        }
        let broken = body.broken.map(|(next, progress, appeal, forced)| {
            let state = TableState { plan, next, progress };
            (State::Table(Box::new(state)), appeal, forced)
        });
        let mut pending = Vec::new();
        for fragment in &mut self.fragments {
            let origin = fragment.rect.origin;
            let waiting = fragment.pending.drain(..);
            pending.extend(waiting.map(|waiting| Pending { at: waiting.at + origin, ..waiting }));
        }
        Some(Inside {
            content: FragmentContent::Boxes(self.fragments),
            height: self.y,
            baselines: (baseline, baseline),
            pending,
            broken,
            early,
        })
    }

    /// Whether the head and the foot are short enough to stand on every page.
    fn repeats(&self, plan: &TablePlan) -> bool {
        let height = plan.head.plan.height + plan.foot.plan.height;
        self.inner.room.is_some_and(|room| height <= room.full * REPEATED_PART)
    }

    /// Sets a section that does not break.
    fn whole(&mut self, cx: &mut Context, id: BoxId, part: &Part, repetition: Repetition) -> Option<()> {
        let inner = Inner { room: None, stop: None, ..self.inner_below() };
        let run = Run { id, plan: &part.plan, inner: &inner, resumed: false, small: 1.0 };
        let placed = run.place(cx, 0, Vec::new())?;
        self.place(part, &placed, repetition);
        Some(())
    }

    /// Sets the body in what the head and the foot leave.
    fn body(&mut self, cx: &mut Context, id: BoxId, state: &TableState) -> Option<Placed> {
        let inner = self.inner_below();
        let resumed = state.next > 0 || !state.progress.is_empty();
        let run = Run { id, plan: &state.plan.body.plan, inner: &inner, resumed, small: 0.5 };
        run.place(cx, state.next, state.progress.clone())
    }

    fn inner_below(&self) -> Inner {
        let room = self.inner.room.map(|room| Room {
            left: room.left - self.y - self.reserved,
            full: (room.full - self.y - self.reserved).max(Px(1.0)),
            ..room
        });
        Inner {
            offset: self.inner.offset + Point::new(Px::ZERO, self.y),
            height: None,
            room,
            ..self.inner.clone()
        }
    }

    /// Adds the fragments of groups, rows and cells.
    fn place(&mut self, part: &Part, placed: &Placed, repetition: Repetition) {
        let mut boxes: Vec<Fragment> = Vec::new();
        for band in &placed.bands {
            for &(row, group, top, bottom) in &part.rows[part.bands[band.index].clone()] {
                let start = part.plan.bands[band.index].top;
                let rows = part.bands[band.index].len();
                let (top, height) =
                    if rows == 1 { (band.top, band.height) } else { (band.top + top - start, bottom - top) };
                let at = self.inner.offset + Point::new(Px::ZERO, self.y + top);
                let rect = Rect { origin: at, size: crate::geom::Size::new(self.inner.width, height) };
                grow(&mut boxes, group, rect);
                boxes.push(Fragment::new(row, rect, FragmentContent::Boxes(Vec::new())));
            }
        }
        boxes.sort_by_key(|fragment| !is_group(part, fragment.of));
        let cells = placed.bands.iter().flat_map(|band| band.fragments.iter().cloned());
        boxes.extend(cells);
        for mut fragment in boxes {
            fragment.repetition = repetition;
            self.fragments.push(fragment);
        }
        self.y += placed.height;
    }
}

fn is_group(part: &Part, id: BoxId) -> bool {
    part.rows.iter().any(|(_, group, ..)| *group == id)
}

/// Adds a row's rectangle to its group's fragment.
fn grow(boxes: &mut Vec<Fragment>, group: BoxId, rect: Rect) {
    match boxes.iter_mut().find(|fragment| fragment.of == group) {
        Some(fragment) => fragment.rect.size.height = rect.bottom() - fragment.rect.top(),
        None => boxes.push(Fragment::new(group, rect, FragmentContent::Boxes(Vec::new()))),
    }
}

fn first_baseline(band: &PlacedBand) -> Option<Px> {
    let first = band.fragments.first()?;
    Some(first.rect.top() + first.baseline?)
}
