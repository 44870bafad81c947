//! A document set smaller. Type is scaled whatever unit gives its size, and with it every length in units of the
//! type: em, rem, lh and their like. So is space above and below boxes in any unit: margins, paddings and gaps.
//! What is in absolute lengths otherwise stays: it is tied to the page, as a band that reaches the paper's edges
//! is to the page's margins.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::geom::{Corners, Edges};
use crate::style::StyledTree;
use crate::style::computed::{
    ComputedStyle, Font, Grid, Inline, Layer, LayerSize, LengthOrAuto, LengthPercentage, LineHeight, Paint,
    Sizing, Table, Text, Track, TrackEntry, TrackSize, TransformStep, VerticalAlign,
};
use crate::units::Px;

/// The document with its type and its space scaled; no type becomes smaller than `least` that was larger.
pub(in crate::layout) fn scaled(tree: &StyledTree, scale: f32, least: Px) -> StyledTree {
    let mut scaler = Scaler { scale, least, styles: BTreeMap::new() };
    let mut tree = tree.clone();
    for node in &mut tree.nodes {
        node.style = scaler.style(&node.style);
    }
    tree
}

/// Scales each shared style once.
struct Scaler {
    scale: f32,
    least: Px,
    styles: BTreeMap<usize, (Arc<ComputedStyle>, Arc<ComputedStyle>)>,
}

impl Scaler {
    fn style(&mut self, style: &Arc<ComputedStyle>) -> Arc<ComputedStyle> {
        let key = Arc::as_ptr(style).addr();
        let (scale, least) = (self.scale, self.least);
        let (_, found) = self.styles.entry(key).or_insert_with(|| {
            let size = style.font.size;
            let own = (size * scale).max(size.min(least)) / size.max(Px(f32::MIN_POSITIVE));
            (style.clone(), Arc::new(Factors { space: scale, own }.style(style)))
        });
        found.clone()
    }
}

/// How much smaller things become.
#[derive(Clone, Copy)]
struct Factors {
    /// Space.
    space: f32,
    /// The type of the element, and what is in its units.
    own: f32,
}

impl Factors {
    fn style(self, style: &ComputedStyle) -> ComputedStyle {
        let mut scaled = style.clone();
        scaled.font = Arc::new(Font { size: style.font.size * self.own, ..(*style.font).clone() });
        scaled.text = Arc::new(self.text(&style.text));
        let (across, down) = style.table.spacing;
        scaled.table =
            Arc::new(Table { spacing: (across * self.space, down * self.space), ..(*style.table).clone() });
        self.boxes(&mut scaled);
        scaled.border.radius = Corners {
            top_left: self.pair(style.border.radius.top_left),
            top_right: self.pair(style.border.radius.top_right),
            bottom_right: self.pair(style.border.radius.bottom_right),
            bottom_left: self.pair(style.border.radius.bottom_left),
        };
        scaled.position.inset = style.position.inset.map(|inset| self.or_auto(inset));
        scaled.flex.basis = self.sizing(style.flex.basis);
        scaled.flex.row_gap = self.above_or_below(style.flex.row_gap);
        scaled.flex.column_gap = style.flex.column_gap.map(|gap| self.length(gap));
        if !style.grid.columns.is_empty() || !style.grid.rows.is_empty() || !style.grid.auto_rows.is_empty() {
            scaled.grid = Arc::new(self.grid(&style.grid));
        }
        scaled.inline = self.inline(&style.inline);
        self.paint(&mut scaled.paint);
        scaled
    }

    fn length(self, length: LengthPercentage) -> LengthPercentage {
        length.with_type(self.own)
    }

    fn pair(
        self,
        (across, down): (LengthPercentage, LengthPercentage),
    ) -> (LengthPercentage, LengthPercentage) {
        (self.length(across), self.length(down))
    }

    /// Space above or below. A negative one is tied to what it reaches for.
    fn above_or_below(self, length: LengthPercentage) -> LengthPercentage {
        if length.px <= Px::ZERO {
            return self.length(length);
        }
        LengthPercentage { px: length.px * self.space, of_type: length.of_type * self.space, ..length }
    }

