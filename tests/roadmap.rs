//! The cheapest way up against every combination of raises, tie-breaks included, and against plans
//! worked by hand. `ROADMAP_CASES` sets how many random questionnaires are tried.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    reason = "the numbers of these tests are small"
)]

use std::cmp::Reverse;
use std::collections::BTreeSet;

use digital_maturity::roadmap::{Target, Unreachable};
use digital_maturity::{Answer, AnswerSheet, Pillar, Questionnaire, Score, Stage};
use serde_json::{Value, json};

use super::reference::generate::{self, Rng};
use super::reference::oracle;
use super::support::setting;

const ONE: u128 = 1_000_000_000_000_000;

/// `part / whole` to the nearest whole, ties to even.
fn rounded(part: u128, whole: u128) -> u128 {
    let (below, twice) = (part / whole, 2 * (part % whole));
    below + u128::from(twice > whole || (twice == whole && below % 2 == 1))
}

/// A decimal of a document in parts of `10^-decimals`.
fn decimal(number: &Value, decimals: usize) -> u128 {
    let text = format!("{:.*}", decimals, number.as_f64().unwrap());
    text.replace('.', "").parse().unwrap()
}

/// A question as the brute force sees it.
struct Candidate {
    position: usize,
    pillar: usize,
    effort: u32,
    weight: u128,
    /// Its credit in units as it is, then after each further level.
    credits: Vec<u128>,
}

/// The credits from the given answer upwards, read off the document.
fn credits(document: &Value, question: &Value, answer: &Value) -> Vec<u128> {
    let scale = match &question["scale"] {
        Value::String(name) => &document["scales"][name.as_str()],
        own => own,
    };
    let reverse = question["reverse"] == json!(true);
    let turn = |credit: u128| if reverse { ONE - credit } else { credit };
    let (here, all): (u128, Vec<u128>) = match scale["kind"].as_str().unwrap() {
        "choice" => {
            let choices = scale["choices"].as_array().unwrap();
            let values: Vec<i128> =
                choices.iter().map(|c| c["value"].as_f64().unwrap() as i128).collect();
            let (low, high) = (values.iter().min().unwrap(), values.iter().max().unwrap());
            let credit = |(value, choice): (&i128, &Value)| match choice.get("credit") {
                Some(credit) => turn(decimal(credit, 9) * 1_000_000),
                None => turn(rounded((value - low) as u128 * ONE, (high - low) as u128)),
            };
            let all: Vec<u128> = values.iter().zip(choices).map(credit).collect();
            let chosen = answer.as_f64().unwrap() as i128;
            (all[values.iter().position(|value| *value == chosen).unwrap()], all)
        }
        "yes_no" => (turn(if answer.as_bool().unwrap() { ONE } else { 0 }), vec![0, ONE]),
        "checklist" => {
            let items = scale["items"].as_array().unwrap();
            let points =
                |item: &Value| item.get("points").map_or(1, |p| p.as_f64().unwrap() as u128);
            let ticked = |item: &Value| answer.as_array().unwrap().contains(&item["id"]);
            let sum: u128 = items.iter().map(points).sum();
            let mut there: u128 = items.iter().filter(|item| ticked(item)).map(points).sum();
            let mut left: Vec<u128> =
                items.iter().filter(|item| !ticked(item)).map(points).collect();
            left.sort_by_key(|points| Reverse(*points));
            let mut credits = vec![rounded(there * ONE, sum)];
            for points in left {
                there += points;
                credits.push(rounded(there * ONE, sum));
            }
            return credits;
        }
        _ => {
            let bands = scale["bands"].as_array().unwrap();
            let credit = |band: &Value| turn(decimal(&band["credit"], 9) * 1_000_000);
            let given = answer.as_f64().unwrap();
            let band = bands.iter().rfind(|band| oracle::reaches_start(band, given)).unwrap();
            (credit(band), bands.iter().map(credit).collect())
        }
    };
    let mut credits: Vec<u128> = all.into_iter().filter(|credit| *credit > here).collect();
    credits.push(here);
    credits.sort_unstable();
    credits.dedup();
    credits
}

/// Everything the brute force needs of a case, by the oracle and the document.
struct Brute {
    candidates: Vec<Candidate>,
    pillar_weights: Vec<u128>,
    sums: [u128; 4],
    counting: [u128; 4],
    /// Whether each pillar has a value.
    scored: [bool; 4],
    minimum: bool,
}

