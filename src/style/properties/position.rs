//! CSS Positioned Layout 3 and the floats of CSS 2.

use super::shorthand::{pair, sides};
use super::{Longhand, Phase, Shorthand, longhand};
use crate::style::computed::{self, Position};
use crate::style::values::{Ident, Integer, Keyword, LengthOrAuto, Optional, Specified, nothing};

pub(super) const LONGHANDS: &[Longhand] = &[
    Longhand {
        name: "position",
        inherited: false,
        phase: Phase::Rest,
        parse: |input| {
            if input.try_parse(|input| input.expect_function_matching("running")).is_ok() {
                let Ident(name) = input.parse_nested_block(Ident::parse)?;
                return Ok(Box::new(move |style, _| style.position.running = Some(name.clone())));
            }
            let Keyword(scheme) = Keyword::<Position>::parse(input)?;
            Ok(Box::new(move |style, _| {
                style.position.scheme = scheme;
                style.position.running = None;
            }))
        },
        copy: |style, from| {
            style.position.scheme = from.position.scheme;
            style.position.running.clone_from(&from.position.running);
        },
        #[cfg(test)]
        show: |style| format!("{:?}", (style.position.scheme, &style.position.running)),
    },
    longhand!("top", LengthOrAuto => position.inset.top),
    longhand!("right", LengthOrAuto => position.inset.right),
    longhand!("bottom", LengthOrAuto => position.inset.bottom),
    longhand!("left", LengthOrAuto => position.inset.left),
    longhand!("z-index", Optional<Integer<i32>, { nothing::AUTO }> => position.z_index),
    longhand!("float", Keyword<computed::Float> => position.float),
    longhand!("clear", Keyword<computed::Clear> => position.clear),
    longhand!("footnote-display", Keyword<computed::FootnoteDisplay> => position.note_display),
    longhand!("footnote-policy", Keyword<computed::FootnotePolicy> => position.note_policy),
];

pub(super) const SHORTHANDS: &[Shorthand] = &[
    sides!("inset", "top", "right", "bottom", "left"),
    pair!("inset-block", "top", "bottom"),
    pair!("inset-inline", "left", "right"),
];
