//! Where the score comes from.

use crate::assessment::{Assessment, QuestionResult};
use crate::number::Score;
use crate::pillar::Pillar;
use crate::questionnaire::Question;
use crate::report::Report;
use crate::report::content::{Block, DASH, Kind, Row, heading, plain, score, sum, table};

impl Report<'_, Assessment> {
    /// Every question with its credit and its part of the overall, pillar by pillar.
    pub(super) fn origin(&self) -> Vec<Block<'_>> {
        let words = self.catalogue();
        let overall = self.of.score();
        let dash = || DASH.to_owned();
        let mut rows = Vec::new();
        for pillar in Pillar::ALL {
            let of_pillar: Vec<(Question<'_>, QuestionResult)> =
                self.of.questions().filter(|(q, _)| q.pillar() == pillar).collect();
            if of_pillar.is_empty() {
                continue;
            }
            let part: u32 =
                of_pillar.iter().filter_map(|(_, r)| r.contribution).map(Score::billionths).sum();
            let part = overall.and_then(|_| Score::from_billionths(part));
            let value = self.of.pillar(pillar).standing.score();
            let cells = vec![score(words, value), part.map_or_else(dash, |part| words.exact(part))];
            rows.push(sum(words.pillar(pillar), cells));
            for (question, result) in of_pillar {
                rows.push(Row {
                    kind: Kind::Single,
                    about: self.answered(question),
                    cells: vec![
                        score(words, result.credit),
                        result.contribution.map_or_else(dash, |part| words.exact(part)),
                    ],
                });
            }
        }
        if let Some(overall) = overall {
            let cells = vec![words.score(overall), words.exact(overall)];
            rows.push(sum(&words.overall, cells));
        }
        let intro = if overall.is_some() { &words.origin_sum } else { &words.origin_none };
        let head = [&*words.question, &words.credit, &words.contribution];
        vec![
            heading(2, &words.origin),
            Block::Paragraph(plain(&**intro)),
            table(&words.every_answer, &head, rows),
        ]
    }
}
