//! WordPress' shortcodes: words in square brackets that a site puts something in the place of. Those of pictures are
//! understood; of the others only what they enclose is text.

use std::collections::{BTreeMap, BTreeSet};

use super::media::Media;
use super::post::Text;

/// A text without shortcodes.
#[derive(Debug, Default)]
pub(super) struct Expanded {
    /// It, with as many lines.
    pub(super) html: String,
    /// The shortcodes that were not understood: the line of the first of each, its name, and how often it was there.
    pub(super) unknown: BTreeMap<String, (u32, u32)>,
}

/// One shortcode.
struct Code<'t> {
    name: &'t str,
    attributes: &'t str,
    is_closing: bool,
    /// Whether it ends itself: `[name /]`.
    is_whole: bool,
    /// How many bytes it takes.
    length: usize,
}

/// Expands the shortcodes of a post.
pub(super) fn expand(text: &Text, html: &str, media: &Media) -> Expanded {
    let mut expanded = Expanded::default();
    let closed = closings(html);
    let mut line = text.line;
    let mut rest = html;
    while let Some(start) = rest.find('[') {
        push(&mut expanded.html, &rest[..start], &mut line);
        rest = &rest[start..];
        // `[[name]]` is how a shortcode is written about.
        if rest.starts_with("[[")
            && let Some(end) = rest.find("]]").filter(|&end| !rest[..end].contains('\n'))
        {
            push(&mut expanded.html, &rest[1..=end], &mut line);
            rest = &rest[end + 2..];
            continue;
        }
        let Some(code) = code(rest).filter(|code| is_meant(code, &closed)) else {
            push(&mut expanded.html, "[", &mut line);
            rest = &rest[1..];
            continue;
        };
        let (replacement, length) = replaced(&code, rest, text, media, &mut expanded, line);
        // Lines that go stay as empty ones, so that what follows keeps its own.
        let lines = rest[..length].matches('\n').count().saturating_sub(replacement.matches('\n').count());
        push(&mut expanded.html, &(replacement + &"\n".repeat(lines)), &mut line);
        rest = &rest[length..];
    }
    push(&mut expanded.html, rest, &mut line);
    expanded
}

fn push(html: &mut String, text: &str, line: &mut u32) {
    html.push_str(text);
    *line += text.matches('\n').count() as u32;
}

/// The names that some `[/name]` of a text closes.
fn closings(text: &str) -> BTreeSet<&str> {
    let after = text.match_indices("[/").map(|(start, _)| &text[start + 2..]);
    after.filter_map(|rest| Some(&rest[..name_end(rest)?])).collect()
}

fn name_end(text: &str) -> Option<usize> {
    let end =
        text.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))).unwrap_or(text.len());
    text.starts_with(|c: char| c.is_ascii_alphabetic()).then_some(end)
}

/// The shortcode that a text begins with.
fn code(text: &str) -> Option<Code<'_>> {
    const LONGEST: usize = 4000;
    let inner = text.strip_prefix('[')?;
    let (is_closing, inner) = inner.strip_prefix('/').map_or((false, inner), |inner| (true, inner));
    let name = &inner[..name_end(inner)?];
    let mut quote = None;
    let from = text.len() - inner.len() + name.len();
    for (at, c) in text.char_indices().skip_while(|(at, _)| *at < from).take(LONGEST) {
        match (quote, c) {
            (Some(open), c) if open == c => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '[') => return None,
            (None, ']') => {
                let attributes = text[from..at].trim();
                let is_whole = attributes.ends_with('/');
                let attributes = attributes.trim_end_matches('/');
                return Some(Code { name, attributes, is_closing, is_whole, length: at + 1 });
            }
            _ => {}
        }
    }
    None
}

/// Whether brackets are a shortcode and no aside of a writer, such as `[sic]`.
fn is_meant(code: &Code<'_>, closed: &BTreeSet<&str>) -> bool {
    const KNOWN: [&str; 7] = ["caption", "wp_caption", "gallery", "embed", "audio", "video", "playlist"];
    KNOWN.contains(&code.name)
        || code.is_closing
        || code.is_whole
        || code.attributes.contains('=')
        || closed.contains(code.name)
        || code.name.contains('_')
}

