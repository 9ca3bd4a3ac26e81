//! What each door costs at its worst, as documents grow until their limits.
//!
//! `cargo bench --bench doors` prints for each door the input that costs it most time for its size,
//! the one that costs it most memory, and the one of which it writes most; `cargo bench --bench doors --
//! all` prints every input, and `-- outlook` only doors with that in their names. Each is measured at a
//! quarter, a half and the whole of its size, so that what is not linear shows: the least of three runs,
//! and of the processor alone where the system tells, as others may be at work. The memory is what is
//! allocated at once while the door is at work, beyond what was there before; what is written is counted
//! and not kept.

#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::too_many_lines,
    reason = "a benchmark prints figures, and stops if it cannot take them"
)]

use std::collections::BTreeMap;
use std::fmt::{self, Write};
use std::hint::black_box;
use std::io;
use std::time::Instant;

use digital_maturity::assessment::Record;
use digital_maturity::compare::Comparison;
use digital_maturity::form::Form;
use digital_maturity::migration::Migration;
use digital_maturity::panel::Panel;
use digital_maturity::portfolio::{Portfolio, PortfolioSpec, Unit};
use digital_maturity::{AnswerSheet, Questionnaire, Responses, Stage};
use peak_alloc::PeakAlloc;
use serde_json::{Value, json};

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// What one call took.
#[derive(Clone, Copy, Default)]
struct Cost {
    bytes: usize,
    seconds: f64,
    memory: usize,
    written: usize,
}

impl Cost {
    /// Runs it three times.
    fn of(bytes: usize, mut run: impl FnMut() -> usize) -> Self {
        let mut cost = Self { bytes, seconds: f64::INFINITY, memory: 0, written: 0 };
        for _ in 0..3 {
            let before = MEMORY.current_usage();
            MEMORY.reset_peak_usage();
            let start = (Instant::now(), processor());
            cost.written = run();
            let elapsed = start.0.elapsed().as_secs_f64();
            let busy = processor().zip(start.1).map(|(now, then)| now - then);
            cost.seconds = cost.seconds.min(busy.unwrap_or(elapsed));
            cost.memory = MEMORY.peak_usage().saturating_sub(before);
        }
        cost
    }

    /// So many bytes over what is allowed: thirty times the input and a megabyte.
    fn over(&self, bytes: usize) -> f64 {
        bytes as f64 / (30.0 * self.bytes as f64 + 1e6)
    }

    fn share(&self) -> f64 {
        self.over(self.memory)
    }

    fn share_written(&self) -> f64 {
        self.over(self.written)
    }
}

/// The seconds that this thread had a processor so far, where the system tells.
fn processor() -> Option<f64> {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    Some(told.split_whitespace().next()?.parse::<f64>().ok()? / 1e9)
}

/// A document, as large as `part` of four of what it may be.
struct Input {
    name: &'static str,
    make: Box<dyn Fn(usize) -> String>,
}

fn input(name: &'static str, make: impl Fn(usize) -> String + 'static) -> Input {
    Input { name, make: Box::new(make) }
}

/// Sixty-four letters and digits that differ from all others in their last places.
fn long_id(kind: &str, number: usize) -> String {
    format!("{kind}{}{number:06}", "a".repeat(57))
}

fn document(questions: Vec<Value>, more: &Value) -> String {
    let mut all = json!({ "schema": 1, "id": "worst", "version": "1.0.0", "title": "t" });
    for (key, value) in more.as_object().unwrap() {
        all[key] = value.clone();
    }
    all["questions"] = questions.into();
    all.to_string()
}

const PILLARS: [&str; 4] =
    ["digital_first_mindset", "agile_approach", "culture_of_experimentation", "connected_systems"];

fn question(number: usize, scale: impl Into<Value>) -> Value {
    let scale = scale.into();
    let pillar = PILLARS[number % 4];
    json!({ "id": format!("q{number}"), "pillar": pillar, "title": "t", "scale": scale })
}

fn choices(count: usize, text: &str) -> Value {
    let choices: Vec<Value> = (0..count)
        .map(|value| json!({ "value": value, "text": format!("{value}{text}") }))
        .collect();
    json!({ "kind": "choice", "choices": choices })
}

