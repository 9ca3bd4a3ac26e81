//! The questionnaire: the document, its check, and the valid value.

mod builtin;
mod check;
mod fingerprint;
mod identity;
mod ladder;
mod lint;
mod question;
mod read;
mod scale;
mod spec;

use std::fmt;
use std::sync::Arc;

use serde::{Deserializer, Serialize, Serializer};

pub use fingerprint::Fingerprint;
pub use identity::{Identity, OtherQuestionnaire};
pub use ladder::{Ladder, LadderPreset, LadderTable, Requirement};
pub use question::Question;
pub(crate) use scale::{Item, Scale, Ticks};
pub use spec::{
    Aggregation, BandSpec, ChoiceSpec, ConditionSpec, Effort, FamilySpec, ItemSpec, LadderSpec,
    Method, NonAnswer, Otherwise, PillarSpec, Points, Policy, QuestionSpec, QuestionnaireSpec,
    ScaleSpec, ScaleUse, SchemaVersion, ThemeSpec,
};

pub(crate) use check::Condition;

use self::check::Resolved;
use crate::diagnostic::{Errors, Warnings};
use crate::document::{At, Node, Place, Reader, deserialize_by_reading};
use crate::number::{Weight, gcd};
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
///     "error[unknown-scale] /questions/0/scale: unknown scale `fife` (did you mean `five`?)",
/// );
/// # Ok::<(), digital_maturity::Errors>(())
/// ```
#[derive(Clone)]
pub struct Questionnaire(Arc<Inner>);

struct Inner {
    spec: QuestionnaireSpec,
    resolved: Vec<Resolved>,
    /// What scoring needs of each question, close together.
    rules: Vec<Rule>,
    has_conditions: bool,
    /// Positions and weights of the questions of each pillar, ascending.
    pillar_questions: PillarMap<Vec<(usize, u32)>>,
    /// Positions of questions, in the order of their ids.
    by_id: Vec<usize>,
    /// Ids in order, shared with every result.
    question_ids: Arc<[String]>,
    theme_ids: Arc<[String]>,
    /// Positions of the questions of each theme, ascending.
    theme_questions: Vec<Vec<usize>>,
    ladder: Ladder,
    pillar_weights: PillarMap<Weight>,
    identity: Identity,
    warnings: Warnings,
}

/// What scoring needs of a question.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rule {
    pub(crate) pillar: Pillar,
    /// The weight over the greatest common divisor of all weights. Only the ratio of weights
    /// matters, and small ones keep sums within 64 bits.
    pub(crate) weight: u32,
    pub(crate) condition: Option<Condition>,
}

impl Questionnaire {
    /// The questionnaire in a JSON document.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the document, in one go and in its order (scoring rules,
    /// sections 1, 3, 4, 6 and 12).
    pub fn from_json(json: &str) -> Result<Self, Errors> {
        Self::from_node(&Node::from_json(json)?)
    }

    /// The questionnaire in a document of any serde format, with the same check and the same
    /// structured report as [`from_json`](Self::from_json).
    ///
    /// # Errors
    ///
    /// One finding if `document` cannot be read at all, else everything that is wrong with it.
    ///
    /// ```
    /// use digital_maturity::{Code, Questionnaire};
    ///
    /// // Here the format is JSON; a YAML or TOML crate hands over its deserializer the same way.
    /// let mut document = serde_json::Deserializer::from_str(r#"{ "schema": 1 }"#);
    /// let report = Questionnaire::from_document(&mut document).unwrap_err();
    /// assert!(report.iter().all(|finding| finding.code() == Code::MissingKey));
    /// ```
    pub fn from_document<'de, D: Deserializer<'de>>(document: D) -> Result<Self, Errors> {
        Self::from_node(&Node::from_document(document)?)
    }

    fn from_node(node: &Node<'_>) -> Result<Self, Errors> {
        let mut reader = Reader::default();
        let spec = read::questionnaire(&mut reader, At { node, place: &Place::ROOT });
        let Some(spec) = spec.filter(|_| !reader.overflowed()) else {
            return Err(reader.refuse(node));
        };
        let resolved = check::check(&mut reader, &spec);
        if reader.failed() {
            return Err(reader.refuse(node));
        }
        lint::lint(&mut reader, &spec, &resolved);
        let warnings = reader.finish(node)?;

        let ladder = lint::ladder(&spec);
        let fingerprint = Fingerprint::of(&fingerprint::canonical_text(&spec, &ladder, &resolved));
        let identity = Identity {
            id: spec.id.as_str().into(),
            version: spec.version.as_str().into(),
            fingerprint,
        };
        let weights = spec.questions.iter().map(|question| question.weight.thousandths());
        let divisor = weights.fold(0, |divisor, weight| gcd(divisor, weight.into())).max(1);
        let rule = |(question, of): (&QuestionSpec, &Resolved)| Rule {
            pillar: question.pillar,
            // At most the weight itself.
            weight: u32::try_from(u64::from(question.weight.thousandths()) / divisor)
                .unwrap_or(u32::MAX),
            condition: of.condition,
        };
        let rules: Vec<Rule> = spec.questions.iter().zip(&resolved).map(rule).collect();
        let pillar_questions = PillarMap::from_fn(|pillar| {
            let of_pillar = rules.iter().enumerate().filter(|(_, rule)| rule.pillar == pillar);
            of_pillar.map(|(position, rule)| (position, rule.weight)).collect()
        });
        let mut by_id: Vec<usize> = (0..spec.questions.len()).collect();
        by_id.sort_by_key(|&position| spec.questions.get(position).map(|q| q.id.as_str()));
        let theme_questions = (0..spec.themes.len())
            .map(|theme| {
                let of_theme =
                    resolved.iter().enumerate().filter(|(_, r)| r.themes.contains(&theme));
                of_theme.map(|(position, _)| position).collect()
            })
            .collect();
        Ok(Self(Arc::new(Inner {
            pillar_weights: check::weights(&spec),
            question_ids: spec.questions.iter().map(|question| question.id.clone()).collect(),
            theme_ids: spec.themes.iter().map(|theme| theme.id.clone()).collect(),
            spec,
            resolved,
            has_conditions: rules.iter().any(|rule| rule.condition.is_some()),
            rules,
            pillar_questions,
            by_id,
            theme_questions,
            ladder,
            identity,
            warnings,
        })))
    }

