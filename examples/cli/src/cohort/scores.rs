//! The scores of each respondent, as a file.

#[cfg(feature = "arrow")]
mod arrow;
mod csv;
mod detail;
mod names;

use std::path::Path;

use digital_maturity::cohort::{Scores, raw};
use digital_maturity::survey::Block;
use digital_maturity::{Cohort, Pillar, Questionnaire, Stage};

pub(crate) use self::csv::cell;
use self::detail::Detail;
use crate::support::draft::Draft;

/// Rows whose details are in memory at once, and the most in one batch of Arrow.
const STRETCH: usize = 1 << 14;

/// In which form the file is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    Csv,
    #[cfg(feature = "arrow")]
    Arrow,
}

/// What stands in the file: `row`, the columns that are carried, `stage`, `overall`, pillars, and then
/// what is asked for, in this order. Scores, coverage and credits are from 0 to 1; where there is none
/// the cell is empty, and `stage` says whether that is because of a bad cell.
#[derive(Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "switches of a command line")]
pub(crate) struct Shape {
    pub(crate) format: Format,
    /// So many columns of the file are carried.
    pub(crate) carried: usize,
    pub(crate) themes: bool,
    pub(crate) coverage: bool,
    pub(crate) reason: bool,
    pub(crate) items: bool,
}

/// Some rows of a block, column by column.
struct Stretch<'s, Numbers, Cells> {
    /// Of as many rows as there are stages.
    numbers: Numbers,
    /// By column that is carried, the cells from these rows on.
    carried: &'s mut [Cells],
    stages: &'s [u8],
    /// The overall, pillars, themes and coverage in billionths.
    scores: Vec<&'s [u32]>,
    reasons: Option<&'s [String]>,
    /// By question, in billionths.
    credits: Vec<&'s [u32]>,
}

/// Respondents, but for the numbers of their rows.
pub(crate) enum Lines {
    Csv(csv::Lines),
    #[cfg(feature = "arrow")]
    Arrow(arrow::Batches),
}

/// The file that they are written to.
pub(crate) enum ScoreFile {
    Csv(csv::File),
    #[cfg(feature = "arrow")]
    Arrow(Box<arrow::File>),
}

impl Format {
    /// The form that the name of a file asks for.
    pub(crate) fn of(path: &Path) -> Result<Self, String> {
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        match ending.to_ascii_lowercase().as_str() {
            #[cfg(feature = "arrow")]
            "arrow" | "feather" => Ok(Self::Arrow),
            #[cfg(not(feature = "arrow"))]
            "arrow" | "feather" => Err(format!(
                "--out writes CSV: this `maturity` is built without the feature `arrow`; install it with \
                 --features arrow, or give a name that ends in .csv, not .{ending}"
            )),
            "parquet" => {
                Err("--out writes no Parquet; give a name that ends in .csv, or in .arrow \
                              with the feature `arrow`, and turn that into Parquet"
                    .to_owned())
            }
            _ => Ok(Self::Csv),
        }
    }
}

impl Shape {
    fn has_details(&self) -> bool {
        self.coverage || self.reason || self.items
    }
}

impl Lines {
    pub(crate) fn new(format: Format) -> Self {
        match format {
            Format::Csv => Self::Csv(csv::Lines::default()),
            #[cfg(feature = "arrow")]
            Format::Arrow => Self::Arrow(arrow::Batches::default()),
        }
    }

    /// Adds the respondents of a block.
    pub(crate) fn add(
        &mut self,
        shape: &Shape,
        block: &Block<'_>,
        cohort: &Cohort<'_>,
        scores: &Scores,
    ) {
        let pillars = Pillar::ALL.iter().map(|pillar| scores.raw_pillar(*pillar));
        let mut columns: Vec<&[u32]> = [scores.raw_overall()].into_iter().chain(pillars).collect();
        columns.extend(scores.raw_themes().filter(|_| shape.themes).map(|(_, column)| column));
        let mut numbers = block.numbers();
        let mut carried: Vec<_> = (0..shape.carried).map(|place| block.carried(place)).collect();
        for (stretch, stages) in scores.raw_stages().chunks(STRETCH).enumerate() {
            let rows = stretch * STRETCH..stretch * STRETCH + stages.len();
            let detail = if shape.has_details() {
                Detail::of(shape, cohort, block.unreadable(), rows.clone())
            } else {
                Detail::default()
            };
            let of_rows = columns.iter().map(|column| column.get(rows.clone()).unwrap_or_default());
            let mut scores: Vec<&[u32]> = of_rows.collect();
            scores.extend(detail.coverage.iter().map(Vec::as_slice));
            let stretch = Stretch {
                numbers: numbers.by_ref().take(stages.len()),
                carried: &mut carried,
                stages,
                scores,
                reasons: shape.reason.then_some(detail.reasons.as_slice()),
                credits: detail.credits.iter().map(Vec::as_slice).collect(),
            };
            match self {
                Self::Csv(lines) => lines.add(stretch),
                #[cfg(feature = "arrow")]
                Self::Arrow(batches) => batches.add(stretch),
            }
        }
    }
}

impl ScoreFile {
    pub(crate) fn new(
        draft: Draft,
        questionnaire: &Questionnaire,
        shape: &Shape,
        carried: &[&str],
    ) -> Result<Self, String> {
        let names = names::of(questionnaire, shape, carried);
        match shape.format {
            Format::Csv => csv::File::new(draft, &names).map(Self::Csv),
            #[cfg(feature = "arrow")]
            Format::Arrow => {
                let file = arrow::File::new(draft, &names, shape)?;
                Ok(Self::Arrow(Box::new(file)))
            }
        }
    }

    /// Adds respondents, whose rows come after so many.
    pub(crate) fn write(&mut self, lines: Lines, rows: u64) -> Result<(), String> {
        match (self, lines) {
            (Self::Csv(file), Lines::Csv(lines)) => file.write(&lines, rows),
            #[cfg(feature = "arrow")]
            (Self::Arrow(file), Lines::Arrow(batches)) => file.write(batches, rows),
            #[cfg(feature = "arrow")]
            _ => Err("error: lines of another form".to_owned()),
        }
    }

    /// The file, all of which is written.
    #[cfg_attr(
        not(feature = "arrow"),
        expect(clippy::unnecessary_wraps, reason = "CSV has no end that could fail")
    )]
    pub(crate) fn finish(self) -> Result<Draft, String> {
        match self {
            Self::Csv(file) => Ok(file.into_draft()),
            #[cfg(feature = "arrow")]
            Self::Arrow(file) => file.finish(),
        }
    }
}

/// The stage, or why there is none.
fn standing(stage: u8) -> &'static str {
    match stage {
        raw::BAD_ROW => "bad",
        raw::NO_STAGE => "not_scorable",
        stage => Stage::ALL.get(usize::from(stage)).map_or("", |stage| stage.as_str()),
    }
}
