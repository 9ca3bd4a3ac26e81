//! Scores over time: one panel below the other, all on the same axis of days.

use super::drawing::{Anchor, Drawing, Px, Style};
use crate::compare::{Point, Trend};
use crate::date::Date;
use crate::questionnaire::Ladder;
use crate::stage::Stage;
use crate::words::{Words, fill};

const WIDTH: i32 = 400;
const LEFT: Px = Px::whole(12);
const LENGTH: Px = Px::whole(WIDTH - 24);
/// From the score 0 up to 1.
const HEIGHT: Px = Px::whole(60);
/// From one panel to the next: its name, the scores, and the room between.
const PANEL: i32 = 96;

/// What is drawn: trends of the same results, each with its name.
pub(in crate::report) struct Lines<'r> {
    pub(in crate::report) words: &'r Words,
    pub(in crate::report) ladder: &'r Ladder,
    pub(in crate::report) title: &'r str,
    pub(in crate::report) trends: Vec<(&'r str, &'r Trend)>,
}

impl Lines<'_> {
    pub(in crate::report) fn draw(&self) -> Drawing {
        let mut drawing = Drawing::new(self.words, "history", self.title, WIDTH);
        let mut top = 0;
        for (name, trend) in &self.trends {
            self.panel(&mut drawing, name, trend, top);
            top += PANEL;
        }
        let points = self.trends.first().map_or(&[][..], |(_, trend)| &trend.points);
        let mut day = |point: Option<&Point>, x: Px, anchor: Anchor| {
            if let Some(point) = point {
                let style = Style { class: "muted", anchor, size: 12 };
                let most = Px(LENGTH.0 / 2);
                drawing.label(style, (x, Px::whole(top + 4)), most, &self.words.day(point.taken));
            }
        };
        day(points.first(), LEFT, Anchor::Start);
        day(points.last().filter(|_| points.len() > 1), LEFT.plus(LENGTH), Anchor::End);
        let end = drawing.small_print(Px::whole(top + 26), LEFT, &self.words.history_lines);
        drawing.end(end.minus(Px::whole(10)));
        drawing
    }

    fn panel(&self, drawing: &mut Drawing, name: &str, trend: &Trend, top: i32) {
        let words = self.words;
        let at = Px::whole(top + 18);
        let style = Style { class: "strong", anchor: Anchor::Start, size: 14 };
        drawing.label(style, (LEFT, at), Px::whole(WIDTH - 110), name);
        let shown = |point: Option<Point>| {
            point.and_then(|point| point.score).map(|score| words.score(score))
        };
        if let Some(last) = shown(trend.last) {
            let style = Style { class: "strong", anchor: Anchor::End, size: 14 };
            drawing.label(style, (LEFT.plus(LENGTH), at), Px::whole(80), &last);
            let first = shown(trend.first).unwrap_or_default();
            let course = fill!(words.from_to, before = first, after = last);
            drawing.describe(&format!("{name}: {course}"));
        } else {
            drawing.describe(&format!("{name}: {}", words.not_scorable));
        }
        let floor = Px::whole(top + 26).plus(HEIGHT);
        drawing.rectangle("track", (LEFT, floor.minus(HEIGHT)), (LENGTH, HEIGHT));
        for stage in Stage::ABOVE_LOWEST {
            let y = floor.minus(HEIGHT.share(self.ladder.requirement(stage).overall));
            drawing.line("bound", (LEFT, y), (LEFT.plus(LENGTH), y));
        }
        let places: Vec<Option<(Px, Px)>> = trend
            .points
            .iter()
            .zip(across(&trend.points))
            .map(|(point, x)| Some((x, floor.minus(HEIGHT.share(point.score?)))))
            .collect();
        // A result without a score breaks the line: nothing is known of it.
        for (from, to) in places.iter().zip(places.iter().skip(1)) {
            if let (Some(from), Some(to)) = (from, to) {
                drawing.line("now", *from, *to);
            }
        }
        for (x, y) in places.into_iter().flatten() {
            drawing.shape(format_args!(r#"<circle class="now dot" cx="{x}" cy="{y}" r="4"/>"#));
        }
    }
}

/// Where each result stands on the axis: by its day, or one after the other where all are of one.
fn across(points: &[Point]) -> Vec<Px> {
    let days: Vec<i64> = points.iter().map(|point| day_number(point.taken)).collect();
    let (first, last) = (days.first().copied(), days.last().copied());
    let span = last.zip(first).map_or(0, |(last, first)| last - first);
    let steps = i64::try_from(points.len().saturating_sub(1)).unwrap_or(i64::MAX);
    let place = |(position, day): (i64, &i64)| {
        let (part, whole) = match (span, steps) {
            (0, 0) => (1, 2), // a single result stands in the middle
            (0, steps) => (position, steps),
            (span, _) => (day - first.unwrap_or_default(), span),
        };
        let offset = i64::from(LENGTH.0) * part / whole;
        LEFT.plus(Px(i32::try_from(offset).unwrap_or(LENGTH.0)))
    };
    (0..).zip(&days).map(place).collect()
}

/// The number of a day, counted from a day long ago. Years begin with March, so that the leap day
/// is their last.
fn day_number(date: Date) -> i64 {
    let (year, month, day) = (i64::from(date.year()), i64::from(date.month()), date.day());
    let (year, month) = if month < 3 { (year - 1, month + 9) } else { (year, month - 3) };
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    365 * year + leap_days + (153 * month + 2) / 5 + i64::from(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_over_months_leap_days_and_centuries() {
        let day = |text: &str| day_number(text.parse().unwrap());
        for (from, to, apart) in [
            ("2026-11-26", "2026-11-27", 1),
            ("2026-12-31", "2027-01-01", 1),
            ("2024-02-28", "2024-03-01", 2),
            ("2026-02-28", "2026-03-01", 1),
            ("1900-02-28", "1900-03-01", 1),
            ("2000-01-01", "2400-01-01", 146_097), // 400 years of the Gregorian calendar
            ("0000-01-01", "0000-12-31", 365),
        ] {
            assert_eq!(day(to) - day(from), apart, "{from} to {to}");
        }
    }
}
