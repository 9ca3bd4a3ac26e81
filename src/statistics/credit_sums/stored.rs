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

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Digits {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Digits".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "pattern": "^(0|-?[1-9][0-9]{0,38})$" })
    }
}

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

/// Sums of the credits of items, in units of 1e-15, counted from 0.5.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
    /// and of their product. Empty where there are no other rows.
    partial: Vec<(u64, [Digits; 5])>,
}

impl Serialize for CreditSums {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let digits = |sums: &[i128]| sums.iter().map(|sum| Digits(*sum)).collect();
        let partial = |of: &Shared| (of.rows, [of.x, of.y, of.xx, of.yy, of.xy].map(Digits));
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

#[cfg(feature = "schema")]
impl schemars::JsonSchema for CreditSums {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        Stored::schema_name()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        Stored::json_schema(generator)
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
        let partial = self.partial.len();
        if self.sums.len() != k || self.products.len() != pairs || ![0, pairs].contains(&partial) {
            return Err("there is not one sum for each item, and one product for each two");
        }
        let partial_rows = self.answered.checked_sub(self.complete);
        let is_sound = self.answered <= self.rows && (k > 0 || self.answered == 0);
        let Some(partial_rows) = partial_rows.filter(|_| is_sound) else {
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
        let shared = |(rows, [x, y, xx, yy, xy]): (u64, [Digits; 5])| Shared {
            rows,
            x: x.0,
            y: y.0,
            xx: xx.0,
            yy: yy.0,
            xy: xy.0,
        };
        if self.partial.iter().any(|(rows, _)| *rows > 0) {
            sums.partial = self.partial.into_iter().map(shared).collect();
        } else if self.partial.iter().flat_map(|(_, sums)| sums).any(|sum| sum.0 != 0) {
            return Err("no credits from 0 to 1 have these sums");
        }
        // Sums out of bounds are not multiplied.
        let limit = u128::from(self.complete) * u128::from(MIDDLE.unsigned_abs());
        let complete = sums.complete.sums.iter().all(|sum| sum.unsigned_abs() <= limit)
            && sums.complete.shared().all(|of| of.is_possible());
        if !complete || !are_of_rows_with_gaps(&sums.partial, k, partial_rows) {
            return Err("no credits from 0 to 1 have these sums");
        }
        Ok(sums)
    }
}

/// Whether so many rows, each with an answer and a gap, can have these sums of each two of `k` items.
fn are_of_rows_with_gaps(partial: &[Shared], k: usize, rows: u64) -> bool {
    if !partial.iter().all(|of| of.rows <= rows && of.is_possible()) {
        return false;
    }
    // Row by row of the triangle, whose first cell is an item with itself.
    let mut cells = partial;
    let mut items: Vec<&Shared> = Vec::with_capacity(k);
    for i in 0..k {
        let (row, rest) = cells.split_at_checked(k - i).unwrap_or_default();
        items.extend(row.first());
        cells = rest;
    }
    let answers: u128 = items.iter().map(|item| u128::from(item.rows)).sum();
    let most = u128::try_from(k.saturating_sub(1)).unwrap_or(0).saturating_mul(rows.into());
    let mut pairs = partial.iter();
    (u128::from(rows)..=most).contains(&answers)
        && items.iter().all(|item| item.is_with_itself())
        && items.iter().enumerate().all(|(i, x)| {
            let others = items.iter().skip(i);
            others.zip(pairs.by_ref()).all(|(y, both)| {
                // As few as can be where all rows answered one of the two.
                both.rows >= (x.rows + y.rows).saturating_sub(rows)
                    && x.without(both.rows, both.x, both.xx)
                    && y.without(both.rows, both.y, both.yy)
            })
        })
}

impl Shared {
    fn is_with_itself(&self) -> bool {
        self.x == self.y && self.xx == self.yy && self.xx == self.xy
    }

    /// Whether rows of this item remain, with credits, where those that answered another one, too, are
    /// taken away. Both are in bounds.
    fn without(&self, rows: u64, sum: i128, squares: i128) -> bool {
        let Some(rows) = self.rows.checked_sub(rows) else { return false };
        let (x, xx) = (self.x - sum, self.xx - squares);
        Self { rows, x, y: x, xx, yy: xx, xy: xx }.is_possible()
    }

    /// Whether so many pairs of credits can have these sums.
    fn is_possible(&self) -> bool {
        /// Beside the exact bound there is room for what a double rounds.
        const ROOM: f64 = 1.0 + 1e-9;
        let rows = i128::from(self.rows);
        let (most, square) = (rows * i128::from(MIDDLE), rows * i128::from(MIDDLE).pow(2));
        // `i128::MIN` has no amount of its own type.
        let within = |sum: i128, most: i128| sum.unsigned_abs() <= most.unsigned_abs();
        let in_bounds = within(self.x, most)
            && within(self.y, most)
            && [self.xx, self.yy].iter().all(|sum| (0..=square).contains(sum))
            && within(self.xy, square);
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
        let written = |short: &str| {
            let (digits, zeros) = short.split_once('e').unwrap();
            format!("{digits}{}", "0".repeat(zeros.parse().unwrap()))
        };
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
            ("/sums/0", json!(i128::MIN.to_string())),
            ("/products/1", json!(i128::MIN.to_string())),
            ("/partial/2/1/0", json!(i128::MIN.to_string())),
            ("/partial/2/1/4", json!(i128::MIN.to_string())),
            ("/complete", json!(4)),
            // In the only row with a gap the first and the third are answered, with 0 and 5e14.
            ("/partial/0", json!([0, ["0", "0", "0", "0", "0"]])),
            ("/partial/2", json!([0, ["0", "0", "0", "0", "0"]])),
            ("/partial/2/1", json!(["4e14", "5e14", "16e28", "25e28", "20e28"].map(written))),
            ("/partial/5/1", json!(["5e14", "4e14", "25e28", "16e28", "20e28"].map(written))),
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
