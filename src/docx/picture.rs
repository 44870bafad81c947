//! Pictures in the line, with alternative text (ISO/IEC 29500-1, 20.4): JPEG and PNG as they are, or with the pixels that
//! print needs where they have many more; SVG with a PNG beside it for readers that know none.

use std::sync::Arc;

use docx_rs::{Drawing, DrawingData, Pic, Run, RunChild};

use super::Writer;
use super::access::{is_presentational, said};
use super::package::escape;
use crate::diag::Diagnostic;
use crate::geom::Size;
use crate::media::{Picture, Raster, Vector};
use crate::style::computed::{BoxSizing, ComputedStyle, Sizing};
use crate::style::{Element, NodeId};
use crate::units::{Emu, Px};

/// Pixels of the PNG beside an SVG for each CSS px: 192 to the inch.
const FALLBACK_SCALE: f32 = 2.0;
/// No side of it has more pixels than this.
const FALLBACK_MOST: f32 = 2400.0;

/// The part that is cut off above of a picture that is whole.
const WHOLE: f32 = 0.0;

/// What a picture says to who cannot see it.
enum Alternative {
    Text(String),
    Decorative,
    /// Nobody has said: Word's checker asks whoever opens the document.
    Missing,
}

impl Writer<'_> {
    /// The run with the picture of an `img` or `svg`, no wider than `width`.
    pub(super) fn picture(&mut self, node: NodeId, width: Px) -> Option<Run> {
        let tree = self.tree;
        let element = tree.element(node)?;
        let picture = element.picture.clone()?;
        let size = used_size(&tree.node(node).style, picture.size(), width);
        let alternative = self.alternative(node, element, &picture);
        self.draw(&picture, (size, WHOLE), &alternative)
    }

    /// The run with the lower part of a picture that a bar hangs down into, from where it is wider than that, and its
    /// size; the bar is from `from` to `to` of the picture's left side.
    pub(super) fn picture_below(
        &mut self,
        node: NodeId,
        (from, to): (Px, Px),
        width: Px,
    ) -> Option<(Run, Size)> {
        let tree = self.tree;
        let element = tree.element(node)?;
        let picture = element.picture.clone()?;
        let size = used_size(&tree.node(node).style, picture.size(), width);
        let above = covered(&picture, size, (from / size.width, to / size.width));
        let alternative = self.alternative(node, element, &picture);
        let seen = Size::new(size.width, size.height * (1.0 - above));
        Some((self.draw(&picture, (size, above), &alternative)?, seen))
    }

    /// The run with a picture that says nothing.
    pub(super) fn decoration(&mut self, picture: &Arc<Picture>, width: Px) -> Option<Run> {
        let size = fitted(picture.size(), width);
        self.draw(picture, (size, WHOLE), &Alternative::Decorative)
    }

    /// A picture of this size, without the part of it that is cut off above.
    fn draw(
        &mut self,
        picture: &Arc<Picture>,
        (size, above): (Size, f32),
        alternative: &Alternative,
    ) -> Option<Run> {
        let (bytes, vector) = match &**picture {
            Picture::Raster(raster) => (raster.file(raster.needed(size)).1.to_vec(), None),
            Picture::Vector(vector) => match fallback(vector, size) {
                Some(bytes) => (bytes.to_vec(), Some(vector.source.clone())),
                None => {
                    self.warnings.push(Diagnostic::warning(
                        "docx-picture",
                        "A vector picture without extent was left out of the Word document.",
                    ));
                    return None;
                }
            },
        };
        self.drawings += 1;
        let number = self.drawings;
        let mut rider = vec![("wp:docPr", properties(number, alternative))];
        if let Some(source) = vector.filter(|_| self.relations != super::Relations::Margin) {
            let id = self.vector(source);
            rider.push(("a:extLst", format!(
                r#"<a:extLst><a:ext uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}"><asvg:svgBlip xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" r:embed="{id}"/></a:ext></a:extLst>"#
            )));
        }
        if above > WHOLE {
            let above = (above * 100_000.0).round();
            rider.push(("a:srcRect", format!(r#"<a:srcRect t="{above}"/>"#)));
        }
        let rider = self.riders.ride(rider)?;
        let id = format!("rIdPicture{number}");
        if self.relations == super::Relations::Note {
            self.note_pictures.push((id.clone(), bytes.clone()));
        }
        let emu = |px: Px| Emu::from(px).0.clamp(1, i64::from(i32::MAX)) as u32;
        let pic = Pic::new_with_dimensions(bytes, 1, 1)
            .id(id)
            .size(emu(size.width), emu(size.height * (1.0 - above)))
            .dist_t(rider as i32);
        let drawing = Drawing { data: Some(DrawingData::Pic(pic)) };
        Some(Run { children: vec![RunChild::Drawing(Box::new(drawing))], ..Run::new() })
    }

    /// `alt`, the element's name, an SVG's own `title`, or the `title` that it has as an attribute; nothing of these is
    /// said of a decoration.
    fn alternative(&self, node: NodeId, element: &Element, picture: &Picture) -> Alternative {
        let alt = element.attribute("alt");
        if self.is_hidden(node) || is_presentational(element) || alt.is_some_and(|alt| alt.trim().is_empty())
        {
            return Alternative::Decorative;
        }
        let text = alt
            .map(str::to_owned)
            .or_else(|| self.label(element))
            .or_else(|| picture.title().map(str::to_owned));
        let text = text.or_else(|| element.attribute("title").map(str::to_owned));
        text.as_deref().and_then(said).map_or(Alternative::Missing, Alternative::Text)
    }

    /// The relationship of an SVG; the same drawing has one file.
    fn vector(&mut self, source: Arc<str>) -> String {
        let known = self.vectors.iter().find(|(_, known)| *known == source);
        if let Some((id, _)) = known {
            return id.clone();
        }
        let id = format!("rIdVector{}", self.vectors.len() + 1);
        self.vectors.push((id.clone(), source));
        id
    }
}

/// `wp:docPr` (20.4.2.5), with the mark of what is only decoration ([MS-ODRAWXML], 2.35).
fn properties(number: usize, alternative: &Alternative) -> String {
    match alternative {
        Alternative::Text(text) => {
            format!(r#"<wp:docPr id="{number}" name="Picture {number}" descr="{}"/>"#, escape(text))
        }
        Alternative::Missing => format!(r#"<wp:docPr id="{number}" name="Picture {number}"/>"#),
        Alternative::Decorative => format!(
            r#"<wp:docPr id="{number}" name="Picture {number}"><a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:ext uri="{{C183D7F6-B498-43B3-948B-1728B52AA6E4}}"><adec:decorative xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst></wp:docPr>"#
        ),
    }
}

/// The size of a replaced element (CSS 2, section 10.4), no wider than its column.
fn used_size(style: &ComputedStyle, natural: Size, column: Px) -> Size {
    let boxes = &style.boxes;
    let around = match boxes.sizing {
        BoxSizing::BorderBox => {
            boxes.padding.map(|side| side.resolve(column)).horizontal() + style.border.widths().horizontal()
        }
        BoxSizing::ContentBox => Px::ZERO,
    };
    let length = |sizing: Sizing| match sizing {
        Sizing::Length(length) => Some(length.resolve(column) - around),
        _ => None,
    };
    let absolute = |sizing: Sizing| match sizing {
        Sizing::Length(length) if length.percent == 0.0 => Some(length.px),
        _ => None,
    };
    let ratio = if natural.height.0 > 0.0 { natural.width / natural.height } else { 1.0 };
    let size = match (length(boxes.width), absolute(boxes.height)) {
        (Some(width), Some(height)) => Size::new(width, height),
        (Some(width), None) => Size::new(width, width / ratio),
        (None, Some(height)) => Size::new(height * ratio, height),
        (None, None) => natural,
    };
    let most = length(boxes.max_width).unwrap_or(column).min(column);
    let high = absolute(boxes.max_height).unwrap_or(Px(f32::MAX));
    let size = fitted(size, most);
    if size.height > high { Size::new(size.width * (high / size.height), high) } else { size }
}

/// The size, made smaller until it is no wider than `most`.
fn fitted(size: Size, most: Px) -> Size {
    if size.width <= most { size } else { Size::new(most, size.height * (most / size.width)) }
}

/// How much of a picture from above has nothing to be seen outside a bar, which is from `from` to `to` of its width.
fn covered(picture: &Picture, size: Size, (from, to): (f32, f32)) -> f32 {
    let drawn = match picture {
        Picture::Raster(raster) => Some(raster.pixels()).map(|pixels| (pixels, raster.width as usize)),
        Picture::Vector(vector) => fallback(vector, size)
            .and_then(|png| Raster::decode(png).ok())
            .map(|raster| (raster.pixels(), raster.width as usize)),
    };
    let Some((pixels, width)) = drawn.filter(|(_, width)| *width > 0) else { return WHOLE };
    let outside = |column: usize| {
        let at = (column as f32 + 0.5) / width as f32;
        at < from || at > to
    };
    let rows = pixels.chunks_exact(width * 4);
    let all = rows.len().max(1);
    let is_seen = |row: &[u8]| {
        let mut pixels = row.chunks_exact(4).enumerate();
        pixels.any(|(column, pixel)| outside(column) && pixel.last().is_some_and(|alpha| *alpha > 127))
    };
    let above = rows.take_while(|row| !is_seen(row)).count();
    if above == all { WHOLE } else { above as f32 / all as f32 }
}

/// An SVG as PNG.
fn fallback(vector: &Vector, size: Size) -> Option<Arc<[u8]>> {
    let scale = FALLBACK_SCALE.min(FALLBACK_MOST / size.width.0.max(size.height.0));
    let side = |length: Px| ((length.0 * scale).ceil() as u32).max(1);
    vector.png(side(size.width), side(size.height))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::style::computed::LengthPercentage;

    #[test]
    fn a_picture_keeps_its_ratio_and_fits_its_column() {
        let natural = Size::new(Px(800.0), Px(400.0));
        let mut style = ComputedStyle::default();
        assert_eq!(used_size(&style, natural, Px(300.0)), Size::new(Px(300.0), Px(150.0)));
        style.boxes.height = Sizing::Length(LengthPercentage::px(Px(100.0)));
        assert_eq!(used_size(&style, natural, Px(300.0)), Size::new(Px(200.0), Px(100.0)));
        style.boxes.width = Sizing::Length(LengthPercentage { percent: 0.5, ..LengthPercentage::ZERO });
        assert_eq!(used_size(&style, natural, Px(300.0)), Size::new(Px(150.0), Px(100.0)));
    }
}
