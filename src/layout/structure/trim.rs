//! What came to nothing goes: elements without content, and groups of one.

use super::Tags;
use super::builder::Builder;
use crate::layout::{Structure, StructureNode, Tag, TagId};

/// Takes out the elements that nothing is in, and puts the others in document order, a parent before its children.
pub(super) fn trim(builder: Builder) -> Tags {
    let Builder { tags: Tags { structure, of }, full, .. } = builder;
    let kept = kept(&structure, &full);
    let mut places: Vec<Option<TagId>> = vec![None; structure.nodes.len()];
    let mut nodes: Vec<StructureNode> = Vec::with_capacity(structure.nodes.len());
    let mut stack = vec![(TagId(0), None::<TagId>)];
    while let Some((id, parent)) = stack.pop() {
        let node = &structure.nodes[id.0 as usize];
        let mut children = node.children.iter().rev().filter(|child| kept[child.0 as usize]).peekable();
        let dissolves = parent.is_some() && is_idle(node) && {
            let mut others = children.clone();
            others.next();
            others.next().is_none() && !full[id.0 as usize]
        };
        let place = match parent {
            Some(parent) if dissolves => parent,
            _ => {
                let place = TagId(nodes.len() as u32);
                nodes.push(StructureNode { children: Vec::new(), ..node.clone() });
                if let Some(parent) = parent {
                    nodes[parent.0 as usize].children.push(place);
                }
                place
            }
        };
        places[id.0 as usize] = Some(place);
        stack.extend(children.by_ref().map(|&child| (child, Some(place))));
    }
    for node in &mut nodes {
        node.headers = node.headers.iter().filter_map(|header| places[header.0 as usize]).collect();
    }
    let moved = |tag: Tag| match tag {
        Tag::Element(id) => places[id.0 as usize].map(Tag::Element),
        artifact @ Tag::Artifact(_) => Some(artifact),
    };
    Tags { structure: Structure { nodes }, of: of.into_iter().map(|tag| tag.and_then(moved)).collect() }
}

/// Whether a group says nothing by itself.
fn is_idle(node: &StructureNode) -> bool {
    node.role == "Div" && node.lang.is_none() && node.title.is_none()
}

/// Which elements have something in them. A cell without content keeps its place in the table.
fn kept(structure: &Structure, full: &[bool]) -> Vec<bool> {
    let mut kept = full.to_vec();
    kept[0] = true;
    let mut order: Vec<TagId> = Vec::with_capacity(kept.len());
    let mut stack = vec![TagId(0)];
    while let Some(id) = stack.pop() {
        order.push(id);
        stack.extend(&structure.nodes[id.0 as usize].children);
    }
    for id in order.into_iter().rev() {
        let node = &structure.nodes[id.0 as usize];
        let any = node.children.iter().any(|child| kept[child.0 as usize]);
        kept[id.0 as usize] |= any || matches!(node.role, "TD" | "TH");
    }
    kept
}
