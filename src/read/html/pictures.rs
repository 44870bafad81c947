//! Pictures and players of a page as paper has them: the picture that a script would have loaded, and an address in the
//! place of a film.

use crate::dom::{Document, NodeId};
use crate::read::clean::unwrap;

/// Attributes in which scripts that load pictures late look for the address, and for the candidates.
const LATE: [&str; 6] =
    ["data-src", "data-lazy-src", "data-original", "data-orig-file", "data-full-url", "data-lazy"];
const LATE_SETS: [&str; 3] = ["srcset", "data-srcset", "data-lazy-srcset"];

/// Marks a picture that is on a network.
pub(in crate::read) const REMOTE: &str = "data-remote";

/// Gives every picture below `root` the best address that its page has for it, and puts a link in the place of each
/// player and frame.
pub(in crate::read) fn settle(document: &mut Document, root: NodeId) {
    let all: Vec<NodeId> = document.elements(root).collect();
    for id in all {
        match document.tag(id) {
            "img" if is_drawn_sign(document, id) => {
                let sign = document.attribute(id, "alt").unwrap_or_default().to_owned();
                let sign = document.new_text(sign);
                document.insert_before(sign, id);
                document.detach(id);
            }
            "img" => {
                settle_picture(document, id);
                unlink_picture(document, id);
            }
            "picture" => settle_choice(document, id),
            "iframe" | "video" | "audio" | "embed" | "object" => link_player(document, id),
            _ => {}
        }
    }
    let boxes: Vec<NodeId> = document.elements(root).filter(|&id| is_box(document.tag(id))).collect();
    boxes.into_iter().rev().for_each(|id| caption(document, id));
    let paragraphs: Vec<NodeId> = document.elements(root).filter(|&id| document.is(id, "p")).collect();
    paragraphs.into_iter().for_each(|id| part_from_text(document, id));
}

/// Puts a picture that a paragraph begins with above it: on the site it stood beside the text.
fn part_from_text(document: &mut Document, paragraph: NodeId) {
    const SMALLEST: f32 = 64.0;
    let first =
        document.children(paragraph).find(|&id| document.element(id).is_some() || !document.is_blank(id));
    let Some(first) = first else { return };
    let picture = if document.is(first, "a") { document.child_elements(first).next() } else { Some(first) };
    let is_large = |id| {
        let width = document
            .attribute(id, "width")
            .and_then(|width| width.trim_end_matches("px").parse::<f32>().ok());
        width.is_none_or(|width| width >= SMALLEST)
    };
    let Some(picture) = picture.filter(|&id| document.is(id, "img") && is_large(id)) else { return };
    let is_alone = document.text(first).trim().is_empty();
    if !is_alone || document.text(paragraph).trim().is_empty() {
        return;
    }
    let figure = document.new_element("figure", &[]);
    document.set_line(figure, document.node(picture).line);
    document.insert_before(figure, paragraph);
    document.append(figure, first);
}

fn is_box(tag: &str) -> bool {
    matches!(tag, "div" | "section" | "p" | "span")
}

/// Makes a box that holds a picture and words that its class calls a caption a figure.
fn caption(document: &mut Document, holder: NodeId) {
    const NAMES: [&str; 6] =
        ["caption", "wp-caption-text", "image-caption", "photo-caption", "img-caption", "gallery-caption"];
    let is_caption = |id: &NodeId| {
        is_box(document.tag(*id))
            && NAMES.iter().any(|name| document.has_class(*id, name))
            && !document.is_blank(*id)
    };
    let said: Vec<NodeId> = document
        .children(holder)
        .filter(|&id| !document.is_blank(id) || holds_picture(document, id))
        .collect();
    let [picture, words] = said.as_slice() else { return };
    let (picture, words) = (*picture, *words);
    let is_picture = holds_picture(document, picture) && document.text(picture).trim().is_empty();
    if !document.is(holder, "div") || !is_picture || !is_caption(&words) || holds_picture(document, words) {
        return;
    }
    let figure = document.new_element("figure", &[]);
    let below = document.new_element("figcaption", &[]);
    document.set_line(figure, document.node(holder).line);
    document.set_line(below, document.node(words).line);
    document.insert_before(figure, holder);
    document.append(figure, picture);
    document.append(figure, below);
    while let Some(child) = document.first_child(words) {
        document.append(below, child);
    }
    document.detach(holder);
}

/// Whether an element is a picture, or has just one in it.
fn holds_picture(document: &Document, id: NodeId) -> bool {
    document.is(id, "img") || document.elements(id).filter(|&at| document.is(at, "img")).count() == 1
}

