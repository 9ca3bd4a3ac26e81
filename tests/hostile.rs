//! Stored results are documents from outside: what is no id in the place of one is refused, and of what is
//! free text nothing but text comes through.

use std::collections::BTreeSet;

use digital_maturity::cohort::Benchmark;
use digital_maturity::compare::{Comparison, History};
use digital_maturity::number::UnitWeight;
use digital_maturity::outlook::Outlook;
use digital_maturity::panel::{ConsensusRule, Panel, PanelResult, Voice};
use digital_maturity::portfolio::{Portfolio, PortfolioResult, Unit};
use digital_maturity::report::{Report, Subject};
use digital_maturity::roadmap::Roadmap;
use digital_maturity::robustness::Robustness;
use digital_maturity::{AnswerSheet, OtherQuestionnaire, Questionnaire};
use serde::Serialize;
use serde::de::DeserializeOwned;

use serde_json::Value;

use super::Stored;
use super::results::{Check, benchmark, capped, every_result, pulse, quayside, roadmaps};

/// Markup of Markdown and HTML, an escape sequence, and what becomes a link by itself.
const HOSTILE: &str =
    "a`<img src=//evil.example/p>` [x](javascript:y) \u{1b}[31m me@evil.example www.evil.example";

/// Where any text may stand: who answered, names of columns that the caller gave, and texts of the
/// questionnaire and of answers. `/overall/reason` is read by nobody, as the pillars beside it say why.
const FREE: &[&str] = &[
    "/respondent",
    "/items/*/name",
    "/advice/*",
    "/advice/*/default",
    "/advice/*/de",
    "/title/default",
    "/title/de",
    "/from_text/default",
    "/from_text/de",
    "/to_text/default",
    "/to_text/de",
    "CreditSums /items/*",
    "/from_text",
    "/to_text",
    "/title",
    "Raise> /*/from/*",
    "Raise> /*/to/*",
    "Record /overall/reason",
    "PanelResult /result/overall/reason",
    "Correlations /names/*",
    "CreditSums /items/*",
    "PanelResult /questions/*/note",
    "PortfolioResult /units/*/name",
    "PortfolioSpec /units/*/name",
    "PortfolioSpec /units/*/answers",
    "PortfolioSpec /units/*/result",
    "Gain> /*/unit",
];

/// The places of a document at which a text stands, and those of the keys of its objects.
fn places(value: &Value, at: &str, out: &mut Vec<String>) {
    match value {
        Value::String(_) => out.push(at.to_owned()),
        Value::Array(values) => {
            for (i, value) in values.iter().enumerate() {
                places(value, &format!("{at}/{i}"), out);
            }
        }
        Value::Object(entries) => {
            for (key, value) in entries {
                places(value, &format!("{at}/{key}"), out);
            }
        }
        _ => {}
    }
}

/// The places of each type, `*` for any index, at which a hostile text is taken.
#[derive(Default)]
struct Taken {
    taken: BTreeSet<String>,
    tried: usize,
}

impl Check for Taken {
    fn check<T: Stored>(&mut self, value: &T) {
        let written = serde_json::to_value(value).unwrap();
        let mut found = Vec::new();
        places(&written, "", &mut found);
        // Lists are long and alike: of each, a few places will do.
        let mut seen = BTreeSet::new();
        for place in found {
            let parts = place.split('/').map(|part| match part.parse::<usize>() {
                Ok(_) => "*",
                Err(_) => part,
            });
            let of = std::any::type_name::<T>().rsplit("::").next().unwrap().to_owned();
            let name = of + " " + &parts.collect::<Vec<_>>().join("/");
            if !seen.insert(name.clone()) {
                continue;
            }
            let mut forged = written.clone();
            *forged.pointer_mut(&place).unwrap() = HOSTILE.into();
            self.tried += 1;
            if serde_json::from_value::<T>(forged).is_ok() {
                self.taken.insert(name);
            }
        }
    }
}

#[test]
fn only_what_is_free_text_takes_any_text() {
    let mut check = Taken::default();
    every_result(&mut check);
    assert!(check.tried > 100, "{}", check.tried);
    let taken: Vec<&str> = check.taken.iter().map(String::as_str).collect();
    for taken in taken {
        assert!(FREE.iter().any(|free| taken.ends_with(free)), "{taken}");
    }
}

