//! The choice of line ends: all lines of a paragraph together, after Knuth and Plass, “Breaking Paragraphs into
//! Lines” (Software: Practice and Experience 11, 1981). What TeX calls badness and demerits are so here too.

use super::cost;
use super::opportunities::{BreakKind, LETTERS, Opportunity, Sum};

/// What a line may be too long by calculation, px.
pub(super) const ROUNDING: f32 = 0.02;

/// What the lines are to look like.
#[derive(Clone, Copy, Debug)]
pub(super) struct Setting<'s> {
    /// How wide the first lines are, where they are not as wide as all others.
    pub first: &'s [f32],
    /// How wide a line is.
    pub width: f32,
    /// What the first line is indented by.
    pub indent: f32,
    /// How its white space is taken up.
    pub fill: Fill,
    /// Where hyphens may stand.
    pub hyphens: HyphenLimits,
}

impl Setting<'_> {
    /// How wide a line is, counted from the first.
    pub(super) fn room(&self, line: usize) -> f32 {
        self.first.get(line).copied().unwrap_or(self.width)
    }
}

/// Where the white space of a line goes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Fill {
    /// Into its spaces, and a little into its letters.
    Justified,
    /// To its ends; so much of it makes a line short.
    Ragged(f32),
    /// The same, of the last line too.
    Balanced(f32),
}

/// Where hyphens may stand (CSS Text 4, section 6.3).
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct HyphenLimits {
    /// How many lines in a row may end with one.
    pub in_row: u8,
    /// How much of a line has to stay empty before a word is broken.
    pub zone: f32,
    /// Whether the last line but one may end with one.
    pub before_last: bool,
}

impl HyphenLimits {
    /// Anywhere.
    pub(super) const NONE: Self = Self { in_row: u8::MAX, zone: 0.0, before_last: true };
}

/// How choosy an attempt is.
#[derive(Clone, Copy)]
struct Attempt {
    hyphens: bool,
    /// The badness that a line may have.
    tolerance: f64,
    /// Whether a line may stick out, and a hyphen stand where the style wants none, where nothing else is left.
    overfull: bool,
}

/// The second is for paragraphs that are fine but for a scrap at their end: better a short line than a hyphen.
const ATTEMPTS: [Attempt; 5] = [
    Attempt { hyphens: false, tolerance: 100.0, overfull: false },
    Attempt { hyphens: false, tolerance: 800.0, overfull: false },
    Attempt { hyphens: true, tolerance: 800.0, overfull: false },
    Attempt { hyphens: true, tolerance: f64::INFINITY, overfull: false },
    Attempt { hyphens: true, tolerance: f64::INFINITY, overfull: true },
];

/// The best way to the end of a line.
#[derive(Clone, Copy)]
pub(super) struct Node {
    /// The opportunity.
    pub at: usize,
    /// How many lines end up to it.
    pub line: usize,
    /// The sum of what all lines up to it cost.
    pub demerits: f64,
    /// The node of the line before.
    before: usize,
    /// Tight, decent, loose, very loose.
    pub class: u8,
    /// How many lines in a row end with a hyphen here.
    pub stack: u8,
    /// Whether the line is the last one, and a mere scrap.
    pub runt: bool,
}

/// A line that may be chosen.
#[derive(Clone, Copy)]
pub(super) struct Candidate {
    /// What it measures.
    pub sum: Sum,
    /// How wide its room is.
    pub room: f32,
    /// How far its spaces are from their natural width.
    pub ratio: f64,
}

/// The indices of the opportunities at which lines end.
pub(super) fn fit(list: &[Opportunity], setting: &Setting) -> Vec<usize> {
    let mut breaks = Vec::new();
    let mut start = 0;
    for to in 1..list.len() {
        if list[to].kind.is_forced() {
            breaks.extend(segment(list, (start, to), breaks.len(), setting));
            start = to;
        }
    }
    breaks
}

/// The line ends between two forced breaks, of which the first line is the `line`-th.
fn segment(list: &[Opportunity], (from, to): (usize, usize), line: usize, setting: &Setting) -> Vec<usize> {
    let mut best: Option<Way> = None;
    for (index, attempt) in ATTEMPTS.into_iter().enumerate() {
        if index == 1 && best.is_none() {
            continue;
        }
        let Some(way) = attempt.run(list, (from, to), line, setting) else { continue };
        let runt = way.runt;
        if best.as_ref().is_none_or(|best| way.demerits < best.demerits) {
            best = Some(way);
        }
        // To be rid of a scrap, a choosy way is not too good.
        if !runt || attempt.hyphens {
            break;
        }
    }
    // The last attempt always finds a way.
    best.map_or_else(|| vec![to], |way| way.breaks)
}

