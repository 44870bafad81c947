//! Lines under, over and through text (CSS Text Decoration 3).

use super::place::Placer;
use super::vertical::{Heights, metrics};
use super::walk::Extents;
use super::{Fragment, FragmentContent, Line};
use crate::fonts::LineShape;
use crate::geom::Point;
use crate::layout::{Artifact, Item, Path, PathStep, Shape, Stroke, Tag};
use crate::style::ComputedStyle;
use crate::style::computed::{DecorationStyle, Visibility};
use crate::units::Px;

/// Which lines: those that are painted before the text, or after it (CSS Text Decoration 3, section 2.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layer {
    /// `underline` and `overline`.
    Under,
    /// `line-through`.
    Over,
}

/// Adds the decorations of all boxes on a line, and of the blocks around it.
pub(super) fn lines(placer: &Placer, extents: &Extents, heights: &Heights, line: &mut Line, layer: Layer) {
    let boxes = &placer.prepared.collected.boxes;
    let around = placer.prepared.decorations.iter().map(|style| (0, style));
    let inner = extents.text.range(1..).map(|(&index, _)| (index, &boxes[index].style));
    for (index, style) in around.chain(inner) {
        let decoration = style.inline.decoration;
        if !(decoration.underline || decoration.overline || decoration.line_through) {
            continue;
        }
        let Some(&(from, to)) = extents.text.get(&index) else { continue };
        if style.text.visibility != Visibility::Visible {
            continue;
        }
        let baseline = line.baseline + heights.shift(index);
        for shape in shapes(placer, style, layer) {
            let y = baseline + shape.offset;
            for path in paths(style.inline.decoration_style, (from, to), y, shape.thickness) {
                let stroke = stroke(style, shape.thickness);
                let tag = Tag::Artifact(Artifact::Layout);
                let shape = Shape { path, fill: None, stroke: Some(stroke), even_odd: false, tag };
                let content = FragmentContent::Decoration(Item::Shape(shape));
                line.fragments.push(Fragment { node: boxes[index].node, content });
            }
        }
    }
}

/// Where the lines of a style stand, from the baseline to their middle.
fn shapes(placer: &Placer, style: &ComputedStyle, layer: Layer) -> Vec<LineShape> {
    let metrics = metrics(placer.typesetter, style);
    let inline = &style.inline;
    let thickness = |shape: LineShape| inline.decoration_thickness.unwrap_or(shape.thickness);
    let mut shapes = Vec::new();
    match layer {
        Layer::Under => {
            if inline.decoration.underline {
                let thickness = thickness(metrics.underline);
                let offset = inline.underline_offset.map(|offset| offset + thickness / 2.0);
                shapes.push(LineShape { offset: offset.unwrap_or(metrics.underline.offset), thickness });
            }
            if inline.decoration.overline {
                let thickness = thickness(metrics.underline);
                shapes.push(LineShape { offset: thickness / 2.0 - metrics.ascent, thickness });
            }
        }
        Layer::Over if inline.decoration.line_through => {
            shapes.push(LineShape { thickness: thickness(metrics.strikeout), ..metrics.strikeout });
        }
        Layer::Over => {}
    }
    shapes
}

fn stroke(style: &ComputedStyle, width: Px) -> Stroke {
    let (dashes, round) = match style.inline.decoration_style {
        DecorationStyle::Dotted => (vec![Px::ZERO, width * 2.0], true),
        DecorationStyle::Dashed => (vec![width * 3.0, width * 2.0], false),
        _ => (Vec::new(), false),
    };
    Stroke { color: style.inline.decoration_color.unwrap_or(style.text.color), width, dashes, round }
}

fn paths(style: DecorationStyle, (from, to): (Px, Px), y: Px, thickness: Px) -> Vec<Path> {
    let straight = |y| Path(vec![PathStep::Move(Point::new(from, y)), PathStep::Line(Point::new(to, y))]);
    match style {
        DecorationStyle::Double => vec![straight(y), straight(y + thickness * 2.0)],
        DecorationStyle::Wavy => vec![wave((from, to), y, thickness)],
        _ => vec![straight(y)],
    }
}

/// A wave of whole periods, as many as fit best.
fn wave((from, to): (Px, Px), y: Px, thickness: Px) -> Path {
    let halves = ((to - from) / (thickness * 3.0)).round().clamp(2.0, 10_000.0);
    let step = (to - from) / halves;
    let height = thickness * 1.5;
    let mut steps = vec![PathStep::Move(Point::new(from, y))];
    for half in 0..halves as u32 {
        let start = from + step * half as f32;
        let bulge = if half % 2 == 0 { y - height } else { y + height };
        let control = |share: f32| Point::new(start + step * share, bulge);
        steps.push(PathStep::Curve(control(0.35), control(0.65), Point::new(start + step, y)));
    }
    Path(steps)
}
