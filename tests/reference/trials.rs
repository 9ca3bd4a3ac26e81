//! The reference implementation and the generator by themselves, without the crate that they test: against figures
//! worked by hand, against every completion of open answers, and against a second reading of the rules.

#![expect(clippy::float_cmp, reason = "the starts of bands are compared as doubles")]

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::differences;
use super::generate::{self, Rng};
use super::oracle::{self, Verdict};

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn scale_of<'a>(document: &'a Value, question: &'a Value) -> &'a Value {
    match &question["scale"] {
        Value::String(name) => &document["scales"][name.as_str()],
        own => own,
    }
}

/// The joined conditions of a join; `None` for a leaf.
fn members(condition: &Value) -> Option<&[Value]> {
    condition.get("all").or_else(|| condition.get("any")).map(list)
}

fn leaves(condition: &Value) -> Vec<&Value> {
    match members(condition) {
        Some(members) => members.iter().flat_map(leaves).collect(),
        None => vec![condition],
    }
}

fn depth(condition: &Value) -> usize {
    members(condition)
        .map_or(0, |members| 1 + members.iter().map(depth).max().expect("a join has members"))
}

/// The flat answers of a document of answers.
fn flat(answers: &Value) -> Value {
    answers.get("answers").unwrap_or(answers).clone()
}

fn is_missing(answer: Option<&Value>) -> bool {
    answer.is_none_or(|answer| answer.is_null() || answer == "dont_know")
}

#[test]
fn the_reference_meets_every_vector_worked_by_hand() {
    let rows: Vec<Value> = serde_json::from_str(include_str!("vectors.json")).unwrap();
    let mut outlooks = 0;
    for row in rows {
        let name = &row["name"];
        let (document, answers) = (&row["questionnaire"], &row["answers"]);
        let mut faults = Vec::new();
        let found = oracle::assess(document, answers);
        differences("", &row["expect"], &found, true, &mut faults);
        if let Some(outlook) = row.get("outlook") {
            outlooks += 1;
            differences("", outlook, &oracle::outlook(document, answers), true, &mut faults);
        }
        assert_eq!(faults, Vec::<String>::new(), "{name}: {}", row["why"]);
        if let Some(canonical) = row.get("canonical") {
            assert_eq!(*canonical, oracle::canonical(document), "{name}");
        }
    }
    assert!(outlooks >= 8, "{outlooks}");
}

#[test]
fn what_is_sent_for_a_question_that_is_not_asked_is_ignored_but_not_null() {
    let question = |id: &str, asked_if: Option<Value>| {
        let mut question = json!({"id": id, "scale": {"kind": "yes_no"}});
        if let Some(condition) = asked_if {
            question["asked_if"] = condition;
        }
        question
    };
    let not_met = json!({"question": "a", "at_least": 1});
    let undecided = json!({"question": "b", "at_least": 1, "otherwise": "lowest"});
    let document = json!({"questions": [
        question("a", None), question("b", None), question("c", Some(not_met.clone())),
        question("d", Some(not_met.clone())), question("e", Some(not_met)),
        question("f", Some(undecided)),
    ]});
    // c to e are not met, f is undecided. Sent is something for c, d (even "don't know") and f.
    let answers = json!({"a": false, "c": true, "d": "dont_know", "e": null, "f": false});
    assert_eq!(oracle::ignored(&document, &answers), ["c", "d", "f"]);
}

