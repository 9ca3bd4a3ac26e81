//! Whole-number sums of a block of rows, by columns.

use std::ops::Range;

use super::lookup::Strides;
use super::mean::{Group, Mean, Wide, modulo};
use crate::cohort::cell::Cells;
use crate::cohort::meaning::Sound;

/// A whole number modulo a power of 2: 16 bits where sums fit them, as twice as many are added at a
/// time, else 32.
pub(super) trait Lane: Copy + Default + Into<u32> + Into<f64> {
    /// The number modulo the power of 2.
    fn modulo(number: u32) -> Self;
    fn from_byte(byte: u8) -> Self;
    fn plus(self, other: Self) -> Self;
    fn times(self, other: Self) -> Self;
}

macro_rules! lane {
    ($number:ty, $modulo:expr) => {
        impl Lane for $number {
            #[inline]
            fn modulo(number: u32) -> Self {
                $modulo(number)
            }

            #[inline]
            fn from_byte(byte: u8) -> Self {
                byte.into()
            }

            #[inline]
            fn plus(self, other: Self) -> Self {
                self.wrapping_add(other)
            }

            #[inline]
            fn times(self, other: Self) -> Self {
                self.wrapping_mul(other)
            }
        }
    };
}

lane!(u16, |number: u32| {
    let [low, high, ..] = number.to_le_bytes();
    Self::from_le_bytes([low, high])
});
lane!(u32, |number: u32| number);

/// A block of rows.
#[derive(Debug)]
pub(super) struct Block<'b> {
    pub(super) columns: &'b [Sound<'b>],
    /// The codes of each question in the block, if they are bytes: what is not asked is left out.
    pub(super) bytes: Vec<&'b [u8]>,
    pub(super) rows: Range<usize>,
}

impl<'b> Block<'b> {
    fn bytes(&self, question: usize) -> &'b [u8] {
        self.bytes.get(question).copied().unwrap_or_default()
    }
}

/// The sums of a mean for each row of a block.
#[derive(Clone, Debug, Default)]
pub(super) struct Sums<T> {
    /// The sum of weight times numerator.
    pub(super) numerator: Vec<T>,
    /// The weight that counts; 0 where there is no Score.
    pub(super) counting: Vec<T>,
    /// The weight of what is no answer; of that, what is not applicable, and what counts with
    /// credit 0.
    missing: Vec<T>,
    not_applicable: Vec<T>,
    lowest: Vec<T>,
    /// Of a few columns: the sum of codes, and how many are not one.
    codes: Vec<u8>,
    others: Vec<u8>,
}

/// Doubles the sums where `doubled` has all bits, and adds columns of which only 255 is no answer. As
/// 255 is -1 modulo 256, the sum of all codes and the number of those 255s make the sum of answers.
macro_rules! add_columns {
    ($codes:expr, $others:expr, $doubled:expr, $first:ident $(, $more:ident)*) => {{
        let rows = $codes.iter_mut().zip($others.iter_mut()).zip($first);
        $(let rows = rows.zip($more);)*
        for add_columns!(@names (codes, others), $first $(, $more)*) in rows {
            let $first = *$first;
            let sum = $first$(.wrapping_add(*$more))*;
            let none = u8::from($first == u8::MAX) $(+ u8::from(*$more == u8::MAX))*;
            *codes = codes.wrapping_add(*codes & $doubled).wrapping_add(sum);
            *others = others.wrapping_add(*others & $doubled).wrapping_add(none);
        }
    }};
    (@names $names:tt, $first:ident) => { ($names, $first) };
    (@names $names:tt, $first:ident, $($more:ident),+) => {
        add_columns!(@names ($names, $first), $($more),+)
    };
}

/// [`add_columns`] for each of those numbers of columns.
macro_rules! add_each {
    ($self:ident, $block:ident, $doubled:expr, $questions:expr, $([$($name:ident)+])+) => {
        match $questions {
            $([$($name),+] => {
                $(let $name = $block.bytes(*$name);)+
                add_columns!($self.codes, $self.others, $doubled, $($name),+);
            })+
            _ => {}
        }
    };
}

