//! The theme (ISO/IEC 29500-1, 20.1.6.9) with the house's colours and fonts.

use std::sync::Arc;

use super::{DECLARATION, escape};
use crate::docx::look::Rgb;

/// Colours and fonts of the house.
pub(crate) struct Theme {
    /// Of text.
    pub text: Rgb,
    /// `accent1` to `accent6`.
    pub accents: [Rgb; 6],
    /// Of links.
    pub link: Rgb,
    /// The family of headings.
    pub headings: Arc<str>,
    /// The family of text.
    pub body: Arc<str>,
}

impl Theme {
    /// `word/theme/theme1.xml`.
    pub fn part(&self) -> Vec<u8> {
        let color =
            |name: &str, color: Rgb| format!(r#"<a:{name}><a:srgbClr val="{}"/></a:{name}>"#, color.hex());
        let mut colors = color("dk1", self.text) + &color("lt1", Rgb::WHITE);
        colors += &color("dk2", self.accents[0]);
        colors += &color("lt2", tint(self.accents[0]));
        for (index, accent) in self.accents.iter().enumerate() {
            colors += &color(&format!("accent{}", index + 1), *accent);
        }
        colors += &color("hlink", self.link);
        colors += &color("folHlink", self.link);
        let font = |name: &str, family: &str| {
            let family = escape(family);
            format!(
                r#"<a:{name}><a:latin typeface="{family}"/><a:ea typeface=""/><a:cs typeface=""/></a:{name}>"#
            )
        };
        let fonts = font("majorFont", &self.headings) + &font("minorFont", &self.body);
        format!(
            r#"{DECLARATION}<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="Handout"><a:themeElements><a:clrScheme name="Handout">{colors}</a:clrScheme><a:fontScheme name="Handout">{fonts}</a:fontScheme>{FORMATS}</a:themeElements></a:theme>"#
        )
        .into_bytes()
    }
}

/// The colour, nine parts in ten towards paper.
fn tint(Rgb(parts): Rgb) -> Rgb {
    Rgb(parts.map(|part| 255 - (255 - part) / 10))
}

/// Plain fills, lines and effects: the schema wants three of each.
const FORMATS: &str = r#"<a:fmtScheme name="Handout"><a:fillStyleLst><a:solidFill><a:schemeClr val="phClr"/></a:solidFill><a:solidFill><a:schemeClr val="phClr"/></a:solidFill><a:solidFill><a:schemeClr val="phClr"/></a:solidFill></a:fillStyleLst><a:lnStyleLst><a:ln w="6350"><a:solidFill><a:schemeClr val="phClr"/></a:solidFill></a:ln><a:ln w="12700"><a:solidFill><a:schemeClr val="phClr"/></a:solidFill></a:ln><a:ln w="19050"><a:solidFill><a:schemeClr val="phClr"/></a:solidFill></a:ln></a:lnStyleLst><a:effectStyleLst><a:effectStyle><a:effectLst/></a:effectStyle><a:effectStyle><a:effectLst/></a:effectStyle><a:effectStyle><a:effectLst/></a:effectStyle></a:effectStyleLst><a:bgFillStyleLst><a:solidFill><a:schemeClr val="phClr"/></a:solidFill><a:solidFill><a:schemeClr val="phClr"/></a:solidFill><a:solidFill><a:schemeClr val="phClr"/></a:solidFill></a:bgFillStyleLst></a:fmtScheme>"#;
