//! What is still open.

use crate::number::Score;
use crate::outlook::{Bounds, OpenQuestion, Openness, Outlook};
use crate::pillar::Pillar;
use crate::report::content::{
    Block, Content, DASH, Inline, Kind, Line, Row, labelled, plain, row, table,
};
use crate::report::{Report, Subject, sealed};
use crate::words::Words;

impl Subject for Outlook {}

impl sealed::Parts for Outlook {
    type More<'a> = ();

    fn content<'r>(report: &'r Report<'_, Self>) -> Content<'r> {
        report.page(&report.catalogue().outlook, Vec::new(), report.blocks())
    }
}

impl Report<'_, Outlook> {
    fn blocks(&self) -> Vec<Block<'_>> {
        let (words, outlook) = (self.catalogue(), self.of);
        let mut blocks = Vec::new();
        if let Some(bounds) = &outlook.overall {
            let (lowest, highest) =
                (words.stage(bounds.lowest_stage), words.stage(bounds.highest_stage));
            let lead = if bounds.settled_stage().is_some() {
                Words::fill(&words.outlook_settled, &[("stage", lowest)])
            } else {
                let between = [("lowest", lowest), ("highest", highest)];
                Words::fill(&words.outlook_between, &between)
            };
            blocks.push(Block::Lead(plain(lead)));
            let values = [
                ("lowest", &*words.score(bounds.lowest)),
                ("highest", &*words.score(bounds.highest)),
                ("count", &*outlook.open.len().to_string()),
            ];
            blocks.push(Block::Paragraph(plain(Words::fill(&words.outlook_overall, &values))));
        } else {
            blocks.push(Block::Lead(plain(&*words.outlook_none)));
        }
        blocks.push(Block::Heading(2, plain(&*words.still_possible)));
        let mut rows =
            vec![Row { kind: Kind::Sum, ..self.bounds(&words.overall, outlook.overall) }];
        rows.extend(Pillar::ALL.map(|p| self.bounds(words.pillar(p), outlook.pillars[p])));
        let head = [&*words.requirement, &*words.lowest, &*words.highest, &*words.stages];
        blocks.push(table(&words.bounds, &head, rows));
        blocks.extend(self.open_questions(outlook));
        blocks.extend(self.rests_on(&[&*words.bounds_hold, &*words.rounding]));
        blocks
    }

    fn bounds(&self, name: &str, bounds: Option<Bounds>) -> Row<'_> {
        let words = self.catalogue();
        let cells = bounds.map_or_else(
            || vec![words.not_scorable.to_string(), DASH.to_owned(), DASH.to_owned()],
            |bounds| {
                let lowest = words.stage(bounds.lowest_stage);
                let stages = if bounds.settled_stage().is_some() {
                    lowest.to_owned()
                } else {
                    let highest = words.stage(bounds.highest_stage);
                    let ends = [("lowest", lowest), ("highest", highest)];
                    Words::fill(&words.range, &ends)
                };
                vec![words.score(bounds.lowest), words.score(bounds.highest), stages]
            },
        );
        row(plain(name), cells)
    }

    fn open_questions<'r>(&'r self, outlook: &'r Outlook) -> Vec<Block<'r>> {
        let words = self.catalogue();
        let mut blocks = vec![Block::Heading(2, plain(&*words.answer_next))];
        if outlook.open.is_empty() {
            blocks.push(Block::Paragraph(plain(&*words.nothing_open)));
            return blocks;
        }
        blocks.push(Block::Paragraph(plain(&*words.answer_next_order)));
        let rows = outlook.open.iter().map(|open| Row {
            kind: Kind::Single,
            about: self.open_question(open),
            cells: vec![if open.swing == Score::ZERO {
                DASH.to_owned()
            } else {
                words.shortfall(open.swing)
            }],
        });
        let head = [&*words.question_only, &*words.moves];
        blocks.push(table(&words.open_questions, &head, rows.collect()));
        blocks
    }

    fn open_question<'r>(&'r self, open: &'r OpenQuestion) -> Vec<Line<'r>> {
        let words = self.catalogue();
        let why = match open.why {
            Openness::Unanswered => &words.unanswered,
            Openness::DontKnow => &words.dont_know,
            Openness::Depends => &words.depends,
        };
        let about = format!("{} \u{b7} {why}", words.pillar(open.pillar));
        let mut lines = vec![vec![self.question(&open.id)], plain(about)];
        if !open.decides.is_empty() {
            let mut decides = Vec::new();
            for id in &open.decides {
                if !decides.is_empty() {
                    decides.push(Inline::Plain(" \u{b7} ".to_owned()));
                }
                decides.push(self.question(id));
            }
            lines.push(labelled(&words.decides, decides));
        }
        lines
    }
}
