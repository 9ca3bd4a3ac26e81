//! What all pictures are made of: shapes and labels in SVG, laid out in whole hundredths of a
//! pixel, so that they are the same everywhere.

use std::fmt::{self, Write as _};

use super::colours::{Coloured, STYLE, write_coloured};
use crate::number::Score;
use crate::report::escape::{Escaped, columns, isolated, wrapped};
use crate::words::Words;

/// A length or a place in hundredths of a pixel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::report) struct Px(pub(in crate::report) i32);

impl Px {
    /// Whole pixels.
    pub(in crate::report) const fn whole(pixels: i32) -> Self {
        Self(pixels * 100)
    }

    pub(in crate::report) const fn plus(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }

    pub(in crate::report) const fn minus(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }

    /// That share of this length, rounded down.
    pub(in crate::report) fn share(self, score: Score) -> Self {
        let part = i64::from(self.0) * i64::from(score.billionths());
        Self(i32::try_from(part / i64::from(Score::ONE.billionths())).unwrap_or(self.0))
    }

    /// So many parts of a whole of this length, rounded down; nothing of no whole.
    #[cfg(feature = "cohort")]
    pub(in crate::report) fn part(self, part: u64, whole: u64) -> Self {
        let long = i128::from(self.0) * i128::from(part) / i128::from(whole.max(1));
        Self(i32::try_from(long).unwrap_or(self.0))
    }
}

impl fmt::Display for Px {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, part) = (self.0.unsigned_abs() / 100, self.0.unsigned_abs() % 100);
        match (part, part % 10) {
            (0, _) => write!(f, "{sign}{whole}"),
            (_, 0) => write!(f, "{sign}{whole}.{}", part / 10),
            _ => write!(f, "{sign}{whole}.{part:02}"),
        }
    }
}

/// Where a label stands relative to its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::report) enum Anchor {
    Start,
    Middle,
    End,
}

impl Anchor {
    const fn name(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Middle => "middle",
            Self::End => "end",
        }
    }
}

/// How a label is written.
#[derive(Clone, Copy, Debug)]
pub(in crate::report) struct Style {
    pub(in crate::report) class: &'static str,
    pub(in crate::report) anchor: Anchor,
    /// The size of the letters, in pixels.
    pub(in crate::report) size: i32,
}

/// A picture with what it says in words, for those who cannot see it.
#[derive(Clone, Debug)]
pub struct Drawing {
    /// What tells its names from those of other pictures on the page.
    id: String,
    width: i32,
    height: i32,
    title: String,
    description: String,
    language: String,
    body: String,
}

impl Drawing {
    pub(in crate::report) fn new(
        words: &Words,
        id: impl Into<String>,
        title: &str,
        width: i32,
    ) -> Self {
        Self {
            id: id.into(),
            width,
            height: 0,
            title: isolated(title),
            description: String::new(),
            language: isolated(&words.language),
            body: String::new(),
        }
    }

    pub(in crate::report) fn width(&self) -> Px {
        Px::whole(self.width)
    }

    /// What the picture is called, at its top, for one that stands by itself.
    pub(in crate::report) fn heading(&mut self, title: &str) {
        let style = Style { class: "strong", anchor: Anchor::Start, size: 16 };
        self.label(style, (Px::whole(5), Px::whole(22)), Px::whole(self.width - 10), title);
    }

    /// The lowest edge, once everything is drawn.
    pub(in crate::report) fn end(&mut self, height: Px) {
        self.height = height.0.div_euclid(100) + 1;
    }

    /// One more sentence about what there is to see.
    pub(in crate::report) fn describe(&mut self, sentence: &str) {
        if !self.description.is_empty() {
            self.description.push_str("; ");
        }
        self.description.push_str(&isolated(sentence));
    }

    /// Adds a shape whose attributes hold nothing foreign.
    pub(in crate::report) fn shape(&mut self, shape: fmt::Arguments<'_>) {
        // A string takes whatever is written to it.
        let _ = writeln!(self.body, "{shape}");
    }

    pub(in crate::report) fn rectangle(
        &mut self,
        class: &str,
        (x, y): (Px, Px),
        (width, height): (Px, Px),
    ) {
        self.shape(format_args!(
            r#"<rect class="{class}" x="{x}" y="{y}" width="{width}" height="{height}"/>"#
        ));
    }

    pub(in crate::report) fn line(&mut self, class: &str, (x1, y1): (Px, Px), (x2, y2): (Px, Px)) {
        self.shape(format_args!(
            r#"<line class="{class}" x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}"/>"#
        ));
    }

    /// Adds a label, cut with an ellipsis where it would be wider than `most`; the whole can then
    /// be had by pointing at it.
    pub(in crate::report) fn label(
        &mut self,
        style: Style,
        (x, y): (Px, Px),
        most: Px,
        text: &str,
    ) {
        self.text(style, (x, y), most, text, "");
    }

