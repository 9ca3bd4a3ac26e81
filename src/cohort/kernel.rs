//! Scoring a block of rows while it is in cache, columns in lockstep. The loops are written for the
//! compiler to turn into vector instructions; why they are exact stands in [`mean`].

mod estimate;
mod lookup;
mod mean;
mod plan;
mod sums;

use self::estimate::{estimate, rounded};
use self::lookup::{List, Lookup};
use self::mean::Mean;
pub(super) use self::plan::Plan;
use self::sums::{Block, Lane, Sums};
use super::bad_cells::BadRows;
use super::meaning::{self, RowTicks, Sound};
use super::raw::{self, ScoreBuffers};
use crate::answers::{Mark, Marked};
use crate::assessment::{Standing, summary_of, themes_of};
use crate::number::Score;
use crate::pillar::{Pillar, PillarMap};
use crate::questionnaire::{Aggregation, Questionnaire};
use crate::stage::Stage;

/// Rows a block: what one thread works with stays in the second cache. A multiple of 64.
pub(super) const BLOCK: usize = 4096;

/// Rows of which one flag tells whether any is in doubt.
const SPAN: usize = 64;

/// What one thread works with.
#[derive(Clone, Debug, Default)]
pub(super) struct Scratch {
    narrow: Sums<u16>,
    wide: Sums<u32>,
    /// Of the pillars with a weight, and of means that feed no overall.
    overall: Running,
    aside: Running,
    /// Where each row is listed, by pillar.
    places: PillarMap<Vec<u16>>,
    /// Columns of questions that are asked on a condition.
    settled: Vec<Vec<u8>>,
    marks: Vec<Mark>,
    doubts: Vec<usize>,
}

/// The overall of each row of a block, as far as pillars were summed.
#[derive(Clone, Debug, Default)]
struct Running {
    /// The mean of the pillars in billionths: infinite where one has none, not a number where one
    /// is in doubt.
    mean: Vec<f64>,
    /// The lowest Score of a pillar, in billionths.
    lowest: Vec<i32>,
}

impl Running {
    /// Room for so many rows, whatever they hold.
    fn room(&mut self, rows: usize) {
        self.mean.resize(rows, 0.0);
        self.lowest.resize(rows, 0);
    }
}

/// The Scores of all pillars, from where each row is listed.
#[expect(clippy::float_arithmetic, reason = "the proof in `mean`")]
fn look_up(
    lookups: &PillarMap<Lookup>,
    places: &PillarMap<Vec<u16>>,
    out: &mut PillarMap<&mut [u32]>,
    running: &mut Running,
) {
    let PillarMap { digital_first_mindset, agile_approach, .. } = out;
    let first = [
        (
            &lookups.digital_first_mindset,
            &*places.digital_first_mindset,
            &mut **digital_first_mindset,
        ),
        (&lookups.agile_approach, &*places.agile_approach, &mut **agile_approach),
    ];
    let rows = running.mean.iter_mut().zip(&mut running.lowest);
    Lookup::both(first, rows, |(mean, lowest), part, floor| (*mean, *lowest) = (part, floor));
    let PillarMap { culture_of_experimentation, connected_systems, .. } = out;
    let second = [
        (
            &lookups.culture_of_experimentation,
            &*places.culture_of_experimentation,
            &mut **culture_of_experimentation,
        ),
        (&lookups.connected_systems, &*places.connected_systems, &mut **connected_systems),
    ];
    let rows = running.mean.iter_mut().zip(&mut running.lowest);
    Lookup::both(second, rows, |(mean, lowest), part, floor| {
        (*mean, *lowest) = (*mean + part, floor.min(*lowest));
    });
}

