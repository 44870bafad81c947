//! SVG (SVG 2) through `usvg`: styles resolved, `use` and `switch` expanded, texts set as paths.

mod paint;

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use usvg::roxmltree::{Document, ParsingOptions};
use usvg::{ImageHrefResolver, ImageKind, Node, Options, fontdb};

use super::raster::Raster;
use super::{Picture, Vector};
use crate::diag::Diagnostic;
use crate::fonts::FontBook;

pub use paint::{paint, to_path};

/// The most bytes of an SVG that is read.
const MOST_BYTES: usize = 32 * 1024 * 1024;

/// Parses an SVG without texts. Where it may have texts, ask a [`Library`](super::Library), which knows fonts.
///
/// # Errors
/// `broken-picture` where it is not SVG; `svg-link` where it shows a picture that is not embedded in it.
pub fn parse(source: &str) -> Result<Vector, Diagnostic> {
    parse_with(source, &Arc::default())
}

/// Parses an SVG, its texts set in `fonts`.
///
/// # Errors
/// As [`parse`].
pub fn parse_with(source: &str, fonts: &Arc<fontdb::Database>) -> Result<Vector, Diagnostic> {
    if source.len() > MOST_BYTES {
        return Err(Diagnostic::error("picture-too-large", "the SVG is larger than 32 MiB"));
    }
    let links = Mutex::new(BTreeSet::new());
    let resolve_string = |href: &str, _: &Options| {
        links.lock().unwrap_or_else(PoisonError::into_inner).insert(href.to_owned());
        None
    };
    let options = Options {
        font_family: fonts.family_name(&fontdb::Family::SansSerif).to_owned(),
        fontdb: fonts.clone(),
        image_href_resolver: ImageHrefResolver {
            resolve_data: ImageHrefResolver::default_data_resolver(),
            resolve_string: Box::new(resolve_string),
        },
        ..Options::default()
    };
    let broken = |error: &dyn std::fmt::Display| {
        Diagnostic::error("broken-picture", format!("the SVG cannot be read: {error}"))
    };
    let parsing = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    let document =
        Document::parse_with_options(source, parsing).map_err(|error| broken(&usvg::Error::from(error)))?;
    let tree = usvg::Tree::from_xmltree(&document, &options).map_err(|error| broken(&error))?;
    let title = title(&document);
    drop(options);
    if let Some(href) = links.into_inner().unwrap_or_else(PoisonError::into_inner).first() {
        return Err(Diagnostic::error(
            "svg-link",
            format!("the SVG shows `{href}`, which is not part of it"),
        )
        .hint("embed the picture in the SVG as a `data:` URL"));
    }
    let mut survey = Survey::default();
    survey.group(tree.root());
    let warnings = survey.limits.iter().map(|what| {
        Diagnostic::warning("svg-effect", format!("the SVG uses {what}, which is left out"))
            .hint("draw it with plain fills, strokes, gradients and clip paths")
    });
    Ok(Vector {
        warnings: warnings.collect(),
        title,
        words: survey.words.split_whitespace().collect::<Vec<_>>().join(" "),
        rasters: survey.rasters,
        source: source.into(),
        tree: Box::new(tree),
        drawings: super::Drawings::default(),
    })
}

/// The first `title` in the root element.
fn title(document: &Document<'_>) -> Option<Arc<str>> {
    let title = document.root_element().children().find(|child| child.tag_name().name() == "title")?;
    let words: Vec<&str> = title.text()?.split_whitespace().collect();
    (!words.is_empty()).then(|| words.join(" ").into())
}

/// Whether a file is SVG and not a picture of pixels: text whose first sign is `<`.
pub(super) fn is_svg(bytes: &[u8]) -> bool {
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    text.trim_ascii_start().starts_with(b"<")
}

/// The fonts of a run as `usvg` looks them up. The generic families are the book's first family.
pub(super) fn font_database(fonts: &FontBook) -> fontdb::Database {
    let mut database = fontdb::Database::new();
    for face in fonts.faces() {
        if face.index == 0 {
            database.load_font_source(fontdb::Source::Binary(Arc::new(face.data.clone())));
        }
    }
    if let Some(face) = fonts.faces().first() {
        database.set_serif_family(&*face.family);
        database.set_sans_serif_family(&*face.family);
        database.set_cursive_family(&*face.family);
        database.set_fantasy_family(&*face.family);
        database.set_monospace_family(&*face.family);
    }
    database
}

/// What [`paint()`] needs to know before it paints: rasters in document order, and what it cannot do.
#[derive(Default)]
struct Survey {
    rasters: Vec<Option<Arc<Picture>>>,
    words: String,
    limits: BTreeSet<&'static str>,
}

impl Survey {
    fn group(&mut self, group: &usvg::Group) {
        if group.mask().is_some() {
            self.limits.insert("a mask");
        }
        if !group.filters().is_empty() {
            self.limits.insert("a filter");
        }
        if group.blend_mode() != usvg::BlendMode::Normal {
            self.limits.insert("a blend mode");
        }
        for node in group.children() {
            match node {
                Node::Group(group) => self.group(group),
                Node::Text(text) => {
                    for chunk in text.chunks() {
                        self.words.push_str(chunk.text());
                        self.words.push(' ');
                    }
                    self.group(text.flattened());
                }
                Node::Path(path) => self.path(path),
                Node::Image(image) => self.image(image.kind()),
            }
        }
    }

    fn path(&mut self, path: &usvg::Path) {
        let paints = [path.fill().map(usvg::Fill::paint), path.stroke().map(usvg::Stroke::paint)];
        if paints.iter().flatten().any(|paint| matches!(paint, usvg::Paint::Pattern(_))) {
            self.limits.insert("a pattern");
        }
    }

    fn image(&mut self, kind: &ImageKind) {
        match kind {
            ImageKind::SVG(tree) => self.group(tree.root()),
            ImageKind::JPEG(bytes)
            | ImageKind::PNG(bytes)
            | ImageKind::WEBP(bytes)
            | ImageKind::GIF(bytes) => {
                let raster = Raster::decode(bytes.as_slice().into()).ok();
                if raster.is_none() {
                    self.limits.insert("an embedded picture that cannot be read");
                }
                self.rasters.push(raster.map(|raster| Arc::new(Picture::Raster(raster))));
            }
        }
    }
}
