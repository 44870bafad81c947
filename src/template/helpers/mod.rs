//! The helpers that layouts have beside those of Handlebars (`if unless each with lookup`, `eq ne gt gte lt lte and
//! or not len`).
//!
//! | helper | gives |
//! |---|---|
//! | `{{{section "Title"}}}` | the content of the section, without its heading; `heading=true` with it |
//! | `(has-section "Title")` | whether the article has that section |
//! | `{{{block "First words"}}}` | the block, or the content of the list item, that begins with these words |
//! | `{{#into "First words"}}…{{else}}…{{/into}}` | puts what it holds at the beginning of that block (before a paragraph), wherever the block is placed; without such a block, what stands behind `else` in its own place |
//! | `{{{lead}}}`, `{{{lead "Title"}}}` | the blocks before the first heading, of the body or of a section |
//! | `{{#each (sections)}}`, `(sections "Title")` | `title id level number label html` of each section not yet taken by name, of the body or directly in a section; `heading` is the HTML in its heading, `number` and `label` are its two parts; where no heading has a number, its place in the row |
//! | `{{{rest}}}`, `{{{body}}}` | all that no other part takes |
//! | `{{{toc}}}` | a table of contents where the metadata asks for one; `levels=2` makes it so deep, and asks for it |
//! | `(has "key")`, `(has "key" this)` | whether the variable is there and not empty |
//! | `(list value)` | a list as it is, anything else as a list of one |
//! | `{{default value "other"}}` | the value, or the other where it is missing or empty |
//! | `{{t "key"}}` | a fixed word in the article's language |
//! | `{{date date "long"}}` | a date: `long`, `short` or `iso`, in the article's language |
//! | `{{number value}}` | a number in the article's language; `add=1` adds to it |
//! | `{{initials name}}` | the capitals that a name begins with, without its particles |
//! | `{{{markdown text}}}` | Markdown as HTML, inline where it is one paragraph |
//! | `{{{svg "file.svg" alt="…"}}}` | an SVG of the layout or of the article, inline; `class="…"` |
//! | `{{{qr "https://…"}}}` | a QR code as inline SVG; `title="…"` says what it is |
//!
//! A variable that has the name of a helper is meant where the helper cannot be: `{{date}}` in a loop over things
//! that have a `date`.

mod dates;
mod into;
mod lists;
mod pictures;
mod place;
pub(super) mod qr;
mod text;

use handlebars::{
    Context, Handlebars, Helper, HelperDef, PathAndJson, RenderContext, RenderError, ScopedJson,
};
use serde_json::Value;

use super::faults::{self, Fault};
use super::render::Page;
use crate::diag::Diagnostic;

/// What a helper does with its call.
type Action = fn(&Call<'_, '_, '_>) -> Result<Value, Fault>;

const HELPERS: [(&str, Action); 18] = [
    ("section", place::section),
    ("has-section", place::has_section),
    ("block", place::block),
    ("lead", place::lead),
    ("sections", place::sections),
    ("rest", place::rest),
    ("body", place::rest),
    ("toc", place::contents),
    ("has", lists::has),
    ("list", lists::list),
    ("default", lists::default),
    ("t", text::word),
    ("markdown", text::markdown),
    ("initials", text::initials),
    ("number", text::number),
    ("date", dates::date),
    ("svg", pictures::svg),
    ("qr", qr::qr),
];

/// The names of the helpers, for hints.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    HELPERS.iter().map(|(name, _)| *name).chain(["into"])
}

/// Makes the helpers known to one rendering.
pub(super) fn register<'reg: 'rc, 'rc>(state: &mut RenderContext<'reg, 'rc>, page: &'rc Page<'rc>) {
    for (name, action) in HELPERS {
        state.register_local_helper(name, Box::new(Bound { action, page }));
    }
    state.register_local_helper("into", Box::new(into::Into { page }));
}

/// A helper of one rendering.
struct Bound<'p> {
    action: Action,
    page: &'p Page<'p>,
}

