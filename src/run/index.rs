//! `index.html`: the download page of all handouts, in the brand of the house.

use serde_json::{Value, json};

use super::manifest::{self, Entry, File, Manifest};
use super::press::Press;
use crate::diag::Outcome;
use crate::read::{Article, Metadata};

/// The name of the file.
pub const NAME: &str = "index.html";

/// The download page: the layout `_index`, given the manifest instead of an article.
///
/// # Errors
/// What is wrong with the layout's template.
pub fn page(press: &Press<'_>, manifest: &Manifest) -> Outcome<String> {
    let lang = press.project.settings.lang.clone().unwrap_or_else(|| "nl".to_owned());
    let handouts: Vec<Value> = manifest.handouts.iter().map(|entry| handout(entry, &lang)).collect();
    let title = press.project.brand.name.clone();
    let all = [("handouts".to_owned(), Value::Array(handouts))].into_iter().collect();
    let layout = "_index".to_owned();
    let article = Article {
        slug: "index".to_owned(),
        meta: Metadata { title, lang, layout, all, ..Metadata::default() },
        body: String::new(),
        file: manifest::NAME.into(),
        source: "".into(),
        folder: press.project.root.clone(),
    };
    press.page(&article)
}

fn handout(entry: &Entry, lang: &str) -> Value {
    let files: Vec<Value> = entry.files.iter().map(|file| download(entry, file, lang)).collect();
    json!({
        "slug": entry.slug, "title": entry.title, "description": entry.description, "lang": entry.lang,
        "files": files,
    })
}

fn download(entry: &Entry, file: &File, lang: &str) -> Value {
    let (label, kind) = match file.name.rsplit('.').next() {
        Some("pdf") => ("PDF", "application/pdf"),
        Some("docx") => ("Word", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        _ => ("HTML", "text/html"),
    };
    let pages = entry.pages.filter(|_| label == "PDF");
    json!({ "name": file.name, "label": label, "type": kind, "pages": pages, "size": size(file.bytes, lang) })
}

/// A file's size as people say it, in steps of 1,000.
fn size(bytes: usize, lang: &str) -> String {
    let kilobytes = (bytes as f64 / 1000.0).max(1.0);
    if kilobytes < 1000.0 {
        return format!("{kilobytes:.0} kB");
    }
    let megabytes = format!("{:.1} MB", kilobytes / 1000.0);
    if lang.starts_with("en") { megabytes } else { megabytes.replace('.', ",") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_as_people_say_them() {
        assert_eq!(size(12, "nl"), "1 kB");
        assert_eq!(size(84_400, "nl"), "84 kB");
        assert_eq!(size(1_250_000, "nl"), "1,2 MB");
        assert_eq!(size(1_250_000, "en"), "1.2 MB");
    }
}
