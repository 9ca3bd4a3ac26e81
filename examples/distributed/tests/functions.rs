//! The functions on one machine: each row against its answer sheet, each summary against the
//! library alone.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "test code: what cannot go on must fail"
)]

use std::path::Path;
use std::sync::Arc;

use datafusion::arrow::array::{Array, AsArray, BooleanArray, StructArray, UInt8Array};
use datafusion::arrow::compute::{concat_batches, filter};
use datafusion::arrow::datatypes::{DataType, Decimal128Type, Field, Schema, UInt8Type};
use datafusion::common::Result;
use datafusion::logical_expr::ScalarUDF;
use datafusion::prelude::{DataFrame, SessionContext};
use digital_maturity::cohort::{Coding, CohortSummary};
use digital_maturity::spec::{ScaleSpec, Start};
use digital_maturity::{Answer, Pillar, Question, Questionnaire, Score, Weight};
use distributed::maturity::Maturity;
use distributed::{answers, codec, data, query};

const ROWS: u64 = 30_000;

async fn session(
    questionnaire: &Questionnaire,
    folder: &Path,
    partitions: usize,
) -> SessionContext {
    let session = query::one_machine(Some(partitions));
    query::register(&session, questionnaire, folder).await.unwrap();
    session
}

async fn lines(session: &SessionContext, questionnaire: &Questionnaire, sql: &str) -> String {
    let mut lines = Vec::new();
    query::ask(session, questionnaire, sql, &mut lines).await.unwrap();
    String::from_utf8(lines).unwrap()
}

/// What the library alone says, of the respondents that are asked about.
fn by_library(questionnaire: &Questionnaire, wanted: impl Fn(u64) -> bool) -> CohortSummary {
    let answers = data::answers(questionnaire, 0..ROWS).unwrap();
    let wanted: BooleanArray = (0..ROWS).map(|row| Some(wanted(row))).collect();
    let answers = filter(&answers, &wanted).unwrap();
    let cohort = answers::cohort(questionnaire, answers.as_struct()).unwrap();
    cohort.score().summary()
}

/// The answer that a cell holds, by the words of the table in `answers`; `None` for a bad one.
fn answer(question: Question<'_>, cells: &UInt8Array, row: usize) -> Option<Answer> {
    if cells.is_null(row) {
        return Some(Answer::Unanswered);
    }
    let code = cells.value(row);
    Some(match (code, question.scale()) {
        (255, _) => Answer::Unanswered,
        (254, _) => Answer::DontKnow,
        (253, _) => Answer::NotApplicable,
        (252, _) => return None,
        (_, ScaleSpec::Choice { .. }) => {
            assert_eq!(answers::coding(question), Coding::Value);
            Answer::from(i64::from(code))
        }
        (_, ScaleSpec::YesNo) => Answer::from(code == 1),
        (_, ScaleSpec::Measure { bands, .. }) => {
            // The least number of the band.
            Answer::from(match bands[usize::from(code)].start {
                Start::From(number) => number,
                Start::Above(number) => number.next_up(),
            })
        }
        (_, ScaleSpec::Checklist { items }) => {
            let mut left = u64::from(code);
            let ticked = items.iter().filter(|item| {
                let points = u64::from(item.points.get());
                let ticked = points <= left;
                left -= if ticked { points } else { 0 };
                ticked
            });
            let ticked: Vec<String> = ticked.map(|item| item.id.clone()).collect();
            assert_eq!(left, 0, "points that can be ticked in order");
            Answer::Items(ticked)
        }
    })
}

