//! One self-contained HTML file of a handout, for `--format html`.
