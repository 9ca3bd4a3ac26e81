//! Sums as they are sent and stored, and the check of what comes back.
#![expect(
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    reason = "a bound with room for rounding"
)]

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::{Complete, CreditSums, MIDDLE, Shared};

/// A sum in decimal digits: formats without whole numbers of 128 bits keep it, too.
struct Digits(i128);

impl Serialize for Digits {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Digits {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let number = text.parse().ok().filter(|number: &i128| number.to_string() == text);
        number.map(Self).ok_or_else(|| de::Error::custom("a sum is a whole number in digits"))
    }
}

/// The document: sums in units of 1e-15, counted from 0.5.
#[derive(Serialize, Deserialize)]
#[serde(rename = "CreditSums", deny_unknown_fields)]
struct Stored {
    /// The names of the items.
    items: Vec<String>,
    rows: u64,
    /// Rows in which at least one item is answered.
    answered: u64,
    /// Rows in which all are.
    complete: u64,
    /// Over these, of each item.
    sums: Vec<Digits>,
    /// Over these, of each two items, by the first and then the second, an item with itself first.
    products: Vec<Digits>,
    /// Over the other rows that answered both, in the same order: how many, the sums of both, of their squares,
    /// and of their product; null where there is none.
    partial: Vec<Option<(u64, [Digits; 5])>>,
}

impl Serialize for CreditSums {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let digits = |sums: &[i128]| sums.iter().map(|sum| Digits(*sum)).collect();
        let partial = |of: &Shared| {
            let sums = [of.x, of.y, of.xx, of.yy, of.xy].map(Digits);
            (of.rows > 0).then_some((of.rows, sums))
        };
        let stored = Stored {
            items: self.names.clone(),
            rows: self.rows,
            answered: self.answered,
            complete: self.complete.rows,
            sums: digits(&self.complete.sums),
            products: digits(&self.complete.products),
            partial: self.partial.iter().map(partial).collect(),
        };
        stored.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for CreditSums {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Stored::deserialize(deserializer)?.checked().map_err(de::Error::custom)
    }
}

impl Stored {
    /// The sums, or what no rows of credits can have.
    fn checked(self) -> Result<CreditSums, &'static str> {
        let k = self.items.len();
        let pairs: usize = (1..=k).sum();
        if self.sums.len() != k || self.products.len() != pairs || self.partial.len() != pairs {
            return Err("there is not one sum for each item, and one product for each two");
        }
        let partial_rows = self.answered.checked_sub(self.complete);
        let Some(partial_rows) = partial_rows.filter(|_| self.answered <= self.rows) else {
            return Err("more rows are complete than answered, or more answered than there are");
        };
        if self.rows > CreditSums::MOST_ROWS {
            return Err("there are more rows than sums have room for");
        }
        let mut sums = CreditSums::new(self.items);
        sums.rows = self.rows;
        sums.answered = self.answered;
        let whole = |digits: Vec<Digits>| digits.into_iter().map(|Digits(sum)| sum).collect();
        sums.complete = Complete {
            rows: self.complete,
            sums: whole(self.sums),
            products: whole(self.products),
        };
        let shared = |of: Option<(u64, [Digits; 5])>| {
            of.map_or_else(Shared::default, |(rows, [x, y, xx, yy, xy])| Shared {
                rows,
                x: x.0,
                y: y.0,
                xx: xx.0,
                yy: yy.0,
                xy: xy.0,
            })
        };
        sums.partial = self.partial.into_iter().map(shared).collect();
        let is_possible = |of: &Shared, most: u64| of.rows <= most && of.is_possible();
        // Sums out of bounds are not multiplied.
        let limit = i128::from(self.complete) * i128::from(MIDDLE);
        let complete = sums.complete.sums.iter().all(|sum| sum.abs() <= limit)
            && sums.complete.shared().iter().all(|of| is_possible(of, self.complete));
        if !complete || !sums.partial.iter().all(|of| is_possible(of, partial_rows)) {
            return Err("no credits from 0 to 1 have these sums");
        }
        Ok(sums)
    }
}

