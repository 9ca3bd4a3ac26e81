//! A small deterministic generator of valid questionnaires and valid answers, biased towards the places where scoring
//! goes wrong: bounds hit exactly, thirds and sevenths, nothing applicable, chains of conditions that are decided late or
//! not at all.
//!
//! Every document is valid by construction, under the strict reading of the rules. A seed gives the same documents on
//! every platform.

use serde_json::{Map, Value, json};

/// The pillars, in order.
const PILLARS: [&str; 4] =
    ["digital_first_mindset", "agile_approach", "culture_of_experimentation", "connected_systems"];

/// One, in billionths.
const ONE: u64 = 1_000_000_000;

/// The largest size of an integer value.
const LARGEST: i64 = 1 << 53;

/// The most leaves of a condition, and how deep its joins nest.
const LEAVES: u64 = 64;
const DEPTH: u64 = 4;

/// Explicit credits and bounds that are worth meeting often.
const NOTABLE: [&str; 20] = [
    "0",
    "1",
    "0.5",
    "0.2",
    "0.4",
    "0.6",
    "0.8",
    "0.25",
    "0.75",
    "0.1",
    "0.333333333",
    "0.333333334",
    "0.666666666",
    "0.666666667",
    "0.166666667",
    "0.142857143",
    "0.000000001",
    "0.999999999",
    "0.0000000010",
    "0.123456789",
];

/// Weights of questions and pillars above 0.
const WEIGHTS: [&str; 12] =
    ["1", "1.0", "2", "3", "7", "0.5", "0.25", "0.001", "0.333", "1.125", "999.999", "1000"];

/// Ascending doubles whose texts are hard to write and whose neighbours are hard to tell apart.
const DOUBLES: [&str; 25] = [
    "-1.7976931348623157e308",
    "-1e21",
    "-123456789.125",
    "-1000000",
    "-2.5",
    "-1",
    "-0.000001",
    "-1e-7",
    "-5e-324",
    "-0.0",
    "5e-324",
    "2.2250738585072014e-308",
    "2.9802322387695312e-8",
    "1e-7",
    "0.000001",
    "0.1",
    "0.3",
    "0.30000000000000004",
    "1",
    "12.5",
    "1000",
    "9007199254740991",
    "1.2345678901234567e20",
    "1e21",
    "1.7976931348623157e308",
];

/// A deterministic source of numbers (splitmix64).
#[derive(Debug, Clone)]
pub(crate) struct Rng(u64);

impl Rng {
    /// The source that `seed` stands for.
    #[must_use]
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `bound`; the slight bias is of no account here.
    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }

    /// A position in something of `length` parts.
    pub(crate) fn position(&mut self, length: usize) -> usize {
        let length = u64::try_from(length).expect("lengths are small");
        usize::try_from(self.below(length)).expect("below a length")
    }

    /// A number from `lowest` to `highest`, both included.
    fn between(&mut self, lowest: i64, highest: i64) -> i64 {
        let width = highest.abs_diff(lowest) + 1;
        lowest.checked_add_unsigned(self.below(width)).expect("not above the highest")
    }

    /// A count from `lowest` to `highest`, both included.
    fn count(&mut self, lowest: usize, highest: usize) -> usize {
        lowest + self.position(highest - lowest + 1)
    }

    /// True in `percent` of a hundred cases.
    pub(crate) fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    fn pick<'a, T: ?Sized>(&mut self, of: &[&'a T]) -> &'a T {
        of[self.position(of.len())]
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let other = self.position(last + 1);
            items.swap(last, other);
        }
    }
}

