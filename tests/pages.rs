//! Pages on what one asks of results: kept outputs, texts that mean harm, and JSON that keeps to
//! its schema.

use digital_maturity::cohort::{Benchmark, CohortSummary, PercentileRank};
use digital_maturity::compare::{Comparison, History};
use digital_maturity::panel::{ConsensusRule, Panel, Voice};
use digital_maturity::portfolio::{Portfolio, Unit};
use digital_maturity::report::{Pictured, Report, Subject};
use digital_maturity::roadmap::Target;
use digital_maturity::{Answer, AnswerSheet, Cohort, Identity, Questionnaire, Responses, Stage};

use super::golden::{golden_forms, kept_at};

fn sheet(answers: &str) -> AnswerSheet {
    Questionnaire::dcx().read(&Responses::from_json(answers).unwrap()).unwrap()
}

fn brackwater() -> AnswerSheet {
    sheet(include_str!("../examples/cli/samples/brackwater.json"))
}

fn quayside() -> AnswerSheet {
    sheet(include_str!("../examples/quayside.json"))
}

fn a_year_before() -> AnswerSheet {
    sheet(include_str!("../examples/cli/samples/a_year_before.json"))
}

/// Compares the page in both languages with what is kept under that name.
#[track_caller]
fn assert_kept<S: Subject>(name: &str, page: &Report<'_, S>) {
    golden_forms(name, |language| forms(&page.clone().language(language)));
}

/// The same, with its radar.
#[track_caller]
fn assert_kept_with_radar<S: Pictured>(name: &str, page: &Report<'_, S>) {
    golden_forms(name, |language| {
        let page = page.clone().language(language);
        let radar = page.radar_svg().to_string();
        parsed(&radar);
        [forms(&page), vec![("radar.svg", radar)]].concat()
    });
}

#[track_caller]
fn forms<S: Subject>(page: &Report<'_, S>) -> Vec<(&'static str, String)> {
    let html = page.html().to_string();
    parsed(&html);
    vec![("txt", page.text().to_string()), ("md", page.markdown().to_string()), ("html", html)]
}

/// The names of the elements of a page, which must be well-formed XML.
#[track_caller]
fn parsed(page: &str) -> Vec<String> {
    let text = page.strip_prefix("<!DOCTYPE html>").unwrap_or(page);
    let document = roxmltree::Document::parse(text).unwrap();
    let elements = document.descendants().filter(roxmltree::Node::is_element);
    elements.map(|element| element.tag_name().name().to_owned()).collect()
}

#[test]
fn a_roadmap_reads_as_kept() {
    let sheet = brackwater();
    let roadmap = sheet.roadmap(Stage::Hubs).unwrap();
    let page = roadmap.report(sheet.questionnaire()).unwrap().by("2027-06-30".parse().unwrap());
    assert_kept_with_radar("roadmap", &page.about("Brackwater"));
}

#[test]
fn a_roadmap_without_a_way_says_why() {
    let pulse = Questionnaire::dcx_pulse();
    let mut sheet = pulse.sheet();
    for question in pulse.questions().take(6) {
        sheet.set(question.id(), 2).unwrap();
    }
    let roadmap = sheet.roadmap(Stage::Hubs).unwrap();
    assert_kept_with_radar("roadmap_unscored", &roadmap.report(pulse).unwrap());
    let reached = sheet.roadmap("digital_first_mindset=bridge".parse::<Target>().unwrap()).unwrap();
    let text = reached.report(pulse).unwrap().text().to_string();
    assert!(text.contains("The target is reached already."), "{text}");
}

#[test]
fn a_comparison_reads_as_kept() {
    let (before, after) = (a_year_before(), quayside());
    let comparison = Comparison::new(&before.assess(), &after.assess()).unwrap();
    assert_kept_with_radar("comparison", &comparison.report(after.questionnaire()).unwrap());
}

