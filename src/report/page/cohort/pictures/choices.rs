//! How each question was answered.

use crate::cohort::CohortSummary;
use crate::number::Score;
use crate::pillar::Pillar;
use crate::questionnaire::{Question, ScaleSpec};
use crate::report::Report;
use crate::report::content::in_picture;
use crate::report::picture::{Choices, Chosen};
use crate::statistics::Frequencies;

/// Questions that have a bar.
const MOST_QUESTIONS: usize = 60;

/// Levels that have a shade each; of more, fifths of the credit stand for them.
const MOST_LEVELS: usize = 7;
const FIFTHS: usize = 5;

/// The credits that an answer can earn, the lowest first; `None` where fifths stand for them.
fn levels(question: Question<'_>) -> Option<Vec<Score>> {
    // Of a checklist, sums of what its items earn.
    let is_checklist = matches!(question.scale(), ScaleSpec::Checklist { .. });
    let mut levels = if is_checklist { Vec::new() } else { question.credits() };
    levels.sort();
    levels.dedup();
    (1..=MOST_LEVELS).contains(&levels.len()).then_some(levels)
}

/// A credit as a Score, to the nearest billionth.
fn score(credit: f64) -> Option<Score> {
    format!("{credit:.9}").parse().ok()
}

/// How often each level occurs.
fn counts(question: Question<'_>, credits: &Frequencies) -> Vec<u64> {
    let levels = levels(question);
    let mut counts = vec![0; levels.as_ref().map_or(FIFTHS, Vec::len)];
    for (credit, count) in credits.levels() {
        let Some(credit) = score(credit) else { continue };
        let place = if let Some(levels) = &levels {
            // A double may lie half a billionth beside its Score.
            let apart = |level: &Score| level.billionths().abs_diff(credit.billionths());
            let nearest = levels.iter().enumerate().min_by_key(|(_, level)| apart(level));
            nearest.map_or(0, |(at, _)| at)
        } else {
            let fifth = u64::from(credit.billionths()) * 5 / u64::from(Score::ONE.billionths());
            usize::try_from(fifth).unwrap_or(0).min(FIFTHS - 1)
        };
        if let Some(of) = counts.get_mut(place) {
            *of += count;
        }
    }
    counts
}

impl Report<'_, CohortSummary> {
    pub(super) fn choices(&self) -> Choices<'_> {
        let words = self.catalogue();
        let study = self.more.study.as_ref().map(|wanted| wanted.study);
        let (mut rows, mut left, mut shown) = (Vec::new(), 0, Vec::new());
        for pillar in Pillar::ALL {
            let of_pillar = self.questionnaire.questions_of(pillar);
            let of_study = of_pillar
                .filter_map(|question| Some((question, study?.answers(question.id())?.credits)));
            for (at, (question, credits)) in of_study.enumerate() {
                if shown.len() == MOST_QUESTIONS {
                    left += 1;
                    continue;
                }
                if at == 0 {
                    rows.push(Chosen::Heading(words.pillar(pillar)));
                }
                let title = in_picture(&self.setting.quoted(question.title()));
                rows.push(Chosen::Counts(title, counts(question, &credits)));
                shown.push(question);
            }
        }
        Choices {
            words,
            id: "choices",
            rows,
            legend: self.legend(&shown),
            notes: self.notes(&words.picture_choices_note, left, 0),
        }
    }

    /// The choices of all questions, the lowest first, where they are the same in words.
    fn legend(&self, questions: &[Question<'_>]) -> Vec<String> {
        let mut legends = questions.iter().map(|question| self.texts(*question));
        let Some(Some(first)) = legends.next() else { return Vec::new() };
        if legends.all(|legend| legend.as_ref() == Some(&first)) { first } else { Vec::new() }
    }

    /// The choices of a question in the order of its levels; `None` where a level is not one choice.
    fn texts(&self, question: Question<'_>) -> Option<Vec<String>> {
        let ScaleSpec::Choice { choices } = question.scale() else { return None };
        let mut of_credits: Vec<(Score, String)> = question
            .credits()
            .into_iter()
            .zip(choices.iter().map(|choice| self.setting.text_of(&choice.text).text.to_owned()))
            .collect();
        of_credits.sort_by_key(|(credit, _)| *credit);
        levels(question).filter(|levels| levels.len() == of_credits.len())?;
        Some(of_credits.into_iter().map(|(_, text)| text).collect())
    }
}
