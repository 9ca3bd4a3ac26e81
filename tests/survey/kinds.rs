//! More files of the same kinds, by hand: what each tool writes, and what people do to it.
//!
//! All are of the three respondents [`R1`], [`R2`] and [`R3`] of `shopcheck`, so that what is right
//! is known without reading a file.

mod ambiguous;
mod cut;
mod field;
pub(super) mod files;
mod forms;
mod plain;
mod spelled;
mod surveys;

use digital_maturity::Questionnaire;
use digital_maturity::survey::{Export, Options, Others, Unticked};

use super::{Case, R1, R2, R3, door, exports::shopcheck, from_one};

/// A file, how it is read, the respondents and what is said, as in [`Case`].
struct Kind {
    name: &'static str,
    file: Vec<u8>,
    options: Options,
    rows: Vec<String>,
    says: &'static [&'static str],
}

fn kind(
    name: &'static str,
    options: Options,
    file: impl Into<Vec<u8>>,
    rows: &[&str],
    says: &'static [&'static str],
) -> Kind {
    Kind { name, file: file.into(), options, rows: from_one(rows), says }
}

/// All three, nothing said.
fn all(name: &'static str, options: Options, file: impl Into<Vec<u8>>) -> Kind {
    kind(name, options, file, &[R1, R2, R3], &[])
}

/// The file is refused, with these words.
fn refused(
    name: &'static str,
    options: Options,
    file: impl Into<Vec<u8>>,
    says: &'static [&'static str],
) -> Kind {
    let rows = vec!["refused".to_owned()];
    Kind { name, file: file.into(), options, rows, says }
}

impl Kind {
    /// The respondents are these lines of the file.
    fn at(mut self, lines: &[u64]) -> Self {
        for (row, line) in self.rows.iter_mut().zip(lines) {
            let (_, scores) = row.split_once(": ").unwrap();
            *row = format!("{line}: {scores}");
        }
        self
    }
}

/// That each is read as it should be; says of all what is not.
#[track_caller]
fn check(of: &Questionnaire, kinds: &[Kind]) {
    let faults: Vec<String> = kinds
        .iter()
        .flat_map(|kind| {
            let options = kind.options.clone();
            let (rows, says) = (&kind.rows, kind.says);
            Case { name: kind.name, questionnaire: of, file: &kind.file, options, rows, says }
                .faults()
        })
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn ignoring_others(export: Export) -> Options {
    Options { others: Others::Ignore, ..Options::of(export) }
}

fn unticked(unticked: Unticked, options: Options) -> Options {
    Options { unticked: Some(unticked), ..options }
}

fn with_codes(json: &str, options: Options) -> Options {
    Options { codes: door::codes(json, &shopcheck()), ..options }
}

/// The header by id and by title, and the first six cells of each respondent as values and as texts,
/// behind which stand the channels and the stock.
const IDS: &str = "plan,owner,review,lead,trial,fail";
const TITLES: &str = "Is there a plan?,Has it an owner?,Are plans reviewed?,Days from idea to shop,\
                      Do you try things?,May a trial fail?";
const CHANNELS: &str = "Which channels share data?";
const STOCK: &str = "Is stock live?";
const V1: &str = "4,1,3,12,4,1";
const V2: &str = "5,1,4,5,5,1";
const V3: &str = "2,0,1,40,3,0";
const T1: &str = "Often,Yes,Sometimes,12,Often,Yes";
const T2: &str = "Always,Yes,Often,5,Always,Yes";
const T3: &str = "Rarely,No,Never,40,Sometimes,No";

/// The first respondent without the channels: half of the last pillar is covered, which is enough.
const R1_UNTOUCHED: &str = "0.6375 (0.875, 0.55, 0.875, 0.25)";
/// The first respondent who ticked none of the channels: a credit of 0 beside one of 0.25.
const R1_NONE: &str = "0.60625 (0.875, 0.55, 0.875, 0.125)";

/// Every cell in quotes, as some tools write them: for files without quotes.
fn quoted(file: &str, delimiter: char) -> String {
    let row = |line: &str| {
        let cells: Vec<String> = line.split(delimiter).map(|cell| format!("\"{cell}\"")).collect();
        cells.join(&delimiter.to_string()) + "\n"
    };
    file.lines().map(row).collect()
}