/// A random valid questionnaire.
#[must_use]
pub(crate) fn questionnaire(rng: &mut Rng) -> Value {
    let tiny = rng.chance(30);
    let mut document = Map::new();
    document.insert("schema".to_owned(), json!(1));
    document.insert("id".to_owned(), json!(rng.pick(&["dcx", "q", "readiness_2"])));
    document.insert("version".to_owned(), json!(rng.pick(&["1.0.0", "0.3.12", "2.1.0-rc.1"])));
    document.insert("title".to_owned(), text(rng, "A questionnaire"));

    let pillar_weights = pillar_weights(rng, tiny);
    let mut pillars = Map::new();
    for (pillar, weight) in PILLARS.iter().zip(&pillar_weights) {
        if let Some(weight) = weight {
            pillars.insert((*pillar).to_owned(), json!({"weight": number(weight)}));
        }
    }
    if !pillars.is_empty() || rng.chance(20) {
        document.insert("pillars".to_owned(), Value::Object(pillars));
    }
    if let Some(stages) = stages(rng, tiny) {
        document.insert("stages".to_owned(), stages);
    }
    if rng.chance(75) {
        document.insert("method".to_owned(), method(rng));
    }
    let themes = if tiny { 0 } else { rng.count(0, 4) };
    if themes > 0 || rng.chance(10) {
        document.insert(
            "themes".to_owned(),
            (0..themes).map(|position| theme(rng, position)).collect(),
        );
    }

    let shared: Vec<Scale> =
        if tiny { vec![fifths(rng)] } else { (0..rng.count(0, 4)).map(|_| scale(rng)).collect() };
    if !shared.is_empty() {
        let named = shared
            .iter()
            .enumerate()
            .map(|(position, scale)| (scale_name(position), scale.json.clone()));
        document.insert("scales".to_owned(), Value::Object(named.collect()));
    }
    document.insert("questions".to_owned(), questions(rng, tiny, &pillar_weights, themes, &shared));
    Value::Object(document)
}

/// Weights as texts, `None` where left out; at least one is above 0.
fn pillar_weights(rng: &mut Rng, tiny: bool) -> [Option<&'static str>; 4] {
    let mut weights = [None; 4];
    if rng.chance(if tiny { 15 } else { 60 }) {
        for weight in &mut weights {
            if rng.chance(60) {
                *weight =
                    Some(if rng.chance(20) { rng.pick(&["0", "0.0"]) } else { rng.pick(&WEIGHTS) });
            }
        }
    }
    if weights.iter().all(|weight| is_zero(*weight)) {
        weights[rng.position(4)] = None;
    }
    weights
}

fn is_zero(weight: Option<&str>) -> bool {
    matches!(weight, Some("0" | "0.0"))
}

fn stages(rng: &mut Rng, tiny: bool) -> Option<Value> {
    match rng.below(10) {
        0..3 => None,
        3..6 => Some(json!(rng.pick(&["balanced", "compensatory", "weakest_link"]))),
        _ => {
            let overall = column(rng, tiny);
            let floors = column(rng, tiny);
            let mut table = Map::new();
            for (stage, (bound, floor)) in
                ["bridge", "hubs", "platform", "native"].iter().zip(overall.iter().zip(&floors))
            {
                table.insert(
                    (*stage).to_owned(),
                    json!({"overall": score(*bound), "every_pillar": score(*floor)}),
                );
            }
            Some(Value::Object(table))
        }
    }
}

/// Four bounds that do not fall, often equal ones among them.
fn column(rng: &mut Rng, tiny: bool) -> Vec<u64> {
    let mut bounds: Vec<u64> = if rng.chance(10) {
        vec![billionths(rng); 4]
    } else if rng.chance(if tiny { 80 } else { 20 }) {
        (0..4).map(|_| rng.below(6) * (ONE / 5)).collect()
    } else {
        (0..4).map(|_| billionths(rng)).collect()
    };
    bounds.sort_unstable();
    bounds
}

fn method(rng: &mut Rng) -> Value {
    let mut method = Map::new();
    if rng.chance(60) {
        method.insert("aggregation".to_owned(), json!(rng.pick(&["arithmetic", "minimum"])));
    }
    for state in ["unanswered", "dont_know"] {
        if rng.chance(60) {
            method.insert(state.to_owned(), json!(rng.pick(&["exclude", "lowest"])));
        }
    }
    if rng.chance(70) {
        let coverage = match rng.below(10) {
            0..4 => number("0"),
            4..8 => number(rng.pick(&[
                "0.5",
                "1",
                "0.333333333",
                "0.333333334",
                "0.666666667",
                "0.25",
                "0.75",
                "0.2",
            ])),
            _ => score(billionths(rng)),
        };
        method.insert("minimum_coverage".to_owned(), coverage);
    }
    Value::Object(method)
}

fn theme(rng: &mut Rng, position: usize) -> Value {
    let family = rng.pick(&["blind_spots", "strengths"]);
    json!({"id": theme_id(position), "family": family, "title": text(rng, "A theme")})
}

