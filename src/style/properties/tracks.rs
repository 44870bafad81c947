//! The tracks of CSS Grid Layout 2, section 7.2.

use std::sync::Arc;

use cssparser::Token;

use crate::style::computed::{self, Repeat};
use crate::style::values::{Context, Error, Input, Invalid, NonNegative, Parsed, Specified};

/// A track's least and most size.
#[derive(Clone)]
pub(super) struct Track {
    min: TrackSize,
    max: TrackSize,
}

#[derive(Clone)]
enum TrackSize {
    Auto,
    MinContent,
    MaxContent,
    Length(NonNegative),
    FitContent(NonNegative),
    Fraction(f32),
}

impl TrackSize {
    fn parse(input: &mut Input<'_>) -> Parsed<Self> {
        let start = input.state();
        match input.next()? {
            Token::Dimension { value, unit, .. } if unit.eq_ignore_ascii_case("fr") && *value >= 0.0 => {
                return Ok(Self::Fraction(*value));
            }
            Token::Ident(word) => {
                return Ok(cssparser::match_ignore_ascii_case! { word,
                    "auto" => Self::Auto,
                    "min-content" => Self::MinContent,
                    "max-content" => Self::MaxContent,
                    _ => return Err(Error::unexpected_token()),
                });
            }
            _ => input.reset(&start),
        }
        NonNegative::parse(input).map(Self::Length)
    }

    fn compute(&self, context: &Context<'_>) -> computed::TrackSize {
        match self {
            Self::Auto => computed::TrackSize::Auto,
            Self::MinContent => computed::TrackSize::MinContent,
            Self::MaxContent => computed::TrackSize::MaxContent,
            Self::Length(length) => computed::TrackSize::Length(length.compute(context)),
            Self::FitContent(length) => computed::TrackSize::FitContent(length.compute(context)),
            Self::Fraction(fraction) => computed::TrackSize::Fraction(*fraction),
        }
    }
}

impl Track {
    /// `auto`.
    pub const AUTO: Self = Self { min: TrackSize::Auto, max: TrackSize::Auto };

    pub fn parse(input: &mut Input<'_>) -> Parsed<Self> {
        let minmax = input.try_parse(|input| {
            input.expect_function_matching("minmax")?;
            input.parse_nested_block(|input| {
                let min = TrackSize::parse(input)?;
                input.expect_comma()?;
                let max = TrackSize::parse(input)?;
                if matches!(min, TrackSize::Fraction(_)) {
                    Err(Error::unexpected_token())
                } else {
                    Ok(Self { min, max })
                }
            })
        });
        if minmax.is_ok() {
            return minmax;
        }
        let fit = input.try_parse(|input| {
            input.expect_function_matching("fit-content")?;
            input.parse_nested_block(NonNegative::parse)
        });
        if let Ok(limit) = fit {
            return Ok(Self { min: TrackSize::Auto, max: TrackSize::FitContent(limit) });
        }
        let size = TrackSize::parse(input)?;
        let min = if matches!(size, TrackSize::Fraction(_)) { TrackSize::Auto } else { size.clone() };
        Ok(Self { min, max: size })
    }

    fn compute(&self, context: &Context<'_>) -> computed::Track {
        computed::Track { min: self.min.compute(context), max: self.max.compute(context) }
    }
}

/// `grid-auto-columns` and `grid-auto-rows`.
pub(super) struct Tracks(Vec<Track>);

impl Specified for Tracks {
    type Computed = Vec<computed::Track>;

    fn parse(input: &mut Input<'_>) -> Parsed<Self> {
        let mut tracks = vec![Track::parse(input)?];
        while let Ok(track) = input.try_parse(Track::parse) {
            tracks.push(track);
        }
        Ok(Self(tracks))
    }

    fn compute(&self, context: &Context<'_>) -> Self::Computed {
        self.0.iter().map(|track| track.compute(context)).collect()
    }
}

/// `grid-template-columns` and `grid-template-rows`.
pub(super) struct TrackList(pub Vec<Entry>);

/// An entry of a track list.
pub(super) enum Entry {
    Names(Vec<Arc<str>>),
    Track(Track),
    Repeat(Repeat, Vec<Entry>),
}

/// Names of the next line, in brackets.
pub(super) fn names(input: &mut Input<'_>) -> Parsed<Vec<Arc<str>>> {
    input.expect_square_bracket_block()?;
    input.parse_nested_block(|input| {
        let mut names = Vec::new();
        while let Ok(name) = input.try_parse(|input| input.expect_ident_cloned()) {
            names.push(Arc::from(&*name));
        }
        Ok(names)
    })
}

impl Entry {
    fn parse(input: &mut Input<'_>) -> Parsed<Self> {
        if let Ok(names) = input.try_parse(names) {
            return Ok(Self::Names(names));
        }
        if input.try_parse(|input| input.expect_function_matching("repeat")).is_ok() {
            return input.parse_nested_block(|input| {
                let times = match input.next()? {
                    Token::Number { int_value: Some(times @ 1..=1000), .. } => Repeat::Times(*times as u16),
                    Token::Ident(word) if word.eq_ignore_ascii_case("auto-fill") => Repeat::AutoFill,
                    Token::Ident(word) if word.eq_ignore_ascii_case("auto-fit") => Repeat::AutoFit,
                    _ => {
                        return Err(Invalid::because(
                            "repeat(2, …), repeat(auto-fill, …) or repeat(auto-fit, …)",
                        ));
                    }
                };
                input.expect_comma()?;
                Ok(Self::Repeat(times, entries(input)?))
            });
        }
        Track::parse(input).map(Self::Track)
    }

    fn compute(&self, context: &Context<'_>) -> computed::TrackEntry {
        match self {
            Self::Names(names) => computed::TrackEntry::Names(names.clone()),
            Self::Track(track) => computed::TrackEntry::Track(track.compute(context)),
            Self::Repeat(times, entries) => {
                let entries = entries.iter().map(|entry| entry.compute(context)).collect();
                computed::TrackEntry::Repeat(*times, entries)
            }
        }
    }
}

fn entries(input: &mut Input<'_>) -> Parsed<Vec<Entry>> {
    let mut entries = vec![Entry::parse(input)?];
    while let Ok(entry) = input.try_parse(Entry::parse) {
        entries.push(entry);
    }
    Ok(entries)
}

impl Specified for TrackList {
    type Computed = Vec<computed::TrackEntry>;

    fn parse(input: &mut Input<'_>) -> Parsed<Self> {
        if input.try_parse(|input| input.expect_ident_matching("none")).is_ok() {
            return Ok(Self(Vec::new()));
        }
        if input.try_parse(|input| input.expect_ident_matching("subgrid")).is_ok() {
            return Err(Invalid::because("subgrid is not supported"));
        }
        entries(input).map(Self)
    }

    fn compute(&self, context: &Context<'_>) -> Self::Computed {
        self.0.iter().map(|entry| entry.compute(context)).collect()
    }
}
