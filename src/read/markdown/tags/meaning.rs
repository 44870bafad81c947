//! What the tags of sites mean on paper.

use super::arguments::Arguments;
use super::pieces::{self, Described, Picture};
use super::scan::{Form, Tag};
use crate::read::markdown::callouts;

/// What stands in the place of a tag.
#[derive(Debug)]
pub(super) enum Meaning {
    /// Nothing: it only arranges things on a screen.
    Nothing,
    /// Words in the line.
    Inline(String),
    /// Lines that are a block of their own.
    Block(String),
    /// A link to what plays on a site.
    Player(String),
    Picture(Picture),
    /// Something before and something behind what it encloses.
    Around(Around),
    /// What it encloses is not read for tags.
    Verbatim(Verbatim),
    /// The tag itself is to be read.
    AsItIs,
    Unknown,
}

#[derive(Debug)]
pub(super) enum Around {
    Block { open: String, close: String },
    Inline { open: String, close: String },
}

/// What becomes of text in which no tag is one.
#[derive(Debug)]
pub(super) enum Verbatim {
    Kept,
    Dropped,
    /// Code in a language.
    Code(String),
    Formula,
}

impl Around {
    /// What stands in the place of the tag that closes.
    pub fn closing(&self) -> Meaning {
        match self {
            Self::Block { close, .. } => Meaning::Block(close.clone()),
            Self::Inline { close, .. } => Meaning::Inline(close.clone()),
        }
    }
}

/// Tags that only say where on a screen something stands, or that a program shall read it.
const TRANSPARENT: [&str; 26] = [
    "tabs",
    "tabpane",
    "tabset",
    "columns",
    "column",
    "col",
    "row",
    "grid",
    "cards",
    "steps",
    "step",
    "stepper",
    "stepper-step",
    "section",
    "center",
    "wrapper",
    "group",
    "code",
    "content-ref",
    "markdown",
    "md",
    "markdownify",
    "rawhtml",
    "html",
    "div",
    "cache",
];
/// The other parts of tags that choose.
const BRANCHES: [&str; 6] = ["else", "elsif", "elif", "elseif", "when", "default"];
/// Boxes whose kind is told by an argument.
const BOXES: [&str; 10] =
    ["notice", "alert", "admonition", "callout", "hint", "message", "panel", "box", "notification", "banner"];
const FOLDED: [&str; 7] =
    ["details", "expand", "expandable", "spoiler", "collapse", "collapsible", "accordion"];
const TABS: [&str; 5] = ["tab", "tabitem", "tab-item", "codetab", "tabbed"];
const QUOTATIONS: [&str; 5] = ["quote", "blockquote", "pullquote", "bquote", "epigraph"];
const PICTURES: [&str; 9] =
    ["figure", "fig", "img", "image", "picture", "imgproc", "responsive-image", "lightbox", "photo"];
const CONTENTS: [&str; 5] = ["toc", "table-of-contents", "tableofcontents", "contents", "inline-toc"];
/// Expressions for the beginning of a site's addresses.
const ROOTS: [&str; 10] = [
    "site.baseurl",
    "site.url",
    "site.base_path",
    "base_path",
    "baseurl",
    "site.root",
    "page.root",
    "relative_root",
    ".Site.BaseURL",
    "config.base_url",
];
/// What expressions call the metadata of their article.
const OWNERS: [&str; 8] =
    ["page.meta.", "page.params.", "page.extra.", "page.", ".Params.", ".", "$frontmatter.", "meta."];

/// A tag as most programs would write it.
struct Call<'t, 'a> {
    name: String,
    form: Form,
    arguments: &'a Arguments<'t>,
    /// So many arguments without names come before the tag's own.
    skip: usize,
    is_paired: bool,
}

impl<'a> Call<'_, 'a> {
    fn get(&self, names: &[&str], place: usize) -> Option<&'a str> {
        self.arguments.get(names, place + self.skip)
    }

    fn at(&self, place: usize) -> Option<&'a str> {
        self.arguments.at(place + self.skip)
    }

    fn is(&self, names: &[&str]) -> bool {
        names.contains(&self.name.as_str())
    }
}

