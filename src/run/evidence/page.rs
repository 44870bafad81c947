//! `accessibility.html`: the evidence to read, to print and to sign, in the brand of the house.

use rayon::prelude::*;
use serde_json::{Map, Value, json};

use super::super::press::Press;
use super::{Asked, Check, Entry, Evidence, Finding, Item, NAME, Place, Review, State};
use crate::audit::{self, Outcome};
use crate::docx::Substitution;
use crate::read::{Article, Metadata};

/// The partial of the layout that tells of one handout.
const SECTION: &str = "evidence";

/// Where the layout puts what is told of the handouts. They are put there at the end, as they are: to parse thousands of
/// them again would take longer than to write them.
const SECTIONS: &str = "<!--sections-->";

/// The page: the layout `_accessibility`, given the evidence instead of an article. What it tells of each handout is
/// rendered by itself, in parallel.
///
/// # Errors
/// What is wrong with the layout's template.
pub fn page(press: &Press<'_>, evidence: &Evidence) -> crate::diag::Outcome<String> {
    let lang = press.project.settings.lang.clone().unwrap_or_else(|| "nl".to_owned());
    let words = Words { press, lang: &lang, evidence };
    let section = |entry: &Entry| {
        let variables = [("handout".to_owned(), words.handout(entry))];
        press.fragment(&words.article(variables.into_iter().collect()), SECTION)
    };
    let sections: Vec<String> = evidence.handouts.par_iter().map(section).collect::<Result<_, _>>()?;
    let rules = audit::rules().map(|rule| words.rule(rule.code)).collect();
    let all = [
        (
            "handouts".to_owned(),
            Value::Array(evidence.handouts.iter().map(|entry| words.line(entry)).collect()),
        ),
        ("sections".to_owned(), json!(SECTIONS)),
        ("rules".to_owned(), Value::Array(rules)),
        ("generator".to_owned(), json!(evidence.generator)),
        ("json".to_owned(), json!(NAME)),
    ];
    let page = press.page(&words.article(all.into_iter().collect()))?;
    Ok(page.replacen(SECTIONS, &sections.concat(), 1))
}

/// The evidence in the words of a language.
struct Words<'p> {
    press: &'p Press<'p>,
    lang: &'p str,
    evidence: &'p Evidence,
}

