//! How a question was answered: bars of shares that go apart from the middle answer.

use super::drawing::{Anchor, Drawing, Px, Style, fits, room};
use super::heat::shade;
use super::parts::{Part, parts};
use crate::number::Percent;
use crate::report::content::DASH;
use crate::report::escape::wrapped;
use crate::words::{Words, fill};

const WIDTH: i32 = 480;
const LEFT: Px = Px::whole(5);
const LENGTH: Px = Px::whole(WIDTH - 10);
const HEIGHT: i32 = 18;
const LINE: i32 = 17;
/// So many rows fit on a sheet of paper.
const SHEET: usize = 17;
/// So many steps has the whole of a bar where lengths are compared.
const WHOLE: i128 = 1_000_000_000;

/// What is drawn.
pub(in crate::report) struct Choices<'r> {
    pub(in crate::report) words: &'r Words,
    pub(in crate::report) id: &'static str,
    pub(in crate::report) rows: Vec<Chosen<'r>>,
    /// The levels of all questions in words, where they are the same.
    pub(in crate::report) legend: Vec<String>,
    /// What stands below.
    pub(in crate::report) notes: Vec<String>,
}

/// A row.
pub(in crate::report) enum Chosen<'r> {
    /// What the rows below have in common.
    Heading(&'r str),
    /// A question, and how often it was answered with each level, the lowest first.
    Counts(String, Vec<u64>),
}

/// How long a bar is, and where the middle is that all stand around.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Axis {
    middle: Px,
    length: Px,
}

/// Twice how many are below the middle, half of those in it among them, and twice how many there are.
fn below(counts: &[u64]) -> (i128, i128) {
    let half = counts.len() / 2;
    let sum = |of: &[u64]| of.iter().map(|count| i128::from(*count)).sum::<i128>();
    let (lower, rest) = counts.split_at_checked(half).unwrap_or_default();
    let middle = if counts.len() % 2 == 1 { rest.first().copied().unwrap_or(0) } else { 0 };
    (2 * sum(lower) + i128::from(middle), 2 * sum(counts))
}

impl Axis {
    /// Such that the longest side of all fits to the left and to the right.
    fn of<'c>(rows: impl Iterator<Item = &'c [u64]>) -> Self {
        let (mut left, mut right) = (0, 0);
        for counts in rows {
            let (below, all) = below(counts);
            if all > 0 {
                // Rounded up to the outside.
                left = left.max((below * WHOLE + all - 1) / all);
                right = right.max(((all - below) * WHOLE + all - 1) / all);
            }
        }
        let both = if left + right == 0 { 2 * WHOLE } else { left + right };
        let part = |of: i128| Px(i32::try_from(i128::from(LENGTH.0) * of / both).unwrap_or(0));
        let left = if left + right == 0 { WHOLE } else { left };
        Self { middle: LEFT.plus(part(left)), length: part(WHOLE) }
    }

    /// Where each level begins, and where the last ends.
    fn edges(self, counts: &[u64]) -> Vec<Px> {
        let (below, all) = below(counts);
        let part = |of: i128| {
            let long = i128::from(self.length.0) * of / all.max(1);
            Px(i32::try_from(long).unwrap_or(0))
        };
        let start = self.middle.minus(part(below));
        let mut sum = 0;
        let ends = counts.iter().map(|count| {
            sum += 2 * i128::from(*count);
            start.plus(part(sum))
        });
        [start].into_iter().chain(ends).collect()
    }
}

