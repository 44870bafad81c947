//! What the posts of an export refer to by number: pictures, and patterns that several posts share.

use std::collections::BTreeMap;

/// By number.
#[derive(Debug, Default)]
pub(super) struct Media {
    pub(super) attachments: BTreeMap<u64, Attachment>,
    /// The HTML of blocks that are written once and used in many posts.
    pub(super) patterns: BTreeMap<u64, String>,
}

/// A file of the media library.
#[derive(Clone, Debug, Default)]
pub(super) struct Attachment {
    pub(super) url: String,
    pub(super) alt: String,
    pub(super) caption: String,
    /// The post that it was uploaded for.
    pub(super) parent: u64,
}

impl Attachment {
    /// Whether it is a picture, by the ending of its address.
    pub(super) fn is_picture(&self) -> bool {
        let ending = self.url.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
        matches!(&*ending, "jpg" | "jpeg" | "png" | "gif" | "webp" | "svg" | "avif" | "bmp" | "tif" | "tiff")
    }

    /// It as a figure, all on one line.
    pub(super) fn figure(&self) -> String {
        let escape = handlebars::html_escape;
        let caption = self.caption.split_whitespace().collect::<Vec<_>>().join(" ");
        let caption =
            if caption.is_empty() { caption } else { format!("<figcaption>{caption}</figcaption>") };
        format!("<figure><img src=\"{}\" alt=\"{}\">{caption}</figure>", escape(&self.url), escape(&self.alt))
    }
}
