//! Bracketed spans, as pandoc and Quarto write them: `[words]{.class lang=en}` gives `<span class="class" lang="en">`.

use super::attributes;
use crate::dom::{Document, NodeId};

/// A span reaches back over so many bytes and pieces of markup at most.
const REACH: usize = 4096;
const PIECES: usize = 64;

/// Makes all bracketed spans elements.
pub(super) fn make(document: &mut Document, root: NodeId) {
    let texts: Vec<NodeId> = document
        .descendants(root)
        .filter(|&id| document.text_of(id).is_some_and(|text| text.contains("]{")))
        .filter(|&id| !document.parent(id).is_some_and(|up| matches!(document.tag(up), "code" | "pre")))
        .collect();
    for text in texts {
        make_in(document, text);
    }
}

fn make_in(document: &mut Document, mut node: NodeId) {
    let mut from = 0;
    loop {
        let text = document.text_of(node).unwrap_or_default().to_owned();
        let Some(close) = text[from..].find("]{").map(|at| from + at) else { return };
        from = close + 1;
        let Some((found, length)) = attributes::parse(&text[close + 1..]) else { continue };
        let Some((first, open)) = opening(document, node, &text[..close]) else { continue };
        let after = document.new_text(&text[close + 1 + length..]);
        let inner = document.new_text(if first == node { &text[open + 1..close] } else { &text[..close] });
        let span = wrap(document, (first, open), node, inner);
        attributes::give(document, span, found);
        document.insert_before(after, node);
        document.detach(node);
        (node, from) = (after, 0);
    }
}

/// Moves what stands from the bracket `open` of the text `first` up to `last` into a span before that; of `last`,
/// `inner` is in it.
fn wrap(document: &mut Document, (first, open): (NodeId, usize), last: NodeId, inner: NodeId) -> NodeId {
    let span = document.new_element("span", &[]);
    let text = document.text_of(first).unwrap_or_default().to_owned();
    let before = document.new_text(&text[..open]);
    document.insert_before(before, first);
    if first != last {
        let begin = document.new_text(&text[open + 1..]);
        document.append(span, begin);
        let mut next = document.next(first);
        while let Some(between) = next.filter(|&next| next != last) {
            next = document.next(between);
            document.append(span, between);
        }
        document.detach(first);
    }
    document.append(span, inner);
    document.insert_before(span, last);
    span
}

/// The text, and the byte in it, of the bracket that the one behind `before` in `node` closes.
fn opening(document: &Document, node: NodeId, before: &str) -> Option<(NodeId, usize)> {
    let mut depth = 0;
    let mut look = |text: &str| {
        let start = text.ceil_char_boundary(text.len().saturating_sub(REACH));
        text[start..].bytes().enumerate().rev().find_map(|(at, byte)| {
            match byte {
                b']' => depth += 1,
                b'[' if depth == 0 => return Some(start + at),
                b'[' => depth -= 1,
                _ => {}
            }
            None
        })
    };
    if let Some(open) = look(before) {
        return Some((node, open));
    }
    let siblings = std::iter::successors(document.previous(node), |&at| document.previous(at)).take(PIECES);
    siblings.into_iter().find_map(|id| Some((id, look(document.text_of(id)?)?)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dom;

    #[test]
    fn spans_hold_markup_and_nest() {
        let cases = [
            ("a [b]{.c} d", "a <span class=\"c\">b</span> d"),
            ("[a <em>b</em> c]{lang=en}.", "<span lang=\"en\">a <em>b</em> c</span>."),
            ("[a [b]{.x} c]{.y}", "<span class=\"y\">a <span class=\"x\">b</span> c</span>"),
            ("[a]{.x}[b]{#y}", "<span class=\"x\">a</span><span id=\"y\">b</span>"),
            ("a]{.x} [b]{c}", "a]{.x} [b]{c}"),
            ("<code>[a]{.x}</code>", "<code>[a]{.x}</code>"),
        ];
        for (html, expected) in cases {
            let mut document = dom::parse_fragment(html, 1);
            let root = document.fragment();
            make(&mut document, root);
            assert_eq!(document.inner_html(root), expected);
        }
    }
}