/// The meaning of a tag that is not the end of one that is understood; `value` finds values of the metadata.
pub(super) fn of(tag: &Tag<'_>, value: &dyn Fn(&str) -> Option<String>) -> Meaning {
    match tag.form {
        Form::Comment => Meaning::Nothing,
        Form::Quoted => {
            let inner = tag.name.trim_start_matches("/*").trim_end_matches("*/");
            Meaning::Inline(pieces::escaped(&format!("{{{{<{inner}>}}}}")))
        }
        Form::Output => output(tag.name, value),
        // The end of a tag that was told.
        Form::Shortcode | Form::Statement if tag.is_closing && tag.partner.is_some() => Meaning::Nothing,
        Form::Shortcode | Form::Statement if tag.is_closing => Meaning::Unknown,
        Form::Shortcode | Form::Statement => {
            let name = tag.name.rsplit('/').next().unwrap_or_default().to_lowercase().replace('_', "-");
            let (form, arguments, is_paired) = (tag.form, &tag.arguments, tag.partner.is_some());
            let call = Call { name, form, arguments, skip: 0, is_paired };
            called(&call, value)
        }
    }
}

fn called(call: &Call<'_, '_>, value: &dyn Fn(&str) -> Option<String>) -> Meaning {
    if call.is_paired
        && let Some(meaning) = enclosing(call)
    {
        return meaning;
    }
    let is_shortcode = call.form == Form::Shortcode;
    if call.is(&PICTURES) {
        let described = Described {
            src: call.get(&["src", "url", "file", "path"], 0),
            alt: call.get(&["alt", "image_alt"], 1),
            title: call.arguments.named(&["title"]),
            caption: call.arguments.named(&["caption", "description", "cap"]),
            credit: call.arguments.named(&["attr", "credit", "source"]),
            class: call.arguments.named(&["class", "classes"]),
            id: call.arguments.named(&["id", "name"]),
            width: call.arguments.named(&["width"]),
        };
        return described.picture().map_or(Meaning::Unknown, Meaning::Picture);
    }
    if call.is(&CONTENTS) {
        return Meaning::Block("[TOC]".to_owned());
    }
    if call.is(&BRANCHES) {
        return Meaning::Nothing;
    }
    match call.name.as_str() {
        "ref" | "relref" if is_shortcode => {
            call.get(&["path"], 0).map_or(Meaning::Unknown, |path| Meaning::Inline(pieces::page(path)))
        }
        "post-url" | "link" if !is_shortcode => {
            let path = call.arguments.text.trim();
            if path.is_empty() { Meaning::Unknown } else { Meaning::Inline(pieces::page(path)) }
        }
        "meta" | "param" if is_shortcode => {
            let found = call.at(0).and_then(value);
            found.map_or(Meaning::Unknown, |found| Meaning::Inline(pieces::escaped(&found)))
        }
        "include" if !is_shortcode => included(call, value),
        "kbd" if is_shortcode && call.at(0).is_some() => {
            let keys = call.at(0).unwrap_or_default();
            Meaning::Inline(format!("<kbd>{}</kbd>", handlebars::html_escape(keys)))
        }
        "br" | "line-break" => Meaning::Inline("<br>".to_owned()),
        name => {
            let title = call.arguments.named(&["title", "caption", "label"]);
            let address = pieces::played(name, &|names, place| call.get(names, place));
            address.map_or(Meaning::Unknown, |address| Meaning::Player(pieces::link(&address, title)))
        }
    }
}

/// A file of the site's own that Jekyll puts in, whose name tells what it is: `{% include figure.html src="…" %}`.
fn included(call: &Call<'_, '_>, value: &dyn Fn(&str) -> Option<String>) -> Meaning {
    let file = call.at(0).unwrap_or_default();
    let last = file.rsplit('/').next().unwrap_or_default();
    let name = last.split('.').next().unwrap_or_default().to_lowercase().replace('_', "-");
    if name == "include" || call.skip > 0 {
        return Meaning::Unknown;
    }
    let inner =
        Call { name, form: Form::Shortcode, arguments: call.arguments, skip: 1, is_paired: call.is_paired };
    called(&inner, value)
}

