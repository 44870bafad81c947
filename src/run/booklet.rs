//! Booklets: handouts laid out with the numbers that their pages have in the whole, and bound.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;
use serde_json::{Map, Value, json};

use super::evidence;
use super::manifest::{Entry, File, Warning};
use super::output::Output;
use super::press::Press;
use crate::audit::{self, Report};
use crate::booklet::{self, Part, Plan};
use crate::config::fields::did_you_mean;
use crate::config::{Booklet, Pattern, Project};
use crate::diag::{Diagnostic, Outcome};
use crate::layout::{Numbering, Pages};
use crate::read::{self, Article, Job, Metadata};
use crate::style::StyledTree;

/// The layout of a booklet that names none.
const LAYOUT: &str = "_booklet";

/// How often a booklet is laid out: its pages move only where left and right ones hold different amounts.
const PASSES: usize = 4;

/// One document of a booklet, ready to be laid out.
struct Document {
    article: Article,
    tree: StyledTree,
    audit: Report,
}

/// A booklet that was written.
pub struct Bound {
    /// What the manifest says of it.
    pub entry: Entry,
    /// What was checked of its accessibility.
    pub evidence: evidence::Entry,
    /// What somebody should look at.
    pub warnings: Vec<Diagnostic>,
}

/// Binds a booklet of these jobs and writes it.
///
/// # Errors
/// What is wrong with its settings or its layout; every handout of it that fails, and that it fails for them.
pub fn print(
    press: &Press<'_>,
    booklet: &Booklet,
    jobs: &[Job],
    known: &BTreeMap<&str, usize>,
    output: &Output,
) -> Outcome<Bound> {
    let folder = press.project.name_of(&press.project.input);
    let jobs = pick(booklet, &folder, jobs)?;
    let meta = metadata(press, booklet)?;
    let mut diagnostics = Vec::new();
    let documents = prepare(press, booklet, &jobs, &mut diagnostics)?;
    let binding = Binding { press, booklet, meta, documents };
    let count = |document: &Document| known.get(&*document.article.slug).copied().unwrap_or(1);
    let counts = binding.documents.iter().map(count).collect();
    let Whole { article, pages, mut audit } = binding.bind(counts, &mut diagnostics)?;
    let made = press.pdf(&pages, None)?;
    let wrong = made.findings_beside(&audit);
    if !wrong.is_empty() {
        return Err(wrong.into_iter().map(|finding| finding.at(booklet.place.clone())).collect());
    }
    audit.extend(made.report);
    let written = output.write(format!("{}.pdf", booklet.name), &made.bytes).map_err(|error| vec![error])?;
    let handouts: Vec<String> = jobs.iter().map(|job| job.slug.clone()).collect();
    let files = vec![File::from(written)];
    let evidence = evidence::Entry::bound(&article, files.clone(), &audit, handouts.clone());
    let entry = Entry {
        slug: booklet.name.clone(),
        title: pages.meta.title.clone(),
        description: pages.meta.description.clone(),
        lang: pages.meta.lang.clone(),
        layout: pages.meta.layout.clone(),
        source: booklet.place.file.to_string(),
        pages: Some(pages.pages.len()),
        files,
        warnings: Warning::all(&diagnostics),
        handouts,
        ..Entry::default()
    };
    Ok(Bound { entry, evidence, warnings: diagnostics })
}

/// Whether all handouts of a booklet are among these jobs.
pub fn is_complete(project: &Project, booklet: &Booklet, jobs: &[Job]) -> bool {
    pick(booklet, &project.name_of(&project.input), jobs).is_ok()
}

/// The handouts of a booklet: by each pattern in turn, then by tag; each once.
fn pick<'j>(booklet: &Booklet, folder: &str, jobs: &'j [Job]) -> Outcome<Vec<&'j Job>> {
    let mut picked: Vec<&Job> = Vec::new();
    let mut problems = Vec::new();
    let mut take = |found: Vec<&'j Job>, missing: &dyn Fn() -> Diagnostic| {
        if found.is_empty() {
            problems.push(missing());
        }
        for job in found {
            if picked.iter().all(|other| other.slug != job.slug) {
                picked.push(job);
            }
        }
    };
    for pattern in &booklet.handouts {
        take(matching(pattern, folder, jobs)?, &|| missing(pattern, jobs));
    }
    for tag in &booklet.tagged {
        let tagged = jobs.iter().filter(|job| job.tags.contains(&tag.text)).collect();
        take(tagged, &|| {
            let message = format!("no handout has the tag `{}`", tag.text);
            let tags = jobs.iter().flat_map(|job| job.tags.iter().map(String::as_str));
            let mut error = Diagnostic::error("no-match", message).at(tag.place.clone());
            error.hint = did_you_mean(&tag.text, tags);
            error
        });
    }
    if problems.is_empty() { Ok(picked) } else { Err(problems) }
}