/// That whatever is taken comes out of every form as nothing but text. Says how often it was taken.
#[track_caller]
fn comes_out_clean<S: Subject + Serialize + DeserializeOwned>(
    of: &S,
    questionnaire: &Questionnaire,
    report: for<'a> fn(&'a S, &'a Questionnaire) -> Result<Report<'a, S>, OtherQuestionnaire>,
) -> usize {
    let written = serde_json::to_value(of).unwrap();
    let (mut found, mut taken) = (Vec::new(), 0);
    places(&written, "", &mut found);
    for place in found {
        let mut forged = written.clone();
        *forged.pointer_mut(&place).unwrap() = HOSTILE.into();
        let Ok(forged) = serde_json::from_value::<S>(forged) else { continue };
        taken += 1;
        let report = report(&forged, questionnaire).unwrap();
        let (text, markdown) = (report.text().to_string(), report.markdown().to_string());
        let html = report.html().to_string();
        for written in [&text, &markdown, &html] {
            assert!(!written.contains('\u{1b}'), "{place}: {written}");
        }
        // A code span holds `@`, `//` and the dot of `www.`; nothing else of the text is markup.
        let bare = ["`@`", "`//`"].iter().fold(markdown, |bare, part| bare.replace(part, ""));
        for wrong in ["<img", "`<", "](", "@", "//", "www."] {
            assert!(!bare.replace("\\](", "").contains(wrong), "{place}: {wrong} in {bare}");
        }
        let page = html.strip_prefix("<!DOCTYPE html>").unwrap();
        let page = roxmltree::Document::parse(page).unwrap();
        let elements = page.descendants().filter(roxmltree::Node::is_element);
        for element in elements {
            let name = element.tag_name().name();
            assert!(!["img", "a", "script", "p>"].contains(&name), "{place}: {name}");
        }
    }
    taken
}

/// The same voice twice, with a note on what is settled, and names that mean harm.
fn panel() -> PanelResult {
    let sheet = capped();
    let voices = [Voice::new(HOSTILE, sheet.clone()), Voice::new("Ben", sheet.clone())];
    let mut panel = Panel::new(sheet.questionnaire(), voices, ConsensusRule::Median).unwrap();
    panel.settle("case_view", 4, "seen").unwrap();
    panel.assess()
}

/// Units with and without a Score, one under a name that means harm.
fn portfolio() -> PortfolioResult {
    let (sheet, open) = (pulse(|_| {}, Some(5)), pulse(|_| {}, None));
    let unit = |name, sheet: &AnswerSheet| Unit::new(name, UnitWeight::ONE, &sheet.assess());
    let units = [unit(HOSTILE, &sheet), unit("South", &open)];
    Portfolio::new(sheet.questionnaire(), units).unwrap().assess()
}

#[test]
fn free_texts_of_stored_results_come_out_as_text_in_every_form() {
    let (dcx, capped) = (Questionnaire::dcx(), capped());
    let sheet = quayside();
    let mut later = sheet.clone();
    later.set_sequence(3).unwrap().set("lead_time", 1).unwrap();
    let mut named = sheet.clone();
    named.set_respondent("somebody").unwrap();
    let comparison = Comparison::new(&named.assess(), &later.assess()).unwrap();
    assert!(comes_out_clean(&comparison, dcx, Comparison::report) > 0);
    let history = History::new(&[sheet.assess(), later.assess()]).unwrap();
    comes_out_clean(&history, dcx, History::report);
    comes_out_clean(&sheet.outlook(), dcx, Outlook::report);
    comes_out_clean(&sheet.assess().robustness(), dcx, Robustness::report);
    comes_out_clean(&benchmark(&capped), capped.questionnaire(), Benchmark::report);
    assert!(comes_out_clean(&panel(), capped.questionnaire(), PanelResult::report) > 0);
    assert!(comes_out_clean(&portfolio(), Questionnaire::dcx_pulse(), PortfolioResult::report) > 0);
    for roadmap in &roadmaps() {
        let of_capped = roadmap.questionnaire == *capped.questionnaire().identity();
        let questionnaire = if of_capped { capped.questionnaire() } else { dcx };
        comes_out_clean(roadmap, questionnaire, Roadmap::report);
    }
}
