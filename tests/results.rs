//! One or more values of every type of result, for whoever asks whether they read back.

use digital_maturity::cohort::{Benchmark, Column, PercentileRank};
use digital_maturity::compare::{Comparison, History};
use digital_maturity::migration::{CarriedAnswer, Migration, MigrationEnd, MigrationSpec};
use digital_maturity::panel::{ConsensusRule, Panel, Voice};
use digital_maturity::portfolio::{Portfolio, PortfolioSpec, Unit};
use digital_maturity::roadmap::Target;
use digital_maturity::robustness::Ranks;
use digital_maturity::spec::{Aggregation, Policy};
use digital_maturity::statistics::{
    Anova, CarelessCounts, Consistency, Correlations, CreditSums, Deletion, FleissKappa,
    Frequencies, GroupAgreement, GroupDifference, Groups, Krippendorff, MeasurementError, Metric,
    Moments, OneWayIcc, PairedChange, Ratings, Reliability, ReliableChanges, ResponsePattern,
    TwoWayIcc, UniformNull,
};
use digital_maturity::{
    Answer, AnswerSheet, Cohort, Pillar, Questionnaire, QuestionnaireSpec, Score, Stage,
};

// What whoever asks needs of such a type besides.
use super::Stored;

/// What is asked of each value.
pub(crate) trait Check {
    fn check<T: Stored>(&mut self, value: &T);
}

/// The answers of the sample organisation, all questions but a few answered.
pub(crate) fn quayside() -> AnswerSheet {
    let text = include_str!("../examples/quayside.json");
    let mut sheet = Questionnaire::dcx().read_json(text).unwrap();
    sheet.set("lead_time", 40).unwrap();
    sheet.set_sequence(-2).unwrap();
    sheet
}

/// The short questionnaire with every question at a level; one pillar has its own.
pub(crate) fn pulse(changed: impl FnOnce(&mut QuestionnaireSpec), own: Option<i64>) -> AnswerSheet {
    let mut spec = Questionnaire::dcx_pulse().spec().clone();
    changed(&mut spec);
    let questionnaire = Questionnaire::try_from(spec).unwrap();
    let mut sheet = questionnaire.sheet();
    for (at, question) in questionnaire.questions().enumerate() {
        let answer = match question.pillar() {
            Pillar::ConnectedSystems => own.map_or(Answer::Unanswered, Answer::Whole),
            _ => Answer::Whole(3),
        };
        let first_of_all = at == 0 && own.is_none();
        sheet.set(question.id(), if first_of_all { Answer::DontKnow } else { answer }).unwrap();
    }
    sheet
}

/// Answers of which one pillar can earn no more than it has, and another has but one answer.
pub(crate) fn capped() -> AnswerSheet {
    let mut sheet = pulse(
        |spec| {
            spec.method.unanswered = Policy::Lowest;
            spec.method.minimum_coverage = Score::ZERO;
        },
        None,
    );
    let last = sheet.questionnaire().questions().last().unwrap().id().to_owned();
    sheet.set(&last, 3).unwrap();
    sheet
}

pub(crate) fn benchmark(sheet: &AnswerSheet) -> Benchmark {
    let questionnaire = sheet.questionnaire();
    let answers = [1_u8, 2, 3, 3, 5, 255];
    let columns = questionnaire.questions().map(|q| Column::new(q.id(), &answers).by_value());
    let summary = Cohort::new(questionnaire, columns).unwrap().score().summary();
    Benchmark::new(&sheet.assess(), &summary, PercentileRank::Mid).unwrap()
}

