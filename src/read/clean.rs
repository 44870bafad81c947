//! HTML that somebody wrote, made fit for a layout: nothing that runs, nothing that styles, lines on its blocks.

use crate::diag::Diagnostic;
use crate::dom::{Document, NodeData, NodeId};

use super::Source;

/// Elements may be nested so deep. Nothing that a person writes comes near it, and every later stage may
/// descend without counting.
pub(super) const DEEPEST: usize = 100;

/// Elements that go with all that is in them: they run, they style, or they bring in other documents.
const REMOVED: [&str; 16] = [
    "script", "style", "iframe", "frame", "frameset", "object", "embed", "applet", "link", "meta", "base",
    "template", "noscript", "textarea", "select", "title",
];

/// Elements whose text a parser takes as it stands: in a layout they would swallow what follows. Their text stays.
const UNWRAPPED: [&str; 5] = ["plaintext", "xmp", "listing", "noembed", "noframes"];

/// Elements that begin a block or are something that messages name by its line.
const LINED: [&str; 40] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "caption",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "img",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "svg",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];

/// Attributes that hold an address.
const ADDRESSES: [&str; 8] = ["href", "src", "xlink:href", "action", "formaction", "poster", "cite", "data"];

/// Takes all that runs, styles or fetches out of the tree below `root`, with comments and the attributes of
/// event handlers.
pub(super) fn clean(document: &mut Document, root: NodeId) {
    let mut next = document.first_child(root);
    while let Some(id) = next {
        if is_removed(document, id) {
            next = after(document, id, root);
            document.detach(id);
            continue;
        }
        if is_unwrapped(document, id) {
            next = document.first_child(id).or_else(|| after(document, id, root));
            unwrap(document, id);
            continue;
        }
        let in_svg = document.element(id).is_some_and(|element| !element.is_html());
        if let NodeData::Element(element) = document.data_mut(id) {
            element.attributes.retain(|attribute| {
                let name = attribute.name.local.to_ascii_lowercase();
                let name = &*name;
                if !is_name(name) {
                    return false;
                }
                let runs = name.starts_with("on") || (name == "style" && !in_svg) || name == "srcdoc";
                !(runs || (ADDRESSES.contains(&name) && is_script(&attribute.value)))
            });
        }
        next = document.first_child(id).or_else(|| after(document, id, root));
    }
}

/// Puts what is in an element in its place.
pub(super) fn unwrap(document: &mut Document, id: NodeId) {
    while let Some(child) = document.first_child(id) {
        document.insert_before(child, id);
    }
    document.detach(id);
}

/// Whether only the words of an element stay: it is one of [`UNWRAPPED`], or its name is a slip such as `<a<b>`.
fn is_unwrapped(document: &Document, id: NodeId) -> bool {
    document
        .element(id)
        .is_some_and(|element| UNWRAPPED.contains(&&*element.name.local) || !is_name(&element.name.local))
}

/// Whether a name is one that people give to elements and attributes.
fn is_name(name: &str) -> bool {
    name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '.'))
}

/// The node that follows `id` and all below it, within `root`.
fn after(document: &Document, id: NodeId, root: NodeId) -> Option<NodeId> {
    let up = std::iter::once(id).chain(document.ancestors(id)).take_while(|&at| at != root);
    up.into_iter().find_map(|at| document.next(at))
}

fn is_removed(document: &Document, id: NodeId) -> bool {
    match &document.node(id).data {
        NodeData::Comment(_) | NodeData::Doctype => true,
        NodeData::Element(element) => {
            let tag = &*element.name.local;
            let in_svg_title = tag == "title" && !element.is_html();
            REMOVED.contains(&tag) && !in_svg_title
        }
        NodeData::Document | NodeData::Text(_) => false,
    }
}

/// Whether an address runs a script, however it is spelt (WHATWG URL: white space and controls in a scheme are
/// taken out). Pictures may stand in the document itself.
fn is_script(address: &str) -> bool {
    let plain: String = address
        .chars()
        .filter(|c| !c.is_whitespace() && !c.is_control())
        .take(16)
        .flat_map(char::to_lowercase)
        .collect();
    plain.starts_with("javascript:")
        || plain.starts_with("vbscript:")
        || (plain.starts_with("data:") && !plain.starts_with("data:image/"))
}

/// Gives blocks and pictures the line that they came from, as `data-line`; `line` tells it from the node.
pub(super) fn number(document: &mut Document, root: NodeId, line: impl Fn(&Document, NodeId) -> Option<u32>) {
    let elements: Vec<NodeId> = document.elements(root).collect();
    for id in elements {
        let lined = LINED.contains(&document.tag(id));
        match line(document, id).filter(|_| lined) {
            Some(line) => document.set_attribute(id, "data-line", &line.to_string()),
            None => document.remove_attribute(id, "data-line"),
        }
    }
}

