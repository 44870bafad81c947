//! What computed values depend on each other for, once all declarations are applied.

use crate::style::computed::{BorderStyle, Color, ComputedStyle, Display, Float, Level, Position, Sizing};
use crate::units::Px;

/// Gives borders and rules that nothing is declared of their initial width and colour.
pub(super) fn color_borders(style: &mut ComputedStyle, color: Color) {
    let sides = &mut style.border.sides;
    for side in [&mut sides.top, &mut sides.right, &mut sides.bottom, &mut sides.left] {
        (side.color, side.width) = (color, Px(3.0));
    }
    let rule = &mut style.fragmentation.column_rule;
    (rule.color, rule.width) = (color, Px(3.0));
}

/// Brings values in line with each other. `container` is the display of the box around this one.
pub(super) fn adjust(style: &mut ComputedStyle, container: Display, is_root: bool) {
    let sides = &mut style.border.sides;
    let rule = &mut style.fragmentation.column_rule;
    for side in [&mut sides.top, &mut sides.right, &mut sides.bottom, &mut sides.left, rule] {
        if matches!(side.style, BorderStyle::None | BorderStyle::Hidden) {
            side.width = Px::ZERO;
        }
    }
    if !style.paint.lists.images.is_empty() {
        style.paint.layers = style.paint.lists.layers();
    }
    let out_of_flow = matches!(style.position.scheme, Position::Absolute | Position::Fixed)
        || style.position.running.is_some();
    if out_of_flow {
        style.position.float = Float::None;
    }
    let is_item =
        matches!(container, Display::Flex | Display::InlineFlex | Display::Grid | Display::InlineGrid);
    if is_item {
        style.position.float = Float::None;
    }
    let floats = matches!(style.position.float, Float::Left | Float::Right | Float::Footnote);
    if out_of_flow && as_block(style.display) == style.display {
        style.position.level = Level::Block;
    }
    if out_of_flow || floats || is_item || is_root {
        style.display = as_block(style.display);
    }
    if style.position.float == Float::Footnote {
        style.boxes.width = Sizing::Auto;
    }
}

/// The display of a box that must be a block (CSS Display 3, section 2.7).
fn as_block(display: Display) -> Display {
    match display {
        Display::Inline | Display::InlineBlock => Display::Block,
        Display::InlineFlex => Display::Flex,
        Display::InlineGrid => Display::Grid,
        Display::InlineTable => Display::Table,
        Display::TableRowGroup
        | Display::TableHeaderGroup
        | Display::TableFooterGroup
        | Display::TableRow
        | Display::TableCell
        | Display::TableColumnGroup
        | Display::TableColumn
        | Display::TableCaption => Display::Block,
        other => other,
    }
}
