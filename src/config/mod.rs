//! The configuration of a run: handout.toml, the brand, and where the project's folders are.

mod brand;
pub mod fields;
mod project;
mod settings;
pub mod value;

#[cfg(test)]
mod tests;

use std::path::Path;
use std::sync::Arc;

use crate::diag::{Diagnostic, Place};
use crate::files::Files;

pub use brand::{Brand, Logo};
pub use project::{Overrides, Project};
pub use settings::{Settings, check_lang};

/// Reads a text file, called `name` in messages. A byte order mark at its beginning is left out.
///
/// # Errors
/// What the disk says, and text that is not UTF-8, by the number of its first wrong byte.
pub fn read_text(files: &dyn Files, path: &Path, name: &str) -> Result<Arc<value::Source>, Diagnostic> {
    let at = |error: Diagnostic| error.at(Place::file(name));
    let bytes = files.read(path).map_err(|error| {
        at(Diagnostic::error("unreadable-file", format!("the file cannot be read: {error}")))
    })?;
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => return Err(not_utf8(name, &error)),
    };
    Ok(value::Source::new(name, text.strip_prefix('\u{feff}').unwrap_or(&text)))
}

fn not_utf8(name: &str, error: &std::string::FromUtf8Error) -> Diagnostic {
    let offset = error.utf8_error().valid_up_to();
    let bytes = error.as_bytes();
    let byte = bytes.get(offset).copied().unwrap_or_default();
    let message = format!("byte {} (0x{byte:02X}) is not UTF-8", offset + 1);
    let text = String::from_utf8_lossy(bytes);
    let place = Place::offset(name, &text, offset);
    Diagnostic::error("invalid-utf8", message).at(place).hint("save the file as UTF-8")
}
