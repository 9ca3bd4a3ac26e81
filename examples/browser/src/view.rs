//! What the page shows, as data: the form, and what the answers say.

use std::collections::BTreeMap;

use digital_maturity::assessment::Gap;
use digital_maturity::form::{Asking, Form};
use digital_maturity::outlook::{Openness, Outlook};
use digital_maturity::{Assessment, Questionnaire, Score, Stage};
use serde::Serialize;

use crate::Named;
use crate::phrases::Phrases;

/// How many questions are named that should be answered next.
const NEXT: usize = 3;

/// The form and what its answers say.
#[derive(Debug, Serialize)]
pub(crate) struct State<'q> {
    form: Form<'q>,
    /// When the questions are asked of which that is not known yet, by their ids.
    asked_if: BTreeMap<&'q str, String>,
    result: Outcome<'q>,
}

impl<'q> State<'q> {
    pub(crate) fn new(form: Form<'q>, assessment: &'q Assessment, phrases: &'q Phrases) -> Self {
        let undecided = form.fields().filter(|field| field.asking == Asking::Undecided);
        let asked_if = undecided.filter_map(|field| Some((field.id, form.asked_if(field.id)?)));
        Self { asked_if: asked_if.collect(), result: Outcome::new(assessment, phrases), form }
    }
}

/// What the answers say as they are now.
#[derive(Debug, Serialize)]
struct Outcome<'q> {
    stage: Option<&'static str>,
    /// The name of the stage, or that there is none.
    standing: &'q str,
    /// Which stage that is, of how many.
    place: String,
    meaning: Option<&'q str>,
    score: Option<String>,
    /// On what that rests.
    basis: String,
    /// How many questions are answered, of how many.
    answered: String,
    pillars: Vec<PillarRow<'q>>,
    /// What blocks the next stage; the heading first.
    next: Vec<String>,
    outlook: Option<Possible<'q>>,
    /// Whose answers these are, and of which day.
    respondent: Option<&'q str>,
    taken: Option<String>,
}

#[derive(Debug, Serialize)]
struct PillarRow<'q> {
    name: &'q str,
    score: String,
    stage: &'q str,
    answered: String,
}

/// What is still possible while questions are open.
#[derive(Debug, Serialize)]
struct Possible<'q> {
    lead: String,
    range: Option<String>,
    next: Vec<Named<'q>>,
}

impl<'q> Outcome<'q> {
    fn new(assessment: &'q Assessment, phrases: &'q Phrases) -> Self {
        let (words, sheet) = (phrases.words(), assessment.sheet());
        let counts = assessment.pillars().iter().map(|(_, result)| result.counts);
        let (answered, asked) = counts
            .fold((0, 0), |(answered, asked), of| (answered + of.answered, asked + of.asked()));
        let (answered, asked) = (answered.to_string(), asked.to_string());
        let score = assessment.score().map(|score| phrases.score(score));
        let mut values = vec![("answered", answered.as_str()), ("asked", &asked)];
        values.extend(score.as_deref().map(|score| ("score", score)));
        let basis = if score.is_some() { "overall_score" } else { "answered_of" };
        let stage = assessment.stage();
        Self {
            stage: stage.map(Stage::as_str),
            standing: stage.map_or(phrases.get("no_stage"), |stage| words.stage(stage)),
            place: stage
                .map_or_else(|| phrases.get("no_stage").to_owned(), |stage| place(stage, phrases)),
            meaning: stage.map(|stage| words.meaning(stage)),
            basis: phrases.fill(basis, &values),
            answered: phrases
                .fill("some_answered", &[("answered", &answered), ("questions", &asked)]),
            score,
            pillars: assessment
                .pillars()
                .iter()
                .map(|(pillar, result)| {
                    let (part, whole) =
                        (result.counts.answered.to_string(), result.counts.asked().to_string());
                    PillarRow {
                        name: words.pillar(pillar),
                        score: result
                            .standing
                            .score()
                            .map_or_else(|| "–".to_owned(), |score| phrases.score(score)),
                        stage: result
                            .standing
                            .stage()
                            .map_or(phrases.get("not_scorable"), |stage| words.stage(stage)),
                        answered: phrases.fill("of", &[("part", &part), ("whole", &whole)]),
                    }
                })
                .collect(),
            next: next(assessment, phrases),
            outlook: Possible::new(&sheet.outlook(), sheet.questionnaire(), phrases),
            respondent: sheet.respondent(),
            taken: sheet.taken().map(|day| day.to_string()),
        }
    }
}

fn place(stage: Stage, phrases: &Phrases) -> String {
    let number = Stage::ALL.iter().take_while(|of| **of <= stage).count().to_string();
    phrases.fill("stage_of", &[("number", &number), ("stage", phrases.words().stage(stage))])
}

/// What blocks the next stage, a sentence each.
fn next(assessment: &Assessment, phrases: &Phrases) -> Vec<String> {
    let Some(next) = assessment.next_stage() else {
        let top = assessment.stage().map(|_| phrases.get("top").to_owned());
        return top.into_iter().collect();
    };
    let stage = phrases.words().stage(next.stage);
    let gap = |gap: &Gap| {
        let actual = gap.actual.map_or_else(|| "–".to_owned(), |actual| phrases.score(actual));
        let (required, missing) =
            (phrases.bound(gap.required), phrases.points(gap.shortfall.unwrap_or_default()));
        let pillar = gap.pillar.map_or("", |pillar| phrases.words().pillar(pillar));
        let key = if gap.pillar.is_some() { "gap_pillar" } else { "gap_overall" };
        phrases.fill(
            key,
            &[
                ("pillar", pillar),
                ("stage", stage),
                ("actual", &actual),
                ("required", &required),
                ("missing", &missing),
            ],
        )
    };
    let heading = phrases.fill("blocked", &[("stage", stage)]);
    std::iter::once(heading).chain(next.unmet.iter().map(gap)).collect()
}

impl<'q> Possible<'q> {
    fn new(
        outlook: &Outlook,
        questionnaire: &'q Questionnaire,
        phrases: &'q Phrases,
    ) -> Option<Self> {
        if outlook.open.is_empty() {
            return None;
        }
        let words = phrases.words();
        let lead = match outlook.overall {
            None => phrases.get("outlook_none").to_owned(),
            Some(bounds) => match bounds.settled_stage() {
                Some(stage) => phrases.fill("outlook_settled", &[("stage", words.stage(stage))]),
                None => phrases.fill(
                    "outlook_between",
                    &[
                        ("lowest", words.stage(bounds.lowest_stage)),
                        ("highest", words.stage(bounds.highest_stage)),
                    ],
                ),
            },
        };
        let count = outlook.open.len().to_string();
        let range = outlook.overall.map(|bounds| {
            let (lowest, highest) = (phrases.score(bounds.lowest), phrases.score(bounds.highest));
            phrases.fill(
                "outlook_overall",
                &[("lowest", &lowest), ("highest", &highest), ("count", &count)],
            )
        });
        let open = outlook
            .open
            .iter()
            .filter(|open| open.why == Openness::Unanswered && open.swing > Score::ZERO);
        let next = open.filter_map(|open| questionnaire.question(&open.id)).take(NEXT);
        Some(Self {
            lead,
            range,
            next: next
                .map(|of| Named { id: of.id(), name: of.title().get(phrases.language()) })
                .collect(),
        })
    }
}
