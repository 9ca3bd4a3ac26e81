//! The scoring rules (sections 1 to 8, 11 and 12) read literally: slow, plain, and independent of the crate it tests.
//!
//! Every quantity is an exact rational, and a credit of one half is the number 1/2, not a count of units. Rounding happens
//! in one function, [`round_half_even`]. Questions are gone through in order, each with what became of those before it,
//! since a condition can only name those.
//!
//! Input is taken to be valid; an invalid document may panic.
//!
//! Where the rules leave something open, this module decides as follows:
//! - whether anything is *applicable* is a question of weight: a pillar in which only questions of weight 0 apply is
//!   `nothing_applicable`, with coverage null (its coverage would be 0/0);
//! - conditions compare the credit in units with the bound, not the published credit;
//! - a question that is not asked and counts through `otherwise: lowest` keeps the state `not_asked`, for itself and for
//!   the questions that name it: credit 0 is never compared with a bound;
//! - an item of a checklist is ticked if the answer lists it, whatever its points or the question's weight;
//! - what is sent as `null` for a question that is not asked is as if it were left out, and no warning;
//! - the lowest pillar under `minimum` is the first with the lowest value in units;
//! - the shares of section 7 are taken from credits in units;
//! - in the outlook, what was sent for a question with an undecided condition does not matter, and a question of weight 0
//!   is open like any other.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Zero};
use serde_json::{Map, Value, json};

/// The pillars, in order (section 2).
const PILLARS: [&str; 4] =
    ["digital_first_mindset", "agile_approach", "culture_of_experimentation", "connected_systems"];

/// The stages, lowest first (section 2).
const STAGES: [&str; 5] = ["traditional", "bridge", "hubs", "platform", "native"];

/// The states of an answer (section 4), in the order in which a pillar counts them.
const STATES: [&str; 5] = ["answered", "not_applicable", "dont_know", "unanswered", "not_asked"];

/// The result document (section 12) of valid answers, flat or in an envelope, to a valid questionnaire.
///
/// # Panics
/// If either document is invalid.
#[must_use]
pub(crate) fn assess(questionnaire: &Value, answers: &Value) -> Value {
    let answers_by_id = answers.get("answers").unwrap_or(answers);
    let questions = list(&questionnaire["questions"]);
    let outcomes = outcomes(questionnaire, answers_by_id);
    let ladder = ladder(questionnaire);

    let mut pillars = Map::new();
    let mut pillar_groups = Vec::new();
    for pillar in PILLARS {
        let members = members(questions, &outcomes, |question| question["pillar"] == pillar);
        let group = group(questionnaire, &members);
        let mut shown = group_json(&group, &ladder);
        shown["counts"] = counts(&members);
        pillars.insert(pillar.to_owned(), shown);
        pillar_groups.push(group);
    }

    let themes: Vec<Value> = list(&questionnaire["themes"])
        .iter()
        .map(|theme| {
            let members = members(questions, &outcomes, |question| {
                list(&question["themes"]).contains(&theme["id"])
            });
            let mut shown = group_json(&group(questionnaire, &members), &ladder);
            shown["id"] = theme["id"].clone();
            shown
        })
        .collect();

    let overall = overall(questionnaire, &pillar_groups).map(|value| published(&value));
    let contributions = overall
        .as_ref()
        .ok()
        .map(|score| contributions(questionnaire, &outcomes, &pillar_groups, score));
    let shown_questions: Vec<Value> = questions
        .iter()
        .zip(&outcomes)
        .enumerate()
        .map(|(position, (question, outcome))| {
            let credit = outcome.credit.as_ref().map(published);
            let contribution = match (&credit, &contributions) {
                (Some(_), Some(all)) => score_json(&all[position]),
                _ => Value::Null,
            };
            json!({
                "id": question["id"],
                "state": outcome.state,
                "credit": credit.as_ref().map_or(Value::Null, score_json),
                "contribution": contribution,
            })
        })
        .collect();

    let (shown_overall, next_stage) = match &overall {
        Ok(score) => {
            let floors = pillar_scores(questionnaire, &pillar_groups);
            let stage = whole_stage(&ladder, score, &floors);
            (
                json!({"status": "scored", "score": score_json(score), "stage": STAGES[stage]}),
                next_stage(&ladder, stage, score, &floors),
            )
        }
        Err(missing) => {
            (json!({"status": "not_scorable", "reason": "pillar", "pillars": missing}), Value::Null)
        }
    };

    let mut result = json!({
        "questionnaire": {
            "id": questionnaire["id"],
            "version": questionnaire["version"],
            "fingerprint": fingerprint(questionnaire),
        },
        "overall": shown_overall,
        "next_stage": next_stage,
        "pillars": pillars,
        "themes": themes,
        "questions": shown_questions,
    });
    if answers.get("answers").is_some() {
        if let Some(taken) = answers.get("taken") {
            result["taken"] = taken.clone();
        }
    }
    result
}

