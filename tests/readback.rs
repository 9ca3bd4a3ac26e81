//! Results that were stored: they read back, say what the fresh ones say, and do not take what cannot
//! be. Formats other than JSON are tried by a package of its own, `tests/formats`.

use std::fmt::Debug;

use digital_maturity::cohort::Benchmark;
use digital_maturity::outlook::Outlook;
use digital_maturity::report::{Report, Subject};
use digital_maturity::roadmap::Roadmap;
use digital_maturity::robustness::{Firmness, Robustness};
use digital_maturity::statistics::{
    Deletion, MeasurementError, Ratings, Reliability, Statistic, UniformNull,
};
use digital_maturity::{Identity, OtherQuestionnaire, Questionnaire};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::Stored;
use super::results::{Check, benchmark, capped, every_result, pulse, quayside, ranks, roadmaps};

/// The document without the keys whose value is null.
fn without_nulls(value: Value) -> Value {
    match value {
        Value::Array(values) => values.into_iter().map(without_nulls).collect(),
        Value::Object(entries) => {
            let said = entries.into_iter().filter(|(_, value)| !value.is_null());
            said.map(|(key, value)| (key, without_nulls(value))).collect()
        }
        other => other,
    }
}

struct ReadsBack(usize);

impl Check for ReadsBack {
    #[track_caller]
    fn check<T: Stored>(&mut self, value: &T) {
        let text = serde_json::to_string(value).unwrap();
        assert_eq!(serde_json::from_str::<T>(&text).unwrap(), *value, "{text}");
        let written = serde_json::to_value(value).unwrap();
        assert_eq!(serde_json::from_value::<T>(written.clone()).unwrap(), *value, "{text}");
        let written = without_nulls(written);
        assert_eq!(serde_json::from_value::<T>(written).unwrap(), *value, "{text}");
        self.0 += 1;
    }
}

/// Also where a null is left out, and whatever others switch on in `serde_json`.
#[test]
fn every_result_reads_back_from_json() {
    let mut check = ReadsBack(0);
    every_result(&mut check);
    assert!(check.0 > 100, "{}", check.0);
}

#[test]
fn keys_of_a_later_version_are_passed_over() {
    fn passed_over<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T) {
        let mut written = serde_json::to_value(value).unwrap();
        written["later"] = json!({ "share": 0.5, "count": 3 });
        assert_eq!(serde_json::from_value::<T>(written).unwrap(), *value);
    }
    let sheet = capped();
    passed_over(&sheet.outlook());
    passed_over(&sheet.assess().robustness());
    passed_over(&benchmark(&sheet));
    passed_over(&ranks());
    roadmaps().iter().for_each(passed_over);
}

fn stored<T: Serialize + DeserializeOwned>(value: &T) -> T {
    serde_json::from_str(&serde_json::to_string(value).unwrap()).unwrap()
}

/// That a stored value reports like the fresh one, and of no other questionnaire.
#[track_caller]
fn reports_alike<S: Subject + Serialize + DeserializeOwned>(
    fresh: &S,
    questionnaire: &Questionnaire,
    report: for<'a> fn(&'a S, &'a Questionnaire) -> Result<Report<'a, S>, OtherQuestionnaire>,
) {
    let stored = stored(fresh);
    let page = |of| report(of, questionnaire).unwrap().language("de").html().to_string();
    assert_eq!(page(&stored), page(fresh));
    let mut other = questionnaire.spec().clone();
    other.questions[0].id.push_str("_2");
    let other = Questionnaire::try_from(other).unwrap();
    let refused = report(&stored, &other).unwrap_err();
    assert_eq!(*refused.expected(), Identity::from(questionnaire));
    assert_eq!(*refused.found(), Identity::from(&other));
}