impl Brute {
    fn new(document: &Value, answers: &Value) -> Self {
        let result = oracle::assess(document, answers);
        let answers = answers.get("answers").unwrap_or(answers);
        let pillar_weights: Vec<u128> = Pillar::ALL
            .iter()
            .map(|p| document["pillars"].get(p.as_str()).map_or(1000, |p| decimal(&p["weight"], 3)))
            .collect();
        let (mut sums, mut counting) = ([0; 4], [0; 4]);
        let mut candidates = Vec::new();
        let questions = document["questions"].as_array().unwrap();
        for (position, question) in questions.iter().enumerate() {
            let found = &result["questions"][position];
            if found["credit"].is_null() {
                continue;
            }
            let pillar = Pillar::ALL.iter().position(|p| question["pillar"] == p.as_str()).unwrap();
            let weight = question.get("weight").map_or(1000, |weight| decimal(weight, 3));
            counting[pillar] += weight;
            if found["state"] != "answered" {
                continue;
            }
            let answer = &answers[question["id"].as_str().unwrap()];
            let credits = credits(document, question, answer);
            sums[pillar] += weight * credits[0];
            if weight > 0 && pillar_weights[pillar] > 0 && credits.len() > 1 {
                let effort = question.get("effort").map_or(1, |e| e.as_u64().unwrap() as u32);
                candidates.push(Candidate { position, pillar, effort, weight, credits });
            }
        }
        let scored = Pillar::ALL.map(|p| result["pillars"][p.as_str()]["status"] == "scored");
        let minimum = document["method"]["aggregation"] == "minimum";
        Self { candidates, pillar_weights, sums, counting, scored, minimum }
    }

    fn combinations(&self) -> usize {
        self.candidates.iter().map(|c| c.credits.len()).fold(1, usize::saturating_mul)
    }

    /// The overall and the values of the pillars in units at those levels.
    fn values(&self, levels: &[usize]) -> (Option<u128>, [u128; 4]) {
        let mut sums = self.sums;
        for (candidate, level) in self.candidates.iter().zip(levels) {
            sums[candidate.pillar] +=
                candidate.weight * (candidate.credits[*level] - candidate.credits[0]);
        }
        let values: [u128; 4] = std::array::from_fn(|p| rounded(sums[p], self.counting[p].max(1)));
        let counts: Vec<usize> = (0..4).filter(|p| self.pillar_weights[*p] > 0).collect();
        if counts.iter().any(|p| !self.scored[*p]) {
            return (None, values);
        }
        let overall = if self.minimum {
            counts.iter().map(|p| values[*p]).min().unwrap()
        } else {
            let sum = counts.iter().map(|p| self.pillar_weights[*p] * values[*p]).sum();
            rounded(sum, counts.iter().map(|p| self.pillar_weights[*p]).sum())
        };
        (Some(overall), values)
    }

    fn meets(&self, questionnaire: &Questionnaire, target: Target, levels: &[usize]) -> bool {
        let (overall, values) = self.values(levels);
        let reaches =
            |value: u128, bound: Score| rounded(value, 1_000_000) >= u128::from(bound.billionths());
        let whole = target.stage.is_none_or(|stage| {
            let required = questionnaire.ladder().requirement(stage);
            overall.is_some_and(|overall| reaches(overall, required.overall))
                && (0..4).all(|p| {
                    self.pillar_weights[p] == 0 || reaches(values[p], required.every_pillar)
                })
        });
        whole
            && target.pillars.iter().enumerate().all(|(p, (_, stage))| {
                stage.is_none_or(|stage| {
                    let required = questionnaire.ladder().requirement(stage).overall;
                    self.scored[p] && reaches(values[p], required)
                })
            })
    }

