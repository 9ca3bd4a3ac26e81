//! What the command line says.

use std::path::PathBuf;

use clap::Args as Arguments;

/// What stands at the end of the help text.
const HELP: &str = "\
The header names questions by id or by title, and items of a checklist as
`question[item]` or `question___item`. A cell is the value or the text of a
choice, a number, yes/no/true/false/1/0, or ids or texts of items joined by
commas or semicolons; blank is no answer. Whatever else is in a cell is reported
with its place, and its row is left out; a row never stops the rest. Nothing is
kept in memory but counts, so the file may be of any size.

The file of --codes, JSON, YAML or TOML by its ending, says what a survey tool
calls things:
  { \"columns\":   { \"Q2\": \"vision_standards\", \"Q3[SQ1]\": \"recognition[chat]\" },
    \"answers\":   { \"A4\": 4, \"-oth-\": \"not_applicable\" },
    \"questions\": { \"lead_time\": { \"about a month\": 30 } } }

Exit code: 0, or 1 if the file cannot be read (with --strict, also if a cell or
row is bad), or 2 for wrong usage, or 130 if interrupted. Files are written
whole or not at all, all of a run or none (in a folder that takes hard links),
and links are followed. A file that is replaced keeps its rights; a new one of
--out is its owner's alone.";

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

    /// Alpha and item statistics of each pillar
    #[arg(long)]
    pub(crate) reliability: bool,

    /// Carry that column into the scores
    #[arg(long, value_name = "COLUMN")]
    pub(crate) id: Option<String>,

    /// Themes in the scores, too
    #[arg(long)]
    pub(crate) themes: bool,

    /// What columns and cells stand for
    #[arg(long, value_name = "FILE")]
    pub(crate) codes: Option<PathBuf>,

    /// Pass over that column; may be repeated
    #[arg(long, value_name = "COLUMN")]
    pub(crate) ignore: Vec<String>,

    /// Rows after the header to pass over
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) skip_rows: u64,

    /// A character between cells, or `tab`
    #[arg(long, value_name = "CHAR", default_value = ",", value_parser = delimiter)]
    pub(crate) delimiter: u8,

    /// A text for no answer; may be repeated
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub(crate) missing: Vec<String>,

    /// A text for `not_applicable`; may be repeated
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub(crate) not_applicable: Vec<String>,

    /// A text for `dont_know`; may be repeated
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub(crate) dont_know: Vec<String>,

    /// Exit with 1 if a cell or row is bad
    #[arg(long)]
    pub(crate) strict: bool,

    /// Say how long it took
    #[arg(long)]
    pub(crate) timing: bool,
}

fn delimiter(text: &str) -> Result<u8, String> {
    match text.as_bytes() {
        b"tab" | b"\\t" => Ok(b'\t'),
        [byte] if byte.is_ascii() && !b"\"\r\n".contains(byte) && !byte.is_ascii_alphanumeric() => {
            Ok(*byte)
        }
        _ => Err("one character, such as `;`, or `tab`".to_owned()),
    }
}
