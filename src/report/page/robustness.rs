//! How firm the stage is.

use crate::pillar::Pillar;
use crate::questionnaire::{OtherQuestionnaire, Questionnaire};
use crate::report::content::{Content, DASH, plain, row};
use crate::report::{Report, sealed};
use crate::robustness::{Firmness, Robustness, Unweighed, Weighed};
use crate::stage::Stage;
use crate::words::{Rounded, fill};

impl Robustness {
    /// A report on how firm the stage is. `questionnaire` is the one that was answered: its title is
    /// shown.
    ///
    /// # Errors
    ///
    /// If the fingerprint of `questionnaire` is not that of the result.
    ///
    /// ```
    /// # use digital_maturity::Questionnaire;
    /// let pulse = Questionnaire::dcx_pulse();
    /// let mut sheet = pulse.sheet();
    /// for question in pulse.questions() {
    ///     sheet.set(question.id(), 3)?;
    /// }
    /// let robustness = sheet.assess().robustness();
    /// let page = robustness.report(pulse)?.text().to_string();
    /// assert!(page.contains("Hubs in 100% of all weightings"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn report<'a>(
        &'a self,
        questionnaire: &'a Questionnaire,
    ) -> Result<Report<'a, Self>, OtherQuestionnaire> {
        Report::read_with(self, self.questionnaire(), questionnaire)
    }
}

impl sealed::Parts for Robustness {
    type More<'a> = ();

    fn content<'r>(report: &'r Report<'_, Self>) -> Content<'r> {
        let words = report.catalogue();
        let mut page = report.page(&words.robustness, Vec::new(), None);
        match report.of.firmness() {
            Firmness::NotScorable { pillars } => {
                page.lead(&words.no_stage);
                page.say(&fill!(words.not_scored, pillars = words.listed(*pillars)));
            }
            Firmness::Fixed { stage, reason } => {
                page.lead(&fill!(words.firm_always, stage = words.stage(*stage)));
                page.say(match reason {
                    Unweighed::Minimum => &words.fixed_minimum,
                    Unweighed::SinglePillar => &words.fixed_single,
                });
            }
            Firmness::Weighed(weighed) => report.weighed(&mut page, weighed),
        }
        report.rests_on(&mut page, &[]);
        page
    }
}

impl Report<'_, Robustness> {
    fn weighed(&self, page: &mut Content<'_>, weighed: &Weighed) {
        let words = self.catalogue();
        let (least, most) =
            (|share| words.part(share, Rounded::Down), |share| words.part(share, Rounded::Up));
        let share = least(weighed.shares[weighed.stage]);
        page.lead(&fill!(words.firm_share, stage = words.stage(weighed.stage), share = share));
        page.say(&words.firm_meaning);
        page.say(&weighed.shift.map_or_else(
            || words.shift_none.to_string(),
            |to| fill!(words.shift, share = most(to.share), stage = words.stage(to.to)),
        ));

        page.section(&words.other_weights);
        let head = [&*words.stage, &words.all_weightings, &words.own_weightings];
        let rows = Stage::ALL.map(|stage| {
            let own = weighed.centred.map(|centred| least(centred.shares[stage]));
            let cells = vec![least(weighed.shares[stage]), own.unwrap_or(DASH.to_owned())];
            row(plain(words.stage(stage)), cells)
        });
        page.table(&words.shares, &head, rows);

        page.section(&words.weight_ranges);
        let head = [&*words.pillar, &words.weight_share, &words.from, &words.to];
        let rows = Pillar::ALL.into_iter().filter_map(|pillar| {
            let range = weighed.pillars[pillar]?;
            let [from, to] = match range.holds {
                Some(holds) => [most(holds.from), least(holds.to)],
                None => [DASH; 2].map(str::to_owned),
            };
            Some(row(plain(words.pillar(pillar)), vec![least(range.share), from, to]))
        });
        page.table(&words.ranges, &head, rows);
        page.say(&words.other_pillars);
    }
}
