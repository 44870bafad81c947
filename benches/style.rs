//! Parsing HTML and stylesheets and styling an article of the usual length.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use handout::files::Memory;
use handout::media::Library;
use handout::read::{Article, Metadata};
use handout::style::{Stylesheet, style};

const SENTENCE: &str = "Wie een gesprek wil voeren, luistert <em>eerst</em> en vraagt dan pas door. ";

fn main() {
    divan::main();
}

/// An article of about 7,500 characters: headings, paragraphs, a list, a quotation and a table.
fn html() -> String {
    let mut html = String::from("<!doctype html><html lang=nl><body class=article><main>");
    for section in 0..8 {
        html.push_str(&format!("<h2 id=s{section} data-line={section}>Stap {section}</h2>"));
        for paragraph in 0..4 {
            let class = if paragraph == 0 { " class=lead" } else { "" };
            html.push_str(&format!("<p{class} data-line={paragraph}>{}</p>", SENTENCE.repeat(2)));
        }
        html.push_str(
            "<ul><li>een</li><li>twee <strong>drie</strong></li><li><a href=#s1>vier</a></li></ul>",
        );
        html.push_str("<blockquote><p>Wat is er gezegd?</p></blockquote>");
        html.push_str("<table><tr><th>a<th>b<tr><td>c<td>d</table>");
    }
    html.push_str("</main></body></html>");
    html
}

/// A stylesheet of 300 rules, of which a layout's usual ones match.
fn css() -> String {
    let mut css = String::from(
        ":root { --brand: #004; --gap: 4mm } h2 { color: var(--brand); margin: 1em 0 .4em; font: bold 14pt/1.2 X }
         p { margin: 0 0 var(--gap); text-align: justify } .lead { font-size: 120% } li { margin-left: 4mm }
         li::marker { color: var(--brand) } blockquote { border-left: 2mm solid var(--brand); padding: 0 4mm }
         td, th { border: 1px solid #ccc; padding: 1mm 2mm } main > p + p { text-indent: 1em }
         a::after { content: \" (\" attr(href) \")\" } @page { margin: 2cm; @bottom-center { content: counter(page) } }",
    );
    for rule in 0..288 {
        css.push_str(&format!(
            ".card-{rule} > .title p {{ margin: {rule}px; color: #abcdef; padding: 1px 2px }}\n"
        ));
    }
    css
}

fn article() -> Article {
    Article {
        slug: "bench".into(),
        meta: Metadata { lang: "nl".into(), ..Metadata::default() },
        body: String::new(),
        file: "bench.md".into(),
        source: "".into(),
        folder: PathBuf::new(),
    }
}

#[divan::bench]
fn parse_html(bencher: divan::Bencher) {
    let html = html();
    bencher.bench(|| handout::dom::parse(&html));
}

#[divan::bench]
fn parse_300_rules(bencher: divan::Bencher) {
    let css = css();
    bencher.bench(|| Stylesheet::parse(&css, "bench.css"));
}

#[divan::bench]
fn style_an_article(bencher: divan::Bencher) {
    let (html, article, files) = (html(), article(), Memory::default());
    let sheets = [Arc::new(Stylesheet::parse(&css(), "bench.css").0)];
    let library = Library::new(&files, Path::new("/"));
    bencher.bench(|| style(&html, &sheets, &library, &article));
}
