//! Inline SVG: the drawing as text, with what the stylesheet says of it written in as presentation attributes
//! (SVG 2, section 6.6), so that it can be read without the document around it.

use std::fmt::Write;
use std::sync::Arc;

use html5ever::ns;

use super::{Builder, Parent};
use crate::dom::{self, NodeData};
use crate::fonts::Slant;
use crate::style::cascade::{Custom, Styled, substitute};
use crate::style::computed::{ComputedStyle, Display, Visibility};
use crate::style::properties::svg::css_color;

impl<'a> Builder<'a> {
    /// The picture of an `svg` element.
    pub(super) fn drawing(&mut self, id: dom::NodeId, inside: &Parent) {
        let Some(styled) = inside.styled.clone() else { return };
        let mut source = String::new();
        self.write_element(id, &styled, None, &mut source);
        match self.pictures.drawing(&source) {
            Ok(picture) => self.attach(id, picture, inside.node),
            Err(problem) => {
                let place = self.place(id);
                self.problems.push(problem.at(place));
            }
        }
    }

    fn write_element(
        &mut self,
        id: dom::NodeId,
        styled: &Arc<Styled>,
        outer: Option<&Styled>,
        out: &mut String,
    ) {
        let Some(element) = self.document.element(id) else { return };
        let name = &element.name.local;
        let _ = write!(out, "<{name}");
        if outer.is_none() {
            out.push_str(
                " xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\"",
            );
        }
        let mut written = presentation(&styled.style, outer.map(|outer| &*outer.style));
        for attribute in &element.attributes {
            let name = &*attribute.name.local;
            let skip = name.starts_with("xmlns") || name.starts_with("data-") || name == "lang";
            if skip || written.iter().any(|(known, _)| *known == name) {
                continue;
            }
            let prefix = if attribute.name.ns == ns!(xlink) { "xlink:" } else { "" };
            let value = self.value(&attribute.value, styled, id);
            let _ = write!(out, " {prefix}{name}=\"{}\"", escaped(&value));
        }
        for (name, value) in written.drain(..) {
            let _ = write!(out, " {name}=\"{}\"", escaped(&value));
        }
        out.push('>');
        self.matcher.enter(id);
        for child in self.document.children(id) {
            match &self.document.node(child).data {
                NodeData::Text(text) => out.push_str(&escaped(text)),
                NodeData::Element(element) if element.name.ns == ns!(svg) => {
                    let matches = self.matcher.matches(child, element);
                    let child_styled = self.styled(child, element, &matches, Some(styled));
                    if child_styled.style.display != Display::None || is_definition(&element.name.local) {
                        self.write_element(child, &child_styled, Some(styled), out);
                    }
                }
                _ => {}
            }
        }
        self.matcher.leave(id);
        let _ = write!(out, "</{name}>");
    }

    /// The value of an attribute with its variables and `currentColor` in place.
    fn value(&mut self, text: &str, styled: &Styled, id: dom::NodeId) -> String {
        let mut value = text.to_owned();
        if text.contains("var(") {
            match substitute(text, &|name| Custom::get(&styled.custom, name)) {
                Ok(substituted) => value = substituted,
                Err(missing) => {
                    let place = self.place(id);
                    let problem = crate::diag::Diagnostic::warning(
                        "unknown-variable",
                        format!("`{missing}` has no value here"),
                    );
                    self.problems.push(problem.at(place));
                }
            }
        }
        let color = css_color(styled.style.text.color);
        for word in ["currentColor", "currentcolor"] {
            if value.contains(word) {
                value = value.replace(word, &color);
            }
        }
        value
    }
}

/// Elements of SVG that are not drawn where they stand.
fn is_definition(tag: &str) -> bool {
    matches!(tag, "title" | "desc" | "style" | "defs" | "metadata")
}

/// What the computed style says, as far as it differs from that of the element around.
fn presentation(style: &ComputedStyle, outer: Option<&ComputedStyle>) -> Vec<(&'static str, String)> {
    let mut attributes: Vec<(&'static str, String)> =
        style.generated.svg.iter().map(|(name, value)| (*name, value.to_string())).collect();
    let (font, around) = (&style.font, outer.map(|outer| &outer.font));
    if around.is_none_or(|around| around.families != font.families) {
        let families: Vec<_> = font.families.iter().map(|family| quoted(family)).collect();
        attributes.push(("font-family", families.join(", ")));
    }
    if around.is_none_or(|around| around.size != font.size) {
        attributes.push(("font-size", font.size.0.to_string()));
    }
    if around.is_none_or(|around| around.weight != font.weight) {
        attributes.push(("font-weight", font.weight.to_string()));
    }
    if around.is_none_or(|around| around.slant != font.slant) {
        let slant = if font.slant == Slant::Italic { "italic" } else { "normal" };
        attributes.push(("font-style", slant.to_owned()));
    }
    if outer.is_some_and(|outer| outer.text.letter_spacing != style.text.letter_spacing) {
        attributes.push(("letter-spacing", style.text.letter_spacing.0.to_string()));
    }
    // The opacity of the whole drawing is layout's, as that of any box.
    if outer.is_some() && style.paint.opacity < 1.0 {
        attributes.push(("opacity", style.paint.opacity.to_string()));
    }
    if outer.is_some() && style.text.visibility != Visibility::Visible {
        attributes.push(("visibility", "hidden".to_owned()));
    }
    attributes
}

/// A family name as SVG writes it: generic ones are no strings.
fn quoted(family: &str) -> String {
    if matches!(family, "serif" | "sans-serif" | "monospace" | "system-ui") {
        return family.to_owned();
    }
    format!("'{}'", family.replace('\'', ""))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}