    /// The same, written upwards.
    pub(in crate::report) fn label_upwards(
        &mut self,
        style: Style,
        (x, y): (Px, Px),
        most: Px,
        text: &str,
    ) {
        let turned = format!(r#" transform="rotate(-90 {x} {y})""#);
        self.text(style, (x, y), most, text, &turned);
    }

    /// A label with that attribute, which has nothing foreign in it.
    fn text(&mut self, style: Style, (x, y): (Px, Px), most: Px, text: &str, turned: &str) {
        let Style { class, anchor, size } = style;
        let text = isolated(text);
        let fits = fits(style, most, &text);
        let (shown, ellipsis) =
            if fits { (&*text, "") } else { (shortened(size, &text, most), "…") };
        // What was cut off took the end of the isolation with it.
        let close = if !fits && shown.starts_with('\u{2068}') { "\u{2069}" } else { "" };
        let anchor = anchor.name();
        let shown = Escaped(shown);
        let _ = write!(
            self.body,
            r#"<text class="{class}" x="{x}" y="{y}" font-size="{size}" text-anchor="{anchor}"{turned}>"#
        );
        if !fits {
            let _ = write!(self.body, "<title>{}</title>", Escaped(&text));
        }
        let _ = writeln!(self.body, "{shown}{ellipsis}{close}</text>");
    }

    /// Adds lines of small print from `y` on, as wide as the picture; returns where the next would stand.
    pub(in crate::report) fn small_print(&mut self, mut y: Px, margin: Px, text: &str) -> Px {
        let style = Style { class: "muted", anchor: Anchor::Start, size: 12 };
        let length = self.width().minus(margin).minus(margin);
        for line in wrapped(text, room(style.size, length)) {
            self.label(style, (margin, y), length, &line);
            y = y.plus(Px::whole(18));
        }
        y
    }

    /// As a document of its own, with its colours and a background.
    pub(in crate::report) fn write_alone(
        &self,
        f: &mut fmt::Formatter<'_>,
        prefix: &str,
    ) -> fmt::Result {
        self.open(f, prefix)?;
        writeln!(f, "<style>\n{STYLE}</style>")?;
        let page =
            format!(r#"<rect class="page" width="{}" height="{}"/>"#, self.width, self.height);
        write_coloured(f, &page)?;
        writeln!(f)?;
        write_coloured(f, &self.body)?;
        writeln!(f, "</svg>")
    }

    /// As a part of a page.
    pub(in crate::report) fn write_inline(
        &self,
        f: &mut fmt::Formatter<'_>,
        prefix: &str,
        coloured: Coloured,
    ) -> fmt::Result {
        self.open(f, prefix)?;
        match coloured {
            Coloured::ByStyle => f.write_str(&self.body)?,
            Coloured::ByItself => write_coloured(f, &self.body)?,
        }
        writeln!(f, "</svg>")
    }

    fn open(&self, f: &mut fmt::Formatter<'_>, prefix: &str) -> fmt::Result {
        let Self { id, width, height, .. } = self;
        let language = Escaped(&self.language);
        let id = format!("{}{id}", Escaped(prefix));
        writeln!(
            f,
            r#"<svg xmlns="http://www.w3.org/2000/svg" xml:lang="{language}" class="maturity-picture" viewBox="0 0 {width} {height}" width="{width}" height="{height}" direction="ltr" role="img" aria-labelledby="{id}-title {id}-words">"#
        )?;
        writeln!(f, r#"<title id="{id}-title">{}</title>"#, Escaped(&self.title))?;
        writeln!(f, r#"<desc id="{id}-words">{}</desc>"#, Escaped(&self.description))
    }
}

/// Whether a label has room without being cut.
pub(in crate::report) fn fits(style: Style, most: Px, text: &str) -> bool {
    length(style.size, text) <= most.0
}

/// About how long a label is that is not cut.
pub(in crate::report) fn long(style: Style, text: &str) -> Px {
    Px(length(style.size, &isolated(text)))
}

/// How many columns fit in that width: a column is taken for six tenths of the size.
pub(in crate::report) fn room(size: i32, most: Px) -> usize {
    usize::try_from(most.0 / (size * 60).max(1)).unwrap_or(0)
}

/// About how long `text` is, in hundredths of a pixel: a little longer than in the usual fonts,
/// since what is drawn is not measured.
fn length(size: i32, text: &str) -> i32 {
    text.chars().map(|c| size * width_of(c)).fold(0, i32::saturating_add)
}

/// The width of a letter in hundredths of the size of the font.
fn width_of(c: char) -> i32 {
    match (c, columns(c.encode_utf8(&mut [0; 4]))) {
        (_, 0) => 0,
        ('W' | 'M' | 'm' | 'w' | '@' | '%' | '…', 1) => 98,
        (' ' | 'f' | 'i' | 'j' | 'l' | 'r' | 't' | 'I' | '.' | ',' | ':' | '\'' | '|', 1) => 42,
        (c, 1) if c.is_uppercase() => 76,
        (_, 1) => 63,
        _ => 105,
    }
}

/// The beginning of `text` that leaves room for an ellipsis. Marked stay with their letter.
fn shortened(size: i32, text: &str, most: Px) -> &str {
    let most = most.0 - size * width_of('…');
    let mut used = 0;
    let too_long = |(at, c): (usize, char)| {
        used += size * width_of(c);
        (used > most && width_of(c) > 0).then_some(at)
    };
    let end = text.char_indices().find_map(too_long).unwrap_or(text.len());
    text.split_at(end).0.trim_end_matches([' ', '\u{200d}'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_cut_where_it_would_be_too_long() {
        // Five letters of 6.3 pixels, an f of 4.2 and an ellipsis of 9.8 are 45.5 pixels long.
        assert_eq!(shortened(10, "abcdefgh", Px::whole(46)), "abcdef");
        assert_eq!(shortened(10, "abcde\u{301}fgh", Px(4130)), "abcde\u{301}");
        assert_eq!(shortened(10, "WWWW", Px::whole(30)), "WW");
        assert_eq!(length(10, "漢e\u{301}"), 1680);
    }

    #[test]
    fn lengths_are_shown_in_pixels_with_no_more_digits_than_needed() {
        for (hundredths, shown) in
            [(0, "0"), (100, "1"), (150, "1.5"), (105, "1.05"), (-5, "-0.05"), (-250, "-2.5")]
        {
            assert_eq!(Px(hundredths).to_string(), shown);
        }
        assert_eq!(Px::whole(140).share("0.333333333".parse().unwrap()), Px(4666));
    }
}
