//! Characters of symbol fonts as the Unicode characters that they look like: such fonts put pictures where letters are,
//! or in the private use area from U+F000 on.

/// Symbol from 0x20 on.
const SYMBOL: &str =
    " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼\u{7f}";

/// Symbol from 0xA0 on.
const SYMBOL_HIGH: &str = "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪\u{f8ff}〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭";

/// Wingdings from 0x20 on. Where Unicode has a plain sign and a rare one, the plain one: more fonts have it.
const WINGDINGS: &str = " ✎✂✁👓🔔📖🕯☎✆✉📧📪📫📬📭📁📂📄📄📄🗄⌛⌨🖰🖲🖳🖴💾🖬✇✍✍✌👌👍👎☜☞☝☟✋☺😐☹💣☠⚐🏱✈☼💧❄✞✞✞✠✡☪☯ॐ☸♈♉♊♋♌♍♎♏♐♑♒♓&&●○■□□❑❒◆◆◆❖◆⌧⮹⌘❀✿❝❞\u{7f}";

/// Wingdings from 0x80 on.
const WINGDINGS_HIGH: &str = "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿❦❧❧❦❦❧❧❦·•▪○◉◉◎◉○▪☐▲✦★✶✴✹✵⌖⌖✧⌑⍰✪✰🕐🕑🕒🕓🕔🕕🕖🕗🕘🕙🕚🕛↩↪↶↷⤶⤷⤸⤹❦❧❦❧❦❧❦❧❦❧⌫⌦➢➢➢➢⮈⮊⮉⮋←→↑↓↖↗↙↘←→↑↓↖↗↙↘⇦⇨⇧⇩⇔⇕⇖⇗⇙⇘▫▫✗✓☒☑";

/// What a character of a symbol font looks like; `None` for a font or a sign that is not known here.
pub(super) fn look_alike(font: &str, code: u32) -> Option<char> {
    let code = if (0xf000..=0xf0ff).contains(&code) { code - 0xf000 } else { code };
    let (low, high, from) = match font.to_ascii_lowercase().as_str() {
        "symbol" => (SYMBOL, SYMBOL_HIGH, 0xa0),
        "wingdings" => (WINGDINGS, WINGDINGS_HIGH, 0x80),
        _ => return None,
    };
    let found = match code {
        code if code >= from => high.chars().nth((code - from) as usize),
        code => low.chars().nth(code.checked_sub(0x20)? as usize),
    };
    found.filter(|found| !matches!(found, '\u{7f}' | '\u{f8ff}'))
}

/// Text that is set in a symbol font, as what it looks like. Letters of one are letters where nobody chose signs: other
/// programs set a font for what it falls back from.
pub(super) fn text(font: Option<&str>, text: &str) -> Option<String> {
    let is_private = |c: char| ('\u{f020}'..='\u{f0ff}').contains(&c);
    if !text.contains(is_private) {
        return None;
    }
    let font = font.unwrap_or("Symbol");
    Some(
        text.chars()
            .map(|c| if is_private(c) { look_alike(font, c.into()).unwrap_or(c) } else { c })
            .collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_as_long_as_the_fonts() {
        let lengths = [SYMBOL, SYMBOL_HIGH, WINGDINGS, WINGDINGS_HIGH].map(|table| table.chars().count());
        assert_eq!(lengths, [96, 95, 96, 127]);
    }

    #[test]
    fn signs_are_what_they_look_like() {
        let cases = [
            ("Wingdings", 0xf0e0, '→'),
            ("Wingdings", 0xfc, '✓'),
            ("wingdings", 0xf0fe, '☑'),
            ("Wingdings", 0xf0a8, '☐'),
            ("Wingdings", 0xf04a, '☺'),
            ("Wingdings", 0xf06c, '●'),
            ("Wingdings", 0xf0b7, '🕐'),
            ("Wingdings", 0xf028, '☎'),
            ("Symbol", 0xf061, 'α'),
            ("Symbol", 0xf0b7, '•'),
            ("Symbol", 0xf0ae, '→'),
            ("Symbol", 0xf0e5, '∑'),
        ];
        for (font, code, sign) in cases {
            assert_eq!(look_alike(font, code), Some(sign), "{font} {code:x}");
        }
        assert_eq!(look_alike("Webdings", 0xf061), None);
        assert_eq!(look_alike("Symbol", 0x3), None);
        assert_eq!(text(Some("Wingdings"), "a \u{f0fc}").as_deref(), Some("a ✓"));
        assert_eq!(text(Some("Wingdings"), "abc"), None);
    }
}
