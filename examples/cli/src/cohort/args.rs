//! What the command line says.

use std::path::PathBuf;

use clap::Args as Arguments;
use digital_maturity::Questionnaire;
use digital_maturity::report::StudyTable;
use digital_maturity::survey::{Duplicates, Options};

use super::form::{Beside, Form};
use super::scores::{Format, Shape};
use super::study::{Missing, Table, Tables};
use crate::support::export::ExportArgs;
use crate::support::reading::Failure;

/// What stands at the end of the help text.
const HELP: &str = "\
The header names questions by id or by title in any language, and items of a
checklist as `question[item]`, `question___item` or `question/item`. A cell is
the value or the text of a choice, a number, a word for yes or no, or ids or
texts of items joined by commas, semicolons, blanks or line ends; blank is no
answer. Upper and lower case, kinds of blanks, quotes and dashes make no
difference. Whatever else is in a cell is reported once for each kind, with its
first place and how often it occurs, and its row has no score; a row never stops
the rest. Nothing is kept in memory but counts, so the file may be of any size.

--export says which tool wrote the file: google-forms, microsoft-forms,
surveymonkey, limesurvey, qualtrics, redcap, kobo or odk. That decides how many
rows the header has, how lists are joined, what a box that nobody ticked means,
which rows are no respondents and which columns are the tool's own. Each can be
said otherwise. Without --delimiter it is the one that fits the header.
--duplicates first and last read the file twice.

The file of --codes, JSON, YAML or TOML by its ending, says what a survey tool
calls things; --draft-codes prints one to fill in:
  { \"columns\":   { \"Q2\": \"vision_standards\", \"Q3[SQ1]\": \"recognition[chat]\",
                   \"Seed\": null },
    \"answers\":   { \"A4\": 4, \"-oth-\": \"not_applicable\" },
    \"questions\": { \"lead_time\": { \"about a month\": 30 } } }

--out has the row, columns that are carried, stage, overall and pillars, exact;
then the themes, coverage.PILLAR and coverage.THEME, reason, and credit.QUESTION
(blank where a question does not count), if they are asked for. A reason is a
code and what it is about, with blanks between:
  bad_cell QUESTION..        cells that are no answers
  unreadable_row             too few or too many cells, or the like
  pillar PILLAR:WHY..        these have no score: coverage, nothing_applicable
                             or nothing_counts
  overall                    the next stage asks for a higher overall
  every_pillar PILLAR..      it asks for more in these
  overall_and_every_pillar PILLAR..
  highest                    there is no next stage
--weight is a sampling weight: above 0, up to 1000, at most three decimals. Rows
whose cell is blank are in no weighted figure, and said. --unit keeps names and
scores in memory, some 60 bytes a respondent, and --before with --id those of
both files; --careless keeps as much, and the ids. An id that occurs twice in
one of them is not compared.

A column that is carried and called like another one begins with `carried.`, and
a theme that is called like one before it with `theme.`. A name that ends in
.arrow or .feather makes the file Arrow IPC, if the command is built with the
feature `arrow`: scores are then the nearest doubles.

Exit code: 0, or 1 if the file cannot be read (with --strict, also if a cell or
row is bad), or 2 for wrong usage, or 130 if interrupted. Files are written
whole or not at all, all of a run or none (in a folder that takes hard links),
and links are followed. A file that is replaced keeps its rights; a new one of
--out is its owner's alone. Cells of its CSV that a spreadsheet would take for a
formula begin with an apostrophe.";

/// Score many respondents from a CSV file and describe them.
#[derive(Arguments)]
#[command(after_help = HELP)]
#[expect(clippy::struct_excessive_bools, reason = "switches of a command line")]
pub(crate) struct Args {
    /// A CSV file, or `-` for standard input [default: a sample]
    pub(crate) answers: Option<PathBuf>,

    /// A file, or `pulse`: the short one
    #[arg(long, value_name = "FILE", default_value = "dcx")]
    pub(crate) questionnaire: PathBuf,

    /// Write the scores of each respondent
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,

    /// Write what is printed, and more, as JSON
    #[arg(long, value_name = "FILE")]
    pub(crate) summary: Option<PathBuf>,

    /// Write the counts behind it, to be merged
    #[arg(long, value_name = "FILE")]
    pub(crate) counts: Option<PathBuf>,

    /// One more column of the table for each text there
    #[arg(long, value_name = "COLUMN")]
    pub(crate) group_by: Option<String>,

    /// Put groups of fewer together
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) min_group: u64,

    /// A weight for each respondent: one more table
    #[arg(long, value_name = "COLUMN")]
    pub(crate) weight: Option<String>,

    /// Whom they answer for: do they agree?
    #[arg(long, value_name = "COLUMN")]
    pub(crate) unit: Option<String>,

    /// The same respondents earlier: what has changed
    #[arg(long, value_name = "FILE", requires = "id")]
    pub(crate) before: Option<PathBuf>,

    /// Write runs, straight lines and duplicates
    #[arg(long, value_name = "FILE")]
    pub(crate) careless: Option<PathBuf>,

    /// comparison, reliability, items, correlations, all
    #[arg(long, value_name = "TABLES", value_delimiter = ',', hide_possible_values = true)]
    pub(crate) tables: Vec<Table>,

    /// The tables of reliability and of items
    #[arg(long)]
    pub(crate) reliability: bool,

    /// Gaps: listwise or pairwise
    #[arg(long, value_name = "HOW", value_enum, default_value_t, hide_possible_values = true)]
    pub(crate) deletion: Missing,

    /// Write all figures as CSV, a line each
    #[arg(long, value_name = "FILE")]
    pub(crate) tidy: Option<PathBuf>,

    /// The column of ids, carried into the scores
    #[arg(long, value_name = "COLUMN")]
    pub(crate) id: Option<String>,

    /// Rows of one id: all, first or last
    #[arg(long, value_name = "WHICH", default_value = "all")]
    pub(crate) duplicates: Duplicates,

    /// Carry that column, too; may be repeated
    #[arg(long, value_name = "COLUMN")]
    pub(crate) carry: Vec<String>,

    /// Themes in the scores, too
    #[arg(long)]
    pub(crate) themes: bool,

    /// How much of each pillar is covered, too
    #[arg(long, requires = "out")]
    pub(crate) coverage: bool,

    /// Why there is no stage, or no higher one, too
    #[arg(long, requires = "out")]
    pub(crate) reason: bool,

    /// The credit of each question, too
    #[arg(long, requires = "out")]
    pub(crate) items: bool,

    #[command(flatten)]
    pub(crate) form: Form,

    #[command(flatten)]
    pub(crate) file: ExportArgs,

    /// Print a file for --codes, and read no rows
    #[arg(long)]
    pub(crate) draft_codes: bool,

    /// Exit with 1 if a cell or row is bad
    #[arg(long)]
    pub(crate) strict: bool,

    /// Say how long it took
    #[arg(long)]
    pub(crate) timing: bool,
}

