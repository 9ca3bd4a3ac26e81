//! What several people say together about one organisation, and what they should talk about first.
//!
//! ```text
//! maturity panel
//! maturity panel management.json service.json it.json --format json
//! ```
//!
//! A voice has the name of the respondent, where every file has one of its own, else that of its file.
//! Problems with the input go to stderr, one line each. The exit code is 0, or 1 for invalid input, or 2
//! for wrong usage.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args as Arguments;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::error::ErrorKind;
use digital_maturity::panel::{
    Basis, ConsensusRule, Panel, PanelAgreement, PanelQuestion, PanelResult, Voice,
};
use digital_maturity::spec::ScaleSpec;
use digital_maturity::{
    Answer, AnswerSheet, Errors, Pillar, Question, Questionnaire, Score, Stage,
};
use serde::Serialize;

use crate::support::document::Document;
use crate::support::output::{note, plain};
use crate::support::reading::{Failure, HELP, Reading, open};
use crate::support::show::{TextOrJson, sample_hint};
use crate::support::table::{heading, paragraph, table};

/// Four of one organisation, made up.
const SAMPLES: [(&str, &str); 4] = [
    (
        "examples/cli/samples/panel/management.json",
        include_str!("../samples/panel/management.json"),
    ),
    ("examples/cli/samples/panel/service.json", include_str!("../samples/panel/service.json")),
    ("examples/cli/samples/panel/it.json", include_str!("../samples/panel/it.json")),
    ("examples/cli/samples/panel/stores.json", include_str!("../samples/panel/stores.json")),
];

/// So many questions are shown with who said what; the others are counted.
const SHOWN: usize = 5;

/// Say what several people say together, and what to discuss first.
#[derive(Arguments)]
#[command(after_help = HELP)]
pub(crate) struct Args {
    /// Answers, a file for each voice, two or more [default: samples]
    answers: Vec<PathBuf>,

    #[command(flatten)]
    reading: Reading,

    /// How answers become one: median, or lowest
    #[arg(long, value_name = "RULE", default_value = "median", hide_possible_values = true,
        value_parser = PossibleValuesParser::new(ConsensusRule::ALL.map(ConsensusRule::as_str))
            .try_map(|name| name.parse::<ConsensusRule>()))]
    rule: ConsensusRule,

    #[command(flatten)]
    form: TextOrJson,
}

/// What is printed for programs.
#[derive(Serialize)]
struct Shown<'r> {
    #[serde(flatten)]
    result: &'r PanelResult,
    agreement: PanelAgreement,
}

pub(crate) fn run(args: &Args) -> ExitCode {
    if args.answers.len() == 1 {
        let message = "one voice is no panel; give the answers of two or more, or none for samples";
        crate::misused("panel", ErrorKind::TooFewValues, message);
    }
    let panel = match panel(args) {
        Ok(panel) => panel,
        Err(code) => return code,
    };
    let result = panel.assess();
    let hint = sample_hint(args.answers.is_empty());
    let text = || format!("{}{hint}", text(panel.questionnaire(), &result));
    let shown = Shown { result: &result, agreement: panel.agreement() };
    args.form.show(text, &shown, true)
}

fn panel(args: &Args) -> Result<Panel, ExitCode> {
    let questionnaire = args.reading.questionnaire().map_err(Failure::tell)?;
    let mut sheets = Vec::new();
    let mut code = None;
    let samples = || SAMPLES.map(|(name, text)| Ok(Document::built_in(name, text)));
    let documents: Vec<Result<Document, Failure>> = match args.answers.as_slice() {
        [] => samples().into(),
        files => files.iter().map(|path| open(path)).collect(),
    };
    for document in documents {
        let read = document.and_then(|document| {
            Ok((document.name(), args.reading.sheet(&questionnaire, &document)?))
        });
        match read {
            Ok(sheet) => sheets.push(sheet),
            Err(failure) => code = Some(failure.tell()),
        }
    }
    if let Some(code) = code {
        return Err(code);
    }
    Panel::new(&questionnaire, voices(sheets), args.rule).map_err(|errors| told(&errors))
}

