//! Scores an organisation's digital maturity: five stages, four pillars, weighted questionnaires,
//! and figures that are the same to the billionth on every machine.
//!
//! ```
//! use digital_maturity::{Pillar, Questionnaire, Stage};
//!
//! let questionnaire = Questionnaire::dcx_pulse(); // twelve questions, built in
//!
//! let mut sheet = questionnaire.sheet(); // or answers in JSON: `questionnaire.read_json(text)?`
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
//! assert_eq!(next.unmet[0].shortfall, Some("0.15".parse()?));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # The way through
//!
//! Everything flows in one direction, through a few doors. Whoever is past a door never checks
//! again, and a door that stays shut says everything that is wrong in one go: [`Errors`], each with
//! the place as a JSON Pointer, a stable [`Code`], a message, and a suggestion where one is near.
//!
//! | from | door | to |
//! |---|---|---|
//! | a document in JSON or any serde format | [`Questionnaire::from_json`], [`Questionnaire::from_document`] | [`Questionnaire`] |
//! | a [`QuestionnaireSpec`] built in code | [`QuestionnaireSpec::check`], `Questionnaire::try_from` | [`Questionnaire`] |
//! | answers as a document | [`Questionnaire::read_json`], [`Questionnaire::read`] with [`Responses`] | [`AnswerSheet`] |
//! | a form post, or a survey tool's record | [`Responses::from_form_pairs`], [`Questionnaire::read_partial`], [`Questionnaire::read_lenient`]; [`Words::hint`] tells respondents what is wrong, [`AnswerSheet::asked`] what to show | [`AnswerSheet`] |
//! | answers given in code | [`Questionnaire::sheet`], [`AnswerSheet::set`] | [`AnswerSheet`] |
//! | an [`AnswerSheet`] | [`AnswerSheet::assess`], which cannot fail | [`Assessment`] |
//! | a result that was stored | [`Record::from_json`] | [`Record`] |
//!
//! What one asks of a result stands in modules by subject:
//!
//! | question | module |
//! |---|---|
//! | how did each pillar, theme and question come out, and what blocks the next stage? | [`assessment`] |
//! | what can the open answers still make of it? | [`outlook`] |
//! | what does one change of answer do, what should be done first, what is missing? | [`raises`] |
//! | what is the exact cheapest way to a stage? | [`roadmap`] |
//! | what has changed between two results, and over many? | [`compare`] |
//! | how are answers carried to another version of a questionnaire? | [`migration`] |
//! | would other weights of the pillars lead to another stage, or rank many differently? | [`robustness`] |
//! | what do several people say together, where do they differ, and what hangs on it? | [`panel`] |
//! | how does a group of many units come out, and which of them holds it back? | [`portfolio`] |
#![cfg_attr(
    feature = "cohort",
    doc = "| how do thousands of respondents come out, and where does one stand among them? | [`cohort`] |",
    doc = "| do the questions of a pillar measure one thing, and do respondents agree? | [`statistics`] |"
)]
#![cfg_attr(
    feature = "survey",
    doc = "| how is the file of a survey tool read into a cohort? | [`survey`] |"
)]
#![cfg_attr(
    feature = "report",
    doc = "| how is it shown: text, Markdown, a page of HTML, pictures, in English or German? | [`report`] |"
)]
//! | how is it filled in: a form to render, JSON Schema of the answers, `SurveyJS`? | [`form`] |
//! | what is wrong with a document? | [`diagnostic`] |
#![cfg_attr(
    feature = "schema",
    doc = "| what must a document look like, for programs that are not written in Rust? | [`schema`] |"
)]
#![cfg_attr(
    feature = "proptest",
    doc = "| does my questionnaire do what I mean, does my application take what may come? | [`testing`] |"
)]
//!
//! [`guide`] has chapters on what one builds with it: [a form and its handler](guide::form),
//! [storing results](guide::storing) for years, [questionnaires of strangers](guide::untrusted) and what
//! they cost, [your own language](guide::language), [testing your questionnaire](guide::testing),
//! [what may change](guide::changes).
//!
//! # How a score comes about
//!
//! 1. An answer earns a credit from 0 to 1, by its [scale](spec::ScaleSpec). Choices without
//!    credits of their own are spread evenly between the lowest and the highest value.
//! 2. A pillar's score is the mean of the credits of its questions, by weight. A question that is
//!    not applicable or not asked is left out; one that is open is left out or counts as 0, as the
//!    questionnaire's [`Method`](spec::Method) says, and never counts as covered.
//! 3. The overall is the mean of the pillars by their weight, or the lowest of them:
//!    [`Aggregation`](spec::Aggregation).
//! 4. The stage is read off the [`Ladder`](spec::Ladder): the highest stage whose bounds on the
//!    overall and on every pillar are met, bounds included.
//!
//! Work is done in whole units of 1e-15 with exact sums in 128 bits; a published [`Score`] is a
//! whole number of billionths, and stages are decided on published scores. A pillar with too few
//! answers is [not scorable](assessment::Reason): it is never given 0, NaN or a top mark for want of
//! answers. Contributions of all questions sum to the overall exactly. A figure shown with fewer
//! digits is rounded down and a shortfall up, so that nothing shown reaches a bound that was not
//! met. The whole of it, and what is done where the rules are silent, stands in [`rules`].
//!
//! # Stored, and read back
//!
//! What the crate writes it reads back, with the same check as any document. Keep the questionnaire's
//! document, or its id and version, beside the answers: a later crate has later built-in ones.
//!
//! | | JSON, YAML, TOML, CBOR, `MessagePack` with field names | postcard |
//! |---|---|---|
//! | [`Score`], [`Weight`], [`Delta`], [`Date`], [`Fingerprint`], [`Stage`], [`Pillar`], [`PillarSet`], [`AnswerState`], [`PillarMap`] of these | yes | yes |
//! | [`QuestionnaireSpec`], [`Questionnaire`], [`Text`], [`Answer`], [`AnswerSheet`] (through [`Responses`]), [`Words`], `MigrationSpec`, `PortfolioSpec`, `Panel` (through its questionnaire), `CohortSummary` (through its counts) | yes | needs a format that describes itself |
//! | [`Record`], `Outlook`, `Roadmap`, `Comparison`, `History`, `Robustness`, `Ranks`, `Benchmark`, `PanelResult`, `PortfolioResult`, the statistics, and the parts of all these | yes | needs a format that describes itself |
//! | findings ([`Errors`], [`Warnings`], [`Diagnostic`]), `migration::Carried` | written for others; a finding lives with its document, a sheet with its questionnaire: its answers read back | |
//!
//! In TOML a value stands in a table. Absent and null are the same in results and in envelopes of
//! answers; in a questionnaire a null is a wrong type. Keys that a later version adds to a result are
//! passed over. A result knows which questionnaire it is of, and reports with that one only; a figure
//! that its type excludes is refused, and whether a record follows from its answers is told by
//! [`Record::verify`].
//!
//! # What it does not do
//!
//! It asks no questions, keeps nothing, reads no files and has no clock; it makes no network calls
//! and has no global settings, no randomness and no unsafe code. It does not guess: no clamping, no
//! imputing, no default for a missing answer.
//!
//! # Features
//!
//! | feature | | what it adds |
//! |---|---|---|
//! | `schema` | default | the module `schema`: JSON Schema of documents and results |
//! | `report` | default | the module `report`: words and pictures |
//! | `cohort` | default | the modules `cohort` and `statistics` |
//! | `rayon` | | a cohort scored by all threads of a pool |
//! | `survey` | | the module `survey`: files of survey tools, read into a cohort; with it `csv-core`, `encoding_rs` and `memchr` |
//! | `intervals` | | Feldt's interval of alpha, and with it the crate `special` |
//! | `proptest` | | the module `testing`: strategies and checks for test suites, and with it the crate `proptest` |
//!
//! Without any, the crate needs serde, `serde_json`, thiserror, semver and three small crates without
//! dependencies of their own.

