mod files;

use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use image::{DynamicImage, ImageFormat, RgbImage, Rgba, RgbaImage};

use super::*;
use crate::files::{Files, Memory};
use crate::geom::Rect;
use crate::layout::{Artifact, Fill, GradientKind, Group, Item, Tag};

const ART: Tag = Tag::Artifact(Artifact::Layout);

fn file(image: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Vec::new();
    image.into().write_to(&mut Cursor::new(&mut bytes), format).unwrap();
    bytes
}

fn square() -> RgbImage {
    RgbImage::from_fn(8, 4, |x, y| image::Rgb([(x * 30) as u8, (y * 60) as u8, 90]))
}

fn project() -> Memory {
    Memory::default()
        .with("/p/input/a.png", file(square(), ImageFormat::Png))
        .with("/p/input/met spatie.jpg", file(square(), ImageFormat::Jpeg))
        .with("/p/layout/b.webp", file(square(), ImageFormat::WebP))
        .with("/p/layout/c.ico", b"\0\0\x01\0\x01\0".to_vec())
        .with("/p/input/d.svg", "<svg xmlns='http://www.w3.org/2000/svg' width='20' height='10'/>")
        .with("/p/input/broken.png", b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec())
        .with("/secret.png", file(square(), ImageFormat::Png))
}

fn look_up(src: &str) -> Result<Arc<Picture>, &'static str> {
    let files = project();
    let library = Library::new(&files, Path::new("/p"));
    let folders = library.folders(["/p/input", "/p/layout"].map(PathBuf::from));
    folders.picture(src).map_err(|error| error.code)
}

#[test]
fn pictures_are_found_by_path_and_url() {
    for src in ["a.png", "met%20spatie.jpg", "b.webp", "../input/a.png?v=2", "/input/a.png", "d.svg"] {
        assert!(look_up(src).is_ok(), "{src}");
    }
    let svg = "data:image/svg+xml,%3Csvg%20xmlns='http://www.w3.org/2000/svg'%20width='3'%20height='4'/%3E";
    assert_eq!(look_up(svg).unwrap().size(), Size::new(Px(3.0), Px(4.0)));
}

#[test]
fn what_is_no_picture_of_the_project_is_refused() {
    for (src, code) in [
        ("", "missing-picture"),
        ("none.png", "missing-picture"),
        ("https://example.org/a.png", "remote-picture"),
        ("//example.org/a.png", "remote-picture"),
        ("file:///secret.png", "remote-picture"),
        ("../../secret.png", "picture-outside"),
        ("../../nothing.png", "picture-outside"),
        ("c.ico", "picture-format"),
        ("broken.png", "broken-picture"),
        ("data:image/png;base64,!", "broken-picture"),
    ] {
        assert_eq!(look_up(src).unwrap_err(), code, "{src}");
    }
}

#[test]
fn a_link_out_of_the_project_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let (inside, outside) = (folder.path().join("p"), folder.path().join("a.png"));
    std::fs::create_dir(&inside).unwrap();
    std::fs::write(&outside, file(square(), ImageFormat::Png)).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(&outside, inside.join("a.png")).unwrap();
    let library = Library::new(&crate::files::Disk, &inside);
    let error = library.folders([inside.clone()]).picture("a.png").unwrap_err();
    assert_eq!(error.code, "picture-outside");
}

#[test]
fn a_file_is_decoded_once() {
    let files = project();
    let library = Library::new(&files, Path::new("/p"));
    let first = library.folders(["/p/input".into()]).picture("a.png").unwrap();
    let second = library.folders(["/p/layout".into()]).picture("../input/a.png").unwrap();
    assert!(Arc::ptr_eq(&first, &second));
}

/// More pixels across than any place needs.
const ALL: u32 = 10_000;

#[test]
fn what_is_not_kept_is_read_again_when_nobody_has_it() {
    // What comes after the end of a PNG is no part of it.
    let mut large = file(square(), ImageFormat::Png);
    large.resize(23 * 1024 * 1024, 0);
    let mut files = Memory::default();
    for name in 0..4 {
        files = files.with(&format!("/p/{name}.png"), large.clone());
    }
    let library = Library::new(&files, Path::new("/p"));
    let read = |name: u32| library.picture(&format!("{name}.png")).unwrap();
    let first = Arc::downgrade(&read(0));
    assert!(Arc::ptr_eq(&first.upgrade().unwrap(), &read(0)));
    let held = read(1);
    read(2);
    read(3);
    assert!(first.upgrade().is_none(), "four take more than is kept");
    assert!(Arc::ptr_eq(&held, &read(1)), "somebody works with it");
    assert_eq!(read(0).size().width, Px(8.0));
}