/// Whether a picture is drawn in the place of one sign, as WordPress and others do with emoji: its text is that sign.
fn is_drawn_sign(document: &Document, id: NodeId) -> bool {
    const LONGEST: usize = 16;
    let is_emoji = ["wp-smiley", "emoji"].iter().any(|class| document.has_class(id, class));
    is_emoji
        && document
            .attribute(id, "alt")
            .is_some_and(|alt| !alt.trim().is_empty() && alt.chars().count() < LONGEST)
}

/// Marks the pictures that are on a network, so that they are looked for beside the article.
pub(in crate::read) fn mark_remote(document: &mut Document, root: NodeId) {
    let is_there =
        |id: &NodeId| document.is(*id, "img") && document.attribute(*id, "src").is_some_and(is_remote);
    let pictures: Vec<NodeId> = document.elements(root).filter(is_there).collect();
    for id in pictures {
        document.set_attribute(id, REMOTE, "");
    }
}

fn settle_picture(document: &mut Document, id: NodeId) {
    let own = document.attribute(id, "src").unwrap_or_default().trim().to_owned();
    let mut candidates = vec![own.clone()];
    candidates
        .extend(LATE.iter().filter_map(|name| document.attribute(id, name)).map(|it| it.trim().to_owned()));
    candidates.extend(LATE_SETS.iter().filter_map(|name| widest(document.attribute(id, name)?)));
    candidates.extend(fallback(document, id));
    candidates.retain(|address| !is_placeholder(address));
    // What lies beside the page is there; what is on a site is not.
    let best = candidates.iter().find(|address| !is_remote(address)).or_else(|| candidates.first()).cloned();
    match best {
        Some(best) => {
            document.set_attribute(id, "src", &best);
        }
        None if own.is_empty() => {}
        // A dot that counts visits, or a picture that only a script knows.
        None => document.detach(id),
    }
}

/// Takes away a link around a picture that leads to nothing but the picture itself, larger.
fn unlink_picture(document: &mut Document, id: NodeId) {
    let Some(link) = document.parent(id).filter(|&up| document.is(up, "a")) else { return };
    let address = document.attribute(link, "href").unwrap_or_default().to_ascii_lowercase();
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let is_picture = [".jpg", ".jpeg", ".png", ".gif", ".webp"].iter().any(|ending| path.ends_with(ending));
    let is_alone = document.children(link).all(|child| child == id || document.is_blank(child));
    if is_picture && is_alone {
        unwrap(document, link);
    }
}

/// Whether an address is that of something that stands in for a picture until a script loads it.
fn is_placeholder(address: &str) -> bool {
    const SMALLEST: usize = 400;
    let is_data = address.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("data:"));
    address.is_empty()
        || address == "#"
        || (is_data && address.len() < SMALLEST && !address.contains("svg+xml;base64"))
}

/// The picture that the page has for readers without scripts, right behind the one that a script loads.
fn fallback(document: &Document, id: NodeId) -> Option<String> {
    let next = std::iter::successors(document.next(id), |&at| document.next(at));
    let noscript = next.take(2).find(|&at| document.is(at, "noscript"))?;
    let inner = document.elements(noscript).find(|&at| document.is(at, "img"))?;
    Some(document.attribute(inner, "src")?.trim().to_owned())
}

/// The widest candidate of a `srcset` (WHATWG HTML, section 2.4.1).
fn widest(set: &str) -> Option<String> {
    let mut best: Option<(f32, &str)> = None;
    let mut rest = set;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
        if rest.is_empty() {
            break;
        }
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let (address, behind) = rest.split_at(end);
        let (address, descriptor, after) = if address.ends_with(',') {
            (address.trim_end_matches(','), "", behind)
        } else {
            let (descriptor, after) = behind.split_once(',').unwrap_or((behind, ""));
            (address, descriptor.trim(), after)
        };
        let width = descriptor.trim_end_matches(['w', 'x', 'h']).parse().unwrap_or(1.0);
        if best.is_none_or(|(widest, _)| width > widest) {
            best = Some((width, address));
        }
        rest = after;
    }
    best.map(|(_, address)| address.to_owned())
}

/// A `picture` is its `img`; without one it is its first source.
fn settle_choice(document: &mut Document, id: NodeId) {
    let inner = document.elements(id).find(|&at| document.is(at, "img"));
    let sources = document.elements(id).filter(|&at| document.is(at, "source"));
    let set = sources.into_iter().find_map(|at| widest(document.attribute(at, "srcset")?));
    let image = match (inner, set) {
        (Some(image), set) => {
            if document.attribute(image, "src").is_none_or(is_placeholder)
                && let Some(address) = set
            {
                document.set_attribute(image, "src", &address);
            }
            image
        }
        (None, Some(address)) => document.new_element("img", &[("src", &address)]),
        (None, None) => return,
    };
    document.insert_before(image, id);
    document.detach(id);
    settle_picture(document, image);
}

