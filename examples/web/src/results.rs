//! Results: the report, what is open, the way up, and how results compare.

use std::fmt::Display;

use axum::extract::{Path, Query};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use digital_maturity::compare::{Comparison, History};
use digital_maturity::roadmap::{Cost, Target};
use digital_maturity::{AnswerSheet, Assessment, Questionnaire, Record, Stage, Words};
use maud::{Markup, PreEscaped, html};
use serde::Deserialize;

use crate::pages::{Language, layout};
use crate::store::{Store, Stored};
use crate::{Answer, Ask, Fault, Page};

/// A result with what it was made of.
struct Opened {
    stored: Stored,
    questionnaire: Questionnaire,
    sheet: AnswerSheet,
    assessment: Assessment,
    /// Whether the stored result is what its answers give.
    verified: bool,
}

fn open(store: &Store, number: i64) -> Result<Opened, Fault> {
    let stored = store.result(number)?;
    let questionnaire = store.questionnaire(&stored.questionnaire)?;
    let sheet = questionnaire.read_json(&stored.answers)?;
    let verified = stored.record().and_then(|record| record.verify(&sheet).ok());
    let (verified, assessment) = (verified.is_some(), verified.unwrap_or_else(|| sheet.assess()));
    Ok(Opened { stored, questionnaire, sheet, assessment, verified })
}

/// The page of a result, `path` behind its address: links to all of its pages, and one of them.
fn page(language: Language, opened: &Opened, path: &str, title: &str, content: &Markup) -> Markup {
    let (tag, number) = (language.tag(), opened.stored.number);
    let of = |path: &str| format!("/{tag}/r/{number}{path}");
    let results = format!("/{tag}/q/{}/results", opened.stored.questionnaire);
    let pages = [
        ("", language.say("Report", "Bericht")),
        ("/outlook", language.say("What is open", "Was offen ist")),
        ("/roadmap", language.say("The way up", "Der Weg nach oben")),
    ];
    layout(
        language,
        title,
        &format!("/r/{number}{path}"),
        &html! {
            nav.tabs aria-label=(language.say("This result", "Dieses Ergebnis")) {
                @for (at, name) in pages {
                    a href=(of(at)) aria-current=[(at == path).then_some("page")] { (name) }
                }
                a href=(of("/radar.svg")) { (language.say("Radar as a picture", "Radar als Bild")) }
                @match opened.sheet.respondent() {
                    Some(respondent) => a href={ (results) "?" (query("respondent", respondent)) } { (language.say("History", "Verlauf")) },
                    None => a href=(results) { (language.say("All results", "Alle Ergebnisse")) },
                }
            }
            (content)
            @if opened.verified {
                p.small { (language.say("Checked: the stored result is what its answers give.", "Geprüft: Das gespeicherte Ergebnis ist, was seine Antworten ergeben.")) }
            } @else {
                p.hint role="alert" { strong { (language.say("The stored result is not what its answers give. This page shows what they give now.", "Das gespeicherte Ergebnis ist nicht, was seine Antworten ergeben. Diese Seite zeigt, was sie jetzt ergeben.")) } }
            }
        },
    )
}

/// A name and value for an address.
fn query(name: &str, value: &str) -> String {
    let safe = |byte: u8| byte.is_ascii_alphanumeric();
    let escaped = value.bytes().map(|byte| match byte {
        byte if safe(byte) => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    });
    format!("{name}={}", escaped.collect::<String>())
}

pub async fn report(ask: Ask, Path(number): Path<i64>) -> Page {
    ask.work(move |store, language| {
        let opened = open(store, number)?;
        let report = opened.assessment.report().language(language.tag());
        let title = opened.questionnaire.title().get(language.tag());
        Ok(page(language, &opened, "", title, &PreEscaped(report.body().to_string())))
    })
    .await
}

pub async fn outlook(ask: Ask, Path(number): Path<i64>) -> Page {
    ask.work(move |store, language| {
        let opened = open(store, number)?;
        let outlook = opened.sheet.outlook();
        let body =
            outlook.report(&opened.questionnaire)?.language(language.tag()).body().to_string();
        let title = language.say("What is open", "Was offen ist");
        Ok(page(language, &opened, "/outlook", title, &PreEscaped(body)))
    })
    .await
}

#[derive(Deserialize)]
pub struct Way {
    target: Option<Target>,
}

/// What working out a way may cost: a tenth of a second of a core.
const PLANNING: Cost = Cost::from_steps(150_000_000);

/// The cheapest way to the target, or, where it is not said, to the next stage.
pub async fn roadmap(ask: Ask, Path(number): Path<i64>, Query(way): Query<Way>) -> Page {
    ask.work(move |store, language| {
        let opened = open(store, number)?;
        let next = opened.assessment.next_stage().map_or(Stage::Native, |next| next.stage);
        let target = way.target.unwrap_or(next.into());
        let words = Words::for_language(language.tag());
        let body = match opened.sheet.roadmap_within(target, PLANNING) {
            Ok(roadmap) => Ok(roadmap.report(&opened.questionnaire)?.language(language.tag()).body().to_string()),
            Err(costly) => Err(costly),
        };
        let title = language.say("The way up", "Der Weg nach oben");
        Ok(page(language, &opened, "/roadmap", title, &html! {
            form.inline method="get" {
                label for="target" { (language.say("To which stage?", "Auf welche Stufe?")) }
                select #target name="target" {
                    @for stage in Stage::ALL.iter().skip(1) {
                        option value=(stage) selected[target.stage == Some(*stage)] { (words.stage(*stage)) }
                    }
                }
                button { (language.say("Show", "Zeigen")) }
            }
            @match body {
                Ok(body) => (PreEscaped(body)),
                Err(costly) => {
                    h1 { (title) }
                    p.hint role="alert" { (language.say("This would take too long to work out: ", "Das auszurechnen würde zu lange dauern: ")) span lang="en" { (costly) } }
                }
            }
        }))
    })
    .await
}

