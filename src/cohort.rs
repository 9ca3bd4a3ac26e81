//! Many respondents at once: columns of codes, their scores, and what can be said of all of them.

mod builder;
mod cell;
mod check;
mod column;
mod distribution;
mod kernel;
mod lane;
mod lookup;
mod plan;
mod scores;
mod summary;

pub use builder::{CohortBuilder, OtherQuestionnaire};
pub use cell::{Cell, Cells, Coding};
pub use check::BadCell;
pub use column::{Column, ColumnError, ColumnErrors};
pub use distribution::{Distribution, Figures};
pub use scores::{ScoreBuffers, Scores, StageCounts, WrongLength};
pub use summary::CohortSummary;

use self::check::Findings;
use self::column::Sound;
use self::kernel::Scratch;
use self::lookup::Lookup;
use self::plan::Mean;
use crate::pillar::PillarMap;
use crate::questionnaire::Questionnaire;

/// The answers of many respondents to one questionnaire, as one column of codes a question.
///
/// A cohort without a column for each question, or with columns of different lengths, cannot exist.
/// One with bad cells can: a code that is no answer to its question, or a state that the question
/// forbids. They are found at the door, and a row with one has no Score, and is counted as bad; all
/// other rows are scored as if it were not there. Answers to questions that are not asked are
/// ignored, as on an [`AnswerSheet`](crate::AnswerSheet).
///
/// Scores and stages are those of [`AnswerSheet::assess`](crate::AnswerSheet::assess), to the last
/// billionth.
///
/// ```
/// use digital_maturity::{Cohort, Column, Questionnaire, Stage};
///
/// let pulse = Questionnaire::dcx_pulse();
///
/// // The caller's own arrays, choices by value, 255 for no answer. Nothing is copied.
/// let answers = [4_u8, 3, 255, 9];
/// let columns = pulse.questions().map(|question| Column::new(question.id(), &answers).by_value());
/// let cohort = Cohort::new(&pulse, columns)?;
///
/// let scores = cohort.score();
/// assert_eq!(scores.stage(0), Some(Stage::Platform));
/// assert_eq!(scores.overall(1), Some("0.5".parse()?));
/// assert_eq!(scores.overall(2), None);
///
/// // There is no choice 9: twelve cells of one row.
/// assert_eq!((cohort.bad_cell_count(), cohort.bad_rows()), (12, 1));
/// assert!(scores.is_bad(3));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Cohort<'c> {
    questionnaire: Questionnaire,
    rows: usize,
    /// By the position of the question.
    columns: Vec<Sound<'c>>,
    findings: Findings,
    /// How to score in small whole numbers; `None` where all rows go the exact way.
    quick: Option<Quick>,
}

/// How to score in small whole numbers.
#[derive(Clone, Debug)]
struct Quick {
    pillars: PillarMap<Mean>,
    /// What each pillar counts in the overall, of 1.
    shares: PillarMap<f64>,
    themes: Vec<Mean>,
    /// Where every pillar has one.
    lookups: Option<PillarMap<Lookup>>,
}

impl<'c> Cohort<'c> {
    /// How many bad cells are kept with their place. Beyond that they are only counted.
    pub const BAD_CELLS_KEPT: usize = 1000;

    /// The cohort of those columns, in any order. Looks at every cell once.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the columns as such, in one go. Bad cells are no error.
    ///
    /// ```
    /// # use digital_maturity::{Cohort, Column, Questionnaire};
    /// let pulse = Questionnaire::dcx_pulse();
    /// let (short, long) = ([1_u8], [1_u8, 2]);
    /// let columns = [Column::new("journey_owner", &short), Column::new("no_such", &long)];
    /// let errors = Cohort::new(&pulse, columns).unwrap_err();
    /// assert_eq!(errors.iter().len(), 2 + 11); // the unknown one, its length, eleven without one
    /// ```
    pub fn new(
        questionnaire: &Questionnaire,
        columns: impl IntoIterator<Item = Column<'c>>,
    ) -> Result<Self, ColumnErrors> {
        Ok(Self::of(questionnaire, column::columns(questionnaire, columns)?))
    }

    /// A cohort to be built row by row.
    #[must_use]
    pub fn builder(questionnaire: &Questionnaire) -> CohortBuilder {
        CohortBuilder::new(questionnaire)
    }

    fn of(questionnaire: &Questionnaire, columns: Vec<Sound<'c>>) -> Self {
        let findings = Findings::of(questionnaire, &columns, Self::BAD_CELLS_KEPT);
        Self {
            quick: Quick::of(questionnaire, &columns, &findings),
            questionnaire: questionnaire.clone(),
            rows: columns.first().map_or(0, |column| column.cells.len()),
            columns,
            findings,
        }
    }

    /// The questionnaire that is answered.
    #[must_use]
    pub fn questionnaire(&self) -> &Questionnaire {
        &self.questionnaire
    }