    /// The best plan: effort, and the levels climbed at each position.
    fn best(
        &self,
        questionnaire: &Questionnaire,
        target: Target,
    ) -> Option<(u32, Vec<(usize, u32)>)> {
        type Key = (u32, Reverse<Option<u128>>, Vec<usize>, Vec<Reverse<u32>>);
        let mut best: Option<Key> = None;
        let mut levels = vec![0; self.candidates.len()];
        loop {
            let effort =
                self.candidates.iter().zip(&levels).map(|(c, l)| c.effort * *l as u32).sum();
            let cheap = best.as_ref().is_none_or(|best: &Key| effort <= best.0);
            if cheap && self.meets(questionnaire, target, &levels) {
                let raised = || self.candidates.iter().zip(&levels).filter(|(_, l)| **l > 0);
                let key = (
                    effort,
                    Reverse(self.values(&levels).0),
                    raised().map(|(c, _)| c.position).collect(),
                    raised().map(|(_, l)| Reverse(*l as u32)).collect(),
                );
                if best.as_ref().is_none_or(|best| key < *best) {
                    best = Some(key);
                }
            }
            // the next combination
            let mut at = 0;
            loop {
                let Some(level) = levels.get_mut(at) else {
                    return best.map(|(effort, _, positions, levels)| {
                        let levels = levels.into_iter().map(|Reverse(level)| level);
                        (effort, positions.into_iter().zip(levels).collect())
                    });
                };
                *level += 1;
                if *level < self.candidates[at].credits.len() {
                    break;
                }
                *level = 0;
                at += 1;
            }
        }
    }
}

/// Compares the roadmap with the brute force; whether there was a plan with steps.
fn compare(name: &str, document: &Value, answers: &Value, target: Target, brute: &Brute) -> bool {
    let questionnaire = Questionnaire::from_json(&document.to_string()).unwrap();
    // The order of answers does not matter.
    let shuffled = generate::shuffled(&mut Rng::new(1), answers);
    let sheet = questionnaire.read_json(&shuffled).unwrap();
    let roadmap = sheet.roadmap(target).unwrap();
    let expected = brute.best(&questionnaire, target);
    let context = || format!("{name}, target {target}\n{document}\n{answers}");
    match (roadmap.plan().ok_or(roadmap.unreachable()), expected) {
        (Err(Some(why)), None) => {
            if let Unreachable::OutOfReach { unmet } = why {
                assert!(!unmet.is_empty(), "{}", context());
            }
            false
        }
        (Ok(plan), Some((effort, levels))) => {
            let position = |id: &str| questionnaire.question(id).unwrap().position();
            let mut found: Vec<(usize, u32)> =
                plan.steps.iter().map(|s| (position(&s.question), s.levels)).collect();
            found.sort_unstable();
            assert_eq!((plan.effort, found), (effort, levels), "{}", context());

            // The planned figures are those of the brute force, and the answers, put on the sheet
            // as they are written, score as the plan says they do.
            let levels: Vec<usize> = brute
                .candidates
                .iter()
                .map(|c| {
                    let step = plan.steps.iter().find(|s| position(&s.question) == c.position);
                    step.map_or(0, |step| step.levels as usize)
                })
                .collect();
            let (overall, values) = brute.values(&levels);
            let published = |value: u128| Score::from_billionths(rounded(value, 1_000_000) as u32);
            let planned = plan.planned;
            assert_eq!(planned.overall.score(), overall.and_then(published), "{}", context());
            for ((_, pillar), (value, scored)) in
                planned.pillars.iter().zip(values.into_iter().zip(brute.scored))
            {
                assert_eq!(pillar.standing.score(), published(value).filter(|_| scored));
            }
            if let Some(last) = plan.steps.last() {
                assert_eq!(last.after, planned, "{}", context());
            }
            let mut after = sheet.clone();
            for step in &plan.steps {
                after.set(&step.question, step.to.clone()).unwrap();
            }
            assert_eq!(after.summary(), plan.rescored, "{}", context());
            let open = |sheet: &AnswerSheet| {
                let open = sheet.outlook().open.into_iter().map(|open| open.id);
                open.collect::<BTreeSet<String>>()
            };
            if plan.opens.is_empty() && plan.closes.is_empty() && open(&after) == open(&sheet) {
                assert_eq!(plan.rescored, planned, "{}", context());
            }
            !plan.steps.is_empty()
        }
        (found, expected) => panic!("{found:?}\nexpected {expected:?}\n{}", context()),
    }
}

fn targets(rng: &mut Small) -> Target {
    if rng.below(3) > 0 {
        return Stage::ALL[1 + rng.below(4)].into();
    }
    let mut target = Target::default();
    if rng.below(4) == 0 {
        target.stage = Some(Stage::ALL[1 + rng.below(4)]);
    }
    for pillar in Pillar::ALL {
        if rng.below(2) == 0 {
            target = target.with_pillar(pillar, Stage::ALL[rng.below(5)]);
        }
    }
    target
}

