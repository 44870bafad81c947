//! Lines beside floats, which leave each line a room of its own.
//!
//! Where a line stands tells how wide it is, and how wide it is tells what stands on the next. So the rooms are
//! found by filling lines as far as they go, and the ends of all lines are then chosen together for these rooms.
//! Where a line turns out to stand elsewhere, because one above it is higher than the others, the rest is chosen
//! again from there.

use super::Intrusion;
use super::fit::Setting;
use super::line::LineRange;
use super::opportunities::Opportunity;
use super::place::Placer;
use super::simple::{Words, farthest, fits, holds, least};
use crate::units::Px;

/// How often the rest of a paragraph is chosen again; after that its lines are filled one by one.
const AGAIN: usize = 16;
/// How far down the room for a word is looked for, in lines.
const DEEPEST: usize = 1_000;
/// How many rooms are found more than lines that are filled as far as they go need.
const SPARE: usize = 4;

/// The room of a line.
#[derive(Clone, Copy, PartialEq)]
struct Room {
    top: Px,
    left: Px,
    width: f32,
}

/// The rooms that floats leave.
struct Rooms<'r> {
    intrusion: &'r dyn Fn(Px, Px) -> Intrusion,
    /// The height of a line.
    height: Px,
    width: f32,
}

/// Sets all lines.
pub(super) fn set(placer: &mut Placer, setting: &Setting, intrusion: &dyn Fn(Px, Px) -> Intrusion) {
    let list = &placer.material.opportunities;
    let rooms = Rooms { intrusion, height: placer.strut_height(), width: setting.width };
    let mut from = 0;
    let mut choices = 0;
    while from + 1 < list.len() {
        let (found, mut breaks) = rooms.fill(list, from, placer.top(), setting);
        choices += 1;
        if choices <= AGAIN {
            let widths: Vec<f32> = found.iter().map(|room| room.width).collect();
            let narrowed = Setting { first: &widths, ..*setting };
            let chosen = placer.prepared.breaks(list, from, &narrowed);
            let indent = if from == 0 { setting.indent } else { 0.0 };
            let ends: Vec<usize> = chosen.iter().map(|to| to - from).collect();
            if chosen.len() <= found.len() && holds(&list[from..], &ends, &Setting { indent, ..narrowed }) {
                breaks = chosen;
            }
        } else {
            breaks.truncate(1);
        }
        for (to, room) in breaks.into_iter().zip(found) {
            let top = placer.top().max(room.top);
            if top != room.top && rooms.at(top) != (Room { top, ..room }) {
                break;
            }
            placer.skip(top - placer.top());
            let narrowed = Setting { first: &[room.width], ..*setting };
            placer.line(LineRange { left: room.left, ..LineRange::new(list, (from, to), &narrowed) });
            from = to;
        }
    }
}

impl Rooms<'_> {
    fn at(&self, top: Px) -> Room {
        let (left, right) = (self.intrusion)(top, self.height);
        Room { top, left, width: self.width - left.0 - right.0 }
    }

    /// Fills lines as far as they go: their rooms, some more, and their ends. Where not even the first word fits
    /// beside a float, its line goes below it (CSS 2, 9.5).
    fn fill(
        &self,
        list: &[Opportunity],
        start: usize,
        top: Px,
        setting: &Setting,
    ) -> (Vec<Room>, Vec<usize>) {
        let (mut rooms, mut breaks) = (Vec::new(), Vec::new());
        let (mut from, mut top) = (start, top);
        while from + 1 < list.len() {
            let mut room = self.at(top);
            let first = least(list, from, from + 1, setting);
            let mut tries = 0;
            while !fits(first, room.width) && room.width < self.width && tries < DEEPEST {
                top += self.height.max(Px(1.0));
                room = self.at(top);
                tries += 1;
            }
            from = farthest(list, from, Words::Whole, |to| fits(least(list, from, to, setting), room.width));
            rooms.push(room);
            breaks.push(from);
            top += self.height;
        }
        for _ in 0..SPARE {
            rooms.push(self.at(top));
            top += self.height;
        }
        (rooms, breaks)
    }
}
