//! How columns share a width (CSS Tables 3, section 4.4).

use crate::units::Px;

/// What a column needs and what it is told.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Track {
    /// The narrowest that its cells can be.
    pub min: Px,
    /// As wide as its cells would like to be, or are told to be.
    pub max: Px,
    /// Whether a length says how wide it is.
    pub is_told: bool,
    /// The part of the table that it is told to take.
    pub percent: Option<f32>,
}

/// What says how wide a column is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rule {
    Percent,
    Length,
    Content,
}

impl Track {
    fn rule(&self) -> Rule {
        match (self.percent, self.is_told) {
            (Some(_), _) => Rule::Percent,
            (None, true) => Rule::Length,
            (None, false) => Rule::Content,
        }
    }

    /// Its width in a table whose columns are `target` wide, once it has all that it asks for.
    fn wanted(&self, target: Px) -> Px {
        self.percent.map_or(self.max, |percent| (target * percent).max(self.min))
    }
}

/// The widths of columns that together are `target` wide, or as wide as they must be. Widths grow from the
/// narrowest: first those of columns with a percentage, then those with a length, then the others; what is left
/// over goes to columns that are told nothing, if there are any.
pub(super) fn distribute(tracks: &[Track], target: Px) -> Vec<Px> {
    let mut widths: Vec<Px> = tracks.iter().map(|track| track.min).collect();
    let mut left = target - widths.iter().copied().sum::<Px>();
    for rule in [Rule::Percent, Rule::Length, Rule::Content] {
        let growth: Vec<Px> = tracks
            .iter()
            .map(|track| {
                let own = if track.rule() == rule { track.wanted(target) - track.min } else { Px::ZERO };
                own.max(Px::ZERO)
            })
            .collect();
        let all: Px = growth.iter().copied().sum();
        if left <= Px::ZERO {
            return widths;
        }
        let part = if all > left { left / all } else { 1.0 };
        for (width, growth) in widths.iter_mut().zip(growth) {
            *width += growth * part;
        }
        left -= all;
    }
    if left > Px::ZERO {
        let shares = excess_shares(tracks);
        for (width, share) in widths.iter_mut().zip(shares) {
            *width += left * share;
        }
    }
    widths
}

/// The parts of what is left over that columns take (4.4, “distributing excess width”): those that are told
/// nothing by what they would like, else those with a length, else those with a percentage, by what that is.
fn excess_shares(tracks: &[Track]) -> Vec<f32> {
    let weights_of = |rule: Rule| -> Vec<f32> {
        let weight = |track: &Track| match rule {
            Rule::Percent => track.percent.unwrap_or(0.0),
            _ => track.max.0,
        };
        tracks.iter().map(|track| if track.rule() == rule { weight(track) } else { 0.0 }).collect()
    };
    for rule in [Rule::Content, Rule::Length, Rule::Percent] {
        let count = tracks.iter().filter(|track| track.rule() == rule).count();
        if count == 0 {
            continue;
        }
        let weights = weights_of(rule);
        let sum: f32 = weights.iter().sum();
        if sum > 0.0 {
            return weights.into_iter().map(|weight| weight / sum).collect();
        }
        let even = |track: &Track| if track.rule() == rule { 1.0 / count as f32 } else { 0.0 };
        return tracks.iter().map(even).collect();
    }
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn track(min: f32, max: f32) -> Track {
        Track { min: Px(min), max: Px(max), ..Track::default() }
    }

    #[test]
    fn what_is_left_goes_to_those_that_would_like_more() {
        let widths = distribute(&[track(10.0, 20.0), track(10.0, 100.0)], Px(70.0));
        assert_eq!(widths, [Px(15.0), Px(55.0)]);
    }

    #[test]
    fn told_columns_keep_their_width_when_there_is_room() {
        let told = Track { is_told: true, ..track(10.0, 40.0) };
        assert_eq!(distribute(&[told, track(10.0, 20.0)], Px(100.0)), [Px(40.0), Px(60.0)]);
    }

    #[test]
    fn percentages_are_of_the_table() {
        let half = Track { percent: Some(0.5), ..track(10.0, 20.0) };
        assert_eq!(distribute(&[half, track(10.0, 20.0)], Px(100.0)), [Px(50.0), Px(50.0)]);
    }
}
