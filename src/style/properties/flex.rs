//! CSS Flexible Box Layout 1 and CSS Box Alignment 3.

use super::shorthand::{alias, pair};
use super::{Expansion, Longhand, Shorthand, longhand};
use crate::style::computed::{Align, FlexDirection, FlexWrap};
use crate::style::values::{
    Context, Error, Factor, Input, Integer, Keyword, NonNegative, Optional, Or, Parsed, Size,
};
use crate::style::values::{Specified, keyword, nothing};

pub(super) const LONGHANDS: &[Longhand] = &[
    longhand!("flex-direction", Keyword<FlexDirection> => flex.direction),
    longhand!("flex-wrap", Keyword<FlexWrap> => flex.wrap),
    longhand!("flex-grow", Factor => flex.grow),
    longhand!("flex-shrink", Factor => flex.shrink),
    longhand!("flex-basis", Size => flex.basis),
    longhand!("order", Integer<i32> => flex.order),
    longhand!("justify-content", Alignment => flex.justify_content),
    longhand!("align-content", Alignment => flex.align_content),
    longhand!("align-items", Alignment => flex.align_items),
    longhand!("justify-items", Alignment => flex.justify_items),
    longhand!("align-self", Alignment => flex.align_self),
    longhand!("justify-self", Alignment => flex.justify_self),
    longhand!("row-gap", Or<NonNegative, { nothing::NORMAL }> => flex.row_gap),
    longhand!("column-gap", Optional<NonNegative, { nothing::NORMAL }> => flex.column_gap),
];

pub(super) const SHORTHANDS: &[Shorthand] = &[
    super::shorthand::any_order!("flex-flow", "flex-direction" = "row", "flex-wrap" = "nowrap"),
    Shorthand { name: "flex", longhands: &["flex-grow", "flex-shrink", "flex-basis"], parse: flex },
    pair!("gap", "row-gap", "column-gap"),
    pair!("grid-gap", "row-gap", "column-gap"),
    alias!("grid-row-gap", "row-gap"),
    alias!("grid-column-gap", "column-gap"),
    pair!("place-content", "align-content", "justify-content"),
    pair!("place-items", "align-items", "justify-items"),
    pair!("place-self", "align-self", "justify-self"),
];

/// `flex`: `none`, or grow, shrink and basis; a bare number grows from nothing (section 7.2).
fn flex(input: &mut Input<'_>, expansion: &mut Expansion) -> Parsed<()> {
    if input.try_parse(|input| input.expect_ident_matching("none")).is_ok() {
        return set(expansion, "0", "0", Some("auto"));
    }
    if input.try_parse(|input| input.expect_ident_matching("initial")).is_ok() {
        return set(expansion, "0", "1", Some("auto"));
    }
    let (mut grow, mut basis) = (false, false);
    let mut shrink = false;
    loop {
        if !grow && expansion.try_parse("flex-grow", input) {
            grow = true;
            shrink = expansion.try_parse("flex-shrink", input);
        } else if !basis && expansion.try_parse("flex-basis", input) {
            basis = true;
        } else {
            break;
        }
    }
    if !grow && !basis {
        return expansion.parse("flex-grow", input);
    }
    if !grow {
        expansion.set("flex-grow", "1")?;
    }
    if !shrink {
        expansion.set("flex-shrink", "1")?;
    }
    if basis { Ok(()) } else { expansion.set("flex-basis", "0px") }
}

fn set(expansion: &mut Expansion, grow: &str, shrink: &str, basis: Option<&str>) -> Parsed<()> {
    expansion.set("flex-grow", grow)?;
    expansion.set("flex-shrink", shrink)?;
    basis.map_or(Ok(()), |basis| expansion.set("flex-basis", basis))
}

/// A value of Box Alignment; `safe`, `unsafe`, `first` and `legacy` before it are let go.
struct Alignment(Align);

impl Specified for Alignment {
    type Computed = Align;

    fn parse(input: &mut Input<'_>) -> Parsed<Self> {
        let _ = input.try_parse(|input| {
            let word = input.expect_ident()?;
            if ["safe", "unsafe", "first", "legacy"].contains(&&**word) {
                Ok(())
            } else {
                Err(Error::unexpected_token())
            }
        });
        keyword(input).map(Self)
    }

    fn compute(&self, _context: &Context<'_>) -> Align {
        self.0
    }
}
