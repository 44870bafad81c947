//! Captions that a CSS counter numbers, and what refers to their numbers: fields, so that Word counts on where
//! somebody adds a figure (SEQ and REF, ISO/IEC 29500-1, 17.16.5.56 and 17.16.5.51).

use std::collections::BTreeMap;
use std::sync::Arc;

use docx_rs::{BookmarkEnd, BookmarkStart, InstrText, ParagraphChild};

use super::Writer;
use super::inline::{Face, Line};
use crate::style::computed::{ListStyle, TextTransform};
use crate::style::{Content, ContentValue, NodeId, Part, Pseudo, StyledTree, counter_text};

/// The number that a counter gives to a caption, with the words around it.
struct Label<'a> {
    before: String,
    number: &'a str,
    after: String,
    counter: &'a str,
    style: &'a ListStyle,
}

/// The last number of each sequence.
#[derive(Clone, Debug, Default)]
pub(super) struct Sequences(BTreeMap<String, i32>);

impl Sequences {
    /// The instruction of the field that shows this number; none where Word does not count like that.
    fn next(&mut self, name: &str, number: &str, style: &ListStyle) -> Option<String> {
        let last = self.0.get(name).copied().unwrap_or(0);
        let shown = |value: i32| counter_text(style, value) == number;
        let (value, reset) = match number.parse() {
            _ if shown(last.saturating_add(1)) => (last.saturating_add(1), String::new()),
            Ok(value) if value >= 0 && shown(value) => (value, format!("\\r {value} ")),
            _ => return None,
        };
        let format = match style {
            ListStyle::Decimal => "ARABIC",
            ListStyle::LowerRoman => "roman",
            ListStyle::UpperRoman => "ROMAN",
            // From the 27th on Word writes the same letter twice.
            ListStyle::LowerAlpha if value <= 26 => "alphabetic",
            ListStyle::UpperAlpha if value <= 26 => "ALPHABETIC",
            _ => return None,
        };
        self.0.insert(name.to_owned(), value);
        Some(format!(" SEQ {name} \\* {format} {reset}"))
    }
}

/// What stands for the number of the caption of the element with this id, beside the element itself.
pub(super) fn number_of(id: &str) -> Arc<str> {
    Arc::from(format!("{id} number"))
}

/// The numbers of captions, by the ids of what they are captions of, and their own.
pub(super) fn numbers(tree: &StyledTree) -> BTreeMap<Arc<str>, &str> {
    let mut numbers = BTreeMap::new();
    for index in 0..tree.nodes.len() {
        let node = NodeId(index as u32);
        if let Some(label) = label(tree, node) {
            numbers.extend(ids(tree, node).into_iter().map(|id| (id, label.number)));
        }
    }
    numbers
}

/// The id whose caption's number this text is, where it is a `target-counter()` of one.
pub(super) fn referred(
    tree: &StyledTree,
    node: NodeId,
    numbers: &BTreeMap<Arc<str>, &str>,
) -> Option<Arc<str>> {
    let Content::Text(text) = &tree.node(node).content else { return None };
    let (pseudo, parts) = generated(tree, node)?;
    let origin = tree.element(tree.node(pseudo).parent?)?;
    // Neighbouring words are one text; each counter of a target has its own.
    let mut targets = Vec::new();
    let mut words = String::new();
    for part in parts {
        match part {
            Part::Text(text) => words.push_str(text),
            Part::TargetCounter(target, ..) => {
                targets.extend((!words.is_empty()).then_some(None));
                words.clear();
                targets.push(Some(target));
            }
            _ => return None,
        }
    }
    let at = tree.node(pseudo).children.iter().position(|child| *child == node)?;
    let target = targets.get(at).copied().flatten()?;
    let id = target.id(|name| origin.attribute(name))?;
    (numbers.get(&id) == Some(&&**text)).then_some(id)
}

/// The pseudo-element that a text is generated in, and what its `content` is made of.
fn generated(tree: &StyledTree, node: NodeId) -> Option<(NodeId, &[Part])> {
    let pseudo = tree.node(node).parent?;
    let is_generated = matches!(tree.element(pseudo)?.pseudo, Some(Pseudo::Before | Pseudo::After));
    match &tree.node(pseudo).style.generated.value {
        ContentValue::Parts(parts) if is_generated => Some((pseudo, parts)),
        _ => None,
    }
}

/// The label of a caption, where this is the text of one with a single counter in it.
fn label(tree: &StyledTree, node: NodeId) -> Option<Label<'_>> {
    let Content::Text(text) = &tree.node(node).content else { return None };
    let (pseudo, parts) = generated(tree, node)?;
    let origin = tree.element(tree.node(pseudo).parent?)?;
    if !matches!(&*origin.tag, "figcaption" | "caption") {
        return None;
    }
    let (mut before, mut after, mut found) = (String::new(), String::new(), None);
    for part in parts {
        match part {
            Part::Text(text) if found.is_none() => before.push_str(text),
            Part::Text(text) => after.push_str(text),
            Part::Counter(name, style) if found.is_none() => found = Some((&**name, style)),
            _ => return None,
        }
    }
    let (counter, style) = found?;
    let number = text.strip_prefix(&*before)?.strip_suffix(&*after)?;
    Some(Label { before, number, after, counter, style })
}