/// Every answer worth trying: each credit that the question can yield (some, for a long checklist), each item alone,
/// and that it is not applicable.
fn endings(document: &Value, question: &Value) -> Vec<Value> {
    let scale = scale_of(document, question);
    let mut endings: Vec<Value> = match scale["kind"].as_str().unwrap() {
        "choice" => list(&scale["choices"]).iter().map(|choice| choice["value"].clone()).collect(),
        "yes_no" => vec![json!(false), json!(true)],
        "checklist" => {
            let ids: Vec<&Value> = list(&scale["items"]).iter().map(|item| &item["id"]).collect();
            let first = (0..=ids.len()).map(|ticked| json!(ids[..ticked]));
            first.chain(ids.iter().skip(1).map(|id| json!([id]))).collect()
        }
        _ => {
            let inside = |band: &Value| match band.get("above") {
                Some(above) => json!(generate::just_above(above.as_f64().unwrap())),
                None => band["from"].clone(),
            };
            list(&scale["bands"]).iter().map(inside).collect()
        }
    };
    if !list(&question["forbid"]).contains(&json!("not_applicable")) {
        endings.push(json!("not_applicable"));
    }
    endings
}

/// The answers with every missing one filled in, in all ways, or none where those are more than `most`. `left` says
/// whether what is missing may also stay so.
fn completions(document: &Value, answers: &Value, most: usize, left: bool) -> Vec<Value> {
    let mut all = vec![flat(answers)];
    for question in list(&document["questions"]) {
        let id = question["id"].as_str().unwrap();
        if !is_missing(all[0].get(id)) {
            continue;
        }
        let mut endings = endings(document, question);
        if left {
            endings.push(json!(null));
        }
        if all.len() * endings.len() > most {
            return Vec::new();
        }
        all = all
            .iter()
            .flat_map(|answers| {
                endings.iter().map(|ending| {
                    let mut answers = answers.clone();
                    answers[id] = ending.clone();
                    answers
                })
            })
            .collect();
    }
    all
}

/// Which questions are asked where nothing is missing: there conditions are plain logic, and what is not asked or not
/// applicable meets nothing.
fn asked(document: &Value, answers: &Value) -> Vec<bool> {
    fn holds(condition: &Value, of_leaf: &dyn Fn(&Value) -> bool) -> bool {
        if let Some(members) = condition.get("all") {
            list(members).iter().all(|member| holds(member, of_leaf))
        } else if let Some(members) = condition.get("any") {
            list(members).iter().any(|member| holds(member, of_leaf))
        } else {
            of_leaf(condition)
        }
    }
    let mut asked: BTreeMap<&str, bool> = BTreeMap::new();
    let mut in_order = Vec::new();
    let questions = list(&document["questions"]);
    for question in questions {
        let of_leaf = |leaf: &Value| {
            let id = leaf["question"].as_str().unwrap();
            let answer = &answers[id];
            if !asked[id] || answer == "not_applicable" {
                return false;
            }
            if let Some(item) = leaf.get("ticked") {
                return list(answer).contains(item);
            }
            let named = questions.iter().find(|question| question["id"] == id).unwrap();
            let credit = oracle::credit(document, named, answer);
            match leaf.get("at_least") {
                Some(bound) => credit >= oracle::decimal(bound),
                None => credit <= oracle::decimal(&leaf["at_most"]),
            }
        };
        let is_asked = question.get("asked_if").is_none_or(|condition| holds(condition, &of_leaf));
        asked.insert(question["id"].as_str().unwrap(), is_asked);
        in_order.push(is_asked);
    }
    in_order
}

