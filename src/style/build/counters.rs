//! Counters in document order, with their scopes (CSS Lists 3, section 4).

use std::collections::BTreeMap;
use std::sync::Arc;

use super::lists::Counting;
use crate::style::computed::Generated;

/// The counters at one place of the document.
#[derive(Debug)]
pub(super) struct Counters {
    values: BTreeMap<Arc<str>, Vec<i32>>,
    /// The counters that were made in each open element, so that they end with it.
    scopes: Vec<Vec<Arc<str>>>,
}

impl Default for Counters {
    fn default() -> Self {
        // Footnotes count through the whole document, wherever the first of them is.
        let footnote: Arc<str> = Arc::from("footnote");
        Self { values: BTreeMap::from([(footnote.clone(), vec![0])]), scopes: vec![vec![footnote]] }
    }
}

impl Counters {
    /// Does what an element does to counters: reset, then increment, then set.
    pub fn enter(&mut self, generated: &Generated, counting: &Counting) {
        let resets = generated.counter_reset.iter().map(|(name, value)| (name, *value));
        for (name, value) in resets {
            self.reset(name, counting.start.filter(|_| &**name == "list-item").unwrap_or(value));
        }
        for (name, value) in &generated.counter_increment {
            *self.value(name) += value;
        }
        let own = |counter: &str| generated.counter_increment.iter().any(|(name, _)| &**name == counter);
        if let Some(step) = counting.step.filter(|_| !own("list-item")) {
            *self.value(&Arc::from("list-item")) += step;
        }
        if counting.footnote && !own("footnote") {
            *self.value(&Arc::from("footnote")) += 1;
        }
        if let Some(value) = counting.value {
            *self.value(&Arc::from("list-item")) = value;
        }
        for (name, value) in &generated.counter_set {
            *self.value(name) = *value;
        }
    }

    fn reset(&mut self, name: &Arc<str>, value: i32) {
        let values = self.values.entry(name.clone()).or_default();
        let scope = self.scopes.last_mut();
        match scope {
            Some(scope) if scope.contains(name) => {
                values.pop();
            }
            Some(scope) => scope.push(name.clone()),
            None => {}
        }
        values.push(value);
    }

    fn value(&mut self, name: &Arc<str>) -> &mut i32 {
        if self.values.get(name).is_none_or(Vec::is_empty) {
            self.reset(name, 0);
        }
        let values = self.values.entry(name.clone()).or_default();
        if values.is_empty() {
            values.push(0);
        }
        let last = values.len() - 1;
        &mut values[last]
    }

    /// Opens the scope of an element's children.
    pub fn open(&mut self) {
        self.scopes.push(Vec::new());
    }

    /// Closes it: its counters are gone.
    pub fn close(&mut self) {
        for name in self.scopes.pop().unwrap_or_default() {
            if let Some(values) = self.values.get_mut(&name) {
                values.pop();
            }
        }
    }

    /// The values of all counters that there are here, outermost first.
    pub fn snapshot(&self) -> BTreeMap<Arc<str>, Vec<i32>> {
        let live = self.values.iter().filter(|(_, values)| !values.is_empty());
        live.map(|(name, values)| (name.clone(), values.clone())).collect()
    }

    /// The innermost counter with a name; 0 where there is none.
    pub fn innermost(&self, name: &str) -> i32 {
        self.all(name).last().copied().unwrap_or(0)
    }

    /// All counters with a name, outermost first.
    pub fn all(&self, name: &str) -> &[i32] {
        self.values.get(name).map_or(&[], |values| values)
    }
}
