//! What WordPress exports: WXR 1.2, which is RSS with the fields of its database.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Map, Value};

use crate::diag::{Diagnostic, Place};
use crate::read::slug::slug_of;
use crate::read::structure::decoded;

use super::date;
use super::media::{Attachment, Media};
use super::post::{Markup, Post, Text, first, plain, plain_of, put_all};
use super::xml::{Feed, Item};

/// Kinds of items that are how a site works, and nothing to read.
const MACHINERY: [&str; 14] = [
    "attachment",
    "nav_menu_item",
    "revision",
    "custom_css",
    "customize_changeset",
    "oembed_cache",
    "user_request",
    "wp_block",
    "wp_template",
    "wp_template_part",
    "wp_global_styles",
    "wp_navigation",
    "wp_font_family",
    "wp_font_face",
];

/// The name that WordPress gives to posts that nobody put in a category, where it speaks Dutch or English.
pub(super) const NO_CATEGORY: [&str; 4] =
    ["uncategorized", "uncategorised", "geen-categorie", "niet-gecategoriseerd"];

/// The published posts and pages of an export, and what was left out of it.
pub(super) fn posts(feed: &Feed, source: &str, file: &Arc<str>) -> (Vec<Post>, Vec<Diagnostic>) {
    let media = Arc::new(media(feed));
    let authors: BTreeMap<&str, &str> = feed
        .channel
        .iter()
        .filter(|field| field.name == "wp:author")
        .filter_map(|field| Some((field.part("wp:author_login")?, field.part("wp:author_display_name")?)))
        .collect();
    let lang = first(&feed.channel, &["language"]).map(|field| field.text.trim().to_owned());
    let mut posts = Vec::new();
    let mut notes = Vec::new();
    let comments =
        feed.items.iter().flat_map(|item| &item.fields).filter(|field| field.name == "wp:comment").count();
    if comments > 0 {
        let plural = if comments == 1 { "comment" } else { "comments" };
        let message = format!("left out: {comments} {plural} of readers");
        notes.push(Diagnostic::note("left-out", message).at(Place::file(file.clone())));
    }
    for item in &feed.items {
        let kind = text(item, "wp:post_type");
        if MACHINERY.contains(&&*kind) {
            continue;
        }
        match left_out(item, &kind) {
            Some(reason) => {
                let title = first(&item.fields, &["title"]).map(plain).unwrap_or_default();
                let message = format!("left out: “{title}”, {reason}");
                notes.push(Diagnostic::note("left-out", message).at(Place::at(
                    file.clone(),
                    source,
                    item.line,
                    1,
                )));
            }
            None => posts.push(post(item, &authors, lang.as_deref(), &media)),
        }
    }
    (posts, notes)
}

/// Why an item is no article, if it is none.
fn left_out(item: &Item, kind: &str) -> Option<String> {
    let status = text(item, "wp:status");
    match (kind, &*status) {
        ("post" | "page", "publish") if !text(item, "wp:post_password").is_empty() => {
            Some("which has a password".to_owned())
        }
        ("post" | "page", "publish") => None,
        ("post" | "page", _) => Some(format!("which is not published: its status is `{status}`")),
        _ => Some(format!("which is no post or page: its type is `{kind}`")),
    }
}

fn post(item: &Item, authors: &BTreeMap<&str, &str>, lang: Option<&str>, media: &Arc<Media>) -> Post {
    let mut meta = Map::new();
    let mut put = |key: &str, value: String| {
        if !value.is_empty() {
            meta.insert(key.to_owned(), Value::from(value));
        }
    };
    let featured = custom(item, "_thumbnail_id").and_then(|id| id.parse().ok());
    let day = |name: &str| date::day(&text(item, name));
    let described =
        [text(item, "excerpt:encoded"), custom(item, "_yoast_wpseo_metadesc").unwrap_or_default()];
    put("title", first(&item.fields, &["title"]).map(plain).unwrap_or_default());
    put("date", day("wp:post_date").or_else(|| day("pubDate")).unwrap_or_default());
    put("url", Some(text(item, "link")).filter(|link| link.starts_with("http")).unwrap_or_default());
    put(
        "description",
        described.iter().map(|text| plain_of(text)).find(|text| !text.is_empty()).unwrap_or_default(),
    );
    let picture = featured.and_then(|id| media.attachments.get(&id));
    put("image", picture.map(|picture| picture.url.clone()).unwrap_or_default());
    put("lang", lang.unwrap_or_default().to_owned());
    let login = text(item, "dc:creator");
    put_all(
        &mut meta,
        "authors",
        vec![authors.get(&*login).map_or(login.clone(), |name| (*name).to_owned())],
    );
    put_all(&mut meta, "categories", terms(item, "category"));
    put_all(&mut meta, "tags", terms(item, "post_tag"));
    let name = slug_of(&decoded(&text(item, "wp:post_name")));
    let slug = if name.is_empty() {
        slug_of(meta.get("title").and_then(Value::as_str).unwrap_or_default())
    } else {
        name
    };
    Post { slug, line: item.line, meta, doubt: None, text: content(item, featured), media: media.clone() }
}

fn content(item: &Item, featured: Option<u64>) -> Text {
    let field = first(&item.fields, &["content:encoded"]);
    let html = field.map(|field| field.text.clone()).unwrap_or_default();
    let markup = if html.contains("<!-- wp:") { Markup::Blocks } else { Markup::Classic };
    let notes = custom(item, "footnotes").and_then(|json| serde_json::from_str::<Value>(&json).ok());
    let note =
        |it: &Value| Some((it.get("id")?.as_str()?.to_owned(), it.get("content")?.as_str()?.to_owned()));
    Text {
        html,
        line: field.map_or(item.line, |field| field.line.max(1)),
        markup,
        notes: notes.as_ref().and_then(Value::as_array).into_iter().flatten().filter_map(note).collect(),
        id: text(item, "wp:post_id").parse().unwrap_or_default(),
        featured,
    }
}

/// What posts refer to by number.
fn media(feed: &Feed) -> Media {
    let mut media = Media::default();
    for item in &feed.items {
        let Ok(id) = text(item, "wp:post_id").parse() else { continue };
        match &*text(item, "wp:post_type") {
            "attachment" => {
                let attachment = Attachment {
                    url: text(item, "wp:attachment_url"),
                    alt: custom(item, "_wp_attachment_image_alt").unwrap_or_default(),
                    caption: text(item, "excerpt:encoded"),
                    parent: text(item, "wp:post_parent").parse().unwrap_or_default(),
                };
                media.attachments.insert(id, attachment);
            }
            "wp_block" => drop(media.patterns.insert(id, text(item, "content:encoded"))),
            _ => {}
        }
    }
    media
}

/// The names of the terms of one taxonomy.
fn terms(item: &Item, domain: &str) -> Vec<String> {
    let fields = item
        .fields
        .iter()
        .filter(|field| field.name == "category" && field.attribute("domain") == Some(domain));
    let named =
        fields.filter(|field| !field.attribute("nicename").is_some_and(|name| NO_CATEGORY.contains(&name)));
    named.map(plain).collect()
}

fn text(item: &Item, name: &str) -> String {
    first(&item.fields, &[name]).map(|field| field.text.trim().to_owned()).unwrap_or_default()
}

/// A custom field of an item.
fn custom(item: &Item, key: &str) -> Option<String> {
    let fields = item.fields.iter().filter(|field| field.name == "wp:postmeta");
    let found = fields.into_iter().find(|field| field.part("wp:meta_key") == Some(key))?;
    Some(found.part("wp:meta_value")?.to_owned()).filter(|value| !value.is_empty())
}
