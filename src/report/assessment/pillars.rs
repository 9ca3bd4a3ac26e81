//! The four pillars, and what is laid over them.

use super::Earlier;
use crate::assessment::{Assessment, Rating};
use crate::pillar::Pillar;
use crate::report::Report;
use crate::report::content::{Block, DASH, Row, Table, heading, plain, row, score, sum};
use crate::report::sealed::Drawn;
use crate::words::Words;

impl Report<'_, Assessment> {
    pub(super) fn pillars(&self) -> Vec<Block<'_>> {
        let words = self.catalogue();
        let mut head =
            [&words.pillar, &words.score, &words.stage, &words.coverage, &words.answered]
                .map(ToString::to_string)
                .to_vec();
        let earlier = match &self.more.earlier {
            Some(Earlier::Comparable { taken, pillars, overall }) => {
                head.push(self.earlier_name(*taken));
                Some((pillars, *overall))
            }
            _ => None,
        };
        if self.more.target.is_some() {
            head.push(words.target.to_string());
        }
        let dash = || DASH.to_owned();
        let of_pillar = |pillar: Pillar| {
            let result = self.of.pillar(pillar);
            let (reached, stage) = match result.standing.rating {
                Rating::Scored { score, stage } => {
                    (words.score(score), words.stage(stage).to_owned())
                }
                Rating::NotScorable(_) => (words.not_scorable.to_string(), dash()),
            };
            let coverage = result.standing.coverage.map_or_else(dash, |c| words.coverage(c));
            let mut cells = vec![reached, stage, coverage, self.answered_of(result.counts)];
            if let Some((pillars, _)) = earlier {
                cells.push(score(words, pillars[pillar]));
            }
            cells.extend(self.more.target.map(|target| words.bound(target[pillar])));
            row(plain(words.pillar(pillar)), cells)
        };
        let mut rows: Vec<Row<'_>> = Pillar::ALL.into_iter().map(of_pillar).collect();
        let stage = self.of.stage().map(|stage| words.stage(stage).to_owned());
        let mut cells = vec![
            self.of.score().map_or(words.not_scorable.to_string(), |score| words.score(score)),
            stage.unwrap_or_else(dash),
            dash(),
            self.answered_of(self.counts()),
        ];
        if let Some((_, overall)) = earlier {
            cells.push(score(words, overall));
        }
        cells.extend(self.more.target.map(|_| dash()));
        rows.push(sum(&words.overall, cells));

        let mut blocks = vec![
            heading(2, &words.pillars),
            Assessment::radar(self).into(),
            Block::Table(Table { caption: words.pillar_scores.to_string(), head, rows }),
            Block::Paragraph(plain(&*words.pillar_stage)),
        ];
        if let Some(Earlier::Other { id, version }) = &self.more.earlier {
            let of = [("id", &**id), ("version", &**version)];
            blocks.push(Block::Paragraph(plain(Words::fill(&words.other_questionnaire, &of))));
        }
        // Where there is an overall, a pillar without a score is one that does not count in it.
        if self.of.score().is_some() {
            for pillar in
                Pillar::ALL.into_iter().filter(|&p| self.of.pillar(p).standing.reason().is_some())
            {
                blocks.push(heading(3, words.pillar(pillar)));
                blocks.extend(self.to_make_scorable(pillar));
            }
        }
        blocks
    }
}
