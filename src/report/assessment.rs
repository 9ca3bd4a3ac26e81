//! What a report on an assessment says, section by section.

mod advice;
mod basis;
mod extremes;
mod instructions;
mod left_open;
mod missing;
mod origin;
mod pillars;
mod stage;
mod themes;

use std::fmt;

pub(super) use themes::Family;

use super::content::{Content, DASH, Inline, Line, labelled, plain, sentence};
use super::picture::{ALL_FAMILIES, Drawing, Layer, Radar};
use super::{Report, sealed};
use crate::assessment::{Assessment, Gap, Record, StateCounts};
use crate::date::Date;
use crate::number::Score;
use crate::pillar::PillarMap;
use crate::questionnaire::Question;
use crate::words::fill;

/// What is laid over a result, and how much of the advice is shown.
#[derive(Clone, Debug)]
pub struct More {
    target: Option<PillarMap<Score>>,
    earlier: Option<Earlier>,
    advice: usize,
}

impl Assessment {
    /// A report on this result, in English unless told otherwise.
    ///
    /// ```
    /// # use digital_maturity::Questionnaire;
    /// let assessment = Questionnaire::dcx_pulse().sheet().assess();
    /// assert!(assessment.report().text().to_string().contains("No stage yet"));
    /// ```
    #[must_use]
    pub fn report(&self) -> Report<'_, Self> {
        Report::new(self, self.questionnaire())
    }
}

impl Default for More {
    fn default() -> Self {
        Self { target: None, earlier: None, advice: 10 }
    }
}

/// What is shown of an earlier result.
#[derive(Clone, Debug)]
enum Earlier {
    Comparable {
        taken: Option<Date>,
        pillars: PillarMap<Option<Score>>,
        overall: Option<Score>,
    },
    /// It is of that questionnaire.
    Other {
        id: String,
        version: String,
    },
}

impl<'a> Report<'a, Assessment> {
    /// With a target for each pillar, shown beside the result and laid over the radar.
    ///
    /// ```
    /// # use digital_maturity::{PillarMap, Questionnaire, Score};
    /// let assessment = Questionnaire::dcx_pulse().sheet().assess();
    /// let target: Score = "0.6".parse()?;
    /// let report = assessment.report().target(PillarMap::from_fn(|_| target));
    /// assert!(report.text().to_string().contains("Target"));
    /// # Ok::<(), digital_maturity::number::NumberError>(())
    /// ```
    #[must_use]
    pub fn target(mut self, target: PillarMap<Score>) -> Self {
        self.more.target = Some(target);
        self
    }

    /// With an earlier result, shown beside this one and laid over the radar. One whose
    /// questionnaire has another fingerprint cannot be compared: the report says so instead.
    ///
    /// ```
    /// # use digital_maturity::Questionnaire;
    /// let pulse = Questionnaire::dcx_pulse();
    /// let before = pulse.sheet().assess();
    /// let assessment = pulse.sheet().assess();
    /// assert!(assessment.report().earlier(&before).text().to_string().contains("Earlier"));
    /// ```
    #[must_use]
    pub fn earlier(mut self, earlier: &impl AsRef<Record>) -> Self {
        let earlier = earlier.as_ref();
        let of = &earlier.questionnaire;
        self.more.earlier = Some(if of.fingerprint == self.questionnaire.fingerprint() {
            Earlier::Comparable {
                taken: earlier.taken,
                pillars: earlier.pillars.map(|_, result| result.standing.score()),
                overall: earlier.overall.score(),
            }
        } else {
            Earlier::Other { id: of.id.to_string(), version: of.version.to_string() }
        });
        self
    }

    /// With at most that many pieces of advice; 10 unless told otherwise.
    ///
    /// ```
    /// # use digital_maturity::Questionnaire;
    /// # let assessment = Questionnaire::dcx_pulse().sheet().assess();
    /// let report = assessment.report().advice(3);
    /// assert!(report.text().to_string().contains("What to do first"));
    /// ```
    #[must_use]
    pub fn advice(mut self, most: usize) -> Self {
        self.more.advice = most;
        self
    }

