//! Scores an organisation's digital maturity: five stages, four pillars, weighted questionnaires,
//! and figures that are the same to the billionth on every machine.
//!
//! ```
//! use digital_maturity::{Answer, Pillar, Questionnaire, Stage};
//!
//! let questionnaire = Questionnaire::dcx_pulse(); // twelve questions, built in
//!
//! // Answers come from code, or from JSON, YAML or TOML: see `Questionnaire::read`.
//! let mut sheet = questionnaire.sheet();
//! for question in questionnaire.questions() {
//!     let level = if question.pillar() == Pillar::AgileApproach { 2 } else { 4 };
//!     sheet.set(question.id(), level)?;
//! }
//!
//! let assessment = sheet.assess();
//! assert_eq!(assessment.score().unwrap().to_string(), "0.625");
//! assert_eq!(assessment.stage(), Some(Stage::Hubs));
//!
//! // Why not one higher? The overall would do: platform asks for 0.6. But it asks for 0.4 in every
//! // pillar, too, and one of them is behind.
//! let next = assessment.next_stage().unwrap();
//! assert_eq!((next.stage, next.unmet.len()), (Stage::Platform, 1));
//! assert_eq!(next.unmet[0].shortfall().to_string(), "0.15");
//! # Ok::<(), digital_maturity::Diagnostic>(())
//! ```
//!
//! # The way through the crate
//!
//! Everything flows in one direction, through a few doors. Whoever is past a door never checks
//! again.
//!
//! | from | door | to |
//! |---|---|---|
//! | a document, or a [`QuestionnaireSpec`] built in code | [`Questionnaire::from_json`], [`Questionnaire::from_document`], `TryFrom` | [`Questionnaire`] |
//! | [`Responses`], or answers given in code | [`Questionnaire::read`], [`AnswerSheet::set`] | [`AnswerSheet`] |
//! | an [`AnswerSheet`] | [`AnswerSheet::assess`], which cannot fail | [`Assessment`] |
//! | many sheets, or columns of codes | [`Cohort::builder`], [`Cohort::new`] | [`Cohort`] |
//!
//! A door that stays shut says everything that is wrong in one go: [`Errors`], each with the
//! place as a JSON Pointer, a stable [`Code`], a message, and a suggestion where one is near.
//!
//! # How a score comes about
//!
//! 1. An answer earns a credit from 0 to 1, by its scale: [`ScaleSpec`]. Choices without credits of
//!    their own are spread evenly between the lowest and the highest value.
//! 2. A pillar's score is the mean of the credits of its questions, by weight. A question that is
//!    not applicable or not asked is left out; one that is open is left out or counts as 0, as the
//!    questionnaire's [`Method`] says, and never counts as covered.
//! 3. The overall is the mean of the pillars by their weight, or the lowest of them:
//!    [`Aggregation`].
//! 4. The stage is read off the [`Ladder`]: the highest stage whose bounds on the overall and on
//!    every pillar are met, bounds included.
//!
//! Work is done in whole units of 1e-15 with exact sums in 128 bits; a published [`Score`] is a
//! whole number of billionths, and stages are decided on published scores. A pillar with too few
//! answers is [not scorable](Reason): it is never given 0, NaN or a top mark for want of answers.
//!
//! # Numbers that add up
//!
//! [`QuestionResult::contribution`] is each question's part of the overall; the contributions of
//! all questions sum to it exactly. [`NextStage`] names every requirement that is not met and by
//! how much. A figure shown with fewer digits is rounded down and a shortfall up
//! ([`Score::percent_floor`], [`Score::percent_ceil`]), so that nothing shown reaches a bound that
//! was not met.
//!
//! # From a number to a decision
//!
//! - [`AnswerSheet::outlook`]: the lowest and highest result still possible while questions are
//!   open, and which open question moves it most.
//! - [`AnswerSheet::what_if`] and [`AnswerSheet::single_raises`]: what a change of one answer does.
//! - [`AnswerSheet::roadmap`]: the exact cheapest set of raised answers that reaches a [`Target`],
//!   as steps in an order to carry out; [`Roadmap::goals`] draws goals from them, and
//!   [`AnswerSheet::gap`] tells how far away a target is.
//!
//! # What changed, and how firm it is
//!
//! - [`Comparison`] sets two results of one questionnaire side by side, fresh or stored: what changed
//!   and what explains it, to the last billionth. [`History`] follows many by date.
//! - [`Migration`] carries answers to another version of a questionnaire, by a declared map, and
//!   reports what was lost on the way.
//! - [`Robustness`] tells how much of a stage is owed to the weights of the pillars.
//!
//! # Many respondents
//!
//! A [`Cohort`] holds one column of small codes a question, the caller's own or built row by row, and
//! scores a million rows in hundredths of a second, to the same billionths as sheets. A cell that
//! means nothing costs its own row and is reported ([`BadCell`]). A [`CohortSummary`] says how many
//! are at each stage and how Scores are spread ([`Distribution`]); summaries of parts merge, in any
//! order, to the same bytes, also after they were kept or sent
//! ([`counts_json`](CohortSummary::counts_json)). A [`Benchmark`] says where one result stands among
//! them.
//!
//! [`Ratings`] hold the answers of many, [`CreditSums`] what is needed of more than memory holds.
//! [`Reliability`] tells whether the questions of a pillar go
//! together, [`GroupAgreement`], [`OneWayIcc`], [`TwoWayIcc`], [`Krippendorff`] and [`FleissKappa`]
//! how far respondents or raters agree, and [`MeasurementError`] whether one respondent has changed.
//! What the data do not determine is a [`Statistic`] with the reason.
//!
//! # A result that people look at
//!
//! [`Assessment::report`] makes a [`Report`]: plain text, Markdown, one HTML page, and pictures in
//! SVG, in English, German, or with the [`Words`] of a caller.
//!
//! # Where the rules are silent
//!
//! - A checklist has at least one item; its credit would be 0/0 otherwise.
//! - Whether anything in a pillar is applicable is a matter of weight: a pillar in which only
//!   questions of weight 0 apply is `nothing_applicable`.
//! - A condition compares credits in full precision: 2/3 does not reach 0.666666667.
//! - A question that is not asked and counts as lowest is reported with state `not_asked` and
//!   credit 0. A credit is published rounded to billionths, like any score.
//! - A question of weight 0 contributes 0 where there is an overall; a question that does not count
//!   has no contribution.
//! - `null` stands for an unanswered question in answers; in a questionnaire it is a wrong type.
//! - `families`, and `description` on a questionnaire, family or theme, are optional keys of a
//!   questionnaire document beside those of the rules. They never change a score.
//! - In an outlook, a question whose condition names an open question counts at 0 and at 1, also if
//!   it is answered; the swing of an open question includes those whose being asked hangs on it.
//! - In a roadmap, a list of question positions that another list begins with is the smaller. A
//!   target for pillars needs no overall; where there is none, it breaks no ties. A pillar of weight
//!   0 is never raised. Of choices with equal credit the first listed is aimed at, of bands the
//!   nearest. A figure after a step leaves conditions as the given answers do.
//! - A question explains the difference of its contributions. What unchanged questions explain,
//!   because another came to count or ceased to, is kept apart ([`Explained`]).
//! - The closed form of section 10 takes distances to a bound in whole billionths: as decimals in
//!   doubles they would lose up to seven digits next to a bound. Means are compared with bounds
//!   without rounding. A stage share that rounding would leave below 0 is 0.
//! - The shift that changes the stage is a lower bound that may be attained or not; with the highest
//!   pillar just on the next bound the stage above is never reached, as every pillar keeps some
//!   weight. Of two stages as near, the lower one is named.
//! - Two results of one day make no history, as it is open which came first.
//! - A document nested deeper than 64 levels is refused.
//! - In a cohort, a row with a bad cell has no Score at all, whichever pillar the cell is in, and is
//!   counted apart from those that are not scorable. A percentile rank is taken among those with a
//!   Score.
//! - In statistics, a sum of squares or covariances within what rounding leaves of 0 is 0 (1e-12 of
//!   the sum of the amounts; for means that are equal, the square of that).
//!
//! # Features
//!
//! `schema` (default) implements `schemars::JsonSchema` for the document and the result. Without it
//! the crate needs only serde, `serde_json`, thiserror, semver and four small crates without
//! dependencies of their own.
//!
//! `feldt` adds Feldt's interval of alpha, and with it the crate `special`. `rayon` adds scoring a
//! cohort by all threads of a pool.
//!
//! The crate is pure: no input or output, no clock, no global settings, no randomness, no unsafe
//! code.

