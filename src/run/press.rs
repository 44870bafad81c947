//! The press: what all articles share, loaded once, and the way of one article through the stages.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use super::cli::Format;
use crate::audit::{self, Report};
use crate::config::{Overrides, Project};
use crate::diag::{Diagnostic, Outcome};
use crate::docx::{self, House, PageNumbers, Reference, SharedParts, Specimen, Substitution, Written};
use crate::files::Files;
use crate::fonts::FontBook;
use crate::layout::{self, Destination, Numbering, Pages, Scale, Setting};
use crate::media::{Folders, Library};
use crate::pdf::{self, Tagging};
use crate::read::{self, Article, Job, Metadata};
use crate::style::{self, StyledTree, Stylesheet};
use crate::template::{self, Rendered, SheetSource, Templates};

/// What all articles of a run share.
pub struct Press<'f> {
    files: &'f dyn Files,
    /// The configuration that was found.
    pub project: Project,
    templates: Templates,
    fonts: FontBook,
    library: Library<'f>,
    sheets: Mutex<BTreeMap<Arc<str>, Arc<Stylesheet>>>,
    destination: Destination,
    reference: Option<Reference>,
    shared: SharedParts,
    specimens: Mutex<BTreeMap<(String, String), Option<Shown>>>,
}

/// What a layout makes of each of Word's own styles: styled, and its looks.
type Shown = Arc<(StyledTree, Specimen)>;

/// The content of each format's file.
pub type Contents = Vec<(Format, Vec<u8>)>;

/// One handout as it comes from the press.
#[derive(Debug)]
pub struct Print {
    /// The article that it was made of.
    pub article: Article,
    /// The content of each format's file.
    pub files: Contents,
    /// The PDF, where one was made.
    pub pdf: Option<Sheets>,
    /// What the Word document has a substitute for; empty where none was made.
    pub word: Vec<Substitution>,
    /// What was checked of its accessibility.
    pub audit: Report,
    /// What somebody should look at.
    pub warnings: Vec<Diagnostic>,
}

/// A handout that is not written, and what is known of it all the same.
#[derive(Debug)]
pub struct Refusal {
    /// The article, where it could be read.
    pub article: Option<Article>,
    /// What was checked of its accessibility.
    pub audit: Report,
    /// All that keeps it from being written, with the warnings found on the way.
    pub told: Vec<Diagnostic>,
}

/// What the stages made of an article.
struct Made {
    files: Contents,
    pdf: Option<Sheets>,
    word: Vec<Substitution>,
}

/// What a Word document takes over from the pages of the same handout.
#[derive(Clone, Debug, Default)]
pub struct Paged {
    /// The numbers that it quotes.
    pub numbers: PageNumbers,
    /// How large type and space are set.
    pub scale: Scale,
}

/// What there is to tell of a PDF.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sheets {
    /// How many pages it has.
    pub pages: usize,
    /// How large type and space are set.
    pub scale: Scale,
}

impl<'f> Press<'f> {
    /// Loads what the articles at `input` share. The second value is what somebody should look at.
    ///
    /// # Errors
    /// What is wrong with the configuration, the brand or the templates, all of it.
    pub fn open(
        files: &'f dyn Files,
        input: &Path,
        overrides: &Overrides,
    ) -> Outcome<(Self, Vec<Diagnostic>)> {
        let project = Project::open(files, input, overrides)?;
        let mut warnings = project.warnings.clone();
        let templates = Templates::load(files, &project)?;
        let (fonts, found) = project.load_fonts(files);
        warnings.extend(found);
        let mut library = Library::new(files, &project.root).with_fonts(&fonts);
        if let Some(templates) = &project.templates {
            library = library.with_root(templates);
        }
        let sheets = Mutex::default();
        let press = Self {
            files,
            project,
            templates,
            fonts,
            library,
            sheets,
            destination: Destination::Reader,
            reference: None,
            shared: SharedParts::default(),
            specimens: Mutex::default(),
        };
        Ok((press, warnings))
    }

    /// The same, for pages that somebody else gets than a reader.
    #[must_use]
    pub fn with_destination(self, destination: Destination) -> Self {
        Self { destination, ..self }
    }

    /// Takes the looks of the Word file that the project names, where it names one, for all Word documents.
    ///
    /// # Errors
    /// `reference-doc` where nothing can be taken from it.
    pub fn load_reference(&mut self) -> Result<(), Diagnostic> {
        let Some(path) = &self.project.reference else { return Ok(()) };
        let name = self.project.name_of(path);
        let bytes = self.files.read(path).map_err(|error| {
            Diagnostic::error("reference-doc", format!("`{name}` cannot be read: {error}"))
        })?;
        self.reference = Some(Reference::read(&bytes, &name)?);
        Ok(())
    }

    /// The handouts of the run, in order, and what is wrong with the plan.
    pub fn plan(&self) -> (Vec<Job>, Vec<Diagnostic>) {
        read::plan(self.files, &self.project)
    }

    /// Reads one article.
    ///
    /// # Errors
    /// What keeps it from being read.
    pub fn read(&self, job: &Job) -> Outcome<(Article, Vec<Diagnostic>)> {
        read::read(self.files, &self.project, job)
    }

