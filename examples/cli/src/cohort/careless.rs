//! How respondents chose, a line each.

use std::io::Write as _;

use digital_maturity::statistics::{CarelessCounts, ResponsePattern};

use super::part::Chosen;
use super::scores::cell;

/// The file, and how many respondents show each sign.
pub(crate) fn of(chosen: Chosen, id: Option<&str>) -> Result<(Vec<u8>, CarelessCounts), String> {
    let Chosen { patterns, rows, ids } = chosen;
    let patterns: Vec<ResponsePattern> = patterns.finish();
    let mut file = b"row,".to_vec();
    if let Some(id) = id {
        cell(&mut file, id);
        file.push(b',');
    }
    file.extend_from_slice(b"answered,longest_run,most_chosen,straight_line,duplicates\n");
    for (at, (row, of)) in rows.iter().zip(&patterns).enumerate() {
        let _ = write!(file, "{row},"); // a Vec takes any bytes
        if let Some(id) = ids.get(at) {
            cell(&mut file, id);
            file.push(b',');
        }
        let straight = if of.is_straight_line() { "yes" } else { "no" };
        let ResponsePattern { answered, longest_run, most_chosen, duplicates } = of;
        let _ = writeln!(file, "{answered},{longest_run},{most_chosen},{straight},{duplicates}");
    }
    let counts = CarelessCounts::new(&patterns).map_err(|error| format!("error: {error}"))?;
    Ok((file, counts))
}
