//! The report that one reads, in 80 columns.

use std::cmp::Reverse;
use std::fmt::Write as _;

use digital_maturity::assessment::{NextStage, QuestionResult, Rating, Reason, StateCounts};
use digital_maturity::spec::Aggregation;
use digital_maturity::{AnswerState, Assessment, Pillar, Question, Score, Stage, Weight};

use crate::support::output::{plain, shortened};

const WIDTH: usize = 80;
const BAR: u32 = 20;
/// How many of the strongest and of the weakest themes are shown.
const THEMES: usize = 3;

/// The report on `assessment`.
pub(crate) fn of(assessment: &Assessment) -> String {
    let mut report = Report(String::new());
    report.head(assessment);
    report.result(assessment);
    report.pillars(assessment);
    report.themes(assessment);
    if let Some(next) = assessment.next_stage() {
        report.next_stage(next);
    }
    report.0
}

struct Report(String);

/// A theme that has a score.
struct Theme {
    title: String,
    score: Score,
    /// How many questions the score comes from.
    questions: u32,
}

impl Report {
    fn line(&mut self, text: &str) {
        self.0.push_str(text.trim_end());
        self.0.push('\n');
    }

    fn section(&mut self, title: &str) {
        self.line("");
        self.line(title);
    }

    /// Words in lines of at most `WIDTH` characters; `first` begins the first line, and what
    /// follows is indented as far.
    fn paragraph(&mut self, first: &str, text: &str) {
        let indent = first.chars().count();
        let mut line = first.to_owned();
        let mut empty = true;
        for word in text.split_whitespace() {
            if !empty && line.chars().count() + 1 + word.chars().count() > WIDTH {
                self.line(&line);
                line = " ".repeat(indent);
                empty = true;
            }
            if !empty {
                line.push(' ');
            }
            line.push_str(word);
            empty = false;
        }
        self.line(&line);
    }

    fn head(&mut self, assessment: &Assessment) {
        let (sheet, questionnaire) = (assessment.sheet(), assessment.questionnaire());
        let respondent = sheet.respondent().map(plain);
        let taken = sheet.taken().map(|date| date.to_string());
        let who_and_when: Vec<String> = respondent.into_iter().chain(taken).collect();
        if !who_and_when.is_empty() {
            self.paragraph("", &who_and_when.join(", "));
        }
        self.paragraph("", &plain(questionnaire.title().as_str()));
        let fingerprint: String = questionnaire.fingerprint().to_string().chars().take(8).collect();
        let (id, version) = (questionnaire.id(), plain(questionnaire.version()));
        self.paragraph("", &format!("{id} {version}, fingerprint {fingerprint}…"));
        let mut counts = StateCounts::default();
        for (_, pillar) in assessment.pillars().iter() {
            counts.answered += pillar.counts.answered;
            counts.not_applicable += pillar.counts.not_applicable;
            counts.dont_know += pillar.counts.dont_know;
            counts.unanswered += pillar.counts.unanswered;
            counts.not_asked += pillar.counts.not_asked;
        }
        self.paragraph("", &format!("Basis: {}", states(&counts)));
    }

    fn result(&mut self, assessment: &Assessment) {
        self.line("");
        match assessment.overall() {
            Rating::Scored { score, stage } => {
                let place = Stage::ALL.iter().take_while(|&&below| below < stage).count() + 1;
                let of = Stage::ALL.len();
                self.line(&format!("Stage    {}, {place} of {of}", stage.name()));
                self.paragraph("         ", stage.meaning());
                let how = match assessment.questionnaire().method().aggregation {
                    Aggregation::Arithmetic => "",
                    Aggregation::Minimum => "  (that of the lowest pillar)",
                };
                self.line(&format!("Overall  {}  {}{how}", per_cent(score), bar(score)));
            }
            Rating::NotScorable(pillars) => {
                let names: Vec<&str> = pillars.iter().map(Pillar::name).collect();
                let has = if names.len() == 1 { "has" } else { "have" };
                let names = listed(&names, "and");
                let why = format!("none yet: {names} {has} no score. See below for what it takes.");
                self.paragraph("Stage    ", &why);
            }
        }
    }

    fn pillars(&mut self, assessment: &Assessment) {
        self.line("");
        self.line(&format!("{:<30}{:>7}  {:<22}{:<12}covered", "Pillars", "score", "", "stage"));
        let weights = assessment.questionnaire().pillar_weights();
        let weighted = weights.iter().any(|(_, weight)| *weight != Weight::ONE);
        for (pillar, result) in assessment.pillars().iter() {
            let coverage = match result.standing.coverage {
                Some(coverage) => format!("{} %", coverage.percent_floor(0)),
                None => "-".to_owned(),
            };
            let (score, cells, stage) = match result.standing.rating {
                Rating::Scored { score, stage } => (per_cent(score), bar(score), stage.name()),
                Rating::NotScorable(_) => ("-".to_owned(), "not scorable".to_owned(), "-"),
            };
            let name = pillar.name();
            self.line(&format!("  {name:<28}{score:>7}  {cells:<22}{stage:<12}{coverage:>7}"));
            let mut remarks = Vec::new();
            if result.counts.answered != result.counts.total() {
                remarks.push(states(&result.counts));
            }
            if weighted {
                remarks.push(match weights[pillar] {
                    Weight::ZERO => "does not count in the overall".to_owned(),
                    weight => format!("counts {weight} times in the overall"),
                });
            }
            if !remarks.is_empty() {
                self.paragraph("    ", &remarks.join("; "));
            }
            if let Some(reason) = result.standing.reason() {
                self.paragraph("    ", &remedy(assessment, pillar, reason));
            }
        }
    }

