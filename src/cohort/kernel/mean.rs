//! How the mean of a pillar or theme is summed over columns: in small whole numbers, where that is
//! exact.
//!
//! # Why the quick way is exact
//!
//! Let a question have the credits `c_j`, in units of 1e-15. A *denominator* of it is a whole number
//! `L` for which whole numbers `k_j` exist with `c_j = round(k_j / L * 1e15)` for every `j`; of all
//! questions of a mean it is a common multiple of theirs. With weights `w`, let `n` be the sum of
//! `w * k` and `d` the sum of `w` over all questions that count, and `x = n / (L * d) * 1e9`.
//!
//! 1. `n` and `d` are sums of whole numbers. They are taken modulo 2^16 or 2^32, and are exact as `n`
//!    is at most `L` times the weight of all questions, which [`Mean::new`] holds against the width.
//! 2. Each credit differs from `k / L * 1e15` by at most half a unit, hence their mean from `x` by at
//!    most half a unit, and the mean rounded to units by at most one unit: 1e-6 billionths.
//! 3. The overall in units is the rounded mean of the pillars' rounded means, hence differs from the
//!    mean of their `x` by at most one and a half units: 1.5e-6 billionths.
//! 4. In doubles, `x` comes from a constant, a product and a quotient, each off by at most 2^-53 of
//!    its size; the mean of four of them from a constant, a product and four sums more. Sizes are at
//!    most 1e9: this adds less than 9 * 2^-53 * 1e9, or 1.0e-6 billionths.
//! 5. So the double estimate is within 2.6e-6 billionths of the value that the rules round to a
//!    Score. If it lies farther than [`DOUBT`] (1.5e-5) from any tie, both round to the same whole.
//!    Adding 1.5 * 2^52 rounds a double below 2^51 to the nearest whole; taking it off again, and
//!    that from the estimate, is exact.
//! 6. A row whose estimate lies nearer to a tie goes the exact way. So do all rows where `L` and the
//!    weights are too large, or where a question counts although it is not asked. One that does not
//!    count if it is not asked is taken as not applicable, which is left out of everything alike.
//!
//! Coverage and whether anything counts are decided in whole numbers. With `minimum` the overall is
//! the lowest of the pillars' Scores, as rounding keeps order; and so is what the ladder asks of
//! every pillar.
//!
//! [`DOUBT`]: mod@super::estimate

use std::sync::Arc;

use crate::cohort::by_byte::ByByte;
use crate::cohort::meaning::{Levels, Meaning, States};
use crate::number::{Score, Units, gcd};
use crate::questionnaire::{Policy, Questionnaire};

/// Denominators up to this are found.
const LARGEST_DENOMINATOR: u64 = 1000;

/// The highest weight of all questions of a mean: times a billion it still fits a signed 64 bits.
const LARGEST_WEIGHT: u64 = 1 << 23;

/// Multiples up to this are counted bit by bit.
const LARGEST_MULTIPLE: u64 = 15;

/// How the mean of some questions is summed.
#[derive(Clone, Debug)]
pub(super) struct Mean {
    /// The weight of all questions.
    pub(super) total: u32,
    /// The common denominator, `L`.
    pub(super) denominator: u32,
    /// Billionths in one of `n`, times `d`: 1e9 / L.
    pub(super) scale: f64,
    /// What `n` starts from: that of a row with the code 0 throughout.
    pub(super) base: u32,
    pub(super) groups: Vec<Group>,
    pub(super) tables: Vec<Table>,
    pub(super) wide: Vec<Wide>,
    /// What has to be summed apart from answers.
    pub(super) apart: Apart,
    /// Covered times a billion must reach this times what is applicable.
    pub(super) minimum_coverage: u32,
    /// Whether `n` fits 16 bits.
    pub(super) narrow: bool,
}

/// What is summed of cells that are no answers, beside their weight.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Apart {
    /// Some are not applicable.
    pub(super) not_applicable: bool,
    /// Some are unanswered, and count with credit 0.
    pub(super) unanswered: bool,
    /// Some are "don't know", and count with credit 0.
    pub(super) dont_know: bool,
}

impl Apart {
    pub(super) fn any(self) -> bool {
        self.not_applicable || self.unanswered || self.dont_know
    }

    /// Whether what is open counts with credit 0: what is unanswered, else "don't know".
    pub(super) fn lowest(self, unanswered: bool) -> bool {
        if unanswered { self.unanswered } else { self.dont_know }
    }
}