/// How many combinations of raises there are, weights left aside.
fn combinations(document: &Value, answers: &Value) -> usize {
    let questionnaire = Questionnaire::from_json(&document.to_string()).unwrap();
    let sheet = questionnaire.read_json(&answers.to_string()).unwrap();
    let mut levels = vec![1_usize; questionnaire.questions().len()];
    for raise in sheet.single_raises() {
        levels[questionnaire.question(&raise.effect.question).unwrap().position()] += 1;
    }
    levels.into_iter().fold(1, usize::saturating_mul)
}

/// A source of small numbers.
struct Small(u64);

impl Small {
    fn below(&mut self, bound: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound
    }

    fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}

/// A small questionnaire in which many plans tie: thirds, sevenths, equal weights, small efforts.
fn small(rng: &mut Small) -> (Value, Value) {
    let count = 4 + rng.below(3);
    let weights: &[f64] =
        rng.pick::<&[f64]>(&[&[1.0][..], &[1.0, 2.0], &[1.0, 2.0, 3.0, 0.333], &[7.0, 0.001]]);
    let efforts: &[u32] = rng.pick::<&[u32]>(&[&[1][..], &[1, 2], &[1, 2, 3], &[2, 4, 10]]);
    let mut pillars = serde_json::Map::new();
    let weighted = rng.below(2) == 0;
    for pillar in Pillar::ALL {
        if weighted {
            let weight = *rng.pick(&[1.0, 2.0, 0.5, 3.0, 0.333]);
            pillars.insert(pillar.to_string(), json!({ "weight": weight }));
        }
    }
    let (mut questions, mut answers) = (Vec::new(), serde_json::Map::new());
    for at in 0..count {
        let levels = *rng.pick(&[2, 3, 4, 4, 5, 8]);
        let id = format!("q{at}");
        let pillar = Pillar::ALL[if at < 4 { at } else { rng.below(4) }];
        let (scale, answer) = if rng.below(6) == 0 {
            let items: Vec<Value> = (0..3)
                .map(|i| json!({"id": format!("i{i}"), "text": "t", "points": 1 + rng.below(3)}))
                .collect();
            let ticked = if rng.below(2) == 0 { json!([]) } else { json!(["i1"]) };
            (json!({"kind": "checklist", "items": items}), ticked)
        } else {
            let choices: Vec<Value> =
                (0..levels).map(|value| json!({"value": value, "text": "t"})).collect();
            (json!({"kind": "choice", "choices": choices}), json!(rng.below(levels.min(4))))
        };
        questions.push(json!({
            "id": id, "pillar": pillar.as_str(), "title": "t", "scale": scale,
            "weight": rng.pick(weights), "effort": rng.pick(efforts),
        }));
        answers.insert(id, answer);
    }
    // Positions and pillars in no fixed order.
    for last in (1..questions.len()).rev() {
        questions.swap(last, rng.below(last + 1));
    }
    let stages = *rng.pick(&["balanced", "compensatory", "weakest_link"]);
    let aggregation = if rng.below(5) == 0 { "minimum" } else { "arithmetic" };
    let document = json!({
        "schema": 1, "id": "small", "version": "1.0.0", "title": "t", "pillars": pillars,
        "stages": stages, "method": { "aggregation": aggregation }, "questions": questions,
    });
    (document, Value::Object(answers))
}

#[test]
fn no_combination_of_raises_is_better_where_many_tie() {
    let mut steps = 0;
    for case in 0..setting("ROADMAP_CASES", 2000) {
        let mut rng = Small(case * 7919 + 1);
        let (document, answers) = small(&mut rng);
        let target = targets(&mut rng);
        let brute = Brute::new(&document, &answers);
        if brute.combinations() <= 4000 {
            let name = format!("case {case}");
            steps += u64::from(compare(&name, &document, &answers, target, &brute));
        }
    }
    assert!(steps >= setting("ROADMAP_CASES", 2000) / 4, "{steps}");
}

