//! How much a layout does: boxes that are laid out, and places where a line may end that are weighed. Unlike time it
//! is the same on every machine.

use std::cell::Cell;

thread_local! {
    static DONE: Cell<u64> = const { Cell::new(0) };
}

/// Counts steps.
pub(in crate::layout) fn count(steps: usize) {
    DONE.set(DONE.get() + steps as u64);
}

/// What `run` does.
pub(super) fn of(run: impl FnOnce()) -> u64 {
    DONE.set(0);
    run();
    DONE.get()
}
