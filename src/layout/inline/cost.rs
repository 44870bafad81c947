//! What lines cost, in the demerits of Knuth and Plass. The weights of justified lines are those of TeX's plain
//! format where it has them. A ragged line is never ugly for its spaces, so it is cheaper there to end a line
//! early than to break a word.

use super::fit::{Candidate, Fill};
use super::opportunities::BreakKind;

/// What a line costs besides its badness: keeps the number of lines low.
const LINE: f64 = 10.0;
/// The demerits of two neighbouring lines of which one is tight and the other loose.
pub(super) const MISMATCH: f64 = 10_000.0;
/// The demerits of a hyphen under a hyphen, for each line of the stack.
const HYPHEN_STACK: f64 = 10_000.0;
/// The demerits of a hyphen before the last line.
pub(super) const LAST_HYPHEN: f64 = 5_000.0;
/// The demerits of a last line that is a mere scrap: in justified and in ragged text.
const RUNT: (f64, f64) = (20_000.0, 300_000.0);
/// How short a scrap is, of the measure: one of several words, and a single word.
const SCRAP: (f32, f32) = (0.17, 0.34);
/// The demerits of a line that sticks out, for each px.
const OVERFULL: f64 = 1e15;

/// How bad a line looks that is `ratio` times its give from its natural width.
pub(super) fn badness(ratio: f64, fill: Fill) -> f64 {
    let ratio = ratio.abs();
    let power = if fill != Fill::Justified && ratio > 1.0 { ratio.powi(2) } else { ratio.powi(3) };
    (100.0 * power).min(1e7)
}

/// Tight, decent, loose or very loose; ragged lines are all decent.
pub(super) fn class(ratio: f64, fill: Fill) -> u8 {
    match ratio {
        _ if fill != Fill::Justified => 1,
        ratio if ratio < -0.5 => 0,
        ratio if ratio <= 0.5 => 1,
        ratio if ratio <= 1.0 => 2,
        _ => 3,
    }
}

/// What a break costs by itself.
pub(super) fn penalty(kind: BreakKind, fill: Fill) -> f64 {
    let ragged = fill != Fill::Justified;
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

/// The demerits of a line by itself.
pub(super) fn line(badness: f64, penalty: f64) -> f64 {
    (LINE + badness).powi(2) + penalty * penalty
}

/// The demerits of the last of `lines` lines in a row that end with a hyphen.
pub(super) fn stack(lines: u8) -> f64 {
    HYPHEN_STACK * f64::from(lines.saturating_sub(1))
}

/// The demerits of a last line of so many words.
pub(super) fn runt(line: &Candidate, words: usize, fill: Fill) -> f64 {
    let short = line.room * if words == 1 { SCRAP.1 } else { SCRAP.0 };
    match fill {
        _ if line.sum.width >= short => 0.0,
        Fill::Justified => RUNT.0,
        Fill::Ragged(_) | Fill::Balanced(_) => RUNT.1,
    }
}

/// The demerits of a line that sticks out.
pub(super) fn overfull(by: f32) -> f64 {
    OVERFULL * f64::from(by)
}