#[test]
fn no_combination_of_raises_is_better_in_any_small_document() {
    let mut steps = 0;
    for case in 0..setting("ROADMAP_CASES", 3000) {
        let mut rng = Rng::new(case);
        let document = generate::questionnaire(&mut rng);
        let answers = generate::answers(&mut rng, &document);
        if combinations(&document, &answers) > 1500 {
            continue; // the oracle is slow
        }
        let brute = Brute::new(&document, &answers);
        if brute.combinations() <= 1500 {
            let target = targets(&mut Small(case));
            let name = format!("document {case}");
            steps += u64::from(compare(&name, &document, &answers, target, &brute));
        }
    }
    assert!(steps >= setting("ROADMAP_CASES", 3000) / 60, "{steps}");
}

/// Choices 0 to 4 for each given (pillar, weight, effort), all answered with the value given.
fn fives(questions: &[(usize, &str, u32, i64)]) -> AnswerSheet {
    let choices: Vec<Value> = (0..5).map(|v| json!({"value": v, "text": "t"})).collect();
    let question = |(at, (pillar, weight, effort, _)): (usize, &(usize, &str, u32, i64))| {
        json!({
            "id": format!("q{at}"), "pillar": Pillar::ALL[*pillar].as_str(), "title": "t",
            "weight": weight.parse::<f64>().unwrap(), "effort": effort,
            "scale": { "kind": "choice", "choices": choices },
        })
    };
    let questions_json: Vec<Value> = questions.iter().enumerate().map(question).collect();
    let document = json!({
        "schema": 1, "id": "fives", "version": "1.0.0", "title": "t", "questions": questions_json,
    });
    let questionnaire = Questionnaire::from_json(&document.to_string()).unwrap();
    let mut sheet = questionnaire.sheet();
    for (at, (.., value)) in questions.iter().enumerate() {
        sheet.set(&format!("q{at}"), Answer::Whole(*value)).unwrap();
    }
    sheet
}

fn raised(sheet: &AnswerSheet, target: impl Into<Target>) -> (u32, Vec<(String, u32)>) {
    let roadmap = sheet.roadmap(target).unwrap();
    let plan = roadmap.plan().unwrap();
    (plan.effort, plan.steps.iter().map(|s| (s.question.clone(), s.levels)).collect())
}

fn steps(steps: &[(&str, u32)]) -> Vec<(String, u32)> {
    steps.iter().map(|(id, levels)| ((*id).to_owned(), *levels)).collect()
}

#[test]
fn plans_worked_by_hand_are_found() {
    // One question a pillar at .25: overall .25. Hubs: .4 overall, .2 in every pillar.
    // A level brings .25 / 4 = .0625; .15 / .0625 = 2.4, so three levels, at effort 1 each. All
    // plans of three levels tie in the overall; [0] is the smallest list, q0 can climb three.
    let even = [(0, "1", 1, 1), (1, "1", 1, 1), (2, "1", 1, 1), (3, "1", 1, 1)];
    assert_eq!(raised(&fives(&even), Stage::Hubs), (3, steps(&[("q0", 3)])));

    // Platform: .6 overall, .4 in every pillar. Every pillar must climb one level to .5, which
    // makes .5; two more levels for .6 (.1 / .0625 = 1.6). [0, 1, 2, 3] in any case; most levels on
    // the earlier: q0 three, the others one. Six levels.
    let plan = steps(&[("q0", 3), ("q1", 1), ("q2", 1), ("q3", 1)]);
    assert_eq!(raised(&fives(&even), Stage::Platform), (6, plan));

    // Greedy by gain for effort takes q0, .75 of a pillar for effort 2 a level (.09375 for 1), and
    // needs two of its levels; two levels of q1 bring less each but cost 1 each. Pillar 0: weights 3
    // and 1. Target bridge for this pillar: .2. q0 a level: 3 * .25 / 4 = .1875, effort 2; q1 a
    // level: .0625, effort 1. .2 needs q0 once and q1 once: 3; q0 twice: 4; q1 four times is .25: 4.
    let two = [(0, "3", 2, 0), (0, "1", 1, 0), (1, "1", 1, 2), (2, "1", 1, 2), (3, "1", 1, 2)];
    let target = Target::default().with_pillar(Pillar::DigitalFirstMindset, Stage::Bridge);
    assert_eq!(raised(&fives(&two), target), (3, steps(&[("q0", 1), ("q1", 1)])));

    // Already there: a plan without steps.
    assert_eq!(raised(&fives(&even), Stage::Bridge), (0, steps(&[])));
}

