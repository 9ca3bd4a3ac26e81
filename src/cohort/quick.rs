//! How a questionnaire is scored in small whole numbers, if it is.

use super::asked::Conditions;
use super::check::States;
use super::column::Sound;
use super::lookup::Lookup;
use super::plan::Mean;
use crate::pillar::PillarMap;
use crate::questionnaire::Questionnaire;

/// How to score in small whole numbers.
#[derive(Clone, Debug)]
pub(super) struct Quick {
    pub(super) conditions: Conditions,
    pub(super) pillars: PillarMap<Mean>,
    /// What each pillar counts in the overall, of 1.
    pub(super) shares: PillarMap<f64>,
    pub(super) themes: Vec<Mean>,
    /// Where every pillar has one.
    pub(super) lookups: Option<PillarMap<Lookup>>,
}

impl Quick {
    /// How to score that way; `None` where it would not be exact.
    pub(super) fn of(
        questionnaire: &Questionnaire,
        columns: &[Sound<'_>],
        mut states: Vec<States>,
    ) -> Option<Self> {
        let conditions = Conditions::of(questionnaire, columns, &mut states)?;
        let mean = |questions: &mut dyn Iterator<Item = (usize, u32)>| {
            Mean::of(questionnaire, columns, &states, questions)
        };
        let pillars = PillarMap::from_fn(|pillar| {
            mean(&mut questionnaire.pillar_questions(pillar).iter().copied())
        });
        let themes = questionnaire.theme_questions().iter().map(|questions| {
            let rules = questionnaire.rules();
            mean(&mut questions.iter().filter_map(|&at| Some((at, rules.get(at)?.weight))))
        });
        let themes = themes.collect::<Option<Vec<_>>>()?;
        let weights = questionnaire.pillar_weights();
        let sum: u32 = weights.iter().map(|(_, weight)| weight.thousandths()).sum();
        let shares = PillarMap::from_fn(|pillar| share(weights[pillar].thousandths(), sum));
        let pillars = pillars.all()?;
        let rows = columns.first().map_or(0, |column| column.cells.len());
        let lookups =
            PillarMap::from_fn(|pillar| Lookup::of(&pillars[pillar], shares[pillar], rows));
        Some(Self { conditions, pillars, shares, themes, lookups: lookups.all() })
    }
}

#[expect(clippy::float_arithmetic, reason = "the proof in `super::plan`")]
fn share(weight: u32, sum: u32) -> f64 {
    f64::from(weight) / f64::from(sum.max(1))
}

#[cfg(test)]
mod tests {
    use super::super::{Cell, Cohort};
    use super::*;
    use crate::number::Score;
    use crate::pillar::Pillar;
    use crate::questionnaire::{ConditionSpec, Policy};

    #[test]
    fn conditions_go_the_quick_way_unless_what_is_not_asked_counts() {
        let mut spec = Questionnaire::dcx_pulse().spec().clone();
        let id = spec.questions[0].id.clone();
        for (otherwise, quick) in [(Policy::Exclude, true), (Policy::Lowest, false)] {
            let mut condition = ConditionSpec::new(&*id, Score::ONE);
            condition.otherwise = otherwise;
            spec.questions[1].asked_if = Some(condition);
            let questionnaire = Questionnaire::try_from(spec.clone()).unwrap();
            assert_eq!(Cohort::builder(&questionnaire).build().quick.is_some(), quick);
        }
    }

    /// A cohort of that many rows, nothing answered, with two questions a pillar: one of that scale
    /// and weight, and one of yes or no.
    fn cohort(scale: &str, weight: &str, rows: usize) -> Cohort<'static> {
        let question = |(place, pillar): (usize, Pillar)| {
            format!(
                r#"{{ "id": "q{place}", "pillar": "{pillar}", "title": "t", "weight": {weight},
                      "scale": {scale} }},
                   {{ "id": "r{place}", "pillar": "{pillar}", "title": "t",
                      "scale": {{ "kind": "yes_no" }} }}"#
            )
        };
        let questions: Vec<String> = Pillar::ALL.into_iter().enumerate().map(question).collect();
        let questionnaire = Questionnaire::from_json(&format!(
            r#"{{ "schema": 1, "id": "t", "version": "1.0.0", "title": "t",
                  "questions": [{}] }}"#,
            questions.join(",")
        ))
        .unwrap();
        let mut builder = Cohort::builder(&questionnaire);
        for _ in 0..rows {
            builder.push(&[Cell::Unanswered; 8]).unwrap();
        }
        builder.build()
    }

    #[test]
    fn the_quick_ways_are_taken_where_they_are_exact_and_no_others() {
        let choice = |credits: [&str; 3]| {
            let level = |(value, credit): (usize, &str)| {
                format!(r#"{{ "value": {value}, "text": "t", "credit": {credit} }}"#)
            };
            let levels: Vec<String> = credits.into_iter().enumerate().map(level).collect();
            format!(r#"{{ "kind": "choice", "choices": [{}] }}"#, levels.join(","))
        };
        let items: Vec<String> = (0..100)
            .map(|item| format!(r#"{{ "id": "i{item}", "text": "t", "points": 1000 }}"#))
            .collect();
        let long = format!(r#"{{ "kind": "checklist", "items": [{}] }}"#, items.join(","));
        let even = choice(["0", "0.5", "1"]);
        for (scale, weight, rows, quick, narrow, listed) in [
            (&even, "1", 5000, true, true, true),
            (&even, "1", 10, true, true, false), // too few rows for a list
            (&even, "400", 5000, true, true, false), // too long a list
            (&even, "40.001", 5000, true, false, false), // 41,001 thousandths, over 2
            (&choice(["0", "0.3", "1"]), "3", 5000, true, true, true),
            (&choice(["0", "0.333", "1"]), "3", 5000, true, true, false),
            (&choice(["0", "0.333333333", "1"]), "3", 5000, false, false, false),
            (&long, "1", 5000, true, false, false),
            (&long, "999.999", 5000, false, false, false),
        ] {
            let cohort = cohort(scale, weight, rows);
            let found = cohort.quick.as_ref();
            let found = (
                found.is_some(),
                found.is_some_and(|quick| quick.pillars.agile_approach.narrow),
                found.is_some_and(|quick| quick.lookups.is_some()),
            );
            assert_eq!(found, (quick, narrow, listed), "{weight} {scale:.150}");
        }
    }
}