/// The line ends that an attempt found.
struct Way {
    breaks: Vec<usize>,
    demerits: f64,
    runt: bool,
}

/// The length of a line from one opportunity to another.
pub(super) fn line(list: &[Opportunity], from: usize, to: usize, setting: &Setting) -> Sum {
    let mut line = list[to].end - list[from].start;
    line.width = line.width.max(list[to].hyphen);
    if from == 0 {
        line.width += setting.indent;
    }
    line
}

impl Attempt {
    fn run(
        &self,
        list: &[Opportunity],
        (from, to): (usize, usize),
        line: usize,
        setting: &Setting,
    ) -> Option<Way> {
        let start = Node { at: from, line, demerits: 0.0, before: 0, class: 1, stack: 0, runt: false };
        let mut search = Search { list, setting, attempt: *self, nodes: vec![start], active: vec![0] };
        for (at, Opportunity { kind, .. }) in list.iter().enumerate().take(to + 1).skip(from + 1) {
            if self.hyphens || !(kind.is_automatic() || *kind == BreakKind::Emergency) {
                search.advance(at)?;
            }
        }
        let Search { nodes, active, .. } = search;
        let best = active.into_iter().filter(|&index| nodes[index].at == to);
        let best = best.min_by(|&a, &b| nodes[a].demerits.total_cmp(&nodes[b].demerits))?;
        let Node { demerits, runt, .. } = nodes[best];
        Some(Way { breaks: trace(&nodes, best), demerits, runt })
    }
}

/// An attempt while it runs.
struct Search<'l, 's> {
    list: &'l [Opportunity],
    setting: &'l Setting<'s>,
    attempt: Attempt,
    nodes: Vec<Node>,
    /// The nodes from which a line may still begin.
    active: Vec<usize>,
}

impl Search<'_, '_> {
    /// Goes on to an opportunity. `None` where no way leads on.
    fn advance(&mut self, at: usize) -> Option<()> {
        let opportunity = self.list[at];
        let mut best: Vec<Node> = Vec::new();
        let mut given_up: Option<(f64, usize)> = None;
        let mut active = std::mem::take(&mut self.active);
        #[cfg(test)]
        crate::layout::tests::work::count(active.len());
        active.retain(|&index| {
            let node = &self.nodes[index];
            let sum = line(self.list, node.at, at, self.setting);
            let room = self.setting.room(node.line);
            if let Some(ratio) = ratio(sum, room, &opportunity, self.setting.fill) {
                let found = self.weigh((index, node), at, Candidate { sum, room, ratio });
                found.into_iter().for_each(|found| self.keep(found, &mut best));
                return true;
            }
            let least = sum.width - opportunity.hyphen - opportunity.hang - give(sum, self.setting.fill).1;
            let over = least - room;
            if over > ROUNDING {
                let demerits = node.demerits + cost::overfull(sum.width - room);
                if given_up.is_none_or(|(other, _)| demerits < other) {
                    given_up = Some((demerits, index));
                }
            }
            over <= ROUNDING
        });
        if opportunity.kind.is_forced() {
            active.clear();
        }
        for node in best {
            active.push(self.nodes.len());
            self.nodes.push(node);
        }
        if active.is_empty() {
            let (demerits, before) = given_up.filter(|_| self.attempt.overfull)?;
            active.push(self.nodes.len());
            let line = self.nodes[before].line + 1;
            self.nodes.push(Node { at, line, demerits, before, class: 1, stack: 0, runt: false });
        }
        self.active = active;
        Some(())
    }

    /// Keeps the better of two ways after which all goes on alike: of one class, and of one number of lines as
    /// long as that tells how wide the next is.
    fn keep(&self, found: Node, best: &mut Vec<Node>) {
        let place = |node: &Node| (node.class, node.line.min(self.setting.first.len()));
        match best.iter_mut().find(|other| place(other) == place(&found)) {
            Some(other) if found.demerits < other.demerits => *other = found,
            Some(_) => {}
            None => best.push(found),
        }
    }

