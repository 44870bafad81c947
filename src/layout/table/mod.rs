//! Tables (CSS Tables 3; CSS 2, 17.5): columns, rows, and rows on pages, with the head and the foot repeated.

mod columns;
mod distribute;
mod heights;
mod lines;
mod rows;

use std::rc::Rc;

use super::bands::{Placed, Plan, Run};
use super::block::{Inner, Inside, Margin};
use super::boxes::{BoxId, Kind, Section, TableGrid};
use super::context::Context;
use super::fragment::{Fragment, FragmentContent, Pending, Progress, Repetition, State, Token};
use super::inline::ContentSizes;
use super::space::Room;
use crate::geom::{Point, Rect};
use crate::style::computed::{BorderCollapse, ComputedStyle};
use crate::units::Px;
use lines::{Lines, RowPart};
use rows::Columns;

/// Up to this part of a page, a head and a foot are repeated on every page.
const REPEATED_PART: f32 = 0.25;

/// A table's geometry when nothing breaks.
#[derive(Debug)]
pub(super) struct TablePlan {
    head: Part,
    body: Part,
    foot: Part,
    spacing: Px,
    /// Where the lines between columns are: in the middle of the gaps.
    lines: Vec<Px>,
}

/// The rows of a section.
#[derive(Debug)]
struct Part {
    plan: Plan,
    /// Which of the table's rows is the first.
    first: usize,
    /// Of each row its box, its group's box, and its top and bottom in the plan.
    rows: Vec<(BoxId, BoxId, Px, Px)>,
    /// For each band the rows in it.
    bands: Vec<std::ops::Range<usize>>,
    /// The baseline of the first row.
    baseline: Option<Px>,
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
            let plan = Rc::new(make_plan(cx, grid, &style, inner));
            TableState { plan, next: 0, progress: Vec::new() }
        }
    };
    let lines = state.plan.lines.clone();
    let table = Table {
        id,
        grid,
        inner,
        lines,
        fragments: Vec::new(),
        y: Px::ZERO,
        reserved: Px::ZERO,
        baseline: None,
    };
    let is_first = resume.is_none();
    table.rows(cx, &state, is_first)
}

/// Finds the columns, and then the rows of each section. Height to spare goes to the rows of the body.
fn make_plan(cx: &mut Context, grid: &TableGrid, style: &ComputedStyle, inner: &Inner) -> TablePlan {
    let (across, down) = spacing(style);
    let widths = columns::widths(cx, grid, style, inner.width);
    let columns = Columns { widths, across, down, direction: style.text.direction };
    let told = inner.limits.0;
    let basis = (told > Px::ZERO).then(|| told - down * (grid.rows.len() + 1) as f32);
    let mut sections = [Section::Head, Section::Body, Section::Foot]
        .map(|section| rows::measure(cx, grid, section, &columns, basis));
    let height = sections.iter().map(|section| section.height(down)).sum::<Px>() + down;
    let rows = sections.iter().map(|section| section.tracks.len());
    let main = if rows.clone().nth(1) == Some(0) { rows.clone().position(|rows| rows > 0) } else { Some(1) };
    if let Some(main) = main {
        heights::grow(&mut sections[main].tracks, told - height);
    }
    let lines = columns.lines();
    let [head, body, foot] = sections.map(|section| section.arrange(cx, &columns));
    TablePlan { head, body, foot, spacing: down, lines }
}

/// A table's fragment while it is made.
struct Table<'t> {
    id: BoxId,
    grid: &'t TableGrid,
    inner: &'t Inner,
    lines: Vec<Px>,
    fragments: Vec<Fragment>,
    /// How far down the content box it is filled.
    y: Px,
    /// What the foot takes at the end.
    reserved: Px,
    /// The baseline of the first row, from the top of the border box.
    baseline: Option<Px>,
}