/// Four voices, of which a workshop has settled one question; one without names.
#[test]
fn a_panel_reads_as_kept() {
    let voices = [
        ("Management", include_str!("../examples/cli/samples/panel/management.json")),
        ("Service", include_str!("../examples/cli/samples/panel/service.json")),
        ("IT", include_str!("../examples/cli/samples/panel/it.json")),
        ("Stores", include_str!("../examples/cli/samples/panel/stores.json")),
    ];
    let voices = voices.map(|(name, answers)| Voice::new(name, sheet(answers)));
    let mut panel = Panel::new(Questionnaire::dcx(), voices, ConsensusRule::Median).unwrap();
    panel.settle("journey_owner", 2, "No owner is named anywhere yet").unwrap();
    let result = panel.assess();
    let page = result.report(panel.questionnaire()).unwrap();
    assert_kept_with_radar("panel", &page);
    let html = page.without_names().html().to_string();
    parsed(&html);
    assert!(!html.contains("Stores") && html.contains("2 voices"), "{html}");

    // Nobody said anything: nothing to discuss, and no stage.
    let empty = ["a", "b"].map(|name| Voice::new(name, Questionnaire::dcx().sheet()));
    let empty = Panel::new(Questionnaire::dcx(), empty, ConsensusRule::Lowest).unwrap().assess();
    let page = empty.report(Questionnaire::dcx()).unwrap();
    let text = page.text().to_string();
    assert!(
        text.contains("No stage yet") && text.contains("What nobody has an opinion on"),
        "{text}"
    );
    parsed(&page.html().to_string());
    assert!(empty.report(Questionnaire::dcx_pulse()).is_err());
}

#[test]
fn a_portfolio_reads_as_kept() {
    let saltmarsh = sheet(include_str!("../examples/cli/samples/saltmarsh.json"));
    let unit = |name, weight: &str, sheet: &AnswerSheet| {
        Unit::new(name, weight.parse().unwrap(), &sheet.assess())
    };
    let units = [
        unit("Quayside Larder", "1240", &quayside()),
        unit("Brackwater Broadband", "415.5", &brackwater()),
        unit("Saltmarsh Fish", "96", &saltmarsh),
        unit("New venture", "8", &Questionnaire::dcx().sheet()),
    ];
    let mut portfolio = Portfolio::new(Questionnaire::dcx(), units).unwrap();
    let result = portfolio.set_taken("2026-11-23".parse().unwrap()).assess();
    let gains = portfolio.gains(portfolio.target(Stage::Platform));
    let page = result.report(Questionnaire::dcx()).unwrap().gains(Stage::Platform, &gains);
    assert_kept_with_radar("portfolio", &page);
    assert!(result.report(Questionnaire::dcx_pulse()).is_err());

    let there = portfolio.gains(portfolio.target(Stage::Traditional));
    let text = result.report(Questionnaire::dcx()).unwrap().gains(Stage::Traditional, &there);
    assert!(text.text().to_string().contains("New venture"));
    let alone = [unit("New venture", "8", &Questionnaire::dcx().sheet())];
    let alone = Portfolio::new(Questionnaire::dcx(), alone).unwrap().assess();
    let text = alone.report(Questionnaire::dcx()).unwrap().text().to_string();
    assert!(text.contains("No stage yet") && !text.contains("What holds it back"), "{text}");
}

/// Five results, two of them of one day, and one of nothing but open questions.
#[test]
fn a_history_reads_as_kept() {
    let empty = Questionnaire::dcx().sheet();
    let taken = [
        ("2024-11-18", None, empty),
        ("2023-11-20", None, brackwater()),
        ("2025-11-24", Some(2), quayside()),
        ("2025-11-24", Some(1), a_year_before()),
        ("2026-11-23", None, quayside()),
    ];
    let results = taken.map(|(day, sequence, mut sheet)| {
        sheet.set_taken(day.parse().unwrap()).clear_sequence();
        if let Some(sequence) = sequence {
            sheet.set_sequence(sequence).unwrap();
        }
        sheet.assess()
    });
    let history = History::new(&results).unwrap();
    let page = history.report(Questionnaire::dcx()).unwrap().about("Quayside Grocers");
    assert_kept("history", &page);
    assert!(history.report(Questionnaire::dcx_pulse()).is_err());

    // One result is no course, and none with a score is no picture of one.
    let [empty, alone, ..] = &results;
    let alone = History::new([alone]).unwrap();
    let text = alone.report(Questionnaire::dcx()).unwrap().text().to_string();
    assert!(!text.contains("The overall score was"), "{text}");
    let empty = History::new([empty]).unwrap();
    let page = empty.report(Questionnaire::dcx()).unwrap();
    assert!(page.text().to_string().contains("No stage yet"));
    parsed(&page.html().to_string());
}

