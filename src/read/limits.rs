//! How much one article may be: what is more than a handout takes more memory than a machine may have.

use super::Kind;
use super::body::{Body, Source};
use crate::diag::Diagnostic;

/// Bytes of text in an article, about 350 pages of it.
pub(super) const TEXT: usize = 1 << 20;

/// Tags in an article.
pub(super) const TAGS: usize = 200_000;

/// Bytes of all feeds and exports of a run together: their posts stay in memory until they are printed.
pub(super) const FEEDS: u64 = 64 << 20;

/// Checks the source of an article before it is parsed.
///
/// # Errors
/// `article-too-long`.
pub(super) fn check_source(kind: Kind, source: &Source) -> Result<(), Diagnostic> {
    let text = source.body();
    if text.len() <= TEXT {
        return Ok(());
    }
    match kind {
        // Scripts and styles of a saved page are no text of the article; what is left is looked at later.
        Kind::Html => check_tags(text, source),
        Kind::Markdown | Kind::Plain => check_text(without_data(text), source),
        Kind::Word | Kind::Feed => Ok(()),
    }
}

/// Checks an article that was read.
///
/// # Errors
/// `article-too-long`.
pub(super) fn check_body(body: &Body, source: &Source) -> Result<(), Diagnostic> {
    if body.html.len() <= TEXT {
        return Ok(());
    }
    check_tags(&body.html, source)?;
    let text =
        body.html.split('<').map(|part| part.split_once('>').map_or(part.len(), |(_, text)| text.len()));
    check_text(text.sum(), source)
}

fn check_text(bytes: usize, source: &Source) -> Result<(), Diagnostic> {
    let most = TEXT >> 20;
    let message =
        format!("the article has {:.1} MiB of text, and {most} MiB is the most", bytes as f64 / TEXT as f64);
    if bytes <= TEXT { Ok(()) } else { Err(too_long(message, source)) }
}

/// Checks HTML before it is parsed.
///
/// # Errors
/// `article-too-long`.
pub(super) fn check_tags(html: &str, source: &Source) -> Result<(), Diagnostic> {
    let tags = html.matches('<').count();
    let message = format!("the article has {tags} tags, and {TAGS} is the most");
    if tags <= TAGS { Ok(()) } else { Err(too_long(message, source)) }
}

fn too_long(message: String, source: &Source) -> Diagnostic {
    let place = source.place(source.first_line());
    let hint = "a handout of so many pages is for nobody: part it into several articles";
    Diagnostic::error("article-too-long", message).at(place).hint(hint)
}

/// The length of a text without the bytes of `data:` addresses, which are pictures.
fn without_data(text: &str) -> usize {
    let mut parts = text.split(";base64,");
    let first = parts.next().map_or(0, str::len);
    let is_data = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=');
    first + parts.map(|part| part.trim_start_matches(is_data).len()).sum::<usize>()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_taken(kind: Kind, text: &str) -> bool {
        check_source(kind, &Source::new(&"a".into(), text)).is_ok()
    }

    #[test]
    fn pictures_and_scripts_are_no_text() {
        let long = "x".repeat(TEXT + 1);
        assert!(!is_taken(Kind::Markdown, &long) && !is_taken(Kind::Plain, &long));
        assert!(is_taken(Kind::Markdown, &format!("![a](data:image/png;base64,{long})")));
        assert!(is_taken(Kind::Html, &format!("<script>{long}</script>")));
        assert!(!is_taken(Kind::Html, &"<p>long enough".repeat(TAGS + 1)));
    }

    #[test]
    fn what_was_read_is_measured_without_its_tags() {
        let source: std::sync::Arc<str> = "a".into();
        let check =
            |html: String| check_body(&Body { html, ..Body::default() }, &Source::new(&source, "")).is_ok();
        assert!(check(format!("<p class=\"{}\">a</p>", "x".repeat(TEXT))));
        assert!(!check(format!("<p>{}</p>", "x".repeat(TEXT + 1))));
        assert!(!check("<b>aaaaaa</b>".repeat(TAGS)));
    }
}
