//! Files in, [`Article`]s out: Markdown, HTML and plain text, with their metadata.

mod article;

pub use article::{Article, Metadata};
