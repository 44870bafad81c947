//! A folder to build in, and the command as a user calls it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A project in a folder of its own, gone when the test ends.
pub struct Project(tempfile::TempDir);

impl Project {
    /// A project with these files.
    pub fn new(files: &[(&str, &str)]) -> Self {
        let project = Self(tempfile::tempdir().unwrap());
        for (path, content) in files {
            project.write(path, content.as_bytes());
        }
        project
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// Writes one of its files.
    pub fn write(&self, path: &str, content: &[u8]) {
        let path = self.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }

    /// Runs `handout` in it.
    pub fn handout(&self, arguments: &[&str]) -> Run {
        Run(Command::new(env!("CARGO_BIN_EXE_handout"))
            .args(arguments)
            .current_dir(self.path())
            .output()
            .unwrap())
    }

    /// The names of the files in a folder of it.
    pub fn names(&self, folder: &str) -> Vec<String> {
        contents(&self.path().join(folder)).into_keys().collect()
    }
}

/// How a call of `handout` ended.
pub struct Run(Output);

impl Run {
    /// The exit code.
    pub fn code(&self) -> i32 {
        self.0.status.code().unwrap()
    }

    /// What it said.
    pub fn messages(&self) -> String {
        String::from_utf8(self.0.stderr.clone()).unwrap()
    }

    /// What it printed.
    pub fn output(&self) -> String {
        String::from_utf8(self.0.stdout.clone()).unwrap()
    }

    /// The same, if the call ended with this code.
    #[track_caller]
    pub fn expect(self, code: i32) -> Self {
        assert_eq!(self.code(), code, "{}", self.messages());
        self
    }

    /// The same, if it said all of this.
    #[track_caller]
    pub fn says(self, parts: &[&str]) -> Self {
        let messages = self.messages();
        for part in parts {
            assert!(messages.contains(part), "no «{part}» in:\n{messages}");
        }
        self
    }
}

/// The files in a folder by name.
pub fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    entries
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), std::fs::read(path).unwrap()))
        .collect()
}

/// The root of the checkout.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Copies a folder with all that is in it.
pub fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            std::fs::copy(&path, &target).unwrap();
        }
    }
}
