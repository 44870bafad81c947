//! Initial letters: a `::first-letter` that floats, or that `initial-letter` sinks, is a paragraph of its own in a frame
//! that its text flows around, as Word makes a drop cap (ISO/IEC 29500-1, 17.3.1.11; CSS Inline Layout 3, section 3).
//! Whoever edits the text can change the letter like any other.

use std::sync::Arc;

use super::Writer;
use super::flow::{Column, Within};
use super::look::{LineRule, ParagraphLook, Place, Raise, TextFrame};
use super::model::{Block, Kind, Paragraph, Role};
use super::substitution::Lost;
use crate::fonts::Metrics;
use crate::style::computed::{ComputedStyle, Float, LineHeight};
use crate::style::{NodeId, Pseudo};
use crate::units::{HalfPoints, Px, Twips};

/// Where Word puts the baseline in a line whose height is said exactly, from its top.
const BASELINE: f32 = 0.8;

/// As many lines as Word's own dialogue gives a drop cap at most.
const MOST_LINES: f32 = 10.0;

/// A letter on its way into its frame.
pub(super) struct Initial {
    letter: NodeId,
    /// How many lines of the text it takes.
    lines: u8,
    /// Its size.
    size: Px,
}

impl Initial {
    /// Whether this is its node.
    pub fn is(&self, node: NodeId) -> bool {
        self.letter == node
    }
}