#[test]
fn the_same_url_is_decoded_once() {
    let files = project();
    let library = Library::new(&files, Path::new("/p"));
    let url = format!(
        "data:image/png;base64,{}",
        base64::Engine::encode(&base64::prelude::BASE64_STANDARD, file(square(), ImageFormat::Png))
    );
    assert!(Arc::ptr_eq(&library.picture(&url).unwrap(), &library.picture(&url).unwrap()));
}

#[test]
fn pictures_have_the_pixels_that_their_place_needs() {
    let jpeg = Raster::decode(photo(98).into()).unwrap();
    let inches = |across: f32| jpeg.needed(Size::new(Px(96.0 * across), Px(64.0 * across)));
    assert_eq!((inches(1.0), inches(2.0), inches(3.0)), (300, 600, 900));
    for (across, width) in [(3.0, 900), (2.0, 900), (1.9, 576), (1.0, 320)] {
        let planes = jpeg.planes(inches(across));
        assert_eq!((planes.width, planes.height), (width, width * 2 / 3), "{across}");
        assert_eq!(planes.color.encoding, Encoding::Jpeg);
        let seen = image::load_from_memory(&planes.color.bytes).unwrap().to_rgb8();
        let there = seen.get_pixel(width / 2, width / 3).0;
        assert!(there[0].abs_diff(112) < 12 && there[1].abs_diff(100) < 12, "{there:?}");
        let (_, word) = jpeg.file(inches(across));
        assert_eq!(image::load_from_memory(&word).unwrap().width(), width);
    }
    assert!(Arc::ptr_eq(&jpeg.planes(310), &jpeg.planes(301)), "nearly the same size is made once");
}

#[test]
fn what_shows_through_lends_its_neighbours_no_colour() {
    let image =
        RgbaImage::from_fn(
            64,
            64,
            |x, _| if x % 2 == 0 { Rgba([250, 0, 0, 255]) } else { Rgba([0, 250, 0, 0]) },
        );
    let raster = Raster::decode(file(image, ImageFormat::Png).into()).unwrap();
    let small = image::load_from_memory(&raster.file(32).1).unwrap().to_rgba8();
    let pixel = small.get_pixel(16, 16).0;
    assert_eq!(small.width(), 32);
    assert!(pixel[0] > 240 && pixel[1] < 10 && pixel[3].abs_diff(128) < 12, "{pixel:?}");
}

#[test]
fn what_print_needs_is_taken_only_where_it_is_smaller() {
    // Packed so well that fewer pixels, packed as photographs for print are, take more.
    let bytes: Arc<[u8]> = photo(30).into();
    let raster = Raster::decode(bytes.clone()).unwrap();
    assert!(raster.file(560).1 == bytes && raster.planes(560).color.bytes == bytes);
    assert_eq!(raster.planes(100).width, 128);
}

/// A JPEG of 900 by 600 pixels, packed as well as the quality says.
fn photo(quality: u8) -> Vec<u8> {
    let image =
        RgbImage::from_fn(900, 600, |x, y| image::Rgb([(x / 4) as u8, (y / 3) as u8, ((x ^ y) % 251) as u8]));
    let mut bytes = Vec::new();
    image
        .write_with_encoder(image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, quality))
        .unwrap();
    bytes
}

#[test]
fn what_pdf_and_word_take_is_kept_as_it_is() {
    let jpeg: Arc<[u8]> = file(square(), ImageFormat::Jpeg).into();
    let raster = Raster::decode(jpeg.clone()).unwrap();
    assert_eq!(raster.file(ALL), (RasterFormat::Jpeg, jpeg.clone()));
    assert_eq!(raster.planes(ALL).color.encoding, Encoding::Jpeg);
    assert_eq!(raster.planes(ALL).color.bytes, jpeg);
    let bytes: Arc<[u8]> = file(square(), ImageFormat::Png).into();
    let png = Raster::decode(bytes.clone()).unwrap();
    assert_eq!(png.file(ALL), (RasterFormat::Png, bytes));
    let planes = png.planes(ALL);
    assert_eq!((planes.width, planes.height, planes.color.components), (8, 4, 3));
    assert_eq!(unpacked(&planes.color).len(), 4 * (1 + 3 * 8));
    let webp = Raster::decode(file(square(), ImageFormat::WebP).into()).unwrap();
    assert_eq!(webp.file(ALL).0, RasterFormat::Png);
}