    fn themes(&mut self, assessment: &Assessment) {
        let mut themes = Vec::new();
        let mut silent = 0;
        for (theme, standing) in assessment.themes() {
            let Some(score) = standing.score() else {
                silent += 1;
                continue;
            };
            let of_theme = |(question, result): &(Question<'_>, QuestionResult)| {
                let scored = result.credit.is_some() && !question.weight().is_zero();
                scored && question.themes().any(|of_question| of_question.id == theme.id)
            };
            themes.push(Theme {
                title: shortened(&plain(theme.title.as_str()), 52),
                score,
                questions: assessment.questions().filter(of_theme).map(|_| 1).sum(),
            });
        }
        // A stable sort leaves equal scores in the order of the questionnaire.
        themes.sort_by_key(|theme| Reverse(theme.score));
        // Where there are few, none is shown as both strong and weak.
        let strongest = themes.len().div_ceil(2).min(THEMES);
        self.ranking("Strongest themes", &themes, strongest);
        let mut others = themes.split_off(strongest);
        others.sort_by_key(|theme| theme.score);
        self.ranking("Weakest themes", &others, THEMES);
        if silent > 0 {
            self.line("");
            self.line(&format!("Not scorable yet: {}", count(silent, "theme")));
        }
    }

    fn ranking(&mut self, title: &str, themes: &[Theme], shown: usize) {
        let Some(last) = themes.iter().take(shown).next_back() else { return };
        self.line("");
        self.line(&format!("{title:<50}{:>30}", "(equals: questionnaire order)"));
        for Theme { title, score, questions } in themes.iter().take(shown) {
            let basis = count(*questions, "question");
            self.line(&format!("  {:>7}  {title:<54}{basis:>15}", per_cent(*score)));
        }
        let equals = themes.iter().skip(shown).take_while(|theme| theme.score == last.score);
        match equals.count() {
            0 => {}
            more => self.line(&format!("           and {more} more at {}", per_cent(last.score))),
        }
    }

    fn next_stage(&mut self, next: &NextStage) {
        let stage = next.stage.name();
        self.section(&format!("What blocks the next stage, {stage}"));
        for unmet in &next.unmet {
            let (required, shortfall) = (unmet.required, unmet.shortfall.unwrap_or_default());
            let actual = per_cent(unmet.actual.unwrap_or_default());
            let sentence = match unmet.pillar {
                None => format!(
                    "The overall is {actual}; {stage} asks for {}. Missing: {}.",
                    up(required),
                    up(shortfall)
                ),
                Some(pillar) => format!(
                    "{} is at {actual}; {stage} asks for {} in every pillar. Missing: {}.",
                    pillar.name(),
                    up(required),
                    up(shortfall)
                ),
            };
            self.paragraph("  - ", &sentence);
        }
    }
}