#[test]
fn the_parts_of_a_shown_change_sum_to_it() {
    let (before, after) = (a_year_before(), quayside());
    let comparison = Comparison::new(&before.assess(), &after.assess()).unwrap();
    let markdown = comparison.report(after.questionnaire()).unwrap().markdown().to_string();
    let (_, moved) = markdown.split_once("## What moved the overall").unwrap();
    let (moved, _) = moved.split_once("\n## ").unwrap();
    // The last column, in billionths: a point of a hundred with seven decimals.
    let billionths = |row: &str| -> i64 {
        let cell = row.trim_end_matches(" |").rsplit(" | ").next().unwrap();
        let digits: String = cell.chars().filter(char::is_ascii_digit).collect();
        let sign = if cell.contains('\u{2212}') { -1 } else { 1 };
        sign * digits.parse::<i64>().unwrap()
    };
    let rows: Vec<i64> = moved
        .lines()
        .filter(|line| line.contains("points") && line.starts_with('|'))
        .map(billionths)
        .collect();
    let (sum, parts) = rows.split_last().unwrap();
    assert_eq!(parts.iter().sum::<i64>(), *sum);
    assert_eq!(*sum, i64::from(comparison.overall().delta.unwrap().billionths()));
}

#[test]
fn an_outlook_reads_as_kept() {
    let mut sheet = brackwater();
    let ids: Vec<String> =
        sheet.questionnaire().questions().step_by(4).map(|q| q.id().to_owned()).collect();
    for (position, id) in ids.iter().enumerate() {
        let answer = if position % 2 == 0 { Answer::Unanswered } else { Answer::DontKnow };
        sheet.set(id, answer).unwrap();
    }
    let outlook = sheet.outlook();
    assert_kept("outlook", &outlook.report(sheet.questionnaire()).unwrap());
}

#[test]
fn robustness_reads_as_kept() {
    let sheet = quayside();
    let robustness = sheet.assess().robustness();
    assert_kept("robustness", &robustness.report(sheet.questionnaire()).unwrap());
}

/// Sixty organisations, each with its own level and answers one above or below it. What is no choice
/// from 1 to 5 they answer as one of the examples does.
fn peers() -> CohortSummary {
    peers_at(0..60)
}

/// Those of them at these places.
fn peers_at(places: std::ops::Range<usize>) -> CohortSummary {
    let mut builder = Cohort::builder(Questionnaire::dcx());
    let mut state = 1_u64;
    let mut below = |most: i64| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from(state >> 40).unwrap() % most
    };
    for number in 0..60 {
        let mut sheet = if number % 2 == 0 { brackwater() } else { quayside() };
        let ids: Vec<String> =
            sheet.questionnaire().questions().map(|question| question.id().to_owned()).collect();
        let level = 1 + (below(5) + below(5)) / 2;
        for id in ids {
            // Not every question takes it; those that do not stay as they are.
            let _ = sheet.set(&id, (level + below(3) - 1).clamp(1, 5)).map(|_| ());
        }
        if places.contains(&number) {
            builder.push_sheet(&sheet).unwrap();
        }
    }
    builder.build().score().summary()
}

/// The sample of the command `benchmark`.
#[test]
fn the_sample_of_peers_is_as_kept() {
    kept_at("examples/cli/samples/peers.json", &(peers().counts_json() + "\n"));
}