impl Table<'_> {
    /// Sets the head, as much of the body as fits, and the foot.
    fn rows(mut self, cx: &mut Context, state: &TableState, is_first: bool) -> Option<Inside> {
        let plan = state.plan.clone();
        let repeats = self.repeats(&plan);
        if is_first || repeats {
            let repetition = if is_first { Repetition::Original } else { Repetition::Repeated };
            self.whole(cx, &plan.head, repetition)?;
        }
        if !is_first && repeats && !plan.head.rows.is_empty() {
            self.y += plan.spacing;
        }
        if repeats {
            self.reserved = plan.foot.plan.height;
        }
        let body = self.body(cx, state)?;
        let early = body.early.clone();
        self.place(&plan.body, &body, Repetition::Original);
        let is_last = body.broken.is_none();
        if is_last || repeats {
            let repetition = if is_last { Repetition::Original } else { Repetition::Repeated };
            self.reserved = Px::ZERO;
            self.whole(cx, &plan.foot, repetition);
        }
        let parts = [&plan.head, &plan.body, &plan.foot];
        if is_last && parts.iter().any(|part| !part.rows.is_empty()) {
            self.y += plan.spacing;
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
            baselines: (self.baseline, self.baseline),
            pending,
            broken,
            early,
            below: Margin::default(),
        })
    }

    /// Whether the head and the foot are short enough to stand on every page.
    fn repeats(&self, plan: &TablePlan) -> bool {
        let height = plan.head.plan.height + plan.foot.plan.height;
        self.inner.room.is_some_and(|room| height <= room.full * REPEATED_PART)
    }

    /// Sets a section that does not break.
    fn whole(&mut self, cx: &mut Context, part: &Part, repetition: Repetition) -> Option<()> {
        let inner = Inner { room: None, stop: None, ..self.inner_below() };
        let run = Run { id: self.id, plan: &part.plan, inner: &inner, resumed: false, small: 1.0 };
        let placed = run.place(cx, 0, Vec::new())?;
        self.place(part, &placed, repetition);
        Some(())
    }

    /// Sets the body in what the head and the foot leave.
    fn body(&mut self, cx: &mut Context, state: &TableState) -> Option<Placed> {
        let inner = self.inner_below();
        let resumed = state.next > 0 || !state.progress.is_empty();
        let run = Run { id: self.id, plan: &state.plan.body.plan, inner: &inner, resumed, small: 0.5 };
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

    /// Adds the fragments of groups, rows and cells, and the borders that collapse.
    fn place(&mut self, part: &Part, placed: &Placed, repetition: Repetition) {
        let origin = self.inner.offset + Point::new(Px::ZERO, self.y);
        let rows = row_parts(part, placed);
        self.baseline = self.baseline.or(part.baseline.map(|baseline| origin.y + baseline));
        let mut boxes: Vec<Fragment> = Vec::new();
        for row in &rows {
            let (of, group, ..) = part.rows[row.index - part.first];
            let rect = Rect::new(Px::ZERO, row.top, self.inner.width, row.bottom - row.top).shifted(origin);
            grow(&mut boxes, group, rect);
            boxes.push(Fragment::new(of, rect, FragmentContent::Boxes(Vec::new())));
        }
        boxes.sort_by_key(|fragment| !is_group(part, fragment.of));
        let cells = placed.bands.iter().flat_map(|band| band.fragments.iter().cloned());
        boxes.extend(cells);
        if let Some(borders) = &self.grid.borders {
            let lines = Lines { of: self.id, borders, columns: &self.lines, rows: &rows };
            boxes.extend(lines.rules(origin));
        }
        for mut fragment in boxes {
            fragment.repetition = repetition;
            self.fragments.push(fragment);
        }
        self.y += placed.height;
    }
}

/// The rows of the bands that are placed, relative to the top of the first; of a band that breaks, those in its part.
fn row_parts(part: &Part, placed: &Placed) -> Vec<RowPart> {
    let going_on = placed.broken.as_ref().filter(|(_, progress, ..)| !progress.is_empty());
    let mut rows = Vec::new();
    for band in &placed.bands {
        let within = part.bands[band.index].clone();
        let start = part.plan.bands[band.index].top + band.before;
        let is_only = within.len() == 1;
        let breaks = going_on.is_some_and(|(next, ..)| *next == band.index);
        for index in within {
            let (_, _, top, bottom) = part.rows[index];
            let (top, bottom) = if is_only { (Px::ZERO, band.height) } else { (top - start, bottom - start) };
            let (starts, ends) = (top >= Px(-0.01), bottom <= band.height + Px(0.01));
            let (top, bottom) = (top.max(Px::ZERO), bottom.min(band.height));
            if bottom <= top && !(starts && ends) {
                continue;
            }
            rows.push(RowPart {
                index: part.first + index,
                top: band.top + top,
                bottom: band.top + bottom,
                starts: starts && !(is_only && band.resumed),
                ends: ends && !(is_only && breaks),
            });
        }
    }
    rows
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