/// Ids whose sorted order is not the document's.
fn theme_id(position: usize) -> String {
    ["speed", "data_2", "data_10", "access"][position].to_owned()
}

fn scale_name(position: usize) -> String {
    ["five", "pair", "scale_c", "scale_d"][position].to_owned()
}

/// A scale, and the credits it can give (before `reverse`), rounded down to billionths.
#[derive(Clone)]
struct Scale {
    json: Value,
    levels: Vec<u64>,
}

fn scale(rng: &mut Rng) -> Scale {
    match rng.below(10) {
        0..5 => choice(rng),
        5 => Scale { json: json!({"kind": "yes_no"}), levels: vec![0, ONE] },
        6..8 => checklist(rng),
        _ => measure(rng),
    }
}

/// Credits in fifths, by default or explicitly.
fn fifths(rng: &mut Rng) -> Scale {
    let explicit = rng.chance(50);
    let lowest = rng.between(-1, 1);
    let choices = (0..6_u64).map(|fifth| {
        let value = lowest.checked_add_unsigned(fifth).expect("a small number");
        let mut choice = json!({"value": value, "text": format!("level {fifth}")});
        if explicit {
            choice["credit"] = score(fifth * (ONE / 5));
        }
        choice
    });
    Scale {
        json: json!({"kind": "choice", "choices": choices.collect::<Vec<_>>()}),
        levels: (0..6).map(|fifth| fifth * (ONE / 5)).collect(),
    }
}

fn choice(rng: &mut Rng) -> Scale {
    let mut values = choice_values(rng);
    let lowest = values[0];
    let highest = values[values.len() - 1];
    let explicit = rng.chance(35);
    let rising = rng.chance(50);
    if rng.chance(20) {
        rng.shuffle(&mut values);
    }
    let mut levels: Vec<u64> = if explicit {
        values.iter().map(|_| billionths(rng)).collect()
    } else {
        let width = i128::from(highest) - i128::from(lowest);
        let level = |value: i64| (i128::from(value) - i128::from(lowest)) * i128::from(ONE) / width;
        values.iter().map(|value| u64::try_from(level(*value)).expect("from 0 to one")).collect()
    };
    if explicit && rising {
        levels.sort_unstable();
    }
    let mut choices = Vec::new();
    for (value, level) in values.iter().zip(&levels) {
        let mut choice = json!({"value": integer(rng, *value), "text": text(rng, "A choice")});
        if explicit {
            choice["credit"] = score(*level);
        }
        if rng.chance(5) {
            choice["advice"] = json!("Go on");
        }
        choices.push(choice);
    }
    Scale { json: json!({"kind": "choice", "choices": choices}), levels }
}

/// Ascending distinct values, at least two.
fn choice_values(rng: &mut Rng) -> Vec<i64> {
    let count = if rng.chance(10) { rng.count(8, 14) } else { rng.count(2, 7) };
    let mut values: Vec<i64> = match rng.below(10) {
        0..3 => (1..).take(count).collect(),
        3 => (0..).take(count).collect(),
        4..9 => {
            let mut value = rng.between(-9, 5);
            let mut values = Vec::new();
            for _ in 0..count {
                values.push(value);
                value += rng.between(1, 4);
            }
            values
        }
        _ => {
            let mut values: Vec<i64> = (0..count).map(|_| rng.between(-LARGEST, LARGEST)).collect();
            values.extend([LARGEST, -LARGEST, LARGEST - 1].into_iter().filter(|_| rng.chance(50)));
            values
        }
    };
    values.sort_unstable();
    values.dedup();
    if values.len() < 2 {
        // Only chance could bring this about, among values this large.
        values = vec![-LARGEST, LARGEST];
    }
    values
}