/// The meaning of a tag with an end.
fn enclosing(call: &Call<'_, '_>) -> Option<Meaning> {
    let title = || call.arguments.named(&["title", "header", "heading", "summary", "caption", "label"]);
    let boxed = |kind: &str, title: Option<&str>| Some(Meaning::Around(pieces::boxed(kind, title)));
    if call.is(&TRANSPARENT) {
        return Some(Meaning::Nothing);
    }
    if call.is(&TABS) {
        let title = title().or_else(|| call.get(&["name"], 0));
        return Some(Meaning::Around(pieces::tab(title)));
    }
    if call.is(&FOLDED) {
        return boxed("details", title().or_else(|| call.at(0)));
    }
    if call.is(&QUOTATIONS) {
        let author = call.get(&["author", "by", "cite"], 0);
        let source = call.arguments.named(&["source", "title", "cite", "link"]).or_else(|| call.at(1));
        return Some(Meaning::Around(pieces::quotation(
            author,
            source.filter(|source| author != Some(source)),
        )));
    }
    if call.is(&BOXES) || callouts::kind(&call.name).is_some() {
        let told = call.arguments.named(&["type", "style", "kind", "level", "context", "class", "color"]);
        let first = call.at(0).filter(|kind| call.is(&BOXES) && callouts::kind(kind).is_some());
        let own = callouts::kind(&call.name).map(|_| call.name.as_str()).filter(|_| !call.is(&BOXES));
        let kind = own.or(told).or(first).filter(|kind| callouts::kind(kind).is_some()).unwrap_or("note");
        let title = title().or_else(|| call.at(usize::from(first.is_some())));
        return boxed(kind, title);
    }
    match call.name.as_str() {
        "highlight" | "codeblock" | "code-block" | "code-toggle" | "prism" | "mermaid" => {
            let language =
                if call.name == "mermaid" { Some("mermaid") } else { call.get(&["lang", "type"], 0) };
            let is_name =
                |name: &&str| name.chars().all(|c| c.is_alphanumeric() || matches!(c, '+' | '#' | '-' | '_'));
            let language = language.filter(is_name).unwrap_or_default();
            Some(Meaning::Verbatim(Verbatim::Code(language.to_owned())))
        }
        "raw" | "verbatim" | "nomarkdown" => Some(Meaning::Verbatim(Verbatim::Kept)),
        "comment" => Some(Meaning::Verbatim(Verbatim::Dropped)),
        "math" | "katex" | "latex" | "mathjax" => Some(Meaning::Verbatim(Verbatim::Formula)),
        "button" | "btn" | "linkbutton" => {
            let address = call.get(&["href", "url", "link", "relref", "to"], 0)?;
            let open = format!("<a href=\"{}\">", handlebars::html_escape(address));
            Some(Meaning::Around(Around::Inline { open, close: "</a>".to_owned() }))
        }
        "kbd" => Some(Meaning::Around(Around::Inline { open: "<kbd>".into(), close: "</kbd>".into() })),
        _ => None,
    }
}

/// The meaning of `{{ expression }}`.
fn output(expression: &str, value: &dyn Fn(&str) -> Option<String>) -> Meaning {
    let (path, _filters) = expression.split_once('|').unwrap_or((expression, ""));
    let path = path.trim();
    let quote = path.chars().next().filter(|quote| matches!(quote, '"' | '\''));
    if let Some(literal) = quote.and_then(|quote| path[1..].strip_suffix(quote)) {
        return Meaning::Inline(literal.to_owned());
    }
    if ROOTS.contains(&path) {
        return Meaning::Inline(String::new());
    }
    let key = OWNERS.iter().find_map(|owner| path.strip_prefix(owner)).unwrap_or(path);
    let lower = || {
        key.chars().next().map(|first| first.to_lowercase().chain(key.chars().skip(1)).collect::<String>())
    };
    let found = value(path).or_else(|| value(key)).or_else(|| value(&lower()?));
    if let Some(found) = found {
        return Meaning::Inline(pieces::escaped(&found));
    }
    if let Some((name, arguments)) = path.split_once('(').filter(|(name, _)| !name.contains(['.', ' '])) {
        let arguments = Arguments::of(arguments.strip_suffix(')').unwrap_or(arguments));
        let name = name.to_lowercase().replace('_', "-");
        let call = Call { name, form: Form::Shortcode, arguments: &arguments, skip: 0, is_paired: false };
        return called(&call, value);
    }
    let is_word = path.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | ' '));
    if is_word && path == expression { Meaning::AsItIs } else { Meaning::Unknown }
}