// Section 1: numbers.

/// The exact value of a JSON number, read from its decimal text.
///
/// # Panics
/// If it is no number.
#[must_use]
pub(crate) fn decimal(number: &Value) -> BigRational {
    let text = number.as_number().expect("a number stands here in a valid document").to_string();
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((&text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits: BigInt =
        format!("{whole}{fraction}").parse().expect("a JSON number is made of digits");
    let exponent: i32 = exponent.parse().expect("an exponent is a small integer");
    let places = i32::try_from(fraction.len()).expect("a number has few decimals");
    BigRational::from(digits) * power_of_ten(exponent - places)
}

fn power_of_ten(exponent: i32) -> BigRational {
    BigRational::from(BigInt::from(10)).pow(exponent)
}

/// The grain in which work is done.
fn unit() -> BigRational {
    power_of_ten(-15)
}

/// The grain of publication.
fn billionth() -> BigRational {
    power_of_ten(-9)
}

/// The multiple of `grain` nearest to `exact`; of two equally near, the even one.
fn round_half_even(exact: &BigRational, grain: &BigRational) -> BigRational {
    let grains = exact / grain;
    let below = grains.floor();
    let above = &below + BigRational::one();
    let to_below = &grains - &below;
    let to_above = &above - &grains;
    let below_is_even = (below.to_integer() % BigInt::from(2)).is_zero();
    let nearest =
        if to_below < to_above || (to_below == to_above && below_is_even) { below } else { above };
    nearest * grain
}

/// The Score of a value.
fn published(value: &BigRational) -> BigRational {
    round_half_even(value, &billionth())
}

/// The largest multiple of a billionth that is not above `exact`.
fn floor_to_billionths(exact: &BigRational) -> BigRational {
    (exact / billionth()).floor() * billionth()
}

/// A whole number of billionths as a JSON number: an integer where it is whole, else a decimal fraction.
fn score_json(score: &BigRational) -> Value {
    let billionths = score / billionth();
    assert!(billionths.is_integer(), "a published figure is a whole number of billionths");
    let digits = format!("{:010}", billionths.to_integer());
    let (whole, fraction) = digits.split_at(digits.len() - 9);
    let fraction = fraction.trim_end_matches('0');
    if fraction.is_empty() {
        json!(whole.parse::<u64>().expect("digits"))
    } else {
        json!(format!("{whole}.{fraction}").parse::<f64>().expect("a decimal fraction"))
    }
}

// Section 3: credits.

/// The scale of a question, shared or in place.
fn scale<'a>(questionnaire: &'a Value, question: &'a Value) -> &'a Value {
    match &question["scale"] {
        Value::String(name) => &questionnaire["scales"][name.as_str()],
        in_place => in_place,
    }
}

/// The credit of an answer, in units, after `reverse`.
///
/// # Panics
/// If the answer has none.
#[must_use]
pub(crate) fn credit(questionnaire: &Value, question: &Value, answer: &Value) -> BigRational {
    let scale = scale(questionnaire, question);
    let plain = match text(&scale["kind"]) {
        "choice" => choice_credit(scale, &decimal(answer)),
        "yes_no" => {
            if answer.as_bool().expect("the answer to yes_no is a boolean") {
                BigRational::one()
            } else {
                BigRational::zero()
            }
        }
        "checklist" => checklist_credit(scale, list(answer)),
        "measure" => measure_credit(scale, double(answer)),
        other => panic!("no such kind of scale: {other}"),
    };
    reversed(question, plain)
}

fn reversed(question: &Value, credit: BigRational) -> BigRational {
    if question["reverse"] == true { BigRational::one() - credit } else { credit }
}

fn choice_credit(scale: &Value, value: &BigRational) -> BigRational {
    let chosen = choice_credits(scale).into_iter().find(|(choice, _)| choice == value);
    chosen.expect("the value is on the scale").1
}

/// Each choice's value and its credit before `reverse`.
fn choice_credits(scale: &Value) -> Vec<(BigRational, BigRational)> {
    let choices = list(&scale["choices"]);
    let values: Vec<BigRational> = choices.iter().map(|choice| decimal(&choice["value"])).collect();
    let lowest = values.iter().min().expect("a scale has choices");
    let highest = values.iter().max().expect("a scale has choices");
    choices
        .iter()
        .zip(&values)
        .map(|(choice, value)| {
            let credit = match choice.get("credit") {
                Some(explicit) => decimal(explicit),
                None => round_half_even(&((value - lowest) / (highest - lowest)), &unit()),
            };
            (value.clone(), credit)
        })
        .collect()
}

fn checklist_credit(scale: &Value, ticked: &[Value]) -> BigRational {
    let items = list(&scale["items"]);
    let all: BigRational = items.iter().map(points).sum();
    let reached: BigRational =
        items.iter().filter(|item| ticked.contains(&item["id"])).map(points).sum();
    round_half_even(&(reached / all), &unit())
}

fn points(item: &Value) -> BigRational {
    item.get("points").map_or_else(BigRational::one, decimal)
}

fn measure_credit(scale: &Value, number: f64) -> BigRational {
    let band = list(&scale["bands"]).iter().rev().find(|band| reaches_start(band, number));
    decimal(&band.expect("a valid number reaches the first band")["credit"])
}

/// Whether a number reaches the start of a band.
#[must_use]
pub(crate) fn reaches_start(band: &Value, number: f64) -> bool {
    match band.get("above") {
        Some(above) => number > double(above),
        None => number >= double(&band["from"]),
    }
}

fn double(number: &Value) -> f64 {
    number.as_f64().expect("a number stands here in a valid document")
}

// Section 4: states.

/// What a condition comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    Met,
    NotMet,
    Undecided,
}

/// What becomes of one question.
struct Outcome<'a> {
    id: &'a str,
    state: &'static str,
    /// What the question's condition comes to; without one it is met.
    condition: Verdict,
    /// What was sent for it, asked or not.
    sent: Option<&'a Value>,
    /// The credit that counts, in units; `None` where nothing counts.
    credit: Option<BigRational>,
    applicable: bool,
    covered: bool,
}

