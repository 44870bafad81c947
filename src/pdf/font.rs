//! The fonts of a document: of each, the glyphs that are used, and what they mean.
//!
//! A font is embedded as a CID font whose codes are the glyphs of its subset (ISO 32000-1, 9.7). A code stands
//! for one text (9.10.3). Where a glyph stands for another text elsewhere, as the hyphen at the end of a line
//! does, or where several glyphs stand for one text together, `text` marks that place with `ActualText`.

use std::collections::BTreeMap;
use std::ops::Range;

use printpdf::{Codepoint, FontMetrics, FontType, ParsedFont, PdfFont, PdfFontMetricsStub, PrintpdfFontMeta};
use sha2::{Digest, Sha256};
use skrifa::raw::TableProvider;
use skrifa::string::StringId;
use skrifa::{FontRef, MetadataProvider};
use subsetter::GlyphRemapper;

use crate::diag::Diagnostic;
use crate::fonts::{Face, FontBook, FontId, Slant};
use crate::layout::{Glyph, Item, Pages, Text};

/// What a glyph without characters stands for: the hyphen that a line break made.
const SOFT_HYPHEN: &str = "\u{AD}";

/// The embedded fonts of a document.
#[derive(Debug)]
pub(super) struct Fonts(BTreeMap<FontId, Font>);

/// One embedded font.
#[derive(Debug)]
pub(super) struct Font {
    /// Its name as a resource.
    pub name: String,
    /// The code of each glyph of the whole font, 0 where it is not used.
    codes: Vec<u16>,
    /// Of each code the text that it stands for.
    texts: Vec<String>,
    /// Of each code the advance that the file tells readers, in thousandths of the size.
    widths: Vec<i32>,
    program: ParsedFont,
}

/// Glyphs that stand for a text together.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Cluster<'t> {
    pub glyphs: Range<usize>,
    pub text: &'t str,
}

/// The glyphs of one font that a document uses, each with its text.
#[derive(Default)]
struct Usage {
    /// Of each glyph of the whole font the text that it stands for by itself.
    glyphs: Vec<Option<String>>,
    /// Texts for glyphs that occur only together with others.
    shared: BTreeMap<u16, String>,
}

impl Fonts {
    /// Takes what `pages` need out of the fonts.
    pub fn embed(pages: &Pages, book: &FontBook) -> Result<Self, Diagnostic> {
        let mut usages: BTreeMap<FontId, Usage> = BTreeMap::new();
        for page in &pages.pages {
            survey(&page.items, book, &mut usages);
        }
        let fonts = usages.into_iter().enumerate().map(|(at, (id, usage))| {
            let face = book.face(id);
            let font = Font::embed(format!("f{at}"), face, usage).map_err(|reason| {
                Diagnostic::error("bad-font", format!("the font {} cannot be embedded: {reason}", face.file))
            })?;
            Ok((id, font))
        });
        Ok(Self(fonts.collect::<Result<_, Diagnostic>>()?))
    }

    /// The font of an item of the pages that these fonts were made for.
    pub fn get(&self, id: FontId) -> Option<&Font> {
        self.0.get(&id)
    }

    pub fn iter(&self) -> impl Iterator<Item = &Font> {
        self.0.values()
    }
}

impl Font {
    fn embed(name: String, face: &Face, usage: Usage) -> Result<Self, String> {
        let Usage { glyphs: alone, shared: mut glyphs } = usage;
        let alone = alone.into_iter().enumerate().filter_map(|(glyph, text)| Some((glyph as u16, text?)));
        glyphs.extend(alone);
        let mut remapper = GlyphRemapper::new();
        let mut codes = Vec::new();
        let mut texts = vec![String::new()];
        for (glyph, text) in glyphs {
            codes.resize(usize::from(glyph) + 1, 0);
            codes[usize::from(glyph)] = remapper.remap(glyph);
            texts.push(text);
        }
        let program = subsetter::subset(face.data.as_ref(), face.index, &remapper)
            .map_err(|error| error.to_string())?;
        let whole = FontRef::from_index(face.data.as_ref(), face.index).map_err(|error| error.to_string())?;
        let program = parsed(&whole, face, program, &codes);
        let em = f32::from(program.units_per_em.max(1));
        // As printpdf rounds them.
        let widths = (0..texts.len() as u16)
            .map(|code| (f32::from(program.get_glyph_width(code).unwrap_or(0)) * 1000.0 / em) as i32)
            .collect();
        Ok(Self { name, codes, texts, widths, program })
    }

