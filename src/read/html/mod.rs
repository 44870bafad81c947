//! HTML articles: a fragment or a document that somebody wrote, or a page as saved from a site.
//!
//! Of a document somebody wrote, all of the article is kept as it is. Of a page of a site the article is found
//! ([`content`]), what stands around it is left out and told, and the rest is made what layouts know ([`tidy`]).

mod byline;
mod content;
mod furniture;
mod head;
pub(super) mod looks;
mod measure;
pub(super) mod pictures;
mod schema;
pub(super) mod tidy;

use crate::diag::{Diagnostic, Outcome};
use crate::dom::{self, Document, NodeId};

use super::{Body, Source, clean, heads, structure};
use content::LeftOut;
use head::Head;

/// Reads HTML; what its head tells becomes metadata.
///
/// # Errors
/// `too-deep`.
pub fn body(source: &Source) -> Outcome<Body> {
    let (mut body, left_out) = read(source)?;
    body.warnings.extend(content::report(&left_out, source));
    Ok(body)
}

/// Reads HTML, with what was left out of it.
fn read(source: &Source) -> Outcome<(Body, Vec<LeftOut>)> {
    let text = source.body();
    if clean::is_absurd(text) {
        return Err(vec![clean::too_deep(source, source.first_line())]);
    }
    // Blank lines before the doctype mean nothing, and make the parser count as the file does.
    let mut document = match source.first_line() {
        1 => dom::parse(text),
        line => dom::parse(&("\n".repeat(line as usize - 1) + text)),
    };
    let root = document.fragment();
    clean::check_depth(&document, root, source, |line| line).map_err(|error| vec![error])?;
    let Head { meta, no_date } = head::read(&document, root);
    let is_site = is_of_a_site(&document, root);
    pictures::settle(&mut document, root);
    looks::as_elements(&mut document, root);
    let headings = headings(&document, root);
    let (content, mut left_out) = match content::written(&document) {
        Some(_) if is_site => content::found(&mut document).unwrap_or((root, Vec::new())),
        Some(content) => (content, content::take_contents(&mut document, content)),
        None => (root, Vec::new()),
    };
    clean::clean(&mut document, content);
    if is_site {
        tidy::tidy(&mut document, content);
        pictures::mark_remote(&mut document, content);
    } else {
        tidy::drop_empty_links(&mut document, content);
    }
    // In what somebody wrote, only the head of the article can be what a program made of its metadata.
    let in_head =
        |document: &Document, id| is_site || document.ancestors(id).any(|up| document.is(up, "header"));
    left_out.extend(byline::take(&mut document, content, &meta, in_head));
    left_out.sort_by_key(|part| part.line);
    clean::check_depth(&document, content, source, |line| line).map_err(|error| vec![error])?;
    clean::number(&mut document, content, |document, id| {
        Some(document.node(id).line).filter(|&line| line > 0)
    });
    let told = meta.get("title").and_then(serde_json::Value::as_str);
    let title = structure::take_title(&mut document, content)
        .or_else(|| take_marked_title(&mut document, content, told.filter(|_| is_site)?))
        .or_else(|| headings.into_iter().find(|heading| is_site && Some(heading.as_str()) == told));
    structure::lower_headings(&mut document, content);
    let raised = if is_site { structure::close_gaps(&mut document, content) } else { None };
    let guessed = if is_site { heads::find(&mut document, content) } else { None };
    structure::name_targets(&mut document, content, structure::Named::Wanted);
    let guessed = guessed.map(|guessed| guessed.warning().at(source.place(guessed.line.unwrap_or(1))));
    let raised = raised.map(|raised| raised.note().at(source.place(raised.line.unwrap_or(1))));
    let warnings =
        no_date.map(|date| no_such_date(&date, source)).into_iter().chain(raised).chain(guessed).collect();
    Ok((Body { html: document.inner_html(content).trim().to_owned(), title, meta, warnings }, left_out))
}

/// Whether a document is a page that a site made: it has what only a browser or a network of people wants. What
/// pandoc writes is an article, whatever scripts it was told to name.
fn is_of_a_site(document: &Document, root: NodeId) -> bool {
    let is_sign = |id: NodeId| match document.tag(id) {
        "script" | "iframe" => true,
        "link" => document
            .attribute(id, "href")
            .is_some_and(|href| pictures::is_remote(href) || href.contains("_files/")),
        "meta" => document.attribute(id, "property").is_some_and(|name| name.starts_with("og:")),
        _ => false,
    };
    let is_pandoc = |id: NodeId| {
        document.attribute(id, "name") == Some("generator")
            && document.attribute(id, "content") == Some("pandoc")
    };
    document.body().is_some()
        && (head::saved_from(document).is_some() || document.elements(root).any(is_sign))
        && !document.elements(root).any(is_pandoc)
}

/// The words that a reader sees in an element.
#[cfg(test)]
pub(super) fn words(document: &Document, id: NodeId) -> String {
    content::words_of(document, id)
}

