//! A summary as every count in it: what is kept or sent, and read again to be merged.

use std::collections::BTreeMap;

use serde::{Deserializer, Serialize};

use super::distribution::{Distribution, Run};
use super::most::MOST;
use super::stage_counts::StageCounts;
use super::summary::CohortSummary;
use crate::diagnostic::{Errors, Excerpt, Problem};
use crate::document::{At, Node, Place, Reader};
use crate::number::Score;
use crate::pillar::PillarMap;
use crate::questionnaire::{Fingerprint, Questionnaire};
use crate::stage::StageMap;

impl CohortSummary {
    /// Every count of the summary, to be kept, or sent to where it is merged with others: a place that
    /// must not give its respondents' answers away can give this. It serialises, in a document of
    /// its own or as part of another, is read by [`from_counts`](Self::from_counts), and equal for
    /// equal summaries.
    ///
    /// | key | holds |
    /// |---|---|
    /// | `fingerprint` | of the questionnaire |
    /// | `stages` | [`StageCounts`] |
    /// | `overall`, `pillars`, `themes` | distributions: `not_scorable`, the Scores that occur in `billionths`, ascending, and how often each does in `counts` |
    ///
    /// Each count is at most 2^53, and so is their sum; see [`Distribution::MOST`]. Some twenty bytes of
    /// JSON for each Score that differs. A Score that a single respondent has
    /// may tell who it is: do not publish the counts of small groups.
    ///
    /// ```
    /// use digital_maturity::{Cohort, Questionnaire};
    /// use digital_maturity::cohort::{CohortSummary, Column};
    ///
    /// let pulse = Questionnaire::dcx_pulse();
    /// let of = |answers: &[u8]| {
    ///     let columns = pulse.questions().map(|q| Column::new(q.id(), answers).by_value());
    ///     Cohort::new(&pulse, columns).map(|cohort| cohort.score().summary())
    /// };
    /// // Two countries keep their answers, and send their counts.
    /// let sent = [of(&[1, 2, 5])?.counts_json(), of(&[3, 5, 255])?.counts_json()];
    ///
    /// let mut whole = CohortSummary::empty(&pulse);
    /// for json in &sent {
    ///     whole.merge(&CohortSummary::from_counts_json(&pulse, json)?)?;
    /// }
    /// assert_eq!(whole, of(&[1, 2, 3, 5, 5, 255])?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn counts(&self) -> impl Serialize {
        Counts {
            fingerprint: self.questionnaire.fingerprint(),
            stages: &self.stages,
            overall: Runs::from(&self.overall),
            pillars: PillarMap::from_fn(|pillar| Runs::from(&self.pillars[pillar])),
            themes: self.themes.iter().map(|(id, of)| (id.as_str(), Runs::from(of))).collect(),
        }
    }

    /// The [counts](Self::counts) as one line of JSON.
    #[must_use]
    pub fn counts_json(&self) -> String {
        serde_json::to_string(&self.counts()).unwrap_or_default()
    }

    /// The summary of these [counts](Self::counts), from a document of any format.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the document, in one go: that it is about a questionnaire that
    /// scores otherwise, lacks a theme, or holds counts that cannot all be of the same respondents, or are
    /// of more than [`Distribution::MOST`].
    ///
    /// ```
    /// # use digital_maturity::Questionnaire;
    /// # use digital_maturity::cohort::CohortSummary;
    /// let pulse = Questionnaire::dcx_pulse();
    /// let nobody = CohortSummary::empty(&pulse);
    /// let part_of_another = serde_json::json!({ "year": 2026, "counts": nobody.counts() });
    /// assert_eq!(CohortSummary::from_counts(&pulse, &part_of_another["counts"])?, nobody);
    /// # Ok::<(), digital_maturity::Errors>(())
    /// ```
    pub fn from_counts<'de>(
        questionnaire: &Questionnaire,
        document: impl Deserializer<'de>,
    ) -> Result<Self, Errors> {
        read(questionnaire, &Node::from_document(document)?)
    }

    /// [`from_counts`](Self::from_counts), from JSON text: also says where in it a fault is.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the document, in one go.
    ///
    /// ```
    /// # use digital_maturity::{Code, Questionnaire};
    /// # use digital_maturity::cohort::CohortSummary;
    /// let pulse = Questionnaire::dcx_pulse();
    /// let nobody = CohortSummary::empty(&pulse).counts_json();
    /// let wrong = nobody.replace(r#""hubs":0"#, r#""hubs":3"#);
    /// let found = CohortSummary::from_counts_json(&pulse, &wrong).unwrap_err();
    /// let first = found.iter().next().unwrap();
    /// assert_eq!((first.code(), first.path().to_string()), (Code::CountMismatch, "/overall".into()));
    /// assert_eq!(first.problem().to_string(), "0 respondents are counted, not 3");
    /// ```
    pub fn from_counts_json(questionnaire: &Questionnaire, json: &str) -> Result<Self, Errors> {
        Node::read_json(json, |node| read(questionnaire, node))
    }
}