/// A checklist of items with so many points each.
fn items(count: usize, points: fn(usize) -> usize) -> Value {
    let item =
        |number| json!({ "id": long_id("i", number), "text": "t", "points": points(number) });
    json!({ "kind": "checklist", "items": (0..count).map(item).collect::<Vec<_>>() })
}

/// Asks a question on 64 comparisons of the questions before it, each of another bound.
fn compared(number: usize, question: &mut Value) {
    let leaf = |back: u8| {
        let named = format!("q{}", number - 1 - usize::from(back));
        json!({ "question": named, "at_least": f64::from(back + 20) / 100.0 })
    };
    let leaves: Vec<Value> = (0..64).take(number).map(leaf).collect();
    if !leaves.is_empty() {
        question["asked_if"] = json!({ "any": leaves });
    }
}

/// Valid questionnaires, each the worst for something.
fn valid() -> Vec<Input> {
    let shared = |scale: Value, more: fn(usize, &mut Value)| {
        move |part: usize| {
            let questions = (0..250 * part).map(|number| {
                let mut question = question(number, "s");
                more(number, &mut question);
                question
            });
            document(questions.collect(), &json!({ "scales": { "s": scale } }))
        }
    };
    vec![
        input("1,000 questions with 100 choices of their own", |part| {
            let own = |number| question(number, choices(100, "text"));
            document((0..250 * part).map(own).collect(), &json!({}))
        }),
        input("1,000 questions that share 15 choices", shared(choices(15, ""), |_, _| {})),
        input("1,000 questions that share 15 items", shared(items(15, |_| 1), |_, _| {})),
        input("47 questions that share 100 items", |part| {
            let questions = (0..47 * part / 4).map(|number| question(number, "s"));
            document(questions.collect(), &json!({ "scales": { "s": items(100, |_| 1) } }))
        }),
        input("1,000 checklists of 100 items of their own", |part| {
            let own = |number| question(number, items(100, |_| 1));
            document((0..250 * part).map(own).collect(), &json!({}))
        }),
        input("texts shared as often as may be", |part| {
            let questions = (0..250 * part).map(|number| question(number, "s")).collect();
            let scales = json!({ "s": choices(2, &"<".repeat(270)) });
            document(questions, &json!({ "scales": scales }))
        }),
        input("100 languages, shared as often as may be", |part| {
            let text: BTreeMap<String, String> = (0..100)
                .map(|number| (format!("de-x-{number:03}"), "word".to_owned()))
                .chain([("default".to_owned(), "word".to_owned())])
                .collect();
            let choice = |value| json!({ "value": value, "text": text, "advice": text });
            let scale = json!({ "kind": "choice", "choices": [choice(1), choice(2)] });
            let titled = |number| {
                let mut question = question(number, "s");
                question["title"] = json!(text);
                question
            };
            document((0..250 * part).map(titled).collect(), &json!({ "scales": { "s": scale } }))
        }),
        input("conditions of 64 comparisons", shared(choices(6, ""), compared)),
        input("64 comparisons of measures", {
            let band = |number: u8| {
                let start = f64::from(number) + 0.123_456_789_012_345_6;
                json!({ "from": start, "credit": number % 2 })
            };
            let bands: Vec<Value> = (0..12).map(band).collect();
            shared(json!({ "kind": "measure", "unit": "t", "bands": bands }), compared)
        }),
        input(
            "64 comparisons of checklists",
            shared(items(7, |number| 1 + number * number), compared),
        ),
        input("choices of 10,000 bytes in conditions", |part| {
            let mut questions: Vec<Value> =
                (0..7 * part).map(|number| question(number, json!({ "kind": "yes_no" }))).collect();
            questions[0]["scale"] = choices(4, &"<".repeat(9_000));
            for question in &mut questions[1..] {
                let leaf = json!({ "question": "q0", "at_least": 0 });
                question["asked_if"] = json!({ "any": [leaf] });
            }
            document(questions, &json!({}))
        }),
        input(
            "a chain of conditions",
            shared(choices(2, ""), |number, question| {
                if number > 0 {
                    let named = format!("q{}", number - 1);
                    question["asked_if"] = json!({ "question": named, "at_least": 1 });
                }
            }),
        ),
        input("256 themes a question", |part| {
            let theme = |number| json!({ "id": format!("t{number}"), "family": "f", "title": "t" });
            let themes: Vec<Value> = (0..256).map(theme).collect();
            let ids: Vec<String> = (0..256).map(|number| format!("t{number}")).collect();
            let with = |number| {
                let mut question = question(number, json!({ "kind": "yes_no" }));
                question["themes"] = json!(ids);
                question
            };
            let families = json!([{ "id": "f", "title": "f" }]);
            let more = json!({ "themes": themes, "families": families });
            document((0..250 * part).map(with).collect(), &more)
        }),
        input("texts of 4 MB", |part| {
            let with = |number| {
                let mut question = question(number, json!({ "kind": "yes_no" }));
                question["title"] = "\u{1}&".repeat(300).into();
                question["guidance"] = "long ".repeat(400).into();
                question
            };
            document((0..250 * part).map(with).collect(), &json!({}))
        }),
        input("4 MB of items that may be lists", |part| {
            let item = |number: usize| {
                let text = format!("{}{number}", "a,".repeat(500));
                json!({ "id": format!("i{number}"), "text": text })
            };
            let items: Vec<Value> = (0..100).map(item).collect();
            let scale = json!({ "kind": "checklist", "items": items });
            document((0..10 * part).map(|n| question(n, scale.clone())).collect(), &json!({}))
        }),
        input("4 MB of titles that may be headers of items", |part| {
            let with = |number| {
                let mut question = question(number, json!({ "kind": "yes_no" }));
                question["title"] = "t/".repeat(2000).into();
                question
            };
            document((0..250 * part).map(with).collect(), &json!({}))
        }),
    ]
}

