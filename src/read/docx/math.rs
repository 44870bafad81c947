//! Formulas (ISO/IEC 29500-1, 22.1) as text in a line: good enough to read, not to print.

use roxmltree::Node;

use super::element::{child, name, value};

/// A formula may be nested so deep; what is deeper is left out.
const DEEPEST: usize = 32;

/// A formula in a line of text.
pub(super) fn text(node: Node) -> String {
    let mut text = String::new();
    write(node, DEEPEST, &mut text);
    text
}

fn write(node: Node, depth: usize, text: &mut String) {
    let Some(depth) = depth.checked_sub(1) else { return };
    let part = |wanted: &str| {
        let mut inside = String::new();
        child(node, wanted).into_iter().for_each(|found| write(found, depth, &mut inside));
        inside
    };
    let held = |wanted: &str| bracketed(part(wanted));
    match name(node) {
        "t" => *text += node.text().unwrap_or_default(),
        "f" => *text += &format!("{}/{}", held("num"), held("den")),
        "sSup" => *text += &format!("{}^{}", part("e"), held("sup")),
        "sSub" => *text += &format!("{}_{}", part("e"), held("sub")),
        "sSubSup" => *text += &format!("{}_{}^{}", part("e"), held("sub"), held("sup")),
        "rad" => *text += &format!("{}√{}", part("deg"), held("e")),
        "nary" => {
            let sign = child(node, "naryPr").and_then(|it| value(it, "chr")).unwrap_or("∫");
            let limit = |sign: char, part: String| {
                if part.is_empty() { part } else { format!("{sign}{}", bracketed(part)) }
            };
            *text += &format!("{sign}{}{} {}", limit('_', part("sub")), limit('^', part("sup")), part("e"));
        }
        "d" => {
            let sign = |wanted: &str, default: &str| {
                child(node, "dPr").and_then(|it| value(it, wanted)).unwrap_or(default).to_owned()
            };
            let mut parts = Vec::new();
            for inner in node.children().filter(|inner| name(*inner) == "e") {
                let mut inside = String::new();
                write(inner, depth, &mut inside);
                parts.push(inside);
            }
            *text += &format!(
                "{}{}{}",
                sign("begChr", "("),
                parts.join(&sign("sepChr", "|")),
                sign("endChr", ")")
            );
        }
        _ => node.children().filter(Node::is_element).for_each(|inner| write(inner, depth, text)),
    }
}

/// In brackets, where it is more than a word.
fn bracketed(part: String) -> String {
    if part.chars().all(char::is_alphanumeric) { part } else { format!("({part})") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::docx::element::parse;

    #[test]
    fn a_formula_is_a_line() {
        let t = |text: &str| format!("<m:r><m:t>{text}</m:t></m:r>");
        let xml = format!(
            "<m:oMath xmlns:m='m'>{}<m:f><m:num>{}</m:num><m:den>{}</m:den></m:f><m:sSup><m:e>{}</m:e><m:sup>{}</m:sup></m:sSup></m:oMath>",
            t("a="),
            t("b+1"),
            t("2"),
            t("c"),
            t("2"),
        );
        assert_eq!(text(parse(&xml).unwrap().root_element()), "a=(b+1)/2c^2");
    }
}
