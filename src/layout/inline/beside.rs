//! Lines beside floats, which leave each line a room of its own, and the floats that stand in their text (CSS 2,
//! 9.5).
//!
//! Where a line stands tells how wide it is, and how wide it is tells what stands on the next. So the rooms are
//! found by filling lines as far as they go, and the ends of all lines are then chosen together for these rooms.
//! Where a line turns out to stand elsewhere, because one above it is higher than the others or because a float
//! in the text takes its place, the rest is chosen again from there.

use super::fit::Setting;
use super::line::LineRange;
use super::opportunities::BreakKind;
use super::place::Placer;
use super::simple::{Words, farthest, fits, holds, least};
use super::{Intrusion, Paragraph, Start, Surroundings};
use crate::style::NodeId;
use crate::style::computed::Clear;
use crate::units::Px;

/// How often the rest of a paragraph is chosen again; after that its lines are filled one by one.
const AGAIN: usize = 16;
/// How many rooms are found more than lines that are filled as far as they go need.
const SPARE: usize = 4;

/// The floats around a paragraph. Places are from the paragraph's top.
pub trait Beside {
    /// What else the paragraph asks.
    fn surroundings(&mut self) -> &mut dyn Surroundings;

    /// What floats take from a line of this top and height.
    fn intrusion(&self, top: Px, height: Px) -> Intrusion;

    /// The nearest place below `top` where a float ends.
    fn next_end(&self, top: Px) -> Option<Px>;

    /// How far down the floats reach that `clear` names.
    fn clearance(&self, clear: Clear) -> Option<Px>;

    /// Places a float that stands in the text. `false` where it does not fit at that spot.
    fn float(&mut self, node: NodeId, spot: Spot) -> bool;
}

/// Where a float of the text may stand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spot {
    /// The line that it stands on, or right below.
    pub line: usize,
    /// Its top is no higher.
    pub top: Px,
    /// How much of that line is free; `None` below the line, where it has to go.
    pub free: Option<Px>,
}

/// The room of a line.
#[derive(Clone, Copy, PartialEq)]
struct Room {
    top: Px,
    left: Px,
    width: f32,
}

/// Sets lines beside floats.
pub(super) struct Setter<'s, 'p, 'a> {
    placer: Placer<'p, 'a>,
    setting: Setting<'s>,
    beside: &'s mut dyn Beside,
    /// The height of a line.
    height: Px,
    /// The floats in the text that are not placed yet.
    floats: &'p [(u32, NodeId)],
    /// How many floats of the text are placed before the next line.
    before: usize,
    /// Those that did not fit beside their line.
    waiting: Vec<NodeId>,
}

impl<'s, 'p, 'a> Setter<'s, 'p, 'a> {
    /// For the text from `start` on.
    pub(super) fn new(
        placer: Placer<'p, 'a>,
        setting: Setting<'s>,
        beside: &'s mut dyn Beside,
        start: Start,
    ) -> Self {
        let floats = placer.prepared.collected.floats.get(start.floats..).unwrap_or_default();
        let height = placer.strut_height();
        Self { placer, setting, beside, height, floats, before: start.floats, waiting: Vec::new() }
    }

    /// Sets all lines from the opportunity `from` on.
    pub(super) fn run(mut self, mut from: usize) -> Paragraph {
        let list = &self.placer.material.opportunities;
        let mut choices = 0;
        while from + 1 < list.len() && !self.placer.prepared.is_empty() {
            choices += 1;
            from = if choices <= AGAIN {
                let (rooms, filled) = self.fill(from, usize::MAX);
                let ends = self.choose(from, &rooms).unwrap_or(filled);
                self.lines(from, rooms, ends)
            } else {
                let (rooms, ends) = self.fill(from, 1);
                self.lines(from, rooms, ends)
            };
        }
        self.waiting.extend(std::mem::take(&mut self.floats).iter().map(|float| float.1));
        self.place_waiting();
        self.placer.finish()
    }

    fn room(&self, top: Px) -> Room {
        let (left, right) = self.beside.intrusion(top, self.height);
        Room { top, left, width: self.setting.width - left.0 - right.0 }
    }

