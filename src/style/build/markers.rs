//! `::marker` of list items, and how counters are written (CSS Counter Styles 3).

use std::sync::Arc;

use super::content::Evaluated;
use super::{Builder, Parent};
use crate::dom;
use crate::style::cascade::{Given, Matches};
use crate::style::computed::{ContentItem, Display, ListPosition, ListStyle};
use crate::style::properties::ContentValue;
use crate::style::tree::Pseudo;

impl<'a> Builder<'a> {
    /// The marker of a list item: its `content`, or the item's number or bullet.
    pub(super) fn marker(&mut self, id: dom::NodeId, matches: &Matches<'a>, inside: &Parent) {
        let rules = matches.of(Pseudo::Marker);
        let given = Given { rules: &rules, hints: None, inline: None, is_root: false };
        let styled = self.cascade.style(inside.styled.as_ref(), &given);
        let items = match &styled.style.generated.value {
            ContentValue::None => return,
            ContentValue::Parts(parts) => self.evaluate(parts, id, &styled.style, &inside.lang),
            ContentValue::Normal => {
                let list = &styled.style.list;
                match marker_text(&list.style, self.counters.innermost("list-item")) {
                    Some(text) if list.position == ListPosition::Inside => {
                        vec![Evaluated::Item(ContentItem::Text(Arc::from(format!("{text} "))))]
                    }
                    Some(text) => vec![Evaluated::Item(ContentItem::Text(text))],
                    None => return,
                }
            }
        };
        if styled.style.display == Display::None {
            return;
        }
        let node = self.pseudo_node(id, Pseudo::Marker, &styled, inside);
        self.generated(items, node, &styled, inside);
    }
}

/// The text of a marker, `None` where there is to be none.
fn marker_text(style: &ListStyle, value: i32) -> Option<Arc<str>> {
    match style {
        ListStyle::None => None,
        ListStyle::Disc | ListStyle::Circle | ListStyle::Square => {
            Some(Arc::from(counter_text(style, value)))
        }
        ListStyle::Text(text) => Some(text.clone()),
        numbers => Some(Arc::from(format!("{}.", counter_text(numbers, value)))),
    }
}

/// A counter's value in a style. What a style cannot write is written in decimals.
pub(crate) fn counter_text(style: &ListStyle, value: i32) -> String {
    let written = match style {
        ListStyle::Disc => Some("•".to_owned()),
        ListStyle::Circle => Some("◦".to_owned()),
        ListStyle::Square => Some("▪".to_owned()),
        ListStyle::None => Some(String::new()),
        ListStyle::Text(text) => Some(text.to_string()),
        ListStyle::Decimal => None,
        ListStyle::DecimalLeadingZero if value < 0 => Some(format!("-{:02}", value.unsigned_abs())),
        ListStyle::DecimalLeadingZero => Some(format!("{value:02}")),
        ListStyle::LowerAlpha => alphabetic(value, b'a'),
        ListStyle::UpperAlpha => alphabetic(value, b'A'),
        ListStyle::LowerRoman => roman(value).map(|text| text.to_ascii_lowercase()),
        ListStyle::UpperRoman => roman(value),
    };
    written.unwrap_or_else(|| value.to_string())
}

/// a, b, … z, aa, ab …
fn alphabetic(value: i32, first: u8) -> Option<String> {
    let mut left = u32::try_from(value).ok().filter(|left| *left > 0)?;
    let mut letters = Vec::new();
    while left > 0 {
        left -= 1;
        letters.push(char::from(first + (left % 26) as u8));
        left /= 26;
    }
    Some(letters.into_iter().rev().collect())
}

fn roman(value: i32) -> Option<String> {
    const SIGNS: [(i32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if !(1..4000).contains(&value) {
        return None;
    }
    let mut left = value;
    let mut text = String::new();
    for (worth, sign) in SIGNS {
        while left >= worth {
            text.push_str(sign);
            left -= worth;
        }
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counters_are_written_in_their_style() {
        let cases = [
            (ListStyle::LowerAlpha, 27, "aa"),
            (ListStyle::UpperAlpha, 26, "Z"),
            (ListStyle::LowerAlpha, 0, "0"),
            (ListStyle::LowerRoman, 1994, "mcmxciv"),
            (ListStyle::UpperRoman, 4000, "4000"),
            (ListStyle::DecimalLeadingZero, 7, "07"),
            (ListStyle::DecimalLeadingZero, -7, "-07"),
        ];
        for (style, value, text) in cases {
            assert_eq!(counter_text(&style, value), text);
        }
    }
}