/// The Scores of a mean from its sums.
#[expect(
    clippy::float_arithmetic,
    clippy::cast_possible_wrap,
    reason = "the proof in `mean`; a Score fits, and what is none counts for nothing"
)]
fn finish<T: Lane>(
    sums: &Sums<T>,
    scale: f64,
    share: f64,
    out: &mut [u32],
    running: &mut Running,
    doubts: &mut Vec<usize>,
) {
    let spans = sums.numerator.chunks(SPAN).zip(sums.counting.chunks(SPAN));
    let running = running.mean.chunks_mut(SPAN).zip(running.lowest.chunks_mut(SPAN));
    let spans = out.chunks_mut(SPAN).zip(spans.zip(running));
    for (span, (out, ((numerators, countings), (means, lowests)))) in spans.enumerate() {
        let mut any = false;
        let running = means.iter_mut().zip(lowests.iter_mut());
        let rows = out.iter_mut().zip(numerators.iter().zip(countings).zip(running));
        for (out, ((numerator, counting), (mean, lowest))) in rows {
            let estimate = estimate(*numerator, *counting, scale);
            let (billionths, doubt) = rounded(estimate);
            let counting: u32 = (*counting).into();
            let score = if counting == 0 { raw::NO_SCORE } else { billionths };
            any |= doubt;
            *out = score;
            *mean += estimate * share;
            *lowest = (*lowest).min(score as i32);
        }
        if any {
            let rows = numerators.iter().zip(countings).enumerate();
            let doubt = rows.filter(|(_, (n, d))| rounded(estimate(**n, **d, scale)).1);
            doubts.extend(doubt.map(|(row, _)| span * SPAN + row));
        }
    }
}

/// What is scored, and by which rules.
#[derive(Clone, Copy, Debug)]
pub(super) struct Kernel<'k> {
    pub(super) questionnaire: &'k Questionnaire,
    /// By the position of the question.
    pub(super) columns: &'k [Sound<'k>],
    /// How to score in small whole numbers, made for the states that occur in the rows; `None` where
    /// all go the exact way.
    pub(super) plan: Option<&'k Plan>,
    pub(super) bad: &'k BadRows,
}

