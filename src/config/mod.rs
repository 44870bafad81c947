//! The configuration of a run: handout.toml, the brand, and where the project's folders are.

mod booklets;
mod brand;
pub mod fields;
mod hyphenation;
pub mod keys;
mod project;
mod settings;
mod typefaces;
pub mod value;

#[cfg(test)]
mod tests;

use std::path::Path;
use std::sync::Arc;

use crate::diag::{Diagnostic, Place};
use crate::files::Files;
use crate::read::text::decode;

pub use booklets::{BOOKLET, Booklet, Pattern, read as booklets};
pub use brand::{BRAND, Brand, Logo};
pub use hyphenation::Exceptions;
pub use project::{Overrides, Project, without_dots};
pub use settings::{
    Links, Notes, SETTINGS, Settings, TOC_LEVELS, Typography, is_language_tag, primary_language,
};

/// Reads a text file, called `name` in messages. A byte order mark at its beginning is left out.
///
/// # Errors
/// What the disk says, and text that is not UTF-8, by the number of its first wrong byte.
pub fn read_text(files: &dyn Files, path: &Path, name: &str) -> Result<Arc<value::Source>, Diagnostic> {
    let file: Arc<str> = name.into();
    let text = decode(&read_bytes(files, path, &file)?, &file)?;
    Ok(value::Source::new(file, text))
}

/// The largest file that is read, in bytes: a year of a newsletter in one file, and no disk image.
pub(crate) const LARGEST: u64 = 64 << 20;

/// Reads a file, called `name` in messages.
///
/// # Errors
/// What the disk says, and `file-too-large`, before any of it is read.
pub fn read_bytes(files: &dyn Files, path: &Path, name: &Arc<str>) -> Result<Vec<u8>, Diagnostic> {
    let unreadable = |error: std::io::Error| {
        let found = Diagnostic::error("unreadable-file", format!("the file cannot be read: {error}"));
        found.at(Place::file(name.clone()))
    };
    let size = files.size(path).map_err(unreadable)?;
    if size > LARGEST {
        let message = format!("the file has {} MiB, and {} MiB is the most", size >> 20, LARGEST >> 20);
        let found = Diagnostic::error("file-too-large", message).at(Place::file(name.clone()));
        return Err(found.hint("part it into smaller files"));
    }
    files.read(path).map_err(unreadable)
}
