//! Tools that are not ours, over every file that we write. They are installed into `target/judges`.

use std::path::{Path, PathBuf};

use crate::foreign;
use crate::shell::{Call, call, cargo, has, root};

/// The Open XML SDK's validator, from npm.
const OOXML: &str = "@ooxml-tools/validate@0.4.6";

/// The layouts that come along.
const LAYOUTS: [&str; 6] = ["article", "interview", "services", "steps", "teaser", "thermometer"];

/// A script in `tests/judges`: it takes folders of handouts, prints a line a failure and ends with 1 if there is any.
struct Judge {
    script: &'static str,
    tool: Tool,
}

/// What a judge runs on.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tool {
    /// Python with the packages of `tests/judges/requirements.txt`.
    Python,
    /// Python that calls LibreOffice, which is the only one that we cannot install without being asked.
    Office,
    /// Node with the Open XML SDK.
    OpenXml,
}

const JUDGES: &[Judge] = &[
    Judge { script: "pdf_check.py", tool: Tool::Python },
    Judge { script: "tree_check.py", tool: Tool::Python },
    Judge { script: "words_check.py", tool: Tool::Python },
    Judge { script: "source_words_check.py", tool: Tool::Python },
    Judge { script: "word_read_check.py", tool: Tool::Python },
    Judge { script: "word_access_check.py", tool: Tool::Python },
    Judge { script: "word_rules_check.py", tool: Tool::Python },
    Judge { script: "word_round_check.py", tool: Tool::Office },
    Judge { script: "docx_check.mjs", tool: Tool::OpenXml },
];

/// Judges and corpora that they do not look at: the label of an item without blocks in it is read with the item's text;
/// of the fixture of typography, an item begins with a dash and signs become others, which is what it is for; of those of
/// notations, other readers take the notation for words.
const SPARED: [(&str, &str); 6] = [
    ("tree_check.py", "layouts"),
    ("word_access_check.py", "foreign/typography-nl.html/output"),
    ("source_words_check.py", "foreign/typography-nl.html/output"),
    ("source_words_check.py", "foreign/notations-math.md/output"),
    ("source_words_check.py", "foreign/notations-tags-hugo.md/output"),
    ("source_words_check.py", "foreign/notations-tags-liquid.md/output"),
];

/// Builds the sample, the fixtures, what other programs wrote and, where they are there, the seeds, and lets every
/// judge look at them.
pub fn judge() -> Result<(), String> {
    let home = home()?;
    let corpora = press(&home)?;
    let mut left_out = 0;
    let mut failures = Vec::new();
    for judge in JUDGES {
        match judge.tool.call(&home, judge.script) {
            Ok(call) => {
                let looks = |folder: &&PathBuf| {
                    !SPARED.iter().any(|(script, spared)| judge.script == *script && folder.ends_with(spared))
                };
                if call.args(corpora.iter().filter(looks)).run().is_err() {
                    failures.push(judge.script);
                }
            }
            Err(why) => {
                println!("left out: {} ({why})", judge.script);
                left_out += usize::from(judge.tool != Tool::Office);
            }
        }
    }
    if left_out > 0 && std::env::var("CI").is_ok_and(|ci| ci == "true") {
        failures.push("in CI no judge may be left out");
    }
    if failures.is_empty() {
        Ok(())
    } else {
        Err(format!("judged and found wanting: {}", failures.join(", ")))
    }
}

/// `cargo xtask compare`: draws every handout with `part` in its slug, its PDF above what LibreOffice makes of its DOCX.
pub fn compare(part: &str) -> Result<(), String> {
    let home = home()?;
    let corpora = press(&home)?;
    let drawing = Tool::Office.call(&home, "compare.py")?;
    drawing.args([root().join("target/compare")]).args([part]).args(&corpora).run()
}

impl Tool {
    /// A call of a script in `tests/judges` with this tool, which is installed first; or why it cannot be.
    fn call(self, home: &Path, script: &str) -> Result<Call, String> {
        let script = format!("tests/judges/{script}");
        match self {
            Self::Office if !has("soffice") && !has("libreoffice") => {
                Err("LibreOffice is not here".to_owned())
            }
            Self::Python | Self::Office => Ok(call(python(home)?, [&script])),
            Self::OpenXml => {
                let modules = ooxml(home)?;
                Ok(call("node", [&script]).env("OOXML_MODULES", &modules.to_string_lossy()))
            }
        }
    }
}

/// Where the judges are installed, and where they work.
fn home() -> Result<PathBuf, String> {
    let home = root().join("target/judges");
    std::fs::create_dir_all(&home).map_err(|error| error.to_string())?;
    Ok(home)
}

/// Writes every corpus that is there; gives the folders.
fn press(home: &Path) -> Result<Vec<PathBuf>, String> {
    let corpora = [
        ("sample", root().join("input")),
        ("fixtures", root().join("tests/access/good/input")),
        ("seeds", root().join("../shared/seeds")),
        ("layouts", layouts(home)?),
    ];
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
    folders.extend(foreign::press(&home.join("foreign"))?);
    Ok(folders)
}

/// A folder of articles, one a layout, each with everything that an article may contain.
fn layouts(home: &Path) -> Result<PathBuf, String> {
    let project = home.join("everything");
    let input = project.join("input");
    let failed = |error: std::io::Error| format!("{}: {error}", project.display());
    std::fs::create_dir_all(&input).map_err(failed)?;
    // A project of its own, with the brand that every layout has.
    std::fs::write(project.join("handout.toml"), "").map_err(failed)?;
    let read = |path: &str| std::fs::read_to_string(root().join(path)).map_err(failed);
    // The second has what is hard in Word: a list that does not begin at one, cells over rows and columns.
    let body = read("tests/layouts/rich.md")? + &read("tests/judges/cells.md")?;
    for layout in LAYOUTS {
        let article = format!("---\ntitle: Alles in {layout}\nlayout: {layout}\n---\n\n{body}");
        std::fs::write(input.join(format!("{layout}.md")), article).map_err(failed)?;
    }
    Ok(input)
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