#[tokio::test]
async fn every_row_scores_as_its_answer_sheet() {
    let dcx = Questionnaire::dcx();
    let batch = data::batch(dcx, 0..ROWS).unwrap();
    let session = SessionContext::new();
    session.register_batch(query::TABLE, batch.clone()).unwrap();
    session.register_udf(ScalarUDF::from(Maturity::new(dcx)));
    let sql = format!("SELECT maturity({}) AS m FROM answers", query::answers(dcx));
    let scored = session.sql(&sql).await.unwrap().collect().await.unwrap();
    let scored = concat_batches(&scored[0].schema(), &scored).unwrap();
    let scored = scored.column(0).as_struct();
    assert_eq!(scored.len(), batch.num_rows());

    let score = |name: &str, row: usize| {
        let column = scored.column_by_name(name).unwrap().as_primitive::<Decimal128Type>();
        column.is_valid(row).then(|| {
            assert_eq!(column.scale(), 9);
            Score::from_billionths(u32::try_from(column.value(row)).unwrap()).unwrap()
        })
    };
    let stages = scored.column_by_name("stage").unwrap().as_string::<i32>();
    let bad = scored.column_by_name("bad").unwrap().as_boolean();
    let (mut bad_rows, mut scored_rows) = (0, 0);
    for row in 0..batch.num_rows() {
        let mut sheet = dcx.sheet();
        let mut is_bad = false;
        for question in dcx.questions() {
            let cells = batch.column_by_name(question.id()).unwrap().as_primitive::<UInt8Type>();
            match answer(question, cells, row) {
                Some(answer) => {
                    sheet.set(question.id(), answer).unwrap();
                }
                None => is_bad = true,
            }
        }
        assert_eq!(bad.value(row), is_bad);
        if is_bad {
            bad_rows += 1;
            assert_eq!((score("overall", row), stages.is_null(row)), (None, true));
            continue;
        }
        let assessment = sheet.assess();
        assert_eq!(score("overall", row), assessment.score());
        for (pillar, result) in assessment.pillars().iter() {
            assert_eq!(score(pillar.as_str(), row), result.standing.score());
        }
        let stage = stages.is_valid(row).then(|| stages.value(row).parse().unwrap());
        assert_eq!(stage, assessment.stage());
        scored_rows += 1;
    }
    assert!(bad_rows > 0 && scored_rows > 29_000, "{bad_rows} bad, {scored_rows} scored");
}

#[tokio::test]
async fn summaries_are_those_of_the_library_however_the_rows_are_divided() {
    let dcx = Questionnaire::dcx();
    let folder = tempfile::tempdir().unwrap();
    let whole = serde_json::to_string(&by_library(dcx, |_| true)).unwrap();
    let finance = by_library(dcx, |row| data::industry(row) == "finance");
    let finance = serde_json::to_string(&finance).unwrap();
    let mut seen = Vec::new();
    for (files, parts) in [(1, 1), (3, 2), (11, 7)] {
        let folder = folder.path().join(files.to_string());
        data::generate(dcx, ROWS, files, &folder).unwrap();
        let session = session(dcx, &folder, parts).await;

        let line = lines(&session, dcx, &query::summaries(None)).await;
        let line: serde_json::Value = serde_json::from_str(&line).unwrap();
        assert_eq!(line["summary"], whole);

        let groups = lines(&session, dcx, &query::summaries(Some(data::INDUSTRY))).await;
        assert_eq!(groups.lines().count(), 12);
        let line = groups.lines().find(|line| line.contains("finance")).unwrap();
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        assert_eq!(line["summary"], finance);
        seen.push(groups);
    }
    assert!(seen.iter().all(|groups| *groups == seen[0]));
}

#[tokio::test]
async fn stages_counted_by_sql_are_those_of_the_summary() {
    let dcx = Questionnaire::dcx();
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().join("data");
    data::generate(dcx, ROWS, 2, &folder).unwrap();
    let sql = "SELECT m['stage'] AS stage, m['bad'] AS bad, count(*) AS respondents \
               FROM (SELECT maturity({answers}) AS m FROM answers) GROUP BY 1, 2";
    let counted = lines(&session(dcx, &folder, 3).await, dcx, sql).await;
    let summary = by_library(dcx, |_| true);
    let stages = summary.stages();
    for (stage, bad, respondents) in [
        (Some("traditional"), false, stages.at.traditional),
        (Some("bridge"), false, stages.at.bridge),
        (Some("hubs"), false, stages.at.hubs),
        (Some("platform"), false, stages.at.platform),
        (Some("native"), false, stages.at.native),
        (None, false, stages.not_scorable),
        (None, true, stages.bad),
    ] {
        let line = serde_json::json!({ "stage": stage, "bad": bad, "respondents": respondents });
        let found = counted
            .lines()
            .any(|found| serde_json::from_str::<serde_json::Value>(found).unwrap() == line);
        assert_eq!(found, respondents > 0, "{line} in {counted}");
    }
    assert!(stages.bad > 0 && stages.at.hubs > 0);
}

/// A table with one respondent of `dcx_pulse`, and a query of it.
async fn of_one(sql: &str) -> Result<DataFrame> {
    let pulse = Questionnaire::dcx_pulse();
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().join("data");
    data::generate(pulse, 1, 1, &folder).unwrap();
    let session = session(pulse, &folder, 1).await;
    session.sql(&sql.replace(query::ANSWERS, &query::answers(pulse))).await
}

