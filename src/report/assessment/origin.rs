//! Where the score comes from.

use crate::assessment::{Assessment, QuestionResult};
use crate::number::Score;
use crate::pillar::Pillar;
use crate::questionnaire::Question;
use crate::report::Report;
use crate::report::content::{Content, DASH, Kind, Row, score, sum};

impl Report<'_, Assessment> {
    /// Every question with its credit and its part of the overall, pillar by pillar.
    pub(super) fn origin<'r>(&'r self, page: &mut Content<'r>) {
        let words = self.catalogue();
        let overall = self.of.score();
        let cells = |credit: Option<Score>, part: Option<Score>| {
            let part = part.map_or_else(|| DASH.to_owned(), |part| words.exact(part));
            vec![score(words, credit), part]
        };
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
            rows.push(sum(words.pillar(pillar), cells(value, part)));
            rows.extend(of_pillar.into_iter().map(|(question, result)| Row {
                kind: Kind::Single,
                about: self.answered(question),
                cells: cells(result.credit, result.contribution),
            }));
        }
        rows.extend(overall.map(|_| sum(&words.overall, cells(overall, overall))));
        page.section(&words.origin);
        page.say(if overall.is_some() { &words.origin_sum } else { &words.origin_none });
        let head = [&*words.question, &words.credit, &words.contribution];
        page.table(&words.every_answer, &head, rows);
    }
}
