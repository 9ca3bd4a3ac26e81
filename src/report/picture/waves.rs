//! Means over waves: one panel below the other, each wave at the same place in all.

use super::drawing::{Anchor, Drawing, Px, Style, fits};
use super::heat::names;
use crate::number::Score;
use crate::questionnaire::Ladder;
use crate::report::content::{DASH, quartile};
use crate::stage::Stage;
use crate::words::{Words, fill};

const WIDTH: i32 = 480;
const MARGIN: Px = Px::whole(5);
const LEFT: Px = Px::whole(52);
const LENGTH: Px = Px::whole(WIDTH - 52 - 8);
/// From the score 0 up to 1.
const HEIGHT: i32 = 80;
/// From one panel to the next: its name, the scores, and the room between.
const PANEL: i32 = 130;

/// What is drawn.
pub(in crate::report) struct Waves<'r> {
    pub(in crate::report) words: &'r Words,
    pub(in crate::report) ladder: &'r Ladder,
    pub(in crate::report) id: &'static str,
    pub(in crate::report) title: String,
    /// The names of waves, the first first.
    pub(in crate::report) names: Vec<String>,
    /// Each with its name and what is known of each wave.
    pub(in crate::report) panels: Vec<(&'r str, Vec<Wave>)>,
    /// What stands below.
    pub(in crate::report) notes: Vec<String>,
}

/// The mean of a wave, and the ends of its interval, as far as there are any.
pub(in crate::report) struct Wave {
    pub(in crate::report) mean: Option<Score>,
    pub(in crate::report) interval: Option<(Score, Score)>,
}

impl Waves<'_> {
    pub(in crate::report) fn draw(&self) -> Drawing {
        let words = self.words;
        let mut drawing = Drawing::new(words, self.id, &self.title, WIDTH);
        drawing.heading(&self.title);
        let mut top = 32;
        if self.names.is_empty() {
            let style = Style { class: "strong", anchor: Anchor::Start, size: 14 };
            drawing.label(style, (MARGIN, Px::whole(top + 18)), LENGTH, &words.picture_nothing);
            drawing.describe(&words.picture_nothing);
            top += 30;
        } else {
            for (name, waves) in &self.panels {
                self.panel(&mut drawing, name, waves, top);
                top += PANEL;
            }
            let columns = (LEFT, self.width());
            top = names(&mut drawing, &self.names, columns, top - 8, Anchor::End);
        }
        let mut below = Px::whole(top + 20);
        for note in &self.notes {
            below = drawing.small_print(below, MARGIN, note);
        }
        drawing.end(below.minus(Px::whole(8)));
        drawing
    }

    /// How much room a wave has.
    fn width(&self) -> Px {
        Px(LENGTH.0 / i32::try_from(self.names.len()).unwrap_or(i32::MAX).max(1))
    }

    fn panel(&self, drawing: &mut Drawing, name: &str, waves: &[Wave], top: i32) {
        let words = self.words;
        let style = Style { class: "strong", anchor: Anchor::Start, size: 14 };
        drawing.label(style, (MARGIN, Px::whole(top + 18)), LENGTH, name);
        let (roof, floor) = (Px::whole(top + 40), Px::whole(top + 40 + HEIGHT));
        drawing.rectangle("track", (LEFT, roof), (LENGTH, Px::whole(HEIGHT)));
        for stage in Stage::ABOVE_LOWEST {
            let y = floor.minus(Px::whole(HEIGHT).share(self.ladder.requirement(stage).overall));
            drawing.line("bound", (LEFT, y), (LEFT.plus(LENGTH), y));
        }
        for (shown, y) in [("0", floor), ("100", roof)] {
            let style = Style { class: "muted", anchor: Anchor::End, size: 11 };
            let shown = fill!(words.percent, n = shown);
            drawing.label(style, (LEFT.minus(Px::whole(8)), y.plus(Px::whole(4))), LEFT, &shown);
        }
        let width = self.width();
        let middles = (0_i32..).map(|at| LEFT.plus(Px(width.0 * at + width.0 / 2)));
        let height = |score: Score| floor.minus(Px::whole(HEIGHT).share(score));
        let places: Vec<(Px, &Wave)> = middles.zip(waves).collect();
        let at = |(x, wave): &(Px, &Wave)| Some((*x, height(wave.mean?)));
        // A wave without a score breaks the line: nothing is known of it.
        for (from, to) in places.iter().zip(places.iter().skip(1)) {
            if let (Some(from), Some(to)) = (at(from), at(to)) {
                drawing.line("now", from, to);
            }
        }
        for (x, wave) in &places {
            if let Some((lower, upper)) = wave.interval {
                let (low, high, by) = (height(lower), height(upper), Px::whole(5));
                drawing.line("whisker", (*x, low), (*x, high));
                for y in [low, high] {
                    drawing.line("whisker", (x.minus(by), y), (x.plus(by), y));
                }
            }
            if let Some(mean) = wave.mean {
                let y = height(mean);
                drawing.shape(format_args!(r#"<circle class="now dot" cx="{x}" cy="{y}" r="3"/>"#));
            }
        }
        // Figures stand above what they are of, at every wave or, where there is no room, at the ends.
        let style = Style { class: "halo ink", anchor: Anchor::Middle, size: 12 };
        let every = fits(style, width, "100.0");
        let shown = |score: Score| words.number(score.percent_nearest(1));
        let known = |(_, wave): &&(Px, &Wave)| wave.mean.is_some();
        let ends = [places.iter().find(known), places.iter().rev().find(known)];
        let ends = ends.map(|place| place.map(|(x, _)| *x));
        for (x, wave) in &places {
            if let Some(mean) = wave.mean.filter(|_| every || ends.contains(&Some(*x))) {
                let highest = wave.interval.map_or(mean, |(_, upper)| upper.max(mean));
                let y = height(highest).minus(Px::whole(7));
                drawing.label(style, (*x, y), Px::whole(60), &shown(mean));
            }
        }
        let said = waves.iter().zip(&self.names).map(|(wave, name)| {
            let mean = quartile(words, wave.mean);
            match wave.interval {
                None => format!("{name} {mean}"),
                Some((lower, upper)) => {
                    let ends = [lower, upper].map(shown).join(&words.between);
                    format!("{name} {mean} [{ends}]")
                }
            }
        });
        let said: Vec<String> = said.collect();
        let said = if said.is_empty() { DASH.to_owned() } else { said.join(&words.and) };
        drawing.describe(&format!("{name}: {said}"));
    }
}
