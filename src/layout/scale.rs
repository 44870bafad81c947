//! The page-count contract: a document that may have at most N pages is set smaller, type and space together,
//! as little as it takes, and never below what can be read.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Attempt, Pages, lay_out, report};
use crate::diag::{Diagnostic, Outcome};
use crate::fonts::FontBook;
use crate::geom::Edges;
use crate::style::computed::{ComputedStyle, Font, LengthOrAuto, LengthPercentage, LineHeight, Table, Text};
use crate::style::{Content, StyledTree};
use crate::units::{Pt, Px};

/// Body text is never set smaller than this.
const SMALLEST_BODY: Pt = Pt(8.0);
/// How finely the scale is found: 1/2⁷ of the way from the floor to 1.
const STEPS: usize = 7;

/// Lays a document out at the largest scale that keeps to its number of pages.
pub(super) fn fit(tree: &StyledTree, fonts: &FontBook) -> Outcome<(Pages, Vec<Diagnostic>)> {
    let whole = lay_out(tree, fonts);
    let Some(limit) = tree.meta.pages.filter(|limit| too_many(&whole, *limit)) else {
        return Ok((whole.pages, whole.warnings));
    };
    let floor = (Px::from(SMALLEST_BODY) / body_size(tree)).min(1.0);
    let least = lay_out(&scaled(tree, floor), fonts);
    if too_many(&least, limit) {
        return Err(vec![report::too_many_pages(
            &tree.file,
            least.pages.pages.len(),
            limit,
            overflow(&least, limit),
        )]);
    }
    let (mut low, mut high, mut best) = (floor, 1.0_f32, (floor, least));
    for _ in 0..STEPS {
        let middle = (low + high) / 2.0;
        let tried = lay_out(&scaled(tree, middle), fonts);
        if too_many(&tried, limit) {
            high = middle;
        } else {
            low = middle;
            best = (middle, tried);
        }
    }
    let (scale, mut found) = best;
    found.warnings.push(report::scaled(&tree.file, scale, limit));
    Ok((found.pages, found.warnings))
}

fn too_many(attempt: &Attempt, limit: u32) -> bool {
    attempt.pages.pages.len() > limit as usize
}

/// How much content stands on the pages that are too many.
fn overflow(attempt: &Attempt, limit: u32) -> Px {
    let extra = attempt.pages.pages.len().saturating_sub(limit as usize);
    attempt.area * extra.saturating_sub(1) as f32 + attempt.filled
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

/// The document with its type and its space scaled; sizes of boxes and borders stay.
fn scaled(tree: &StyledTree, scale: f32) -> StyledTree {
    let mut scaler = Scaler { scale, styles: BTreeMap::new() };
    let mut tree = tree.clone();
    for node in &mut tree.nodes {
        node.style = scaler.style(&node.style);
    }
    tree
}

/// Scales each shared style once.
struct Scaler {
    scale: f32,
    styles: BTreeMap<usize, (Arc<ComputedStyle>, Arc<ComputedStyle>)>,
}

impl Scaler {
    fn style(&mut self, style: &Arc<ComputedStyle>) -> Arc<ComputedStyle> {
        let key = Arc::as_ptr(style).addr();
        let scale = self.scale;
        let (_, found) =
            self.styles.entry(key).or_insert_with(|| (style.clone(), Arc::new(scaled_style(style, scale))));
        found.clone()
    }
}

fn scaled_style(style: &ComputedStyle, scale: f32) -> ComputedStyle {
    let length = |length: LengthPercentage| LengthPercentage { px: length.px * scale, ..length };
    let mut scaled = style.clone();
    scaled.font = Arc::new(Font { size: style.font.size * scale, ..(*style.font).clone() });
    scaled.text = Arc::new(Text {
        line_height: match style.text.line_height {
            LineHeight::Length(height) => LineHeight::Length(height * scale),
            height => height,
        },
        indent: length(style.text.indent),
        letter_spacing: style.text.letter_spacing * scale,
        word_spacing: style.text.word_spacing * scale,
        ..(*style.text).clone()
    });
    let (across, down) = style.table.spacing;
    scaled.table = Arc::new(Table { spacing: (across * scale, down * scale), ..(*style.table).clone() });
    scaled.boxes.margin = style.boxes.margin.map(|margin| match margin {
        LengthOrAuto::Length(margin) => LengthOrAuto::Length(length(margin)),
        LengthOrAuto::Auto => LengthOrAuto::Auto,
    });
    let padding: Edges<LengthPercentage> = style.boxes.padding;
    scaled.boxes.padding = padding.map(length);
    scaled.flex.row_gap = length(style.flex.row_gap);
    scaled.flex.column_gap = style.flex.column_gap.map(length);
    scaled
}
