//! What `cohort` writes: the file of scores, its columns, and the groups of `--summary`.

use std::fs;

use super::cohort_csv::{folder, run, stderr};
use super::stdout;

/// Answers to `MINI`: everything; too little; credits .5, .5, 1 and a third, of which the mean .5833.. is
/// below the .6 of platform and the third below its .4; only the third; only the mean, .0833.. for .2;
/// cells that are no answers; a cell too few; a question that does not apply.
const ANSWERS: &str = "\
vision,pace,trial,tools
5,2,yes,\"web, app, desk\"
1,20,no,
3,4,1,web
5,2,yes,web
1,20,no,web
9,2,maybe,web
5,2,yes
not_applicable,2,yes,
";

const SCORES: [&str; 8] = [
    "1,native,1,1,1,1,1",
    "2,not_scorable,,0,0,0,",
    "3,hubs,0.583333333,0.5,0.5,1,0.333333333",
    "4,hubs,0.833333333,1,1,1,0.333333333",
    "5,traditional,0.083333333,0,0,0,0.333333333",
    "6,bad,,,,,",
    "7,bad,,,,,",
    "8,not_scorable,,,1,1,",
];

const COVERAGE: [&str; 8] =
    ["1,1,1,1", "1,1,1,0", "1,1,1,1", "1,1,1,1", "1,1,1,1", ",,,", ",,,", ",1,1,0"];

const REASONS: [&str; 8] = [
    "highest",
    "pillar connected_systems:coverage",
    "overall_and_every_pillar connected_systems",
    "every_pillar connected_systems",
    "overall",
    "bad_cell vision trial",
    "unreadable_row",
    "pillar digital_first_mindset:nothing_applicable connected_systems:coverage",
];

const CREDITS: [&str; 8] = [
    "1,1,1,1",
    "0,0,0,",
    "0.5,0.5,1,0.333333333",
    "1,1,1,0.333333333",
    "0,0,0,0.333333333",
    ",,,",
    ",,,",
    ",1,1,",
];

const PILLARS: [&str; 4] =
    ["digital_first_mindset", "agile_approach", "culture_of_experimentation", "connected_systems"];

#[test]
fn coverage_reasons_and_credits_stand_behind_the_scores() {
    let folder = folder("behind");
    let covered = PILLARS.map(|pillar| format!("coverage.{pillar}")).join(",");
    let credits = ["vision", "pace", "trial", "tools"].map(|id| format!("credit.{id}")).join(",");
    let more: [(&str, String, [&str; 8]); 3] = [
        ("--coverage", covered, COVERAGE),
        ("--reason", "reason".to_owned(), REASONS),
        ("--items", credits, CREDITS),
    ];
    // Each alone, all in any order, and none.
    for wanted in [&[0][..], &[1], &[2], &[2, 0, 1], &[]] {
        let args: Vec<&str> = wanted.iter().map(|of: &usize| more[*of].0).collect();
        let (code, scores, _) = folder.score(ANSWERS, &args);
        let mut columns: Vec<&(&str, String, [&str; 8])> =
            more.iter().filter(|(option, ..)| args.contains(option)).collect();
        let mut lines = vec![format!("row,stage,overall,{}", PILLARS.join(","))];
        lines.extend(SCORES.map(str::to_owned));
        for (_, header, cells) in columns.drain(..) {
            for (line, cells) in lines.iter_mut().zip([header.as_str()].iter().chain(cells)) {
                *line = format!("{line},{cells}");
            }
        }
        assert_eq!((code, scores), (0, lines.join("\n") + "\n"), "{args:?}");
    }
}

#[test]
fn what_counts_as_0_has_a_credit_and_what_is_not_asked_has_none() {
    let folder = folder("counted");
    let asked = folder.write(
        "asked.json",
        r#"{ "schema": 1, "id": "asked", "version": "1.0.0", "title": "Asked",
             "method": { "unanswered": "lowest", "minimum_coverage": 0 },
             "pillars": { "culture_of_experimentation": { "weight": 0 },
                 "connected_systems": { "weight": 0 }, "digital_first_mindset": { "weight": 0 } },
             "questions": [
                 { "id": "shops", "pillar": "agile_approach", "title": "Shops?", "scale": { "kind": "yes_no" } },
                 { "id": "till", "pillar": "agile_approach", "title": "Tills?", "scale": { "kind": "yes_no" },
                   "asked_if": { "question": "shops", "at_least": 1 } },
                 { "id": "site", "pillar": "agile_approach", "title": "Site?", "scale": { "kind": "yes_no" } }
             ] }"#,
    );
    let answers = folder.write("a.csv", "shops,till,site\nyes,,yes\nno,yes,dont_know\n");
    let out = folder.path("out.csv");
    run(&["--questionnaire", &asked, "--items", "--out", &out, &answers]);
    let scores = fs::read_to_string(out).unwrap();
    let credits: Vec<Vec<&str>> =
        scores.lines().skip(1).map(|line| line.rsplitn(4, ',').take(3).collect()).collect();
    // From the last question to the first.
    assert_eq!(credits, [["1", "0", "1"], ["", "", "0"]]);
}

