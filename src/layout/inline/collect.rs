//! The first phase: the inline boxes of a block become one text, with spans of style, atoms and edges.
//!
//! White space is collapsed here, across the borders of elements too (CSS Text 3, section 4.1.1), and
//! `text-transform` is applied. What is no text stands in it as one character: U+FFFC for an atom or a leader, U+2028 for a
//! forced break of `br`, U+2060 for an inline box that is empty but has edges.

use std::sync::Arc;

use super::transform::Transformer;
use super::{Surroundings, Typesetter};
use crate::geom::Edges;
use crate::layout::boxes::is_float;
use crate::style::computed::{
    Caps, Clear, ContentItem, Direction, Display, Float, LengthOrAuto, LengthPercentage, ListPosition,
    Position, TextTransform, WhiteSpace,
};
use crate::style::{ComputedStyle, Content, Element, NodeId, Pseudo};

/// The character that stands for an atom.
pub(super) const ATOM: char = '\u{FFFC}';
/// The character that a `br` becomes.
pub(super) const BREAK: char = '\u{2028}';
/// The character that keeps an empty inline box in its place.
const EMPTY: char = '\u{2060}';

/// The inline content of a block as one text.
#[derive(Debug, Default)]
pub(super) struct Collected {
    pub text: String,
    /// They tile the text, in order.
    pub spans: Vec<Span>,
    /// The inline boxes in document order; the first is the block's own root inline box.
    pub boxes: Vec<InlineBox>,
    /// The spans that are leaders, with what they are filled with.
    pub leaders: Vec<(usize, Arc<str>)>,
    /// Elements that leave no character: where they would be in the text.
    pub marks: Vec<(u32, NodeId)>,
    /// The floats among them.
    pub floats: Vec<(u32, NodeId)>,
    /// The `br` elements that clear floats, by the byte behind them.
    pub clears: Vec<(u32, Clear)>,
    /// In order, the characters of which `text-transform` or small capitals made others.
    pub written: Vec<Written>,
}

/// A character of the document that stands in the text as others.
#[derive(Clone, Copy, Debug)]
pub(super) struct Written {
    /// Bytes of the text.
    pub start: u32,
    pub end: u32,
    pub character: char,
}

impl Collected {
    /// Adds the text of some bytes as the document has it: case that is only painted is not copied and not read out (CSS
    /// Text 3, section 2.1). A character that became several stands with the first of them.
    pub fn push_written(&self, (start, end): (u32, u32), out: &mut String) {
        let mut at = start;
        let first = self.written.partition_point(|written| written.end <= start);
        for written in self.written[first..].iter().take_while(|written| written.start < end) {
            out.push_str(self.text.get(at as usize..written.start.max(at) as usize).unwrap_or(""));
            if written.start >= start {
                out.push(written.character);
            }
            at = written.end.min(end);
        }
        out.push_str(self.text.get(at as usize..end as usize).unwrap_or(""));
    }
}

/// A stretch of text of one text node.
#[derive(Debug)]
pub(super) struct Span {
    /// Bytes of the text.
    pub start: u32,
    pub end: u32,
    pub node: Option<NodeId>,
    pub style: Arc<ComputedStyle>,
    pub lang: Arc<str>,
    /// The innermost inline box around it.
    pub parent: usize,
    pub kind: SpanKind,
    /// The boxes that open before it, outermost first.
    pub opens: Vec<usize>,
    /// The boxes that close after it, innermost first.
    pub closes: Vec<usize>,
}

/// What a span stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SpanKind {
    Text,
    /// A box that is no text.
    Atom,
    /// What fills the line up to what follows.
    Leader,
    /// Characters that steer, and are never seen.
    Control,
}

/// An inline box.
#[derive(Debug)]
pub(super) struct InlineBox {
    pub node: Option<NodeId>,
    pub style: Arc<ComputedStyle>,
    pub parent: Option<usize>,
    /// Whether it is a link.
    pub link: bool,
}

