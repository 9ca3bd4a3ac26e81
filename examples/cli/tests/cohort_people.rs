//! `cohort` where respondents count by weight, answer for one unit together, or answered before.

use super::Folder;
use super::cohort_csv::{folder, run, stderr};

/// Scores of `MINI` by its first question alone: the others are the highest throughout.
const NOW: &str = "\
id,vision,pace,trial,tools,site,w
ann,5,0,yes,\"web, app, desk\",north,2
ben,1,0,yes,\"web, app, desk\",north,\"1,5\"
cem,3,0,yes,\"web, app, desk\",south,0.5
dee,3,0,yes,\"web, app, desk\",south,
eve,7,0,yes,\"web, app, desk\",south,1
fay,3,0,yes,\"web, app, desk\",,-1
";
const THEN: &str = "\
id,vision,pace,trial,tools
ann,1,0,yes,\"web, app, desk\"
ben,1,0,yes,\"web, app, desk\"
cem,2,0,yes,\"web, app, desk\"
old,2,0,yes,\"web, app, desk\"
ben,4,0,yes,\"web, app, desk\"
";

/// The figures of a file, and what was said.
fn figures(folder: &Folder, args: &[&str]) -> (i32, String, String) {
    let (answers, mini) = (folder.write("now.csv", NOW), folder.path("mini.json"));
    let tidy = folder.path("figures.csv");
    let fixed = ["--questionnaire", &mini, "--ignore-unknown", "--tidy", &tidy, &answers];
    let output = run(&[args, &fixed].concat());
    let said = stderr(&output).replace(&format!("{}/", folder.0.display()), "");
    let figures = std::fs::read_to_string(&tidy).unwrap_or_default();
    (output.status.code().unwrap(), figures, said)
}

#[track_caller]
fn has(figures: &str, lines: &[&str]) {
    for line in lines {
        assert!(figures.contains(&format!("\n{line}\n")), "{line} is not in\n{figures}");
    }
}

#[test]
fn weights_count_and_cells_that_are_none_are_said() {
    let folder = folder("weights");
    let (code, found, said) =
        figures(&folder, &["--weight", "w", "--decimal", ",", "--group-by", "site"]);
    assert_eq!(code, 0);
    // 1, 0 and 0.5 by 2, 1.5 and 0.5: 2.25 / 4. Eve's weight is sound, her answer is not.
    has(
        &found,
        &[
            "weighted,,respondents,n,4",
            "weighted,,respondents,without_weight,2",
            "weighted,,digital_first_mindset,n,3",
            "weighted,,digital_first_mindset,mean,0.5625",
            "weighted,,digital_first_mindset,effective_n,2.4615384615384617", // 16 / 6.5
            "weighted,north,digital_first_mindset,mean,0.571428571",          // 2 / 3.5
            "weighted,south,digital_first_mindset,mean,0.5",
            "weighted,(blank),respondents,n,0",
            "scores,,digital_first_mindset,mean,0.5",
        ],
    );
    assert!(
        said.contains("now.csv: 1 cell is no weight above 0 and up to 1000 with at most three decimals, first row 6: `-1`"),
        "{said}"
    );
    assert!(said.ends_with("; their rows are left out of weighted figures\n"), "{said}");
    let (code, ..) = figures(&folder, &["--weight", "w", "--decimal", ",", "--strict"]);
    assert_eq!(code, 1);
    // Most would be lost: no table is better than one of the few.
    let now = NOW.replace(",2\n", ",2.0001\n");
    let (mini, answers) = (folder.path("mini.json"), folder.write("fine.csv", now));
    let args = ["--questionnaire", &mini, "--ignore-unknown", "--weight", "w", &answers];
    let output = run(&args);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("error: 3 cells are no weight"), "{}", stderr(&output));
    let (code, _, said) = figures(&folder, &["--weight", "weight"]);
    assert_eq!(code, 1);
    assert!(said.contains("`weight`"), "{said}");
}

#[test]
fn respondents_of_one_unit_are_laid_beside_each_other() {
    let folder = folder("units");
    let (code, found, _) = figures(&folder, &["--unit", "site"]);
    assert_eq!(code, 0);
    // North 1 and 0, south 0.5 and 0.5: means alike.
    has(
        &found,
        &[
            "units,,digital_first_mindset,units,2",
            "units,,digital_first_mindset,n,4",
            "units,,digital_first_mindset,mean,0.5",
            "units,,digital_first_mindset,icc_1,-1", // (0 - 0.25) / (0 + 0.25)
            "units,,digital_first_mindset,icc_2,",
        ],
    );
}

#[test]
fn those_who_answered_before_are_compared_by_id() {
    let folder = folder("before");
    let then = folder.write("then.csv", THEN);
    let (code, found, _) = figures(&folder, &["--before", &then, "--id", "id"]);
    assert_eq!(code, 0);
    // Ben could be either of two. Ann from 0 to 1, Cem from 0.25 to 0.5: mean 0.625, SD 0.53.
    has(
        &found,
        &[
            "change,,digital_first_mindset,n,2",
            "change,,digital_first_mindset,earlier_mean,0.125",
            "change,,digital_first_mindset,difference,0.625",
            "change,,agile_approach,difference,0",
            "change,,agile_approach,t,",
        ],
    );
    let short = folder.write("short.csv", THEN.replace(",pace", ",other"));
    let (code, _, said) = figures(&folder, &["--before", &short, "--id", "id"]);
    assert_eq!(code, 1);
    assert!(said.contains("short.csv has no column for `pace`"), "{said}");
    let others = folder.write("others.csv", THEN.replace('\n', "\nX"));
    let (code, _, said) = figures(&folder, &["--before", &others, "--id", "id"]);
    assert_eq!(code, 0);
    assert!(said.contains("none of its ids is one of"), "{said}");
    let (code, _, said) = figures(&folder, &["--before", &then]);
    assert_eq!(code, 2);
    assert!(said.contains("--id <COLUMN>"), "{said}");
    let (code, ..) = figures(&folder, &["--before", &folder.path("none.csv"), "--id", "id"]);
    assert_eq!(code, 1);
}

#[test]
fn signs_of_careless_responding_are_counted_and_told_by_row() {
    let folder = folder("careless");
    let signs = folder.path("signs.csv");
    let (code, found, _) = figures(&folder, &["--careless", &signs, "--id", "id"]);
    assert_eq!(code, 0);
    // Only one question has choices: there are no lines. Cem, Dee and Fay said the same; 7 is no choice.
    has(
        &found,
        &[
            "careless,,respondents,n,6",
            "careless,,respondents,blank,1",
            "careless,,respondents,straight_lines,0",
            "careless,,respondents,duplicated,3",
            "careless,,longest_run,highest,1",
        ],
    );
    let signs = std::fs::read_to_string(&signs).unwrap();
    assert_eq!(
        signs,
        "\
row,id,answered,longest_run,most_chosen,straight_line,duplicates
1,ann,1,1,1,no,0
2,ben,1,1,1,no,0
3,cem,1,1,1,no,2
4,dee,1,1,1,no,2
5,eve,0,0,0,no,0
6,fay,1,1,1,no,2
"
    );
}
