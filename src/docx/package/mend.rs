//! One pass over a part that docx-rs wrote: children of properties into the schema's order, empty properties
//! out, riders to where they belong, attributes that the schema does not know away.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::namespaces;
use super::order;
use super::riders::{CARRIERS, FIRST_TIP, Riders};

/// A property element whose children are being gathered.
struct Properties {
    name: Vec<u8>,
    depth: usize,
    /// Where its own start tag begins in the output, and where its content does.
    opened: usize,
    content: usize,
    order: &'static [&'static str],
    /// The children so far: their place in the order, and where they are in the output.
    children: Vec<(usize, usize, usize)>,
}

struct Mender<'a> {
    /// `None` for a part that is not docx-rs': there the order is all that is mended.
    riders: Option<&'a Riders>,
    out: Vec<u8>,
    depth: usize,
    open: Vec<Properties>,
    /// The rider of the picture that is being passed.
    picture: Option<usize>,
    /// Whether the text that comes next is shown text.
    shown: bool,
}

/// The part `xml` as the schema wants it.
///
/// docx-rs writes well-formed XML; should it ever not, the part is given back as it came.
pub(super) fn mend(xml: &[u8], riders: &Riders) -> Vec<u8> {
    namespaces::used(go_through(xml, Some(riders)))
}

/// A part that somebody else wrote, with the children of properties in the schema's order.
pub(crate) fn in_order(xml: &str) -> String {
    String::from_utf8_lossy(&go_through(xml.as_bytes(), None)).into_owned()
}

fn go_through(xml: &[u8], riders: Option<&Riders>) -> Vec<u8> {
    let mut mender = Mender {
        riders,
        out: Vec::with_capacity(xml.len()),
        depth: 0,
        open: Vec::new(),
        picture: None,
        shown: false,
    };
    let mut reader = Reader::from_reader(xml);
    // docx-rs closes what it opens.
    reader.config_mut().check_end_names = riders.is_none();
    let mut position = 0;
    loop {
        let event = reader.read_event();
        let end = (reader.buffer_position() as usize).min(xml.len());
        let raw = &xml[position..end];
        position = end;
        match event {
            Ok(Event::Start(tag)) => mender.start(&tag, raw),
            Ok(Event::Empty(tag)) => mender.empty(&tag, raw),
            Ok(Event::End(_)) => mender.end(raw),
            Ok(Event::Eof) => return mender.out,
            Ok(_) => mender.text(raw),
            Err(_) => return xml.to_vec(),
        }
    }
}

