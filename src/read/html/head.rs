//! What a page tells about its article: schema.org's JSON-LD, Open Graph, and the names of WHATWG HTML (section
//! 4.2.5.1) and Dublin Core. Where several tell the same, the one that speaks of the article goes before the one that
//! speaks of the page.

use serde_json::{Map, Value};

use crate::dom::{self, Document, NodeId};
use crate::read::Date;

use super::schema::{Graph, Schema};

/// What a page tells about its article.
pub(super) struct Head {
    /// Under the names that front matter uses.
    pub(super) meta: Map<String, Value>,
    /// What it gives as a date and is none.
    pub(super) no_date: Option<String>,
}

/// The `meta` elements of a page: name or property in lower case, and what it holds.
type Named = Vec<(String, String)>;

/// The names of one thing, the best first.
const TITLE: [&str; 4] = ["og:title", "twitter:title", "dc.title", "dcterms.title"];
const AUTHOR: [&str; 6] =
    ["author", "article:author", "dc.creator", "dcterms.creator", "parsely-author", "sailthru.author"];
const DATE: [&str; 8] = [
    "article:published_time",
    "date",
    "dc.date",
    "dcterms.date",
    "dcterms.created",
    "dcterms.issued",
    "datepublished",
    "publication_date",
];
const DESCRIPTION: [&str; 5] =
    ["description", "og:description", "twitter:description", "dc.description", "dcterms.description"];
const IMAGE: [&str; 4] = ["og:image", "og:image:url", "twitter:image", "thumbnail"];
const SITE: [&str; 2] = ["og:site_name", "application-name"];

/// Reads the head of the document, and what stands in its body as metadata.
pub(super) fn read(document: &Document, root: NodeId) -> Head {
    let named = named(document, root);
    let schema = Graph::of(scripts(document, root).iter().map(String::as_str)).article();
    let mut meta = Map::new();
    let mut put = |key: &str, value: Option<String>| {
        if let Some(value) = value {
            meta.insert(key.to_owned(), value.into());
        }
    };
    put("lang", lang(document, root, &named, &schema));
    put("title", title(document, root, &named, &schema));
    let date = schema.date.clone().or_else(|| first(&named, &DATE)).or_else(|| marked_date(document, root));
    let (date, no_date) = match date.map(|date| (day(&date), date)) {
        Some((None, wrong)) => (None, Some(wrong)),
        Some((day, _)) => (day, None),
        None => (None, None),
    };
    put("date", date);
    put("description", first(&named, &DESCRIPTION).or_else(|| schema.description.clone()));
    put("image", first(&named, &IMAGE).or_else(|| schema.image.clone()));
    put("url", address(document, root, &named));
    let mut put_all = |key: &str, values: Vec<String>| {
        if !values.is_empty() {
            meta.insert(key.to_owned(), values.into());
        }
    };
    put_all("authors", authors(document, root, &named, &schema));
    put_all("tags", tags(&named, schema));
    Head { meta, no_date }
}

/// The day of a date with or without a time; nothing where it is no date.
fn day(date: &str) -> Option<String> {
    let date = date.trim();
    Date::parse(date)?;
    Some(date.split(['T', 't', ' ']).next().unwrap_or(date).to_owned())
}

fn named(document: &Document, root: NodeId) -> Named {
    let metas = document.elements(root).filter(|&id| document.is(id, "meta"));
    let mut named = Named::new();
    for id in metas {
        let value = tidy(document.attribute(id, "content").unwrap_or_default());
        let names = ["property", "name", "itemprop"].iter().find_map(|name| document.attribute(id, name));
        if !value.is_empty() {
            let names = names.unwrap_or_default().split_ascii_whitespace();
            named.extend(names.map(|name| (name.to_ascii_lowercase().replace("dc:", "dc."), value.clone())));
        }
    }
    named
}

fn scripts(document: &Document, root: NodeId) -> Vec<String> {
    let is_linked_data = |&id: &NodeId| {
        let kind = document.attribute(id, "type").unwrap_or_default();
        document.is(id, "script") && kind.trim().eq_ignore_ascii_case("application/ld+json")
    };
    document.elements(root).filter(is_linked_data).map(|id| document.text(id)).collect()
}

fn first(named: &Named, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| all(named, name).next()).map(str::to_owned)
}

fn all<'n>(named: &'n Named, name: &'n str) -> impl Iterator<Item = &'n str> {
    named.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
}

fn lang(document: &Document, root: NodeId, named: &Named, schema: &Schema) -> Option<String> {
    let own = document.attribute(root, "lang").or_else(|| document.attribute(root, "xml:lang"));
    let own = own.map(str::to_owned).filter(|lang| !lang.is_empty());
    let lang = own.or_else(|| first(named, &["og:locale", "dc.language", "dcterms.language"]));
    Some(lang.or_else(|| schema.lang.clone())?.replace('_', "-"))
}

/// The title of the article: what it is called elsewhere, else the page's without the name of the site.
fn title(document: &Document, root: NodeId, named: &Named, schema: &Schema) -> Option<String> {
    let is_title =
        |&id: &NodeId| document.is(id, "title") && document.element(id).is_some_and(dom::Element::is_html);
    let page = document.elements(root).find(is_title).map(|id| tidy(&document.text(id)));
    let given = first(named, &TITLE).or_else(|| schema.title.clone());
    let page = page.filter(|page| !page.is_empty());
    let whole = given.or_else(|| page.clone())?;
    let site = first(named, &SITE).or_else(|| schema.site.clone());
    let headings: Vec<String> = document
        .elements(root)
        .filter(|&id| document.is(id, "h1"))
        .map(|id| tidy(&document.text(id)))
        .collect();
    Some(without_site(&whole, site.as_deref(), &headings).to_owned())
}

