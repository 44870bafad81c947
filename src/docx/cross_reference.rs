//! Cross-references by words: links that are the words of a heading or the label of a caption, and `target-text()`.
//! Where those words stand they are a bookmark of their own, without what else is in their paragraph, and what refers
//! to them is a field that follows when somebody changes them (REF, ISO/IEC 29500-1, 17.16.5.51).

use std::collections::BTreeMap;
use std::sync::Arc;

use docx_rs::{BookmarkEnd, BookmarkStart, FieldCharType, InstrText, ParagraphChild};

use super::access::heading_level;
use super::inline::{Face, Line};
use super::look::Rgb;
use super::{Relations, Writer, caption};
use crate::style::computed::{ContentItem, Float, Position, TextTransform, Visibility, WhiteSpace};
use crate::style::{Content, ContentValue, Element, NodeId, Part, Pseudo, StyledTree, TargetWords};

/// The class of a link that is nothing but words of what it leads to.
const TEXT_REF: &str = "text-ref";

/// What refers to words of other elements, and where these words stand.
#[derive(Debug, Default)]
pub(super) struct CrossReferences {
    /// Of each link and `target-text()` that is a field the bookmark that it shows.
    fields: BTreeMap<NodeId, Arc<str>>,
    /// Where in a text a bookmark begins or ends, in order.
    edges: BTreeMap<NodeId, Vec<Edge>>,
}

/// One end of a bookmark in a text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Edge {
    /// Bytes from the beginning of the text.
    at: usize,
    side: Side,
    bookmark: Arc<str>,
}

/// Which end it is. Where one bookmark ends and another begins the end comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Side {
    End,
    Start,
}

/// Where words begin and end.
struct Passage {
    start: (NodeId, usize),
    end: (NodeId, usize),
}

impl CrossReferences {
    /// Those of a document.
    pub fn of(tree: &StyledTree) -> Self {
        let mut found = Self::default();
        let asked: Vec<_> = (0..tree.nodes.len()).filter_map(|at| asked(tree, NodeId(at as u32))).collect();
        if asked.is_empty() {
            return found;
        }
        let ids = ids(tree);
        let mut known: BTreeMap<Arc<str>, bool> = BTreeMap::new();
        for Asked { from, id, words, which } in asked {
            let bookmark: Arc<str> = Arc::from(format!("{id}: {words}"));
            let is_there = *known.entry(bookmark.clone()).or_insert_with(|| {
                let target = ids.get(&id).copied();
                let passage = target.and_then(|target| passage(tree, target, which, &words));
                passage.map(|passage| found.mark(&passage, &bookmark)).is_some()
            });
            if is_there {
                found.fields.insert(from, bookmark);
            }
        }
        found.edges.values_mut().for_each(|edges| edges.sort());
        found
    }

    /// The bookmarks that fields show.
    pub fn bookmarks(&self) -> impl Iterator<Item = &Arc<str>> {
        self.fields.values()
    }

    fn mark(&mut self, passage: &Passage, bookmark: &Arc<str>) {
        for ((node, at), side) in [(passage.start, Side::Start), (passage.end, Side::End)] {
            let edge = Edge { at, side, bookmark: bookmark.clone() };
            self.edges.entry(node).or_default().push(edge);
        }
    }
}

/// What refers to words of an element.
struct Asked {
    from: NodeId,
    id: Arc<str>,
    words: String,
    which: TargetWords,
}

/// What this node refers to, if it is a link that is nothing but words of something else, or a `target-text()`.
fn asked(tree: &StyledTree, node: NodeId) -> Option<Asked> {
    match &tree.node(node).content {
        Content::Element(element) if element.has_class(TEXT_REF) && element.pseudo.is_none() => {
            let id = element.attribute("href")?.strip_prefix('#').filter(|id| !id.is_empty())?;
            let which = TargetWords::Content;
            Some(Asked { from: node, id: Arc::from(id), words: tree.words(node), which })
        }
        Content::Generated(ContentItem::TargetText(id, words)) => {
            let around = tree.node(node).parent?;
            let ContentValue::Parts(parts) = &tree.node(around).style.generated.value else { return None };
            let mut taken = parts.iter().filter_map(|part| match part {
                Part::TargetText(_, which) => Some(*which),
                _ => None,
            });
            let which = taken.next().filter(|first| taken.all(|other| other == *first))?;
            let words: Vec<&str> = words.split_ascii_whitespace().collect();
            Some(Asked { from: node, id: id.clone(), words: words.join(" "), which })
        }
        _ => None,
    }
}

