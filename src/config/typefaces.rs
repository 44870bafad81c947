//! The fonts of a project.

use super::Project;
use crate::diag::Diagnostic;
use crate::files::Files;
use crate::fonts::FontBook;

impl Project {
    /// All fonts that the project may use: those that ship, those of its folder, those that the brand brings along,
    /// and with `system-fonts` those of the machine. A later one takes the place of an earlier one that is the same.
    ///
    /// The second value warns of fonts that cannot be read, and of families that the brand asks for in vain.
    pub fn load_fonts(&self, files: &dyn Files) -> (FontBook, Vec<Diagnostic>) {
        let mut fonts = FontBook::bundled();
        let mut warnings = Vec::new();
        if self.settings.system_fonts {
            fonts.add_system(files);
        }
        if let Some(folder) = &self.fonts {
            warnings.extend(fonts.add_folder(files, folder));
        }
        for path in &self.brand.font_files {
            let name = self.name_of(path);
            let added = match files.read(path) {
                Ok(data) => fonts.add(&name, data.into()),
                Err(error) => {
                    let message = format!("the font {name} cannot be read: {error}");
                    Err(Diagnostic::warning("bad-font", message))
                }
            };
            warnings.extend(added.err());
        }
        warnings.extend(self.brand.missing_families(fonts.faces().iter().map(|face| &*face.family)));
        (fonts, warnings)
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::config::{Overrides, Project};
    use crate::files::Memory;

    #[test]
    fn families_that_no_font_has_are_told() {
        let brand =
            "typography:\n  base: Figtreee\n  headings: Figtree\n  fonts: [{family: Own, files: [own.ttf]}]";
        let files =
            Memory::default().with("/p/_brand.yml", brand).with("/p/own.ttf", "no font").with("/p/a.md", "");
        let project = Project::open(&files, Path::new("/p"), &Overrides::default()).unwrap();
        let (fonts, warnings) = project.load_fonts(&files);
        assert!(!fonts.faces().is_empty());
        let codes: Vec<_> = warnings.iter().map(|found| found.code).collect();
        assert_eq!(codes, ["bad-font", "missing-family"]);
        assert_eq!(warnings[1].hint.as_deref(), Some("did you mean `Figtree`?"));
    }

    #[test]
    fn the_built_in_brand_has_its_fonts() {
        let files = Memory::default().with("/p/a.md", "");
        let project = Project::open(&files, Path::new("/p"), &Overrides::default()).unwrap();
        assert_eq!(project.load_fonts(&files).1, []);
    }
}
