//! Documents in `tests/access/paint/*.html` with the findings that are accepted beside them. With
//! `HANDOUT_ACCEPT=1` the test accepts what is found now.

use std::fmt::Write as _;
use std::io::Cursor;
use std::sync::Arc;

use image::{DynamicImage, ImageFormat, Rgba, RgbaImage};

use crate::config::Brand;
use crate::diag::Diagnostic;
use crate::layout::tests::{as_accepted, fonts, styled_with};
use crate::layout::{Setting, layout};
use crate::media::{Picture, Pictures, Raster};

/// Ten pt of type on lines of twelve; black on white, without margins.
const SLIM: &str = "@page { margin: 0; size: 480px } html { font: 10pt/1.2 'Handout Test' } body, p, ul, ol, h1 { margin: 0 } \
    a { color: inherit } ul { list-style: none; padding: 0 }";

#[test]
fn findings_are_as_accepted() {
    as_accepted("tests/access/paint", audited);
}

/// What is found in a document with its own `style` element, as text.
fn audited(html: &str) -> String {
    let (tree, problems) = styled_with(html, SLIM, &Drawn);
    let (pages, warnings) = layout(&tree, &fonts(), &Setting::default()).expect("no page limit");
    let report = super::paint(&tree, &pages, &fonts(), &Brand::built_in());
    let mut text = String::new();
    for diagnostic in problems.iter().chain(&warnings) {
        let _ = writeln!(text, "{}: {}", diagnostic.code, diagnostic.message);
    }
    let words = crate::audit::words(&tree).checks.into_iter();
    let told_by_color = words.filter(|check| check.rule.code == "color-alone" && check.examined > 0);
    for check in report.checks.into_iter().chain(told_by_color) {
        let _ = writeln!(text, "{} {:?}, {} examined", check.rule.code, check.outcome(), check.examined);
        for finding in &check.findings {
            let line = finding.place.as_ref().and_then(|place| place.line);
            let line = line.map_or(String::new(), |line| format!("{line}: "));
            let _ = writeln!(text, "  {line}{}", finding.message);
            let _ = writeln!(text, "    {}", finding.hint.as_deref().unwrap_or_default());
        }
    }
    text
}

/// Pictures that are drawn when they are asked for: `dark`, `half` (dark at the left, light at the
/// right), `grain` (light, and one pixel in twenty black), `veil` (black, and a fifth of it there).
struct Drawn;

impl Pictures for Drawn {
    fn picture(&self, src: &str) -> Result<Arc<Picture>, Diagnostic> {
        let color: fn(u32, u32) -> [u8; 4] = match src {
            "dark" => |_, _| [20, 20, 20, 255],
            "half" => |x, _| if x < 50 { [20, 20, 20, 255] } else { [250, 250, 250, 255] },
            "grain" => |x, y| if (x + y * 7) % 20 == 0 { [0, 0, 0, 255] } else { [250, 250, 250, 255] },
            "veil" => |_, _| [0, 0, 0, 51],
            _ => return Err(Diagnostic::error("missing-picture", format!("there is no `{src}`"))),
        };
        let pixels = RgbaImage::from_fn(100, 100, |x, y| Rgba(color(x, y)));
        let mut file = Vec::new();
        let written = DynamicImage::from(pixels).write_to(&mut Cursor::new(&mut file), ImageFormat::Png);
        written.expect("a picture can be written to memory");
        Raster::decode(file.into()).map(|raster| Arc::new(Picture::Raster(raster)))
    }
}
