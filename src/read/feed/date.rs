//! The dates of feeds.

use crate::read::Date;

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// The day of a date as RSS writes it (RFC 2822, section 3.3: `Thu, 12 Mar 2026 09:30:00 +0100`) or as Atom and
/// WordPress do (RFC 3339), in the feed's own time zone.
pub(super) fn day(text: &str) -> Option<String> {
    let text = text.trim();
    if let Some(date) = Date::parse(text) {
        // WordPress writes zeros where there is no date.
        let day = text.split(['T', 't', ' ']).next().unwrap_or(text);
        return (date.year > 0).then(|| day.to_owned());
    }
    let words = text.split_once(',').map_or(text, |(_, rest)| rest);
    let mut words = words.split_ascii_whitespace();
    let (day, month, year) = (words.next()?, words.next()?.to_ascii_lowercase(), words.next()?);
    let month = MONTHS.iter().position(|known| month.starts_with(known))? + 1;
    // A year of two digits (RFC 2822, section 4.3).
    let year: u32 = match (year.len(), year.parse().ok()?) {
        (2, year @ 0..50) => year + 2000,
        (2, year) => year + 1900,
        (_, year) => year,
    };
    let date = format!("{year:04}-{month:02}-{:02}", day.parse::<u32>().ok()?);
    Date::parse(&date).map(|_| date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_rss_and_atom_are_days() {
        let cases = [
            ("Thu, 12 Mar 2026 23:30:00 +0100", Some("2026-03-12")),
            ("2 Sept 99 10:00 GMT", Some("1999-09-02")),
            ("2026-03-12T09:30:00Z", Some("2026-03-12")),
            ("2026-03-12 09:30:00", Some("2026-03-12")),
            ("0000-00-00 00:00:00", None),
            ("Thu, 32 Mar 2026", None),
            ("gisteren", None),
        ];
        for (text, expected) in cases {
            assert_eq!(day(text).as_deref(), expected, "{text}");
        }
    }
}
