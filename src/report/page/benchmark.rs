//! How a result compares with a cohort.

use crate::cohort::{Benchmark, PercentileRank, Placing};
use crate::pillar::Pillar;
use crate::report::content::{
    Block, Content, Inline, Line, Row, change, plain, row, score, sum, table,
};
use crate::report::picture::{Band, Drawing, Layer, Radar};
use crate::report::sealed::Drawn;
use crate::report::{Pictured, Report, Subject, sealed};
use crate::stage::Stage;
use crate::words::Words;

impl Subject for Benchmark {}

impl sealed::Parts for Benchmark {
    type More<'a> = ();

    fn content<'r>(report: &'r Report<'_, Self>) -> Content<'r> {
        report.page(&report.catalogue().benchmark, report.respondent(), report.blocks())
    }
}

impl Pictured for Benchmark {}

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
    fn blocks(&self) -> Vec<Block<'_>> {
        let (words, benchmark) = (self.catalogue(), self.of);
        let overall = benchmark.overall();
        let lead = match (benchmark.stage(), overall.percentile_rank) {
            (Some(stage), Some(rank)) => {
                let values = [("stage", words.stage(stage)), ("rank", &*words.score(rank))];
                Words::fill(&words.benchmark_lead, &values)
            }
            (Some(stage), None) => words.stage(stage).to_owned(),
            (None, _) => words.no_stage.to_string(),
        };
        let among = if overall.count == 0 {
            words.benchmark_empty.to_string()
        } else {
            Words::fill(&words.benchmark_among, &[("count", &*overall.count.to_string())])
        };
        let mut blocks = vec![
            Block::Lead(plain(lead)),
            Block::Paragraph(plain(among)),
            Block::Heading(2, plain(&*words.pillars)),
            Benchmark::radar(self).into(),
        ];
        let head = [&*words.pillar, &*words.score, &*words.percentile_rank, &*words.cohort_size];
        blocks.push(table(&words.percentile_ranks, &head, self.rows(benchmark, Self::ranks)));
        let quartiles = [&*words.lower_quartile, &*words.median, &*words.upper_quartile];
        let head = [&[&*words.pillar][..], &quartiles].concat();
        blocks.push(table(&words.cohort_quartiles, &head, self.rows(benchmark, Self::quartiles)));
        blocks.push(table(&words.quartile_gaps, &head, self.rows(benchmark, Self::quartile_gaps)));
        blocks.extend(self.theme_ranks(benchmark));
        blocks.extend(self.cohort_stages(benchmark));
        let rank = match benchmark.rank() {
            PercentileRank::Mid => &words.rank_mid,
            PercentileRank::Weak => &words.rank_weak,
            PercentileRank::Strict => &words.rank_strict,
        };
        blocks.extend(self.rests_on(&[&**rank, &*words.rounding]));
        blocks
    }

    fn respondent(&self) -> Line<'_> {
        let name = self.of.source().respondent.as_deref();
        name.map(|name| Inline::Quoted(name.into())).into_iter().collect()
    }

    /// A row for each pillar, and one for the overall.
    fn rows<'r>(
        &'r self,
        benchmark: &Benchmark,
        cells: fn(&Self, &Placing) -> Vec<String>,
    ) -> Vec<Row<'r>> {
        let words = self.catalogue();
        let pillar = |pillar: Pillar| {
            row(plain(words.pillar(pillar)), cells(self, &benchmark.pillars()[pillar]))
        };
        let mut rows = Pillar::ALL.map(pillar).to_vec();
        rows.push(sum(&words.overall, cells(self, benchmark.overall())));
        rows
    }

    fn ranks(&self, position: &Placing) -> Vec<String> {
        let words = self.catalogue();
        let rank = score(words, position.percentile_rank);
        vec![score(words, position.score), rank, position.count.to_string()]
    }

    fn quartiles(&self, position: &Placing) -> Vec<String> {
        let words = self.catalogue();
        let quartiles = position.quartiles;
        vec![
            score(words, quartiles.map(|of| of.lower)),
            score(words, quartiles.map(|of| of.median)),
            score(words, quartiles.map(|of| of.upper)),
        ]
    }

    fn quartile_gaps(&self, position: &Placing) -> Vec<String> {
        let (words, gaps) = (self.catalogue(), position.gaps);
        vec![
            change(words, gaps.map(|of| of.lower)),
            change(words, gaps.map(|of| of.median)),
            change(words, gaps.map(|of| of.upper)),
        ]
    }

    fn theme_ranks<'r>(&'r self, benchmark: &'r Benchmark) -> Vec<Block<'r>> {
        let words = self.catalogue();
        if benchmark.themes().is_empty() {
            return Vec::new();
        }
        let rows = benchmark.themes().iter().map(|(id, position)| {
            let cells = vec![
                score(words, position.score),
                score(words, position.percentile_rank),
                score(words, position.quartiles.map(|of| of.median)),
                change(words, position.gaps.map(|of| of.median)),
            ];
            row(vec![self.theme(id)], cells)
        });
        let head = [
            &*words.theme_only,
            &*words.score,
            &*words.percentile_rank,
            &*words.median,
            &*words.to_median,
        ];
        vec![
            Block::Heading(2, plain(&*words.themes)),
            Block::Paragraph(plain(&*words.themes_views)),
            table(&words.percentile_ranks, &head, rows.collect()),
        ]
    }

    fn cohort_stages(&self, benchmark: &Benchmark) -> Vec<Block<'_>> {
        let words = self.catalogue();
        let stages = benchmark.stages();
        let rows = Stage::ALL.map(|stage| {
            let share = score(words, stages.share(stage));
            row(plain(words.stage(stage)), vec![stages.at[stage].to_string(), share])
        });
        let head = [&*words.stage, &*words.cohort_count, &*words.cohort_share];
        vec![
            Block::Heading(2, plain(&*words.cohort_stages)),
            table(&words.cohort_at_stages, &head, rows.into()),
        ]
    }
}
