//! Handlebars' errors as diagnostics at their place.

use std::fmt;
use std::sync::Arc;

use handlebars::{RenderError, RenderErrorReason, TemplateError};

use super::layout::Layout;
use crate::config::fields::did_you_mean;
use crate::config::value::Source;
use crate::diag::{Diagnostic, Place};

/// A diagnostic on its way through Handlebars, which adds the place.
#[derive(Debug)]
pub(super) struct Fault(pub(super) Diagnostic);

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)
    }
}

impl std::error::Error for Fault {}

impl From<Fault> for RenderError {
    fn from(fault: Fault) -> Self {
        RenderErrorReason::NestedError(Box::new(fault)).into()
    }
}

/// A template that cannot be parsed.
pub(super) fn syntax(error: &TemplateError, source: &Source) -> Diagnostic {
    let reason = error.reason().to_string();
    let reason = reason.strip_prefix("invalid handlebars syntax: ").unwrap_or(&reason);
    let reason = reason.split_whitespace().collect::<Vec<_>>().join(" ");
    let found = Diagnostic::error("template-syntax", format!("the template cannot be read: {reason}"));
    let (line, column) = error.pos().unwrap_or((1, 1));
    found.at(Place::at(source.file.clone(), &source.text, line as u32, column as u32))
}

/// A template that cannot be rendered. `names` are the variables that there are.
pub(super) fn rendering<'n>(
    error: &RenderError,
    layout: &Layout,
    names: impl Iterator<Item = &'n str>,
) -> Diagnostic {
    let (found, variable) = describe(error.reason(), names);
    if found.place.is_some() {
        return found;
    }
    let (Some(line), Some(column)) = (error.line_no, error.column_no) else {
        return found.at(Place::file(layout.file()));
    };
    match source_of(error, layout, variable.as_deref()) {
        Some(source) => found.at(Place::at(source.file.clone(), &source.text, line as u32, column as u32)),
        None => found.at(Place::file(layout.file())),
    }
}

/// The diagnostic without place, and the variable that is missing, if one is.
fn describe<'n>(
    reason: &RenderErrorReason,
    names: impl Iterator<Item = &'n str>,
) -> (Diagnostic, Option<String>) {
    match reason {
        RenderErrorReason::MissingVariable(Some(name)) => (missing_variable(name, names), Some(name.clone())),
        RenderErrorReason::NestedError(inner) => match inner.downcast_ref::<Fault>() {
            Some(fault) => (fault.0.clone(), None),
            None => (Diagnostic::error("template", inner.to_string()), None),
        },
        RenderErrorReason::PartialNotFound(name) => {
            let hint = "a partial is a file NAME.hbs in the layout's folder or in templates/_base/";
            let message = format!("there is no partial `{name}`");
            (Diagnostic::error("missing-partial", message).hint(hint), Some(name.clone()))
        }
        RenderErrorReason::HelperNotFound(name) => {
            let hint = did_you_mean(name, super::helpers::names())
                .unwrap_or_else(|| "a variable takes no parameters".to_owned());
            let message = format!("there is no helper `{name}`");
            (Diagnostic::error("missing-helper", message).hint(hint), Some(name.clone()))
        }
        RenderErrorReason::CannotIncludeSelf => {
            (Diagnostic::error("circular-partial", "this partial includes itself"), None)
        }
        other => (Diagnostic::error("template", other.to_string()), None),
    }
}

/// The diagnostic for a variable that does not exist.
pub(super) fn missing_variable<'n>(name: &str, names: impl Iterator<Item = &'n str>) -> Diagnostic {
    let last = name.rsplit(['.', '/']).next().unwrap_or(name);
    let hint = did_you_mean(last, names.filter(|known| *known != last))
        .unwrap_or_else(|| format!("ask first whether it is there: {{{{#if (has \"{name}\")}}}}"));
    Diagnostic::error("missing-variable", format!("there is no variable `{name}`")).hint(hint)
}

/// The template that an error happened in. Handlebars names the template that was being rendered, which for an
/// inline partial is not the one that it is written in: so look where such a tag stands at that place.
fn source_of<'l>(error: &RenderError, layout: &'l Layout, variable: Option<&str>) -> Option<&'l Arc<Source>> {
    let (line, column) = (error.line_no?, error.column_no?);
    let stands = |source: &&Arc<Source>| {
        let text = source.text.lines().nth(line - 1).unwrap_or_default();
        let tag: String = text.chars().skip(column - 1).collect();
        tag.starts_with("{{") && variable.is_none_or(|name| source.text.contains(name))
    };
    let named = error.template_name.as_deref().and_then(|name| layout.sources.get(name));
    named.filter(stands).or_else(|| layout.sources.values().find(stands)).or(named)
}
