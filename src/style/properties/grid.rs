//! CSS Grid Layout 2.

use std::sync::Arc;

use cssparser::Token;

use super::tracks::{Entry, Track, TrackList, Tracks, names};
use super::{Expansion, Longhand, Shorthand, longhand};
use crate::style::computed::{self, GridFlow};
use crate::style::values::{Context, Error, Input, Invalid, Parsed, Specified};

pub(super) const LONGHANDS: &[Longhand] = &[
    longhand!("grid-template-columns", TrackList => grid.columns),
    longhand!("grid-template-rows", TrackList => grid.rows),
    longhand!("grid-auto-columns", Tracks => grid.auto_columns),
    longhand!("grid-auto-rows", Tracks => grid.auto_rows),
    longhand!("grid-auto-flow", Flow => grid.flow),
    longhand!("grid-template-areas", Areas => grid.areas),
    longhand!("grid-column-start", Line => grid.column_start),
    longhand!("grid-column-end", Line => grid.column_end),
    longhand!("grid-row-start", Line => grid.row_start),
    longhand!("grid-row-end", Line => grid.row_end),
];

pub(super) const SHORTHANDS: &[Shorthand] = &[
    Shorthand {
        name: "grid-column",
        longhands: &["grid-column-start", "grid-column-end"],
        parse: |input, expansion| lines(input, expansion, &["grid-column-start", "grid-column-end"]),
    },
    Shorthand {
        name: "grid-row",
        longhands: &["grid-row-start", "grid-row-end"],
        parse: |input, expansion| lines(input, expansion, &["grid-row-start", "grid-row-end"]),
    },
    Shorthand { name: "grid-area", longhands: AREA, parse: |input, expansion| lines(input, expansion, AREA) },
    Shorthand {
        name: "grid-template",
        longhands: &["grid-template-columns", "grid-template-rows", "grid-template-areas"],
        parse: template,
    },
    Shorthand { name: "grid", longhands: GRID, parse: grid },
];

const AREA: &[&str] = &["grid-row-start", "grid-column-start", "grid-row-end", "grid-column-end"];
const GRID: &[&str] = &[
    "grid-template-columns",
    "grid-template-rows",
    "grid-template-areas",
    "grid-auto-columns",
    "grid-auto-rows",
    "grid-auto-flow",
];

/// Lines with slashes between. One that is left out is the name of the one across from it, or `auto`
/// (section 8.4).
fn lines(input: &mut Input<'_>, expansion: &mut Expansion, names: &[&'static str]) -> Parsed<()> {
    let mut given = vec![Line::parse(input)?];
    while given.len() < names.len() && input.try_parse(|input| input.expect_delim('/')).is_ok() {
        given.push(Line::parse(input)?);
    }
    for (index, name) in names.iter().enumerate() {
        let line = given.get(index).cloned().unwrap_or_else(|| {
            let across = if names.len() == 4 && index >= 2 { index - 2 } else { 0 };
            match &given.get(across).unwrap_or(&given[0]).0 {
                computed::GridLine::Named(name, 1) => Line(computed::GridLine::Named(name.clone(), 1)),
                _ => Line(computed::GridLine::Auto),
            }
        });
        let name = *name;
        expansion.put(
            name,
            Box::new(move |style, _| {
                let grid = Arc::make_mut(&mut style.grid);
                let line = line.0.clone();
                match name {
                    "grid-column-start" => grid.column_start = line,
                    "grid-column-end" => grid.column_end = line,
                    "grid-row-start" => grid.row_start = line,
                    _ => grid.row_end = line,
                }
            }),
        );
    }
    Ok(())
}

/// `grid-template`: rows over columns, or strings of areas with the size of each row.
fn template(input: &mut Input<'_>, expansion: &mut Expansion) -> Parsed<()> {
    if input.try_parse(|input| input.expect_ident_matching("none")).is_ok() {
        for name in &GRID[..3] {
            expansion.set(name, "none")?;
        }
        return Ok(());
    }
    let (start, before) = (input.state(), expansion.0.len());
    // The names of a line may stand before a string too, so that only the slash tells.
    let slash = |input: &mut Input<'_>| input.try_parse(|input| input.expect_delim('/')).is_ok();
    if expansion.try_parse("grid-template-rows", input) && slash(input) {
        expansion.set("grid-template-areas", "none")?;
        return expansion.parse("grid-template-columns", input);
    }
    expansion.0.truncate(before);
    input.reset(&start);
    let (mut strings, mut rows) = (Vec::new(), Vec::new());
    loop {
        if let Ok(names) = input.try_parse(names) {
            rows.push(Entry::Names(names));
        }
        let Ok(row) = input.try_parse(|input| input.expect_string_cloned()) else { break };
        strings.push(area_row(&row)?);
        rows.push(Entry::Track(input.try_parse(Track::parse).unwrap_or(Track::AUTO)));
    }
    let areas = Areas::of(strings)?;
    let rows = TrackList(rows);
    expansion.put(
        "grid-template-areas",
        Box::new(move |style, context| {
            Arc::make_mut(&mut style.grid).areas = areas.compute(context);
        }),
    );
    expansion.put(
        "grid-template-rows",
        Box::new(move |style, context| {
            Arc::make_mut(&mut style.grid).rows = rows.compute(context);
        }),
    );
    if slash(input) {
        expansion.parse("grid-template-columns", input)
    } else {
        expansion.set("grid-template-columns", "none")
    }
}

