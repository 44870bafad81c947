//! Text stands out from what is behind it.

use std::collections::BTreeMap;

use super::better;
use super::ground::{Kind, Seen};
use super::scene::{Run, Scene, Stack};
use super::{Printed, first_words};
use crate::audit::{Check, Rule, Standard};
use crate::contrast::{luminance, ratio};
use crate::diag::Diagnostic;
use crate::layout::Tag;
use crate::style::computed::Color;
use crate::units::{Pt, Px};

pub(super) static RULE: Rule = Rule {
    code: "low-contrast",
    asks: "Text has a contrast of 4.5:1 with what is behind it, large text one of 3:1.",
    clauses: &[Standard::Wcag21.clause("1.4.3")],
};

/// From this size text is large, and bold text from the other.
const LARGE: (Pt, Pt) = (Pt(18.0), Pt(14.0));
const BOLD: u16 = 700;
/// What text needs, and what large text needs.
const NEEDED: (f32, f32) = (4.5, 3.0);
/// The part of a text that may have less where it stands on a picture: grain, and an edge that a letter lies
/// across, do not keep a word from being read.
const GRAIN: usize = 10;

/// The rule while pages are looked at.
#[derive(Default)]
pub(super) struct Contrast {
    examined: usize,
    failures: BTreeMap<Key, Failure>,
    found: usize,
    known: Option<(Seen, f32)>,
    stack: Stack,
    seen: Vec<Seen>,
}

/// What is told once.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    ink: [u8; 3],
    /// One colour, where it is one.
    ground: Option<[u8; 3]>,
    kind: Kind,
    is_large: bool,
    /// Whether nothing is seen of it, and not for its colour.
    is_hidden: bool,
    selector: String,
}

struct Failure {
    /// Which failure of the document it was.
    order: usize,
    words: String,
    first: Tag,
    last: Tag,
    size: Pt,
    worst: Seen,
    ratio: f32,
    /// In how many elements more.
    more: usize,
}

impl Contrast {
    /// Looks at a run of text.
    pub fn look(&mut self, printed: &Printed, scene: &Scene, run: &Run) {
        let face = printed.fonts.face(run.text.font);
        scene.seen(run, face.metrics.x_height * run.text.size.0, &mut self.stack, &mut self.seen);
        let Some((worst, ratio)) = self.worst() else { return };
        self.examined += 1;
        let size = Pt::from(Px(run.text.size.0 * run.map.scale()));
        // Sizes in points become px and points again.
        let is_large = |from: Pt| size >= from - Pt(0.01);
        let is_large = is_large(LARGE.0) || (face.weight >= BOLD && is_large(LARGE.1));
        if ratio >= if is_large { NEEDED.1 } else { NEEDED.0 } {
            return;
        }
        let tag = run.text.tag;
        let ground = (worst.kind == Kind::Plain).then(|| bytes(worst.ground));
        let selector = printed.selector(tag);
        let is_hidden = worst.ink == worst.ground && !is_of(run.text.color, worst.ink);
        let key = Key { ink: bytes(worst.ink), ground, kind: worst.kind, is_large, is_hidden, selector };
        let order = self.found;
        self.found += 1;
        let failure = self.failures.entry(key).or_insert_with(|| {
            let words = first_words(&run.text.text);
            Failure { order, words, first: tag, last: tag, size, worst, ratio, more: 0 }
        });
        if failure.last != tag || matches!(tag, Tag::Artifact(_)) && failure.order != order {
            failure.more += 1;
            failure.last = tag;
        }
        if ratio < failure.ratio {
            (failure.worst, failure.ratio) = (worst, ratio);
        }
    }

