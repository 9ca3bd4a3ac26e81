//! From the first bytes of a file to what its columns are.

use super::beginning::{
    decoded, delimiter, filled, has_all_rows, header_of, holds_answers, nothing_known,
    rows_are_missing, separator_line,
};
use super::draft::draft;
use super::finding::{Findings, Gravity, Kind};
use super::header::{Header, Means};
use super::list::Untouched;
use super::names::Names;
use super::options::{Options, Others, Unticked};
use super::pieces::Pieces;
use super::plan::{Plan, Planned};
use super::sieve::Sieve;
use super::tool::Tool;
use super::understanding::Understanding;
use crate::answers::Answer;
use crate::questionnaire::Questionnaire;

/// So many bytes of a file are looked at before it is understood.
const LOOK: usize = 4 << 20;

/// A file of which not enough is there yet to understand its header.
///
/// ```
/// use digital_maturity::Questionnaire;
/// use digital_maturity::cohort::{CohortPlan, Scores};
/// use digital_maturity::survey::{Opening, Options};
///
/// let pulse = Questionnaire::dcx_pulse();
/// let mut file = "case_view,journey_owner\n4,3\n5,2\n".as_bytes(); // from wherever bytes come
///
/// let mut opening = Opening::new(&pulse, Options::default());
/// while opening.push(file) {
///     file = &[]; // nothing more: the file ends
/// }
/// let (survey, mut pieces) = opening.understand()?;
///
/// let (mut reader, mut plan) = (survey.reader(), CohortPlan::new(&pulse));
/// let mut scores = Scores::empty(&pulse);
/// while let Some(mut piece) = pieces.cut() { // and `pieces.push` what else there is
///     while let Some(block) = reader.block(&mut piece) {
///         plan.score(block.columns(), &mut scores)?;
///         assert_eq!((block.rows(), scores.rows()), (2, 2));
///     }
/// }
/// assert_eq!(reader.findings().bad_cells(), 0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Opening<'q> {
    questionnaire: &'q Questionnaire,
    options: Options,
    bytes: Vec<u8>,
    ended: bool,
}

/// A file whose header is understood: what its columns are, and how its cells are read.
#[derive(Debug)]
pub struct Survey<'q> {
    pub(super) questionnaire: &'q Questionnaire,
    pub(super) header: Header,
    pub(super) findings: Findings,
    pub(super) delimiter: u8,
    /// The lines before the first row.
    pub(super) lines: u64,
    pub(super) columns: Vec<Planned<'q>>,
    /// Columns whose cells are handed on, and then those that decide which rows are read.
    pub(super) kept: Vec<usize>,
    pub(super) carried: usize,
    pub(super) sieves: Vec<Sieve>,
    pub(super) untouched: Untouched,
    pub(super) others_pass: bool,
    pub(super) is_sparse: bool,
}

impl<'q> Opening<'q> {
    /// The file of answers to that questionnaire.
    #[must_use]
    pub fn new(questionnaire: &'q Questionnaire, options: Options) -> Self {
        Self { questionnaire, options, bytes: Vec::new(), ended: false }
    }

    /// The next bytes of the file, of any number; none at its end. Whether more are needed.
    pub fn push(&mut self, bytes: &[u8]) -> bool {
        self.bytes.extend_from_slice(bytes);
        self.ended |= bytes.is_empty();
        !self.ended && self.bytes.len() < LOOK
    }

    /// What the file is, and its rows.
    ///
    /// # Errors
    ///
    /// Everything for which it cannot be read.
    pub fn understand(self) -> Result<(Survey<'q>, Pieces), Findings> {
        let mut findings = Findings::default();
        match self.survey(&mut findings) {
            Some((mut survey, pieces)) if !findings.has_errors() => {
                survey.findings = findings;
                Ok((survey, pieces))
            }
            _ => Err(findings.errors()),
        }
    }

    /// A file of [codes](super::Codes) for the columns of this one, in YAML, to be filled in: what the
    /// columns are as far as it is known, and what is left to say.
    ///
    /// # Errors
    ///
    /// Everything for which the header cannot be read. That no column is known is none.
    ///
    /// ```
    /// # use digital_maturity::{Questionnaire, survey::{Opening, Options}};
    /// let mut opening = Opening::new(Questionnaire::dcx_pulse(), Options::default());
    /// opening.push(b"G01Q01,Journey owner\n");
    /// opening.push(&[]);
    /// let draft = opening.draft_codes()?;
    /// assert!(draft.contains("\n  \"G01Q01\": null"));
    /// # Ok::<(), digital_maturity::survey::Findings>(())
    /// ```
    pub fn draft_codes(self) -> Result<String, Findings> {
        let (mut findings, questionnaire) = (Findings::default(), self.questionnaire);
        match self.survey(&mut findings) {
            Some((survey, _)) => Ok(draft(questionnaire, &survey.header)),
            None => Err(findings),
        }
    }

