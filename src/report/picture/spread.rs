//! How Scores are spread: bars in steps of five points over the bands of the stages.

use super::drawing::{Anchor, Drawing, Px, Style};
use super::radar::{part_of_stage, stage_legend};
use crate::number::{Percent, Score};
use crate::questionnaire::Ladder;
use crate::report::content::quartile;
use crate::stage::Stage;
use crate::words::{Words, fill};

/// So many bars.
pub(in crate::report) const STEPS: usize = 20;

const WIDTH: i32 = 480;
const MARGIN: Px = Px::whole(5);
const LEFT: Px = Px::whole(20);
const LENGTH: Px = Px::whole(440);
const TOP: i32 = 82;
const FLOOR: i32 = 252;
/// The highest bar leaves room for its figure.
const HIGHEST: Px = Px::whole(FLOOR - TOP - 18);

/// Weaker than the lines of mean and median that run over bars.
const BAR: &str = "level l5";

/// What is drawn.
pub(in crate::report) struct Spread<'r> {
    pub(in crate::report) words: &'r Words,
    pub(in crate::report) ladder: &'r Ladder,
    pub(in crate::report) id: &'static str,
    /// Each Score that occurs and how often.
    pub(in crate::report) counts: Vec<(Score, u64)>,
    pub(in crate::report) mean: Option<Score>,
    pub(in crate::report) median: Option<Score>,
}

/// The step that a Score lies in: each begins with its lower bound, and the last has the highest Score, too.
fn step(score: Score) -> usize {
    let step = u64::from(score.billionths()) * 20 / u64::from(Score::ONE.billionths());
    usize::try_from(step).unwrap_or(STEPS).min(STEPS - 1)
}

