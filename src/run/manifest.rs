//! `manifest.json`: what a run wrote, for the programs that come after it.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::output::Written;
use crate::diag::{Diagnostic, Severity};
use crate::docx::Substitution;
use crate::layout::Scale;

/// The name of the file.
pub const NAME: &str = "manifest.json";

/// What a run wrote.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// The handouts, in the input's order, and the booklets.
    pub handouts: Vec<Entry>,
}

/// One handout.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// The stem of its files.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// One or two sentences about it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub description: Option<String>,
    /// Its language (BCP 47).
    pub lang: String,
    /// Its layout.
    pub layout: String,
    /// The file that it came from, relative to the project.
    pub source: String,
    /// Pages of the PDF; absent where no PDF was made.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub pages: Option<usize>,
    /// How large type and space of the PDF are set to keep to a number of pages; absent where that is as asked for.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub scale: Option<f64>,
    /// Its files.
    pub files: Vec<File>,
    /// What Word cannot carry, and what its document has instead.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub word: Vec<Substitution>,
    /// What somebody should look at.
    pub warnings: Vec<Warning>,
    /// Of a booklet the handouts that are bound in it.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub handouts: Vec<String>,
}

/// One file of a handout.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct File {
    /// Its name in the output folder.
    pub name: String,
    /// Its size.
    pub bytes: usize,
    /// Its SHA-256 in hexadecimal.
    pub sha256: String,
    /// Whether somebody has changed it since it was written, so that it was kept.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub changed: bool,
}

/// A warning, as far as it is of use to a program.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Warning {
    /// The kind, such as `missing-glyph`.
    pub code: String,
    /// What is doubtful.
    pub message: String,
    /// The file and line.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub place: Option<String>,
}

impl From<Written> for File {
    fn from(written: Written) -> Self {
        Self { name: written.name, bytes: written.bytes, sha256: written.sha256, changed: false }
    }
}

impl Warning {
    /// The warnings among diagnostics.
    pub fn all(diagnostics: &[Diagnostic]) -> Vec<Self> {
        let warnings = diagnostics.iter().filter(|d| d.severity == Severity::Warning);
        warnings
            .map(|warning| Self {
                code: warning.code.to_owned(),
                message: warning.message.clone(),
                place: warning.place.as_ref().map(|place| match place.line {
                    Some(line) => format!("{}:{line}", place.file),
                    None => place.file.to_string(),
                }),
            })
            .collect()
    }
}

impl Entry {
    /// A scale to three places, where it is not 1.
    pub fn scale(scale: Scale) -> Option<f64> {
        let thousandths = (f64::from(scale.0) * 1000.0).round();
        (thousandths < 1000.0).then_some(thousandths / 1000.0)
    }
}

impl Manifest {
    /// The manifest of the last run into a folder; empty where there was none.
    pub fn read(folder: &Path) -> Self {
        let manifest = std::fs::read(folder.join(NAME)).ok();
        manifest.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
    }

    /// The manifest after a run of only some of the handouts or formats: what an earlier run wrote and this one
    /// did not touch stays listed, as long as its file is still there.
    #[must_use]
    pub fn kept_from(mut self, earlier: Self, exists: impl Fn(&str) -> bool) -> Self {
        for mut old in earlier.handouts {
            old.files.retain(|file| exists(&file.name));
            match self.handouts.iter_mut().find(|entry| entry.slug == old.slug) {
                Some(entry) => {
                    let written: Vec<String> = entry.files.iter().map(|file| file.name.clone()).collect();
                    entry.files.extend(old.files.into_iter().filter(|file| !written.contains(&file.name)));
                    if entry.pages.is_none() {
                        (entry.pages, entry.scale) = (old.pages, old.scale);
                    }
                    if !written.iter().any(|name| name.ends_with(".docx")) {
                        entry.word = old.word;
                    }
                }
                None if old.files.is_empty() => {}
                None => self.handouts.push(old),
            }
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(slug: &str, files: &[&str]) -> Entry {
        let file =
            |name: &&str| File { name: (*name).to_owned(), bytes: 1, sha256: String::new(), changed: false };
        Entry { slug: slug.into(), files: files.iter().map(file).collect(), ..Entry::default() }
    }

    #[test]
    fn what_this_run_left_alone_stays_listed() {
        let earlier = Manifest {
            handouts: vec![entry("a", &["a.pdf", "a.docx"]), entry("b", &["b.pdf"]), entry("c", &["c.pdf"])],
        };
        let now = Manifest { handouts: vec![entry("a", &["a.pdf"])] };
        let kept = now.kept_from(earlier, |name| name != "c.pdf");
        let names: Vec<_> = kept.handouts.iter().map(|e| (e.slug.as_str(), e.files.len())).collect();
        assert_eq!(names, [("a", 2), ("b", 1)]);
    }
}
