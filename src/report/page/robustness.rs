//! How firm the stage is.

use crate::pillar::Pillar;
use crate::report::content::{Block, Content, DASH, plain, row, table};
use crate::report::{Report, Subject, sealed};
use crate::robustness::{Firmness, Robustness, Unweighed, Weighed};
use crate::stage::Stage;
use crate::words::{Rounded, Words};

impl Subject for Robustness {}

impl sealed::Parts for Robustness {
    type More<'a> = ();

    fn content<'r>(report: &'r Report<'_, Self>) -> Content<'r> {
        report.page(&report.catalogue().robustness, Vec::new(), report.blocks())
    }
}

impl Report<'_, Robustness> {
    fn blocks(&self) -> Vec<Block<'_>> {
        let (words, robustness) = (self.catalogue(), self.of);
        let mut blocks = Vec::new();
        match robustness.firmness() {
            Firmness::NotScorable { pillars } => {
                blocks.push(Block::Lead(plain(&*words.no_stage)));
                let names: Vec<&str> = pillars.iter().map(|p| words.pillar(p)).collect();
                let line = Words::fill(&words.not_scored, &[("pillars", &names.join(&words.and))]);
                blocks.push(Block::Paragraph(plain(line)));
            }
            Firmness::Fixed { stage, reason } => {
                let of = [("stage", words.stage(*stage))];
                blocks.push(Block::Lead(plain(Words::fill(&words.firm_always, &of))));
                let why = match reason {
                    Unweighed::Minimum => &words.fixed_minimum,
                    Unweighed::SinglePillar => &words.fixed_single,
                };
                blocks.push(Block::Paragraph(plain(&**why)));
            }
            Firmness::Weighed(weighed) => blocks.extend(self.weighed(weighed)),
        }
        blocks.extend(self.rests_on(&[]));
        blocks
    }

    fn weighed<'r>(&'r self, weighed: &'r Weighed) -> Vec<Block<'r>> {
        let words = self.catalogue();
        let share = words.part(weighed.shares[weighed.stage], Rounded::Down);
        let of = [("stage", words.stage(weighed.stage)), ("share", &*share)];
        let mut blocks = vec![
            Block::Lead(plain(Words::fill(&words.firm_share, &of))),
            Block::Paragraph(plain(&*words.firm_meaning)),
        ];
        let shift = match weighed.shift {
            Some(shift) => {
                let share = words.part(shift.share, Rounded::Up);
                let of = [("share", &*share), ("stage", words.stage(shift.to))];
                Words::fill(&words.shift, &of)
            }
            None => words.shift_none.to_string(),
        };
        blocks.push(Block::Paragraph(plain(shift)));

        let rows = Stage::ALL.map(|stage| {
            let own =
                weighed.centred.map(|centred| words.part(centred.shares[stage], Rounded::Down));
            let alike = words.part(weighed.shares[stage], Rounded::Down);
            let own = own.unwrap_or_else(|| DASH.to_owned());
            row(plain(words.stage(stage)), vec![alike, own])
        });
        let head = [&*words.stage, &*words.all_weightings, &*words.own_weightings];
        blocks.push(Block::Heading(2, plain(&*words.other_weights)));
        blocks.push(table(&words.shares, &head, rows.into()));

        let rows = Pillar::ALL.into_iter().filter_map(|pillar| {
            let range = weighed.pillars[pillar]?;
            let (from, to) = match range.holds {
                Some(holds) => {
                    (words.part(holds.from, Rounded::Up), words.part(holds.to, Rounded::Down))
                }
                None => (DASH.to_owned(), DASH.to_owned()),
            };
            let cells = vec![words.part(range.share, Rounded::Down), from, to];
            Some(row(plain(words.pillar(pillar)), cells))
        });
        let head = [&*words.pillar, &*words.weight_share, &*words.from, &*words.to];
        blocks.push(Block::Heading(2, plain(&*words.weight_ranges)));
        blocks.push(table(&words.ranges, &head, rows.collect()));
        blocks.push(Block::Paragraph(plain(&*words.other_pillars)));
        blocks
    }
}
