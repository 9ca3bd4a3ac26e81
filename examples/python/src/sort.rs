//! Names of groups in the order in which people sort: numbers in texts by their value, 2 before 10, and
//! the rest letter by letter, as the command sorts them.

use std::cmp::Ordering;

/// The name of a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Key(pub(crate) String);

impl Ord for Key {
    fn cmp(&self, other: &Self) -> Ordering {
        as_people_sort(&self.0, &other.0)
    }
}

impl PartialOrd for Key {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

fn as_people_sort(one: &str, other: &str) -> Ordering {
    let (mut one, mut other) = (one, other);
    loop {
        let (Some(a), Some(b)) = (one.chars().next(), other.chars().next()) else {
            return one.len().cmp(&other.len());
        };
        let order = if a.is_ascii_digit() && b.is_ascii_digit() {
            let (digits, behind) = leading_digits(one);
            let (others, behind_others) = leading_digits(other);
            (one, other) = (behind, behind_others);
            let (short, long) = (digits.trim_start_matches('0'), others.trim_start_matches('0'));
            short.len().cmp(&long.len()).then(short.cmp(long)).then(digits.len().cmp(&others.len()))
        } else {
            (one, other) = (
                one.get(a.len_utf8()..).unwrap_or_default(),
                other.get(b.len_utf8()..).unwrap_or_default(),
            );
            a.cmp(&b)
        };
        if order != Ordering::Equal {
            return order;
        }
    }
}

fn leading_digits(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, ""))
}