    /// Fills lines as far as they go, at most so many: their rooms, some more, and their ends. Where not even the
    /// first word fits beside a float, its line goes below it.
    fn fill(&self, start: usize, most: usize) -> (Vec<Room>, Vec<usize>) {
        let list = &self.placer.material.opportunities;
        let (mut rooms, mut ends) = (Vec::new(), Vec::new());
        let (mut from, mut top) = (start, self.placer.top());
        while from + 1 < list.len() && ends.len() < most {
            let mut room = self.room(top);
            let first = least(list, from, from + 1, &self.setting);
            while !fits(first, room.width)
                && room.width < self.setting.width
                && let Some(end) = self.beside.next_end(top)
            {
                top = end;
                room = self.room(top);
            }
            let fits = |to| fits(least(list, from, to, &self.setting), room.width);
            from = farthest(list, from, Words::Whole, fits);
            rooms.push(room);
            ends.push(from);
            top += self.height;
        }
        for _ in 0..SPARE {
            rooms.push(self.room(top));
            top += self.height;
        }
        (rooms, ends)
    }

    /// The ends of all lines from `from` on, chosen together for these rooms, if they are enough.
    fn choose(&self, from: usize, rooms: &[Room]) -> Option<Vec<usize>> {
        let list = &self.placer.material.opportunities;
        let widths: Vec<f32> = rooms.iter().map(|room| room.width).collect();
        let narrowed = Setting { first: &widths, ..self.setting };
        let chosen = self.placer.prepared.breaks(list, from, &narrowed);
        let indent = if from == 0 { self.setting.indent } else { 0.0 };
        let ends: Vec<usize> = chosen.iter().map(|to| to - from).collect();
        let holds = holds(&list[from..], &ends, &Setting { indent, ..narrowed });
        (chosen.len() <= rooms.len() && holds).then_some(chosen)
    }

    /// Sets lines with these ends as long as they stand in their rooms; where the next one begins.
    fn lines(&mut self, mut from: usize, rooms: Vec<Room>, ends: Vec<usize>) -> usize {
        let list = &self.placer.material.opportunities;
        for (to, room) in ends.into_iter().zip(rooms) {
            let top = self.placer.top().max(room.top);
            if top != room.top && self.room(top) != (Room { top, ..room }) {
                break;
            }
            self.placer.skip(top - self.placer.top());
            if self.float_beside(from, to, room.width) {
                break;
            }
            let narrowed = Setting { first: &[room.width], ..self.setting };
            let line = LineRange { left: room.left, ..LineRange::new(list, (from, to), &narrowed) };
            self.placer.line(line, self.before);
            from = to;
            self.before = self.placer.prepared.collected.floats.len() - self.floats.len();
            if list[to].kind == BreakKind::Forced {
                self.clear(list[to].byte);
            }
            if self.place_waiting() {
                break;
            }
        }
        from
    }

    /// Places the next float that stands between two opportunities, if it fits beside the line. If not it waits,
    /// with those after it.
    fn float_beside(&mut self, from: usize, to: usize, width: f32) -> bool {
        let list = &self.placer.material.opportunities;
        let goes_on = list[to].kind == BreakKind::Forced;
        while let Some((&(byte, node), rest)) = self.floats.split_first() {
            if byte > list[to].byte || (byte == list[to].byte && goes_on) {
                return false;
            }
            self.floats = rest;
            let clusters = &self.placer.prepared.shaped.clusters;
            let cluster = clusters.partition_point(|cluster| cluster.start < byte);
            let indent = if from == 0 { self.setting.indent } else { 0.0 };
            let used = self.placer.material.sums[cluster].width - list[from].start.width + indent;
            let spot = Spot {
                line: self.placer.count(),
                top: self.placer.top(),
                free: Some(Px(width - used.max(0.0))),
            };
            if self.waiting.is_empty() && self.beside.float(node, spot) {
                return true;
            }
            self.waiting.push(node);
        }
        false
    }

    /// Places the floats that wait, below the last line. Whether there were any.
    fn place_waiting(&mut self) -> bool {
        let spot = Spot { line: self.placer.count().saturating_sub(1), top: self.placer.top(), free: None };
        let waiting = std::mem::take(&mut self.waiting);
        waiting.iter().for_each(|node| {
            self.beside.float(*node, spot);
        });
        !waiting.is_empty()
    }

    /// Goes below the floats that a `br` before this byte clears.
    fn clear(&mut self, byte: u32) {
        let clear = self.placer.prepared.collected.clears.iter().find(|clear| clear.0 == byte);
        if let Some(bottom) = clear.and_then(|clear| self.beside.clearance(clear.1)) {
            let down = bottom - self.placer.top();
            self.placer.skip(down.max(Px::ZERO));
        }
    }
}
