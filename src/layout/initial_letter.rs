//! Initial letters (CSS Inline Layout 3, section 3): a `::first-letter` as high as several lines, its head level with
//! the capitals of the first, its foot on the baseline of the last line that it sinks to.

use std::borrow::Cow;
use std::sync::Arc;

use crate::fonts::{FontBook, Metrics};
use crate::style::computed::{Font, InitialLetter, LengthOrAuto, LengthPercentage, LineHeight, Text};
use crate::style::{ComputedStyle, NodeId, StyledTree};
use crate::units::Px;

/// The tree with its initial letters, floats by now, in the size that their paragraphs and fonts ask for.
pub(super) fn sized<'t>(tree: &'t StyledTree, fonts: &FontBook) -> Cow<'t, StyledTree> {
    let mut sized = Cow::Borrowed(tree);
    for (index, node) in tree.nodes.iter().enumerate() {
        let (Some(initial), Some(parent)) = (node.style.inline.initial_letter, node.parent) else { continue };
        if tree.element(NodeId(index as u32)).is_none_or(|element| element.pseudo.is_none()) {
            continue;
        }
        let paragraph = &tree.node(parent).style;
        let style = Arc::new(letter(&node.style, paragraph, initial, fonts));
        let nodes = &mut sized.to_mut().nodes;
        let raised = (initial.size - f32::from(initial.sink)).max(0.0);
        let room = &mut Arc::make_mut(&mut nodes[parent.0 as usize].style).boxes.padding.top.px;
        *room += line_height(paragraph, fonts) * raised;
        for child in &node.children {
            nodes[child.0 as usize].style = style.clone();
        }
        nodes[index].style = style;
    }
    sized
}

/// The style of an initial letter of a paragraph: a float that takes as many whole lines as it sinks.
fn letter(
    style: &ComputedStyle,
    paragraph: &ComputedStyle,
    initial: InitialLetter,
    fonts: &FontBook,
) -> ComputedStyle {
    let text = metrics(&paragraph.font, fonts).at(paragraph.font.size);
    let content = text.ascent + text.descent;
    let line = line_height(paragraph, fonts);
    let unit = metrics(&style.font, fonts);
    let size = (line * (initial.size - 1.0) + text.cap_height) / unit.cap_height.0.max(0.1);
    let own = unit.at(size);
    let height = own.ascent + own.descent;
    let baseline = line * f32::from(initial.sink - 1) + (line - content) / 2.0 + text.ascent;
    let top = baseline - own.ascent;
    let bottom = line * f32::from(initial.sink) - top - height;
    let margin = |length| LengthOrAuto::Length(LengthPercentage::px(length));
    let mut letter = style.clone();
    letter.font = Arc::new(Font { size, ..(*style.font).clone() });
    letter.text = Arc::new(Text {
        line_height: LineHeight::Length(LengthPercentage::px(height)),
        indent: LengthPercentage::ZERO,
        ..(*style.text).clone()
    });
    (letter.boxes.margin.top, letter.boxes.margin.bottom) = (margin(top), margin(bottom));
    letter
}

/// The height of a paragraph's lines.
fn line_height(paragraph: &ComputedStyle, fonts: &FontBook) -> Px {
    match paragraph.text.line_height {
        LineHeight::Normal => {
            let text = metrics(&paragraph.font, fonts).at(paragraph.font.size);
            text.ascent + text.descent + text.line_gap
        }
        LineHeight::Number(factor) => paragraph.font.size * factor,
        LineHeight::Length(height) => height.px,
    }
}

/// The measures of a font's first family that is there, at a size of 1 px.
fn metrics(font: &Font, fonts: &FontBook) -> Metrics {
    let face = fonts.select(&font.families, font.weight, font.slant);
    face.map_or(Metrics::UNKNOWN, |face| fonts.face(face).metrics)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_of_three_lines_takes_three_lines() {
        let paragraph = ComputedStyle::default();
        let initial = InitialLetter { size: 3.0, sink: 3 };
        let style = letter(&paragraph, &paragraph, initial, &FontBook::bundled());
        let LineHeight::Length(height) = style.text.line_height else { panic!("a length") };
        let margin = |margin: LengthOrAuto| margin.resolve(Px::ZERO).unwrap_or(Px::ZERO);
        let all = margin(style.boxes.margin.top) + height.px + margin(style.boxes.margin.bottom);
        let text = metrics(&paragraph.font, &FontBook::bundled()).at(paragraph.font.size);
        let line = text.ascent + text.descent + text.line_gap;
        assert!((all.0 - 3.0 * line.0).abs() < 0.01, "{all:?} of {line:?}");
    }
}
