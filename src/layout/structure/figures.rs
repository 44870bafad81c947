//! Figures with captions. Readers take a figure's alternative text for all that is in it, so its caption stands
//! beside it, both in one group; that of a table is the table's own (ISO 32000-1, 14.8.4.3.4).

use crate::layout::{Structure, TagId};

/// Moves the caption of a figure that is a table into the table.
pub(super) fn settle(structure: &mut Structure) {
    for at in 0..structure.nodes.len() {
        if structure.nodes[at].role != "Div" {
            continue;
        }
        let children = &structure.nodes[at].children;
        let (&[first, second], true) = (&children[..], structure.nodes[at].title.is_none()) else { continue };
        let role = |id: TagId| structure.nodes[id.0 as usize].role;
        match (role(first), role(second)) {
            ("Caption", "Table") => give(structure, at, (second, first), 0),
            ("Table", "Caption") => give(structure, at, (first, second), usize::MAX),
            _ => {}
        }
    }
}

/// Makes a caption the table's first or last child, unless the table has one or speaks another language.
fn give(structure: &mut Structure, group: usize, (table, caption): (TagId, TagId), place: usize) {
    let has_caption = {
        let table = &structure.nodes[table.0 as usize];
        let mut children = table.children.iter().map(|child| structure.nodes[child.0 as usize].role);
        table.lang.is_some() || children.any(|role| role == "Caption")
    };
    if has_caption {
        return;
    }
    structure.nodes[group].children = vec![table];
    let children = &mut structure.nodes[table.0 as usize].children;
    children.insert(place.min(children.len()), caption);
}