fn checklist(rng: &mut Rng) -> Scale {
    let mut points = Vec::new();
    let mut items = Vec::new();
    for id in ["web", "app", "chat", "mail_2", "mail_10", "kiosk", "voice"]
        .into_iter()
        .take(rng.count(1, 7))
    {
        let mut item = json!({"id": id, "text": text(rng, "An item")});
        let worth = match rng.below(10) {
            0..5 => 1,
            5..9 => rng.between(1, 7),
            _ => rng.between(1, 1000),
        };
        if worth != 1 || rng.chance(30) {
            item["points"] = integer(rng, worth);
        }
        points.push(u64::try_from(worth).expect("at least 1"));
        items.push(item);
    }
    if rng.chance(30) {
        items.reverse();
    }
    let all: u64 = points.iter().sum();
    let mut levels: Vec<u64> = points.iter().map(|worth| worth * ONE / all).collect();
    levels.extend([0, ONE]);
    // What some of the items earn together.
    for _ in 0..4 {
        let some: u64 = points.iter().filter(|_| rng.chance(50)).sum();
        levels.push(some * ONE / all);
    }
    Scale { json: json!({"kind": "checklist", "items": items}), levels }
}

fn measure(rng: &mut Rng) -> Scale {
    let count = if rng.chance(5) { 1 } else { rng.count(2, 6) };
    let mut starts: Vec<Value> = Vec::new();
    if rng.chance(50) {
        let mut tenths = rng.between(-30, 30);
        for _ in 0..count {
            let sign = if tenths < 0 { "-" } else { "" };
            starts.push(number(&format!("{sign}{}.{}", tenths.abs() / 10, tenths.abs() % 10)));
            tenths += rng.between(1, 25);
        }
    } else {
        let mut chosen: Vec<usize> = (0..DOUBLES.len()).collect();
        rng.shuffle(&mut chosen);
        chosen.truncate(count);
        chosen.sort_unstable();
        starts.extend(chosen.into_iter().map(|position| number(DOUBLES[position])));
    }
    let mut bands: Vec<Value> = Vec::new();
    for start in starts {
        // No number is above the largest.
        let (from, above) = match rng.below(10) {
            _ if start == number(DOUBLES[DOUBLES.len() - 1]) => (true, false),
            0..5 => (true, false),
            5..8 => (false, true),
            _ => (true, true),
        };
        if from {
            bands.push(json!({"from": start}));
        }
        if above {
            bands.push(json!({"above": start}));
        }
    }
    let mut levels: Vec<u64> = bands.iter().map(|_| billionths(rng)).collect();
    match rng.below(4) {
        0..2 => levels.sort_unstable(),
        2 => levels.sort_unstable_by(|one, other| other.cmp(one)),
        _ => {}
    }
    for (band, level) in bands.iter_mut().zip(&levels) {
        band["credit"] = score(*level);
    }
    Scale { json: json!({"kind": "measure", "unit": "days", "bands": bands}), levels }
}

fn questions(
    rng: &mut Rng,
    tiny: bool,
    pillar_weights: &[Option<&str>; 4],
    themes: usize,
    shared: &[Scale],
) -> Value {
    // First one question for each pillar that needs one, then any.
    let mut seats: Vec<(usize, bool)> = Vec::new();
    for (pillar, weight) in pillar_weights.iter().enumerate() {
        if !is_zero(*weight) {
            seats.push((pillar, true));
        }
    }
    let total =
        if tiny { seats.len() + rng.count(0, 2) } else { rng.count(4, 25).max(seats.len()) };
    while seats.len() < total {
        seats.push((rng.position(4), false));
    }
    rng.shuffle(&mut seats);

    let conditions = if tiny { 5 } else { rng.below(60) };
    let mut questions: Vec<Value> = Vec::new();
    let mut sources: Vec<Source> = Vec::new();
    for (position, (pillar, needed)) in seats.into_iter().enumerate() {
        let (scale, scale_json) = if !shared.is_empty() && (tiny || rng.chance(50)) {
            let chosen = rng.position(shared.len());
            (shared[chosen].clone(), json!(scale_name(chosen)))
        } else {
            let scale = scale(rng);
            let json = scale.json.clone();
            (scale, json)
        };
        // Ids whose sorted order is not the document's.
        let mut question = json!({
            "id": format!("{}_{position}", rng.pick(&["vision", "a", "speed"])),
            "pillar": PILLARS[pillar],
            "title": text(rng, "A question"),
            "scale": scale_json,
        });
        match rng.below(10) {
            0..5 => {}
            5 if !needed => question["weight"] = number(rng.pick(&["0", "0.0"])),
            _ if tiny => {}
            _ => question["weight"] = number(rng.pick(&WEIGHTS)),
        }
        let mut own_levels = scale.levels;
        if scale.json["kind"] != "checklist" && rng.chance(if tiny { 5 } else { 20 }) {
            question["reverse"] = json!(true);
            own_levels = own_levels.into_iter().map(|level| ONE - level).collect();
        } else if rng.chance(5) {
            question["reverse"] = json!(false);
        }
        let items = list(&scale.json["items"]).iter().map(|item| item["id"].clone()).collect();
        let mut source =
            Source { id: question["id"].clone(), levels: own_levels, items, conditional: false };
        if themes > 0 && rng.chance(60) {
            // The last theme may stay without questions.
            let belongs = (0..themes).filter(|_| rng.chance(40)).map(theme_id).collect::<Vec<_>>();
            question["themes"] = json!(belongs);
        }
        if rng.chance(10) {
            question["effort"] = json!(rng.between(1, 10));
        }
        if rng.chance(5) {
            question["guidance"] = text(rng, "Some guidance");
        }
        if rng.chance(15) {
            let words: &[&str] = rng.pick(&[
                &["not_applicable"][..],
                &["dont_know"][..],
                &["not_applicable", "dont_know"][..],
                &["dont_know", "not_applicable"][..],
            ]);
            question["forbid"] = json!(words);
        }
        if position > 0 && rng.chance(conditions) {
            question["asked_if"] = condition(rng, &sources);
            source.conditional = true;
        }
        questions.push(question);
        sources.push(source);
    }
    Value::Array(questions)
}

