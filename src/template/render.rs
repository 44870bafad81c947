//! One article through one layout.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::{Mutex, MutexGuard, PoisonError};

use handlebars::{Context, RenderContext, Renderable, StringOutput};
use serde_json::{Map, Value, json};

use super::layout::{LAYOUT, Layout};
use super::outline::Outline;
use super::placement::{Parts, Placed};
use super::store::{self, Store};
use super::words::Words;
use super::{Rendered, contents, faults, helpers, links, references};
use crate::config::{Project, fields};
use crate::diag::{Diagnostic, Outcome, Place};
use crate::files::Files;
use crate::read::Article;

/// What all articles of a layout share.
pub(super) struct Surroundings<'a> {
    pub(super) files: &'a dyn Files,
    pub(super) project: &'a Project,
    pub(super) store: &'a Store,
    pub(super) words: &'a Words,
    pub(super) layout: &'a Layout,
}

/// One article while it is rendered: what helpers see, and what they leave behind.
pub(super) struct Page<'a> {
    pub(super) around: &'a Surroundings<'a>,
    pub(super) article: &'a Article,
    pub(super) outline: Outline,
    context: Context,
    notes: Mutex<Notes>,
}

/// What helpers leave behind.
#[derive(Default)]
pub(super) struct Notes {
    pub(super) parts: Parts,
    pub(super) problems: Vec<Diagnostic>,
    pub(super) contents: Contents,
}

/// Whether the layout has a place for a table of contents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Contents {
    /// It has not.
    #[default]
    Unplaced,
    /// It has.
    Placed,
}

impl Page<'_> {
    /// What helpers leave behind, for one helper at a time.
    pub(super) fn notes(&self) -> MutexGuard<'_, Notes> {
        self.notes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The place of a text in the metadata, where it was written there.
    pub(super) fn place_of(&self, text: &str) -> Option<Place> {
        let values = self.article.meta.places.as_ref()?;
        values.find_string(&|other| other == text).map(|value| value.place())
    }

    /// The variables that there are, for hints.
    pub(super) fn names(&self) -> BTreeSet<&str> {
        let mut names = BTreeSet::new();
        collect_names(self.context.data(), &mut names);
        names
    }
}

pub(super) fn render(around: &Surroundings<'_>, article: &Article) -> Outcome<Rendered> {
    let mut outline = Outline::new(&article.body);
    let page_word = around.words.get(&article.meta.lang, "on-page").map_err(|error| vec![error])?;
    references::fill(&mut outline.document, page_word);
    let mut warnings = leave_out(&mut outline, article);
    let told = links::mark(&mut outline, article.meta.links);
    let context = Context::from(variables(around, article));
    let page = Page { around, article, outline, context, notes: Mutex::default() };
    let output = match run(&page, LAYOUT) {
        Ok(output) => output,
        Err(errors) => return Err(warnings.into_iter().chain(errors).collect()),
    };
    let notes = std::mem::take(&mut *page.notes());
    let placed = notes.parts.place(&page.outline, &output);
    let mut problems = notes.problems;
    problems.extend(complaints(&page, &placed));
    if problems.is_empty() {
        let folder = around.project.templates.as_ref().map(|folder| folder.join(&around.layout.name));
        let folder = folder.filter(|folder| around.files.is_folder(folder));
        let (html, missing) = with_contents(&page, placed.html, notes.contents);
        warnings.extend(missing);
        let html = match told {
            Some(told) => match around.words.get(&article.meta.lang, "links") {
                Ok(heading) => told.tell(&html, heading),
                Err(problem) => return Err(vec![problem]),
            },
            None => html,
        };
        Ok(Rendered { html, sheets: around.layout.sheets.clone(), folder, warnings })
    } else {
        Err(warnings.into_iter().chain(problems).collect())
    }
}

/// What one template of the layout makes of the article's variables. The body has no place in it.
pub(super) fn fragment(around: &Surroundings<'_>, article: &Article, template: &str) -> Outcome<String> {
    let context = Context::from(variables(around, article));
    let page = Page { around, article, outline: Outline::new(""), context, notes: Mutex::default() };
    let output = run(&page, template)?;
    let problems = std::mem::take(&mut page.notes().problems);
    if problems.is_empty() { Ok(output) } else { Err(problems) }
}

/// Takes off the sections that `omit` names; one that is not there is a warning.
fn leave_out(outline: &mut Outline, article: &Article) -> Vec<Diagnostic> {
    let mut warnings = Vec::new();
    for title in &article.meta.omit {
        if outline.remove(title) {
            continue;
        }
        let titles = outline.sections.iter().map(|section| section.title.as_str());
        let message = format!("`omit` names the section `{title}`, which the article does not have");
        let mut warning = Diagnostic::warning("omit-missing", message);
        warning.hint = fields::did_you_mean(title, titles);
        let named = article.meta.places.as_ref().and_then(|values| values.get("omit"));
        let place = named.map(|omit| omit.find_string(&|text| text == title).unwrap_or(omit).place());
        warnings.push(warning.at(place.unwrap_or_else(|| Place::file(article.file.clone()))));
    }
    warnings
}

