use std::path::{Path, PathBuf};

use super::*;
use crate::config::value::{Format, Source, parse};
use crate::config::{Overrides, Project};
use crate::files::Memory;
use crate::read::Metadata;

const BODY: &str = "<p data-line=\"9\">First words here.</p><h2 data-line=\"11\" id=\"one\">One</h2>\
                    <p data-line=\"13\">Text of one.</p><h2 data-line=\"15\">Two</h2><p data-line=\"17\">Text of two.</p>";

const META: &str = "title: T & U\nlayout: x\nlang: nl\ndate: 2026-11-21\nauthors: [Ann, Bob]\nperson: {name: Ann}\n\
                    levels: [{section: One}, {section: Too}]\nempty: \"\"\n";

fn article(meta: &str, body: &str) -> Article {
    let source = Source::new("input/a.md", meta);
    let values = parse(Format::Yaml, meta, 1, &source).unwrap();
    let text = |key: &str| values.get(key).and_then(|value| value.as_str()).unwrap_or_default().to_owned();
    let texts = |key: &str| {
        let items = values.get(key).map(|value| value.items()).unwrap_or_default();
        items.iter().filter_map(|item| item.as_str().map(str::to_owned)).collect()
    };
    let meta = Metadata {
        title: text("title"),
        lang: text("lang"),
        layout: text("layout"),
        authors: texts("authors"),
        omit: texts("omit"),
        all: values.to_json_map(),
        places: Some(values.clone()),
        ..Metadata::default()
    };
    Article {
        slug: "a".to_owned(),
        meta,
        body: body.to_owned(),
        file: source.file.clone(),
        source: source.text.clone(),
        folder: PathBuf::from("/p/input"),
    }
}

/// Renders with `templates/x/layout.hbs`, which inherits from a base of the test's own.
fn render_with(files: Memory, layout: &str, article: &Article) -> Outcome<Rendered> {
    let files = files
        .with("/p/handout.toml", "")
        .with("/p/_brand.yml", "color: {primary: '#123456'}")
        .with("/p/input/a.md", "")
        .with("/p/templates/_base/page.hbs", "<html>{{> @partial-block}}</html>")
        .with("/p/templates/x/layout.hbs", layout);
    let project = Project::open(&files, Path::new("/p/input"), &Overrides::default())?;
    Templates::load(&files, &project)?.render(&files, &project, article)
}

fn render(layout: &str) -> Outcome<Rendered> {
    render_with(Memory::default(), layout, &article(META, BODY))
}

#[test]
fn a_layout_places_variables_and_parts() {
    let cases = [
        ("{{title}}{{{title}}}", "T &amp; UT & U"),
        ("{{#each authors}}{{this}};{{/each}}", "Ann;Bob;"),
        ("{{#each (list person)}}{{name}}{{/each}}{{#each (list authors)}}{{@index}}{{/each}}", "Ann01"),
        ("{{#if (has \"nothing\")}}a{{else}}b{{/if}}{{#if (has \"empty\")}}a{{else}}b{{/if}}", "bb"),
        ("{{#if (has \"person.name\")}}a{{/if}}{{#if (has \"name\" person)}}b{{/if}}", "ab"),
        (
            "{{#each (list person)}}{{#if (has \"name\")}}a{{/if}}{{#if (has \"title\")}}b{{/if}}{{/each}}",
            "a",
        ),
        (
            "{{date date \"long\"}} {{date}} {{date date \"short\"}}",
            "21 november 2026 21 november 2026 21-11-2026",
        ),
        ("{{default empty \"x\"}}{{default nothing \"y\"}}{{default title \"z\"}}", "xyT &amp; U"),
        ("{{brand.color.primary}}{{#if (has \"brand.logo\")}}l{{/if}}", "#123456"),
        ("{{#if (eq lang \"nl\")}}a{{/if}}{{#if (and (ne lang \"en\") (has \"date\"))}}b{{/if}}", "ab"),
        ("{{{markdown \"*a*\"}}}{{initials \"Ann de Boer\"}}{{number 1000 add=1}}", "<em>a</em>AB1.001"),
        ("{{#*inline \"p\"}}{{title}}{{/inline}}{{> p}}", "T &amp; U"),
        ("{{#if (has-section \"one\")}}a{{/if}}{{#if (has-section \"Three\")}}b{{/if}}", "a"),
    ];
    for (layout, expected) in cases {
        let rendered = render(&format!("{{{{#> base}}}}{layout}|{{{{{{rest}}}}}}{{{{/base}}}}"));
        let html = rendered.unwrap_or_else(|found| panic!("{layout}: {found:?}")).html;
        let seen = html.strip_prefix("<html>").and_then(|html| html.split('|').next());
        assert_eq!(seen, Some(expected), "{layout}");
    }
}

