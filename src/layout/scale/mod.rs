//! The page-count contract: a document that may have at most N pages is set smaller, type and space together,
//! as little as it takes, and never below what can be read.

mod overflow;
mod styles;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use super::{Attempt, Known, Pages, Scale, Setting, TooMany, lay_out, report};
use crate::diag::{Diagnostic, Outcome};
use crate::fonts::FontBook;
use crate::style::{Content, StyledTree};
use crate::units::Px;

pub(super) use overflow::{Overflow, fill, overflow};
pub(super) use styles::scaled;

/// How finely the scale is found.
const STEP: f32 = 0.005;
/// How often the next scale is reckoned from how full the pages were; from then on the range is halved.
const RECKONINGS: usize = 4;

/// Lays a document out at the largest scale that keeps to its number of pages.
pub(super) fn fit(
    tree: &StyledTree,
    fonts: &FontBook,
    setting: &Setting,
) -> Outcome<(Pages, Vec<Diagnostic>)> {
    let limit = tree.meta.pages.map_or(usize::MAX, |limit| limit as usize);
    let mut known = Known::default();
    let whole = match lay_out(tree, fonts, setting, &mut known, limit) {
        Ok(whole) => return Ok((whole.pages, whole.diagnostics)),
        Err(more) => more,
    };
    let body = body_size(tree);
    let floor = (Px::from(setting.smallest) / body).min(1.0);
    let steps = ((1.0 - floor) / STEP).ceil() as usize;
    let mut search = Search { tree, fonts, setting, known, limit, floor, failed: BTreeSet::new() };
    let Some((step, mut found)) = search.run(steps, whole) else {
        let (pages, over) = match search.lay_out(steps, usize::MAX) {
            Ok(least) => (least.pages.pages.len(), least.overflow.unwrap_or_default()),
            Err(more) => (more.pages, Overflow::default()),
        };
        return Err(vec![report::too_many_pages(tree, (body * floor).into(), pages, limit, &over)]);
    };
    let scale = search.scale(step);
    found.pages.scale = Scale(scale);
    found.diagnostics.push(report::scaled(&tree.file, scale, limit));
    Ok((found.pages, found.diagnostics))
}

/// The size that most of the text is set in.
fn body_size(tree: &StyledTree) -> Px {
    let mut sizes: BTreeMap<u32, usize> = BTreeMap::new();
    for node in &tree.nodes {
        if let Content::Text(text) = &node.content {
            *sizes.entry(node.style.font.size.0.to_bits()).or_default() += text.trim().len();
        }
    }
    let most = sizes.into_iter().max_by_key(|(_, count)| *count);
    most.map_or(Px(16.0), |(bits, _)| Px(f32::from_bits(bits))).max(Px(1.0))
}

/// The search for the largest scale that fits, in steps down from 1.
struct Search<'s> {
    tree: &'s StyledTree,
    fonts: &'s FontBook,
    setting: &'s Setting,
    known: Known,
    limit: usize,
    floor: f32,
    /// The steps that are known to take too many pages.
    failed: BTreeSet<usize>,
}

/// How full a document was at a scale, in pages.
#[derive(Clone, Copy)]
struct Measured {
    scale: f32,
    used: f32,
}

impl Search<'_> {
    fn scale(&self, step: usize) -> f32 {
        (1.0 - step as f32 * STEP).max(self.floor)
    }

    /// Lays the document out a number of steps below 1, on so many pages at most.
    fn lay_out(&mut self, step: usize, most: usize) -> Result<Attempt, TooMany> {
        let scaled = scaled(self.tree, self.scale(step), self.setting.smallest.into());
        lay_out(&scaled, self.fonts, self.setting, &mut self.known, most)
    }

    /// The same, on as many pages as it may have.
    fn attempt(&mut self, step: usize) -> Result<Attempt, TooMany> {
        let attempt = self.lay_out(step, self.limit);
        if attempt.is_err() {
            self.failed.insert(step);
        }
        attempt
    }

    /// The first step that fits; `None` where none does up to the last.
    fn run(&mut self, last: usize, whole: TooMany) -> Option<(usize, Attempt)> {
        let mut over = 0;
        let mut too_much = Measured { scale: 1.0, used: whole.used };
        let mut found: Option<(usize, Attempt)> = None;
        for tried in 0.. {
            let last = found.as_ref().map_or(last, |(step, _)| step - 1);
            if over == last {
                break;
            }
            let fits = found.as_ref().map(|(step, fits)| (self.scale(*step), fits.used));
            let step = if tried < RECKONINGS {
                let fits = fits.map(|(scale, used)| Measured { scale, used });
                let scale = reckon(too_much, fits, self.limit as f32);
                let step = ((1.0 - scale) / STEP).ceil().max(0.0) as usize;
                // Where the reckoning has fallen short before, it does so again: leap, further each time.
                if fits.is_none() { over + (step.max(over + 1) - over) * (1 << tried) } else { step }
            } else {
                usize::midpoint(over, last + 1)
            };
            let step = step.clamp(over + 1, last);
            match self.attempt(step) {
                Ok(fits) => found = Some((step, fits)),
                Err(more) => {
                    too_much = Measured { scale: self.scale(step), used: more.used };
                    over = step;
                }
            }
        }
        found.map(|found| self.look_above(found))
    }

    /// What fits at one scale may not at a smaller one, where lines break unluckily: the scale above the nearest
    /// that does not fit is tried too.
    fn look_above(&mut self, found: (usize, Attempt)) -> (usize, Attempt) {
        let (mut step, mut best) = found;
        while let Some(above) = step.checked_sub(2).filter(|above| *above > 0 && !self.failed.contains(above))
        {
            let Ok(better) = self.attempt(above) else { break };
            (step, best) = (above, better);
            if step > 1
                && !self.failed.contains(&(step - 1))
                && let Ok(better) = self.attempt(step - 1)
            {
                (step, best) = (step - 1, better);
            }
        }
        (step, best)
    }
}

/// The scale at which the pages should just be full: text takes room by the square of its size, and between two
/// scales that were tried the room is as good as linear.
fn reckon(too_much: Measured, fits: Option<Measured>, limit: f32) -> f32 {
    match fits {
        None => too_much.scale * (limit / too_much.used.max(limit)).sqrt(),
        Some(fits) => {
            let slope = (too_much.scale - fits.scale) / (too_much.used - fits.used).max(0.001);
            fits.scale + (limit - fits.used) * slope
        }
    }
}
