//! Objects as bytes (ISO 32000-1, 7.5).
//!
//! lopdf can write them too, but its cross-reference stream is not packed, and it turns each object of an object
//! stream into bytes three times: as much as all else together. Here all that is not a stream goes into
//! object streams, and everything is deflated once.

use std::cell::RefCell;
use std::io::Write;

use flate2::{Compress, Compression, FlushCompress, Status};
use lopdf::{Dictionary, Object, ObjectId, Stream, StringFormat};
use sha2::{Digest, Sha256};

use super::document::Document;
use super::object::{dictionary, name};

/// The most objects in one object stream: few enough for a reader to unpack one at once.
const MOST_OBJECTS: usize = 200;
const LEVEL: Compression = Compression::new(6);

/// Where an object is (7.5.8.3).
#[derive(Clone, Copy)]
enum Place {
    Free,
    Offset(usize),
    Stream { id: u32, index: usize },
}

thread_local! {
    /// One packer for all streams of all files: to set one up costs as much as to pack a small stream.
    static PACKER: RefCell<Compress> = RefCell::new(Compress::new(LEVEL, true));
}

/// The bytes so far.
struct File {
    bytes: Vec<u8>,
}

/// Writes the file. Its identifier is a digest of all that comes before.
pub(super) fn write(mut document: Document) -> Vec<u8> {
    let catalog = std::mem::take(&mut document.catalog);
    let info = std::mem::take(&mut document.info);
    let (catalog, info) = (document.add(catalog), document.add(info));
    let bytes = b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n".to_vec();
    let mut file = File { bytes };
    let objects = std::mem::take(&mut document.objects.objects);
    let mut ids: Vec<ObjectId> = objects.keys().copied().collect();
    ids.sort_unstable();
    let mut last = ids.last().map_or(0, |id| id.0);
    let mut places = vec![Place::Free; last as usize + 1];
    let mut plain: Vec<(u32, Object)> = Vec::new();
    for ((id, _), object) in objects {
        match object {
            Object::Stream(stream) => {
                places[id as usize] = Place::Offset(file.bytes.len());
                file.write_stream(id, stream);
            }
            other => plain.push((id, other)),
        }
    }
    for chunk in plain.chunks(MOST_OBJECTS) {
        last += 1;
        for (index, (id, _)) in chunk.iter().enumerate() {
            places[*id as usize] = Place::Stream { id: last, index };
        }
        places.push(Place::Offset(file.bytes.len()));
        file.write_stream(last, object_stream(chunk));
    }
    file.write_cross_references(places, catalog, info);
    file.bytes
}

/// Several objects in one stream (7.5.7).
fn object_stream(objects: &[(u32, Object)]) -> Stream {
    let (mut index, mut body) = (String::new(), Vec::new());
    for (id, object) in objects {
        index.push_str(&format!("{id} {} ", body.len()));
        write_object(&mut body, object);
        body.push(b' ');
    }
    let kind = dictionary([
        ("Type", name("ObjStm")),
        ("N", (objects.len() as i64).into()),
        ("First", (index.len() as i64).into()),
    ]);
    let mut content = index.into_bytes();
    content.append(&mut body);
    Stream::new(kind, content)
}

impl File {
    /// The cross-reference stream, which is the trailer too (7.5.8).
    fn write_cross_references(&mut self, mut places: Vec<Place>, catalog: ObjectId, info: ObjectId) {
        let start = self.bytes.len();
        let id = places.len() as u32;
        places.push(Place::Offset(start));
        let width = if start < 1 << 16 {
            2
        } else if start < 1 << 24 {
            3
        } else {
            4
        };
        let columns = width as i64 + 2;
        let parameters = dictionary([("Predictor", 12.into()), ("Columns", columns.into())]);
        let digest = Sha256::digest(&self.bytes);
        let identifier = Object::String(digest[..16].to_vec(), StringFormat::Hexadecimal);
        let trailer = dictionary([
            ("Type", name("XRef")),
            ("Size", (places.len() as i64).into()),
            ("W", vec![1.into(), (width as i64).into(), 1.into()].into()),
            ("Root", Object::Reference(catalog)),
            ("Info", Object::Reference(info)),
            ("ID", vec![identifier.clone(), identifier].into()),
            ("Filter", name("FlateDecode")),
            ("DecodeParms", parameters.into()),
        ]);
        let rows = packed(&cross_reference_rows(&places, width));
        self.write_stream(id, Stream::new(trailer, rows));
        self.bytes.extend_from_slice(format!("startxref\n{start}\n%%EOF\n").as_bytes());
    }

    /// A stream, packed unless it is already. Metadata stays plain, for readers that do not know PDF.
    fn write_stream(&mut self, id: u32, mut stream: Stream) {
        let is_metadata = stream.dict.has_type(b"Metadata");
        if !stream.dict.has(b"Filter") && !is_metadata {
            stream.content = packed(&stream.content);
            stream.dict.set("Filter", name("FlateDecode"));
        }
        stream.dict.set("Length", stream.content.len() as i64);
        let out = &mut self.bytes;
        out.extend_from_slice(format!("{id} 0 obj\n").as_bytes());
        write_dictionary(out, &stream.dict);
        out.extend_from_slice(b"stream\n");
        out.extend_from_slice(&stream.content);
        // After a carriage return a line feed alone would be read as one line end with it.
        out.extend_from_slice(if stream.content.ends_with(b"\r") { b"\r\n" } else { b"\n" });
        out.extend_from_slice(b"endstream\nendobj\n");
    }
}

