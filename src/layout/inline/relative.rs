//! Inline boxes that `position: relative` moves (CSS Positioned Layout 3, section 3.3). Lines are made without it;
//! then the boxes are moved with all that is in them.

use super::collect::Collected;
use super::line::Segment;
use super::vertical::Heights;
use super::walk::Walk;
use crate::geom::Point;
use crate::layout::absolute::relative_shift;
use crate::style::ComputedStyle;
use crate::style::computed::Position;
use crate::units::Px;

/// Whether the position of an inline box is relative.
pub(super) fn is_relative(style: &ComputedStyle) -> bool {
    style.position.scheme == Position::Relative
}

/// By box, how far it is moved with those around it; nothing where none is. Percentages down are of a height that is
/// not known here, and count as nothing.
pub(super) fn shifts(collected: &Collected, width: Px) -> Vec<Point> {
    let boxes = &collected.boxes;
    if !boxes.iter().skip(1).any(|inline| is_relative(&inline.style)) {
        return Vec::new();
    }
    let mut shifts: Vec<Point> = Vec::with_capacity(boxes.len());
    for inline in boxes {
        let own = match inline.parent {
            Some(_) if is_relative(&inline.style) => relative_shift(&inline.style, width, None),
            _ => Point::default(),
        };
        let around = inline.parent.and_then(|parent| shifts.get(parent)).copied().unwrap_or_default();
        shifts.push(around + own);
    }
    shifts
}

/// Moves boxes down. The line stays as high as it is.
pub(super) fn lower(heights: &mut Heights, shifts: &[Point], collected: &Collected, segments: &[Segment]) {
    if shifts.is_empty() {
        return;
    }
    for (&index, y) in &mut heights.shifts {
        *y += shifts[index].y;
    }
    for (top, segment) in heights.atoms.iter_mut().zip(segments) {
        *top += shifts.get(collected.spans[segment.run.span].parent).map_or(Px::ZERO, |shift| shift.y);
    }
}

impl Walk<'_, '_, '_> {
    /// Moves boxes to the right.
    pub(super) fn move_across(&mut self, shifts: &[Point]) {
        if shifts.is_empty() {
            return;
        }
        for (&index, extent) in &mut self.extents.boxes {
            extent.left += shifts[index].x;
            extent.right += shifts[index].x;
        }
        for (&index, (from, to)) in &mut self.extents.text {
            *from += shifts[index].x;
            *to += shifts[index].x;
        }
        let spans = &self.placer.prepared.collected.spans;
        for (place, segment) in self.places.iter_mut().zip(self.segments) {
            *place += shifts.get(spans[segment.run.span].parent).map_or(Px::ZERO, |shift| shift.x);
        }
    }
}