#[test]
fn what_is_decided_stays_so_however_the_open_answers_end() {
    let (mut decided_with_open, mut undecided, mut either) = (0, 0, 0);
    for case in 0..1500 {
        let mut rng = Rng::new(case);
        let document = generate::questionnaire(&mut rng);
        for _ in 0..3 {
            let answers = generate::answers(&mut rng, &document);
            let verdicts = oracle::verdicts(&document, &answers);
            let questions = list(&document["questions"]);
            if questions.iter().all(|question| question.get("asked_if").is_none()) {
                continue;
            }
            let completions = completions(&document, &answers, 60, false);
            let mut seen = vec![BTreeSet::new(); verdicts.len()];
            for completion in &completions {
                let asked = asked(&document, completion);
                let as_verdicts: Vec<Verdict> = asked
                    .iter()
                    .map(|asked| if *asked { Verdict::Met } else { Verdict::NotMet })
                    .collect();
                let found = oracle::verdicts(&document, completion);
                assert_eq!(found, as_verdicts, "case {case}\n{document}\n{completion}");
                for (seen, asked) in seen.iter_mut().zip(asked) {
                    seen.insert(asked);
                }
            }
            if completions.len() < 2 {
                continue;
            }
            for ((verdict, seen), question) in verdicts.iter().zip(seen).zip(questions) {
                let seen: Vec<bool> = seen.into_iter().collect();
                let context = || format!("case {case} {}\n{document}\n{answers}", question["id"]);
                match verdict {
                    Verdict::Met => assert_eq!(seen, [true], "{}", context()),
                    Verdict::NotMet => assert_eq!(seen, [false], "{}", context()),
                    // Not always both: a leaf on a question whose own condition is undecided looks at no answer.
                    Verdict::Undecided => {
                        undecided += 1;
                        either += u32::from(seen.len() == 2);
                    }
                }
                let conditional = question.get("asked_if").is_some();
                decided_with_open += u32::from(conditional && *verdict != Verdict::Undecided);
            }
        }
    }
    assert!(
        decided_with_open > 500 && undecided > 200 && either > 100,
        "{decided_with_open} {undecided} {either}"
    );
}

/// A condition on each of the questions once, of random joins.
fn read_once(rng: &mut Rng, leaves: &[Value]) -> Value {
    if leaves.len() == 1 {
        return leaves[0].clone();
    }
    let (one, other) = leaves.split_at(1 + rng.position(leaves.len() - 1));
    let members = [read_once(rng, one), read_once(rng, other)];
    if rng.chance(50) { json!({"all": members}) } else { json!({"any": members}) }
}

#[test]
fn a_condition_that_names_each_question_once_is_undecided_just_if_it_can_end_either_way() {
    let checklist = json!({"kind": "checklist", "items": [{"id": "x"}, {"id": "y"}]});
    let mut undecided = 0;
    for case in 0..1500 {
        let mut rng = Rng::new(case);
        let mut questions = Vec::new();
        let mut leaves = Vec::new();
        let mut answers = json!({});
        for at in 0..5 {
            let id = format!("q{at}");
            let (scale, reverse, leaf, ending) = match rng.below(4) {
                0 => (checklist.clone(), false, json!({"ticked": "y"}), json!(["y"])),
                1 => (json!({"kind": "yes_no"}), true, json!({"at_least": 1}), json!(true)),
                2 => (json!({"kind": "yes_no"}), false, json!({"at_most": 0}), json!(true)),
                _ => (json!({"kind": "yes_no"}), false, json!({"at_least": 0.5}), json!(false)),
            };
            let mut leaf = leaf;
            leaf["question"] = json!(id);
            leaves.push(leaf);
            answers[&id] = match rng.below(5) {
                0 => ending,
                1 => json!("not_applicable"),
                2 if scale["kind"] == "yes_no" => json!(ending != true),
                3 => json!("dont_know"),
                _ => json!(null),
            };
            questions.push(json!({"id": id, "scale": scale, "reverse": reverse}));
        }
        let condition = read_once(&mut rng, &leaves);
        questions.push(json!({"id": "t", "scale": {"kind": "yes_no"}, "asked_if": condition}));
        let document = json!({"questions": questions});
        answers["t"] = json!(true);
        let seen: BTreeSet<bool> = completions(&document, &answers, usize::MAX, false)
            .iter()
            .map(|completion| asked(&document, completion)[5])
            .collect();
        let expected = match seen.into_iter().collect::<Vec<bool>>()[..] {
            [true] => Verdict::Met,
            [false] => Verdict::NotMet,
            _ => Verdict::Undecided,
        };
        assert_eq!(oracle::verdicts(&document, &answers)[5], expected, "{document}\n{answers}");
        undecided += u32::from(expected == Verdict::Undecided);
    }
    assert!(undecided > 300, "{undecided}");
}

