//! Section 13 of the scoring rules read literally, on JSON and in exact fractions: every combination of
//! answers is tried.

use digital_maturity::panel::ConsensusRule;
use digital_maturity::{Questionnaire, Score, Stage};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, ToPrimitive, Zero};
use serde_json::{Map, Value, json};

use super::super::reference::oracle::{self, Verdict, credit, decimal};

const PILLARS: [&str; 4] =
    ["digital_first_mindset", "agile_approach", "culture_of_experimentation", "connected_systems"];

pub(super) struct Slow<'p> {
    pub(super) questionnaire: &'p Questionnaire,
    document: Value,
    /// Flat, without what is unanswered.
    voices: Vec<Value>,
    rule: ConsensusRule,
}

/// A way in which a question may count: with that credit in units, or not at all.
type Way = Option<BigInt>;

/// Lowest and highest, as they are published.
pub(super) type Ends<T> = Option<(T, T)>;

fn nearest(value: &BigRational) -> BigInt {
    let half = BigRational::new(1.into(), 2.into());
    let (below, rest) = (value.floor().to_integer(), value - value.floor());
    let up = rest > half || (rest == half && (&below % 2u8) == BigInt::one());
    if up { below + 1 } else { below }
}

fn published(units: &BigInt) -> Score {
    let billionths = nearest(&BigRational::new(units.clone(), 1_000_000.into()));
    Score::from_billionths(billionths.to_u32().unwrap()).unwrap()
}

fn in_units(credit: &BigRational) -> BigInt {
    let units = credit * BigRational::from_integer(1_000_000_000_000_000_u64.into());
    assert!(units.is_integer());
    units.to_integer()
}

/// The mean in units of what counts.
fn mean(counting: &[(BigRational, BigInt)]) -> Option<BigInt> {
    let weight: BigRational = counting.iter().map(|(weight, _)| weight.clone()).sum();
    let sum: BigRational = counting
        .iter()
        .map(|(weight, credit)| weight * BigRational::from_integer(credit.clone()))
        .sum();
    (!weight.is_zero()).then(|| nearest(&(sum / weight)))
}

/// Every way to take one of each.
fn combinations<T: Clone>(of: &[Vec<T>]) -> Vec<Vec<T>> {
    of.iter().fold(vec![Vec::new()], |all, next| {
        let with = |one: &T| {
            all.iter()
                .map(move |before: &Vec<T>| [&before[..], std::slice::from_ref(one)].concat())
                .collect()
        };
        next.iter().flat_map(|one| -> Vec<Vec<T>> { with(one) }).collect()
    })
}

impl<'p> Slow<'p> {
    pub(super) fn new(
        questionnaire: &'p Questionnaire,
        sheets: &[digital_maturity::AnswerSheet],
        rule: ConsensusRule,
    ) -> Self {
        let flat = |sheet| serde_json::to_value(sheet).unwrap()["answers"].clone();
        let document = serde_json::to_value(questionnaire).unwrap();
        Self { questionnaire, document, voices: sheets.iter().map(flat).collect(), rule }
    }

    fn questions(&self) -> &[Value] {
        self.document["questions"].as_array().unwrap()
    }

    fn said(&self, id: &str) -> impl Iterator<Item = &Value> {
        self.voices.iter().filter_map(move |voice| voice.get(id))
    }

    /// The answers to a question that earn a credit, in the order of the voices.
    fn answers(&self, question: &Value) -> Vec<(BigInt, Value)> {
        let id = question["id"].as_str().unwrap().to_owned();
        let answers = self.said(&id).filter(|of| **of != "not_applicable" && **of != "dont_know");
        let answers = answers.cloned().collect::<Vec<_>>();
        let credit = |answer: &Value| in_units(&credit(&self.document, question, answer));
        answers.into_iter().map(|answer| (credit(&answer), answer)).collect()
    }

    fn one(&self, question: &Value) -> Option<Value> {
        let id = question["id"].as_str().unwrap();
        let mut answers = self.answers(question);
        let not_applicable = self.said(id).filter(|of| **of == "not_applicable").count();
        if answers.len() + not_applicable == 0 {
            return self.said(id).next().cloned(); // don't know, if a voice says so
        }
        if 2 * not_applicable > answers.len() + not_applicable {
            return Some("not_applicable".into());
        }
        let k = answers.len();
        if answers[0].1.is_array() {
            let times = |item: &str| {
                let ticks =
                    |(_, of): &&(BigInt, Value)| of.as_array().unwrap().contains(&item.into());
                answers.iter().filter(ticks).count()
            };
            let scale = match &question["scale"] {
                Value::String(name) => &self.document["scales"][name],
                own => own,
            };
            let items = scale["items"].as_array().unwrap().iter();
            let ids = items.map(|item| item["id"].as_str().unwrap());
            let kept = ids.filter(|item| match self.rule {
                ConsensusRule::Median => 2 * times(item) > k,
                ConsensusRule::Lowest => times(item) == k,
            });
            return Some(kept.map(Value::from).collect());
        }
        let value = |answer: &Value| match answer {
            Value::Bool(yes) => BigRational::from_integer(i32::from(*yes).into()),
            number => decimal(number),
        };
        answers.sort_by_key(|(credit, answer)| (credit.clone(), value(answer)));
        let place = match self.rule {
            ConsensusRule::Median => k.div_ceil(2),
            ConsensusRule::Lowest => 1,
        };
        Some(answers[place - 1].1.clone())
    }

