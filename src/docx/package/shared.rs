//! Parts that documents of a run have alike, deflated once for all of them: setting up a stream takes longer than
//! deflating a short part.

use std::collections::BTreeMap;
use std::io::{Cursor, Seek, Write};
use std::sync::{Arc, Mutex, PoisonError};

use zip::read::ZipArchive;
use zip::result::ZipResult;
use zip::write::ZipWriter;

use super::styles::{self, Sheet};
use super::{Lists, Part, deflated};

/// The parts that each document has for itself.
const OWN: [&str; 3] = ["word/document.xml", "word/footnotes.xml", "docProps/core.xml"];

/// So many parts of so many bytes are kept at most. Then all are forgotten: the few that all documents have are soon
/// there again, those of single documents are not.
const MOST: usize = 256;
const MOST_MADE: usize = 64;
const LONGEST: usize = 1 << 16;

/// A zip file with one part.
pub(super) type Archive = ZipArchive<Cursor<Arc<[u8]>>>;

/// What all documents of a run share of their packages.
#[derive(Debug, Default)]
pub struct SharedParts {
    archives: Mutex<BTreeMap<Part, Archive>>,
    styles: Made<Sheet>,
    numberings: Made<Lists>,
}

/// Parts that were made, each with all that it was made of.
#[derive(Debug)]
struct Made<K>(Mutex<Vec<(K, Vec<u8>)>>);

impl<K> Default for Made<K> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: PartialEq> Made<K> {
    fn get(&self, of: K, make: impl FnOnce(&K) -> Vec<u8>) -> Vec<u8> {
        let parts = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = parts().iter().find(|(known, _)| *known == of).map(|(_, part)| part.clone());
        known.unwrap_or_else(|| {
            let part = make(&of);
            let mut parts = parts();
            if parts.len() >= MOST_MADE {
                parts.clear();
            }
            parts.push((of, part.clone()));
            part
        })
    }
}

impl SharedParts {
    /// The styles part.
    pub(super) fn styles(&self, sheet: Sheet) -> Vec<u8> {
        self.styles.get(sheet, styles::part)
    }

    /// The numbering part.
    pub(super) fn numbering(&self, lists: Lists) -> Vec<u8> {
        self.numberings.get(lists, super::numbering)
    }

    /// A zip file with this part alone; `None` for one that no other document has.
    pub(super) fn archive(&self, part: &Part) -> ZipResult<Option<Archive>> {
        let (name, bytes) = part;
        if OWN.contains(&name.as_str()) || bytes.len() > LONGEST {
            return Ok(None);
        }
        let parts = || self.archives.lock().unwrap_or_else(PoisonError::into_inner);
        let known = parts().get(part).cloned();
        if known.is_some() {
            return Ok(known);
        }
        let packed = archive(name, bytes)?;
        let mut parts = parts();
        if parts.len() >= MOST {
            parts.clear();
        }
        parts.insert(part.clone(), packed.clone());
        Ok(Some(packed))
    }
}

/// A zip file with one part.
pub(super) fn archive(name: &str, bytes: &[u8]) -> ZipResult<Archive> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::with_capacity(bytes.len() / 2)));
    zip.start_file(name, deflated())?;
    zip.write_all(bytes)?;
    ZipArchive::new(Cursor::new(zip.finish()?.into_inner().into()))
}

/// Puts the part of such a file into another, deflated as it is.
pub(super) fn copy(mut archive: Archive, zip: &mut ZipWriter<impl Write + Seek>) -> ZipResult<()> {
    zip.raw_copy_file(archive.by_index_raw(0)?)
}
