//! A styled tree in, [`Pages`] out: our own paged layout.

pub mod inline;
mod pages;

pub use pages::{
    Anchor, Artifact, Fill, Glyph, GradientKind, Group, Item, Link, LinkTarget, Outline, Page, Pages, Path,
    PathStep, Shape, Stroke, Structure, StructureNode, Tag, TagId, Text,
};
