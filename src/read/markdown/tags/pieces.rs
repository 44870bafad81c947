//! What tags of sites become, in Markdown and HTML.

use comrak::Options;
use handlebars::html_escape;

use super::meaning::Around;

/// A picture as tags describe it.
#[derive(Debug)]
pub(super) struct Picture {
    image: String,
    caption: String,
    attributes: String,
}

/// What a tag says of a picture.
pub(super) struct Described<'t> {
    pub src: Option<&'t str>,
    pub alt: Option<&'t str>,
    pub title: Option<&'t str>,
    pub caption: Option<&'t str>,
    pub credit: Option<&'t str>,
    pub class: Option<&'t str>,
    pub id: Option<&'t str>,
    pub width: Option<&'t str>,
}

impl Described<'_> {
    /// The picture, if it is said where that is. One that nothing is said of in place of its sight has no `alt`, which is told
    /// later: that it is decoration nobody has said either.
    pub fn picture(&self) -> Option<Picture> {
        let attribute = |name: &str, value: Option<&str>| {
            value.map(|value| format!(" {name}=\"{}\"", html_escape(value))).unwrap_or_default()
        };
        let width = self.width.map(|width| width.trim_end_matches("px"));
        let width = width.filter(|width| width.bytes().all(|byte| byte.is_ascii_digit()));
        let image = format!(
            "<img src=\"{}\"{}{}>",
            html_escape(self.src?),
            attribute("alt", self.alt),
            attribute("width", width)
        );
        let title = self.title.map(|title| format!("<strong>{}</strong>", inline(title)));
        let words = title.into_iter().chain(self.caption.map(inline)).chain(self.credit.map(inline));
        let caption = words.collect::<Vec<_>>().join(" ");
        let attributes = attribute("class", self.class) + &attribute("id", self.id);
        Some(Picture { image, caption, attributes })
    }
}

impl Picture {
    /// As a block: a figure, if it has a caption.
    pub fn block(&self) -> String {
        let Self { image, caption, attributes } = self;
        if caption.is_empty() {
            return format!("<p{attributes}>{image}</p>");
        }
        format!("<figure{attributes}>{image}<figcaption>{caption}</figcaption></figure>")
    }

    /// In a line of text.
    pub fn inline(&self) -> String {
        self.image.clone()
    }
}

/// Markdown of one paragraph as HTML without the paragraph, on one line.
fn inline(markdown: &str) -> String {
    let html = comrak::markdown_to_html(markdown.trim(), &Options::default());
    let html = html.trim().replace('\n', " ");
    let inner = html.strip_prefix("<p>").and_then(|html| html.strip_suffix("</p>"));
    inner.filter(|inner| !inner.contains("<p>")).map_or_else(|| html_escape(markdown.trim()), str::to_owned)
}

/// Words as Markdown in which no sign means anything.
pub(super) fn escaped(words: &str) -> String {
    let mut escaped = String::with_capacity(words.len());
    for sign in words.split_whitespace().collect::<Vec<_>>().join(" ").chars() {
        if sign.is_ascii_punctuation() {
            escaped.push('\\');
        }
        escaped.push(sign);
    }
    escaped
}

/// The address of another article by its path on the site: below the folder of all articles, unless it is beside this one.
pub(super) fn page(path: &str) -> String {
    let (path, inside) = path.trim().split_once('#').unwrap_or((path.trim(), ""));
    let path = path.trim_end_matches('/');
    let path = path.strip_suffix(".md").or_else(|| path.strip_suffix(".markdown")).unwrap_or(path);
    let is_beside = path.is_empty() || path.starts_with('.') || !path.contains('/');
    let root = if is_beside { "" } else { "@/" };
    let path = path.trim_start_matches('/').replace(' ', "%20").replace('(', "%28").replace(')', "%29");
    let inside = if inside.is_empty() { String::new() } else { format!("#{inside}") };
    format!("{root}{path}{inside}")
}

/// A link that stands alone.
pub(super) fn link(address: &str, title: Option<&str>) -> String {
    let address = address.replace(['<', '>', ' ', '\n'], "");
    match title {
        Some(title) => format!("[{}](<{address}>)", escaped(title)),
        None => format!("<{address}>"),
    }
}

/// The page on which people see what a tag shows from another site.
pub(super) fn played<'t>(name: &str, argument: &dyn Fn(&[&str], usize) -> Option<&'t str>) -> Option<String> {
    let id = || argument(&["id", "video_id", "videoid", "v"], 0);
    let of_user = |address: &str, path: &str| match (argument(&["user", "username"], 0), argument(&["id"], 1))
    {
        (Some(user), Some(id)) => Some(format!("{address}/{user}{path}{id}")),
        (Some(id), None) => Some(format!("{address}/i{path}{id}")),
        _ => None,
    };
    let address = match name {
        "youtube" | "youtube-lite" | "lite-youtube" | "youtube-enhanced" | "yt" => {
            id().map(|id| whole(id, "https://www.youtube.com/watch?v="))
        }
        "vimeo" | "vimeo-simple" => id().map(|id| whole(id, "https://vimeo.com/")),
        "tweet" | "twitter" | "twitter-simple" | "x" | "x-simple" => of_user("https://x.com", "/status/"),
        "gist" => {
            let (user, id) = (argument(&["user"], 0)?, argument(&["id"], 1));
            Some(id.map_or(format!("https://gist.github.com/{user}"), |id| {
                format!("https://gist.github.com/{user}/{id}")
            }))
        }
        "instagram" | "instagram-simple" => id().map(|id| whole(id, "https://www.instagram.com/p/")),
        "asciinema" => id().map(|id| whole(id, "https://asciinema.org/a/")),
        "video" | "audio" | "embed" | "oembed" | "iframe" | "rawvideo" => {
            argument(&["src", "url", "file", "link", "youtube"], 0).map(str::to_owned)
        }
        _ => None,
    };
    address.filter(|address| address.starts_with("https://") || address.starts_with("http://"))
}

/// An address, also where only the end of it was said.
fn whole(id: &str, start: &str) -> String {
    let is_whole = id.starts_with("https://") || id.starts_with("http://");
    if is_whole { id.to_owned() } else { format!("{start}{id}") }
}

/// A callout of a kind.
pub(super) fn boxed(kind: &str, title: Option<&str>) -> Around {
    fenced(&format!(".callout .{}", kind.to_ascii_lowercase()), title)
}

/// One of several texts of which a screen shows one.
pub(super) fn tab(title: Option<&str>) -> Around {
    fenced(".tab", title)
}

fn fenced(classes: &str, title: Option<&str>) -> Around {
    let title = title.map(|title| {
        let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
        let quote = if title.contains('"') { '\'' } else { '"' };
        let title = if quote == '\'' { title.replace('\'', "’") } else { title };
        format!(" title={quote}{title}{quote}")
    });
    let title = title.unwrap_or_default();
    Around::Block { open: format!("::: {{{classes}{title}}}"), close: ":::".to_owned() }
}

/// A quotation, and below it whose it is.
pub(super) fn quotation(author: Option<&str>, source: Option<&str>) -> Around {
    let said: Vec<String> = author.into_iter().chain(source).map(inline).collect();
    let said =
        if said.is_empty() { String::new() } else { format!("<p class=\"source\">{}</p>", said.join(", ")) };
    Around::Block { open: "<blockquote>".to_owned(), close: format!("{said}</blockquote>") }
}
