//! Other programs, run one after the other.

use std::ffi::OsStr;
use std::path::PathBuf;
use std::process::Command;

/// A call of another program.
pub struct Call(Command);

/// The root of the checkout.
pub fn root() -> PathBuf {
    let package = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    package.parent().map_or_else(|| package.clone(), PathBuf::from)
}

/// A call of `program`, in the root of the checkout.
pub fn call<S: AsRef<OsStr>>(program: impl AsRef<OsStr>, arguments: impl IntoIterator<Item = S>) -> Call {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(root());
    Call(command)
}

/// A call of cargo.
pub fn cargo<S: AsRef<OsStr>>(arguments: impl IntoIterator<Item = S>) -> Call {
    call(std::env::var("CARGO").unwrap_or_else(|_| "cargo".into()), arguments)
}

/// Whether a program is there: it answers `--version`.
pub fn has(program: &str) -> bool {
    Command::new(program).arg("--version").output().is_ok_and(|output| output.status.success())
}

impl Call {
    /// The same, with an environment variable.
    pub fn env(mut self, name: &str, value: &str) -> Self {
        self.0.env(name, value);
        self
    }

    /// The same, with one more argument for each item.
    pub fn args<S: AsRef<OsStr>>(mut self, arguments: impl IntoIterator<Item = S>) -> Self {
        self.0.args(arguments);
        self
    }

    /// Runs it, its output on ours. An exit code other than 0 is an error.
    pub fn run(mut self) -> Result<(), String> {
        let shown = format!("{:?}", self.0.get_program());
        match self.0.status() {
            Ok(status) if status.success() => Ok(()),
            Ok(status) => Err(format!("{shown} ended with {status}")),
            Err(error) => Err(format!("{shown} cannot be run: {error}")),
        }
    }
}
