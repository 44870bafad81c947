//! Shorthand for PDF objects (ISO 32000-1, 7.3).

use lopdf::{Dictionary, Object, StringFormat};

/// A dictionary of the entries that have a value, in order.
pub(super) fn dictionary<const N: usize>(entries: [(&str, Object); N]) -> Dictionary {
    let mut dictionary = Dictionary::new();
    for (key, value) in entries {
        if !matches!(value, Object::Null) {
            dictionary.set(key, value);
        }
    }
    dictionary
}

pub(super) fn name(name: &str) -> Object {
    Object::Name(name.as_bytes().to_vec())
}

/// A text string: ASCII as it is, all else as UTF-16 with its mark (7.9.2.2).
pub(super) fn text(text: &str) -> Object {
    let bytes = if text.chars().all(|letter| (' '..='~').contains(&letter)) {
        text.as_bytes().to_vec()
    } else {
        std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect()
    };
    Object::String(bytes, StringFormat::Literal)
}

/// A text string, or nothing.
pub(super) fn optional_text(value: Option<&str>) -> Object {
    value.map_or(Object::Null, text)
}

pub(super) fn reals(values: impl IntoIterator<Item = f32>) -> Object {
    Object::Array(values.into_iter().map(Object::Real).collect())
}

/// One object alone, several as an array, nothing as null.
pub(super) fn one_or_many(mut objects: Vec<Object>) -> Object {
    match objects.len() {
        0 => Object::Null,
        1 => objects.remove(0),
        _ => Object::Array(objects),
    }
}
