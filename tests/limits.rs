//! Input of which there is too much, or which is something else than it says: one clear error each, within the memory
//! of a small machine, and all other handouts are written.

#[allow(dead_code, reason = "each test file uses its part")]
mod common;

use std::fs::File;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use common::Project;

/// Memory that a run may take, in KiB.
const MEMORY: u64 = 500 * 1024;

/// Runs `handout` and gives its exit code, its messages, and the most memory that it had, where the system tells.
fn run(project: &Project, arguments: &[&str]) -> (i32, Vec<serde_json::Value>, u64) {
    let messages = project.path().join("messages");
    let mut child = Command::new(env!("CARGO_BIN_EXE_handout"))
        .args(arguments)
        .args(["--message-format", "json"])
        .current_dir(project.path())
        .stderr(Stdio::from(File::create(&messages).unwrap()))
        .spawn()
        .unwrap();
    let mut most = 0;
    let status = loop {
        most = most.max(peak(&child).unwrap_or(0));
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        std::thread::sleep(Duration::from_millis(2));
    };
    let told = std::fs::read_to_string(messages).unwrap();
    let told = told.lines().map(|line| serde_json::from_str(line).unwrap());
    (status.code().unwrap(), told.collect(), most)
}

/// The most memory that a process has had so far, in KiB.
fn peak(child: &Child) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches(" kB").parse().ok()
}

/// The codes of the errors about a file.
fn errors<'m>(told: &'m [serde_json::Value], file: &str) -> Vec<&'m str> {
    let about = |message: &&serde_json::Value| {
        message["severity"] == "error"
            && message["place"]["file"].as_str().is_some_and(|name| name.ends_with(file))
    };
    told.iter().filter(about).filter_map(|message| message["code"].as_str()).collect()
}

