//! The second phase: text becomes glyphs, once for all widths.
//!
//! Bidi levels (UAX #9), soft wrap opportunities (UAX #14), scripts and glyphs (OpenType) come from
//! `parley_engine`; here they become a flat list of clusters that breaking and placing read. It is made in font
//! units, which are whole numbers, and then `sized`.

use std::cell::RefCell;
use std::rc::Rc;

use parlance::{BaseDirection, FontFeature, Language, Tag};
use parley_engine::itemize::{Item, Segment};
use parley_engine::shape::{CharCluster, Whitespace};
use parley_engine::{
    Analysis, AnalysisDataSources, AnalysisOptions, Analyzer, FontInstanceRef, FontSelector, LineBreakConfig,
    ShapeOptions, ShapedText, Shaper,
};

use super::collect::{ATOM, Span, SpanKind};
use super::shapes::{Substitute, Unscaled};
use super::{Typesetter, stand_in};
use crate::fonts::{Face, FontId, Genre};
use crate::style::computed::{
    Caps, Direction, FigureSpacing, Figures, Font, FontPosition, Fractions, Kerning, Ligatures, Text,
    WordBreak,
};
use crate::units::Px;

/// How far figures above the line are raised that are made of others, of their own size.
const SUPERIOR: f32 = 0.5;
/// How far those below the line are lowered.
const INFERIOR: f32 = 0.25;

/// A text with its glyphs.
#[derive(Debug, Default)]
pub(super) struct Shaped {
    /// In logical order; a run never crosses the border of a span.
    pub runs: Vec<Run>,
    /// In logical order.
    pub clusters: Vec<Cluster>,
    pub glyphs: Vec<RawGlyph>,
    /// The paragraph's own bidi level.
    pub level: u8,
}

/// Clusters of one font, size, direction and span.
#[derive(Clone, Debug)]
pub(super) struct Run {
    pub span: usize,
    pub font: FontId,
    pub size: Px,
    pub level: u8,
    /// Whether its letters may be drawn wider or narrower in a justified line: not in a monospaced font.
    pub stretches: bool,
    /// Of the clusters.
    pub start: u32,
    pub end: u32,
}

/// Characters that cannot be parted, and their glyphs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cluster {
    /// Bytes of the text.
    pub start: u32,
    pub end: u32,
    pub run: u32,
    /// Of the glyphs, in the order of painting.
    pub first_glyph: u32,
    pub last_glyph: u32,
    /// Letter- and word-spacing included; of an atom nothing.
    pub advance: f32,
    /// How much of the advance is letter-spacing.
    pub tracking: f32,
    pub kind: ClusterKind,
    /// Whether a line may end before it (UAX #14).
    pub wrap_before: bool,
    /// Whether a grapheme begins with it.
    pub grapheme: bool,
}

/// What a cluster is to line breaking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ClusterKind {
    Other,
    /// White space that hangs at the end of a line and gives in justified lines.
    Space,
    /// Gives in justified lines.
    NoBreakSpace,
    Tab,
    /// Takes what is left of its line.
    Leader,
    /// Ends its line.
    Newline,
    Atom,
    /// U+00AD.
    SoftHyphen,
    /// Steers, and is never seen.
    Ignorable,
}

impl ClusterKind {
    /// Whether it has glyphs of its own, and an advance that is theirs.
    fn is_seen(self) -> bool {
        matches!(self, Self::Other | Self::Space | Self::NoBreakSpace)
    }
}

/// A glyph as the font has it.
#[derive(Clone, Copy, Debug)]
pub(super) struct RawGlyph {
    pub id: u16,
    pub advance: f32,
    pub x: f32,
    pub y: f32,
}

/// What shaping needs room for, kept from paragraph to paragraph.
#[derive(Default)]
struct Scratch {
    analyzer: Analyzer,
    analysis: Analysis,
    shaper: Shaper,
    shaped: ShapedText,
    styles: Vec<u16>,
}

thread_local! {
    static SCRATCH: RefCell<Scratch> = RefCell::default();
}

