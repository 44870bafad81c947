//! What the markers of a JPEG file tell (ISO/IEC 10918-1, annex B), and pictures in four inks.

use moxcms::ColorProfile;
use zune_core::bytestream::ZCursor;
use zune_core::colorspace::ColorSpace;
use zune_core::options::DecoderOptions;
use zune_jpeg::JpegDecoder;

use super::color;

/// A frame header (B.2.2).
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Frame {
    /// Pixels across and down.
    pub size: (u32, u32),
    /// How many components each pixel has: 1 for gray, 3 for colours, 4 for inks.
    pub components: u8,
    /// The bits of a sample.
    pub precision: u8,
    /// Whether it comes in passes, all of which are unpacked before the first pixel is known.
    pub progressive: bool,
    /// How many samples there are for a pixel, of all components together.
    pub samples: f32,
}

/// The frame header of a file.
pub(super) fn frame(bytes: &[u8]) -> Option<Frame> {
    let mut at = 2;
    loop {
        match bytes.get(at..at + 2)? {
            [0xFF, 0xFF] => at += 1,
            // Start of frame; C4, C8 and CC are tables and an extension.
            [0xFF, kind @ (0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF)] => {
                return header(*kind, bytes.get(at + 4..)?);
            }
            [0xFF, _] => at += 2 + segment(bytes, at)?,
            _ => return None,
        }
    }
}

fn header(kind: u8, content: &[u8]) -> Option<Frame> {
    let [precision, high, low, left, right, components, ..] = *content else { return None };
    let side = |bytes: [u8; 2]| u32::from(u16::from_be_bytes(bytes));
    let factors = content.get(6..)?.chunks_exact(3).take(components.into());
    let factors = factors.map(|component| f32::from(component[1] >> 4) * f32::from(component[1] & 15));
    let (all, most) = factors.fold((0.0, 1.0_f32), |(all, most), one| (all + one, most.max(one)));
    let progressive = matches!(kind, 0xC2 | 0xC6 | 0xCA | 0xCE);
    Some(Frame {
        size: (side([left, right]), side([high, low])),
        components,
        precision,
        progressive,
        samples: all / most,
    })
}

/// The length of a segment without its marker.
fn segment(bytes: &[u8], at: usize) -> Option<usize> {
    let length = bytes.get(at + 2..at + 4)?.first_chunk()?;
    Some(u16::from_be_bytes(*length).into())
}

/// Whether the file goes on to the end of its picture. Decoders fill what is missing with gray and say nothing.
pub(super) fn is_whole(bytes: &[u8]) -> bool {
    let mut at = 2;
    // To the first scan: thumbnails in the segments before it have ends of their own.
    while let Some([0xFF, kind]) = bytes.get(at..at + 2) {
        match (kind, segment(bytes, at)) {
            (0xDA, _) => break,
            (0xFF, _) => at += 1,
            (_, Some(length)) => at += 2 + length,
            (_, None) => return false,
        }
    }
    let scans = bytes.get(at..).unwrap_or_default();
    scans.windows(2).rev().any(|marker| marker == [0xFF, 0xD9])
}

/// The pixels of a picture in four inks as sRGB, by the profile of its inks.
pub(super) fn from_inks(bytes: &[u8], profile: &ColorProfile) -> Option<Vec<u8>> {
    let options = || {
        let options = DecoderOptions::default().set_strict_mode(false);
        options.set_max_width(usize::MAX).set_max_height(usize::MAX)
    };
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options());
    decoder.decode_headers().ok()?;
    let space = decoder.input_colorspace()?;
    decoder.set_options(options().jpeg_set_out_colorspace(space));
    let mut samples = decoder.decode().ok()?;
    match space {
        ColorSpace::CMYK => samples.iter_mut().for_each(|sample| *sample = 255 - *sample),
        ColorSpace::YCCK => samples.as_chunks_mut().0.iter_mut().for_each(ycck_to_inks),
        _ => return None,
    }
    color::inks_to_srgb(samples, profile)
}

/// Adobe's files have inks as light: what is 255 prints nothing. Y, Cb and Cr give red, green and blue (ITU-T T.871,
/// section 7), which are the inks themselves.
fn ycck_to_inks(pixel: &mut [u8; 4]) {
    let [y, cb, cr, black] = pixel.map(f32::from);
    let (cb, cr) = (cb - 128.0, cr - 128.0);
    let inks = [y + 1.402 * cr, y - 0.344_136 * cb - 0.714_136 * cr, y + 1.772 * cb, 255.0 - black];
    *pixel = inks.map(|ink| ink.round().clamp(0.0, 255.0) as u8);
}
