//! Helpers that place parts of the body: `section`, `has-section`, `block`, `lead`, `sections`, `rest`, `body`, `toc`.

use std::ops::Range;

use serde_json::{Value, json};

use super::Call;
use crate::config::fields::did_you_mean;
use crate::diag::Diagnostic;
use crate::template::contents;
use crate::template::faults::Fault;
use crate::template::outline::Section;
use crate::template::placement::Part;
use crate::template::render::Contents;

/// `{{{section "Title"}}}`.
pub(super) fn section(call: &Call<'_, '_, '_>) -> Result<Value, Fault> {
    let title = call.text(0)?;
    match call.page.outline.section(&title) {
        Some(section) if call.is_set("heading") => Ok(mark(call, Part::Blocks(section.blocks.clone()))),
        Some(section) => Ok(mark(call, Part::Blocks(content(section)))),
        None => call.refuse(&title, no_section(call, &title)),
    }
}

/// `(has-section "Title")`.
pub(super) fn has_section(call: &Call<'_, '_, '_>) -> Result<Value, Fault> {
    Ok(json!(call.page.outline.section(&call.text(0)?).is_some()))
}

/// `{{{block "First words"}}}`.
pub(super) fn block(call: &Call<'_, '_, '_>) -> Result<Value, Fault> {
    let words = call.text(0)?;
    let outline = &call.page.outline;
    if let Some(block) = outline.block(&words) {
        return Ok(mark(call, Part::Blocks(block..block + 1)));
    }
    if let Some((list, item)) = outline.item(&words) {
        return Ok(mark(call, Part::Item { list, item }));
    }
    let message = format!("no block of the article begins with `{words}`");
    let begins: Vec<String> = (0..outline.blocks.len()).map(|block| outline.first_words(block)).collect();
    let mut error = Diagnostic::error("missing-block", message);
    error.hint = did_you_mean(&words, begins.iter().map(String::as_str));
    call.refuse(&words, error)
}

/// `{{{lead}}}` and `{{{lead "Title"}}}`.
pub(super) fn lead(call: &Call<'_, '_, '_>) -> Result<Value, Fault> {
    let Some(whole) = range(call)? else { return Ok(json!("")) };
    let blocks = call.page.outline.lead(whole);
    if blocks.is_empty() { Ok(json!("")) } else { Ok(mark(call, Part::Blocks(blocks))) }
}

/// `(sections)` and `(sections "Title")`.
pub(super) fn sections(call: &Call<'_, '_, '_>) -> Result<Value, Fault> {
    let Some(whole) = range(call)? else { return Ok(json!([])) };
    let outline = &call.page.outline;
    let free: Vec<&Section> = {
        let notes = call.page.notes();
        let is_free = |section: &&Section| {
            section.blocks.clone().skip(1).chain([section.blocks.start]).all(|block| !notes.parts.has(block))
        };
        outline.top_sections(whole).filter(is_free).collect()
    };
    let parted: Vec<_> = free.iter().map(|section| outline.numbered(section.blocks.start)).collect();
    let are_counted = parted.iter().all(|(number, _)| number.is_none());
    let list = free.into_iter().zip(parted).enumerate().map(|(at, (section, (number, label)))| {
        let heading = outline.document.inner_html(outline.blocks[section.blocks.start]);
        let number = if are_counted { Some((at + 1).to_string()) } else { number };
        json!({
            "title": section.title,
            "id": section.id.clone().unwrap_or_default(),
            "level": section.level,
            "heading": heading,
            "number": number.unwrap_or_default(),
            "label": label,
            "html": mark(call, Part::Blocks(content(section))),
        })
    });
    Ok(Value::Array(list.collect()))
}

/// `{{{rest}}}` and `{{{body}}}`.
pub(super) fn rest(call: &Call<'_, '_, '_>) -> Result<Value, Fault> {
    Ok(mark(call, Part::Rest))
}

/// `{{{toc}}}`.
pub(super) fn contents(call: &Call<'_, '_, '_>) -> Result<Value, Fault> {
    call.page.notes().contents = Contents::Placed;
    let levels = match call.helper.hash_get("levels").map(|param| call.check(param)).transpose()? {
        Some(value) => match value.as_u64().and_then(|levels| u8::try_from(levels).ok()) {
            Some(levels @ 1..=5) => Some(levels),
            _ => return Err(call.fault(format!("`toc` has from 1 to 5 levels, and not `{value}`"))),
        },
        None => None,
    };
    match call.page.article.meta.toc.or(levels) {
        Some(levels @ 1..) => {
            let title = call.page.around.words.get(&call.page.article.meta.lang, "toc").map_err(Fault)?;
            Ok(contents::placeholder(title, levels).into())
        }
        _ => Ok(json!("")),
    }
}

/// The blocks of the section that the first parameter names, without its heading, or all; nothing where the name
/// was wrong and has been told.
fn range(call: &Call<'_, '_, '_>) -> Result<Option<Range<usize>>, Fault> {
    let outline = &call.page.outline;
    if call.optional(0)?.is_none() {
        return Ok(Some(0..outline.blocks.len()));
    }
    let title = call.text(0)?;
    match outline.section(&title) {
        Some(section) => Ok(Some(content(section))),
        None => call.refuse(&title, no_section(call, &title)).map(|_| None),
    }
}

fn content(section: &Section) -> Range<usize> {
    section.blocks.start + 1..section.blocks.end
}

fn mark(call: &Call<'_, '_, '_>, part: Part) -> Value {
    Value::String(call.page.notes().parts.mark(part))
}

fn no_section(call: &Call<'_, '_, '_>, title: &str) -> Diagnostic {
    let titles: Vec<&str> = call.page.outline.sections.iter().map(|section| section.title.as_str()).collect();
    let hint = did_you_mean(title, titles.iter().copied()).unwrap_or_else(|| match titles.as_slice() {
        [] => "the article has no headings".to_owned(),
        titles => format!("its headings are: {}", titles.join("; ")),
    });
    Diagnostic::error("missing-section", format!("the article has no section `{title}`")).hint(hint)
}