/// Documents that are refused, or are none.
fn broken() -> Vec<Input> {
    vec![
        input("1,000 unknown scales", |part| {
            let of = |number| question(number, long_id("s", number));
            let scale = |number| (long_id("t", number), json!({ "kind": "yes_no" }));
            let scales: BTreeMap<String, Value> = (0..250 * part).map(scale).collect();
            document((0..250 * part).map(of).collect(), &json!({ "scales": scales }))
        }),
        input("256 unknown themes a question", |part| {
            let theme =
                |number| json!({ "id": long_id("t", number), "family": "f", "title": "theme" });
            let ids: Vec<String> = (0..64).map(|number| long_id("u", number)).collect();
            let with = |number| {
                let mut question = question(number, json!({ "kind": "yes_no" }));
                question["themes"] = json!(ids);
                question
            };
            let themes: Vec<Value> = (0..256).map(theme).collect();
            document((0..250 * part).map(with).collect(), &json!({ "themes": themes }))
        }),
        input("1,000 unknown questions in conditions", |part| {
            let of = |number: usize| {
                let mut question = question(number, json!({ "kind": "yes_no" }));
                question["id"] = long_id("q", number).into();
                let named = long_id("p", number);
                question["asked_if"] = json!({ "question": named, "at_least": 1 });
                question
            };
            document((0..250 * part).map(of).collect(), &json!({}))
        }),
        input("a key of 1 MB over 1,000 faults", |part| {
            let faults: BTreeMap<String, u8> = (0..1000).map(|n| (format!("k{n}"), 1)).collect();
            let long = "k".repeat(250_000 * part);
            document(vec![], &json!({ "pillars": { long: faults } }))
        }),
        input("4 MB of unknown keys", |part| {
            let entry = |number| format!("\"k{number}\":0");
            let entries: Vec<String> = (0..80_000 * part).map(entry).collect();
            format!("{{{}}}", entries.join(","))
        }),
        input("4 MB of one key", |part| {
            format!("{{{}\"a\":0}}", "\"a\":0,".repeat(160_000 * part))
        }),
        input("4 MB of zeros", |part| format!("[{}0]", "0,".repeat(500_000 * part))),
        input("4 MB of empty lists", |part| format!("[{}[]]", "[],".repeat(333_000 * part))),
        input("wrong choices", |part| {
            let wrong =
                |number| question(number, json!({ "kind": "choice", "choices": vec![1; 100] }));
            let questions: Vec<Value> = (0..250 * part).map(wrong).collect();
            document(questions, &json!({}))
        }),
        input("an invalid language a character", |part| {
            let texts: BTreeMap<String, &str> =
                (0..60_000 * part).map(|number| (format!("{number}!"), "t")).collect();
            document(vec![], &json!({ "description": texts }))
        }),
    ]
}

