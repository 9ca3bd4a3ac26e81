//! A result as it is saved and read back.

use std::fmt;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::Assessment;
use super::result::{
    NextStage, Overall, PillarResult, QuestionResult, Reason, Standing, StateCounts, Unmet,
};
use crate::date::Date;
use crate::diagnostic::{Diagnostics, Excerpt, Path, Problem};
use crate::document::{At, Fields, Node, Place, Reader, deserialize_by_reading};
use crate::id::named;
use crate::number::Score;
use crate::pillar::{PillarMap, PillarSet};
use crate::questionnaire::{Fingerprint, Question, ThemeSpec};
use crate::responses::AnswerSheet;
use crate::stage::Stage;

/// A result as it was saved: well-formed, but not verified. An app can show what it saved, also
/// after the questionnaire has changed; [`verify`](Self::verify) tells whether it still follows
/// from the answers.
///
/// This is also the form in which an [`Assessment`] serialises (scoring rules, section 12). Reading
/// passes over keys that it does not know, as a later version may say more.
///
/// ```
/// use digital_maturity::{Questionnaire, StoredAssessment};
///
/// let sheet = Questionnaire::dcx_pulse().sheet();
/// let saved = serde_json::to_string(&sheet.assess()).unwrap();
/// let stored = StoredAssessment::from_json(&saved)?;
/// assert_eq!(stored.questionnaire.id, "dcx_pulse");
/// assert!(stored.verify(&sheet).is_ok());
///
/// // A figure that was changed by hand does not go unnoticed.
/// let forged = saved.replacen(r#""unanswered":3"#, r#""unanswered":0"#, 1);
/// let mismatch = StoredAssessment::from_json(&forged)?.verify(&sheet).unwrap_err();
/// assert_eq!(mismatch.paths[0].to_string(), "/pillars/digital_first_mindset");
/// # Ok::<(), digital_maturity::Diagnostics>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StoredAssessment {
    /// Which questionnaire was answered.
    pub questionnaire: Identity,
    /// Who answered, if that was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub respondent: Option<String>,
    /// The day on which the answers were given, if that was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub taken: Option<Date>,
    /// The overall, or why there is none.
    pub overall: Overall,
    /// The next stage and what blocks it.
    pub next_stage: Option<NextStage>,
    /// The result of each pillar.
    pub pillars: PillarMap<PillarResult>,
    /// The result of each theme.
    pub themes: Vec<StoredTheme>,
    /// What became of each question.
    pub questions: Vec<StoredQuestion>,
}

/// Which questionnaire a result is of.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Identity {
    /// The questionnaire's id.
    pub id: String,
    /// The questionnaire's version.
    pub version: String,
    /// The hash of everything in it that can change a score.
    pub fingerprint: Fingerprint,
}

/// The result of a theme, by its id.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StoredTheme {
    /// The theme's id.
    pub id: String,
    /// The score and the theme's own stage, or why there is none.
    #[serde(flatten)]
    pub standing: Standing,
}

/// What became of a question, by its id.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StoredQuestion {
    /// The question's id.
    pub id: String,
    /// What became of it.
    #[serde(flatten)]
    pub result: QuestionResult,
}

/// A stored result does not follow from the answers it is compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mismatch {
    /// Where the stored result differs from the recomputed one. At least one.
    pub paths: Vec<Path>,
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the stored result differs from the recomputed one at ")?;
        for (i, path) in self.paths.iter().enumerate() {
            write!(f, "{}{path}", if i == 0 { "" } else { ", " })?;
        }
        Ok(())
    }
}

impl std::error::Error for Mismatch {}

impl StoredAssessment {
    /// The stored result in a JSON text.
    ///
    /// # Errors
    ///
    /// Everything that is not well-formed, in one go. Whether the figures agree with each other is
    /// not looked at: that is what [`verify`](Self::verify) is for.
    pub fn from_json(json: &str) -> Result<Self, Diagnostics> {
        from_node(&Node::from_json(json)?)
    }

