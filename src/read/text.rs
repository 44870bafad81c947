//! Bytes to text.

use std::sync::Arc;

use crate::diag::{Diagnostic, Place};

/// The text of a file: UTF-8, its byte order mark taken off.
///
/// # Errors
/// Bytes that are no UTF-8 (`invalid-utf8`, with the offset of the first such byte from 0, and its line and
/// column) and NUL bytes (`nul-byte`), which no text has.
pub fn decode(bytes: &[u8], file: &Arc<str>) -> Result<String, Diagnostic> {
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        return Err(Diagnostic::error(
            "invalid-utf8",
            "the file is UTF-16: byte 0 begins its byte order mark",
        )
        .at(Place::file(file.clone()))
        .hint("save it as UTF-8"));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let offset = error.valid_up_to();
        let message = format!("byte {offset} (0x{:02X}) is no UTF-8", bytes[offset]);
        let shown = String::from_utf8_lossy(bytes);
        let place = Place::offset(file.clone(), &shown, offset);
        Diagnostic::error("invalid-utf8", message).at(place).hint("save the file as UTF-8")
    })?;
    if let Some(offset) = text.find('\0') {
        return Err(Diagnostic::error("nul-byte", format!("byte {offset} is NUL: this is no text file"))
            .at(Place { text: None, ..Place::offset(file.clone(), text, offset) })
            .hint("save the document as plain text, Markdown or HTML"));
    }
    Ok(text.strip_prefix('\u{FEFF}').unwrap_or(text).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8]) -> Result<String, Diagnostic> {
        decode(bytes, &Arc::from("a.txt"))
    }

    #[test]
    fn a_byte_order_mark_is_no_text() {
        assert_eq!(decoded("\u{FEFF}één".as_bytes()).as_deref(), Ok("één"));
    }

    #[test]
    fn invalid_utf8_is_named_by_byte_and_line() {
        let error = decoded(b"een\ntw\xE9\xE9\n").unwrap_err();
        assert_eq!(error.code, "invalid-utf8");
        assert!(error.message.contains("byte 6 (0xE9)"), "{}", error.message);
        let place = error.place.unwrap();
        assert_eq!((place.line, place.column), (Some(2), Some(3)));
    }

    #[test]
    fn nul_and_utf16_are_no_text() {
        assert_eq!(decoded(b"een\0twee").unwrap_err().code, "nul-byte");
        assert_eq!(decoded(b"\xFF\xFEe\0").unwrap_err().code, "invalid-utf8");
    }
}