/// A question that a condition can name.
struct Source {
    id: Value,
    /// Credits that it can have after `reverse`, to a billionth.
    levels: Vec<u64>,
    /// The ids of its items, if it is a checklist.
    items: Vec<Value>,
    conditional: bool,
}

/// A condition on earlier questions: a leaf, or joins of many shapes.
fn condition(rng: &mut Rng, earlier: &[Source]) -> Value {
    let depth = match rng.below(20) {
        0..8 => 0,
        8..12 => 1,
        12..15 => 2,
        15..17 => 3,
        _ => DEPTH,
    };
    let mut condition = if rng.chance(2) {
        // As many leaves as there may be.
        let leaves: Vec<Value> = (0..LEAVES).map(|_| leaf(rng, earlier)).collect();
        json!({rng.pick(&["all", "any"]): leaves})
    } else {
        part(rng, earlier, depth, &mut LEAVES.clone())
    };
    if rng.chance(50) {
        condition["otherwise"] = json!("lowest");
    }
    condition
}

/// A part of a condition, joins nested just so deep, of at most that many leaves (at least one), which are then used up.
fn part(rng: &mut Rng, earlier: &[Source], depth: u64, leaves: &mut u64) -> Value {
    if depth == 0 {
        *leaves -= 1;
        return leaf(rng, earlier);
    }
    let mut members = vec![part(rng, earlier, depth - 1, leaves)];
    for _ in 0..[0, 1, 1, 1, 2, 2, 3][rng.position(7)] {
        if *leaves > 0 {
            let depth = rng.below(depth);
            members.push(part(rng, earlier, depth, leaves));
        }
    }
    if rng.chance(15) {
        // One member twice.
        let again = members[rng.position(members.len())].clone();
        if let Some(left) = leaves.checked_sub(count_leaves(&again)) {
            *leaves = left;
            members.push(again);
        }
    }
    rng.shuffle(&mut members);
    json!({rng.pick(&["all", "any"]): members})
}

/// The number of leaves of a condition.
#[must_use]
pub(crate) fn count_leaves(condition: &Value) -> u64 {
    let members = condition.get("all").or_else(|| condition.get("any"));
    members.map_or(1, |members| list(members).iter().map(count_leaves).sum())
}

