//! The questionnaire: the document, its check, and the valid value.

mod builtin;
mod check;
mod condition;
mod doors;
mod draft;
mod fingerprint;
mod identity;
mod ladder;
mod limits;
mod meeting;
mod lint;
mod lists;
mod part;
mod question;
mod question_set;
mod read;
mod references;
mod resolved;
mod scale;
mod size;
mod spec;
mod texts;

use std::fmt;
use std::sync::Arc;

use serde::{Serialize, Serializer};

pub(crate) use condition::{Comparison, Condition, Test, Verdict};
pub use fingerprint::{Fingerprint, InvalidFingerprint};
pub use identity::{Identity, OtherQuestionnaire};
pub use ladder::{Ladder, LadderPreset, LadderTable, Requirement};
pub(crate) use limits::QUESTIONS;
pub(crate) use meeting::Meeting;
pub use meeting::{End, Range};
pub use question::Question;
pub(crate) use question_set::QuestionSet;
pub(crate) use resolved::Rule;
pub(crate) use scale::{Item, Scale, Ticks};
pub use size::Limits;
pub(crate) use spec::SchemaVersion;
pub use spec::{
    Aggregation, AskedIf, BandSpec, ChoiceSpec, ConditionSpec, Effort, FamilySpec, ItemSpec,
    LadderSpec, Method, NonAnswer, NotInRange, PillarSpec, Points, Policy, QuestionSpec,
    QuestionnaireSpec, ScaleSpec, ScaleUse, Start, TermSpec, ThemeSpec,
};

use self::resolved::Resolved;
use crate::diagnostic::Warnings;
use crate::number::Weight;
use crate::pillar::{Pillar, PillarMap};
use crate::text::Text;

/// A questionnaire that can be answered and scored: its document was checked from end to end.
///
/// One with a dangling reference, a pillar that nothing can score, a weight out of range or any
/// other fault cannot exist. It is immutable and cheap to clone: clones share one value.
///
/// ```
/// use digital_maturity::Questionnaire;
///
/// let text = r#"{
///     "schema": 1, "id": "mine", "version": "1.0.0", "title": "Mine",
///     "scales": { "five": { "kind": "choice", "choices": [
///         { "value": 1, "text": "on paper" }, { "value": 2, "text": "by mail" },
///         { "value": 3, "text": "in a shared list" }, { "value": 4, "text": "in one system" },
///         { "value": 5, "text": "by itself" } ] } },
///     "questions": [
///         { "id": "a", "pillar": "digital_first_mindset",      "title": "A?", "scale": "five" },
///         { "id": "b", "pillar": "agile_approach",             "title": "B?", "scale": "five" },
///         { "id": "c", "pillar": "culture_of_experimentation", "title": "C?", "scale": "five" },
///         { "id": "d", "pillar": "connected_systems",          "title": "D?", "scale": "five" }
///     ]
/// }"#;
/// let questionnaire = Questionnaire::from_json(text)?;
/// assert_eq!(questionnaire.question("d").unwrap().title().as_str(), "D?");
///
/// // Every fault is found in one go, each with its place and a stable code.
/// let broken = text.replace("five\" }", "fife\", \"weight\": -1 }");
/// let report = Questionnaire::from_json(&broken).unwrap_err();
/// assert_eq!(report.iter().len(), 8);
/// assert_eq!(
///     report.first().to_string(),
///     "8:86: error[unknown-scale] /questions/0/scale: unknown scale `fife` (did you mean `five`?)",
/// );
/// # Ok::<(), digital_maturity::Errors>(())
/// ```
#[derive(Clone)]
pub struct Questionnaire(Arc<Inner>);

struct Inner {
    of: Resolved,
    identity: Identity,
    warnings: Warnings,
}

