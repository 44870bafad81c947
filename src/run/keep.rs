//! Word documents are made to be changed: one that somebody has changed since is not overwritten.

use std::collections::BTreeSet;
use std::fmt::Write;

use similar::{DiffOp, capture_diff_slices};

use super::manifest::{File, Manifest};
use super::output::{Output, sum};
use crate::diag::{Diagnostic, Place};
use crate::docx;

/// Paragraphs that differ are shown up to so many.
const MOST_SHOWN: usize = 6;

/// Of a paragraph so many words are shown around what differs.
const WORDS_AROUND: usize = 4;

/// So many characters of a paragraph are shown at most.
const LONGEST: usize = 160;

/// What is to become of a document that somebody has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnChange {
    /// It stays, and the new one is written beside it.
    Keep,
    /// The new one takes its place.
    Overwrite,
}

/// What earlier runs wrote into the folder: the sums of the files that are nobody else's.
#[derive(Clone, Debug, Default)]
pub struct Ours(BTreeSet<String>);

impl Ours {
    /// What the manifest of the last run lists.
    pub fn of(earlier: &Manifest) -> Self {
        let files = earlier.handouts.iter().flat_map(|entry| &entry.files);
        Self(files.filter(|file| !file.changed).map(|file| file.sha256.clone()).collect())
    }

    fn has(&self, content: &[u8]) -> bool {
        self.0.contains(&sum(content))
    }
}

/// Writes a document under its name; where somebody has changed the one that is there, beside it. Gives the files
/// that are there then, and what somebody should know.
///
/// # Errors
/// What the disk says.
pub fn write(
    output: &Output,
    name: String,
    content: &[u8],
) -> Result<(Vec<File>, Option<Diagnostic>), Diagnostic> {
    let Output::Folder { ours, on_change, .. } = output else {
        return Ok((vec![output.write(name, content)?.into()], None));
    };
    let beside = beside(&name);
    let is_ours = |there: &[u8]| there == content || ours.has(there);
    let is_kept = |there: &Vec<u8>| *on_change == OnChange::Keep && !is_ours(there);
    let changed = |name: &str| output.read(name).filter(is_kept);
    let Some(kept) = changed(&name) else {
        let written = output.write(name, content)?;
        // What an earlier run put beside a changed document has no use where that is no longer there.
        if output.read(&beside).is_some_and(|there| is_ours(&there)) {
            output.remove(&beside)?;
        }
        return Ok((vec![written.into()], None));
    };
    let warning =
        Diagnostic::warning("changed-since", format!("{name} was changed by somebody, and is kept"))
            .at(Place::file(output.name(&name)));
    let record =
        |name: String, kept: &[u8]| File { name, bytes: kept.len(), sha256: sum(kept), changed: true };
    let mut files = vec![record(name, &kept)];
    if let Some(other) = changed(&beside) {
        let message = format!("; the new one is not written, as {beside} was changed, too");
        let warning = Diagnostic { message: warning.message + &message, ..warning };
        files.push(record(beside, &other));
        let hint = "move one of the two to another folder, or let `--overwrite` replace them";
        return Ok((files, Some(warning.hint(hint))));
    }
    let hint = format!(
        "the new one is {beside}; with `--overwrite` it takes the place of the other.\n{}",
        differences(&kept, content)
    );
    files.push(output.write(beside, content)?.into());
    Ok((files, Some(warning.hint(hint))))
}

/// The name of the new document beside one that was changed.
fn beside(name: &str) -> String {
    match name.rsplit_once('.') {
        Some((stem, extension)) => format!("{stem}.new.{extension}"),
        None => format!("{name}.new"),
    }
}

/// The paragraphs that differ: `-` in the document that is kept, `+` in the new one.
fn differences(kept: &[u8], new: &[u8]) -> String {
    let (kept, new) = match (docx::paragraphs(kept), docx::paragraphs(new)) {
        (Ok(kept), Ok(new)) => (kept, new),
        (Err(why), _) | (_, Err(why)) => return format!("What differs cannot be told: {why}"),
    };
    let changes: Vec<DiffOp> = capture_diff_slices(similar::Algorithm::Myers, &kept, &new)
        .into_iter()
        .filter(|change| !matches!(change, DiffOp::Equal { .. }))
        .collect();
    let pairs: Vec<(Option<&str>, Option<&str>)> = changes
        .iter()
        .flat_map(|change| {
            let (old, new) = (&kept[change.old_range()], &new[change.new_range()]);
            (0..old.len().max(new.len()))
                .map(|at| (old.get(at).map(String::as_str), new.get(at).map(String::as_str)))
        })
        .collect();
    if pairs.is_empty() {
        return "The words of both are the same: what differs is how they look.".to_owned();
    }
    let mut shown = "Paragraphs that differ, - in the one that is kept, + in the new one:".to_owned();
    for (old, new) in pairs.iter().take(MOST_SHOWN) {
        let (old, new) = around(*old, *new);
        for (sign, text) in [('-', old), ('+', new)] {
            // Writing to a string cannot fail.
            let _ = text.map(|text| write!(shown, "\n{sign} {text}"));
        }
    }
    if let Some(more) = pairs.len().checked_sub(MOST_SHOWN + 1) {
        let _ = write!(shown, "\nand {} more", more + 1);
    }
    shown
}

/// Of two paragraphs what differs, with a few words around it.
fn around(old: Option<&str>, new: Option<&str>) -> (Option<String>, Option<String>) {
    let words = |text: Option<&str>| text.map(|text| text.split(' ').map(str::to_owned).collect::<Vec<_>>());
    let (old, new) = (words(old), words(new));
    let (Some(a), Some(b)) = (&old, &new) else {
        let whole = |words: &Option<Vec<String>>| words.as_ref().map(|words| cut(&words.join(" ")));
        return (whole(&old), whole(&new));
    };
    let same =
        |pairs: &mut dyn Iterator<Item = (&String, &String)>| pairs.take_while(|(a, b)| a == b).count();
    let before = same(&mut a.iter().zip(b));
    let after = same(&mut a.iter().rev().zip(b.iter().rev())).min(a.len().min(b.len()) - before);
    let excerpt = |words: &[String]| {
        let from = before.saturating_sub(WORDS_AROUND);
        let to = (words.len() - after + WORDS_AROUND).min(words.len());
        let text = cut(&words[from..to].join(" "));
        let (start, end) = (if from > 0 { "… " } else { "" }, if to < words.len() { " …" } else { "" });
        format!("{start}{text}{end}")
    };
    (Some(excerpt(a)), Some(excerpt(b)))
}

/// The beginning of a long text.
fn cut(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_paragraph_what_differs_is_shown() {
        let old = "one two three four five six seven eight nine ten";
        let new = "one two three four five six SEVEN eight nine ten";
        let (old, new) = around(Some(old), Some(new));
        assert_eq!(old.unwrap(), "… three four five six seven eight nine ten");
        assert_eq!(new.unwrap(), "… three four five six SEVEN eight nine ten");
        assert_eq!(around(Some("a a"), Some("a a a")), (Some("a a".into()), Some("a a a".into())));
        assert_eq!(around(None, Some("a")), (None, Some("a".into())));
    }
}