impl Shared {
    /// Whether so many pairs of credits can have these sums.
    fn is_possible(&self) -> bool {
        /// Beside the exact bound there is room for what a double rounds.
        const ROOM: f64 = 1.0 + 1e-9;
        let rows = i128::from(self.rows);
        let (most, square) = (rows * i128::from(MIDDLE), rows * i128::from(MIDDLE).pow(2));
        let in_bounds = [self.x, self.y].iter().all(|sum| sum.abs() <= most)
            && [self.xx, self.yy].iter().all(|sum| (0..=square).contains(sum))
            && self.xy.abs() <= square;
        if rows == 0 || !in_bounds {
            return in_bounds; // then all are 0
        }
        // Squares of distances to the whole below the mean; never below those to the mean itself.
        let beyond = |sum: i128, squares: i128| {
            let (mean, rest) = (sum.div_euclid(rows), sum.rem_euclid(rows));
            let squares = squares - mean * mean * rows - 2 * mean * rest;
            let least = (rest * rest + rows - 1) / rows;
            (squares >= least).then_some((mean, rest, squares))
        };
        let (Some(x), Some(y)) = (beyond(self.x, self.xx), beyond(self.y, self.yy)) else {
            return false;
        };
        let Some(both) = self.xy.checked_sub(x.0 * y.0 * rows) else { return false };
        let both = both - x.0 * y.1 - y.0 * x.1;
        let left = |rest: i128, other: i128| rest as f64 * other as f64 / rows as f64;
        let [xx, yy] = [x, y].map(|(_, rest, squares)| squares as f64 - left(rest, rest));
        let xy = both as f64 - left(x.1, y.1);
        // Rounding of the largest term may leave that much of nothing.
        let noise = (square as f64) * 1e-15;
        xy.abs() <= (xx.max(0.0) * yy.max(0.0)).sqrt() * ROOM + noise
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::statistics::{Deletion, Reliability};

    fn sums() -> CreditSums {
        let mut sums = CreditSums::new(["a", "b", "c"]);
        for row in [
            [Some(0.0), Some(0.25), Some(1.0 / 3.0)],
            [Some(1.0), Some(0.75), Some(2.0 / 3.0)],
            [Some(0.5), None, Some(1.0)],
            [None, None, None],
            [Some(0.25), Some(0.25), Some(0.0)],
        ] {
            sums.push(&row).unwrap();
        }
        sums
    }

    #[test]
    fn what_is_sent_comes_back_and_merges() {
        let sums = sums();
        let text = serde_json::to_string(&sums).unwrap();
        let back: CreditSums = serde_json::from_str(&text).unwrap();
        assert_eq!(back, sums);
        assert_eq!(serde_json::to_string(&back).unwrap(), text);
        let (mut one, mut other) = (sums.clone(), back);
        one.merge(&sums).unwrap();
        other.merge(&sums).unwrap();
        for deletion in [Deletion::Listwise, Deletion::Pairwise] {
            let [one, other] = [&one, &other].map(|of| Reliability::from_sums(of, deletion));
            assert_eq!((one.n, &one), (if deletion == Deletion::Listwise { 6 } else { 8 }, &other));
        }
    }

    #[test]
    fn sums_that_no_credits_have_are_refused() {
        let sound = serde_json::to_value(sums()).unwrap();
        let read = |value: Value| serde_json::from_value::<CreditSums>(value);
        assert!(read(sound.clone()).is_ok());
        for (path, value) in [
            ("/rows", json!(3)),
            ("/rows", json!(CreditSums::MOST_ROWS + 1)),
            ("/complete", json!(5)),
            ("/sums", json!(["0"])),
            ("/sums/0", json!(0)),
            ("/sums/0", json!("+1")),
            ("/sums/0", json!("1501000000000000")), // beyond 3 rows
            ("/products/0", json!("1")),            // a variance below 0
            ("/products/1", json!("750000000000000000000000000000")), // r beyond 1
            ("/products/1", json!("9".repeat(40))),
            ("/partial/0/0", json!(2)),
            ("/partial/0", json!([0, ["1", "0", "0", "0", "0"]])),
            ("/partial/2/1/4", json!("-250000000000000000000000000001")),
        ] {
            let mut broken = sound.clone();
            *broken.pointer_mut(path).unwrap() = value;
            assert!(read(broken.clone()).is_err(), "{path}: {broken}");
        }
        let mut more = sound;
        more["more"] = json!(1);
        assert!(read(more).is_err());
    }
}
