//! Which answers would give a pillar a score.

use crate::assessment::{Assessment, Reason};
use crate::pillar::Pillar;
use crate::report::Report;
use crate::report::content::{Block, List, plain};
use crate::words::Words;

impl Report<'_, Assessment> {
    /// Why a pillar has no score, and what to answer to give it one.
    pub(super) fn to_make_scorable(&self, pillar: Pillar) -> Vec<Block<'_>> {
        let words = self.catalogue();
        let Some(missing) = self.of.missing(pillar) else { return Vec::new() };
        let covered = self.of.pillar(pillar).standing.coverage.unwrap_or_default();
        let values = [
            ("coverage", &*words.coverage(covered)),
            ("minimum", &*words.bound(self.questionnaire.method().minimum_coverage)),
            ("count", &*missing.at_least.to_string()),
        ];
        let why = match missing.reason {
            Reason::NothingApplicable if missing.of.is_empty() => &words.not_scorable,
            Reason::NothingApplicable => &words.nothing_applicable,
            Reason::Coverage => &words.too_little,
            Reason::NothingCounts => &words.nothing_counts,
        };
        let titles =
            missing.of.into_iter().map(|question| vec![vec![self.question_title(question)]]);
        let list = List { ordered: false, items: titles.collect() };
        vec![Block::Paragraph(plain(Words::fill(why, &values))), Block::List(list)]
    }
}
