//! Files of survey tools: what each of them writes, and the scores that are right.

mod door;
mod exports;
mod kinds;
mod quick;
mod render;
mod rendered;
mod study;
mod tools;

use digital_maturity::survey::Options;
use digital_maturity::{Pillar, Questionnaire, Score};

/// Three respondents of the questionnaire `shopcheck`, worked by hand.
const R1: &str = "0.66875 (0.875, 0.55, 0.875, 0.375)";
const R2: &str = "0.9375 (1, 0.875, 1, 0.875)";
const R3: &str = "0.15 (0.125, 0.1, 0.25, 0.125)";

/// A file, how it is read, and what is right.
struct Case<'c> {
    name: &'c str,
    questionnaire: &'c Questionnaire,
    file: &'c [u8],
    options: Options,
    /// Each respondent, as `number: overall (pillars)`, or `number: bad`; of a file that is refused
    /// the one line `refused`.
    rows: &'c [String],
    /// What must be said, in pieces with `*` between, upper and lower case alike. Each warning and
    /// error must be one of these; notes may stand beside them. What begins with `?` may be said or not.
    says: &'c [&'c str],
}

impl Case<'_> {
    /// What is wrong with how the file is read, a line each.
    fn faults(&self) -> Vec<String> {
        let (rows, said) = match door::read(self.questionnaire, self.file, &self.options) {
            Ok(heard) => (heard.rows, heard.said),
            Err(said) => (vec!["refused".to_owned()], said),
        };
        let mut faults = Vec::new();
        if rows != self.rows {
            faults.push(format!("rows are\n    {}", rows.join("\n    ")));
            faults.push(format!("and should be\n    {}", self.rows.join("\n    ")));
        }
        let missing = self.says.iter().filter(|must| !must.starts_with('?'));
        for must in missing.filter(|must| !said.iter().any(|line| holds(line, must))) {
            faults.push(format!("nobody says `{must}`"));
        }
        for line in &said {
            let expected = self.says.iter().any(|must| holds(line, must.trim_start_matches('?')));
            if !expected && !line.starts_with("note") {
                faults.push(format!("it says `{line}`"));
            }
        }
        if !faults.is_empty() && !said.is_empty() {
            faults.push(format!("all that is said:\n    {}", said.join("\n    ")));
        }
        faults.iter().map(|fault| format!("{}: {fault}", self.name)).collect()
    }

    #[track_caller]
    fn check(&self) {
        let faults = self.faults();
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }
}

/// Whether the pieces of `must` stand in the line, one after the other.
fn holds(line: &str, must: &str) -> bool {
    let line = line.to_lowercase();
    let mut rest = line.as_str();
    must.to_lowercase().split('*').all(|piece| match rest.split_once(piece) {
        Some((_, behind)) => {
            rest = behind;
            true
        }
        None => false,
    })
}

/// A respondent's line: a hyphen where there is no Score.
fn line(
    row: u64,
    overall: Option<Score>,
    mut pillar: impl FnMut(Pillar) -> Option<Score>,
) -> String {
    let shown = |score: Option<Score>| score.map_or("-".to_owned(), |score| score.to_string());
    let pillars = Pillar::ALL.map(|of| shown(pillar(of)));
    format!("{row}: {} ({})", shown(overall), pillars.join(", "))
}

/// Lines of respondents from 1.
fn from_one(rows: &[&str]) -> Vec<String> {
    rows.iter().zip(1..).map(|(row, number)| format!("{number}: {row}")).collect()
}
