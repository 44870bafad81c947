//! Pictures inside Word documents: a path such as `report.docx/word/media/image1.png` leads into the file.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use crate::diag::Diagnostic;
use crate::files::Files;
use crate::opc::Archive;

/// So many files are kept for the next picture of theirs.
const KEPT: usize = 8;

/// The files that pictures were last read from, the latest first: a document has many pictures, and is read once.
#[derive(Default)]
pub(crate) struct Archives {
    latest: Mutex<VecDeque<(PathBuf, Arc<[u8]>)>>,
}

/// A path that leads into a file: the file, and the name of the part in it.
pub(crate) fn split<'p>(files: &dyn Files, path: &'p Path) -> Option<(&'p Path, String)> {
    let file = path.ancestors().skip(1).find(|above| files.is_file(above))?;
    let inside = path.strip_prefix(file).ok()?;
    let steps: Option<Vec<&str>> = inside.components().map(|step| step.as_os_str().to_str()).collect();
    Some((file, steps?.join("/")))
}

impl Archives {
    /// The bytes of a part of a file.
    ///
    /// # Errors
    /// A diagnostic without place: a file that cannot be read, or has no such part.
    pub fn part(&self, files: &dyn Files, file: &Path, part: &str) -> Result<Vec<u8>, Diagnostic> {
        let missing =
            |why: &str| Diagnostic::error("missing-picture", format!("the picture cannot be read: {why}"));
        let bytes = self.bytes(files, file).map_err(|error| missing(&error.to_string()))?;
        let mut archive = Archive::open(&bytes).map_err(|fault| missing(&fault.message).hint(fault.hint))?;
        let found = archive.bytes(part).map_err(|fault| missing(&fault.message).hint(fault.hint))?;
        found.ok_or_else(|| missing("the file has none of this name"))
    }

    fn bytes(&self, files: &dyn Files, file: &Path) -> std::io::Result<Arc<[u8]>> {
        let mut latest = self.latest.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, bytes)) = latest.iter().find(|(path, _)| path == file) {
            return Ok(bytes.clone());
        }
        let bytes: Arc<[u8]> = files.read(file)?.into();
        latest.push_front((file.to_owned(), bytes.clone()));
        latest.truncate(KEPT);
        Ok(bytes)
    }
}
