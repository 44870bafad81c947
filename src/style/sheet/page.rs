//! `@page` (CSS Paged Media 3): its selectors, the size of the sheet, the margin boxes, and the footnote area
//! (CSS Generated Content for Paged Media, section 2.4).

use std::sync::Arc;

use cssparser::{
    AtRuleParser, CowRcStr, DeclarationParser, ParseError, ParserState, QualifiedRuleParser,
    RuleBodyItemParser, RuleBodyParser, Token,
};

use super::declaration::{Block, Body, Said, parse_block};
use super::problem::{Refusal, SheetText, shown};
use crate::config::fields::did_you_mean;
use crate::diag::Diagnostic;
use crate::geom::Size;
use crate::style::computed::{Bleed, MarginBox, Marks, PageSelector, PageSide};
use crate::style::values::{Error, Input, Invalid, parse_length};
use crate::units::{Mm, Px};

/// An `@page` rule as written.
pub(crate) struct PageSource {
    pub selectors: Vec<PageSelector>,
    /// What is said of the sheet.
    pub sheet: SheetSource,
    /// What it declares of the page box, margins included.
    pub block: Block,
    /// What it declares of its margin boxes.
    pub boxes: Vec<(MarginBox, Block)>,
    /// What it declares of its footnote area.
    pub notes: Vec<Block>,
}

/// A part of a page that has a rule of its own inside `@page`.
enum Area {
    Margin(MarginBox),
    Footnotes,
}

/// The name of the rule of the footnote area.
const FOOTNOTE: &str = "footnote";

/// What an `@page` rule says of the sheet and of what is around it.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct SheetSource {
    /// `size`.
    pub size: Option<Size>,
    /// `bleed`.
    pub bleed: Option<Bleed>,
    /// `marks`.
    pub marks: Option<Marks>,
}

/// Parses the selectors of `@page`.
pub(super) fn selectors(input: &mut Input<'_>) -> Result<Vec<PageSelector>, Error> {
    if input.is_exhausted() {
        return Ok(vec![PageSelector::default()]);
    }
    input.parse_comma_separated(|input| {
        let mut selector = PageSelector::default();
        if let Ok(name) = input.try_parse(|input| input.expect_ident_cloned()) {
            selector.name = Some(Arc::from(&*name));
        }
        while input.try_parse(|input| input.expect_colon()).is_ok() {
            cssparser::match_ignore_ascii_case! { input.expect_ident()?,
                "first" => selector.first = true,
                "blank" => selector.blank = true,
                "left" => selector.side = Some(PageSide::Left),
                "right" => selector.side = Some(PageSide::Right),
                _ => return Err(Invalid::because("a page is :first, :left, :right or :blank")),
            }
        }
        Ok(selector)
    })
}

/// Parses the body of `@page`.
pub(super) fn body(
    selectors: Vec<PageSelector>,
    input: &mut Input<'_>,
    text: &Arc<SheetText>,
    problems: &mut Vec<Diagnostic>,
) -> PageSource {
    let body = Body { declarations: Vec::new(), text: text.clone(), problems };
    let mut page = PageBody { body, sheet: SheetSource::default(), boxes: Vec::new(), notes: Vec::new() };
    for item in RuleBodyParser::new(input, &mut page).collect::<Vec<_>>() {
        if let Err((error, slice, at)) = item {
            page.body.stray(&error, slice, at);
        }
    }
    let block = Block { declarations: page.body.declarations, text: text.clone() };
    PageSource { selectors, sheet: page.sheet, block, boxes: page.boxes, notes: page.notes }
}

struct PageBody<'a> {
    body: Body<'a>,
    sheet: SheetSource,
    boxes: Vec<(MarginBox, Block)>,
    notes: Vec<Block>,
}

/// `size` (CSS Paged Media 3, section 7.1).
fn size(input: &mut Input<'_>) -> Result<Size, Error> {
    let (mut named, mut landscape, mut lengths) = (None, None, Vec::new());
    while let Ok(token) = input.next().cloned() {
        match &token {
            Token::Ident(word) => cssparser::match_ignore_ascii_case! { word,
                "portrait" => landscape = Some(false),
                "landscape" => landscape = Some(true),
                "auto" => named = Some(sheet("a4").unwrap_or_default()),
                _ => named = Some(sheet(word).ok_or_else(|| {
                    Invalid::because("A3, A4, A5, A6, B4, B5, letter, legal or ledger, or two lengths")
                })?),
            },
            token => {
                let length = parse_length(token)?;
                if length.percent != 0.0 || length.em != 0.0 || length.line != 0.0 || length.px <= 0.0 {
                    return Err(Invalid::because("the size of a sheet is in absolute lengths above 0"));
                }
                lengths.push(Px(length.px + length.rem * 16.0));
            }
        }
    }
    let size = match (named, &*lengths) {
        (Some(size), []) => size,
        (None, [side]) => Size::new(*side, *side),
        (None, [width, height]) => Size::new(*width, *height),
        (None, []) if landscape.is_some() => sheet("a4").unwrap_or_default(),
        _ => return Err(Error::unexpected_token()),
    };
    let (short, long) = (size.width.min(size.height), size.width.max(size.height));
    Ok(match landscape {
        None => size,
        Some(false) => Size::new(short, long),
        Some(true) => Size::new(long, short),
    })
}

