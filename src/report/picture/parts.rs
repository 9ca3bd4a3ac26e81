//! Long pictures in parts, so that each fits on a sheet of paper.

use super::drawing::Drawing;
use crate::words::Words;

/// One of the parts of a picture, by its number from 1, and how many there are.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    number: usize,
    of: usize,
}

impl Part {
    /// The only one.
    #[cfg(feature = "cohort")]
    pub(super) const WHOLE: Self = Self { number: 1, of: 1 };

    /// All parts of those rows.
    pub(super) fn each<T>(parts: &[&[T]], draw: impl Fn(&[T], Self) -> Drawing) -> Vec<Drawing> {
        let of = parts.len();
        (1..).zip(parts).map(|(number, rows)| draw(rows, Self { number, of })).collect()
    }

    /// What stands below a picture stands below its last part.
    pub(super) const fn is_last(self) -> bool {
        self.number == self.of
    }

    /// A drawing of this part with its heading.
    pub(super) fn begin(self, words: &Words, id: &str, title: &str, width: i32) -> Drawing {
        let Self { number, of } = self;
        let (id, title) = if of == 1 {
            (id.to_owned(), title.to_owned())
        } else {
            (format!("{id}-{number}"), format!("{title} ({number}/{of})"))
        };
        let mut drawing = Drawing::new(words, id, &title, width);
        drawing.heading(&title);
        drawing
    }
}

/// Rows in parts of at most so many that begin with a heading, as far as headings stand close enough.
pub(super) fn parts<T>(rows: &[T], most: usize, is_heading: impl Fn(&T) -> bool) -> Vec<&[T]> {
    let (mut parts, mut rest) = (Vec::new(), rows);
    while rest.len() > most {
        let headings = || rest.iter().enumerate().skip(1).filter(|(_, row)| is_heading(row));
        let within = headings().take_while(|(at, _)| *at <= most).last();
        let Some((at, _)) = within.or_else(|| headings().next()) else { break };
        let (part, behind) = rest.split_at(at);
        parts.push(part);
        rest = behind;
    }
    parts.push(rest);
    parts
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn rows_are_parted_at_the_last_heading_that_fits() {
        let of = |rows: &str, most: usize| {
            let rows: Vec<char> = rows.chars().collect();
            let parts = parts(&rows, most, |row| row.is_uppercase());
            parts.iter().map(|part| part.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(of("aaBbCcDd", 5), "aaBb CcDd");
        assert_eq!(of("AaBbCcDd", 3), "Aa Bb Cc Dd");
        assert_eq!(of("AaaaaaBbC", 3), "Aaaaaa BbC"); // no heading is near enough
        assert_eq!(of("Aaaaaa", 3), "Aaaaaa");
        assert_eq!(of("Aa", 3), "Aa");
        assert_eq!(of("", 3), "");
    }
}