impl InlineBox {
    /// Its left and right margins, borders and paddings; `auto` margins are nothing (CSS 2, 10.3.1).
    pub(super) fn has_edges(&self) -> bool {
        let auto_or_zero = |margin: LengthOrAuto| match margin {
            LengthOrAuto::Auto => true,
            LengthOrAuto::Length(length) => length == LengthPercentage::ZERO,
        };
        let style = &self.style;
        let none = |edges: Edges<LengthPercentage>| {
            edges.left == LengthPercentage::ZERO && edges.right == LengthPercentage::ZERO
        };
        !(none(style.boxes.padding)
            && style.border.widths().horizontal().0 == 0.0
            && auto_or_zero(style.boxes.margin.left)
            && auto_or_zero(style.boxes.margin.right))
    }
}

/// Whether a character may be more than one of a word: white space of any kind.
fn steers(character: char) -> bool {
    matches!(character, '\t'..='\r' | ' ' | '\u{85}' | BREAK | '\u{2029}')
}

/// Collects inline content. See [`Typesetter::prepare`].
pub(super) struct Collector<'t, 'a> {
    typesetter: &'t Typesetter<'a>,
    around: &'t mut dyn Surroundings,
    out: Collected,
    transformer: Transformer,
    /// The innermost open box.
    current: usize,
    /// Boxes that were opened since the last character.
    opening: Vec<usize>,
    /// Whether a collapsible space would be the second in a row, or the first of a line.
    after_space: bool,
    lang: Arc<str>,
}

impl<'t, 'a> Collector<'t, 'a> {
    /// For the content of a block with `style`.
    pub(super) fn new(
        typesetter: &'t Typesetter<'a>,
        around: &'t mut dyn Surroundings,
        root: InlineBox,
        lang: Arc<str>,
    ) -> Self {
        Self {
            typesetter,
            around,
            out: Collected { boxes: vec![root], ..Collected::default() },
            transformer: Transformer::default(),
            current: 0,
            opening: Vec::new(),
            after_space: true,
            lang,
        }
    }

    /// The node with all that is in it.
    pub(super) fn node(&mut self, id: NodeId) {
        let node = self.typesetter.tree.node(id);
        match &node.content {
            Content::Text(text) => self.text(text, &node.style, Some(id)),
            Content::Generated(ContentItem::Picture(_)) => self.atom(id, &node.style),
            Content::Generated(ContentItem::Leader(pattern)) => self.leader(pattern, id, &node.style),
            Content::Generated(item) => {
                let text = self.around.generated(id, item);
                self.text(&text, &node.style, Some(id));
            }
            Content::Element(element) => self.element(id, element, &node.style),
        }
    }

    fn element(&mut self, id: NodeId, element: &Element, style: &Arc<ComputedStyle>) {
        let marks = matches!(element.pseudo, Some(Pseudo::Marker | Pseudo::FootnoteMarker));
        let outside = marks && style.list.position == ListPosition::Outside;
        let positioned = matches!(style.position.scheme, Position::Absolute | Position::Fixed);
        let marker_of_other = outside && self.out.boxes[0].node != Some(id);
        if style.position.float == Float::Footnote {
            // With its call, or with the character before it: they are not to be parted by a line break.
            let last = self.out.text.char_indices().last().map_or(0, |(at, _)| at);
            self.out.marks.push((last as u32, id));
        } else if positioned || style.position.running.is_some() || style.position.float != Float::None {
            let at = self.out.text.len() as u32;
            self.out.marks.push((at, id));
            if is_float(style) && !positioned && style.position.running.is_none() {
                self.out.floats.push((at, id));
            }
        } else if marker_of_other || style.display == Display::None {
            // Set by the list item, beside its first line.
        } else if style.display == Display::Contents {
            self.children(id);
        } else if element.picture.is_some() {
            self.atom(id, style);
        } else if style.display == Display::Inline {
            self.inline(id, element, style);
        } else if style.display.is_atomic_inline() {
            self.atom(id, style);
        } else {
            // A block among inline boxes: an atom on a line of its own.
            if !self.out.text.is_empty() && !self.out.text.ends_with(BREAK) {
                self.forced_break(style, None);
            }
            self.atom(id, style);
            self.forced_break(style, None);
        }
    }

    fn children(&mut self, id: NodeId) {
        let tree = self.typesetter.tree;
        for &child in &tree.node(id).children {
            self.node(child);
        }
    }

