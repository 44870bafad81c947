//! The choice of line ends: all lines of a paragraph together, after Knuth and Plass, “Breaking Paragraphs into
//! Lines” (Software: Practice and Experience 11, 1981). What TeX calls badness and demerits are so here too.

use super::opportunities::{BreakKind, Opportunity, Sum};

/// What a line costs besides its badness: keeps the number of lines low.
const LINE: f64 = 10.0;
/// The demerits of two neighbouring lines of which one is tight and the other loose.
const MISMATCH: f64 = 10_000.0;
/// The demerits of a hyphen under a hyphen, for each line of the stack.
const HYPHEN_STACK: f64 = 10_000.0;
/// The demerits of a hyphen before the last line.
const LAST_HYPHEN: f64 = 5_000.0;
/// The demerits of a last line that is a mere scrap, and how short that is, of the measure.
const RUNT: (f64, f32) = (12_000.0, 0.17);
/// The demerits of a line that sticks out, for each px.
const OVERFULL: f64 = 1e15;
/// What a line may be too long by calculation, px.
const ROUNDING: f32 = 0.02;

/// What the lines are to look like.
#[derive(Clone, Copy, Debug)]
pub(super) struct Setting {
    /// How wide a line is.
    pub width: f32,
    /// What the first line is indented by.
    pub indent: f32,
    /// How its white space is taken up.
    pub fill: Fill,
}

/// Where the white space of a line goes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Fill {
    /// Into its spaces.
    Justified,
    /// To its ends; so much of it makes a line short.
    Ragged(f32),
}

/// How choosy an attempt is.
#[derive(Clone, Copy)]
struct Attempt {
    hyphens: bool,
    /// The badness that a line may have.
    tolerance: f64,
    /// Whether a line may stick out where nothing else is left.
    overfull: bool,
}

const ATTEMPTS: [Attempt; 3] = [
    Attempt { hyphens: false, tolerance: 100.0, overfull: false },
    Attempt { hyphens: true, tolerance: 800.0, overfull: false },
    Attempt { hyphens: true, tolerance: f64::INFINITY, overfull: true },
];

/// The best way to the end of a line.
#[derive(Clone, Copy)]
struct Node {
    /// The opportunity.
    at: usize,
    demerits: f64,
    /// The node of the line before.
    before: usize,
    /// Tight, decent, loose, very loose.
    class: u8,
    /// How many lines in a row end with a hyphen here.
    stack: u8,
}

/// The indices of the opportunities at which lines end.
pub(super) fn fit(list: &[Opportunity], setting: &Setting) -> Vec<usize> {
    let mut breaks = Vec::new();
    let mut from = 0;
    for to in 1..list.len() {
        if list[to].kind.is_forced() {
            let found = ATTEMPTS.iter().find_map(|attempt| attempt.run(list, from, to, setting));
            // The last attempt always finds a way.
            breaks.extend(found.unwrap_or_else(|| vec![to]));
            from = to;
        }
    }
    breaks
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
    fn run(&self, list: &[Opportunity], from: usize, to: usize, setting: &Setting) -> Option<Vec<usize>> {
        let mut nodes = vec![Node { at: from, demerits: 0.0, before: 0, class: 1, stack: 0 }];
        let mut active = vec![0];
        for at in from + 1..=to {
            let kind = list[at].kind;
            if !self.hyphens && (kind.is_automatic() || kind == BreakKind::Emergency) {
                continue;
            }
            let mut best: [Option<Node>; 4] = [None; 4];
            let mut given_up = None;
            active.retain(|&index: &usize| {
                let node: Node = nodes[index];
                let sum = line(list, node.at, at, setting);
                let (ratio, fits) = ratio(sum, kind, setting);
                if let Some(found) = fits.then(|| self.weigh(list, (index, node), at, (ratio, sum), setting))
                {
                    if let Some(found) = found
                        && best[usize::from(found.class)].is_none_or(|best| found.demerits < best.demerits)
                    {
                        best[usize::from(found.class)] = Some(found);
                    }
                    return true;
                }
                if sum.width - list[at].hyphen > setting.width + sum.shrink * shrinks(setting) + ROUNDING {
                    let demerits = node.demerits + OVERFULL * f64::from(sum.width - setting.width);
                    if given_up.is_none_or(|(other, _)| demerits < other) {
                        given_up = Some((demerits, index));
                    }
                    return false;
                }
                true
            });
            if kind.is_forced() {
                active.clear();
            }
            for node in best.into_iter().flatten() {
                active.push(nodes.len());
                nodes.push(node);
            }
            if active.is_empty() {
                let (demerits, before) = given_up.filter(|_| self.overfull)?;
                active.push(nodes.len());
                nodes.push(Node { at, demerits, before, class: 1, stack: 0 });
            }
        }
        let best = active.into_iter().filter(|&index| nodes[index].at == to);
        let best = best.min_by(|&a, &b| nodes[a].demerits.total_cmp(&nodes[b].demerits))?;
        Some(trace(&nodes, best))
    }

    /// The node of a line that fits from `from` to `at`, unless it is worse than this attempt bears.
    fn weigh(
        &self,
        list: &[Opportunity],
        (before, from): (usize, Node),
        at: usize,
        (ratio, sum): (f64, Sum),
        setting: &Setting,
    ) -> Option<Node> {
        let kind = list[at].kind;
        let badness = (100.0 * ratio.abs().powi(3)).min(1e7);
        if badness > self.tolerance {
            return None;
        }
        let class: u8 = match ratio {
            _ if !matches!(setting.fill, Fill::Justified) => 1,
            ratio if ratio < -0.5 => 0,
            ratio if ratio <= 0.5 => 1,
            ratio if ratio <= 1.0 => 2,
            _ => 3,
        };
        let penalty = penalty(kind, setting);
        let mut demerits = from.demerits + (LINE + badness).powi(2) + penalty * penalty;
        let stack = if penalty > 0.0 { from.stack + 1 } else { 0 };
        if stack > 1 {
            demerits += HYPHEN_STACK * f64::from(stack - 1);
        }
        if kind.is_forced() && from.at > 0 && !list[from.at].kind.is_forced() {
            if from.stack > 0 {
                demerits += LAST_HYPHEN;
            }
            if sum.width < setting.width * RUNT.1 {
                demerits += RUNT.0;
            }
        }
        if class.abs_diff(from.class) > 1 {
            demerits += MISMATCH;
        }
        Some(Node { at, demerits, before, class, stack })
    }
}