    /// Puts an article through its layout.
    ///
    /// # Errors
    /// What is wrong with the layout, or with what it asks of the article.
    pub fn render(&self, article: &Article) -> Outcome<Rendered> {
        self.templates.render(self.files, &self.project, article)
    }

    /// Cascades the layout's stylesheets over its HTML.
    ///
    /// # Errors
    /// What the HTML names and is not there.
    pub fn style(&self, article: &Article, rendered: &Rendered) -> Outcome<(StyledTree, Vec<Diagnostic>)> {
        let mut warnings = Vec::new();
        let sheets: Vec<_> = rendered.sheets.iter().map(|source| self.sheet(source, &mut warnings)).collect();
        let (mut tree, found) = style::style(&rendered.html, &sheets, &self.pictures(article), article)?;
        tree.hyphenation = self.project.settings.hyphenation.clone();
        warnings.extend(found);
        Ok((tree, warnings))
    }

    /// Breaks a styled tree into pages.
    ///
    /// # Errors
    /// What cannot be laid out, such as more pages than the article may have.
    pub fn lay_out(&self, tree: &StyledTree) -> Outcome<(Pages, Vec<Diagnostic>)> {
        self.lay_out_at(tree, Numbering::default())
    }

    /// Breaks a styled tree into pages that are counted as part of something larger.
    ///
    /// # Errors
    /// As [`Press::lay_out`].
    pub fn lay_out_at(&self, tree: &StyledTree, numbering: Numbering) -> Outcome<(Pages, Vec<Diagnostic>)> {
        let (smallest, destination) = (self.project.brand.smallest_size, self.destination);
        let setting = Setting { smallest, numbering, destination };
        layout::layout(tree, &self.fonts, &setting)
    }

    /// Audits what is seen on the pages of a styled tree.
    pub fn look(&self, tree: &StyledTree, pages: &Pages) -> Report {
        audit::paint(tree, pages, &self.fonts, &self.project.brand)
    }

    /// Paints pages as a PDF; `tree` is what they were laid out from, where that is one document.
    ///
    /// # Errors
    /// What cannot be painted.
    pub fn pdf(&self, pages: &Pages, tree: Option<&StyledTree>) -> Outcome<pdf::Written> {
        let place = |node| tree.map(|tree| tree.place(node));
        pdf::write(pages, &self.fonts, Tagging::Tagged, &place).map_err(|error| vec![error])
    }

    /// Paints pages as a PDF that tells nothing of what its content means: what tags cost is measured against it.
    ///
    /// # Errors
    /// What cannot be painted.
    pub fn untagged(&self, pages: &Pages) -> Outcome<Vec<u8>> {
        let written =
            pdf::write(pages, &self.fonts, Tagging::None, &|_| None).map_err(|error| vec![error])?;
        Ok(written.bytes)
    }

    /// Writes a styled tree as a Word document, as large as its pages are set; their numbers are what it shows until
    /// Word counts its own.
    ///
    /// # Errors
    /// What cannot be written.
    pub fn docx(&self, tree: &StyledTree, paged: &Paged) -> Outcome<Written> {
        let (brand, reference, shared) = (&self.project.brand, self.reference.as_ref(), &self.shared);
        // A reference has styles of its own.
        let shown = if reference.is_none() { self.specimen(&tree.meta) } else { None };
        let write = |tree: &StyledTree, specimen: Option<&Specimen>| {
            docx::write(tree, &self.fonts, &paged.numbers, &House { brand, reference, specimen, shared })
        };
        let shown = shown.as_deref();
        if paged.scale < Scale::default() {
            let scaled = |tree: &StyledTree| layout::at_scale(tree, paged.scale, brand.smallest_size);
            let specimen = shown.map(|(specimen, _)| Specimen::of(&scaled(specimen), &self.fonts));
            return write(&scaled(tree), specimen.as_ref());
        }
        write(tree, shown.map(|(_, specimen)| specimen))
    }

    /// What the layout of an article makes of what the article may not have, the same for all articles of a layout and a
    /// language; `None` where the layout asks for more than a title and a body.
    fn specimen(&self, meta: &Metadata) -> Option<Shown> {
        let specimens = || self.specimens.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (meta.layout.clone(), meta.lang.clone());
        let known = specimens().get(&key).cloned();
        known.unwrap_or_else(|| {
            // Not every layout has a place for contents.
            let shown = [Some(3), None].into_iter().find_map(|toc| self.show(&key, toc));
            specimens().insert(key, shown.clone());
            shown
        })
    }

    fn show(&self, (layout, lang): &(String, String), toc: Option<u8>) -> Option<Shown> {
        let (title, layout, lang) = ("A".to_owned(), layout.clone(), lang.clone());
        let article = Article {
            slug: String::new(),
            meta: Metadata { title, layout, lang, toc, ..Metadata::default() },
            body: docx::SPECIMEN.to_owned(),
            file: Arc::from(""),
            source: Arc::from(""),
            folder: self.project.root.clone(),
        };
        let rendered = self.render(&article).ok()?;
        let (tree, _) = self.style(&article, &rendered).ok()?;
        let specimen = Specimen::of(&tree, &self.fonts);
        Some(Arc::new((tree, specimen)))
    }