#[test]
fn columns_that_would_be_called_alike_are_told_apart() {
    let folder = folder("alike");
    let content = "stage,Overall,vision,pace,trial,tools\n=1,b,5,2,yes,\"web, app, desk\"\n";
    let args = ["--id", "stage", "--carry", "Overall", "--carry", "stage"];
    let (code, scores, _) = folder.score(content, &args);
    let header = "row,carried.stage,carried.Overall,carried.carried.stage,stage,overall";
    let expected = format!("{header},{}\n1,'=1,b,'=1,native,1,1,1,1,1\n", PILLARS.join(","));
    assert_eq!((code, scores), (0, expected));
}

#[test]
fn groups_that_are_called_like_a_fixed_column_are_told_apart() {
    let folder = folder("fixed");
    let mini = folder.path("mini.json");
    let cells = ["(blank)", "", "All", "all", "(small groups)", "north", "north"];
    let rows: String = cells.map(|cell| "5,2,yes,web,".to_owned() + cell + "\n").concat();
    let answers = folder.write("g.csv", format!("vision,pace,trial,tools,where\n{rows}"));
    let summary = folder.path("summary.json");
    let fixed = ["--questionnaire", &mini, "--group-by", "where", "--summary", &summary, &answers];
    let found = |args: &[&str]| {
        let output = run(&[args, &fixed].concat());
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        let json: serde_json::Value =
            serde_json::from_str(&fs::read_to_string(&summary).unwrap()).unwrap();
        let groups: Vec<String> = json["groups"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|group| format!("{} {}", group["group"], group["summary"]["overall"]["count"]))
            .collect();
        let small = &json["small_groups"];
        (stdout(&output).to_owned(), groups, small["groups"].as_u64().unwrap_or(0))
    };

    let (table, groups, small) = found(&[]);
    let expected = [
        "null 1",
        "\"(blank)\" 1",
        "\"(small groups)\" 1",
        "\"All\" 1",
        "\"all\" 1",
        "\"north\" 2",
    ];
    assert_eq!((groups, small), (expected.map(str::to_owned).to_vec(), 0));
    for shown in ["(blank)", "\"(blank)\"", "\"(small groups)\"", "\"All\"", "\"all\""] {
        assert!(table.contains(&format!("  {shown}")), "{shown}\n{table}");
    }
    assert!(!table.contains(" (small groups)"), "{table}");

    let (table, groups, small) = found(&["--min-group", "2"]);
    assert_eq!((groups, small), (vec!["\"north\" 2".to_owned()], 5));
    assert!(table.contains(" (small groups)") && !table.contains("(blank)"), "{table}");
}

/// One respondent alone would stand in the table under another name: the next smallest group goes along.
#[test]
fn small_groups_together_are_not_small() {
    let folder = folder("pool");
    let (mini, summary) = (folder.path("mini.json"), folder.path("summary.json"));
    let rows = ["a"; 4].iter().chain(&["b"; 3]).chain(&["c"]);
    let rows = rows.map(|team| "5,2,yes,web,".to_owned() + team + "\n").collect::<String>();
    let answers = folder.write("g.csv", format!("vision,pace,trial,tools,team\n{rows}"));
    let output = run(&[
        "--questionnaire",
        &mini,
        "--group-by",
        "team",
        "--min-group",
        "2",
        "--summary",
        &summary,
        &answers,
    ]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let json: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(&summary).unwrap()).unwrap();
    assert_eq!(json["groups"].as_array().unwrap().len(), 1);
    assert_eq!(
        (&json["groups"][0]["group"], &json["groups"][0]["summary"]["overall"]["count"]),
        (&"a".into(), &4.into())
    );
    let small = &json["small_groups"];
    assert_eq!((&small["groups"], &small["summary"]["overall"]["count"]), (&2.into(), &4.into()));
}

