//! Boxes: the quartiles of groups beside each other, a panel for each pillar.

use super::drawing::{Anchor, Drawing, Px, Style};
use super::parts::Part;
use super::radar::part_of_stage;
use super::spread::scale;
use crate::cohort::Quartiles;
use crate::number::Score;
use crate::questionnaire::Ladder;
use crate::report::content::DASH;
use crate::stage::Stage;
use crate::words::{Words, fill};

const WIDTH: i32 = 480;
const MARGIN: Px = Px::whole(5);
const LEFT: Px = Px::whole(138);
const LENGTH: Px = Px::whole(200);
const ROW: i32 = 32;
const HEIGHT: i32 = 16;
/// So many rows fit on a sheet of paper; what stands above and below a panel is as high as one and a half.
const SHEET: usize = 28;
/// Dots beyond the whiskers that would lie nearer to each other are one.
const DOT: i32 = 400;

/// What is drawn.
pub(in crate::report) struct Boxes<'r> {
    pub(in crate::report) words: &'r Words,
    pub(in crate::report) ladder: &'r Ladder,
    pub(in crate::report) id: &'static str,
    pub(in crate::report) title: String,
    /// Each with its name and a row for each group.
    pub(in crate::report) panels: Vec<Panel<'r>>,
    /// What stands below.
    pub(in crate::report) notes: Vec<String>,
}

/// A name and a row for each group.
type Panel<'r> = (&'r str, Vec<Boxed>);

/// A group: how its Scores are spread.
pub(in crate::report) struct Boxed {
    pub(in crate::report) name: String,
    /// How many have a Score.
    pub(in crate::report) n: u64,
    pub(in crate::report) quartiles: Option<Quartiles<Score>>,
    /// Each Score that occurs, lowest first.
    pub(in crate::report) scores: Vec<Score>,
}

