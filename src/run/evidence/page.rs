//! `accessibility.html`: the evidence to read, to print and to sign, in the brand of the house.

use serde_json::{Value, json};

use super::super::press::Press;
use super::{Check, Clause, Entry, Evidence, Finding, Item, NAME, Place, Review, State};
use crate::audit::Outcome;
use crate::read::{Article, Metadata};

/// The page: the layout `_accessibility`, given the evidence instead of an article.
///
/// # Errors
/// What is wrong with the layout's template.
pub fn page(press: &Press<'_>, evidence: &Evidence) -> crate::diag::Outcome<Vec<u8>> {
    let lang = press.project.settings.lang.clone().unwrap_or_else(|| "nl".to_owned());
    let words = Words { press, lang: &lang };
    let handouts = evidence.handouts.iter().map(|entry| words.handout(entry, evidence)).collect();
    let all = [
        ("handouts".to_owned(), Value::Array(handouts)),
        ("generator".to_owned(), json!(evidence.generator)),
        ("json".to_owned(), json!(NAME)),
    ];
    let article = Article {
        slug: "accessibility".to_owned(),
        meta: Metadata {
            title: press.project.brand.name.clone(),
            lang: lang.clone(),
            layout: "_accessibility".to_owned(),
            all: all.into_iter().collect(),
            ..Metadata::default()
        },
        body: String::new(),
        file: NAME.into(),
        source: "".into(),
        folder: press.project.root.clone(),
    };
    press.page(&article)
}

/// The evidence in the words of a language.
struct Words<'p> {
    press: &'p Press<'p>,
    lang: &'p str,
}

impl Words<'_> {
    fn handout(&self, entry: &Entry, all: &Evidence) -> Value {
        let count = |outcome| entry.checks.iter().filter(|check| check.outcome == outcome).count();
        let parts: Vec<Value> = entry.handouts.iter().map(|slug| part(slug, all)).collect();
        let result = match entry.state {
            State::Refused => "outcome-refused",
            State::Written => outcome(entry.outcome),
        };
        json!({
            "slug": entry.slug, "title": entry.title, "source": entry.source,
            "lang": (entry.lang != "und").then_some(&entry.lang),
            "refused": entry.state == State::Refused, "result": result,
            "passed": count(Outcome::Passed), "failed": count(Outcome::Failed),
            "cant-tell": count(Outcome::CantTell), "inapplicable": count(Outcome::Inapplicable),
            "files": entry.files, "parts": parts,
            "errors": entry.errors.iter().map(finding).collect::<Vec<_>>(),
            "checked": !entry.checks.is_empty(),
            "told": self.checks(entry, |check| !check.findings.is_empty()),
            "kept": self.checks(entry, |check| check.outcome == Outcome::Passed),
            "idle": self.checks(entry, |check| check.outcome == Outcome::Inapplicable),
            "reviews": entry.reviews.iter().map(|review| self.review(review, &entry.source)).collect::<Vec<_>>(),
        })
    }

    /// The checks that `wanted` takes: those of one kind are listed together.
    fn checks(&self, entry: &Entry, wanted: fn(&&Check) -> bool) -> Vec<Value> {
        entry.checks.iter().filter(wanted).map(|check| self.check(check)).collect()
    }

    fn check(&self, check: &Check) -> Value {
        let (asks, lang) = self.asks("rule-", &check.code, &check.asks);
        json!({
            "code": check.code, "asks": asks, "asks-lang": lang, "clauses": standards(&check.clauses),
            "result": outcome(check.outcome), "examined": check.examined,
            "findings": check.findings.iter().map(finding).collect::<Vec<_>>(),
        })
    }

    fn review(&self, review: &Review, source: &str) -> Value {
        let (asks, lang) = self.asks("", &review.code, &review.asks);
        let has = |of: fn(&Item) -> &str| review.items.iter().any(|item| !of(item).is_empty());
        let heads = |part: &str| self.word(&format!("{}-{part}", review.code));
        let is_told = |place: &Place| place.line.is_some() || place.file != source;
        json!({
            "code": review.code, "asks": asks, "asks-lang": lang, "clauses": standards(&review.clauses),
            "words": has(|item| &item.words).then(|| heads("words")),
            "about": has(|item| &item.about).then(|| heads("about")),
            "placed": review.items.iter().filter_map(|item| item.place.as_ref()).any(is_told),
            "counts": review.items.iter().all(|item| item.place.is_none()) && !review.items.is_empty(),
            "items": review.items.iter().map(|of| item(of, &review.code, source)).collect::<Vec<_>>(),
        })
    }

    /// What is asked, in the language of the page where it has the words, and the language that it is in otherwise.
    fn asks(&self, prefix: &str, code: &str, english: &str) -> (String, Option<&'static str>) {
        let word = self.word(&format!("{prefix}{code}"));
        let lang = (word.is_none() && !self.lang.starts_with("en")).then_some("en");
        (word.unwrap_or_else(|| english.to_owned()), lang)
    }

    fn word(&self, key: &str) -> Option<String> {
        self.press.word(self.lang, key).map(str::to_owned)
    }
}

/// The fixed word for an outcome.
const fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Passed => "outcome-passed",
        Outcome::Failed => "outcome-failed",
        Outcome::CantTell => "outcome-cant-tell",
        Outcome::Inapplicable => "outcome-inapplicable",
    }
}

/// A handout of a booklet, and whether the page has a section about it.
fn part(slug: &str, all: &Evidence) -> Value {
    let known = all.handouts.iter().find(|entry| entry.slug == slug);
    json!({
        "slug": slug, "title": known.map_or(slug, |entry| &entry.title), "told": known.is_some(),
        "lang": known.map(|entry| &entry.lang),
    })
}

/// Clauses by standard, in order: `PDF/UA-1 7.3`, `WCAG 2.1 1.1.1, 1.4.5`.
fn standards(clauses: &[Clause]) -> Vec<Value> {
    let of_one = clauses.chunk_by(|one, next| one.standard == next.standard);
    of_one
        .map(|clauses| {
            let numbers: Vec<&str> = clauses.iter().map(|clause| clause.clause.as_str()).collect();
            json!({ "standard": clauses[0].standard, "numbers": numbers.join(", ") })
        })
        .collect()
}

fn finding(finding: &Finding) -> Value {
    json!({
        "severity": format!("severity-{}", finding.severity), "message": finding.message, "hint": finding.hint,
        "place": finding.place.as_ref().map(place),
    })
}

/// A heading is shown by its level, a passage in its language, a place in the handout's own source by its line.
fn item(item: &Item, code: &str, source: &str) -> Value {
    let level = (code == "review-headings").then(|| item.about.to_lowercase());
    let lang = (code == "review-languages").then_some(&item.about);
    let line = item.place.as_ref().filter(|place| place.file == source).and_then(|place| place.line);
    let elsewhere = item.place.as_ref().filter(|place| place.file != source).map(place);
    json!({
        "words": item.words, "about": item.about, "line": line, "file": elsewhere, "level": level,
        "item-lang": lang,
    })
}

/// `input/a.md:12`.
fn place(place: &Place) -> String {
    match place.line {
        Some(line) => format!("{}:{line}", place.file),
        None => place.file.clone(),
    }
}
