use std::path::Path;

use super::*;
use crate::config::Overrides;
use crate::files::Memory;

fn project(files: &Memory) -> Project {
    Project::open(files, Path::new("/p/input"), &Overrides::default()).unwrap()
}

fn read_all(files: &Memory) -> Vec<Article> {
    let project = project(files);
    let (jobs, problems) = plan(files, &project);
    assert_eq!(problems, []);
    jobs.iter().map(|job| read(files, &project, job).unwrap().0).collect()
}

fn read_one(files: &Memory) -> Article {
    let mut articles = read_all(files);
    assert_eq!(articles.len(), 1);
    articles.remove(0)
}

#[test]
fn later_layers_win() {
    let mut files = Memory::default()
        .with("/p/handout.toml", "lang = 'de'\nlayout = 'steps'")
        .with("/p/input/sub/a.html", "<html lang='pl'><title>Page</title><h1>Body</h1><p>Text.</p></html>");
    let seen = |files: &Memory| {
        let article = read_one(files);
        let free = article.meta.all.get("free").and_then(|free| free.as_str().map(str::to_owned));
        (article.meta.title, article.meta.lang, article.meta.layout, free)
    };
    let expect = |title: &str, lang: &str, layout: &str, free: Option<&str>| {
        (title.to_owned(), lang.to_owned(), layout.to_owned(), free.map(str::to_owned))
    };
    assert_eq!(seen(&files), expect("Body", "pl", "steps", None));
    files = files.with("/p/_defaults.yaml", "lang: fr\nlayout: l0\nfree: f0");
    assert_eq!(seen(&files), expect("Body", "pl", "l0", Some("f0")));
    files = files.with("/p/input/_defaults.yaml", "layout: l1\nfree: f1");
    files = files.with("/p/input/sub/_defaults.toml", "free = 'f2'");
    assert_eq!(seen(&files), expect("Body", "pl", "l1", Some("f2")));
    let page = "---\ntitle: Front\nlang: en\nfree: f3\n---\n<html lang='pl'><p>Text.</p></html>";
    files = files.with("/p/input/sub/a.html", page);
    assert_eq!(seen(&files), expect("Front", "en", "l1", Some("f3")));
    files = files.with("/p/input/sub/a.json", "{\"title\": \"Side\", \"free\": \"f4\"}");
    assert_eq!(seen(&files), expect("Side", "en", "l1", Some("f4")));
    let catalog = "articles:\n  - {source: a.html, title: Listed, free: ~, layout: l5}";
    files = files.with("/p/input/sub/catalog.yaml", catalog);
    assert_eq!(seen(&files), expect("Listed", "en", "l5", None));
}