impl Choices<'_> {
    pub(in crate::report) fn draw(&self) -> Drawing {
        self.part(&self.rows, Part::WHOLE)
    }

    /// In parts that fit on a sheet of paper, all on the same scale.
    pub(in crate::report) fn parts(&self) -> Vec<Drawing> {
        let parts = parts(&self.rows, SHEET, |row| matches!(row, Chosen::Heading(_)));
        Part::each(&parts, |rows, part| self.part(rows, part))
    }

    fn part(&self, rows: &[Chosen<'_>], part: Part) -> Drawing {
        let words = self.words;
        let mut drawing = part.begin(words, self.id, &words.picture_choices, WIDTH);
        let mut y = self.legend(&mut drawing, 34);
        let counts = self.rows.iter().filter_map(|row| match row {
            Chosen::Heading(_) => None,
            Chosen::Counts(_, counts) => Some(counts.as_slice()),
        });
        let axis = Axis::of(counts);
        for row in rows {
            match row {
                Chosen::Heading(title) => {
                    let style = Style { class: "strong", anchor: Anchor::Start, size: 15 };
                    drawing.label(style, (LEFT, Px::whole(y + 22)), LENGTH, title);
                    y += 28;
                }
                Chosen::Counts(title, counts) => {
                    y = self.row(&mut drawing, axis, (title, counts), y);
                }
            }
        }
        if rows.is_empty() {
            let style = Style { class: "strong", anchor: Anchor::Start, size: 14 };
            drawing.label(style, (LEFT, Px::whole(y + 18)), LENGTH, &words.picture_nothing);
            drawing.describe(&words.picture_nothing);
            y += 24;
        }
        let mut below = Px::whole(y + 20);
        for note in self.notes.iter().filter(|_| part.is_last()) {
            below = drawing.small_print(below, LEFT, note);
        }
        drawing.end(below.minus(Px::whole(8)));
        drawing
    }

    /// Each level in its shade, a line each.
    fn legend(&self, drawing: &mut Drawing, mut y: i32) -> i32 {
        let levels = self.legend.len();
        for (at, text) in self.legend.iter().enumerate() {
            let (class, _) = shade(shade_of(at, levels));
            drawing.rectangle(class, (LEFT, Px::whole(y + 3)), (Px::whole(22), Px::whole(13)));
            let style = Style { class: "ink", anchor: Anchor::Start, size: 13 };
            let at = (LEFT.plus(Px::whole(30)), Px::whole(y + 14));
            drawing.label(style, at, LENGTH.minus(Px::whole(30)), text);
            y += 20;
        }
        y
    }

    /// A question and its bar from `y` on; where the next begins.
    fn row(
        &self,
        drawing: &mut Drawing,
        axis: Axis,
        (title, counts): (&str, &[u64]),
        mut y: i32,
    ) -> i32 {
        let words = self.words;
        let all: u64 = counts.iter().sum();
        let style = Style { class: "muted", anchor: Anchor::End, size: 12 };
        let n = fill!(words.picture_n, n = words.grouped(all));
        drawing.label(style, (LEFT.plus(LENGTH), Px::whole(y + 16)), Px::whole(90), &n);
        let (style, most) =
            (Style { class: "ink", anchor: Anchor::Start, size: 13 }, Px::whole(WIDTH - 90));
        // On two lines at most; what is longer is cut.
        let lines = wrapped(title, room(style.size, most));
        let (first, rest) =
            lines.split_first().map_or(("", &[][..]), |(first, rest)| (first, rest));
        for line in [first, &rest.join(" ")].into_iter().filter(|line| !line.is_empty()) {
            drawing.label(style, (LEFT, Px::whole(y + 16)), most, line);
            y += LINE;
        }
        let (top, end) = (Px::whole(y + 5), y + HEIGHT + 14);
        if all == 0 {
            drawing.rectangle("track", (LEFT, top), (LENGTH, Px::whole(HEIGHT)));
            let style = Style { class: "muted", anchor: Anchor::Start, size: 12 };
            let at = (LEFT.plus(Px::whole(6)), top.plus(Px::whole(13)));
            drawing.label(style, at, LENGTH, DASH);
            drawing.describe(&format!("{title}: {DASH}"));
            return end;
        }
        let edges = axis.edges(counts);
        let mut said = Vec::new();
        for (at, (ends, count)) in edges.iter().zip(edges.iter().skip(1)).zip(counts).enumerate() {
            let ((from, to), shown) = (ends, Percent::nearest(*count, all, 0).to_string());
            let width = to.minus(*from);
            if *count > 0 {
                let (class, ink) = shade(shade_of(at, counts.len()));
                drawing.rectangle(class, (*from, top), (width, Px::whole(HEIGHT)));
                let style = Style { class: ink, anchor: Anchor::Middle, size: 12 };
                if fits(style, width.minus(Px::whole(2)), &shown) {
                    let at = (Px((from.0 + to.0) / 2), top.plus(Px::whole(13)));
                    drawing.label(style, at, width, &shown);
                }
            }
            said.push(fill!(words.percent, n = shown));
        }
        let (above, under) = (top.minus(Px::whole(3)), top.plus(Px::whole(HEIGHT + 3)));
        drawing.line("mean", (axis.middle, above), (axis.middle, top));
        drawing.line("mean", (axis.middle, top.plus(Px::whole(HEIGHT))), (axis.middle, under));
        drawing.describe(&format!("{title}: {}", said.join(&words.and)));
        end
    }
}