/// What stands in the place of a shortcode, and how much of the text it takes.
fn replaced(
    code: &Code<'_>,
    rest: &str,
    text: &Text,
    media: &Media,
    expanded: &mut Expanded,
    line: u32,
) -> (String, usize) {
    let after = &rest[code.length..];
    let close = format!("[/{}]", code.name);
    let enclosed = || after.find(&close).map(|end| (&after[..end], code.length + end + close.len()));
    let open = !code.is_closing;
    match code.name {
        "caption" | "wp_caption" if open && let Some((inner, length)) = enclosed() => {
            (captioned(inner, attribute(code.attributes, "caption")), length)
        }
        "embed" if open && let Some((inner, length)) = enclosed() => (link(inner.trim()), length),
        "gallery" if open => (gallery(code, text, media), code.length),
        "audio" | "video" if open && let Some(address) = player(code) => (
            link(&address),
            enclosed().filter(|(inner, _)| inner.trim().is_empty()).map_or(code.length, |(_, length)| length),
        ),
        "audio" | "video" | "caption" | "wp_caption" | "embed" | "gallery" if !open => {
            (String::new(), code.length)
        }
        _ => {
            if open {
                let (_, count) = expanded.unknown.entry(code.name.to_owned()).or_insert((line, 0));
                *count += 1;
            }
            // What stands in two boxes of a site beside each other is not one word.
            let apart = if !open && after.starts_with('[') { " " } else { "" };
            (apart.to_owned(), code.length)
        }
    }
}

/// The value of an attribute of a shortcode.
fn attribute<'a>(attributes: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = attributes;
    while let Some(at) = rest.find('=') {
        let key = rest[..at].trim_end();
        let key = key.rsplit(char::is_whitespace).next().unwrap_or(key);
        let after = rest[at + 1..].trim_start();
        let (value, next) = match after.chars().next() {
            Some(quote @ ('"' | '\'')) => {
                let inner = &after[1..];
                inner.split_once(quote).unwrap_or((inner, ""))
            }
            _ => after.split_once(char::is_whitespace).unwrap_or((after, "")),
        };
        if key == name {
            return Some(value);
        }
        rest = next;
    }
    None
}

/// A picture and what is said of it: `[caption]<img …> words[/caption]`.
fn captioned(inner: &str, given: Option<&str>) -> String {
    let end = inner.rfind("<img").and_then(|at| Some(at + inner[at..].find('>')? + 1)).unwrap_or(0);
    // The picture may be in a link.
    let end = if inner[end..].trim_start().starts_with("</a>") {
        end + inner[end..].find("</a>").unwrap_or(0) + 4
    } else {
        end
    };
    let (picture, words) = inner.split_at(end);
    let words = given.unwrap_or(words).trim();
    format!("<figure>{}<figcaption>{words}</figcaption></figure>", picture.trim())
}

fn gallery(code: &Code<'_>, text: &Text, media: &Media) -> String {
    let ids = attribute(code.attributes, "ids").or_else(|| attribute(code.attributes, "include"));
    let wanted: Vec<u64> = match ids {
        Some(ids) => ids.split(',').filter_map(|id| id.trim().parse().ok()).collect(),
        None => media.attachments.iter().filter(|(_, it)| it.parent == text.id).map(|(id, _)| *id).collect(),
    };
    let pictures = wanted.iter().filter_map(|id| media.attachments.get(id)).filter(|it| it.is_picture());
    pictures.map(super::media::Attachment::figure).collect()
}

fn player(code: &Code<'_>) -> Option<String> {
    let found =
        ["src", "mp4", "mp3", "m4a", "webm", "ogg"].iter().find_map(|name| attribute(code.attributes, name));
    found.map(str::to_owned)
}

fn link(address: &str) -> String {
    let address = handlebars::html_escape(address);
    format!("<p><a href=\"{address}\">{address}</a></p>")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expanded(html: &str) -> (String, Vec<(String, u32, u32)>) {
        let mut media = Media::default();
        let picture = super::super::media::Attachment {
            url: "https://e.org/a.jpg".into(),
            alt: "A".into(),
            ..Default::default()
        };
        media.attachments.insert(7, picture);
        let text = Text { line: 10, ..Text::default() };
        let Expanded { html, unknown } = expand(&text, html, &media);
        (html, unknown.into_iter().map(|(name, (line, count))| (name, line, count)).collect())
    }

    #[test]
    fn pictures_and_players_are_understood() {
        let figure = "<figure><a href=x><img src=a></a><figcaption>Zo dus</figcaption></figure>";
        assert_eq!(
            expanded("[caption id=\"x\" width=\"3\"]<a href=x><img src=a></a> Zo dus[/caption]").0,
            figure
        );
        assert_eq!(
            expanded("[gallery ids=\"7, 8\"]").0,
            "<figure><img src=\"https://e.org/a.jpg\" alt=\"A\"></figure>"
        );
        assert_eq!(expanded("[embed]https://e.org/?a&b[/embed]").0, link("https://e.org/?a&b"));
        assert_eq!(expanded("[video mp4='v.mp4'][/video]").0, link("v.mp4"));
    }

    #[test]
    fn of_others_the_words_stay_and_the_name_is_told() {
        let (html, unknown) =
            expanded("a\n[su_button url=\"x\ny\"]Lees[/su_button] [sic] [[gallery]] [1]\n[su_button a=b]c");
        assert_eq!(html, "a\n\nLees [sic] [gallery] [1]\nc");
        assert_eq!(unknown, [("su_button".to_owned(), 11, 2)]);
    }
}
