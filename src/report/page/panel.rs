//! What several voices say together, for a workshop.

use crate::answers::Answer;
use crate::assessment::Rating;
use crate::number::Score;
use crate::panel::{Basis, ConsensusRule, PanelQuestion, PanelResult, SameAnswer};
use crate::pillar::{Pillar, PillarMap};
use crate::questionnaire::{OtherQuestionnaire, Questionnaire};
use crate::report::content::{
    Content, Inline, Line, Row, joined, labelled, plain, row, score, stage_of, sum,
};
use crate::report::picture::{Band, Drawing, Layer, Radar};
use crate::report::{Report, sealed};
use crate::words::fill;

/// What is said of a panel besides.
#[derive(Clone, Copy, Debug, Default)]
pub struct PanelSetting {
    without_names: bool,
}

impl PanelResult {
    /// A page for a workshop: what the voices say together, what to discuss first and who stands where, and
    /// how each voice stands beside the panel. `questionnaire` is the one that was answered: the texts of
    /// questions and answers are taken from it.
    ///
    /// # Errors
    ///
    /// If the fingerprint of `questionnaire` is not that of the result.
    ///
    /// ```
    /// use digital_maturity::panel::{ConsensusRule, Panel, Voice};
    /// # use digital_maturity::Questionnaire;
    ///
    /// let pulse = Questionnaire::dcx_pulse();
    /// let mut voices = ["Ada", "Ben"].map(|name| Voice::new(name, pulse.sheet()));
    /// for (voice, level) in voices.iter_mut().zip([2, 4]) {
    ///     for question in pulse.questions() {
    ///         voice.sheet_mut().set(question.id(), level)?;
    ///     }
    /// }
    /// let result = Panel::new(pulse, voices, ConsensusRule::Median)?.assess();
    /// let page = result.report(pulse)?.text().to_string();
    /// assert!(page.contains("What to discuss first") && page.contains("Ada"));
    ///
    /// // Without names, it says how many.
    /// let page = result.report(pulse)?.without_names().text().to_string();
    /// assert!(!page.contains("Ada"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn report<'a>(
        &'a self,
        questionnaire: &'a Questionnaire,
    ) -> Result<Report<'a, Self>, OtherQuestionnaire> {
        Report::read_with(self, &self.result.questionnaire, questionnaire)
    }
}

impl Report<'_, PanelResult> {
    /// With how many gave an answer in place of who did, and without the results of single voices.
    #[must_use]
    pub fn without_names(mut self) -> Self {
        self.more.without_names = true;
        self
    }
}

impl sealed::Parts for PanelResult {
    type More<'a> = PanelSetting;

    fn content<'r>(report: &'r Report<'_, Self>) -> Content<'r> {
        let words = report.catalogue();
        let voices = report.number_of_voices(report.of.voices.len());
        let mut page = report.page(&words.panel, vec![plain(&voices)], None);
        report.together(&mut page);
        page.section(&words.pillars);
        page.picture(<Self as sealed::Drawn>::radar(report));
        report.spans(&mut page);
        report.discussion(&mut page);
        report.settled(&mut page);
        if !report.more.without_names {
            report.voices(&mut page);
        }
        report.rests_on(&mut page, &[&words.panel_span_holds, &words.rounding]);
        page
    }
}

impl sealed::Drawn for PanelResult {
    fn radar(report: &Report<'_, Self>) -> Drawing {
        let (words, result) = (report.catalogue(), report.of);
        let spans = result.span.pillars;
        let known = spans.iter().all(|(_, span)| span.is_some());
        let band = known.then(|| Band {
            name: words.panel_band.to_string(),
            lower: spans.map(|_, span| span.map_or(Score::ZERO, |span| span.lowest)),
            upper: spans.map(|_, span| span.map_or(Score::ZERO, |span| span.highest)),
        });
        let scores = PillarMap::from_fn(|pillar| result.result.pillars[pillar].standing.score());
        let layers = vec![Layer { class: "now", name: words.panel_together.to_string(), scores }];
        Radar { words, ladder: report.questionnaire.ladder(), band, layers }.draw()
    }
}