impl HelperDef for Bound<'_> {
    fn call_inner<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        context: &'rc Context,
        state: &mut RenderContext<'reg, 'rc>,
    ) -> Result<ScopedJson<'rc>, RenderError> {
        let lookup = |path: &str| match state.context() {
            Some(context) => {
                state.evaluate(&context, path).ok().and_then(|found| found_value(found.as_json(), &found))
            }
            None => state.evaluate(context, path).ok().and_then(|found| found_value(found.as_json(), &found)),
        };
        let call = Call { helper, page: self.page, lookup: &lookup };
        // `{{block}}` in a loop over things that have a `block` means that; a bare `{{date}}` is written out, and
        // `toc` of the metadata is for the helper.
        let is_bare = helper.params().is_empty()
            && helper.hash().is_empty()
            && !matches!(helper.name(), "date" | "toc");
        if is_bare && let Some(value @ (Value::String(_) | Value::Number(_))) = lookup(helper.name()) {
            return Ok(value.into());
        }
        Ok((self.action)(&call)?.into())
    }
}

fn found_value(value: &Value, found: &ScopedJson<'_>) -> Option<Value> {
    (!found.is_missing()).then(|| value.clone())
}

/// One call of a helper.
struct Call<'c, 'rc, 'p> {
    helper: &'c Helper<'rc>,
    page: &'p Page<'p>,
    lookup: &'c dyn Fn(&str) -> Option<Value>,
}

impl Call<'_, '_, '_> {
    /// The parameter at `index`, if it is given.
    ///
    /// # Errors
    /// A variable that does not exist.
    fn optional(&self, index: usize) -> Result<Option<&Value>, Fault> {
        self.helper.param(index).map(|param| self.check(param)).transpose()
    }

    /// The parameter at `index`.
    ///
    /// # Errors
    /// A parameter that is not given, or a variable that does not exist.
    fn param(&self, index: usize) -> Result<&Value, Fault> {
        let missing = || self.fault(format!("`{}` needs {}", self.helper.name(), ORDINALS[index.min(2)]));
        self.optional(index)?.ok_or_else(missing)
    }

    /// The text of the parameter at `index`; a number counts.
    ///
    /// # Errors
    /// As [`Self::param`], and a parameter that is no text.
    fn text(&self, index: usize) -> Result<String, Fault> {
        match self.param(index)? {
            Value::String(text) => Ok(text.clone()),
            Value::Number(number) => Ok(number.to_string()),
            _ => Err(self.fault(format!("`{}` needs a text", self.helper.name()))),
        }
    }

    /// The text of a named parameter.
    fn option(&self, name: &str) -> Result<Option<String>, Fault> {
        let Some(param) = self.helper.hash_get(name) else { return Ok(None) };
        match self.check(param)? {
            Value::String(text) => Ok(Some(text.clone())),
            _ => Err(self.fault(format!("`{name}=` of `{}` must be a text", self.helper.name()))),
        }
    }

    /// Whether a named parameter is `true`.
    fn is_set(&self, name: &str) -> bool {
        self.helper.hash_get(name).is_some_and(|param| param.value() == &Value::Bool(true))
    }

    fn check<'v>(&self, param: &'v PathAndJson<'_>) -> Result<&'v Value, Fault> {
        match param.relative_path() {
            Some(path) if param.is_value_missing() => {
                Err(Fault(faults::missing_variable(path, self.page.names().into_iter())))
            }
            _ => Ok(param.value()),
        }
    }

    fn fault(&self, message: String) -> Fault {
        Fault(Diagnostic::error("helper", message))
    }

    /// An error about a text that may have come from the metadata: it is told there if so, and rendering goes on;
    /// else at the helper's place in the template.
    fn refuse(&self, text: &str, error: Diagnostic) -> Result<Value, Fault> {
        let is_written_here = self.helper.param(0).is_some_and(|param| param.relative_path().is_none());
        match self.page.place_of(text).filter(|_| !is_written_here) {
            Some(place) => {
                self.page.notes().problems.push(error.at(place));
                Ok(Value::String(String::new()))
            }
            None => Err(Fault(error)),
        }
    }
}

const ORDINALS: [&str; 3] = ["a parameter", "a second parameter", "more parameters"];

/// Whether a value counts as there: not `null`, nor an empty text, list or map.
fn is_full(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Object(map) => !map.is_empty(),
        Value::Bool(_) | Value::Number(_) => true,
    }
}
