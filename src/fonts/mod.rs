//! The fonts of a run: loaded once, found by family name, shared by layout, PDF and DOCX.

mod face;
mod matching;
mod system;
#[cfg(test)]
mod tests;

use std::path::Path;
use std::sync::Arc;

use include_dir::{Dir, DirEntry, include_dir};

use crate::diag::{Diagnostic, Place};
use crate::files::Files;

pub use face::{Embedding, Face, Genre, LineShape, Metrics};

/// The fonts that are compiled in.
static BUNDLED: Dir = include_dir!("$CARGO_MANIFEST_DIR/fonts");

/// How deep below a folder fonts are looked for. Deep enough for every system; keeps a cycle of links finite.
const DEEPEST: usize = 6;

/// A font of a [`FontBook`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FontId(pub u32);

/// Upright or slanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Slant {
    /// CSS `font-style: normal`.
    #[default]
    Upright,
    /// CSS `font-style: italic` and `oblique`.
    Italic,
}

/// The fonts of a run.
#[derive(Clone, Debug, Default)]
pub struct FontBook {
    faces: Vec<Face>,
    tracks: bool,
}

impl FontBook {
    /// The fonts that ship with the program.
    pub fn bundled() -> Self {
        let mut book = Self::default();
        book.add_bundled(&BUNDLED);
        book
    }

    fn add_bundled(&mut self, dir: &'static Dir<'static>) {
        for entry in dir.entries() {
            match entry {
                DirEntry::Dir(inner) => self.add_bundled(inner),
                DirEntry::File(file) if is_font(file.path()) => {
                    // A bundled font that cannot be read fails a test of this module; here it is left out.
                    let _ = self
                        .add(&file.path().to_string_lossy(), fontique::Blob::new(Arc::new(file.contents())));
                }
                DirEntry::File(_) => {}
            }
        }
    }

    /// Adds every `.ttf`, `.otf`, `.ttc` and `.otc` below `folder`; a font that cannot be read is a warning. A
    /// font with the family, weight and slant of one that is there takes its place.
    pub fn add_folder(&mut self, files: &dyn Files, folder: &Path) -> Vec<Diagnostic> {
        let mut warnings = Vec::new();
        self.add_below(files, folder, DEEPEST, &mut warnings);
        warnings
    }

    fn add_below(&mut self, files: &dyn Files, folder: &Path, depth: usize, warnings: &mut Vec<Diagnostic>) {
        for path in files.list(folder).unwrap_or_default() {
            if files.is_folder(&path) && depth > 0 {
                self.add_below(files, &path, depth - 1, warnings);
            } else if is_font(&path) {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                let added = match files.read(&path) {
                    Ok(data) => self.add(&name, data.into()),
                    Err(error) => Err(unreadable(&name, &error.to_string())),
                };
                warnings.extend(added.err());
            }
        }
    }

    /// Adds the fonts of one file, which messages call `file`.
    ///
    /// # Errors
    /// A warning `bad-font` when the data are no OpenType font.
    pub fn add(&mut self, file: &str, data: fontique::Blob<u8>) -> Result<(), Diagnostic> {
        let faces = face::read(file, &data).map_err(|reason| unreadable(file, &reason))?;
        for face in faces {
            self.insert(face);
        }
        Ok(())
    }

    /// Adds a font in the place of the one that it replaces, or at the end.
    fn insert(&mut self, mut face: Face) {
        let same = |other: &Face| {
            other.family == face.family && other.weight == face.weight && other.slant == face.slant
        };
        let place = self.faces.iter().position(same).unwrap_or(self.faces.len());
        face.id = FontId(place as u32);
        match self.faces.get_mut(place) {
            Some(old) => *old = face,
            None => self.faces.push(face),
        }
        self.tracks = self.faces.iter().any(|face| face.tracks);
    }

    /// Whether there is a font whose glyphs do not only grow with their size.
    pub fn tracks(&self) -> bool {
        self.tracks
    }

    /// The font with this id.
    pub fn face(&self, id: FontId) -> &Face {
        &self.faces[id.0 as usize]
    }

    /// All fonts, in the order in which they were added.
    pub fn faces(&self) -> &[Face] {
        &self.faces
    }
}

fn is_font(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    ["ttf", "otf", "ttc", "otc"].iter().any(|known| extension.eq_ignore_ascii_case(known))
}

fn unreadable(file: &str, reason: &str) -> Diagnostic {
    Diagnostic::warning("bad-font", format!("the font {file} cannot be read: {reason}"))
        .at(Place::file(file))
        .hint("fonts are OpenType files: .ttf, .otf or .ttc")
}