/// Gives a text that is not the paragraph's own its glyphs, in the style of a span: a part of a divided cluster, the
/// pattern of a leader.
pub(super) fn shape_alone(typesetter: &Typesetter, text: &str, like: &Span) -> Shaped {
    let span = Span {
        start: 0,
        end: text.len() as u32,
        node: like.node,
        style: like.style.clone(),
        lang: like.lang.clone(),
        parent: like.parent,
        kind: SpanKind::Text,
        opens: Vec::new(),
        closes: Vec::new(),
    };
    let spans = [span];
    sized(typesetter, text, &spans, &unscaled(typesetter, text, &spans, Direction::Ltr).shaped)
}

/// Gives `text`, which the spans tile, its glyphs in font units. Nothing comes of a text without fonts.
pub(super) fn unscaled(
    typesetter: &Typesetter,
    text: &str,
    spans: &[Span],
    direction: Direction,
) -> Rc<Unscaled> {
    if text.is_empty() || typesetter.fonts.faces().is_empty() {
        return Rc::default();
    }
    let fonts: Vec<FontId> =
        spans.iter().map(|span| typesetter.font(&span.style.font).unwrap_or(FontId(0))).collect();
    let make = || shape(typesetter, (text, spans, direction), &fonts);
    typesetter.shapes.get(typesetter, (text, spans, direction), make)
}

fn shape(
    typesetter: &Typesetter,
    (text, spans, direction): (&str, &[Span], Direction),
    own: &[FontId],
) -> (Shaped, Vec<Substitute>) {
    SCRATCH.with_borrow_mut(|scratch| {
        let Scratch { analyzer, analysis, shaper, shaped, styles } = scratch;
        let base_direction = match direction {
            Direction::Ltr => BaseDirection::Ltr,
            Direction::Rtl => BaseDirection::Rtl,
        };
        let line_break = line_breaking(spans);
        let options =
            AnalysisOptions { base_direction, line_break: &line_break, ..AnalysisOptions::default() };
        analyzer.analyze(text, &options, analysis);
        let selections: Vec<Selection> = spans.iter().map(Selection::of).collect();
        styles.clear();
        for (index, span) in spans.iter().enumerate() {
            let count = text[span.start as usize..span.end as usize].chars().count();
            styles.resize(styles.len() + count, index.min(usize::from(u16::MAX)) as u16);
        }
        let mut char_end = 0;
        let items = spans.iter().zip(&selections).zip(own).map(|((span, selection), own)| {
            char_end += text[span.start as usize..span.end as usize].chars().count() as u32;
            Item {
                char_end,
                options: ShapeOptions {
                    font_size: match typesetter.fonts.tracks() {
                        true => span.style.font.size.0,
                        false => typesetter.fonts.face(*own).units_per_em,
                    },
                    language: selection.language,
                    features: &selection.features,
                    variations: &[],
                },
            }
        });
        let mut substitutes = Vec::new();
        let sources = AnalysisDataSources::new();
        let fonts = Fonts { typesetter, spans, own, sources, substitutes: &mut substitutes };
        shaper.shape_text(text, analysis, styles, items, fonts, shaped);
        let level = analysis.paragraph_level().to_u8();
        (flatten(typesetter, text, spans, shaped, level), substitutes)
    })
}

fn line_breaking(spans: &[Span]) -> Vec<(std::ops::Range<usize>, LineBreakConfig)> {
    let asked = spans.iter().filter(|span| span.style.text.word_break != WordBreak::Normal);
    asked
        .map(|span| {
            let word_break = match span.style.text.word_break {
                WordBreak::Normal => parlance::WordBreak::Normal,
                WordBreak::BreakAll => parlance::WordBreak::BreakAll,
                WordBreak::KeepAll => parlance::WordBreak::KeepAll,
            };
            let range = span.start as usize..span.end as usize;
            (range, LineBreakConfig { word_break, ..LineBreakConfig::default() })
        })
        .collect()
}

/// What a span asks of shaping.
struct Selection {
    language: Option<Language>,
    features: Vec<FontFeature>,
}

impl Selection {
    fn of(span: &Span) -> Self {
        Self {
            language: Language::parse(&span.lang).ok(),
            features: features(&span.style.font, &span.style.text),
        }
    }
}