impl Kernel<'_> {
    /// Scores the rows from `from`, as many as the buffers have room for.
    pub(super) fn run(
        &self,
        mut from: usize,
        mut buffers: ScoreBuffers<'_>,
        scratch: &mut Scratch,
    ) {
        while !buffers.overall.is_empty() {
            let (mut block, rest) = buffers.split(BLOCK);
            let rows = block.overall.len();
            scratch.doubts.clear();
            match self.plan {
                Some(plan) => self.estimate(plan, from, &mut block, scratch),
                None => scratch.doubts.extend(0..rows),
            }
            for &row in scratch.doubts.iter().filter(|row| **row < rows) {
                self.exact(from, row, &mut block, &mut scratch.marks);
            }
            self.leave_out(from, &mut block);
            from += rows;
            buffers = rest;
        }
    }

    /// Scores a block by estimates, and notes the rows that are in doubt.
    fn estimate(
        &self,
        plan: &Plan,
        from: usize,
        block: &mut ScoreBuffers<'_>,
        scratch: &mut Scratch,
    ) {
        let Scratch { narrow, wide, overall, aside, places, settled, doubts, .. } = scratch;
        let rows = from..from + block.overall.len();
        let bytes = plan.conditions.views(self.columns, &rows, settled);
        let answers = Block { columns: self.columns, bytes, rows: rows.clone() };
        overall.room(rows.len());
        aside.room(rows.len());
        if let Some(lookups) = &plan.lookups {
            for (pillar, lookup) in lookups.iter() {
                let mean = &plan.pillars[pillar];
                narrow.places(mean, &answers, lookup.strides);
                std::mem::swap(&mut narrow.numerator, &mut places[pillar]);
            }
            look_up(lookups, places, &mut block.pillars, overall);
        } else {
            overall.mean.fill(0.0);
            overall.lowest.fill(i32::MAX);
        }
        let mut score = |mean: &Mean,
                         (share, list): (f64, Option<&List>),
                         out: &mut [u32],
                         running: &mut Running| {
            if let Some(list) = list {
                narrow.places(mean, &answers, list.strides);
                list.look_up(&narrow.numerator, out);
            } else if mean.narrow {
                narrow.add(mean, &answers);
                finish(narrow, mean.scale, share, out, running, doubts);
            } else {
                wide.add(mean, &answers);
                finish(wide, mean.scale, share, out, running, doubts);
            }
        };
        for pillar in Pillar::ALL.into_iter().filter(|_| plan.lookups.is_none()) {
            let running = if self.questionnaire.pillar_weights()[pillar].is_zero() {
                &mut *aside
            } else {
                &mut *overall
            };
            let out = &mut *block.pillars[pillar];
            score(&plan.pillars[pillar], (plan.shares[pillar], None), out, running);
        }
        for ((mean, list), out) in plan.themes.iter().zip(&mut block.themes) {
            score(mean, (0.0, list.as_ref()), out, aside);
        }
        self.overall(overall, block, doubts);
    }

    /// The overall and the stage, from the pillars.
    #[expect(
        clippy::cast_possible_wrap,
        clippy::cast_sign_loss,
        reason = "Scores fit 31 bits, and what is none was set apart before"
    )]
    fn overall(&self, running: &Running, block: &mut ScoreBuffers<'_>, doubts: &mut Vec<usize>) {
        let minimum = self.questionnaire.method().aggregation == Aggregation::Minimum;
        let rows = running.mean.chunks(SPAN).zip(running.lowest.chunks(SPAN));
        for (span, (out, (means, lowests))) in block.overall.chunks_mut(SPAN).zip(rows).enumerate()
        {
            let mut any = false;
            for (out, (mean, lowest)) in out.iter_mut().zip(means.iter().zip(lowests)) {
                let (billionths, doubt) = rounded(*mean);
                let score = if minimum { *lowest as u32 } else { billionths };
                *out = if *mean <= 2e9 { score } else { raw::NO_SCORE };
                any |= doubt;
            }
            if any {
                let rows = means.iter().enumerate().filter(|(_, mean)| rounded(**mean).1);
                doubts.extend(rows.map(|(row, _)| span * SPAN + row));
            }
        }
        let ladder = self.questionnaire.ladder();
        let bounds = Stage::ABOVE_LOWEST.map(|stage| {
            let required = ladder.requirement(stage);
            (required.overall.billionths() as i32, required.every_pillar.billionths() as i32)
        });
        let rows = block.stages.iter_mut().zip(block.overall.iter().zip(&running.lowest));
        for (stage, (overall, lowest)) in rows {
            // Neither column of a ladder falls, so that the steps that are met are the lowest ones.
            let mut met = 0;
            for (required, of_every_pillar) in bounds {
                met += u8::from(*overall as i32 >= required) & u8::from(*lowest >= of_every_pillar);
            }
            *stage = if *overall == raw::NO_SCORE { raw::NO_STAGE } else { met };
        }
    }

    /// Scores one row of a block as an answer sheet is scored.
    fn exact(&self, from: usize, row: usize, block: &mut ScoreBuffers<'_>, marks: &mut Vec<Mark>) {
        meaning::marks(self.columns, from + row, marks);
        let ticks = &RowTicks(self.columns, from + row);
        let marks = Marked { questionnaire: self.questionnaire, marks, ticks };
        let summary = summary_of(marks);
        let pillars = summary.pillars.iter().map(|(_, result)| result.standing.score());
        let themes = if block.themes.is_empty() {
            Vec::new()
        } else {
            themes_of(marks.questionnaire, &marks.all())
        };
        let themes = themes.iter().map(Standing::score);
        let stage = summary.overall.stage().map_or(raw::NO_STAGE, raw::of_stage);
        put(block, row, stage, [summary.overall.score()].into_iter().chain(pillars).chain(themes));
    }

    /// Takes every figure away from rows with a bad cell.
    fn leave_out(&self, from: usize, block: &mut ScoreBuffers<'_>) {
        if self.bad.is_empty() {
            return;
        }
        for row in (0..block.overall.len()).filter(|row| self.bad.contains(from + row)) {
            put(block, row, raw::BAD_ROW, []);
        }
    }
}

/// Writes one row: its stage, and the Scores of the overall, the pillars and the themes, as far as
/// there are any.
fn put(
    block: &mut ScoreBuffers<'_>,
    row: usize,
    stage: u8,
    scores: impl IntoIterator<Item = Option<Score>>,
) {
    let mut scores = scores.into_iter();
    let mut put = |column: &mut [u32]| {
        if let Some(out) = column.get_mut(row) {
            *out = scores.next().flatten().map_or(raw::NO_SCORE, Score::billionths);
        }
    };
    put(block.overall);
    for pillar in Pillar::ALL {
        put(block.pillars[pillar]);
    }
    for column in &mut block.themes {
        put(column);
    }
    if let Some(out) = block.stages.get_mut(row) {
        *out = stage;
    }
}
