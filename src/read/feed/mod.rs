//! Many posts in one file: feeds (RSS 2.0 and 1.0, Atom: RFC 4287) and what WordPress exports (WXR, which is RSS).

mod autop;
mod blocks;
mod content;
mod date;
mod media;
mod post;
mod shortcodes;
mod surroundings;
mod wordpress;
mod xml;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use crate::diag::{Diagnostic, Outcome, Place};

pub use content::body;
pub use post::Post;

/// The posts of a file, in its order.
#[derive(Debug, Default)]
pub struct Export {
    /// Those that are published.
    pub posts: Vec<Arc<Post>>,
    /// What was left out, and why.
    pub notes: Vec<Diagnostic>,
}

/// Whether a text is a feed, by its first element.
pub fn is_feed(text: &str) -> bool {
    let mut rest = text.trim_start_matches('\u{FEFF}').trim_start();
    // The declaration, instructions and comments come before the first element.
    for _ in 0..64 {
        let end = match () {
            () if rest.starts_with("<?") => "?>",
            () if rest.starts_with("<!--") => "-->",
            () if rest.starts_with("<!") => ">",
            () => break,
        };
        let Some((_, after)) = rest.split_once(end) else { return false };
        rest = after.trim_start();
    }
    let name = rest.strip_prefix('<').unwrap_or_default();
    let end = name.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).unwrap_or(name.len());
    matches!(&name[..end], "rss" | "feed" | "rdf:RDF")
}

/// Reads the posts of a feed or an export.
///
/// # Errors
/// `broken-xml`, `xml-entities`, `too-deep`; `no-posts` where there is none that is published.
pub fn posts(text: &str, file: &Arc<str>) -> Outcome<Export> {
    let feed = xml::read(text, file).map_err(|error| vec![error])?;
    let is_wordpress = feed.channel.iter().any(|field| field.name == "wp:wxr_version");
    let (mut posts, notes) =
        if is_wordpress { wordpress::posts(&feed, text, file) } else { post::posts(&feed, text) };
    post::settle_slugs(&mut posts);
    if posts.is_empty() {
        let found = Diagnostic::error("no-posts", "there is no published post in this file");
        return Err(vec![found.at(Place::file(file.clone()))]);
    }
    Ok(Export { posts: posts.into_iter().map(Arc::new).collect(), notes })
}
