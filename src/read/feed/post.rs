//! A post, and how RSS and Atom write one.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::{Map, Value};

use crate::diag::Diagnostic;
use crate::dom;
use crate::read::slug::slug_of;

use super::media::Media;
use super::xml::{Feed, Field, Item};
use super::{date, surroundings, wordpress};

/// One post of a file that holds many.
#[derive(Clone, Debug)]
pub struct Post {
    /// The name that it has on its site, as a slug; of no two posts of a file the same.
    pub slug: String,
    /// The line of its start tag, from 1.
    pub line: u32,
    /// What the file says about it, under the names that front matter uses.
    pub meta: Map<String, Value>,
    /// What was left of it, where somebody should know.
    pub(super) doubt: Option<&'static str>,
    /// Its text.
    pub(super) text: Text,
    /// What else is in the file that posts refer to.
    pub(super) media: Arc<Media>,
}

/// The text of a post.
#[derive(Clone, Debug, Default)]
pub(super) struct Text {
    pub(super) html: String,
    /// The line that it begins on.
    pub(super) line: u32,
    pub(super) markup: Markup,
    /// Notes that the text calls, by the ids that it calls them by.
    pub(super) notes: Vec<(String, String)>,
    /// The number of the post, as other parts of an export refer to it.
    pub(super) id: u64,
    /// The number of its featured picture.
    pub(super) featured: Option<u64>,
}

/// What the text of a post is written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Markup {
    /// HTML.
    #[default]
    Html,
    /// HTML as WordPress' block editor writes it, between comments.
    Blocks,
    /// HTML as WordPress' editor wrote it before, in which blank lines part paragraphs.
    Classic,
}

/// The posts of an RSS or Atom feed.
pub(super) fn posts(feed: &Feed, text: &str) -> (Vec<Post>, Vec<Diagnostic>) {
    let lang = first(&feed.channel, &["language", "dc:language"]).map(|field| field.text.trim().to_owned());
    let lang = lang.or_else(|| feed.lang.clone());
    let owner: Vec<String> = names(&feed.channel);
    let media = Arc::new(Media::default());
    let post = |item: &Item| {
        let mut meta = meta(item);
        if let Some(lang) = lang.as_ref().filter(|lang| !lang.is_empty()) {
            meta.insert("lang".to_owned(), lang.as_str().into());
        }
        let authors =
            Some(names(&item.fields)).filter(|names| !names.is_empty()).unwrap_or_else(|| owner.clone());
        put_all(&mut meta, "authors", authors);
        let (text, is_summary) = content(item, text);
        Post {
            slug: slug(&meta),
            line: item.line,
            meta,
            doubt: is_summary.then_some("the feed gives only the beginning of this post, or a summary of it"),
            text,
            media: media.clone(),
        }
    };
    (feed.items.iter().map(post).collect(), Vec::new())
}

/// Gives posts whose slugs are the same different ones, in order.
pub(super) fn settle_slugs(posts: &mut [Post]) {
    let mut taken = BTreeSet::new();
    for post in posts {
        let slug = if post.slug.is_empty() { "post".to_owned() } else { post.slug.clone() };
        let numbered = (2..).map(|number| format!("{slug}-{number}"));
        let free = std::iter::once(slug.clone()).chain(numbered).find(|slug| !taken.contains(slug));
        post.slug = free.unwrap_or(slug);
        taken.insert(post.slug.clone());
    }
}

fn meta(item: &Item) -> Map<String, Value> {
    let mut meta = Map::new();
    let fields = &item.fields;
    if let Some(title) = first(fields, &["title"]).map(plain).filter(|title| !title.is_empty()) {
        meta.insert("title".to_owned(), title.into());
    }
    if let Some(address) = address(fields) {
        meta.insert("url".to_owned(), address.into());
    }
    let day = first(fields, &["pubDate", "published", "dc:date", "updated"])
        .and_then(|field| date::day(&field.text));
    let description = summary(item).map(|field| plain_of(&surroundings::without_origin(&field.text, &meta)));
    for (key, value) in [("date", day), ("description", description), ("image", image(fields))] {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            meta.insert(key.to_owned(), value.into());
        }
    }
    let categories = fields.iter().filter(|field| field.name == "category" || field.name == "dc:subject");
    let name = |field: &Field| {
        let own = plain(field);
        let given = || Some(field.attribute("label").or_else(|| field.attribute("term"))?.to_owned());
        if own.is_empty() { given().unwrap_or_default() } else { own }
    };
    let is_tag = |name: &String| !wordpress::NO_CATEGORY.contains(&&*slug_of(name));
    put_all(&mut meta, "tags", categories.map(name).filter(is_tag).collect());
    meta
}

/// The field that tells in short what the post says, where another one has all of it.
fn summary(item: &Item) -> Option<&Field> {
    let whole = first(&item.fields, &["content:encoded", "content"]);
    whole.and_then(|_| first(&item.fields, &["description", "summary"]))
}

