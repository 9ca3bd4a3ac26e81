//! Bars for the themes of one family or of all.

use super::drawing::{Anchor, Drawing, Px, Style};
use super::radar::{part_of_stage, stage_legend};
use crate::assessment::Assessment;
use crate::report::Report;
use crate::report::assessment::Family;
use crate::report::content::in_picture;
use crate::stage::Stage;

/// The picture of all families, which names them.
pub(in crate::report) const ALL_FAMILIES: &str = "families";

const LEFT: Px = Px::whole(5);
/// Bars end where the figures begin.
const LENGTH: Px = Px::whole(325);
const WIDTH: i32 = 400;
const ROW: i32 = 42;

impl Report<'_, Assessment> {
    /// The bars of these families; if it is not one alone, with their titles.
    pub(in crate::report) fn bars(&self, id: &str, families: &[Family<'_>]) -> Drawing {
        let words = self.catalogue();
        let mut drawing = Drawing::new(words, id, &words.theme_scores, WIDTH);
        let mut y = 4;
        for of_families in families {
            if id == ALL_FAMILIES {
                y += 30;
                let style = Style { class: "strong", anchor: Anchor::Start, size: 16 };
                let title = in_picture(&of_families.title);
                drawing.label(style, (LEFT, Px::whole(y)), Px::whole(WIDTH - 10), &title);
                y += 8;
            }
            self.family_bars(&mut drawing, of_families, y);
            y += ROW * i32::try_from(of_families.themes.len()).unwrap_or(0);
        }
        y += 18;
        self.stage_numbers(&mut drawing, y);
        let end = stage_legend(words, &mut drawing, Px::whole(y + 22));
        drawing.end(end.minus(Px::whole(12)));
        drawing
    }

    fn family_bars(&self, drawing: &mut Drawing, family: &Family<'_>, top: i32) {
        let mut y = top;
        for (_, theme, standing) in &family.themes {
            let title = in_picture(&self.setting.quoted(&theme.title));
            let style = Style { class: "ink", anchor: Anchor::Start, size: 14 };
            drawing.label(style, (LEFT, Px::whole(y + 18)), Px::whole(WIDTH - 10), &title);
            let at = (LEFT, Px::whole(y + 24));
            drawing.rectangle("track", at, (LENGTH, Px::whole(12)));
            let shown = self.or_not_scorable(standing.score());
            if let Some(score) = standing.score() {
                drawing.rectangle("bar", at, (LENGTH.share(score), Px::whole(12)));
                let style = Style { class: "strong", anchor: Anchor::End, size: 14 };
                let place = (drawing.width().minus(LEFT), Px::whole(y + 35));
                drawing.label(style, place, Px::whole(80), &shown);
            } else {
                let style = Style { class: "muted", anchor: Anchor::Start, size: 11 };
                let place = (LEFT.plus(Px::whole(6)), Px::whole(y + 34));
                drawing.label(style, place, LENGTH, &shown);
            }
            drawing.describe(&format!("{title}: {shown}"));
            for stage in Stage::ABOVE_LOWEST {
                let x = LEFT.plus(part_of_stage(self.questionnaire.ladder(), stage, LENGTH).0);
                drawing.line("bound", (x, Px::whole(y + 22)), (x, Px::whole(y + 38)));
            }
            y += ROW;
        }
    }

    /// The numbers of the stages in the middle of their part of a bar, as far as there is room.
    fn stage_numbers(&self, drawing: &mut Drawing, y: i32) {
        let style = Style { class: "muted", anchor: Anchor::Middle, size: 12 };
        for stage in Stage::ALL {
            let (from, to) = part_of_stage(self.questionnaire.ladder(), stage, LENGTH);
            if to.minus(from) >= Px::whole(10) {
                let at = (LEFT.plus(Px((from.0 + to.0) / 2)), Px::whole(y));
                drawing.label(style, at, Px::whole(20), &stage.number().to_string());
            }
        }
    }
}
