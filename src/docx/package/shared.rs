//! Parts that the documents of a run have alike, deflated once for all of them.

use std::collections::HashMap;
use std::io::{Cursor, Seek, Write};
use std::sync::{Arc, Mutex, PoisonError};

use zip::read::ZipArchive;
use zip::result::ZipResult;
use zip::write::ZipWriter;

use super::{Part, deflated};

/// The parts that say what documents look like, not what is in them.
const ALIKE: [&str; 7] = [
    "[Content_Types].xml",
    "_rels/.rels",
    "word/_rels/fontTable.xml.rels",
    "word/fontTable.xml",
    "word/settings.xml",
    "word/styles.xml",
    "word/theme/theme1.xml",
];

/// So many are kept at most; those of yet other looks are deflated for each document.
const MOST: usize = 256;

/// What all documents of a run share of their packages.
#[derive(Debug, Default)]
pub struct SharedParts(Mutex<HashMap<Part, Arc<Vec<u8>>>>);

impl SharedParts {
    /// A zip file with this part alone; `None` for a part that each document has for itself.
    pub(super) fn archive(&self, part: &Part) -> ZipResult<Option<Arc<Vec<u8>>>> {
        let (name, bytes) = part;
        if !ALIKE.contains(&name.as_str()) {
            return Ok(None);
        }
        let parts = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = parts().get(part).cloned();
        if known.is_some() {
            return Ok(known);
        }
        let packed = Arc::new(archive(name, bytes)?);
        let mut parts = parts();
        if parts.len() < MOST {
            parts.insert(part.clone(), Arc::clone(&packed));
        }
        Ok(Some(packed))
    }
}

/// A zip file with one part.
pub(super) fn archive(name: &str, bytes: &[u8]) -> ZipResult<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::with_capacity(bytes.len() / 2)));
    zip.start_file(name, deflated())?;
    zip.write_all(bytes)?;
    Ok(zip.finish()?.into_inner())
}

/// Puts the part of such a file into another, deflated as it is.
pub(super) fn copy(archive: &[u8], zip: &mut ZipWriter<impl Write + Seek>) -> ZipResult<()> {
    zip.raw_copy_file(ZipArchive::new(Cursor::new(archive))?.by_index_raw(0)?)
}
