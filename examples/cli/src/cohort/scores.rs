//! The scores of each respondent, as CSV.

use std::io::Write as _;

use digital_maturity::cohort::{Scores, raw};
use digital_maturity::survey::Block;
use digital_maturity::{Pillar, Questionnaire, Stage};

use crate::support::draft::Draft;

/// What stands in the file: `row`, the columns that are carried, `stage`, `overall`, pillars, and
/// themes if they are asked for. Scores are exact, from 0 to 1; where there is none the cell is empty,
/// and `stage` says whether that is because of a bad cell.
#[derive(Clone, Copy)]
pub(crate) struct Shape {
    pub(crate) themes: bool,
    /// So many columns of the file are carried.
    pub(crate) carried: usize,
}

/// Lines of respondents, but for the numbers of their rows.
#[derive(Default)]
pub(crate) struct Lines {
    text: Vec<u8>,
    /// The number of each row, and where its line ends.
    ends: Vec<(u64, usize)>,
}

/// The file that they are written to.
pub(crate) struct ScoreFile {
    draft: Draft,
    lines: Vec<u8>,
}

impl Lines {
    /// Adds the respondents of a block.
    pub(crate) fn add(&mut self, shape: &Shape, block: &Block<'_>, scores: &Scores) {
        let pillars = Pillar::ALL.iter().map(|pillar| scores.raw_pillar(*pillar));
        let mut columns: Vec<&[u32]> = [scores.raw_overall()].into_iter().chain(pillars).collect();
        columns.extend(scores.raw_themes().filter(|_| shape.themes).map(|(_, column)| column));
        let mut columns: Vec<_> = columns.into_iter().map(<[u32]>::iter).collect();
        let mut carried: Vec<_> = (0..shape.carried).map(|place| block.carried(place)).collect();
        for (row, stage) in block.numbers().zip(scores.raw_stages()) {
            for cells in &mut carried {
                self.text.push(b',');
                cell(&mut self.text, cells.next().unwrap_or_default());
            }
            self.text.push(b',');
            self.text.extend_from_slice(standing(*stage).as_bytes());
            for column in &mut columns {
                self.text.push(b',');
                column.next().into_iter().for_each(|score| decimal(&mut self.text, *score));
            }
            self.text.push(b'\n');
            self.ends.push((row, self.text.len()));
        }
    }
}

impl ScoreFile {
    pub(crate) fn new(
        mut draft: Draft,
        questionnaire: &Questionnaire,
        themes: bool,
        carried: &[&str],
    ) -> Result<Self, String> {
        let mut lines = b"row".to_vec();
        for name in carried {
            lines.push(b',');
            cell(&mut lines, name);
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
        Ok(Self { draft, lines })
    }

    /// Adds respondents, whose rows come after so many.
    pub(crate) fn write(&mut self, lines: &Lines, rows: u64) -> Result<(), String> {
        self.lines.clear();
        let mut from = 0;
        for &(row, end) in &lines.ends {
            let _ = write!(self.lines, "{}", rows + row); // a Vec takes any bytes
            self.lines.extend_from_slice(lines.text.get(from..end).unwrap_or_default());
            from = end;
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

/// A cell of somebody else's: in quotes where it needs them, and behind an apostrophe where a
/// spreadsheet would take it for a formula.
fn cell(out: &mut Vec<u8>, text: &str) {
    let is_number = || text.parse::<f64>().is_ok_and(f64::is_finite);
    let is_formula = text
        .starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
        && !is_number();
    let is_quoted = text.contains([',', ';', '"', '\r', '\n', '\t', '|']);
    if !is_quoted && !is_formula {
        return out.extend_from_slice(text.as_bytes());
    }
    if is_quoted {
        out.push(b'"');
    }
    if is_formula {
        out.push(b'\'');
    }
    for byte in text.bytes() {
        if byte == b'"' {
            out.push(b'"');
        }
        out.push(byte);
    }
    if is_quoted {
        out.push(b'"');
    }
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn a_cell_is_no_formula() {
        for (text, written) in [
            ("R1", "R1"),
            ("a, b", "\"a, b\""),
            ("say \"a\"", "\"say \"\"a\"\"\""),
            ("=1+1", "'=1+1"),
            ("=HYPERLINK(\"x\",\"y\")", "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\""),
            ("-1.5", "-1.5"),
            ("+49 30", "'+49 30"),
            ("-", "'-"),
            ("@home", "'@home"),
            ("\tx", "\"'\tx\""),
        ] {
            let mut out = Vec::new();
            cell(&mut out, text);
            assert_eq!(String::from_utf8(out).unwrap(), written, "{text}");
        }
    }
}
