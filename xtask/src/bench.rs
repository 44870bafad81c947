//! Speed, as a table: each stage on one core, then a whole run of a thousand articles.

use crate::shell::cargo;

/// Runs the benches.
pub fn bench() -> Result<(), String> {
    cargo(["bench", "--bench", "stages"]).run()
}
