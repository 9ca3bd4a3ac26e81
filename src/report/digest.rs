//! A result on one screen, in 80 columns.

use std::cmp::Reverse;
use std::fmt::{self, Formatter};

use super::Report;
use super::escape::{columns, wrapped};
use crate::answers::AnswerState;
use crate::assessment::{Assessment, QuestionResult, Rating, Reason, StateCounts};
use crate::number::{Percent, Score, Weight};
use crate::pillar::Pillar;
use crate::questionnaire::{Aggregation, Question, QuestionSet};
use crate::text::{OneLine, shortened};
use crate::words::{Words, fill};

const WIDTH: usize = 80;
const BAR: u32 = 20;
/// How many of the strongest and of the weakest themes are shown.
const THEMES: usize = 3;
/// How many ids one cares to read.
const IDS: usize = 12;

impl<'a> Report<'a, Assessment> {
    /// The result on one screen of a terminal, in 80 columns: stage, overall and pillars, the
    /// strongest and the weakest themes, and what blocks the next stage or what to answer first.
    ///
    /// ```
    /// # use digital_maturity::Questionnaire;
    /// let assessment = Questionnaire::dcx_pulse().sheet().assess();
    /// assert!(assessment.report().digest().to_string().contains("Stage    none yet"));
    /// assert!(assessment.report().language("de").digest().to_string().contains("noch keine"));
    /// ```
    #[must_use]
    pub fn digest(&self) -> impl fmt::Display + use<'a> {
        self.shown(|report, f| {
            report.digest_head(f)?;
            report.digest_result(f)?;
            report.digest_pillars(f)?;
            report.digest_themes(f)?;
            report.digest_next_stage(f)
        })
    }

    fn digest_head(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let (words, sheet) = (self.catalogue(), self.of.sheet());
        let named = self.setting.about.as_deref().or(sheet.respondent()).map(one_line);
        let taken = sheet.taken().map(|date| date.to_string());
        let who_and_when: Vec<String> = named.into_iter().chain(taken).collect();
        if !who_and_when.is_empty() {
            paragraph(f, "", &who_and_when.join(", "))?;
        }
        let questionnaire = self.questionnaire;
        paragraph(f, "", &one_line(self.setting.text_of(questionnaire.title()).text))?;
        let fingerprint: String = questionnaire.fingerprint().to_string().chars().take(8).collect();
        let version = one_line(questionnaire.version());
        let (id, fingerprint) = (questionnaire.id(), fingerprint);
        let identity = fill!(words.identity, id = id, version = version, fingerprint = fingerprint);
        paragraph(f, "", &identity)?;
        paragraph(f, "", &fill!(words.based_on, states = states(words, &self.counts())))
    }

    fn digest_result(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let words = self.catalogue();
        let width = columns(&words.stage).max(columns(&words.overall)) + 2;
        let label = |label: &str| padded(label, width);
        writeln!(f)?;
        match self.of.overall() {
            Rating::Scored { score, stage } => {
                let place = fill!(words.place, stage = words.stage(stage), number = stage.number());
                writeln!(f, "{}{place}", label(&words.stage))?;
                paragraph(f, &label(""), words.meaning(stage))?;
                let how = match self.questionnaire.method().aggregation {
                    Aggregation::Arithmetic => String::new(),
                    Aggregation::Minimum => format!("  {}", words.of_lowest_pillar),
                };
                let shown = floor(words, score);
                writeln!(f, "{}{shown}  {}{how}", label(&words.overall), bar(score))
            }
            Rating::NotScorable(pillars) => {
                let names: Vec<&str> = pillars.iter().map(|pillar| words.pillar(pillar)).collect();
                let one = names.len() == 1;
                let why = if one { &words.no_score_of_one } else { &words.no_score_of_many };
                let why = fill!(why, pillars = listed(&names, &words.and_word));
                paragraph(f, &label(&words.stage), &why)
            }
        }
    }

    fn digest_pillars(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let words = self.catalogue();
        let (name, score) = (padded(&words.pillars_column, 30), &*words.score_column);
        let (stage, covered) = (&words.stage_column, &words.covered_column);
        writeln!(f, "\n{name}{score:>7}  {:<22}{stage:<12}{covered}", "")?;
        let weights = self.questionnaire.pillar_weights();
        let weighted = weights.iter().any(|(_, weight)| *weight != Weight::ONE);
        for (pillar, result) in self.of.pillars().iter() {
            let coverage = result.standing.coverage;
            let coverage =
                coverage.map_or("-".to_owned(), |of| percent(words, of.percent_floor(0)));
            let (score, cells, stage) = match result.standing.rating {
                Rating::Scored { score, stage } => {
                    (floor(words, score), bar(score), words.stage(stage))
                }
                Rating::NotScorable(_) => ("-".to_owned(), words.not_scorable.to_string(), "-"),
            };
            let name = padded(words.pillar(pillar), 28);
            writeln!(f, "  {name}{score:>7}  {cells:<22}{stage:<12}{coverage:>7}")?;
            let mut remarks = Vec::new();
            if result.counts.answered != result.counts.total() {
                remarks.push(states(words, &result.counts));
            }
            if weighted {
                remarks.push(match weights[pillar] {
                    Weight::ZERO => words.counts_not.to_string(),
                    weight => fill!(words.counts_times, n = words.number(weight)),
                });
            }
            if !remarks.is_empty() {
                paragraph(f, "    ", &remarks.join("; "))?;
            }
            if let Some(remedy) = self.remedy(pillar) {
                paragraph(f, "    ", &remedy)?;
            }
        }
        Ok(())
    }

    /// What a pillar without a score lacks, and which answers would give it one.
    fn remedy(&self, pillar: Pillar) -> Option<String> {
        let words = self.catalogue();
        let missing = self.of.missing(pillar)?;
        let say = |template: &str, questions: &[Question<'_>], last: &str| {
            fill!(template, questions = ids(words, questions, last))
        };
        let mut said = Vec::new();
        match missing.reason {
            Reason::Coverage => {
                let covered = self.of.pillar(pillar).standing.coverage.unwrap_or_default();
                let minimum = ceiling(words, self.questionnaire.method().minimum_coverage);
                let covered = floor(words, covered);
                said.push(fill!(words.lack_coverage, covered = covered, minimum = minimum));
                said.push(if missing.at_least < missing.of.len() {
                    let questions = ids(words, &missing.of, &words.or_word);
                    fill!(words.do_answer_some, n = missing.at_least, questions = questions)
                } else {
                    say(&words.do_answer, &missing.of, &words.and_word)
                });
            }
            Reason::NothingCounts => {
                said.push(words.lack_answers.to_string());
                said.push(say(&words.do_answer, &missing.of, &words.or_word));
            }
            Reason::NothingApplicable => {
                said.push(words.lack_applicable.to_string());
                if missing.of.is_empty() {
                    said.push(words.no_weight.to_string());
                }
                let in_state = |state: AnswerState| -> Vec<Question<'_>> {
                    let of_pillar = missing.of.iter().copied();
                    of_pillar.filter(|question| self.state_of(*question) == Some(state)).collect()
                };
                let not_asked = in_state(AnswerState::NotAsked);
                for (template, questions) in [
                    (&words.which_not_applicable, in_state(AnswerState::NotApplicable)),
                    (&words.which_not_asked, not_asked.clone()),
                    (&words.do_answer_first, self.open_conditions(&not_asked)),
                ] {
                    if !questions.is_empty() {
                        said.push(say(template, &questions, &words.and_word));
                    }
                }
            }
        }
        Some(said.join(" "))
    }

    fn state_of(&self, question: Question<'_>) -> Option<AnswerState> {
        self.of.questions().nth(question.position()).map(|(_, result)| result.state)
    }

    /// The open questions that decide whether those are asked.
    fn open_conditions(&self, not_asked: &[Question<'_>]) -> Vec<Question<'a>> {
        let open = [AnswerState::Unanswered, AnswerState::DontKnow];
        let marks = self.of.sheet().marked();
        let settled = marks.settle(|_, _, _| {});
        let mut hangs_on = QuestionSet::EMPTY;
        for question in not_asked {
            if let Some(rule) = self.questionnaire.rules().get(question.position()) {
                hangs_on.extend(&marks.hangs_on(&settled, rule));
            }
        }
        let named = hangs_on.iter().filter_map(|position| self.questionnaire.question_at(position));
        let is_open = |state| open.contains(&state);
        named.filter(|named| self.state_of(*named).is_some_and(is_open)).collect()
    }

    fn digest_themes(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let words = self.catalogue();
        let mut themes = Vec::new();
        let mut silent = 0;
        for (theme, standing) in self.of.themes() {
            let Some(score) = standing.score() else {
                silent += 1;
                continue;
            };
            let of_theme = |(question, result): &(Question<'_>, QuestionResult)| {
                let scored = result.credit.is_some() && !question.weight().is_zero();
                scored && question.themes().any(|of_question| of_question.id == theme.id)
            };
            let title = one_line(self.setting.text_of(&theme.title).text);
            themes.push(Theme {
                title: shortened(&title, 52),
                score,
                questions: self.of.questions().filter(of_theme).map(|_| 1).sum(),
            });
        }
        // A stable sort leaves equal scores in the order of the questionnaire.
        themes.sort_by_key(|theme| Reverse(theme.score));
        // Where there are few, none is shown as both strong and weak.
        let strongest = themes.len().div_ceil(2).min(THEMES);
        ranking(f, words, &words.strongest_themes, &themes, strongest)?;
        let mut others = themes.split_off(strongest);
        others.sort_by_key(|theme| theme.score);
        ranking(f, words, &words.weakest_themes, &others, THEMES)?;
        if silent > 0 {
            let themes = counted(silent, &words.one_theme, &words.many_themes);
            writeln!(f, "\n{}", fill!(words.themes_unscored, themes = themes))?;
        }
        Ok(())
    }

    fn digest_next_stage(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let words = self.catalogue();
        let Some(next) = self.of.next_stage() else { return Ok(()) };
        let stage = words.stage(next.stage);
        writeln!(f, "\n{}", fill!(words.blocked, stage = stage))?;
        for unmet in &next.unmet {
            let template =
                if unmet.pillar.is_some() { &words.gap_pillar } else { &words.gap_overall };
            let gap = fill!(
                template,
                pillar = self.requirement(unmet),
                stage = stage,
                actual = floor(words, unmet.actual.unwrap_or_default()),
                required = ceiling(words, unmet.required),
                missing = ceiling(words, unmet.shortfall.unwrap_or_default()),
            );
            paragraph(f, "  - ", &gap)?;
        }
        Ok(())
    }
}

/// A theme that has a score.
struct Theme {
    title: String,
    score: Score,
    /// How many questions the score comes from.
    questions: u32,
}

fn ranking(
    f: &mut Formatter<'_>,
    words: &Words,
    title: &str,
    themes: &[Theme],
    shown: usize,
) -> fmt::Result {
    let Some(last) = themes.iter().take(shown).next_back() else { return Ok(()) };
    let rest = WIDTH.saturating_sub(columns(title));
    writeln!(f, "\n{title}{:>rest$}", words.equals)?;
    for Theme { title, score, questions } in themes.iter().take(shown) {
        let basis = counted(*questions, &words.one_question, &words.many_questions);
        writeln!(f, "  {:>7}  {}{basis:>15}", floor(words, *score), padded(title, 54))?;
    }
    let equals = themes.iter().skip(shown).take_while(|theme| theme.score == last.score);
    match equals.count() {
        0 => Ok(()),
        more => {
            let more = fill!(words.more_at, n = more, score = floor(words, last.score));
            writeln!(f, "           {more}")
        }
    }
}

/// Words in lines of at most `WIDTH` columns; `first` begins the first line, and what follows is
/// indented as far.
fn paragraph(f: &mut Formatter<'_>, first: &str, text: &str) -> fmt::Result {
    let indent = columns(first);
    for (at, line) in wrapped(text, WIDTH - indent).iter().enumerate() {
        let line = if at == 0 { format!("{first}{line}") } else { format!("{:indent$}{line}", "") };
        writeln!(f, "{}", line.trim_end())?;
    }
    Ok(())
}

fn one_line(text: &str) -> String {
    OneLine(text).to_string()
}

fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(columns(text))))
}

