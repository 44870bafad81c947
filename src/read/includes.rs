//! Parts that an article takes in from other files, as Quarto has them: `{{< include _part.qmd >}}` on a line of its own. A path
//! is from the folder of the file that it stands in, or with a slash from the project's.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{front, limits, text};
use crate::config::{Project, read_bytes};
use crate::diag::{Diagnostic, Lines, Outcome};
use crate::files::Files;

use super::markdown::FencedCode;

/// Parts may take in parts so deep, and an article so many in all.
const DEEPEST: usize = 16;
const MOST: usize = 500;

/// The text of each part, with what it takes in itself, by the line of the article that takes it in.
pub(super) type Included = BTreeMap<u32, String>;

/// Reads the parts of an article.
///
/// # Errors
/// A part that is not there or cannot be read, `circular-include`, and `article-too-long`; each at its line of the article.
pub(super) fn read(
    files: &dyn Files,
    project: &Project,
    path: &Path,
    (name, text, start): (&Arc<str>, &str, usize),
) -> Outcome<Included> {
    let body = text.get(start..).unwrap_or_default();
    let mut included = Included::new();
    if !body.contains(MARK) {
        return Ok(included);
    }
    let mut reader = Reader { files, project, chain: vec![path.to_owned()], count: 0, bytes: 0 };
    let mut problems = Vec::new();
    let lines = Lines::of(name, text);
    let first = text[..start].matches('\n').count() as u32 + 1;
    for (line, written) in parts(body) {
        let line = first + line;
        match reader.part(written) {
            Ok(text) => drop(included.insert(line, text)),
            Err(problem) => problems.push(problem.at(lines.place(line))),
        }
    }
    if problems.is_empty() { Ok(included) } else { Err(problems) }
}

const MARK: &str = "{{< include";

/// The paths that a text takes in, each with its line, from 0.
fn parts(text: &str) -> impl Iterator<Item = (u32, &str)> {
    let mut code = FencedCode::default();
    (0..).zip(text.lines()).filter_map(move |(index, line)| {
        let path = if code.holds(line) { None } else { part(line) };
        path.map(|path| (index, path))
    })
}

/// The path that a line takes in.
fn part(line: &str) -> Option<&str> {
    let inner = line.strip_prefix(MARK)?.trim_end().strip_suffix(">}}")?;
    let path = inner.strip_prefix(' ')?.trim();
    let quoted = path.strip_prefix('"').and_then(|path| path.strip_suffix('"'));
    let path = quoted.unwrap_or(path);
    let is_path = !path.is_empty() && !path.contains(['"', '=', '\\', '<', '>']);
    is_path.then_some(path)
}

struct Reader<'a> {
    files: &'a dyn Files,
    project: &'a Project,
    /// The files that are being taken in, the article first.
    chain: Vec<PathBuf>,
    count: usize,
    bytes: usize,
}

impl Reader<'_> {
    /// The text of a part of the last file of the chain.
    fn part(&mut self, written: &str) -> Result<String, Diagnostic> {
        let from = self.chain.last().and_then(|path| path.parent()).unwrap_or(&self.project.root).to_owned();
        let path = self.project.resolve(self.files, &from, written)?;
        self.check(&path, written)?;
        let name = self.project.name_of(&path);
        let bytes = read_bytes(self.files, &path, &name)?;
        let (whole, _) = text::recognise(&bytes, &name)?;
        let (_, start) = front::split(&whole, &name)?;
        self.bytes += whole.len();
        if self.bytes > limits::TEXT {
            let message = format!("with `{name}` the article has more text than {} MiB", limits::TEXT >> 20);
            return Err(Diagnostic::error("article-too-long", message).hint("part it into several articles"));
        }
        self.chain.push(path);
        let text = self.expanded(whole.get(start..).unwrap_or_default());
        self.chain.pop();
        text
    }

    /// A text with its own parts in their places.
    fn expanded(&mut self, text: &str) -> Result<String, Diagnostic> {
        let places: BTreeMap<u32, &str> = parts(text).collect();
        let mut expanded = String::with_capacity(text.len());
        for (index, line) in (0..).zip(text.lines()) {
            match places.get(&index) {
                Some(written) => expanded += &self.part(written)?,
                None => expanded += line,
            }
            expanded.push('\n');
        }
        Ok(expanded)
    }

    /// Refuses a part that takes itself in, and too many of them.
    fn check(&mut self, path: &Path, written: &str) -> Result<(), Diagnostic> {
        self.count += 1;
        let is_circle = self.chain.iter().any(|open| self.files.real(open).is_ok_and(|open| open == path));
        if is_circle || self.chain.len() > DEEPEST {
            let chain =
                self.chain.iter().map(|file| self.project.name_of(file)).chain([self.project.name_of(path)]);
            let way = chain.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" → ");
            let message = if is_circle {
                format!("`{written}` includes itself: {way}")
            } else {
                format!("parts are in each other more than {DEEPEST} deep: {way}")
            };
            return Err(Diagnostic::error("circular-include", message).hint("take one of these includes out"));
        }
        if self.count > MOST {
            let message = format!("the article takes in more than {MOST} parts");
            return Err(Diagnostic::error("article-too-long", message).hint("part it into several articles"));
        }
        Ok(())
    }
}
