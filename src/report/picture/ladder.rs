//! The stage ladder: five steps, the one reached, and what is missing to the next.

use super::drawing::{Anchor, Drawing, Px, Style};
use crate::assessment::{Assessment, Gap};
use crate::report::Report;
use crate::stage::Stage;
use crate::words::fill;

/// A step is that wide, and every next one that much higher than the first.
const WIDTH: i32 = 94;
const RISE: i32 = 26;
const FIRST: i32 = 40;
const FLOOR: i32 = 180;

impl Report<'_, Assessment> {
    pub(in crate::report) fn ladder(&self) -> Drawing {
        let words = self.catalogue();
        let mut drawing = Drawing::new(words, "ladder", &words.steps, 480);
        let reached = self.of.stage();
        let mut x = 5;
        let mut height = FIRST;
        for stage in Stage::ALL {
            let class = match reached {
                Some(reached) if stage == reached => "step here",
                Some(reached) if stage < reached => "step done",
                Some(reached) if reached.next() == Some(stage) => "step next",
                _ => "step",
            };
            let top = FLOOR - height;
            let size = (Px::whole(WIDTH - 4), Px::whole(height));
            drawing.rectangle(class, (Px::whole(x), Px::whole(top)), size);
            let middle = Px::whole(x + WIDTH / 2 - 2);
            let here = reached == Some(stage);
            let class = if here { "on" } else { "ink" };
            let style = Style { class, anchor: Anchor::Middle, size: 15 };
            let number = stage.number().to_string();
            drawing.label(style, (middle, Px::whole(top + 24)), Px::whole(WIDTH), &number);
            let class = if here { "strong" } else { "ink" };
            let style = Style { class, anchor: Anchor::Middle, size: 13 };
            let name = words.stage(stage);
            drawing.label(style, (middle, Px::whole(FLOOR + 18)), Px::whole(WIDTH), name);
            if here {
                let style = Style { class: "strong", anchor: Anchor::Middle, size: 14 };
                let (label, tip) = (&words.you_are_here, top - 4);
                drawing.label(style, (middle, Px::whole(top - 20)), Px::whole(WIDTH), label);
                drawing.shape(format_args!(
                    r#"<path class="mark" d="M{middle} {tip} l-7 -10 h14 z"/>"#
                ));
                drawing.describe(&format!("{name}: {label}"));
            } else {
                drawing.describe(name);
            }
            x += WIDTH;
            height += RISE;
        }
        let mut y = FLOOR + 18;
        for line in self.missing_lines() {
            y += 24;
            let style = Style { class: "ink", anchor: Anchor::Start, size: 13 };
            drawing.label(style, (Px::whole(5), Px::whole(y)), Px::whole(470), &line);
            drawing.describe(&line);
        }
        drawing.end(Px::whole(y + 10));
        drawing
    }

    /// What is missing to the next stage, a line each.
    fn missing_lines(&self) -> Vec<String> {
        let words = self.catalogue();
        let Some(next) = self.of.next_stage() else {
            let line = if self.of.stage().is_some() { &words.top } else { &words.no_stage };
            return vec![line.to_string()];
        };
        let line = |unmet: &Gap| {
            fill!(
                words.to_next,
                stage = words.stage(next.stage),
                requirement = self.requirement(unmet),
                required = words.bound(unmet.required),
                actual = words.score(unmet.actual.unwrap_or_default()),
                missing = words.shortfall(unmet.shortfall.unwrap_or_default()),
            )
        };
        next.unmet.iter().map(line).collect()
    }
}