/// The OpenType features of a style (CSS Fonts 4, section 7.2, in its order).
fn features(font: &Font, text: &Text) -> Vec<FontFeature> {
    let mut features: Vec<(&[u8; 4], u16)> = Vec::new();
    if font.kerning == Kerning::None {
        features.push((b"kern", 0));
    }
    let spaced = text.letter_spacing != Px::ZERO && font.ligatures != Ligatures::Common;
    if spaced || matches!(font.ligatures, Ligatures::None | Ligatures::NoCommon) {
        features.extend([(b"liga", 0), (b"clig", 0)]);
    }
    if font.ligatures == Ligatures::None {
        features.push((b"calt", 0));
    }
    match font.figures {
        Figures::Normal => {}
        Figures::Lining => features.push((b"lnum", 1)),
        Figures::OldStyle => features.push((b"onum", 1)),
    }
    match font.figure_spacing {
        FigureSpacing::Normal => {}
        FigureSpacing::Proportional => features.push((b"pnum", 1)),
        FigureSpacing::Tabular => features.push((b"tnum", 1)),
    }
    match font.fractions {
        Fractions::Normal => {}
        Fractions::Diagonal => features.push((b"frac", 1)),
        Fractions::Stacked => features.push((b"afrc", 1)),
    }
    if font.ordinal {
        features.push((b"ordn", 1));
    }
    if font.slashed_zero {
        features.push((b"zero", 1));
    }
    match font.position {
        FontPosition::Normal => {}
        FontPosition::Sub => features.push((b"subs", 1)),
        FontPosition::Super => features.push((b"sups", 1)),
    }
    match font.caps {
        Caps::Normal => {}
        Caps::SmallCaps => features.push((b"smcp", 1)),
        Caps::AllSmallCaps => features.extend([(b"smcp", 1), (b"c2sc", 1)]),
    }
    features.extend(font.features.iter().map(|(tag, value)| (tag, *value)));
    features.into_iter().map(|(tag, value)| FontFeature::new(Tag::new(tag), value)).collect()
}

/// Gives each cluster of characters its font: the style's own, else one that has the characters.
struct Fonts<'t> {
    typesetter: &'t Typesetter<'t>,
    spans: &'t [Span],
    /// By span: the font of its style.
    own: &'t [FontId],
    sources: AnalysisDataSources,
    substitutes: &'t mut Vec<Substitute>,
}

/// No synthesised weight or slant.
static NO_SYNTHESIS: std::sync::LazyLock<fontique::Synthesis> = std::sync::LazyLock::new(Default::default);

impl Fonts<'_> {
    fn choose(&mut self, index: usize, cluster: &mut CharCluster) -> FontId {
        let font = self.own[index];
        let book = self.typesetter.fonts;
        let seen = |part: &&parley_engine::shape::Char| {
            part.contributes_to_shaping && !part.is_control_character && part.ch != ATOM
        };
        let missing = |font| {
            let lacks = |part: &&parley_engine::shape::Char| !book.face(font).has(part.ch);
            cluster.chars().iter().filter(seen).find(lacks).map(|part| part.ch)
        };
        if missing(font).is_none() || self.spans[index].kind != SpanKind::Text {
            return font;
        }
        let style = &self.spans[index].style.font;
        let own = book.candidates(&style.families, style.weight, style.slant);
        if let Some(own) = own.take(style.families.len()).find(|&own| missing(own).is_none()) {
            return own;
        }
        let Some(character) = missing(font) else { return font };
        if stand_in::is_made(character) {
            return font;
        }
        if cluster.calculate_coverage(|part| book.face(font).has(part), &self.sources).is_complete() {
            return font;
        }
        let found = book.fallback(character, font);
        self.substitutes.push(Substitute { character, lacking: font, found, span: index });
        found.unwrap_or(font)
    }
}

impl FontSelector for Fonts<'_> {
    fn select_font(
        &mut self,
        _segment: &Segment,
        _options: &ShapeOptions<'_>,
        cluster: &mut CharCluster,
    ) -> Option<FontInstanceRef<'_>> {
        let font = self.choose(usize::from(cluster.style_index()), cluster);
        let face = self.typesetter.fonts.face(font);
        Some(FontInstanceRef { data: &face.data, index: face.index, synthesis: &NO_SYNTHESIS })
    }
}