impl Questionnaire {
    /// The questionnaire's id.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.0.of.spec.id
    }

    /// The questionnaire's semantic version.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.0.of.spec.version
    }

    /// The title.
    #[must_use]
    pub fn title(&self) -> &Text {
        &self.0.of.spec.title
    }

    /// What it is for.
    ///
    /// ```
    /// # use digital_maturity::Questionnaire;
    /// assert!(Questionnaire::dcx().description().is_some());
    /// ```
    #[must_use]
    pub fn description(&self) -> Option<&Text> {
        self.0.of.spec.description.as_ref()
    }

    /// The language of the default texts, a BCP 47 tag, if the document states it. See
    /// [`languages`](Self::languages) for all that there are.
    #[must_use]
    pub fn language(&self) -> Option<&str> {
        self.0.of.spec.language.as_deref()
    }

    /// What those who answer should know before they begin.
    #[must_use]
    pub fn instructions(&self) -> Option<&Text> {
        self.0.of.spec.instructions.as_ref()
    }

    /// What terms of the questions mean, in the order of the document.
    ///
    /// ```
    /// use digital_maturity::spec::TermSpec;
    /// # use digital_maturity::Questionnaire;
    ///
    /// let mut spec = Questionnaire::dcx_pulse().spec().clone();
    /// spec.glossary = vec![TermSpec::new("hub", "A team whose data others may use")];
    /// let explained = Questionnaire::try_from(spec)?;
    /// assert_eq!(explained.glossary()[0].term.as_str(), "hub");
    /// // What explains the questions changes no score.
    /// assert_eq!(explained.fingerprint(), Questionnaire::dcx_pulse().fingerprint());
    /// # Ok::<(), digital_maturity::Errors>(())
    /// ```
    #[must_use]
    pub fn glossary(&self) -> &[TermSpec] {
        &self.0.of.spec.glossary
    }

    /// Which questionnaire it is, as results and errors name it.
    ///
    /// ```
    /// # use digital_maturity::Questionnaire;
    /// let pulse = Questionnaire::dcx_pulse();
    /// assert_eq!(pulse.identity(), &pulse.sheet().assess().record().questionnaire);
    /// ```
    #[must_use]
    pub fn identity(&self) -> &Identity {
        &self.0.identity
    }

    /// The whole document, as data.
    ///
    /// ```
    /// # use digital_maturity::{Questionnaire, QuestionnaireSpec};
    /// // A new version starts from the old one's document.
    /// let mut spec: QuestionnaireSpec = Questionnaire::dcx_pulse().spec().clone();
    /// spec.version = "1.1.0".to_owned();
    /// spec.questions[0].weight = "2".parse()?;
    /// let next = Questionnaire::try_from(spec)?;
    /// assert_ne!(next.fingerprint(), Questionnaire::dcx_pulse().fingerprint());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn spec(&self) -> &QuestionnaireSpec {
        &self.0.of.spec
    }

    /// How values are combined and what missing answers do.
    #[must_use]
    pub fn method(&self) -> &Method {
        &self.0.of.spec.method
    }

    /// The stage ladder.
    #[must_use]
    pub fn ladder(&self) -> &Ladder {
        &self.0.of.ladder
    }

    /// What each pillar counts in the overall.
    ///
    /// ```
    /// # use digital_maturity::{Questionnaire, Weight};
    /// assert_eq!(Questionnaire::dcx_pulse().pillar_weights().agile_approach, Weight::ONE);
    /// ```
    #[must_use]
    pub fn pillar_weights(&self) -> &PillarMap<Weight> {
        &self.0.of.pillar_weights
    }

    /// The themes, in the order of the document.
    #[must_use]
    pub fn themes(&self) -> &[ThemeSpec] {
        &self.0.of.spec.themes
    }

    /// The theme with that id.
    ///
    /// ```
    /// # use digital_maturity::Questionnaire;
    /// assert!(Questionnaire::dcx().theme("no_such_theme").is_none());
    /// ```
    #[must_use]
    pub fn theme(&self, id: &str) -> Option<&ThemeSpec> {
        self.themes().iter().find(|theme| theme.id == id)
    }

    /// The listed families of themes, in the order of the document.
    #[must_use]
    pub fn families(&self) -> &[FamilySpec] {
        &self.0.of.spec.families
    }

    /// The questions, in the order in which they are asked.
    ///
    /// ```
    /// # use digital_maturity::Questionnaire;
    /// let pulse = Questionnaire::dcx_pulse();
    /// for question in pulse.questions() {
    ///     println!("{}: {}", question.id(), question.title());
    /// }
    /// ```
    #[must_use]
    pub fn questions(&self) -> impl ExactSizeIterator<Item = Question<'_>> + Clone {
        (0..self.0.of.questions.len()).map(|position| Question::new(position, self))
    }

    /// The questions of one pillar, in the order in which they are asked.
    ///
    /// ```
    /// # use digital_maturity::{Pillar, Questionnaire};
    /// let pulse = Questionnaire::dcx_pulse();
    /// assert_eq!(pulse.questions_of(Pillar::AgileApproach).count(), 3);
    /// ```
    pub fn questions_of(&self, pillar: Pillar) -> impl Iterator<Item = Question<'_>> + Clone {
        self.questions().filter(move |question| question.pillar() == pillar)
    }

    /// The question with that id.
    ///
    /// ```
    /// # use digital_maturity::Questionnaire;
    /// assert!(Questionnaire::dcx_pulse().question("no_such_question").is_none());
    /// ```
    #[must_use]
    pub fn question(&self, id: &str) -> Option<Question<'_>> {
        self.question_at(self.position(id)?)
    }

    pub(crate) fn question_at(&self, position: usize) -> Option<Question<'_>> {
        (position < self.0.of.questions.len()).then(|| Question::new(position, self))
    }

    /// The position of the question with that id.
    pub(crate) fn position(&self, id: &str) -> Option<usize> {
        let id_at =
            |&position: &usize| self.0.of.spec.questions.get(position).map(|q| q.id.as_str());
        let found =
            self.0.of.by_id.binary_search_by(|position| id_at(position).cmp(&Some(id))).ok()?;
        self.0.of.by_id.get(found).copied()
    }

    pub(crate) fn rules(&self) -> &[Rule] {
        &self.0.of.rules
    }

    pub(crate) fn question_ids(&self) -> &Arc<[String]> {
        &self.0.of.question_ids
    }

    pub(crate) fn theme_ids(&self) -> &Arc<[String]> {
        &self.0.of.theme_ids
    }

    pub(crate) fn has_conditions(&self) -> bool {
        self.0.of.has_conditions
    }

    /// Positions and weights of the questions of a pillar, ascending.
    pub(crate) fn pillar_questions(&self, pillar: Pillar) -> &[(usize, u32)] {
        &self.0.of.pillar_questions[pillar]
    }

    /// Positions of the questions of each theme, ascending.
    pub(crate) fn theme_questions(&self) -> &[Vec<usize>] {
        &self.0.of.theme_questions
    }

    /// What the author of this questionnaire should look at. A warning never makes a document
    /// invalid.
    ///
    /// ```
    /// # use digital_maturity::{Code, Questionnaire};
    /// let mut spec = Questionnaire::dcx_pulse().spec().clone();
    /// spec.questions[0].weight = "9".parse()?;
    /// let lopsided = Questionnaire::try_from(spec)?;
    /// assert_eq!(lopsided.warnings().iter().next().unwrap().code(), Code::DominantQuestion);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn warnings(&self) -> &Warnings {
        &self.0.warnings
    }

    /// The hash of everything that can change a score: two results can be compared if theirs agree.
    #[must_use]
    pub fn fingerprint(&self) -> Fingerprint {
        self.0.identity.fingerprint
    }

    /// The text that the [fingerprint](Fingerprint) is the hash of.
    #[must_use]
    pub fn canonical_text(&self) -> String {
        fingerprint::canonical_text(&self.0.of)
    }
}

impl fmt::Debug for Questionnaire {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Questionnaire")
            .field("id", &self.id())
            .field("version", &self.version())
            .field("fingerprint", &self.fingerprint())
            .finish_non_exhaustive()
    }
}

/// Two questionnaires are equal if their documents say the same.
impl PartialEq for Questionnaire {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.0.of.spec == other.0.of.spec
    }
}

impl Serialize for Questionnaire {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.of.spec.serialize(serializer)
    }
}
