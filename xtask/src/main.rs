//! What developers run: `cargo xtask test`, `cargo xtask accept`, `cargo xtask bench`.

fn main() {}
