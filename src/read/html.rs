//! HTML articles: a whole document or a fragment.

use serde_json::{Map, Value};

use crate::diag::Outcome;
use crate::dom::{self, Document, NodeId};

use super::{Body, Source, clean, structure};

/// Reads HTML: of a whole document the `main` element, else its only `article`, else all of its body; what its
/// head tells becomes metadata.
///
/// # Errors
/// `too-deep`.
pub fn body(source: &Source) -> Outcome<Body> {
    let text = source.body();
    if clean::is_absurd(text) {
        return Err(vec![clean::too_deep(source, source.first_line())]);
    }
    // Blank lines before the doctype mean nothing, and make the parser count as the file does.
    let padded = "\n".repeat(source.first_line() as usize - 1) + text;
    let mut document = dom::parse(&padded);
    let root = document.fragment();
    clean::check_depth(&document, root, source, |line| line).map_err(|error| vec![error])?;
    let meta = metadata(&document, root);
    let content = content(&document).unwrap_or(root);
    clean::clean(&mut document, content);
    clean::number(&mut document, content, |document, id| {
        Some(document.node(id).line).filter(|&line| line > 0)
    });
    let title = structure::take_title(&mut document, content);
    structure::lower_headings(&mut document, content);
    structure::name_targets(&mut document, content);
    Ok(Body { html: document.inner_html(content).trim().to_owned(), title, meta, warnings: Vec::new() })
}

/// The element that holds the article.
fn content(document: &Document) -> Option<NodeId> {
    let body = document.body()?;
    let only = |tag: &str| {
        let mut found = document.elements(body).filter(|&id| document.is(id, tag));
        found.next().filter(|_| found.next().is_none())
    };
    only("main").or_else(|| only("article")).or(Some(body))
}

/// What the head of a document tells (WHATWG HTML, section 4.2.5.1, standard metadata names; `date` and its Dublin
/// Core spellings besides).
fn metadata(document: &Document, root: NodeId) -> Map<String, Value> {
    let mut meta = Map::new();
    let mut authors = Vec::new();
    if let Some(lang) = document.attribute(root, "lang").filter(|lang| !lang.is_empty()) {
        meta.insert("lang".to_owned(), lang.into());
    }
    for id in document.elements(root) {
        match document.tag(id) {
            "title" if document.element(id).is_some_and(dom::Element::is_html) => {
                let title = document.text(id).split_whitespace().collect::<Vec<_>>().join(" ");
                if !title.is_empty() {
                    meta.entry("title").or_insert(title.into());
                }
            }
            "meta" => {
                let name = document.attribute(id, "name").unwrap_or_default().to_ascii_lowercase();
                let value = document.attribute(id, "content").unwrap_or_default().trim();
                match name.as_str() {
                    _ if value.is_empty() => {}
                    "author" => authors.push(Value::from(value)),
                    "description" => drop(meta.entry("description").or_insert(value.into())),
                    "date" | "dc.date" | "dcterms.date" => drop(meta.entry("date").or_insert(value.into())),
                    _ => {}
                }
            }
            _ => {}
        }
    }
    if !authors.is_empty() {
        meta.insert("authors".to_owned(), authors.into());
    }
    meta
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

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
            "lang": "nl", "title": "T | Site", "description": "D", "authors": ["A", "B"]
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