    /// How many respondents there are.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// The bad cells by question, in the order of the questionnaire, and then by row: the first
    /// [`BAD_CELLS_KEPT`](Self::BAD_CELLS_KEPT) of them.
    #[must_use]
    pub fn bad_cells(&self) -> &[BadCell] {
        &self.findings.cells
    }

    /// How many bad cells there are in all.
    #[must_use]
    pub fn bad_cell_count(&self) -> u64 {
        self.findings.count
    }

    /// How many rows have a bad cell.
    #[must_use]
    pub fn bad_rows(&self) -> u64 {
        self.findings.rows.iter().map(|word| u64::from(word.count_ones())).sum()
    }

    /// Scores every row into fresh columns; themes are left out.
    #[must_use]
    pub fn score(&self) -> Scores {
        self.fresh(0, Self::serially)
    }

    /// Scores every row into fresh columns, themes, too.
    ///
    /// ```
    /// # use digital_maturity::{Cohort, Column, Questionnaire};
    /// let pulse = Questionnaire::dcx_pulse();
    /// let answers = [4_u8];
    /// let columns = pulse.questions().map(|question| Column::new(question.id(), &answers));
    /// let scores = Cohort::new(&pulse, columns)?.score_with_themes();
    /// assert_eq!(scores.theme_columns().len(), pulse.themes().len());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn score_with_themes(&self) -> Scores {
        self.fresh(self.questionnaire.themes().len(), Self::serially)
    }

    /// Scores every row into columns of the caller's.
    ///
    /// # Errors
    ///
    /// If a column is not as long as the cohort, or there are themes, but not all. Nothing is
    /// written then.
    ///
    /// ```
    /// use digital_maturity::{Cohort, Column, PillarMap, Questionnaire, ScoreBuffers};
    ///
    /// let pulse = Questionnaire::dcx_pulse();
    /// let answers = [0_u8, 1, 2, 3, 4]; // choices by place
    /// let columns = pulse.questions().map(|question| Column::new(question.id(), &answers));
    /// let cohort = Cohort::new(&pulse, columns)?;
    ///
    /// let (mut overall, mut stages) = ([0; 5], [0; 5]);
    /// let mut pillars = [[0; 5]; 4];
    /// let [one, two, three, four] = pillars.each_mut();
    /// cohort.score_into(ScoreBuffers {
    ///     overall: &mut overall,
    ///     pillars: PillarMap {
    ///         digital_first_mindset: one,
    ///         agile_approach: two,
    ///         culture_of_experimentation: three,
    ///         connected_systems: four,
    ///     },
    ///     themes: Vec::new(),
    ///     stages: &mut stages,
    /// })?;
    /// assert_eq!(overall, [0, 250_000_000, 500_000_000, 750_000_000, 1_000_000_000]);
    /// assert_eq!(stages, [0, 1, 2, 3, 4]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn score_into(&self, buffers: ScoreBuffers<'_>) -> Result<(), WrongLength> {
        buffers.check(&self.questionnaire, self.rows)?;
        self.serially(buffers);
        Ok(())
    }

    fn fresh(&self, themes: usize, score: impl Fn(&Self, ScoreBuffers<'_>)) -> Scores {
        let mut scores = Scores::room(self.rows, themes);
        score(self, scores.buffers());
        scores
    }

    fn serially(&self, buffers: ScoreBuffers<'_>) {
        self.run(0, buffers, &mut Scratch::default());
    }
}

/// With the feature `rayon`: the same, by all threads of the pool in which it is called. Every row is
/// scored by itself, so that the bytes are the same whatever the number of threads.
#[cfg(feature = "rayon")]
impl Cohort<'_> {
    /// [`score`](Self::score), by all threads of rayon's current pool; with the feature `rayon`.
    #[must_use]
    pub fn par_score(&self) -> Scores {
        self.fresh(0, Self::in_parallel)
    }

    /// [`score_with_themes`](Self::score_with_themes), by all threads of rayon's current pool; with
    /// the feature `rayon`.
    #[must_use]
    pub fn par_score_with_themes(&self) -> Scores {
        let themes = self.questionnaire.themes().len();
        self.fresh(themes, Self::in_parallel)
    }

    /// [`score_into`](Self::score_into), by all threads of rayon's current pool; with the feature
    /// `rayon`.
    ///
    /// # Errors
    ///
    /// If a column is not as long as the cohort, or there are themes, but not all. Nothing is
    /// written then.
    pub fn par_score_into(&self, buffers: ScoreBuffers<'_>) -> Result<(), WrongLength> {
        buffers.check(&self.questionnaire, self.rows)?;
        self.in_parallel(buffers);
        Ok(())
    }

    fn in_parallel(&self, buffers: ScoreBuffers<'_>) {
        /// Parts a thread: enough that all end at about the same time.
        const PARTS: usize = 4;
        let blocks = self.rows.div_ceil(kernel::BLOCK);
        self.halves(0, buffers, blocks.div_ceil(PARTS * rayon::current_num_threads()));
    }

    /// Scores the rows from `from` in parts of at most so many blocks.
    fn halves(&self, from: usize, buffers: ScoreBuffers<'_>, most: usize) {
        let blocks = buffers.overall.len().div_ceil(kernel::BLOCK);
        if blocks <= most {
            return self.run(from, buffers, &mut Scratch::default());
        }
        let first = blocks / 2 * kernel::BLOCK;
        let (one, other) = buffers.split(first);
        rayon::join(|| self.halves(from, one, most), || self.halves(from + first, other, most));
    }
}