#[test]
fn a_benchmark_reads_as_kept() {
    let sheet = quayside();
    let benchmark = Benchmark::new(&sheet.assess(), &peers(), PercentileRank::Mid).unwrap();
    assert_kept_with_radar("benchmark", &benchmark.report(sheet.questionnaire()).unwrap());
    for (rank, note) in
        [(PercentileRank::Weak, "or the same."), (PercentileRank::Strict, "lower score.")]
    {
        let benchmark = Benchmark::new(&sheet.assess(), &peers(), rank).unwrap();
        let text = benchmark.report(sheet.questionnaire()).unwrap().text().to_string();
        assert!(text.replace('\n', " ").contains(note), "{text}");
    }
}

#[test]
fn table_1_reads_as_kept() {
    let all = peers();
    let groups =
        [("Energy", 20..59), ("Rail", 59..60), ("Retail, food and drink, wholesale", 0..20)]
            .map(|(name, places)| (name, peers_at(places)));
    assert_kept("table_1", &all.report());
    let by = all.report().groups("industry", groups.iter().map(|(name, of)| (*name, of))).unwrap();
    let by = by.in_no_group(1234).about("Peers");
    assert_kept("table_1_by", &by);
    // As many columns stand side by side as 100 columns of text hold.
    assert!(by.text().to_string().lines().all(|line| line.chars().count() <= 100));
}

/// A questionnaire with markup in every text, answered at the bottom.
fn hostile() -> AnswerSheet {
    let nasty = "</p><script>x</script>\u{202e}| # *a* [l](javascript:x) \u{0}";
    let mut questions = Vec::new();
    for position in 0..8 {
        let pillar = digital_maturity::Pillar::ALL.into_iter().cycle().nth(position).unwrap();
        let scale = match position / 4 {
            0 => serde_json::json!({ "kind": "checklist", "items": [
                { "id": "a", "text": nasty }, { "id": "b", "text": nasty } ] }),
            _ => serde_json::json!({ "kind": "measure", "unit": nasty, "bands": [
                { "from": 0, "credit": 0, "text": nasty, "advice": nasty },
                { "from": 5, "credit": 0.5, "text": nasty, "advice": nasty },
                { "from": 1e300, "credit": 1, "text": nasty } ] }),
        };
        questions.push(serde_json::json!({
            "id": format!("q_{position}"), "pillar": pillar, "title": nasty, "scale": scale,
            "themes": ["t"],
        }));
    }
    let document = serde_json::json!({
        "schema": 1, "id": "hostile", "version": "1.0.0", "title": nasty,
        "themes": [{ "id": "t", "family": "f", "title": nasty }], "questions": questions,
    });
    let questionnaire = Questionnaire::from_json(&document.to_string()).unwrap();
    let mut sheet = questionnaire.sheet();
    for position in 0..8 {
        let answer = if position < 4 { Answer::Items(Vec::new()) } else { Answer::Number(1.0) };
        sheet.set(&format!("q_{position}"), answer).unwrap();
    }
    sheet
}

