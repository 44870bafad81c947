//! Tools that are not ours, over every file that we write. They are installed into `target/judges`.

use std::path::{Path, PathBuf};

use crate::shell::{call, cargo, has, root};

/// The Open XML SDK's validator, from npm.
const OOXML: &str = "@ooxml-tools/validate@0.4.6";

/// Builds the sample, the fixtures and, where they are there, the seeds, and lets every judge look at them.
pub fn judge() -> Result<(), String> {
    let home = root().join("target/judges");
    std::fs::create_dir_all(&home).map_err(|error| error.to_string())?;
    let corpora = press(&home)?;
    let mut left_out = Vec::new();
    let mut failures = Vec::new();
    match python(&home) {
        Ok(python) => {
            for script in ["pdf_check.py", "words_check.py"] {
                let script = format!("tests/judges/{script}");
                if call(&python, [&script]).args(&corpora).run().is_err() {
                    failures.push(script);
                }
            }
        }
        Err(why) => left_out.push(format!("page-validation, pypdfium2 and pikepdf ({why})")),
    }
    match ooxml(&home) {
        Ok(modules) => {
            let script = "tests/judges/docx_check.mjs".to_owned();
            let judged =
                call("node", [&script]).args(&corpora).env("OOXML_MODULES", &modules.to_string_lossy());
            if judged.run().is_err() {
                failures.push(script);
            }
        }
        Err(why) => left_out.push(format!("the Open XML SDK ({why})")),
    }
    for judge in &left_out {
        println!("left out: {judge}");
    }
    if !left_out.is_empty() && std::env::var("CI").is_ok_and(|ci| ci == "true") {
        failures.push("in CI no judge may be left out".to_owned());
    }
    if failures.is_empty() {
        Ok(())
    } else {
        Err(format!("judged and found wanting: {}", failures.join(", ")))
    }
}

/// Writes every corpus that is there; gives the folders.
fn press(home: &Path) -> Result<Vec<PathBuf>, String> {
    let corpora = [("sample", root().join("input")), ("seeds", root().join("../shared/seeds"))];
    let mut folders = Vec::new();
    for (name, input) in corpora {
        if !input.is_dir() {
            println!("left out: the {name}, which are not here");
            continue;
        }
        let folder = home.join(name);
        let _ = std::fs::remove_dir_all(&folder);
        cargo(["run", "--quiet", "--", "build", "--format", "pdf,docx,html", "--output"])
            .args([&folder, &input])
            .run()?;
        folders.push(folder);
    }
    Ok(folders)
}

/// A Python with the readers and validators of PDF.
fn python(home: &Path) -> Result<PathBuf, String> {
    let python = home.join("venv/bin/python");
    let wanted = root().join("tests/judges/requirements.txt");
    let stamp = home.join("venv/requirements.txt");
    if python.is_file() && std::fs::read(&wanted).ok() == std::fs::read(&stamp).ok() {
        return Ok(python);
    }
    if !has("python3") {
        return Err("python3 is not here".to_owned());
    }
    call("python3", ["-m", "venv"]).args([home.join("venv")]).run()?;
    call(&python, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r"])
        .args([&wanted])
        .run()?;
    std::fs::copy(&wanted, &stamp).map_err(|error| error.to_string())?;
    Ok(python)
}

/// The folder of modules with the Open XML SDK's validator.
fn ooxml(home: &Path) -> Result<PathBuf, String> {
    let modules = home.join("node/node_modules");
    if modules.join("@ooxml-tools/validate").is_dir() {
        return Ok(modules);
    }
    if !has("node") || !has("npm") {
        return Err("node and npm are not here".to_owned());
    }
    call("npm", ["install", "--silent", "--no-package-lock", "--no-audit", "--no-fund", "--prefix"])
        .args([home.join("node")])
        .args([OOXML])
        .run()?;
    Ok(modules)
}
