//! Bytes to text.

use std::borrow::Cow;
use std::sync::Arc;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::diag::{Diagnostic, Place};

/// Where a file tells its encoding itself, it does so in so many first bytes (WHATWG HTML, section 4.2.5.4).
const DECLARED_WITHIN: usize = 1024;

/// The top-level domain whose encodings are the likelier ones: the western ones, Windows-1252 before all.
const LIKELY: Option<&[u8]> = Some(b"nl");

/// What files begin with that are no text, what they are, and what to do with them.
const FORMATS: [(&[u8], &str, &str); 9] = [
    (b"%PDF-", "a PDF", "export the text that it was made of"),
    (b"PK\x03\x04", "a ZIP archive, such as a Word document", "a Word document ends in .docx"),
    (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "a document of Word 97", "open it in Word and save it as .docx"),
    (b"{\\rtf", "Rich Text", "open it in Word and save it as .docx"),
    (b"\x89PNG", "a picture", "name it in an article"),
    (b"GIF8", "a picture", "name it in an article"),
    (b"\xFF\xD8\xFF", "a picture", "name it in an article"),
    (b"RIFF", "a picture or sound", "name it in an article"),
    (b"\x1F\x8B", "packed by gzip", "unpack it"),
];

/// The text of a file: UTF-8, its byte order mark taken off.
///
/// # Errors
/// Bytes that are no UTF-8 (`invalid-utf8`, with the offset of the first such byte from 0, and its line and
/// column), NUL bytes (`nul-byte`), which no text has, and files of a format that is no text (`not-text`).
pub fn decode(bytes: &[u8], file: &Arc<str>) -> Result<String, Diagnostic> {
    refuse_formats(bytes, file)?;
    if let Some((encoding, _)) = Encoding::for_bom(bytes).filter(|(encoding, _)| *encoding != UTF_8) {
        let message = format!("the file is {}: byte 0 begins its byte order mark", encoding.name());
        let error = Diagnostic::error("invalid-utf8", message).at(Place::file(file.clone()));
        return Err(error.hint("save it as UTF-8"));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let hint = "save the file as UTF-8";
        invalid(bytes, error.valid_up_to(), file).hint(hint)
    })?;
    finish(Cow::Borrowed(text), file)
}

/// The text of an article in whatever encoding it has, with a note on that where it is not UTF-8: by its byte order
/// mark, else by what the file says of itself, else by what its bytes look like.
///
/// A file that is UTF-8 but for a few bytes is not guessed at: either choice would spoil words without anybody
/// seeing it.
///
/// # Errors
/// As [`decode`], but for whole files in another encoding; `wrong-encoding` where the file does not hold what its
/// mark or declaration says.
pub fn recognise(bytes: &[u8], file: &Arc<str>) -> Result<(String, Option<Diagnostic>), Diagnostic> {
    refuse_formats(bytes, file)?;
    if let Some((encoding, mark)) = Encoding::for_bom(bytes).filter(|(encoding, _)| *encoding != UTF_8) {
        let text = decode_as(encoding, &bytes[mark..], "its byte order mark says", file)?;
        let note = note(encoding, &text, "as its byte order mark says", file);
        return Ok((text, Some(note)));
    }
    let Err(error) = std::str::from_utf8(bytes) else {
        return Ok((decode(bytes, file)?, None));
    };
    if let Some(offset) = bytes.iter().position(|&byte| byte == 0) {
        return Err(nul(offset, &String::from_utf8_lossy(bytes), file));
    }
    if let Some(encoding) = declared(bytes) {
        let text = decode_as(encoding, bytes, "it says of itself", file)?;
        let note = note(encoding, &text, "as it says of itself", file);
        return Ok((text, Some(note)));
    }
    if is_mostly_utf8(bytes) {
        let offset = error.valid_up_to();
        let shown = WINDOWS_1252.decode_without_bom_handling(&bytes[offset..=offset]).0;
        let hint = format!("save the file as UTF-8; in Windows-1252 this byte would be “{shown}”");
        return Err(invalid(bytes, offset, file).hint(hint));
    }
    refuse_controls(bytes, file)?;
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(LIKELY, Utf8Detection::Deny);
    let encoding = if is_likely(&guess.decode(bytes).0) { guess } else { WINDOWS_1252 };
    let text = decode_as(encoding, bytes, "it looks like", file)?;
    let note = note(encoding, &text, "by the looks of its bytes", file);
    Ok((text, Some(note)))
}