#[test]
fn metadata_is_typed_where_the_program_uses_it() {
    let text = "---\nauthor: Ann\ntags: one\ndate: 2026-03\npages: 2\nomit: [A, B]\nlevels: [{heat: 1}]\ntitle: 1984\n---\nText.";
    let article = read_one(&Memory::default().with("/p/input/Één stuk.md", text));
    let meta = &article.meta;
    assert_eq!((article.slug.as_str(), meta.title.as_str()), ("een-stuk", "1984"));
    assert_eq!((&meta.authors, &meta.tags), (&vec!["Ann".to_owned()], &vec!["one".to_owned()]));
    assert_eq!((meta.pages, meta.omit.len(), meta.date.as_deref()), (Some(2), 2, Some("2026-03")));
    assert_eq!((meta.lang.as_str(), meta.layout.as_str()), ("nl", "article"));
    assert_eq!(meta.all["authors"].to_string(), r#"["Ann"]"#);
    assert!(!meta.all.contains_key("author"));
    assert_eq!(meta.all["levels"][0]["heat"], 1);
    let levels = meta.places.as_ref().unwrap().get("levels").unwrap();
    assert_eq!(levels.place().line, Some(7));
}

#[test]
fn authors_may_be_maps_with_a_name() {
    let text = "---\ntitle: T\nauthors: [{name: Ann, role: editor}, Bob]\n---\nText.";
    assert_eq!(read_one(&Memory::default().with("/p/input/a.md", text)).meta.authors, ["Ann", "Bob"]);
}

#[test]
fn a_title_that_another_replaces_stays_in_the_body() {
    let body = |title: &str| {
        let text = format!("---\ntitle: {title}\n---\n# One & two\n\nText.");
        read_one(&Memory::default().with("/p/input/a.md", text)).body
    };
    assert!(body("Other").starts_with("<p class=\"title\">One &amp; two</p>"));
    assert!(!body("One & two").contains("One"));
}

#[test]
fn a_run_has_catalog_entries_then_loose_files_then_folders() {
    let files = Memory::default()
        .with("/p/handout.toml", "output = 'input/out'\ntemplates = 'input/layouts'")
        .with(
            "/p/input/catalog.yaml",
            "articles:\n  - {source: z.txt, slug: last}\n  - {source: sub/b.md, slug: first}",
        )
        .with("/p/input/z.txt", "A title\n\nA sentence.")
        .with("/p/input/a.md", "# A")
        .with("/p/input/c.html", "<h1>C</h1>")
        .with("/p/input/draft.md", "---\ndraft: true\n---\n# D")
        .with("/p/input/README.md", "# R")
        .with("/p/input/_note.md", "# N")
        .with("/p/input/.hidden.md", "# H")
        .with("/p/input/photo.png", "png")
        .with("/p/input/_data/x.md", "# X")
        .with("/p/input/out/o.html", "<h1>O</h1>")
        .with("/p/input/layouts/x/layout.md", "# L")
        .with("/p/input/sub/b.md", "# B")
        .with("/p/input/sub/deep/e.md", "# E");
    let project = project(&files);
    let (jobs, problems) = plan(&files, &project);
    let told: Vec<_> = problems.iter().map(|found| (found.code, found.is_error())).collect();
    assert_eq!(told, [("draft", false)]);
    let slugs: Vec<_> = jobs.iter().map(|job| job.slug.as_str()).collect();
    // A file that any catalog lists is not loose as well, also where it lies in another folder.
    assert_eq!(slugs, ["last", "first", "a", "c", "e"]);
}

#[test]
fn the_input_may_be_one_article() {
    let files = Memory::default()
        .with("/p/handout.toml", "")
        .with("/p/input/_defaults.yaml", "lang: en")
        .with("/p/input/catalog.yaml", "articles:\n  - {source: a.md, slug: listed}\n  - {source: b.md}")
        .with("/p/input/a.md", "# A")
        .with("/p/input/b.md", "# B")
        .with("/p/input/c.md", "# C");
    for (input, slug) in [("/p/input/a.md", "listed"), ("/p/input/c.md", "c")] {
        let project = Project::open(&files, Path::new(input), &Overrides::default()).unwrap();
        let (jobs, _) = plan(&files, &project);
        assert_eq!(jobs.len(), 1);
        let (article, _) = read(&files, &project, &jobs[0]).unwrap();
        assert_eq!((article.slug.as_str(), article.meta.lang.as_str()), (slug, "en"));
    }
}

#[test]
fn one_text_holds_many_articles() {
    let text = "Eerste kop\n\nEen zin over iets.\n\nmenu\n\nTweede kop\n\nNog een zin.\n\nDerde kop\n\nLaatste zin.\n";
    let catalog = "articles:\n  - {source: all.txt, from: Eerste kop, drop: [menu], tags: [a]}\n  \
                   - {source: all.txt, from: Tweede kop, title: Eigen titel}\n  \
                   - {source: all.txt, from: Derde kop, slug: drie, headings: {3: [Laatste zin.]}}";
    let files = Memory::default().with("/p/input/all.txt", text).with("/p/input/catalog.yaml", catalog);
    let articles = read_all(&files);
    let seen: Vec<_> = articles.iter().map(|it| (it.slug.as_str(), it.meta.title.as_str())).collect();
    assert_eq!(seen, [("eerste-kop", "Eerste kop"), ("eigen-titel", "Eigen titel"), ("drie", "Derde kop")]);
    assert!(!articles[0].body.contains("menu") && !articles[0].body.contains("Tweede"));
    assert!(articles[2].body.contains("<h3"));
    assert!(!articles[0].meta.all.contains_key("drop"), "keys for reading are no metadata");
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_project_is_not_followed() {
    let folder = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    write("secret.md", "# Secret");
    write("p/handout.toml", "");
    write("p/input/a.md", "# A");
    let link = |to: &str, from: &str| {
        std::os::unix::fs::symlink(to, folder.path().join("p/input").join(from)).unwrap()
    };
    link("../../secret.md", "b.md");
    link("..", "loop");
    let files = crate::files::Disk;
    let project = Project::open(&files, &folder.path().join("p/input"), &Overrides::default()).unwrap();
    let (jobs, problems) = plan(&files, &project);
    let slugs: Vec<_> = jobs.iter().map(|job| job.slug.as_str()).collect();
    assert_eq!(slugs, ["a"]);
    let told: Vec<_> = problems.iter().map(|found| (found.code, found.is_error())).collect();
    assert_eq!(told, [("file-outside", true)]);
}

#[test]
fn an_article_in_another_encoding_is_read_and_told_once() {
    let page = b"<meta charset=windows-1252><title>T</title><p>E\xE9n \x93ja\x94</p>";
    let files = Memory::default().with("/p/input/a.html", page);
    let project = project(&files);
    let (article, told) = read(&files, &project, &plan(&files, &project).0[0]).unwrap();
    assert_eq!(article.body, "<p data-line=\"1\">Eén “ja”</p>");
    let codes: Vec<_> = told.iter().map(|told| (told.severity, told.code)).collect();
    assert_eq!(codes, [(crate::diag::Severity::Note, "encoding")]);
}

#[test]
fn typography_is_asked_for_by_the_project_or_the_article() {
    let article = |lang: &str, typography: &str| {
        let text = format!("---\nsubtitle: '\"x\"'\nlang: {lang}\n{typography}---\n# \"T\"\n\n\"y\"\n");
        let files =
            Memory::default().with("/p/handout.toml", "typography = 'nl'").with("/p/input/a.md", text);
        let article = read_one(&files);
        let shown = article.meta.all["subtitle"].as_str().map(str::to_owned);
        assert_eq!(shown, article.meta.subtitle);
        (article.meta.title, shown.unwrap_or_default(), article.body)
    };
    let set = |line: u32, open: &str, close: &str| {
        let quote = |word: &str| format!("{open}{word}{close}");
        (quote("T"), quote("x"), format!("<p data-line=\"{line}\">{}</p>", quote("y")))
    };
    assert_eq!(article("nl", ""), set(7, "“", "”"));
    assert_eq!(article("de-AT", ""), set(7, "„", "“"));
    assert_eq!(article("pl", ""), set(7, "\"", "\""));
    assert_eq!(article("nl", "typography: off\n"), set(8, "\"", "\""));
    assert_eq!(article("pl", "typography: de\n"), set(8, "„", "“"));
}