    /// What the voices say together, as an answers document.
    pub(super) fn consensus(&self) -> Value {
        let questions = self.questions().iter();
        let said = questions.filter_map(|question| {
            Some((question["id"].as_str().unwrap().to_owned(), self.one(question)?))
        });
        Value::Object(said.collect::<Map<_, _>>())
    }

    fn policy(&self, state: &str) -> Way {
        let lowest = self.document["method"].get(state).is_some_and(|policy| policy == "lowest");
        lowest.then(BigInt::zero)
    }

    /// How an answer counts where its question is asked.
    fn way(&self, question: &Value, answer: Option<&Value>) -> Way {
        match answer {
            None => self.policy("unanswered"),
            Some(answer) if *answer == "dont_know" => self.policy("dont_know"),
            Some(answer) if *answer == "not_applicable" => None,
            Some(answer) => Some(in_units(&credit(&self.document, question, answer))),
        }
    }

    /// The answers that may be taken to each question; `None` is no answer.
    fn takeable(&self) -> Vec<Vec<Option<Value>>> {
        let consensus = self.consensus();
        let of = |question: &Value| {
            let id = question["id"].as_str().unwrap();
            let mut taken: Vec<Option<Value>> = vec![consensus.get(id).cloned()];
            let given = self.said(id).filter(|answer| **answer != "dont_know");
            for answer in given {
                if !taken.contains(&Some(answer.clone())) {
                    taken.push(Some(answer.clone()));
                }
            }
            taken
        };
        self.questions().iter().map(of).collect()
    }

    /// How many combinations there are.
    pub(super) fn size(&self) -> usize {
        self.takeable().iter().map(Vec::len).product()
    }

    /// The ways in which each question may count.
    fn ways(&self) -> Vec<Vec<Way>> {
        let takeable = self.takeable();
        let questions = self.questions();
        let mut asked = vec![(false, false); questions.len()];
        if questions.iter().any(|question| question.get("asked_if").is_some()) {
            for combination in combinations(&takeable) {
                let pairs = questions.iter().zip(combination).filter_map(|(question, answer)| {
                    Some((question["id"].as_str().unwrap().to_owned(), answer?))
                });
                let answers = Value::Object(pairs.collect());
                let verdicts = oracle::verdicts(&self.document, &answers);
                for (asked, verdict) in asked.iter_mut().zip(verdicts) {
                    asked.0 |= verdict == Verdict::Met;
                    asked.1 |= verdict != Verdict::Met;
                }
            }
        } else {
            asked.fill((true, false));
        }
        let each = questions.iter().zip(takeable).zip(asked);
        each.map(|((question, takeable), (met, not_met))| {
            let mut ways: Vec<Way> = Vec::new();
            if met {
                ways.extend(takeable.iter().map(|answer| self.way(question, answer.as_ref())));
            }
            if not_met {
                let lowest = question["asked_if"].get("otherwise").is_some_and(|of| of == "lowest");
                ways.push(lowest.then(BigInt::zero));
            }
            ways.sort();
            ways.dedup();
            ways
        })
        .collect()
    }

    fn weight(question: &Value) -> BigRational {
        question.get("weight").map_or_else(BigRational::one, decimal)
    }

    /// The values in units that a pillar can have, in order; none where it has no Score.
    fn values(&self, pillar: &str, ways: &[Vec<Way>]) -> Vec<BigInt> {
        let own = oracle::assess(&self.document, &self.consensus());
        let reason = &own["pillars"][pillar]["reason"];
        if *reason == "coverage" || *reason == "nothing_applicable" {
            return Vec::new();
        }
        let members = self.questions().iter().zip(ways).filter(|(of, _)| of["pillar"] == pillar);
        let (weights, ways): (Vec<BigRational>, Vec<Vec<Way>>) =
            members.map(|(question, ways)| (Self::weight(question), ways.clone())).unzip();
        let mut values: Vec<BigInt> = combinations(&ways)
            .into_iter()
            .filter_map(|combination| {
                let counting = weights.iter().zip(combination);
                let counting: Vec<(BigRational, BigInt)> =
                    counting.filter_map(|(weight, way)| Some((weight.clone(), way?))).collect();
                mean(&counting)
            })
            .collect();
        values.sort();
        values.dedup();
        values
    }