impl Quick {
    fn of(
        questionnaire: &Questionnaire,
        columns: &[Sound<'_>],
        findings: &Findings,
    ) -> Option<Self> {
        if questionnaire.has_conditions() {
            return None;
        }
        let mean = |questions: &mut dyn Iterator<Item = (usize, u32)>| {
            Mean::of(questionnaire, columns, &findings.states, questions)
        };
        let pillars = PillarMap::from_fn(|pillar| {
            mean(&mut questionnaire.pillar_questions(pillar).iter().copied())
        });
        let themes = questionnaire.theme_questions().iter().map(|questions| {
            let rules = questionnaire.rules();
            mean(&mut questions.iter().filter_map(|&at| Some((at, rules.get(at)?.weight))))
        });
        let themes = themes.collect::<Option<Vec<_>>>()?;
        let weights = questionnaire.pillar_weights();
        let sum: u32 = weights.iter().map(|(_, weight)| weight.thousandths()).sum();
        let shares = PillarMap::from_fn(|pillar| share(weights[pillar].thousandths(), sum));
        let pillars = pillars.all()?;
        let rows = columns.first().map_or(0, |column| column.cells.len());
        let lookups =
            PillarMap::from_fn(|pillar| Lookup::of(&pillars[pillar], shares[pillar], rows));
        Some(Self { pillars, shares, themes, lookups: lookups.all() })
    }
}

#[expect(clippy::float_arithmetic, reason = "the proof in `plan`")]
fn share(weight: u32, sum: u32) -> f64 {
    f64::from(weight) / f64::from(sum.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pillar::Pillar;

    /// A cohort of that many rows, nothing answered, with two questions a pillar: one of that scale
    /// and weight, and one of yes or no.
    fn cohort(scale: &str, weight: &str, rows: usize) -> Cohort<'static> {
        let question = |(place, pillar): (usize, Pillar)| {
            format!(
                r#"{{ "id": "q{place}", "pillar": "{pillar}", "title": "t", "weight": {weight},
                      "scale": {scale} }},
                   {{ "id": "r{place}", "pillar": "{pillar}", "title": "t",
                      "scale": {{ "kind": "yes_no" }} }}"#
            )
        };
        let questions: Vec<String> = Pillar::ALL.into_iter().enumerate().map(question).collect();
        let questionnaire = Questionnaire::from_json(&format!(
            r#"{{ "schema": 1, "id": "t", "version": "1.0.0", "title": "t",
                  "questions": [{}] }}"#,
            questions.join(",")
        ))
        .unwrap();
        let mut builder = Cohort::builder(&questionnaire);
        for _ in 0..rows {
            builder.push(&[Cell::Unanswered; 8]).unwrap();
        }
        builder.build()
    }

    #[test]
    fn the_quick_ways_are_taken_where_they_are_exact_and_no_others() {
        let choice = |credits: [&str; 3]| {
            let level = |(value, credit): (usize, &str)| {
                format!(r#"{{ "value": {value}, "text": "t", "credit": {credit} }}"#)
            };
            let levels: Vec<String> = credits.into_iter().enumerate().map(level).collect();
            format!(r#"{{ "kind": "choice", "choices": [{}] }}"#, levels.join(","))
        };
        let items: Vec<String> = (0..100)
            .map(|item| format!(r#"{{ "id": "i{item}", "text": "t", "points": 1000 }}"#))
            .collect();
        let long = format!(r#"{{ "kind": "checklist", "items": [{}] }}"#, items.join(","));
        let even = choice(["0", "0.5", "1"]);
        for (scale, weight, rows, quick, narrow, listed) in [
            (&even, "1", 5000, true, true, true),
            (&even, "1", 10, true, true, false), // too few rows for a list
            (&even, "400", 5000, true, true, false), // too long a list
            (&even, "40.001", 5000, true, false, false), // 41,001 thousandths, over 2
            (&choice(["0", "0.3", "1"]), "3", 5000, true, true, true),
            (&choice(["0", "0.333", "1"]), "3", 5000, true, true, false),
            (&choice(["0", "0.333333333", "1"]), "3", 5000, false, false, false),
            (&long, "1", 5000, true, false, false),
            (&long, "999.999", 5000, false, false, false),
        ] {
            let cohort = cohort(scale, weight, rows);
            let found = cohort.quick.as_ref();
            let found = (
                found.is_some(),
                found.is_some_and(|quick| quick.pillars.agile_approach.narrow),
                found.is_some_and(|quick| quick.lookups.is_some()),
            );
            assert_eq!(found, (quick, narrow, listed), "{weight} {scale:.150}");
        }
    }
}