/// A leaf, often on a question that has a condition itself, often with a bound that an answer can hit.
fn leaf(rng: &mut Rng, earlier: &[Source]) -> Value {
    let preferred: Vec<&Source> = match rng.below(10) {
        0..4 => earlier.iter().filter(|source| source.conditional).collect(),
        4..6 => earlier.iter().filter(|source| !source.items.is_empty()).collect(),
        _ => Vec::new(),
    };
    let named = if preferred.is_empty() {
        &earlier[rng.position(earlier.len())]
    } else {
        preferred[rng.position(preferred.len())]
    };
    if !named.items.is_empty() && rng.chance(60) {
        let item = &named.items[rng.position(named.items.len())];
        return json!({"question": named.id, "ticked": item});
    }
    let level = named.levels[rng.position(named.levels.len())];
    let bound = match rng.below(20) {
        0 => 0,
        1 => ONE,
        2..14 => level,
        14..16 => (level + 1).min(ONE),
        16..18 => level.saturating_sub(1),
        _ => billionths(rng),
    };
    json!({"question": named.id, rng.pick(&["at_least", "at_most"]): score(bound)})
}

/// How a respondent answers.
#[derive(Clone, Copy)]
struct Manner {
    unanswered: u64,
    not_applicable: u64,
    dont_know: u64,
    /// Whether all answers are taken from the same place of their scales.
    alike: bool,
}

/// Random valid answers to `questionnaire`, flat or in an envelope.
///
/// # Panics
/// If the questionnaire is invalid.
#[must_use]
pub(crate) fn answers(rng: &mut Rng, questionnaire: &Value) -> Value {
    let complete = Manner { unanswered: 0, not_applicable: 0, dont_know: 0, alike: false };
    let manner = match rng.below(40) {
        0..5 => complete,
        5..18 => Manner { alike: true, ..complete },
        18..21 => Manner { alike: true, unanswered: 15, not_applicable: 10, dont_know: 10 },
        21..29 => Manner { unanswered: 10, not_applicable: 10, dont_know: 10, alike: false },
        29..37 => Manner { unanswered: 3, not_applicable: 5, dont_know: 3, alike: false },
        37 => Manner { unanswered: 85, not_applicable: 5, dont_know: 5, alike: false },
        38 => Manner { unanswered: 3, not_applicable: 90, dont_know: 3, alike: false },
        _ => Manner { unanswered: 25, not_applicable: 5, dont_know: 60, alike: false },
    };
    let place = rng.position(1000);
    let mut given: Vec<(String, Value)> = Vec::new();
    let mut comments = Map::new();
    for question in list(&questionnaire["questions"]) {
        let id = question["id"].as_str().expect("an id").to_owned();
        if rng.chance(3) {
            comments.insert(id.clone(), json!("see the paper"));
        }
        let place = if manner.alike { place } else { rng.position(1000) };
        if let Some(answer) = answer(rng, questionnaire, question, manner, place) {
            given.push((id, answer));
        }
    }
    if rng.chance(30) {
        rng.shuffle(&mut given);
    }
    let given: Value = Value::Object(given.into_iter().collect());
    if rng.chance(60) {
        return given;
    }
    let mut envelope = Map::new();
    if rng.chance(60) {
        let about = json!({"id": questionnaire["id"], "version": questionnaire["version"]});
        envelope.insert("questionnaire".to_owned(), about);
    }
    if rng.chance(40) {
        envelope.insert("respondent".to_owned(), json!("acme-hr"));
    }
    envelope.insert("answers".to_owned(), given);
    if rng.chance(40) {
        envelope.insert("taken".to_owned(), json!(rng.pick(&["2024-02-29", "2025-12-31"])));
    }
    if !comments.is_empty() {
        envelope.insert("comments".to_owned(), Value::Object(comments));
    }
    Value::Object(envelope)
}

/// The answer to one question; `None` leaves it out.
fn answer(
    rng: &mut Rng,
    questionnaire: &Value,
    question: &Value,
    manner: Manner,
    place: usize,
) -> Option<Value> {
    let mut roll = rng.below(100);
    if roll < manner.unanswered {
        return if rng.chance(50) { Some(Value::Null) } else { None };
    }
    roll -= manner.unanswered;
    for (word, percent) in
        [("not_applicable", manner.not_applicable), ("dont_know", manner.dont_know)]
    {
        if roll < percent {
            let forbidden = list(&question["forbid"]).contains(&json!(word));
            return if forbidden { None } else { Some(json!(word)) };
        }
        roll -= percent;
    }
    let scale = match &question["scale"] {
        Value::String(name) => &questionnaire["scales"][name.as_str()],
        in_place => in_place,
    };
    Some(match scale["kind"].as_str().expect("a kind") {
        "choice" => {
            let choices = list(&scale["choices"]);
            choices[place % choices.len()]["value"].clone()
        }
        "yes_no" => json!(place % 2 == 1),
        "checklist" => {
            let mut ticked: Vec<&Value> =
                list(&scale["items"]).iter().map(|item| &item["id"]).collect();
            rng.shuffle(&mut ticked);
            ticked.truncate(place % (ticked.len() + 1));
            json!(ticked)
        }
        _ => measured(rng, list(&scale["bands"]), place),
    })
}

