//! How a questionnaire is scored in small whole numbers, if it is.

use std::sync::Arc;

use super::lookup::{LONGEST, List, Lookup};
use super::mean::Mean;
use crate::cohort::conditions::Conditions;
use crate::cohort::meaning::{Meaning, States};
use crate::pillar::PillarMap;
use crate::questionnaire::Questionnaire;

/// How to score in small whole numbers.
#[derive(Clone, Debug)]
pub(in crate::cohort) struct Plan {
    pub(super) conditions: Conditions,
    pub(super) pillars: PillarMap<Mean>,
    /// What each pillar counts in the overall, of 1.
    pub(super) shares: PillarMap<f64>,
    /// The means of themes, and the list of each that has one.
    pub(super) themes: Vec<(Mean, Option<List>)>,
    /// Where every pillar has one.
    pub(super) lookups: Option<PillarMap<Lookup>>,
}

impl Plan {
    /// Of more rows than that, it does not matter how many there are.
    pub(in crate::cohort) const MANY: usize = LONGEST;

    /// How to score so many rows in which those states occur, and no others; `None` where it would
    /// not be exact. With more states and rows than there are it is exact, too, but slower.
    pub(in crate::cohort) fn new(
        questionnaire: &Questionnaire,
        meanings: &[Arc<Meaning>],
        mut states: Vec<States>,
        rows: usize,
    ) -> Option<Self> {
        let conditions = Conditions::new(questionnaire, meanings, &mut states)?;
        let mean = |questions: &mut dyn Iterator<Item = (usize, u32)>| {
            Mean::new(questionnaire, meanings, &states, questions)
        };
        let pillars = PillarMap::from_fn(|pillar| {
            mean(&mut questionnaire.pillar_questions(pillar).iter().copied())
        });
        let themes = questionnaire.theme_questions().iter().map(|questions| {
            let rules = questionnaire.rules();
            let questions = questions.iter().filter_map(|&at| Some((at, rules.get(at)?.weight)));
            let mean = mean(&mut { questions })?;
            let list = List::new(&mean, rows);
            Some((mean, list))
        });
        let themes = themes.collect::<Option<Vec<_>>>()?;
        let weights = questionnaire.pillar_weights();
        let sum: u32 = weights.iter().map(|(_, weight)| weight.thousandths()).sum();
        let shares = PillarMap::from_fn(|pillar| share(weights[pillar].thousandths(), sum));
        let pillars = pillars.all()?;
        let lookups =
            PillarMap::from_fn(|pillar| Lookup::new(&pillars[pillar], shares[pillar], rows));
        Some(Self { conditions, pillars, shares, themes, lookups: lookups.all() })
    }
}

#[expect(clippy::float_arithmetic, reason = "the proof in `super::mean`")]
fn share(weight: u32, sum: u32) -> f64 {
    f64::from(weight) / f64::from(sum.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cohort::cell::Coding;
    use crate::cohort::meaning::Levels;
    use crate::number::Score;
    use crate::pillar::Pillar;
    use crate::questionnaire::{AskedIf, ConditionSpec, Policy};

    /// The plan for that many rows, nothing answered, coded by index in the least width.
    fn plan(questionnaire: &Questionnaire, rows: usize) -> Option<Plan> {
        let meanings = questionnaire.questions().map(|question| {
            let levels = Levels::new(question, Coding::Index).unwrap();
            let widths = [u8::MAX.into(), u16::MAX.into(), u32::MAX];
            let top = widths.into_iter().find(|top| levels.fit(*top)).unwrap();
            Arc::new(Meaning::new(Coding::Index, levels, top))
        });
        let states = States { unanswered: rows > 0, ..States::default() };
        let meanings: Vec<Arc<Meaning>> = meanings.collect();
        Plan::new(questionnaire, &meanings, vec![states; meanings.len()], rows)
    }

    #[test]
    fn conditions_go_the_quick_way_unless_what_is_not_asked_counts() {
        let mut spec = Questionnaire::dcx_pulse().spec().clone();
        let id = spec.questions[0].id.clone();
        for (otherwise, quick) in [(Policy::Exclude, true), (Policy::Lowest, false)] {
            let mut condition = AskedIf::new(ConditionSpec::at_least(&*id, Score::ONE));
            condition.otherwise = otherwise;
            spec.questions[1].asked_if = Some(condition);
            let questionnaire = Questionnaire::try_from(spec.clone()).unwrap();
            assert_eq!(plan(&questionnaire, 0).is_some(), quick);
        }
    }

    #[test]
    fn themes_of_two_or_three_questions_are_listed() {
        let dcx = Questionnaire::dcx();
        let listed = |rows: usize| {
            let plan = plan(dcx, rows).unwrap();
            plan.themes.iter().filter(|(_, list)| list.is_some()).count()
        };
        // A list of one question of five choices has ten places. Two themes have a question that may be not
        // applicable, as it is asked on a condition.
        assert_eq!((listed(9), listed(1000)), (0, dcx.themes().len()));
    }

    /// Two questions a pillar: one of that scale and weight, and one of yes or no.
    fn questionnaire(scale: &str, weight: &str) -> Questionnaire {
        let question = |(place, pillar): (usize, Pillar)| {
            format!(
                r#"{{ "id": "q{place}", "pillar": "{pillar}", "title": "t", "weight": {weight},
                      "scale": {scale} }},
                   {{ "id": "r{place}", "pillar": "{pillar}", "title": "t",
                      "scale": {{ "kind": "yes_no" }} }}"#
            )
        };
        let questions: Vec<String> = Pillar::ALL.into_iter().enumerate().map(question).collect();
        Questionnaire::from_json(&format!(
            r#"{{ "schema": 1, "id": "t", "version": "1.0.0", "title": "t",
                  "questions": [{}] }}"#,
            questions.join(",")
        ))
        .unwrap()
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
            let found = plan(&questionnaire(scale, weight), rows);
            let found = found.as_ref();
            let found = (
                found.is_some(),
                found.is_some_and(|plan| plan.pillars.agile_approach.narrow),
                found.is_some_and(|plan| plan.lookups.is_some()),
            );
            assert_eq!(found, (quick, narrow, listed), "{weight} {scale:.150}");
        }
    }
}
