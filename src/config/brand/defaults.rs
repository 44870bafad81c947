//! The `defaults.handout` part of a brand: what the house asks of this program. brand.yml leaves `defaults` to
//! the tools, one key each.

use cssparser::{Parser, Token};
use serde_json::json;

use super::Found;
use crate::config::fields::{Fields, as_text, wrong_type};
use crate::config::keys::{Key, Others, Shape, Table};
use crate::config::value::Spanned;
use crate::units::Pt;

/// The keys of `defaults`.
pub(super) const DEFAULTS: Table =
    Table { name: "defaults", keys: &[Key::new("handout", Shape::Map(&HANDOUT))], others: Others::Free };

const HANDOUT: Table = Table {
    name: "handout",
    keys: &[Key::new("smallest-size", Shape::Own(|_| json!({ "type": "string", "pattern": SIZE })))],
    others: Others::Refused,
};

/// A size in points or millimetres, as a regular expression.
const SIZE: &str = r"^\s*\+?([0-9]+\.?[0-9]*|\.[0-9]+)([pP][tT]|[mM][mM])\s*$";

/// Where a brand says nothing.
pub(super) const SMALLEST: Pt = Pt(8.0);
/// What nobody reads, and what is no body text.
const LEGIBLE: std::ops::RangeInclusive<f32> = 5.0..=24.0;

/// The smallest size that body text may be set in to keep to a number of pages.
pub(super) fn smallest_size(defaults: &Spanned, found: &mut Found) -> Pt {
    let Some(own) = Fields::within(defaults, &DEFAULTS).map("handout") else { return SMALLEST };
    let fields = Fields::within(own, &HANDOUT);
    let Some(value) = fields.get("smallest-size") else { return SMALLEST };
    let size = as_text(value).and_then(|text| points(&text)).filter(|size| LEGIBLE.contains(&size.0));
    size.unwrap_or_else(|| {
        let wanted = "a size from 5pt to 24pt";
        found.problems.push(wrong_type(value, "smallest-size", wanted).hint("write it as `8pt`"));
        SMALLEST
    })
}

/// A size in points or millimetres.
fn points(text: &str) -> Option<Pt> {
    let mut parser = Parser::new(text);
    let size = match parser.next().ok()? {
        Token::Dimension { value, unit, .. } if unit.eq_ignore_ascii_case("pt") => Pt(*value),
        Token::Dimension { value, unit, .. } if unit.eq_ignore_ascii_case("mm") => Pt(*value * 72.0 / 25.4),
        _ => return None,
    };
    parser.is_exhausted().then_some(size)
}