pub async fn radar(ask: Ask, Path(number): Path<i64>) -> Answer {
    ask.work(move |store, language| {
        let opened = open(store, number)?;
        let radar = opened.assessment.report().language(language.tag()).radar_svg().to_string();
        // A picture on its own has a style sheet in it, which the policy would not let a page have.
        let kind = (header::CONTENT_TYPE, "image/svg+xml");
        let saved = (header::CONTENT_DISPOSITION, "attachment; filename=\"radar.svg\"");
        Ok(([kind, saved], radar).into_response())
    })
    .await
}

#[derive(Deserialize)]
pub struct Of {
    respondent: Option<String>,
}

/// The results of a questionnaire; of one respondent, with how they went over time.
pub async fn of_questionnaire(ask: Ask, Path(key): Path<String>, Query(of): Query<Of>) -> Page {
    ask.work(move |store, language| {
        let questionnaire = store.questionnaire(&key)?;
        let respondent = of.respondent.as_deref().filter(|name| !name.is_empty());
        let found = store.results(&key, respondent)?;
        let all: Vec<_> = found.iter().map(|stored| (stored.number, stored.record())).collect();
        let records: Vec<&Record> = all.iter().filter_map(|(_, record)| record.as_ref()).collect();
        let tag = language.tag();
        let results = language.say("Results", "Ergebnisse");
        let history = respondent.filter(|_| !records.is_empty()).map(|name| {
            History::new(records).map(|history| {
                // It is of this questionnaire.
                let report = history.report(&questionnaire);
                report.map(|report| report.language(tag).about(name).body().to_string()).unwrap_or_default()
            })
        });
        let text_language = questionnaire.form(tag).text_language.map(str::to_owned);
        let path = match respondent {
            Some(name) => format!("/q/{key}/results?{}", query("respondent", name)),
            None => format!("/q/{key}/results"),
        };
        Ok(layout(language, results, &path, &html! {
            @match history {
                Some(Ok(body)) => (PreEscaped(body)),
                Some(Err(fault)) => { h1 { (results) } p.hint lang="en" { (fault) } },
                None => h1 { (results) },
            }
            p { a href={ "/" (tag) "/q/" (key) } lang=[text_language] { (questionnaire.title().get(tag)) } }
            form.inline method="get" {
                label for="respondent" { (language.say("Organisation or person", "Organisation oder Person")) }
                input #respondent name="respondent" value=[respondent];
                button { (language.say("Show", "Zeigen")) }
            }
            @if all.is_empty() {
                p { (language.say("There are none.", "Es gibt keine.")) }
            } @else {
                (table(language, &all))
            }
        }))
    })
    .await
}

fn table(language: Language, records: &[(i64, Option<Record>)]) -> Markup {
    let (tag, words) = (language.tag(), Words::for_language(language.tag()));
    let many = records.len() > 1;
    html! {
        form method="get" action={ "/" (tag) "/compare" } {
            div.scroll { table {
                thead { tr {
                    th scope="col" { (language.say("Number", "Nummer")) }
                    th scope="col" { (language.say("By", "Von")) }
                    th scope="col" { (language.say("Day", "Tag")) }
                    th scope="col" { (language.say("Stage", "Stufe")) }
                    th scope="col" { (language.say("Score", "Wert")) }
                    @if many { th scope="col" { (language.say("Before", "Vorher")) } th scope="col" { (language.say("After", "Nachher")) } }
                } }
                tbody { @for (position, (number, record)) in records.iter().enumerate() { tr {
                    th scope="row" { a href={ "/" (tag) "/r/" (number) } { (number) } }
                    @if let Some(record) = record {
                        td { (record.respondent.as_deref().unwrap_or("–")) }
                        td { @if let Some(taken) = record.taken { (taken) } }
                        td { (record.overall.stage().map_or("–", |stage| words.stage(stage))) }
                        td { @match record.overall.score() { Some(score) => (score), None => "–" } }
                    } @else {
                        td colspan="4" { (language.say("cannot be read any more", "nicht mehr lesbar")) }
                    }
                    @if many {
                        td { input type="radio" name="before" value=(number) checked[position == 1] aria-label={ (language.say("Before: number ", "Vorher: Nummer ")) (number) }; }
                        td { input type="radio" name="after" value=(number) checked[position == 0] aria-label={ (language.say("After: number ", "Nachher: Nummer ")) (number) }; }
                    }
                } } }
            } }
            @if many { p.buttons { button { (language.say("Compare", "Vergleichen")) } } }
        }
    }
}

#[derive(Deserialize)]
pub struct Two {
    before: i64,
    after: i64,
}

pub async fn compared(ask: Ask, Query(Two { before, after }): Query<Two>) -> Page {
    ask.work(move |store, language| {
        let (from, to) = (open(store, before)?, open(store, after)?);
        let comparison = Comparison::new(&from.assessment, &to.assessment).map_err(incomparable)?;
        let report = comparison.report(&to.questionnaire).map_err(incomparable)?;
        let body = report.language(language.tag()).body().to_string();
        let title = language.say("Comparison", "Vergleich");
        let path = format!("/compare?before={before}&after={after}");
        Ok(layout(language, title, &path, &PreEscaped(body)))
    })
    .await
}

fn incomparable(error: impl Display) -> Fault {
    Fault(StatusCode::UNPROCESSABLE_ENTITY, error.to_string())
}
