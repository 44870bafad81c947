//! Fenced divs: `::: callout` … `:::`, in each other too.
//!
//! In pandoc every bare fence closes the innermost div, however many colons it has. comrak wants longer fences
//! around shorter ones, so the fences are written anew with the lengths that it wants. Lines stay lines.

use super::numbered::{FencedCode, Numbered, lead};
use crate::diag::Diagnostic;
use crate::read::{Source, clean};

enum Fence {
    Opening {
        line: usize,
        depth: usize,
    },
    Closing {
        depth: usize,
    },
    /// Closes nothing.
    Stray,
}

/// The text with fences of the lengths that comrak wants; tells of each that stands alone.
///
/// # Errors
/// `too-deep`.
pub(super) fn nest(
    source: &Source,
    text: &Numbered,
    warnings: &mut Vec<Diagnostic>,
) -> Result<Numbered, Diagnostic> {
    let mut fences: Vec<(usize, Fence)> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut code = FencedCode::default();
    for (index, (line, number)) in text.lines().enumerate() {
        if code.holds(line) {
            continue;
        }
        let Some(label) = label(line) else { continue };
        if !label.is_empty() {
            fences.push((index, Fence::Opening { line: index, depth: open.len() }));
            open.push(index);
            if open.len() > clean::DEEPEST {
                return Err(clean::too_deep(source, number));
            }
        } else if open.pop().is_some() {
            fences.push((index, Fence::Closing { depth: open.len() }));
        } else {
            fences.push((index, Fence::Stray));
        }
    }
    let deepest = fences.iter().map(|(_, fence)| fence.depth()).max().unwrap_or(0);
    let mut nested = Numbered::with_capacity(text.text().len() + 64);
    let mut fences = fences.into_iter().peekable();
    for (index, (line, number)) in text.lines().enumerate() {
        match fences.next_if(|(at, _)| *at == index) {
            None => nested.push(line, number),
            Some((_, found)) => {
                if let Some(message) = found.complaint(&open) {
                    warnings.push(Diagnostic::warning("fenced-div", message).at(source.place(number)));
                }
                nested.push(&found.written(line, deepest), number);
            }
        }
    }
    Ok(nested)
}

impl Fence {
    fn depth(&self) -> usize {
        match self {
            Self::Opening { depth, .. } | Self::Closing { depth } => *depth,
            Self::Stray => 0,
        }
    }

    /// What is wrong with it, where `open` are the lines of the divs that nothing closes.
    fn complaint(&self, open: &[usize]) -> Option<&'static str> {
        match self {
            Self::Opening { line, .. } if open.contains(line) => {
                Some("this fenced div is never closed; it goes on to the end of the article")
            }
            Self::Stray => Some("this fence closes no div; it is taken as text"),
            Self::Opening { .. } | Self::Closing { .. } => None,
        }
    }

    fn written(&self, line: &str, deepest: usize) -> String {
        let (indent, rest) = line.split_at(lead(line));
        let label = rest.trim_matches(|c: char| c == ':' || c.is_whitespace());
        match self {
            Self::Stray => format!("{indent}\\{rest}"),
            _ => format!("{indent}{} {label}\n", ":".repeat(3 + deepest - self.depth())),
        }
    }
}

/// The label of a fence, empty where it has none.
fn label(line: &str) -> Option<&str> {
    let line = &line[lead(line)..];
    line.starts_with(":::").then(|| line.trim_matches(|c: char| c == ':' || c.is_whitespace()))
}
