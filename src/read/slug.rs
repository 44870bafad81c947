//! Slugs: the stems of output files, safe on every file system and in every URL.

/// The longest slug in characters: with its ending it stays far below every file system's limit.
const LONGEST: usize = 120;

/// Names that Windows keeps for devices, whatever their ending.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// A slug for a title or a file's stem: lower case, without accents, everything else a hyphen. Empty where nothing
/// is left.
pub fn slug_of(text: &str) -> String {
    let mut slug = String::new();
    for c in deunicode::deunicode(text).chars() {
        match c.to_ascii_lowercase() {
            c @ ('a'..='z' | '0'..='9' | '_') => slug.push(c),
            '\'' => {}
            _ if !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
            _ => {}
        }
    }
    slug.truncate(LONGEST);
    let slug = slug.trim_end_matches('-').to_owned();
    if DEVICES.contains(&slug.as_str()) { slug + "-" } else { slug }
}

/// Whether a slug that a person wrote can be a file's stem: lower case letters, digits, `-`, `_` and `.`.
pub fn is_slug(text: &str) -> bool {
    let stem = text.split('.').next().unwrap_or_default();
    (1..=LONGEST).contains(&text.len())
        && text.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.'))
        && !text.starts_with(['.', '-'])
        && !text.ends_with('.')
        && !DEVICES.contains(&stem)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_become_slugs() {
        assert_eq!(
            slug_of("Bestuurlijke dilemma’s in het onderwijs"),
            "bestuurlijke-dilemmas-in-het-onderwijs"
        );
        assert_eq!(slug_of("Één – überhaupt: (niet)!"), "een-uberhaupt-niet");
        assert_eq!(slug_of("../../etc/passwd"), "etc-passwd");
        assert_eq!(slug_of("???"), "");
        assert_eq!(slug_of("Con"), "con-");
        assert!(is_slug(&slug_of(&"lang ".repeat(99))));
    }

    #[test]
    fn unsafe_slugs_are_refused() {
        assert!(["a", "a-b_c.2", "2026"].into_iter().all(is_slug));
        assert!(!["", ".a", "A", "a/b", "..", "a b", "nul", "con.x", "a.", "-a"].into_iter().any(is_slug));
    }
}