    /// Recomputes the result from `sheet`.
    ///
    /// # Errors
    ///
    /// Where the stored result differs from the recomputed one, be it in the questionnaire, in a
    /// figure, or in the day it was taken.
    pub fn verify(&self, sheet: &AnswerSheet) -> Result<Assessment, Mismatch> {
        let assessment = sheet.assess();
        let paths = self.differences(&Self::from(&assessment));
        if paths.is_empty() { Ok(assessment) } else { Err(Mismatch { paths }) }
    }

    fn differences(&self, other: &Self) -> Vec<Path> {
        let root = Place::ROOT;
        let mut paths = Vec::new();
        let mut note = |place: Place<'_>, equal: bool| {
            if !equal {
                paths.push(place.path());
            }
        };
        note(root.key("questionnaire"), self.questionnaire == other.questionnaire);
        note(root.key("respondent"), self.respondent == other.respondent);
        note(root.key("taken"), self.taken == other.taken);
        note(root.key("overall"), self.overall == other.overall);
        note(root.key("next_stage"), self.next_stage == other.next_stage);
        let pillars = root.key("pillars");
        for (pillar, result) in self.pillars.iter() {
            note(pillars.key(pillar.as_str()), *result == other.pillars[pillar]);
        }
        let themes = root.key("themes");
        for index in 0..self.themes.len().max(other.themes.len()) {
            note(themes.index(index), self.themes.get(index) == other.themes.get(index));
        }
        let questions = root.key("questions");
        for index in 0..self.questions.len().max(other.questions.len()) {
            note(questions.index(index), self.questions.get(index) == other.questions.get(index));
        }
        paths
    }
}

impl From<&Assessment> for StoredAssessment {
    fn from(assessment: &Assessment) -> Self {
        let questionnaire = assessment.questionnaire();
        let theme = |(theme, standing): (&ThemeSpec, Standing)| StoredTheme {
            id: theme.id.clone(),
            standing,
        };
        let question = |(question, result): (Question<'_>, QuestionResult)| StoredQuestion {
            id: question.id().to_owned(),
            result,
        };
        Self {
            questionnaire: Identity {
                id: questionnaire.id().to_owned(),
                version: questionnaire.version().to_owned(),
                fingerprint: questionnaire.fingerprint(),
            },
            respondent: assessment.sheet().respondent().map(str::to_owned),
            taken: assessment.sheet().taken(),
            overall: assessment.overall(),
            next_stage: assessment.next_stage().cloned(),
            pillars: *assessment.pillars(),
            themes: assessment.themes().map(theme).collect(),
            questions: assessment.questions().map(question).collect(),
        }
    }
}

impl Serialize for Overall {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(3))?;
        match self {
            Self::Scored { score, stage } => {
                map.serialize_entry("status", "scored")?;
                map.serialize_entry("score", score)?;
                map.serialize_entry("stage", stage)?;
            }
            Self::NotScorable { pillars } => {
                map.serialize_entry("status", "not_scorable")?;
                map.serialize_entry("reason", "pillar")?;
                map.serialize_entry("pillars", pillars)?;
            }
        }
        map.end()
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Overall {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Overall".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let (score, stage) =
            (generator.subschema_for::<Score>(), generator.subschema_for::<Stage>());
        let pillars = generator.subschema_for::<PillarSet>();
        schemars::json_schema!({
            "oneOf": [
                {
                    "type": "object",
                    "properties": { "status": { "const": "scored" }, "score": score, "stage": stage },
                    "required": ["status", "score", "stage"]
                },
                {
                    "type": "object",
                    "properties": {
                        "status": { "const": "not_scorable" },
                        "reason": { "const": "pillar" },
                        "pillars": pillars
                    },
                    "required": ["status", "reason", "pillars"]
                }
            ]
        })
    }
}

/// Whether there is a score.
enum Status {
    Scored,
    NotScorable,
}

named!(private Status, "status", [Scored => "scored", NotScorable => "not_scorable"]);

fn from_node(node: &Node<'_>) -> Result<StoredAssessment, Diagnostics> {
    let mut reader = Reader::default();
    let stored = stored(&mut reader, At { node, place: &Place::ROOT });
    match stored.filter(|_| !reader.failed()) {
        Some(stored) => Ok(stored),
        None => Err(reader.finish(node)),
    }
}