    /// What reads worst of a run, and its contrast; on a picture, what all but a few places are better than.
    fn worst(&mut self) -> Option<(Seen, f32)> {
        if let &[only] = &*self.seen {
            return Some((only, self.ratio(only)));
        }
        let mut rated: Vec<(Seen, f32)> = Vec::with_capacity(self.seen.len());
        for seen in std::mem::take(&mut self.seen) {
            rated.push((seen, self.ratio(seen)));
        }
        rated.sort_by(|one, other| one.1.total_cmp(&other.1));
        let has_grain = rated.iter().any(|(seen, _)| seen.kind == Kind::Picture);
        rated.get(if has_grain { rated.len() / GRAIN } else { 0 }).copied()
    }

    /// The contrast of what is seen; most often that of what was seen last.
    fn ratio(&mut self, seen: Seen) -> f32 {
        match self.known {
            Some((known, ratio)) if known == seen => ratio,
            _ => {
                let ratio = ratio(luminance(seen.ink), luminance(seen.ground));
                self.known = Some((seen, ratio));
                ratio
            }
        }
    }

    /// What came of it.
    pub fn check(self, printed: &Printed) -> Check {
        let mut check = Check::new(&RULE).measured();
        check.examined = self.examined;
        let mut failures: Vec<(Key, Failure)> = self.failures.into_iter().collect();
        failures.sort_by_key(|(_, failure)| failure.order);
        check.findings =
            failures.iter().map(|(key, failure)| finding(printed, &check, key, failure)).collect();
        check
    }
}

fn finding(printed: &Printed, check: &Check, key: &Key, failure: &Failure) -> Diagnostic {
    let needed = if key.is_large { NEEDED.1 } else { NEEDED.0 };
    let (ink, ground) = (hex(key.ink), hex(bytes(failure.worst.ground)));
    let on = match key.kind {
        Kind::Plain => format!("`{ground}`"),
        Kind::Gradient => format!("a gradient, where it is `{ground}`,"),
        Kind::Picture => format!("a picture, where it is like `{ground}`,"),
    };
    // What is too little never reads as enough.
    let ratio = failure.ratio.min(needed - 0.01);
    let size = (failure.size.0 * 10.0).round() / 10.0;
    let mut message = format!(
        "`{ink}` on {on} is {ratio:.2}:1, but text of {size} pt needs {needed}:1: “{}”",
        failure.words
    );
    message.push_str(&format!(" in {}", key.selector));
    match failure.more {
        0 => {}
        1 => message.push_str(", and once more"),
        more => message.push_str(&format!(", and {more} times more")),
    }
    check.warning(message).at(printed.place(failure.first)).hint(hint(printed, key, failure, needed))
}

fn hint(printed: &Printed, key: &Key, failure: &Failure, needed: f32) -> String {
    let color = hex(better::nearest(failure.worst.ink, failure.worst.ground, needed));
    let mut hint = match key.kind {
        _ if key.is_hidden => "something is painted over it, or lets nothing of it through".to_owned(),
        Kind::Plain => format!("`{color}` is the nearest that reads there"),
        Kind::Gradient => format!("`{color}` reads at its worst place"),
        Kind::Picture => "lay a plain colour between the picture and the words".to_owned(),
    };
    let is_paper = |color: &[u8; 3]| matches!(color, [0, 0, 0] | [255, 255, 255]);
    let names = [("the text", Some(key.ink)), ("what is behind it", key.ground)];
    for (what, color) in names {
        let name = color.filter(|color| !is_paper(color)).and_then(|color| printed.brand.color_name(color));
        if let Some(name) = name {
            hint.push_str(&format!("; {what} is `{name}` of {}", printed.brand.file));
        }
    }
    hint
}

/// Whether what is seen of a colour is the colour itself.
fn is_of(Color { red, green, blue, alpha }: Color, seen: [f32; 3]) -> bool {
    alpha >= 1.0 && bytes([red, green, blue]) == bytes(seen)
}

fn bytes(rgb: [f32; 3]) -> [u8; 3] {
    rgb.map(|part| (part.clamp(0.0, 1.0) * 255.0).round() as u8)
}

fn hex([red, green, blue]: [u8; 3]) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}
