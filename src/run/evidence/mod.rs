//! `accessibility.json`: for each handout what was checked, by which clause of which standard, with what result, and
//! what a person must still check. Together with `accessibility.html`, the same to read and sign, it is filed with the
//! PDF.

mod page;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::manifest::File;
use super::press::Refusal;
use crate::audit::{self, Outcome, Report};
use crate::config::Booklet;
use crate::diag::{Diagnostic, Severity};
use crate::docx::Substitution;
use crate::read::{Article, Job};

pub use page::page;

/// The name of the file.
pub const NAME: &str = "accessibility.json";
/// The name of the page.
pub const PAGE: &str = "accessibility.html";
/// The version of the format: it goes up when a key changes its meaning or goes.
const VERSION: u32 = 2;

/// What is known of the accessibility of all handouts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// The version of this format.
    pub version: u32,
    /// The program and its version.
    pub generator: String,
    /// What a machine checks, by the rule's name.
    pub rules: BTreeMap<String, Asked>,
    /// What a person checks, by the question's name.
    pub questions: BTreeMap<String, Asked>,
    /// The handouts, in the input's order, and the booklets.
    pub handouts: Vec<Entry>,
}

/// What is asked of handouts, and by whom.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Asked {
    /// What is so where the rule is kept, or the question.
    pub asks: String,
    /// Where standards ask it.
    pub clauses: Vec<Clause>,
}

/// What is known of one handout.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// The stem of its files.
    pub slug: String,
    /// Its title; its name where it could not be read.
    pub title: String,
    /// Its language (BCP 47).
    pub lang: String,
    /// The file that it came from, relative to the project.
    pub source: String,
    /// Whether it was written.
    pub state: State,
    /// What came of all checks that were made: the worst of them.
    pub outcome: Outcome,
    /// The files that this is about.
    pub files: Vec<File>,
    /// Of a booklet the handouts that are bound in it; what a person must check of them stands with each.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub handouts: Vec<String>,
    /// What a machine checked.
    pub checks: Vec<Check>,
    /// What else kept it from being written.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub errors: Vec<Finding>,
    /// What a person must still check.
    pub reviews: Vec<Review>,
    /// What Word cannot carry, and what its document has instead.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub word: Vec<Substitution>,
}

/// Whether a handout was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Its files are there.
    Written,
    /// Something is wrong with it that nobody should publish.
    Refused,
}

/// One rule on one handout.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Check {
    /// The rule, one of [`Evidence::rules`].
    pub code: String,
    /// What came of it.
    pub outcome: Outcome,
    /// How many things it was asked of.
    pub examined: usize,
    /// What is wrong, or what a person should look at.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub findings: Vec<Finding>,
}

/// A clause of a standard.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Clause {
    /// The standard: `PDF/UA-1`, `PDF/A-2a`, `Matterhorn 1.1`, `WCAG 2.1`.
    pub standard: String,
    /// Its number there.
    pub clause: String,
}

/// Something that was found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// `error`, `warning` or `note`.
    pub severity: String,
    /// What is wrong.
    pub message: String,
    /// Where.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub place: Option<Place>,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub hint: Option<String>,
}

/// Where something is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// The file, relative to the project.
    pub file: String,
    /// From 1.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub line: Option<u32>,
    /// From 1, in characters.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub column: Option<u32>,
}

/// A question that a person answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Review {
    /// The question, one of [`Evidence::questions`].
    pub code: String,
    /// What it is about; empty where it is about the whole.
    pub items: Vec<Item>,
}

/// One thing that a person looks at.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// What is read: an alternative text, the words of a link, a heading.
    pub words: String,
    /// What goes with it: the picture, the address, the level.
    pub about: String,
    /// Where it stands.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub place: Option<Place>,
}

