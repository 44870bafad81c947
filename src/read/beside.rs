//! Pictures that an article has on its site, looked for beside it: in the folder that a browser saved with the page, and
//! where somebody put the site's own folder of pictures.

use std::path::{Path, PathBuf};

use crate::config::Project;
use crate::diag::Diagnostic;
use crate::dom::{self, Document, NodeId};
use crate::files::Files;

use super::html::pictures::REMOTE;
use super::structure::decoded;
use super::{Body, Source};

/// The folders of a file's own in which its pictures may lie, behind its name without its ending: what browsers make
/// where they speak English, Dutch and German.
const FOLDERS: [&str; 4] = ["", "_files", "_bestanden", "-Dateien"];

/// So many parts of an address are tried as a path.
const PARTS: usize = 8;

/// So many pictures that are missing are named.
const NAMED: usize = 5;

/// Where an article lies.
pub(super) struct Beside<'a> {
    pub(super) files: &'a dyn Files,
    pub(super) project: &'a Project,
    pub(super) folder: &'a Path,
    pub(super) file: &'a Path,
}

/// Gives every picture that is on a network the file beside the article that it is, if there is one, and puts a link in
/// the place of the others. Tells of those.
pub(super) fn find_pictures(body: &mut Body, source: &Source, beside: &Beside<'_>) {
    find_image(body, beside);
    if !body.html.contains(REMOTE) {
        return;
    }
    let mut document = dom::parse_fragment(&body.html, 1);
    let root = document.fragment();
    let marked: Vec<NodeId> =
        document.elements(root).filter(|&id| document.attribute(id, REMOTE).is_some()).collect();
    let mut missing: Vec<(Option<u32>, String)> = Vec::new();
    for id in marked {
        let address = document.attribute(id, "src").unwrap_or_default().to_owned();
        document.remove_attribute(id, REMOTE);
        match beside.find(&address) {
            Some(path) => document.set_attribute(id, "src", &path),
            None => {
                missing.push((document.source_line(id), name(&address)));
                replace(&mut document, id, &address);
            }
        }
    }
    body.html = document.inner_html(root).trim().to_owned();
    body.warnings.extend(report(&missing, source));
}

/// The picture that a page gives for itself, if it lies beside it.
fn find_image(body: &mut Body, beside: &Beside<'_>) {
    let address = body.meta.get("image").and_then(serde_json::Value::as_str);
    if let Some(path) =
        address.filter(|it| super::html::pictures::is_remote(it)).and_then(|it| beside.find(it))
    {
        body.meta.insert("image".to_owned(), path.into());
    }
}

impl Beside<'_> {
    /// The path of an address' picture from the article's folder, as an address.
    fn find(&self, address: &str) -> Option<String> {
        let rest = address.split_once("//").map_or(address, |(_, rest)| rest);
        let rest = rest.split(['?', '#']).next().unwrap_or(rest);
        let parts: Vec<String> = rest.split('/').skip(1).map(decoded).filter(|part| is_name(part)).collect();
        let parts = &parts[parts.len().saturating_sub(PARTS)..];
        let last = parts.last()?;
        let whole = without_size(last);
        let stem = self.file.file_stem()?.to_string_lossy();
        let own =
            FOLDERS.iter().map(|end| if end.is_empty() { String::new() } else { format!("{stem}{end}/") });
        let folders: Vec<String> = own.chain([format!("{stem}/"), "images/".to_owned()]).collect();
        // The whole address first, the bare name of the picture last; the picture as it was uploaded before a smaller one.
        for from in 0..parts.len() {
            let above =
                parts[from..parts.len() - 1].iter().map(|part| format!("{part}/")).collect::<String>();
            for folder in &folders {
                for name in [whole.as_deref(), Some(last.as_str())].into_iter().flatten() {
                    let path = format!("{folder}{above}{name}");
                    if self.is_there(&path) {
                        return Some(encoded(&path));
                    }
                }
            }
        }
        None
    }

    fn is_there(&self, path: &str) -> bool {
        let whole: PathBuf = self.folder.join(path);
        self.files.is_file(&whole) && self.project.resolve(self.files, self.folder, path).is_ok()
    }
}

/// Whether a part of an address can be the name of a file in a folder.
fn is_name(part: &str) -> bool {
    !part.is_empty() && part != "." && part != ".." && !part.contains(['\\', '\0', ':'])
}

/// The name that a picture was uploaded under, of one that WordPress made smaller: `bridge-300x200.jpg`.
fn without_size(name: &str) -> Option<String> {
    let (stem, ending) = name.rsplit_once('.')?;
    if let Some(stem) = stem.strip_suffix("-scaled") {
        return Some(format!("{stem}.{ending}"));
    }
    let (stem, size) = stem.rsplit_once('-')?;
    let (width, height) = size.split_once('x')?;
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    (is_number(width) && is_number(height)).then(|| format!("{stem}.{ending}"))
}

/// A path as an address: the signs that mean something in one are written with percent signs (RFC 3986, section 2.1).
fn encoded(path: &str) -> String {
    path.replace('%', "%25").replace('#', "%23").replace('?', "%3F")
}

fn name(address: &str) -> String {
    let path = address.split(['?', '#']).next().unwrap_or(address);
    path.trim_end_matches('/').rsplit('/').next().map(decoded).unwrap_or_default()
}

/// Puts what the picture shows, in words, with a link to it, in the place of a picture.
fn replace(document: &mut Document, id: NodeId, address: &str) {
    let alternative = document.attribute(id, "alt").unwrap_or_default().trim().to_owned();
    let words = if alternative.is_empty() { name(address) } else { alternative };
    let words = document.new_text(words);
    let in_link = document.ancestors(id).any(|up| document.is(up, "a"));
    if in_link {
        document.insert_before(words, id);
    } else {
        let link = document.new_element("a", &[("href", address)]);
        document.append(link, words);
        let is_inline = document.parent(id).is_some_and(|up| matches!(document.tag(up), "p" | "a" | "span"));
        let line = document.source_line(id).map(|line| line.to_string()).unwrap_or_default();
        if is_inline {
            document.insert_before(link, id);
        } else {
            let paragraph = document.new_element("p", &[("data-line", &line)]);
            document.append(paragraph, link);
            document.insert_before(paragraph, id);
        }
    }
    document.detach(id);
}

fn report(missing: &[(Option<u32>, String)], source: &Source) -> Option<Diagnostic> {
    let (line, _) = missing.first()?;
    let named: Vec<&str> = missing.iter().take(NAMED).map(|(_, name)| name.as_str()).collect();
    let more = missing.len().saturating_sub(NAMED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let (pictures, count) = if missing.len() == 1 {
        ("picture is on the web and not on this machine: a link stands in its place", "a ".to_owned())
    } else {
        (
            "pictures are on the web and not on this machine: links stand in their places",
            format!("{} ", missing.len()),
        )
    };
    let message = format!("{count}{pictures} ({}{more})", named.join(", "));
    let place = source.place(line.unwrap_or(1));
    let hint = "nothing is fetched from a network: put the site's folder of pictures beside the file";
    Some(Diagnostic::warning("remote-picture", message).at(place).hint(hint))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_smaller_picture_is_known_by_its_name() {
        assert_eq!(without_size("a-b-300x200.jpg").as_deref(), Some("a-b.jpg"));
        assert_eq!(without_size("a-scaled.jpg").as_deref(), Some("a.jpg"));
        for plain in ["a.jpg", "a-x.jpg", "a-3x.jpg", "axb"] {
            assert_eq!(without_size(plain), None);
        }
    }
}
