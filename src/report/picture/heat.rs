//! A heat map: rows by groups, each cell with its figure.

use super::drawing::{Anchor, Drawing, Px, Style, fits, long};
use super::parts::{Part, parts};
use crate::number::Score;
use crate::questionnaire::Ladder;
use crate::report::content::DASH;
use crate::words::{Words, fill};

const WIDTH: i32 = 480;
const MARGIN: Px = Px::whole(5);
/// Names of rows have that much room, and more where there are few columns, which are no wider than that.
const LEFT: Px = Px::whole(186);
const WIDEST: i32 = 4400;
const ROW: i32 = 22;
/// So many rows fit on a sheet of paper.
const SHEET: usize = 40;
/// Names of groups that are written upwards have at most that much room.
const UPWARDS: Px = Px::whole(150);

/// The shades, from the weakest.
pub(super) const SHADES: [&str; 7] =
    ["level l1", "level l2", "level l3", "level l4", "level l5", "level l6", "level l7"];

/// What is drawn.
pub(in crate::report) struct Heat<'r> {
    pub(in crate::report) words: &'r Words,
    pub(in crate::report) id: &'static str,
    pub(in crate::report) title: String,
    pub(in crate::report) columns: Vec<String>,
    pub(in crate::report) rows: Vec<Warm>,
    /// The ladder, where shades are those of stages, whose numbers stand beside the figures; else figures are
    /// statistics, and shades as strong as they are high.
    pub(in crate::report) ladder: Option<&'r Ladder>,
    /// What stands below.
    pub(in crate::report) notes: Vec<String>,
}

/// A row.
pub(in crate::report) enum Warm {
    /// What the rows below have in common.
    Heading(String),
    /// What it is about, and a mean for each column.
    Means(String, Vec<Option<Score>>),
}

/// The shade of that number, and how a figure in it is written.
pub(super) fn shade(at: usize) -> (&'static str, &'static str) {
    let ink = if at >= 5 { "on" } else { "ink" };
    (SHADES.get(at).copied().unwrap_or("track"), ink)
}

impl Heat<'_> {
    /// The rows that a heat map has room for; of more it is said how many.
    pub(in crate::report) const MOST_ROWS: usize = 80;

    #[cfg(feature = "cohort")]
    pub(in crate::report) fn draw(&self) -> Drawing {
        self.part(&self.rows, Part::WHOLE)
    }

    /// In parts that fit on a sheet of paper.
    pub(in crate::report) fn parts(&self) -> Vec<Drawing> {
        let parts = parts(&self.rows, SHEET, |row| matches!(row, Warm::Heading(_)));
        Part::each(&parts, |rows, part| self.part(rows, part))
    }

    fn part(&self, rows: &[Warm], part: Part) -> Drawing {
        let mut drawing = part.begin(self.words, self.id, &self.title, WIDTH);
        let count = i32::try_from(self.columns.len()).unwrap_or(i32::MAX).max(1);
        let right = drawing.width().minus(MARGIN);
        let width = Px((right.minus(LEFT).0 / count).min(WIDEST));
        let left = right.minus(Px(width.0 * count));
        let edges = || (0_i32..).map(|at| left.plus(Px(width.0 * at)));
        let mut y = names(&mut drawing, &self.columns, (left, width), 34, Anchor::Start) + 6;
        for row in rows {
            match row {
                Warm::Heading(title) => {
                    let style = Style { class: "strong", anchor: Anchor::Start, size: 13 };
                    let at = (MARGIN, Px::whole(y + 18));
                    drawing.label(style, at, Px::whole(WIDTH - 10), title);
                    y += 26;
                }
                Warm::Means(title, means) => {
                    let style = Style { class: "ink", anchor: Anchor::Start, size: 13 };
                    let most = left.minus(MARGIN).minus(Px::whole(6));
                    drawing.label(style, (MARGIN, Px::whole(y + 15)), most, title);
                    let mut said = Vec::new();
                    for (x, mean) in edges().zip(means) {
                        said.push(self.cell(&mut drawing, (x, Px::whole(y)), width, *mean));
                    }
                    let said: Vec<String> = self
                        .columns
                        .iter()
                        .zip(said)
                        .map(|(name, mean)| format!("{name} {mean}"))
                        .collect();
                    drawing.describe(&format!("{title}: {}", said.join(&self.words.and)));
                    y += ROW;
                }
            }
        }
        let mut below = Px::whole(y + 22);
        for note in self.notes.iter().filter(|_| part.is_last()) {
            below = drawing.small_print(below, MARGIN, note);
        }
        drawing.end(below.minus(Px::whole(8)));
        drawing
    }

    fn cell(&self, drawing: &mut Drawing, at: (Px, Px), width: Px, mean: Option<Score>) -> String {
        let (x, y) = at;
        let size = (width, Px::whole(ROW));
        let middle = (x.plus(Px(width.0 / 2)), y.plus(Px::whole(15)));
        let Some(mean) = mean else {
            drawing.rectangle("step", at, size);
            let style = Style { class: "muted", anchor: Anchor::Middle, size: 12 };
            drawing.label(style, middle, width, DASH);
            return DASH.to_owned();
        };
        let (step, shown) = match self.ladder {
            None => {
                let billionths = u64::from(mean.billionths());
                let step = billionths * 7 / u64::from(Score::ONE.billionths());
                (usize::try_from(step).unwrap_or(0).min(6), mean.percent_nearest(0).to_string())
            }
            Some(ladder) => {
                let number = ladder.own_stage(mean).number();
                let shown = format!("{} ({number})", mean.percent_floor(0));
                // Five of the seven, apart in print.
                (usize::from(number).saturating_sub(1) * 3 / 2, shown)
            }
        };
        let (class, ink) = shade(step);
        drawing.rectangle(class, at, size);
        let style = Style { class: ink, anchor: Anchor::Middle, size: 12 };
        drawing.label(style, middle, width, &shown);
        fill!(self.words.percent, n = shown)
    }
}

/// Names of columns of that width from `left` on, beside each other where there is room for all, else upwards:
/// above the columns, where they begin at these (`Anchor::Start`), or below them, where they end at these. Returns
/// where they end.
pub(super) fn names(
    drawing: &mut Drawing,
    names: &[String],
    (left, width): (Px, Px),
    top: i32,
    anchor: Anchor,
) -> i32 {
    let across = Style { class: "ink", anchor: Anchor::Middle, size: 12 };
    let most = width.minus(Px::whole(4));
    let upwards = !names.iter().all(|name| fits(across, most, name));
    let middles = (0_i32..).map(|at| left.plus(Px(width.0 * at + width.0 / 2)));
    let longest = names.iter().map(|name| long(across, name)).max().unwrap_or(UPWARDS);
    let height = if upwards { longest.min(UPWARDS).0 / 100 + 5 } else { 18 };
    let start = if anchor == Anchor::Start { top + height - 1 } else { top + 2 };
    for (x, name) in middles.zip(names) {
        if upwards {
            let at = (x.plus(Px::whole(4)), Px::whole(start));
            drawing.label_upwards(Style { anchor, ..across }, at, UPWARDS, name);
        } else {
            drawing.label(across, (x, Px::whole(top + height - 2)), most, name);
        }
    }
    top + height
}