fn read(questionnaire: &Questionnaire, node: &Node<'_>) -> Result<CohortSummary, Errors> {
    Reader::document(node, |reader, at| summary(reader, at, questionnaire))
}

/// A summary as its counts.
#[derive(Serialize)]
struct Counts<'s> {
    fingerprint: Fingerprint,
    stages: &'s StageCounts,
    overall: Runs,
    pillars: PillarMap<Runs>,
    themes: BTreeMap<&'s str, Runs>,
}

/// A distribution as its counts.
#[derive(Serialize)]
struct Runs {
    not_scorable: u64,
    billionths: Vec<u32>,
    counts: Vec<u64>,
}

impl From<&Distribution> for Runs {
    fn from(of: &Distribution) -> Self {
        let (billionths, counts) = of.runs().iter().map(|run| (run.score, run.times())).unzip();
        Self { not_scorable: of.not_scorable(), billionths, counts }
    }
}

/// What a distribution of the document must agree with, where that could be read.
#[derive(Clone, Copy)]
struct Expected {
    respondents: Option<u64>,
    not_scorable: Option<u64>,
}

fn summary(
    reader: &mut Reader,
    at: At<'_>,
    questionnaire: &Questionnaire,
) -> Option<CohortSummary> {
    let mut fields = reader.fields(at)?;
    let fingerprint = fields.required(reader, "fingerprint", |reader, at| {
        let found = Fingerprint::read(reader, at)?;
        let expected = questionnaire.fingerprint();
        if found != expected {
            let (found, expected) = (Excerpt::new(&found.to_string()), expected.to_string());
            reader.error(at.place, Problem::OtherEnd { what: "fingerprint", found, expected });
        }
        Some(found)
    });
    let stages = fields.required(reader, "stages", stage_counts);
    // Whoever has no bad cell is in every distribution.
    let respondents = stages.map(|stages| stages.scored() + stages.not_scorable);
    let expected = Expected { respondents, not_scorable: None };
    let overall = fields.required(reader, "overall", |reader, at| {
        let not_scorable = stages.map(|stages| stages.not_scorable);
        distribution(reader, at, Expected { not_scorable, ..expected })
    });
    let pillars = fields.required(reader, "pillars", |reader, at| {
        let mut fields = reader.fields(at)?;
        let pillars = PillarMap::from_fn(|pillar| {
            let read = |reader: &mut Reader, at: At<'_>| distribution(reader, at, expected);
            fields.required(reader, pillar.as_str(), read)
        });
        fields.finish(reader);
        pillars.all()
    });
    let themes =
        fields.required(reader, "themes", |reader, at| themes(reader, at, questionnaire, expected));
    fields.finish(reader);
    let (overall, pillars, themes) = (overall?, pillars?, themes?);
    fingerprint?;
    let questionnaire = questionnaire.clone();
    Some(CohortSummary { questionnaire, stages: stages?, overall, pillars, themes })
}

fn stage_counts(reader: &mut Reader, at: At<'_>) -> Option<StageCounts> {
    let place = at.place;
    let mut fields = reader.fields(at)?;
    let at = StageMap::from_fn(|stage| fields.required(reader, stage.as_str(), count));
    let not_scorable = fields.required(reader, "not_scorable", count);
    let bad = fields.required(reader, "bad", count);
    fields.finish(reader);
    let counts = StageCounts { at: at.all()?, not_scorable: not_scorable?, bad: bad? };
    // Seven counts of at most 2^53.
    let total = counts.total();
    if total > MOST {
        let (found, max) = (Excerpt::new(&total.to_string()), most());
        let what = "number of respondents";
        reader.error(place, Problem::OutOfRange { what, found, min: 0, max });
        return None;
    }
    Some(counts)
}