/// Whether a guess makes words: where it gives letters of an alphabet such as Greek or Cyrillic, some word has several
/// and none has Latin ones too. Few accents among Latin letters look like that alphabet by chance.
fn is_likely(text: &str) -> bool {
    let is_other = |letter: char| letter.is_alphabetic() && ('\u{370}'..'\u{700}').contains(&letter);
    let words = || text.split(|letter: char| !letter.is_alphabetic()).filter(|word| word.contains(is_other));
    let is_mixed = |word: &str| word.contains(|letter: char| letter.is_ascii_alphabetic());
    words().next().is_none() || (words().any(|word| word.chars().nth(1).is_some()) && !words().any(is_mixed))
}

/// What a file says of its encoding (`<?xml encoding?>`, `<meta charset>`), unless that is one in which it could not
/// be read so far.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes[..bytes.len().min(DECLARED_WITHIN)].to_ascii_lowercase();
    let mut tags = head.split(|&byte| byte == b'<').map(|tag| tag.split(|&byte| byte == b'>').next());
    let found = tags.find_map(|tag| match tag? {
        tag if tag.starts_with(b"?xml") => label(tag, b"encoding"),
        tag if tag.starts_with(b"meta") => label(tag, b"charset"),
        _ => None,
    });
    found.filter(|encoding| ![UTF_8, UTF_16LE, UTF_16BE].contains(encoding))
}

/// The encoding that `name=label` gives in a tag, with or without quotation marks.
fn label(tag: &[u8], name: &[u8]) -> Option<&'static Encoding> {
    let found = tag.windows(name.len()).position(|window| window == name)?;
    let after = tag[found + name.len()..].trim_ascii_start().strip_prefix(b"=")?;
    let value = after.trim_ascii_start();
    let value = value.strip_prefix(b"\"").or_else(|| value.strip_prefix(b"'")).unwrap_or(value);
    let end = value.iter().position(|byte| b"\"' ;/?>".contains(byte)).unwrap_or(value.len());
    Encoding::for_label(&value[..end])
}

fn decode_as(
    encoding: &'static Encoding,
    bytes: &[u8],
    why: &str,
    file: &Arc<str>,
) -> Result<String, Diagnostic> {
    let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(bytes) else {
        let message = format!("the file is no {}, as {why}", name(encoding));
        let error = Diagnostic::error("wrong-encoding", message).at(Place::file(file.clone()));
        return Err(error.hint("save it as UTF-8"));
    };
    finish(text, file)
}

fn note(encoding: &'static Encoding, text: &str, why: &str, file: &Arc<str>) -> Diagnostic {
    let message = format!("the file is not UTF-8, and was read as {}, {why}", name(encoding));
    let note = Diagnostic::note("encoding", message);
    // Where it is wrong, this is where somebody sees it.
    match text.find(|c: char| !c.is_ascii()) {
        Some(offset) => note.at(Place::offset(file.clone(), text, offset)),
        None => note.at(Place::file(file.clone())),
    }
    .hint("see whether this is right, and save the file as UTF-8")
}

/// The name of an encoding as people know it.
fn name(encoding: &'static Encoding) -> String {
    let name = encoding.name();
    name.strip_prefix("windows-").map_or_else(|| name.to_owned(), |page| format!("Windows-{page}"))
}

/// Whether what is right in these bytes as UTF-8 cannot be chance.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut right, mut wrong) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        right += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        wrong += usize::from(!chunk.invalid().is_empty());
    }
    right * 4 > wrong
}

