//! Files are written whole or not at all.

use std::io::Write;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::keep::{OnChange, Ours};
use super::manifest::Manifest;
use crate::diag::{Diagnostic, Place};

/// A file that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Its name in the output folder.
    pub name: String,
    /// Its size.
    pub bytes: usize,
    /// Its SHA-256 in hexadecimal.
    pub sha256: String,
}

/// The output folder.
#[derive(Clone, Debug)]
pub enum Output {
    /// Files go into a folder.
    Folder {
        /// Where it is.
        path: PathBuf,
        /// What is in it that an earlier run wrote.
        ours: Ours,
        /// What is to become of what somebody has changed.
        on_change: OnChange,
    },
    /// Nothing is written; sizes and sums are still told.
    Nowhere,
}

impl Output {
    /// The output folder, made if it is not there; what it holds is what this run and `earlier` ones wrote, or
    /// somebody's.
    ///
    /// # Errors
    /// A diagnostic that says what the disk says.
    pub fn folder(path: &Path, earlier: &Manifest, on_change: OnChange) -> Result<Self, Diagnostic> {
        std::fs::create_dir_all(path).map_err(|error| unwritable(path, &error))?;
        Ok(Self::Folder { path: path.to_owned(), ours: Ours::of(earlier), on_change })
    }

    /// Writes a file: first beside its place, then moved there, so that a reader never sees half of it.
    ///
    /// # Errors
    /// A diagnostic that says what the disk says; the old file is then still there.
    pub fn write(&self, name: String, content: &[u8]) -> Result<Written, Diagnostic> {
        if let Self::Folder { path: folder, .. } = self {
            let path = folder.join(&name);
            let write = || {
                let mut file = tempfile::NamedTempFile::new_in(folder)?;
                file.write_all(content)?;
                readable_by_all(file.as_file())?;
                file.persist(&path)?;
                Ok(())
            };
            write().map_err(|error: std::io::Error| unwritable(&path, &error))?;
        }
        Ok(Written { name, bytes: content.len(), sha256: sum(content) })
    }

    /// What is in a file of the folder; `None` where there is none.
    pub fn read(&self, name: &str) -> Option<Vec<u8>> {
        match self {
            Self::Folder { path, .. } => std::fs::read(path.join(name)).ok(),
            Self::Nowhere => None,
        }
    }

    /// Takes a file out of the folder.
    ///
    /// # Errors
    /// A diagnostic that says what the disk says.
    pub fn remove(&self, name: &str) -> Result<(), Diagnostic> {
        let Self::Folder { path, .. } = self else { return Ok(()) };
        let path = path.join(name);
        std::fs::remove_file(&path).map_err(|error| unwritable(&path, &error))
    }

    /// The name of a file with its folder, for messages.
    pub fn name(&self, name: &str) -> String {
        match self {
            Self::Folder { path, .. } => path.join(name).display().to_string(),
            Self::Nowhere => name.to_owned(),
        }
    }
}

/// The SHA-256 of a file's content in hexadecimal.
pub fn sum(content: &[u8]) -> String {
    Sha256::digest(content).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Temporary files are private; a handout is not.
#[cfg(unix)]
pub(super) fn readable_by_all(file: &std::fs::File) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
pub(super) fn readable_by_all(_: &std::fs::File) -> std::io::Result<()> {
    Ok(())
}

pub(super) fn unwritable(path: &Path, error: &std::io::Error) -> Diagnostic {
    Diagnostic::error("unwritable", format!("cannot write {}: {error}", path.display()))
        .at(Place::file(path.display().to_string()))
        .hint("check that the folder exists, is yours, and that the file is not open in another program")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole() {
        let folder = tempfile::tempdir().unwrap();
        let output = Output::folder(folder.path(), &Manifest::default(), OnChange::Keep).unwrap();
        output.write("a.txt".into(), b"one and a half").unwrap();
        let written = output.write("a.txt".into(), b"two").unwrap();
        assert_eq!(std::fs::read(folder.path().join("a.txt")).unwrap(), b"two");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
        assert_eq!(written.sha256, "3fc4ccfe745870e2c0d99f71f30ff0656c8dedd41cc1d7d3d376b0dbe685e2f3");
    }

    #[test]
    fn what_cannot_be_written_is_said() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("taken.pdf")).unwrap();
        let output = Output::folder(folder.path(), &Manifest::default(), OnChange::Keep).unwrap();
        let error = output.write("taken.pdf".into(), b"x").unwrap_err();
        assert_eq!(error.code, "unwritable");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "no temporary file stays");
    }
}