#[test]
fn the_parts_of_a_body_go_where_the_layout_wants_them() {
    let cases = [
        (
            "{{{section \"One\" heading=true}}}|{{{rest}}}",
            "<h2>One</h2><p>Text of one.</p>|<p>First words here.</p><h2>Two</h2><p>Text of two.</p>",
        ),
        (
            "One{{section \"One\"}}|{{rest}}",
            "One<p>Text of one.</p>|<p>First words here.</p><h2>Two</h2><p>Text of two.</p>",
        ),
        (
            "{{{lead}}}|{{#each (sections)}}[{{title}}{{level}}{{id}}{{{html}}}]{{/each}}",
            "<p>First words here.</p>|[One2one<p>Text of one.</p>][Two2<p>Text of two.</p>]",
        ),
        (
            "{{#into \"Text of two\"}}<hr>{{/into}}{{#into \"Three\"}}a{{else}}b{{/into}}|{{{rest}}}",
            "b|<p>First words here.</p><h2>One</h2><p>Text of one.</p><h2>Two</h2><hr><p>Text of two.</p>",
        ),
        (
            "{{#each (sections)}}{{number}}{{label}}{{title}}{{{html}}}{{/each}}|{{{rest}}}",
            "1OneOne<p>Text of one.</p>2TwoTwo<p>Text of two.</p>|<p>First words here.</p>",
        ),
        (
            "{{{body}}}|{{{block \"text OF\"}}}One",
            "<p>First words here.</p><h2>Two</h2><p>Text of two.</p>|<p>Text of one.</p>One",
        ),
    ];
    for (layout, expected) in cases {
        let html =
            render(layout).unwrap_or_else(|found| panic!("{layout}: {found:?}")).html.replace('\n', "");
        let plain = ["9", "11", "13", "15", "17"]
            .iter()
            .fold(html, |html, line| html.replace(&format!(" data-line=\"{line}\""), ""));
        assert_eq!(plain.replace(" id=\"one\"", ""), expected, "{layout}");
    }
}

#[test]
fn what_is_wrong_in_a_layout_is_told_at_its_place() {
    let file = "templates/x/layout.hbs";
    let cases = [
        ("a\n {{titel}}{{{rest}}}", "missing-variable", (file, Some(2)), "did you mean `title`?"),
        (
            "{{{rest}}}\n{{#each (list person)}}\n{{nam}}{{/each}}",
            "missing-variable",
            (file, Some(3)),
            "did you mean `name`?",
        ),
        ("{{{rest}}}\n\n{{date datee}}", "missing-variable", (file, Some(3)), "did you mean `date`?"),
        (
            "{{#> frame}}{{#*inline \"m\"}}\n{{titel}}{{/inline}}{{/frame}}{{{rest}}}",
            "missing-variable",
            (file, Some(2)),
            "",
        ),
        ("{{#> base}}\n{{{rest}}}{{> persn}}{{/base}}", "missing-partial", (file, Some(2)), ""),
        ("{{#if a}}\n{{/each}}", "template-syntax", (file, Some(2)), ""),
        ("\n{{#if", "template-syntax", (file, Some(2)), ""),
        ("\n{{sectoin \"One\"}}", "missing-helper", (file, Some(2)), "did you mean `section`?"),
        (
            "{{{rest}}}\n{{{section \"Three\"}}}",
            "missing-section",
            (file, Some(2)),
            "its headings are: One; Two",
        ),
        (
            "{{#each levels}}{{{section section heading=true}}}{{/each}}{{{rest}}}",
            "missing-section",
            ("input/a.md", Some(7)),
            "did you mean `Two`?",
        ),
        ("{{{rest}}}{{{block \"Tekst\"}}}", "missing-block", (file, Some(1)), ""),
        ("{{{rest}}}{{t \"contakt\"}}", "missing-word", (file, Some(1)), "did you mean `contact`?"),
        ("{{{rest}}}{{{svg \"none.svg\"}}}", "missing-file", (file, Some(1)), ""),
        (
            "{{{rest}}}{{{svg \"../../none.svg\"}}}",
            "file-outside",
            (file, Some(1)),
            "copy the file into the project",
        ),
        ("{{{rest}}}{{date title}}", "invalid-date", ("input/a.md", Some(1)), "write it as `2026-11-21`"),
        ("{{{rest}}}{{date date \"lang\"}}", "helper", (file, Some(1)), ""),
        ("{{{rest}}}{{{rest}}}", "placed-twice", (file, None), ""),
        ("{{{section \"One\"}}}{{{rest}}}", "unplaced-heading", ("input/a.md", Some(11)), ""),
        ("{{{section \"One\" heading=true}}}{{{lead}}}", "unplaced", ("input/a.md", Some(15)), ""),
        (
            "{{{section \"One\" heading=true}}}{{{section \"Two\" heading=true}}}",
            "unplaced",
            ("input/a.md", Some(9)),
            "",
        ),
        ("{{{rest}}}{{> self}}", "circular-partial", ("templates/x/self.hbs", Some(1)), ""),
        (
            "{{{rest}}}{{> one}}",
            "circular-partial",
            ("templates/x/two.hbs", Some(3)),
            "take one of these calls out",
        ),
        (
            "{{#*inline \"body\"}}{{{rest}}}\n{{> three}}{{/inline}}{{> body}}",
            "circular-partial",
            ("templates/x/three.hbs", Some(1)),
            "take one of these calls out",
        ),
    ];
    for (layout, code, (file, line), hint) in cases {
        let files = Memory::default()
            .with("/p/templates/x/self.hbs", "{{> self}}")
            .with("/p/templates/x/one.hbs", "{{> two}}")
            .with("/p/templates/x/two.hbs", "\n\n{{> one}}")
            .with("/p/templates/x/three.hbs", "{{> body}}")
            .with("/p/templates/x/frame.hbs", "<div>\n<p>\n{{> m}}</p></div>");
        let found = render_with(files, layout, &article(META, BODY)).expect_err(layout);
        let place = found[0].place.as_ref().unwrap_or_else(|| panic!("{layout}: {found:?}"));
        assert_eq!((found[0].code, &*place.file, place.line), (code, file, line), "{layout}: {found:?}");
        if !hint.is_empty() {
            assert_eq!(found[0].hint.as_deref(), Some(hint), "{layout}");
        }
    }
}

