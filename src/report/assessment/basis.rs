//! What a result rests on.

use crate::assessment::Assessment;
use crate::questionnaire::{Aggregation, Policy};
use crate::report::Report;
use crate::report::content::{Block, Content, Inline, plain, row};
use crate::stage::Stage;
use crate::words::fill;

impl Report<'_, Assessment> {
    pub(super) fn basis<'r>(&'r self, page: &mut Content<'r>) {
        let (words, questionnaire, sheet) = (self.catalogue(), self.questionnaire, self.of.sheet());
        page.section(&words.basis);
        let mut facts = self.identity();
        let mut fact = |name: &str, line| facts.push((name.to_owned(), line));
        if let Some(date) = sheet.taken() {
            fact(&words.taken, plain(&words.day(date)));
        }
        if let Some(respondent) = sheet.respondent() {
            fact(&words.respondent, vec![Inline::Quoted(respondent.into())]);
        }
        fact(&words.method, plain(&self.method()));
        let weights = questionnaire.pillar_weights().iter();
        let weights = weights
            .map(|(pillar, weight)| format!("{} {}", words.pillar(pillar), words.number(weight)));
        let weights = weights.collect::<Vec<_>>().join(&words.and);
        fact(&words.pillar_weights, plain(&weights));
        page.blocks.push(Block::Facts(facts));

        let head = [&*words.stage, &words.overall, &words.every_pillar];
        let asked = Stage::ABOVE_LOWEST.map(|stage| {
            let required = questionnaire.ladder().requirement(stage);
            let cells = vec![words.bound(required.overall), words.bound(required.every_pillar)];
            row(plain(words.stage(stage)), cells)
        });
        page.table(&words.ladder, &head, asked);
        page.say(&words.rounding);
    }

    fn method(&self) -> String {
        let (words, method) = (self.catalogue(), self.questionnaire.method());
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
                said.push(fill!(template, states = names.join(&words.and)));
            }
        }
        said.push(fill!(words.minimum_coverage, minimum = words.bound(method.minimum_coverage)));
        said.join(" ")
    }
}