impl Writer<'_> {
    /// The letter before a paragraph of these nodes: none in cells, where Word would have to place the frame on the page.
    pub(super) fn initial(
        &self,
        nodes: &[NodeId],
        style: &ComputedStyle,
        column: &Column,
    ) -> Option<Initial> {
        if column.within == Within::Cell {
            return None;
        }
        let mut shown = nodes.iter().copied().filter(|node| !self.is_blank(*node));
        let (letter, _) = (shown.next()?, shown.next()?);
        if self.tree.element(letter)?.pseudo != Some(Pseudo::FirstLetter) {
            return None;
        }
        let own = &self.tree.node(letter).style;
        let line = self.line_height(style);
        let (lines, size) = match own.inline.initial_letter {
            Some(initial) => {
                let capitals = self.metrics(style).cap_height * style.font.size.0;
                let height = line * (initial.size - 1.0) + capitals;
                (f32::from(initial.sink), height / self.metrics(own).cap_height.0.max(0.1))
            }
            None if own.position.float == Float::Left => {
                ((self.line_height(own) / line).round(), own.font.size)
            }
            None => return None,
        };
        (2.0..=MOST_LINES).contains(&lines).then_some(Initial { letter, lines: lines as u8, size })
    }

    /// The paragraph of an initial letter, with the place of the text that it begins.
    pub(super) fn initial_paragraph(
        &mut self,
        initial: &Initial,
        (text, style): (&ParagraphLook, &ComputedStyle),
        column: &Column,
    ) -> Option<Block> {
        let tree = self.tree;
        let node = tree.node(initial.letter);
        let lang = &tree.element(initial.letter)?.lang;
        let height = self.line_height(style) * f32::from(initial.lines);
        let below = self.metrics(style).descent * style.font.size.0;
        // The letter stands on the baseline of its last line.
        let sink = height * (1.0 - BASELINE) - below;
        let base = self.run_look(style, lang, column.under);
        let mut run = self.run_look(&node.style, lang, column.under);
        run.size = HalfPoints::from(initial.size);
        run.raise = match Px::ZERO - sink {
            by if by.0.abs() < 0.5 => Raise::Baseline,
            by => Raise::By((by.0 * 1.5).round() as i32),
        };
        let look = ParagraphLook {
            line: LineRule::Exact(Twips::from(height)),
            left: text.left,
            direction: text.direction,
            keep_next: true,
            hyphenate: false,
            ..ParagraphLook::default()
        };
        let letter = self.text_of(initial.letter);
        let kind =
            Kind { role: Role::Text, classes: vec![Arc::from("drop-cap")], context: column.context.clone() };
        // LibreOffice takes the look of a drop cap from its run, and not from its paragraph.
        let run = self.styled_run("drop-cap-text", run, &base).add_text(letter.as_str());
        let children = vec![docx_rs::ParagraphChild::Run(Box::new(run))];
        let space = node.style.boxes.margin.right.resolve(column.width).unwrap_or_default();
        let frame = TextFrame::Initial { lines: initial.lines, space: Twips::from(space.max(Px::ZERO)) };
        let place = Place { frame: Some(frame), ..Place::default() };
        self.lost.carried(Lost::InitialLetter, initial.letter);
        let (length, whose) = (letter.chars().count(), self.whose(initial.letter));
        let paragraph = Paragraph::new(kind, look, base, children);
        Some(Block::Paragraph(Box::new(Paragraph { place, length, whose, ..paragraph })))
    }

    fn metrics(&self, style: &ComputedStyle) -> Metrics {
        let font = &style.font;
        let face = self.fonts.select(&font.families, font.weight, font.slant);
        face.map_or(Metrics::UNKNOWN, |face| self.fonts.face(face).metrics)
    }

    fn line_height(&self, style: &ComputedStyle) -> Px {
        let size = style.font.size;
        match style.text.line_height {
            LineHeight::Normal => {
                let own = self.metrics(style);
                (own.ascent + own.descent + own.line_gap) * size.0
            }
            LineHeight::Number(number) => size * number,
            LineHeight::Length(length) => length.px,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::docx::tests::{Builder, tree_of};

    fn document(html: &str, css: &str) -> String {
        Builder(tree_of(html, css)).part("word/document.xml")
    }

    #[test]
    fn a_letter_of_several_lines_is_words_drop_cap() {
        let css = "p::first-letter { initial-letter: 3; margin-right: 6px; color: #800000 } p { line-height: 20px }";
        let tree = Builder(tree_of("<p>Er was eens.</p>", css));
        let xml = tree.part("word/document.xml");
        let frame = r#"<w:framePr w:dropCap="drop" w:lines="3" w:hSpace="90" w:wrap="around" w:vAnchor="text" w:hAnchor="text"/>"#;
        let (letter, text) = xml.split_at(xml.find("</w:p>").unwrap());
        assert!(letter.contains(frame) && letter.contains(">E</w:t>"), "{xml}");
        assert!(letter.contains("<w:position "), "{xml}");
        assert!(text.contains(">r was eens.</w:t>") && !text.contains("framePr"), "{xml}");
        let styles = tree.part("word/styles.xml");
        let style = |id: &str| styles.split("<w:style ").find(|style| style.contains(id)).unwrap();
        assert!(style("\"DropCap\"").contains(r#"w:line="900" w:lineRule="exact""#), "{styles}");
        let letter = style("\"DropCapText\"");
        assert!(letter.contains("800000") && !letter.contains("<w:position "), "{letter}");
    }

    #[test]
    fn a_changed_letter_is_read_with_its_word() {
        let tree = tree_of("<p>Er was eens.</p>", "p::first-letter { float: left; font-size: 3em }");
        let fonts = crate::fonts::FontBook::bundled();
        let house = super::super::House::plain();
        let written = super::super::write(&tree, &fonts, &Default::default(), &house).unwrap();
        assert_eq!(super::super::paragraphs(&written.file).unwrap(), ["Er was eens."]);
        assert_eq!(written.substitutions, []);
    }

    #[test]
    fn a_letter_that_sinks_nowhere_stays_in_its_word() {
        for css in ["p::first-letter { initial-letter: 3 1 }", "p::first-letter { float: left }"] {
            let xml = document("<p>Er was eens.</p>", css);
            assert!(!xml.contains("framePr"), "{css}: {xml}");
        }
        let cell = "<table><tr><td>Er was eens.</td></tr></table>";
        assert!(!document(cell, "td::first-letter { initial-letter: 2 }").contains("framePr"));
    }
}