    fn or_auto(self, length: LengthOrAuto) -> LengthOrAuto {
        match length {
            LengthOrAuto::Length(length) => LengthOrAuto::Length(self.length(length)),
            LengthOrAuto::Auto => LengthOrAuto::Auto,
        }
    }

    fn sizing(self, sizing: Sizing) -> Sizing {
        match sizing {
            Sizing::Length(length) => Sizing::Length(self.length(length)),
            other => other,
        }
    }

    fn text(self, text: &Text) -> Text {
        Text {
            line_height: match text.line_height {
                LineHeight::Length(height) => LineHeight::Length(self.length(height)),
                height => height,
            },
            indent: self.length(text.indent),
            letter_spacing: text.letter_spacing * self.own,
            word_spacing: text.word_spacing * self.own,
            ..text.clone()
        }
    }

    fn boxes(self, style: &mut ComputedStyle) {
        let boxes = &mut style.boxes;
        for size in [
            &mut boxes.width,
            &mut boxes.height,
            &mut boxes.min_width,
            &mut boxes.min_height,
            &mut boxes.max_width,
            &mut boxes.max_height,
        ] {
            *size = self.sizing(*size);
        }
        let vertical = |margin: LengthOrAuto| match margin {
            LengthOrAuto::Length(length) => LengthOrAuto::Length(self.above_or_below(length)),
            LengthOrAuto::Auto => LengthOrAuto::Auto,
        };
        boxes.margin = Edges {
            top: vertical(boxes.margin.top),
            right: self.or_auto(boxes.margin.right),
            bottom: vertical(boxes.margin.bottom),
            left: self.or_auto(boxes.margin.left),
        };
        boxes.padding = Edges {
            top: self.above_or_below(boxes.padding.top),
            right: self.length(boxes.padding.right),
            bottom: self.above_or_below(boxes.padding.bottom),
            left: self.length(boxes.padding.left),
        };
        boxes.object_position = self.pair(boxes.object_position);
    }

    fn grid(self, grid: &Grid) -> Grid {
        Grid {
            columns: self.entries(&grid.columns),
            rows: self.entries(&grid.rows),
            auto_columns: grid.auto_columns.iter().map(|track| self.track(*track)).collect(),
            auto_rows: grid.auto_rows.iter().map(|track| self.track(*track)).collect(),
            ..grid.clone()
        }
    }

    fn entries(self, entries: &[TrackEntry]) -> Vec<TrackEntry> {
        let scaled = |entry: &TrackEntry| match entry {
            TrackEntry::Names(names) => TrackEntry::Names(names.clone()),
            TrackEntry::Track(track) => TrackEntry::Track(self.track(*track)),
            TrackEntry::Repeat(times, entries) => TrackEntry::Repeat(*times, self.entries(entries)),
        };
        entries.iter().map(scaled).collect()
    }

    fn track(self, track: Track) -> Track {
        let size = |size: TrackSize| match size {
            TrackSize::Length(length) => TrackSize::Length(self.length(length)),
            TrackSize::FitContent(length) => TrackSize::FitContent(self.length(length)),
            other => other,
        };
        Track { min: size(track.min), max: size(track.max) }
    }

    fn inline(self, inline: &Inline) -> Inline {
        Inline {
            vertical_align: match inline.vertical_align {
                VerticalAlign::Length(raised) => VerticalAlign::Length(raised * self.own),
                other => other,
            },
            underline_offset: inline.underline_offset.map(|offset| offset * self.own),
            ..inline.clone()
        }
    }

    fn paint(self, paint: &mut Paint) {
        let layer = |layer: &Layer| Layer {
            position: self.pair(layer.position),
            size: match layer.size {
                LayerSize::Size(width, height) => LayerSize::Size(self.or_auto(width), self.or_auto(height)),
                other => other,
            },
            ..layer.clone()
        };
        let step = |step: &TransformStep| match *step {
            TransformStep::Translate(across, down) => {
                TransformStep::Translate(self.length(across), self.length(down))
            }
            other => other,
        };
        if !paint.layers.is_empty() {
            paint.layers = paint.layers.iter().map(layer).collect();
        }
        if !paint.transform.is_empty() {
            paint.transform = paint.transform.iter().map(step).collect();
        }
        paint.transform_origin = self.pair(paint.transform_origin);
    }
}