/// The elements with an id; of two with one id the first.
fn ids(tree: &StyledTree) -> BTreeMap<Arc<str>, NodeId> {
    let mut ids = BTreeMap::new();
    for index in 0..tree.nodes.len() {
        let node = NodeId(index as u32);
        if let Some(id) = tree.element(node).and_then(|element| element.id.clone()) {
            ids.entry(id).or_insert(node);
        }
    }
    ids
}

/// Where these words of an element stand: in the caption of a figure or table, in the heading of a section, or at its
/// beginning.
fn passage(tree: &StyledTree, target: NodeId, which: TargetWords, words: &str) -> Option<Passage> {
    let element = tree.element(target)?;
    let pseudo = |wanted: Pseudo| {
        let is_wanted = |child: &&NodeId| tree.element(**child).is_some_and(|of| of.pseudo == Some(wanted));
        tree.node(target).children.iter().find(is_wanted).copied()
    };
    let holder = match which {
        TargetWords::Content if matches!(&*element.tag, "figure" | "table") => {
            first(tree, target, |element| matches!(&*element.tag, "figcaption" | "caption"))
        }
        TargetWords::Content => first(tree, target, |element| {
            heading_level(element).is_some() || element.has_class("callout-title")
        }),
        TargetWords::Before => return find(tree, pseudo(Pseudo::Before)?, words),
        TargetWords::After => return find(tree, pseudo(Pseudo::After)?, words),
        TargetWords::FirstLetter => return None,
    };
    let inside = holder.filter(|holder| *holder != target).and_then(|holder| find(tree, holder, words));
    inside.or_else(|| find(tree, target, words))
}

/// The first element of this kind in another, or that one itself.
fn first(tree: &StyledTree, root: NodeId, is_wanted: impl Fn(&Element) -> bool) -> Option<NodeId> {
    let mut stack = vec![root];
    while let Some(node) = stack.pop() {
        let Some(element) = tree.element(node) else { continue };
        if is_wanted(element) {
            return Some(node);
        }
        stack.extend(tree.node(node).children.iter().rev());
    }
    None
}

/// Where an element begins with these words, all in one paragraph and with nothing but words between them.
fn find(tree: &StyledTree, holder: NodeId, words: &str) -> Option<Passage> {
    let mut wanted = words.chars().peekable();
    let mut start = None;
    let mut stack = vec![holder];
    while let Some(node) = stack.pop() {
        let text = match &tree.node(node).content {
            Content::Text(text) => text,
            Content::Element(element) if node == holder || is_plain(tree, node, element) => {
                if &*element.tag == "br" {
                    wanted.next_if_eq(&' ');
                }
                stack.extend(tree.node(node).children.iter().rev());
                continue;
            }
            _ if start.is_none() => continue,
            _ => return None,
        };
        for (at, char) in text.char_indices() {
            if char.is_ascii_whitespace() {
                wanted.next_if(|next| start.is_some() && *next == ' ');
                continue;
            }
            if char == '\u{ad}' {
                continue;
            }
            if wanted.next() != Some(char) {
                return None;
            }
            let (_, paragraph) = *start.get_or_insert(((node, at), paragraph_of(tree, node)));
            if !is_as_written(tree, node) || paragraph != paragraph_of(tree, node) {
                return None;
            }
            if wanted.peek().is_none() {
                let end = at + char.len_utf8();
                let ends = !text.get(end..)?.starts_with(char::is_alphanumeric);
                let passage = Passage { start: start?.0, end: (node, end) };
                return Some(passage).filter(|passage| ends && is_whole(tree, passage));
            }
        }
    }
    None
}

/// Whether an element in the words of another is nothing but words.
fn is_plain(tree: &StyledTree, node: NodeId, element: &Element) -> bool {
    let is_note = tree.node(node).style.position.float == Float::Footnote;
    element.picture.is_none() && !is_note && element.pseudo.is_none_or(|pseudo| pseudo == Pseudo::FirstLetter)
}

/// Whether Word has the same letters: two transformations change the words themselves.
fn is_as_written(tree: &StyledTree, node: NodeId) -> bool {
    let text = &tree.node(node).style.text;
    text.visibility == Visibility::Visible
        && !matches!(text.transform, TextTransform::Lowercase | TextTransform::Capitalize)
}

/// The element whose paragraph a text is in.
fn paragraph_of(tree: &StyledTree, text: NodeId) -> Option<NodeId> {
    let mut around = tree.node(text).parent;
    while let Some(node) = around {
        let style = &tree.node(node).style;
        let in_line = style.display.is_in_line()
            && matches!(style.position.scheme, Position::Static | Position::Relative)
            && style.position.float == Float::None;
        if !in_line {
            break;
        }
        around = tree.node(node).parent;
    }
    around
}

