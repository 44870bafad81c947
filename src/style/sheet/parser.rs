//! The rules of a stylesheet.

use std::sync::Arc;

use cssparser::{
    AtRuleParser, CowRcStr, ParseError, ParseErrorKind, ParserState, QualifiedRuleParser, SourceLocation,
    StyleSheetParser,
};

use super::declaration::parse_block;
use super::problem::{Refusal, SheetText, shown};
use super::{Stylesheet, conditions, page};
use crate::config::fields::did_you_mean;
use crate::diag::Diagnostic;
use crate::style::computed::PageSelector;
use crate::style::selector::{self, Buckets, Selector};
use crate::style::values::Input;

pub(super) fn parse(text: &str, file: &str) -> (Stylesheet, Vec<Diagnostic>) {
    let text = Arc::new(SheetText { file: Arc::from(file), source: Arc::from(text) });
    let sheet =
        Stylesheet { blocks: Vec::new(), buckets: Buckets::default(), pages: Vec::new(), text: text.clone() };
    let mut reader = Reader { sheet, problems: Vec::new(), skipped: 0 };
    reader.rules(&mut Input::new(&text.source));
    reader.problems.sort_by_key(|problem| problem.place.as_ref().map(|place| (place.line, place.column)));
    (reader.sheet, reader.problems)
}

/// Reads rules into a stylesheet.
struct Reader {
    sheet: Stylesheet,
    problems: Vec<Diagnostic>,
    /// How many enclosing conditions do not hold: rules are then parsed for their errors only.
    skipped: usize,
}

/// An at-rule up to its block or semicolon.
enum AtRule {
    /// `@media` or `@supports`, and whether it holds.
    Condition(bool),
    Page(Vec<PageSelector>),
    /// One that is left out and has been said.
    Ignored,
}

/// An error that has been said already, or the refusal to be said.
enum Wrong {
    Said,
    Refused(Refusal),
}

impl Reader {
    fn rules(&mut self, input: &mut Input<'_>) {
        let mut failed = Vec::new();
        for rule in StyleSheetParser::new(input, self) {
            if let Err(error) = rule {
                failed.push(error);
            }
        }
        for (error, slice, at) in failed {
            let refusal = match error.kind {
                ParseErrorKind::Custom(Wrong::Said) => continue,
                ParseErrorKind::Custom(Wrong::Refused(refusal)) => refusal,
                ParseErrorKind::Basic(_) => {
                    Refusal::new("invalid-css", format!("`{}` is no rule", shown(slice)), None)
                }
            };
            self.say(at, refusal);
        }
    }

    fn say(&mut self, at: SourceLocation, refusal: Refusal) {
        self.problems.push(self.sheet.text.warning(at, refusal));
    }

    fn at_rule(&mut self, name: &str, input: &mut Input<'_>, at: SourceLocation) -> Result<AtRule, Refusal> {
        let left_out = |why: &str, hint: &str| {
            Refusal::new("unsupported-at-rule", format!("`@{name}` {why}"), Some(hint.to_owned()))
        };
        let refusal = cssparser::match_ignore_ascii_case! { name,
            "media" => {
                let (holds, refusal) = conditions::media(input);
                if let Some(refusal) = refusal {
                    self.say(at, refusal);
                }
                return Ok(AtRule::Condition(holds));
            },
            "supports" => match conditions::supports(input) {
                Ok(holds) => return Ok(AtRule::Condition(holds)),
                Err(_) => Refusal::new("invalid-css", "this is no condition of `@supports`", None),
            },
            "page" => match page::selectors(input) {
                Ok(selectors) => return Ok(AtRule::Page(selectors)),
                Err(error) => super::declaration::invalid("@page", "this selector", error),
            },
            "charset" => return Ok(AtRule::Ignored),
            "import" => left_out("is not followed", "name the stylesheet in the layout's folder instead"),
            "font-face" => left_out("is not needed", "put the font's file into fonts/ and name its family"),
            "layer" | "container" | "scope" | "property" | "namespace" | "counter-style" | "font-feature-values" =>
                left_out("is not supported", "docs/css.md lists what is"),
            "keyframes" | "view-transition" | "starting-style" => left_out("is left out", "nothing moves on paper"),
            _ => {
                if name.starts_with('-') {
                    return Ok(AtRule::Ignored);
                }
                let hint = did_you_mean(name, ["media", "supports", "page"]);
                Refusal::new("unknown-at-rule", format!("`@{name}` is no at-rule that is supported"), hint)
            },
        };
        Err(refusal)
    }
}

impl<'i> AtRuleParser<'i> for Reader {
    type Prelude = AtRule;
    type AtRule = ();
    type Error = Wrong;

    fn parse_prelude(
        &mut self,
        name: CowRcStr<'i>,
        input: &mut Input<'i>,
    ) -> Result<AtRule, ParseError<Wrong>> {
        let mut at = input.current_source_location();
        at.column = at.column.saturating_sub(name.len() as u32 + 1).max(1);
        let rule = self.at_rule(&name, input, at).unwrap_or_else(|refusal| {
            self.say(at, refusal);
            AtRule::Ignored
        });
        while input.next().is_ok() {}
        Ok(rule)
    }

    fn rule_without_block(&mut self, _rule: AtRule, _start: &ParserState) -> Result<(), ()> {
        Ok(())
    }

    fn parse_block(
        &mut self,
        rule: AtRule,
        _start: &ParserState,
        input: &mut Input<'i>,
    ) -> Result<(), ParseError<Wrong>> {
        match rule {
            AtRule::Condition(holds) => {
                self.skipped += usize::from(!holds);
                self.rules(input);
                self.skipped -= usize::from(!holds);
            }
            AtRule::Page(selectors) => {
                let text = self.sheet.text.clone();
                let page = page::body(selectors, input, &text, &mut self.problems);
                if self.skipped == 0 {
                    self.sheet.pages.push(page);
                }
            }
            AtRule::Ignored => while input.next().is_ok() {},
        }
        Ok(())
    }
}

impl<'i> QualifiedRuleParser<'i> for Reader {
    type Prelude = Vec<Selector>;
    type QualifiedRule = ();
    type Error = Wrong;

    fn parse_prelude(&mut self, input: &mut Input<'i>) -> Result<Vec<Selector>, ParseError<Wrong>> {
        let start = input.position();
        selector::parse(input).map_err(|error| {
            while input.next().is_ok() {}
            let text = shown(input.slice_from(start));
            if text.split([' ', ':', '>', ',']).any(|part| part.starts_with('-') && part.len() > 1) {
                return ParseError::custom(Wrong::Said);
            }
            let hint = match error.kind {
                ParseErrorKind::Custom(selector::Refused(hint)) => Some(hint),
                ParseErrorKind::Basic(_) => None,
            };
            let message = format!("the selector `{text}` is not supported: its rule is left out");
            ParseError::custom(Wrong::Refused(Refusal::new("invalid-selector", message, hint)))
        })
    }

    fn parse_block(
        &mut self,
        selectors: Vec<Selector>,
        _start: &ParserState,
        input: &mut Input<'i>,
    ) -> Result<(), ParseError<Wrong>> {
        let text = self.sheet.text.clone();
        let block = parse_block(input, &text, &mut self.problems);
        if self.skipped == 0 {
            let rule = self.sheet.blocks.len() as u32;
            selectors.iter().for_each(|selector| self.sheet.buckets.add(selector, rule));
            self.sheet.blocks.push(block);
        }
        Ok(())
    }
}
