//! Figures in the language of a reader. Scores are shown rounded down and what is
//! required or missing rounded up, so that no shown figure reaches a bound that was not met.

use super::{Words, fill};
use crate::date::Date;
use crate::number::{Delta, Score};
use crate::pillar::PillarSet;

/// To which side a figure is rounded that is shown with fewer digits.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Rounded {
    Up,
    Down,
}

impl Words {
    /// A Score to the last digit; figures that add up are shown this way.
    pub(crate) fn exact(&self, score: Score) -> String {
        fill!(self.percent, n = self.number(score.percent_floor(7)))
    }

    /// A bound, rounded up, without a decimal that says nothing.
    pub(crate) fn bound(&self, score: Score) -> String {
        let number = score.percent_ceil(1).to_string();
        fill!(self.percent, n = self.number(number.strip_suffix(".0").unwrap_or(&number)))
    }

    /// A coverage, rounded down to whole per cent.
    pub(crate) fn coverage(&self, score: Score) -> String {
        fill!(self.percent, n = score.percent_floor(0))
    }

    /// What is missing, rounded up.
    pub(crate) fn shortfall(&self, score: Score) -> String {
        fill!(self.points, n = self.number(score.percent_ceil(1)))
    }

    /// What would be gained, rounded down.
    pub(crate) fn gained(&self, score: Score) -> String {
        fill!(self.gain, n = self.number(score.percent_floor(1)))
    }

    /// A change in points of a hundred, rounded towards zero.
    pub(crate) fn change(&self, change: Delta) -> String {
        self.signed(change, 1)
    }

    /// A change to the last digit; changes that add up are shown this way.
    pub(crate) fn exact_change(&self, change: Delta) -> String {
        self.signed(change, 7)
    }

    fn signed(&self, change: Delta, decimals: u32) -> String {
        let number = self.number(change.shown(decimals)).replace('-', "\u{2212}");
        fill!(self.change_points, n = number)
    }

    /// A share from 0 to 1 in per cent with one decimal, rounded up or down; none where it is
    /// nothing or all.
    #[expect(
        clippy::float_arithmetic,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "layout: a share from 0 to 1 in thousandths"
    )]
    pub(crate) fn part(&self, share: f64, rounded: Rounded) -> String {
        let thousandths = share * 1000.0;
        // The double of a share such as 0.7 lies a little beside it: what is nearer to a whole
        // thousandth than any share can tell is one.
        let nearest = thousandths.round();
        let thousandths = match rounded {
            _ if (thousandths - nearest).abs() < 1e-9 => nearest,
            Rounded::Up => thousandths.ceil(),
            Rounded::Down => thousandths.floor(),
        };
        let thousandths = thousandths as u32;
        let number = match thousandths {
            0 if share <= 0.0 => "0".to_owned(),
            1000 if share >= 1.0 => "100".to_owned(),
            _ => format!("{}.{}", thousandths / 10, thousandths % 10),
        };
        fill!(self.percent, n = self.number(number))
    }

    /// A number with its thousands apart.
    #[cfg(feature = "cohort")]
    pub(crate) fn grouped(&self, number: u64) -> String {
        let digits = number.to_string();
        let mut shown = String::new();
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at) % 3 == 0 {
                shown.push_str(&self.thousands);
            }
            shown.push(digit);
        }
        shown
    }

    /// The names of pillars, one after the other.
    pub(crate) fn listed(&self, pillars: PillarSet) -> String {
        let names: Vec<&str> = pillars.iter().map(|pillar| self.pillar(pillar)).collect();
        names.join(&self.and)
    }

    pub(crate) fn day(&self, date: Date) -> String {
        let month = self.months.get(usize::from(date.month()) - 1).map_or("", |month| month);
        fill!(self.date, day = date.day(), month = month, year = format!("{:04}", date.year()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_shown_on_the_safe_side_and_in_the_language_of_the_reader() {
        let (english, german) = (Words::english(), Words::german());
        let near: Score = "0.399999999".parse().unwrap();
        assert_eq!(english.score(near), "39.9%");
        assert_eq!(german.score(near), "39,9\u{202f}%");
        assert_eq!(english.exact(near), "39.9999999%");
        assert_eq!(english.bound("0.4".parse().unwrap()), "40%");
        assert_eq!(german.bound("0.333333333".parse().unwrap()), "33,4\u{202f}%");
        assert_eq!(english.shortfall(near.shortfall("0.4".parse().unwrap())), "0.1\u{a0}points");
        assert_eq!(german.gained(near), "+39,9\u{a0}Punkte");
        assert_eq!(german.measured(0.5), "0,5");
        let date = "2026-05-08".parse().unwrap();
        assert_eq!(english.day(date), "8 May 2026");
        assert_eq!(german.day(date), "8. Mai 2026");
    }
}