    /// The code of a glyph of the whole font; 0, the missing glyph, where the subset lacks it.
    pub fn code(&self, glyph: u16) -> u16 {
        self.codes.get(usize::from(glyph)).copied().unwrap_or(0)
    }

    /// The advance of a code in thousandths of the size.
    pub fn width(&self, code: u16) -> i32 {
        self.widths.get(usize::from(code)).copied().unwrap_or(0)
    }

    /// Whether glyphs, read code by code, give `text`.
    pub fn reads(&self, glyphs: &[Glyph], text: &str) -> bool {
        let mut rest = text;
        for glyph in glyphs {
            let read = self.texts.get(usize::from(self.code(glyph.id))).map_or("", String::as_str);
            match rest.strip_prefix(read) {
                Some(after) => rest = after,
                None => return false,
            }
        }
        rest.is_empty()
    }

    /// What its glyphs stand for, but for the one that is missing.
    pub fn meanings(&self) -> impl Iterator<Item = &str> {
        self.texts.iter().skip(1).map(String::as_str)
    }

    /// The font as printpdf embeds it.
    pub fn resource(&self) -> PdfFont {
        PdfFont { parsed_font: self.program.clone(), meta: PrintpdfFontMeta::default() }
    }

    /// All its codes with their texts.
    pub fn specimen(&self) -> Vec<Codepoint> {
        let codes = (1..self.texts.len() as u16).zip(&self.texts[1..]);
        codes.map(|(code, text)| Codepoint::with_cid(code, 0.0, text.clone())).collect()
    }
}

/// The clusters of a run from left to right.
pub(super) fn clusters(text: &Text) -> impl Iterator<Item = Cluster<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let first = text.glyphs.get(at)?;
        let count = text.glyphs[at..].iter().take_while(|glyph| glyph.range == first.range).count();
        let glyphs = at..at + count;
        at += count;
        let characters = text.text.get(first.range.0 as usize..first.range.1 as usize).unwrap_or("");
        let text = if characters.is_empty() { SOFT_HYPHEN } else { characters };
        Some(Cluster { glyphs, text })
    })
}

/// Whether the glyphs stand in another order than the characters: right to left.
pub(super) fn is_reversed(text: &Text) -> bool {
    text.glyphs.windows(2).any(|pair| pair[1].range.0 < pair[0].range.0 && pair[1].range.0 < pair[1].range.1)
}

fn survey(items: &[Item], book: &FontBook, usages: &mut BTreeMap<FontId, Usage>) {
    for item in items {
        match item {
            Item::Group(group) => survey(&group.items, book, usages),
            Item::Text(text) => usages.entry(text.font).or_default().add(text, book.face(text.font)),
            Item::Shape(_) | Item::Picture(..) => {}
        }
    }
}