/// Refuses a tree that is nested too deep.
///
/// # Errors
/// `too-deep`, at the line that the node's own line stands for.
pub(super) fn check_depth(
    document: &Document,
    root: NodeId,
    source: &Source,
    line: impl Fn(u32) -> u32,
) -> Result<(), Diagnostic> {
    let mut depth = 0;
    let mut at = root;
    loop {
        if let Some(child) = document.first_child(at) {
            (at, depth) = (child, depth + 1);
        } else {
            while document.next(at).is_none() || at == root {
                match document.parent(at).filter(|_| at != root) {
                    Some(parent) => (at, depth) = (parent, depth - 1),
                    None => return Ok(()),
                }
            }
            match document.next(at) {
                Some(next) => at = next,
                None => return Ok(()),
            }
        }
        if depth > DEEPEST {
            return Err(too_deep(source, line(document.node(at).line)));
        }
    }
}

/// The message about a body that is nested too deep, at a line of its file.
pub(super) fn too_deep(source: &Source, line: u32) -> Diagnostic {
    Diagnostic::error("too-deep", format!("more than {DEEPEST} elements are nested in each other here"))
        .at(source.place(line))
        .hint("close what is left open, or lay the text out flatter")
}

/// Whether HTML opens so many elements without closing them that parsing it would take minutes: the parser
/// walks all open elements at every tag. The elements whose end tags may be left out do not count.
pub(super) fn is_absurd(html: &str) -> bool {
    const OPTIONAL: [&str; 22] = [
        "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "rp", "rt", "br", "hr",
        "img", "input", "meta", "link", "col", "wbr", "source",
    ];
    let mut open = 0_usize;
    for tag in html.split('<').skip(1) {
        let (closing, name) = tag.strip_prefix('/').map_or((false, tag), |name| (true, name));
        let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
        let name = name[..end].to_ascii_lowercase();
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) || OPTIONAL.contains(&&*name) {
            continue;
        }
        open = if closing { open.saturating_sub(1) } else { open + 1 };
        if open > 20 * DEEPEST {
            return true;
        }
    }
    false
}

/// Whether HTML, parsed again, still is what [`clean`] leaves.
#[cfg(test)]
pub(super) fn is_clean(html: &str) -> bool {
    let document = crate::dom::parse_fragment(html, 1);
    document.descendants(document.fragment()).all(|id| {
        let Some(element) = document.element(id) else { return !is_removed(&document, id) };
        let runs = |name: &str| name.starts_with("on") || name == "data-sourcepos";
        !is_removed(&document, id)
            && !element
                .attributes
                .iter()
                .any(|attribute| runs(&attribute.name.local) || is_script(&attribute.value))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dom;

    fn cleaned(html: &str) -> String {
        let mut document = dom::parse_fragment(html, 1);
        let root = document.fragment();
        clean(&mut document, root);
        document.inner_html(root)
    }

    #[test]
    fn what_runs_or_styles_is_gone() {
        let cases = [
            ("<script>x</script><p>a</p>", "<p>a</p>"),
            (
                "<p onclick=\"x\" class=\"c\" id=\"i\" style=\"color:red\">a</p>",
                "<p class=\"c\" id=\"i\">a</p>",
            ),
            ("<p>a<iframe src=\"x\"></iframe><!-- c -->b</p>", "<p>ab</p>"),
            ("<a href=\" java\nscript:x\">a</a><a href=\"#b\">b</a>", "<a>a</a><a href=\"#b\">b</a>"),
            (
                "<img src=\"data:image/png;base64,AA\"><img src=\"data:text/html,x\">",
                "<img src=\"data:image/png;base64,AA\"><img>",
            ),
            (
                "<svg><title>T</title><style>x</style><path style=\"fill:red\"></path></svg>",
                "<svg><title>T</title><path style=\"fill:red\"></path></svg>",
            ),
        ];
        for (html, expected) in cases {
            assert_eq!(cleaned(html), expected);
        }
    }

    #[test]
    fn blocks_get_lines_and_inlines_get_none() {
        let mut document = dom::parse_fragment("<p>a <em>b</em></p>\n<ul><li data-line=\"9\">c</ul>", 1);
        let root = document.fragment();
        number(&mut document, root, |document, id| Some(document.node(id).line + 4));
        assert_eq!(
            document.inner_html(root),
            "<p data-line=\"5\">a <em>b</em></p>\n<ul data-line=\"6\"><li data-line=\"6\">c</li></ul>"
        );
    }

    #[test]
    fn depth_is_counted_down_every_branch() {
        let file = "a.html".into();
        let depth = |html: &str| {
            let document = dom::parse_fragment(html, 1);
            check_depth(&document, document.fragment(), &Source::new(&file, html), |line| line).is_ok()
        };
        assert!(depth(&"<div>".repeat(DEEPEST - 1)));
        assert!(depth(&"<div><b>x</b></div>".repeat(3 * DEEPEST)));
        assert!(!depth(&"<div>".repeat(DEEPEST + 1)));
    }
}
