//! Wiki links as Obsidian writes them: `[[Page#Heading|words]]`, `![[picture.png|what it shows|300]]`, and the names of blocks,
//! `^name`, that they may lead to.

use comrak::nodes::{Node, NodeLink, NodeValue};
use comrak::{Anchorizer, Arena};
use handlebars::html_escape;

use crate::diag::Diagnostic;
use crate::dom::{Document, NodeId};
use crate::read::Source;

/// The endings of pictures that can be set.
const PICTURES: [&str; 9] = ["png", "jpg", "jpeg", "gif", "webp", "svg", "avif", "bmp", "tif"];

/// Makes pictures of embedded pictures, and addresses of the names of pages and headings. What is embedded otherwise
/// becomes a link, and is told: `line` says where a line of the parsed text is in the file.
pub(super) fn resolve<'a>(
    arena: &'a Arena<'a>,
    root: Node<'a>,
    source: &Source,
    line: impl Fn(usize) -> u32,
    told: &mut Vec<Diagnostic>,
) {
    let texts: Vec<Node<'a>> =
        root.descendants().filter(|node| matches!(node.data().value, NodeValue::Text(_))).collect();
    texts.into_iter().for_each(|node| embed_sized(arena, node));
    let links: Vec<Node<'a>> =
        root.descendants().filter(|node| matches!(node.data().value, NodeValue::WikiLink(_))).collect();
    for node in links {
        let (url, embed) = match &node.data().value {
            NodeValue::WikiLink(link) => (link.url.clone(), link.embed),
            _ => continue,
        };
        let words: String = node.descendants().map(text_of).collect();
        let is_picture = url
            .rsplit_once('.')
            .is_some_and(|(_, ending)| PICTURES.contains(&ending.to_ascii_lowercase().as_str()));
        if embed && is_picture {
            let said = if words == url { "" } else { &words };
            let html = picture(&url, said);
            node.children().collect::<Vec<_>>().into_iter().for_each(|child| child.detach());
            node.data_mut().value = NodeValue::HtmlInline(html);
            continue;
        }
        if embed {
            let message = format!("`{url}` is embedded here; a link stands in its place");
            let place = source.place(line(node.data().sourcepos.start.line));
            told.push(
                Diagnostic::warning("not-embedded", message)
                    .at(place)
                    .hint("copy what is to be read here into the article"),
            );
        }
        if words == url && url.contains('#') {
            let shown = url.trim_start_matches('#').replace('#', " > ");
            node.children().collect::<Vec<_>>().into_iter().for_each(|child| child.detach());
            node.append(arena.alloc(NodeValue::Text(shown.into()).into()));
        }
        let mut data = node.data_mut();
        match (address(&url), &mut data.value) {
            (local, value) if local.starts_with('#') => {
                *value = NodeValue::Link(Box::new(NodeLink { url: local, title: String::new() }));
            }
            (other, NodeValue::WikiLink(link)) => link.url = other,
            _ => {}
        }
    }
}

/// Makes pictures of `![[picture.png|alt|300]]`: with two bars it is no link to comrak.
fn embed_sized<'a>(arena: &'a Arena<'a>, node: Node<'a>) {
    let text = text_of(node);
    let mut rest = text.as_str();
    while let Some((before, (inside, after))) =
        rest.split_once("![[").and_then(|(before, after)| Some((before, after.split_once("]]")?)))
    {
        let Some((url, said)) = inside.split_once('|').filter(|_| !inside.contains('[')) else { break };
        node.insert_before(arena.alloc(NodeValue::Text(before.to_owned().into()).into()));
        node.insert_before(arena.alloc(NodeValue::HtmlInline(picture(url, said)).into()));
        rest = after;
    }
    if rest.len() < text.len() {
        node.data_mut().value = NodeValue::Text(rest.to_owned().into());
    }
}

fn text_of(node: Node<'_>) -> String {
    match &node.data().value {
        NodeValue::Text(text) => text.to_string(),
        NodeValue::Code(code) => code.literal.clone(),
        NodeValue::SoftBreak => " ".to_owned(),
        _ => String::new(),
    }
}

/// A page, and behind `#` the id of the last heading or block that is named.
fn address(url: &str) -> String {
    let Some((page, inside)) = url.split_once('#') else { return url.to_owned() };
    let name = inside.rsplit('#').next().unwrap_or_default().trim();
    match name.strip_prefix('^') {
        Some(block) => format!("{page}#{block}"),
        None => format!("{page}#{}", Anchorizer::new().anchorize(name)),
    }
}

/// `said` is `alt`, `300`, `300x200` or `alt|300`. A picture of which nothing is said has no `alt`: that it is mere
/// decoration nobody has said either.
fn picture(url: &str, said: &str) -> String {
    let (alt, size) = match said.rsplit_once('|') {
        Some((alt, size)) if measures(size).is_some() => (alt, measures(size)),
        _ if measures(said).is_some() => ("", measures(said)),
        _ => (said, None),
    };
    let mut html = format!("<img src=\"{}\"", html_escape(url));
    if !alt.trim().is_empty() {
        html += &format!(" alt=\"{}\"", html_escape(alt.trim()));
    }
    if let Some((width, height)) = size {
        html += &format!(" width=\"{width}\"");
        if let Some(height) = height {
            html += &format!(" height=\"{height}\"");
        }
    }
    html + ">"
}

/// `300` or `300x200`, in px.
fn measures(text: &str) -> Option<(u32, Option<u32>)> {
    let text = text.trim();
    match text.split_once('x') {
        Some((width, height)) => Some((width.parse().ok()?, Some(height.parse().ok()?))),
        None => Some((text.parse().ok()?, None)),
    }
}

/// Makes the name of a block, ` ^name` at its end, its id.
pub(super) fn name_blocks(document: &mut Document, root: NodeId) {
    let blocks: Vec<NodeId> = document
        .elements(root)
        .filter(|&id| matches!(document.tag(id), "p" | "li" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6"))
        .collect();
    for block in blocks {
        let Some(last) = document.children(block).last() else { continue };
        let Some(text) = document.text_of(last).map(str::trim_end) else { continue };
        let Some((kept, name)) = text.rsplit_once('^') else { continue };
        let is_name =
            !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        let is_alone = kept.is_empty() && last == document.first_child(block).unwrap_or(last);
        if !is_name || !(kept.is_empty() || kept.ends_with(char::is_whitespace)) {
            continue;
        }
        let (kept, name) = (kept.trim_end().to_owned(), name.to_owned());
        let above = std::iter::successors(document.previous(block), |&at| document.previous(at))
            .find(|&at| document.element(at).is_some());
        match above.filter(|_| is_alone) {
            Some(above) => {
                document.set_attribute(above, "id", &name);
                document.detach(block);
            }
            None => {
                document.set_attribute(block, "id", &name);
                let kept = document.new_text(kept);
                document.insert_before(kept, last);
                document.detach(last);
            }
        }
    }
}
