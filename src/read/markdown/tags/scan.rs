//! The tags in a text, and which of them belong together.

use std::collections::BTreeMap;
use std::ops::Range;

use super::arguments::Arguments;
use crate::read::markdown::code;

/// A tag has so many bytes at most.
const LONGEST: usize = 2000;

/// Names whose text up to the closing tag holds no tags.
const VERBATIM: [&str; 4] = ["raw", "verbatim", "comment", "nomarkdown"];

/// How a tag is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// `{{< name >}}` and `{{% name %}}`: Hugo, Quarto.
    Shortcode,
    /// `{% name %}`: Liquid, Nunjucks, Tera, Markdoc.
    Statement,
    /// `{{ expression }}`.
    Output,
    /// `{# words #}`.
    Comment,
    /// `{{</* name */>}}`: a tag that is written about, as it is to be read.
    Quoted,
}

/// A tag.
#[derive(Debug)]
pub(super) struct Tag<'t> {
    pub form: Form,
    /// Where it stands in the text.
    pub at: Range<usize>,
    /// Its name without the `end` or `/` of one that closes; of an output, the whole expression.
    pub name: &'t str,
    pub arguments: Arguments<'t>,
    pub is_closing: bool,
    /// The tag that closes it, or that it closes.
    pub partner: Option<usize>,
}

/// All tags outside of code, in order.
pub(super) fn tags(text: &str) -> Vec<Tag<'_>> {
    let mut tags: Vec<Tag<'_>> = Vec::new();
    let mut from = 0;
    let mut never_closed: Vec<&str> = Vec::new();
    for part in code::prose(text) {
        let mut at = part.start.max(from);
        while let Some(found) = text.get(at..part.end).and_then(|rest| rest.find('{')) {
            let start = at + found;
            let slashes = text[..start].bytes().rev().take_while(|&byte| byte == b'\\').count();
            match tag(text, start).filter(|_| slashes % 2 == 0) {
                Some(tag) => {
                    let end = tag.at.end;
                    let is_closed = !never_closed.contains(&tag.name) && is_verbatim(&tag);
                    let close = is_closed.then(|| closing_of_verbatim(text, &tag));
                    never_closed.extend((close == Some(None)).then_some(tag.name));
                    at = close.flatten().unwrap_or(end);
                    from = at;
                    tags.push(tag);
                }
                None => at = start + 1,
            }
        }
    }
    pair(&mut tags);
    tags
}

fn is_verbatim(tag: &Tag<'_>) -> bool {
    tag.form == Form::Statement && !tag.is_closing && VERBATIM.contains(&tag.name)
}

/// Where the tag that closes a verbatim one begins.
fn closing_of_verbatim(text: &str, tag: &Tag<'_>) -> Option<usize> {
    let rest = text.get(tag.at.end..)?;
    let closing = format!("end{}", tag.name);
    let found = rest
        .match_indices("{%")
        .map(|(at, _)| at)
        .find(|&at| rest[at + 2..].trim_start_matches('-').trim_start().starts_with(&closing));
    found.map(|found| tag.at.end + found)
}

/// The tag that begins at a byte.
fn tag(text: &str, start: usize) -> Option<Tag<'_>> {
    let rest = &text[start..];
    let (form, open, close) = if rest.starts_with("{{<") {
        (Form::Shortcode, 3, ">}}")
    } else if rest.starts_with("{{%") {
        (Form::Shortcode, 3, "%}}")
    } else if rest.starts_with("{{") {
        (Form::Output, 2, "}}")
    } else if rest.starts_with("{%") {
        (Form::Statement, 2, "%}")
    } else if rest.starts_with("{# ") {
        (Form::Comment, 2, "#}")
    } else {
        return None;
    };
    let end = open + closing(&rest[open..], close, form)?;
    let inner = &rest[open..end];
    let at = start..start + end + close.len();
    let quoted = inner.strip_prefix("/*").and_then(|inner| inner.strip_suffix("*/"));
    if form == Form::Shortcode && quoted.is_some() {
        return Some(Tag::alone(Form::Quoted, at, inner));
    }
    let inner = inner.strip_prefix('-').unwrap_or(inner);
    let inner = inner.strip_suffix('-').unwrap_or(inner).trim();
    match form {
        Form::Output => is_output(inner, rest).then(|| Tag::alone(form, at, inner)),
        Form::Shortcode | Form::Statement => named(form, at, inner),
        Form::Comment | Form::Quoted => Some(Tag::alone(form, at, inner)),
    }
}

