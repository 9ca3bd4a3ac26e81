//! How an organisation of many units comes out.

use crate::assessment::Rating;
use crate::number::Score;
use crate::pillar::{Pillar, PillarMap};
use crate::portfolio::{Gain, PortfolioPillar, PortfolioResult, UnitResult, UnitScore};
use crate::questionnaire::{OtherQuestionnaire, Questionnaire};
use crate::report::content::{
    Content, DASH, Inline, Kind, Line, Row, change, labelled, plain, row, score, stage_of, sum,
};
use crate::report::picture::{Drawing, Heat, Layer, Radar, UnitLadder, Warm};
use crate::report::{Report, sealed};
use crate::stage::{Stage, StageMap};
use crate::words::fill;

/// What is said of an organisation besides.
#[derive(Clone, Copy, Debug, Default)]
pub struct PortfolioSetting<'a> {
    gains: Option<(Stage, &'a [Gain])>,
}

impl PortfolioResult {
    /// A report on the organisation and its units. `questionnaire` is the one that was answered.
    ///
    /// # Errors
    ///
    /// If the fingerprint of `questionnaire` is not that of the result.
    ///
    /// ```
    /// use digital_maturity::portfolio::{Portfolio, Unit};
    /// # use digital_maturity::{Questionnaire, Stage, number::UnitWeight};
    ///
    /// let pulse = Questionnaire::dcx_pulse();
    /// let mut sheet = pulse.sheet();
    /// for question in pulse.questions() {
    ///     sheet.set(question.id(), 3)?;
    /// }
    /// let group = Portfolio::new(pulse, [Unit::new("North", UnitWeight::ONE, &sheet.assess())])?;
    /// let (result, gains) = (group.assess(), group.gains(group.target(Stage::Platform)));
    /// let page = result.report(pulse)?.gains(Stage::Platform, &gains).text().to_string();
    /// assert!(page.contains("What holds it back"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn report<'a>(
        &'a self,
        questionnaire: &'a Questionnaire,
    ) -> Result<Report<'a, Self>, OtherQuestionnaire> {
        Report::read_with(self, &self.questionnaire, questionnaire)
    }
}

impl<'a> Report<'a, PortfolioResult> {
    /// With what the organisation would gain if one unit reached that stage, as
    /// [`Portfolio::gains`](crate::portfolio::Portfolio::gains) has it for
    /// [`Portfolio::target`](crate::portfolio::Portfolio::target).
    #[must_use]
    pub fn gains(mut self, stage: Stage, gains: &'a [Gain]) -> Self {
        self.more.gains = Some((stage, gains));
        self
    }
}

impl sealed::Parts for PortfolioResult {
    type More<'a> = PortfolioSetting<'a>;

    fn content<'r>(report: &'r Report<'_, Self>) -> Content<'r> {
        let (words, result) = (report.catalogue(), report.of);
        let units = match result.units.len() {
            1 => fill!(words.portfolio_one_unit, n = 1),
            n => fill!(words.portfolio_units_number, n = n),
        };
        let day = result.taken.map(|day| plain(&words.day(day)));
        let mut page = report.page(&words.portfolio, vec![plain(&units)], day);
        page.width = 100;
        report.whole(&mut page);
        page.section(&words.portfolio_units);
        report.units(&mut page);
        report.stages(&mut page);
        page.picture(report.ladder());
        page.section(&words.pillars);
        page.picture(<Self as sealed::Drawn>::radar(report));
        report.pillars(&mut page);
        report.heat_map(&mut page);
        report.holds_back(&mut page);
        report.rests_on(&mut page, &[&words.portfolio_method, &words.rounding]);
        page
    }
}

impl sealed::Drawn for PortfolioResult {
    fn radar(report: &Report<'_, Self>) -> Drawing {
        let words = report.catalogue();
        let scores = PillarMap::from_fn(|pillar| report.of.pillars[pillar].standing.score());
        let layers = vec![Layer { class: "now", name: words.portfolio_whole.to_string(), scores }];
        Radar { words, ladder: report.questionnaire.ladder(), band: None, layers }.draw()
    }
}