#[test]
fn no_text_brings_markup_into_a_page() {
    let sheet = hostile();
    let foreign = Questionnaire::dcx_pulse();
    let roadmap = sheet.roadmap(Stage::Platform).unwrap();
    let mut after = sheet.clone();
    after.set("q_0", Answer::Items(vec!["a".to_owned()])).unwrap();
    let comparison = Comparison::new(&sheet.assess(), &after.assess()).unwrap();
    let outlook = sheet.questionnaire().sheet().outlook();
    let robustness = sheet.assess().robustness();
    let nobody = CohortSummary::empty(sheet.questionnaire());
    let benchmark = Benchmark::new(&sheet.assess(), &nobody, PercentileRank::Mid).unwrap();
    assert!(
        !roadmap.plan().unwrap().steps.is_empty() && comparison.changed_questions().count() == 1
    );
    for refused in [
        comparison.report(foreign).err(),
        benchmark.report(foreign).err(),
        roadmap.report(foreign).err(),
        outlook.report(foreign).err(),
        robustness.report(foreign).err(),
    ] {
        assert_eq!(*refused.unwrap().found(), Identity::from(foreign));
    }
    assert_harmless(&roadmap.report(sheet.questionnaire()).unwrap());
    assert_harmless(&comparison.report(sheet.questionnaire()).unwrap());
    let dated = after.set_taken("2026-11-26".parse().unwrap()).assess();
    let history = History::new([&dated]).unwrap();
    assert_harmless(&history.report(sheet.questionnaire()).unwrap());
    assert_harmless(&outlook.report(sheet.questionnaire()).unwrap());
    assert_harmless(&robustness.report(sheet.questionnaire()).unwrap());
    assert_harmless(&benchmark.report(sheet.questionnaire()).unwrap());
    let groups = nobody.report().groups("<script>\u{0}", [("<b>\u{202e}|", &nobody)]).unwrap();
    assert_harmless(&groups.in_no_group(1));
    let other = CohortSummary::empty(foreign);
    assert!(nobody.report().groups("", [("", &other)]).is_err());
}

#[track_caller]
fn assert_harmless<S: Subject>(page: &Report<'_, S>) {
    let page = page.clone().about("<b>\u{202e}");
    let html = page.html().to_string();
    let known = ["script", "img", "a", "b"];
    assert!(parsed(&html).iter().all(|name| !known.contains(&name.as_str())), "{html}");
    for text in [html, page.text().to_string(), page.markdown().to_string()] {
        assert!(!text.contains(['\u{202e}', '\u{0}']), "{text}");
    }
    let markdown = page.markdown().to_string();
    assert!(!markdown.contains("<script") && !markdown.contains("[l]("), "{markdown}");
}

/// Every value written as JSON keeps to the schema of its type.
#[cfg(feature = "schema")]
mod schemas {
    use super::*;
    use digital_maturity::compare::History;
    use digital_maturity::outlook::Outlook;
    use digital_maturity::roadmap::Roadmap;
    use digital_maturity::robustness::Robustness;
    use schemars::{JsonSchema, SchemaGenerator};
    use serde_json::Value;