/// The headings of the first level, as text.
fn headings(document: &Document, root: NodeId) -> Vec<String> {
    let headings = document.elements(root).filter(|&id| document.is(id, "h1"));
    headings.map(|id| document.text(id).split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

/// Takes the only `h1` off a body where it is the title that the page tells of itself, though it is not first.
fn take_marked_title(document: &mut Document, content: NodeId, told: &str) -> Option<String> {
    let mut titles = document.elements(content).filter(|&id| document.is(id, "h1"));
    let title = titles.next().filter(|_| titles.next().is_none())?;
    drop(titles);
    let text = document.text(title).split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() || text != told {
        return None;
    }
    document.detach(title);
    Some(text)
}

fn no_such_date(date: &str, source: &Source) -> Diagnostic {
    let message = format!("the page gives `{date}` as its date, which is none");
    let hint = "write `date: 2026-11-21` in its metadata";
    Diagnostic::warning("invalid-date", message).at(source.place(source.first_line())).hint(hint)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::*;

    fn read(html: &str) -> Body {
        body(&Source::new(&"a.html".into(), html)).unwrap()
    }

    #[test]
    fn a_document_gives_its_main_part_and_its_metadata() {
        let body = read(
            "<!doctype html>\n<html lang=\"nl\"><head><title>T | Site</title>\n<meta name=\"author\" content=\"A\">\
             <meta name=Author content=\"B\"><meta name=description content=\"D\"><style>p{}</style></head>\n<body>\
             <nav>menu</nav><main>\n<h1>T</h1>\n<p class=\"c\">x</p></main></body></html>",
        );
        assert_eq!(body.html, "<p class=\"c\" data-line=\"6\">x</p>");
        assert_eq!(body.title.as_deref(), Some("T"));
        let meta = serde_json::json!({
            "lang": "nl", "title": "T", "description": "D", "authors": ["A", "B"]
        });
        assert_eq!(Value::Object(body.meta), meta);
    }

    #[test]
    fn a_fragment_is_all_body_and_counts_from_its_file() {
        let text = "---\ntitle: A\n---\n<p>x</p>\n<p>y</p>\n";
        let file = "a.html".into();
        let body = body(&Source { file: &file, text, start: 17 }).unwrap();
        assert_eq!(body.html, "<p data-line=\"4\">x</p>\n<p data-line=\"5\">y</p>");
    }

    #[test]
    fn several_articles_are_all_kept() {
        assert_eq!(
            read("<article><p>x</article><article><p>y</article>").html,
            "<article data-line=\"1\"><p data-line=\"1\">x</p></article><article data-line=\"1\"><p data-line=\"1\">y</p></article>"
        );
    }

    #[test]
    fn absurd_nesting_is_one_error() {
        for depth in [200, 100_000] {
            let html = "\n".to_owned() + &"<div>".repeat(depth);
            let errors = body(&Source::new(&"a.html".into(), &html)).unwrap_err();
            assert_eq!(errors.len(), 1);
            assert_eq!(errors[0].code, "too-deep");
        }
    }

    /// The words of a text, with how often each is there.
    fn bag(text: &str) -> std::collections::BTreeMap<String, usize> {
        let mut bag = std::collections::BTreeMap::new();
        for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            *bag.entry(word.to_owned()).or_default() += 1;
        }
        bag
    }

    #[test]
    fn every_word_of_a_page_is_kept_or_told() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/read/html");
        let pages = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        for page in pages.filter(|path| path.extension().is_some_and(|ending| ending == "html")) {
            let text = std::fs::read_to_string(&page).unwrap();
            let document = dom::parse(&text);
            let said = bag(&content::words_of(&document, document.body().unwrap()));
            let (body, left_out) = super::read(&Source::new(&"a.html".into(), &text)).unwrap();
            let kept = dom::parse_fragment(&body.html, 1);
            let mut told = content::words_of(&kept, kept.fragment()) + " " + &body.title.unwrap_or_default();
            left_out.iter().for_each(|part| told = format!("{told} {}", part.text));
            let told = bag(&told);
            let lost: Vec<_> =
                said.iter().filter(|(word, count)| told.get(*word).unwrap_or(&0) < *count).collect();
            assert!(lost.is_empty(), "{}: {lost:?}", page.display());
        }
    }

    proptest! {
        #[test]
        fn nothing_that_is_written_makes_it_panic(
            pieces in prop::collection::vec(prop_oneof![
                8 => prop::sample::select(vec![
                    "<h1>", "</h1>", "<main>", "</main>", "<article>", "<p>", "</p>", "<table>", "<td>", "<script>", "<style>",
                    "<title>", "<meta name=author content=x>", "<html lang=nl>", "<head>", "<body>", "<template>", "<svg>",
                    "<frameset>", "<a href=javascript:x onclick=y>", "<!-- ", "-->", "<!doctype html>", "x", "\n", "&#1;", "<header>",
                ]).prop_map(str::to_owned),
                1 => any::<String>(),
            ], 0..50)
        ) {
            let text = pieces.concat();
            if let Ok(body) = body(&Source::new(&"a.html".into(), &text)) {
                let tags = ["<script", "<style", "onclick=", "javascript:", "<template"];
                prop_assert!(tags.iter().all(|tag| !body.html.contains(tag) || text.contains(&format!("&lt;{}", &tag[1..]))), "{}", body.html);
            }
        }
    }
}
