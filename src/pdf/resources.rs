//! What the content of pages refers to by name: alphas, gradients and pictures (ISO 32000-1, 7.8.3).

use std::collections::BTreeSet;
use std::sync::Arc;

use lopdf::{Dictionary, Object, ObjectId, Stream, StringFormat};
use printpdf::{
    ExtendedGraphicsState, ExtendedGraphicsStateId, GradientStop, PdfResources, Shading, ShadingGeometry,
    ShadingId,
};

use super::document::transparency_group;
use super::object::{dictionary, name, reals};
use super::space::{Space, round};
use crate::geom::Point;
use crate::layout::{GradientKind, Path};
use crate::media::{Encoding, Picture, Plane, Planes};
use crate::style::computed::Color;

/// The resources of a document, shared by its pages.
#[derive(Default)]
pub(super) struct Resources {
    alphas: BTreeSet<u16>,
    shadings: Vec<Shading>,
    /// Of each soft mask the gradient from black, nothing, to white, all; and how far it goes.
    masks: Vec<(Shading, [f32; 4])>,
    /// Each with the most pixels across that it needs at a place.
    pictures: Vec<(Arc<Picture>, u32)>,
}

/// A gradient as it is painted.
pub(super) struct Gradient<'g> {
    pub kind: GradientKind,
    pub stops: &'g [(f32, Color)],
    pub opacity: f32,
}

impl Gradient<'_> {
    /// How opaque it is, where it is so everywhere alike.
    pub fn constant_alpha(&self) -> Option<f32> {
        let first = self.stops.first().map_or(0.0, |(_, color)| color.alpha);
        self.stops.iter().all(|(_, color)| color.alpha == first).then_some(first)
    }

    /// Its colours.
    pub fn shading(&self, space: Space) -> Shading {
        self.with_stops(space, |color| [color.red, color.green, color.blue])
    }

    /// Its alpha, as the luminosity of a soft mask.
    fn alpha_shading(&self, space: Space) -> Shading {
        self.with_stops(space, |color| [color.alpha * self.opacity; 3])
    }

    fn with_stops(&self, space: Space, color: impl Fn(&Color) -> [f32; 3]) -> Shading {
        let stops = self.stops.iter().map(|(offset, stop)| GradientStop {
            offset: round(*offset, 4),
            color: color(stop).map(|part| round(part, 3)),
        });
        let at = |point: Point| (round(space.x(point.x).0, 3), round(space.y(point.y).0, 3));
        let geometry = match self.kind {
            GradientKind::Linear(from, to) => {
                let ((x0, y0), (x1, y1)) = (at(from), at(to));
                ShadingGeometry::Axial { coords: [x0, y0, x1, y1] }
            }
            GradientKind::Radial(center, radius) => {
                let (x, y) = at(center);
                let radius = round(crate::units::Pt::from(radius).0, 3);
                ShadingGeometry::Radial { coords: [x, y, 0.0, x, y, radius] }
            }
        };
        Shading { geometry, stops: stops.collect(), extend: (true, true) }
    }
}

impl Resources {
    /// The graphics state that makes all that follows this opaque, in thousandths.
    pub fn alpha(&mut self, alpha: u16) -> ExtendedGraphicsStateId {
        self.alphas.insert(alpha);
        ExtendedGraphicsStateId(format!("a{alpha}"))
    }

    pub fn shading(&mut self, shading: Shading) -> ShadingId {
        let at = self.shadings.iter().position(|other| *other == shading).unwrap_or_else(|| {
            self.shadings.push(shading);
            self.shadings.len() - 1
        });
        ShadingId(format!("s{at}"))
    }

    /// The graphics state that lets what follows show through as the gradient's colours do.
    pub fn mask(&mut self, gradient: &Gradient, space: Space, path: &Path) -> ExtendedGraphicsStateId {
        self.masks.push((gradient.alpha_shading(space), space.rect(&path.bounds())));
        ExtendedGraphicsStateId(format!("m{}", self.masks.len() - 1))
    }

