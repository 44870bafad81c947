//! The height of a line box and where each inline box stands in it (CSS 2, 10.8).

use std::collections::BTreeMap;

use super::collect::Collected;
use super::{AtomBox, Typesetter};
use crate::fonts::{FontId, Metrics};
use crate::style::ComputedStyle;
use crate::style::computed::{LineHeight, VerticalAlign};
use crate::units::Px;

/// A stretch of a line as far as heights are concerned.
#[derive(Clone, Copy, Debug)]
pub(super) enum Part {
    /// Text of the box, in a font that need not be the box's own.
    Text { parent: usize, font: FontId, size: Px },
    /// An atom in the box.
    Atom { parent: usize, span: usize, size: AtomBox },
}

/// A line's height and what stands where in it; y grows downwards.
#[derive(Clone, Debug, Default)]
pub(super) struct Heights {
    pub height: Px,
    /// From the top of the line.
    pub baseline: Px,
    /// By box that is on the line: how far its baseline is below the line's.
    pub shifts: BTreeMap<usize, Px>,
    /// By part: the top of an atom, from the top of the line.
    pub atoms: Vec<Px>,
}

impl Heights {
    /// How far the baseline of a box is below the line's.
    pub(super) fn shift(&self, index: usize) -> Px {
        self.shifts.get(&index).copied().unwrap_or_default()
    }
}

/// Boxes that are aligned with each other: all of a line but for subtrees at `top` and `bottom`.
#[derive(Clone, Copy, Debug)]
struct Group {
    align: VerticalAlign,
    /// The extent around the group's baseline.
    top: Px,
    bottom: Px,
}

impl Group {
    fn height(&self) -> Px {
        self.bottom - self.top
    }

    fn add(&mut self, top: Px, bottom: Px) {
        self.top = self.top.min(top);
        self.bottom = self.bottom.max(bottom);
    }
}

/// The measures of a style's font at its size.
pub(super) fn metrics(typesetter: &Typesetter, style: &ComputedStyle) -> Metrics {
    let unit = typesetter.face(&style.font).map_or(Metrics::UNKNOWN, |face| face.metrics);
    unit.at(style.font.size)
}

/// How far text of these metrics reaches up and down with its half-leading.
fn extent(metrics: &Metrics, line_height: LineHeight, size: Px) -> (Px, Px) {
    let content = metrics.ascent + metrics.descent;
    let height = match line_height {
        LineHeight::Normal => content + metrics.line_gap,
        LineHeight::Number(factor) => size * factor,
        LineHeight::Length(length) => length.px,
    };
    let half_leading = (height - content) / 2.0;
    (metrics.ascent + half_leading, metrics.descent + half_leading)
}

/// Aligns the boxes of one line.
struct Aligner<'l, 'a> {
    typesetter: &'l Typesetter<'a>,
    collected: &'l Collected,
    groups: Vec<Group>,
    /// By box: its group and its baseline in it.
    boxes: BTreeMap<usize, (usize, Px)>,
}

/// The heights of a line that holds `parts`.
pub(super) fn heights(typesetter: &Typesetter, collected: &Collected, parts: &[Part]) -> Heights {
    let (groups, boxes) = (Vec::new(), BTreeMap::new());
    let mut aligner = Aligner { typesetter, collected, groups, boxes };
    aligner.open(0);
    let atoms: Vec<Option<(usize, Px)>> = parts.iter().map(|part| aligner.part(part)).collect();
    aligner.finish(&atoms)
}

impl Aligner<'_, '_> {
    /// The group and baseline of a box, which is put on the line if it is not there yet.
    fn open(&mut self, index: usize) -> (usize, Px) {
        if let Some(place) = self.boxes.get(&index) {
            return *place;
        }
        let inline = &self.collected.boxes[index];
        let metrics = metrics(self.typesetter, &inline.style);
        let (up, down) = extent(&metrics, inline.style.text.line_height, inline.style.font.size);
        let align = inline.style.inline.vertical_align;
        let place = match inline.parent {
            None => self.group(VerticalAlign::Baseline),
            Some(parent) => self.place(parent, align, (up, down)),
        };
        self.groups[place.0].add(place.1 - up, place.1 + down);
        self.boxes.insert(index, place);
        place
    }

    fn group(&mut self, align: VerticalAlign) -> (usize, Px) {
        self.groups.push(Group { align, top: Px(f32::INFINITY), bottom: Px(f32::NEG_INFINITY) });
        (self.groups.len() - 1, Px::ZERO)
    }

    /// The group and baseline of something in `parent` that reaches `up` and `down` from its baseline.
    fn place(&mut self, parent: usize, align: VerticalAlign, (up, down): (Px, Px)) -> (usize, Px) {
        let (group, baseline) = self.open(parent);
        let style = &self.collected.boxes[parent].style;
        let size = style.font.size;
        let around = || metrics(self.typesetter, style);
        let shift = match align {
            VerticalAlign::Top | VerticalAlign::Bottom => return self.group(align),
            VerticalAlign::Baseline => Px::ZERO,
            VerticalAlign::Sub => size * 0.2,
            VerticalAlign::Super => size * -0.34,
            VerticalAlign::Length(length) => -length,
            VerticalAlign::TextTop => up - around().ascent,
            VerticalAlign::TextBottom => around().descent - down,
            VerticalAlign::Middle => (up - down) / 2.0 - around().x_height / 2.0,
        };
        (group, baseline + shift)
    }

    fn part(&mut self, part: &Part) -> Option<(usize, Px)> {
        match *part {
            Part::Text { parent, font, size } => {
                let (group, baseline) = self.open(parent);
                let style = &self.collected.boxes[parent].style;
                // With `normal`, each font that is used counts (CSS 2, 10.8.1).
                if style.text.line_height == LineHeight::Normal {
                    let metrics = self.typesetter.fonts.face(font).metrics.at(size);
                    let (up, down) = extent(&metrics, LineHeight::Normal, size);
                    self.groups[group].add(baseline - up, baseline + down);
                }
                None
            }
            Part::Atom { parent, span, size } => {
                let align = self.collected.spans[span].style.inline.vertical_align;
                let (up, down) = (size.baseline, size.height - size.baseline);
                let (group, baseline) = self.place(parent, align, (up, down));
                self.groups[group].add(baseline - up, baseline + down);
                Some((group, baseline - up))
            }
        }
    }

    fn finish(&self, atoms: &[Option<(usize, Px)>]) -> Heights {
        let Group { mut top, mut bottom, .. } = self.groups[0];
        // The tallest first, as CSS 2 leaves it open where the others then stand.
        let mut apart: Vec<&Group> = self.groups[1..].iter().collect();
        apart.sort_by(|one, other| other.height().0.total_cmp(&one.height().0));
        for group in apart {
            let height = group.height();
            if height > bottom - top {
                match group.align {
                    VerticalAlign::Bottom => top = bottom - height,
                    _ => bottom = top + height,
                }
            }
        }
        let offset = |index: usize| {
            let group = &self.groups[index];
            match group.align {
                VerticalAlign::Top => top - group.top,
                VerticalAlign::Bottom => bottom - group.bottom,
                _ => Px::ZERO,
            }
        };
        Heights {
            height: bottom - top,
            baseline: -top,
            shifts: self.boxes.iter().map(|(&index, &(group, y))| (index, y + offset(group))).collect(),
            atoms: atoms
                .iter()
                .map(|place| place.map_or(Px::ZERO, |(group, y)| y + offset(group) - top))
                .collect(),
        }
    }
}
