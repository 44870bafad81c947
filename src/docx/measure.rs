//! How wide boxes would be: with a break after every word, and with none but those that the text asks for (CSS Sizing 3,
//! section 4: min-content and max-content). Words are as wide as their letters are in the document's fonts, one beside
//! the other: what kerning moves is a fraction of a point.

use super::Writer;
use super::frame::Frame;
use crate::style::computed::{ComputedStyle, ContentItem, Display, FlexDirection, TextTransform, WhiteSpace};
use crate::style::{Content, NodeId, Pseudo};
use crate::units::Px;

/// About how wide a letter is where there is no font, for a size of 1.
const LETTER: f32 = 0.5;

/// How much wider than its text a place for it is, which in Word is set in letters of whole half-points.
pub(super) const SLACK: f32 = 1.02;

/// How much wider than the least the lines of a balanced text are.
const BALANCED_SLACK: f32 = 1.04;

/// Text of more lines is not balanced.
const MOST_BALANCED: usize = 5;

/// How wide a box is.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Extent {
    /// Its longest word.
    pub word: Px,
    /// Its longest line.
    pub line: Px,
}

/// The line and the word that are being measured.
#[derive(Default)]
struct Tape {
    widest: Extent,
    word: Px,
    line: Px,
    /// White space that is seen if something follows.
    space: Px,
    /// Paddings and margins around the line.
    around: Px,
    /// The white space before the word that is being measured.
    gap: Px,
    /// All words, each with the white space before it.
    words: Vec<(Px, Px)>,
}

impl Tape {
    /// Adds what cannot be broken.
    fn add(&mut self, width: Px) {
        let space = std::mem::take(&mut self.space);
        if self.word == Px::ZERO {
            self.gap = space;
        }
        self.line += space + width;
        self.word += width;
    }

    fn end_word(&mut self) {
        let word = std::mem::take(&mut self.word);
        self.widest.word = self.widest.word.max(self.around + word);
        if word > Px::ZERO {
            self.words.push((std::mem::take(&mut self.gap), word));
        }
    }

    fn end_line(&mut self) {
        self.end_word();
        self.space = Px::ZERO;
        self.widest.line = self.widest.line.max(self.around + std::mem::take(&mut self.line));
    }
}

impl Writer<'_> {
    /// How wide the content of a node is.
    pub(super) fn extent(&self, node: NodeId) -> Extent {
        let mut tape = Tape::default();
        match &self.tree.node(node).content {
            Content::Element(element) => match element.picture {
                Some(_) => tape.add(self.picture_width(node)),
                None => self.measure_children(node, &mut tape),
            },
            _ => self.measure(node, &mut tape),
        }
        tape.end_line();
        tape.widest
    }

    /// The smallest width in which the words of these nodes take no more lines than in `width`, as far as they take
    /// from two to [`MOST_BALANCED`] (CSS Text 4, section 6.4: `text-wrap: balance`).
    pub(super) fn balanced(&self, nodes: &[NodeId], width: Px) -> Option<Px> {
        let mut tape = Tape::default();
        nodes.iter().for_each(|node| self.measure(*node, &mut tape));
        tape.end_line();
        let count = lines(&tape.words, width);
        if !(2..=MOST_BALANCED).contains(&count) || tape.widest.word > width {
            return None;
        }
        let (mut low, mut high) = (tape.widest.word, width);
        while high.0 - low.0 > 1.0 {
            let middle = (low + high) / 2.0;
            if lines(&tape.words, middle) > count { low = middle } else { high = middle }
        }
        Some((high * BALANCED_SLACK).min(width))
    }

    fn measure_children(&self, node: NodeId, tape: &mut Tape) {
        let style = &self.tree.node(node).style;
        let in_row = matches!(style.display, Display::Flex | Display::InlineFlex)
            && matches!(style.flex.direction, FlexDirection::Row | FlexDirection::RowReverse);
        let gap = style.flex.column_gap.map_or(Px::ZERO, |gap| gap.resolve(Px::ZERO));
        for (index, child) in self.children(node).into_iter().enumerate() {
            if in_row {
                let own = self.tree.node(child).style.clone();
                let frame = Frame::of(&own, Px::ZERO);
                let around = frame.margin.horizontal().max(Px::ZERO)
                    + frame.padding.horizontal()
                    + frame.border.horizontal();
                let extent = self.extent(child);
                tape.end_word();
                tape.add(if index > 0 { gap } else { Px::ZERO } + around + extent.line);
                tape.word = around + extent.word;
            } else {
                self.measure(child, tape);
            }
        }
    }

    fn measure(&self, node: NodeId, tape: &mut Tape) {
        let style = &self.tree.node(node).style;
        match &self.tree.node(node).content {
            Content::Text(text) => self.measure_text(text, style, tape),
            Content::Generated(ContentItem::Text(text) | ContentItem::TargetText(_, text)) => {
                self.measure_text(text, style, tape);
            }
            Content::Generated(_) => self.measure_text("0", style, tape),
            Content::Element(element) => {
                if matches!(element.pseudo, Some(Pseudo::Marker)) || self.is_footnote(node) {
                    return;
                }
                if &*element.tag == "br" {
                    return tape.end_line();
                }
                let frame = Frame::of(style, Px::ZERO);
                let boxed = frame.padding.horizontal() + frame.border.horizontal();
                let margin = frame.margin.horizontal().max(Px::ZERO);
                if element.picture.is_some() {
                    return tape.add(self.picture_width(node) + margin);
                }
                if self.is_inline(node) {
                    tape.add(boxed + margin);
                    return self.measure_children(node, tape);
                }
                tape.end_line();
                let outer = tape.around;
                tape.around += boxed + margin;
                self.measure_children(node, tape);
                tape.end_line();
                tape.around = outer;
            }
        }
    }

    fn measure_text(&self, text: &str, style: &ComputedStyle, tape: &mut Tape) {
        let font = &style.font;
        let face = self.fonts.select(&font.families, font.weight, font.slant);
        let face = face.map(|id| self.fonts.face(id));
        let advance = |letter: char| {
            let Some(face) = face else { return font.size * LETTER };
            font.size * face.width(letter).0 + style.text.letter_spacing
        };
        let space = style.text.white_space;
        let keeps_lines = matches!(space, WhiteSpace::Pre | WhiteSpace::PreWrap | WhiteSpace::PreLine);
        let keeps_words = matches!(space, WhiteSpace::Pre | WhiteSpace::Nowrap);
        for letter in text.chars() {
            match letter {
                '\n' if keeps_lines => tape.end_line(),
                ' ' | '\t' | '\n' | '\r' if keeps_words => {
                    let width = advance(' ');
                    tape.add(width);
                }
                ' ' | '\t' | '\n' | '\r' => {
                    tape.end_word();
                    if tape.line > Px::ZERO {
                        tape.space = advance(' ');
                    }
                }
                '\u{ad}' | '\u{200b}' => tape.end_word(),
                _ if style.text.transform == TextTransform::Uppercase => {
                    letter.to_uppercase().for_each(|letter| tape.add(advance(letter)));
                }
                _ => {
                    tape.add(advance(letter));
                    if letter == '-' && !keeps_words {
                        tape.end_word();
                    }
                }
            }
        }
    }
}

