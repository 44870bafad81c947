//! Files in, [`Article`]s out: Markdown, HTML and plain text, with their metadata.

mod article;
mod body;
mod clean;
mod date;
pub mod front;
pub mod html;
pub mod markdown;
pub mod plain;
mod structure;
pub mod text;

pub use article::{Article, Metadata};
pub use body::{Body, Source};
pub use date::Date;