/// The shade of a level: the weakest of the lowest, the strongest of the highest.
const fn shade_of(at: usize, levels: usize) -> usize {
    if levels < 2 { 3 } else { at * 6 / (levels - 1) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_stands_across_the_middle_with_half_of_its_middle_answer() {
        // Of 8: 1 and 2 below, 2 in the middle, 3 above: 4 halves of 8 to the left.
        assert_eq!(below(&[1, 2, 2, 1, 2]), (8, 16));
        assert_eq!(below(&[1, 3]), (2, 8)); // without a middle answer, the line is between two
        assert_eq!((below(&[]), below(&[5])), ((0, 0), (5, 10)));
    }

    #[test]
    fn the_longest_sides_of_all_bars_fill_the_picture() {
        // All to the left, all to the right: each half of it.
        let rows = [&[4_u64, 0][..], &[0, 7]];
        let axis = Axis::of(rows.into_iter());
        assert_eq!(axis, Axis { middle: Px::whole(240), length: Px::whole(235) });
        assert_eq!(axis.edges(&[4, 0]), [5, 240, 240].map(Px::whole));
        assert_eq!(axis.edges(&[0, 7]), [240, 240, 475].map(Px::whole));
        // A third and two thirds, on both sides of the middle: the bar is as long as the picture.
        let axis = Axis::of([&[1_u64, 0, 2][..]].into_iter());
        assert_eq!(axis.edges(&[1, 0, 2]).first(), Some(&LEFT));
        assert!(LENGTH.minus(axis.length) <= Px(1), "{axis:?}");
        assert_eq!(Axis::of([].into_iter()), Axis::of([&[0_u64, 0][..]].into_iter()));
    }

    #[test]
    fn pieces_of_a_bar_sum_to_the_whole_whatever_the_counts() {
        let rows =
            [[u64::MAX; 7], [1, 0, 3, 0, 5, 0, 7], [0, 0, 0, 1, 0, 0, 0], [3, 3, 3, 1, 1, 1, 1]];
        let axis = Axis::of(rows.iter().map(<[u64; 7]>::as_slice));
        for row in rows {
            let edges = axis.edges(&row);
            let long = edges.last().unwrap().minus(edges[0]);
            assert_eq!(long, axis.length, "{row:?}");
            assert!(edges.is_sorted() && edges[0] >= LEFT, "{edges:?}");
            assert!(*edges.last().unwrap() <= LEFT.plus(LENGTH), "{edges:?}");
        }
    }

    #[test]
    fn levels_have_shades_from_the_weakest_to_the_strongest() {
        let of = |levels: usize| (0..levels).map(|at| shade_of(at, levels)).collect::<Vec<_>>();
        assert_eq!((of(2), of(3), of(5)), (vec![0, 6], vec![0, 3, 6], vec![0, 1, 3, 4, 6]));
        assert_eq!((of(1), of(7)), (vec![3], (0..7).collect()));
    }
}