mod names;
mod number;
mod stage;
mod pillar;
mod text;
mod date;

mod diagnostic;

mod document;

mod questionnaire;

mod answers;

mod assessment;

mod raises;

mod outlook;
mod roadmap;
mod compare;
mod migration;
mod robustness;
mod cohort;
mod statistics;

mod report;

pub use answers::{Answer, AnswerSheet, AnswerState, Responses};
pub use assessment::{
    Assessment, Identity, Mismatch, NextStage, Overall, PillarResult, QuestionResult, Reason,
    Record, Standing, StateCounts, StoredQuestion, StoredTheme, Summary, Unmet,
};
pub use cohort::{
    BadCell, Benchmark, Cell, Cells, Coding, Cohort, CohortBuilder, CohortSummary, Column,
    ColumnError, ColumnErrors, Distribution, Figures, OtherQuestionnaire, PercentileRank, Position,
    Quartiles, ScoreBuffers, Scores, StageCounts, ThemePosition, WrongLength,
};
pub use compare::{
    Comparison, Explained, History, HistoryError, HistoryFault, Incomparable, OverallChange, Point,
    QuestionChange, Side, StageChange, StandingChange, ThemeChange, Trend,
};
pub use date::{Date, InvalidDate};
pub use diagnostic::{
    Code, Diagnostic, Errors, Excerpt, Path, Problem, Segment, Severity, Warnings,
};
pub use migration::{
    Carried, CarriedAnswer, Fate, Loss, Migration, MigrationEnd, MigrationSpec, NotFromHere,
};
pub use names::UnknownName;
pub use number::{Delta, NumberError, Percent, Score, Weight};
pub use outlook::{Bounds, OpenQuestion, Openness, Outlook};
pub use pillar::{Pillar, PillarMap, PillarSet};
pub use questionnaire::{
    Aggregation, BandSpec, ChoiceSpec, ConditionSpec, Effort, FamilySpec, Fingerprint, ItemSpec,
    Ladder, LadderPreset, LadderSpec, LadderTable, Method, NonAnswer, Otherwise, PillarSpec,
    Points, Policy, Question, QuestionSpec, Questionnaire, QuestionnaireSpec, Requirement,
    ScaleSpec, ScaleUse, SchemaVersion, ThemeSpec,
};
pub use raises::{Advice, Effect, Missing, SingleRaise};
pub use report::{Page, Rendering, Report, Words};
pub use roadmap::{Gap, Goal, Plan, Roadmap, Step, Target, TargetError, Unreachable, Way};
pub use robustness::{
    Centred, Interval, Robustness, Shift, StageShares, Unweighed, Weighed, WeightRange,
};
pub use stage::{Stage, StageMap};
#[cfg(feature = "feldt")]
pub use statistics::ConfidenceInterval;
pub use statistics::{
    CreditSums, Deletion, FleissKappa, GroupAgreement, Groups, ItemAgreement, ItemReliability,
    Krippendorff, MeasurementError, Metric, OneWayIcc, PairCounts, Ratings, RatingsError,
    Reliability, ReliableChange, Statistic, TwoWayIcc, Undefined, UniformNull,
};
pub use text::Text;

#[doc = include_str!("rules.md")]
pub mod rules {}

/// The examples of the README are compiled and run with the documentation tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
mod readme {}
