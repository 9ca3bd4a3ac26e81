//! The scores of each respondent, as CSV.

use std::io::Write as _;

use digital_maturity::cohort::{Scores, raw};
use digital_maturity::{Pillar, Questionnaire, Stage};

use crate::support::draft::Draft;

/// Writes one line a respondent: `row`, the id, `stage`, `overall`, pillars, and themes if they are
/// asked for. Scores are exact, from 0 to 1; where there is none the cell is empty, and `stage` says
/// whether that is because of a bad cell.
pub(crate) struct ScoreFile {
    draft: Draft,
    themes: bool,
    lines: Vec<u8>,
}

impl ScoreFile {
    pub(crate) fn new(
        mut draft: Draft,
        questionnaire: &Questionnaire,
        id: Option<&str>,
        themes: bool,
    ) -> Result<Self, String> {
        let mut lines = b"row".to_vec();
        if let Some(id) = id {
            lines.push(b',');
            quoted(&mut lines, id.as_bytes());
        }
        lines.extend_from_slice(b",stage,overall");
        let themes_named = questionnaire.themes().iter().map(|theme| theme.id.as_str());
        let names = Pillar::ALL.iter().map(|pillar| pillar.as_str());
        for name in names.chain(themes_named.filter(|_| themes)) {
            lines.push(b',');
            lines.extend_from_slice(name.as_bytes());
        }
        lines.push(b'\n');
        draft.write(&lines)?;
        Ok(Self { draft, themes, lines })
    }

    /// Adds respondents, the first of whom has that number.
    pub(crate) fn write<'i>(
        &mut self,
        scores: &Scores,
        first: u64,
        mut ids: Option<impl Iterator<Item = &'i [u8]>>,
    ) -> Result<(), String> {
        let pillars = Pillar::ALL.iter().map(|pillar| scores.raw_pillar(*pillar));
        let mut columns: Vec<&[u32]> = [scores.raw_overall()].into_iter().chain(pillars).collect();
        columns.extend(scores.raw_themes().filter(|_| self.themes).map(|(_, column)| column));
        let mut columns: Vec<_> = columns.into_iter().map(<[u32]>::iter).collect();
        self.lines.clear();
        for (row, stage) in (first..).zip(scores.raw_stages()) {
            let _ = write!(self.lines, "{row}"); // a Vec takes any bytes
            if let Some(ids) = &mut ids {
                self.lines.push(b',');
                quoted(&mut self.lines, ids.next().unwrap_or_default());
            }
            self.lines.push(b',');
            self.lines.extend_from_slice(standing(*stage).as_bytes());
            for column in &mut columns {
                self.lines.push(b',');
                column.next().into_iter().for_each(|score| decimal(&mut self.lines, *score));
            }
            self.lines.push(b'\n');
        }
        self.draft.write(&self.lines)
    }

    pub(crate) fn into_draft(self) -> Draft {
        self.draft
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

/// A Score as it is displayed, without the detour: nine decimals, no zeros at the end.
fn decimal(out: &mut Vec<u8>, billionths: u32) {
    match billionths {
        raw::NO_SCORE => {}
        0 => out.push(b'0'),
        1_000_000_000 => out.push(b'1'),
        _ => {
            out.extend_from_slice(b"0.");
            let (mut rest, mut unit) = (billionths, 100_000_000);
            while rest > 0 {
                out.push(b'0' + u8::try_from(rest / unit).unwrap_or(0));
                rest %= unit;
                unit /= 10;
            }
        }
    }
}

/// A cell, in quotes where it needs them.
fn quoted(out: &mut Vec<u8>, cell: &[u8]) {
    if !cell.iter().any(|byte| b",;\"\r\n\t".contains(byte)) {
        return out.extend_from_slice(cell);
    }
    out.push(b'"');
    for &byte in cell {
        if byte == b'"' {
            out.push(b'"');
        }
        out.push(byte);
    }
    out.push(b'"');
}
