//! The helper `qr`: QR codes (ISO/IEC 18004) as inline SVG, in the colour of the text around them.

use std::fmt::Write;

use fast_qr::{ECL, QRBuilder, QRCode};
use serde_json::Value;

use super::Call;
use crate::diag::Diagnostic;
use crate::template::faults::Fault;

/// Modules of quiet zone on each side (ISO/IEC 18004, section 9.1).
const QUIET_ZONE: usize = 4;

/// `{{{qr "https://…" title="…"}}}`; without a title the text itself is what the code is called.
pub(super) fn qr(call: &Call<'_, '_, '_>) -> Result<Value, Fault> {
    let text = call.text(0)?;
    let title = call.option("title")?.unwrap_or_else(|| text.clone());
    match svg(&text, &title) {
        Some(svg) => Ok(svg.into()),
        None => {
            let message = format!("{} bytes are too many for a QR code", text.len());
            call.refuse(&text, Diagnostic::error("qr-too-long", message))
        }
    }
}

/// The QR code of a text, if it is short enough for one.
pub(in crate::template) fn svg(text: &str, title: &str) -> Option<String> {
    let code = QRBuilder::new(text.as_bytes()).ecl(ECL::M).build().ok()?;
    Some(to_svg(&code, title))
}

/// One path of the dark modules, a rectangle for each run of them in a row.
fn to_svg(code: &QRCode, title: &str) -> String {
    let mut path = String::new();
    for row in 0..code.size {
        let dark: Vec<bool> = code[row].iter().map(|module| module.value()).collect();
        let mut column = 0;
        for run in dark.chunk_by(|a, b| a == b) {
            if run[0] {
                let (x, y, width) = (column + QUIET_ZONE, row + QUIET_ZONE, run.len());
                // Writing to a string cannot fail.
                let _ = write!(path, "M{x} {y}h{width}v1h-{width}z");
            }
            column += run.len();
        }
    }
    let size = code.size + 2 * QUIET_ZONE;
    let title = handlebars::html_escape(title);
    format!(
        "<svg class=\"qr\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {size} {size}\" role=\"img\" \
         aria-label=\"{title}\" shape-rendering=\"crispEdges\"><title>{title}</title>\
         <path fill=\"currentColor\" d=\"{path}\"/></svg>"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_its_finders_and_its_quiet_zone() {
        let code = QRBuilder::new("https://a.nl").ecl(ECL::M).build().unwrap();
        let svg = to_svg(&code, "a & b");
        let size = code.size + 8;
        assert!(svg.contains(&format!("viewBox=\"0 0 {size} {size}\"")));
        assert!(svg.contains("d=\"M4 4h7v1h-7z"), "{svg}");
        assert!(svg.contains("<title>a &amp; b</title>"));
    }
}