deserialize_by_reading!(StoredAssessment, from_node);

// Every field is read before any is given up on, so that all faults are found.

fn stored(reader: &mut Reader, at: At<'_>) -> Option<StoredAssessment> {
    let mut fields = reader.fields(at)?;
    let questionnaire = fields.required(reader, "questionnaire", identity);
    let respondent = fields.optional(reader, "respondent", owned_text);
    let taken = fields.optional(reader, "taken", |reader, at| {
        let text = reader.text(at)?;
        let date = text.parse().ok();
        if date.is_none() {
            reader.error(at.place, Problem::InvalidDate { found: Excerpt::new(text) });
        }
        date
    });
    let overall = fields.required(reader, "overall", overall);
    let next_stage = nullable(&mut fields, reader, "next_stage", next_stage);
    let pillars = fields.required(reader, "pillars", pillars);
    let themes = fields.required(reader, "themes", |reader, at| {
        let themes = reader.list(at, "themes", (0, usize::MAX), theme)?;
        themes.into_iter().collect::<Option<Vec<StoredTheme>>>()
    });
    let questions = fields.required(reader, "questions", |reader, at| {
        let questions = reader.list(at, "questions", (0, usize::MAX), question)?;
        questions.into_iter().collect::<Option<Vec<StoredQuestion>>>()
    });
    Some(StoredAssessment {
        questionnaire: questionnaire?,
        respondent,
        taken,
        overall: overall?,
        next_stage: next_stage?,
        pillars: pillars?,
        themes: themes?,
        questions: questions?,
    })
}

fn owned_text(reader: &mut Reader, at: At<'_>) -> Option<String> {
    reader.text(at).map(str::to_owned)
}

fn identity(reader: &mut Reader, at: At<'_>) -> Option<Identity> {
    let mut fields = reader.fields(at)?;
    let id = fields.required(reader, "id", owned_text);
    let version = fields.required(reader, "version", owned_text);
    let fingerprint = fields.required(reader, "fingerprint", |reader, at| {
        let fingerprint = Fingerprint::parse(reader.text(at)?);
        if fingerprint.is_none() {
            reader.wrong_type(at, "64 lower-case hexadecimal digits");
        }
        fingerprint
    });
    Some(Identity { id: id?, version: version?, fingerprint: fingerprint? })
}

fn score(reader: &mut Reader, at: At<'_>) -> Option<Score> {
    reader.score(at, "score")
}