/// Adds `factor` times each byte to its lane.
#[inline]
fn add_times<T: Lane>(lane: &mut [T], bytes: &[u8], factor: T) {
    for (lane, byte) in lane.iter_mut().zip(bytes) {
        *lane = lane.plus(T::from_byte(*byte).times(factor));
    }
}

/// Doubles each byte.
fn double(bytes: &mut [u8]) {
    for byte in bytes {
        *byte = byte.wrapping_add(*byte);
    }
}

/// How many of those bytes are `code`, added to `counts`.
fn count(counts: &mut [u8], bytes: &[u8], code: u8) {
    for (count, byte) in counts.iter_mut().zip(bytes) {
        *count = count.wrapping_add(u8::from(*byte == code));
    }
}

impl<T: Lane> Sums<T> {
    /// The sums of a mean over a block of rows.
    pub(super) fn add(&mut self, mean: &Mean, block: &Block<'_>) {
        let start = |lane: &mut Vec<T>| {
            lane.clear();
            lane.resize(block.rows.len(), T::default());
        };
        start(&mut self.counting);
        start(&mut self.missing);
        if mean.apart.any() || !mean.wide.is_empty() {
            start(&mut self.not_applicable);
            start(&mut self.lowest);
        }
        self.add_all(mean, block, None);
        self.count(mean);
    }

    /// In place of numerators, where each row is listed.
    pub(super) fn places(&mut self, mean: &Mean, block: &Block<'_>, strides: Strides) {
        self.add_all(mean, block, Some(strides));
    }

    fn add_all(&mut self, mean: &Mean, block: &Block<'_>, strides: Option<Strides>) {
        self.numerator.clear();
        self.numerator.resize(block.rows.len(), T::modulo(mean.base));
        self.codes.resize(block.rows.len(), 0);
        self.others.resize(block.rows.len(), 0);
        for group in &mean.groups {
            self.add_group(mean, group, block, strides);
        }
        for table in &mean.tables {
            for (numerator, code) in self.numerator.iter_mut().zip(block.bytes(table.question)) {
                *numerator = numerator.plus(T::modulo(table.adds[*code]));
            }
        }
        for wide in &mean.wide {
            let rows = block.rows.clone();
            match block.columns.get(wide.question).map(|column| &column.cells) {
                Some(Cells::U16(codes)) => self.add_wide(mean, *wide, codes.get(rows)),
                Some(Cells::U32(codes)) => self.add_wide(mean, *wide, codes.get(rows)),
                Some(Cells::U8(_)) | None => {}
            }
        }
    }

