//! What changed from one version of a questionnaire to the next, and whether its number says so.
//!
//! ```text
//! maturity diff
//! maturity diff mine-1.0.0.yaml mine.yaml
//! ```
//!
//! What a version number should say is the rule of `QuestionnaireSpec::version`. The exit code is 0
//! if the new one does, 1 if not or if a file is no questionnaire, 2 for wrong usage.

mod change;
mod scoring;
mod version;
mod wording;

use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args as Arguments;
use digital_maturity::diagnostic::Problem;
use digital_maturity::migration::{Migration, MigrationEnd, MigrationSpec};
use digital_maturity::schema::schemars::JsonSchema;
use digital_maturity::{Identity, Questionnaire};
use serde::Serialize;

use self::change::{Change, Changes};
use self::version::{Level, Verdict};
use crate::support::document::Document;
use crate::support::output::note;
use crate::support::reading::{Failure, invalid, questionnaire};
use crate::support::show::{TextOrJson, sample_hint};

/// The samples: the questionnaire of `maturity new`, and what became of it.
const OLD: &str = include_str!("../samples/starter.yaml");
const NEW: &str = include_str!("../samples/starter_next.yaml");

/// Say what a new version of a questionnaire changes.
#[derive(Arguments)]
#[command(after_help = "\
Major: the fingerprint differs, so the same answers may have another score or be
no answers any more, or a measure has another unit. Minor: something else came,
went or moved: languages, guidance, order. Patch: wording alone. Before 1.0.0
the middle number stands for major and the last one for the rest.

Exit code: 0 if the version of NEW says what changed, 1 if it does not or if a
file is no questionnaire, 2 for wrong usage.")]
pub(crate) struct Args {
    /// A questionnaire, or `dcx` or `pulse` [default: a sample]
    #[arg(requires = "new")]
    old: Option<PathBuf>,

    /// Its next version
    new: Option<PathBuf>,

    #[command(flatten)]
    printed: TextOrJson,
}

/// All that is said of two questionnaires.
#[derive(JsonSchema, Serialize)]
#[schemars(crate = "digital_maturity::schema::schemars")]
pub(crate) struct Diff {
    old: Identity,
    new: Identity,
    /// Whether results of the one are compared with results of the other.
    comparable: bool,
    /// Whether it is the same questionnaire by its id; what versions of two say is not comparable.
    same_id: bool,
    needs: Option<Level>,
    version: Verdict,
    /// Questions of both that take other answers now, so that old ones have no place to go unless a
    /// migration says which.
    other_answers: Vec<String>,
    /// Those that need most first.
    changes: Vec<Change>,
    /// How many more there are, which are not listed.
    more: usize,
}

pub(crate) fn run(args: &Args) -> ExitCode {
    let (old, new) = match questionnaires(args) {
        Ok(questionnaires) => questionnaires,
        Err(failure) => return failure.tell(),
    };
    let Some(diff) = Diff::new(&old, &new) else {
        note("error: a version is out of range");
        return ExitCode::FAILURE;
    };
    let passed = diff.same_id && diff.version.says_so;
    let text = || diff.text() + sample_hint(args.old.is_none());
    args.printed.show(text, &diff, passed)
}

fn questionnaires(args: &Args) -> Result<(Questionnaire, Questionnaire), Failure> {
    let read = |path: Option<&PathBuf>, name: &str, sample: &str| {
        if let Some(path) = path {
            return questionnaire(path);
        }
        let document = Document::yaml(name, sample);
        document.questionnaire().map_err(|findings| invalid(&document, findings))
    };
    let old = read(args.old.as_ref(), "examples/cli/samples/starter.yaml", OLD)?;
    let new = read(args.new.as_ref(), "examples/cli/samples/starter_next.yaml", NEW)?;
    Ok((old, new))
}

impl Diff {
    fn new(old: &Questionnaire, new: &Questionnaire) -> Option<Self> {
        let mut changes = Changes::default();
        scoring::changes(&mut changes, old, new);
        wording::changes(&mut changes, old, new);
        let needs = changes.needs();
        let version = |of: &Questionnaire| of.version().parse().ok();
        let (changes, more) = changes.list();
        Some(Self {
            old: old.identity().clone(),
            new: new.identity().clone(),
            comparable: old.fingerprint() == new.fingerprint(),
            same_id: old.id() == new.id(),
            needs,
            version: Verdict::new(&version(old)?, version(new)?, needs),
            other_answers: other_answers(old, new),
            changes,
            more,
        })
    }

    fn text(&self) -> String {
        let Self { old, new, version, .. } = self;
        let mut text = format!("{} {} -> {} {}\n", old.id, old.version, new.id, new.version);
        for (level, title) in [
            (Level::Major, "Scores may change, or what can be answered (major):"),
            (Level::Minor, "Something else came, went or moved (minor):"),
            (Level::Patch, "Wording (patch):"),
        ] {
            let mut of_level =
                self.changes.iter().filter(|change| change.needs == level).peekable();
            if of_level.peek().is_some() {
                let _ = writeln!(text, "\n{title}"); // a String takes any text
            }
            for change in of_level {
                let _ = writeln!(text, "  {change}");
            }
        }
        if self.more > 0 {
            let _ = writeln!(text, "\n.. and {} more changes", self.more);
        }
        text.push('\n');
        if self.changes.is_empty() {
            text.push_str("Nothing changed that anybody who answers or scores would notice.\n");
        }
        if self.comparable {
            text.push_str(
                "Old results can be compared with new ones: the fingerprint is the same.\n",
            );
        } else {
            text.push_str(
                "Old results cannot be compared with new ones: the fingerprint is another.\n",
            );
        }
        if !self.other_answers.is_empty() {
            text.push_str("Old answers to these questions need a migration that maps them: ");
            text.push_str(&self.other_answers.join(", "));
            text.push_str(".\n");
        }
        if !self.same_id {
            text.push_str("These are two questionnaires by their ids; no version number says how ");
            text.push_str("they differ.\n");
            return text;
        }
        let _ = match (&version.at_least, version.says_so) {
            (_, true) => writeln!(text, "The version says so: {}.", version.found),
            (Some(least), false) => {
                writeln!(text, "The version should be at least {least}; it is {}.", version.found)
            }
            (None, false) => writeln!(
                text,
                "The version should be later than {}; it is {}.",
                old.version, version.found
            ),
        };
        text
    }
}

/// The questions of both questionnaires for which a migration without a map of answers is refused.
fn other_answers(old: &Questionnaire, new: &Questionnaire) -> Vec<String> {
    let end = |of: &Questionnaire| MigrationEnd {
        id: of.id().to_owned(),
        version: of.version().to_owned(),
        fingerprint: None,
    };
    let missing = |from: &Questionnaire, to: &Questionnaire| -> Vec<String> {
        let ids = from.questions().map(|question| question.id());
        ids.filter(|id| to.question(id).is_none()).map(str::to_owned).collect()
    };
    let mut spec = MigrationSpec::new(end(old), end(new));
    spec.removed = missing(old, new);
    spec.new = missing(new, old);
    let found = Migration::new(&spec, old, new).err().into_iter().flatten();
    let other = |problem: &Problem| match problem {
        Problem::OtherAnswers { from, .. } => Some(from.clone()),
        _ => None,
    };
    found.filter_map(|finding| other(finding.problem())).collect()
}