/// Answers to a questionnaire of 1,000 questions with long ids, checklists among them.
fn answers() -> Vec<Input> {
    let object = |entries: Vec<String>| format!("{{{}}}", entries.join(","));
    vec![
        input("1,000 unknown questions", move |part| {
            let entry = |number| format!("\"{}\":1", long_id("p", number));
            object((0..250 * part).map(entry).collect())
        }),
        input("4 MB of unknown questions", move |part| {
            object((0..60_000 * part).map(|number| format!("\"unknown_{number}\":1")).collect())
        }),
        input("a key of 4 MB", |part| format!("{{\"{}\":1}}", "q___".repeat(250_000 * part))),
        input("a key of 4 MB with brackets", |part| {
            format!("{{\"{}\":1}}", "q[a]".repeat(250_000 * part))
        }),
        input("4 MB of unknown items", move |part| {
            let items: Vec<String> = (0..64_000 * part).map(|n| format!("\"item_{n}\"")).collect();
            object(vec![format!("\"{}\":[{}]", long_id("q", 1), items.join(","))])
        }),
        input("4 MB of unknown texts", move |part| {
            let text = "x".repeat(3_900);
            let entry = |number| format!("\"{}\":\"{text}\"", long_id("q", number));
            object((0..250 * part).map(entry).collect())
        }),
        input("1,000 comments of 4 KB", move |part| {
            let text = "c".repeat(4_000);
            let entry = |number| format!("\"{}\":\"{text}\"", long_id("q", number));
            let comments = object((0..250 * part).map(entry).collect());
            format!("{{\"answers\":{{}},\"comments\":{comments}}}")
        }),
        input("4 MB of nested objects", move |part| {
            let entry = |number| format!("\"k{number}\":{{\"{}\":1}}", long_id("q", number % 1000));
            object((0..13_000 * part).map(entry).collect())
        }),
        input("4 MB of entries", move |part| {
            let entry = |number| format!("\"{}[i{number}]\":1", long_id("q", 1));
            object((0..12_000 * part).map(entry).collect())
        }),
    ]
}

/// Panels: of many voices that say nothing, of fewer that say all, and broken ones.
fn panels(of: &Questionnaire) -> Vec<Input> {
    let fingerprint = of.fingerprint().to_string();
    let panel = move |voices: Vec<Value>, settled: Vec<Value>| {
        let identity = json!({ "id": "worst", "version": "1.0.0", "fingerprint": fingerprint });
        json!({ "questionnaire": identity, "voices": voices, "settled": settled }).to_string()
    };
    let voice = |number: usize, answers: Value| json!({ "name": format!("v{number}"), "sheet": { "answers": answers } });
    // Each says what others do not.
    let said = |question: digital_maturity::Question<'_>| {
        let answers: Vec<Value> = question.answers().iter().map(|of| json!(of)).collect();
        (question.id().to_owned(), answers)
    };
    let said: Vec<(String, Vec<Value>)> = of.questions().map(said).collect();
    let all = move |voice: usize| -> serde_json::Map<String, Value> {
        said.iter().map(|(id, of)| (id.clone(), of[voice % of.len()].clone())).collect()
    };
    let (of_nobody, of_all, of_one, of_empty) =
        (panel.clone(), panel.clone(), panel.clone(), panel.clone());
    vec![
        input("10,000 voices without an answer", move |part| {
            of_nobody((0..2_500 * part).map(|n| voice(n, json!({}))).collect(), vec![])
        }),
        input("100 voices with all answers", move |part| {
            of_all((0..25 * part).map(|n| voice(n, all(n).into())).collect(), vec![])
        }),
        input("4 MB of settled questions", move |part| {
            let settled = |n: usize| json!({ "id": long_id("p", n), "answer": n });
            let voices = vec![voice(0, json!({})), voice(1, json!({}))];
            panel(voices, (0..10_000 * part).map(settled).collect())
        }),
        input("4 MB of empty settled questions", move |part| {
            of_empty(
                vec![voice(0, json!({})), voice(1, json!({}))],
                vec![json!({}); 330_000 * part],
            )
        }),
        input("10,000 voices of one name", move |part| {
            let voice = json!({ "name": "n".repeat(200), "sheet": { "answers": {} } });
            of_one(vec![voice; 2_500 * part], vec![])
        }),
    ]
}

