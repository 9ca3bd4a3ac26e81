//! How firm the stage is.

use super::{DASH, Page, row, table};
use crate::pillar::Pillar;
use crate::report::document::{Block, plain};
use crate::report::words::Words;
use crate::robustness::{Firmness, Robustness, Unweighed, Weighed};
use crate::stage::Stage;

impl Page<'_> {
    pub(super) fn robustness<'r>(&'r self, robustness: &'r Robustness) -> Vec<Block<'r>> {
        let words = self.catalogue();
        let mut blocks = Vec::new();
        match robustness.firmness() {
            Firmness::NotScorable { pillars } => {
                blocks.push(Block::Lead(plain(&*words.no_stage)));
                let names: Vec<&str> = pillars.iter().map(|p| words.of_pillar(p)).collect();
                let line = Words::fill(&words.not_scored, &[("pillars", &names.join(&words.and))]);
                blocks.push(Block::Paragraph(plain(line)));
            }
            Firmness::Fixed { stage, reason } => {
                let of = [("stage", words.of_stage(*stage))];
                blocks.push(Block::Lead(plain(Words::fill(&words.firm_always, &of))));
                let why = match reason {
                    Unweighed::Minimum => &words.fixed_minimum,
                    Unweighed::SinglePillar => &words.fixed_single,
                };
                blocks.push(Block::Paragraph(plain(&**why)));
            }
            Firmness::Weighed(weighed) => blocks.extend(self.weighed(weighed)),
        }
        blocks.extend(self.basis(&[]));
        blocks
    }

    fn weighed<'r>(&'r self, weighed: &'r Weighed) -> Vec<Block<'r>> {
        let words = self.catalogue();
        let share = words.part(weighed.shares[weighed.stage], false);
        let of = [("stage", words.of_stage(weighed.stage)), ("share", &*share)];
        let mut blocks = vec![
            Block::Lead(plain(Words::fill(&words.firm_share, &of))),
            Block::Paragraph(plain(&*words.firm_meaning)),
        ];
        let shift = match weighed.shift {
            Some(shift) => {
                let share = words.part(shift.share, true);
                let of = [("share", &*share), ("stage", words.of_stage(shift.to))];
                Words::fill(&words.shift, &of)
            }
            None => words.shift_none.to_string(),
        };
        blocks.push(Block::Paragraph(plain(shift)));

        let rows = Stage::ALL.map(|stage| {
            let own = weighed.centred.map(|centred| words.part(centred.shares[stage], false));
            let alike = words.part(weighed.shares[stage], false);
            let own = own.unwrap_or_else(|| DASH.to_owned());
            row(plain(words.of_stage(stage)), vec![alike, own])
        });
        let head = [&*words.stage, &*words.all_weightings, &*words.own_weightings];
        blocks.push(Block::Heading(2, plain(&*words.other_weights)));
        blocks.push(table(&words.shares, &head, rows.into()));

        let rows = Pillar::ALL.into_iter().filter_map(|pillar| {
            let range = weighed.pillars[pillar]?;
            let (from, to) = match range.holds {
                Some(holds) => (words.part(holds.from, true), words.part(holds.to, false)),
                None => (DASH.to_owned(), DASH.to_owned()),
            };
            let cells = vec![words.part(range.share, false), from, to];
            Some(row(plain(words.of_pillar(pillar)), cells))
        });
        let head = [&*words.pillar, &*words.weight_share, &*words.from, &*words.to];
        blocks.push(Block::Heading(2, plain(&*words.weight_ranges)));
        blocks.push(table(&words.ranges, &head, rows.collect()));
        blocks.push(Block::Paragraph(plain(&*words.other_pillars)));
        blocks
    }
}
