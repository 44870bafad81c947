//! The theme (ISO/IEC 29500-1, 20.1.6.9) with the house's colours and fonts.

use std::sync::Arc;

use super::{DECLARATION, escape};
use crate::docx::look::Rgb;

/// Colours and fonts of the house.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Theme {
    /// `dk1`, of text.
    pub text: Rgb,
    /// `lt1`, of paper.
    pub paper: Rgb,
    /// `dk2`.
    pub dark: Rgb,
    /// `lt2`.
    pub light: Rgb,
    /// `accent1` to `accent6`.
    pub accents: [Rgb; 6],
    /// Of links, visited or not.
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
        let mut colors = color("dk1", self.text) + &color("lt1", self.paper);
        colors += &color("dk2", self.dark);
        colors += &color("lt2", self.light);
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

    /// A styles part whose colours and fonts are those of the theme where they are the same, so that they follow when
    /// somebody chooses another one (17.18.97, 17.18.96).
    pub fn follow(&self, styles: &str) -> String {
        let mut followed = String::with_capacity(styles.len() + styles.len() / 8);
        for (index, style) in styles.split("<w:style ").enumerate() {
            followed.push_str(if index > 0 { "<w:style " } else { "" });
            let is_link = style.contains(r#"w:styleId="Hyperlink""#);
            for (index, element) in style.split('<').enumerate() {
                followed.push_str(if index > 0 { "<" } else { "" });
                followed.push_str(&self.element(element, is_link).unwrap_or_else(|| element.to_owned()));
            }
        }
        followed
    }

    /// An element without its `<`, with what it has of the theme.
    fn element(&self, element: &str, is_link: bool) -> Option<String> {
        let (name, rest) = element.split_once(' ')?;
        let value = |attribute: &str| {
            let (_, value) = rest.split_once(&format!(r#"w:{attribute}=""#))?;
            value.split_once('"').map(|(value, _)| value)
        };
        let added = match name {
            "w:color" => format!(r#" w:themeColor="{}""#, self.name(value("val")?, is_link)?),
            "w:shd" => format!(r#" w:themeFill="{}""#, self.name(value("fill")?, false)?),
            "w:top" | "w:left" | "w:bottom" | "w:right" | "w:insideH" | "w:insideV" => {
                format!(r#" w:themeColor="{}""#, self.name(value("color")?, false)?)
            }
            "w:rFonts" => {
                let family = value("ascii")?;
                let font = [("major", &self.headings), ("minor", &self.body)];
                // The text's font is asked for more often than that of headings, should they be one.
                let (kind, _) = font.into_iter().rfind(|(_, known)| escape(known) == family)?;
                format!(r#" w:asciiTheme="{kind}HAnsi" w:hAnsiTheme="{kind}HAnsi""#)
            }
            _ => return None,
        };
        let end = rest.find("/>").or_else(|| rest.find('>'))?;
        Some(format!("{name} {}{added}{}", rest[..end].trim_end(), &rest[end..]))
    }

    /// What a colour is called in the theme.
    fn name(&self, hex: &str, is_link: bool) -> Option<&'static str> {
        const ACCENTS: [&str; 6] = ["accent1", "accent2", "accent3", "accent4", "accent5", "accent6"];
        let accents = ACCENTS.into_iter().zip(self.accents);
        let link = is_link.then_some(("hyperlink", self.link));
        let ends = [("text2", self.dark), ("background2", self.light)];
        let all = [("text1", self.text), ("background1", self.paper)].into_iter().chain(accents).chain(ends);
        link.into_iter().chain(all).find(|(_, color)| color.hex() == hex).map(|(name, _)| name)
    }
}

/// Plain fills, lines and effects: the schema wants three of each.
const FORMATS: &str = r#"<a:fmtScheme name="Handout"><a:fillStyleLst><a:solidFill><a:schemeClr val="phClr"/></a:solidFill><a:solidFill><a:schemeClr val="phClr"/></a:solidFill><a:solidFill><a:schemeClr val="phClr"/></a:solidFill></a:fillStyleLst><a:lnStyleLst><a:ln w="6350"><a:solidFill><a:schemeClr val="phClr"/></a:solidFill></a:ln><a:ln w="12700"><a:solidFill><a:schemeClr val="phClr"/></a:solidFill></a:ln><a:ln w="19050"><a:solidFill><a:schemeClr val="phClr"/></a:solidFill></a:ln></a:lnStyleLst><a:effectStyleLst><a:effectStyle><a:effectLst/></a:effectStyle><a:effectStyle><a:effectLst/></a:effectStyle><a:effectStyle><a:effectLst/></a:effectStyle></a:effectStyleLst><a:bgFillStyleLst><a:solidFill><a:schemeClr val="phClr"/></a:solidFill><a:solidFill><a:schemeClr val="phClr"/></a:solidFill><a:solidFill><a:schemeClr val="phClr"/></a:solidFill></a:bgFillStyleLst></a:fmtScheme>"#;