/// Whether no end is in a label with a number that Word counts, whose field cannot be cut.
fn is_whole(tree: &StyledTree, passage: &Passage) -> bool {
    [passage.start, passage.end].into_iter().all(|(node, at)| {
        let Content::Text(text) = &tree.node(node).content else { return false };
        let is_edge = text.get(..at).is_some_and(|before| before.trim().is_empty())
            || text.get(at..).is_some_and(|after| after.trim().is_empty());
        is_edge || !caption::is_label(tree, node)
    })
}

impl Writer<'_> {
    /// The bookmark whose words an element or a `target-text()` shows, where a field can stand.
    pub(super) fn reference(&self, node: NodeId, line: &Line) -> Option<Arc<str>> {
        let bookmark = self.references.fields.get(&node)?;
        let is_link = self.tree.element(node).is_some();
        let can_stand = self.relations != Relations::Margin && !line.has_link();
        Some(bookmark.clone()).filter(|_| can_stand || !is_link)
    }

    /// Writes the children of a link of which the words are those of a bookmark, as a field, and what the stylesheet
    /// puts before and after them.
    pub(super) fn refer(
        &mut self,
        node: NodeId,
        bookmark: &str,
        face: &Face,
        (line, under): (&mut Line, Rgb),
    ) {
        let tree = self.tree;
        let children = &tree.node(node).children;
        let pseudo = |child: &NodeId| tree.element(*child).and_then(|element| element.pseudo);
        let begin = children.iter().position(|child| pseudo(child) != Some(Pseudo::Before));
        let (before, rest) = children.split_at(begin.unwrap_or(children.len()));
        let end = rest.iter().position(|child| pseudo(child) == Some(Pseudo::After));
        let (words, after) = rest.split_at(end.unwrap_or(rest.len()));
        before.iter().for_each(|child| self.inline(*child, face, line, under));
        self.open_reference(bookmark, face, line);
        words.iter().for_each(|child| self.inline(*child, face, line, under));
        self.close_reference(face, line);
        after.iter().for_each(|child| self.inline(*child, face, line, under));
    }

    /// Words of something else, as a field.
    pub(super) fn target_text(&mut self, text: &str, bookmark: &str, face: &Face, line: &mut Line) {
        self.open_reference(bookmark, face, line);
        self.text(text, WhiteSpace::Normal, face, line);
        self.close_reference(face, line);
    }

    fn open_reference(&mut self, bookmark: &str, face: &Face, line: &mut Line) {
        self.flush(line);
        let instruction = InstrText::Unsupported(format!(" REF {} \\h ", self.anchors.name(bookmark)));
        let begin = self.run(face, line).add_field_char(FieldCharType::Begin, false);
        let begin = begin.add_instr_text(instruction);
        line.push(begin.add_field_char(FieldCharType::Separate, false));
    }

    fn close_reference(&mut self, face: &Face, line: &mut Line) {
        self.flush(line);
        let end = self.run(face, line).add_field_char(FieldCharType::End, false);
        line.push(end);
    }

    /// Writes a text with the bookmarks that begin and end in it. The field of a number cannot be cut: they are around
    /// it.
    pub(super) fn quoted(&mut self, node: NodeId, text: &str, face: &Face, line: &mut Line) {
        let space = self.tree.node(node).style.text.white_space;
        let edges = self.references.edges.get(&node).cloned().unwrap_or_default();
        let is_label = caption::is_label(self.tree, node);
        let (before, edges): (Vec<Edge>, Vec<Edge>) =
            edges.into_iter().partition(|edge| is_label && edge.side == Side::Start);
        before.iter().for_each(|edge| self.edge_of(edge, line));
        let is_field = self.counted(node, face, line);
        let mut written = 0;
        for edge in &edges {
            if !is_field {
                self.text(text.get(written..edge.at).unwrap_or_default(), space, face, line);
                written = edge.at;
            }
            self.edge_of(edge, line);
        }
        if !is_field {
            self.text(text.get(written..).unwrap_or_default(), space, face, line);
        }
    }

    /// Begins or ends a bookmark; the second time that a text is written it has none.
    fn edge_of(&mut self, edge: &Edge, line: &mut Line) {
        let mark = match edge.side {
            Side::Start => {
                let Some((number, name)) = self.anchors.place(&edge.bookmark) else { return };
                self.flush(line);
                line.quotes.push((edge.bookmark.clone(), number));
                ParagraphChild::BookmarkStart(BookmarkStart::new(number, name))
            }
            Side::End => {
                let open = line.quotes.iter().position(|(open, _)| *open == edge.bookmark);
                let Some((_, number)) = open.map(|open| line.quotes.remove(open)) else { return };
                self.flush(line);
                ParagraphChild::BookmarkEnd(BookmarkEnd::new(number))
            }
        };
        line.mark(mark);
    }
}

#[cfg(test)]
mod tests {
    use crate::docx::tests::{Builder, tree_of};

