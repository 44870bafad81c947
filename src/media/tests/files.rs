//! The pictures of tests/pictures, which its make.py makes. Each in `good` shows the same; what is told about those in `bad`
//! is in `told.txt` there, and `HANDOUT_ACCEPT=1` takes what is told now as right.

use std::fmt::Write;
use std::path::PathBuf;
use std::sync::Arc;

use image::DynamicImage;

use super::{ALL, Encoding, Plane, Planes, Raster};
use crate::diag::Diagnostic;
use crate::media::Orientation;

const COLORS: [[u8; 3]; 4] = [[200, 40, 40], [40, 150, 60], [40, 60, 180], [230, 200, 60]];
/// What rounding, and files that leave out what is hardly seen, may make of a sample.
const NEAR: u8 = 6;

fn files(folder: &str) -> Vec<(String, Arc<[u8]>)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/pictures").join(folder);
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension != "txt"));
    paths.sort();
    let name = |path: &PathBuf| path.file_name().unwrap().to_string_lossy().into_owned();
    paths.iter().map(|path| (name(path), std::fs::read(path).unwrap().into())).collect()
}

/// The colour in the middle of each quarter.
fn quarters(image: &DynamicImage) -> [[u8; 3]; 4] {
    let pixels = image.to_rgb8();
    [(12, 8), (36, 8), (12, 24), (36, 24)].map(|(x, y)| pixels.get_pixel(x, y).0)
}

fn wrong(name: &str, what: &str, image: &DynamicImage) -> Option<String> {
    if (image.width(), image.height()) != (48, 32) {
        return Some(format!("{name}, {what}: {} by {}", image.width(), image.height()));
    }
    let is_gray = name.starts_with("gray");
    let found = quarters(image);
    let light = |[red, green, blue]: [u8; 3]| {
        (0.2126 * f32::from(red) + 0.7152 * f32::from(green) + 0.0722 * f32::from(blue)).round() as u8
    };
    let expected = COLORS.map(|color| if is_gray { [light(color); 3] } else { color });
    let pairs = found.iter().flatten().zip(expected.iter().flatten());
    let is_right = pairs.into_iter().all(|(found, expected)| found.abs_diff(*expected) <= NEAR);
    (!is_right).then(|| format!("{name}, {what}: {found:?}"))
}

/// What a reader of PDF sees, who knows of no profile and of no EXIF.
fn seen(planes: &Planes, orientation: Orientation) -> DynamicImage {
    let mut image = match planes.color.encoding {
        Encoding::Jpeg => image::load_from_memory(&planes.color.bytes).unwrap(),
        Encoding::PngRows => {
            image::load_from_memory(&as_png(&planes.color, planes.width, planes.height)).unwrap()
        }
    };
    image.apply_orientation(orientation);
    image
}

fn as_png(plane: &Plane, width: u32, height: u32) -> Vec<u8> {
    let color = match (&plane.palette, plane.components) {
        (Some(_), _) => 3,
        (None, 1) => 0,
        (None, _) => 2,
    };
    let header =
        [&width.to_be_bytes()[..], &height.to_be_bytes()[..], &[plane.bits, color, 0, 0, 0]].concat();
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    let palette = plane.palette.as_deref().unwrap_or_default();
    for (kind, content) in
        [(b"IHDR", &header[..]), (b"PLTE", palette), (b"IDAT", &plane.bytes[..]), (b"IEND", &[])]
    {
        if !content.is_empty() || kind == b"IEND" {
            let chunk = [kind, content].concat();
            file.extend((content.len() as u32).to_be_bytes());
            file.extend(&chunk);
            file.extend(super::crc32(&chunk).to_be_bytes());
        }
    }
    file
}

#[test]
fn every_kind_of_file_shows_the_same() {
    let mut wrongs = Vec::new();
    let files = files("good");
    assert!(files.len() > 40);
    for (name, bytes) in files {
        let raster = match Raster::decode(bytes) {
            Ok(raster) => raster,
            Err(error) => {
                wrongs.push(format!("{name}: {}", error.message));
                continue;
            }
        };
        let pixels = image::RgbaImage::from_raw(raster.width, raster.height, raster.pixels()).unwrap();
        let file = image::load_from_memory(&raster.file(ALL).1).unwrap();
        let planes = raster.planes(ALL);
        wrongs.extend(wrong(&name, "pixels", &pixels.into()));
        wrongs.extend(wrong(&name, "file", &file));
        wrongs.extend(wrong(&name, "PDF", &seen(&planes, raster.orientation)));
        let corner = raster.color_at(0.1, 0.1);
        if !name.starts_with("gray") && corner[0].abs_diff(COLORS[0][0]) > NEAR {
            wrongs.push(format!("{name}, at a place: {corner:?}"));
        }
        if raster.has_alpha || planes.alpha.is_some() || raster.notes.is_empty() == name.starts_with("moving")
        {
            wrongs.push(format!("{name}: alpha {}, notes {:?}", raster.has_alpha, raster.notes));
        }
    }
    assert!(wrongs.is_empty(), "{}", wrongs.join("\n"));
}

#[test]
fn what_cannot_be_shown_is_told() {
    let mut told = String::new();
    for (name, bytes) in files("bad") {
        let said = match Raster::decode(bytes) {
            Ok(_) => "nothing".to_owned(),
            Err(Diagnostic { code, message, hint, .. }) => {
                format!("[{code}] {message}\n    {}", hint.unwrap_or_default())
            }
        };
        let _ = writeln!(told, "{name}: {said}");
    }
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/pictures/bad/told.txt");
    if std::env::var_os("HANDOUT_ACCEPT").is_some() {
        std::fs::write(&path, &told).unwrap();
    }
    assert_eq!(std::fs::read_to_string(&path).unwrap_or_default(), told);
}

#[test]
fn a_part_of_any_file_is_no_panic() {
    for (_, bytes) in files("good").into_iter().chain(files("bad")) {
        for part in 0..24 {
            let end = bytes.len() * part / 24;
            let _ = Raster::decode(bytes[..end].into());
            let mut changed = bytes.to_vec();
            if let Some(byte) = changed.get_mut(end) {
                *byte ^= 0x5A;
            }
            let _ = Raster::decode(changed.into());
        }
    }
}
