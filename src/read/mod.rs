//! Files in, [`Article`]s out: Markdown, HTML, plain text and Word documents, with their metadata.
//!
//! [`plan`] finds the handouts of a run and reads their metadata; [`read`] reads one of them.

mod article;
mod beside;
mod body;
mod catalog;
mod clean;
mod date;
mod dialects;
pub mod docx;
pub mod feed;
pub mod front;
mod heads;
pub mod html;
mod includes;
mod layers;
mod limits;
mod links;
pub mod markdown;
mod metadata;
pub(crate) mod months;
mod neighbours;
pub mod plain;
mod plan;
mod slug;
mod structure;
pub mod text;
mod turns;
pub mod typography;

#[cfg(test)]
mod cases;
#[cfg(test)]
mod tests;

use std::path::Path;

use crate::config::fields::as_text;
use crate::config::value::Spanned;
use crate::config::{Project, Typography};
use crate::diag::{Diagnostic, Outcome, Place};
use crate::files::Files;

pub use article::{Article, Metadata};
pub use body::{Body, Source};
pub use catalog::{CATALOG, ENTRY};
pub use date::Date;
pub use links::HANDOUT;
pub use metadata::{METADATA, read as metadata};
pub use plan::{Drafts, Job, plan, plan_with};
pub use slug::{is_slug, slug_of};
pub(crate) use structure::{decoded, prepare_for_markdown};

use beside::Beside;
use links::Links;
use plan::Prepared;

/// What an article is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Markdown,
    Html,
    Plain,
    /// A word processor's: a Word document, or what has to be saved as one.
    Word,
    /// A feed or an export, with many articles in it.
    Feed,
}

impl Kind {
    /// The kind of a file by its ending.
    fn of(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "md" | "markdown" | "qmd" | "rmd" | "mkd" | "mdown" => Some(Self::Markdown),
            "html" | "htm" | "xhtml" => Some(Self::Html),
            "txt" | "text" => Some(Self::Plain),
            "docx" | "docm" | "dotx" | "doc" | "odt" | "rtf" => Some(Self::Word),
            "xml" | "rss" | "atom" | "wxr" => Some(Self::Feed),
            _ => None,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Markdown => "Markdown",
            Self::Html => "HTML",
            Self::Plain => "plain text",
            Self::Word => "a Word document",
            Self::Feed => "a feed or an export",
        }
    }
}

/// Reads one article; with what somebody should look at.
///
/// # Errors
/// All that keeps it from being read: a file that cannot be read or is no text, mistakes in its metadata, a
/// title that is nowhere, a line that the catalog names and the text does not have, a link to no article.
pub fn read(files: &dyn Files, project: &Project, job: &Job) -> Outcome<(Article, Vec<Diagnostic>)> {
    let planned = job.prepared.as_ref().map_err(Clone::clone)?;
    let turn = turns::take(planned.origin.is_outline);
    let prepared = &*planned.whole(files, project)?;
    let origin = &prepared.origin;
    let text = &origin.source;
    let own = || origin.own.iter().chain(&prepared.catalog);
    let written = layers::merge(text, origin.defaults.iter().chain(own()));
    let mut body = read_body(prepared, &written)?;
    drop(turn);
    let beside = Beside { files, project, folder: &job.folder, file: Path::new(&*text.file) };
    beside::find_pictures(&mut body, &Source { file: &text.file, text: &text.text, start: 0 }, &beside);
    let line = prepared.post.as_ref().map_or(1, |post| post.line);
    let said = layers::from_body(&body.meta, text, line);
    let values = layers::merge(text, origin.defaults.iter().chain([&said]).chain(own()));
    let mut meta = metadata::read(&values, &project.settings)?;
    settle_title(&mut meta, &mut body, &written);
    if meta.title.trim().is_empty() {
        let error = Diagnostic::error("missing-title", "the article has no title");
        let place = Place::at(text.file.clone(), &text.text, line, 1);
        return Err(vec![error.at(place).hint("add `title: …` to its metadata, or begin it with a heading")]);
    }
    typeset(&mut meta, &mut body);
    let links = Links {
        files,
        project,
        neighbours: &job.neighbours,
        folder: &job.folder,
        source: text,
        kind: prepared.kind,
    };
    let (html, dead) = links.connect(body.html);
    let told: Vec<Diagnostic> = origin.notes.iter().cloned().chain(body.warnings).chain(dead).collect();
    if told.iter().any(Diagnostic::is_error) {
        return Err(told);
    }
    let article = Article {
        slug: job.slug.clone(),
        meta,
        body: html,
        file: text.file.clone(),
        source: text.text.clone(),
        folder: job.folder.clone(),
    };
    Ok((article, told))
}

fn read_body(prepared: &Prepared, written: &Spanned) -> Outcome<Body> {
    let origin = &prepared.origin;
    let source = Source { file: &origin.source.file, text: &origin.source.text, start: origin.start };
    // Of a file that holds many articles, each is looked at when it is cut out.
    if prepared.options.from.is_none() {
        limits::check_source(prepared.kind, &source).map_err(|error| vec![error])?;
    }
    let body = body_of(prepared, &source, written)?;
    limits::check_body(&body, &source).map_err(|error| vec![error])?;
    Ok(body)
}

fn body_of(prepared: &Prepared, source: &Source<'_>, written: &Spanned) -> Outcome<Body> {
    match prepared.kind {
        Kind::Word => Ok(prepared.origin.body.clone().unwrap_or_default()),
        Kind::Markdown => markdown::body_with(source, Some(written), &prepared.origin.included),
        Kind::Html => html::body(source),
        Kind::Feed => match &prepared.post {
            Some(post) => feed::body(post, source),
            None => Err(Vec::new()),
        },
        Kind::Plain => {
            let title = written.get("title").and_then(as_text);
            plain::body(source, &plain::Options { title, ..prepared.options.clone() })
        }
    }
}

/// The title that somebody wrote, else the body's own, else what the body says of itself (the `title` of an HTML
/// page). A title of the body that another one takes the place of stays in the body: no word gets lost.
fn settle_title(meta: &mut Metadata, body: &mut Body, written: &Spanned) {
    let own = body.title.take();
    if written.get("title").is_none() {
        if let Some(own) = own {
            meta.title = own;
        }
    } else if let Some(own) = own.filter(|own| !is_same(own, &meta.title)) {
        body.html.insert_str(0, &format!("<p class=\"title\">{}</p>\n", handlebars::html_escape(&own)));
    }
    meta.all.insert("title".to_owned(), meta.title.clone().into());
}

/// Gives an article that asks for it the signs of print: its body, and the texts of its metadata that every layout
/// shows.
fn typeset(meta: &mut Metadata, body: &mut Body) {
    let Some(typography) = meta.typography.filter(|typography| *typography != Typography::Off) else {
        return;
    };
    body.html = typography::html(&body.html, &meta.lang, typography);
    meta.title = typography::text(&meta.title, typography);
    let others = [("subtitle", &mut meta.subtitle), ("description", &mut meta.description)];
    for (key, text) in others.into_iter().filter_map(|(key, text)| Some((key, text.as_mut()?))) {
        *text = typography::text(text, typography);
        meta.all.insert(key.to_owned(), text.clone().into());
    }
    meta.all.insert("title".to_owned(), meta.title.clone().into());
}

fn is_same(one: &str, other: &str) -> bool {
    one.split_whitespace().eq(other.split_whitespace())
}
