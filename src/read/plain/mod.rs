//! Plain text, read as the person who wrote it meant it.

mod options;

pub use options::Options;
