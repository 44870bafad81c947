//! One font of a file: its names, style, metrics and characters (OpenType, ISO/IEC 14496-22).

use std::any::Any;
use std::sync::{Arc, OnceLock};

use skrifa::raw::tables::os2::SelectionFlags;
use skrifa::raw::{FileRef, TableProvider};
use skrifa::string::StringId;
use skrifa::{FontRef, MetadataProvider};

use super::{FontId, Slant};
use crate::units::Px;

/// One font file's font.
#[derive(Clone, Debug)]
pub struct Face {
    /// Its place in the book.
    pub id: FontId,
    /// The family name, as CSS and Word name it.
    pub family: Arc<str>,
    /// CSS `font-weight`, 1 to 1000.
    pub weight: u16,
    /// Upright or slanted.
    pub slant: Slant,
    /// Which of CSS' generic families it would serve.
    pub genre: Genre,
    /// The whole font file (OpenType, ISO/IEC 14496-22).
    pub data: fontique::Blob<u8>,
    /// Which font of a collection; 0 for a single font.
    pub index: u32,
    /// The file's name, for messages.
    pub file: Arc<str>,
    /// Its measures, for a size of 1 px.
    pub metrics: Metrics,
    /// How many font units make its size.
    pub units_per_em: f32,
    /// Whether how far apart its letters stand depends on their size (`trak` of Apple's TrueType).
    pub tracks: bool,
    /// What its licence bits allow to be embedded.
    pub embedding: Embedding,
    /// Whether it has small capitals of its own (`smcp`).
    pub small_caps: bool,
    /// Whether it has figures and letters of its own to stand above the line (`sups`) and below it (`subs`).
    pub positions: (bool, bool),
    characters: Arc<Characters>,
    widths: Arc<OnceLock<Vec<Px>>>,
    kept: Arc<OnceLock<Box<dyn Any + Send + Sync>>>,
}

/// What a font looks like: the generic families of CSS Fonts 4, section 2.1.3.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Genre {
    /// `serif`.
    Serif,
    /// `sans-serif`.
    Sans,
    /// `monospace`.
    Mono,
}

/// The measures of a font at a size of 1 px; y grows downwards.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Metrics {
    /// From the baseline up, positive.
    pub ascent: Px,
    /// From the baseline down, positive.
    pub descent: Px,
    /// What `line-height: normal` adds.
    pub line_gap: Px,
    /// The height of a small x.
    pub x_height: Px,
    /// The height of a capital.
    pub cap_height: Px,
    /// An underline.
    pub underline: LineShape,
    /// A line through the text.
    pub strikeout: LineShape,
}

/// A decoration line of a font.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LineShape {
    /// From the baseline down to the middle of the line.
    pub offset: Px,
    /// How thick it is.
    pub thickness: Px,
}

/// The embedding licensing rights of a font (OS/2 `fsType`, ISO/IEC 14496-22, 5.2.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Embedding {
    /// To be embedded, and installed by whoever gets the document.
    Installable,
    /// To be embedded in documents that can be edited.
    Editable,
    /// To be embedded in documents to view and print.
    PreviewAndPrint,
    /// Not to be embedded.
    Restricted,
}

/// The characters of a font: all below U+0180 as bits, all as sorted ranges.
#[derive(Debug, Default)]
struct Characters {
    latin: [u64; 6],
    ranges: Vec<(u32, u32)>,
}

impl Metrics {
    /// The measures that stand in where there is no font at all.
    pub const UNKNOWN: Self = Self {
        ascent: Px(0.8),
        descent: Px(0.2),
        line_gap: Px(0.0),
        x_height: Px(0.5),
        cap_height: Px(0.7),
        underline: LineShape { offset: Px(0.1), thickness: Px(0.05) },
        strikeout: LineShape { offset: Px(-0.25), thickness: Px(0.05) },
    };

    /// The measures at a size.
    #[must_use]
    pub fn at(&self, size: Px) -> Self {
        let line =
            |line: LineShape| LineShape { offset: line.offset * size.0, thickness: line.thickness * size.0 };
        Self {
            ascent: self.ascent * size.0,
            descent: self.descent * size.0,
            line_gap: self.line_gap * size.0,
            x_height: self.x_height * size.0,
            cap_height: self.cap_height * size.0,
            underline: line(self.underline),
            strikeout: line(self.strikeout),
        }
    }
}