    /// A fixed word of the layouts.
    pub fn word(&self, lang: &str, key: &str) -> Option<&str> {
        self.templates.word(lang, key)
    }

    /// A piece of a page about the handouts: what one partial of its layout makes of `article`.
    ///
    /// # Errors
    /// What is wrong with the partial.
    pub fn fragment(&self, article: &Article, partial: &str) -> Outcome<String> {
        self.templates.fragment(self.files, &self.project, article, partial)
    }

    /// A page about the handouts: HTML only.
    ///
    /// # Errors
    /// What is wrong with its layout.
    pub fn page(&self, article: &Article) -> Outcome<String> {
        let rendered = self.render(article)?;
        Ok(template::standalone(&rendered, &self.pictures(article)))
    }

    /// Puts one article through the stages.
    ///
    /// # Errors
    /// What is known of this handout, and only this one, where something keeps it from being written.
    pub fn print(&self, job: &Job, formats: &[Format]) -> Result<Print, Box<Refusal>> {
        let (article, mut told) = self
            .read(job)
            .map_err(|told| Box::new(Refusal { article: None, audit: Report::default(), told }))?;
        let mut audit = Report::default();
        match self.print_article(&article, formats, &mut told, &mut audit) {
            Ok(Made { files, pdf, word }) if !told.iter().any(Diagnostic::is_error) => {
                Ok(Print { article, files, pdf, word, audit, warnings: told })
            }
            made => {
                told.extend(made.err().into_iter().flatten());
                Err(Box::new(Refusal { article: Some(article), audit, told }))
            }
        }
    }

    fn print_article(
        &self,
        article: &Article,
        formats: &[Format],
        warnings: &mut Vec<Diagnostic>,
        audit: &mut Report,
    ) -> Outcome<Made> {
        let mut told = |found: Vec<Diagnostic>| warnings.extend(found);
        let mut rendered = self.render(article)?;
        told(std::mem::take(&mut rendered.warnings));
        let (tree, found) = self.style(article, &rendered)?;
        told(found);
        *audit = audit::words(&tree).with_reviews(audit::reviews(&tree));
        told(audit.findings().cloned().collect());
        let mut files = Contents::with_capacity(formats.len());
        let mut pdf = None;
        let mut paged = None;
        let mut word = Vec::new();
        for format in formats {
            let content = match format {
                Format::Pdf => {
                    let (pages, found) = self.lay_out(&tree)?;
                    told(found);
                    let least = self.project.settings.least_density.unwrap_or(layout::LEAST_DENSITY);
                    told(layout::few_pixels(&tree, &pages, least));
                    let painted = self.look(&tree, &pages);
                    told(painted.findings().cloned().collect());
                    audit.extend(painted);
                    pdf = Some(Sheets { pages: pages.pages.len(), scale: pages.scale });
                    paged = Some(Paged { numbers: pages.numbers(), scale: pages.scale });
                    let written = self.pdf(&pages, Some(&tree))?;
                    told(written.findings_beside(audit));
                    audit.extend(written.report);
                    written.bytes
                }
                Format::Docx => {
                    let paged = paged.take().unwrap_or_else(|| self.paged(&tree));
                    let written = self.docx(&tree, &paged)?;
                    told(written.warnings);
                    word = written.substitutions;
                    written.file
                }
                Format::Html => template::standalone(&rendered, &self.pictures(article)).into_bytes(),
            };
            files.push((*format, content));
        }
        Ok(Made { files, pdf, word })
    }

    /// What the pages of a document say to a Word document; one that neither quotes them nor keeps to a number of them
    /// is not laid out for it.
    fn paged(&self, tree: &StyledTree) -> Paged {
        if !tree.quotes_pages() && tree.meta.pages.is_none() {
            return Paged::default();
        }
        let paged = |(pages, _): (Pages, _)| Paged { numbers: pages.numbers(), scale: pages.scale };
        self.lay_out(tree).map(paged).unwrap_or_default()
    }

    /// The pictures that an article and its layout can name.
    fn pictures(&self, article: &Article) -> Folders<'_> {
        let layout = self.project.templates.as_ref().map(|folder| folder.join(&article.meta.layout));
        self.library.folders([article.folder.clone()].into_iter().chain(layout))
    }

    /// A stylesheet, parsed once a run; its warnings are told by whoever asks first.
    fn sheet(&self, source: &SheetSource, warnings: &mut Vec<Diagnostic>) -> Arc<Stylesheet> {
        let mut sheets = self.sheets.lock().unwrap_or_else(PoisonError::into_inner);
        let sheet = sheets.entry(Arc::clone(&source.file)).or_insert_with(|| {
            let (sheet, found) = Stylesheet::parse(&source.text, &source.file);
            warnings.extend(found);
            Arc::new(sheet)
        });
        Arc::clone(sheet)
    }
}
