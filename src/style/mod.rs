//! HTML and CSS in, a [`StyledTree`] out: every element with the values that the cascade gave it.

pub mod computed;
mod tree;

pub use computed::ComputedStyle;
pub use tree::{
    Content, Element, Node, NodeId, PagePatch, PageRule, PageStyle, PageStyles, Pseudo, StyledTree,
};