impl Mender<'_> {
    fn start(&mut self, tag: &BytesStart, raw: &[u8]) {
        let opened = self.out.len();
        let name = tag.name();
        match name.as_ref() {
            _ if self.riders.is_none() => self.out.extend_from_slice(raw),
            b"w:p" => self.out.extend_from_slice(b"<w:p>"),
            b"wp:inline" => {
                self.picture = number(tag, b"distT");
                self.out.extend_from_slice(br#"<wp:inline distT="0" distB="0" distL="0" distR="0">"#);
            }
            b"w:hyperlink" => self.hyperlink(tag, raw),
            b"a:prstGeom" if let Some(rider) = self.picture => self.ridden(rider, "a:prstGeom", raw),
            _ => self.out.extend_from_slice(raw),
        }
        self.shown = name.as_ref() == b"w:t";
        self.depth += 1;
        if let Some(order) = order::children(name.as_ref()) {
            self.open.push(Properties {
                name: name.as_ref().to_vec(),
                depth: self.depth,
                opened,
                content: self.out.len(),
                order,
                children: Vec::new(),
            });
        } else if let Some(parent) = self.parent(self.depth - 1) {
            let place = place(parent.order, name.as_ref());
            parent.children.push((place, opened, opened));
        }
    }

    /// A link, with its screen tip where one travels in its history.
    fn hyperlink(&mut self, tag: &BytesStart, raw: &[u8]) {
        let history = number(tag, b"w:history").filter(|history| *history >= FIRST_TIP);
        let Some(history) = history else { return self.out.extend_from_slice(raw) };
        let own =
            String::from_utf8_lossy(raw).replace(&format!("w:history=\"{history}\""), "w:history=\"1\"");
        self.out.extend_from_slice(own.strip_suffix('>').unwrap_or(&own).trim_end().as_bytes());
        self.ridden(history - FIRST_TIP, "w:tooltip", b"");
        self.out.push(b'>');
    }

    fn empty(&mut self, tag: &BytesStart, raw: &[u8]) {
        let name = tag.name();
        let name = name.as_ref();
        if self.carried(tag) {
            return;
        }
        let from = self.out.len();
        match (name, self.picture) {
            _ if self.riders.is_none() => self.out.extend_from_slice(raw),
            (b"w:rPr" | b"w:pPr" | b"w:trPr" | b"w:pBdr" | b"w:tblBorders" | b"w:tcBorders", _) => return,
            (b"w:p", _) => self.out.extend_from_slice(b"<w:p/>"),
            (b"w:gridCol", _) => {
                let width = number(tag, b"w:w").unwrap_or_default();
                self.out.extend_from_slice(format!(r#"<w:gridCol w:w="{width}"/>"#).as_bytes());
            }
            (b"wp:docPr", Some(rider)) => self.ridden(rider, "wp:docPr", raw),
            (b"a:srcRect", Some(rider)) => self.ridden(rider, "a:srcRect", raw),
            (b"a:avLst", Some(rider)) => self.ridden(rider, "a:avLst", raw),
            (b"a:blip", Some(rider)) => {
                self.out.extend_from_slice(raw.strip_suffix(b"/>").unwrap_or(raw).trim_ascii_end());
                self.out.push(b'>');
                self.ridden(rider, "a:extLst", b"");
                self.out.extend_from_slice(b"</a:blip>");
            }
            _ => self.out.extend_from_slice(raw),
        }
        let to = self.out.len();
        if let Some(parent) = self.parent(self.depth) {
            let place = place(parent.order, name);
            parent.children.push((place, from, to));
        }
    }

    fn end(&mut self, raw: &[u8]) {
        self.shown = false;
        let closes = self.open.last().is_some_and(|open| open.depth == self.depth);
        self.depth -= 1;
        if !closes {
            self.out.extend_from_slice(raw);
            self.close_child();
            return;
        }
        let Some(properties) = self.open.pop() else { return };
        if properties.children.is_empty() && properties.name != b"w:tcPr" {
            self.out.truncate(properties.opened);
            return;
        }
        self.sort(&properties);
        self.out.extend_from_slice(raw);
        let to = self.out.len();
        if let Some(parent) = self.parent(self.depth) {
            let place = place(parent.order, &properties.name);
            parent.children.push((place, properties.opened, to));
        }
    }

    /// Soft hyphens become `w:softHyphen` (ISO/IEC 29500-1, 17.3.3.29): the character itself is drawn by some
    /// readers.
    fn text(&mut self, raw: &[u8]) {
        const SOFT_HYPHEN: &[u8] = "\u{ad}".as_bytes();
        if !self.shown || !raw.windows(2).any(|pair| pair == SOFT_HYPHEN) {
            self.out.extend_from_slice(raw);
            return;
        }
        let mut rest = raw;
        while let Some(at) = rest.windows(2).position(|pair| pair == SOFT_HYPHEN) {
            self.out.extend_from_slice(&rest[..at]);
            self.out.extend_from_slice(br#"</w:t><w:softHyphen/><w:t xml:space="preserve">"#);
            rest = &rest[at + SOFT_HYPHEN.len()..];
        }
        self.out.extend_from_slice(rest);
    }

    /// The property element that is open at this depth, if the element there is one.
    fn parent(&mut self, depth: usize) -> Option<&mut Properties> {
        self.open.last_mut().filter(|open| open.depth == depth)
    }

    /// Notes where a child with content of its own ends.
    fn close_child(&mut self) {
        let to = self.out.len();
        if let Some(last) = self.parent(self.depth).and_then(|open| open.children.last_mut()) {
            last.2 = to;
        }
    }

    /// Puts a rider in the place of the element that carried it; says whether the element was a carrier.
    fn carried(&mut self, tag: &BytesStart) -> bool {
        let (Some(open), Some(riders)) = (self.open.last_mut(), self.riders) else { return false };
        let name = tag.name();
        if open.depth != self.depth || !CARRIERS.contains(&(&open.name, name.as_ref())) {
            return false;
        }
        let Some(rider) = number(tag, b"w:val") else { return false };
        for (name, xml) in riders.get(rider) {
            let from = self.out.len();
            self.out.extend_from_slice(xml.as_bytes());
            open.children.push((place(open.order, name.as_bytes()), from, self.out.len()));
        }
        true
    }

    /// Writes the rider's element of this name, or `otherwise`.
    fn ridden(&mut self, rider: usize, name: &str, otherwise: &[u8]) {
        let carried = self.riders.map_or(&[][..], |riders| riders.get(rider));
        let found = carried.iter().find(|(key, _)| *key == name);
        self.out.extend_from_slice(found.map_or(otherwise, |(_, xml)| xml.as_bytes()));
    }

    fn sort(&mut self, properties: &Properties) {
        if properties.children.is_sorted_by_key(|(place, ..)| *place) {
            return;
        }
        let mut children = properties.children.clone();
        children.sort_by_key(|(place, ..)| *place);
        let sorted: Vec<&[u8]> = children.iter().map(|(_, from, to)| &self.out[*from..*to]).collect();
        let sorted = sorted.concat();
        self.out.truncate(properties.content);
        self.out.extend_from_slice(&sorted);
    }
}

fn place(order: &[&str], name: &[u8]) -> usize {
    order.iter().position(|known| known.as_bytes() == name).unwrap_or(order.len())
}

fn number(tag: &BytesStart, attribute: &[u8]) -> Option<usize> {
    let value = tag.try_get_attribute(attribute).ok()??;
    std::str::from_utf8(&value.value).ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(xml: &str, riders: &Riders) -> String {
        String::from_utf8(mend(xml.as_bytes(), riders)).unwrap()
    }

    #[test]
    fn properties_come_in_the_schemas_order_and_empty_ones_go() {
        let xml = r#"<w:p w14:paraId="1"><w:pPr><w:rPr /><w:jc w:val="left" /><w:pStyle w:val="A" /></w:pPr><w:r><w:rPr /><w:t>a</w:t></w:r></w:p>"#;
        let want =
            r#"<w:p><w:pPr><w:pStyle w:val="A" /><w:jc w:val="left" /></w:pPr><w:r><w:t>a</w:t></w:r></w:p>"#;
        assert_eq!(mended(xml, &Riders::default()), want);
    }

    #[test]
    fn nested_properties_are_sorted_inside_out() {
        let xml =
            r#"<w:pPr><w:rPr><w:sz w:val="2"/><w:b/></w:rPr><w:pBdr><w:left/><w:top/></w:pBdr></w:pPr>"#;
        let want =
            r#"<w:pPr><w:pBdr><w:top/><w:left/></w:pBdr><w:rPr><w:b/><w:sz w:val="2"/></w:rPr></w:pPr>"#;
        assert_eq!(mended(xml, &Riders::default()), want);
    }

    #[test]
    fn a_rider_takes_its_place() {
        let mut riders = Riders::default();
        let number = riders.ride(vec![("w:smallCaps", "<w:smallCaps/>".to_owned())]).unwrap();
        let xml = format!(r#"<w:rPr><w:sz w:val="2"/><w:fitText w:val="{number}"/></w:rPr>"#);
        assert_eq!(mended(&xml, &riders), r#"<w:rPr><w:smallCaps/><w:sz w:val="2"/></w:rPr>"#);
    }

    #[test]
    fn soft_hyphens_become_elements_in_shown_text_only() {
        let xml = "<w:t>a\u{ad}b</w:t><w:x>a\u{ad}b</w:x>";
        let want = "<w:t>a</w:t><w:softHyphen/><w:t xml:space=\"preserve\">b</w:t><w:x>a\u{ad}b</w:x>";
        assert_eq!(mended(xml, &Riders::default()), want);
    }
}
