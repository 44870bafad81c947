//! What a site puts into its posts when it sends them out, and nobody wrote: buttons to share them, and the line that says
//! where they were first.

use serde_json::{Map, Value};

use crate::dom::{self, Document, NodeId};

/// Classes of boxes that plugins add.
const ADDED: [&str; 9] = [
    "sharedaddy",
    "sd-sharing-enabled",
    "jp-relatedposts",
    "addtoany_share_save_container",
    "shariff",
    "heateor_sss_sharing_container",
    "wp-block-social-links",
    "yarpp-related",
    "mc4wp-form",
];

/// Takes them out, and gives the words of each with its line.
pub(super) fn take(document: &mut Document, root: NodeId, meta: &Map<String, Value>) -> Vec<(String, u32)> {
    let is_added = |id: &NodeId| ADDED.iter().any(|name| document.has_class(*id, name));
    let mut parts: Vec<NodeId> = document.elements(root).filter(is_added).collect();
    parts.extend(origin(document, root, meta));
    let mut taken = Vec::new();
    for id in parts {
        let words = document.text(id).split_whitespace().collect::<Vec<_>>().join(" ");
        let is_there = document.ancestors(id).any(|up| up == root);
        document.detach(id);
        if is_there && !words.is_empty() {
            taken.push((words, document.node(id).line));
        }
    }
    taken
}

/// A text of a feed without the line that says where the post was first.
pub(super) fn without_origin(html: &str, meta: &Map<String, Value>) -> String {
    let mut document = dom::parse_fragment(html, 1);
    let root = document.fragment();
    match origin(&document, root, meta) {
        Some(id) => {
            document.detach(id);
            document.inner_html(root)
        }
        None => html.to_owned(),
    }
}

/// The last paragraph, where it is a line with two links: to the post itself, by its title, and to the site that it is on.
fn origin(document: &Document, root: NodeId, meta: &Map<String, Value>) -> Option<NodeId> {
    const MOST_WORDS: usize = 12;
    let said = |key: &str| meta.get(key).and_then(Value::as_str).unwrap_or_default();
    let last = document.elements(root).filter(|&id| document.is(id, "p")).last()?;
    let links: Vec<NodeId> = document.elements(last).filter(|&id| document.is(id, "a")).collect();
    let [post, site] = links.as_slice() else { return None };
    let words = |id: NodeId| document.text(id).split_whitespace().count();
    let href = |id: NodeId| document.attribute(id, "href").unwrap_or_default().trim_end_matches('/');
    let is_post = href(*post) == said("url").trim_end_matches('/') && !said("url").is_empty();
    let is_titled = document.text(*post).split_whitespace().eq(said("title").split_whitespace());
    let is_site = !href(*site).is_empty() && href(*post).starts_with(href(*site));
    let between = words(last).saturating_sub(words(*post) + words(*site));
    (is_post && is_titled && is_site && between <= MOST_WORDS).then_some(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buttons_and_the_line_of_origin_go_and_are_told() {
        let meta = serde_json::json!({"title": "Een lamp", "url": "https://a.nl/lamp/"});
        let Value::Object(meta) = meta else { unreachable!("a map") };
        let origin = "<p>Het bericht <a href=\"https://a.nl/lamp/\">Een lamp</a> verscheen eerst op <a href=\"https://a.nl\">A</a>.</p>";
        let cases = [
            (format!("<p>a</p>{origin}"), "<p>a</p>", vec!["Het bericht Een lamp verscheen eerst op A."]),
            (
                "<p>a</p><div class=\"x sharedaddy\"><h3>Delen:</h3><div class=\"shariff\">b</div></div>"
                    .to_owned(),
                "<p>a</p>",
                vec!["Delen:b"],
            ),
            (format!("{origin}<p>a</p>"), &format!("{origin}<p>a</p>"), vec![]),
            (
                "<p><a href=\"https://a.nl/lamp/\">Een lamp</a></p>".to_owned(),
                "<p><a href=\"https://a.nl/lamp/\">Een lamp</a></p>",
                vec![],
            ),
        ];
        for (html, left, told) in cases {
            let mut document = dom::parse_fragment(&html, 1);
            let root = document.fragment();
            let taken = take(&mut document, root, &meta);
            assert_eq!(taken.iter().map(|(words, _)| words.as_str()).collect::<Vec<_>>(), told);
            assert_eq!(document.inner_html(root), left);
        }
        assert_eq!(without_origin(&format!("a<p>b</p>{origin}"), &meta), "a<p>b</p>");
    }
}