#[test]
fn of_equal_effort_the_higher_overall_comes_before_the_smaller_list() {
    // Pillar 0 has weights 1 and 3. One level is needed for its .2 (bridge) at effort 1 each:
    // q0 brings .0625, too little; q1 brings .1875, too little; two levels are needed:
    // q0 + q0 = .125 no; q0 + q1 = .25; q1 + q1 = .375: the higher, though [1] > [0, 1].
    let two = [(0, "1", 1, 0), (0, "3", 1, 0), (1, "1", 1, 2), (2, "1", 1, 2), (3, "1", 1, 2)];
    let target = Target::default().with_pillar(Pillar::DigitalFirstMindset, Stage::Bridge);
    assert_eq!(raised(&fives(&two), target), (2, steps(&[("q1", 2)])));
}

#[test]
fn a_target_out_of_reach_says_what_is_missing() {
    // q0 has weight 0 in effect: pillar 0 holds it and q4, not applicable... nothing to raise in
    // pillar 3 at the top; pillar 0 unanswered.
    let mut sheet = fives(&[(0, "1", 1, 0), (1, "1", 1, 0), (2, "1", 1, 0), (3, "1", 1, 0)]);
    sheet.set("q0", Answer::DontKnow).unwrap();
    let roadmap = sheet.roadmap(Stage::Bridge).unwrap();
    assert_eq!(roadmap.answer_first, ["q0"]);
    let why = roadmap.unreachable().unwrap();
    assert_eq!(why.to_string(), "no score yet: digital_first_mindset");

    // A pillar target on another pillar can be reached all the same.
    let target = Target::default().with_pillar(Pillar::AgileApproach, Stage::Bridge);
    assert_eq!(raised(&sheet, target), (1, steps(&[("q1", 1)])));

    // Open questions that count as 0 cap what raising can do: .5 is the most in that pillar.
    let document = json!({
        "schema": 1, "id": "capped", "version": "1.0.0", "title": "t",
        "method": { "unanswered": "lowest", "minimum_coverage": 0 },
        "questions": (0..5).map(|at| json!({
            "id": format!("q{at}"), "pillar": Pillar::ALL[at % 4].as_str(), "title": "t",
            "scale": { "kind": "yes_no" },
        })).collect::<Vec<_>>(),
    });
    let questionnaire = Questionnaire::from_json(&document.to_string()).unwrap();
    let mut sheet = questionnaire.sheet();
    for id in ["q0", "q1", "q2", "q3"] {
        sheet.set(id, false).unwrap();
    }
    let roadmap = sheet.roadmap(Stage::Native).unwrap();
    assert_eq!(
        roadmap.unreachable().unwrap().to_string(),
        "out of reach with every answer at the top; digital_first_mindset 0.5, required 0.6",
    );
    assert_eq!(roadmap.answer_first, ["q4"]);
}

#[test]
fn what_a_plan_opens_is_scored_as_it_then_is() {
    // q4 is asked if q0 is yes. Raising q0 opens it, and it is unanswered: of the two questions in
    // its pillar one is then covered, which a minimum of .5 lets pass.
    let mut questions: Vec<Value> = (0..4)
        .map(|at| {
            json!({
                "id": format!("q{at}"), "pillar": Pillar::ALL[at].as_str(), "title": "t",
                "scale": { "kind": "yes_no" },
            })
        })
        .collect();
    questions.push(json!({
        "id": "q4", "pillar": "agile_approach", "title": "t", "scale": { "kind": "yes_no" },
        "asked_if": { "question": "q0", "at_least": 1 },
    }));
    let mut document = json!({
        "schema": 1, "id": "opening", "version": "1.0.0", "title": "t", "questions": questions,
    });
    let answers = json!({ "q0": false, "q1": true, "q2": true, "q3": true });
    for (coverage, scored) in [(0.5, true), (0.6, false)] {
        document["method"] = json!({ "minimum_coverage": coverage });
        let questionnaire = Questionnaire::from_json(&document.to_string()).unwrap();
        let sheet = questionnaire.read_json(&answers.to_string()).unwrap();
        let roadmap = sheet.roadmap(Stage::Native).unwrap();
        let plan = roadmap.plan().unwrap();
        assert_eq!(plan.opens, ["q4"]);
        assert_eq!(plan.planned.overall.score(), Some(Score::ONE));
        assert_eq!(plan.rescored.overall.score().is_some(), scored);
    }
}

