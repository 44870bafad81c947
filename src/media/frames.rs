//! How many pictures a file has that moves.

use image::ImageFormat;

use super::planes::chunks;

/// The number of frames, 1 of what does not move.
pub(super) fn count(bytes: &[u8], format: ImageFormat) -> usize {
    let frames = match format {
        ImageFormat::Gif => gif(bytes),
        ImageFormat::Png => png(bytes),
        ImageFormat::WebP => webp(bytes),
        _ => None,
    };
    frames.unwrap_or(1).max(1)
}

/// The `num_frames` of the `acTL` chunk (PNG, third edition, 11.3.6.1).
fn png(bytes: &[u8]) -> Option<usize> {
    let before_pixels = chunks(bytes).take_while(|(kind, _)| kind != b"IDAT");
    let (_, control) = before_pixels.into_iter().find(|(kind, _)| kind == b"acTL")?;
    Some(u32::from_be_bytes(*control.first_chunk()?) as usize)
}

/// The `ANMF` chunks (RFC 9649, 2.7.1.1).
fn webp(bytes: &[u8]) -> Option<usize> {
    let mut rest = bytes.get(12..)?;
    let mut frames = 0;
    while let Some(length) = rest.get(4..8).and_then(|length| length.first_chunk()) {
        frames += usize::from(rest.starts_with(b"ANMF"));
        let length = u32::from_le_bytes(*length) as usize;
        rest = rest.get(length.saturating_add(8 + length % 2)..).unwrap_or_default();
    }
    Some(frames)
}

/// The image descriptors (GIF89a, section 20).
fn gif(bytes: &[u8]) -> Option<usize> {
    /// Of the colour table that a byte of flags tells of.
    fn table(flags: u8) -> usize {
        if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) }
    }
    let mut at = 13 + table(*bytes.get(10)?);
    let mut frames = 0;
    loop {
        match bytes.get(at) {
            Some(0x21) => at += 2,
            Some(0x2C) => {
                frames += 1;
                let flags = bytes.get(at + 9).copied().unwrap_or_default();
                at += 11 + table(flags);
            }
            _ => return Some(frames),
        }
        // Blocks, each with its length before it, to the empty one.
        while let Some(length) = bytes.get(at) {
            at += 1 + usize::from(*length);
            if *length == 0 {
                break;
            }
        }
    }
}
