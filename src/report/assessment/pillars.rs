//! The four pillars, and what is laid over them.

use super::Earlier;
use crate::assessment::Assessment;
use crate::pillar::Pillar;
use crate::report::Report;
use crate::report::content::{Content, DASH, plain, row, score, stage_of, sum};
use crate::report::sealed::Drawn;
use crate::words::fill;

impl Report<'_, Assessment> {
    pub(super) fn pillars<'r>(&'r self, page: &mut Content<'r>) {
        let (words, target) = (self.catalogue(), self.more.target);
        let earlier = match &self.more.earlier {
            Some(Earlier::Comparable { taken, pillars, overall }) => {
                Some((self.earlier_name(*taken), pillars, *overall))
            }
            _ => None,
        };
        let mut head =
            vec![&*words.pillar, &words.score, &words.stage, &words.coverage, &words.answered];
        head.extend(earlier.as_ref().map(|(name, ..)| &**name));
        head.extend(target.map(|_| &*words.target));

        let reached = |score| self.or_not_scorable(score);
        let mut rows = Vec::from(Pillar::ALL.map(|pillar| {
            let result = self.of.pillar(pillar);
            let standing = result.standing;
            let mut cells = vec![reached(standing.score()), stage_of(words, standing.stage())];
            cells.extend([self.covered(standing.coverage), self.answered_of(result.counts)]);
            cells.extend(earlier.as_ref().map(|(_, before, _)| score(words, before[pillar])));
            cells.extend(target.map(|target| words.bound(target[pillar])));
            row(plain(words.pillar(pillar)), cells)
        }));
        let mut cells = vec![reached(self.of.score()), stage_of(words, self.of.stage())];
        cells.extend([DASH.to_owned(), self.answered_of(self.counts())]);
        cells.extend(earlier.as_ref().map(|(.., before)| score(words, *before)));
        cells.extend(target.map(|_| DASH.to_owned()));
        rows.push(sum(&words.overall, cells));

        page.section(&words.pillars);
        page.picture(Assessment::radar(self));
        page.table(&words.pillar_scores, &head, rows);
        page.say(&words.pillar_stage);
        if let Some(Earlier::Other { id, version }) = &self.more.earlier {
            page.say(&fill!(words.other_questionnaire, id = id, version = version));
        }
        // Where there is an overall, a pillar without a score is one that does not count in it.
        if self.of.score().is_some() {
            let unscored = |pillar: &Pillar| self.of.pillar(*pillar).standing.reason().is_some();
            self.to_make_scorable(page, Pillar::ALL.into_iter().filter(unscored));
        }
    }
}