    /// What is wrong with `value` by `schema`: enough of JSON Schema for what this crate writes, and
    /// stricter: unless it is `part` of what an object is said to be, no other key may be there.
    fn faults(
        schema: &Value,
        root: &Value,
        (value, part): (&Value, bool),
        at: &str,
        found: &mut Vec<String>,
    ) {
        if schema == &Value::Bool(true) {
            return;
        }
        let Some(schema) = schema.as_object() else {
            return found.push(format!("{at}: no schema"));
        };
        let shared = schema.contains_key("properties");
        if let Some(name) = schema.get("$ref").and_then(Value::as_str) {
            let target = root.pointer(name.trim_start_matches('#')).unwrap();
            faults(target, root, (value, part || shared), at, found);
        }
        if let Some(kinds) = schema.get("type") {
            let kind = match value {
                Value::Null => "null",
                Value::Bool(_) => "boolean",
                Value::Number(n) if n.is_f64() => "number",
                Value::Number(_) => "integer",
                Value::String(_) => "string",
                Value::Array(_) => "array",
                Value::Object(_) => "object",
            };
            let allowed = |name: &Value| name == kind || (name == "number" && kind == "integer");
            let fits =
                kinds.as_array().map_or_else(|| allowed(kinds), |all| all.iter().any(allowed));
            if !fits {
                found.push(format!("{at}: {kind} is not {kinds}"));
            }
        }
        if let Some(allowed) = schema.get("enum").and_then(Value::as_array) {
            if !allowed.contains(value) {
                found.push(format!("{at}: {value} is not one of {allowed:?}"));
            }
        }
        if schema.get("const").is_some_and(|only| only != value) {
            found.push(format!("{at}: {value} is another constant"));
        }
        for (bound, holds) in [("minimum", f64::ge as fn(&f64, &f64) -> bool), ("maximum", f64::le)]
        {
            let bound = schema.get(bound).and_then(Value::as_f64);
            if bound.zip(value.as_f64()).is_some_and(|(bound, number)| !holds(&number, &bound)) {
                found.push(format!("{at}: {value} is out of bounds"));
            }
        }
        for (several, exactly_one) in [("oneOf", true), ("anyOf", false)] {
            if let Some(all) = schema.get(several).and_then(Value::as_array) {
                let fits = |one: &&Value| {
                    let mut faulty = Vec::new();
                    faults(one, root, (value, part || shared), at, &mut faulty);
                    faulty.is_empty()
                };
                let count = all.iter().filter(fits).count();
                if count == 0 || (exactly_one && count > 1) {
                    found.push(format!("{at}: {count} of {several} fit {value}"));
                }
            }
        }
        if let Some(all) = schema.get("allOf").and_then(Value::as_array) {
            for one in all {
                faults(one, root, (value, true), at, found);
            }
        }
        if let (Some(items), Some(values)) = (schema.get("items"), value.as_array()) {
            for (position, value) in values.iter().enumerate() {
                faults(items, root, (value, false), &format!("{at}/{position}"), found);
            }
        }
        if let Some(object) = value.as_object() {
            for name in schema.get("required").and_then(Value::as_array).into_iter().flatten() {
                if !object.contains_key(name.as_str().unwrap()) {
                    found.push(format!("{at}: {name} is missing"));
                }
            }
            if let Some(known) = schema.get("properties").and_then(Value::as_object) {
                for (name, value) in object {
                    match known.get(name).or_else(|| schema.get("additionalProperties")) {
                        Some(schema) => {
                            faults(schema, root, (value, false), &format!("{at}/{name}"), found);
                        }
                        // Types that are flattened or tagged say the rest elsewhere.
                        None if part
                            || schema.contains_key("oneOf")
                            || schema.contains_key("$ref") => {}
                        None => found.push(format!("{at}: {name} is not in the schema")),
                    }
                }
            }
        }
    }

    #[track_caller]
    fn assert_fits<T: JsonSchema + serde::Serialize>(value: &T) {
        let schema = SchemaGenerator::default().into_root_schema_for::<T>();
        let schema = serde_json::to_value(schema).unwrap();
        let written = serde_json::to_value(value).unwrap();
        let mut found = Vec::new();
        faults(&schema, &schema, (&written, false), "", &mut found);
        assert_eq!(found, Vec::<String>::new());
        // A schema that lets everything through would not notice this.
        let mut found = Vec::new();
        faults(&schema, &schema, (&serde_json::json!([1]), false), "", &mut found);
        assert_ne!(found, Vec::<String>::new());
    }

    #[test]
    fn what_is_written_fits_the_schema_of_its_type() {
        let (before, after) = (a_year_before(), quayside());
        let empty = after.questionnaire().sheet();
        for sheet in [&before, &after, &empty, &brackwater(), &hostile()] {
            for target in ["platform", "native,agile_approach=hubs", "connected_systems=bridge"] {
                assert_fits::<Roadmap>(&sheet.roadmap(target.parse::<Target>().unwrap()).unwrap());
            }
            assert_fits::<Outlook>(&sheet.outlook());
            assert_fits::<Robustness>(&sheet.assess().robustness());
            assert_fits(&sheet.single_raises().collect::<Vec<_>>());
        }
        let comparison = Comparison::new(&before.assess(), &after.assess()).unwrap();
        assert_fits(&comparison);
        assert_fits(&Comparison::new(&empty.assess(), &after.assess()).unwrap());
        for sheet in [&after, &empty, &brackwater()] {
            let nobody = CohortSummary::empty(sheet.questionnaire());
            for cohort in [peers(), nobody] {
                assert_fits(
                    &Benchmark::new(&sheet.assess(), &cohort, PercentileRank::Weak).unwrap(),
                );
                assert_fits(&cohort);
            }
        }
        assert_fits(&History::new(&[before.assess(), after.assess()]).unwrap());
    }
}