    /// The questionnaire's id.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.0.spec.id
    }

    /// The questionnaire's semantic version.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.0.spec.version
    }

    /// The title.
    #[must_use]
    pub fn title(&self) -> &Text {
        &self.0.spec.title
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
        &self.0.spec
    }

    /// How values are combined and what missing answers do.
    #[must_use]
    pub fn method(&self) -> &Method {
        &self.0.spec.method
    }

    /// The stage ladder.
    #[must_use]
    pub fn ladder(&self) -> &Ladder {
        &self.0.ladder
    }

    /// What each pillar counts in the overall.
    ///
    /// ```
    /// # use digital_maturity::{Questionnaire, Weight};
    /// assert_eq!(Questionnaire::dcx_pulse().pillar_weights().agile_approach, Weight::ONE);
    /// ```
    #[must_use]
    pub fn pillar_weights(&self) -> &PillarMap<Weight> {
        &self.0.pillar_weights
    }

    /// The themes, in the order of the document.
    #[must_use]
    pub fn themes(&self) -> &[ThemeSpec] {
        &self.0.spec.themes
    }

    /// The listed families of themes, in the order of the document.
    #[must_use]
    pub fn families(&self) -> &[FamilySpec] {
        &self.0.spec.families
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
        let questions = self.0.spec.questions.iter().zip(&self.0.resolved).enumerate();
        questions.map(|(position, (spec, resolved))| Question::new(position, spec, resolved, self))
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
        let spec = self.0.spec.questions.get(position)?;
        let resolved = self.0.resolved.get(position)?;
        Some(Question::new(position, spec, resolved, self))
    }

    /// The position of the question with that id.
    pub(crate) fn position(&self, id: &str) -> Option<usize> {
        let id_at = |&position: &usize| self.0.spec.questions.get(position).map(|q| q.id.as_str());
        let found =
            self.0.by_id.binary_search_by(|position| id_at(position).cmp(&Some(id))).ok()?;
        self.0.by_id.get(found).copied()
    }

    pub(crate) fn rules(&self) -> &[Rule] {
        &self.0.rules
    }

    pub(crate) fn question_ids(&self) -> &Arc<[String]> {
        &self.0.question_ids
    }

    pub(crate) fn theme_ids(&self) -> &Arc<[String]> {
        &self.0.theme_ids
    }

    pub(crate) fn has_conditions(&self) -> bool {
        self.0.has_conditions
    }

    /// Positions and weights of the questions of a pillar, ascending.
    pub(crate) fn pillar_questions(&self, pillar: Pillar) -> &[(usize, u32)] {
        &self.0.pillar_questions[pillar]
    }

    /// Positions of the questions of each theme, ascending.
    pub(crate) fn theme_questions(&self) -> &[Vec<usize>] {
        &self.0.theme_questions
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
        fingerprint::canonical_text(&self.0.spec, &self.0.ladder, &self.0.resolved)
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
        Arc::ptr_eq(&self.0, &other.0) || self.0.spec == other.0.spec
    }
}

impl TryFrom<QuestionnaireSpec> for Questionnaire {
    type Error = Errors;

    /// Checks a specification built in code, by the same door as any document: paths are those of
    /// its JSON form. A number that JSON has no form for is written as null, and refused.
    fn try_from(spec: QuestionnaireSpec) -> Result<Self, Errors> {
        let json = serde_json::to_string(&spec).unwrap_or_default();
        Self::from_json(&json)
    }
}

impl Serialize for Questionnaire {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.spec.serialize(serializer)
    }
}

fn spec_from_node(node: &Node<'_>) -> Result<QuestionnaireSpec, Errors> {
    Reader::document(node, read::questionnaire)
}

deserialize_by_reading!(Questionnaire, Questionnaire::from_node);
deserialize_by_reading!(QuestionnaireSpec, spec_from_node);