#[test]
fn no_scorable_completion_lies_outside_the_outlook() {
    let stages = ["traditional", "bridge", "hubs", "platform", "native"];
    let level = |stage: &Value| stages.iter().position(|name| stage == name).unwrap();
    let (mut open, mut hanging, mut lowest) = (0, 0, 0);
    for case in 0..3000 {
        // Two sheets of answers for a document.
        let mut rng = Rng::new(case / 2);
        let document = generate::questionnaire(&mut rng);
        if case % 2 == 1 {
            rng = Rng::new(case + 1_000_000);
        }
        let answers = generate::answers(&mut rng, &document);
        let verdicts = oracle::verdicts(&document, &answers);
        if !verdicts.contains(&Verdict::Undecided) && case % 10 > 0 {
            continue;
        }
        let completions = completions(&document, &answers, 60, true);
        let outlook = oracle::outlook(&document, &answers);
        let within = |bounds: &Value, found: &Value, name: &str| {
            if found["status"] == "scored" {
                let number = |value: &Value| value.as_f64().unwrap();
                let context = || format!("case {case}: {name}\n{document}\n{answers}\n{outlook}");
                assert!(number(&bounds["lowest"]) <= number(&found["score"]), "{}", context());
                assert!(number(&found["score"]) <= number(&bounds["highest"]), "{}", context());
                let stage = level(&found["stage"]);
                assert!(level(&bounds["lowest_stage"]) <= stage, "{}", context());
                assert!(stage <= level(&bounds["highest_stage"]), "{}", context());
            }
        };
        for completion in &completions {
            let found = oracle::assess(&document, completion);
            within(&outlook["overall"], &found["overall"], "overall");
            for (pillar, found) in found["pillars"].as_object().unwrap() {
                within(&outlook["pillars"][pillar], found, pillar);
            }
        }
        if completions.len() > 1 {
            open += 1;
            let questions = list(&document["questions"]).iter().zip(verdicts);
            let undecided: Vec<&Value> = questions
                .filter(|(_, verdict)| *verdict == Verdict::Undecided)
                .map(|(question, _)| question)
                .collect();
            hanging += u32::from(!undecided.is_empty());
            lowest += u32::from(undecided.iter().any(|question| {
                question["asked_if"]["otherwise"] == "lowest" && question["weight"] != 0
            }));
            for question in undecided {
                assert!(list(&outlook["open"]).contains(&question["id"]), "case {case}");
            }
        }
    }
    assert!(open > 100 && hanging > 60 && lowest > 30, "{open} {hanging} {lowest}");
}

#[test]
fn random_bands_are_valid_and_their_starts_are_met() {
    let mut edges: BTreeMap<&str, u32> = BTreeMap::new();
    let mut meet = |edge: &'static str, is: bool| *edges.entry(edge).or_default() += u32::from(is);
    for case in 0..1500 {
        let mut rng = Rng::new(case);
        let document = generate::questionnaire(&mut rng);
        let answers = flat(&generate::answers(&mut rng, &document));
        for question in list(&document["questions"]) {
            let context = || format!("case {case} {}\n{document}\n{answers}", question["id"]);
            let scale = scale_of(&document, question);
            if scale["kind"] != "measure" {
                continue;
            }
            // The number, and whether only what is above it is in the band.
            let start = |band: &Value| match (band.get("from"), band.get("above")) {
                (Some(from), None) => (from.as_f64().unwrap(), false),
                (None, Some(above)) => (above.as_f64().unwrap(), true),
                _ => panic!("{}", context()),
            };
            // They ascend strictly, `from` before `above`.
            let starts: Vec<(f64, bool)> = list(&scale["bands"]).iter().map(start).collect();
            assert!(starts.is_sorted_by(|one, other| one < other), "{}", context());
            let pairs = || starts.windows(2).map(|pair| (pair[0], pair[1]));
            meet("both starts", pairs().any(|(one, other)| one.0 == other.0));
            let next_to = |one: (f64, bool)| (generate::just_above(one.0), false);
            meet("an empty band", pairs().any(|(one, other)| one.1 && other == next_to(one)));
            if let Some(number) = answers[question["id"].as_str().unwrap()].as_f64() {
                assert!((number, true) > starts[0], "{}", context());
                meet("on `from`", starts.contains(&(number, false)));
                meet("on `above`", starts.contains(&(number, true)));
                let next = |start: &(f64, bool)| start.1 && number == generate::just_above(start.0);
                meet("just above `above`", starts.iter().any(next));
            }
        }
    }
    for (edge, times) in edges {
        assert!(times >= 20, "{edge}: {times}");
    }
}

