//! What schema.org's JSON-LD in a page tells about its article (JSON-LD 1.1, section 7.3; schema.org `Article`).

use serde_json::Value;

/// What was found, as far as it was there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Schema {
    pub(super) title: Option<String>,
    pub(super) authors: Vec<String>,
    pub(super) date: Option<String>,
    pub(super) description: Option<String>,
    pub(super) image: Option<String>,
    pub(super) tags: Vec<String>,
    pub(super) lang: Option<String>,
    pub(super) site: Option<String>,
}

/// Types that are an article, without those that end in `Article`, `Posting` or `Report`.
const ARTICLES: [&str; 4] = ["WebPage", "CreativeWork", "Recipe", "HowTo"];

/// The nodes of all blocks of a page, so that one can refer to another.
pub(super) struct Graph {
    nodes: Vec<Value>,
}

impl Graph {
    /// Reads blocks of JSON-LD. A block that is no JSON tells nothing.
    pub(super) fn of<'a>(blocks: impl IntoIterator<Item = &'a str>) -> Self {
        let mut nodes = Vec::new();
        for block in blocks {
            let block = block.trim().trim_start_matches("<![CDATA[").trim_end_matches("]]>");
            if let Ok(value) = serde_json::from_str(block) {
                flatten(value, &mut nodes);
            }
        }
        Self { nodes }
    }

    /// What the graph says about its article.
    pub(super) fn article(&self) -> Schema {
        let site = self.nodes.iter().find(|node| types(node).any(|it| it == "WebSite"));
        let site = site.and_then(|node| self.name(node.get("name")?));
        let Some(node) = self.node() else { return Schema { site, ..Schema::default() } };
        let text = |key: &str| node.get(key).and_then(text);
        let publisher = || self.name(node.get("publisher")?);
        Schema {
            title: text("headline").or_else(|| text("name")),
            authors: node.get("author").map(|it| self.names(it)).unwrap_or_default(),
            date: text("datePublished").or_else(|| text("dateCreated")),
            description: text("description"),
            image: node.get("image").and_then(|it| self.address(it)),
            tags: node.get("keywords").map(words).unwrap_or_default(),
            lang: text("inLanguage"),
            site: site.or_else(publisher),
        }
    }

    /// The node of the article: the first that is one by its type, and only then that of the page.
    fn node(&self) -> Option<&Value> {
        let is_article = |node: &&Value| {
            types(node).any(|it| ["Article", "Posting", "Report"].iter().any(|end| it.ends_with(end)))
        };
        let is_page = |node: &&Value| types(node).any(|it| ARTICLES.contains(&it));
        self.nodes.iter().find(is_article).or_else(|| self.nodes.iter().find(is_page))
    }

    /// The node itself, or the one that it refers to with nothing but an `@id`.
    fn resolved<'v>(&'v self, value: &'v Value) -> &'v Value {
        let Some(id) = value.as_object().filter(|map| map.len() == 1).and_then(|map| map.get("@id")) else {
            return value;
        };
        let is_meant =
            |node: &&Value| node.get("@id") == Some(id) && node.as_object().is_some_and(|it| it.len() > 1);
        self.nodes.iter().find(is_meant).unwrap_or(value)
    }

    fn name(&self, value: &Value) -> Option<String> {
        let value = self.resolved(value);
        text(value).or_else(|| text(value.get("name")?))
    }

    fn names(&self, value: &Value) -> Vec<String> {
        let each = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
        each.iter().filter_map(|it| self.name(it)).filter(|name| !name.contains("://")).collect()
    }

    fn address(&self, value: &Value) -> Option<String> {
        let first = value.as_array().map_or(Some(value), |list| list.first())?;
        let node = self.resolved(first);
        text(node).or_else(|| text(node.get("url")?)).or_else(|| text(node.get("contentUrl")?))
    }
}

/// Takes lists and `@graph` apart. The parser bounds how deep they are nested.
fn flatten(value: Value, nodes: &mut Vec<Value>) {
    match value {
        Value::Array(items) => items.into_iter().for_each(|item| flatten(item, nodes)),
        Value::Object(mut map) => {
            let graph = map.remove("@graph");
            nodes.push(Value::Object(map));
            graph.into_iter().for_each(|graph| flatten(graph, nodes));
        }
        _ => {}
    }
}

fn types(node: &Value) -> impl Iterator<Item = &str> {
    let value = node.get("@type");
    let each = match value {
        Some(Value::Array(items)) => items.as_slice(),
        Some(one) => std::slice::from_ref(one),
        None => &[],
    };
    each.iter().filter_map(Value::as_str)
}

/// A text without the entities that some sites leave in it; nothing for an empty one.
fn text(value: &Value) -> Option<String> {
    let text = value.as_str()?;
    let document = crate::dom::parse_fragment(text, 1);
    let plain = document.text(document.fragment());
    let words: Vec<&str> = plain.split_whitespace().collect();
    (!words.is_empty()).then(|| words.join(" "))
}

fn words(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().filter_map(text).collect(),
        _ => text(value).iter().flat_map(|it| it.split(',')).map(|it| it.trim().to_owned()).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_of_a_graph_is_read_through_its_references() {
        let json = r##"{"@context": "https://schema.org", "@graph": [
            {"@type": "WebPage", "@id": "#p", "name": "Page"},
            {"@type": ["Article", "BlogPosting"], "headline": "Een &amp; twee", "author": [{"@id": "#a"}, "B"],
             "datePublished": "2026-03-12T10:00:00+01:00", "image": {"@id": "#i"}, "keywords": "x, y", "inLanguage": "nl-NL"},
            {"@type": "Person", "@id": "#a", "name": "A"}, {"@type": "WebSite", "name": "Site"},
            {"@type": "ImageObject", "@id": "#i", "url": "https://example.org/i.jpg"}]}"##;
        let article = Graph::of([json]).article();
        let expected = Schema {
            title: Some("Een & twee".into()),
            authors: vec!["A".into(), "B".into()],
            date: Some("2026-03-12T10:00:00+01:00".into()),
            image: Some("https://example.org/i.jpg".into()),
            tags: vec!["x".into(), "y".into()],
            lang: Some("nl-NL".into()),
            site: Some("Site".into()),
            description: None,
        };
        assert_eq!(article, expected);
    }

    #[test]
    fn what_is_no_json_tells_nothing() {
        let deep = "[".repeat(100_000);
        assert_eq!(Graph::of(["{", &deep, "7", "null"]).article(), Schema::default());
        assert_eq!(
            Graph::of([r#"{"@type": "Article", "author": {"@id": "x"}}"#]).article(),
            Schema::default()
        );
    }
}