#[test]
fn a_form_that_is_not_written_is_refused_before_anything_is_read() {
    let folder = folder("forms");
    let refused = |name: &str, args: &[&str], message: &str| {
        let out = folder.path(name);
        let output = run(&[args, &["--out", &out]].concat());
        assert_eq!((output.status.code(), stdout(&output)), (Some(2), ""), "{name}");
        assert!(stderr(&output).contains(message), "{name}: {}", stderr(&output));
        assert_eq!(folder.names(), ["mini.json"]);
    };
    refused("scores.parquet", &[], "--out writes no Parquet");
    refused("scores.PARQUET", &[], "ends in .csv");
    if cfg!(not(feature = "arrow")) {
        refused("scores.arrow", &[], "--features arrow");
        refused("scores.Feather", &[], "ends in .csv");
    }
    for option in ["--items", "--coverage", "--reason"] {
        let output = run(&[option]);
        assert_eq!((output.status.code(), stdout(&output)), (Some(2), ""), "{option}");
        assert!(stderr(&output).contains("--out"), "{}", stderr(&output));
    }
}

#[cfg(feature = "arrow")]
mod arrow {
    use arrow_array::cast::AsArray;
    use arrow_array::types::{Float64Type, UInt64Type};
    use arrow_array::{Array, RecordBatch};
    use arrow_ipc::reader::FileReader;
    use arrow_schema::DataType;

    use super::*;

    /// What stands in one place, as CSV has it; a Score is read again from its decimals.
    fn cell(batch: &RecordBatch, column: usize, row: usize) -> String {
        let of = batch.column(column);
        match of.data_type() {
            DataType::UInt64 => of.as_primitive::<UInt64Type>().value(row).to_string(),
            DataType::Utf8 => of.as_string::<i32>().value(row).to_owned(),
            DataType::Float64 if of.is_null(row) => String::new(),
            DataType::Float64 => of.as_primitive::<Float64Type>().value(row).to_string(),
            other => panic!("a column of {other}"),
        }
    }

    #[test]
    fn arrow_says_what_csv_says() {
        let folder = folder("arrow");
        let mini = folder.path("mini.json");
        // More than one piece, and batches that no piece divides into; a blank and a formula.
        let (header, rows) = ANSWERS.split_once('\n').unwrap();
        let rows: String = rows.lines().enumerate().fold(String::new(), |all, (place, row)| {
            all + row + if place % 2 == 0 { ",=1\n" } else { ",\n" }
        });
        let content = format!("{header},note\n{}", rows.repeat(70_000));
        assert!(content.len() > 8 << 20);
        let answers = folder.write("a.csv", content);
        let (csv, arrow) = (folder.path("s.csv"), folder.path("s.feather"));
        for out in [&csv, &arrow] {
            let args = ["--questionnaire", &mini, "--carry", "note", "--coverage", "--reason"];
            let output = run(&[&args[..], &["--items", "--out", out, &answers]].concat());
            assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        }
        let csv = fs::read_to_string(csv).unwrap().replace(",'=1,", ",=1,");
        let mut lines = csv.lines();
        let reader = FileReader::try_new(fs::File::open(arrow).unwrap(), None).unwrap();
        let schema = reader.schema();
        let names: Vec<&str> = schema.fields().iter().map(|of| of.name().as_str()).collect();
        assert_eq!(lines.next(), Some(names.join(",").as_str()));
        for batch in reader {
            let batch = batch.unwrap();
            assert!(batch.num_rows() <= 1 << 14);
            for row in 0..batch.num_rows() {
                let cells = (0..names.len()).map(|column| cell(&batch, column, row));
                let cells: Vec<String> = cells.collect();
                assert_eq!(lines.next(), Some(cells.join(",").as_str()));
            }
        }
        assert_eq!(lines.next(), None);
    }

    #[test]
    fn arrow_of_nobody_has_columns_and_a_full_disk_is_a_failure() {
        let folder = folder("nobody");
        let (mini, out) = (folder.path("mini.json"), folder.path("s.arrow"));
        let answers = folder.write("a.csv", "vision,pace,trial,tools\n");
        let output = run(&["--questionnaire", &mini, "--out", &out, &answers]);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        let mut reader = FileReader::try_new(fs::File::open(&out).unwrap(), None).unwrap();
        assert_eq!((reader.schema().fields().len(), reader.next().is_none()), (7, true));
        #[cfg(target_os = "linux")]
        {
            let full = folder.path("full.arrow");
            std::os::unix::fs::symlink("/dev/full", &full).unwrap();
            let output = run(&["--questionnaire", &mini, "--out", &full, &answers]);
            assert_eq!((output.status.code(), stdout(&output)), (Some(1), ""));
            assert!(stderr(&output).contains("full.arrow: error: "), "{}", stderr(&output));
        }
    }
}
