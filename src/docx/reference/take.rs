//! Parts that are taken as they are, with all that they relate to: pictures of a header, embedded fonts. They get names
//! that no part of ours has, so that a picture of the header is never taken for one of the article.

use std::collections::BTreeMap;

use super::TakenPart;
use crate::docx::package::escape;
use crate::opc::{Archive, Fault, Relation};

/// No reference has more parts than this.
const MOST: usize = 512;

/// Relationships to what can run.
const ACTIVE: [&str; 4] = ["control", "activeXControlBinary", "vbaProject", "attachedToolbars"];

/// Gathers parts.
pub(super) struct Taker<'a, 'f> {
    archive: &'a mut Archive<'f>,
    /// The new names of parts.
    names: BTreeMap<String, String>,
    /// Parts whose content is still to be read: their names in the file.
    waiting: Vec<String>,
    parts: Vec<TakenPart>,
}

impl<'a, 'f> Taker<'a, 'f> {
    pub fn new(archive: &'a mut Archive<'f>) -> Self {
        Self { archive, names: BTreeMap::new(), waiting: Vec::new(), parts: Vec::new() }
    }

    /// A part as text.
    pub fn text(&mut self, part: &str) -> Result<Option<String>, Fault> {
        self.archive.text(part)
    }

    /// Takes a part under this name.
    pub fn take_as(&mut self, part: &str, name: &str) -> Result<(), Fault> {
        self.names.insert(part.to_owned(), name.to_owned());
        self.waiting.push(part.to_owned());
        self.drain()
    }

    /// Takes what a part relates to; gives the relationships for the part `name` of ours that it is merged with.
    pub fn relations_of(
        &mut self,
        part: &str,
        name: &'static str,
    ) -> Result<Vec<(&'static str, String)>, Fault> {
        let relations = self.archive.relations(part)?;
        let mut found = Vec::with_capacity(relations.len());
        for relation in relations {
            let id = format!("{PREFIX}{}", relation.id);
            found.push((name, self.relation(&relation, &id, name)?));
        }
        self.drain()?;
        Ok(found)
    }

    /// Takes what a part relates to, for the part itself under its new name.
    pub fn relations_as(&mut self, part: &str, name: &str) -> Result<(), Fault> {
        let relations = self.archive.relations(part)?;
        if relations.is_empty() {
            return Ok(());
        }
        let mut each = String::new();
        for relation in &relations {
            each += &self.relation(relation, &relation.id, name)?;
        }
        let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
        self.parts.push(TakenPart {
            name: format!("{folder}/_rels/{file}.rels"),
            content_type: String::new(),
            content: relationships(&each).into_bytes(),
        });
        self.drain()
    }

    /// The parts.
    pub fn finish(mut self) -> Result<Vec<TakenPart>, Fault> {
        self.drain()?;
        Ok(self.parts)
    }

    fn relation(&mut self, relation: &Relation, id: &str, from: &str) -> Result<String, Fault> {
        if ACTIVE.contains(&relation.kind.as_str()) {
            return Err(Fault {
                message: "its header or footer has a control that can run".to_owned(),
                hint: "take the control away in Word",
            });
        }
        let (target, mode) = match relation.external {
            true => (relation.target.clone(), r#" TargetMode="External""#),
            false => (relative(from, &self.name_of(&relation.target)), ""),
        };
        let (id, uri, target) = (escape(id), escape(&relation.uri), escape(&target));
        Ok(format!(r#"<Relationship Id="{id}" Type="{uri}" Target="{target}"{mode}/>"#))
    }

    /// The new name of a part, which is taken later if it was not yet.
    fn name_of(&mut self, part: &str) -> String {
        if let Some(known) = self.names.get(part) {
            return known.clone();
        }
        let extension = part.rsplit_once('.').map_or("bin", |(_, extension)| extension);
        let plain = extension.len() <= 8 && extension.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let extension = if plain { extension.to_ascii_lowercase() } else { "bin".to_owned() };
        let folder = if part.contains("/fonts/") { "fonts" } else { "media" };
        let name = format!("word/{folder}/reference{}.{extension}", self.names.len() + 1);
        self.names.insert(part.to_owned(), name.clone());
        self.waiting.push(part.to_owned());
        name
    }

    fn drain(&mut self) -> Result<(), Fault> {
        while let Some(part) = self.waiting.pop() {
            if self.parts.len() >= MOST {
                return Err(Fault::new("it has too many parts"));
            }
            let Some(name) = self.names.get(&part).cloned() else { continue };
            let missing = || Fault::new(format!("{part} is named in it and is not there"));
            let content = self.archive.bytes(&part)?.ok_or_else(missing)?;
            let content_type =
                self.archive.content_type(&part).unwrap_or("application/octet-stream").to_owned();
            self.parts.push(TakenPart { name: name.clone(), content_type, content });
            self.relations_as(&part, &name)?;
        }
        Ok(())
    }
}

/// Before the identifiers of relationships of parts that ours are merged with.
pub(super) const PREFIX: &str = "reference-";

/// A relationships part.
pub(super) fn relationships(each: &str) -> String {
    let declaration = super::DECLARATION;
    format!(
        r#"{declaration}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{each}</Relationships>"#
    )
}

/// The target of a relationship from one part of the folder `word` to another.
fn relative(from: &str, to: &str) -> String {
    let inside = |part: &str| part.strip_prefix("word/").unwrap_or(part).to_owned();
    format!("{}{}", "../".repeat(inside(from).matches('/').count()), inside(to))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_relative() {
        assert_eq!(relative("word/header1.xml", "word/media/a.png"), "media/a.png");
        assert_eq!(relative("word/theme/theme1.xml", "word/media/a.png"), "../media/a.png");
    }
}