/// What a pillar without a score lacks, and which answers would give it one.
fn remedy(assessment: &Assessment, pillar: Pillar, reason: Reason) -> String {
    let weighty: Vec<(Question<'_>, QuestionResult)> = assessment
        .questions()
        .filter(|(question, _)| question.pillar() == pillar && !question.weight().is_zero())
        .collect();
    let in_state = |wanted: AnswerState| {
        weighty.iter().filter(move |(_, result)| result.state == wanted).map(|(q, _)| *q)
    };
    let mut open: Vec<Question<'_>> =
        in_state(AnswerState::Unanswered).chain(in_state(AnswerState::DontKnow)).collect();
    // The heaviest first, equals in the order of the questionnaire.
    open.sort_by_key(|question| (Reverse(question.weight()), question.position()));
    let not_asked: Vec<Question<'_>> = in_state(AnswerState::NotAsked).collect();
    let not_applicable: Vec<Question<'_>> = in_state(AnswerState::NotApplicable).collect();
    match reason {
        Reason::Coverage => {
            let least = assessment.questionnaire().method().minimum_coverage;
            let covered = assessment.pillar(pillar).standing.coverage.unwrap_or_default();
            let lack = format!(
                "Not scorable: answers cover {} of its weight, at least {} are needed.",
                per_cent(covered),
                up(least)
            );
            let first = conditions(assessment, &not_asked);
            match answers_needed(assessment, &weighty, &open) {
                Some(needed) if needed < open.len() => {
                    format!("{lack} Answer {needed} more of {}.", ids(&open, "or"))
                }
                _ => format!("{lack} Answer {}.", ids(&[open, first].concat(), "and")),
            }
        }
        Reason::NothingCounts => {
            format!("Not scorable: nothing is answered. Answer {}.", ids(&open, "or"))
        }
        Reason::NothingApplicable => {
            let mut text = "Not scorable: none of its questions applies.".to_owned();
            if weighty.is_empty() {
                text.push_str(" It has no question with a weight.");
            }
            if !not_applicable.is_empty() {
                let _ = write!(text, " Not applicable: {}.", ids(&not_applicable, "and"));
            }
            if !not_asked.is_empty() {
                let _ = write!(text, " Not asked: {}.", ids(&not_asked, "and"));
            }
            let first = conditions(assessment, &not_asked);
            if !first.is_empty() {
                let _ = write!(text, " Answer {} first.", ids(&first, "and"));
            }
            text
        }
    }
}

/// How many of `open`, the heaviest first, must be answered for the pillar of `weighty` to be
/// covered; `None` if not even all of them are enough.
fn answers_needed(
    assessment: &Assessment,
    weighty: &[(Question<'_>, QuestionResult)],
    open: &[Question<'_>],
) -> Option<usize> {
    let weight = |question: &Question<'_>| u64::from(question.weight().thousandths());
    let (mut applicable, mut covered) = (0, 0);
    for (question, result) in weighty {
        let (applies, covers) = match result.state {
            AnswerState::Answered => (true, true),
            AnswerState::Unanswered | AnswerState::DontKnow => (true, false),
            AnswerState::NotApplicable => (false, false),
            // One that counts as lowest is applicable all the same.
            AnswerState::NotAsked => {
                (result.credit.is_some(), conditions(assessment, &[*question]).is_empty())
            }
        };
        applicable += if applies { weight(question) } else { 0 };
        covered += if applies && covers { weight(question) } else { 0 };
    }
    let least = u64::from(assessment.questionnaire().method().minimum_coverage.billionths());
    let enough = |covered: u64| covered * u64::from(Score::ONE.billionths()) >= least * applicable;
    (0..=open.len()).find(|&n| enough(covered + open.iter().take(n).map(weight).sum::<u64>()))
}

/// The open questions that decide whether those are asked.
fn conditions<'a>(assessment: &'a Assessment, not_asked: &[Question<'a>]) -> Vec<Question<'a>> {
    let named = |question: &Question<'a>| {
        let condition = question.asked_if()?;
        let of_name = |(question, _): &(Question<'_>, _)| question.id() == condition.question;
        let (named, result) = assessment.questions().find(of_name)?;
        let open = matches!(result.state, AnswerState::Unanswered | AnswerState::DontKnow);
        open.then_some(named)
    };
    let mut named: Vec<Question<'a>> = not_asked.iter().filter_map(named).collect();
    named.sort_by_key(Question::position);
    named.dedup_by_key(|question| question.position());
    named
}

/// The ids of `questions`, as many as one cares to read.
fn ids(questions: &[Question<'_>], last: &str) -> String {
    const SHOWN: usize = 12;
    let mut names: Vec<String> =
        questions.iter().take(SHOWN).map(|question| format!("`{}`", question.id())).collect();
    match questions.len().saturating_sub(SHOWN) {
        0 => {}
        more => names.push(format!("{more} more")),
    }
    listed(&names, last)
}

/// A score in per cent, rounded down: it never reads as a bound that was not met.
fn per_cent(score: Score) -> String {
    format!("{} %", score.percent_floor(1))
}

/// What is asked for or missing in per cent, rounded up.
fn up(score: Score) -> String {
    format!("{} %", score.percent_ceil(1))
}

fn bar(score: Score) -> String {
    let filled =
        u64::from(score.billionths()) * u64::from(BAR) / u64::from(Score::ONE.billionths());
    (0..u64::from(BAR)).map(|cell| if cell < filled { '█' } else { '░' }).collect()
}

/// How many of the questions are answered, and what became of the others.
fn states(counts: &StateCounts) -> String {
    let of = count(counts.total(), "question");
    let states = [
        (counts.unanswered, "unanswered"),
        (counts.dont_know, "don't know"),
        (counts.not_applicable, "not applicable"),
        (counts.not_asked, "not asked"),
    ];
    let others: Vec<String> = states
        .iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, state)| format!("{number} {state}"))
        .collect();
    let answered = match counts.answered {
        0 => format!("none of {of} answered"),
        all if all == counts.total() => format!("{of}, all answered"),
        some => format!("{some} of {of} answered"),
    };
    if others.is_empty() { answered } else { format!("{answered}, {}", others.join(", ")) }
}

fn count(number: u32, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

/// `a`, `a and b`, `a, b and c`; or with another word before the last.
fn listed<T: AsRef<str>>(names: &[T], last_by: &str) -> String {
    match names {
        [] => String::new(),
        [only] => only.as_ref().to_owned(),
        [others @ .., last] => {
            let others: Vec<&str> = others.iter().map(AsRef::as_ref).collect();
            format!("{} {last_by} {}", others.join(", "), last.as_ref())
        }
    }
}