/// `bleed` (section 7.3).
fn bleed(input: &mut Input<'_>) -> Result<Bleed, Error> {
    if input.try_parse(|input| input.expect_ident_matching("auto")).is_ok() {
        return Ok(Bleed::Auto);
    }
    let token = input.next()?.clone();
    let length = parse_length(&token)?;
    if !length.is_absolute() || length.px < 0.0 {
        return Err(Invalid::because("an absolute length from 0, or auto"));
    }
    Ok(Bleed::Length(Px(length.px)))
}

/// `marks` (section 7.2).
fn marks(input: &mut Input<'_>) -> Result<Marks, Error> {
    if input.try_parse(|input| input.expect_ident_matching("none")).is_ok() {
        return Ok(Marks::default());
    }
    let mut marks = Marks::default();
    while !input.is_exhausted() {
        cssparser::match_ignore_ascii_case! { input.expect_ident()?,
            "crop" => marks.crop = true,
            "cross" => marks.cross = true,
            _ => return Err(Invalid::because("crop, cross, both, or none")),
        }
    }
    if marks.is_none() { Err(Invalid::because("crop, cross, both, or none")) } else { Ok(marks) }
}

/// The sheet with this name, upright (ISO 216, and the North American ones in inches).
fn sheet(name: &str) -> Option<Size> {
    let mm = |width, height| Some(Size::new(Px::from(Mm(width)), Px::from(Mm(height))));
    let inches = |width: f32, height: f32| Some(Size::new(Px(width * 96.0), Px(height * 96.0)));
    cssparser::match_ignore_ascii_case! { name,
        "a3" => mm(297.0, 420.0),
        "a4" => mm(210.0, 297.0),
        "a5" => mm(148.0, 210.0),
        "a6" => mm(105.0, 148.0),
        "b4" => mm(250.0, 353.0),
        "b5" => mm(176.0, 250.0),
        "letter" => inches(8.5, 11.0),
        "legal" => inches(8.5, 14.0),
        "ledger" => inches(11.0, 17.0),
        _ => None,
    }
}

impl<'i> DeclarationParser<'i> for PageBody<'_> {
    type Declaration = ();
    type Error = Said;

    fn parse_value(
        &mut self,
        name: CowRcStr<'i>,
        input: &mut Input<'i>,
        start: &ParserState,
    ) -> Result<(), ParseError<Said>> {
        let at = start.source_location();
        let value = input.position();
        let sheet = &mut self.sheet;
        let (name, read) = cssparser::match_ignore_ascii_case! { &name,
            "size" => ("size", size(input).map(|size| sheet.size = Some(size))),
            "bleed" => ("bleed", bleed(input).map(|bleed| sheet.bleed = Some(bleed))),
            "marks" => ("marks", marks(input).map(|marks| sheet.marks = Some(marks))),
            _ => return self.body.declare(&name, input, at),
        };
        let read = read.and_then(|()| Ok(input.expect_exhausted()?));
        if let Err(error) = read {
            while input.next().is_ok() {}
            let refusal = super::declaration::invalid(name, input.slice_from(value), error);
            self.body.problems.push(self.body.text.warning(at, refusal));
        }
        Ok(())
    }
}

impl<'i> AtRuleParser<'i> for PageBody<'_> {
    type Prelude = Area;
    type AtRule = ();
    type Error = Said;

    fn parse_prelude(&mut self, name: CowRcStr<'i>, input: &mut Input<'i>) -> Result<Area, ParseError<Said>> {
        if name.eq_ignore_ascii_case(FOOTNOTE) {
            return Ok(Area::Footnotes);
        }
        let at = input.current_source_location();
        MarginBox::from_keyword(&name).map(Area::Margin).ok_or_else(|| {
            let hint = did_you_mean(&name, MarginBox::KEYWORDS.iter().copied().chain([FOOTNOTE]));
            let message = format!("`@{}` is no margin box of a page", shown(&name));
            let refusal = Refusal::new("unknown-at-rule", message, hint);
            self.body.problems.push(self.body.text.warning(at, refusal));
            ParseError::custom(Said)
        })
    }

    fn parse_block(
        &mut self,
        area: Area,
        _start: &ParserState,
        input: &mut Input<'i>,
    ) -> Result<(), ParseError<Said>> {
        let text = self.body.text.clone();
        let block = parse_block(input, &text, self.body.problems);
        match area {
            Area::Margin(margin_box) => self.boxes.push((margin_box, block)),
            Area::Footnotes => self.notes.push(block),
        }
        Ok(())
    }
}

impl QualifiedRuleParser<'_> for PageBody<'_> {
    type Prelude = ();
    type QualifiedRule = ();
    type Error = Said;
}

impl RuleBodyItemParser<'_, (), Said> for PageBody<'_> {
    fn parse_declarations(&self) -> bool {
        true
    }

    fn parse_qualified(&self) -> bool {
        false
    }
}