/// Whether a text is the label of a caption with a number in it.
pub(super) fn is_label(tree: &StyledTree, node: NodeId) -> bool {
    label(tree, node).is_some()
}

/// The ids of a caption and of the figure or table that it belongs to.
fn ids(tree: &StyledTree, node: NodeId) -> Vec<Arc<str>> {
    let mut ids = Vec::new();
    let mut around = tree.node(node).parent;
    while let Some(node) = around {
        let Some(element) = tree.element(node) else { break };
        ids.extend(element.id.clone());
        if matches!(&*element.tag, "figure" | "table") {
            break;
        }
        around = tree.node(node).parent;
    }
    ids
}

impl Writer<'_> {
    /// Writes a text that a counter made as a field; says whether it was one.
    pub(super) fn counted(&mut self, node: NodeId, face: &Face, line: &mut Line) -> bool {
        let tree = self.tree;
        let style = &tree.node(node).style.text;
        if matches!(style.transform, TextTransform::Lowercase | TextTransform::Capitalize) {
            return false;
        }
        let space = style.white_space;
        if let (Some(id), Content::Text(number)) = (self.anchors.refers(node), &tree.node(node).content) {
            let instruction = format!(" REF {} \\h ", self.anchors.name(&number_of(&id)));
            self.field(InstrText::Unsupported(instruction), number, face, line);
            return true;
        }
        let Some(label) = label(tree, node) else { return false };
        // The word before the number, which Word's own captions of this kind have for a name too.
        let word = label.before.split_whitespace().last().unwrap_or_default();
        let is_name = !word.is_empty() && word.chars().all(char::is_alphabetic);
        let name = if is_name { word.to_owned() } else { label.counter.replace('-', "_") };
        let Some(instruction) = self.sequences.next(&name, label.number, label.style) else { return false };
        self.text(&label.before, space, face, line);
        self.flush(line);
        let places = ids(tree, node).into_iter().filter_map(|id| self.anchors.place(&number_of(&id)));
        let places: Vec<(usize, String)> = places.collect();
        for (number, name) in &places {
            line.mark(ParagraphChild::BookmarkStart(BookmarkStart::new(*number, name)));
        }
        self.field(InstrText::Unsupported(instruction), label.number, face, line);
        for (number, _) in &places {
            line.mark(ParagraphChild::BookmarkEnd(BookmarkEnd::new(*number)));
        }
        self.text(&label.after, space, face, line);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::docx::tests::{Builder, tree_of};

    const CSS: &str =
        "figure { counter-increment: fig } figcaption::before { content: 'Figuur ' counter(fig) ': ' }
        a::after { content: 'figuur ' target-counter(attr(href), fig) }";

    fn document(html: &str, css: &str) -> String {
        Builder(tree_of(html, css)).part("word/document.xml")
    }

    #[test]
    fn a_counted_caption_is_a_sequence_and_what_refers_to_it_a_reference() {
        let html = "<p>zie <a href='#b'></a></p><figure><figcaption>Een</figcaption></figure>\
            <figure id=b><figcaption>Twee</figcaption></figure>";
        let xml = document(html, CSS);
        assert_eq!(xml.matches("> SEQ Figuur \\* ARABIC </w:instrText>").count(), 2, "{xml}");
        let name = xml.split(" REF ").nth(1).and_then(|rest| rest.split(' ').next()).unwrap();
        let marked = xml.split(&format!("w:name=\"{name}\"")).nth(1).unwrap();
        let marked = marked.split("<w:bookmarkEnd").next().unwrap();
        assert!(marked.contains("SEQ Figuur") && marked.contains(">2</w:t>"), "{marked}");
        assert!(!marked.contains("Figuur </w:t>") && !marked.contains("Twee"), "{marked}");
        assert_eq!(xml.matches(&format!("w:name=\"{name}\"")).count(), 1);
    }

    #[test]
    fn a_number_that_is_not_the_captions_own_stays_text() {
        let later = "figcaption { counter-increment: fig } figcaption::before { content: counter(fig) } \
            a::after { content: target-counter(attr(href), fig) }";
        let html = "<figure id=a><figcaption>Een</figcaption></figure><p><a href='#a'>zie </a></p>";
        let xml = document(html, later);
        assert!(xml.contains(" SEQ fig ") && !xml.contains(" REF "), "the figure itself has 0: {xml}");
    }

    #[test]
    fn a_sequence_goes_on_or_says_where_it_goes_on() {
        let mut sequences = Sequences::default();
        let mut next = |number: &str, style: ListStyle| sequences.next("Tabel", number, &style);
        assert_eq!(next("1", ListStyle::Decimal).as_deref(), Some(" SEQ Tabel \\* ARABIC "));
        assert_eq!(next("4", ListStyle::Decimal).as_deref(), Some(" SEQ Tabel \\* ARABIC \\r 4 "));
        assert_eq!(next("V", ListStyle::UpperRoman).as_deref(), Some(" SEQ Tabel \\* ROMAN "));
        assert_eq!(next("z", ListStyle::LowerAlpha), None);
        assert_eq!(next("06", ListStyle::DecimalLeadingZero), None);
        assert_eq!(next("6", ListStyle::Decimal).as_deref(), Some(" SEQ Tabel \\* ARABIC "));
        assert_eq!(next("-2", ListStyle::Decimal), None);
    }
}
