//! The stage ladder: five steps, the one reached, and what is missing to the next.

use super::drawing::{Anchor, Drawing, Px, Style, room};
use crate::assessment::{Assessment, Gap};
use crate::report::Report;
use crate::report::escape::wrapped;
use crate::stage::{Stage, StageMap};
use crate::words::{Words, fill};

/// A step is that wide, and every next one that much higher than the first.
const WIDTH: i32 = 94;
const RISE: i32 = 26;
const FIRST: i32 = 40;
const FLOOR: i32 = 180;

/// Names of units below a step; of more it is said how many.
const MOST_NAMES: usize = 8;

/// The five steps, and above the one that is reached what it says.
fn staircase(drawing: &mut Drawing, words: &Words, reached: Option<Stage>, here: &str) {
    let mut height = FIRST;
    for (x, stage) in lefts().zip(Stage::ALL) {
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
        let is_here = reached == Some(stage);
        let class = if is_here { "on" } else { "ink" };
        let style = Style { class, anchor: Anchor::Middle, size: 15 };
        let number = stage.number().to_string();
        drawing.label(style, (middle, Px::whole(top + 24)), Px::whole(WIDTH), &number);
        let class = if is_here { "strong" } else { "ink" };
        let style = Style { class, anchor: Anchor::Middle, size: 13 };
        let name = words.stage(stage);
        drawing.label(style, (middle, Px::whole(FLOOR + 18)), Px::whole(WIDTH), name);
        if is_here {
            let style = Style { class: "strong", anchor: Anchor::Middle, size: 14 };
            let tip = top - 4;
            drawing.label(style, (middle, Px::whole(top - 20)), Px::whole(WIDTH), here);
            drawing
                .shape(format_args!(r#"<path class="mark" d="M{middle} {tip} l-7 -10 h14 z"/>"#));
            drawing.describe(&format!("{name}: {here}"));
        } else {
            drawing.describe(name);
        }
        height += RISE;
    }
}

/// Where each step begins.
fn lefts() -> impl Iterator<Item = i32> {
    (0..).map(|at| 5 + at * WIDTH)
}

/// An organisation on the ladder, and its units below the steps that they are on.
pub(in crate::report) struct UnitLadder<'r> {
    pub(in crate::report) words: &'r Words,
    pub(in crate::report) whole: Option<Stage>,
    pub(in crate::report) units: StageMap<Vec<String>>,
}

impl UnitLadder<'_> {
    pub(in crate::report) fn draw(&self) -> Drawing {
        let Self { words, whole, units } = self;
        let mut drawing = Drawing::new(words, "units", &words.portfolio_stages, 480);
        staircase(&mut drawing, words, *whole, &words.portfolio_whole);
        let mut lowest = FLOOR + 18;
        for (x, (stage, names)) in lefts().zip(units.iter()) {
            let middle = Px::whole(x + WIDTH / 2 - 2);
            let style = Style { class: "muted", anchor: Anchor::Middle, size: 12 };
            let left = names.len().saturating_sub(MOST_NAMES);
            let more = (left > 0).then(|| format!("+ {left}"));
            let (most, mut y) = (Px::whole(WIDTH - 6), FLOOR + 24);
            for name in names.iter().take(MOST_NAMES).chain(&more) {
                // What does not fit beside each other stands below each other, and its end is cut.
                let mut lines = wrapped(name, room(style.size, most)).into_iter();
                let first = lines.next().unwrap_or_default();
                let rest: Vec<String> = lines.collect();
                let rest = (!rest.is_empty()).then(|| rest.join(" "));
                for line in [first].iter().chain(&rest) {
                    y += 15;
                    drawing.label(style, (middle, Px::whole(y)), most, line);
                }
                y += 5;
            }
            lowest = lowest.max(y);
            if !names.is_empty() {
                let said: Vec<&str> =
                    names.iter().take(MOST_NAMES).chain(&more).map(String::as_str).collect();
                let stage = words.stage(stage);
                drawing.describe(&format!("{stage}: {}", said.join(&words.and)));
            }
        }
        drawing.end(Px::whole(lowest + 12));
        drawing
    }
}

impl Report<'_, Assessment> {
    pub(in crate::report) fn ladder(&self) -> Drawing {
        let words = self.catalogue();
        let mut drawing = Drawing::new(words, "ladder", &words.steps, 480);
        staircase(&mut drawing, words, self.of.stage(), &words.you_are_here);
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