    /// The overall in units of pillars with those values.
    fn overall(&self, values: &[Option<BigInt>]) -> Option<(BigInt, BigInt)> {
        let weights = PILLARS.map(|pillar| {
            self.document["pillars"][pillar].get("weight").map_or_else(BigRational::one, decimal)
        });
        let mut counting = Vec::new();
        for (weight, value) in weights.into_iter().zip(values) {
            if !weight.is_zero() {
                counting.push((weight, value.clone()?));
            }
        }
        let lowest = counting.iter().map(|(_, value)| value.clone()).min()?;
        let minimum = self.document["method"].get("aggregation").is_some_and(|of| of == "minimum");
        let value = if minimum { lowest.clone() } else { mean(&counting)? };
        Some((value, lowest))
    }

    /// The span: of the pillars, the overall and the stage.
    pub(super) fn span(&self) -> ([Ends<Score>; 4], Ends<Score>, Ends<Stage>) {
        let ways = self.ways();
        let values = PILLARS.map(|pillar| self.values(pillar, &ways));
        let pillars = [0, 1, 2, 3].map(|at: usize| {
            let values: &Vec<BigInt> = &values[at];
            Some((published(values.first()?), published(values.last()?)))
        });
        let of_each = |values: &Vec<BigInt>| -> Vec<Option<BigInt>> {
            if values.is_empty() { vec![None] } else { values.iter().cloned().map(Some).collect() }
        };
        let mut of_each = values.iter().map(of_each).collect::<Vec<_>>();
        if of_each.iter().map(Vec::len).product::<usize>() > 5_000 {
            // Some of what lies between must do.
            for values in &mut of_each {
                let (step, last) = (values.len().div_ceil(6), values.last().cloned());
                *values = values.iter().step_by(step).cloned().chain(last).collect();
            }
        }
        let mut found: Vec<(Score, Stage)> = Vec::new();
        for combination in combinations(&of_each) {
            if let Some((value, lowest)) = self.overall(&combination) {
                let score = published(&value);
                found.push((score, self.questionnaire.ladder().stage(score, published(&lowest))));
            }
        }
        let scores = found.iter().map(|(score, _)| *score);
        let stages = found.iter().map(|(_, stage)| *stage);
        let overall = scores.clone().min().zip(scores.max());
        (pillars, overall, stages.clone().min().zip(stages.max()))
    }

    /// Of each question, in the order of the questionnaire: the range, and the swing, in units.
    pub(super) fn swings(&self) -> Vec<(Option<BigInt>, Option<BigInt>)> {
        let consensus = self.consensus();
        let own = oracle::assess(&self.document, &consensus);
        let ways: Vec<Way> = self
            .questions()
            .iter()
            .zip(own["questions"].as_array().unwrap())
            .map(|(question, result)| {
                if result["state"] == "not_asked" {
                    let lowest =
                        question["asked_if"].get("otherwise").is_some_and(|of| of == "lowest");
                    return lowest.then(BigInt::zero);
                }
                self.way(question, consensus.get(question["id"].as_str().unwrap()))
            })
            .collect();
        let with = |changed: usize, way: &Way| {
            let values = PILLARS.map(|pillar| {
                if own["pillars"][pillar]["status"] != "scored" {
                    return None;
                }
                let mut counting = Vec::new();
                for (at, question) in self.questions().iter().enumerate() {
                    let way = if at == changed { way } else { &ways[at] };
                    if let (true, Some(credit)) = (question["pillar"] == pillar, way) {
                        counting.push((Self::weight(question), credit.clone()));
                    }
                }
                mean(&counting)
            });
            self.overall(&values).map(|(value, _)| value)
        };
        let scored = own["overall"]["status"] == "scored";
        let of = |(at, question): (usize, &Value)| {
            let mut credits: Vec<BigInt> =
                self.answers(question).into_iter().map(|(credit, _)| credit).collect();
            credits.sort();
            let range = credits.last().map(|last| last - &credits[0]);
            if !scored {
                return (range, None);
            }
            let idle = own["questions"][at]["state"] == "not_asked" || ways[at].is_none();
            let swing = match credits.last() {
                Some(highest) if !idle => {
                    with(at, &Some(highest.clone())).unwrap()
                        - with(at, &Some(credits[0].clone())).unwrap()
                }
                _ => BigInt::zero(),
            };
            (range, Some(swing))
        };
        self.questions().iter().enumerate().map(of).collect()
    }

    /// The ids in the order in which to discuss the questions.
    pub(super) fn order(&self) -> Vec<String> {
        let mut order: Vec<(BigInt, BigInt, String)> = self
            .questions()
            .iter()
            .zip(self.swings())
            .map(|(question, (range, swing))| {
                let id = question["id"].as_str().unwrap().to_owned();
                (-swing.unwrap_or_default(), -range.unwrap_or_default(), id)
            })
            .collect();
        order.sort_by(|a, b| (&a.0, &a.1).cmp(&(&b.0, &b.1)));
        order.into_iter().map(|(_, _, id)| id).collect()
    }

    pub(super) fn published(units: &BigInt) -> Score {
        published(units)
    }

    /// The result of the consensus.
    pub(super) fn result(&self) -> Value {
        let mut result = oracle::assess(&self.document, &self.consensus());
        result["questionnaire"] = json!(null);
        result
    }
}
