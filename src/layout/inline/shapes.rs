//! The texts of a document as shaping gives them, in font units: so they serve every size, and a document that is
//! tried at one scale after the other is analysed, shaped and hyphenated once.

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use super::Typesetter;
use super::collect::{Span, SpanKind};
use super::hyphenate::Point;
use super::shape::Shaped;
use crate::fonts::FontId;
use crate::style::computed::{Direction, Font, Hyphens, TextTransform, WordBreak};
use crate::units::Px;

/// How many bytes of text are kept: some forty pages. A document that has more is too long to be set smaller for long.
const MOST: usize = 128 * 1024;
/// How many styles of one text are kept.
const STYLES: usize = 8;

/// The texts of one document that were shaped.
#[derive(Debug, Default)]
pub(in crate::layout) struct Shapes {
    texts: RefCell<HashMap<Box<str>, Vec<Rc<Unscaled>>>>,
    bytes: Cell<usize>,
}

/// A text without its sizes.
#[derive(Debug, Default)]
pub(super) struct Unscaled {
    direction: Direction,
    asked: Vec<Asked>,
    /// In font units, without letter- and word-spacing; its runs have no size.
    pub shaped: Shaped,
    /// The characters that the font of their style lacks.
    pub substitutes: Vec<Substitute>,
    /// Where its words may be broken with a hyphen, once that was asked.
    pub hyphenation: OnceCell<Vec<Point>>,
}

/// A font for a character that the font of its style lacks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Substitute {
    pub character: char,
    pub lacking: FontId,
    /// None where no font has it.
    pub found: Option<FontId>,
    pub span: usize,
}

/// What a span asks of shaping and of hyphenation.
#[derive(Debug)]
struct Asked {
    end: u32,
    kind: SpanKind,
    font: Arc<Font>,
    lang: Arc<str>,
    is_spaced: bool,
    word_break: WordBreak,
    hyphens: Hyphens,
    limits: (u8, u8, u8),
    transform: TextTransform,
}

impl Asked {
    fn of(span: &Span) -> Self {
        let text = &span.style.text;
        Self {
            end: span.end,
            kind: span.kind,
            font: span.style.font.clone(),
            lang: span.lang.clone(),
            is_spaced: text.letter_spacing != Px::ZERO,
            word_break: text.word_break,
            hyphens: text.hyphens,
            limits: text.hyphenate_limits,
            transform: text.transform,
        }
    }

    /// Whether a span asks the same, in another size perhaps.
    fn is_of(&self, span: &Span, in_every_size: bool) -> bool {
        let text = &span.style.text;
        self.end == span.end
            && self.kind == span.kind
            && self.lang == span.lang
            && self.is_spaced == (text.letter_spacing != Px::ZERO)
            && self.word_break == text.word_break
            && self.hyphens == text.hyphens
            && self.limits == text.hyphenate_limits
            && self.transform == text.transform
            && (Arc::ptr_eq(&self.font, &span.style.font)
                || (in_every_size || self.font.size == span.style.font.size)
                    && *self.font == Font { size: self.font.size, ..(*span.style.font).clone() })
    }
}

impl Shapes {
    /// A text that spans tile, from what is kept or as `shape` gives it.
    pub(super) fn get(
        &self,
        typesetter: &Typesetter,
        (text, spans, direction): (&str, &[Span], Direction),
        shape: impl FnOnce() -> (Shaped, Vec<Substitute>),
    ) -> Rc<Unscaled> {
        let in_every_size = !typesetter.fonts.tracks();
        let is_same = |kept: &&Rc<Unscaled>| {
            kept.direction == direction
                && kept.asked.len() == spans.len()
                && kept.asked.iter().zip(spans).all(|(asked, span)| asked.is_of(span, in_every_size))
        };
        if let Some(kept) = self.texts.borrow().get(text).and_then(|kept| kept.iter().find(is_same)) {
            typesetter.substituted(&kept.substitutes, spans);
            return kept.clone();
        }
        let asked = spans.iter().map(Asked::of).collect();
        let (shaped, substitutes) = shape();
        let made =
            Rc::new(Unscaled { direction, asked, shaped, substitutes, hyphenation: OnceCell::default() });
        typesetter.substituted(&made.substitutes, spans);
        let bytes = self.bytes.get() + text.len();
        if bytes <= MOST {
            let mut texts = self.texts.borrow_mut();
            let kept = texts.entry(text.into()).or_default();
            if kept.len() < STYLES {
                kept.push(made.clone());
                self.bytes.set(bytes);
            }
        }
        made
    }
}