impl Args {
    /// What stands in the file of scores, if one is written.
    pub(crate) fn shape(&self) -> Result<Option<Shape>, String> {
        let Some(path) = &self.out else { return Ok(None) };
        Ok(Some(Shape {
            format: Format::of(path)?,
            carried: self.carried().count(),
            themes: self.themes,
            coverage: self.coverage,
            reason: self.reason,
            items: self.items,
        }))
    }

    /// The tables that are wanted behind the first.
    pub(crate) fn tables(&self) -> Tables {
        let of_reliability = [Table::Reliability, Table::Items];
        let reliability = of_reliability.into_iter().filter(|_| self.reliability);
        let wanted: Vec<Table> = self.tables.iter().copied().chain(reliability).collect();
        Tables::new(&wanted, self.deletion)
    }

    /// What is on the page beside pictures.
    pub(crate) fn beside(&self) -> Beside {
        let items = self.tables().of_study.contains(&StudyTable::Items);
        Beside { groups: self.group_by.is_some(), items }
    }

    /// The columns that are carried into the scores: that of the id first.
    pub(crate) fn carried(&self) -> impl Iterator<Item = &str> {
        self.id.iter().chain(&self.carry).map(String::as_str)
    }

    /// The columns that are handed on behind those that are carried, each once.
    fn said(&self) -> impl Iterator<Item = &String> {
        [&self.group_by, &self.weight, &self.unit].into_iter().flatten()
    }

    /// The place among all that are handed on of one of these columns.
    pub(crate) fn place(&self, column: Option<&String>) -> Option<usize> {
        let column = column?;
        let before = self.said().take_while(|said| !std::ptr::eq(*said, column)).count();
        Some(self.carried().count() + before)
    }

    /// How the file is read. Columns that say of respondents what is asked are handed on behind those that
    /// are carried.
    pub(crate) fn options(&self, questionnaire: &Questionnaire) -> Result<Options, Failure> {
        Ok(Options {
            id: self.id.clone(),
            carried: self.carry.iter().chain(self.said()).cloned().collect(),
            duplicates: self.duplicates,
            ..self.file.options(questionnaire)?
        })
    }
}