#[tokio::test]
async fn answers_that_are_not_to_this_questionnaire_are_refused_before_a_row_is_read() {
    for function in ["maturity", "maturity_summary"] {
        of_one(&format!("SELECT {function}({{answers}}) FROM answers")).await.unwrap();
        for (answers, message) in [
            ("named_struct('journey_owner', journey_owner)", "has no column"),
            ("named_struct('no_such', journey_owner)", "there is no question `no_such`"),
            (
                "named_struct('journey_owner', CAST(journey_owner AS BIGINT))",
                "the answers to `journey_owner` are UInt8, not Int64",
            ),
            ("journey_owner", "a struct with a field for each question, not UInt8"),
        ] {
            let error = of_one(&format!("SELECT {function}({answers}) FROM answers")).await;
            let error = error.unwrap_err().to_string();
            assert!(error.contains(message), "{error}");
        }
    }
}

#[tokio::test]
async fn fields_in_another_order_are_the_same_answers() {
    let pulse = Questionnaire::dcx_pulse();
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().join("data");
    data::generate(pulse, 1000, 1, &folder).unwrap();
    let session = session(pulse, &folder, 1).await;
    let mut fields: Vec<String> =
        pulse.questions().map(|asked| format!("'{0}', {0}", asked.id())).collect();
    let ask = |fields: &[String]| {
        format!(
            "SELECT maturity_summary(named_struct({})) AS summary FROM answers",
            fields.join(", ")
        )
    };
    let in_order = lines(&session, pulse, &ask(&fields)).await;
    fields.reverse();
    assert_eq!(lines(&session, pulse, &ask(&fields)).await, in_order);
}

#[tokio::test]
async fn nobody_has_a_summary_too() {
    let pulse = Questionnaire::dcx_pulse();
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().join("data");
    data::generate(pulse, 10, 1, &folder).unwrap();
    let session = session(pulse, &folder, 1).await;
    let sql = format!("{} WHERE respondent > 10", query::summaries(None));
    let line: serde_json::Value =
        serde_json::from_str(&lines(&session, pulse, &sql).await).unwrap();
    let nobody = serde_json::to_string(&CohortSummary::empty(pulse)).unwrap();
    assert_eq!(line["summary"], nobody);
}

#[test]
fn a_null_is_the_code_of_no_answer_and_columns_without_nulls_are_not_copied() {
    let (with, without) = (UInt8Array::from(vec![Some(3), None]), UInt8Array::from(vec![3, 4]));
    let values = without.values().as_ptr();
    let field = |name: &str| Field::new(name, DataType::UInt8, true);
    let answers = StructArray::new(
        vec![field("with"), field("without")].into(),
        vec![Arc::new(with), Arc::new(without)],
        None,
    );
    let codes = answers::codes(&answers).unwrap();
    assert_eq!(codes[0], ("with", vec![3, 255].into()));
    assert_eq!(codes[1].1.as_ptr(), values);

    // A row that is null as a whole has no answers.
    let answers = StructArray::new(
        vec![field("without")].into(),
        vec![Arc::new(UInt8Array::from(vec![3, 4]))],
        Some(vec![false, true].into()),
    );
    assert_eq!(answers::codes(&answers).unwrap()[0].1, vec![255, 4]);
}

#[test]
fn the_same_respondents_whatever_the_number_of_files() {
    let pulse = Questionnaire::dcx_pulse();
    let all = data::batch(pulse, 0..1000).unwrap();
    let parts = [0..1, 1..400, 400..1000].map(|rows| data::batch(pulse, rows).unwrap());
    let schema: Arc<Schema> = data::schema(pulse);
    assert_eq!(concat_batches(&schema, &parts).unwrap(), all);
}

#[test]
fn a_plan_with_another_questionnaire_than_it_says_is_refused() {
    let pulse = Questionnaire::dcx_pulse();
    let mut sent = Vec::new();
    codec::encode(pulse, &mut sent).unwrap();
    assert_eq!(codec::decode(&sent).unwrap(), *pulse);

    let mut other = pulse.spec().clone();
    other.pillars.entry(Pillar::AgileApproach).or_default().weight =
        Weight::from_thousandths(7).unwrap();
    let other = Questionnaire::try_from(other).unwrap();
    let mut forged = pulse.fingerprint().to_string().into_bytes();
    forged.push(b'\n');
    forged.extend(serde_json::to_vec(&other).unwrap());
    let error = codec::decode(&forged).unwrap_err().to_string();
    assert!(error.contains("was sent as"), "{error}");
    assert!(codec::decode(b"").is_err());
}
