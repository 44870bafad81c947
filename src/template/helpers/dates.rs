//! The helper `date`: dates in the article's language, as Unicode CLDR writes them. There is no clock.

use serde_json::Value;

use super::Call;
use crate::diag::Diagnostic;
use crate::read::{Date, months};
use crate::template::faults::Fault;

/// `{{date date "long"}}`; `{{date}}` is the article's own, long.
pub(super) fn date(call: &Call<'_, '_, '_>) -> Result<Value, Fault> {
    let text = match call.helper.param(0) {
        Some(_) => call.text(0)?,
        None => match (call.lookup)("date") {
            Some(Value::String(text)) => text,
            _ => return Err(call.fault("`date` needs a date, and the article has none".to_owned())),
        },
    };
    let form = match call.optional(1)? {
        None => Form::Long,
        Some(Value::String(name)) => match name.as_str() {
            "long" => Form::Long,
            "short" => Form::Short,
            "iso" => Form::Iso,
            other => return Err(call.fault(format!("a date is `long`, `short` or `iso`, not `{other}`"))),
        },
        Some(_) => return Err(call.fault("a date is `long`, `short` or `iso`".to_owned())),
    };
    match Date::parse(&text) {
        Some(date) => Ok(write(date, form, &call.page.article.meta.lang).into()),
        None => {
            let error = Diagnostic::error("invalid-date", format!("`{text}` is not a date"));
            call.refuse(&text, error.hint("write it as `2026-11-21`"))
        }
    }
}

/// How a date is written.
#[derive(Clone, Copy)]
enum Form {
    Long,
    Short,
    Iso,
}

/// The months and the order of a language.
struct Language {
    tag: &'static str,
    months: [&'static str; 12],
    /// The short form with the signs `d`, `m` and `y` for two, two and four digits.
    short: &'static str,
}

const LANGUAGES: [Language; 6] = [
    Language { tag: "nl", months: months::DUTCH, short: "d-m-y" },
    Language { tag: "en", months: months::ENGLISH, short: "d/m/y" },
    Language { tag: "de", months: months::GERMAN, short: "d.m.y" },
    Language { tag: "fr", months: months::FRENCH, short: "d/m/y" },
    Language { tag: "es", months: months::SPANISH, short: "d/m/y" },
    Language { tag: "it", months: months::ITALIAN, short: "d/m/y" },
];

/// Writes a date. A language that is not known here has its dates in ISO 8601.
fn write(date: Date, form: Form, lang: &str) -> String {
    let tag = lang.split('-').next().unwrap_or_default();
    let language = LANGUAGES.iter().find(|language| language.tag.eq_ignore_ascii_case(tag));
    match (form, language) {
        (Form::Iso, _) | (_, None) => iso(date),
        (Form::Short, Some(language)) => short(date, language, lang.eq_ignore_ascii_case("en-US")),
        (Form::Long, Some(language)) => long(date, language, lang),
    }
}

fn iso(date: Date) -> String {
    let month = date.month.map(|month| format!("-{month:02}")).unwrap_or_default();
    let day = date.day.map(|day| format!("-{day:02}")).unwrap_or_default();
    format!("{:04}{month}{day}", date.year)
}

fn short(date: Date, language: &Language, is_american: bool) -> String {
    let pattern = if is_american { "m/d/y" } else { language.short };
    let separator = pattern.trim_start_matches(['d', 'm']).chars().next().unwrap_or('-');
    let parts = pattern.split(separator).filter_map(|sign| match sign {
        "d" => date.day.map(|day| format!("{day:02}")),
        "m" => date.month.map(|month| format!("{month:02}")),
        _ => Some(format!("{:04}", date.year)),
    });
    parts.collect::<Vec<_>>().join(&separator.to_string())
}

fn long(date: Date, language: &Language, lang: &str) -> String {
    let Some(month) = date.month.and_then(|month| language.months.get(usize::from(month) - 1)) else {
        return format!("{:04}", date.year);
    };
    let year = date.year;
    match (date.day, language.tag) {
        (None, "es") => format!("{month} de {year}"),
        (None, _) => format!("{month} {year}"),
        (Some(day), "en") if lang.eq_ignore_ascii_case("en-US") => format!("{month} {day}, {year}"),
        (Some(day), "de") => format!("{day}. {month} {year}"),
        (Some(1), "fr") => format!("1er {month} {year}"),
        (Some(day), "es") => format!("{day} de {month} de {year}"),
        (Some(day), _) => format!("{day} {month} {year}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_follow_the_language() {
        let cases = [
            ("2026-11-21", "nl", "21 november 2026", "21-11-2026"),
            ("2026-11-01", "en-GB", "1 November 2026", "01/11/2026"),
            ("2026-11-01", "en-US", "November 1, 2026", "11/01/2026"),
            ("2026-03-01", "de", "1. März 2026", "01.03.2026"),
            ("2026-08-01", "fr", "1er août 2026", "01/08/2026"),
            ("2026-08-02", "es", "2 de agosto de 2026", "02/08/2026"),
            ("2026-08", "it", "agosto 2026", "08/2026"),
            ("2026", "nl", "2026", "2026"),
            ("2026-08-02", "pl", "2026-08-02", "2026-08-02"),
        ];
        for (text, lang, long, short) in cases {
            let date = Date::parse(text).unwrap();
            assert_eq!(write(date, Form::Long, lang), long);
            assert_eq!(write(date, Form::Short, lang), short);
            assert_eq!(write(date, Form::Iso, lang), text);
        }
    }
}
