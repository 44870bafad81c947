//! What was looked at, and what came of it.

use serde::{Deserialize, Serialize};

use super::{Review, Rule};
use crate::diag::Diagnostic;

/// One rule on one handout.
#[derive(Clone, Debug)]
pub struct Check {
    /// The rule.
    pub rule: &'static Rule,
    /// How many things it was asked of.
    pub examined: usize,
    /// What is wrong: errors where the rule must be kept, warnings where a person should look.
    pub findings: Vec<Diagnostic>,
    /// What comes of warnings alone: mostly a person must look; where something was measured, the rule is broken.
    pub on_warning: Outcome,
}

/// What came of a check, in the words of the Evaluation and Report Language (W3C EARL 1.0, 2.7).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Outcome {
    /// All that was examined is right.
    Passed,
    /// Something is wrong.
    Failed,
    /// A person must look at something.
    CantTell,
    /// There is nothing that the rule asks something of.
    Inapplicable,
}

/// All checks of a handout, and what no machine can check of it.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// In the order in which they were made.
    pub checks: Vec<Check>,
    /// What a person must still judge.
    pub reviews: Vec<Review>,
}

impl Check {
    /// A check that has looked at nothing yet.
    pub const fn new(rule: &'static Rule) -> Self {
        Self { rule, examined: 0, findings: Vec::new(), on_warning: Outcome::CantTell }
    }

    /// The same, for a rule that is measured: what it warns of breaks it.
    #[must_use]
    pub fn measured(self) -> Self {
        Self { on_warning: Outcome::Failed, ..self }
    }

    /// One thing was examined; `finding` is what is wrong with it.
    pub fn examine(&mut self, finding: Option<Diagnostic>) {
        self.examined += 1;
        self.findings.extend(finding);
    }

    /// An error about this rule.
    pub fn error(&self, message: impl Into<String>) -> Diagnostic {
        Diagnostic::error(self.rule.code, message)
    }

    /// A warning about this rule.
    pub fn warning(&self, message: impl Into<String>) -> Diagnostic {
        Diagnostic::warning(self.rule.code, message)
    }

    /// What came of it.
    pub fn outcome(&self) -> Outcome {
        match (self.findings.is_empty(), self.examined) {
            (true, 0) => Outcome::Inapplicable,
            (true, _) => Outcome::Passed,
            (false, _) if self.findings.iter().any(Diagnostic::is_error) => Outcome::Failed,
            (false, _) => self.on_warning,
        }
    }
}

impl Report {
    /// Adds the checks of another part of the handout: of a rule that is in both, one check of both.
    pub fn extend(&mut self, other: Self) {
        for check in other.checks {
            match self.checks.iter_mut().find(|known| std::ptr::eq(known.rule, check.rule)) {
                Some(known) => {
                    known.examined += check.examined;
                    known.findings.extend(check.findings);
                }
                None => self.checks.push(check),
            }
        }
    }

    /// What is wrong, rule by rule.
    pub fn findings(&self) -> impl Iterator<Item = &Diagnostic> {
        self.checks.iter().flat_map(|check| &check.findings)
    }
}

impl FromIterator<Check> for Report {
    fn from_iter<I: IntoIterator<Item = Check>>(checks: I) -> Self {
        Self { checks: checks.into_iter().collect(), reviews: Vec::new() }
    }
}
