//! Line ends that are chosen one after the other, and lines of one length (`text-wrap`, CSS Text 4, section 6.4).

use super::fit::{Fill, ROUNDING, Setting, fit, give, line};
use super::opportunities::{BreakKind, Opportunity};

/// Whether something is no wider than its room.
pub(super) fn fits(width: f32, room: f32) -> bool {
    width <= room + ROUNDING
}

/// The length of a line of which hangs what may.
pub(super) fn least(list: &[Opportunity], from: usize, to: usize, setting: &Setting) -> f32 {
    line(list, from, to, setting).width - list[to].hang
}

/// Whether words may be broken though they fit on the next line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Words {
    /// Where that fills the line.
    Broken,
    /// Only if not even the first fits.
    Whole,
}

/// The line ends when each line is filled as far as it goes.
pub(super) fn first_fit(list: &[Opportunity], setting: &Setting, words: Words) -> Vec<usize> {
    let mut breaks = Vec::new();
    let mut from = 0;
    while from + 1 < list.len() {
        let room = setting.room(breaks.len());
        from = farthest(list, from, words, |to| fits(least(list, from, to, setting), room));
        breaks.push(from);
    }
    breaks
}

/// The farthest opportunity at which a line from `from` can end; the next one if nothing fits.
pub(super) fn farthest(
    list: &[Opportunity],
    from: usize,
    words: Words,
    fits: impl Fn(usize) -> bool,
) -> usize {
    let (mut whole, mut broken, mut torn) = (None, None, None);
    for (to, opportunity) in list.iter().enumerate().skip(from + 1) {
        if fits(to) {
            match opportunity.kind {
                BreakKind::Emergency => torn = Some(to),
                kind if kind.is_hyphen() => broken = Some(to),
                _ => whole = Some(to),
            }
        } else if opportunity.hyphen == 0.0 {
            break;
        }
        if opportunity.kind.is_forced() {
            break;
        }
    }
    let found = match words {
        Words::Broken => whole.max(broken),
        Words::Whole => whole.or(broken),
    };
    found.or(torn).unwrap_or(from + 1)
}

/// The line ends of a paragraph whose lines are about as long as each other, without hyphens of its own if it
/// fits without. What forced breaks part is balanced by itself.
pub(super) fn balance(list: &[Opportunity], setting: &Setting) -> Vec<usize> {
    let mut breaks = Vec::new();
    let mut start = 0;
    for to in 1..list.len() {
        if list[to].kind.is_forced() {
            let part = Setting {
                first: setting.first.get(breaks.len()..).unwrap_or_default(),
                indent: if start == 0 { setting.indent } else { 0.0 },
                ..*setting
            };
            let lines = balance_part(&list[start..=to], &part);
            breaks.extend(lines.into_iter().map(|at| start + at));
            start = to;
        }
    }
    breaks
}

fn balance_part(list: &[Opportunity], setting: &Setting) -> Vec<usize> {
    let whole: Vec<usize> = (0..list.len()).filter(|&at| !list[at].kind.is_automatic()).collect();
    let words: Vec<Opportunity> = whole.iter().map(|&at| list[at]).collect();
    let plain = first_fit(&words, setting, Words::Whole);
    if holds(&words, &plain, setting) {
        return narrowest(&words, &plain, setting).into_iter().map(|at| whole[at]).collect();
    }
    narrowest(list, &first_fit(list, setting, Words::Whole), setting)
}

/// The line ends at the narrowest width at which the paragraph takes no more lines than these.
fn narrowest(list: &[Opportunity], lines: &[usize], setting: &Setting) -> Vec<usize> {
    let widest = setting.first.iter().take(lines.len()).fold(setting.width, |widest, &room| widest.max(room));
    if lines.len() < 2 || !widest.is_finite() {
        return fit(list, setting);
    }
    let short = match setting.fill {
        Fill::Ragged(short) | Fill::Balanced(short) => short,
        Fill::Justified => setting.width / 8.0,
    };
    let at = |width: f32| {
        let first: Vec<f32> = setting.first.iter().map(|room| room.min(width)).collect();
        let fill = Fill::Balanced(short);
        let narrower = Setting { width: setting.width.min(width), first: &first, fill, ..*setting };
        let breaks = fit(list, &narrower);
        (breaks.len() <= lines.len() && holds(list, &breaks, &narrower)).then_some(breaks)
    };
    let (mut low, mut high) = (0.0, widest);
    let mut best = at(high).unwrap_or_else(|| lines.to_vec());
    while high - low > 0.5 {
        let middle = (low + high) / 2.0;
        match at(middle) {
            Some(breaks) => (best, high) = (breaks, middle),
            None => low = middle,
        }
    }
    best
}

/// Whether no line sticks out, shrunk as far as it can be.
pub(super) fn holds(list: &[Opportunity], breaks: &[usize], setting: &Setting) -> bool {
    let mut from = 0;
    breaks.iter().enumerate().all(|(index, &to)| {
        let (_, shrink) = give(line(list, from, to, setting), setting.fill);
        let fits = fits(least(list, from, to, setting) - shrink, setting.room(index));
        from = to;
        fits
    })
}
