//! The signs of formulas as text has them.

/// Signs of mathematics that text has another sign for, which more fonts have.
const SHOWN: [(char, &str); 13] = [
    ('ϵ', "ε"),
    ('ϕ', "φ"),
    ('⋅', "·"),
    ('∗', "*"),
    ('∣', "|"),
    ('∥', "‖"),
    ('⋯', "…"),
    ('⟶', "→"),
    ('⟵', "←"),
    ('⟹', "⇒"),
    ('⟺', "⇔"),
    ('∶', ":"),
    ('⇝', "→"),
];

/// Relations with a stroke through them.
const NEGATED: [(&str, &str); 12] = [
    ("=", "≠"),
    ("&lt;", "≮"),
    ("&gt;", "≯"),
    ("≤", "≰"),
    ("≥", "≱"),
    ("∈", "∉"),
    ("∋", "∌"),
    ("⊂", "⊄"),
    ("⊆", "⊈"),
    ("≡", "≢"),
    ("≈", "≉"),
    ("∃", "∄"),
];

/// Accents as the parser of TeX names them, and the signs that stand above a letter.
const ACCENTS: [(&str, char); 9] = [
    ("^", '\u{302}'),
    ("~", '\u{303}'),
    ("‾", '\u{304}'),
    ("˘", '\u{306}'),
    ("˙", '\u{307}'),
    ("¨", '\u{308}'),
    ("ˇ", '\u{30c}'),
    ("´", '\u{301}'),
    ("`", '\u{300}'),
];

/// Sets of numbers.
const DOUBLE_STRUCK: [(&str, &str); 7] =
    [("C", "ℂ"), ("H", "ℍ"), ("N", "ℕ"), ("P", "ℙ"), ("Q", "ℚ"), ("R", "ℝ"), ("Z", "ℤ")];

/// Signs that have a meaning in TeX and stand for themselves behind a backslash.
const ESCAPED: [char; 7] = ['%', '$', '&', '#', '_', '{', '}'];

/// A sign as HTML.
pub(super) fn shown(sign: char) -> String {
    match SHOWN.iter().find(|(from, _)| *from == sign) {
        Some((_, to)) => (*to).to_owned(),
        None => escaped(sign.encode_utf8(&mut [0; 4])),
    }
}

/// Text as HTML has it between tags.
pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Whether a letter slants where it is a variable: Latin ones and small Greek ones do.
pub(super) fn slants(sign: char) -> bool {
    matches!(sign, 'a'..='z' | 'A'..='Z' | 'à'..='ö' | 'ø'..='ÿ' | 'ı' | 'ȷ' | 'α'..='ω' | 'ϑ' | 'ϕ' | 'ϖ' | 'ϰ' | 'ϱ' | 'ϵ')
}

/// A relation that does not hold.
pub(super) fn negated(html: &str) -> Option<&'static str> {
    NEGATED.iter().find(|(holds, _)| *holds == html).map(|(_, negated)| *negated)
}

/// The sign that is set above a letter.
pub(super) fn accent(html: &str) -> Option<char> {
    ACCENTS.iter().find(|(name, _)| *name == html).map(|(_, accent)| *accent)
}

/// The letter of a set of numbers.
pub(super) fn double_struck(letter: &str) -> Option<&'static str> {
    DOUBLE_STRUCK.iter().find(|(plain, _)| *plain == letter).map(|(_, struck)| *struck)
}

/// Words as `\text` has them; `None` where there is more in them than words.
pub(super) fn words(tex: &str) -> Option<String> {
    let mut words = String::with_capacity(tex.len());
    let mut signs = tex.chars();
    while let Some(sign) = signs.next() {
        match sign {
            '\\' => words.push(signs.next().filter(|sign| ESCAPED.contains(sign))?),
            '$' | '{' | '}' => return None,
            '~' => words.push('\u{a0}'),
            _ => words.push(sign),
        }
    }
    Some(words)
}
