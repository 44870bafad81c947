//! Inline elements with a `style` attribute: they have the style of their like without one, and what the attribute says
//! is said beside it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Writer;
use super::look::{Rgb, RunDelta};
use crate::style::{Element, NodeId, StyledTree};

/// The first inline element without a `style` attribute of each tag with its classes.
#[derive(Debug, Default)]
pub(super) struct Plain(BTreeMap<(Arc<str>, Vec<Arc<str>>), NodeId>);

impl Plain {
    /// Those of a document.
    pub fn of(tree: &StyledTree) -> Self {
        let mut first = BTreeMap::new();
        for (index, node) in tree.nodes.iter().enumerate().filter(|(_, node)| node.style.display.is_in_line())
        {
            let node_id = NodeId(index as u32);
            let element = tree.element(node_id).filter(|_| node.parent.is_some());
            let Some(element) = element.filter(|element| is_plain(element)) else { continue };
            first.entry((element.tag.clone(), element.classes.clone())).or_insert(node_id);
        }
        Self(first)
    }
}

/// Whether only rules say how an element looks, and it is of a kind that has a style.
fn is_plain(element: &Element) -> bool {
    let has_kind = !element.classes.is_empty() || &*element.tag != "span";
    element.pseudo.is_none() && has_kind && element.attribute("style").is_none()
}

impl Writer<'_> {
    /// The character style of what is like this element but has no `style` attribute; `None` where nothing is.
    pub(super) fn style_of_like(&mut self, element: &Element) -> Option<(String, RunDelta)> {
        let tree = self.tree;
        let plain = self.plain.get_or_insert_with(|| Plain::of(tree));
        let like = *plain.0.get(&(element.tag.clone(), element.classes.clone()))?;
        let (own, around) = (tree.element(like)?, tree.node(like).parent?);
        let (style, outer) = (tree.node(like).style.clone(), tree.node(around).style.clone());
        let base = self.run_look(&outer, &own.lang, Rgb::WHITE).underlined(&outer);
        let look = self.run_look(&style, &own.lang, Rgb::WHITE).decorated(&style, &base, Rgb::WHITE);
        let delta = look.beyond(&base).without_language();
        let kind = self.character_kind(like, own);
        (!delta.is_empty()).then(|| (self.styles.character(&kind, &delta), delta))
    }
}

#[cfg(test)]
mod tests {
    use crate::docx::tests::{Builder, tree_of};

    #[test]
    fn what_a_style_attribute_says_is_beside_the_style_of_its_kind() {
        let html = "<p>Een <strong style='color: #c00'>rood</strong> en <strong>vet</strong>, \
            <a href='https://a.example' style='color: #0c0'>groen</a> en <a href='https://b.example'>blauw</a>, \
            <span class=b style='color: #00c'>x</span>, <span class=b>y</span>, <em style='color: #c0c'>z</em>.</p>";
        let tree = Builder(tree_of(html, "a { color: #00f } .b { color: #080 }"));
        let (xml, styles) = (tree.part("word/document.xml"), tree.part("word/styles.xml"));
        let directly = |color: &str| {
            let run = xml
                .split("<w:r>")
                .find(|run| run.contains(color))
                .unwrap_or_else(|| panic!("{color}: {xml}"));
            run.split("</w:rPr>").next().unwrap().to_owned()
        };
        for (style, color) in [("Strong", "CC0000"), ("Hyperlink", "00CC00"), ("BText", "0000CC")] {
            let style = format!(r#"<w:rStyle w:val="{style}" />"#);
            assert!(directly(color).contains(&style), "{xml}");
            assert_eq!(xml.matches(&style).count(), 2, "{xml}");
            assert!(!styles.contains(color), "{styles}");
        }
        assert!(!directly("CC0000").contains("<w:b "), "the style says it: {xml}");
        let alone = directly("CC00CC");
        assert!(alone.contains("<w:i />") && !alone.contains("w:rStyle"), "{alone}");
    }
}