/// The handouts whose slug, or whose source in the project or in its folder of articles, a pattern matches.
fn matching<'j>(pattern: &Pattern, folder: &str, jobs: &'j [Job]) -> Outcome<Vec<&'j Job>> {
    let glob = glob::Pattern::new(&pattern.text).map_err(|error| {
        let message = format!("`{}` is no pattern: {}", pattern.text, error.msg);
        vec![Diagnostic::error("wrong-type", message).at(pattern.place.clone())]
    })?;
    let source = |job: &Job| {
        let path = Path::new(&*job.file);
        let inside: &Path = path.strip_prefix(folder).unwrap_or(path);
        glob.matches_path(path) || glob.matches_path(inside)
    };
    Ok(jobs.iter().filter(|job| glob.matches(&job.slug) || source(job)).collect())
}

fn missing(pattern: &Pattern, jobs: &[Job]) -> Diagnostic {
    let hint = did_you_mean(&pattern.text, jobs.iter().map(|job| job.slug.as_str()));
    let hint =
        hint.unwrap_or_else(|| "a pattern is compared with the slug and with the source's path".to_owned());
    Diagnostic::error("no-match", format!("`{}` matches no handout", pattern.text))
        .at(pattern.place.clone())
        .hint(hint)
}

fn metadata(press: &Press<'_>, booklet: &Booklet) -> Outcome<Metadata> {
    let mut meta = read::metadata(&booklet.values, &press.project.settings)?;
    if booklet.values.get("layout").is_none() {
        meta.layout = LAYOUT.to_owned();
    }
    if meta.title.trim().is_empty() {
        let message = format!("the booklet `{}` has no title", booklet.name);
        let error = Diagnostic::error("missing-title", message).at(booklet.place.clone());
        return Err(vec![error.hint("add `title = \"…\"` to it")]);
    }
    Ok(meta)
}

/// Reads and styles the handouts.
fn prepare(
    press: &Press<'_>,
    booklet: &Booklet,
    jobs: &[&Job],
    diagnostics: &mut Vec<Diagnostic>,
) -> Outcome<Vec<Document>> {
    let prepared: Vec<Outcome<(Document, Vec<Diagnostic>)>> =
        jobs.par_iter().map(|job| press.read(job).and_then(|read| document(press, read))).collect();
    gather(booklet, jobs.iter().map(|job| &*job.slug), prepared, diagnostics)
}

fn document(
    press: &Press<'_>,
    (article, mut found): (Article, Vec<Diagnostic>),
) -> Outcome<(Document, Vec<Diagnostic>)> {
    let mut rendered = press.render(&article)?;
    found.append(&mut rendered.warnings);
    let (tree, more) = press.style(&article, &rendered)?;
    found.extend(more);
    let audit = audit::words(&tree);
    found.extend(audit.findings().cloned());
    if found.iter().any(Diagnostic::is_error) {
        return Err(found);
    }
    Ok((Document { article, tree, audit }, found))
}

/// What came of all handouts; if some failed, what they failed for, and that the booklet fails.
fn gather<'s, T>(
    booklet: &Booklet,
    slugs: impl Iterator<Item = &'s str>,
    outcomes: Vec<Outcome<(T, Vec<Diagnostic>)>>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Outcome<Vec<T>> {
    let (mut all, mut errors, mut failed) = (Vec::with_capacity(outcomes.len()), Vec::new(), Vec::new());
    for (slug, outcome) in slugs.zip(outcomes) {
        match outcome {
            Ok((found, more)) => {
                all.push(found);
                diagnostics.extend(more);
            }
            Err(more) => {
                errors.extend(more);
                failed.push(format!("`{slug}`"));
            }
        }
    }
    if failed.is_empty() {
        return Ok(all);
    }
    let message = format!("the booklet `{}` is not bound, for want of {}", booklet.name, failed.join(", "));
    errors.push(Diagnostic::error("booklet", message).at(booklet.place.clone()));
    Err(errors)
}

/// The documents of a booklet on their way to one.
struct Binding<'b> {
    press: &'b Press<'b>,
    booklet: &'b Booklet,
    meta: Metadata,
    documents: Vec<Document>,
}

type Laid = (Pages, Vec<Diagnostic>);

/// The documents of a booklet as one. Of its own pages, the front, there is all that a person must check; of the
/// handouts in it that stands with each of them.
struct Whole {
    article: Article,
    pages: Pages,
    audit: Report,
}

