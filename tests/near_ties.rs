//! Means that lie on the tie between two billionths, or so near that a double cannot tell: a cohort
//! decides them as the rules do, in whole numbers.

use digital_maturity::cohort::Column;
use digital_maturity::spec::{ChoiceSpec, PillarSpec, QuestionSpec, ScaleSpec};
use digital_maturity::{Cohort, Pillar, Questionnaire, QuestionnaireSpec};

use super::reference::generate::Rng;
use super::support::setting;

/// Units in 1, and in a billionth.
const ONE: u128 = 1_000_000_000_000_000;
const BILLIONTH: u128 = 1_000_000;

/// A questionnaire in whole numbers: questions with as many evenly spread choices and that weight, by
/// pillar, and the weights of the pillars.
struct Made {
    questions: Vec<(usize, u8, u16)>,
    pillars: [u16; 4],
}

/// To the nearest whole, ties to even.
fn rounded(part: u128, whole: u128) -> u128 {
    let (quotient, rest) = (part / whole, part % whole);
    match (2 * rest).cmp(&whole) {
        std::cmp::Ordering::Less => quotient,
        std::cmp::Ordering::Equal => quotient + quotient % 2,
        std::cmp::Ordering::Greater => quotient + 1,
    }
}

/// Whether units are so near to halfway between two billionths that the estimate of a cohort is in doubt.
fn is_near(units: u128) -> bool {
    (units % BILLIONTH).abs_diff(BILLIONTH / 2) <= BILLIONTH / 65_536
}

impl Made {
    fn questionnaire(&self) -> Questionnaire {
        let mut spec = QuestionnaireSpec::new("made", "1.0.0", "Made");
        for (position, (pillar, choices, weight)) in self.questions.iter().enumerate() {
            let choices = (0..*choices).map(|value| ChoiceSpec::new(value.into(), "t")).collect();
            let scale = ScaleSpec::Choice { choices };
            let pillar = Pillar::ALL[*pillar];
            let mut question = QuestionSpec::new(format!("q{position}"), pillar, "t", scale);
            question.weight = weight.to_string().parse().unwrap();
            spec.questions.push(question);
        }
        for (pillar, weight) in Pillar::ALL.into_iter().zip(self.pillars) {
            spec.pillars.insert(pillar, PillarSpec::new(weight.to_string().parse().unwrap()));
        }
        Questionnaire::try_from(spec).unwrap()
    }

    /// The overall and the pillars of one row in billionths, and how many of them are near a tie.
    fn row(&self, codes: impl Fn(usize) -> u8) -> ([u32; 5], usize) {
        let (mut sums, mut weights) = ([0_u128; 4], [0_u128; 4]);
        for (position, (pillar, choices, weight)) in self.questions.iter().enumerate() {
            let credit = rounded(ONE * u128::from(codes(position)), u128::from(*choices) - 1);
            sums[*pillar] += u128::from(*weight) * credit;
            weights[*pillar] += u128::from(*weight);
        }
        let pillars: [u128; 4] = std::array::from_fn(|of| rounded(sums[of], weights[of]));
        let total: u128 = self.pillars.iter().map(|weight| u128::from(*weight)).sum();
        let parts = pillars.iter().zip(self.pillars);
        let overall = rounded(parts.map(|(units, w)| units * u128::from(w)).sum(), total);
        let all = [overall, pillars[0], pillars[1], pillars[2], pillars[3]];
        let near = all.iter().filter(|units| is_near(**units)).count();
        (all.map(|units| u32::try_from(rounded(units, BILLIONTH)).unwrap()), near)
    }

    /// Compares random rows. How many Scores were near a tie.
    fn compare(&self, rng: &mut Rng, rows: usize) -> usize {
        let questionnaire = self.questionnaire();
        let columns: Vec<Vec<u8>> = self
            .questions
            .iter()
            .map(|(_, choices, _)| {
                let below = u64::from(*choices);
                (0..rows).map(|_| u8::try_from(rng.below(below)).unwrap()).collect()
            })
            .collect();
        let of = questionnaire.questions().zip(&columns);
        let of = of.map(|(question, codes)| Column::new(question.id(), codes));
        let scores = Cohort::new(&questionnaire, of).unwrap().score();
        let found: [&[u32]; 5] = [
            scores.raw_overall(),
            scores.raw_pillar(Pillar::ALL[0]),
            scores.raw_pillar(Pillar::ALL[1]),
            scores.raw_pillar(Pillar::ALL[2]),
            scores.raw_pillar(Pillar::ALL[3]),
        ];
        let mut near = 0;
        for row in 0..rows {
            let (expected, of_row) = self.row(|position| columns[position][row]);
            let found = found.map(|column| column[row]);
            assert_eq!(found, expected, "row {row} of {:?} {:?}", self.questions, self.pillars);
            near += of_row;
        }
        near
    }
}

