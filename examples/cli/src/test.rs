//! Runs a document of cases: answers to a questionnaire, with the scores and stages that they should
//! lead to.
//!
//! ```text
//! maturity test
//! maturity test --bless --out cases.json cases.json
//! ```
//!
//! The first runs a sample and prints what is in `expected/test.txt`. Figures are compared exactly, as
//! they are published. Whatever is wrong with the document goes to stderr, one line each with its
//! place. The exit code is 0, or 1 if something differs or the document is refused, or 2 for wrong
//! usage.

mod asked;
mod bless;
mod cases;

use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args as Arguments;
use digital_maturity::Identity;
use digital_maturity::schema::schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Serialize;

use self::cases::{Case, Findings, Suite};
use crate::support::document::Document;
use crate::support::draft::{self, Draft, Readers};
use crate::support::output::{self, finish, note, plain};
use crate::support::reading::{Failure, invalid, open};
use crate::support::show::{TextOrJson, sample_hint};
use crate::support::tree::Node;

const SAMPLE: (&str, &str) =
    ("examples/cli/samples/cases.json", include_str!("../samples/cases.json"));

/// Check that answers lead to the scores and stages that they should.
#[derive(Arguments)]
#[command(after_help = "\
The document, JSON, YAML or TOML by its ending, names a questionnaire (a file,
or `dcx` or `pulse`) and lists cases. Files that it names lie beside it.
  { \"questionnaire\": \"mine.yaml\",
    \"cases\": [ { \"name\": \"all at the bottom\", \"answers\": { \"a\": 1, \"b\": false },
                 \"expect\": { \"overall\": 0, \"stage\": \"traditional\" } },
               { \"name\": \"our own\", \"answers\": \"answers.json\",
                 \"expect\": { \"pillars\": { \"agile_approach\": null },
                             \"questions\": { \"a\": 0.25 } } } ] }
`expect` may have overall, stage, pillars, themes and questions; null is no
score, stage or credit, for the first two also \"not_scorable\". --bless prints
the document as JSON with the actual figures: for what is expected, for all of
an empty section such as \"questions\": {}, or the main ones for a case that
expects nothing.

Exit code: 0, or 1 if something differs or the document is refused, or 2 for
wrong usage.")]
pub(crate) struct Args {
    /// The cases, or `-` for JSON from standard input [default: a sample]
    cases: Option<PathBuf>,

    #[command(flatten)]
    printed: TextOrJson,

    /// Print the document with the actual figures instead
    #[arg(long)]
    bless: bool,

    /// Write that to a file, also in place of the cases
    #[arg(long, value_name = "FILE", requires = "bless")]
    out: Option<PathBuf>,
}

/// What is said of all cases.
#[derive(JsonSchema, Serialize)]
#[schemars(crate = "digital_maturity::schema::schemars", rename = "TestOutcome")]
pub(crate) struct Outcome {
    file: String,
    questionnaire: Identity,
    passed: usize,
    differing: usize,
    cases: Vec<CaseOutcome>,
}

/// What is said of a case.
#[derive(JsonSchema, Serialize)]
#[schemars(crate = "digital_maturity::schema::schemars")]
struct CaseOutcome {
    name: String,
    passed: bool,
    differences: Vec<Difference>,
}

/// Something that is not as expected.
#[derive(JsonSchema, Serialize)]
#[schemars(crate = "digital_maturity::schema::schemars")]
struct Difference {
    /// The key in `expect`, and the id of the pillar, theme or question.
    of: &'static str,
    id: Option<String>,
    #[schemars(schema_with = "figure")]
    expected: Node,
    #[schemars(schema_with = "figure")]
    found: Node,
    #[serde(skip)]
    text: String,
}

/// A score or credit, a stage, or nothing.
fn figure(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": ["number", "string", "null"] })
}

pub(crate) fn run(args: &Args) -> ExitCode {
    let ended = if args.bless {
        read(args, bless::actual).map(|(_, tree, suite)| {
            let blessed = output::json(&bless::blessed(tree, suite.cases));
            let written = blessed.and_then(|blessed| write(args, &blessed));
            written.unwrap_or_else(|message| {
                note(&message);
                ExitCode::FAILURE
            })
        })
    } else {
        read(args, |case, _| CaseOutcome::of(case)).map(|(document, _, suite)| {
            let outcome = Outcome::of(&document, suite);
            let passed = outcome.differing == 0;
            let text = || outcome.text() + sample_hint(args.cases.is_none());
            args.printed.show(text, &outcome, passed)
        })
    };
    ended.unwrap_or_else(|failure| failure.unwrap_or_else(Failure::tell))
}

/// The document with what `each` makes of its cases. What is odd about it is said.
fn read<T>(
    args: &Args,
    each: impl Fn(Case, Option<&Node>) -> T,
) -> Result<(Document, Node, Suite<T>), Result<ExitCode, Failure>> {
    let document = match &args.cases {
        Some(path) => open(path).map_err(Err)?,
        None => Document::built_in(SAMPLE.0, SAMPLE.1),
    };
    let tree = match document.tree() {
        Ok(tree) => tree.into_owned(),
        Err(findings) => return Err(Err(invalid(&document, findings))),
    };
    let tell = |findings: &Findings| {
        for (_, file, finding) in findings {
            note(&finding.line(file));
        }
    };
    match cases::read(&document, &tree, each) {
        Ok((suite, warnings)) => {
            tell(&warnings);
            Ok((document, tree, suite))
        }
        Err(findings) => {
            tell(&findings);
            Err(Ok(ExitCode::FAILURE))
        }
    }
}

fn write(args: &Args, blessed: &str) -> Result<ExitCode, String> {
    let Some(out) = &args.out else { return Ok(finish(blessed, true)) };
    draft::remove_when_interrupted(|| {})?;
    let mut draft = Draft::new(out, Readers::AsUsual)?;
    draft.write(blessed.as_bytes())?;
    draft::keep([draft])?;
    Ok(ExitCode::SUCCESS)
}

impl Outcome {
    fn of(document: &Document, suite: Suite<CaseOutcome>) -> Self {
        let Suite { questionnaire, cases } = suite;
        let passed = cases.iter().filter(|case| case.passed).count();
        Self {
            file: document.name(),
            questionnaire: questionnaire.identity().clone(),
            passed,
            differing: cases.len() - passed,
            cases,
        }
    }

    fn text(&self) -> String {
        let Self { file, questionnaire, passed, differing, cases } = self;
        let mut text = format!("{file}: {} {}\n", questionnaire.id, questionnaire.version);
        for case in cases {
            let verdict = if case.passed { "ok     " } else { "differs" };
            let _ = writeln!(text, "{verdict}  {}", plain(&case.name)); // a String takes any text
            for difference in &case.differences {
                let _ = writeln!(text, "    {}", difference.text);
            }
        }
        text + &format!("{} cases: {passed} ok, {differing} differing\n", cases.len())
    }
}

impl CaseOutcome {
    fn of(case: Case) -> Self {
        let assessment = case.sheet.assess();
        let mut differences = Vec::new();
        for (asked, expected) in &case.expected {
            let found = asked.of(&assessment);
            if found != *expected {
                let (of, id) = asked.keys();
                let name = id.map_or_else(|| of.to_owned(), |id| format!("{of} {id}"));
                let node = |value| Node { offset: 0, value };
                differences.push(Difference {
                    of,
                    id: id.map(str::to_owned),
                    expected: node(expected.value()),
                    found: node(found.value()),
                    text: format!("{name}: expected {expected}, found {found}"),
                });
            }
        }
        Self { name: case.name, passed: differences.is_empty(), differences }
    }
}