impl Binding<'_> {
    /// Lays all documents out with the numbers that their pages have, which are known when all are laid out:
    /// `counts` are the pages that handouts took by themselves, or a guess.
    fn bind(self, mut counts: Vec<usize>, diagnostics: &mut Vec<Diagnostic>) -> Outcome<Whole> {
        let start = self.booklet.start;
        let (_, (pages, _)) = self.front(&Plan::new(1, counts.clone(), start), &counts)?;
        let mut plan = Plan::new(pages.pages.len(), counts.clone(), start);
        for pass in 1.. {
            let (front, (pages, found)) = self.front(&plan, &counts)?;
            let mut told = Vec::new();
            let parts = self.parts(&plan, &mut told)?;
            counts = parts.iter().map(|pages| pages.pages.len()).collect();
            let next = Plan::new(pages.pages.len(), counts.clone(), start);
            if next == plan || pass == PASSES {
                diagnostics.extend(found);
                diagnostics.append(&mut told);
                diagnostics.extend((next != plan).then(|| self.unsettled()));
                return Ok(self.bound(front, pages, parts, &next, diagnostics));
            }
            plan = next;
        }
        unreachable!("the last pass returns")
    }

    fn parts(&self, plan: &Plan, told: &mut Vec<Diagnostic>) -> Outcome<Vec<Pages>> {
        let laid: Vec<Outcome<Laid>> = self
            .documents
            .par_iter()
            .enumerate()
            .map(|(part, document)| self.press.lay_out_at(&document.tree, plan.numbering(part)))
            .collect();
        gather(self.booklet, self.documents.iter().map(|document| &*document.article.slug), laid, told)
    }

    /// Cover and contents, with the pages that the handouts begin on.
    fn front(&self, plan: &Plan, counts: &[usize]) -> Outcome<(Document, Laid)> {
        let handouts = self.documents.iter().zip(counts).enumerate();
        let handouts: Vec<Value> = handouts
            .map(|(part, (document, pages))| handout(&document.article, plan.numbering(part), *pages))
            .collect();
        let mut all: Map<String, Value> = self.meta.all.clone();
        all.insert("handouts".to_owned(), Value::Array(handouts));
        let config = self.press.project.config.as_ref();
        let article = Article {
            slug: self.booklet.name.clone(),
            meta: Metadata { all, ..self.meta.clone() },
            body: String::new(),
            file: self.booklet.place.file.clone(),
            source: config.map(|config| config.source.text.clone()).unwrap_or_default(),
            folder: self.press.project.root.clone(),
        };
        let (document, mut told) = document(self.press, (article, Vec::new()))?;
        let (pages, more) = self.press.lay_out_at(&document.tree, plan.front())?;
        told.extend(more);
        Ok((document, (pages, told)))
    }

    fn bound(
        self,
        front: Document,
        pages: Pages,
        parts: Vec<Pages>,
        plan: &Plan,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Whole {
        let mut audit = Report::default().with_reviews(audit::reviews(&front.tree));
        let documents = [(&front, &pages)].into_iter().chain(self.documents.iter().zip(&parts));
        for (document, pages) in documents {
            let painted = self.press.look(&document.tree, pages);
            diagnostics.extend(painted.findings().cloned());
            audit.extend(document.audit.clone());
            audit.extend(painted);
        }
        let parts = self.documents.into_iter().zip(parts).map(|(document, pages)| Part {
            stem: stem(&document.article.file),
            slug: document.article.slug,
            pages,
        });
        let base_url = self.press.project.settings.base_url.as_deref();
        let pages = booklet::bind(Arc::new(self.meta), pages, parts.collect(), plan, base_url);
        Whole { article: front.article, pages, audit }
    }

    fn unsettled(&self) -> Diagnostic {
        let message = format!("the pages of the booklet `{}` move with their own numbers", self.booklet.name);
        Diagnostic::warning("page-numbers", message)
            .at(self.booklet.place.clone())
            .hint("begin each handout on a right-hand page: `start = \"right\"`")
    }
}

fn stem(file: &str) -> String {
    let path = Path::new(file);
    path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}

/// A handout as the layout of a booklet sees it.
fn handout(article: &Article, numbering: Numbering, pages: usize) -> Value {
    let meta = &article.meta;
    let mut all = meta.all.clone();
    for (key, value) in [
        ("slug", json!(article.slug)),
        ("title", json!(meta.title)),
        ("lang", json!(meta.lang)),
        ("layout", json!(meta.layout)),
        ("href", json!(format!("{}.pdf", article.slug))),
        ("page", json!(numbering.first)),
        ("pages", json!(pages)),
    ] {
        all.insert(key.to_owned(), value);
    }
    Value::Object(all)
}
