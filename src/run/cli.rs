//! The command line, as clap reads it.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::schema::File;

/// A folder of articles in; typeset, branded PDF and Word handouts out.
#[derive(Debug, Parser)]
#[command(name = "handout", version, args_conflicts_with_subcommands = true)]
pub struct Cli {
    /// What to do; `build` where nothing is said.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// The options of `build`.
    #[command(flatten)]
    pub build: BuildArgs,
}

/// What can be done.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Write the handouts (the default).
    Build(BuildArgs),
    /// Do all that `build` does, but write nothing.
    Check(BuildArgs),
    /// Turn articles of any kind into Markdown with front matter, and their pictures into a folder beside them
    Import(ImportArgs),
    /// Print the JSON Schema of a file that people write, for editors that complete and check
    Schema {
        /// Which file
        #[arg(value_enum, default_value_t)]
        file: SchemaFile,
    },
}

/// A file that has a schema.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum SchemaFile {
    /// Front matter, sidecars and `_defaults.yaml`.
    #[default]
    Metadata,
    /// `catalog.yaml`.
    Catalog,
    /// `handout.toml`.
    Handout,
    /// `_brand.yml`.
    Brand,
}

impl From<SchemaFile> for File {
    fn from(file: SchemaFile) -> Self {
        match file {
            SchemaFile::Metadata => Self::Metadata,
            SchemaFile::Catalog => Self::Catalog,
            SchemaFile::Handout => Self::Settings,
            SchemaFile::Brand => Self::Brand,
        }
    }
}

/// The options of `build` and `check`.
#[derive(Clone, Debug, Args)]
pub struct BuildArgs {
    /// The folder of articles, or one article [default: input, or the folder itself where there is none]
    pub input: Option<PathBuf>,
    /// The folder to write into [default: output, beside the input]
    #[arg(short, long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// What to write [default: pdf,docx]
    #[arg(short, long, value_enum, value_delimiter = ',')]
    pub format: Vec<Format>,
    /// Only the handouts whose slug or source matches, and the booklets whose name does; may be given more than once
    #[arg(long, value_name = "GLOB")]
    pub only: Vec<glob::Pattern>,
    /// Bind this booklet of handout.toml, and write nothing else; may be given more than once
    #[arg(long, value_name = "NAME", conflicts_with = "only")]
    pub booklet: Vec<String>,
    /// PDFs for a printing house: with 3 mm of bleed and crop marks, unless the stylesheet says otherwise
    #[arg(long)]
    pub print: bool,
    /// Articles at a time [default: one for each processor]
    #[arg(short, long, value_name = "N")]
    pub jobs: Option<std::num::NonZeroUsize>,
    /// Another brand file than `_brand.yml`
    #[arg(long, value_name = "FILE")]
    pub brand: Option<PathBuf>,
    /// A Word file (.docx, .dotx) whose styles, theme, sheet, header and footer the Word documents have
    #[arg(long, value_name = "FILE")]
    pub reference_doc: Option<PathBuf>,
    /// A warning fails the run
    #[arg(long)]
    pub strict: bool,
    /// Also replace Word documents that somebody has changed since they were written
    #[arg(long)]
    pub overwrite: bool,
    /// Stop at the first handout that fails
    #[arg(long)]
    pub fail_fast: bool,
    /// Also use the fonts that are installed on this machine
    #[arg(long)]
    pub system_fonts: bool,
    /// How messages are printed
    #[arg(long, value_enum, default_value_t = MessageFormat::Human)]
    pub message_format: MessageFormat,
}

/// The options of `import`.
#[derive(Clone, Debug, Args)]
pub struct ImportArgs {
    /// Files, and folders of files
    #[arg(required = true, value_name = "SOURCE")]
    pub sources: Vec<PathBuf>,
    /// The folder to write into; nothing in it is overwritten
    #[arg(short, long, value_name = "DIR", default_value = "input")]
    pub output: PathBuf,
    /// Only the articles whose slug or source matches; may be given more than once
    #[arg(long, value_name = "GLOB")]
    pub only: Vec<glob::Pattern>,
    /// How messages are printed
    #[arg(long, value_enum, default_value_t = MessageFormat::Human)]
    pub message_format: MessageFormat,
}

/// A format that can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub enum Format {
    /// Portable Document Format, to download and print.
    Pdf,
    /// A Word document, to edit.
    Docx,
    /// The HTML that the layout gave, in one file.
    Html,
}

/// How messages are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum MessageFormat {
    /// For people.
    Human,
    /// One JSON object a line.
    Json,
}

impl Format {
    /// The ending of its files.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Docx => "docx",
            Self::Html => "html",
        }
    }
}
