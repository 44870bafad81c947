use std::path::Path;

use proptest::prelude::*;

use super::*;
use crate::config::{Overrides, Project};
use crate::files::Memory;
use crate::read::{Source, plan};

fn file() -> Arc<str> {
    "feed.xml".into()
}

fn wrong(text: &str) -> Vec<(&'static str, Option<u32>)> {
    let errors = posts(text, &file()).unwrap_err();
    errors.iter().map(|error| (error.code, error.place.as_ref().and_then(|place| place.line))).collect()
}

#[test]
fn broken_files_are_one_error_each() {
    let bomb = "<?xml version='1.0'?>\n<!DOCTYPE lolz [<!ENTITY lol 'lol'><!ENTITY lol2 '&lol;&lol;'>]>\n<rss><channel/></rss>";
    assert_eq!(wrong(bomb), [("xml-entities", Some(2))]);
    assert_eq!(wrong("<rss><channel>\n<item><title>a"), [("broken-xml", Some(2))]);
    assert_eq!(wrong("<rss><channel>\n</item></channel></rss>"), [("broken-xml", Some(2))]);
    assert_eq!(wrong(&format!("<rss>{}", "<a>".repeat(100_000))), [("too-deep", Some(1))]);
    assert_eq!(wrong("<rss><channel><title>Leeg</title></channel></rss>"), [("no-posts", None)]);
}

#[test]
fn nesting_in_a_post_is_an_error_of_that_post() {
    let html = "&lt;div&gt;".repeat(100_000);
    let text = format!(
        "<rss><channel><item><title>a</title><description>{html}</description></item></channel></rss>"
    );
    let export = posts(&text, &file()).unwrap();
    let file = file();
    let errors = body(&export.posts[0], &Source::new(&file, &text)).unwrap_err();
    assert_eq!(errors.iter().map(|error| error.code).collect::<Vec<_>>(), ["too-deep"]);
}

#[test]
fn a_pattern_that_contains_itself_ends() {
    let item = |kind: &str, id: u32, content: &str| {
        format!(
            "<item><title>t</title><content:encoded><![CDATA[{content}]]></content:encoded><wp:post_id>{id}</wp:post_id>\
             <wp:status>publish</wp:status><wp:post_type>{kind}</wp:post_type></item>"
        )
    };
    let again = "<!-- wp:block {\"ref\":2} /-->".repeat(3);
    let text = format!(
        "<rss><channel><wp:wxr_version>1.2</wp:wxr_version>{}{}</channel></rss>",
        item("post", 1, "<!-- wp:block {\"ref\":2} /-->"),
        item("wp_block", 2, &format!("<p>x</p>{again}")),
    );
    let export = posts(&text, &file()).unwrap();
    let file = file();
    let body = body(&export.posts[0], &Source::new(&file, &text)).unwrap();
    assert!(body.html.contains(">x</p>") && body.html.len() < 16 << 20);
}

#[test]
fn a_feed_is_told_by_its_first_element() {
    for feed in ["<rss>", "\u{FEFF}<?xml version='1.0'?>\n<!-- c --><feed xmlns='x'>", "<rdf:RDF a='b'>"] {
        assert!(is_feed(feed), "{feed}");
    }
    for other in ["", "<urlset>", "<?xml version='1.0'", "<!-- <rss>", "rss", "<rssx>"] {
        assert!(!is_feed(other), "{other}");
    }
}

#[test]
fn every_word_of_a_post_is_kept() {
    let text = include_str!("../../../tests/read/wordpress/vonder.xml");
    let file = file();
    let export = posts(text, &file).unwrap();
    let words = |html: &str| {
        let document = crate::dom::parse_fragment(html, 1);
        let text = crate::read::html::words(&document, document.fragment());
        let mut words: Vec<String> = text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect();
        words.sort_unstable();
        words
    };
    for post in &export.posts {
        // What stands in the brackets of a shortcode is for the site.
        let mut pieces = post.text.html.split('[');
        let mut html = pieces.next().unwrap_or_default().to_owned();
        for piece in pieces {
            match piece.split_once(']') {
                Some((code, rest)) if code != "sic" => html.push_str(rest),
                _ => html.push_str(piece),
            }
        }
        let body = body(post, &Source::new(&file, text)).unwrap();
        let mut kept = words(&body.html);
        for word in words(&html) {
            let at = kept.binary_search(&word);
            // A heading that only says the title again is the title.
            let in_title = post.meta["title"].as_str().unwrap_or_default().contains(&word);
            assert!(at.is_ok() || in_title, "{word} of {}", post.slug);
            at.map(|at| kept.remove(at)).ok();
        }
    }
}

