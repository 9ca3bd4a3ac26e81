//! A whole file in memory.

use super::block::Block;
use super::finding::Findings;
use super::header::Header;
use super::ids::Ids;
use super::lane::Lane;
use super::opening::{Opening, Survey};
use super::options::{Duplicates, Options};
use super::pieces::Pieces;
use crate::cohort::{Cells, Cohort, Column};
use crate::questionnaire::Questionnaire;

/// The answers of all respondents in a file.
#[derive(Debug)]
#[non_exhaustive]
pub struct Answers {
    /// What they answered.
    pub cohort: Cohort<'static>,
    /// The number of each respondent's row, from 1 after the header; rows that are no respondents are
    /// not among them.
    pub rows: Vec<u64>,
    /// The places among them, from 0, of rows that cannot be read; all that is known of them is that they
    /// are bad, and what is handed on of them is blank.
    ///
    /// ```
    /// # use digital_maturity::Questionnaire;
    /// # use digital_maturity::survey::{self, Options};
    /// let file = b"case_view,journey_owner\n4,3\n4\n2,2\n"; // a cell is missing
    /// let answers = survey::read(Questionnaire::dcx_pulse(), file, &Options::default())?;
    /// assert_eq!((&*answers.rows, &*answers.unreadable), (&[1, 2, 3][..], &[1][..]));
    /// # Ok::<(), survey::Findings>(())
    /// ```
    pub unreadable: Vec<usize>,
    /// The cells of each column that is handed on, by respondent: of [`Options::id`], if there is one,
    /// and then of [`Options::carried`].
    pub carried: Vec<Vec<String>>,
    /// What the columns are.
    pub header: Header,
    /// What is to be said of the file. Rows with errors among them have no Score.
    pub findings: Findings,
}

/// Reads a file of answers to that questionnaire.
///
/// A bad cell spoils its own row alone; it is among the [findings](Answers::findings).
///
/// # Cost
///
/// Linear in the bytes, and in memory a byte for each respondent and question, four for long
/// checklists. For files that are not to be in memory as a whole, see [`Opening`].
///
/// # Errors
///
/// Everything for which the file cannot be read.
///
/// ```
/// use digital_maturity::Questionnaire;
/// use digital_maturity::survey::{self, Export, Options};
///
/// let pulse = Questionnaire::dcx_pulse();
/// let file = b"_id,case_view,journey_owner,_uuid,_submission_time\n101,4,3,u1,2026-09-01\n";
/// let answers = survey::read(&pulse, file, &Options::of(Export::Kobo))?;
/// assert_eq!(answers.cohort.rows(), 1);
/// assert_eq!(answers.findings.bad_cells(), 0);
/// # Ok::<(), survey::Findings>(())
/// ```
pub fn read(
    questionnaire: &Questionnaire,
    bytes: &[u8],
    options: &Options,
) -> Result<Answers, Findings> {
    let open = || -> Result<(Survey<'_>, Pieces), Findings> {
        let mut opening = Opening::new(questionnaire, options.clone());
        let mut rest = bytes;
        let mut more = !rest.is_empty();
        while more {
            let (now, later) = rest.split_at(rest.len().min(1 << 20));
            more = opening.push(now) && !now.is_empty();
            rest = later;
        }
        let has_ended = rest.is_empty();
        if has_ended {
            opening.push(&[]);
        }
        let (survey, mut pieces) = opening.understand()?;
        if !has_ended {
            pieces.push(rest);
            pieces.push(&[]);
        }
        Ok((survey, pieces))
    };
    let mut ids = Ids::new(options.duplicates);
    if options.duplicates != Duplicates::All && options.id.is_some() {
        let (survey, mut pieces) = open()?;
        let mut reader = survey.reader();
        while let Some(mut piece) = pieces.cut() {
            while let Some(block) = reader.block(&mut piece) {
                ids.add(&block);
            }
        }
    }
    let (survey, mut pieces) = open()?;
    let mut reader = survey.reader();
    reader.leave_out(ids.unwanted().clone());
    let mut whole = Whole::new(questionnaire, survey.carried);
    while let Some(mut piece) = pieces.cut() {
        while let Some(block) = reader.block(&mut piece) {
            if options.duplicates == Duplicates::All && options.id.is_some() {
                ids.add(&block);
            }
            whole.add(questionnaire, &block);
        }
    }
    let mut findings = survey.findings.clone();
    findings.add(reader.findings().clone(), 0, 0);
    findings.add(ids.findings().clone(), 0, 0);
    let (lines, rows) = reader.position();
    pieces.tell(&mut findings, lines, rows);
    let Whole { columns, rows, unreadable, carried } = whole;
    let columns = questionnaire.questions().zip(columns).map(|(question, cells)| {
        Column::new(question.id().to_owned(), cells).coded(question.coding())
    });
    let cohort = Cohort::new(questionnaire, columns).map_err(|_| findings.clone())?;
    let header = survey.header.clone();
    Ok(Answers { cohort, rows, unreadable, carried, header, findings })
}

/// All blocks, one behind the other.
struct Whole {
    /// By the position of the question.
    columns: Vec<Cells<'static>>,
    rows: Vec<u64>,
    unreadable: Vec<usize>,
    carried: Vec<Vec<String>>,
}

impl Whole {
    fn new(questionnaire: &Questionnaire, carried: usize) -> Self {
        let lane = |question| match Lane::new(question) {
            Lane::Wide(codes) => Cells::from(codes),
            Lane::Narrow(_) | Lane::None => Cells::from(Vec::<u8>::new()),
        };
        let columns = questionnaire.questions().map(lane).collect();
        let (rows, unreadable) = (Vec::new(), Vec::new());
        Self { columns, rows, unreadable, carried: vec![Vec::new(); carried] }
    }

    fn add(&mut self, questionnaire: &Questionnaire, block: &Block<'_>) {
        for column in block.columns() {
            let position = questionnaire.position(column.question());
            let whole = position.and_then(|position| self.columns.get_mut(position));
            match (whole, column.cells()) {
                (Some(Cells::U8(whole)), Cells::U8(codes)) => {
                    whole.to_mut().extend_from_slice(codes);
                }
                (Some(Cells::U32(whole)), Cells::U32(codes)) => {
                    whole.to_mut().extend_from_slice(codes);
                }
                // Of a list of many items that has no column.
                (Some(Cells::U32(whole)), codes) => {
                    let rows = whole.len() + codes.len();
                    whole.to_mut().resize(rows, u32::MAX);
                }
                _ => {}
            }
        }
        let before = self.rows.len();
        self.unreadable.extend(block.unreadable().iter().map(|place| before + place));
        self.rows.extend(block.numbers());
        for (place, cells) in self.carried.iter_mut().enumerate() {
            cells.extend(block.carried(place).map(str::to_owned));
        }
    }
}
