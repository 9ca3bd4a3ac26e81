//! What several people say together about one organisation, and what they should talk about first.
//!
//! ```text
//! maturity panel
//! maturity panel management.json service.json it.json --format json
//! maturity panel management.json service.json it.json --settled agreed.json
//! ```
//!
//! A voice has the name of its respondent, else that of its file; all have those of their files where two
//! would have one name.
//! Problems with the input go to stderr, one line each. The exit code is 0, or 1 for invalid input, or 2
//! for wrong usage.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args as Arguments;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::error::ErrorKind;
use digital_maturity::panel::{ConsensusRule, Panel, PanelAgreement, PanelResult, Voice};
use digital_maturity::schema::schemars::JsonSchema;
use digital_maturity::{Answer, AnswerSheet, Diagnostic, Errors};
use serde::Serialize;

use crate::support::document::Document;
use crate::support::output::{note, plain};
use crate::support::reading::{Failure, HELP, Reading, open};
use crate::support::show::{Form, sample_hint};

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

/// Say what several people say together, and what to discuss first.
#[derive(Arguments)]
#[command(after_help = HELP)]
pub(crate) struct Args {
    /// Answers, a file for each voice, two or more; a voice is called as its `respondent`, else as its
    /// file [default: samples]
    answers: Vec<PathBuf>,

    #[command(flatten)]
    reading: Reading,

    /// The answer taken: median, lowest
    #[arg(long, value_name = "RULE", default_value = "median", hide_possible_values = true,
        value_parser = PossibleValuesParser::new(ConsensusRule::ALL.map(ConsensusRule::as_str))
            .try_map(|name| name.parse::<ConsensusRule>()))]
    rule: ConsensusRule,

    /// Answers that the workshop has agreed on, whatever voices say; their comments are notes
    #[arg(long, value_name = "ANSWERS")]
    settled: Option<PathBuf>,

    #[command(flatten)]
    form: Form,

    /// On pages: how many gave an answer, not who did
    #[arg(long)]
    without_names: bool,
}

/// What is printed for programs.
#[derive(JsonSchema, Serialize)]
#[schemars(crate = "digital_maturity::schema::schemars", rename = "PanelReport")]
pub(crate) struct Shown<'r> {
    #[serde(flatten)]
    result: &'r PanelResult,
    agreement: PanelAgreement,
}

pub(crate) fn run(args: &Args) -> ExitCode {
    if args.answers.len() == 1 {
        let message = "one voice is no panel; give the answers of two or more, or none for samples";
        crate::misused("panel", ErrorKind::TooFewValues, message);
    }
    if args.without_names && args.form.is_json() {
        let message = "--without-names is of pages; JSON says who stands where";
        crate::misused("panel", ErrorKind::ArgumentConflict, message);
    }
    let panel = match panel(args) {
        Ok(panel) => panel,
        Err(code) => return code,
    };
    let result = panel.assess();
    for voice in result.voices.iter().filter(|voice| voice.opinions == 0) {
        note(&plain(&format!("{}: warning: no opinion on any question", voice.name)));
    }
    let hint = sample_hint(args.answers.is_empty());
    let shown = Shown { result: &result, agreement: panel.agreement() };
    let page = result.report(panel.questionnaire());
    let page = page.map(|page| if args.without_names { page.without_names() } else { page });
    args.form.show(page, None, &shown, hint)
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
    let settled = args
        .settled
        .as_deref()
        .map(|path| open(path).and_then(|document| args.reading.sheet(&questionnaire, &document)));
    let settled = match settled.transpose() {
        Ok(settled) => settled,
        Err(failure) => return Err(failure.tell()),
    };
    if let Some(code) = code {
        return Err(code);
    }
    let mut panel =
        Panel::new(&questionnaire, voices(sheets), args.rule).map_err(|errors| told(&errors))?;
    if let Some(settled) = settled {
        settle(&mut panel, &settled).map_err(|error| {
            note(&plain(&error.to_string()));
            ExitCode::FAILURE
        })?;
    }
    Ok(panel)
}

/// Settles what is answered on that sheet.
fn settle(panel: &mut Panel, settled: &AnswerSheet) -> Result<(), Diagnostic> {
    for (question, answer) in settled.answers().filter(|(_, of)| *of != Answer::Unanswered) {
        panel.settle(question.id(), answer, settled.comment(question.id()).unwrap_or_default())?;
    }
    Ok(())
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
    let stems: Vec<String> = sheets.iter().map(|(file, _)| stem(file)).collect();
    // Who does not say is called as the file.
    let respondent = |(stem, (_, sheet)): (&String, &(String, AnswerSheet))| {
        sheet.respondent().map_or_else(|| stem.clone(), str::to_owned)
    };
    let respondents: Vec<String> = stems.iter().zip(&sheets).map(respondent).collect();
    let files: Vec<String> = sheets.iter().map(|(file, _)| file.clone()).collect();
    let differ = |names: &Vec<String>| {
        let mut sorted: Vec<&str> = names.iter().map(|name| name.trim()).collect();
        sorted.sort_unstable();
        sorted.dedup();
        sorted.len() == names.len() && sorted.first() != Some(&"")
    };
    let says = sheets.iter().any(|(_, sheet)| sheet.respondent().is_some());
    if says && !differ(&respondents) {
        note("warning: not every respondent is another one; voices are called as their files");
    }
    let names = [respondents, stems].into_iter().find(differ).unwrap_or(files);
    let voices = names.into_iter().zip(sheets);
    voices.map(|(name, (_, sheet))| Voice::new(name, sheet)).collect()
}