impl Usage {
    fn add(&mut self, text: &Text, face: &Face) {
        for cluster in clusters(text) {
            let glyphs = &text.glyphs[cluster.glyphs];
            if let [glyph] = glyphs {
                if cluster.text == SOFT_HYPHEN {
                    self.shared.entry(glyph.id).or_insert_with(|| SOFT_HYPHEN.to_owned());
                } else {
                    let at = usize::from(glyph.id);
                    if self.glyphs.len() <= at {
                        self.glyphs.resize(at + 1, None);
                    }
                    match &self.glyphs[at] {
                        Some(known) if known == cluster.text => {}
                        // A capital that `text-transform` made of a small letter elsewhere is a capital.
                        Some(known)
                            if is_own(face, glyph.id, known) || !is_own(face, glyph.id, cluster.text) => {}
                        _ => self.glyphs[at] = Some(cluster.text.to_owned()),
                    }
                }
                continue;
            }
            let one_each = cluster.text.chars().count() == glyphs.len();
            let mut characters = cluster.text.chars();
            for glyph in glyphs {
                let character = if one_each { characters.next() } else { cluster.text.chars().next() };
                self.shared.entry(glyph.id).or_insert_with(|| character.into_iter().collect());
            }
        }
    }
}

/// Whether a text is the character that a font has a glyph for.
fn is_own(face: &Face, glyph: u16, text: &str) -> bool {
    let mut characters = text.chars();
    matches!((characters.next(), characters.next()), (Some(character), None) if face.glyph(character) == glyph)
}

/// What printpdf needs to know of a font that was subset: measures of the whole font, advances of the subset's
/// glyphs.
fn parsed(whole: &FontRef, face: &Face, program: Vec<u8>, codes: &[u16]) -> ParsedFont {
    let metrics = whole.metrics(skrifa::instance::Size::unscaled(), skrifa::instance::LocationRef::default());
    let advances =
        whole.glyph_metrics(skrifa::instance::Size::unscaled(), skrifa::instance::LocationRef::default());
    let advance =
        |glyph: u16| advances.advance_width(skrifa::GlyphId::from(glyph)).unwrap_or(0.0).round() as u16;
    let used = codes.iter().enumerate().filter(|(_, code)| **code != 0);
    let mut glyph_widths: BTreeMap<u16, u16> =
        used.map(|(glyph, code)| (*code, advance(glyph as u16))).collect();
    glyph_widths.insert(0, advance(0));
    let bounds = metrics.bounds.unwrap_or_default();
    let caret = whole.hhea().ok();
    let slanted = face.slant == Slant::Italic;
    ParsedFont {
        font_index: 0,
        font_name: Some(subset_name(whole, face, codes)),
        codepoint_to_glyph: BTreeMap::new(),
        glyph_widths,
        units_per_em: metrics.units_per_em,
        font_metrics: FontMetrics { ascent: metrics.ascent as i16, descent: metrics.descent as i16 },
        font_type: if program.starts_with(b"OTTO") { FontType::OpenTypeCFF(()) } else { FontType::TrueType },
        pdf_font_metrics: PdfFontMetricsStub {
            units_per_em: metrics.units_per_em,
            x_min: bounds.x_min as i16,
            y_min: bounds.y_min as i16,
            x_max: bounds.x_max as i16,
            y_max: bounds.y_max as i16,
            caret_slope_rise: caret.as_ref().map_or(1, |hhea| hhea.caret_slope_rise()),
            caret_slope_run: caret.filter(|_| slanted).map_or(0, |hhea| hhea.caret_slope_run()),
            us_weight_class: face.weight,
        },
        original_bytes: program,
    }
}

/// The PostScript name after the subset's tag, six capitals that tell one subset from another (ISO 32000-1,
/// 9.6.4).
fn subset_name(whole: &FontRef, face: &Face, codes: &[u16]) -> String {
    let names = whole.localized_strings(StringId::POSTSCRIPT_NAME);
    let name = names.english_or_first().map_or_else(|| face.family.to_string(), |name| name.to_string());
    let plain: String =
        name.chars().filter(|letter| letter.is_ascii_alphanumeric() || *letter == '-').collect();
    let used: Vec<u8> = codes.iter().map(|code| u8::from(*code != 0)).collect();
    let tag: String = Sha256::digest(used)[..6].iter().map(|byte| char::from(b'A' + byte % 26)).collect();
    format!("{tag}+{plain}")
}
