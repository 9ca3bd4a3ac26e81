//! The answers that a command line names, or the sample that comes with a built-in questionnaire.

use std::path::{Path, PathBuf};

use clap::Args;
use clap::error::ErrorKind;
use digital_maturity::AnswerSheet;

use super::document::Document;
use super::reading::{Failure, Reading, open};

/// Which answers to which questionnaire.
#[derive(Args)]
pub(crate) struct Input {
    /// A file, or `-` for JSON from standard input [default: a sample]
    answers: Option<PathBuf>,

    #[command(flatten)]
    reading: Reading,
}

impl Input {
    /// Whether no answers were named, so that a sample stands in.
    pub(crate) fn is_sample(&self) -> bool {
        self.answers.is_none()
    }

    /// The valid answers that the command line names. What is odd about them is said on the way.
    /// Ends the program if there are none and no sample either. `command` is the subcommand.
    pub(crate) fn answers(&self, command: &str) -> Result<AnswerSheet, Failure> {
        let sample = sample(&self.reading.questionnaire);
        if self.answers.is_none() && sample.is_none() {
            let message = "there are no sample answers to this questionnaire; say which to score";
            crate::misused(command, ErrorKind::MissingRequiredArgument, message);
        }
        let questionnaire = self.reading.questionnaire()?;
        let document = match (&self.answers, sample) {
            (None, Some((name, text))) => Document::built_in(name, text),
            (answers, _) => open(answers.as_deref().unwrap_or(Path::new("-")))?,
        };
        self.reading.sheet(&questionnaire, &document)
    }
}

/// The name and the text of the answers of a sample organisation to a built-in questionnaire.
fn sample(questionnaire: &Path) -> Option<(&'static str, &'static str)> {
    match questionnaire.to_str()? {
        "dcx" => Some(("examples/quayside.json", include_str!("../../../quayside.json"))),
        "pulse" | "dcx_pulse" => {
            Some(("examples/cli/samples/pulse.json", include_str!("../../samples/pulse.json")))
        }
        _ => None,
    }
}