#[test]
fn random_conditions_are_valid_and_meet_the_edges() {
    let mut edges: BTreeMap<&str, u32> = BTreeMap::new();
    let mut meet = |edge: &'static str, is: bool| *edges.entry(edge).or_default() += u32::from(is);
    for case in 0..1500 {
        let mut rng = Rng::new(case);
        let document = generate::questionnaire(&mut rng);
        let answers = flat(&generate::answers(&mut rng, &document));
        let verdicts = oracle::verdicts(&document, &answers);
        let questions = list(&document["questions"]);
        for (position, question) in questions.iter().enumerate() {
            let context = || format!("case {case} {}\n{document}\n{answers}", question["id"]);
            let Some(condition) = question.get("asked_if") else { continue };
            let (depth, leaves) = (depth(condition), leaves(condition));
            assert!(depth <= 4 && leaves.len() <= 64, "{}", context());
            meet("four deep", depth == 4);
            meet("a leaf alone", depth == 0);
            meet("64 leaves", leaves.len() == 64);
            meet("otherwise", condition["otherwise"] == "lowest");
            meet("no otherwise", condition.get("otherwise").is_none());
            meet("met", verdicts[position] == Verdict::Met);
            meet("not met", verdicts[position] == Verdict::NotMet);
            meet("undecided", verdicts[position] == Verdict::Undecided);
            let merged = |part: &str| {
                members(condition).is_some_and(|members| {
                    condition.get(part).is_some() && members.iter().any(|m| m.get(part).is_some())
                })
            };
            meet("a join in one of its kind", merged("all") || merged("any"));
            let wraps = |members: &[Value]| {
                members.len() == 1
                    || (1..members.len()).any(|at| members[..at].contains(&members[at]))
            };
            meet("members that are one", members(condition).is_some_and(wraps));
            for leaf in leaves {
                let found = questions.iter().position(|named| named["id"] == leaf["question"]);
                let at = found.unwrap();
                assert!(at < position, "{}", context());
                let named = &questions[at];
                let answer = &answers[named["id"].as_str().unwrap()];
                let items = list(&scale_of(&document, named)["items"]);
                if let Some(item) = leaf.get("ticked") {
                    assert!(items.iter().any(|known| known["id"] == *item), "{}", context());
                    let answered = answer.is_array() && verdicts[at] == Verdict::Met;
                    meet("ticked", answered && list(answer).contains(item));
                    meet("not ticked", answered && !list(answer).contains(item));
                } else {
                    let (least, most) = (leaf.get("at_least"), leaf.get("at_most"));
                    let bound = least.or(most).unwrap();
                    assert!(least.is_none() || most.is_none(), "{}", context());
                    assert!((0.0..=1.0).contains(&bound.as_f64().unwrap()), "{}", context());
                    if verdicts[at] == Verdict::Met
                        && !is_missing(Some(answer))
                        && answer != "not_applicable"
                    {
                        let credit = oracle::credit(&document, named, answer);
                        let off = credit - oracle::decimal(bound);
                        let zero = oracle::decimal(&json!(0));
                        let near = off >= oracle::decimal(&json!(-1e-9))
                            && off <= oracle::decimal(&json!(1e-9));
                        meet("on the bound", off == zero);
                        meet("just over the bound", near && off > zero);
                        meet("just under the bound", near && off < zero);
                        meet("a reversed source", named["reverse"] == true);
                    }
                }
                meet("a leaf on what is not asked", verdicts[at] == Verdict::NotMet);
                meet("a leaf on what is undecided", verdicts[at] == Verdict::Undecided);
            }
        }
    }
    for (edge, times) in edges {
        assert!(times >= 20, "{edge}: {times}");
    }
}

