//! The fonts that are installed on this machine, for `--system-fonts`.

use std::path::PathBuf;

use super::FontBook;
use crate::files::Files;

impl FontBook {
    /// Adds the fonts of the folders where the operating system keeps them, but for families that are there. Files
    /// that cannot be read are passed over: nobody asked for them.
    pub fn add_system(&mut self, files: &dyn Files) {
        let mut system = Self::default();
        for folder in folders() {
            system.add_folder(files, &folder);
        }
        system.faces.retain(|face| !self.faces.iter().any(|known| known.family == face.family));
        system.faces.into_iter().for_each(|face| self.insert(face));
    }
}

fn folders() -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = if cfg!(windows) {
        std::env::var_os("WINDIR").map(|windows| PathBuf::from(windows).join("Fonts")).into_iter().collect()
    } else if cfg!(target_os = "macos") {
        ["/System/Library/Fonts", "/Library/Fonts"].map(PathBuf::from).to_vec()
    } else {
        ["/usr/share/fonts", "/usr/local/share/fonts"].map(PathBuf::from).to_vec()
    };
    if let Some(home) = std::env::home_dir() {
        let own = if cfg!(target_os = "macos") { "Library/Fonts" } else { ".local/share/fonts" };
        folders.push(home.join(own));
    }
    folders
}