/// The bytes as a zlib stream (RFC 1950).
pub(super) fn packed(bytes: &[u8]) -> Vec<u8> {
    PACKER.with_borrow_mut(|packer| {
        packer.reset();
        let mut packed = Vec::with_capacity(bytes.len() / 2 + 128);
        loop {
            let rest = &bytes[packer.total_in() as usize..];
            match packer.compress_vec(rest, &mut packed, FlushCompress::Finish) {
                Ok(Status::Ok | Status::BufError) => packed.reserve(packed.capacity().max(1024)),
                // Packing in memory knows no error.
                Ok(Status::StreamEnd) | Err(_) => return packed,
            }
        }
    })
}

/// Kind, place and index of each object in turn, each row less the one above (the PNG filter Up, 7.4.4.4).
fn cross_reference_rows(places: &[Place], width: usize) -> Vec<u8> {
    let mut rows = Vec::with_capacity(places.len() * (width + 3));
    let mut above = vec![0; width + 2];
    for place in places {
        let (kind, value, index) = match *place {
            Place::Free => (0, 0, 0),
            Place::Offset(offset) => (1, offset as u32, 0),
            Place::Stream { id, index } => (2, id, index as u8),
        };
        let mut row = vec![kind];
        row.extend_from_slice(&value.to_be_bytes()[4 - width..]);
        row.push(index);
        rows.push(2);
        rows.extend(row.iter().zip(&above).map(|(byte, above)| byte.wrapping_sub(*above)));
        above = row;
    }
    rows
}

fn write_object(out: &mut Vec<u8>, object: &Object) {
    match object {
        Object::Null => out.extend_from_slice(b"null"),
        Object::Boolean(value) => out.extend_from_slice(if *value { b"true" } else { b"false" }),
        Object::Integer(value) => push(out, format_args!("{value}")),
        Object::Real(value) => push(out, format_args!("{value}")),
        Object::Name(name) => write_name(out, name),
        Object::String(bytes, format) => write_string(out, bytes, *format),
        Object::Array(items) => {
            out.push(b'[');
            for item in items {
                separate(out, item);
                write_object(out, item);
            }
            out.push(b']');
        }
        Object::Dictionary(dictionary) => write_dictionary(out, dictionary),
        Object::Reference((id, generation)) => push(out, format_args!("{id} {generation} R")),
        // A stream is never inside another object (7.3.8.1).
        Object::Stream(stream) => write_dictionary(out, &stream.dict),
    }
}

fn write_dictionary(out: &mut Vec<u8>, dictionary: &Dictionary) {
    out.extend_from_slice(b"<<");
    for (key, value) in dictionary {
        write_name(out, key);
        separate(out, value);
        write_object(out, value);
    }
    out.extend_from_slice(b">>");
}

/// A space before an object that no delimiter of its own sets apart.
fn separate(out: &mut Vec<u8>, next: &Object) {
    let delimited = matches!(
        next,
        Object::Name(_) | Object::String(..) | Object::Array(_) | Object::Dictionary(_) | Object::Stream(_)
    );
    if !delimited && out.last() != Some(&b'[') {
        out.push(b' ');
    }
}

fn write_name(out: &mut Vec<u8>, name: &[u8]) {
    out.push(b'/');
    for byte in name {
        if byte.is_ascii_graphic() && !b"()<>[]{}/%#".contains(byte) {
            out.push(*byte);
        } else {
            push(out, format_args!("#{byte:02X}"));
        }
    }
}

fn write_string(out: &mut Vec<u8>, bytes: &[u8], format: StringFormat) {
    if format == StringFormat::Hexadecimal {
        out.push(b'<');
        for byte in bytes {
            push(out, format_args!("{byte:02X}"));
        }
        out.push(b'>');
        return;
    }
    out.push(b'(');
    for byte in bytes {
        match byte {
            b'(' | b')' | b'\\' => out.extend_from_slice(&[b'\\', *byte]),
            b'\r' => out.extend_from_slice(b"\\r"),
            _ => out.push(*byte),
        }
    }
    out.push(b')');
}

fn push(out: &mut Vec<u8>, arguments: std::fmt::Arguments) {
    // Writing to memory cannot fail.
    let _ = out.write_fmt(arguments);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_are_set_apart_and_escaped() {
        let mut out = Vec::new();
        let items =
            vec![1.into(), Object::Null, name("A B"), Object::Real(0.5), Object::string_literal("(\\\r")];
        write_object(&mut out, &dictionary([("K", items.into()), ("V", true.into())]).into());
        assert_eq!(String::from_utf8(out).unwrap(), "<</K[1 null/A#20B 0.5(\\(\\\\\\r)]/V true>>");
    }

    #[test]
    fn the_end_of_a_stream_is_told_from_the_line_end_after_it() {
        for (content, end) in [(&b"ab"[..], &b"ab\nendstream"[..]), (b"ab\r", b"ab\r\r\nendstream")] {
            let mut file = File { bytes: Vec::new() };
            let packed = dictionary([("Filter", name("DCTDecode"))]);
            file.write_stream(7, Stream::new(packed, content.to_vec()));
            assert!(file.bytes.windows(end.len()).any(|window| window == end));
        }
    }
}
