//! Looks that mean something, as elements: bold and italic that a style gives, alignment, and the elements that HTML
//! had for looks before there were styles.

use crate::dom::{Document, NodeId};

/// Puts elements where styles said something, below `root`. The styles themselves go when the body is cleaned.
pub(in crate::read) fn as_elements(document: &mut Document, root: NodeId) {
    let all: Vec<NodeId> = document.elements(root).collect();
    for id in all {
        let Some(element) = document.element(id).filter(|element| element.is_html()) else { continue };
        let style = element.attribute("style").unwrap_or_default();
        let look = Look::of(style, document.tag(id));
        let align = element.attribute("align").map(str::to_ascii_lowercase).or(look.align);
        if let Some(align) = align.filter(|align| takes_alignment(document.tag(id), align)) {
            document.set_attribute(id, "align", &align);
        }
        for tag in look.tags {
            wrap_inside(document, id, tag);
        }
        if look.is_plain || is_font(document, id) {
            super::super::clean::unwrap(document, id);
        }
    }
}

/// What a style says that is more than looks.
#[derive(Default)]
struct Look {
    tags: Vec<&'static str>,
    align: Option<String>,
    /// Whether it takes back what the element says: `<b style="font-weight: normal">`.
    is_plain: bool,
}

impl Look {
    fn of(style: &str, tag: &str) -> Self {
        let mut look = Self::default();
        for declaration in style.split(';') {
            let Some((property, value)) = declaration.split_once(':') else { continue };
            let value = value.trim().trim_end_matches("!important").trim().to_ascii_lowercase();
            look.take(&property.trim().to_ascii_lowercase(), &value, tag);
        }
        look
    }

    fn take(&mut self, property: &str, value: &str, tag: &str) {
        let is_bold = matches!(tag, "b" | "strong" | "th" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6");
        let is_italic = matches!(tag, "i" | "em" | "cite" | "var" | "dfn" | "address");
        match property {
            "font-weight" => {
                let heavy =
                    matches!(value, "bold" | "bolder") || value.parse::<u16>().is_ok_and(|it| it >= 600);
                if heavy && !is_bold {
                    self.tags.push("strong");
                }
                self.is_plain |= !heavy && matches!(tag, "b" | "strong") && value != "inherit";
            }
            "font-style" => {
                let slanted = matches!(value, "italic" | "oblique");
                if slanted && !is_italic {
                    self.tags.push("em");
                }
                self.is_plain |= !slanted && matches!(tag, "i" | "em") && value != "inherit";
            }
            "text-decoration" | "text-decoration-line" => {
                if value.contains("line-through") && !matches!(tag, "s" | "del" | "strike") {
                    self.tags.push("s");
                }
                if value.contains("underline") && !matches!(tag, "u" | "ins" | "a") {
                    self.tags.push("u");
                }
            }
            "vertical-align" if tag == "span" && value == "super" => self.tags.push("sup"),
            "vertical-align" if tag == "span" && value == "sub" => self.tags.push("sub"),
            "text-align" if matches!(value, "left" | "right" | "center" | "justify") => {
                self.align = Some(value.to_owned());
            }
            _ => {}
        }
    }
}

/// Whether alignment is said of an element by an attribute, and is not what it has anyway.
fn takes_alignment(tag: &str, align: &str) -> bool {
    match tag {
        "td" | "th" | "tr" => true,
        "p" | "div" => matches!(align, "center" | "right"),
        _ => false,
    }
}

fn is_font(document: &Document, id: NodeId) -> bool {
    matches!(document.tag(id), "font" | "big" | "blink" | "marquee" | "basefont")
}

/// Puts all that is in an element into a new element in it; where it holds blocks, into one in each of them.
fn wrap_inside(document: &mut Document, id: NodeId, tag: &str) {
    let mut open = vec![id];
    while let Some(at) = open.pop() {
        let children: Vec<NodeId> = document.children(at).collect();
        let is_block = |document: &Document, id| super::measure::is_block(document.tag(id));
        if children.iter().any(|&child| is_block(document, child)) {
            open.extend(children.into_iter().filter(|&child| is_block(document, child)));
        } else if !document.is_blank(at) && !children.iter().any(|&child| document.is(child, tag)) {
            let wrap = document.new_element(tag, &[]);
            for child in children {
                document.append(wrap, child);
            }
            document.append(at, wrap);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dom;

    fn shown(html: &str) -> String {
        let mut document = dom::parse_fragment(html, 1);
        let root = document.fragment();
        as_elements(&mut document, root);
        super::super::super::clean::clean(&mut document, root);
        document.inner_html(root)
    }

    #[test]
    fn styles_that_mean_something_are_elements() {
        let cases = [
            ("<span style=\"font-weight: 700\">a</span>", "<span><strong>a</strong></span>"),
            ("<p style='font-style:ITALIC; color:red'>a <b>b</b></p>", "<p><em>a <b>b</b></em></p>"),
            ("<b style='font-weight:normal'><p>a</p></b>", "<p>a</p>"),
            ("<p style='text-align:center'>a</p>", "<p align=\"center\">a</p>"),
            (
                "<div style='font-weight:bold'><p>a</p><p>b</p></div>",
                "<div><p><strong>a</strong></p><p><strong>b</strong></p></div>",
            ),
            ("<font size=2>a</font>", "a"),
            ("<span style='vertical-align:super'>2</span>", "<span><sup>2</sup></span>"),
        ];
        for (html, expected) in cases {
            assert_eq!(shown(html), expected, "{html}");
        }
    }
}
