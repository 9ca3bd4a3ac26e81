//! The number that a text is, by its value.

use std::borrow::Cow;

use crate::answers::answer::Answer;
use crate::answers::manner::Decimal;
use crate::document::whole;
#[cfg(feature = "survey")]
use crate::text::as_seen;

/// The number that a text [as seen](crate::text::as_seen) is: signs, leading zeros, a fraction, an
/// exponent and what stands between thousands are spelling. `inf` and `nan` are words and no numbers.
pub(super) fn number(seen: &str, decimal: Decimal) -> Option<Answer> {
    let spelled = match decimal {
        Decimal::Point => Cow::Borrowed(seen),
        Decimal::Comma => with_point(seen)?,
    };
    let numeric = |b: u8| b.is_ascii_digit() || matches!(b, b'-' | b'+' | b'.' | b'e' | b'E');
    if !spelled.bytes().all(numeric) {
        return None;
    }
    if let Ok(integer) = spelled.parse() {
        return Some(Answer::Whole(integer));
    }
    let number: f64 = spelled.parse().ok().filter(|number: &f64| number.is_finite())?;
    Some(whole(number).map_or(Answer::Number(number), Answer::Whole))
}

/// Whether a text as it is typed is a number with a decimal comma, and none with a point.
#[cfg(feature = "survey")]
pub(crate) fn has_decimal_comma(text: &str) -> bool {
    let seen = as_seen(text);
    number(&seen, Decimal::Point).is_none() && number(&seen, Decimal::Comma).is_some()
}

/// Whether a text as it is typed is one number with a decimal point and another with a decimal comma:
/// its point may part thousands.
#[cfg(feature = "survey")]
pub(crate) fn has_two_values(text: &str) -> bool {
    let seen = as_seen(text);
    let values = [Decimal::Point, Decimal::Comma].map(|decimal| number(&seen, decimal));
    matches!(values, [Some(one), Some(other)] if one != other)
}

/// The one spelling of the number that a text is.
pub(crate) fn spelling(seen: &str, decimal: Decimal) -> Option<String> {
    match number(seen, decimal)? {
        Answer::Whole(number) => Some(number.to_string()),
        Answer::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// A number with a decimal comma as one with a point, without what stands between its thousands.
/// `None`: that is none, such as a point where no thousands are.
fn with_point(seen: &str) -> Option<Cow<'_, str>> {
    let unsigned = seen.strip_prefix(['-', '+']).unwrap_or(seen);
    let (whole, fraction) = unsigned.split_once(',').unwrap_or((unsigned, ""));
    let Some(separator) = whole.chars().find(|c| matches!(c, '.' | ' ' | '\'')) else {
        // What else is wrong is found in the number.
        let pointed = || Cow::Owned(seen.replacen(',', ".", 1));
        let spelled = if seen.contains(',') { pointed() } else { Cow::Borrowed(seen) };
        return Some(spelled).filter(|_| !fraction.contains('.'));
    };
    let mut groups = whole.split(separator);
    let first = groups.next()?;
    let digits = |group: &str| group.bytes().all(|b| b.is_ascii_digit());
    let thousands = (1..4).contains(&first.len())
        && !first.starts_with('0')
        && digits(first)
        && groups.all(|group| group.len() == 3 && digits(group))
        && !fraction.contains('.');
    thousands.then(|| Cow::Owned(seen.replace(separator, "").replacen(',', ".", 1)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::as_seen;

    #[test]
    fn a_number_is_its_value() {
        for (text, value) in [
            ("4", Some(Answer::Whole(4))),
            ("4.0", Some(Answer::Whole(4))),
            ("04", Some(Answer::Whole(4))),
            ("+4", Some(Answer::Whole(4))),
            ("-0", Some(Answer::Whole(0))),
            ("4e2", Some(Answer::Whole(400))),
            (".5", Some(Answer::Number(0.5))),
            ("12.50", Some(Answer::Number(12.5))),
            ("1e999", None),
            ("4,5", None),
            ("1,200", None),
            ("1 000", None),
            ("inf", None),
            ("nan", None),
            ("0x10", None),
            ("e", None),
            ("-", None),
            ("", None),
        ] {
            assert_eq!(number(text, Decimal::Point), value, "{text}");
        }
    }

    #[test]
    fn with_a_decimal_comma_other_signs_stand_between_thousands_only() {
        for (text, value) in [
            ("4", Some(Answer::Whole(4))),
            ("4,0", Some(Answer::Whole(4))),
            ("-04,50", Some(Answer::Number(-4.5))),
            (",5", Some(Answer::Number(0.5))),
            ("7,5", Some(Answer::Number(7.5))),
            ("1.200", Some(Answer::Whole(1200))),
            ("1.200,5", Some(Answer::Number(1200.5))),
            ("1 200,5", Some(Answer::Number(1200.5))),
            ("1\u{a0}200,5", Some(Answer::Number(1200.5))),
            ("1\u{202f}200", Some(Answer::Whole(1200))),
            ("1\u{2019}200\u{2019}300", Some(Answer::Whole(1_200_300))),
            ("\u{2212}12.345.678", Some(Answer::Whole(-12_345_678))),
            ("1,2e3", Some(Answer::Whole(1200))),
            ("7.5", None),
            ("4.0", None),
            ("0.500", None),
            ("1.20", None),
            ("1.2000", None),
            ("1234.567", None),
            ("1.200 300", None),
            ("1.200.30", None),
            (".200", None),
            ("1..200", None),
            ("1,200.5", None),
            ("1,200,300", None),
            ("1, 5", None),
            ("1. 200", None),
            (",", None),
            ("a,5", None),
        ] {
            assert_eq!(number(&as_seen(text), Decimal::Comma), value, "{text}");
        }
    }
}
