//! Pictures in the line, with alternative text (ISO/IEC 29500-1, 20.4): JPEG and PNG as they are, or with the pixels that
//! print needs where they have many more; SVG with a PNG beside it for readers that know none.

use std::sync::Arc;

use docx_rs::{Drawing, DrawingData, Pic, Run, RunChild};

use super::Writer;
use super::access::{is_presentational, said};
use super::package::escape;
use super::substitution::Lost;
use crate::diag::Diagnostic;
use crate::geom::{Edges, Size};
use crate::media::{Picture, Raster, Vector};
use crate::style::computed::{BoxSizing, ComputedStyle, LengthPercentage, ObjectFit, Sizing};
use crate::style::{Element, NodeId};
use crate::units::{Emu, Px};

/// Pixels of the PNG beside an SVG for each CSS px: 192 to the inch.
const FALLBACK_SCALE: f32 = 2.0;
/// No side of it has more pixels than this.
const FALLBACK_MOST: f32 = 2400.0;

/// What is cut off of a picture at its sides, as parts of its height and width.
type Crop = Edges<f32>;

/// What is cut off of a picture that is whole.
const WHOLE: Crop = Edges { top: 0.0, right: 0.0, bottom: 0.0, left: 0.0 };

/// How a picture is drawn.
struct Shown {
    /// Its size, with what is cut off.
    size: Size,
    crop: Crop,
    outline: Outline,
}

/// Along what a picture is cut out (`a:prstGeom`, 20.1.9.18).
#[derive(Clone, Copy, Debug, PartialEq)]
enum Outline {
    Rectangle,
    Ellipse,
    /// With corners of this radius, as a part of its shorter side.
    Round(f32),
}

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
        let style = &tree.node(node).style;
        let size = used_size(style, picture.size(), width);
        let outline = Outline::of(style, size);
        if outline != Outline::Rectangle {
            self.lost.carried(Lost::RoundedCorners, node);
        }
        let (size, crop) = fit(style, picture.size(), size);
        let alternative = self.alternative(node, element, &picture);
        self.draw(&picture, &Shown { size, crop, outline }, &alternative)
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
        let crop = Crop { top: above, ..WHOLE };
        let shown = Shown { size, crop, outline: Outline::Rectangle };
        Some((self.draw(&picture, &shown, &alternative)?, seen))
    }

    /// The run with a picture that says nothing.
    pub(super) fn decoration(&mut self, picture: &Arc<Picture>, width: Px) -> Option<Run> {
        let size = fitted(picture.size(), width);
        let shown = Shown { size, crop: WHOLE, outline: Outline::Rectangle };
        self.draw(picture, &shown, &Alternative::Decorative)
    }

    fn draw(&mut self, picture: &Arc<Picture>, shown: &Shown, alternative: &Alternative) -> Option<Run> {
        let Shown { size, crop, outline } = *shown;
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
        rider.extend(source_rectangle(crop).map(|source| ("a:srcRect", source)));
        rider.extend(outline.geometry());
        let rider = self.riders.ride(rider)?;
        let id = format!("rIdPicture{number}");
        if self.relations == super::Relations::Note {
            self.note_pictures.push((id.clone(), bytes.clone()));
        }
        let emu = |px: Px| Emu::from(px).0.clamp(1, i64::from(i32::MAX)) as u32;
        let pic = Pic::new_with_dimensions(bytes, 1, 1)
            .id(id)
            .size(
                emu(size.width * (1.0 - crop.left - crop.right)),
                emu(size.height * (1.0 - crop.top - crop.bottom)),
            )
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

impl Outline {
    /// That of a box of this style and size: round where all its corners are alike.
    fn of(style: &ComputedStyle, size: Size) -> Self {
        let corners = style.border.radius;
        let others = [corners.top_right, corners.bottom_right, corners.bottom_left];
        let alike = others.iter().all(|corner| *corner == corners.top_left);
        let (across, down) = corners.top_left;
        let (across, down) = (across.resolve(size.width), down.resolve(size.height));
        if !alike || across.0 < 0.5 || down.0 < 0.5 {
            return Self::Rectangle;
        }
        if across >= size.width * 0.499 && down >= size.height * 0.499 {
            return Self::Ellipse;
        }
        Self::Round((across.min(down) / size.width.min(size.height)).min(0.5))
    }

    /// The elements that say so.
    fn geometry(self) -> Vec<(&'static str, String)> {
        let shape = |name: &str| ("a:prstGeom", format!(r#"<a:prstGeom prst="{name}">"#));
        match self {
            Self::Rectangle => Vec::new(),
            Self::Ellipse => vec![shape("ellipse")],
            Self::Round(part) => {
                let part = (part * 100_000.0).round();
                let list = format!(r#"<a:avLst><a:gd name="adj" fmla="val {part}"/></a:avLst>"#);
                vec![shape("roundRect"), ("a:avLst", list)]
            }
        }
    }
}

/// `a:srcRect` (20.1.8.55), in thousandths of a percent.
fn source_rectangle(crop: Crop) -> Option<String> {
    let sides = [("l", crop.left), ("t", crop.top), ("r", crop.right), ("b", crop.bottom)];
    let said = |(name, part): (&str, f32)| {
        let part = (part * 100_000.0).round();
        (part > 0.0).then(|| format!(r#" {name}="{part}""#))
    };
    let said: String = sides.into_iter().filter_map(said).collect();
    (!said.is_empty()).then(|| format!("<a:srcRect{said}/>"))
}

/// How large a picture is drawn in a box, and what of it is beyond the box (CSS Images 3, section 5.5). What would leave
/// a part of the box empty is a smaller picture: Word's has no box around it.
fn fit(style: &ComputedStyle, natural: Size, area: Size) -> (Size, Crop) {
    let across = area.width / natural.width.max(Px(0.01));
    let down = area.height / natural.height.max(Px(0.01));
    let contain = across.min(down);
    let scale = match style.boxes.object_fit {
        ObjectFit::Fill => return (area, WHOLE),
        ObjectFit::Contain => contain,
        ObjectFit::Cover => across.max(down),
        ObjectFit::None => 1.0,
        ObjectFit::ScaleDown => contain.min(1.0),
    };
    let size = Size::new(natural.width * scale, natural.height * scale);
    let (x, y) = style.boxes.object_position;
    let cut = |whole: Px, room: Px, at: LengthPercentage| {
        let beyond = (whole - room).max(Px::ZERO);
        let before = (Px::ZERO - at.resolve(Px::ZERO - beyond)).clamp(Px::ZERO, beyond);
        (before / whole.max(Px(0.01)), (beyond - before) / whole.max(Px(0.01)))
    };
    let ((left, right), (top, bottom)) = (cut(size.width, area.width, x), cut(size.height, area.height, y));
    (size, Crop { top, right, bottom, left })
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
        Picture::Raster(raster) if !raster.has_alpha => None,
        Picture::Raster(raster) => Some(raster.pixels()).map(|pixels| (pixels, raster.width as usize)),
        Picture::Vector(vector) => fallback(vector, size)
            .and_then(|png| Raster::decode(png).ok())
            .map(|raster| (raster.pixels(), raster.width as usize)),
    };
    let Some((pixels, width)) = drawn.filter(|(_, width)| *width > 0) else { return 0.0 };
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
    if above == all { 0.0 } else { above as f32 / all as f32 }
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