#[test]
fn an_unknown_layout_is_told_where_the_metadata_names_it() {
    let found = render_with(Memory::default(), "", &article("title: T\nlayout: articel\n", "")).unwrap_err();
    assert_eq!(found[0].code, "unknown-layout");
    assert_eq!(found[0].hint.as_deref(), Some("did you mean `article`?"));
    assert_eq!(found[0].place.as_ref().unwrap().text.as_deref(), Some("layout: articel"));
}

#[test]
fn omit_takes_sections_off_and_warns_about_others() {
    let meta = "title: T\nlayout: x\nlang: nl\nomit: [one, Twoo]\n";
    let rendered = render_with(Memory::default(), "{{{rest}}}", &article(meta, BODY)).unwrap();
    assert!(!rendered.html.contains("Text of one"));
    let warning = &rendered.warnings[0];
    assert_eq!((warning.code, warning.is_error()), ("omit-missing", false));
    assert_eq!(warning.place.as_ref().unwrap().column, Some(13));
    assert_eq!(warning.hint.as_deref(), Some("did you mean `Two`?"));
}

#[test]
fn the_sheets_come_in_cascade_order_and_are_shared() {
    let files = Memory::default()
        .with("/p/templates/x/layout.css", "b")
        .with("/p/templates/x/a.css", "c")
        .with("/p/templates/custom.css", "d");
    let rendered = render_with(files, "{{{rest}}}", &article(META, BODY)).unwrap();
    let names: Vec<_> = rendered.sheets.iter().map(|sheet| &*sheet.file).collect();
    let expected = [
        "built-in templates/_base/base.css",
        "_brand.yml",
        "templates/x/layout.css",
        "templates/x/a.css",
        "templates/custom.css",
    ];
    assert_eq!(names, expected);
    assert!(rendered.sheets[1].text.contains("--brand-primary: #123456;"));
}

#[test]
fn a_projects_words_and_templates_replace_the_shipped_ones_file_by_file() {
    let files = Memory::default()
        .with("/p/templates/i18n/nl.yaml", "contact: Bel ons\n")
        .with("/p/templates/_base/masthead.hbs", "mine");
    let layout = "{{t \"contact\"}}|{{t \"about\"}}|{{> masthead}}|{{{rest}}}";
    let html = render_with(files, layout, &article(META, BODY)).unwrap().html;
    assert!(html.starts_with("Bel ons|Over|mine|"), "{html}");
}

#[test]
fn every_shipped_layout_compiles() {
    let files = Memory::default().with("/p/a.md", "");
    let project = Project::open(&files, Path::new("/p"), &Overrides::default()).unwrap();
    let templates = Templates::load(&files, &project).unwrap();
    assert!(templates.layouts().any(|name| name == "article"));
    for name in templates.layouts.keys() {
        let layout = Layout::compile(&templates.store, name, &templates.brand_sheet);
        assert!(layout.is_ok(), "{layout:?}");
    }
}