#[test]
fn a_stored_result_makes_the_same_report_and_none_of_another_questionnaire() {
    let sheet = quayside();
    let (dcx, capped) = (Questionnaire::dcx(), capped());
    for roadmap in &roadmaps() {
        let of_capped = roadmap.questionnaire == *capped.questionnaire().identity();
        let questionnaire = if of_capped { capped.questionnaire() } else { dcx };
        reports_alike(roadmap, questionnaire, Roadmap::report);
    }
    reports_alike(&sheet.outlook(), dcx, Outlook::report);
    reports_alike(&sheet.assess().robustness(), dcx, Robustness::report);
    reports_alike(&benchmark(&capped), capped.questionnaire(), Benchmark::report);
}

/// That a value is refused with this in place of what stands at `pointer`, and what is said then.
/// Of integers out of range `serde_json` says one thing or another, and nothing is expected.
#[track_caller]
fn refused<T: Serialize + DeserializeOwned + Debug>(
    value: &T,
    pointer: &str,
    forged: Value,
    expected: &str,
) {
    let mut written = serde_json::to_value(value).unwrap();
    *written.pointer_mut(pointer).unwrap() = forged;
    let by_value = serde_json::from_value::<T>(written.clone()).unwrap_err().to_string();
    let by_text = serde_json::from_str::<T>(&written.to_string()).unwrap_err().to_string();
    for error in [by_value, by_text] {
        assert!(error.contains(expected), "{pointer}: {error}");
    }
}

#[test]
fn an_outlook_that_cannot_be_is_refused() {
    let outlook = quayside().outlook();
    let above = "the lowest result is above the highest";
    refused(&outlook, "/overall/lowest", json!(1), above);
    refused(&outlook, "/overall/highest_stage", json!("traditional"), above);
    refused(&outlook, "/pillars/agile_approach/highest", json!(0), above);
    refused(&outlook, "/pillars/agile_approach", json!(0.5), "expected struct");
    refused(&outlook, "/overall/lowest", json!(1.5), "`1.5` is");
    refused(&outlook, "/open/0/swing", json!(-0.1), "`-0.1` is");
    refused(&outlook, "/open/0/why", json!("asleep"), "unknown openness");
    refused(&outlook, "/questionnaire/fingerprint", json!("ab"), "64");
    refused(&outlook, "/questionnaire", Value::Null, "null");
}

#[test]
fn a_roadmap_that_cannot_be_is_refused() {
    let [planned, _, capped, _] = &roadmaps();
    let plan = planned.plan().unwrap();
    let efforts = "the efforts of the steps do not sum to that of the plan";
    refused(planned, "/way/effort", json!(plan.effort + 1), efforts);
    refused(planned, "/way/steps/0/effort", json!(u32::MAX), efforts);
    refused(planned, "/way/steps", json!([]), efforts);
    refused(planned, "/way/steps/0/levels", json!(-1), "");
    refused(planned, "/way/steps/0/below", json!("far"), "invalid type");
    refused(planned, "/way/steps/0/title", json!({ "de": "ohne Vorgabe" }), "`default`");
    refused(planned, "/way/steps/0/to", json!({ "a": 1 }), "found an object");
    refused(planned, "/way/planned/overall/score", json!(2), "`2` is");
    refused(planned, "/before/pillars/agile_approach/counts/answered", json!(65_536), "");
    refused(planned, "/way/status", json!("perhaps"), "unknown variant `perhaps`");
    refused(planned, "/target/stage", json!("top"), "unknown stage");
    refused(capped, "/way/unmet", json!([]), "nothing is named that stays unmet");
    refused(capped, "/way/reason", json!("weather"), "unknown variant `weather`");
}