    /// The name of a picture that needs so many pixels across at a place. It is embedded once, with the pixels that
    /// the place needs where it is largest.
    pub fn picture(&mut self, picture: &Arc<Picture>, needed: u32) -> String {
        let same = |(other, _): &(Arc<Picture>, u32)| Arc::ptr_eq(other, picture);
        let at = self.pictures.iter().position(same).unwrap_or_else(|| {
            self.pictures.push((picture.clone(), needed));
            self.pictures.len() - 1
        });
        let most = &mut self.pictures[at].1;
        *most = needed.max(*most);
        format!("i{at}")
    }

    /// Hands printpdf what it writes itself.
    pub fn register(&mut self, resources: &mut PdfResources) {
        for alpha in &self.alphas {
            let opaque = f32::from(*alpha) / 1000.0;
            let state = ExtendedGraphicsState::default()
                .with_current_fill_alpha(opaque)
                .with_current_stroke_alpha(opaque);
            resources.extgstates.map.insert(ExtendedGraphicsStateId(format!("a{alpha}")), state);
        }
        for (at, shading) in std::mem::take(&mut self.shadings).into_iter().enumerate() {
            resources.shadings.map.insert(ShadingId(format!("s{at}")), shading);
        }
    }

    /// Adds soft masks, which printpdf cannot write.
    pub fn add_masks(&self, document: &mut lopdf::Document, states: &mut Dictionary) {
        for (at, (shading, bounds)) in self.masks.iter().enumerate() {
            let shadings = dictionary([("s", shading.to_dict().into())]);
            let form = dictionary([
                ("Type", name("XObject")),
                ("Subtype", name("Form")),
                ("BBox", reals(*bounds)),
                ("Group", transparency_group().into()),
                ("Resources", dictionary([("Shading", shadings.into())]).into()),
            ]);
            let form = document.add_object(Stream::new(form, b"/s sh".to_vec()));
            let mask = dictionary([
                ("Type", name("Mask")),
                ("S", name("Luminosity")),
                ("G", Object::Reference(form)),
            ]);
            states.set(format!("m{at}"), dictionary([("SMask", mask.into())]));
        }
    }

    /// Adds pictures. printpdf would unpack and pack them again for every document; here the packed planes of
    /// the run's library are embedded as they are.
    pub fn add_pictures(&self, document: &mut lopdf::Document, objects: &mut Dictionary) {
        for (at, (picture, needed)) in self.pictures.iter().enumerate() {
            if let Picture::Raster(raster) = &**picture {
                let planes = raster.planes(*needed);
                let id = add_planes(document, &planes);
                objects.set(format!("i{at}"), Object::Reference(id));
            }
        }
    }
}

fn add_planes(document: &mut lopdf::Document, planes: &Planes) -> ObjectId {
    let size = (planes.width, planes.height);
    let mask = planes.alpha.as_ref().map(|alpha| document.add_object(image(alpha, size)));
    let mut color = image(&planes.color, size);
    if let Some(mask) = mask {
        color.dict.set("SMask", Object::Reference(mask));
    }
    document.add_object(color)
}

/// One plane as an image XObject (8.9.5).
fn image(plane: &Plane, (width, height): (u32, u32)) -> Stream {
    let colors = i64::from(plane.components);
    let (filter, parameters) = match plane.encoding {
        Encoding::Jpeg => ("DCTDecode", Object::Null),
        Encoding::PngRows => {
            let rows = [
                ("Predictor", 15.into()),
                ("Colors", colors.into()),
                ("BitsPerComponent", plane.bits.into()),
                ("Columns", width.into()),
            ];
            ("FlateDecode", dictionary(rows).into())
        }
    };
    let space = match &plane.palette {
        Some(palette) => {
            let last = (palette.len() / 3) as i64 - 1;
            let colors = Object::String(palette.to_vec(), StringFormat::Literal);
            vec![name("Indexed"), name("DeviceRGB"), last.into(), colors].into()
        }
        None => name(if plane.components == 1 { "DeviceGray" } else { "DeviceRGB" }),
    };
    let image = dictionary([
        ("Type", name("XObject")),
        ("Subtype", name("Image")),
        ("Width", width.into()),
        ("Height", height.into()),
        ("ColorSpace", space),
        ("BitsPerComponent", plane.bits.into()),
        ("Filter", name(filter)),
        ("DecodeParms", parameters),
    ]);
    Stream::new(image, plane.bytes.to_vec())
}