/// The ids of `questions`, as many as one cares to read.
fn ids(words: &Words, questions: &[Question<'_>], last: &str) -> String {
    let mut names: Vec<String> =
        questions.iter().take(IDS).map(|question| format!("`{}`", question.id())).collect();
    match questions.len().saturating_sub(IDS) {
        0 => {}
        more => names.push(fill!(words.more, n = more)),
    }
    listed(&names, last)
}

/// A score in per cent, rounded down: it never reads as a bound that was not met.
fn floor(words: &Words, score: Score) -> String {
    percent(words, score.percent_floor(1))
}

/// What is asked for or missing in per cent, rounded up.
fn ceiling(words: &Words, score: Score) -> String {
    percent(words, score.percent_ceil(1))
}

fn percent(words: &Words, percent: Percent) -> String {
    fill!(words.spaced_percent, n = words.number(percent))
}

fn bar(score: Score) -> String {
    let filled =
        u64::from(score.billionths()) * u64::from(BAR) / u64::from(Score::ONE.billionths());
    (0..u64::from(BAR)).map(|cell| if cell < filled { '█' } else { '░' }).collect()
}

/// How many of the questions are answered, and what became of the others.
fn states(words: &Words, counts: &StateCounts) -> String {
    let questions = counted(counts.total(), &words.one_question, &words.many_questions);
    let template = match counts.answered {
        0 => &words.none_answered,
        all if all == counts.total() => &words.all_answered,
        _ => &words.some_answered,
    };
    let mut said = vec![fill!(template, answered = counts.answered, questions = questions)];
    let others = [
        (counts.unanswered, &words.of_unanswered),
        (counts.dont_know, &words.of_dont_know),
        (counts.not_applicable, &words.of_not_applicable),
        (counts.not_asked, &words.of_not_asked),
    ];
    let others = others.iter().filter(|(number, _)| *number > 0);
    said.extend(others.map(|(number, of)| fill!(of, n = number)));
    said.join(", ")
}

fn counted(number: u32, one: &str, many: &str) -> String {
    fill!(if number == 1 { one } else { many }, n = number)
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
