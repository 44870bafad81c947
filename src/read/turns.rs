//! Large files are in work one at a time, however many jobs there are: a file of so many MiB takes several times that
//! while it is read.

use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::limits::TEXT;
use crate::files::Files;

/// Memory is one for the process, however many runs there are in it.
static LARGE: Mutex<()> = Mutex::new(());

/// Whether so many bytes are more than an article may have of text: then they are given back once they are planned.
pub(super) const fn is_large(bytes: usize) -> bool {
    bytes > TEXT
}

/// Waits until no other large file is in work, if this is one. Nothing else may be waited for until it is dropped.
pub(super) fn take(is_large: bool) -> Option<MutexGuard<'static, ()>> {
    is_large.then(|| LARGE.lock().unwrap_or_else(PoisonError::into_inner))
}

/// The same for a file before it is read.
pub(super) fn take_for(files: &dyn Files, path: &Path) -> Option<MutexGuard<'static, ()>> {
    take(files.size(path).is_ok_and(|size| usize::try_from(size).map_or(true, is_large)))
}