impl Report<'_, PanelResult> {
    fn together(&self, page: &mut Content<'_>) {
        let (words, result) = (self.catalogue(), self.of);
        match result.result.overall {
            Rating::Scored { score, stage } => {
                let (stage, score) = (words.stage(stage), words.score(score));
                page.lead(&fill!(words.panel_lead, stage = stage, score = score));
            }
            Rating::NotScorable(pillars) => {
                page.lead(&words.no_stage);
                page.say(&fill!(words.not_scored, pillars = words.listed(pillars)));
            }
        }
        if let (Some(score), Some(stage)) = (result.span.overall, result.span.stage) {
            page.say(&fill!(
                words.panel_span,
                lowest = words.stage(stage.lowest),
                low = words.score(score.lowest),
                highest = words.stage(stage.highest),
                high = words.score(score.highest),
            ));
        }
        page.say(match result.rule {
            ConsensusRule::Median => &words.panel_median,
            ConsensusRule::Lowest => &words.panel_lowest,
        });
    }

    fn spans(&self, page: &mut Content<'_>) {
        let (words, result) = (self.catalogue(), self.of);
        let cells = |own: Option<Score>, ends: Option<(Score, Score)>| {
            let ends = [ends.map(|(lowest, _)| lowest), ends.map(|(_, highest)| highest)];
            let ends = ends.map(|end| score(words, end));
            [vec![score(words, own)], ends.into()].concat()
        };
        let pillar = |pillar| {
            let span = result.span.pillars[pillar].map(|span| (span.lowest, span.highest));
            let own = result.result.pillars[pillar].standing.score();
            row(plain(words.pillar(pillar)), cells(own, span))
        };
        let span = result.span.overall.map(|span| (span.lowest, span.highest));
        let overall = sum(&words.overall, cells(result.result.overall.score(), span));
        let rows = Pillar::ALL.map(pillar).into_iter().chain([overall]);
        let head = [&*words.pillar, &words.panel_together, &words.lowest, &words.highest];
        page.table(&words.pillar_scores, &head, rows);
    }

    fn discussion<'r>(&'r self, page: &mut Content<'r>) {
        let words = self.catalogue();
        page.section(&words.panel_discuss);
        let mut open = self.of.to_discuss().peekable();
        if open.peek().is_none() {
            page.say(&words.panel_agreed);
        } else {
            page.say(&words.panel_order);
            page.list(true, open.map(|question| self.open_question(question)));
        }
    }

    /// The question, what hangs on it, and who stands where.
    fn open_question<'r>(&'r self, found: &'r PanelQuestion) -> Vec<Line<'r>> {
        let words = self.catalogue();
        let mut lines = vec![vec![self.question(&found.id)]];
        let swing = found.swing.filter(|swing| *swing > Score::ZERO);
        let credits = found.lowest.zip(found.highest).filter(|(lowest, highest)| lowest < highest);
        let credits = credits.map(|(lowest, highest)| {
            fill!(words.panel_credits, lowest = words.score(lowest), highest = words.score(highest))
        });
        let swing = swing.map(|swing| fill!(words.panel_swing, swing = words.shortfall(swing)));
        let pillar = words.pillar(found.pillar).to_owned();
        let parts = [Some(pillar), swing, credits].into_iter().flatten();
        lines.push(joined(parts.map(|part| plain(&part))));
        lines.extend(found.answers.iter().map(|answer| self.who_said(found, answer)));
        // What the panel takes of these; of a checklist, it may be what nobody said.
        lines.extend(
            self.of
                .answers
                .get(&found.id)
                .map(|answer| labelled(&words.panel_together, self.said(&found.id, answer))),
        );
        lines
    }

    fn number_of_voices(&self, n: usize) -> String {
        let words = self.catalogue();
        match n {
            1 => fill!(words.panel_one_voice, n = n),
            _ => fill!(words.panel_voices_number, n = n),
        }
    }

    fn who_said<'r>(&'r self, found: &PanelQuestion, same: &'r SameAnswer) -> Line<'r> {
        let mut line = Line::new();
        if self.more.without_names {
            line.push(Inline::Strong(self.number_of_voices(same.voices.len())));
        } else {
            for (at, name) in same.voices.iter().enumerate() {
                if at > 0 {
                    line.extend(plain(", "));
                }
                line.push(Inline::Quoted((&**name).into()));
            }
        }
        line.extend(plain(": "));
        line.extend(self.said(&found.id, &same.answer));
        line
    }

    fn said(&self, id: &str, answer: &Answer) -> Line<'_> {
        match self.questionnaire.question(id) {
            Some(question) => self.setting.answer(question.scale(), answer),
            None => Line::new(),
        }
    }

    /// What is settled, and what one voice or none has an opinion on.
    fn settled<'r>(&'r self, page: &mut Content<'r>) {
        let words = self.catalogue();
        let of = |basis: Basis| {
            let questions = self.questionnaire.questions().map(|question| question.id());
            let found = questions.filter_map(|id| self.of.question(id));
            found.filter(move |question| question.basis == basis).collect::<Vec<_>>()
        };
        let settled = of(Basis::Settled);
        if !settled.is_empty() {
            page.section(&words.panel_settled);
            let item = |found: &'r PanelQuestion| {
                let answer = self.of.answers.get(&found.id);
                let mut lines = vec![vec![self.question(&found.id)]];
                lines.extend(answer.map(|answer| self.said(&found.id, answer)));
                let note = found.note.as_deref();
                let quoted = |note: &'r str| vec![Inline::Quoted(note.into())];
                lines.extend(note.map(|note| labelled(&words.comment, quoted(note))));
                lines
            };
            page.list(false, settled.into_iter().map(item));
        }
        for (title, basis) in
            [(&words.panel_alone, Basis::Alone), (&words.panel_nobody, Basis::Nobody)]
        {
            let found = of(basis);
            if !found.is_empty() {
                page.section(title);
                page.list(false, found.into_iter().map(|of| vec![vec![self.question(&of.id)]]));
            }
        }
    }

    fn voices<'r>(&'r self, page: &mut Content<'r>) {
        let words = self.catalogue();
        page.section(&words.panel_voices);
        let rows = self.of.voices.iter().map(|voice| -> Row<'r> {
            let cells = vec![
                voice.opinions.to_string(),
                score(words, voice.overall.score()),
                stage_of(words, voice.overall.stage()),
                score(words, voice.without.score()),
            ];
            row(vec![Inline::Quoted((&*voice.name).into())], cells)
        });
        let head = [
            &*words.panel_voice,
            &words.panel_opinions,
            &words.overall,
            &words.stage,
            &words.panel_without,
        ];
        page.table(&words.panel_voices_table, &head, rows);
    }
}
