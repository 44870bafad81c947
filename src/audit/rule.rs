//! What is asked of a handout, and by whom.

use serde::Serialize;

/// A rule that a machine can check.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// A name that never changes: `picture-without-alt`. Messages about it carry it, too.
    pub code: &'static str,
    /// What is so where the rule is kept, in one sentence.
    pub asks: &'static str,
    /// Where standards ask for it.
    pub clauses: &'static [Clause],
}

impl Rule {
    /// Whether both keep a clause of PDF/UA-1.
    pub fn shares_clause(&self, other: &Self) -> bool {
        let of_file = |clause: &&Clause| clause.standard == Standard::PdfUa1;
        self.clauses.iter().filter(of_file).any(|clause| other.clauses.contains(clause))
    }
}

/// A clause of a standard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Clause {
    /// The standard.
    pub standard: Standard,
    /// Its number there: `7.3`, `1.4.3`, `14-003`.
    pub clause: &'static str,
}

/// A standard for documents that everyone can read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Standard {
    /// ISO 14289-1.
    #[serde(rename = "PDF/UA-1")]
    PdfUa1,
    /// ISO 19005-2, conformance level A.
    #[serde(rename = "PDF/A-2a")]
    PdfA2a,
    /// The Matterhorn Protocol 1.1: the conditions under which a file fails PDF/UA-1.
    #[serde(rename = "Matterhorn 1.1")]
    Matterhorn,
    /// Web Content Accessibility Guidelines 2.1, which EN 301 549 and Dutch law ask for.
    #[serde(rename = "WCAG 2.1")]
    Wcag21,
}

impl Standard {
    /// Its name as people write it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::PdfUa1 => "PDF/UA-1",
            Self::PdfA2a => "PDF/A-2a",
            Self::Matterhorn => "Matterhorn 1.1",
            Self::Wcag21 => "WCAG 2.1",
        }
    }

    /// A clause of it.
    pub const fn clause(self, clause: &'static str) -> Clause {
        Clause { standard: self, clause }
    }
}
