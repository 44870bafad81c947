//! What docx-rs has no word for rides along as a number in an element that it has a word for and that we never
//! need for itself; the mending puts the real elements in its place.

use std::collections::BTreeMap;

/// Elements to put into a property list: their name, which tells their place in it, and their XML.
pub(crate) type Rider = Vec<(&'static str, String)>;

/// The riders of a document.
#[derive(Debug, Default)]
pub(crate) struct Riders {
    riders: Vec<Rider>,
    numbers: BTreeMap<Rider, usize>,
}

/// The element of each property list that carries a rider's number in its `w:val`.
pub(super) const CARRIERS: [(&[u8], &[u8]); 5] = [
    (b"w:pPr", b"w:adjustRightInd"),
    (b"w:rPr", b"w:fitText"),
    (b"w:tblPr", b"w:tblStyle"),
    (b"w:trPr", b"w:trHeight"),
    (b"w:sdtPr", b"w:alias"),
];

/// The `w:history` of a link whose screen tip is the first rider; 0 and 1 are its own (17.16.22).
pub(crate) const FIRST_TIP: usize = 2;

impl Riders {
    /// The number under which these elements travel; `None` where there are none.
    pub fn ride(&mut self, elements: Rider) -> Option<usize> {
        if elements.is_empty() {
            return None;
        }
        if let Some(number) = self.numbers.get(&elements) {
            return Some(*number);
        }
        self.riders.push(elements.clone());
        self.numbers.insert(elements, self.riders.len() - 1);
        Some(self.riders.len() - 1)
    }

    /// The elements that travel under this number.
    pub fn get(&self, number: usize) -> &[(&'static str, String)] {
        self.riders.get(number).map_or(&[], Vec::as_slice)
    }
}