/// What becomes of each question, in questionnaire order.
fn outcomes<'a>(questionnaire: &'a Value, answers: &'a Value) -> Vec<Outcome<'a>> {
    let mut outcomes = Vec::new();
    for question in list(&questionnaire["questions"]) {
        let outcome = outcome(questionnaire, answers, question, &outcomes);
        outcomes.push(outcome);
    }
    outcomes
}

fn outcome<'a>(
    questionnaire: &Value,
    answers: &'a Value,
    question: &'a Value,
    earlier: &[Outcome],
) -> Outcome<'a> {
    let id = text(&question["id"]);
    let sent = answers.get(id).filter(|answer| !answer.is_null());
    let condition = match question.get("asked_if") {
        Some(condition) => verdict(condition, earlier),
        None => Verdict::Met,
    };
    let (state, credit, applicable, covered) = if condition == Verdict::Met {
        match sent {
            None => ("unanswered", missing(questionnaire, "unanswered"), true, false),
            Some(word) if word == "dont_know" => {
                ("dont_know", missing(questionnaire, "dont_know"), true, false)
            }
            Some(word) if word == "not_applicable" => ("not_applicable", None, false, false),
            Some(answer) => ("answered", Some(credit(questionnaire, question, answer)), true, true),
        }
    } else if question["asked_if"]["otherwise"] == "lowest" {
        ("not_asked", Some(BigRational::zero()), true, condition == Verdict::NotMet)
    } else {
        ("not_asked", None, false, false)
    };
    Outcome { id, state, condition, sent, credit, applicable, covered }
}

/// What a condition, or a part of one, comes to.
fn verdict(condition: &Value, earlier: &[Outcome]) -> Verdict {
    let of_members = |members: &Value| -> Vec<Verdict> {
        list(members).iter().map(|member| verdict(member, earlier)).collect()
    };
    if let Some(members) = condition.get("all") {
        let members = of_members(members);
        if members.contains(&Verdict::NotMet) {
            Verdict::NotMet
        } else if members.contains(&Verdict::Undecided) {
            Verdict::Undecided
        } else {
            Verdict::Met
        }
    } else if let Some(members) = condition.get("any") {
        let members = of_members(members);
        if members.contains(&Verdict::Met) {
            Verdict::Met
        } else if members.contains(&Verdict::Undecided) {
            Verdict::Undecided
        } else {
            Verdict::NotMet
        }
    } else {
        let named = earlier
            .iter()
            .find(|question| question.id == text(&condition["question"]))
            .expect("a condition names an earlier question");
        leaf(condition, named)
    }
}