/// Portfolios of many units, and broken ones.
fn portfolios() -> Vec<Input> {
    let list = |units: Vec<String>| format!("{{\"units\":[{}]}}", units.join(","));
    vec![
        input("100,000 units", move |part| {
            let unit = |n| format!("{{\"name\":\"u{n}\",\"weight\":1,\"answers\":\"a\"}}");
            list((0..25_000 * part).map(unit).collect())
        }),
        input("100,000 units of one long name", move |part| {
            let unit = format!("{{\"name\":\"{}\",\"weight\":0}}", "u".repeat(30));
            list(vec![unit; 25_000 * part])
        }),
        input("4 MB of empty units", move |part| list(vec!["{}".to_owned(); 330_000 * part])),
    ]
}

/// The portfolio in a document, each of its units with the least that a result can be.
fn portfolio(document: &str) -> Option<Portfolio> {
    let spec = PortfolioSpec::from_json(document).ok()?;
    let pulse = Questionnaire::dcx_pulse();
    let result = lowest(pulse).assess();
    let units = spec.units.into_iter().map(|unit| Unit::new(unit.name, unit.weight, &result));
    Portfolio::new(pulse, units).ok()
}

/// A questionnaire with what answers can be wrong about.
fn wide() -> Questionnaire {
    let items: Vec<Value> = (0..100)
        .map(|n| json!({ "id": format!("item_{n}x"), "text": format!("Item {n}") }))
        .collect();
    let questions = (0..1000).map(|number| {
        let scale = match number % 2 {
            0 => json!("s"),
            _ => json!({ "kind": "checklist", "items": items[..2 + number % 2 * 98].to_vec() }),
        };
        let mut question = question(number, scale);
        question["id"] = long_id("q", number).into();
        question
    });
    let scales = json!({ "s": choices(100, "x") });
    Questionnaire::from_json(&document(questions.collect(), &json!({ "scales": scales }))).unwrap()
}

fn accepted(document: &str) -> Questionnaire {
    Questionnaire::from_json(document).unwrap_or_else(|errors| panic!("{}", errors.first()))
}

/// Every question answered with the worst that earns the least.
fn lowest(questionnaire: &Questionnaire) -> AnswerSheet {
    let mut sheet = questionnaire.sheet();
    for question in questionnaire.questions() {
        let answers = question.answers().into_iter();
        let worst = answers.min_by_key(|answer| question.credit(answer.clone()).unwrap());
        sheet.set(question.id(), worst.unwrap()).unwrap();
    }
    sheet
}

/// Throws what is written away, so that only the making of it takes memory.
struct Nowhere(usize);

impl fmt::Write for Nowhere {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0 += text.len();
        Ok(())
    }
}

