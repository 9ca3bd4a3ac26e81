//! How a result compares with a cohort.

use crate::cohort::{Benchmark, PercentileRank, Placing};
use crate::pillar::Pillar;
use crate::questionnaire::{OtherQuestionnaire, Questionnaire};
use crate::report::content::{
    Content, Inline, Line, Row, change, plain, quartile, row, score, sum,
};
use crate::report::picture::{Band, Drawing, Layer, Radar};
use crate::report::{Report, sealed};
use crate::stage::Stage;
use crate::words::fill;

impl Benchmark {
    /// A report on where the result stands in its cohort. `questionnaire` is the one that was
    /// answered: the titles of themes are taken from it.
    ///
    /// # Errors
    ///
    /// If the fingerprint of `questionnaire` is not that of the result.
    ///
    /// ```
    /// # use digital_maturity::Questionnaire;
    /// # use digital_maturity::cohort::{Benchmark, CohortSummary, PercentileRank};
    /// let pulse = Questionnaire::dcx_pulse();
    /// let nobody = CohortSummary::empty(&pulse);
    /// let benchmark = Benchmark::new(&pulse.sheet().assess(), &nobody, PercentileRank::Mid)?;
    /// let page = benchmark.report(&pulse)?.text().to_string();
    /// assert!(page.contains("Nobody in the cohort has an overall score."));
    /// # Ok::<(), digital_maturity::OtherQuestionnaire>(())
    /// ```
    pub fn report<'a>(
        &'a self,
        questionnaire: &'a Questionnaire,
    ) -> Result<Report<'a, Self>, OtherQuestionnaire> {
        Report::read_with(self, &self.source().questionnaire, questionnaire)
    }
}

impl sealed::Parts for Benchmark {
    type More<'a> = ();

    fn content<'r>(report: &'r Report<'_, Self>) -> Content<'r> {
        let (words, benchmark) = (report.catalogue(), report.of);
        let respondent = benchmark.source().respondent.as_deref();
        let respondent: Option<Line<'_>> = respondent.map(|name| vec![Inline::Quoted(name.into())]);
        let mut page = report.page(&words.benchmark, respondent.into_iter().collect(), None);
        let overall = benchmark.overall();
        page.lead(&match (benchmark.stage(), overall.percentile_rank) {
            (Some(stage), Some(rank)) => {
                fill!(words.benchmark_lead, stage = words.stage(stage), rank = words.score(rank))
            }
            (Some(stage), None) => words.stage(stage).to_owned(),
            (None, _) => words.no_stage.to_string(),
        });
        page.say(&match overall.count {
            0 => words.benchmark_empty.to_string(),
            count => fill!(words.benchmark_among, count = count),
        });
        page.section(&words.pillars);
        page.picture(<Self as sealed::Drawn>::radar(report));
        report.pillars(&mut page);
        report.themes(&mut page);
        report.stages(&mut page);
        let rank = match benchmark.rank() {
            PercentileRank::Mid => &words.rank_mid,
            PercentileRank::Weak => &words.rank_weak,
            PercentileRank::Strict => &words.rank_strict,
        };
        report.rests_on(&mut page, &[rank, &words.rounding, &words.rounding_of_many]);
        page
    }
}

impl sealed::Drawn for Benchmark {
    /// The result over the median and the middle half of its cohort.
    fn radar(report: &Report<'_, Self>) -> Drawing {
        let (words, benchmark) = (report.catalogue(), report.of);
        let pillars = benchmark.pillars();
        let quartiles = pillars.map(|_, position| position.quartiles);
        let known = quartiles.all();
        let band = known.map(|quartiles| Band {
            name: words.middle_half.to_string(),
            lower: quartiles.map(|_, of| of.lower),
            upper: quartiles.map(|_, of| of.upper),
        });
        let median = Layer {
            class: "earlier",
            name: words.cohort_median.to_string(),
            scores: quartiles.map(|_, of| of.map(|of| of.median)),
        };
        let name =
            benchmark.source().taken.map_or_else(|| words.now.to_string(), |day| words.day(day));
        let own = Layer { class: "now", name, scores: pillars.map(|_, position| position.score) };
        let nobody = quartiles.iter().all(|(_, of)| of.is_none());
        let layers = if nobody { vec![own] } else { vec![median, own] };
        Radar { words, ladder: report.questionnaire.ladder(), band, layers }.draw()
    }
}

impl Report<'_, Benchmark> {
    fn pillars(&self, page: &mut Content<'_>) {
        let words = self.catalogue();
        let head = [&*words.pillar, &words.score, &words.percentile_rank, &words.cohort_size];
        let ranks = self.rows(|of| {
            let rank = score(words, of.percentile_rank);
            vec![score(words, of.score), rank, of.count.to_string()]
        });
        page.table(&words.percentile_ranks, &head, ranks);
        let head = [&*words.pillar, &words.lower_quartile, &words.median, &words.upper_quartile];
        let quartiles = self.rows(|Placing { quartiles: of, .. }| {
            let of = [of.map(|of| of.lower), of.map(|of| of.median), of.map(|of| of.upper)];
            of.map(|of| quartile(words, of)).into()
        });
        page.table(&words.cohort_quartiles, &head, quartiles);
        let gaps = self.rows(|Placing { gaps: of, .. }| {
            let of = [of.map(|of| of.lower), of.map(|of| of.median), of.map(|of| of.upper)];
            of.map(|of| change(words, of)).into()
        });
        page.table(&words.quartile_gaps, &head, gaps);
    }

    /// A row for each pillar, and one for the overall.
    fn rows(&self, cells: impl Fn(&Placing) -> Vec<String>) -> Vec<Row<'static>> {
        let words = self.catalogue();
        let of = |pillar| row(plain(words.pillar(pillar)), cells(&self.of.pillars()[pillar]));
        let mut rows = Pillar::ALL.map(of).to_vec();
        rows.push(sum(&words.overall, cells(self.of.overall())));
        rows
    }

    fn themes<'r>(&'r self, page: &mut Content<'r>) {
        let words = self.catalogue();
        if self.of.themes().is_empty() {
            return;
        }
        page.section(&words.themes);
        page.say(&words.themes_views);
        let head = [
            &*words.theme_only,
            &words.score,
            &words.percentile_rank,
            &words.median,
            &words.to_median,
        ];
        let rows = self.of.themes().iter().map(|(id, position)| {
            let cells = vec![
                score(words, position.score),
                score(words, position.percentile_rank),
                quartile(words, position.quartiles.map(|of| of.median)),
                change(words, position.gaps.map(|of| of.median)),
            ];
            row(vec![self.theme(id)], cells)
        });
        page.table(&words.percentile_ranks, &head, rows);
    }

    fn stages(&self, page: &mut Content<'_>) {
        let (words, stages) = (self.catalogue(), self.of.stages());
        page.section(&words.cohort_stages);
        let head = [&*words.stage, &words.cohort_count, &words.cohort_share];
        let rows = Stage::ALL.map(|stage| {
            let cells = vec![stages.at[stage].to_string(), score(words, stages.share(stage))];
            row(plain(words.stage(stage)), cells)
        });
        page.table(&words.cohort_at_stages, &head, rows);
    }
}