/// The field `key` as `read` reads it, or `None` in place of a null.
#[expect(clippy::option_option, reason = "missing is a fault, null is a value")]
fn nullable<T>(
    fields: &mut Fields<'_>,
    reader: &mut Reader,
    key: &'static str,
    read: impl FnOnce(&mut Reader, At<'_>) -> Option<T>,
) -> Option<Option<T>> {
    fields.required(reader, key, |reader, at| {
        if *at.node == Node::Null { Some(None) } else { read(reader, at).map(Some) }
    })
}

fn overall(reader: &mut Reader, at: At<'_>) -> Option<Overall> {
    let mut fields = reader.fields(at)?;
    match fields.required(reader, "status", Reader::name)? {
        Status::Scored => {
            let score = fields.required(reader, "score", score);
            let stage = fields.required(reader, "stage", Reader::name);
            Some(Overall::Scored { score: score?, stage: stage? })
        }
        Status::NotScorable => {
            let pillars = fields.required(reader, "pillars", |reader, at| {
                let pillars = reader.list(at, "pillars", (0, usize::MAX), Reader::name)?;
                pillars.into_iter().collect::<Option<PillarSet>>()
            });
            Some(Overall::NotScorable { pillars: pillars? })
        }
    }
}

fn standing(reader: &mut Reader, fields: &mut Fields<'_>) -> Option<Standing> {
    match fields.required(reader, "status", Reader::name)? {
        Status::Scored => {
            let found = fields.required(reader, "score", score);
            let stage = fields.required(reader, "stage", Reader::name);
            let coverage = fields.required(reader, "coverage", score);
            Some(Standing::Scored { score: found?, stage: stage?, coverage: coverage? })
        }
        Status::NotScorable => {
            let reason = fields.required(reader, "reason", Reader::name::<Reason>);
            let coverage = nullable(fields, reader, "coverage", score);
            Some(Standing::NotScorable { reason: reason?, coverage: coverage? })
        }
    }
}

fn pillars(reader: &mut Reader, at: At<'_>) -> Option<PillarMap<PillarResult>> {
    let mut fields = reader.fields(at)?;
    let results =
        PillarMap::from_fn(|pillar| fields.required(reader, pillar.as_str(), pillar_result));
    Some(PillarMap {
        digital_first_mindset: results.digital_first_mindset?,
        agile_approach: results.agile_approach?,
        culture_of_experimentation: results.culture_of_experimentation?,
        connected_systems: results.connected_systems?,
    })
}

fn pillar_result(reader: &mut Reader, at: At<'_>) -> Option<PillarResult> {
    let mut fields = reader.fields(at)?;
    let standing = standing(reader, &mut fields);
    let counts = fields.required(reader, "counts", |reader, at| {
        let mut fields = reader.fields(at)?;
        let count = |reader: &mut Reader, at: At<'_>| {
            u32::try_from(reader.whole(at, "count", 0, i64::from(u16::MAX))?).ok()
        };
        let answered = fields.required(reader, "answered", count);
        let not_applicable = fields.required(reader, "not_applicable", count);
        let dont_know = fields.required(reader, "dont_know", count);
        let unanswered = fields.required(reader, "unanswered", count);
        let not_asked = fields.required(reader, "not_asked", count);
        Some(StateCounts {
            answered: answered?,
            not_applicable: not_applicable?,
            dont_know: dont_know?,
            unanswered: unanswered?,
            not_asked: not_asked?,
        })
    });
    Some(PillarResult { standing: standing?, counts: counts? })
}

fn theme(reader: &mut Reader, at: At<'_>) -> Option<StoredTheme> {
    let mut fields = reader.fields(at)?;
    let id = fields.required(reader, "id", owned_text);
    let standing = standing(reader, &mut fields);
    Some(StoredTheme { id: id?, standing: standing? })
}

fn question(reader: &mut Reader, at: At<'_>) -> Option<StoredQuestion> {
    let mut fields = reader.fields(at)?;
    let id = fields.required(reader, "id", owned_text);
    let state = fields.required(reader, "state", Reader::name);
    let credit = nullable(&mut fields, reader, "credit", score);
    let contribution = nullable(&mut fields, reader, "contribution", score);
    let result = QuestionResult { state: state?, credit: credit?, contribution: contribution? };
    Some(StoredQuestion { id: id?, result })
}

fn next_stage(reader: &mut Reader, at: At<'_>) -> Option<NextStage> {
    let mut fields = reader.fields(at)?;
    let stage = fields.required(reader, "stage", Reader::name);
    let unmet = fields.required(reader, "unmet", |reader, at| {
        let unmet = reader.list(at, "unmet requirements", (0, usize::MAX), unmet)?;
        unmet.into_iter().collect::<Option<Vec<Unmet>>>()
    });
    Some(NextStage { stage: stage?, unmet: unmet? })
}

/// Which requirement is unmet.
enum Requirement {
    Overall,
    EveryPillar,
}

named!(private Requirement, "requirement", [Overall => "overall", EveryPillar => "every_pillar"]);

fn unmet(reader: &mut Reader, at: At<'_>) -> Option<Unmet> {
    let mut fields = reader.fields(at)?;
    let requirement = fields.required(reader, "requirement", Reader::name)?;
    let required = fields.required(reader, "required", score);
    let actual = fields.required(reader, "actual", score);
    let shortfall = fields.required(reader, "shortfall", score);
    match requirement {
        Requirement::Overall => {
            Some(Unmet::Overall { required: required?, actual: actual?, shortfall: shortfall? })
        }
        Requirement::EveryPillar => {
            let pillar = fields.required(reader, "pillar", Reader::name);
            Some(Unmet::EveryPillar {
                pillar: pillar?,
                required: required?,
                actual: actual?,
                shortfall: shortfall?,
            })
        }
    }
}
