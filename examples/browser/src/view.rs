//! What the page shows, as data: the form, and what the answers say.

use digital_maturity::assessment::Gap;
use digital_maturity::outlook::{Openness, Outlook};
use digital_maturity::spec::{NonAnswer, ScaleSpec};
use digital_maturity::{
    Answer, AnswerState, Assessment, Pillar, Question, Questionnaire, Score, Stage, Text,
};
use serde::Serialize;

use crate::phrases::Phrases;

/// How many questions are named that should be answered next.
const NEXT: usize = 3;

/// What is asked.
#[derive(Debug, Serialize)]
pub(crate) struct Form<'q> {
    title: &'q str,
    description: Option<&'q str>,
    instructions: Option<&'q str>,
    glossary: Vec<(&'q str, &'q str)>,
    /// The language of these texts, as far as the document says.
    language: Option<&'q str>,
    sections: Vec<Section<'q>>,
}

/// The questions of one pillar.
#[derive(Debug, Serialize)]
struct Section<'q> {
    pillar: &'static str,
    name: &'q str,
    fields: Vec<Field<'q>>,
}

/// One question.
#[derive(Debug, Serialize)]
struct Field<'q> {
    id: &'q str,
    title: &'q str,
    guidance: Option<&'q str>,
    /// Of these one is chosen.
    options: Vec<Choice<'q>>,
    /// Of these any number.
    items: Vec<Item<'q>>,
    /// The unit of what is typed.
    unit: Option<&'q str>,
}

#[derive(Debug, Serialize)]
struct Choice<'q> {
    answer: Answer,
    text: &'q str,
}

#[derive(Debug, Serialize)]
struct Item<'q> {
    id: &'q str,
    text: &'q str,
}

impl<'q> Form<'q> {
    pub(crate) fn new(questionnaire: &'q Questionnaire, phrases: &'q Phrases) -> Self {
        let said = |text: &'q Text| text.get(phrases.language());
        let section = |pillar: &Pillar| Section {
            pillar: pillar.as_str(),
            name: phrases.words().pillar(*pillar),
            fields: questionnaire.questions_of(*pillar).map(|q| Field::new(q, phrases)).collect(),
        };
        let spoken = questionnaire.languages();
        let wanted = spoken.into_iter().find(|language| *language == phrases.language());
        Self {
            title: said(questionnaire.title()),
            description: questionnaire.description().map(said),
            instructions: questionnaire.instructions().map(said),
            glossary: questionnaire
                .glossary()
                .iter()
                .map(|of| (said(&of.term), said(&of.meaning)))
                .collect(),
            language: wanted.or(questionnaire.language()),
            sections: Pillar::ALL.iter().map(section).filter(|of| !of.fields.is_empty()).collect(),
        }
    }
}

impl<'q> Field<'q> {
    fn new(question: Question<'q>, phrases: &'q Phrases) -> Self {
        let said = |text: &'q Text| text.get(phrases.language());
        let (mut options, mut items, mut unit) = (Vec::new(), Vec::new(), None);
        match question.scale() {
            ScaleSpec::Choice { choices } => options.extend(
                choices.iter().map(|of| Choice { answer: of.value.into(), text: said(&of.text) }),
            ),
            ScaleSpec::YesNo => options.extend(
                [(true, "yes"), (false, "no")]
                    .map(|(yes, key)| Choice { answer: yes.into(), text: phrases.get(key) }),
            ),
            ScaleSpec::Checklist { items: of } => {
                items.extend(of.iter().map(|item| Item { id: &item.id, text: said(&item.text) }));
            }
            ScaleSpec::Measure { unit: of, .. } => unit = Some(said(of)),
        }
        let states =
            [(NonAnswer::DontKnow, "dont_know"), (NonAnswer::NotApplicable, "not_applicable")];
        let states = states.into_iter().filter(|(state, _)| !question.forbids(*state));
        options.extend(
            states.map(|(state, key)| Choice { answer: state.into(), text: phrases.get(key) }),
        );
        let guidance = question.guidance().map(said);
        Self { id: question.id(), title: said(question.title()), guidance, options, items, unit }
    }
}

/// What the answers say as they are now.
#[derive(Debug, Serialize)]
pub(crate) struct State<'q> {
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
    questions: Vec<QuestionState<'q>>,
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
    next: Vec<Item<'q>>,
}

#[derive(Debug, Serialize)]
struct QuestionState<'q> {
    id: &'q str,
    answer: Answer,
    comment: &'q str,
    asked: bool,
    /// The questions that decide whether it is asked.
    hangs_on: Vec<&'q str>,
}

impl<'q> State<'q> {
    pub(crate) fn new(assessment: &'q Assessment, phrases: &'q Phrases) -> Self {
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
        let question =
            |(question, result): (Question<'q>, digital_maturity::assessment::QuestionResult)| {
                let asked = result.state != AnswerState::NotAsked;
                let hangs_on = if asked {
                    Vec::new()
                } else {
                    sheet.hangs_on(question.id()).map(|of| title(of, phrases)).collect()
                };
                QuestionState {
                    id: question.id(),
                    answer: sheet.answer(question.id()).unwrap_or_default(),
                    comment: sheet.comment(question.id()).unwrap_or_default(),
                    asked,
                    hangs_on,
                }
            };
        Self {
            stage: stage.map(Stage::as_str),
            standing: stage.map_or(phrases.get("no_stage"), |stage| words.stage(stage)),
            place: stage
                .map_or_else(|| phrases.get("no_stage").to_owned(), |stage| place(stage, phrases)),
            meaning: stage.map(|stage| words.meaning(stage)),
            basis: phrases.fill(basis, &values),
            answered: phrases.fill("answered_of", &values),
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
            questions: assessment.questions().map(question).collect(),
        }
    }
}

fn title<'q>(question: Question<'q>, phrases: &Phrases) -> &'q str {
    question.title().get(phrases.language())
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
            next: next.map(|of| Item { id: of.id(), text: title(of, phrases) }).collect(),
        })
    }
}
