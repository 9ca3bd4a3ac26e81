//! Same questionnaire? The hash of everything that can change a score (scoring rules, section 11).

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use serde_json::{Value, json};

use super::resolved::{Resolved, ResolvedQuestion};
use super::scale::Scale;
use super::spec::{ConditionSpec, Policy, QuestionSpec, Start};
use crate::document::{At, Reader};
use crate::number::Units;
use crate::pillar::Pillar;
use crate::stage::Stage;

/// The SHA-256 of a questionnaire's canonical text: equal for two questionnaires exactly if the
/// same answers always lead to the same scores.
///
/// Titles, texts, translations, id and version are not in it; weights, scales, conditions, policies
/// and bounds are. Displays as 64 lower-case hexadecimal digits.
///
/// # The canonical text
///
/// RFC 8785 canonical JSON of integers and strings. For a questionnaire with one yes-or-no question
/// `a` in `agile_approach`, which carries all the weight:
///
/// ```
/// use digital_maturity::Questionnaire;
///
/// let questionnaire = Questionnaire::from_json(r#"{
///     "schema": 1, "id": "tiny", "version": "1.0.0", "title": "Tiny",
///     "pillars": {
///         "digital_first_mindset": { "weight": 0 },
///         "culture_of_experimentation": { "weight": 0 },
///         "connected_systems": { "weight": 0 }
///     },
///     "questions": [
///         { "id": "a", "pillar": "agile_approach", "title": "?", "scale": { "kind": "yes_no" } }
///     ]
/// }"#)?;
/// assert_eq!(
///     questionnaire.canonical_text(),
///     concat!(
///         r#"{"aggregation":"arithmetic","dont_know":"exclude","minimum_coverage":500000000,"#,
///         r#""pillars":[0,1000,0,0],"questions":[{"asked_if":null,"forbid":[],"id":"a","#,
///         r#""pillar":"agile_approach","scale":{"kind":"yes_no","yes":"1000000000000000"},"#,
///         r#""weight":1000}],"stages":[[200000000,0],[400000000,200000000],"#,
///         r#"[600000000,400000000],[800000000,600000000]],"themes":{},"unanswered":"exclude"}"#,
///     ),
/// );
/// assert_eq!(
///     questionnaire.fingerprint().to_string(),
///     "7239b5b466e9c7682ba5aa8769a89bd7f04109dfff343e9f304629e8a646e340",
/// );
/// # Ok::<(), digital_maturity::Errors>(())
/// ```
///
/// Weights are in thousandths, bounds in billionths, credits in units of 1e-15 as text. A choice
/// scale lists its choices as `[value, credit]` by ascending value, a checklist its items as
/// `[id, points]` by id, a measure its bands as `[start, credit]`, where the start is the number as
/// RFC 8785 writes it, in quotes, with `>` before it for `above`.
///
/// # Conditions
///
/// A comparison is `{"at_least", "question"}`, `{"at_most", "question"}` or `{"question", "ticked"}`;
/// a join has its members by ascending canonical text, each once, and one member alone stands for
/// the whole. `otherwise`, null or `"lowest"`, stands beside the outermost. Here a condition and a
/// band that starts `above`:
///
/// ```
/// use digital_maturity::Questionnaire;
///
/// let questionnaire = Questionnaire::from_json(r#"{
///     "schema": 1, "id": "tiny", "version": "1.0.0", "title": "Tiny",
///     "pillars": {
///         "digital_first_mindset": { "weight": 0 },
///         "culture_of_experimentation": { "weight": 0 },
///         "connected_systems": { "weight": 0 }
///     },
///     "questions": [
///         { "id": "a", "pillar": "agile_approach", "title": "?",
///           "scale": { "kind": "checklist", "items": [{ "id": "x", "text": "X" }] } },
///         { "id": "b", "pillar": "agile_approach", "title": "?",
///           "scale": { "kind": "measure", "unit": "days",
///                      "bands": [{ "from": 0, "credit": 1 }, { "above": 7, "credit": 0 }] },
///           "asked_if": {
///               "any": [
///                   { "question": "a", "ticked": "x" },
///                   { "all": [{ "question": "a", "at_least": 0.5 }] },
///                   { "question": "a", "ticked": "x" }
///               ],
///               "otherwise": "lowest" } }
///     ]
/// }"#)?;
/// assert!(questionnaire.canonical_text().contains(concat!(
///     r#"{"asked_if":{"any":[{"at_least":500000000,"question":"a"},"#,
///     r#"{"question":"a","ticked":"x"}],"otherwise":"lowest"},"forbid":[],"id":"b","#,
///     r#""pillar":"agile_approach","scale":{"bands":[["0","1000000000000000"],[">7","0"]],"#,
///     r#""kind":"measure"},"weight":1000}"#,
/// )));
/// # Ok::<(), digital_maturity::Errors>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[doc(alias("hash", "checksum", "sha256"))]
pub struct Fingerprint([u8; 32]);