/// A number on a start, next to one, or far from any; it always reaches the first.
fn measured(rng: &mut Rng, bands: &[Value], place: usize) -> Value {
    let start = |band: &Value| band.get("from").unwrap_or_else(|| &band["above"]).clone();
    let double = |start: &Value| start.as_f64().expect("a number");
    let reaches = |number: f64| match bands[0].get("from") {
        Some(from) => number >= double(from),
        None => number > double(&bands[0]["above"]),
    };
    let here = start(&bands[place % bands.len()]);
    let other = match rng.below(20) {
        0..9 if reaches(double(&here)) => return here,
        0..12 => just_above(double(&here)),
        12..16 => just_below(double(&here)),
        16..19 => double(&number(rng.pick(&DOUBLES))),
        _ => 1e300,
    };
    if other.is_finite() && reaches(other) {
        json!(other)
    } else if reaches(double(&here)) {
        here
    } else {
        json!(just_above(double(&here)))
    }
}

/// The next double towards infinity.
#[must_use]
pub(crate) fn just_above(double: f64) -> f64 {
    if double == 0.0 {
        5e-324
    } else if double > 0.0 {
        f64::from_bits(double.to_bits() + 1)
    } else {
        f64::from_bits(double.to_bits() - 1)
    }
}

/// The next double towards minus infinity.
fn just_below(double: f64) -> f64 {
    if double == 0.0 {
        -5e-324
    } else if double > 0.0 {
        f64::from_bits(double.to_bits() - 1)
    } else {
        f64::from_bits(double.to_bits() + 1)
    }
}

/// The JSON text of the same document with the keys of every object in another order.
#[must_use]
pub(crate) fn shuffled(rng: &mut Rng, document: &Value) -> String {
    match document {
        Value::Object(entries) => {
            let mut entries: Vec<String> = entries
                .iter()
                .map(|(key, value)| format!("{}:{}", json!(key), shuffled(rng, value)))
                .collect();
            rng.shuffle(&mut entries);
            format!("{{{}}}", entries.join(","))
        }
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(|item| shuffled(rng, item)).collect();
            format!("[{}]", items.join(","))
        }
        other => other.to_string(),
    }
}

/// A text, plain or by language.
fn text(rng: &mut Rng, plain: &str) -> Value {
    if rng.chance(10) { json!({"default": plain, "de": "Auf Deutsch"}) } else { json!(plain) }
}

/// An integer, now and then spelled as a fraction.
fn integer(rng: &mut Rng, value: i64) -> Value {
    if rng.chance(5) { number(&format!("{value}.0")) } else { json!(value) }
}

/// A Score in billionths, often a notable one.
fn billionths(rng: &mut Rng) -> u64 {
    if rng.chance(70) {
        let text = rng.pick(&NOTABLE);
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let padded = format!("{fraction:0<9}");
        let digits: String = padded.chars().take(9).collect();
        format!("{whole}{digits}").parse().expect("digits")
    } else if rng.chance(50) {
        rng.below(21) * (ONE / 20)
    } else {
        rng.below(ONE + 1)
    }
}

/// The JSON number of a count of billionths.
fn score(billionths: u64) -> Value {
    let fraction = format!("{:09}", billionths % ONE);
    let fraction = fraction.trim_end_matches('0');
    let whole = billionths / ONE;
    number(&if fraction.is_empty() { whole.to_string() } else { format!("{whole}.{fraction}") })
}

/// The JSON number of a text. (Not through `serde_json`, which without its feature `float_roundtrip` misreads some.)
fn number(text: &str) -> Value {
    if let Ok(integer) = text.parse::<i64>() {
        json!(integer)
    } else {
        json!(text.parse::<f64>().expect("the text of a JSON number"))
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}
