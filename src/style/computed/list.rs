//! CSS Lists 3.

use std::sync::Arc;

use super::values::keywords;

/// The inherited list properties.
#[derive(Clone, Debug, PartialEq)]
pub struct List {
    /// `list-style-type`.
    pub style: ListStyle,
    /// `list-style-position`.
    pub position: ListPosition,
    /// `quotes`: pairs, outermost first.
    pub quotes: Arc<[(Arc<str>, Arc<str>)]>,
    /// Whether `quotes` is `auto`: those of the element's language.
    pub(crate) quotes_of_language: bool,
}

/// `list-style-type`.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum ListStyle {
    /// `disc`.
    #[default]
    Disc,
    /// `circle`.
    Circle,
    /// `square`.
    Square,
    /// `decimal`.
    Decimal,
    /// `decimal-leading-zero`.
    DecimalLeadingZero,
    /// `lower-alpha`.
    LowerAlpha,
    /// `upper-alpha`.
    UpperAlpha,
    /// `lower-roman`.
    LowerRoman,
    /// `upper-roman`.
    UpperRoman,
    /// `none`.
    None,
    /// A string.
    Text(Arc<str>),
}

keywords! {
    /// `list-style-position`.
    ListPosition { Outside = "outside", Inside = "inside" }
}

impl Default for List {
    fn default() -> Self {
        Self {
            style: ListStyle::Disc,
            position: ListPosition::Outside,
            quotes: Arc::from([(Arc::from("“"), Arc::from("”")), (Arc::from("‘"), Arc::from("’"))]),
            quotes_of_language: true,
        }
    }
}