fn refuse_formats(bytes: &[u8], file: &Arc<str>) -> Result<(), Diagnostic> {
    let Some((_, what, hint)) = FORMATS.iter().find(|(start, ..)| bytes.starts_with(start)) else {
        return Ok(());
    };
    let error = Diagnostic::error("not-text", format!("the file is {what}, and no text"));
    Err(error.at(Place::file(file.clone())).hint(*hint))
}

/// Refuses bytes that are neither UTF-8 nor like any text: with more than a few control characters. Those that word
/// processors leave behind, such as a vertical tab for a line break, are few.
fn refuse_controls(bytes: &[u8], file: &Arc<str>) -> Result<(), Diagnostic> {
    let is_control = |byte: &&u8| byte.is_ascii_control() && !b"\t\n\r".contains(byte);
    if bytes.iter().filter(is_control).count() * 100 <= bytes.len() {
        return Ok(());
    }
    let error = Diagnostic::error("not-text", "the file is no text in any encoding");
    Err(error.at(Place::file(file.clone())).hint("save the document as plain text, Markdown or HTML"))
}

fn invalid(bytes: &[u8], offset: usize, file: &Arc<str>) -> Diagnostic {
    let byte = bytes.get(offset).copied().unwrap_or_default();
    let shown = String::from_utf8_lossy(bytes);
    let place = Place::offset(file.clone(), &shown, offset);
    Diagnostic::error("invalid-utf8", format!("byte {offset} (0x{byte:02X}) is no UTF-8")).at(place)
}

fn nul(offset: usize, text: &str, file: &Arc<str>) -> Diagnostic {
    Diagnostic::error("nul-byte", format!("byte {offset} is NUL: this is no text file"))
        .at(Place { text: None, ..Place::offset(file.clone(), text, offset) })
        .hint("save the document as plain text, Markdown or HTML")
}

