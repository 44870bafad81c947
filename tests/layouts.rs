//! The shipped layouts: each takes any article, from a title alone to everything that an article may contain.

#[allow(dead_code, reason = "each test file uses its part")]
mod common;

use common::Project;

const LAYOUTS: [&str; 6] = ["article", "interview", "services", "steps", "teaser", "thermometer"];

/// Everything that an article may contain.
const RICH: &str = include_str!("layouts/rich.md");

/// Builds one article a layout, each with `metadata` and `body`; every warning fails the run.
fn build(metadata: &str, body: &str) {
    let articles: Vec<(String, String)> = LAYOUTS
        .iter()
        .map(|layout| (format!("{layout}.md"), format!("---\nlayout: {layout}\n{metadata}---\n\n{body}")))
        .collect();
    let files: Vec<(&str, &str)> =
        articles.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let project = Project::new(&files);
    project.handout(&[".", "--strict"]).expect(0).says(&["wrote 6 handouts"]);
}

#[test]
fn every_layout_takes_an_article_that_has_nothing_but_a_title() {
    build("title: Een titel\n", "");
    build("title: Een titel\n", "Eén zin.\n");
}

#[test]
fn every_layout_takes_everything_that_an_article_may_contain() {
    build("title: Alles wat een artikel kan bevatten\n", RICH);
    build("title: Everything that an article may contain\nlang: en\n", RICH);
}

#[test]
fn every_layout_takes_metadata_that_it_may_lack() {
    build(
        "title: Een buitengewoon lange titel over samenwerkingsverbanden en verantwoordelijkheidsgevoel\n\
         subtitle: Met een ondertitel\n\
         authors: [Ann, Bob]\n\
         interviewers: [Cas]\n\
         date: 2026-11-21\n\
         tags: [a, b]\n\
         url: https://example.org/\n\
         interviewee: {name: Dirk de Wit, role: rector}\n\
         contact: [{name: Ann, phone: 030 555 01 42}, {name: Bob}]\n\
         figures: {caption: \"Figuur 1: een onderschrift\", steps: [a, b]}\n\
         levels: {heat: 3, section: 2. Een kop met een nummer}\n\
         services: {name: Hulp, block: Een tweede alinea, url: \"https://example.org/hulp\"}\n",
        RICH,
    );
}
