//! Statistics as papers print them.
#![expect(
    clippy::float_arithmetic,
    reason = "layout: a difference of scores in points of a hundred"
)]

use crate::statistics::{ConfidenceInterval, Statistic, Undefined};
use crate::words::{Words, fill};

/// The level of all intervals.
pub(super) const LEVEL: f64 = 0.95;

/// Figures in the language of a reader, and why some are not there: a number in parentheses in their place,
/// explained below the table.
pub(super) struct Figures<'w> {
    words: &'w Words,
    reasons: Vec<Undefined>,
}

/// A number of things as a figure.
pub(super) fn double(number: usize) -> Option<f64> {
    u32::try_from(number).ok().map(f64::from)
}

impl<'w> Figures<'w> {
    pub(super) const fn new(words: &'w Words) -> Self {
        Self { words, reasons: Vec::new() }
    }

    /// With that many decimals, to the nearest. A figure that cannot pass 1, such as a correlation, has no
    /// 0 before a decimal point (APA style); before a comma it stays.
    pub(super) fn of(&mut self, figure: Statistic, decimals: usize, bounded: bool) -> String {
        match figure.get() {
            Ok(value) => self.number(value, decimals, bounded),
            Err(reason) => self.missing(reason),
        }
    }

    /// Two decimals of a figure that cannot pass 1.
    pub(super) fn coefficient(&mut self, figure: Statistic) -> String {
        self.of(figure, 2, true)
    }

    /// The same with its interval; where there is a figure and no interval, why.
    pub(super) fn with_interval(
        &mut self,
        figure: Statistic,
        interval: Result<ConfidenceInterval, Undefined>,
        (decimals, bounded): (usize, bool),
    ) -> String {
        let Ok(value) = figure.get() else { return self.of(figure, decimals, bounded) };
        let value = self.number(value, decimals, bounded);
        match interval {
            Ok(ConfidenceInterval { lower, upper, .. }) => {
                let [lower, upper] = [lower, upper].map(|end| self.number(end, decimals, bounded));
                format!("{value} [{lower}{}{upper}]", self.words.between)
            }
            Err(reason) => format!("{value} {}", self.missing(reason)),
        }
    }

    /// A difference of scores in points of a hundred, with its interval.
    pub(super) fn hundredfold(
        &mut self,
        figure: Statistic,
        interval: Result<ConfidenceInterval, Undefined>,
    ) -> String {
        let shown = |figures: &Self, value: f64| figures.number(value * 100.0, 1, false);
        match (figure.get(), interval) {
            (Ok(value), Ok(ConfidenceInterval { lower, upper, .. })) => {
                let [value, lower, upper] = [value, lower, upper].map(|of| shown(self, of));
                format!("{value} [{lower}{}{upper}]", self.words.between)
            }
            (Ok(value), Err(reason)) => format!("{} {}", shown(self, value), self.missing(reason)),
            (Err(reason), _) => self.missing(reason),
        }
    }

    /// A probability: three decimals, and below a thousandth no more than that.
    pub(super) fn p(&mut self, p: Statistic) -> String {
        match p.get() {
            Ok(p) if p < 0.001 => format!("< {}", self.number(0.001, 3, true)),
            Ok(p) => self.number(p, 3, true),
            Err(reason) => self.missing(reason),
        }
    }

    fn number(&self, value: f64, decimals: usize, bounded: bool) -> String {
        let shown = format!("{value:.decimals$}");
        // What rounds to 0 has no sign.
        let is_zero = shown.bytes().all(|byte| b"-0.".contains(&byte));
        let shown = if is_zero { shown.trim_start_matches('-') } else { &shown };
        let (sign, digits) = match shown.strip_prefix('-') {
            Some(digits) => ("\u{2212}", digits),
            None => ("", shown),
        };
        let digits = match digits.strip_prefix('0') {
            Some(fraction) if bounded && self.words.decimal == "." => fraction,
            _ => digits,
        };
        format!("{sign}{}", self.words.number(digits))
    }

    /// The number of a reason, in parentheses.
    pub(super) fn missing(&mut self, reason: Undefined) -> String {
        let known = self.reasons.iter().position(|known| *known == reason);
        let number = known.unwrap_or_else(|| {
            self.reasons.push(reason);
            self.reasons.len() - 1
        });
        format!("({})", number + 1)
    }

    /// Why figures are not there, in the order of their numbers.
    pub(super) fn reasons(&self) -> Vec<String> {
        let words = self.words;
        let reason = |(number, reason): (usize, &Undefined)| {
            let reason = match reason {
                Undefined::Pairwise => &words.undefined_pairwise,
                Undefined::TooFewItems => &words.undefined_items,
                Undefined::TooFewRows | Undefined::TooFewPairs => &words.undefined_rows,
                Undefined::TooFewGroups => &words.undefined_groups,
                Undefined::NoVariance => &words.undefined_variance,
                Undefined::NegativeVariance => &words.undefined_negative,
                Undefined::Heywood => &words.undefined_heywood,
                Undefined::NotConverged => &words.undefined_unsolved,
                _ => &words.undefined_range,
            };
            fill!(words.undefined, number = number, reason = reason)
        };
        (1..).zip(&self.reasons).map(reason).collect()
    }
}
