//! A profile of sRGB (IEC 61966-2-1) as an ICC profile of version 2 (ICC.1:2001-04), made from its definition.

use std::sync::LazyLock;

use super::file::packed;

/// The D50 white that profiles connect through, as s15Fixed16 numbers (ICC.1, 6.1.10).
const D50: [u32; 3] = [0x0000_F6D6, 0x0001_0000, 0x0000_D32D];
/// The primaries of sRGB, adapted to D50 with the Bradford matrix: X, Y and Z of red, green and blue.
const PRIMARIES: [[f64; 3]; 3] = [
    [0.436_065_7, 0.222_488_4, 0.013_916_0],
    [0.385_147_1, 0.716_873_2, 0.097_076_4],
    [0.143_066_4, 0.060_607_9, 0.714_096_1],
];
/// Points of the tone curve; between them readers interpolate.
const CURVE_POINTS: u32 = 256;

/// The profile as a zlib stream, made once.
pub(super) static SRGB: LazyLock<Vec<u8>> = LazyLock::new(|| packed(&srgb()));

/// The bytes of the profile.
fn srgb() -> Vec<u8> {
    let xyz = |values: [u32; 3]| {
        let mut data = b"XYZ \0\0\0\0".to_vec();
        data.extend(values.into_iter().flat_map(u32::to_be_bytes));
        data
    };
    let colorants = PRIMARIES.map(|primary| xyz(primary.map(fixed)));
    let [red, green, blue] = colorants;
    let data = [description("sRGB"), text("No copyright, use freely"), xyz(D50), red, green, blue, curve()];
    // The three channels share the last.
    let tags: [(&[u8; 4], usize); 9] = [
        (b"desc", 0),
        (b"cprt", 1),
        (b"wtpt", 2),
        (b"rXYZ", 3),
        (b"gXYZ", 4),
        (b"bXYZ", 5),
        (b"rTRC", 6),
        (b"gTRC", 6),
        (b"bTRC", 6),
    ];
    let mut table = (tags.len() as u32).to_be_bytes().to_vec();
    let mut body = Vec::new();
    let start = 128 + 4 + 12 * tags.len();
    let mut places = Vec::new();
    for item in &data {
        places.push((start + body.len(), item.len()));
        body.extend_from_slice(item);
        body.resize(body.len().next_multiple_of(4), 0);
    }
    for (signature, item) in tags {
        let (offset, length) = places[item];
        table.extend_from_slice(signature);
        table.extend((offset as u32).to_be_bytes());
        table.extend((length as u32).to_be_bytes());
    }
    let mut profile = header((start + body.len()) as u32);
    profile.append(&mut table);
    profile.append(&mut body);
    profile
}

/// The header: a display profile from RGB to XYZ (ICC.1, 6.1).
fn header(length: u32) -> Vec<u8> {
    let mut header = vec![0; 128];
    header[..4].copy_from_slice(&length.to_be_bytes());
    header[8..12].copy_from_slice(&[2, 0x10, 0, 0]);
    header[12..16].copy_from_slice(b"mntr");
    header[16..20].copy_from_slice(b"RGB ");
    header[20..24].copy_from_slice(b"XYZ ");
    // The day on which the profile's definition was published.
    for (at, part) in [1999_u16, 10, 18].into_iter().enumerate() {
        header[24 + 2 * at..26 + 2 * at].copy_from_slice(&part.to_be_bytes());
    }
    header[36..40].copy_from_slice(b"acsp");
    for (at, part) in D50.into_iter().enumerate() {
        header[68 + 4 * at..72 + 4 * at].copy_from_slice(&part.to_be_bytes());
    }
    header
}

/// A `textDescriptionType` without Unicode and script variants (6.5.17).
fn description(text: &str) -> Vec<u8> {
    let mut data = b"desc\0\0\0\0".to_vec();
    data.extend((text.len() as u32 + 1).to_be_bytes());
    data.extend_from_slice(text.as_bytes());
    data.resize(data.len() + 1 + 8 + 3 + 67, 0);
    data
}

/// A `textType` (6.5.18).
fn text(text: &str) -> Vec<u8> {
    let mut data = b"text\0\0\0\0".to_vec();
    data.extend_from_slice(text.as_bytes());
    data.push(0);
    data
}

/// The tone curve of sRGB: from what a file says to light (IEC 61966-2-1, 5.2).
fn curve() -> Vec<u8> {
    let mut data = b"curv\0\0\0\0".to_vec();
    data.extend(CURVE_POINTS.to_be_bytes());
    for point in 0..CURVE_POINTS {
        let value = f64::from(point) / f64::from(CURVE_POINTS - 1);
        let light = if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) };
        data.extend(((light * 65535.0).round() as u16).to_be_bytes());
    }
    data
}

fn fixed(value: f64) -> u32 {
    (value * 65536.0).round() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_primaries_add_up_to_white() {
        for axis in 0..3 {
            let sum: u32 = PRIMARIES.iter().map(|primary| fixed(primary[axis])).sum();
            assert!(sum.abs_diff(D50[axis]) <= 16, "axis {axis}: {sum:#x}");
        }
    }

    #[test]
    fn every_tag_lies_inside_the_profile() {
        let profile = srgb();
        let number = |at: usize| u32::from_be_bytes(profile[at..at + 4].try_into().unwrap()) as usize;
        assert_eq!(number(0), profile.len());
        for tag in 0..number(128) {
            let (offset, length) = (number(136 + 12 * tag), number(140 + 12 * tag));
            assert!(offset % 4 == 0 && offset + length <= profile.len());
        }
    }
}