/// How many lines words take that are set one after the other, each with the white space before it.
fn lines(words: &[(Px, Px)], width: Px) -> usize {
    let (mut count, mut line) = (1, Px::ZERO);
    for (gap, word) in words {
        if line > Px::ZERO && line + *gap + *word > width {
            count += 1;
            line = *word;
        } else {
            line += *gap + *word;
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::docx::tests::tree_of;
    use crate::fonts::FontBook;

    /// The extent of the body of a document in a font of which every letter is a square of 10 px, and a space half of one.
    fn extent(html: &str) -> (f32, f32) {
        let css = "body { font: 10px 'Handout Test' } p, div { margin: 0; padding: 0 }";
        let tree = tree_of(html, css);
        let mut fonts = FontBook::bundled();
        let file = include_bytes!("../../tests/fonts/HandoutTest-Regular.ttf").to_vec();
        fonts.add("HandoutTest.ttf", file.into()).unwrap();
        let pages = Default::default();
        let writer = Writer::new(&tree, &fonts, &pages);
        let body = (0..tree.nodes.len() as u32).map(NodeId);
        let mut body = body.filter(|node| tree.element(*node).is_some_and(|element| &*element.tag == "body"));
        let Extent { word, line } = writer.extent(body.next().unwrap());
        (word.0, line.0)
    }

    #[test]
    fn lines_are_as_few_in_the_least_width() {
        let words = |widths: &[f32]| -> Vec<(Px, Px)> {
            widths
                .iter()
                .enumerate()
                .map(|(at, width)| (Px(if at > 0 { 5.0 } else { 0.0 }), Px(*width)))
                .collect()
        };
        assert_eq!(lines(&words(&[30.0, 30.0, 30.0]), Px(100.0)), 1);
        assert_eq!(lines(&words(&[30.0, 30.0, 30.0]), Px(99.0)), 2);
        assert_eq!(lines(&words(&[30.0, 30.0, 30.0]), Px(40.0)), 3);
        assert_eq!(lines(&[], Px(40.0)), 1);
    }

    #[test]
    fn words_and_lines_are_as_wide_as_their_letters() {
        assert_eq!(extent("<p>een  paar </p>"), (40.0, 75.0));
        assert_eq!(extent("<p>een <b>paar</b><br>noem</p>"), (40.0, 75.0));
        assert_eq!(extent("<p>een</p><p>paar noem</p>"), (40.0, 85.0), "blocks are below one another");
        assert_eq!(extent("<p style='white-space: nowrap'>een paar</p>"), (75.0, 75.0));
        assert_eq!(extent("<p style='letter-spacing: 1px'>een</p>"), (33.0, 33.0));
        assert_eq!(
            extent("<p style='padding: 0 5px'>een <i style='margin-left: 3px'>x</i></p>"),
            (40.0, 58.0)
        );
        let row = "<div style='display: flex; column-gap: 4px'><p>een</p><p>paar</p></div>";
        assert_eq!(extent(row), (40.0, 74.0));
    }
}
