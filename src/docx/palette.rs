//! The house's colours and fonts, as Word's palette shows them: the brand's colours by what they are for, and where it
//! has none those of headings and links first, then those that are used most.

use super::look::Rgb;
use super::model::{Block, Paragraph, Role, paragraphs};
use super::package::Theme;
use super::styles::Styles;
use crate::config::Brand;

/// The colours of a brand that stand out, in the order of Word's accents.
const ACCENTS: [&str; 3] = ["primary", "secondary", "tertiary"];
/// Those of messages: what the palette has beside is of more use.
const MESSAGES: [&str; 4] = ["success", "info", "warning", "danger"];

/// The theme of a document.
pub(super) fn theme(styles: &Styles, blocks: &[&[Block]], brand: &Brand) -> Theme {
    let mut all: Vec<&Paragraph> = Vec::new();
    for blocks in blocks {
        paragraphs(blocks, &mut |paragraph| all.push(paragraph));
    }
    let defaults = styles.defaults();
    let heading = all.iter().find(|paragraph| matches!(paragraph.kind.role, Role::Heading(_)));
    let color = |name: &str| brand.color(name).map(Rgb);
    let text = color("foreground").unwrap_or(defaults.color);
    let paper = color("background").unwrap_or(Rgb::WHITE);
    let named = [color("dark"), color("light")];
    let mut accents: Vec<Rgb> = ACCENTS.into_iter().filter_map(color).collect();
    let used = used(&all, heading.map_or(defaults.color, |heading| heading.run.color));
    let more = brand.palette().map(Rgb).chain(MESSAGES.into_iter().filter_map(color)).chain(used);
    for color in more {
        let is_other = ![text, paper, Rgb::WHITE].contains(&color) && !named.contains(&Some(color));
        if accents.len() < 6 && is_other && !accents.contains(&color) {
            accents.push(color);
        }
    }
    let first = accents.first().copied().unwrap_or(text);
    let count = accents.len().max(1);
    let accents = std::array::from_fn(|index| accents.get(index % count).copied().unwrap_or(first));
    let link = color("link").or_else(|| styles.link_color()).unwrap_or(first);
    Theme {
        text,
        paper,
        dark: color("dark").unwrap_or(first),
        light: color("light").unwrap_or_else(|| first.tint()),
        accents,
        link,
        headings: heading.map_or_else(|| defaults.family.clone(), |heading| heading.run.family.clone()),
        body: defaults.family.clone(),
    }
}

/// The colours that are used: that of headings, then by how much is in them.
fn used(all: &[&Paragraph], first: Rgb) -> impl Iterator<Item = Rgb> {
    let mut colors: Vec<(Rgb, usize)> = Vec::new();
    let mut count = |color: Rgb, weight: usize| match colors.iter_mut().find(|(known, _)| *known == color) {
        Some((_, total)) => *total += weight,
        None => colors.push((color, weight)),
    };
    for paragraph in all {
        count(paragraph.run.color, paragraph.length);
        paragraph.look.shading.into_iter().for_each(|color| count(color, paragraph.length));
    }
    colors.sort_by_key(|(_, weight)| std::cmp::Reverse(*weight));
    std::iter::once(first).chain(colors.into_iter().map(|(color, _)| color))
}
