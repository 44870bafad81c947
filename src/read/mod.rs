//! Files in, [`Article`]s out: Markdown, HTML and plain text, with their metadata.

mod article;
mod body;
pub mod front;
pub mod plain;
pub mod text;

pub use article::{Article, Metadata};
pub use body::{Body, Source};