/// What a leaf comes to, by what became of the question it names.
fn leaf(leaf: &Value, named: &Outcome) -> Verdict {
    let met = match named.state {
        "answered" => {
            let credit = named.credit.as_ref().expect("an answer has a credit");
            if let Some(bound) = leaf.get("at_least") {
                *credit >= decimal(bound)
            } else if let Some(bound) = leaf.get("at_most") {
                *credit <= decimal(bound)
            } else {
                list(named.sent.expect("what is answered was sent")).contains(&leaf["ticked"])
            }
        }
        "unanswered" | "dont_know" => return Verdict::Undecided,
        "not_asked" if named.condition == Verdict::Undecided => return Verdict::Undecided,
        "not_applicable" | "not_asked" => false,
        other => panic!("no such state: {other}"),
    };
    if met { Verdict::Met } else { Verdict::NotMet }
}

/// What the condition of each question comes to, in questionnaire order.
///
/// # Panics
/// If either document is invalid.
#[must_use]
pub(crate) fn verdicts(questionnaire: &Value, answers: &Value) -> Vec<Verdict> {
    let answers_by_id = answers.get("answers").unwrap_or(answers);
    outcomes(questionnaire, answers_by_id).iter().map(|outcome| outcome.condition).collect()
}

/// The questions that are not asked and for which something was sent, in questionnaire order: a warning for each.
///
/// # Panics
/// If either document is invalid.
#[must_use]
pub(crate) fn ignored(questionnaire: &Value, answers: &Value) -> Vec<String> {
    let answers_by_id = answers.get("answers").unwrap_or(answers);
    outcomes(questionnaire, answers_by_id)
        .iter()
        .filter(|outcome| outcome.state == "not_asked" && outcome.sent.is_some())
        .map(|outcome| outcome.id.to_owned())
        .collect()
}

/// The credit of an answer that is missing, under the policy for its state.
fn missing(questionnaire: &Value, state: &str) -> Option<BigRational> {
    match method(questionnaire, state, "exclude").as_str() {
        "lowest" => Some(BigRational::zero()),
        _ => None,
    }
}

fn method(questionnaire: &Value, key: &str, default: &str) -> String {
    questionnaire["method"].get(key).map_or(default, text).to_owned()
}

fn minimum_coverage(questionnaire: &Value) -> BigRational {
    questionnaire["method"]
        .get("minimum_coverage")
        .map_or_else(|| BigRational::new(BigInt::from(1), BigInt::from(2)), decimal)
}

// Section 5: pillars, overall, themes.

/// A pillar or a theme.
struct Group {
    /// The mean in units, or why there is none.
    value: Result<BigRational, &'static str>,
    /// The exact coverage; `None` where nothing is applicable.
    coverage: Option<BigRational>,
    /// The weight that counts.
    counting: BigRational,
}

fn members<'a>(
    questions: &'a [Value],
    outcomes: &'a [Outcome<'a>],
    belongs: impl Fn(&Value) -> bool,
) -> Vec<(&'a Value, &'a Outcome<'a>)> {
    questions.iter().zip(outcomes).filter(|(question, _)| belongs(question)).collect()
}

fn group(questionnaire: &Value, members: &[(&Value, &Outcome)]) -> Group {
    let mut applicable = BigRational::zero();
    let mut covered = BigRational::zero();
    let mut counting = BigRational::zero();
    let mut weighted_credits = BigRational::zero();
    for (question, outcome) in members {
        let weight = question_weight(question);
        if outcome.applicable {
            applicable += &weight;
        }
        if outcome.covered {
            covered += &weight;
        }
        if let Some(credit) = &outcome.credit {
            counting += &weight;
            weighted_credits += &weight * credit;
        }
    }
    let coverage = if applicable.is_zero() { None } else { Some(&covered / &applicable) };
    let value = if applicable.is_zero() {
        Err("nothing_applicable")
    } else if covered < minimum_coverage(questionnaire) * applicable {
        Err("coverage")
    } else if counting.is_zero() {
        Err("nothing_counts")
    } else {
        Ok(round_half_even(&(weighted_credits / &counting), &unit()))
    };
    Group { value, coverage, counting }
}

fn question_weight(question: &Value) -> BigRational {
    question.get("weight").map_or_else(BigRational::one, decimal)
}

fn pillar_weight(questionnaire: &Value, pillar: &str) -> BigRational {
    questionnaire["pillars"][pillar].get("weight").map_or_else(BigRational::one, decimal)
}

/// The overall value in units, or the names of the pillars that prevent it.
fn overall(questionnaire: &Value, groups: &[Group]) -> Result<BigRational, Vec<&'static str>> {
    let mut missing = Vec::new();
    let mut weights = BigRational::zero();
    let mut weighted_values = BigRational::zero();
    let mut values = Vec::new();
    for (pillar, group) in PILLARS.into_iter().zip(groups) {
        let weight = pillar_weight(questionnaire, pillar);
        if weight.is_zero() {
            continue;
        }
        match &group.value {
            Ok(value) => {
                weighted_values += &weight * value;
                weights += weight;
                values.push(value);
            }
            Err(_) => missing.push(pillar),
        }
    }
    if !missing.is_empty() {
        return Err(missing);
    }
    if method(questionnaire, "aggregation", "arithmetic") == "minimum" {
        Ok(values.into_iter().min().expect("a pillar has weight").clone())
    } else {
        Ok(round_half_even(&(weighted_values / weights), &unit()))
    }
}