impl Words<'_> {
    /// What the layout is given instead of an article.
    fn article(&self, all: Map<String, Value>) -> Article {
        let meta = Metadata {
            title: self.press.project.brand.name.clone(),
            lang: self.lang.to_owned(),
            layout: "_accessibility".to_owned(),
            all,
            ..Metadata::default()
        };
        Article {
            slug: "accessibility".to_owned(),
            meta,
            body: String::new(),
            file: NAME.into(),
            source: "".into(),
            folder: self.press.project.root.clone(),
        }
    }

    /// The handout in the overview.
    fn line(&self, entry: &Entry) -> Value {
        let count = |outcome| entry.checks.iter().filter(|check| check.outcome == outcome).count();
        let result = match entry.state {
            State::Refused => "outcome-refused",
            State::Written => outcome(entry.outcome),
        };
        json!({
            "slug": entry.slug, "title": entry.title, "lang": (entry.lang != "und").then_some(&entry.lang),
            "result": result, "questions": entry.reviews.len(),
            "passed": count(Outcome::Passed), "failed": count(Outcome::Failed),
            "cant-tell": count(Outcome::CantTell), "inapplicable": count(Outcome::Inapplicable),
        })
    }

    /// The handout in the section about it.
    fn handout(&self, entry: &Entry) -> Value {
        let mut all = self.line(entry);
        let parts: Vec<Value> = entry.handouts.iter().map(|slug| part(slug, self.evidence)).collect();
        let more = json!({
            "source": entry.source, "refused": entry.state == State::Refused,
            "files": entry.files, "parts": parts,
            "errors": entry.errors.iter().map(finding).collect::<Vec<_>>(),
            "checked": !entry.checks.is_empty(),
            "told": self.checks(entry, |check| !check.findings.is_empty()),
            "kept": self.checks(entry, |check| check.outcome == Outcome::Passed),
            "idle": self.checks(entry, |check| check.outcome == Outcome::Inapplicable),
            "reviews": entry.reviews.iter().map(|review| self.review(review, &entry.source)).collect::<Vec<_>>(),
            "word": entry.word.iter().map(|of| self.substitution(of, &entry.source)).collect::<Vec<_>>(),
        });
        if let (Value::Object(all), Value::Object(more)) = (&mut all, more) {
            all.extend(more);
        }
        all
    }

    /// A rule in the list of all of them.
    fn rule(&self, code: &str) -> Value {
        let asked = self.evidence.rules.get(code);
        let (asks, lang) = self.asks("rule-", code, asked);
        json!({ "code": code, "asks": asks, "asks-lang": lang, "clauses": standards(asked) })
    }

    /// The checks that `wanted` takes: those of one kind are listed together.
    fn checks(&self, entry: &Entry, wanted: fn(&&Check) -> bool) -> Vec<Value> {
        entry.checks.iter().filter(wanted).map(|check| self.check(check)).collect()
    }

    fn check(&self, check: &Check) -> Value {
        let asked = self.evidence.rules.get(&check.code);
        let (asks, lang) = self.asks("rule-", &check.code, asked);
        json!({
            "code": check.code, "asks": asks, "asks-lang": lang, "clauses": standards(asked),
            "result": outcome(check.outcome), "examined": check.examined,
            "findings": check.findings.iter().map(finding).collect::<Vec<_>>(),
        })
    }

    fn review(&self, review: &Review, source: &str) -> Value {
        let asked = self.evidence.questions.get(&review.code);
        let (asks, lang) = self.asks("", &review.code, asked);
        let has = |of: fn(&Item) -> &str| review.items.iter().any(|item| !of(item).is_empty());
        let heads = |part: &str| self.word(&format!("{}-{part}", review.code));
        let is_told = |place: &Place| place.line.is_some() || place.file != source;
        json!({
            "code": review.code, "asks": asks, "asks-lang": lang, "clauses": standards(asked),
            "words": has(|item| &item.words).then(|| heads("words")),
            "about": has(|item| &item.about).then(|| heads("about")),
            "placed": review.items.iter().filter_map(|item| item.place.as_ref()).any(is_told),
            "counts": review.items.iter().all(|item| item.place.is_none()) && !review.items.is_empty(),
            "items": review.items.iter().map(|of| item(of, &review.code, source)).collect::<Vec<_>>(),
        })
    }

    /// What Word cannot carry, in the language of the page where it has the words, else in English.
    fn substitution(&self, of: &Substitution, source: &str) -> Value {
        let said = |text: &str| {
            let word = self.word(&format!("word-{}", text.replace(' ', "-")));
            let lang = (word.is_none() && !self.lang.starts_with("en")).then_some("en");
            json!({ "words": word.as_deref().unwrap_or(text), "lang": lang })
        };
        let line = of.place.as_ref().and_then(|place| place.strip_prefix(source)?.strip_prefix(':'));
        json!({
            "what": said(&of.what), "instead": said(&of.instead), "count": of.count, "line": line,
            "file": of.place.as_ref().filter(|_| line.is_none()),
        })
    }

    /// What is asked, in the language of the page where it has the words, and the language that it is in otherwise.
    /// A rule of an earlier run that there is no more keeps its name.
    fn asks(&self, prefix: &str, code: &str, asked: Option<&Asked>) -> (String, Option<&'static str>) {
        let word = self.word(&format!("{prefix}{code}"));
        let lang = (word.is_none() && !self.lang.starts_with("en")).then_some("en");
        (word.unwrap_or_else(|| asked.map_or(code, |asked| &asked.asks).to_owned()), lang)
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
fn standards(asked: Option<&Asked>) -> Vec<Value> {
    let clauses = asked.map_or(&[][..], |asked| &asked.clauses);
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
