//! One self-contained HTML file of a handout, for `--format html`.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::{Rendered, links};
use crate::dom::{self, Document, NodeId};
use crate::media::{Picture, Pictures, RasterFormat};

/// The handout as one HTML file: its stylesheets in a `style` element, its pictures as `data:` URLs (RFC 2397).
/// Fonts are left to the names of their families, as whole font files would make each page megabytes. A picture
/// that cannot be read keeps its address: the style stage has told of it.
pub fn standalone(rendered: &Rendered, pictures: &dyn Pictures) -> String {
    let mut document = dom::parse(&rendered.html);
    add_styles(&mut document, rendered);
    let elements: Vec<NodeId> = document.elements(document.root()).collect();
    for id in elements {
        if document.attribute(id, links::PAPER).is_some() {
            document.detach(id);
        }
        document.remove_attribute(id, "data-line");
        if document.is(id, "img") {
            embed(&mut document, id, pictures);
        }
    }
    document.outer_html(document.root())
}

fn add_styles(document: &mut Document, rendered: &Rendered) {
    let head = document.html().and_then(|html| document.children(html).find(|&id| document.is(id, "head")));
    let Some(head) = head else { return };
    for sheet in &rendered.sheets {
        let style = document.new_element("style", &[]);
        // Only this would end the element (WHATWG HTML, 13.2.5.4); CSS reads the escape as the same sign.
        let css = document.new_text(sheet.text.replace("</", "<\\/"));
        document.append(style, css);
        document.append(head, style);
    }
}

fn embed(document: &mut Document, image: NodeId, pictures: &dyn Pictures) {
    let Some(src) = document.attribute(image, "src").filter(|src| !src.starts_with("data:")) else { return };
    if let Ok(picture) = pictures.picture(src) {
        document.set_attribute(image, "src", &data_url(&picture));
    }
}

fn data_url(picture: &Picture) -> String {
    let (kind, bytes) = match picture {
        Picture::Vector(vector) => ("svg+xml", STANDARD.encode(vector.source.as_bytes())),
        Picture::Raster(raster) => {
            let (format, bytes) = raster.file(raster.width);
            let kind = match format {
                RasterFormat::Jpeg => "jpeg",
                RasterFormat::Png => "png",
            };
            (kind, STANDARD.encode(bytes))
        }
    };
    format!("data:image/{kind};base64,{bytes}")
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::Arc;

    use super::*;
    use crate::files::Memory;
    use crate::media::Library;
    use crate::template::SheetSource;

    #[test]
    fn styles_and_pictures_are_inside() {
        let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"1\"/>";
        let files = Memory::default().with("/p/a.svg", svg);
        let sheet = SheetSource { file: "a.css".into(), text: "a::after { content: \"</style>\" }".into() };
        let rendered = Rendered {
            html: "<!DOCTYPE html><title>T</title><p data-line=\"1\"><img src=\"a.svg\"><img src=\"b.svg\">"
                .to_owned(),
            sheets: vec![Arc::new(sheet)],
            folder: None,
            warnings: Vec::new(),
        };
        let html = standalone(&rendered, &Library::new(&files, Path::new("/p")));
        let expected = format!(
            "<!DOCTYPE html><html><head><title>T</title><style>a::after {{ content: \"<\\/style>\" }}</style></head>\
             <body><p><img src=\"data:image/svg+xml;base64,{}\"><img src=\"b.svg\"></p></body></html>",
            STANDARD.encode(svg)
        );
        assert_eq!(html, expected);
    }
}