// Section 6: the ladder.

/// The two bounds of each stage above the lowest: `overall`, `every_pillar`.
fn ladder(questionnaire: &Value) -> Vec<[BigRational; 2]> {
    let tenths = |numbers: [[i64; 2]; 4]| {
        numbers
            .map(|pair| pair.map(|tenth| BigRational::new(BigInt::from(tenth), BigInt::from(10))))
            .to_vec()
    };
    match &questionnaire["stages"] {
        Value::Object(table) => STAGES[1..]
            .iter()
            .map(|stage| {
                [decimal(&table[*stage]["overall"]), decimal(&table[*stage]["every_pillar"])]
            })
            .collect(),
        Value::String(preset) if preset == "compensatory" => {
            tenths([[2, 0], [4, 0], [6, 0], [8, 0]])
        }
        Value::String(preset) if preset == "weakest_link" => {
            tenths([[2, 2], [4, 4], [6, 6], [8, 8]])
        }
        _ => tenths([[2, 0], [4, 2], [6, 4], [8, 6]]),
    }
}

/// The Scores of the pillars with weight above 0, in order.
fn pillar_scores(questionnaire: &Value, groups: &[Group]) -> Vec<(&'static str, BigRational)> {
    let mut scores = Vec::new();
    for (pillar, group) in PILLARS.into_iter().zip(groups) {
        if pillar_weight(questionnaire, pillar) > BigRational::zero() {
            let value =
                group.value.as_ref().expect("with an overall every weighted pillar has a value");
            scores.push((pillar, published(value)));
        }
    }
    scores
}

/// The position of the highest stage whose requirement, and every lower one, holds.
fn whole_stage(
    ladder: &[[BigRational; 2]],
    overall: &BigRational,
    pillars: &[(&str, BigRational)],
) -> usize {
    ladder
        .iter()
        .take_while(|[bound, floor]| {
            overall >= bound && pillars.iter().all(|(_, score)| score >= floor)
        })
        .count()
}

/// The stage of a pillar or theme: the `overall` column alone.
fn own_stage(ladder: &[[BigRational; 2]], score: &BigRational) -> &'static str {
    STAGES[ladder.iter().take_while(|[bound, _]| score >= bound).count()]
}

fn next_stage(
    ladder: &[[BigRational; 2]],
    stage: usize,
    overall: &BigRational,
    pillars: &[(&str, BigRational)],
) -> Value {
    let Some([bound, floor]) = ladder.get(stage) else {
        return Value::Null;
    };
    let mut unmet = Vec::new();
    if overall < bound {
        unmet.push(json!({
            "requirement": "overall",
            "required": score_json(bound),
            "actual": score_json(overall),
            "shortfall": score_json(&(bound - overall)),
        }));
    }
    for (pillar, score) in pillars {
        if score < floor {
            unmet.push(json!({
                "requirement": "every_pillar",
                "pillar": pillar,
                "required": score_json(floor),
                "actual": score_json(score),
                "shortfall": score_json(&(floor - score)),
            }));
        }
    }
    json!({"stage": STAGES[stage + 1], "unmet": unmet})
}

// Section 7: what adds up.

/// The contribution of each question, in questionnaire order; 0 for those that do not count.
fn contributions(
    questionnaire: &Value,
    outcomes: &[Outcome],
    groups: &[Group],
    overall_score: &BigRational,
) -> Vec<BigRational> {
    let shares = pillar_shares(questionnaire, groups);
    let exact: Vec<BigRational> = list(&questionnaire["questions"])
        .iter()
        .zip(outcomes)
        .map(|(question, outcome)| {
            let pillar = PILLARS
                .iter()
                .position(|name| question["pillar"] == *name)
                .expect("a known pillar");
            match &outcome.credit {
                Some(credit) if !shares[pillar].is_zero() => {
                    &shares[pillar] * question_weight(question) * credit / &groups[pillar].counting
                }
                _ => BigRational::zero(),
            }
        })
        .collect();
    let mut given: Vec<BigRational> = exact.iter().map(floor_to_billionths).collect();
    let mut remainders: Vec<BigRational> =
        exact.iter().zip(&given).map(|(share, floor)| share - floor).collect();
    let mut missing = overall_score - given.iter().sum::<BigRational>();
    assert!(missing >= BigRational::zero(), "the floors never exceed the overall Score");
    while !missing.is_zero() {
        let largest = remainders.iter().max().expect("a questionnaire has questions").clone();
        assert!(!largest.is_zero(), "no more is missing than there are remainders");
        let first = remainders
            .iter()
            .position(|remainder| *remainder == largest)
            .expect("the largest is one of them");
        given[first] += billionth();
        missing -= billionth();
        remainders[first] = BigRational::zero();
    }
    given
}