/// How far the spaces of a line are from their natural width, and whether it fits at all.
fn ratio(sum: Sum, kind: BreakKind, setting: &Setting) -> (f64, bool) {
    let slack = setting.width - sum.width;
    if slack.abs() <= ROUNDING || (slack > 0.0 && (kind.is_forced() || sum.leaders > 0.0)) {
        return (0.0, true);
    }
    let give = match setting.fill {
        Fill::Justified if slack > 0.0 => sum.stretch,
        Fill::Justified => sum.shrink,
        Fill::Ragged(short) if slack > 0.0 => short,
        Fill::Ragged(_) => 0.0,
    };
    let ratio = if give > 0.0 { f64::from(slack / give) } else { f64::from(slack.signum()) * 1e3 };
    (ratio, ratio >= -1.0)
}

fn shrinks(setting: &Setting) -> f32 {
    if setting.fill == Fill::Justified { 1.0 } else { 0.0 }
}

/// What a break costs by itself. In a ragged setting a short line is less of an evil than a hyphen.
fn penalty(kind: BreakKind, setting: &Setting) -> f64 {
    let ragged = !matches!(setting.fill, Fill::Justified);
    match kind {
        BreakKind::Start | BreakKind::Soft | BreakKind::Forced | BreakKind::End => 0.0,
        BreakKind::Dash => 30.0,
        BreakKind::SoftHyphen | BreakKind::Hyphen if ragged => 240.0,
        BreakKind::SoftHyphen | BreakKind::Hyphen => 60.0,
        BreakKind::StubHyphen if ragged => 400.0,
        BreakKind::StubHyphen => 120.0,
        BreakKind::Emergency => 1_000.0,
    }
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

/// How many lines it takes when each is filled as far as it goes, without hyphens where possible.
pub(super) fn count_lines(list: &[Opportunity], setting: &Setting) -> usize {
    let mut lines = 0;
    let mut from = 0;
    while from + 1 < list.len() {
        from = farthest(list, from, |to| line(list, from, to, setting).width <= setting.width + ROUNDING);
        lines += 1;
    }
    lines
}

/// The farthest opportunity at which a line from `from` can end: at white space if that does not leave it very
/// short, else with a hyphen; the next one if nothing fits.
pub(super) fn farthest(list: &[Opportunity], from: usize, fits: impl Fn(usize) -> bool) -> usize {
    let (mut soft, mut hyphen) = (None, None);
    for (to, opportunity) in list.iter().enumerate().skip(from + 1) {
        if fits(to) {
            match opportunity.kind {
                BreakKind::Emergency => hyphen = Some(to),
                kind if kind.is_hyphen() => hyphen = Some(to),
                _ => soft = Some(to),
            }
        } else if opportunity.hyphen == 0.0 {
            break;
        }
        if opportunity.kind.is_forced() {
            break;
        }
    }
    soft.or(hyphen).unwrap_or(from + 1)
}

/// The line ends of a paragraph whose lines are about as long as each other (`text-wrap: balance`, CSS Text 4,
/// section 6.4.1), without hyphens of its own if it fits without.
pub(super) fn balance(list: &[Opportunity], setting: &Setting) -> Vec<usize> {
    let whole: Vec<usize> = (0..list.len()).filter(|&at| !list[at].kind.is_automatic()).collect();
    let words: Vec<Opportunity> = whole.iter().map(|&at| list[at]).collect();
    if fits_all(&words, setting) {
        let narrower = Setting { width: balanced(&words, setting), ..*setting };
        return fit(&words, &narrower).into_iter().map(|at| whole[at]).collect();
    }
    fit(list, &Setting { width: balanced(list, setting), ..*setting })
}

/// The narrowest width at which the paragraph takes no more lines than at its own.
fn balanced(list: &[Opportunity], setting: &Setting) -> f32 {
    let lines = count_lines(list, setting);
    let (mut low, mut high) = (0.0, setting.width);
    if lines < 2 || !high.is_finite() {
        return high;
    }
    while high - low > 0.5 {
        let middle = (low + high) / 2.0;
        let narrower = Setting { width: middle, ..*setting };
        let holds = fit(list, &narrower).len() <= lines && fits_all(list, &narrower);
        if holds { high = middle } else { low = middle }
    }
    high
}

/// Whether no line sticks out.
fn fits_all(list: &[Opportunity], setting: &Setting) -> bool {
    let mut from = 0;
    fit(list, setting).into_iter().all(|to| {
        let fits = line(list, from, to, setting).width <= setting.width + ROUNDING;
        from = to;
        fits
    })
}