impl Evidence {
    /// Of these handouts.
    pub fn new(handouts: Vec<Entry>) -> Self {
        let generator = concat!(env!("CARGO_PKG_NAME"), " ", env!("CARGO_PKG_VERSION")).to_owned();
        let rules = audit::rules().map(|rule| (rule.code.to_owned(), Asked::new(rule.asks, rule.clauses)));
        let questions = audit::questions()
            .map(|question| (question.code.to_owned(), Asked::new(question.asks, question.clauses)));
        let (rules, questions) = (rules.collect(), questions.collect());
        Self { version: VERSION, generator, rules, questions, handouts }
    }

    /// The evidence after a run of only some of the handouts or formats: what an earlier run found of the others
    /// stays, as long as all its files are still there. Of a handout of this run only what this run found counts:
    /// its text may have changed since.
    #[must_use]
    pub fn kept_from(mut self, earlier: &[u8], exists: impl Fn(&str) -> bool) -> Self {
        let earlier =
            serde_json::from_slice(earlier).ok().filter(|earlier: &Self| earlier.version == VERSION);
        for old in earlier.into_iter().flat_map(|earlier| earlier.handouts) {
            let is_new = self.handouts.iter().all(|entry| entry.slug != old.slug);
            if is_new && old.files.iter().all(|file| exists(&file.name)) {
                self.handouts.push(old);
            }
        }
        self
    }

    /// The file.
    pub fn json(&self) -> Vec<u8> {
        let mut json = serde_json::to_vec_pretty(self).unwrap_or_default();
        json.push(b'\n');
        json
    }
}

impl Entry {
    /// Of a handout that was written.
    pub fn written(article: &Article, files: Vec<File>, report: &Report, word: &[Substitution]) -> Self {
        let about = About {
            slug: &article.slug,
            title: &article.meta.title,
            lang: &article.meta.lang,
            source: &article.file,
        };
        // What somebody has changed since is not what was checked.
        let files = files.into_iter().filter(|file| !file.changed).collect();
        Self { files, word: word.to_vec(), ..Self::new(&about, State::Written, report, &[]) }
    }

    /// Of a booklet that was written: as its own article says, with the handouts that are bound in it.
    pub fn bound(article: &Article, files: Vec<File>, report: &Report, handouts: Vec<String>) -> Self {
        Self { handouts, ..Self::written(article, files, report, &[]) }
    }

    /// Of a handout that was not written.
    pub fn refused(job: &Job, refusal: &Refusal) -> Self {
        let meta = refusal.article.as_ref().map(|article| &article.meta);
        let about = About {
            slug: &job.slug,
            title: meta.map_or(&job.slug, |meta| &meta.title),
            lang: meta.map_or("und", |meta| &meta.lang),
            source: &job.file,
        };
        Self::new(&about, State::Refused, &refusal.audit, &refusal.told)
    }

    /// Of a booklet that was not bound.
    pub fn unbound(booklet: &Booklet, told: &[Diagnostic]) -> Self {
        let title = booklet.values.get("title").and_then(|title| title.as_str()).unwrap_or(&booklet.name);
        let about = About { slug: &booklet.name, title, lang: "und", source: &booklet.place.file };
        Self::new(&about, State::Refused, &Report::default(), told)
    }

    fn new(about: &About<'_>, state: State, report: &Report, told: &[Diagnostic]) -> Self {
        let checks: Vec<Check> = report.checks.iter().map(Check::from).collect();
        let is_elsewhere = |error: &&Diagnostic| report.findings().all(|finding| finding != *error);
        let errors = told.iter().filter(|told| told.is_error()).filter(is_elsewhere).map(Finding::from);
        Self {
            slug: about.slug.to_owned(),
            title: about.title.to_owned(),
            lang: about.lang.to_owned(),
            source: about.source.to_owned(),
            state,
            outcome: worst(&checks),
            files: Vec::new(),
            handouts: Vec::new(),
            errors: errors.collect(),
            reviews: report.reviews.iter().map(Review::from).collect(),
            checks,
            word: Vec::new(),
        }
    }
}

/// Which handout it is.
struct About<'a> {
    slug: &'a str,
    title: &'a str,
    lang: &'a str,
    source: &'a str,
}

