//! CSS Tables 3.

use super::{Longhand, inherited, longhand};
use crate::style::computed::{BorderCollapse, CaptionSide, EmptyCells, TableLayout};
use crate::style::values::{Absolute, Keyword, Pair};

pub(super) const LONGHANDS: &[Longhand] = &[
    inherited!("border-collapse", Keyword<BorderCollapse> => table.collapse),
    inherited!("border-spacing", Pair<Absolute> => table.spacing),
    inherited!("caption-side", Keyword<CaptionSide> => table.caption),
    inherited!("empty-cells", Keyword<EmptyCells> => table.empty_cells),
    longhand!("table-layout", Keyword<TableLayout> => generated.table_layout),
];
