//! Texts in other letters than those of the Latin alphabet.

/// Letters in another script at least: fewer are a name or a quotation.
const FEWEST: usize = 40;

/// A script: its first and last sign, its name, and the tag of a language that is written in it.
type Script = (char, char, &'static str, &'static str);

/// The scripts that texts for people in the Netherlands are written in (Unicode, Blocks.txt).
const SCRIPTS: [Script; 14] = [
    ('\u{370}', '\u{3FF}', "Greek", "el"),
    ('\u{400}', '\u{52F}', "Cyrillic", "uk"),
    ('\u{530}', '\u{58F}', "Armenian", "hy"),
    ('\u{590}', '\u{5FF}', "Hebrew", "he"),
    ('\u{600}', '\u{6FF}', "Arabic", "ar"),
    ('\u{700}', '\u{74F}', "Syriac", "syr"),
    ('\u{750}', '\u{77F}', "Arabic", "ar"),
    ('\u{900}', '\u{97F}', "Devanagari", "hi"),
    ('\u{B80}', '\u{BFF}', "Tamil", "ta"),
    ('\u{E00}', '\u{E7F}', "Thai", "th"),
    ('\u{1200}', '\u{139F}', "Ethiopic", "ti"),
    ('\u{3040}', '\u{30FF}', "Japanese", "ja"),
    ('\u{4E00}', '\u{9FFF}', "Chinese", "zh"),
    ('\u{AC00}', '\u{D7AF}', "Korean", "ko"),
];

/// The script that more than half of the letters of a text are in, and the tag of a language that has it.
pub(super) fn foreign_script(text: &str) -> Option<(&'static str, &'static str)> {
    let mut letters = 0;
    let mut counts = [0_usize; SCRIPTS.len()];
    for char in text.chars().filter(|char| char.is_alphabetic()) {
        letters += 1;
        if char >= SCRIPTS[0].0
            && let Some(index) = SCRIPTS.iter().position(|(first, last, ..)| (*first..=*last).contains(&char))
        {
            counts[index] += 1;
        }
    }
    let (index, count) = counts.into_iter().enumerate().max_by_key(|(_, count)| *count)?;
    (count >= FEWEST && 2 * count > letters).then(|| (SCRIPTS[index].2, SCRIPTS[index].3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_in_other_letters_is_told() {
        let ukrainian =
            "Громада хоче знати, як мешканці сприймають новий міст, і просить відповісти на кілька запитань.";
        assert_eq!(foreign_script(ukrainian), Some(("Cyrillic", "uk")));
        let arabic = "تريد البلدية أن تعرف كيف يرى السكان الجسر الجديد وتطلب من الجميع الإجابة عن بعض الأسئلة";
        assert_eq!(foreign_script(arabic), Some(("Arabic", "ar")));
        assert_eq!(foreign_script("Громада"), None);
        assert_eq!(foreign_script(&format!("{ukrainian} {}", "en dan in het Nederlands ".repeat(8))), None);
        assert_eq!(
            foreign_script("De gemeente wil weten hoe bewoners de nieuwe brug over de Vecht beleven."),
            None
        );
    }
}
