//! Whether answers outlive a change of the questionnaire.

use super::mistakes::{Found, Mistakes};
use crate::answers::Answer;
use crate::migration::{Fate, Loss, Migration, MigrationEnd, MigrationSpec};
use crate::questionnaire::{NonAnswer, Question, Questionnaire, ScaleSpec};

/// That results of two versions can be compared: they have one fingerprint, or a migration carries
/// every answer over. Without a migration, one is tried that keeps every question under its id.
///
/// Each answer of each old question is carried once: choices, yes and no, a number of each band, items
/// one by one and all together, and the states that it allows.
///
/// # Errors
///
/// That the version was not raised although the fingerprint changed; what is wrong with the migration;
/// each question of which answers are lost, with the reason. What is meant to be lost can be
/// [excepted](Mistakes::except) by the old question.
///
/// ```
/// use digital_maturity::{Questionnaire, testing};
/// use digital_maturity::spec::ScaleSpec;
///
/// let old = Questionnaire::dcx_pulse();
/// let mut spec = old.spec().clone();
/// spec.version = "9.0.0".to_owned();
/// spec.questions[0].weight = "2".parse()?; // another score of the same answers
/// testing::comparable(old, &spec.check()?, None)?;
///
/// spec.questions[0].scale = ScaleSpec::YesNo.into();
/// let mistakes = testing::comparable(old, &spec.check()?, None).unwrap_err();
/// assert!(mistakes.to_string().contains("error[other-answers]"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn comparable(
    old: &Questionnaire,
    new: &Questionnaire,
    migration: Option<&MigrationSpec>,
) -> Result<(), Mistakes> {
    let mut found = Found::default();
    if old.fingerprint() == new.fingerprint() && migration.is_none() {
        return Ok(());
    }
    if (old.id(), old.version()) == (new.id(), new.version())
        && old.fingerprint() != new.fingerprint()
    {
        let line = format!(
            "`{}` scores otherwise than before and is still version {}",
            new.id(),
            new.version()
        );
        found.add([new.id()], line);
    }
    let end = |of: &Questionnaire| MigrationEnd {
        id: of.id().to_owned(),
        version: of.version().to_owned(),
        fingerprint: None,
    };
    let plain = MigrationSpec::new(end(old), end(new));
    match Migration::new(migration.unwrap_or(&plain), old, new) {
        Ok(migration) => lost(&mut found, &migration),
        Err(errors) => errors.iter().for_each(|error| found.add_finding(error)),
    }
    found.end()
}

/// What the migration does not carry over, question by question.
fn lost(found: &mut Found, migration: &Migration) {
    for question in migration.from().questions() {
        let mut lines: Vec<(String, Vec<String>)> = Vec::new();
        for answer in answers(question) {
            let mut sheet = migration.from().sheet();
            if sheet.set(question.id(), answer.clone()).is_err() {
                continue; // none of its answers
            }
            let Ok(carried) = migration.carry(&sheet) else { continue };
            let why = carried.answers.iter().find_map(|answer| match &answer.fate {
                Fate::Kept | Fate::Renamed { .. } => None,
                Fate::Mapped { dropped, .. } if dropped.is_empty() => None,
                Fate::Mapped { dropped, to } => {
                    Some(format!("of the items, {} have none in `{to}`", dropped.join(", ")))
                }
                Fate::Lost { reason } => Some(reason_of(*reason).to_owned()),
            });
            if let Some(why) = why {
                let shown = serde_json::to_string(&answer).unwrap_or_default();
                match lines.iter_mut().find(|(known, _)| *known == why) {
                    Some((_, answers)) => answers.push(shown),
                    None => lines.push((why, vec![shown])),
                }
            }
        }
        for (why, answers) in lines {
            let id = question.id();
            found.add([id], format!("answers to `{id}` are lost, {why}: {}", answers.join(", ")));
        }
    }
}

fn reason_of(loss: Loss) -> &'static str {
    match loss {
        Loss::Removed => "the question is removed",
        Loss::Changed => "the question is listed as changed",
        Loss::NoCounterpart => "the new question has none that correspond",
        Loss::Refused => "the new question forbids them",
    }
}

fn answers(question: Question<'_>) -> Vec<Answer> {
    let mut answers = question.answers();
    if let ScaleSpec::Checklist { items } = question.scale() {
        answers.push(Answer::Items(items.iter().map(|item| item.id.clone()).collect()));
        answers.push(Answer::Items(Vec::new()));
    }
    let states = [NonAnswer::NotApplicable, NonAnswer::DontKnow].into_iter();
    answers.extend(states.filter(|state| !question.forbids(*state)).map(Answer::from));
    answers
}