fn flatten(typesetter: &Typesetter, text: &str, spans: &[Span], shaped: &ShapedText, level: u8) -> Shaped {
    let fonts: Vec<FontId> = shaped
        .fonts()
        .iter()
        .map(|instance| {
            let same =
                |face: &&Face| face.data.id() == instance.font.data.id() && face.index == instance.font.index;
            typesetter.fonts.faces().iter().find(same).map_or(FontId(0), |face| face.id)
        })
        .collect();
    let mut out = Shaped { level, ..Shaped::default() };
    out.clusters.reserve(shaped.shaped_clusters().len());
    out.glyphs.reserve(shaped.shaped_clusters().len());
    let mut span = 0;
    for (index, run) in shaped.runs().iter().enumerate() {
        while spans[span].end as usize <= run.range.byte_range.start {
            span += 1;
        }
        let start = out.clusters.len() as u32;
        let face = typesetter.fonts.face(fonts[run.font_index]);
        push_clusters(&mut out, text, (&spans[span], face), (shaped, index));
        out.runs.push(Run {
            span,
            font: face.id,
            size: Px::ZERO,
            level: run.bidi_level.to_u8(),
            stretches: face.genre != Genre::Mono,
            start,
            end: out.clusters.len() as u32,
        });
    }
    out
}

fn push_clusters(
    out: &mut Shaped,
    text: &str,
    (span, face): (&Span, &Face),
    (shaped, index): (&ShapedText, usize),
) {
    let slice = shaped.run_slice(index as u32);
    let unit = shaped.runs()[index].font_size / face.units_per_em;
    let in_units = |length: f32| if unit == 1.0 { length } else { (length / unit).round() };
    let characters = shaped.characters();
    for place in slice.shaped_clusters_range() {
        let cluster = shaped.shaped_clusters()[place as usize];
        let range = cluster.chars_range();
        let first = characters[range.start as usize];
        let last = characters[range.end as usize - 1];
        let (start, end) = (first.text_byte_start, last.text_byte_range().end as u32);
        let kind = kind(&text[start as usize..end as usize], cluster.whitespace(), span.kind);
        let first_glyph = out.glyphs.len() as u32;
        if kind.is_seen() {
            out.glyphs.extend(slice.shaped_cluster_glyphs(place).map(|glyph| RawGlyph {
                id: glyph.id as u16,
                advance: in_units(glyph.advance),
                x: in_units(glyph.x),
                y: in_units(glyph.y),
            }));
        }
        out.clusters.push(Cluster {
            start,
            end,
            run: out.runs.len() as u32,
            first_glyph,
            last_glyph: out.glyphs.len() as u32,
            advance: 0.0,
            tracking: 0.0,
            kind,
            wrap_before: cluster.is_soft_wrap_opportunity_before(),
            grapheme: cluster.is_grapheme_start(),
        });
    }
}

/// A text in the sizes and with the spacing of its spans.
pub(super) fn sized(typesetter: &Typesetter, text: &str, spans: &[Span], unscaled: &Shaped) -> Shaped {
    let Shaped { runs, clusters, glyphs, level } = unscaled;
    let mut out =
        Shaped { runs: runs.clone(), clusters: clusters.clone(), glyphs: glyphs.clone(), level: *level };
    for run in &mut out.runs {
        let style = &spans[run.span].style;
        let face = typesetter.fonts.face(run.font);
        run.size = style.font.size;
        let clusters = &mut out.clusters[run.start as usize..run.end as usize];
        size_clusters(clusters, &mut out.glyphs, (run, run.size.0 / face.units_per_em), &style.text);
        mend(clusters, &mut out.glyphs, text, (face, run.size.0));
        raise(clusters, &mut out.glyphs, face, &style.font);
    }
    out
}