impl Spread<'_> {
    pub(in crate::report) fn draw(&self) -> Drawing {
        let words = self.words;
        let mut drawing = Drawing::new(words, self.id, &words.picture_spread, WIDTH);
        drawing.heading(&words.picture_spread);
        let mut steps = [0_u64; STEPS];
        for (score, count) in &self.counts {
            if let Some(of) = steps.get_mut(step(*score)) {
                *of += count;
            }
        }
        let all: u64 = steps.iter().sum();
        self.bands(&mut drawing);
        if all > 0 {
            self.bars(&mut drawing, steps, all);
        } else {
            let style = Style { class: "strong", anchor: Anchor::Middle, size: 14 };
            let at = (LEFT.plus(Px(LENGTH.0 / 2)), Px::whole(TOP + 90));
            drawing.label(style, at, LENGTH, &words.benchmark_empty);
            drawing.describe(&words.benchmark_empty);
        }
        self.stage_numbers(&mut drawing);
        let floor = Px::whole(FLOOR);
        drawing.line("axis", (LEFT, floor), (LEFT.plus(LENGTH), floor));
        scale(words, &mut drawing, (LEFT, LENGTH), Px::whole(FLOOR + 16), 5);
        let below = stage_legend(words, &mut drawing, Px::whole(FLOOR + 42));
        let note = fill!(words.picture_spread_note, n = words.grouped(all));
        let end = drawing.small_print(below.plus(Px::whole(4)), MARGIN, &note);
        drawing.end(end.minus(Px::whole(8)));
        drawing
    }

    /// The stages as the overall alone decides on them.
    fn bands(&self, drawing: &mut Drawing) {
        let height = Px::whole(FLOOR - TOP);
        for stage in Stage::ALL {
            let (from, to) = part_of_stage(self.ladder, stage, LENGTH);
            let number = stage.number();
            let at = (LEFT.plus(from), Px::whole(TOP));
            let class = format!("ring s{number}");
            drawing.rectangle(&class, at, (to.minus(from), height));
        }
    }

    /// The numbers of stages above their bands, as far as there is room.
    fn stage_numbers(&self, drawing: &mut Drawing) {
        for stage in Stage::ALL {
            let (from, to) = part_of_stage(self.ladder, stage, LENGTH);
            if to.minus(from) >= Px::whole(10) {
                let style = Style { class: "halo muted", anchor: Anchor::Middle, size: 12 };
                let at = (LEFT.plus(Px((from.0 + to.0) / 2)), Px::whole(TOP - 4));
                drawing.label(style, at, Px::whole(20), &stage.number().to_string());
            }
        }
    }

    fn bars(&self, drawing: &mut Drawing, steps: [u64; STEPS], all: u64) {
        let words = self.words;
        let highest = steps.iter().copied().max().unwrap_or(0);
        let edges = (0_i32..).map(|step| LEFT.plus(Px(LENGTH.0 / 20 * step)));
        let places: Vec<(Px, u64)> = edges.zip(steps).collect();
        let width = Px(LENGTH.0 / 20).minus(Px::whole(2));
        for (x, count) in &places {
            if *count > 0 {
                let height = HIGHEST.part(*count, highest);
                let at = (x.plus(Px::whole(1)), Px::whole(FLOOR).minus(height));
                drawing.rectangle(BAR, at, (width, height));
            }
        }
        let marks = [
            ("mean", &words.picture_mean, self.mean, 48),
            ("median", &words.picture_median, self.median, 66),
        ];
        let below = self.mean < self.median;
        for (class, words_of, score, y) in marks {
            let Some(score) = score else { continue };
            let x = LEFT.plus(LENGTH.share(score));
            drawing.line(class, (x, Px::whole(y - 12)), (x, Px::whole(FLOOR)));
            let label = fill!(words_of, score = quartile(words, Some(score)));
            // The lower of the two has its name on the left, so that no line runs through a name where there
            // is room for both.
            let on_left = if class == "mean" { below } else { !below };
            let room = Px::whole(150);
            let on_left = (on_left && x > room) || x.plus(room) > drawing.width();
            let (anchor, gap) = if on_left { (Anchor::End, -4) } else { (Anchor::Start, 4) };
            let style = Style { class: "halo strong", anchor, size: 13 };
            drawing.label(style, (x.plus(Px::whole(gap)), Px::whole(y)), room, &label);
            drawing.describe(&label);
        }
        for (at, (x, count)) in places.into_iter().enumerate() {
            if count == 0 {
                continue;
            }
            let shown = Percent::nearest(count, all, 0).to_string();
            let shown = if shown == "0" { "<1" } else { &shown };
            let style = Style { class: "halo ink", anchor: Anchor::Middle, size: 11 };
            let y = Px::whole(FLOOR - 4).minus(HIGHEST.part(count, highest));
            drawing.label(style, (x.plus(Px(LENGTH.0 / 40)), y), Px::whole(26), shown);
            let range = fill!(words.range, lowest = at * 5, highest = at * 5 + 5);
            drawing.describe(&format!("{range}: {}", fill!(words.percent, n = shown)));
        }
    }
}

/// The numbers of a scale from 0 to 100 per cent, in so many steps.
pub(super) fn scale(
    words: &Words,
    drawing: &mut Drawing,
    (left, length): (Px, Px),
    y: Px,
    steps: i32,
) {
    for step in 0..=steps {
        let x = left.plus(Px(length.0 / steps * step));
        let shown = (100 / steps * step).to_string();
        let shown = if step == steps { fill!(words.percent, n = shown) } else { shown };
        let style = Style { class: "muted", anchor: Anchor::Middle, size: 11 };
        drawing.label(style, (x, y), Px::whole(44), &shown);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_score_on_a_bound_is_in_the_step_above_and_the_highest_in_the_last() {
        for (score, expected) in
            [("0", 0), ("0.049999999", 0), ("0.05", 1), ("0.5", 10), ("0.999999999", 19), ("1", 19)]
        {
            assert_eq!(step(score.parse().unwrap()), expected, "{score}");
        }
    }
}
