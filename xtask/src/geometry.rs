//! `cargo xtask geometry`: where a browser puts the boxes and lines of the fixtures in `tests/geometry`. The test
//! that compares layout with it needs no browser.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::shell;

const MEASURE: &str = include_str!("geometry/measure.js");
/// The window, in CSS px. `tests/geometry/slim.css` makes our page as large.
const WINDOW: (u32, u32) = (800, 10_000);
const FACES: [(&str, &str); 3] = [
    ("HandoutTest-Regular.ttf", ""),
    ("HandoutTest-Bold.ttf", "font-weight: bold; "),
    ("HandoutTest-Italic.ttf", "font-style: italic; "),
];

/// Measures the fixtures whose path holds `filter`, and writes what the browser says beside each.
pub fn geometry(filter: &str) -> Result<(), String> {
    let folder = shell::root().join("tests/geometry");
    let slim = read(&folder.join("slim.css"))?;
    let fixtures = fixtures(&folder, filter)?;
    if fixtures.is_empty() {
        return Err(format!("no fixture has “{filter}” in its path"));
    }
    let mut list = String::new();
    for (index, fixture) in fixtures.iter().enumerate() {
        let html = format!("<!doctype html><style>{}{slim}</style>{}", faces(), read(fixture)?);
        let _ = writeln!(list, "{{ name: \"{index}\", html: {} }},", quoted(&html));
    }
    let (width, height) = WINDOW;
    let script = format!("const WIDTH = {width}, HEIGHT = {height}, FIXTURES = [\n{list}];\n{MEASURE}");
    let scratch = shell::root().join("target/geometry");
    fs::create_dir_all(&scratch).map_err(|error| format!("{}: {error}", scratch.display()))?;
    let driver = scratch.join("driver.html");
    let page = format!("<!doctype html><meta charset=\"utf-8\"><body><script>{script}</script>");
    fs::write(&driver, page).map_err(|error| format!("{}: {error}", driver.display()))?;
    let dump = browse(&driver, &scratch)?;
    take(&dump, &fixtures)
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

/// The fixtures, folder after folder, sorted.
fn fixtures(folder: &Path, filter: &str) -> Result<Vec<PathBuf>, String> {
    let list = |folder: &Path| -> Result<Vec<PathBuf>, String> {
        let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        Ok(entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect())
    };
    let mut found = Vec::new();
    for area in list(folder)?.iter().filter(|path| path.is_dir()) {
        found.extend(list(area)?.into_iter().filter(|path| {
            path.extension().is_some_and(|extension| extension == "html")
                && path.strip_prefix(folder).is_ok_and(|path| path.to_string_lossy().contains(filter))
        }));
    }
    found.sort();
    Ok(found)
}

fn faces() -> String {
    let face = |(file, style): &(&str, &str)| {
        let path = shell::root().join("tests/fonts").join(file);
        let path = path.display();
        format!("@font-face {{ font-family: 'Handout Test'; {style}src: url('file://{path}') }} ")
    };
    FACES.iter().map(face).collect()
}

/// A string of JavaScript that may stand in a `script` element.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            '\n' => quoted.push_str("\\n"),
            '<' => quoted.push_str("\\x3c"),
            '\r' | '\u{2028}' | '\u{2029}' => {
                let _ = write!(quoted, "\\u{:04x}", u32::from(character));
            }
            _ => quoted.push(character),
        }
    }
    quoted.push('"');
    quoted
}

/// Opens the page in a headless browser and gives the document as it is in the end.
fn browse(page: &Path, scratch: &Path) -> Result<String, String> {
    let named = std::env::var("CHROME").ok();
    let known = ["chromium", "google-chrome", "chromium-browser", "chrome"];
    let browser = named
        .or_else(|| known.iter().find(|name| shell::has(name)).map(ToString::to_string))
        .ok_or("there is no Chromium; name one in $CHROME")?;
    let output = Command::new(&browser)
        // The only page is ours, and containers have no room for the browser's own sandbox.
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--force-device-scale-factor=1"])
        .args(["--allow-file-access-from-files", "--virtual-time-budget=100000", "--dump-dom"])
        .arg(format!("--user-data-dir={}", scratch.join("profile").display()))
        .arg(format!("file://{}", page.display()))
        .output()
        .map_err(|error| format!("{browser} cannot be run: {error}"))?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Takes the report out of the dump, and writes each fixture's part beside it.
fn take(dump: &str, fixtures: &[PathBuf]) -> Result<(), String> {
    let report = dump.rsplit_once("<pre>").and_then(|(_, rest)| rest.split_once("</pre>"));
    let report = report.ok_or_else(|| format!("the browser gave no report:\n{dump}"))?.0;
    let report = report.replace("&lt;", "<").replace("&gt;", ">").replace("&nbsp;", "\u{a0}");
    let report = report.replace("&amp;", "&");
    if !report.ends_with("== end\n") {
        return Err(format!("the browser failed:\n{report}"));
    }
    let mut changed = 0;
    for part in report.split("== ") {
        let Some((index, text)) = part.split_once('\n') else { continue };
        let Some(fixture) = index.parse().ok().and_then(|index: usize| fixtures.get(index)) else { continue };
        let beside = fixture.with_extension("txt");
        if fs::read_to_string(&beside).is_ok_and(|known| known == text) {
            continue;
        }
        changed += 1;
        fs::write(&beside, text).map_err(|error| format!("{}: {error}", beside.display()))?;
    }
    println!("{} fixtures measured, {changed} expectations changed", fixtures.len());
    Ok(())
}