fn worst(checks: &[Check]) -> Outcome {
    let order = [Outcome::Failed, Outcome::CantTell, Outcome::Passed];
    let is_there = |outcome: &Outcome| checks.iter().any(|check| check.outcome == *outcome);
    order.into_iter().find(is_there).unwrap_or(Outcome::Inapplicable)
}

impl From<&audit::Check> for Check {
    fn from(check: &audit::Check) -> Self {
        Self {
            code: check.rule.code.to_owned(),
            outcome: check.outcome(),
            examined: check.examined,
            findings: check.findings.iter().map(Finding::from).collect(),
        }
    }
}

impl From<&audit::Review> for Review {
    fn from(review: &audit::Review) -> Self {
        Self { code: review.question.code.to_owned(), items: review.items.iter().map(Item::from).collect() }
    }
}

impl From<&audit::Item> for Item {
    fn from(item: &audit::Item) -> Self {
        let place = item.place.as_ref().map(Place::from);
        Self { words: item.words.clone(), about: item.about.clone(), place }
    }
}

impl From<&Diagnostic> for Finding {
    fn from(found: &Diagnostic) -> Self {
        let severity = match found.severity {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        };
        Self {
            severity: severity.to_owned(),
            message: found.message.clone(),
            place: found.place.as_ref().map(Place::from),
            hint: found.hint.clone(),
        }
    }
}

impl From<&crate::diag::Place> for Place {
    fn from(place: &crate::diag::Place) -> Self {
        Self { file: place.file.to_string(), line: place.line, column: place.column }
    }
}

impl Asked {
    fn new(asks: &str, clauses: &[audit::Clause]) -> Self {
        let named = clauses.iter().map(|clause| Clause {
            standard: clause.standard.name().to_owned(),
            clause: clause.clause.to_owned(),
        });
        Self { asks: asks.to_owned(), clauses: named.collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(slug: &str, files: &[&str]) -> Entry {
        let about = About { slug, title: slug, lang: "nl", source: "a.md" };
        let file =
            |name: &&str| File { name: (*name).to_owned(), bytes: 1, sha256: String::new(), changed: false };
        let files = files.iter().map(file).collect();
        Entry { files, ..Entry::new(&about, State::Written, &Report::default(), &[]) }
    }

    #[test]
    fn a_handout_of_this_run_is_told_as_this_run_found_it() {
        let earlier = [entry("a", &["a.pdf", "a.docx"]), entry("b", &["b.pdf"]), entry("c", &["c.pdf"])];
        let now = Evidence::new(vec![entry("a", &["a.docx"])]);
        let kept = now.clone().kept_from(&Evidence::new(earlier.to_vec()).json(), |name| name != "c.pdf");
        let names: Vec<_> = kept.handouts.iter().map(|e| (e.slug.as_str(), e.files.len())).collect();
        assert_eq!(names, [("a", 1), ("b", 1)]);
        let of_the_future = Evidence { version: VERSION + 1, ..Evidence::new(earlier.to_vec()) };
        assert_eq!(now.clone().kept_from(&of_the_future.json(), |_| true), now);
        assert_eq!(now.clone().kept_from(b"{", |_| true), now);
    }

    #[test]
    fn what_a_rule_found_is_told_by_the_rule_and_the_rest_beside_it() {
        let rule = audit::rules().next().unwrap();
        let found = Diagnostic::error(rule.code, "no words");
        let mut check = audit::Check::new(rule);
        check.examine(Some(found.clone()));
        let report = [check].into_iter().collect();
        let told = [found, Diagnostic::error("missing-image", "gone"), Diagnostic::warning("a", "b")];
        let about = About { slug: "a", title: "A", lang: "nl", source: "a.md" };
        let entry = Entry::new(&about, State::Refused, &report, &told);
        assert_eq!(entry.outcome, Outcome::Failed);
        let messages: Vec<_> = entry.errors.iter().map(|error| error.message.as_str()).collect();
        assert_eq!(messages, ["gone"]);
    }
}