/// The share that each pillar has in the overall: `W/sum(W)`, or all of it for the lowest under `minimum`.
fn pillar_shares(questionnaire: &Value, groups: &[Group]) -> Vec<BigRational> {
    let weights: Vec<BigRational> =
        PILLARS.iter().map(|pillar| pillar_weight(questionnaire, pillar)).collect();
    if method(questionnaire, "aggregation", "arithmetic") == "minimum" {
        let lowest = (0..PILLARS.len())
            .filter(|position| !weights[*position].is_zero())
            .min_by_key(|position| {
                groups[*position].value.as_ref().expect("with an overall every value is there")
            })
            .expect("a pillar has weight");
        (0..PILLARS.len())
            .map(
                |position| {
                    if position == lowest { BigRational::one() } else { BigRational::zero() }
                },
            )
            .collect()
    } else {
        let sum: BigRational = weights.iter().sum();
        weights.iter().map(|weight| weight / &sum).collect()
    }
}

// Section 8: the outlook.

/// The outlook of valid answers to a valid questionnaire: `overall` and each of `pillars.<pillar>`, either null or
/// `lowest`, `highest`, `lowest_stage` and `highest_stage`; and `open`, the ids of the open questions in questionnaire
/// order.
///
/// # Panics
/// If either document is invalid.
#[must_use]
pub(crate) fn outlook(questionnaire: &Value, answers: &Value) -> Value {
    let answers_by_id = answers.get("answers").unwrap_or(answers);
    let low = end_of_outlook(questionnaire, answers_by_id, &BigRational::zero());
    let high = end_of_outlook(questionnaire, answers_by_id, &BigRational::one());
    let bounds = |low: &Option<(Value, &str)>, high: &Option<(Value, &str)>| match (low, high) {
        (Some((low, low_stage)), Some((high, high_stage))) => json!({
            "lowest": low, "lowest_stage": low_stage, "highest": high, "highest_stage": high_stage,
        }),
        _ => Value::Null,
    };
    let mut pillars = Map::new();
    for (pillar, (low, high)) in PILLARS.iter().zip(low.1.iter().zip(&high.1)) {
        pillars.insert((*pillar).to_owned(), bounds(low, high));
    }
    let open: Vec<&str> = outcomes(questionnaire, answers_by_id)
        .iter()
        .filter(|outcome| is_open(outcome))
        .map(|outcome| outcome.id)
        .collect();
    json!({"overall": bounds(&low.0, &high.0), "pillars": pillars, "open": open})
}

fn is_open(outcome: &Outcome) -> bool {
    outcome.condition == Verdict::Undecided || ["dont_know", "unanswered"].contains(&outcome.state)
}

