//! What a result rests on.

use crate::assessment::Assessment;
use crate::questionnaire::{Aggregation, Policy};
use crate::report::Report;
use crate::report::content::{Block, Inline, heading, plain, row, table};
use crate::stage::Stage;
use crate::words::Words;

impl Report<'_, Assessment> {
    pub(super) fn basis(&self) -> Vec<Block<'_>> {
        let (words, questionnaire) = (self.catalogue(), self.questionnaire);
        let code = |text: String| vec![Inline::Code(text)];
        let mut facts = vec![
            (
                words.questionnaire.to_string(),
                code(format!("{} {}", questionnaire.id(), questionnaire.version())),
            ),
            (words.fingerprint.to_string(), code(questionnaire.fingerprint().to_string())),
        ];
        let sheet = self.of.sheet();
        if let Some(date) = sheet.taken() {
            facts.push((words.taken.to_string(), plain(words.day(date))));
        }
        if let Some(respondent) = sheet.respondent() {
            let respondent = Inline::Quoted(respondent.into());
            facts.push((words.respondent.to_string(), vec![respondent]));
        }
        facts.push((words.method.to_string(), plain(self.method())));
        let weights = questionnaire.pillar_weights().iter();
        let weights = weights
            .map(|(pillar, weight)| format!("{} {}", words.pillar(pillar), words.weight(*weight)));
        let weights = weights.collect::<Vec<_>>().join(&words.and);
        facts.push((words.pillar_weights.to_string(), plain(weights)));

        let asked = |stage: Stage| {
            let required = questionnaire.ladder().requirement(stage);
            let cells = vec![words.bound(required.overall), words.bound(required.every_pillar)];
            row(plain(words.stage(stage)), cells)
        };
        let head = [&*words.stage, &words.overall, &words.every_pillar];
        vec![
            heading(2, &words.basis),
            Block::Facts(facts),
            table(&words.ladder, &head, Stage::ABOVE_LOWEST.map(asked).into()),
            Block::Paragraph(plain(&*words.rounding)),
        ]
    }

    fn method(&self) -> String {
        let words = self.catalogue();
        let method = self.questionnaire.method();
        let mut said = vec![match method.aggregation {
            Aggregation::Arithmetic => words.by_mean.to_string(),
            Aggregation::Minimum => words.by_minimum.to_string(),
        }];
        let states = [(method.dont_know, &words.dont_know), (method.unanswered, &words.unanswered)];
        for (policy, template) in
            [(Policy::Exclude, &words.open_excluded), (Policy::Lowest, &words.open_lowest)]
        {
            let of_policy = states.iter().filter(|(of_state, _)| *of_state == policy);
            let names: Vec<&str> = of_policy.map(|(_, name)| &***name).collect();
            if !names.is_empty() {
                said.push(Words::fill(template, &[("states", &names.join(&words.and))]));
            }
        }
        let minimum = words.bound(method.minimum_coverage);
        said.push(Words::fill(&words.minimum_coverage, &[("minimum", &minimum)]));
        said.join(" ")
    }
}