#[test]
fn a_thousand_questions_of_five_levels_have_a_plan() {
    let questions: Vec<(usize, String, u32, i64)> = (0..1000_usize)
        .map(|at| {
            let weight = format!("{}.{}", 1 + at * 7 % 5, at * 13 % 1000);
            (at % 4, weight, 1 + (at * 31 % 10) as u32, (at * 17 % 3) as i64)
        })
        .collect();
    let questions: Vec<(usize, &str, u32, i64)> =
        questions.iter().map(|(p, w, e, v)| (*p, w.as_str(), *e, *v)).collect();
    let roadmap = fives(&questions).roadmap(Stage::Native).unwrap();
    let plan = roadmap.plan().unwrap();
    assert_eq!(plan.planned.overall.stage(), Some(Stage::Native));
    // One effort less would not do: the overall is as close to its bound as a step is small.
    assert!(plan.planned.overall.score().unwrap() < "0.801".parse().unwrap());
    assert_eq!(plan.effort, plan.steps.iter().map(|step| step.effort).sum::<u32>());
}

#[test]
fn everything_serialises_and_says_what_it_is() {
    let sheet = fives(&[(0, "1", 1, 1), (1, "1", 1, 1), (2, "1", 1, 1), (3, "1", 1, 1)]);
    let roadmap = sheet.roadmap(Stage::Hubs).unwrap();
    let written = serde_json::to_value(&roadmap).unwrap();
    assert_eq!(written["target"]["stage"], "hubs");
    assert_eq!(written["way"]["status"], "reachable");
    assert_eq!(written["way"]["steps"][0]["to"], 4);
    assert_eq!(written["way"]["planned"]["overall"]["stage"], "hubs");
    assert_eq!(written["gaps"][0]["shortfall"], 0.15);
    let target: Target = serde_json::from_value(written["target"].clone()).unwrap();
    assert_eq!(target, Stage::Hubs.into());

    let empty = sheet.questionnaire().sheet().roadmap(Stage::Hubs).unwrap();
    let written = serde_json::to_value(&empty).unwrap();
    assert_eq!(written["way"]["status"], "unreachable");
    assert_eq!(written["way"]["reason"], "not_scorable");
}

#[cfg(feature = "schema")]
#[test]
fn every_result_has_a_schema() {
    use digital_maturity::outlook::Outlook;
    use digital_maturity::raises::SingleRaise;
    use digital_maturity::roadmap::Roadmap;
    for schema in [
        schemars::schema_for!(Roadmap),
        schemars::schema_for!(Outlook),
        schemars::schema_for!(SingleRaise),
        schemars::schema_for!(Target),
    ] {
        // A target is an object or its text.
        let object = schema.pointer("/anyOf/0").unwrap_or(schema.as_value());
        assert!(object.get("properties").is_some(), "{schema:?}");
    }
}

#[test]
fn a_target_is_read_as_text_or_as_an_object_and_written_as_an_object() {
    let target: Target = "hubs,agile_approach=platform".parse().unwrap();
    let written = serde_json::to_value(target).unwrap();
    assert_eq!(written["stage"], json!("hubs"));
    for form in [json!(target.to_string()), written] {
        assert_eq!(serde_json::from_value::<Target>(form.clone()).unwrap(), target, "{form}");
        assert_eq!(serde_json::from_str::<Target>(&form.to_string()).unwrap(), target, "{form}");
    }
    assert_eq!(serde_json::from_value::<Target>(json!({})).unwrap(), Target::default());
    for (form, expected) in [
        (json!("hub"), "unknown stage, must be one of"),
        (json!("hubs,hubs"), "`the whole` has two targets"),
        (json!({ "stag": "hubs" }), "unknown field `stag`"),
        (json!({ "stage": "hub" }), "unknown stage, must be one of"),
        (json!(3), "expected a target such as `platform`, or an object of `stage` and `pillars`"),
        (json!(["hubs", {}]), "expected a target such as `platform`"),
    ] {
        let error = serde_json::from_value::<Target>(form.clone()).unwrap_err().to_string();
        assert!(error.contains(expected), "{form}: {error}");
    }
}