/// A questionnaire of which no question is left as it was, and what became of the answers.
fn carried() -> Vec<CarriedAnswer> {
    let old = Questionnaire::dcx_pulse();
    let end = |of: &Questionnaire| MigrationEnd {
        id: of.id().to_owned(),
        version: of.version().to_owned(),
        fingerprint: None,
    };
    let mut spec = old.spec().clone();
    "2.0.0".clone_into(&mut spec.version);
    let ids: Vec<String> = spec.questions.iter().map(|question| question.id.clone()).collect();
    "purpose".clone_into(&mut spec.questions[0].id);
    let new = Questionnaire::try_from(spec).unwrap();
    let mut spec = MigrationSpec::new(end(old), end(&new));
    spec.renamed.insert(ids[0].clone(), "purpose".to_owned());
    spec.changed.push(ids[1].clone());
    let same = (1..=5).map(|value: i64| (value.to_string(), Answer::Whole(value))).collect();
    spec.answers.insert(ids[2].clone(), same);
    let migration = Migration::new(&spec, old, &new).unwrap();
    migration.carry(&pulse(|_| {}, Some(5))).unwrap().answers
}

fn statistics(check: &mut impl Check) {
    let table = Ratings::from_rows([
        [Some(0.1), Some(0.7), Some(0.3)],
        [Some(0.5), Some(0.2), None],
        [Some(1.0), Some(0.9), Some(0.8)],
        [Some(0.3), Some(0.4), Some(0.1)],
    ])
    .unwrap();
    let table = table.with_names(["vision", "funding", "training"]).unwrap();
    let nobody = Ratings::from_columns([[], []] as [[f64; 0]; 2]).unwrap();
    for ratings in [&table, &nobody] {
        for deletion in [Deletion::Listwise, Deletion::Pairwise] {
            check.check(&Reliability::new(ratings, deletion));
            check.check(&Consistency::new(ratings, deletion));
            check.check(&Correlations::new(ratings, deletion));
        }
        check.check(&PairedChange::new(ratings, 0, 1).unwrap());
        for of in &Frequencies::from_columns(ratings) {
            check.check(of);
        }
        let mut sums = CreditSums::new(["vision", "funding", "training"]);
        for row in 0..ratings.rows() {
            sums.push(&[0, 1, 2].map(|column| ratings.get(row, column))).unwrap();
        }
        check.check(&sums);
        for metric in [Metric::Nominal, Metric::Ordinal, Metric::Interval] {
            check.check(&Krippendorff::of(ratings, metric));
        }
        check.check(&FleissKappa::of(ratings));
        check.check(&TwoWayIcc::of(ratings));
        check.check(&GroupAgreement::of(ratings, UniformNull::continuous(1.0).unwrap()));
        check.check(&OneWayIcc::of(&Groups::from(ratings)));
    }
    check.check(&UniformNull::options(5).unwrap().spaced(0.25).unwrap());
    let error = MeasurementError::new(0.85, 0.8).unwrap();
    check.check(&error);
    check.check(&error.change(3.4, 2.5).unwrap());
    let mut changes = ReliableChanges::default();
    check.check(&changes);
    for (earlier, later) in [(3.4, 2.5), (1.0, 1.2), (0.5, 2.5), (0.4, 2.5)] {
        changes.push(error.change(earlier, later).unwrap()).unwrap();
    }
    check.check(&changes);
    let groups = [&[0.5, 0.6, 0.7][..], &[0.4, 0.5, 0.3], &[0.8], &[]].map(Moments::of);
    for of in &groups {
        check.check(of);
    }
    for number in [0, 2, 4] {
        check.check(&Anova::new(&groups[..number]));
    }
    check.check(&GroupDifference::new(&groups[0], &groups[1]));
    check.check(&GroupDifference::new(&groups[0], &groups[3]));
    let columns: [&[u8]; 3] = [&[3, 1, 1, 0], &[3, 4, 4, 0], &[3, 2, 2, 0]];
    let patterns = ResponsePattern::from_columns(&columns, |code| code > 0).unwrap();
    for of in &patterns {
        check.check(of);
    }
    check.check(&CarelessCounts::new(&patterns).unwrap());
}