/// A pillar of four choices and weights that sum to 1024: a sum of thirds that is an odd whole, one in
/// six, lies halfway between two billionths, and a double can tell neither third from its neighbours.
#[test]
fn a_pillar_on_a_tie_is_scored_as_the_rules_say() {
    let weights = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1];
    let mut questions: Vec<(usize, u8, u16)> = weights.map(|weight| (0, 4, weight)).to_vec();
    questions.extend([1, 2, 3].map(|pillar| (pillar, 5, 1)));
    let near = Made { questions, pillars: [1; 4] }.compare(&mut Rng::new(11), 20_000);
    assert!(near > 2000, "{near}");
}

/// The same of an overall whose pillars are far from any tie: also beyond the first 64 rows of a block,
/// whose doubts are noted by span.
#[test]
fn an_overall_on_a_tie_is_scored_as_the_rules_say() {
    let questions = vec![(0, 4, 1), (1, 4, 1), (2, 4, 1), (3, 4, 1)];
    let made = Made { questions, pillars: [501, 299, 201, 23] };
    let near = made.compare(&mut Rng::new(12), 20_000);
    assert!(near > 2000, "{near}");
    // Too many sums for a list of them: the overall is added up as the pillars are.
    let mut questions = Vec::new();
    for pillar in 0..4 {
        questions.extend([1, 10, 100, 1000, 7].map(|weight| (pillar, 7, weight)));
    }
    Made { questions, pillars: [501, 299, 201, 23] }.compare(&mut Rng::new(13), 20_000);
}

/// Ten million Scores of random questionnaires that are made to lie near ties. In release, and
/// `NEAR_TIES=n` for n thousand rows in place of two million.
#[test]
#[expect(clippy::print_stderr, reason = "how many there were, for who asks")]
#[ignore = "seconds of nothing else; run by name, in release"]
fn ten_million_scores_are_those_of_whole_numbers() {
    /// Rows of one questionnaire.
    const PART: usize = 20_000;
    let rows = usize::try_from(setting("NEAR_TIES", 2_000)).unwrap() * 1000;
    let mut rng = Rng::new(14);
    let (mut compared, mut near, mut made) = (0, 0, 0);
    let started = std::time::Instant::now();
    while compared < rows {
        // Weights that sum to a power of two, times three or not, and choices a third, a sixth ... apart.
        let total = [256, 512, 1024, 2048, 768, 1536, 3072][rng.position(7)];
        let mut questions = Vec::new();
        for pillar in 0..4 {
            let choices = [2, 3, 4, 5, 7, 10, 11, 13][rng.position(8)];
            questions.extend(parts(&mut rng, total).into_iter().map(|w| (pillar, choices, w)));
        }
        let total = [512, 1024, 2048, 768, 3072][rng.position(5)];
        let mut pillars = parts(&mut rng, total);
        while pillars.len() != 4 {
            pillars = parts(&mut rng, total);
        }
        let pillars = [pillars[0], pillars[1], pillars[2], pillars[3]];
        near += Made { questions, pillars }.compare(&mut rng, PART);
        compared += PART;
        made += 1;
    }
    let scores = compared * 5;
    let seconds = started.elapsed().as_secs();
    eprintln!("{scores} Scores of {made} questionnaires, {near} near ties, {seconds} s");
    assert!(near > scores / 1000, "{near} of {scores} are near a tie");
}

/// A sum in up to eight random parts, each a weight.
fn parts(rng: &mut Rng, total: u16) -> Vec<u16> {
    let mut left = total;
    let mut parts = Vec::new();
    while left > 0 {
        let most = u64::from(left.min(1000));
        let part = if parts.len() < 7 {
            1 + u16::try_from(rng.below(most)).unwrap()
        } else {
            left.min(1000)
        };
        parts.push(part);
        left -= part;
    }
    parts
}