fn themes(
    reader: &mut Reader,
    at: At<'_>,
    questionnaire: &Questionnaire,
    expected: Expected,
) -> Option<BTreeMap<String, Distribution>> {
    let known = || questionnaire.themes().iter().map(|theme| theme.id.as_str());
    let entries = reader.entries(at)?;
    // Counts of another questionnaire have its themes: that is said already.
    if !reader.sound(&Place::ROOT.key("fingerprint")) {
        return None;
    }
    if entries.len() < known().count() {
        let (found, least) = (entries.len(), known().count());
        reader.error(at.place, Problem::TooFew { what: "themes", found, least });
    }
    let mut themes = BTreeMap::new();
    for (id, node) in entries {
        let place = &at.place.key(id);
        if known().any(|theme| theme == id) {
            let read = distribution(reader, At { node, place }, expected);
            themes.extend(read.map(|of| (id.to_owned(), of)));
        } else {
            let suggestion = reader.nearest(id, known());
            reader.error(place, Problem::UnknownTheme { id: Excerpt::new(id), suggestion });
        }
    }
    Some(themes)
}

fn distribution(reader: &mut Reader, at: At<'_>, expected: Expected) -> Option<Distribution> {
    let mut fields = reader.fields(at)?;
    let not_scorable = fields.required(reader, "not_scorable", count);
    let billionths = fields.required(reader, "billionths", |reader, at| {
        let mut previous = None;
        let most = i64::from(Score::ONE.billionths());
        let scores = reader.list(at, "Scores", (0, usize::MAX), |reader, at| {
            let score = reader.whole(at, "score in billionths", 0, most)?;
            match previous.replace(score) {
                Some(previous) if previous >= score => {
                    reader.error(at.place, Problem::ScoresNotAscending { score, previous });
                }
                _ => {}
            }
            u32::try_from(score).ok()
        });
        scores?.into_iter().collect::<Option<Vec<_>>>()
    });
    let counts = fields.required(reader, "counts", |reader, at| {
        let counts = reader.list(at, "counts", (0, usize::MAX), |reader, at| {
            let count = reader.whole(at, "count", 1, most())?;
            u64::try_from(count).ok()
        });
        let counts = counts?.into_iter().collect::<Option<Vec<_>>>()?;
        let scores =
            billionths.as_ref().map(|scores| u64::try_from(scores.len()).unwrap_or(u64::MAX));
        agree(reader, at, "counts", counts.len().try_into().ok(), scores).then_some(counts)
    });
    fields.finish(reader);
    let (not_scorable, counts) = (not_scorable?, counts?);
    if expected.not_scorable.is_some() {
        let without = "respondents without a Score are counted";
        agree(reader, at, without, Some(not_scorable), expected.not_scorable);
    }
    let respondents = counts.iter().fold(not_scorable, |sum, count| sum.saturating_add(*count));
    agree(reader, at, "respondents are counted", Some(respondents), expected.respondents);
    let runs = billionths?.into_iter().zip(counts);
    let runs = runs.map(|(score, times)| Run::new(score, times)).collect();
    Some(Distribution::from_runs(runs, not_scorable))
}

fn most() -> i64 {
    i64::try_from(MOST).unwrap_or(i64::MAX)
}

fn count(reader: &mut Reader, at: At<'_>) -> Option<u64> {
    reader.whole(at, "count", 0, most()).and_then(|count| u64::try_from(count).ok())
}

/// Whether the two are equal, or not known; notes it if they are not.
fn agree(
    reader: &mut Reader,
    at: At<'_>,
    what: &'static str,
    found: Option<u64>,
    expected: Option<u64>,
) -> bool {
    match (found, expected) {
        (Some(found), Some(expected)) if found != expected => {
            reader.error(at.place, Problem::CountMismatch { what, found, expected });
            false
        }
        _ => true,
    }
}