#[test]
fn alpha_and_gray_become_planes() {
    let image = RgbaImage::from_fn(6, 6, |x, _| Rgba([9, 9, 9, if x < 3 { 0 } else { 255 }]));
    let raster = Raster::decode(file(image, ImageFormat::Png).into()).unwrap();
    assert!(raster.has_alpha);
    let planes = raster.planes(ALL);
    assert_eq!((planes.width, planes.height, planes.color.components), (6, 6, 1));
    assert_eq!(unpacked(planes.alpha.as_ref().unwrap()).len(), 6 * (1 + 6));
}

fn unpacked(plane: &Plane) -> Vec<u8> {
    let mut rows = Vec::new();
    std::io::Read::read_to_end(&mut flate2::read::ZlibDecoder::new(&plane.bytes[..]), &mut rows).unwrap();
    rows
}

#[test]
fn exif_turns_the_picture() {
    let mut bytes = file(square(), ImageFormat::Jpeg);
    let tiff = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
    let mut marker = vec![0xFF, 0xE1, 0, (tiff.len() + 2) as u8];
    marker.extend_from_slice(tiff);
    bytes.splice(2..2, marker);
    let bytes: Arc<[u8]> = bytes.into();
    let raster = Raster::decode(bytes.clone()).unwrap();
    assert_eq!((raster.width, raster.height), (4, 8));
    assert_eq!(raster.planes(ALL).color.bytes, bytes, "PDF turns it by a matrix");
    assert_ne!(raster.file(ALL).1, bytes);
}

#[test]
fn an_enormous_picture_is_refused_before_it_is_decoded() {
    let mut bytes = file(RgbImage::new(1, 1), ImageFormat::Png);
    bytes[16..24].copy_from_slice(&[0, 0, 0x40, 0, 0, 0, 0x40, 0]);
    let crc = crc32(&bytes[12..29]);
    bytes[29..33].copy_from_slice(&crc.to_be_bytes());
    assert_eq!(Raster::decode(bytes.into()).unwrap_err().code, "picture-too-large");
}

fn crc32(bytes: &[u8]) -> u32 {
    let mut crc = flate2::Crc::new();
    crc.update(bytes);
    crc.sum()
}

fn svg_items(body: &str) -> Group {
    let source = format!("<svg xmlns='http://www.w3.org/2000/svg' width='100' height='50'>{body}</svg>");
    let vector = svg::parse(&source).unwrap();
    match svg::paint(&vector, Rect::new(Px(10.0), Px(20.0), Px(200.0), Px(200.0)), ART) {
        Item::Group(group) => group,
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_svg_is_fitted_in_the_middle() {
    let group = svg_items("<path d='M0 0H100V50H0Z' fill='#f00'/>");
    assert_eq!((group.transform.a, group.transform.e, group.transform.f), (2.0, 10.0, 70.0));
    assert!(group.clip.is_none());
    assert!(svg_items("<path d='M-9 0H100V50H0Z'/>").clip.is_some());
}

#[test]
fn gradients_keep_their_geometry() {
    let group = svg_items(
        "<linearGradient id='g'><stop stop-color='red'/><stop offset='1' stop-color='blue'/></linearGradient>\
         <rect width='100' height='50' fill='url(#g)'/>",
    );
    let Item::Group(inner) = &group.items[0] else { panic!("{group:?}") };
    let Item::Shape(shape) = &inner.items[0] else { panic!("{inner:?}") };
    let Some(Fill::Gradient(GradientKind::Linear(from, to), stops)) = &shape.fill else {
        panic!("{shape:?}")
    };
    assert_eq!(inner.transform.apply(*to).x - inner.transform.apply(*from).x, Px(100.0));
    assert_eq!(stops.len(), 2);
}

#[test]
fn unlike_caps_and_joins_are_outlined() {
    let line =
        |style: &str| match &svg_items(&format!("<path d='M5 5H50V20' stroke='#000' fill='none' {style}/>"))
            .items[0]
        {
            Item::Shape(shape) => shape.stroke.as_ref().map(|stroke| stroke.round),
            other => panic!("{other:?}"),
        };
    assert_eq!(line(""), Some(false));
    assert_eq!(line("stroke-linecap='round' stroke-linejoin='round'"), Some(true));
    assert_eq!(line("stroke-linecap='round'"), None);
}

#[test]
fn an_svg_reads_no_other_file() {
    let source = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><image href='/etc/passwd' \
                  width='9' height='9'/></svg>";
    assert_eq!(svg::parse(source).unwrap_err().code, "svg-link");
    assert!(Memory::default().read(Path::new("/etc/passwd")).is_err());
}

#[test]
fn effects_that_are_left_out_are_said() {
    let source = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><filter id='f'><feGaussianBlur \
                  stdDeviation='1'/></filter><rect width='5' height='5' filter='url(#f)'/></svg>";
    assert_eq!(svg::parse(source).unwrap().warnings[0].code, "svg-effect");
}