/// Gives the clusters of a run their size, where a font unit is so long, and the spacing of their style.
fn size_clusters(clusters: &mut [Cluster], glyphs: &mut [RawGlyph], (run, unit): (&Run, f32), style: &Text) {
    for cluster in clusters {
        cluster.tracking = if cluster.kind.is_seen() { style.letter_spacing.0 } else { 0.0 };
        let spacing = match cluster.kind {
            ClusterKind::Space | ClusterKind::NoBreakSpace => cluster.tracking + style.word_spacing.0,
            _ => cluster.tracking,
        };
        let own = &mut glyphs[cluster.first_glyph as usize..cluster.last_glyph as usize];
        for glyph in &mut *own {
            glyph.advance *= unit;
            glyph.x *= unit;
            glyph.y *= unit;
        }
        // Added up as the text is read, so that the sum is rounded alike.
        let natural: f32 = match run.level % 2 {
            0 => own.iter().map(|glyph| glyph.advance).sum(),
            _ => own.iter().rev().map(|glyph| glyph.advance).sum(),
        };
        cluster.advance = if cluster.kind.is_seen() { natural + spacing } else { 0.0 };
    }
}

/// Gives tabs the width of a space, until the place of their line is known, and puts a sign that the font has
/// where it has none for the characters: PDF/UA knows no missing glyph (ISO 14289-1, 7.21.8). A mark that is
/// missing is left to its base.
fn mend(clusters: &mut [Cluster], glyphs: &mut [RawGlyph], text: &str, (face, size): (&Face, f32)) {
    let mut after_letter = false;
    for cluster in clusters {
        let based = std::mem::replace(&mut after_letter, cluster.kind == ClusterKind::Other);
        if cluster.kind == ClusterKind::Tab {
            cluster.advance = face.advance(face.glyph(' ')).0 * size;
        }
        let own = &glyphs[cluster.first_glyph as usize..cluster.last_glyph as usize];
        if !own.iter().any(|glyph| glyph.id == 0) {
            continue;
        }
        let mut kept = cluster.first_glyph;
        for glyph in cluster.first_glyph..cluster.last_glyph {
            if glyphs[glyph as usize].id != 0 {
                glyphs[kept as usize] = glyphs[glyph as usize];
                kept += 1;
            }
        }
        if kept == cluster.first_glyph && (cluster.grapheme || !based) {
            let own = stand_in::of(&text[cluster.start as usize..cluster.end as usize], face);
            let signs = own.into_iter().chain(['\u{FFFD}', '\u{25A1}', '?']);
            let id = signs.map(|sign| face.glyph(sign)).find(|&sign| sign != 0).unwrap_or(0);
            glyphs[kept as usize] = RawGlyph { id, advance: face.advance(id).0 * size, x: 0.0, y: 0.0 };
            kept += 1;
        }
        cluster.last_glyph = kept;
        let own = &glyphs[cluster.first_glyph as usize..kept as usize];
        cluster.advance = cluster.tracking + own.iter().map(|glyph| glyph.advance).sum::<f32>();
    }
}

/// Puts text above or below the line whose font has no such figures; it is small already (CSS Fonts 4, 6.5).
fn raise(clusters: &[Cluster], glyphs: &mut [RawGlyph], face: &Face, font: &Font) {
    let by = match font.position {
        FontPosition::Super if !face.positions.0 => -SUPERIOR,
        FontPosition::Sub if !face.positions.1 => INFERIOR,
        _ => return,
    };
    for cluster in clusters {
        let own = &mut glyphs[cluster.first_glyph as usize..cluster.last_glyph as usize];
        own.iter_mut().for_each(|glyph| glyph.y += by * font.size.0);
    }
}

fn kind(text: &str, whitespace: Whitespace, span: SpanKind) -> ClusterKind {
    match whitespace {
        _ if span == SpanKind::Atom => ClusterKind::Atom,
        _ if span == SpanKind::Leader => ClusterKind::Leader,
        Whitespace::Newline => ClusterKind::Newline,
        Whitespace::Space => ClusterKind::Space,
        Whitespace::NoBreakSpace => ClusterKind::NoBreakSpace,
        Whitespace::Tab => ClusterKind::Tab,
        _ if text == "\u{AD}" => ClusterKind::SoftHyphen,
        _ if text.chars().all(is_ignorable) => ClusterKind::Ignorable,
        _ => ClusterKind::Other,
    }
}

/// The Default_Ignorable_Code_Points of UAX #44 that occur in text, and control characters.
fn is_ignorable(character: char) -> bool {
    matches!(character,
        '\0'..='\u{1F}' | '\u{7F}'..='\u{9F}' | '\u{34F}' | '\u{61C}' | '\u{180B}'..='\u{180F}'
        | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}
