//! Links from one article of a run to another become links between their handouts: `data-handout` names the other's slug, and
//! each format leads to its own file of it. A link that leads to nothing is told.

use std::path::{Path, PathBuf};

use super::Kind;
use super::layers::{Origin, merge};
use super::neighbours::{Extent, Neighbour, Neighbours};
use super::slug::slug_of;
use super::structure::decoded;
use crate::config::fields::{as_text, did_you_mean};
use crate::config::value::Source;
use crate::config::{Project, without_dots};
use crate::diag::{Diagnostic, Lines, Severity};
use crate::dom::{self, Document, NodeId};
use crate::files::Files;

/// The attribute of a link to another handout: its slug.
pub const HANDOUT: &str = "data-handout";
/// The attribute of a link that names a page and not an address.
const WIKI: &str = "data-wikilink";

/// The endings of what is made of an article.
const MADE: [&str; 4] = ["html", "htm", "pdf", "docx"];

/// What it takes to find out where the links of an article lead.
pub(super) struct Links<'a> {
    pub files: &'a dyn Files,
    pub project: &'a Project,
    pub neighbours: &'a Neighbours,
    /// The folder of the article.
    pub folder: &'a Path,
    /// The article's file.
    pub source: &'a Source,
    pub kind: Kind,
}

/// Where a link leads.
enum Target<'n> {
    Article(&'n Neighbour),
    /// The slug of an article of the project that is not in the run.
    Beyond(String),
    /// A page of the site that the articles are on.
    Site(String),
    /// A file that is no article.
    File,
    Draft,
    Nowhere,
}