// The rooms, a row a paragraph: a module uses only modules of rows above its own. `tests/layering.rs`
// reads this table.

mod names;

pub mod number;
mod pillar;
mod stage;
mod text;
mod date;

pub mod diagnostic;

mod document;

mod questionnaire;

mod words;

mod answers;

pub mod assessment;

pub mod raises;

pub mod outlook;
pub mod roadmap;
pub mod compare;
pub mod migration;
pub mod robustness;
#[cfg(feature = "cohort")]
pub mod statistics;

#[cfg(feature = "cohort")]
pub mod cohort;
pub mod panel;
pub mod portfolio;

pub mod form;

#[cfg(feature = "survey")]
pub mod survey;
#[cfg(feature = "report")]
pub mod report;
#[cfg(feature = "schema")]
pub mod schema;

#[cfg(feature = "proptest")]
pub mod testing;

pub use answers::{Answer, AnswerSheet, AnswerState, Responses};
pub use assessment::{Assessment, Record};
#[cfg(feature = "cohort")]
pub use cohort::Cohort;
pub use date::Date;
pub use diagnostic::{Code, Diagnostic, Errors, Warnings};
pub use number::{Delta, Score, Weight};
pub use pillar::{Pillar, PillarMap, PillarSet};
pub use questionnaire::{
    Fingerprint, Identity, OtherQuestionnaire, Question, Questionnaire, QuestionnaireSpec,
};
#[cfg(feature = "report")]
pub use report::Report;
pub use stage::{Stage, StageMap};
pub use text::Text;
pub use words::Words;

/// The questionnaire document as typed values: what one fills in to build a questionnaire in code,
/// and the ladder and method of one that is valid.
pub mod spec {
    pub use crate::questionnaire::{
        Aggregation, AskedIf, BandSpec, ChoiceSpec, ConditionSpec, Effort, FamilySpec,
        InvalidFingerprint, ItemSpec, Ladder, LadderPreset, LadderSpec, LadderTable, Limits,
        Method, NonAnswer, NotInRange, PillarSpec, Points, Policy, QuestionSpec, QuestionnaireSpec,
        Requirement, ScaleSpec, ScaleUse, Start, TermSpec, ThemeSpec,
    };
}

#[doc = include_str!("rules.md")]
pub mod rules {}

pub mod guide;

/// The examples of the README are compiled and run with the documentation tests.
#[cfg(all(doctest, feature = "cohort", feature = "report"))]
#[doc = include_str!("../README.md")]
mod readme {}