impl io::Write for Nowhere {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// How many bytes it is.
fn written(of: impl fmt::Display) -> usize {
    let mut nowhere = Nowhere(0);
    write!(nowhere, "{of}").unwrap();
    black_box(nowhere.0)
}

fn as_json(of: &impl serde::Serialize) -> usize {
    let mut nowhere = Nowhere(0);
    serde_json::to_writer(&mut nowhere, of).unwrap();
    black_box(nowhere.0)
}

/// What a template writes of a form.
fn rendered(form: &Form<'_>) -> usize {
    let mut page = Nowhere(0);
    for field in form.fields() {
        let condition = form.asked_if(field.id).unwrap_or_default();
        write!(page, "<fieldset id={}>{}{condition}", field.id, field.title).unwrap();
        for choice in &field.choices {
            let (input, name, value) = (field.input, &choice.name, &choice.value);
            write!(page, "<input type={input} name={name} value={value}>{}", choice.text).unwrap();
        }
        write!(page, "<textarea name={}></textarea></fieldset>", field.comment_name).unwrap();
    }
    black_box(page.0)
}

/// What a door does with a questionnaire, and how many bytes it writes.
type Door = (&'static str, fn(&Questionnaire) -> usize);

/// What is asked of a questionnaire that was accepted.
const DOORS: [Door; 17] = [
    ("`sheet.assess()`, as JSON", |of| as_json(&lowest(of).assess().record())),
    ("`assessment.report().html()`", |of| written(lowest(of).assess().report().html())),
    ("`assessment.report().markdown()`", |of| written(lowest(of).assess().report().markdown())),
    ("`assessment.report().text()`, without answers", |of| {
        written(of.sheet().assess().report().text())
    }),
    ("`sheet.advice()`", |of| {
        black_box(lowest(of).advice());
        0
    }),
    ("`sheet.single_raises()`, one by one", |of| {
        for raise in lowest(of).single_raises() {
            black_box(raise);
        }
        0
    }),
    ("`sheet.outlook()`, as JSON", |of| as_json(&of.sheet().outlook())),
    ("`outlook.report().html()`", |of| written(of.sheet().outlook().report(of).unwrap().html())),
    ("`sheet.roadmap()`, as JSON", |of| as_json(&lowest(of).roadmap(Stage::Native).ok())),
    ("`roadmap.report().html()`", |of| {
        let roadmap = lowest(of).roadmap(Stage::Native).ok();
        roadmap.map_or(0, |roadmap| written(roadmap.report(of).unwrap().html()))
    }),
    ("`comparison.report().html()`", |of| {
        let comparison = Comparison::new(&of.sheet().assess(), &lowest(of).assess()).unwrap();
        written(comparison.report(of).unwrap().html())
    }),
    ("`answers_schema()`", |of| as_json(&of.form("en").answers_schema())),
    ("`ui_schema()`", |of| as_json(&of.form("en").ui_schema())),
    ("`survey_json()`", |of| as_json(&of.form("en").survey_json())),
    ("`asked_table()`", |of| as_json(&of.form("en").asked_table())),
    ("`form()`, as JSON", |of| as_json(&of.form("en"))),
    ("`form()`, as HTML", |of| rendered(&of.form("en"))),
];

/// What a door does with a panel, and how many bytes it writes.
type PanelDoor = (&'static str, fn(&Panel) -> usize);

/// What is asked of a panel that was accepted.
const PANEL_DOORS: [PanelDoor; 4] = [
    ("`panel.assess()`, as JSON", |panel| as_json(&panel.assess())),
    ("`panel.agreement()`, as JSON", |panel| as_json(&panel.agreement())),
    ("`panel.report().html()`", |panel| {
        written(panel.assess().report(panel.questionnaire()).unwrap().html())
    }),
    ("`panel.report().text()`", |panel| {
        written(panel.assess().report(panel.questionnaire()).unwrap().text())
    }),
];

struct Bench {
    all: bool,
    /// What the names of doors must hold.
    named: Vec<String>,
}

impl Bench {
    /// Measures a door with each input; the worst ones are printed.
    fn door(&self, door: &str, inputs: &[Input], run: impl Fn(&str) -> Box<dyn FnMut() -> usize>) {
        if !self.named.iter().all(|name| door.contains(name.as_str())) {
            return;
        }
        let mut rows = Vec::new();
        for input in inputs {
            let costs = [1, 2, 4].map(|part| {
                let document = (input.make)(part);
                let mut run = run(&document);
                Cost::of(document.len(), &mut run)
            });
            rows.push((input.name, costs));
        }
        let worst = |by: fn(&Cost) -> f64| {
            let by = |of: &&(_, [Cost; 3])| by(&of.1[2]);
            rows.iter().max_by(|one, other| by(one).total_cmp(&by(other))).unwrap().0
        };
        let printed = [worst(|of| of.seconds), worst(Cost::share), worst(Cost::share_written)];
        for (name, costs) in &rows {
            if self.all || printed.contains(name) {
                let seconds: Vec<String> =
                    costs.iter().map(|of| format!("{:.3}", of.seconds)).collect();
                let whole = &costs[2];
                println!(
                    "| {door} | {name} | {:.2} | {} | {:.1} | {:.0} % | {:.1} | {:.0} % |",
                    whole.bytes as f64 / 1e6,
                    seconds.join(" "),
                    whole.memory as f64 / 1e6,
                    100.0 * whole.share(),
                    whole.written as f64 / 1e6,
                    100.0 * whole.share_written(),
                );
            }
        }
    }
}

/// It is made, and thrown away.
fn unwritten<T>(of: T) -> usize {
    drop(black_box(of));
    0
}

fn main() {
    // `cargo bench` adds an argument of its own.
    let arguments = std::env::args().skip(1).filter(|argument| !argument.starts_with('-'));
    let (all, named): (Vec<String>, _) = arguments.partition(|argument| argument == "all");
    let bench = Bench { all: !all.is_empty(), named };
    println!(
        "| door | input | MB | seconds at 1/4, 1/2, 1 of it | peak MB | of 30 times the input and 1 MB | MB \
         written | of the same |\n|---|---|---|---|---|---|---|---|"
    );
    let all: Vec<Input> = valid().into_iter().chain(broken()).collect();
    bench.door("`Questionnaire::from_json`", &all, |document| {
        let document = document.to_owned();
        Box::new(move || unwritten(Questionnaire::from_json(&document)))
    });
    bench.door("the same, every finding displayed", &broken(), |document| {
        let document = document.to_owned();
        Box::new(move || {
            let errors = Questionnaire::from_json(&document).err();
            errors.map_or(0, |errors| written(&errors).max(as_json(&errors)))
        })
    });
    let wide = wide();
    bench.door("`read_json`", &answers(), |document| {
        let (document, wide) = (document.to_owned(), wide.clone());
        Box::new(move || unwritten(wide.read_json(&document)))
    });
    bench.door("`read_lenient`", &answers(), |document| {
        let (document, wide) = (document.to_owned(), wide.clone());
        Box::new(move || {
            if let Ok(responses) = Responses::from_json(&document) {
                unwritten(wide.read_lenient(&responses));
            }
            0
        })
    });
    let short = json!({ "scales": { "s": choices(2, "") } });
    let short = document((0..1000).map(|number| question(number, "s")).collect(), &short);
    for (ids, of) in [("long", wide.clone()), ("short", accepted(&short))] {
        bench.door(&format!("`Panel::from_json`, {ids} ids"), &panels(&of), |document| {
            let (document, of) = (document.to_owned(), of.clone());
            Box::new(move || unwritten(Panel::from_json(&of, &document)))
        });
        for (door, run) in PANEL_DOORS {
            bench.door(&format!("{door}, {ids} ids"), &panels(&of), |document| {
                let panel = Panel::from_json(&of, document).ok();
                Box::new(move || panel.as_ref().map_or(0, run))
            });
        }
    }
    bench.door("`PortfolioSpec::from_json`", &portfolios(), |document| {
        let document = document.to_owned();
        Box::new(move || unwritten(PortfolioSpec::from_json(&document)))
    });
    bench.door("`portfolio.assess()`, as JSON", &portfolios(), |document| {
        let portfolio = portfolio(document);
        Box::new(move || portfolio.as_ref().map_or(0, |of| as_json(&of.assess())))
    });
    bench.door("`portfolio.report().html()`", &portfolios(), |document| {
        let portfolio = portfolio(document);
        Box::new(move || {
            let result = portfolio.as_ref().map(|of| (of.assess(), of.questionnaire()));
            result.map_or(0, |(result, of)| written(result.report(of).unwrap().html()))
        })
    });
    bench.door("`Record::from_json`", &valid(), |document| {
        let questionnaire = accepted(document);
        let record = serde_json::to_string(lowest(&questionnaire).assess().record()).unwrap();
        Box::new(move || unwritten(Record::from_json(&record)))
    });
    bench.door("`Migration::from_json`", &broken(), |document| {
        let (document, wide) = (document.to_owned(), wide.clone());
        Box::new(move || unwritten(Migration::from_json(&document, &wide, &wide)))
    });
    for (door, run) in DOORS {
        bench.door(door, &valid(), |document| {
            let questionnaire = accepted(document);
            Box::new(move || run(&questionnaire))
        });
    }
}
