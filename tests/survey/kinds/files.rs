//! What a file is made of: encodings, line ends, delimiters, and files that are something else.

use digital_maturity::survey::{Export, Options};

use super::super::exports::shopcheck;
use super::{CHANNELS, IDS, R1, R2, R3, STOCK, T1, T2, T3, TITLES, V1, V2, V3};
use super::{all, check, kind, refused};

/// In Windows-1252, of which the tests need what is in Latin-1 and a few quotes.
pub(in super::super) fn windows_1252(text: &str) -> Vec<u8> {
    let byte = |c| match c {
        '€' => 0x80,
        '„' => 0x84,
        '…' => 0x85,
        '‘' => 0x91,
        '’' => 0x92,
        '“' => 0x93,
        '”' => 0x94,
        '–' => 0x96,
        '—' => 0x97,
        c => u8::try_from(u32::from(c)).expect("a character of Windows-1252"),
    };
    text.chars().map(byte).collect()
}

/// In UTF-16 with a byte-order mark, the high byte first or last.
pub(in super::super) fn utf_16(text: &str, high_first: bool) -> Vec<u8> {
    let units = format!("\u{feff}{text}");
    let bytes = |unit: u16| if high_first { unit.to_be_bytes() } else { unit.to_le_bytes() };
    units.encode_utf16().flat_map(bytes).collect()
}

/// The three respondents by id and value, and in German texts.
fn by_value() -> String {
    format!("{IDS},channels,stock\n{V1},web app,2\n{V2},web app shop phone,4\n{V3},phone,1\n")
}

pub(super) const GERMAN: &str = "\
Gibt es einen Plan?;Hat er jemanden?;Wird er geprüft?;Tage von der Idee zum Laden;Wird probiert?;Darf es scheitern?;Welche Kanäle teilen Daten?;Ist der Bestand aktuell?
Oft;Ja;Manchmal;12;Oft;Ja;Web, App;Selten
Immer;Ja;Oft;5;Immer;Ja;Web, App, Shop, till, Phone;Oft
Selten;Nein;Nie;40;Manchmal;Nein;Phone;Nie
";

#[test]
fn a_file_reads_alike_in_every_dress() {
    let plain = Options::default;
    let encoded = |name: &str| Options { encoding: Some(name.to_owned()), ..plain() };
    let decomposed = GERMAN.replace('ü', "u\u{308}").replace('ä', "a\u{308}");
    check(
        &shopcheck(),
        &[
            all("a plain file", plain(), by_value()),
            all("a byte-order mark", plain(), format!("\u{feff}{}", by_value())),
            all("CRLF", plain(), by_value().replace('\n', "\r\n")),
            all("CR", plain(), by_value().replace('\n', "\r")),
            all("no line end at the end", plain(), by_value().trim_end()),
            all("blank lines", plain(), by_value().replace('\n', "\n\n\r\n")),
            all("semicolons that nobody named", plain(), GERMAN),
            all("tabs that nobody named", plain(), by_value().replace(',', "\t")),
            all("bars that nobody named", plain(), by_value().replace(',', "|")),
            all("sep=;", plain(), format!("sep=;\r\n{}", GERMAN.replace('\n', "\r\n"))),
            all("\"sep=;\" and a byte-order mark", plain(), format!("\u{feff}\"sep=;\"\n{GERMAN}")),
            all("letters in their parts", plain(), decomposed),
            all(
                "UTF-16, as a sheet's Unicode text",
                plain(),
                utf_16(&GERMAN.replace(';', "\t"), false),
            ),
            all("UTF-16, the other way round", plain(), utf_16(GERMAN, true)),
            all("Windows-1252, named", encoded("windows-1252"), windows_1252(GERMAN)),
            all("Latin-1, named otherwise", encoded("latin1"), windows_1252(GERMAN)),
            all(
                "headers in another case",
                plain(),
                by_value().replacen(IDS, &IDS.to_uppercase(), 1),
            ),
            all(
                "rows of nothing but separators, and trailing ones, are no respondents",
                plain(),
                by_value() + ",,,,,,,\n , ,,,,,,\n",
            ),
            kind(
                "rows of nothing in between: the others keep their numbers",
                plain(),
                by_value().replace(V2, &format!(",,,,,,,\n{V2}")),
                &[R1, R2, R3],
                &["?note"],
            )
            .at(&[1, 3, 4]),
        ],
    );
}

#[test]
fn a_file_that_is_something_else_is_named() {
    let plain = Options::default;
    let with_nuls = |head: &[u8]| [head, &[0; 400]].concat();
    check(
        &shopcheck(),
        &[
            refused("nothing", plain(), "", &["empty"]),
            refused("a mark and nothing", plain(), "\u{feff}", &["error*file"]),
            refused("a workbook", plain(), with_nuls(b"PK\x03\x04\x14\0\x06\0"), &["xlsx"]),
            refused(
                "an old workbook",
                plain(),
                with_nuls(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
                &["xls"],
            ),
            refused("SPSS", plain(), with_nuls(b"$FL2@(#) SPSS DATA FILE"), &["SPSS"]),
            refused("Stata", plain(), with_nuls(b"<stata_dta><header><release>118"), &["Stata"]),
            refused("compressed", plain(), with_nuls(b"\x1f\x8b\x08\0\0\0\0\0"), &["gzip"]),
            refused(
                "a page that says one is logged out",
                Options::of(Export::Kobo),
                "\n<!DOCTYPE html>\n<html><head><title>Log in</title></head></html>\n",
                &["HTML"],
            ),
            refused(
                "UTF-16 without a mark",
                plain(),
                utf_16(GERMAN, false).split_off(2),
                &["UTF-16"],
            ),
            refused(
                "Windows-1252 that nobody named: said before any row is read",
                plain(),
                windows_1252(GERMAN),
                &["windows-1252"],
            ),
            refused(
                "an encoding that nobody knows",
                Options { encoding: Some("klingon".to_owned()), ..plain() },
                by_value(),
                &["klingon"],
            ),
            refused(
                "a delimiter that cannot be right",
                Options { delimiter: Some(b','), ..plain() },
                GERMAN,
                &["delimiter"],
            ),
            refused("no question among the columns", plain(), "a,b,c\n1,2,3\n", &["question"]),
        ],
    );
}

#[test]
fn texts_are_as_a_reader_sees_them() {
    let plain = Options::default;
    let head = format!("{TITLES},{CHANNELS},{STOCK}");
    check(
        &shopcheck(),
        &[
            all(
                "capitals, blanks of all kinds",
                plain(),
                format!(
                    "{head}\n{},\"web ,\u{a0}APP\",RARELY\n\u{2003}{T2}\u{a0},\"Web, App, Shop,  till, Phone \",\" often\"\n\
                     {T3},\u{feff}Phone,Never\n",
                    T1.to_uppercase(),
                ),
            ),
            all(
                "a title without regard to its line ends",
                plain(),
                format!(
                    "{TITLES},\"Which channels\r\nshare data?\",{STOCK}\n{T1},Web;App,Rarely\n\
                     {T2},\"Web\nApp\nShop, till\nPhone\n\",Often\n{T3},Phone,Never\n",
                ),
            ),
            kind(
                "one row in German, one in English, one by value",
                plain(),
                format!(
                    "{head}\nOft,Ja,Manchmal,12,Oft,Ja,\"Web, App\",Selten\n{T2},\"Web, App, Shop, till, Phone\",Often\n{V3},phone,1\n"
                ),
                &[R1, R2, R3],
                &[],
            ),
        ],
    );
}
