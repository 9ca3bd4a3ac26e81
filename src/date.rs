//! A day, as the caller gives it.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::names::schema;

/// A day of the Gregorian calendar, written `2026-11-23` (ISO 8601), from year 0000 to 9999.
///
/// It is always the caller's: this crate has no clock. A day that the calendar does not have, such
/// as 30 February, does not exist.
///
/// ```
/// use digital_maturity::Date;
///
/// let date: Date = "2026-11-23".parse()?;
/// assert!(date < "2027-01-01".parse()?);
/// assert!("2026-02-29".parse::<Date>().is_err());
/// # Ok::<(), digital_maturity::diagnostic::InvalidDate>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

/// A text that is not a day written as `2026-11-23`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a date of the form `2026-11-23`")]
pub struct InvalidDate;

impl FromStr for Date {
    type Err = InvalidDate;

    fn from_str(text: &str) -> Result<Self, InvalidDate> {
        let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text.as_bytes() else {
            return Err(InvalidDate);
        };
        let number = |digits: &[u8]| {
            digits.iter().try_fold(0_u16, |number, digit| {
                digit.is_ascii_digit().then(|| number * 10 + u16::from(digit - b'0'))
            })
        };
        let year = number(&[*y1, *y2, *y3, *y4]).ok_or(InvalidDate)?;
        let month = number(&[*m1, *m2]).ok_or(InvalidDate)?;
        let day = number(&[*d1, *d2]).ok_or(InvalidDate)?;
        let byte = |number: u16| u8::try_from(number).map_err(|_| InvalidDate);
        Self::new(year, byte(month)?, byte(day)?)
    }
}

impl Date {
    /// The day `day` of the month `month` in the year `year`, in the Gregorian calendar.
    ///
    /// ```
    /// use digital_maturity::Date;
    ///
    /// assert_eq!(Date::new(2026, 11, 26)?.to_string(), "2026-11-26");
    /// assert!(Date::new(2026, 2, 29).is_err());
    /// # Ok::<(), digital_maturity::diagnostic::InvalidDate>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`InvalidDate`], if the calendar has no such day or the year has more than four digits.
    pub const fn new(year: u16, month: u8, day: u8) -> Result<Self, InvalidDate> {
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let days = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            _ => return Err(InvalidDate),
        };
        if day == 0 || day > days || year > 9999 {
            return Err(InvalidDate);
        }
        Ok(Self { year, month, day })
    }

    /// The year, 0 to 9999.
    ///
    /// ```
    /// # use digital_maturity::Date;
    /// let date: Date = "2026-11-23".parse()?;
    /// assert_eq!((date.year(), date.month(), date.day()), (2026, 11, 23));
    /// # Ok::<(), digital_maturity::diagnostic::InvalidDate>(())
    /// ```
    #[must_use]
    pub const fn year(self) -> u16 {
        self.year
    }

    /// The month, 1 to 12.
    #[must_use]
    pub const fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, 1 to 31.
    #[must_use]
    pub const fn day(self) -> u8 {
        self.day
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Date({self})")
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

schema!(Date, |_| {
    "type": "string",
    "format": "date",
    "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_days_that_the_calendar_has_are_read() {
        for good in ["0000-01-01", "2024-02-29", "2000-02-29", "9999-12-31", "2026-04-30"] {
            assert_eq!(good.parse::<Date>().unwrap().to_string(), good);
        }
        for bad in [
            "",
            "2026-1-01",
            "2026-13-01",
            "2026-00-10",
            "2026-01-00",
            "2026-04-31",
            "1900-02-29",
            "2026-02-29",
            "20260401",
            "2026-04-01T00:00",
            "2026/04/01",
            "+026-04-01",
            "２026-04-1",
        ] {
            assert_eq!(bad.parse::<Date>(), Err(InvalidDate), "{bad}");
        }
    }
}