    fn inline(&mut self, id: NodeId, element: &Element, style: &Arc<ComputedStyle>) {
        match &*element.tag {
            "br" if element.pseudo.is_none() => {
                self.forced_break(style, Some(id));
                if style.position.clear != Clear::None {
                    self.out.clears.push((self.out.text.len() as u32, style.position.clear));
                }
                return;
            }
            "wbr" if element.pseudo.is_none() => return self.control('\u{200B}', style, Some(id)),
            _ => {}
        }
        let outer_lang = std::mem::replace(&mut self.lang, element.lang.clone());
        let outer = self.current;
        let link = element.is_link();
        if element.pseudo == Some(Pseudo::FootnoteCall) && !self.out.text.is_empty() {
            self.control(EMPTY, style, None);
        }
        self.current = self.out.boxes.len();
        self.opening.push(self.current);
        self.out.boxes.push(InlineBox { node: Some(id), style: style.clone(), parent: Some(outer), link });
        let direction = self.out.boxes[outer].style.text.direction;
        let isolated = element.attribute("dir").is_some() || style.text.direction != direction;
        if isolated {
            let isolate = if style.text.direction == Direction::Rtl { '\u{2067}' } else { '\u{2066}' };
            self.control(isolate, style, None);
        }
        match element.attribute("alt") {
            Some(alt) if &*element.tag == "img" => self.text(alt, style, Some(id)),
            _ => self.children(id),
        }
        if isolated {
            self.control('\u{2069}', style, None);
        }
        self.close(id, style);
        self.current = outer;
        self.lang = outer_lang;
    }

    /// Closes the innermost box, which is the element `id`.
    fn close(&mut self, id: NodeId, style: &Arc<ComputedStyle>) {
        let current = self.current;
        if self.opening.contains(&current) {
            if self.out.boxes[current].has_edges() || self.out.boxes[current].link {
                self.control(EMPTY, style, None);
            } else {
                self.opening.retain(|&open| open != current);
                self.out.marks.push((self.out.text.len() as u32, id));
                return;
            }
        }
        if let Some(span) = self.out.spans.last_mut() {
            span.closes.push(current);
        }
    }

    fn atom(&mut self, id: NodeId, style: &Arc<ComputedStyle>) {
        self.sign(ATOM, style, Some(id), SpanKind::Atom);
        self.after_space = false;
        self.transformer.break_word();
    }

    fn leader(&mut self, pattern: &Arc<str>, id: NodeId, style: &Arc<ComputedStyle>) {
        self.sign(ATOM, style, Some(id), SpanKind::Leader);
        self.out.leaders.push((self.out.spans.len() - 1, pattern.clone()));
        self.after_space = false;
        self.transformer.break_word();
    }

    fn control(&mut self, character: char, style: &Arc<ComputedStyle>, node: Option<NodeId>) {
        self.sign(character, style, node, SpanKind::Control);
    }

    fn forced_break(&mut self, style: &Arc<ComputedStyle>, node: Option<NodeId>) {
        self.trim();
        self.control(BREAK, style, node);
        self.after_space = true;
        self.transformer.break_word();
    }

    /// Text with its white space as the style says (CSS Text 3, section 4.1.1).
    pub(super) fn text(&mut self, text: &str, style: &Arc<ComputedStyle>, node: Option<NodeId>) {
        let positioned = self.typesetter.position_style(style);
        let style = positioned.as_ref().unwrap_or(style);
        let white_space = style.text.white_space;
        let keeps_spaces = matches!(white_space, WhiteSpace::Pre | WhiteSpace::PreWrap);
        let keeps_lines = keeps_spaces || white_space == WhiteSpace::PreLine;
        let stays = style.text.transform == TextTransform::None && style.font.caps == Caps::Normal;
        let mut rest = text;
        while let Some(character) = rest.chars().next() {
            let mut length = character.len_utf8();
            match character {
                '\r' => {}
                BREAK | '\u{2029}' | '\u{85}' | '\u{b}' => self.forced_break(style, node),
                '\n' if keeps_lines => {
                    if !keeps_spaces {
                        self.trim();
                    }
                    self.push("\n", style, node, SpanKind::Text);
                    self.after_space = true;
                    self.transformer.break_word();
                }
                ' ' | '\t' | '\n' | '\u{c}' if !keeps_spaces => {
                    if !self.after_space {
                        self.push(" ", style, node, SpanKind::Text);
                        self.after_space = true;
                    }
                    self.transformer.break_word();
                }
                _ if stays => {
                    let ends = |next: char| next != character && steers(next);
                    let word = rest.split(ends).next().unwrap_or(rest);
                    length = word.len();
                    self.push(word, style, node, SpanKind::Text);
                    self.transformer.pass(word);
                    self.after_space = false;
                }
                character => {
                    self.visible(character, style, node);
                    self.after_space = false;
                }
            }
            rest = rest.get(length..).unwrap_or_default();
        }
    }

