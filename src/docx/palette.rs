//! The house's colours and fonts, as Word's palette shows them: those of headings and links first, then those
//! that are used most.

use super::look::Rgb;
use super::model::{Block, Paragraph, Role, paragraphs};
use super::package::Theme;
use super::styles::Styles;

/// The theme of a document.
pub(super) fn theme(styles: &Styles, blocks: &[&[Block]]) -> Theme {
    let mut all: Vec<&Paragraph> = Vec::new();
    for blocks in blocks {
        paragraphs(blocks, &mut |paragraph| all.push(paragraph));
    }
    let defaults = styles.defaults();
    let heading = all.iter().find(|paragraph| matches!(paragraph.kind.role, Role::Heading(_)));
    let mut colors: Vec<(Rgb, usize)> = Vec::new();
    let mut count = |color: Rgb, weight: usize| match colors.iter_mut().find(|(known, _)| *known == color) {
        Some((_, total)) => *total += weight,
        None => colors.push((color, weight)),
    };
    for paragraph in &all {
        count(paragraph.run.color, paragraph.length);
        paragraph.look.shading.into_iter().for_each(|color| count(color, paragraph.length));
    }
    let first = heading.map_or(defaults.color, |heading| heading.run.color);
    colors.retain(|(color, _)| ![first, defaults.color, Rgb::WHITE].contains(color));
    colors.sort_by_key(|(_, weight)| std::cmp::Reverse(*weight));
    let found: Vec<Rgb> = std::iter::once(first).chain(colors.into_iter().map(|(color, _)| color)).collect();
    let accents = std::array::from_fn(|index| found[index % found.len()]);
    Theme {
        text: defaults.color,
        accents,
        link: styles.link_color().unwrap_or(accents[0]),
        headings: heading.map_or_else(|| defaults.family.clone(), |heading| heading.run.family.clone()),
        body: defaults.family.clone(),
    }
}
