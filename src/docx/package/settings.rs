//! Document settings (ISO/IEC 29500-1, 17.15). docx-rs' own are those of an East Asian document and not in the
//! schema's order, so the part is ours.

use super::{DECLARATION, Extras};
use crate::docx::look::lang_attributes;
use crate::docx::sheet::Facing;

/// The settings part.
pub(super) fn part(extras: &Extras) -> Vec<u8> {
    let lang = lang_attributes(extras.lang);
    let hyphenation = if extras.hyphenate {
        r#"<w:autoHyphenation/><w:consecutiveHyphenLimit w:val="2"/><w:hyphenationZone w:val="357"/><w:doNotHyphenateCaps/>"#
    } else {
        ""
    };
    let fonts = if extras.fonts.is_empty() { "" } else { "<w:embedTrueTypeFonts/>" };
    let mirrored = if extras.facing == Facing::Mirrored { "<w:mirrorMargins/>" } else { "" };
    let even = if extras.even_headers { "<w:evenAndOddHeaders/>" } else { "" };
    let footnotes = extras.footnotes.as_ref().map(super::footnotes::settings).unwrap_or_default();
    let compatibility: String = COMPATIBILITY
        .iter()
        .map(|(name, value)| {
            format!(
                r#"<w:compatSetting w:name="{name}" w:uri="http://schemas.microsoft.com/office/word" w:val="{value}"/>"#
            )
        })
        .collect();
    format!(
        r#"{DECLARATION}<w:settings xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:zoom w:percent="100"/>{fonts}{mirrored}<w:defaultTabStop w:val="709"/>{hyphenation}{even}<w:characterSpacingControl w:val="doNotCompress"/>{footnotes}<w:compat>{compatibility}</w:compat><w:themeFontLang{lang}/><w:clrSchemeMapping w:bg1="light1" w:t1="dark1" w:bg2="light2" w:t2="dark2" w:accent1="accent1" w:accent2="accent2" w:accent3="accent3" w:accent4="accent4" w:accent5="accent5" w:accent6="accent6" w:hyperlink="hyperlink" w:followedHyperlink="followedHyperlink"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>"#
    )
    .into_bytes()
}

/// Word 2013's layout, which all later versions share ([MS-DOCX], 2.7.3).
const COMPATIBILITY: [(&str, u8); 6] = [
    ("compatibilityMode", 15),
    ("overrideTableStyleFontSizeAndJustification", 1),
    ("enableOpenTypeFeatures", 1),
    ("doNotFlipMirrorIndents", 1),
    ("differentiateMultirowTableHeaders", 1),
    ("useWord2013TrackBottomHyphenation", 0),
];
