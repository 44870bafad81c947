//! What a person sees of a run: a bar while it goes, messages and one line when it is done.

use std::io::{IsTerminal, Write};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::cli::MessageFormat;
use crate::diag::{Diagnostic, Severity, Styling};

/// Where messages go: standard error, so that standard output stays free.
pub struct Console {
    format: MessageFormat,
}

impl Console {
    /// A console that prints in this format.
    pub const fn new(format: MessageFormat) -> Self {
        Self { format }
    }

    /// A bar for so many handouts; nothing is drawn where nobody looks.
    pub fn bar(&self, handouts: usize) -> ProgressBar {
        let watched = self.format == MessageFormat::Human && std::io::stderr().is_terminal();
        let target = if watched { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(Some(handouts as u64), target);
        if let Ok(style) = ProgressStyle::with_template("{bar:32} {pos}/{len} {msg}") {
            bar.set_style(style);
        }
        bar
    }

    /// Prints diagnostics in order.
    pub fn report(&self, diagnostics: &[Diagnostic]) {
        let mut stderr = anstream::stderr().lock();
        for diagnostic in diagnostics {
            // A closed standard error is no reason to fail a run.
            let _ = match self.format {
                MessageFormat::Human => writeln!(stderr, "{}\n", diagnostic.render(Styling::Ansi)),
                MessageFormat::Json => {
                    writeln!(stderr, "{}", serde_json::to_string(diagnostic).unwrap_or_default())
                }
            };
        }
    }

    /// Prints how the run ended.
    pub fn close(&self, summary: &Summary) {
        let mut stderr = anstream::stderr().lock();
        let _ = match self.format {
            MessageFormat::Human => writeln!(stderr, "{}", summary.sentence()),
            MessageFormat::Json => writeln!(stderr, "{}", summary.json()),
        };
    }
}

/// What a run did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Did {
    /// It made handouts.
    #[default]
    Print,
    /// It imported articles.
    Import,
}

/// How a run ended.
#[derive(Clone, Debug, Default)]
pub struct Summary {
    /// Handouts that were written, or that would have been.
    pub printed: usize,
    /// Handouts that failed.
    pub failed: usize,
    /// Handouts that a first failure kept from being tried.
    pub skipped: usize,
    /// Pages of all PDFs together.
    pub pages: usize,
    /// Warnings.
    pub warnings: usize,
    /// The folder, as it was asked for; `None` where nothing was to be written.
    pub folder: Option<String>,
    /// What was done.
    pub did: Did,
    /// How long it took.
    pub elapsed: Duration,
}

impl Summary {
    fn sentence(&self) -> String {
        let done = match &self.folder {
            Some(folder) if self.did == Did::Import => {
                format!("imported {} into {folder}", count(self.printed, "article"))
            }
            Some(folder) => format!("wrote {} to {folder}", count(self.printed, "handout")),
            None => format!("checked {}", count(self.printed, "handout")),
        };
        let mut parts = vec![done];
        if self.pages > 0 {
            parts.push(count(self.pages, "page"));
        }
        if self.failed > 0 {
            parts.push(format!("{} failed", self.failed));
        }
        if self.skipped > 0 {
            parts.push(format!("{} not tried", self.skipped));
        }
        if self.warnings > 0 {
            parts.push(count(self.warnings, "warning"));
        }
        format!("{} in {:.2} s", parts.join(", "), self.elapsed.as_secs_f64())
    }

    fn json(&self) -> serde_json::Value {
        serde_json::json!({
            if self.did == Did::Import { "articles" } else { "handouts" }: self.printed, "failed": self.failed, "skipped": self.skipped, "pages": self.pages,
            "warnings": self.warnings, "seconds": self.elapsed.as_secs_f64(),
        })
    }
}

/// Leaves out what was said before: a mistake that many articles share is told by each of them.
pub fn tell_once(diagnostics: &mut Vec<Diagnostic>) {
    let mut told = std::collections::HashSet::new();
    diagnostics.retain(|diagnostic| told.insert(diagnostic.clone()));
}

/// The number of warnings among diagnostics.
pub fn warnings(diagnostics: &[Diagnostic]) -> usize {
    diagnostics.iter().filter(|d| d.severity == Severity::Warning).count()
}

fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentence_names_only_what_happened() {
        let elapsed = Duration::from_millis(120);
        let all =
            Summary { printed: 1, pages: 2, folder: Some("output".into()), elapsed, ..Summary::default() };
        assert_eq!(all.sentence(), "wrote 1 handout to output, 2 pages in 0.12 s");
        let some = Summary { printed: 3, failed: 1, warnings: 2, elapsed, ..Summary::default() };
        assert_eq!(some.sentence(), "checked 3 handouts, 1 failed, 2 warnings in 0.12 s");
    }
}
