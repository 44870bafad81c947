//! Values as stylesheets specify them, one file a kind: each is parsed once and computed for each element.

mod calc;
mod color;
mod image;
mod length;
mod shared;

pub(crate) use calc::parse_calc;
pub(crate) use color::Color;
pub(crate) use image::{Background, Image, Position, Size as BackgroundSize, parse_repeat, raw_text};
pub(crate) use length::{
    Absolute, LengthOrAuto, LengthPercentage, NonNegative, Size, parse_angle, parse_length,
};
pub(crate) use shared::{
    Alpha, Factor, Ident, Integer, Keyword, List, Optional, Or, Pair, keyword, keyword_hint, nothing,
};

use std::cell::RefCell;
use std::sync::Arc;

use cssparser::{ParseError, Parser};

use super::computed::{self, ComputedStyle};
use crate::diag::Diagnostic;
use crate::media::Picture;
use crate::units::Px;

/// Why a value is not taken: what to do about it, where that can be said.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Invalid {
    pub hint: Option<String>,
}

/// The error of a value's parser.
pub(crate) type Error = ParseError<Invalid>;
/// What a value's parser gives.
pub(crate) type Parsed<T> = Result<T, Error>;
/// Where values are parsed from.
pub(crate) type Input<'i> = Parser<'i>;

impl Invalid {
    /// A value that is refused, with what to do about it.
    pub fn because(hint: impl Into<String>) -> Error {
        ParseError::custom(Self { hint: Some(hint.into()) })
    }
}

/// A value as specified, which becomes a computed one when the element is known.
pub(crate) trait Specified: Sized + Send + Sync + 'static {
    /// What it becomes.
    type Computed;

    /// Parses it.
    fn parse(input: &mut Input<'_>) -> Parsed<Self>;

    /// Computes it for an element.
    fn compute(&self, context: &Context<'_>) -> Self::Computed;
}

/// What a specified value needs to know of its element.
pub(crate) struct Context<'a> {
    /// The parent's style; of the root the initial values.
    pub parent: &'a ComputedStyle,
    /// What 1em is: the element's font size, or for `font-size` itself the parent's.
    pub em: Px,
    /// What 1rem is: the root element's font size.
    pub rem: Px,
    /// What 1lh is: the element's line height, or for `line-height` itself the parent's.
    pub line: Px,
    /// `currentcolor`: the element's `color`, or for `color` itself the parent's.
    pub color: computed::Color,
    /// Where pictures come from, and what was said of those that are missing.
    pub pictures: &'a PictureBook<'a>,
}

/// The pictures of one document.
pub(crate) struct PictureBook<'a> {
    source: &'a dyn crate::media::Pictures,
    /// What is wrong with pictures that stylesheets name.
    pub problems: RefCell<Vec<Diagnostic>>,
}

impl<'a> PictureBook<'a> {
    /// Pictures from `source`.
    pub fn new(source: &'a dyn crate::media::Pictures) -> Self {
        Self { source, problems: RefCell::new(Vec::new()) }
    }

    /// The picture that `src` names.
    pub fn load(&self, src: &str) -> Result<Arc<Picture>, Diagnostic> {
        self.source.picture(src)
    }

    /// The picture of an inline drawing.
    pub fn drawing(&self, source: &str) -> Result<Arc<Picture>, Diagnostic> {
        self.source.inline_svg(source)
    }

    /// The picture that a stylesheet names; a missing one is noted once.
    pub fn load_or_note(&self, src: &str, place: &crate::diag::Place) -> Option<Arc<Picture>> {
        self.source
            .picture(src)
            .map_err(|problem| {
                let problem = Diagnostic { place: problem.place.clone().or(Some(place.clone())), ..problem };
                let mut problems = self.problems.borrow_mut();
                if !problems.contains(&problem) {
                    problems.push(problem);
                }
            })
            .ok()
    }
}
