//! Files of survey tools, as the tools really write them, read into a cohort.
//!
//! Bytes go in, in chunks of any size; a header that is understood, columns of codes for a
//! [`Cohort`](crate::Cohort), and everything that is wrong or odd come out. Nothing here opens a file.
//! [`read`] takes a whole file in memory; [`Opening`] a file of any size.
//!
//! ```
//! use digital_maturity::Questionnaire;
//! use digital_maturity::survey::{self, Export, Options};
//!
//! let pulse = Questionnaire::dcx_pulse();
//! let file = "\
//! ResponseId,Status,Finished,case_view,journey_owner
//! Response ID,Response Type,Finished,Is there a case?,Who owns it?
//! \"{\"\"ImportId\"\":\"\"_recordId\"\"}\",{},{},{},{}
//! R_1,1,1,5,5
//! R_2,0,1,4,3
//! R_3,0,1,4,a lot
//! ";
//! let answers = survey::read(pulse, file.as_bytes(), &Options::of(Export::Qualtrics))?;
//! assert_eq!(answers.rows, [2, 3]); // the first is a preview
//! assert_eq!(answers.cohort.bad_rows(), 1);
//! let bad = answers.findings.iter().find(|finding| finding.kind == survey::Kind::BadCell).unwrap();
//! assert_eq!((bad.row, &*bad.column, bad.count), (3, "journey_owner", 1));
//! # Ok::<(), survey::Findings>(())
//! ```
//!
//! # What a header is
//!
//! | header | what it is |
//! |---|---|
//! | `plan`, `Is there a plan?` | a question by its id, or by its title in any language |
//! | `channels[web]`, `channels___web`, `channels/web`, `Which channels? [Web]`, `Which channels? (choice=Web)`, `Which channels? - Web` | an item of a checklist, each by id or text |
//! | `How often? [Is there a plan?]`, `group/plan`, `group-plan`, `How often - Is there a plan?` | a question behind a stem or a group, where no other column is that question |
//! | what [`Codes`] say | a question or an item, or a column to pass over |
//! | the tool's own, or what [`Options::ignore`] names | passed over |
//!
//! Names match as a reader sees them: blanks, quotes, dashes and letters put together in whatever way
//! are alike, and so are upper and lower case as long as one question fits. A header that fits two
//! questions, two columns for one question, and a column without a header beside a checklist are
//! errors; a column that nobody knows is a warning, and is not read.
//!
//! # What a cell is
//!
//! The table of [`read_lenient`](crate::Questionnaire::read_lenient) says which texts are which answers;
//! it is the same for answers in JSON, forms and files. A file adds:
//!
//! | where | what |
//! |---|---|
//! | a text of one choice is the value of another | the tool or [`Options::cells`] says which is meant; else the column does, if some cell can be read in one way only and none in the other only; else each such cell is bad |
//! | `7,5` | a number with [`Decimal::Comma`] |
//! | a list with entries that are no item, a choice that is none | bad, or passed over with [`Others::Ignore`] |
//! | `1.500` for a measure, in a file with semicolons | one and a half, and a warning; with [`Decimal::Comma`] fifteen hundred |
//! | a checklist in one cell, blank | no answer; none of these if [`Options::unticked`] says so |
//! | a checklist with a column for each item, nothing ticked | blank everywhere: no answer; "no" everywhere: none of these, but for tools that write so what nobody saw; [`Options::unticked`] decides otherwise |
//! | `NA`, `.`, `#NULL!` | bad, unless it is among [`Options::missing`] |
//!
//! # What each tool decides
//!
//! A file that lacks rows of the header which its tool writes is refused: the first respondents would be
//! taken for them. [`Options::header_rows`] says how many there are.
//!
//! | | header rows | cells | lists | rows left out |
//! |---|---|---|---|---|
//! | none named | 1 | as the column says | any way that fits | of blank cells alone |
//! | [`Export::GoogleForms`] | 1 | texts | `, ` | |
//! | [`Export::MicrosoftForms`] | 1 | texts | `;` | |
//! | [`Export::SurveyMonkey`] | 2 | texts | a column an item | |
//! | [`Export::LimeSurvey`] | 1 | as the column says; `N/A` is no answer | a column an item | not submitted |
//! | [`Export::Qualtrics`] | 3 | as the column says | `,` or a column an item | previews, tests, unfinished |
//! | [`Export::Redcap`] | 1 | as the column says | a column an item; 0 says nothing | without an answer: other events and instruments |
//! | [`Export::Kobo`] | 1 | as the column says | blanks; the columns of items beside it are passed over | |
//! | [`Export::Odk`] | 1 | values | blanks, likewise | |
//!
//! # Cost
//!
//! Linear in the bytes of the file and of the questionnaire. A file in pieces takes some 30 MB and what
//! the columns of a block take, whatever its length: the cells that are kept are those of the columns
//! that are handed on. A row of more than 1 MB is bad; from one of more than 16 MB on, nothing is read.
//! Of kinds of findings a thousand are listed.

mod answers;
mod beginning;
mod block;
mod codes;
mod decoder;
mod draft;
mod export;
mod finding;
mod gather;
mod header;
mod ids;
mod lane;
mod list;
mod masks;
mod names;
mod opening;
mod options;
mod pattern;
mod pieces;
mod plan;
mod quotes;
mod reader;
mod rows;
mod sieve;
mod signature;
mod tile;
mod tool;
mod understanding;

pub use self::answers::{Answers, read};
pub use self::block::Block;
pub use self::codes::Codes;
pub use self::export::Export;
pub use self::finding::{Finding, Findings, Gravity, Kind};
pub use self::header::{Header, Role};
pub use self::ids::Ids;
pub use self::opening::{Opening, Survey};
pub use self::options::{
    CellsAs, Decimal, Duplicates, Filter, InvalidFilter, Options, Others, Unticked,
};
pub use self::pieces::{Piece, Pieces};
pub use self::reader::Reader;