fn planned(files: &Memory) -> (Vec<String>, Vec<&'static str>) {
    let project = Project::open(files, Path::new("/p/input"), &Overrides::default()).unwrap();
    let (jobs, problems) = plan(files, &project);
    let read = |job: &crate::read::Job| match crate::read::read(files, &project, job) {
        Ok((article, _)) => format!("{} {} {}", article.slug, article.meta.layout, article.meta.title),
        Err(errors) => errors[0].code.to_owned(),
    };
    (jobs.iter().map(read).collect(), problems.iter().map(|found| found.code).collect())
}

#[test]
fn each_post_is_an_article_and_a_catalog_picks_and_names_them() {
    let item = |name: &str| {
        format!(
            "<item><title>T {name}</title><link>https://e.org/{name}</link><description>Tekst.</description></item>"
        )
    };
    let feed = format!("<rss><channel>{}{}{}</channel></rss>", item("een"), item("twee"), item("een"));
    let files = Memory::default()
        .with("/p/handout.toml", "")
        .with("/p/input/feed.xml", feed)
        .with("/p/input/sitemap.xml", "<urlset/>")
        .with("/p/input/_defaults.yaml", "layout: steps");
    let all = ["een steps T een", "twee steps T twee", "een-2 steps T een"];
    assert_eq!(planned(&files), (all.map(str::to_owned).to_vec(), vec![]));
    let catalog = "articles:\n  - {source: feed.xml, post: twee, title: Eigen, slug: ander}\n  - {source: feed.xml, post: [een, dri]}\n  \
                   - {source: sitemap.xml}";
    let files = files.with("/p/input/catalog.yaml", catalog);
    let picked = ["ander steps Eigen", "een steps T een", "unknown-kind"];
    assert_eq!(planned(&files), (picked.map(str::to_owned).to_vec(), vec!["unknown-post"]));
}

proptest! {
    #[test]
    fn nothing_that_is_written_makes_it_panic(
        pieces in prop::collection::vec(prop_oneof![
            12 => prop::sample::select(vec![
                "<rss>", "</rss>", "<channel>", "</channel>", "<item>", "</item>", "<entry>", "<feed>", "</feed>", "<title>x</title>",
                "<wp:wxr_version>1.2</wp:wxr_version>", "<wp:post_type>post</wp:post_type>", "<wp:status>publish</wp:status>",
                "<content:encoded><![CDATA[", "]]></content:encoded>", "<description>", "</description>", "&lt;p&gt;", "&nbsp;", "&#0;",
                "<!-- wp:block {\"ref\":1} /-->", "<!-- wp:", "-->", "[caption]", "[/caption]", "[gallery ids=1]", "[a b='", "]", "\n\n",
                "<p>", "<br>", "<pre>", "<ul>", "<li>", "</", "<", "<!DOCTYPE x>", "<?x?>", "<content type='xhtml'>", "</content>",
            ]).prop_map(str::to_owned),
            1 => any::<String>(),
        ], 0..60)
    ) {
        let text = format!("<rss><channel>{}", pieces.concat());
        for text in [pieces.concat(), format!("{text}</channel></rss>"), text] {
            let _ = is_feed(&text);
            let file = file();
            if let Ok(export) = posts(&text, &file) {
                for post in &export.posts {
                    let _ = body(post, &Source::new(&file, &text));
                }
            }
        }
        let classic = autop::autop(&pieces.concat());
        prop_assert_eq!(classic.matches('\n').count(), pieces.concat().matches('\n').count());
    }
}