/// Puts a link to what plays in its place, named by its title, else by its address.
fn link_player(document: &mut Document, id: NodeId) {
    let own = ["src", "data-src", "data"].iter().find_map(|name| document.attribute(id, name));
    let source = || {
        let source = document.elements(id).find(|&at| document.is(at, "source"))?;
        document.attribute(source, "src")
    };
    let address = own.or_else(source).map(|address| watched(address.trim()));
    let title = document.attribute(id, "title").map(str::trim).filter(|title| !title.is_empty());
    // A frame that nobody named is an advertisement, a counter or a window of another site.
    let is_named = title.is_some() || matches!(document.tag(id), "video" | "audio");
    let is_meant =
        |address: &String| is_film(address) || is_media(address) || (is_named && is_remote(address));
    let Some(address) = address.filter(is_meant) else { return };
    let words = title.unwrap_or(&address).to_owned();
    let link = document.new_element("a", &[("href", &address)]);
    let words = document.new_text(words);
    document.append(link, words);
    let paragraph = document.new_element("p", &[]);
    document.set_line(paragraph, document.node(id).line);
    document.append(paragraph, link);
    let is_inline = document.parent(id).is_some_and(|up| matches!(document.tag(up), "p" | "span" | "a"));
    document.insert_before(if is_inline { link } else { paragraph }, id);
    document.detach(id);
}

/// The page on which people watch what a frame plays.
fn watched(address: &str) -> String {
    let whole = if address.starts_with("//") { format!("https:{address}") } else { address.to_owned() };
    let known = [
        ("youtube.com/embed/", "https://www.youtube.com/watch?v="),
        ("youtube-nocookie.com/embed/", "https://www.youtube.com/watch?v="),
        ("player.vimeo.com/video/", "https://vimeo.com/"),
    ];
    for (frame, page) in known {
        if let Some((_, rest)) = whole.split_once(frame) {
            let id: String =
                rest.chars().take_while(|c| c.is_alphanumeric() || matches!(c, '-' | '_')).collect();
            return format!("{page}{id}");
        }
    }
    whole
}

fn is_film(address: &str) -> bool {
    ["https://www.youtube.com/watch", "https://vimeo.com/"].iter().any(|page| address.starts_with(page))
}

fn is_media(address: &str) -> bool {
    let ending = address.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    matches!(&*ending, "mp4" | "webm" | "mp3" | "ogg" | "m4a" | "wav" | "pdf")
}

/// Whether an address is on a network.
pub(in crate::read) fn is_remote(address: &str) -> bool {
    let start: String = address.chars().take(8).flat_map(char::to_lowercase).collect();
    start.starts_with("http://") || start.starts_with("https://") || start.starts_with("//")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dom;

    fn settled(html: &str) -> String {
        let mut document = dom::parse_fragment(html, 1);
        let root = document.fragment();
        settle(&mut document, root);
        document.inner_html(root)
    }

    #[test]
    fn the_picture_that_a_script_would_load_is_there() {
        let dot = "data:image/gif;base64,R0lGODlhAQABAAAAACw=";
        let cases = [
            (format!("<img src=\"{dot}\" data-src=\"a.jpg\">"), "<img src=\"a.jpg\" data-src=\"a.jpg\">"),
            (
                "<img srcset=\"s.jpg 300w, l.jpg 1200w\">".into(),
                "<img srcset=\"s.jpg 300w, l.jpg 1200w\" src=\"l.jpg\">",
            ),
            (format!("<img src=\"{dot}\">"), ""),
            (
                "<picture><source srcset=\"a.webp\"><img src=\"a.jpg\" alt=\"x\"></picture>".into(),
                "<img src=\"a.jpg\" alt=\"x\">",
            ),
            (
                "<img src=\"https://e.org/a.jpg\" data-src=\"a_files/a.jpg\">".into(),
                "<img src=\"a_files/a.jpg\" data-src=\"a_files/a.jpg\">",
            ),
        ];
        for (html, expected) in cases {
            assert_eq!(settled(&html), expected, "{html}");
        }
    }

    #[test]
    fn a_player_is_a_link() {
        assert_eq!(
            settled("<iframe src=\"//www.youtube.com/embed/x_1?rel=0\" title=\"De film\"></iframe>"),
            "<p><a href=\"https://www.youtube.com/watch?v=x_1\">De film</a></p>"
        );
        assert_eq!(settled("<video><source src=\"a.mp4\"></video>"), "<p><a href=\"a.mp4\">a.mp4</a></p>");
    }

    #[test]
    fn the_widest_candidate_is_taken() {
        assert_eq!(widest("a.jpg, b.jpg 2x").as_deref(), Some("b.jpg"));
        assert_eq!(widest("a,b.jpg 100w,c.jpg 50w").as_deref(), Some("a,b.jpg"));
        assert_eq!(widest(" , "), None);
    }
}