/// Where the mark that ends a tag is; none in a string counts.
fn closing(text: &str, mark: &str, form: Form) -> Option<usize> {
    let mut quote = None;
    for (at, sign) in text.char_indices().take_while(|(at, _)| *at < LONGEST) {
        match (quote, sign) {
            (Some(open), sign) if open == sign && !text[..at].ends_with('\\') => quote = None,
            (_, '\n') if text[at + 1..].starts_with(['\n', '\r']) => return None,
            (Some(_), _) => {}
            (None, _) if text[at..].starts_with(mark) => return Some(at),
            (None, '"' | '`') if form != Form::Comment => quote = Some(sign),
            // A tag holds no other tag.
            (None, '{') if text[at + 1..].starts_with(['{', '%']) => return None,
            _ => {}
        }
    }
    // What seemed to begin a string was an inch or an accent.
    let near = text.lines().next().unwrap_or_default();
    near[..near.floor_char_boundary(LONGEST)].find(mark).filter(|_| quote.is_some())
}

/// Whether braces hold an expression, and not the exponent of a formula or a name that somebody fills in by hand.
fn is_output(inner: &str, rest: &str) -> bool {
    let is_spaced = rest[2..].starts_with([' ', '-', '\n']);
    let is_path = inner.contains(['.', '(', '|', '"', '\'']);
    !inner.is_empty() && !inner.contains(['{', '}', '\\', '^']) && (is_spaced || is_path)
}

fn named(form: Form, at: Range<usize>, inner: &str) -> Option<Tag<'_>> {
    let (is_closing, inner) = match inner.strip_prefix('/') {
        Some(inner) => (true, inner.trim_start()),
        None => (false, inner),
    };
    let inner = inner.strip_suffix('/').unwrap_or(inner).trim_end();
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '/');
    let end = inner.find(|c: char| !is_name(c)).unwrap_or(inner.len());
    let (name, arguments) = inner.split_at(end);
    if !name.starts_with(|c: char| c.is_alphabetic()) {
        return None;
    }
    let ends = |name: &&str| form == Form::Statement && !name.is_empty() && arguments.trim().is_empty();
    let (is_closing, name) = match name.strip_prefix("end") {
        Some("") if form == Form::Statement => (true, ""),
        Some(rest) => match Some(rest.trim_start_matches('_')).filter(ends) {
            Some(rest) => (true, rest),
            None => (is_closing, name),
        },
        None => (is_closing, name),
    };
    Some(Tag { form, at, name, arguments: Arguments::of(arguments), is_closing, partner: None })
}

impl<'t> Tag<'t> {
    fn alone(form: Form, at: Range<usize>, inner: &'t str) -> Self {
        Self { form, at, name: inner, arguments: Arguments::default(), is_closing: false, partner: None }
    }
}

/// Tells tags that close which ones they close: the last one of their name that is open, or, of `{% end %}`, any.
fn pair(tags: &mut [Tag<'_>]) {
    let mut open: Vec<usize> = Vec::new();
    let mut names: BTreeMap<(bool, String), usize> = BTreeMap::new();
    for index in 0..tags.len() {
        let tag = &tags[index];
        let key = |tag: &Tag<'_>| (tag.form == Form::Shortcode, tag.name.to_owned());
        if !matches!(tag.form, Form::Shortcode | Form::Statement) {
            continue;
        }
        if !tag.is_closing {
            *names.entry(key(tag)).or_default() += 1;
            open.push(index);
            continue;
        }
        let is_any = tag.name.is_empty();
        if !is_any && names.get(&key(tag)).is_none_or(|&count| count == 0) {
            continue;
        }
        while let Some(opened) = open.pop() {
            let found = key(&tags[opened]);
            let is_own = found == key(&tags[index]);
            names.entry(found).and_modify(|count| *count = count.saturating_sub(1));
            let is_zola =
                is_any && tags[opened].form == Form::Statement && tags[opened].arguments.in_brackets;
            if is_own || is_zola {
                tags[opened].partner = Some(index);
                tags[index].partner = Some(opened);
                break;
            }
        }
    }
}