/// The text of a post, and whether it is all that there is of a longer one.
fn content(item: &Item, source: &str) -> (Text, bool) {
    let whole = first(&item.fields, &["content:encoded", "content"]);
    let Some(field) = whole.or_else(|| first(&item.fields, &["description", "summary"])) else {
        return (Text { line: item.line, ..Text::default() }, true);
    };
    let kind = field.attribute("type").unwrap_or("html");
    let (html, line) = match kind {
        "xhtml" => {
            let before = source.get(..field.inner.start).unwrap_or_default();
            let line = before.matches('\n').count() as u32 + 1;
            (source.get(field.inner.clone()).unwrap_or_default().to_owned(), line)
        }
        "text" => (format!("<p>{}</p>", handlebars::html_escape(&field.text)), field.line),
        _ => (field.text.clone(), field.line),
    };
    let said = plain_of(&html);
    let is_cut = ["…", "[…]", "...", "[...]"].iter().any(|end| said.ends_with(end));
    // Whoever sends headings, lists or tables sends more than a summary.
    let is_built = ["<h", "<ul", "<ol", "<table", "<blockquote"].iter().any(|tag| html.contains(tag));
    let is_short = said.split_whitespace().count() < 60 && !is_built;
    let is_summary = whole.is_none() && (is_cut || is_short);
    (Text { html, line: line.max(1), ..Text::default() }, is_summary)
}

/// Where the post is on the web.
fn address(fields: &[Field]) -> Option<String> {
    let links = || fields.iter().filter(|field| field.name == "link" || field.name == "atom:link");
    let alternate = links().find(|field| {
        field.attribute("href").is_some() && field.attribute("rel").is_none_or(|rel| rel == "alternate")
    });
    let written = links().map(|field| field.text.trim().to_owned()).find(|text| !text.is_empty());
    let found = written.or_else(|| Some(alternate?.attribute("href")?.to_owned()))?;
    (found.starts_with("http://") || found.starts_with("https://")).then_some(found)
}

fn image(fields: &[Field]) -> Option<String> {
    let is_picture = |field: &&Field| {
        let kind = field.attribute("type").unwrap_or_default();
        match &*field.name {
            "media:thumbnail" => true,
            "media:content" => field.attribute("medium") == Some("image") || kind.starts_with("image/"),
            "enclosure" => kind.starts_with("image/"),
            _ => false,
        }
    };
    Some(fields.iter().find(is_picture)?.attribute("url")?.to_owned())
}

/// The authors: `dc:creator`, the name of an Atom person, or what RSS has in brackets behind an address.
fn names(fields: &[Field]) -> Vec<String> {
    let name = |field: &Field| match &*field.name {
        "dc:creator" => Some(plain(field)),
        "author" | "managingEditor" => {
            let text = field.text.trim();
            let bracketed = || Some(text.split_once('(')?.1.trim_end_matches(')').trim());
            let named = field.part("name").or_else(bracketed).unwrap_or(text);
            Some(named.to_owned()).filter(|name| !name.contains('@'))
        }
        _ => None,
    };
    fields.iter().filter_map(name).filter(|name| !name.is_empty()).collect()
}

/// The last part of the address that is a name, else the title, as a slug.
fn slug(meta: &Map<String, Value>) -> String {
    let text = |key: &str| meta.get(key).and_then(Value::as_str).unwrap_or_default();
    let path = text("url").split(['?', '#']).next().unwrap_or_default();
    let path = path.split_once("://").map_or("", |(_, rest)| rest);
    let last = path.trim_end_matches('/').split('/').skip(1).last().unwrap_or_default();
    let stem = last.rsplit_once('.').map_or(last, |(stem, _)| stem);
    let from_address = slug_of(&super::super::structure::decoded(stem));
    let is_name = from_address.chars().any(|c| c.is_ascii_alphabetic()) && from_address != "index";
    if is_name { from_address } else { slug_of(text("title")) }
}

pub(super) fn put_all(meta: &mut Map<String, Value>, key: &str, values: Vec<String>) {
    let mut seen = BTreeSet::new();
    let values: Vec<String> =
        values.into_iter().filter(|value| !value.is_empty() && seen.insert(value.clone())).collect();
    if !values.is_empty() {
        meta.insert(key.to_owned(), values.into());
    }
}

/// The first field with one of these names that says something, the names in order.
pub(super) fn first<'f>(fields: &'f [Field], names: &[&str]) -> Option<&'f Field> {
    let says = |field: &&Field| !field.text.trim().is_empty() || field.inner.len() > 1;
    names.iter().find_map(|name| fields.iter().filter(says).find(|field| field.name == *name))
}

/// The text of a field, its markup taken off.
pub(super) fn plain(field: &Field) -> String {
    plain_of(&field.text)
}

pub(super) fn plain_of(text: &str) -> String {
    let is_markup = text.contains('&') || text.contains("</") || text.contains("<br");
    let text = if is_markup {
        let document = dom::parse_fragment(text, 1);
        document.text(document.fragment())
    } else {
        text.to_owned()
    };
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
