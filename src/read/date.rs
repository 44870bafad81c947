//! Dates as metadata has them.

/// A date of the Gregorian calendar, of which the day or the month may not be known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Date {
    /// The year.
    pub year: u16,
    /// The month, from 1.
    pub month: Option<u8>,
    /// The day of the month, from 1.
    pub day: Option<u8>,
}

impl Date {
    /// Reads `2026-11-21` (RFC 3339 full-date), also with a time after it, `2026-11` or `2026`.
    pub fn parse(text: &str) -> Option<Self> {
        let date = text.split(['T', 't', ' ']).next()?;
        let mut parts = date.split('-');
        let year = digits(parts.next()?, 4)?;
        let month = parts.next().map(|part| digits(part, 2).filter(|month| (1..=12).contains(month)));
        let day = parts.next().map(|part| digits(part, 2));
        if parts.next().is_some() || month == Some(None) || day == Some(None) {
            return None;
        }
        let (month, day) = (month.flatten(), day.flatten());
        if let (Some(month), Some(day)) = (month, day)
            && !(1..=days(year, month)).contains(&day)
        {
            return None;
        }
        Some(Self { year, month: month.map(|month| month as u8), day: day.map(|day| day as u8) })
    }
}

fn digits(text: &str, count: usize) -> Option<u16> {
    let is_right = text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    is_right.then(|| text.parse().ok()).flatten()
}

fn days(year: u16, month: u16) -> u16 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_that_exist_are_read() {
        let date = |text| Date::parse(text).map(|date| (date.year, date.month, date.day));
        assert_eq!(date("2026-11-21"), Some((2026, Some(11), Some(21))));
        assert_eq!(date("2026-11-21T10:00:00Z"), date("2026-11-21"));
        assert_eq!(date("2026-11"), Some((2026, Some(11), None)));
        assert_eq!(date("2026"), Some((2026, None, None)));
        assert_eq!(date("2024-02-29"), Some((2024, Some(2), Some(29))));
        for wrong in
            ["", "21-11-2026", "2026-13", "2026-1-1", "2026-02-29", "2026-11-00", "2026-11-21-1", "nov"]
        {
            assert_eq!(date(wrong), None, "{wrong}");
        }
    }
}
