//! Pictures and text boxes: DrawingML (ISO/IEC 29500-1, 20) and the VML that came before it (ISO/IEC 29500-4, 14).

use roxmltree::Node;

use super::element::{attribute, below, child, is_on, name, relation};
use super::inline::Around;
use super::model::{Content, Group, Picture, Span};
use super::reader::{Reader, group};
use crate::diag::Diagnostic;

/// English Metric Units in a CSS px.
const EMU_PER_PX: u64 = 9525;

/// Namespaces that a reader may be asked to understand before it takes a choice, and that this one does.
const UNDERSTOOD: [&str; 10] = ["wps", "wpg", "wpc", "wp14", "w14", "w15", "w16", "w16se", "a14", "asvg"];

/// What kinds of pictures are paths of Windows' own, which nothing but Windows draws.
const METAFILES: [&str; 4] = ["emf", "wmf", "emz", "wmz"];

/// What to read of alternatives (ISO/IEC 29500-3, 7.5): the first choice that is understood, else the fallback.
pub(super) fn alternative<'a, 'i>(node: Node<'a, 'i>) -> Option<Node<'a, 'i>> {
    let is_understood = |choice: &Node| {
        let needed = attribute(*choice, "Requires").unwrap_or_default();
        needed.split_whitespace().all(|prefix| UNDERSTOOD.contains(&prefix))
    };
    let chosen = node.children().find(|choice| name(*choice) == "Choice" && is_understood(choice));
    chosen.or_else(|| child(node, "Fallback"))
}

impl Reader<'_> {
    /// Reads `w:drawing`, `w:pict` or `w:object`: its picture stands in the line, its text boxes behind the paragraph.
    pub(super) fn drawing(&mut self, node: Node, around: &Around, spans: &mut Vec<Span>) {
        if name(node) == "drawing" {
            let told = below(node, "docPr");
            let alt = told.and_then(alternative_text);
            let width = below(node, "extent").and_then(|it| attribute(it, "cx")?.parse::<u64>().ok());
            let width = width.map(|emu| (emu / EMU_PER_PX) as u32).filter(|px| *px > 0);
            self.parts(node, &Told { alt, width, is_vector_wanted: true }, around, spans);
        } else {
            let shape = below(node, "shape").or_else(|| below(node, "rect"));
            let alt = shape.and_then(|shape| attribute(shape, "alt")).map(str::to_owned);
            let width = shape.and_then(|shape| attribute(shape, "style")).and_then(width_of_style);
            self.parts(node, &Told { alt, width, is_vector_wanted: false }, around, spans);
        }
    }

    fn parts(&mut self, node: Node, told: &Told, around: &Around, spans: &mut Vec<Span>) {
        self.deeper(|reader| {
            for part in node.children().filter(Node::is_element) {
                match name(part) {
                    "blip" => reader.blip(part, told, around, spans),
                    "imagedata" => {
                        let id = relation(part, "id").map(str::to_owned);
                        reader.picture(id.as_deref(), told, around, spans);
                    }
                    "txbxContent" => {
                        let inside = reader.blocks(part);
                        reader.boxes.extend(group(Group::TextBox, inside));
                    }
                    "AlternateContent" => {
                        alternative(part)
                            .into_iter()
                            .for_each(|chosen| reader.parts(chosen, told, around, spans));
                    }
                    "chart" | "relIds" => reader.left_out(name(part), told),
                    _ => reader.parts(part, told, around, spans),
                }
            }
        });
    }

    /// A picture of DrawingML; where it has one in paths beside the one in pixels, that.
    fn blip(&mut self, node: Node, told: &Told, around: &Around, spans: &mut Vec<Span>) {
        let vector =
            below(node, "svgBlip").and_then(|svg| relation(svg, "embed")).filter(|_| told.is_vector_wanted);
        let id =
            vector.or_else(|| relation(node, "embed")).or_else(|| relation(node, "link")).map(str::to_owned);
        self.picture(id.as_deref(), told, around, spans);
    }

    fn picture(&mut self, id: Option<&str>, told: &Told, around: &Around, spans: &mut Vec<Span>) {
        let Some(found) = id.and_then(|id| self.relations.get(id)) else { return };
        let ending =
            found.target.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
        if METAFILES.contains(&ending.as_str()) {
            let message =
                format!("a picture in a format of Windows' own (.{ending}) was left out{}", told.words());
            let hint = "in Word, cut it, paste it as a picture (PNG) with Paste Special, and give it its alternative text again";
            return self.warn(Diagnostic::warning("picture-left-out", message).hint(hint));
        }
        let src = if found.external {
            found.target.clone()
        } else {
            format!("{}/{}", self.address, encoded(&found.target))
        };
        let picture = Picture { src, alt: told.alt.clone(), width: told.width };
        self.add(Content::Picture(picture), around.marks.clone(), spans);
    }

    fn left_out(&mut self, kind: &str, told: &Told) {
        let what = if kind == "chart" { "a chart" } else { "a SmartArt drawing" };
        let message = format!("{what} was left out{}", told.words());
        let hint =
            "in Word, copy it and paste it as a picture, with alternative text that says what it shows";
        self.warn(Diagnostic::warning("picture-left-out", message).hint(hint));
    }
}

/// What a drawing says of itself.
struct Told {
    alt: Option<String>,
    /// CSS px.
    width: Option<u32>,
    is_vector_wanted: bool,
}

impl Told {
    /// What it shows, for a message.
    fn words(&self) -> String {
        let alt = self.alt.as_deref().filter(|alt| !alt.is_empty());
        alt.map(|alt| format!(": “{alt}”")).unwrap_or_default()
    }
}

/// The alternative text of a drawing; empty where it is marked as decoration.
fn alternative_text(properties: Node) -> Option<String> {
    let decorative =
        below(properties, "decorative").and_then(|found| attribute(found, "val")).is_some_and(is_on);
    if decorative {
        return Some(String::new());
    }
    let said = |key: &str| attribute(properties, key).map(str::trim).filter(|text| !text.is_empty());
    said("descr").or_else(|| said("title")).map(str::to_owned)
}

/// The width in a style of VML, CSS px.
fn width_of_style(style: &str) -> Option<u32> {
    let width = style.split(';').find_map(|part| part.trim().strip_prefix("width:"))?.trim();
    let number = |unit: &str| width.strip_suffix(unit)?.trim().parse::<f32>().ok();
    let px = number("pt")
        .map(|pt| pt * 96.0 / 72.0)
        .or_else(|| Some(number("in")? * 96.0))
        .or_else(|| number("px"))?;
    (1.0..10_000.0).contains(&px).then_some(px as u32)
}

/// A path as an address (RFC 3986, 3.3).
pub(super) fn encoded(path: &str) -> String {
    let mut address = String::with_capacity(path.len());
    for c in path.chars() {
        match c {
            '%' | '?' | '#' | ' ' | '"' | '<' | '>' | '\\' | ':' => address += &format!("%{:02X}", c as u32),
            c => address.push(c),
        }
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_and_addresses() {
        assert_eq!(width_of_style("position:absolute;width:72pt;height:9pt"), Some(96));
        assert_eq!(width_of_style("width:2in"), Some(192));
        assert_eq!(width_of_style("height:2in"), None);
        assert_eq!(encoded("media/a b#1.png"), "media/a%20b%231.png");
    }
}