/// Says each of these, and that the program fails.
pub(crate) fn told(errors: &Errors) -> ExitCode {
    errors.iter().for_each(|error| note(&plain(&error.to_string())));
    ExitCode::FAILURE
}

/// The voices, by their respondents or their files.
fn voices(sheets: Vec<(String, AnswerSheet)>) -> Vec<Voice> {
    let stem = |file: &str| {
        let stem = Path::new(file).file_stem().map(|stem| stem.to_string_lossy().into_owned());
        stem.unwrap_or_else(|| file.to_owned())
    };
    let respondents: Option<Vec<String>> =
        sheets.iter().map(|(_, sheet)| sheet.respondent().map(str::to_owned)).collect();
    let stems = sheets.iter().map(|(file, _)| stem(file)).collect();
    let files: Vec<String> = sheets.iter().map(|(file, _)| file.clone()).collect();
    let differ = |names: &Vec<String>| {
        let mut sorted: Vec<&str> = names.iter().map(|name| name.trim()).collect();
        sorted.sort_unstable();
        sorted.dedup();
        sorted.len() == names.len() && sorted.first() != Some(&"")
    };
    let names = respondents.filter(differ).or(Some(stems).filter(differ)).unwrap_or(files);
    let voices = names.into_iter().zip(sheets);
    voices.map(|(name, (_, sheet))| Voice::new(name, sheet)).collect()
}

fn percent(score: Option<Score>) -> String {
    score.map_or_else(|| "–".to_owned(), |score| format!("{}%", score.percent_floor(1)))
}

fn text(questionnaire: &Questionnaire, result: &PanelResult) -> String {
    let title = format!("What {} voices say together", result.voices.len());
    let rule = match result.rule {
        ConsensusRule::Median => "by the lower median of the answers",
        ConsensusRule::Lowest => "by the lowest of the answers",
    };
    let mut text = heading(&title, "=");
    let _ = writeln!(text, "\n{} · {rule}\n", plain(questionnaire.title().as_str()));
    text.push_str(&paragraph("", &in_short(result)));
    text.push('\n');
    text.push_str(&pillars(result));
    discussion(questionnaire, result, &mut text);
    voice_table(result, &mut text);
    text
}

/// Score and stage, and how far the voices could move them.
fn in_short(result: &PanelResult) -> String {
    let Some(stage) = result.result.overall.stage() else {
        let lacking = result.result.overall.why().unwrap_or_default();
        let lacking: Vec<&str> = lacking.iter().map(Pillar::name).collect();
        return format!("No stage yet: the answers do not make a score of {}.", lacking.join(", "));
    };
    let own = format!("{}, {}.", stage.name(), percent(result.result.overall.score()));
    match (result.span.overall, result.span.stage) {
        (Some(score), Some(stage)) if score.lowest < score.highest => {
            let end = |stage: Stage, score| format!("{}, {}", stage.name(), percent(Some(score)));
            let (lowest, highest) =
                (end(stage.lowest, score.lowest), end(stage.highest, score.highest));
            format!(
                "{own} Between them, the voices' answers allow all from {lowest}, to {highest}."
            )
        }
        (Some(_), _) => format!("{own} The voices agree on every answer that counts."),
        (None, _) => own,
    }
}

fn pillars(result: &PanelResult) -> String {
    let mut rows = Vec::new();
    for pillar in Pillar::ALL {
        let span = result.span.pillars[pillar];
        rows.push(vec![
            pillar.name().to_owned(),
            percent(result.result.pillars[pillar].standing.score()),
            percent(span.map(|span| span.lowest)),
            percent(span.map(|span| span.highest)),
        ]);
    }
    let span = result.span.overall;
    rows.push(vec![
        "Overall".to_owned(),
        percent(result.result.overall.score()),
        percent(span.map(|span| span.lowest)),
        percent(span.map(|span| span.highest)),
    ]);
    table(&["Pillar", "Together", "Lowest", "Highest"], &rows)
}