    fn add_group(
        &mut self,
        mean: &Mean,
        group: &Group,
        block: &Block<'_>,
        strides: Option<Strides>,
    ) {
        let factor = T::modulo(modulo(group.factor));
        // What is no answer takes its offset off again, and goes on in the list.
        let per = |stride: u32| {
            let further = stride.wrapping_mul(group.weight);
            T::modulo(modulo(-group.offset).wrapping_add(further))
        };
        let per_open = per(strides.map_or(0, |strides| strides.open));
        let per_not_applicable = per(strides.map_or(0, |strides| strides.not_applicable));
        let weight = T::modulo(group.weight);
        self.codes.fill(0);
        let states = group.states;
        if !states.not_applicable && !states.dont_know && !mean.apart.unanswered {
            self.others.fill(0);
            for questions in &group.bits {
                if questions.is_empty() {
                    double(&mut self.codes);
                    double(&mut self.others);
                }
                let mut doubled = u8::MAX;
                for questions in questions.chunks(8) {
                    add_each!(self, block, doubled, questions,
                        [a] [a b] [a b c] [a b c d] [a b c d e] [a b c d e f] [a b c d e f g]
                        [a b c d e f g h]);
                    doubled = 0;
                }
            }
            for (numerator, (codes, others)) in
                self.numerator.iter_mut().zip(self.codes.iter().zip(&self.others))
            {
                let answers = T::from_byte(codes.wrapping_add(*others)).times(factor);
                *numerator = numerator.plus(answers).plus(T::from_byte(*others).times(per_open));
            }
            if strides.is_none() {
                add_times(&mut self.missing, &self.others, weight);
            }
            return;
        }
        for questions in &group.bits {
            double(&mut self.codes);
            for codes in questions.iter().map(|question| block.bytes(*question)) {
                for (sum, code) in self.codes.iter_mut().zip(codes) {
                    *sum = sum.wrapping_add(if *code <= group.highest { *code } else { 0 });
                }
            }
        }
        add_times(&mut self.numerator, &self.codes, factor);
        for (code, occurs) in [
            (u8::MAX, states.unanswered),
            (u8::MAX - 1, states.dont_know),
            (u8::MAX - 2, states.not_applicable),
        ] {
            if !occurs {
                continue;
            }
            self.others.fill(0);
            for questions in &group.bits {
                double(&mut self.others);
                for codes in questions.iter().map(|question| block.bytes(*question)) {
                    count(&mut self.others, codes, code);
                }
            }
            let is_not_applicable = code == u8::MAX - 2;
            let per = if is_not_applicable { per_not_applicable } else { per_open };
            add_times(&mut self.numerator, &self.others, per);
            if strides.is_some() {
                continue;
            }
            add_times(&mut self.missing, &self.others, weight);
            if is_not_applicable {
                add_times(&mut self.not_applicable, &self.others, weight);
            } else if mean.apart.lowest(code == u8::MAX) {
                add_times(&mut self.lowest, &self.others, weight);
            }
        }
    }

    fn add_wide<C: Copy + Into<u32>>(&mut self, mean: &Mean, wide: Wide, codes: Option<&[C]>) {
        let weight = T::modulo(wide.weight);
        let lanes = self.numerator.iter_mut().zip(&mut self.missing);
        let lanes = lanes.zip(self.not_applicable.iter_mut().zip(&mut self.lowest));
        let codes = codes.unwrap_or_default();
        for (((numerator, missing), (not_applicable, lowest)), code) in lanes.zip(codes) {
            let code: u32 = (*code).into();
            if code <= wide.highest {
                *numerator = numerator.plus(T::modulo(code.wrapping_mul(wide.factor)));
                continue;
            }
            *missing = missing.plus(weight);
            if code == wide.unanswered - 2 {
                *not_applicable = not_applicable.plus(weight);
            } else if mean.apart.lowest(code == wide.unanswered) {
                *lowest = lowest.plus(weight);
            }
        }
    }

    /// What counts, from what is missing. Where nothing does, the numerator is made 1, so that the
    /// mean is infinite.
    fn count(&mut self, mean: &Mean) {
        let rows = self.counting.iter_mut().zip(&mut self.numerator).zip(&self.missing);
        let (none, one) = (T::default(), T::from_byte(1));
        if !mean.apart.any() {
            let (total, least) = (mean.total, mean.least());
            for ((counting, numerator), missing) in rows {
                let answered = total.wrapping_sub((*missing).into());
                let counts = answered >= least;
                *counting = if counts { T::modulo(answered) } else { none };
                *numerator = if counts { *numerator } else { one };
            }
            return;
        }
        let total = mean.total;
        for (((counting, numerator), missing), (not_applicable, lowest)) in
            rows.zip(self.not_applicable.iter().zip(&self.lowest))
        {
            let answered = total.wrapping_sub((*missing).into());
            let applicable = total.wrapping_sub((*not_applicable).into());
            let covered = mean.is_covered(answered, applicable);
            *counting = if covered { T::modulo(answered).plus(*lowest) } else { none };
            let counted: u32 = (*counting).into();
            *numerator = if counted == 0 { one } else { *numerator };
        }
    }
}
