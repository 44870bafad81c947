//! Page numbers that the text itself quotes: they are known only when all pages are, so such a document is
//! laid out again with the numbers that the first layout gave.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::style::computed::{ContentItem, ListStyle};

/// The page numbers of a finished layout, and whether anything asked for them.
#[derive(Clone, Debug, Default)]
pub(super) struct PageNumbers {
    /// The page, from 1, of each anchor.
    pub anchors: BTreeMap<Arc<str>, usize>,
    /// How many pages there are.
    pub pages: usize,
    /// Whether the text quotes a page number.
    pub asked: bool,
}

impl PageNumbers {
    /// The text of generated content that depends on pages.
    pub fn text(&mut self, item: &ContentItem) -> Arc<str> {
        match item {
            ContentItem::Text(text) => text.clone(),
            ContentItem::Pages(style) => {
                self.asked = true;
                numeral(self.pages, style).into()
            }
            ContentItem::TargetPage(url) => {
                self.asked = true;
                let page = self.anchors.get(url.trim_start_matches('#')).copied().unwrap_or(0);
                numeral(page, &ListStyle::Decimal).into()
            }
            _ => Arc::from(""),
        }
    }
}

/// A number as a counter style writes it (CSS Counter Styles 3, section 6).
pub(super) fn numeral(number: usize, style: &ListStyle) -> String {
    match style {
        ListStyle::DecimalLeadingZero => format!("{number:02}"),
        ListStyle::LowerAlpha => letters(number),
        ListStyle::UpperAlpha => letters(number).to_uppercase(),
        ListStyle::LowerRoman => roman(number),
        ListStyle::UpperRoman => roman(number).to_uppercase(),
        ListStyle::None => String::new(),
        ListStyle::Text(text) => text.to_string(),
        _ => number.to_string(),
    }
}

fn letters(mut number: usize) -> String {
    let mut letters = Vec::new();
    while number > 0 {
        number -= 1;
        letters.push((b'a' + (number % 26) as u8) as char);
        number /= 26;
    }
    letters.iter().rev().collect()
}

fn roman(mut number: usize) -> String {
    const SIGNS: [(usize, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    let mut text = String::new();
    for (value, sign) in SIGNS {
        while number >= value {
            text.push_str(sign);
            number -= value;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals_follow_their_style() {
        assert_eq!(numeral(1994, &ListStyle::UpperRoman), "MCMXCIV");
        assert_eq!(numeral(28, &ListStyle::LowerAlpha), "ab");
        assert_eq!(numeral(7, &ListStyle::DecimalLeadingZero), "07");
    }
}