#[test]
fn too_much_is_one_error_and_the_others_are_written() {
    let project =
        Project::new(&[("input/good.md", "# Good\n\nText."), ("handout.toml", "formats = ['pdf']\n")]);
    let write = |name: &str, content: &str| project.write(&format!("input/{name}"), content.as_bytes());
    write("deep.html", &("<h1>x</h1>".to_owned() + &"<div>".repeat(100_000) + "x"));
    write("inline.html", &("<h1>x</h1><p>".to_owned() + &"<b><i>".repeat(50_000) + "x"));
    write("quotes.md", &("# x\n\n".to_owned() + &"> ".repeat(100_000) + "x\n"));
    write("lists.md", &("# x\n\n".to_owned() + &"- ".repeat(100_000) + "x\n"));
    write("divs.md", &("# x\n\n".to_owned() + &"::: a\n".repeat(100_000) + "x\n"));
    write("stars.md", &("# x\n\n".to_owned() + &"*a **b ".repeat(2_000) + "\n"));
    write("brackets.md", &("# x\n\n".to_owned() + &"[".repeat(5_000) + "x\n"));
    write("matter.md", &("---\ntitle: ".to_owned() + &"[".repeat(100_000) + "\n---\nx\n"));
    write("words.md", &("# x\n\n".to_owned() + &"woorden ".repeat(1 << 19) + "\n"));
    write("plain.txt", &("x\n\n".to_owned() + &"woorden ".repeat(1 << 19) + "\n"));
    write("page.html", &("<h1>x</h1><p>".to_owned() + &"woorden ".repeat(1 << 19)));
    write("paragraphs.html", &("<h1>x</h1>".to_owned() + &"<p>x".repeat(1 << 19)));
    write("lines.txt", &("x\n\n".to_owned() + &"a\n".repeat(1_000_000)));
    let stairs: String = (0..500).map(|level| format!("{}- x\n", "  ".repeat(level))).collect();
    write("stairs.txt", &("x\n\n".to_owned() + &stairs));
    write("questions.txt", &("x\n\n".to_owned() + &"Is het zo?\n“Ja.”\n\n".repeat(300)));
    write("nul.txt", "x\n\nee\0n");
    project.write("input/picture.md", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    File::create(project.path().join("input/sparse.txt")).unwrap().set_len(2 << 30).unwrap();
    let (code, told, memory) = run(&project, &["build", "-j", "1"]);

    assert_eq!(code, 1, "{told:#?}");
    let expected = [
        ("deep.html", "too-deep"),
        ("inline.html", "too-deep"),
        ("quotes.md", "too-deep"),
        ("lists.md", "too-deep"),
        ("divs.md", "too-deep"),
        ("matter.md", "yaml-syntax"),
        ("words.md", "article-too-long"),
        ("plain.txt", "article-too-long"),
        ("page.html", "article-too-long"),
        ("paragraphs.html", "article-too-long"),
        ("lines.txt", "article-too-long"),
        ("nul.txt", "nul-byte"),
        ("picture.md", "not-text"),
        ("sparse.txt", "file-too-large"),
    ];
    let found: Vec<_> = expected.iter().map(|(file, _)| (*file, errors(&told, file).join(" "))).collect();
    let wanted: Vec<_> = expected.iter().map(|(file, code)| (*file, (*code).to_owned())).collect();
    assert_eq!(found, wanted);
    for name in ["good", "brackets", "stairs", "questions"] {
        assert!(project.path().join(format!("output/{name}.pdf")).is_file(), "{name}: {told:#?}");
    }
    assert!(memory < MEMORY, "{} MiB", memory / 1024);
    let longest = told.iter().map(|message| message.to_string().len()).max().unwrap();
    assert!(longest < 16 * 1024, "a message of {longest} bytes");
}

/// Eight files that are nearly as large as a file may be: together they are more than the memory that there is.
#[test]
fn large_files_are_in_work_one_at_a_time() {
    let project =
        Project::new(&[("input/good.md", "# Good\n\nText."), ("handout.toml", "formats = ['pdf']\n")]);
    let words = ("woorden van water en land. ".repeat(40) + "\n\n").repeat((60 << 20) / 1082);
    let files: Vec<String> =
        (0..8).map(|at| format!("{at}.{}", if at % 2 == 0 { "txt" } else { "md" })).collect();
    for file in &files {
        project.write(&format!("input/{file}"), format!("# x\n\n{words}").as_bytes());
    }
    drop(words);
    let (code, told, memory) = run(&project, &["build", "-j", "2"]);

    assert_eq!(code, 1, "{told:#?}");
    for file in &files {
        assert_eq!(errors(&told, file), ["article-too-long"], "{file}");
    }
    assert!(project.path().join("output/good.pdf").is_file());
    assert!(memory < MEMORY, "{} MiB", memory / 1024);
}

/// Exports whose posts do not all fit into memory: those that fit are printed.
#[test]
fn exports_are_taken_as_long_as_there_is_room() {
    let project = Project::new(&[("handout.toml", "formats = ['pdf']\n")]);
    let words = "<p>woorden van water en land.</p>".repeat((20 << 20) / 33);
    for file in ["a", "b", "c", "d", "e"] {
        let item = |title: &str, text: &str| {
            let link = format!("<link>https://example.org/{file}-{title}</link>");
            format!("<item><title>{title}</title>{link}<description><![CDATA[{text}]]></description></item>")
        };
        let items = item("long", &words) + &item("short", "<p>kort</p>");
        let rss = format!("<rss version=\"2.0\"><channel><title>x</title>{items}</channel></rss>");
        project.write(&format!("input/{file}.xml"), rss.as_bytes());
    }
    drop(words);
    let (code, told, memory) = run(&project, &["build", "-j", "2"]);

    assert_eq!(code, 1, "{told:#?}");
    for file in ["a.xml", "b.xml", "c.xml"] {
        assert_eq!(errors(&told, file), ["article-too-long"], "{file}");
    }
    for file in ["d.xml", "e.xml"] {
        assert_eq!(errors(&told, file), ["feeds-too-large"], "{file}");
    }
    let written = std::fs::read_dir(project.path().join("output")).unwrap();
    let pdfs = written.filter(|file| file.as_ref().unwrap().path().extension().is_some_and(|it| it == "pdf"));
    assert_eq!(pdfs.count(), 3);
    assert!(memory < MEMORY, "{} MiB", memory / 1024);
}

#[cfg(unix)]
#[test]
fn what_cannot_be_read_is_one_error() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let project = Project::new(&[
        ("p/input/good.md", "# Good\n\nText."),
        ("p/handout.toml", "formats = ['pdf']\n"),
        ("p/input/locked.md", "# Locked"),
        ("secret.md", "# Secret"),
    ]);
    let input = project.path().join("p/input");
    symlink("../../secret.md", input.join("outside.md")).unwrap();
    symlink("nowhere.md", input.join("broken.md")).unwrap();
    symlink("..", input.join("loop")).unwrap();
    std::fs::set_permissions(input.join("locked.md"), PermissionsExt::from_mode(0o000)).unwrap();
    let (code, told, _) = run(&project, &["build", "p"]);

    assert_eq!(code, 1, "{told:#?}");
    assert_eq!(errors(&told, "outside.md"), ["file-outside"]);
    assert_eq!(errors(&told, "broken.md"), ["missing-file"]);
    // Nothing is locked for the superuser.
    let is_locked = std::fs::read(input.join("locked.md")).is_err();
    assert_eq!(errors(&told, "locked.md"), if is_locked { vec!["unreadable-file"] } else { Vec::new() });
    let written = project.path().join("p/output");
    assert!(written.join("good.pdf").is_file() && !written.join("outside.pdf").exists());
    assert!(!Path::new(&written).join("secret.pdf").exists());
}