/// The document with its table of contents, and why it has none where its metadata asks for one.
fn with_contents(page: &Page<'_>, html: String, contents: Contents) -> (String, Option<Diagnostic>) {
    let asked = page.article.meta.places.as_ref().and_then(|values| values.get("toc"));
    let asked = asked.filter(|_| page.article.meta.toc.is_some_and(|levels| levels > 0));
    let warn = |message: &str, hint: String| {
        let warning =
            Diagnostic::warning("no-contents", format!("`toc` asks for a table of contents, {message}"));
        asked.map(|asked| warning.at(asked.place()).hint(hint))
    };
    if contents == Contents::Unplaced {
        let file = page.around.layout.file();
        let layout = &page.around.layout.name;
        let hint = format!("put {{{{{{toc}}}}}} into {file}");
        return (html, warn(&format!("and the layout `{layout}` has no place for one"), hint));
    }
    let (html, is_filled) = contents::fill(html);
    let missing = if is_filled {
        None
    } else {
        warn("and there are no two headings for it", "leave it out".to_owned())
    };
    (html, missing)
}

/// What the layout sees.
fn variables(around: &Surroundings<'_>, article: &Article) -> Value {
    let meta = &article.meta;
    let mut all: Map<String, Value> = meta.all.clone();
    for (key, value) in [
        ("title", json!(meta.title)),
        ("lang", json!(meta.lang)),
        ("layout", json!(meta.layout)),
        ("slug", json!(article.slug)),
        ("brand", around.project.brand.data().clone()),
    ] {
        all.insert(key.to_owned(), value);
    }
    // Handlebars copies all variables for each partial: data may be long, and few layouts look at them.
    if around.layout.mentions("data") {
        all.insert("data".to_owned(), Value::Object(around.project.data.clone()));
    }
    match meta.toc.filter(|levels| *levels > 0) {
        Some(levels) => all.insert("toc".to_owned(), json!(levels)),
        None => all.shift_remove("toc"),
    };
    for (key, list) in [("authors", &meta.authors), ("tags", &meta.tags)] {
        if !list.is_empty() {
            all.insert(key.to_owned(), json!(list));
        }
    }
    Value::Object(all)
}

fn collect_names<'v>(value: &'v Value, names: &mut BTreeSet<&'v str>) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                names.insert(key);
                collect_names(value, names);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| collect_names(item, names)),
        _ => {}
    }
}

fn run(page: &Page<'_>, template: &str) -> Outcome<String> {
    let layout = page.around.layout;
    let Some(template) = layout.registry.get_template(template) else {
        return Err(vec![store::missing(&format!("{}/{template}.hbs", layout.name))]);
    };
    let mut state = RenderContext::new(template.name.as_ref());
    helpers::register(&mut state, page);
    let mut output = StringOutput::new();
    let result = template.render(&layout.registry, &page.context, &mut state, &mut output);
    drop(state);
    match result {
        Ok(()) => {
            output.into_string().map_err(|error| vec![Diagnostic::error("template", error.to_string())])
        }
        Err(error) => {
            let mut problems = std::mem::take(&mut page.notes().problems);
            problems.push(faults::rendering(&error, layout, page.names().into_iter()));
            Err(problems)
        }
    }
}

/// What is wrong with how the parts were placed.
fn complaints(page: &Page<'_>, placed: &Placed) -> Vec<Diagnostic> {
    let layout = &page.around.layout.name;
    let file = page.around.layout.file();
    let mut found = Vec::new();
    for run in &placed.left {
        for part in units(&page.outline, run.clone()) {
            let (what, way) = match page.outline.sections.iter().find(|section| section.blocks.start == part)
            {
                Some(section) => (
                    format!("the section `{}`", section.title),
                    ", or name the section in `omit` if that is meant",
                ),
                None => (format!("the block `{}`", page.outline.first_words(part)), ""),
            };
            let message = format!("the layout `{layout}` places {what} nowhere");
            let hint = format!("put {{{{{{rest}}}}}} into {file}{way}");
            found.push(Diagnostic::error("unplaced", message).at(place(page, part)).hint(hint));
        }
    }
    for &block in &placed.twice {
        let words = page.outline.first_words(block);
        let message = format!("the layout `{layout}` places the part that begins `{words}` twice");
        found.push(Diagnostic::error("placed-twice", message).at(Place::file(file.clone())));
    }
    for &block in &placed.unprinted {
        let title = page.outline.words(block);
        let message = format!("the layout `{layout}` leaves out the heading `{title}`");
        let hint = format!("print it, or place the section with `heading=true`, in {file}");
        found.push(Diagnostic::error("unplaced-heading", message).at(place(page, block)).hint(hint));
    }
    found
}

/// The first blocks of what a message names one by one: sections, and blocks outside of them.
fn units(outline: &Outline, run: Range<usize>) -> Vec<usize> {
    let mut units = Vec::new();
    let mut block = run.start;
    while block < run.end {
        units.push(block);
        let section = outline.sections.iter().find(|section| section.blocks.start == block);
        block = section.map_or(block + 1, |section| section.blocks.end);
    }
    units
}

fn place(page: &Page<'_>, block: usize) -> Place {
    match page.outline.document.source_line(page.outline.blocks[block]) {
        Some(line) => page.article.place(line),
        None => Place::file(page.article.file.clone()),
    }
}
