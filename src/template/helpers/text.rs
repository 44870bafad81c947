//! Helpers about words and numbers: `t`, `markdown`, `initials`, `number`.

use comrak::{Options, markdown_to_html};
use serde_json::Value;

use super::Call;
use crate::template::faults::Fault;

/// `{{t "key"}}`.
pub(super) fn word(call: &Call<'_, '_, '_>) -> Result<Value, Fault> {
    let key = call.text(0)?;
    match call.page.around.words.get(&call.page.article.meta.lang, &key) {
        Ok(word) => Ok(word.into()),
        Err(error) => call.refuse(&key, error),
    }
}

/// `{{{markdown text}}}`.
pub(super) fn markdown(call: &Call<'_, '_, '_>) -> Result<Value, Fault> {
    Ok(to_html(&call.text(0)?).into())
}

/// `{{initials name}}`.
pub(super) fn initials(call: &Call<'_, '_, '_>) -> Result<Value, Fault> {
    Ok(capitals(&call.text(0)?).into())
}

/// `{{number value add=1}}`.
pub(super) fn number(call: &Call<'_, '_, '_>) -> Result<Value, Fault> {
    let value = call.param(0)?;
    let parse = |value: &Value| value.as_f64().or_else(|| value.as_str()?.parse().ok());
    let Some(number) = parse(value) else {
        return Err(call.fault(format!("`number` needs a number, and has `{value}`")));
    };
    let add = call.helper.hash_get("add").and_then(|param| parse(param.value())).unwrap_or_default();
    Ok(localised(number + add, &call.page.article.meta.lang).into())
}

/// Markdown as HTML. Raw HTML in it is shown as text.
fn to_html(text: &str) -> String {
    let mut options = Options::default();
    options.extension.strikethrough = true;
    options.extension.autolink = true;
    options.extension.table = true;
    options.render.escape = true;
    let html = markdown_to_html(text, &options);
    let html = html.trim_end();
    let inline = html.strip_prefix("<p>").and_then(|html| html.strip_suffix("</p>"));
    inline.filter(|inline| !inline.contains("<p>")).unwrap_or(html).to_owned()
}

/// The capitals that the words of a name begin with; particles (`van`, `de`) begin with none.
fn capitals(name: &str) -> String {
    name.split(|c: char| c.is_whitespace() || c == '-')
        .filter_map(|word| word.trim_start_matches(['\'', '’']).chars().next())
        .filter(|first| first.is_uppercase())
        .collect()
}

/// A number with the marks that Unicode CLDR has for the language: decimal comma or point, groups of three.
fn localised(number: f64, lang: &str) -> String {
    let (decimal, group) = match lang.split('-').next().unwrap_or_default() {
        "en" => ('.', ','),
        "fr" => (',', '\u{202f}'),
        _ => (',', '.'),
    };
    let plain = number.abs().to_string();
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    let mut text = String::new();
    if number < 0.0 {
        text.push('\u{2212}');
    }
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            text.push(group);
        }
        text.push(digit);
    }
    if !fraction.is_empty() {
        text.push(decimal);
        text.push_str(fraction);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_paragraph_of_markdown_is_inline() {
        assert_eq!(to_html("a *b* <i>"), "a <em>b</em> &lt;i&gt;");
        assert_eq!(to_html("a\n\nb"), "<p>a</p>\n<p>b</p>");
        assert_eq!(to_html("- a"), "<ul>\n<li>a</li>\n</ul>");
    }

    #[test]
    fn initials_leave_particles_out() {
        assert_eq!(capitals("Ruben van Wendel de Joode"), "RWJ");
        assert_eq!(capitals("Anne-Marie ’t Hart"), "AMH");
        assert_eq!(capitals("Élise"), "É");
    }

    #[test]
    fn numbers_follow_the_language() {
        assert_eq!(localised(1_234_567.5, "nl"), "1.234.567,5");
        assert_eq!(localised(1_234.0, "en-GB"), "1,234");
        assert_eq!(localised(-100.0, "fr"), "\u{2212}100");
        assert_eq!(localised(0.25, "de"), "0,25");
    }
}
