//! Attributes in braces, `{.class #id key=value}`, also `{: .class}` as kramdown and Python-Markdown write them: at the end
//! of a heading, paragraph, item or cell for that block; on a line of their own for the block above, or in the writing of
//! kramdown for the one that begins on the next line; right behind a link, picture, code or emphasis for that; behind the colons
//! of a fenced div for the div.

use super::callouts;
use crate::dom::{Document, NodeId};

/// What stands between braces.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Attributes {
    pub id: Option<String>,
    pub classes: Vec<String>,
    pub pairs: Vec<(String, String)>,
}

/// Takes all attributes in braces out of the text and gives them to their elements.
pub(super) fn apply(document: &mut Document, root: NodeId) {
    let nodes: Vec<NodeId> = document.descendants(root).collect();
    for id in nodes {
        if document.is(id, "div") && document.attribute(id, "data-sourcepos").is_some() {
            label_div(document, id);
        } else if document.text_of(id).is_some_and(|text| text.contains('{')) {
            behind_inline(document, id);
            if !at_start_of_block(document, id) {
                at_end_of_block(document, id);
            }
        }
    }
}

/// Gives a fenced div the classes of its label. Words behind the first one, or words in brackets, are its title.
fn label_div(document: &mut Document, id: NodeId) {
    let label = document.attribute(id, "class").unwrap_or_default().to_owned();
    if document.attribute(id, "data-callout").is_some() {
        return;
    }
    let (words, mut attributes) = match label.find('{').map(|at| (at, parse(&label[at..]))) {
        Some((at, Some((attributes, length)))) if label[at + length..].trim().is_empty() => {
            (label[..at].trim(), attributes)
        }
        _ => (label.trim(), Attributes::default()),
    };
    let bracketed = words.strip_suffix(']').and_then(|words| words.split_once('['));
    let (class, title) = bracketed.or_else(|| words.split_once(char::is_whitespace)).unwrap_or((words, ""));
    if !class.is_empty() {
        attributes.classes.insert(0, class.trim().to_owned());
    }
    let mut title = title.trim().to_owned();
    if let Some(at) = attributes.pairs.iter().position(|(name, _)| name == "title") {
        title = attributes.pairs.remove(at).1;
    }
    let titled = callouts::classify(&mut attributes);
    document.remove_attribute(id, "class");
    give(document, id, attributes);
    if !title.is_empty() {
        let text = document.new_text(title);
        let above = document.new_element("p", &[("class", "callout-title")]);
        if let Some(line) = document.attribute(id, "data-line").map(str::to_owned) {
            document.set_attribute(above, "data-line", &line);
        }
        document.append(above, text);
        match document.first_child(id) {
            Some(first) => document.insert_before(above, first),
            None => document.append(id, above),
        }
    } else if titled == callouts::Title::Heading {
        callouts::title_of_heading(document, id);
    }
}

/// Attributes right behind a link, picture, code or emphasis.
fn behind_inline(document: &mut Document, id: NodeId) {
    let Some(text) = document.text_of(id).filter(|text| text.starts_with('{')) else { return };
    let Some(before) = document.previous(id) else { return };
    let is_formula = document.attribute(before, "role") == Some("math");
    if !is_formula && !matches!(document.tag(before), "a" | "img" | "code" | "em" | "strong" | "del" | "mark")
    {
        return;
    }
    if let Some((attributes, length)) = parse(text) {
        let rest = text[length..].to_owned();
        give(document, before, attributes);
        set_text(document, id, rest);
    }
}

/// Attributes on a line of their own above a paragraph, in the writing of kramdown. Gives whether there were some.
fn at_start_of_block(document: &mut Document, id: NodeId) -> bool {
    let block = document.parent(id).filter(|&parent| document.is(parent, "p"));
    let text = document.text_of(id).filter(|text| text.starts_with("{:") && document.previous(id).is_none());
    let (Some(block), Some(text)) = (block, text) else { return false };
    let Some((attributes, length)) = parse(text) else { return false };
    let rest = text[length..].trim_start_matches([' ', '\r']);
    if !rest.starts_with('\n') || (rest.trim().is_empty() && document.next(id).is_none()) {
        return false;
    }
    let rest = rest.trim_start().to_owned();
    give(document, block, attributes);
    set_text(document, id, rest);
    true
}

/// Attributes at the end of a block, or on a line of their own below one.
fn at_end_of_block(document: &mut Document, id: NodeId) {
    let Some(block) = document.parent(id).filter(|&parent| takes_attributes(document, parent)) else {
        return;
    };
    if document.next(id).is_some_and(|next| !document.is(next, "ul") && !document.is(next, "ol")) {
        return;
    }
    let text = document.text_of(id).unwrap_or_default().trim_end();
    let Some((at, attributes)) = trailing(text) else { return };
    let (kept, alone) = (&text[..at], text[..at].trim_end_matches([' ', '\t']));
    let own_line = alone.ends_with('\n') || (alone.is_empty() && follows_break(document, id));
    if kept.trim().is_empty() && document.previous(id).is_none() {
        let is_kramdown = kept.is_empty() && text.starts_with("{:");
        let below = block_on_next_line(document, block).filter(|_| is_kramdown);
        let Some(meant) = below.or_else(|| previous_block(document, block)) else { return };
        give(document, meant, attributes);
        document.detach(block);
        return;
    }
    let spaced = kept.ends_with(char::is_whitespace);
    if !spaced && !own_line {
        return;
    }
    let target = if own_line { outermost(document, block) } else { block };
    let kept = kept.trim_end().to_owned();
    give(document, target, attributes);
    set_text(document, id, kept);
}