#[test]
fn a_robustness_that_cannot_be_is_refused() {
    let robustness: Robustness = pulse(|_| {}, Some(5)).assess().robustness();
    assert!(matches!(robustness.firmness(), Firmness::Weighed(_)));
    let (share, ends) =
        ("a share is not from 0 to 1", "the ends of an interval are not in order between 0 and 1");
    refused(&robustness, "/shares/hubs", json!(1.000_000_1), share);
    refused(&robustness, "/centred/shares/native", json!(-0.1), share);
    refused(&robustness, "/shift/share", json!(2), share);
    refused(&robustness, "/pillars/agile_approach/share", json!(7), share);
    refused(&robustness, "/shares/hubs", Value::Null, "invalid type");
    let holds = "/pillars/connected_systems/holds";
    for forged in [
        json!({ "from": 0.8, "from_included": true, "to": 0.2, "to_included": false }),
        json!({ "from": 0.5, "from_included": true, "to": 0.5, "to_included": true }),
        json!({ "from": 0, "from_included": true, "to": 0.5, "to_included": false }),
        json!({ "from": 0.5, "from_included": true, "to": 1, "to_included": true }),
        json!({ "from": -1, "from_included": false, "to": 0.5, "to_included": false }),
    ] {
        refused(&robustness, holds, forged, ends);
    }
    refused(&robustness, "/status", json!("firm"), "unknown variant `firm`");
    refused(&robustness, "/stage", json!("top"), "unknown stage");
}

#[test]
fn ranks_that_cannot_be_are_refused() {
    let ranks = ranks();
    let order = "a rank is not between the best and the worst of the unit and of all";
    refused(&ranks, "/units/0/best", json!(0), order);
    refused(&ranks, "/units/0/best", json!(5), order);
    refused(&ranks, "/units/3/worst", json!(5), order);
    refused(&ranks, "/units/3/rank", json!(2), order);
    refused(&ranks, "/units/0/rank", json!(-1), "");
    refused(&ranks, "/units/0/above/3", json!(-0.1), "a share is not from 0 to 1");
    refused(&ranks, "/units/0/above/3", json!(1), "the shares of two units sum neither to 1 nor");
    refused(&ranks, "/units/1/above/2", json!(0.5), "the shares of two units sum neither to 1 nor");
    refused(&ranks, "/units/1/above/1", json!(0.5), "a unit is above itself");
    refused(&ranks, "/units/2/above", json!([1, 0, 0]), "not every unit has one share for each");
    refused(&ranks, "/units/2", Value::Null, "invalid type");
    refused(&ranks, "/units/2/best_weights/agile_approach", json!(-1), "`-1` is");
}

#[test]
fn a_benchmark_that_cannot_be_is_refused() {
    let mut sheet = pulse(|_| {}, Some(5));
    sheet.set_taken("2026-11-26".parse().unwrap());
    let benchmark = benchmark(&sheet);
    refused(&benchmark, "/overall/percentile_rank", json!(1.5), "`1.5` is");
    refused(&benchmark, "/overall/gaps/upper", json!(-2), "`-2` is");
    refused(&benchmark, "/overall/count", json!(0.5), "");
    refused(&benchmark, "/stages/hubs", json!(-1), "");
    refused(&benchmark, "/rank", json!("median"), "unknown percentile rank");
    refused(&benchmark, "/taken", json!("2026-02-30"), "not a date");
}

#[test]
fn a_statistic_that_cannot_be_is_refused() {
    let error = MeasurementError::new(0.85, 0.8).unwrap();
    refused(&error, "/of_value", json!(0), "a figure is not above 0");
    refused(&error, "/of_difference", json!(-0.4), "a figure is not above 0");
    refused(&UniformNull::options(5).unwrap(), "/variance", json!(0), "a figure is not above 0");
    let ratings = Ratings::from_rows([[0.1, 0.2], [0.3, 0.5]]).unwrap();
    let reliability = Reliability::new(&ratings, Deletion::Listwise);
    let of: Statistic = stored(&reliability.alpha);
    assert_eq!(of, reliability.alpha);
    // What serde_json says of these is its own affair.
    for forged in [
        json!({ "value": null }),
        json!({ "value": 0.5, "undefined": "pairwise" }),
        json!({}),
        json!(0.5),
        Value::Null,
    ] {
        refused(&reliability, "/alpha", forged, "");
    }
    refused(&reliability, "/alpha", json!({ "undefined": "weather" }), "unknown variant `weather`");
    refused(&reliability, "/n", json!(-2), "");
}
