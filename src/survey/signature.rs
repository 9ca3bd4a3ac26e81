//! Files that are something else than text in cells.

/// How a file begins, what it is then, and what to do.
const BEGINNINGS: [(&[u8], &str); 14] = [
    (b"PK\x03\x04", "a workbook (.xlsx, .ods) or a zip archive: save the sheet as CSV, UTF-8"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook (.xls): save the sheet as CSV, UTF-8"),
    (b"\x1f\x8b", "compressed with gzip: unpack it first"),
    (b"BZh", "compressed with bzip2: unpack it first"),
    (b"\x28\xb5\x2f\xfd", "compressed with zstd: unpack it first"),
    (b"\xfd7zXZ", "compressed with xz: unpack it first"),
    (b"$FL2", "an SPSS data file (.sav): save it as CSV, with values or with labels"),
    (b"$FL3", "an SPSS data file (.zsav): save it as CSV, with values or with labels"),
    (b"<stata_dta>", "a Stata data file (.dta): write it with `export delimited`"),
    (b"PAR1", "a Parquet file: write it as CSV"),
    (b"ARROW1", "an Arrow file: write it as CSV"),
    (b"%PDF", "a PDF document: export the answers as CSV"),
    (b"RDX", "an R data file: write it with `write.csv`"),
    (b"SQLite format 3", "a database: write the table as CSV"),
];

/// How texts of another kind begin, behind blanks and in any case.
const TEXTS: [(&str, &str); 6] = [
    ("<!doctype", "a page of HTML, maybe of an error or a login: download the export itself"),
    ("<html", "a page of HTML, maybe of an error or a login: download the export itself"),
    ("<?xml", "XML: export the answers as CSV"),
    ("<table", "a table of HTML, which spreadsheets open: save it as CSV, UTF-8"),
    ("{\"", "JSON: answers of one respondent are no export"),
    ("[{", "JSON: export the answers as CSV"),
];

/// What the file is that begins like this, and what to do, if it is no text in cells.
pub(super) fn other_than_text(start: &[u8]) -> Option<&'static str> {
    // Old Stata files begin with their version, the order of bytes, and 1, 0.
    if let [0x69 | 0x6c | 0x6e..=0x73, 1 | 2, 1, 0, ..] = start {
        return Some("a Stata data file (.dta): write it with `export delimited`");
    }
    let binary = BEGINNINGS.iter().find(|(bytes, _)| start.starts_with(bytes));
    if let Some((_, what)) = binary {
        return Some(what);
    }
    let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start);
    let start = start.trim_ascii_start();
    let is = |text: &str| {
        start.get(..text.len()).is_some_and(|s| s.eq_ignore_ascii_case(text.as_bytes()))
    };
    TEXTS.iter().find(|(text, _)| is(text)).map(|(_, what)| *what)
}