    /// `None`, or an error among the findings, if it cannot be read.
    fn survey(self, findings: &mut Findings) -> Option<(Survey<'q>, Pieces)> {
        let Self { questionnaire, options, bytes, ended } = self;
        let mut pieces = decoded(&bytes, ended, options.encoding.as_deref(), findings)?;
        drop(bytes);
        let mut lines = 0;
        let separator = separator_line(pieces.start());
        if let Some((_, length)) = separator {
            pieces.skip(length);
            lines = 1;
        }
        let tool = Tool::of(options.export);
        let header_rows = options.header_rows.unwrap_or(tool.header_rows).max(1);
        let mut names = Names::new(questionnaire);
        let said = options.delimiter.or(separator.map(|(byte, _)| byte));
        let delimiter = said.unwrap_or_else(|| {
            delimiter(pieces.start(), header_rows, &mut names, &options, findings)
        });
        pieces.delimiter = delimiter;
        let (rows, cursor) = header_of(pieces.start(), delimiter, header_rows, findings)?;
        if options.header_rows.is_none() && !has_all_rows(tool, &rows) {
            findings.file(
                Gravity::Error,
                Kind::NoHeader,
                lines + cursor.lines,
                rows_are_missing(tool),
            );
            return None;
        }
        lines += cursor.lines;
        pieces.skip(cursor.at);
        let start = pieces.start();
        let above = rows.iter().take(1).flatten().enumerate();
        let unnamed = above.filter(|(_, name)| name.is_empty()).map(|(column, _)| column).collect();
        let filled = filled(start, delimiter, &unnamed);
        let mut understanding = Understanding {
            questionnaire,
            options: &options,
            tool,
            names: &mut names,
            findings,
            holds_something: &|column| filled.contains(&column),
        };
        let header = understanding.header(&rows);
        if !header.columns.iter().any(|means| matches!(means, Means::Asked(_)))
            && !findings.has_errors()
        {
            let recognised = Tool::by_header(|name| header.by_name.contains_key(name));
            let recognised = recognised.filter(|_| options.export.is_none());
            let said = recognised.map_or(String::new(), |tool| {
                format!("; it is plainly that of {}: --export {}", tool.name, tool.export)
            });
            let message = nothing_known(questionnaire, &rows, delimiter, header_rows) + &said;
            findings.file(Gravity::Error, Kind::NoQuestion, 1, message);
        }
        let plan = Plan { questionnaire, options: &options, tool, header: &header };
        let (kept, carried, sieves) = plan.kept(findings);
        let columns = plan.columns(&mut names, start, delimiter, findings);
        if let Some(row) = columns_answered(&columns, &rows) {
            let gravity =
                if options.header_rows.is_some() { Gravity::Warning } else { Gravity::Error };
            findings.file(gravity, Kind::NoHeader, lines, holds_answers(row, gravity, tool));
        }
        let zeros = if tool.zeros_say_nothing { Unticked::Missing } else { Unticked::None };
        let untouched = Untouched {
            off: options.unticked.unwrap_or(zeros),
            blank: options.unticked.unwrap_or(Unticked::Missing),
        };
        let survey = Survey {
            questionnaire,
            header,
            findings: Findings::default(),
            delimiter,
            lines,
            columns,
            kept,
            carried,
            sieves,
            untouched,
            others_pass: options.others == Others::Ignore,
            is_sparse: tool.is_sparse,
        };
        Some((survey, pieces))
    }
}

/// The first row of the header, but for the topmost, in which each cell of a question is an answer to it.
fn columns_answered<'r>(columns: &[Planned<'_>], rows: &'r [Vec<String>]) -> Option<&'r [String]> {
    let holds_answers = |row: &&Vec<String>| {
        let cells = columns.iter().zip(row.iter()).filter_map(|(planned, cell)| match planned {
            Planned::Answer(reading) if !cell.is_empty() => Some(reading.answer(cell.as_bytes())),
            _ => None,
        });
        let mut answers =
            cells.map(|read| matches!(read, Ok((answer, _)) if answer != Answer::Unanswered));
        answers.next() == Some(true) && answers.all(|is_answer| is_answer)
    };
    rows.iter().skip(1).find(holds_answers).map(Vec::as_slice)
}

impl<'q> Survey<'q> {
    /// The questionnaire that was answered.
    #[must_use]
    pub fn questionnaire(&self) -> &'q Questionnaire {
        self.questionnaire
    }

    /// The lines before the first row.
    #[must_use]
    pub fn lines(&self) -> u64 {
        self.lines
    }

    /// What the columns are.
    #[must_use]
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// What is to be said of the header.
    #[must_use]
    pub fn findings(&self) -> &Findings {
        &self.findings
    }
}
