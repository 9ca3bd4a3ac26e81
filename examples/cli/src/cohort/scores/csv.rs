//! Scores as CSV.

use std::io::Write as _;

use digital_maturity::cohort::raw;

use super::{Stretch, standing};
use crate::support::draft::Draft;

/// Lines of respondents, but for the numbers of their rows.
#[derive(Default)]
pub(crate) struct Lines {
    text: Vec<u8>,
    /// The number of each row, and where its line ends.
    ends: Vec<(u64, usize)>,
}

/// The file that they are written to.
pub(crate) struct File {
    draft: Draft,
    lines: Vec<u8>,
}

impl Lines {
    pub(super) fn add<'b>(
        &mut self,
        stretch: Stretch<'_, impl Iterator<Item = u64>, impl Iterator<Item = &'b str>>,
    ) {
        let Stretch { numbers, carried, stages, scores, reasons, credits } = stretch;
        let mut scores: Vec<_> = scores.into_iter().map(<[u32]>::iter).collect();
        let mut reasons = reasons.map(<[String]>::iter);
        let mut credits: Vec<_> = credits.into_iter().map(<[u32]>::iter).collect();
        for (row, stage) in numbers.zip(stages) {
            for cells in &mut *carried {
                self.text.push(b',');
                cell(&mut self.text, cells.next().unwrap_or_default());
            }
            self.text.push(b',');
            self.text.extend_from_slice(standing(*stage).as_bytes());
            self.decimals(&mut scores);
            if let Some(reasons) = &mut reasons {
                self.text.push(b',');
                self.text.extend_from_slice(reasons.next().map_or(b"", |reason| reason.as_bytes()));
            }
            self.decimals(&mut credits);
            self.text.push(b'\n');
            self.ends.push((row, self.text.len()));
        }
    }

    /// The next Score of each column.
    fn decimals<'c>(&mut self, columns: &mut [impl Iterator<Item = &'c u32>]) {
        for column in columns {
            self.text.push(b',');
            column.next().into_iter().for_each(|score| decimal(&mut self.text, *score));
        }
    }
}

impl File {
    pub(super) fn new(mut draft: Draft, names: &[String]) -> Result<Self, String> {
        let mut lines = Vec::new();
        for (place, name) in names.iter().enumerate() {
            if place > 0 {
                lines.push(b',');
            }
            cell(&mut lines, name);
        }
        lines.push(b'\n');
        draft.write(&lines)?;
        Ok(Self { draft, lines })
    }

    pub(super) fn write(&mut self, lines: &Lines, rows: u64) -> Result<(), String> {
        self.lines.clear();
        let mut from = 0;
        for &(row, end) in &lines.ends {
            let _ = write!(self.lines, "{}", rows + row); // a Vec takes any bytes
            self.lines.extend_from_slice(lines.text.get(from..end).unwrap_or_default());
            from = end;
        }
        self.draft.write(&self.lines)
    }

    pub(super) fn into_draft(self) -> Draft {
        self.draft
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
pub(crate) fn cell(out: &mut Vec<u8>, text: &str) {
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