    /// The stage ladder, where the organisation stands on it and what is missing to the next step,
    /// as a stand-alone SVG.
    ///
    /// ```
    /// # use digital_maturity::Questionnaire;
    /// # let assessment = Questionnaire::dcx_pulse().sheet().assess();
    /// assert!(assessment.report().ladder_svg().to_string().contains("<rect "));
    /// ```
    #[must_use]
    pub fn ladder_svg(&self) -> impl fmt::Display + use<'a> {
        self.shown(|report, f| report.ladder().write_alone(f, &report.setting.prefix))
    }

    /// Bars for every theme, family by family, as a stand-alone SVG.
    ///
    /// ```
    /// # use digital_maturity::Questionnaire;
    /// # let assessment = Questionnaire::dcx_pulse().sheet().assess();
    /// assert!(assessment.report().families_svg().to_string().ends_with("</svg>\n"));
    /// ```
    #[must_use]
    pub fn families_svg(&self) -> impl fmt::Display + use<'a> {
        self.shown(|report, f| {
            let bars = report.bars(ALL_FAMILIES, &report.families_of_themes());
            bars.write_alone(f, &report.setting.prefix)
        })
    }
}

impl sealed::Parts for Assessment {
    type More<'a> = More;

    fn content<'r>(report: &'r Report<'_, Self>) -> Content<'r> {
        let words = report.catalogue();
        let sheet = report.of.sheet();
        let by = sheet.respondent().map(|name| {
            sentence(&words.answers_by, &[("respondent", Inline::Quoted(name.into()))])
        });
        let taken = sheet.taken().map(|date| plain(&words.day(date)));
        let mut page = report.page(&words.report, by.into_iter().collect(), taken);
        report.opening(&mut page);
        report.why_not(&mut page);
        report.first_steps(&mut page);
        report.pillars(&mut page);
        report.strengths_and_weaknesses(&mut page);
        report.themes(&mut page);
        report.origin(&mut page);
        report.left_open(&mut page);
        report.basis(&mut page);
        report.instructions(&mut page);
        page
    }
}

impl sealed::Drawn for Assessment {
    fn radar(report: &Report<'_, Self>) -> Drawing {
        let words = report.catalogue();
        let mut layers = Vec::new();
        if let Some(Earlier::Comparable { taken, pillars, .. }) = &report.more.earlier {
            let name = report.earlier_name(*taken);
            layers.push(Layer { class: "earlier", name, scores: *pillars });
        }
        if let Some(target) = report.more.target {
            let scores = target.map(|_, score| Some(score));
            layers.push(Layer { class: "target", name: words.target.to_string(), scores });
        }
        let scores = report.of.pillars().map(|_, result| result.standing.score());
        layers.push(Layer { class: "now", name: words.now.to_string(), scores });
        Radar { words, ladder: report.questionnaire.ladder(), band: None, layers }.draw()
    }
}

impl Report<'_, Assessment> {
    /// The name of an earlier result.
    fn earlier_name(&self, taken: Option<Date>) -> String {
        let words = self.catalogue();
        taken.map_or_else(
            || words.earlier.to_string(),
            |date| fill!(words.earlier_on, date = words.day(date)),
        )
    }

    /// How many questions are in each state.
    pub(super) fn counts(&self) -> StateCounts {
        self.of.pillars().iter().map(|(_, result)| result.counts).sum()
    }

    /// How many of those asked are answered.
    fn answered_of(&self, counts: StateCounts) -> String {
        fill!(self.catalogue().of, part = counts.answered, whole = counts.asked())
    }

    pub(super) fn or_not_scorable(&self, score: Option<Score>) -> String {
        let words = self.catalogue();
        score.map_or_else(|| words.not_scorable.to_string(), |score| words.score(score))
    }

    fn covered(&self, coverage: Option<Score>) -> String {
        coverage.map_or_else(|| DASH.to_owned(), |of| self.catalogue().coverage(of))
    }

    /// What an unmet requirement is about.
    pub(in crate::report) fn requirement(&self, unmet: &Gap) -> &str {
        let words = self.catalogue();
        unmet.pillar.map_or(&*words.overall, |pillar| words.pillar(pillar))
    }

    fn question_title<'r>(&'r self, question: Question<'r>) -> Inline<'r> {
        self.setting.quoted(question.title())
    }

    /// A question, its answer, and the comment on it, a line each.
    fn answered<'r>(&'r self, question: Question<'r>) -> Vec<Line<'r>> {
        let mut lines = vec![vec![self.question_title(question)]];
        if let Some(answer) = self.of.sheet().answer(question.id()) {
            lines.push(self.setting.answer(question.scale(), &answer));
        }
        lines.extend(self.comment(question));
        lines
    }

    fn comment<'r>(&'r self, question: Question<'r>) -> Option<Line<'r>> {
        let comment = self.of.sheet().comment(question.id())?;
        Some(labelled(&self.setting.words.comment, vec![Inline::Quoted(comment.into())]))
    }
}