impl Links<'_> {
    /// A body with its links connected, and what is wrong with them.
    pub fn connect(&self, html: String) -> (String, Vec<Diagnostic>) {
        if !has_candidates(&html) {
            return (html, Vec::new());
        }
        let mut document = dom::parse_fragment(&html, 1);
        let root = document.fragment();
        let links: Vec<NodeId> = document.elements(root).filter(|&id| document.is(id, "a")).collect();
        let lines = Lines::of(&self.source.file, &self.source.text);
        let mut told = Vec::new();
        for link in links {
            told.extend(self.connect_one(&mut document, link, &lines));
        }
        (document.inner_html(root), told)
    }

    fn connect_one(&self, document: &mut Document, link: NodeId, lines: &Lines<'_>) -> Option<Diagnostic> {
        let href = document.attribute(link, "href")?.trim().to_owned();
        let is_wiki = document.attribute(link, WIKI).is_some();
        document.remove_attribute(link, WIKI);
        let base = self.project.settings.base_url.as_deref();
        let on_site = base.and_then(|base| href.strip_prefix(base)).filter(|path| path.starts_with('/'));
        if on_site.is_none()
            && (!is_wiki && has_scheme(&href) || href.starts_with('#') || href.starts_with("//"))
        {
            return None;
        }
        let (path, fragment) =
            on_site.unwrap_or(&href).split_once('#').unwrap_or((on_site.unwrap_or(&href), ""));
        let path = decoded(path.split_once('?').map_or(path, |(path, _)| path));
        let fragment = decoded(fragment);
        if path.is_empty() {
            return None;
        }
        let place = || {
            let line = std::iter::once(link).chain(document.ancestors(link));
            let line = line
                .into_iter()
                .find_map(|id| document.attribute(id, "data-line")?.parse().ok())
                .unwrap_or(1);
            let found =
                [href.as_str(), path.as_str()].into_iter().find_map(|text| lines.find(line, text, |_| true));
            found.unwrap_or_else(|| lines.place(line))
        };
        let (slug, wrong) = match self.find(&path, is_wiki, on_site.is_some()) {
            Target::Article(article) => {
                let is_there =
                    fragment.is_empty() || article.ids(self.files, self.project).contains(&fragment);
                let wrong = (!is_there).then(|| self.unknown_part(article, &fragment).at(place()));
                (article.slug.clone(), wrong)
            }
            Target::Beyond(slug) => (slug, None),
            Target::Site(address) => {
                document.set_attribute(link, "href", &address);
                return None;
            }
            Target::File => return Some(left_behind(&path).at(place())),
            Target::Draft => {
                let hint = "it is a draft, and drafts are left out";
                return Some(self.dead(&path, Some(hint.to_owned())).at(place()));
            }
            Target::Nowhere if on_site.is_some() => return None,
            Target::Nowhere => return Some(self.dead(&path, self.advice(&path)).at(place())),
        };
        let known = wrong.is_none() && !fragment.is_empty();
        let inside = if known { format!("#{fragment}") } else { String::new() };
        document.set_attribute(link, "href", &format!("{slug}.html{inside}"));
        document.set_attribute(link, HANDOUT, &slug);
        wrong
    }

    fn unknown_part(&self, article: &Neighbour, fragment: &str) -> Diagnostic {
        let message = format!("nothing in `{}` has the id `{fragment}`, which this points at", article.slug);
        let mut warning = Diagnostic::warning("unknown-target", message);
        let known = article.ids(self.files, self.project);
        warning.hint = did_you_mean(fragment, known.iter().map(String::as_str));
        warning
    }

    fn find(&self, path: &str, is_wiki: bool, on_site: bool) -> Target<'_> {
        let neighbours = self.neighbours;
        let input = self.project.input_folder(self.files);
        let (from, rest) = match path.strip_prefix("@/") {
            Some(rest) => (vec![input.as_path()], rest),
            None if path.starts_with('/') => {
                (vec![input.as_path(), &self.project.root], path.trim_matches('/'))
            }
            None if is_wiki => (vec![self.folder, &input], path.trim_matches('/')),
            None => (vec![self.folder], path.trim_end_matches('/')),
        };
        if let Some(found) = path.starts_with('/').then(|| neighbours.at(path)).flatten() {
            return Target::Article(found);
        }
        let candidates: Vec<PathBuf> = from.iter().map(|folder| without_dots(&folder.join(rest))).collect();
        if let Some(found) = candidates.iter().find_map(|candidate| neighbours.file(candidate)) {
            return Target::Article(found);
        }
        if candidates.iter().any(|candidate| neighbours.is_draft(candidate)) {
            return Target::Draft;
        }
        if !on_site && let Some(found) = candidates.iter().find_map(|candidate| self.beyond(candidate)) {
            return found;
        }
        // What a site shows as `../other/` or `other.html` may lie in another folder; a name that one article has tells.
        let last = rest.rsplit('/').next().unwrap_or_default();
        let name =
            last.rsplit_once('.').filter(|(_, ending)| MADE.contains(ending)).map_or(last, |(name, _)| name);
        if (is_wiki || !name.contains('.'))
            && let Some(found) = neighbours.named(name)
        {
            return Target::Article(found);
        }
        let base = self.project.settings.base_url.as_deref().filter(|_| path.starts_with('/') && !on_site);
        base.and_then(origin).map_or(Target::Nowhere, |origin| Target::Site(format!("{origin}{path}")))
    }

    /// A file that is not of the run: an article of the project where only a part of that is, else just a file.
    fn beyond(&self, path: &Path) -> Option<Target<'static>> {
        let named = path.strip_prefix(&self.project.root).ok()?.to_str()?;
        let inside = |path: &str| self.project.resolve(self.files, &self.project.root, path).ok();
        let real = [named.to_owned(), format!("{named}.md")].iter().find_map(|path| inside(path))?;
        if !self.files.is_file(&real) {
            return None;
        }
        if Kind::of(&real).is_none() {
            return Some(Target::File);
        }
        if self.neighbours.extent == Extent::Whole {
            return None;
        }
        let origin = Origin::load(self.files, self.project, &real).ok()?;
        let values = merge(&origin.source, origin.defaults.iter().chain(&origin.own));
        let stem = || real.file_stem().map(|stem| slug_of(&stem.to_string_lossy()));
        values.get("slug").and_then(as_text).or_else(stem).map(Target::Beyond)
    }

    /// The rest of a site or of a folder of Word files may be elsewhere, and what is not in a part of a project in another.
    fn dead(&self, path: &str, hint: Option<String>) -> Diagnostic {
        let is_ours = matches!(self.kind, Kind::Markdown | Kind::Plain);
        let is_sure = is_ours && self.neighbours.extent == Extent::Whole;
        let severity = if is_sure { Severity::Error } else { Severity::Warning };
        let message = format!("`{path}` leads to no article of this run");
        Diagnostic { severity, hint, ..Diagnostic::error("dead-link", message) }
    }

    fn advice(&self, path: &str) -> Option<String> {
        if path.starts_with('/') {
            return Some(
                "write the whole address, or say in handout.toml, with `base-url`, which site it is on"
                    .into(),
            );
        }
        let last = path.trim_end_matches('/').rsplit('/').next().unwrap_or(path);
        let name = last.rsplit_once('.').map_or(last, |(name, _)| name);
        did_you_mean(name, self.neighbours.names())
    }
}

/// Whether a link of a body may lead to another article: a quick look, before it is parsed.
fn has_candidates(html: &str) -> bool {
    let is_outside =
        |href: &str| ["#", "http:", "https:", "mailto:"].iter().any(|start| href.starts_with(start));
    html.split(" href=\"").skip(1).any(|href| !is_outside(href) || href.contains(WIKI)) || html.contains(WIKI)
}

/// Whether an address says what it is an address in (RFC 3986, section 3.1).
fn has_scheme(href: &str) -> bool {
    let Some((scheme, _)) = href.split_once(':') else { return false };
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
}

/// The scheme and host of an address.
fn origin(address: &str) -> Option<&str> {
    let host = address.find("://")? + 3;
    let end = address[host..].find('/').map_or(address.len(), |at| host + at);
    Some(&address[..end])
}

fn left_behind(path: &str) -> Diagnostic {
    let message = format!("`{path}` is a file that is not written beside the handouts");
    Diagnostic::warning("link-to-file", message)
        .hint("put it there yourself, or link to its address on the web")
}
