//! What a report says, second half: advice, strengths and weaknesses, themes, contributions, and
//! what was left open.

use super::Report;
use super::advice::{Advice, advice};
use super::document::{Block, Inline, Line, List, Picture, Row, Table, plain};
use super::voice::labelled;
use super::words::Words;
use crate::answers::{Answer, AnswerState};
use crate::assessment::{QuestionResult, Standing};
use crate::number::Score;
use crate::pillar::Pillar;
use crate::questionnaire::{Question, ScaleSpec, ThemeSpec};
use crate::text::Text;

/// A family with the places of its themes.
pub(super) struct Family<'r> {
    /// Its title, or its id where it has none.
    pub(super) title: Inline<'r>,
    description: Option<&'r Text>,
    pub(super) themes: Vec<(usize, &'r ThemeSpec, Standing)>,
}

impl Report<'_> {
    pub(super) fn question_title<'r>(&'r self, question: Question<'r>) -> Inline<'r> {
        self.voice.quoted(question.title())
    }

    pub(super) fn first_steps(&self) -> Vec<Block<'_>> {
        let words = self.catalogue();
        let all = advice(self.assessment);
        let scored = self.assessment.score().is_some();
        let order = if scored { &words.first_steps_order } else { &words.first_steps_unscored };
        let mut blocks = vec![Block::Heading(2, plain(&*words.first_steps))];
        if all.is_empty() {
            blocks.push(Block::Paragraph(plain(&*words.no_advice)));
            return blocks;
        }
        let mut intro = order.to_string();
        if self.advice < all.len() {
            let of = [("shown", &*self.advice.to_string()), ("count", &*all.len().to_string())];
            intro = format!("{intro} {}", Words::fill(&words.shown_of, &of));
        }
        blocks.push(Block::Paragraph(plain(intro)));
        let items = all.iter().take(self.advice).map(|advice| self.piece_of_advice(advice));
        blocks.push(Block::List(List { ordered: true, items: items.collect() }));
        blocks
    }

    fn piece_of_advice<'r>(&'r self, advice: &Advice<'r>) -> Vec<Line<'r>> {
        let words = self.catalogue();
        let question = advice.question;
        let mut lines = vec![vec![self.question_title(question)]];
        lines.push(labelled(&words.today, self.voice.answer(question.scale(), &advice.answer)));
        if let Some(text) = advice.text {
            lines.push(labelled(&words.advice, vec![self.voice.quoted(text)]));
        } else if let (ScaleSpec::Checklist { items }, Answer::Items(ticked)) =
            (question.scale(), &advice.answer)
        {
            let missing = items.iter().filter(|item| !ticked.contains(&item.id));
            lines.push(labelled(&words.still_missing, self.voice.items("", missing)));
        } else if let Some(text) = advice.next {
            lines.push(labelled(&words.next_level, vec![self.voice.quoted(text)]));
        }
        let mut effect = words.of_pillar(question.pillar()).to_owned();
        if let (Some(step), Some(full)) = (advice.step, advice.full) {
            let of = [("step", &*words.gained(step)), ("full", &*words.gained(full))];
            effect = format!("{effect} \u{b7} {}", Words::fill(&words.effect, &of));
        }
        if self.holds_back(question.pillar()) {
            effect = format!("{effect} {}", words.helps_stage);
        }
        lines.push(plain(effect));
        lines
    }

    /// Whether a pillar alone is below what the next stage asks of every pillar.
    fn holds_back(&self, pillar: Pillar) -> bool {
        self.assessment
            .next_stage()
            .is_some_and(|next| next.unmet.iter().any(|unmet| unmet.pillar == Some(pillar)))
    }

    pub(super) fn strengths_and_weaknesses(&self) -> Vec<Block<'_>> {
        let words = self.catalogue();
        let (high, low) = self.extremes();
        let scored = self.assessment.score().is_some();
        let by = if scored { &words.extremes_by } else { &words.extremes_by_half };
        let mut blocks =
            vec![Block::Heading(2, plain(&*words.extremes)), Block::Paragraph(plain(&**by))];
        for (name, found) in [(&words.strengths, high), (&words.weaknesses, low)] {
            blocks.push(Block::Heading(3, plain(&**name)));
            if found.is_empty() {
                blocks.push(Block::Paragraph(plain(&*words.none_stands_out)));
                continue;
            }
            let items = found.iter().map(|(question, result)| {
                let credit = result.credit.unwrap_or_default();
                let mut lines = self.answered(*question);
                let pillar = words.of_pillar(question.pillar());
                lines.push(plain(format!(
                    "{pillar} \u{b7} {}: {}",
                    words.credit,
                    words.score(credit)
                )));
                lines
            });
            blocks.push(Block::List(List { ordered: false, items: items.collect() }));
        }
        blocks
    }

    /// A question, its answer, and the comment on it, a line each.
    fn answered<'r>(&'r self, question: Question<'r>) -> Vec<Line<'r>> {
        let sheet = self.assessment.sheet();
        let mut lines = vec![vec![self.question_title(question)]];
        if let Some(answer) = sheet.answer(question.id()) {
            lines.push(self.voice.answer(question.scale(), &answer));
        }
        if let Some(comment) = sheet.comment(question.id()) {
            lines.push(labelled(&self.voice.words.comment, vec![Inline::Quoted(comment.into())]));
        }
        lines
    }

    /// The families in the order of the questionnaire, then those that no document lists in the
    /// order of their themes; each with its themes.
    pub(super) fn families(&self) -> Vec<Family<'_>> {
        let questionnaire = self.assessment.questionnaire();
        let mut ids: Vec<&str> = questionnaire.families().iter().map(|f| f.id.as_str()).collect();
        for theme in questionnaire.themes() {
            if !ids.contains(&theme.family.as_str()) {
                ids.push(&theme.family);
            }
        }
        let family = |id: &str| {
            let spec = questionnaire.families().iter().find(|family| family.id == id);
            let themes = self.assessment.themes().enumerate();
            let title =
                spec.map_or_else(|| Inline::Code(id.to_owned()), |s| self.voice.quoted(&s.title));
            Family {
                title,
                description: spec.and_then(|spec| spec.description.as_ref()),
                themes: themes
                    .filter(|(_, (theme, _))| theme.family == id)
                    .map(|(at, (theme, standing))| (at, theme, standing))
                    .collect(),
            }
        };
        ids.into_iter().map(family).filter(|family| !family.themes.is_empty()).collect()
    }

    pub(super) fn themes(&self) -> Vec<Block<'_>> {
        let words = self.catalogue();
        let families = self.families();
        if families.is_empty() {
            return Vec::new();
        }
        let mut blocks = vec![
            Block::Heading(2, plain(&*words.themes)),
            Block::Paragraph(plain(&*words.themes_views)),
        ];
        for (place, family) in families.into_iter().enumerate() {
            blocks.push(Block::Heading(3, vec![family.title]));
            if let Some(description) = family.description {
                blocks.push(Block::Paragraph(vec![self.voice.quoted(description)]));
            }
            blocks.push(Block::Picture(Picture { drawing: self.bars(Some(place)), aside: true }));
            let head = [&words.theme, &words.score, &words.stage, &words.coverage];
            let rows = family.themes.iter().map(|(at, theme, standing)| {
                let dash = || "\u{2013}".to_owned();
                let score = standing.score().map(|score| words.score(score));
                let stage = standing.stage().map(|stage| words.of_stage(stage).to_owned());
                let mut about = vec![vec![self.voice.quoted(&theme.title)]];
                about.extend(self.lowest_of_theme(*at).into_iter().map(|(question, _)| {
                    let answer = self.assessment.sheet().answer(question.id()).unwrap_or_default();
                    let mut line = vec![self.question_title(question)];
                    line.push(Inline::Plain(" \u{2013} ".to_owned()));
                    line.extend(self.voice.answer(question.scale(), &answer));
                    line
                }));
                let cells = vec![
                    score.unwrap_or_else(|| words.not_scorable.to_string()),
                    stage.unwrap_or_else(dash),
                    standing.coverage.map_or_else(dash, |c| words.coverage(c)),
                ];
                Row { sums: false, about, cells }
            });
            blocks.push(Block::Table(Table {
                caption: words.theme_scores.to_string(),
                head: head.map(ToString::to_string).to_vec(),
                rows: rows.collect(),
            }));
        }
        blocks
    }

    /// Every question with its credit and its part of the overall, pillar by pillar.
    pub(super) fn origin(&self) -> Vec<Block<'_>> {
        let words = self.catalogue();
        let overall = self.assessment.score();
        let dash = || "\u{2013}".to_owned();
        let mut rows = Vec::new();
        for pillar in Pillar::ALL {
            let of_pillar: Vec<(Question<'_>, QuestionResult)> =
                self.assessment.questions().filter(|(q, _)| q.pillar() == pillar).collect();
            if of_pillar.is_empty() {
                continue;
            }
            let sum: u32 =
                of_pillar.iter().filter_map(|(_, r)| r.contribution).map(Score::billionths).sum();
            let sum = overall.and_then(|_| Score::from_billionths(sum));
            let value = self.assessment.pillar(pillar).standing.score();
            rows.push(Row {
                sums: true,
                about: vec![plain(words.of_pillar(pillar))],
                cells: vec![
                    value.map_or_else(dash, |score| words.score(score)),
                    sum.map_or_else(dash, |sum| words.exact(sum)),
                ],
            });
            for (question, result) in of_pillar {
                rows.push(Row {
                    sums: false,
                    about: self.answered(question),
                    cells: vec![
                        result.credit.map_or_else(dash, |credit| words.score(credit)),
                        result.contribution.map_or_else(dash, |part| words.exact(part)),
                    ],
                });
            }
        }
        if let Some(overall) = overall {
            let cells = vec![words.score(overall), words.exact(overall)];
            rows.push(Row { sums: true, about: vec![plain(&*words.overall)], cells });
        }
        let intro = if overall.is_some() { &words.origin_sum } else { &words.origin_none };
        let head = [&words.question, &words.credit, &words.contribution].map(ToString::to_string);
        vec![
            Block::Heading(2, plain(&*words.origin)),
            Block::Paragraph(plain(&**intro)),
            Block::Table(Table {
                caption: words.every_answer.to_string(),
                head: head.to_vec(),
                rows,
            }),
        ]
    }

    pub(super) fn left_open(&self) -> Vec<Block<'_>> {
        let words = self.catalogue();
        let mut blocks = vec![Block::Heading(2, plain(&*words.left_open))];
        for (state, name) in [
            (AnswerState::DontKnow, &words.dont_know),
            (AnswerState::Unanswered, &words.unanswered),
            (AnswerState::NotApplicable, &words.not_applicable),
            (AnswerState::NotAsked, &words.not_asked),
        ] {
            let found = self.in_state(state);
            if found.is_empty() {
                continue;
            }
            blocks.push(Block::Heading(3, plain(&**name)));
            let items = found.into_iter().map(|question| {
                let mut lines = vec![vec![self.question_title(question)]];
                if let Some(comment) = self.assessment.sheet().comment(question.id()) {
                    let comment = vec![Inline::Quoted(comment.into())];
                    lines.push(labelled(&words.comment, comment));
                }
                lines
            });
            blocks.push(Block::List(List { ordered: false, items: items.collect() }));
        }
        if blocks.len() == 1 {
            blocks.push(Block::Paragraph(plain(&*words.nothing_open)));
        }
        blocks
    }
}