fn takes_attributes(document: &Document, id: NodeId) -> bool {
    matches!(
        document.tag(id),
        "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "li" | "td" | "th" | "dt" | "dd"
    )
}

fn follows_break(document: &Document, id: NodeId) -> bool {
    document.previous(id).is_some_and(|before| document.is(before, "br"))
}

fn previous_block(document: &Document, id: NodeId) -> Option<NodeId> {
    std::iter::successors(document.previous(id), |&at| document.previous(at))
        .find(|&at| document.element(at).is_some())
}

/// The block that begins on the line below a paragraph of one line.
fn block_on_next_line(document: &Document, id: NodeId) -> Option<NodeId> {
    let mut behind = std::iter::successors(document.next(id), |&at| document.next(at));
    let next = behind.find(|&at| document.element(at).is_some())?;
    (document.source_line(next)? == document.source_line(id)? + 1).then_some(next)
}

/// The list or quotation that ends with `id`, or `id` itself.
fn outermost(document: &Document, id: NodeId) -> NodeId {
    let holds = |up: NodeId| matches!(document.tag(up), "li" | "ul" | "ol" | "blockquote");
    document
        .ancestors(id)
        .take_while(|&up| holds(up))
        .filter(|&up| !document.is(up, "li"))
        .last()
        .unwrap_or(id)
}

fn set_text(document: &mut Document, id: NodeId, text: String) {
    let new = document.new_text(text);
    document.insert_before(new, id);
    document.detach(id);
}

/// Gives an element attributes, its classes beside those that it has.
pub(super) fn give(document: &mut Document, id: NodeId, attributes: Attributes) {
    if !attributes.classes.is_empty() {
        let old = document.attribute(id, "class").unwrap_or_default();
        let all: Vec<&str> =
            old.split_whitespace().chain(attributes.classes.iter().map(String::as_str)).collect();
        let all = all.join(" ");
        document.set_attribute(id, "class", &all);
    }
    if let Some(name) = attributes.id {
        document.set_attribute(id, "id", &name);
    }
    for (name, value) in attributes.pairs {
        document.set_attribute(id, &name, &value);
    }
}

/// The attributes that a text ends in, and where they begin.
fn trailing(text: &str) -> Option<(usize, Attributes)> {
    text.rmatch_indices('{').find_map(|(at, _)| {
        let (attributes, length) = parse(&text[at..])?;
        (at + length == text.len()).then_some((at, attributes))
    })
}

/// The attributes that a text begins with, and how many bytes they take.
pub(super) fn parse(text: &str) -> Option<(Attributes, usize)> {
    let mut attributes = Attributes::default();
    let mut rest = text.strip_prefix('{')?;
    rest = rest.strip_prefix(':').unwrap_or(rest);
    loop {
        rest = rest.trim_start();
        if let Some(after) = rest.strip_prefix('}') {
            let said = attributes != Attributes::default();
            return said.then_some((attributes, text.len() - after.len()));
        }
        if let Some(after) = rest.strip_prefix('.') {
            let name = name(after)?;
            attributes.classes.push(name.to_owned());
            rest = &after[name.len()..];
        } else if let Some(after) = rest.strip_prefix('#') {
            let name = name(after)?;
            attributes.id = Some(name.to_owned());
            rest = &after[name.len()..];
        } else {
            let key = name(rest)?;
            let after = rest[key.len()..].strip_prefix('=')?;
            let (value, after) = value(after)?;
            attributes.pairs.push((key.to_ascii_lowercase(), value.to_owned()));
            rest = after;
        }
        if !rest.starts_with(|c: char| c.is_whitespace() || c == '}') {
            return None;
        }
    }
}

fn name(text: &str) -> Option<&str> {
    let end =
        text.find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_' | ':'))).unwrap_or(text.len());
    (end > 0).then(|| &text[..end])
}

fn value(text: &str) -> Option<(&str, &str)> {
    if let Some(quote) = text.chars().next().filter(|quote| matches!(quote, '"' | '\'')) {
        return text[1..].split_once(quote);
    }
    let end = text.find(|c: char| c.is_whitespace() || matches!(c, '}' | '"' | '\''))?;
    (end > 0).then(|| text.split_at(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn braces_hold_classes_ids_and_pairs() {
        let (found, length) = parse("{.a #b .c-d key=v data-x=\"two words\"} rest").unwrap();
        assert_eq!(length, 37);
        assert_eq!(found.id.as_deref(), Some("b"));
        assert_eq!(found.classes, ["a", "c-d"]);
        assert_eq!(found.pairs, [("key".into(), "v".into()), ("data-x".into(), "two words".into())]);
    }

    #[test]
    fn other_braces_are_text() {
        for text in ["{}", "{ }", "{a b}", "{.}", "{.a", "{a=}", "{.a}b}", "x{.a}"] {
            assert!(parse(text).is_none_or(|(_, length)| length != text.len()), "{text}");
        }
    }
}
