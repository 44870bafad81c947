//! What docx-rs does not write of the styles part (ISO/IEC 29500-1, 17.7): the document's defaults in full, which
//! style is the default one, and which are not Word's own.

use std::collections::HashMap;

use docx_rs::BuildXML;

use super::mend::mend;
use super::{Riders, Theme, escape, replace_first};
use crate::docx::styles::Styles;

/// A named style, as far as the styles part must know of it.
pub(crate) struct StyleNote {
    /// `w:styleId`.
    pub id: String,
    /// Whether the name is one of Word's own.
    pub built_in: bool,
    /// Whether paragraphs without a style have it.
    pub default: bool,
}

/// `w:styleId` of the style that tables of data have.
pub(crate) const TABLE_STYLE: &str = "DataTable";

/// The style of tables that arrange (17.7.6), Word's own, which that of data is based on.
const TABLES: &str = r#"<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="0" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>"#;

/// `w:styleId` of Word's own style for what is not filled in yet.
pub(crate) const PLACEHOLDER: &str = "PlaceholderText";

/// The styles that every document has, whose identifiers no other may have.
pub(crate) const RESERVED: [&str; 3] = ["TableNormal", TABLE_STYLE, PLACEHOLDER];

/// The style of what is not filled in yet, dark enough to be read on a tint (WCAG 2.1, 1.4.3).
const PLACEHOLDERS: &str = r#"<w:style w:type="character" w:styleId="PlaceholderText"><w:name w:val="Placeholder Text"/><w:uiPriority w:val="99"/><w:rPr><w:color w:val="595959"/></w:rPr></w:style>"#;

const DEFAULTS_END: &str = "</w:docDefaults>";

/// What is said of those of Word's own styles that the document does not have (17.7.4.5): as in Word's own documents they
/// are in no list until they are used, so that who writes is offered the house's.
const LATENT: &str = r#"<w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="1" w:defUnhideWhenUsed="1" w:defQFormat="0" w:count="376"/>"#;

/// All that a styles part says.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Sheet {
    /// The named styles.
    pub styles: Styles,
    /// The colours and fonts that have names; `None` with a reference, which has a theme of its own.
    pub theme: Option<Theme>,
    /// Whether something is not filled in yet.
    pub placeholders: bool,
    /// The style of tables of data, where there are any.
    pub tables: Option<String>,
}

/// The styles part.
pub(super) fn part(sheet: &Sheet) -> Vec<u8> {
    let mut riders = Riders::default();
    let (styles, notes) = sheet.styles.write(&mut riders);
    let defaults = sheet.styles.defaults().whole().properties(&mut riders).build();
    let part = docx_rs::Styles { styles, ..Default::default() }.build();
    let mut part = String::from_utf8_lossy(&mend(&part, &riders)).into_owned();
    let defaults = format!(
        "<w:docDefaults><w:rPrDefault>{}</w:rPrDefault><w:pPrDefault/></w:docDefaults>",
        String::from_utf8_lossy(&mend(&defaults, &riders))
    );
    replace_first(&mut part, "<w:docDefaults>", "</w:docDefaults>", &defaults);
    // docx-rs puts an empty Normal before ours.
    replace_first(&mut part, r#"<w:style w:type="paragraph" w:styleId="Normal">"#, "</w:style>", "");
    let mut part = noted(&part, &notes);
    if let Some(end) = part.rfind("</w:styles>") {
        if sheet.placeholders {
            part.insert_str(end, PLACEHOLDERS);
        }
        part.insert_str(end, sheet.tables.as_deref().unwrap_or_default());
        part.insert_str(end, TABLES);
    }
    if let Some(end) = part.find(DEFAULTS_END).map(|at| at + DEFAULTS_END.len()) {
        part.insert_str(end, LATENT);
    }
    match &sheet.theme {
        Some(theme) => theme.follow(&part).into_bytes(),
        None => part.into_bytes(),
    }
}

/// The styles, with what the notes say of them.
fn noted(part: &str, notes: &[StyleNote]) -> String {
    const ID: &str = "w:styleId=\"";
    let said: HashMap<String, &str> = notes
        .iter()
        .filter_map(|style| match (style.default, style.built_in) {
            (true, _) => Some((escape(&style.id), "w:default=\"1\" ")),
            (false, true) => None,
            (false, false) => Some((escape(&style.id), "w:customStyle=\"1\" ")),
        })
        .collect();
    let mut out = String::with_capacity(part.len() + 32 * said.len());
    let mut rest = part;
    while let Some(at) = rest.find(ID) {
        let (before, style) = rest.split_at(at);
        let id = style[ID.len()..].split('"').next().unwrap_or_default();
        out.extend([before, said.get(id).copied().unwrap_or_default(), ID]);
        rest = &style[ID.len()..];
    }
    out + rest
}