/// A Score and the stage of it, where there is one.
type End = Option<(Value, &'static str)>;

/// The overall and the pillars with every open question at that credit.
fn end_of_outlook(questionnaire: &Value, answers: &Value, credit: &BigRational) -> (End, Vec<End>) {
    let mut outcomes = outcomes(questionnaire, answers);
    for outcome in &mut outcomes {
        if is_open(outcome) {
            outcome.credit = Some(credit.clone());
            outcome.applicable = true;
        }
        outcome.covered = outcome.applicable;
    }
    let ladder = ladder(questionnaire);
    let groups: Vec<Group> = PILLARS
        .iter()
        .map(|pillar| {
            let questions = list(&questionnaire["questions"]);
            let members = members(questions, &outcomes, |question| question["pillar"] == *pillar);
            group(questionnaire, &members)
        })
        .collect();
    let whole = overall(questionnaire, &groups).ok().map(|value| {
        let score = published(&value);
        let stage = whole_stage(&ladder, &score, &pillar_scores(questionnaire, &groups));
        (score_json(&score), STAGES[stage])
    });
    let pillars = groups.iter().map(|group| {
        let score = published(group.value.as_ref().ok()?);
        Some((score_json(&score), own_stage(&ladder, &score)))
    });
    (whole, pillars.collect())
}

// Section 11: the fingerprint.

/// The SHA-256 of the canonical text, in lower-case hex.
///
/// # Panics
/// If the questionnaire is invalid.
#[must_use]
pub(crate) fn fingerprint(questionnaire: &Value) -> String {
    let digest = hmac_sha256::Hash::hash(canonical(questionnaire).as_bytes());
    digest.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat()
}

/// The RFC 8785 text of everything in a valid questionnaire that can change a score.
///
/// # Panics
/// If the questionnaire is invalid.
#[must_use]
pub(crate) fn canonical(questionnaire: &Value) -> String {
    let mut questions: Vec<&Value> = list(&questionnaire["questions"]).iter().collect();
    questions.sort_by_key(|question| text(&question["id"]));
    let themes = list(&questionnaire["themes"])
        .iter()
        .map(|theme| {
            let ids = questions
                .iter()
                .filter(|question| list(&question["themes"]).contains(&theme["id"]));
            (text(&theme["id"]), array(ids.map(|question| string(text(&question["id"])))))
        })
        .collect();
    let pillars = PILLARS
        .iter()
        .map(|pillar| integer(&(pillar_weight(questionnaire, pillar) * power_of_ten(3))));
    let stages = ladder(questionnaire).into_iter().map(|pair| array(pair.iter().map(billionths)));
    object(vec![
        ("aggregation", string(&method(questionnaire, "aggregation", "arithmetic"))),
        ("dont_know", string(&method(questionnaire, "dont_know", "exclude"))),
        ("unanswered", string(&method(questionnaire, "unanswered", "exclude"))),
        ("minimum_coverage", billionths(&minimum_coverage(questionnaire))),
        ("pillars", array(pillars)),
        ("stages", array(stages)),
        ("themes", object(themes)),
        (
            "questions",
            array(questions.iter().map(|question| canonical_question(questionnaire, question))),
        ),
    ])
}

fn canonical_question(questionnaire: &Value, question: &Value) -> String {
    let mut forbid: Vec<&str> = list(&question["forbid"]).iter().map(text).collect();
    forbid.sort_unstable();
    let asked_if = question.get("asked_if").map_or_else(null, |condition| {
        let otherwise = condition.get("otherwise").map_or_else(null, |word| string(text(word)));
        let mut entries = normalised(condition);
        entries.push(("otherwise", otherwise));
        object(entries)
    });
    object(vec![
        ("id", string(text(&question["id"]))),
        ("pillar", string(text(&question["pillar"]))),
        ("weight", integer(&(question_weight(question) * power_of_ten(3)))),
        ("forbid", array(forbid.into_iter().map(string))),
        ("asked_if", asked_if),
        ("scale", canonical_scale(questionnaire, question)),
    ])
}

/// The entries of the object that a condition, or a part of one, becomes.
fn normalised(condition: &Value) -> Vec<(&'static str, String)> {
    for join in ["all", "any"] {
        let Some(members) = condition.get(join) else { continue };
        let mut members: Vec<Vec<(&str, String)>> = list(members).iter().map(normalised).collect();
        members.sort_by_key(|member| object(member.clone()));
        members.dedup_by_key(|member| object(member.clone()));
        return if members.len() == 1 {
            members.remove(0)
        } else {
            vec![(join, array(members.into_iter().map(object)))]
        };
    }
    let question = ("question", string(text(&condition["question"])));
    for bound in ["at_least", "at_most"] {
        if let Some(score) = condition.get(bound) {
            return vec![question, (bound, billionths(&decimal(score)))];
        }
    }
    vec![question, ("ticked", string(text(&condition["ticked"])))]
}

fn canonical_scale(questionnaire: &Value, question: &Value) -> String {
    let scale = scale(questionnaire, question);
    let kind = text(&scale["kind"]);
    let content = match kind {
        "choice" => {
            let mut credits = choice_credits(scale);
            credits.sort();
            let pairs = credits.into_iter().map(|(value, credit)| {
                array([integer(&value), units(&reversed(question, credit))])
            });
            ("choices", array(pairs))
        }
        "yes_no" => ("yes", units(&reversed(question, BigRational::one()))),
        "checklist" => {
            let mut items: Vec<&Value> = list(&scale["items"]).iter().collect();
            items.sort_by_key(|item| text(&item["id"]));
            let pairs =
                items.iter().map(|item| array([string(text(&item["id"])), integer(&points(item))]));
            ("items", array(pairs))
        }
        "measure" => {
            let pairs = list(&scale["bands"]).iter().map(|band| {
                let credit = reversed(question, decimal(&band["credit"]));
                let start = match band.get("above") {
                    Some(above) => format!(">{}", ecmascript_number(double(above))),
                    None => ecmascript_number(double(&band["from"])),
                };
                array([string(&start), units(&credit)])
            });
            ("bands", array(pairs))
        }
        other => panic!("no such kind of scale: {other}"),
    };
    object(vec![("kind", string(kind)), content])
}

/// The text that ECMAScript's `Number::toString` gives (ECMA-262, 6.1.6.1.20), as RFC 8785 asks.
///
/// Its letters are kept: the digits are `s`, there are `k` of them, and the value is `0.s` times ten to the `n`.
fn ecmascript_number(number: f64) -> String {
    if number == 0.0 {
        return "0".to_owned();
    }
    let (s, n) = shortest_digits(number.abs());
    let k = i32::try_from(s.len()).expect("a double has at most 17 digits");
    let zeros =
        |count: i32| "0".repeat(usize::try_from(count).expect("never negative where it is used"));
    let split =
        |place: i32| s.split_at(usize::try_from(place).expect("never negative where it is used"));
    let positive = if k <= n && n <= 21 {
        format!("{s}{}", zeros(n - k))
    } else if 0 < n && n <= 21 {
        let (whole, fraction) = split(n);
        format!("{whole}.{fraction}")
    } else if -6 < n && n <= 0 {
        format!("0.{}{s}", zeros(-n))
    } else {
        let sign = if n > 0 { '+' } else { '-' };
        let power = (n - 1).abs();
        if k == 1 {
            format!("{s}e{sign}{power}")
        } else {
            let (first, rest) = split(1);
            format!("{first}.{rest}e{sign}{power}")
        }
    };
    if number < 0.0 { format!("-{positive}") } else { positive }
}

/// The digits `s` and the place `n` of a positive number: as few digits as give it back, of those the closest to it, and of
/// two equally close the even ones (ECMA-262's note, which RFC 8785 makes binding).
///
/// The last part is not what Rust's `{:e}` does: for 2^-25 it ends in 3 where ECMAScript ends in 2.
fn shortest_digits(number: f64) -> (String, i32) {
    let scientific = format!("{number:e}");
    let (mantissa, exponent) = scientific.split_once('e').expect("`{:e}` writes an exponent");
    let digits = mantissa.replace('.', "");
    let n = exponent.parse::<i32>().expect("an exponent is an integer") + 1;
    let k = i32::try_from(digits.len()).expect("a double has at most 17 digits");
    let exact = BigRational::from_float(number).expect("a number in a document is finite");
    let closest = round_half_even(&(exact / power_of_ten(n - k)), &BigRational::one());
    let closest = closest.to_integer().to_string();
    let gives_it_back = format!("{closest}e{}", n - k).parse() == Ok(number);
    if closest.len() == digits.len() && gives_it_back { (closest, n) } else { (digits, n) }
}

/// A JSON object, its keys sorted. (Keys here are ASCII, so the order of bytes is the order of RFC 8785.)
fn object(mut entries: Vec<(&str, String)>) -> String {
    entries.sort_by_key(|(key, _)| *key);
    let entries: Vec<String> =
        entries.iter().map(|(key, value)| format!("{}:{value}", string(key))).collect();
    format!("{{{}}}", entries.join(","))
}

fn array(items: impl IntoIterator<Item = String>) -> String {
    let items: Vec<String> = items.into_iter().collect();
    format!("[{}]", items.join(","))
}

/// A JSON string. (Ids, keywords and digits contain nothing that needs an escape.)
fn string(text: &str) -> String {
    format!("\"{text}\"")
}

fn null() -> String {
    "null".to_owned()
}

fn integer(value: &BigRational) -> String {
    assert!(value.is_integer(), "a whole number stands here in a valid document");
    value.to_integer().to_string()
}

fn billionths(score: &BigRational) -> String {
    integer(&(score / billionth()))
}

fn units(credit: &BigRational) -> String {
    string(&integer(&(credit / unit())))
}

// Section 12: the result.

fn group_json(group: &Group, ladder: &[[BigRational; 2]]) -> Value {
    let coverage = group
        .coverage
        .as_ref()
        .map_or(Value::Null, |exact| score_json(&floor_to_billionths(exact)));
    match &group.value {
        Ok(value) => {
            let score = published(value);
            json!({
                "status": "scored",
                "score": score_json(&score),
                "stage": own_stage(ladder, &score),
                "coverage": coverage,
            })
        }
        Err(reason) => json!({"status": "not_scorable", "reason": reason, "coverage": coverage}),
    }
}

fn counts(members: &[(&Value, &Outcome)]) -> Value {
    let mut counts = Map::new();
    for state in STATES {
        let count = members.iter().filter(|(_, outcome)| outcome.state == state).count();
        counts.insert(state.to_owned(), json!(count));
    }
    Value::Object(counts)
}

/// The items of a list; none where there is no list.
fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text stands here in a valid document")
}
