//! `::first-letter` (CSS Pseudo-Elements 4, section 2.2).

use std::sync::Arc;

use super::{Builder, Parent};
use crate::style::cascade::Given;
use crate::style::computed::{Display, Float};
use crate::style::tree::{Content, Element, Node, Pseudo};

impl<'a> Builder<'a> {
    /// Splits off the first letter of a block, where one is still to come, and gives the rest of the text.
    pub(super) fn split_first_letter<'t>(&mut self, text: &'t str, parent: &Parent) -> &'t str {
        let start = text.len() - text.trim_ascii_start().len();
        if start == text.len() {
            return text;
        }
        let Some(rules) = self.first_letter.take() else { return text };
        let end = start + letter_length(&text[start..]);
        let given = Given { rules: &rules, hints: None, inline: None, is_root: false };
        let styled = self.cascade.style(parent.styled.as_ref(), &given);
        let mut style = styled.style.clone();
        if style.inline.initial_letter.is_some() {
            let style = Arc::make_mut(&mut style);
            style.position.float = Float::Left;
            style.display = Display::Block;
        }
        if start > 0 {
            self.push_text(Arc::from(&text[..start]), parent);
        }
        let element =
            Element { lang: parent.lang.clone(), pseudo: Some(Pseudo::FirstLetter), ..Element::default() };
        let node = Node {
            parent: parent.node,
            children: Vec::new(),
            style,
            content: Content::Element(element),
            line: None,
        };
        let node = self.push(parent.node, node);
        let inside = Parent { node: Some(node), styled: Some(styled), lang: parent.lang.clone() };
        self.push_text(Arc::from(&text[start..end]), &inside);
        &text[end..]
    }
}

/// The bytes of the first letter with the punctuation around it and the marks on it.
fn letter_length(text: &str) -> usize {
    let is_mark = |letter: char| ('\u{300}'..='\u{36f}').contains(&letter);
    let is_punctuation =
        |letter: char| !letter.is_alphanumeric() && !letter.is_whitespace() && !is_mark(letter);
    let mut letters = text.char_indices().skip_while(|(_, letter)| is_punctuation(*letter));
    letters.next();
    let mut rest = letters.skip_while(|(_, letter)| is_mark(*letter) || is_punctuation(*letter));
    rest.next().map_or(text.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::letter_length;

    #[test]
    fn punctuation_goes_with_the_letter() {
        let cases = [("Once", "O"), ("‘t Is", "‘t"), ("“Één", "“É"), ("e\u{301}n", "e\u{301}"), ("…", "…")];
        for (text, letter) in cases {
            assert_eq!(&text[..letter_length(text)], letter);
        }
    }
}