impl Face {
    /// Whether it has a glyph for `character`.
    pub fn has(&self, character: char) -> bool {
        let code = character as u32;
        if code < 0x180 {
            return self.characters.latin[code as usize / 64] >> (code % 64) & 1 == 1;
        }
        let ranges = &self.characters.ranges;
        let after = ranges.partition_point(|range| range.0 <= code);
        after > 0 && code <= ranges[after - 1].1
    }

    /// Its glyph for `character`, 0 where it has none.
    pub fn glyph(&self, character: char) -> u16 {
        let font = FontRef::from_index(self.data.as_ref(), self.index).ok();
        font.and_then(|font| font.charmap().map(character)).map_or(0, |glyph| glyph.to_u32() as u16)
    }
}

impl Face {
    /// What `make` makes of the file, which is made once and kept for the other documents of the run.
    pub(crate) fn kept<T: Any + Send + Sync>(&self, make: impl FnOnce(&[u8]) -> T) -> Option<&T> {
        self.kept.get_or_init(|| Box::new(make(self.data.as_ref()))).downcast_ref()
    }

    /// The family that it is in for programs that know four fonts of a family (name 1, ISO/IEC 14496-22, 5.2.7.2): a medium
    /// or light font is in one of its own there.
    pub(crate) fn family_of_four(&self) -> Option<String> {
        let font = FontRef::from_index(self.data.as_ref(), self.index).ok()?;
        Some(font.localized_strings(StringId::FAMILY_NAME).english_or_first()?.to_string())
    }

    /// How wide a letter is by itself, at a size of 1 px.
    pub(crate) fn width(&self, letter: char) -> Px {
        let widths = self.widths.get_or_init(|| {
            let latin = '\0'..='\u{ff}';
            latin.map(|letter| self.advance(self.glyph(letter))).collect()
        });
        widths.get(letter as usize).copied().unwrap_or_else(|| self.advance(self.glyph(letter)))
    }

    /// How far a glyph moves the pen, at a size of 1 px.
    pub fn advance(&self, glyph: u16) -> Px {
        let font = FontRef::from_index(self.data.as_ref(), self.index).ok();
        let advance = font.and_then(|font| {
            let location = skrifa::instance::LocationRef::default();
            let advance =
                font.glyph_metrics(skrifa::instance::Size::unscaled(), location).advance_width(glyph.into());
            Some(advance? / f32::from(font.head().ok()?.units_per_em()))
        });
        Px(advance.unwrap_or(0.0))
    }
}

impl Characters {
    fn of(font: &FontRef) -> Self {
        let mut codes: Vec<u32> = font.charmap().mappings().map(|(code, _)| code).collect();
        codes.sort_unstable();
        let mut characters = Self::default();
        for code in codes {
            if code < 0x180 {
                characters.latin[code as usize / 64] |= 1 << (code % 64);
            }
            match characters.ranges.last_mut() {
                Some(range) if code <= range.1 + 1 => range.1 = code,
                _ => characters.ranges.push((code, code)),
            }
        }
        characters
    }
}

/// The fonts of a file, or why there is none.
pub(super) fn read(file: &str, data: &fontique::Blob<u8>) -> Result<Vec<Face>, String> {
    let count = match FileRef::new(data.as_ref()).map_err(|error| error.to_string())? {
        FileRef::Font(_) => 1,
        FileRef::Collection(collection) => collection.len(),
    };
    (0..count).map(|index| read_one(file, data, index)).collect()
}

