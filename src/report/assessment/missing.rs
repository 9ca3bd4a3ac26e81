//! Which answers would give a pillar a score.

use crate::assessment::{Assessment, Reason};
use crate::pillar::Pillar;
use crate::report::Report;
use crate::report::content::Content;
use crate::words::fill;

impl Report<'_, Assessment> {
    /// Why pillars have no score, and what to answer to give them one.
    pub(super) fn to_make_scorable<'r>(
        &'r self,
        page: &mut Content<'r>,
        pillars: impl Iterator<Item = Pillar>,
    ) {
        let words = self.catalogue();
        for pillar in pillars {
            // One that was given no question has nothing to answer.
            if self.questionnaire.questions_of(pillar).next().is_none() {
                continue;
            }
            page.heading(words.pillar(pillar));
            let Some(missing) = self.of.missing(pillar) else { continue };
            let covered = self.of.pillar(pillar).standing.coverage.unwrap_or_default();
            let why = match missing.reason {
                Reason::NothingApplicable if missing.of.is_empty() => &words.not_scorable,
                Reason::NothingApplicable => &words.nothing_applicable,
                Reason::Coverage => &words.too_little,
                Reason::NothingCounts => &words.nothing_counts,
            };
            page.say(&fill!(
                why,
                coverage = words.coverage(covered),
                minimum = words.bound(self.questionnaire.method().minimum_coverage),
                count = missing.at_least,
            ));
            if !missing.of.is_empty() {
                let questions = missing.of.into_iter();
                page.list(
                    false,
                    questions.map(|question| vec![vec![self.question_title(question)]]),
                );
            }
        }
    }
}
