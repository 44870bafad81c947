//! CSS Fragmentation 3, CSS Multi-column Layout 1 and `page` of CSS Paged Media 3.

use super::borders::LineWidth;
use super::shorthand::any_order;
use super::{Expansion, Longhand, Shorthand, longhand};
use crate::style::computed::{BorderStyle, Break, BreakInside, ColumnFill, ColumnSpan, DecorationBreak};
use crate::style::values::{Absolute, Color, Ident, Input, Integer, Keyword, Optional, Parsed, nothing};

pub(super) const LONGHANDS: &[Longhand] = &[
    longhand!("break-before", Keyword<Break> => fragmentation.before),
    longhand!("break-after", Keyword<Break> => fragmentation.after),
    longhand!("break-inside", Keyword<BreakInside> => fragmentation.inside),
    longhand!("box-decoration-break", Keyword<DecorationBreak> => fragmentation.decoration),
    longhand!("page", Optional<Ident, { nothing::AUTO }> => fragmentation.page),
    longhand!("column-count", Optional<Integer<u16>, { nothing::AUTO }> => fragmentation.column_count),
    longhand!("column-width", Optional<Absolute, { nothing::AUTO }> => fragmentation.column_width),
    longhand!("column-rule-width", LineWidth => fragmentation.column_rule.width),
    longhand!("column-rule-style", Keyword<BorderStyle> => fragmentation.column_rule.style),
    longhand!("column-rule-color", Color => fragmentation.column_rule.color),
    longhand!("column-fill", Keyword<ColumnFill> => fragmentation.column_fill),
    longhand!("column-span", Keyword<ColumnSpan> => fragmentation.column_span),
];

pub(super) const SHORTHANDS: &[Shorthand] = &[
    any_order!(
        "column-rule",
        "column-rule-width" = "medium",
        "column-rule-style" = "none",
        "column-rule-color" = "currentcolor"
    ),
    Shorthand { name: "columns", longhands: &["column-width", "column-count"], parse: columns },
    Shorthand {
        name: "page-break-before",
        longhands: &["break-before"],
        parse: |input, expansion| legacy_break(input, expansion, "break-before"),
    },
    Shorthand {
        name: "page-break-after",
        longhands: &["break-after"],
        parse: |input, expansion| legacy_break(input, expansion, "break-after"),
    },
    super::shorthand::alias!("page-break-inside", "break-inside"),
];

/// `columns`: a width and a count in any order. `auto` is for whichever the other value is not.
fn columns(input: &mut Input<'_>, expansion: &mut Expansion) -> Parsed<()> {
    let auto = |input: &mut Input<'_>| input.try_parse(|input| input.expect_ident_matching("auto")).is_ok();
    let mut any = auto(input);
    let (mut width, mut count) = (false, false);
    loop {
        if !count && expansion.try_parse("column-count", input) {
            count = true;
        } else if !width && expansion.try_parse("column-width", input) {
            width = true;
        } else if !auto(input) {
            break;
        }
        any = true;
    }
    if !any {
        return expansion.parse("column-count", input);
    }
    for (given, name) in [(width, "column-width"), (count, "column-count")] {
        if !given {
            expansion.set(name, "auto")?;
        }
    }
    Ok(())
}

/// `page-break-*` of CSS 2: `always` is a break between pages.
fn legacy_break(input: &mut Input<'_>, expansion: &mut Expansion, name: &'static str) -> Parsed<()> {
    if input.try_parse(|input| input.expect_ident_matching("always")).is_ok() {
        return expansion.set(name, "page");
    }
    expansion.parse(name, input)
}
