//! Runs of glyphs as text objects (ISO 32000-1, 9.4).
//!
//! printpdf's own `ShowText` writes each glyph as a string of its own, which made up nine tenths of a page. So
//! the strings of a run are put together here and shown by `TJ` as an operator that printpdf passes on.

use std::ops::Range;

use printpdf::{DictItem, Op, PdfFontHandle, Point, Pt};

use super::Tagging;
use super::content::Painter;
use super::font::{Cluster, Font, clusters, is_reversed};
use super::object;
use super::space::round;
use crate::layout::{Glyph, Tag, Text};
use crate::units::Px;

/// A gap of less than this many thousandths of the size is left until it has grown: at 12 pt a fortieth of a
/// point.
const SMALLEST_GAP: f32 = 2.0;

/// So many clusters that read right between two that do not cost less than to end one stretch and begin another.
const NEAR: usize = 8;

/// What one `TJ` shows: strings of codes, and how far to go back between them in thousandths of the size.
#[derive(Default)]
struct Line {
    parts: Vec<DictItem>,
    codes: Vec<u8>,
    /// Where the reader's pen is, in thousandths of the size.
    pen: f32,
    /// Where the layout's pen is.
    at: f32,
    /// How far glyphs stand above the line, points.
    rise: f32,
}

impl Painter<'_> {
    pub fn text(&mut self, text: &Text) {
        let Some(font) = self.fonts.get(text.font) else { return };
        let size = round(crate::units::Pt::from(text.size).0, 3);
        let color = text.color;
        if text.glyphs.is_empty() || size <= 0.0 || color.alpha * self.opacity <= 0.0 {
            return;
        }
        if self.line.is_none() {
            self.operators.push(Op::StartTextSection);
            self.line = Some((0, 0));
        }
        self.fill_color(color);
        self.set_font(font, size);
        self.set_stretch(text.stretch);
        self.move_to(text);
        let read_out = self.tagging == Tagging::Tagged && matches!(text.tag, Tag::Element(_));
        let reversed = read_out && is_reversed(text);
        if reversed {
            self.begin_actual_text(&text.text);
        }
        let mut line = Line::default();
        let clusters: Vec<Cluster> = clusters(text).collect();
        let stretches = if read_out && !reversed { misread(font, text, &clusters) } else { Vec::new() };
        let mut stretches = stretches.into_iter();
        let mut other = stretches.next();
        for (at, cluster) in clusters.iter().enumerate() {
            if let Some(range) = other.as_ref().filter(|range| range.start == at) {
                line.show(&mut self.operators);
                let said: String = clusters[range.clone()].iter().map(|cluster| cluster.text).collect();
                self.begin_actual_text(&said);
            }
            for glyph in &text.glyphs[cluster.glyphs.clone()] {
                line.glyph(glyph, (text.size, text.stretch), font, &mut self.operators);
            }
            if other.as_ref().is_some_and(|range| range.end == at + 1) {
                line.show(&mut self.operators);
                self.operators.push(Op::EndMarkedContent);
                other = stretches.next();
            }
        }
        line.raise(0.0, &mut self.operators);
        line.show(&mut self.operators);
        if reversed {
            self.operators.push(Op::EndMarkedContent);
        }
    }

    /// What follows is read as `text` whatever its glyphs say (14.9.4).
    fn begin_actual_text(&mut self, text: &str) {
        if let lopdf::Object::String(data, _) = object::text(text) {
            self.begin("Span", [("ActualText", DictItem::String { data, literal: true })]);
        }
    }

    fn set_font(&mut self, font: &Font, size: f32) {
        if self.state.font.as_ref().is_some_and(|(name, set)| *name == font.name && *set == size) {
            return;
        }
        self.state.font = Some((font.name.clone(), size));
        let font = PdfFontHandle::External(printpdf::FontId(font.name.clone()));
        self.operators.push(Op::SetFont { font, size: Pt(size) });
    }

    /// The horizontal scaling of glyphs and of the gaps between them (9.3.4).
    fn set_stretch(&mut self, stretch: f32) {
        let percent = round(stretch * 100.0, 2);
        if self.state.stretch != percent {
            self.state.stretch = percent;
            self.operators.push(Op::SetHorizontalScaling { percent });
        }
    }

    /// Moves the start of the line to the run's, counted in whole units so that no error adds up.
    fn move_to(&mut self, text: &Text) {
        let unit = f64::from(10_u32.pow(u32::from(self.decimals)));
        let units = |value: crate::units::Pt| (f64::from(value.0) * unit).round() as i64;
        let to = (units(self.space.x(text.origin.x)), units(self.space.y(text.origin.y)));
        let from = self.line.replace(to).unwrap_or_default();
        if from != to {
            let length = |units: i64| Pt((units as f64 / unit) as f32);
            let pos = Point { x: length(to.0 - from.0), y: length(to.1 - from.1) };
            self.operators.push(Op::SetTextCursor { pos });
        }
    }
}

/// The stretches of clusters whose glyphs, code by code, do not give their text. Those that are near each other are one.
fn misread(font: &Font, text: &Text, clusters: &[Cluster]) -> Vec<Range<usize>> {
    let mut stretches: Vec<Range<usize>> = Vec::new();
    for (at, cluster) in clusters.iter().enumerate() {
        if font.reads(&text.glyphs[cluster.glyphs.clone()], cluster.text) {
            continue;
        }
        match stretches.last_mut() {
            Some(last) if at - last.end <= NEAR => last.end = at + 1,
            _ => stretches.push(at..at + 1),
        }
    }
    stretches
}

impl Line {
    fn glyph(&mut self, glyph: &Glyph, (size, stretch): (Px, f32), font: &Font, operators: &mut Vec<Op>) {
        let thousandths = |length: Px| length / size / stretch * 1000.0;
        // Nearly all glyphs stand on the line.
        if self.rise != 0.0 || glyph.offset.y != Px::ZERO {
            self.raise(round(-crate::units::Pt::from(glyph.offset.y).0, 2), operators);
        }
        let gap = (self.at + thousandths(glyph.offset.x) - self.pen).round();
        if gap.abs() >= SMALLEST_GAP {
            self.end_string();
            self.parts.push(DictItem::Int(-gap as i64));
            self.pen += gap;
        }
        let code = font.code(glyph.id);
        let [high, low] = code.to_be_bytes();
        self.codes.push(high);
        self.codes.push(low);
        self.pen += font.width(code) as f32;
        self.at += thousandths(glyph.advance);
    }

    fn raise(&mut self, rise: f32, operators: &mut Vec<Op>) {
        if self.rise != rise {
            self.show(operators);
            self.rise = rise;
            operators.push(Op::SetLineOffset { multiplier: rise });
        }
    }

    fn end_string(&mut self) {
        if !self.codes.is_empty() {
            let data = std::mem::take(&mut self.codes);
            self.parts.push(DictItem::String { data, literal: true });
        }
    }

    fn show(&mut self, operators: &mut Vec<Op>) {
        self.end_string();
        let parts = std::mem::take(&mut self.parts);
        match &parts[..] {
            [] => {}
            [DictItem::String { .. }] => operators.push(Op::Unknown { key: "Tj".into(), value: parts }),
            _ => operators.push(Op::Unknown { key: "TJ".into(), value: vec![DictItem::Array(parts)] }),
        }
    }
}