/// `grid`: a template, or tracks on one axis and `auto-flow` on the other (section 7.8).
fn grid(input: &mut Input<'_>, expansion: &mut Expansion) -> Parsed<()> {
    for (name, initial) in
        [("grid-auto-columns", "auto"), ("grid-auto-rows", "auto"), ("grid-auto-flow", "row")]
    {
        expansion.set(name, initial)?;
    }
    expansion.set("grid-template-areas", "none")?;
    if let Ok(dense) = input.try_parse(auto_flow) {
        expansion.set("grid-auto-flow", if dense { "row dense" } else { "row" })?;
        expansion.try_parse("grid-auto-rows", input);
        input.expect_delim('/')?;
        expansion.set("grid-template-rows", "none")?;
        return expansion.parse("grid-template-columns", input);
    }
    let columns = input.try_parse(|input| {
        expansion.parse("grid-template-rows", input)?;
        input.expect_delim('/')?;
        let dense = auto_flow(input)?;
        expansion.set("grid-auto-flow", if dense { "column dense" } else { "column" })?;
        expansion.try_parse("grid-auto-columns", input);
        expansion.set("grid-template-columns", "none")
    });
    columns.or_else(|_| template(input, expansion))
}

/// `auto-flow` and `dense` in any order.
fn auto_flow(input: &mut Input<'_>) -> Parsed<bool> {
    let dense = |input: &mut Input<'_>| input.try_parse(|input| input.expect_ident_matching("dense")).is_ok();
    let before = dense(input);
    input.expect_ident_matching("auto-flow")?;
    Ok(dense(input) || before)
}

/// `grid-auto-flow`.
struct Flow(GridFlow);

impl Specified for Flow {
    type Computed = GridFlow;

    fn parse(input: &mut Input<'_>) -> Parsed<Self> {
        let (mut column, mut dense, mut any) = (false, false, false);
        while let Ok(word) = input.try_parse(|input| input.expect_ident_cloned()) {
            any = true;
            cssparser::match_ignore_ascii_case! { &word,
                "row" => {},
                "column" => column = true,
                "dense" => dense = true,
                _ => return Err(Invalid::because("row or column, and dense")),
            }
        }
        if !any {
            return Err(Error::unexpected_token());
        }
        Ok(Self(match (column, dense) {
            (false, false) => GridFlow::Row,
            (true, false) => GridFlow::Column,
            (false, true) => GridFlow::RowDense,
            (true, true) => GridFlow::ColumnDense,
        }))
    }

    fn compute(&self, _context: &Context<'_>) -> GridFlow {
        self.0
    }
}

/// `grid-template-areas`.
struct Areas(Vec<Vec<Option<Arc<str>>>>);

impl Areas {
    fn of(rows: Vec<Vec<Option<Arc<str>>>>) -> Parsed<Self> {
        if rows.is_empty() {
            return Err(Error::unexpected_token());
        }
        if rows.iter().any(|row| row.len() != rows[0].len()) {
            return Err(Invalid::because("every row of areas has as many names as the first"));
        }
        Ok(Self(rows))
    }
}

fn area_row(text: &str) -> Parsed<Vec<Option<Arc<str>>>> {
    let row: Vec<_> = text
        .split_ascii_whitespace()
        .map(|name| (!name.bytes().all(|byte| byte == b'.')).then(|| Arc::from(name)))
        .collect();
    if row.is_empty() { Err(Error::unexpected_token()) } else { Ok(row) }
}

impl Specified for Areas {
    type Computed = Vec<Vec<Option<Arc<str>>>>;

    fn parse(input: &mut Input<'_>) -> Parsed<Self> {
        if input.try_parse(|input| input.expect_ident_matching("none")).is_ok() {
            return Ok(Self(Vec::new()));
        }
        let mut rows = Vec::new();
        while let Ok(row) = input.try_parse(|input| input.expect_string_cloned()) {
            rows.push(area_row(&row)?);
        }
        Self::of(rows)
    }

    fn compute(&self, _context: &Context<'_>) -> Self::Computed {
        self.0.clone()
    }
}

/// A grid line: `auto`, a number, a name with or without one, or `span`.
#[derive(Clone)]
struct Line(computed::GridLine);

impl Specified for Line {
    type Computed = computed::GridLine;

    fn parse(input: &mut Input<'_>) -> Parsed<Self> {
        let (mut span, mut number, mut name) = (false, None, None);
        loop {
            let start = input.state();
            match input.next() {
                Ok(Token::Number { int_value: Some(value), .. }) if number.is_none() && *value != 0 => {
                    number = Some(i16::try_from(*value).map_err(|_| Error::unexpected_token())?);
                }
                Ok(Token::Ident(word)) if word.eq_ignore_ascii_case("span") && !span => span = true,
                Ok(Token::Ident(word)) if name.is_none() => name = Some(Arc::<str>::from(&**word)),
                _ => {
                    input.reset(&start);
                    break;
                }
            }
        }
        Ok(Self(match (span, number, name) {
            (true, number, None) => {
                let count = u16::try_from(number.unwrap_or(1)).map_err(|_| Error::unexpected_token())?;
                computed::GridLine::Span(count)
            }
            (true, _, Some(_)) => return Err(Invalid::because("span counts lines: span 2")),
            (false, None, Some(name)) if name.eq_ignore_ascii_case("auto") => computed::GridLine::Auto,
            (false, number, Some(name)) => computed::GridLine::Named(name, number.unwrap_or(1)),
            (false, Some(number), None) => computed::GridLine::Line(number),
            (false, None, None) => return Err(Error::unexpected_token()),
        }))
    }

    fn compute(&self, _context: &Context<'_>) -> computed::GridLine {
        self.0.clone()
    }
}
