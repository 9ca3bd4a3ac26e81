//! What stands out among the answers, and what is open.

use super::Report;
use crate::answers::{AnswerState, Mark, Outcome};
use crate::assessment::{QuestionResult, Reason};
use crate::pillar::Pillar;
use crate::questionnaire::Question;

/// How many answers stand out at each end, and how many low ones a theme shows.
const EXTREMES: usize = 5;
const LOWEST: usize = 2;

type Asked<'r> = (Question<'r>, QuestionResult);

impl Report<'_> {
    /// The answers that stand above and below the overall (or one half, where there is none): the
    /// highest and the lowest credits, ties in the order of the questionnaire.
    pub(super) fn extremes(&self) -> (Vec<Asked<'_>>, Vec<Asked<'_>>) {
        let half = crate::number::Score::tenths(5);
        let middle = self.assessment.score().unwrap_or(half);
        let answered = || {
            let questions = self.assessment.questions();
            questions.filter(|(question, result)| {
                result.state == AnswerState::Answered && !question.weight().is_zero()
            })
        };
        let mut high: Vec<_> = answered().filter(|(_, r)| r.credit > Some(middle)).collect();
        let mut low: Vec<_> = answered().filter(|(_, r)| r.credit < Some(middle)).collect();
        high.sort_by_key(|(_, result)| std::cmp::Reverse(result.credit));
        low.sort_by_key(|(_, result)| result.credit);
        high.truncate(EXTREMES);
        low.truncate(EXTREMES);
        (high, low)
    }

    /// The lowest answers of the theme at that place that are not at the top of their scale.
    pub(super) fn lowest_of_theme(&self, theme: usize) -> Vec<Asked<'_>> {
        let positions = self.assessment.questionnaire().theme_questions().get(theme);
        let of_theme = |question: &Question<'_>| {
            positions.is_some_and(|all| all.binary_search(&question.position()).is_ok())
        };
        let mut found: Vec<_> = self
            .assessment
            .questions()
            .filter(|(question, result)| {
                of_theme(question)
                    && result.state == AnswerState::Answered
                    && result.credit < Some(crate::number::Score::ONE)
            })
            .collect();
        found.sort_by_key(|(_, result)| result.credit);
        found.truncate(LOWEST);
        found
    }

    /// The questions in that state, in the order of the questionnaire.
    pub(super) fn in_state(&self, state: AnswerState) -> Vec<Question<'_>> {
        let questions = self.assessment.questions();
        questions
            .filter(|(_, result)| result.state == state)
            .map(|(question, _)| question)
            .collect()
    }

    /// What to answer so that a pillar can be scored: the fewest answers that can be enough, and
    /// the questions to choose from, by weight, ties in the order of the questionnaire.
    pub(super) fn to_answer(&self, pillar: Pillar) -> (usize, Vec<Question<'_>>) {
        let questionnaire = self.assessment.questionnaire();
        let (mut applicable, mut covered) = (0, 0);
        // Position of what to answer, and the weight that it covers.
        let mut open: Vec<(usize, u64)> = Vec::new();
        self.assessment.sheet().outcomes(|position, rule, outcome| {
            if rule.pillar != pillar || rule.weight == 0 {
                return;
            }
            let weight = u64::from(rule.weight);
            let position = match outcome {
                Outcome::Asked(Mark::Unanswered | Mark::DontKnow) => Some(position),
                Outcome::Asked(Mark::Answered(_)) | Outcome::Lowest { covered: true } => {
                    covered += weight;
                    None
                }
                Outcome::Asked(Mark::NotApplicable) | Outcome::NotAsked => return,
                Outcome::Lowest { covered: false } => rule.condition.map(|named| named.question),
            };
            applicable += weight;
            if let Some(position) = position {
                match open.iter_mut().find(|(known, _)| *known == position) {
                    Some((_, sum)) => *sum += weight,
                    None => open.push((position, weight)),
                }
            }
        });
        open.sort_by_key(|(position, weight)| (std::cmp::Reverse(*weight), *position));
        let minimum = u64::from(questionnaire.method().minimum_coverage.billionths()) * applicable;
        let mut count = 0;
        for (_, weight) in &open {
            if count > 0 && covered * 1_000_000_000 >= minimum {
                break;
            }
            covered += weight;
            count += 1;
        }
        let nothing = Some(Reason::NothingApplicable) == self.reason(pillar);
        let questions: Vec<_> = if nothing {
            let questions = questionnaire.questions();
            questions.filter(|q| q.pillar() == pillar && !q.weight().is_zero()).collect()
        } else {
            open.iter().filter_map(|(position, _)| questionnaire.question_at(*position)).collect()
        };
        (count, questions)
    }

    /// Why a pillar has no score; `None` if it has one.
    pub(super) fn reason(&self, pillar: Pillar) -> Option<Reason> {
        self.assessment.pillar(pillar).standing.reason()
    }
}