/// The name of a unit, which anything may stand in.
fn unit(name: &str) -> Line<'_> {
    vec![Inline::Quoted(name.into())]
}

impl Report<'_, PortfolioResult> {
    fn whole(&self, page: &mut Content<'_>) {
        let (words, result) = (self.catalogue(), self.of);
        match result.overall {
            Rating::Scored { score, stage } => {
                let (stage, score) = (words.stage(stage), words.score(score));
                page.lead(&fill!(words.panel_lead, stage = stage, score = score));
            }
            Rating::NotScorable(pillars) => {
                page.lead(&words.no_stage);
                page.say(&fill!(words.portfolio_not_scored, pillars = words.listed(pillars)));
            }
        }
        let Some(next) = &result.next_stage else { return };
        for gap in &next.unmet {
            let (actual, required) = (score(words, gap.actual), words.bound(gap.required));
            let missing = words.shortfall(gap.shortfall.unwrap_or_default());
            let stage = words.stage(next.stage);
            page.say(&match gap.pillar {
                None => fill!(
                    words.gap_overall,
                    actual = actual,
                    stage = stage,
                    required = required,
                    missing = missing,
                ),
                Some(pillar) => fill!(
                    words.gap_pillar,
                    pillar = words.pillar(pillar),
                    actual = actual,
                    stage = stage,
                    required = required,
                    missing = missing,
                ),
            });
        }
    }

    fn units<'r>(&'r self, page: &mut Content<'r>) {
        let (words, result) = (self.catalogue(), self.of);
        let rows = result.units.iter().map(|of: &'r UnitResult| {
            let cells = vec![
                words.number(of.weight),
                score(words, of.overall.score()),
                stage_of(words, of.overall.stage()),
                score(words, of.contribution),
            ];
            row(unit(&of.name), cells)
        });
        let whole = vec![
            DASH.to_owned(),
            score(words, result.overall.score()),
            stage_of(words, result.overall.stage()),
            score(words, result.overall.score()),
        ];
        let rows = rows.chain([sum(&words.portfolio_whole, whole)]);
        let head = [
            &*words.portfolio_unit,
            &words.portfolio_weight,
            &words.overall,
            &words.stage,
            &words.portfolio_part,
        ];
        page.table(&words.portfolio_parts, &head, rows);
    }

    fn stages(&self, page: &mut Content<'_>) {
        let (words, stages) = (self.catalogue(), self.of.spread.stages);
        let count = |name: &str, count: u32| row(plain(name), vec![count.to_string()]);
        let mut rows: Vec<Row<'_>> =
            Stage::ALL.map(|stage| count(words.stage(stage), stages.at[stage])).into();
        if stages.not_scorable > 0 {
            rows.push(count(&words.not_scorable, stages.not_scorable));
        }
        page.table(&words.portfolio_stages, &[&*words.stage, &words.portfolio_units], rows);
    }

    fn pillars<'r>(&'r self, page: &mut Content<'r>) {
        let words = self.catalogue();
        let of = |pillar: Pillar| {
            let PortfolioPillar { standing, spread, .. } = &self.of.pillars[pillar];
            let mut about = vec![plain(words.pillar(pillar))];
            let end = |label: &str, end: &'r UnitScore| {
                let mut line = unit(&end.unit);
                line.extend(plain(&format!(" {}", words.score(end.score))));
                labelled(label, line)
            };
            about.extend(spread.lowest.as_ref().map(|of| end(&words.portfolio_lowest, of)));
            about.extend(spread.highest.as_ref().map(|of| end(&words.portfolio_highest, of)));
            let cells = vec![score(words, standing.score()), stage_of(words, standing.stage())];
            Row { kind: Kind::Single, about, cells }
        };
        let head = [&*words.pillar, &words.portfolio_score, &words.stage];
        page.table(&words.pillar_scores, &head, Pillar::ALL.map(of));
    }

    /// The organisation and its units on the steps of the ladder.
    fn ladder(&self) -> Drawing {
        let at = |stage: Stage| {
            let there = self.of.units.iter().filter(|of| of.overall.stage() == Some(stage));
            there.map(|of| of.name.clone()).collect()
        };
        UnitLadder {
            words: self.catalogue(),
            whole: self.of.overall.stage(),
            units: StageMap::from_fn(at),
        }
        .draw()
    }

    /// Each unit by pillar, the deeper the colour, the higher the stage.
    fn heat(&self) -> Heat<'_> {
        let (words, result) = (self.catalogue(), self.of);
        let row = |name: String, overall: Option<Score>, pillars: [Option<Score>; 4]| {
            Warm::Means(name, [overall].into_iter().chain(pillars).collect())
        };
        let whole = Pillar::ALL.map(|pillar| result.pillars[pillar].standing.score());
        let mut rows = vec![row(words.portfolio_whole.to_string(), result.overall.score(), whole)];
        rows.push(Warm::Heading(words.portfolio_units.to_string()));
        rows.extend(result.units.iter().take(Heat::MOST_ROWS).map(|of| {
            let pillars = Pillar::ALL.map(|pillar| of.pillars[pillar].score());
            row(of.name.clone(), of.overall.score(), pillars)
        }));
        let left = result.units.len().saturating_sub(Heat::MOST_ROWS);
        let left = (left > 0).then(|| fill!(words.picture_rows_left, n = left));
        let names = Pillar::ALL.map(|pillar| words.pillar(pillar).to_owned());
        Heat {
            words,
            id: "heat",
            title: words.portfolio_map.to_string(),
            columns: [words.overall.to_string()].into_iter().chain(names).collect(),
            rows,
            ladder: Some(self.questionnaire.ladder()),
            notes: [words.portfolio_map_note.to_string()].into_iter().chain(left).collect(),
        }
    }

    /// Each unit by pillar. The number of the stage stands beside each Score, so that it can be read
    /// without colours.
    fn heat_map<'r>(&'r self, page: &mut Content<'r>) {
        let (words, result) = (self.catalogue(), self.of);
        let cell = |found: Option<(Score, Stage)>| match found {
            Some((found, stage)) => format!("{} ({})", words.score(found), stage.number()),
            None => score(words, None),
        };
        let rows = result.units.iter().map(|of: &'r UnitResult| {
            let pillar = |pillar: Pillar| of.pillars[pillar];
            let cells = Pillar::ALL.map(pillar).map(|of| cell(of.score().zip(of.stage())));
            row(unit(&of.name), cells.into())
        });
        let names = Pillar::ALL.map(|pillar| words.pillar(pillar));
        let head: Vec<&str> = std::iter::once(&*words.portfolio_unit).chain(names).collect();
        page.section(&words.portfolio_map);
        page.say(&words.portfolio_map_note);
        for drawing in self.heat().parts() {
            page.picture(drawing);
        }
        page.table(&words.portfolio_map, &head, rows);
    }

    fn holds_back<'r>(&'r self, page: &mut Content<'r>) {
        let words = self.catalogue();
        let Some((stage, gains)) = self.more.gains else { return };
        page.section(&words.portfolio_holds_back);
        if gains.is_empty() {
            page.say(&fill!(words.portfolio_all_there, stage = words.stage(stage)));
            return;
        }
        page.say(&fill!(words.portfolio_if, stage = words.stage(stage)));
        let rows = gains.iter().map(|gain| {
            let cells = vec![
                change(words, gain.overall.delta),
                score(words, gain.overall.after.score()),
                stage_of(words, gain.overall.after.stage()),
            ];
            row(unit(&gain.unit), cells)
        });
        let head = [&*words.portfolio_unit, &words.change, &words.portfolio_whole, &words.stage];
        page.table(&words.portfolio_gains, &head, rows);
    }
}
