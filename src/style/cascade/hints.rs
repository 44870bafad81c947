//! Attributes that stand for declarations: the presentational hints of the WHATWG HTML standard, section 15,
//! that documents still carry.

use crate::dom::Element;

/// The declarations that an element's attributes stand for, as CSS.
pub(super) fn css(element: &Element) -> Option<String> {
    let mut css = String::new();
    let mut put = |property: &str, value: &str| {
        css.push_str(property);
        css.push(':');
        css.push_str(value);
        css.push(';');
    };
    let tag = &*element.name.local;
    for attribute in &element.attributes {
        let value = attribute.value.trim();
        match (tag, &*attribute.name.local) {
            ("img" | "svg" | "table" | "col" | "colgroup" | "td" | "th", name @ ("width" | "height")) => {
                if let Some(length) = dimension(value) {
                    put(name, &length);
                }
            }
            ("td" | "th" | "tr" | "thead" | "tbody" | "p" | "div", "align") => match value {
                "left" | "right" | "center" | "justify" => put("text-align", value),
                _ => {}
            },
            ("td" | "th" | "tr", "valign") => match value {
                "top" | "middle" | "bottom" | "baseline" => put("vertical-align", value),
                _ => {}
            },
            ("ol" | "li", "type") => match value {
                "1" => put("list-style-type", "decimal"),
                "a" => put("list-style-type", "lower-alpha"),
                "A" => put("list-style-type", "upper-alpha"),
                "i" => put("list-style-type", "lower-roman"),
                "I" => put("list-style-type", "upper-roman"),
                _ => {}
            },
            (_, "dir") => match value {
                "ltr" | "rtl" => put("direction", value),
                _ => {}
            },
            _ => {}
        }
    }
    (!css.is_empty()).then_some(css)
}

/// A dimension of HTML: pixels, or a percentage (WHATWG HTML, section 2.3.4.4). Other units are SVG's.
fn dimension(value: &str) -> Option<String> {
    let digits = value.trim_end_matches(|letter: char| !letter.is_ascii_digit());
    let number: f32 = digits.parse().ok()?;
    match value[digits.len()..].trim() {
        "" => Some(format!("{number}px")),
        unit @ ("%" | "px" | "pt" | "mm" | "cm" | "in" | "em") => Some(format!("{number}{unit}")),
        _ => None,
    }
}