    /// The node of a line that fits from `from` to `at`, unless it is worse than this attempt bears.
    fn weigh(&self, (before, from): (usize, &Node), at: usize, line: Candidate) -> Option<Node> {
        let fill = self.setting.fill;
        let badness = cost::badness(line.ratio, fill);
        if badness > self.attempt.tolerance {
            return None;
        }
        let hyphens = self.setting.hyphens;
        let kind = self.list[at].kind;
        let inner = &self.list[from.at + 1..at];
        let is_barred = match kind {
            // A word is torn where the line has no other end (CSS Text 3, section 5.5).
            BreakKind::Emergency => inner.iter().any(|inner| inner.kind != BreakKind::Emergency),
            kind => kind.is_automatic() && !self.may_hyphenate(from, at),
        };
        if is_barred {
            return None;
        }
        let class = cost::class(line.ratio, fill);
        let penalty = cost::penalty(kind, fill);
        let stack = if penalty > 0.0 { from.stack.saturating_add(1) } else { 0 };
        let mut demerits = from.demerits + cost::line(badness, penalty) + cost::stack(stack);
        let ends = kind.is_forced() && from.at > 0 && !self.list[from.at].kind.is_forced();
        let mut runt = false;
        if ends {
            let hyphen = self.list[from.at].kind.is_automatic();
            if hyphen && !hyphens.before_last && !self.attempt.overfull {
                return None;
            }
            let words = inner.iter().filter(|inner| inner.kind == BreakKind::Soft);
            let runt_cost = cost::runt(&line, words.count() + 1, fill);
            runt = runt_cost > 0.0;
            demerits += runt_cost + if from.stack > 0 { cost::LAST_HYPHEN } else { 0.0 };
        }
        if class.abs_diff(from.class) > 1 {
            demerits += cost::MISMATCH;
        }
        Some(Node { at, line: from.line + 1, demerits, before, class, stack, runt })
    }

    /// Whether the style allows an automatic hyphen at `at` in a line after `from`.
    fn may_hyphenate(&self, from: &Node, at: usize) -> bool {
        let HyphenLimits { in_row, zone, .. } = self.setting.hyphens;
        if self.attempt.overfull {
            return true;
        }
        if from.stack >= in_row {
            return false;
        }
        if zone <= 0.0 {
            return true;
        }
        let whole = (from.at + 1..at).rev().find(|&inner| !self.list[inner].kind.is_automatic());
        whole.is_none_or(|whole| {
            let width = line(self.list, from.at, whole, self.setting).width;
            self.setting.room(from.line) - width > zone
        })
    }
}

/// How far a line can stretch and shrink: its spaces, and a little its letters.
pub(super) fn give(sum: Sum, fill: Fill) -> (f32, f32) {
    match fill {
        Fill::Justified => (sum.stretch + sum.letters * LETTERS, sum.shrink + sum.letters * LETTERS),
        Fill::Ragged(short) | Fill::Balanced(short) => (short, 0.0),
    }
}

/// What a line leaves of its room; less than nothing where it is too long though as much hangs as may.
pub(super) fn free(sum: Sum, room: f32, hang: f32) -> f32 {
    let slack = room - sum.width;
    if slack < 0.0 { (slack + hang).min(0.0) } else { slack }
}

/// How far a line is from its natural width, of what it can give; `None` where it does not fit.
fn ratio(sum: Sum, room: f32, end: &Opportunity, fill: Fill) -> Option<f64> {
    let slack = free(sum, room, end.hang);
    let may_be_short = sum.leaders > 0.0 || (end.kind.is_forced() && !matches!(fill, Fill::Balanced(_)));
    if slack.abs() <= ROUNDING || (slack > 0.0 && may_be_short) {
        return Some(0.0);
    }
    let (stretch, shrink) = give(sum, fill);
    // Of two lines of which one has to be shorter, it is the last.
    let give = match end.kind.is_forced() {
        _ if slack <= 0.0 => shrink,
        true => stretch * 1.1,
        false => stretch,
    };
    let ratio = if give > 0.0 { f64::from(slack / give) } else { f64::from(slack.signum()) * 1e3 };
    (ratio >= -1.0).then_some(ratio)
}

fn trace(nodes: &[Node], mut index: usize) -> Vec<usize> {
    let mut breaks = Vec::new();
    while index != 0 {
        breaks.push(nodes[index].at);
        index = nodes[index].before;
    }
    breaks.reverse();
    breaks
}