fn finish(text: Cow<'_, str>, file: &Arc<str>) -> Result<String, Diagnostic> {
    match text.find('\0') {
        Some(offset) => Err(nul(offset, &text, file)),
        None => Ok(text.strip_prefix('\u{FEFF}').map(str::to_owned).unwrap_or_else(|| text.into_owned())),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn decoded(bytes: &[u8]) -> Result<String, Diagnostic> {
        decode(bytes, &Arc::from("a.txt"))
    }

    fn recognised(bytes: &[u8]) -> Result<(String, Option<Diagnostic>), Diagnostic> {
        recognise(bytes, &Arc::from("a.txt"))
    }

    #[test]
    fn a_byte_order_mark_is_no_text() {
        assert_eq!(decoded("\u{FEFF}één".as_bytes()).as_deref(), Ok("één"));
        assert_eq!(recognised("\u{FEFF}één".as_bytes()), Ok(("één".to_owned(), None)));
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
        for bytes in [&b"een\0twee"[..], b"e\xE9n\0twee", b"\xFF\xFEe\0\0\0"] {
            assert_eq!(recognised(bytes).unwrap_err().code, "nul-byte");
        }
    }

    #[test]
    fn other_encodings_are_recognised_and_said() {
        let text = "Coördinatie ‘is’ zo’n\ngeïnd idee: € 10 per café – één keer.\n";
        let utf16 = |unit: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(unit).collect::<Vec<_>>();
        let cases = [
            (WINDOWS_1252.encode(text).0.into_owned(), "Windows-1252, by the looks of its bytes"),
            ([&b"\xFF\xFE"[..], &utf16(u16::to_le_bytes)].concat(), "UTF-16LE, as its byte order mark says"),
            ([&b"\xFE\xFF"[..], &utf16(u16::to_be_bytes)].concat(), "UTF-16BE, as its byte order mark says"),
        ];
        for (bytes, said) in cases {
            let (read, note) = recognised(&bytes).unwrap();
            let note = note.unwrap();
            assert_eq!((&*read, note.code), (text, "encoding"));
            assert!(note.message.ends_with(said), "{}", note.message);
            let place = note.place.unwrap();
            assert_eq!((place.line, place.column), (Some(1), Some(3)));
        }
    }

    #[test]
    fn a_few_accents_are_enough_to_tell() {
        for word in
            ["café", "naïef", "coördinatie", "reünie", "financiële", "één", "crème", "‘t", "foto’s", "€ 5"]
        {
            let bytes = WINDOWS_1252.encode(word).0;
            assert_eq!(recognised(&bytes).unwrap().0, word, "{word}");
        }
    }

    #[test]
    fn what_a_file_says_of_itself_goes_before_its_looks() {
        let latin2 = |head: &str| [head.as_bytes(), b"\xB1"].concat();
        for head in [
            "<!doctype html><meta charset=\"iso-8859-2\">",
            "<META http-equiv=x><META CHARSET = ISO-8859-2 >",
            "<meta http-equiv='Content-Type' content='text/html; charset=iso-8859-2'>",
            "<?xml version='1.0' encoding='ISO-8859-2'?>",
        ] {
            let (text, note) = recognised(&latin2(head)).unwrap();
            assert!(text.ends_with('ą') && note.unwrap().message.contains("ISO-8859-2"), "{text}");
        }
        assert!(recognised(&latin2("<meta charset=utf-8>")).unwrap().0.ends_with('±'));
        assert!(recognised(b"<meta charset=iso-8859-1>\xC3\xA9").unwrap().0.ends_with('é'));
        assert_eq!(recognised(b"<meta charset=gbk>\xC3\xA9\xFF").unwrap_err().code, "wrong-encoding");
    }

    #[test]
    fn utf8_with_a_wrong_byte_is_not_guessed_at() {
        let error = recognised(b"\xC3\xA9\xC3\xA9n en tw\xE9\xE9").unwrap_err();
        assert_eq!(error.code, "invalid-utf8");
        assert!(error.hint.unwrap().contains("“é”"));
        assert_eq!(recognised(b"caf\xC3\xA9 \x93ja\x94").unwrap_err().code, "invalid-utf8");
    }

    #[test]
    fn files_that_are_no_text_are_called_what_they_are() {
        for (bytes, said) in [
            (&b"%PDF-1.7\n\xE2"[..], "the file is a PDF, and no text"),
            (b"PK\x03\x04\x14\0", "a ZIP archive"),
            (b"{\\rtf1\\ansi", "Rich Text"),
            (b"\x89PNG\r\n\x1A\n\0", "a picture"),
            (b"\x01\x02\x9F\x8E\x03abc", "no text in any encoding"),
        ] {
            let error = recognised(bytes).unwrap_err();
            assert_eq!(error.code, "not-text");
            assert!(error.message.contains(said), "{}", error.message);
        }
    }

    #[test]
    fn few_accents_are_no_cyrillic_and_cyrillic_is() {
        let western = "‘t € 5 € 5 € 5 één";
        assert_eq!(recognised(&WINDOWS_1252.encode(western).0).unwrap().0, western);
        let russian = "Это обычный текст на русском языке, и в нём довольно много слов.";
        assert_eq!(recognised(&encoding_rs::WINDOWS_1251.encode(russian).0).unwrap().0, russian);
    }

    proptest! {
        #[test]
        fn any_bytes_are_text_or_one_error(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            if let Ok((text, note)) = recognised(&bytes) {
                prop_assert!(!text.contains('\0'));
                prop_assert_eq!(note.is_none(), std::str::from_utf8(&bytes).is_ok() && !bytes.starts_with(b"\xFF\xFE"));
            }
        }

        #[test]
        fn dutch_in_windows_1252_is_read_as_it_was_written(
            words in prop::collection::vec(prop::sample::select(vec![
                "coördinatie", "geïnd", "financiële", "één", "crème", "‘t", "foto’s", "€ 5", "“ja”", "–", "Ruïne",
                "naar", "de", "gemeente,", "en", "Zij", "is.", "\n",
            ]), 1..40)
        ) {
            let text = words.join(" ");
            prop_assert_eq!(recognised(&WINDOWS_1252.encode(&text).0).unwrap().0, text);
        }
    }
}