impl Boxes<'_> {
    pub(in crate::report) fn draw(&self) -> Drawing {
        self.part(&self.panels, Part::WHOLE)
    }

    /// In parts that fit on a sheet of paper.
    pub(in crate::report) fn parts(&self) -> Vec<Drawing> {
        let rows = self.panels.first().map_or(0, |(_, rows)| rows.len());
        let fitting = SHEET / (rows + 1);
        let parts: Vec<&[Panel<'_>]> = self.panels.chunks(fitting.max(1)).collect();
        Part::each(&parts, |panels, part| self.part(panels, part))
    }

    fn part(&self, panels: &[Panel<'_>], part: Part) -> Drawing {
        let mut drawing = part.begin(self.words, self.id, &self.title, WIDTH);
        let mut y = 34;
        for (name, rows) in panels {
            let style = Style { class: "strong", anchor: Anchor::Start, size: 14 };
            drawing.label(style, (MARGIN, Px::whole(y + 16)), Px::whole(WIDTH - 10), name);
            y += 24;
            for row in rows {
                self.row(&mut drawing, name, row, y);
                y += ROW;
            }
            scale(self.words, &mut drawing, (LEFT, LENGTH), Px::whole(y + 10), 4);
            y += 26;
        }
        let mut below = Px::whole(y + 8);
        for note in self.notes.iter().filter(|_| part.is_last()) {
            below = drawing.small_print(below, MARGIN, note);
        }
        drawing.end(below.minus(Px::whole(8)));
        drawing
    }

    fn row(&self, drawing: &mut Drawing, pillar: &str, row: &Boxed, y: i32) {
        let words = self.words;
        let most = LEFT.minus(MARGIN).minus(Px::whole(6));
        let style = Style { class: "ink", anchor: Anchor::Start, size: 13 };
        drawing.label(style, (MARGIN, Px::whole(y + 12)), most, &row.name);
        let style = Style { class: "muted", anchor: Anchor::Start, size: 11 };
        let n = fill!(words.picture_n, n = words.grouped(row.n));
        drawing.label(style, (MARGIN, Px::whole(y + 25)), most, &n);
        let top = Px::whole(y + 4);
        drawing.rectangle("track", (LEFT, top), (LENGTH, Px::whole(HEIGHT)));
        for stage in Stage::ABOVE_LOWEST {
            let x = LEFT.plus(part_of_stage(self.ladder, stage, LENGTH).0);
            drawing.line("bound", (x, top), (x, top.plus(Px::whole(HEIGHT))));
        }
        let shown = row.quartiles.map_or_else(
            || DASH.to_owned(),
            |of| {
                drawing.boxed(&row.scores, of, top);
                let shown = |score: Score| words.number(score.percent_nearest(1));
                let ends = [of.lower, of.upper].map(shown).join(&words.between);
                format!("{} [{ends}]", shown(of.median))
            },
        );
        let style = Style { class: "ink", anchor: Anchor::End, size: 11 };
        let at = (drawing.width().minus(MARGIN), Px::whole(y + 16));
        drawing.label(style, at, Px::whole(132), &shown);
        drawing.describe(&format!("{pillar}, {}: {shown}, {n}", row.name));
    }
}

/// The furthest Scores that are no more than one and a half lengths of the box away from it: where whiskers end
/// (Tukey 1977).
fn whiskers(scores: &[Score], of: Quartiles<Score>) -> (Score, Score) {
    let [lower, upper] = [of.lower, of.upper].map(|score| i64::from(score.billionths()));
    // In halves of a billionth.
    let reach = 3 * (upper - lower);
    let within = |score: &&Score| {
        let twice = 2 * i64::from(score.billionths());
        (2 * lower - reach..=2 * upper + reach).contains(&twice)
    };
    let (from, to) = (scores.iter().find(within), scores.iter().rev().find(within));
    // Quartiles lie between Scores: a whisker is not drawn into its box.
    let from = from.map_or(of.lower, |score| *score.min(&of.lower));
    (from, to.map_or(of.upper, |score| *score.max(&of.upper)))
}

impl Drawing {
    /// A box with its whiskers, from that edge down.
    fn boxed(&mut self, scores: &[Score], of: Quartiles<Score>, top: Px) {
        let place = |score: Score| LEFT.plus(LENGTH.share(score));
        let middle = top.plus(Px::whole(HEIGHT / 2));
        let (from, to) = whiskers(scores, of);
        for (end, edge) in [(from, of.lower), (to, of.upper)] {
            let (x, by) = (place(end), Px::whole(4));
            self.line("whisker", (x, middle), (place(edge), middle));
            self.line("whisker", (x, middle.minus(by)), (x, middle.plus(by)));
        }
        let (x, width) = (place(of.lower), place(of.upper).minus(place(of.lower)));
        self.rectangle("box", (x, top), (width, Px::whole(HEIGHT)));
        let x = place(of.median);
        self.line("middle", (x, top), (x, top.plus(Px::whole(HEIGHT))));
        let beyond = scores.iter().filter(|score| **score < from || **score > to);
        let mut last = None;
        for score in beyond {
            let slot = place(*score).0 / DOT;
            if last != Some(slot) {
                let x = place(*score);
                self.shape(format_args!(
                    r#"<circle class="beyond" cx="{x}" cy="{middle}" r="2"/>"#
                ));
            }
            last = Some(slot);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn score(text: &str) -> Score {
        text.parse().unwrap()
    }

    #[test]
    fn whiskers_end_at_scores_within_one_and_a_half_lengths_of_the_box() {
        let quartiles =
            Quartiles { lower: score("0.4"), median: score("0.5"), upper: score("0.6") };
        // The box is 0.2 long: from 0.1 to 0.9.
        let scores = ["0.099999999", "0.1", "0.4", "0.6", "0.7", "0.900000001"].map(score);
        assert_eq!(whiskers(&scores, quartiles), (score("0.1"), score("0.7")));
        let on_the_end = ["0.5", "0.9"].map(score);
        assert_eq!(whiskers(&on_the_end, quartiles), (score("0.4"), score("0.9")));
        let alike = Quartiles { lower: score("0.3"), median: score("0.3"), upper: score("0.3") };
        assert_eq!(whiskers(&["0", "0.3", "1"].map(score), alike), (score("0.3"), score("0.3")));
    }
}