fn discussion(questionnaire: &Questionnaire, result: &PanelResult, text: &mut String) {
    let open: Vec<&PanelQuestion> = result.to_discuss().collect();
    if !open.is_empty() {
        let _ = write!(text, "\n{}", heading("To discuss first", "-"));
    }
    for (at, found) in open.iter().take(SHOWN).enumerate() {
        let Some(question) = questionnaire.question(&found.id) else { continue };
        text.push('\n');
        text.push_str(&paragraph(&format!("{}. ", at + 1), question.title().as_str()));
        let credits = match (found.lowest, found.highest) {
            (Some(lowest), Some(highest)) if lowest < highest => {
                format!(", credit {} to {}", percent(Some(lowest)), percent(Some(highest)))
            }
            _ => String::new(),
        };
        let swing = found.swing.unwrap_or_default().percent_floor(1);
        let _ = writeln!(text, "   {}: moves the overall by {swing} points{credits}", found.id);
        for answer in &found.answers {
            let names = plain(&answer.voices.join(", "));
            let said = said(question, &answer.answer);
            text.push_str(&paragraph("   - ", &format!("{names}: {said}")));
        }
    }
    let _ = match open.len().saturating_sub(SHOWN) {
        0 => Ok(()),
        1 => writeln!(text, "\nOpinions differ on one more question; --format json has it."),
        more => writeln!(text, "\nOpinions differ on {more} more; --format json has them all."),
    };
    let of = |basis: Basis| -> Vec<&str> {
        let questions = questionnaire.questions().map(|question| question.id());
        let has = |id: &&str| result.question(id).is_some_and(|of| of.basis == basis);
        questions.filter(has).collect()
    };
    for (title, ids) in [
        ("Nobody has an opinion on: ", of(Basis::Nobody)),
        ("One voice alone has an opinion on: ", of(Basis::Alone)),
    ] {
        if !ids.is_empty() {
            let _ = write!(text, "\n{}", paragraph("", &format!("{title}{}", ids.join(", "))));
        }
    }
}

/// An answer as a reader knows it.
fn said(question: Question<'_>, answer: &Answer) -> String {
    match (answer, question.scale()) {
        (Answer::NotApplicable, _) => "not applicable".to_owned(),
        (Answer::DontKnow, _) => "don't know".to_owned(),
        (Answer::Unanswered, _) => "no answer".to_owned(),
        (Answer::YesNo(yes), _) => (if *yes { "yes" } else { "no" }).to_owned(),
        (Answer::Items(items), ScaleSpec::Checklist { items: all }) => {
            let ticked = all.iter().filter(|item| items.contains(&item.id));
            let ticked: Vec<&str> = ticked.map(|item| item.text.as_str()).collect();
            if ticked.is_empty() { "none of them".to_owned() } else { ticked.join("; ") }
        }
        (Answer::Whole(value), ScaleSpec::Choice { choices }) => {
            let chosen = choices.iter().find(|choice| choice.value == *value);
            chosen.map_or_else(|| value.to_string(), |of| format!("{value}, {}", of.text.as_str()))
        }
        (Answer::Whole(number), ScaleSpec::Measure { unit, .. }) => {
            format!("{number} {}", unit.as_str())
        }
        (Answer::Number(number), ScaleSpec::Measure { unit, .. }) => {
            format!("{number} {}", unit.as_str())
        }
        (answer, _) => serde_json::to_string(answer).unwrap_or_default(),
    }
}

fn voice_table(result: &PanelResult, text: &mut String) {
    let rows = result.voices.iter().map(|voice| {
        vec![
            plain(&voice.name),
            voice.opinions.to_string(),
            percent(voice.overall.score()),
            voice.overall.stage().map_or("–", Stage::name).to_owned(),
            percent(voice.without.score()),
        ]
    });
    let rows: Vec<Vec<String>> = rows.collect();
    let _ = write!(text, "\n{}\n", heading("The voices", "-"));
    let columns = ["Voice", "Opinions", "Its own", "Stage", "Panel without it"];
    text.push_str(&table(&columns, &rows));
}
