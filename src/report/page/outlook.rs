//! What is still open.

use crate::number::Score;
use crate::outlook::{Bounds, OpenQuestion, Openness, Outlook};
use crate::pillar::Pillar;
use crate::questionnaire::{OtherQuestionnaire, Questionnaire};
use crate::report::content::{Content, DASH, DOT, Kind, Line, Row, joined, labelled, plain, row};
use crate::report::{Report, sealed};
use crate::words::fill;

impl Outlook {
    /// A report on what is still possible and what to answer next. `questionnaire` is the one that
    /// is answered: the titles of questions are taken from it.
    ///
    /// # Errors
    ///
    /// If the fingerprint of `questionnaire` is not that of the outlook.
    ///
    /// ```
    /// # use digital_maturity::Questionnaire;
    /// let pulse = Questionnaire::dcx_pulse();
    /// let outlook = pulse.sheet().outlook();
    /// let page = outlook.report(pulse)?.text().to_string();
    /// assert!(page.contains("Between Traditional and Native"));
    /// # Ok::<(), digital_maturity::OtherQuestionnaire>(())
    /// ```
    pub fn report<'a>(
        &'a self,
        questionnaire: &'a Questionnaire,
    ) -> Result<Report<'a, Self>, OtherQuestionnaire> {
        Report::read_with(self, &self.questionnaire, questionnaire)
    }
}

impl sealed::Parts for Outlook {
    type More<'a> = ();

    fn content<'r>(report: &'r Report<'_, Self>) -> Content<'r> {
        let (words, outlook) = (report.catalogue(), report.of);
        let mut page = report.page(&words.outlook, Vec::new(), None);
        if let Some(bounds) = &outlook.overall {
            page.lead(&report.between(bounds, &words.outlook_settled, &words.outlook_between));
            page.say(&fill!(
                words.outlook_overall,
                lowest = words.score(bounds.lowest),
                highest = words.score(bounds.highest),
                count = outlook.open.len(),
            ));
        } else {
            page.lead(&words.outlook_none);
        }
        page.section(&words.still_possible);
        let overall = Row { kind: Kind::Sum, ..report.bounds(&words.overall, outlook.overall) };
        let pillars = Pillar::ALL.map(|p| report.bounds(words.pillar(p), outlook.pillars[p]));
        let head = [&*words.requirement, &words.lowest, &words.highest, &words.stages];
        page.table(&words.bounds, &head, [overall].into_iter().chain(pillars));
        page.section(&words.answer_next);
        if outlook.open.is_empty() {
            page.say(&words.nothing_open);
        } else {
            page.say(&words.answer_next_order);
            let head = [&*words.question_only, &words.moves];
            page.table(&words.open_questions, &head, outlook.open.iter().map(|q| report.open(q)));
        }
        report.rests_on(&mut page, &[&words.bounds_hold, &words.rounding]);
        page
    }
}

impl Report<'_, Outlook> {
    /// The stage if it is settled, or else the lowest and the highest that are possible.
    fn between(&self, bounds: &Bounds, settled: &str, between: &str) -> String {
        let words = self.catalogue();
        let [lowest, highest] = [bounds.lowest_stage, bounds.highest_stage].map(|s| words.stage(s));
        match bounds.settled_stage() {
            Some(_) => fill!(settled, stage = lowest),
            None => fill!(between, lowest = lowest, highest = highest),
        }
    }

    fn bounds(&self, name: &str, bounds: Option<Bounds>) -> Row<'_> {
        let words = self.catalogue();
        let cells = bounds.map_or_else(
            || vec![words.not_scorable.to_string(), DASH.to_owned(), DASH.to_owned()],
            |bounds| {
                let stages = self.between(&bounds, "{stage}", &words.range);
                vec![words.score(bounds.lowest), words.score(bounds.highest), stages]
            },
        );
        row(plain(name), cells)
    }

    fn open<'r>(&'r self, open: &'r OpenQuestion) -> Row<'r> {
        let words = self.catalogue();
        let why = match open.why {
            Openness::Unanswered => &words.unanswered,
            Openness::DontKnow => &words.dont_know,
            Openness::Depends => &words.depends,
        };
        let pillar = plain(&format!("{}{DOT}{why}", words.pillar(open.pillar)));
        let mut about: Vec<Line<'_>> = vec![vec![self.question(&open.id)], pillar];
        if open.why == Openness::Depends {
            about.extend(self.questionnaire.question(&open.id).and_then(|of| self.asked_if(of)));
        }
        if !open.decides.is_empty() {
            let directly = open.decides.iter().map(|id| vec![self.question(id)]);
            let more = usize::try_from(open.decides_in_all).is_ok_and(|n| n > open.decides.len());
            let in_all = more.then(|| plain(&fill!(words.in_all, n = open.decides_in_all)));
            let decides = joined(directly.chain(in_all));
            about.push(labelled(&words.decides, decides));
        }
        let swing = Some(open.swing).filter(|swing| *swing != Score::ZERO);
        let cells = vec![swing.map_or(DASH.to_owned(), |swing| words.shortfall(swing))];
        Row { kind: Kind::Single, about, cells }
    }
}