    /// A character that stays, with its case as `text-transform` and synthesised small capitals make it.
    fn visible(&mut self, character: char, style: &Arc<ComputedStyle>, node: Option<NodeId>) {
        let small = self.typesetter.small_style(style, character);
        let transform = style.text.transform;
        let mut transformer = std::mem::take(&mut self.transformer);
        let lang = self.lang.clone();
        let start = self.out.text.len() as u32;
        transformer.apply(character, transform, &lang, |character| match &small {
            Some(small) => {
                character.to_uppercase().for_each(|upper| self.sign(upper, small, node, SpanKind::Text))
            }
            None => self.sign(character, style, node, SpanKind::Text),
        });
        self.transformer = transformer;
        let end = self.out.text.len() as u32;
        let stays = transform == TextTransform::None && small.is_none();
        if !stays && self.out.text.get(start as usize..).is_none_or(|made| !made.chars().eq([character])) {
            self.out.written.push(Written { start, end, character });
        }
    }

    fn sign(&mut self, sign: char, style: &Arc<ComputedStyle>, node: Option<NodeId>, kind: SpanKind) {
        self.push(sign.encode_utf8(&mut [0; 4]), style, node, kind);
    }

    fn push(&mut self, text: &str, style: &Arc<ComputedStyle>, node: Option<NodeId>, kind: SpanKind) {
        let start = self.out.text.len() as u32;
        self.out.text.push_str(text);
        let end = self.out.text.len() as u32;
        if let Some(last) = self.out.spans.last_mut()
            && self.opening.is_empty()
            && last.closes.is_empty()
            && (last.node, last.kind, last.parent) == (node, kind, self.current)
            && kind == SpanKind::Text
            && Arc::ptr_eq(&last.style, style)
        {
            last.end = end;
            return;
        }
        self.out.spans.push(Span {
            start,
            end,
            node,
            style: style.clone(),
            lang: self.lang.clone(),
            parent: self.current,
            kind,
            opens: std::mem::take(&mut self.opening),
            closes: Vec::new(),
        });
    }

    /// Takes away a collapsible space at the end of a line (CSS Text 3, section 4.1.2).
    fn trim(&mut self) {
        if !(self.after_space && self.out.text.ends_with(' ')) {
            return;
        }
        // Controls and closed boxes may stand behind it; the text then ends otherwise, and the space hangs.
        let Some(last) = self.out.spans.last_mut() else { return };
        if last.end - last.start > 1 {
            last.end -= 1;
            self.out.text.pop();
        } else if last.opens.is_empty() && last.closes.is_empty() {
            self.out.spans.pop();
            self.out.text.pop();
        }
    }

    /// A footnote that shares its paragraph with others, set off from the one before it.
    pub(super) fn footnote(&mut self, id: NodeId) {
        let node = self.typesetter.tree.node(id);
        let Content::Element(element) = &node.content else { return };
        self.trim();
        if !self.out.text.is_empty() {
            let style = self.out.boxes[0].style.clone();
            self.text("\u{a0} ", &style, None);
        }
        self.after_space = true;
        self.inline(id, element, &node.style);
    }

    /// What was collected.
    pub(super) fn finish(mut self) -> Collected {
        self.trim();
        let end = self.out.text.len() as u32;
        for mark in self.out.marks.iter_mut().chain(&mut self.out.floats) {
            mark.0 = mark.0.min(end);
        }
        self.out
    }
}