pub(crate) fn every_result(check: &mut impl Check) {
    let (full, capped) = (quayside(), capped());
    let (scored, lowest, empty) = (
        pulse(|_| {}, Some(5)),
        pulse(|spec| spec.method.aggregation = Aggregation::Minimum, Some(5)),
        Questionnaire::dcx().sheet(),
    );
    for sheet in [&full, &capped, &scored, &lowest, &empty] {
        let assessment = sheet.assess();
        check.check(assessment.record());
        check.check(&assessment.summary());
        check.check(&assessment.record().source());
        check.check(&assessment.robustness());
        check.check(assessment.robustness().firmness());
        check.check(&sheet.outlook());
        check.check(&sheet.single_raises().collect::<Vec<_>>());
        for target in ["platform", "native,agile_approach=hubs", "connected_systems=bridge"] {
            let target: Target = target.parse().unwrap();
            check.check(&target);
            check.check(&sheet.gap(target));
            check.check(&sheet.roadmap(target).unwrap());
        }
    }
    for sheet in [&capped, &scored] {
        let benchmark = benchmark(sheet);
        check.check(&benchmark);
        check.check(benchmark.stages());
    }
    let mut later = full.clone();
    later.set_sequence(3).unwrap().set("lead_time", 1).unwrap();
    check.check(&full.what_if("lead_time", 1).unwrap());
    let results = [full.assess(), later.assess()];
    check.check(&Comparison::new(&results[0], &results[1]).unwrap());
    check.check(&History::new(&results).unwrap());
    check.check(&carried());
    check.check(&ranks());
    many(check);
    statistics(check);
}

/// Of many voices, and of many units.
fn many(check: &mut impl Check) {
    let (scored, open) = (pulse(|_| {}, Some(5)), pulse(|_| {}, None));
    let of = scored.questionnaire();
    let voices = [Voice::new("Ada", scored.clone()), Voice::new("Ben", open.clone())];
    let mut panel = Panel::new(of, voices, ConsensusRule::Median).unwrap();
    check.check(&panel.assess());
    panel.settle("case_view", 4, "seen in the live system").unwrap();
    check.check(&panel.assess());
    check.check(&panel.span());
    check.check(&panel.agreement());

    let unit = |name: &str, weight: &str, sheet: &AnswerSheet| {
        Unit::new(name, weight.parse().unwrap(), &sheet.assess())
    };
    let units = [unit("North", "12.5", &scored), unit("South", "3", &open)];
    let mut whole = Portfolio::new(of, units).unwrap();
    whole.set_taken("2026-11-23".parse().unwrap()).set_sequence(2).unwrap();
    check.check(&whole.assess());
    check.check(&whole.gains(whole.target(Stage::Native)));
    let without = Portfolio::new(of, [unit("South", "3", &open)]).unwrap();
    check.check(&without.assess());
    let json = r#"{ "taken": "2026-11-23", "units": [
        { "name": "North", "weight": 12.5, "answers": "north.json" },
        { "name": "South", "weight": 3, "result": "south.json" } ] }"#;
    check.check(&PortfolioSpec::from_json(json).unwrap());
}

/// Four units, two of them equal, of which the first is nowhere better than the last.
pub(crate) fn ranks() -> Ranks {
    let results = [2, 4, 4, 5].map(|own| pulse(|_| {}, Some(own)).assess());
    Ranks::new(results[0].questionnaire(), &results).unwrap()
}

/// What a roadmap can come to: a plan, one that is there already, and the two reasons for none.
pub(crate) fn roadmaps() -> [digital_maturity::roadmap::Roadmap; 4] {
    [
        quayside().roadmap(Stage::Native).unwrap(),
        quayside().roadmap(Stage::Traditional).unwrap(),
        capped().roadmap(Stage::Native).unwrap(),
        Questionnaire::dcx().sheet().roadmap(Stage::Bridge).unwrap(),
    ]
}