    /// What each field shows, and what its bookmark is around; none where there is no field.
    fn referred(html: &str, css: &str) -> Vec<(String, String)> {
        let xml = Builder(tree_of(html, css)).part("word/document.xml");
        let text = |xml: &str| {
            let runs =
                xml.split("<w:t ").skip(1).filter_map(|run| run.split_once('>')?.1.split_once("</w:t>"));
            runs.map(|(text, _)| text).collect::<String>()
        };
        let fields = xml.split(" REF ").skip(1).map(|rest| {
            let name = rest.split(' ').next().unwrap();
            let shown = text(rest.split("w:fldCharType=\"end\"").next().unwrap());
            let start = xml.split(&format!("w:name=\"{name}\"")).nth(1).expect(name);
            (shown, text(start.split("<w:bookmarkEnd").next().unwrap()))
        });
        fields.collect()
    }

    fn both(words: &str) -> Vec<(String, String)> {
        vec![(words.to_owned(), words.to_owned())]
    }

    #[test]
    fn a_link_of_words_is_a_field_around_these_words_only() {
        let link = |words: &str| format!("<p><a class=text-ref href='#a'>{words}</a></p>");
        let numbered = "h2::before { content: '1. ' } .text-ref::after { content: ' (hier)' }";
        let cases = [
            ("<h2 id=a>De <em>brug</em></h2>", "De brug"),
            ("<section id=a><p>Vooraf</p><h2>De brug</h2></section>", "De brug"),
            ("<figure id=a><figcaption>Figuur 2: Zo loopt het</figcaption></figure>", "Figuur 2"),
            ("<figure id=a><figcaption><b>Figuur 2</b>: Zo</figcaption></figure>", "Figuur 2"),
            ("<table id=a><caption>Wie  wat\ndoet</caption><tr><td>x</td></tr></table>", "Wie wat doet"),
            ("<h2 id=a>De brug<span class=note>Noot</span></h2>", "De brug"),
        ];
        for (target, words) in cases {
            let css = format!("{numbered} .note {{ float: footnote }}");
            assert_eq!(referred(&(link(words) + target), &css), both(words), "{target}");
            assert_eq!(referred(&(target.to_owned() + &link(words)), &css), both(words), "{target}");
        }
    }

    #[test]
    fn words_that_do_not_stand_there_stay_a_link() {
        for (target, words, css) in [
            ("<h2 id=a>De brug</h2>", "De Brug", ""),
            ("<h2 id=a>De bruggen</h2>", "De brug", ""),
            ("<h2 id=a>De brug</h2>", "De brug", "h2 { text-transform: lowercase }"),
            ("<h2 id=a>De <i class=note>noot</i>brug</h2>", "De brug", ".note { float: footnote }"),
            ("<div id=a><p>De</p><p>brug</p></div>", "De brug", ""),
            ("<h2 id=b>De brug</h2>", "De brug", ""),
        ] {
            let html = format!("{target}<p><a class=text-ref href='#a'>{words}</a></p>");
            assert_eq!(referred(&html, css), [], "{html} {css}");
        }
    }

    #[test]
    fn target_text_is_a_field_wherever_it_stands() {
        let html = "<p>Zie <a href='#a'>daar</a></p><h2 id=a>De brug</h2>";
        let css = |which: &str| {
            format!(
                "h2::before {{ content: 'Deel 1: ' }}
                a::after {{ content: ' (' target-text(attr(href){which}) ')' }}"
            )
        };
        assert_eq!(referred(html, &css("")), both("De brug"));
        assert_eq!(referred(html, &css(", before")), [("Deel 1: ".to_owned(), "Deel 1:".to_owned())]);
        assert_eq!(referred(html, &css(", first-letter")), []);
        let figure = "<p><a href='#a'>daar</a></p><figure><figcaption id=a>Zo</figcaption></figure>";
        let css =
            "figure { counter-increment: fig } figcaption::before { content: 'Figuur ' counter(fig) ': ' }
            a::after { content: target-text(attr(href), before) }";
        assert_eq!(referred(figure, css), both("Figuur 1: "));
    }

    #[test]
    fn a_bookmark_in_a_box_that_needs_a_table_is_there() {
        let html = "<p><a class=text-ref href='#a'>Kop</a></p><div class=b><h2 id=a>Kop</h2><div class=b><p>x</p></div></div>";
        let css = ".b { border-left: 2px solid red }";
        assert_eq!(referred(html, css), both("Kop"));
        let nested = format!("{}<p>diep</p>{}", "<div class=b>".repeat(40), "</div>".repeat(40));
        let xml = Builder(tree_of(&nested, css)).part("word/document.xml");
        assert_eq!(xml.matches("diep").count(), 1, "and soon");
    }
}