impl Fingerprint {
    pub(super) fn of(questionnaire: &Resolved) -> Self {
        let mut hash = hmac_sha256::Hash::new();
        each_part(questionnaire, |part| hash.update(part.as_bytes()));
        Self(hash.finalize())
    }

    /// The fingerprint of these bytes, as a database keeps them. Which questionnaire it is of, if of
    /// any, does not follow from them.
    ///
    /// ```
    /// use digital_maturity::{Fingerprint, Questionnaire};
    ///
    /// let fingerprint = Questionnaire::dcx().fingerprint();
    /// assert_eq!(Fingerprint::from_bytes(*fingerprint.as_bytes()), fingerprint);
    /// ```
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The bytes of the hash, in the order in which the text shows them.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The fingerprint that a document states.
    pub(crate) fn read(reader: &mut Reader, at: At<'_>) -> Option<Self> {
        let fingerprint = reader.text(at)?.parse().ok();
        if fingerprint.is_none() {
            reader.wrong_type(at, "64 lower-case hexadecimal digits");
        }
        fingerprint
    }
}

/// A text that shows no [`Fingerprint`].
///
/// ```
/// use digital_maturity::Fingerprint;
///
/// let error = "ABCD".parse::<Fingerprint>().unwrap_err();
/// assert_eq!(error.to_string(), "not a fingerprint of 64 lower-case hexadecimal digits");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a fingerprint of 64 lower-case hexadecimal digits")]
#[non_exhaustive]
pub struct InvalidFingerprint;

impl FromStr for Fingerprint {
    type Err = InvalidFingerprint;

    fn from_str(text: &str) -> Result<Self, InvalidFingerprint> {
        let digit = |byte: u8| match byte {
            b'0'..=b'9' => Ok(byte - b'0'),
            b'a'..=b'f' => Ok(byte - b'a' + 10),
            _ => Err(InvalidFingerprint),
        };
        let digits: [u8; 64] = text.as_bytes().try_into().map_err(|_| InvalidFingerprint)?;
        let mut bytes = [0; 32];
        let (high, low) = (digits.iter().step_by(2), digits.iter().skip(1).step_by(2));
        for (byte, (high, low)) in bytes.iter_mut().zip(high.zip(low)) {
            *byte = digit(*high)? << 4 | digit(*low)?;
        }
        Ok(Self(bytes))
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Fingerprint({self})")
    }
}

impl Serialize for Fingerprint {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Fingerprint {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Fingerprint {
    fn schema_name() -> Cow<'static, str> {
        "Fingerprint".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "pattern": "^[0-9a-f]{64}$" })
    }
}

pub(super) fn canonical_text(of: &Resolved) -> String {
    let mut text = String::new();
    each_part(of, |part| text.push_str(part));
    text
}