/// The same condition, written otherwise: members in another order, some twice, some as a join of one.
fn rewritten(rng: &mut Rng, condition: &Value) -> Value {
    let mut again = condition.clone();
    for join in ["all", "any"] {
        if let Some(members) = condition.get(join) {
            let members = list(members);
            let mut again_members: Vec<Value> =
                members.iter().map(|member| rewritten(rng, member)).collect();
            if rng.chance(40) {
                let twice = &members[rng.position(members.len())];
                again_members.push(rewritten(rng, twice));
            }
            again_members.rotate_left(rng.position(members.len()));
            again[join] = json!(again_members);
        }
    }
    if again.get("otherwise").is_none() && rng.chance(20) {
        let join = if rng.chance(50) { "all" } else { "any" };
        again = json!({join: [again]});
    }
    again
}

#[test]
fn the_canonical_text_is_the_same_however_a_condition_is_written() {
    let mut changed = 0;
    for case in 0..300 {
        let mut rng = Rng::new(case);
        let document = generate::questionnaire(&mut rng);
        let mut again = document.clone();
        for question in again["questions"].as_array_mut().unwrap() {
            if let Some(condition) = question.get_mut("asked_if") {
                *condition = rewritten(&mut rng, condition);
            }
        }
        changed += u32::from(again != document);
        let canonical = oracle::canonical(&document);
        assert_eq!(oracle::canonical(&again), canonical, "case {case}\n{document}\n{again}");
        // Neither does it change what is asked.
        let answers = generate::answers(&mut rng, &document);
        let verdicts = oracle::verdicts(&document, &answers);
        assert_eq!(oracle::verdicts(&again, &answers), verdicts, "case {case}");
        // Sorted keys, no spaces, and nothing that JSON would write otherwise.
        let read: Value = serde_json::from_str(&canonical).unwrap();
        assert_eq!(read.to_string(), canonical, "case {case}");
    }
    assert!(changed > 100, "{changed}");
}

#[test]
fn what_can_change_a_score_changes_the_canonical_text() {
    let document = |condition: Value, bands: Value| {
        let scale = json!({"kind": "measure", "bands": bands});
        let mut question = json!({"id": "t", "pillar": "agile_approach", "scale": scale});
        question["asked_if"] = condition;
        json!({"questions": [question]})
    };
    let bands = json!([{"from": 0, "credit": 0}, {"from": 7, "credit": 1}]);
    let (a, b) =
        (json!({"question": "a", "at_least": 0.5}), json!({"question": "b", "ticked": "x"}));
    let with_otherwise = |mut condition: Value| {
        condition["otherwise"] = json!("lowest");
        condition
    };
    let texts: BTreeSet<String> = [
        a.clone(),
        b.clone(),
        json!({"question": "a", "at_most": 0.5}),
        json!({"question": "a", "at_least": 0.500_000_001}),
        json!({"question": "b", "ticked": "y"}),
        json!({"all": [a, b]}),
        json!({"any": [a, b]}),
        json!({"any": [a, {"any": [a, b]}]}),
        json!({"any": [a, {"all": [a, b]}]}),
        with_otherwise(a.clone()),
        with_otherwise(json!({"all": [a, b]})),
    ]
    .into_iter()
    .map(|condition| oracle::canonical(&document(condition, bands.clone())))
    .chain([
        oracle::canonical(&document(
            a.clone(),
            json!([{"from": 0, "credit": 0}, {"above": 7, "credit": 1}]),
        )),
        oracle::canonical(&document(
            a.clone(),
            json!([{"above": 0, "credit": 0}, {"from": 7, "credit": 1}]),
        )),
    ])
    .collect();
    assert_eq!(texts.len(), 13);
}