/// Columns of one byte whose codes count in proportion: each adds `factor * code + offset` to `n` if
/// it is an answer, and `weight` to what is missing if not, as many times as its multiple says.
#[derive(Clone, Debug)]
pub(super) struct Group {
    pub(super) factor: i64,
    pub(super) offset: i64,
    pub(super) weight: u32,
    pub(super) states: States,
    /// The highest code of an answer.
    pub(super) highest: u8,
    /// Of all questions, multiple times highest code: the sum of codes, which fits a byte.
    room: u64,
    /// The positions of the questions whose multiple has a bit, the highest bit first. Bits are
    /// dealt with one by one: the sums so far are doubled, and these questions added.
    pub(super) bits: Vec<Vec<usize>>,
}

impl Group {
    /// Takes the question in, if it counts in proportion and there is room.
    fn take(&mut self, part: &Self, question: usize, multiple: u64) -> bool {
        let like = |of: &Self| (of.factor, of.offset, of.weight, of.highest, of.states);
        let more = multiple * u64::from(self.highest.max(1));
        if like(self) != like(part) || self.room + more > u8::MAX.into() {
            return false;
        }
        self.room += more;
        while multiple >> self.bits.len() > 0 {
            self.bits.insert(0, Vec::new());
        }
        for (bit, questions) in self.bits.iter_mut().rev().enumerate() {
            if multiple >> bit & 1 == 1 {
                questions.push(question);
            }
        }
        true
    }
}

/// A column of one byte with what each code adds to `n`.
#[derive(Clone, Debug)]
pub(super) struct Table {
    pub(super) question: usize,
    pub(super) adds: ByByte<u32>,
}

/// A column of more than one byte: a checklist.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wide {
    pub(super) question: usize,
    pub(super) factor: u32,
    pub(super) weight: u32,
    /// The highest code that is an answer.
    pub(super) highest: u32,
    pub(super) unanswered: u32,
}

/// The credits of a question as whole numbers over a denominator: `k_j` by code, and `L`.
struct Fractions {
    levels: Vec<(u32, u64)>,
    denominator: u64,
}

impl Fractions {
    fn new(levels: &Levels) -> Option<Self> {
        let codes: Vec<(u32, Units)> = match levels {
            Levels::Points(all) => {
                let levels = vec![(0, 0), (*all, u64::from(*all))];
                return Some(Self { levels, denominator: u64::from(*all).max(1) });
            }
            Levels::Listed(credits) => (0_u32..).zip(credits.iter().copied()).collect(),
            Levels::Valued(levels) => levels.clone(),
            Levels::Ticked(_) => return None,
        };
        (1..=LARGEST_DENOMINATOR).find_map(|denominator| {
            let levels = codes.iter().map(|&(code, credit)| {
                let part = credit.nearest_part_of(denominator);
                (Units::share(part, denominator) == credit).then_some((code, part))
            });
            Some(Self { levels: levels.collect::<Option<_>>()?, denominator })
        })
    }

    /// Whole `a` and `b` for which every numerator is `a * code + b`, if there are any.
    fn line(&self) -> Option<(i64, i64)> {
        let point = |&(code, part): &(u32, u64)| Some((i64::from(code), i64::try_from(part).ok()?));
        let (first, first_part) = point(self.levels.first()?)?;
        let (last, last_part) = point(self.levels.last()?)?;
        let rise = last_part - first_part;
        let a = if last == first { 0 } else { rise / (last - first) };
        let b = first_part - a * first;
        let on_line = |level| point(level).is_some_and(|(code, part)| a * code + b == part);
        self.levels.iter().all(on_line).then_some((a, b))
    }
}