/// Cuts the name of the site off a title: a part beside a separator that is the site's name, or all but the part that
/// is a heading of the page.
fn without_site<'t>(title: &'t str, site: Option<&str>, headings: &[String]) -> &'t str {
    const SEPARATORS: [&str; 9] = [" | ", " - ", " – ", " — ", " · ", " • ", " :: ", " » ", " « "];
    let same = |one: &str, other: &str| one.trim().to_lowercase() == other.trim().to_lowercase();
    for separator in SEPARATORS {
        let ends = [title.rsplit_once(separator), title.split_once(separator).map(|(a, b)| (b, a))];
        for (rest, end) in ends.into_iter().flatten() {
            let is_site = site.is_some_and(|site| same(end, site));
            let is_heading = headings.iter().any(|heading| same(heading, rest));
            if (is_site || is_heading) && !rest.trim().is_empty() {
                return rest.trim();
            }
        }
    }
    title
}

fn authors(document: &Document, root: NodeId, named: &Named, schema: &Schema) -> Vec<String> {
    if !schema.authors.is_empty() {
        return unique(schema.authors.clone());
    }
    let told = AUTHOR.iter().map(|name| {
        all(named, name).filter(|author| !author.contains("://")).map(str::to_owned).collect::<Vec<_>>()
    });
    if let Some(authors) = told.into_iter().find(|authors| !authors.is_empty()) {
        return unique(authors);
    }
    let is_author = |&id: &NodeId| {
        let holds = |name: &str, word: &str| {
            document
                .attribute(id, name)
                .is_some_and(|value| value.split_ascii_whitespace().any(|it| it.eq_ignore_ascii_case(word)))
        };
        holds("rel", "author") || holds("itemprop", "author")
    };
    let marked = document.elements(root).filter(is_author).map(|id| tidy(&document.text(id)));
    // The name of a person is short; an element that holds more is the whole line or box about them.
    unique(marked.filter(|name| !name.is_empty() && name.split(' ').count() <= 6).take(1).collect())
}

/// A date in the text that is marked as that of publication.
fn marked_date(document: &Document, root: NodeId) -> Option<String> {
    let is_published = |&id: &NodeId| {
        let class = document.attribute(id, "class").unwrap_or_default();
        let marked = document.attribute(id, "itemprop") == Some("datePublished")
            || document.attribute(id, "pubdate").is_some()
            || class.split_ascii_whitespace().any(|name| matches!(name, "published" | "entry-date"));
        document.is(id, "time") && marked
    };
    let time = document.elements(root).find(is_published)?;
    document.attribute(time, "datetime").and_then(day)
}

fn tags(named: &Named, schema: Schema) -> Vec<String> {
    let tagged: Vec<String> = all(named, "article:tag").map(str::to_owned).collect();
    let keywords = all(named, "keywords").flat_map(|it| it.split(',')).map(tidy).collect();
    let told = [tagged, schema.tags, keywords].into_iter().find(|tags: &Vec<String>| !tags.is_empty());
    unique(told.unwrap_or_default())
}

/// Where the page is on the web: its canonical address, or where a browser saved it from.
fn address(document: &Document, root: NodeId, named: &Named) -> Option<String> {
    let is_canonical = |&id: &NodeId| {
        document.is(id, "link")
            && document.attribute(id, "rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical"))
    };
    let canonical = document.elements(root).find(is_canonical).and_then(|id| document.attribute(id, "href"));
    let found =
        canonical.map(str::to_owned).or_else(|| first(named, &["og:url"])).or_else(|| saved_from(document));
    found.filter(|address| address.starts_with("https://") || address.starts_with("http://"))
}

/// The mark that browsers write into a page that they save: `saved from url=(0023)https://example.org/`.
pub(super) fn saved_from(document: &Document) -> Option<String> {
    let comments = document.children(document.root()).chain(document.children(document.fragment()));
    let text = comments.filter_map(|id| match &document.node(id).data {
        dom::NodeData::Comment(text) => text.trim().strip_prefix("saved from url=("),
        _ => None,
    });
    text.into_iter().find_map(|rest| Some(rest.split_once(')')?.1.trim().to_owned()))
}

fn unique(values: Vec<String>) -> Vec<String> {
    let mut seen = std::collections::BTreeSet::new();
    values.into_iter().filter(|value| !value.is_empty() && seen.insert(value.clone())).collect()
}

fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_the_site_is_cut_off_a_title() {
        let cut = |title, site, heading: &str| without_site(title, site, &[heading.to_owned()]).to_owned();
        assert_eq!(cut("Een kop - met streep | Bureau", Some("Bureau"), ""), "Een kop - met streep");
        assert_eq!(cut("Bureau – Een kop", Some("bureau"), ""), "Een kop");
        assert_eq!(cut("Een kop - Onbekend", None, "Een kop"), "Een kop");
        assert_eq!(cut("Een kop - met streep", None, "Iets anders"), "Een kop - met streep");
        assert_eq!(cut("Bureau", Some("Bureau"), "Bureau"), "Bureau");
    }
}