/// Hands over the canonical text part by part, as the whole can be a hundred times the document:
/// a shared scale stands in it for every question that has it. Its keys are ASCII, so that sorting
/// them as bytes is the order of RFC 8785; integers and the escapes of text are written by
/// `serde_json` as RFC 8785 wants them.
fn each_part(of: &Resolved, mut part: impl FnMut(&str)) {
    let spec = &of.spec;
    let stage = |stage: Stage| {
        let requirement = of.ladder.requirement(stage);
        [requirement.overall.billionths(), requirement.every_pillar.billionths()]
    };
    let mut themes: BTreeMap<&str, Vec<&str>> =
        spec.themes.iter().map(|theme| (theme.id.as_str(), Vec::new())).collect();
    for question in &spec.questions {
        for theme in &question.themes {
            themes.entry(theme).or_default().push(&question.id);
        }
    }
    for ids in themes.values_mut() {
        ids.sort_unstable();
    }
    let mut questions: Vec<_> = spec.questions.iter().zip(&of.questions).collect();
    questions.sort_unstable_by_key(|(question, _)| question.id.as_str());
    let question = |(question, of): &(&QuestionSpec, &ResolvedQuestion)| {
        let mut forbid = question.forbid.clone();
        forbid.sort_unstable_by_key(|answer| answer.as_str());
        let asked_if = question.asked_if.as_ref().map(|asked_if| {
            let lowest = Some(asked_if.otherwise).filter(|policy| *policy == Policy::Lowest);
            let mut entries = normal(&asked_if.condition);
            entries.push(("otherwise", json!(lowest)));
            sorted(entries)
        });
        sorted([
            ("id", json!(question.id)),
            ("pillar", json!(question.pillar)),
            ("weight", json!(question.weight.thousandths())),
            ("forbid", json!(forbid)),
            ("asked_if", json!(asked_if)),
            ("scale", canonical(&of.scale)),
        ])
    };
    let mut entry = |lead: &str, key: &str, value: Value| {
        part(&format!("{lead}{}:{value}", json!(key)));
    };
    entry("{", "aggregation", json!(spec.method.aggregation));
    entry(",", "dont_know", json!(spec.method.dont_know));
    entry(",", "minimum_coverage", json!(spec.method.minimum_coverage.billionths()));
    let weights = Pillar::ALL.map(|pillar| of.pillar_weights[pillar].thousandths());
    entry(",", "pillars", json!(weights));
    part(",\"questions\":");
    for (at, of) in questions.iter().enumerate() {
        part(if at == 0 { "[" } else { "," });
        part(&question(of).to_string());
    }
    let mut entry = |lead: &str, key: &str, value: Value| {
        part(&format!("{lead}{}:{value}", json!(key)));
    };
    entry("],", "stages", json!(Stage::ABOVE_LOWEST.map(stage)));
    part(",\"themes\":{");
    for (at, (id, ids)) in themes.into_iter().enumerate() {
        part(&format!("{}{}:{}", if at == 0 { "" } else { "," }, json!(id), json!(ids)));
    }
    part(&format!("}},\"unanswered\":{}}}", json!(spec.method.unanswered)));
}

/// The keys of a condition in its normal form: the members of a join by ascending canonical text,
/// each once, and one member alone stands for the whole.
fn normal(condition: &ConditionSpec) -> Vec<(&'static str, Value)> {
    let (key, members) = match condition {
        ConditionSpec::AtLeast { question, at_least } => {
            return vec![("question", json!(question)), ("at_least", json!(at_least.billionths()))];
        }
        ConditionSpec::AtMost { question, at_most } => {
            return vec![("question", json!(question)), ("at_most", json!(at_most.billionths()))];
        }
        ConditionSpec::Ticked { question, ticked } => {
            return vec![("question", json!(question)), ("ticked", json!(ticked))];
        }
        ConditionSpec::All { all } => ("all", all),
        ConditionSpec::Any { any } => ("any", any),
    };
    let text = |member| {
        let entries = normal(member);
        (sorted(entries.clone()).to_string(), entries)
    };
    let mut members: BTreeMap<String, Vec<_>> = members.iter().map(text).collect();
    match members.pop_first() {
        Some((_, only)) if members.is_empty() => only,
        first => {
            let members = first.map(|(_, first)| first).into_iter().chain(members.into_values());
            vec![(key, members.map(sorted).collect())]
        }
    }
}

fn canonical(scale: &Scale) -> Value {
    let text = |credit: &Units| credit.get().to_string();
    let (kind, key, value) = match scale {
        Scale::Choice(choices) => {
            let mut choices = choices.clone();
            choices.sort_unstable();
            let pair = |(value, credit): &(i64, Units)| json!([value, text(credit)]);
            ("choice", "choices", choices.iter().map(pair).collect())
        }
        Scale::YesNo { yes } => ("yes_no", "yes", json!(text(yes))),
        Scale::Checklist(items) => {
            let mut pairs: Vec<(&str, u64)> =
                items.iter().map(|item| (item.id.as_str(), item.points)).collect();
            pairs.sort_unstable();
            ("checklist", "items", json!(pairs))
        }
        Scale::Measure(bands) => {
            let mut number = ryu_js::Buffer::new();
            let mut pair = |(start, credit): &(Start, Units)| {
                let above = if matches!(start, Start::Above(_)) { ">" } else { "" };
                let start = format!("{above}{}", number.format_finite(start.number()));
                json!([start, text(credit)])
            };
            ("measure", "bands", bands.iter().map(&mut pair).collect())
        }
    };
    sorted([("kind", json!(kind)), (key, value)])
}

/// An object whose keys come out sorted, also where another crate has switched on `serde_json`'s
/// `preserve_order`.
fn sorted<'k>(entries: impl IntoIterator<Item = (&'k str, Value)>) -> Value {
    let mut entries: Vec<_> = entries.into_iter().collect();
    entries.sort_unstable_by_key(|(key, _)| *key);
    entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
}