fn read_one(file: &str, data: &fontique::Blob<u8>, index: u32) -> Result<Face, String> {
    let font = FontRef::from_index(data.as_ref(), index).map_err(|error| error.to_string())?;
    let name = |id| font.localized_strings(id).english_or_first().map(|name| name.to_string());
    let family = name(StringId::TYPOGRAPHIC_FAMILY_NAME)
        .or_else(|| name(StringId::FAMILY_NAME))
        .ok_or("it has no family name")?;
    let attributes = font.attributes();
    let slanted = attributes.style != skrifa::attribute::Style::Normal
        || font.os2().is_ok_and(|os2| os2.fs_selection().contains(SelectionFlags::OBLIQUE));
    Ok(Face {
        id: FontId(0),
        genre: genre(&font, &family),
        family: family.into(),
        weight: attributes.weight.value().round().clamp(1.0, 1000.0) as u16,
        slant: if slanted { Slant::Italic } else { Slant::Upright },
        index,
        file: file.into(),
        metrics: metrics(&font)?,
        units_per_em: font.head().map_or(1000.0, |head| f32::from(head.units_per_em())),
        tracks: font.data_for_tag(skrifa::Tag::new(b"trak")).is_some(),
        embedding: embedding(&font),
        small_caps: has_feature(&font, *b"smcp"),
        positions: (has_feature(&font, *b"sups"), has_feature(&font, *b"subs")),
        characters: Arc::new(Characters::of(&font)),
        widths: Arc::default(),
        kept: Arc::default(),
        data: data.clone(),
    })
}

/// The measures that browsers take: `typo` where the font asks for it, else `hhea` (CSS Inline 3, section 6.1).
fn metrics(font: &FontRef) -> Result<Metrics, String> {
    let metrics = font.metrics(skrifa::instance::Size::unscaled(), skrifa::instance::LocationRef::default());
    if metrics.units_per_em == 0 || metrics.glyph_count == 0 {
        return Err("it has no glyphs".into());
    }
    let em = f32::from(metrics.units_per_em);
    let line = |line: Option<skrifa::metrics::Decoration>, fallback: f32| {
        let thickness =
            line.map(|line| line.thickness / em).filter(|thickness| *thickness > 0.0).unwrap_or(0.05);
        // OpenType gives the top of the line, upwards.
        let offset = line.map_or(fallback, |line| thickness / 2.0 - line.offset / em);
        LineShape { offset: Px(offset), thickness: Px(thickness) }
    };
    let height = |height: Option<f32>, fallback: f32| {
        height.filter(|height| *height > 0.0).map_or(fallback, |height| height / em)
    };
    let x_height = height(metrics.x_height, 0.5);
    Ok(Metrics {
        ascent: Px(metrics.ascent / em),
        descent: Px(-metrics.descent / em),
        line_gap: Px(metrics.leading.max(0.0) / em),
        x_height: Px(x_height),
        cap_height: Px(height(metrics.cap_height, 0.7)),
        underline: line(metrics.underline, 0.1),
        strikeout: line(metrics.strikeout, -x_height / 2.0),
    })
}

fn embedding(font: &FontRef) -> Embedding {
    let bits = font.os2().map_or(0, |os2| os2.fs_type());
    // Where several bits are set, the least restrictive holds; bit 9 allows bitmaps only, of which we embed none.
    match bits {
        _ if bits & 0x0200 != 0 => Embedding::Restricted,
        _ if bits & 0x0008 != 0 => Embedding::Editable,
        _ if bits & 0x0004 != 0 => Embedding::PreviewAndPrint,
        _ if bits & 0x0002 != 0 => Embedding::Restricted,
        _ => Embedding::Installable,
    }
}

/// By PANOSE where the font has it, else by its name.
fn genre(font: &FontRef, family: &str) -> Genre {
    let family = family.to_ascii_lowercase();
    let fixed = font.post().is_ok_and(|post| post.is_fixed_pitch() != 0);
    let panose = font.os2().ok().map(|os2| os2.panose_10().to_vec()).unwrap_or_default();
    match panose.as_slice() {
        _ if fixed || family.contains("mono") => Genre::Mono,
        [2, 11..=15, ..] => Genre::Sans,
        [2, 2..=10, ..] => Genre::Serif,
        _ if family.contains("sans") || family.contains("grotesk") => Genre::Sans,
        _ if family.contains("serif") || family.contains("slab") => Genre::Serif,
        _ => Genre::Sans,
    }
}

fn has_feature(font: &FontRef, tag: [u8; 4]) -> bool {
    let Ok(list) = font.gsub().and_then(|gsub| gsub.feature_list()) else { return false };
    list.feature_records().iter().any(|record| record.feature_tag().to_be_bytes() == tag)
}