impl Mean {
    /// How to sum the questions at those positions, each with its weight; `None` where it would not
    /// be exact.
    pub(super) fn new(
        questionnaire: &Questionnaire,
        meanings: &[Arc<Meaning>],
        states: &[States],
        questions: impl Iterator<Item = (usize, u32)>,
    ) -> Option<Self> {
        let method = questionnaire.method();
        let mut parts = Vec::new();
        let (mut total, mut common) = (0_u64, 1_u64);
        let mut of_all = States::default();
        for (position, weight) in questions.filter(|(_, weight)| *weight > 0) {
            let (meaning, states) = (meanings.get(position)?, *states.get(position)?);
            let fractions = Fractions::new(&meaning.levels)?;
            total += u64::from(weight);
            common =
                common.checked_mul(fractions.denominator / gcd(common, fractions.denominator))?;
            of_all = of_all.or(states);
            parts.push((position, weight, meaning, states, fractions));
        }
        let largest = common.checked_mul(total)?;
        if largest > u64::from(u32::MAX / 2) || total >= LARGEST_WEIGHT {
            return None;
        }
        let denominator = u32::try_from(common).ok()?;
        let mut mean = Self {
            total: u32::try_from(total).ok()?,
            denominator,
            scale: billionths_over(denominator),
            base: 0,
            groups: Vec::new(),
            tables: Vec::new(),
            wide: Vec::new(),
            apart: Apart {
                not_applicable: of_all.not_applicable,
                unanswered: of_all.unanswered && method.unanswered == Policy::Lowest,
                dont_know: of_all.dont_know && method.dont_know == Policy::Lowest,
            },
            minimum_coverage: method.minimum_coverage.billionths(),
            narrow: u16::try_from(largest).is_ok(),
        };
        let mut base = 0;
        for (position, weight, meaning, states, fractions) in parts {
            let each = i64::from(weight) * i64::try_from(common / fractions.denominator).ok()?;
            let line = fractions.line().map(|(a, b)| (a * each, b * each));
            let (_, highest) = meaning.levels.bounds();
            if meaning.marks.is_none() {
                let Levels::Points(_) = meaning.levels else { return None };
                let factor = u32::try_from(each).ok()?;
                let (question, unanswered) = (position, meaning.top);
                mean.wide.push(Wide { question, factor, weight, highest, unanswered });
                continue;
            }
            let (factor, offset) = line.unwrap_or((0, 0));
            if line.is_none() {
                let add = |&(code, part): &(u32, u64)| {
                    Some((code, u32::try_from(part * u64::try_from(each).ok()?).ok()?))
                };
                let adds = fractions.levels.iter().map(add).collect::<Option<Vec<_>>>()?;
                let adds = ByByte::from_fn(|byte| {
                    let add = adds.iter().find(|(code, _)| *code == u32::from(byte));
                    add.map_or(0, |(_, add)| *add)
                });
                mean.tables.push(Table { question: position, adds });
            }
            base += offset;
            let mut multiple = [factor, offset, i64::from(weight)]
                .into_iter()
                .fold(0, |divisor, number| gcd(divisor, number.unsigned_abs()));
            if multiple > LARGEST_MULTIPLE || multiple * u64::from(highest) > u8::MAX.into() {
                multiple = 1;
            }
            let over = |number: i64| Some(number / i64::try_from(multiple).ok()?);
            let mut group = Group {
                factor: over(factor)?,
                offset: over(offset)?,
                weight: u32::try_from(over(weight.into())?).ok()?,
                states,
                highest: u8::try_from(highest).ok()?,
                room: 0,
                bits: Vec::new(),
            };
            let open = |of_mean: &mut Group| of_mean.take(&group, position, multiple);
            if !mean.groups.iter_mut().any(open) {
                let part = group.clone();
                if !group.take(&part, position, multiple) {
                    return None;
                }
                mean.groups.push(group);
            }
        }
        mean.base = modulo(base);
        Some(mean)
    }

    /// Whether enough is answered of what is applicable.
    #[inline]
    pub(super) fn is_covered(&self, answered: u32, applicable: u32) -> bool {
        let enough = u64::from(self.minimum_coverage) * u64::from(applicable);
        u64::from(answered) * u64::from(Score::ONE.billionths()) >= enough
    }

    /// The least weight that must be answered where everything is applicable; at least 1, as without
    /// any nothing counts.
    pub(super) fn least(&self) -> u32 {
        let enough = u64::from(self.minimum_coverage) * u64::from(self.total);
        u32::try_from(enough.div_ceil(Score::ONE.billionths().into())).unwrap_or(u32::MAX).max(1)
    }
}

/// A whole number modulo 2^32, in which all sums are taken.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "modulo 2^32")]
pub(super) const fn modulo(number: i64) -> u32 {
    number as u32
}

#[expect(clippy::float_arithmetic, reason = "see the proof above")]
fn billionths_over(denominator: u32) -> f64 {
    f64::from(Score::ONE.billionths()) / f64::from(denominator)
}
