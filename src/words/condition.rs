//! The condition of a question, in words.

use super::template::{Piece, pieces};
use super::{Word, Words, fill};
use crate::number::{Score, Units};
use crate::questionnaire::{
    ConditionSpec, ItemSpec, Policy, Question, Questionnaire, Scale, ScaleSpec, Start,
};
use crate::text::Text;

/// What is said of a condition: words of the catalogue, or a text of the questionnaire.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Said<'q> {
    Words(String),
    Text(&'q Text),
}

/// More answers than these are said by their credit; more comparisons than these are not said.
const ANSWERS: usize = 4;
const COMPARISONS: usize = 12;

impl Words {
    /// When a question is asked, in words, to follow a label such as "Asked if:": the titles of the
    /// questions that its condition compares, each with the answers that meet it, or with the credit
    /// that they must earn where more than four do. `None` for a question that is always asked, and
    /// for a condition of more than twelve comparisons.
    ///
    /// ```
    /// use digital_maturity::{Questionnaire, Words};
    ///
    /// let shop = Questionnaire::from_json(r#"{
    ///     "schema": 1, "id": "shop", "version": "1.0.0", "title": "Shop",
    ///     "pillars": { "digital_first_mindset": { "weight": 0 },
    ///         "culture_of_experimentation": { "weight": 0 }, "connected_systems": { "weight": 0 } },
    ///     "questions": [
    ///         { "id": "shops", "pillar": "agile_approach", "title": "Are there shops?",
    ///           "scale": { "kind": "yes_no" } },
    ///         { "id": "till", "pillar": "agile_approach", "title": "Is the till online?",
    ///           "scale": { "kind": "yes_no" }, "asked_if": { "question": "shops", "at_least": 1 } }
    ///     ] }"#)?;
    /// let till = shop.question("till").unwrap();
    /// assert_eq!(Words::english().asked_if(till).unwrap(), "“Are there shops?” – Yes");
    /// # Ok::<(), digital_maturity::Errors>(())
    /// ```
    #[must_use]
    pub fn asked_if(&self, question: Question<'_>) -> Option<String> {
        let said = self.condition(question)?;
        let part = |said: &Said<'_>| match said {
            Said::Words(words) => words.clone(),
            Said::Text(text) => text.get(&self.language).to_owned(),
        };
        Some(said.iter().map(part).collect())
    }

    /// The same in parts.
    pub(crate) fn condition<'q>(&self, question: Question<'q>) -> Option<Vec<Said<'q>>> {
        let asked_if = question.asked_if()?;
        if asked_if.condition.questions().len() > COMPARISONS {
            return None;
        }
        let mut said = self.said(&asked_if.condition, question.questionnaire());
        if asked_if.otherwise == Policy::Lowest {
            said.push(Said::Words(self.condition_otherwise.to_string()));
        }
        Some(said)
    }

    fn said<'q>(&self, condition: &'q ConditionSpec, of: &'q Questionnaire) -> Vec<Said<'q>> {
        let answers = match condition {
            ConditionSpec::All { all } => return self.joined(all, &self.and_word, of),
            ConditionSpec::Any { any } => return self.joined(any, &self.or_word, of),
            ConditionSpec::AtLeast { question, at_least } => {
                let least = Units::from(*at_least);
                self.answers(of.question(question), |credit| credit >= least).unwrap_or_else(|| {
                    vec![Said::Words(fill!(self.condition_at_least, score = self.whole(*at_least)))]
                })
            }
            ConditionSpec::AtMost { question, at_most } => {
                let most = Units::from(*at_most);
                self.answers(of.question(question), |credit| credit <= most).unwrap_or_else(|| {
                    vec![Said::Words(fill!(self.condition_at_most, score = self.whole(*at_most)))]
                })
            }
            ConditionSpec::Ticked { question, ticked } => of
                .question(question)
                .and_then(|question| item(question.scale(), ticked))
                .map_or_else(Vec::new, |item| vec![Said::Text(&item.text)]),
        };
        let compared = condition.questions().first().and_then(|id| of.question(id));
        let title = compared.map(|question| Said::Text(question.title()));
        filled(&self.condition, title.as_ref(), &answers)
    }

    /// Conditions with a word between them; each that is joined itself stands in brackets.
    fn joined<'q>(
        &self,
        members: &'q [ConditionSpec],
        word: &Word,
        of: &'q Questionnaire,
    ) -> Vec<Said<'q>> {
        let mut joined = Vec::new();
        for member in members {
            if !joined.is_empty() {
                joined.push(Said::Words(format!(" {word} ")));
            }
            let said = self.said(member, of);
            let is_joined = matches!(
                member,
                ConditionSpec::All { all: list } | ConditionSpec::Any { any: list } if list.len() > 1
            );
            if is_joined && members.len() > 1 {
                joined.push(Said::Words("(".to_owned()));
                joined.extend(said);
                joined.push(Said::Words(")".to_owned()));
            } else {
                joined.extend(said);
            }
        }
        joined
    }

    /// The answers that earn such a credit; `None` if they are too many to name, or none.
    fn answers<'q>(
        &self,
        question: Option<Question<'q>>,
        meets: impl Fn(Units) -> bool,
    ) -> Option<Vec<Said<'q>>> {
        let question = question?;
        match (question.scoring(), question.scale()) {
            (Scale::Choice(credits), ScaleSpec::Choice { choices }) => {
                let met = choices.iter().zip(credits).filter(|(_, (_, credit))| meets(*credit));
                alternatives(met.map(|(choice, _)| Said::Text(&choice.text)).collect())
            }
            (Scale::YesNo { yes }, _) => {
                let both = [(*yes, &self.yes), (yes.reversed(), &self.no)];
                let met = both.into_iter().filter(|(credit, _)| meets(*credit));
                alternatives(met.map(|(_, word)| Said::Words(word.to_string())).collect())
            }
            (Scale::Measure(bands), ScaleSpec::Measure { unit, .. }) => {
                let met: Vec<bool> = bands.iter().map(|(_, credit)| meets(*credit)).collect();
                let number = self.numbers(bands, &met)?;
                Some(vec![Said::Words(format!("{number}\u{a0}")), Said::Text(unit)])
            }
            _ => None,
        }
    }

    /// The numbers of the bands that are met, where these are all from one on or all before one.
    fn numbers(&self, bands: &[(Start, Units)], met: &[bool]) -> Option<String> {
        let changes = met.windows(2).filter(|pair| pair.first() != pair.last()).count();
        let first_met = met.iter().position(|met| *met)?;
        if changes > 1 {
            return None;
        }
        let (at, from) = match first_met {
            0 => (met.iter().position(|met| !*met).unwrap_or(0), changes == 0),
            first => (first, true),
        };
        let start = bands.get(at)?.0;
        let template = match (start, from) {
            (Start::From(_), true) => &self.at_least,
            (Start::Above(_), true) => &self.more_than,
            (Start::From(_), false) => &self.below,
            (Start::Above(_), false) => &self.at_most,
        };
        Some(fill!(template, number = self.measured(start.number())))
    }

    /// A Score to its last digit, without zeros that say nothing.
    fn whole(&self, score: Score) -> String {
        let number = score.percent_floor(7).to_string();
        let number = number.trim_end_matches('0').trim_end_matches('.');
        fill!(self.percent, n = self.number(number))
    }
}

/// The template with the question and the answer in their places.
fn filled<'q>(template: &str, question: Option<&Said<'q>>, answer: &[Said<'q>]) -> Vec<Said<'q>> {
    let mut filled = Vec::new();
    for piece in pieces(template) {
        match piece {
            Piece::Text(text) => filled.push(Said::Words(text.to_owned())),
            Piece::Name("question") => filled.extend(question.cloned()),
            Piece::Name("answer") => filled.extend_from_slice(answer),
            Piece::Name(name) => filled.push(Said::Words(format!("{{{name}}}"))),
        }
    }
    filled
}

fn item<'q>(scale: &'q ScaleSpec, id: &str) -> Option<&'q ItemSpec> {
    match scale {
        ScaleSpec::Checklist { items } => items.iter().find(|item| item.id == id),
        _ => None,
    }
}

fn alternatives(answers: Vec<Said<'_>>) -> Option<Vec<Said<'_>>> {
    if answers.is_empty() || answers.len() > ANSWERS {
        return None;
    }
    let mut said = Vec::new();
    for answer in answers {
        if !said.is_empty() {
            said.push(Said::Words(" / ".to_owned()));
        }
        said.push(answer);
    }
    Some(said)
}
