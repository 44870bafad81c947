//! `handout` is a document press: it reads a folder of articles, puts each through a Handlebars layout in
//! the brand of the house, and writes a typeset PDF and a native Word document of each.
//!
//! The way of an article, one folder of this crate a stage, one type handed from each to the next:
//!
//! 1. [`read`] turns files into an [`Article`](read::Article): metadata, and a body in HTML.
//! 2. [`template`] puts it through a layout and gives HTML.
//! 3. [`dom`] parses that HTML, [`style`] cascades the layout's CSS over it: a
//!    [`StyledTree`](style::StyledTree).
//! 4. [`layout`] breaks the styled tree into [`Pages`](layout::Pages).
//! 5. [`pdf`] paints the pages; [`docx`] writes the styled tree as a Word document.
//!
//! [`booklet`] binds the pages of several articles, so that 5. paints them as one document.
//!
//! [`audit`] looks at the styled tree and the pages, and tells what not everyone could read.
//!
//! [`config`], [`fonts`] and [`media`] hold what all articles of a run share; [`run`] does the run. Files come
//! in through one door, [`files::Files`], so that every stage runs in a test without a disk. What is wrong is
//! data: a [`diag::Diagnostic`] with its severity, place and hint.

pub mod audit;
pub mod booklet;
pub mod config;
pub mod contrast;
pub mod diag;
pub mod docx;
pub mod dom;
pub mod files;
pub mod fonts;
pub mod geom;
pub mod import;
pub mod layout;
pub mod media;
mod opc;
pub mod pdf;
pub mod read;
pub mod run;
pub mod schema;
pub mod style;
pub mod template;
pub mod units;
